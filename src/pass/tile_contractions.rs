//! `tile-contractions`: contractions outside of fused ops become nests of tiles, for a target with a matrix unit.
//!
//! Before:  `%c = linalg.generic` (rows, columns, depth) of 16-bit tensors, summed in f32 from zero; perhaps an elementwise op
//! After:   `scf.forall (batch.., row tile, column tile) { scf.for (depth tile) { linalg on tiles } elementwise op }`
//!
//! Needs: stage `tile`. Leaves: nests like those of `tile`; contractions of other types, of several summed dims, or smaller than a
//! step of the matrix unit, as they were. Canonical test: `tests/gpu.rs`.
//! An elementwise op that is the only reader of a contraction, at the contraction's own points, ends the nest.

use super::{
    OptionInfo, PassInfo, PassOptions,
    tile::emit::{self, Ix, Slice, Tile},
};
use crate::{
    choices::{self, Choice},
    error::PassError,
    ffi,
    gpu::{Loops, plain_dims},
    ir::{self, Builder, Op, Val},
    schedule::TileSchedule,
};
use melior::ir::operation::OperationLike;
use std::collections::{HashMap, HashSet};

pub const NAME: &str = "tile-contractions";

/// The table entry.
pub const INFO: PassInfo = PassInfo {
    name: NAME,
    summary: "make nests of tiles of contractions outside of fused ops, where the target has a matrix unit",
    options: &[
        OptionInfo { name: "target", default: "sm_90a", summary: "whose schedule to use" },
        OptionInfo { name: "fuse", default: "true", summary: "false: tile nothing" },
    ],
    run,
};

fn run<'c>(module: Op<'c>, options: &PassOptions) -> Result<(), PassError> {
    let schedule = TileSchedule::shipped(options.get(&INFO, "target")).map_err(PassError::Unsupported)?;
    if options.get(&INFO, "fuse") == "false" || schedule.contractions.is_empty() {
        return Ok(());
    }
    for func in ir::body(module, 0).map(ir::ops).unwrap_or_default() {
        let Some(body) = ir::body(func, 0).filter(|_| ir::name(func) == "func.func") else { continue };
        let name = ir::attr(func, "sym_name").and_then(ir::string_attr).unwrap_or("kernel");
        ir::ops(body).into_iter().for_each(split_operands);
        // One at a time: a nest takes the op behind its contraction with it.
        let (mut number, mut apart) = (0, HashSet::new());
        let next = |apart: &HashSet<usize>| {
            let mut ops = ir::ops(body).into_iter().filter(|op| !apart.contains(&ffi::op_key(*op)));
            ops.find_map(Contraction::read)
        };
        while let Some(contraction) = next(&apart) {
            let kernel = format!("{name}_contraction{number}");
            number += 1;
            if let Some(Choice::Apart(reason)) = choices::of(module, &kernel) {
                apart.insert(ffi::op_key(contraction.op));
                ffi::set_attribute(contraction.op, choices::APART, Builder::before(contraction.op).str_attr(&reason));
            } else {
                contraction.tile(&kernel, contraction.size(&schedule));
            }
        }
    }
    Ok(())
}

/// What a loop is to a contraction.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Fixed in a tile.
    Grid,
    Row,
    Column,
    Depth,
}

