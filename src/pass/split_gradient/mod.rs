//! `split-gradient`: a function with its gradient becomes two, forward and backward.
//!
//! Before:  `@main(x.., g..) -> (y.., dx..)` with `attention.joint = array<i64: RESULTS, LATER>`: the first `RESULTS` results are those of a
//!          function, the last `LATER` arguments the gradients of them
//! After:   `@main_forward` gives the `y` and what is saved, `@main_backward` reads that; `attention.reads` says what each argument is
//!
//! Needs: stage `raise`. Leaves: fused ops as they are, each in one of the two; what is cheap is computed in both. A module that cannot be
//! split so is left as it is, with a remark.
//!
//! What is saved is the [`cut`] of fewest bytes between fused ops that need no gradient and what needs one: maxima and sums of rows, and results of
//! the function, which are there anyway. All else is computed again.

mod cut;
mod views;

use super::{PassInfo, PassOptions, raise::live::read};
use crate::{
    error::PassError,
    ffi,
    ir::{self, Blk, Builder, Op, Val},
    remark,
    shape::facts::{self, Facts, Sources},
};
use cut::Cut;
use melior::ir::{BlockLike, attribute::TypeAttribute, operation::OperationLike, r#type::FunctionType};
use std::collections::{HashMap, HashSet};

pub const NAME: &str = "split-gradient";

/// The table entry.
pub const INFO: PassInfo =
    PassInfo { name: NAME, summary: "split a function with its gradient into forward and backward", options: &[], run };

/// Marks a function with its gradient: how many of its first results are the function's, and how many of its last arguments are the
/// gradients of them.
pub const JOINT: &str = "attention.joint";

/// What the arguments of a function that was split off are: `arg0`, an argument of the joint function, or `result0`, a result of the forward
/// function.
pub const READS: &str = "attention.reads";

/// What the names of the two functions end with.
pub const PARTS: [&str; 2] = ["_forward", "_backward"];

fn run(module: Op<'_>, _: &PassOptions) -> Result<(), PassError> {
    let functions = ir::body(module, 0).map(ir::ops).unwrap_or_default();
    for function in functions.into_iter().filter(|op| ir::name(*op) == "func.func") {
        if let Some((results, later)) = joint(function)
            && let Err(reason) = split(function, results, later)
        {
            remark::emit(function.location(), remark::Kind::Missed, NAME, format!("not split: {reason}"));
        }
    }
    Ok(())
}

/// Of a function with its gradient, the numbers of its own results and of their gradients among its arguments.
pub fn joint(function: Op<'_>) -> Option<(usize, usize)> {
    let numbers = ir::attr(function, JOINT).and_then(ffi::i64_array)?;
    let [results, later] = numbers[..] else { return None };
    Some((usize::try_from(results).ok()?, usize::try_from(later).ok()?))
}

/// The values of the body of a function with its gradient that need gradients, by key; none where it is no such function.
pub fn late(block: Blk<'_>) -> HashSet<usize> {
    let function = block.parent_operation().map(|op| ffi::op(&op));
    let Some((_, later)) = function.and_then(joint) else { return HashSet::new() };
    let arguments = ir::arguments(block);
    dependent(block, &arguments[arguments.len().saturating_sub(later)..])
}

/// The values of a block that depend on some arguments, by key.
fn dependent(block: Blk<'_>, later: &[Val<'_>]) -> HashSet<usize> {
    let mut found: HashSet<usize> = later.iter().map(|value| ffi::value_key(*value)).collect();
    for op in ir::ops(block) {
        if read(op).into_iter().any(|value| found.contains(&ffi::value_key(value))) {
            found.extend(ir::results(op).into_iter().map(ffi::value_key));
        }
    }
    found
}

/// The values of a block that an operation of it reads, in its regions, too.
fn read_of<'c>(op: Op<'c>, block: Blk<'c>) -> impl Iterator<Item = Val<'c>> {
    let own = move |value: &Val<'c>| match ffi::defining_op(*value) {
        Some(op) => ir::is_in(op, block),
        None => ffi::argument_owner(*value) == Some(block),
    };
    read(op).into_iter().filter(own)
}

