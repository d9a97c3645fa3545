//! Ops that share an iteration space become one kernel.
//!
//! A space is a box of loops, some of which may be reduced: those are the columns of its rows, and its other loops number the
//! rows. Members are ops over the whole space, reductions of its rows, and ops over its rows. An op joins the kernel that reads
//! it if all of the kernel's reads are at the op's own place (so that the value stays in registers), and if nothing that the
//! kernel waits for reads it too. Ops of one space that read one tensor at one place share a kernel as well.

use super::{
    super::outline::is_outlined,
    trace::{self, Read, Sym},
};
use crate::{
    ffi,
    gpu::{
        code::combines,
        host::Host,
        points::{Loops, loops_of},
    },
    ir::{self, Op, Val},
    runtime::Expr,
};
use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, HashSet},
};

/// A reduction shorter than this is done by one thread.
const SHORT: i64 = 32;
/// A product of several tensors is summed by the threads of a row together where it has fewer points than this.
const FEW_POINTS: i64 = 1 << 16;
/// The most tensors that one kernel makes.
const MOST_RESULTS: usize = 6;

/// An op of a kernel.
#[derive(Clone, Debug)]
pub struct Member<'c> {
    pub op: Op<'c>,
    /// The loop of the space that each loop of the op is; `None` has length 1 or is reduced by the member itself.
    pub dims: Vec<Option<usize>>,
    /// Whether it reduces the columns of the space.
    pub reduces: bool,
    /// Whether a thread reduces by itself to compute it.
    pub serial: bool,
    /// After how many sweeps over the columns what it reads is known.
    pub pass: usize,
    /// The results that have memory.
    pub stored: Vec<Val<'c>>,
}

/// Ops that share an iteration space: one kernel.
#[derive(Clone, Debug)]
pub struct Group<'c> {
    /// The lengths of the loops, those of length 1 left out.
    pub extents: Vec<Expr>,
    /// Which loops members reduce. The last loops, if any.
    pub reduced: Vec<bool>,
    /// In the order of the program.
    pub members: Vec<Member<'c>>,
}

/// The loops of a kernel.
#[derive(Clone, Debug, Default)]
pub struct Space {
    extents: Vec<Expr>,
    reduced: Vec<bool>,
}

impl Space {
    /// The elements of a tensor.
    pub fn of_tensor<'c>(host: &Host<'c>, value: Val<'c>) -> Option<Self> {
        let extents: Vec<_> = host.dims(value).ok()?.into_iter().filter(is_long).collect();
        Some(Self { reduced: vec![false; extents.len()], extents })
    }
}

fn is_long(extent: &Expr) -> bool {
    *extent != Expr::Int(1)
}

fn count(extents: &[Expr]) -> Option<i64> {
    extents.iter().try_fold(1_i64, |total, extent| match extent {
        Expr::Int(extent) => total.checked_mul(*extent),
        _ => None,
    })
}

impl<'c> Member<'c> {
    fn new(op: Op<'c>, dims: Vec<Option<usize>>) -> Self {
        Self { op, dims, reduces: false, serial: false, pass: 0, stored: vec![] }
    }

    /// An op on whole tensors, with the loops of its result.
    pub fn of_view(host: &Host<'c>, op: Op<'c>, value: Val<'c>) -> Self {
        let mut next = 0;
        let extents = host.dims(value).unwrap_or_default();
        let dims = extents.iter().map(|extent| {
            is_long(extent).then(|| {
                next += 1;
                next - 1
            })
        });
        Self { stored: vec![value], ..Self::new(op, dims.collect()) }
    }
}

