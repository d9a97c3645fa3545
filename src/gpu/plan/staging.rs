//! Which tiles of a nest go through shared memory, how they lie there, and which of them turn together.
//!
//! Operands of contractions do, and so do captures: tiles that elementwise ops read at the points of a fragment, where the
//! copy engine can load them, and vectors that are reduced from memory, which the producer warpgroup computes. Each loop has
//! a ring for its operands and one for its captures, which are given back earlier.

use super::{Buffer, Ring, SharedTile, Source, Staged, Use, boxes::Boxes};
use crate::{
    error::PassError,
    ffi,
    gpu::{
        host::Host,
        layout::{Classes, Layout},
        nest::{Contraction, Generic, Index, Window, is_multiple, window},
        schedule::{dense_row, round_up},
    },
    ir::{self, Blk, Builder, Op, Val},
    runtime::Expr,
};
use melior::ir::operation::OperationLike;
use std::collections::{HashMap, HashSet};

/// Vectors by column that a step reads from memory, from which on they go through shared memory: each thread would have to hold all
/// of them while it waits for the step's scores.
const SEVERAL_VECTORS: usize = 2;

/// What is known about a nest before anything is staged.
pub struct Scene<'s, 'c> {
    pub host: &'s Host<'c>,
    /// Rows of a grid tile, whole warpgroups.
    pub rows: i64,
    pub classes: &'s Classes,
    /// Values that live in registers.
    pub computed: &'s HashSet<usize>,
    /// Whether captures are staged too.
    pub captures: bool,
    /// Whether an operand that lies inside of another shares its buffer.
    pub shared: bool,
    /// Whether the copy engine reads at places that are computed.
    pub boxes: bool,
}

/// Tiles in shared memory and their rings.
pub struct Staging<'s, 'c> {
    scene: &'s Scene<'s, 'c>,
    /// Whether shared memory is short: operands are sums of tiles.
    dense: bool,
    pub staged: Vec<Staged<'c>>,
    /// Each with its signature: the tensor and the layout.
    pub buffers: Vec<(Buffer, String)>,
    pub rings: Vec<Ring>,
    /// Per loop (by key), the rings it turns.
    pub loop_rings: HashMap<usize, Vec<usize>>,
}

/// A tile that is to be staged.
#[derive(Clone, Copy)]
struct Operand<'c> {
    value: Val<'c>,
    used: Use,
    /// Rows and columns after padding.
    rows: i64,
    columns: i64,
}

/// Operands that come from memory. A left operand that is computed from a contraction stays in registers.
fn staged_operands<'c>(contractions: &[Contraction<'c>], computed: &HashSet<usize>) -> Vec<Operand<'c>> {
    let mut operands: Vec<Operand<'c>> = vec![];
    for contraction in contractions {
        let depth = round_up(contraction.sizes[2], 16);
        let mut add = |value: Val<'c>, inner: bool, free: i64| {
            let (rows, columns) = if inner { (free, depth) } else { (depth, free) };
            match operands.iter_mut().find(|operand| operand.value == value) {
                Some(operand) => {
                    operand.rows = operand.rows.max(rows);
                    operand.columns = operand.columns.max(columns);
                }
                None => operands.push(Operand { value, used: Use::Operand, rows, columns }),
            }
        };
        for lhs in contraction.lhs.iter().filter(|lhs| !computed.contains(&ffi::value_key(**lhs))) {
            add(*lhs, contraction.lhs_inner, round_up(contraction.sizes[0], 64));
        }
        for rhs in &contraction.rhs {
            add(*rhs, contraction.rhs_inner, round_up(contraction.sizes[1], 8));
        }
    }
    operands
}

