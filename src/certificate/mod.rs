//! Checking a fusion certificate: what `explain --format json` says of a program, against the program.
//!
//! The checker takes the formulas of the certificate at their word, as text, and the source as it came. It uses no
//! expression, law or plan of the pass that fused: it evaluates the formulas in f64, folds keys by them in parts, and
//! compares with the definition of the states and with the source's own results.
//!
//! 1. [`laws`]: every law is a known one under a condition it holds under, and what the formulas need is there.
//! 2. [`monoid`]: identity, associativity, commutativity; rescaling; folding parts and combining them is folding all.
//! 3. [`source`]: the results of the formulas are the results of the source, at points of generated inputs.

pub mod formula;
pub mod laws;
pub mod monoid;
pub mod program;
pub mod source;

/// A law that does not hold, and where that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub law: String,
    pub what: String,
}

impl Broken {
    pub fn new(law: impl Into<String>, what: impl Into<String>) -> Self {
        Self { law: law.into(), what: what.into() }
    }
}

/// Numbers that look random, the same for the same seed.
pub struct Noise(u64);

impl Noise {
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Between 0 and 1.
    pub fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let x = (self.0 ^ (self.0 >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        ((x ^ (x >> 33)) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A score: ordinary, large, or -inf.
    pub fn score(&mut self) -> f64 {
        match self.unit() {
            x if x < 0.2 => f64::NEG_INFINITY,
            x if x < 0.3 => 900.0 * (self.unit() - 0.5),
            _ => 12.0 * (self.unit() - 0.5),
        }
    }
}

/// Whether two numbers are the same but for rounding.
pub fn same(a: f64, b: f64, tolerance: f64) -> bool {
    a == b || a.is_nan() && b.is_nan() || (a - b).abs() <= tolerance * (1.0 + a.abs().max(b.abs()))
}
