//! Results that are an argument with a part overwritten: a cache.
//!
//! Before:  `%r = tensor.insert_slice %new into %cache[0, %at, 0] [2, 3, 32] [1, 1, 1]`, returned, where %cache is an argument
//! After:   loops that insert the elements of %new one by one: a kernel that copies the cache, and one that stores the part
//!
//! Such a result may have the argument's memory, and then nothing is copied, if no kernel reads the argument once a part of it is
//! stored. The manifest says so.

use super::{
    host::{Host, root},
    nest::{self, Index},
    points::{is_insertion, started_from},
    steps::Step,
};
use crate::{
    ffi,
    ir::{self, Builder, Op, Val},
    pass::{
        import_foreign::scatter::UNIQUE,
        tile::emit::{self, Ix},
    },
    runtime::manifest::{Buffer, Kernel, Parameter, Shares},
};

/// Makes loops of parts that are inserted into arguments on their way out of a function.
pub fn store_parts(func: Op<'_>) {
    let returned = ir::body(func, 0).and_then(|body| ir::ops(body).pop()).map(ir::operands).unwrap_or_default();
    let mut done: Vec<usize> = vec![];
    for op in returned.into_iter().filter_map(|value| ffi::defining_op(root(value))) {
        if ir::name(op) != "tensor.insert_slice" || done.contains(&ffi::op_key(op)) {
            continue;
        }
        if let [part, into, ..] = ir::operands(op)[..]
            && is_argument(into)
            && let Some(stored) = store(op, part, into)
        {
            done.push(ffi::op_key(op));
            ffi::replace_all_uses(ir::results(op)[0], stored);
            ffi::erase(op);
        }
    }
}

fn is_argument(value: Val<'_>) -> bool {
    ffi::owner_of_argument(root(value)).is_some_and(|op| ir::name(op) == "func.func")
}

/// The loops that insert the elements of a part.
fn store<'c>(op: Op<'c>, part: Val<'c>, into: Val<'c>) -> Option<Val<'c>> {
    let (offsets, sizes, strides) = nest::slice(op, 2)?;
    let kept = nest::kept_dims(&sizes, &ffi::shape(ir::type_of(part))?);
    let slice = Part { part, offsets, strides, kept };
    Some(slice.nest(&Builder::before(op), into, &mut vec![]))
}

struct Part<'c> {
    part: Val<'c>,
    offsets: Vec<Index<'c>>,
    strides: Vec<i64>,
    /// The dim of the tensor that each dim of the part is of.
    kept: Vec<usize>,
}

impl<'c> Part<'c> {
    fn nest(&self, b: &Builder<'c>, tensor: Val<'c>, at: &mut Vec<Val<'c>>) -> Val<'c> {
        if at.len() == self.kept.len() {
            return self.insert(b, tensor, at);
        }
        let bounds = [Ix::Known(0), emit::size_of(b, self.part, at.len()), Ix::Known(1)];
        emit::for_loop(b, bounds, &[tensor], |b, index, carried| {
            at.push(index);
            let tensor = self.nest(b, carried[0], at);
            at.pop();
            vec![tensor]
        })[0]
    }

    fn insert(&self, b: &Builder<'c>, tensor: Val<'c>, at: &[Val<'c>]) -> Val<'c> {
        let place = self.offsets.iter().enumerate().map(|(dim, offset)| {
            let own = self.kept.iter().position(|kept| *kept == dim).map(|own| match self.strides[dim] {
                1 => at[own],
                stride => b.binary("arith.muli", at[own], b.index(stride)),
            });
            match (offset, own) {
                (Index::Const(0), Some(own)) => own,
                (Index::Const(offset), None) => b.index(*offset),
                (Index::Const(offset), Some(own)) => b.binary("arith.addi", own, b.index(*offset)),
                (Index::Value(offset), None) => *offset,
                (Index::Value(offset), Some(own)) => b.binary("arith.addi", own, *offset),
            }
        });
        let place: Vec<_> = place.collect();
        let element = emit::extract(b, self.part, at);
        b.op("tensor.insert")
            .operands(&[element, tensor])
            .operands(&place)
            .results(&[ir::type_of(tensor)])
            .attr_text(UNIQUE, "unit")
            .value()
    }
}

/// Notes which results may have the memory of an argument. The steps are kernels, in order.
pub fn note_shared(host: &Host<'_>, kernels: &[Kernel], results: &mut [Buffer]) {
    let mut taken: Vec<String> = vec![];
    for result in results {
        let Some((argument, kernel, first)) = overwritten(host, &result.name) else { continue };
        let reads = |kernel: &Kernel| {
            kernel.parameters.iter().any(|parameter| match parameter {
                Parameter::Pointer { tensor } => *tensor == argument,
                Parameter::TensorMap(map) => map.tensor == argument,
                Parameter::Scalar { .. } => false,
            })
        };
        if !taken.contains(&argument) && !kernels[first..].iter().any(reads) {
            taken.push(argument.clone());
            result.shares = Some(Shares { argument, kernel: Some(kernel) });
        }
    }
}

/// The argument that a result is but for a part, the step that copies it, and the first one that stores.
fn overwritten(host: &Host<'_>, result: &str) -> Option<(String, usize, usize)> {
    let is_made = |value: &Val<'_>| host.name_of(*value) == Some(result);
    let copies = host.steps.iter().position(|step| match step {
        Step::Group(group) => match &group.members[..] {
            [member] => is_insertion(member.op) && matches!(&member.stored[..], [value] if is_made(value)),
            _ => false,
        },
        _ => false,
    })?;
    let stores = host.steps.iter().position(|step| match step {
        Step::Insert(op) => ir::results(*op).first().is_some_and(is_made),
        _ => false,
    })?;
    let Step::Insert(op) = host.steps[stores] else { return None };
    let argument = root(started_from(op));
    let name = host.name_of(argument).filter(|_| is_argument(argument))?;
    (copies < stores).then(|| (name.to_owned(), copies, stores))
}
