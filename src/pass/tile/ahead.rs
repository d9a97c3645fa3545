//! Key ranges that depend on data, found before the nest.
//!
//! Two ops on small tensors, both linear in the number of (query tile, key tile) pairs at most:
//! 1. the smallest and the largest element of every captured vector, per tile of the query or the key that it runs along;
//! 2. per (batch dims of the mask, query tile), over the key tiles in order: the hull of those that may be live, and the
//!    longest run of those that are surely clear, both by intervals.

use super::{
    emit::{self, Ix},
    nest::tile_axis,
    ranges::{KeyRange, index},
    tiler::{Axis, Scope, Tiler},
};
use crate::{
    dialect::ops::Role,
    error::PassError,
    ffi,
    ir::{self, Builder, Val},
    pass::bound::{
        self, mask_of,
        predicate::{Formula, Term},
        range::Solver,
    },
};
use melior::ir::{AffineExpr, AffineMap};

/// The ranges of a nest: tensors over `dims` (batch dims, then the query by tiles).
pub struct Ahead<'c> {
    pub dims: Vec<usize>,
    low: Val<'c>,
    high: Val<'c>,
    clear_low: Val<'c>,
    clear_high: Val<'c>,
}

impl<'c> Ahead<'c> {
    /// The range of the query tile at some coordinates.
    pub fn load(&self, b: &Builder<'c>, place: &[Val<'c>]) -> KeyRange<'c> {
        let load = |tensor| index(b, emit::extract(b, tensor, place)).value(b);
        KeyRange {
            low: load(self.low),
            clear_low: load(self.clear_low),
            clear_high: load(self.clear_high),
            high: load(self.high),
        }
    }
}

/// A captured vector along the query or the key.
#[derive(Clone, Copy)]
struct Vector {
    capture: usize,
    dim: usize,
}

/// The extrema of a vector by tiles, as tensors over the batch dims and the tiles.
struct Extrema<'c> {
    vector: Vector,
    least: Val<'c>,
    largest: Val<'c>,
}

/// How the query and the key are cut.
struct Cut<'a, 'c> {
    extents: &'a [Ix<'c>],
    /// The mask's batch dims.
    batch: Vec<usize>,
    query_tile: Option<i64>,
    key_tile: i64,
}

