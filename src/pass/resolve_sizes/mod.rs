//! `resolve-sizes`: sizes that are only known at run time, in terms of the sizes of the arguments.
//!
//! Before:  %n = …select, divsi, extui over tensor.dim…; tensor.reshape %x(%shape); cf.assert; a loop that extracts
//!          `%x[select(%n == 1, 0, %i)]`
//! After:   %n = tensor.dim %arg0, %c2; tensor.collapse_shape, tensor.expand_shape; a loop that reads %x
//!
//! Needs: tensors; generics rather than named ops. Leaves: what it cannot decide as it was.
//!
//! Sizes of arguments that must be the same are noted in the function's `attention.equal`, and whoever runs the
//! program checks them first; an assertion that follows from that goes, any other stays. A size that the program
//! would repeat if it were 1 is taken to be the size it is repeated to, and that is noted too.

mod reshape;
mod units;

use super::{PassInfo, PassOptions};
use crate::{
    error::PassError,
    ffi,
    ir::{self, Builder, Element, Op, Type, Val},
    shape::{
        facts::{EQUAL, Facts, Source, Sources},
        poly::Poly,
        repeat::repeated,
    },
};
use melior::ir::{AffineExpr, AffineMap};
use std::collections::HashMap;

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "resolve-sizes",
    summary: "express sizes by the sizes of the arguments, and note which of those must be the same",
    options: &[],
    run,
};

fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    for function in ir::walk_named(module, &["func.func"]) {
        if ir::body(function, 0).is_some() && is_dynamic(function) {
            resolve(function);
        }
    }
    Ok(())
}

/// Whether anything in a function has a size that is only known at run time.
fn is_dynamic(function: Op<'_>) -> bool {
    let open = |value: &Val<'_>| ffi::shape(ir::type_of(*value)).is_some_and(|shape| shape.contains(&None));
    let arguments = ir::body(function, 0).map(ir::arguments).unwrap_or_default();
    arguments.iter().any(open) || ir::walk(function).into_iter().any(|op| ir::results(op).iter().any(open))
}

fn resolve(function: Op<'_>) {
    units::free(function);
    let Some(first) = ir::body(function, 0).and_then(|body| ir::ops(body).into_iter().next()) else { return };
    let start = Builder::before(first);
    let equal = Facts::of(function, Sources { asserts: true, meant: true }).equal();
    if !equal.is_empty() {
        let texts = |list: &Vec<crate::runtime::Expr>| {
            start.array_attr(&list.iter().map(|expr| start.str_attr(&expr.to_string())).collect::<Vec<_>>())
        };
        ffi::set_attribute(function, EQUAL, start.array_attr(&equal.iter().map(texts).collect::<Vec<_>>()));
    }
    // From here on only what is checked before a run counts.
    let facts = Facts::of(function, Sources::default());
    let mut resolver = Resolver { facts, start, known: HashMap::new(), dead: vec![] };
    resolver.numbers();
    let ops = ir::walk(function);
    for op in &ops {
        match ir::name(*op) {
            "linalg.generic" => resolver.repeats(*op),
            "tensor.concat" => known_parts(*op),
            "cf.assert" if resolver.facts.condition(ir::operands(*op)[0]) == Some(true) => resolver.dead.push(*op),
            _ => {}
        }
    }
    for op in &ops {
        match ir::name(*op) {
            "tensor.reshape" => resolver.reshape(*op),
            "linalg.generic" => resolver.gather(*op),
            _ => resolver.scalars(*op),
        }
    }
    for op in resolver.dead {
        ffi::erase(op);
    }
}

/// Parts of a concatenation whose sizes a cast forgets are joined as they are.
fn known_parts(op: Op<'_>) {
    let open =
        |value: Val<'_>| ffi::shape(ir::type_of(value)).unwrap_or_default().into_iter().filter(Option::is_none).count();
    for (at, part) in ir::operands(op).into_iter().enumerate() {
        let cast = ffi::defining_op(part).filter(|op| ir::name(*op) == "tensor.cast");
        if let Some(source) = cast.map(|cast| ir::operands(cast)[0])
            && open(source) < open(part)
        {
            ffi::set_operand(op, at, source);
        }
    }
}

struct Resolver<'c> {
    facts: Facts<'c>,
    /// The start of the function.
    start: Builder<'c>,
    known: HashMap<(Poly, String), Val<'c>>,
    /// Erased at the end: until then, an address is one operation.
    dead: Vec<Op<'c>>,
}

