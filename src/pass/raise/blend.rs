//! Choices between parts of the scores: two expressions of which one is meant, by the place of an index. What is alike is
//! there once; loads at that index become one operand that is read at it; the rest is a choice.

use super::derivation::Laws;
use crate::{
    algebra::{Arena, Func, Id, Node, Ty},
    ir::cmpi,
};
use std::collections::{HashMap, HashSet};

/// Parts of the scores, chosen by an index, as one expression. With `shared` only where the parts have a contraction
/// in common; the others are still seams along the keys.
pub fn blend_parts(arena: &mut Arena, roots: &[Id], shared: bool, laws: &mut Laws) -> Vec<Id> {
    let mut map: HashMap<Id, Id> = HashMap::new();
    let parts = arena.collect(roots, |arena, id| match arena.node(id) {
        Node::Switch { bounds, .. } => arena.flags(id).reduces && !bounds.iter().any(|bound| arena.symbolic(*bound)),
        _ => false,
    });
    for switch in parts {
        let Node::Switch { index, bounds, arms } = arena.node(switch).clone() else { continue };
        let arms: Vec<Id> = arms.into_iter().map(|arm| arena.replace(arm, &map)).collect();
        let index = arena.replace(index, &map);
        let contractions = |arena: &Arena, id: Id| -> HashSet<Id> {
            arena.collect(&[id], |arena, id| matches!(arena.node(id), Node::Reduce { .. })).into_iter().collect()
        };
        let first = contractions(arena, arms[0]);
        let common = first.iter().any(|id| arms[1..].iter().all(|arm| contractions(arena, *arm).contains(id)));
        let new = if common || !shared {
            laws.used("a part of the scores is a choice by its index", "always", "parts of the scores");
            let mut whole = arms[0];
            for (bound, arm) in bounds.iter().zip(&arms[1..]) {
                whole = Blend::new(arena, index, *bound).merge(whole, *arm);
            }
            whole
        } else {
            arena.switch(index, bounds, arms)
        };
        map.insert(switch, new);
    }
    if map.is_empty() { roots.to_vec() } else { roots.iter().map(|root| arena.replace(*root, &map)).collect() }
}

/// Two expressions of which the first is meant where `index < bound`, and the second elsewhere.
pub struct Blend<'a> {
    arena: &'a mut Arena,
    index: Id,
    bound: i64,
    memo: HashMap<(Id, Id), Id>,
}

impl<'a> Blend<'a> {
    pub fn new(arena: &'a mut Arena, index: Id, bound: i64) -> Self {
        Self { arena, index, bound, memo: HashMap::new() }
    }

    pub fn merge(&mut self, a: Id, b: Id) -> Id {
        if a == b {
            return a;
        }
        if let Some(known) = self.memo.get(&(a, b)) {
            return *known;
        }
        let new = self.unlike(a, b);
        self.memo.insert((a, b), new);
        new
    }

    fn unlike(&mut self, a: Id, b: Id) -> Id {
        let moves = |arena: &Arena, id: Id, index: Id| arena.flags(id).dims & arena.flags(index).dims != 0;
        let table = |arena: &Arena, id: Id| {
            matches!(arena.node(id), Node::Load(..) | Node::Switch { .. }) && !arena.flags(id).reduces
        };
        if table(self.arena, a)
            && table(self.arena, b)
            && (moves(self.arena, a, self.index) || moves(self.arena, b, self.index))
        {
            return self.arena.switch(self.index, vec![self.bound], vec![a, b]);
        }
        match (self.arena.node(a).clone(), self.arena.node(b).clone()) {
            (Node::Call(f, x), Node::Call(g, y)) if f == g && x.len() == y.len() => {
                let arguments: Vec<Id> = x.into_iter().zip(y).map(|(x, y)| self.merge(x, y)).collect();
                self.arena.call(f, &arguments)
            }
            (Node::Call(Func::Select, x), _) if self.constant(x[1]) || self.constant(x[2]) => {
                let other = if self.constant(x[2]) { (true, b, x[2]) } else { (false, x[1], b) };
                self.choice(&x, other, true)
            }
            (_, Node::Call(Func::Select, y)) if self.constant(y[1]) || self.constant(y[2]) => {
                let other = if self.constant(y[2]) { (true, a, y[2]) } else { (false, y[1], a) };
                self.choice(&y, other, false)
            }
            (
                Node::Reduce { kind: k, dims: d, init: None, body: x },
                Node::Reduce { kind: l, dims: e, init: None, body: y },
            ) if k == l && d == e => {
                let body = self.merge(x, y);
                let chosen = |(factor, _): &(Id, i32)| matches!(self.arena.node(*factor), Node::Call(Func::Select, _));
                if self.arena.product_parts(body).1.iter().any(chosen) {
                    // No contraction of two operands.
                    return self.pick(a, b);
                }
                self.arena.reduce(k, &d, None, body)
            }
            (Node::Sum(..), _) | (_, Node::Sum(..)) => self.sum(a, b),
            (Node::Product(..), _) | (_, Node::Product(..)) => self.product(a, b),
            _ => self.pick(a, b),
        }
    }

    fn constant(&self, id: Id) -> bool {
        matches!(self.arena.node(id), Node::Float(_) | Node::Int(_) | Node::Bool(_))
    }

    /// A choice on one side beside `other`, a choice with a constant condition, on the other.
    fn choice(&mut self, own: &[Id], other: (bool, Id, Id), first: bool) -> Id {
        let condition = self.arena.bool(other.0);
        let other = [condition, other.1, other.2];
        let arguments: Vec<Id> = own
            .iter()
            .zip(other)
            .map(|(own, other)| if first { self.merge(*own, other) } else { self.merge(other, *own) })
            .collect();
        self.arena.select(arguments[0], arguments[1], arguments[2])
    }

