//! One fold over several key sets, and choices between parts of the scores.
//!
//! Before:  max(max[i](s1), max[j](s2)), sum[i](w1*v1) + sum[j](w2*v2)
//! After:   max[n](s), sum[n](w*v), with s, w and v those of the set that n is in
//!
//! 1. [`key_sets`]: reductions over keys of different lengths, or combined with each other, are over different sets.
//! 2. [`join_key_sets`]: what combines reductions of one kind over different sets becomes one reduction over all keys;
//!    a reduction over one set is one over all keys of the identity elsewhere.
//! 3. [`Blend`]: two expressions of which one is meant, by the place of an index. What is alike is there once; loads at
//!    that index become one operand that is read at it; the rest is a choice.

use super::{
    derivation::Laws,
    prepare::{combine, is_key, key_reductions},
};
use crate::{
    algebra::{Arena, DimId, Func, Id, Kind, Node, Refused, Role, Ty},
    ir::cmpi,
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Keys that a set of reductions runs over.
struct KeySet {
    dim: DimId,
    /// What the scores of this set are made of; empty when no other set has this dimension.
    scores: HashSet<Id>,
    /// The dimension in the joined expressions while reductions are still of parts.
    own: DimId,
    /// The first key of it among all keys.
    start: i64,
}

/// Joins reductions over different sets of keys.
///
/// # Errors
/// When it is not clear which set a reduction is over.
pub fn join_key_sets(arena: &mut Arena, roots: &[Id], laws: &mut Laws) -> Result<Vec<Id>, Refused> {
    let sets = key_sets(arena, roots)?;
    if sets.len() < 2 {
        return Ok(roots.to_vec());
    }
    let keys: i64 = sets.iter().map(|set| arena.dim_info(set.dim).extent).sum();
    if arena.symbolic(keys) || sets.iter().any(|set| arena.symbolic(arena.dim_info(set.dim).extent)) {
        return Err(Refused::new("several key sets whose lengths are only known at run time"));
    }
    let key = arena.dim(Role::Key, 0, keys).ok_or_else(|| Refused::new("too many dimensions"))?;
    laws.used(
        "a reduction over a part of the keys is one over all keys of the identity elsewhere",
        "the parts do not overlap",
        "one softmax over several key sets",
    );
    let mut join = Join { arena, sets, key, memo: HashMap::new() };
    let mut joined = vec![];
    for root in roots {
        let part = join.part(*root)?;
        joined.push(join.close(part));
    }
    Ok(joined)
}

/// The sets of keys that these expressions reduce over.
fn key_sets(arena: &mut Arena, roots: &[Id]) -> Result<Vec<KeySet>, Refused> {
    let reductions = key_reductions(arena, roots);
    let over = |arena: &Arena, id: Id| match arena.node(id) {
        Node::Reduce { dims, .. } => dims.iter().copied().find(|dim| is_key(arena, *dim)),
        _ => None,
    };
    let dims: BTreeSet<DimId> = reductions.iter().filter_map(|id| over(arena, *id)).collect();
    let combined = arena.collect(roots, |arena, id| {
        matches!(arena.node(id), Node::Call(Func::MaxF | Func::MinF | Func::And | Func::Or, _))
            && arena.flags(id).key_reduces
    });
    let mut found: Vec<(DimId, HashSet<Id>)> = vec![];
    for dim in dims {
        // Extrema of one length that are combined are of different sets.
        let mut sets: Vec<HashSet<Id>> = vec![];
        for id in &combined {
            let Node::Call(func, _) = arena.node(*id).clone() else { continue };
            let parts: Vec<Id> =
                leaves(arena, &func, *id).into_iter().filter(|leaf| over(arena, *leaf) == Some(dim)).collect();
            if parts.len() > sets.len().max(1) {
                sets = parts.into_iter().map(|part| score_parts(arena, part, dim)).collect();
            }
        }
        if sets.is_empty() {
            found.push((dim, HashSet::new()));
        }
        let everywhere = |id: &Id| sets.iter().all(|set| set.contains(id));
        let common: HashSet<Id> = sets.first().into_iter().flatten().copied().filter(everywhere).collect();
        found.extend(sets.iter().map(|set| (dim, set.difference(&common).copied().collect())));
    }
    found.sort_by_key(|(dim, _)| std::cmp::Reverse(arena.dim_info(*dim).extent));
    let mut sets = vec![];
    let mut start = 0;
    for (dim, scores) in found {
        let extent = arena.dim_info(dim).extent;
        let own = arena.fresh_dim(Role::Key, extent).ok_or_else(|| Refused::new("too many dimensions"))?;
        sets.push(KeySet { dim, scores, own, start });
        start = start.saturating_add(extent);
    }
    Ok(sets)
}

/// The contractions, or else the loads, that the body of a reduction over `dim` has at its key.
fn score_parts(arena: &Arena, reduction: Id, dim: DimId) -> HashSet<Id> {
    let Node::Reduce { body, .. } = arena.node(reduction) else { return HashSet::new() };
    let (mut contractions, mut loads, mut seen) = (HashSet::new(), HashSet::new(), HashSet::new());
    let mut stack = vec![*body];
    while let Some(id) = stack.pop() {
        // What is closed over its own keys is no part of a score.
        if !arena.uses(id, dim) || !seen.insert(id) {
            continue;
        }
        match arena.node(id) {
            Node::Reduce { .. } => drop(contractions.insert(id)),
            Node::Load(..) => drop(loads.insert(id)),
            _ => stack.extend(arena.children(id)),
        }
    }
    if contractions.is_empty() { loads } else { contractions }
}

/// The operands of nested calls of one associative function.
fn leaves(arena: &Arena, func: &Func, id: Id) -> Vec<Id> {
    match arena.node(id) {
        Node::Call(own, arguments) if own == func => {
            arguments.iter().flat_map(|argument| leaves(arena, func, *argument)).collect()
        }
        _ => vec![id],
    }
}

struct Join<'a> {
    arena: &'a mut Arena,
    sets: Vec<KeySet>,
    /// The dimension of all keys.
    key: DimId,
    memo: HashMap<Id, Id>,
}

