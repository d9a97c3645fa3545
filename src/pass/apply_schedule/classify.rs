//! Sorting linalg ops by the shape of their iteration space.

use super::Isa;
use crate::{
    ffi,
    ir::{self, Element, Op},
};
use melior::ir::{AffineMap, operation::OperationLike};

/// One instance of a section of the schedule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class {
    /// Contractions come first: they take their init producers with them.
    order: u8,
    pub section: &'static str,
    /// Tile sizes of parallel dims, 0 for reduction dims.
    pub tiles: Vec<i64>,
    /// Tile sizes of reduction dims, 0 for parallel dims.
    pub steps: Vec<i64>,
}

impl Class {
    /// A name that is also an identifier.
    pub fn name(&self) -> String {
        let sizes: Vec<_> = self.tiles.iter().chain(&self.steps).map(ToString::to_string).collect();
        format!("{}_{}", self.section, sizes.join("_"))
    }
}

/// The largest vector, in registers, that one elementwise step may hold.
const MOST_VECTORS: i64 = 8;

/// The iteration space of a linalg op on static tensors.
struct Space<'c> {
    sizes: Vec<i64>,
    reduction: Vec<bool>,
    maps: Vec<AffineMap<'c>>,
    /// The dim of the innermost result of the output map.
    lane: usize,
}

/// The class of an op; `None` when the schedule has nothing for it.
///
/// A tensor of `i1` keeps its op scalar: in memory a bit takes a byte, but a vector of bits is stored packed.
pub fn classify<'c>(op: Op<'c>, isa: &Isa) -> Option<Class> {
    let bits = |value: &ir::Val<'c>| Element::of_value(*value) == Some(Element::BOOL);
    if ir::operands(op).iter().any(bits) {
        return None;
    }
    let class = match ir::name(op) {
        "linalg.fill" => fill(op, isa),
        "linalg.generic" if ir::results(op).len() == 1 => generic(op, isa),
        _ => None,
    };
    // LLVM cannot take vectors of so many 16-bit floats apart.
    let narrow = |value: &ir::Val<'c>| Element::of_value(*value).is_some_and(Element::is_half);
    let odd = |tiles: &[i64]| !tiles.iter().filter(|size| **size > 0).product::<i64>().unsigned_abs().is_power_of_two();
    class.filter(|class| !(ir::operands(op).iter().any(narrow) && odd(&class.tiles)))
}

fn fill(op: Op<'_>, isa: &Isa) -> Option<Class> {
    let result = *ir::results(op).first()?;
    // Fused into the one contraction that uses it.
    if let [(user, 2)] = ffi::uses(result)[..]
        && is_contraction(user)
        && user.block() == op.block()
    {
        return None;
    }
    let sizes = static_shape(result)?;
    let lane = sizes.len().checked_sub(1)?;
    let tiles = lanes_of(&sizes, lane, isa, isa.map)?;
    Some(Class { order: 3, section: "map", steps: vec![0; tiles.len()], tiles })
}

fn generic<'c>(op: Op<'c>, isa: &Isa) -> Option<Class> {
    let space = space(op)?;
    let count = space.sizes.len();
    let parallel = |dim: &usize| !space.reduction[*dim];
    if space.reduction.iter().any(|reduction| *reduction) {
        if !parallel(&space.lane) {
            return None;
        }
        if is_contraction(op) {
            return contraction(op, &space, isa);
        }
        let mut tiles = lanes_of(&space.sizes, space.lane, isa, isa.reduce)?;
        let last = (0..count).rev().find(|dim| space.reduction[*dim])?;
        let mut steps = vec![0; count];
        for dim in 0..count {
            if space.reduction[dim] {
                tiles[dim] = 0;
                steps[dim] = if dim == last { divisor(space.sizes[dim], isa.reduce[0]) } else { 1 };
            } else if dim != space.lane {
                tiles[dim] = 1;
            }
        }
        return one_step(&steps).then_some(Class { order: 2, section: "reduce", tiles, steps });
    }
    if fused_into_contraction(op) {
        return None;
    }
    let turned = space.maps.iter().find_map(|map| turned(*map, space.lane));
    let mut tiles = lanes_of(&space.sizes, space.lane, isa, isa.map)?;
    if let Some(row) = turned {
        tiles = vec![1; count];
        tiles[space.lane] = divisor(space.sizes[space.lane], isa.transpose);
        tiles[row] = divisor(space.sizes[row], isa.transpose);
    }
    Some(Class { order: 3, section: "map", steps: vec![0; count], tiles })
}