impl<'c> Tiler<'_, 'c> {
    /// Writes the ops that find the key range of each query tile.
    ///
    /// # Errors
    /// [`PassError::Unsupported`] when a capture cannot be loaded.
    pub fn find_ranges(
        &self,
        b: &Builder<'c>,
        extents: &[Ix<'c>],
        query_tile: Option<i64>,
        key_tile: i64,
    ) -> Result<Ahead<'c>, PassError> {
        let bound::predicate::Mask { live, clear, .. } = mask_of(self.fused);
        let (live, clear) = (self.testable(live), self.testable(clear));
        let mut terms = vec![];
        collect(&live, &mut terms);
        collect(&clear, &mut terms);
        let roles = &self.fused.header.roles;
        let mut used: Vec<usize> = terms.iter().flat_map(|term| term.linear.dims()).collect();
        let mut vectors: Vec<Vector> = vec![];
        for (capture, _) in terms.iter().flat_map(|term| &term.reads) {
            let dims = self.fused.captures[*capture].map.used();
            used.extend(&dims);
            let along = dims.into_iter().find(|dim| roles[*dim] != Role::Batch);
            if let Some(dim) = along
                && !vectors.iter().any(|known| known.capture == *capture)
            {
                vectors.push(Vector { capture: *capture, dim });
            }
        }
        let batch = (0..roles.len()).filter(|dim| roles[*dim] == Role::Batch && used.contains(dim)).collect();
        let cut = Cut { extents, batch, query_tile, key_tile };
        // One op for both sides, unless one of them may be empty.
        let mut extrema = vec![];
        let fixed = vectors.iter().all(|vector| extents[vector.dim].known().is_some_and(|extent| extent > 0));
        let groups: Vec<Vec<Vector>> =
            if fixed { vec![vectors] } else { vectors.into_iter().map(|vector| vec![vector]).collect() };
        for group in groups.iter().filter(|group| !group.is_empty()) {
            extrema.extend(self.extrema(b, &cut, group));
        }
        self.hulls(b, &cut, &extrema, (&live, &clear))
    }

    /// A formula with everything that intervals cannot bound replaced by "unknown".
    fn testable(&self, formula: Formula) -> Formula {
        let solver = Solver { fused: self.fused, key: self.key, query: self.query };
        match formula {
            Formula::Atom(term) if !solver.is_testable(&term) => Formula::Unknown,
            Formula::And(lhs, rhs) => Formula::And(Box::new(self.testable(*lhs)), Box::new(self.testable(*rhs))),
            Formula::Or(lhs, rhs) => Formula::Or(Box::new(self.testable(*lhs)), Box::new(self.testable(*rhs))),
            other => other,
        }
    }

    /// The extrema of vectors by tiles.
    fn extrema(&self, b: &Builder<'c>, cut: &Cut<'_, 'c>, vectors: &[Vector]) -> Vec<Extrema<'c>> {
        let i64 = b.int_type(64);
        let tile = |dim: usize| if dim == self.key { cut.key_tile } else { cut.query_tile.unwrap_or(1) };
        let tiles = |dim: usize| cut.extents[dim].ceil_div(b, tile(dim));
        let longest = vectors.iter().map(|vector| tile(vector.dim)).max().unwrap_or(1);
        let count = vectors.iter().map(|vector| tiles(vector.dim)).reduce(|a, c| a.max(b, c)).unwrap_or(Ix::Known(1));
        let mut sizes: Vec<_> = cut.batch.iter().map(|dim| cut.extents[*dim]).collect();
        sizes.push(count);
        let filled = |value: i64| emit::fill(b, b.int(value, i64), emit::empty(b, &sizes, i64));
        let inits: Vec<_> = vectors.iter().flat_map(|_| [filled(i64::MAX), filled(i64::MIN)]).collect();
        let lasts: Vec<_> =
            vectors.iter().map(|vector| cut.extents[vector.dim].minus(b, Ix::Known(1)).value(b)).collect();
        let values = reduction(b, sizes.len(), Ix::Known(longest), &inits, |b, carried| {
            let place: Vec<_> = (0..=sizes.len()).map(|position| emit::loop_index(b, position)).collect();
            let (number, inside) = (Ix::Value(place[sizes.len() - 1]), Ix::Value(place[sizes.len()]));
            let mut next = vec![];
            for (position, vector) in vectors.iter().enumerate() {
                let own = tile(vector.dim);
                let inside = if own < longest { inside.min(b, Ix::Known(own - 1)) } else { inside };
                let at = number.times(b, own).plus(b, inside).min(b, Ix::Value(lasts[position]));
                let capture = &self.fused.captures[vector.capture];
                let coordinate = |dim: usize| match cut.batch.iter().position(|own| *own == dim) {
                    Some(position) => Ix::Value(place[position]),
                    None => at,
                };
                let indices = capture.map.results.iter().map(|result| {
                    let terms = result.dims().map(|dim| coordinate(dim).times(b, result.factors[dim]));
                    terms.fold(Ix::Known(result.constant), |sum, term| sum.plus(b, term)).value(b)
                });
                let element = emit::extract(b, capture.tensor, &indices.collect::<Vec<_>>());
                let element = b.cast("arith.index_cast", index(b, element).value(b), i64);
                next.push(b.binary("arith.minsi", carried[2 * position], element));
                next.push(b.binary("arith.maxsi", carried[2 * position + 1], element));
            }
            next
        });
        let pairs = vectors.iter().zip(values.chunks(2));
        pairs.map(|(vector, pair)| Extrema { vector: *vector, least: pair[0], largest: pair[1] }).collect()
    }

    /// The hull of the live key tiles of each query tile, and the longest run of clear ones.
    fn hulls(
        &self,
        b: &Builder<'c>,
        cut: &Cut<'_, 'c>,
        extrema: &[Extrema<'c>],
        (live, clear): (&Formula, &Formula),
    ) -> Result<Ahead<'c>, PassError> {
        let i32 = b.int_type(32);
        let key_extent = cut.extents[self.key];
        let (count, whole) = (key_extent.ceil_div(b, cut.key_tile), key_extent.floor_div(b, cut.key_tile).value(b));
        let mut dims = cut.batch.clone();
        let mut sizes: Vec<_> = dims.iter().map(|dim| cut.extents[*dim]).collect();
        if let (Some(query), Some(tile)) = (self.query, cut.query_tile) {
            dims.push(query);
            sizes.push(cut.extents[query].ceil_div(b, tile));
        }
        let filled = |value: Val<'c>| emit::fill(b, value, emit::empty(b, &sizes, i32));
        let zero = b.int(0, i32);
        let last = b.cast("arith.index_cast", count.value(b), i32);
        // Low, high, clear low, clear high, and where the current run of clear tiles begins.
        let inits = [filled(last), filled(zero), filled(zero), filled(zero), filled(zero)];
        let mut failure = Ok(());
        let values = reduction(b, sizes.len(), count, &inits, |b, old| {
            let place: Vec<_> = (0..=sizes.len()).map(|position| emit::loop_index(b, position)).collect();
            let key_tile = place[sizes.len()];
            let mut scope = Scope::new(vec![Axis::grid(Ix::Known(0)); cut.extents.len()]);
            for (dim, at) in dims.iter().zip(&place) {
                scope.axes[*dim] = match cut.query_tile {
                    Some(tile) if Some(*dim) == self.query => tile_axis(b, Ix::Value(*at), tile, cut.extents[*dim]),
                    _ => Axis::grid(Ix::Value(*at)),
                };
            }
            let key_axis = tile_axis(b, Ix::Value(key_tile), cut.key_tile, key_extent);
            scope.axes[self.key] = key_axis;
            for Extrema { vector, least, largest } in extrema {
                let mut at = place[..cut.batch.len()].to_vec();
                at.push(if vector.dim == self.key { key_tile } else { place[cut.batch.len()] });
                for (tensor, smallest) in [(least, true), (largest, false)] {
                    let value = index(b, emit::extract(b, *tensor, &at)).value(b);
                    scope.summaries.insert((vector.capture, smallest), value);
                }
            }
            let decided = self
                .decided(b, &mut scope, live, false)
                .and_then(|live| Ok((live, self.decided(b, &mut scope, clear, true)?)));
            let (live, clear) = match decided {
                Ok(decided) => decided,
                Err(error) => {
                    failure = Err(error);
                    (None, None)
                }
            };
            // 2 is slt, 4 is sgt.
            let full = b.compare("arith.cmpi", 2, key_tile, whole);
            let clear = clear.map_or(full, |clear| b.binary("arith.andi", full, clear));
            let at = b.cast("arith.index_cast", key_tile, i32);
            let next = b.binary("arith.addi", at, b.int(1, i32));
            let (mut low, mut high) = (b.binary("arith.minsi", old[0], at), next);
            if let Some(live) = live {
                (low, high) = (b.select(live, low, old[0]), b.select(live, high, old[1]));
            }
            let begin = b.select(clear, old[4], next);
            let length = b.binary("arith.subi", next, begin);
            let longer = b.compare("arith.cmpi", 4, length, b.binary("arith.subi", old[3], old[2]));
            vec![low, high, b.select(longer, begin, old[2]), b.select(longer, next, old[3]), begin]
        });
        failure?;
        Ok(Ahead { dims, low: values[0], high: values[1], clear_low: values[2], clear_high: values[3] })
    }
}