impl Join<'_> {
    /// `id` with joined reductions inside. A reduction over one set stays one, over that set's own dimension.
    fn part(&mut self, id: Id) -> Result<Id, Refused> {
        if let Some(known) = self.memo.get(&id) {
            return Ok(*known);
        }
        if !self.arena.flags(id).key_reduces {
            return Ok(id);
        }
        let new = match self.arena.node(id).clone() {
            Node::Reduce { kind, dims, init, body } if dims.iter().any(|dim| is_key(self.arena, *dim)) => {
                let set = self.set_of(id)?;
                let (dim, own) = (self.sets[set].dim, self.sets[set].own);
                let body = self.part(body)?;
                let body = self.close(body);
                let index = self.arena.index(own);
                let body = self.arena.substitute(body, &HashMap::from([(dim, index)]));
                let reduced = self.arena.reduce(kind, &[own], None, body);
                match init {
                    Some(init) => {
                        let init = self.part(init)?;
                        let (init, reduced) = (self.close(init), self.close(reduced));
                        combine(self.arena, kind, init, reduced)
                    }
                    None => reduced,
                }
            }
            Node::Sum(terms, constant) => {
                let mut parts = vec![];
                for (term, factor) in terms {
                    parts.push((self.part(term)?, factor.get()));
                }
                self.sum(parts, constant.get())
            }
            Node::Call(func @ (Func::MaxF | Func::MinF | Func::And | Func::Or), _) => {
                let mut parts = vec![];
                for leaf in leaves(self.arena, &func, id) {
                    parts.push(self.part(leaf)?);
                }
                let kind = match func {
                    Func::MaxF => Kind::Max,
                    Func::MinF => Kind::Min,
                    Func::And => Kind::And,
                    _ => Kind::Or,
                };
                let joined = self.unite(kind, parts);
                let mut joined = joined.into_iter();
                let first = joined.next().unwrap_or(id);
                joined.fold(first, |whole, next| combine(self.arena, kind, whole, next))
            }
            Node::Product(factors) => {
                // A factor of the row beside one reduction: the sum that this is a term of may join it.
                let mut parts = vec![];
                for (factor, power) in factors {
                    parts.push((self.part(factor)?, power));
                }
                let single = parts.iter().filter(|(factor, power)| *power == 1 && self.own_set(*factor).is_some());
                if single.count() != 1 {
                    for (factor, _) in &mut parts {
                        *factor = self.close(*factor);
                    }
                }
                self.arena.product(&parts)
            }
            _ => {
                let mut map = HashMap::new();
                for child in self.arena.children(id) {
                    let part = self.part(child)?;
                    map.insert(child, self.close(part));
                }
                self.arena.rebuild(id, |_, child| map.get(&child).copied().unwrap_or(child))
            }
        };
        self.memo.insert(id, new);
        Ok(new)
    }

    /// The set that a reduction of the source is over.
    fn set_of(&self, reduction: Id) -> Result<usize, Refused> {
        let Node::Reduce { dims, .. } = self.arena.node(reduction) else { return Err(Refused::new("no reduction")) };
        let own = |set: &KeySet| {
            dims.contains(&set.dim)
                && (set.scores.is_empty()
                    || score_parts(self.arena, reduction, set.dim).iter().any(|id| set.scores.contains(id)))
        };
        let mut found = self.sets.iter().enumerate().filter(|(_, set)| own(set)).map(|(at, _)| at);
        match (found.next(), found.next()) {
            (Some(set), None) => Ok(set),
            _ => Err(Refused::new("a reduction that belongs to none, or to several, of the key sets of one softmax")),
        }
    }

    /// The set that a part is of.
    fn own_set(&self, id: Id) -> Option<usize> {
        let Node::Reduce { dims, .. } = self.arena.node(id) else { return None };
        self.sets.iter().position(|set| dims == &[set.own])
    }

    /// A part, as a reduction over all keys; also where it is a factor.
    fn close(&mut self, id: Id) -> Id {
        match self.arena.node(id).clone() {
            Node::Reduce { kind, .. } if self.own_set(id).is_some() => self.over_all(kind, &[id]),
            Node::Product(factors) if factors.iter().any(|(factor, _)| self.own_set(*factor).is_some()) => {
                let factors: Vec<_> = factors.into_iter().map(|(factor, power)| (self.close(factor), power)).collect();
                self.arena.product(&factors)
            }
            _ => id,
        }
    }

    /// Parts of one kind and of different sets as one reduction over all keys.
    fn over_all(&mut self, kind: Kind, parts: &[Id]) -> Id {
        let ty = self.arena.ty(parts[0]);
        let index = self.arena.index(self.key);
        let mut whole: Option<Id> = None;
        for set in 0..self.sets.len() {
            let (own, start) = (self.sets[set].own, self.sets[set].start);
            let part = parts.iter().copied().find(|part| self.own_set(*part) == Some(set));
            let body = match part.map(|part| self.arena.node(part).clone()) {
                Some(Node::Reduce { body, .. }) => {
                    let place = self.arena.linear(&[(index, 1)], -start);
                    self.arena.substitute(body, &HashMap::from([(own, place)]))
                }
                _ => identity(self.arena, kind, ty),
            };
            whole = Some(match whole {
                Some(whole) => Blend::new(self.arena, index, start).merge(whole, body),
                None => body,
            });
        }
        let body = whole.unwrap_or_else(|| identity(self.arena, kind, ty));
        self.arena.reduce(kind, &[self.key], None, body)
    }

    /// What is left when parts of different sets are joined, one of each set at a time.
    fn unite(&mut self, kind: Kind, mut parts: Vec<Id>) -> Vec<Id> {
        let mut joined = vec![];
        while !parts.is_empty() {
            let mut taken: Vec<Id> = vec![];
            let mut rest = vec![];
            for part in parts {
                let of_kind = matches!(self.arena.node(part), Node::Reduce { kind: own, .. } if *own == kind);
                match self.own_set(part).filter(|_| of_kind) {
                    None => joined.push(self.close(part)),
                    Some(set) if taken.iter().all(|other| self.own_set(*other) != Some(set)) => taken.push(part),
                    Some(_) => rest.push(part),
                }
            }
            if !taken.is_empty() {
                joined.push(self.over_all(kind, &taken));
            }
            parts = rest;
        }
        joined
    }

    /// A sum of multiples: those with the same factors around a part are joined.
    #[allow(clippy::type_complexity, reason = "a coefficient, factors and the parts that share them")]
    fn sum(&mut self, terms: Vec<(Id, f64)>, constant: f64) -> Id {
        let mut groups: Vec<(f64, Vec<(Id, i32)>, Vec<Id>)> = vec![];
        let mut whole = vec![];
        for (term, factor) in terms {
            let (_, factors) = self.arena.product_parts(term);
            let (parts, around): (Vec<_>, Vec<_>) =
                factors.into_iter().partition(|(id, power)| *power == 1 && self.own_set(*id).is_some());
            let sum = |arena: &Arena, id: Id| matches!(arena.node(id), Node::Reduce { kind: Kind::Sum, .. });
            match parts[..] {
                [(part, _)] if sum(self.arena, part) => {
                    match groups.iter_mut().find(|(own, rest, _)| *own == factor && *rest == around) {
                        Some((_, _, group)) => group.push(part),
                        None => groups.push((factor, around, vec![part])),
                    }
                }
                _ => whole.push((self.close(term), factor)),
            }
        }
        for (factor, around, parts) in groups {
            for part in self.unite(Kind::Sum, parts) {
                let mut factors = around.clone();
                factors.push((part, 1));
                whole.push((self.arena.product(&factors), factor));
            }
        }
        self.arena.sum(&whole, constant)
    }
}

fn identity(arena: &mut Arena, kind: Kind, ty: Ty) -> Id {
    match (kind, ty) {
        (Kind::And, _) => arena.bool(true),
        (Kind::Or, _) => arena.bool(false),
        (Kind::Max, _) => arena.float(f64::NEG_INFINITY),
        (Kind::Min, _) => arena.float(f64::INFINITY),
        (Kind::Prod, Ty::Int) => arena.int(1),
        (_, Ty::Int) => arena.int(0),
        (Kind::Prod, _) => arena.float(1.0),
        _ => arena.float(0.0),
    }
}

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
struct Blend<'a> {
    arena: &'a mut Arena,
    index: Id,
    bound: i64,
    memo: HashMap<(Id, Id), Id>,
}

impl<'a> Blend<'a> {
    fn new(arena: &'a mut Arena, index: Id, bound: i64) -> Self {
        Self { arena, index, bound, memo: HashMap::new() }
    }

    fn merge(&mut self, a: Id, b: Id) -> Id {
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
