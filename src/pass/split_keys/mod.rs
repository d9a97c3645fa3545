//! `attention-split-keys`: several tiles of the grid share the keys of one, and what they found is combined.
//!
//! Before:  `%r = "attention.fused"(...)` over `["batch", "query", "key", ...]`
//! After:   `%s:n = "attention.fused"(...)` over `["batch", "query", "key", ..., "split"]`, whose results are its states,
//!          and per result of the program a `linalg.generic` that combines them and one that is the epilogue
//!
//! Needs: stage `bound`. Leaves: ops that tile and decompose like any other, and linalg. Canonical test: `tests/tile.rs`.
//! Algorithm: (1) where the grid would leave processors idle and there are keys enough, choose how many ways to split;
//! (2) append a split dim to the op, give every state that dim, and return the states as they are; a sum begins with its
//! initial value in the first part only, any other state in all of them, since it is idempotent; (3) combine in [`combine`]:
//! states by their own operations, sums after the op's own `rescale` from the state of a part to the combined one.
//! This is right for whatever the regions compute, because `lift(new) = rescale(old, new) · lift(old)` is what makes the
//! op meaningful in the first place. A part without keys holds the initial states, and adds nothing.

mod combine;

use super::{OptionInfo, OptionKind, PassInfo, PassOptions, bound, tile};
use crate::{
    choices::{self, Choice},
    dialect::{
        edit::{self, Renumbering},
        linear::{IndexMap, Linear},
        ops::{self, Combine, Fused, Role},
    },
    error::PassError,
    ffi,
    ir::{self, Builder, Op, Val},
    remark::{self, Kind},
    schedule::TileSchedule,
};
use melior::ir::{AffineExpr, operation::OperationLike};

pub const NAME: &str = "attention-split-keys";

/// The table entry.
pub const INFO: PassInfo = PassInfo {
    name: NAME,
    summary: "split the keys where the grid would leave processors idle, and combine the states of the parts",
    options: &[TARGET, tile::F32, WAYS, FUSE],
    run,
};

const TARGET: OptionInfo = OptionInfo::target("cpu", "whose schedule says when");
const WAYS: OptionInfo = OptionInfo {
    name: "ways",
    kind: OptionKind::Int { default: 0, most: 1 << 16 },
    summary: "parts to split into; 0: as the schedule says",
};
const FUSE: OptionInfo = OptionInfo { summary: "false: split nothing", ..tile::FUSE };

fn run<'c>(module: Op<'c>, options: &PassOptions) -> Result<(), PassError> {
    let mut schedule = TileSchedule::shipped(options.word(&TARGET)).map_err(PassError::Unsupported)?;
    schedule.multiply_f32(options.word(&tile::F32));
    let wanted = options.number(&WAYS) as i64;
    for (op, kernel) in tile::kernels(module).into_iter().filter(|_| options.word(&FUSE) != tile::NOTHING) {
        if matches!(choices::of(module, &kernel), Some(Choice::Apart(_))) {
            continue;
        }
        let fused = tile::read(op)?;
        let ways = if wanted > 0 { wanted } else { ways(&fused, &schedule) };
        if ways > 1 && fused.split().is_none() {
            match combine::plan(&fused) {
                Ok(plan) => split(&fused, ways, &plan)?,
                Err(reason) => remark::emit(op.location(), Kind::Missed, NAME, reason),
            }
        }
    }
    Ok(())
}

/// How many ways a schedule wants the keys of an op split; 1 for not at all.
pub fn ways(fused: &Fused<'_>, schedule: &TileSchedule) -> i64 {
    let extent = |dim: usize| fused.header.extents[dim];
    if schedule.fill_blocks == 0 || tile::fits(fused, schedule).is_err() {
        return 1;
    }
    let Ok(tile::Sizes { size, blocks, .. }) = tile::sizes(fused, schedule) else { return 1 };
    // Queries that nobody has counted are many.
    let Some(queries) = fused.query().map_or(Some(1), extent) else { return 1 };
    let row_tiles = (queries + size.query - 1) / size.query;
    let batch: i64 = fused.dims_of(Role::Batch).into_iter().filter_map(extent).product();
    let tiles = (batch * row_tiles * blocks).max(1);
    let room = (schedule.fill_blocks / tiles).max(1);
    let Some(keys) = fused.key().ok().and_then(extent) else { return room };
    let short = room > 1 && queries <= schedule.pack_rows && keys / room <= schedule.short_keys;
    let room = if short { schedule.fill_parts / tiles } else { room };
    let most = room.min(keys / schedule.split_keys.max(1)).max(1);
    // No more parts than it takes for the longest to be as short as it gets.
    let steps = (keys + size.key - 1) / size.key;
    let longest = (steps + most - 1) / most;
    ((steps + longest - 1) / longest.max(1)).max(1)
}

