//! `tile`: split each fused op over query tiles, then key tiles.
//!
//! Before:  `%r = "attention.fused"(...)`, with its captures and results
//! After:   `scf.forall (batch.., query tile) { scf.for (key tile) iter_args(states) { linalg on tiles } }`
//!
//! Needs: stage `bound`. Leaves: no attention op. Canonical test: `tests/tile.rs`.
//! Algorithm: (1) pick tile sizes from the target's schedule; (2) compute before the loops what does not
//! depend on the key; (3) one loop per key range: scores, what they add to each state, rescaling, sums;
//! (4) the epilogue, in the layout of the results. Every tile op carries `flashlight.tile`, which says what
//! shape of computation it is: `pack`, `cast`, `contract`, `map`, `reduce`, `row`, `scale`, `fill`, `gather`, `store`.

mod ahead;
mod contract;
pub mod emit;
mod fit;
mod nest;
pub mod program;
mod ranges;
mod step;
pub mod tiler;

pub use nest::{extent, result_tensor, tile_fused, tile_size};

use super::{OptionInfo, PassInfo, PassOptions};
use crate::{
    dialect::ops::{self, Fused},
    error::PassError,
    ffi, ir,
    ir::Op,
    remark,
    schedule::{Orientation, TileSchedule},
};
use melior::ir::operation::OperationLike;
use std::collections::HashMap;

pub const NAME: &str = "tile";

/// The table entry.
pub const INFO: PassInfo = PassInfo {
    name: NAME,
    summary: "split fused ops over query tiles and key tiles, by the schedule of a target",
    options: &[
        OptionInfo { name: "target", default: "cpu", summary: "whose schedule to use" },
        OptionInfo { name: "margin", default: "0", summary: "registers per GPU thread to plan without" },
        OptionInfo {
            name: "fuse",
            default: "true",
            summary: "'fits': lower what the target's matrix unit cannot run as attention-decompose does; false: everything",
        },
    ],
    run,
};

fn run<'c>(module: Op<'c>, options: &PassOptions) -> Result<(), PassError> {
    let mut schedule = TileSchedule::shipped(options.get(&INFO, "target")).map_err(PassError::Unsupported)?;
    schedule.margin = options.number(&INFO, "margin")?;
    let mut counts: HashMap<String, usize> = HashMap::new();
    for op in fused_ops(module) {
        let fused = read(op)?;
        let fits = match options.get(&INFO, "fuse") {
            "false" => Err("as asked for".into()),
            "fits" => fits(&fused, &schedule)
                .map_err(|reason| format!("for this target's matrix unit cannot run it: {reason}")),
            _ => Ok(()),
        };
        if let Err(reason) = fits {
            let message = format!("left as separate kernels, {reason}");
            remark::emit(op.location(), remark::Kind::Missed, NAME, message);
            report(op, super::decompose::decompose(&fused))?;
            erase(&fused);
            continue;
        }
        let function = function_name(op);
        let count = counts.entry(function.clone()).or_default();
        let kernel = format!("{function}_{count}");
        *count += 1;
        report(op, tile_fused(&fused, &schedule, &kernel))?;
        erase(&fused);
    }
    Ok(())
}

/// Whether a target of this schedule can run a fused op as tiles.
///
/// # Errors
/// The reason, as a clause.
pub fn fits(fused: &Fused<'_>, schedule: &TileSchedule) -> Result<(), String> {
    match schedule.orientation {
        Orientation::RowsAreQueries => fit::matrix_unit(fused),
        Orientation::LanesAreQueries => Ok(()),
    }
}

/// Every fused op of a module.
pub fn fused_ops<'c>(module: Op<'c>) -> Vec<Op<'c>> {
    ir::walk(module).into_iter().filter(|op| ir::name(*op) == ops::FUSED).collect()
}

/// Reads a fused op, with a diagnostic at it when it is malformed.
///
/// # Errors
/// [`PassError::Reported`].
pub fn read<'c>(op: Op<'c>) -> Result<Fused<'c>, PassError> {
    Fused::parse(op).map_err(|message| {
        ffi::emit_error(op.location(), &format!("'{}' {message}", ops::FUSED));
        PassError::Reported
    })
}

/// Turns a limit into a diagnostic at the op.
///
/// # Errors
/// [`PassError::Reported`] for limits; bugs as they are.
pub fn report<T>(op: Op<'_>, outcome: Result<T, PassError>) -> Result<T, PassError> {
    outcome.map_err(|error| match error {
        PassError::Unsupported(message) => {
            ffi::emit_error(op.location(), &format!("'{}' cannot be lowered: {message}", ops::FUSED));
            PassError::Reported
        }
        error => error,
    })
}

/// Erases a fused op whose results have no users left, with its captures.
pub fn erase(fused: &Fused<'_>) {
    for result in &fused.results {
        ffi::erase(result.op);
    }
    ffi::erase(fused.op);
    let mut erased = vec![];
    for capture in &fused.captures {
        let key = ffi::op_key(capture.op);
        if !erased.contains(&key) && ir::results(capture.op).iter().all(|value| ffi::uses(*value).is_empty()) {
            erased.push(key);
            ffi::erase(capture.op);
        }
    }
}

/// The name of the function an op is in.
fn function_name(op: Op<'_>) -> String {
    let mut current = op.parent_operation().map(|parent| ffi::op(&parent));
    while let Some(parent) = current {
        if let Some(name) = ir::attr(parent, "sym_name").and_then(ir::string_attr) {
            return name.into();
        }
        current = parent.parent_operation().map(|parent| ffi::op(&parent));
    }
    "kernel".into()
}
