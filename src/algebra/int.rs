//! Integer expressions: canonical linear forms with ranges.

use super::arena::{Arena, DimId, Func, Id, Node, Ty};
use std::collections::BTreeMap;

impl Arena {
    /// An integer constant.
    pub fn int(&mut self, value: i64) -> Id {
        self.intern(Node::Int(value))
    }

    /// The index along a dimension. A dimension with one point is 0.
    pub fn index(&mut self, dim: DimId) -> Id {
        if self.dim_info(dim).extent == 1 { self.int(0) } else { self.intern(Node::Dim(dim)) }
    }

    /// The constant an integer expression is, if it is one.
    pub fn as_int(&self, id: Id) -> Option<i64> {
        match self.node(id) {
            Node::Int(value) => Some(*value),
            _ => None,
        }
    }

    /// Terms and offset of an integer expression.
    pub fn linear_parts(&self, id: Id) -> (Vec<(Id, i64)>, i64) {
        match self.node(id) {
            Node::Int(value) => (vec![], *value),
            Node::Linear(terms, offset) => (terms.clone(), *offset),
            _ => (vec![(id, 1)], 0),
        }
    }

    /// The sum of `coefficient * expression` and an offset.
    pub fn linear(&mut self, parts: &[(Id, i64)], offset: i64) -> Id {
        let mut sum: BTreeMap<Id, i64> = BTreeMap::new();
        let mut offset = offset;
        for (id, coefficient) in parts {
            let (terms, constant) = self.linear_parts(*id);
            offset = offset.wrapping_add(constant.wrapping_mul(*coefficient));
            for (term, own) in terms {
                let slot = sum.entry(term).or_default();
                *slot = slot.wrapping_add(own.wrapping_mul(*coefficient));
            }
        }
        sum.retain(|_, coefficient| *coefficient != 0);
        // k*c*(x floordiv c) + k*(x mod c) = k*x, in two's complement too
        let mods: Vec<(Id, Id, i64)> = sum
            .keys()
            .filter_map(|id| match self.node(*id) {
                Node::Call(Func::Mod, arguments) => Some((*id, arguments[0], self.as_int(arguments[1])?)),
                _ => None,
            })
            .collect();
        for (remainder, whole, divisor) in mods {
            let quotient = self.floor_div(whole, divisor);
            let Some(own) = sum.get(&remainder).copied() else { continue };
            if let Some(other) = sum.get(&quotient).copied()
                && other == own.wrapping_mul(divisor)
            {
                sum.remove(&remainder);
                sum.remove(&quotient);
                let mut parts: Vec<_> = sum.into_iter().collect();
                parts.push((whole, own));
                return self.linear(&parts, offset);
            }
        }
        if sum.is_empty() {
            return self.int(offset);
        }
        let single = sum.first_key_value().map(|(id, coefficient)| (*id, *coefficient));
        if let (Some((id, 1)), 0, 1) = (single, offset, sum.len()) {
            return id;
        }
        self.intern(Node::Linear(sum.into_iter().collect(), offset))
    }

    pub fn add_int(&mut self, lhs: Id, rhs: Id) -> Id {
        self.linear(&[(lhs, 1), (rhs, 1)], 0)
    }

    pub fn sub_int(&mut self, lhs: Id, rhs: Id) -> Id {
        self.linear(&[(lhs, 1), (rhs, -1)], 0)
    }

    pub fn mul_int(&mut self, lhs: Id, rhs: Id) -> Id {
        if let Some(value) = self.as_int(lhs) {
            return self.linear(&[(rhs, value)], 0);
        }
        if let Some(value) = self.as_int(rhs) {
            return self.linear(&[(lhs, value)], 0);
        }
        let (lhs, rhs) = if lhs <= rhs { (lhs, rhs) } else { (rhs, lhs) };
        self.intern(Node::Call(Func::MulI, vec![lhs, rhs]))
    }

    /// An integer as `bits` bits hold it. Sums and products of wrapped integers need to wrap once. Sizes and indices of
    /// tensors fit any type that they are computed in.
    pub fn wrap(&mut self, bits: u32, id: Id) -> Id {
        if bits >= 64 {
            return id;
        }
        let (low, high) = (-1i64 << (bits - 1), (1i64 << (bits - 1)) - 1);
        match self.range(id) {
            Some(range) if low <= range.0 && range.1 <= high => return id,
            None if !self.flags(id).loads => return id,
            _ => {}
        }
        let (terms, offset) = self.linear_parts(id);
        let bare: Vec<_> = terms
            .iter()
            .map(|(term, factor)| match self.node(*term) {
                Node::Call(Func::Wrap(own), a) if *own >= bits => (a[0], *factor),
                _ => (*term, *factor),
            })
            .collect();
        if bare != terms {
            let sum = self.linear(&bare, offset);
            return self.wrap(bits, sum);
        }
        match self.node(id) {
            Node::Int(value) => {
                let value = value << (64 - bits) >> (64 - bits);
                self.int(value)
            }
            _ => self.intern(Node::Call(Func::Wrap(bits), vec![id])),
        }
    }

