//! The state of one fused op's tiling: axes, scopes, loads of captures, elementwise tile ops.

use super::{
    emit::{self, Ix, Slice, Tile},
    fit,
    program::{Assumptions, Node, Programs, set_of},
    prologue,
};
use crate::{
    dialect::ops::{Fused, Mapped, Role},
    error::PassError,
    ffi,
    ir::{self, Builder, Element, Op, Type, Val},
};
use std::{
    cell::RefCell,
    cmp::Ordering,
    collections::{HashMap, HashSet},
};

/// How an iteration dim is covered at the current point of the nest.
#[derive(Clone, Copy, Debug)]
pub struct Axis<'c> {
    /// Whether one coordinate is fixed; the dim then is no dim of any tile.
    pub grid: bool,
    /// The coordinate, or where the tile begins.
    pub offset: Ix<'c>,
    /// The tile's size.
    pub size: Ix<'c>,
    /// How many of them exist; the rest is padding.
    pub live: Ix<'c>,
}

impl<'c> Axis<'c> {
    /// One coordinate.
    pub fn grid(coordinate: Ix<'c>) -> Self {
        Self { grid: true, offset: coordinate, size: Ix::Known(1), live: Ix::Known(1) }
    }

    /// A tile without padding.
    pub fn full(offset: Ix<'c>, size: Ix<'c>) -> Self {
        Self { grid: false, offset, size, live: size }
    }

    /// Whether the tile has no padding.
    pub fn is_full(&self) -> bool {
        self.size.same(self.live)
    }
}

/// What a program value is at the current point of the nest.
#[derive(Clone, Debug)]
pub enum Source<'c> {
    Tile(Tile<'c>),
    Scalar(Val<'c>),
    /// The combination of two tiles by an operation, formed where it is used.
    Joined(&'static str, Tile<'c>, Tile<'c>),
}

/// What is known at a point of the nest. An inner scope starts as a copy of the outer one.
#[derive(Clone)]
pub struct Scope<'c> {
    pub axes: Vec<Axis<'c>>,
    /// Program values that have been computed, by identity.
    pub values: HashMap<usize, Source<'c>>,
    /// Captures that have been loaded.
    pub captures: HashMap<usize, Source<'c>>,
    /// Captures that have been widened, by capture.
    pub widened: HashMap<usize, Tile<'c>>,
    /// The tiles that an operand of a contraction is the sum of, by its value.
    pub parts: HashMap<usize, Vec<Tile<'c>>>,
    /// The operand without a key of each contraction, by its reduce op.
    pub packed: HashMap<usize, Tile<'c>>,
    pub assumptions: Assumptions,
    /// Smallest (true) and largest elements of captures' tiles, by capture.
    pub summaries: HashMap<(usize, bool), Val<'c>>,
    /// Sets of elements of captures' tiles as bits, by capture: tiles whose sets do not meet have no element in common.
    pub sets: HashMap<usize, Val<'c>>,
}

impl<'c> Scope<'c> {
    /// A scope that knows its axes only.
    pub fn new(axes: Vec<Axis<'c>>) -> Self {
        Self {
            axes,
            values: HashMap::new(),
            captures: HashMap::new(),
            widened: HashMap::new(),
            parts: HashMap::new(),
            packed: HashMap::new(),
            assumptions: HashMap::new(),
            summaries: HashMap::new(),
            sets: HashMap::new(),
        }
    }
}

/// How tiles lie and what they are made of.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Queries are the last dim of every tile, and tiles are f32.
    pub lanes: bool,
    /// Weights are rounded to the value operand's type.
    pub round_weights: bool,
    /// How many bf16 numbers an f32 operand of a contraction is the sum of; 1: it is one of f32.
    pub terms: usize,
    /// Queries of f32 are taken apart in the nest, tile by tile.
    pub alone: bool,
}

/// A constant factor that is folded into the packed operand of a contraction.
#[derive(Clone, Copy)]
pub struct Fold<'c> {
    pub reduce: Op<'c>,
    pub factor: Val<'c>,
}

/// The tiling of one fused op.
pub struct Tiler<'a, 'c> {
    pub fused: &'a Fused<'c>,
    pub programs: Programs<'a, 'c>,
    pub layout: Layout,
    pub query: Option<usize>,
    pub key: usize,
    pub split_dim: Option<usize>,
    /// Scaled contractions, by the identity of the scaled value.
    pub folds: HashMap<usize, Fold<'c>>,
    /// Factors of captures that are taken apart: they are multiplied before.
    pub scales: HashMap<usize, f64>,
    /// The tensors that a capture's tensor is the sum of, by its value.
    pub split: RefCell<HashMap<usize, Vec<Val<'c>>>>,
    /// Captures whose elements are computed where they are loaded.
    formed: HashSet<usize>,
}