/// Splits a function in two, which take its place.
fn split(function: Op<'_>, results: usize, later: usize) -> Result<(), String> {
    let body = ir::body(function, 0).ok_or("the function has no body")?;
    let arguments = ir::arguments(body);
    let exit = ir::ops(body).last().copied().ok_or("the function is empty")?;
    let returned = ir::operands(exit);
    if results > returned.len() || later > arguments.len() {
        return Err("there are not as many results or arguments".into());
    }
    views::straighten(body, &returned[..results]);
    let returned = ir::operands(exit);
    let (own, gradients) = returned.split_at(results);
    let (early, late) = arguments.split_at(arguments.len() - later);
    let dependent = dependent(body, late);
    if own.iter().any(|value| dependent.contains(&ffi::value_key(*value))) {
        return Err("a result of the function is computed together with gradients".into());
    }
    let cut = Cut::of(body, own, gradients, &dependent)?;
    let mut joint = Facts::of(function, Sources::default());

    let forward_gives: Vec<_> = own.iter().chain(&cut.saved).copied().collect();
    let forward = Part::of(function, PARTS[0]);
    let reads: Vec<_> = early.iter().enumerate().map(|(number, value)| (format!("arg{number}"), *value)).collect();
    forward.finish(&mut joint, &forward_gives, reads);

    let backward = Part::of(function, PARTS[1]);
    let mut reads: Vec<_> =
        arguments.iter().enumerate().map(|(number, value)| (format!("arg{number}"), *value)).collect();
    let start = Builder::before(ir::ops(backward.body)[0]);
    for (number, value) in forward_gives.iter().enumerate() {
        let own = ffi::val(backward.body.add_argument(ir::type_of(*value), function.location()));
        reads.push((format!("result{number}"), *value));
        for (made, value) in cut.stands_for(number) {
            let same = made.iter().fold(own, |tensor, view| view.undo(&start, tensor));
            ffi::replace_all_uses(backward.known[&ffi::value_key(value)], same);
        }
    }
    backward.finish(&mut joint, gradients, reads);
    ffi::erase(function);
    Ok(())
}

/// A copy of a function that becomes a part of it.
struct Part<'c> {
    function: Op<'c>,
    body: Blk<'c>,
    /// Its values, by those that they are copies of.
    known: HashMap<usize, Val<'c>>,
}

impl<'c> Part<'c> {
    fn of(function: Op<'c>, suffix: &str) -> Self {
        let b = Builder::before(function);
        let copy = b.insert(ffi::clone_op(function));
        let name = ir::attr(function, "sym_name").and_then(ir::string_attr).unwrap_or("main");
        ffi::set_attribute(copy, "sym_name", b.str_attr(&format!("{name}{suffix}")));
        for attribute in [JOINT, facts::EQUAL, "arg_attrs", "res_attrs"] {
            ffi::remove_attribute(copy, attribute);
        }
        let [from, body] = [function, copy].map(|function| ir::body(function, 0).expect("a function with a body"));
        let values = |block| ir::arguments(block).into_iter().chain(ir::ops(block).into_iter().flat_map(ir::results));
        let known = values(from).map(ffi::value_key).zip(values(body)).collect();
        Self { function: copy, body, known }
    }

    /// Makes it give the copies of some values. `reads`: what its arguments are, and the values that they stand for.
    fn finish(self, joint: &mut Facts<'c>, gives: &[Val<'c>], reads: Vec<(String, Val<'c>)>) {
        let Self { function, body, known } = self;
        if let Some(exit) = ir::ops(body).last().copied() {
            let values: Vec<_> = gives.iter().map(|value| known[&ffi::value_key(*value)]).collect();
            Builder::before(exit).op("func.return").operands(&values).build();
            ffi::erase(exit);
        }
        for op in ir::ops(body).into_iter().rev() {
            let results = ir::results(op);
            if !results.is_empty() && !results.into_iter().any(ffi::is_used) {
                ffi::erase(op);
            }
        }
        let used: Vec<_> = ir::arguments(body).into_iter().map(ffi::is_used).collect();
        for (number, _) in used.iter().enumerate().filter(|(_, used)| !**used).rev() {
            ffi::erase_argument(body, number);
        }
        let reads: Vec<_> = reads.into_iter().zip(used).filter(|(_, used)| *used).map(|(read, _)| read).collect();
        let b = Builder::before(function);
        let types = |values: &[Val<'c>]| values.iter().map(|value| ir::type_of(*value)).collect::<Vec<_>>();
        let ty = FunctionType::new(b.context, &types(&ir::arguments(body)), &types(gives));
        ffi::set_attribute(function, "function_type", TypeAttribute::new(ty.into()).into());
        let names: Vec<_> = reads.iter().map(|(name, _)| b.str_attr(name)).collect();
        ffi::set_attribute(function, READS, b.array_attr(&names));
        let actual: Vec<_> = reads.iter().map(|(_, value)| Some(*value)).collect();
        joint.note_equal(&b, function, &actual);
    }
}
