//! Integer sums in closed form: what a scan of index arithmetic adds up to.
//!
//! `sum_{low <= k < high} body(k)` is a number of points times the body where that does not depend on `k`; choices by
//! comparisons of `k`, and concatenations along it, cut the interval into parts.

use super::arena::{Arena, DimId, Func, Id, Node, Ty};
use std::collections::HashMap;

/// Parts that an interval is cut into at most.
const PARTS: u32 = 64;
/// Concatenations that are taken apart in one expression.
const SWITCHES: usize = 4;

/// Points `low <= k < high`, none where `high <= low`.
#[derive(Clone, Copy)]
struct Interval {
    low: Id,
    high: Id,
}

impl Arena {
    /// The sum of an integer expression over every point of a dimension, where it has a closed form.
    pub(super) fn sum_int(&mut self, dim: DimId, body: Id) -> Option<Id> {
        let all = Interval { low: self.int(0), high: self.int(self.dim_info(dim).extent) };
        let body = self.lift_switches(body);
        self.sum_between(dim, body, all, &mut 0)
    }

    fn sum_between(&mut self, dim: DimId, body: Id, over: Interval, parts: &mut u32) -> Option<Id> {
        *parts += 1;
        if *parts > PARTS {
            return None;
        }
        if !self.uses(body, dim) {
            let none = self.as_int(body) == Some(0);
            let count = if none { body } else { self.count(over) };
            return Some(self.mul_int(count, body));
        }
        match self.node(body).clone() {
            Node::Linear(terms, offset) => {
                let offset = self.int(offset);
                let mut sum = vec![(self.sum_between(dim, offset, over, parts)?, 1)];
                for (term, factor) in terms {
                    sum.push((self.sum_between(dim, term, over, parts)?, factor));
                }
                Some(self.linear(&sum, 0))
            }
            Node::Switch { index, bounds, arms } => {
                let (1, rest) = self.split(index, dim)? else { return None };
                let mut sum = vec![];
                for (at, arm) in arms.iter().enumerate() {
                    let mut own = over;
                    if at > 0 {
                        let low = self.linear(&[(rest, -1)], bounds[at - 1]);
                        own.low = self.call(Func::MaxI, &[own.low, low]);
                    }
                    if at < bounds.len() {
                        let high = self.linear(&[(rest, -1)], bounds[at]);
                        own.high = self.least(own.high, high);
                    }
                    sum.push((self.sum_between(dim, *arm, own, parts)?, 1));
                }
                Some(self.linear(&sum, 0))
            }
            Node::Call(Func::Select, a) => self.sum_chosen(dim, [a[0], a[1], a[2]], over, parts),
            _ => None,
        }
    }

    /// As [`Arena::sum_between`], of `select(condition, yes, no)`.
    fn sum_chosen(&mut self, dim: DimId, [condition, yes, no]: [Id; 3], over: Interval, parts: &mut u32) -> Option<Id> {
        if !self.uses(condition, dim) {
            let (yes, no) = (self.sum_between(dim, yes, over, parts)?, self.sum_between(dim, no, over, parts)?);
            return Some(self.select(condition, yes, no));
        }
        match self.node(condition).clone() {
            Node::Call(Func::And, a) => {
                let inner = self.select(a[1], yes, no);
                self.sum_chosen(dim, [a[0], inner, no], over, parts)
            }
            Node::Call(Func::Or, a) => {
                let inner = self.select(a[1], yes, no);
                self.sum_chosen(dim, [a[0], yes, inner], over, parts)
            }
            Node::Call(Func::Not, a) => self.sum_chosen(dim, [a[0], no, yes], over, parts),
            Node::Call(Func::CmpI(1), a) => {
                let equal = self.compare_int(0, a[0], a[1]);
                self.sum_chosen(dim, [equal, no, yes], over, parts)
            }
            Node::Call(Func::CmpI(predicate), a) => {
                let difference = self.sub_int(a[0], a[1]);
                let (sign, rest) = self.split(difference, dim)?;
                // k + rest, or its negation, against 0.
                let (predicate, rest) = match sign {
                    1 => (predicate, rest),
                    _ => (*[0, 1, 4, 5, 2, 3].get(predicate as usize)?, self.linear(&[(rest, -1)], 0)),
                };
                let at = self.linear(&[(rest, -1)], 0);
                let next = self.linear(&[(rest, -1)], 1);
                let (low, high) = match predicate {
                    0 => (Some(at), Some(next)),
                    2 => (None, Some(at)),
                    3 => (None, Some(next)),
                    4 => (Some(next), None),
                    5 => (Some(at), None),
                    _ => return None,
                };
                let mut inside = over;
                let mut sum = vec![];
                if let Some(low) = low {
                    inside.low = self.call(Func::MaxI, &[over.low, low]);
                    let before = Interval { high: self.least(over.high, low), ..over };
                    sum.push((self.sum_between(dim, no, before, parts)?, 1));
                }
                if let Some(high) = high {
                    inside.high = self.least(over.high, high);
                    let after = Interval { low: self.call(Func::MaxI, &[over.low, high]), ..over };
                    sum.push((self.sum_between(dim, no, after, parts)?, 1));
                }
                sum.push((self.sum_between(dim, yes, inside, parts)?, 1));
                Some(self.linear(&sum, 0))
            }
            _ => None,
        }
    }

