//! Executes GPU kernels on the CPU, as the PTX ISA says that a GPU does, and looks for what a GPU would not report.
//!
//! A [`Program`] is a kernel, decoded: flat code over slots, each of which holds one value per lane of a warp. [`launch`] runs its
//! blocks one after the other. In a block each warp runs until it waits for something; a block in which no warp can go on is
//! a deadlock. Beside values there is an order of events (vector clocks): an access that is not ordered after what it conflicts
//! with is a race, whatever the schedule was.
//!
//! Invariants
//! - A value of less than 64 bits is zero-extended in its lane; a float is its bits. A sum of the matrix unit in flight
//!   reads as a NaN, which names its group; what it will be is in the upper half.
//! - Shared memory is addressed from [`SHARED_BASE`]; a global address is [`global_address`] of a buffer plus an offset.
//! - Everything is deterministic.

mod barrier;
mod block;
mod clock;
mod copy;
mod global;
pub mod lanes;
mod matrix;
mod shared;
mod warp;

pub use block::{Launch, Order, launch};
pub use copy::{Swizzle, TensorMap};
pub use global::{Global, global_address};
pub use lanes::{Lanes, WARP};

/// A register of a warp, by number.
pub type Slot = u32;
/// A position in code.
pub type Pc = u32;

/// The address of a block's shared memory: the first kilobyte is the system's.
pub const SHARED_BASE: u64 = 1024;

/// What is wrong with a kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What happened, and to whom.
    pub what: String,
    /// The instruction, where it is one's fault.
    pub at: Option<Pc>,
    /// Instructions that are involved beside it, such as where warps wait in a deadlock.
    pub others: Vec<(String, Pc)>,
}

impl Fault {
    /// A fault of an instruction that is known where it is caught.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), at: None, others: vec![] }
    }
}

/// A kernel, decoded.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The code.
    pub code: Vec<Inst>,
    /// How many slots a warp has.
    pub slots: usize,
    /// Slots that hold the same number in all lanes of all warps from the beginning.
    pub constants: Vec<(Slot, u64)>,
    /// Where each parameter is: one slot.
    pub parameters: Vec<Slot>,
    /// Bytes of memory that each thread has to itself.
    pub local: usize,
    /// Whether the kernel may begin while what was launched before still runs.
    pub dependent: bool,
}

/// What a special register holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Special {
    /// The thread's number in the block.
    Thread,
    /// The block's number in the grid.
    Block,
    /// How many blocks there are.
    Blocks,
    /// The thread's number in the warp.
    Lane,
    /// Threads of a block.
    Threads,
}

/// How `shfl.sync` picks a lane.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shuffle {
    /// The lane of that number.
    Idx,
    /// The lane whose number differs in these bits.
    Bfly,
    /// So many lanes below.
    Up,
    /// So many lanes above.
    Down,
}

/// A tile of rows of 16-bit elements in shared memory: chunks of `swizzle` bytes of every row, one behind the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tile {
    /// Rows from one chunk to the next.
    pub rows: u64,
    /// Bytes of a row of a chunk.
    pub swizzle: u64,
    /// Whether the depth runs along the rows.
    pub inner: bool,
    /// The row or the column of the product's first one.
    pub first: u64,
    /// The first element of the depth.
    pub depth: u64,
}

/// An operand of a product in shared memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operand {
    /// A matrix descriptor, and whether the depth runs across its rows.
    Descriptor(Slot, bool),
    /// A tile at an address.
    Tile(Tile, Slot),
}

/// The left operand of a product by a warpgroup.
#[derive(Clone, Debug)]
pub enum Left {
    /// Four words of the fragment.
    Words([Slot; 4]),
    /// In shared memory.
    Shared(Operand),
}

/// The 16-bit floats that the matrix unit multiplies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Half {
    /// `bf16`
    Bf16,
    /// `f16`
    F16,
}

/// A product of 64 rows by `sums.len() * 2` columns over a depth of 16 (PTX ISA, `wgmma.mma_async`).
#[derive(Clone, Debug)]
pub struct Wgmma {
    /// The sums, `n / 2` of them.
    pub sums: Box<[Slot]>,
    /// What they begin from; none: 0.
    pub from: Option<Box<[Slot]>>,
    /// Whether sums begin from `from`, a predicate.
    pub adds: Option<Slot>,
    /// The left operand.
    pub left: Left,
    /// The right operand.
    pub right: Operand,
    /// The type of both.
    pub half: Half,
}

