//! `tm_tensor.scatter`: updates written into a tensor at places that are computed (index_copy, index_put, the gradient of a
//! gather).
//!
//! Before:  "tm_tensor.scatter"(%updates, %indices, %original) <{dimension_map = array<i64: …>, unique_indices = …}>
//!              ({ ^bb0(%update, %old): … })
//! After:   `scf.for` over the updates, and over the elements of each, that carries the tensor: `tensor.insert` of what the
//!          region makes of the update and the element that is there
//!
//! Row `u` of the indices is where update `u` starts along the dims of the map; the other dims of an update are the last dims
//! of the tensor. Updates are taken in order, so where two meet the last one wins, or both count. Floats narrower than f32 are
//! accumulated in f32 and rounded once, where the region is arithmetic on them alone. The work is that of the updates.

use super::{Loops, rank, region_on, replace, results_like, sizes, widens};
use crate::{
    ffi,
    ir::{self, Blk, Builder, Element, Op, Val},
    pass::tile::{
        emit::{self, Ix, Tile},
        tiler::convert,
    },
};

/// Says of a `tensor.insert` that no two points of the loops around it insert at one place.
pub const UNIQUE: &str = "flashlight.unique";

/// Replaces a scatter.
///
/// # Errors
/// What is wrong with its operands, its attributes or its region.
pub(super) fn import(op: Op<'_>) -> Result<(), String> {
    let operands = ir::operands(op);
    let [updates, indices, original] = operands[..] else {
        return Err(format!("updates, indices and a tensor are expected, not {} operands", operands.len()));
    };
    let (window, dims) = (rank(updates)?, rank(original)?);
    results_like(op, &[original])?;
    if rank(indices)? != 2 || window == 0 || window - 1 > dims {
        let types = [updates, indices, original].map(|value| ir::type_name(ir::type_of(value)));
        return Err(format!("{} at {} in {}", types[0], types[1], types[2]));
    }
    let map = ir::attr(op, "dimension_map").and_then(ffi::i64_array).ok_or("'dimension_map' is missing")?;
    let map: Vec<usize> =
        map.into_iter().filter_map(|dim| usize::try_from(dim).ok().filter(|dim| *dim < dims)).collect();
    let distinct = map.iter().enumerate().all(|(at, dim)| !map[..at].contains(dim));
    let depth = ffi::shape(ir::type_of(indices)).and_then(|shape| shape[1]);
    if !distinct || depth != Some(map.len() as i64) {
        return Err("'dimension_map' names each dim that is indexed once, one per column of the indices".into());
    }
    let unique = match ir::attr(op, "unique_indices").map(|attribute| attribute.to_string()).as_deref() {
        Some("true") => true,
        Some("false") => false,
        _ => return Err("'unique_indices' is missing, or neither true nor false".into()),
    };
    let element = ffi::element_type(ir::type_of(original));
    if ffi::element_type(ir::type_of(updates)) != element {
        return Err(format!("{} for {}", ir::type_of(updates), ir::type_of(original)));
    }
    if !Element::of_value(indices).is_some_and(Element::is_integer) {
        return Err(format!("indices of type {}", ffi::element_type(ir::type_of(indices))));
    }
    let body = region_on(op, &[element, element])?;
    let b = Builder::before(op);
    let all: Vec<usize> = (0..window.max(dims)).collect();
    let loops = sizes(
        &b,
        &[&Tile { value: updates, dims: all[..window].to_vec() }, &Tile { value: indices, dims: vec![0, window] }],
    )?;
    let first = dims + 1 - window;
    for at in 1..window {
        let (own, whole) = (loops[&at].known(), emit::size_of(&b, original, first + at - 1).known());
        if own.zip(whole).is_some_and(|(own, whole)| own > whole) {
            return Err(format!("updates {} for a tensor {}", ir::type_of(updates), ir::type_of(original)));
        }
    }
    let overwrites = ir::ops(body).len() == 1;
    let wide = if !overwrites && widens(body, element) { b.f32_type() } else { element };
    let shape = Loops { b, sizes: sizes(&b, &[&Tile { value: original, dims: all[..dims].to_vec() }])? };
    let whole = Tile { value: original, dims: all[..dims].to_vec() };
    let init = match wide == element {
        true => original,
        false => shape.map(std::slice::from_ref(&whole), &whole.dims, wide, |b, x| convert(b, x[0], wide)).value,
    };
    let scatter = Scatter {
        updates,
        indices,
        map,
        first,
        window,
        extents: (0..window).map(|at| loops[&at]).collect(),
        unique,
        body,
    };
    let mut failed = None;
    let written = scatter.nest(&b, init, &mut vec![], &mut failed);
    if let Some(error) = failed {
        return Err(error);
    }
    let narrow = Tile { value: written, dims: whole.dims.clone() };
    let result = match wide == element {
        true => written,
        false => shape.map(&[narrow], &whole.dims, element, |b, x| convert(b, x[0], element)).value,
    };
    replace(&b, op, &[result]);
    Ok(())
}

