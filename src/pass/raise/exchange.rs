//! Sums in the other order: `sum[n](w(n) * sum[d](a(d)*b(n, d))) = sum[d](a(d) * sum[n](w(n)*b(n, d)))`, where the inner sum on the
//! right is computed anyway. It is a product of vectors in place of a fold over the keys.
//!
//! Before:  the gradient of a softmax sums weights times `G Vᵀ` over the keys, and the weights' contraction with `V` is there
//! After:   `G` times that contraction, summed over its columns

use super::{
    find::{self, Candidate, Loops},
    live,
    point::Point,
    reshape,
    root::{self, Root, only_user},
    unify::unify,
    weights::Walks,
};
use crate::{
    algebra::{Arena, DimId, Func, Id, Kind, Node},
    ffi,
    ir::{self, Blk, Builder, Op, Val},
};
use melior::ir::operation::OperationLike;
use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

/// One term of the sum over columns: a tensor and where it is read, and the same of the contraction.
struct Term<'c> {
    factor: f64,
    columns: Vec<DimId>,
    sides: [(Val<'c>, Vec<Id>); 2],
}

/// Replaces a sum of weights by what the law makes of it; `None` where a contraction is missing.
pub fn exchange<'c>(sum: &Rc<Candidate<'c>>, block: Blk<'c>, point: &Point<'c>, walks: &mut Walks) -> Option<()> {
    let mut arena = Arena::over(&point.open);
    let mut values = vec![];
    let whole = |value: Val<'c>| Root { value, inline: HashSet::new(), mains: vec![0] };
    let own = root::read(&mut arena, &mut values, &whole(sum.result), std::slice::from_ref(sum), 0).ok()?;
    let (scale, key, body) = key_sum(&arena, own.expression)?;
    let (key, body) = narrowed_to(&mut arena, key, body)?;
    let extent = arena.dim_info(key).extent;
    let (coefficient, factors) = arena.product_parts(body);
    let (at, (inner, guard)) = factors.iter().enumerate().find_map(|(at, (factor, power))| {
        (*power == 1)
            .then(|| guarded(&arena, *factor, key).filter(|(inner, _)| is_products(&arena, *inner, key)))
            .flatten()
            .map(|found| (at, found))
    })?;
    let mut weight = factors.clone();
    weight.remove(at);
    let mut weight = arena.product(&weight);
    if let Some((condition, kept)) = guard {
        // The other contraction leaves the same rows out by its weights. Where those are no numbers, 0 times them is none, and this sum is 0: it
        // is a term of a factor of the same weights.
        let zero = arena.float(0.0);
        let (yes, no) = if kept { (weight, zero) } else { (zero, weight) };
        weight = arena.select(condition, yes, no);
    }
    let mut others: Vec<(Op<'c>, root::Reading<'c>)> = vec![];
    for op in ir::ops(block) {
        if !Loops::of(op).is_some_and(|loops| loops.inputs == 2 && loops.key_extent == extent) || op == sum.op {
            continue;
        }
        let Ok(Some(candidate)) = find::analyze(op, &point.open, &HashSet::new(), walks) else { continue };
        let base = 10_000 * (others.len() as u32 + 1);
        let candidate = Rc::new(candidate);
        let root = whole(candidate.result);
        if let Ok(reading) = root::read(&mut arena, &mut values, &root, std::slice::from_ref(&candidate), base) {
            others.push((op, reading));
        }
    }
    let mut terms = vec![];
    let mut after = sum.op;
    for (term, factor) in arena.sum_parts(inner).0 {
        let Node::Reduce { dims, body, .. } = arena.node(term).clone() else { return None };
        let (inner, sides) = arena.product_parts(body);
        let keyed = |arena: &Arena, (id, _): &(Id, i32)| arena.uses(*id, key);
        let (b, a): (Vec<_>, Vec<_>) = sides.into_iter().partition(|side| keyed(&arena, side));
        let ([(a, 1)], [(b, 1)]) = (&a[..], &b[..]) else { return None };
        let Node::Load(tensor, coords) = arena.node(*a).clone() else { return None };
        let (op, place) =
            others.iter().find_map(|(op, other)| Some((*op, contracted(&mut arena, weight, *b, &dims, other)?)))?;
        let value = stored(ir::results(op)[0]);
        let maker = ffi::defining_op(value)?;
        after = if ffi::is_before(after, maker) { maker } else { after };
        let sides = [(values[tensor.0 as usize], coords), (value, place)];
        terms.push(Term { factor: factor * coefficient * scale * inner, columns: dims, sides });
    }
    // What reads the sum has to come after the contractions.
    let before = ffi::uses(sum.result).into_iter().filter_map(|(user, _)| ir::ancestor_in(user, block));
    let before = before.reduce(|first, user| if ffi::is_before(user, first) { user } else { first })?;
    for term in &terms {
        for (value, _) in &term.sides {
            let ends = HashSet::from([ffi::value_key(sum.result)]);
            let late = live::computed_from(*value, block, before, &ends)?;
            let mut late = late;
            late.sort_by(|a, b| live::in_order(*a, *b));
            late.into_iter().for_each(|op| ffi::move_before(op, before));
        }
    }
    let b = Builder::before(before).with_location(sum.op.location());
    let mut total: Option<Val<'c>> = None;
    for term in &terms {
        total = Some(emit(&b, &arena, term, &own, total)?);
    }
    let wanted = ir::type_of(sum.result);
    let rows = rows(&arena, &own)?;
    let total = match rows.iter().all(|digits| digits.len() == 1) {
        true => total?,
        false => reshape::reshape(&b, "tensor.collapse_shape", total?, &groups(&rows), &own.shape),
    };
    let total = narrowed(&b, total, ffi::element_type(wanted));
    ffi::replace_all_uses(sum.result, total);
    Some(())
}

