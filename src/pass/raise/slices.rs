//! A slice of what is computed elementwise from weights is computed from slices.
//!
//! Before:  the column of an extra logit, cut out of a gradient of the size of the scores
//! After:   an elementwise operation over the slice's own points, from statistics of rows
//!
//! Only where nothing of the size of the scores is left to read: else the slice reads what is there anyway.

use super::{find::free_coords, operand, point::Point, prepare::Operand, weights::Walks};
use crate::{
    algebra::{Arena, Node, Policy, Reader, Role, TensorId, TensorInfo},
    ffi,
    ir::{self, Blk, Builder, Element, Op, Val},
};

/// A slice has at most one of so many points.
const SMALL: i64 = 8;

/// Computes the slices of a block from slices.
pub fn slices<'c>(block: Blk<'c>, point: &Point<'c>, walks: &mut Walks) {
    for op in ir::ops(block).into_iter().filter(|op| ir::name(*op) == "tensor.extract_slice") {
        if walks.exponential(ir::operands(op)[0])
            && let Some(slice) = computed(op, point)
        {
            ffi::replace_all_uses(ir::results(op)[0], slice);
        }
    }
}

fn computed<'c>(op: Op<'c>, point: &Point<'c>) -> Option<Val<'c>> {
    let shape = |value: Val<'c>| -> Option<Vec<i64>> { ffi::shape(ir::type_of(value))?.into_iter().collect() };
    let points = |shape: &[i64]| shape.iter().copied().fold(1, i64::saturating_mul);
    let (source, result) = (shape(ir::operands(op)[0])?, shape(ir::results(op)[0])?);
    if points(&result).saturating_mul(SMALL) > points(&source) {
        return None;
    }
    let mut arena = Arena::over(&point.open);
    let coords = free_coords(&mut arena, &result, 0)?;
    let mut reader = Reader::new(&mut arena, Policy::default());
    let body = reader.read(ir::results(op)[0], &coords).ok()?;
    let values = std::mem::take(&mut reader.values);
    let body = arena.lift_switches(body);
    let large = |arena: &Arena, id| match arena.node(id) {
        Node::Load(tensor, _) => points(&arena.tensors[tensor.0 as usize].shape) > points(&result),
        Node::Reduce { .. } => true,
        _ => false,
    };
    if !arena.collect(&[body], large).is_empty() {
        return None;
    }
    let dims: Option<Vec<_>> = (0..result.len()).map(|at| arena.dim(Role::Free, at as u32, result[at])).collect();
    let element = ffi::element_type(ir::type_of(ir::results(op)[0]));
    let held = Element::of(element)?;
    let (tensor, ty) = (TensorId(arena.tensors.len() as u32), arena.ty(body));
    arena.tensors.push(TensorInfo {
        key: usize::MAX,
        shape: result,
        ty,
        float_bits: held.float_bits(),
        bits: held.int_bits(),
        scalar: false,
    });
    let builder = Builder::before(op);
    operand::emit_as(&builder, &arena, &Operand { tensor, dims: dims?, body }, &values, point, element).ok()
}
