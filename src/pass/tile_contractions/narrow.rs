//! Tensors of f32 that hold 16-bit floats, widened by the op that makes them, keep the narrow type: their readers widen.

use super::{made_after, operand::widened};
use crate::{
    ffi,
    gpu::Loops,
    ir::{self, Blk, Builder, Element, Op, Type, Val},
    pass::tile::emit::{self, Tile},
};

/// Makes the results of an elementwise op that are only widened at its end narrow; readers see through an op that does nothing else.
pub fn split_widenings<'c>(op: Op<'c>) {
    let elementwise = |loops: &Loops<'c>| !loops.reduced.contains(&true) && widened(op).is_none();
    let Some(loops) = Loops::read(op).filter(elementwise) else { return };
    let Some(last) = ir::ops(loops.body).last().copied() else { return };
    let arguments = ir::arguments(loops.body);
    for (number, yielded) in ir::operands(last).into_iter().enumerate() {
        let Some(narrow) = widened_in(loops.body, yielded) else { continue };
        let place = loops.inputs + number;
        let (argument, result) = (arguments[place], ir::results(op)[number]);
        let readers = ffi::uses(result);
        if !ffi::uses(argument).is_empty() || !readers.iter().any(|(reader, at)| element_of(*reader, *at).is_some()) {
            continue;
        }
        let (element, wide) = (ir::type_of(narrow), ir::type_of(yielded));
        let rank = ffi::shape(ir::type_of(result)).map_or(0, |shape| shape.len());
        let b = &Builder::before(op);
        let sizes: Vec<_> = (0..rank).map(|dim| emit::size_of(b, loops.operands[place], dim)).collect();
        let init = emit::empty(b, &sizes, element);
        ffi::set_operand(op, place, init);
        ffi::set_type(argument, element);
        ffi::set_type(result, ir::type_of(init));
        ffi::set_operand(last, number, narrow);
        let mut whole = None;
        for (reader, at) in readers {
            match element_of(reader, at) {
                Some(element_read) => widen_element(reader, element_read, element, wide),
                None => {
                    let value = *whole.get_or_insert_with(|| widened_tensor(op, result, wide));
                    ffi::set_operand(reader, at, value);
                }
            }
        }
    }
    for op in ir::ops(loops.body).into_iter().rev().skip(1) {
        if ir::name(op) == "arith.extf" && ffi::uses(ir::results(op)[0]).is_empty() {
            ffi::erase(op);
        }
    }
}

/// The 16-bit float that a body widens to a value of its own.
fn widened_in<'c>(body: Blk<'c>, value: Val<'c>) -> Option<Val<'c>> {
    let op = ffi::defining_op(value).filter(|op| ir::name(*op) == "arith.extf" && ir::ops(body).contains(op))?;
    let source = ir::operands(op)[0];
    Element::of(ir::type_of(source)).is_some_and(Element::is_half).then_some(source)
}

/// The element that an op over elements reads of an input.
fn element_of<'c>(reader: Op<'c>, at: usize) -> Option<Val<'c>> {
    let loops = Loops::read(reader).filter(|loops| at < loops.inputs)?;
    ir::arguments(loops.body).get(at).copied()
}

/// Gives the element that a body reads another type, and widens it first.
fn widen_element<'c>(reader: Op<'c>, element: Val<'c>, narrow: Type<'c>, wide: Type<'c>) {
    let readers = ffi::uses(element);
    ffi::set_type(element, narrow);
    let Some(first) = ir::body(reader, 0).and_then(|body| ir::ops(body).first().copied()) else { return };
    if readers.is_empty() {
        return;
    }
    let value = Builder::before(first).cast("arith.extf", element, wide);
    for (op, at) in readers {
        ffi::set_operand(op, at, value);
    }
}

/// A tensor with its elements widened, right after the op that makes it.
fn widened_tensor<'c>(op: Op<'c>, value: Val<'c>, wide: Type<'c>) -> Val<'c> {
    let b = &made_after(op).map_or_else(|| Builder::before(op), Builder::before);
    let dims: Vec<usize> = (0..ffi::shape(ir::type_of(value)).map_or(0, |shape| shape.len())).collect();
    let sizes: Vec<_> = dims.iter().map(|dim| emit::size_of(b, value, *dim)).collect();
    let into = Tile { value: emit::empty(b, &sizes, wide), dims: dims.clone() };
    let input = Tile { value, dims: dims.clone() };
    emit::generic(b, "map", &dims, &[input], &into, |b, elements| b.cast("arith.extf", elements[0], wide)).value
}
