//! What is saved between forward and backward: the cheapest cut of what is known without gradients.

use super::{
    read_of,
    views::{self, View},
};
use crate::{
    dialect::ops,
    ffi,
    ir::{self, Blk, Element, Val},
};
use std::collections::{HashMap, HashSet, VecDeque};

/// What a size counts as that is only known at run time.
const NOMINAL: u64 = 1024;
/// How many times the size of its results a function saves beside them: as much again where they are computed further, and numbers of rows.
const MOST: u64 = 2;
/// More than can be saved.
const NEVER: u64 = 1 << 60;

/// What backward reads of what forward computes.
pub struct Cut<'c> {
    /// What is saved beside the results of the function.
    pub saved: Vec<Val<'c>>,
    /// By the number of a result of forward: values that are that, but for views to be undone.
    read: Vec<(usize, Vec<View<'c>>, Val<'c>)>,
}

impl<'c> Cut<'c> {
    /// The values that a result of forward stands for, and the views that lead there.
    pub fn stands_for(&self, number: usize) -> impl Iterator<Item = (&[View<'c>], Val<'c>)> {
        self.read.iter().filter(move |(own, ..)| *own == number).map(|(_, views, value)| (&views[..], *value))
    }

    /// The cut of a function's body. `results` are those of the function, `gradients` what backward gives, and `dependent` what is only known
    /// there.
    ///
    /// # Errors
    /// Why there is none.
    pub fn of(
        body: Blk<'c>,
        results: &[Val<'c>],
        gradients: &[Val<'c>],
        dependent: &HashSet<usize>,
    ) -> Result<Self, String> {
        let is_late = |value: &Val<'c>| dependent.contains(&ffi::value_key(*value));
        let late = ir::ops(body).into_iter().filter(|op| ir::results(*op).iter().any(is_late));
        let wanted =
            late.flat_map(|op| read_of(op, body)).chain(gradients.iter().copied()).filter(|value| !is_late(value));
        let wanted: Vec<_> = wanted.collect();
        let limit = results.iter().map(|value| MOST * bytes(*value)).fold(0, u64::saturating_add);
        let kept = views::of_results(results);
        let cost = |value| if kept.iter().any(|(_, own, _)| *own == value) { 0 } else { bytes(value) };
        let (crossing, bytes) =
            Network::of(body, &wanted, cost).cut().ok_or("gradients need more of a fused op than can be saved")?;
        if bytes > limit {
            return Err(format!("more than {MOST} times as much would be saved as the function gives"));
        }
        if crossing.is_empty() {
            return Err("gradients need nothing that a fused op gives".into());
        }
        let mut made = Self { saved: vec![], read: vec![] };
        for value in crossing {
            match kept.iter().find(|(_, own, _)| *own == value) {
                Some((number, own, views)) => made.read.push((*number, views.clone(), *own)),
                None => {
                    made.read.push((results.len() + made.saved.len(), vec![], value));
                    made.saved.push(value);
                }
            }
        }
        Ok(made)
    }
}

/// The bytes of a tensor.
fn bytes(value: Val<'_>) -> u64 {
    let ty = ir::type_of(value);
    let Some(shape) = ffi::shape(ty) else { return NEVER };
    let size = |size: Option<i64>| size.map_or(NOMINAL, |size| size.unsigned_abs());
    let Some(element) = Element::held_by(ty) else { return NEVER };
    shape.into_iter().map(size).product::<u64>().saturating_mul(u64::from(element.bits().div_ceil(8))).min(NEVER)
}

/// Values, and what they are computed from, as a network: what fused ops give flows to what is wanted, and as much as a value costs goes
/// through it.
struct Network<'c> {
    values: Vec<Val<'c>>,
    costs: Vec<u64>,
    /// Edges from a node, by number: to which, how much still goes there, and the number of the edge back.
    edges: Vec<Vec<(usize, u64, usize)>>,
}

/// Where everything comes from and goes to; then two nodes per value, before and behind it.
const START: usize = 0;
const END: usize = 1;

impl<'c> Network<'c> {
    fn of(body: Blk<'c>, wanted: &[Val<'c>], cost: impl Fn(Val<'c>) -> u64) -> Self {
        let mut network = Self { values: vec![], costs: vec![], edges: vec![vec![], vec![]] };
        let mut numbers = HashMap::new();
        let mut open = vec![];
        for value in wanted {
            let number = network.number(*value, &cost, &mut numbers, &mut open);
            network.connect(2 * number + 3, END, NEVER);
        }
        while let Some((number, value)) = open.pop() {
            let Some(op) = ffi::defining_op(value) else { continue };
            if ir::name(op) == ops::FUSED {
                network.connect(START, 2 * number + 2, NEVER);
                continue;
            }
            for source in read_of(op, body) {
                let source = network.number(source, &cost, &mut numbers, &mut open);
                network.connect(2 * source + 3, 2 * number + 2, NEVER);
            }
        }
        network
    }

    /// The number of a value, which is looked at if it is new.
    fn number(
        &mut self,
        value: Val<'c>,
        cost: impl Fn(Val<'c>) -> u64,
        numbers: &mut HashMap<usize, usize>,
        open: &mut Vec<(usize, Val<'c>)>,
    ) -> usize {
        *numbers.entry(ffi::value_key(value)).or_insert_with(|| {
            let number = self.values.len();
            self.values.push(value);
            self.costs.push(cost(value));
            self.edges.extend([vec![], vec![]]);
            self.connect(2 * number + 2, 2 * number + 3, self.costs[number]);
            open.push((number, value));
            number
        })
    }

    fn connect(&mut self, from: usize, to: usize, capacity: u64) {
        let (there, back) = (self.edges[from].len(), self.edges[to].len());
        self.edges[from].push((to, capacity, back));
        self.edges[to].push((from, 0, there));
    }

    /// The edges by which nodes are reached from the start, breadth first.
    fn reached(&self) -> HashMap<usize, (usize, usize)> {
        let mut by = HashMap::from([(START, (START, 0))]);
        let mut open = VecDeque::from([START]);
        while let Some(node) = open.pop_front() {
            for (edge, (to, left, _)) in self.edges[node].iter().enumerate() {
                if *left > 0 && !by.contains_key(to) {
                    by.insert(*to, (node, edge));
                    open.push_back(*to);
                }
            }
        }
        by
    }

    /// The values of the cheapest cut, the nearest to the start, and what they cost together. `None`: nothing that can be saved is between.
    fn cut(mut self) -> Option<(Vec<Val<'c>>, u64)> {
        loop {
            let by = self.reached();
            if !by.contains_key(&END) {
                let behind = |number: &usize| by.contains_key(&(2 * number + 2)) && !by.contains_key(&(2 * number + 3));
                let cut: Vec<_> = (0..self.values.len()).filter(behind).collect();
                let cost = cut.iter().map(|number| self.costs[*number]).sum();
                return Some((cut.into_iter().map(|number| self.values[number]).collect(), cost));
            }
            let way: Vec<_> =
                std::iter::successors(Some(by[&END]), |(node, _)| (*node != START).then(|| by[node])).collect();
            let most = way.iter().map(|(node, edge)| self.edges[*node][*edge].1).min().unwrap_or_default();
            if most >= NEVER {
                return None;
            }
            for (node, edge) in way {
                let (to, left, back) = &mut self.edges[node][edge];
                *left -= most;
                let (to, back) = (*to, *back);
                self.edges[to][back].1 += most;
            }
        }
    }
}
