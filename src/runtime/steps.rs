//! What a program does besides launching its kernels one after the other: loops, and numbers that come back from tensors.

use super::{
    DType, Expr, Manifest, RuntimeError, Scope, Tensor,
    manifest::{Buffer, Kernel, Parameter},
};
use serde::{Deserialize, Serialize};

/// One step of a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Step {
    /// The launch of a kernel, by its place in the manifest.
    Launch(usize),
    Other(Action),
}

/// A step that launches nothing by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// A number of a tensor becomes a fact.
    Read(Read),
    /// Two tensors of one shape exchange their memory.
    Swap([String; 2]),
    /// Steps that are repeated.
    Loop(Loop),
}

/// A number that comes back from the GPU, when all steps before have ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// A tensor of integers or booleans.
    pub tensor: String,
    /// Which of its elements, row by row.
    #[serde(default)]
    pub element: usize,
    /// What the number is called in expressions from here on.
    pub name: String,
}

/// Steps that are repeated: so often, or as long as a condition holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loop {
    /// What the number of an iteration, from 0, is called in expressions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<String>,
    /// How often; none where negative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<Expr>,
    /// Steps that compute the condition, in each iteration first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub test: Vec<Step>,
    /// A tensor of one boolean: the loop ends where it is false after `test`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    pub steps: Vec<Step>,
}

/// What runs the steps of a program.
pub trait Machine {
    /// Launches a kernel.
    ///
    /// # Errors
    /// What went wrong.
    fn launch(&mut self, kernel: usize, scope: &Scope) -> Result<(), RuntimeError>;

    /// The number in an element of a tensor, when all launches have ended.
    ///
    /// # Errors
    /// What went wrong.
    fn read(&mut self, tensor: &str, element: usize, dtype: DType) -> Result<i64, RuntimeError>;

    /// Exchanges the memory of two tensors.
    ///
    /// # Errors
    /// What went wrong.
    fn swap(&mut self, tensors: &[String; 2]) -> Result<(), RuntimeError>;

    /// Gives a tensor memory for a shape, in place of what it has.
    ///
    /// # Errors
    /// What went wrong.
    fn allocate(&mut self, buffer: &Buffer, shape: &[usize], scope: &Scope) -> Result<(), RuntimeError>;
}

/// The integer in an element of a tensor's bytes; `None` for floats, or past the end.
pub fn integer(bytes: &[u8], element: usize, dtype: DType) -> Option<i64> {
    let size = dtype.size();
    let bytes = bytes.get(element.checked_mul(size)?..)?.get(..size)?;
    Some(match dtype {
        DType::I64 => i64::from_le_bytes(bytes.try_into().ok()?),
        DType::I32 => i32::from_le_bytes(bytes.try_into().ok()?).into(),
        DType::I16 => i16::from_le_bytes(bytes.try_into().ok()?).into(),
        DType::I8 => i64::from(bytes[0].cast_signed()),
        DType::U8 => bytes[0].into(),
        DType::Bool => i64::from(bytes[0] != 0),
        _ => return None,
    })
}

impl Manifest {
    /// Whether kernels are all there is, in the order of the list.
    pub fn is_plain(&self) -> bool {
        self.steps.is_empty()
    }

    /// The element type of a tensor.
    pub(super) fn dtype_of(&self, tensor: &str) -> Option<DType> {
        let arguments = self.arguments.iter().map(|argument| (&argument.name, argument.dtype));
        let buffers = self.results.iter().chain(&self.temporaries).map(|buffer| (&buffer.name, buffer.dtype));
        let constants = self.constants.iter().map(|constant| (&constant.name, constant.dtype));
        arguments.chain(buffers).chain(constants).find(|(name, _)| *name == tensor).map(|(_, dtype)| dtype)
    }

    /// Facts that arguments hold, as far as the first steps ask for them.
    pub(super) fn facts_of(&self, arguments: &[Tensor], scope: &mut Scope) {
        for step in &self.steps {
            let Step::Other(Action::Read(read)) = step else { return };
            let Some(at) = self.arguments.iter().position(|argument| argument.name == read.tensor) else { return };
            let tensor = &arguments[at];
            if let Some(number) = integer(tensor.bytes(), read.element, self.arguments[at].dtype) {
                scope.fact(&read.name, number);
            }
        }
    }

    /// Runs all steps on a machine. The scope has the arguments' shapes and what is known of the device.
    ///
    /// # Errors
    /// Those of the machine, and of expressions.
    pub fn execute(&self, scope: &mut Scope, machine: &mut impl Machine) -> Result<(), RuntimeError> {
        if self.is_plain() {
            return (0..self.kernels.len()).try_for_each(|kernel| machine.launch(kernel, scope));
        }
        self.run_steps(&self.steps, scope, machine)
    }

    fn run_steps(&self, steps: &[Step], scope: &mut Scope, machine: &mut impl Machine) -> Result<(), RuntimeError> {
        for step in steps {
            match step {
                Step::Launch(kernel) => machine.launch(*kernel, scope)?,
                Step::Other(Action::Swap(tensors)) => machine.swap(tensors)?,
                Step::Other(Action::Read(read)) => {
                    let dtype = self.dtype_of(&read.tensor).unwrap_or(DType::I64);
                    let number = machine.read(&read.tensor, read.element, dtype)?;
                    self.know(&read.name, number, scope, machine)?;
                }
                Step::Other(Action::Loop(repeated)) => self.repeat(repeated, scope, machine)?,
            }
        }
        Ok(())
    }

