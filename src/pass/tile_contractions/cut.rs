//! How a product is cut: its tile, where f32 operands are taken apart, and parts of its depth.
//!
//! f32 operands are sums of 16-bit tensors that kernels before the nest make, or the rows' operand is loaded as it is and taken
//! apart in registers: a large tensor that few tiles read is then read once and not written. Where there are few tiles, each may
//! sum a part of the depth; the parts are added up behind the nest. Of all ways that of the shortest time is taken.

use super::{
    group::Group,
    product::{Part, Product},
    terms,
};
use crate::{
    ffi,
    gpu::schedule::{Copies, Schedule, round_up},
    ir::{self, Blk},
    schedule::{ContractionTile, TileSchedule},
};

/// The tiles to choose from, and what a processor has for them.
pub type Schedules<'s> = (&'s TileSchedule, &'s Schedule);

/// How the loops of a group are cut.
pub struct Cut {
    /// Per group of loops, what it is.
    pub parts: Vec<Part>,
    /// Per group of loops, its size if that is known.
    pub extents: Vec<Option<i64>>,
    /// Per group of loops, how much of it a tile has.
    pub tiles: Vec<i64>,
    /// Whether the left operand has the columns.
    pub swapped: bool,
    /// Whether the operand of the rows is taken apart in registers.
    pub whole: bool,
    /// Parts of the depth that tiles of their own sum.
    pub splits: i64,
    /// Whether operands become tiles of f32, the columns' with its columns side by side.
    pub packed: bool,
}

impl Cut {
    /// The loops of a product as parts of a nest, without sizes.
    fn of_loops(product: &Product<'_>, groups: &[Vec<usize>], turned: bool) -> Option<Self> {
        let (parts, swapped) = product.parts(groups, turned)?;
        product.merged(groups)?;
        let extents: Vec<_> = groups.iter().map(|members| product.extent(members)).collect();
        Some(Self { tiles: vec![1; parts.len()], parts, extents, swapped, whole: false, splits: 1, packed: false })
    }

    /// Whether there are so many rows, columns and numbers of the depth at least, as far as is known.
    fn is_large(&self, [rows, columns, depth]: [i64; 3]) -> bool {
        let large = |part: Part, least: i64| self.extents[self.of(part)].is_none_or(|extent| extent >= least);
        large(Part::Row, rows) && large(Part::Column, columns) && large(Part::Depth, depth)
    }

    /// The groups of loops that are a part.
    pub fn all(&self, part: Part) -> Vec<usize> {
        (0..self.parts.len()).filter(|group| self.parts[*group] == part).collect()
    }

    /// The group of loops that is a dim of every tile.
    pub fn of(&self, part: Part) -> usize {
        self.all(part).last().copied().unwrap_or(0)
    }

    /// The operand that has the rows.
    fn row_side(&self) -> usize {
        usize::from(self.swapped)
    }

    /// How many iterations all loops of a part have together, if that is known.
    fn known(&self, part: Part) -> Option<i64> {
        self.all(part).into_iter().try_fold(1_i64, |total, group| total.checked_mul(self.extents[group]?))
    }

    /// The tile with as many rows, columns and numbers of the depth, but no more than there are; `None` where a step would not
    /// be inside one iteration of the outer loops of the depth.
    fn sized(mut self, [rows, columns, depth]: [i64; 3]) -> Option<Self> {
        let (row, column, sum) = (self.of(Part::Row), self.of(Part::Column), self.of(Part::Depth));
        let round = |dim: usize, most: i64, step: i64| {
            self.extents[dim].map_or(most, |extent| most.min(round_up(extent, step)))
        };
        let rows = if self.packed { rows } else { round(row, rows, 64) };
        let (columns, mut depth) = (round(column, columns, 16), round(sum, depth, 16));
        if self.all(Part::Depth).len() > 1 {
            let extent = self.extents[sum]?;
            depth = [64, 32, 16].into_iter().find(|step| *step <= depth && extent % step == 0)?;
            let known = |group: usize| self.parts[group] != Part::Depth || self.extents[group].is_some();
            if !(0..self.parts.len()).all(known) {
                return None;
            }
        }
        (self.tiles[row], self.tiles[column], self.tiles[sum]) = (rows, columns, depth);
        Some(self)
    }
}

/// How a group is cut, with so many registers more to spare than the best tile leaves, and what is left of the group then; `None`
/// where there is too little to do.
pub fn cut<'c>(group: Group<'c>, body: Blk<'c>, schedules: Schedules<'_>, margin: i64) -> Option<(Group<'c>, Cut)> {
    let product = group.products[0].clone();
    let plain = plain(&group, schedules, margin);
    let best = plain.as_ref().map_or(f64::INFINITY, |(_, time)| *time);
    match whole(&product, body, schedules, margin).filter(|(_, _, time)| *time < best) {
        Some((group, cut, _)) => Some((group, cut)),
        None => Some((group, plain?.0)),
    }
}

