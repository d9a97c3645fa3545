//! Integers and conditions outside of every loop, as far as they are functions of sizes.

use super::{facts::Facts, poly::Poly};
use crate::{
    ffi,
    ir::{self, Element, Val},
};
use melior::ir::AffineExpr;

impl<'c> Facts<'c> {
    /// An integer outside of every loop.
    pub fn scalar(&mut self, value: Val<'c>) -> Option<Poly> {
        let key = ffi::value_key(value);
        if let Some(known) = self.scalars.get(&key).cloned() {
            return known.map(|poly| self.resolve(&poly));
        }
        let poly = self.computed(value).or_else(|| {
            let symbol = self.symbols.get(&(key, usize::MAX))?;
            Some(self.resolve(&Poly::symbol(*symbol)))
        });
        self.scalars.insert(key, poly.clone());
        poly
    }

    fn computed(&mut self, value: Val<'c>) -> Option<Poly> {
        let op = ffi::defining_op(value)?;
        let operands = ir::operands(op);
        match ir::name(op) {
            "arith.constant" if Element::of(ir::type_of(value)) != Some(Element::BOOL) => {
                ir::attr(op, "value").and_then(ir::int_attr).map(Poly::constant)
            }
            "tensor.dim" => {
                let dim = usize::try_from(self.scalar(operands[1])?.as_constant()?).ok()?;
                let rank = ffi::shape(ir::type_of(operands[0]))?.len();
                (dim < rank).then(|| self.size(operands[0], dim))
            }
            "arith.index_cast" | "arith.index_castui" => self.scalar(operands[0]),
            "arith.extui" if Element::of(ir::type_of(operands[0])) == Some(Element::BOOL) => {
                self.condition(operands[0]).map(|yes| Poly::constant(i64::from(yes)))
            }
            "arith.addi" => self.scalar(operands[0])?.plus(&self.scalar(operands[1])?),
            "arith.subi" => self.scalar(operands[0])?.minus(&self.scalar(operands[1])?),
            "arith.muli" => self.scalar(operands[0])?.times(&self.scalar(operands[1])?),
            "arith.divsi" | "arith.divui" | "arith.floordivsi" | "arith.ceildivsi" => {
                self.scalar(operands[0])?.over(&self.scalar(operands[1])?)
            }
            "arith.select" => match self.condition(operands[0]) {
                Some(true) => self.scalar(operands[1]),
                Some(false) => self.scalar(operands[2]),
                None => {
                    let (yes, no) = (self.scalar(operands[1])?, self.scalar(operands[2])?);
                    (yes == no).then_some(yes)
                }
            },
            "arith.maxsi" | "arith.minsi" => {
                let (a, b) = (self.scalar(operands[0])?, self.scalar(operands[1])?);
                let first = a.minus(&b)?.at_least(0)?;
                Some(if first == (ir::name(op) == "arith.maxsi") { a } else { b })
            }
            "affine.apply" => {
                let map = ffi::affine_map(ir::attr(op, "map")?)?;
                let mut given = vec![];
                for operand in operands {
                    given.push(self.scalar(operand)?);
                }
                let (dims, symbols) = given.split_at_checked(map.dim_count())?;
                affine(map.result(0).ok()?, dims, symbols)
            }
            _ => None,
        }
    }

    /// A condition on sizes, when it is the same for all.
    pub fn condition(&mut self, value: Val<'c>) -> Option<bool> {
        let op = ffi::defining_op(value)?;
        let operands = ir::operands(op);
        match ir::name(op) {
            "arith.constant" => Some(ir::attr(op, "value")?.to_string() == "true"),
            "arith.andi" => match (self.condition(operands[0]), self.condition(operands[1])) {
                (Some(true), Some(true)) => Some(true),
                (Some(false), _) | (_, Some(false)) => Some(false),
                _ => None,
            },
            "arith.ori" => match (self.condition(operands[0]), self.condition(operands[1])) {
                (Some(false), Some(false)) => Some(false),
                (Some(true), _) | (_, Some(true)) => Some(true),
                _ => None,
            },
            "arith.cmpi" => {
                let predicate = ir::attr(op, "predicate").and_then(ir::int_attr)?;
                let (a, b) = (self.scalar(operands[0])?, self.scalar(operands[1])?);
                let (less, more) = (b.minus(&a)?, a.minus(&b)?);
                let equal = || match less.as_constant() {
                    Some(0) => Some(true),
                    _ if less.at_least(1) == Some(true) || more.at_least(1) == Some(true) => Some(false),
                    _ => None,
                };
                let signed = a.at_least(0) == Some(true) && b.at_least(0) == Some(true);
                match predicate {
                    0 => equal(),
                    1 => equal().map(|equal| !equal),
                    6..=9 if !signed => None,
                    2 | 6 => less.at_least(1),
                    3 | 7 => less.at_least(0),
                    4 | 8 => more.at_least(1),
                    5 | 9 => more.at_least(0),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// An affine expression of these values.
fn affine(expr: AffineExpr<'_>, dims: &[Poly], symbols: &[Poly]) -> Option<Poly> {
    if expr.is_constant() {
        return Some(Poly::constant(expr.constant_value()));
    }
    if expr.is_dim() {
        return dims.get(expr.dim_position()).cloned();
    }
    if expr.is_symbol() {
        return symbols.get(expr.symbol_position()).cloned();
    }
    let (lhs, rhs) = ffi::affine_operands(expr)?;
    let (lhs, rhs) = (affine(lhs, dims, symbols)?, affine(rhs, dims, symbols)?);
    if expr.is_add() {
        return lhs.plus(&rhs);
    }
    if expr.is_mul() {
        return lhs.times(&rhs);
    }
    if expr.is_floor_div() { lhs.over(&rhs) } else { None }
}