/// A product of two tensors, summed over one dim.
struct Contraction<'c> {
    op: Op<'c>,
    /// The operand with rows, the one with columns, and the result, each with the loop of every dim.
    left: (Val<'c>, Vec<usize>),
    right: (Val<'c>, Vec<usize>),
    result: (Val<'c>, Vec<usize>),
    parts: Vec<Part>,
    extents: Vec<Option<i64>>,
}

impl<'c> Contraction<'c> {
    /// Reads an op that a matrix unit can run.
    fn read(op: Op<'c>) -> Option<Self> {
        let loops = Loops::read(op)?;
        let ([left, right, init], [result]) = (&loops.operands[..], &ir::results(op)[..]) else { return None };
        let maps: Vec<_> = loops.maps.iter().map(|map| plain_dims(*map)).collect::<Option<_>>()?;
        let element = ffi::element_type(ir::type_of(*left)).to_string();
        let same = ffi::element_type(ir::type_of(*right)).to_string() == element;
        let narrow = same && matches!(element.as_str(), "bf16" | "f16");
        let wide = ffi::element_type(ir::type_of(*result)).to_string() == "f32";
        if !narrow
            || !wide
            || !is_zero(*init)
            || !is_product(&loops)
            || loops.reduced.iter().filter(|r| **r).count() != 1
        {
            return None;
        }
        let within = |dim: usize| [0, 1, 2].map(|operand| maps[operand].contains(&dim));
        // Rows and columns are the last such dims of the result.
        let last = |own: [bool; 3]| maps[2].iter().rev().copied().find(|dim| within(*dim) == own);
        let (first, second) = (last([true, false, true])?, last([false, true, true])?);
        let swapped = maps[2].iter().position(|dim| *dim == first) > maps[2].iter().position(|dim| *dim == second);
        let (row, column) = if swapped { (second, first) } else { (first, second) };
        let parts: Vec<_> = (0..loops.reduced.len())
            .map(|dim| match dim {
                _ if loops.reduced[dim] => Part::Depth,
                _ if dim == row => Part::Row,
                _ if dim == column => Part::Column,
                _ => Part::Grid,
            })
            .collect();
        let depth = loops.reduced.iter().position(|reduced| *reduced)?;
        let large = |dim: usize, least: i64| loops.extents[dim].is_none_or(|extent| extent >= least);
        let whole = maps[..2].iter().all(|map| map.contains(&depth));
        if !whole || !large(row, 16) || !large(column, 8) || !large(depth, 16) {
            return None;
        }
        let (a, b) = ((*left, maps[0].clone()), (*right, maps[1].clone()));
        let (left, right) = if swapped { (b, a) } else { (a, b) };
        Some(Self { op, left, right, result: (*result, maps[2].clone()), parts, extents: loops.extents })
    }

    /// The largest tiles of which there are enough to fill the target, else the smallest.
    fn size(&self, schedule: &TileSchedule) -> [i64; 3] {
        let count = |size: &[i64; 3]| -> Option<i64> {
            let tiles = self.parts.iter().zip(&self.extents).map(|(part, extent)| {
                let tile = match part {
                    Part::Depth => return Some(1),
                    Part::Row => size[0],
                    Part::Column => size[1],
                    Part::Grid => 1,
                };
                Some((((*extent)? + tile - 1) / tile).max(1))
            });
            tiles.into_iter().try_fold(1_i64, |total, tiles| total.checked_mul(tiles?))
        };
        let sizes = &schedule.contractions;
        let enough = |size: &&[i64; 3]| count(size).is_none_or(|count| count >= schedule.fill_blocks);
        sizes.iter().find(enough).or(sizes.last()).copied().unwrap_or([64; 3])
    }

    /// Replaces the op, and the elementwise op behind it, by a nest.
    fn tile(&self, kernel: &str, [rows, columns, depth]: [i64; 3]) {
        let tail = self.tail();
        let end = tail.as_ref().map_or(self.op, |tail| tail.op);
        let b = &Builder::before(end);
        let sources = [&self.left, &self.right, &self.result];
        let extents: Vec<Ix<'c>> = (0..self.parts.len())
            .map(|dim| match self.extents[dim] {
                Some(extent) => Ix::Known(extent),
                None => {
                    let found = sources
                        .iter()
                        .take(2)
                        .find_map(|(value, dims)| Some((*value, dims.iter().position(|own| *own == dim)?)));
                    found.map_or(Ix::Known(1), |(value, position)| emit::size_of(b, value, position))
                }
            })
            .collect();
        let round = |dim: usize, most: i64, step: i64| {
            self.extents[dim].map_or(most, |extent| most.min((extent + step - 1) / step * step))
        };
        let of = |part: Part| self.parts.iter().position(|own| *own == part).unwrap_or(0);
        let (row, column, sum) = (of(Part::Row), of(Part::Column), of(Part::Depth));
        let mut tiles = vec![1; self.parts.len()];
        (tiles[row], tiles[column], tiles[sum]) =
            (round(row, rows, 64), round(column, columns, 16), round(sum, depth, 16));
        let grid: Vec<usize> =
            (0..self.parts.len()).filter(|dim| self.parts[*dim] == Part::Grid).chain([row, column]).collect();
        let bounds: Vec<_> = grid.iter().map(|dim| extents[*dim].ceil_div(b, tiles[*dim])).collect();
        let (output, dims) =
            tail.as_ref().map_or((self.result.0, self.result.1.clone()), |tail| (tail.result, tail.dims.clone()));
        let shape: Vec<_> = dims.iter().map(|dim| extents[*dim]).collect();
        let empty = emit::empty(b, &shape, ffi::element_type(ir::type_of(output)));
        let values = emit::forall(b, kernel, &bounds, &[empty], |b, coordinates| {
            let mut place = Place {
                tiles: &tiles,
                parts: &self.parts,
                offsets: vec![Ix::Known(0); extents.len()],
                live: vec![Ix::Known(1); extents.len()],
            };
            for (dim, at) in grid.iter().zip(coordinates) {
                place.offsets[*dim] = Ix::Value(*at).times(b, tiles[*dim]);
                if self.parts[*dim] != Part::Grid {
                    place.live[*dim] = live(b, tiles[*dim], extents[*dim], place.offsets[*dim]);
                }
            }
            let float = b.f32_type();
            let zero = b.float(0.0, float);
            let init = emit::empty(b, &[Ix::Known(tiles[row]), Ix::Known(tiles[column])], float);
            let init = emit::fill(b, zero, init);
            let range = [Ix::Known(0), extents[sum], Ix::Known(tiles[sum])];
            let sums = emit::for_loop(b, range, &[init], |b, at, carried| {
                let mut place = place.clone();
                place.offsets[sum] = Ix::Value(at);
                place.live[sum] = live(b, tiles[sum], extents[sum], Ix::Value(at));
                let (left, right) = (place.load(b, &self.left), place.load(b, &self.right));
                let into = Tile { value: carried[0], dims: vec![row, column] };
                let made = emit::generic(b, "contract", &[row, column, sum], &[left, right], &into, |b, element| {
                    let [x, y] = [0, 1].map(|side| b.cast("arith.extf", element[side], float));
                    b.binary("arith.addf", element[2], b.binary("arith.mulf", x, y))
                });
                vec![made.value]
            });
            let mut made = Tile { value: sums[0], dims: vec![row, column] };
            if let Some(tail) = &tail {
                made = tail.apply(b, &place, made);
            }
            let sizes = [place.live[row], place.live[column]];
            let mut part = Slice::default();
            sizes.iter().for_each(|size| part.push(Ix::Known(0), *size, 1));
            let whole = part.is_whole(&[Some(tiles[row]), Some(tiles[column])]);
            let value = if whole { made.value } else { part.extract(b, made.value, &[0, 1]) };
            vec![(value, place.slice(&dims))]
        });
        ffi::replace_all_uses(output, values[0]);
        ffi::erase(end);
        if tail.is_some() {
            ffi::erase(self.op);
        }
    }

    /// The elementwise op that alone reads the result, at the result's own points.
    fn tail(&self) -> Option<Tail<'c>> {
        let [(op, operand)] = ffi::uses(self.result.0)[..] else { return None };
        let loops = Loops::read(op)?;
        let [result] = ir::results(op)[..] else { return None };
        if loops.reduced.contains(&true) || operand >= loops.inputs || loops.reads(loops.inputs) {
            return None;
        }
        let known = ["arith.", "math.", "linalg.yield"];
        let plain = |op: &Op<'c>| known.iter().any(|start| ir::name(*op).starts_with(start));
        let ops = ir::ops(loops.body);
        let own = plain_dims(loops.maps[operand])?;
        let all: Vec<_> = loops.maps.iter().map(|map| plain_dims(*map)).collect::<Option<_>>()?;
        if !ops.iter().all(plain) || own.len() != loops.extents.len() || self.result.1.len() != own.len() {
            return None;
        }
        // Its loops by ours.
        let mut ours = vec![usize::MAX; own.len()];
        own.iter().zip(&self.result.1).for_each(|(theirs, ours_dim)| ours[*theirs] = *ours_dim);
        if ours.contains(&usize::MAX) {
            return None;
        }
        let translate = |dims: &Vec<usize>| dims.iter().map(|dim| ours[*dim]).collect::<Vec<_>>();
        let dims = translate(&all[loops.inputs]);
        let at = |part: Part| dims.iter().position(|dim| self.parts[*dim] == part);
        if at(Part::Row) > at(Part::Column) {
            return None;
        }
        let inputs = (0..loops.inputs).map(|input| (loops.operands[input], translate(&all[input]))).collect();
        Some(Tail { op, result, operand, inputs, dims, loops, ops })
    }
}

/// An elementwise op at the end of a nest.
struct Tail<'c> {
    op: Op<'c>,
    result: Val<'c>,
    /// Which input is the contraction.
    operand: usize,
    /// The inputs, each with the loop of every dim.
    inputs: Vec<(Val<'c>, Vec<usize>)>,
    dims: Vec<usize>,
    loops: Loops<'c>,
    /// Its body, the last of it a yield.
    ops: Vec<Op<'c>>,
}

impl<'c> Tail<'c> {
    fn apply(&self, b: &Builder<'c>, place: &Place<'_, 'c>, made: Tile<'c>) -> Tile<'c> {
        let inputs: Vec<_> = (0..self.inputs.len())
            .map(|input| if input == self.operand { made.clone() } else { place.load(b, &self.inputs[input]) })
            .collect();
        let sizes: Vec<_> = made.dims.iter().map(|dim| Ix::Known(place.tiles[*dim])).collect();
        let output = emit::empty(b, &sizes, ffi::element_type(ir::type_of(self.result)));
        let output = Tile { value: output, dims: made.dims.clone() };
        emit::generic(b, "store", &made.dims, &inputs, &output, |b, elements| {
            let arguments = ir::arguments(self.loops.body);
            let known = arguments.into_iter().map(ffi::value_key).zip(elements.iter().copied()).collect();
            let (last, ops) = self.ops.split_last().expect("a body that ends in a yield");
            copied(b, ops, known, ir::operands(*last)[0])
        })
    }
}

