//! Loops that insert elements into a tensor at computed places: a scatter.
//!
//! Before:  `scf.for` (perhaps several, each inside of the one before) that carries a tensor, around `tensor.insert`
//! After:   a kernel that inserts into what another one has filled with the tensor that the loops start from
//!
//! A loop whose index is a coordinate of the insertion goes to threads, and so does every loop where the insertion says that
//! its places are all different. The loops that are left are run in order: each thread runs all of them and writes the places
//! that are its own by their number, so that no two threads meet and the order of what meets is that of the source.

use super::{Lanes, Points, Written, bytes_of, fitting, write_with};
use crate::{
    bug,
    error::PassError,
    ffi,
    gpu::{
        host::{Host, product},
        view::View,
    },
    ir::{self, Op, Val},
    pass::import_foreign::scatter::UNIQUE,
    runtime::{Expr, Function},
};
use melior::ir::operation::OperationLike;
use std::collections::HashMap;

/// Threads that the places of one loop in order are dealt out to, at most.
const OWNERS: i64 = 1024;

/// One loop: its index, and from where to where it runs.
struct Loop<'c> {
    index: Val<'c>,
    bounds: [Val<'c>; 3],
}

/// Loops around one insertion.
struct Nest<'c> {
    op: Op<'c>,
    loops: Vec<Loop<'c>>,
    insert: Op<'c>,
    /// The tensor, as the insertion knows it.
    carried: Val<'c>,
}

/// Whether a loop (or insertion) becomes a kernel that inserts.
pub fn is_insertion(op: Op<'_>) -> bool {
    Nest::read(op).is_some()
}

/// The tensor that a loop of insertions, or an insertion, starts from.
pub fn started_from(op: Op<'_>) -> Val<'_> {
    ir::operands(op)[if ir::name(op) == "scf.for" { 3 } else { 1 }]
}

/// What may stand around an insertion: scalars, computed without an effect.
fn is_scalar(op: Op<'_>) -> bool {
    let name = ir::name(op);
    name.starts_with("arith.") || name.starts_with("math.") || name == "affine.apply" || name == "tensor.extract"
}

impl<'c> Nest<'c> {
    /// Reads the loops from the outermost; `None` for loops that do more.
    fn read(op: Op<'c>) -> Option<Self> {
        let (mut loops, mut current) = (vec![], op);
        while ir::name(current) == "scf.for" {
            let (operands, body) = (ir::operands(current), ir::body(current, 0)?);
            let ([low, high, step, _], [index, carried]) = (&operands[..], &ir::arguments(body)[..]) else {
                return None;
            };
            loops.push(Loop { index: *index, bounds: [*low, *high, *step] });
            let ops = ir::ops(body);
            let (last, around) = ops.split_last()?;
            let inner = ffi::defining_op(*ir::operands(*last).first()?)?;
            let plain = around.iter().all(|op| *op == inner || is_scalar(*op));
            let carries = matches!(ir::name(inner), "scf.for" | "tensor.insert") && started_from(inner) == *carried;
            if !plain || !carries {
                return None;
            }
            current = inner;
        }
        let carried = (ir::name(current) == "tensor.insert").then(|| started_from(current))?;
        Some(Self { op, loops, insert: current, carried })
    }

    fn places(&self) -> Vec<Val<'c>> {
        ir::operands(self.insert)[2..].to_vec()
    }
}

/// Writes the kernel that inserts.
///
/// # Errors
/// Reported at an op that has no meaning on single elements.
pub fn write_inserts<'c>(host: &Host<'c>, op: Op<'c>) -> Result<Written<'c>, PassError> {
    let nest = Nest::read(op).ok_or_else(|| bug!("insertions that are none"))?;
    let view = host.view(ir::results(op)[0]).ok_or_else(|| bug!("a step whose result has no memory"))?;
    let unique = ir::attr(nest.insert, UNIQUE).is_some();
    let places = nest.places();
    let length = |own: &Loop<'c>| {
        let from_zero = host.expr(own.bounds[0])? == Expr::Int(0) && host.expr(own.bounds[2])? == Expr::Int(1);
        host.expr(own.bounds[1]).filter(|_| from_zero && (unique || places.contains(&own.index)))
    };
    let (mut spread, mut ordered, mut sizes) = (vec![], vec![], vec![]);
    for own in &nest.loops {
        match length(own) {
            Some(length) => {
                spread.push(own);
                sizes.push(length);
            }
            None => ordered.push(own),
        }
    }
    // Places that no spread loop tells apart.
    let shared: Vec<usize> =
        (0..places.len()).filter(|dim| !spread.iter().any(|own| own.index == places[*dim])).collect();
    let (mut owners, mut lanes) = (None, 1);
    if ordered.is_empty() {
        lanes = fitting(&sizes, bytes_of(view.element));
    } else {
        let all = shared.iter().fold(Expr::Int(1), |total, dim| product(&total, &view.dims[*dim]));
        let count = match all {
            Expr::Int(count) => Expr::Int(count.clamp(1, OWNERS)),
            count => Expr::call(Function::Min, count, Expr::Int(OWNERS)),
        };
        owners = Some(count.clone());
        sizes.insert(0, count);
    }
    write_with(host, op.location(), lanes, |points| {
        points.over(&sizes, |points, at| {
            let (number, indices) = at.split_at(usize::from(owners.is_some()));
            let mut known = HashMap::new();
            for (own, at) in spread.iter().zip(indices) {
                known.insert(ffi::value_key(own.index), points.as_index(at));
            }
            let owner = number.first().cloned().zip(owners.clone());
            let writer = Writer { nest: &nest, view: &view, shared: &shared, owner };
            writer.ordered(points, &ordered, known)
        })
    })
}

