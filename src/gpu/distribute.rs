//! `distribute`: a nest of tiles becomes a kernel.
//!
//! Before:  `scf.forall` over grid tiles, `scf.for` over key tiles, `linalg.generic` on tiles
//! After:   `gpu.module` with one `llvm.func`: a producer warp that fills rings of shared buffers, consumer
//!          warpgroups that hold tiles in fragments (kernel, llvm, scf, arith and math ops)
//!
//! Steps, each a module beside this one: read the nest ([`super::nest`], [`super::host`]), class the dims of its tiles
//! ([`super::layout`]), plan shared memory, rings and registers ([`super::plan`]), write both roles ([`super::write`]).
//! What is left outside of the nests becomes kernels too ([`super::steps`], [`super::points`]).
//! The host side of the function (what to launch, in which order, on which tensors) becomes the module's
//! `flashlight.manifest`; the function itself is gone after this pass.

mod module;

use super::{
    alike::{self, Alike},
    code::{Code, dtype, new_block},
    host::{Host, Output, product},
    nest::Index,
    outline::NAMES,
    overwrite, picture,
    plan::{Plan, grid::grid_bounds},
    points::{self, Loops, Written},
    repeat::{self, Part},
    rows,
    schedule::{Schedule, TARGET},
    steps::Step,
    write::kernel::{Kernel, Scope},
};
use crate::{
    choices::{self, Choice},
    error::PassError,
    ffi,
    ir::{self, Builder, Op, Type, Val},
    limits,
    pass::{PassInfo, PassOptions, tile},
    runtime::{
        Expr, Function,
        manifest::{self, Argument, Buffer, Manifest, Parameter, Unit},
        steps,
    },
};
use melior::ir::{Location, operation::OperationLike};
use module::{Entry, Needs, Shared, gpu_module};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "distribute",
    summary: "map nests of tiles to GPU kernels: TMA rings, warp roles, wgmma fragments",
    options: &[TARGET, tile::MARGIN],
    run,
};

/// The module attribute that holds the manifest as JSON.
pub const MANIFEST: &str = "flashlight.manifest";
/// The module attribute that holds the elements of the manifest's constants, in order.
pub const CONSTANTS: &str = "flashlight.constants";

fn run(module: Op<'_>, options: &PassOptions) -> Result<(), PassError> {
    let mut schedule = Schedule::of(options.word(&TARGET))?;
    schedule.margin = options.number(&tile::MARGIN) as i64;
    distribute(module, &schedule)
}

/// Turns the one function of a module into GPU modules and a manifest.
///
/// # Errors
/// Reported at what cannot be mapped; [`PassError::Unsupported`] when nothing fits.
pub fn distribute(module: Op<'_>, schedule: &Schedule) -> Result<(), PassError> {
    let Some(body) = ir::body(module, 0) else { return Ok(()) };
    let with_body = |op: &Op<'_>| ir::name(*op) == "func.func" && ir::body(*op, 0).is_some();
    let funcs: Vec<_> = ir::ops(body).into_iter().filter(with_body).collect();
    let (called, entries): (Vec<_>, Vec<_>) = funcs.into_iter().partition(|func| ir::attr(*func, NAMES).is_some());
    match entries[..] {
        [] if called.is_empty() => Ok(()),
        [] => Err(crate::bug!("loops that no function has")),
        [func] => function(module, func, schedule),
        [_, second, ..] => {
            ffi::emit_error(second.location(), "not supported on the GPU: two functions in one module");
            Err(PassError::Reported)
        }
    }
}

fn function<'c>(module: Op<'c>, func: Op<'c>, schedule: &Schedule) -> Result<(), PassError> {
    limits::stored(func)?;
    overwrite::store_parts(func);
    let host = Host::read(func)?;
    let mut maker = Maker { module, schedule, alike: Alike::default() };
    let mut part = maker.part(&host)?;
    if part.is_plain() {
        overwrite::note_shared(&host, &part.kernels, &mut part.results);
    }
    alike::merge(module, &mut part.kernels, maker.alike.merged);
    let constants: Vec<_> = part.constants.iter().map(|(_, value)| *value).collect();
    let manifest = manifest(&host, schedule, part);
    let text =
        serde_json::to_string(&manifest).map_err(|error| crate::bug!("a manifest that does not serialize: {error}"))?;
    let builder = Builder::before(func);
    ffi::set_attribute(module, MANIFEST, builder.str_attr(&text));
    if !constants.is_empty() {
        ffi::set_attribute(module, CONSTANTS, builder.array_attr(&constants));
    }
    ffi::set_attribute(module, "gpu.container_module", ir::Attr::unit(builder.context));
    for function in ir::ops(ir::body(module, 0).ok_or_else(|| crate::bug!("a module without a body"))?) {
        if ir::name(function) == "func.func" {
            ffi::erase(function);
        }
    }
    Ok(())
}

