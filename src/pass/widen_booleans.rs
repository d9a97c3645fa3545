//! `widen-booleans`: tensors of i1 become tensors of i8.
//!
//! Before:  linalg.generic ins(%mask : tensor<64x64xi1>) { ^bb0(%keep: i1, ..): arith.select %keep, .. }
//! After:   linalg.generic ins(%mask : tensor<64x64xi8>) { ^bb0(%byte: i8, ..): %keep = arith.trunci %byte; .. }
//!
//! A vector of i1 in memory is packed bits to LLVM and a scalar i1 is a byte: code that does both to one
//! buffer, or that loads vectors from a caller's array of booleans, reads garbage. With bytes there is one
//! layout. Functions are included: a boolean argument is an array of bytes, as it is in every framework.
//!
//! Needs: tensors. Leaves: no tensor of i1.

use super::{PassInfo, PassOptions};
use crate::{
    bug,
    error::PassError,
    ffi,
    ir::{self, Builder, Element, Op, Type, Val},
};
use melior::ir::{ValueLike, attribute::TypeAttribute, operation::OperationLike, r#type::FunctionType};

/// The pass.
pub const INFO: PassInfo =
    PassInfo { name: "widen-booleans", summary: "turn tensors of i1 into tensors of i8", options: &[], run };

fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    let ops = ir::walk(module);
    // Scalars at the border of a tensor first, while the types still say where the borders are.
    for op in &ops {
        convert_border(*op)?;
    }
    for op in &ops {
        for value in ir::results(*op) {
            widen_value(value);
        }
        for block in blocks(*op) {
            ir::arguments(block).into_iter().for_each(widen_value);
        }
        if ir::name(*op) == "func.func" {
            widen_signature(*op)?;
        }
    }
    Ok(())
}

fn blocks<'c>(op: Op<'c>) -> Vec<ir::Blk<'c>> {
    (0..op.region_count()).filter_map(|region| ir::body(op, region)).collect()
}

fn is_bool(ty: Type<'_>) -> bool {
    Element::of(ty) == Some(Element::BOOL)
}

fn is_bool_tensor(ty: Type<'_>) -> bool {
    ffi::is_ranked_tensor(ty) && is_bool(ffi::element_type(ty))
}

/// The i8 tensor type of the same shape; any other type as it is.
fn widened<'c>(builder: &Builder<'c>, ty: Type<'c>) -> Type<'c> {
    match ffi::shape(ty) {
        Some(shape) if is_bool_tensor(ty) => builder.tensor_type(&shape, builder.int_type(8)),
        _ => ty,
    }
}

fn widen_value(value: Val<'_>) {
    let ty = ir::type_of(value);
    if let Some(shape) = ffi::shape(ty).filter(|_| is_bool_tensor(ty)) {
        let sizes: String = shape.iter().map(|size| size.map_or("?x".to_owned(), |size| format!("{size}x"))).collect();
        if let Some(ty) = Type::parse(ffi::context_of(value.context()), &format!("tensor<{sizes}i8>")) {
            value.set_type(ty);
        }
    }
}

fn widen_signature(function: Op<'_>) -> Result<(), PassError> {
    let Some(attribute) = ir::attr(function, "function_type") else { return Ok(()) };
    let ty = TypeAttribute::try_from(attribute)?.value();
    let ty = FunctionType::try_from(ty)?;
    let builder = Builder::before(function);
    let inputs: Vec<_> =
        (0..ty.input_count()).filter_map(|i| ty.input(i).ok()).map(|ty| widened(&builder, ty)).collect();
    let results: Vec<_> =
        (0..ty.result_count()).filter_map(|i| ty.result(i).ok()).map(|ty| widened(&builder, ty)).collect();
    let ty: Type<'_> = FunctionType::new(builder.context, &inputs, &results).into();
    ffi::set_attribute(function, "function_type", TypeAttribute::new(ty).into());
    Ok(())
}

