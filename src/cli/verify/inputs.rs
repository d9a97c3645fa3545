//! The inputs that `--verify` tries: ordinary ones, and ones at the edges of what arithmetic and masks can meet.

use super::assumptions::{Assumptions, Masking};
use crate::runtime::{DType, Expr, Tensor, TensorSpec};

/// What may stand in the arguments of a program.
pub struct Planting<'a> {
    /// Elements are read at computed places: integers must stay small.
    pub gathers: bool,
    pub assumptions: &'a Assumptions,
}

/// One set of inputs.
pub struct Set<'a> {
    pub name: String,
    made: Made<'a>,
}

/// How the tensors of a set come about.
enum Made<'a> {
    Given(Vec<Tensor>),
    /// They would show nothing.
    Refused(String),
    Filled {
        specs: Vec<TensorSpec>,
        seed: u64,
        length: usize,
        floats: Floats,
        integers: Discrete,
        planting: &'a Planting<'a>,
    },
}

impl<'a> Set<'a> {
    /// A set of tensors that are there.
    pub fn of(name: &str, tensors: Vec<Tensor>) -> Self {
        Self { name: name.into(), made: Made::Given(tensors) }
    }

    /// The tensors.
    ///
    /// # Errors
    /// Why there are none.
    pub fn arguments(&self) -> Result<Vec<Tensor>, String> {
        match &self.made {
            Made::Given(tensors) => Ok(tensors.clone()),
            Made::Refused(reason) => Err(reason.clone()),
            Made::Filled { integers, .. } => self.filled(*integers),
        }
    }

    /// Numbers up to which integers may be spread: the sizes of tensors, and one less.
    pub fn spreads(&self) -> Vec<i64> {
        let Made::Filled { specs, length, .. } = &self.made else { return vec![] };
        if specs.iter().all(|spec| spec.dtype.is_float()) {
            return vec![];
        }
        let sizes = specs.iter().flat_map(|spec| &spec.shape).map(|size| size.unwrap_or(*length) as i64);
        let mut ways: Vec<i64> = sizes.flat_map(|size| [size, size - 1]).filter(|way| *way >= 0).collect();
        ways.sort_unstable_by(|a, b| b.cmp(a));
        ways.dedup();
        ways.push(0);
        ways
    }

    /// The set with its integers spread evenly from 0 to `to` along the last dim.
    ///
    /// # Errors
    /// Sizes that no tensor has.
    pub fn spread(&self, to: i64) -> Result<Vec<Tensor>, String> {
        self.filled(Discrete::Spread(to))
    }

    fn filled(&self, integers: Discrete) -> Result<Vec<Tensor>, String> {
        let Made::Filled { specs, seed, length, floats, planting, .. } = &self.made else { return Err("given".into()) };
        let made = specs.iter().enumerate();
        made.map(|(at, spec)| tensor(spec, at as u64 + 100 * seed, *length, *floats, integers, planting)).collect()
    }
}

/// What floats are like.
#[derive(Clone, Copy, PartialEq)]
enum Floats {
    Normal,
    Times(f64),
    /// Points moved by this much.
    Moved(f64),
    Zero,
    /// One in eight is this, in arguments that are no operand of a contraction, or in all.
    Planted(f64, bool),
}

/// What integers and booleans are like.
#[derive(Clone, Copy, PartialEq)]
enum Discrete {
    Random,
    Sorted,
    /// At the ends of the type, where arithmetic wraps.
    Extreme,
    /// Evenly from 0 to this number.
    Spread(i64),
    Zero,
    One,
}

/// Lengths to try where an argument has a dim that is only known at run time.
const LENGTHS: [usize; 4] = [1, 7, 64, 65];

/// The length of dynamic dims in [`ordinary`] inputs.
pub const ORDINARY_LENGTH: i64 = 7;

/// A number at an end of an integer type, or near 0. Those of 64 bits are past 32 bits: 64-bit sums do not overflow in sensible
/// programs, whose bounds are computed from them.
fn extreme(dtype: DType, unit: f64) -> f64 {
    let bits = (8 * dtype.size()).min(35) as i32;
    let top = 2f64.powi(bits - 1);
    let choices = [top - 1.0, top - 2.0, -top, 1.0 - top, -1.0, 0.0, 1.0, (top / 2.0).floor()];
    choices[((unit * choices.len() as f64) as usize).min(choices.len() - 1)]
}

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

