//! From dimensions of expressions to iteration dimensions of the op, and from loads to captures.
//!
//! Unit dimensions vanish, a tensor dimension that is a mixed-radix combination of indices is split, and batch (or
//! value, or reduction) dimensions that only ever occur side by side become one.

use super::derive::{Plan, State};
use crate::{
    algebra::{Arena, DimId, Id, Node, Refused, Role as Kind, TensorId, Ty},
    dialect::{
        linear::{IndexMap, Linear},
        ops::Role,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// As many queries are enough for a tile.
const FULL_TILE: i64 = 64;

/// One dimension of a tensor after splitting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// One point, always at 0.
    Unit,
    /// All of a group of indices, most significant first.
    Dims(Vec<DimId>),
    /// Any other linear form.
    Linear(Vec<(DimId, i64)>, i64),
}

/// How a tensor is viewed: for each of its dimensions, the parts it is split into with their sizes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    pub tensor: Option<TensorId>,
    pub coords: Vec<Id>,
    pub parts: Vec<Vec<(Part, i64)>>,
}

/// Iteration dimensions and captures.
pub struct Layout {
    /// Every iteration dimension as the group of expression dimensions it stands for.
    pub dims: Vec<(Role, Vec<DimId>)>,
    pub captures: Vec<View>,
    pub results: Vec<View>,
}

impl Layout {
    /// The iteration dimension of an expression dimension that is not merged with another.
    pub fn position(&self, dim: DimId) -> Option<usize> {
        self.dims.iter().position(|(_, group)| group == &[dim])
    }

    fn group_of(&self, dim: DimId) -> Option<usize> {
        self.dims.iter().position(|(_, group)| group.contains(&dim))
    }

    /// The iteration dimensions of a state.
    pub fn state_dims(&self, arena: &Arena, plan: &Plan, state: &State) -> Vec<usize> {
        let mask = |ids: &[Id]| ids.iter().fold(0u128, |mask, id| mask | arena.flags(*id).dims);
        let rows = plan
            .states
            .iter()
            .fold(mask(&plan.scores), |rows, state| rows | mask(&[state.init, state.lift, state.rescale]));
        let value = state.value.map_or(0, |value| arena.flags(value).dims);
        let has = |group: &[DimId], mask: u128| group.iter().any(|dim| mask >> dim.0 & 1 == 1);
        let all = self.dims.iter().enumerate().filter(|(_, (role, group))| match role {
            Role::Query => true,
            // A batch dimension that only values have is not a dimension of the statistics.
            Role::Batch => has(group, rows | value),
            Role::Value => has(group, value),
            _ => false,
        });
        all.map(|(at, _)| at).collect()
    }

    /// A result that does not have all dimensions of the states that it is computed from.
    pub fn narrow_result(&self, arena: &Arena, plan: &Plan) -> Option<usize> {
        (0..plan.outputs.len()).find(|at| {
            let own = self.map(&self.results[*at]).used();
            let atoms = arena.collect(&[plan.outputs[*at]], |arena, id| matches!(arena.node(id), Node::Atom(..)));
            atoms.into_iter().any(|atom| {
                let Node::Atom(number, _) = arena.node(atom) else { return false };
                let state = plan.states.get(*number as usize);
                state.is_some_and(|state| self.state_dims(arena, plan, state).iter().any(|dim| !own.contains(dim)))
            })
        })
    }

    /// The iteration dimensions of a set of expression dimensions.
    pub fn positions(&self, dims: &[DimId]) -> Vec<usize> {
        let found: BTreeSet<usize> = dims.iter().filter_map(|dim| self.group_of(*dim)).collect();
        found.into_iter().collect()
    }

    pub fn extent(&self, arena: &Arena, at: usize) -> i64 {
        self.dims[at].1.iter().map(|dim| arena.dim_info(*dim).extent).product()
    }

