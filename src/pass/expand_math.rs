//! `expand-math`: functions of numbers become arithmetic that every back end has.
//!
//! Before:  %y = math.exp2 %x : f32
//! After:   %t = arith.addf %x, %magic : f32  …five math.fma…  %y = arith.mulf %p, %power : f32
//!
//! Everywhere: `math.fpowi` with an integer exponent, `math.log1p` and `math.expm1` (right near 0), and conversions from f64
//! to 16 bits (through f32).
//! Inside kernels (`flashlight.kernel`), where scalar bodies become vectors: `exp2`, `exp`, `tanh`, `log`
//! and `log2` on f32, and `maxnumf`/`minnumf`. Before vectorization the accumulation of a maximum is left as
//! it is, for the vectorizer to see; on vectors it then takes the cheap form, which may keep or drop a NaN:
//! a program that asks for `maxnumf` instead of `maximumf` sees to NaN elsewhere.
//!
//! Every other expansion lets a NaN through and is exact at the infinities.
//! Needs: arith/math bodies. Leaves: bodies that vectorize without library calls.

use super::{PassInfo, PassOptions, apply_schedule::kernels, tile};
use crate::{
    error::PassError,
    ffi,
    ir::{self, Builder, Element, Op, Type, Val},
};
use melior::ir::r#type::TypeLike;

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "expand-math",
    summary: "expand math functions into arithmetic that vectorizes",
    options: &[],
    run,
};

// Numbers of `arith.cmpf` predicates.
const OEQ: i64 = 1;
const OGT: i64 = 2;
const OGE: i64 = 3;
const OLT: i64 = 4;
const UNO: i64 = 14;

fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    for kernel in kernels(module) {
        for op in ir::walk(kernel) {
            expand_in_kernel(op);
        }
    }
    for op in ir::walk(module) {
        match ir::name(op) {
            "math.fpowi" => expand_fpowi(op),
            "math.absi" => expand_absi(op),
            "arith.addf" => accumulate_at_once(op),
            "math.log1p" | "math.expm1" => expand_near_zero(op),
            "arith.truncf" if is_float8(op, true) => round_to_float8(op),
            "arith.truncf" => split_truncation(op),
            "arith.extf" if is_float8(op, false) => widen_float8(op),
            _ => {}
        }
    }
    Ok(())
}

fn replace(op: Op<'_>, value: Val<'_>) {
    ffi::replace_all_uses(ir::results(op)[0], value);
    ffi::erase(op);
}

/// The sum of products that a contraction outside of kernels is: each product is added before it is rounded, as in kernels, whose
/// contractions become fmas later. So scores are the same numbers wherever they are computed.
fn accumulate_at_once(op: Op<'_>) {
    let operands = ir::operands(op);
    let product = |value: Val<'_>| {
        ffi::defining_op(value).is_some_and(|own| ir::name(own) == "arith.mulf") && ffi::uses(value).len() == 1
    };
    let Some(side) = (0..2).find(|side| product(operands[*side])) else { return };
    let generic = ffi::owner_of_argument(operands[1 - side]).filter(|generic| ir::name(*generic) == "linalg.generic");
    let sums = accumulates(op) && generic.is_some_and(|generic| ir::attr(generic, tile::emit::TAG).is_none());
    let ty = ir::type_of(operands[0]);
    if !sums || !matches!(Element::of(ty), Some(Element::F32 | Element::F64)) {
        return;
    }
    let Some(multiply) = ffi::defining_op(operands[side]) else { return };
    let factors = ir::operands(multiply);
    let builder = Builder::before(op);
    let fused = builder.op("math.fma").operands(&[factors[0], factors[1], operands[1 - side]]).results(&[ty]).value();
    replace(op, fused);
    ffi::erase(multiply);
}

