//! The loop nest around the tiles of one fused op, and its results.

use super::{
    emit::{self, Ix, Tile},
    program::set_of,
    ranges::{LiveTiles, Segment},
    tiler::{Axis, Layout, Scope, Source, Tiler},
};
use crate::{
    dialect::ops::{self, Fused, Role},
    error::PassError,
    ffi,
    gpu::{self, schedule::Tiles},
    ir::{self, Builder, Val},
    pass::bound::{self, formula::Formula},
    schedule::{Orientation, TileSchedule, TileSize, TileTests, WeightType},
};

/// How key loops are cut.
struct KeyLoops<'c> {
    /// Whether states that do not read one another have loops of their own.
    apart: bool,
    /// Keys in a tile.
    tile: i64,
    /// Whether tiles are tested at run time, inside the loop.
    test: bool,
    /// The live tiles, where they were found ahead.
    found: Option<LiveTiles<'c>>,
}

/// The extent of an iteration dim.
///
/// # Errors
/// [`PassError::Unsupported`] when it is dynamic and no capture has the plain dim.
pub fn extent<'c>(b: &Builder<'c>, fused: &Fused<'c>, dim: usize) -> Result<Ix<'c>, PassError> {
    if let Some(extent) = fused.header.extents[dim] {
        return Ok(Ix::Known(extent));
    }
    fused
        .captures
        .iter()
        .find_map(|capture| {
            let position = capture.map.results.iter().position(|result| result.as_dim() == Some(dim))?;
            Some(emit::size_of(b, capture.tensor, position))
        })
        .ok_or_else(|| PassError::Unsupported(format!("dim {dim} is dynamic and no capture has its size")))
}

/// Tiles a fused op into a nest before it, and gives its results their values. The op itself, now
/// unused, is left to the caller.
///
/// # Errors
/// [`PassError::Unsupported`] when a head dim is dynamic or a program has an order that does not tile.
pub fn tile_fused<'c>(fused: &Fused<'c>, schedule: &TileSchedule, kernel: &str) -> Result<(), PassError> {
    let lanes = schedule.orientation == Orientation::LanesAreQueries;
    let terms = usize::try_from(schedule.f32_terms).unwrap_or(1);
    let Sizes { size, apart, blocks, alone } = sizes(fused, schedule)?;
    let layout = Layout { lanes, round_weights: schedule.p_type == WeightType::Operand, terms, alone };
    let tiler = Tiler::new(fused, layout)?;
    let b = &Builder::before(fused.op);
    let extents: Vec<_> = (0..fused.header.roles.len()).map(|dim| extent(b, fused, dim)).collect::<Result<_, _>>()?;
    let query_tile = fused.query().map(|query| query_tile(lanes, size.query, extents[query]));

    // The iteration dim behind each dim of the grid: none behind the one of the column blocks.
    let outer: Vec<_> = fused.dims_of(Role::Batch).into_iter().chain(fused.split()).map(Some).collect();
    let columns = (blocks > 1).then_some(outer.len());
    let grid: Vec<_> = outer.into_iter().chain(columns.map(|_| None)).chain(fused.query().map(Some)).collect();
    let place_of = |dim: usize| grid.iter().position(|own| *own == Some(dim));
    let mut bounds: Vec<_> = grid
        .iter()
        .map(|dim| match (*dim, query_tile) {
            (None, _) => Ix::Known(blocks),
            (Some(dim), Some(tile)) if fused.query() == Some(dim) => extents[dim].ceil_div(b, tile),
            (Some(dim), _) => extents[dim],
        })
        .collect();
    if bounds.is_empty() {
        bounds.push(Ix::Known(1));
    }
    let outputs: Vec<_> = fused.results.iter().map(|result| result_tensor(b, &extents, result)).collect();

    // The last query tiles tend to have the longest loops; on threads, they go first.
    let reversed =
        lanes && ir::attr(fused.op, bound::RANGE).is_some_and(|range| ffi::dictionary_get(range, "high").is_some());
    let tests = ir::attr(fused.op, bound::SKIP).is_some();
    let ahead = (tests && schedule.test_tiles == TileTests::Ahead)
        .then(|| tiler.find_live(b, &extents, query_tile, size.key))
        .transpose()?;
    let mut failure = Ok(());
    let values = emit::forall(b, kernel, &bounds, &outputs, |b, coordinates| {
        let mut scope = Scope::new(vec![Axis::full(Ix::Known(0), Ix::Known(1)); extents.len()]);
        for (dim, role) in fused.header.roles.iter().enumerate() {
            let coordinate = place_of(dim).map(|position| Ix::Value(coordinates[position]));
            scope.axes[dim] = match (role, coordinate, query_tile) {
                (Role::Query, Some(coordinate), Some(tile)) => {
                    let coordinate = if reversed {
                        bounds[grid.len() - 1].minus(b, Ix::Known(1)).minus(b, coordinate)
                    } else {
                        coordinate
                    };
                    tile_axis(b, coordinate, tile, extents[dim])
                }
                (_, Some(coordinate), _) => Axis::grid(coordinate),
                (Role::Value, ..) => match columns {
                    Some(columns) => column_axis(b, Ix::Value(coordinates[columns]), blocks, extents[dim], schedule),
                    None => head_axis(extents[dim], schedule.head_multiple),
                },
                _ => head_axis(extents[dim], schedule.head_multiple),
            };
        }
        let found = ahead.as_ref().map(|ahead| {
            let at = |dim: &usize| place_of(*dim).map_or_else(|| b.index(0), |at| coordinates[at]);
            ahead.load(b, &ahead.dims.iter().map(at).collect::<Vec<_>>())
        });
        let test = tests && schedule.test_tiles == TileTests::Inside;
        let keys = KeyLoops { tile: size.key, test, found, apart };
        let tiles = tiler
            .hoist(b, &mut scope)
            .and_then(|()| tiler.init_states(b, &mut scope))
            .and_then(|states| tiler.key_loops(b, &mut scope, &states, extents[tiler.key], keys))
            .and_then(|states| tiler.finish(b, &mut scope, &states));
        match tiles {
            Ok(tiles) => tiles
                .into_iter()
                .zip(&fused.results)
                .filter_map(|(tile, result)| {
                    let (slice, _) = tiler.place(b, &scope, &result.map)?;
                    Some((tiler.live(b, &scope, &tile), slice))
                })
                .collect(),
            Err(error) => {
                failure = Err(error);
                vec![]
            }
        }
    });
    failure?;
    for (result, value) in fused.results.iter().zip(values) {
        ffi::replace_all_uses(result.tensor, value);
    }
    Ok(())
}

