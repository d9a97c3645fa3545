//! `expand-gpu-math`: functions of f32 in GPU modules become the approximations the hardware has.
//!
//! Before:  `%y = math.exp %x : f32`
//! After:   `%t = arith.mulf %x, %log2e`, `%y = llvm.call_intrinsic "llvm.nvvm.ex2.approx.ftz.f"(%t)`
//!
//! Products that are only added to something become fmas. No device library is linked, so every function a score program may use is expanded here. Relative errors: exp2, log2,
//! sqrt and reciprocals about 2^-22; tanh by the schedule; erf 1.5e-7 absolute; sine and cosine 2^-20 absolute after
//! reduction to one period. NaN passes through all of them. Modules marked `flashlight.exact_math` (but for ops
//! that allow approximations, `afn`), and functions of f64 anywhere, take the expansions of [`exact`] instead.

mod exact;
mod float;

use crate::{
    error::PassError,
    ffi,
    gpu::{
        code::Code,
        machine::Asm,
        schedule::{Schedule, TARGET, Tanh},
    },
    ir::{self, Builder, Op, Type, Val},
    pass::{PassInfo, PassOptions, expand_math::FULL_RANGE},
};
use float::Arithmetic;
use melior::ir::operation::OperationLike;
use std::{
    collections::HashSet,
    f64::consts::{LN_2, LOG2_E, PI},
};

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "expand-gpu-math",
    summary: "expand math functions in GPU modules into hardware approximations",
    options: &[TARGET],
    run,
};

/// Marks a `gpu.module` whose functions are computed exactly rather than fast.
pub const EXACT_MATH: &str = "flashlight.exact_math";
/// Marks a `gpu.module` whose exponents are differences of rounded numbers: what is equal cancels, however large it is.
pub const EXACT_DIFFERENCES: &str = "flashlight.exact_differences";

/// Divisions by one value from which on its reciprocal is shared.
const SHARED_DIVISIONS: usize = 2;

/// Functions upstream lowers to instructions or LLVM intrinsics that need no library.
const NATIVE: [&str; 9] = [
    "math.absf",
    "math.absi",
    "math.ceil",
    "math.floor",
    "math.fma",
    "math.copysign",
    "math.roundeven",
    "math.trunc",
    "math.ctpop",
];

fn run(module: Op<'_>, options: &PassOptions) -> Result<(), PassError> {
    let tanh = Schedule::of(options.word(&TARGET))?.distribute.tanh;
    let mut failed = false;
    let modules: Vec<_> = ir::walk(module).into_iter().filter(|op| ir::name(*op) == "gpu.module").collect();
    for gpu in modules {
        let exact = ir::attr(gpu, EXACT_MATH).is_some();
        if !exact {
            share_reciprocals(gpu);
        }
        let differences =
            if exact || ir::attr(gpu, EXACT_DIFFERENCES).is_some() { exponents(gpu) } else { HashSet::new() };
        for op in ir::walk(gpu) {
            let approximate = ir::attr(op, "fastmath").is_some_and(|flags| flags.to_string().contains("afn"));
            let exact = exact && !approximate;
            if !exact::expand(op, exact) {
                failed |= expand(op, if exact { Tanh::Exact } else { tanh }).is_err();
            }
        }
        fuse_products(gpu, &differences);
    }
    if failed { Err(PassError::Reported) } else { Ok(()) }
}

/// The differences that are exponents, themselves or times a constant.
fn exponents(gpu: Op<'_>) -> HashSet<usize> {
    fn is_exponent(op: Op<'_>) -> bool {
        let mut readers = ir::results(op).into_iter().flat_map(ffi::uses).map(|(reader, _)| reader).peekable();
        let constant = |value: &Val<'_>| ffi::defining_op(*value).is_some_and(|op| ir::name(op) == "arith.constant");
        readers.peek().is_some()
            && readers.all(|reader| match ir::name(reader) {
                "math.exp" | "math.exp2" => true,
                "arith.mulf" => ir::operands(reader).iter().any(constant) && is_exponent(reader),
                _ => false,
            })
    }
    let differences = ir::walk(gpu).into_iter().filter(|op| ir::name(*op) == "arith.subf" && is_exponent(*op));
    differences.map(ffi::op_key).collect()
}

/// Products that are only added to, or subtracted from, something are rounded once: `a·b ± c` becomes an fma. But for `differences`:
/// less an equal product that was rounded, an fma leaves what was rounded off, and that may be large.
fn fuse_products(gpu: Op<'_>, differences: &HashSet<usize>) {
    let sums = ir::walk(gpu).into_iter().filter(|op| matches!(ir::name(*op), "arith.addf" | "arith.subf"));
    let mut dead = vec![];
    for sum in sums {
        let math = Math { code: Code::new(Builder::before(sum)) };
        let operands = ir::operands(sum);
        let subtracts = ir::name(sum) == "arith.subf";
        let product = |value: Val<'_>| {
            ffi::defining_op(value).is_some_and(|op| ir::name(op) == "arith.mulf") && ffi::uses(value).len() == 1
        };
        if ir::type_of(operands[0]) != math.code.t.f32 {
            continue;
        }
        let Some(side) = (0..2).find(|side| product(operands[*side])) else { continue };
        if differences.contains(&ffi::op_key(sum)) {
            continue;
        }
        let Some(multiply) = ffi::defining_op(operands[side]) else { continue };
        let (a, b, other) = (ir::operands(multiply)[0], ir::operands(multiply)[1], operands[1 - side]);
        let fused = match (subtracts, side) {
            (false, _) => math.fma(a, b, other),
            (true, 0) => math.fma(a, b, math.negative(other)),
            (true, _) => math.fma(math.negative(a), b, other),
        };
        ffi::replace_all_uses(ir::results(sum)[0], fused);
        dead.extend([sum, multiply]);
    }
    dead.into_iter().for_each(ffi::erase);
}