    /// The index map of a view, after units are dropped.
    pub fn map(&self, view: &View) -> IndexMap {
        let dims = self.dims.len();
        let mut results = vec![];
        for (part, _) in view.parts.iter().flatten() {
            match part {
                Part::Unit => {}
                Part::Dims(group) => {
                    let at = self.group_of(group[0]).unwrap_or(0);
                    let linear = Linear::dim(dims, at);
                    // Parts of one merged dimension follow each other: one result stands for all.
                    if self.dims[at].1.len() == 1 || results.last() != Some(&linear) {
                        results.push(linear);
                    }
                }
                Part::Linear(terms, constant) => {
                    let mut linear = Linear::constant(dims, *constant);
                    for (dim, factor) in terms {
                        linear.factors[self.group_of(*dim).unwrap_or(0)] += factor;
                    }
                    results.push(linear);
                }
            }
        }
        IndexMap { dims, results }
    }
}

/// The linear form of a coordinate over dimensions.
pub fn linear_of(arena: &Arena, coord: Id) -> Option<(Vec<(DimId, i64)>, i64)> {
    let (terms, constant) = arena.linear_parts(coord);
    let mut dims = vec![];
    for (term, factor) in terms {
        let Node::Dim(dim) = arena.node(term) else { return None };
        dims.push((*dim, factor));
    }
    Some((dims, constant))
}

/// Splits a tensor accessed at these coordinates.
pub fn view(arena: &Arena, tensor: Option<TensorId>, shape: &[i64], coords: &[Id]) -> Result<View, Refused> {
    let mut parts = vec![];
    for (size, coord) in shape.iter().zip(coords) {
        let Some((mut terms, constant)) = linear_of(arena, *coord) else {
            return Err(Refused::new("an operand is read at coordinates that are not linear in the loop indices"));
        };
        if terms.is_empty() && constant == 0 && *size == 1 {
            parts.push(vec![(Part::Unit, 1)]);
            continue;
        }
        terms.sort_by_key(|(_, factor)| std::cmp::Reverse(*factor));
        if arena.radix(*coord) == Some(*size) {
            parts.push(terms.iter().map(|(dim, _)| (Part::Dims(vec![*dim]), arena.dim_info(*dim).extent)).collect());
        } else if terms.iter().any(|(_, factor)| arena.symbolic(factor.abs())) || arena.symbolic(constant.abs()) {
            return Err(Refused::new(
                "an operand is read at a place computed from a size that is only known at run time",
            ));
        } else if let ([(dim, 1)], 0) = (&terms[..], constant)
            && arena.symbolic(arena.dim_info(*dim).extent)
        {
            return Err(Refused::new("an operand is read up to a size that is only known at run time"));
        } else {
            parts.push(vec![(Part::Linear(terms, constant), *size)]);
        }
    }
    Ok(View { tensor, coords: coords.to_vec(), parts })
}

/// Every expression the regions hold.
pub fn expressions(plan: &Plan) -> Vec<Id> {
    let mut all = plan.scores.clone();
    for state in &plan.states {
        all.extend([state.init, state.lift, state.rescale]);
        all.extend(state.value);
    }
    all.extend(&plan.outputs);
    all
}

