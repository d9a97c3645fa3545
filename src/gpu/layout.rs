//! Which dims of which tiles run along the rows of a fragment.
//!
//! A contraction's result is spread over a warpgroup as wgmma leaves it: thread `t` of warp `w` has the rows
//! `16w + t/4` and `16w + t/4 + 8`, and of every group of 8 columns the two that start at `2(t mod 4)`. Tiles that meet in
//! an elementwise op or a reduction share these coordinates, so dims are classed by unification: a class is
//! *rows* when it is the first dim of some contraction's result, and *columns* otherwise.

use super::nest::{Generic, MapDim};
use crate::{
    error::PassError,
    ffi,
    ir::{self, Blk, Op, Val},
};
use melior::ir::operation::OperationLike;
use std::collections::HashMap;

/// Where the elements of a tile value live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One value for all threads.
    Uniform,
    /// Two values a thread: its two rows.
    Row,
    /// Two values a thread per group of 8 columns.
    Column { columns: i64 },
    /// Four values a thread per group of 8 columns.
    Fragment { columns: i64 },
    /// A fragment whose tile has its columns as the first dim and its rows as the second.
    Flipped { columns: i64 },
}

impl Layout {
    /// Values a thread holds.
    pub fn len(self) -> usize {
        match self {
            Self::Uniform => 1,
            Self::Row => 2,
            Self::Column { columns } => groups(columns) * 2,
            Self::Fragment { columns } | Self::Flipped { columns } => groups(columns) * 4,
        }
    }

    /// The coordinates of every value, in storage order.
    pub fn points(self) -> Vec<Vec<Coord>> {
        let column = |index| Coord::Column(index);
        match self {
            Self::Uniform => vec![vec![]],
            Self::Row => (0..2).map(|row| vec![Coord::Row(row)]).collect(),
            Self::Column { columns } => (0..2 * groups(columns)).map(|index| vec![column(index)]).collect(),
            Self::Fragment { columns } => (0..groups(columns))
                .flat_map(|group| (0..4).map(move |part| vec![Coord::Row(part / 2), column(2 * group + part % 2)]))
                .collect(),
            Self::Flipped { columns } => {
                let mut points = Self::Fragment { columns }.points();
                points.iter_mut().for_each(|point| point.reverse());
                points
            }
        }
    }
}

/// Groups of 8 columns.
pub fn groups(columns: i64) -> usize {
    ((columns + 7) / 8) as usize
}

/// A coordinate of one element, as the thread that owns it sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Coord {
    /// The thread's row 0 or 1.
    Row(usize),
    /// The thread's column 0, 1, …: column `8(i/2) + 2(lane mod 4) + i mod 2` of the tile.
    Column(usize),
    /// A coordinate computed at run time, by the key of its value.
    Dynamic(usize),
    /// A constant.
    Const(i64),
}

/// The classes of all tile dims of a kernel.
#[derive(Clone, Default)]
pub struct Classes {
    ids: HashMap<(usize, usize), usize>,
    parent: Vec<usize>,
    rows: Vec<usize>,
}

impl Classes {
    /// Classes the dims of every tile under `body`.
    ///
    /// # Errors
    /// Those of [`Generic::read`].
    pub fn of(body: Blk<'_>) -> Result<Self, PassError> {
        let mut classes = Self::default();
        classes.block(body)?;
        Ok(classes)
    }

    /// The layout of a tile value, or `None` for a tile that fits no fragment.
    pub fn layout(&self, value: Val<'_>) -> Option<Layout> {
        let shape: Vec<i64> = ffi::shape(ir::type_of(value))?.into_iter().collect::<Option<_>>()?;
        match shape[..] {
            [] => Some(Layout::Uniform),
            [_] if self.is_row(value, 0) => Some(Layout::Row),
            [columns] => Some(Layout::Column { columns }),
            [_, columns] if self.is_row(value, 0) && !self.is_row(value, 1) => Some(Layout::Fragment { columns }),
            [columns, _] if self.is_row(value, 1) && !self.is_row(value, 0) => Some(Layout::Flipped { columns }),
            _ => None,
        }
    }

