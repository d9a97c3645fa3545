//! `apply-schedule`: tiles become register-blocked vector code, as `pipelines/cpu-schedule.mlir` says.
//!
//! Before:  linalg.generic on static tile tensors inside a kernel
//! After:   loops over register blocks, `vector.contract` and elementwise vector ops on tensors
//!
//! Needs: kernels (`scf.forall` with `flashlight.kernel`). Leaves: ops it has no schedule for as they were.
//! Algorithm: (1) pick the instruction set from `pipelines/cpu-vector.toml`; (2) sort the linalg ops of
//! every kernel into classes by the shape of their iteration space; (3) instantiate the schedule's sections,
//! one per class; (4) apply the script.

mod classify;
mod isa;

use super::{OptionInfo, OptionKind, PassInfo, PassOptions};
use crate::{
    bug, choices,
    error::PassError,
    ffi,
    ir::{self, Builder, Op},
};
use classify::Class;
pub use isa::Isa;
use melior::ir::{Module, operation::OperationLike};
use std::collections::BTreeSet;

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "apply-schedule",
    summary: "turn the tiles of kernels into register-blocked vector code",
    options: &[ISA],
    run,
};

const ISA: OptionInfo = OptionInfo {
    name: "isa",
    kind: OptionKind::Named { default: isa::NATIVE, names: isa::names },
    summary: "an instruction set of pipelines/cpu-vector.toml, or this machine's",
};

/// The schedule: sections of a transform script.
pub const SCHEDULE: &str = include_str!("../../../pipelines/cpu-schedule.mlir");

fn run(module: Op<'_>, options: &PassOptions) -> Result<(), PassError> {
    let isa = Isa::named(options.word(&ISA)).map_err(PassError::Unsupported)?;
    let mut classes = BTreeSet::new();
    for kernel in kernels(module) {
        for op in ir::walk(kernel) {
            if let Some(class) = classify::classify(op, &isa) {
                ffi::set_attribute(op, "flashlight.class", Builder::before(op).str_attr(&class.name()));
                classes.insert(class);
            }
        }
    }
    if classes.is_empty() {
        return Ok(());
    }
    let script = instantiate(&classes, &isa)?;
    let context = ffi::context_of(module.context());
    let script = Module::parse(context, &script).ok_or_else(|| bug!("the schedule does not parse"))?;
    if !ffi::apply_transform(module, &script) {
        return Err(bug!("the schedule does not apply"));
    }
    for op in ir::walk(module) {
        for name in ["flashlight.class", "flashlight.unroll"] {
            ffi::remove_attribute(op, name);
        }
    }
    Ok(())
}

/// The kernels of a module: `scf.forall` ops with `flashlight.kernel`.
pub fn kernels<'c>(module: Op<'c>) -> Vec<Op<'c>> {
    ir::walk(module)
        .into_iter()
        .filter(|op| ir::name(*op) == "scf.forall" && ir::attr(*op, choices::SYMBOL).is_some())
        .collect()
}

fn instantiate(classes: &BTreeSet<Class>, isa: &Isa) -> Result<String, PassError> {
    let section = |name: &str| {
        let start =
            SCHEDULE.find(&format!("//# {name}\n")).ok_or_else(|| bug!("no section '{name}' in the schedule"))?;
        let body = &SCHEDULE[start..];
        let end = body[1..].find("//# ").map_or(body.len(), |end| end + 1);
        Ok::<_, PassError>(body[..end].to_owned())
    };
    let list = |sizes: &[i64]| format!("{sizes:?}");
    let mut script = section("head")?;
    for class in classes {
        let text = section(class.section)?
            .replace("$CLASS", &class.name())
            .replace("$TILES", &list(&class.tiles))
            .replace("$STEPS", &list(&class.steps));
        script.push_str(&text);
    }
    script.push_str(&section("tail")?.replace("$UNROLL", &isa.unroll.to_string()));
    Ok(script)
}
