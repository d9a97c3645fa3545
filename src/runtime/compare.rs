//! The rule by which a result is judged against the truth.
//!
//! With a yardstick (the result of the reference implementation in the program's own element type), a result
//! passes when `max|truth - result| <= 2 * max|truth - eager| + 1e-6`. Without one, when the maximum error is
//! at most the tolerance of the result's element type times `max(1, max|truth|)`. In both cases NaN and
//! infinities must stand exactly where the truth has them.

use super::{DType, RuntimeError, Tensor};
use std::fmt;

/// Where a result is not a number, or infinite, and the truth differs (or the reverse).
#[derive(Clone, Debug, PartialEq)]
pub struct Special {
    /// Positions in all.
    pub count: usize,
    /// The first of them, as an index per dim.
    pub index: Vec<usize>,
    pub found: f64,
    pub expected: f64,
}

/// What the comparison of one result found.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The result's name.
    pub name: String,
    /// Largest absolute error over finite positions.
    pub max_error: f64,
    /// Largest error that passes.
    pub yardstick: f64,
    /// The reference's own largest error, or `None` when the file has no `eager{i}`.
    pub eager_error: Option<f64>,
    /// The first disagreement over NaN and infinities.
    pub special: Option<Special>,
}

impl Verdict {
    /// Whether the result is right.
    pub fn passes(&self) -> bool {
        self.special.is_none() && self.max_error <= self.yardstick
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, max_error, yardstick, .. } = self;
        write!(formatter, "{name}: max error {max_error:.3e}, yardstick {yardstick:.3e} ")?;
        match self.eager_error {
            Some(error) => write!(formatter, "(2 x eager's {error:.3e} + 1e-6)")?,
            None => formatter.write_str("(tolerance of the element type)")?,
        }
        if let Some(Special { count, index, found, expected }) = &self.special {
            write!(formatter, ", {count} position(s) wrong in NaN or inf, first {index:?}: {found}, not {expected}")?;
        }
        formatter.write_str(if self.passes() { ": pass" } else { ": FAIL" })
    }
}

/// The largest relative error allowed where there is no yardstick.
pub fn default_tolerance(dtype: DType) -> f64 {
    match dtype {
        DType::F64 => 2f64.powi(-40),
        DType::F32 => 2f64.powi(-16),
        DType::F16 => 2f64.powi(-8),
        DType::BF16 => 2f64.powi(-5),
        DType::F8E4M3 => 2f64.powi(-2),
        DType::F8E5M2 => 2f64.powi(-1),
        _ => 0.0,
    }
}

fn max_finite_error(truth: &[f64], values: &[f64]) -> f64 {
    let errors = truth.iter().zip(values).map(|(truth, value)| (truth - value).abs());
    errors.filter(|error| error.is_finite()).fold(0.0, f64::max)
}

/// Compares a result with the truth and, where there is one, the reference's result.
///
/// # Errors
/// [`RuntimeError::WrongShape`] when the shapes differ.
pub fn compare(name: &str, result: &Tensor, truth: &Tensor, eager: Option<&Tensor>) -> Result<Verdict, RuntimeError> {
    for (what, other) in [("the truth", Some(truth)), ("eager", eager)] {
        if let Some(other) = other.filter(|other| other.shape() != result.shape()) {
            return Err(RuntimeError::WrongShape {
                name: name.to_owned(),
                found: format!("{:?}", result.shape()),
                expected: format!("{what}'s {:?}", other.shape()),
            });
        }
    }
    let (values, expected) = (result.to_f64(), truth.to_f64());
    let agree = |(value, truth): (&f64, &f64)| {
        if truth.is_finite() { value.is_finite() } else { value == truth || (value.is_nan() && truth.is_nan()) }
    };
    let wrong: Vec<usize> = (0..values.len()).filter(|&at| !agree((&values[at], &expected[at]))).collect();
    let special = wrong.first().map(|&first| Special {
        count: wrong.len(),
        index: unravel(first, result.shape()),
        found: values[first],
        expected: expected[first],
    });
    let eager_error = eager.map(|eager| max_finite_error(&expected, &eager.to_f64()));
    let largest = expected.iter().filter(|value| value.is_finite()).fold(1.0, |max: f64, value| max.max(value.abs()));
    let yardstick =
        eager_error.map_or_else(|| default_tolerance(result.dtype()) * largest, |error| 2.0f64.mul_add(error, 1e-6));
    let max_error = max_finite_error(&expected, &values);
    Ok(Verdict { name: name.to_owned(), max_error, yardstick, eager_error, special })
}

/// The index per dim of a flat position.
pub fn unravel(mut position: usize, shape: &[usize]) -> Vec<usize> {
    let mut index: Vec<_> = shape
        .iter()
        .rev()
        .map(|&dim| {
            let at = position % dim;
            position /= dim;
            at
        })
        .collect();
    index.reverse();
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    fn f32s(values: &[f64]) -> Tensor {
        Tensor::from_f64(DType::F32, &[values.len()], values).expect("fits")
    }

    fn judge(result: &[f64], truth: &[f64], eager: Option<&[f64]>) -> String {
        let eager = eager.map(f32s);
        compare("result0", &f32s(result), &f32s(truth), eager.as_ref()).expect("same shape").to_string()
    }

    #[test]
    fn verdicts() {
        const NAN: f64 = f64::NAN;
        const INF: f64 = f64::INFINITY;
        let lines = [
            judge(&[1.0, 2.0], &[1.0, 2.25], Some(&[1.0, 2.125])),
            judge(&[1.0, 2.0], &[1.0, 2.5], Some(&[1.0, 2.375])),
            judge(&[1.0, NAN], &[1.0, NAN], Some(&[1.0, NAN])),
            judge(&[1.0, NAN], &[1.0, 2.0], Some(&[1.0, 2.0])),
            judge(&[1.0, 0.0, NAN], &[1.0, NAN, 3.0], None),
            judge(&[INF, -INF], &[INF, -INF], None),
            judge(&[INF, -INF], &[INF, INF], None),
            judge(&[1000.0], &[1000.01], None),
            judge(&[1.0], &[1.01], None),
            judge(&[], &[], None),
        ];
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn shapes_must_agree() {
        let error = compare("result0", &f32s(&[1.0]), &f32s(&[1.0, 2.0]), None).expect_err("differs");
        assert_eq!(error.to_string(), "result0: shape is [1], expected the truth's [2]");
    }

    #[test]
    fn positions() {
        assert_eq!(unravel(17, &[2, 3, 4]), [1, 1, 1]);
        assert_eq!(unravel(0, &[]), [0usize; 0]);
    }
}
