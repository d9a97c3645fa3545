//! Sums, products and exponents of floats as operations of a region: in an order, and with constants, that lose nothing.

use super::{derive::OLD, region::Region};
use crate::{
    algebra::{Func, Id, Node, snap},
    dialect::ops::{self, Combine, Fused},
    ffi,
    ir::{self, Op, Val},
    pass::tile::program::constant,
};
use std::f64::consts::LN_2;

impl<'c> Region<'_, '_, 'c> {
    /// Whether an exponent of 2 is a statistic of the row times log2(e), that is, whether the program has its exponential: it may be
    /// large, and what rounding takes from the product would be seen.
    pub(super) fn is_natural(&self, exponent: Id) -> bool {
        let arena = self.emitter.arena;
        let (terms, constant) = arena.sum_parts(exponent);
        let whole = |factor: f64| snap(factor * LN_2).abs() == 1.0;
        let natural = |(term, factor): &(Id, f64)| match arena.node(*term) {
            Node::Atom(number, _) => *number < OLD && whole(*factor),
            Node::Call(Func::Select, a) if *factor == 1.0 => {
                let fixed = |arm: Id| arena.as_float(arm).is_some_and(|value| value == 0.0 || value.is_infinite());
                !fixed(*term) && a[1..].iter().all(|arm| fixed(*arm) || self.is_natural(*arm))
            }
            _ => false,
        };
        constant == 0.0 && !terms.is_empty() && terms.iter().all(natural)
    }

    /// Whether an exponent is relative to a running extremum, so that some key of the row has weight 1, or to a maximum that another fold
    /// found, where nothing is divided by a sum of weights.
    pub(super) fn relative(&self, exponent: Id) -> bool {
        let (terms, _) = self.emitter.arena.sum_parts(exponent);
        terms.iter().any(|(term, factor)| match self.emitter.arena.node(*term) {
            Node::Atom(number, _) => (self.guarded)(*number).is_some() && self.emitter.leads(*number),
            Node::Load(tensor, _) => {
                *factor < 0.0 && self.emitter.sums_values() && is_maximum(self.emitter.values[tensor.0 as usize])
            }
            _ => false,
        })
    }

    /// Whether an exponent is computed from integers alone that keep it in the range of normal numbers.
    pub(super) fn moderate(&self, exponent: Id) -> bool {
        let arena = self.emitter.arena;
        let (terms, constant) = arena.sum_parts(exponent);
        let mut range = (constant, constant);
        for (term, factor) in terms {
            let Node::Call(Func::ToFloat, a) = arena.node(term) else { return false };
            let Some((low, high)) = arena.range(a[0]) else { return false };
            let (low, high) = (low as f64 * factor, high as f64 * factor);
            range = (range.0 + low.min(high), range.1 + low.max(high));
        }
        range.0 > -126.0 && range.1 < 127.0
    }

