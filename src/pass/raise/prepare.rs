//! What is rewritten before the online form is derived: concatenations along the keys, facts about normalized
//! weights, and operands that have to be tensors of their own.

use super::derivation::Laws;
use crate::algebra::{Arena, DimId, Func, Id, Kind, Node, Refused, Role, TensorId, TensorInfo, Ty};
use std::collections::{BTreeSet, HashMap};

/// A tensor that is computed before the fused op: one value per point of `dims`.
#[derive(Clone, Debug)]
pub struct Operand {
    pub tensor: TensorId,
    pub dims: Vec<DimId>,
    pub body: Id,
}

pub(super) fn is_key(arena: &Arena, dim: DimId) -> bool {
    arena.dim_info(dim).role == Role::Key
}

/// The reductions over key dimensions, parts before wholes.
pub(super) fn key_reductions(arena: &Arena, roots: &[Id]) -> Vec<Id> {
    arena.collect(roots, |arena, id| match arena.node(id) {
        Node::Reduce { dims, .. } => dims.iter().any(|dim| is_key(arena, *dim)),
        _ => false,
    })
}

/// Splits reductions over concatenated keys at the seams; a part of one key becomes an extra element.
///
/// # Errors
/// When the parts do not leave one key dimension.
pub fn split_concatenations(arena: &mut Arena, roots: &[Id], laws: &mut Laws) -> Result<Vec<Id>, Refused> {
    let mut map: HashMap<Id, Id> = HashMap::new();
    for reduction in key_reductions(arena, roots) {
        let Node::Reduce { kind, dims, init, body } = arena.node(reduction).clone() else { continue };
        let [dim] = dims[..] else { continue };
        let body = arena.replace(body, &map);
        let init = init.map(|init| arena.replace(init, &map));
        let extent = arena.dim_info(dim).extent;
        let seams = seams(arena, body, dim);
        if seams.is_empty() {
            let new = arena.reduce(kind, &dims, init, body);
            map.insert(reduction, new);
            continue;
        }
        let mut bounds: Vec<i64> = seams.into_iter().filter(|at| (1..extent).contains(at)).collect();
        bounds.insert(0, 0);
        bounds.push(extent);
        // Long parts first, so that single elements join their reduction.
        let mut places: Vec<(i64, i64)> = bounds.windows(2).map(|pair| (pair[0], pair[1] - pair[0])).collect();
        places.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
        let mut parts: Vec<(Option<DimId>, Id)> = vec![];
        for (start, size) in places {
            let own = match size {
                1 => None,
                _ => Some(arena.dim(Role::Key, 0, size).ok_or_else(|| Refused::new("too many dimensions"))?),
            };
            let terms: Vec<(Id, i64)> = own.map(|own| (arena.index(own), 1)).into_iter().collect();
            let at = arena.linear(&terms, start);
            parts.push((own, arena.substitute(body, &HashMap::from([(dim, at)]))));
        }
        let shift = if init.is_none() && matches!(kind, Kind::Max | Kind::Min) {
            common_shift(arena, &mut parts)
        } else {
            None
        };
        let mut total: Option<Id> = init;
        for (own, part) in parts {
            let part = if own.is_some() { arena.reduce(kind, own.as_slice(), None, part) } else { part };
            total = Some(match total {
                None => part,
                Some(total) => combine(arena, kind, total, part),
            });
        }
        if let Some(shift) = shift {
            laws.used("max(x + c) = max(x) + c", "c does not depend on the key", "a value of the row in the scores");
            total = total.map(|total| arena.add(total, shift));
        }
        laws.used(
            "a reduction over a concatenation is the combination of the reductions over its parts",
            "the combiner is associative and commutative",
            "keys with an extra logit",
        );
        if let Some(total) = total {
            map.insert(reduction, total);
        }
    }
    Ok(roots.iter().map(|root| arena.replace(*root, &map)).collect())
}

/// The terms of the row that every part of a concatenation adds, which are taken off the parts.
fn common_shift(arena: &mut Arena, parts: &mut [(Option<DimId>, Id)]) -> Option<Id> {
    let terms: Vec<Vec<(Id, f64)>> = parts
        .iter()
        .map(|(_, part)| if arena.ty(*part) == Ty::Float { arena.sum_parts(*part).0 } else { vec![] })
        .collect();
    let of_row = |(term, _): &&(Id, f64)| arena.free_dims(*term).iter().all(|dim| !is_key(arena, *dim));
    let everywhere = |term: &&(Id, f64)| terms.iter().all(|own| own.contains(term));
    let common: Vec<(Id, f64)> = terms.first()?.iter().filter(of_row).filter(everywhere).copied().collect();
    if common.is_empty() {
        return None;
    }
    let shift = arena.sum(&common, 0.0);
    for (_, part) in parts {
        *part = arena.sub(*part, shift);
    }
    Some(shift)
}