/// How an op is cut.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    pub size: TileSize,
    /// Whether states that do not read one another have loops of their own.
    pub apart: bool,
    /// Blocks that the columns of values are cut into.
    pub blocks: i64,
    /// Whether queries of f32 have but one buffer, where they are taken apart.
    pub alone: bool,
}

/// The sizes of an op's tiles, but for what few queries or keys make of them.
///
/// # Errors
/// [`PassError::Unsupported`] when a head dim is dynamic or no tile fits.
pub fn sizes(fused: &Fused<'_>, schedule: &TileSchedule) -> Result<Sizes, PassError> {
    let (mut depth, mut value) = (1, 1);
    for (dim, role) in fused.header.roles.iter().enumerate() {
        if matches!(role, Role::Reduction | Role::Value) {
            let Some(size) = fused.header.extents[dim] else {
                return Err(PassError::Unsupported(format!("{role} dim {dim} is dynamic; head dims must be static")));
            };
            let widest = if *role == Role::Value { &mut value } else { &mut depth };
            *widest = size.max(*widest);
        }
    }
    let (mut size, mut apart, mut blocks, mut alone) = (schedule.size(depth, value), false, 1, false);
    if schedule.orientation == Orientation::RowsAreQueries {
        let wanted = Tiles { query: size.query, key: size.key, apart: false, blocks: 1, once: 1 };
        let visited = |tiles: Tiles| super::fit::visited(fused, tiles.query, tiles.key);
        let footprint = super::fit::footprint(fused, schedule);
        let tiles = gpu::schedule::Schedule::of("sm_90a")?.fit(&footprint, wanted, schedule.margin, &visited)?;
        (size.query, size.key) = (tiles.query, tiles.key);
        (apart, blocks) = (tiles.apart, tiles.blocks);
        alone = footprint.terms > 1 && tiles.once == 1;
    }
    Ok(Sizes { size, apart, blocks, alone })
}

