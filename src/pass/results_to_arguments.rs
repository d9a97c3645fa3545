//! `results-to-arguments`: an entry writes its static results where the caller wants them.
//!
//! Before:  func.func @main(%a: memref<4xf32>) -> memref<8xf32> { %r = memref.alloc() … return %r }
//! After:   func.func @main(%a: memref<4xf32>, %r: memref<8xf32>) { … return }
//!
//! A buffer made for a result, also one that is only reshaped on its way out, becomes the argument itself;
//! any other result is copied into it. Results of dynamic shape stay results.
//!
//! A result that begins as a copy of an argument nothing reads any more (a cache, of which a part is overwritten) may have that
//! argument's memory: the copy is only made where it has not, and the module notes it as [`SHARES`].
//! Needs: buffers with identity layouts. Leaves: public functions that return only dynamic shapes.

use super::{PassInfo, PassOptions};
use crate::{
    bug,
    error::PassError,
    ffi,
    ir::{self, Blk, Builder, Op, Type, Val},
};
use melior::ir::{BlockLike, attribute::TypeAttribute, operation::OperationLike, r#type::FunctionType};
use std::collections::HashMap;

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "results-to-arguments",
    summary: "let public functions write static results into buffers of the caller",
    options: &[],
    run,
};

/// The module attribute with pairs of a result and the argument whose memory it may have.
const SHARES: &str = "flashlight.shares";

/// Results, and the arguments whose memory they may have, by their numbers.
pub fn shared(module: Op<'_>) -> Vec<(usize, usize)> {
    let numbers = ir::attr(module, SHARES).and_then(ffi::i64_array).unwrap_or_default();
    numbers.chunks_exact(2).map(|pair| (pair[0] as usize, pair[1] as usize)).collect()
}

fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    let body = ir::body(module, 0).ok_or_else(|| bug!("a module without a body"))?;
    for function in ir::ops(body) {
        let private = ir::attr(function, "sym_visibility").and_then(ir::string_attr) == Some("private");
        if ir::name(function) == "func.func" && !private && ir::body(function, 0).is_some() {
            convert(module, function)?;
        }
    }
    Ok(())
}

fn is_static_buffer(ty: Type<'_>) -> bool {
    ty.to_string().starts_with("memref<") && ffi::shape(ty).is_some_and(|shape| shape.iter().all(Option::is_some))
}

fn convert<'c>(module: Op<'c>, function: Op<'c>) -> Result<(), PassError> {
    let block = ir::body(function, 0).ok_or_else(|| bug!("a function without a body"))?;
    let Some(exit) = ir::ops(block).into_iter().find(|op| ir::name(*op) == "func.return") else { return Ok(()) };
    let builder = Builder::before(exit);
    let arguments = ir::arguments(block);
    let (mut kept, mut added, mut places) = (vec![], vec![], vec![]);
    for index in 0..ir::operands(exit).len() {
        // What an earlier result did may have put another value in this place.
        let value = ir::operands(exit)[index];
        let ty = ir::type_of(value);
        if !is_static_buffer(ty) {
            kept.push(value);
            continue;
        }
        let place = ffi::val(block.add_argument(ty, builder.location));
        added.push(ty);
        places.push((index, place));
        if !replace_origin(value, place, exit) {
            builder.op("memref.copy").operands(&[value, place]).build();
        }
    }
    let kept = owned(&builder, &kept);
    builder.op("func.return").operands(&kept).build();
    ffi::erase(exit);
    let ty = ir::attr(function, "function_type")
        .and_then(|attribute| TypeAttribute::try_from(attribute).ok())
        .and_then(|attribute| FunctionType::try_from(attribute.value()).ok())
        .ok_or_else(|| bug!("a function without a type"))?;
    let inputs: Vec<_> = (0..ty.input_count()).filter_map(|index| ty.input(index).ok()).chain(added.clone()).collect();
    let results: Vec<_> = kept.iter().map(|value| ir::type_of(*value)).collect();
    let ty = FunctionType::new(builder.context, &inputs, &results);
    ffi::set_attribute(function, "function_type", TypeAttribute::new(ty.into()).into());
    ffi::remove_attribute(function, "arg_attrs");
    ffi::remove_attribute(function, "res_attrs");
    let shares = share(block, &arguments, &places);
    if !shares.is_empty() {
        ffi::set_attribute(module, SHARES, builder.i64s_attr(&shares));
    }
    Ok(())
}

/// Makes the copies of arguments into results depend on whether they have the same memory, where nothing reads the argument
/// afterwards. Gives pairs of a result's and an argument's number.
fn share<'c>(block: Blk<'c>, arguments: &[Val<'c>], places: &[(usize, Val<'c>)]) -> Vec<i64> {
    let order: HashMap<usize, usize> = ir::ops(block).into_iter().map(ffi::op_key).zip(0..).collect();
    let mut shares: Vec<i64> = vec![];
    for (argument, from) in arguments.iter().enumerate() {
        let users = users(*from);
        let Some((copy, place)) = users.iter().find_map(|user| Some((*user, copied(*user, *from, places)?))) else {
            continue;
        };
        let Some(at) = order.get(&ffi::op_key(copy)) else { continue };
        let (result, into) = places[place];
        // Where an op of the block has a use, however deep.
        let when = |user: &Op<'c>| {
            let mut op = *user;
            while !order.contains_key(&ffi::op_key(op)) {
                op = ffi::op(&op.parent_operation()?);
            }
            order.get(&ffi::op_key(op)).copied()
        };
        // What may be the same buffer under another name.
        let passes_on = |op: &Op<'c>| {
            let buffers =
                ir::results(*op).into_iter().any(|value| ir::type_of(value).to_string().starts_with("memref<"));
            buffers && !VIEWS.contains(&ir::name(*op)) || ir::name(*op) == "scf.yield"
        };
        let sooner = |user: &Op<'c>| *user == copy || when(user).is_some_and(|when| when < *at) && !passes_on(user);
        let begins = |user: &Op<'c>| *user == copy || when(user).is_some_and(|when| when > *at);
        if !users.iter().all(sooner) || !self::users(into).iter().all(begins) {
            continue;
        }
        let b = Builder::before(copy);
        let address = |value: Val<'c>| {
            b.op("memref.extract_aligned_pointer_as_index").operands(&[value]).results(&[b.index_type()]).value()
        };
        let apart = b.compare("arith.cmpi", 1, address(*from), address(into));
        let region = |inner: &Builder<'c>, _: &[Val<'c>]| {
            inner.op("memref.copy").operands(&[*from, into]).build();
            inner.op("scf.yield").build();
        };
        b.op("scf.if").operands(&[apart]).region(&[], region).raw_region(melior::ir::Region::new()).build();
        ffi::erase(copy);
        shares.extend([result as i64, argument as i64]);
    }
    shares
}

