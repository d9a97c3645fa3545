//! What a mask leaves of the tiles of a fused op, for the arguments at hand: dead tiles, live ones, and those with both.
//!
//! A tile is told by the extremes of the mask's terms over it where those decide, else point by point until both a live and a
//! dead score are seen.

use super::Count;
use crate::{
    dialect::ops::{Fused, Role},
    ir::Op,
    pass::{
        bound::formula::{Formula, Term},
        tile,
    },
    remark,
    runtime::Tensor,
};
use melior::ir::operation::OperationLike;
use serde::Serialize;

/// A tile without a live score: it is not visited.
pub const EMPTY: char = '.';
/// A tile without a dead score: its mask need not be looked at.
pub const CLEAR: char = '#';
/// A tile with both.
pub const MIXED: char = '/';
/// A tile that was not looked at: there were too many points.
pub const UNKNOWN: char = '?';

/// The tiles of a fused op at one coordinate of its batch dims.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Map {
    pub location: String,
    /// The coordinate of the batch dims.
    pub batch: Vec<i64>,
    pub queries: i64,
    pub keys: i64,
    /// Queries and keys of a cell.
    pub cell: [i64; 2],
    /// A cell has so many tiles of the kernel per direction: 1 but for long sequences.
    pub tiles_per_cell: i64,
    /// A text per row of cells, a character per cell.
    pub rows: Vec<String>,
}

/// Cells per direction, at most.
const CELLS: i64 = 64;
/// Points that a map may look at.
const POINTS: u64 = 1 << 24;

/// The maps of a function's fused ops with a mask, at stage `bound`, called on `arguments`; `tile` gives rows and keys of each
/// op's tiles. Where tiles depend on the batch there are maps of its first and its last coordinate.
pub fn of(function: Op<'_>, arguments: &[Tensor], tile: impl Fn(Op<'_>) -> [i64; 2]) -> Vec<Map> {
    let mut maps = vec![];
    for op in tile::fused_ops(function) {
        let Ok(fused) = Fused::parse(op) else { continue };
        let Some(count) = super::count(function, arguments, &fused) else { continue };
        let (Ok(key), Some(query)) = (fused.key(), fused.query()) else { continue };
        if count.live == Formula::Constant(true) || count.extents.contains(&0) {
            continue;
        }
        let batch = fused.dims_of(Role::Batch);
        let first = vec![0; batch.len()];
        let last: Vec<_> = batch.iter().map(|dim| count.extents[*dim] - 1).collect();
        let mut own: Vec<Map> = vec![];
        for coordinate in [first, last] {
            let mut boxes: Vec<_> = count.extents.iter().map(|extent| (0, extent - 1)).collect();
            for (dim, at) in batch.iter().zip(&coordinate) {
                boxes[*dim] = (*at, *at);
            }
            let mut drawing = Drawing { count: &count, boxes, query, key, left: POINTS };
            let map = drawing.map(tile(op), coordinate, remark::position(op.location()));
            if own.iter().all(|other| other.rows != map.rows) {
                own.push(map);
            }
        }
        maps.append(&mut own);
    }
    maps
}

struct Drawing<'a, 'f, 'c> {
    count: &'a Count<'f, 'c>,
    /// First and last coordinate per dim.
    boxes: Vec<(i64, i64)>,
    query: usize,
    key: usize,
    /// Points that may still be looked at.
    left: u64,
}

impl Drawing<'_, '_, '_> {
    fn map(&mut self, tile: [i64; 2], batch: Vec<i64>, location: String) -> Map {
        let [queries, keys] = [self.query, self.key].map(|dim| self.count.extents[dim]);
        let tile = tile.map(|size| size.max(1));
        let cells = |size: i64, tile: i64| (size + tile - 1) / tile;
        let most = cells(queries, tile[0]).max(cells(keys, tile[1]));
        let tiles_per_cell = cells(most, CELLS).max(1);
        let cell = tile.map(|size| size * tiles_per_cell);
        let mut rows = vec![];
        for row in 0..cells(queries, cell[0]) {
            self.boxes[self.query] = (row * cell[0], ((row + 1) * cell[0]).min(queries) - 1);
            let told = (0..cells(keys, cell[1])).map(|column| {
                self.boxes[self.key] = (column * cell[1], ((column + 1) * cell[1]).min(keys) - 1);
                self.tell()
            });
            rows.push(told.collect());
        }
        Map { location, batch, queries, keys, cell, tiles_per_cell, rows }
    }

    /// What the tile at hand is.
    fn tell(&mut self) -> char {
        match everywhere(&self.count.live, &self.boxes) {
            Some(true) => return CLEAR,
            Some(false) => return EMPTY,
            None => {}
        }
        let mut point: Vec<_> = self.boxes.iter().map(|(low, _)| *low).collect();
        let (mut live, mut dead) = (false, false);
        for query in self.boxes[self.query].0..=self.boxes[self.query].1 {
            for key in self.boxes[self.key].0..=self.boxes[self.key].1 {
                if self.left == 0 {
                    return UNKNOWN;
                }
                self.left -= 1;
                (point[self.query], point[self.key]) = (query, key);
                if self.count.holds(&self.count.live, &point) {
                    live = true
                } else {
                    dead = true
                }
                if live && dead {
                    return MIXED;
                }
            }
        }
        if live { CLEAR } else { EMPTY }
    }
}

/// Whether a formula holds at all points of a box, or at none; `None` where the extremes of its terms do not decide.
fn everywhere(formula: &Formula, boxes: &[(i64, i64)]) -> Option<bool> {
    match formula {
        Formula::Constant(value) => Some(*value),
        Formula::Unknown => None,
        Formula::Atom(term) => {
            let largest = |term: &Term| Some(-term.negate()?.least(boxes)?);
            if largest(term).is_some_and(|largest| largest <= 0) {
                return Some(true);
            }
            term.least(boxes).filter(|least| *least > 0).map(|_| false)
        }
        Formula::And(lhs, rhs) => match (everywhere(lhs, boxes), everywhere(rhs, boxes)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        },
        Formula::Or(lhs, rhs) => match (everywhere(lhs, boxes), everywhere(rhs, boxes)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        },
    }
}

impl Map {
    /// How many cells are of a kind.
    pub fn cells(&self, kind: char) -> usize {
        self.rows.iter().map(|row| row.chars().filter(|own| *own == kind).count()).sum()
    }

    /// The map as text.
    pub fn text(&self) -> Vec<String> {
        let Self { location, queries, keys, cell, batch, .. } = self;
        let at = if batch.iter().any(|at| *at != 0) { format!(" at batch {batch:?}") } else { String::new() };
        let counts =
            [(EMPTY, "never visited"), (CLEAR, "without a mask"), (MIXED, "masked"), (UNKNOWN, "not looked at")];
        let counts = counts.into_iter().filter(|(kind, _)| self.cells(*kind) > 0);
        let counts: Vec<_> = counts.map(|(kind, name)| format!("{kind} {} {name}", self.cells(kind))).collect();
        let mut lines = vec![
            format!(
                "mask of the fused op at {location}{at}: {queries} queries x {keys} keys, a cell is {} x {}",
                cell[0], cell[1]
            ),
            format!("  {}", counts.join(", ")),
        ];
        lines.extend(self.rows.iter().map(|row| format!("  {row}")));
        lines
    }
}
