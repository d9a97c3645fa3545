//! Which sizes of a function's arguments must be the same.
//!
//! With dynamic shapes a program may read `k` and `v` with one loop and yet take them with different lengths;
//! nothing in the type says that they agree. Two dims are the same when one loop dim indexes both, in linalg or
//! in a fused op; a dim is a number when its class holds a static one. Callers check this before they run.

use crate::{
    dialect::ops,
    ffi,
    ir::{self, Op, Val},
    runtime::Expr,
};
use std::collections::HashMap;

/// Lists of equal sizes over a function's arguments, each with two entries or more: `[arg1.0, arg2.0]`, or
/// `[64, arg0.1]` where the size is known.
pub fn equal_sizes(function: Op<'_>) -> Vec<Vec<Expr>> {
    let Some(body) = ir::body(function, 0) else { return vec![] };
    let mut classes = Classes::default();
    for op in ir::ops(body) {
        classes.visit(op);
    }
    let mut lists: Vec<(usize, Vec<Expr>)> = vec![];
    for (number, argument) in ir::arguments(body).into_iter().enumerate() {
        for (dim, size) in ffi::shape(ir::type_of(argument)).unwrap_or_default().into_iter().enumerate() {
            if size.is_some() {
                continue; // the type says it
            }
            let node = classes.node(argument, dim);
            let root = classes.root(node);
            let name = Expr::dim(format!("arg{number}"), dim);
            match lists.iter_mut().find(|(other, _)| *other == root) {
                Some((_, list)) => list.push(name),
                None => {
                    let known = classes.sizes.get(&root).map(|size| Expr::Int(*size));
                    lists.push((root, known.into_iter().chain([name]).collect()));
                }
            }
        }
    }
    lists.into_iter().map(|(_, list)| list).filter(|list| list.len() > 1).collect()
}

/// Union-find over (value, dim).
#[derive(Default)]
struct Classes {
    nodes: HashMap<(usize, usize), usize>,
    parents: Vec<usize>,
    /// The static size of a class, by root.
    sizes: HashMap<usize, i64>,
}

impl Classes {
    fn node(&mut self, value: Val<'_>, dim: usize) -> usize {
        let next = self.parents.len();
        let node = *self.nodes.entry((ffi::value_key(value), dim)).or_insert(next);
        if node == next {
            self.parents.push(next);
            if let Some(Some(size)) = ffi::shape(ir::type_of(value)).unwrap_or_default().get(dim) {
                self.sizes.insert(next, *size);
            }
        }
        node
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.parents[node] != node {
            self.parents[node] = self.parents[self.parents[node]];
            node = self.parents[node];
        }
        node
    }

    fn same(&mut self, left: (Val<'_>, usize), right: (Val<'_>, usize)) {
        let (left, right) = (self.node(left.0, left.1), self.node(right.0, right.1));
        let (left, right) = (self.root(left), self.root(right));
        if left == right {
            return;
        }
        self.parents[right] = left;
        if let Some(size) = self.sizes.remove(&right) {
            self.sizes.entry(left).or_insert(size);
        }
    }

    fn same_shape(&mut self, left: Val<'_>, right: Val<'_>) {
        let rank = |value| ffi::shape(ir::type_of(value)).map_or(0, |shape| shape.len());
        for dim in 0..rank(left).min(rank(right)) {
            self.same((left, dim), (right, dim));
        }
    }

    fn visit(&mut self, op: Op<'_>) {
        match ir::name(op) {
            "linalg.generic" => self.visit_generic(op),
            ops::FUSED => self.visit_fused(op),
            "linalg.fill" => {
                if let ([_, init], [result]) = (&ir::operands(op)[..], &ir::results(op)[..]) {
                    self.same_shape(*init, *result);
                }
            }
            "tensor.cast" => {
                if let ([source], [result]) = (&ir::operands(op)[..], &ir::results(op)[..]) {
                    self.same_shape(*source, *result);
                }
            }
            "tensor.empty" => self.visit_empty(op),
            "tensor.collapse_shape" | "tensor.expand_shape" => self.visit_reshape(op),
            _ => {}
        }
    }