/// Tiles of numbers that are taken apart in registers, and that do not depend on contractions.
fn whole_operands<'c>(contractions: &[Contraction<'c>], computed: &HashSet<usize>) -> Vec<Operand<'c>> {
    let mut found: Vec<Operand<'c>> = vec![];
    for lhs in contractions.iter().flat_map(|contraction| &contraction.lhs) {
        let maker = ffi::defining_op(*lhs).and_then(generic_of).filter(Generic::takes_apart);
        let Some(value) = maker.map(|maker| maker.inputs[0]) else { continue };
        let shape: Vec<i64> = ffi::shape(ir::type_of(value)).into_iter().flatten().flatten().collect();
        let known = computed.contains(&ffi::value_key(value)) || found.iter().any(|own| own.value == value);
        if let ([rows, columns], false) = (&shape[..], known) {
            found.push(Operand { value, used: Use::Points, rows: *rows, columns: *columns });
        }
    }
    found
}

impl<'s, 'c> Staging<'s, 'c> {
    /// Stages what the blocks under `body` read.
    ///
    /// # Errors
    /// Reported for a contraction of operands that are not 16 bits wide.
    pub fn of(scene: &'s Scene<'s, 'c>, contractions: &[Contraction<'c>], body: Blk<'c>) -> Result<Self, PassError> {
        let dense = contractions.iter().any(|contraction| contraction.products.len() > 1);
        let mut staging =
            Self { scene, dense, staged: vec![], buffers: vec![], rings: vec![], loop_rings: HashMap::new() };
        let mut operands = staged_operands(contractions, scene.computed);
        operands.extend(whole_operands(contractions, scene.computed).into_iter().filter(|operand| {
            let window = window(scene.host, operand.value);
            window.is_some_and(|window| staging.loadable(&window, f32_tile(operand.rows, operand.columns)))
        }));
        staging.block(body, &operands, None)?;
        Ok(staging)
    }

    /// Whether elementwise ops read any staged tile.
    pub fn has_captures(&self) -> bool {
        self.rings.iter().any(|ring| ring.captures)
    }

    /// Whether any operand lies in another's buffer: where tiles run as one loop (`flat`), at a place that all tiles have.
    pub fn has_shared(&self, flat: bool) -> bool {
        let mut places = self.staged.iter().filter_map(|staged| match staged.source {
            Source::Inside(column) => Some(column),
            _ => None,
        });
        let first = places.next();
        first.is_some() && (!flat || first.into_iter().chain(places).all(|column| matches!(column, Index::Const(_))))
    }

    /// Whether the copy engine reads any tile at places that are computed.
    pub fn has_boxes(&self) -> bool {
        self.staged.iter().any(|staged| matches!(staged.source, Source::Boxes(_) | Source::Widened { .. }))
    }

    /// Whether consumers take any tile apart in shared memory.
    pub fn has_terms(&self) -> bool {
        self.staged.iter().any(|staged| matches!(staged.source, Source::Term))
    }

    /// Whether any tile is copied by threads.
    pub fn has_copies(&self) -> bool {
        self.buffers.iter().any(|(buffer, _)| buffer.by_threads && !buffer.vector)
    }

    /// Whether any vector is copied by threads.
    pub fn has_vectors(&self) -> bool {
        self.buffers.iter().any(|(buffer, _)| buffer.vector)
    }

    /// Walks a block in order; `inside` is the loop it is the body of.
    fn block(&mut self, body: Blk<'c>, operands: &[Operand<'c>], inside: Option<Op<'c>>) -> Result<(), PassError> {
        let mut members = vec![];
        for op in ir::ops(body) {
            if ir::name(op) == "scf.for" {
                let Some(inner) = ir::body(op, 0) else { continue };
                self.block(inner, operands, Some(op))?;
            }
            for result in ir::results(op) {
                members.extend(operands.iter().filter(|operand| operand.value == result).copied());
            }
        }
        self.group(&members, inside)?;
        if let Some(op) = inside.filter(|_| self.scene.captures && !members.is_empty()) {
            self.group(&self.captures(body, operands), Some(op))?;
        }
        Ok(())
    }

    /// Stages tiles that turn together.
    fn group(&mut self, members: &[Operand<'c>], inside: Option<Op<'c>>) -> Result<(), PassError> {
        if members.is_empty() {
            return Ok(());
        }
        let shapes =
            members.iter().map(|operand| self.shape(operand, inside.is_some())).collect::<Result<Vec<_>, _>>()?;
        let holders: Vec<_> = (0..shapes.len())
            .map(|own| if self.scene.shared && inside.is_some() { holder(&shapes, own) } else { None })
            .collect();
        let own: Vec<_> = (0..shapes.len()).filter(|member| holders[*member].is_none()).collect();
        let mut own_shapes: Vec<_> = own.iter().map(|member| shapes[*member].clone()).collect();
        // Bytes that are widened have buffers behind those they are widened into.
        let bytes: Vec<_> =
            own.iter().copied().filter(|member| matches!(shapes[*member].1, Source::Widened { .. })).collect();
        for member in &bytes {
            if let (shared, Source::Widened { boxes, .. }, signature) = &shapes[*member] {
                own_shapes.push((boxes.shared(*shared), Source::Boxes(boxes.clone()), format!("bytes {signature}")));
            }
        }
        let ring = self.ring(&own_shapes, inside.is_some(), members.iter().all(|member| member.used != Use::Operand));
        for (position, (shared, source, signature)) in own_shapes.iter().enumerate() {
            self.buffer(ring, position, *shared, source, signature.clone());
        }
        for (member, (operand, (shared, source, signature))) in members.iter().zip(&shapes).enumerate() {
            let (place, (shared, source)) = match holders[member] {
                Some((holder, column)) => (holder, (shapes[holder].0, Source::Inside(column))),
                None => (member, (*shared, source.clone())),
            };
            let position = own.iter().position(|member| *member == place).unwrap_or(0);
            let buffer = self.buffer(ring, position, shared, &shapes[place].1, signature.clone());
            let source = match source {
                Source::Widened { boxes, .. } => {
                    let behind = own.len() + bytes.iter().position(|member| *member == place).unwrap_or(0);
                    let (shared, source, signature) = own_shapes[behind].clone();
                    let raw = self.buffer(ring, behind, shared, &source, signature);
                    self.buffers[raw].0.widened_into = Some(buffer);
                    Source::Widened { boxes, raw }
                }
                source => source,
            };
            if matches!(source, Source::Term)
                && ffi::value_number(operand.value) == 0
                && let Some((value, shared, window)) = self.numbers_of(operand.value)
            {
                self.staged.push(Staged { value, used: Use::Points, shared, source: Source::Tma(window), buffer });
            }
            self.staged.push(Staged { value: operand.value, used: operand.used, shared, source, buffer });
        }
        if let Some(op) = inside {
            self.loop_rings.entry(ffi::op_key(op)).or_default().push(ring);
        }
        Ok(())
    }

    /// What elementwise ops of a loop's body read better from shared memory than element by element from global memory.
    fn captures(&self, body: Blk<'c>, operands: &[Operand<'c>]) -> Vec<Operand<'c>> {
        let (mut read, mut found) = (HashSet::new(), vec![]);
        let generics: Vec<_> = ir::ops(body).into_iter().filter_map(generic_of).collect();
        for generic in generics.iter().filter(|generic| generic.contraction().is_none()) {
            if ir::results(generic.op).iter().any(|result| self.scene.computed.contains(&ffi::value_key(*result))) {
                read.extend(generic.inputs.iter().map(|input| ffi::value_key(*input)));
            }
        }
        let mut vectors = vec![];
        for op in ir::ops(body) {
            for value in ir::results(op) {
                let staged = operands.iter().any(|operand| operand.value == value);
                if staged
                    || !read.contains(&ffi::value_key(value))
                    || self.scene.computed.contains(&ffi::value_key(value))
                {
                    continue;
                }
                found.extend(self.points(value).or_else(|| self.columns(op, value)));
                vectors.extend(self.vector(value));
            }
        }
        if vectors.len() >= SEVERAL_VECTORS {
            found.extend(vectors);
        }
        found
    }

    /// A tile of a tensor in memory that is read at the points of a fragment.
    fn points(&self, value: Val<'c>) -> Option<Operand<'c>> {
        let Layout::Fragment { columns } = self.scene.classes.layout(value)? else { return None };
        let element = ir::type_name(ffi::element_type(ir::type_of(value)));
        let window = window(self.scene.host, value).filter(|_| matches!(&*element, "bf16" | "f16"))?;
        let shared = shared_tile(self.scene.rows, columns);
        let whole = window.tile[0] == shared.rows && self.loadable(&window, shared);
        whole.then_some(Operand { value, used: Use::Points, rows: shared.rows, columns })
    }

    /// A vector by column that is reduced from memory: as many words as it has elements.
    fn columns(&self, op: Op<'c>, value: Val<'c>) -> Option<Operand<'c>> {
        let Layout::Column { columns } = self.scene.classes.layout(value)? else { return None };
        let generic = generic_of(op)?;
        let single = ir::results(op).len() == 1 && ir::type_name(ffi::element_type(ir::type_of(value))) == "f32";
        let reduced = single && generic.is_reduction();
        reduced.then_some(Operand { value, used: Use::Columns, rows: 1, columns: 2 * columns })
    }

    /// A vector by column that lies in memory.
    fn vector(&self, value: Val<'c>) -> Option<Operand<'c>> {
        let Layout::Column { columns } = self.scene.classes.layout(value)? else { return None };
        let element = ir::type_name(ffi::element_type(ir::type_of(value)));
        let in_words = matches!(&*element, "f32" | "bf16" | "f16" | "i1" | "i8" | "i16" | "i32");
        window(self.scene.host, value).filter(|window| in_words && window.strides.iter().all(|stride| *stride == 1))?;
        Some(Operand { value, used: Use::Columns, rows: 1, columns: 2 * columns })
    }

    /// The layout and source of an operand, and a text that is equal for operands that may share a buffer.
    fn shape(&self, operand: &Operand<'c>, in_loop: bool) -> Result<(SharedTile, Source<'c>, String), PassError> {
        let element = ffi::element_type(ir::type_of(operand.value));
        if operand.used == Use::Columns {
            let shared = SharedTile { rows: 1, columns: operand.columns, swizzle: 128, size: 2 };
            let inverse = element == Builder::before(self.scene.host.func).f32_type() && only_divides(operand.value);
            let vector = |window| Source::Vector { window, inverse };
            let source = window(self.scene.host, operand.value).map_or(Source::Threads, vector);
            let origin = match source {
                Source::Vector { inverse: true, .. } => "inverse",
                Source::Vector { .. } => "in memory",
                _ => "computed",
            };
            return Ok((shared, source, format!("{shared:?} {element} by column {origin}")));
        }
        let whole = operand.used == Use::Points && &*ir::type_name(element) == "f32";
        if !whole && !matches!(&*ir::type_name(element), "bf16" | "f16") {
            let location =
                ffi::defining_op(operand.value).map_or_else(|| self.scene.host.func.location(), |op| op.location());
            ffi::emit_error(
                location,
                &format!("not supported on the GPU: a contraction of {element} operands (bf16 or f16)"),
            );
            return Err(PassError::Reported);
        }
        let shared = match () {
            () if whole => f32_tile(operand.rows, operand.columns),
            () if self.dense => dense_tile(operand.rows, operand.columns),
            () => shared_tile(operand.rows, operand.columns),
        };
        let boxes = || if self.scene.boxes { Boxes::of(self.scene.host, operand.value, shared) } else { None };
        let source = match window(self.scene.host, operand.value) {
            None if self.numbers_of(operand.value).is_some() => Source::Term,
            Some(window) if self.loadable(&window, shared) => Source::Tma(window),
            Some(_) => Source::Threads,
            None => match boxes() {
                Some(boxes) if boxes.direct => Source::Boxes(boxes),
                Some(boxes) if in_loop => Source::Widened { boxes, raw: 0 },
                _ => Source::Threads,
            },
        };
        let origin = match &source {
            Source::Tma(window) => format!("{:?} {:?}", window.view, window.dims),
            Source::Boxes(boxes) => format!("{:?} {:?} boxes", boxes.window.view, boxes.window.dims),
            Source::Widened { boxes, .. } => format!("{:?} {:?} bytes", boxes.window.view, boxes.window.dims),
            Source::Term => format!("term {}", ffi::value_number(operand.value)),
            _ => "threads".into(),
        };
        Ok((shared, source, format!("{shared:?} {element} {origin}")))
    }

    /// The tile that a tile is a term of, where consumers take that apart in shared memory.
    fn numbers_of(&self, term: Val<'c>) -> Option<(Val<'c>, SharedTile, Window<'c>)> {
        let generic = ffi::defining_op(term).and_then(generic_of).filter(Generic::splits_in_place)?;
        let numbers = generic.inputs[0];
        let window = window(self.scene.host, numbers)?;
        let fragment = matches!(self.scene.classes.layout(numbers), Some(Layout::Fragment { .. }));
        let shared = f32_tile(self.scene.rows.max(window.tile[0]), window.tile[1]);
        (fragment && self.loadable(&window, shared)).then_some((numbers, shared, window))
    }

    /// Whether the copy engine can load a window into a shared tile.
    fn loadable(&self, window: &Window<'c>, shared: SharedTile) -> bool {
        if window.tile.len() != 2 || !window.is_mapped() {
            return false;
        }
        let inner = window.dims[1];
        let inner_end = match (&window.view.dims[inner], window.offsets[inner]) {
            // Columns that pad the tile must lie beyond the end of the row.
            (Expr::Int(size), Index::Const(offset)) => {
                window.tile[1] == shared.columns || offset + window.tile[1] == *size
            }
            _ => window.tile[1] == shared.columns,
        };
        inner_end
            && (window.tile[0] == shared.rows || self.rows_end(window))
            && shared.rows <= 256
            && window.ends_with_tensor(self.scene.host)
    }

    /// Whether rows that pad the tile lie beyond the tensor's end or do not matter.
    fn rows_end(&self, window: &Window<'c>) -> bool {
        // Rows past a tile that is itself padded up to a warpgroup are never stored.
        self.scene.rows == round_up(window.tile[0], 64)
            || matches!(&window.view.dims[window.dims[0]], Expr::Int(size) if *size == window.tile[0])
    }

    fn ring(&mut self, shapes: &[(SharedTile, Source<'c>, String)], in_loop: bool, captures: bool) -> usize {
        let same = |ring: usize| {
            let of_ring: Vec<_> = self.buffers.iter().filter(|(buffer, _)| buffer.ring == ring).collect();
            of_ring.len() == shapes.len()
                && of_ring.iter().zip(shapes).all(|((_, signature), (_, _, wanted))| signature == wanted)
        };
        if in_loop
            && let Some(ring) = (0..self.rings.len()).find(|ring| {
                let other = &self.rings[*ring];
                !other.once && other.captures == captures && same(*ring)
            })
        {
            return ring;
        }
        self.rings.push(Ring { depth: 1, once: !in_loop, captures });
        self.rings.len() - 1
    }

    fn buffer(
        &mut self,
        ring: usize,
        position: usize,
        shared: SharedTile,
        source: &Source<'c>,
        signature: String,
    ) -> usize {
        let existing = self.buffers.iter().enumerate().filter(|(_, (buffer, _))| buffer.ring == ring).nth(position);
        if let Some((index, _)) = existing {
            return index;
        }
        let vector = matches!(source, Source::Vector { .. });
        let by_threads = vector || matches!(source, Source::Threads | Source::Widened { .. });
        let buffer = Buffer { shared, ring, offset: 0, barriers: 0, by_threads, vector, widened_into: None };
        self.buffers.push((buffer, signature));
        self.buffers.len() - 1
    }
}

/// The tile among some that another one lies inside of, with the column it begins at: the same rows of the same tensor, and
/// columns that begin with a chunk.
fn holder<'c>(shapes: &[(SharedTile, Source<'c>, String)], own: usize) -> Option<(usize, Index<'c>)> {
    let window = |member: usize| match &shapes[member].1 {
        Source::Tma(window) => Some((window, shapes[member].0)),
        _ => None,
    };
    let (inner, tile) = window(own)?;
    (0..shapes.len()).filter(|other| *other != own).find_map(|other| {
        let (outer, room) = window(other)?;
        let (last, view) = (outer.dims[1], (&outer.view, &inner.view));
        let rows = |window: &Window<'c>| {
            let of =
                |dim: usize| (window.offsets[dim], window.view.dims[dim].clone(), window.view.strides[dim].clone());
            (0..window.offsets.len()).filter(|dim| *dim != last).map(of).collect::<Vec<_>>()
        };
        let same = view.0.tensor == view.1.tensor
            && outer.dims == inner.dims
            && (outer.tile[0], outer.live[0]) == (inner.tile[0], inner.live[0])
            && outer.view.dims.len() == inner.view.dims.len()
            && rows(outer) == rows(inner)
            && (room.rows, room.swizzle, tile.swizzle) == (tile.rows, 128, 128)
            && outer.offsets[last] == Index::Const(0);
        if !same {
            return None;
        }
        // A slice of the same rows begins some columns later.
        let shift = match (&view.0.offset, &view.1.offset) {
            (Expr::Int(first), Expr::Int(second)) => second - first,
            (first, second) if first == second => 0,
            _ => return None,
        };
        let chunk = room.chunk_columns();
        let (begins, ends, column) = match inner.offsets[last] {
            Index::Const(offset) => {
                let column = offset + shift;
                (column >= 0 && column % chunk == 0, Some(column + inner.tile[1]), Index::Const(column))
            }
            Index::Value(offset) => {
                // Inside of the tensor.
                let whole = inner.live[1] == Index::Const(inner.tile[1]) && shift == 0;
                let end = if let Expr::Int(size) = view.1.dims[last] { Some(size) } else { None };
                (is_multiple(offset, chunk), end.filter(|_| whole), Index::Value(offset))
            }
        };
        let ends = ends.is_some_and(|end| end <= outer.tile[1]);
        let wider = room.columns > tile.columns || room.columns == tile.columns && other < own;
        (begins && ends && wider).then_some((other, column))
    })
}

