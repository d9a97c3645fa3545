//! `cpu-entry`: marks what may be called from outside.
//!
//! Before:  func.func @main(%a: tensor<4xf32>) -> tensor<4xf32>
//! After:   func.func @main(%a: tensor<4xf32> {bufferization.writable = false}) -> tensor<4xf32>
//!              attributes {llvm.emit_c_interface}
//!
//! Needs: tensors. Leaves: every public function callable through descriptors, its arguments read-only.

use super::{PassInfo, PassOptions};
use crate::{
    error::PassError,
    ffi,
    ir::{self, Builder, Op},
};

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "cpu-entry",
    summary: "give public functions a C interface and read-only arguments",
    options: &[],
    run,
};

fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    let Some(body) = ir::body(module, 0) else { return Ok(()) };
    for function in ir::ops(body) {
        let private = ir::attr(function, "sym_visibility").and_then(ir::string_attr) == Some("private");
        if ir::name(function) != "func.func" || private {
            continue;
        }
        if let Some(block) = ir::body(function, 0) {
            mark(function, ir::arguments(block).len());
        }
    }
    Ok(())
}

fn mark(function: Op<'_>, arguments: usize) {
    let builder = Builder::before(function);
    ffi::set_attribute(function, "llvm.emit_c_interface", builder.attr("unit"));
    let own = ir::attr(function, "arg_attrs").and_then(ffi::array_elements).unwrap_or_default();
    let writable = builder.attr("false");
    let attributes = (0..arguments).map(|number| {
        ffi::dictionary_with(builder.context, own.get(number).copied(), "bufferization.writable", writable)
    });
    ffi::set_attribute(function, "arg_attrs", builder.array_attr(&attributes.collect::<Vec<_>>()));
}