/// Values of a block that are divided by the same f32 are multiplied by its reciprocal instead.
fn share_reciprocals(module: Op<'_>) {
    let mut divisions: Vec<((usize, usize), Vec<Op<'_>>)> = vec![];
    for op in ir::walk_named(module, &["arith.divf"]) {
        let key = (ffi::parent_block_key(op), ffi::value_key(ir::operands(op)[1]));
        match divisions.iter_mut().find(|(known, _)| *known == key) {
            Some((_, ops)) => ops.push(op),
            None => divisions.push((key, vec![op])),
        }
    }
    for (_, ops) in divisions.iter().filter(|(_, ops)| ops.len() >= SHARED_DIVISIONS) {
        let divisor = ir::operands(ops[0])[1];
        let math = Math { code: Code::new(Builder::before(ops[0])) };
        if ir::type_of(divisor) != math.code.t.f32 {
            continue;
        }
        let reciprocal = math.approx("rcp.approx.f32", divisor);
        for op in ops {
            let product = Math { code: Code::new(Builder::before(*op)) }.mul(ir::operands(*op)[0], reciprocal);
            ffi::replace_all_uses(ir::results(*op)[0], product);
            ffi::erase(*op);
        }
    }
}

/// Replaces one op by its expansion, if it has one.
fn expand<'c>(op: Op<'c>, tanh: Tanh) -> Result<(), PassError> {
    let name = ir::name(op);
    let arith = ["arith.divf", "arith.maxnumf", "arith.minnumf", "arith.maximumf", "arith.minimumf"].contains(&name);
    if !(name.starts_with("math.") || arith) || NATIVE.contains(&name) {
        return Ok(());
    }
    let math = Math { code: Code::new(Builder::before(op)) };
    let operands = ir::operands(op);
    let refuse = || {
        let what = ir::type_of(operands[0]);
        ffi::emit_error(op.location(), &format!("not supported in a GPU kernel: '{name}' on {what}"));
        PassError::Reported
    };
    if ir::type_of(operands[0]) != math.code.t.f32 {
        return if arith { Ok(()) } else { Err(refuse()) };
    }
    let x = operands[0];
    let value = match name {
        "arith.divf" => math.code.pure_asm("div.full.f32 $0, $1, $2;", "=f,f,f", &operands, math.code.t.f32),
        // One instruction each; `arith-expand` would make four of them.
        "arith.maxnumf" => math.code.b.binary("llvm.intr.maxnum", x, operands[1]),
        "arith.minnumf" => math.code.b.binary("llvm.intr.minnum", x, operands[1]),
        "arith.maximumf" => math.code.b.binary("llvm.intr.maximum", x, operands[1]),
        "arith.minimumf" => math.code.b.binary("llvm.intr.minimum", x, operands[1]),
        "math.exp2" if ir::attr(op, FULL_RANGE).is_some() => math.approx("ex2.approx.f32", x),
        "math.exp2" => math.exp2(x),
        "math.exp" if ir::attr(op, FULL_RANGE).is_some() => exact::Single { code: math.code }.exp(x),
        "math.exp" => math.exp2(math.times(x, LOG2_E)),
        "math.expm1" => math.expm1(x),
        "math.log2" => math.log2(x),
        "math.log" => math.times(math.log2(x), LN_2),
        "math.log10" => math.times(math.log2(x), std::f64::consts::LOG10_2),
        "math.log1p" => math.log1p(x),
        "math.sqrt" => math.approx("sqrt.approx.f32", x),
        "math.rsqrt" => math.approx("rsqrt.approx.f32", x),
        "math.tanh" if tanh == Tanh::Approx => math.approx("tanh.approx.f32", x),
        "math.tanh" => math.tanh(x),
        "math.erf" => math.erf(x),
        "math.sin" => math.approx("sin.approx.f32", math.one_period(x)),
        "math.cos" => math.approx("cos.approx.f32", math.one_period(x)),
        "math.powf" => math.powf(x, operands[1]),
        "math.fpowi" => math.fpowi(x, operands[1]).ok_or_else(refuse)?,
        _ => return Err(refuse()),
    };
    ffi::replace_all_uses(ir::results(op)[0], value);
    ffi::erase(op);
    Ok(())
}

/// Expansions at one place.
struct Math<'c> {
    code: Code<'c>,
}

