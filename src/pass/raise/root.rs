//! Growing a candidate's result forward to the value that is fused up to, and reading that value.

use super::find::{self, Candidate, Loops, free_coords, is_view};
use crate::{
    algebra::{Arena, DimId, Func, Id, Node, Policy, Reader, Refused, Role},
    ffi,
    ir::{self, Op, Val},
};
use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

/// A value to be produced by the fused op.
#[derive(Clone)]
pub struct Root<'c> {
    pub value: Val<'c>,
    /// Values from the contraction to the root, and elementwise side branches, by key.
    pub inline: HashSet<usize>,
    /// Candidates (numbers) whose results the root is computed from.
    pub mains: Vec<usize>,
}

/// The roots of a candidate, farthest first; the last is the contraction itself.
pub fn roots<'c>(candidate: usize, candidates: &[Rc<Candidate<'c>>]) -> Vec<Root<'c>> {
    let start = Root { value: candidates[candidate].result, inline: HashSet::new(), mains: vec![candidate] };
    let mut chain = vec![start];
    let points = |value: Val<'c>| {
        ffi::shape(ir::type_of(value)).unwrap_or_default().into_iter().flatten().fold(1, i64::saturating_mul)
    };
    let own = points(candidates[candidate].result);
    while let Some(next) = chain.last().and_then(|last| step(last, candidates)) {
        // A statistic is not written out for every point that reads it.
        if candidates[candidate].sum && points(next.value) > own {
            break;
        }
        chain.push(next);
    }
    // What is only widened for its readers is stored as it was before.
    while chain.len() > 1 && ends_widened(&chain) {
        chain.pop();
    }
    chain.reverse();
    chain
}

/// Whether a chain ends in a widening with nothing but views behind it.
fn ends_widened(chain: &[Root<'_>]) -> bool {
    let makers = chain.iter().rev().filter_map(|root| ffi::defining_op(root.value));
    let moved = |op: &Op<'_>| matches!(ir::name(*op), "tensor.expand_shape" | "tensor.collapse_shape" | "tensor.cast");
    makers.skip_while(moved).take(1).any(|op| is_cast(op, "arith.extf"))
}

/// Whether an elementwise op casts its one input, and does nothing else.
pub fn is_cast(op: Op<'_>, cast: &str) -> bool {
    let body = if ir::name(op) == "linalg.generic" { ir::body(op, 0).map(ir::ops) } else { None };
    body.is_some_and(|body| matches!(&body[..], [only, _] if ir::name(*only) == cast))
}

/// One elementwise or view operation further.
fn step<'c>(root: &Root<'c>, candidates: &[Rc<Candidate<'c>>]) -> Option<Root<'c>> {
    let user = only_user(root.value)?;
    let results = ir::results(user);
    let [value] = results.as_slice() else { return None };
    if !ffi::is_ranked_tensor(ir::type_of(*value)) {
        return None;
    }
    let name = ir::name(user);
    let mut next = root.clone();
    next.value = *value;
    next.inline.insert(ffi::value_key(*value));
    if matches!(name, "tensor.expand_shape" | "tensor.collapse_shape" | "linalg.transpose" | "tensor.cast") {
        return Some(next);
    }
    if name != "linalg.generic" || Loops::reduces(user) {
        return None;
    }
    let operands = ir::operands(user);
    let inputs = operands.len() - 1;
    if operands[inputs..].contains(&root.value) || operands[..inputs].is_empty() {
        return None;
    }
    for operand in &operands[..inputs] {
        if *operand != root.value {
            for main in root.mains.clone() {
                let mut memo = candidates[main].opaque.iter().map(|key| (*key, false)).collect();
                find::row_statistic(*operand, &candidates[main].area, &mut memo, &mut next.inline);
            }
            if !next.inline.contains(&ffi::value_key(*operand)) {
                side(*operand, candidates, &mut next);
            }
        }
    }
    Some(next)
}

/// An elementwise branch that nothing else uses goes into the epilogue, up to another candidate.
fn side<'c>(value: Val<'c>, candidates: &[Rc<Candidate<'c>>], root: &mut Root<'c>) {
    if root.inline.contains(&ffi::value_key(value)) {
        return;
    }
    if let Some(main) = candidates.iter().position(|candidate| candidate.result == value) {
        if only_user(value).is_some() && !root.mains.contains(&main) {
            root.mains.push(main);
        }
        return;
    }
    if only_user(value).is_none() {
        return;
    }
    let Some(op) = ffi::defining_op(value) else { return };
    let view = is_view(ir::name(op)) && ir::name(op) != "tensor.concat" && ir::name(op) != "tensor.pad";
    let elementwise = ir::name(op) == "linalg.generic" && !Loops::reduces(op);
    if !view && !elementwise {
        return;
    }
    if elementwise {
        root.inline.insert(ffi::value_key(value));
    }
    let operands = ir::operands(op);
    let inputs = if elementwise { operands.len() - ir::results(op).len() } else { 1 };
    for operand in &operands[..inputs] {
        side(*operand, candidates, root);
    }
}

/// The one operation that uses a value, however often.
pub fn only_user<'c>(value: Val<'c>) -> Option<Op<'c>> {
    let uses = ffi::uses(value);
    let first = uses.first()?.0;
    uses.iter().all(|(user, _)| *user == first).then_some(first)
}

