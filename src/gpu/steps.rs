//! Which tensors of a function get memory, and which op fills each: the steps of a program in order.
//!
//! A nest of tiles is a step, and it reads and writes memory. Of what is left, an op becomes a step of its own where its
//! result is needed in memory or would be computed several times over; everything else (views, fills, elementwise ops with
//! one reader, reductions that one elementwise op reads point by point) is computed where it is read, by [`super::points`].

use super::{
    host::{Host, root},
    points::{Loops, plain_dims},
    view::Movement,
};
use crate::{
    ffi,
    ir::{self, Blk, Op, Val},
};
use std::collections::{HashMap, HashSet};

/// One kernel launch.
#[derive(Clone, Debug)]
pub enum Step<'c> {
    /// `scf.forall` over tiles.
    Nest(Op<'c>),
    /// An op on whole tensors.
    Points(Op<'c>),
    /// A value that is no buffer of its own, copied into a result.
    Copy { from: Val<'c>, into: String },
}

impl<'c> Step<'c> {
    /// The tensors it makes.
    pub fn made(&self) -> Vec<Val<'c>> {
        match self {
            Self::Nest(op) | Self::Points(op) => ir::results(*op),
            Self::Copy { .. } => vec![],
        }
    }

    /// Whether it makes a value.
    pub fn makes(&self, value: Val<'c>) -> bool {
        self.made().contains(&value)
    }
}

/// Ops that are another way to look at tensors: computed element by element where they are read.
const VIEWS: [&str; 12] = [
    "tensor.collapse_shape",
    "tensor.expand_shape",
    "tensor.cast",
    "tensor.extract_slice",
    "tensor.insert_slice",
    "tensor.concat",
    "tensor.pad",
    "tensor.splat",
    "tensor.generate",
    "tensor.from_elements",
    "tensor.empty",
    "linalg.fill",
];

/// Whether an op is computed element by element where it is read, whoever reads it.
fn is_view(op: Op<'_>) -> bool {
    VIEWS.contains(&ir::name(op)) || Movement::read(op).is_some()
}

/// Steps and constants of a function body.
pub struct Layout<'c> {
    pub steps: Vec<Step<'c>>,
    pub constants: Vec<Val<'c>>,
}

impl<'c> Layout<'c> {
    /// Decides from the last op to the first, so that every reader of a value is known before the value.
    pub fn of(body: Blk<'c>, host: &Host<'c>) -> Self {
        let ops = ir::ops(body);
        let mut readers = Readers { host, place: HashMap::new(), needed: HashSet::new() };
        for (number, op) in ops.iter().enumerate() {
            readers.place.insert(ffi::op_key(*op), number);
        }
        let mut steps = vec![];
        for op in ops.iter().rev().copied() {
            let needed = ir::results(op).iter().any(|value| readers.needed.contains(&ffi::value_key(*value)));
            match ir::name(op) {
                "func.return" => ir::operands(op).into_iter().for_each(|value| readers.hold(root(value))),
                "scf.forall" => {
                    readers.need_all_inside(op);
                    steps.push(Step::Nest(op));
                }
                "linalg.generic" if is_view(op) => {
                    if needed {
                        steps.push(Step::Points(op));
                    }
                }
                "linalg.generic" => {
                    readers.need_all_inside(op);
                    if !dead(op) && (needed || !(readers.inlines(op) || ends_in(op, &steps))) {
                        ir::results(op).into_iter().for_each(|value| readers.hold(value));
                        steps.push(Step::Points(op));
                    }
                }
                name if VIEWS.contains(&name) => {
                    readers.need_all_inside(op);
                    if needed {
                        steps.push(Step::Points(op));
                    }
                }
                "tensor.extract" => readers.need(ir::operands(op)[0]),
                _ => {}
            }
        }
        steps.reverse();
        let constants = ops.into_iter().filter(|op| ir::name(*op) == "arith.constant").flat_map(ir::results);
        let held = |value: &Val<'c>| {
            ffi::shape(ir::type_of(*value)).is_some() && !ffi::uses(*value).is_empty() && splat(*value).is_none()
        };
        Self { steps, constants: constants.filter(held).collect() }
    }
}

