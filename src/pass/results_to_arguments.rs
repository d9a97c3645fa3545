//! `results-to-arguments`: an entry writes its static results where the caller wants them.
//!
//! Before:  func.func @main(%a: memref<4xf32>) -> memref<8xf32> { %r = memref.alloc() … return %r }
//! After:   func.func @main(%a: memref<4xf32>, %r: memref<8xf32>) { … return }
//!
//! A buffer made for a result, also one that is only reshaped on its way out, becomes the argument itself;
//! any other result is copied into it. Results of dynamic shape stay results.
//! Needs: buffers with identity layouts. Leaves: public functions that return only dynamic shapes.

use super::{PassInfo, PassOptions};
use crate::{
    bug,
    error::PassError,
    ffi,
    ir::{self, Builder, Op, Type, Val},
};
use melior::ir::{BlockLike, attribute::TypeAttribute, r#type::FunctionType};

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "results-to-arguments",
    summary: "let public functions write static results into buffers of the caller",
    options: &[],
    run,
};

fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    let body = ir::body(module, 0).ok_or_else(|| bug!("a module without a body"))?;
    for function in ir::ops(body) {
        let private = ir::attr(function, "sym_visibility").and_then(ir::string_attr) == Some("private");
        if ir::name(function) == "func.func" && !private && ir::body(function, 0).is_some() {
            convert(function)?;
        }
    }
    Ok(())
}

fn is_static_buffer(ty: Type<'_>) -> bool {
    ty.to_string().starts_with("memref<") && ffi::shape(ty).is_some_and(|shape| shape.iter().all(Option::is_some))
}

fn convert(function: Op<'_>) -> Result<(), PassError> {
    let block = ir::body(function, 0).ok_or_else(|| bug!("a function without a body"))?;
    let Some(exit) = ir::ops(block).into_iter().find(|op| ir::name(*op) == "func.return") else { return Ok(()) };
    let builder = Builder::before(exit);
    let (mut kept, mut added) = (vec![], vec![]);
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
    Ok(())
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

/// The buffer that a view is of.
fn origin(mut value: Val<'_>) -> Val<'_> {
    const VIEWS: [&str; 7] = [
        "memref.expand_shape",
        "memref.collapse_shape",
        "memref.cast",
        "memref.subview",
        "memref.reinterpret_cast",
        "memref.reshape",
        "memref.transpose",
    ];
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
