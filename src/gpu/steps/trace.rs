//! Who reads which elements of a tensor, followed through views and through ops that are computed where they are read; and
//! what it costs to compute an element again.

use crate::{
    ffi,
    gpu::{
        nest::{self, Index},
        points::{Loops, loops_of},
    },
    ir::{self, Op, Type, Val},
};
use melior::ir::AffineMap;
use std::collections::{HashMap, HashSet};

/// A coordinate of what is read, as the kernel that reads it sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sym {
    /// A loop of the kernel's space.
    Dim(usize),
    /// 0, or a loop of length 1.
    Zero,
    /// Anything else.
    Other,
}

/// A kernel that reads a tensor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    pub kernel: usize,
    /// The op of it that reads, by its key.
    pub member: usize,
    pub coords: Vec<Sym>,
}

/// What a map gives for symbolic loops.
pub fn applied(map: AffineMap<'_>, place: &[Sym]) -> Vec<Sym> {
    let of = |at| match map.result(at) {
        Ok(expr) if expr.is_dim() => place[expr.dim_position()],
        Ok(expr) if expr.is_constant() && expr.constant_value() == 0 => Sym::Zero,
        _ => Sym::Other,
    };
    (0..map.result_count()).map(of).collect()
}

/// The tensors that a generic reads at a place, with their coordinates. Constants and what is made of nothing are among them.
pub fn inputs<'c>(loops: &Loops<'c>, place: &[Sym]) -> Vec<(Val<'c>, Vec<Sym>)> {
    let reads = |operand: &usize| loops.reads(*operand);
    let all = (0..loops.operands.len()).filter(reads);
    all.map(|operand| (loops.operands[operand], applied(loops.maps[operand], place))).collect()
}

/// What an op that is computed where it is read reads of its operands, if its result is read at some coordinates.
pub fn operands<'c>(op: Op<'c>, value: Val<'c>, coords: &[Sym]) -> Vec<(Val<'c>, Vec<Sym>)> {
    let all = ir::operands(op);
    let rank = |value: Val<'c>| ffi::shape(ir::type_of(value)).map_or(0, |shape| shape.len());
    let unknown = || {
        let tensors = all.iter().filter(|operand| ffi::is_ranked_tensor(ir::type_of(**operand)));
        tensors.map(|operand| (*operand, vec![Sym::Other; rank(*operand)])).collect()
    };
    match ir::name(op) {
        "linalg.generic" => {
            let Some(loops) = Loops::read(op) else { return unknown() };
            let mut place = vec![Sym::Other; loops.reduced.len()];
            let map = loops_of(loops.maps[loops.inputs + ffi::value_number(value)]).unwrap_or_default();
            for (dim, at) in map.into_iter().zip(coords) {
                dim.into_iter().for_each(|dim| place[dim] = *at);
            }
            inputs(&loops, &place)
        }
        "tensor.cast" => vec![(all[0], coords.to_vec())],
        "tensor.collapse_shape" | "tensor.expand_shape" => {
            let collapses = ir::name(op) == "tensor.collapse_shape";
            let larger = if collapses { all[0] } else { value };
            let shape = ffi::shape(ir::type_of(larger)).unwrap_or_default();
            let mut inner = vec![Sym::Zero; rank(all[0])];
            for (small, group) in nest::groups(op).unwrap_or_default().into_iter().enumerate() {
                let long: Vec<_> = group.into_iter().filter(|dim| shape[*dim] != Some(1)).collect();
                match (&long[..], collapses) {
                    ([], _) => {}
                    ([dim], true) => inner[*dim] = coords[small],
                    ([dim], false) => inner[small] = coords[*dim],
                    (many, true) => many.iter().for_each(|dim| inner[*dim] = Sym::Other),
                    (_, false) => inner[small] = Sym::Other,
                }
            }
            vec![(all[0], inner)]
        }
        "tensor.extract_slice" => vec![(all[0], sliced(op, value, coords).unwrap_or(vec![Sym::Other; rank(all[0])]))],
        "linalg.fill" | "tensor.empty" | "tensor.splat" | "tensor.generate" | "tensor.from_elements" => vec![],
        _ => unknown(),
    }
}

/// Where a slice reads its tensor: the dims that it takes whole are at the same places.
fn sliced(op: Op<'_>, slice: Val<'_>, coords: &[Sym]) -> Option<Vec<Sym>> {
    let (offsets, sizes, strides) = nest::slice(op, 1)?;
    let whole = ffi::shape(ir::type_of(ir::operands(op)[0]))?;
    let mut inner: Vec<_> =
        offsets.iter().map(|offset| if *offset == Index::Const(0) { Sym::Zero } else { Sym::Other }).collect();
    for (dim, at) in nest::kept_dims(&sizes, &ffi::shape(ir::type_of(slice))?).into_iter().zip(coords) {
        let all = strides[dim] == 1 && whole[dim].is_some_and(|size| sizes[dim] == Index::Const(size));
        inner[dim] = if all && inner[dim] == Sym::Zero { *at } else { Sym::Other };
    }
    Some(inner)
}

