//! Sections of a grid whose tiles have loops of different lengths: how many coordinates of the other dims are taken together.
//!
//! Tiles are taken longest first, so that what is left at the end is short. Of too many coordinates at once, what their loops read
//! does not stay in the second-level cache, and is read from memory again and again; of few, every section has an end of its own.
//! The lengths of all tiles are known as a rule, and which block takes which tile is too: [`choose`] adds up the longest share.

use super::{
    Plan, Source,
    grid::{depends, grid_bounds, shapes_loops},
};
use crate::{
    ffi,
    gpu::{
        nest::{Index, number},
        schedule::round_up,
    },
    ir::{self, Blk, Op},
    runtime::Expr,
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap, HashMap},
};

/// Tiles whose lengths are added up for all numbers of coordinates that are tried, at most.
const ADDED: i64 = 1 << 22;

/// The grid dims that decide how long a tile's loops run.
pub fn uneven_dims(kernel: Op<'_>, body: Blk<'_>) -> Vec<usize> {
    let arguments = ir::arguments(body);
    (0..grid_bounds(kernel).len()).filter(|dim| shapes_loops(body, arguments[*dim])).collect()
}

/// How tiles meet blocks.
#[derive(Clone, Copy, Debug)]
pub struct Blocks {
    /// Blocks that run at a time.
    pub count: i64,
    /// Whether each takes its own share of the tiles, in a snake; else the first that is free takes the next.
    pub shares: bool,
}

/// What memory and the cache before it can do.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// Bytes of one coordinate, and of those that the cache keeps.
    pub each: i64,
    pub cached: i64,
    /// By how much all coordinates at once are slower for waiting for memory.
    pub slower: f64,
}

/// How many coordinates of the fast dims of a kernel's grid are a section, if they are more than one section.
pub fn of<'c>(plan: &Plan<'c>, kernel: Op<'c>) -> Option<i64> {
    let body = ir::body(kernel, 0)?;
    let slow = uneven_dims(kernel, body);
    let bounds = grid_bounds(kernel);
    let extent = |dim: usize| match bounds[dim] {
        Index::Const(extent) => Some(extent),
        Index::Value(_) => None,
    };
    let fast: Vec<usize> = (0..bounds.len()).filter(|dim| !slow.contains(dim)).collect();
    let product = |dims: &[usize]| dims.iter().try_fold(1, |total, dim| Some(total * extent(*dim)?));
    let (length, width) = (product(&slow)?, product(&fast)?);
    if length < 2 || width < 2 {
        return None;
    }
    let grid = ir::arguments(body);
    let (mut tensors, mut chosen) = (BTreeMap::new(), vec![]);
    for staged in &plan.staged {
        if let Source::Tma(window) = &staged.source
            && !plan.rings[plan.buffers[staged.buffer].ring].once
        {
            let elements = window.view.dims.iter().try_fold(1, |total, dim| match dim {
                Expr::Int(size) => Some(total * size),
                _ => None,
            });
            tensors.insert(window.view.tensor.clone(), 2 * elements?);
            let chooses = |dim: &usize| {
                let reads = |offset: &Index<'c>| matches!(offset, Index::Value(value) if depends(*value, grid[*dim]));
                window.offsets.iter().any(reads)
            };
            chosen.extend(fast.iter().copied().filter(chooses));
        }
    }
    let each = tensors.into_values().sum::<i64>() / width;
    chosen.sort_unstable();
    chosen.dedup();
    let target = &plan.schedule.target;
    let distribute = &plan.schedule.distribute;
    let blocks = Blocks { count: target.multiprocessors * plan.blocks, shares: plan.persistent };
    // How many blocks read the same keys at a time, if all coordinates are taken together.
    let together = (blocks.count as f64 / product(&chosen)? as f64).max(1.0);
    let slower = (distribute.memory_rows as f64 / (plan.rows as f64 * together)).max(1.0);
    let lengths: Vec<_> = (0..length)
        .map(|number| keys_of(body, &tile_at(&slow, &bounds, number)?).map(|keys| keys + distribute.tile_cost))
        .collect::<Option<_>>()
        .unwrap_or_else(|| (1..=length).rev().collect());
    choose(&lengths, width, blocks, Memory { each, cached: distribute.section_bytes, slower })
}

