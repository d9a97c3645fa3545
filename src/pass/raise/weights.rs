//! Telling the weights of an attention from those of a layer: what they are computed from, and how.

use super::find::{Loops, is_view};
use crate::{
    algebra::{Arena, DimId, Func, Generic, Id, Kind, Node, Role},
    ffi,
    ir::{self, Op, Val},
};
use std::collections::HashMap;

/// Walks through what values are computed from. What was found of a value on the way holds until the program changes.
#[derive(Default)]
pub struct Walks {
    exponential: HashMap<usize, bool>,
    /// Up to contractions, and up to layers.
    powers: [HashMap<usize, bool>; 2],
    normalized: HashMap<usize, bool>,
}

impl Walks {
    /// Whether a value is computed from an exponential without a reduction over more than one point between them.
    pub fn exponential(&mut self, value: Val<'_>) -> bool {
        let Some(op) = ffi::defining_op(value) else { return false };
        if let Some(known) = self.exponential.get(&ffi::value_key(value)) {
            return *known;
        }
        let named = |op: &Op<'_>| matches!(ir::name(*op), "math.exp" | "math.exp2");
        let through = is_view(ir::name(op)) || Generic::of(op).is_some_and(|generic| !generic.reduces());
        let found = through
            && (ir::walk(op).iter().any(named)
                || ir::operands(op).into_iter().any(|operand| self.exponential(operand)));
        self.exponential.insert(ffi::value_key(value), found);
        found
    }

    /// Whether a sum is a layer of a network, with `value` for its value: a constant tensor times what no exponential is in, what
    /// is computed times nothing but parameters, or parameters times what is computed by layers.
    pub fn is_layer(&mut self, arena: &Arena, value: Id, op: Op<'_>, inputs: usize) -> bool {
        let Node::Load(tensor, _) = arena.node(value) else { return false };
        let key = arena.tensors[tensor.0 as usize].key;
        let (own, others): (Vec<_>, Vec<_>) =
            ir::operands(op).into_iter().take(inputs).partition(|operand| ffi::value_key(*operand) == key);
        let Some(own) = own.first() else { return false };
        let mut plain = |layers: bool| !others.iter().any(|other| self.has_power(*other, layers));
        if constant(*own, 0) || !given(own) && others.iter().all(given) {
            return plain(false);
        }
        // An attention of queries and kept keys and values has a dim of batches or heads in common with the kept values.
        let inner =
            ffi::shape(ir::type_of(*own)).map_or(0, |shape| shape.iter().filter(|size| **size != Some(1)).count());
        given(own) && inner <= 2 && !others.iter().all(given) && plain(true)
    }

    /// Whether an exponential is in what a value is computed from, up to contractions; with `layers`, or a contraction that is no
    /// layer of a network.
    fn has_power(&mut self, value: Val<'_>, layers: bool) -> bool {
        let Some(op) = ffi::defining_op(value) else { return false };
        let key = ffi::value_key(value);
        if let Some(known) = self.powers[usize::from(layers)].get(&key) {
            return *known;
        }
        let elementwise = ir::name(op) == "linalg.generic";
        let found = if elementwise && Loops::reduces(op) && ir::operands(op).len() > 2 {
            let inputs: Vec<bool> = ir::operands(op).iter().rev().skip(1).map(given).collect();
            layers && !(inputs.contains(&true) && inputs.contains(&false))
        } else {
            let named = |op: &Op<'_>| matches!(ir::name(*op), "math.exp" | "math.exp2" | "math.powf");
            (elementwise || is_view(ir::name(op)))
                && (elementwise && ir::walk(op).iter().any(named)
                    || ir::operands(op).into_iter().any(|operand| self.has_power(operand, layers)))
        };
        self.powers[usize::from(layers)].insert(key, found);
        found
    }

    /// Whether a value is computed from a sum of exponentials.
    pub fn normalized(&mut self, value: Val<'_>) -> bool {
        let Some(op) = ffi::defining_op(value) else { return false };
        if let Some(known) = self.normalized.get(&ffi::value_key(value)) {
            return *known;
        }
        let generic = Generic::of(op);
        let operands = ir::operands(op);
        let sum = generic.as_ref().is_some_and(|generic| generic.inputs == 1 && generic.reduces());
        let found = (generic.is_some() || is_view(ir::name(op)))
            && (sum && is_power(operands[0]) || operands.into_iter().any(|operand| self.normalized(operand)));
        self.normalized.insert(ffi::value_key(value), found);
        found
    }
}

