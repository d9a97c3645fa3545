//! `box-scalars`: scalars that a public function takes and returns become tensors of rank 0.
//!
//! Before:  func.func @main(%x: tensor<4xf32>, %n: i64) -> f32
//! After:   func.func @main(%x: tensor<4xf32>, %n: tensor<i64>) -> tensor<f32> { %0 = tensor.extract %n[] … }
//!
//! An `index` is an i64 outside. Whoever calls the function passes the place of one element, on every back end.
//! Needs: functions that nobody calls (after `inline`). Leaves: public functions on tensors alone.

use super::{PassInfo, PassOptions};
use crate::{
    bug,
    error::PassError,
    ffi,
    ir::{self, Builder, Element, Op, Type},
};
use melior::ir::{ValueLike, attribute::TypeAttribute, r#type::FunctionType};

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "box-scalars",
    summary: "make scalars that public functions take and return tensors of rank 0",
    options: &[],
    run,
};

fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    let called: Vec<String> = ir::walk(module)
        .into_iter()
        .filter(|op| ir::name(*op) == "func.call")
        .filter_map(|op| Some(ir::attr(op, "callee")?.to_string().trim_start_matches('@').to_owned()))
        .collect();
    for function in ir::walk_named(module, &["func.func"]) {
        let private = ir::attr(function, "sym_visibility").and_then(ir::string_attr) == Some("private");
        let name = ir::attr(function, "sym_name").and_then(ir::string_attr).unwrap_or_default();
        if !private && ir::body(function, 0).is_some() && !called.iter().any(|callee| callee == name) {
            convert(function)?;
        }
    }
    Ok(())
}

/// The tensor that stands for a scalar type, if it is one.
fn boxed<'c>(b: &Builder<'c>, ty: Type<'c>) -> Option<Type<'c>> {
    let element = Element::of(ty).filter(|element| element.dtype().is_some())?;
    Some(b.tensor_type(&[], if element == Element::Index { b.int_type(64) } else { ty }))
}

fn convert(function: Op<'_>) -> Result<(), PassError> {
    let block = ir::body(function, 0).ok_or_else(|| bug!("a function without a body"))?;
    let ops = ir::ops(block);
    let (Some(first), Some(exit)) = (ops.first().copied(), ops.last().copied()) else { return Ok(()) };
    let b = Builder::before(first);
    let mut changed = false;
    for argument in ir::arguments(block) {
        let ty = ir::type_of(argument);
        let Some(tensor) = boxed(&b, ty) else { continue };
        changed = true;
        let element = ffi::element_type(tensor);
        let extract = b.op("tensor.extract").operands(&[argument]).results(&[element]).build();
        let scalar = ir::results(extract)[0];
        let value = if element == ty { scalar } else { b.cast("arith.index_cast", scalar, ty) };
        ffi::replace_all_uses(argument, value);
        ffi::set_operand(extract, 0, argument);
        argument.set_type(tensor);
    }
    let exits = Builder::before(exit);
    for (at, value) in ir::operands(exit).into_iter().enumerate() {
        let Some(tensor) = boxed(&exits, ir::type_of(value)) else { continue };
        changed = true;
        let element = ffi::element_type(tensor);
        let value = if element == ir::type_of(value) { value } else { exits.cast("arith.index_cast", value, element) };
        let whole = exits.op("tensor.from_elements").operands(&[value]).results(&[tensor]).value();
        ffi::set_operand(exit, at, whole);
    }
    if changed {
        let inputs: Vec<_> = ir::arguments(block).into_iter().map(ir::type_of).collect();
        let results: Vec<_> = ir::operands(exit).into_iter().map(ir::type_of).collect();
        let ty = FunctionType::new(b.context, &inputs, &results);
        ffi::set_attribute(function, "function_type", TypeAttribute::new(ty.into()).into());
    }
    Ok(())
}