    /// Whether a dim of a value runs along the rows.
    pub fn is_row(&self, value: Val<'_>, dim: usize) -> bool {
        self.ids.get(&(ffi::value_key(value), dim)).is_some_and(|id| {
            let class = self.find(*id);
            self.rows.iter().any(|row| self.find(*row) == class)
        })
    }

    fn block(&mut self, block: Blk<'_>) -> Result<(), PassError> {
        for op in ir::ops(block) {
            match ir::name(op) {
                "linalg.generic" => self.generic(&Generic::read(op)?),
                "tensor.pad" | "tensor.extract_slice" | "tensor.cast" => {
                    let (from, to) = (ir::operands(op)[0], ir::results(op)[0]);
                    // A tensor in memory may be cut along rows here and along columns there.
                    if !is_memory(from) {
                        self.unite_values(from, to);
                    }
                }
                "scf.for" => {
                    let Some(body) = ir::body(op, 0) else { continue };
                    self.block(body)?;
                    self.carried(op, body);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn carried(&mut self, op: Op<'_>, body: Blk<'_>) {
        let yielded = ir::ops(body).last().map(|last| ir::operands(*last)).unwrap_or_default();
        let arguments = ir::arguments(body);
        for (number, result) in ir::results(op).into_iter().enumerate() {
            let init = ir::operands(op)[3 + number];
            self.unite_values(arguments[1 + number], result);
            self.unite_values(yielded[number], result);
            if !is_splat(init) {
                self.unite_values(init, result);
            }
        }
    }

    fn generic(&mut self, generic: &Generic<'_>) {
        let mut seen: HashMap<usize, usize> = HashMap::new();
        let results = ir::results(generic.op);
        let values = generic.inputs.iter().chain(&generic.outputs).enumerate();
        for (number, value) in values {
            let output = number.checked_sub(generic.inputs.len());
            let untouched = output.is_some_and(|output| is_splat(*value) || !generic.reads_output(output));
            for (dim, result) in generic.maps[number].iter().enumerate() {
                let MapDim::Dim(iteration) = result else { continue };
                let mut join = |classes: &mut Self, value: Val<'_>| {
                    let id = classes.id(value, dim);
                    let first = *seen.entry(*iteration).or_insert(id);
                    classes.unite(first, id);
                };
                if !(untouched || output.is_none() && is_splat(*value)) {
                    join(self, *value);
                }
                if let Some(output) = output {
                    join(self, results[output]);
                }
            }
        }
        if let Some(contraction) = generic.contraction() {
            let id = self.id(contraction.result, 0);
            self.rows.push(id);
        }
    }

    fn unite_values(&mut self, a: Val<'_>, b: Val<'_>) {
        let rank = |value| ffi::shape(ir::type_of(value)).map_or(0, |shape| shape.len());
        if rank(a) == rank(b) {
            for dim in 0..rank(a) {
                let (a, b) = (self.id(a, dim), self.id(b, dim));
                self.unite(a, b);
            }
        }
    }

    fn id(&mut self, value: Val<'_>, dim: usize) -> usize {
        let next = self.parent.len();
        let id = *self.ids.entry((ffi::value_key(value), dim)).or_insert(next);
        if id == next {
            self.parent.push(next);
        }
        id
    }

    fn find(&self, mut id: usize) -> usize {
        while self.parent[id] != id {
            id = self.parent[id];
        }
        id
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.parent[a] = b;
    }
}

/// Whether a tile holds one value everywhere (or nothing yet), so that it has no coordinates of its own.
pub fn is_splat(value: Val<'_>) -> bool {
    ffi::defining_op(value).is_some_and(|op| match ir::name(op) {
        "linalg.fill" | "tensor.empty" => true,
        "arith.constant" => ir::attr(op, "value").and_then(ffi::dense_splat).is_some(),
        _ => false,
    })
}

/// Whether a value is a tensor in memory rather than a tile: computed outside of the kernel, or a view.
pub fn is_memory<'c>(value: Val<'c>) -> bool {
    let Some(op) = ffi::defining_op(value) else { return true };
    let parent = |op: &Op<'c>| -> Option<Op<'c>> { op.parent_operation().map(|parent| ffi::op(&parent)) };
    let inside = std::iter::successors(parent(&op), parent).any(|parent| ir::name(parent) == "scf.forall");
    !inside || matches!(ir::name(op), "tensor.collapse_shape" | "tensor.expand_shape")
}
