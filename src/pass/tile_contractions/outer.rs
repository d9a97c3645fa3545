//! Sums over loops around products, of what is computed at the products' points: the gradient of a bias that many rows share.
//!
//! Before:  `s = Q·Kᵀ`, `t = G·Vᵀ` per row of a batch; `c = Σ_batch f(s, t, …)`, in the shape of one of them
//! After:   `scf.forall (row tile, column tile, part) { scf.for (batch) { tiles of s and t; c += f(s, t, …) } }`, parts added up behind it
//!
//! Products whose depth one step has whole: their tiles stay in registers, where the other way is to write them all. What nothing
//! sums is such a nest, too, if it reads several products: they are then computed beside each other.

use super::{
    Schedules,
    cut::ceil_div,
    nest::{Place, added_up, drop_reshapes, live, product_of},
    operand::Operand,
    product::{Product, is_zero},
    tail::{Rounding, computed, is_arithmetic},
};
use crate::{
    choices::{self, Choice},
    ffi,
    gpu::{Loops, loops_of, plain_dims, schedule::round_up},
    ir::{self, Blk, Builder, Element, Op, Val},
    pass::tile::{
        emit::{self, Ix, Slice, Tile},
        tiler::convert,
    },
};

/// The deepest product that a step has whole.
const DEEPEST: i64 = 256;
/// Registers of a thread for tiles in f32, of the products, of the sum and of what all steps read.
const REGISTERS: i64 = 168;
/// Bytes of shared memory for the products' operands in two steps.
const STAGED: i64 = 200 << 10;
/// The most parts that a sum is cut into, and the least steps of one.
const MOST_PARTS: i64 = 8;
const PART: i64 = 4;

/// A sum over loops around products.
struct Sum<'c> {
    op: Op<'c>,
    loops: Loops<'c>,
    /// By input, under the loops of the op, with the operand of the rows first.
    products: Vec<(usize, Factor<'c>)>,
    /// By input, what is read from memory.
    memory: Vec<(usize, Operand<'c>)>,
    /// What is summed, in the op's body.
    value: Val<'c>,
    /// The loop of each dim of the result; without one it is one long.
    order: Vec<Option<usize>>,
    row: usize,
    column: usize,
    /// The loops that are summed, outermost first.
    summed: Vec<usize>,
}

/// A product as a step computes it.
struct Factor<'c> {
    op: Op<'c>,
    terms: [Vec<Operand<'c>>; 2],
    pairs: Vec<[usize; 2]>,
    depth: i64,
}

/// How a sum is cut.
#[derive(Clone, Copy)]
struct Cut {
    rows: i64,
    columns: i64,
    parts: i64,
}

/// Makes nests of the sums of a function, and returns how many.
pub fn tile_sums<'c>(module: Op<'c>, body: Blk<'c>, name: &str, schedules: Schedules<'_>) {
    let mut number = 0;
    for op in ir::ops(body) {
        let Some(sum) = Sum::read(op) else { continue };
        let kernel = format!("{name}_sum{number}");
        let margin = match choices::of(module, &kernel) {
            None => 0,
            Some(Choice::Margin(margin)) => i64::from(margin),
            Some(Choice::Apart(reason)) => {
                ffi::set_attribute(op, choices::APART, Builder::before(op).str_attr(&reason));
                number += 1;
                continue;
            }
        };
        if let Some(cut) = sum.cut(schedules.0.fill_blocks, margin) {
            sum.write(cut, &kernel);
            number += 1;
        }
    }
}

