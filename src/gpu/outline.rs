//! Loops that the host runs: each of their regions becomes a function that the loop calls.
//!
//! Before:  `%r = scf.for %i = %lo to %hi step %by iter_args(%x = %x0) { …fused ops and linalg of %i, %x and %w… }`
//! After:   `%r = scf.for … { %y = func.call @main_loop0(%i, %x, %w); scf.yield %y }`, and that function
//!
//! Everything that is carried is a tensor then: a scalar is one of rank 0. Scalars, and what is made of nothing, are computed
//! again inside of the function; tensors from around the loop become arguments. Bounds that are computed on the GPU make the loop
//! one with a condition.

use super::{
    host::root,
    unroll_loops::{clone_deep, copy_with},
};
use crate::{
    bug,
    error::PassError,
    ffi,
    ir::{self, Blk, Builder, Op, Type, Val},
    shape::facts::{Facts, Sources},
};
use melior::ir::{BlockLike, TypeLike, operation::OperationLike};
use std::collections::{HashMap, HashSet};

/// Marks a function that a loop of the host calls, and says what the names of its tensors begin with.
pub const NAMES: &str = "flashlight.names";

/// Whether a loop calls functions that were made of its regions.
pub fn is_outlined(op: Op<'_>) -> bool {
    matches!(ir::name(op), "scf.for" | "scf.while")
        && ir::body(op, 0).is_some_and(|body| ir::ops(body).first().is_some_and(|op| ir::name(*op) == "func.call"))
}

/// Makes functions of the regions of a loop around whole tensors.
///
/// # Errors
/// Reported at a value that cannot be handed over.
pub fn outline<'c>(module: Op<'c>, function: Op<'c>, op: Op<'c>) -> Result<Vec<Op<'c>>, PassError> {
    let known = |bound: &Val<'c>| is_known_to_the_host(*bound);
    let op = match ir::name(op) == "scf.for" && !ir::operands(op)[..3].iter().all(known) {
        true => with_condition(op)?,
        false => op,
    };
    let functions = ir::body(module, 0).map(ir::ops).unwrap_or_default();
    let number = functions.iter().filter(|function| ir::attr(**function, NAMES).is_some()).count();
    let own = ir::attr(function, "sym_name").and_then(ir::string_attr).unwrap_or("main");
    let taken: Vec<_> = functions.iter().filter_map(|op| ir::attr(*op, "sym_name").and_then(ir::string_attr)).collect();
    let mut name = format!("{own}_loop{number}");
    while taken.iter().any(|taken| taken.starts_with(&name)) {
        name.push('_');
    }
    let mut outliner = Outliner { function, facts: Facts::of(function, Sources::default()), name, number };
    if ir::name(op) == "scf.for" { outliner.counted(op) } else { outliner.conditional(op) }
}

/// Whether the host can compute a bound: from sizes, and from integers in arguments.
fn is_known_to_the_host(value: Val<'_>) -> bool {
    let Some(op) = ffi::defining_op(value) else {
        return ir::type_of(value).is_index()
            && ffi::owner_of_argument(value).is_some_and(|op| ir::name(op) == "func.func");
    };
    let operands = ir::operands(op);
    match ir::name(op) {
        "arith.constant" | "tensor.dim" => true,
        "tensor.extract" => {
            let constant =
                |value: &Val<'_>| ffi::defining_op(*value).is_some_and(|op| ir::name(op) == "arith.constant");
            ffi::defining_op(root(operands[0])).is_none() && operands[1..].iter().all(constant)
        }
        "arith.addi" | "arith.subi" | "arith.muli" | "arith.ceildivsi" | "arith.floordivsi" | "arith.divsi"
        | "arith.remsi" | "arith.minsi" | "arith.maxsi" | "arith.index_cast" | "arith.extsi" | "affine.apply"
        | "affine.min" | "affine.max" => operands.into_iter().all(is_known_to_the_host),
        _ => false,
    }
}

