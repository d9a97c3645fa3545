//! `tile-contractions`: contractions outside of fused ops become nests of tiles, for a target with a matrix unit.
//!
//! Before:  `%c = linalg.generic` (rows, columns, depth) of 16-bit tensors, summed in f32 from zero; elementwise ops behind it
//! After:   `scf.forall (batch.., row tile, column tile) { scf.for (depth tile) { linalg on tiles } elementwise ops }`
//!
//! Needs: stage `tile`. Leaves: nests like those of `tile`; contractions of f64 or integers, or smaller than a step of the matrix
//! unit, as they were. Canonical test: `tests/gpu.rs`.
//!
//! Steps: tensors of widened 16-bit floats stay narrow ([`narrow`]); factors that are computed inside a contraction get tensors of
//! their own ([`factor`]); tensors of f32 become sums of 16-bit tensors ([`terms`]); a contraction is read with
//! its operands seen through permutations, repetitions and casts ([`product`], [`operand`]), neighbouring loops counted as one;
//! elementwise ops at its points join it ([`tail`]), and with them other products of the same left operand ([`group`]); the
//! nest is written ([`nest`]).

mod factor;
mod group;
mod narrow;
mod nest;
mod operand;
mod product;
mod tail;
mod terms;

use super::{OptionInfo, PassInfo, PassOptions};
use crate::{
    choices::{self, Choice},
    error::PassError,
    ffi,
    gpu::{Loops, schedule::Schedule},
    ir::{self, Blk, Builder, Op},
    schedule::{ContractionTile, TileSchedule},
};
use group::Group;
use melior::ir::operation::OperationLike;
use nest::Cut;
use product::{Part, Product};
use std::collections::HashSet;

pub const NAME: &str = "tile-contractions";

/// The table entry.
pub const INFO: PassInfo = PassInfo {
    name: NAME,
    summary: "make nests of tiles of contractions outside of fused ops, where the target has a matrix unit",
    options: &[
        OptionInfo { name: "target", default: "sm_90a", summary: "whose schedule to use" },
        OptionInfo { name: "fuse", default: "true", summary: "false: tile nothing" },
        OptionInfo {
            name: "f32",
            default: "split",
            summary: "tf32: multiply f32 with half of its digits, for twice the speed",
        },
    ],
    run,
};

fn run<'c>(module: Op<'c>, options: &PassOptions) -> Result<(), PassError> {
    let target = options.get(&INFO, "target");
    let mut schedule = TileSchedule::shipped(target).map_err(PassError::Unsupported)?;
    schedule.multiply_f32(options.get(&INFO, "f32")).map_err(PassError::Unsupported)?;
    if options.get(&INFO, "fuse") == "false" || schedule.contractions.is_empty() {
        return Ok(());
    }
    let chip = Schedule::of(target)?;
    for func in ir::body(module, 0).map(ir::ops).unwrap_or_default() {
        let Some(body) = ir::body(func, 0).filter(|_| ir::name(func) == "func.func") else { continue };
        let name = ir::attr(func, "sym_name").and_then(ir::string_attr).unwrap_or("kernel");
        let most = usize::try_from(schedule.f32_terms).unwrap_or(1);
        ir::ops(body).into_iter().for_each(narrow::split_widenings);
        ir::ops(body).into_iter().for_each(|op| factor::split_operands(op, most > 1));
        ir::ops(body).into_iter().for_each(product::add_afterwards);
        let mut known = terms::Known::new();
        ir::ops(body).into_iter().for_each(|op| terms::split_operands(op, most, &mut known));
        tile_all(module, body, name, (&schedule, &chip));
    }
    Ok(())
}

/// Tiles the contractions of a function, one at a time: a nest takes ops behind its contraction with it.
fn tile_all<'c>(module: Op<'c>, body: Blk<'c>, name: &str, schedule: Schedules<'_>) {
    let (mut refused, mut number) = (HashSet::new(), 0);
    // What is no product is looked at again once all others are done: each op about twice, whatever their number.
    let (mut passed, mut fresh) = (HashSet::new(), true);
    loop {
        let next = ir::ops(body).into_iter().find_map(|op| {
            let key = ffi::op_key(op);
            if refused.contains(&key) || passed.contains(&key) {
                return None;
            }
            let product = Loops::read(op).and_then(|_| Product::read(op));
            if product.is_none() {
                passed.insert(key);
            }
            Some((op, product?))
        });
        let Some((op, product)) = next else {
            if fresh {
                return;
            }
            (passed, fresh) = (HashSet::new(), true);
            continue;
        };
        fresh = false;
        let kernel = format!("{name}_contraction{number}");
        let choice = choices::of(module, &kernel);
        let margin = if let Some(Choice::Margin(margin)) = choice { i64::from(margin) } else { 0 };
        match Group::of(&product, body).and_then(|group| Some((cut(&group, schedule, margin)?, group))) {
            Some(((cut, swapped), group)) => {
                number += 1;
                if let Some(Choice::Apart(reason)) = choice {
                    let op = terms::join_operands(&product).unwrap_or(op);
                    refused.insert(ffi::op_key(op));
                    ffi::set_attribute(op, choices::APART, Builder::before(op).str_attr(&reason));
                } else {
                    nest::write(&group, &cut, swapped, &kernel);
                }
            }
            None => {
                refused.insert(ffi::op_key(terms::join_operands(&product).unwrap_or(op)));
            }
        }
    }
}

