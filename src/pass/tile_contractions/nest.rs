//! The nest of a group: tiles of the products' operands in a loop over the depth, then the elementwise ops, then stores.

use super::{
    group::Group,
    operand::{Operand, expanded},
    product::Part,
    tail::{Source, is_reshape},
};
use crate::{
    ffi,
    ir::{self, Builder, Val},
    pass::tile::emit::{self, Ix, Slice, Tile},
};

/// How the loops of a group are cut.
pub struct Cut {
    /// Per group of loops, what it is.
    pub parts: Vec<Part>,
    /// Per group of loops, its size if that is known.
    pub extents: Vec<Option<i64>>,
    /// Per group of loops, how much of it a tile has.
    pub tiles: Vec<i64>,
}

impl Cut {
    fn all(&self, part: Part) -> Vec<usize> {
        (0..self.parts.len()).filter(|group| self.parts[*group] == part).collect()
    }

    /// The group of loops that is a dim of every tile.
    pub fn of(&self, part: Part) -> usize {
        self.all(part).last().copied().unwrap_or(0)
    }
}

/// Replaces the ops of a group by a nest.
pub fn write<'c>(group: &Group<'c>, cut: &Cut, swapped: bool, kernel: &str) {
    let b = &Builder::before(group.place);
    let first = &group.products[0];
    let (row, column, sum) = (cut.of(Part::Row), cut.of(Part::Column), cut.of(Part::Depth));
    let sizes: Vec<Vec<Ix<'c>>> =
        group.groups.iter().map(|members| members.iter().map(|dim| first.size(b, *dim)).collect()).collect();
    let extents: Vec<Ix<'c>> =
        sizes.iter().map(|sizes| sizes.iter().fold(Ix::Known(1), |total, size| product(b, total, *size))).collect();
    let mut shared: Option<Vec<Operand<'c>>> = None;
    let operands: Vec<[Vec<Operand<'c>>; 2]> = group
        .products
        .iter()
        .filter_map(|product| {
            let [left, right] = product.sums(&product.merged(&group.groups)?);
            let all = |terms: Vec<Operand<'c>>| terms.iter().map(|term| flat(b, term)).collect::<Vec<_>>();
            Some([shared.get_or_insert_with(|| all(left)).clone(), all(right)])
        })
        .collect();
    let inputs: Vec<Vec<Option<Operand<'c>>>> = group
        .tails
        .iter()
        .map(|tail| {
            let flatten = |input: &Source<'c>| match input {
                Source::Memory(operand) => Some(flat(b, operand)),
                _ => None,
            };
            tail.inputs.iter().map(flatten).collect()
        })
        .collect();
    let order: Vec<usize> = group.result_groups().iter().map(|group| group.number).collect();
    let grid: Vec<usize> = cut.all(Part::Grid).into_iter().chain([row, column]).collect();
    let bounds: Vec<_> = grid.iter().map(|dim| extents[*dim].ceil_div(b, cut.tiles[*dim])).collect();
    let shape: Vec<_> = order.iter().map(|dim| extents[*dim]).collect();
    let outputs: Vec<_> =
        group.stored.iter().map(|(value, _)| emit::empty(b, &shape, ffi::element_type(ir::type_of(*value)))).collect();
    let made = emit::forall(b, kernel, &bounds, &outputs, |b, coordinates| {
        let mut place =
            Place { cut, offsets: vec![Ix::Known(0); extents.len()], live: vec![Ix::Known(1); extents.len()] };
        for (dim, at) in grid.iter().zip(coordinates) {
            place.offsets[*dim] = Ix::Value(*at).times(b, cut.tiles[*dim]);
            if cut.parts[*dim] != Part::Grid {
                place.live[*dim] = live(b, cut.tiles[*dim], extents[*dim], place.offsets[*dim]);
            }
        }
        let float = b.f32_type();
        let tile = [Ix::Known(cut.tiles[row]), Ix::Known(cut.tiles[column])];
        let zero = b.float(0.0, float);
        let inits: Vec<_> = operands.iter().map(|_| emit::fill(b, zero, emit::empty(b, &tile, float))).collect();
        let depths = cut.all(Part::Depth);
        let total = depths.iter().fold(Ix::Known(1), |total, dim| product(b, total, extents[*dim]));
        let sums = emit::for_loop(b, [Ix::Known(0), total, Ix::Known(cut.tiles[sum])], &inits, |b, at, carried| {
            let mut place = place.clone();
            place.live[sum] = live(b, cut.tiles[sum], total, Ix::Value(at));
            let mut rest = Ix::Value(at);
            for dim in depths.iter().rev() {
                let known = cut.extents[*dim].filter(|_| depths.len() > 1);
                place.offsets[*dim] = known.map_or(rest, |extent| rest.rem(b, extent));
                rest = known.map_or(rest, |extent| rest.floor_div(b, extent));
            }
            let mut loaded: Vec<(Val<'c>, Tile<'c>)> = vec![];
            let mut load = |b: &Builder<'c>, operand: &Operand<'c>| {
                let known = loaded.iter().find(|(value, _)| *value == operand.value).map(|(_, tile)| tile.clone());
                let tile = known.unwrap_or_else(|| place.load(b, operand));
                loaded.push((operand.value, tile.clone()));
                tile
            };
            let products = operands.iter().zip(&group.products).zip(carried);
            let sums = products.map(|(([left, right], product), carried)| {
                let (first, second) = if swapped { (right, left) } else { (left, right) };
                let tiles: Vec<_> = first.iter().chain(second).map(|operand| load(b, operand)).collect();
                let into = Tile { value: *carried, dims: vec![row, column] };
                let made = emit::generic(b, "contract", &[row, column, sum], &tiles, &into, |b, elements| {
                    let (elements, sum) = (&elements[..tiles.len()], elements[tiles.len()]);
                    let wide: Vec<_> = elements.iter().map(|element| b.cast("arith.extf", *element, float)).collect();
                    product.pairs.iter().fold(sum, |sum, [x, y]| {
                        let (x, y) = if swapped { (y, x) } else { (x, y) };
                        b.binary("arith.addf", sum, b.binary("arith.mulf", wide[*x], wide[first.len() + y]))
                    })
                });
                made.value
            });
            sums.collect()
        });
        let sums: Vec<_> = sums.into_iter().map(|value| Tile { value, dims: vec![row, column] }).collect();
        let mut results: Vec<Vec<Tile<'c>>> = vec![];
        for (tail, inputs) in group.tails.iter().zip(&inputs) {
            let tiles: Vec<_> = tail
                .inputs
                .iter()
                .zip(inputs)
                .map(|(source, operand)| match (source, operand) {
                    (Source::Product(number), _) => sums[*number].clone(),
                    (Source::Tail(number, output), _) => results[*number][*output].clone(),
                    (Source::Memory(operand), None) | (Source::Memory(_), Some(operand)) => place.load(b, operand),
                })
                .collect();
            let outputs = (0..tail.orders.len()).map(|output| {
                let element = ffi::element_type(ir::type_of(ir::results(tail.op)[output]));
                let into = Tile { value: emit::empty(b, &tile, element), dims: vec![row, column] };
                emit::generic(b, "store", &[row, column], &tiles, &into, |b, elements| tail.value(b, elements, output))
            });
            results.push(outputs.collect());
        }
        let stored = group.stored.iter().map(|(value, source)| {
            let element = ffi::element_type(ir::type_of(*value));
            let tile = match source {
                Source::Product(number) => rounded(b, &sums[*number], element, &tile),
                Source::Tail(number, output) => results[*number][*output].clone(),
                Source::Memory(_) => unreachable!("memory is not made"),
            };
            let live = [place.live[row], place.live[column]];
            let mut part = Slice::default();
            live.iter().for_each(|size| part.push(Ix::Known(0), *size, 1));
            let whole = part.is_whole(&[Some(cut.tiles[row]), Some(cut.tiles[column])]);
            let value = if whole { tile.value } else { part.extract(b, tile.value, &[0, 1]) };
            (value, place.slice(order.iter().map(|dim| Some(*dim))))
        });
        stored.collect()
    });
    for ((old, source), new) in group.stored.iter().zip(made) {
        let shaped = match source {
            Source::Tail(number, output) => {
                let tail = &group.tails[*number];
                let flat: Vec<_> = tail.groups.iter().flatten().copied().collect();
                let own = order.iter().zip(&tail.groups);
                let sizes: Vec<_> = own
                    .flat_map(|(number, own)| {
                        let known: Vec<_> = own.iter().map(|dim| tail.loops.extents[*dim]).collect();
                        tail_sizes(b, &known, &sizes[*number], extents[*number])
                    })
                    .collect();
                let shaped = expanded(b, new, &runs(&tail.groups), &sizes);
                moved(b, shaped, &flat, &tail.orders[*output])
            }
            _ => {
                let flat: Vec<_> = order.iter().flat_map(|number| &group.groups[*number]).copied().collect();
                let sizes: Vec<_> = order.iter().flat_map(|number| sizes[*number].clone()).collect();
                let groups: Vec<_> = order.iter().map(|number| group.groups[*number].clone()).collect();
                moved(b, expanded(b, new, &runs(&groups), &sizes), &flat, &first.dims)
            }
        };
        ffi::replace_all_uses(*old, shaped);
    }
    for tail in group.tails.iter().rev() {
        drop_reshapes(ir::results(tail.op));
        ffi::erase(tail.op);
    }
    for product in group.products.iter().rev() {
        drop_reshapes(ir::results(product.op));
        ffi::erase(product.op);
    }
}

