//! Views between what a fused op gives and a result of the function.

use crate::{
    dialect::{edit, linear::IndexMap, ops},
    ffi,
    ir::{self, Blk, Builder, Op, Val},
    shape::groups,
};

/// A view that can be undone.
#[derive(Clone)]
pub struct View<'c> {
    op: Op<'c>,
}

impl<'c> View<'c> {
    /// The view that gives a value.
    fn of(value: Val<'c>) -> Option<Self> {
        let op = ffi::defining_op(value)?;
        let known = |group: &Vec<usize>, shape: &[Option<i64>]| {
            group.iter().filter(|dim| shape.get(**dim).is_none_or(Option::is_none)).count() < 2
        };
        let can = match ir::name(op) {
            "tensor.collapse_shape" => {
                let shape = ffi::shape(ir::type_of(ir::operands(op)[0]))?;
                let groups = groups(op);
                !groups.is_empty() && groups.iter().all(|group| known(group, &shape))
            }
            "tensor.expand_shape" | "tensor.cast" => true,
            _ => false,
        };
        can.then_some(Self { op })
    }

    /// What it is a view of, of the view of that.
    pub fn undo(&self, b: &Builder<'c>, view: Val<'c>) -> Val<'c> {
        let ty = ir::type_of(ir::operands(self.op)[0]);
        let groups_attr = || ir::attr(self.op, "reassociation").expect("a reshape");
        match ir::name(self.op) {
            "tensor.cast" => b.op("tensor.cast").operands(&[view]).results(&[ty]).value(),
            "tensor.expand_shape" => {
                let spec = b.op("tensor.collapse_shape").operands(&[view]).results(&[ty]);
                spec.attr("reassociation", groups_attr()).value()
            }
            _ => {
                let shape = ffi::shape(ty).unwrap_or_default();
                let mut sizes = vec![];
                for (number, group) in groups(self.op).into_iter().enumerate() {
                    if group.iter().all(|dim| shape[*dim].is_some()) {
                        continue;
                    }
                    let known = group.iter().filter_map(|dim| shape[*dim]).product();
                    let at = b.index(number as i64);
                    let all = b.op("tensor.dim").operands(&[view, at]).results(&[b.index_type()]).value();
                    sizes.push(if known == 1 { all } else { b.binary("arith.divsi", all, b.index(known)) });
                }
                let numbers: Vec<_> = shape.iter().map(|size| size.unwrap_or(ops::DYNAMIC)).collect();
                let spec = b.op("tensor.expand_shape").operands(&[view]).operands(&sizes).results(&[ty]);
                spec.attr("reassociation", groups_attr()).attr("static_output_shape", b.i64s_attr(&numbers)).value()
            }
        }
    }
}

/// What is there where the results of a function are: the number of the result, a value that it is a view of, and the views between, that of the
/// result first.
pub fn of_results<'c>(results: &[Val<'c>]) -> Vec<(usize, Val<'c>, Vec<View<'c>>)> {
    let mut found: Vec<(usize, Val<'c>, Vec<View<'c>>)> = vec![];
    for (number, result) in results.iter().enumerate() {
        let (mut value, mut views) = (*result, vec![]);
        loop {
            if !found.iter().any(|(_, own, _)| *own == value) {
                found.push((number, value, views.clone()));
            }
            let Some(view) = View::of(value) else { break };
            value = ir::operands(view.op)[0];
            views.push(view);
        }
    }
    found
}

/// Has fused ops write results in the order of dims in which the function gives them, where a copy brought them into that; who reads them reads
/// them so.
pub fn straighten(body: Blk<'_>, results: &[Val<'_>]) {
    for result in results {
        let mut value = *result;
        while let Some(view) = View::of(value) {
            value = ir::operands(view.op)[0];
        }
        if let Some(copy) = ffi::defining_op(value).filter(|op| ir::is_in(*op, body)) {
            write_in_order(copy);
        }
    }
}