/// `|x|` of an integer as `max(x, 0 - x)`: upstream lowers no absolute value of a vector of several dims.
fn expand_absi(op: Op<'_>) {
    let [value] = ir::operands(op)[..] else { return };
    let ty = ir::type_of(value);
    let builder = Builder::before(op);
    let zero = match Element::of(ty) {
        Some(Element::Index) => builder.index(0),
        Some(Element::Int(_)) => builder.int(0, ty),
        _ => return,
    };
    let negative = builder.binary("arith.subi", zero, value);
    replace(op, builder.binary("arith.maxsi", value, negative));
}

/// `log(1 + x)` and `exp(x) - 1`, which upstream computes as they are written and so loses x near 0.
fn expand_near_zero(op: Op<'_>) {
    let [x] = ir::operands(op)[..] else { return };
    let own = ir::type_of(x);
    if own.is_vector() || !ir::is_float(own) {
        return;
    }
    let builder = Builder::before(op);
    let narrow = Element::of(own).is_some_and(Element::is_half);
    let ty = if narrow { builder.f32_type() } else { own };
    let x = if narrow { builder.cast("arith.extf", x, ty) } else { x };
    let emit = Emit { builder, ty };
    let log = |value| builder.unary("math.log", value);
    let value = match ir::name(op) {
        "math.log1p" => emit.log1p(x, log),
        _ => emit.expm1(x, |value| builder.unary("math.exp", value), log),
    };
    replace(op, if narrow { builder.cast("arith.truncf", value, own) } else { value });
}

/// `x^n`: multiplications for a small constant `n`, else `math.powf`.
fn expand_fpowi(op: Op<'_>) {
    let [base, exponent] = ir::operands(op)[..] else { return };
    let builder = Builder::before(op);
    let ty = ir::type_of(base);
    let constant = ffi::defining_op(exponent).and_then(|op| ir::attr(op, "value")).and_then(ir::int_attr);
    if let Some(power) = constant.filter(|power| power.unsigned_abs() <= 64) {
        let mut result: Option<Val<'_>> = None;
        let (mut square, mut rest) = (base, power.unsigned_abs());
        while rest > 0 {
            if rest & 1 == 1 {
                result = Some(result.map_or(square, |product| builder.binary("arith.mulf", product, square)));
            }
            rest >>= 1;
            if rest > 0 {
                square = builder.binary("arith.mulf", square, square);
            }
        }
        let one = || builder.float(1.0, ty);
        let mut value = result.unwrap_or_else(one);
        if power < 0 {
            value = builder.binary("arith.divf", one(), value);
        }
        return replace(op, value);
    }
    let exponent = builder.cast("arith.sitofp", exponent, ty);
    replace(op, builder.binary("math.powf", base, exponent));
}

/// f64 to f16 or bf16 goes through f32, as PyTorch does.
fn split_truncation(op: Op<'_>) {
    let (Some(source), Some(result)) = (ir::operands(op).first().copied(), ir::results(op).first().copied()) else {
        return;
    };
    let builder = Builder::before(op);
    let narrow = ir::type_of(result);
    if Element::of(ir::type_of(source)) == Some(Element::F64) && Element::of(narrow).is_some_and(Element::is_half) {
        let middle = builder.cast("arith.truncf", source, builder.f32_type());
        replace(op, builder.cast("arith.truncf", middle, narrow));
    }
}

/// The 8-bit float that an op on scalars rounds to (`result`), or widens.
fn float8(op: Op<'_>, result: bool) -> Option<Float8> {
    let value = if result { ir::results(op).first().copied() } else { ir::operands(op).first().copied() };
    match Element::of(ir::type_of(value?)) {
        Some(Element::F8E4M3) => Some(Float8 { mantissa: 3, bias: 7, largest: 448.0, past: 0x7f }),
        Some(Element::F8E5M2) => Some(Float8 { mantissa: 2, bias: 15, largest: 57344.0, past: 0x7c }),
        _ => None,
    }
}