/// A loop with bounds as one with a condition, which counts by itself.
fn with_condition<'c>(op: Op<'c>) -> Result<Op<'c>, PassError> {
    let (b, operands) = (Builder::before(op), ir::operands(op));
    let [low, high, step, inits @ ..] = &operands[..] else { return Err(bug!("a loop without bounds")) };
    let body = ir::body(op, 0).ok_or_else(|| bug!("a loop without a body"))?;
    let carried: Vec<_> = std::iter::once(*low).chain(inits.iter().copied()).collect();
    let types: Vec<_> = carried.iter().map(|value| ir::type_of(*value)).collect();
    let made = b
        .op("scf.while")
        .operands(&carried)
        .results(&types)
        .region(&types, |inner, arguments| {
            let more = inner.compare("arith.cmpi", 2, arguments[0], *high);
            let passed: Vec<_> = std::iter::once(more).chain(arguments.iter().copied()).collect();
            inner.op("scf.condition").operands(&passed).build();
        })
        .region(&types, |inner, arguments| {
            let (yields, _) = copy_with(inner, body, arguments, HashMap::new());
            let next = inner.binary("arith.addi", arguments[0], *step);
            let yields: Vec<_> = std::iter::once(next).chain(yields).collect();
            inner.op("scf.yield").operands(&yields).build();
        })
        .build();
    ir::results(op).into_iter().zip(&ir::results(made)[1..]).for_each(|(old, new)| ffi::replace_all_uses(old, *new));
    ffi::erase(op);
    Ok(made)
}

/// Makes the functions of one loop.
struct Outliner<'c> {
    function: Op<'c>,
    facts: Facts<'c>,
    name: String,
    number: usize,
}

/// A function of a region, and what it takes from around the loop, as its last arguments.
struct Made<'c> {
    function: Op<'c>,
    name: String,
    taken: Vec<Val<'c>>,
}

/// A scalar as a tensor of rank 0.
fn boxed<'c>(b: &Builder<'c>, value: Val<'c>) -> Val<'c> {
    match ffi::is_ranked_tensor(ir::type_of(value)) {
        true => value,
        false => {
            let ty = boxed_type(b, ir::type_of(value));
            b.op("tensor.from_elements").operands(&[value]).results(&[ty]).value()
        }
    }
}

fn boxed_type<'c>(b: &Builder<'c>, ty: Type<'c>) -> Type<'c> {
    if ffi::is_ranked_tensor(ty) { ty } else { b.tensor_type(&[], ty) }
}

/// What a boxed value stands for.
fn unboxed<'c>(b: &Builder<'c>, value: Val<'c>, ty: Type<'c>) -> Val<'c> {
    if ir::type_of(value) == ty {
        return value;
    }
    b.op("tensor.extract").operands(&[value]).results(&[ty]).value()
}

impl<'c> Outliner<'c> {
    fn counted(&mut self, op: Op<'c>) -> Result<Vec<Op<'c>>, PassError> {
        let (b, operands) = (Builder::before(op), ir::operands(op));
        let body = ir::body(op, 0).ok_or_else(|| bug!("a loop without a body"))?;
        let index = |value: Val<'c>| match ir::type_of(value).is_index() {
            true => value,
            false => b.cast("arith.index_cast", value, b.index_type()),
        };
        let mut all: Vec<_> = operands[..3].iter().map(|bound| index(*bound)).collect();
        let inits: Vec<_> = operands[3..].iter().map(|init| boxed(&b, *init)).collect();
        let starts: Vec<_> = std::iter::once(None).chain(inits.iter().map(|init| Some(*init))).collect();
        let made = self.make(&self.name.clone(), body, &starts, |yields| yields)?;
        all.extend(&inits);
        let types: Vec<_> = inits.iter().map(|init| ir::type_of(*init)).collect();
        let arguments: Vec<_> = std::iter::once(b.index_type()).chain(types.iter().copied()).collect();
        let new = b
            .op("scf.for")
            .operands(&all)
            .results(&types)
            .region(&arguments, |inner, arguments| {
                let yields = made.call(inner, arguments, &types);
                inner.op("scf.yield").operands(&yields).build();
            })
            .build();
        replace(&b, op, new);
        Ok(vec![made.function])
    }

