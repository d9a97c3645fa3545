//! One fold over several key sets.
//!
//! Before:  max(max[i](s1), max[j](s2)), sum[i](w1*v1) + sum[j](w2*v2)
//! After:   max[n](s), sum[n](w*v), with s, w and v those of the set that n is in
//!
//! 1. [`key_sets`]: reductions over keys of different lengths, or combined with each other, are over different sets.
//! 2. [`join_key_sets`]: what combines reductions of one kind over different sets becomes one reduction over all keys;
//!    a reduction over one set is one over all keys of the identity elsewhere.
//! 3. [`Blend`]: what the sets have in common is there once.

use super::{
    blend::Blend,
    derivation::Laws,
    prepare::{combine, is_key, key_reductions},
};
use crate::algebra::{Arena, DimId, Func, Id, Kind, Node, Refused, Role, Ty};
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
                let kind = match func {
                    Func::MaxF => Kind::Max,
                    Func::MinF => Kind::Min,
                    Func::And => Kind::And,
                    _ => Kind::Or,
                };
                let mut parts = vec![];
                for leaf in leaves(self.arena, &func, id) {
                    // An element that one part starts with is an element of the whole.
                    let bare = match self.arena.node(leaf).clone() {
                        Node::Reduce { kind: own, dims, init: Some(init), body } if own == kind => {
                            parts.push(self.part(init)?);
                            self.arena.reduce(kind, &dims, None, body)
                        }
                        _ => leaf,
                    };
                    parts.push(self.part(bare)?);
                }
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
