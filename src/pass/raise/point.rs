//! Sizes that are only known at run time, as numbers.
//!
//! While a function is raised every such size is a prime of its own, and a size computed from such sizes is what it
//! is for those primes: `?x?` joined to one dim is a product, and factors again in one way. Sizes are then equal, one
//! divides another, or an index is of mixed radix, exactly when that holds for every size. The arena knows the primes
//! ([`Arena::symbolic`](crate::algebra::Arena::symbolic)) and compares no index with one. Afterwards the types are as
//! they were, and what was built gets its sizes from values.

use crate::{
    dialect::ops,
    ffi,
    ir::{self, Builder, Element, Op, Val},
    shape::{
        facts::{Facts, Source, Sources},
        poly::{Poly, Symbol},
    },
};
use melior::ir::ValueLike;
use std::collections::HashMap;

/// Where primes are looked for: small enough for the product of four, large enough to be nobody's size by accident.
const FROM: i64 = 10_007;

/// The sizes of a function, each with its prime.
#[derive(Default)]
pub struct Point<'c> {
    /// The primes.
    pub open: Vec<i64>,
    /// A value for each prime, of type index, where there is one.
    values: Vec<Option<Val<'c>>>,
    /// Numbers that stand for one more or less than a product, with a value where there is one.
    sums: Vec<(i64, Option<Val<'c>>)>,
    /// Operations that keep those values while nothing else uses them.
    holders: Vec<Op<'c>>,
    /// As [`crate::algebra::Arena::strict_masks`].
    pub strict_masks: bool,
}

/// What has a prime: a symbol, or a sum that no product stands for.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Atom {
    Symbol(Symbol),
    Sum(Poly),
}

impl<'c> Point<'c> {
    /// Gives every size of a function that is only known at run time a number. A function without such sizes stays as
    /// it is; `None` where a size turns out to be a number that its type does not have.
    pub fn choose(function: Op<'c>) -> Option<Self> {
        let mut point = Self::default();
        let body = ir::body(function, 0)?;
        let ops = ir::walk(function);
        let first = ir::ops(body).first().copied()?;
        let b = Builder::before(first);
        let values: Vec<Val<'c>> =
            ir::arguments(body).into_iter().chain(ops.iter().flat_map(|op| ir::results(*op))).collect();
        let open: Vec<Val<'c>> =
            values.iter().copied().filter(|value| shape(*value).contains(&None) && is_tensor(*value)).collect();
        if open.is_empty() {
            return Some(point);
        }
        let mut facts = Facts::of(function, Sources { asserts: true, meant: false });
        let sizes: Vec<Vec<Poly>> = open.iter().map(|value| facts.sizes(*value)).collect();
        let found = |(value, sizes): (&Val<'c>, &Vec<Poly>)| {
            shape(*value).iter().zip(sizes).any(|(known, size)| known.is_none() && size.as_constant().is_some())
        };
        if open.iter().zip(&sizes).any(found) {
            return None;
        }
        let mut primes = Primes { avoid: numbers(&ops, &values), next: FROM };
        let mut numbers: HashMap<Atom, i64> = HashMap::new();
        for poly in sizes.iter().flatten() {
            for atom in atoms(poly) {
                numbers.entry(atom.clone()).or_insert_with(|| {
                    let prime = primes.next();
                    point.open.push(prime);
                    point.values.push(None);
                    let value = match &atom {
                        Atom::Symbol(symbol) => match facts.sources[*symbol as usize] {
                            Source::Index(value) => after(value, body).map(|next| (value, next)),
                            Source::Dim(..) => made(&b, &facts, &Poly::symbol(*symbol)).map(|value| (value, first)),
                        },
                        Atom::Sum(sum) => made(&b, &facts, sum).map(|value| (value, first)),
                    };
                    if let Some(last) = point.values.last_mut() {
                        *last = value.map(|(value, _)| value);
                    }
                    point.hold(value);
                    prime
                });
            }
        }
        for (value, polys) in open.iter().zip(&sizes) {
            let number = |poly: &Poly| match &atoms(poly)[..] {
                [sum @ Atom::Sum(_)] => numbers.get(sum).copied(),
                _ => poly.eval(|symbol| numbers.get(&Atom::Symbol(symbol)).copied()),
            };
            let sizes: Vec<Option<i64>> = polys.iter().map(number).collect();
            for ((known, size), poly) in shape(*value).into_iter().zip(&sizes).zip(polys) {
                if let (None, Some(size)) = (known, *size)
                    && !point.is_open(size)
                {
                    let value = made(&b, &facts, poly);
                    point.sums.push((size, value));
                    point.hold(value.map(|value| (value, first)));
                }
            }
            value.set_type(b.tensor_type(&sizes, ffi::element_type(ir::type_of(*value))));
            // A slice says its sizes twice.
            let slice = ffi::defining_op(*value).filter(|op| ir::name(*op) == "tensor.extract_slice");
            let fixed = slice.and_then(|op| ffi::i64_array(ir::attr(op, "static_sizes")?)).unwrap_or_default();
            if let Some(slice) = slice
                && fixed.len() == sizes.len()
            {
                let fixed: Vec<i64> = sizes.iter().zip(fixed).map(|(size, old)| size.unwrap_or(old)).collect();
                ffi::set_attribute(slice, "static_sizes", b.i64s_attr(&fixed));
            }
        }
        Some(point)
    }