/// A root as an expression of free dimensions.
pub struct Reading<'c> {
    pub expression: Id,
    /// Coordinates of the root in terms of free dimensions.
    pub coords: Vec<Id>,
    pub shape: Vec<i64>,
    pub consumed: HashMap<usize, Op<'c>>,
    pub area: HashMap<usize, Val<'c>>,
    /// How it was read.
    pub policy: Policy,
    /// Row dimensions, in the order in which values of the area have them.
    pub rows: Vec<Id>,
    /// The reductions over keys that were looked through, and the values they are.
    pub statistics: Vec<(Id, Val<'c>)>,
}

/// Reads a root. Dimensions of the root that are taken apart by division are split first.
///
/// # Errors
/// When its coordinates cannot be made linear, or a dimension is query and value at once.
pub fn read<'c>(
    arena: &mut Arena,
    values: &mut Vec<Val<'c>>,
    root: &Root<'c>,
    candidates: &[Rc<Candidate<'c>>],
    base: u32,
) -> Result<Reading<'c>, Refused> {
    let sizes: Option<Vec<i64>> = ffi::shape(ir::type_of(root.value)).unwrap_or_default().into_iter().collect();
    let Some(shape) = sizes else { return Err(Refused::at("dynamic sizes", root.value)) };
    let Some(mut coords) = free_coords(arena, &shape, base) else {
        return Err(Refused::at("too many dimensions", root.value));
    };
    let mains: HashSet<usize> = root.mains.iter().map(|main| ffi::value_key(candidates[*main].result)).collect();
    let mut policy = Policy { inline: root.inline.clone(), opaque: mains.clone(), ..Policy::default() };
    // Where do the contractions stand, in terms of the root?
    let mut splits = 0;
    let mut main_coords: HashMap<usize, Vec<Vec<Id>>>;
    loop {
        let mut reader = Reader::new(arena, policy.clone());
        reader.values = std::mem::take(values);
        let expression = reader.read(root.value, &coords);
        *values = std::mem::take(&mut reader.values);
        let expression = expression?;
        main_coords = HashMap::new();
        let mut all = vec![];
        for load in arena.collect(&[expression], |arena, id| matches!(arena.node(id), Node::Load(..))) {
            let Node::Load(tensor, at) = arena.node(load) else { continue };
            let key = arena.tensors[tensor.0 as usize].key;
            if mains.contains(&key) {
                main_coords.entry(key).or_default().push(at.clone());
            }
            all.extend(at.clone());
        }
        let Some((dim, radices)) = to_split(arena, &all) else { break };
        splits += 1;
        if splits > 16 {
            return Err(Refused::at("the result is reshaped in a way that mixes its dimensions", root.value));
        }
        let replacement = split(arena, dim, &radices, base + 100 * splits)
            .ok_or_else(|| Refused::at("the result is reshaped in a way that mixes its dimensions", root.value))?;
        let map = HashMap::from([(dim, replacement)]);
        coords = coords.into_iter().map(|coord| arena.substitute(coord, &map)).collect();
    }
    policy.opaque.clear();
    for main in &root.mains {
        let candidate = &candidates[*main];
        policy.inline.insert(ffi::value_key(candidate.result));
        policy.inline.extend(&candidate.inline);
        policy.opaque.extend(&candidate.opaque);
        for at in main_coords.get(&ffi::value_key(candidate.result)).into_iter().flatten() {
            let mask = |positions: &[usize]| positions.iter().fold(0, |mask, p| mask | arena.flags(at[*p]).dims);
            policy.query |= mask(&candidate.query);
            policy.value |= mask(&candidate.value);
        }
    }
    if policy.query & policy.value != 0 {
        return Err(Refused::at("a dimension of the result is row and column of the contraction at once", root.value));
    }
    let rows: Vec<Id> = main_coords
        .values()
        .flatten()
        .next()
        .map(|at| at.iter().copied().filter(|coord| arena.flags(*coord).dims & !policy.value != 0).collect())
        .unwrap_or_default();
    let mut reader = Reader::new(arena, policy.clone());
    reader.values = std::mem::take(values);
    let expression = reader.read(root.value, &coords);
    let (consumed, area) = (std::mem::take(&mut reader.consumed), std::mem::take(&mut reader.area));
    let statistics = std::mem::take(&mut reader.statistics);
    *values = std::mem::take(&mut reader.values);
    let mut reading = Reading { expression: expression?, coords, shape, consumed, area, policy, rows, statistics };
    // Operands may take further dimensions apart.
    for round in 0..16 {
        let mut all = vec![];
        for load in arena.collect(&[reading.expression], |arena, id| matches!(arena.node(id), Node::Load(..))) {
            if let Node::Load(_, at) = arena.node(load) {
                all.extend(at.clone());
            }
        }
        let Some((dim, radices)) = to_split(arena, &all) else { break };
        let Some(digits) = split(arena, dim, &radices, base + 3000 + 100 * round) else { break };
        let map = HashMap::from([(dim, digits)]);
        let query = reading.policy.query >> dim.0 & 1;
        let value = reading.policy.value >> dim.0 & 1;
        let mask = arena.flags(digits).dims;
        reading.policy.query |= mask * query;
        reading.policy.value |= mask * value;
        reading.expression = arena.substitute(reading.expression, &map);
        reading.coords = reading.coords.iter().map(|coord| arena.substitute(*coord, &map)).collect();
        for (statistic, _) in &mut reading.statistics {
            *statistic = arena.substitute(*statistic, &map);
        }
        reading.rows = reading.rows.iter().map(|coord| arena.substitute(*coord, &map)).collect();
    }
    Ok(reading)
}

