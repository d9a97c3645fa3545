//! `distribute`: a nest of tiles becomes a kernel.
//!
//! Before:  `scf.forall` over grid tiles, `scf.for` over key tiles, `linalg.generic` on tiles
//! After:   `gpu.module` with one `llvm.func`: a producer warp that fills rings of shared buffers, consumer
//!          warpgroups that hold tiles in wgmma fragments (nvvm, llvm, scf, arith and math ops)
//!
//! Steps, each a module beside this one: read the nest ([`super::nest`], [`super::host`]), class the dims of its tiles
//! ([`super::layout`]), plan shared memory, rings and registers ([`super::plan`]), write both roles ([`super::roles`]).
//! The host side of the function (what to launch, in which order, on which tensors) becomes the module's
//! `flashlight.manifest`; the function itself is gone after this pass.

use super::{
    code::{Code, new_block, region_of},
    host::{Host, Output, product},
    kernel::{Kernel, Scope},
    nest::Index,
    plan::Plan,
    roles::grid_bounds,
    schedule::Schedule,
};
use crate::{
    error::PassError,
    ffi,
    ir::{self, Builder, Op, Type},
    pass::{OptionInfo, PassInfo, PassOptions},
    runtime::{
        DType, Expr,
        manifest::{self, Argument, Buffer, Manifest, Parameter},
    },
};
use melior::ir::operation::OperationLike;
use std::collections::{HashMap, HashSet};

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "distribute",
    summary: "map nests of tiles to GPU kernels: TMA rings, warp roles, wgmma fragments",
    options: &[
        OptionInfo { name: "target", default: "sm_90a", summary: "whose schedule to use" },
        OptionInfo { name: "margin", default: "0", summary: "registers per thread to plan without" },
    ],
    run,
};

/// The module attribute that holds the manifest as JSON.
pub const MANIFEST: &str = "flashlight.manifest";

fn run(module: Op<'_>, options: &PassOptions) -> Result<(), PassError> {
    let mut schedule = Schedule::of(options.get(&INFO, "target"))?;
    schedule.margin = options.get(&INFO, "margin").parse().unwrap_or(0);
    distribute(module, &schedule)
}

/// Turns the one function with kernels into GPU modules and a manifest. A module without kernels is left alone.
///
/// # Errors
/// Reported at what cannot be mapped; [`PassError::Unsupported`] when nothing fits.
pub fn distribute(module: Op<'_>, schedule: &Schedule) -> Result<(), PassError> {
    let Some(body) = ir::body(module, 0) else { return Ok(()) };
    let has_kernel = |func: &Op<'_>| ir::walk(*func).iter().any(|op| ir::attr(*op, "flashlight.kernel").is_some());
    let funcs: Vec<_> =
        ir::ops(body).into_iter().filter(|op| ir::name(*op) == "func.func").filter(has_kernel).collect();
    match funcs[..] {
        [] => Ok(()),
        [func] => function(module, func, schedule),
        [_, second, ..] => {
            ffi::emit_error(second.location(), "not supported on the GPU: two functions with kernels in one module");
            Err(PassError::Reported)
        }
    }
}

fn function<'c>(module: Op<'c>, func: Op<'c>, schedule: &Schedule) -> Result<(), PassError> {
    let host = Host::read(func)?;
    let mut kernels = vec![];
    for op in &host.kernels {
        kernels.push(kernel(&host, *op, schedule)?);
    }
    let manifest = manifest(&host, schedule, kernels);
    let text =
        serde_json::to_string(&manifest).map_err(|error| crate::bug!("a manifest that does not serialize: {error}"))?;
    let builder = Builder::before(func);
    ffi::set_attribute(module, MANIFEST, builder.str_attr(&text));
    ffi::set_attribute(module, "gpu.container_module", ir::Attr::unit(builder.context));
    ffi::erase(func);
    Ok(())
}

fn manifest(host: &Host<'_>, schedule: &Schedule, kernels: Vec<manifest::Kernel>) -> Manifest {
    let buffer = |output: &Output<'_>| Buffer {
        name: output.name.clone(),
        dtype: dtype(output.element),
        shape: output.dims.clone(),
    };
    let arguments = host.arguments.iter().enumerate().map(|(number, value)| {
        let shape = ffi::shape(ir::type_of(*value)).unwrap_or_default();
        Argument {
            name: format!("arg{number}"),
            dtype: dtype(ffi::element_type(ir::type_of(*value))),
            shape: shape.into_iter().map(|size| size.and_then(|size| usize::try_from(size).ok())).collect(),
        }
    });
    Manifest {
        version: manifest::VERSION,
        target: schedule.target.chip.clone(),
        source_hash: String::new(),
        entry: host.name.clone(),
        arguments: arguments.collect(),
        results: host.results.iter().map(buffer).collect(),
        temporaries: host.temporaries.iter().map(buffer).collect(),
        kernels,
        host: None,
        unfused_ops: 0,
        equal: vec![],
    }
}

