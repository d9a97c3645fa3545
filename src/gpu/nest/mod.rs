//! Reading the tile nest: what each op on tiles is, with its maps as plain numbers.

mod ops;
mod window;

pub use ops::{along, depends_on_dim, is_zero_fill, maker, number, on_demand};
pub use window::{Index, Window, aligned, groups, in_words, is_half, is_multiple, kept_dims, padding, slice, window};

use crate::{
    error::PassError,
    ffi,
    ir::{self, Blk, Op, Val},
};
use melior::ir::operation::OperationLike;

/// One result of a generic's indexing map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapDim {
    Dim(usize),
    Const(i64),
}

/// A `linalg.generic` on tiles.
#[derive(Clone)]
pub struct Generic<'c> {
    pub op: Op<'c>,
    pub inputs: Vec<Val<'c>>,
    pub outputs: Vec<Val<'c>>,
    /// One map per input, then one per output.
    pub maps: Vec<Vec<MapDim>>,
    /// Per iteration dim, whether it is reduced.
    pub reduced: Vec<bool>,
    pub body: Blk<'c>,
}

/// Columns of the widest accumulator that sums are added to after they have landed.
const WIDEST_APART: i64 = 192;

/// Products of two tiles summed over one dim, added to an initial value. An operand may be given as several tiles that it is
/// the sum of; then there are several products.
#[derive(Clone)]
pub struct Contraction<'c> {
    pub op: Op<'c>,
    /// The tiles whose free dim is the result's first dim.
    pub lhs: Vec<Val<'c>>,
    /// Whether the summed dim is the tiles' second dim.
    pub lhs_inner: bool,
    pub rhs: Vec<Val<'c>>,
    pub rhs_inner: bool,
    /// Which tiles of the left and of the right operand are multiplied, in order.
    pub products: Vec<[usize; 2]>,
    pub init: Val<'c>,
    pub result: Val<'c>,
    /// Rows, columns, summed extent.
    pub sizes: [i64; 3],
}

impl<'c> Generic<'c> {
    /// Reads a `linalg.generic`.
    ///
    /// # Errors
    /// Reported when a map is not made of plain dims and constants.
    pub fn read(op: Op<'c>) -> Result<Self, PassError> {
        let refuse = |what: &str| {
            ffi::emit_error(op.location(), &format!("not supported in a GPU kernel: {what}"));
            PassError::Reported
        };
        let maps = ir::attr(op, "indexing_maps").and_then(ffi::array_elements).unwrap_or_default();
        let maps: Vec<_> = maps
            .into_iter()
            .map(|attribute| map_dims(ffi::affine_map(attribute)?))
            .collect::<Option<_>>()
            .ok_or_else(|| refuse("an indexing map that is not made of plain dims"))?;
        let reduced = ir::reduced_loops(op).unwrap_or_default();
        let body = ir::body(op, 0).ok_or_else(|| refuse("a generic without a body"))?;
        let operands = ir::operands(op);
        let (inputs, outputs) = operands.split_at(operands.len() - op.result_count());
        Ok(Self { op, inputs: inputs.to_vec(), outputs: outputs.to_vec(), maps, reduced, body })
    }

    /// The map of an output.
    pub fn output_map(&self, output: usize) -> &[MapDim] {
        &self.maps[self.inputs.len() + output]
    }

    /// Whether the body reads what was in an output before.
    pub fn reads_output(&self, output: usize) -> bool {
        ir::arguments(self.body).get(self.inputs.len() + output).is_some_and(|value| !ffi::uses(*value).is_empty())
    }

    /// Whether any dim is reduced.
    pub fn is_reduction(&self) -> bool {
        self.reduced.contains(&true)
    }

    /// Whether the result has two dims or more that no single input has: each element is made of parts of several tiles.
    pub fn is_outer(&self) -> bool {
        let output = self.output_map(0);
        let covers = |map: &&Vec<MapDim>| output.iter().all(|dim| map.contains(dim));
        output.len() > 1 && self.inputs.len() > 1 && !self.maps[..self.inputs.len()].iter().any(|map| covers(&map))
    }

    /// Whether it takes the numbers of a tile apart, into terms that only contractions read, as left operands: in a loop they stay
    /// in registers.
    pub fn takes_apart(&self) -> bool {
        self.is_split() && self.is_in_loop()
    }

    /// Whether it does that before the loops, for all of them: the terms take the place of the tile in shared memory.
    pub fn splits_in_place(&self) -> bool {
        self.is_split() && !self.is_in_loop()
    }

    fn is_in_loop(&self) -> bool {
        self.op.parent_operation().is_some_and(|parent| ir::name(ffi::op(&parent)) == "scf.for")
    }

