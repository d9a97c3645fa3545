//! Typed views and builders of the kernel ops. docs/kernel.md has the semantics.
//!
//! [`Instruction`] is an op with everything it says: [`Instruction::read`] takes it from an op, and refuses one that is malformed,
//! [`Instruction::build`] writes the op.

mod build;
mod read;

use crate::ir::{Type, Val};

/// What the names of all ops of the dialect begin with.
pub const PREFIX: &str = "kernel.";

/// On a function: a kernel of so many threads per block,
pub const THREADS: &str = "kernel.threads";
/// of which a multiprocessor holds so many blocks.
pub const RESIDENT: &str = "kernel.resident";
/// On an argument of a kernel: what it points to is a tensor map.
pub const TENSOR_MAP: &str = "kernel.tensor_map";

/// A 16-bit float type that the matrix unit multiplies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    Bf16,
    F16,
}

impl Half {
    /// The type's name, in MLIR as in PTX.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bf16 => "bf16",
            Self::F16 => "f16",
        }
    }

    /// The one that a type is.
    pub fn of(ty: Type<'_>) -> Option<Self> {
        match &*crate::ir::type_name(ty) {
            "bf16" => Some(Self::Bf16),
            "f16" => Some(Self::F16),
            _ => None,
        }
    }
}

/// An 8-bit float type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Float8 {
    /// Four bits of exponent, no infinities.
    E4M3,
    /// Five bits of exponent.
    E5M2,
}

impl Float8 {
    /// The type's name in MLIR.
    pub const fn name(self) -> &'static str {
        match self {
            Self::E4M3 => "f8E4M3FN",
            Self::E5M2 => "f8E5M2",
        }
    }

    /// The one that a type is.
    pub fn of(ty: Type<'_>) -> Option<Self> {
        let name = crate::ir::type_name(ty);
        [Self::E4M3, Self::E5M2].into_iter().find(|float| float.name() == name)
    }
}

/// What `registers` does to a thread's registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Increase,
    Decrease,
}

impl Action {
    /// The name in `action`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Increase => "increase",
            Self::Decrease => "decrease",
        }
    }
}

/// Which lane a `shuffle` reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// The lane of a number.
    Index,
    /// The lane whose number is this one's xor a number.
    Butterfly,
}

impl Lane {
    /// The name in `kind`, in MLIR as in PTX.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Index => "idx",
            Self::Butterfly => "bfly",
        }
    }
}

/// How a tile of 16-bit elements lies in shared memory, and how a product reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    /// Rows from one chunk to the next.
    pub rows: i64,
    pub columns: i64,
    /// Bytes of a row of a chunk.
    pub swizzle: i64,
    /// Whether the summed dim runs along the rows.
    pub inner: bool,
    /// The row of the left tile, or the column of the right one, that the product begins at.
    pub first: i64,
}

impl Tile {
    /// Elements of a row of a chunk.
    pub const fn chunk_columns(self) -> i64 {
        self.swizzle / 2
    }

    /// Bytes from one chunk to the next.
    pub const fn chunk_bytes(self) -> i64 {
        self.rows * self.swizzle
    }
}

/// A left operand of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left<'c> {
    /// In shared memory, at an address.
    Shared(Tile, Val<'c>),
    /// In registers: four words per 16 of the depth.
    Words(Vec<Val<'c>>),
}

/// A product of tiles that is begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mma<'c> {
    pub columns: i64,
    pub depth: i64,
    pub element: Half,
    /// Pairs of a left and a right operand, by number.
    pub products: Vec<[usize; 2]>,
    /// What the sums begin from; empty for 0.
    pub accumulators: Vec<Val<'c>>,
    /// Whether the accumulators are added to, where that is not always so.
    pub adds: Option<Val<'c>>,
    pub lefts: Vec<Left<'c>>,
    /// The layout and the address of each right operand.
    pub rights: Vec<(Tile, Val<'c>)>,
}

impl Mma<'_> {
    /// How many sums each thread has.
    pub const fn sums(&self) -> usize {
        (self.columns / 8 * 4) as usize
    }
}

/// An op of the kernel dialect. docs/kernel.md says what each one does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instruction<'c> {
    Thread { again: bool },
    Block,
    Blocks,
    Shared,
    Registers { action: Action, count: i64 },
    AwaitGrids,
    Uniform(Val<'c>),
    Opaque(Val<'c>),
    Pack { low: Val<'c>, high: Val<'c>, element: Half, fixed: bool },
    ExtendFloat8 { bits: Val<'c>, element: Float8 },
    TruncateFloat8 { low: Val<'c>, high: Val<'c>, element: Float8 },
    Elect,
    Shuffle { value: Val<'c>, kind: Lane, lane: i64 },
    Vote(Val<'c>),
    SyncWarp,
    Sync,
    Barrier { id: Val<'c>, threads: i64 },
    Arrive { id: Val<'c>, threads: i64 },
    InitBarrier { address: Val<'c>, arrivals: i64 },
    FenceInit,
    Expect { address: Val<'c>, bytes: i64 },
    ArriveBarrier { address: Val<'c>, condition: Option<Val<'c>>, count: i64 },
    Wait { address: Val<'c>, parity: Val<'c> },
    Fill { map: Val<'c>, target: Val<'c>, barrier: Val<'c>, coordinates: Vec<Val<'c>> },
    Drain { map: Val<'c>, source: Val<'c>, coordinates: Vec<Val<'c>> },
    Commit,
    AwaitDrains { pending: i64, read: bool },
    FenceEngine,
    Load { address: Val<'c>, offset: i64, volatile: bool, element: Type<'c>, count: usize },
    Store { address: Val<'c>, values: Vec<Val<'c>> },
    LoadMatrix(Val<'c>),
    StoreMatrix { address: Val<'c>, words: Vec<Val<'c>> },
    Mma(Mma<'c>),
    Await { sums: Vec<Val<'c>>, pins: Vec<Val<'c>>, scratch: Option<Val<'c>>, pending: i64, offset: i64 },
    MmaWarp { left: Vec<Val<'c>>, right: Vec<Val<'c>>, sums: Vec<Val<'c>>, element: Half },
}
