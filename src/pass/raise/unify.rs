//! Matching the expressions of two results that share their statistics.

use super::program::contractions;
use crate::algebra::{Arena, DimId, Id, Node, Role};
use std::collections::HashMap;

/// Free dimensions of `other` as those of `base`, such that the two share a reduction over the keys, or the weights of one; or, where
/// that is said to be false, a contraction.
pub fn matching(arena: &mut Arena, base: Id, other: Id) -> Option<(HashMap<DimId, Id>, bool)> {
    let reductions = |arena: &Arena, root: Id| {
        arena.collect(&[root], |arena, id| match arena.node(id) {
            Node::Reduce { dims, .. } => dims.iter().any(|dim| arena.dim_info(*dim).role == Role::Key),
            _ => false,
        })
    };
    let (own, others) = (reductions(arena, base), reductions(arena, other));
    let mut found: Option<HashMap<DimId, DimId>> = None;
    'search: for b in &others {
        for a in &own {
            let mut map = HashMap::new();
            if unify(arena, *a, *b, &mut map) {
                found = Some(map);
                break 'search;
            }
        }
    }
    // Without statistics the weights themselves must agree.
    if found.is_none() {
        'weights: for b in &others {
            for a in &own {
                let (Node::Reduce { body: a, .. }, Node::Reduce { body: b, .. }) = (arena.node(*a), arena.node(*b))
                else {
                    continue;
                };
                let (left, right) = (arena.product_parts(*a).1, arena.product_parts(*b).1);
                for (x, _) in &left {
                    for (y, _) in &right {
                        let mut map = HashMap::new();
                        if arena.flags(*x).reduces && unify(arena, *x, *y, &mut map) {
                            found = Some(map);
                            break 'weights;
                        }
                    }
                }
            }
        }
    }
    // Where all statistics are known, weights that are computed from one contraction are worth one fold.
    let alike = found.is_some();
    if let (None, [a], [b]) = (&found, &own[..], &others[..]) {
        let (left, right) = (contractions(arena, &[*a]), contractions(arena, &[*b]));
        found = right.iter().find_map(|y| {
            left.iter().find_map(|x| {
                let mut map = HashMap::new();
                unify(arena, *x, *y, &mut map).then_some(map)
            })
        });
    }
    let found = found?;
    let renamed = found.into_iter().filter(|(from, to)| from != to);
    Some((renamed.map(|(from, to)| (from, arena.index(to))).collect(), alike))
}

/// Whether `b` is `a` with free dimensions renamed (from `b` to `a`).
pub(super) fn unify(arena: &Arena, a: Id, b: Id, map: &mut HashMap<DimId, DimId>) -> bool {
    if a == b && arena.free_dims(a).iter().all(|dim| arena.dim_info(*dim).role != Role::Free) {
        return true;
    }
    let all =
        |map: &mut HashMap<DimId, DimId>, pairs: Vec<(Id, Id)>| pairs.into_iter().all(|(x, y)| unify(arena, x, y, map));
    // Sorted operands may come in another order: try every order of a few.
    fn any_order<T: Copy>(
        arena: &Arena,
        left: &[(Id, T)],
        right: &[(Id, T)],
        same: &dyn Fn(T, T) -> bool,
        map: &mut HashMap<DimId, DimId>,
    ) -> bool {
        let Some(((id, tag), rest)) = left.split_first() else { return right.is_empty() };
        if left.len() != right.len() {
            return false;
        }
        for at in 0..right.len() {
            if !same(*tag, right[at].1) {
                continue;
            }
            let mut trial = map.clone();
            if unify(arena, *id, right[at].0, &mut trial) {
                let mut others = right.to_vec();
                others.remove(at);
                if any_order(arena, rest, &others, same, &mut trial) {
                    *map = trial;
                    return true;
                }
            }
        }
        false
    }
    match (arena.node(a), arena.node(b)) {
        (Node::Dim(x), Node::Dim(y)) => {
            let (from, to) = (arena.dim_info(*y), arena.dim_info(*x));
            if from.role != to.role || from.extent != to.extent {
                return false;
            }
            if from.role != Role::Free {
                return x == y;
            }
            match map.get(y) {
                Some(known) => known == x,
                None => {
                    if map.values().any(|known| known == x) {
                        return false;
                    }
                    map.insert(*y, *x);
                    true
                }
            }
        }
        (Node::Linear(x, c), Node::Linear(y, d)) => c == d && any_order(arena, x, y, &|a, b| a == b, map),
        (Node::Sum(x, c), Node::Sum(y, d)) => c == d && any_order(arena, x, y, &|a, b| a == b, map),
        (Node::Product(x), Node::Product(y)) => any_order(arena, x, y, &|a, b| a == b, map),
        (Node::Call(f, x), Node::Call(g, y)) => {
            f == g && x.len() == y.len() && all(map, x.iter().copied().zip(y.iter().copied()).collect())
        }
        (Node::Switch { index: i, bounds: d, arms: x }, Node::Switch { index: j, bounds: e, arms: y }) => {
            let pairs = std::iter::once((*i, *j)).chain(x.iter().copied().zip(y.iter().copied()));
            d == e && all(map, pairs.collect())
        }
        (Node::Load(t, x), Node::Load(u, y)) => {
            t == u && x.len() == y.len() && all(map, x.iter().copied().zip(y.iter().copied()).collect())
        }
        (Node::Reduce { kind: k, dims: d, init: i, body: x }, Node::Reduce { kind: l, dims: e, init: j, body: y }) => {
            k == l
                && d == e
                && match (i, j) {
                    (Some(i), Some(j)) => unify(arena, *i, *j, map),
                    (None, None) => true,
                    _ => false,
                }
                && unify(arena, *x, *y, map)
        }
        _ => a == b,
    }
}
