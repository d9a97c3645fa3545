//! The plan of a kernel: warpgroups, which tiles are staged in shared memory and how they lie there, rings, registers.

mod aside;
pub mod boxes;
pub mod copiers;
mod factor;
pub mod flat;
pub mod grid;
pub mod lazy;
pub mod overlap;
pub mod rotation;
pub mod sections;
mod staging;
pub mod stream;
pub mod variants;

use crate::{
    error::PassError,
    ffi,
    gpu::{
        host::Host,
        layout::Classes,
        nest::{Contraction, Generic, Index, Window},
        schedule::{Copies, Distribute, Needs, Schedule, round_up},
    },
    ir::{self, Blk, Op, Val},
};
use boxes::Boxes;
use flat::Flat;
use melior::ir::operation::OperationLike;
use rotation::SHARED_RING;
use staging::{Scene, Staging};
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
    /// Bytes of an element.
    pub size: i64,
}

impl SharedTile {
    /// Elements of one row of a chunk.
    pub fn chunk_columns(self) -> i64 {
        self.swizzle / self.size
    }

    /// Chunks side by side.
    pub fn chunks(self) -> i64 {
        (self.columns + self.chunk_columns() - 1) / self.chunk_columns()
    }

    /// Bytes from one chunk to the next.
    pub fn chunk_bytes(self) -> i64 {
        self.rows * self.swizzle
    }

    /// Bytes of the tile, whole units.
    pub fn bytes(self) -> i64 {
        round_up(self.chunks() * self.chunk_bytes(), self.unit())
    }

    /// What buffers start at a multiple of: a swizzle boundary, where there are rows to permute.
    fn unit(self) -> i64 {
        if self.rows == 1 { self.swizzle } else { 1024 }
    }
}

