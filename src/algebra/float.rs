//! Float expressions as a commutative ring: n-ary sums and products with f64 constants.

use super::arena::{Arena, Func, Id, Kind, Node, Real};
use crate::interp::scalar::{maximum, minimum};
use std::collections::BTreeMap;

/// A coefficient that is a whole number but for rounding is that number.
pub fn snap(value: f64) -> f64 {
    let whole = value.round();
    if whole != 0.0 && (value - whole).abs() < 1e-13 * whole.abs() { whole } else { value }
}

impl Arena {
    /// A float constant.
    pub fn float(&mut self, value: f64) -> Id {
        self.intern(Node::Float(Real::new(value)))
    }

    /// The constant a float expression is, if it is one.
    pub fn as_float(&self, id: Id) -> Option<f64> {
        match self.node(id) {
            Node::Float(value) => Some(value.get()),
            _ => None,
        }
    }

    /// Terms and constant of a float expression.
    pub fn sum_parts(&self, id: Id) -> (Vec<(Id, f64)>, f64) {
        match self.node(id) {
            Node::Float(value) => (vec![], value.get()),
            Node::Sum(terms, constant) => (terms.iter().map(|(t, c)| (*t, c.get())).collect(), constant.get()),
            _ => (vec![(id, 1.0)], 0.0),
        }
    }

    /// Constant factor and powers of a float expression.
    pub fn product_parts(&self, id: Id) -> (f64, Vec<(Id, i32)>) {
        match self.node(id) {
            Node::Float(value) => (value.get(), vec![]),
            Node::Sum(terms, constant) if terms.len() == 1 && constant.get() == 0.0 => {
                let (coefficient, factors) = self.product_parts(terms[0].0);
                (coefficient * terms[0].1.get(), factors)
            }
            Node::Product(factors) => (1.0, factors.clone()),
            _ => (1.0, vec![(id, 1)]),
        }
    }

    /// The sum of `coefficient * expression` and a constant.
    pub fn sum(&mut self, parts: &[(Id, f64)], constant: f64) -> Id {
        let mut sum: BTreeMap<Id, f64> = BTreeMap::new();
        let mut constant = constant;
        for (id, coefficient) in parts {
            let (terms, own) = self.sum_parts(*id);
            if own != 0.0 {
                constant += own * coefficient;
            }
            for (term, own) in terms {
                *sum.entry(term).or_default() += own * coefficient;
            }
        }
        sum.retain(|_, coefficient| *coefficient != 0.0);
        for coefficient in sum.values_mut() {
            *coefficient = snap(*coefficient);
        }
        if sum.is_empty() {
            return self.float(constant + 0.0);
        }
        if sum.len() > 1 || constant != 0.0 {
            (sum, constant) = self.fold_large(sum, constant);
        }
        // x + -inf = -inf, and x + select(p, 0, -inf) = select(p, x, -inf), for x that is neither +inf nor NaN
        if !self.strict_masks && constant == f64::NEG_INFINITY {
            return self.float(constant);
        }
        if !self.strict_masks && (sum.len() > 1 || constant != 0.0) {
            let mask = sum.iter().find_map(|(id, coefficient)| {
                let Node::Call(Func::Select, a) = self.node(*id) else { return None };
                let (yes, no) = (self.as_float(a[1])?, self.as_float(a[2])?);
                let keep = (*coefficient > 0.0 && yes == 0.0 && no == f64::NEG_INFINITY)
                    || (*coefficient > 0.0 && no == 0.0 && yes == f64::NEG_INFINITY);
                keep.then_some((*id, a[0], a[1], a[2], yes == 0.0))
            });
            if let Some((id, condition, yes, no, first)) = mask {
                sum.remove(&id);
                let rest: Vec<_> = sum.into_iter().collect();
                let rest = self.sum(&rest, constant);
                return if first { self.select(condition, rest, no) } else { self.select(condition, yes, rest) };
            }
        }
        let single = if sum.len() == 1 { sum.first_key_value().map(|(id, c)| (*id, *c)) } else { None };
        if let (Some((id, coefficient)), true) = (single, constant == 0.0) {
            if coefficient == 1.0 {
                return id;
            }
            // c * select(p, a, constant) = select(p, c*a, c*constant)
            if let Node::Call(Func::Select, a) = self.node(id) {
                let (condition, yes, no) = (a[0], a[1], a[2]);
                if self.as_float(yes).is_some() || self.as_float(no).is_some() {
                    let (yes, no) = (self.scale(coefficient, yes), self.scale(coefficient, no));
                    return self.select(condition, yes, no);
                }
            }
        }
        let terms = sum.into_iter().map(|(id, coefficient)| (id, Real::new(coefficient))).collect();
        // Adding either zero is the same.
        self.intern(Node::Sum(terms, Real::new(constant + 0.0)))
    }

    /// `c * select(p, a, b) + d` as `select(p, c*a + d, c*b + d)` for constants that f32 can hold and their multiples
    /// cannot, so that the multiple is one constant, which can be kept finite and in which nothing small is lost.
    fn fold_large(&mut self, sum: BTreeMap<Id, f64>, mut constant: f64) -> (BTreeMap<Id, f64>, f64) {
        let most = f64::from(f32::MAX);
        let mut folded: BTreeMap<Id, f64> = BTreeMap::new();
        for (id, coefficient) in sum {
            let arms = match self.node(id) {
                Node::Call(Func::Select, a) => self.as_float(a[1]).zip(self.as_float(a[2])).map(|arms| (a[0], arms)),
                _ => None,
            };
            let large = |value: f64| value.is_finite() && value.abs() <= most && (value * coefficient).abs() > most;
            match arms {
                Some((condition, (yes, no))) if large(yes) || large(no) => {
                    let rest = std::mem::take(&mut constant);
                    let (yes, no) = (self.float(yes * coefficient + rest), self.float(no * coefficient + rest));
                    let choice = self.select(condition, yes, no);
                    *folded.entry(choice).or_default() += 1.0;
                }
                _ => *folded.entry(id).or_default() += coefficient,
            }
        }
        (folded, constant)
    }