/// Whether the threads of a row do a reduction together: it adds one value per step to every result, is not short, and runs
/// along rows of memory.
pub fn shares(loops: &Loops<'_>) -> bool {
    let Some(combiners) = loops.combiners() else { return false };
    let length = (0..loops.reduced.len()).filter(|dim| loops.reduced[*dim]).map(|dim| loops.extents[dim]);
    let short = length.clone().try_fold(1_i64, |total, size| total.checked_mul(size?)).is_some_and(|size| size < SHORT);
    let known = combiners.iter().all(|op| combines(ir::name(*op)) && ffi::uses(ir::results(*op)[0]).len() == 1);
    if short || !known {
        return false;
    }
    let long = |dim: &usize| loops.extents[*dim] != Some(1);
    let reads: Option<Vec<Vec<usize>>> = (0..loops.inputs)
        .filter(|input| loops.reads(*input))
        .map(|input| Some(loops_of(loops.maps[input])?.into_iter().flatten().filter(long).collect()))
        .collect();
    let Some(reads) = reads else { return false };
    let along = |dims: &Vec<usize>| dims.last().is_some_and(|dim| loops.reduced[*dim]);
    let all = (0..loops.reduced.len()).filter(long).count();
    let mut whole = reads.iter().filter(|dims| dims.len() == all).peekable();
    if whole.peek().is_some() {
        return whole.all(along);
    }
    let points: Option<i64> = (0..loops.reduced.len())
        .filter(|dim| !loops.reduced[*dim])
        .try_fold(1_i64, |total, dim| total.checked_mul(loops.extents[dim]?));
    let summed = reads.iter().filter(|dims| dims.iter().any(|dim| loops.reduced[*dim])).collect::<Vec<_>>();
    points.is_some_and(|points| points < FEW_POINTS) && !summed.is_empty() && summed.into_iter().all(along)
}

/// The loops of an op that are longer than 1: its rows, in the order of its first result, and what it reduces, in the order of
/// what it reads.
struct Shape {
    extents: Vec<Expr>,
    rows: Vec<usize>,
    columns: Vec<usize>,
    /// Whether the columns are those of a space.
    shares: bool,
}

impl Shape {
    fn of<'c>(host: &Host<'c>, loops: &Loops<'c>) -> Option<Self> {
        let extents = host.extents(loops)?;
        let mut rows: Vec<_> = loops_of(loops.maps[loops.inputs]).unwrap_or_default().into_iter().flatten().collect();
        let others: Vec<_> = (0..extents.len()).filter(|dim| !loops.reduced[*dim] && !rows.contains(dim)).collect();
        rows.splice(0..0, others);
        rows.retain(|dim| is_long(&extents[*dim]) && !loops.reduced[*dim]);
        let columns = (0..loops.inputs).filter(|input| loops.reads(*input));
        let most = columns.filter_map(|input| loops_of(loops.maps[input])).max_by_key(Vec::len).unwrap_or_default();
        let mut columns: Vec<_> = most.into_iter().flatten().filter(|dim| loops.reduced[*dim]).collect();
        let others: Vec<_> = (0..extents.len()).filter(|dim| loops.reduced[*dim] && !columns.contains(dim)).collect();
        columns.splice(0..0, others);
        columns.retain(|dim| is_long(&extents[*dim]));
        Some(Self { extents, rows, columns, shares: loops.reduced.contains(&true) && shares(loops) })
    }

    fn sizes(&self, dims: &[usize]) -> Vec<Expr> {
        dims.iter().map(|dim| self.extents[*dim].clone()).collect()
    }
}

struct Kernel<'c> {
    nest: Option<Op<'c>>,
    space: Space,
    members: Vec<Member<'c>>,
    /// Which member reads which, by their ops.
    edges: Vec<(usize, usize)>,
    place: usize,
    /// The kernels that it waits for.
    after: HashSet<usize>,
}

/// The kernels of a program, from the last to the first.
#[derive(Default)]
pub struct Kernels<'c> {
    all: Vec<Kernel<'c>>,
    reads: HashMap<usize, Vec<Read>>,
}

impl<'c> Kernels<'c> {
    /// A kernel that is a nest of tiles, or of insertions.
    pub fn nest(&mut self, op: Op<'c>, place: usize) -> usize {
        self.add(Some(op), Space::default(), vec![], place)
    }

    /// A kernel of one op.
    pub fn group(&mut self, space: Space, member: Member<'c>, place: usize) -> usize {
        self.add(None, space, vec![member], place)
    }

    fn add(&mut self, nest: Option<Op<'c>>, space: Space, members: Vec<Member<'c>>, place: usize) -> usize {
        self.all.push(Kernel { nest, space, members, edges: vec![], place, after: HashSet::new() });
        self.all.len() - 1
    }