    fn conditional(&mut self, op: Op<'c>) -> Result<Vec<Op<'c>>, PassError> {
        let b = Builder::before(op);
        let (Some(before), Some(after)) = (ir::body(op, 0), ir::body(op, 1)) else {
            return Err(bug!("a loop without regions"));
        };
        let asked = ir::ops(before).last().map(|op| ir::operands(*op)).unwrap_or_default();
        let Some((_, passed)) = asked.split_first() else { return Err(bug!("a loop without a condition")) };
        // What is passed on as it is carried stays where it is; the rest is computed with the condition.
        let (carried, mut seen) = (ir::arguments(before), HashSet::new());
        let direct =
            passed.iter().map(|value| carried.iter().position(|own| own == value).filter(|at| seen.insert(*at)));
        let direct: Vec<_> = direct.collect();
        let inits: Vec<_> = ir::operands(op).into_iter().map(|init| boxed(&b, init)).collect();
        let starts: Vec<_> = inits.iter().map(|init| Some(*init)).collect();
        let kept = |yields: Vec<Val<'c>>| -> Vec<Val<'c>> {
            let computed = yields[1..].iter().zip(&direct).filter(|(_, direct)| direct.is_none());
            std::iter::once(yields[0]).chain(computed.map(|(value, _)| *value)).collect()
        };
        let test = self.make(&format!("{}_test", self.name), before, &starts, kept)?;
        let starts: Vec<_> = direct.iter().map(|at| at.map(|at| inits[at])).collect();
        let body = self.make(&self.name.clone(), after, &starts, |yields| yields)?;
        let types: Vec<_> = inits.iter().map(|init| ir::type_of(*init)).collect();
        let handed: Vec<_> = passed.iter().map(|value| boxed_type(&b, ir::type_of(*value))).collect();
        let new = b
            .op("scf.while")
            .operands(&inits)
            .results(&handed)
            .region(&types, |inner, arguments| {
                let truth = boxed_type(inner, inner.int_type(1));
                let computed = handed.iter().zip(&direct).filter(|(_, direct)| direct.is_none()).map(|(ty, _)| *ty);
                let results: Vec<_> = std::iter::once(truth).chain(computed).collect();
                let found = test.call(inner, arguments, &results);
                let mut computed = found[1..].iter();
                let mut all = vec![unboxed(inner, found[0], inner.int_type(1))];
                all.extend(
                    direct
                        .iter()
                        .filter_map(|at| at.map_or_else(|| computed.next().copied(), |at| Some(arguments[at]))),
                );
                inner.op("scf.condition").operands(&all).build();
            })
            .region(&handed, |inner, arguments| {
                let yields = body.call(inner, arguments, &types);
                inner.op("scf.yield").operands(&yields).build();
            })
            .build();
        replace(&b, op, new);
        Ok(vec![test.function, body.function])
    }

    /// Makes a function of a block that yields what is kept of its last operands. `starts` has what its arguments are in the
    /// first iteration, where that is a tensor.
    fn make(
        &mut self,
        name: &str,
        block: Blk<'c>,
        starts: &[Option<Val<'c>>],
        kept: impl FnOnce(Vec<Val<'c>>) -> Vec<Val<'c>>,
    ) -> Result<Made<'c>, PassError> {
        let b = Builder::before(self.function);
        let test = if name.ends_with("_test") { "test_" } else { "" };
        let function = b
            .op("func.func")
            .attr("sym_name", b.str_attr(name))
            .attr("sym_visibility", b.str_attr("private"))
            .attr_text("function_type", "() -> ()")
            .attr(NAMES, b.str_attr(&format!("loop{}_{test}", self.number)))
            .region(&[], |_, _| {})
            .build();
        let entry = ir::body(function, 0).ok_or_else(|| bug!("a function without a body"))?;
        let inner = Builder::at_end(b.context, entry, b.location);
        let argument = |ty: Type<'c>| ffi::val(entry.add_argument(ty, b.location));
        // The loop's own arguments first.
        let mut own = vec![];
        for value in ir::arguments(block) {
            let counts = is_counter(block, value);
            own.push((value, argument(if counts { b.index_type() } else { boxed_type(&b, ir::type_of(value)) })));
        }
        let mut arguments = vec![];
        for (value, given) in &own {
            let ty = ir::type_of(*value);
            arguments.push(match ir::type_of(*given).is_index() && !ty.is_index() {
                true => inner.cast("arith.index_cast", *given, ty),
                false => unboxed(&inner, *given, ty),
            });
        }
        let mut bringer = Bringer { inside: inside(block), inner, known: HashMap::new(), taken: vec![], entry };
        for value in ir::ops(block).into_iter().flat_map(with_regions).flat_map(ir::operands) {
            bringer.bring(value)?;
        }
        let Bringer { known, taken, .. } = bringer;
        let (yields, _) = copy_with(&inner, block, &arguments, known);
        let yields: Vec<_> = kept(yields).into_iter().map(|value| boxed(&inner, value)).collect();
        inner.op("func.return").operands(&yields).build();
        let list = |values: &[Val<'c>]| {
            values.iter().map(|value| ir::type_of(*value).to_string()).collect::<Vec<_>>().join(", ")
        };
        let ty = format!("({}) -> ({})", list(&ir::arguments(entry)), list(&yields));
        ffi::set_attribute(function, "function_type", b.attr(&ty));
        let actual: Vec<_> = starts.iter().copied().chain(taken.iter().map(|value| Some(*value))).collect();
        // What is carried keeps its shape, which is checked where it is carried.
        self.facts.note_equal(&b, function, &actual);
        Ok(Made { function, name: name.into(), taken })
    }
}

/// Whether a block's argument counts the iterations of an `scf.for`.
fn is_counter<'c>(block: Blk<'c>, value: Val<'c>) -> bool {
    ffi::owner_of_argument(value).is_some_and(|op| ir::name(op) == "scf.for")
        && ir::arguments(block).first() == Some(&value)
}

/// What is defined in a block, however deep.
fn inside(block: Blk<'_>) -> HashSet<usize> {
    let all = ir::ops(block).into_iter().flat_map(defined);
    all.chain(ir::arguments(block).into_iter().map(ffi::value_key)).collect()
}

/// What an op and its regions define.
fn defined<'c>(op: Op<'c>) -> Vec<usize> {
    let deep = |op: Op<'c>| {
        let blocks = (0..op.region_count()).filter_map(move |region| ir::body(op, region));
        ir::results(op).into_iter().chain(blocks.flat_map(ir::arguments))
    };
    with_regions(op).flat_map(deep).map(ffi::value_key).collect()
}