impl<'c> Sum<'c> {
    fn read(op: Op<'c>) -> Option<Self> {
        let loops = Loops::read(op).filter(|loops| loops.operands.len() == loops.inputs + 1)?;
        let single = |dim: usize| loops.extents[dim] == Some(1);
        let order = loops_of(loops.maps[loops.inputs])?;
        let summed: Vec<_> = (0..loops.reduced.len()).filter(|dim| loops.reduced[*dim] && !single(*dim)).collect();
        let value = if loops.reduced.contains(&true) { summand(&loops)? } else { elementwise(&loops)? };
        if !is_arithmetic(loops.body) {
            return None;
        }
        let (mut products, mut memory, mut sides) = (vec![], vec![], None);
        for input in 0..loops.inputs {
            let value = loops.operands[input];
            let own = ffi::defining_op(value)
                .filter(|own| ffi::uses(value).iter().all(|(reader, _)| *reader == op) && *own != op);
            let found =
                own.and_then(Product::read).and_then(|product| Factor::read(&product, &loops, input, &mut sides));
            match found {
                Some(factor) => products.push((input, factor)),
                None => memory.push((input, Operand::of(&loops, input)?.without(&single))),
            }
        }
        let [row, column] = sides?;
        let first = |dim: usize| order.iter().position(|own| *own == Some(dim));
        let (at_row, at_column) = (first(row)?, first(column)?);
        let mut sum = Self { op, loops, products, memory, value, order, row, column, summed };
        // Columns are neighbours in the result.
        if at_row > at_column {
            (sum.row, sum.column) = (column, row);
            sum.products.iter_mut().for_each(|(_, factor)| factor.turn());
        }
        sum.is_worth_it().then_some(sum)
    }

    /// Whether there is enough of it: rows and columns for a tile, and either a sum or products that no other nest has together.
    fn is_worth_it(&self) -> bool {
        let large = |dim: usize, least: i64| self.loops.extents[dim].is_none_or(|extent| extent >= least);
        let known = self.summed.iter().skip(1).all(|dim| self.loops.extents[*dim].is_some());
        let left =
            |factor: &Factor<'c>| factor.terms[0].iter().map(|term| ffi::value_key(term.value)).collect::<Vec<_>>();
        let apart = self.products.windows(2).any(|pair| left(&pair[0].1) != left(&pair[1].1));
        let batch = self.outer().iter().any(|dim| self.loops.extents[*dim] != Some(1));
        let enough = !self.products.is_empty() && large(self.row, 16) && large(self.column, 16);
        enough && known && (!self.summed.is_empty() || apart && batch)
    }

    /// Whether a tensor has rows and columns and is the same in all steps: its tile is read before them.
    fn is_fixed(&self, operand: &Operand<'c>) -> bool {
        let over = operand.loops();
        over.contains(&self.row) && over.contains(&self.column) && !self.summed.iter().any(|dim| over.contains(dim))
    }

    /// Tiles that fit, and parts that give every processor work, with so many registers to spare; `None` where no tile fits.
    fn cut(&self, fill: i64, margin: i64) -> Option<Cut> {
        let fixed = self.memory.iter().filter(|(_, operand)| self.is_fixed(operand)).count();
        let tiles = (self.products.len() + fixed + 1) as i64;
        let depth: i64 = self
            .products
            .iter()
            .map(|(_, factor)| factor.depth * factor.terms[0].len().max(factor.terms[1].len()) as i64)
            .sum();
        let [row, column] = [self.row, self.column].map(|dim| self.loops.extents[dim]);
        let rows = if row.is_some_and(|extent| extent <= 64) { 64 } else { 128 };
        let fits =
            |columns: &i64| tiles * columns / 2 + margin <= REGISTERS && 2 * 2 * depth * (rows + columns) <= STAGED;
        let covered = |columns: i64| column.map_or(0, |extent| round_up(extent, columns));
        let columns =
            (1..=8).map(|count| 16 * count).rev().filter(fits).min_by_key(|columns| (covered(*columns), -columns))?;
        let count = |extent: Option<i64>, tile: i64| Some(ceil_div(extent?, tile));
        let grid = self.outer();
        let mut blocks =
            grid.iter().map(|dim| self.loops.extents[*dim]).chain([count(row, rows), count(column, columns)]);
        let blocks = blocks.try_fold(1_i64, |total, size| total.checked_mul(size?));
        let steps = self.summed.iter().try_fold(1_i64, |total, dim| total.checked_mul(self.loops.extents[*dim]?));
        // Where their number is not known, there may be few.
        let wanted = blocks.map_or(PART, |blocks| 2 * fill / blocks.max(1));
        let parts = wanted.min(steps.map_or(MOST_PARTS, |steps| steps / PART)).clamp(1, MOST_PARTS);
        Some(Cut { rows, columns, parts: if self.summed.is_empty() { 1 } else { parts } })
    }

