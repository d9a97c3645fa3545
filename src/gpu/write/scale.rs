//! Constant factors of scores. A factor is best applied last: the extremum of the products is the product of the extremum, and
//! the product joins the subtraction before an exponential in one fma.
//!
//! Before:  `select(masked, -inf, x * c)`, and its maximum over the columns
//! After:   `select(masked, -inf, x) * c`, and the maximum of the selected values, times c

use super::kernel::Kernel;
use crate::{
    ffi,
    gpu::{
        layout::Layout,
        nest::{Generic, MapDim},
    },
    ir::{self, Builder, Op, Val},
};

/// A tile whose elements are the values of a generic's body times a positive constant.
pub struct Scaled<'c> {
    pub map: Generic<'c>,
    /// What is multiplied, in the body.
    pub plain: Val<'c>,
    pub factor: f64,
}

fn constant(value: Val<'_>) -> Option<f64> {
    ffi::defining_op(value).and_then(|op| ir::float_attr(ir::attr(op, "value")?))
}

/// A value as a product with a positive constant.
fn product(value: Val<'_>) -> Option<(Op<'_>, Val<'_>, Val<'_>)> {
    let op = ffi::defining_op(value).filter(|op| ir::name(*op) == "arith.mulf")?;
    let operands = ir::operands(op);
    let side = operands.iter().position(|operand| constant(*operand).is_some_and(|factor| factor > 0.0))?;
    Some((op, operands[1 - side], operands[side]))
}

/// Moves positive constant factors out of selections between a product and an infinity, in every op under another.
pub fn factors_last(top: Op<'_>) {
    let selects: Vec<_> = ir::walk(top).into_iter().filter(|op| ir::name(*op) == "arith.select").collect();
    for select in selects {
        let [condition, yes, no] = ir::operands(select)[..] else { continue };
        let infinite = |value: Val<'_>| constant(value).is_some_and(f64::is_infinite);
        let (scaled, first) = match (product(yes), product(no)) {
            (Some(scaled), _) if infinite(no) => (scaled, true),
            (_, Some(scaled)) if infinite(yes) => (scaled, false),
            _ => continue,
        };
        let (multiply, plain, factor) = scaled;
        if ffi::uses(ir::results(multiply)[0]).len() != 1 {
            continue;
        }
        let b = Builder::before(select);
        let chosen = if first { b.select(condition, plain, no) } else { b.select(condition, yes, plain) };
        ffi::replace_all_uses(ir::results(select)[0], b.binary("arith.mulf", chosen, factor));
        ffi::erase(select);
        ffi::erase(multiply);
    }
}

impl<'c> Kernel<'_, 'c> {
    /// What a maximum or minimum may be taken of instead of products with a positive constant: rounding is monotonic, so the
    /// product of the extremum is the extremum of the products.
    pub fn scaled_input(&self, generic: &Generic<'c>, combine: Op<'c>, part: Val<'c>) -> Option<Scaled<'c>> {
        if !matches!(ir::name(combine), "arith.maximumf" | "arith.maxnumf" | "arith.minimumf" | "arith.minnumf") {
            return None;
        }
        let input = ir::arguments(generic.body).iter().position(|argument| *argument == part)?;
        let straight = |map: &[MapDim]| map == [MapDim::Dim(0), MapDim::Dim(1)];
        let value = *generic.inputs.get(input)?;
        let map = Generic::read(ffi::defining_op(value).filter(|op| ir::name(*op) == "linalg.generic")?).ok()?;
        let [result] = ir::operands(ir::ops(map.body).pop()?)[..] else { return None };
        let (_, plain, factor) = product(result)?;
        let fragment =
            |tile: &Val<'c>| matches!(self.tile(*tile).map(|tile| tile.layout), Some(Layout::Fragment { .. }));
        let held = map.inputs.iter().chain(&map.outputs).any(fragment);
        let fits = straight(&generic.maps[input]) && straight(map.output_map(0)) && !map.is_reduction();
        let factor = constant(factor)?;
        (held && fits && ir::type_of(part) == self.code.t.f32).then_some(Scaled { map, plain, factor })
    }
}