    /// Whether 64 bits may not hold an integer, so that laws of whole numbers do not hold for its parts.
    fn may_overflow(&self, id: Id) -> bool {
        self.range(id).is_none() && self.flags(id).loads
    }

    /// The number of values of an index of mixed radix: digits with every factor the number of values of those below.
    /// Such an index takes every value from 0 up.
    pub fn radix(&self, id: Id) -> Option<i64> {
        let (mut terms, offset) = self.linear_parts(id);
        terms.sort_by_key(|(_, factor)| *factor);
        let digit = |count: i64, (term, factor): &(Id, i64)| match self.node(*term) {
            Node::Dim(dim) if *factor == count => count.checked_mul(self.dim_info(*dim).extent),
            _ => None,
        };
        if offset == 0 { terms.iter().try_fold(1, digit) } else { None }
    }

    /// Whether an index is surely below a size that is only known at run time.
    pub(super) fn below(&self, id: Id, size: i64) -> bool {
        self.radix(id).is_some_and(|count| size % count == 0)
    }

    /// `id floordiv divisor`, for a positive divisor.
    pub fn floor_div(&mut self, id: Id, divisor: i64) -> Id {
        if divisor == 1 {
            return id;
        }
        if self.symbolic(divisor) {
            return self.divide_open(id, divisor).0;
        }
        if let Some((low, high)) = self.range(id)
            && low.div_euclid(divisor) == high.div_euclid(divisor)
        {
            return self.int(low.div_euclid(divisor));
        }
        let (terms, offset) = self.linear_parts(id);
        let (whole, rest): (Vec<_>, Vec<_>) = terms.into_iter().partition(|(_, c)| c % divisor == 0);
        if !self.may_overflow(id) && (!whole.is_empty() || !(0..divisor).contains(&offset)) {
            let mut parts: Vec<_> = whole.into_iter().map(|(term, c)| (term, c / divisor)).collect();
            let rest = self.linear(&rest, offset.rem_euclid(divisor));
            parts.push((self.floor_div(rest, divisor), 1));
            return self.linear(&parts, offset.div_euclid(divisor));
        }
        if let Node::Call(Func::FloorDiv, arguments) = self.node(id) {
            let (inner, arguments) = (arguments[0], arguments.clone());
            if let Some(both) = self.as_int(arguments[1]).and_then(|own| own.checked_mul(divisor)) {
                return self.floor_div(inner, both);
            }
        }
        let divisor = self.int(divisor);
        self.intern(Node::Call(Func::FloorDiv, vec![id, divisor]))
    }

    /// `id mod divisor`, never negative, for a positive divisor.
    pub fn modulo(&mut self, id: Id, divisor: i64) -> Id {
        if divisor == 1 {
            return self.int(0);
        }
        if self.symbolic(divisor) {
            return self.divide_open(id, divisor).1;
        }
        if let Some((low, high)) = self.range(id)
            && low.div_euclid(divisor) == high.div_euclid(divisor)
        {
            return self.linear(&[(id, 1)], -low.div_euclid(divisor) * divisor);
        }
        let (terms, offset) = self.linear_parts(id);
        if !self.may_overflow(id) && (terms.iter().any(|(_, c)| c % divisor == 0) || !(0..divisor).contains(&offset)) {
            let rest: Vec<_> = terms.into_iter().filter(|(_, c)| c % divisor != 0).collect();
            let rest = self.linear(&rest, offset.rem_euclid(divisor));
            return self.modulo(rest, divisor);
        }
        if let Node::Call(Func::Mod, arguments) = self.node(id) {
            let inner = arguments[0];
            if self.as_int(arguments[1]).is_some_and(|own| own % divisor == 0) {
                return self.modulo(inner, divisor);
            }
        }
        let divisor = self.int(divisor);
        self.intern(Node::Call(Func::Mod, vec![id, divisor]))
    }

