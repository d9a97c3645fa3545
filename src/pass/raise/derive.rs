//! From expressions with reductions over one key dimension to an online program: score, states, projections.
//!
//! 1. Sums are brought to `c * sum(w)`: factors, divisors and choices that do not depend on the key come out of the
//!    sum, and a combination of several normalized maps becomes several sums.
//! 2. Exponentials become powers of two, and a running extremum is kept in the same scale.
//! 3. What depends on the key but on no reduction is the score.
//! 4. Each remaining reduction is a state. The factor that brings a sum to new values of the states before it is
//!    solved for: `w(new) / w(old)` must not depend on the key.

use super::{dead, derivation::Laws};
use crate::algebra::{Arena, DimId, Func, Id, Kind, Node, Refused, Ty};
use std::collections::HashMap;

/// Atom numbers: new states from 0, old states and scores from these.
pub const OLD: u32 = 1000;
/// First atom number of score values.
pub const SCORE: u32 = 2000;

/// One online accumulator.
#[derive(Clone, Debug)]
pub struct State {
    pub kind: Kind,
    /// The value before any key.
    pub init: Id,
    /// What a key adds, over score and state atoms, without `value`.
    pub lift: Id,
    /// The load that multiplies the lifted weight.
    pub value: Option<Id>,
    /// The factor on the old value, over old and new state atoms; 1 when nothing before it matters.
    pub rescale: Id,
}

impl State {
    /// The value of a running extremum before it has seen a live key.
    pub const fn dead(&self) -> Option<f64> {
        match self.kind {
            Kind::Max => Some(f64::NEG_INFINITY),
            Kind::Min => Some(f64::INFINITY),
            _ => None,
        }
    }
}

/// The online program.
#[derive(Clone, Debug)]
pub struct Plan {
    pub key: DimId,
    pub scores: Vec<Id>,
    pub states: Vec<State>,
    /// Over state atoms, one per root.
    pub outputs: Vec<Id>,
    /// What the roots are where there are no keys, if their number is only known at run time.
    pub empty: Option<Vec<Id>>,
}

/// Derives the online program of these roots, which share the key dimension.
///
/// # Errors
/// When a reduction cannot be made online; the reason says which and why.
pub fn derive(arena: &mut Arena, key: DimId, roots: &[Id], laws: &mut Laws) -> Result<Plan, Refused> {
    let mut deriver = Deriver { arena, key, laws, scores: vec![], known: HashMap::new() };
    deriver.run(roots)
}

pub(super) struct Deriver<'a> {
    pub(super) arena: &'a mut Arena,
    pub(super) key: DimId,
    pub(super) laws: &'a mut Laws,
    pub(super) scores: Vec<Id>,
    /// Score expressions (and multiples of them) as expressions over score atoms.
    pub(super) known: HashMap<Id, Id>,
}