/// Every term of a formula, dividends included.
fn collect(formula: &Formula, found: &mut Vec<Term>) {
    fn term(own: &Term, found: &mut Vec<Term>) {
        own.floors.iter().for_each(|(dividend, ..)| term(dividend, found));
        found.push(own.clone());
    }
    match formula {
        Formula::Constant(_) | Formula::Unknown => {}
        Formula::Atom(own) => term(own, found),
        Formula::And(lhs, rhs) | Formula::Or(lhs, rhs) => {
            collect(lhs, found);
            collect(rhs, found);
        }
    }
}

/// A `linalg.generic` over the points of its results, which all have one shape of this rank, and one reduction loop.
fn reduction<'c>(
    b: &Builder<'c>,
    rank: usize,
    length: Ix<'c>,
    inits: &[Val<'c>],
    body: impl FnOnce(&Builder<'c>, &[Val<'c>]) -> Vec<Val<'c>>,
) -> Vec<Val<'c>> {
    // Nothing is read of the window: it gives the reduction loop its length.
    let window = emit::empty(b, &[length], b.int_type(8));
    let dim = |position: usize| AffineExpr::dim(b.context, position);
    let points = AffineMap::new(b.context, rank + 1, 0, &(0..rank).map(dim).collect::<Vec<_>>());
    let mut maps = vec![AffineMap::new(b.context, rank + 1, 0, &[dim(rank)])];
    maps.extend(inits.iter().map(|_| points));
    let kinds = (0..=rank).map(|position| if position < rank { "parallel" } else { "reduction" });
    let kinds: Vec<_> = kinds.map(|kind| b.attr(&format!("#linalg.iterator_type<{kind}>"))).collect();
    let elements: Vec<_> = inits.iter().map(|init| ffi::element_type(ir::type_of(*init))).collect();
    let arguments: Vec<_> = [b.int_type(8)].into_iter().chain(elements).collect();
    let op = b
        .op("linalg.generic")
        .operands(&[window])
        .operands(inits)
        .results(&inits.iter().map(|init| ir::type_of(*init)).collect::<Vec<_>>())
        .attr("indexing_maps", b.maps_attr(&maps))
        .attr("iterator_types", b.array_attr(&kinds))
        .attr_text("operandSegmentSizes", &format!("array<i32: 1, {}>", inits.len()))
        .region(&arguments, |b, arguments| {
            let values = body(b, &arguments[1..]);
            b.op("linalg.yield").operands(&values).build();
        })
        .build();
    ir::results(op)
}
