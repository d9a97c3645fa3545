//! `tm_tensor.sort`: tensors of one shape, reordered together along a dim by a comparator.
//!
//! Before:  "tm_tensor.sort"(%a, %b) <{dimension = D}> ({ ^bb0(%a1, %a2, %b1, %b2): … yield %first : i1 })
//! After:   the rank of each element, the place of the element of each rank, and a gather per tensor
//!
//! The comparator gets two elements of each tensor and says whether the first ones may stand before the second. An
//! element's rank is the number of those that go before it: those that must, and among equals those that stood before
//! it, so a sort is stable, for comparators that hold among equals (`<=`) and for those that do not (`<`). Elements that
//! the comparator puts in no order (NaN) leave the order of the others open; what is read is always inside of the tensor.
//! The work is quadratic in the sorted length.

use super::{Loops, dimension, inline, rank, region_on, replace, results_like, sizes};
use crate::{
    ir::{self, Blk, Builder, Op, Val, cmpi},
    pass::tile::{
        emit::{self, Tile},
        tiler::convert,
    },
};

/// Replaces a sort.
///
/// # Errors
/// What is wrong with its operands, its attributes or its region.
pub(super) fn import(op: Op<'_>) -> Result<(), String> {
    let operands = ir::operands(op);
    let first = *operands.first().ok_or("no tensor to sort")?;
    let segments = ir::attr(op, "operandSegmentSizes").map(|sizes| sizes.to_string());
    if segments.is_some_and(|sizes| sizes != format!("array<i32: 0, {}>", operands.len())) {
        return Err("inputs beside the tensors that are sorted".into());
    }
    let rank = rank(first)?;
    let dim = dimension(op, rank)?;
    for value in &operands {
        if super::rank(*value)? != rank {
            return Err(format!("{} has not the rank of the first tensor, {rank}", ir::type_of(*value)));
        }
    }
    results_like(op, &operands)?;
    // Loops: the dims, then the place of another element along the sorted one.
    let dims: Vec<usize> = (0..rank).collect();
    let tiles: Vec<Tile<'_>> = operands.iter().map(|value| Tile { value: *value, dims: dims.clone() }).collect();
    let types: Vec<_> = tiles.iter().flat_map(|tile| [tile.element(); 2]).collect();
    let body = region_on(op, &types)?;
    let b = Builder::before(op);
    let mut sizes = sizes(&b, &tiles.iter().collect::<Vec<_>>())?;
    sizes.insert(rank, sizes[&dim]);
    let sort = Sort { loops: Loops { b, sizes }, body, dims, dim };
    let places = sort.places(&sort.ranks(&tiles)?);
    let sorted: Vec<_> = tiles.iter().map(|tile| sort.gather(tile, &places)).collect();
    replace(&b, op, &sorted);
    Ok(())
}

/// A sort along `dim` of tensors with the loops `dims`; the loop after them is over other elements.
struct Sort<'c> {
    loops: Loops<'c>,
    body: Blk<'c>,
    dims: Vec<usize>,
    dim: usize,
}

impl<'c> Sort<'c> {
    /// The loop over other elements.
    fn other(&self) -> usize {
        self.dims.len()
    }

    /// A tensor, indexed by the other element.
    fn at_other(&self, tile: &Tile<'c>) -> Tile<'c> {
        let dims = tile.dims.iter().map(|own| if *own == self.dim { self.other() } else { *own }).collect();
        Tile { value: tile.value, dims }
    }

    fn count(&self, number: i64) -> Val<'c> {
        self.loops.b.int(number, self.loops.b.int_type(64))
    }

    /// How many elements go before each, as i64.
    fn ranks(&self, tiles: &[Tile<'c>]) -> Result<Tile<'c>, String> {
        let inputs: Vec<_> = tiles.iter().flat_map(|tile| [tile.clone(), self.at_other(tile)]).collect();
        let init = self.loops.filled(&self.dims, self.count(0));
        let mut failed = None;
        let ranks = self.loops.fold(&inputs, &init, |b, x| {
            let (elements, so_far) = x.split_at(inputs.len());
            match self.before(b, elements) {
                Ok(before) => {
                    let one = convert(b, before, ir::type_of(so_far[0]));
                    b.binary("arith.addi", so_far[0], one)
                }
                Err(error) => {
                    failed = Some(error);
                    so_far[0]
                }
            }
        });
        failed.map_or(Ok(ranks), Err)
    }

    /// Whether the other element goes before the own one; `elements` are the own and the other one of each tensor.
    fn before(&self, b: &Builder<'c>, elements: &[Val<'c>]) -> Result<Val<'c>, String> {
        let swapped: Vec<_> = elements.chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect();
        let holds = |arguments: &[Val<'c>]| {
            let holds = inline(b, self.body, arguments, &[])?;
            match ir::type_of(holds) == b.int_type(1) {
                true => Ok(holds),
                false => Err(format!("a comparator that yields {}, not i1", ir::type_of(holds))),
            }
        };
        let (own, other) = (holds(elements)?, holds(&swapped)?);
        let yes = b.int(1, b.int_type(1));
        let not = |value| b.binary("arith.xori", value, yes);
        let other_must = b.binary("arith.andi", other, not(own));
        let own_must = b.binary("arith.andi", own, not(other));
        let (place, from) = (emit::loop_index(b, self.dim), emit::loop_index(b, self.other()));
        let earlier = b.compare("arith.cmpi", cmpi::SLT, from, place);
        Ok(b.select(earlier, not(own_must), other_must))
    }

    /// The place along the dim, as i64, of the element of each rank: of the last one, should several have it.
    fn places(&self, ranks: &Tile<'c>) -> Tile<'c> {
        let none = self.count(0);
        let init = self.loops.filled(&self.dims, none);
        self.loops.fold(&[self.at_other(ranks)], &init, |b, x| {
            let number = |dim| convert(b, emit::loop_index(b, dim), ir::type_of(x[0]));
            let hit = b.compare("arith.cmpi", cmpi::EQ, x[0], number(self.dim));
            let place = b.select(hit, number(self.other()), none);
            b.binary("arith.maxsi", x[1], place)
        })
    }

    /// The elements of a tensor at these places along the dim.
    fn gather(&self, tile: &Tile<'c>, places: &Tile<'c>) -> Val<'c> {
        let gathered = self.loops.map(std::slice::from_ref(places), &self.dims, tile.element(), |b, x| {
            let place = convert(b, x[0], b.index_type());
            let indices: Vec<_> =
                self.dims.iter().map(|own| if *own == self.dim { place } else { emit::loop_index(b, *own) }).collect();
            emit::extract(b, tile.value, &indices)
        });
        gathered.value
    }
}
