//! `tile-contractions`: contractions outside of fused ops become nests of tiles, for a matrix unit or for lanes of f32.
//!
//! Before:  `%c = linalg.generic` (rows, columns, depth) of 16-bit tensors, summed in f32 from zero; elementwise ops behind it
//! After:   `scf.forall (batch.., row tile, column tile) { scf.for (depth tile) { linalg on tiles } elementwise ops }`
//!
//! Needs: stage `tile`. Leaves: nests like those of `tile`; contractions of f64 or integers, or smaller than a step of the matrix
//! unit, as they were. Canonical tests: `tests/gpu.rs`, and `projected_bf16` of the corpus for lanes.
//!
//! Steps: tensors of widened 16-bit floats stay narrow ([`narrow`]); factors that are computed inside a contraction get tensors of
//! their own ([`factor`]); tensors of f32 become sums of 16-bit tensors ([`terms`]); a contraction is read with
//! its operands seen through permutations, repetitions and casts ([`product`], [`operand`]), neighbouring loops counted as one; sums
//! over a batch of what is computed at products' points are nests of their own ([`outer`]); elementwise ops at a contraction's points
//! join it ([`tail`]), and with them other products of the same left operand ([`group`]); tiles are chosen by their time
//! ([`mod@cut`]); the nest is written ([`nest`]). Deep sums of few points that are left are cut into parts ([`deep`]).
//! For lanes (the CPU), factors get tensors of their own, and a contraction with the elementwise ops behind it becomes a nest whose operands are
//! packed as f32, the columns' with its columns side by side: the register blocks of `apply-schedule` are what runs it.

mod cut;
mod deep;
mod factor;
mod group;
mod narrow;
mod nest;
mod operand;
mod outer;
mod product;
mod tail;
mod terms;

use super::{OptionInfo, PassInfo, PassOptions, tile};
use crate::{
    choices::{self, Choice},
    error::PassError,
    ffi,
    gpu::{Loops, schedule::Schedule},
    ir::{self, Blk, Builder, Op},
    schedule::TileSchedule,
};
use cut::{Schedules, cut};
use group::Group;
use melior::ir::operation::OperationLike;
use product::Product;
use std::collections::HashSet;

pub const NAME: &str = "tile-contractions";

/// The table entry.
pub const INFO: PassInfo = PassInfo {
    name: NAME,
    summary: "make nests of tiles of contractions outside of fused ops",
    options: &[TARGET, FUSE, tile::F32],
    run,
};

const TARGET: OptionInfo = OptionInfo::target("sm_90a", "whose schedule to use");
const FUSE: OptionInfo = OptionInfo { summary: "false: tile nothing", ..tile::FUSE };

fn run<'c>(module: Op<'c>, options: &PassOptions) -> Result<(), PassError> {
    let mut schedule = TileSchedule::shipped(options.word(&TARGET)).map_err(PassError::Unsupported)?;
    schedule.multiply_f32(options.word(&tile::F32));
    if options.word(&FUSE) == tile::NOTHING {
        return Ok(());
    }
    if !schedule.lane_contractions.is_empty() {
        functions(module).for_each(|(body, name)| tile_for_lanes(body, name, &schedule));
    }
    if schedule.contractions.is_empty() {
        return Ok(());
    }
    let chip = Schedule::of(options.word(&TARGET))?;
    for (body, name) in functions(module) {
        let most = usize::try_from(schedule.f32_terms).unwrap_or(1);
        ir::ops(body).into_iter().for_each(narrow::split_widenings);
        ir::ops(body).into_iter().for_each(|op| factor::split_operands(op, (most > 1).then_some(8)));
        ir::ops(body).into_iter().for_each(product::add_afterwards);
        let mut known = terms::Known::new();
        ir::ops(body).into_iter().for_each(|op| terms::split_operands(op, most, &mut known));
        outer::tile_sums(module, body, name, (&schedule, &chip));
        tile_all(module, body, name, (&schedule, &chip));
        ir::ops(body).into_iter().for_each(deep::cut_depth);
    }
    Ok(())
}

/// The functions of a module: their bodies and names.
fn functions<'c>(module: Op<'c>) -> impl Iterator<Item = (Blk<'c>, &'c str)> {
    let functions = ir::body(module, 0).map(ir::ops).unwrap_or_default();
    functions.into_iter().filter(|func| ir::name(*func) == "func.func").filter_map(|func| {
        let name = ir::attr(func, "sym_name").and_then(ir::string_attr).unwrap_or("kernel");
        Some((ir::body(func, 0)?, name))
    })
}

/// Tiles the contractions of a function for lanes that multiply f32.
fn tile_for_lanes<'c>(body: Blk<'c>, name: &str, schedule: &TileSchedule) {
    ir::ops(body).into_iter().for_each(|op| factor::split_operands(op, Some(1)));
    ir::ops(body).into_iter().for_each(product::add_afterwards);
    let read = |op: Op<'c>| Loops::read(op).and_then(|_| Product::read_for_lanes(op));
    let products: Vec<_> = ir::ops(body).into_iter().filter(|op| read(*op).is_some()).collect();
    let mut number = 0;
    for op in products {
        let Some(product) = read(op) else { continue };
        let cut = |group: Group<'c>| Some((cut::cut_for_lanes(&product, &group.groups, schedule)?, group));
        let with_tails = Group::of(&product, body, false).and_then(cut);
        if let Some((cut, group)) = with_tails.or_else(|| Group::alone(&product, body).and_then(cut)) {
            nest::write(&group, &cut, &format!("{name}_contraction{number}"));
            number += 1;
        }
    }
}

/// Tiles the contractions of a function, one at a time: a nest takes ops behind its contraction with it, other contractions too.
fn tile_all<'c>(module: Op<'c>, body: Blk<'c>, name: &str, schedule: Schedules<'_>) {
    let (mut refused, mut number) = (HashSet::new(), 0);
    let read = |op: Op<'c>| Loops::read(op).and_then(|_| Product::read(op));
    // What is no product may be one once others are done.
    loop {
        let open = |op: &Op<'c>| !refused.contains(&ffi::op_key(*op)) && read(*op).is_some();
        let products: Vec<_> = ir::ops(body).into_iter().filter(open).collect();
        if products.is_empty() {
            return;
        }
        let mut gone = HashSet::new();
        for op in products {
            if gone.contains(&ffi::op_key(op)) {
                continue;
            }
            let Some(product) = read(op) else { continue };
            let kernel = format!("{name}_contraction{number}");
            let choice = choices::of(module, &kernel);
            let margin = if let Some(Choice::Margin(margin)) = choice { i64::from(margin) } else { 0 };
            let group = Group::of(&product, body, true).and_then(|group| cut(group, body, schedule, margin));
            number += usize::from(group.is_some());
            match (group, choice) {
                (Some((group, cut)), None | Some(Choice::Margin(_))) => {
                    for product in &group.products {
                        refused.remove(&ffi::op_key(product.op));
                        gone.insert(ffi::op_key(product.op));
                    }
                    nest::write(&group, &cut, &kernel);
                }
                (group, choice) => {
                    let op = terms::join_operands(&product).unwrap_or(op);
                    refused.insert(ffi::op_key(op));
                    if let (Some(_), Some(Choice::Apart(reason))) = (group, choice) {
                        ffi::set_attribute(op, choices::APART, Builder::before(op).str_attr(&reason));
                    }
                }
            }
        }
    }
}

/// The op behind an op.
fn made_after<'c>(op: Op<'c>) -> Option<Op<'c>> {
    op.next_in_block().map(|next| ffi::op(&next))
}
