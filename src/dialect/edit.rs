//! Changing a fused op: the same regions over other iteration dims, captures and results.
//!
//! An op is never changed in place. [`copy`] clones it with a new header and new captures; what is renumbered inside
//! and what the results become is the caller's, with the helpers here.

use super::{
    linear::{IndexMap, Linear},
    ops::{self, Fused, Header},
};
use crate::{
    ffi,
    ir::{self, Attr, Builder, Op, Val},
    pass::bound::{ENDS, RANGE},
};
use melior::ir::{AffineExpr, AffineMap};

/// Where the iteration dims of an op go: a number in the new op for each, or nowhere.
#[derive(Clone, Debug)]
pub struct Renumbering {
    pub to: Vec<Option<usize>>,
    /// Dims of the new op.
    pub count: usize,
}

impl Renumbering {
    /// Keeps `dims` dims as they are and appends one.
    pub fn appending(dims: usize) -> Self {
        Self { to: (0..dims).map(Some).collect(), count: dims + 1 }
    }

    /// Removes one of `dims` dims.
    pub fn without(dims: usize, removed: usize) -> Self {
        let to = (0..dims).map(|dim| (dim != removed).then(|| dim - usize::from(dim > removed))).collect();
        Self { to, count: dims - 1 }
    }

    /// The expression over the new dims. What is removed must not occur.
    pub fn linear(&self, linear: &Linear) -> Linear {
        let mut new = Linear::constant(self.count, linear.constant);
        for dim in linear.dims() {
            if let Some(to) = self.to[dim] {
                new.factors[to] += linear.factors[dim];
            }
        }
        new
    }

    /// The map over the new dims. What is removed must not occur.
    pub fn map(&self, map: &IndexMap) -> IndexMap {
        IndexMap { dims: self.count, results: map.results.iter().map(|linear| self.linear(linear)).collect() }
    }
}

/// Clones an op at the builder with other attributes and captures, one per operand. Its results have no users yet.
pub fn copy<'c>(b: &Builder<'c>, fused: &Fused<'c>, header: &Header, captures: &[(Val<'c>, IndexMap)]) -> Op<'c> {
    let captured: Vec<_> = captures.iter().map(|(tensor, map)| ops::capture(b, *tensor, map)).collect();
    let op = b.clone_op(fused.op, |value| value);
    for (index, capture) in captured.into_iter().enumerate() {
        ffi::set_operand(op, index, capture);
    }
    for (name, attribute) in ops::header_attrs(b, header) {
        ffi::set_attribute(op, name, attribute);
    }
    op
}

/// Renumbers the dims that the regions of an op name. Indices of dims that go nowhere are left to the caller.
pub fn renumber_regions(b: &Builder<'_>, op: Op<'_>, renumbering: &Renumbering) {
    let to = |dim: usize| renumbering.to.get(dim).copied().flatten();
    for inner in ir::walk(op) {
        match ir::name(inner) {
            ops::INDEX => {
                if let Some(dim) = ops::index_dim(inner).and_then(to) {
                    ffi::set_attribute(inner, "dim", b.i64_attr(dim as i64));
                }
            }
            ops::REDUCE => {
                if let Some((_, dims)) = ops::reduce_parts(inner) {
                    let dims: Vec<_> = dims.into_iter().filter_map(to).map(|dim| dim as i64).collect();
                    ffi::set_attribute(inner, "dims", b.i64s_attr(&dims));
                }
            }
            _ => {}
        }
    }
}

/// Rewrites the key range of an op, if it has one: `dim` gives the expression in the new op (whose dims number
/// `count`) that stands for each dim of the old one, the last query of a tile included, which comes after its dims. It is
/// told whether the largest of several coordinates would keep the range wide (for its outer ends) or safe (for its inner
/// ones), or the smallest.
///
/// `None` when an end is malformed.
pub fn rewrite_range<'c>(
    b: &Builder<'c>,
    op: Op<'c>,
    count: usize,
    dim: &dyn Fn(usize, bool) -> AffineExpr<'c>,
) -> Option<()> {
    let Some(range) = ir::attr(op, RANGE) else { return Some(()) };
    let mut entries = vec![];
    for name in ENDS {
        if let Some(end) = ffi::dictionary_get(range, name) {
            let up = matches!(name, "high" | "clear_low");
            entries.push(format!("{name} = {}", Rewrite { b, count, dim }.end(end, up)?));
        }
    }
    ffi::set_attribute(op, RANGE, b.attr(&format!("{{{}}}", entries.join(", "))));
    Some(())
}

/// The ends of a range over other dims.
struct Rewrite<'b, 'c> {
    b: &'b Builder<'c>,
    count: usize,
    dim: &'b dyn Fn(usize, bool) -> AffineExpr<'c>,
}