    fn is_split(&self) -> bool {
        let is_left = |reader: Op<'c>, value: Val<'c>| {
            let contraction = Self::read(reader).ok().and_then(|generic| generic.contraction());
            contraction.is_some_and(|own| own.lhs_inner && own.lhs.contains(&value) && !own.rhs.contains(&value))
        };
        let only_left = |value: Val<'c>| {
            let readers = ffi::uses(value);
            readers.iter().all(|(reader, _)| ir::name(*reader) == "linalg.generic" && is_left(*reader, value))
        };
        let element = |value: &Val<'c>| ffi::element_type(ir::type_of(*value));
        self.inputs.len() == 1
            && self.outputs.len() > 1
            && !self.is_reduction()
            && element(&self.inputs[0]).to_string() == "f32"
            && ir::results(self.op).iter().all(|result| is_half(element(result)) && only_left(*result))
    }

    /// The extent of an iteration dim, from the static shapes.
    pub fn extent(&self, dim: usize) -> Option<i64> {
        let values = self.inputs.iter().chain(&self.outputs);
        values.zip(&self.maps).find_map(|(value, map)| {
            let position = map.iter().position(|result| *result == MapDim::Dim(dim))?;
            ffi::shape(ir::type_of(*value))?[position]
        })
    }

    /// The generic as a contraction, if it is one.
    pub fn contraction(&self) -> Option<Contraction<'c>> {
        if self.inputs.len() < 2 || self.outputs.len() != 1 || self.reduced.iter().filter(|r| **r).count() != 1 {
            return None;
        }
        let arguments = ir::arguments(self.body);
        let yielded = *ir::operands(*ir::ops(self.body).last()?).first()?;
        let pairs = products(yielded, arguments[self.inputs.len()])?;
        let number = |factor: &Val<'c>| arguments[..self.inputs.len()].iter().position(|argument| argument == factor);
        let pairs: Vec<[usize; 2]> =
            pairs.iter().map(|[x, y]| Some([number(x)?, number(y)?])).collect::<Option<_>>()?;
        let [MapDim::Dim(row), MapDim::Dim(column)] = self.output_map(0) else { return None };
        let depth = self.reduced.iter().position(|reduced| *reduced)?;
        let side = |input: usize, free: usize| match self.maps[input][..] {
            [MapDim::Dim(a), MapDim::Dim(b)] if a == free && b == depth => Some(true),
            [MapDim::Dim(a), MapDim::Dim(b)] if a == depth && b == free => Some(false),
            _ => None,
        };
        let (mut left, mut right, mut products) = (vec![], vec![], vec![]);
        for [x, y] in pairs {
            let (x, y) = if side(x, *row).is_some() { (x, y) } else { (y, x) };
            let place = |known: &mut Vec<usize>, input: usize| {
                known.iter().position(|own| *own == input).unwrap_or_else(|| {
                    known.push(input);
                    known.len() - 1
                })
            };
            products.push([place(&mut left, x), place(&mut right, y)]);
        }
        // All tiles of an operand lie the same way.
        let inner = |inputs: &[usize], free: usize| {
            let first = side(*inputs.first()?, free)?;
            inputs.iter().all(|input| side(*input, free) == Some(first)).then_some(first)
        };
        let values = |inputs: &[usize]| inputs.iter().map(|input| self.inputs[*input]).collect();
        Some(Contraction {
            op: self.op,
            lhs: values(&left),
            lhs_inner: inner(&left, *row)?,
            rhs: values(&right),
            rhs_inner: inner(&right, *column)?,
            products,
            init: self.outputs[0],
            result: ir::results(self.op)[0],
            sizes: [self.extent(*row)?, self.extent(*column)?, self.extent(depth)?],
        })
    }
}

impl<'c> Contraction<'c> {
    /// The tiles of both operands.
    pub fn operands(&self) -> impl Iterator<Item = Val<'c>> {
        self.lhs.iter().chain(&self.rhs).copied()
    }

    /// Whether products are summed from zero and then added to the accumulator. The matrix unit rounds its sums towards zero:
    /// operands that are sums of tiles stand for numbers that are more precise than many such additions are. Beside an
    /// accumulator that takes most registers there is no room for it.
    pub fn apart(&self) -> bool {
        self.products.len() > 1 && self.sizes[1] <= WIDEST_APART
    }

    /// Words of a thread for the left operand, if that is computed: four per slice of 16 of each tile.
    pub fn words(&self) -> usize {
        self.lhs.len() * (self.sizes[2] / 4) as usize
    }

    /// The left operand by its tiles, to find equal ones.
    pub fn left_key(&self) -> Vec<usize> {
        self.lhs.iter().map(|value| ffi::value_key(*value)).collect()
    }
}

/// The factors, before they are widened, of products whose sum is `value`, `out` being another summand.
pub fn products<'c>(value: Val<'c>, out: Val<'c>) -> Option<Vec<[Val<'c>; 2]>> {
    let parts =
        |value: Val<'c>, name: &str| ffi::defining_op(value).filter(|op| ir::name(*op) == name).map(ir::operands);
    let factors = |value: Val<'c>| {
        let factors = parts(value, "arith.mulf")?;
        Some([through_extension(factors[0]), through_extension(factors[1])])
    };
    let sum = parts(value, "arith.addf")?;
    let (rest, product) = match () {
        () if sum[0] == out => (None, sum[1]),
        () if sum[1] == out => (None, sum[0]),
        () if factors(sum[1]).is_some() => (Some(sum[0]), sum[1]),
        () => (Some(sum[1]), sum[0]),
    };
    let mut all = rest.map_or(Some(vec![]), |rest| products(rest, out))?;
    all.push(factors(product)?);
    Some(all)
}

fn through_extension<'c>(value: Val<'c>) -> Val<'c> {
    match ffi::defining_op(value) {
        Some(op) if ir::name(op) == "arith.extf" => ir::operands(op)[0],
        _ => value,
    }
}

fn map_dims(map: melior::ir::AffineMap<'_>) -> Option<Vec<MapDim>> {
    (0..map.result_count())
        .map(|result| {
            let expr = map.result(result).ok()?;
            if expr.is_dim() {
                Some(MapDim::Dim(expr.dim_position()))
            } else {
                expr.is_constant().then(|| MapDim::Const(expr.constant_value()))
            }
        })
        .collect()
}