/// Whether a value is computed elementwise from constants and arguments.
fn given(value: &Val<'_>) -> bool {
    fixed(*value, true, 0)
}

/// Whether a value is an exponential, or a multiple of one or a choice.
fn is_power(value: Val<'_>) -> bool {
    let Some(op) = ffi::defining_op(value) else { return false };
    let Some(generic) = Generic::of(op).filter(|generic| !generic.reduces()) else {
        return is_view(ir::name(op)) && ir::operands(op).first().is_some_and(|source| is_power(*source));
    };
    let mut inner = generic.yields.clone();
    while let Some(value) = inner.pop() {
        if let Some(position) = generic.arguments.iter().position(|argument| *argument == value) {
            if position < generic.inputs && is_power(ir::operands(op)[position]) {
                return true;
            }
            continue;
        }
        let Some(scalar) = ffi::defining_op(value) else { continue };
        match ir::name(scalar) {
            "math.exp" | "math.exp2" => return true,
            "arith.extf" | "arith.truncf" | "arith.mulf" => inner.extend(ir::operands(scalar)),
            "arith.select" => inner.extend(ir::operands(scalar).into_iter().skip(1)),
            _ => {}
        }
    }
    false
}

/// Whether weights are exponentials: relative to an extremum over the keys, or with a sum of their own over the keys.
pub fn weighs(arena: &Arena, body: Id, key: DimId, reduces: &[Id]) -> bool {
    let keyed = |id: Id| match arena.node(id) {
        Node::Reduce { kind, dims, body, .. } => {
            dims.iter().find(|dim| arena.dim_info(**dim).role == Role::Key).map(|dim| (*kind, *dim, *body))
        }
        _ => None,
    };
    let sum =
        |id: &Id| keyed(*id).is_some_and(|(kind, dim, body)| kind == Kind::Sum && is_exponential(arena, body, dim));
    let extremum = |_: &Arena, id: Id| keyed(id).is_some_and(|(kind, ..)| matches!(kind, Kind::Max | Kind::Min));
    let relative = |arena: &Arena, id: Id| {
        matches!(arena.node(id), Node::Call(Func::Exp | Func::Exp2, _))
            && arena.uses(id, key)
            && arena.flags(id).key_reduces
            && !arena.collect(&[id], extremum).is_empty()
    };
    reduces.iter().any(sum) || !arena.collect(&[body], relative).is_empty()
}

/// Whether an expression is an exponential of what depends on `key`: as a factor, in a term, or as a choice.
fn is_exponential(arena: &Arena, id: Id, key: DimId) -> bool {
    let inside = |id: Id| arena.uses(id, key) && is_exponential(arena, id, key);
    match arena.node(id) {
        Node::Call(Func::Exp | Func::Exp2, a) => arena.uses(a[0], key),
        Node::Call(Func::Select, a) => a[1..].iter().any(|arm| inside(*arm)),
        Node::Switch { arms, .. } => arms.iter().any(|arm| inside(*arm)),
        Node::Sum(terms, _) => terms.iter().any(|(term, _)| inside(*term)),
        Node::Product(factors) => factors.iter().any(|(factor, power)| *power > 0 && inside(*factor)),
        _ => false,
    }
}

