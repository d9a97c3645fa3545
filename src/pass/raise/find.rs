//! Finding candidates: which contraction, which loops of it are what, which row statistics belong to it.

use super::weights::{Walks, constants, nonlinear, parameters, settled, weighs};
use crate::{
    algebra::{Arena, DimId, Generic, Id, Node, Policy, Reader, Refused, Role},
    ffi,
    ir::{self, Op, Val},
};
use std::collections::{HashMap, HashSet};

/// A contraction over keys whose weight is computed from scores.
#[derive(Clone)]
pub struct Candidate<'c> {
    pub op: Op<'c>,
    pub result: Val<'c>,
    /// Number of keys.
    pub extent: i64,
    /// Result dimensions only the weight depends on, and only the value operand depends on.
    pub query: Vec<usize>,
    pub value: Vec<usize>,
    /// Values to look through: the row statistics.
    pub inline: HashSet<usize>,
    /// Values to load, whatever computes them.
    pub opaque: HashSet<usize>,
    /// Points of the longest contraction inside the weight, 0 where there is none.
    pub depth: i64,
    /// The weight is an exponential with a normalizer over the keys.
    pub softmax: bool,
    /// A sum of weights whose statistics are known, without a value operand.
    pub sum: bool,
    /// Values that were looked through and depend on the key.
    pub area: HashMap<usize, Val<'c>>,
}

impl Candidate<'_> {
    /// Whether it is a layer behind a norm: as well a contraction of its own, and nobody misses its fusion.
    pub const fn is_layer(&self) -> bool {
        !self.softmax && self.depth == 0
    }
}

/// Looks at a reduction; `Ok(None)` when it is no candidate at all. The values of `opaque` are loaded.
///
/// # Errors
/// When it looks like a candidate but cannot be one.
pub fn analyze<'c>(
    op: Op<'c>,
    open: &[i64],
    opaque: &HashSet<usize>,
    walks: &mut Walks,
) -> Result<Option<Candidate<'c>>, Refused> {
    let Some(loops) = Loops::of(op) else { return Ok(None) };
    let mut arena = Arena::over(open);
    let Some(coords) = loops.coords(&mut arena) else { return Ok(None) };
    let Some(Factors { with_key, through }) = factors(&mut arena, &loops, op, &coords)? else { return Ok(None) };
    let (mut found, mut refused): (Option<Candidate<'c>>, _) = (None, None);
    for at in 0..with_key.len() {
        let (value, power) = with_key[at];
        if power != 1 || !matches!(arena.node(value), Node::Load(..)) || with_key.len() < 2 {
            continue;
        }
        // A layer of a network is not worth reading what it is a layer on.
        if through.is_empty() && walks.is_layer(&arena, value, op, loops.inputs) {
            continue;
        }
        let weight = with_key
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .fold(0, |mask, (_, (factor, _))| mask | arena.flags(*factor).dims);
        let own = arena.flags(value).dims;
        let position = |mask: u128| -> Vec<usize> {
            let in_mask = |dim: &Id| arena.free_dims(*dim).iter().any(|dim| mask >> dim.0 & 1 == 1);
            coords.iter().enumerate().filter(|(_, coord)| in_mask(coord)).map(|(at, _)| at).collect()
        };
        let (query, value) = (position(weight & !own), position(own & !weight));
        // A sum of what was looked through is a contraction where it is of products, and more than a statistic: one of its
        // factors is not of queries and keys.
        let products = with_key.iter().all(|(_, power)| *power == 1);
        if !through.is_empty() && (value.is_empty() && query.is_empty() || !products) {
            continue;
        }
        match attempt(op, open, &loops, (query, Some(value)), &through, opaque, walks) {
            Ok(Some(candidate)) if candidate.softmax => return Ok(Some(candidate)),
            Ok(Some(candidate)) => found = found.or(Some(candidate)),
            Ok(None) => {}
            Err(error) => refused = Some(error),
        }
    }
    match (found, refused) {
        (None, Some(error)) => Err(error),
        (found, _) => Ok(found),
    }
}

