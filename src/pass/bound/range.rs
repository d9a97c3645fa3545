//! Key ranges of a query tile: solving a formula for the key, by intervals over the tile's queries.
//!
//! A bound is a tree of `max` and `min` over affine maps. A map's dims are the op's iteration dims, the
//! query dim standing for the tile's first query, and one more dim for its last query; its symbols are
//! integer captures that one tile sees as scalars.

use super::formula::{Formula, Term};
use crate::{
    dialect::ops::{Fused, Role},
    ffi,
    ir::{Attr, Builder},
};
use melior::ir::{AffineExpr, AffineMap};

/// A bound on the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// `floor(term / divisor)`; the term has one more dim, the tile's last query.
    Leaf {
        term: Term,
        divisor: i64,
    },
    Max(Vec<Bound>),
    Min(Vec<Bound>),
}

/// The keys from `low` to before `high`; a missing end is unbounded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    pub low: Option<Bound>,
    pub high: Option<Bound>,
}

const ALL: Range = Range { low: None, high: None };

/// Solves formulas of one fused op for its key.
pub struct Solver<'a, 'c> {
    pub fused: &'a Fused<'c>,
    pub key: usize,
    pub query: Option<usize>,
}

impl Solver<'_, '_> {
    /// Whether a term has no closed form: it reads a capture along the query or the key, or divides.
    pub fn is_data(&self, term: &Term) -> bool {
        !term.floors.is_empty()
            || term.reads.iter().any(|(capture, _)| {
                let map = &self.fused.captures[*capture].map;
                map.used().iter().any(|dim| self.fused.header.roles[*dim] != Role::Batch)
            })
    }

    /// Whether a term that has no closed form can be bounded over one tile: it reads vectors, not matrices.
    pub fn is_testable(&self, term: &Term) -> bool {
        let tiled = |dim: &usize| self.fused.header.roles[*dim] != Role::Batch;
        let vector =
            |capture: usize| self.fused.captures[capture].map.used().iter().filter(|dim| tiled(dim)).count() < 2;
        term.reads.iter().all(|(capture, _)| vector(*capture))
            && term.floors.iter().all(|(dividend, ..)| self.is_testable(dividend))
            && !term.linear.dims().any(|dim| matches!(self.fused.header.roles[dim], Role::Reduction | Role::Value))
    }

    /// A range that holds every key for which the formula holds for some query of the tile; `None` is
    /// empty. The flag says whether the range may hold tiles where it never does.
    pub fn some(&self, formula: &Formula) -> (Option<Range>, bool) {
        match formula {
            Formula::Constant(true) => (Some(ALL), false),
            Formula::Constant(false) => (None, false),
            Formula::Unknown => (Some(ALL), false),
            Formula::Atom(term) => match self.solve(term, false) {
                Some(range) => (Some(range), false),
                None => (Some(ALL), self.is_testable(term)),
            },
            Formula::And(lhs, rhs) => {
                let ((lhs, loose_lhs), (rhs, loose_rhs)) = (self.some(lhs), self.some(rhs));
                let range = lhs.zip(rhs).map(|(lhs, rhs)| meet(lhs, rhs));
                (range, loose_lhs || loose_rhs)
            }
            Formula::Or(lhs, rhs) => match (self.some(lhs), self.some(rhs)) {
                ((None, _), other) | (other, (None, _)) => other,
                ((Some(lhs), loose_lhs), (Some(rhs), loose_rhs)) => {
                    let one_sided = lhs.low.is_none() && rhs.low.is_none() || lhs.high.is_none() && rhs.high.is_none();
                    (Some(hull(lhs, rhs)), loose_lhs || loose_rhs || !one_sided)
                }
            },
        }
    }

    /// A range of keys for which the formula holds for every query of the tile; `None` is empty.
    pub fn every(&self, formula: &Formula) -> Option<Range> {
        match formula {
            Formula::Constant(true) => Some(ALL),
            Formula::Constant(false) | Formula::Unknown => None,
            Formula::Atom(term) => self.solve(term, true),
            Formula::And(lhs, rhs) => Some(meet(self.every(lhs)?, self.every(rhs)?)),
            Formula::Or(lhs, rhs) => match (self.every(lhs), self.every(rhs)) {
                (None, other) | (other, None) => other,
                (Some(lhs), Some(rhs)) => {
                    let one_sided = lhs.low.is_none() && rhs.low.is_none() || lhs.high.is_none() && rhs.high.is_none();
                    let two_sided = lhs.low.is_some() && lhs.high.is_some();
                    Some(if one_sided {
                        hull(lhs, rhs)
                    } else if two_sided {
                        lhs
                    } else {
                        rhs
                    })
                }
            },
        }
    }