struct Scatter<'c> {
    updates: Val<'c>,
    indices: Val<'c>,
    /// The dim that each column of the indices is of.
    map: Vec<usize>,
    /// The dim of the tensor that the second dim of the updates is.
    first: usize,
    /// Dims of the updates.
    window: usize,
    extents: Vec<Ix<'c>>,
    unique: bool,
    body: Blk<'c>,
}

impl<'c> Scatter<'c> {
    /// The loops over the dims of the updates from `at` on, and what they make of a tensor.
    fn nest(&self, b: &Builder<'c>, tensor: Val<'c>, at: &mut Vec<Val<'c>>, failed: &mut Option<String>) -> Val<'c> {
        if at.len() == self.window {
            return self.write(b, tensor, at).unwrap_or_else(|error| {
                *failed = Some(error);
                tensor
            });
        }
        let bounds = [Ix::Known(0), self.extents[at.len()], Ix::Known(1)];
        emit::for_loop(b, bounds, &[tensor], |b, index, carried| {
            at.push(index);
            let tensor = self.nest(b, carried[0], at, failed);
            at.pop();
            vec![tensor]
        })[0]
    }

    /// One element of an update, written.
    fn write(&self, b: &Builder<'c>, tensor: Val<'c>, at: &[Val<'c>]) -> Result<Val<'c>, String> {
        let dims = self.first + self.window - 1;
        let mut place = vec![];
        for dim in 0..dims {
            // Where the update has a dim of one element, its place is the index alone.
            let own = dim.checked_sub(self.first).map(|own| own + 1);
            let own = own.filter(|own| self.extents[*own].known() != Some(1)).map(|own| at[own]);
            let start = self.map.iter().position(|mapped| *mapped == dim).map(|column| {
                let start = emit::extract(b, self.indices, &[at[0], b.index(column as i64)]);
                convert(b, start, b.index_type())
            });
            place.push(match (start, own) {
                (Some(start), Some(own)) => b.binary("arith.addi", start, own),
                (start, own) => start.or(own).unwrap_or_else(|| b.index(0)),
            });
        }
        let wide = ffi::element_type(ir::type_of(tensor));
        let update = convert(b, emit::extract(b, self.updates, at), wide);
        let old = emit::extract(b, tensor, &place);
        let new = super::inline(b, self.body, &[update, old], &[])?;
        if ir::type_of(new) != wide {
            return Err(format!("a region on {wide} that yields {}", ir::type_of(new)));
        }
        let mut insert =
            b.op("tensor.insert").operands(&[new, tensor]).operands(&place).results(&[ir::type_of(tensor)]);
        if self.unique {
            insert = insert.attr_text(UNIQUE, "unit");
        }
        Ok(insert.value())
    }
}
