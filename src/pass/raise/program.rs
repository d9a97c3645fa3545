//! One block: candidates in order, groups that share their statistics, replacement.

use super::{
    INFO, announce, apart, blend,
    derivation::{Derivation, Laws, Outcome},
    derive::{self, Plan},
    detours::{self, Detours, Known},
    emit, exchange,
    find::{self, Candidate},
    join,
    layout::{self, Layout},
    live::{self, Erased, Exit, Stay, computed_from, depends_on_reduction, escapes, sweep},
    operand,
    point::Point,
    prepare::{self, Operand},
    root::{self, Reading, Root},
    slices, terms, twice,
    unify::matching,
    unroll,
    weights::Walks,
};
use crate::{
    algebra::{Arena, DimId, Id, Kind, Node, Refused, Role},
    dialect::ops,
    ffi,
    ir::{self, Blk, Builder, Element, Op, Type, Val},
    pass::split_gradient,
    remark,
};
use melior::ir::{Location, operation::OperationLike};
use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

/// Columns of the sums of one fold, where each could be a fold of its own.
const MOST_COLUMNS: i64 = 256;
/// Why a sum over heads has no fold.
const NO_QUERY: &str = "a sum of weights over a dimension of queries and keys";

/// Raises every candidate of a block.
pub fn raise_block<'c>(block: Blk<'c>, point: &Point<'c>, accounts: &mut Vec<Derivation>) {
    sweep(block, ir::ops(block));
    let mut known = Known::default();
    for op in ir::ops(block).into_iter().filter(|op| find::single_key(*op, &mut known.walks)) {
        remark::emit(op.location(), remark::Kind::Analysis, INFO.name, "left as it is: there is one key to sum over");
    }
    slices::slices(block, point, &mut Walks::default());
    sweep(block, ir::ops(block));
    raise_terms(block, point, accounts);
    // Inner sums that are not raised yet.
    let mut inner = apart::sums(block, point, &mut Walks::default());
    known = Known::default();
    let mut refused: HashMap<usize, Refused> = HashMap::new();
    let mut quiet = HashSet::new();
    let mut detours = Detours::default();
    loop {
        let mut candidates = vec![];
        // What cannot be one is said at the end: with another candidate fused, it may be no candidate at all.
        let mut errors = vec![];
        for op in ir::ops(block) {
            match known.analysis(op, point, &detours) {
                Ok(Some(candidate)) => candidates.push(candidate.clone()),
                Ok(None) => errors.extend(detours.obstacle(op).map(|error| (op, error.clone()))),
                Err(error) => errors.push((op, detours.obstacle(op).unwrap_or(error).clone())),
            }
        }
        // Softmax first: what is a score of one may look like a program of its own.
        let open = (0..candidates.len()).filter(|at| !refused.contains_key(&ffi::op_key(candidates[*at].op)));
        let mut first = open.clone().min_by_key(|at| !candidates[*at].softmax);
        // Of those whose statistics are known, the one that has an inner sum for a result; where none has, that is a fold of its own.
        if !inner.is_empty() && first.is_none_or(|first| !candidates[first].softmax) {
            let carrying = open.clone().find(|at| carries(block, point, *at, &candidates, &inner));
            if carrying.is_none() {
                raise_inner(block, point, &std::mem::take(&mut inner), accounts);
                known = Known::default();
                continue;
            }
            first = carrying;
        }
        let Some(first) = first else {
            if known.fresh {
                for (op, error) in errors {
                    refused.entry(ffi::op_key(op)).or_insert(error);
                }
                break;
            }
            known = Known::default();
            continue;
        };
        let op = candidates[first].op;
        let again = detours.again.contains(&ffi::op_key(op));
        match raise_one(block, point, first, &candidates, again, &mut known.walks) {
            Ok(raised) => {
                let erased = raised.done(block, op, accounts);
                known.forget(&erased);
                // Those that were fused with this one are not refused.
                detours.forget(&erased);
                inner.retain(|value| !erased.values.contains(value));
                for key in erased.ops {
                    refused.remove(&key);
                    quiet.remove(&key);
                }
            }
            Err(error) => match detours.around(&candidates[first], error, point, &mut known.walks) {
                Some(error) => {
                    refused.insert(ffi::op_key(op), error);
                    if candidates[first].is_layer() {
                        quiet.insert(ffi::op_key(op));
                    }
                }
                None => {
                    known.renew(op);
                }
            },
        }
    }
    for op in ir::ops(block) {
        if let Some(error) = refused.get(&ffi::op_key(op)).filter(|_| !quiet.contains(&ffi::op_key(op))) {
            refuse(op, error, block, accounts);
        }
    }
    raise_sums(block, point, &refused, accounts);
}