/// The loops of a product as a nest has them; `None` where there is too little to do. A step of the matrix unit has 8 columns at
/// least; fewer are worth it where they are read from memory with f32 that is taken apart, and that is much (`f32`).
pub fn outline(product: &Product<'_>, groups: &[Vec<usize>], turned: bool, f32: bool) -> Option<Cut> {
    let cut = Cut::of_loops(product, groups, turned)?;
    let much =
        f32 && cut.known(Part::Row).zip(cut.known(Part::Depth)).is_some_and(|(rows, depth)| rows * depth >= MUCH);
    let least = match turned {
        _ if much => 2,
        true => 16,
        false => 8,
    };
    cut.is_large([16, least, 16]).then_some(cut)
}

/// How the loops of a product are cut for lanes that multiply f32; `None` where there is too little to do. Of few rows, the time
/// goes to reading the columns' operand.
pub fn cut_for_lanes(product: &Product<'_>, groups: &[Vec<usize>], schedule: &TileSchedule) -> Option<Cut> {
    let cut = Cut { packed: true, ..Cut::of_loops(product, groups, false)? };
    if !cut.is_large([16, 8, 16]) && !cut.is_large([1, 64, 64]) {
        return None;
    }
    let all = cut.extents[cut.of(Part::Row)];
    let few = schedule.lane_few_rows.iter().find(|choice| all.is_some_and(|all| all <= choice.tile[0]));
    let grid = |choice: &&ContractionTile| {
        let [rows, columns, _] = choice.tile;
        let parts = [(Part::Grid, 1), (Part::Row, rows), (Part::Column, columns)];
        let parts = parts.into_iter().map(|(part, tile)| Some(ceil_div(cut.known(part)?, tile)));
        parts.product::<Option<i64>>().is_some_and(|tiles| tiles >= schedule.lane_tiles)
    };
    let choices = &schedule.lane_contractions;
    let [rows, columns, depth] = few.or_else(|| choices.iter().find(grid)).or(choices.last())?.tile;
    // Rows are dealt out evenly, in whole register blocks.
    let rows = all.map_or(rows, |all| match ceil_div(all, ceil_div(all, rows)) {
        few @ ..=8 => few,
        even => ceil_div(even, 4) * 4,
    });
    cut.sized([rows, columns, depth])
}

/// The best way of operands that are all taken apart before the nest, and its time.
fn plain(group: &Group<'_>, schedules: Schedules<'_>, margin: i64) -> Option<(Cut, f64)> {
    let product = &group.products[0];
    let split = product.pairs.len() > 1;
    let ways = [false, true].into_iter().take(if split { 2 } else { 1 });
    let cut = ways.into_iter().find_map(|turned| outline(product, &group.groups, turned, split))?;
    let products = group.products.len() as i64;
    let (tile, time) = size(&cut, products, split, schedules, margin);
    let before: f64 = group.products.iter().map(|product| splitting(product, None, schedules.0)).sum();
    Some((cut.sized(tile)?, time + before))
}

/// The time of the kernels that take the operands of a product apart, but for one that is not: each has a share in those that
/// several products read.
fn splitting(product: &Product<'_>, but: Option<usize>, schedule: &TileSchedule) -> f64 {
    let side = |side: usize| {
        let terms = product.terms(side);
        let known = (terms.len() > 1).then(|| terms::taken_from(terms)).flatten();
        known.map_or(0.0, |source| {
            let shape = ffi::shape(ir::type_of(source.tensor)).unwrap_or_default();
            let size: f64 = shape.into_iter().map(|size| size.unwrap_or(1) as f64).product();
            (size * schedule.split_cost + schedule.kernel_cost) / source.readers.max(1) as f64
        })
    };
    (0..2).filter(|own| Some(*own) != but).map(side).sum()
}

/// The best way with the rows' operand taken apart in registers, what is left of the group, and the time.
fn whole<'c>(
    product: &Product<'c>,
    body: Blk<'c>,
    (schedule, chip): Schedules<'_>,
    margin: i64,
) -> Option<(Group<'c>, Cut, f64)> {
    if product.pairs.len() < 2 {
        return None;
    }
    let groups = [Group::of(product, body, false)?, Group::alone(product, body)?];
    let mut best: Option<(usize, Cut, f64)> = None;
    for (number, group) in groups.iter().enumerate() {
        for turned in [false, true] {
            let outline = || outline(product, &group.groups, turned, true);
            let Some(cut) = outline() else { continue };
            let side = cut.row_side();
            let merged = product.merged(&group.groups)?;
            let known = product.terms(side).len() > 1
                && merged[side].has_known_dims()
                && terms::taken_from(product.terms(side)).is_some_and(|source| source.is_loadable());
            let depths = cut.all(Part::Depth).len();
            if !known || depths > 1 && number == 1 {
                continue;
            }
            let before = splitting(product, Some(side), schedule);
            let splits = match (number, cut.known(Part::Depth)) {
                (0, _) => vec![1],
                (_, Some(depth)) => (2..=MOST_SPLITS).filter(|parts| depth / parts >= schedule.split_depth).collect(),
                _ => vec![],
            };
            for tile in &schedule.register_contractions {
                if !fits(&cut, tile, 1) || spare(chip, tile, product.terms(side).len() as i64) < margin {
                    continue;
                }
                for splits in &splits {
                    let sums = number as f64 * sums(&cut, *splits, schedule);
                    let time = before + sums + time(&cut, tile, (*splits, 1), schedule);
                    if best.as_ref().is_none_or(|(_, _, other)| time < *other)
                        && let Some(sized) = outline().and_then(|cut| cut.sized(tile.tile))
                    {
                        best = Some((number, Cut { whole: true, splits: *splits, ..sized }, time));
                    }
                }
            }
        }
    }
    let (number, cut, time) = best?;
    groups.into_iter().nth(number).map(|group| (group, cut, time))
}

