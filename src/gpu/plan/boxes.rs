//! Tiles that the copy engine reads box by box, at places that the body of a tile's generic computes: pages that a table names,
//! and bytes that threads widen on their way on.
//!
//! A body qualifies where the tensor's last dim runs along the columns, one other along the rows, and every other index keeps
//! its value over the rows of a box. Then the indices at the first row and column are where the box begins.

use super::SharedTile;
use crate::{
    ffi,
    gpu::{
        host::Host,
        nest::{Generic, Index, MapDim, Window, along, depends_on_dim, is_multiple, maker},
    },
    ir::{self, Op, Val},
    runtime::Expr,
};

/// Rows of the smallest box: those that a swizzle permutes together.
const FEWEST_ROWS: i64 = 8;

/// How a tile is read.
#[derive(Clone)]
pub struct Boxes<'c> {
    pub generic: Generic<'c>,
    /// The `tensor.extract` of its body that reads.
    pub extract: Op<'c>,
    /// A box of the tensor, where it begins left open.
    pub window: Window<'c>,
    /// Whether what is read is what the generic yields.
    pub direct: bool,
}

/// How an index depends on the row: by a factor, over the rows of a box.
#[derive(Clone, Copy)]
struct Along {
    factor: i64,
    rows: i64,
}

impl<'c> Boxes<'c> {
    /// How the engine can read a tile.
    pub fn of(host: &Host<'c>, value: Val<'c>, shared: SharedTile) -> Option<Self> {
        let op = ffi::defining_op(value).filter(|op| ir::name(*op) == "linalg.generic")?;
        let generic = Generic::read(op).ok()?;
        let tile: Vec<i64> = ffi::shape(ir::type_of(value))?.into_iter().collect::<Option<_>>()?;
        let [MapDim::Dim(rows), MapDim::Dim(columns)] = generic.output_map(0)[..] else { return None };
        if generic.is_reduction() || !generic.inputs.is_empty() || tile != [shared.rows, shared.columns] {
            return None;
        }
        let yielded = ir::operands(*ir::ops(generic.body).last()?)[0];
        let extracts = ir::ops(generic.body).into_iter().filter(|op| ir::name(*op) == "tensor.extract");
        extracts.filter_map(|extract| Self::read(host, &generic, extract, [rows, columns], &tile, yielded)).next()
    }

    fn read(
        host: &Host<'c>,
        generic: &Generic<'c>,
        extract: Op<'c>,
        [rows, columns]: [usize; 2],
        tile: &[i64],
        yielded: Val<'c>,
    ) -> Option<Self> {
        let operands = ir::operands(extract);
        let view = host.view(operands[0])?;
        let direct = yielded == ir::results(extract)[0];
        let bytes = matches!(&*ir::type_name(view.element), "i8" | "f8E4M3FN" | "f8E5M2");
        if !direct && !bytes || bytes && tile[1] % 32 != 0 {
            return None;
        }
        let (last, others) = operands[1..].split_last()?;
        if !along(generic, *last, columns, 1) || others.iter().any(|index| depends_on_dim(generic, *index, columns)) {
            return None;
        }
        let reader = Reader { generic, dim: rows, tile: tile[0], last: &view.dims };
        let found = others.iter().enumerate().map(|(place, index)| reader.along(*index, Some(place)));
        let found: Vec<Along> = found.collect::<Option<_>>()?;
        let mut running = found.iter().enumerate().filter(|(_, along)| along.factor != 0);
        let (row, along) = running.next()?;
        let box_rows = found.iter().map(|along| along.rows).min()?;
        if along.factor != 1 || running.next().is_some() || box_rows % FEWEST_ROWS != 0 || box_rows > 256 {
            return None;
        }
        let rank = view.dims.len();
        let sizes = vec![box_rows, tile[1]];
        let window = Window {
            offsets: vec![Index::Const(0); rank],
            strides: vec![1; rank],
            dims: vec![row, rank - 1],
            live: sizes.iter().map(|size| Index::Const(*size)).collect(),
            tile: sizes,
            view,
        };
        window.is_mapped().then(|| Self { generic: generic.clone(), extract, window, direct })
    }

