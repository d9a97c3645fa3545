//! `dispatch-kernels`: a call that stands for one call per tile becomes one call of the thread pool.
//!
//! Before:  llvm.call @main_0(%count, %a, %n) {flashlight.parallel}
//! After:   llvm.call @main_0_launch(%count, %a, %n)
//!          llvm.func @main_0_launch: stores its arguments in a frame and calls
//!              flashlight_parallel_for(count, @main_0_tile, frame)
//!          llvm.func @main_0_tile(frame, index): loads them and calls @main_0(index, …)
//!
//! `void flashlight_parallel_for(int64_t count, void (*tile)(void *frame, int64_t index), void *frame)` calls
//! the tile once per index. The JIT's runs them on the thread pool, an object file brings its own.
//! Needs: the LLVM dialect. Leaves: no `flashlight.parallel`.

use super::{PassInfo, PassOptions, outline_kernels::PARALLEL};
use crate::{
    bug,
    error::PassError,
    ffi,
    ir::{self, Builder, Op},
};
use melior::ir::{Module, operation::OperationLike};
use std::collections::BTreeMap;

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "dispatch-kernels",
    summary: "run the tiles of kernels through flashlight_parallel_for",
    options: &[],
    run,
};

const DECLARATION: &str = "llvm.func @flashlight_parallel_for(i64, !llvm.ptr, !llvm.ptr)\n";
fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    let mut kernels = BTreeMap::new();
    for call in ir::walk(module) {
        if ir::name(call) != "llvm.call" || !ffi::remove_attribute(call, PARALLEL) {
            continue;
        }
        let callee = ir::attr(call, "callee").ok_or_else(|| bug!("an indirect call of a kernel"))?.to_string();
        let kernel = callee.trim_start_matches('@').to_owned();
        ffi::set_attribute(call, "callee", Builder::before(call).attr(&format!("@{kernel}_launch")));
        let types: Vec<_> = ir::operands(call).into_iter().map(|value| ir::type_of(value).to_string()).collect();
        kernels.insert(kernel, types);
    }
    if kernels.is_empty() {
        return Ok(());
    }
    let mut text = String::from(DECLARATION);
    for (kernel, types) in &kernels {
        text.push_str(&functions(kernel, types));
    }
    insert(module, &text, &kernels)
}

/// The launch and tile functions of a kernel that takes `types`, the tile index first.
fn functions(kernel: &str, types: &[String]) -> String {
    let captures = &types[1..];
    let frame = format!("!llvm.struct<({})>", captures.join(", "));
    let arguments: Vec<_> = types.iter().enumerate().map(|(index, ty)| format!("%a{index}: {ty}")).collect();
    let (mut stores, mut loads, mut names) = (String::new(), String::new(), vec!["%index".to_owned()]);
    for (index, ty) in captures.iter().enumerate() {
        let place = format!("%p{index} = llvm.getelementptr %frame[0, {index}] : (!llvm.ptr) -> !llvm.ptr, {frame}\n");
        stores.push_str(&format!("{place}llvm.store %a{}, %p{index} : {ty}, !llvm.ptr\n", index + 1));
        loads.push_str(&format!("{place}%v{index} = llvm.load %p{index} : !llvm.ptr -> {ty}\n"));
        names.push(format!("%v{index}"));
    }
    format!(
        "llvm.func @{kernel}({all})
llvm.func internal @{kernel}_tile(%frame: !llvm.ptr, %index: i64) {{
{loads}llvm.call @{kernel}({names}) : ({all}) -> ()
llvm.return
}}
llvm.func internal @{kernel}_launch({arguments}) {{
%one = llvm.mlir.constant(1 : i64) : i64
%frame = llvm.alloca %one x {frame} : (i64) -> !llvm.ptr
{stores}%tile = llvm.mlir.addressof @{kernel}_tile : !llvm.ptr
llvm.call @flashlight_parallel_for(%a0, %tile, %frame) : (i64, !llvm.ptr, !llvm.ptr) -> ()
llvm.return
}}
",
        all = types.join(", "),
        names = names.join(", "),
        arguments = arguments.join(", "),
    )
}

/// Parses functions and moves them into the module; declarations of kernels are there already.
fn insert(module: Op<'_>, text: &str, kernels: &BTreeMap<String, Vec<String>>) -> Result<(), PassError> {
    let context = ffi::context_of(module.context());
    let parsed = Module::parse(context, text).ok_or_else(|| bug!("the launch functions do not parse"))?;
    let target = ir::body(module, 0).ok_or_else(|| bug!("a module without a body"))?;
    let source = ir::body(ffi::op(&parsed.as_operation()), 0).ok_or_else(|| bug!("a module without a body"))?;
    for function in ir::ops(source) {
        let name = ir::attr(function, "sym_name").and_then(ir::string_attr).unwrap_or_default();
        if !kernels.contains_key(name) {
            ffi::move_to_end(function, target);
        }
    }
    Ok(())
}