    /// Pairs of what is alike on both sides, and the rest of each. Tags must be equal.
    fn pairs<T: Copy + PartialEq>(&self, left: Vec<(Id, T)>, right: Vec<(Id, T)>) -> Pairs<T> {
        let mut found = Pairs { same: vec![], alike: vec![], left: vec![], right };
        let mut open = vec![];
        for (id, tag) in left {
            match found.right.iter().position(|other| *other == (id, tag)) {
                Some(at) => found.same.push(found.right.remove(at)),
                None => open.push((id, tag)),
            }
        }
        let kind = |id: Id| (std::mem::discriminant(self.arena.node(id)), self.arena.flags(id).reduces);
        for strict in [true, false] {
            for (id, tag) in std::mem::take(&mut open) {
                let alike = |other: &(Id, T)| {
                    other.1 == tag
                        && if strict {
                            kind(other.0) == kind(id)
                        } else {
                            self.arena.flags(other.0).reduces == self.arena.flags(id).reduces
                        }
                };
                match found.right.iter().position(alike) {
                    Some(at) => found.alike.push((id, found.right.remove(at).0, tag)),
                    None => open.push((id, tag)),
                }
            }
        }
        found.left = open;
        found
    }

    fn sum(&mut self, a: Id, b: Id) -> Id {
        let ((left, c), (right, d)) = (self.arena.sum_parts(a), self.arena.sum_parts(b));
        let found = self.pairs(left, right);
        let mut terms = found.same;
        for (a, b, factor) in found.alike {
            terms.push((self.merge(a, b), factor));
        }
        let zero = self.arena.float(0.0);
        let reduces = |arena: &Arena, (term, _): &(Id, f64)| arena.flags(*term).reduces;
        let (own, left): (Vec<_>, Vec<_>) = found.left.into_iter().partition(|term| reduces(self.arena, term));
        let (other, right): (Vec<_>, Vec<_>) = found.right.into_iter().partition(|term| reduces(self.arena, term));
        let (own, other) = (self.arena.sum(&own, 0.0), self.arena.sum(&other, 0.0));
        // Scores are alike whatever is added to both sides.
        let scores = if (own, other) == (a, b) { self.pick(own, other) } else { self.merge(own, other) };
        terms.push((scores, 1.0));
        for (a, factor) in left {
            terms.push((self.pick(a, zero), factor));
        }
        for (b, factor) in right {
            terms.push((self.pick(zero, b), factor));
        }
        if c == d {
            return self.arena.sum(&terms, c);
        }
        let (c, d) = (self.arena.float(c), self.arena.float(d));
        terms.push((self.pick(c, d), 1.0));
        self.arena.sum(&terms, 0.0)
    }

    fn product(&mut self, a: Id, b: Id) -> Id {
        let ((c, left), (d, right)) = (self.arena.product_parts(a), self.arena.product_parts(b));
        let found = self.pairs(left, right);
        let mut factors = found.same;
        for (a, b, power) in found.alike {
            factors.push((self.merge(a, b), power));
        }
        let one = self.arena.float(1.0);
        for (a, power) in found.left {
            factors.push((self.pick(a, one), power));
        }
        for (b, power) in found.right {
            factors.push((self.pick(one, b), power));
        }
        let coefficient = if c == d {
            c
        } else {
            let (c, d) = (self.arena.float(c), self.arena.float(d));
            factors.push((self.pick(c, d), 1));
            1.0
        };
        let product = self.arena.product(&factors);
        self.arena.scale(coefficient, product)
    }

    /// A choice by the index; what is not chosen reads nothing outside of its tensor.
    fn pick(&mut self, a: Id, b: Id) -> Id {
        let (a, b) = (self.inside(a, true), self.inside(b, false));
        let bound = self.arena.int(self.bound);
        let first = self.arena.compare_int(cmpi::SLT, self.index, bound);
        self.arena.select(first, a, b)
    }

    /// An expression with every load that leaves its tensor on the other side of the bound as a load with 0 there.
    fn inside(&mut self, id: Id, first: bool) -> Id {
        let leaves = |arena: &Arena, id: Id| match arena.node(id) {
            Node::Load(tensor, coords) => {
                let shape = &arena.tensors[tensor.0 as usize].shape;
                coords.iter().zip(shape).any(|(coord, size)| {
                    !arena.range(*coord).is_some_and(|(low, high)| low >= 0 && high < *size)
                        && arena.flags(*coord).dims & arena.flags(self.index).dims != 0
                })
            }
            _ => false,
        };
        let loads = self.arena.collect(&[id], leaves);
        let mut map = HashMap::new();
        for load in loads {
            let zero = match self.arena.ty(load) {
                Ty::Bool => self.arena.bool(false),
                Ty::Int => self.arena.int(0),
                Ty::Float => self.arena.float(0.0),
            };
            let arms = if first { vec![load, zero] } else { vec![zero, load] };
            let guarded = self.arena.switch(self.index, vec![self.bound], arms);
            map.insert(load, guarded);
        }
        if map.is_empty() { id } else { self.arena.replace(id, &map) }
    }
}

/// What two sums or products have in common.
struct Pairs<T> {
    same: Vec<(Id, T)>,
    alike: Vec<(Id, Id, T)>,
    left: Vec<(Id, T)>,
    right: Vec<(Id, T)>,
}