impl Deriver<'_> {
    fn run(&mut self, roots: &[Id]) -> Result<Plan, Refused> {
        let keys = self.arena.dim_info(self.key).extent;
        if keys == 0 {
            return Err(Refused::new("there are no keys"));
        }
        self.finite_factors(roots)?;
        // The law sum(x/c) = sum(x)/c and its like are about sums of something.
        let empty = self.arena.symbolic(keys).then(|| self.without_keys(roots));
        let roots = &self.carry_nan(roots)[..];
        let roots: Vec<Id> = roots.iter().map(|root| self.base_two(*root)).collect();
        // Reductions in the common scale, innermost first.
        let mut map: HashMap<Id, Id> = HashMap::new();
        for reduction in self.in_order(&roots) {
            let Node::Reduce { kind, dims, init, body } = self.arena.node(reduction).clone() else { continue };
            if dims != [self.key] {
                return Err(Refused::new("reductions over key dimensions of different lengths"));
            }
            if self.nested(body) {
                return Err(Refused::new("a reduction over the keys depends on the key itself"));
            }
            let body = self.arena.replace(body, &map);
            let init = init.map(|init| self.arena.replace(init, &map));
            let new = match kind {
                Kind::Sum if self.arena.ty(body) == Ty::Float => {
                    let sum = self.distribute(body);
                    match init {
                        Some(init) => self.arena.add(init, sum),
                        None => sum,
                    }
                }
                Kind::Max | Kind::Min if self.arena.ty(body) == Ty::Float => {
                    self.scaled_extremum(kind, reduction, init, body, &roots)
                }
                Kind::And | Kind::Or => self.logical(kind, body, &map),
                _ => return Err(Refused::new(format!("no online form of a '{}' over the keys", kind.name()))),
            };
            map.insert(reduction, new);
        }
        let roots: Vec<Id> = roots.iter().map(|root| self.arena.replace(*root, &map)).collect();
        Ok(Plan { empty, ..self.states(&roots)? })
    }

    /// The roots with every reduction over the keys at what it is of nothing.
    fn without_keys(&mut self, roots: &[Id]) -> Vec<Id> {
        let mut map: HashMap<Id, Id> = HashMap::new();
        for reduction in self.reductions(roots) {
            let Node::Reduce { kind, init, body, .. } = self.arena.node(reduction).clone() else { continue };
            let ty = self.arena.ty(body);
            let nothing = match init {
                Some(init) => self.arena.replace(init, &map),
                None => self.identity(kind, ty),
            };
            map.insert(reduction, nothing);
        }
        roots.iter().map(|root| self.arena.replace(*root, &map)).collect()
    }

    /// An extremum that skips NaN is one that does not, where a NaN among its elements makes every result NaN that the extremum is
    /// part of.
    fn carry_nan(&mut self, roots: &[Id]) -> Vec<Id> {
        let mut map = HashMap::new();
        for reduction in self.reductions(roots) {
            let Node::Reduce { kind: kind @ (Kind::Max | Kind::Min), dims, init, body } =
                self.arena.node(reduction).clone()
            else {
                continue;
            };
            let Node::Call(Func::Named(name), a) = self.arena.node(body).clone() else { continue };
            let (skips, identity) = match kind {
                Kind::Max => ("arith.maxnumf", f64::NEG_INFINITY),
                _ => ("arith.minnumf", f64::INFINITY),
            };
            let element = a.iter().find(|id| self.arena.as_float(**id) != Some(identity)).copied();
            let (true, 2, Some(element)) = (&*name == skips, a.len(), element) else { continue };
            let carried = |root: &Id| {
                !self.arena.contains(*root, reduction) || self.is_strict(*root, element, &mut HashMap::new())
            };
            if roots.iter().all(carried) {
                let plain = self.arena.reduce(kind, &dims, init, element);
                map.insert(reduction, plain);
            }
        }
        if map.is_empty() {
            return roots.to_vec();
        }
        self.laws.used(
            "maxnum(x) = max(x)",
            "a NaN in x makes the sums over the same x NaN",
            "an extremum that skips NaN, beside sums that do not",
        );
        roots.iter().map(|root| self.arena.replace(*root, &map)).collect()
    }

    /// Whether `whole` is NaN for some key where `part` is.
    fn is_strict(&self, whole: Id, part: Id, known: &mut HashMap<Id, bool>) -> bool {
        if whole == part {
            return true;
        }
        if let Some(known) = known.get(&whole) {
            return *known;
        }
        let strict = match self.arena.node(whole) {
            Node::Sum(..) | Node::Product(_) | Node::Call(Func::Exp | Func::Exp2 | Func::Log | Func::Log2, _) => {
                self.arena.children(whole).into_iter().any(|child| self.is_strict(child, part, known))
            }
            Node::Reduce { kind: Kind::Sum, body, .. } => self.is_strict(*body, part, known),
            _ => false,
        };
        known.insert(whole, strict);
        strict
    }

    /// The laws of sums hold for finite factors; a division by the constant 0 is an infinite one.
    fn finite_factors(&self, roots: &[Id]) -> Result<(), Refused> {
        let infinite = self.arena.collect(roots, |arena, id| match arena.node(id) {
            Node::Sum(terms, _) => terms.iter().any(|(_, factor)| !factor.get().is_finite()),
            _ => false,
        });
        if infinite.is_empty() {
            return Ok(());
        }
        Err(Refused::new("a division by the constant 0, or a constant factor that is not finite"))
    }

    /// The reductions over key dimensions, parts before wholes.
    pub(super) fn reductions(&self, roots: &[Id]) -> Vec<Id> {
        self.arena.collect(roots, |arena, id| match arena.node(id) {
            Node::Reduce { dims, .. } => dims.iter().any(|dim| arena.dim_info(*dim).role == crate::algebra::Role::Key),
            _ => false,
        })
    }

    /// The reductions over the keys in an order in which they can be rewritten; those of nothing but scores first
    /// where they are extrema, because others may be expressed by them.
    fn in_order(&self, roots: &[Id]) -> Vec<Id> {
        let early = |id: &Id| match self.arena.node(*id) {
            Node::Reduce { kind: Kind::Max | Kind::Min, body, .. } => !self.arena.flags(*body).key_reduces,
            _ => false,
        };
        let (mut first, rest): (Vec<_>, Vec<_>) = self.reductions(roots).into_iter().partition(early);
        first.extend(rest);
        first
    }

    pub(super) fn uses_key(&self, id: Id) -> bool {
        self.arena.uses(id, self.key)
    }

    /// Whether a reduction over the keys inside `body` depends on the key of an outer one.
    fn nested(&self, body: Id) -> bool {
        let inner = self.reductions(&[body]);
        inner.iter().any(|id| self.uses_key(*id))
    }

    /// The atom of a score value.
    pub(super) fn score(&mut self, id: Id) -> Id {
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        self.scores.push(id);
        let ty = self.arena.ty(id);
        let atom = self.arena.atom(SCORE + self.scores.len() as u32 - 1, ty);
        self.known.insert(id, atom);
        atom
    }

    /// `id` with everything that depends on the key but on no state replaced by score atoms.
    fn over_scores(&mut self, id: Id) -> Result<Id, Refused> {
        if let Some(known) = self.known.get(&id) {
            return Ok(*known);
        }
        if !self.uses_key(id) {
            return Ok(id);
        }
        if !self.arena.flags(id).atoms {
            // A function of scores already there needs no score of its own.
            let known = self.known.clone();
            let other = self.arena.replace(id, &known);
            return Ok(if self.uses_key(other) { self.score(id) } else { other });
        }
        Ok(match self.arena.node(id).clone() {
            Node::Sum(..) => {
                let (terms, constant) = self.arena.sum_parts(id);
                let (own, mixed): (Vec<_>, Vec<_>) =
                    terms.into_iter().partition(|(term, _)| self.uses_key(*term) && !self.arena.flags(*term).atoms);
                // Row values that the running maximum saw too belong to the score.
                let (rows, mixed): (Vec<_>, Vec<_>) =
                    mixed.into_iter().partition(|(term, _)| !self.arena.flags(*term).atoms);
                let with_rows: Vec<_> = own.iter().chain(&rows).copied().collect();
                let whole = self.arena.sum(&with_rows, constant);
                let (own, rows) = if self.known.contains_key(&whole) { (with_rows, vec![]) } else { (own, rows) };
                let mixed: Vec<_> = mixed.into_iter().chain(rows).collect();
                let mut parts = vec![];
                if !own.is_empty() {
                    let own = self.arena.sum(&own, constant);
                    parts.push((self.over_scores(own)?, 1.0));
                }
                for (term, coefficient) in mixed {
                    parts.push((self.over_scores(term)?, coefficient));
                }
                // The difference of infinities is none.
                let rest = if own.is_empty() { constant } else { 0.0 };
                self.arena.sum(&parts, rest)
            }
            Node::Product(factors) => {
                let (own, mixed): (Vec<_>, Vec<_>) = factors
                    .into_iter()
                    .partition(|(factor, _)| self.uses_key(*factor) && !self.arena.flags(*factor).atoms);
                let mut parts = vec![];
                if !own.is_empty() {
                    let own = self.arena.product(&own);
                    parts.push((self.over_scores(own)?, 1));
                }
                for (factor, power) in mixed {
                    parts.push((self.over_scores(factor)?, power));
                }
                self.arena.product(&parts)
            }
            Node::Call(func, arguments) => {
                let mut new = vec![];
                for argument in arguments {
                    new.push(self.over_scores(argument)?);
                }
                self.arena.call(func, &new)
            }
            _ => {
                return Err(Refused::new("a row statistic is used inside of a point in a way that has no online form"));
            }
        })
    }

    fn states(&mut self, roots: &[Id]) -> Result<Plan, Refused> {
        let mut map: HashMap<Id, Id> = HashMap::new();
        let mut states = vec![];
        let reductions = self.reductions(roots);
        let values = self.value_dims(&reductions)?;
        for (at, reduction) in reductions.iter().enumerate() {
            let Node::Reduce { kind, init, body, .. } = self.arena.node(*reduction).clone() else { continue };
            let ty = self.arena.ty(body);
            let body = self.arena.replace(body, &map);
            let (weight, value) = if kind == Kind::Sum { self.split_value(body)? } else { (body, None) };
            if value.is_none() && self.arena.flags(weight).dims & values != 0 {
                return Err(Refused::new("values are summed without weights"));
            }
            let rescale = if kind == Kind::Sum { self.rescale(weight, &states)? } else { self.constant_like(ty) };
            if kind != Kind::Sum && self.arena.flags(weight).atoms {
                return Err(Refused::new(format!(
                    "the '{}' over the keys depends on another reduction over the keys",
                    kind.name()
                )));
            }
            let weight = self.factored(weight);
            let lift = self.over_scores(weight)?;
            if self.uses_key(lift) {
                return Err(Refused::new("what a key adds could not be separated into score and states"));
            }
            let init = match init {
                Some(init) => {
                    self.laws.used(
                        "max(e, max(x)) starts the running maximum at e",
                        "e does not depend on the key",
                        "an extra logit",
                    );
                    self.arena.replace(init, &map)
                }
                None => self.identity(kind, ty),
            };
            states.push(State { kind, init, lift, value, rescale });
            let atom = self.arena.atom(at as u32, ty);
            map.insert(*reduction, atom);
        }
        let outputs: Vec<Id> = roots.iter().map(|root| self.arena.replace(*root, &map)).collect();
        if outputs.iter().any(|id| self.uses_key(*id)) {
            return Err(Refused::new("the result still depends on the key"));
        }
        if self.scores.iter().any(|id| !self.uses_key(*id)) {
            return Err(Refused::new("a row's scores are all the same"));
        }
        let outputs = dead::outputs(self.arena, &states, outputs, self.laws);
        let outputs = dead::without_extrema(self.arena, &states, outputs, self.laws);
        Ok(Plan { key: self.key, scores: std::mem::take(&mut self.scores), states, outputs, empty: None })
    }

    fn constant_like(&mut self, ty: Ty) -> Id {
        match ty {
            Ty::Bool => self.arena.bool(true),
            Ty::Int => self.arena.int(1),
            Ty::Float => self.arena.float(1.0),
        }
    }

    fn identity(&mut self, kind: Kind, ty: Ty) -> Id {
        match (kind, ty) {
            (Kind::And, _) => self.arena.bool(true),
            (Kind::Or, _) => self.arena.bool(false),
            (Kind::Max, _) => self.arena.float(f64::NEG_INFINITY),
            (Kind::Min, _) => self.arena.float(f64::INFINITY),
            (_, Ty::Int) => self.arena.int(0),
            (Kind::Prod, _) => self.arena.float(1.0),
            _ => self.arena.float(0.0),
        }
    }

    /// Weight and value operand of a sum: the value is the factor with dimensions that nothing else has.
    fn split_value(&mut self, body: Id) -> Result<(Id, Option<Id>), Refused> {
        let (_, factors) = self.arena.product_parts(body);
        let mut weight = vec![];
        let mut value = None;
        for (at, (factor, power)) in factors.iter().enumerate() {
            let others = factors
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at)
                .fold(0, |mask, (_, (id, _))| mask | self.arena.flags(*id).dims);
            let own = self.arena.flags(*factor).dims & !others;
            let plain = matches!(self.arena.node(*factor), Node::Load(..)) && *power == 1;
            // The weight has no dimension of its own unless the other factor is a bare load without query.
            if plain && value.is_none() && self.uses_key(*factor) && factors.len() > 1 && own != 0 {
                value = Some(*factor);
            } else {
                weight.push((*factor, *power));
            }
        }
        let weight = self.arena.product(&weight);
        Ok((weight, value))
    }

    /// The dimensions that only the value operands of these sums have.
    fn value_dims(&mut self, reductions: &[Id]) -> Result<u128, Refused> {
        let mut dims = 0;
        for reduction in reductions {
            if let Node::Reduce { kind: Kind::Sum, body, .. } = *self.arena.node(*reduction)
                && let (weight, Some(value)) = self.split_value(body)?
            {
                dims |= self.arena.flags(value).dims & !self.arena.flags(weight).dims;
            }
        }
        Ok(dims)
    }

    /// `weight(new states) / weight(old states)`, which must not depend on the key and must be 0, not infinite, while
    /// an extremum is still at its identity.
    fn rescale(&mut self, weight: Id, states: &[State]) -> Result<Id, Refused> {
        if !self.arena.flags(weight).atoms {
            return Ok(self.arena.float(1.0));
        }
        let factors = self.chosen_factors(weight);
        let mut exponent = vec![];
        let mut indirect: Vec<(Id, f64)> = vec![];
        for (factor, power) in factors {
            if !self.arena.flags(factor).atoms {
                continue;
            }
            let Node::Call(Func::Exp2, arguments) = self.arena.node(factor).clone() else {
                return Err(Refused::new(
                    "a reduction over the keys enters the weight other than through an exponential, so old sums cannot be rescaled",
                ));
            };
            let (terms, _) = self.arena.sum_parts(arguments[0]);
            for (term, coefficient) in terms {
                if !self.arena.flags(term).atoms {
                    continue;
                }
                if self.uses_key(term) {
                    return Err(Refused::new(
                        "the factor between old and new weights depends on the key, so old sums cannot be rescaled",
                    ));
                }
                let coefficient = coefficient * f64::from(power);
                let state = match self.arena.node(term) {
                    Node::Atom(number, _) => states.get(*number as usize),
                    _ => None,
                };
                if state.is_none() {
                    let extrema = self.extrema(term, states);
                    match extrema[..] {
                        [_, _, ..] if !self.is_extremum_of_extrema(term) => {
                            return Err(Refused::new("an exponent depends on several running extrema"));
                        }
                        // At its identity where all of them are.
                        [(_, identity), _, ..] => indirect.push((term, identity)),
                        _ => indirect.extend(extrema),
                    }
                }
                let grows = match state.map(|state| state.kind) {
                    Some(Kind::Max) => coefficient > 0.0,
                    Some(Kind::Min) => coefficient < 0.0,
                    _ => false,
                };
                if grows {
                    return Err(Refused::new(
                        "an exponent grows with a running extremum, so the factor on old sums has no finite start",
                    ));
                }
                exponent.push((term, coefficient));
            }
        }
        self.laws.used(
            "w(new)/w(old) = exp2(g(new) - g(old)) for w = exp2(x + g)",
            "g does not depend on the key",
            "rescaling of the sums when the running maximum changes",
        );
        let new = self.arena.sum(&exponent, 0.0);
        let states = self.arena.collect(&[new], |arena, id| matches!(arena.node(id), Node::Atom(..)));
        let mut to_old = HashMap::new();
        for state in states {
            if let Node::Atom(number, ty) = *self.arena.node(state) {
                let old = self.arena.atom(OLD + number, ty);
                to_old.insert(state, old);
            }
        }
        let old = self.arena.replace(new, &to_old);
        let difference = self.arena.sub(new, old);
        let mut factor = self.arena.call1(Func::Exp2, difference);
        // A function of an extremum may jump where that leaves its identity; nothing was summed before.
        for (extremum, identity) in indirect {
            let old = self.arena.replace(extremum, &to_old);
            let (identity, zero) = (self.arena.float(identity), self.arena.float(0.0));
            let first = self.arena.compare_float(1, old, identity);
            factor = self.arena.select(first, zero, factor);
        }
        Ok(factor)
    }

    /// The factors of a weight where it is not 0: a choice between 0 and a product is that product there.
    fn chosen_factors(&self, weight: Id) -> Vec<(Id, i32)> {
        let mut factors = vec![];
        for (factor, power) in self.arena.product_parts(weight).1 {
            match self.arena.node(factor) {
                Node::Call(Func::Select, a) if power == 1 && !self.arena.flags(a[0]).atoms => {
                    let chosen = self.or_nothing(a).map(|chosen| self.chosen_factors(chosen));
                    factors.extend(chosen.unwrap_or_else(|| vec![(factor, power)]));
                }
                _ => factors.push((factor, power)),
            }
        }
        factors
    }

    /// Whether an expression is the extremum of states, of one kind.
    fn is_extremum_of_extrema(&self, id: Id) -> bool {
        let Node::Call(func @ (Func::MaxF | Func::MinF), arguments) = self.arena.node(id) else { return false };
        arguments.iter().all(|argument| match self.arena.node(*argument) {
            Node::Atom(..) => true,
            Node::Call(own, _) => own == func && self.is_extremum_of_extrema(*argument),
            _ => false,
        })
    }

    /// The running extrema inside an expression, with their identities.
    fn extrema(&self, id: Id, states: &[State]) -> Vec<(Id, f64)> {
        let atoms = self.arena.collect(&[id], |arena, id| matches!(arena.node(id), Node::Atom(..)));
        let identity = |id: Id| match self.arena.node(id) {
            Node::Atom(number, _) => states.get(*number as usize).and_then(State::dead).map(|dead| (id, dead)),
            _ => None,
        };
        atoms.into_iter().filter_map(identity).collect()
    }
}