impl<'c> Resolver<'c> {
    /// A polynomial over sizes of arguments as a value.
    fn value(&mut self, poly: &Poly, ty: Type<'c>) -> Option<Val<'c>> {
        let key = (poly.clone(), ty.to_string());
        if let Some(known) = self.known.get(&key) {
            return Some(*known);
        }
        let b = self.start;
        let value = if ty != b.index_type() {
            let index = self.value(poly, b.index_type())?;
            match poly.as_constant() {
                Some(number) => b.int(number, ty),
                None => b.cast("arith.index_cast", index, ty),
            }
        } else {
            let mut sum: Option<Val<'c>> = None;
            for (symbols, coefficient) in poly.terms().map(|(symbols, c)| (symbols.to_vec(), c)).collect::<Vec<_>>() {
                let mut term: Option<Val<'c>> = None;
                for symbol in symbols {
                    let Source::Dim(tensor, dim) = self.facts.sources[symbol as usize] else { return None };
                    self.facts.arguments.contains(&tensor).then_some(())?;
                    let dim = b.index(dim as i64);
                    let size = b.op("tensor.dim").operands(&[tensor, dim]).results(&[ty]).value();
                    term = Some(term.map_or(size, |term| b.binary("arith.muli", term, size)));
                }
                let factor = (coefficient != 1 || term.is_none()).then(|| b.index(coefficient));
                let term = match (term, factor) {
                    (Some(term), Some(factor)) => b.binary("arith.muli", term, factor),
                    (term, factor) => term.or(factor)?,
                };
                sum = Some(sum.map_or(term, |sum| b.binary("arith.addi", sum, term)));
            }
            sum.unwrap_or_else(|| b.index(0))
        };
        self.known.insert(key, value);
        Some(value)
    }

    /// Arguments whose sizes turn out to be numbers get them in their types, for `canonicalize` to carry on.
    fn numbers(&mut self) {
        for argument in self.facts.arguments.clone() {
            let shape = ffi::shape(ir::type_of(argument)).unwrap_or_default();
            let sizes: Vec<Option<i64>> = self.facts.sizes(argument).iter().map(Poly::as_constant).collect();
            if sizes != shape {
                let uses = ffi::uses(argument);
                let ty = self.start.tensor_type(&sizes, ffi::element_type(ir::type_of(argument)));
                let cast = self.start.cast("tensor.cast", argument, ty);
                // What joins or splits dims has its sizes in its own type too.
                let bare = |user: &Op<'c>| ir::name(*user).starts_with("linalg.") || ir::name(*user) == "tensor.dim";
                for (user, operand) in uses.into_iter().filter(|(user, _)| bare(user)) {
                    ffi::set_operand(user, operand, cast);
                }
            }
        }
    }

    /// Indices `select(size == 1, 0, i)` that are `i`, because that size is the loop's.
    fn repeats(&mut self, op: Op<'c>) {
        for repeat in repeated(op) {
            let own = self.facts.size(repeat.source, repeat.dim);
            if self.facts.is_repeat(&repeat) && self.facts.extent(op, repeat.at) == Some(own) {
                ffi::set_operand(repeat.extract, 1 + repeat.dim, repeat.index);
            }
        }
    }

    /// A loop that does nothing but extract one element is a read through a map.
    fn gather(&mut self, op: Op<'c>) {
        let (operands, results) = (ir::operands(op), ir::results(op));
        let Some(ops) = ir::body(op, 0).map(ir::ops) else { return };
        let Some(extract) = ops.iter().copied().find(|op| ir::name(*op) == "tensor.extract") else { return };
        let yields = ops.last().map(|last| ir::operands(*last)).unwrap_or_default();
        if operands.len() != 1
            || yields != ir::results(extract)
            || ffi::defining_op(ir::operands(extract)[0]) == Some(op)
        {
            return;
        }
        let Some(out) = ir::attr(op, "indexing_maps").and_then(ffi::array_elements) else { return };
        let Some(out) = out.first().and_then(|map| ffi::affine_map(*map)) else { return };
        let b = Builder::before(op);
        let mut places = vec![];
        for index in &ir::operands(extract)[1..] {
            let maker = ffi::defining_op(*index);
            let attr = |name| ir::attr(maker?, name).and_then(ir::int_attr);
            places.push(match maker.map(ir::name) {
                Some("linalg.index") => AffineExpr::dim(b.context, attr("dim").unwrap_or(0) as usize),
                Some("arith.constant") if attr("value") == Some(0) => AffineExpr::constant(b.context, 0),
                _ => return,
            });
        }
        let map = AffineMap::new(b.context, out.dim_count(), 0, &places);
        let Some(kinds) = ir::attr(op, "iterator_types") else { return };
        let element = ffi::element_type(ir::type_of(results[0]));
        let read = b
            .op("linalg.generic")
            .operands(&[ir::operands(extract)[0], operands[0]])
            .results(&[ir::type_of(results[0])])
            .attr("indexing_maps", b.maps_attr(&[map, out]))
            .attr("iterator_types", kinds)
            .attr_text("operandSegmentSizes", "array<i32: 1, 1>")
            .region(&[element, element], |b, arguments| {
                b.op("linalg.yield").operands(&arguments[..1]).build();
            })
            .build();
        ffi::replace_all_uses(results[0], ir::results(read)[0]);
        self.dead.push(op);
    }

    /// Integers and conditions that are functions of the arguments' sizes.
    fn scalars(&mut self, op: Op<'c>) {
        if matches!(ir::name(op), "arith.constant" | "linalg.index") {
            return;
        }
        for result in ir::results(op) {
            let ty = ir::type_of(result);
            let new = match Element::of(ty) {
                Some(Element::BOOL) => match self.facts.condition(result) {
                    Some(yes) => Some(self.start.constant(if yes { "true" } else { "false" }, ty)),
                    None => None,
                },
                Some(Element::Index | Element::Int(64)) => match self.facts.scalar(result) {
                    Some(poly) => self.value(&poly, ty),
                    None => None,
                },
                _ => None,
            };
            if let Some(new) = new.filter(|new| *new != result) {
                ffi::replace_all_uses(result, new);
            }
        }
    }
}