/// An op, and all in its regions.
fn with_regions(op: Op<'_>) -> impl Iterator<Item = Op<'_>> {
    std::iter::once(op).chain(ir::walk(op))
}

/// Brings values from around a loop into the function of its region.
struct Bringer<'c> {
    inside: HashSet<usize>,
    inner: Builder<'c>,
    known: HashMap<usize, Val<'c>>,
    taken: Vec<Val<'c>>,
    entry: Blk<'c>,
}

impl<'c> Bringer<'c> {
    fn bring(&mut self, value: Val<'c>) -> Result<Val<'c>, PassError> {
        let key = ffi::value_key(value);
        if self.inside.contains(&key) {
            return Ok(value);
        }
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        if let Some(op) = ffi::defining_op(value).filter(|op| is_made_again(*op)) {
            let own = defined(op);
            for operand in with_regions(op).flat_map(ir::operands) {
                if !own.contains(&ffi::value_key(operand)) {
                    self.bring(operand)?;
                }
            }
            let copy = clone_deep(&self.inner, op, &self.known);
            ir::results(op)
                .into_iter()
                .zip(ir::results(copy))
                .for_each(|(from, to)| _ = self.known.insert(ffi::value_key(from), to));
            return Ok(self.known[&key]);
        }
        let ty = ir::type_of(value);
        if !ffi::is_ranked_tensor(ty) && !ty.is_index() {
            let location = ffi::defining_op(value).map_or(self.inner.location, |op| op.location());
            ffi::emit_error(location, "not supported on the GPU: a scalar around a loop that is no arithmetic");
            return Err(PassError::Reported);
        }
        let argument = ffi::val(self.entry.add_argument(ty, self.inner.location));
        self.taken.push(value);
        self.known.insert(key, argument);
        Ok(argument)
    }
}

/// Whether an op is computed again inside of a loop: scalars, and tensors that are made of nothing.
fn is_made_again(op: Op<'_>) -> bool {
    let scalar = |value: &Val<'_>| !ffi::is_ranked_tensor(ir::type_of(*value));
    let name = ir::name(op);
    match name {
        "tensor.dim" | "tensor.extract" | "tensor.empty" | "tensor.splat" | "linalg.fill" => true,
        "arith.constant" => {
            ir::results(op).iter().all(scalar) || ir::attr(op, "value").and_then(ffi::dense_splat).is_some()
        }
        "linalg.generic" => {
            let outputs = ir::results(op).len();
            let operands = ir::operands(op);
            operands[..operands.len() - outputs].iter().all(scalar)
        }
        _ => {
            (name.starts_with("arith.") || name.starts_with("math.") || name.starts_with("affine."))
                && ir::results(op).iter().chain(&ir::operands(op)).all(scalar)
        }
    }
}

impl<'c> Made<'c> {
    /// Calls the function with a region's arguments.
    fn call(&self, b: &Builder<'c>, arguments: &[Val<'c>], results: &[Type<'c>]) -> Vec<Val<'c>> {
        let operands: Vec<_> = arguments.iter().chain(&self.taken).copied().collect();
        let callee = format!("@\"{}\"", self.name);
        ir::results(b.op("func.call").operands(&operands).results(results).attr_text("callee", &callee).build())
    }
}

/// Gives the users of a loop the results of the one that takes its place.
fn replace<'c>(b: &Builder<'c>, op: Op<'c>, new: Op<'c>) {
    for (old, value) in ir::results(op).into_iter().zip(ir::results(new)) {
        ffi::replace_all_uses(old, unboxed(b, value, ir::type_of(old)));
    }
    ffi::erase(op);
}
