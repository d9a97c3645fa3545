//! Prologues: an operand whose tensor is made element by element from narrower ones, or gathered, is formed tile by tile
//! where a kernel loads it, so that what is widened or gathered is in no memory.
//!
//! Before:  `%w = linalg.generic (%bytes, %scale)` over the whole tensor, a tile of it in every step
//! After:   per tile, `linalg.generic` that extracts from `%bytes` and `%scale` at the tile's coordinates
//!
//! An operand qualifies when everything between it and memory is arithmetic on single elements, views and extracts, its
//! only readers are captures, and memory holds fewer bytes of it than it has, or holds it at other places.

use super::emit::{self, Ix};
use crate::{
    dialect::ops,
    ffi,
    ir::{self, Builder, Element, Op, Val},
};
use melior::ir::{AffineExpr, AffineMap, operation::OperationLike};
use std::collections::HashMap;

/// Operations on single elements that a prologue may have: past these a tensor is made once.
const MOST_OPS: usize = 48;

/// Views that a prologue is seen through.
const VIEWS: [&str; 3] = ["tensor.collapse_shape", "tensor.expand_shape", "tensor.cast"];

/// An elementwise `linalg.generic` of one result.
struct Elementwise<'c> {
    op: Op<'c>,
    inputs: Vec<Val<'c>>,
    maps: Vec<AffineMap<'c>>,
    /// Per dim of the result, the loop it runs along.
    loops: Vec<usize>,
}

impl<'c> Elementwise<'c> {
    fn read(op: Op<'c>) -> Option<Self> {
        if ir::name(op) != "linalg.generic" || op.result_count() != 1 {
            return None;
        }
        let body = ir::body(op, 0)?;
        let maps = ir::attr(op, "indexing_maps").and_then(ffi::array_elements)?;
        let maps = maps.into_iter().map(ffi::affine_map).collect::<Option<Vec<_>>>()?;
        let output = maps.last()?;
        let loops: Vec<_> = (0..output.result_count())
            .map(|result| output.result(result).ok().filter(|expr| expr.is_dim()).map(|expr| expr.dim_position()))
            .collect::<Option<_>>()?;
        let mut sorted = loops.clone();
        sorted.sort_unstable();
        let reads_none = ir::arguments(body).last().is_some_and(|argument| ffi::uses(*argument).is_empty());
        let plain = ir::walk(op).into_iter().filter(|inner| *inner != op).all(|inner| {
            let name = ir::name(inner);
            matches!(name, "linalg.index" | "linalg.yield" | "tensor.extract")
                || name.starts_with("arith.") && name != "arith.divf"
        });
        let inputs = ir::operands(op);
        let one_each = sorted.into_iter().eq(0..output.dim_count());
        (one_each && reads_none && plain && inputs.len() == maps.len()).then(|| Self {
            op,
            inputs: inputs[..inputs.len() - 1].to_vec(),
            maps: maps[..maps.len() - 1].to_vec(),
            loops,
        })
    }

    /// Tensors that it extracts from at places of its own.
    fn tables(&self) -> Vec<Val<'c>> {
        let extracts = ir::walk(self.op).into_iter().filter(|inner| ir::name(*inner) == "tensor.extract");
        extracts.map(|extract| ir::operands(extract)[0]).collect()
    }
}

/// The elementwise op that a value is a view of.
fn behind<'c>(value: Val<'c>) -> Option<Elementwise<'c>> {
    let op = ffi::defining_op(value)?;
    if VIEWS.contains(&ir::name(op)) {
        let inner = sizes(ir::operands(op)[0]).and(sizes(value)).map(|_| ir::operands(op)[0]);
        return inner.and_then(behind);
    }
    Elementwise::read(op).filter(|found| is_private(ir::results(found.op)[0]))
}

/// The shape of a tensor whose sizes are all known.
fn sizes(value: Val<'_>) -> Option<Vec<i64>> {
    ffi::shape(ir::type_of(value))?.into_iter().collect()
}

/// Whether captures are all that reads a value, through views and elementwise ops.
fn is_private(value: Val<'_>) -> bool {
    ffi::uses(value).into_iter().all(|(user, _)| match ir::name(user) {
        ops::CAPTURE => true,
        name if VIEWS.contains(&name) => ir::results(user).into_iter().all(is_private),
        "tensor.extract" => {
            let around = user.parent_operation().map(|parent| ffi::op(&parent)).and_then(Elementwise::read);
            around.is_some_and(|around| is_private(ir::results(around.op)[0]))
        }
        _ => Elementwise::read(user).is_some_and(|user| is_private(ir::results(user.op)[0])),
    })
}

