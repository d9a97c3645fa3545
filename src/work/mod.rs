//! How much work a program's fused ops are: the floating-point operations of their contractions, on the scores that
//! the masks leave alive for the arguments at hand.
//!
//! A contraction counts two operations per multiplication; everything else (exponentials, masks, rescaling) counts
//! nothing, as is the custom for attention (FlashAttention-2, arXiv 2307.08691, section 4.1).

pub mod tiles;

use crate::{
    dialect::{
        linear::Linear,
        ops::{self, Fused, Mapped, Role},
    },
    ffi,
    ir::{self, Op, Val},
    pass::{
        bound::{
            self,
            formula::{Formula, Term},
        },
        tile,
    },
    runtime::{Tensor, tensor::element_count},
};
use std::collections::BTreeMap;

/// Rows of scores that are looked at when a kernel has more of them: evenly spaced ones.
const ROWS: i64 = 256;

/// The work of the fused ops of a function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Work {
    /// Floating-point operations on live scores.
    pub flops: f64,
    /// The share of live scores, weighted by operations: 1 without a mask.
    pub live: f64,
}

/// The mask of a fused op for the arguments at hand, to be asked about tiles.
fn count<'a, 'c>(function: Op<'c>, arguments: &[Tensor], fused: &'a Fused<'c>) -> Option<Count<'a, 'c>> {
    let inputs = ir::arguments(ir::body(function, 0)?);
    let inputs = inputs.into_iter().map(ffi::value_key).zip(arguments).collect();
    Count::new(fused, &inputs)
}

/// Counts the work of a function at stage `bound`, called on `arguments`. `None` when nothing is fused, or when a size is
/// known only at run time and is not that of an argument. A mask that reads a computed tensor counts as all live.
pub fn of(function: Op<'_>, arguments: &[Tensor]) -> Option<Work> {
    let inputs = ir::arguments(ir::body(function, 0)?);
    let inputs = inputs.into_iter().map(ffi::value_key).zip(arguments).collect();
    let fused: Vec<_> = tile::fused_ops(function).into_iter().map(Fused::parse).collect::<Result<_, _>>().ok()?;
    let mut total = Work { flops: 0.0, live: 0.0 };
    for fused in &fused {
        let (dense, live) = Count::new(fused, &inputs)?.count()?;
        total.flops += dense * live;
        total.live += dense;
    }
    total.live = if total.live > 0.0 { total.flops / total.live } else { 1.0 };
    (!fused.is_empty()).then_some(total)
}

/// Arguments of the function by the key of their value.
type Inputs<'t> = BTreeMap<usize, &'t Tensor>;

struct Count<'a, 'c> {
    fused: &'a Fused<'c>,
    extents: Vec<i64>,
    /// Shape and data per capture, where they are known.
    data: Vec<Option<Vec<f64>>>,
    shapes: Vec<Option<Vec<i64>>>,
    live: Formula,
}

impl<'a, 'c> Count<'a, 'c> {
    fn new(fused: &'a Fused<'c>, inputs: &Inputs<'_>) -> Option<Self> {
        let live = bound::mask_of(fused).live;
        let shapes: Vec<_> = fused.captures.iter().map(|capture| shape(capture, inputs)).collect();
        let extents = (0..fused.header.extents.len()).map(|dim| {
            fused.header.extents[dim].or_else(|| {
                fused.captures.iter().zip(&shapes).find_map(|(capture, shape)| {
                    let at = capture.map.results.iter().position(|result| result.as_dim() == Some(dim))?;
                    Some(shape.as_ref()?[at])
                })
            })
        });
        let extents = extents.collect::<Option<_>>()?;
        let data = (0..fused.captures.len()).map(|index| {
            let reads = live.any(&|term| reads(term, index));
            reads.then(|| source(fused.captures[index].tensor, inputs).map(Tensor::to_f64)).flatten()
        });
        let data = data.collect();
        Some(Self { fused, extents, data, shapes, live })
    }

    /// Operations if all scores were alive, and the share of those that are.
    fn count(&self) -> Option<(f64, f64)> {
        let size = |dims: &[usize]| dims.iter().map(|dim| self.extents[*dim] as f64).product::<f64>();
        let key = self.fused.key().ok()?;
        let rows: Vec<_> = [Role::Batch, Role::Query].into_iter().flat_map(|role| self.fused.dims_of(role)).collect();
        let contractions = ir::ops(self.fused.regions.score).into_iter().filter_map(ops::reduce_parts);
        let scores: f64 = contractions.map(|(_, dims)| 2.0 * size(&dims)).sum();
        let values = self.fused.header.states.iter().filter(|state| state.value.is_some()).map(|state| {
            let mine = self.fused.dims_of(Role::Value);
            let mine: Vec<_> = mine.into_iter().filter(|dim| state.map.results.iter().any(|r| r.uses(*dim))).collect();
            2.0 * size(&mine)
        });
        let per_score = scores + values.sum::<f64>();
        let dense = per_score * size(&rows) * self.extents[key] as f64;
        Some((dense, self.live_share(key, &rows)?))
    }

