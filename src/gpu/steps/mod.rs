//! Which tensors of a function get memory, and which kernel fills each: the steps of a program in order.
//!
//! A nest of tiles is a step, and it reads and writes memory. Of what is left, an op gets memory where its result is needed
//! there or would cost more to compute again; everything else (views, fills, elementwise ops that one kernel reads or that
//! cost less than a load) is computed where it is read, by [`super::points`]. Ops that share an iteration space become one
//! kernel ([`group`]): what reads the reductions of a row, those reductions, and what they read.

mod group;
mod trace;

pub use group::{Group, Member};

use super::{
    host::{Host, root},
    outline::is_outlined,
    points::{Loops, is_insertion, started_from},
    view::Movement,
};
use crate::{
    ffi,
    ir::{self, Blk, Op, Val},
};
use group::Kernels;
use std::collections::HashSet;
use trace::{Read, Sym};

/// One kernel launch.
#[derive(Clone, Debug)]
pub enum Step<'c> {
    /// `scf.forall` over tiles.
    Nest(Op<'c>),
    /// Ops on whole tensors.
    Group(Group<'c>),
    /// A loop of insertions, or one insertion, into a tensor that a group has filled with what it starts from.
    Insert(Op<'c>),
    /// A loop whose regions are functions.
    Loop(Op<'c>),
    /// A value that is no buffer of its own, copied into a result.
    Copy { from: Val<'c>, into: String },
}

impl<'c> Step<'c> {
    /// The tensors it makes in memory.
    pub fn made(&self) -> Vec<Val<'c>> {
        match self {
            Self::Nest(op) | Self::Loop(op) => ir::results(*op),
            Self::Group(group) => group.members.iter().flat_map(|member| member.stored.clone()).collect(),
            Self::Insert(_) | Self::Copy { .. } => vec![],
        }
    }

    /// Whether it makes a value in any memory that it is given. What a loop carries changes places.
    pub fn makes(&self, value: Val<'c>) -> bool {
        !matches!(self, Self::Loop(_)) && self.made().contains(&value)
    }
}

/// Ops that are another way to look at tensors: computed element by element where they are read.
const VIEWS: [&str; 12] = [
    "tensor.collapse_shape",
    "tensor.expand_shape",
    "tensor.cast",
    "tensor.extract_slice",
    "tensor.insert_slice",
    "tensor.concat",
    "tensor.pad",
    "tensor.splat",
    "tensor.generate",
    "tensor.from_elements",
    "tensor.empty",
    "linalg.fill",
];

/// Whether an op is computed element by element where it is read, whoever reads it.
fn is_view(op: Op<'_>) -> bool {
    VIEWS.contains(&ir::name(op)) || Movement::read(op).is_some()
}

/// Steps and constants of a function body.
pub struct Layout<'c> {
    pub steps: Vec<Step<'c>>,
    pub constants: Vec<Val<'c>>,
}

impl<'c> Layout<'c> {
    /// Decides from the last op to the first, so that every reader of a value is known before the value.
    pub fn of(host: &Host<'c>, body: Blk<'c>) -> Self {
        let ops = ir::ops(body);
        let mut decide = Decide {
            host,
            local: ops.iter().map(|op| ffi::op_key(*op)).collect(),
            kernels: Kernels::default(),
            needed: HashSet::new(),
            costs: trace::costs(&ops),
        };
        for (place, op) in ops.iter().enumerate().rev() {
            decide.op(*op, place);
        }
        let constants = ops.into_iter().filter(|op| ir::name(*op) == "arith.constant").flat_map(ir::results);
        let held = |value: &Val<'c>| {
            ffi::shape(ir::type_of(*value)).is_some() && !ffi::uses(*value).is_empty() && splat(*value).is_none()
        };
        Self { steps: decide.kernels.in_order(), constants: constants.filter(held).collect() }
    }
}

/// Whether nothing reads any result.
fn dead(op: Op<'_>) -> bool {
    ir::results(op).into_iter().all(|value| ffi::uses(value).is_empty())
}

/// The element that a constant tensor repeats.
pub fn splat<'c>(value: Val<'c>) -> Option<ir::Attr<'c>> {
    let op = ffi::defining_op(value).filter(|op| ir::name(*op) == "arith.constant")?;
    ffi::dense_splat(ir::attr(op, "value")?)
}