/// Converts the scalars that go into and come out of the tensors of one operation.
fn convert_border(op: Op<'_>) -> Result<(), PassError> {
    let touches = ir::operands(op).into_iter().chain(ir::results(op)).any(|value| is_bool_tensor(ir::type_of(value)));
    if !touches {
        return Ok(());
    }
    match ir::name(op) {
        "linalg.copy" | "linalg.transpose" | "linalg.broadcast" => {
            retype_body(op);
            Ok(())
        }
        "linalg.fill" => {
            scalars_in(op);
            retype_body(op);
            Ok(())
        }
        name if name.starts_with("linalg.") => generic(op),
        "tensor.splat" | "tensor.insert" | "tensor.from_elements" => {
            scalars_in(op);
            Ok(())
        }
        "tensor.extract" => {
            scalar_out(op);
            Ok(())
        }
        "tensor.pad" | "tensor.generate" => {
            yields(op);
            Ok(())
        }
        "arith.constant" => constant(op),
        name if name.starts_with("arith.") && !matches!(name, "arith.select") => {
            Err(bug!("'{name}' on a tensor of i1 should be a linalg.generic by now"))
        }
        _ => Ok(()),
    }
}

fn generic(op: Op<'_>) -> Result<(), PassError> {
    let Some(body) = ir::body(op, 0) else { return Ok(()) };
    let byte = Builder::before(op).int_type(8);
    scalars_in(op);
    if let Some(first) = ir::ops(body).first() {
        let builder = Builder::before(*first);
        for argument in ir::arguments(body).into_iter().filter(|argument| is_bool(ir::type_of(*argument))) {
            let uses = ffi::uses(argument);
            argument.set_type(byte);
            let bit = builder.cast("arith.trunci", argument, builder.int_type(1));
            for (user, operand) in uses {
                ffi::set_operand(user, operand, bit);
            }
        }
    }
    yields(op);
    Ok(())
}

/// Extends every i1 that the body's terminator yields.
fn yields(op: Op<'_>) {
    for block in blocks(op) {
        if let Some(terminator) = ir::ops(block).last() {
            scalars_in(*terminator);
        }
    }
}

/// Extends every i1 operand.
fn scalars_in(op: Op<'_>) {
    let builder = Builder::before(op);
    for (index, operand) in ir::operands(op).into_iter().enumerate() {
        if is_bool(ir::type_of(operand)) {
            ffi::set_operand(op, index, builder.cast("arith.extui", operand, builder.int_type(8)));
        }
    }
}

/// Retypes a body that only moves elements.
fn retype_body(op: Op<'_>) {
    let byte = Builder::before(op).int_type(8);
    for argument in blocks(op).into_iter().flat_map(ir::arguments) {
        if is_bool(ir::type_of(argument)) {
            argument.set_type(byte);
        }
    }
}

/// Truncates the i8 that the operation now gives.
fn scalar_out(op: Op<'_>) {
    let Some(next) = op.next_in_block() else { return };
    for result in ir::results(op).into_iter().filter(|result| is_bool(ir::type_of(*result))) {
        let uses = ffi::uses(result);
        let builder = Builder::before(ffi::op(&next));
        result.set_type(builder.int_type(8));
        let bit = builder.cast("arith.trunci", result, builder.int_type(1));
        for (user, operand) in uses {
            ffi::set_operand(user, operand, bit);
        }
    }
}

/// A dense constant of i1 as one of i8, 0 and 1.
fn constant(op: Op<'_>) -> Result<(), PassError> {
    let Some(attribute) = ir::attr(op, "value") else { return Ok(()) };
    let builder = Builder::before(op);
    let ty = widened(&builder, ir::type_of(ir::results(op)[0]));
    let values = ffi::dense_bools(attribute).ok_or_else(|| bug!("a constant of i1 that is not dense"))?;
    let list = ffi::dense_i8(ty, &values);
    ffi::set_attribute(op, "value", list);
    Ok(())
}