    fn live_share(&self, key: usize, rows: &[usize]) -> Option<f64> {
        let all = rows.iter().try_fold(1i64, |product, dim| product.checked_mul(self.extents[*dim]))?;
        if self.live == Formula::Constant(true) || all == 0 || self.extents[key] == 0 {
            return Some(1.0);
        }
        let sampled = all.min(ROWS);
        let mut point = vec![0; self.extents.len()];
        let mut count = 0u64;
        for number in 0..sampled {
            let mut row = ((2 * i128::from(number) + 1) * i128::from(all) / (2 * i128::from(sampled))) as i64;
            for dim in rows.iter().rev() {
                point[*dim] = row % self.extents[*dim];
                row /= self.extents[*dim];
            }
            for at in 0..self.extents[key] {
                point[key] = at;
                count += u64::from(self.holds(&self.live, &point));
            }
        }
        Some(count as f64 / (sampled as f64 * self.extents[key] as f64))
    }

    /// Whether a score is alive; yes where that cannot be told.
    fn holds(&self, formula: &Formula, point: &[i64]) -> bool {
        match formula {
            Formula::Constant(value) => *value,
            Formula::Unknown => true,
            Formula::Atom(term) => self.value(term, point).is_none_or(|value| value <= 0),
            Formula::And(lhs, rhs) => self.holds(lhs, point) && self.holds(rhs, point),
            Formula::Or(lhs, rhs) => self.holds(lhs, point) || self.holds(rhs, point),
        }
    }

    fn value(&self, term: &Term, point: &[i64]) -> Option<i64> {
        let mut sum = at(&term.linear, point);
        for (capture, factor) in &term.reads {
            sum += factor * self.read(*capture, point)?;
        }
        for (dividend, divisor, factor) in &term.floors {
            sum += factor * self.value(dividend, point)?.div_euclid(*divisor);
        }
        Some(sum)
    }

    fn read(&self, capture: usize, point: &[i64]) -> Option<i64> {
        let (data, shape) = (self.data[capture].as_ref()?, self.shapes[capture].as_ref()?);
        let map = &self.fused.captures[capture].map;
        let index = map.results.iter().zip(shape).fold(0, |index, (result, size)| index * size + at(result, point));
        data.get(usize::try_from(index).ok()?).map(|value| *value as i64)
    }
}

fn reads(term: &Term, capture: usize) -> bool {
    term.reads.iter().any(|(own, _)| *own == capture)
        || term.floors.iter().any(|(dividend, ..)| reads(dividend, capture))
}

fn at(linear: &Linear, point: &[i64]) -> i64 {
    linear.factors.iter().zip(point).map(|(factor, at)| factor * at).sum::<i64>() + linear.constant
}

/// The argument behind a value that is only another view of it in row-major order.
fn source<'t>(value: Val<'_>, inputs: &Inputs<'t>) -> Option<&'t Tensor> {
    if let Some(tensor) = inputs.get(&ffi::value_key(value)) {
        return Some(tensor);
    }
    let op = ffi::defining_op(value)?;
    let view = ["tensor.collapse_shape", "tensor.expand_shape", "tensor.cast"].contains(&ir::name(op));
    view.then(|| source(ir::operands(op)[0], inputs)).flatten()
}

/// The sizes of a capture: its type's, or those of the argument it is.
fn shape(capture: &Mapped<'_>, inputs: &Inputs<'_>) -> Option<Vec<i64>> {
    let typed = capture.shape();
    if let Some(shape) = typed.iter().copied().collect::<Option<Vec<_>>>() {
        return Some(shape);
    }
    let tensor = source(capture.tensor, inputs)?;
    // One size may be missing from a reshaped tensor's type: the others and the count give it.
    let known: i64 = typed.iter().flatten().product();
    if inputs.contains_key(&ffi::value_key(capture.tensor)) {
        return Some(tensor.shape().iter().map(|size| *size as i64).collect());
    }
    let count = element_count(tensor.shape())? as i64;
    let missing = typed.iter().filter(|size| size.is_none()).count();
    (missing == 1 && known > 0).then(|| typed.iter().map(|size| size.unwrap_or(count / known)).collect())
}
