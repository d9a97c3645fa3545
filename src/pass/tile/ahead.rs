//! Live key tiles that depend on data, or on more than one range, found before the nest.
//!
//! Three ops on small tensors:
//! 1. the smallest and the largest element of every captured vector, and which elements there are modulo 64, per tile of the
//!    query or the key that it runs along;
//! 2. per (batch dims of the mask, query tile, key tile), by intervals and sets: whether the tile is surely dead, surely
//!    clear, or neither;
//! 3. per (batch dims, query tile), a list of the live whole tiles: those that need their mask from the front, clear ones
//!    from the back.

use super::{
    emit::{self, Ix},
    nest::tile_axis,
    ranges::{LiveTiles, index},
    tiler::{Axis, Scope, Tiler},
};
use crate::{
    dialect::ops::Role,
    error::PassError,
    ffi,
    ir::{self, Builder, Val, cmpi},
    pass::bound::{
        self,
        formula::{Formula, Term},
        mask_of,
        range::Solver,
    },
};
use melior::ir::{AffineExpr, AffineMap};

/// The live tiles of a nest: tensors over `dims` (batch dims, then the query by tiles) and one dim more.
pub struct Ahead<'c> {
    pub dims: Vec<usize>,
    /// Per key tile, what it is.
    kinds: Val<'c>,
    /// Per entry a tile, and how many tiles of either kind there are, over and over.
    list: Val<'c>,
    masked: Val<'c>,
    clear: Val<'c>,
    /// Key tiles, the last one perhaps no whole one, and how many are whole.
    count: Ix<'c>,
    whole: Ix<'c>,
}

/// What a key tile is to a query tile.
const DEAD: i64 = 0;
const MASKED: i64 = 1;
const CLEAR: i64 = 2;

impl<'c> Ahead<'c> {
    /// The live tiles of the query tile at some coordinates.
    pub fn load(&self, b: &Builder<'c>, place: &[Val<'c>]) -> LiveTiles<'c> {
        let load = |tensor, last: Ix<'c>| {
            let place: Vec<_> = place.iter().copied().chain([last.value(b)]).collect();
            emit::extract(b, tensor, &place)
        };
        let number = |tensor| index(b, load(tensor, Ix::Known(0))).value(b);
        let rest = (!self.count.same(self.whole)).then(|| {
            let last = self.whole.min(b, self.count.minus(b, Ix::Known(1)));
            is(b, cmpi::NE, load(self.kinds, last), DEAD)
        });
        LiveTiles {
            list: self.list,
            place: place.to_vec(),
            room: self.count,
            masked: number(self.masked),
            clear: number(self.clear),
            rest,
        }
    }
}

/// Compares an integer with a number.
fn is<'c>(b: &Builder<'c>, predicate: i64, value: Val<'c>, number: i64) -> Val<'c> {
    b.compare("arith.cmpi", predicate, value, b.int(number, ir::type_of(value)))
}

/// A captured vector along the query or the key.
#[derive(Clone, Copy)]
struct Vector {
    capture: usize,
    dim: usize,
}

/// What the elements of a vector are by tiles, as tensors over the batch dims and the tiles.
struct Summary<'c> {
    vector: Vector,
    least: Val<'c>,
    largest: Val<'c>,
    /// Bit *n* stands for elements that are *n* modulo [`BITS`].
    set: Val<'c>,
}

const BITS: i64 = 64;

/// How the query and the key are cut.
struct Cut<'a, 'c> {
    extents: &'a [Ix<'c>],
    /// The mask's batch dims.
    batch: Vec<usize>,
    query_tile: Option<i64>,
    key_tile: i64,
}