/// Where a tile of the nest lies.
#[derive(Clone)]
struct Place<'a, 'c> {
    tiles: &'a [i64],
    parts: &'a [Part],
    offsets: Vec<Ix<'c>>,
    live: Vec<Ix<'c>>,
}

impl<'c> Place<'_, 'c> {
    /// The part of a tensor that the tile covers.
    fn slice(&self, dims: &[usize]) -> Slice<'c> {
        let mut slice = Slice::default();
        dims.iter().for_each(|dim| slice.push(self.offsets[*dim], self.live[*dim], 1));
        slice
    }

    /// That part, padded to the size of the tile.
    fn load(&self, b: &Builder<'c>, (value, dims): &(Val<'c>, Vec<usize>)) -> Tile<'c> {
        let kept: Vec<_> = (0..dims.len()).filter(|at| self.parts[dims[*at]] != Part::Grid).collect();
        let loops: Vec<_> = kept.iter().map(|at| dims[*at]).collect();
        let part = self.slice(dims).extract(b, *value, &kept);
        let live: Vec<_> = loops.iter().map(|dim| self.live[*dim]).collect();
        let sizes: Vec<_> = loops.iter().map(|dim| Ix::Known(self.tiles[*dim])).collect();
        Tile { value: emit::pad(b, part, &live, &sizes), dims: loops }
    }
}