/// `scale * sum over a key` as its parts.
fn key_sum(arena: &Arena, id: Id) -> Option<(f64, DimId, Id)> {
    let (scale, factors) = arena.product_parts(id);
    let [(sum, 1)] = factors[..] else { return None };
    match arena.node(sum) {
        Node::Reduce { kind: Kind::Sum, dims, init: None, body } if dims.len() == 1 => Some((scale, dims[0], *body)),
        _ => None,
    }
}

/// The terms of a sum over a key that are not 0, where a factor is one of several along the key and all the others are 0.
fn narrowed_to(arena: &mut Arena, key: DimId, body: Id) -> Option<(DimId, Id)> {
    let whole = arena.dim_info(key);
    for (factor, power) in arena.product_parts(body).1 {
        let Node::Switch { index, bounds, arms } = arena.node(factor).clone() else { continue };
        if power != 1 || !matches!(arena.node(index), Node::Dim(dim) if *dim == key) {
            continue;
        }
        let live: Vec<usize> = (0..arms.len()).filter(|at| arena.as_float(arms[*at]) != Some(0.0)).collect();
        let [at] = live[..] else { continue };
        let low = if at == 0 { 0 } else { bounds[at - 1] };
        let high = bounds.get(at).copied().unwrap_or(whole.extent);
        if arena.symbolic(low) {
            continue;
        }
        // The same dim as that of other sums over so many keys.
        let own = arena.dim(whole.role, whole.ordinal, high - low)?;
        let inner = |arena: &Arena, id| matches!(arena.node(id), Node::Reduce { dims, .. } if dims.contains(&own));
        if !arena.collect(&[body], inner).is_empty() {
            continue;
        }
        let place = arena.index(own);
        let place = arena.linear(&[(place, 1)], low);
        return Some((own, arena.substitute(body, &HashMap::from([(key, place)]))));
    }
    Some((key, body))
}

/// What is left of an expression that is 0 on some rows, a condition, and whether it holds on the others.
fn guarded(arena: &Arena, id: Id, key: DimId) -> Option<(Id, Option<(Id, bool)>)> {
    let Node::Call(Func::Select, parts) = arena.node(id) else { return Some((id, None)) };
    let [condition, yes, no] = parts[..] else { return None };
    let zero = |id: Id| arena.as_float(id) == Some(0.0);
    match () {
        () if arena.uses(condition, key) => None,
        () if zero(no) => Some((yes, Some((condition, true)))),
        () if zero(yes) => Some((no, Some((condition, false)))),
        () => None,
    }
}

/// Whether an expression is a sum of contractions that depend on the key, and nothing else.
fn is_products(arena: &Arena, id: Id, key: DimId) -> bool {
    let (terms, constant) = arena.sum_parts(id);
    let product = |(term, _): &(Id, f64)| {
        arena.uses(*term, key)
            && matches!(arena.node(*term), Node::Reduce { kind: Kind::Sum, init: None, dims, .. } if !dims.contains(&key))
    };
    constant == 0.0 && !terms.is_empty() && terms.iter().all(product)
}