impl<'c> Tiler<'_, 'c> {
    /// Writes the ops that find the live key tiles of each query tile.
    ///
    /// # Errors
    /// [`PassError::Unsupported`] when a capture cannot be loaded.
    pub fn find_live(
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
        let mut summaries = vec![];
        let fixed = vectors.iter().all(|vector| extents[vector.dim].known().is_some_and(|extent| extent > 0));
        let groups: Vec<Vec<Vector>> =
            if fixed { vec![vectors] } else { vectors.into_iter().map(|vector| vec![vector]).collect() };
        for group in groups.iter().filter(|group| !group.is_empty()) {
            summaries.extend(self.summaries(b, &cut, group));
        }
        let kinds = self.kinds(b, &cut, &summaries, (&live, &clear))?;
        Ok(lists(b, kinds))
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

    /// What the elements of vectors are by tiles.
    fn summaries(&self, b: &Builder<'c>, cut: &Cut<'_, 'c>, vectors: &[Vector]) -> Vec<Summary<'c>> {
        let i64 = b.int_type(64);
        let tile = |dim: usize| if dim == self.key { cut.key_tile } else { cut.query_tile.unwrap_or(1) };
        let tiles = |dim: usize| cut.extents[dim].ceil_div(b, tile(dim));
        let longest = vectors.iter().map(|vector| tile(vector.dim)).max().unwrap_or(1);
        let count = vectors.iter().map(|vector| tiles(vector.dim)).reduce(|a, c| a.max(b, c)).unwrap_or(Ix::Known(1));
        let mut sizes: Vec<_> = cut.batch.iter().map(|dim| cut.extents[*dim]).collect();
        sizes.push(count);
        let filled = |value: i64| emit::fill(b, b.int(value, i64), emit::empty(b, &sizes, i64));
        let inits: Vec<_> = vectors.iter().flat_map(|_| [filled(i64::MAX), filled(i64::MIN), filled(0)]).collect();
        let lasts: Vec<_> =
            vectors.iter().map(|vector| cut.extents[vector.dim].minus(b, Ix::Known(1)).value(b)).collect();
        let values = at_points(b, sizes.len(), Some(Ix::Known(longest)), &inits, |b, carried| {
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
                let bit = b.binary("arith.andi", element, b.int(BITS - 1, i64));
                let bit = b.binary("arith.shli", b.int(1, i64), bit);
                let each = [("arith.minsi", element), ("arith.maxsi", element), ("arith.ori", bit)];
                let old = &carried[each.len() * position..];
                next.extend(each.iter().zip(old).map(|((name, new), old)| b.binary(name, *old, *new)));
            }
            next
        });
        let each = vectors.iter().zip(values.chunks(3));
        each.map(|(vector, own)| Summary { vector: *vector, least: own[0], largest: own[1], set: own[2] }).collect()
    }

    /// What every key tile is to every query tile.
    fn kinds(
        &self,
        b: &Builder<'c>,
        cut: &Cut<'_, 'c>,
        summaries: &[Summary<'c>],
        (live, clear): (&Formula, &Formula),
    ) -> Result<Kinds<'c>, PassError> {
        let i8 = b.int_type(8);
        let key_extent = cut.extents[self.key];
        let (count, whole) = (key_extent.ceil_div(b, cut.key_tile), key_extent.floor_div(b, cut.key_tile));
        let mut dims = cut.batch.clone();
        let mut sizes: Vec<_> = dims.iter().map(|dim| cut.extents[*dim]).collect();
        if let (Some(query), Some(tile)) = (self.query, cut.query_tile) {
            dims.push(query);
            sizes.push(cut.extents[query].ceil_div(b, tile));
        }
        sizes.push(count);
        let rank = sizes.len();
        let mut failure = Ok(());
        let kinds = at_points(b, rank, None, &[emit::empty(b, &sizes, i8)], |b, _| {
            let place: Vec<_> = (0..rank).map(|position| emit::loop_index(b, position)).collect();
            let key_tile = place[rank - 1];
            let mut scope = Scope::new(vec![Axis::grid(Ix::Known(0)); cut.extents.len()]);
            for (dim, at) in dims.iter().zip(&place) {
                scope.axes[*dim] = match cut.query_tile {
                    Some(tile) if Some(*dim) == self.query => tile_axis(b, Ix::Value(*at), tile, cut.extents[*dim]),
                    _ => Axis::grid(Ix::Value(*at)),
                };
            }
            scope.axes[self.key] = tile_axis(b, Ix::Value(key_tile), cut.key_tile, key_extent);
            for Summary { vector, least, largest, set } in summaries {
                let mut at = place[..cut.batch.len()].to_vec();
                at.push(if vector.dim == self.key { key_tile } else { place[cut.batch.len()] });
                for (tensor, smallest) in [(least, true), (largest, false)] {
                    let value = index(b, emit::extract(b, *tensor, &at)).value(b);
                    scope.summaries.insert((vector.capture, smallest), value);
                }
                scope.sets.insert(vector.capture, emit::extract(b, *set, &at));
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
            let mut kind = b.int(CLEAR, i8);
            if let Some(clear) = clear {
                kind = b.select(clear, kind, b.int(MASKED, i8));
            }
            if let Some(live) = live {
                kind = b.select(live, kind, b.int(DEAD, i8));
            }
            vec![kind]
        });
        failure?;
        Ok(Kinds { dims, sizes, kinds: kinds[0], whole })
    }
}

/// What every key tile is to every query tile: a tensor over `dims` and the key tiles.
struct Kinds<'c> {
    dims: Vec<usize>,
    sizes: Vec<Ix<'c>>,
    kinds: Val<'c>,
    whole: Ix<'c>,
}