/// The tiles to choose from, and what a processor has for them.
type Schedules<'s> = (&'s TileSchedule, &'s Schedule);

/// How a group is cut, with so many registers more to spare than the best tile leaves, and whether the left operand has the columns; `None` where there is too little to do.
fn cut(group: &Group<'_>, schedule: Schedules<'_>, margin: i64) -> Option<(Cut, bool)> {
    let product = &group.products[0];
    let (mut cut, swapped) = outline(product, &group.groups)?;
    let (row, column, sum) = (cut.of(Part::Row), cut.of(Part::Column), cut.of(Part::Depth));
    let [rows, columns, depth] = size(&cut, group, schedule, margin);
    let round = |dim: usize, most: i64, step: i64| {
        cut.extents[dim].map_or(most, |extent| most.min((extent + step - 1) / step * step))
    };
    let (rows, columns, mut depth) = (round(row, rows, 64), round(column, columns, 16), round(sum, depth, 16));
    // A step is inside one iteration of the outer loops of the depth.
    if cut.parts.iter().filter(|part| **part == Part::Depth).count() > 1 {
        let extent = cut.extents[sum]?;
        depth = [64, 32, 16].into_iter().find(|step| *step <= depth && extent % step == 0)?;
        let known = |group: usize| cut.parts[group] != Part::Depth || cut.extents[group].is_some();
        if !(0..cut.parts.len()).all(known) {
            return None;
        }
    }
    (cut.tiles[row], cut.tiles[column], cut.tiles[sum]) = (rows, columns, depth);
    Some((cut, swapped))
}

/// The loops of a product as a nest has them, and whether the left operand has the columns; `None` where there is too little
/// to do.
fn outline(product: &Product<'_>, groups: &[Vec<usize>]) -> Option<(Cut, bool)> {
    let (parts, swapped) = product.parts(groups)?;
    product.merged(groups)?;
    let extents: Vec<_> = groups.iter().map(|members| product.extent(members)).collect();
    let cut = Cut { tiles: vec![1; parts.len()], parts, extents };
    let large = |part: Part, least: i64| cut.extents[cut.of(part)].is_none_or(|extent| extent >= least);
    (large(Part::Row, 16) && large(Part::Column, 8) && large(Part::Depth, 16)).then_some((cut, swapped))
}

/// The tile of the shortest time: of as many waves as there are tiles for each processor. Several products share the columns.
fn size(cut: &Cut, group: &Group<'_>, (schedule, chip): Schedules<'_>, margin: i64) -> [i64; 3] {
    let products = group.products.len() as i64;
    let split = group.products.iter().any(|product| product.pairs.len() > 1);
    let choices = if split { &schedule.split_contractions } else { &schedule.contractions };
    let (row, column) = (cut.of(Part::Row), cut.of(Part::Column));
    let known = |part: Part| {
        let all = (0..cut.parts.len()).filter(|group| cut.parts[*group] == part);
        all.map(|group| cut.extents[group]).try_fold(1_i64, |total, extent| total.checked_mul(extent?))
    };
    let blocks = |of: usize, tile: i64| cut.extents[of].map(|extent| ((extent + tile - 1) / tile).max(1));
    let time = |choice: &ContractionTile| {
        let [rows, columns, _] = choice.tile;
        let tiles = known(Part::Grid)
            .and_then(|grid| grid.checked_mul(blocks(row, rows)?)?.checked_mul(blocks(column, columns / products)?));
        let depth = known(Part::Depth).unwrap_or(i64::from(u16::MAX));
        let area = (rows * columns) as f64;
        // Where their number is not known there are many.
        let waves = tiles.map_or(1.0 / area, |tiles| (tiles as f64 / schedule.fill_blocks as f64).ceil());
        waves * area * (depth + schedule.contraction_cost) as f64 / choice.rate
    };
    // A tile is no larger than what there is, up to a step of the matrix unit.
    let fits = |choice: &&ContractionTile| {
        let most = |of: usize, least: i64| cut.extents[of].map_or(i64::MAX, |extent| extent.max(least) + 64);
        let [rows, columns, _] = choice.tile;
        rows < most(row, 64) && columns / products < most(column, 64)
    };
    let spare = |choice: &ContractionTile| chip.consumer_registers(choice.tile[0] / 64, false) - choice.tile[1] / 2;
    let fitting: Vec<_> = choices.iter().filter(fits).collect();
    let of =
        |choices: Vec<&'_ ContractionTile>| choices.into_iter().min_by(|a, b| time(a).total_cmp(&time(b))).copied();
    let mut best = of(fitting.clone());
    if let Some(first) = best.filter(|_| margin > 0) {
        best = of(fitting.into_iter().filter(|choice| spare(choice) >= spare(&first) + margin).collect());
    }
    let [rows, columns, depth] = best.or(choices.last().copied()).map_or([64; 3], |choice| choice.tile);
    [rows, (columns / products / 16 * 16).max(16), depth]
}

/// The op behind an op.
fn made_after<'c>(op: Op<'c>) -> Option<Op<'c>> {
    let block = ir::ops(ffi::blk(&op.block()?));
    let place = block.iter().position(|own| *own == op)?;
    block.get(place + 1).copied()
}