fn is_float8(op: Op<'_>, result: bool) -> bool {
    float8(op, result).is_some()
}

/// A float of 8 bits: no machine computes with it.
struct Float8 {
    mantissa: i64,
    bias: i64,
    largest: f64,
    /// The bits past the largest finite number: NaN, or infinity where there is one.
    past: i64,
}

/// From 8 bits: as bits of an f32 whose exponent is off by the difference of the biases, which a product puts right.
fn widen_float8(op: Op<'_>) {
    let Some(format) = float8(op, false) else { return };
    let b = Builder::before(op);
    let (byte, word, float) = (b.int_type(8), b.int_type(32), b.f32_type());
    let bits = b.cast("arith.extui", b.cast("arith.bitcast", ir::operands(op)[0], byte), word);
    let magnitude = b.binary("arith.andi", bits, b.int(0x7f, word));
    let placed = b.binary("arith.shli", magnitude, b.int(23 - format.mantissa, word));
    let scale = b.float(2f64.powi((127 - format.bias) as i32), float);
    let number = b.binary("arith.mulf", b.cast("arith.bitcast", placed, float), scale);
    // Infinity and NaN, which the product made finite.
    let special = b.binary("arith.ori", placed, b.int(0x7f80_0000, word));
    let special = if format.past == 0x7f { b.int(0x7fc0_0000, word) } else { special };
    let past = b.compare("arith.cmpi", ir::cmpi::SLE, b.int(format.past, word), magnitude);
    let magnitude = b.select(past, special, b.cast("arith.bitcast", number, word));
    let sign = b.binary("arith.shli", b.binary("arith.andi", bits, b.int(0x80, word)), b.int(24, word));
    let value = b.cast("arith.bitcast", b.binary("arith.ori", magnitude, sign), float);
    let to = ir::type_of(ir::results(op)[0]);
    let value = match Element::of(to) {
        Some(Element::F32) => value,
        Some(Element::F64) => b.cast("arith.extf", value, to),
        _ => b.cast("arith.truncf", value, to),
    };
    replace(op, value);
}

/// To 8 bits, to nearest and ties to even: a normal number by its bits, a subnormal one by the sum with a number whose last
/// place is the smallest subnormal.
fn round_to_float8(op: Op<'_>) {
    let Some(format) = float8(op, true) else { return };
    let b = Builder::before(op);
    let (byte, word, float) = (b.int_type(8), b.int_type(32), b.f32_type());
    let source = ir::operands(op)[0];
    let source = match Element::of(ir::type_of(source)) {
        Some(Element::F32) => source,
        Some(Element::F64) => b.cast("arith.truncf", source, float),
        _ => b.cast("arith.extf", source, float),
    };
    let all = b.cast("arith.bitcast", source, word);
    let bits = b.binary("arith.andi", all, b.int(0x7fff_ffff, word));
    let magnitude = b.cast("arith.bitcast", bits, float);
    let dropped = 23 - format.mantissa;
    // Normal: half of the last place, less one if that place is even, carries.
    let odd = b.binary("arith.andi", b.binary("arith.shrui", bits, b.int(dropped, word)), b.int(1, word));
    let carried = b.binary("arith.addi", b.binary("arith.addi", bits, b.int((1 << (dropped - 1)) - 1, word)), odd);
    let exponent = b.int((127 - format.bias) << format.mantissa, word);
    let normal = b.binary("arith.subi", b.binary("arith.shrui", carried, b.int(dropped, word)), exponent);
    let magic = 2f64.powi((1 - format.bias - format.mantissa + 23) as i32);
    let sum = b.binary("arith.addf", magnitude, b.float(magic, float));
    let below =
        b.binary("arith.subi", b.cast("arith.bitcast", sum, word), b.int(i64::from((magic as f32).to_bits()), word));
    let small = b.compare("arith.cmpf", OLT, magnitude, b.float(2f64.powi((1 - format.bias) as i32), float));
    let finite = b.select(small, below, normal);
    // Halfway from the largest number to what would be the next: a tie goes to even.
    let place = 2f64.powi(format.largest.log2().floor() as i32 - format.mantissa as i32);
    let tie = b.float(format.largest + place / 2.0, float);
    let far = b.compare("arith.cmpf", if format.past == 0x7f { OGT } else { OGE }, magnitude, tie);
    let nan = b.compare("arith.cmpf", UNO, magnitude, magnitude);
    let bits = b.select(far, b.int(format.past, word), finite);
    let bits = b.select(nan, b.int(0x7f, word), bits);
    let sign = b.binary("arith.andi", b.binary("arith.shrui", all, b.int(24, word)), b.int(0x80, word));
    let bits = b.cast("arith.trunci", b.binary("arith.ori", bits, sign), byte);
    replace(op, b.cast("arith.bitcast", bits, ir::type_of(ir::results(op)[0])));
}

