//! `bound`: masks become ranges of the key.
//!
//! Before:  a score region with `select(predicate(query, key), x, -inf)` and its cousins
//! After:   the same op with `key_range = {low, high, clear_low, clear_high}` and, where a tile may still be
//!          dead inside the range, `skip`
//!
//! Needs: stage `raise`. Leaves: fused ops that carry their ranges; `tile` visits no key outside `low..high`
//! and emits no mask code inside `clear_low..clear_high`. Canonical test: `tests/tile.rs`.
//! Algorithm: (1) read where a score is dead as a formula over affine inequalities; (2) prove that a dead
//! score adds the identity to every state; (3) solve the formula for the key by intervals over a query tile;
//! (4) a finite mask value counts as -inf only if every row provably keeps a live entry.

pub mod identity;
pub mod predicate;
pub mod range;

use super::{OptionInfo, PassInfo, PassOptions, tile, unit_values};
use crate::{
    dialect::ops::Fused,
    error::PassError,
    ffi,
    ir::{self, Attr, Builder, Op},
    remark::{self, Kind},
    shape::facts::{Facts, Sources as FactSources},
};
use melior::ir::operation::OperationLike;
use predicate::{Formula, Mask, Reader};
use range::Solver;

pub const NAME: &str = "bound";

/// The attribute with the ranges.
pub const RANGE: &str = "key_range";
/// The ends that a range may have.
pub const ENDS: [&str; 4] = ["low", "high", "clear_low", "clear_high"];
/// Set when tiles inside the range should be tested before they are computed.
pub const SKIP: &str = "skip";
/// Set when finite mask values stand for -inf.
pub const FINITE: &str = "finite_masks";
/// Set when nothing is assumed of what is added to a -inf.
pub const STRICT: &str = "strict_masks";

/// Numbers at or below this can stand for -inf: 2^-9000 is zero in every float type.
const FINITE_THRESHOLD: f64 = -9000.0;

/// The table entry.
pub const INFO: PassInfo = PassInfo {
    name: NAME,
    summary: "turn masks into key ranges",
    options: &[OptionInfo {
        name: "strict-masks",
        default: "false",
        summary: "never treat a finite mask value as -inf, nor an added -inf as a mask",
    }],
    run,
};

fn run<'c>(module: Op<'c>, options: &PassOptions) -> Result<(), PassError> {
    let strict = options.get(&INFO, "strict-masks") == "true";
    let mut sizes = Sizes::default();
    for op in tile::fused_ops(module) {
        let fused = tile::read(op)?;
        bound(&fused, strict, &mut sizes);
    }
    Ok(())
}

/// What is known of the sizes of the function that was asked about last.
#[derive(Default)]
pub struct Sizes<'c>(Option<(Op<'c>, Facts<'c>)>);

impl<'c> Sizes<'c> {
    /// Whether two dims of a fused op that are only known at run time have the same size.
    fn equal(&mut self, fused: &Fused<'c>, dims: [usize; 2]) -> bool {
        let function = std::iter::successors(Some(fused.op), |op| op.parent_operation().map(|parent| ffi::op(&parent)))
            .find(|op| ir::name(*op) == "func.func");
        let Some(function) = function else { return false };
        if self.0.as_ref().is_none_or(|(known, _)| *known != function) {
            self.0 = Some((function, Facts::of(function, FactSources::default())));
        }
        let Some((_, facts)) = &mut self.0 else { return false };
        let [a, b] = dims.map(|dim| {
            fused.captures.iter().find_map(|capture| {
                let at = capture.map.results.iter().position(|place| place.as_dim() == Some(dim))?;
                Some(facts.size(capture.tensor, at))
            })
        });
        a.is_some() && a == b
    }
}

/// The mask of a fused op, its finite values read as `bound` read them.
pub fn mask_of(fused: &Fused<'_>) -> Mask {
    let finite = crate::ir::attr(fused.op, FINITE).is_some();
    let threshold = if finite { FINITE_THRESHOLD } else { f64::NEG_INFINITY };
    Reader::new(fused, threshold).read(&unit_values::scores(fused))
}