/// Raises statistics that weights need before they are summed: see [`terms`].
fn raise_terms<'c>(block: Blk<'c>, point: &Point<'c>, accounts: &mut Vec<Derivation>) {
    let mut failed = HashSet::new();
    while let Some(sum) =
        terms::sums(block, point, &mut Walks::default()).into_iter().find(|sum| !failed.contains(&ffi::op_key(sum.op)))
    {
        let (op, sum) = (sum.op, Rc::new(sum));
        if exchange::exchange(&sum, block, point, &mut Walks::default()).is_some() {
            let message = "sum(w*sum(a*b)) = sum(a*sum(w*b)) [the sum of w*b is there]: a statistic of the weights is a product of \
                           vectors";
            remark::emit(op.location(), remark::Kind::Analysis, INFO.name, message);
            sweep(block, vec![op]);
            continue;
        }
        match raise_one(block, point, 0, &[sum], true, &mut Walks::default()) {
            Ok(raised) => drop(raised.done(block, op, accounts)),
            Err(_) => drop(failed.insert(ffi::op_key(op))),
        }
    }
}

/// Whether one of these values is what an operation computes.
fn is_one_of(op: Op<'_>, values: &HashSet<usize>) -> bool {
    ir::results(op).into_iter().any(|result| values.contains(&ffi::value_key(result)))
}

/// Whether the fold of a candidate has one of these sums (by value) for another result.
fn carries<'c>(
    block: Blk<'c>,
    point: &Point<'c>,
    at: usize,
    candidates: &[Rc<Candidate<'c>>],
    inner: &HashSet<usize>,
) -> bool {
    let mut roots = root::roots(at, candidates).into_iter();
    let group = roots.find_map(|root| build(Some(block), point, std::slice::from_ref(&root), candidates, false).ok());
    group.is_some_and(|group| group.exits.iter().any(|exit| exit.is_one_of(inner)))
}

/// Raises sums (by value) that no program has for a result.
fn raise_inner<'c>(block: Blk<'c>, point: &Point<'c>, inner: &HashSet<usize>, accounts: &mut Vec<Derivation>) {
    for op in ir::ops(block).into_iter().filter(|op| is_one_of(*op, inner)).collect::<Vec<_>>() {
        let sum = find::analyze_sum(op, &point.open, &mut Walks::default());
        if let Some(Ok(raised)) =
            sum.map(|sum| raise_one(block, point, 0, &[Rc::new(sum)], true, &mut Walks::default()))
        {
            raised.done(block, op, accounts);
        }
    }
}

