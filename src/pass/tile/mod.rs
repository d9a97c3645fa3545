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
mod prologue;
mod ranges;
pub mod split;
mod step;
pub mod tiler;

pub use nest::{Sizes, extent, result_tensor, sizes, tile_fused};

use super::{OptionInfo, OptionKind, PassInfo, PassOptions};
use crate::{
    choices::{self, Choice},
    dialect::ops::{self, Fused},
    error::PassError,
    ffi,
    ir::{self, Builder, Op},
    remark,
    schedule::{F32_WAYS, Orientation, TileSchedule},
};
use melior::ir::operation::OperationLike;
use std::collections::{HashMap, HashSet};

pub const NAME: &str = "tile";

/// The table entry.
pub const INFO: PassInfo = PassInfo {
    name: NAME,
    summary: "split fused ops over query tiles and key tiles, by the schedule of a target",
    options: &[TARGET, F32, MARGIN, FUSE],
    run,
};

const TARGET: OptionInfo = OptionInfo::target("cpu", "whose schedule to use");
/// The option that says how many registers kernels are planned without.
pub const MARGIN: OptionInfo = OptionInfo {
    name: "margin",
    kind: OptionKind::Int { default: 0, most: 255 },
    summary: "registers per GPU thread to plan without",
};
/// The option that says whether fused ops become kernels.
pub const FUSE: OptionInfo = OptionInfo {
    name: "fuse",
    kind: OptionKind::OneOf { default: "true", words: &["true", FITS, NOTHING] },
    summary: "fits: lower what the target cannot run as attention-decompose does; false: everything",
};
/// The value of [`FUSE`] by which what fits the target is fused.
pub const FITS: &str = "fits";
/// The value of [`FUSE`] by which nothing is fused.
pub const NOTHING: &str = "false";

/// The option that says how f32 operands are multiplied.
pub const F32: OptionInfo = OptionInfo {
    name: "f32",
    kind: OptionKind::OneOf { default: F32_WAYS[0], words: &F32_WAYS },
    summary: "how a matrix unit multiplies f32: split as right as f32 arithmetic, tf32 with half of its digits",
};

fn run<'c>(module: Op<'c>, options: &PassOptions) -> Result<(), PassError> {
    let mut schedule = TileSchedule::shipped(options.word(&TARGET)).map_err(PassError::Unsupported)?;
    schedule.multiply_f32(options.word(&F32));
    let margin = options.number(&MARGIN) as i64;
    let fuse = options.word(&FUSE);
    for (op, kernel) in kernels(module) {
        let fused = read(op)?;
        let choice = choices::of(module, &kernel);
        schedule.margin = match choice {
            Some(Choice::Margin(margin)) => margin.into(),
            _ => margin,
        };
        let fits = match (fuse, choice) {
            (NOTHING, _) => Err("as asked for".into()),
            (FITS, Some(Choice::Apart(reason))) => Err(reason),
            (FITS, _) => fits(&fused, &schedule),
            _ => Ok(()),
        };
        let tensors: Vec<_> = fused.captures.iter().map(|capture| capture.tensor).collect();
        let before = Before::of(op);
        let outcome = match fits {
            Err(reason) => Err(reason),
            Ok(()) => match tile_fused(&fused, &schedule, &kernel) {
                Err(PassError::Unsupported(reason)) if fuse == FITS => {
                    before.made(op).into_iter().rev().for_each(ffi::erase);
                    Err(reason)
                }
                outcome => {
                    report(op, outcome)?;
                    Ok(())
                }
            },
        };
        if let Err(reason) = outcome {
            let message = format!("left as separate kernels: {reason}");
            remark::emit(op.location(), remark::Kind::Missed, NAME, message);
            report(op, super::decompose::decompose(&fused))?;
            if schedule.orientation == Orientation::RowsAreQueries {
                let reason = Builder::before(op).str_attr(&reason);
                let made = before.made(op).into_iter().filter(|op| ir::name(*op) == "linalg.generic");
                made.for_each(|op| ffi::set_attribute(op, choices::APART, reason));
            }
        }
        erase(&fused);
        prologue::erase_unread(&tensors);
    }
    Ok(())
}

/// The fused ops of a module with the names of their kernels: those of a function are numbered, whatever becomes of them.
pub fn kernels<'c>(module: Op<'c>) -> Vec<(Op<'c>, String)> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let named = |op: Op<'c>| {
        let function = function_name(op);
        let count = counts.entry(function.clone()).or_default();
        *count += 1;
        (op, format!("{function}_{}", *count - 1))
    };
    fused_ops(module).into_iter().map(named).collect()
}

/// The ops of a block at some time.
struct Before(HashSet<usize>);

impl Before {
    /// Those of the block that an op is in.
    fn of(op: Op<'_>) -> Self {
        Self(neighbours(op).into_iter().map(ffi::op_key).collect())
    }

    /// What was made since.
    fn made<'c>(&self, op: Op<'c>) -> Vec<Op<'c>> {
        neighbours(op).into_iter().filter(|op| !self.0.contains(&ffi::op_key(*op))).collect()
    }
}

fn neighbours<'c>(op: Op<'c>) -> Vec<Op<'c>> {
    op.block().map(|block| ir::ops(ffi::blk(&block))).unwrap_or_default()
}

/// Whether a target of this schedule can run a fused op as tiles.
///
/// # Errors
/// The reason, as a clause.
pub fn fits(fused: &Fused<'_>, schedule: &TileSchedule) -> Result<(), String> {
    match schedule.orientation {
        Orientation::RowsAreQueries => fit::matrix_unit(fused, schedule),
        Orientation::LanesAreQueries => Ok(()),
    }
}

/// Every fused op of a module.
pub fn fused_ops<'c>(module: Op<'c>) -> Vec<Op<'c>> {
    ir::walk_named(module, &[ops::FUSED])
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
