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

pub mod formula;
pub mod identity;
pub mod predicate;
pub mod range;

use super::{OptionInfo, OptionKind, PassInfo, PassOptions, tile, unit_values};
use crate::{
    dialect::ops::Fused,
    error::PassError,
    ffi,
    ir::{self, Attr, Builder, Op},
    remark::{self, Kind},
    shape::facts::{Facts, Sources as FactSources},
};
use formula::Formula;
use melior::ir::operation::OperationLike;
use predicate::{Mask, Reader};
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
pub const INFO: PassInfo =
    PassInfo { name: NAME, summary: "turn masks into key ranges", options: &[STRICT_MASKS], run };

/// The option that says how much is assumed of masks.
pub const STRICT_MASKS: OptionInfo = OptionInfo {
    name: "strict-masks",
    kind: OptionKind::Bool { default: false },
    summary: "never treat a finite mask value as -inf, nor an added -inf as a mask",
};

fn run<'c>(module: Op<'c>, options: &PassOptions) -> Result<(), PassError> {
    let strict = options.flag(&STRICT_MASKS);
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
    read(fused, threshold).unwrap_or_else(|mask| *mask.0)
}

/// The mask of a fused op, with numbers at or below `threshold` as -inf: that over its scores, where dead ones add nothing, or else
/// that over what is added.
///
/// # Errors
/// The mask over the scores, and the first state that dead ones change.
fn read(fused: &Fused<'_>, threshold: f64) -> Result<Mask, (Box<Mask>, usize)> {
    let scores = unit_values::scores(fused);
    let mask = Reader::new(fused, threshold).read(&scores);
    let masks = mask.live != Formula::Constant(true) || mask.clear != Formula::Constant(true);
    let proof = identity::dead_scores_add_nothing(fused);
    if masks && mask.live != Formula::Constant(true) && proof.is_ok() {
        return Ok(mask);
    }
    let added = Reader::new(fused, threshold).read_added(&scores);
    match proof {
        _ if added.live != Formula::Constant(true) => Ok(added),
        Err(state) if masks => Err((Box::new(mask), state)),
        _ => Ok(mask),
    }
}

/// Finds the key ranges of a fused op and notes them on it.
pub fn bound<'c>(fused: &Fused<'c>, strict: bool, sizes: &mut Sizes<'c>) {
    let say = |kind: Kind, text: String| remark::emit(fused.op.location(), kind, NAME, text);
    let Ok(key) = fused.key() else { return };
    if strict {
        ffi::set_attribute(fused.op, STRICT, Builder::before(fused.op).attr("unit"));
    }
    let unproved = |state: usize| {
        say(Kind::Missed, format!("masks stay elementwise: a dead score changes state {state}"));
    };
    let mut mask = match read(fused, f64::NEG_INFINITY) {
        Ok(mask) => mask,
        Err((_, state)) => return unproved(state),
    };
    let mut finite = false;
    if !strict {
        match read(fused, FINITE_THRESHOLD) {
            Ok(loose) if loose.finite.is_empty() => {}
            Ok(loose)
                if loose.finite.iter().all(|live| always_live(fused, [fused.query(), Some(key)], live, sizes)) =>
            {
                (mask, finite) = (loose, true);
            }
            Ok(_) => say(Kind::Missed, "a finite mask value is kept: a row may have no live entry".into()),
            Err((loose, state)) if !loose.finite.is_empty() => return unproved(state),
            Err(_) => {}
        }
    }
    let Mask { live, clear, taken, .. } = mask;
    if live == Formula::Constant(true) && clear == Formula::Constant(true) {
        return;
    }
    // A statistic of a row (or column) without a live entry may be no number, and then nothing of the row is left out.
    let across = |capture: &usize| {
        let map = &fused.captures[*capture].map;
        let along = |dim: Option<usize>| dim.is_some_and(|dim| map.results.iter().any(|place| place.factors[dim] != 0));
        match (along(fused.query()), along(Some(key))) {
            (true, false) => Some([fused.query(), Some(key)]),
            (false, true) => Some([Some(key), fused.query()]),
            _ => None,
        }
    };
    if taken.iter().filter_map(across).any(|dims| !always_live(fused, dims, &live, sizes)) {
        say(
            Kind::Missed,
            "masks stay elementwise: a row may have no live entry, and its statistics be no numbers".into(),
        );
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

/// Whether every row provably has a live entry, where there are any: for every point of the first dim, a point of the second
/// satisfies the formula.
fn always_live<'c>(fused: &Fused<'c>, [row, along]: [Option<usize>; 2], live: &Formula, sizes: &mut Sizes<'c>) -> bool {
    let Some(along) = along else { return false };
    let rows = row.map_or(Some(1), |row| fused.header.extents[row]);
    // The entry is `row + shift`, or a constant.
    let mut entries = vec![(0, 0)];
    match (rows, fused.header.extents[along]) {
        (Some(rows), Some(count)) => {
            let shifts = [0, count - rows].into_iter().filter(|shift| *shift >= 0 && rows + shift <= count);
            entries.extend(shifts.filter(|_| row.is_some()).map(|shift| (1, shift)));
            entries.push((0, count - 1));
        }
        (None, None) if row.is_some_and(|row| sizes.equal(fused, [row, along])) => entries.push((1, 0)),
        _ => {}
    }
    entries.into_iter().any(|(slope, shift)| holds(fused, [row, Some(along)], live, slope, shift))
}

/// Whether a formula surely holds at `along = slope * row + shift`, for every row and batch.
fn holds(fused: &Fused<'_>, dims: [Option<usize>; 2], formula: &Formula, slope: i64, shift: i64) -> bool {
    let of = |formula: &Formula| holds(fused, dims, formula, slope, shift);
    match formula {
        Formula::Constant(value) => *value,
        Formula::Unknown => false,
        Formula::And(lhs, rhs) => of(lhs) && of(rhs),
        Formula::Or(lhs, rhs) => of(lhs) || of(rhs),
        Formula::Atom(term) => {
            let mut linear = term.linear.clone();
            let factor = dims[1].map_or(0, |along| std::mem::take(&mut linear.factors[along]));
            if let Some(row) = dims[0] {
                linear.factors[row] += factor * slope;
            }
            linear.constant += factor * shift;
            if !term.floors.is_empty() || !reads_cancel(fused, dims, &term.reads, slope, shift) {
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

/// Whether reads of one tensor along the first dim and along the second cancel where the two are equal.
fn reads_cancel(fused: &Fused<'_>, dims: [Option<usize>; 2], reads: &[(usize, i64)], slope: i64, shift: i64) -> bool {
    match reads {
        [] => true,
        [(lhs, up), (rhs, down)] if (slope, shift) == (1, 0) && *up == -down => {
            let along_row = |capture: usize| {
                let mut map = fused.captures[capture].map.clone();
                if let [Some(row), Some(along)] = dims {
                    for result in &mut map.results {
                        result.factors[row] += std::mem::take(&mut result.factors[along]);
                    }
                }
                (fused.captures[capture].tensor, map)
            };
            along_row(*lhs) == along_row(*rhs)
        }
        _ => false,
    }
}