/// Reads a row statistic (a value with the rows of `main` as its dimensions) in the terms of `main`.
///
/// # Errors
/// When its dimensions are not those rows.
pub fn read_row<'c>(
    arena: &mut Arena,
    values: &mut Vec<Val<'c>>,
    root: &Root<'c>,
    main: &Reading<'c>,
) -> Result<Reading<'c>, Refused> {
    let sizes: Option<Vec<i64>> = ffi::shape(ir::type_of(root.value)).unwrap_or_default().into_iter().collect();
    let Some(shape) = sizes else { return Err(Refused::at("dynamic sizes", root.value)) };
    let Some(coords) = row_coords(arena, &shape, &main.rows) else {
        let rows: Vec<_> = main.rows.iter().map(|row| arena.show(*row)).collect();
        return Err(Refused::at(
            format!("a row statistic whose dimensions are not the rows of the scores, {}", rows.join(", ")),
            root.value,
        ));
    };
    let mut policy = main.policy.clone();
    policy.inline.extend(&root.inline);
    let mut reader = Reader::new(arena, policy.clone());
    reader.values = std::mem::take(values);
    let expression = reader.read(root.value, &coords);
    let (consumed, area) = (std::mem::take(&mut reader.consumed), std::mem::take(&mut reader.area));
    *values = std::mem::take(&mut reader.values);
    let (expression, rows) = (expression?, main.rows.clone());
    Ok(Reading { expression, coords, shape, consumed, area, policy, rows, statistics: vec![] })
}

/// The rows as coordinates of a tensor of this shape: the digits of the rows in order, joined or apart.
fn row_coords(arena: &mut Arena, shape: &[i64], rows: &[Id]) -> Option<Vec<Id>> {
    let mut digits = vec![];
    for row in rows {
        arena.radix(*row)?;
        let (mut terms, _) = arena.linear_parts(*row);
        terms.sort_by_key(|(_, factor)| std::cmp::Reverse(*factor));
        digits.extend(terms.into_iter().map(|(term, _)| term));
    }
    let mut digits = digits.into_iter();
    let mut coords = vec![];
    for size in shape {
        let mut coord = arena.int(0);
        let mut points = 1;
        while points != *size {
            let digit = digits.next()?;
            let own = arena.radix(digit)?;
            points *= own;
            coord = arena.linear(&[(coord, own), (digit, 1)], 0);
            if points != *size && (points == 0 || size % points != 0) {
                return None;
            }
        }
        coords.push(coord);
    }
    digits.next().is_none().then_some(coords)
}

