//! A reference interpreter of expressions: the oracle of tests and of the fusion certificate.

use super::arena::{Arena, DimId, Func, Id, Kind, Node, TensorId};
use crate::interp::scalar::{compare_float, compare_signed, maximum, minimum};
use std::collections::HashMap;

/// A scalar value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    Bool(bool),
    Int(i64),
    Float(f64),
}

impl Value {
    /// As a float; booleans are 0 and 1.
    pub fn float(self) -> f64 {
        match self {
            Self::Bool(value) => f64::from(u8::from(value)),
            Self::Int(value) => value as f64,
            Self::Float(value) => value,
        }
    }

    fn int(self) -> i64 {
        match self {
            Self::Bool(value) => i64::from(value),
            Self::Int(value) => value,
            Self::Float(value) => value as i64,
        }
    }

    fn bool(self) -> bool {
        match self {
            Self::Bool(value) => value,
            other => other.int() != 0,
        }
    }
}

/// What loads and atoms mean, and where the free dimensions stand.
pub struct Env<'a> {
    pub load: &'a dyn Fn(TensorId, &[i64]) -> Value,
    pub atom: &'a dyn Fn(u32) -> Value,
    pub at: HashMap<DimId, i64>,
}

/// The value of an expression in f64, reductions taken in order. `None` for a function it does not know.
pub fn evaluate(arena: &Arena, id: Id, env: &mut Env<'_>) -> Option<Value> {
    Some(match arena.node(id) {
        Node::Bool(value) => Value::Bool(*value),
        Node::Int(value) => Value::Int(*value),
        Node::Float(value) => Value::Float(value.get()),
        Node::Dim(dim) => Value::Int(*env.at.get(dim)?),
        Node::Atom(number, _) => (env.atom)(*number),
        Node::Linear(terms, offset) => {
            let mut sum = *offset;
            for (term, coefficient) in terms {
                sum = sum.wrapping_add(evaluate(arena, *term, env)?.int().wrapping_mul(*coefficient));
            }
            Value::Int(sum)
        }
        Node::Sum(terms, constant) => {
            let mut sum = constant.get();
            for (term, coefficient) in terms {
                sum += evaluate(arena, *term, env)?.float() * coefficient.get();
            }
            Value::Float(sum)
        }
        Node::Product(factors) => {
            let mut product = 1.0;
            for (factor, power) in factors {
                product *= evaluate(arena, *factor, env)?.float().powi(*power);
            }
            Value::Float(product)
        }
        Node::Switch { index, bounds, arms } => {
            let index = evaluate(arena, *index, env)?.int();
            let arm = bounds.iter().filter(|bound| **bound <= index).count();
            evaluate(arena, arms[arm], env)?
        }
        Node::Load(tensor, coords) => {
            let mut at = vec![];
            for coord in coords {
                at.push(evaluate(arena, *coord, env)?.int());
            }
            (env.load)(*tensor, &at)
        }
        Node::Reduce { kind, dims, init, body } => {
            let saved = env.at.clone();
            let mut total = match init {
                Some(init) => Some(evaluate(arena, *init, env)?),
                None => None,
            };
            let extents: Vec<i64> = dims.iter().map(|dim| arena.dim_info(*dim).extent).collect();
            let points: i64 = extents.iter().product();
            for point in 0..points {
                let mut rest = point;
                for (dim, extent) in dims.iter().zip(&extents).rev() {
                    env.at.insert(*dim, rest % extent);
                    rest /= extent;
                }
                let value = evaluate(arena, *body, env)?;
                total = Some(match total {
                    None => value,
                    Some(total) => match kind {
                        Kind::Sum => Value::Float(total.float() + value.float()),
                        Kind::Prod => Value::Float(total.float() * value.float()),
                        Kind::Max => Value::Float(maximum(total.float(), value.float())),
                        Kind::Min => Value::Float(minimum(total.float(), value.float())),
                        Kind::And => Value::Bool(total.bool() && value.bool()),
                        Kind::Or => Value::Bool(total.bool() || value.bool()),
                    },
                });
            }
            env.at = saved;
            total?
        }
        Node::Call(func, arguments) => {
            if *func == Func::Select {
                let chosen = if evaluate(arena, arguments[0], env)?.bool() { arguments[1] } else { arguments[2] };
                return evaluate(arena, chosen, env);
            }
            let mut a = vec![];
            for argument in arguments {
                a.push(evaluate(arena, *argument, env)?);
            }
            let x = a[0];
            match func {
                Func::Exp => Value::Float(x.float().exp()),
                Func::Exp2 => Value::Float(x.float().exp2()),
                Func::Log => Value::Float(x.float().ln()),
                Func::Log2 => Value::Float(x.float().log2()),
                Func::MaxF => Value::Float(maximum(x.float(), a[1].float())),
                Func::MinF => Value::Float(minimum(x.float(), a[1].float())),
                Func::Named(name) => Value::Float(match &**name {
                    "math.tanh" => x.float().tanh(),
                    "math.sqrt" => x.float().sqrt(),
                    "math.rsqrt" => 1.0 / x.float().sqrt(),
                    "math.absf" => x.float().abs(),
                    "math.powf" => x.float().powf(a[1].float()),
                    _ => return None,
                }),
                Func::CmpF(predicate) => Value::Bool(compare_float(*predicate, x.float(), a[1].float())),
                Func::CmpI(predicate) => Value::Bool(compare_signed(*predicate, x.int(), a[1].int())?),
                Func::Not => Value::Bool(!x.bool()),
                Func::And => Value::Bool(x.bool() && a[1].bool()),
                Func::Or => Value::Bool(x.bool() || a[1].bool()),
                Func::Xor => Value::Bool(x.bool() != a[1].bool()),
                Func::ToFloat => Value::Float(x.int() as f64),
                Func::ToInt => Value::Int(x.float() as i64),
                Func::FloorDiv => Value::Int(x.int().div_euclid(a[1].int())),
                Func::Mod => Value::Int(x.int().rem_euclid(a[1].int())),
                Func::MulI => Value::Int(x.int().wrapping_mul(a[1].int())),
                Func::Wrap(bits) => Value::Int(x.int() << (64 - bits) >> (64 - bits)),
                Func::MinI => Value::Int(x.int().min(a[1].int())),
                Func::MaxI => Value::Int(x.int().max(a[1].int())),
                Func::NamedI(name) if &**name == "arith.remsi" => Value::Int(x.int().checked_rem(a[1].int())?),
                Func::NamedI(name) if &**name == "arith.divsi" => Value::Int(x.int().checked_div(a[1].int())?),
                Func::Select | Func::NamedI(_) => return None,
            }
        }
    })
}
