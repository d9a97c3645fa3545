//! The inputs that `--verify` tries: ordinary ones, and ones at the edges of what arithmetic and masks can meet.

use super::assumptions::{Assumptions, Masking};
use crate::runtime::{DType, Expr, Tensor, TensorSpec};

/// What may stand in the arguments of a program.
pub struct Planting<'a> {
    /// Elements are read at computed places: integers must stay small.
    pub gathers: bool,
    pub assumptions: &'a Assumptions,
}

/// One set of inputs, or why there is none.
pub struct Set {
    pub name: String,
    pub arguments: Result<Vec<Tensor>, String>,
}

/// What floats are like.
#[derive(Clone, Copy, PartialEq)]
enum Floats {
    Normal,
    Times(f64),
    Zero,
    /// One in eight is this, in arguments that are no operand of a contraction, or in all.
    Planted(f64, bool),
}

/// What integers and booleans are like.
#[derive(Clone, Copy, PartialEq)]
enum Discrete {
    Random,
    Sorted,
    Zero,
    One,
}

/// Lengths to try where an argument has a dim that is only known at run time.
const LENGTHS: [usize; 4] = [1, 7, 64, 65];

/// The length of dynamic dims in [`ordinary`] inputs.
pub const ORDINARY_LENGTH: i64 = 7;

/// The largest size of a batch.
const BATCH: usize = 2;

/// Arguments of the same types whose batch is open no more where it was: the first dim of the first argument, if that has three dims
/// or more, and all that must equal it. Otherwise work would grow with one more power of the length.
pub fn with_small_batch(specs: &[TensorSpec], equal: &[Vec<Expr>]) -> Vec<TensorSpec> {
    let mut specs = specs.to_vec();
    let Some(first) = specs.first().filter(|spec| spec.shape.len() > 2 && spec.shape[0].is_none()) else {
        return specs;
    };
    let batch = Expr::dim(first.name.clone(), 0);
    let mut alike: Vec<_> = equal.iter().filter(|sizes| sizes.contains(&batch)).flatten().cloned().collect();
    alike.push(batch);
    for spec in &mut specs {
        let name = spec.name.clone();
        for (dim, size) in spec.shape.iter_mut().enumerate() {
            if size.is_none() && alike.contains(&Expr::dim(name.clone(), dim)) {
                *size = Some(BATCH);
            }
        }
    }
    specs
}

/// Ordinary inputs.
///
/// # Errors
/// Sizes that no tensor has.
pub fn ordinary(specs: &[TensorSpec], seed: u64) -> Result<Vec<Tensor>, String> {
    let planting = Planting { gathers: true, assumptions: &Assumptions::default() };
    let make = |(at, spec): (usize, &TensorSpec)| {
        let seed = at as u64 + 100 * seed;
        tensor(spec, seed, ORDINARY_LENGTH as usize, Floats::Normal, Discrete::Random, &planting)
    };
    specs.iter().enumerate().map(make).collect()
}

/// All sets for a program.
pub fn sets(specs: &[TensorSpec], planting: &Planting<'_>, seed: u64) -> Vec<Set> {
    let dynamic = specs.iter().any(|spec| spec.shape.contains(&None));
    let discrete = specs.iter().any(|spec| !spec.dtype.is_float());
    let lengths: &[usize] = if dynamic { &LENGTHS } else { &LENGTHS[..1] };
    let mut plans = vec![
        ("normal", Floats::Normal, Discrete::Random),
        ("large", Floats::Times(8.0), Discrete::Random),
        ("small", Floats::Times(1e-3), Discrete::Random),
        ("zeros", Floats::Zero, Discrete::Random),
        ("-inf in biases", Floats::Planted(f64::NEG_INFINITY, false), Discrete::Random),
        ("+inf anywhere", Floats::Planted(f64::INFINITY, true), Discrete::Random),
        ("NaN anywhere", Floats::Planted(f64::NAN, true), Discrete::Random),
    ];
    if discrete {
        plans.extend([
            ("sorted integers", Floats::Normal, Discrete::Sorted),
            ("all false", Floats::Normal, Discrete::Zero),
            ("all true", Floats::Normal, Discrete::One),
        ]);
    }
    let mut sets = vec![];
    for length in lengths {
        for (name, floats, integers) in &plans {
            let name = if dynamic { format!("{name}, length {length}") } else { (*name).to_owned() };
            let arguments = refusal(*floats, planting).map_or_else(
                || {
                    let made = specs.iter().enumerate();
                    made.map(|(at, spec)| tensor(spec, at as u64 + 100 * seed, *length, *floats, *integers, planting))
                        .collect()
                },
                Err,
            );
            sets.push(Set { name, arguments });
        }
    }
    sets
}

