//! Which sizes of a function are the same, whatever the arguments are.
//!
//! Every size that is only known at run time is a symbol, and what the function computes with sizes is a polynomial
//! over symbols ([`Poly`]). Two sizes become the same where the program cannot go on otherwise: one loop of a linalg
//! op reads both, or an assertion compares them.

use super::{
    poly::{Poly, Symbol},
    repeat::{Repeat, repeated},
};
use crate::{
    dialect::{linear::IndexMap, ops},
    ffi,
    ir::{self, Builder, Op, Val},
    runtime::Expr,
};
use std::collections::HashMap;

/// The attribute of a function that lists sizes of its arguments that must be the same, as shape expressions.
pub const EQUAL: &str = "attention.equal";

/// Where facts may come from besides loops.
#[derive(Clone, Copy, Default, Debug)]
pub struct Sources {
    /// `cf.assert` of an equality.
    pub asserts: bool,
    /// What a frontend means and does not say: a size that may be 1 and is then repeated is taken to be the size it is
    /// repeated to (see [`repeated`]), and the sizes of a reshape to be the same one by one.
    pub meant: bool,
}

/// What a symbol stands for.
#[derive(Clone, Copy, Debug)]
pub enum Source<'c> {
    /// A dim of a tensor.
    Dim(Val<'c>, usize),
    /// A value of type index that some tensor is made with.
    Index(Val<'c>),
}

/// The sizes of one function.
pub struct Facts<'c> {
    pub arguments: Vec<Val<'c>>,
    pub sources: Vec<Source<'c>>,
    pub(super) symbols: HashMap<(usize, usize), Symbol>,
    /// What a symbol turned out to be.
    bound: HashMap<Symbol, Poly>,
    sizes: HashMap<(usize, usize), Poly>,
    pub(super) scalars: HashMap<usize, Option<Poly>>,
}

/// The lists of [`EQUAL`].
pub fn noted(function: Op<'_>) -> Vec<Vec<Expr>> {
    let lists = ir::attr(function, EQUAL).and_then(ffi::array_elements).unwrap_or_default();
    let exprs = |list| -> Vec<Expr> {
        let texts = ffi::array_elements(list).unwrap_or_default();
        texts.into_iter().filter_map(|text| ir::string_attr(text)?.parse().ok()).collect()
    };
    lists.into_iter().map(exprs).collect()
}

impl<'c> Facts<'c> {
    /// Reads a function.
    pub fn of(function: Op<'c>, from: Sources) -> Self {
        let body = ir::body(function, 0);
        let mut facts = Self {
            arguments: body.map(ir::arguments).unwrap_or_default(),
            sources: vec![],
            symbols: HashMap::new(),
            bound: HashMap::new(),
            sizes: HashMap::new(),
            scalars: HashMap::new(),
        };
        // Arguments first: what is the same as a size of an argument is written as that.
        for argument in facts.arguments.clone() {
            for dim in super::dynamic_dims(argument) {
                facts.symbol(Source::Dim(argument, dim));
            }
        }
        for exprs in noted(function) {
            let polys: Vec<Poly> = exprs.iter().filter_map(|expr| facts.poly_of(expr)).collect();
            for pair in polys.windows(2) {
                facts.unify(&pair[0], &pair[1]);
            }
        }
        let ops = body.map(ir::ops).unwrap_or_default();
        // What is known of sizes decides choices between sizes, which are then known too.
        for _ in 0..8 {
            let before = facts.bound.len();
            facts.sizes.clear();
            facts.scalars.clear();
            for op in &ops {
                facts.visit(*op, from);
            }
            if facts.bound.len() == before {
                break;
            }
        }
        facts.sizes.clear();
        facts.scalars.clear();
        facts
    }

