//! What stays behind: uses of fused values by operations that are not fused.

use super::{
    find::{self, Candidate},
    program::describe,
    root::{self, Reading, Root},
};
use crate::{
    algebra::{Arena, Id, Node, Refused},
    ffi,
    ir::{self, Blk, Element, Op, Val},
};
use std::{
    cmp::Ordering,
    collections::{HashMap, HashSet},
    rc::Rc,
};

/// Why weights that use statistics of their own scores along another axis are no candidate by themselves.
pub const ANOTHER_AXIS: &str = "the weights use a reduction of the scores along another axis than the keys";

/// A value of the fused area that something needs which stays.
pub struct Exit<'c> {
    /// The row statistic of it that is needed.
    pub root: Root<'c>,
    statistic: Option<usize>,
    value: Val<'c>,
    user: Op<'c>,
    /// Where the area could stop instead.
    cut: Val<'c>,
}

impl Exit<'_> {
    /// Leaves the statistic to be computed by what needs it.
    pub fn skip(&self, stay: &mut Stay) {
        stay.skipped.extend(self.statistic);
    }

    /// Whether it is one of these values.
    pub fn is_one_of(&self, values: &HashSet<usize>) -> bool {
        self.statistic.is_some_and(|statistic| values.contains(&statistic))
    }

    /// Where the area could stop instead.
    pub fn cut(&self) -> Option<usize> {
        Some(ffi::value_key(self.cut))
    }

    /// Why the area cannot go where this is no row statistic.
    pub fn refused(&self) -> Refused {
        let reason = format!("a value of the size of the scores is also used by {}", describe(self.user));
        Refused::at(reason, self.value).unless(Some(self.cut))
    }
}

/// What to do about values of the area that something needs which stays.
#[derive(Clone, Default)]
pub struct Stay {
    /// Such values are computed once more, from the statistics of the fused op.
    pub again: bool,
    /// Statistics (by key) that are not made results.
    pub skipped: HashSet<usize>,
}