/// Makes kernels of functions.
pub struct Maker<'s, 'c> {
    pub module: Op<'c>,
    pub schedule: &'s Schedule,
    alike: Alike,
}

impl<'c> Maker<'_, 'c> {
    /// What a manifest says of a function.
    ///
    /// # Errors
    /// Those of [`distribute`].
    pub fn part(&mut self, host: &Host<'c>) -> Result<Part<'c>, PassError> {
        let buffer = |output: &Output<'_>| Buffer {
            name: output.name.clone(),
            dtype: dtype(output.element),
            shape: output.dims.clone(),
            shares: None,
        };
        let mut part = Part {
            results: host.results.iter().map(buffer).collect(),
            temporaries: host.temporaries.iter().map(buffer).collect(),
            ..Part::default()
        };
        for (number, step) in host.steps.iter().enumerate() {
            match step {
                Step::Loop(op) => repeat::add(self, host, *op, &mut part)?,
                _ => {
                    let kernel = self.kernel(host, number, step)?;
                    part.launch(kernel);
                }
            }
        }
        let reads = host.numbers().into_iter().map(|read| steps::Step::Other(steps::Action::Read(read)));
        part.steps.splice(0..0, reads);
        for constant in &host.constants {
            let value = ffi::defining_op(constant.value).and_then(|op| ir::attr(op, "value"));
            let value = value.ok_or_else(|| crate::bug!("a constant without a value"))?;
            let ty = ir::type_of(constant.value);
            let shape = ffi::shape(ty).unwrap_or_default();
            let own = manifest::Constant {
                name: constant.name.clone(),
                dtype: dtype(ffi::element_type(ty)),
                shape: shape.into_iter().filter_map(|size| usize::try_from(size?).ok()).collect(),
                file: format!("{}.bin", constant.name),
            };
            part.constants.push((own, value));
        }
        Ok(part)
    }

    /// The kernel of a step: that of an earlier one that reads like it, or a new one.
    fn kernel(&mut self, host: &Host<'c>, number: usize, step: &Step<'c>) -> Result<manifest::Kernel, PassError> {
        let module = self.module;
        let symbol = step_symbol(host, number, step);
        let mut schedule = self.schedule.clone();
        if let Some(Choice::Margin(margin)) = choices::of(module, &symbol) {
            schedule.margin = margin.into();
            schedule.distribute.lazy_maxima = false;
        }
        let (known, reading) = self.alike.find(host, step, &schedule);
        if let Some(kernel) = known {
            if cfg!(debug_assertions) {
                alike::check(module, &kernel, &step_kernel(module, host, step, symbol.clone(), &schedule)?);
            }
            self.alike.merged.push((symbol, kernel.symbol.clone()));
            return Ok(kernel);
        }
        let kernel = step_kernel(module, host, step, symbol.clone(), &schedule).inspect_err(|_| {
            // What was found out about this kernel goes for all like it.
            let later = (number + 1..).zip(&host.steps[number + 1..]);
            let same = |step: &Step<'c>| {
                let other = self.alike.find(host, step, &schedule).1;
                other.zip(reading.as_ref()).is_some_and(|((other, _), (own, _))| other == *own)
            };
            let same =
                later.filter(|(_, step)| same(step)).map(|(at, step)| (step_symbol(host, at, step), symbol.clone()));
            choices::note_alike(module, &same.collect::<Vec<_>>());
        })?;
        if let Some(reading) = reading {
            self.alike.keep(reading, &kernel);
        }
        Ok(kernel)
    }
}

/// A kernel that copies a value into a tensor.
///
/// # Errors
/// Those of [`points::write_copy`].
pub fn copy<'c>(
    host: &Host<'c>,
    symbol: String,
    from: Val<'c>,
    into: &Output<'c>,
    schedule: &Schedule,
) -> Result<manifest::Kernel, PassError> {
    let written = points::write_copy(host, from, into)?;
    Ok(points_kernel(host, symbol, written, schedule, host.func.location()))
}

fn manifest(host: &Host<'_>, schedule: &Schedule, part: Part<'_>) -> Manifest {
    let arguments = host.arguments.iter().enumerate().map(|(number, value)| {
        let shape = ffi::shape(ir::type_of(*value)).unwrap_or_default();
        Argument {
            name: format!("arg{number}"),
            dtype: dtype(ffi::element_type(ir::type_of(*value))),
            shape: shape.into_iter().map(|size| size.and_then(|size| usize::try_from(size).ok())).collect(),
        }
    });
    let plain = part.is_plain();
    Manifest {
        version: manifest::UNSEALED,
        target: schedule.target.chip.clone(),
        source_hash: String::new(),
        entry: host.name.clone(),
        arguments: arguments.collect(),
        results: part.results,
        temporaries: part.temporaries,
        constants: part.constants.into_iter().map(|(constant, _)| constant).collect(),
        kernels: part.kernels,
        steps: if plain { vec![] } else { part.steps },
        host: None,
        unfused_ops: 0,
        equal: host.equal.clone(),
        files: BTreeMap::new(),
    }
}

