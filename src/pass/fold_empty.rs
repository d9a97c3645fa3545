//! `fold-empty`: what runs over nothing is what it starts from.
//!
//! Before:  %o = linalg.generic ins(%p, %v : tensor<8x0xf32>, tensor<0x16xf32>) outs(%zero : tensor<8x16xf32>) { %out + %p * %v }
//! After:   %zero
//!
//! A loop of static length 0 makes every result of its op what the op was given for it. A part without elements that is
//! concatenated or inserted changes nothing either.
//! Needs: generics on tensors. Leaves: no generic with a loop that is known to be empty.

use super::{PassInfo, PassOptions};
use crate::{
    algebra::Generic,
    error::PassError,
    ffi,
    ir::{self, Builder, Op, Val},
};
use melior::ir::operation::OperationLike;

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "fold-empty",
    summary: "replace operations over no elements by what they start from",
    options: &[],
    run,
};

fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    let generics = ir::walk_named(module, &["linalg.generic"]).into_iter().filter_map(Generic::of);
    for generic in generics.filter(|generic| generic.extents.contains(&Some(0))) {
        let starts = &ir::operands(generic.op)[generic.inputs..];
        for (result, start) in ir::results(generic.op).into_iter().zip(starts) {
            ffi::replace_all_uses(result, *start);
        }
        ffi::erase(generic.op);
    }
    for op in ir::walk_named(module, &["tensor.insert_slice"]) {
        if let [source, into, ..] = ir::operands(op)[..]
            && is_empty(source)
        {
            ffi::replace_all_uses(ir::results(op)[0], into);
            ffi::erase(op);
        }
    }
    ir::walk_named(module, &["tensor.concat"]).into_iter().for_each(join);
    Ok(())
}

fn is_empty(value: Val<'_>) -> bool {
    ffi::shape(ir::type_of(value)).is_some_and(|shape| shape.contains(&Some(0)))
}

/// Leaves out the parts of a concatenation that have no elements.
fn join(op: Op<'_>) {
    let (parts, result) = (ir::operands(op), ir::results(op)[0]);
    if is_empty(result) {
        return;
    }
    let kept: Vec<_> = parts.iter().copied().filter(|part| !is_empty(*part)).collect();
    let joined = match kept[..] {
        _ if kept.len() == parts.len() => return,
        [one] if ir::type_of(one) == ir::type_of(result) => one,
        _ => {
            let b = Builder::before(op).with_location(op.location());
            let spec = b.op("tensor.concat").operands(&kept).results(&[ir::type_of(result)]);
            match ir::attr(op, "dim") {
                Some(dim) => spec.attr("dim", dim).value(),
                None => return,
            }
        }
    };
    ffi::replace_all_uses(result, joined);
    ffi::erase(op);
}