/// Lists the live whole tiles. A list has room for all tiles, so that the two kinds do not meet; entries in between are 0.
fn lists<'c>(b: &Builder<'c>, found: Kinds<'c>) -> Ahead<'c> {
    let Kinds { dims, sizes, kinds, whole } = found;
    let (i32, rank) = (b.int_type(32), sizes.len());
    let count = sizes[rank - 1];
    let last = b.cast("arith.index_cast", count.minus(b, Ix::Known(1)).value(b), i32);
    let zeros = || emit::fill(b, b.int(0, i32), emit::empty(b, &sizes, i32));
    let values = at_points(b, rank, Some(whole), &[zeros(), zeros(), zeros()], |b, old| {
        let place: Vec<_> = (0..=rank).map(|position| emit::loop_index(b, position)).collect();
        let (entry, tile) = (b.cast("arith.index_cast", place[rank - 1], i32), place[rank]);
        let of_tile: Vec<_> = place[..rank - 1].iter().copied().chain([tile]).collect();
        let kind = emit::extract(b, kinds, &of_tile);
        let tile = b.cast("arith.index_cast", tile, i32);
        let mut next = vec![old[0]];
        for (kind, number, own) in [
            (is(b, cmpi::EQ, kind, MASKED), old[1], entry),
            (is(b, cmpi::EQ, kind, CLEAR), old[2], b.binary("arith.subi", last, entry)),
        ] {
            let here = b.binary("arith.andi", kind, b.compare("arith.cmpi", cmpi::EQ, number, own));
            next[0] = b.select(here, tile, next[0]);
            next.push(b.binary("arith.addi", number, b.cast("arith.extui", kind, i32)));
        }
        next
    });
    Ahead { dims, kinds, list: values[0], masked: values[1], clear: values[2], count, whole }
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

/// A `linalg.generic` over the points of its results, which all have one shape of this rank, perhaps with one reduction loop.
fn at_points<'c>(
    b: &Builder<'c>,
    rank: usize,
    length: Option<Ix<'c>>,
    inits: &[Val<'c>],
    body: impl FnOnce(&Builder<'c>, &[Val<'c>]) -> Vec<Val<'c>>,
) -> Vec<Val<'c>> {
    // Nothing is read of the window: it gives the reduction loop its length.
    let window = length.map(|length| emit::empty(b, &[length], b.int_type(8)));
    let loops = rank + usize::from(length.is_some());
    let dim = |position: usize| AffineExpr::dim(b.context, position);
    let points = AffineMap::new(b.context, loops, 0, &(0..rank).map(dim).collect::<Vec<_>>());
    let mut maps: Vec<_> = window.iter().map(|_| AffineMap::new(b.context, loops, 0, &[dim(rank)])).collect();
    maps.extend(inits.iter().map(|_| points));
    let kinds = (0..loops).map(|position| if position < rank { "parallel" } else { "reduction" });
    let kinds: Vec<_> = kinds.map(|kind| b.attr(&format!("#linalg.iterator_type<{kind}>"))).collect();
    let elements: Vec<_> = inits.iter().map(|init| ffi::element_type(ir::type_of(*init))).collect();
    let arguments: Vec<_> = window.iter().map(|_| b.int_type(8)).chain(elements).collect();
    let inputs = arguments.len() - inits.len();
    let op = b
        .op("linalg.generic")
        .operands(&window.into_iter().collect::<Vec<_>>())
        .operands(inits)
        .results(&inits.iter().map(|init| ir::type_of(*init)).collect::<Vec<_>>())
        .attr("indexing_maps", b.maps_attr(&maps))
        .attr("iterator_types", b.array_attr(&kinds))
        .attr_text("operandSegmentSizes", &format!("array<i32: {inputs}, {}>", inits.len()))
        .region(&arguments, |b, arguments| {
            let values = body(b, &arguments[inputs..]);
            b.op("linalg.yield").operands(&values).build();
        })
        .build();
    ir::results(op)
}