/// The kernel of one step. A nest that cannot be made one is named on the module.
fn step_kernel<'c>(
    module: Op<'c>,
    host: &Host<'c>,
    step: &Step<'c>,
    symbol: String,
    schedule: &Schedule,
) -> Result<manifest::Kernel, PassError> {
    Ok(match step {
        Step::Nest(op) => kernel(host, *op, schedule).inspect_err(|_| {
            ffi::set_attribute(module, choices::FAILED, Builder::before(host.func).str_attr(&symbol));
        })?,
        Step::Group(group) => {
            let written = match group.reduced.contains(&true) {
                true => rows::write(host, group, schedule.margin > 0)?,
                false => points::write(host, group)?,
            };
            let kernel = points_kernel(host, symbol, written, schedule, group.members[0].op.location());
            let reason = group.members.iter().find_map(|member| off_the_matrix_unit(member.op));
            manifest::Kernel { reason: reason.unwrap_or_default(), ..kernel }
        }
        Step::Insert(op) => {
            let written = points::write_inserts(host, *op)?;
            points_kernel(host, symbol, written, schedule, op.location())
        }
        Step::Copy { from, into } => {
            let into = host.results.iter().find(|result| result.name == *into);
            let into = into.ok_or_else(|| crate::bug!("a copy into no result"))?;
            copy(host, symbol, *from, into, schedule)?
        }
        Step::Loop(_) => return Err(crate::bug!("a loop is no kernel")),
    })
}

fn step_symbol(host: &Host<'_>, number: usize, step: &Step<'_>) -> String {
    match step {
        Step::Nest(op) => symbol_of(*op).to_owned(),
        _ => format!("{}_step{number}", host.name),
    }
}

fn symbol_of(op: Op<'_>) -> &str {
    ir::attr(op, choices::SYMBOL).and_then(ir::string_attr).unwrap_or("kernel")
}

/// Writes one kernel before the function it is in, and says how to launch it.
fn kernel<'c>(host: &Host<'c>, op: Op<'c>, schedule: &Schedule) -> Result<manifest::Kernel, PassError> {
    super::write::scale::factors_last(op);
    let plan = Plan::of(host, op, schedule)?;
    let symbol = symbol_of(op).to_string();
    picture::of(&plan, op, &symbol).tell(op);
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
        halves: HashMap::new(),
        inverses: HashSet::new(),
        places: HashMap::new(),
        pending: HashMap::new(),
        spread: HashSet::new(),
        engine: None,
        lane: None,
        raw: None,
        copiers: None,
    };
    writer.body()?;
    let parameters: Vec<Parameter> = writer.parameters.iter().map(|(parameter, _)| parameter.clone()).collect();
    let types: Vec<Type<'c>> = writer.parameters.iter().map(|(_, value)| ir::type_of(*value)).collect();
    let threads = 128 * (plan.warpgroups + 1);
    let body = ir::body(op, 0).map(super::plan::contractions).transpose()?.unwrap_or_default();
    let differences = body.iter().any(|contraction| contraction.products.len() > 1);

    gpu_module(
        &builder,
        &symbol,
        Entry {
            block: entry,
            parameters: &parameters,
            types: &types,
            threads,
            blocks: plan.blocks,
            needs: Needs { shared: Shared::Dynamic, fast: true, differences },
        },
    );
    let grid = grid_bounds(op).into_iter().try_fold(Expr::Int(1), |total, bound| {
        let extent = match bound {
            Index::Const(extent) => Some(Expr::Int(extent)),
            Index::Value(value) => host.size(value),
        };
        extent.map(|extent| product(&total, &extent))
    });
    let grid =
        grid.ok_or_else(|| PassError::Unsupported("a grid that is no function of the arguments' shapes".into()))?;
    let blocks = product(&Expr::Int(plan.blocks), &Expr::Fact("sm_count".into()));
    let grid = if plan.persistent { Expr::call(Function::Min, grid, blocks) } else { grid };
    Ok(manifest::Kernel {
        cubin: format!("{symbol}.cubin"),
        symbol,
        target: schedule.target.chip.clone(),
        grid: [grid, Expr::Int(1), Expr::Int(1)],
        block: [threads as u32, 1, 1],
        shared_memory: plan.shared_bytes as u32,
        registers: 0,
        spills: 0,
        cluster: [1, 1, 1],
        dependent: true,
        unit: Some(Unit::Matrix),
        reason: String::new(),
        parameters,
        schedule: facts(&plan, op),
    })
}