/// One thread's part.
struct Writer<'n, 'c> {
    nest: &'n Nest<'c>,
    view: &'n View<'c>,
    /// The dims whose places several threads may have.
    shared: &'n [usize],
    /// The number of this thread, and of how many, where places are dealt out.
    owner: Option<(Lanes<'c>, Expr)>,
}

/// Scalars of the loops' bodies, by value.
type Known<'c> = HashMap<usize, Lanes<'c>>;

impl<'c> Writer<'_, 'c> {
    /// The loops in order, then the insertion.
    fn ordered(&self, points: &mut Points<'_, 'c>, loops: &[&Loop<'c>], mut known: Known<'c>) -> Result<(), PassError> {
        let Some((first, rest)) = loops.split_first() else { return self.insert(points, known) };
        let mut bounds = [None; 3];
        for (slot, bound) in bounds.iter_mut().zip(first.bounds) {
            let bound = self.value(points, bound, &mut known)?;
            *slot = Some(points.lane(&bound, 0));
        }
        let bounds = bounds.map(|bound| bound.expect("all were set"));
        points.repeat(bounds, &[], |points, at, _| {
            known.insert(ffi::value_key(first.index), Lanes::same(at));
            self.ordered(points, rest, known)?;
            Ok(vec![])
        })?;
        Ok(())
    }

    fn insert(&self, points: &mut Points<'_, 'c>, mut known: Known<'c>) -> Result<(), PassError> {
        let mut place = vec![];
        for coord in self.nest.places() {
            let coord = self.value(points, coord, &mut known)?;
            place.push(points.as_coordinate(&coord));
        }
        let Some((number, owners)) = &self.owner else { return self.write(points, &place, known) };
        let mut total = points.fixed(0);
        for dim in self.shared {
            let size = points.size(&self.view.dims[*dim]);
            total = points.product(&total, &size);
            total = points.sum(&total, &place[*dim]);
        }
        let owners = points.size(owners);
        let owner = points.each(&[&total, &owners], |points, at| points.code.b.binary("arith.remui", at[0], at[1]));
        let own = points.equal(&owner, number);
        let own = own.shared().ok_or_else(|| bug!("threads that deal out places together"))?;
        points.only_if(own, |points| self.write(points, &place, known))
    }

    fn write(&self, points: &mut Points<'_, 'c>, place: &[Lanes<'c>], mut known: Known<'c>) -> Result<(), PassError> {
        let element = self.value(points, ir::operands(self.nest.insert)[0], &mut known)?;
        points.store(self.view, place, &element);
        Ok(())
    }

    /// A scalar of the loops' bodies.
    fn value(
        &self,
        points: &mut Points<'_, 'c>,
        value: Val<'c>,
        known: &mut Known<'c>,
    ) -> Result<Lanes<'c>, PassError> {
        if let Some(known) = known.get(&ffi::value_key(value)) {
            return Ok(known.clone());
        }
        let inside = |op: &Op<'c>| ir::walk(self.nest.op).contains(op);
        let Some(op) = ffi::defining_op(value).filter(inside) else { return points.outer(value) };
        let mut operands = vec![];
        for operand in ir::operands(op).into_iter().filter(|operand| !ffi::is_ranked_tensor(ir::type_of(*operand))) {
            operands.push(self.value(points, operand, known)?);
        }
        let results = match ir::name(op) {
            "tensor.extract" if ir::operands(op)[0] == self.nest.carried => {
                let at: Vec<_> = operands.iter().map(|at| points.as_coordinate(at)).collect();
                vec![points.load(self.view, &at)]
            }
            _ => points.scalar_op(op, &operands)?,
        };
        ir::results(op).into_iter().zip(results).for_each(|(from, to)| _ = known.insert(ffi::value_key(from), to));
        known.get(&ffi::value_key(value)).cloned().ok_or_else(|| bug!("a scalar without a value"))
    }
}
