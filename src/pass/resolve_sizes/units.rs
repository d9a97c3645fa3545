//! Sizes that a frontend only supposes to be 1.
//!
//! torch-mlir sees `?x?x16` collapsed into `?x16` and takes the first sizes of both to be the same: what is left is a cast of the
//! second size to 1, and a program that means nothing at any other size. Whatever is done there is right, so it is what the
//! program of the frontend says: the supposed unit is the size it is, and joins the dim before it.
//!
//! Before:  tensor.cast tensor<?x?x16> to tensor<?x1x16>; tensor.collapse_shape [[0], [1, 2]] into tensor<?x16>
//! After:   tensor.collapse_shape [[0, 1], [2]] into tensor<?x16>; what has its rows has as many
//!
//! At size 1 both are the same. Where something else reads such a value in a way that is not seen through, all stays as it was.

use super::reshape::reassociation;
use crate::{
    dialect::{
        linear::{IndexMap, Linear},
        ops::DYNAMIC,
    },
    ffi,
    ir::{self, Builder, Op, Val},
    shape,
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Gives supposed units of a function their sizes.
pub(super) fn free(function: Op<'_>) {
    let Some(body) = ir::body(function, 0) else { return };
    let mut left = BTreeSet::new();
    // Every failure leaves out at least one more supposed unit.
    while let Err(failed) = Freeing::default().run(&ir::ops(body), &left) {
        if failed.is_subset(&left) {
            return;
        }
        left.extend(failed);
    }
}

/// A value in the place of another one, with dims of other sizes.
#[derive(Clone)]
struct Freed<'c> {
    value: Val<'c>,
    changed: Vec<bool>,
    /// The ops that supposed the units which it comes from.
    roots: BTreeSet<usize>,
}

/// The number of the op that nothing can be done about, and the roots of what it reads.
type Failed = BTreeSet<usize>;

#[derive(Default)]
struct Freeing<'c> {
    freed: HashMap<usize, Freed<'c>>,
    /// Results of the same type as before, which take the place of the old ones in the end.
    same: Vec<(Val<'c>, Val<'c>)>,
    /// Ops that are replaced, and ops that were made.
    old: Vec<Op<'c>>,
    made: Vec<Op<'c>>,
    joined: bool,
}