/// Looks at a reduction as a sum of weights, without a value operand, whose statistics are known or sums too.
pub fn analyze_sum<'c>(op: Op<'c>, open: &[i64], walks: &mut Walks) -> Option<Candidate<'c>> {
    let loops = Loops::of(op).filter(|loops| loops.inputs == 1)?;
    if !walks.exponential(ir::operands(op)[0]) {
        return None;
    }
    let none = HashSet::new();
    let rows = rows(op, open, &loops).unwrap_or_else(|| (0..loops.extents.len()).collect());
    attempt(op, open, &loops, (rows, None), &none, &none, walks).ok().flatten()
}

/// The dimensions of a sum of weights that what is contracted along the key has none of: the queries, where there are any.
fn rows(op: Op<'_>, open: &[i64], loops: &Loops<'_>) -> Option<Vec<usize>> {
    let mut arena = Arena::over(open);
    let coords = loops.coords(&mut arena)?;
    let policy = Policy { inline: HashSet::from([ffi::value_key(ir::results(op)[0])]), ..Policy::default() };
    let expression = Reader::new(&mut arena, policy).read(loops.result, &coords).ok()?;
    let (key, body) = outer_sum(&arena, expression)?;
    let mut shared = 0;
    for contraction in arena.collect(&[body], |arena, id| matches!(arena.node(id), Node::Reduce { .. })) {
        let Node::Reduce { body, .. } = arena.node(contraction) else { continue };
        let factors = arena.product_parts(*body).1;
        let keyed = factors.iter().filter(|(factor, _)| arena.uses(*factor, key));
        shared |= keyed.fold(0, |dims, (factor, _)| dims | arena.flags(*factor).dims);
    }
    let own: Vec<usize> = (0..coords.len()).filter(|at| arena.flags(coords[*at]).dims & shared == 0).collect();
    let points = own.iter().map(|at| loops.extents[*at]);
    (shared != 0 && points.into_iter().any(|points| points != 1)).then_some(own)
}

/// A sum over a key, with every operand loaded.
struct Factors {
    /// The factors that depend on the key, and their powers.
    with_key: Vec<(Id, i32)>,
    /// The elementwise values that had to be looked through to find a product, where the sum is over one operand.
    through: HashSet<usize>,
}

/// The factors of a contraction.
fn factors<'c>(arena: &mut Arena, loops: &Loops<'c>, op: Op<'c>, coords: &[Id]) -> Result<Option<Factors>, Refused> {
    let mut policy = Policy::default();
    policy.opaque.extend(ir::operands(op).into_iter().take(loops.inputs).map(ffi::value_key));
    policy.inline.insert(ffi::value_key(loops.result));
    let mut through = HashSet::new();
    loop {
        let mut reader = Reader::new(arena, policy.clone());
        let body = reader.read(loops.result, coords)?;
        let values = std::mem::take(&mut reader.values);
        let Some((key, body)) = key_sum(arena, body) else { return Ok(None) };
        let (_, all) = arena.product_parts(body);
        let with_key: Vec<(Id, i32)> = all.into_iter().filter(|(factor, _)| arena.uses(*factor, key)).collect();
        let single = match with_key[..] {
            [(factor, 1)] => match arena.node(factor) {
                Node::Load(tensor, _) => {
                    values.iter().find(|value| arena.tensors[tensor.0 as usize].key == ffi::value_key(**value))
                }
                _ => None,
            },
            _ => None,
        };
        let producer = single.and_then(|value| ffi::defining_op(*value));
        let elementwise =
            |op: &Op<'_>| ir::name(*op) == "linalg.generic" && !Loops::reduces(*op) || is_view(ir::name(*op));
        let (Some(value), Some(producer)) = (single, producer.filter(elementwise)) else {
            return Ok(Some(Factors { with_key, through }));
        };
        let key = ffi::value_key(*value);
        policy.opaque.remove(&key);
        policy.opaque.extend(ir::operands(producer).into_iter().map(ffi::value_key));
        policy.inline.insert(key);
        through.insert(key);
    }
}