/// Queries in a tile. On lanes, few queries make a smaller tile, and one that divides is preferred.
fn query_tile(lanes: bool, wanted: i64, extent: Ix<'_>) -> i64 {
    match extent.known() {
        Some(extent) if lanes && extent <= wanted => extent.max(1),
        Some(extent) if lanes && extent % wanted != 0 => {
            let divides = |tile: &i64| extent % tile == 0 && tile % 8 == 0;
            (wanted / 2..=wanted).rev().find(divides).unwrap_or(wanted)
        }
        _ => wanted,
    }
}

/// The axis of one tile.
pub fn tile_axis<'c>(b: &Builder<'c>, coordinate: Ix<'c>, tile: i64, extent: Ix<'c>) -> Axis<'c> {
    let offset = coordinate.times(b, tile);
    let divides = extent.known().is_some_and(|extent| extent % tile == 0);
    let live = if divides { Ix::Known(tile) } else { Ix::Value(emit::live_size(b, tile, extent, offset.value(b))) };
    Axis { grid: false, offset, size: Ix::Known(tile), live }
}

fn head_axis(extent: Ix<'_>, multiple: i64) -> Axis<'_> {
    let size = match extent {
        Ix::Known(extent) => Ix::Known((extent + multiple - 1) / multiple * multiple),
        extent => extent,
    };
    Axis { grid: false, offset: Ix::Known(0), size, live: extent }
}

/// The axis of one of so many blocks of a value dim: the whole dim where not every block can have a share of it.
fn column_axis<'c>(
    b: &Builder<'c>,
    coordinate: Ix<'c>,
    blocks: i64,
    extent: Ix<'c>,
    schedule: &TileSchedule,
) -> Axis<'c> {
    match extent.known().map(|columns| (columns, gpu::schedule::block_columns(columns, blocks))) {
        Some((columns, width)) if width < columns => tile_axis(b, coordinate, width, extent),
        _ => head_axis(extent, schedule.head_multiple),
    }
}

/// An uninitialized tensor for a result.
pub fn result_tensor<'c>(b: &Builder<'c>, extents: &[Ix<'c>], result: &ops::Mapped<'c>) -> Val<'c> {
    let sizes: Vec<_> = result
        .shape()
        .into_iter()
        .zip(&result.map.results)
        .map(|(size, expr)| match (size, expr.as_dim()) {
            (Some(size), _) => Ix::Known(size),
            (None, Some(dim)) => Ix::Value(extents[dim].value(b)),
            // The verifier allows dynamic sizes on plain dims only.
            (None, None) => Ix::Known(1),
        })
        .collect();
    emit::empty(b, &sizes, result.element())
}