/// What a prologue does.
#[derive(Default)]
struct Work {
    ops: usize,
    gathers: bool,
    /// Bits of the widest element that there is one of per element of the operand.
    widest: u32,
}

/// Whether a tensor is better formed where its tiles are loaded.
pub fn is_formed_on_load(tensor: Val<'_>) -> bool {
    let Some(shape) = sizes(tensor) else { return false };
    let elements = shape.iter().product();
    let mut work = Work::default();
    let Some(top) = behind(tensor) else { return false };
    measure(&top, elements, &mut work);
    let own = Element::of_value(tensor).map_or(0, Element::bits);
    work.ops <= MOST_OPS && (work.gathers || 0 < work.widest && work.widest < own)
}

fn measure(top: &Elementwise<'_>, elements: i64, work: &mut Work) {
    work.ops += ir::walk(top.op).len();
    if work.ops > MOST_OPS {
        return;
    }
    let tables = top.tables();
    // A table of a few elements is read everywhere; one that holds the operand is gathered from.
    work.gathers |= tables.iter().any(|table| behind(*table).is_none() && large(*table, elements));
    for value in top.inputs.iter().chain(&tables) {
        match behind(*value) {
            Some(inner) => measure(&inner, elements, work),
            None if large(*value, elements) => {
                work.widest = work.widest.max(Element::of_value(*value).map_or(0, Element::bits));
            }
            None => {}
        }
    }
}

/// Whether a tensor has a good part of so many elements.
fn large(value: Val<'_>, elements: i64) -> bool {
    sizes(value).is_none_or(|shape| 4 * shape.iter().product::<i64>() > elements)
}

/// The element of a tensor at some coordinates, formed from what memory holds.
pub fn element<'c>(b: &Builder<'c>, value: Val<'c>, coords: &[Ix<'c>]) -> Val<'c> {
    if behind(value).is_none() {
        let indices: Vec<_> = coords.iter().map(|coord| coord.value(b)).collect();
        return emit::extract(b, value, &indices);
    }
    let Some(op) = ffi::defining_op(value) else { return emit::zero(b, ffi::element_type(ir::type_of(value))) };
    let source = ir::operands(op).first().copied();
    match (ir::name(op), source) {
        ("tensor.cast", Some(source)) => element(b, source, coords),
        ("tensor.collapse_shape", Some(source)) => {
            let inner = spread(b, op, &sizes(source).unwrap_or_default(), coords);
            element(b, source, &inner)
        }
        ("tensor.expand_shape", Some(source)) => {
            let inner = joined(b, op, &sizes(value).unwrap_or_default(), coords);
            element(b, source, &inner)
        }
        _ => match Elementwise::read(op) {
            Some(own) => yielded(b, &own, coords),
            None => emit::zero(b, ffi::element_type(ir::type_of(value))),
        },
    }
}

/// What the body of an elementwise op yields at a point of its result.
fn yielded<'c>(b: &Builder<'c>, own: &Elementwise<'c>, coords: &[Ix<'c>]) -> Val<'c> {
    let mut place = vec![Ix::Known(0); own.loops.len()];
    own.loops.iter().zip(coords).for_each(|(dim, coord)| place[*dim] = *coord);
    let Some(body) = ir::body(own.op, 0) else { return b.index(0) };
    let mut known: HashMap<usize, Val<'c>> = HashMap::new();
    for (number, argument) in ir::arguments(body).into_iter().enumerate() {
        if let (Some(input), false) = (own.inputs.get(number), ffi::uses(argument).is_empty()) {
            let map = own.maps[number];
            let coords: Vec<_> = (0..map.result_count())
                .filter_map(|result| map.result(result).ok())
                .map(|expr| affine(b, expr, &place))
                .collect();
            known.insert(ffi::value_key(argument), element(b, *input, &coords));
        }
    }
    let get =
        |known: &HashMap<usize, Val<'c>>, value: Val<'c>| known.get(&ffi::value_key(value)).copied().unwrap_or(value);
    for op in ir::ops(body) {
        let operands = ir::operands(op);
        let made = match ir::name(op) {
            "linalg.yield" => return get(&known, operands[0]),
            "linalg.index" => {
                let dim = ir::attr(op, "dim").and_then(ir::int_attr).and_then(|dim| usize::try_from(dim).ok());
                dim.and_then(|dim| place.get(dim)).map_or_else(|| b.index(0), |at| at.value(b))
            }
            "tensor.extract" => {
                let coords: Vec<_> = operands[1..].iter().map(|index| Ix::Value(get(&known, *index))).collect();
                element(b, operands[0], &coords)
            }
            _ => {
                let copied = b.clone_op(op, |operand| get(&known, operand));
                for (result, copy) in ir::results(op).into_iter().zip(ir::results(copied)) {
                    known.insert(ffi::value_key(result), copy);
                }
                continue;
            }
        };
        known.insert(ffi::value_key(ir::results(op)[0]), made);
    }
    b.index(0)
}

