//! 8-bit floats: storage only, held as their bits. They are widened where they are loaded and rounded where they are stored.

use super::code::Code;
pub use crate::dialect::ops::is_float8;
use crate::ir::{self, Op, Type, Val};

/// What `arith.extf` from or `arith.truncf` to an 8-bit float gives; `None` for any other op.
pub fn converted<'c>(code: Code<'c>, op: Op<'c>, operands: &[Val<'c>]) -> Option<Val<'c>> {
    let (name, [operand]) = (ir::name(op), operands) else { return None };
    let (from, to) = (ir::type_of(*ir::operands(op).first()?), ir::type_of(*ir::results(op).first()?));
    match name {
        "arith.extf" if is_float8(from) => Some(widen(code, *operand, from, to)),
        "arith.truncf" if is_float8(to) => Some(narrow(code, *operand, to)),
        _ => None,
    }
}

/// The name of a type in PTX, for two of them.
fn pair_name(ty: Type<'_>) -> &'static str {
    if ir::type_name(ty) == "f8E5M2" { "e5m2x2" } else { "e4m3x2" }
}

/// Every 8-bit float is an f16.
fn widen<'c>(code: Code<'c>, bits: Val<'c>, from: Type<'c>, to: Type<'c>) -> Val<'c> {
    let half = code.b.cast("arith.extui", bits, code.t.i16);
    let text = format!("cvt.rn.f16x2.{} $0, $1;", pair_name(from));
    let pair = code.pure_asm(&text, "=r,h", &[half], code.t.i32);
    let f16 = code.b.ty("f16");
    let value = code.bitcast(code.b.cast("arith.trunci", pair, code.t.i16), f16);
    if to == f16 {
        return value;
    }
    let wide = code.b.cast("arith.extf", value, code.t.f32);
    match &*ir::type_name(to) {
        "f32" => wide,
        "f64" => code.b.cast("arith.extf", wide, to),
        _ => code.b.cast("arith.truncf", wide, to),
    }
}

/// Rounded to nearest; past the largest number comes NaN, or infinity where there is one.
fn narrow<'c>(code: Code<'c>, value: Val<'c>, to: Type<'c>) -> Val<'c> {
    let value = match &*ir::type_name(ir::type_of(value)) {
        "f32" => value,
        "f64" => code.b.cast("arith.truncf", value, code.t.f32),
        _ => code.b.cast("arith.extf", value, code.t.f32),
    };
    let text = format!("cvt.rn.satfinite.{}.f32 $0, $1, $2;", pair_name(to));
    let pair = code.pure_asm(&text, "=h,f,f", &[code.f32(0.0), value], code.t.i16);
    let nearest = code.b.cast("arith.trunci", pair, code.t.i8);
    let sign = code.b.binary("arith.andi", nearest, code.b.int(-128, code.t.i8));
    // Halfway to what would be the next number: ties go to even, which is the largest of the one and past that of the other.
    let (limit, predicate, past) =
        if ir::type_name(to) == "f8E5M2" { (61440.0, OGE, 0x7c) } else { (464.0, OGT, 0x7f) };
    let far = code.b.compare("arith.cmpf", predicate, code.b.unary("math.absf", value), code.f32(limit));
    code.b.select(far, code.b.binary("arith.ori", sign, code.b.int(past, code.t.i8)), nearest)
}

// Numbers of `arith.cmpf` predicates.
const OGT: i64 = 2;
const OGE: i64 = 3;