/// Two parts of a reduction.
pub(super) fn combine(arena: &mut Arena, kind: Kind, a: Id, b: Id) -> Id {
    match kind {
        Kind::Sum if arena.ty(a) == Ty::Int => arena.add_int(a, b),
        Kind::Sum => arena.add(a, b),
        Kind::Prod => arena.mul(a, b),
        Kind::Max => arena.extremum(Func::MaxF, a, b),
        Kind::Min => arena.extremum(Func::MinF, a, b),
        Kind::And => arena.and(a, b),
        Kind::Or => arena.or(a, b),
    }
}

/// Values of `dim` at which a concatenation of scores in `body` changes its part.
fn seams(arena: &Arena, body: Id, dim: DimId) -> BTreeSet<i64> {
    let mut found = BTreeSet::new();
    let contracts = |arena: &Arena, id: Id| matches!(arena.node(id), Node::Reduce { .. }) && arena.uses(id, dim);
    let captured = arena.collect(&[body], contracts).is_empty();
    let of_scores =
        |arena: &Arena, id: Id| matches!(arena.node(id), Node::Switch { .. }) && (captured || arena.flags(id).reduces);
    for switch in arena.collect(&[body], of_scores) {
        let Node::Switch { index, bounds, .. } = arena.node(switch) else { continue };
        let (terms, offset) = arena.linear_parts(*index);
        if let [(term, 1)] = terms[..]
            && *arena.node(term) == Node::Dim(dim)
        {
            found.extend(bounds.iter().map(|bound| bound - offset));
        }
    }
    found
}

/// Comparisons of a normalized weight `p = w / sum(w)`, `w` an exponential: it is never infinite, and NaN along a
/// whole row or nowhere.
pub fn normalized_facts(arena: &mut Arena, roots: &[Id], laws: &mut Laws) -> Vec<Id> {
    let mut map: HashMap<Id, Id> = HashMap::new();
    for compare in arena.collect(roots, |arena, id| matches!(arena.node(id), Node::Call(Func::CmpF(_), _))) {
        let Node::Call(Func::CmpF(predicate), a) = arena.node(compare).clone() else { continue };
        let (coefficient, factors) = arena.product_parts(a[0]);
        let weight = factors.iter().find(|(_, power)| *power == 1);
        let total = factors.iter().find(|(_, power)| *power == -1);
        let (Some((weight, _)), Some((total, _)), 2, true) = (weight, total, factors.len(), coefficient == 1.0) else {
            continue;
        };
        let exponential = matches!(arena.node(*weight), Node::Call(Func::Exp | Func::Exp2, _));
        let sums = match arena.node(*total) {
            Node::Reduce { kind: Kind::Sum, body, init: None, dims } => {
                body == weight && dims.iter().all(|dim| is_key(arena, *dim))
            }
            _ => false,
        };
        if !(exponential && sums) {
            continue;
        }
        let new = if matches!(predicate, 13 | 14) && a[0] == a[1] {
            laws.used(
                "isnan(w/sum(w)) = not (sum(w) > 0)",
                "w is an exponential",
                "a guard against rows without a live key",
            );
            let zero = arena.float(0.0);
            arena.compare_float(12, *total, zero)
        } else if predicate == 1 && arena.as_float(a[1]).is_some_and(f64::is_infinite) {
            laws.used("w/sum(w) is not infinite", "w is an exponential", "a guard against infinities");
            arena.bool(false)
        } else {
            continue;
        };
        map.insert(compare, new);
    }
    if map.is_empty() { roots.to_vec() } else { roots.iter().map(|root| arena.replace(*root, &map)).collect() }
}