/// Writes one kernel before the function it is in, and says how to launch it.
fn kernel<'c>(host: &Host<'c>, op: Op<'c>, schedule: &Schedule) -> Result<manifest::Kernel, PassError> {
    let plan = Plan::of(host, op, schedule)?;
    let symbol = ir::attr(op, "flashlight.kernel").and_then(ir::string_attr).unwrap_or("kernel").to_string();
    let builder = Builder::before(host.func).with_location(op.location());
    let entry = new_block(op.location(), &[]);
    let handle = ffi::block_handle(&entry);
    let mut writer = Kernel {
        code: Code::new(Builder::at_end(builder.context, handle, op.location())),
        host,
        plan: &plan,
        op,
        entry: handle,
        parameters: vec![],
        scopes: vec![Scope::default()],
        thread: None,
        turns: vec![],
        location: op.location(),
        memo: HashMap::new(),
        dynamic: HashMap::new(),
        pending: HashMap::new(),
        spread: HashSet::new(),
        stored_by_engine: false,
    };
    writer.body()?;
    let parameters: Vec<Parameter> = writer.parameters.iter().map(|(parameter, _)| parameter.clone()).collect();
    let types: Vec<Type<'c>> = writer.parameters.iter().map(|(_, value)| ir::type_of(*value)).collect();
    let threads = 128 * (plan.warpgroups + 1);

    let target = &schedule.target;
    builder
        .op("gpu.module")
        .attr("sym_name", builder.str_attr(&symbol))
        .attr_text(
            "targets",
            &format!("[#nvvm.target<O = 3, chip = \"{}\", features = \"{}\">]", target.chip, target.features),
        )
        .region(&[], |inner, _| {
            inner
                .op("llvm.mlir.global")
                .attr_text("addr_space", "3 : i32")
                .attr_text("alignment", "1024 : i64")
                .attr_text("global_type", "!llvm.array<0 x i8>")
                .attr_text("linkage", "#llvm.linkage<external>")
                .attr("sym_name", inner.str_attr("shared"))
                .raw_region(melior::ir::Region::new())
                .build();
            inner
                .op("llvm.func")
                .attr("sym_name", inner.str_attr(&symbol))
                .attr_text("function_type", &function_type(&types))
                .attr_text("arg_attrs", &argument_attributes(&parameters))
                .attr_text("linkage", "#llvm.linkage<external>")
                .attr_text("CConv", "#llvm.cconv<ccc>")
                .attr_text("gpu.kernel", "unit")
                .attr_text("nvvm.kernel", "unit")
                .attr_text("nvvm.maxntid", &format!("array<i32: {threads}, 1, 1>"))
                .attr_text("nvvm.minctasm", "1 : i32")
                .raw_region(region_of(entry))
                .build();
        })
        .build();
    let grid = grid_bounds(op).into_iter().try_fold(Expr::Int(1), |total, bound| {
        let extent = match bound {
            Index::Const(extent) => Some(Expr::Int(extent)),
            Index::Value(value) => host.expr(value),
        };
        extent.map(|extent| product(&total, &extent))
    });
    let grid =
        grid.ok_or_else(|| PassError::Unsupported("a grid that is no function of the arguments' shapes".into()))?;
    Ok(manifest::Kernel {
        cubin: format!("{symbol}.cubin"),
        symbol,
        target: target.chip.clone(),
        grid: [grid, Expr::Int(1), Expr::Int(1)],
        block: [threads as u32, 1, 1],
        shared_memory: plan.shared_bytes as u32,
        registers: 0,
        spills: 0,
        cluster: [1, 1, 1],
        parameters,
        schedule: facts(&plan),
    })
}

/// What shaped a kernel, for people.
fn facts(plan: &Plan<'_>) -> serde_json::Map<String, serde_json::Value> {
    let depth = plan.rings.iter().filter(|ring| !ring.once).map(|ring| ring.depth).max().unwrap_or(0);
    let copies = plan.buffers.iter().filter(|buffer| buffer.by_threads).count();
    let facts = [
        ("rows", plan.rows),
        ("consumer_warpgroups", plan.warpgroups),
        ("ring_depth", depth),
        ("buffers", plan.buffers.len() as i64),
        ("buffers_copied_by_threads", copies as i64),
        ("producer_registers", plan.producer_registers),
        ("consumer_registers", plan.consumer_registers),
    ];
    facts.into_iter().map(|(name, value)| (name.to_string(), value.into())).collect()
}

fn function_type(types: &[Type<'_>]) -> String {
    let names: Vec<_> = types.iter().map(ToString::to_string).collect();
    format!("!llvm.func<void ({})>", names.join(", "))
}

/// Tensor maps are passed by value, in constant memory.
fn argument_attributes(parameters: &[Parameter]) -> String {
    let each = parameters.iter().map(|parameter| match parameter {
        Parameter::TensorMap(_) => "{llvm.align = 64 : i64, llvm.byval = !llvm.array<128 x i8>, nvvm.grid_constant}",
        _ => "{}",
    });
    format!("[{}]", each.collect::<Vec<_>>().join(", "))
}

/// The manifest's name of an element type.
pub fn dtype(element: Type<'_>) -> DType {
    match element.to_string().as_str() {
        "f64" => DType::F64,
        "f16" => DType::F16,
        "bf16" => DType::BF16,
        "i64" => DType::I64,
        "i32" => DType::I32,
        "i16" => DType::I16,
        "i8" => DType::I8,
        "ui8" => DType::U8,
        "i1" => DType::Bool,
        _ => DType::F32,
    }
}
