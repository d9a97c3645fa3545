//! Statistics that are a term of weights: `w*(x - sum(w*x))`, `w` an exponential, as the gradient of a softmax has them.
//!
//! Such a difference is taken before anything is summed or rounded, so the statistic has to be known first: it is a fold of its
//! own, or follows from a contraction that is computed anyway ([`exchange`]).

use super::{
    derive::Deriver,
    find::{self, Candidate, Loops, free_coords, is_view},
    point::Point,
    weights::Walks,
};
use crate::{
    algebra::{Arena, Func, Generic, Id, Node, Policy, Reader},
    ffi,
    ir::{self, Blk, Val},
};
use std::collections::{HashMap, HashSet};

/// Elementwise operations between a statistic and the weights.
const MOST_STEPS: u32 = 16;

/// The sums of a block that are a term of weights, in order, as candidates.
pub fn sums<'c>(block: Blk<'c>, point: &Point<'c>, walks: &mut Walks) -> Vec<Candidate<'c>> {
    let sums = ir::ops(block).into_iter().filter(|op| {
        Loops::of(*op)
            .is_some_and(|loops| loops.inputs == 1 && is_term(loops.result, loops.result, &mut HashSet::new(), 0))
    });
    sums.filter_map(|op| find::analyze_sum(op, &point.open, walks)).collect()
}

/// Whether a value that is computed from a statistic, elementwise, becomes a term of weights. `seen` holds the values that were
/// looked at.
fn is_term<'c>(value: Val<'c>, statistic: Val<'c>, seen: &mut HashSet<usize>, depth: u32) -> bool {
    ffi::uses(value).into_iter().any(|(user, _)| {
        let elementwise = Generic::of(user).is_some_and(|generic| !generic.reduces());
        (elementwise || is_view(ir::name(user)))
            && ir::results(user)
                .into_iter()
                .filter(|result| seen.insert(ffi::value_key(*result)))
                .collect::<Vec<_>>()
                .into_iter()
                .any(|result| {
                    subtracts(result, statistic) || depth < MOST_STEPS && is_term(result, statistic, seen, depth + 1)
                })
    })
}

/// Whether a value is a product of an exponential and a sum of which a statistic is a term.
fn subtracts(value: Val<'_>, statistic: Val<'_>) -> bool {
    let sizes: Option<Vec<i64>> = ffi::shape(ir::type_of(value)).unwrap_or_default().into_iter().collect();
    let mut arena = Arena::new();
    let Some(coords) = sizes.and_then(|sizes| free_coords(&mut arena, &sizes, 0)) else { return false };
    let policy = Policy { opaque: HashSet::from([ffi::value_key(statistic)]), ..Policy::default() };
    let Ok(expression) = Reader::new(&mut arena, policy).read(value, &coords) else { return false };
    let key = ffi::value_key(statistic);
    let own = |arena: &Arena, id: Id| matches!(arena.node(id), Node::Load(tensor, _) if arena.tensors[tensor.0 as usize].key == key);
    let Some(load) = arena.collect(&[expression], own).first().copied() else { return false };
    let dims = arena.flags(load).dims;
    let power = |arena: &Arena, id: Id| {
        matches!(arena.node(id), Node::Call(Func::Exp | Func::Exp2, _)) && arena.flags(id).dims & !dims != 0
    };
    if arena.collect(&[expression], power).is_empty() {
        return false;
    }
    // Linear in it, that is, up to where a function begins.
    let mut open = vec![expression];
    while let Some(id) = open.pop() {
        match arena.node(id) {
            Node::Sum(terms, _) => {
                let (with, without): (Vec<Id>, Vec<Id>) =
                    terms.iter().map(|(term, _)| *term).partition(|term| is_multiple(&arena, *term, load));
                if !with.is_empty() && without.iter().any(|term| arena.flags(*term).dims & !dims != 0) {
                    return true;
                }
                open.extend(terms.iter().map(|(term, _)| *term));
            }
            Node::Product(factors) => open.extend(factors.iter().filter(|(_, power)| *power > 0).map(|(id, _)| *id)),
            Node::Call(Func::Select, a) => open.extend(&a[1..]),
            _ => {}
        }
    }
    false
}

/// Whether an expression is `part` times something.
fn is_multiple(arena: &Arena, whole: Id, part: Id) -> bool {
    whole == part
        || arena.product_parts(whole).1.iter().any(|(factor, power)| {
            *power > 0 && (*factor == part || *factor != whole && is_multiple(arena, *factor, part))
        })
}

impl Deriver<'_> {
    /// A weight with what its terms have in common outside of their sum, where that is an exponential: `w*x - w*r` is `w*(x - r)`,
    /// whose difference is taken before it is scaled and rounded.
    pub(super) fn factored(&mut self, weight: Id) -> Id {
        let sums =
            self.arena.collect(&[weight], |arena, id| matches!(arena.node(id), Node::Sum(terms, _) if terms.len() > 1));
        let mut map = HashMap::new();
        for sum in sums {
            let (terms, constant) = self.arena.sum_parts(sum);
            let terms: Vec<(Id, f64)> =
                terms.into_iter().map(|(term, factor)| (self.arena.replace(term, &map), factor)).collect();
            let mut common = self.arena.product_parts(terms[0].0).1;
            for (term, _) in &terms[1..] {
                let own = self.arena.product_parts(*term).1;
                common.retain(|factor| own.contains(factor));
            }
            let power = |(factor, power): &(Id, i32)| {
                *power == 1 && matches!(self.arena.node(*factor), Node::Call(Func::Exp | Func::Exp2, _))
            };
            let new = if constant == 0.0 && common.iter().any(power) {
                let mut rest = vec![];
                for (term, factor) in &terms {
                    let (coefficient, mut own) = self.arena.product_parts(*term);
                    own.retain(|factor| !common.contains(factor));
                    rest.push((self.arena.product(&own), coefficient * factor));
                }
                // One multiple for all, rather than one each.
                let scale = rest.iter().map(|(_, factor)| factor.abs()).reduce(|a, b| if a == b { a } else { 1.0 });
                let scale = scale.unwrap_or(1.0);
                let rest: Vec<_> = rest.into_iter().map(|(term, factor)| (term, factor / scale)).collect();
                let rest = self.arena.sum(&rest, 0.0);
                common.push((rest, 1));
                let product = self.arena.product(&common);
                self.laws.used("w*x + w*y = w*(x + y)", "always", "terms of a weight with one exponential");
                self.arena.scale(scale, product)
            } else {
                self.arena.sum(&terms, constant)
            };
            map.insert(sum, new);
        }
        if map.is_empty() { weight } else { self.arena.replace(weight, &map) }
    }
}
