//! The plan of a kernel: warpgroups, which tiles are staged in shared memory and how they lie there, rings, registers.

use super::{
    flat::Flat,
    host::Host,
    layout::Classes,
    nest::{Contraction, Generic, Window, window},
    schedule::{Distribute, Schedule, round_up},
};
use crate::{
    error::PassError,
    ffi,
    ir::{self, Blk, Op, Type, Val},
    runtime::Expr,
};
use melior::ir::operation::OperationLike;
use std::collections::{HashMap, HashSet};

/// A tile in shared memory: chunks of `swizzle` bytes per row, all rows of a chunk together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedTile {
    /// Rows, padded.
    pub rows: i64,
    /// Elements per row, padded.
    pub columns: i64,
    /// Bytes of one row of a chunk: 32, 64 or 128. Rows are permuted accordingly.
    pub swizzle: i64,
}

impl SharedTile {
    /// Elements of one row of a chunk.
    pub fn chunk_columns(self) -> i64 {
        self.swizzle / 2
    }

    /// Chunks side by side.
    pub fn chunks(self) -> i64 {
        (self.columns + self.chunk_columns() - 1) / self.chunk_columns()
    }

    /// Bytes from one chunk to the next.
    pub fn chunk_bytes(self) -> i64 {
        self.rows * self.swizzle
    }

    /// Bytes of the tile, a multiple of 1024 so that every buffer starts on a swizzle boundary.
    pub fn bytes(self) -> i64 {
        round_up(self.chunks() * self.chunk_bytes(), 1024)
    }
}

/// How a staged tile gets into shared memory.
#[derive(Clone)]
pub enum Source<'c> {
    /// By the copy engine, one box per chunk.
    Tma(Window<'c>),
    /// Element by element, by the threads of the producer warpgroup; the tile may be computed on the way.
    Threads,
}

/// A tile that feeds contractions from shared memory.
#[derive(Clone)]
pub struct Staged<'c> {
    pub value: Val<'c>,
    pub element: Type<'c>,
    pub shared: SharedTile,
    pub source: Source<'c>,
    /// Index into [`Plan::buffers`].
    pub buffer: usize,
}

/// Shared memory for one operand: `depth` buffers with a full and an empty barrier each.
#[derive(Clone, Debug)]
pub struct Buffer {
    pub shared: SharedTile,
    /// Ring this buffer turns with.
    pub ring: usize,
    /// Byte offset of the first buffer.
    pub offset: i64,
    /// Byte offset of the first full barrier; the empty barriers follow.
    pub barriers: i64,
    /// Written by threads rather than by the copy engine.
    pub by_threads: bool,
}

/// Buffers that turn together, once per step of the loops that use them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ring {
    pub depth: i64,
    /// Filled once per grid tile, outside every loop.
    pub once: bool,
}

/// Everything decided before code is written.
pub struct Plan<'c> {
    pub schedule: Schedule,
    pub classes: Classes,
    /// Values that live in registers.
    pub computed: HashSet<usize>,
    /// Rows of a grid tile.
    pub rows: i64,
    pub warpgroups: i64,
    pub staged: Vec<Staged<'c>>,
    pub buffers: Vec<Buffer>,
    pub rings: Vec<Ring>,
    /// Per loop (by key), the rings it turns.
    pub loop_rings: HashMap<usize, Vec<usize>>,
    /// Byte offset of a word that is 0.
    pub zero: i64,
    pub shared_bytes: i64,
    pub producer_registers: i64,
    pub consumer_registers: i64,
    /// How the tiles of a block run as one loop, if they do: then there is one block per multiprocessor.
    pub flat: Option<Flat<'c>>,
}

struct Reader<'h, 'c> {
    host: &'h Host<'c>,
    rows: i64,
    staged: Vec<Staged<'c>>,
    /// Signature of a buffer: the ring it is in, its place there, the tensor, the layout.
    buffers: Vec<(Buffer, String)>,
    rings: Vec<Ring>,
    loop_rings: HashMap<usize, Vec<usize>>,
}