/// Why a set would show nothing: the laws of masks assume what it breaks.
fn refusal(floats: Floats, planting: &Planting<'_>) -> Option<String> {
    let Floats::Planted(value, _) = floats else { return None };
    match planting.assumptions.masking {
        Masking::Finite => Some("finite mask values stand for -inf only among finite scores (--strict-masks)".into()),
        Masking::Infinite if value != f64::NEG_INFINITY => {
            Some("a masked score or value is assumed to be neither +inf nor NaN (docs/numerics.md)".into())
        }
        _ => None,
    }
}

/// Numbers that look random, the same for the same seed.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut x = self.0;
        x ^= x >> 33;
        x = x.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        x ^= x >> 33;
        (x >> 11) as f64 / (1u64 << 53) as f64
    }

    /// About normally distributed, with variance 1.
    fn normal(&mut self) -> f64 {
        let sum: f64 = (0..12).map(|_| self.next()).sum();
        sum - 6.0
    }
}

fn tensor(
    spec: &TensorSpec,
    seed: u64,
    length: usize,
    floats: Floats,
    integers: Discrete,
    planting: &Planting<'_>,
) -> Result<Tensor, String> {
    let shape: Vec<usize> = spec.shape.iter().map(|size| size.unwrap_or(length)).collect();
    let count: usize = shape.iter().product();
    let row = shape.last().copied().unwrap_or(1).max(1);
    let mut noise = Noise(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let operand = planting.assumptions.operands.contains(&spec.name);
    let value = |at: usize| match (spec.dtype, floats, integers) {
        (dtype, floats, _) if dtype.is_float() => match floats {
            Floats::Normal => noise.normal(),
            Floats::Times(factor) => factor * noise.normal(),
            Floats::Zero => 0.0,
            Floats::Planted(value, everywhere) => {
                let number = noise.normal();
                if noise.next() < 0.125 && (everywhere || !operand) { value } else { number }
            }
        },
        (DType::Bool, _, Discrete::Zero) => 0.0,
        (DType::Bool, _, Discrete::One) => 1.0,
        (DType::Bool, _, _) => f64::from(u8::from(noise.next() < 0.7)),
        (_, _, Discrete::Zero) => 0.0,
        (_, _, Discrete::One) => 1.0,
        (_, _, Discrete::Sorted) => (at % row * 4 / row) as f64,
        (_, _, Discrete::Random) if planting.gathers => (noise.next() * 2.0).floor(),
        (_, _, Discrete::Random) => (noise.next() * 4.0).floor(),
    };
    let values: Vec<f64> = (0..count).map(value).collect();
    Tensor::from_f64(spec.dtype, &shape, &values).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_batch_of_all_arguments_is_small_and_nothing_else() {
        let spec = |name: &str, shape: &[Option<usize>]| TensorSpec {
            name: name.into(),
            dtype: DType::F32,
            shape: shape.to_vec(),
        };
        let specs =
            [spec("arg0", &[None, None, None, Some(64)]), spec("arg1", &[None, None]), spec("arg2", &[None, None])];
        let dim = |name: &str, dim| Expr::dim(name, dim);
        let equal = [vec![dim("arg0", 0), dim("arg1", 0)], vec![dim("arg0", 2), dim("arg1", 1), dim("arg2", 0)]];
        let shapes: Vec<_> = with_small_batch(&specs, &equal).into_iter().map(|spec| spec.shape).collect();
        let batch = Some(BATCH);
        assert_eq!(shapes, [vec![batch, None, None, Some(64)], vec![batch, None], vec![None, None]]);
        assert_eq!(with_small_batch(&specs[1..], &equal)[0].shape, [None, None], "no batch dim");
    }
}
