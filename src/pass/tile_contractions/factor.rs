//! Factors of a product: what is computed on the way into a contraction gets a tensor of its own.

use crate::{
    ffi,
    gpu::{Loops, loops_of},
    ir::{self, Builder, Element, Op, Val},
    pass::tile::{
        emit::{self, Ix, Slice, Tile},
        tiler::convert,
    },
};
use std::collections::HashMap;

/// Gives a factor that is computed inside a product, once per row and column, a tensor of its own: one that is rounded to 16
/// bits there or, in a product of so many rows and columns at least (`f32_from`), of f32.
pub fn split_operands<'c>(op: Op<'c>, f32_from: Option<i64>) {
    let Some(mut loops) = Loops::read(op).filter(|loops| loops.operands.len() == loops.inputs + 1) else { return };
    let Some(maps) = loops.maps.iter().map(|map| loops_of(*map)).collect::<Option<Vec<_>>>() else { return };
    let Some(factors) = factors(&loops).filter(|_| !is_product(&loops)) else { return };
    let sum = Element::of_value(ir::results(op)[0]);
    if sum != Some(Element::F32) || maps[loops.inputs].contains(&None) {
        return;
    }
    let mut sides = vec![];
    for factor in factors {
        match Side::read(&loops, factor) {
            Some(side) => sides.push(side),
            None => return,
        }
    }
    let f32_type = Builder::before(op).f32_type();
    let worth = f32_from.is_some_and(|least| is_large(&loops, &sides, &maps, least));
    if sides.iter().any(|side| ir::type_of(side.value) == f32_type) && !worth {
        return;
    }
    let b = &Builder::before(op);
    for (operand, dims) in loops.operands.iter_mut().zip(&maps) {
        *operand = without_units(b, *operand, dims);
    }
    let maps: Vec<Vec<usize>> = maps.into_iter().map(|dims| dims.into_iter().flatten().collect()).collect();
    let operands: Vec<Tile<'c>> = sides.iter().map(|side| side.tensor(b, &loops, &maps)).collect();
    let all: Vec<_> = (0..loops.reduced.len()).collect();
    let into = Tile { value: loops.operands[loops.inputs], dims: maps[loops.inputs].clone() };
    let made = emit::generic(b, "contract", &all, &operands, &into, |b, element| {
        let [x, y] = [0, 1].map(|side| convert(b, element[side], f32_type));
        b.binary("arith.addf", element[2], b.binary("arith.mulf", x, y))
    });
    ffi::replace_all_uses(ir::results(op)[0], made.value);
    ffi::erase(op);
}

/// Whether a sum of products of two sides has rows, columns and depth enough for a nest: `least` of rows and of columns.
fn is_large(loops: &Loops<'_>, sides: &[Side<'_>], maps: &[Vec<Option<usize>>], least: i64) -> bool {
    let has = |side: &Side<'_>, dim: usize| side.inputs.iter().any(|input| maps[*input].contains(&Some(dim)));
    let mut sizes = [1_i64; 3];
    for dim in 0..loops.reduced.len() {
        let extent = loops.extents[dim].unwrap_or(i64::MAX);
        let number = match (has(&sides[0], dim), has(&sides[1], dim), loops.reduced[dim]) {
            (true, true, true) => 2,
            (true, false, false) => 0,
            (false, true, false) => 1,
            (_, _, true) => return false,
            _ => continue,
        };
        sizes[number] = sizes[number].saturating_mul(extent);
    }
    sizes[0].max(sizes[1]) >= 16 && sizes[0].min(sizes[1]) >= least && sizes[2] >= 16
}

/// A tensor without the dims that no loop runs over, which are read at 0.
pub fn without_units<'c>(b: &Builder<'c>, value: Val<'c>, dims: &[Option<usize>]) -> Val<'c> {
    if !dims.contains(&None) {
        return value;
    }
    let mut part = Slice::default();
    for (dim, over) in dims.iter().enumerate() {
        part.push(Ix::Known(0), over.map_or(Ix::Known(1), |_| emit::size_of(b, value, dim)), 1);
    }
    let kept: Vec<_> = (0..dims.len()).filter(|dim| dims[*dim].is_some()).collect();
    part.extract(b, value, &kept)
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
        if !matches!(Element::of(ir::type_of(value)), Some(Element::BF16 | Element::F16 | Element::F32)) {
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
    let source = |factor: Val<'c>| made_by(factor, "arith.extf").map_or(factor, |operands| operands[0]);
    match made_by(product, "arith.mulf")?[..] {
        [x, y] => Some([source(x), source(y)]),
        _ => None,
    }
}

/// Whether a body adds the product of its two inputs, widened, to its output.
pub fn is_product(loops: &Loops<'_>) -> bool {
    let arguments = ir::arguments(loops.body);
    arguments.len() == 3
        && factors(loops)
            .is_some_and(|[x, y]| (x, y) == (arguments[0], arguments[1]) || (x, y) == (arguments[1], arguments[0]))
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