/// Gives every operand that is more than a load a tensor of its own: rotated or gathered operands of contractions,
/// tables read at computed places.
///
/// # Errors
/// When an operand depends on query and key at once.
pub fn own_operands(
    arena: &mut Arena,
    roots: &[Id],
    query: u128,
    value: u128,
    operands: &mut Vec<Operand>,
    laws: &mut Laws,
) -> Result<Vec<Id>, Refused> {
    let mut map: HashMap<Id, Id> = HashMap::new();
    // Tables read at places that are computed, and tables joined of several.
    let gathers = arena.collect(roots, |arena, id| match arena.node(id) {
        Node::Load(_, coords) => coords.iter().any(|coord| super::layout::linear_of(arena, *coord).is_none()),
        Node::Switch { .. } => !arena.flags(id).reduces,
        _ => false,
    });
    let nested: Vec<Id> = gathers
        .iter()
        .copied()
        .filter(|id| !gathers.iter().any(|other| other != id && arena.contains(*other, *id)))
        .collect();
    for gather in nested {
        let inside_operand = arena.free_dims(gather).iter().any(|dim| arena.dim_info(*dim).role == Role::Inner);
        if inside_operand || arena.flags(gather).dims & value != 0 {
            continue;
        }
        let new = relative(arena, gather, query, operands)
            .or_else(|| own(arena, gather, operands))
            .ok_or_else(|| Refused::new("too many dimensions"))?;
        laws.used("a table read at a computed place is an operand", "the place depends on indices only", "a gather");
        map.insert(gather, new);
    }
    let roots: Vec<Id> = roots.iter().map(|root| arena.replace(*root, &map)).collect();
    // Operands of contractions.
    let mut map: HashMap<Id, Id> = HashMap::new();
    for reduction in arena.collect(&roots, |arena, id| matches!(arena.node(id), Node::Reduce { kind: Kind::Sum, .. })) {
        let Node::Reduce { kind, dims, init, body } = arena.node(reduction).clone() else { continue };
        let new_body = arena.replace(body, &map);
        let new_init = init.map(|init| arena.replace(init, &map));
        let new_body = if dims.iter().any(|dim| is_key(arena, *dim)) {
            own_side(arena, new_body, value, query, operands)
        } else {
            let keys = arena.all_dims().filter(|dim| is_key(arena, *dim)).fold(0, |mask, dim| mask | 1u128 << dim.0);
            let side = own_side(arena, new_body, keys, query, operands);
            own_rest(arena, side, keys, query, operands)
        };
        let new_body = new_body.ok_or_else(|| Refused::new("too many dimensions"))?;
        if new_body != body || new_init != init {
            let new = arena.reduce(kind, &dims, new_init, new_body);
            map.insert(reduction, new);
        }
    }
    if !operands.is_empty() {
        laws.used(
            "an operand of a contraction that is more than a load is computed before",
            "it does not depend on query and key at once",
            "a prologue",
        );
    }
    Ok(roots.iter().map(|root| arena.replace(*root, &map)).collect())
}

/// The factors of `body` that use a dimension of `mask`, as one load.
fn own_side(arena: &mut Arena, body: Id, mask: u128, query: u128, operands: &mut Vec<Operand>) -> Option<Id> {
    let (coefficient, factors) = arena.product_parts(body);
    let (side, rest): (Vec<_>, Vec<_>) =
        factors.into_iter().partition(|(factor, _)| arena.flags(*factor).dims & mask != 0);
    rejoin(arena, coefficient, side, rest, query, operands)
}

/// The factors of `body` that use no dimension of `mask`, as one load.
fn own_rest(arena: &mut Arena, body: Option<Id>, mask: u128, query: u128, operands: &mut Vec<Operand>) -> Option<Id> {
    let (coefficient, factors) = arena.product_parts(body?);
    let (rest, side): (Vec<_>, Vec<_>) =
        factors.into_iter().partition(|(factor, _)| arena.flags(*factor).dims & mask != 0);
    rejoin(arena, coefficient, side, rest, query, operands)
}

fn rejoin(
    arena: &mut Arena,
    coefficient: f64,
    side: Vec<(Id, i32)>,
    rest: Vec<(Id, i32)>,
    query: u128,
    operands: &mut Vec<Operand>,
) -> Option<Id> {
    let plain = |arena: &Arena, id: Id| match arena.node(id) {
        Node::Load(_, coords) => coords.iter().all(|coord| super::layout::linear_of(arena, *coord).is_some()),
        _ => false,
    };
    let simple = side.iter().all(|(factor, power)| *power >= 1 && plain(arena, *factor))
        && side.iter().map(|(_, power)| power).sum::<i32>() <= if rest.is_empty() { 2 } else { 1 };
    let reduces = side.iter().any(|(factor, _)| arena.flags(*factor).reduces);
    // What depends on query and key at once has no tensor of its own.
    let keys = arena.all_dims().filter(|dim| is_key(arena, *dim)).fold(0, |mask, dim| mask | 1u128 << dim.0);
    let mixed = side.iter().any(|(factor, _)| {
        let dims = arena.flags(*factor).dims;
        dims & query != 0 && dims & keys != 0
    });
    let mut all = rest;
    if simple || reduces || mixed {
        all.extend(side);
    } else {
        let body = arena.product(&side);
        all.push((own(arena, body, operands)?, 1));
    }
    let product = arena.product(&all);
    Some(arena.scale(coefficient, product))
}

