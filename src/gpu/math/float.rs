//! Arithmetic on one float type at one place, for the expansions of functions.

use crate::{
    gpu::code::Code,
    ir::{Type, Val},
};

/// Floats of one type.
pub trait Arithmetic<'c> {
    fn code(&self) -> Code<'c>;

    /// The type of all operands and results.
    fn ty(&self) -> Type<'c>;

    fn num(&self, value: f64) -> Val<'c> {
        self.code().b.float(value, self.ty())
    }

    fn add(&self, a: Val<'c>, b: Val<'c>) -> Val<'c> {
        self.code().b.binary("arith.addf", a, b)
    }

    fn sub(&self, a: Val<'c>, b: Val<'c>) -> Val<'c> {
        self.code().b.binary("arith.subf", a, b)
    }

    fn mul(&self, a: Val<'c>, b: Val<'c>) -> Val<'c> {
        self.code().b.binary("arith.mulf", a, b)
    }

    fn times(&self, a: Val<'c>, factor: f64) -> Val<'c> {
        self.mul(a, self.num(factor))
    }

    fn fma(&self, a: Val<'c>, b: Val<'c>, c: Val<'c>) -> Val<'c> {
        self.code().b.op("math.fma").operands(&[a, b, c]).results(&[self.ty()]).value()
    }

    fn negative(&self, x: Val<'c>) -> Val<'c> {
        self.code().b.unary("arith.negf", x)
    }

    fn abs(&self, x: Val<'c>) -> Val<'c> {
        self.code().b.unary("math.absf", x)
    }

    /// `arith.cmpf`: 1 is oeq, 2 ogt, 4 olt, 14 uno.
    fn cmp(&self, predicate: i64, a: Val<'c>, b: Val<'c>) -> Val<'c> {
        self.code().b.compare("arith.cmpf", predicate, a, b)
    }

    /// `c[0] + x (c[1] + x (…))`.
    fn series(&self, x: Val<'c>, coefficients: &[f64]) -> Val<'c> {
        let mut terms = coefficients.iter().rev();
        let first = self.num(terms.next().copied().unwrap_or(0.0));
        terms.fold(first, |total, term| self.fma(total, x, self.num(*term)))
    }
}
