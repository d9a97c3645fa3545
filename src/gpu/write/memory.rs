//! Global memory at the coordinates of a thread: loads of captures, stores of results.

use super::{
    element::{apply, iteration},
    kernel::Kernel,
};
use crate::{
    bug,
    dialect::kernel::{Half, Instruction},
    error::PassError,
    ffi,
    gpu::{
        code::Cmp,
        float8::is_float8,
        layout::{Coord, Layout, groups},
        nest::{Generic, Index, Window, aligned, in_words, is_half, kept_dims, slice, window},
        plan::{Use, grid::grid_rank},
        view::View,
    },
    ir::{self, Op, Type, Val},
    runtime::Expr,
};
use melior::ir::operation::OperationLike;
use std::collections::HashSet;

/// A rectangle of a tensor with the uniform part of its address computed.
struct Placed<'c> {
    pointer: Val<'c>,
    /// Element offset of the tile's origin.
    base: Val<'c>,
    /// Elements between neighbours, per dim of the tile.
    strides: Vec<Expr>,
    /// Whether offsets need 64 bits.
    wide: bool,
    element: Type<'c>,
}

/// A tile on its way to memory.
pub struct Stored<'c> {
    pub value: Val<'c>,
    pub window: Window<'c>,
    pub layout: Layout,
}