/// An affine expression at a point.
fn affine<'c>(b: &Builder<'c>, expr: AffineExpr<'c>, place: &[Ix<'c>]) -> Ix<'c> {
    if expr.is_dim() {
        return place.get(expr.dim_position()).copied().unwrap_or(Ix::Known(0));
    }
    if expr.is_constant() {
        return Ix::Known(expr.constant_value());
    }
    let (lhs, rhs) = (affine(b, expr.lhs(), place), affine(b, expr.rhs(), place));
    match (rhs.known(), lhs.known()) {
        _ if expr.is_add() => lhs.plus(b, rhs),
        (Some(factor), _) if expr.is_mul() => lhs.times(b, factor),
        (_, Some(factor)) if expr.is_mul() => rhs.times(b, factor),
        (Some(by), _) if expr.is_mod() => lhs.rem(b, by),
        (Some(by), _) => lhs.floor_div(b, by),
        _ => lhs,
    }
}

/// The groups of dims that a reshape joins.
fn groups(op: Op<'_>) -> Vec<Vec<usize>> {
    let groups = ir::attr(op, "reassociation").and_then(ffi::array_elements).unwrap_or_default();
    let members = |group| ffi::array_elements(group).unwrap_or_default().into_iter().filter_map(ir::int_attr);
    groups.into_iter().map(|group| members(group).filter_map(|dim| usize::try_from(dim).ok()).collect()).collect()
}

/// Coordinates of a collapsed tensor as those of the tensor with all dims.
fn spread<'c>(b: &Builder<'c>, op: Op<'c>, shape: &[i64], coords: &[Ix<'c>]) -> Vec<Ix<'c>> {
    let mut inner = vec![Ix::Known(0); shape.len()];
    for (group, coord) in groups(op).iter().zip(coords) {
        let mut rest = *coord;
        let mut wide: Vec<_> = group.iter().copied().filter(|dim| shape[*dim] != 1).collect();
        while let Some(dim) = wide.pop() {
            if wide.is_empty() {
                inner[dim] = rest;
            } else {
                inner[dim] = rest.rem(b, shape[dim]);
                rest = rest.floor_div(b, shape[dim]);
            }
        }
    }
    inner
}

/// Coordinates of an expanded tensor as those of the tensor with joined dims.
fn joined<'c>(b: &Builder<'c>, op: Op<'c>, shape: &[i64], coords: &[Ix<'c>]) -> Vec<Ix<'c>> {
    let groups = groups(op);
    let of_group = |group: &Vec<usize>| {
        let wide = group.iter().filter(|dim| shape[**dim] != 1);
        wide.fold(Ix::Known(0), |sum, dim| sum.times(b, shape[*dim]).plus(b, coords[*dim]))
    };
    groups.iter().map(of_group).collect()
}

/// Erases what made some tensors and has no reader left.
pub fn erase_unread(tensors: &[Val<'_>]) {
    let mut makers: Vec<Op<'_>> = vec![];
    let mut work = tensors.to_vec();
    while let Some(value) = work.pop() {
        let Some(op) = ffi::defining_op(value) else { continue };
        let elementwise = Elementwise::read(op);
        if makers.contains(&op) || !VIEWS.contains(&ir::name(op)) && elementwise.is_none() {
            continue;
        }
        work.extend(ir::operands(op).into_iter().chain(elementwise.iter().flat_map(Elementwise::tables)));
        makers.push(op);
    }
    // Readers before what they read.
    let unread = |op: &Op<'_>| ir::results(*op).into_iter().all(|value| ffi::uses(value).is_empty());
    while let Some(position) = makers.iter().position(unread) {
        ffi::erase(makers.swap_remove(position));
    }
}
