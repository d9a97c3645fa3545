//! Booleans, comparisons and choices.

use super::arena::{Arena, Func, Id, Node, Ty};
use crate::interp::scalar::compare_float;

impl Arena {
    /// A boolean constant.
    pub fn bool(&mut self, value: bool) -> Id {
        self.intern(Node::Bool(value))
    }

    pub fn as_bool(&self, id: Id) -> Option<bool> {
        match self.node(id) {
            Node::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// `condition ? yes : no`.
    pub fn select(&mut self, condition: Id, yes: Id, no: Id) -> Id {
        if yes == no {
            return yes;
        }
        if let Some(value) = self.as_bool(condition) {
            return if value { yes } else { no };
        }
        if let Node::Call(Func::Not, arguments) = self.node(condition) {
            let inner = arguments[0];
            return self.select(inner, no, yes);
        }
        if self.ty(yes) == Ty::Bool {
            match (self.as_bool(yes), self.as_bool(no)) {
                (Some(true), _) => return self.or(condition, no),
                (_, Some(false)) => return self.and(condition, yes),
                (Some(false), _) => {
                    let not = self.not(condition);
                    return self.and(not, no);
                }
                (_, Some(true)) => {
                    let not = self.not(condition);
                    return self.or(not, yes);
                }
                _ => {}
            }
        }
        self.intern(Node::Call(Func::Select, vec![condition, yes, no]))
    }

    pub fn not(&mut self, id: Id) -> Id {
        match self.node(id).clone() {
            Node::Bool(value) => self.bool(!value),
            Node::Call(Func::Not, arguments) => arguments[0],
            Node::Call(Func::CmpI(predicate), arguments) => {
                let inverse = [1, 0, 5, 4, 3, 2, 9, 8, 7, 6];
                match inverse.get(predicate as usize) {
                    Some(inverse) => self.intern(Node::Call(Func::CmpI(*inverse), arguments)),
                    None => self.intern(Node::Call(Func::Not, vec![id])),
                }
            }
            _ => self.intern(Node::Call(Func::Not, vec![id])),
        }
    }

    pub fn and(&mut self, lhs: Id, rhs: Id) -> Id {
        match (self.as_bool(lhs), self.as_bool(rhs)) {
            (Some(true), _) => rhs,
            (_, Some(true)) => lhs,
            (Some(false), _) | (_, Some(false)) => self.bool(false),
            _ if lhs == rhs => lhs,
            _ => self.intern(Node::Call(Func::And, vec![lhs.min(rhs), lhs.max(rhs)])),
        }
    }

    pub fn or(&mut self, lhs: Id, rhs: Id) -> Id {
        match (self.as_bool(lhs), self.as_bool(rhs)) {
            (Some(false), _) => rhs,
            (_, Some(false)) => lhs,
            (Some(true), _) | (_, Some(true)) => self.bool(true),
            _ if lhs == rhs => lhs,
            _ => self.intern(Node::Call(Func::Or, vec![lhs.min(rhs), lhs.max(rhs)])),
        }
    }

    pub fn xor(&mut self, lhs: Id, rhs: Id) -> Id {
        match (self.as_bool(lhs), self.as_bool(rhs)) {
            (Some(true), _) => self.not(rhs),
            (_, Some(true)) => self.not(lhs),
            (Some(false), _) => rhs,
            (_, Some(false)) => lhs,
            _ => self.intern(Node::Call(Func::Xor, vec![lhs.min(rhs), lhs.max(rhs)])),
        }
    }

    /// `arith.cmpi` by predicate number, on mathematical integers.
    pub fn compare_int(&mut self, predicate: i64, lhs: Id, rhs: Id) -> Id {
        if self.ty(lhs) == Ty::Bool {
            match predicate {
                0 => {
                    let differ = self.xor(lhs, rhs);
                    return self.not(differ);
                }
                1 => return self.xor(lhs, rhs),
                _ => {}
            }
        }
        // A choice between constants compared with a constant is the condition itself.
        if let (Node::Call(Func::Select, arguments), Some(_)) = (self.node(lhs).clone(), self.as_int(rhs))
            && self.as_int(arguments[1]).is_some()
            && self.as_int(arguments[2]).is_some()
        {
            let yes = self.compare_int(predicate, arguments[1], rhs);
            let no = self.compare_int(predicate, arguments[2], rhs);
            return self.select(arguments[0], yes, no);
        }
        let difference = self.sub_int(lhs, rhs);
        let both = self.range(lhs).zip(self.range(rhs));
        let unsigned_safe = both.is_some_and(|(a, b)| a.0 >= 0 && b.0 >= 0);
        // With both sides known not to be negative the unsigned predicates are the signed ones.
        let predicate = if predicate >= 6 && unsigned_safe { predicate - 4 } else { predicate };
        if let Some((low, high)) = self.range(difference) {
            let known = match predicate {
                0 => ((low, high) == (0, 0)).then_some(true).or((low > 0 || high < 0).then_some(false)),
                1 => ((low, high) == (0, 0)).then_some(false).or((low > 0 || high < 0).then_some(true)),
                2 => (high < 0).then_some(true).or((low >= 0).then_some(false)),
                3 => (high <= 0).then_some(true).or((low > 0).then_some(false)),
                4 => (low > 0).then_some(true).or((high <= 0).then_some(false)),
                5 => (low >= 0).then_some(true).or((high < 0).then_some(false)),
                _ => None,
            };
            if let Some(value) = known {
                return self.bool(value);
            }
        }
        self.intern(Node::Call(Func::CmpI(predicate), vec![lhs, rhs]))
    }

    /// `arith.cmpf` by predicate number.
    pub fn compare_float(&mut self, predicate: i64, lhs: Id, rhs: Id) -> Id {
        if let (Some(a), Some(b)) = (self.as_float(lhs), self.as_float(rhs)) {
            return self.bool(compare_float(predicate, a, b));
        }
        // A positive factor does not change a comparison with an infinity.
        if self.as_float(rhs).is_some_and(f64::is_infinite) {
            let (terms, constant) = self.sum_parts(lhs);
            if let [(term, coefficient)] = terms.as_slice()
                && constant == 0.0
                && *coefficient > 0.0
            {
                return self.intern(Node::Call(Func::CmpF(predicate), vec![*term, rhs]));
            }
        }
        self.intern(Node::Call(Func::CmpF(predicate), vec![lhs, rhs]))
    }

    /// `arms[i]` for `bounds[i-1] <= index < bounds[i]`, resolved by the range of the index where that decides.
    pub fn switch(&mut self, index: Id, bounds: Vec<i64>, arms: Vec<Id>) -> Id {
        if arms.iter().all(|arm| *arm == arms[0]) {
            return arms[0];
        }
        if bounds.iter().any(|bound| self.symbolic(*bound)) {
            return match bounds[..] {
                [bound] if self.below(index, bound) => arms[0],
                [bound] if self.as_int(index) == Some(bound) => arms[1],
                _ => self.intern(Node::Switch { index, bounds, arms }),
            };
        }
        if let Some((low, high)) = self.range(index) {
            let first = bounds.iter().filter(|bound| **bound <= low).count();
            let last = bounds.iter().filter(|bound| **bound <= high).count();
            if first == last {
                return arms[first];
            }
            if first > 0 || last + 1 < arms.len() {
                return self.switch(index, bounds[first..last].to_vec(), arms[first..=last].to_vec());
            }
        }
        let (mut bounds, mut arms) = (bounds, arms);
        self.merge_points(index, &mut bounds, &mut arms);
        if let [arm] = arms[..] {
            return arm;
        }
        self.intern(Node::Switch { index, bounds, arms })
    }
}