    /// A sum; inside an exponent a subtracted maximum is read as 0 where it is -inf, an added minimum where it is +inf.
    pub(super) fn sum(&mut self, id: Id, exponent: bool) -> Val<'c> {
        let (terms, constant) = self.emitter.arena.sum_parts(id);
        self.sum_of(terms, constant, exponent)
    }

    fn sum_of(&mut self, terms: Vec<(Id, f64)>, constant: f64, exponent: bool) -> Val<'c> {
        let b = self.builder;
        // The multiple of a difference: a difference of multiples might be one of infinities.
        let common = terms.first().map_or(1.0, |(_, factor)| factor.abs());
        if exponent
            && common != 1.0
            && terms.len() > 1
            && constant == 0.0
            && terms.iter().all(|(_, c)| c.abs() == common)
        {
            let terms = terms.into_iter().map(|(term, factor)| (term, factor.signum())).collect();
            let difference = self.terms(terms, 0.0, true);
            let factor = self.constant(common);
            return b.binary("arith.mulf", difference, factor);
        }
        // A mask (1 - m)*C reads C - C*m here. It is (m - 1)*-C again before anything small is added to C and lost.
        let arena = self.emitter.arena;
        let (scores, mut mask): (Vec<_>, Vec<_>) =
            terms.iter().copied().partition(|(term, _)| arena.flags(*term).reduces || arena.flags(*term).atoms);
        mask.sort_by(|(_, a), (_, b)| b.abs().total_cmp(&a.abs()));
        let rests = Self::rests(constant, &mask);
        // A constant that is mostly something else stays whole, and so does what is rounded like the source's sums.
        let last = rests.last().map_or(constant, |(_, rest)| *rest);
        if constant != 0.0 && !scores.is_empty() && last.abs() <= constant.abs() / 2.0 {
            let mut value = self.terms(scores, 0.0, exponent);
            for ((term, factor), (less, _)) in mask.into_iter().zip(rests) {
                let mut own = self.emit(term);
                if less {
                    let one = self.constant(1.0);
                    own = b.binary("arith.subf", own, one);
                }
                let factor = self.constant(factor);
                let product = b.binary("arith.mulf", own, factor);
                value = b.binary("arith.addf", value, product);
            }
            if last != 0.0 {
                let rest = self.constant(last);
                value = b.binary("arith.addf", value, rest);
            }
            return value;
        }
        self.terms(terms, constant, exponent)
    }

    /// For each term `C*m`, the largest first, whether it takes its `-C` from a constant, and what is then left of that.
    fn rests(constant: f64, terms: &[(Id, f64)]) -> Vec<(bool, f64)> {
        let step = |rest: &mut f64, (_, factor): &(Id, f64)| {
            let less = *rest * factor < 0.0 && rest.abs() >= factor.abs() * (1.0 - 1e-9);
            if less {
                *rest = if (*rest + factor).abs() <= 1e-9 * factor.abs() { 0.0 } else { *rest + factor };
            }
            Some((less, *rest))
        };
        terms.iter().scan(constant, step).collect()
    }

    /// The exponent of a weight: what is known is taken from a score that is whole, as the maximum was taken of it.
    pub(super) fn settled(&mut self, id: Id) -> Val<'c> {
        let arena = self.emitter.arena;
        let (terms, constant) = arena.sum_parts(id);
        let (known, score): (Vec<_>, Vec<_>) =
            terms.into_iter().partition(|(term, factor)| *factor < 0.0 && matches!(arena.node(*term), Node::Load(..)));
        if known.is_empty() || score.is_empty() {
            return self.emit(id);
        }
        let b = self.builder;
        known.into_iter().fold(self.sum_of(score, constant, false), |value, (term, factor)| {
            let own = self.multiple(term, -factor, None);
            b.binary("arith.subf", value, own)
        })
    }

    /// A sum of multiples, in an order of its own.
    fn terms(&mut self, terms: Vec<(Id, f64)>, constant: f64, exponent: bool) -> Val<'c> {
        let b = self.builder;
        if constant.abs() >= 2f64.powi(-100) {
            let power = |id: &Id| matches!(self.emitter.arena.node(*id), Node::Call(Func::Exp2, _));
            self.beside.extend(terms.iter().map(|(term, _)| *term).filter(power));
        }
        let (positive, negative): (Vec<_>, Vec<_>) = terms.into_iter().partition(|(_, factor)| *factor > 0.0);
        let mut sum: Option<Val<'c>> = None;
        for (term, factor) in positive.into_iter().chain(negative) {
            let subtract = factor < 0.0 && sum.is_some();
            let dead = match self.emitter.arena.node(term) {
                Node::Atom(number, _) if exponent => (self.guarded)(*number),
                _ => None,
            };
            let dead = dead.filter(|dead| (factor < 0.0) == (*dead < 0.0));
            let value = self.multiple(term, if subtract { -factor } else { factor }, dead);
            sum = Some(match sum {
                None => value,
                Some(sum) => b.binary(if subtract { "arith.subf" } else { "arith.addf" }, sum, value),
            });
        }
        match sum {
            Some(sum) if constant != 0.0 => {
                let constant = self.constant(constant);
                b.binary("arith.addf", sum, constant)
            }
            Some(sum) => sum,
            None => self.constant(constant),
        }
    }

    /// `factor * term`, or 0 where the term is `dead`. Of a choice with a constant, the constant is multiplied by itself: products
    /// of one constant are the same number wherever they are.
    pub(super) fn multiple(&mut self, term: Id, factor: f64, dead: Option<f64>) -> Val<'c> {
        let b = self.builder;
        if factor == 1.0 && dead.is_none() {
            return self.emit(term);
        }
        match self.emitter.arena.node(term).clone() {
            Node::Float(value) => return self.constant(value.get() * factor),
            Node::Call(Func::Select, a) if self.has_constant(term) => {
                let condition = self.emit(a[0]);
                let (yes, no) = (self.multiple(a[1], factor, None), self.multiple(a[2], factor, None));
                return b.select(condition, yes, no);
            }
            Node::Sum(terms, constant) => {
                let terms = terms.iter().map(|(term, own)| (*term, snap(own.get() * factor))).collect();
                return self.sum_of(terms, constant.get() * factor, false);
            }
            _ => {}
        }
        let mut value = self.emit(term);
        if let Some(dead) = dead {
            value = self.safe(value, dead);
        }
        if factor == 1.0 {
            value
        } else if factor == -1.0 {
            b.unary("arith.negf", value)
        } else {
            let factor = self.constant(factor);
            b.binary("arith.mulf", value, factor)
        }
    }

    /// Whether one of an expression's choices is a constant.
    fn has_constant(&self, id: Id) -> bool {
        match self.emitter.arena.node(id) {
            Node::Float(_) => true,
            Node::Call(Func::Select, a) => a[1..].iter().any(|arm| self.has_constant(*arm)),
            _ => false,
        }
    }

    /// `x == dead ? 0 : x`
    fn safe(&mut self, value: Val<'c>, dead: f64) -> Val<'c> {
        let b = self.builder;
        let (dead, zero) = (self.constant(dead), self.constant(0.0));
        let dead = b.compare("arith.cmpf", 1, value, dead);
        b.select(dead, zero, value)
    }

    pub(super) fn product(&mut self, factors: &[(Id, i32)]) -> Val<'c> {
        let b = self.builder;
        let (mut above, mut below): (Option<Val<'c>>, Option<Val<'c>>) = (None, None);
        // States are divided by states before anything else is multiplied: the quotient is as large as a value, a product with
        // what the quotient is multiplied by may be larger than any.
        let is_state = |id: Id| match self.emitter.arena.node(id) {
            Node::Atom(number, _) => *number < OLD && self.emitter.is_accumulator(*number),
            _ => false,
        };
        let divides = factors.iter().any(|(factor, power)| *power < 0 && self.emitter.arena.flags(*factor).atoms);
        let (first, rest): (Vec<_>, Vec<_>) =
            factors.iter().copied().partition(|(factor, power)| divides && (*power < 0 || is_state(*factor)));
        if first.iter().any(|(_, power)| *power > 0) && !rest.is_empty() {
            let mut value = self.product(&first);
            for (factor, power) in rest {
                let factor = self.emit(factor);
                for _ in 0..power {
                    value = b.binary("arith.mulf", value, factor);
                }
            }
            return value;
        }
        // A quotient that is there already is multiplied by the rest.
        let mut factors = factors.to_vec();
        if let Some((value, rest)) = self.known_quotient(&factors) {
            (above, factors) = (Some(value), rest);
        }
        for (factor, power) in &factors {
            let value = self.emit(*factor);
            let slot = if *power > 0 { &mut above } else { &mut below };
            for _ in 0..power.unsigned_abs() {
                *slot = Some(match *slot {
                    None => value,
                    Some(product) => b.binary("arith.mulf", product, value),
                });
            }
        }
        match (above, below) {
            (Some(above), Some(below)) => b.binary("arith.divf", above, below),
            (Some(above), None) => above,
            (None, Some(below)) => {
                let one = self.constant(1.0);
                b.binary("arith.divf", one, below)
            }
            (None, None) => self.constant(1.0),
        }
    }

    /// A quotient that was emitted and is a part of a product, and what else is in that.
    fn known_quotient(&self, factors: &[(Id, i32)]) -> Option<(Val<'c>, Vec<(Id, i32)>)> {
        if factors.iter().all(|(_, power)| *power > 0) {
            return None;
        }
        let part = |id: Id| match self.emitter.arena.node(id) {
            Node::Product(own) if own.iter().any(|(_, power)| *power < 0) => Some(own),
            _ => None,
        };
        let parts = self.emitted().filter_map(|(id, value)| Some((part(id)?, id, value)));
        let parts = parts.filter(|(own, ..)| own.len() < factors.len() && own.iter().all(|own| factors.contains(own)));
        let (own, _, value) = parts.max_by_key(|(own, id, _)| (own.len(), *id))?;
        Some((value, factors.iter().copied().filter(|factor| !own.contains(factor)).collect()))
    }
}

