//! Which key tiles are visited: the ranges that `bound` left, cut at multiples of the tile.

use super::{
    emit::{self, Ix, Tile},
    tiler::{Scope, Source, Tiler},
};
use crate::{
    dialect::ops::{self, Role},
    error::PassError,
    ffi,
    ir::{self, Attr, Builder, Element, Val},
    pass::bound::{
        self,
        formula::{Formula, Term},
    },
};
use melior::ir::AffineExpr;

/// One key loop: its counter runs over `[low, high)`.
#[derive(Clone, Debug)]
pub struct Segment<'c> {
    pub low: Ix<'c>,
    pub high: Ix<'c>,
    /// What the counter is.
    pub counter: Counter<'c>,
    /// Keys in a tile.
    pub tile: i64,
    /// From one tile to the next on the counter.
    pub stride: i64,
    /// Whether the last tile may stick out past the last key.
    pub padded: bool,
    /// Whether no mask changes a score here.
    pub clear: bool,
}

/// What the counter of a key loop counts.
#[derive(Clone, Debug)]
pub enum Counter<'c> {
    /// Keys: the first one of the tile.
    Keys,
    /// Tiles, whole ones before them.
    Tiles,
    /// Entries of a list of tiles: a tensor, and where in it the query tile's own list is.
    Entries { list: Val<'c>, place: Vec<Val<'c>> },
}

impl<'c> Segment<'c> {
    /// The first key of the tile that the counter stands at.
    pub fn first_key(&self, b: &Builder<'c>, counter: Val<'c>) -> Val<'c> {
        let number = match &self.counter {
            Counter::Keys => return counter,
            Counter::Tiles => Ix::Value(counter),
            Counter::Entries { list, place } => {
                let place: Vec<_> = place.iter().copied().chain([counter]).collect();
                index(b, emit::extract(b, *list, &place))
            }
        };
        number.times(b, self.tile).value(b)
    }
}

/// The key tiles that one query tile visits, as found ahead.
#[derive(Clone, Debug)]
pub struct LiveTiles<'c> {
    /// The list of them, and where the query tile's own is: tiles that need their mask from the front, tiles that no mask
    /// changes up to the end.
    pub list: Val<'c>,
    pub place: Vec<Val<'c>>,
    /// Entries that a list has room for.
    pub room: Ix<'c>,
    /// How many there are of either kind, as values of type index.
    pub masked: Val<'c>,
    pub clear: Val<'c>,
    /// Whether the last tile may be live, where it may be no whole one.
    pub rest: Option<Val<'c>>,
}