    fn repeat(&self, repeated: &Loop, scope: &mut Scope, machine: &mut impl Machine) -> Result<(), RuntimeError> {
        let times = repeated.times.as_ref().map(|times| times.eval(scope)).transpose()?.unwrap_or(i64::MAX);
        for number in 0..times {
            if let Some(index) = &repeated.index {
                self.know(index, number, scope, machine)?;
            }
            self.run_steps(&repeated.test, scope, machine)?;
            if let Some(condition) = &repeated.condition
                && machine.read(condition, 0, DType::Bool)? == 0
            {
                break;
            }
            self.run_steps(&repeated.steps, scope, machine)?;
        }
        Ok(())
    }

    /// Notes a number, and gives memory to the tensors whose sizes it changes.
    fn know(&self, name: &str, number: i64, scope: &mut Scope, machine: &mut impl Machine) -> Result<(), RuntimeError> {
        scope.fact(name, number);
        for buffer in self.results.iter().chain(&self.temporaries) {
            if buffer.shape.iter().any(|size| size.names(name)) && buffer.is_known(scope) {
                let shape = buffer.eval_shape(scope)?;
                if !scope.has_shape(&buffer.name, &shape) {
                    scope.shape(&buffer.name, &shape);
                    machine.allocate(buffer, &shape, scope)?;
                }
            }
        }
        Ok(())
    }

    /// Checks that steps name what there is.
    pub(super) fn check_steps(&self) -> Result<(), String> {
        let mut facts = vec!["sm_count".to_owned()];
        let mut launched = vec![false; self.kernels.len()];
        self.check_list(&self.steps, &mut facts, &mut launched, 0)?;
        match launched.iter().position(|launched| !launched && !self.is_plain()) {
            Some(kernel) => Err(format!("no step launches kernel {kernel}")),
            None => Ok(()),
        }
    }

    fn check_list(
        &self,
        steps: &[Step],
        facts: &mut Vec<String>,
        launched: &mut [bool],
        depth: usize,
    ) -> Result<(), String> {
        const MOST: usize = 64;
        if depth > MOST {
            return Err("loops are nested too deeply".into());
        }
        let dtype = |tensor: &str| self.dtype_of(tensor).ok_or_else(|| format!("there is no tensor '{tensor}'"));
        let temporary = |tensor: &String| {
            let found = self.temporaries.iter().find(|buffer| buffer.name == *tensor);
            found.ok_or_else(|| format!("'{tensor}' is no temporary"))
        };
        for step in steps {
            match step {
                Step::Launch(kernel) => {
                    let own = launched.get_mut(*kernel).ok_or_else(|| format!("there is no kernel {kernel}"))?;
                    *own = true;
                }
                Step::Other(Action::Swap([a, b])) => {
                    let (first, second) = (temporary(a)?, temporary(b)?);
                    if (first.dtype, &first.shape) != (second.dtype, &second.shape) {
                        return Err(format!("'{a}' and '{b}' are not of one shape"));
                    }
                }
                Step::Other(Action::Read(read)) => {
                    let dtype = dtype(&read.tensor)?;
                    if integer(&[0; 8], 0, dtype).is_none() {
                        return Err(format!("'{}' holds no integers, but {dtype}", read.tensor));
                    }
                    facts.push(read.name.clone());
                }
                Step::Other(Action::Loop(repeated)) => {
                    if repeated.times.is_none() && repeated.condition.is_none() {
                        return Err("a loop without an end".into());
                    }
                    if let Some(condition) = &repeated.condition
                        && dtype(condition)? != DType::Bool
                    {
                        return Err(format!("'{condition}' is no condition"));
                    }
                    facts.extend(repeated.index.clone());
                    self.check_list(&repeated.test, facts, launched, depth + 1)?;
                    self.check_list(&repeated.steps, facts, launched, depth + 1)?;
                }
            }
        }
        Ok(())
    }
}

impl Buffer {
    /// Whether all that its shape is computed from is known.
    pub fn is_known(&self, scope: &Scope) -> bool {
        self.shape.iter().all(|size| size.is_known(scope))
    }
}

impl Kernel {
    /// The same kernel with other names of tensors, and sizes in other terms.
    #[must_use]
    pub fn renamed(mut self, name: &dyn Fn(&str) -> String, size: &dyn Fn(&Expr) -> Expr) -> Self {
        self.grid = self.grid.map(|dim| size(&dim));
        for parameter in &mut self.parameters {
            match parameter {
                Parameter::Pointer { tensor } => *tensor = name(tensor),
                Parameter::Scalar { value, .. } => *value = size(value),
                Parameter::TensorMap(map) => {
                    map.tensor = name(&map.tensor);
                    map.offset = size(&map.offset);
                    map.dims.iter_mut().chain(&mut map.strides).for_each(|dim| *dim = size(dim));
                }
            }
        }
        self
    }
}

impl Step {
    /// The same step with other names of tensors, sizes in other terms, and kernels that are further down.
    #[must_use]
    pub fn renamed(self, name: &dyn Fn(&str) -> String, size: &dyn Fn(&Expr) -> Expr, further: usize) -> Self {
        let all = |steps: Vec<Self>| steps.into_iter().map(|step| step.renamed(name, size, further)).collect();
        match self {
            Self::Launch(kernel) => Self::Launch(kernel + further),
            Self::Other(Action::Swap(tensors)) => Self::Other(Action::Swap(tensors.map(|tensor| name(&tensor)))),
            Self::Other(Action::Read(read)) => Self::Other(Action::Read(Read { tensor: name(&read.tensor), ..read })),
            Self::Other(Action::Loop(own)) => Self::Other(Action::Loop(Loop {
                index: own.index,
                times: own.times.map(|times| size(&times)),
                test: all(own.test),
                condition: own.condition.map(|condition| name(&condition)),
                steps: all(own.steps),
            })),
        }
    }
}