/// Whether a tensor is a running maximum of a fused op, or a positive multiple of it.
fn is_maximum(tensor: Val<'_>) -> bool {
    let is_view = |op: &Op<'_>| matches!(ir::name(*op), "tensor.expand_shape" | "tensor.collapse_shape");
    let mut tensor = tensor;
    while let Some(view) = ffi::defining_op(tensor).filter(is_view) {
        tensor = ir::operands(view)[0];
    }
    let result = ffi::defining_op(tensor).filter(|op| ir::name(*op) == ops::RESULT).map(|op| ir::operands(op)[0]);
    let fused =
        result.and_then(|result| Some((Fused::parse(ffi::defining_op(result)?).ok()?, ffi::value_number(result))));
    let Some((fused, number)) = fused else { return false };
    let Some(mut value) = ops::yielded(fused.regions.epilogue).get(number).copied() else { return false };
    while let Some(product) = ffi::defining_op(value).filter(|op| ir::name(*op) == "arith.mulf") {
        let [lhs, rhs] = ir::operands(product)[..] else { return false };
        let positive = |factor| constant(factor).is_some_and(|factor| factor > 0.0);
        value = match (positive(lhs), positive(rhs)) {
            (_, true) => lhs,
            (true, false) => rhs,
            _ => return false,
        };
    }
    let state = ir::arguments(fused.regions.epilogue).iter().position(|argument| *argument == value);
    state.and_then(|state| fused.header.states.get(state)).is_some_and(|state| state.combine == Combine::Max)
}
