//! Reading operations that only move elements: they become coordinates.

use super::{
    arena::{Arena, Id, Node},
    generic::Generic,
    read::{Reader, Refused},
};
use crate::{
    dialect::ops::DYNAMIC,
    ffi,
    ir::{self, Op, Val},
};
use std::collections::HashSet;

impl<'c> Reader<'_, 'c> {
    /// Operations that only move elements.
    pub(super) fn view(&mut self, op: Op<'c>, coords: &[Id]) -> Result<Option<Id>, Refused> {
        let operands = ir::operands(op);
        let Some(source) = operands.first().copied() else { return Ok(None) };
        let arena = &mut *self.arena;
        let sizes = ffi::shape(ir::type_of(source)).unwrap_or_default();
        let list = |name: &str| ir::attr(op, name).and_then(ffi::i64_array).unwrap_or_default();
        let inner: Vec<Id> = match ir::name(op) {
            "tensor.cast" => coords.to_vec(),
            "tensor.splat" => return self.scalar(source),
            "linalg.transpose" => {
                let mut inner = vec![arena.int(0); coords.len()];
                for (to, from) in list("permutation").into_iter().enumerate() {
                    inner[from as usize] = coords[to];
                }
                inner
            }
            "linalg.broadcast" => {
                let added = list("dimensions");
                coords.iter().enumerate().filter(|(at, _)| !added.contains(&(*at as i64))).map(|(_, c)| *c).collect()
            }
            "tensor.expand_shape" => {
                let result = ir::results(op)[0];
                let shape = ffi::shape(ir::type_of(result)).unwrap_or_default();
                let Some(groups) = reassociation(op) else { return Ok(None) };
                let mut inner = vec![];
                for group in groups {
                    let Some(coord) = linearize(arena, &group, &shape, coords) else { return Ok(None) };
                    inner.push(coord);
                }
                inner
            }
            "tensor.collapse_shape" => {
                let Some(groups) = reassociation(op) else { return Ok(None) };
                let mut inner = vec![arena.int(0); sizes.len()];
                for (group, coord) in groups.iter().zip(coords) {
                    if !delinearize(arena, group, &sizes, *coord, &mut inner) {
                        return Ok(None);
                    }
                }
                inner
            }
            "tensor.extract_slice" => {
                let (offsets, lengths, strides) =
                    (list("static_offsets"), list("static_sizes"), list("static_strides"));
                if offsets.iter().chain(&lengths).chain(&strides).any(|value| *value == DYNAMIC) {
                    return Ok(None);
                }
                let Some(kept) = kept_dims(&lengths, ir::results(op)[0]) else { return Ok(None) };
                let mut at = 0;
                let mut inner = vec![];
                for dim in 0..offsets.len() {
                    if kept[dim] {
                        inner.push(arena.linear(&[(coords[at], strides[dim])], offsets[dim]));
                        at += 1;
                    } else {
                        inner.push(arena.int(offsets[dim]));
                    }
                }
                // Where a tensor would be read up to a size that is only known at run time, the slice is read: its size says how far.
                let sizes = lengths.iter().zip(&sizes).zip(&inner);
                let parts: Vec<_> = sizes
                    .filter(|((length, size), _)| **size != Some(**length) && arena.symbolic(**length))
                    .map(|((length, _), at)| (*at, *length))
                    .collect();
                if !parts.is_empty() {
                    let read = self.read(source, &inner)?;
                    let partial = |arena: &Arena, id| match arena.node(id) {
                        Node::Load(tensor, coords) => {
                            let sizes = &arena.tensors[tensor.0 as usize].shape;
                            coords
                                .iter()
                                .zip(sizes)
                                .any(|(own, size)| parts.iter().any(|(at, length)| at == own && length != size))
                        }
                        _ => false,
                    };
                    return Ok(self.arena.collect(&[read], partial).is_empty().then_some(read));
                }
                inner
            }
            "tensor.concat" => {
                let Some(dim) = ir::attr(op, "dim").and_then(ir::int_attr) else { return Ok(None) };
                let dim = dim as usize;
                let (mut bounds, mut arms, mut start) = (vec![], vec![], 0);
                for part in &operands {
                    let Some(size) = ffi::shape(ir::type_of(*part)).and_then(|shape| shape[dim]) else {
                        return Ok(None);
                    };
                    let mut inner = coords.to_vec();
                    inner[dim] = self.arena.linear(&[(coords[dim], 1)], -start);
                    arms.push(self.read(*part, &inner)?);
                    start += size;
                    bounds.push(start);
                }
                bounds.pop();
                return Ok(Some(self.arena.switch(coords[dim], bounds, arms)));
            }
            "tensor.insert_slice" => {
                let (offsets, lengths, strides) =
                    (list("static_offsets"), list("static_sizes"), list("static_strides"));
                if offsets.iter().chain(&lengths).any(|value| *value == DYNAMIC) || strides.iter().any(|s| *s != 1) {
                    return Ok(None);
                }
                let Some(kept) = kept_dims(&lengths, source) else { return Ok(None) };
                let mut inner = vec![];
                for dim in 0..offsets.len() {
                    if kept[dim] {
                        inner.push(arena.linear(&[(coords[dim], 1)], -offsets[dim]));
                    }
                }
                let outside = self.read(operands[1], coords)?;
                let mut inside = self.read(source, &inner)?;
                let whole = ffi::shape(ir::type_of(operands[1])).unwrap_or_default();
                for dim in (0..offsets.len()).rev() {
                    if whole[dim] != Some(lengths[dim]) {
                        let bounds = vec![offsets[dim], offsets[dim] + lengths[dim]];
                        inside = self.arena.switch(coords[dim], bounds, vec![outside, inside, outside]);
                    }
                }
                return Ok(Some(inside));
            }
            "tensor.pad" => {
                let (low, high) = (list("static_low"), list("static_high"));
                if low.iter().chain(&high).any(|value| *value == DYNAMIC) {
                    return Ok(None);
                }
                let Some(body) = ir::body(op, 0) else { return Ok(None) };
                let yielded = ir::ops(body).last().and_then(|last| ir::operands(*last).first().copied());
                let Some(outside) = yielded else { return Ok(None) };
                let Some(outside) = self.scalar(outside)? else { return Ok(None) };
                let mut inner = vec![];
                for (dim, coord) in coords.iter().enumerate() {
                    inner.push(self.arena.linear(&[(*coord, 1)], -low[dim]));
                }
                let mut inside = self.read(source, &inner)?;
                for dim in 0..coords.len() {
                    let Some(size) = sizes[dim] else { return Ok(None) };
                    if low[dim] != 0 || high[dim] != 0 {
                        let bounds = vec![low[dim], low[dim] + size];
                        inside = self.arena.switch(coords[dim], bounds, vec![outside, inside, outside]);
                    }
                }
                return Ok(Some(inside));
            }
            _ => return Ok(None),
        };
        self.read(source, &inner).map(Some)
    }
}

