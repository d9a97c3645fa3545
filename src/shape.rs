//! Which sizes of a function's arguments must be the same, and which of them its results have.
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

/// How the sizes of a function's arguments and results hang together.
#[derive(Clone, Debug, Default)]
pub struct Sizes {
    /// Lists of equal sizes over the arguments, each with two entries or more: `[arg1.0, arg2.0]`, or
    /// `[64, arg0.1]` where the size is known.
    pub equal: Vec<Vec<Expr>>,
    /// The shape of each result. A size that follows from no argument is the fact `dynamic`.
    pub results: Vec<Vec<Expr>>,
}

impl Sizes {
    /// Reads a function on tensors.
    pub fn of(function: Op<'_>) -> Self {
        let Some(body) = ir::body(function, 0) else { return Self::default() };
        let mut classes = Classes::default();
        for op in ir::ops(body) {
            classes.visit(op);
        }
        // One list per class that holds a dynamic dim of an argument; what comes first stands for the rest.
        let mut lists: Vec<(usize, Vec<Expr>)> = vec![];
        for (number, argument) in ir::arguments(body).into_iter().enumerate() {
            for dim in dynamic_dims(argument) {
                let root = classes.root_of(argument, dim);
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
        let returned = ir::ops(body).last().map(|op| ir::operands(*op)).unwrap_or_default();
        let size = |classes: &mut Classes, value, (dim, size): (usize, Option<i64>)| match size {
            Some(size) => Expr::Int(size),
            None => {
                let root = classes.root_of(value, dim);
                let same = lists.iter().find(|(other, _)| *other == root).and_then(|(_, list)| list.first().cloned());
                same.unwrap_or_else(|| Expr::Fact("dynamic".into()))
            }
        };
        let results = returned.into_iter().map(|value| {
            let shape = ffi::shape(ir::type_of(value)).unwrap_or_default();
            shape.into_iter().enumerate().map(|dim| size(&mut classes, value, dim)).collect()
        });
        let results = results.collect();
        Self { equal: lists.into_iter().map(|(_, list)| list).filter(|list| list.len() > 1).collect(), results }
    }
}

/// The dims whose size is not in the type.
fn dynamic_dims(value: Val<'_>) -> Vec<usize> {
    let shape = ffi::shape(ir::type_of(value)).unwrap_or_default();
    shape.iter().enumerate().filter(|(_, size)| size.is_none()).map(|(dim, _)| dim).collect()
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

    fn root_of(&mut self, value: Val<'_>, dim: usize) -> usize {
        let node = self.node(value, dim);
        self.root(node)
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
        for (dim, size) in dynamic_dims(result).into_iter().zip(ir::operands(op)) {
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
        let sizes = Sizes::of(functions[0].1);
        let text = |list: &Vec<Expr>| list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        assert_eq!(sizes.equal.iter().map(text).collect::<Vec<_>>(), ["arg1.0, arg2.0"]);
        assert_eq!(sizes.results.iter().map(text).collect::<Vec<_>>(), ["arg0.0, 4"]);
    }
}
