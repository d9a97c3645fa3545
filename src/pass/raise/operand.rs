//! Building the tensors that operands with a prologue are computed into.

use super::{point::Point, prepare::Operand};
use crate::{
    algebra::{Arena, DimId, Func, Id, Node, Refused, Ty},
    ffi,
    ir::{self, Builder, Element, Type, Val},
};
use melior::ir::AffineMap;
use std::collections::HashMap;

/// Emits the tensor of an operand: a loop over its points that extracts what it reads.
///
/// # Errors
/// When its body has no scalar form.
pub fn emit<'c>(
    b: &Builder<'c>,
    arena: &Arena,
    operand: &Operand,
    values: &[Val<'c>],
    point: &Point<'c>,
) -> Result<Val<'c>, Refused> {
    emit_as(b, arena, operand, values, point, element(b, arena, operand.body, values))
}

/// As [`emit`], with elements of this type: it holds every value of the body, whose float type is no wider than its own.
pub fn emit_as<'c>(
    b: &Builder<'c>,
    arena: &Arena,
    operand: &Operand,
    values: &[Val<'c>],
    point: &Point<'c>,
    element: Type<'c>,
) -> Result<Val<'c>, Refused> {
    if operand.dims.iter().any(|dim| !point.has(arena.dim_info(*dim).extent)) {
        return Err(Refused::new("a size that follows from no argument"));
    }
    let shape: Vec<Option<i64>> = operand.dims.iter().map(|dim| Some(arena.dim_info(*dim).extent)).collect();
    let ty = b.tensor_type(&shape, element);
    let empty = b.op("tensor.empty").results(&[ty]).value();
    let map = AffineMap::multi_dim_identity(b.context, operand.dims.len());
    let kinds = vec![b.attr("#linalg.iterator_type<parallel>"); operand.dims.len()];
    let mut failed = None;
    let generic = b
        .op("linalg.generic")
        .operands(&[empty])
        .results(&[ty])
        .attr("indexing_maps", b.maps_attr(&[map]))
        .attr("iterator_types", b.array_attr(&kinds))
        .attr_text("operandSegmentSizes", "array<i32: 0, 1>")
        .region(&[element], |b, arguments| {
            let float =
                if arena.tensors[operand.tensor.0 as usize].float_bits == 64 { b.ty("f64") } else { b.f32_type() };
            let mut body = Body { b: *b, arena, values, point, dims: &operand.dims, float, cache: HashMap::new() };
            let value = body.emit(operand.body).unwrap_or_else(|refused| {
                failed = Some(refused);
                arguments[0]
            });
            let own = ir::type_of(value);
            let narrow = match Element::of(element) {
                Some(Element::Index) => "arith.index_cast",
                Some(element) if element.is_integer() => "arith.trunci",
                _ => "arith.truncf",
            };
            let value = if own == element || failed.is_some() { value } else { b.cast(narrow, value, element) };
            b.op("linalg.yield").operands(&[value]).build();
        })
        .build();
    match failed {
        Some(refused) => {
            ffi::erase(generic);
            Err(refused)
        }
        None => Ok(ir::results(generic)[0]),
    }
}

/// The common element type of what the body loads, or f32.
fn element<'c>(b: &Builder<'c>, arena: &Arena, body: Id, values: &[Val<'c>]) -> Type<'c> {
    match arena.ty(body) {
        Ty::Bool => return b.int_type(1),
        Ty::Int => return b.int_type(64),
        Ty::Float => {}
    }
    let mut found: Option<Type<'c>> = None;
    for load in arena.collect(&[body], |arena, id| matches!(arena.node(id), Node::Load(..))) {
        let Node::Load(tensor, _) = arena.node(load) else { continue };
        if arena.tensors[tensor.0 as usize].ty != Ty::Float {
            continue;
        }
        let own = ffi::element_type(ir::type_of(values[tensor.0 as usize]));
        match found {
            Some(other) if other != own => return b.f32_type(),
            _ => found = Some(own),
        }
    }
    found.unwrap_or_else(|| b.f32_type())
}

/// Scalar code in the body of a generic.
pub(super) struct Body<'e, 'c> {
    b: Builder<'c>,
    arena: &'e Arena,
    values: &'e [Val<'c>],
    point: &'e Point<'c>,
    dims: &'e [DimId],
    /// f32, or f64 where all it reads is f64.
    float: Type<'c>,
    cache: HashMap<Id, Val<'c>>,
}

