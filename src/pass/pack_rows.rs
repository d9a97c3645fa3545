//! `attention-pack-rows`: a row dim for programs with few queries.
//!
//! Before:  `iterator_types = ["batch", "batch", "query", "key", ...]`, extents `[b, 4, 2, n, ...]`, keys without the second dim
//! After:   `iterator_types = ["batch", "query", "key", ...]`, extents `[b, 8, n, ...]`; an op without a query dim gets one of extent 1
//!
//! Needs: stage `bound`. Leaves: the same op over other dims. Canonical test: `tests/tile.rs`.
//! A matrix unit computes so many rows at once whether they are used or not. Algorithm: (1) a batch dim that lies beside the
//! query dim in every tensor that has either (so that no key or value has it) joins it while both together stay
//! within the target's rows: its points then share the keys of one tile; (2) where there is no query dim
//! left or to begin with, one of extent 1 is made, in every operand that a score contraction pairs with the keys and
//! in every state and result. Indices become quotients and remainders of the row; a key range becomes that of all queries.

use super::{OptionInfo, PassInfo, PassOptions, bound::RANGE, tile};
use crate::{
    dialect::{
        edit::{self, Renumbering},
        linear::{IndexMap, Linear},
        ops::{self, FUSED, Fused, Role},
    },
    error::PassError,
    ffi,
    ir::{self, Builder, Op, Type, Val},
    schedule::TileSchedule,
};
use melior::ir::AffineExpr;

pub const NAME: &str = "attention-pack-rows";

/// The table entry.
pub const INFO: PassInfo =
    PassInfo { name: NAME, summary: "make rows of what few queries share keys with", options: &[TARGET], run };

const TARGET: OptionInfo = OptionInfo::target("cpu", "whose schedule says how many rows");

fn run<'c>(module: Op<'c>, options: &PassOptions) -> Result<(), PassError> {
    let schedule = TileSchedule::shipped(options.word(&TARGET)).map_err(PassError::Unsupported)?;
    if schedule.pack_rows > 0 {
        for op in tile::fused_ops(module) {
            pack_rows(op, schedule.pack_rows)?;
        }
    }
    Ok(())
}

/// Packs what can be packed into at most `rows` rows, and gives an op without a query dim one.
///
/// # Errors
/// [`PassError::Reported`] for a malformed op.
pub fn pack_rows(mut op: Op<'_>, rows: i64) -> Result<(), PassError> {
    loop {
        let fused = tile::read(op)?;
        let Some(pair) = pair(&fused, rows) else { break };
        op = tile::report(op, pack(&fused, pair))?;
    }
    let fused = tile::read(op)?;
    if fused.query().is_none() {
        tile::report(op, add_row(&fused))?;
    }
    Ok(())
}

/// A batch dim and the query dim, in the order in which they lie side by side.
#[derive(Clone, Copy)]
struct Pair {
    first: usize,
    second: usize,
    query: usize,
    /// Extents of `first` and `second`.
    sizes: [i64; 2],
}

impl Pair {
    /// Where the two are side by side in a map, each as a plain dim.
    fn place(&self, map: &IndexMap) -> Option<usize> {
        let at = |dim: usize| map.results.iter().position(|result| result.as_dim() == Some(dim));
        at(self.first).filter(|first| at(self.second) == Some(first + 1))
    }

    /// Whether a tensor has neither dim, or both, whole and side by side.
    fn suits(&self, map: &IndexMap, shape: &[Option<i64>]) -> bool {
        let others =
            |place: usize| map.results.iter().enumerate().filter(move |(at, _)| *at != place && *at != place + 1);
        match self.place(map) {
            Some(place) => {
                shape[place..place + 2] == self.sizes.map(Some)
                    && others(place).all(|(_, result)| !result.uses(self.first) && !result.uses(self.second))
            }
            None => !map.uses(self.first) && !map.uses(self.second),
        }
    }
}