/// The dims of the result that dims of the operand become, where an op does nothing but bring these into another order.
fn order_of(op: Op<'_>) -> Option<Vec<usize>> {
    let maps = ir::attr(op, "indexing_maps").and_then(ffi::array_elements)?;
    let [from, to] = maps[..] else { return None };
    let [from, to] = [from, to].map(|map| IndexMap::from_attr(map)?.as_dims());
    let (from, to) = (from?, to?);
    let body = ir::body(op, 0)?;
    let copies = ops::yielded(body)[..] == ir::arguments(body)[..1];
    let all = (0..to.len()).all(|dim| to[dim] == dim && from.contains(&dim));
    (ir::reduced_loops(op)?.len() == to.len() && from.len() == to.len() && copies && all).then_some(from)
}

/// The dims of a tensor that a copy has in each of its dims, if it is a copy of views of that: the tensor, and the dims.
fn parts_of(copy: Op<'_>) -> Option<(Op<'_>, Vec<Vec<usize>>)> {
    let order = order_of(copy)?;
    let (mut value, mut views) = (ir::operands(copy)[0], vec![]);
    while let Some(op) = ffi::defining_op(value).filter(|op| ir::name(*op).ends_with("_shape")) {
        views.push(op);
        value = ir::operands(op)[0];
    }
    let result = ffi::defining_op(value).filter(|op| ir::name(*op) == ops::RESULT)?;
    let whole = ffi::shape(ir::type_of(value))?;
    let mut parts: Vec<Vec<usize>> = (0..whole.len()).map(|dim| vec![dim]).collect();
    for view in views.into_iter().rev() {
        let groups = groups(view);
        if ir::name(view) == "tensor.collapse_shape" {
            parts = groups
                .into_iter()
                .map(|group| group.into_iter().flat_map(|dim| parts[dim].clone()).collect())
                .collect();
            continue;
        }
        let shape = ffi::shape(ir::type_of(ir::results(view)[0]))?;
        let mut split = vec![];
        for (group, mut own) in groups.into_iter().zip(parts) {
            let larger = group.iter().filter(|dim| shape[**dim] != Some(1)).count();
            for dim in group {
                let taken = match shape[dim] {
                    Some(1) => 0,
                    _ if larger == 1 => own.len(),
                    Some(size) => {
                        let sizes: Vec<i64> = own.iter().map_while(|part| whole[*part]).collect();
                        (1..=sizes.len()).find(|count| sizes[..*count].iter().product::<i64>() == size)?
                    }
                    None => return None,
                };
                split.push(own.drain(..taken).collect());
            }
            own.is_empty().then_some(())?;
        }
        parts = split;
    }
    let mut placed = vec![vec![]; parts.len()];
    for (part, to) in parts.into_iter().zip(order) {
        placed[to] = part;
    }
    Some((result, placed))
}

/// A tensor with the dims of each of these parts as one, or as a dim of size 1 where a part has none.
fn joined<'c>(b: &Builder<'c>, tensor: Val<'c>, parts: &[Vec<usize>]) -> Val<'c> {
    let mut value = tensor;
    for (at, part) in parts.iter().filter(|part| !part.is_empty()).enumerate() {
        for _ in 1..part.len() {
            value = edit::collapse(b, value, at);
        }
    }
    for at in (0..parts.len()).filter(|at| parts[*at].is_empty()) {
        let rank = ffi::shape(ir::type_of(value)).unwrap_or_default().len();
        value = if at < rank { edit::expand(b, value, at, [1, 0]) } else { edit::expand(b, value, at - 1, [0, 1]) };
    }
    value
}