impl<'c> Kernel<'_, 'c> {
    /// Loads one element of a window; elements that do not exist are 0.
    ///
    /// # Errors
    /// Those of [`Kernel::scalar`].
    pub fn load_element(&mut self, tile: Val<'c>, window: &Window<'c>, coords: &[Coord]) -> Result<Val<'c>, PassError> {
        if let Some(number) = self.captured_number(tile, coords) {
            return Ok(number);
        }
        if let Some(half) = self.load_half(tile, window, coords)? {
            return Ok(half);
        }
        let placed = self.place(ffi::value_key(tile), window)?;
        let offset = self.offset(&placed, coords);
        let inside = self.inside(window, coords)?;
        let code = self.code;
        let Some(inside) = inside else { return Ok(self.load_at(&placed, offset)) };
        let origin = code.b.int(0, ir::type_of(offset));
        let offset = code.b.select(inside, offset, origin);
        let value = self.load_at(&placed, offset);
        let zero = code.zero(ir::type_of(value));
        Ok(code.b.select(inside, value, zero))
    }

    /// An element of an aligned pair of neighbours along the columns: both are loaded at once.
    fn load_half(
        &mut self,
        tile: Val<'c>,
        window: &Window<'c>,
        coords: &[Coord],
    ) -> Result<Option<Val<'c>>, PassError> {
        let inner = window.view.dims.len() - 1;
        let place = coords.iter().position(|coord| matches!(coord, Coord::Column(_)));
        let place = place.or_else(|| coords.iter().rposition(|coord| matches!(coord, Coord::Const(_))));
        let Some(place) = place.filter(|place| window.dims[*place] == inner) else { return Ok(None) };
        let mut first = coords.to_vec();
        let half = match coords[place] {
            Coord::Column(column) => {
                first[place] = Coord::Column(column / 2 * 2);
                column % 2
            }
            Coord::Const(at) => {
                first[place] = Coord::Const(at / 2 * 2);
                at as usize % 2
            }
            _ => return Ok(None),
        };
        let key = (ffi::value_key(tile), first.clone());
        let code = self.code;
        let captured = self.captured_word(tile, &first);
        if captured.is_none() && (!aligned(window, 2) || self.inside(window, coords)?.is_some()) {
            return Ok(None);
        }
        let in_words = is_half(window.view.element);
        let pair = match captured.or_else(|| self.find(|scope| scope.pairs.get(&key).copied())) {
            Some(pair) => pair,
            None => {
                let placed = self.place(key.0, window)?;
                let offset = self.offset(&placed, &first);
                let stored = self.stored_type(placed.element);
                let ty = if in_words { code.t.i32 } else { code.pair_of(stored) };
                let pair = code.load(code.element_ptr(placed.pointer, offset, stored), ty);
                self.scope().pairs.insert(key, pair);
                pair
            }
        };
        if !in_words {
            return Ok(Some(self.computed_with(code.part(pair, half), window.view.element)));
        }
        let bits = code.b.cast("arith.trunci", if half == 0 { pair } else { code.shrc(pair, 16) }, code.t.i16);
        let value = code.bitcast(bits, window.view.element);
        self.halves.insert(ffi::value_key(value), (pair, half));
        Ok(Some(value))
    }

    /// Loads so many neighbours as one word; those that do not exist are 0, all of them or none.
    ///
    /// # Errors
    /// Those of [`Kernel::scalar`].
    pub fn load_word(
        &mut self,
        tile: Val<'c>,
        window: &Window<'c>,
        coords: &[Coord],
        width: i64,
    ) -> Result<Val<'c>, PassError> {
        let ty = if width == 4 { self.code.t.i64 } else { self.code.t.i32 };
        let placed = self.place(ffi::value_key(tile), window)?;
        let offset = self.offset(&placed, coords);
        let inside = self.inside(window, coords)?;
        let code = self.code;
        let Some(inside) = inside else {
            return Ok(code.load(code.element_ptr(placed.pointer, offset, placed.element), ty));
        };
        let offset = code.b.select(inside, offset, code.b.int(0, ir::type_of(offset)));
        let value = code.load(code.element_ptr(placed.pointer, offset, placed.element), ty);
        Ok(code.b.select(inside, value, code.zero(ty)))
    }

    /// The bits of a bf16 as f32, when it is half of a word.
    pub fn bits_of_half(&self, value: Val<'c>) -> Option<Val<'c>> {
        let (word, half) = *self.halves.get(&ffi::value_key(value))?;
        let is_bf16 = ir::type_of(value) == self.code.t.bf16;
        is_bf16.then(|| if half == 0 { self.code.shlc(word, 16) } else { self.code.andc(word, -65536) })
    }

    /// Loads what some ops read from memory, or from shared memory, if that takes no more than a number of registers.
    /// Returns whether it did.
    ///
    /// # Errors
    /// Those of [`Kernel::element`].
    pub fn load_ahead(&mut self, ops: &[Op<'c>], registers: i64) -> Result<bool, PassError> {
        let mut reads: Vec<(Val<'c>, Vec<Coord>)> = vec![];
        let mut words: HashSet<(usize, Vec<Coord>)> = HashSet::new();
        let is_vector = |value: Val<'c>| self.plan.staged(value).is_some_and(|staged| staged.used == Use::Columns);
        let vectors: Vec<_> = ops.iter().flat_map(|op| ir::results(*op)).filter(|value| is_vector(*value)).collect();
        let layouts = vectors.iter().filter_map(|value| self.plan.classes.layout(*value));
        let held: usize = layouts.map(Layout::len).sum();
        for op in ops.iter().filter(|op| ir::name(**op) == "linalg.generic") {
            let generic = Generic::read(*op)?;
            let results = ir::results(*op);
            let kept = self.plan.computed.contains(&ffi::value_key(results[0]));
            let Some(layout) = self.plan.classes.layout(results[0]).filter(|_| kept && !generic.is_reduction()) else {
                continue;
            };
            for (number, input) in generic.inputs.iter().enumerate() {
                let loads = !self.plan.computed.contains(&ffi::value_key(*input))
                    && !is_vector(*input)
                    && window(self.host, *input).is_some();
                for point in layout.points().iter().filter(|_| loads) {
                    let coords = apply(&generic.maps[number], &iteration(&generic, 0, point));
                    let word = coords.iter().map(|coord| match coord {
                        Coord::Column(column) => Coord::Column(column / 2 * 2),
                        other => *other,
                    });
                    words.insert((ffi::value_key(*input), word.collect()));
                    reads.push((*input, coords));
                }
            }
        }
        if (words.len() + held) as i64 > registers {
            return Ok(false);
        }
        for vector in vectors {
            self.take_columns(vector)?;
        }
        for (input, coords) in reads {
            self.element(input, &coords)?;
        }
        Ok(true)
    }

    fn load_at(&self, placed: &Placed<'c>, offset: Val<'c>) -> Val<'c> {
        let code = self.code;
        let stored = self.stored_type(placed.element);
        self.computed_with(code.load(code.element_ptr(placed.pointer, offset, stored), stored), placed.element)
    }

    /// An element as it is computed with, from what memory holds of it.
    fn computed_with(&self, value: Val<'c>, element: Type<'c>) -> Val<'c> {
        if element == self.code.t.i1 { self.code.cmpc(Cmp::Ne, value, 0) } else { value }
    }

    /// The type an element has in memory: booleans and floats of 8 bits are bytes.
    fn stored_type(&self, element: Type<'c>) -> Type<'c> {
        if element == self.code.t.i1 || is_float8(element) { self.code.t.i8 } else { element }
    }

    /// The uniform part of a window's addresses.
    fn place(&mut self, key: usize, window: &Window<'c>) -> Result<Placed<'c>, PassError> {
        let wide = window.view.reach().is_none_or(|size| size >= 1 << 31);
        let strides = window.view.strides.clone();
        let base = match self.find(|scope| scope.bases.get(&key).copied()) {
            Some(base) => base,
            None => {
                let base = self.base(&window.view.offset, (&window.offsets, &strides), wide)?;
                self.scope().bases.insert(key, base);
                base
            }
        };
        let strides = window.dims.iter().map(|dim| scaled(&strides[*dim], window.strides[*dim])).collect();
        Ok(Placed { pointer: self.pointer(&window.view.tensor), base, strides, wide, element: window.view.element })
    }

    fn base(
        &mut self,
        first: &Expr,
        (offsets, strides): (&[Index<'c>], &[Expr]),
        wide: bool,
    ) -> Result<Val<'c>, PassError> {
        let mut total = self.expr(first, wide);
        for (offset, stride) in offsets.iter().zip(strides) {
            let offset = match offset {
                Index::Const(value) => self.expr(&Expr::Int(*value), wide),
                Index::Value(value) => {
                    let value = self.scalar(*value)?;
                    if wide { self.code.ext64(value) } else { value }
                }
            };
            let stride = self.expr(stride, wide);
            let scaled = self.code.mul(offset, stride);
            total = self.code.add(total, scaled);
        }
        Ok(total)
    }

    fn offset(&mut self, placed: &Placed<'c>, coords: &[Coord]) -> Val<'c> {
        let mut total = placed.base;
        for (coord, stride) in coords.iter().zip(&placed.strides) {
            let at = self.coord(*coord);
            let at = if placed.wide { self.code.ext64(at) } else { at };
            let stride = self.expr(stride, placed.wide);
            let scaled = self.code.mul(at, stride);
            total = self.code.add(total, scaled);
        }
        total
    }

    /// Whether an element of a window exists; `None` when it always does.
    fn inside(&mut self, window: &Window<'c>, coords: &[Coord]) -> Result<Option<Val<'c>>, PassError> {
        let mut all: Option<Val<'c>> = None;
        for (position, coord) in coords.iter().enumerate() {
            let extent = self.reach(*coord, window.tile[position]);
            let limit = match window.live[position] {
                Index::Const(live) if extent <= live => continue,
                Index::Const(live) => self.code.i32(live),
                Index::Value(live) => self.scalar(live)?,
            };
            let at = self.coord(*coord);
            let test = self.code.cmp(Cmp::Slt, at, limit);
            all = Some(match all {
                Some(other) => self.code.and(other, test),
                None => test,
            });
        }
        Ok(all)
    }

    /// One more than the largest value a coordinate may take in a tile of some extent.
    fn reach(&self, coord: Coord, tile: i64) -> i64 {
        match coord {
            Coord::Row(_) => self.plan.warpgroups * 64,
            Coord::Column(_) => groups(tile) as i64 * 8,
            Coord::Const(value) => value + 1,
            Coord::Dynamic(_) => tile,
        }
    }

    /// `tensor.extract` from a tensor in memory.
    ///
    /// # Errors
    /// Reported when the tensor is not in memory.
    pub fn gather(&mut self, op: Op<'c>, indices: &[Val<'c>]) -> Result<Val<'c>, PassError> {
        let Some(view) = self.host.view(ir::operands(op)[0]) else {
            ffi::emit_error(op.location(), "not supported in a GPU kernel: an element of a computed tensor");
            return Err(PassError::Reported);
        };
        let placed = self.placed_at(&view, indices);
        let offset = placed.base;
        Ok(self.load_at(&placed, offset))
    }

    /// The address of an element of a tensor.
    pub fn gather_address(&mut self, view: &View<'c>, indices: &[Val<'c>]) -> Val<'c> {
        let placed = self.placed_at(view, indices);
        self.code.element_ptr(placed.pointer, placed.base, self.stored_type(placed.element))
    }

    fn placed_at(&mut self, view: &View<'c>, indices: &[Val<'c>]) -> Placed<'c> {
        let wide = view.reach().is_none_or(|size| size >= 1 << 31);
        let mut total = self.expr(&view.offset, wide);
        for (index, stride) in indices.iter().zip(&view.strides) {
            let index = self.resize(*index, if wide { self.code.t.i64 } else { self.code.t.i32 });
            let stride = self.expr(stride, wide);
            let scaled = self.code.mul(index, stride);
            total = self.code.add(total, scaled);
        }
        Placed { pointer: self.pointer(&view.tensor), base: total, strides: vec![], wide, element: view.element }
    }

    /// What a `tensor.parallel_insert_slice` stores, and where.
    ///
    /// # Errors
    /// Reported when the tile is not spread over rows.
    pub fn stored(&self, op: Op<'c>) -> Result<Stored<'c>, PassError> {
        let operands = ir::operands(op);
        let target = ffi::value_number(operands[1]) - grid_rank(self.op);
        let view =
            self.host.view(ir::results(self.op)[target]).ok_or_else(|| bug!("a result that is not in memory"))?;
        let (offsets, sizes, strides) = slice(op, 2).ok_or_else(|| bug!("a slice op without its attributes"))?;
        let mut value = operands[0];
        let dims = kept_dims(&sizes, &ffi::shape(ir::type_of(value)).unwrap_or_default());
        while let Some(inner) =
            ffi::defining_op(value).filter(|op| matches!(ir::name(*op), "tensor.extract_slice" | "tensor.cast"))
        {
            let origin =
                slice(inner, 1).is_none_or(|(offsets, ..)| offsets.iter().all(|offset| *offset == Index::Const(0)));
            if !origin {
                ffi::emit_error(
                    inner.location(),
                    "not supported in a GPU kernel: a slice of a computed tile that is not at its origin",
                );
                return Err(PassError::Reported);
            }
            value = ir::operands(inner)[0];
        }
        let tile = ffi::shape(ir::type_of(value)).and_then(|shape| shape.into_iter().collect::<Option<Vec<_>>>());
        let (Some(tile), Some(layout)) = (tile, self.plan.classes.layout(value)) else {
            ffi::emit_error(
                op.location(),
                "not supported in a GPU kernel: storing a tile whose dims are not rows and columns",
            );
            return Err(PassError::Reported);
        };
        let live = dims.iter().map(|dim| sizes[*dim]).collect();
        Ok(Stored { value, window: Window { view, offsets, strides, dims, live, tile }, layout })
    }

    /// Stores a tile where a `tensor.parallel_insert_slice` puts it.
    ///
    /// # Errors
    /// Reported when the tile is not spread over rows.
    pub fn store_tile(&mut self, op: Op<'c>) -> Result<(), PassError> {
        if let Some(store) = self.engine.clone().filter(|store| store.op == op) {
            return self.store_by_engine(&store);
        }
        let Stored { value, window, layout } = self.stored(op)?;
        match layout {
            Layout::Fragment { columns } => self.store_fragment(value, &window, columns),
            Layout::Flipped { .. } => {
                layout.points().iter().try_for_each(|point| self.store_element(value, &window, point))
            }
            Layout::Row => {
                let code = self.code;
                let first = code.cmpc(Cmp::Eq, code.andc(self.me().lane, 3), 0);
                self.when(first, |kernel| {
                    (0..2).try_for_each(|row| kernel.store_element(value, &window, &[Coord::Row(row)]))
                })
            }
            Layout::Uniform | Layout::Column { .. } => {
                ffi::emit_error(op.location(), "not supported in a GPU kernel: storing a tile without rows");
                Err(PassError::Reported)
            }
        }
    }

    fn store_element(&mut self, value: Val<'c>, window: &Window<'c>, coords: &[Coord]) -> Result<(), PassError> {
        let element = self.element(value, coords)?;
        let inside = self.inside(window, coords)?;
        let body = |kernel: &mut Self| {
            let placed = kernel.place(ffi::value_key(value) ^ 1, window)?;
            let offset = kernel.offset(&placed, coords);
            kernel.store_at(&placed, offset, element);
            Ok(())
        };
        match inside {
            Some(inside) => self.when(inside, body),
            None => body(self),
        }
    }

    fn store_at(&self, placed: &Placed<'c>, offset: Val<'c>, value: Val<'c>) {
        let code = self.code;
        let stored = self.stored_type(placed.element);
        let value = if placed.element == code.t.i1 { code.b.cast("arith.extui", value, code.t.i8) } else { value };
        code.store(value, code.element_ptr(placed.pointer, offset, stored));
    }

    /// Stores a fragment: two neighbours at once where they share an aligned word.
    fn store_fragment(&mut self, value: Val<'c>, window: &Window<'c>, columns: i64) -> Result<(), PassError> {
        let key = ffi::value_key(value) ^ 1;
        self.place(key, window)?;
        let pairs = self.pairs(window);
        for row in 0..2 {
            let body = |kernel: &mut Self| -> Result<(), PassError> {
                for group in 0..groups(columns) {
                    let at = [Coord::Row(row), Coord::Column(2 * group)];
                    if !pairs {
                        for part in 0..2 {
                            kernel.store_column(value, window, [Coord::Row(row), Coord::Column(2 * group + part)])?;
                        }
                        continue;
                    }
                    let low = kernel.element(value, &at)?;
                    let high = kernel.element(value, &[Coord::Row(row), Coord::Column(2 * group + 1)])?;
                    let word = kernel.pack(low, high, false);
                    let write = |kernel: &mut Self| {
                        let placed = kernel.place(key, window)?;
                        let offset = kernel.offset(&placed, &at);
                        let code = kernel.code;
                        code.store(word, code.element_ptr(placed.pointer, offset, placed.element));
                        Ok(())
                    };
                    match kernel.inside_columns(window, &at)? {
                        Some(inside) => kernel.when(inside, write)?,
                        None => write(kernel)?,
                    }
                }
                Ok(())
            };
            match self.inside_rows(window, row)? {
                Some(inside) => self.when(inside, body)?,
                None => body(self)?,
            }
        }
        Ok(())
    }

    fn store_column(&mut self, value: Val<'c>, window: &Window<'c>, at: [Coord; 2]) -> Result<(), PassError> {
        let element = self.element(value, &at)?;
        let write = |kernel: &mut Self| {
            let placed = kernel.place(ffi::value_key(value) ^ 1, window)?;
            let offset = kernel.offset(&placed, &at);
            kernel.store_at(&placed, offset, element);
            Ok(())
        };
        match self.inside_columns(window, &at)? {
            Some(inside) => self.when(inside, write),
            None => write(self),
        }
    }

    fn inside_rows(&mut self, window: &Window<'c>, row: usize) -> Result<Option<Val<'c>>, PassError> {
        let rows = Window { live: vec![window.live[0]], tile: vec![window.tile[0]], ..window.clone() };
        self.inside(&rows, &[Coord::Row(row)])
    }

    fn inside_columns(&mut self, window: &Window<'c>, at: &[Coord; 2]) -> Result<Option<Val<'c>>, PassError> {
        let columns = Window { live: vec![window.live[1]], tile: vec![window.tile[1]], ..window.clone() };
        self.inside(&columns, &at[1..])
    }

    /// Whether the two neighbours of a fragment lie in one aligned 32-bit word, and exist together.
    fn pairs(&self, window: &Window<'c>) -> bool {
        in_words(window, 2)
            && window.dims.last() == Some(&(window.view.dims.len() - 1))
            && match window.live[1] {
                Index::Const(live) => live % 2 == 0,
                // As many as the tile has, or to the tensor's end.
                Index::Value(_) => window.tile[1] % 2 == 0 && window.ends_with_tensor(self.host),
            }
    }

    /// Two 16-bit values as one word; the conversion from f32 is done on both at once. A `fixed` conversion keeps its place
    /// among wgmmas and waits.
    pub fn pack(&self, low: Val<'c>, high: Val<'c>, fixed: bool) -> Val<'c> {
        let code = self.code;
        let ty = ir::type_of(low);
        let wide = |value: Val<'c>| {
            ffi::defining_op(value)
                .filter(|op| ir::name(*op) == "arith.truncf")
                .map(|op| ir::operands(op)[0])
                .filter(|source| ir::type_of(*source) == code.t.f32)
        };
        if let (Some(element), Some(low), Some(high)) = (Half::of(ty), wide(low), wide(high)) {
            return Instruction::Pack { low, high, element, fixed }.value(&code.b);
        }
        let bits = |value: Val<'c>| code.b.cast("arith.extui", code.bitcast(value, code.t.i16), code.t.i32);
        code.b.binary("arith.ori", bits(low), code.shlc(bits(high), 16))
    }
}

fn scaled(stride: &Expr, factor: i64) -> Expr {
    crate::gpu::host::product(stride, &Expr::Int(factor))
}