/// Chooses roles, merges dimensions and lists captures.
///
/// # Errors
/// When an access has no linear map, or a value operand depends on the query.
pub fn layout(arena: &Arena, plan: &Plan, roots: &[(Vec<i64>, Vec<Id>)]) -> Result<Layout, Refused> {
    let all = expressions(plan);
    let loads = arena.collect(&all, |arena, id| matches!(arena.node(id), Node::Load(..)));
    let mut captures: Vec<View> = vec![];
    for load in loads {
        let Node::Load(tensor, coords) = arena.node(load) else { continue };
        // A scalar is used where it is.
        let info = &arena.tensors[tensor.0 as usize];
        if info.scalar {
            continue;
        }
        captures.push(view(arena, Some(*tensor), &info.shape, coords)?);
    }
    let mut results = vec![];
    for (shape, coords) in roots {
        results.push(view(arena, None, shape, coords)?);
    }

    // Roles.
    let mask = |ids: &[Id]| ids.iter().fold(0u128, |mask, id| mask | arena.flags(*id).dims);
    let stats: Vec<Id> = plan.states.iter().flat_map(|state| [state.init, state.lift, state.rescale]).collect();
    let rows = mask(&plan.scores) | mask(&stats);
    let values: Vec<Id> = plan.states.iter().filter_map(|state| state.value).collect();
    let value_mask = mask(&values);
    let outputs = mask(&plan.outputs);
    let mut key_side = value_mask;
    for reduce in arena.collect(&plan.scores, |arena, id| matches!(arena.node(id), Node::Reduce { .. })) {
        for load in arena.collect(&[reduce], |arena, id| matches!(arena.node(id), Node::Load(..))) {
            if arena.uses(load, plan.key) {
                key_side |= arena.flags(load).dims;
            }
        }
    }
    let free: Vec<DimId> = arena
        .all_dims()
        .filter(|dim| arena.dim_info(*dim).role == Kind::Free)
        .filter(|dim| (rows | value_mask | outputs) >> dim.0 & 1 == 1)
        .collect();
    let named = results.iter().flat_map(|view| view.parts.iter().flatten()).flat_map(|(part, _)| match part {
        Part::Unit => vec![],
        Part::Dims(group) => group.clone(),
        Part::Linear(terms, _) => terms.iter().map(|(dim, _)| *dim).collect(),
    });
    if named.into_iter().any(|dim| !free.contains(&dim)) {
        return Err(Refused::new("the result is the same all along one of its dimensions"));
    }
    let has = |mask: u128, dim: DimId| mask >> dim.0 & 1 == 1;
    // A mask over the keys that is a vector for each tile of queries can be bounded over tiles of keys.
    let masks = arena.collect(&plan.scores, |arena, id| {
        arena.uses(id, plan.key) && matches!(arena.node(id), Node::Load(..)) && arena.ty(id) != Ty::Float
    });
    let masks = mask(&masks);
    let query = free.iter().copied().filter(|dim| has(rows, *dim) && !has(key_side, *dim)).max_by_key(|dim| {
        let extent = arena.dim_info(*dim).extent;
        (!has(masks, *dim) && extent >= FULL_TILE, extent, dim.0)
    });
    if let Some(query) = query
        && has(value_mask, query)
    {
        return Err(Refused::new("a value operand depends on the query index"));
    }
    let mut roles: BTreeMap<DimId, Role> = BTreeMap::new();
    for dim in &free {
        let role = match () {
            () if Some(*dim) == query => Role::Query,
            () if has(rows, *dim) => Role::Batch,
            () => Role::Value,
        };
        roles.insert(*dim, role);
    }
    roles.insert(plan.key, Role::Key);
    let mut reduction_groups: Vec<Vec<DimId>> = vec![];
    for reduce in arena.collect(&all, |arena, id| matches!(arena.node(id), Node::Reduce { .. })) {
        let Node::Reduce { dims, .. } = arena.node(reduce) else { continue };
        reduction_groups.push(dims.clone());
        for dim in dims {
            roles.insert(*dim, Role::Reduction);
        }
    }

    // Dimensions that are used by themselves cannot be merged.
    let mut single: BTreeSet<DimId> = BTreeSet::new();
    index_uses(arena, &all, &mut single);
    for (part, _) in captures.iter().chain(&results).flat_map(|view| view.parts.iter().flatten()) {
        if let Part::Linear(terms, _) = part {
            single.extend(terms.iter().map(|(dim, _)| *dim));
        }
    }
    let mut groups: Vec<Vec<DimId>> = roles.keys().map(|dim| vec![*dim]).collect();
    loop {
        let pair = merge_candidate(&groups, &roles, &single, captures.iter().chain(&results), &reduction_groups);
        let Some((first, second)) = pair else { break };
        let tail = groups.remove(second);
        let first = if second < first { first - 1 } else { first };
        groups[first].extend(tail);
    }
    // At most one value dimension per value operand: the others are as good as batch.
    let order = [Role::Batch, Role::Query, Role::Key, Role::Reduction, Role::Value];
    let sequence = free_order(&results, &captures);
    let mut dims: Vec<(Role, Vec<DimId>)> = groups.into_iter().map(|group| (roles[&group[0]], group)).collect();
    for value in &values {
        let own: Vec<usize> = (0..dims.len())
            .filter(|at| dims[*at].0 == Role::Value && dims[*at].1.iter().any(|dim| arena.uses(*value, *dim)))
            .collect();
        if own.len() > 1 {
            let last = own.iter().copied().max_by_key(|at| sequence.iter().position(|dim| *dim == dims[*at].1[0]));
            for at in own {
                if Some(at) != last {
                    dims[at].0 = Role::Batch;
                }
            }
        }
    }
    dims.sort_by_key(|(role, group)| {
        let rank = order.iter().position(|other| other == role);
        (rank, sequence.iter().position(|dim| *dim == group[0]), group[0])
    });
    let mut layout = Layout { dims, captures: vec![], results };
    for capture in captures {
        let same = |other: &View| other.tensor == capture.tensor && layout.map(other) == layout.map(&capture);
        if !layout.captures.iter().any(same) {
            layout.captures.push(capture);
        }
    }
    Ok(layout)
}