    /// `coefficient * id`.
    pub fn scale(&mut self, coefficient: f64, id: Id) -> Id {
        if let Some(value) = self.as_float(id) {
            return self.float(value * coefficient);
        }
        if coefficient == 0.0 {
            return self.float(0.0);
        }
        self.sum(&[(id, coefficient)], 0.0)
    }

    pub fn add(&mut self, lhs: Id, rhs: Id) -> Id {
        self.sum(&[(lhs, 1.0), (rhs, 1.0)], 0.0)
    }

    pub fn sub(&mut self, lhs: Id, rhs: Id) -> Id {
        self.sum(&[(lhs, 1.0), (rhs, -1.0)], 0.0)
    }

    /// The product of powers of expressions. Powers of opposite sign are kept apart: `x/x` may be NaN.
    pub fn product(&mut self, parts: &[(Id, i32)]) -> Id {
        let mut coefficient = 1.0;
        let mut factors: BTreeMap<(Id, bool), i32> = BTreeMap::new();
        for (id, power) in parts {
            let (own, inner) = self.product_parts(*id);
            coefficient *= own.powi(*power);
            for (factor, exponent) in inner {
                let exponent = exponent * power;
                if let Some(number) = self.as_float(factor) {
                    coefficient *= number.powi(exponent);
                } else if exponent != 0 {
                    *factors.entry((factor, exponent < 0)).or_default() += exponent;
                }
            }
        }
        let mut factors: Vec<(Id, i32)> = factors.into_iter().map(|((id, _), power)| (id, power)).collect();
        if coefficient == 0.0 && factors.iter().any(|(_, power)| *power < 0) {
            // 0/x is NaN where x is 0, which may only be seen when more is known of x.
            factors.push((self.float(0.0), 1));
            factors.sort_unstable();
            return self.intern(Node::Product(factors));
        }
        let product = match factors.as_slice() {
            [] => return self.float(coefficient),
            [(id, 1)] => *id,
            _ => self.intern(Node::Product(factors)),
        };
        self.scale(coefficient, product)
    }

    pub fn mul(&mut self, lhs: Id, rhs: Id) -> Id {
        self.product(&[(lhs, 1), (rhs, 1)])
    }

    pub fn div(&mut self, lhs: Id, rhs: Id) -> Id {
        self.product(&[(lhs, 1), (rhs, -1)])
    }

    /// A call of a float function of one argument.
    pub fn call1(&mut self, func: Func, argument: Id) -> Id {
        if let Some(value) = self.as_float(argument) {
            let folded = match &func {
                Func::Exp => Some(value.exp()),
                Func::Exp2 => Some(value.exp2()),
                Func::Log => Some(value.ln()),
                Func::Log2 => Some(value.log2()),
                Func::Named(name) => match &**name {
                    "math.sqrt" => Some(value.sqrt()),
                    "math.rsqrt" => Some(1.0 / value.sqrt()),
                    "math.tanh" => Some(value.tanh()),
                    "math.absf" => Some(value.abs()),
                    _ => None,
                },
                _ => None,
            };
            if let Some(value) = folded {
                return self.float(value);
            }
        }
        // f(select(p, x, constant)) = select(p, f(x), f(constant))
        if let (Func::Named(_), Node::Call(Func::Select, a)) = (&func, self.node(argument)) {
            let (condition, yes, no) = (a[0], a[1], a[2]);
            if self.as_float(yes).is_some() || self.as_float(no).is_some() {
                let (yes, no) = (self.call1(func.clone(), yes), self.call1(func, no));
                return self.select(condition, yes, no);
            }
        }
        self.intern(Node::Call(func, vec![argument]))
    }

    /// The larger (or smaller) of two floats; NaN wins.
    pub fn extremum(&mut self, func: Func, lhs: Id, rhs: Id) -> Id {
        let identity = if func == Func::MaxF { f64::NEG_INFINITY } else { f64::INFINITY };
        if lhs == rhs || self.as_float(rhs) == Some(identity) {
            return lhs;
        }
        if self.as_float(lhs) == Some(identity) {
            return rhs;
        }
        if let (Some(a), Some(b)) = (self.as_float(lhs), self.as_float(rhs)) {
            return self.float(if func == Func::MaxF { maximum(a, b) } else { minimum(a, b) });
        }
        // An extremum of a reduction of the same kind is that reduction with one more element.
        let kind = if func == Func::MaxF { Kind::Max } else { Kind::Min };
        for (reduction, other) in [(lhs, rhs), (rhs, lhs)] {
            if let Node::Reduce { kind: own, dims, init, body } = self.node(reduction).clone()
                && own == kind
                && !self.flags(other).key_reduces
                && dims.iter().any(|dim| self.dim_info(*dim).role == super::Role::Key)
            {
                let init = match init {
                    Some(init) => self.extremum(func, init, other),
                    None => other,
                };
                return self.intern(Node::Reduce { kind, dims, init: Some(init), body });
            }
        }
        let (lhs, rhs) = if lhs <= rhs { (lhs, rhs) } else { (rhs, lhs) };
        self.intern(Node::Call(func, vec![lhs, rhs]))
    }
}