/// A load of a new tensor that holds `body`.
fn own(arena: &mut Arena, body: Id, operands: &mut Vec<Operand>) -> Option<Id> {
    let mut dims = arena.free_dims(body);
    let rank = |dim: &DimId| match arena.dim_info(*dim).role {
        Role::Free => 0,
        Role::Key => 1,
        Role::Inner => 2,
    };
    dims.sort_by_key(|dim| (rank(dim), *dim));
    let coords: Vec<Id> = dims.iter().map(|dim| arena.index(*dim)).collect();
    if let Some(known) = operands.iter().find(|operand| operand.body == body) {
        return Some(arena.load(known.tensor, coords));
    }
    let tensor = new_tensor(arena, &dims, body);
    operands.push(Operand { tensor, dims, body });
    Some(arena.load(tensor, coords))
}

fn new_tensor(arena: &mut Arena, dims: &[DimId], body: Id) -> TensorId {
    let loads = arena.collect(&[body], |arena, id| matches!(arena.node(id), Node::Load(..)));
    let widths = loads.iter().filter_map(|load| match arena.node(*load) {
        Node::Load(tensor, _) => Some(arena.tensors[tensor.0 as usize].float_bits).filter(|bits| *bits > 0),
        _ => None,
    });
    // Computed in f64 only where everything is f64.
    let widths: Vec<_> = widths.collect();
    let float_bits = match widths.iter().all(|bits| *bits == 64) {
        false => widths.into_iter().max().unwrap_or(32).min(32),
        true if widths.is_empty() => 32,
        true => 64,
    };
    let ty = arena.ty(body);
    let shape = dims.iter().map(|dim| arena.dim_info(*dim).extent).collect();
    let tensor = TensorId(arena.tensors.len() as u32);
    let bits = match ty {
        Ty::Bool => 1,
        Ty::Int => 64,
        Ty::Float => 0,
    };
    // No SSA value has this key: it counts down from the top.
    let key = usize::MAX - tensor.0 as usize;
    arena.tensors.push(TensorInfo { key, shape, ty, float_bits, bits, scalar: false });
    tensor
}

/// A gather whose place depends on query and key through one linear combination needs one value per value of that
/// combination, not one per point.
fn relative(arena: &mut Arena, gather: Id, query: u128, operands: &mut Vec<Operand>) -> Option<Id> {
    let keys = arena.all_dims().filter(|dim| is_key(arena, *dim)).fold(0, |mask, dim| mask | 1u128 << dim.0);
    let both = query | keys;
    let flags = arena.flags(gather).dims;
    if flags & query == 0 || flags & keys == 0 {
        return None;
    }
    let combination = arena.collect(&[gather], |arena, id| {
        let dims = arena.flags(id).dims;
        matches!(arena.node(id), Node::Linear(..)) && dims & query != 0 && dims & keys != 0
    });
    let first = *combination.first()?;
    let (terms, _) = arena.linear_parts(first);
    let terms: Vec<(Id, i64)> = terms.into_iter().filter(|(term, _)| arena.flags(*term).dims & both != 0).collect();
    if terms.iter().any(|(term, _)| !matches!(arena.node(*term), Node::Dim(_))) {
        return None;
    }
    // How many values the combination has must be a number.
    if terms
        .iter()
        .any(|(term, _)| arena.free_dims(*term).iter().any(|dim| arena.symbolic(arena.dim_info(*dim).extent)))
    {
        return None;
    }
    let core = arena.linear(&terms, 0);
    let (low, high) = arena.range(core)?;
    let dim = arena.fresh_dim(Role::Free, high - low + 1)?;
    let index = arena.index(dim);
    let shifted = arena.linear(&[(index, 1)], low);
    let mut map = HashMap::new();
    for id in combination {
        let (own, offset) = arena.linear_parts(id);
        let (same, rest): (Vec<_>, Vec<_>) = own.into_iter().partition(|term| terms.contains(term));
        if same.len() != terms.len() {
            return None;
        }
        let mut parts = rest;
        parts.push((shifted, 1));
        let new = arena.linear(&parts, offset);
        map.insert(id, new);
    }
    let body = arena.replace(gather, &map);
    if arena.flags(body).dims & both != 0 {
        return None;
    }
    let Node::Load(..) = arena.node(body) else { return None };
    let mut dims: Vec<DimId> = arena.free_dims(body).into_iter().filter(|own| *own != dim).collect();
    dims.push(dim);
    let tensor = match operands.iter().find(|operand| operand.body == body) {
        Some(known) => known.tensor,
        None => {
            let tensor = new_tensor(arena, &dims, body);
            operands.push(Operand { tensor, dims: dims.clone(), body });
            tensor
        }
    };
    let place = arena.linear(&[(core, 1)], -low);
    let coords = dims.iter().map(|own| if *own == dim { place } else { arena.index(*own) }).collect();
    Some(arena.load(tensor, coords))
}