/// Numbers of an operand that take longer to read than a kernel takes to begin.
const MUCH: i64 = 1 << 18;

/// The most parts of a depth.
const MOST_SPLITS: i64 = 16;

/// Registers that a tile leaves which is taken apart in them: it holds accumulators, sums that are not yet added, and terms.
fn spare(chip: &Schedule, tile: &ContractionTile, terms: i64) -> i64 {
    let [rows, columns, depth] = tile.tile;
    chip.consumer_registers(rows / 64, Copies::None)
        - columns
        - (terms + 1) * depth / 4
        - chip.distribute.overhead_registers
}

/// The time of the kernel that adds parts of the depth up.
fn sums(cut: &Cut, splits: i64, schedule: &TileSchedule) -> f64 {
    let size = [Part::Grid, Part::Row, Part::Column].into_iter().filter_map(|part| cut.known(part));
    size.product::<i64>() as f64 * (splits + 1) as f64 * schedule.sum_cost + schedule.kernel_cost
}

/// Whether a tile is no larger than what there is, up to a step of the matrix unit.
fn fits(cut: &Cut, choice: &ContractionTile, products: i64) -> bool {
    let most = |part: Part| cut.extents[cut.of(part)].map_or(i64::MAX, |extent| extent.max(64) + 64);
    let [rows, columns, _] = choice.tile;
    rows < most(Part::Row) && columns / products < most(Part::Column)
}

/// The time of a nest with a tile: of as many waves as there are tiles for each processor. Several products share the columns.
fn time(cut: &Cut, choice: &ContractionTile, (splits, products): (i64, i64), schedule: &TileSchedule) -> f64 {
    let [rows, columns, _] = choice.tile;
    let blocks = |part: Part, tile: i64| cut.extents[cut.of(part)].map(|extent| ceil_div(extent, tile).max(1));
    let tiles = cut.known(Part::Grid).and_then(|grid| {
        grid.checked_mul(splits)?
            .checked_mul(blocks(Part::Row, rows)?)?
            .checked_mul(blocks(Part::Column, columns / products)?)
    });
    let depth = cut.known(Part::Depth).unwrap_or(i64::from(u16::MAX)) / splits;
    let area = (rows * columns) as f64;
    // Where their number is not known there are many.
    let waves = tiles.map_or(1.0 / area, |tiles| (tiles as f64 / schedule.fill_blocks as f64).ceil());
    waves * area * (depth + schedule.contraction_cost) as f64 / choice.rate
}

/// The tile of the shortest time for operands that are taken apart before, and that time.
fn size(cut: &Cut, products: i64, split: bool, (schedule, chip): Schedules<'_>, margin: i64) -> ([i64; 3], f64) {
    let choices = if split { &schedule.split_contractions } else { &schedule.contractions };
    let spare =
        |choice: &ContractionTile| chip.consumer_registers(choice.tile[0] / 64, Copies::None) - choice.tile[1] / 2;
    let fitting: Vec<_> = choices.iter().filter(|choice| fits(cut, choice, products)).collect();
    let time = |choice: &ContractionTile| time(cut, choice, (1, products), schedule);
    let of =
        |choices: Vec<&'_ ContractionTile>| choices.into_iter().min_by(|a, b| time(a).total_cmp(&time(b))).copied();
    let mut best = of(fitting.clone());
    if let Some(first) = best.filter(|_| margin > 0) {
        best = of(fitting.into_iter().filter(|choice| spare(choice) >= spare(&first) + margin).collect());
    }
    let best = best.or(choices.last().copied());
    let [rows, columns, depth] = best.map_or([64; 3], |choice| choice.tile);
    ([rows, (columns / products / 16 * 16).max(16), depth], best.map_or(0.0, |choice| time(&choice)))
}

/// How many parts of a size have these all in them.
pub fn ceil_div(all: i64, size: i64) -> i64 {
    (all + size - 1) / size
}
