//! Operands that a matrix unit does not take: sums of 16-bit tiles that it does.
//!
//! Before:  `S += X · Y` of f32 tiles
//! After:   `S += x0·y2 + x1·y1 + x2·y0 + x0·y1 + x1·y0 + x0·y0` with `X = x0 + x1 + x2` and `Y = y0 + y1 + y2` in bf16
//!
//! A bf16 number has 8 significant bits and the range of an f32 number, so three of them hold its 24 bits; what the products
//! that are left out add is below the last of them. Small products come first. A number that is not finite is its own last
//! term and 1 in the first, with its sign, so that it meets the first term of the other operand only: `inf · y` is not
//! `inf · y0 + inf · y1`, and `inf · inf` is not `inf · 0`.
//!
//! Operands from memory are split once, as whole tensors, before the nest: tiles of them are read many times. Weights are split
//! in registers, and so are queries that have one buffer only: no other tile is loaded beside them.

use super::{
    emit::{self, Ix, Slice, Tile},
    program::Node,
    tiler::{Scope, Source, Tiler},
};
use crate::{
    dialect::ops::{self, Combine, Role},
    ffi,
    ir::{self, Builder, Element, Type, Val},
};

/// The largest number of bf16.
const LARGEST: f64 = 3.389_531_389_251_535_5e38;

/// Columns of queries that registers hold while they are taken apart.
const WIDEST_IN_REGISTERS: i64 = 128;

/// How a number is taken apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Each term is the nearest: for operands from memory.
    Nearest,
    /// Each but the last is cut off, which takes fewer instructions: for weights that are finite.
    Cut,
    /// The same for any numbers: in registers, once per tile that reads them.
    CutAny,
}

/// How many bf16 numbers a number of a type is the sum of, if f32 is of `most`.
pub fn terms(element: Type<'_>, most: usize) -> usize {
    match Element::of(element) {
        Some(Element::F32) => most,
        Some(Element::F16) => most.min(2),
        _ => 1,
    }
}

/// The terms to multiply, smallest products first.
pub fn products(left: usize, right: usize, most: usize) -> Vec<[usize; 2]> {
    let all = (0..left).flat_map(|x| (0..right).map(move |y| [x, y])).filter(|[x, y]| x + y < most);
    let mut all: Vec<_> = all.collect();
    all.sort_by_key(|[x, y]| std::cmp::Reverse(x + y));
    all
}

/// The terms of a number, as bf16.
pub fn split<'c>(b: &Builder<'c>, value: Val<'c>, terms: usize, manner: Manner) -> Vec<Val<'c>> {
    let (f32, bf16, i32) = (b.f32_type(), b.ty("bf16"), b.int_type(32));
    let value = super::tiler::convert(b, value, f32);
    let mut rest = value;
    let finite = match manner {
        Manner::Cut => None,
        Manner::Nearest => {
            let exponent = b.binary("arith.andi", b.cast("arith.bitcast", value, i32), b.int(0x7F80_0000, i32));
            Some(b.compare("arith.cmpi", ir::cmpi::NE, exponent, b.int(0x7F80_0000, i32)))
        }
        // One instruction of a GPU.
        Manner::CutAny => {
            let size = b.op("math.absf").operands(&[value]).results(&[f32]).value();
            Some(b.compare("arith.cmpf", ir::cmpf::OLT, size, b.float(f64::INFINITY, f32)))
        }
    };
    if let Some(finite) = finite {
        let bits = b.cast("arith.bitcast", value, i32);
        let sign = b.binary("arith.andi", bits, b.int(i64::from(i32::MIN), i32));
        let one = b.binary("arith.ori", sign, b.int(i64::from(1.0_f32.to_bits()), i32));
        rest = b.select(finite, rest, b.cast("arith.bitcast", one, f32));
    }
    let mut found = vec![];
    for number in 0..terms {
        if number + 1 == terms {
            let last = finite.map_or(rest, |finite| b.select(finite, rest, value));
            found.push(b.cast("arith.truncf", last, bf16));
            break;
        }
        let (term, wide) = match manner {
            Manner::Nearest => {
                // What is nearest to the largest numbers of f32 is infinite in bf16.
                let near = if number == 0 {
                    let below = b.binary("arith.minimumf", rest, b.float(LARGEST, f32));
                    b.binary("arith.maximumf", below, b.float(-LARGEST, f32))
                } else {
                    rest
                };
                let term = b.cast("arith.truncf", near, bf16);
                (term, b.cast("arith.extf", term, f32))
            }
            Manner::Cut | Manner::CutAny => {
                let bits = b.cast("arith.bitcast", rest, i32);
                let kept = b.binary("arith.andi", bits, b.int(-0x1_0000, i32));
                let wide = b.cast("arith.bitcast", kept, f32);
                (b.cast("arith.truncf", wide, bf16), wide)
            }
        };
        found.push(term);
        rest = b.binary("arith.subf", rest, wide);
    }
    found
}