fn contraction(op: Op<'_>, space: &Space<'_>, isa: &Isa) -> Option<Class> {
    let count = space.sizes.len();
    let row = (0..count).rev().find(|dim| !space.reduction[*dim] && *dim != space.lane)?;
    let (rows, lanes) = (space.sizes[row], space.sizes[space.lane]);
    let fits = |[height, width]: &&[i64; 2]| rows % height == 0 && lanes % (width * isa.lanes) == 0;
    let [height, width] = isa.blocks.iter().find(fits)?;
    let innermost = (0..count).rev().find(|dim| space.reduction[*dim])?;
    let mut tiles = vec![0; count];
    let mut steps = vec![0; count];
    for dim in 0..count {
        if !space.reduction[dim] {
            tiles[dim] = 1;
        } else if dim == innermost || space.sizes[dim] > 1 {
            steps[dim] = 1;
        }
    }
    tiles[row] = *height;
    tiles[space.lane] = width * isa.lanes;
    if !one_step(&steps) {
        return None;
    }
    let init = ffi::defining_op(*ir::operands(op).get(2)?);
    let fusible = init.is_some_and(|init| fusible(init, op));
    let section = if fusible { "contract" } else { "accumulate" };
    Some(Class { order: u8::from(!fusible), section, tiles, steps })
}

/// Whether one loop steps through the reduction, which is what the schedule has a name for.
fn one_step(steps: &[i64]) -> bool {
    steps.iter().filter(|step| **step > 0).count() == 1
}

/// Whether `init` is a linalg op whose only use is as the accumulator of `user`.
fn fusible(init: Op<'_>, user: Op<'_>) -> bool {
    let elementwise = match ir::name(init) {
        "linalg.fill" => true,
        "linalg.generic" => space(init).is_some_and(|space| !space.reduction.contains(&true)),
        _ => false,
    };
    let results = ir::results(init);
    elementwise && results.len() == 1 && ffi::uses(results[0]).len() == 1 && init.block() == user.block()
}

fn fused_into_contraction(op: Op<'_>) -> bool {
    match ffi::uses(ir::results(op)[0])[..] {
        [(user, 2)] => is_contraction(user) && fusible(op, user),
        _ => false,
    }
}

/// Whether an op is a sum of products of two operands: `c + a*b`.
pub fn is_contraction(op: Op<'_>) -> bool {
    if ir::name(op) != "linalg.generic" || ir::operands(op).len() != 3 {
        return false;
    }
    let Some(body) = ir::body(op, 0) else { return false };
    let ops = ir::ops(body);
    let [product, sum, _] = ops[..] else { return false };
    let arguments = ir::arguments(body);
    let sum_operands = ir::operands(sum);
    ir::name(product) == "arith.mulf"
        && ir::name(sum) == "arith.addf"
        && ir::operands(product) == arguments[..2]
        && sum_operands.contains(&arguments[2])
        && sum_operands.contains(&ir::results(product)[0])
}

fn space<'c>(op: Op<'c>) -> Option<Space<'c>> {
    let maps: Vec<AffineMap<'c>> =
        ffi::array_elements(ir::attr(op, "indexing_maps")?)?.into_iter().map(ffi::affine_map).collect::<Option<_>>()?;
    let reduction = ir::reduced_loops(op)?;
    let mut sizes = vec![None; reduction.len()];
    for (map, operand) in maps.iter().zip(ir::operands(op)) {
        for (index, size) in static_shape(operand)?.into_iter().enumerate() {
            let expr = map.result(index).ok()?;
            if expr.is_dim() {
                sizes[expr.dim_position()] = Some(size);
            }
        }
    }
    let output = maps.last()?;
    let innermost = output.result(output.result_count().checked_sub(1)?).ok()?;
    let lane = innermost.is_dim().then(|| innermost.dim_position())?;
    Some(Space { sizes: sizes.into_iter().collect::<Option<_>>()?, reduction, maps, lane })
}

fn static_shape(value: ir::Val<'_>) -> Option<Vec<i64>> {
    ffi::shape(ir::type_of(value))?.into_iter().collect()
}

/// The innermost dim of an operand that does not run along the lanes but has them elsewhere.
fn turned(map: AffineMap<'_>, lane: usize) -> Option<usize> {
    let count = map.result_count();
    let dims: Vec<_> = (0..count)
        .filter_map(|index| map.result(index).ok())
        .map(|expr| expr.is_dim().then(|| expr.dim_position()))
        .collect();
    let innermost = (*dims.last()?)?;
    (innermost != lane && dims.contains(&Some(lane))).then_some(innermost)
}

/// Tile sizes of an elementwise space: `rows × vectors` on the last two dims, 1 elsewhere. `None` when the
/// lanes are so odd that vectors would be worse than loops.
fn lanes_of(sizes: &[i64], lane: usize, isa: &Isa, [rows, vectors]: [i64; 2]) -> Option<Vec<i64>> {
    let size = sizes[lane];
    let mut tiles = vec![1; sizes.len()];
    tiles[lane] = (1..=vectors).rev().map(|count| count * isa.lanes).find(|width| size % width == 0).or_else(|| {
        // No whole registers: the whole row when it is short.
        (size <= isa.lanes * MOST_VECTORS / 2).then_some(size)
    })?;
    if let Some(row) = (0..sizes.len()).rev().find(|dim| *dim != lane) {
        tiles[row] = divisor(sizes[row], rows);
    }
    Some(tiles)
}

/// The largest divisor of `size` up to `most`.
fn divisor(size: i64, most: i64) -> i64 {
    (1..=most.max(1)).rev().find(|candidate| size % candidate == 0).unwrap_or(1)
}
