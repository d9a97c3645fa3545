//! Scalar programs: what the regions of a fused op compute, seen as expressions.
//!
//! A value inside a region is an expression over leaves: reads, indices, reductions, region
//! arguments and scalars from outside. This module answers which dims an expression depends on,
//! whether two are the same, and copies one into a tile op's body.

use crate::{
    dialect::ops::{self, Fused},
    ffi,
    ir::{self, Builder, Element, Op, Val},
};
use melior::ir::operation::OperationLike;
use std::collections::HashMap;

/// Where a value comes from.
#[derive(Clone, Copy)]
pub enum Node<'c> {
    /// `attention.read` of a capture.
    Read(usize),
    /// `attention.index` of a dim.
    Index(usize),
    /// `attention.reduce`.
    Reduce(Op<'c>),
    /// An argument of a region of the fused op, by position.
    Argument(usize),
    /// Defined outside the fused op: a run-time scalar.
    Outside,
    /// Any other operation on scalars.
    Apply(Op<'c>),
}

/// Truth values that a loop's key range makes constant, by value identity.
pub type Assumptions = HashMap<usize, bool>;

/// The regions of one fused op as programs.
#[derive(Clone, Copy)]
pub struct Programs<'a, 'c> {
    pub fused: &'a Fused<'c>,
}

impl<'c> Programs<'_, 'c> {
    /// Classifies a value.
    pub fn node(&self, value: Val<'c>) -> Node<'c> {
        let Some(op) = ffi::defining_op(value) else {
            let regions = &self.fused.regions;
            let own = ffi::argument_owner(value)
                .is_some_and(|block| [regions.lift, regions.rescale, regions.epilogue].contains(&block));
            return if own { Node::Argument(ffi::value_number(value)) } else { Node::Outside };
        };
        match ir::name(op) {
            ops::READ => ops::read_capture(op).map_or(Node::Outside, Node::Read),
            ops::INDEX => ops::index_dim(op).map_or(Node::Outside, Node::Index),
            ops::REDUCE => Node::Reduce(op),
            // Constants may have been moved out; they are part of the program all the same.
            _ if ir::name(op) == "arith.constant" || self.is_inside(op) => Node::Apply(op),
            _ => Node::Outside,
        }
    }

    fn is_inside(&self, op: Op<'c>) -> bool {
        let mut current = op.parent_operation().map(|parent| ffi::op(&parent));
        while let Some(parent) = current {
            if parent == self.fused.op {
                return true;
            }
            current = parent.parent_operation().map(|parent| ffi::op(&parent));
        }
        false
    }

    /// Looks through what the assumptions decide: selects, and sums and products with a zero.
    pub fn resolve(&self, value: Val<'c>, assumptions: &Assumptions) -> Val<'c> {
        if assumptions.is_empty() {
            return value;
        }
        let Node::Apply(op) = self.node(value) else { return value };
        let operands = ir::operands(op);
        match ir::name(op) {
            "arith.select" => match self.truth(operands[0], assumptions) {
                Some(true) => self.resolve(operands[1], assumptions),
                Some(false) => self.resolve(operands[2], assumptions),
                None => value,
            },
            "arith.addf" => {
                let (lhs, rhs) = (self.resolve(operands[0], assumptions), self.resolve(operands[1], assumptions));
                if is_zero(rhs) {
                    lhs
                } else if is_zero(lhs) {
                    rhs
                } else {
                    value
                }
            }
            // Only where an added mask became its neutral 0, times a scale.
            "arith.mulf" => operands
                .iter()
                .zip([1, 0])
                .map(|(operand, other)| (self.resolve(*operand, assumptions), operands[other]))
                .find(|(operand, other)| is_zero(*operand) && constant(*other).is_some_and(f64::is_finite))
                .map_or(value, |(operand, _)| operand),
            _ => value,
        }
    }

    /// The truth of an i1 value under the assumptions.
    pub fn truth(&self, value: Val<'c>, assumptions: &Assumptions) -> Option<bool> {
        if let Some(known) = assumptions.get(&ffi::value_key(value)) {
            return Some(*known);
        }
        let Node::Apply(op) = self.node(value) else { return None };
        let operands = ir::operands(op);
        let of = |index: usize| self.truth(operands[index], assumptions);
        match ir::name(op) {
            "arith.constant" => ir::int_attr(ir::attr(op, "value")?).map(|value| value != 0),
            "arith.andi" => match (of(0), of(1)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            "arith.ori" => match (of(0), of(1)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
            "arith.xori" => Some(of(0)? != of(1)?),
            _ => None,
        }
    }

    /// The iteration dims a value depends on, as a set; `arguments` gives those of region arguments.
    pub fn dims(&self, value: Val<'c>, assumptions: &Assumptions, arguments: &dyn Fn(usize) -> u64) -> u64 {
        self.dims_memo(value, assumptions, arguments, &mut HashMap::new())
    }

    fn dims_memo(
        &self,
        value: Val<'c>,
        assumptions: &Assumptions,
        arguments: &dyn Fn(usize) -> u64,
        memo: &mut HashMap<usize, u64>,
    ) -> u64 {
        let value = self.resolve(value, assumptions);
        if let Some(known) = memo.get(&ffi::value_key(value)) {
            return *known;
        }
        let mut all = |values: Vec<Val<'c>>| {
            values.into_iter().fold(0, |set, value| set | self.dims_memo(value, assumptions, arguments, memo))
        };
        let dims = match self.node(value) {
            Node::Read(capture) => self.fused.captures.get(capture).map_or(0, |capture| set_of(&capture.map.used())),
            Node::Index(dim) => 1 << dim,
            Node::Argument(argument) => arguments(argument),
            Node::Outside => 0,
            Node::Reduce(op) => {
                let reduced = ops::reduce_parts(op).map_or(0, |(_, dims)| set_of(&dims));
                all(ir::body(op, 0).map(ops::yielded).unwrap_or_default()) & !reduced
            }
            Node::Apply(op) => all(ir::operands(op)),
        };
        memo.insert(ffi::value_key(value), dims);
        dims
    }

    /// Whether a NaN in argument `argument` always makes `value` NaN.
    pub fn is_strict(&self, value: Val<'c>, argument: usize) -> bool {
        self.strict_memo(value, argument, &mut HashMap::new())
    }

    fn strict_memo(&self, value: Val<'c>, argument: usize, memo: &mut HashMap<usize, bool>) -> bool {
        if let Some(known) = memo.get(&ffi::value_key(value)) {
            return *known;
        }
        let strict = match self.node(value) {
            Node::Argument(own) => own == argument,
            Node::Apply(op) => {
                let operands = ir::operands(op);
                let mut strict = |index: usize| self.strict_memo(operands[index], argument, memo);
                match ir::name(op) {
                    "arith.select" => strict(1) && strict(2),
                    "arith.addf" | "arith.subf" | "arith.mulf" | "arith.divf" | "arith.maximumf" | "arith.minimumf"
                    | "arith.negf" | "arith.truncf" | "arith.extf" | "math.exp" | "math.exp2" | "math.log"
                    | "math.log2" | "math.tanh" | "math.sqrt" | "math.fma" => (0..operands.len()).any(strict),
                    _ => false,
                }
            }
            _ => false,
        };
        memo.insert(ffi::value_key(value), strict);
        strict
    }

    /// Copies the expression of `value` to `b`. `leaf` gives leaves their values; it is asked first
    /// at every node and answers `None` to have the node copied.
    pub fn copy(
        &self,
        b: &Builder<'c>,
        value: Val<'c>,
        assumptions: &Assumptions,
        done: &mut HashMap<usize, Val<'c>>,
        leaf: &mut dyn FnMut(&Builder<'c>, Val<'c>) -> Option<Val<'c>>,
    ) -> Val<'c> {
        let value = self.resolve(value, assumptions);
        let key = ffi::value_key(value);
        if let Some(copy) = done.get(&key) {
            return *copy;
        }
        let copy = if let Some(copy) = leaf(b, value) {
            copy
        } else if let (Node::Apply(_), Some(truth)) = (self.node(value), self.decided(value, assumptions)) {
            b.int(i64::from(truth), b.int_type(1))
        } else if let Node::Apply(op) = self.node(value) {
            let operands: HashMap<_, _> = ir::operands(op)
                .into_iter()
                .map(|operand| (ffi::value_key(operand), self.copy(b, operand, assumptions, done, leaf)))
                .collect();
            let copied = b.clone_op(op, |operand| operands[&ffi::value_key(operand)]);
            ir::results(copied)[ffi::value_number(value)]
        } else {
            value
        };
        done.insert(key, copy);
        copy
    }

    fn decided(&self, value: Val<'c>, assumptions: &Assumptions) -> Option<bool> {
        if assumptions.is_empty() || Element::of(ir::type_of(value)) != Some(Element::BOOL) {
            return None;
        }
        let constant = ffi::defining_op(value).is_some_and(|op| ir::name(op) == "arith.constant");
        if constant { None } else { self.truth(value, assumptions) }
    }
}

/// The constant number a value is, if it is one.
pub fn constant(value: Val<'_>) -> Option<f64> {
    let op = ffi::defining_op(value).filter(|op| ir::name(*op) == "arith.constant")?;
    let attribute = ir::attr(op, "value")?;
    ir::float_attr(attribute).or_else(|| ir::int_attr(attribute).map(|number| number as f64))
}

fn is_zero(value: Val<'_>) -> bool {
    constant(value) == Some(0.0)
}

/// A set of dims as bits.
pub fn set_of(dims: &[usize]) -> u64 {
    dims.iter().fold(0, |set, dim| set | 1 << dim)
}

/// Numbers expressions so that two get one number only when they compute the same.
#[derive(Default)]
pub struct Interner {
    texts: HashMap<String, usize>,
    memo: HashMap<usize, usize>,
}

impl Interner {
    /// The number of an expression; `argument` names region arguments.
    pub fn number<'c>(
        &mut self,
        programs: Programs<'_, 'c>,
        value: Val<'c>,
        argument: &dyn Fn(usize) -> String,
    ) -> usize {
        if let Some(known) = self.memo.get(&ffi::value_key(value)) {
            return *known;
        }
        let text = match programs.node(value) {
            Node::Read(capture) => format!("read {capture} {}", ir::type_of(value)),
            Node::Index(dim) => format!("index {dim}"),
            Node::Argument(number) => argument(number),
            Node::Outside => format!("outside {}", ffi::value_key(value)),
            Node::Reduce(op) => format!("reduce {}", ffi::op_key(op)),
            Node::Apply(op) => {
                let mut text = format!("{} {} {}", ir::name(op), ir::type_of(value), ffi::value_number(value));
                for name in ["value", "predicate"] {
                    if let Some(attribute) = ir::attr(op, name) {
                        text.push_str(&format!(" {attribute}"));
                    }
                }
                for operand in ir::operands(op) {
                    text.push_str(&format!(" %{}", self.number(programs, operand, argument)));
                }
                text
            }
        };
        let next = self.texts.len();
        let number = *self.texts.entry(text).or_insert(next);
        self.memo.insert(ffi::value_key(value), number);
        number
    }
}