/// The groups of an expand_shape or collapse_shape.
fn reassociation(op: Op<'_>) -> Option<Vec<Vec<usize>>> {
    ffi::array_elements(ir::attr(op, "reassociation")?)?
        .into_iter()
        .map(|group| {
            ffi::array_elements(group)?.into_iter().map(|dim| ir::int_attr(dim).map(|dim| dim as usize)).collect()
        })
        .collect()
}

fn linearize(arena: &mut Arena, group: &[usize], shape: &[Option<i64>], coords: &[Id]) -> Option<Id> {
    let mut sum = arena.int(0);
    for (position, dim) in group.iter().enumerate() {
        if position > 0 {
            let size = shape[*dim]?;
            sum = arena.linear(&[(sum, size)], 0);
        }
        sum = arena.add_int(sum, coords[*dim]);
    }
    Some(sum)
}

fn delinearize(arena: &mut Arena, group: &[usize], sizes: &[Option<i64>], coord: Id, out: &mut [Id]) -> bool {
    let wide: Vec<usize> = group.iter().copied().filter(|dim| sizes[*dim] != Some(1)).collect();
    let mut rest = coord;
    for (position, dim) in wide.iter().enumerate().rev() {
        if position == 0 {
            out[*dim] = rest;
            break;
        }
        let Some(size) = sizes[*dim].filter(|size| *size > 0) else { return false };
        out[*dim] = arena.modulo(rest, size);
        rest = arena.floor_div(rest, size);
    }
    true
}

/// Which dimensions of a slice its (possibly rank-reduced) type keeps.
fn kept_dims(lengths: &[i64], reduced: Val<'_>) -> Option<Vec<bool>> {
    let shape = ffi::shape(ir::type_of(reduced))?;
    let mut kept = vec![false; lengths.len()];
    let mut dim = lengths.len();
    for size in shape.iter().rev() {
        loop {
            dim = dim.checked_sub(1)?;
            if *size == Some(lengths[dim]) {
                kept[dim] = true;
                break;
            }
            if lengths[dim] != 1 {
                return None;
            }
        }
    }
    Some(kept)
}

/// Whether what is put together is computed from contractions, elementwise.
pub(super) fn of_scores(op: Op<'_>) -> bool {
    let mut seen = HashSet::new();
    let mut values = ir::operands(op);
    while let Some(value) = values.pop() {
        let Some(op) = ffi::defining_op(value).filter(|_| seen.insert(ffi::value_key(value))) else { continue };
        let name = ir::name(op);
        match Generic::of(op) {
            Some(generic) if generic.reduces() && generic.inputs > 1 => return true,
            Some(generic) if generic.reduces() => {}
            _ if name.starts_with("tensor.") || name.starts_with("linalg.") => values.extend(ir::operands(op)),
            _ => {}
        }
    }
    false
}

/// Whether a concatenation (or padding, or insertion) along each dimension adds single elements to one long part.
pub(super) fn adds_single(op: Op<'_>) -> bool {
    let shape = |value: Val<'_>| ffi::shape(ir::type_of(value)).unwrap_or_default();
    let operands = ir::operands(op);
    let Some(result) = ir::results(op).first().copied() else { return false };
    match ir::name(op) {
        "tensor.concat" => {
            let Some(dim) = ir::attr(op, "dim").and_then(ir::int_attr) else { return false };
            let long = |value: &&Val<'_>| shape(**value).get(dim as usize).is_none_or(|size| *size != Some(1));
            operands.iter().filter(long).count() <= 1
        }
        _ => {
            let whole = shape(result);
            let part = match ir::name(op) {
                "tensor.pad" => shape(operands[0]),
                _ => ir::attr(op, "static_sizes")
                    .and_then(ffi::i64_array)
                    .unwrap_or_default()
                    .into_iter()
                    .map(Some)
                    .collect(),
            };
            part.len() == whole.len()
                && part.iter().zip(&whole).all(|(part, whole)| match (part, whole) {
                    (Some(part), Some(whole)) => part == whole || part + 1 == *whole || *part == 1,
                    _ => false,
                })
        }
    }
}