/// How much of a tile exists.
fn live<'c>(b: &Builder<'c>, tile: i64, extent: Ix<'c>, offset: Ix<'c>) -> Ix<'c> {
    match extent {
        Ix::Known(extent) if extent % tile == 0 => Ix::Known(tile),
        extent => Ix::Value(emit::live_size(b, tile, extent, offset.value(b))),
    }
}

/// Whether a tensor is zero everywhere.
fn is_zero(value: Val<'_>) -> bool {
    let Some(op) = ffi::defining_op(value) else { return false };
    let zero = |scalar: Val<'_>| {
        let constant = ffi::defining_op(scalar).and_then(|op| ir::attr(op, "value"));
        constant.and_then(ir::float_attr) == Some(0.0)
    };
    match ir::name(op) {
        "linalg.fill" => zero(ir::operands(op)[0]),
        "linalg.generic" => ir::body(op, 0)
            .and_then(|body| ir::ops(body).last().copied())
            .is_some_and(|last| op.result_count() == 1 && zero(ir::operands(last)[0])),
        "arith.constant" => ir::attr(op, "value").and_then(ffi::dense_splat).and_then(ir::float_attr) == Some(0.0),
        _ => false,
    }
}

/// Gives a factor that is computed and rounded to 16 bits inside a product, once per row and column, a tensor of its own.
fn split_operands<'c>(op: Op<'c>) {
    let Some(loops) = Loops::read(op).filter(|loops| loops.operands.len() == loops.inputs + 1) else { return };
    let Some(maps) = loops.maps.iter().map(|map| plain_dims(*map)).collect::<Option<Vec<_>>>() else { return };
    let Some(factors) = factors(&loops).filter(|_| !is_product(&loops)) else { return };
    let mut sides = vec![];
    for factor in factors {
        match Side::read(&loops, factor) {
            Some(side) => sides.push(side),
            None => return,
        }
    }
    let b = &Builder::before(op);
    let operands: Vec<Tile<'c>> = sides.iter().map(|side| side.tensor(b, &loops, &maps)).collect();
    let all: Vec<_> = (0..loops.reduced.len()).collect();
    let into = Tile { value: loops.operands[loops.inputs], dims: maps[loops.inputs].clone() };
    let float = b.f32_type();
    let made = emit::generic(b, "contract", &all, &operands, &into, |b, element| {
        let [x, y] = [0, 1].map(|side| b.cast("arith.extf", element[side], float));
        b.binary("arith.addf", element[2], b.binary("arith.mulf", x, y))
    });
    ffi::replace_all_uses(ir::results(op)[0], made.value);
    ffi::erase(op);
}

