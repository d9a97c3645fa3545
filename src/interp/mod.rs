//! An interpreter of linalg, tensor, scf, arith and math: what a module means, without a compiler.
//!
//! It is the truth that compiled programs are compared with: it shares nothing with the passes that
//! fuse and the back ends. [`Precision::Wide`] keeps every float in f64 and drops rounding casts, [`Precision::Typed`] rounds after every
//! operation as a processor of that element type would.
//!
//! Invariants
//! - It runs the input of a program, its normalized form, and its tiles (`scf.forall` in order).
//! - Elements that nothing wrote read as NaN, or as a number that no program means.

mod control;
pub mod kernel;
mod linalg;
pub mod scalar;
mod tensor;

use crate::{
    error::PassError,
    ffi,
    ir::{self, Blk, Op, Type, Val},
    pass::pipeline,
    runtime::{DType, Tensor},
};
use melior::ir::Module;
use scalar::{Kind, Scalar, Word, stored};
use std::{cell::OnceCell, collections::HashMap, rc::Rc};

/// How floats are computed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Precision {
    /// Every float is an f64.
    Wide,
    /// Every operation rounds to its type.
    Typed,
}

/// A tensor: its elements in row-major order.
#[derive(Clone, PartialEq, Debug)]
pub struct Array {
    pub shape: Vec<i64>,
    pub data: Vec<Word>,
}

impl Array {
    /// The position of an element, if it is inside.
    pub fn position(&self, at: &[i64]) -> Option<usize> {
        let mut position = 0;
        for (index, size) in at.iter().zip(&self.shape) {
            if !(0..*size).contains(index) {
                return None;
            }
            position = position * size + index;
        }
        (at.len() == self.shape.len()).then_some(position as usize)
    }
}

/// What a value is at run time.
#[derive(Clone, Debug)]
pub enum Value {
    Scalar(Word),
    Tensor(Rc<Array>),
}

/// Why a module could not be interpreted.
pub type Failure = String;

/// Why a run stops at an assertion.
pub const ASSERTED: &str = "the condition does not hold";

/// The most points of loops that a run may visit by default.
pub const DEFAULT_FUEL: u64 = 400_000_000;

/// A function on its way through its operations. After a run it holds every value of the function's own block.
pub struct Machine<'c> {
    module: Op<'c>,
    typed: bool,
    values: HashMap<usize, Value>,
    programs: HashMap<usize, Rc<linalg::Program<'c>>>,
    fuel: u64,
    /// The module as text, which is where resources are read; made when a constant is one.
    text: OnceCell<String>,
}

/// Gives every named operation, and those of other projects, the generic form, which is all that the interpreter knows. Reductions
/// of 16-bit floats are what every framework takes them for: accumulated in f32 and rounded once.
///
/// # Errors
/// A pass that fails.
pub fn generalize(module: &Module<'_>) -> Result<(), PassError> {
    let passes = "import-foreign,expand-named,func.func(linalg-generalize-named-ops),widen-reductions";
    pipeline::run(module, &format!("builtin.module({passes})"))
}

impl<'c> Machine<'c> {
    /// A machine for the functions of a module, whose named operations are [generalized](generalize).
    pub fn new(module: Op<'c>, precision: Precision) -> Self {
        let typed = precision == Precision::Typed;
        Self {
            module,
            typed,
            values: HashMap::new(),
            programs: HashMap::new(),
            fuel: DEFAULT_FUEL,
            text: OnceCell::new(),
        }
    }

    /// Sets how many points of loops a run may visit.
    pub fn with_fuel(mut self, fuel: u64) -> Self {
        self.fuel = fuel;
        self
    }

    /// How many points of loops a run may still visit.
    pub const fn fuel(&self) -> u64 {
        self.fuel
    }

    /// Runs a function.
    ///
    /// # Errors
    /// An operation that is not known, an access outside of a tensor, or too much work.
    pub fn run(&mut self, entry: &str, arguments: &[Tensor]) -> Result<Vec<Array>, Failure> {
        let function = self.function(entry)?;
        let block = ir::body(function, 0).ok_or("a function without a body")?;
        let mut values = vec![];
        for (argument, tensor) in ir::arguments(block).into_iter().zip(arguments) {
            values.push(self.argument(ir::type_of(argument), tensor)?);
        }
        let results = self.call(block, values)?;
        results.into_iter().map(|value| Ok(array_of(value))).collect()
    }