/// The sizes of loops of a tail, whose product is `all`, that are counted together like loops of a product of these sizes.
fn tail_sizes<'c>(b: &Builder<'c>, known: &[Option<i64>], sizes: &[Ix<'c>], all: Ix<'c>) -> Vec<Ix<'c>> {
    if known.len() == sizes.len() && known.contains(&None) {
        return sizes.to_vec();
    }
    let others = known.iter().flatten().product();
    known.iter().map(|size| size.map_or_else(|| all.floor_div(b, others), Ix::Known)).collect()
}

/// Erases reshapes that nothing reads.
fn drop_reshapes(values: Vec<Val<'_>>) {
    for (reader, _) in values.into_iter().flat_map(ffi::uses) {
        if is_reshape(reader) {
            drop_reshapes(ir::results(reader));
            ffi::erase(reader);
        }
    }
}

/// Numbers of groups' members, one after the other.
fn runs(groups: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut next = 0;
    let mut run = |group: &Vec<usize>| {
        next += group.len();
        (next - group.len()..next).collect()
    };
    groups.iter().map(&mut run).collect()
}

/// A tensor with its dims, which are called `from`, in the order `to`.
fn moved<'c>(b: &Builder<'c>, value: Val<'c>, from: &[usize], to: &[usize]) -> Val<'c> {
    if from == to {
        return value;
    }
    let source = Tile { value, dims: from.to_vec() };
    let place = |dim: &usize| from.iter().position(|own| own == dim).unwrap_or(0);
    let sizes: Vec<_> = to.iter().map(|dim| emit::size_of(b, value, place(dim))).collect();
    let into = Tile { value: emit::empty(b, &sizes, source.element()), dims: to.to_vec() };
    emit::generic(b, "pack", to, &[source], &into, |_, elements| elements[0]).value
}