fn expand_in_kernel(op: Op<'_>) {
    let Some(result) = ir::results(op).first().copied() else { return };
    let ty = ir::type_of(result);
    if Element::held_by(ty) != Some(Element::F32) {
        return;
    }
    let operands = ir::operands(op);
    let emit = Emit { builder: Builder::before(op), ty };
    let value = match (ir::name(op), ty.is_vector()) {
        ("arith.maxnumf", true) => emit.pick(OGT, operands[0], operands[1]),
        ("arith.minnumf", true) => emit.pick(OLT, operands[0], operands[1]),
        ("arith.maxnumf", false) if !accumulates(op) => emit.number(OGT, operands[0], operands[1]),
        ("arith.minnumf", false) if !accumulates(op) => emit.number(OLT, operands[0], operands[1]),
        ("math.exp2", false) if ir::attr(op, FULL_RANGE).is_some() => emit.exp2_everywhere(operands[0]),
        ("math.exp2", false) => emit.exp2(operands[0]),
        ("math.exp", false) => emit.exp(operands[0]),
        ("math.tanh", false) => emit.tanh(operands[0]),
        ("math.log2", false) => emit.log(operands[0], 1.0, std::f64::consts::LOG2_E),
        ("math.log", false) => emit.ln(operands[0]),
        ("math.log1p", false) => emit.log1p(operands[0], |sum| emit.ln(sum)),
        ("math.expm1", false) => emit.expm1(operands[0], |x| emit.exp(x), |power| emit.ln(power)),
        _ => return,
    };
    replace(op, value);
}

/// Whether an operand is the last argument of the block: the accumulator of a reduction, perhaps.
fn accumulates(op: Op<'_>) -> bool {
    ir::operands(op).into_iter().any(|value| {
        let arguments = ffi::argument_owner(value).map(ir::arguments);
        arguments.is_some_and(|arguments| arguments.last() == Some(&value))
    })
}

/// Emits f32 arithmetic before one operation.
struct Emit<'c> {
    builder: Builder<'c>,
    ty: Type<'c>,
}

