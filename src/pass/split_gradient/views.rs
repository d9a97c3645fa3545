//! Views between what a fused op gives and a result of the function.

use crate::{
    dialect::{linear::IndexMap, ops},
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

/// Takes the place of a copy of a fused op's result with its dims in another order.
fn write_in_order(copy: Op<'_>) -> Option<()> {
    let order = order_of(copy)?;
    let source = ir::operands(copy)[0];
    let result = ffi::defining_op(source).filter(|op| ir::name(*op) == ops::RESULT)?;
    let mapped = ops::parse_result(result).ok()?;
    let moved = |map: &IndexMap| {
        let mut results = map.results.clone();
        for (from, to) in order.iter().enumerate() {
            results[*to] = map.results[from].clone();
        }
        IndexMap { dims: map.dims, results }
    };
    // Where each reader has its map of the tensor.
    let (mut readers, mut sizes) = (vec![], vec![]);
    for (op, operand) in ffi::uses(source).into_iter().filter(|(op, _)| *op != copy) {
        if ir::name(op) == "tensor.dim" {
            let dim = usize::try_from(ir::constant(ir::operands(op)[1])?).ok()?;
            sizes.push((op, *order.get(dim)?));
            continue;
        }
        let map = match ir::name(op) {
            ops::CAPTURE => IndexMap::from_attr(ir::attr(op, "map")?)?,
            "linalg.generic" => {
                IndexMap::from_attr(*ffi::array_elements(ir::attr(op, "indexing_maps")?)?.get(operand)?)?
            }
            _ => return None,
        };
        readers.push((op, operand, moved(&map)));
    }
    let b = Builder::before(result);
    let ty = ir::type_of(ir::results(copy)[0]);
    let straight = ops::result(&b, ir::operands(result)[0], &moved(&mapped.map), ty);
    for (op, dim) in sizes {
        ffi::set_operand(op, 0, straight);
        ffi::set_operand(op, 1, b.index(dim as i64));
    }
    for (op, operand, map) in readers {
        let map = map.to_attr(b.context);
        ffi::set_operand(op, operand, straight);
        if ir::name(op) == ops::CAPTURE {
            ffi::set_attribute(op, "map", map);
        } else {
            let mut maps = ffi::array_elements(ir::attr(op, "indexing_maps")?)?;
            maps[operand] = map;
            ffi::set_attribute(op, "indexing_maps", b.array_attr(&maps));
        }
    }
    ffi::replace_all_uses(ir::results(copy)[0], straight);
    ffi::erase(copy);
    ffi::erase(result);
    Some(())
}
