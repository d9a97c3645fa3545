//! `flatten`: the grid tiles of a block and the key loops of each tile run as one loop.
//!
//! Before:  one block per grid tile: load, loops of rotated steps, epilogue, store
//! After:   one block per multiprocessor, `for tile { for step { … } }`, where a step issues the scores of its own keys and
//!          the products of the step before, *of whichever tile that was*. The first step of a tile finishes the tile
//!          before it: its epilogue runs while the scores of this one are computed, and its stores run beside both.
//!
//! The key loops of a tile (masked, clear, masked, the rest) become one loop over the steps of all of them; which body a
//! step has is a uniform branch between the wait for its scores and the wait for the late products. Loops with equal bodies
//! share a branch, and loops that differ in what they do to their scores first share all that follows ([`super::variants`]).
//! Bounds may be anything that is known once per tile, and loops may be empty. A tile without any step takes one all the
//! same, whose effect is dropped in the epilogue.
//!
//! Tiles that are filled once per grid tile have two buffers, so that the producer runs ahead over the end of a tile.

use super::{
    Plan, Source, Staged, contractions,
    copiers::Copiers,
    lazy::Lazy,
    rotation::Rotation,
    variants::{Change, alike, changes},
};
use crate::{
    ffi,
    gpu::{
        layout::Layout,
        nest::{Contraction, Index, is_zero_fill, on_demand},
    },
    ir::{self, Blk, Op, Val},
};
use melior::ir::operation::OperationLike;
use std::collections::{HashMap, HashSet};

/// A kernel whose tiles run as one loop.
#[derive(Clone)]
pub struct Flat<'c> {
    /// The key loops of a tile, in order.
    pub loops: Vec<KeyLoop<'c>>,
    /// Loops with equal bodies, by index: each group in order, groups by their first loop.
    pub groups: Vec<Vec<usize>>,
    /// Per group, the group whose body the consumers run in its steps, and the changes of scores that make it this one's.
    pub variants: Vec<(usize, Vec<Change<'c>>)>,
    /// Keys per step.
    pub step: i64,
    /// Whether a tile may have no step.
    pub may_be_empty: bool,
    /// The group in whose body maxima are left out, if there is one, and how.
    pub lazy: Option<(usize, Lazy<'c>)>,
    /// Ops of the tile before and after the loops.
    pub before: Vec<Op<'c>>,
    pub after: Vec<Op<'c>>,
}

/// One key loop.
#[derive(Clone)]
pub struct KeyLoop<'c> {
    pub op: Op<'c>,
    pub body: Blk<'c>,
    pub rotation: Rotation<'c>,
    /// Ops of the body before the wait for the late products, and after it.
    pub order: (Vec<Op<'c>>, Vec<Op<'c>>),
    /// What the accumulators are scaled by: values per row.
    pub factors: Vec<Val<'c>>,
}

impl<'c> Flat<'c> {
    /// Reads a kernel as a chain of rotated loops between ops that contract nothing.
    pub fn of(plan: &Plan<'c>, kernel: Op<'c>) -> Option<Self> {
        let body = ir::body(kernel, 0)?;
        let loops: Vec<_> = ir::ops(body).into_iter().filter(|op| ir::name(*op) == "scf.for").collect();
        let loops: Vec<_> = loops.into_iter().map(|op| KeyLoop::of(plan, op)).collect::<Option<_>>()?;
        let first = loops.first()?;
        let outside = contractions(body).ok()?.len()
            - loops.iter().map(|key| contractions(key.body).map_or(0, |all| all.len())).sum::<usize>();
        let step = crate::gpu::code::constant(ir::operands(first.op)[2])?;
        let alike = loops
            .iter()
            .all(|key| crate::gpu::code::constant(ir::operands(key.op)[2]) == Some(step) && key.matches(first, plan));
        let chained = loops.windows(2).all(|pair| {
            let results = ir::results(pair[0].op);
            ir::operands(pair[1].op)[3..] == results && results.iter().all(|result| ffi::uses(*result).len() == 1)
        });
        // The states that a new tile starts over are chosen value by value in every step: only few may be.
        let inits = ir::operands(first.op).split_off(3);
        let small = ir::results(first.op).into_iter().enumerate().all(|(state, value)| {
            if first.rotation.is_late(state) {
                is_zero_fill(inits[state])
            } else {
                matches!(plan.classes.layout(value), Some(Layout::Row | Layout::Uniform))
            }
        });
        if outside != 0 || !alike || !chained || !small {
            return None;
        }
        let mut from_loops: HashSet<usize> = HashSet::new();
        let (mut before, mut after) = (vec![], vec![]);
        for op in on_demand(body) {
            let inside = ir::walk(op).into_iter().flat_map(ir::operands);
            let depends = ir::operands(op).into_iter().chain(inside).any(|v| from_loops.contains(&ffi::value_key(v)));
            if ir::name(op) == "scf.for" {
                from_loops.extend(ir::results(op).into_iter().map(ffi::value_key));
            } else if depends {
                from_loops.extend(ir::results(op).into_iter().map(ffi::value_key));
                after.push(op);
            } else if ir::name(op) == "scf.forall.in_parallel" {
                after.push(op);
            } else {
                before.push(op);
            }
        }
        // Registers that are written before the loops are not there any more when the epilogue runs.
        if before.iter().flat_map(|op| ir::results(*op)).any(|value| plan.computed.contains(&ffi::value_key(value))) {
            return None;
        }
        let mut groups: Vec<Vec<usize>> = vec![];
        for (number, key) in loops.iter().enumerate() {
            match groups.iter_mut().find(|group| same_block(loops[group[0]].body, key.body, &mut HashMap::new())) {
                Some(group) => group.push(number),
                None => groups.push(vec![number]),
            }
        }
        let bound = |op: Op<'c>, operand: usize| crate::gpu::code::constant(ir::operands(op)[operand]);
        let may_be_empty = !loops
            .iter()
            .any(|key| matches!((bound(key.op, 0), bound(key.op, 1)), (Some(low), Some(high)) if low < high));
        // A step that stands for none reads the tile at 0, which the copy engine may do anywhere.
        if may_be_empty && plan.has_copies() {
            return None;
        }
        let variants = variants(plan, &loops, &groups);
        let mut flat = Self { loops, groups, variants, step, may_be_empty, lazy: None, before, after };
        let results = ir::results(flat.loops.last()?.op);
        let of =
            |body: &usize| Some((*body, Lazy::of(plan, &flat.loops[flat.groups[*body][0]], &flat.after, &results)?));
        // Where the first loop is a masked one, rows have no maximum after it, and most of the steps take their own.
        let mut first = flat.groups.iter().zip(&flat.variants).filter(|(group, _)| group[0] == 0);
        let masked = first.any(|(_, (_, changes))| !changes.is_empty());
        flat.lazy = flat.bodies().iter().find_map(of).filter(|_| !masked);
        Some(flat)
    }
}

