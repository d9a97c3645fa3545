//! Scalar expressions as operations of a region of the op.

use super::emit::Emitter;
use crate::{
    algebra::{Func, Id, Kind, Node, Refused, TensorInfo, Ty},
    dialect::ops::{self, Combine},
    ir::{self, Builder, Element, Type, Val},
    pass::expand_math::FULL_RANGE,
};
use std::{
    collections::{HashMap, HashSet},
    f64::consts::LN_2,
};

/// One region under construction.
pub struct Region<'r, 'e, 'c> {
    pub(super) emitter: &'r Emitter<'e, 'c>,
    pub(super) builder: Builder<'c>,
    /// What atoms are here.
    atoms: &'r dyn Fn(u32) -> Option<Val<'c>>,
    /// The infinity of an atom that must read 0 there when an exponent takes it away.
    pub(super) guarded: &'r dyn Fn(u32) -> Option<f64>,
    cache: HashMap<(Id, Width), Val<'c>>,
    /// Exponentials that a number is added to, beside which what is below 2^-126 is nothing.
    pub(super) beside: HashSet<Id>,
}

/// The machine type a value is wanted in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Width {
    Natural,
    Narrow,
    Wide,
}

impl<'r, 'e, 'c> Region<'r, 'e, 'c> {
    pub fn new(
        emitter: &'r Emitter<'e, 'c>,
        b: &Builder<'c>,
        atoms: &'r dyn Fn(u32) -> Option<Val<'c>>,
        guarded: &'r dyn Fn(u32) -> Option<f64>,
    ) -> Self {
        Self { emitter, builder: *b, atoms, guarded, cache: HashMap::new(), beside: HashSet::new() }
    }