/// The next batch dim to pack into the query dim.
fn pair(fused: &Fused<'_>, rows: i64) -> Option<Pair> {
    let query = fused.query()?;
    let extent = |dim: usize| fused.header.extents[dim];
    let fits = |dim: &usize| {
        extent(*dim)
            .zip(extent(query))
            .is_some_and(|(batch, queries)| batch > 1 && batch.saturating_mul(queries) <= rows)
    };
    let batch = fused.dims_of(Role::Batch).into_iter().filter(fits);
    let orders = batch.flat_map(|batch| [(batch, query), (query, batch)]);
    let pairs = orders
        .filter_map(|(first, second)| Some(Pair { first, second, query, sizes: [extent(first)?, extent(second)?] }));
    let suits = |pair: &Pair| {
        let both = |map: &IndexMap| map.uses(pair.first) == map.uses(pair.second);
        fused.captures.iter().chain(&fused.results).all(|mapped| pair.suits(&mapped.map, &mapped.shape()))
            && fused.header.states.iter().all(|state| both(&state.map))
    };
    pairs.into_iter().find(suits)
}

/// Makes one row dim of a pair: `row = first * size of second + second`.
///
/// # Errors
/// [`PassError::Unsupported`] for a malformed key range.
fn pack<'c>(fused: &Fused<'c>, pair: Pair) -> Result<Op<'c>, PassError> {
    let b = &Builder::before(fused.op);
    let dims = fused.header.roles.len();
    let batch = if pair.first == pair.query { pair.second } else { pair.first };
    let renumbering = Renumbering::without(dims, batch);
    let packed = |map: &IndexMap| {
        let results = map.results.iter().filter(|result| result.as_dim() != Some(batch)).cloned().collect();
        renumbering.map(&IndexMap { dims, results })
    };
    let mut header = fused.header.clone();
    header.roles.remove(batch);
    header.extents[pair.query] = Some(pair.sizes[0] * pair.sizes[1]);
    header.extents.remove(batch);
    for state in &mut header.states {
        state.map = packed(&state.map);
    }
    let captures: Vec<_> = fused
        .captures
        .iter()
        .map(|capture| match pair.place(&capture.map) {
            Some(place) => (edit::collapse(b, capture.tensor, place), packed(&capture.map)),
            None => (capture.tensor, packed(&capture.map)),
        })
        .collect();
    let op = edit::copy(b, fused, &header, &captures);
    let row = renumbering.to[pair.query].unwrap_or_default();
    for index in ir::walk_named(op, &[ops::INDEX]) {
        let Some(dim) = ops::index_dim(index).filter(|dim| [pair.first, pair.second].contains(dim)) else { continue };
        let inside = Builder::before(index);
        let (at, size) = (ops::index(&inside, pair.query), inside.index(pair.sizes[1]));
        let name = if dim == pair.first { "arith.divui" } else { "arith.remui" };
        ffi::replace_all_uses(ir::results(index)[0], inside.binary(name, at, size));
        ffi::erase(index);
    }
    edit::renumber_regions(b, op, &renumbering);
    // Every tile of rows may hold every query.
    let end = |dim: usize, up: bool| match fused.header.extents[dim] {
        Some(extent) if up => AffineExpr::constant(b.context, extent - 1),
        _ => AffineExpr::constant(b.context, 0),
    };
    let rewritten = edit::rewrite_range(b, op, renumbering.count, &|dim, up| match dim {
        dim if dim == pair.query || dim == batch => end(dim, up),
        dim if dim == dims => end(pair.query, up),
        dim => AffineExpr::dim(b.context, renumbering.to[dim].unwrap_or(row)),
    });
    rewritten.ok_or_else(|| PassError::Unsupported(format!("a malformed '{RANGE}'")))?;
    give_results(fused, op, |b, result, fusion| match pair.place(&result.map) {
        Some(place) => {
            let mut shape = result.shape();
            let size = shape.remove(place + 1);
            shape[place] = shape[place].zip(size).map(|(first, second)| first * second);
            let ty = b.tensor_type(&shape, result.element());
            let value = ops::result(b, fusion, &packed(&result.map), ty);
            edit::expand(b, value, place, pair.sizes)
        }
        None => ops::result(b, fusion, &packed(&result.map), ir::type_of(result.tensor)),
    });
    Ok(op)
}