impl<'e, 'c> Body<'e, 'c> {
    /// Code in f32 over `dims`, with what is known already.
    pub(super) fn new(
        b: Builder<'c>,
        arena: &'e Arena,
        values: &'e [Val<'c>],
        point: &'e Point<'c>,
        dims: &'e [DimId],
        known: HashMap<Id, Val<'c>>,
    ) -> Self {
        Self { b, arena, values, point, dims, float: b.f32_type(), cache: known }
    }

    /// The value of an expression.
    pub(super) fn emit(&mut self, id: Id) -> Result<Val<'c>, Refused> {
        if let Some(value) = self.cache.get(&id) {
            return Ok(*value);
        }
        let value = match self.arena.ty(id) {
            Ty::Int => self.integer(id)?,
            Ty::Bool => self.boolean(id)?,
            Ty::Float => self.float(id)?,
        };
        self.cache.insert(id, value);
        Ok(value)
    }

    /// An i64, which may stand for a size that is only known at run time.
    fn int(&self, number: i64) -> Result<Val<'c>, Refused> {
        let ty = self.b.int_type(64);
        if !self.arena.symbolic(number.saturating_abs()) {
            return Ok(self.b.int(number, ty));
        }
        match self.point.value(&self.b, number.saturating_abs()) {
            Some(size) => {
                let size = self.b.cast("arith.index_cast", size, ty);
                let zero = self.b.int(0, ty);
                Ok(if number < 0 { self.b.binary("arith.subi", zero, size) } else { size })
            }
            None => Err(Refused::new("an index is computed with a size that is only known at run time")),
        }
    }

    fn none<T>(&self) -> Result<T, Refused> {
        Err(Refused::new("a prologue without a scalar form"))
    }

    fn load(&mut self, id: Id) -> Result<Val<'c>, Refused> {
        let Node::Load(tensor, coords) = self.arena.node(id).clone() else { return self.none() };
        let source = self.values[tensor.0 as usize];
        let info = &self.arena.tensors[tensor.0 as usize];
        if info.scalar {
            return Ok(source);
        }
        let b = self.b;
        let mut places = vec![];
        for (coord, size) in coords.iter().zip(info.shape.clone()) {
            let mut place = self.emit(*coord)?;
            // A part of a concatenation is only read where it is chosen, but its place is always computed.
            let open = self.arena.symbolic(size);
            let inside = match self.arena.range(*coord) {
                _ if open => self.arena.radix(*coord) == Some(size),
                Some((low, high)) => low >= 0 && high < size,
                None => false,
            };
            if !inside {
                let (low, one) = (self.int(0)?, self.int(1)?);
                let high = b.binary("arith.subi", self.int(size)?, one);
                place = b.binary("arith.maxsi", place, low);
                place = b.binary("arith.minsi", place, high);
            }
            places.push(b.cast("arith.index_cast", place, b.index_type()));
        }
        let element = ffi::element_type(ir::type_of(source));
        let value = b.op("tensor.extract").operands(&[source]).operands(&places).results(&[element]).value();
        let held = Element::of(element);
        Ok(match info.ty {
            Ty::Float if element == self.float => value,
            Ty::Float if held == Some(Element::F64) => b.cast("arith.truncf", value, self.float),
            Ty::Float => b.cast("arith.extf", value, self.float),
            Ty::Int if held == Some(Element::Index) => b.cast("arith.index_cast", value, b.int_type(64)),
            Ty::Int if held != Some(Element::Int(64)) => b.cast("arith.extsi", value, b.int_type(64)),
            _ => value,
        })
    }

    fn integer(&mut self, id: Id) -> Result<Val<'c>, Refused> {
        let b = self.b;
        let ty = b.int_type(64);
        Ok(match self.arena.node(id).clone() {
            Node::Int(value) => self.int(value)?,
            Node::Dim(dim) => {
                let Some(at) = self.dims.iter().position(|own| *own == dim) else { return self.none() };
                let index = b.op("linalg.index").results(&[b.index_type()]).attr("dim", b.i64_attr(at as i64)).value();
                b.cast("arith.index_cast", index, ty)
            }
            Node::Linear(terms, offset) => {
                let mut sum = self.int(offset)?;
                for (term, factor) in terms {
                    let value = self.emit(term)?;
                    let factor = self.int(factor)?;
                    let product = b.binary("arith.muli", value, factor);
                    sum = b.binary("arith.addi", sum, product);
                }
                sum
            }
            Node::Load(..) => self.load(id)?,
            Node::Switch { .. } => self.switch(id)?,
            Node::Call(func, a) => {
                if func == Func::ToInt {
                    let x = self.emit(a[0])?;
                    return Ok(b.cast("arith.fptosi", x, ty));
                }
                let arguments: Result<Vec<_>, _> = a.iter().map(|id| self.emit(*id)).collect();
                let arguments = arguments?;
                let name = match &func {
                    Func::Select => return Ok(b.select(arguments[0], arguments[1], arguments[2])),
                    Func::FloorDiv => "arith.floordivsi",
                    Func::Mod => {
                        let quotient = b.binary("arith.floordivsi", arguments[0], arguments[1]);
                        let product = b.binary("arith.muli", quotient, arguments[1]);
                        return Ok(b.binary("arith.subi", arguments[0], product));
                    }
                    Func::MulI => "arith.muli",
                    Func::Wrap(bits) => {
                        let narrow = b.cast("arith.trunci", arguments[0], b.int_type(*bits));
                        return Ok(b.cast("arith.extsi", narrow, ty));
                    }
                    Func::MinI => "arith.minsi",
                    Func::MaxI => "arith.maxsi",
                    Func::NamedI(name) if arguments.len() == 2 => name,
                    _ => return self.none(),
                };
                b.binary(name, arguments[0], arguments[1])
            }
            _ => return self.none(),
        })
    }

    fn switch(&mut self, id: Id) -> Result<Val<'c>, Refused> {
        let Node::Switch { index, bounds, arms } = self.arena.node(id).clone() else { return self.none() };
        let b = self.b;
        let index = self.emit(index)?;
        let mut value = self.emit(arms[0])?;
        for (bound, arm) in bounds.iter().zip(&arms[1..]) {
            let arm = self.emit(*arm)?;
            let bound = self.int(*bound)?;
            // slt
            let before = b.compare("arith.cmpi", ir::cmpi::SLT, index, bound);
            value = b.select(before, value, arm);
        }
        Ok(value)
    }

    fn boolean(&mut self, id: Id) -> Result<Val<'c>, Refused> {
        let b = self.b;
        Ok(match self.arena.node(id).clone() {
            Node::Bool(value) => b.constant(if value { "true" } else { "false" }, b.int_type(1)),
            Node::Load(..) => self.load(id)?,
            Node::Switch { .. } => self.switch(id)?,
            Node::Call(func, a) => {
                let arguments: Result<Vec<_>, _> = a.iter().map(|id| self.emit(*id)).collect();
                let x = arguments?;
                match func {
                    Func::CmpI(predicate) => b.compare("arith.cmpi", predicate, x[0], x[1]),
                    Func::CmpF(predicate) => b.compare("arith.cmpf", predicate, x[0], x[1]),
                    Func::And => b.binary("arith.andi", x[0], x[1]),
                    Func::Or => b.binary("arith.ori", x[0], x[1]),
                    Func::Xor => b.binary("arith.xori", x[0], x[1]),
                    Func::Not => {
                        let yes = b.constant("true", b.int_type(1));
                        b.binary("arith.xori", x[0], yes)
                    }
                    Func::Select => b.select(x[0], x[1], x[2]),
                    _ => return self.none(),
                }
            }
            _ => return self.none(),
        })
    }

    fn float(&mut self, id: Id) -> Result<Val<'c>, Refused> {
        let b = self.b;
        let ty = self.float;
        Ok(match self.arena.node(id).clone() {
            Node::Float(value) => b.float(value.get(), ty),
            Node::Load(..) => self.load(id)?,
            Node::Switch { .. } => self.switch(id)?,
            Node::Sum(terms, constant) => {
                let mut sum: Option<Val<'c>> = None;
                for (term, factor) in terms {
                    let mut value = self.emit(term)?;
                    if factor.get() != 1.0 {
                        let factor = b.float(factor.get(), ty);
                        value = b.binary("arith.mulf", value, factor);
                    }
                    sum = Some(sum.map_or(value, |sum| b.binary("arith.addf", sum, value)));
                }
                let constant_value = b.float(constant.get(), ty);
                match sum {
                    Some(sum) if constant.get() != 0.0 => b.binary("arith.addf", sum, constant_value),
                    Some(sum) => sum,
                    None => constant_value,
                }
            }
            Node::Product(factors) => {
                let mut product: Option<Val<'c>> = None;
                for (factor, power) in factors {
                    let value = self.emit(factor)?;
                    for _ in 0..power.unsigned_abs() {
                        product = Some(match product {
                            Some(product) if power > 0 => b.binary("arith.mulf", product, value),
                            Some(product) => b.binary("arith.divf", product, value),
                            None if power > 0 => value,
                            None => {
                                let one = b.float(1.0, ty);
                                b.binary("arith.divf", one, value)
                            }
                        });
                    }
                }
                product.unwrap_or_else(|| b.float(1.0, ty))
            }
            Node::Call(func, a) => {
                let arguments: Result<Vec<_>, _> = a.iter().map(|id| self.emit(*id)).collect();
                let x = arguments?;
                match func {
                    Func::Exp => b.unary("math.exp", x[0]),
                    Func::Exp2 => b.unary("math.exp2", x[0]),
                    Func::Log => b.unary("math.log", x[0]),
                    Func::Log2 => b.unary("math.log2", x[0]),
                    Func::MaxF => b.binary("arith.maximumf", x[0], x[1]),
                    Func::MinF => b.binary("arith.minimumf", x[0], x[1]),
                    Func::Named(name) => b.op(&name).operands(&x).results(&[ty]).value(),
                    Func::Select => b.select(x[0], x[1], x[2]),
                    Func::ToFloat => b.cast("arith.sitofp", x[0], ty),
                    _ => return self.none(),
                }
            }
            _ => return self.none(),
        })
    }
}