impl<'c> Plan<'c> {
    /// Plans a kernel.
    ///
    /// # Errors
    /// Reported or [`PassError::Unsupported`] when the nest is not one this back end can map.
    pub fn of(host: &Host<'c>, kernel: Op<'c>, schedule: &Schedule) -> Result<Self, PassError> {
        let body = ir::body(kernel, 0).ok_or_else(|| PassError::Unsupported("an empty kernel".into()))?;
        let classes = Classes::of(body)?;
        let contractions = contractions(body)?;
        let Some(rows) = contractions.iter().map(|contraction| contraction.sizes[0]).max() else {
            ffi::emit_error(kernel.location(), "not supported on the GPU: a kernel without a contraction");
            return Err(PassError::Reported);
        };
        if contractions.iter().any(|contraction| contraction.sizes[0] != rows) {
            ffi::emit_error(kernel.location(), "not supported on the GPU: contractions with different numbers of rows");
            return Err(PassError::Reported);
        }
        let warpgroups = round_up(rows, 64) / 64;
        if warpgroups > 3 {
            return Err(PassError::Unsupported(format!("a grid tile of {rows} rows (at most 192)")));
        }
        let mut reader = Reader {
            host,
            rows: warpgroups * 64,
            staged: vec![],
            buffers: vec![],
            rings: vec![],
            loop_rings: HashMap::new(),
        };
        let operands = staged_operands(&contractions, body);
        reader.block(body, &operands, None)?;
        let copies = reader.buffers.iter().any(|(buffer, _)| buffer.by_threads);
        let mut plan = Self {
            schedule: schedule.clone(),
            classes,
            computed: computed_values(body),
            rows,
            warpgroups,
            staged: reader.staged,
            buffers: reader.buffers.into_iter().map(|(buffer, _)| buffer).collect(),
            rings: reader.rings,
            loop_rings: reader.loop_rings,
            zero: 0,
            shared_bytes: 0,
            producer_registers: schedule.producer_registers(copies),
            consumer_registers: schedule.consumer_registers(warpgroups, copies),
            flat: None,
        };
        // A kernel that turned out not to fit is planned again with a margin, and without this.
        if schedule.distribute.flatten && schedule.margin == 0 {
            plan.flat = Flat::of(&plan, kernel);
        }
        if plan.flat.is_some() && plan.place(2, schedule.distribute.ring.min(2)) {
            return Ok(plan);
        }
        plan.flat = None;
        if plan.place(1, 1) {
            return Ok(plan);
        }
        let (needed, limit) = (plan.shared_bytes, plan.schedule.target.shared_memory);
        ffi::emit_error(
            kernel.location(),
            &format!("the tiles need {needed} bytes of shared memory, more than {limit}"),
        );
        Err(PassError::Reported)
    }

    /// Gives every buffer its place, with the deepest rings that fit; tiles that are filled once per grid tile have `once`
    /// buffers, rings at least `least`. Returns whether shared memory suffices.
    fn place(&mut self, once: i64, least: i64) -> bool {
        let Distribute { ring, short_ring, .. } = self.schedule.distribute;
        for depth in (least..=if self.warpgroups == 1 { short_ring } else { ring }).rev() {
            for ring in &mut self.rings {
                ring.depth = if ring.once { once } else { depth };
            }
            let mut next = 0;
            for buffer in &mut self.buffers {
                buffer.offset = next;
                next += buffer.shared.bytes() * self.rings[buffer.ring].depth;
            }
            for buffer in &mut self.buffers {
                buffer.barriers = next;
                next += 16 * self.rings[buffer.ring].depth;
            }
            self.zero = next;
            self.shared_bytes = next + 16;
            if self.shared_bytes <= self.schedule.target.shared_memory {
                return true;
            }
        }
        false
    }

