//! Functions of numbers as exact as a device library has them: what kernels over points and rows compute.
//!
//! Before:  `%y = math.log %x : f32`
//! After:   the same polynomial in f64 that a device library would have, rounded once
//!
//! Exponentials and hyperbolic tangents of f32, of which there may be one per element, stay in f32. A function of f32 is right to
//! the last bit but one (`tanh`: to 1e-7); of f64, to about 1e-15 relative (powers: 1e-13). Sine and cosine hold up
//! to arguments of 2^30. NaN passes through all of them.

use super::{
    float::Arithmetic,
    ir::{self, Builder, Op, Type, Val},
};
use crate::ffi;
use crate::gpu::{code::Code, machine::Asm};
use std::f64::consts::{FRAC_2_PI, FRAC_PI_2, LN_2, LOG2_E, LOG10_2, SQRT_2};

/// The part of π/2 that `FRAC_PI_2` leaves out.
const FRAC_PI_2_REST: f64 = 6.123_233_995_736_766e-17;

// Numbers of `arith.cmpf` predicates.
const OEQ: i64 = 1;
const OGT: i64 = 2;
const OLT: i64 = 4;

/// Replaces one op by its expansion, if it is a function of f64 or, in `all` cases, of f32. Returns whether it did, or
/// whether the op is to stay as it is.
pub fn expand(op: Op<'_>, all: bool) -> bool {
    let name = ir::name(op);
    let operands = ir::operands(op);
    let Some(first) = operands.first() else { return false };
    let (from, code) = (ir::type_of(*first), Code::new(Builder::before(op)));
    let double = code.b.ty("f64");
    if from != double && !(all && from == code.t.f32) {
        return false;
    }
    if name == "arith.divf" {
        return true;
    }
    let single = Single { code };
    match name {
        "math.exp" | "math.exp2" if from == code.t.f32 => {
            let value = if name == "math.exp" { single.exp(*first) } else { single.exp2(*first) };
            ffi::replace_all_uses(ir::results(op)[0], value);
            ffi::erase(op);
            return true;
        }
        // The expansion for fast kernels is right to 1e-7.
        "math.tanh" if from == code.t.f32 => return false,
        _ => {}
    }
    let math = Exact { code, ty: double };
    let wide: Vec<_> = match name {
        "math.sqrt" | "math.rsqrt" => operands,
        _ if from == double || !name.starts_with("math.") => operands,
        "math.expm1" | "math.log2" | "math.log" | "math.log10" | "math.log1p" | "math.tanh" | "math.sin"
        | "math.cos" | "math.powf" => operands.iter().map(|value| code.b.cast("arith.extf", *value, double)).collect(),
        _ => return false,
    };
    let x = wide[0];
    let value = match name {
        "math.sqrt" => code.b.unary("llvm.intr.sqrt", x),
        "math.rsqrt" => code.b.binary("arith.divf", code.b.float(1.0, from), code.b.unary("llvm.intr.sqrt", x)),
        "math.exp2" => math.exp2(x),
        "math.exp" => math.exp(x),
        "math.expm1" => math.expm1(x),
        "math.log2" => math.log2(x),
        "math.log" => math.times(math.log2(x), LN_2),
        "math.log10" => math.times(math.log2(x), LOG10_2),
        "math.log1p" => math.log1p(x),
        "math.tanh" => math.tanh(x),
        "math.sin" => math.sine(x, 0),
        "math.cos" => math.sine(x, 1),
        "math.powf" => math.power(x, wide[1]),
        _ => return false,
    };
    let value = if ir::type_of(value) == from { value } else { code.b.cast("arith.truncf", value, from) };
    ffi::replace_all_uses(ir::results(op)[0], value);
    ffi::erase(op);
    true
}

/// Exponentials of f32 in f32, right to the last bit but one: the hardware's power of 2 for the rest of an exact reduction.
pub struct Single<'c> {
    pub code: Code<'c>,
}

impl<'c> Arithmetic<'c> for Single<'c> {
    fn code(&self) -> Code<'c> {
        self.code
    }

    fn ty(&self) -> Type<'c> {
        self.code.t.f32
    }
}

impl<'c> Single<'c> {
    /// `x` kept between two numbers; NaN stays.
    fn clamped(&self, x: Val<'c>, low: f64, high: f64) -> Val<'c> {
        let b = self.code.b;
        b.binary("llvm.intr.minimum", b.binary("llvm.intr.maximum", x, self.num(low)), self.num(high))
    }

    /// `2^(rest + turns)` for a rest between -1/2 and 1/2, in two steps, so that neither overflows or vanishes too early.
    fn scaled(&self, rest: Val<'c>, turns: Val<'c>) -> Val<'c> {
        let (b, code) = (self.code.b, self.code);
        let value = code.intrinsic("llvm.nvvm.ex2.approx.ftz.f", &[rest], code.t.f32);
        let n = b.cast("arith.fptosi", turns, code.t.i32);
        let half = b.binary("arith.shrsi", n, code.i32(1));
        let scale = |n| b.cast("arith.bitcast", code.shlc(code.addc(n, 127), 23), code.t.f32);
        self.mul(self.mul(value, scale(half)), scale(code.sub(n, half)))
    }