/// 1.5·2²³: adding it leaves the nearest integer in the low bits.
const ROUND: f64 = 12_582_912.0;
const BIAS: f64 = 127.0;
/// 2^r on [-½, ½], exactly 1 at 0 so that nothing changes where nothing is rescaled; relative error 1.6e-7.
const EXP2: [f64; 6] = [
    1.0,
    0.693_147_003_650_665_3,
    0.240_222_424_268_722_53,
    0.055_507_335_811_853_41,
    0.009_671_512_991_189_957,
    0.001_326_472_731_307_149,
];
/// The attribute of an exponential whose results below 2^-126, and last digits, matter: they are not close to 0 beside anything
/// else, or the power of a statistic itself.
pub const FULL_RANGE: &str = "flashlight.full_range";
/// e^r on [-ln2/2, ln2/2] after 1 + r (Cephes expf).
const EXP: [f64; 6] = [
    0.500_000_012_01,
    0.166_666_654_59,
    0.041_665_795_894,
    0.008_333_451_907_3,
    0.001_398_199_950_7,
    0.000_198_756_915,
];
/// ln 2 in two parts whose product with a small integer is exact.
const LN2_HIGH: f64 = 0.693_359_375;
const LN2_LOW: f64 = -2.121_944_4e-4;
/// Cephes logf on [√½ - 1, √2 - 1].
const LOG: [f64; 9] = [
    0.333_333_311_74,
    -0.249_999_939_93,
    0.200_007_147_65,
    -0.166_680_576_65,
    0.142_493_227_87,
    -0.124_201_408_46,
    0.116_769_987_4,
    -0.115_146_103_1,
    0.070_376_836_292,
];
/// tanh(x)/x numerator and denominator in x² (Eigen), |x| ≤ 7.99881172.
const TANH_P: [f64; 7] = [
    4.893_525_6e-3,
    6.372_619_3e-4,
    1.485_722_35e-5,
    5.122_297_1e-8,
    -8.604_671_5e-11,
    2.000_187_9e-13,
    -2.760_768_5e-16,
];
const TANH_Q: [f64; 4] = [4.893_525_2e-3, 2.268_434_6e-3, 1.185_347_1e-4, 1.198_258_4e-6];