/// Whether this is a sum of weights over one key, which is no sum.
pub fn single_key(op: Op<'_>, walks: &mut Walks) -> bool {
    let one = |generic: Generic<'_>| generic.inputs > 1 && generic.reduction.contains(&true) && !generic.reduces();
    let mut weights = ir::operands(op).into_iter().take(2);
    Generic::of(op).is_some_and(one) && weights.any(|operand| walks.exponential(operand))
}

/// `coefficient * sum over one key dimension` as that dimension and the body.
fn key_sum(arena: &Arena, id: Id) -> Option<(DimId, Id)> {
    let sums = arena.collect(&[id], |arena, id| match arena.node(id) {
        Node::Reduce { dims, .. } => dims.iter().any(|dim| arena.dim_info(*dim).role == Role::Key),
        _ => false,
    });
    let [sum] = sums.as_slice() else { return None };
    match arena.node(*sum) {
        Node::Reduce { dims, body, .. } => Some((*dims.first()?, *body)),
        _ => None,
    }
}

/// Reads what could be a candidate with these dimensions; without value dimensions, as a sum of weights.
fn attempt<'c>(
    op: Op<'c>,
    open: &[i64],
    loops: &Loops<'c>,
    (query, value): (Vec<usize>, Option<Vec<usize>>),
    through: &HashSet<usize>,
    opaque: &HashSet<usize>,
    walks: &mut Walks,
) -> Result<Option<Candidate<'c>>, Refused> {
    let (sum, value) = (value.is_none(), value.unwrap_or_default());
    let mut inline = through.clone();
    inline.insert(ffi::value_key(loops.result));
    loop {
        let mut arena = Arena::over(open);
        let mut reader =
            Reader::new(&mut arena, Policy { inline: inline.clone(), opaque: opaque.clone(), ..Policy::default() });
        let Some(coords) = loops.coords(reader.arena) else { return Ok(None) };
        let mask = |arena: &Arena, positions: &[usize]| {
            positions.iter().fold(0, |mask, at| mask | arena.flags(coords[*at]).dims)
        };
        let query_mask = mask(reader.arena, &query);
        reader.policy.query = query_mask;
        reader.policy.value = mask(reader.arena, &value);
        let expression = reader.read(loops.result, &coords)?;
        let (area, values, apart) = (reader.area.clone(), reader.values.clone(), std::mem::take(&mut reader.apart));
        let mut grown = inline.clone();
        let mut memo = opaque.iter().map(|key| (*key, false)).collect();
        for load in arena.collect(&[expression], |arena, id| matches!(arena.node(id), Node::Load(..))) {
            let Node::Load(tensor, coords) = arena.node(load) else { continue };
            let keyed = coords
                .iter()
                .any(|coord| arena.free_dims(*coord).iter().any(|dim| arena.dim_info(*dim).role != Role::Free));
            if !keyed {
                row_statistic(values[tensor.0 as usize], &area, &mut memo, &mut grown);
            }
        }
        if grown.len() > inline.len() {
            inline = grown;
            continue;
        }
        // What is the weight made of?
        let Some((key, body)) = outer_sum(&arena, expression) else { return Ok(None) };
        let reduces = arena.collect(&[body], |arena, id| matches!(arena.node(id), Node::Reduce { .. }));
        let mut depth = 0;
        let mut normalized = false;
        for id in &reduces {
            let Node::Reduce { dims, .. } = arena.node(*id) else { continue };
            if dims.iter().any(|dim| arena.dim_info(*dim).role == Role::Key) {
                normalized = true;
            } else if arena.uses(*id, key) {
                depth = depth.max(points(dims.iter().map(|dim| arena.dim_info(*dim).extent)));
            }
        }
        if sum && (depth == 0 || !normalized && !settled(&arena, body, key, &values)) {
            return Ok(None);
        }
        let softmax = normalized && weighs(&arena, body, key, &reduces);
        if depth == 0 && !softmax {
            // At most a norm before a layer.
            let layer = constants(&arena, body, key, query_mask, &values).0;
            let mut weights = apart.into_iter().filter(|apart| walks.normalized(*apart));
            let reason = "a reduction inside of the score is not a contraction of two operands";
            return weights.next().filter(|_| !layer).map_or(Ok(None), |apart| Err(Refused::at(reason, apart)));
        }
        // A layer of a network: cheaper as separate contractions, and not worth a remark.
        let (any, all) = constants(&arena, body, key, query_mask, &values);
        let layer = all || parameters(&arena, body, key, query_mask, &values);
        if !softmax && layer && (any || !sum) || sum && depth > 256 {
            return Ok(None);
        }
        if !sum && !normalized && !nonlinear(&arena, body, key, query_mask) {
            if any {
                return Ok(None);
            }
            return Err(Refused::at(
                "a chain of contractions with nothing between them but linear operations",
                loops.result,
            ));
        }
        if !softmax && !sum {
            let width = points(value.iter().map(|at| arena_extent(&arena, &coords, *at)));
            if depth > 256 || width > 256 {
                return Err(Refused::at(
                    format!(
                        "no softmax, and contractions over {depth} and to {width}: cheaper as separate contractions"
                    ),
                    loops.result,
                ));
            }
        }
        let (result, extent) = (loops.result, loops.key_extent);
        return Ok(Some(Candidate {
            op,
            result,
            extent,
            query,
            value,
            inline,
            opaque: opaque.clone(),
            depth,
            softmax,
            sum,
            area,
        }));
    }
}