/// A sum in the type that it is stored in.
fn rounded<'c>(b: &Builder<'c>, sum: &Tile<'c>, element: ir::Type<'c>, tile: &[Ix<'c>]) -> Tile<'c> {
    if sum.element() == element {
        return sum.clone();
    }
    let into = Tile { value: emit::empty(b, tile, element), dims: sum.dims.clone() };
    emit::generic(b, "cast", &sum.dims, std::slice::from_ref(sum), &into, |b, elements| {
        b.cast("arith.truncf", elements[0], element)
    })
}

/// An operand whose dims are dims of a tensor.
fn flat<'c>(b: &Builder<'c>, operand: &Operand<'c>) -> Operand<'c> {
    let over: Vec<_> = operand.dims.iter().map(|dim| dim.over).collect();
    Operand::new(operand.collapsed(b), &over)
}

fn product<'c>(b: &Builder<'c>, x: Ix<'c>, y: Ix<'c>) -> Ix<'c> {
    match (x, y) {
        (Ix::Known(factor), size) | (size, Ix::Known(factor)) => size.times(b, factor),
        (x, y) => Ix::Value(b.binary("arith.muli", x.value(b), y.value(b))),
    }
}

/// Where a tile of the nest lies.
#[derive(Clone)]
struct Place<'a, 'c> {
    cut: &'a Cut,
    offsets: Vec<Ix<'c>>,
    live: Vec<Ix<'c>>,
}

impl<'c> Place<'_, 'c> {
    /// The part of a tensor that the tile covers.
    fn slice(&self, dims: impl Iterator<Item = Option<usize>>) -> Slice<'c> {
        let mut slice = Slice::default();
        dims.for_each(|dim| match dim {
            Some(dim) => slice.push(self.offsets[dim], self.live[dim], 1),
            None => slice.push(Ix::Known(0), Ix::Known(1), 1),
        });
        slice
    }

    /// That part, padded to the size of the tile.
    fn load(&self, b: &Builder<'c>, operand: &Operand<'c>) -> Tile<'c> {
        let in_tile = |dim: usize| self.cut.parts[dim] != Part::Grid && self.cut.of(self.cut.parts[dim]) == dim;
        let over: Vec<_> = operand.dims.iter().map(|dim| dim.over).collect();
        let kept: Vec<_> = (0..over.len()).filter(|at| over[*at].is_some_and(in_tile)).collect();
        let loops: Vec<_> = kept.iter().filter_map(|at| over[*at]).collect();
        let part = self.slice(over.iter().copied()).extract(b, operand.value, &kept);
        let live: Vec<_> = loops.iter().map(|dim| self.live[*dim]).collect();
        let sizes: Vec<_> = loops.iter().map(|dim| Ix::Known(self.cut.tiles[*dim])).collect();
        Tile { value: emit::pad(b, part, &live, &sizes), dims: loops }
    }
}

/// How much of a tile exists.
fn live<'c>(b: &Builder<'c>, tile: i64, extent: Ix<'c>, offset: Ix<'c>) -> Ix<'c> {
    match extent {
        Ix::Known(extent) if extent % tile == 0 => Ix::Known(tile),
        extent => Ix::Value(emit::live_size(b, tile, extent, offset.value(b))),
    }
}
