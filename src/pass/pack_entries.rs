//! `pack-entries`: every entry also takes its arguments as one array of pointers.
//!
//! Before:  llvm.func @_mlir_ciface_main(!llvm.ptr, !llvm.ptr)
//! After:   …and llvm.func @main_packed(!llvm.ptr): loads two pointers and calls it
//!
//! A caller that knows the signature only at run time needs no foreign-function library then.
//! Needs: the LLVM dialect, entries with a C interface.

use super::{PassInfo, PassOptions};
use crate::{
    bug,
    error::PassError,
    ffi,
    ir::{self, Op},
};
use melior::ir::{Module, attribute::TypeAttribute, operation::OperationLike};

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "pack-entries",
    summary: "give entries a wrapper that takes an array of pointers",
    options: &[],
    run,
};

/// What upstream prefixes the C interface of a function with.
const PREFIX: &str = "_mlir_ciface_";

fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    let body = ir::body(module, 0).ok_or_else(|| bug!("a module without a body"))?;
    let mut text = String::new();
    for function in ir::ops(body) {
        let name = ir::attr(function, "sym_name").and_then(ir::string_attr).unwrap_or_default();
        if ir::name(function) == "llvm.func"
            && let Some(entry) = name.strip_prefix(PREFIX)
            && let Some(count) = pointers(function)
        {
            text.push_str(&wrapper(entry, count));
        }
    }
    let context = ffi::context_of(module.context());
    let parsed = Module::parse(context, &text).ok_or_else(|| bug!("the packed entries do not parse"))?;
    let source = ir::body(ffi::op(&parsed.as_operation()), 0).ok_or_else(|| bug!("a module without a body"))?;
    for function in ir::ops(source) {
        let name = ir::attr(function, "sym_name").and_then(ir::string_attr).unwrap_or_default();
        if !name.starts_with(PREFIX) {
            ffi::move_to_end(function, body);
        }
    }
    Ok(())
}

/// The number of arguments of a function that takes only pointers and returns nothing.
fn pointers(function: Op<'_>) -> Option<usize> {
    let ty = TypeAttribute::try_from(ir::attr(function, "function_type")?).ok()?.value().to_string();
    let inputs = ty.strip_prefix("!llvm.func<void (")?.strip_suffix(")>")?;
    let inputs: Vec<_> = inputs.split(", ").filter(|input| !input.is_empty()).collect();
    inputs.iter().all(|input| *input == "ptr").then_some(inputs.len())
}

fn wrapper(entry: &str, count: usize) -> String {
    let types = vec!["!llvm.ptr"; count].join(", ");
    let mut loads = String::new();
    for index in 0..count {
        loads.push_str(&format!(
            "%p{index} = llvm.getelementptr %all[{index}] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
%a{index} = llvm.load %p{index} : !llvm.ptr -> !llvm.ptr\n"
        ));
    }
    let names: Vec<_> = (0..count).map(|index| format!("%a{index}")).collect();
    format!(
        "llvm.func @\"{PREFIX}{entry}\"({types})
llvm.func @\"{entry}_packed\"(%all: !llvm.ptr) {{
{loads}llvm.call @\"{PREFIX}{entry}\"({names}) : ({types}) -> ()
llvm.return
}}\n",
        names = names.join(", ")
    )
}