fn arena_extent(arena: &Arena, coords: &[Id], at: usize) -> i64 {
    points(arena.free_dims(coords[at]).iter().map(|dim| arena.dim_info(*dim).extent))
}

/// How many points a box has, as many as can be told: run-time sizes are large numbers.
fn points(extents: impl Iterator<Item = i64>) -> i64 {
    extents.fold(1, i64::saturating_mul)
}

/// The sum over the keys that everything else is inside of.
fn outer_sum(arena: &Arena, id: Id) -> Option<(DimId, Id)> {
    let (_, factors) = arena.product_parts(id);
    for (factor, _) in factors {
        if let Node::Reduce { dims, body, .. } = arena.node(factor) {
            let [dim] = dims.as_slice() else { return None };
            return Some((*dim, *body));
        }
    }
    None
}

/// Whether a value that no key occurs in is computed from reductions of values of the area; notes all on the way.
pub fn row_statistic<'c>(
    value: Val<'c>,
    area: &HashMap<usize, Val<'c>>,
    memo: &mut HashMap<usize, bool>,
    inline: &mut HashSet<usize>,
) -> bool {
    let key = ffi::value_key(value);
    if let Some(known) = memo.get(&key) {
        return *known;
    }
    memo.insert(key, false);
    let Some(op) = ffi::defining_op(value) else { return false };
    let found = if ir::name(op) == "linalg.generic" {
        let operands = ir::operands(op);
        let reduces = Loops::reduces(op);
        let inputs = operands.len() - ir::results(op).len();
        // An elementwise operation on a value of the area is of the area itself.
        let mut points = HashMap::new();
        let area_sized = !reduces && operands[..inputs].iter().any(|operand| from_area(*operand, area, &mut points));
        let mut found = false;
        for operand in operands[..inputs].iter().filter(|_| !area_sized) {
            found |= if reduces {
                from_area(*operand, area, &mut HashMap::new()) || row_statistic(*operand, area, memo, inline)
            } else {
                row_statistic(*operand, area, memo, inline)
            };
        }
        found
    } else if is_view(ir::name(op)) {
        let mut found = false;
        for operand in ir::operands(op) {
            found |= row_statistic(operand, area, memo, inline);
        }
        found
    } else {
        false
    };
    if found {
        inline.insert(key);
    }
    memo.insert(key, found);
    found
}