/// Has a fused op write what a copy makes of its result.
fn write_in_order(copy: Op<'_>) -> Option<()> {
    let (result, parts) = parts_of(copy)?;
    let source = ir::results(result)[0];
    let from: Vec<usize> = parts.concat();
    // Where each dim goes to.
    let order: Vec<usize> =
        (0..from.len()).map(|dim| from.iter().position(|own| *own == dim)).collect::<Option<_>>()?;
    let mapped = ops::parse_result(result).ok()?;
    let moved = |map: &IndexMap| {
        let results = from.iter().map(|dim| map.results[*dim].clone());
        IndexMap { dims: map.dims, results: results.collect() }
    };
    let b = Builder::before(result);
    let shape = ffi::shape(ir::type_of(source))?;
    let ty =
        b.tensor_type(&from.iter().map(|dim| shape[*dim]).collect::<Vec<_>>(), ffi::element_type(ir::type_of(source)));
    let straight = ops::result(&b, ir::operands(result)[0], &moved(&mapped.map), ty);
    let readers = ffi::uses(source);
    ffi::replace_all_uses(ir::results(copy)[0], joined(&b, straight, &parts));
    let mut as_before = None;
    for (op, operand) in readers {
        if op == copy {
            continue;
        }
        if ir::name(op) == "tensor.dim"
            && let Some(dim) = ir::constant(ir::operands(op)[1]).and_then(|dim| order.get(usize::try_from(dim).ok()?))
        {
            ffi::set_operand(op, 0, straight);
            ffi::set_operand(op, 1, b.index(*dim as i64));
            continue;
        }
        let maps = || ir::attr(op, "indexing_maps").and_then(ffi::array_elements).unwrap_or_default();
        let read = match ir::name(op) {
            ops::CAPTURE => ir::attr(op, "map").and_then(IndexMap::from_attr),
            "linalg.generic" => maps().get(operand).copied().and_then(IndexMap::from_attr),
            _ => None,
        };
        let Some(map) = read else {
            ffi::set_operand(op, operand, *as_before.get_or_insert_with(|| ordered(&b, straight, &order)));
            continue;
        };
        let map = moved(&map).to_attr(b.context);
        ffi::set_operand(op, operand, straight);
        if ir::name(op) == ops::CAPTURE {
            ffi::set_attribute(op, "map", map);
        } else {
            let mut maps = maps();
            maps[operand] = map;
            ffi::set_attribute(op, "indexing_maps", b.array_attr(&maps));
        }
    }
    ffi::erase(copy);
    ffi::erase(result);
    Some(())
}

/// A tensor with its dims in another order: `order[dim]` of it is dim `dim`.
fn ordered<'c>(b: &Builder<'c>, tensor: Val<'c>, order: &[usize]) -> Val<'c> {
    let whole = ffi::shape(ir::type_of(tensor)).unwrap_or_default();
    let shape: Vec<_> = order.iter().map(|dim| whole[*dim]).collect();
    let element = ffi::element_type(ir::type_of(tensor));
    let ty = b.tensor_type(&shape, element);
    let sizes = order
        .iter()
        .filter(|dim| whole[**dim].is_none())
        .map(|dim| b.op("tensor.dim").operands(&[tensor, b.index(*dim as i64)]).results(&[b.index_type()]).value());
    let empty = b.op("tensor.empty").operands(&sizes.collect::<Vec<_>>()).results(&[ty]).value();
    let rank = order.len();
    let place = |dim: usize| order.iter().position(|own| *own == dim).unwrap_or_default();
    let read = IndexMap::of_dims(rank, &(0..rank).map(place).collect::<Vec<_>>());
    let written = IndexMap::of_dims(rank, &(0..rank).collect::<Vec<_>>());
    let kinds = vec!["#linalg.iterator_type<parallel>"; rank].join(", ");
    b.op("linalg.generic")
        .operands(&[tensor, empty])
        .results(&[ty])
        .attr("indexing_maps", b.array_attr(&[read.to_attr(b.context), written.to_attr(b.context)]))
        .attr_text("iterator_types", &format!("[{kinds}]"))
        .attr_text("operandSegmentSizes", "array<i32: 1, 1>")
        .region(&[element, element], |b, arguments| {
            b.op("linalg.yield").operands(&arguments[..1]).build();
        })
        .value()
}
