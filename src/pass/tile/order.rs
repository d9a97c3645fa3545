//! The order of query tiles whose key loops have lengths that are only known at run time.
//!
//! Two ops before the nest sort its tiles by the number of their live key tiles, the fewest first: one computes the rank of each
//! tile, one inverts the ranks. The nest exchanges its coordinates by the list. A back end that deals tiles out in the order of the
//! grid then gives every block an even share, as it does where the lengths follow from the coordinates.

use super::{
    ahead::at_points,
    emit::{self, Ix},
    ranges::index,
};
use crate::ir::{self, Builder, Val};

/// A list of places, by the number of the place that it is exchanged for.
pub struct Order<'c> {
    list: Val<'c>,
    /// The box that the places are in.
    sizes: Vec<Ix<'c>>,
}

impl<'c> Order<'c> {
    /// Sorts the places of a box by lengths (i32), shortest first. Places of equal length stay in order.
    pub fn by_length(b: &Builder<'c>, sizes: &[Ix<'c>], length: impl Fn(&Builder<'c>, &[Val<'c>]) -> Val<'c>) -> Self {
        let count = sizes.iter().fold(Ix::Known(1), |total, size| product(b, total, *size));
        let sum = |body: &dyn Fn(&Builder<'c>, Val<'c>, Val<'c>) -> Val<'c>| {
            let i32 = b.int_type(32);
            let zeros = emit::fill(b, b.int(0, i32), emit::empty(b, &[count], i32));
            at_points(b, 1, Some(count), &[zeros], |b, old| {
                let value = body(b, emit::loop_index(b, 0), emit::loop_index(b, 1));
                vec![b.binary("arith.addi", old[0], value)]
            })[0]
        };
        let ranks = sum(&|b, own, other| {
            let lengths = [own, other].map(|at| length(b, &place(b, Ix::Value(at), sizes)));
            // 0 is eq, 2 is slt
            let shorter = b.compare("arith.cmpi", 2, lengths[1], lengths[0]);
            let before = b.compare("arith.cmpi", 2, other, own);
            let equal = b.binary("arith.andi", b.compare("arith.cmpi", 0, lengths[1], lengths[0]), before);
            b.cast("arith.extui", b.binary("arith.ori", shorter, equal), ir::type_of(lengths[0]))
        });
        let list = sum(&|b, rank, at| {
            let own = index(b, emit::extract(b, ranks, &[at])).value(b);
            let at = b.cast("arith.index_cast", at, b.int_type(32));
            b.select(b.compare("arith.cmpi", 0, own, rank), at, b.int(0, b.int_type(32)))
        });
        Self { list, sizes: sizes.to_vec() }
    }

    /// The place that a place is exchanged for.
    pub fn exchange(&self, b: &Builder<'c>, at: &[Val<'c>]) -> Vec<Val<'c>> {
        let number = at.iter().zip(&self.sizes).fold(Ix::Known(0), |total, (at, size)| {
            let above = product(b, total, *size);
            above.plus(b, Ix::Value(*at))
        });
        place(b, index(b, emit::extract(b, self.list, &[number.value(b)])), &self.sizes)
    }
}

/// The place with a number in a box, the last dim fastest.
fn place<'c>(b: &Builder<'c>, number: Ix<'c>, sizes: &[Ix<'c>]) -> Vec<Val<'c>> {
    let mut rest = number.value(b);
    let mut found = vec![];
    for size in sizes.iter().skip(1).rev() {
        let size = size.value(b);
        found.push(b.binary("arith.remui", rest, size));
        rest = b.binary("arith.divui", rest, size);
    }
    found.push(rest);
    found.reverse();
    found
}

fn product<'c>(b: &Builder<'c>, lhs: Ix<'c>, rhs: Ix<'c>) -> Ix<'c> {
    match (lhs, rhs) {
        (other, Ix::Known(factor)) | (Ix::Known(factor), other) => other.times(b, factor),
        (lhs, rhs) => Ix::Value(b.binary("arith.muli", lhs.value(b), rhs.value(b))),
    }
}