    /// Notes who reads a tensor.
    pub fn read(&mut self, value: Val<'c>, read: Read) {
        let reads = self.reads.entry(ffi::value_key(value)).or_default();
        if !reads.contains(&read) {
            reads.push(read);
        }
    }

    /// Who reads a tensor, as far as it is decided.
    pub fn reads(&self, value: Val<'c>) -> Vec<Read> {
        self.reads.get(&ffi::value_key(value)).cloned().unwrap_or_default()
    }

    /// One kernel waits for another.
    pub fn after(&mut self, kernel: usize, other: usize) {
        if kernel != other {
            self.all[kernel].after.insert(other);
        }
    }

    /// Whether a kernel waits for another, however indirectly.
    fn waits(&self, kernel: usize, other: usize) -> bool {
        let (mut wanted, mut seen) = (vec![kernel], HashSet::new());
        while let Some(next) = wanted.pop() {
            if next == other {
                return true;
            }
            if seen.insert(next) {
                wanted.extend(self.all[next].after.iter().copied());
            }
        }
        false
    }

    /// A result of a member gets memory.
    pub fn store(&mut self, kernel: usize, op: Op<'c>, value: Val<'c>) {
        if let Some(member) = self.all[kernel].members.iter_mut().find(|member| member.op == op) {
            member.stored.push(value);
        }
    }

    /// The loops of a member, as its kernel sees them.
    pub fn coords(&self, kernel: usize, op: Op<'c>) -> Vec<Sym> {
        let Some(member) = self.all[kernel].members.iter().find(|member| member.op == op) else { return vec![] };
        let reduced = Loops::read(op).map(|loops| loops.reduced).unwrap_or_default();
        let sym = |(number, dim): (usize, &Option<usize>)| match dim {
            Some(dim) => Sym::Dim(*dim),
            None if reduced.get(number) == Some(&true) => Sym::Other,
            None => Sym::Zero,
        };
        member.dims.iter().enumerate().map(sym).collect()
    }

    /// Whether a kernel reads each element of a tensor at most once, or once per row.
    pub fn reads_once(&self, host: &Host<'c>, read: &Read, value: Val<'c>) -> bool {
        let kernel = &self.all[read.kernel];
        if kernel.nest.is_some() {
            return false;
        }
        let space = &kernel.space;
        let fewer = || {
            let elements = count(&host.dims(value).ok()?)?;
            Some(count(&space.extents)? <= elements)
        };
        let covers = (0..space.extents.len()).all(|dim| space.reduced[dim] || read.coords.contains(&Sym::Dim(dim)));
        covers || fewer() == Some(true)
    }

    /// Whether a reduction ends in the one elementwise op of a kernel, at its own points.
    pub fn ends_in(&self, read: &Read) -> bool {
        let kernel = &self.all[read.kernel];
        let [member] = &kernel.members[..] else { return false };
        !member.serial
            && !kernel.space.reduced.contains(&true)
            && Loops::read(member.op).is_some_and(|loops| !loops.reduced.contains(&true))
            && (0..kernel.space.extents.len()).all(|dim| read.coords.contains(&Sym::Dim(dim)))
    }

    /// Threads of a kernel reduce by themselves from now on.
    pub fn make_serial(&mut self, kernel: usize) {
        self.all[kernel].members.iter_mut().for_each(|member| member.serial = true);
    }