    /// Quotient and remainder by a size that is only known at run time.
    fn divide_open(&mut self, id: Id, divisor: i64) -> (Id, Id) {
        let (terms, offset) = self.linear_parts(id);
        let (whole, rest): (Vec<_>, Vec<_>) = terms.into_iter().partition(|(_, c)| c % divisor == 0);
        let rest = self.linear(&rest, offset);
        if self.below(rest, divisor) {
            let whole: Vec<_> = whole.into_iter().map(|(term, c)| (term, c / divisor)).collect();
            return (self.linear(&whole, 0), rest);
        }
        let divisor = self.int(divisor);
        let quotient = self.intern(Node::Call(Func::FloorDiv, vec![id, divisor]));
        (quotient, self.intern(Node::Call(Func::Mod, vec![id, divisor])))
    }

    /// Smallest and largest value of an integer expression, when both are known.
    pub fn range(&self, id: Id) -> Option<(i64, i64)> {
        match self.node(id) {
            Node::Int(value) => (!self.symbolic(*value)).then_some((*value, *value)),
            Node::Bool(value) => Some((i64::from(*value), i64::from(*value))),
            Node::Dim(dim) => {
                let extent = self.dim_info(*dim).extent;
                if self.symbolic(extent) {
                    return Some((0, i64::from(i32::MAX) - 1));
                }
                (extent > 0).then_some((0, extent - 1))
            }
            Node::Linear(terms, offset) => {
                if terms.iter().any(|(_, factor)| self.symbolic(factor.abs())) || self.symbolic(offset.abs()) {
                    return None;
                }
                let mut range = (*offset, *offset);
                for (term, coefficient) in terms {
                    let (low, high) = self.range(*term)?;
                    let (a, b) = (low.checked_mul(*coefficient)?, high.checked_mul(*coefficient)?);
                    range = (range.0.checked_add(a.min(b))?, range.1.checked_add(a.max(b))?);
                }
                Some(range)
            }
            Node::Call(func, arguments) => match func {
                Func::FloorDiv => {
                    let known = |value: &i64| *value > 0 && !self.symbolic(*value);
                    let divisor = self.as_int(arguments[1]).filter(known)?;
                    let (low, high) = self.range(arguments[0])?;
                    Some((low.div_euclid(divisor), high.div_euclid(divisor)))
                }
                Func::Mod => match self.as_int(arguments[1])? {
                    divisor if self.symbolic(divisor) => Some((0, i64::from(i32::MAX) - 1)),
                    divisor => Some((0, divisor - 1)),
                },
                Func::NamedI(name) if &**name == "arith.remsi" => {
                    let divisor = self.as_int(arguments[1]).filter(|value| *value != 0)?.abs();
                    let (low, high) = self.range(arguments[0])?;
                    Some((low.clamp(1 - divisor, 0), high.clamp(0, divisor - 1)))
                }
                Func::NamedI(name) if &**name == "arith.divsi" => {
                    let divisor = self.as_int(arguments[1]).filter(|value| *value > 0)?;
                    let (low, high) = self.range(arguments[0])?;
                    Some((low / divisor, high / divisor))
                }
                Func::MulI => {
                    let (a, b) = (self.range(arguments[0])?, self.range(arguments[1])?);
                    let corners = [(a.0, b.0), (a.0, b.1), (a.1, b.0), (a.1, b.1)];
                    let products: Option<Vec<_>> = corners.iter().map(|(x, y)| x.checked_mul(*y)).collect();
                    let products = products?;
                    Some((*products.iter().min()?, *products.iter().max()?))
                }
                Func::Wrap(bits) => Some((-1i64 << (bits - 1), (1i64 << (bits - 1)) - 1)),
                Func::MinI => {
                    let (a, b) = (self.range(arguments[0])?, self.range(arguments[1])?);
                    Some((a.0.min(b.0), a.1.min(b.1)))
                }
                Func::MaxI => {
                    let (a, b) = (self.range(arguments[0])?, self.range(arguments[1])?);
                    Some((a.0.max(b.0), a.1.max(b.1)))
                }
                Func::Select if self.ty(arguments[1]) == Ty::Int => {
                    let (a, b) = (self.range(arguments[1])?, self.range(arguments[2])?);
                    Some((a.0.min(b.0), a.1.max(b.1)))
                }
                _ => None,
            },
            Node::Load(tensor, _) => match self.tensors[tensor.0 as usize].bits {
                1 => Some((0, 1)),
                8 => Some((-128, 127)),
                16 => Some((-32768, 32767)),
                32 => Some((i64::from(i32::MIN), i64::from(i32::MAX))),
                _ => None,
            },
            _ => None,
        }
    }
}