    fn visit_generic(&mut self, op: Op<'_>) {
        let (operands, results) = (ir::operands(op), ir::results(op));
        let maps = ir::attr(op, "indexing_maps").and_then(ffi::array_elements).unwrap_or_default();
        let mut loops: HashMap<usize, (Val<'_>, usize)> = HashMap::new();
        for (operand, map) in operands.iter().zip(maps) {
            let Some(map) = ffi::affine_map(map) else { continue };
            for (dim, loop_dim) in plain_dims(map) {
                match loops.get(&loop_dim) {
                    Some(first) => self.same(*first, (*operand, dim)),
                    None => _ = loops.insert(loop_dim, (*operand, dim)),
                }
            }
        }
        let inits = operands.len().saturating_sub(results.len());
        for (init, result) in operands[inits..].iter().zip(&results) {
            self.same_shape(*init, *result);
        }
    }

    fn visit_fused(&mut self, op: Op<'_>) {
        let Ok(fused) = ops::Fused::parse(op) else { return };
        let mut loops: HashMap<usize, (Val<'_>, usize)> = HashMap::new();
        for mapped in fused.captures.iter().chain(&fused.results) {
            for (dim, linear) in mapped.map.results.iter().enumerate() {
                let Some(loop_dim) = linear.as_dim() else { continue };
                match loops.get(&loop_dim) {
                    Some(first) => self.same(*first, (mapped.tensor, dim)),
                    None => _ = loops.insert(loop_dim, (mapped.tensor, dim)),
                }
            }
        }
    }

    /// `tensor.empty(%n)` where `%n` is `tensor.dim %source, %constant`.
    fn visit_empty(&mut self, op: Op<'_>) {
        let Some(result) = ir::results(op).first().copied() else { return };
        let shape = ffi::shape(ir::type_of(result)).unwrap_or_default();
        let dynamic = shape.iter().enumerate().filter(|(_, size)| size.is_none()).map(|(dim, _)| dim);
        for (dim, size) in dynamic.zip(ir::operands(op)) {
            if let Some(source) = dim_of(size) {
                self.same(source, (result, dim));
            }
        }
    }

    /// Groups of one dim keep it.
    fn visit_reshape(&mut self, op: Op<'_>) {
        let (Some(source), Some(result)) = (ir::operands(op).first().copied(), ir::results(op).first().copied()) else {
            return;
        };
        let (many, few) = if ir::name(op) == "tensor.collapse_shape" { (source, result) } else { (result, source) };
        let groups = ir::attr(op, "reassociation").and_then(ffi::array_elements).unwrap_or_default();
        for (group, dims) in groups.into_iter().enumerate() {
            if let Some([dim]) = ffi::array_elements(dims).as_deref()
                && let Some(dim) = ir::int_attr(*dim).and_then(|dim| usize::try_from(dim).ok())
            {
                self.same((many, dim), (few, group));
            }
        }
    }
}

/// The results of a map that are plain dims, as (result, dim).
fn plain_dims(map: melior::ir::AffineMap<'_>) -> Vec<(usize, usize)> {
    crate::dialect::linear::IndexMap::from_map(map)
        .map(|map| map.results.iter().enumerate().filter_map(|(at, linear)| Some((at, linear.as_dim()?))).collect())
        .unwrap_or_default()
}

/// The tensor and dim that a `tensor.dim` with a constant index asks for.
fn dim_of<'c>(size: Val<'c>) -> Option<(Val<'c>, usize)> {
    let op = ffi::defining_op(size).filter(|op| ir::name(*op) == "tensor.dim")?;
    let [source, index] = ir::operands(op)[..] else { return None };
    let constant = ffi::defining_op(index).filter(|op| ir::name(*op) == "arith.constant")?;
    let index = ir::attr(constant, "value").and_then(ir::int_attr)?;
    Some((source, usize::try_from(index).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cli::front::functions, driver::Session};

    #[test]
    fn sizes_that_one_loop_reads_are_the_same() {
        let session = Session::new();
        let text = include_str!("../tests/cli_run/programs/attention.mlir");
        let module = session.parse("attention.mlir", text).expect("parses");
        let functions = functions(ffi::op(&module.as_operation()));
        let lists: Vec<_> = equal_sizes(functions[0].1)
            .iter()
            .map(|list| list.iter().map(ToString::to_string).collect::<Vec<_>>().join(" = "))
            .collect();
        assert_eq!(lists, ["arg1.0 = arg2.0"]);
    }
}