    /// Keeps a value, which is there before an operation, until the function is left.
    fn hold(&mut self, value: Option<(Val<'c>, Op<'c>)>) {
        if let Some((value, before)) = value {
            // It has no result, so nothing that tidies up takes it for unused.
            let holder = Builder::before(before).op("builtin.unrealized_conversion_cast").operands(&[value]).build();
            self.holders.push(holder);
        }
    }

    /// The values whose product a number stands for, and the factor; `None` where there is no value.
    fn factors(&self, number: i64) -> Option<(i64, Vec<Val<'c>>)> {
        if let Some((_, value)) = self.sums.iter().find(|(sum, _)| *sum == number) {
            return Some((1, vec![(*value)?]));
        }
        let (mut rest, mut found) = (number, vec![]);
        for (prime, value) in self.open.iter().zip(&self.values) {
            while rest != 0 && rest % prime == 0 {
                rest /= prime;
                found.push((*value)?);
            }
        }
        Some((rest, found))
    }

    fn is_open(&self, number: i64) -> bool {
        number != 0 && self.open.iter().any(|prime| number % prime == 0)
            || self.sums.iter().any(|(sum, _)| *sum == number)
    }

    /// Whether a number is no size that is only known at run time, or one with a value.
    pub fn has(&self, number: i64) -> bool {
        self.factors(number).is_some()
    }