impl<'c> Flat<'c> {
    /// The groups whose bodies the consumers run, in order.
    pub fn bodies(&self) -> Vec<usize> {
        (0..self.groups.len()).filter(|group| self.variants[*group].0 == *group).collect()
    }

    /// Whether some warps, or the copy engine where there are none, fill the same in the steps of all key loops.
    pub fn fills_alike(&self, plan: &Plan<'c>, copiers: Option<Copiers>) -> bool {
        let filled = |key: &KeyLoop<'c>| {
            let values = ir::ops(key.body).into_iter().flat_map(ir::results);
            let staged = values.filter_map(|value| plan.staged(value).cloned());
            // The copy engine has a part in what threads widen.
            let widened = |staged: &Staged<'c>| copiers.is_none() && matches!(staged.source, Source::Widened { .. });
            staged.filter(|staged| plan.copiers(staged.buffer) == copiers || widened(staged)).collect::<Vec<_>>()
        };
        let first = filled(&self.loops[0]);
        let at = |key: &KeyLoop<'c>| ir::arguments(key.body)[0];
        self.loops.iter().all(|key| {
            let own = filled(key);
            let counters = (at(&self.loops[0]), at(key));
            own.len() == first.len() && first.iter().zip(&own).all(|(a, b)| same_fill(a, b, counters))
        })
    }

    /// The key loops, in order, in whose steps the consumers run the body of a group.
    pub fn loops_of(&self, body: usize) -> Vec<usize> {
        let own = self.groups.iter().zip(&self.variants).filter(|(_, variant)| variant.0 == body);
        let mut loops: Vec<_> = own.flat_map(|(group, _)| group.iter().copied()).collect();
        loops.sort_unstable();
        loops
    }
}

impl<'c> KeyLoop<'c> {
    fn of(plan: &Plan<'c>, op: Op<'c>) -> Option<Self> {
        let body = ir::body(op, 0)?;
        let rotation = plan.rotation(op, true)?;
        let order = rotation.order(body).ok()?;
        let arguments = ir::arguments(body);
        let mut factors = vec![];
        for (state, contraction) in &rotation.late {
            factors.extend(plan.factor(contraction.init, arguments[1 + state])?);
        }
        let in_rows = |value: &Val<'c>| {
            let held = plan.computed.contains(&ffi::value_key(*value));
            held && plan.classes.layout(*value) == Some(Layout::Row)
        };
        if !factors.iter().all(in_rows) {
            return None;
        }
        Some(Self { op, body, rotation, order, factors })
    }

    /// Whether two loops differ in nothing but what happens between the waits.
    fn matches(&self, other: &Self, plan: &Plan<'c>) -> bool {
        let buffer = |value: Val<'c>| plan.staged(value).map(|staged| staged.buffer);
        let alike = |a: &Contraction<'c>, b: &Contraction<'c>| {
            a.sizes == b.sizes
                && a.products == b.products
                && (a.lhs_inner, a.rhs_inner) == (b.lhs_inner, b.rhs_inner)
                && a.operands().map(buffer).eq(b.operands().map(buffer))
        };
        let (mine, theirs) = (&self.rotation, &other.rotation);
        let layouts = |key: &Self| -> Vec<_> {
            ir::results(key.op).into_iter().map(|value| plan.classes.layout(value)).collect()
        };
        mine.ring == theirs.ring
            && mine.captures == theirs.captures
            && mine.early.len() == theirs.early.len()
            && mine.early.iter().zip(&theirs.early).all(|(a, b)| alike(a, b))
            && mine.late.len() == theirs.late.len()
            && mine.late.iter().zip(&theirs.late).all(|(a, b)| a.0 == b.0 && alike(&a.1, &b.1))
            && layouts(self) == layouts(other)
    }
}