    fn exp2(&self, x: Val<'c>) -> Val<'c> {
        let x = self.clamped(x, -151.0, 129.0);
        let turns = self.code.b.unary("math.roundeven", x);
        self.scaled(self.sub(x, turns), turns)
    }

    pub fn exp(&self, x: Val<'c>) -> Val<'c> {
        // ln 2 in two parts, the first short enough for exact products.
        let (high, low) = (0.693_359_375, -2.121_944_400_546_905_8e-4);
        let x = self.clamped(x, -105.0, 90.0);
        let turns = self.code.b.unary("math.roundeven", self.times(x, LOG2_E));
        let rest = self.fma(turns, self.num(-high), x);
        let rest = self.fma(turns, self.num(-low), rest);
        self.scaled(self.times(rest, LOG2_E), turns)
    }
}

/// Expansions at one place.
struct Exact<'c> {
    code: Code<'c>,
    /// f64.
    ty: Type<'c>,
}

impl<'c> Arithmetic<'c> for Exact<'c> {
    fn code(&self) -> Code<'c> {
        self.code
    }

    fn ty(&self) -> Type<'c> {
        self.ty
    }
}

impl<'c> Exact<'c> {
    fn div(&self, a: Val<'c>, b: Val<'c>) -> Val<'c> {
        self.code.b.binary("arith.divf", a, b)
    }

    fn int(&self, x: Val<'c>) -> Val<'c> {
        self.code.b.cast("arith.fptosi", x, self.code.t.i64)
    }

    fn bits(&self, x: Val<'c>) -> Val<'c> {
        self.code.b.cast("arith.bitcast", x, self.code.t.i64)
    }

    fn number(&self, x: Val<'c>) -> Val<'c> {
        self.code.b.cast("arith.bitcast", x, self.ty)
    }

    /// `2^n` for an integer between -1022 and 1023.
    fn scale(&self, n: Val<'c>) -> Val<'c> {
        self.number(self.code.shlc(self.code.addc(n, 1023), 52))
    }

    /// `x` kept between two numbers; NaN stays.
    fn clamped(&self, x: Val<'c>, low: f64, high: f64) -> Val<'c> {
        let b = self.code.b;
        let x = b.select(self.cmp(OLT, x, self.num(low)), self.num(low), x);
        b.select(self.cmp(OGT, x, self.num(high)), self.num(high), x)
    }

    /// `exp(r)` for small `r`, times `2^n`.
    fn scaled_exp(&self, r: Val<'c>, turns: Val<'c>) -> Val<'c> {
        let mut coefficients = [1.0; 14];
        for n in 1..14 {
            coefficients[n] = coefficients[n - 1] / n as f64;
        }
        let value = self.series(r, &coefficients);
        let n = self.int(turns);
        let half = self.code.b.binary("arith.shrsi", n, self.code.b.int(1, self.code.t.i64));
        self.mul(self.mul(value, self.scale(half)), self.scale(self.code.sub(n, half)))
    }

    fn exp2(&self, x: Val<'c>) -> Val<'c> {
        let x = self.clamped(x, -1100.0, 1100.0);
        let turns = self.code.b.unary("math.roundeven", x);
        self.scaled_exp(self.times(self.sub(x, turns), LN_2), turns)
    }

    fn exp(&self, x: Val<'c>) -> Val<'c> {
        // ln 2 in two parts, the first short enough for exact products.
        let (high, low) = (6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10);
        let x = self.clamped(x, -760.0, 760.0);
        let turns = self.code.b.unary("math.roundeven", self.times(x, LOG2_E));
        let rest = self.fma(turns, self.num(-high), x);
        self.scaled_exp(self.fma(turns, self.num(-low), rest), turns)
    }

    fn expm1(&self, x: Val<'c>) -> Val<'c> {
        let mut coefficients = [1.0; 14];
        for n in 1..14 {
            coefficients[n] = coefficients[n - 1] / (n + 1) as f64;
        }
        let near = self.mul(self.series(x, &coefficients), x);
        let far = self.sub(self.exp(x), self.num(1.0));
        let close = self.cmp(OLT, self.abs(x), self.num(0.3));
        self.code.b.select(close, near, far)
    }

    fn log2(&self, x: Val<'c>) -> Val<'c> {
        let (b, code) = (self.code.b, self.code);
        // Subnormals are brought up first.
        let tiny = self.cmp(OLT, x, self.num(f64::MIN_POSITIVE));
        let raised = b.select(tiny, self.times(x, 18_014_398_509_481_984.0), x);
        let bits = self.bits(raised);
        let exponent = code.addc(code.andc(code.shrc(bits, 52), 0x7FF), -1023);
        let mantissa = code.andc(bits, 0x000F_FFFF_FFFF_FFFF);
        let mantissa = self.number(b.binary("arith.ori", mantissa, b.int(1023 << 52, code.t.i64)));
        let upper = self.cmp(OGT, mantissa, self.num(SQRT_2));
        let mantissa = b.select(upper, self.times(mantissa, 0.5), mantissa);
        let exponent = b.cast("arith.sitofp", exponent, self.ty);
        let exponent = b.select(upper, self.add(exponent, self.num(1.0)), exponent);
        let exponent = b.select(tiny, self.sub(exponent, self.num(54.0)), exponent);
        let s = self.div(self.sub(mantissa, self.num(1.0)), self.add(mantissa, self.num(1.0)));
        let coefficients: Vec<f64> = (0..11).map(|n| 2.0 * LOG2_E / f64::from(2 * n + 1)).collect();
        let value = self.fma(self.series(self.mul(s, s), &coefficients), s, exponent);
        let zero = self.num(0.0);
        let value = b.select(self.cmp(OEQ, x, zero), self.num(f64::NEG_INFINITY), value);
        let value = b.select(self.cmp(OLT, x, zero), self.num(f64::NAN), value);
        // Infinity and NaN give themselves. 14 is uno.
        let special = b.binary("arith.ori", self.cmp(OEQ, x, self.num(f64::INFINITY)), self.cmp(14, x, x));
        b.select(special, x, value)
    }

    fn log1p(&self, x: Val<'c>) -> Val<'c> {
        // What rounding lost of x in 1 + x, to first order.
        let sum = self.add(x, self.num(1.0));
        let lost = self.sub(x, self.sub(sum, self.num(1.0)));
        let finite = self.cmp(OLT, self.abs(x), self.num(1e300));
        let lost = self.code.b.select(finite, self.div(lost, sum), self.num(0.0));
        let positive = self.cmp(OGT, sum, self.num(0.0));
        let lost = self.code.b.select(positive, lost, self.num(0.0));
        self.add(self.times(self.log2(sum), LN_2), lost)
    }

    fn tanh(&self, x: Val<'c>) -> Val<'c> {
        let size = self.abs(x);
        let power = self.expm1(self.times(self.clamped(size, 0.0, 30.0), 2.0));
        let value = self.div(power, self.add(power, self.num(2.0)));
        self.code.b.binary("math.copysign", value, x)
    }

    /// `sin(x + quarter · π/2)`.
    fn sine(&self, x: Val<'c>, quarter: i64) -> Val<'c> {
        let (b, code) = (self.code.b, self.code);
        let turns = b.unary("math.roundeven", self.times(x, FRAC_2_PI));
        let rest = self.fma(turns, self.num(-FRAC_PI_2), x);
        let rest = self.fma(turns, self.num(-FRAC_PI_2_REST), rest);
        let square = self.mul(rest, rest);
        let (mut sine, mut cosine, mut term) = (vec![], vec![], 1.0);
        for n in 0..9 {
            cosine.push(term);
            term /= f64::from(2 * n + 1);
            sine.push(term);
            term /= -f64::from(2 * n + 2);
        }
        let sine = self.mul(self.series(square, &sine), rest);
        let cosine = self.series(square, &cosine);
        let place = code.addc(self.int(turns), quarter);
        let odd = code.cmpc(crate::gpu::code::Cmp::Ne, code.andc(place, 1), 0);
        let value = b.select(odd, cosine, sine);
        let below = code.cmpc(crate::gpu::code::Cmp::Ne, code.andc(place, 2), 0);
        b.select(below, self.negative(value), value)
    }

    /// `2^(y log2 |x|)`; negative bases have a value for integer exponents only.
    fn power(&self, x: Val<'c>, y: Val<'c>) -> Val<'c> {
        let b = self.code.b;
        let size = self.exp2(self.mul(y, self.log2(self.abs(x))));
        let whole = self.cmp(OEQ, b.unary("math.trunc", y), y);
        let half = self.times(y, 0.5);
        let even = self.cmp(OEQ, b.unary("math.trunc", half), half);
        let negative = b.select(even, size, self.negative(size));
        let negative = b.select(whole, negative, self.num(f64::NAN));
        let value = b.select(self.cmp(OLT, x, self.num(0.0)), negative, size);
        let one = b.binary("arith.ori", self.cmp(OEQ, y, self.num(0.0)), self.cmp(OEQ, x, self.num(1.0)));
        b.select(one, self.num(1.0), value)
    }
}