/// Finds the key ranges of a fused op and notes them on it.
pub fn bound<'c>(fused: &Fused<'c>, strict: bool, sizes: &mut Sizes<'c>) {
    let say = |kind: Kind, text: String| remark::emit(fused.op.location(), kind, NAME, text);
    let Ok(key) = fused.key() else { return };
    if strict {
        ffi::set_attribute(fused.op, STRICT, Builder::before(fused.op).attr("unit"));
    }
    let scores = unit_values::scores(fused);
    let read = |threshold: f64| Reader::new(fused, threshold).read(&scores);
    let mut mask = read(f64::NEG_INFINITY);
    let mut finite = false;
    if !strict {
        let loose = read(FINITE_THRESHOLD);
        if !loose.finite.is_empty() {
            if loose.finite.iter().all(|live| always_live(fused, key, live, sizes)) {
                (mask, finite) = (loose, true);
            } else {
                say(Kind::Missed, "a finite mask value is kept: a row may have no live entry".into());
            }
        }
    }
    let Mask { live, clear, .. } = mask;
    if live == Formula::Constant(true) && clear == Formula::Constant(true) {
        return;
    }
    if let Err(state) = identity::dead_scores_add_nothing(fused) {
        say(Kind::Missed, format!("masks stay elementwise: a dead score changes state {state}"));
        return;
    }
    let solver = Solver { fused, key, query: fused.query() };
    let (range, loose) = solver.some(&live);
    let clear = solver.every(&clear);
    let b = &Builder::before(fused.op);
    let mut entries: Vec<(&str, Attr<'_>)> = vec![];
    // An empty range cannot be spelled by open ends.
    let nothing = range.is_none().then(|| b.attr("[affine_map<() -> (0)>]"));
    let range = range.unwrap_or(range::Range { low: None, high: None });
    if let Some(low) = &range.low {
        entries.push(("low", low.to_attr(b)));
    }
    if let Some(high) = range.high.as_ref().map(|high| high.to_attr(b)).or(nothing) {
        entries.push(("high", high));
    }
    if let Some(clear) = &clear {
        let open = b.attr("[]");
        entries.push(("clear_low", clear.low.as_ref().map_or(open, |low| low.to_attr(b))));
        entries.push(("clear_high", clear.high.as_ref().map_or(open, |high| high.to_attr(b))));
    }
    if entries.is_empty() && !loose {
        say(Kind::Missed, "masks stay elementwise: no bound on the key follows from them".into());
        return;
    }
    let text: Vec<_> = entries.iter().map(|(name, attribute)| format!("{name} = {attribute}")).collect();
    ffi::set_attribute(fused.op, RANGE, b.attr(&format!("{{{}}}", text.join(", "))));
    if loose {
        ffi::set_attribute(fused.op, SKIP, b.attr("unit"));
    }
    if finite {
        ffi::set_attribute(fused.op, FINITE, b.attr("unit"));
    }
    let ends = (!text.is_empty()).then(|| format!("the mask bounds the key: {}", text.join(", ")));
    let tests = loose.then(|| "key tiles are tested at run time".to_owned());
    say(Kind::Passed, ends.into_iter().chain(tests).collect::<Vec<_>>().join("; "));
}

/// Whether every row provably has a live key, where there are keys: some simple key satisfies the formula for every query.
fn always_live<'c>(fused: &Fused<'c>, key: usize, live: &Formula, sizes: &mut Sizes<'c>) -> bool {
    let query = fused.query();
    let queries = query.map_or(Some(1), |query| fused.header.extents[query]);
    // The key is `query + shift`, or a constant.
    let mut keys = vec![(0, 0)];
    match (queries, fused.header.extents[key]) {
        (Some(queries), Some(count)) => {
            let shifts = [0, count - queries].into_iter().filter(|shift| *shift >= 0 && queries + shift <= count);
            keys.extend(shifts.filter(|_| query.is_some()).map(|shift| (1, shift)));
            keys.push((0, count - 1));
        }
        (None, None) if query.is_some_and(|query| sizes.equal(fused, [query, key])) => keys.push((1, 0)),
        _ => {}
    }
    keys.into_iter().any(|(slope, shift)| holds(fused, key, live, slope, shift))
}

/// Whether a formula surely holds at `key = slope * query + shift`, for every query and batch.
fn holds(fused: &Fused<'_>, key: usize, formula: &Formula, slope: i64, shift: i64) -> bool {
    match formula {
        Formula::Constant(value) => *value,
        Formula::Unknown => false,
        Formula::And(lhs, rhs) => holds(fused, key, lhs, slope, shift) && holds(fused, key, rhs, slope, shift),
        Formula::Or(lhs, rhs) => holds(fused, key, lhs, slope, shift) || holds(fused, key, rhs, slope, shift),
        Formula::Atom(term) => {
            let mut linear = term.linear.clone();
            let factor = std::mem::take(&mut linear.factors[key]);
            if let Some(query) = fused.query() {
                linear.factors[query] += factor * slope;
            }
            linear.constant += factor * shift;
            if !term.floors.is_empty() || !reads_cancel(fused, key, &term.reads, slope, shift) {
                return false;
            }
            let largest = linear.dims().try_fold(linear.constant, |sum, dim| match linear.factors[dim] {
                ..=0 => Some(sum),
                factor => Some(sum + factor * (fused.header.extents[dim]? - 1)),
            });
            largest.is_some_and(|largest| largest <= 0)
        }
    }
}

/// Whether reads of one tensor along the query and along the key cancel at `key = query`.
fn reads_cancel(fused: &Fused<'_>, key: usize, reads: &[(usize, i64)], slope: i64, shift: i64) -> bool {
    match reads {
        [] => true,
        [(lhs, up), (rhs, down)] if (slope, shift) == (1, 0) && *up == -down => {
            let along_query = |capture: usize| {
                let mut map = fused.captures[capture].map.clone();
                if let Some(query) = fused.query() {
                    for result in &mut map.results {
                        result.factors[query] += std::mem::take(&mut result.factors[key]);
                    }
                }
                (fused.captures[capture].tensor, map)
            };
            along_query(*lhs) == along_query(*rhs)
        }
        _ => false,
    }
}