/// Why a product, or an op of a fused one that was left apart, is no nest.
fn off_the_matrix_unit(op: Op<'_>) -> Option<String> {
    if let Some(reason) = ir::attr(op, choices::APART).and_then(ir::string_attr) {
        return Some(reason.to_owned());
    }
    let loops = Loops::read(op).filter(|loops| loops.inputs > 1 && loops.reduced.contains(&true))?;
    let constant = |value: &Val<'_>| ffi::defining_op(*value).is_some_and(|op| ir::name(op) == "arith.constant");
    let multiplies = |op: &Op<'_>| ir::name(*op) == "arith.mulf" && !ir::operands(*op).iter().any(constant);
    let multiplies = ir::ops(loops.body).iter().any(multiplies);
    // A sum of squares of a row, say, is no product of matrices: it has no columns.
    let has = |input: usize, dim: usize| {
        (0..loops.maps[input].result_count())
            .any(|at| loops.maps[input].result(at).is_ok_and(|expr| expr.is_function_of_dim(dim)))
    };
    let own =
        |a: usize, b: usize| (0..loops.reduced.len()).any(|dim| !loops.reduced[dim] && has(a, dim) && !has(b, dim));
    let pairs = (0..loops.inputs).flat_map(|a| (0..a).map(move |b| (a, b)));
    if !multiplies || !pairs.into_iter().any(|(a, b)| own(a, b) && own(b, a)) {
        return None;
    }
    let elements = loops.operands[..loops.inputs].iter().map(|value| ffi::element_type(ir::type_of(*value)));
    let known = |element: &str| matches!(element, "bf16" | "f16" | "f32");
    let other = elements.map(|element| element.to_string()).find(|element| !known(element));
    Some(match other {
        Some(element) => format!("a factor of the product is {element} (bf16, f16 or f32)"),
        None => "the product is smaller than a step of the matrix unit, or not of that form".into(),
    })
}

/// Puts a kernel over points or rows before the function it is in, and says how to launch it.
fn points_kernel<'c>(
    host: &Host<'c>,
    symbol: String,
    written: Written<'c>,
    schedule: &Schedule,
    location: Location<'c>,
) -> manifest::Kernel {
    let builder = Builder::before(host.func).with_location(location);
    let (parameters, types): (Vec<_>, Vec<_>) = written.parameters.into_iter().unzip();
    let threads = written.threads;
    let needs = Needs { shared: Shared::Bytes(written.shared), fast: false, differences: false };
    let entry = Entry { block: written.entry, parameters: &parameters, types: &types, threads, blocks: 1, needs };
    gpu_module(&builder, &symbol, entry);
    manifest::Kernel {
        cubin: format!("{symbol}.cubin"),
        symbol,
        target: schedule.target.chip.clone(),
        grid: [written.grid, Expr::Int(1), Expr::Int(1)],
        block: [threads as u32, 1, 1],
        shared_memory: 0,
        registers: 0,
        spills: 0,
        cluster: [1, 1, 1],
        dependent: true,
        unit: Some(written.unit),
        reason: String::new(),
        parameters,
        schedule: serde_json::Map::new(),
    }
}

/// The fact that a kernel leaves maxima out where they are not needed.
pub const LAZY: &str = "lazy_maxima";

/// What shaped a kernel, for people.
fn facts<'c>(plan: &Plan<'c>, kernel: Op<'c>) -> serde_json::Map<String, serde_json::Value> {
    let depth = plan.rings.iter().filter(|ring| !ring.once).map(|ring| ring.depth).max().unwrap_or(0);
    let copies = plan.buffers.iter().filter(|buffer| buffer.by_threads).count();
    let captures = plan.buffers.iter().filter(|buffer| plan.rings[buffer.ring].captures).count();
    let facts = [
        ("rows", plan.rows),
        ("one_loop", i64::from(plan.flat.is_some())),
        (LAZY, i64::from(plan.flat.as_ref().is_some_and(|flat| flat.lazy.is_some()))),
        ("consumer_warpgroups", plan.warpgroups),
        ("blocks_per_multiprocessor", plan.blocks),
        ("ring_depth", depth),
        ("buffers", plan.buffers.len() as i64),
        ("buffers_copied_by_threads", copies as i64),
        ("buffers_of_captures", captures as i64),
        ("producer_registers", plan.producer_registers),
        ("consumer_registers", plan.consumer_registers),
        ("thread_bytes_aside", ir::body(kernel, 0).map_or(0, |body| plan.bytes_aside(body))),
    ];
    facts.into_iter().map(|(name, value)| (name.to_string(), value.into())).collect()
}