impl<'c> Freeing<'c> {
    fn run(mut self, ops: &[Op<'c>], left: &BTreeSet<usize>) -> Result<(), Failed> {
        let mut failed = None;
        for (number, op) in ops.iter().enumerate() {
            let read: Vec<_> = ir::operands(*op).into_iter().filter_map(|value| self.of(value)).collect();
            let roots: BTreeSet<usize> = read.iter().flat_map(|freed| freed.roots.clone()).collect();
            // What a body extracts by hand is not looked into.
            let inner = ir::walk(*op).into_iter().filter(|inner| inner != op).flat_map(ir::operands);
            let inner: BTreeSet<usize> =
                inner.filter_map(|value| self.of(value)).flat_map(|freed| freed.roots).collect();
            let seen = inner.is_empty() && self.visit(*op, number, roots.clone(), !left.contains(&number)).is_some();
            if !(seen || roots.is_empty() && inner.is_empty()) {
                failed = Some(&roots | &inner);
                break;
            }
        }
        if failed.is_none() && self.joined {
            for (old, new) in self.same {
                ffi::replace_all_uses(old, new);
            }
            self.made = self.old;
        }
        // Readers come after what they read.
        let mut erased = HashSet::new();
        for op in self.made.into_iter().rev() {
            let unread = ir::results(op).into_iter().all(|result| ffi::uses(result).is_empty());
            if unread && erased.insert(ffi::op_key(op)) {
                ffi::erase(op);
            }
        }
        failed.map_or(Ok(()), Err)
    }

    fn of(&self, value: Val<'c>) -> Option<Freed<'c>> {
        self.freed.get(&ffi::value_key(value)).cloned()
    }

    /// The value that is read in the place of another one.
    fn now(&self, value: Val<'c>) -> Val<'c> {
        self.of(value).map_or(value, |freed| freed.value)
    }

    fn free(&mut self, old: Val<'c>, value: Val<'c>, changed: Vec<bool>, roots: BTreeSet<usize>) {
        self.freed.insert(ffi::value_key(old), Freed { value, changed, roots });
    }

    /// What an op becomes; `None` where that is not known.
    fn visit(&mut self, op: Op<'c>, number: usize, mut roots: BTreeSet<usize>, may: bool) -> Option<()> {
        match ir::name(op) {
            "tensor.cast" => {
                let (source, result) = (ir::operands(op)[0], ir::results(op)[0]);
                let joined = ffi::defining_op(source).filter(|op| ir::name(*op) == "tensor.collapse_shape");
                if let Some(joined) = joined.filter(|_| may) {
                    // A group of known sizes and others that is said to have the known ones alone.
                    roots.insert(number);
                    if self.collapse(joined, result, roots.clone()).is_some() {
                        self.old.push(op);
                        return Some(());
                    }
                    roots.remove(&number);
                }
                let now = self.now(source);
                let (own, to) = (ffi::shape(ir::type_of(now))?, ffi::shape(ir::type_of(result))?);
                let mut changed = self.of(source).map_or(vec![false; own.len()], |freed| freed.changed);
                if may && own.iter().zip(&to).any(|(own, to)| own.is_none() && *to == Some(1)) {
                    roots.insert(number);
                }
                if roots.is_empty() {
                    return Some(());
                }
                let mut sizes = to.clone();
                for dim in 0..own.len() {
                    changed[dim] |= roots.contains(&number) && own[dim].is_none() && to[dim] == Some(1);
                    sizes[dim] = to[dim].filter(|_| !changed[dim]);
                }
                let b = Builder::before(op);
                let ty = b.tensor_type(&sizes, ffi::element_type(ir::type_of(result)));
                let value = match ty == ir::type_of(now) {
                    true => now,
                    false => {
                        let value = b.cast("tensor.cast", now, ty);
                        self.made.extend(ffi::defining_op(value));
                        value
                    }
                };
                self.free(result, value, changed, roots);
                self.old.push(op);
                Some(())
            }
            "linalg.generic" => self.generic(op, number, roots, may),
            _ if roots.is_empty() => Some(()),
            "tensor.collapse_shape" => {
                self.collapse(op, ir::results(op)[0], roots)?;
                self.old.push(op);
                Some(())
            }
            "tensor.expand_shape" => self.expand(op, roots),
            // The number of a place is no place in memory, and a reshape says its sizes itself.
            "tensor.dim" | "tensor.reshape" => {
                let copy = Builder::before(op).clone_op(op, |value| self.now(value));
                self.made.push(copy);
                self.old.push(op);
                self.same.extend(ir::results(op).into_iter().zip(ir::results(copy)));
                Some(())
            }
            "func.return" => {
                for value in ir::operands(op) {
                    let now = self.now(value);
                    (ir::type_of(now) == ir::type_of(value)).then_some(())?;
                    if now != value {
                        self.same.push((value, now));
                    }
                }
                Some(())
            }
            _ => None,
        }
    }

    fn generic(&mut self, op: Op<'c>, number: usize, mut roots: BTreeSet<usize>, may: bool) -> Option<()> {
        let (operands, results) = (ir::operands(op), ir::results(op));
        let maps: Vec<_> = ir::attr(op, "indexing_maps").and_then(ffi::array_elements)?;
        let maps: Vec<_> = maps.into_iter().map(|map| IndexMap::from_attr(map)).collect::<Option<_>>()?;
        let inputs = operands.len().checked_sub(results.len())?;
        let shape = |value: Val<'c>| ffi::shape(ir::type_of(value));
        // Loops of other extents, and a tensor that has each of those. Those that were supposed units are such for tensors that
        // say so; other tensors have a size there, and it is compared before a run.
        let mut loops: HashMap<usize, (Val<'c>, usize)> = HashMap::new();
        let mut units = HashSet::new();
        for (operand, map) in operands.iter().zip(&maps) {
            let Some(freed) = self.of(*operand) else { continue };
            for (dim, linear) in map.results.iter().enumerate().filter(|(dim, _)| freed.changed[*dim]) {
                let at = linear.as_dim()?;
                loops.insert(at, (freed.value, dim));
                if shape(*operand)?[dim].is_some() {
                    units.insert(at);
                }
            }
        }
        let supposed = |at: usize, this: &Self| {
            let mut open = None;
            for (operand, map) in operands.iter().zip(&maps).take(inputs) {
                for (dim, linear) in map.results.iter().enumerate().filter(|(_, linear)| linear.uses(at)) {
                    let size = shape(this.now(*operand)).and_then(|shape| shape.get(dim).copied());
                    (linear.as_dim() == Some(at) && size == Some(None)).then_some(())?;
                    open = Some((this.now(*operand), dim));
                }
            }
            open
        };
        let outputs: Vec<_> = operands.iter().zip(&maps).skip(inputs).collect();
        let unit = |value: Val<'c>, dim: usize| shape(value).is_some_and(|shape| shape.get(dim) == Some(&Some(1)));
        for (value, map) in &outputs {
            for (_, linear) in map.results.iter().enumerate().filter(|(dim, _)| unit(**value, *dim)) {
                let Some(at) = linear.as_dim().filter(|at| may && !loops.contains_key(at)) else { continue };
                if let Some(open) = supposed(at, self) {
                    loops.insert(at, open);
                    units.insert(at);
                    roots.insert(number);
                }
            }
        }
        if loops.is_empty() {
            // Read as a value that is not changed in what is read here.
            return roots.is_empty().then_some(());
        }
        // Sizes of what else such a loop reads are compared before a run, where they are not in the type.
        for at in loops.keys() {
            for (operand, map) in operands.iter().zip(&maps).take(inputs) {
                for (dim, linear) in map.results.iter().enumerate().filter(|(_, linear)| linear.uses(*at)) {
                    let open = shape(self.now(*operand))?[dim].is_none();
                    (linear.as_dim() == Some(*at) && open).then_some(())?;
                }
            }
        }
        let b = &Builder::before(op);
        let (mut inits, mut changes) = (vec![], vec![]);
        for (init, map) in outputs {
            let own = shape(*init)?;
            let size = |(dim, linear): (usize, &Linear)| {
                let at = linear.as_dim().filter(|at| own[dim].is_some() || !units.contains(at))?;
                loops.get(&at).copied()
            };
            let sizes: Vec<_> = map.results.iter().enumerate().map(size).collect();
            inits.push(self.resized(b, *init, &sizes)?);
            changes.push(sizes.iter().map(Option::is_some).collect::<Vec<_>>());
        }
        let copy = b.clone_op(op, |value| self.now(value));
        self.made.push(copy);
        self.old.push(op);
        for (place, (init, changed)) in inits.into_iter().zip(changes).enumerate() {
            ffi::set_operand(copy, inputs + place, init);
            let new = ir::results(copy)[place];
            ffi::set_type(new, ir::type_of(init));
            match changed.contains(&true) {
                true => self.free(results[place], new, changed, roots.clone()),
                false => self.same.push((results[place], new)),
            }
        }
        Some(())
    }

    /// A tensor as another one that has dims of other sizes, where it is the same all along those.
    fn resized(&mut self, b: &Builder<'c>, value: Val<'c>, sizes: &[Option<(Val<'c>, usize)>]) -> Option<Val<'c>> {
        if sizes.iter().all(Option::is_none) {
            return Some(self.now(value));
        }
        if let Some(freed) = self.of(value) {
            let same = freed.changed.iter().zip(sizes).all(|(changed, size)| *changed == size.is_some());
            return same.then_some(freed.value);
        }
        let op = ffi::defining_op(value)?;
        let ty = ir::type_of(value);
        let own = ffi::shape(ty)?;
        let shape: Vec<_> = own.iter().zip(sizes).map(|(own, size)| own.filter(|_| size.is_none())).collect();
        let new = match ir::name(op) {
            "tensor.empty" => {
                let mut given = ir::operands(op).into_iter();
                let mut dynamic = vec![];
                for (own, size) in own.iter().zip(sizes) {
                    let old = if own.is_none() { given.next() } else { None };
                    match size {
                        Some((tensor, dim)) => {
                            let place = b.index(*dim as i64);
                            let size =
                                b.op("tensor.dim").operands(&[*tensor, place]).results(&[b.index_type()]).value();
                            self.made.extend(ffi::defining_op(place).into_iter().chain(ffi::defining_op(size)));
                            dynamic.push(size);
                        }
                        None => dynamic.extend(old),
                    }
                }
                b.op("tensor.empty").operands(&dynamic).results(&[b.tensor_type(&shape, ffi::element_type(ty))]).build()
            }
            "linalg.generic" => {
                let (operands, results) = (ir::operands(op), ir::results(op));
                let maps = ir::attr(op, "indexing_maps").and_then(ffi::array_elements)?;
                let maps: Vec<_> = maps.into_iter().map(|map| IndexMap::from_attr(map)).collect::<Option<_>>()?;
                let inputs = operands.len() - 1;
                let out = maps.last()?.as_dims()?;
                let loops: Vec<usize> =
                    out.iter().zip(sizes).filter(|(_, size)| size.is_some()).map(|(at, _)| *at).collect();
                let apart = maps[..inputs].iter().all(|map| loops.iter().all(|at| !map.uses(*at)));
                (results.len() == 1 && apart).then_some(())?;
                let init = self.resized(b, operands[inputs], sizes)?;
                let copy = b.clone_op(op, |value| self.now(value));
                ffi::set_operand(copy, inputs, init);
                ffi::set_type(ir::results(copy)[0], ir::type_of(init));
                copy
            }
            _ => return None,
        };
        self.made.push(new);
        Some(ir::results(new)[0])
    }

    /// Supposed units beside sizes that are known join the dim before (or after) them, which is not. The result has the type
    /// of the collapsed tensor, or is a cast of it that says more.
    fn collapse(&mut self, op: Op<'c>, result: Val<'c>, roots: BTreeSet<usize>) -> Option<()> {
        let source = ir::operands(op)[0];
        let value = self.now(source);
        let own = ffi::shape(ir::type_of(value))?;
        let mut changed = self.of(source).map_or(vec![false; own.len()], |freed| freed.changed);
        let mut groups = shape::groups(op);
        let to = ffi::shape(ir::type_of(result))?;
        let mut moved = false;
        for at in 0..groups.len() {
            if to[at].is_none() {
                continue;
            }
            let group = std::mem::take(&mut groups[at]);
            let start = group.iter().position(|dim| own[*dim].is_some()).unwrap_or(group.len());
            let end = group.iter().rposition(|dim| own[*dim].is_some()).map_or(start, |dim| dim + 1);
            let known: Option<i64> = group[start..end].iter().map(|dim| own[*dim]).product();
            (start < end && known == to[at]).then_some(())?;
            groups[at] = group[start..end].to_vec();
            if start > 0 {
                groups.get_mut(at.checked_sub(1)?)?.extend(&group[..start]);
            }
            if end < group.len() {
                let after = groups.get_mut(at + 1)?;
                after.splice(0..0, group[end..].iter().copied());
            }
            for dim in group[..start].iter().chain(&group[end..]) {
                (changed[*dim], moved) = (true, true);
            }
        }
        // A cast of a result like this is a cast like any other.
        (moved || ir::results(op)[0] == result).then_some(())?;
        self.joined |= moved;
        let sizes: Vec<Option<i64>> = groups.iter().map(|group| group.iter().map(|dim| own[*dim]).product()).collect();
        let changed = groups.iter().map(|group| group.iter().any(|dim| changed[*dim])).collect();
        let b = Builder::before(op);
        let value = b
            .op("tensor.collapse_shape")
            .operands(&[value])
            .results(&[b.tensor_type(&sizes, ffi::element_type(ir::type_of(result)))])
            .attr_text("reassociation", &reassociation(groups.iter()))
            .value();
        self.made.extend(ffi::defining_op(value));
        self.free(result, value, changed, roots);
        Some(())
    }

    /// A dim of another size is split into one that is not known and others that are.
    fn expand(&mut self, op: Op<'c>, roots: BTreeSet<usize>) -> Option<()> {
        let (operands, result) = (ir::operands(op), ir::results(op)[0]);
        let freed = self.of(operands[0])?;
        let to = ffi::shape(ir::type_of(result))?;
        let fixed = ir::attr(op, "static_output_shape").and_then(ffi::i64_array)?;
        let mut changed = vec![false; to.len()];
        let mut sizes = operands[1..].to_vec();
        let b = Builder::before(op);
        for (dim, group) in shape::groups(op).into_iter().enumerate().filter(|(dim, _)| freed.changed[*dim]) {
            let open: Vec<usize> = group.iter().copied().filter(|at| to[*at].is_none()).collect();
            let [at] = open[..] else { return None };
            let number = fixed[..at].iter().filter(|size| **size == DYNAMIC).count();
            let place = b.index(dim as i64);
            let size = b.op("tensor.dim").operands(&[freed.value, place]).results(&[b.index_type()]).value();
            let by = b.index(group.iter().filter_map(|at| to[*at]).product());
            *sizes.get_mut(number)? = b.binary("arith.divui", size, by);
            self.made.extend([place, size, by, sizes[number]].into_iter().filter_map(ffi::defining_op));
            changed[at] = true;
        }
        let copy = b.clone_op(op, |value| value);
        for (number, operand) in [freed.value].into_iter().chain(sizes).enumerate() {
            ffi::set_operand(copy, number, operand);
        }
        self.made.push(copy);
        self.old.push(op);
        self.free(result, ir::results(copy)[0], changed, roots);
        Some(())
    }
}
