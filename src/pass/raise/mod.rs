//! `raise`: every attention program becomes one `attention.fused`.
//!
//! Before:  linalg on tensors, in any spelling
//! After:   attention.capture / attention.fused / attention.result, and views around them
//!
//! 0. [`fold`]: scans, gathers and concatenations of index arithmetic get their closed form.
//! 1. [`find`]: a contraction whose weight depends on a score contraction or on statistics over its own reduced
//!    dimension is a candidate. Its loops are sorted into batch, query, key and value.
//! 2. [`root`]: the result is followed forward through elementwise operations and views, and the farthest value is
//!    read as one scalar expression.
//! 3. [`prepare`], [`join`], [`derive`]: laws bring that expression into online form, or say why there is none.
//! 4. [`layout`], [`emit`]: dimensions, captures, regions.
//!
//! Needs: `linalg.generic` and views (after `normalize`). Leaves: everything it refuses, untouched.
//! One remark per candidate.

mod apart;
mod blend;
mod dead;
pub mod derivation;
mod derive;
mod detours;
mod emit;
mod exchange;
mod find;
mod fold;
mod guard;
mod join;
mod layout;
pub mod live;
mod operand;
mod point;
mod prepare;
mod program;
mod region;
mod reshape;
mod rewrite;
mod root;
pub mod simulate;
mod slices;
mod sums;
mod terms;
mod twice;
mod unify;
mod unroll;
mod weights;

use super::{OptionInfo, PassInfo, PassOptions, bound};
use crate::{
    error::PassError,
    ir::{self, Op},
    remark,
};
use derivation::Derivation;
use melior::ir::operation::OperationLike;
use point::Point;

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "raise",
    summary: "find attention by algebra and make each one fused op",
    options: &[STRICT_MASKS],
    run,
};

const STRICT_MASKS: OptionInfo =
    OptionInfo { summary: "assume nothing of what a -inf is added to", ..bound::STRICT_MASKS };

fn run(module: Op<'_>, options: &PassOptions) -> Result<(), PassError> {
    raise(module, options.flag(&STRICT_MASKS));
    Ok(())
}

/// Raises every function of a module and returns the account of every candidate. `strict_masks` as in
/// [`crate::algebra::Arena::strict_masks`].
pub fn raise(module: Op<'_>, strict_masks: bool) -> Vec<Derivation> {
    let mut accounts = vec![];
    let functions: Vec<_> = ir::walk(module).into_iter().filter(|op| ir::name(*op) == "func.func").collect();
    for func in functions {
        if let Some(body) = ir::body(func, 0) {
            let Some(mut point) = Point::choose(func) else {
                let reason = "not fused: a type leaves a size open that is known";
                remark::emit_with(func.location(), remark::Kind::Missed, INFO.name, reason, None);
                continue;
            };
            point.strict_masks = strict_masks;
            fold::indices(body, &point);
            program::raise_block(body, &point, &mut accounts);
            // Bodies of loops and branches, inner ones after those around them.
            let around = ir::walk(func).into_iter().filter(|op| ir::name(*op).starts_with("scf."));
            let blocks = around.flat_map(|op| (0..op.region_count()).filter_map(move |at| ir::body(op, at)));
            for block in blocks.collect::<Vec<_>>() {
                fold::indices(block, &point);
                program::raise_block(block, &point, &mut accounts);
            }
            point.leave(func);
        }
    }
    accounts
}

/// Says what became of a candidate.
fn announce(op: Op<'_>, account: &Derivation) {
    let fused = account.outcome == derivation::Outcome::Fused;
    let message = if fused {
        let laws: Vec<_> = account.laws.iter().map(|law| format!("{} [{}]", law.law, law.condition)).collect();
        format!(
            "fused {} operations into one attention op with {} states; {}",
            account.consumed.len(),
            account.states.len(),
            laws.join("; ")
        )
    } else {
        match &account.at {
            Some(at) => format!("not fused: {} (at {at})", account.reason),
            None => format!("not fused: {}", account.reason),
        }
    };
    let kind = if fused { remark::Kind::Passed } else { remark::Kind::Missed };
    remark::emit_with(op.location(), kind, INFO.name, message, serde_json::to_value(account).ok());
}