    /// The number of points of an interval.
    fn count(&mut self, over: Interval) -> Id {
        let (count, zero) = (self.sub_int(over.high, over.low), self.int(0));
        // A size that is only known at run time is no range, but no negative number either.
        if self.as_int(over.low) == Some(0) && self.as_int(over.high).is_some_and(|size| self.symbolic(size)) {
            return count;
        }
        self.call(Func::MaxI, &[count, zero])
    }

    /// The smaller of two numbers.
    fn least(&mut self, a: Id, b: Id) -> Id {
        for (size, other) in [(a, b), (b, a)] {
            let Some(size) = self.as_int(size).filter(|size| self.symbolic(*size)) else { continue };
            // An index, or the one after it, is no further than its size.
            let before = self.linear(&[(other, 1)], -1);
            if self.below(other, size) || self.below(before, size) || self.as_int(other) == Some(0) {
                return other;
            }
        }
        self.call(Func::MinI, &[a, b])
    }

    /// `±dim + rest` as that sign and the rest, which does not use the dimension.
    fn split(&mut self, id: Id, dim: DimId) -> Option<(i64, Id)> {
        let (terms, offset) = self.linear_parts(id);
        let (own, rest): (Vec<_>, Vec<_>) = terms.into_iter().partition(|(term, _)| self.uses(*term, dim));
        match own[..] {
            [(term, sign @ (1 | -1))] if *self.node(term) == Node::Dim(dim) => Some((sign, self.linear(&rest, offset))),
            _ => None,
        }
    }

    /// An integer or boolean expression with concatenations outermost: every part is simplified by itself.
    pub fn lift_switches(&mut self, id: Id) -> Id {
        let switches = self.collect(&[id], |arena, part| {
            matches!(arena.node(part), Node::Switch { .. }) && arena.ty(part) != Ty::Float && part != id
        });
        // One inside of a reduction may be of its dimension.
        let bound = self.collect(&[id], |arena, part| matches!(arena.node(part), Node::Reduce { .. }));
        let Some(first) = switches.first().copied() else { return id };
        if switches.len() > SWITCHES || !bound.is_empty() {
            return id;
        }
        let Node::Switch { index, bounds, arms } = self.node(first).clone() else { return id };
        let mut lifted = vec![];
        for arm in arms {
            let part = self.replace(id, &HashMap::from([(first, arm)]));
            lifted.push(self.lift_switches(part));
        }
        self.switch(index, bounds, lifted)
    }

    /// The parts of a concatenation of integers, without those of one point that the part next to them has there too.
    pub(super) fn merge_points(&mut self, index: Id, bounds: &mut Vec<i64>, arms: &mut Vec<Id>) {
        let (Some((low, high)), [(term, 1)], offset) =
            (self.range(index), &self.linear_parts(index).0[..], self.linear_parts(index).1)
        else {
            return;
        };
        let Node::Dim(dim) = *self.node(*term) else { return };
        let mut at = 0;
        while at < arms.len() && arms.len() > 1 {
            let first = if at > 0 { bounds[at - 1] } else { low };
            let last = if at < bounds.len() { bounds[at] - 1 } else { high };
            if first == last && self.ty(arms[at]) != Ty::Float {
                let place = HashMap::from([(dim, self.int(first - offset))]);
                let own = self.substitute(arms[at], &place);
                arms[at] = own;
                let next = if at + 1 < arms.len() { at + 1 } else { at - 1 };
                if self.substitute(arms[next], &place) == own {
                    arms.remove(at);
                    bounds.remove(if next > at { at } else { next });
                    continue;
                }
            }
            at += 1;
        }
    }
}
