//! Index arithmetic in closed form: integers and booleans that depend on nothing but indices and constants.
//!
//! Before:  concatenations, scans, gathers and other reductions of such values
//! After:   a `linalg.generic` without inputs that computes each from `linalg.index`
//!
//! Before:  a gather whose places are indices and constants, in closed form
//! After:   a `linalg.generic` that reads the same elements by its indexing map: the same data, whichever way it is gathered
//!
//! Elementwise operations and views need no form of their own: `raise` reads through them. A value whose expression is
//! not closed, or not small, is left as it is.

use super::{
    find::{Loops, free_coords, is_view},
    operand,
    point::Point,
    prepare::Operand,
};
use crate::{
    algebra::{Arena, Id, Node, Policy, Reader, TensorId, TensorInfo, Ty},
    ffi,
    ir::{self, Blk, Builder, Element, Op, Val},
};
use std::collections::{HashMap, HashSet};

/// Nodes of an expression that is small enough to compute at every point.
const SMALL: usize = 64;

/// Folds what a block computes.
pub fn indices<'c>(block: Blk<'c>, point: &Point<'c>) {
    let mut known = HashMap::new();
    for op in ir::ops(block) {
        if !gathers(op) {
            continue;
        }
        for result in ir::results(op) {
            if ffi::uses(result).is_empty() {
                continue;
            }
            let closed = is_integer(result) && fixed(result, &mut known);
            let found = if closed { fold(op, result, point) } else { regular(op, result, point) };
            if let Some(found) = found {
                ffi::replace_all_uses(result, found);
            }
        }
    }
}

/// Whether an operation puts elements together in a way that `raise` does not read through everywhere.
fn gathers(op: Op<'_>) -> bool {
    match ir::name(op) {
        "tensor.concat" | "tensor.insert_slice" | "tensor.pad" => true,
        "linalg.generic" => {
            Loops::reduces(op) || ir::walk(op).into_iter().any(|inner| ir::name(inner) == "tensor.extract")
        }
        _ => false,
    }
}

fn is_integer(value: Val<'_>) -> bool {
    ffi::is_ranked_tensor(ir::type_of(value)) && Element::of_value(value).is_some_and(Element::is_integer)
}

/// Whether a value depends on nothing but constants, sizes and indices.
fn fixed(value: Val<'_>, known: &mut HashMap<usize, bool>) -> bool {
    let key = ffi::value_key(value);
    if let Some(known) = known.get(&key) {
        return *known;
    }
    known.insert(key, false);
    let Some(op) = ffi::defining_op(value) else { return false };
    let found = match ir::name(op) {
        "arith.constant" | "tensor.empty" | "tensor.dim" => true,
        name if name.starts_with("linalg.") || is_view(name) || name.starts_with("arith.") => {
            let inside: Vec<usize> = ir::walk(op).into_iter().flat_map(ir::results).map(ffi::value_key).collect();
            let own = |value: Val<'_>| {
                // What a body computes, or its arguments, is of the operation itself.
                inside.contains(&ffi::value_key(value)) || ffi::defining_op(value).is_none() && is_scalar(value)
            };
            let mut read: Vec<Val<'_>> = ir::operands(op);
            read.extend(ir::walk(op).into_iter().flat_map(ir::operands).filter(|value| !own(*value)));
            read.into_iter().all(|value| fixed(value, known))
        }
        _ => false,
    };
    known.insert(key, found);
    found
}

fn is_scalar(value: Val<'_>) -> bool {
    !ffi::is_ranked_tensor(ir::type_of(value))
}

/// The closed form of a value, as a tensor.
fn fold<'c>(op: Op<'c>, value: Val<'c>, point: &Point<'c>) -> Option<Val<'c>> {
    let shape: Vec<i64> = ffi::shape(ir::type_of(value))?.into_iter().collect::<Option<_>>()?;
    let mut arena = Arena::over(&point.open);
    let coords = free_coords(&mut arena, &shape, 0)?;
    let mut reader = Reader::new(&mut arena, Policy { whole: true, ..Policy::default() });
    let body = reader.read(value, &coords).ok()?;
    let body = arena.lift_switches(body);
    let element = ffi::element_type(ir::type_of(value));
    let held = Element::of(element)?;
    if !is_closed(&arena, body) || !fits(&arena, body, held) {
        return None;
    }
    // One dim per coordinate; one of a single point is 0 and is read nowhere.
    let dims: Option<Vec<_>> =
        (0..shape.len()).map(|at| arena.dim(crate::algebra::Role::Free, at as u32, shape[at])).collect();
    let (tensor, ty) = (TensorId(arena.tensors.len() as u32), arena.ty(body));
    arena.tensors.push(TensorInfo {
        key: usize::MAX,
        shape,
        ty,
        float_bits: held.float_bits(),
        bits: held.int_bits(),
        scalar: false,
    });
    let operand = Operand { tensor, dims: dims?, body };
    operand::emit_as(&Builder::before(op), &arena, &operand, &[], point, element).ok()
}