    fn write(&self, cut: Cut, kernel: &str) {
        let b = &Builder::before(self.op);
        let result = ir::results(self.op)[0];
        let (float, element) = (b.f32_type(), ffi::element_type(ir::type_of(result)));
        let extents: Vec<_> = (0..self.loops.extents.len()).map(|dim| self.extent(b, dim)).collect();
        let split = cut.parts > 1;
        let part = split.then_some(Ix::Known(cut.parts));
        let shape: Vec<_> =
            part.into_iter().chain(self.order.iter().map(|dim| dim.map_or(Ix::Known(1), |dim| extents[dim]))).collect();
        let output = emit::empty(b, &shape, if split { float } else { element });
        let grid: Vec<_> = self.outer().into_iter().chain([self.row, self.column]).collect();
        let tile_of = |dim: usize| match dim {
            _ if dim == self.row => cut.rows,
            _ if dim == self.column => cut.columns,
            _ => 1,
        };
        let bounds = grid.iter().map(|dim| extents[*dim].ceil_div(b, tile_of(*dim))).chain(part).collect::<Vec<_>>();
        let made = emit::forall(b, kernel, &bounds, &[output], |b, coordinates| {
            let inside = (0..extents.len()).map(|dim| [self.row, self.column].contains(&dim));
            let mut place = Place::new((0..extents.len()).map(tile_of).collect(), inside.collect());
            for (dim, at) in grid.iter().zip(coordinates) {
                place.offsets[*dim] = Ix::Value(*at).times(b, tile_of(*dim));
            }
            for dim in [self.row, self.column] {
                place.live[dim] = live(b, tile_of(dim), extents[dim], place.offsets[dim]);
            }
            let kept = [self.row, self.column];
            let sizes = [Ix::Known(cut.rows), Ix::Known(cut.columns)];
            let zeros = |b: &Builder<'c>| emit::fill(b, b.float(0.0, float), emit::empty(b, &sizes, float));
            let fixed =
                |operand: &Operand<'c>| self.is_fixed(operand).then(|| wide(b, place.load(b, operand), &kept, &sizes));
            let fixed: Vec<_> = self.memory.iter().map(|(_, operand)| fixed(operand)).collect();
            let step = |b: &Builder<'c>, place: &Place<'c>, sum: Option<Val<'c>>| {
                let mut tiles: Vec<(usize, Tile<'c>)> = vec![];
                for ((input, operand), fixed) in self.memory.iter().zip(&fixed) {
                    tiles.push((*input, fixed.clone().unwrap_or_else(|| place.load(b, operand))));
                }
                for (input, factor) in &self.products {
                    tiles.push((*input, factor.tile(b, place, kept, zeros(b))));
                }
                tiles.sort_by_key(|(input, _)| *input);
                let tiles: Vec<_> = tiles.into_iter().map(|(_, tile)| tile).collect();
                let (tag, into) = match sum {
                    Some(sum) => ("map", Tile { value: sum, dims: kept.to_vec() }),
                    None => ("store", Tile { value: emit::empty(b, &sizes, element), dims: kept.to_vec() }),
                };
                emit::generic(b, tag, &kept, &tiles, &into, |b, elements| {
                    let value = computed(b, &self.loops, elements, self.value, Rounding::Last);
                    sum.map_or(value, |_| b.binary("arith.addf", elements[tiles.len()], convert(b, value, float)))
                })
            };
            let tile = if self.summed.is_empty() {
                step(b, &place, None)
            } else {
                let total = self.summed.iter().fold(Ix::Known(1), |total, dim| product_of(b, total, extents[*dim]));
                let ends = if split {
                    let each = total.ceil_div(b, cut.parts);
                    let begin = product_of(b, Ix::Value(coordinates[grid.len()]), each).min(b, total);
                    [begin, begin.plus(b, each).min(b, total)]
                } else {
                    [Ix::Known(0), total]
                };
                let sums = emit::for_loop(b, [ends[0], ends[1], Ix::Known(1)], &[zeros(b)], |b, at, carried| {
                    let mut place = place.clone();
                    let mut rest = Ix::Value(at);
                    for (number, dim) in self.summed.iter().enumerate().rev() {
                        let known = self.loops.extents[*dim].filter(|_| number > 0);
                        place.offsets[*dim] = known.map_or(rest, |extent| rest.rem(b, extent));
                        rest = known.map_or(rest, |extent| rest.floor_div(b, extent));
                    }
                    vec![step(b, &place, Some(carried[0])).value]
                });
                let into = if split { float } else { element };
                let sum = Tile { value: sums[0], dims: kept.to_vec() };
                if into == float {
                    sum
                } else {
                    let into = Tile { value: emit::empty(b, &sizes, into), dims: kept.to_vec() };
                    emit::generic(b, "store", &kept, &[sum], &into, |b, elements| convert(b, elements[0], element))
                }
            };
            let mut live = Slice::default();
            kept.iter().for_each(|dim| live.push(Ix::Known(0), place.live[*dim], 1));
            let whole = live.is_whole(&[Some(cut.rows), Some(cut.columns)]);
            let value = if whole { tile.value } else { live.extract(b, tile.value, &[0, 1]) };
            let mut slice = Slice::default();
            part.iter().for_each(|_| slice.push(Ix::Value(coordinates[grid.len()]), Ix::Known(1), 1));
            place.slice(self.order.iter().copied()).append_to(&mut slice);
            vec![(value, slice)]
        });
        let new = if split { added_up(b, made[0], &shape, element) } else { made[0] };
        ffi::replace_all_uses(result, new);
        ffi::erase(self.op);
        for (_, factor) in &self.products {
            drop_reshapes(ir::results(factor.op));
            ffi::erase(factor.op);
        }
    }