/// Splits the keys of an op `ways` ways.
///
/// # Errors
/// [`PassError::Unsupported`] when a dim has no size.
fn split(fused: &Fused<'_>, ways: i64, plan: &combine::Plan) -> Result<(), PassError> {
    let b = &Builder::before(fused.op);
    let (parts, maps) = tile::report(fused.op, parts(fused, ways))?;
    combine::results(b, fused, &parts, &maps, plan)?;
    tile::erase(fused);
    Ok(())
}

/// The op with a split dim: the states of each part as tensors, with their maps over the new dims.
///
/// # Errors
/// [`PassError::Unsupported`] for a malformed key range.
fn parts<'c>(fused: &Fused<'c>, ways: i64) -> Result<(Vec<Val<'c>>, Vec<IndexMap>), PassError> {
    let b = &Builder::before(fused.op);
    let split = fused.header.roles.len();
    let renumbering = Renumbering::appending(split);
    let mut header = fused.header.clone();
    header.roles.push(Role::Split);
    header.extents.push(Some(ways));
    for state in &mut header.states {
        let map = renumbering.map(&state.map);
        let batch = |result: &Linear| result.dims().all(|dim| fused.header.roles[dim] == Role::Batch);
        let place = map.results.iter().position(|result| !batch(result)).unwrap_or(map.results.len());
        state.map = map;
        state.map.results.insert(place, Linear::dim(split + 1, split));
    }
    let captures: Vec<_> =
        fused.captures.iter().map(|capture| (capture.tensor, renumbering.map(&capture.map))).collect();
    let copy = edit::copy(b, fused, &header, &captures);
    start_once(copy, &header.states, split);
    edit::rewrite_range(b, copy, split + 1, &|dim, _| {
        AffineExpr::dim(b.context, if dim < split { dim } else { split + 1 })
    })
    .ok_or_else(|| PassError::Unsupported(format!("a malformed '{}'", bound::RANGE)))?;
    let types = fused.state_types();
    let captured = ir::operands(copy);
    let mut spec = ops::fused(b, &captured, types.len(), &header);
    for name in [bound::RANGE, bound::SKIP, bound::FINITE] {
        if let Some(attribute) = ir::attr(copy, name) {
            spec = spec.attr(name, attribute);
        }
    }
    for region in 0..4 {
        spec = spec.raw_region(ffi::take_region(copy, region));
    }
    let op = spec
        .region(&types, |b, states| {
            ops::yield_values(b, states);
        })
        .build();
    ffi::erase(copy);
    let maps: Vec<_> = header.states.iter().map(|state| state.map.clone()).collect();
    let parts = ir::results(op).into_iter().zip(&maps).zip(&types).map(|((fusion, map), ty)| {
        let shape: Vec<_> =
            map.results.iter().map(|result| result.as_dim().and_then(|dim| header.extents[dim])).collect();
        ops::result(b, fusion, map, b.tensor_type(&shape, *ty))
    });
    Ok((parts.collect(), maps))
}

/// Lets sums begin with their initial value in the first part only.
fn start_once(op: Op<'_>, states: &[ops::State], split: usize) {
    let Some(last) = ir::body(op, 0).and_then(|block| ir::ops(block).pop()) else { return };
    let b = &Builder::before(last);
    for (number, value) in ir::operands(last).into_iter().enumerate() {
        if states[number].combine != Combine::Sum || tile::program::constant(value) == Some(0.0) {
            continue;
        }
        let first = b.compare("arith.cmpi", ir::cmpi::EQ, ops::index(b, split), b.index(0));
        let nothing = Combine::Sum.identity(b, ir::type_of(value));
        ffi::set_operand(last, number, b.select(first, value, nothing));
    }
}