impl<'c> Arithmetic<'c> for Math<'c> {
    fn code(&self) -> Code<'c> {
        self.code
    }

    fn ty(&self) -> Type<'c> {
        self.code.t.f32
    }
}

impl<'c> Math<'c> {
    fn approx(&self, instruction: &str, x: Val<'c>) -> Val<'c> {
        self.code.pure_asm(&format!("{instruction} $0, $1;"), "=f,f", &[x], self.code.t.f32)
    }

    fn exp2(&self, x: Val<'c>) -> Val<'c> {
        self.code.intrinsic("llvm.nvvm.ex2.approx.ftz.f", &[x], self.code.t.f32)
    }

    fn log2(&self, x: Val<'c>) -> Val<'c> {
        self.approx("lg2.approx.f32", x)
    }

    fn reciprocal(&self, x: Val<'c>) -> Val<'c> {
        self.approx("rcp.approx.f32", x)
    }

    /// Near 0 the series, elsewhere the difference.
    fn expm1(&self, x: Val<'c>) -> Val<'c> {
        let series = self.series(x, &[1.0, 0.5, 1.0 / 6.0, 1.0 / 24.0, 1.0 / 120.0]);
        let near = self.cmp(4, self.abs(x), self.num(0.25));
        let far = self.sub(self.exp2(self.times(x, LOG2_E)), self.num(1.0));
        self.code.b.select(near, self.mul(series, x), far)
    }

    /// `log(1 + x)`, corrected by what rounding lost of `x`.
    fn log1p(&self, x: Val<'c>) -> Val<'c> {
        let sum = self.add(x, self.num(1.0));
        let series = self.series(x, &[1.0, -0.5, 1.0 / 3.0, -0.25]);
        let near = self.cmp(4, self.abs(x), self.num(0.01));
        self.code.b.select(near, self.mul(series, x), self.times(self.log2(sum), LN_2))
    }

    /// `1 - 2 / (exp(2|x|) + 1)` with the sign of `x`; near 0 an odd polynomial.
    fn tanh(&self, x: Val<'c>) -> Val<'c> {
        let size = self.abs(x);
        let power = self.exp2(self.times(size, 2.0 * LOG2_E));
        let far = self.fma(self.reciprocal(self.add(power, self.num(1.0))), self.num(-2.0), self.num(1.0));
        let square = self.mul(x, x);
        let series = self.series(square, &[1.0, -1.0 / 3.0, 2.0 / 15.0, -17.0 / 315.0]);
        let signed = self.code.b.binary("math.copysign", far, x);
        let near = self.cmp(4, size, self.num(0.2));
        self.code.b.select(near, self.mul(series, x), signed)
    }

    /// Abramowitz and Stegun 7.1.26.
    fn erf(&self, x: Val<'c>) -> Val<'c> {
        let size = self.abs(x);
        let t = self.reciprocal(self.fma(size, self.num(0.327_591_1), self.num(1.0)));
        let series = self.series(t, &[0.254_829_592, -0.284_496_736, 1.421_413_741, -1.453_152_027, 1.061_405_429]);
        let decay = self.exp2(self.times(self.mul(size, size), -LOG2_E));
        let tail = self.mul(self.mul(series, t), decay);
        self.code.b.binary("math.copysign", self.sub(self.num(1.0), tail), x)
    }

    /// `x - 2π·round(x / 2π)`, with 2π in two parts.
    fn one_period(&self, x: Val<'c>) -> Val<'c> {
        let turns = self.code.b.unary("math.roundeven", self.times(x, 0.5 / PI));
        let high = f64::from((2.0 * PI) as f32);
        let rest = self.fma(turns, self.num(-high), x);
        self.fma(turns, self.num(high - 2.0 * PI), rest)
    }

    /// `2^(y log2 |x|)`; negative bases have a value for integer exponents only.
    fn powf(&self, x: Val<'c>, y: Val<'c>) -> Val<'c> {
        let b = self.code.b;
        let size = self.exp2(self.mul(y, self.log2(self.abs(x))));
        let whole = self.cmp(1, b.unary("math.trunc", y), y);
        let half = self.times(y, 0.5);
        let even = self.cmp(1, b.unary("math.trunc", half), half);
        let negated = self.negative(size);
        let negative = b.select(even, size, negated);
        let negative = b.select(whole, negative, self.num(f64::NAN));
        let signed = b.select(self.cmp(4, x, self.num(0.0)), negative, size);
        b.select(self.cmp(1, y, self.num(0.0)), self.num(1.0), signed)
    }

    /// A constant integer exponent as multiplications.
    fn fpowi(&self, x: Val<'c>, exponent: Val<'c>) -> Option<Val<'c>> {
        let exponent = crate::gpu::code::constant(exponent)?;
        let (mut left, mut square, mut total) = (exponent.unsigned_abs(), x, self.num(1.0));
        while left > 0 {
            if left & 1 == 1 {
                total = self.mul(total, square);
            }
            square = self.mul(square, square);
            left >>= 1;
        }
        Some(if exponent < 0 { self.reciprocal(total) } else { total })
    }
}