    /// Notes which sizes of another function's arguments are the same, which stand for these values.
    pub fn note_equal(&mut self, b: &Builder<'c>, function: Op<'c>, actual: &[Option<Val<'c>>]) {
        let mut lists: Vec<(Poly, Vec<Expr>)> = vec![];
        for (number, value) in actual.iter().enumerate() {
            let Some(value) = value.filter(|value| ffi::is_ranked_tensor(ir::type_of(*value))) else { continue };
            let shape = ffi::shape(ir::type_of(value)).unwrap_or_default();
            for dim in (0..shape.len()).filter(|dim| shape[*dim].is_none()) {
                let (size, name) = (self.size(value, dim), Expr::dim(format!("arg{number}"), dim));
                match lists.iter_mut().find(|(other, _)| *other == size) {
                    Some((_, list)) => list.push(name),
                    None => {
                        let known = size.as_constant().map(Expr::Int);
                        lists.push((size, known.into_iter().chain([name]).collect()));
                    }
                }
            }
        }
        let texts =
            |list: &Vec<Expr>| b.array_attr(&list.iter().map(|size| b.str_attr(&size.to_string())).collect::<Vec<_>>());
        let equal: Vec<_> = lists.iter().filter(|(_, list)| list.len() > 1).map(|(_, list)| texts(list)).collect();
        if !equal.is_empty() {
            ffi::set_attribute(function, EQUAL, b.array_attr(&equal));
        }
    }

    fn symbol(&mut self, source: Source<'c>) -> Poly {
        let key = match source {
            Source::Dim(value, dim) => (ffi::value_key(value), dim),
            Source::Index(value) => (ffi::value_key(value), usize::MAX),
        };
        let next = self.sources.len() as Symbol;
        let symbol = *self.symbols.entry(key).or_insert(next);
        if symbol == next {
            self.sources.push(source);
        }
        self.resolve(&Poly::symbol(symbol))
    }

    /// A polynomial in terms of symbols that are nothing else.
    pub fn resolve(&self, poly: &Poly) -> Poly {
        let mut poly = poly.clone();
        while poly.symbols().any(|symbol| self.bound.contains_key(&symbol)) {
            match poly.substitute(|symbol| self.bound.get(&symbol).cloned()) {
                Some(next) => poly = next,
                None => break,
            }
        }
        poly
    }

    /// Notes that two sizes are the same, as far as that says what a symbol is. Whether they now are.
    pub fn unify(&mut self, a: &Poly, b: &Poly) -> bool {
        let (mut a, mut b) = (self.resolve(a), self.resolve(b));
        // x*y = x*z: y = z, wherever there is anything to compute.
        if let (Some((x, left)), Some((y, right))) = (a.monomial(), b.monomial()) {
            let mut common = Poly::constant(gcd(x, y));
            let mut rest = right.to_vec();
            for symbol in left {
                if let Some(at) = rest.iter().position(|other| other == symbol) {
                    rest.remove(at);
                    common = common.times(&Poly::symbol(*symbol)).unwrap_or(common);
                }
            }
            if let (Some(left), Some(right)) = (a.over(&common), b.over(&common)) {
                (a, b) = (left, right);
            }
        }
        if a == b {
            return true;
        }
        // A product that is 1 has no factor but 1.
        let factors = [(&a, &b), (&b, &a)].into_iter().find_map(|(one, product)| match product.monomial() {
            Some((1, factors)) if factors.len() > 1 && one.as_constant() == Some(1) => Some(factors.to_vec()),
            _ => None,
        });
        if let Some(factors) = factors {
            return factors.into_iter().all(|factor| self.unify(&Poly::symbol(factor), &Poly::constant(1)));
        }
        let (symbol, other) = match (a.as_symbol(), b.as_symbol()) {
            (Some(x), Some(y)) if x > y => (x, b),
            (_, Some(y)) => (y, a),
            (Some(x), None) => (x, b),
            (None, None) => return false,
        };
        if other.symbols().any(|own| own == symbol) || other.at_least(0) == Some(false) {
            return false;
        }
        self.bound.insert(symbol, other);
        true
    }

    /// The size of a dim of a tensor.
    pub fn size(&mut self, value: Val<'c>, dim: usize) -> Poly {
        let key = (ffi::value_key(value), dim);
        if let Some(known) = self.sizes.get(&key).cloned() {
            return self.resolve(&known);
        }
        let poly = match ffi::shape(ir::type_of(value)).and_then(|shape| shape.get(dim).copied()) {
            Some(Some(size)) => Poly::constant(size),
            _ => match self.made(value, dim) {
                Some(poly) if poly.at_least(0) != Some(false) => poly,
                _ => self.symbol(Source::Dim(value, dim)),
            },
        };
        self.sizes.insert(key, poly.clone());
        poly
    }

    /// The sizes of a tensor.
    pub fn sizes(&mut self, value: Val<'c>) -> Vec<Poly> {
        let rank = ffi::shape(ir::type_of(value)).map_or(0, |shape| shape.len());
        (0..rank).map(|dim| self.size(value, dim)).collect()
    }

    /// A size from how the tensor is made.
    fn made(&mut self, value: Val<'c>, dim: usize) -> Option<Poly> {
        let op = ffi::defining_op(value)?;
        let operands = ir::operands(op);
        match ir::name(op) {
            "tensor.cast" => Some(self.size(operands[0], dim)),
            "tensor.empty" => Some(self.index(operands[dynamic_before(value, dim)?])),
            "tensor.expand_shape" => Some(self.index(operands[1 + dynamic_before(value, dim)?])),
            "tensor.collapse_shape" => {
                let group = super::groups(op).into_iter().nth(dim)?;
                group.into_iter().try_fold(Poly::constant(1), |size, own| size.times(&self.size(operands[0], own)))
            }
            "tensor.reshape" => {
                let shape = ffi::defining_op(operands[1]).filter(|op| ir::name(*op) == "tensor.from_elements")?;
                self.scalar(*ir::operands(shape).get(dim)?)
            }
            "tensor.extract_slice" => {
                let list = |name: &str| ir::attr(op, name).and_then(ffi::i64_array).unwrap_or_default();
                let (offsets, lengths) = (list("static_offsets"), list("static_sizes"));
                let rank = ffi::shape(ir::type_of(value))?.len();
                if rank != lengths.len() {
                    return None;
                }
                let dynamic = |list: &[i64]| list.iter().filter(|size| **size == ops::DYNAMIC).count();
                Some(self.index(*operands.get(1 + dynamic(&offsets) + dynamic(&lengths[..dim]))?))
            }
            "tensor.insert_slice" => Some(self.size(operands[1], dim)),
            "tensor.concat" => {
                let along = ir::attr(op, "dim").and_then(ir::int_attr)?;
                if along != dim as i64 {
                    return Some(self.size(operands[0], dim));
                }
                operands.iter().try_fold(Poly::default(), |sum, part| sum.plus(&self.size(*part, dim)))
            }
            "tensor.pad" => {
                let list = |name: &str| ir::attr(op, name).and_then(ffi::i64_array).unwrap_or_default();
                let (low, high) = (*list("static_low").get(dim)?, *list("static_high").get(dim)?);
                if low == ops::DYNAMIC || high == ops::DYNAMIC {
                    return None;
                }
                self.size(operands[0], dim).plus(&Poly::constant(low.checked_add(high)?))
            }
            ops::RESULT => {
                let fused = ops::Fused::parse(ffi::defining_op(operands[0])?).ok()?;
                let result = fused.results.iter().find(|result| result.tensor == value)?;
                let at = result.map.results.get(dim)?.as_dim()?;
                let (capture, dim) = fused.captures.iter().find_map(|capture| {
                    let dim = capture.map.results.iter().position(|linear| linear.as_dim() == Some(at))?;
                    Some((capture.tensor, dim))
                })?;
                Some(self.size(capture, dim))
            }
            name if name.starts_with("linalg.") => {
                let inits = operands.len().checked_sub(ir::results(op).len())?;
                Some(self.size(*operands.get(inits + ffi::value_number(value))?, dim))
            }
            _ => None,
        }
    }

    /// A value that some tensor is made with.
    fn index(&mut self, value: Val<'c>) -> Poly {
        match self.scalar(value) {
            Some(poly) if poly.at_least(0) != Some(false) => poly,
            _ => self.symbol(Source::Index(value)),
        }
    }

    fn visit(&mut self, op: Op<'c>, from: Sources) {
        match ir::name(op) {
            "linalg.generic" => {
                self.visit_generic(op);
                if from.meant {
                    for repeated in repeated(op) {
                        self.visit_repeat(&repeated);
                    }
                }
            }
            ops::FUSED => {
                let Ok(fused) = ops::Fused::parse(op) else { return };
                let mapped: Vec<_> = fused.captures.iter().chain(&fused.results).collect();
                self.same_loops(mapped.into_iter().map(|mapped| (mapped.tensor, mapped.map.clone())));
            }
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
            "tensor.expand_shape" => {
                let (source, result) = (ir::operands(op)[0], ir::results(op)[0]);
                for (dim, group) in super::groups(op).into_iter().enumerate() {
                    let sizes: Vec<Poly> = group.iter().map(|own| self.size(result, *own)).collect();
                    let product = sizes.iter().try_fold(Poly::constant(1), |product, size| product.times(size));
                    if let Some(product) = product {
                        let size = self.size(source, dim);
                        self.unify(&size, &product);
                    }
                }
            }
            "tensor.reshape" => {
                let (source, result) = (self.sizes(ir::operands(op)[0]), self.sizes(ir::results(op)[0]));
                let elements = |sizes: Vec<Poly>| -> Option<Poly> {
                    sizes.iter().try_fold(Poly::constant(1), |elements, size| elements.times(size))
                };
                if let (Some(left), Some(right)) = (elements(source.clone()), elements(result.clone()))
                    && !self.unify(&left, &right)
                    && from.meant
                {
                    self.visit_reshape(&source, &result);
                }
            }
            "cf.assert" if from.asserts => {
                let mut conditions = vec![ir::operands(op)[0]];
                while let Some(condition) = conditions.pop() {
                    let Some(op) = ffi::defining_op(condition) else { continue };
                    let operands = ir::operands(op);
                    let equality = ir::attr(op, "predicate").and_then(ir::int_attr) == Some(0);
                    match ir::name(op) {
                        "arith.andi" => conditions.extend(operands),
                        "arith.cmpi" if equality => {
                            if let (Some(a), Some(b)) = (self.scalar(operands[0]), self.scalar(operands[1])) {
                                self.unify(&a, &b);
                            }
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// Takes the sizes of a reshape to be the same one by one, where only their products must be: a frontend that
    /// spells one size by another operand's does so. That is noted and checked like everything here.
    fn visit_reshape(&mut self, source: &[Poly], result: &[Poly]) {
        let mut start = 0;
        let mut parts: Vec<(Vec<Symbol>, Vec<Symbol>)> = vec![(vec![], vec![])];
        for size in result {
            let anchor = source[start..].iter().position(|other| other == size);
            match (size.as_constant(), anchor) {
                (Some(1), _) => {}
                // Sizes that both sides have take their places.
                (Some(_), Some(at)) => {
                    if let Some(part) = parts.last_mut() {
                        part.0.extend(source[start..start + at].iter().flat_map(Poly::symbols));
                    }
                    start += at + 1;
                    parts.push((vec![], vec![]));
                }
                _ => {
                    if let Some(part) = parts.last_mut() {
                        part.1.extend(size.symbols());
                    }
                }
            }
        }
        if let Some(part) = parts.last_mut() {
            part.0.extend(source[start..].iter().flat_map(Poly::symbols));
        }
        for (left, right) in parts.into_iter().filter(|(left, right)| left.len() == right.len()) {
            for (a, b) in left.into_iter().zip(right) {
                self.unify(&Poly::symbol(a), &Poly::symbol(b));
            }
        }
    }

    fn same_shape(&mut self, a: Val<'c>, b: Val<'c>) {
        for (a, b) in self.sizes(a).into_iter().zip(self.sizes(b)) {
            self.unify(&a, &b);
        }
    }

    fn visit_generic(&mut self, op: Op<'c>) {
        let maps = ir::attr(op, "indexing_maps").and_then(ffi::array_elements).unwrap_or_default();
        let maps = maps.into_iter().map(|map| IndexMap::from_attr(map));
        self.same_loops(ir::operands(op).into_iter().zip(maps).filter_map(|(value, map)| Some((value, map?))));
    }

    /// Dims of tensors that one loop indexes are the same.
    fn same_loops(&mut self, operands: impl Iterator<Item = (Val<'c>, IndexMap)>) {
        let mut loops: HashMap<usize, Poly> = HashMap::new();
        for (value, map) in operands {
            for (dim, linear) in map.results.iter().enumerate() {
                let Some(at) = linear.as_dim() else { continue };
                let size = self.size(value, dim);
                match loops.get(&at).cloned() {
                    Some(first) => _ = self.unify(&first, &size),
                    None => _ = loops.insert(at, size),
                }
            }
        }
    }

    /// The number of points of a loop of a generic.
    pub fn extent(&mut self, op: Op<'c>, at: usize) -> Option<Poly> {
        let maps = ir::attr(op, "indexing_maps").and_then(ffi::array_elements)?;
        ir::operands(op).into_iter().zip(maps).find_map(|(value, map)| {
            let map = IndexMap::from_attr(map)?;
            let dim = map.results.iter().position(|linear| linear.as_dim() == Some(at))?;
            Some(self.size(value, dim))
        })
    }

    /// Whether this reads a tensor at `select(size == 1, 0, i)`, with that size of the tensor.
    pub fn is_repeat(&mut self, repeat: &Repeat<'c>) -> bool {
        let own = self.size(repeat.source, repeat.dim);
        self.scalar(repeat.size).is_some_and(|asked| asked == own)
    }

    fn visit_repeat(&mut self, repeat: &Repeat<'c>) {
        if self.is_repeat(repeat)
            && let Some(extent) = self.extent(repeat.op, repeat.at)
        {
            let own = self.size(repeat.source, repeat.dim);
            self.unify(&extent, &own);
        }
    }
}

/// How many dynamic dims of a tensor come before `dim`.
fn dynamic_before(value: Val<'_>, dim: usize) -> Option<usize> {
    Some(ffi::shape(ir::type_of(value))?[..dim].iter().filter(|size| size.is_none()).count())
}

fn gcd(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i64::try_from(a).unwrap_or(1).max(1)
}