/// Free dimensions in the order in which results, then captures, mention them.
fn free_order(results: &[View], captures: &[View]) -> Vec<DimId> {
    let mut order = vec![];
    for (part, _) in results.iter().chain(captures).flat_map(|view| view.parts.iter().flatten()) {
        let dims: Vec<DimId> = match part {
            Part::Unit => vec![],
            Part::Dims(dims) => dims.clone(),
            Part::Linear(terms, _) => terms.iter().map(|(dim, _)| *dim).collect(),
        };
        for dim in dims {
            if !order.contains(&dim) {
                order.push(dim);
            }
        }
    }
    order
}

/// Whether a number in a computation of indices, other than of a coordinate, stands for a size that is only known at
/// run time.
pub fn uses_open_size(arena: &Arena, roots: &[Id]) -> bool {
    let mut seen = BTreeSet::new();
    let mut stack = roots.to_vec();
    while let Some(id) = stack.pop() {
        if !seen.insert(id) {
            continue;
        }
        let open = |number: i64| arena.symbolic(number.saturating_abs());
        match arena.node(id) {
            Node::Load(..) => continue,
            Node::Int(number) if open(*number) => return true,
            Node::Linear(terms, offset) if open(*offset) || terms.iter().any(|(_, factor)| open(*factor)) => {
                return true;
            }
            Node::Switch { bounds, .. } if bounds.iter().any(|bound| open(*bound)) => return true,
            _ => stack.extend(arena.children(id)),
        }
    }
    false
}

/// Dimensions whose index is computed with, other than as a coordinate.
fn index_uses(arena: &Arena, roots: &[Id], found: &mut BTreeSet<DimId>) {
    let mut seen = BTreeSet::new();
    let mut stack = roots.to_vec();
    while let Some(id) = stack.pop() {
        if !seen.insert(id) {
            continue;
        }
        match arena.node(id) {
            Node::Dim(dim) => {
                found.insert(*dim);
            }
            Node::Load(..) => {}
            _ => stack.extend(arena.children(id)),
        }
    }
}

/// Two groups that always occur side by side, in this order.
fn merge_candidate<'v>(
    groups: &[Vec<DimId>],
    roles: &BTreeMap<DimId, Role>,
    single: &BTreeSet<DimId>,
    views: impl Iterator<Item = &'v View> + Clone,
    reductions: &[Vec<DimId>],
) -> Option<(usize, usize)> {
    for (first, a) in groups.iter().enumerate() {
        for (second, b) in groups.iter().enumerate() {
            let (head, tail) = (a[0], b[0]);
            let role = roles[&head];
            if first == second
                || role != roles[&tail]
                || !matches!(role, Role::Batch | Role::Reduction | Role::Value)
                || a.iter().chain(b).any(|dim| single.contains(dim))
            {
                continue;
            }
            let together = views.clone().all(|view| {
                let sequence: Vec<DimId> = view
                    .parts
                    .iter()
                    .flatten()
                    .filter_map(|(part, _)| match part {
                        Part::Unit => None,
                        Part::Dims(dims) => Some(dims[0]),
                        Part::Linear(..) => Some(DimId(u8::MAX)),
                    })
                    .collect();
                let starts: Vec<usize> =
                    sequence.iter().enumerate().filter(|(_, dim)| **dim == head).map(|(at, _)| at).collect();
                let count = sequence.iter().filter(|dim| **dim == tail).count();
                count == starts.len()
                    && starts.iter().all(|start| {
                        a.iter().chain(b).enumerate().all(|(at, dim)| sequence.get(start + at) == Some(dim))
                    })
            }) && reductions.iter().all(|dims| dims.contains(&head) == dims.contains(&tail));
            if together {
                return Some((first, second));
            }
        }
    }
    None
}