/// The place of a result that an op copies an argument to.
fn copied<'c>(op: Op<'c>, argument: Val<'c>, places: &[(usize, Val<'c>)]) -> Option<usize> {
    let [from, into] = ir::operands(op)[..] else { return None };
    let whole = ir::name(op) == "memref.copy" && from == argument && ir::type_of(from) == ir::type_of(into);
    places.iter().position(|(_, place)| *place == into).filter(|_| whole)
}

/// What uses a buffer or a view of it.
fn users(buffer: Val<'_>) -> Vec<Op<'_>> {
    let mut all = vec![];
    for (user, _) in ffi::uses(buffer) {
        all.push(user);
        if VIEWS.contains(&ir::name(user)) {
            all.extend(ir::results(user).into_iter().flat_map(users));
        }
    }
    all
}

/// The values with every buffer in them once: the caller frees what it gets, so that a buffer that is returned twice, or along
/// with a view of it, is copied.
fn owned<'c>(b: &Builder<'c>, values: &[Val<'c>]) -> Vec<Val<'c>> {
    let mut seen: Vec<Val<'c>> = vec![];
    let mut take = |value: Val<'c>| {
        let root = origin(value);
        let own = ffi::defining_op(root).is_some_and(|op| ir::name(op) == "memref.alloc");
        let shape = ffi::shape(ir::type_of(value));
        let first = values.len() == 1 || own && !seen.contains(&root);
        seen.push(root);
        match shape {
            Some(shape) if !first => copy(b, value, &shape),
            _ => value,
        }
    };
    values.iter().map(|value| take(*value)).collect()
}

const VIEWS: [&str; 7] = [
    "memref.expand_shape",
    "memref.collapse_shape",
    "memref.cast",
    "memref.subview",
    "memref.reinterpret_cast",
    "memref.reshape",
    "memref.transpose",
];

/// The buffer that a view is of.
fn origin(mut value: Val<'_>) -> Val<'_> {
    while let Some(op) = ffi::defining_op(value).filter(|op| VIEWS.contains(&ir::name(*op))) {
        value = ir::operands(op)[0];
    }
    value
}

fn copy<'c>(b: &Builder<'c>, value: Val<'c>, shape: &[Option<i64>]) -> Val<'c> {
    let open = (0..shape.len()).filter(|dim| shape[*dim].is_none());
    let sizes: Vec<_> = open
        .map(|dim| b.op("memref.dim").operands(&[value, b.index(dim as i64)]).results(&[b.index_type()]).value())
        .collect();
    let buffer = b
        .op("memref.alloc")
        .operands(&sizes)
        .results(&[ir::type_of(value)])
        .attr_text("operandSegmentSizes", &format!("array<i32: {}, 0>", sizes.len()))
        .value();
    b.op("memref.copy").operands(&[value, buffer]).build();
    buffer
}

/// Makes `place` the buffer that `value` is computed in, when that buffer was allocated for it.
fn replace_origin<'c>(value: Val<'c>, place: Val<'c>, exit: Op<'c>) -> bool {
    let Some(origin) = ffi::defining_op(value) else { return false };
    // Returned once, and allocated at the top level of the function.
    let returned = ffi::uses(value).iter().filter(|(user, _)| ffi::op_key(*user) == ffi::op_key(exit)).count();
    let top = ffi::parent_block_key(origin) == ffi::parent_block_key(exit);
    if returned != 1 || !top {
        return false;
    }
    let inverse = match ir::name(origin) {
        "memref.alloc" => {
            ffi::replace_all_uses(value, place);
            ffi::erase(origin);
            return true;
        }
        "memref.expand_shape" => "memref.collapse_shape",
        _ => return false,
    };
    let source = ir::operands(origin)[0];
    let Some(alloc) = ffi::defining_op(source) else { return false };
    let Some(reassociation) = ir::attr(origin, "reassociation") else { return false };
    if ir::name(alloc) != "memref.alloc"
        || ffi::parent_block_key(alloc) != ffi::parent_block_key(exit)
        || !is_static_buffer(ir::type_of(source))
    {
        return false;
    }
    let reshaped = Builder::before(alloc)
        .op(inverse)
        .operands(&[place])
        .results(&[ir::type_of(source)])
        .attr("reassociation", reassociation)
        .value();
    ffi::replace_all_uses(value, place);
    ffi::erase(origin);
    ffi::replace_all_uses(source, reshaped);
    ffi::erase(alloc);
    true
}