/// Splits a tensor or a tile, times a factor; the terms have the dims in some order.
pub fn split_tile<'c>(
    b: &Builder<'c>,
    tag: &str,
    (tile, scale): (&Tile<'c>, Option<f64>),
    dims: &[usize],
    terms: usize,
    manner: Manner,
) -> Vec<Tile<'c>> {
    let place = |dim: &usize| tile.dims.iter().position(|own| own == dim).unwrap_or(0);
    let sizes: Vec<Ix<'c>> = dims.iter().map(|dim| emit::size_of(b, tile.value, place(dim))).collect();
    let bf16 = b.ty("bf16");
    let outputs: Vec<_> =
        (0..terms).map(|_| Tile { value: emit::empty(b, &sizes, bf16), dims: dims.to_vec() }).collect();
    emit::generics(b, tag, dims, std::slice::from_ref(tile), &outputs, |b, elements| {
        let scaled = |factor| b.binary("arith.mulf", elements[0], b.float(factor, tile.element()));
        split(b, scale.map_or(elements[0], scaled), terms, manner)
    })
}

/// Splits a tensor, times a factor, outside of nests. Rows of the terms begin at multiples of 16 bytes, as copies of tiles want them to.
pub fn split_tensor<'c>(b: &Builder<'c>, tensor: Val<'c>, scale: Option<f64>, terms: usize) -> Vec<Val<'c>> {
    let rank = ffi::shape(ir::type_of(tensor)).map_or(0, |shape| shape.len());
    let sizes: Vec<Ix<'c>> = (0..rank).map(|dim| emit::size_of(b, tensor, dim)).collect();
    let mut padded = sizes.clone();
    if let [.., outer, inner] = &mut padded[..]
        && outer.known() != Some(1)
    {
        *inner = inner.known().map_or(*inner, |inner| Ix::Known((inner + 7) / 8 * 8));
    }
    let whole = Tile { value: emit::pad(b, tensor, &sizes, &padded), dims: (0..rank).collect() };
    let parts = split_tile(b, "pack", (&whole, scale), &whole.dims, terms, Manner::Nearest);
    // It is no op on tiles.
    if let Some(op) = parts.first().and_then(|part| ffi::defining_op(part.value)) {
        ffi::remove_attribute(op, emit::TAG);
    }
    let all: Vec<_> = (0..rank).collect();
    let mut own = Slice::default();
    sizes.iter().for_each(|size| own.push(Ix::Known(0), *size, 1));
    let is_whole = sizes.iter().zip(&padded).all(|(size, padded)| size.same(*padded));
    let cut = |part: Tile<'c>| if is_whole { part.value } else { own.extract(b, part.value, &all) };
    parts.into_iter().map(cut).collect()
}