/// What is decided so far.
struct Decide<'h, 'c> {
    host: &'h Host<'c>,
    /// The ops of the function's body.
    local: HashSet<usize>,
    kernels: Kernels<'c>,
    /// Values that must be in memory.
    needed: HashSet<usize>,
    /// What it costs to compute an element of an op's result, with what it reads.
    costs: trace::Costs,
}

impl<'c> Decide<'_, 'c> {
    fn op(&mut self, op: Op<'c>, place: usize) {
        match ir::name(op) {
            "func.return" => ir::operands(op).into_iter().for_each(|value| self.hold(root(value))),
            "scf.forall" => {
                let kernel = self.kernels.nest(op, place);
                self.note_made(op, kernel);
                self.read_inside(op, kernel, 0);
            }
            "scf.for" | "scf.while" if is_outlined(op) => self.repeated(op, place),
            "scf.for" | "tensor.insert" if is_insertion(op) => self.insertion(op, place),
            "linalg.generic" if dead(op) => {}
            "linalg.generic" if Movement::read(op).is_none() || self.is_needed(op) => self.generic(op, place),
            _ if is_view(op) => self.view(op, place),
            "tensor.extract" => self.need(ir::operands(op)[0]),
            _ => {}
        }
    }

    fn hold(&mut self, value: Val<'c>) {
        self.needed.insert(ffi::value_key(value));
    }

    /// A value is read in tiles or at computed places: of what it is a view of, a tensor is held.
    fn need(&mut self, value: Val<'c>) {
        let held = |value: Val<'c>| self.needed.contains(&ffi::value_key(value));
        let tensor = self.host.needed_for(value, &held);
        self.hold(tensor);
    }

    fn is_needed(&self, op: Op<'c>) -> bool {
        ir::results(op).iter().any(|value| self.needed.contains(&ffi::value_key(*value)))
    }

    /// Those who read the results of an op come after the kernel that makes them.
    fn note_made(&mut self, op: Op<'c>, kernel: usize) {
        for value in ir::results(op) {
            for read in self.kernels.reads(value) {
                self.kernels.after(read.kernel, kernel);
            }
        }
    }

    /// Tensors that are used in the regions of an op are read at computed places, and so is what its scalars come from.
    fn read_inside(&mut self, op: Op<'c>, kernel: usize, member: usize) {
        for value in ir::walk(op).into_iter().flat_map(ir::operands) {
            for tensor in trace::tensors(value, &self.local) {
                if splat(tensor).is_none() {
                    self.need(tensor);
                    let rank = ffi::shape(ir::type_of(tensor)).map_or(0, |shape| shape.len());
                    self.kernels.read(tensor, Read { kernel, member, coords: vec![Sym::Other; rank] });
                }
            }
        }
    }

    /// A loop that calls functions reads whole tensors.
    fn repeated(&mut self, op: Op<'c>, place: usize) {
        let kernel = self.kernels.nest(op, place);
        self.note_made(op, kernel);
        for value in std::iter::once(op).chain(ir::walk(op)).flat_map(ir::operands) {
            for tensor in trace::tensors(value, &self.local).into_iter().map(root) {
                if splat(tensor).is_none() {
                    self.hold(tensor);
                    let rank = ffi::shape(ir::type_of(tensor)).map_or(0, |shape| shape.len());
                    self.kernels.read(tensor, Read { kernel, member: 0, coords: vec![Sym::Other; rank] });
                }
            }
        }
    }

    /// Insertions are two kernels: one fills the result with what they start from, as a view would be, and one inserts.
    fn insertion(&mut self, op: Op<'c>, place: usize) {
        let [value] = ir::results(op)[..] else { return };
        if dead(op) {
            return;
        }
        let (start, others): (Vec<_>, Vec<_>) =
            ir::walk(op).into_iter().flat_map(ir::operands).partition(|operand| *operand == started_from(op));
        let Some(space) = group::Space::of_tensor(self.host, value) else { return };
        let kernel = self.kernels.nest(op, place);
        self.note_made(op, kernel);
        for tensor in others.into_iter().flat_map(|value| trace::tensors(value, &self.local)) {
            let rank = ffi::shape(ir::type_of(tensor)).map_or(0, |shape| shape.len());
            self.kernels.read(tensor, Read { kernel, member: 0, coords: vec![Sym::Other; rank] });
        }
        let filled = self.kernels.group(space, Member::of_view(self.host, op, value), place);
        self.kernels.after(kernel, filled);
        let coords = self.kernels.coords(filled, op);
        for tensor in start {
            self.kernels.read(tensor, Read { kernel: filled, member: ffi::op_key(op), coords: coords.clone() });
        }
    }

    /// A view passes what is read of it on to what it looks at.
    fn view(&mut self, op: Op<'c>, place: usize) {
        let [value] = ir::results(op)[..] else { return };
        if self.is_needed(op) {
            let Some(space) = group::Space::of_tensor(self.host, value) else { return };
            let kernel = self.kernels.group(space, Member::of_view(self.host, op, value), place);
            self.note_made(op, kernel);
            let coords = self.kernels.coords(kernel, op);
            self.pass_on(op, value, &Read { kernel, member: ffi::op_key(op), coords });
            return;
        }
        for read in self.kernels.reads(value) {
            self.pass_on(op, value, &read);
        }
    }

    /// An op that is computed where it is read reads its operands there.
    fn pass_on(&mut self, op: Op<'c>, value: Val<'c>, read: &Read) {
        for (operand, coords) in trace::operands(op, value, &read.coords) {
            self.kernels.read(operand, Read { coords, ..*read });
        }
        self.read_inside(op, read.kernel, read.member);
    }

    fn generic(&mut self, op: Op<'c>, place: usize) {
        let results = ir::results(op);
        let needed = self.is_needed(op);
        if !needed && self.inlines(op, &results) {
            let reduces = Loops::read(op).is_some_and(|loops| loops.reduced.contains(&true));
            for value in &results {
                for read in self.kernels.reads(*value) {
                    if reduces {
                        self.kernels.make_serial(read.kernel);
                    }
                    self.pass_on(op, *value, &read);
                }
            }
            return;
        }
        let Some(loops) = Loops::read(op) else { return };
        let kernel = self.kernels.place(self.host, op, &loops, place);
        for value in &results {
            let inside = !needed && self.kernels.reads(*value).iter().all(|read| read.kernel == kernel);
            if !inside {
                self.kernels.store(kernel, op, *value);
            }
        }
        self.note_made(op, kernel);
        let coords = self.kernels.coords(kernel, op);
        for (operand, coords) in trace::inputs(&loops, &coords) {
            self.kernels.read(operand, Read { kernel, member: ffi::op_key(op), coords });
        }
        self.read_inside(op, kernel, ffi::op_key(op));
    }

    /// Whether a generic is computed where it is read: by one kernel that reads each element at most once, or where that costs
    /// less than memory.
    fn inlines(&self, op: Op<'c>, results: &[Val<'c>]) -> bool {
        let Some(loops) = Loops::read(op) else { return false };
        let mut reads = vec![];
        for value in results {
            reads.extend(self.kernels.reads(*value).into_iter().map(|read| (*value, read)));
        }
        let Some((value, first)) = reads.first() else { return true };
        let alike = reads.iter().all(|(_, read)| read.kernel == first.kernel && read.coords == first.coords);
        let once = alike && self.kernels.reads_once(self.host, first, *value);
        if loops.reduced.contains(&true) {
            // By the one elementwise op behind it, which then ends what a thread does by itself.
            return once && !group::shares(&loops) && self.kernels.ends_in(first);
        }
        let (Some(cost), [value]) = (self.costs.of(op), results) else { return once };
        // What is the same along a row is computed once for it, and what no memory is read for costs nothing else.
        let (read, made) = trace::bytes(&loops, *value);
        let times = reads.iter().map(|(_, read)| (read.kernel, &read.coords)).collect::<HashSet<_>>().len() as i64;
        once || cost.is_small() && times * read <= read + (1 + times) * made
    }
}