/// A factor of a product: an input as it is, or computed from inputs.
struct Side<'c> {
    value: Val<'c>,
    inputs: Vec<usize>,
    /// What computes it, in order.
    ops: Vec<Op<'c>>,
}

impl<'c> Side<'c> {
    fn read(loops: &Loops<'c>, value: Val<'c>) -> Option<Self> {
        if !matches!(ir::type_of(value).to_string().as_str(), "bf16" | "f16") {
            return None;
        }
        let arguments = ir::arguments(loops.body);
        let (mut wanted, mut inputs) = (vec![value], vec![]);
        let mut ops = vec![];
        let mut visit = |value: Val<'c>| match arguments.iter().position(|argument| *argument == value) {
            Some(input) if input < loops.inputs => {
                inputs.push(input);
                true
            }
            other => other.is_none(),
        };
        if !visit(value) {
            return None;
        }
        // From the last op to the first, so that every reader is seen before what it reads.
        for op in ir::ops(loops.body).into_iter().rev() {
            if !ir::results(op).iter().any(|result| wanted.contains(result)) {
                continue;
            }
            if !["arith.", "math."].iter().any(|start| ir::name(op).starts_with(start)) {
                return None;
            }
            ops.push(op);
            for operand in ir::operands(op) {
                if !visit(operand) {
                    return None;
                }
                wanted.push(operand);
            }
        }
        ops.reverse();
        inputs.sort_unstable();
        inputs.dedup();
        (!inputs.is_empty()).then_some(Self { value, inputs, ops })
    }

    /// The factor as a tensor over the loops that its inputs have.
    fn tensor(&self, b: &Builder<'c>, loops: &Loops<'c>, maps: &[Vec<usize>]) -> Tile<'c> {
        let tile = |input: usize| Tile { value: loops.operands[input], dims: maps[input].clone() };
        if self.ops.is_empty() {
            return tile(self.inputs[0]);
        }
        let mut dims: Vec<usize> = self.inputs.iter().flat_map(|input| maps[*input].clone()).collect();
        dims.sort_unstable();
        dims.dedup();
        let size = |dim: &usize| {
            let found = self
                .inputs
                .iter()
                .find_map(|input| Some((loops.operands[*input], maps[*input].iter().position(|own| own == dim)?)));
            found.map_or(Ix::Known(1), |(value, position)| emit::size_of(b, value, position))
        };
        let sizes: Vec<_> = dims.iter().map(size).collect();
        let output = Tile { value: emit::empty(b, &sizes, ir::type_of(self.value)), dims: dims.clone() };
        let inputs: Vec<_> = self.inputs.iter().map(|input| tile(*input)).collect();
        emit::generic(b, "pack", &dims, &inputs, &output, |b, elements| {
            let arguments = ir::arguments(loops.body);
            let keys = self.inputs.iter().map(|input| ffi::value_key(arguments[*input]));
            let known = keys.zip(elements.iter().copied()).collect();
            copied(b, &self.ops, known, self.value)
        })
    }
}