/// Whether a value is one of the area, or elementwise from one.
pub fn from_area<'c>(value: Val<'c>, area: &HashMap<usize, Val<'c>>, memo: &mut HashMap<usize, bool>) -> bool {
    let key = ffi::value_key(value);
    if area.contains_key(&key) {
        return true;
    }
    if let Some(known) = memo.get(&key) {
        return *known;
    }
    memo.insert(key, false);
    let Some(op) = ffi::defining_op(value) else { return false };
    let through = is_view(ir::name(op)) || ir::name(op) == "linalg.generic" && !Loops::reduces(op);
    let found = through && ir::operands(op).into_iter().any(|operand| from_area(operand, area, memo));
    memo.insert(key, found);
    found
}

/// Operations that only move elements.
pub fn is_view(name: &str) -> bool {
    matches!(
        name,
        "tensor.expand_shape"
            | "tensor.collapse_shape"
            | "tensor.extract_slice"
            | "tensor.cast"
            | "tensor.concat"
            | "tensor.insert_slice"
            | "tensor.pad"
            | "linalg.transpose"
            | "linalg.broadcast"
    )
}

/// Whether this is a contraction with a size that is only known at run time.
pub fn is_dynamic(op: Op<'_>) -> bool {
    ir::name(op) == "linalg.generic"
        && Loops::reduces(op)
        && ir::operands(op).len() > 2
        && ir::operands(op)
            .into_iter()
            .any(|operand| ffi::shape(ir::type_of(operand)).is_some_and(|shape| shape.iter().any(Option::is_none)))
}

/// The loops of a reduction to floats with one reduced loop of more than one point.
pub struct Loops<'c> {
    pub result: Val<'c>,
    pub inputs: usize,
    pub key_extent: i64,
    /// Sizes of the result.
    pub extents: Vec<i64>,
}

impl<'c> Loops<'c> {
    /// Whether a generic has a reduction loop.
    pub fn reduces(op: Op<'_>) -> bool {
        ir::reduced_loops(op).is_some_and(|loops| loops.contains(&true))
    }

    /// `None` when the operation has another shape.
    pub fn of(op: Op<'c>) -> Option<Self> {
        if ir::name(op) != "linalg.generic" || !Self::reduces(op) {
            return None;
        }
        let results = ir::results(op);
        let [result] = results.as_slice() else { return None };
        let operands = ir::operands(op);
        let inputs = operands.len() - 1;
        let maps: Option<Vec<_>> =
            ffi::array_elements(ir::attr(op, "indexing_maps")?)?.into_iter().map(ffi::affine_map).collect();
        let reduced = ir::reduced_loops(op)?;
        let mut sizes: HashMap<usize, i64> = HashMap::new();
        for (operand, map) in operands.iter().zip(&maps?) {
            let shape = ffi::shape(ir::type_of(*operand)).unwrap_or_default();
            for (position, size) in shape.iter().enumerate() {
                let expr = map.result(position).ok()?;
                if expr.is_dim() {
                    sizes.insert(expr.dim_position(), (*size)?);
                }
            }
        }
        let mut keys = vec![];
        for (at, reduced) in reduced.into_iter().enumerate() {
            let size = *sizes.get(&at)?;
            if reduced && size != 1 {
                keys.push(size);
            }
        }
        let [key_extent] = keys.as_slice() else { return None };
        let extents: Option<Vec<i64>> = ffi::shape(ir::type_of(*result))?.into_iter().collect();
        Some(Self { result: *result, inputs, key_extent: *key_extent, extents: extents? })
    }

    /// One free dimension per dimension of the result.
    pub fn coords(&self, arena: &mut Arena) -> Option<Vec<Id>> {
        free_coords(arena, &self.extents, 0)
    }
}

/// One free dimension per size, numbered from `base`.
pub fn free_coords(arena: &mut Arena, extents: &[i64], base: u32) -> Option<Vec<Id>> {
    let mut coords = vec![];
    for (at, extent) in extents.iter().enumerate() {
        let dim = arena.dim(Role::Free, base + at as u32, *extent)?;
        coords.push(arena.index(dim));
    }
    Some(coords)
}