/// Where a contraction of these weights with `b` holds its sum, if `other` is one; `columns` are the dims of `b` that are its own.
fn contracted(arena: &mut Arena, weight: Id, b: Id, columns: &[DimId], other: &root::Reading<'_>) -> Option<Vec<Id>> {
    let (1.0, _, body) = key_sum(arena, other.expression)? else { return None };
    let (1.0, factors) = arena.product_parts(body) else { return None };
    for at in 0..factors.len() {
        let mut rest = factors.clone();
        let (value, power) = rest.remove(at);
        let (Node::Load(t, x), Node::Load(u, y), 1) = (arena.node(b).clone(), arena.node(value).clone(), power) else {
            continue;
        };
        let rest = arena.product(&rest);
        let mut map: HashMap<DimId, DimId> = HashMap::new();
        if t != u || x.len() != y.len() || !unify(arena, weight, rest, &mut map) {
            continue;
        }
        let mut map: HashMap<DimId, Id> = map.into_iter().map(|(from, to)| (from, arena.index(to))).collect();
        // What the weights do not have are the columns.
        let same = x.iter().zip(&y).all(|(x, y)| {
            let place = arena.substitute(*y, &map);
            let own: Vec<DimId> = arena.free_dims(place).into_iter().filter(|dim| !arena.uses(*x, *dim)).collect();
            match own[..] {
                [] => place == *x,
                [column] => columns.iter().any(|known| {
                    let alike = arena.dim_info(*known).extent == arena.dim_info(column).extent;
                    let index = arena.index(*known);
                    let found = alike && arena.substitute(place, &HashMap::from([(column, index)])) == *x;
                    if found {
                        map.insert(column, index);
                    }
                    found
                }),
                _ => false,
            }
        });
        if same {
            return Some(other.coords.iter().map(|coord| arena.substitute(*coord, &map)).collect());
        }
    }
    None
}