    /// The staged tile behind a value.
    pub fn staged(&self, value: Val<'c>) -> Option<&Staged<'c>> {
        self.staged.iter().find(|staged| staged.value == value)
    }

    /// Whether any tile is copied by threads.
    pub fn has_copies(&self) -> bool {
        self.buffers.iter().any(|buffer| buffer.by_threads)
    }
}

/// Every contraction under a block, in order.
///
/// # Errors
/// Those of [`Generic::read`].
pub fn contractions<'c>(body: Blk<'c>) -> Result<Vec<Contraction<'c>>, PassError> {
    let mut found = vec![];
    for op in ir::ops(body) {
        match ir::name(op) {
            "linalg.generic" => found.extend(Generic::read(op)?.contraction()),
            "scf.for" => found.extend(ir::body(op, 0).map(contractions).transpose()?.unwrap_or_default()),
            _ => {}
        }
    }
    Ok(found)
}

/// One operand that must be in shared memory: the tile, whether its inner dim is the summed one, and the other dim's padding.
struct Operand<'c> {
    value: Val<'c>,
    /// Rows and columns after padding.
    rows: i64,
    columns: i64,
}

/// Operands that come from memory. A left operand that is computed from a contraction stays in registers.
fn staged_operands<'c>(contractions: &[Contraction<'c>], body: Blk<'c>) -> Vec<Operand<'c>> {
    let computed = computed_values(body);
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
                None => operands.push(Operand { value, rows, columns }),
            }
        };
        if !computed.contains(&ffi::value_key(contraction.lhs)) {
            add(contraction.lhs, contraction.lhs_inner, round_up(contraction.sizes[0], 64));
        }
        add(contraction.rhs, contraction.rhs_inner, round_up(contraction.sizes[1], 8));
    }
    operands
}

/// Values that depend on a contraction, a reduction or a loop: those that live in registers.
pub fn computed_values(body: Blk<'_>) -> HashSet<usize> {
    fn block(body: Blk<'_>, found: &mut HashSet<usize>) {
        for op in ir::ops(body) {
            match ir::name(op) {
                "scf.for" => {
                    let Some(inner) = ir::body(op, 0) else { continue };
                    found.extend(ir::arguments(inner).into_iter().skip(1).map(ffi::value_key));
                    block(inner, found);
                    found.extend(ir::results(op).into_iter().map(ffi::value_key));
                }
                "linalg.generic" => {
                    let contracts =
                        Generic::read(op).is_ok_and(|generic| generic.contraction().is_some() || generic.is_outer());
                    if contracts || ir::operands(op).iter().any(|value| found.contains(&ffi::value_key(*value))) {
                        found.extend(ir::results(op).into_iter().map(ffi::value_key));
                    }
                }
                _ => {
                    if ir::operands(op).iter().any(|value| found.contains(&ffi::value_key(*value))) {
                        found.extend(ir::results(op).into_iter().map(ffi::value_key));
                    }
                }
            }
        }
    }
    let mut found = HashSet::new();
    block(body, &mut found);
    found
}