/// The coordinates of some dims, of which the last one is fastest, all from their ends.
fn tile_at(slow: &[usize], bounds: &[Index<'_>], number: i64) -> Option<HashMap<usize, i64>> {
    let mut rest = number;
    let place = |dim: &usize| {
        let Index::Const(extent) = bounds[*dim] else { return None };
        let at = extent - 1 - rest % extent;
        rest /= extent;
        Some((*dim, at))
    };
    slow.iter().rev().map(place).collect()
}

/// The keys that the loops of a tile visit, where that follows from its coordinates.
fn keys_of(body: Blk<'_>, tile: &HashMap<usize, i64>) -> Option<i64> {
    let known: HashMap<_, _> = ir::arguments(body)
        .into_iter()
        .enumerate()
        .map(|(dim, at)| (ffi::value_key(at), *tile.get(&dim).unwrap_or(&0)))
        .collect();
    let loops = ir::ops(body).into_iter().filter(|op| ir::name(*op) == "scf.for");
    let keys = loops.map(|op| {
        let operands = ir::operands(op);
        let [low, high, step] = [0, 1, 2].map(|at| number(operands[at], &known));
        Some(round_up((high? - low?).max(0), step?))
    });
    keys.sum()
}

/// How many of `width` coordinates are a section, for the tiles of each of which loops have these lengths, longest first; `None` for
/// all of them.
pub fn choose(lengths: &[i64], width: i64, blocks: Blocks, memory: Memory) -> Option<i64> {
    let most = if memory.each > 0 { (memory.cached / memory.each).min(width) } else { width };
    let tiles = lengths.len() as i64 * width;
    let stride = (tiles * most / ADDED + 1).max(1);
    let fits = most == width;
    let slower = if fits { 1.0 } else { memory.slower };
    let sections = (1..=most).rev().step_by(usize::try_from(stride).ok()?).filter(|section| *section < width);
    let timed = sections.map(|section| (longest_share(lengths, width, section, blocks) as f64, Some(section)));
    let all = (longest_share(lengths, width, width, blocks) as f64 * slower, None);
    std::iter::once(all).chain(timed).min_by(|a, b| a.0.total_cmp(&b.0))?.1
}

/// What the block that has most to do has to do, with sections of so many coordinates.
fn longest_share(lengths: &[i64], width: i64, section: i64, blocks: Blocks) -> i64 {
    let order = (0..width).step_by(section as usize).flat_map(|begun| {
        let here = section.min(width - begun);
        lengths.iter().flat_map(move |length| (0..here).map(move |_| *length))
    });
    if blocks.shares {
        let mut shares = vec![0; blocks.count as usize];
        for (number, length) in order.enumerate() {
            let (round, place) = (number / shares.len(), number % shares.len());
            let block = if round % 2 == 0 { place } else { shares.len() - 1 - place };
            shares[block] += length;
        }
        return shares.into_iter().max().unwrap_or(0);
    }
    let mut free: BinaryHeap<_> = (0..blocks.count).map(|_| Reverse(0)).collect();
    let mut last = 0;
    for length in order {
        let Reverse(begun) = free.pop().unwrap_or(Reverse(0));
        last = last.max(begun + length);
        free.push(Reverse(begun + length));
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    const CACHED: i64 = 30_000_000;

    fn triangle(tiles: i64) -> Vec<i64> {
        (1..=tiles).rev().map(|tile| 128 * tile + 40).collect()
    }

    #[test]
    fn sections_fit_the_cache_and_shares_are_even() {
        let blocks = Blocks { count: 132, shares: true };
        let memory = |each: i64, slower: f64| Memory { each, cached: CACHED, slower };
        let share = |width: i64, section: i64| {
            let total: i64 = triangle(32).iter().sum::<i64>() * width;
            longest_share(&triangle(32), width, section, blocks) as f64 / (total as f64 / 132.0)
        };
        // 128 heads of 4096 keys and 2.6 MB.
        let section = choose(&triangle(32), 128, blocks, memory(2_600_000, 3.0)).unwrap();
        assert!(section * 2_600_000 <= CACHED && share(128, section) < 1.02, "{section}: {}", share(128, section));
        assert!(share(128, 8) > 1.3, "others are not even");
        assert_eq!(choose(&triangle(128), 16, blocks, memory(8_400_000, 1.0)), None, "memory is fast enough");
    }

    #[test]
    fn the_first_free_block_takes_the_next_tile() {
        let blocks = Blocks { count: 2, shares: false };
        // 4 and 4, 4, then the short ones beside the last long one; or the last section's long one after all others.
        assert_eq!(longest_share(&[4, 1], 3, 3, blocks), 8);
        assert_eq!(longest_share(&[4, 1], 3, 1, blocks), 9);
    }
}