/// An instruction. Slots are written by what is named `to`.
#[derive(Clone, Debug)]
pub enum Inst {
    /// A value from one.
    Unary(lanes::Unary, Slot, Slot),
    /// A value from two.
    Binary(lanes::Binary, Slot, Slot, Slot),
    /// A value from three.
    Ternary(lanes::Ternary, Slot, [Slot; 3]),
    /// An integer division, which must not be by zero.
    Divide(lanes::Binary, Slot, Slot, Slot),
    /// Copies of slots in the active lanes, all at once: `(to, from)`.
    Move(Box<[(Slot, Slot)]>),
    /// A special register.
    Special(Special, Slot),
    /// The active lanes where a condition holds go on; the others go on at the [`Inst::Else`] that is named.
    If(Slot, Pc),
    /// The lanes of a branch that are left go on here; where there are none, at the place that is named.
    Else(Pc),
    /// Both branches have ended.
    EndIf,
    /// A loop begins.
    Begin,
    /// Lanes where the condition holds go on; where there are none, the loop ends at the place that is named.
    Test(Slot, Pc),
    /// Goes on elsewhere.
    Jump(Pc),
    /// The lanes that began a loop go on.
    End,
    /// Loads neighbours of so many bytes each.
    Load {
        /// Where to.
        to: Box<[Slot]>,
        /// The bytes of each.
        bytes: u8,
        /// The address.
        address: Slot,
        /// What is added to it.
        offset: i64,
    },
    /// Stores neighbours of so many bytes each.
    Store {
        /// What.
        from: Box<[Slot]>,
        /// The bytes of each.
        bytes: u8,
        /// The address.
        address: Slot,
        /// What is added to it.
        offset: i64,
        /// A predicate.
        when: Option<Slot>,
    },
    /// Memory of the thread, from an offset on.
    Local(Slot, u64),
    /// The warp's threads wait for each other.
    SyncWarp,
    /// A value of another lane.
    Shuffle {
        /// How.
        kind: Shuffle,
        /// Where to.
        to: Slot,
        /// The value.
        value: Slot,
        /// The lane, or its distance.
        lane: Slot,
    },
    /// Whether a predicate holds in some lane (`any`), or in all.
    Vote {
        /// Where to.
        to: Slot,
        /// The predicate.
        value: Slot,
        /// Any, or all.
        any: bool,
    },
    /// The largest of the warp's signed values.
    Largest(Slot, Slot),
    /// True in one lane.
    Elect(Slot),
    /// Arrives at a named barrier, and perhaps waits.
    Barrier {
        /// Which; 0 where it is not said.
        id: Option<Slot>,
        /// How many threads; all where it is not said.
        threads: Option<Slot>,
        /// Whether to wait.
        wait: bool,
    },
    /// Makes a barrier in shared memory.
    Init {
        /// Where.
        address: Slot,
        /// Arrivals of a phase.
        count: Slot,
    },
    /// Arrives at a barrier in shared memory.
    Arrive {
        /// Where.
        address: Slot,
        /// How often.
        count: u32,
        /// A predicate.
        when: Option<Slot>,
    },
    /// Arrives once, and so many bytes are expected in this phase.
    Expect {
        /// Where.
        address: Slot,
        /// The bytes.
        bytes: Slot,
    },
    /// Waits until the phase of a parity has ended.
    Wait {
        /// Where.
        address: Slot,
        /// The parity.
        parity: Slot,
    },
    /// What was done so far can be seen by the copy engine and the matrix unit.
    FenceProxy,
    /// Barriers that were made can be seen by the copy engine.
    FenceInit,
    /// What was launched before has ended.
    AwaitGrids,
    /// Copies a box to shared memory.
    Fill {
        /// The parameter that holds the tensor map.
        map: Slot,
        /// Where to.
        target: Slot,
        /// The barrier at which bytes arrive.
        barrier: Slot,
        /// Where the box begins, innermost first.
        at: Box<[Slot]>,
    },
    /// Copies a box from shared memory.
    Drain {
        /// The parameter that holds the tensor map.
        map: Slot,
        /// Where from.
        source: Slot,
        /// Where the box begins, innermost first.
        at: Box<[Slot]>,
    },
    /// Closes the group of drains.
    Commit,
    /// Waits until all but so many groups have been read, or are done.
    AwaitDrains(u32),
    /// `ldmatrix` of up to four matrices.
    LoadMatrix {
        /// Words.
        to: Box<[Slot]>,
        /// Addresses of rows.
        address: Slot,
        /// Whether rows become columns.
        transposed: bool,
    },
    /// `stmatrix` of up to four matrices.
    StoreMatrix {
        /// Words.
        from: Box<[Slot]>,
        /// Addresses of rows.
        address: Slot,
        /// Whether rows become columns.
        transposed: bool,
    },
    /// What registers hold can be read by the matrix unit.
    WgmmaFence,
    /// A product by a warpgroup.
    Wgmma(Box<Wgmma>),
    /// Closes the group of products.
    WgmmaCommit,
    /// Waits until all but so many groups are done; these sums land: `(to, from)`.
    WgmmaWait(u32, Box<[(Slot, Slot)]>),
    /// `mma.sync.m16n8k16`
    Mma {
        /// The result.
        to: [Slot; 4],
        /// The left operand.
        left: [Slot; 4],
        /// The right operand.
        right: [Slot; 2],
        /// What is added.
        sums: [Slot; 4],
        /// The type of operands.
        half: Half,
    },
    /// Stops with an error.
    Trap,
    /// The kernel ends.
    Return,
}