    fn fail(&self, reason: &str) -> Val<'c> {
        self.emitter.failed.borrow_mut().get_or_insert_with(|| Refused::new(reason));
        self.builder.float(0.0, self.emitter.float(&self.builder))
    }

    pub fn emit(&mut self, id: Id) -> Val<'c> {
        let width = match self.emitter.arena.ty(id) {
            Ty::Int if self.emitter.narrow(id) => Width::Narrow,
            Ty::Int => Width::Wide,
            _ => Width::Natural,
        };
        self.emit_as(id, width)
    }

    /// What was emitted so far, but for narrow integers.
    pub(super) fn emitted(&self) -> impl Iterator<Item = (Id, Val<'c>)> {
        self.cache.iter().filter(|((_, width), _)| *width == Width::Natural).map(|((id, _), value)| (*id, *value))
    }

    fn emit_as(&mut self, id: Id, width: Width) -> Val<'c> {
        if let Some(value) = self.cache.get(&(id, width)) {
            return *value;
        }
        let value = match self.emitter.arena.ty(id) {
            Ty::Int => self.integer(id, width),
            Ty::Bool => self.boolean(id),
            Ty::Float => self.float(id),
        };
        self.cache.insert((id, width), value);
        value
    }

    fn int_type(&self, width: Width) -> Type<'c> {
        self.builder.int_type(if width == Width::Narrow { 32 } else { 64 })
    }

    /// An integer in i32 or i64. What is wanted narrow fits, by its range.
    fn integer(&mut self, id: Id, width: Width) -> Val<'c> {
        let ty = self.int_type(width);
        let b = self.builder;
        let arena = self.emitter.arena;
        if width == Width::Wide && self.emitter.narrow(id) && !matches!(arena.node(id), Node::Int(_)) {
            let narrow = self.emit_as(id, Width::Narrow);
            return b.cast("arith.extsi", narrow, ty);
        }
        match arena.node(id).clone() {
            Node::Int(value) => b.int(value, ty),
            Node::Dim(dim) => match self.emitter.layout.position(dim) {
                Some(at) => {
                    let index = ops::index(&b, at);
                    b.cast("arith.index_cast", index, ty)
                }
                None => self.fail("an index of a merged dimension"),
            },
            Node::Linear(terms, offset) => {
                let mut sum: Option<Val<'c>> = None;
                // Positive terms first, so that a difference is one subtraction.
                let (positive, negative): (Vec<_>, Vec<_>) = terms.into_iter().partition(|(_, factor)| *factor > 0);
                for (term, factor) in positive.into_iter().chain(negative) {
                    let value = self.emit_as(term, width);
                    let scaled = if factor.abs() == 1 {
                        value
                    } else {
                        let factor = b.int(factor.abs(), ty);
                        b.binary("arith.muli", value, factor)
                    };
                    sum = Some(match sum {
                        None if factor < 0 => {
                            let zero = b.int(0, ty);
                            b.binary("arith.subi", zero, scaled)
                        }
                        None => scaled,
                        Some(sum) if factor < 0 => b.binary("arith.subi", sum, scaled),
                        Some(sum) => b.binary("arith.addi", sum, scaled),
                    });
                }
                let constant = b.int(offset, ty);
                match sum {
                    Some(sum) if offset != 0 => b.binary("arith.addi", sum, constant),
                    Some(sum) => sum,
                    None => constant,
                }
            }
            Node::Call(func, a) => {
                let name = match func {
                    Func::FloorDiv if arena.range(a[0]).is_some_and(|range| range.0 >= 0) => "arith.divui",
                    Func::FloorDiv => "arith.floordivsi",
                    Func::Mod if arena.range(a[0]).is_some_and(|range| range.0 >= 0) => "arith.remui",
                    Func::NamedI(ref name) if &**name == "arith.remsi" => "arith.remsi",
                    Func::NamedI(ref name) if &**name == "arith.divsi" => "arith.divsi",
                    Func::MulI => "arith.muli",
                    Func::Wrap(bits) => {
                        // As many low bits as there are, of a sum that may be wrong above them.
                        let (narrow, wide) = (b.int_type(32), b.int_type(64));
                        let mut value = self.emit_as(a[0], Width::Wide);
                        if bits <= 32 {
                            value = b.cast("arith.trunci", value, narrow);
                        }
                        let (own, held) = if bits <= 32 { (narrow, 32) } else { (wide, 64) };
                        if bits < held {
                            let by = b.int(i64::from(held - bits), own);
                            value = b.binary("arith.shli", value, by);
                            value = b.binary("arith.shrsi", value, by);
                        }
                        return if own == ty { value } else { b.cast("arith.extsi", value, ty) };
                    }
                    Func::MinI => "arith.minsi",
                    Func::MaxI => "arith.maxsi",
                    Func::Mod => {
                        // x - c*floordiv(x, c)
                        let (x, c) = (self.emit_as(a[0], width), self.emit_as(a[1], width));
                        let quotient = b.binary("arith.floordivsi", x, c);
                        let product = b.binary("arith.muli", quotient, c);
                        return b.binary("arith.subi", x, product);
                    }
                    Func::Select => {
                        let condition = self.emit(a[0]);
                        let (yes, no) = (self.emit_as(a[1], width), self.emit_as(a[2], width));
                        return b.select(condition, yes, no);
                    }
                    Func::ToInt => {
                        let float = self.emit(a[0]);
                        return b.cast("arith.fptosi", float, ty);
                    }
                    _ => return self.fail("an integer function without a scalar form"),
                };
                let (x, y) = (self.emit_as(a[0], width), self.emit_as(a[1], width));
                b.binary(name, x, y)
            }
            Node::Load(tensor, _) => {
                let info = &arena.tensors[tensor.0 as usize];
                let value = self.load(id, info, tensor.0);
                match (Element::of(ir::type_of(value)), Element::of(ty)) {
                    (own, wanted) if own == wanted => value,
                    (Some(Element::Index), _) => b.cast("arith.index_cast", value, ty),
                    (Some(Element::Int(64)), Some(Element::Int(32))) => b.cast("arith.trunci", value, ty),
                    _ => b.cast("arith.extsi", value, ty),
                }
            }
            Node::Atom(number, _) => match (self.atoms)(number) {
                Some(value) if Element::of(ir::type_of(value)) == Some(Element::Int(32)) && width == Width::Wide => {
                    b.cast("arith.extsi", value, ty)
                }
                Some(value) => value,
                None => self.fail("a state where there is none"),
            },
            _ => self.fail("an integer without a scalar form"),
        }
    }

    fn load(&mut self, id: Id, info: &TensorInfo, tensor: u32) -> Val<'c> {
        let value = self.emitter.values[tensor as usize];
        if info.scalar {
            return value;
        }
        let Some(capture) = self.emitter.capture_of(id) else { return self.fail("an operand was lost") };
        let element = crate::ffi::element_type(ir::type_of(value));
        let ty = ops::compute_type(&self.builder, element);
        ops::read(&self.builder, capture, ty)
    }

    fn boolean(&mut self, id: Id) -> Val<'c> {
        let b = self.builder;
        let ty = b.int_type(1);
        let arena = self.emitter.arena;
        match arena.node(id).clone() {
            Node::Bool(value) => b.constant(if value { "true" } else { "false" }, ty),
            Node::Load(tensor, _) => {
                let info = &arena.tensors[tensor.0 as usize];
                self.load(id, info, tensor.0)
            }
            Node::Atom(number, _) => match (self.atoms)(number) {
                Some(value) => value,
                None => self.fail("a state where there is none"),
            },
            Node::Call(func, a) => match func {
                Func::CmpI(predicate) => {
                    let ty = arena.ty(a[0]);
                    if ty == Ty::Bool {
                        let (x, y) = (self.emit(a[0]), self.emit(a[1]));
                        return b.compare("arith.cmpi", predicate, x, y);
                    }
                    let narrow = a.iter().all(|id| self.emitter.narrow(*id));
                    let width = if narrow { Width::Narrow } else { Width::Wide };
                    let (x, y) = (self.emit_as(a[0], width), self.emit_as(a[1], width));
                    b.compare("arith.cmpi", predicate, x, y)
                }
                Func::CmpF(predicate) => {
                    let (x, y) = (self.emit(a[0]), self.emit(a[1]));
                    b.compare("arith.cmpf", predicate, x, y)
                }
                Func::Not => {
                    let x = self.emit(a[0]);
                    let yes = b.constant("true", ty);
                    b.binary("arith.xori", x, yes)
                }
                Func::And | Func::Or | Func::Xor => {
                    let (x, y) = (self.emit(a[0]), self.emit(a[1]));
                    let name = match func {
                        Func::And => "arith.andi",
                        Func::Or => "arith.ori",
                        _ => "arith.xori",
                    };
                    b.binary(name, x, y)
                }
                Func::Select => {
                    let (condition, yes, no) = (self.emit(a[0]), self.emit(a[1]), self.emit(a[2]));
                    b.select(condition, yes, no)
                }
                _ => self.fail("a condition without a scalar form"),
            },
            _ => self.fail("a condition without a scalar form"),
        }
    }

    /// A float constant. A finite one stays finite: the least f32 times log2(e), as a mask value, has no f32, and an
    /// infinity in its place would make a row without a live key NaN, and 0 times it too.
    pub(super) fn constant(&self, value: f64) -> Val<'c> {
        let ty = self.emitter.float(&self.builder);
        let most = f64::from(f32::MAX);
        let value = if value.is_finite() && ty == self.builder.f32_type() { value.clamp(-most, most) } else { value };
        self.builder.float(value, ty)
    }

    fn float(&mut self, id: Id) -> Val<'c> {
        let b = self.builder;
        let arena = self.emitter.arena;
        match arena.node(id).clone() {
            Node::Float(value) => self.constant(value.get()),
            Node::Sum(..) => self.sum(id, false),
            Node::Product(factors) => self.product(&factors),
            Node::Load(tensor, _) => {
                let info = &arena.tensors[tensor.0 as usize];
                let value = self.load(id, info, tensor.0);
                let (own, wanted) = (ir::type_of(value), self.emitter.float(&b));
                let bits = |ty| Element::of(ty).map(Element::bits);
                match () {
                    () if own == wanted => value,
                    () if bits(own) > bits(wanted) => b.cast("arith.truncf", value, wanted),
                    () => b.cast("arith.extf", value, wanted),
                }
            }
            Node::Atom(number, _) => match (self.atoms)(number) {
                Some(value) => value,
                None => self.fail("a state where there is none"),
            },
            Node::Reduce { kind, dims, body, .. } => {
                let positions = self.emitter.layout.positions(&dims);
                let combine = match kind {
                    Kind::Max => Combine::Max,
                    Kind::Min => Combine::Min,
                    _ => Combine::Sum,
                };
                let ty = self.emitter.float(&b);
                let (emitter, atoms, guarded) = (self.emitter, self.atoms, self.guarded);
                ops::reduce(&b, combine, &positions, ty, |b| Region::new(emitter, b, atoms, guarded).emit(body))
            }
            Node::Call(func, a) => match func {
                Func::Exp | Func::Log | Func::Log2 => {
                    let x = if func == Func::Exp { self.settled(a[0]) } else { self.emit(a[0]) };
                    let name = match func {
                        Func::Exp => "math.exp",
                        Func::Log => "math.log",
                        _ => "math.log2",
                    };
                    b.unary(name, x)
                }
                Func::Exp2 if self.is_natural(a[0]) => {
                    let x = self.multiple(a[0], LN_2, None);
                    let power = b.op("math.exp").operands(&[x]).results(&[ir::type_of(x)]);
                    power.attr_text(FULL_RANGE, "unit").value()
                }
                Func::Exp2 => {
                    let x = match arena.node(a[0]) {
                        Node::Sum(..) => self.sum(a[0], true),
                        _ => self.emit(a[0]),
                    };
                    let power = b.op("math.exp2").operands(&[x]).results(&[ir::type_of(x)]);
                    if self.relative(a[0]) || self.moderate(a[0]) || self.beside.contains(&id) {
                        power
                    } else {
                        power.attr_text(FULL_RANGE, "unit")
                    }
                    .value()
                }
                Func::MaxF | Func::MinF => {
                    let (x, y) = (self.emit(a[0]), self.emit(a[1]));
                    b.binary(if func == Func::MaxF { "arith.maximumf" } else { "arith.minimumf" }, x, y)
                }
                Func::Named(name) => {
                    let operands: Vec<_> = a.iter().map(|id| self.emit(*id)).collect();
                    b.op(&name).operands(&operands).results(&[self.emitter.float(&b)]).value()
                }
                Func::Select => {
                    let (condition, yes, no) = (self.emit(a[0]), self.emit(a[1]), self.emit(a[2]));
                    b.select(condition, yes, no)
                }
                Func::ToFloat => {
                    let x = self.emit(a[0]);
                    b.cast("arith.sitofp", x, self.emitter.float(&b))
                }
                _ => self.fail("a float function without a scalar form"),
            },
            _ => self.fail("a float without a scalar form"),
        }
    }
}