/// Raises sums of weights: what is left of them once their statistics are results.
fn raise_sums<'c>(
    block: Blk<'c>,
    point: &Point<'c>,
    refused: &HashMap<usize, Refused>,
    accounts: &mut Vec<Derivation>,
) {
    let mut seen = HashSet::new();
    let mut failed = vec![];
    let mut walks = Walks::default();
    while let Some(sum) = ir::ops(block)
        .into_iter()
        .filter(|op| !refused.contains_key(&ffi::op_key(*op)) && seen.insert(ffi::op_key(*op)))
        .find_map(|op| find::analyze_sum(op, &point.open, &mut walks))
    {
        let op = sum.op;
        let sum = Rc::new(sum);
        let mut erased = Erased::default();
        match raise_one(block, point, 0, std::slice::from_ref(&sum), false, &mut walks) {
            Ok(raised) => erased = raised.done(block, op, accounts),
            Err(error) if error.reason == NO_QUERY && unroll::unroll(&sum, point).is_some() => {
                let message = "the weights are summed over heads, one head at a time";
                remark::emit(op.location(), remark::Kind::Analysis, INFO.name, message);
                erased = sweep(block, ir::ops(block));
            }
            Err(error) if sum.softmax => failed.push((ffi::op_key(op), error)),
            Err(_) => continue,
        }
        walks = Walks::default();
        seen.retain(|key| !erased.ops.contains(key));
    }
    // A softmax that no other account is about: its first sum says why.
    let mut told: HashSet<usize> = refused.keys().copied().collect();
    for op in ir::ops(block) {
        let Some(error) = failed.iter().find(|(key, _)| *key == ffi::op_key(op)).map(|(_, error)| error) else {
            continue;
        };
        let after = readers(op);
        if after.is_disjoint(&told) {
            refuse(op, error, block, accounts);
        }
        told.extend(after);
    }
}

/// The operations of a block that need what an operation computes, itself among them.
fn readers(op: Op<'_>) -> HashSet<usize> {
    let mut found = HashSet::from([ffi::op_key(op)]);
    let mut stack = vec![op];
    while let Some(op) = stack.pop() {
        for (user, _) in ir::results(op).into_iter().flat_map(ffi::uses) {
            if found.insert(ffi::op_key(user)) {
                stack.push(user);
            }
        }
    }
    found
}

fn refuse<'c>(op: Op<'c>, error: &Refused, block: Blk<'c>, accounts: &mut Vec<Derivation>) {
    let at = error.at.and_then(|key| {
        let all = ir::ops(block);
        let found = all.into_iter().find(|op| ir::results(*op).iter().any(|result| ffi::value_key(*result) == key));
        found.map(describe)
    });
    let account = Derivation {
        location: remark::position(op.location()),
        outcome: Outcome::Refused,
        reason: error.reason.clone(),
        at,
        laws: vec![],
        consumed: vec![],
        captures: vec![],
        states: vec![],
        scores: vec![],
        projections: vec![],
    };
    announce(op, &account);
    accounts.push(account);
}

/// An operation by name and place.
pub fn describe(op: Op<'_>) -> String {
    format!("{} at {}", ir::name(op), remark::position(op.location()))
}

/// Everything needed to build the op for a set of roots.
struct Group<'c> {
    arena: Arena,
    values: Vec<Val<'c>>,
    roots: Vec<Root<'c>>,
    readings: Vec<Reading<'c>>,
    plan: Plan,
    layout: Layout,
    laws: Laws,
    operands: Vec<Operand>,
    exits: Vec<Exit<'c>>,
}

impl Group<'_> {
    /// Whether sums with nothing in common but scores are of more columns together than an accumulator holds.
    fn is_wide(&self) -> bool {
        let value = self.readings.iter().fold(0, |value, reading| value | reading.policy.value);
        let columns = |load: Id| {
            let own = self.arena.free_dims(load).into_iter().filter(|dim| value >> dim.0 & 1 == 1);
            own.fold(1, |columns: i64, dim| columns.saturating_mul(self.arena.dim_info(dim).extent))
        };
        let each: Option<Vec<i64>> = self.plan.states.iter().map(|state| state.value.map(columns)).collect();
        each.is_some_and(|each| each.into_iter().fold(0, i64::saturating_add) > MOST_COLUMNS)
    }
}

/// A program that was replaced.
struct Raised<'c> {
    account: Derivation,
    /// What computed the roots before.
    before: Vec<Op<'c>>,
}

impl<'c> Raised<'c> {
    /// Says what became of the candidate, and erases what nothing needs any more.
    fn done(self, block: Blk<'c>, op: Op<'c>, accounts: &mut Vec<Derivation>) -> Erased {
        announce(op, &self.account);
        accounts.push(self.account);
        sweep(block, self.before)
    }
}