/// Whether an op is computed at the points of a step that is its only reader and reads all of it once: a reduction that one
/// thread does by itself then ends in the elementwise op behind it.
fn ends_in(op: Op<'_>, steps: &[Step<'_>]) -> bool {
    if Loops::read(op).is_none_or(|loops| loops.combiners().is_some()) {
        return false;
    }
    let readers: Vec<_> = ir::results(op).into_iter().flat_map(ffi::uses).collect();
    let Some((reader, first)) = readers.first().copied() else { return false };
    let Some(loops) = Loops::read(reader).filter(|loops| !loops.reduced.contains(&true)) else { return false };
    let at_each_point = |operand: usize| {
        let mut dims = loops.maps.get(operand).copied().and_then(plain_dims).unwrap_or_default();
        dims.sort_unstable();
        operand < loops.inputs
            && loops.maps[operand] == loops.maps[first]
            && dims.into_iter().eq(0..loops.reduced.len())
    };
    steps.iter().any(|step| matches!(step, Step::Points(own) if *own == reader))
        && readers.iter().all(|(own, operand)| *own == reader && at_each_point(*operand))
}

/// Whether nothing reads any result.
fn dead(op: Op<'_>) -> bool {
    ir::results(op).into_iter().all(|value| ffi::uses(value).is_empty())
}

/// The element that a constant tensor repeats.
pub fn splat<'c>(value: Val<'c>) -> Option<ir::Attr<'c>> {
    let op = ffi::defining_op(value).filter(|op| ir::name(*op) == "arith.constant")?;
    ffi::dense_splat(ir::attr(op, "value")?)
}

/// Who reads what, as far as it is decided.
struct Readers<'h, 'c> {
    host: &'h Host<'c>,
    place: HashMap<usize, usize>,
    /// Values that must be in memory.
    needed: HashSet<usize>,
}

impl<'c> Readers<'_, 'c> {
    fn hold(&mut self, value: Val<'c>) {
        self.needed.insert(ffi::value_key(value));
    }

    /// A value is read in tiles or at computed places: of what it is a view of, a tensor is held.
    fn need(&mut self, value: Val<'c>) {
        let held = |value: Val<'c>| self.needed.contains(&ffi::value_key(value));
        let tensor = self.host.needed_for(value, &held);
        self.hold(tensor);
    }

    /// Tensors that are used in the regions of an op are read at computed places.
    fn need_all_inside(&mut self, op: Op<'c>) {
        for value in ir::walk(op).into_iter().flat_map(ir::operands) {
            let outside = ffi::defining_op(value).is_some_and(|maker| self.place.contains_key(&ffi::op_key(maker)));
            if outside && ffi::is_ranked_tensor(ir::type_of(value)) && splat(value).is_none() {
                self.need(value);
            }
        }
    }

    /// Whether an elementwise generic is computed where it is read: by one reader that reads each element at most once, or
    /// for the price of a constant.
    fn inlines(&self, op: Op<'c>) -> bool {
        let [result] = ir::results(op)[..] else { return false };
        let kinds = ir::attr(op, "iterator_types").map(|kinds| kinds.to_string()).unwrap_or_default();
        let Some(body) = ir::body(op, 0) else { return false };
        if kinds.contains("reduction") {
            return false;
        }
        if ir::ops(body).len() == 1 && ir::arguments(body).iter().all(|value| ffi::uses(*value).is_empty()) {
            return true;
        }
        let mut sinks = vec![];
        self.sinks(result, &mut sinks);
        let [(sink, operand)] = sinks[..] else { return false };
        reads_once(sink, operand)
    }

    /// The ops that read a value, through views, once per operand, with the number of the operand.
    fn sinks(&self, value: Val<'c>, found: &mut Vec<(Op<'c>, usize)>) {
        for (user, operand) in ffi::uses(value) {
            let view = is_view(user);
            let kept = ir::results(user).iter().any(|result| self.needed.contains(&ffi::value_key(*result)));
            if view && !kept {
                ir::results(user).into_iter().for_each(|result| self.sinks(result, found));
            } else {
                found.push((user, operand));
            }
        }
    }
}

/// Whether an op reads each element of an operand at most once.
fn reads_once(op: Op<'_>, operand: usize) -> bool {
    if is_view(op) {
        return true;
    }
    let Some(loops) = Loops::read(op) else { return false };
    let Some(map) = loops.maps.get(operand) else { return false };
    let mut dims: Vec<_> = plain_dims(*map).unwrap_or_default();
    dims.sort_unstable();
    dims.dedup();
    let elements = ffi::shape(ir::type_of(ir::operands(op)[operand])).unwrap_or_default();
    let count = |sizes: &[Option<i64>]| sizes.iter().try_fold(1_i64, |total, size| total.checked_mul((*size)?));
    let fewer = count(&loops.extents).zip(count(&elements)).is_some_and(|(points, elements)| points <= elements);
    dims.len() == loops.extents.len() || fewer
}