    /// The loops of the result around its rows and columns.
    fn outer(&self) -> Vec<usize> {
        self.order.iter().flatten().copied().filter(|dim| ![self.row, self.column].contains(dim)).collect()
    }

    /// The size of a loop, by a tensor that stays.
    fn extent(&self, b: &Builder<'c>, dim: usize) -> Ix<'c> {
        let terms = self.products.iter().flat_map(|(_, factor)| factor.terms.iter().flatten());
        let mut all = terms.chain(self.memory.iter().map(|(_, operand)| operand));
        let size = |operand: &Operand<'c>| {
            let place = operand.dims.iter().position(|own| own.over == Some(dim))?;
            Some(emit::size_of(b, operand.value, place))
        };
        self.loops.extents[dim].map_or_else(|| all.find_map(size).unwrap_or(Ix::Known(1)), Ix::Known)
    }
}

impl<'c> Factor<'c> {
    /// A product under the loops of the op that reads it, which has no loop that the product has not; its depth is the loop after
    /// those. `sides` are the loops of rows and columns, the same for all products.
    fn read(product: &Product<'c>, loops: &Loops<'c>, input: usize, sides: &mut Option<[usize; 2]>) -> Option<Self> {
        let dims = plain_dims(loops.maps[input])?;
        let rank = loops.extents.len();
        let all = (0..rank).all(|dim| loops.extents[dim] == Some(1) || dims.contains(&dim));
        let (row, column, deep) = product.single_loops()?;
        let depth = product.extent(&[deep]).filter(|depth| (16..=DEEPEST).contains(depth))?;
        let name = |own: usize| {
            let place = product.dims.iter().position(|dim| *dim == own);
            if own == deep { Some(rank) } else { place.map(|place| dims[place]) }
        };
        let own = [name(row)?, name(column)?];
        let found = *sides.get_or_insert(own);
        let turned = found != own;
        if !all || turned && found != [own[1], own[0]] {
            return None;
        }
        let renamed = |operand: &Operand<'c>| {
            let mut operand = operand.clone();
            for dim in &mut operand.dims {
                dim.over = match dim.over {
                    Some(over) => Some(name(over)?),
                    None => None,
                };
            }
            operand.dims.iter().all(|dim| dim.members.len() == 1).then_some(operand)
        };
        let terms = product.sums(&[renamed(&product.left)?, renamed(&product.right)?]);
        let mut factor = Self { op: product.op, terms, pairs: product.pairs.clone(), depth };
        if turned {
            factor.turn();
        }
        Some(factor)
    }

    /// Makes rows of the columns.
    fn turn(&mut self) {
        self.terms.swap(0, 1);
        self.pairs.iter_mut().for_each(|pair| pair.swap(0, 1));
    }

    /// The product's tile.
    fn tile(&self, b: &Builder<'c>, place: &Place<'c>, [row, column]: [usize; 2], zeros: Val<'c>) -> Tile<'c> {
        let (float, sum) = (b.f32_type(), place.tiles.len());
        let mut place = place.clone();
        place.tiles.push(round_up(self.depth, 16));
        place.inside.push(true);
        place.offsets.push(Ix::Known(0));
        place.live.push(Ix::Known(self.depth));
        let tiles: Vec<_> = self.terms.iter().flatten().map(|operand| place.load(b, operand)).collect();
        let into = Tile { value: zeros, dims: vec![row, column] };
        emit::generic(b, "contract", &[row, column, sum], &tiles, &into, |b, elements| {
            let (elements, sum) = (&elements[..tiles.len()], elements[tiles.len()]);
            let wide: Vec<_> = elements.iter().map(|element| b.cast("arith.extf", *element, float)).collect();
            self.pairs.iter().fold(sum, |sum, [x, y]| {
                b.binary("arith.addf", sum, b.binary("arith.mulf", wide[*x], wide[self.terms[0].len() + y]))
            })
        })
    }
}