/// The tensors of the function that a value used inside an op comes from: itself, or what scalars were taken from.
pub fn tensors<'c>(value: Val<'c>, local: &HashSet<usize>) -> Vec<Val<'c>> {
    if ffi::is_ranked_tensor(ir::type_of(value)) {
        let outside = ffi::defining_op(value).is_none_or(|op| local.contains(&ffi::op_key(op)));
        let argument = ffi::owner_of_argument(value).is_some_and(|owner| ir::name(owner) != "func.func");
        return if outside && !argument { vec![value] } else { vec![] };
    }
    let Some(op) = ffi::defining_op(value).filter(|op| local.contains(&ffi::op_key(*op))) else { return vec![] };
    match ir::name(op) {
        "tensor.dim" => vec![],
        _ => ir::operands(op).into_iter().flat_map(|operand| tensors(operand, local)).collect(),
    }
}

/// Elements of a type; sizes that are known at run time only count as large.
fn size_of(ty: Type<'_>) -> i64 {
    let count = |shape: Vec<Option<i64>>| shape.into_iter().map(|size| size.unwrap_or(1024)).product::<i64>();
    let bytes = crate::gpu::code::dtype(ffi::element_type(ty)).size() as i64;
    ffi::shape(ty).map_or(0, count) * bytes
}

/// Bytes that an op reads, without constants, and those of its result.
pub fn bytes(loops: &Loops<'_>, value: Val<'_>) -> (i64, i64) {
    let free = |value: Val<'_>| {
        ffi::defining_op(value)
            .is_some_and(|op| matches!(ir::name(op), "linalg.fill" | "tensor.empty" | "tensor.splat"))
            || super::splat(value).is_some()
    };
    let inputs = (0..loops.inputs).filter(|input| loops.reads(*input) && !free(loops.operands[*input]));
    let read = inputs.map(|input| size_of(ir::type_of(loops.operands[input]))).sum();
    (read, size_of(ir::type_of(value)))
}

/// What an element costs, in operations.
#[derive(Clone, Copy, Debug)]
pub struct Cost(i64);

/// The most operations that are done again rather than a value loaded.
const SMALL: i64 = 12;
/// Operations that stand for a function or a gather.
const DEAR: i64 = 16;

impl Cost {
    /// Whether it is less than that of memory.
    pub const fn is_small(self) -> bool {
        self.0 <= SMALL
    }
}

/// Costs of all elementwise generics, with what they read where that costs less than memory too.
pub struct Costs(HashMap<usize, Cost>);

impl Costs {
    /// `None` for what is no elementwise op.
    pub fn of(&self, op: Op<'_>) -> Option<Cost> {
        self.0.get(&ffi::op_key(op)).copied()
    }
}

/// Reads a function's ops, in order.
pub fn costs(ops: &[Op<'_>]) -> Costs {
    let mut known = Costs(HashMap::new());
    for op in ops {
        let Some(loops) = Loops::read(*op).filter(|loops| !loops.reduced.contains(&true)) else { continue };
        let own: i64 = ir::walk(*op).into_iter().skip(1).map(price).sum();
        let below: i64 = (0..loops.inputs)
            .filter(|input| loops.reads(*input))
            .map(|input| known.behind(loops.operands[input]))
            .sum();
        known.0.insert(ffi::op_key(*op), Cost(own + below));
    }
    known
}

impl Costs {
    /// What reading a value costs: a load, or what computes it where that is small.
    fn behind(&self, mut value: Val<'_>) -> i64 {
        while let Some(op) = ffi::defining_op(value) {
            match ir::name(op) {
                "tensor.collapse_shape" | "tensor.expand_shape" | "tensor.cast" | "tensor.extract_slice" => {
                    value = ir::operands(op)[0];
                }
                "tensor.concat" | "tensor.insert_slice" | "tensor.pad" => return 4,
                "linalg.generic" => return self.of(op).filter(|cost| cost.is_small()).map_or(1, |cost| cost.0.max(1)),
                _ => return 1,
            }
        }
        1
    }
}

fn price(op: Op<'_>) -> i64 {
    match ir::name(op) {
        "linalg.yield" | "arith.constant" | "linalg.index" | "arith.index_cast" | "cf.assert" => 0,
        "tensor.extract" => DEAR,
        "arith.divf" | "arith.divsi" | "arith.divui" | "arith.remsi" | "arith.remui" | "arith.floordivsi" => 4,
        "math.absf" | "math.absi" | "math.fma" | "math.sqrt" | "math.rsqrt" | "math.floor" | "math.ceil"
        | "math.fpowi" => 2,
        name if name.starts_with("math.") => DEAR,
        _ => 1,
    }
}