/// Gives an op a query dim of extent 1.
///
/// # Errors
/// [`PassError::Unsupported`] for a malformed key range.
fn add_row(fused: &Fused<'_>) -> Result<(), PassError> {
    let b = &Builder::before(fused.op);
    let row = fused.header.roles.len();
    let renumbering = Renumbering::appending(row);
    let with_row = |map: &IndexMap, place: usize| {
        let mut map = renumbering.map(map);
        map.results.insert(place, Linear::dim(row + 1, row));
        map
    };
    let mut header = fused.header.clone();
    header.roles.push(Role::Query);
    header.extents.push(Some(1));
    for state in &mut header.states {
        state.map = with_row(&state.map, before_values(fused, &state.map));
    }
    let rows = row_captures(fused);
    let captures: Vec<_> = fused
        .captures
        .iter()
        .enumerate()
        .map(|(number, capture)| {
            let rank = capture.map.results.len();
            if rows.contains(&number) {
                let place = rank.saturating_sub(1);
                (unit_dim(b, capture.tensor, place), with_row(&capture.map, place))
            } else {
                (capture.tensor, renumbering.map(&capture.map))
            }
        })
        .collect();
    let op = edit::copy(b, fused, &header, &captures);
    edit::rewrite_range(b, op, row + 1, &|dim, _| AffineExpr::dim(b.context, if dim < row { dim } else { row + 1 }))
        .ok_or_else(|| PassError::Unsupported(format!("a malformed '{RANGE}'")))?;
    give_results(fused, op, |b, result, fusion| {
        let place = before_values(fused, &result.map);
        let mut shape = result.shape();
        shape.insert(place, Some(1));
        let ty: Type<'_> = b.tensor_type(&shape, result.element());
        let value = ops::result(b, fusion, &with_row(&result.map, place), ty);
        edit::collapse(b, value, place.min(shape.len().saturating_sub(2)))
    });
    Ok(())
}

/// A unit dim at `place`, of a tensor that has none there.
fn unit_dim<'c>(b: &Builder<'c>, tensor: Val<'c>, place: usize) -> Val<'c> {
    edit::expand(b, tensor, place, [1, 0])
}

/// Where the first value dim of a map is, or its end.
fn before_values(fused: &Fused<'_>, map: &IndexMap) -> usize {
    let value = |result: &Linear| result.dims().any(|dim| fused.header.roles[dim] == Role::Value);
    map.results.iter().position(value).unwrap_or(map.results.len())
}

/// The captures that get the row dim: those that score contractions pair with the keys; in an op without such a
/// contraction, those that its scores are read from.
fn row_captures(fused: &Fused<'_>) -> Vec<usize> {
    let Ok(key) = fused.key() else { return vec![] };
    let has_key = |capture: &usize| fused.captures.get(*capture).is_some_and(|capture| capture.map.uses(key));
    let is_value = |capture: &usize| fused.header.states.iter().any(|state| state.value == Some(*capture));
    let reads = |op: Op<'_>| -> Vec<usize> { ir::walk(op).into_iter().filter_map(ops::read_capture).collect() };
    let reduces = ir::ops(fused.regions.score).into_iter().filter(|op| ir::name(*op) == ops::REDUCE);
    let mut paired: Vec<usize> = reduces
        .map(reads)
        .filter(|reads| reads.iter().any(has_key) && !reads.iter().all(has_key))
        .flatten()
        .filter(|capture| !has_key(capture))
        .collect();
    if paired.is_empty() {
        let direct = ir::ops(fused.regions.score).into_iter().filter(|op| ir::name(*op) == ops::READ);
        paired =
            direct.filter_map(ops::read_capture).filter(|capture| has_key(capture) && !is_value(capture)).collect();
    }
    paired.sort_unstable();
    paired.dedup();
    paired
}

/// Gives the users of an op's results those of another op, each made by `make`, and erases the first.
pub(super) fn give_results<'c>(
    fused: &Fused<'c>,
    op: Op<'c>,
    make: impl Fn(&Builder<'c>, &ops::Mapped<'c>, Val<'c>) -> Val<'c>,
) {
    debug_assert_eq!(ir::name(op), FUSED);
    let b = &Builder::before(fused.op);
    for (result, fusion) in fused.results.iter().zip(ir::results(op)) {
        ffi::replace_all_uses(result.tensor, make(b, result, fusion));
    }
    tile::erase(fused);
}