impl<'c> Tiler<'_, 'c> {
    /// The key loops of one query tile, in order.
    pub fn segments(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        extent: Ix<'c>,
        tile: i64,
    ) -> Result<Vec<Segment<'c>>, PassError> {
        let whole = extent.floor_div(b, tile).times(b, tile);
        let mut segments = vec![];
        let mut push = |low: Ix<'c>, high: Ix<'c>, clear: bool| {
            let empty = matches!((low.known(), high.known()), (Some(low), Some(high)) if low >= high);
            if !empty {
                segments.push(Segment { low, high, counter: Counter::Keys, tile, stride: tile, padded: false, clear });
            }
        };
        let range = ir::attr(self.fused.op, bound::RANGE);
        let entry = |name: &str| range.and_then(|range| ffi::dictionary_get(range, name));
        let zero = Ix::Known(0);
        let low = self.end(b, scope, entry("low"))?;
        let high = self.end(b, scope, entry("high"))?;
        let first = low.map_or(zero, |low| low.max(b, zero).floor_div(b, tile).times(b, tile));
        let end = high.map_or(extent, |high| high.min(b, extent).max(b, zero));
        let last = match high {
            None => whole,
            Some(_) => end.ceil_div(b, tile).times(b, tile).min(b, whole).max(b, first),
        };
        if let (Some(clear_low), Some(clear_high)) = (entry("clear_low"), entry("clear_high")) {
            let begin = match self.end(b, scope, Some(clear_low))? {
                None => first,
                Some(begin) => begin.max(b, zero).ceil_div(b, tile).times(b, tile).max(b, first).min(b, last),
            };
            let stop = match self.end(b, scope, Some(clear_high))? {
                None => last,
                Some(stop) => stop.max(b, zero).floor_div(b, tile).times(b, tile).max(b, begin).min(b, last),
            };
            if !begin.same(first) {
                push(first, begin, false);
            }
            push(begin, stop, true);
            if !stop.same(last) {
                push(stop, last, false);
            }
        } else {
            push(first, last, range.is_none());
        }
        // What is left over after the last whole tile. On lanes a known rest is a smaller tile.
        if !extent.same(whole) {
            let rest = extent.known().zip(whole.known()).map(|(extent, whole)| extent - whole);
            let high = if high.is_some() { end.max(b, whole) } else { extent };
            let stride = tile;
            let (tile, padded) = match rest {
                Some(rest) if self.layout.lanes => (rest, false),
                _ => (tile, true),
            };
            let (counter, clear) = (Counter::Keys, range.is_none());
            segments.push(Segment { low: whole, high, counter, tile, stride, padded, clear });
        }
        Ok(segments)
    }

    /// The bounds and the step of a segment's loop. Where the keys are split, tiles are dealt out in turn.
    pub fn loop_bounds(&self, b: &Builder<'c>, scope: &Scope<'c>, segment: &Segment<'c>) -> [Ix<'c>; 3] {
        let Segment { low, high, stride, .. } = *segment;
        let Some(split) = self.split_dim else { return [low, high, Ix::Known(stride)] };
        let ways = self.fused.header.extents[split].unwrap_or(1);
        let at = scope.axes[split].offset;
        let ahead = match low.floor_div(b, stride).rem(b, ways) {
            Ix::Known(0) => at,
            taken => at.plus(b, Ix::Known(ways)).minus(b, taken).rem(b, ways),
        };
        [low.plus(b, ahead.times(b, stride)), high, Ix::Known(stride * ways)]
    }

    /// The key loops of one query tile whose live tiles were found ahead, in order.
    pub fn segments_ahead(
        &self,
        b: &Builder<'c>,
        found: &LiveTiles<'c>,
        extent: Ix<'c>,
        tile: i64,
    ) -> Vec<Segment<'c>> {
        let LiveTiles { list, ref place, room, masked, clear, rest } = *found;
        let segment =
            |low, high, counter, padded, clear| Segment { low, high, counter, tile, stride: 1, padded, clear };
        let entries = || Counter::Entries { list, place: place.clone() };
        let mut segments = vec![
            segment(Ix::Known(0), Ix::Value(masked), entries(), false, false),
            segment(room.minus(b, Ix::Value(clear)), room, entries(), false, true),
        ];
        if let Some(rest) = rest {
            let (whole, count) = (extent.floor_div(b, tile), extent.ceil_div(b, tile));
            let high = Ix::Value(b.select(rest, count.value(b), whole.value(b)));
            segments.push(segment(whole, high, Counter::Tiles, true, false));
        }
        segments
    }

    /// The value of one end of a range for the query tile at hand; `None` is open.
    fn end(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        bound: Option<Attr<'c>>,
    ) -> Result<Option<Ix<'c>>, PassError> {
        let Some(bound) = bound else { return Ok(None) };
        let malformed = || PassError::Unsupported(format!("a malformed '{}': {bound}", bound::RANGE));
        let parts = ffi::array_elements(bound).ok_or_else(malformed)?;
        let Some((head, rest)) = parts.split_first() else { return Ok(None) };
        if let Some(name) = ir::string_attr(*head) {
            let mut value: Option<Ix<'c>> = None;
            for part in rest {
                let next = self.end(b, scope, Some(*part))?.ok_or_else(malformed)?;
                value = Some(match value {
                    None => next,
                    Some(value) if name == "max" => value.max(b, next),
                    Some(value) => value.min(b, next),
                });
            }
            return Ok(value);
        }
        let map = ffi::affine_map(*head).ok_or_else(malformed)?;
        let mut symbols = vec![];
        for capture in rest {
            let number =
                ir::int_attr(*capture).and_then(|number| usize::try_from(number).ok()).ok_or_else(malformed)?;
            symbols.push(self.scalar(b, scope, number)?.ok_or_else(malformed)?);
        }
        let mut dims: Vec<_> = scope.axes.iter().map(|axis| axis.offset).collect();
        dims.push(self.query.map_or(Ix::Known(0), |query| self.last(b, scope, query)));
        let expr = map.result(0).map_err(|_| malformed())?;
        evaluate(b, expr, &dims, &symbols).map(Some).ok_or_else(malformed)
    }

    /// The last coordinate of a tile along a dim.
    fn last(&self, b: &Builder<'c>, scope: &Scope<'c>, dim: usize) -> Ix<'c> {
        let axis = &scope.axes[dim];
        axis.offset.plus(b, axis.live.minus(b, Ix::Known(1)))
    }

    /// An integer capture that is one number here, as an index.
    fn scalar(&self, b: &Builder<'c>, scope: &mut Scope<'c>, capture: usize) -> Result<Option<Ix<'c>>, PassError> {
        Ok(match self.capture(b, scope, capture)? {
            Source::Scalar(scalar) => Some(index(b, scalar)),
            _ => None,
        })
    }

    /// Whether some point of the current tile may be live, as an i1; `None` when that is not in question.
    ///
    /// # Errors
    /// [`PassError::Unsupported`] when a capture cannot be loaded.
    pub fn may_be_live(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        formula: &Formula,
    ) -> Result<Option<Val<'c>>, PassError> {
        self.decided(b, scope, formula, false)
    }

    /// Whether a formula holds at every point of the current tile (`certain`), or may hold at some, by intervals;
    /// `None` when it surely does.
    ///
    /// # Errors
    /// [`PassError::Unsupported`] when a capture cannot be loaded.
    pub fn decided(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        formula: &Formula,
        certain: bool,
    ) -> Result<Option<Val<'c>>, PassError> {
        let never = || Some(b.int(0, b.int_type(1)));
        let both = |lhs: Option<Val<'c>>, rhs: Option<Val<'c>>| match (lhs, rhs) {
            (Some(lhs), Some(rhs)) => Some(b.binary("arith.andi", lhs, rhs)),
            (lhs, rhs) => lhs.or(rhs),
        };
        Ok(match formula {
            Formula::Unknown if certain => never(),
            Formula::Constant(true) | Formula::Unknown => None,
            Formula::Constant(false) => never(),
            Formula::Atom(term) => match self.extreme(b, scope, term, !certain)? {
                // 3 is sle
                Some(value) => Some(b.compare("arith.cmpi", ir::cmpi::SLE, value.value(b), b.index(0))),
                None if certain => never(),
                None => None,
            },
            Formula::And(lhs, rhs) => {
                let sets = formula.equality().map(|own| own.map(|capture| scope.sets.get(&capture).copied()));
                let meet = match sets {
                    Some([Some(lhs), Some(rhs)]) if !certain => {
                        let common = b.binary("arith.andi", lhs, rhs);
                        // 1 is ne
                        Some(b.compare("arith.cmpi", ir::cmpi::NE, common, b.int(0, ir::type_of(common))))
                    }
                    _ => None,
                };
                let lhs = both(meet, self.decided(b, scope, lhs, certain)?);
                both(lhs, self.decided(b, scope, rhs, certain)?)
            }
            Formula::Or(lhs, rhs) => {
                match (self.decided(b, scope, lhs, certain)?, self.decided(b, scope, rhs, certain)?) {
                    (Some(lhs), Some(rhs)) => Some(b.binary("arith.ori", lhs, rhs)),
                    _ => None,
                }
            }
        })
    }

    /// A lower (`least`) or upper bound of a term over the current tile.
    fn extreme(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        term: &Term,
        least: bool,
    ) -> Result<Option<Ix<'c>>, PassError> {
        let mut sum = Ix::Known(term.linear.constant);
        for dim in term.linear.dims() {
            if matches!(self.fused.header.roles[dim], Role::Reduction | Role::Value) {
                return Ok(None);
            }
            let factor = term.linear.factors[dim];
            let at = if (factor > 0) == least { scope.axes[dim].offset } else { self.last(b, scope, dim) };
            sum = sum.plus(b, at.times(b, factor));
        }
        for (capture, factor) in &term.reads {
            let Some(value) = self.summary(b, scope, *capture, (*factor > 0) == least)? else { return Ok(None) };
            sum = sum.plus(b, value.times(b, *factor));
        }
        for (dividend, divisor, factor) in &term.floors {
            let Some(value) = self.extreme(b, scope, dividend, (*factor > 0) == least)? else { return Ok(None) };
            sum = sum.plus(b, value.floor_div_signed(b, *divisor).times(b, *factor));
        }
        Ok(Some(sum))
    }

    /// The smallest or largest element of a capture's tile, as an index. Padding may widen it.
    fn summary(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        capture: usize,
        smallest: bool,
    ) -> Result<Option<Ix<'c>>, PassError> {
        if let Some(value) = scope.summaries.get(&(capture, smallest)) {
            return Ok(Some(Ix::Value(*value)));
        }
        let tile = match self.capture(b, scope, capture)? {
            Source::Scalar(scalar) => return Ok(Some(index(b, scalar))),
            Source::Tile(tile) if tile.dims.len() == 1 => tile,
            _ => return Ok(None),
        };
        // The least of booleans is their conjunction.
        let combine = match (smallest, Element::of(tile.element()) == Some(Element::BOOL)) {
            (true, true) => ops::Combine::And,
            (false, true) => ops::Combine::Or,
            (true, false) => ops::Combine::Min,
            (false, false) => ops::Combine::Max,
        };
        let identity = combine.identity(b, tile.element());
        let init = self.filled(b, scope, &[], identity);
        let reduced: Tile<'c> =
            emit::generic(b, "reduce", &tile.dims, std::slice::from_ref(&tile), &init, |b, elements| {
                combine.apply(b, elements[0], elements[1])
            });
        let value = index(b, emit::extract(b, reduced.value, &[])).value(b);
        scope.summaries.insert((capture, smallest), value);
        Ok(Some(Ix::Value(value)))
    }

    /// Computes the summaries of captures that do not change along the key, outside its loops.
    ///
    /// # Errors
    /// [`PassError::Unsupported`] when a capture cannot be loaded.
    pub fn hoist_summaries(&self, b: &Builder<'c>, scope: &mut Scope<'c>, formula: &Formula) -> Result<(), PassError> {
        match formula {
            Formula::Constant(_) | Formula::Unknown => Ok(()),
            Formula::And(lhs, rhs) | Formula::Or(lhs, rhs) => {
                self.hoist_summaries(b, scope, lhs)?;
                self.hoist_summaries(b, scope, rhs)
            }
            Formula::Atom(term) => {
                // Either end may be asked for inside a quotient; those are computed where they are used.
                for (capture, factor) in &term.reads {
                    if !self.fused.captures[*capture].map.uses(self.key) {
                        self.summary(b, scope, *capture, *factor > 0)?;
                    }
                }
                Ok(())
            }
        }
    }
}