/// A contraction's result as it is stored: rounded, where nothing reads it before.
fn stored(result: Val<'_>) -> Val<'_> {
    let rounded = only_user(result).filter(|user| root::is_cast(*user, "arith.truncf"));
    let same = |value: &Val<'_>| ffi::shape(ir::type_of(*value)) == ffi::shape(ir::type_of(result));
    rounded.map(|user| ir::results(user)[0]).filter(same).unwrap_or(result)
}

/// The dims that each coordinate of a sum is made of, most significant first.
fn rows(arena: &Arena, own: &root::Reading<'_>) -> Option<Vec<Vec<Option<DimId>>>> {
    let digits = |coord: &Id| {
        if matches!(arena.node(*coord), Node::Int(0)) {
            return Some(vec![None]);
        }
        arena.radix(*coord)?;
        let (mut terms, _) = arena.linear_parts(*coord);
        terms.sort_by_key(|(_, factor)| std::cmp::Reverse(*factor));
        let dim = |(term, _): (Id, i64)| match arena.node(term) {
            Node::Dim(dim) => Some(Some(*dim)),
            _ => None,
        };
        terms.into_iter().map(dim).collect()
    };
    own.coords.iter().map(digits).collect()
}

/// The positions of each part among all parts.
fn groups<T>(parts: &[Vec<T>]) -> Vec<Vec<usize>> {
    let mut next = 0..;
    parts.iter().map(|part| next.by_ref().take(part.len()).collect()).collect()
}

/// A term in f32, added to the sum so far; its rows are digits.
fn emit<'c>(
    b: &Builder<'c>,
    arena: &Arena,
    term: &Term<'c>,
    own: &root::Reading<'c>,
    so_far: Option<Val<'c>>,
) -> Option<Val<'c>> {
    // One loop per digit of a dimension of the result, and per column.
    let mut loops: Vec<Option<DimId>> = rows(arena, own)?.concat();
    let rank = loops.len();
    let extent = |dim: &Option<DimId>| dim.map_or(1, |dim| arena.dim_info(dim).extent);
    let shape: Vec<Option<i64>> = loops.iter().map(|dim| Some(extent(dim))).collect();
    loops.extend(term.columns.iter().map(|dim| Some(*dim)));
    let names: Vec<_> = (0..loops.len()).map(|at| format!("d{at}")).collect();
    let head = names.join(", ");
    let (mut inputs, mut maps) = (vec![], vec![]);
    for (value, coords) in &term.sides {
        let (mut places, mut groups, mut sizes) = (vec![], vec![], vec![]);
        let shape = ffi::shape(ir::type_of(*value))?;
        for (coord, size) in coords.iter().zip(shape) {
            let mut group = vec![];
            let mut digits = match arena.node(*coord) {
                Node::Int(0) => vec![],
                _ => arena.linear_parts(*coord).0,
            };
            arena.radix(*coord)?;
            digits.sort_by_key(|(_, factor)| std::cmp::Reverse(*factor));
            let mut points = 1;
            for (digit, _) in &digits {
                let Node::Dim(dim) = arena.node(*digit) else { return None };
                let at = loops.iter().position(|own| *own == Some(*dim))?;
                let extent = arena.dim_info(*dim).extent;
                points *= extent;
                group.push(sizes.len());
                sizes.push(extent);
                places.push(names[at].clone());
            }
            if digits.is_empty() {
                group.push(sizes.len());
                sizes.push(1);
                places.push("0".into());
            }
            groups.push(group);
            (Some(points) == size).then_some(())?;
        }
        inputs.push(reshape::reshape(b, "tensor.expand_shape", *value, &groups, &sizes));
        maps.push(format!("affine_map<({head}) -> ({})>", places.join(", ")));
    }
    maps.push(format!("affine_map<({head}) -> ({})>", names[..rank].join(", ")));
    let (float, ty) = (b.f32_type(), b.tensor_type(&shape, b.f32_type()));
    let init = so_far.unwrap_or_else(|| b.filled(0.0, ty));
    let elements: Vec<_> = inputs.iter().map(|value| ffi::element_type(ir::type_of(*value))).collect();
    let sum = b
        .op("linalg.generic")
        .operands(&inputs)
        .operands(&[init])
        .results(&[ty])
        .attr_text("indexing_maps", &format!("[{}]", maps.join(", ")))
        .attr_text("iterator_types", &kinds(rank, term.columns.len()))
        .attr_text("operandSegmentSizes", "array<i32: 2, 1>")
        .region(&[elements[0], elements[1], float], |b, arguments| {
            let wide = |value: Val<'c>| match ir::type_of(value) == float {
                true => value,
                false => b.cast("arith.extf", value, float),
            };
            let mut product = b.binary("arith.mulf", wide(arguments[0]), wide(arguments[1]));
            if term.factor != 1.0 {
                let factor = b.float(term.factor, float);
                product = b.binary("arith.mulf", product, factor);
            }
            let sum = b.binary("arith.addf", arguments[2], product);
            b.op("linalg.yield").operands(&[sum]).build();
        });
    Some(sum.value())
}

fn kinds(parallel: usize, reduction: usize) -> String {
    let of = |count: usize, kind: &str| vec![format!("#linalg.iterator_type<{kind}>"); count];
    format!("[{}]", [of(parallel, "parallel"), of(reduction, "reduction")].concat().join(", "))
}

/// A tensor of f32 with elements of another type.
pub fn narrowed<'c>(b: &Builder<'c>, value: Val<'c>, element: ir::Type<'c>) -> Val<'c> {
    if ffi::element_type(ir::type_of(value)) == element {
        return value;
    }
    let shape = ffi::shape(ir::type_of(value)).unwrap_or_default();
    let names: Vec<_> = (0..shape.len()).map(|at| format!("d{at}")).collect();
    let map = format!("affine_map<({0}) -> ({0})>", names.join(", "));
    let ty = b.tensor_type(&shape, element);
    let empty = b.op("tensor.empty").results(&[ty]).value();
    b.op("linalg.generic")
        .operands(&[value, empty])
        .results(&[ty])
        .attr_text("indexing_maps", &format!("[{map}, {map}]"))
        .attr_text("iterator_types", &kinds(shape.len(), 0))
        .attr_text("operandSegmentSizes", "array<i32: 1, 1>")
        .region(&[b.f32_type(), element], |b, arguments| {
            let narrow = b.cast("arith.truncf", arguments[0], element);
            b.op("linalg.yield").operands(&[narrow]).build();
        })
        .value()
}