    /// What a value was in the last run.
    pub fn value(&self, value: Val<'c>) -> Option<&Value> {
        self.values.get(&ffi::value_key(value))
    }

    fn function(&self, name: &str) -> Result<Op<'c>, Failure> {
        let all = ir::body(self.module, 0).map(ir::ops).unwrap_or_default();
        let named = |op: &Op<'c>| ir::attr(*op, "sym_name").and_then(ir::string_attr) == Some(name);
        all.into_iter().find(named).ok_or_else(|| format!("there is no function '{name}'"))
    }

    fn argument(&self, ty: Type<'c>, tensor: &Tensor) -> Result<Value, Failure> {
        let kind = kind_of(ty)?;
        let integers = tensor.dtype() == DType::I64;
        let word = |at: usize, value: f64| {
            if integers && let Some(bytes) = tensor.bytes().get(8 * at..8 * at + 8) {
                // Beyond 2^53 an f64 would lose the number.
                return Word::int(i64::from_le_bytes(bytes.try_into().unwrap_or_default()));
            }
            stored(value, kind, self.typed)
        };
        let data: Vec<Word> = tensor.to_f64().into_iter().enumerate().map(|(at, value)| word(at, value)).collect();
        if !ffi::is_ranked_tensor(ty) {
            return data.first().copied().map(Value::Scalar).ok_or_else(|| "an empty scalar".into());
        }
        let shape = tensor.shape().iter().map(|size| *size as i64).collect();
        Ok(Value::Tensor(Rc::new(Array { shape, data })))
    }

    fn call(&mut self, block: Blk<'c>, arguments: Vec<Value>) -> Result<Vec<Value>, Failure> {
        for (argument, value) in ir::arguments(block).into_iter().zip(arguments) {
            self.set(argument, value);
        }
        self.block(block)
    }

    /// Runs the operations of a block and returns what its terminator yields.
    fn block(&mut self, block: Blk<'c>) -> Result<Vec<Value>, Failure> {
        let ops = ir::ops(block);
        let Some((last, rest)) = ops.split_last() else { return Ok(vec![]) };
        for op in rest {
            self.op(*op)?;
        }
        match ir::name(*last) {
            "func.return" | "scf.yield" | "scf.condition" | "linalg.yield" | "tensor.yield" | "gpu.yield" => {
                ir::operands(*last).into_iter().map(|operand| self.get(operand)).collect()
            }
            "scf.forall.in_parallel" => {
                let inserts = ir::body(*last, 0).map(ir::ops).unwrap_or_default();
                inserts.into_iter().try_for_each(|op| self.op(op))?;
                Ok(vec![])
            }
            other => Err(format!("a block that ends in '{other}'")),
        }
    }

    fn op(&mut self, op: Op<'c>) -> Result<(), Failure> {
        let name = ir::name(op);
        let described = |error: Failure| format!("{name} at {}: {error}", crate::remark::position(op_location(op)));
        let results = match name {
            "arith.constant" => vec![self.constant(op).map_err(described)?],
            _ if name.starts_with("tensor.") => self.tensor_op(op).map_err(described)?,
            "linalg.generic" => self.generic(op).map_err(described)?,
            "func.call" => {
                let callee = ir::attr(op, "callee").map(|callee| callee.to_string()).unwrap_or_default();
                let function = self.function(callee.trim_start_matches('@'))?;
                let block = ir::body(function, 0).ok_or("a function without a body")?;
                let arguments = self.operands(op)?;
                self.call(block, arguments)?
            }
            "cf.assert" => match self.word(ir::operands(op)[0])?.0 {
                0 => return Err(described(ASSERTED.into())),
                _ => vec![],
            },
            _ if name.starts_with("scf.") || name.starts_with("affine.") => self.control(op).map_err(described)?,
            _ => vec![Value::Scalar(self.scalar(op).map_err(described)?)],
        };
        for (result, value) in ir::results(op).into_iter().zip(results) {
            self.set(result, value);
        }
        Ok(())
    }

    fn scalar(&self, op: Op<'c>) -> Result<Word, Failure> {
        let mut words = vec![];
        for operand in ir::operands(op) {
            words.push(self.word(operand)?);
        }
        let scalar = Scalar::decode(op, self.typed).ok_or("an operation that is not known")?;
        scalar.apply(&words).ok_or_else(|| "a division by zero".into())
    }

    fn constant(&self, op: Op<'c>) -> Result<Value, Failure> {
        let ty = ir::type_of(ir::results(op)[0]);
        let attribute = ir::attr(op, "value").ok_or("no value")?;
        if ffi::is_ranked_tensor(ty) {
            self.dense(attribute, ty)
        } else {
            scalar_constant(attribute).map(Value::Scalar)
        }
    }

    fn spend(&mut self, points: u64) -> Result<(), Failure> {
        self.fuel = self.fuel.checked_sub(points).ok_or("too much work for the interpreter")?;
        Ok(())
    }

    fn set(&mut self, to: Val<'c>, value: Value) {
        self.values.insert(ffi::value_key(to), value);
    }

    /// Drops a value that nothing reads any more.
    fn forget(&mut self, value: Val<'c>) {
        self.values.remove(&ffi::value_key(value));
    }

    fn get(&self, value: Val<'c>) -> Result<Value, Failure> {
        self.values.get(&ffi::value_key(value)).cloned().ok_or_else(|| "a value that was not computed".into())
    }

    fn operands(&self, op: Op<'c>) -> Result<Vec<Value>, Failure> {
        ir::operands(op).into_iter().map(|operand| self.get(operand)).collect()
    }

    fn word(&self, value: Val<'c>) -> Result<Word, Failure> {
        match self.get(value)? {
            Value::Scalar(word) => Ok(word),
            Value::Tensor(_) => Err("a tensor where a scalar is expected".into()),
        }
    }

    fn array(&self, value: Val<'c>) -> Result<Rc<Array>, Failure> {
        match self.get(value)? {
            Value::Tensor(array) => Ok(array),
            Value::Scalar(_) => Err("a scalar where a tensor is expected".into()),
        }
    }
}