/// A statistic that something else needs too, grown forward over elementwise operations and views.
pub fn exit<'c>(value: Val<'c>, area: &HashMap<usize, Val<'c>>, opaque: &HashSet<usize>) -> Root<'c> {
    let mut root = Root { value, inline: HashSet::new(), mains: vec![] };
    let mut memo = opaque.iter().map(|key| (*key, false)).collect();
    find::row_statistic(value, area, &mut memo, &mut root.inline);
    while let Some(user) = only_user(root.value) {
        let results = ir::results(user);
        let [next] = results.as_slice() else { break };
        let shaped = |value: Val<'c>| {
            let shape = ffi::shape(ir::type_of(value)).unwrap_or_default();
            shape.into_iter().filter(|size| *size != Some(1)).collect::<Vec<_>>()
        };
        let elementwise = ir::name(user) == "linalg.generic" && !Loops::reduces(user);
        let view = matches!(ir::name(user), "tensor.expand_shape" | "tensor.collapse_shape");
        if !(elementwise || view) || shaped(*next) != shaped(root.value) {
            break;
        }
        // What other weights are computed from is not rounded first.
        if is_cast(user, "arith.truncf") && spreads(*next, 4) {
            break;
        }
        for operand in ir::operands(user) {
            find::row_statistic(operand, area, &mut memo, &mut root.inline);
        }
        root.inline.insert(ffi::value_key(*next));
        root.value = *next;
    }
    root
}

/// Whether a value is read at more points than it has, at most `depth` operations on.
pub fn spreads(value: Val<'_>, depth: u32) -> bool {
    let points = |value: Val<'_>| {
        ffi::shape(ir::type_of(value)).unwrap_or_default().into_iter().flatten().fold(1, i64::saturating_mul)
    };
    ffi::uses(value).into_iter().any(|(user, _)| {
        let through = is_view(ir::name(user)) || ir::name(user) == "linalg.generic" && !Loops::reduces(user);
        through
            && ir::results(user)
                .into_iter()
                .any(|next| points(next) > points(value) || depth > 0 && spreads(next, depth - 1))
    })
}

/// A dimension that occurs under a division, with the divisors that take it apart.
fn to_split(arena: &Arena, coords: &[Id]) -> Option<(DimId, Vec<i64>)> {
    let divisions = arena.collect(coords, |arena, id| {
        let Node::Call(Func::FloorDiv | Func::Mod, a) = arena.node(id) else { return false };
        matches!(arena.node(a[0]), Node::Dim(dim) if arena.dim_info(*dim).role == Role::Free)
    });
    let mut found: Option<(DimId, Vec<i64>)> = None;
    for division in divisions {
        let Node::Call(_, a) = arena.node(division) else { continue };
        let (Node::Dim(dim), Some(divisor)) = (arena.node(a[0]), arena.as_int(a[1])) else { continue };
        let entry = found.get_or_insert_with(|| (*dim, vec![]));
        if entry.0 == *dim && !entry.1.contains(&divisor) {
            entry.1.push(divisor);
        }
    }
    found
}

/// The index of `dim` as digits of mixed radix.
fn split(arena: &mut Arena, dim: DimId, divisors: &[i64], base: u32) -> Option<Id> {
    let info = arena.dim_info(dim);
    let mut steps = divisors.to_vec();
    steps.push(1);
    steps.push(info.extent);
    steps.sort_unstable();
    steps.dedup();
    let mut parts = vec![];
    for (at, pair) in steps.windows(2).enumerate() {
        if pair[0] == 0 || pair[1] % pair[0] != 0 {
            return None;
        }
        // Most significant digit first in the numbering.
        let ordinal = base + (steps.len() - at) as u32;
        let digit = arena.dim(info.role, ordinal, pair[1] / pair[0])?;
        parts.push((arena.index(digit), pair[0]));
    }
    Some(arena.linear(&parts, 0))
}