/// Scores and weights must not be needed by anything that stays, but for what other candidates of `candidates` look
/// through themselves, or where they are computed again. A row statistic that is needed becomes a root.
pub fn escapes<'c>(
    block: Blk<'c>,
    arena: &Arena,
    roots: &[Root<'c>],
    readings: &[Reading<'c>],
    candidates: &[Rc<Candidate<'c>>],
    stay: &Stay,
) -> Result<Option<Exit<'c>>, Refused> {
    let mut area: HashMap<usize, Val<'c>> = HashMap::new();
    for reading in readings {
        area.extend(reading.area.iter().map(|(key, value)| (*key, *value)));
    }
    let expressions: Vec<Id> = readings.iter().map(|reading| reading.expression).collect();
    let mut operands = HashSet::new();
    for load in arena.collect(&expressions, |arena, id| matches!(arena.node(id), Node::Load(..))) {
        if let Node::Load(tensor, _) = arena.node(load) {
            operands.insert(arena.tensors[tensor.0 as usize].key);
        }
    }
    let live = Live::new(block, roots, &operands);
    let own = |at: &usize| roots.iter().any(|root| root.mains.contains(at));
    let others: Vec<_> = (0..candidates.len())
        .filter(|at| !own(at))
        .map(|at| &candidates[at])
        .filter(|other| !other.is_layer())
        .collect();
    let mut values: Vec<_> = area.values().copied().filter(|value| depends_on_reduction(*value)).collect();
    // Last first: what a later statistic is computed from is not needed once that is a result.
    values.sort_by(|a, b| live.order(*b, *a));
    for value in &values {
        for (user, _) in ffi::uses(*value) {
            if !live.contains(user) {
                continue;
            }
            let results = ir::results(user);
            let inside = results.iter().map(|result| ffi::value_key(*result)).any(|result| {
                area.contains_key(&result) || others.iter().any(|other| other.area.contains_key(&result))
            });
            if inside || others.iter().any(|other| other.op == user) {
                // Its own users are looked at in turn.
                continue;
            }
            let cut = frontier(*value, &area, readings[0].policy.opaque.union(&operands));
            match statistic_after(user, &area, &live, 0) {
                Some(statistic) if stay.skipped.contains(&ffi::value_key(statistic)) => {}
                Some(statistic) => {
                    let root = root::exit(statistic, &area, &readings[0].policy.opaque);
                    if operands.contains(&ffi::value_key(root.value)) || operands.contains(&ffi::value_key(statistic)) {
                        if stay.again {
                            continue;
                        }
                        return Err(Refused::at(ANOTHER_AXIS, statistic).unless(Some(cut)));
                    }
                    return Ok(Some(Exit {
                        root,
                        statistic: Some(ffi::value_key(statistic)),
                        value: *value,
                        user,
                        cut,
                    }));
                }
                None if stay.again => {}
                None => {
                    return Err(Exit { root: roots[0].clone(), statistic: None, value: *value, user, cut }.refused());
                }
            }
        }
    }
    Ok(None)
}

/// The farthest value that is computed from `value` alone, without growing and before indices or other scores come in: a
/// mask rather than the numbers it compares.
fn frontier<'a, 'c>(
    value: Val<'c>,
    area: &HashMap<usize, Val<'c>>,
    opaque: impl Iterator<Item = &'a usize>,
) -> Val<'c> {
    let points = |value: Val<'c>| {
        let sizes: Option<Vec<i64>> = ffi::shape(ir::type_of(value)).unwrap_or_default().into_iter().collect();
        sizes.map(|sizes| sizes.into_iter().fold(1, i64::saturating_mul))
    };
    let is_bool = |value: Val<'c>| Element::of_value(value) == Some(Element::BOOL);
    let mut memo = opaque.map(|key| (*key, false)).collect();
    let mut last = value;
    while !is_bool(last) {
        let mut users = ffi::uses(last)
            .into_iter()
            .map(|(user, _)| user)
            .filter(|user| ir::results(*user).iter().any(|result| area.contains_key(&ffi::value_key(*result))));
        let Some(user) = users.next().filter(|user| users.all(|other| other == *user)) else { break };
        let results = ir::results(user);
        let elementwise = ir::name(user) == "linalg.generic" && !find::Loops::reduces(user);
        let [next] = results.as_slice() else { break };
        if !(elementwise || find::is_view(ir::name(user))) || points(*next) > points(last) {
            break;
        }
        let inputs = ir::operands(user).len() - usize::from(elementwise);
        let alone = ir::operands(user).into_iter().take(inputs).all(|operand| {
            operand == last
                || !area.contains_key(&ffi::value_key(operand))
                    && !find::row_statistic(operand, area, &mut memo, &mut HashSet::new())
        });
        if !alone {
            break;
        }
        last = *next;
    }
    last
}

/// The row statistic that an operation on values of the area leads to, and that something needs which stays.
fn statistic_after<'c>(op: Op<'c>, area: &HashMap<usize, Val<'c>>, live: &Live, depth: u32) -> Option<Val<'c>> {
    let results = ir::results(op);
    let used = |result: &&Val<'c>| live.needs(**result);
    if let Some(result) = results.iter().find(used)
        && find::row_statistic(*result, area, &mut HashMap::new(), &mut HashSet::new())
    {
        return Some(*result);
    }
    let elementwise = find::is_view(ir::name(op)) || ir::name(op) == "linalg.generic" && !find::Loops::reduces(op);
    if depth > 16 || !elementwise {
        return None;
    }
    results.into_iter().flat_map(ffi::uses).find_map(|(user, _)| statistic_after(user, area, live, depth + 1))
}

/// The operations of a block that still matter once the roots have other producers. All of them matter before.
struct Live<'o, 'c> {
    block: Blk<'c>,
    gone: HashSet<usize>,
    /// The values that the fused op reads.
    operands: &'o HashSet<usize>,
}