/// An integer as an index.
pub fn index<'c>(b: &Builder<'c>, value: Val<'c>) -> Ix<'c> {
    let ty = b.index_type();
    Ix::Value(match Element::of(ir::type_of(value)) {
        Some(Element::Index) => value,
        Some(Element::BOOL) => b.cast("arith.index_castui", value, ty),
        _ => b.cast("arith.index_cast", value, ty),
    })
}

/// Builds the value of an affine expression.
fn evaluate<'c>(b: &Builder<'c>, expr: AffineExpr<'c>, dims: &[Ix<'c>], symbols: &[Ix<'c>]) -> Option<Ix<'c>> {
    if expr.is_dim() {
        return dims.get(expr.dim_position()).copied();
    }
    if expr.is_symbol() {
        return symbols.get(expr.symbol_position()).copied();
    }
    if expr.is_constant() {
        return Some(Ix::Known(expr.constant_value()));
    }
    let (lhs, rhs) = (evaluate(b, expr.lhs(), dims, symbols)?, evaluate(b, expr.rhs(), dims, symbols)?);
    if expr.is_add() {
        Some(lhs.plus(b, rhs))
    } else if expr.is_mul() {
        Some(lhs.times(b, rhs.known()?))
    } else if expr.is_floor_div() {
        let by = rhs.known()?;
        Some(lhs.floor_div_signed(b, by))
    } else {
        None
    }
}