/// A gather of one tensor at places that are constants, or the result's own, as a read by an indexing map.
fn regular<'c>(op: Op<'c>, value: Val<'c>, point: &Point<'c>) -> Option<Val<'c>> {
    if ir::name(op) != "linalg.generic" || Loops::reduces(op) {
        return None;
    }
    let shape: Vec<i64> = ffi::shape(ir::type_of(value))?.into_iter().collect::<Option<_>>()?;
    let extracts: Vec<_> = ir::walk(op).into_iter().filter(|inner| ir::name(*inner) == "tensor.extract").collect();
    let [extract] = extracts[..] else { return None };
    let source = ir::operands(extract)[0];
    if ffi::element_type(ir::type_of(source)) != ffi::element_type(ir::type_of(value)) {
        return None;
    }
    let mut arena = Arena::over(&point.open);
    let coords = free_coords(&mut arena, &shape, 0)?;
    let opaque = HashSet::from([ffi::value_key(source)]);
    let body =
        Reader::new(&mut arena, Policy { whole: true, opaque, ..Policy::default() }).read(value, &coords).ok()?;
    let Node::Load(tensor, places) = arena.node(body) else { return None };
    let info = &arena.tensors[tensor.0 as usize];
    if info.key != ffi::value_key(source) {
        return None;
    }
    let place = |place: &Id, size: i64| match (arena.node(*place), coords.iter().position(|coord| coord == place)) {
        // One point of a size that is only known at run time may be none.
        (Node::Int(number), _) => {
            (0..size).contains(number).then(|| number.to_string()).filter(|_| !arena.symbolic(size))
        }
        (_, Some(at)) => (shape[at] == size).then(|| format!("d{at}")),
        _ => None,
    };
    let read: Vec<String> = places.iter().zip(&info.shape).map(|(id, size)| place(id, *size)).collect::<Option<_>>()?;
    let names: Vec<_> = (0..shape.len()).map(|at| format!("d{at}")).collect();
    let map = |results: &[String]| format!("affine_map<({}) -> ({})>", names.join(", "), results.join(", "));
    let kinds = vec!["#linalg.iterator_type<parallel>"; shape.len()].join(", ");
    let (b, ty) = (Builder::before(op), ir::type_of(value));
    let element = ffi::element_type(ty);
    let empty = b.op("tensor.empty").results(&[ty]).value();
    let gathered = b
        .op("linalg.generic")
        .operands(&[source, empty])
        .results(&[ty])
        .attr_text("indexing_maps", &format!("[{}, {}]", map(&read), map(&names)))
        .attr_text("iterator_types", &format!("[{kinds}]"))
        .attr_text("operandSegmentSizes", "array<i32: 1, 1>")
        .region(&[element, element], |b, arguments| {
            b.op("linalg.yield").operands(&arguments[..1]).build();
        });
    Some(gathered.value())
}

/// Whether an expression is index arithmetic alone.
fn is_closed(arena: &Arena, body: Id) -> bool {
    let all = arena.collect(&[body], |_, _| true);
    let index = |id: &Id| match arena.node(*id) {
        Node::Load(..) | Node::Reduce { .. } | Node::Atom(..) => false,
        _ => arena.ty(*id) != Ty::Float,
    };
    all.len() <= SMALL && all.iter().all(index)
}

/// Whether integers of a type hold every value of an expression.
fn fits(arena: &Arena, body: Id, element: Element) -> bool {
    let bits = element.int_bits();
    if arena.ty(body) == Ty::Bool || bits == 64 {
        return true;
    }
    arena
        .range(body)
        .is_some_and(|(low, high)| (2..64).contains(&bits) && low >= -(1 << (bits - 1)) && high < 1 << (bits - 1))
}