    /// The layout of what is read.
    pub fn shared(&self, shared: SharedTile) -> SharedTile {
        if self.direct { shared } else { super::staging::shared_tile(shared.rows, shared.columns / 2) }
    }
}

/// What reads indices of a body.
struct Reader<'r, 'c> {
    generic: &'r Generic<'c>,
    dim: usize,
    tile: i64,
    /// The sizes of the tensor that is read.
    last: &'r [Expr],
}

impl<'c> Reader<'_, 'c> {
    /// How an index runs along the rows; that of dim `place` may be cut off at the tensor's ends, past which the engine reads 0.
    fn along(&self, value: Val<'c>, place: Option<usize>) -> Option<Along> {
        if !depends_on_dim(self.generic, value, self.dim) {
            return Some(Along { factor: 0, rows: self.tile });
        }
        let op = maker(self.generic, value)?;
        let operands = ir::operands(op);
        let number = |operand: usize| operands.get(operand).and_then(|value| crate::gpu::code::constant(*value));
        let both = |scale: i64| {
            let (a, b) = (self.along(operands[0], None)?, self.along(operands[1], None)?);
            Some(Along { factor: a.factor + scale * b.factor, rows: a.rows.min(b.rows) })
        };
        let parts = |by: i64, factor: i64| {
            let inner = self.along(operands[0], None)?;
            let rows = match by {
                _ if by > 0 && by % self.tile == 0 => self.tile,
                _ if by > 0 && self.tile % by == 0 => by,
                _ => return None,
            };
            let whole = inner.factor == 1 && self.begins_whole(operands[0]);
            whole.then_some(Along { factor, rows: rows.min(inner.rows) })
        };
        match ir::name(op) {
            "linalg.index" => Some(Along { factor: 1, rows: self.tile }),
            "arith.index_cast" | "arith.index_castui" => self.along(operands[0], place),
            "arith.addi" => both(1),
            "arith.subi" => both(-1),
            "arith.muli" => {
                let (own, factor) = number(1).map(|factor| (0, factor)).or_else(|| Some((1, number(0)?)))?;
                let inner = self.along(operands[own], None)?;
                Some(Along { factor: inner.factor * factor, ..inner })
            }
            "arith.divui" | "arith.divsi" | "arith.floordivsi" => parts(number(1)?, 0),
            "arith.remui" | "arith.remsi" => parts(number(1)?, 1),
            "arith.minsi" | "arith.maxsi" => {
                let (own, end) = number(1).map(|end| (0, end)).or_else(|| Some((1, number(0)?)))?;
                let size = place.and_then(|place| self.last.get(place));
                let at_end = match ir::name(op) {
                    "arith.minsi" => size == Some(&Expr::Int(end + 1)),
                    _ => end == 0,
                };
                if at_end { self.along(operands[own], place) } else { None }
            }
            // Anything else of values that stay the same stays the same.
            _ => {
                let all: Vec<_> = operands
                    .iter()
                    .filter(|operand| !ffi::is_ranked_tensor(ir::type_of(**operand)))
                    .map(|operand| self.along(*operand, None))
                    .collect::<Option<_>>()?;
                let rows = all.iter().map(|along| along.rows).min()?;
                all.iter().all(|along| along.factor == 0).then_some(Along { factor: 0, rows })
            }
        }
    }

    /// Whether an index that runs along the rows is a multiple of the tile's rows at the first.
    fn begins_whole(&self, value: Val<'c>) -> bool {
        let Some(op) = maker(self.generic, value) else { return is_multiple(value, self.tile) };
        let operands = ir::operands(op);
        match ir::name(op) {
            "linalg.index" => depends_on_dim(self.generic, value, self.dim),
            "arith.index_cast" | "arith.index_castui" => self.begins_whole(operands[0]),
            "arith.addi" => operands.into_iter().all(|operand| self.begins_whole(operand)),
            _ => false,
        }
    }
}