fn raise_one<'c>(
    block: Blk<'c>,
    point: &Point<'c>,
    first: usize,
    candidates: &[Rc<Candidate<'c>>],
    again: bool,
    walks: &mut Walks,
) -> Result<Raised<'c>, Refused> {
    let mut failure = None;
    // What a forward pass gives is no result of an op that needs gradients.
    let late = split_gradient::late(block);
    let is_late = |root: &Root<'c>| late.contains(&ffi::value_key(root.value));
    for root in root::roots(first, candidates) {
        // Other candidates that look through the same values.
        let mut roots = vec![root.clone()];
        let area = &candidates[first].area;
        // What has no form alone has none with others.
        let alone = build(None, point, &roots, candidates, again).is_err();
        for (other, candidate) in candidates.iter().enumerate() {
            let taken = roots.iter().any(|root| root.mains.contains(&other));
            if alone || taken || candidate.extent != candidates[first].extent || !shares(area, &candidate.area) {
                continue;
            }
            if let Some(root) = root::roots(other, candidates).into_iter().find(|root| {
                root.mains == [other]
                    && is_late(root) == is_late(&roots[0])
                    && build(None, point, std::slice::from_ref(root), candidates, again).is_ok()
            }) {
                // Both may be computed up to the same value.
                if roots.iter().any(|known| known.value == root.value) {
                    continue;
                }
                roots.push(root);
                // One that does not go with those before may come before one that does.
                if build(None, point, &roots, candidates, again).map_or(true, |group| group.is_wide()) {
                    roots.pop();
                }
            }
        }
        while !roots.is_empty() {
            let mut group = build(Some(block), point, &roots, candidates, again);
            // What one of several computes twice when it is alone, it computes twice with the others.
            if let Err(Refused { cut: Some(cut), .. }) = group
                && roots.len() > 1
                && roots
                    .iter()
                    .flat_map(|root| &root.mains)
                    .all(|at| !detours::stops_at(&candidates[*at], cut, point, walks))
            {
                group = build(Some(block), point, &roots, candidates, true);
            }
            match group {
                Ok(group) => {
                    let raised = finish(block, point, group, candidates[first].op);
                    // What was built for a program that is refused in the end.
                    return raised.inspect_err(|_| drop(sweep(block, ir::ops(block))));
                }
                Err(error) => {
                    // With others or alone: the reason is that of the candidate alone.
                    if roots.len() == 1 {
                        let cut = error.cut;
                        let first = failure.get_or_insert(error);
                        first.cut = first.cut.or(cut);
                    }
                    roots.pop();
                }
            }
        }
    }
    Err(failure.unwrap_or_else(|| Refused::new("no root")))
}

/// Whether two areas have a value in common that is not a mask both happen to use.
fn shares(a: &HashMap<usize, Val<'_>>, b: &HashMap<usize, Val<'_>>) -> bool {
    a.values().any(|value| b.contains_key(&ffi::value_key(*value)) && depends_on_reduction(*value))
}

