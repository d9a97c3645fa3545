//! Which products and elementwise ops become one nest.

use super::{
    made_after,
    product::Product,
    tail::{Point, Points, ResultGroup, Source, Tail, is_reshape, point_of},
};
use crate::{
    ffi,
    ir::{self, Blk, Op, Val},
};
use std::collections::HashSet;

/// Products of one left operand, and the elementwise ops that end them.
pub struct Group<'c> {
    pub products: Vec<Product<'c>>,
    pub tails: Vec<Tail<'c>>,
    /// Loops that are counted as one.
    pub groups: Vec<Vec<usize>>,
    /// What others read: sums of products and results of tails.
    pub stored: Vec<(Val<'c>, Source<'c>)>,
    /// The op that the nest comes before.
    pub place: Op<'c>,
}

/// The places of a block.
#[derive(Clone, Copy)]
struct Order<'c> {
    body: Blk<'c>,
}

impl<'c> Order<'c> {
    /// The op of the block that an op is, or is inside of.
    fn place(self, op: Op<'c>) -> Option<Op<'c>> {
        ir::ancestor_in(op, self.body)
    }

    /// The first op that can read a value; `None` where all can.
    fn after(self, value: Val<'c>) -> Option<Op<'c>> {
        ffi::defining_op(value).filter(|op| ir::is_in(*op, self.body)).and_then(made_after)
    }
}

/// Whether rows and columns are counted together, in the order that this is tried.
pub const WAYS: [(bool, bool); 4] = [(true, true), (false, true), (true, false), (false, false)];

impl<'c> Group<'c> {
    /// The nest of a product with as many of the elementwise ops behind it as there can be, and with other products that those
    /// read if it may have several (`others`).
    pub fn of(product: &Product<'c>, body: Blk<'c>, others: bool) -> Option<Self> {
        let order = Order { body };
        let mut best: Option<Self> = None;
        for (rows, columns) in WAYS {
            let groups = product.groups(rows, columns);
            if product.parts(&groups, false).is_none() || product.merged(&groups).is_none() {
                continue;
            }
            let group = Self::grown(product, groups, order, others);
            if best.as_ref().is_none_or(|best| group.tails.len() > best.tails.len()) {
                best = Some(group);
            }
        }
        best
    }

    /// Takes in what reads the product at its own points, and what reads that.
    fn grown(product: &Product<'c>, groups: Vec<Vec<usize>>, order: Order<'c>, others: bool) -> Self {
        let mut group =
            Self { products: vec![product.clone()], tails: vec![], groups, stored: vec![], place: product.op };
        let mut points = Points::from([(ffi::value_key(product.result), Point::product(0, product.dims.len()))]);
        let mut refused = HashSet::new();
        while let Some(op) = group.candidate(&points, order, &refused) {
            if !group.take(op, &mut points, order, others) {
                refused.insert(ffi::op_key(op));
            }
        }
        group.settle(order);
        group
    }

    /// The product alone.
    pub fn alone(product: &Product<'c>, body: Blk<'c>) -> Option<Self> {
        let groups = WAYS.into_iter().map(|(rows, columns)| product.groups(rows, columns));
        let groups = groups.into_iter().find(|groups| product.parts(groups, false).is_some())?;
        product.merged(&groups)?;
        let mut group =
            Self { products: vec![product.clone()], tails: vec![], groups, stored: vec![], place: product.op };
        group.settle(Order { body });
        Some(group)
    }

    /// Finds the place and what is stored.
    fn settle(&mut self, order: Order<'c>) {
        if let Some((place, stored)) = self.fits(order) {
            (self.place, self.stored) = (place, stored);
        }
    }

    /// The first op of the block that reads a value at the points of the product.
    fn candidate(&self, points: &Points<'c>, order: Order<'c>, refused: &HashSet<usize>) -> Option<Op<'c>> {
        let mut values: Vec<Val<'c>> = self.products.iter().map(|product| product.result).collect();
        values.extend(self.tails.iter().flat_map(|tail| ir::results(tail.op)));
        let mut first: Option<Op<'c>> = None;
        while let Some(value) = values.pop() {
            if point_of(points, value).is_none() {
                continue;
            }
            for (user, _) in ffi::uses(value) {
                if is_reshape(user) {
                    values.extend(ir::results(user));
                }
                let own = ir::name(user) == "linalg.generic" && ir::is_in(user, order.body);
                let new = own && !refused.contains(&ffi::op_key(user)) && !self.has(user);
                if new && first.is_none_or(|first| ffi::is_before(user, first)) {
                    first = Some(user);
                }
            }
        }
        first
    }

    fn has(&self, op: Op<'c>) -> bool {
        self.products.iter().any(|product| product.op == op) || self.tails.iter().any(|tail| tail.op == op)
    }

    /// Takes an op in, with the products that only it reads; returns whether that can be.
    fn take(&mut self, op: Op<'c>, points: &mut Points<'c>, order: Order<'c>, others: bool) -> bool {
        let (mut known, before) = (points.clone(), self.products.len());
        for value in ir::operands(op) {
            if point_of(&known, value).is_some() || !others {
                continue;
            }
            let other = through_reshapes(value).and_then(ffi::defining_op).and_then(Product::read);
            let Some(other) = other.and_then(|other| self.products[0].alike(&other)) else { continue };
            if other.merged(&self.groups).is_some() {
                let point = Point::product(self.products.len(), other.dims.len());
                known.insert(ffi::value_key(other.result), point);
                self.products.push(other);
            }
        }
        if let Some(tail) = Tail::read(op, &known, &self.result_groups()) {
            let used = (before..self.products.len())
                .all(|number| tail.inputs.iter().any(|input| matches!(input, Source::Product(own) if *own == number)));
            known
                .extend(tail.points(self.tails.len()).into_iter().map(|(value, point)| (ffi::value_key(value), point)));
            self.tails.push(tail);
            // Products that others read too have kernels of their own.
            let stored = self.fits(order).map(|(_, stored)| stored);
            let own = |source: &Source<'c>| matches!(source, Source::Product(number) if *number >= before);
            if used && stored.is_some_and(|stored| !stored.iter().any(|(_, source)| own(source))) {
                *points = known;
                return true;
            }
            self.tails.pop();
        }
        self.products.truncate(before);
        false
    }

    /// The groups of loops that the result has, in its order, by the dims of the result.
    pub fn result_groups(&self) -> Vec<ResultGroup> {
        let product = &self.products[0];
        let place = |dim: &usize| product.dims.iter().position(|own| own == dim);
        let groups = self.groups.iter().enumerate();
        let of_result = groups.filter_map(|(number, group)| {
            let dims = group.iter().map(place).collect::<Option<_>>()?;
            Some(ResultGroup { number, dims, extent: product.extent(group) })
        });
        of_result.collect()
    }

    /// Where the nest can be, after all that it reads and before all that reads it, and what it must store.
    fn fits(&self, order: Order<'c>) -> Option<(Op<'c>, Vec<(Val<'c>, Source<'c>)>)> {
        let operands = self.products.iter().flat_map(Product::tensors);
        let memory = self.tails.iter().flat_map(|tail| &tail.inputs).filter_map(|input| match input {
            Source::Memory(operand) => Some(operand.value),
            _ => None,
        });
        let scalars = self.tails.iter().flat_map(|tail| ir::walk(tail.op)).flat_map(ir::operands);
        let scalars = scalars.filter(|value| !ffi::is_ranked_tensor(ir::type_of(*value)));
        let needs = operands.chain(memory).chain(scalars).filter_map(|value| order.after(value));
        let later = |a, b| if ffi::is_before(a, b) { b } else { a };
        let place = needs.fold(order.place(self.products[0].op)?, later);
        let mut made: Vec<_> = self.products.iter().map(|product| product.result).enumerate().collect();
        let mut all: Vec<_> = made.drain(..).map(|(number, value)| (value, Source::Product(number))).collect();
        for (number, tail) in self.tails.iter().enumerate() {
            let results = ir::results(tail.op).into_iter().enumerate();
            all.extend(results.map(|(output, value)| (value, Source::Tail(number, output))));
        }
        let (mut stored, mut first) = (vec![], None);
        for (value, source) in all {
            let mut readers = vec![];
            self.readers(value, &mut readers);
            if !readers.is_empty() {
                let readers = readers.into_iter().filter_map(|reader| order.place(reader));
                first = readers.chain(first).reduce(|a, b| if ffi::is_before(a, b) { a } else { b });
                stored.push((value, source));
            }
        }
        first.is_none_or(|first| !ffi::is_before(first, place)).then_some((place, stored))
    }

    /// Ops outside of the nest that read a value.
    fn readers(&self, value: Val<'c>, found: &mut Vec<Op<'c>>) {
        for (reader, _) in ffi::uses(value) {
            if self.has(reader) {
                continue;
            }
            if is_reshape(reader) {
                let before = found.len();
                ir::results(reader).into_iter().for_each(|result| self.readers(result, found));
                if found.len() > before {
                    found.push(reader);
                }
            } else {
                found.push(reader);
            }
        }
    }
}

/// The value under a chain of reshapes.
fn through_reshapes<'c>(mut value: Val<'c>) -> Option<Val<'c>> {
    while let Some(op) = ffi::defining_op(value).filter(|op| is_reshape(*op)) {
        value = ir::operands(op)[0];
    }
    Some(value)
}