fn op_location(op: Op<'_>) -> melior::ir::Location<'_> {
    use melior::ir::operation::OperationLike;
    op.location()
}

fn array_of(value: Value) -> Array {
    match value {
        Value::Scalar(word) => Array { shape: vec![], data: vec![word] },
        Value::Tensor(array) => Rc::unwrap_or_clone(array),
    }
}

/// The value of a scalar constant.
fn scalar_constant(attribute: ir::Attr<'_>) -> Result<Word, Failure> {
    if let Some(value) = ir::float_attr(attribute) {
        return Ok(Word::float(value));
    }
    match attribute.to_string().as_str() {
        "true" => return Ok(Word::int(1)),
        "false" => return Ok(Word::int(0)),
        _ => {}
    }
    ir::int_attr(attribute).map(Word::int).ok_or_else(|| format!("a constant {attribute}"))
}

/// The kind of a scalar, or of a tensor's elements.
fn kind_of(ty: Type<'_>) -> Result<Kind, Failure> {
    Kind::of(ffi::element_type(ty)).ok_or_else(|| format!("elements of type {ty}"))
}

/// An element that nothing has written yet.
fn unwritten(kind: Kind) -> Word {
    if kind.is_float() { Word::float(f64::NAN) } else { Word::int(-0x5A5A) }
}

/// The results of a function as numbers, one list per result.
///
/// # Errors
/// As [`Machine::run`], and a module whose operations have no generic form.
pub fn run(
    module: &Module<'_>,
    entry: &str,
    arguments: &[Tensor],
    precision: Precision,
) -> Result<Vec<Array>, Failure> {
    let copy = ffi::clone_module(module);
    generalize(&copy).map_err(|error| error.to_string())?;
    let root = ffi::op(&copy.as_operation());
    Machine::new(root, precision).run(entry, arguments)
}