/// `block` is where to look for other uses of what is fused; without it that is not looked at.
fn build<'c>(
    block: Option<Blk<'c>>,
    point: &Point<'c>,
    roots: &[Root<'c>],
    candidates: &[Rc<Candidate<'c>>],
    again: bool,
) -> Result<Group<'c>, Refused> {
    let mut arena = Arena::over(&point.open);
    arena.strict_masks = point.strict_masks;
    let mut values = vec![];
    let mut laws = Laws::default();
    let mut readings: Vec<Reading<'c>> = vec![];
    let mut expressions: Vec<Id> = vec![];
    for (at, root) in roots.iter().enumerate() {
        let mut reading = root::read(&mut arena, &mut values, root, candidates, 10_000 * at as u32)?;
        if at > 0 {
            let (map, alike) = matching(&mut arena, expressions[0], reading.expression)
                .ok_or_else(|| Refused::at("the results do not share their weights", root.value))?;
            reading.expression = arena.substitute(reading.expression, &map);
            reading.coords = reading.coords.iter().map(|coord| arena.substitute(*coord, &map)).collect();
            let condition = if alike {
                "their statistics are the same expressions"
            } else {
                "a contraction that they are computed from is the same expression"
            };
            let law = "results over the same weights are projections of one set of states";
            laws.used(law, condition, "several results");
        }
        expressions.push(reading.expression);
        readings.push(reading);
    }
    let mut roots = roots.to_vec();
    let mut exits = vec![];
    if let Some(block) = block {
        let mut stay = Stay { again, ..Stay::default() };
        // Statistics that something else needs become results too.
        while let Some(exit) = escapes(block, &arena, &roots, &readings, candidates, &stay)? {
            let reading = root::read_row(&mut arena, &mut values, &exit.root, &readings[0]);
            let reading = reading.ok().filter(|reading| {
                // In a square of scores a column has the shape of a row.
                let own = contractions(&arena, &[reading.expression]);
                let known = contractions(&arena, &expressions);
                arena.flags(reading.expression).key_reduces && own.iter().all(|id| known.contains(id))
            });
            let reading = reading.filter(|reading| {
                let all: Vec<Id> = expressions.iter().chain([&reading.expression]).copied().collect();
                let has_form = !again || online(&mut arena, &all, &readings, &mut Laws::default()).is_ok();
                // Operands of the attempt are read by nothing, but they have numbers.
                values.resize(arena.tensors.len(), exit.root.value);
                has_form
            });
            let Some(reading) = reading else {
                if again {
                    exit.skip(&mut stay);
                    continue;
                }
                return Err(exit.refused());
            };
            laws.used(
                "results over the same weights are projections of one set of states",
                "their statistics are the same expressions",
                "a statistic that is also returned",
            );
            expressions.push(reading.expression);
            readings.push(reading);
            roots.push(exit.root.clone());
            exits.push(exit);
            if roots.len() > 8 {
                return Err(Refused::new("too many results"));
            }
        }
    }
    if let Some(value) = twice::compared_with_itself(&arena, &expressions, &values, &readings) {
        let reason =
            "a score is compared with what is computed from the scores: computed twice, they are rounded differently";
        return Err(Refused::at(reason, value));
    }
    let online = online(&mut arena, &expressions, &readings, &mut laws);
    let (plan, operands) = online.map_err(|error| {
        let statistic = nested_statistic(&arena, &readings);
        let cut = exits.last().and_then(Exit::cut);
        Refused { cut: error.cut.or(statistic).or(cut), ..error }
    })?;
    let shapes: Vec<_> = readings.iter().map(|reading| (reading.shape.clone(), reading.coords.clone())).collect();
    let layout = layout::layout(&arena, &plan, &shapes)?;
    if layout.dims.iter().flat_map(|(_, group)| group).any(|dim| arena.dim_info(*dim).extent == 0) {
        return Err(Refused::at("a dimension without a point: there is nothing to compute", roots[0].value));
    }
    if let Some(at) = layout.narrow_result(&arena, &plan) {
        let root = roots.get(at).unwrap_or(&roots[0]);
        return Err(Refused::at("a result without all dimensions of what it is computed from", root.value));
    }
    let sum = roots[0].mains.first().is_some_and(|main| candidates[*main].sum);
    if sum && !layout.dims.iter().any(|(role, _)| *role == ops::Role::Query) {
        return Err(Refused::at(NO_QUERY, roots[0].value));
    }
    Ok(Group { arena, values, roots, readings, plan, layout, laws, operands, exits })
}

