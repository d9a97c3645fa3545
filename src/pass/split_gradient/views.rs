//! Views between what a fused op gives and a result of the function.

use crate::{
    dialect::{linear::IndexMap, ops},
    ffi,
    ir::{self, Blk, Builder, Op, Val},
    pass::{
        tile::emit::{self, Ix},
        tile_contractions::operand::expanded,
    },
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

/// Takes the place of a copy of a fused op's result with its dims in another order, also of the result with dims of size one.
fn write_in_order(copy: Op<'_>) -> Option<()> {
    let order = order_of(copy)?;
    let source = ir::operands(copy)[0];
    let made = ffi::defining_op(source)?;
    let shape = |value: Val<'_>| ffi::shape(ir::type_of(value)).unwrap_or_default();
    let (from, to) = (shape(source), shape(ir::results(copy)[0]));
    if !order.iter().zip(&from).all(|(place, size)| to.get(*place) == Some(size)) {
        return None;
    }
    if ir::name(made) == ops::RESULT {
        let (straight, b) = straight(made, &order)?;
        read_in_order(source, copy, &order)?.point_to(&b, straight);
        ffi::replace_all_uses(ir::results(copy)[0], straight);
        ffi::erase(copy);
        ffi::erase(made);
        return Some(());
    }
    let kept = kept_of_units(made)?;
    let result = ffi::defining_op(ir::operands(made)[0]).filter(|op| ir::name(*op) == ops::RESULT)?;
    if !kept.iter().zip(shape(ir::operands(made)[0])).all(|(dim, size)| from[*dim] == size) {
        return None;
    }
    // Which dims of the copy the dims of the result are, and their order there.
    let places: Vec<_> = kept.iter().map(|dim| order[*dim]).collect();
    let inner: Vec<_> = places.iter().map(|at| places.iter().filter(|other| *other < at).count()).collect();
    let own = read_in_order(ir::operands(made)[0], made, &inner)?;
    let seen = read_in_order(source, copy, &order)?;
    let (straight, b) = straight(result, &inner)?;
    let rank = order.len();
    let mut ends: Vec<_> = places.clone();
    ends.sort_unstable();
    let groups = (0..ends.len()).map(|at| {
        let first = if at == 0 { 0 } else { ends[at - 1] + 1 };
        (first..if at + 1 == ends.len() { rank } else { ends[at] + 1 }).collect()
    });
    let groups: Vec<Vec<usize>> = groups.collect();
    let of = |dim: usize| ends.iter().position(|end| *end == dim);
    let sizes = (0..rank).map(|dim| of(dim).map_or(Ix::Known(1), |number| emit::size_of(&b, straight, number)));
    let sizes: Vec<_> = sizes.collect();
    let expanded = expanded(&b, straight, &groups, &sizes);
    own.point_to(&b, straight);
    seen.point_to(&b, expanded);
    ffi::replace_all_uses(ir::results(copy)[0], expanded);
    ffi::erase(copy);
    ffi::erase(made);
    ffi::erase(result);
    Some(())
}

/// Of a reshape that only adds dims of size one, the dims that are not those.
fn kept_of_units(op: Op<'_>) -> Option<Vec<usize>> {
    if ir::name(op) != "tensor.expand_shape" {
        return None;
    }
    let shape = ffi::shape(ir::type_of(ir::results(op)[0]))?;
    let kept = |group: &Vec<usize>| {
        let mut large = group.iter().filter(|dim| shape[**dim] != Some(1));
        let found = large.next().or(group.first()).copied();
        if large.next().is_some() { None } else { found }
    };
    groups(op).iter().map(kept).collect()
}

/// A fused op's result with its dims in another order, and what builds behind it.
fn straight<'c>(result: Op<'c>, order: &[usize]) -> Option<(Val<'c>, Builder<'c>)> {
    let mapped = ops::parse_result(result).ok()?;
    let ty = ir::type_of(mapped.tensor);
    let mut shape = ffi::shape(ty)?;
    for (from, size) in ffi::shape(ty)?.into_iter().enumerate() {
        shape[order[from]] = size;
    }
    let b = Builder::before(result);
    let ty = b.tensor_type(&shape, ffi::element_type(ty));
    Some((ops::result(&b, ir::operands(result)[0], &moved(&mapped.map, order), ty), b))
}

/// A map of a tensor whose dims come in another order.
fn moved(map: &IndexMap, order: &[usize]) -> IndexMap {
    let mut results = map.results.clone();
    for (from, to) in order.iter().enumerate() {
        results[*to] = map.results[from].clone();
    }
    IndexMap { dims: map.dims, results }
}

/// What reads a tensor, as it reads it with the dims in another order.
struct Readers<'c> {
    maps: Vec<(Op<'c>, usize, IndexMap)>,
    sizes: Vec<(Op<'c>, usize)>,
}

/// The readers of a tensor, but for one; `None` where one cannot be told another order.
fn read_in_order<'c>(value: Val<'c>, but: Op<'c>, order: &[usize]) -> Option<Readers<'c>> {
    let mut readers = Readers { maps: vec![], sizes: vec![] };
    for (op, operand) in ffi::uses(value).into_iter().filter(|(op, _)| *op != but) {
        if ir::name(op) == "tensor.dim" {
            let dim = usize::try_from(ir::constant(ir::operands(op)[1])?).ok()?;
            readers.sizes.push((op, *order.get(dim)?));
            continue;
        }
        let map = match ir::name(op) {
            ops::CAPTURE => IndexMap::from_attr(ir::attr(op, "map")?)?,
            "linalg.generic" => {
                IndexMap::from_attr(*ffi::array_elements(ir::attr(op, "indexing_maps")?)?.get(operand)?)?
            }
            _ => return None,
        };
        readers.maps.push((op, operand, moved(&map, order)));
    }
    Some(readers)
}

impl<'c> Readers<'c> {
    /// Lets them read a tensor in that order.
    fn point_to(self, b: &Builder<'c>, value: Val<'c>) {
        for (op, dim) in self.sizes {
            ffi::set_operand(op, 0, value);
            ffi::set_operand(op, 1, b.index(dim as i64));
        }
        for (op, operand, map) in self.maps {
            let map = map.to_attr(b.context);
            ffi::set_operand(op, operand, value);
            if ir::name(op) == ops::CAPTURE {
                ffi::set_attribute(op, "map", map);
            } else if let Some(mut maps) = ir::attr(op, "indexing_maps").and_then(ffi::array_elements) {
                maps[operand] = map;
                ffi::set_attribute(op, "indexing_maps", b.array_attr(&maps));
            }
        }
    }
}
