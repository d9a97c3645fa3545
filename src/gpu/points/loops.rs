//! A `linalg.generic` as loops with maps.

use crate::{
    ffi,
    ir::{self, Blk, Op, Val},
};
use melior::ir::{AffineMap, operation::OperationLike};

/// A `linalg.generic` with whatever maps it has.
pub struct Loops<'c> {
    pub inputs: usize,
    pub operands: Vec<Val<'c>>,
    pub maps: Vec<AffineMap<'c>>,
    pub reduced: Vec<bool>,
    /// Static sizes of the loops.
    pub extents: Vec<Option<i64>>,
    pub body: Blk<'c>,
}

impl<'c> Loops<'c> {
    /// Reads a `linalg.generic` on tensors.
    pub fn read(op: Op<'c>) -> Option<Self> {
        if ir::name(op) != "linalg.generic" {
            return None;
        }
        let maps = ffi::array_elements(ir::attr(op, "indexing_maps")?)?;
        let maps: Vec<_> = maps.into_iter().map(ffi::affine_map).collect::<Option<_>>()?;
        let reduced = ir::reduced_loops(op)?;
        let operands = ir::operands(op);
        let mut loops = Self {
            inputs: operands.len() - op.result_count(),
            extents: vec![],
            operands,
            maps,
            reduced,
            body: ir::body(op, 0)?,
        };
        loops.extents = (0..loops.reduced.len())
            .map(|dim| {
                let (operand, position) = loops.extent_of(dim)?;
                ffi::shape(ir::type_of(operand))?[position]
            })
            .collect();
        Some(loops)
    }

    /// An operand and the dim of it that a loop runs over.
    pub fn extent_of(&self, dim: usize) -> Option<(Val<'c>, usize)> {
        let found = |(operand, map): (&Val<'c>, &AffineMap<'c>)| {
            let position = (0..map.result_count())
                .find(|at| map.result(*at).is_ok_and(|expr| expr.is_dim() && expr.dim_position() == dim))?;
            Some((*operand, position))
        };
        let all = || self.operands.iter().zip(&self.maps);
        let fixed = |(operand, position): &(Val<'c>, usize)| {
            ffi::shape(ir::type_of(*operand)).is_some_and(|shape| shape[*position].is_some())
        };
        all().filter_map(found).find(fixed).or_else(|| all().find_map(found))
    }

    /// The op of the body that adds one value to each result, if that is all the body does with what a result held before.
    pub fn combiners(&self) -> Option<Vec<Op<'c>>> {
        let arguments = ir::arguments(self.body);
        let yielded = ir::operands(ir::ops(self.body).pop()?);
        let combiner = |(value, argument): (&Val<'c>, &Val<'c>)| {
            let op = ffi::defining_op(*value)?;
            let uses = ffi::uses(*argument);
            (uses.len() == 1 && uses[0].0 == op && ir::operands(op).len() == 2).then_some(op)
        };
        yielded.iter().zip(&arguments[self.inputs..]).map(combiner).collect()
    }

    /// Whether the body reads an operand.
    pub fn reads(&self, operand: usize) -> bool {
        ir::arguments(self.body).get(operand).is_some_and(|value| !ffi::uses(*value).is_empty())
    }
}

/// The dims of a map that is made of nothing else.
pub fn plain_dims(map: AffineMap<'_>) -> Option<Vec<usize>> {
    let dim = |at| map.result(at).ok().filter(|expr| expr.is_dim()).map(|expr| expr.dim_position());
    (0..map.result_count()).map(dim).collect()
}

/// The loop behind each result of a map that is made of loops and zeros.
pub fn loops_of(map: AffineMap<'_>) -> Option<Vec<Option<usize>>> {
    let loop_of = |at| match map.result(at).ok()? {
        expr if expr.is_dim() => Some(Some(expr.dim_position())),
        expr => (expr.is_constant() && expr.constant_value() == 0).then_some(None),
    };
    (0..map.result_count()).map(loop_of).collect()
}