/// The online form of these expressions, and the operands that are computed before.
fn online(
    arena: &mut Arena,
    expressions: &[Id],
    readings: &[Reading<'_>],
    laws: &mut Laws,
) -> Result<(Plan, Vec<Operand>), Refused> {
    let expressions = blend::blend_parts(arena, expressions, true, laws);
    let expressions = prepare::split_concatenations(arena, &expressions, laws)?;
    let expressions = join::join_key_sets(arena, &expressions, laws)?;
    let expressions = blend::blend_parts(arena, &expressions, false, laws);
    let expressions = prepare::normalized_facts(arena, &expressions, laws);
    let mut operands = vec![];
    let (query, value) = readings
        .iter()
        .fold((0, 0), |(query, value), reading| (query | reading.policy.query, value | reading.policy.value));
    let expressions = prepare::own_operands(arena, &expressions, query, value, &mut operands, laws)?;
    let key = key_of(arena, &expressions).ok_or_else(|| Refused::new("key dimensions of different lengths"))?;
    Ok((derive::derive(arena, key, &expressions, laws)?, operands))
}

/// The reductions inside of a point that depend on a key.
pub fn contractions(arena: &Arena, roots: &[Id]) -> Vec<Id> {
    arena.collect(roots, |arena, id| match arena.node(id) {
        Node::Reduce { dims, .. } => {
            let keyed = arena.free_dims(id).iter().any(|dim| arena.dim_info(*dim).role == Role::Key);
            keyed && dims.iter().all(|dim| arena.dim_info(*dim).role != Role::Key)
        }
        _ => false,
    })
}

/// A statistic (by key) that an extremum over the keys depends on: it has to be known before.
fn nested_statistic(arena: &Arena, readings: &[Reading<'_>]) -> Option<usize> {
    let roots: Vec<Id> = readings.iter().map(|reading| reading.expression).collect();
    let keyed = |arena: &Arena, id: Id| match arena.node(id) {
        Node::Reduce { dims, .. } => dims.iter().any(|dim| arena.dim_info(*dim).role == Role::Key),
        _ => false,
    };
    let inner = arena.collect(&roots, keyed).into_iter().find_map(|id| match arena.node(id) {
        Node::Reduce { kind: Kind::Max | Kind::Min, body, .. } => arena.collect(&[*body], keyed).first().copied(),
        _ => None,
    })?;
    let mut statistics = readings.iter().flat_map(|reading| &reading.statistics);
    statistics.find(|(id, _)| *id == inner).map(|(_, value)| ffi::value_key(*value))
}

/// The one key dimension of all reductions.
fn key_of(arena: &Arena, roots: &[Id]) -> Option<DimId> {
    let mut keys = HashSet::new();
    for reduce in arena.collect(roots, |arena, id| matches!(arena.node(id), Node::Reduce { .. })) {
        if let Node::Reduce { dims, .. } = arena.node(reduce) {
            keys.extend(dims.iter().copied().filter(|dim| arena.dim_info(*dim).role == Role::Key));
        }
    }
    let mut keys = keys.into_iter();
    let key = keys.next()?;
    keys.next().is_none().then_some(key)
}

fn finish<'c>(block: Blk<'c>, point: &Point<'c>, mut group: Group<'c>, op: Op<'c>) -> Result<Raised<'c>, Refused> {
    let ends: HashSet<usize> = group.roots.iter().map(|root| ffi::value_key(root.value)).collect();
    // Before the first user of a root, after every capture.
    let users = group.roots.iter().flat_map(|root| ffi::uses(root.value));
    let users = users.filter_map(|(user, _)| ir::ancestor_in(user, block));
    let before = users.reduce(|first, user| if ffi::is_before(user, first) { user } else { first });
    let Some(before) = before else { return Err(Refused::new("the result is not used")) };
    let bodies: Vec<Id> = group.operands.iter().map(|operand| operand.body).collect();
    let inside = group.arena.collect(&bodies, |arena, id| matches!(arena.node(id), Node::Load(..)));
    let read = group.layout.captures.iter().filter_map(|view| view.tensor);
    let read = read.chain(inside.into_iter().filter_map(|load| match group.arena.node(load) {
        Node::Load(tensor, _) => Some(*tensor),
        _ => None,
    }));
    let mut late = vec![];
    for tensor in read {
        let Some(value) = group.values.get(tensor.0 as usize).copied() else { continue };
        if ends.contains(&ffi::value_key(value)) {
            return Err(Refused::at("a result is also an operand", value));
        }
        let own = computed_from(value, block, before, &ends).ok_or_else(|| {
            let late = Refused::at("an operand is only computed after a result is used", value);
            group.exits.first().map_or(late, Exit::refused)
        })?;
        late.extend(own);
    }
    late.sort_by(|a, b| live::in_order(*a, *b));
    late.dedup();
    late.into_iter().for_each(|op| ffi::move_before(op, before));
    let builder = Builder::before(before).with_location(op.location());
    let operands = builder.with_location(Location::name(builder.context, remark::OPERAND, op.location()));
    for own in &group.operands {
        let value = operand::emit(&operands, &group.arena, own, &group.values, point)?;
        group.values.push(value);
    }
    // Statistics that other weights are computed from are not rounded first.
    let statistics =
        if group.plan.states.iter().any(|state| state.value.is_some()) { group.exits.len() } else { ends.len() };
    let typed = |(at, root): (usize, &Root<'c>)| {
        let ty = ir::type_of(root.value);
        let narrow = Element::held_by(ty).is_some_and(Element::is_half);
        let wide = narrow && at + statistics >= group.roots.len() && root::spreads(root.value, 4);
        if wide { builder.tensor_type(&ffi::shape(ty).unwrap_or_default(), builder.f32_type()) } else { ty }
    };
    let types: Vec<_> = group.roots.iter().enumerate().map(typed).collect();
    let results = emit::emit(&builder, &group.arena, &group.plan, &group.layout, &group.values, &types, point)?;
    let account = account(&group, op);
    let makers = group.roots.iter().filter_map(|root| ffi::defining_op(root.value)).collect();
    for (root, result) in group.roots.iter().zip(results) {
        let rounded = exchange::narrowed(&builder, result, ffi::element_type(ir::type_of(root.value)));
        ffi::replace_all_uses(root.value, rounded);
    }
    if !group.exits.is_empty() {
        twice::round_alike(&group.readings);
    }
    Ok(Raised { account, before: makers })
}

fn account(group: &Group<'_>, op: Op<'_>) -> Derivation {
    let mut consumed: Vec<(String, String)> = vec![];
    let mut seen = HashSet::new();
    for reading in &group.readings {
        for (key, op) in &reading.consumed {
            if seen.insert(*key) {
                consumed.push((remark::position(op.location()), ir::name(*op).to_string()));
            }
        }
    }
    consumed.sort();
    let show = |id: Id| group.arena.show(id);
    let states = group.plan.states.iter().map(|state| {
        let value = state.value.map(|value| format!(" * {}", show(value))).unwrap_or_default();
        let rescale =
            if state.kind == Kind::Sum { format!(", rescaled by {}", show(state.rescale)) } else { String::new() };
        format!("{} of {}{value} from {}{rescale}", state.kind.name(), show(state.lift), show(state.init))
    });
    let captures = group.layout.captures.iter().filter_map(|view| {
        let value = group.values[view.tensor?.0 as usize];
        let map = group.layout.map(view);
        let map: Vec<_> = map.results.iter().map(ToString::to_string).collect();
        Some(format!("{} at ({})", show_type(&group.arena, ir::type_of(value)), map.join(", ")))
    });
    Derivation {
        location: remark::position(op.location()),
        outcome: Outcome::Fused,
        reason: String::new(),
        at: None,
        laws: group.laws.0.clone(),
        consumed: consumed.into_iter().map(|(at, name)| format!("{name} at {at}")).collect(),
        captures: captures.collect(),
        states: states.collect(),
        scores: group.plan.scores.iter().map(|id| show(*id)).collect(),
        projections: group.plan.outputs.iter().map(|id| show(*id)).collect(),
    }
}

/// A type, with `?` for sizes that are only known at run time.
fn show_type(arena: &Arena, ty: Type<'_>) -> String {
    let shape = ffi::shape(ty).unwrap_or_default();
    if !shape.iter().flatten().any(|size| arena.symbolic(*size)) {
        return ty.to_string();
    }
    let sizes = shape.into_iter().map(|size| match size.filter(|size| !arena.symbolic(*size)) {
        Some(size) => format!("{size}x"),
        None => "?x".into(),
    });
    format!("tensor<{}{}>", sizes.collect::<String>(), ffi::element_type(ty))
}