    /// A factor that turns a condition on other dims into one on the key: as large as any key, where products with it stay
    /// within 32 bits, which is what indices have in GPU kernels.
    fn far(&self, rest: &Term) -> Option<i64> {
        let extents = &self.fused.header.extents;
        let keys = extents[self.key]?.max(1);
        if !rest.reads.is_empty() {
            return None;
        }
        let mut reach = rest.linear.constant.checked_abs()?.checked_add(1)?;
        for dim in rest.linear.dims() {
            let span = rest.linear.factors[dim].checked_abs()?.checked_mul(extents[dim]?)?;
            reach = reach.checked_add(span)?;
        }
        (reach.checked_mul(keys)? <= i64::from(i32::MAX)).then_some(keys)
    }

    /// Solves `term <= 0` for the key: for every query of the tile, or for some.
    fn solve(&self, term: &Term, every: bool) -> Option<Range> {
        let roles = &self.fused.header.roles;
        let foreign = |dim: usize| matches!(roles[dim], Role::Reduction | Role::Value);
        if self.is_data(term) || term.linear.dims().any(foreign) {
            return None;
        }
        let mut rest = term.clone();
        let mut factor = std::mem::take(&mut rest.linear.factors[self.key]);
        if factor == 0 {
            // rest <= 0 as a bound on the key: key <= (1 - rest) * far - 1.
            let far = self.far(&rest)?;
            rest.linear = rest.linear.times(far)?;
            rest = rest.add(1 - far)?;
            factor = 1;
        }
        // The query that makes the rest largest (for every) or smallest (for some).
        rest.linear.factors.push(0);
        let last = rest.linear.factors.len() - 1;
        if let Some(query) = self.query
            && (rest.linear.factors[query] > 0) == every
        {
            rest.linear.factors.swap(query, last);
        }
        if factor > 0 {
            // key <= floor(-rest / factor)
            let term = rest.negate()?.add(factor)?;
            Some(Range { low: None, high: Some(Bound::Leaf { term, divisor: factor }) })
        } else {
            let divisor = factor.checked_neg()?;
            // key >= ceil(rest / divisor)
            let term = rest.add(divisor - 1)?;
            Some(Range { low: Some(Bound::Leaf { term, divisor }), high: None })
        }
    }
}

fn join(lhs: Option<Bound>, rhs: Option<Bound>, wrap: fn(Vec<Bound>) -> Bound) -> Option<Bound> {
    match (lhs, rhs) {
        (None, other) | (other, None) => other,
        (Some(lhs), Some(rhs)) if lhs == rhs => Some(lhs),
        (Some(lhs), Some(rhs)) => Some(wrap(vec![lhs, rhs])),
    }
}

fn meet(lhs: Range, rhs: Range) -> Range {
    Range { low: join(lhs.low, rhs.low, Bound::Max), high: join(lhs.high, rhs.high, Bound::Min) }
}

fn hull(lhs: Range, rhs: Range) -> Range {
    Range {
        low: lhs.low.zip(rhs.low).and_then(|(lhs, rhs)| join(Some(lhs), Some(rhs), Bound::Min)),
        high: lhs.high.zip(rhs.high).and_then(|(lhs, rhs)| join(Some(lhs), Some(rhs), Bound::Max)),
    }
}

impl Bound {
    /// The bound as an attribute: `[affine_map, captures...]` or `["max" | "min", bounds...]`.
    pub fn to_attr<'c>(&self, b: &Builder<'c>) -> Attr<'c> {
        match self {
            Self::Leaf { term, divisor } => {
                let mut expr = term.linear.to_expr(b.context);
                for (symbol, (_, factor)) in term.reads.iter().enumerate() {
                    let read = AffineExpr::symbol(b.context, symbol) * AffineExpr::constant(b.context, *factor);
                    expr = expr + read;
                }
                if *divisor != 1 {
                    expr = AffineExpr::floor_div(expr, AffineExpr::constant(b.context, *divisor));
                }
                let map = AffineMap::new(b.context, term.linear.factors.len(), term.reads.len(), &[expr]);
                let captures = term.reads.iter().map(|(capture, _)| b.i64_attr(*capture as i64));
                let parts: Vec<_> = std::iter::once(ffi::affine_map_attr(map)).chain(captures).collect();
                b.array_attr(&parts)
            }
            Self::Max(bounds) | Self::Min(bounds) => {
                let name = if matches!(self, Self::Max(_)) { "max" } else { "min" };
                let parts: Vec<_> =
                    std::iter::once(b.str_attr(name)).chain(bounds.iter().map(|bound| bound.to_attr(b))).collect();
                b.array_attr(&parts)
            }
        }
    }
}