/// How a staged tile gets into shared memory.
#[derive(Clone)]
pub enum Source<'c> {
    /// By the copy engine, one box per chunk.
    Tma(Window<'c>),
    /// Element by element, by the threads of the producer warpgroup; the tile may be computed on the way.
    Threads,
    /// A vector as it lies in memory, or the reciprocals of its elements, by the same threads.
    Vector { window: Window<'c>, inverse: bool },
    /// By the copy engine, at places that a body computes.
    Boxes(Boxes<'c>),
    /// By the threads of the producer warpgroup, from bytes that the copy engine puts into another buffer.
    Widened { boxes: Boxes<'c>, raw: usize },
    /// With another tile that it lies inside of, from a column on.
    Inside(Index<'c>),
    /// By the consumers, from the numbers that it is a term of: the copy engine loads those over it and the terms behind it.
    Term,
}

/// What reads a staged tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Contractions, in swizzled chunks.
    Operand,
    /// Elementwise ops at the points of a fragment, from the same chunks.
    Points,
    /// Elementwise ops by column: a word of 32 bits for each, one after the other.
    Columns,
}

/// A tile in shared memory.
#[derive(Clone)]
pub struct Staged<'c> {
    pub value: Val<'c>,
    pub used: Use,
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
    /// A vector as it lies in memory.
    pub vector: bool,
    /// The buffer that threads fill from this one.
    pub widened_into: Option<usize>,
}

/// Buffers that turn together, once per step of the loops that use them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ring {
    pub depth: i64,
    /// Filled once per grid tile, outside every loop.
    pub once: bool,
    /// Read by elementwise ops, not by contractions.
    pub captures: bool,
}

/// The largest margin of registers that tiles still run as one loop with.
pub const FLAT_MARGIN: u32 = 8;
/// What results are stored through where no buffer is free: for each warpgroup some chunks.
#[derive(Clone, Copy, Debug)]
pub struct Strips {
    pub offset: i64,
    /// Chunks of a warpgroup that are on their way to memory.
    pub count: i64,
}

/// The most of them.
const STRIPS: i64 = 2;
/// Bytes of such a chunk: 64 rows of 128 bytes.
pub const STRIP_BYTES: i64 = 64 * 128;

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
    pub strips: Option<Strips>,
    /// Byte offset of the barriers of warpgroups that wrote a result over a buffer of a tile: for each warpgroup one per buffer.
    pub written: i64,
    /// Byte offset of a word that is 0, and of one after it that nothing reads.
    pub zero: i64,
    pub shared_bytes: i64,
    pub producer_registers: i64,
    pub consumer_registers: i64,
    /// Registers of a consumer thread that the producer was given of the schedule's margin.
    pub given_registers: i64,
    /// How the tiles of a block run as one loop, if they do.
    pub flat: Option<Flat<'c>>,
    /// Whether a block takes several grid tiles, one after the other, so that one is loaded while the other ends: then there is
    /// one block per multiprocessor.
    pub persistent: bool,
    /// Whether tiles that are filled once per grid tile have one buffer in the one loop: it is given back when the tile's last
    /// scores are there.
    pub refilled: bool,
    /// Blocks that share a multiprocessor.
    pub blocks: i64,
    /// Coordinates of the grid that are taken together, where tiles differ in length.
    pub section: Option<i64>,
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
        let computed = computed_values(body);
        // A kernel that turned out not to fit is planned again with narrower tiles, and then without the one loop.
        let flatten = schedule.distribute.flatten && schedule.margin <= i64::from(FLAT_MARGIN);
        let mut needed = 0;
        let ways = [(true, true), (true, false), (false, true), (false, false)];
        let ways = ways.into_iter().flat_map(|(a, b)| [(a, b, true), (a, b, false)]);
        for ((flat, captures, shared), boxes) in ways.flat_map(|way| [(way, true), (way, false)]) {
            let Distribute { capture_ring, boxes: reads_boxes, .. } = schedule.distribute;
            if flat && !flatten || captures && capture_ring == 0 || boxes && !reads_boxes {
                continue;
            }
            let rows = warpgroups * 64;
            let scene = Scene { host, rows, classes: &classes, computed: &computed, captures, shared, boxes };
            let staging = Staging::of(&scene, &contractions, body)?;
            let lacks_captures = captures && !staging.has_captures();
            if lacks_captures || shared && !staging.has_shared(flat) || boxes && !staging.has_boxes() {
                continue;
            }
            // What is loaded over several buffers has one of each.
            if staging.has_terms() && flat {
                continue;
            }
            let copies = staging.has_copies();
            let computes = match () {
                () if copies || staging.has_boxes() => Copies::Tiles,
                () if staging.has_vectors() => Copies::Vectors,
                () => Copies::None,
            };
            let staging_terms = staging.has_terms();
            let (producer_registers, consumer_registers) = schedule.split(warpgroups, computes, 1);
            let mut plan = Self {
                schedule: schedule.clone(),
                classes: classes.clone(),
                computed: computed.clone(),
                rows,
                warpgroups,
                staged: staging.staged,
                buffers: staging.buffers.into_iter().map(|(buffer, _)| buffer).collect(),
                rings: staging.rings,
                loop_rings: staging.loop_rings,
                strips: None,
                written: 0,
                zero: 0,
                shared_bytes: 0,
                producer_registers,
                consumer_registers,
                given_registers: schedule.consumer_registers(warpgroups, computes) - consumer_registers,
                flat: None,
                persistent: false,
                refilled: false,
                blocks: 1,
                section: None,
            };
            if flat {
                plan.flat = Flat::of(&plan, kernel);
            }
            if flat != plan.flat.is_some() {
                continue;
            }
            let two = schedule.distribute.ring.min(2);
            let only = flat || flatten && plan.is_streaming();
            let several = (only || flatten && !copies) && !staging_terms;
            let kept = plan.flat.as_ref().is_some_and(|flat| flat.loops[0].rotation.shared);
            plan.persistent = several
                && if kept { plan.place(2, SHARED_RING) } else { plan.place(2, two) || plan.place_refilled(two) };
            // A tile that shares a buffer is read while the next step's is.
            if plan.persistent || !only && plan.place(1, if captures || shared { two } else { 1 }) {
                plan.share_multiprocessors(kernel);
                plan.section = sections::of(&plan, kernel);
                return Ok(plan);
            }
            needed = plan.shared_bytes;
        }
        let limit = schedule.target.shared_memory;
        ffi::emit_error(
            kernel.location(),
            &format!("the tiles need {needed} bytes of shared memory, more than {limit}"),
        );
        Err(PassError::Reported)
    }

    /// Gives every buffer its place, with the deepest rings that fit; tiles that are filled once per grid tile have `once`
    /// buffers or, where that is several, more, rings of operands at least `least`. Returns whether shared memory suffices.
    fn place(&mut self, once: i64, least: i64) -> bool {
        let Distribute { ring, short_ring, stream_ring, capture_ring, .. } = self.schedule.distribute;
        let most = match () {
            () if self.is_streaming() => stream_ring,
            () if self.warpgroups == 1 => short_ring,
            () => ring,
        };
        if self.is_streaming() && self.schedule.distribute.store_by_engine {
            let depth = |plan: &mut Self, strips: Option<i64>| {
                plan.strips = strips.map(|count| Strips { offset: 0, count });
                (least..=most).rev().find(|depth| plan.place_depths(once, *depth, 1))
            };
            // A result that leaves through no free buffer has strips of its own, if that costs no more than a ring's buffer.
            let (without, with) = (depth(self, None), depth(self, Some(STRIPS)));
            if with.zip(without).is_some_and(|(with, without)| with + 1 >= without) {
                return true;
            }
            self.strips = None;
        }
        (least..=most).rev().any(|depth| {
            let captures = match () {
                () if self.rings.iter().all(|ring| !ring.captures) => 1,
                // Vectors take next to no room.
                () if self.captures_vectors() => depth,
                () => capture_ring.min(depth),
            };
            (1..=captures).rev().any(|captures| {
                let most = if once > 1 { self.schedule.distribute.tile_ring.max(once) } else { once };
                (once..=most).rev().any(|once| self.place_depths(once, depth, captures))
            })
        })
    }

    /// Has as many blocks of one consumer warpgroup share a multiprocessor as memory and registers allow: while one waits another
    /// computes. Tiles that are filled once per grid tile have fewer buffers where that makes room for more blocks.
    fn share_multiprocessors(&mut self, kernel: Op<'c>) {
        let Some(flat) = self.flat.as_ref().filter(|_| self.warpgroups == 1 && !self.has_copies()) else { return };
        let copies = if self.has_vectors() { Copies::Vectors } else { Copies::None };
        let rotation = &flat.loops[0].rotation;
        let each = rotation.early.iter().chain(rotation.late.iter().map(|(_, late)| late));
        let depth_of = |captures: bool| {
            let depths = self.rings.iter().filter(|ring| !ring.once && ring.captures == captures);
            depths.map(|ring| ring.depth).max().unwrap_or(1)
        };
        let (depth, captures) = (depth_of(false), depth_of(true));
        let mut needs = Needs {
            registers: self.consumer_registers - self.registers_left(rotation),
            columns: each.map(|contraction| contraction.sizes[1]).max().unwrap_or(0),
            ring: self
                .buffers
                .iter()
                .filter(|buffer| !self.rings[buffer.ring].once)
                .map(|buffer| self.bytes_of(buffer))
                .sum(),
            shared: 0,
            once: grid::reads_once(self, kernel),
            single: grid::tiles(kernel).is_some_and(|tiles| tiles <= 2 * self.schedule.target.multiprocessors),
        };
        let mut ways = vec![];
        for once in (2..=self.rings.iter().filter(|ring| ring.once).map(|ring| ring.depth).max().unwrap_or(0)).rev() {
            if self.place_depths(once, depth, captures) {
                needs.shared = self.shared_bytes;
                ways.push((self.schedule.residents(&needs), once));
            }
        }
        if let Some((blocks, once)) = ways.into_iter().max() {
            self.blocks = blocks;
            self.place_depths(once, depth, captures);
            (self.producer_registers, self.consumer_registers) =
                self.schedule.split(self.warpgroups, copies, self.blocks);
        }
    }

    /// Bytes of all buffers of a tile.
    fn bytes_of(&self, buffer: &Buffer) -> i64 {
        buffer.shared.bytes() * self.rings[buffer.ring].depth
    }

    /// As [`Self::place`], with one buffer of each tile that is filled once per grid tile, in the one loop: where nothing but
    /// scores read it, it is filled again while the last products of its tile are added. Results have strips
    /// where there is room.
    fn place_refilled(&mut self, least: i64) -> bool {
        let once = |buffer: &Buffer| self.rings[buffer.ring].once;
        let early = |staged: &Staged<'c>| {
            let reads = |contraction: &Contraction<'c>| contraction.operands().any(|operand| operand == staged.value);
            let key_loops = self.flat.iter().flat_map(|flat| &flat.loops);
            let scores: usize =
                key_loops.map(|key| key.rotation.early.iter().filter(|early| reads(early)).count()).sum();
            scores == ffi::uses(staged.value).len()
        };
        let private = self.staged.iter().filter(|staged| once(&self.buffers[staged.buffer])).all(early);
        let apart = self.flat.iter().flat_map(|flat| &flat.loops[0].rotation.late).any(|(_, late)| late.apart());
        if !private || apart || self.flat.is_none() || self.rings.iter().any(|ring| ring.captures) {
            return false;
        }
        let most = if self.schedule.distribute.store_by_engine { STRIPS } else { 0 };
        self.refilled = (least..=self.schedule.distribute.ring).rev().any(|depth| {
            (0..=most).rev().any(|count| {
                self.strips = (count > 0).then_some(Strips { offset: 0, count });
                self.place_depths(1, depth, 1)
            })
        });
        if !self.refilled {
            self.strips = None;
        }
        self.refilled
    }

    fn place_depths(&mut self, once: i64, depth: i64, captures: i64) -> bool {
        for ring in &mut self.rings {
            ring.depth = match () {
                () if ring.once => once,
                () if ring.captures => captures,
                () => depth,
            };
        }
        let mut next = 0;
        for buffer in &mut self.buffers {
            buffer.offset = round_up(next, buffer.shared.unit());
            next = buffer.offset + buffer.shared.bytes() * self.rings[buffer.ring].depth;
        }
        for buffer in &mut self.buffers {
            buffer.barriers = next;
            next += 16 * self.rings[buffer.ring].depth;
        }
        if let Some(strips) = &mut self.strips {
            strips.offset = round_up(next, 1024);
            next = strips.offset + self.warpgroups * strips.count * STRIP_BYTES;
        }
        let once = self.rings.iter().filter(|ring| ring.once).map(|ring| ring.depth).max().unwrap_or(0);
        self.written = next;
        next += 8 * once * self.warpgroups;
        self.zero = round_up(next, 16);
        next = self.zero;
        self.shared_bytes = next + 16;
        self.shared_bytes <= self.schedule.target.shared_memory
    }

    /// Whether loops read all there is to read: no tile is filled once per grid tile.
    pub fn is_streaming(&self) -> bool {
        !self.rings.is_empty() && self.rings.iter().all(|ring| !ring.once)
    }

    /// The staged tile behind a value.
    pub fn staged(&self, value: Val<'c>) -> Option<&Staged<'c>> {
        self.staged.iter().find(|staged| staged.value == value)
    }

    /// Whether any tile is copied by threads.
    pub fn has_copies(&self) -> bool {
        self.buffers.iter().any(|buffer| buffer.by_threads && !buffer.vector)
    }

    /// Whether captures are nothing but vectors.
    fn captures_vectors(&self) -> bool {
        self.buffers.iter().filter(|buffer| self.rings[buffer.ring].captures).all(|buffer| buffer.vector)
    }

    /// Whether any vector is copied by threads.
    pub fn has_vectors(&self) -> bool {
        self.buffers.iter().any(|buffer| buffer.vector)
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

/// Values that depend on a contraction, a reduction or a loop, and terms of left operands: those that live in registers.
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
                    let contracts = Generic::read(op).is_ok_and(|generic| {
                        generic.contraction().is_some() || generic.is_outer() || generic.takes_apart()
                    });
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