impl<'c> Tiler<'_, 'c> {
    /// The tiles that an operand of a contraction is the sum of.
    pub fn parts(&self, b: &Builder<'c>, scope: &mut Scope<'c>, tile: &Tile<'c>, manner: Manner) -> Vec<Tile<'c>> {
        let terms = terms(tile.element(), self.layout.terms);
        if terms == 1 {
            return vec![tile.clone()];
        }
        let key = ffi::value_key(tile.value);
        if let Some(known) = scope.parts.get(&key) {
            return known.clone();
        }
        let columns = tile.dims.last().and_then(|dim| scope.axes[*dim].size.known());
        let queries = || {
            self.layout.alone && self.is_row_tile(tile) && columns.is_some_and(|columns| columns <= WIDEST_IN_REGISTERS)
        };
        let own = |source: &Source<'c>| matches!(source, Source::Tile(own) if own.value == tile.value);
        let capture = scope.captures.iter().find(|(_, source)| own(source)).map(|(number, _)| *number);
        let loaded = capture.filter(|number| !(queries() && self.has_whole_rows(*number))).and_then(|number| {
            let map = &self.fused.captures[number].map;
            let (slice, kept) = self.place(b, scope, map)?;
            let tensors = self.split_capture(number, terms);
            Some(tensors.into_iter().map(|tensor| self.loaded(b, scope, tensor, &slice, &kept)).collect())
        });
        let parts: Vec<_> = loaded.unwrap_or_else(|| {
            let tag = if manner == Manner::Cut { "cast" } else { "pack" };
            let scale = capture.and_then(|number| self.scales.get(&number)).copied();
            split_tile(b, tag, (tile, scale), &tile.dims, terms, manner)
        });
        scope.parts.insert(key, parts.clone());
        parts
    }

    /// Whether a tile has queries as rows.
    fn is_row_tile(&self, tile: &Tile<'c>) -> bool {
        let role = |place: usize| tile.dims.get(place).map(|dim| self.fused.header.roles[*dim]);
        tile.dims.len() == 2 && role(0) == Some(Role::Query) && role(1) == Some(Role::Reduction)
    }

    /// Whether rows of a capture's tensor begin at multiples of 16 bytes, as the copy engine wants them to.
    fn has_whole_rows(&self, number: usize) -> bool {
        let shape = ffi::shape(ir::type_of(self.fused.captures[number].tensor)).unwrap_or_default();
        shape.last().copied().flatten().is_some_and(|size| size % 4 == 0)
    }

    /// The terms of a capture's tensor as tensors before the nest.
    fn split_capture(&self, number: usize, terms: usize) -> Vec<Val<'c>> {
        let (tensor, scale) = (self.fused.captures[number].tensor, self.scales.get(&number).copied());
        let mut known = self.split.borrow_mut();
        let parts = known
            .entry(ffi::value_key(tensor))
            .or_insert_with(|| split_tensor(&Builder::before(self.fused.op), tensor, scale, terms));
        parts.clone()
    }

    /// How the weights of a state may be split: cut off where they are exponentials of differences from a running maximum, and
    /// so between 0 and 1.
    pub fn manner(&self, lift: Val<'c>) -> Manner {
        if self.at_most_one(lift) { Manner::Cut } else { Manner::Nearest }
    }

    fn at_most_one(&self, lift: Val<'c>) -> bool {
        let apply = |value: Val<'c>| match self.programs.node(value) {
            Node::Apply(op) => Some((ir::name(op), ir::operands(op))),
            _ => None,
        };
        let Some(("math.exp2" | "math.exp", operands)) = apply(lift) else { return false };
        let mut exponent = operands[0];
        if let Some(("arith.mulf", factors)) = apply(exponent) {
            let positive = |value: &Val<'c>| super::program::constant(*value).is_some_and(|factor| factor > 0.0);
            match factors.iter().position(positive) {
                Some(constant) => exponent = factors[1 - constant],
                None => return false,
            }
        }
        let Some(("arith.subf", parts)) = apply(exponent) else { return false };
        let mut most = parts[1];
        // A maximum of -inf is replaced by 0: then so is every score.
        if let Some(("arith.select", choices)) = apply(most)
            && super::program::constant(choices[1]) == Some(0.0)
            && let Some(("arith.cmpf", compared)) = apply(choices[0])
            && compared[0] == choices[2]
            && super::program::constant(compared[1]) == Some(f64::NEG_INFINITY)
        {
            most = choices[2];
        }
        let (Node::Argument(score), Node::Argument(state)) = (self.programs.node(parts[0]), self.programs.node(most))
        else {
            return false;
        };
        let scores = ops::yielded(self.fused.regions.score).len();
        let lifts = ops::yielded(self.fused.regions.lift);
        let maximum =
            state.checked_sub(scores).filter(|state| self.fused.header.states[*state].combine == Combine::Max);
        maximum.is_some_and(|state| matches!(self.programs.node(lifts[state]), Node::Argument(own) if own == score))
    }
}

#[cfg(test)]
mod tests {
    use super::products;

    #[test]
    fn small_products_come_first() {
        assert_eq!(products(1, 1, 3), [[0, 0]]);
        assert_eq!(products(2, 2, 2), [[0, 1], [1, 0], [0, 0]]);
        assert_eq!(products(3, 3, 3), [[0, 2], [1, 1], [2, 0], [0, 1], [1, 0], [0, 0]]);
        assert_eq!(products(3, 1, 3), [[2, 0], [1, 0], [0, 0]]);
    }
}