/// A tile in f32, where it is of floats: it is read from memory once, and stays in registers.
fn wide<'c>(b: &Builder<'c>, tile: Tile<'c>, dims: &[usize; 2], sizes: &[Ix<'c>; 2]) -> Tile<'c> {
    let float = b.f32_type();
    if !ir::is_float(tile.element()) {
        return tile;
    }
    let into = Tile { value: emit::empty(b, sizes, float), dims: dims.to_vec() };
    emit::generic(b, "cast", dims, &[tile], &into, |b, elements| convert(b, elements[0], float))
}

/// What a body adds to its output, which is zero before.
fn summand<'c>(loops: &Loops<'c>) -> Option<Val<'c>> {
    let output = *ir::arguments(loops.body).last()?;
    let [combiner] = loops.combiners()?[..] else { return None };
    let own = ir::name(combiner) == "arith.addf" && Element::of(ir::type_of(output)) == Some(Element::F32);
    let other = ir::operands(combiner).into_iter().find(|operand| *operand != output)?;
    (own && is_zero(loops.operands[loops.inputs])).then_some(other)
}

/// What a body writes to its output, of which it reads nothing.
fn elementwise<'c>(loops: &Loops<'c>) -> Option<Val<'c>> {
    let yielded = *ir::operands(*ir::ops(loops.body).last()?).first()?;
    (!loops.reads(loops.inputs)).then_some(yielded)
}