impl<'c> Rewrite<'_, 'c> {
    fn end(&self, end: Attr<'c>, up: bool) -> Option<Attr<'c>> {
        let mut parts = ffi::array_elements(end)?;
        let Some(head) = parts.first().copied() else { return Some(end) };
        if ir::string_attr(head).is_some() {
            for part in &mut parts[1..] {
                *part = self.end(*part, up)?;
            }
        } else {
            let map = ffi::affine_map(head)?;
            let expr = self.substitute(map.result(0).ok()?, up)?;
            let map = AffineMap::new(self.b.context, self.count + 1, map.symbol_count(), &[expr]);
            parts[0] = ffi::affine_map_attr(map);
        }
        Some(self.b.array_attr(&parts))
    }

    /// The expression with its dims replaced; `up` where it is to be large.
    fn substitute(&self, expr: AffineExpr<'c>, up: bool) -> Option<AffineExpr<'c>> {
        let context = self.b.context;
        match () {
            () if expr.is_dim() => Some((self.dim)(expr.dim_position(), up)),
            () if expr.is_symbol() => Some(AffineExpr::symbol(context, expr.symbol_position())),
            () if expr.is_constant() => Some(AffineExpr::constant(context, expr.constant_value())),
            () if expr.is_add() => Some(self.substitute(expr.lhs(), up)? + self.substitute(expr.rhs(), up)?),
            () if !expr.rhs().is_constant() => None,
            () if expr.is_mul() => {
                let up = up == (expr.rhs().constant_value() >= 0);
                Some(self.substitute(expr.lhs(), up)? * AffineExpr::constant(context, expr.rhs().constant_value()))
            }
            () if expr.is_floor_div() => {
                let by = AffineExpr::constant(context, expr.rhs().constant_value());
                Some(AffineExpr::floor_div(self.substitute(expr.lhs(), up)?, by))
            }
            () => None,
        }
    }
}

/// The tensor with its dims `at` and `at + 1` as one.
pub fn collapse<'c>(b: &Builder<'c>, tensor: Val<'c>, at: usize) -> Val<'c> {
    let mut shape = ffi::shape(ir::type_of(tensor)).unwrap_or_default();
    let groups = pairs(shape.len(), at);
    if shape.len() == 1 {
        shape.clear();
    } else {
        let second = shape.remove(at + 1);
        shape[at] = shape[at].zip(second).map(|(first, second)| first * second);
    }
    let ty = b.tensor_type(&shape, ffi::element_type(ir::type_of(tensor)));
    b.op("tensor.collapse_shape").operands(&[tensor]).results(&[ty]).attr_text("reassociation", &groups).value()
}

/// The tensor with its dim `at`, of static size, as two of these sizes; of rank 0, with a dim of size one.
pub fn expand<'c>(b: &Builder<'c>, tensor: Val<'c>, at: usize, sizes: [i64; 2]) -> Val<'c> {
    let mut shape = ffi::shape(ir::type_of(tensor)).unwrap_or_default();
    if shape.is_empty() {
        shape.push(Some(1));
    } else {
        // A unit dim beside a dynamic one leaves that as it is.
        let parts = match sizes {
            [1, _] => [Some(1), shape[at]],
            [_, 1] => [shape[at], Some(1)],
            sizes => sizes.map(Some),
        };
        shape.splice(at..=at, parts);
    }
    let groups = pairs(shape.len(), at);
    let mut dynamic = vec![];
    for (dim, size) in shape.iter().enumerate() {
        if size.is_none() {
            let old = dim - usize::from(dim > at);
            dynamic
                .push(b.op("tensor.dim").operands(&[tensor, b.index(old as i64)]).results(&[b.index_type()]).value());
        }
    }
    let numbers: Vec<_> = shape.iter().map(|size| size.unwrap_or(ops::DYNAMIC)).collect();
    let ty = b.tensor_type(&shape, ffi::element_type(ir::type_of(tensor)));
    b.op("tensor.expand_shape")
        .operands(&[tensor])
        .operands(&dynamic)
        .results(&[ty])
        .attr_text("reassociation", &groups)
        .attr("static_output_shape", b.i64s_attr(&numbers))
        .value()
}

/// The reassociation that joins dims `at` and `at + 1` of `rank`.
fn pairs(rank: usize, at: usize) -> String {
    if rank < 2 {
        return "[]".into();
    }
    let groups = (0..rank)
        .filter(|dim| *dim != at + 1)
        .map(|dim| if dim == at { format!("[{dim} : i64, {} : i64]", dim + 1) } else { format!("[{dim} : i64]") });
    format!("[{}]", groups.collect::<Vec<_>>().join(", "))
}