/// Whether a statistic that is already known is taken away from the scores in an exponent.
pub fn settled(arena: &Arena, body: Id, key: DimId, values: &[Val<'_>]) -> bool {
    let statistic = |arena: &Arena, id: Id| match arena.node(id) {
        Node::Load(tensor, _) => !arena.flags(id).reduces && known(values[tensor.0 as usize], 0),
        _ => false,
    };
    let exponentials = arena.collect(&[body], |arena, id| {
        arena.uses(id, key)
            && arena.flags(id).reduces
            && matches!(arena.node(id), Node::Call(Func::Exp | Func::Exp2, _))
    });
    exponentials.into_iter().any(|call| {
        let terms = arena.children(call).into_iter().flat_map(|argument| arena.sum_parts(argument).0);
        terms.into_iter().any(|(term, _)| !arena.flags(term).reduces && !arena.collect(&[term], statistic).is_empty())
    })
}

/// Whether a value comes from a reduction or a fused op, elementwise.
fn known(value: Val<'_>, depth: u32) -> bool {
    let Some(op) = ffi::defining_op(value) else { return false };
    let elementwise = is_view(ir::name(op)) || ir::name(op) == "linalg.generic";
    match ir::name(op) {
        "attention.result" => true,
        "linalg.generic" if Loops::reduces(op) => true,
        _ => depth < 12 && elementwise && ir::operands(op).into_iter().any(|operand| known(operand, depth + 1)),
    }
}

/// Of what is read along the keys and not along the queries: whether any, and whether all, is a constant of the
/// program, as the weights of a layer are.
pub fn constants(arena: &Arena, body: Id, key: DimId, query: u128, values: &[Val<'_>]) -> (bool, bool) {
    let along = |arena: &Arena, id: Id| {
        matches!(arena.node(id), Node::Load(..)) && arena.uses(id, key) && arena.flags(id).dims & query == 0
    };
    let loads = arena.collect(&[body], along);
    let mut fixed = loads.iter().map(|load| match arena.node(*load) {
        Node::Load(tensor, _) => constant(values[tensor.0 as usize], 0),
        _ => false,
    });
    let all: Vec<bool> = fixed.by_ref().collect();
    (all.contains(&true), all.iter().all(|fixed| *fixed))
}

/// Whether what is read along the keys and not along the queries are parameters, constant or not, of a layer on what is
/// computed: arguments without a dimension that the queries have too.
pub fn parameters(arena: &Arena, body: Id, key: DimId, query: u128, values: &[Val<'_>]) -> bool {
    let loads = arena.collect(&[body], |arena, id| matches!(arena.node(id), Node::Load(..)));
    let along = |id: Id| arena.flags(id).dims & query != 0;
    let given = |id: Id| match arena.node(id) {
        Node::Load(tensor, _) => fixed(values[tensor.0 as usize], true, 0),
        _ => false,
    };
    let (rows, keyed): (Vec<Id>, Vec<Id>) = loads.into_iter().partition(|id| along(*id));
    let shared = rows.iter().fold(0, |dims, id| dims | arena.flags(*id).dims) & free(arena);
    let mut keyed = keyed.into_iter().filter(|id| arena.uses(*id, key));
    rows.iter().any(|id| !given(*id)) && keyed.all(|id| given(id) && arena.flags(id).dims & shared == 0)
}

/// The free dimensions.
fn free(arena: &Arena) -> u128 {
    let free = arena.all_dims().filter(|dim| arena.dim_info(*dim).role == Role::Free);
    free.fold(0, |mask, dim| mask | 1 << dim.0)
}

fn constant(value: Val<'_>, depth: u32) -> bool {
    fixed(value, false, depth)
}

/// Whether a value is computed elementwise from constants, and, where `given`, from arguments.
fn fixed(value: Val<'_>, given: bool, depth: u32) -> bool {
    let Some(op) = ffi::defining_op(value) else { return given };
    let through = is_view(ir::name(op)) || ir::name(op) == "linalg.generic" && !Loops::reduces(op);
    match ir::name(op) {
        "arith.constant" | "tensor.empty" => true,
        _ => depth < 8 && through && ir::operands(op).into_iter().all(|operand| fixed(operand, given, depth + 1)),
    }
}

/// Whether a contraction inside the weight, of what depends on query and key, goes through a function that is not linear.
pub fn nonlinear(arena: &Arena, body: Id, key: DimId, query: u128) -> bool {
    let score = |arena: &Arena, id: Id| {
        matches!(arena.node(id), Node::Reduce { .. })
            && arena.uses(id, key)
            && (query == 0 || arena.flags(id).dims & query != 0)
    };
    let scored = |arena: &Arena, id: Id| arena.flags(id).reduces && !arena.collect(&[id], score).is_empty();
    let calls = arena.collect(&[body], |arena, id| match arena.node(id) {
        Node::Call(Func::Select, a) => scored(arena, a[1]) || scored(arena, a[2]),
        Node::Call(..) => scored(arena, id),
        Node::Product(factors) => factors.iter().any(|(id, power)| *power != 1 && scored(arena, *id)),
        _ => false,
    });
    !calls.is_empty()
}