impl<'c> Reader<'_, 'c> {
    /// Walks a block in order; `inside` is the loop it is the body of. Returns whether it stages anything.
    fn block(&mut self, body: Blk<'c>, operands: &[Operand<'c>], inside: Option<Op<'c>>) -> Result<(), PassError> {
        let mut members = vec![];
        for op in ir::ops(body) {
            if ir::name(op) == "scf.for" {
                let Some(inner) = ir::body(op, 0) else { continue };
                self.block(inner, operands, Some(op))?;
            }
            for result in ir::results(op) {
                members.extend(operands.iter().filter(|operand| operand.value == result));
            }
        }
        if members.is_empty() {
            return Ok(());
        }
        let shapes = members.iter().map(|operand| self.shape(operand)).collect::<Result<Vec<_>, _>>()?;
        let ring = self.ring(&shapes, inside.is_some());
        for (position, (operand, (shared, source, signature))) in members.iter().zip(shapes).enumerate() {
            let element = ffi::element_type(ir::type_of(operand.value));
            let buffer = self.buffer(ring, position, shared, &source, signature);
            self.staged.push(Staged { value: operand.value, element, shared, source, buffer });
        }
        if let Some(op) = inside {
            self.loop_rings.entry(ffi::op_key(op)).or_default().push(ring);
        }
        Ok(())
    }

    /// The layout and source of an operand, and a text that is equal for operands that may share a buffer.
    fn shape(&self, operand: &Operand<'c>) -> Result<(SharedTile, Source<'c>, String), PassError> {
        let element = ffi::element_type(ir::type_of(operand.value));
        if !matches!(element.to_string().as_str(), "bf16" | "f16") {
            let location =
                ffi::defining_op(operand.value).map_or_else(|| self.host.func.location(), |op| op.location());
            ffi::emit_error(
                location,
                &format!("not supported on the GPU: a contraction of {element} operands (bf16 or f16)"),
            );
            return Err(PassError::Reported);
        }
        let swizzle = match operand.columns {
            i64::MIN..=16 => 32,
            17..=32 => 64,
            _ => 128,
        };
        let rows = round_up(operand.rows, 8);
        let shared = SharedTile { rows, columns: operand.columns, swizzle };
        let source = match window(self.host, operand.value) {
            Some(window) if self.loadable(&window, shared) => Source::Tma(window),
            _ => Source::Threads,
        };
        let origin = match &source {
            Source::Tma(window) => format!("{} {:?} {:?}", window.view.tensor, window.view.dims, window.dims),
            Source::Threads => "threads".into(),
        };
        Ok((shared, source, format!("{shared:?} {element} {origin}")))
    }

    /// Whether the copy engine can load a window into a shared tile.
    fn loadable(&self, window: &Window<'c>, shared: SharedTile) -> bool {
        let view = &window.view;
        let rank = view.dims.len();
        let aligned = match view.dims.last() {
            Some(Expr::Int(size)) => (size * 2) % 16 == 0,
            _ => false,
        };
        let inner_end = match (&view.dims.last(), window.offsets.last()) {
            // Columns that pad the tile must lie beyond the end of the row.
            (Some(Expr::Int(size)), Some(super::nest::Index::Const(offset))) => {
                window.tile[1] == shared.columns || offset + window.tile[1] == *size
            }
            _ => window.tile[1] == shared.columns,
        };
        (2..=5).contains(&rank)
            && window.tile.len() == 2
            && window.dims[1] == rank - 1
            && window.strides.iter().all(|stride| *stride == 1)
            && aligned
            && inner_end
            && (window.tile[0] == shared.rows || self.rows_end(window))
            && shared.rows <= 256
            && window.ends_with_tensor(self.host)
    }

    /// Whether rows that pad the tile lie beyond the tensor's end or do not matter.
    fn rows_end(&self, window: &Window<'c>) -> bool {
        // Rows past a tile that is itself padded up to a warpgroup are never stored.
        self.rows == round_up(window.tile[0], 64)
            || matches!(&window.view.dims[window.dims[0]], Expr::Int(size) if *size == window.tile[0])
    }

    fn ring(&mut self, shapes: &[(SharedTile, Source<'c>, String)], in_loop: bool) -> usize {
        let same = |ring: usize| {
            let of_ring: Vec<_> = self.buffers.iter().filter(|(buffer, _)| buffer.ring == ring).collect();
            of_ring.len() == shapes.len()
                && of_ring.iter().zip(shapes).all(|((_, signature), (_, _, wanted))| signature == wanted)
        };
        if in_loop && let Some(ring) = (0..self.rings.len()).find(|ring| !self.rings[*ring].once && same(*ring)) {
            return ring;
        }
        self.rings.push(Ring { depth: 1, once: !in_loop });
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
        let by_threads = matches!(source, Source::Threads);
        self.buffers.push((Buffer { shared, ring, offset: 0, barriers: 0, by_threads }, signature));
        self.buffers.len() - 1
    }
}