/// Inputs whose integers ascend along the last dim, as numbers of documents or positions do, and whose floats are 0: what masks
/// are looked at with.
///
/// # Errors
/// Sizes that no tensor has.
pub fn ascending(specs: &[TensorSpec]) -> Result<Vec<Tensor>, String> {
    let planting = Planting { gathers: true, assumptions: &Assumptions::default() };
    let make = |(at, spec): (usize, &TensorSpec)| {
        tensor(spec, at as u64, ORDINARY_LENGTH as usize, Floats::Zero, Discrete::Sorted, &planting)
    };
    specs.iter().enumerate().map(make).collect()
}

/// All sets for a program, whose sizes in each list of `equal` are the same.
pub fn sets<'a>(specs: &[TensorSpec], equal: &[Vec<Expr>], planting: &'a Planting<'a>, seed: u64) -> Vec<Set<'a>> {
    let dynamic = specs.iter().any(|spec| spec.shape.contains(&None));
    let discrete = specs.iter().any(|spec| !spec.dtype.is_float());
    let integers = specs.iter().any(|spec| !spec.dtype.is_float() && spec.dtype != DType::Bool);
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
    if !planting.assumptions.points.is_empty() {
        plans.push(("points moved by 100", Floats::Moved(100.0), Discrete::Random));
        plans.push(("points moved by 10000", Floats::Moved(10_000.0), Discrete::Random));
    }
    if integers && !planting.gathers {
        plans.push(("integers at the ends of their types", Floats::Normal, Discrete::Extreme));
    }
    let filled = |specs: &[TensorSpec], length, (floats, integers)| match refusal(floats, planting) {
        Some(reason) => Made::Refused(reason),
        None => Made::Filled { specs: specs.to_vec(), seed, length, floats, integers, planting },
    };
    let mut sets = vec![];
    for length in lengths {
        for (name, floats, integers) in &plans {
            let name = if dynamic { format!("{name}, length {length}") } else { (*name).to_owned() };
            sets.push(Set { name, made: filled(specs, *length, (*floats, *integers)) });
        }
    }
    for (name, specs) in empty(specs, equal) {
        let name = format!("normal, {name} = 0");
        let made = filled(&specs, ORDINARY_LENGTH as usize, (Floats::Normal, Discrete::Random));
        sets.push(Set { name, made });
    }
    sets
}

/// The arguments with one of their open sizes 0, along with all that must equal it; each such size by name.
fn empty(specs: &[TensorSpec], equal: &[Vec<Expr>]) -> Vec<(String, Vec<TensorSpec>)> {
    let mut done: Vec<Expr> = vec![];
    let mut found = vec![];
    for spec in specs {
        for (dim, _) in spec.shape.iter().enumerate().filter(|(_, size)| size.is_none()) {
            let own = Expr::dim(spec.name.clone(), dim);
            if done.contains(&own) {
                continue;
            }
            let mut alike: Vec<_> = equal.iter().filter(|sizes| sizes.contains(&own)).flatten().cloned().collect();
            alike.push(own);
            let mut changed = specs.to_vec();
            for other in &mut changed {
                let name = other.name.clone();
                for (dim, size) in other.shape.iter_mut().enumerate() {
                    if size.is_none() && alike.contains(&Expr::dim(name.clone(), dim)) {
                        *size = Some(0);
                    }
                }
            }
            found.push((format!("dim {dim} of {}", spec.name), changed));
            done.append(&mut alike);
        }
    }
    found
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
    let Assumptions { operands, factors, points, .. } = planting.assumptions;
    let operands = [operands, factors, points];
    let operand = operands.into_iter().any(|names| names.contains(&spec.name));
    let value = |at: usize| match (spec.dtype, floats, integers) {
        (dtype, floats, _) if dtype.is_float() => match floats {
            Floats::Normal => noise.normal(),
            Floats::Times(factor) => factor * noise.normal(),
            Floats::Moved(by) if planting.assumptions.points.contains(&spec.name) => by + noise.normal(),
            Floats::Moved(_) => noise.normal(),
            Floats::Zero => 0.0,
            Floats::Planted(value, everywhere) => {
                let number = noise.normal();
                if noise.next() < 0.125 && (everywhere || !operand) { value } else { number }
            }
        },
        (DType::Bool, _, Discrete::Zero) => 0.0,
        (DType::Bool, _, Discrete::One) => 1.0,
        (DType::Bool, ..) => f64::from(u8::from(noise.next() < 0.7)),
        (_, _, Discrete::Zero) => 0.0,
        (_, _, Discrete::One) => 1.0,
        (dtype, _, Discrete::Extreme) => extreme(dtype, noise.next()),
        (_, _, Discrete::Spread(to)) => (at % row) as f64 * to as f64 / (row - 1).max(1) as f64,
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
