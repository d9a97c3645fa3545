//! Exponents that take away a running maximum unless it is infinite, as a log-sum-exp is written that is finite where it can
//! be: `sum(exp2(x - select(|m| == inf, 0, m)))` with `m = max(x)`. Where `m` is finite that is the sum of a softmax, so the two
//! share a state; where it is not, the sum is known.

use super::derive::Deriver;
use crate::algebra::{Arena, Func, Id, Kind, Node};

/// What a maximum may be.
#[derive(Clone, Copy)]
enum Class {
    Finite,
    NegInf,
    PosInf,
}

impl Class {
    /// A number of the class; that of [`Class::Finite`] stands for all, where it is only compared with infinities.
    const fn number(self) -> f64 {
        match self {
            Self::Finite => 1.0,
            Self::NegInf => f64::NEG_INFINITY,
            Self::PosInf => f64::INFINITY,
        }
    }
}

impl Deriver<'_> {
    /// The sum over the keys of `exp2(exponent)`, where the exponent takes away a guarded maximum of the rest of it.
    pub(super) fn guarded_sum(&mut self, exponent: Id) -> Option<Id> {
        let (terms, constant) = self.arena.sum_parts(exponent);
        let (at, factor, choice) = terms.iter().enumerate().find_map(|(at, (term, factor))| {
            let Node::Call(Func::Select, choice) = self.arena.node(*term) else { return None };
            let guard = !self.uses_key(*term) && self.or_nothing(choice).is_some();
            guard.then(|| (at, *factor, choice.clone()))
        })?;
        let subtracted = self.or_nothing(&choice)?;
        let (parts, 0.0) = self.arena.sum_parts(subtracted) else { return None };
        let [(maximum, scale)] = parts[..] else { return None };
        let Node::Reduce { kind: Kind::Max, init: None, dims, body } = self.arena.node(maximum).clone() else {
            return None;
        };
        if dims != [self.key] || factor * scale >= 0.0 {
            return None;
        }
        // What the maximum is taken of is what the exponent has, a constant aside.
        let mut rest = terms.clone();
        rest.remove(at);
        let mut difference = rest.clone();
        difference.push((body, factor * scale));
        let difference = self.arena.sum(&difference, 0.0);
        let difference = self.arena.replace(difference, &self.known.clone());
        self.arena.as_float(difference).filter(|number| number.is_finite())?;
        let chosen = |class: Class| {
            let taken = truth(self.arena, choice[0], maximum, class)?;
            Some((if taken { choice[1] } else { choice[2] }) == subtracted)
        };
        if !chosen(Class::Finite)? {
            return None;
        }
        let (low, high) = (chosen(Class::NegInf)?, chosen(Class::PosInf)?);
        self.laws.used(
            "sum(exp2(x - select(|m| == inf, 0, m))) = select(m == -inf, 0, select(m == inf, inf, sum(exp2(x - m))))",
            "m is the maximum of x over the keys",
            "a sum that leaves out an infinite maximum",
        );
        rest.push((subtracted, factor));
        let plain = self.arena.sum(&rest, constant);
        let weight = self.arena.call1(Func::Exp2, plain);
        let mut sum = self.arena.reduce(Kind::Sum, &[self.key], None, weight);
        for (kept, class, value) in [(high, Class::PosInf, f64::INFINITY), (low, Class::NegInf, 0.0)] {
            if !kept {
                let (bound, value) = (self.arena.float(class.number()), self.arena.float(value));
                let here = self.arena.compare_float(1, maximum, bound);
                sum = self.arena.select(here, value, sum);
            }
        }
        Some(sum)
    }
}

/// What a condition says of a maximum of a class; `None` where that is not the same for all of the class, or it asks anything
/// else.
fn truth(arena: &Arena, condition: Id, maximum: Id, class: Class) -> Option<bool> {
    let of = |id: Id| truth(arena, id, maximum, class);
    // A multiple of the maximum.
    let multiple = |id: Id| match arena.sum_parts(id) {
        (parts, 0.0) => match parts[..] {
            [(part, factor)] if part == maximum => Some(factor),
            _ => None,
        },
        _ => None,
    };
    match arena.node(condition) {
        Node::Bool(value) => Some(*value),
        Node::Call(Func::Not, a) => of(a[0]).map(|value| !value),
        Node::Call(Func::And, a) => Some(of(a[0])? && of(a[1])?),
        Node::Call(Func::Or, a) => Some(of(a[0])? || of(a[1])?),
        Node::Call(Func::CmpF(predicate), a) => {
            let bound = arena.as_float(a[1]).filter(|bound| bound.is_infinite())?;
            let number = match arena.node(a[0]) {
                Node::Call(Func::Named(name), inner) if &**name == "math.absf" => {
                    (multiple(inner[0])? * class.number()).abs()
                }
                _ => multiple(a[0])? * class.number(),
            };
            Some(crate::interp::scalar::compare_float(*predicate, number, bound))
        }
        _ => None,
    }
}
