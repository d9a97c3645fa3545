//! Scalar operations of arith and math as expressions.

use super::arena::{Arena, Func, Id, Kind, Ty};
use crate::ir::{self, Element, Op};
use melior::ir::AttributeLike;

/// The name of a float function that survives as a call, interned in expressions.
fn named(name: &str) -> Func {
    Func::Named(name.into())
}

/// The value of a constant attribute, as an expression.
pub(super) fn constant<'c>(arena: &mut Arena, attribute: ir::Attr<'c>) -> Option<Id> {
    if let Some(value) = ir::float_attr(attribute) {
        return Some(arena.float(value));
    }
    let value = ir::int_attr(attribute)?;
    Some(if Element::of(attribute.r#type()) == Some(Element::BOOL) { arena.bool(value != 0) } else { arena.int(value) })
}

/// An operation on scalars; `None` when there is no expression for it.
pub(super) fn scalar_op(arena: &mut Arena, op: Op<'_>, a: &[Id]) -> Option<Id> {
    let name = ir::name(op);
    let predicate = || ir::attr(op, "predicate").and_then(ir::int_attr);
    Some(match (name, a) {
        // Rounding between operations is dropped: everything is computed wide.
        ("arith.extf" | "arith.truncf", [x]) => *x,
        ("arith.addf", [x, y]) => arena.add(*x, *y),
        ("arith.subf", [x, y]) => arena.sub(*x, *y),
        ("arith.mulf", [x, y]) => arena.mul(*x, *y),
        ("arith.divf", [x, y]) => arena.div(*x, *y),
        ("arith.negf", [x]) => arena.scale(-1.0, *x),
        ("math.fma", [x, y, z]) => {
            let product = arena.mul(*x, *y);
            arena.add(product, *z)
        }
        ("arith.maximumf", [x, y]) => arena.extremum(Func::MaxF, *x, *y),
        ("arith.minimumf", [x, y]) => arena.extremum(Func::MinF, *x, *y),
        // A number wins over NaN.
        ("arith.maxnumf" | "arith.minnumf", [x, y]) => arena.call(named(name), &[*x.min(y), *x.max(y)]),
        ("arith.cmpf", [x, y]) => arena.compare_float(predicate()?, *x, *y),
        ("arith.cmpi", [x, y]) => arena.compare_int(predicate()?, *x, *y),
        ("arith.select", [c, x, y]) => arena.select(*c, *x, *y),
        ("math.exp", [x]) => arena.call1(Func::Exp, *x),
        ("math.exp2", [x]) => arena.call1(Func::Exp2, *x),
        ("math.log", [x]) => arena.call1(Func::Log, *x),
        ("math.log2", [x]) => arena.call1(Func::Log2, *x),
        ("math.powf", [x, y]) => match (arena.as_float(*x), arena.as_float(*y)) {
            (Some(2.0), _) => arena.call1(Func::Exp2, *y),
            (_, Some(power)) if power.fract() == 0.0 && (1.0..=8.0).contains(&power) => {
                arena.product(&[(*x, power as i32)])
            }
            _ => arena.call(named(name), &[*x, *y]),
        },
        ("math.fpowi", [x, y]) => match arena.as_int(*y) {
            Some(power) if (1..=8).contains(&power) => arena.product(&[(*x, power as i32)]),
            _ => return None,
        },
        ("arith.sitofp", [x]) if arena.ty(*x) == Ty::Int => arena.call(Func::ToFloat, &[*x]),
        ("arith.uitofp", [x]) => match arena.ty(*x) {
            Ty::Bool => {
                let (one, zero) = (arena.float(1.0), arena.float(0.0));
                arena.select(*x, one, zero)
            }
            Ty::Int if arena.range(*x).is_some_and(|range| range.0 >= 0) => arena.call(Func::ToFloat, &[*x]),
            _ => return None,
        },
        ("arith.fptosi", [x]) => arena.call(Func::ToInt, &[*x]),
        ("arith.addi" | "arith.subi" | "arith.muli", [x, y]) if arena.ty(*x) == Ty::Int => {
            let bits = result_bits(op)?;
            let whole = match name {
                "arith.addi" => arena.add_int(*x, *y),
                "arith.subi" => arena.sub_int(*x, *y),
                _ => arena.mul_int(*x, *y),
            };
            arena.wrap(bits, whole)
        }
        ("arith.floordivsi", [x, y]) => {
            let divisor = arena.as_int(*y).filter(|value| *value > 0)?;
            arena.floor_div(*x, divisor)
        }
        ("arith.divsi" | "arith.divui", [x, y]) => match arena.as_int(*y).filter(|value| *value > 0) {
            Some(divisor) if arena.range(*x).is_some_and(|range| range.0 >= 0) => arena.floor_div(*x, divisor),
            _ if name == "arith.divsi" => arena.call(Func::NamedI(name.into()), &[*x, *y]),
            _ => return None,
        },
        ("arith.remsi" | "arith.remui", [x, y]) => match arena.as_int(*y).filter(|value| *value > 0) {
            Some(divisor) if arena.range(*x).is_some_and(|range| range.0 >= 0) => arena.modulo(*x, divisor),
            _ if name == "arith.remsi" => arena.call(Func::NamedI(name.into()), &[*x, *y]),
            _ => return None,
        },
        ("arith.maxsi", [x, y]) if arena.ty(*x) == Ty::Int => arena.call(Func::MaxI, &[*x, *y]),
        ("arith.minsi", [x, y]) if arena.ty(*x) == Ty::Int => arena.call(Func::MinI, &[*x, *y]),
        ("arith.extsi", [x]) if arena.ty(*x) == Ty::Int => *x,
        ("arith.index_cast", [x]) if arena.ty(*x) == Ty::Int => {
            let bits = result_bits(op)?;
            arena.wrap(bits, *x)
        }
        ("arith.extui" | "arith.index_castui", [x]) => match arena.ty(*x) {
            Ty::Bool => {
                let (one, zero) = (arena.int(1), arena.int(0));
                arena.select(*x, one, zero)
            }
            Ty::Int if arena.range(*x).is_some_and(|range| range.0 >= 0) => *x,
            _ => return None,
        },
        ("arith.trunci", [x]) if arena.ty(*x) == Ty::Int => match result_bits(op)? {
            1 => {
                let low = arena.modulo(*x, 2);
                let zero = arena.int(0);
                arena.compare_int(1, low, zero)
            }
            bits => arena.wrap(bits, *x),
        },
        ("arith.andi" | "arith.muli", [x, y]) if arena.ty(*x) == Ty::Bool => arena.and(*x, *y),
        ("arith.ori", [x, y]) if arena.ty(*x) == Ty::Bool => arena.or(*x, *y),
        ("arith.xori", [x, y]) if arena.ty(*x) == Ty::Bool => arena.xor(*x, *y),
        ("math.tanh" | "math.sqrt" | "math.rsqrt" | "math.absf" | "math.erf" | "math.sin" | "math.cos", [x])
        | ("math.log1p" | "math.expm1" | "math.floor" | "math.ceil" | "math.round" | "math.roundeven", [x])
        | ("math.atan" | "math.sinh" | "math.cosh" | "math.log10" | "math.trunc" | "math.cbrt", [x]) => {
            arena.call(named(name), &[*x])
        }
        ("math.atan2" | "arith.remf" | "math.copysign", [x, y]) => arena.call(named(name), &[*x, *y]),
        ("math.absi", [x]) => match arena.range(*x) {
            Some((low, _)) if low >= 0 => *x,
            _ => {
                let bits = result_bits(op)?;
                let negative = arena.linear(&[(*x, -1)], 0);
                let negative = arena.wrap(bits, negative);
                arena.call(Func::MaxI, &[*x, negative])
            }
        },
        _ => return None,
    })
}

/// Bits of the integer that an operation gives; an index has 64.
fn result_bits(op: Op<'_>) -> Option<u32> {
    let result = ir::results(op).into_iter().next()?;
    Element::of(ir::type_of(result)).map(Element::int_bits).filter(|bits| (1..=64).contains(bits))
}

/// The combiner behind an operation of a reduction's body.
pub(super) fn combiner(name: &str, boolean: bool) -> Option<Kind> {
    Some(match name {
        "arith.addf" => Kind::Sum,
        "arith.mulf" => Kind::Prod,
        "arith.maximumf" | "arith.maxnumf" => Kind::Max,
        "arith.minimumf" | "arith.minnumf" => Kind::Min,
        "arith.andi" if boolean => Kind::And,
        "arith.ori" if boolean => Kind::Or,
        "arith.addi" if !boolean => Kind::Sum,
        _ => return None,
    })
}

/// The identity of a combiner, on floats and booleans.
pub(super) fn is_identity(arena: &Arena, kind: Kind, id: Id) -> bool {
    match kind {
        Kind::Sum => arena.as_float(id) == Some(0.0) || arena.as_int(id) == Some(0),
        Kind::Prod => arena.as_float(id) == Some(1.0),
        Kind::Max => arena.as_float(id) == Some(f64::NEG_INFINITY),
        Kind::Min => arena.as_float(id) == Some(f64::INFINITY),
        Kind::And => arena.as_bool(id) == Some(true),
        Kind::Or => arena.as_bool(id) == Some(false),
    }
}

/// Operations that are cheap enough to repeat at every point.
pub(super) fn is_cheap(name: &str) -> bool {
    name.starts_with("arith.") && name != "arith.divf" && name != "arith.remf"
        || matches!(name, "linalg.index" | "linalg.yield" | "math.absf" | "math.absi")
}