/// A value, computed by copies of ops from what is known.
fn copied<'c>(b: &Builder<'c>, ops: &[Op<'c>], mut known: HashMap<usize, Val<'c>>, value: Val<'c>) -> Val<'c> {
    let find =
        |known: &HashMap<usize, Val<'c>>, value: Val<'c>| known.get(&ffi::value_key(value)).copied().unwrap_or(value);
    for op in ops {
        let copy = b.clone_op(*op, |value| find(&known, value));
        for (from, to) in ir::results(*op).into_iter().zip(ir::results(copy)) {
            known.insert(ffi::value_key(from), to);
        }
    }
    find(&known, value)
}

/// The operands of the op that makes a value, if it has this name.
fn made_by<'c>(value: Val<'c>, name: &str) -> Option<Vec<Val<'c>>> {
    ffi::defining_op(value).filter(|op| ir::name(*op) == name).map(ir::operands)
}

/// The two factors, before they are widened, of a body that adds their product to its output.
fn factors<'c>(loops: &Loops<'c>) -> Option<[Val<'c>; 2]> {
    let output = *ir::arguments(loops.body).last()?;
    let yielded = ir::operands(*ir::ops(loops.body).last()?);
    let product = match made_by(*yielded.first()?, "arith.addf")?[..] {
        [left, product] if left == output => product,
        [product, right] if right == output => product,
        _ => return None,
    };
    let source = |factor: Val<'c>| made_by(factor, "arith.extf").map(|operands| operands[0]);
    match made_by(product, "arith.mulf")?[..] {
        [x, y] => Some([source(x)?, source(y)?]),
        _ => None,
    }
}

/// Whether a body adds the product of its two inputs, widened, to its output.
fn is_product(loops: &Loops<'_>) -> bool {
    let arguments = ir::arguments(loops.body);
    arguments.len() == 3
        && factors(loops)
            .is_some_and(|[x, y]| (x, y) == (arguments[0], arguments[1]) || (x, y) == (arguments[1], arguments[0]))
}