impl<'c> Tiler<'_, 'c> {
    /// The key loops, from the states before to the states after.
    fn key_loops(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        states: &[Tile<'c>],
        extent: Ix<'c>,
        key: KeyLoops<'c>,
    ) -> Result<Vec<Tile<'c>>, PassError> {
        let mut states = states.to_vec();
        let bound::predicate::Mask { keeps, live, .. } = bound::mask_of(self.fused);
        let test = key.test.then_some(&live);
        if let Some(live) = test {
            self.hoist_summaries(b, scope, live)?;
        }
        let segments = match &key.found {
            Some(found) => self.segments_ahead(b, found, extent, key.tile),
            None => self.segments(b, scope, extent, key.tile)?,
        };
        let parts = if key.apart { super::fit::parts(self.fused) } else { vec![(0..states.len()).collect()] };
        for part in &parts {
            for segment in &segments {
                let mut inner = scope.clone();
                if segment.clear && ir::attr(self.fused.op, bound::RANGE).is_some() {
                    inner.assumptions.extend(keeps.iter().copied());
                }
                let test = if segment.clear { None } else { test };
                self.key_loop(b, &inner, (&mut states, part), extent, segment, test)?;
            }
        }
        Ok(states)
    }

    /// One key loop over some of the states: those are replaced by what they are after it.
    fn key_loop(
        &self,
        b: &Builder<'c>,
        scope: &Scope<'c>,
        (states, part): (&mut [Tile<'c>], &[usize]),
        extent: Ix<'c>,
        segment: &Segment<'c>,
        test: Option<&Formula>,
    ) -> Result<(), PassError> {
        let inits: Vec<_> = part.iter().map(|state| states[*state].value).collect();
        let mut failure = Ok(());
        let bounds = self.loop_bounds(b, scope, segment);
        let values = emit::for_loop(b, bounds, &inits, |b, counter, arguments| {
            let mut inner = scope.clone();
            let offset = segment.first_key(b, counter);
            let live = if segment.padded {
                Ix::Value(emit::live_size(b, segment.tile, extent, offset))
            } else {
                Ix::Known(segment.tile)
            };
            inner.axes[self.key] = Axis { grid: false, offset: Ix::Value(offset), size: Ix::Known(segment.tile), live };
            let mut old = states.to_vec();
            for (state, value) in part.iter().zip(arguments) {
                old[*state].value = *value;
            }
            let mut step = |b: &Builder<'c>, mut inner: Scope<'c>| match self.step(b, &mut inner, &old) {
                Ok(new) => part.iter().map(|state| new[*state].value).collect(),
                Err(error) => {
                    failure = Err(error);
                    arguments.to_vec()
                }
            };
            match test.map(|formula| self.may_be_live(b, &mut inner, formula)).transpose() {
                Ok(Some(Some(condition))) => emit::if_else(b, condition, arguments, |b| step(b, inner)),
                Ok(_) => step(b, inner),
                Err(error) => {
                    failure = Err(error);
                    arguments.to_vec()
                }
            }
        });
        failure?;
        if part.len() < states.len()
            && let Some(body) = values.first().and_then(|value| ffi::defining_op(*value)).and_then(|op| ir::body(op, 0))
        {
            // What only the other states needed.
            let unused = |op: &ir::Op<'c>| {
                let results = ir::results(*op);
                !results.is_empty() && results.iter().all(|result| ffi::uses(*result).is_empty())
            };
            ir::ops(body).into_iter().rev().filter(unused).for_each(ffi::erase);
        }
        for (state, value) in part.iter().zip(values) {
            states[*state].value = value;
        }
        Ok(())
    }

    /// The result tiles, each in the dim order of its tensor.
    ///
    /// # Errors
    /// [`PassError::Unsupported`] when a result's map is no slice.
    pub fn finish(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        states: &[Tile<'c>],
    ) -> Result<Vec<Tile<'c>>, PassError> {
        for (argument, state) in ir::arguments(self.fused.regions.epilogue).into_iter().zip(states) {
            scope.values.insert(ffi::value_key(argument), Source::Tile(state.clone()));
        }
        let roots = ops::yielded(self.fused.regions.epilogue);
        let mut tiles = vec![];
        for (number, (root, result)) in roots.into_iter().zip(&self.fused.results).enumerate() {
            let dims = self
                .result_dims(scope, result)
                .ok_or_else(|| PassError::Unsupported(format!("result {number} is not stored as a slice")))?;
            let missing = self.dims(scope, root) & !set_of(&dims);
            if missing != 0 {
                return Err(PassError::Unsupported(format!("result {number} depends on a dim it does not have")));
            }
            tiles.push(self.map(b, scope, "store", &[root], &dims, result.element(), None, |_, _, value| value)?);
        }
        Ok(tiles)
    }

    /// The tiled dims of a result, in its tensor's order.
    fn result_dims(&self, scope: &Scope<'c>, result: &ops::Mapped<'c>) -> Option<Vec<usize>> {
        let mut dims = vec![];
        for expr in &result.map.results {
            let tiled: Vec<_> = expr.dims().filter(|dim| !scope.axes[*dim].grid).collect();
            match tiled.as_slice() {
                [] => {}
                [dim] if expr.factors[*dim] > 0 && !dims.contains(dim) => dims.push(*dim),
                _ => return None,
            }
        }
        Some(dims)
    }

    /// A tile without its padding.
    fn live(&self, b: &Builder<'c>, scope: &Scope<'c>, tile: &Tile<'c>) -> Val<'c> {
        if tile.dims.iter().all(|dim| scope.axes[*dim].is_full()) {
            return tile.value;
        }
        let mut slice = emit::Slice::default();
        for dim in &tile.dims {
            slice.push(Ix::Known(0), scope.axes[*dim].live, 1);
        }
        slice.extract(b, tile.value, &(0..tile.dims.len()).collect::<Vec<_>>())
    }
}