impl<'o, 'c> Live<'o, 'c> {
    fn new(block: Blk<'c>, roots: &[Root<'c>], operands: &'o HashSet<usize>) -> Self {
        let ends: HashSet<usize> = roots.iter().map(|root| ffi::value_key(root.value)).collect();
        let mut live = Self { block, gone: HashSet::new(), operands };
        let mut open: Vec<_> = roots.iter().filter_map(|root| ffi::defining_op(root.value)).collect();
        while let Some(op) = open.pop() {
            let wanted = |result: &Val<'c>| !ends.contains(&ffi::value_key(*result)) && live.needs(*result);
            if ir::is_in(op, block)
                && is_pure(op)
                && !ir::results(op).iter().any(wanted)
                && live.gone.insert(ffi::op_key(op))
            {
                open.extend(read(op).into_iter().filter_map(ffi::defining_op));
            }
        }
        live
    }

    fn contains(&self, op: Op<'c>) -> bool {
        // An operation inside of another's body counts with it.
        ir::ancestor_in(op, self.block).is_none_or(|op| !self.gone.contains(&ffi::op_key(op)))
    }

    /// Whether the fused op or an operation that stays reads a value.
    fn needs(&self, value: Val<'c>) -> bool {
        self.operands.contains(&ffi::value_key(value))
            || ffi::uses(value).into_iter().any(|(user, _)| self.contains(user))
    }

    /// Which of two values is computed first, where values of other blocks come before all.
    fn order(&self, a: Val<'c>, b: Val<'c>) -> Ordering {
        let own = |value| ffi::defining_op(value).filter(|op| ir::is_in(*op, self.block));
        match (own(a), own(b)) {
            (Some(a), Some(b)) => in_order(a, b),
            (a, b) => a.is_some().cmp(&b.is_some()),
        }
    }
}

/// Which of two operations of a block comes first.
pub fn in_order(a: Op<'_>, b: Op<'_>) -> Ordering {
    match () {
        () if a == b => Ordering::Equal,
        () if ffi::is_before(a, b) => Ordering::Less,
        () => Ordering::Greater,
    }
}

/// The values that an operation reads, those that its body reads too.
pub fn read<'c>(op: Op<'c>) -> Vec<Val<'c>> {
    std::iter::once(op).chain(ir::walk(op)).flat_map(ir::operands).collect()
}

/// Operations that can be erased when nothing uses them.
pub fn is_pure(op: Op<'_>) -> bool {
    let name = ir::name(op);
    ["linalg.", "tensor.", "arith.", "math."].iter().any(|dialect| name.starts_with(dialect))
        && !ir::results(op).is_empty()
}

/// The operations of a block from `first` on that compute a value; `None` where one of them is not pure or reads a value of `ends`.
pub fn computed_from<'c>(value: Val<'c>, block: Blk<'c>, first: Op<'c>, ends: &HashSet<usize>) -> Option<Vec<Op<'c>>> {
    let mut found: Vec<Op<'c>> = vec![];
    let mut values = vec![value];
    while let Some(value) = values.pop() {
        if ends.contains(&ffi::value_key(value)) {
            return None;
        }
        let Some(op) = ffi::defining_op(value) else { continue };
        if !ir::is_in(op, block) || ffi::is_before(op, first) || found.contains(&op) {
            continue;
        }
        if !is_pure(op) {
            return None;
        }
        found.push(op);
        values.extend(read(op));
    }
    Some(found)
}

/// What was erased, by key.
#[derive(Default)]
pub struct Erased {
    pub ops: HashSet<usize>,
    pub values: HashSet<usize>,
}

/// Erases the operations of a block among `from`, and of what they are computed from, whose results have no use.
pub fn sweep<'c>(block: Blk<'c>, from: Vec<Op<'c>>) -> Erased {
    let mut erased = Erased::default();
    let own = |op: &Op<'c>| ir::is_in(*op, block);
    let mut open = from;
    open.retain(own);
    while let Some(op) = open.pop() {
        // What is open twice may be gone.
        if erased.ops.contains(&ffi::op_key(op)) || !is_pure(op) {
            continue;
        }
        let results = ir::results(op);
        if results.iter().any(|result| ffi::is_used(*result)) {
            continue;
        }
        open.extend(read(op).into_iter().filter_map(ffi::defining_op).filter(own));
        erased.ops.insert(ffi::op_key(op));
        erased.values.extend(results.into_iter().map(ffi::value_key));
        ffi::erase(op);
    }
    erased
}

/// Whether a value is elementwise from a reduction of numbers; a sum of indices is none.
pub fn depends_on_reduction(value: Val<'_>) -> bool {
    let Some(op) = ffi::defining_op(value) else { return false };
    if ir::name(op) == "linalg.generic" && find::Loops::reduces(op) {
        let float = Element::of_value(value).is_some_and(Element::is_float);
        return float || ir::operands(op).len() > 2;
    }
    let through = find::is_view(ir::name(op)) || ir::name(op) == "linalg.generic";
    through && ir::operands(op).into_iter().any(depends_on_reduction)
}
