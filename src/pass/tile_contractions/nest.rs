//! The nest of a group: tiles of the products' operands in a loop over the depth, then the elementwise ops, then stores.

use super::{
    cut::Cut,
    group::Group,
    operand::{Operand, expanded},
    product::{Part, Product},
    tail::{Source, is_reshape},
    terms,
};
use crate::{
    ffi,
    ir::{self, Builder, Val},
    pass::tile::{
        emit::{self, Ix, Slice, Tile},
        split::{self, Manner},
        tiler::convert,
    },
};

/// Replaces the ops of a group by a nest.
pub fn write<'c>(group: &Group<'c>, cut: &Cut, kernel: &str) {
    let b = &Builder::before(group.place);
    let (first, swapped) = (&group.products[0], cut.swapped);
    let (row, column, sum) = (cut.of(Part::Row), cut.of(Part::Column), cut.of(Part::Depth));
    let sizes: Vec<Vec<Ix<'c>>> =
        group.groups.iter().map(|members| members.iter().map(|dim| first.size(b, *dim)).collect()).collect();
    let extents: Vec<Ix<'c>> =
        sizes.iter().map(|sizes| sizes.iter().fold(Ix::Known(1), |total, size| product_of(b, total, *size))).collect();
    let mut shared: Option<Vec<Operand<'c>>> = None;
    let operands: Vec<[Vec<Operand<'c>>; 2]> = group
        .products
        .iter()
        .filter_map(|product| {
            let mut sums = product.sums(&product.merged(&group.groups)?);
            if cut.whole {
                untaken(b, product, &mut sums, usize::from(swapped));
            }
            let [left, right] = sums;
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
    let split = cut.splits > 1;
    let bounds = grid.iter().map(|dim| extents[*dim].ceil_div(b, cut.tiles[*dim]));
    // Parts of the depth come last: neighbours read the same columns.
    let bounds: Vec<_> = bounds.chain(split.then_some(Ix::Known(cut.splits))).collect();
    let parts = split.then_some(Ix::Known(cut.splits));
    let shape: Vec<_> = parts.into_iter().chain(order.iter().map(|dim| extents[*dim])).collect();
    let element = |value: Val<'c>| if split { b.f32_type() } else { ffi::element_type(ir::type_of(value)) };
    let outputs: Vec<_> = group.stored.iter().map(|(value, _)| emit::empty(b, &shape, element(*value))).collect();
    // The dims of a tile in the order of memory.
    let across: Vec<_> = order.iter().copied().filter(|dim| [row, column].contains(dim)).collect();
    let made = emit::forall(b, kernel, &bounds, &outputs, |b, coordinates| {
        let inside = |dim: usize| cut.parts[dim] != Part::Grid && cut.of(cut.parts[dim]) == dim;
        let mut place = Place::new(cut.tiles.clone(), (0..extents.len()).map(inside).collect());
        for (dim, at) in grid.iter().zip(coordinates) {
            place.offsets[*dim] = Ix::Value(*at).times(b, cut.tiles[*dim]);
            if cut.parts[*dim] != Part::Grid {
                place.live[*dim] = live(b, cut.tiles[*dim], extents[*dim], place.offsets[*dim]);
            }
        }
        let float = b.f32_type();
        let tile = [Ix::Known(cut.tiles[row]), Ix::Known(cut.tiles[column])];
        let stored_tile: Vec<_> = across.iter().map(|dim| Ix::Known(cut.tiles[*dim])).collect();
        let part = split.then(|| coordinates[grid.len()]);
        let zero = b.float(0.0, float);
        let inits: Vec<_> = operands.iter().map(|_| emit::fill(b, zero, emit::empty(b, &tile, float))).collect();
        let depths = cut.all(Part::Depth);
        let total = depths.iter().fold(Ix::Known(1), |total, dim| product_of(b, total, extents[*dim]));
        let ends = part.map_or([Ix::Known(0), total], |part| {
            // As many whole steps for each part, but for the last one.
            let steps = total.ceil_div(b, cut.tiles[sum] * cut.splits);
            let each = product_of(b, steps, Ix::Known(cut.tiles[sum]));
            let begin = product_of(b, Ix::Value(part), each).min(b, total);
            [begin, begin.plus(b, each).min(b, total)]
        });
        let sums = emit::for_loop(b, [ends[0], ends[1], Ix::Known(cut.tiles[sum])], &inits, |b, at, carried| {
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
                let mut first: Vec<_> = first.iter().map(|operand| load(b, operand)).collect();
                if cut.whole {
                    let numbers = terms::taken_from(product.terms(usize::from(swapped))).map(|taken| taken.numbers);
                    let numbers = numbers.unwrap_or_default();
                    let whole = (&first[0], None);
                    let terms = split::split_tile(b, "pack", whole, &[row, sum], numbers.len(), Manner::CutAny);
                    first = numbers.into_iter().map(|number| terms[number].clone()).collect();
                }
                let mut second: Vec<_> = second.iter().map(|operand| load(b, operand)).collect();
                if cut.packed {
                    let sized = |dim: usize| Ix::Known(cut.tiles[dim]);
                    first.iter_mut().for_each(|tile| *tile = packed(b, tile, [row, sum], sized));
                    second.iter_mut().for_each(|tile| *tile = packed(b, tile, [sum, column], sized));
                }
                let tiles: Vec<_> = first.iter().chain(&second).cloned().collect();
                let into = Tile { value: *carried, dims: vec![row, column] };
                let made = emit::generic(b, "contract", &[row, column, sum], &tiles, &into, |b, elements| {
                    let (elements, sum) = (&elements[..tiles.len()], elements[tiles.len()]);
                    let wide: Vec<_> = elements.iter().map(|element| convert(b, *element, float)).collect();
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
                let into = Tile { value: emit::empty(b, &stored_tile, element), dims: across.clone() };
                emit::generic(b, "store", &across, &tiles, &into, |b, elements| tail.value(b, elements, output))
            });
            results.push(outputs.collect());
        }
        let stored = group.stored.iter().map(|(value, source)| {
            let tile = match source {
                Source::Product(number) => stored(b, &sums[*number], element(*value), (&across, &stored_tile)),
                Source::Tail(number, output) => results[*number][*output].clone(),
                Source::Memory(_) => unreachable!("memory is not made"),
            };
            let mut live = Slice::default();
            across.iter().for_each(|dim| live.push(Ix::Known(0), place.live[*dim], 1));
            let sizes: Vec<_> = across.iter().map(|dim| Some(cut.tiles[*dim])).collect();
            let value = if live.is_whole(&sizes) { tile.value } else { live.extract(b, tile.value, &[0, 1]) };
            let mut slice = Slice::default();
            part.into_iter().for_each(|part| slice.push(Ix::Value(part), Ix::Known(1), 1));
            place.slice(order.iter().map(|dim| Some(*dim))).append_to(&mut slice);
            (value, slice)
        });
        stored.collect()
    });
    for ((old, source), new) in group.stored.iter().zip(made) {
        let new = if split { added_up(b, new, &shape, ffi::element_type(ir::type_of(*old))) } else { new };
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
        if cut.whole {
            terms::erase_unread(product.terms(usize::from(swapped)));
        }
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
pub fn drop_reshapes(values: Vec<Val<'_>>) {
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

/// A sum in the type and the order of dims that it is stored in.
fn stored<'c>(b: &Builder<'c>, sum: &Tile<'c>, element: ir::Type<'c>, (dims, tile): (&[usize], &[Ix<'c>])) -> Tile<'c> {
    if sum.element() == element && sum.dims == dims {
        return sum.clone();
    }
    let into = Tile { value: emit::empty(b, tile, element), dims: dims.to_vec() };
    emit::generic(b, "cast", dims, std::slice::from_ref(sum), &into, |b, elements| convert(b, elements[0], element))
}

/// A tile as f32, with its dims in an order.
fn packed<'c>(b: &Builder<'c>, tile: &Tile<'c>, dims: [usize; 2], sized: impl Fn(usize) -> Ix<'c>) -> Tile<'c> {
    let float = b.f32_type();
    if tile.element() == float && tile.dims == dims {
        return tile.clone();
    }
    let into = Tile { value: emit::empty(b, &dims.map(sized), float), dims: dims.to_vec() };
    emit::generic(b, "pack", &dims, std::slice::from_ref(tile), &into, |b, elements| convert(b, elements[0], float))
}

/// The sum of the parts of a depth, which are the first dim of a tensor.
pub fn added_up<'c>(b: &Builder<'c>, parts: Val<'c>, shape: &[Ix<'c>], element: ir::Type<'c>) -> Val<'c> {
    let (kept, sizes): (Vec<_>, Vec<_>) = (1..shape.len()).map(|dim| (dim, shape[dim])).unzip();
    let part = |number: i64| {
        let mut slice = Slice::default();
        slice.push(Ix::Known(number), Ix::Known(1), 1);
        sizes.iter().for_each(|size| slice.push(Ix::Known(0), *size, 1));
        Tile { value: slice.extract(b, parts, &kept), dims: kept.clone() }
    };
    let tiles: Vec<_> = (0..shape[0].known().unwrap_or(0)).map(part).collect();
    let into = Tile { value: emit::empty(b, &sizes, element), dims: kept.clone() };
    let sum = emit::generic(b, "pack", &kept, &tiles, &into, |b, elements| {
        let sum = elements[..tiles.len()].iter().copied().reduce(|sum, part| b.binary("arith.addf", sum, part));
        convert(b, sum.unwrap_or(elements[0]), element)
    });
    if let Some(op) = ffi::defining_op(sum.value) {
        ffi::remove_attribute(op, emit::TAG);
    }
    sum.value
}

/// Puts the tensor that was taken apart in the place of its terms, as one side's operand.
fn untaken<'c>(b: &Builder<'c>, product: &Product<'c>, sums: &mut [Vec<Operand<'c>>; 2], side: usize) {
    let Some(taken) = terms::taken_from(product.terms(side)) else { return };
    let dims = sums[side][0].dims.clone();
    sums[side] = vec![Operand { value: taken.cut(b), dims }];
}

/// An operand whose dims are dims of a tensor.
fn flat<'c>(b: &Builder<'c>, operand: &Operand<'c>) -> Operand<'c> {
    let over: Vec<_> = operand.dims.iter().map(|dim| dim.over).collect();
    Operand::new(operand.collapsed(b), &over)
}

/// The product of two sizes.
pub fn product_of<'c>(b: &Builder<'c>, x: Ix<'c>, y: Ix<'c>) -> Ix<'c> {
    match (x, y) {
        (Ix::Known(factor), size) | (size, Ix::Known(factor)) => size.times(b, factor),
        (x, y) => Ix::Value(b.binary("arith.muli", x.value(b), y.value(b))),
    }
}

/// Where a tile of a nest lies, by loop.
#[derive(Clone)]
pub struct Place<'c> {
    /// How much of a loop a tile has, and whether it is a dim of tiles.
    pub tiles: Vec<i64>,
    pub inside: Vec<bool>,
    pub offsets: Vec<Ix<'c>>,
    /// How much of that exists.
    pub live: Vec<Ix<'c>>,
}

impl<'c> Place<'c> {
    /// The first tile.
    pub fn new(tiles: Vec<i64>, inside: Vec<bool>) -> Self {
        let (offsets, live) = (vec![Ix::Known(0); tiles.len()], vec![Ix::Known(1); tiles.len()]);
        Self { tiles, inside, offsets, live }
    }

    /// The part of a tensor that the tile covers.
    pub fn slice(&self, dims: impl Iterator<Item = Option<usize>>) -> Slice<'c> {
        let mut slice = Slice::default();
        dims.for_each(|dim| match dim {
            Some(dim) => slice.push(self.offsets[dim], self.live[dim], 1),
            None => slice.push(Ix::Known(0), Ix::Known(1), 1),
        });
        slice
    }

    /// That part, padded to the size of the tile.
    pub fn load(&self, b: &Builder<'c>, operand: &Operand<'c>) -> Tile<'c> {
        let over: Vec<_> = operand.dims.iter().map(|dim| dim.over).collect();
        let kept: Vec<_> = (0..over.len()).filter(|at| over[*at].is_some_and(|dim| self.inside[dim])).collect();
        let loops: Vec<_> = kept.iter().filter_map(|at| over[*at]).collect();
        let part = self.slice(over.iter().copied()).extract(b, operand.value, &kept);
        let live: Vec<_> = loops.iter().map(|dim| self.live[*dim]).collect();
        let sizes: Vec<_> = loops.iter().map(|dim| Ix::Known(self.tiles[*dim])).collect();
        Tile { value: emit::pad(b, part, &live, &sizes), dims: loops }
    }
}

/// How much of a tile exists.
pub fn live<'c>(b: &Builder<'c>, tile: i64, extent: Ix<'c>, offset: Ix<'c>) -> Ix<'c> {
    match extent {
        Ix::Known(extent) if extent % tile == 0 => Ix::Known(tile),
        extent => Ix::Value(emit::live_size(b, tile, extent, offset.value(b))),
    }
}