/// Whether a vector is nothing but a divisor to all that read it.
fn only_divides(value: Val<'_>) -> bool {
    ffi::uses(value).into_iter().all(|(reader, operand)| {
        let argument = ir::body(reader, 0).and_then(|body| ir::arguments(body).get(operand).copied());
        let divides = |(op, operand): (Op<'_>, usize)| ir::name(op) == "arith.divf" && operand == 1;
        ir::name(reader) == "linalg.generic"
            && argument.is_some_and(|argument| ffi::uses(argument).into_iter().all(divides))
    })
}

/// The layout of a tile of 16-bit elements.
pub fn shared_tile(rows: i64, columns: i64) -> SharedTile {
    let swizzle = match columns {
        i64::MIN..=16 => 32,
        17..=32 => 64,
        _ => 128,
    };
    SharedTile { rows: round_up(rows, 8), columns, swizzle, size: 2 }
}

/// The same without more than 31 columns of padding, by narrower chunks.
fn dense_tile(rows: i64, columns: i64) -> SharedTile {
    let wide = shared_tile(rows, columns);
    if round_up(columns, 64) == dense_row(columns) {
        wide
    } else {
        SharedTile { swizzle: wide.swizzle.min(64), ..wide }
    }
}

/// The layout of a tile of f32.
fn f32_tile(rows: i64, columns: i64) -> SharedTile {
    SharedTile { columns, size: 4, ..shared_tile(rows, 2 * columns) }
}

fn generic_of(op: Op<'_>) -> Option<Generic<'_>> {
    if ir::name(op) == "linalg.generic" { Generic::read(op).ok() } else { None }
}