/// What each group runs: another's body after changes of its scores where there is such a one, else its own.
/// Bodies give tiles back that they read from shared memory, so a change reads none.
fn variants<'c>(plan: &Plan<'c>, loops: &[KeyLoop<'c>], groups: &[Vec<usize>]) -> Vec<(usize, Vec<Change<'c>>)> {
    let first = |group: usize| &loops[groups[group][0]];
    let reads_none = |changes: &Vec<Change<'c>>| {
        changes.iter().flat_map(|change| &change.generic.inputs).all(|input| plan.staged(*input).is_none())
    };
    let of = |group: usize, common: usize| {
        let found = (group != common).then(|| changes(first(common), first(group))).flatten();
        found.filter(reads_none).map(|changes| (common, changes))
    };
    let all = 0..groups.len();
    let own: Vec<_> = all.clone().filter(|group| !all.clone().any(|common| of(*group, common).is_some())).collect();
    all.map(|group| own.iter().find_map(|common| of(group, *common)).unwrap_or((group, vec![]))).collect()
}

/// Whether the copy engine fills two tiles from the same places, where two values count the same keys.
fn same_fill<'c>(a: &Staged<'c>, b: &Staged<'c>, counters: (Val<'c>, Val<'c>)) -> bool {
    let (Source::Tma(from), Source::Tma(other)) = (&a.source, &b.source) else { return false };
    let offsets = from.offsets.iter().zip(&other.offsets);
    a.buffer == b.buffer
        && a.shared == b.shared
        && from.view == other.view
        && (&from.dims, &from.strides) == (&other.dims, &other.strides)
        && offsets.into_iter().all(|pair| match pair {
            (Index::Const(a), Index::Const(b)) => a == b,
            (Index::Value(a), Index::Value(b)) => same_scalar(*a, *b, counters),
            _ => false,
        })
}

/// Whether two scalars are the same computation over the same values.
fn same_scalar<'c>(a: Val<'c>, b: Val<'c>, counters: (Val<'c>, Val<'c>)) -> bool {
    if a == b || (a, b) == counters {
        return true;
    }
    let (Some(left), Some(right)) = (ffi::defining_op(a), ffi::defining_op(b)) else { return false };
    let (own, other) = (ir::operands(left), ir::operands(right));
    ffi::value_number(a) == ffi::value_number(b)
        && alike(left, right)
        && left.region_count() == 0
        && own.len() == other.len()
        && own.into_iter().zip(other).all(|(a, b)| same_scalar(a, b, counters))
}

/// Whether two blocks are the same program over the same outer values.
fn same_block(a: Blk<'_>, b: Blk<'_>, map: &mut HashMap<usize, usize>) -> bool {
    let (left, right) = (ir::arguments(a), ir::arguments(b));
    let types = |values: &[Val<'_>]| values.iter().map(|value| ir::type_name(ir::type_of(*value))).collect::<Vec<_>>();
    if types(&left) != types(&right) {
        return false;
    }
    map.extend(left.into_iter().zip(right).map(|(a, b)| (ffi::value_key(a), ffi::value_key(b))));
    same_ops(&ir::ops(a), &ir::ops(b), map)
}

fn same_ops<'c>(a: &[Op<'c>], b: &[Op<'c>], map: &mut HashMap<usize, usize>) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_op(*a, *b, map))
}

fn same_op<'c>(a: Op<'c>, b: Op<'c>, map: &mut HashMap<usize, usize>) -> bool {
    let operands = |op: Op<'c>| ir::operands(op).into_iter().map(ffi::value_key).collect::<Vec<_>>();
    let same = alike(a, b)
        && operands(a).iter().map(|key| *map.get(key).unwrap_or(key)).collect::<Vec<_>>() == operands(b)
        && a.region_count() == b.region_count()
        && (0..a.region_count()).all(|region| match (ir::body(a, region), ir::body(b, region)) {
            (Some(a), Some(b)) => same_block(a, b, map),
            (a, b) => a.is_none() && b.is_none(),
        });
    map.extend(ir::results(a).into_iter().zip(ir::results(b)).map(|(a, b)| (ffi::value_key(a), ffi::value_key(b))));
    same
}
