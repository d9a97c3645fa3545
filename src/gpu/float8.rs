//! 8-bit floats: storage only, held as their bits. They are widened where they are loaded and rounded where they are stored.

use super::code::Code;
use crate::{
    dialect::kernel::{Float8, Instruction},
    ir::{self, Element, Op, Type, Val},
};

/// Whether a type is a float that is only stored: too narrow to compute with.
pub fn is_float8(ty: Type<'_>) -> bool {
    Element::of(ty).is_some_and(Element::is_float8)
}

/// What `arith.extf` from or `arith.truncf` to an 8-bit float gives; `None` for any other op.
pub fn converted<'c>(code: Code<'c>, op: Op<'c>, operands: &[Val<'c>]) -> Option<Val<'c>> {
    let (name, [operand]) = (ir::name(op), operands) else { return None };
    let (from, to) = (ir::type_of(*ir::operands(op).first()?), ir::type_of(*ir::results(op).first()?));
    match name {
        "arith.extf" => Some(widen(code, *operand, Float8::of(from)?, to)),
        "arith.truncf" => Some(narrow(code, *operand, Float8::of(to)?)),
        _ => None,
    }
}

/// Every 8-bit float is an f16.
fn widen<'c>(code: Code<'c>, bits: Val<'c>, from: Float8, to: Type<'c>) -> Val<'c> {
    let half = code.b.cast("arith.extui", bits, code.t.i16);
    let pair = Instruction::ExtendFloat8 { bits: half, element: from }.value(&code.b);
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
fn narrow<'c>(code: Code<'c>, value: Val<'c>, to: Float8) -> Val<'c> {
    let value = match &*ir::type_name(ir::type_of(value)) {
        "f32" => value,
        "f64" => code.b.cast("arith.truncf", value, code.t.f32),
        _ => code.b.cast("arith.extf", value, code.t.f32),
    };
    let high = code.f32(0.0);
    let pair = Instruction::TruncateFloat8 { low: value, high, element: to }.value(&code.b);
    let nearest = code.b.cast("arith.trunci", pair, code.t.i8);
    let sign = code.b.binary("arith.andi", nearest, code.b.int(-128, code.t.i8));
    // Halfway to what would be the next number: ties go to even, which is the largest of the one and past that of the other.
    let (limit, predicate, past) = if to == Float8::E5M2 { (61440.0, OGE, 0x7c) } else { (464.0, OGT, 0x7f) };
    let far = code.b.compare("arith.cmpf", predicate, code.b.unary("math.absf", value), code.f32(limit));
    code.b.select(far, code.b.binary("arith.ori", sign, code.b.int(past, code.t.i8)), nearest)
}

// Numbers of `arith.cmpf` predicates.
const OGT: i64 = 2;
const OGE: i64 = 3;