impl<'a, 'c> Tiler<'a, 'c> {
    /// Prepares the tiling of an op.
    ///
    /// # Errors
    /// [`PassError::Unsupported`] when the op has not exactly one key dim or too many dims.
    pub fn new(fused: &'a Fused<'c>, layout: Layout) -> Result<Self, PassError> {
        if fused.header.roles.len() > 63 {
            return Err(PassError::Unsupported("more than 63 iteration dims".into()));
        }
        let key = fused.key().map_err(PassError::Unsupported)?;
        let programs = Programs { fused };
        let (query, split_dim) = (fused.query(), fused.split());
        let (folds, split) = (HashMap::new(), RefCell::default());
        let mut formed = HashSet::new();
        if !layout.lanes {
            let of = |number: &usize| {
                let formed = |own: &Mapped<'c>| {
                    Element::of(own.element()).is_some_and(Element::is_float8)
                        || prologue::is_formed_on_load(own.tensor)
                };
                fused.captures.get(*number).is_some_and(formed)
            };
            formed.extend(fit::operands(fused).into_iter().filter(of));
        }
        let scales = HashMap::new();
        let mut tiler = Self { fused, programs, layout, query, key, split_dim, folds, scales, split, formed };
        if tiler.scores_are_seen() {
            // They are the same numbers wherever they are computed: nothing is folded into their factors.
        } else if layout.lanes {
            tiler.folds = tiler.find_folds();
        } else if layout.terms > 1 {
            (tiler.folds, tiler.scales) = tiler.find_scales();
        }
        Ok(tiler)
    }

    /// The order of a set of dims in the tiles that are computed here.
    pub fn order(&self, dims: u64) -> Vec<usize> {
        let rank = |dim: usize| match self.fused.header.roles[dim] {
            Role::Batch | Role::Split => 0,
            Role::Query => 1 + 3 * u8::from(self.layout.lanes),
            Role::Key => 2,
            Role::Reduction | Role::Value => 3,
        };
        let mut found: Vec<_> = (0..self.fused.header.roles.len()).filter(|dim| dims >> dim & 1 == 1).collect();
        found.sort_by_key(|dim| rank(*dim));
        found
    }

    /// The sizes of tile dims.
    pub fn sizes(&self, scope: &Scope<'c>, dims: &[usize]) -> Vec<Ix<'c>> {
        dims.iter().map(|dim| scope.axes[*dim].size).collect()
    }

    /// A fresh tile, not yet filled.
    pub fn empty(&self, b: &Builder<'c>, scope: &Scope<'c>, dims: &[usize], element: Type<'c>) -> Tile<'c> {
        Tile { value: emit::empty(b, &self.sizes(scope, dims), element), dims: dims.to_vec() }
    }

    /// A tile filled with a scalar.
    pub fn filled(&self, b: &Builder<'c>, scope: &Scope<'c>, dims: &[usize], scalar: Val<'c>) -> Tile<'c> {
        let empty = self.empty(b, scope, dims, ir::type_of(scalar));
        Tile { value: emit::fill(b, scalar, empty.value), dims: dims.to_vec() }
    }

    /// The dims of a set that are dims of tiles.
    pub fn tiled(&self, scope: &Scope<'c>, dims: u64) -> u64 {
        (0..scope.axes.len()).filter(|dim| !scope.axes[*dim].grid).fold(0, |set, dim| set | 1 << dim) & dims
    }

    /// The tiled dims that a program value depends on.
    pub fn dims(&self, scope: &Scope<'c>, value: Val<'c>) -> u64 {
        let of_value = |value: usize| match scope.values.get(&value) {
            Some(Source::Tile(tile)) => set_of(&tile.dims),
            Some(Source::Joined(_, lhs, rhs)) => set_of(&lhs.dims) | set_of(&rhs.dims),
            _ => 0,
        };
        let keys = self.argument_keys(value);
        let all =
            self.programs.dims(value, &scope.assumptions, &|number| keys.get(number).map_or(0, |key| of_value(*key)));
        self.tiled(scope, all)
    }

    /// The identities of the arguments of the region that a value is in.
    fn argument_keys(&self, value: Val<'c>) -> Vec<usize> {
        let block = ffi::argument_owner(value).or_else(|| {
            use melior::ir::operation::OperationLike;
            ffi::defining_op(value).and_then(|op| op.block().map(|block| ffi::blk(&block)))
        });
        block.map(|block| ir::arguments(block).into_iter().map(ffi::value_key).collect()).unwrap_or_default()
    }

    /// Where a mapped tensor is cut: the slice, and for each of its kept dims the iteration dim.
    /// `None` when the map is no slice (a sum of two tile dims, a negative step).
    pub fn place(
        &self,
        b: &Builder<'c>,
        scope: &Scope<'c>,
        map: &crate::dialect::linear::IndexMap,
    ) -> Option<(Slice<'c>, Vec<(usize, usize)>)> {
        let mut seen = vec![];
        for result in &map.results {
            let tiled: Vec<_> = result.dims().filter(|dim| !scope.axes[*dim].grid).collect();
            match tiled.as_slice() {
                [] => {}
                [dim] if result.factors[*dim] > 0 && !seen.contains(dim) => seen.push(*dim),
                _ => return None,
            }
        }
        let (mut slice, mut kept) = (Slice::default(), vec![]);
        for (position, result) in map.results.iter().enumerate() {
            let mut offset = Ix::Known(result.constant);
            let mut tiled = None;
            for dim in result.dims() {
                offset = offset.plus(b, scope.axes[dim].offset.times(b, result.factors[dim]));
                if !scope.axes[dim].grid {
                    tiled = Some(dim);
                }
            }
            match tiled {
                Some(dim) => {
                    kept.push((position, dim));
                    slice.push(offset, scope.axes[dim].live, result.factors[dim]);
                }
                None => slice.push(offset, Ix::Known(1), 1),
            }
        }
        Some((slice, kept))
    }

    /// A capture at the current point: a tile in the tensor's own dim order, or a scalar.
    pub fn capture(&self, b: &Builder<'c>, scope: &mut Scope<'c>, number: usize) -> Result<Source<'c>, PassError> {
        if let Some(source) = scope.captures.get(&number) {
            return Ok(source.clone());
        }
        let capture = self
            .fused
            .captures
            .get(number)
            .ok_or_else(|| PassError::Unsupported(format!("a read of capture {number}, which does not exist")))?;
        let place = if self.formed.contains(&number) { None } else { self.place(b, scope, &capture.map) };
        let source = match place {
            Some((slice, kept)) if kept.is_empty() => {
                let indices: Vec<_> = slice.offsets.iter().map(|offset| offset.value(b)).collect();
                Source::Scalar(emit::extract(b, capture.tensor, &indices))
            }
            Some((slice, kept)) => Source::Tile(self.loaded(b, scope, capture.tensor, &slice, &kept)),
            None => Source::Tile(self.gather(b, scope, number)),
        };
        scope.captures.insert(number, source.clone());
        Ok(source)
    }

    /// A slice of a tensor as a tile; `kept` has the dims of the tile.
    pub fn loaded(
        &self,
        b: &Builder<'c>,
        scope: &Scope<'c>,
        tensor: Val<'c>,
        slice: &Slice<'c>,
        kept: &[(usize, usize)],
    ) -> Tile<'c> {
        let positions: Vec<_> = kept.iter().map(|(position, _)| *position).collect();
        let dims: Vec<_> = kept.iter().map(|(_, dim)| *dim).collect();
        let whole = ffi::shape(ir::type_of(tensor)).is_some_and(|shape| slice.is_whole(&shape));
        let value = if whole { tensor } else { slice.extract(b, tensor, &positions) };
        let live: Vec<_> = dims.iter().map(|dim| scope.axes[*dim].live).collect();
        Tile { value: emit::pad(b, value, &live, &self.sizes(scope, &dims)), dims }
    }

    /// The element type of a capture's tile: what is formed where it is loaded is as wide as the operands beside it.
    pub fn loaded_type(&self, b: &Builder<'c>, number: usize) -> Type<'c> {
        let element = self.fused.captures[number].element();
        if !self.formed.contains(&number) || !Element::of(element).is_some_and(Element::is_float8) {
            return element;
        }
        let elements = fit::operands(self.fused).into_iter().filter_map(|number| self.fused.captures.get(number));
        elements
            .map(Mapped::element)
            .find(|element| Element::of(*element).is_some_and(Element::is_half))
            .unwrap_or_else(|| b.ty("bf16"))
    }

    /// Loads a capture element by element. Coordinates of padding are clamped into the tensor.
    fn gather(&self, b: &Builder<'c>, scope: &Scope<'c>, number: usize) -> Tile<'c> {
        let capture = &self.fused.captures[number];
        let dims = self.order(self.tiled(scope, set_of(&capture.map.used())));
        let last: Vec<_> = (0..capture.map.results.len())
            .map(|dim| emit::size_of(b, capture.tensor, dim).minus(b, Ix::Known(1)))
            .collect();
        let element = self.loaded_type(b, number);
        let output = self.empty(b, scope, &dims, element);
        emit::generic(b, "gather", &dims, &[], &output, |b, _| {
            let coords: Vec<_> = capture
                .map
                .results
                .iter()
                .zip(&last)
                .map(|(result, last)| {
                    let mut sum = Ix::Known(result.constant);
                    for dim in result.dims() {
                        let at = self.coordinate(b, scope, &dims, dim);
                        sum = sum.plus(b, at.times(b, result.factors[dim]));
                    }
                    let padded = result.dims().any(|dim| !scope.axes[dim].is_full());
                    if padded { sum.min(b, *last).max(b, Ix::Known(0)) } else { sum }
                })
                .collect();
            if self.formed.contains(&number) {
                return convert(b, prologue::element(b, capture.tensor, &coords), element);
            }
            let indices: Vec<_> = coords.iter().map(|coord| coord.value(b)).collect();
            emit::extract(b, capture.tensor, &indices)
        })
    }

    /// The coordinate along an iteration dim inside a tile op's body with these loops.
    pub fn coordinate(&self, b: &Builder<'c>, scope: &Scope<'c>, loops: &[usize], dim: usize) -> Ix<'c> {
        let axis = &scope.axes[dim];
        match loops.iter().position(|own| *own == dim) {
            Some(position) if !axis.grid => Ix::Value(emit::loop_index(b, position)).plus(b, axis.offset),
            _ => axis.offset,
        }
    }

    /// Whether the element at the current loop coordinates exists along `dim` (is no padding).
    pub fn is_live(&self, b: &Builder<'c>, scope: &Scope<'c>, loops: &[usize], dim: usize) -> Option<Val<'c>> {
        let axis = &scope.axes[dim];
        let position = loops.iter().position(|own| *own == dim)?;
        if axis.is_full() {
            return None;
        }
        // slt
        Some(b.compare("arith.cmpi", ir::cmpi::SLT, emit::loop_index(b, position), axis.live.value(b)))
    }

    /// The leaves of programs that are tiles, in order of first use. Reductions are computed here.
    pub fn leaves(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        roots: &[Val<'c>],
    ) -> Result<Vec<Tile<'c>>, PassError> {
        let mut tiles: Vec<Tile<'c>> = vec![];
        let mut seen = HashMap::new();
        let mut work: Vec<_> = roots.iter().rev().copied().collect();
        while let Some(value) = work.pop() {
            let value = self.programs.resolve(value, &scope.assumptions);
            if seen.insert(ffi::value_key(value), ()).is_some() {
                continue;
            }
            let mut add = |tile: &Tile<'c>| {
                if !tiles.iter().any(|own| own.value == tile.value && own.dims == tile.dims) {
                    tiles.push(tile.clone());
                }
            };
            if let Some(source) = self.source(b, scope, value)? {
                match &source {
                    Source::Tile(tile) => add(tile),
                    Source::Joined(_, lhs, rhs) => {
                        add(lhs);
                        add(rhs);
                    }
                    Source::Scalar(_) => {}
                }
            } else if let Node::Apply(op) = self.programs.node(value) {
                work.extend(ir::operands(op).into_iter().rev());
            }
        }
        Ok(tiles)
    }

    /// What a leaf is at this point, or `None` when the value is no leaf.
    fn source(&self, b: &Builder<'c>, scope: &mut Scope<'c>, value: Val<'c>) -> Result<Option<Source<'c>>, PassError> {
        let key = ffi::value_key(value);
        if let Some(source) = scope.values.get(&key) {
            return Ok(Some(source.clone()));
        }
        if let Some(fold) = self.folds.get(&key) {
            let tile = self.reduce(b, scope, fold.reduce, Some(fold.factor))?;
            scope.values.insert(key, Source::Tile(tile.clone()));
            return Ok(Some(Source::Tile(tile)));
        }
        match self.programs.node(value) {
            Node::Read(capture) => self.capture(b, scope, capture).map(Some),
            Node::Reduce(op) => {
                let tile = self.reduce(b, scope, op, None)?;
                scope.values.insert(key, Source::Tile(tile.clone()));
                Ok(Some(Source::Tile(tile)))
            }
            Node::Outside => Ok(Some(Source::Scalar(value))),
            Node::Argument(number) => {
                Err(PassError::Unsupported(format!("the value of argument {number} is needed before it is known")))
            }
            Node::Index(_) | Node::Apply(_) => Ok(None),
        }
    }

    /// Copies a program into the body of a tile op whose inputs are `tiles`.
    pub fn copy(
        &self,
        b: &Builder<'c>,
        scope: &Scope<'c>,
        loops: &[usize],
        tiles: &[(Tile<'c>, Val<'c>)],
        root: Val<'c>,
        done: &mut HashMap<usize, Val<'c>>,
    ) -> Val<'c> {
        let same = |own: &Tile<'c>, tile: &Tile<'c>| own.value == tile.value && own.dims == tile.dims;
        let argument = |tile: &Tile<'c>| tiles.iter().find(|(own, _)| same(own, tile)).map(|(_, element)| *element);
        self.programs.copy(b, root, &scope.assumptions, done, &mut |b, value| {
            let node = self.programs.node(value);
            let source = match (scope.values.get(&ffi::value_key(value)), node) {
                (Some(source), _) => source,
                (None, Node::Read(capture)) => scope.captures.get(&capture)?,
                (None, Node::Index(dim)) => return Some(self.coordinate(b, scope, loops, dim).value(b)),
                _ => return None,
            };
            let element = match source {
                Source::Tile(tile) => argument(tile)?,
                Source::Scalar(scalar) => *scalar,
                Source::Joined(name, lhs, rhs) => b.binary(name, argument(lhs)?, argument(rhs)?),
            };
            Some(convert(b, element, ir::type_of(value)))
        })
    }

    /// An elementwise tile op: the product of `roots` over `dims`, converted to `element`.
    ///
    /// With `into`, a dead tile of the same type, the result is formed in its place. `finish` gets
    /// the loops and the value and may change it.
    #[expect(clippy::too_many_arguments, reason = "one call spells out one op")]
    pub fn map(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        tag: &str,
        roots: &[Val<'c>],
        dims: &[usize],
        element: Type<'c>,
        into: Option<Tile<'c>>,
        finish: impl FnOnce(&Builder<'c>, &Scope<'c>, Val<'c>) -> Val<'c>,
    ) -> Result<Tile<'c>, PassError> {
        let mut inputs = self.leaves(b, scope, roots)?;
        let output = match into {
            Some(tile) => {
                inputs.retain(|input| input.value != tile.value);
                tile
            }
            None => self.empty(b, scope, dims, element),
        };
        let scope = &*scope;
        Ok(emit::generic(b, tag, dims, &inputs, &output, |b, elements| {
            let tiles: Vec<_> = inputs.iter().chain([&output]).cloned().zip(elements.iter().copied()).collect();
            let mut done = HashMap::new();
            let mut product: Option<Val<'c>> = None;
            for root in roots {
                let value = self.copy(b, scope, dims, &tiles, *root, &mut done);
                product = Some(product.map_or(value, |product| b.binary("arith.mulf", product, value)));
            }
            let value = product.unwrap_or_else(|| emit::zero(b, element));
            let value = finish(b, scope, value);
            convert(b, value, element)
        }))
    }
}

/// Converts a scalar to a type: floats are widened or rounded, all else must already fit.
pub fn convert<'c>(b: &Builder<'c>, value: Val<'c>, ty: Type<'c>) -> Val<'c> {
    let from = ir::type_of(value);
    if from == ty {
        return value;
    }
    let (Some(narrow), Some(wide)) = (Element::of(from), Element::of(ty)) else { return value };
    if narrow.is_float() && wide.is_float() {
        return match narrow.bits().cmp(&wide.bits()) {
            Ordering::Less => b.cast("arith.extf", value, ty),
            Ordering::Greater => b.cast("arith.truncf", value, ty),
            Ordering::Equal => {
                let wide = b.cast("arith.extf", value, b.f32_type());
                b.cast("arith.truncf", wide, ty)
            }
        };
    }
    match (narrow, wide) {
        (narrow, wide) if !narrow.is_integer() || !wide.is_integer() => value,
        (_, Element::Index) | (Element::Index, _) => b.cast("arith.index_cast", value, ty),
        (Element::BOOL, _) => b.cast("arith.extui", value, ty),
        _ if wide.bits() > narrow.bits() => b.cast("arith.extsi", value, ty),
        _ => b.cast("arith.trunci", value, ty),
    }
}