    /// Finds a kernel for a generic whose results are not computed where they are read, or makes one.
    pub fn place(&mut self, host: &Host<'c>, op: Op<'c>, loops: &Loops<'c>, place: usize) -> usize {
        let Some(shape) = Shape::of(host, loops) else {
            let dims = vec![None; loops.reduced.len()];
            return self.group(Space::default(), Member::new(op, dims), place);
        };
        let results = ir::results(op);
        let reads: Vec<Read> = results.iter().flat_map(|value| self.reads(*value)).collect();
        let mut readers: Vec<_> = reads.iter().map(|read| read.kernel).collect();
        readers.sort_unstable();
        readers.dedup();
        let serial = !shape.columns.is_empty() && !shape.shares;
        let mut homes = readers.clone();
        if !serial {
            homes.extend(self.beside(loops, &shape));
        }
        for kernel in homes {
            let own = readers.contains(&kernel);
            let fits = if own { self.fit(kernel, loops, &shape, &results) } else { self.fit_beside(kernel, &shape) };
            let Some((dims, space)) = fits.filter(|_| !serial) else { continue };
            if readers.iter().any(|reader| *reader != kernel && self.waits(kernel, *reader)) {
                continue;
            }
            let mut member = Member::new(op, vec![None; loops.reduced.len()]);
            dims.into_iter().for_each(|(own, of)| member.dims[own] = Some(of));
            member.reduces = shape.shares;
            let key = ffi::op_key(op);
            let home = &mut self.all[kernel];
            home.edges.extend(reads.iter().filter(|read| read.kernel == kernel).map(|read| (key, read.member)));
            home.space = space;
            home.members.insert(0, member);
            return kernel;
        }
        let columns = if shape.shares { &shape.columns[..] } else { &[] };
        let order: Vec<_> = shape.rows.iter().chain(columns).copied().collect();
        let reduced = (0..order.len()).map(|at| at >= shape.rows.len()).collect();
        let mut member = Member::new(op, vec![None; loops.reduced.len()]);
        order.iter().enumerate().for_each(|(at, dim)| member.dims[*dim] = Some(at));
        (member.reduces, member.serial) = (shape.shares, serial);
        self.group(Space { extents: shape.sizes(&order), reduced }, member, place)
    }