    /// The value of type index that a number stands for.
    pub fn value(&self, b: &Builder<'c>, number: i64) -> Option<Val<'c>> {
        let (rest, found) = self.factors(number)?;
        if found.is_empty() {
            return None;
        }
        let start = (rest != 1).then(|| b.index(rest));
        found
            .into_iter()
            .fold(start, |product, value| Some(product.map_or(value, |product| b.binary("arith.muli", product, value))))
    }

    /// Gives every type and operation its run-time sizes back.
    pub fn leave(self, function: Op<'c>) {
        if self.open.is_empty() {
            return;
        }
        let Some(body) = ir::body(function, 0) else { return };
        let Some(b) = ir::ops(body).first().map(|first| Builder::before(*first)) else { return };
        for argument in ir::arguments(body) {
            self.restore(&b, argument);
        }
        for op in ir::walk(function) {
            let numbers = ir::results(op).first().map(|result| shape(*result)).unwrap_or_default();
            for result in ir::results(op) {
                self.restore(&b, result);
            }
            match ir::name(op) {
                "tensor.empty" => self.resize(op, 0, None, &numbers),
                "tensor.expand_shape" => self.resize(op, 1, Some("static_output_shape"), &numbers),
                "tensor.extract_slice" => self.reopen(op, "static_sizes"),
                ops::FUSED => self.reopen(op, "extents"),
                _ => {}
            }
        }
        for holder in self.holders {
            ffi::erase(holder);
        }
    }

    fn restore(&self, b: &Builder<'c>, value: Val<'c>) {
        let sizes = shape(value);
        if !is_tensor(value) || !sizes.iter().flatten().any(|size| self.is_open(*size)) {
            return;
        }
        let sizes: Vec<_> = sizes.into_iter().map(|size| size.filter(|size| !self.is_open(*size))).collect();
        value.set_type(b.tensor_type(&sizes, ffi::element_type(ir::type_of(value))));
    }

    /// Numbers in a list of sizes become `kDynamic`.
    fn reopen(&self, op: Op<'c>, name: &str) {
        let Some(list) = ir::attr(op, name).and_then(ffi::i64_array) else { return };
        if list.iter().any(|size| self.is_open(*size)) {
            let list: Vec<i64> =
                list.into_iter().map(|size| if self.is_open(size) { ops::DYNAMIC } else { size }).collect();
            ffi::set_attribute(op, name, Builder::before(op).i64s_attr(&list));
        }
    }

    /// An operation that was built with numbers gets its sizes as operands, after the first `skip`.
    fn resize(&self, op: Op<'c>, skip: usize, list: Option<&str>, numbers: &[Option<i64>]) {
        let result = ir::results(op)[0];
        let sizes = shape(result);
        let wanted = sizes.iter().filter(|size| size.is_none()).count();
        if ir::operands(op).len() - skip == wanted {
            return;
        }
        let b = Builder::before(op);
        let open = numbers.iter().flatten().filter(|number| self.is_open(**number));
        let values: Vec<Val<'c>> = open.filter_map(|number| self.value(&b, *number)).collect();
        let mut spec =
            b.op(ir::name(op)).operands(&ir::operands(op)[..skip]).operands(&values).results(&[ir::type_of(result)]);
        if let Some(list) = list {
            let fixed: Vec<i64> = sizes.iter().map(|size| size.unwrap_or(ops::DYNAMIC)).collect();
            spec = spec.attr(list, b.i64s_attr(&fixed));
            if let Some(groups) = ir::attr(op, "reassociation") {
                spec = spec.attr("reassociation", groups);
            }
        }
        ffi::replace_all_uses(result, spec.value());
        ffi::erase(op);
    }
}

fn shape(value: Val<'_>) -> Vec<Option<i64>> {
    ffi::shape(ir::type_of(value)).unwrap_or_default()
}

fn is_tensor(value: Val<'_>) -> bool {
    ffi::is_ranked_tensor(ir::type_of(value))
}

/// The operation after the one that makes an index.
fn after<'c>(value: Val<'c>, body: ir::Blk<'c>) -> Option<Op<'c>> {
    let maker = ffi::defining_op(value).filter(|_| Element::of(ir::type_of(value)) == Some(Element::Index))?;
    let ops = ir::ops(body);
    let at = ops.iter().position(|other| *other == maker)?;
    ops.get(at + 1).copied()
}

/// A size as a value, when it is one of sizes of arguments.
fn made<'c>(b: &Builder<'c>, facts: &Facts<'c>, size: &Poly) -> Option<Val<'c>> {
    let arguments = |symbol| match facts.sources[symbol as usize] {
        Source::Dim(tensor, dim) => facts.arguments.contains(&tensor).then_some((tensor, dim)),
        Source::Index(_) => None,
    };
    if size.symbols().any(|symbol| arguments(symbol).is_none()) {
        return None;
    }
    let mut sum: Option<Val<'c>> = None;
    for (symbols, coefficient) in size.terms() {
        let mut term = b.index(coefficient);
        for (tensor, dim) in symbols.iter().filter_map(|symbol| arguments(*symbol)) {
            let dim = b.index(dim as i64);
            let own = b.op("tensor.dim").operands(&[tensor, dim]).results(&[b.index_type()]).value();
            term = b.binary("arith.muli", term, own);
        }
        sum = Some(sum.map_or(term, |sum| b.binary("arith.addi", sum, term)));
    }
    sum
}

/// What a size needs primes for: its symbols where it is a product, or one more or less than one; else itself.
fn atoms(size: &Poly) -> Vec<Atom> {
    let near = |step: i64| size.minus(&Poly::constant(step)).filter(|rest| rest.monomial().is_some());
    match [0, 1, -1].into_iter().find_map(near) {
        Some(product) => product.symbols().map(Atom::Symbol).collect(),
        None => vec![Atom::Sum(size.clone())],
    }
}

/// The numbers of a function that primes have to differ from.
fn numbers(ops: &[Op<'_>], values: &[Val<'_>]) -> Vec<i64> {
    let constants = ops.iter().filter(|op| ir::name(**op) == "arith.constant");
    let constants = constants.filter_map(|op| ir::attr(*op, "value").and_then(ir::int_attr));
    values.iter().flat_map(|value| shape(*value)).flatten().chain(constants).map(i64::saturating_abs).collect()
}

/// Primes in order, without those that a number of the function is a multiple of, or nearly.
struct Primes {
    avoid: Vec<i64>,
    next: i64,
}

impl Primes {
    fn next(&mut self) -> i64 {
        let prime = |number: i64| (2..number).take_while(|d| d * d <= number).all(|d| number % d != 0);
        loop {
            let number = self.next;
            self.next += 2;
            let near = |other: &i64| {
                let rest = other % number;
                *other > number / 2 && rest.min(number - rest) <= 2
            };
            if prime(number) && !self.avoid.iter().any(near) {
                return number;
            }
        }
    }
}