impl<'c> Emit<'c> {
    fn float(&self, value: f64) -> Val<'c> {
        self.builder.float(value, self.ty)
    }

    fn compare(&self, predicate: i64, lhs: Val<'c>, rhs: Val<'c>) -> Val<'c> {
        self.builder.compare("arith.cmpf", predicate, lhs, rhs)
    }

    /// `lhs` where the comparison holds, else `rhs`: one instruction on most vector units.
    fn pick(&self, predicate: i64, lhs: Val<'c>, rhs: Val<'c>) -> Val<'c> {
        let bit = self.builder.int_type(1);
        let condition_type = match ffi::shape(self.ty) {
            Some(shape) if self.ty.is_vector() => {
                let sizes: String = shape.iter().flatten().map(|size| format!("{size}x")).collect();
                self.builder.ty(&format!("vector<{sizes}i1>"))
            }
            _ => bit,
        };
        let condition = self
            .builder
            .op("arith.cmpf")
            .operands(&[lhs, rhs])
            .results(&[condition_type])
            .attr("predicate", self.builder.i64_attr(predicate))
            .value();
        self.builder.select(condition, lhs, rhs)
    }

    /// [`Emit::pick`] where the other operand wins over a NaN.
    fn number(&self, predicate: i64, lhs: Val<'c>, rhs: Val<'c>) -> Val<'c> {
        let picked = self.pick(predicate, lhs, rhs);
        self.builder.select(self.compare(UNO, rhs, rhs), lhs, picked)
    }

    fn fma(&self, a: Val<'c>, b: Val<'c>, c: Val<'c>) -> Val<'c> {
        self.builder.op("math.fma").operands(&[a, b, c]).results(&[self.ty]).value()
    }

    /// Σ coefficients[i]·x^i.
    fn polynomial(&self, x: Val<'c>, coefficients: &[f64]) -> Val<'c> {
        let mut terms = coefficients.iter().rev();
        let first = self.float(terms.next().copied().unwrap_or(0.0));
        terms.fold(first, |sum, &term| self.fma(sum, x, self.float(term)))
    }

    /// `x` limited to [low, high]; a NaN stays.
    fn clamp(&self, x: Val<'c>, low: f64, high: f64) -> Val<'c> {
        let (low, high) = (self.float(low), self.float(high));
        let x = self.builder.select(self.compare(OLT, x, low), low, x);
        self.builder.select(self.compare(OGT, x, high), high, x)
    }

    /// 2^n, from the bits of `n + 127 + ROUND`.
    fn power(&self, biased: Val<'c>) -> Val<'c> {
        let int = self.builder.int_type(32);
        let bits = self.builder.cast("arith.bitcast", biased, int);
        let bits = self.builder.binary("arith.shli", bits, self.builder.int(23, int));
        self.builder.cast("arith.bitcast", bits, self.ty)
    }

    /// 2^x = 2^n · 2^r with n the nearest integer. Below 2^-126 the result is 0, and from 2^127.5 on infinite: enough where the
    /// exponent is relative to a running maximum.
    fn exp2(&self, x: Val<'c>) -> Val<'c> {
        let b = &self.builder;
        let x = self.clamp(x, -127.0, 128.0);
        let magic = self.float(ROUND + BIAS);
        let biased = b.binary("arith.addf", x, magic);
        let rest = b.binary("arith.subf", x, b.binary("arith.subf", biased, magic));
        b.binary("arith.mulf", self.polynomial(rest, &EXP2), self.power(biased))
    }

    /// [`Emit::exp2`] up to the largest number and down to the smallest denormal.
    fn exp2_everywhere(&self, x: Val<'c>) -> Val<'c> {
        let b = &self.builder;
        let x = self.clamp(x, -151.0, 129.0);
        let magic = self.float(ROUND + BIAS);
        let biased = b.binary("arith.addf", x, magic);
        let rest = b.binary("arith.subf", x, b.binary("arith.subf", biased, magic));
        self.times_power(self.polynomial(rest, &EXP2), biased, x, [-126.0, 127.0])
    }

    /// `value` times the power of two that `biased` stands for, in two steps where `x` is outside of `range`: there the power by
    /// itself is denormal or infinite.
    fn times_power(&self, value: Val<'c>, biased: Val<'c>, x: Val<'c>, range: [f64; 2]) -> Val<'c> {
        let b = &self.builder;
        let (small, large) = (self.compare(OLT, x, self.float(range[0])), self.compare(OGT, x, self.float(range[1])));
        let choose = |below: f64, above: f64, else_: f64| {
            b.select(small, self.float(below), b.select(large, self.float(above), self.float(else_)))
        };
        let biased = b.binary("arith.addf", biased, choose(64.0, -64.0, 0.0));
        let value = b.binary("arith.mulf", value, self.power(biased));
        b.binary("arith.mulf", value, choose((-64f64).exp2(), 64f64.exp2(), 1.0))
    }

    /// The natural logarithm.
    fn ln(&self, x: Val<'c>) -> Val<'c> {
        self.log(x, std::f64::consts::LN_2, 1.0)
    }

    /// `log(1 + x)`: the logarithm of the rounded sum, times what `x` is of what was added (Kahan).
    fn log1p(&self, x: Val<'c>, log: impl FnOnce(Val<'c>) -> Val<'c>) -> Val<'c> {
        let b = &self.builder;
        let one = self.float(1.0);
        let sum = b.binary("arith.addf", x, one);
        let added = b.binary("arith.subf", sum, one);
        let value = b.binary("arith.mulf", log(sum), b.binary("arith.divf", x, added));
        let value = b.select(self.compare(OEQ, sum, self.float(f64::INFINITY)), sum, value);
        b.select(self.compare(OEQ, added, self.float(0.0)), x, value)
    }

    /// `exp(x) - 1`: the difference of the rounded power, times what `x` is of that power's logarithm (Kahan).
    fn expm1(&self, x: Val<'c>, exp: impl FnOnce(Val<'c>) -> Val<'c>, log: impl FnOnce(Val<'c>) -> Val<'c>) -> Val<'c> {
        let b = &self.builder;
        let one = self.float(1.0);
        let power = exp(x);
        let less = b.binary("arith.subf", power, one);
        let value = b.binary("arith.mulf", less, b.binary("arith.divf", x, log(power)));
        // Where the power is 0 or infinite, less 1 is all there is to it.
        let infinite = self.compare(OEQ, power, self.float(f64::INFINITY));
        let whole = b.binary("arith.ori", infinite, self.compare(OEQ, less, self.float(-1.0)));
        let value = b.select(whole, less, value);
        b.select(self.compare(OEQ, power, one), x, value)
    }

    /// e^x = 2^n · e^r with n the nearest integer to x/ln 2.
    fn exp(&self, x: Val<'c>) -> Val<'c> {
        let b = &self.builder;
        let x = self.clamp(x, -104.5, 89.0);
        let magic = self.float(ROUND + BIAS);
        let biased = self.fma(x, self.float(std::f64::consts::LOG2_E), magic);
        let n = b.binary("arith.subf", biased, magic);
        let rest = self.fma(n, self.float(-LN2_HIGH), x);
        let rest = self.fma(n, self.float(-LN2_LOW), rest);
        let square = b.binary("arith.mulf", rest, rest);
        let one = self.float(1.0);
        let value = self.fma(self.polynomial(rest, &EXP), square, b.binary("arith.addf", rest, one));
        self.times_power(value, biased, x, [-87.0, 88.0])
    }

    /// x·P(x²)/Q(x²), odd and monotone, ±1 at the ends.
    fn tanh(&self, x: Val<'c>) -> Val<'c> {
        let b = &self.builder;
        let x = self.clamp(x, -7.998_811_72, 7.998_811_72);
        let square = b.binary("arith.mulf", x, x);
        let above = b.binary("arith.mulf", x, self.polynomial(square, &TANH_P));
        b.binary("arith.divf", above, self.polynomial(square, &TANH_Q))
    }

    /// `n·of_two + ln(mantissa)·of_e` with x = mantissa·2^n, mantissa in [√½, √2).
    /// 0 gives -inf, a negative x NaN, +inf itself. A denormal is scaled to a normal number first.
    fn log(&self, x: Val<'c>, of_two: f64, of_e: f64) -> Val<'c> {
        let b = &self.builder;
        let int = b.int_type(32);
        let denormal = self.compare(OLT, x, self.float(f64::from(f32::MIN_POSITIVE)));
        let scaled = b.binary("arith.mulf", x, self.float(f64::from(1u32 << 23)));
        let normal = b.select(denormal, scaled, x);
        let bits = b.cast("arith.bitcast", normal, int);
        // Counting exponents from √½ instead of 1 puts the mantissa around 1.
        let offset = b.int(0x3f35_04f3, int);
        let shifted = b.binary("arith.subi", bits, offset);
        let exponent = b.binary("arith.shrsi", shifted, b.int(23, int));
        let mantissa = b.binary("arith.subi", bits, b.binary("arith.shli", exponent, b.int(23, int)));
        let n = b.cast("arith.sitofp", exponent, self.ty);
        let fewer = b.select(denormal, self.float(23.0), self.float(0.0));
        let n = b.binary("arith.subf", n, fewer);
        let r = b.binary("arith.subf", b.cast("arith.bitcast", mantissa, self.ty), self.float(1.0));
        let square = b.binary("arith.mulf", r, r);
        let cubic = b.binary("arith.mulf", b.binary("arith.mulf", self.polynomial(r, &LOG), square), r);
        let tail = self.fma(square, self.float(-0.5), cubic);
        let of_e_value = self.float(of_e);
        let low = b.binary("arith.mulf", tail, of_e_value);
        let sum = self.fma(r, of_e_value, low);
        let value = self.fma(n, self.float(of_two), sum);
        let (zero, infinity) = (self.float(0.0), self.float(f64::INFINITY));
        let value = b.select(self.compare(OEQ, x, zero), self.float(f64::NEG_INFINITY), value);
        let value = b.select(self.compare(OLT, x, zero), self.float(f64::NAN), value);
        let value = b.select(self.compare(OEQ, x, infinity), infinity, value);
        b.select(self.compare(UNO, x, x), x, value)
    }
}