    /// The loops of a kernel's space that an op's loops are, if the kernel reads the op at its own place only; and the space
    /// that the kernel then has.
    fn fit(
        &self,
        kernel: usize,
        loops: &Loops<'c>,
        shape: &Shape,
        results: &[Val<'c>],
    ) -> Option<(Vec<(usize, usize)>, Space)> {
        let home = &self.all[kernel];
        if !self.takes(kernel) {
            return None;
        }
        let mut dims: Vec<(usize, usize)> = vec![];
        for (number, value) in results.iter().enumerate() {
            let map = loops_of(loops.maps[loops.inputs + number])?;
            for read in self.reads(*value).into_iter().filter(|read| read.kernel == kernel) {
                for (dim, at) in map.iter().zip(&read.coords) {
                    match (dim, at) {
                        (None, _) => {}
                        (Some(dim), Sym::Zero) if !is_long(&shape.extents[*dim]) => {}
                        (Some(dim), Sym::Dim(of)) if home.space.extents[*of] == shape.extents[*dim] => {
                            let pair = (*dim, *of);
                            if dims.iter().any(|(own, of)| (*own == pair.0) != (*of == pair.1)) {
                                return None;
                            }
                            if !dims.contains(&pair) {
                                dims.push(pair);
                            }
                        }
                        _ => return None,
                    }
                }
            }
        }
        if dims.len() != shape.rows.len() {
            return None;
        }
        let mut space = home.space.clone();
        let rest: Vec<_> = (0..space.extents.len()).filter(|dim| !dims.iter().any(|(_, of)| of == dim)).collect();
        let has_rows = space.reduced.contains(&true);
        let rows_only = rest.iter().all(|dim| space.reduced[*dim])
            && rest.len() == space.reduced.iter().filter(|own| **own).count();
        if !shape.shares {
            return (rest.is_empty() || has_rows && rows_only).then_some((dims, space));
        }
        let columns = shape.sizes(&shape.columns);
        if rest.is_empty() && !has_rows {
            for (dim, extent) in shape.columns.iter().zip(columns) {
                dims.push((*dim, space.extents.len()));
                space.extents.push(extent);
                space.reduced.push(true);
            }
            return Some((dims, space));
        }
        let last = rest.iter().copied().eq(space.extents.len() - rest.len()..space.extents.len());
        let alike = rest.len() == columns.len()
            && rest.iter().zip(&columns).all(|(dim, extent)| space.extents[*dim] == *extent);
        if !(last && alike && (!has_rows || rows_only)) {
            return None;
        }
        dims.extend(shape.columns.iter().copied().zip(rest.iter().copied()));
        rest.iter().for_each(|dim| space.reduced[*dim] = true);
        Some((dims, space))
    }

    /// Whether ops may join a kernel.
    fn takes(&self, kernel: usize) -> bool {
        let home = &self.all[kernel];
        let stored: usize = home.members.iter().map(|member| member.stored.len()).sum();
        home.nest.is_none() && stored < MOST_RESULTS && !home.members.iter().any(|member| member.serial)
    }

    /// Kernels that read at the same place what an op reads, of which it can see that now.
    fn beside(&self, loops: &Loops<'c>, shape: &Shape) -> Vec<usize> {
        let order: Vec<_> = shape.rows.iter().chain(&shape.columns).collect();
        let mut place = vec![Sym::Zero; loops.reduced.len()];
        order.iter().enumerate().for_each(|(at, dim)| place[**dim] = Sym::Dim(at));
        let mut found = vec![];
        for (operand, coords) in trace::inputs(loops, &place) {
            let whole = coords.iter().filter(|at| matches!(at, Sym::Dim(_))).count() == order.len();
            for read in self.reads(operand) {
                if whole && read.coords == coords && !found.contains(&read.kernel) {
                    found.push(read.kernel);
                }
            }
        }
        found
    }

    /// As [`Self::fit`], for an op that the kernel does not read: loops of the same lengths in the same order.
    fn fit_beside(&self, kernel: usize, shape: &Shape) -> Option<(Vec<(usize, usize)>, Space)> {
        let home = &self.all[kernel];
        let order: Vec<_> = shape.rows.iter().chain(&shape.columns).copied().collect();
        let space = &home.space;
        if !self.takes(kernel) || shape.sizes(&order) != space.extents {
            return None;
        }
        let mut space = space.clone();
        if shape.shares {
            let reduced: Vec<_> = (0..order.len()).map(|at| at >= shape.rows.len()).collect();
            if space.reduced.contains(&true) && space.reduced != reduced {
                return None;
            }
            space.reduced = reduced;
        }
        Some((order.into_iter().enumerate().map(|(at, dim)| (dim, at)).collect(), space))
    }

    /// All kernels in an order in which each comes after those it waits for.
    pub fn in_order(self) -> Vec<super::Step<'c>> {
        let count = self.all.len();
        let mut waiting: Vec<usize> = self.all.iter().map(|kernel| kernel.after.len()).collect();
        let mut behind: Vec<Vec<usize>> = vec![vec![]; count];
        for (number, kernel) in self.all.iter().enumerate() {
            kernel.after.iter().for_each(|other| behind[*other].push(number));
        }
        let ready = (0..count).filter(|number| waiting[*number] == 0);
        let mut ready: BinaryHeap<_> = ready.map(|number| Reverse((self.all[number].place, number))).collect();
        let mut order = vec![];
        while let Some(Reverse((_, number))) = ready.pop() {
            order.push(number);
            for next in &behind[number] {
                waiting[*next] -= 1;
                if waiting[*next] == 0 {
                    ready.push(Reverse((self.all[*next].place, *next)));
                }
            }
        }
        debug_assert_eq!(order.len(), count, "kernels that wait for one another");
        let mut all: Vec<_> = self.all.into_iter().map(Some).collect();
        order.into_iter().filter_map(|number| all[number].take()).map(Kernel::step).collect()
    }
}

impl<'c> Kernel<'c> {
    fn step(mut self) -> super::Step<'c> {
        if let Some(op) = self.nest {
            return match ir::name(op) {
                "scf.forall" => super::Step::Nest(op),
                _ if is_outlined(op) => super::Step::Loop(op),
                _ => super::Step::Insert(op),
            };
        }
        for number in 0..self.members.len() {
            let own = ffi::op_key(self.members[number].op);
            let before = self.edges.iter().filter(|(_, reader)| *reader == own).filter_map(|(made, _)| {
                let member = self.members.iter().find(|member| ffi::op_key(member.op) == *made)?;
                Some(member.pass + usize::from(member.reduces))
            });
            self.members[number].pass = before.max().unwrap_or(0);
        }
        super::Step::Group(Group { extents: self.space.extents, reduced: self.space.reduced, members: self.members })
    }
}
