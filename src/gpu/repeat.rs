//! Loops of the host: the steps of the functions that they call, in the terms of who calls them.

use super::{
    code::dtype,
    distribute::{self, Maker},
    host::{Host, Output, product, root, sum},
    schedule::Schedule,
};
use crate::{
    bug,
    error::PassError,
    ffi,
    ir::{self, Op, Val},
    runtime::{
        Expr, Function,
        manifest::{Buffer, Constant, Kernel},
        steps::{Action, Loop, Step},
    },
};
use melior::ir::operation::OperationLike;
use std::collections::HashMap;

/// A function, or a part of one, as what a manifest says of it.
#[derive(Default)]
pub struct Part<'c> {
    pub kernels: Vec<Kernel>,
    pub steps: Vec<Step>,
    pub results: Vec<Buffer>,
    pub temporaries: Vec<Buffer>,
    /// Each with the attribute that has its elements.
    pub constants: Vec<(Constant, ir::Attr<'c>)>,
}

/// What an argument of a called function is for its caller.
enum Actual {
    Tensor { name: String, dims: Vec<Expr> },
    Number(Expr),
}

impl Part<'_> {
    /// Whether every kernel is launched once, in order, and nothing else is done.
    pub fn is_plain(&self) -> bool {
        self.steps.iter().all(|step| matches!(step, Step::Launch(_)))
    }

    /// Adds a kernel that is launched next.
    pub fn launch(&mut self, kernel: Kernel) {
        self.steps.push(Step::Launch(self.kernels.len()));
        self.kernels.push(kernel);
    }
}

/// A loop that calls functions.
struct Repeat<'h, 'c> {
    host: &'h Host<'c>,
    op: Op<'c>,
}

/// Adds the steps of a loop.
///
/// # Errors
/// Reported at a loop that changes the sizes of what it carries, and those of [`distribute::distribute`].
pub fn add<'c>(maker: &mut Maker<'_, 'c>, host: &Host<'c>, op: Op<'c>, part: &mut Part<'c>) -> Result<(), PassError> {
    let repeat = Repeat { host, op };
    if ir::name(op) == "scf.for" { repeat.counted(maker, part) } else { repeat.conditional(maker, part) }
}

impl<'c> Repeat<'_, 'c> {
    fn refuse<T>(&self, what: &str) -> Result<T, PassError> {
        ffi::emit_error(self.op.location(), &format!("not supported on the GPU: {what}"));
        Err(PassError::Reported)
    }

    /// The name of a tensor that the loop reads or makes.
    fn name_of(&self, value: Val<'c>) -> Result<String, PassError> {
        let name = self.host.name_of(root(value)).map(str::to_owned);
        name.ok_or_else(|| bug!("a loop reads what has no memory"))
    }

    fn dims(&self, value: Val<'c>) -> Result<Vec<Expr>, PassError> {
        match self.host.dims(value) {
            Err(PassError::Unsupported(what)) => self.refuse(&what),
            other => other,
        }
    }

    fn counted(&self, maker: &mut Maker<'_, 'c>, part: &mut Part<'c>) -> Result<(), PassError> {
        let operands = ir::operands(self.op);
        let [low, high, step, inits @ ..] = &operands[..] else { return Err(bug!("a loop without bounds")) };
        let bound = |value: &Val<'c>| match self.host.size(*value) {
            Some(bound) => Ok(bound),
            None => self.refuse("a loop whose bounds are neither sizes nor integers of arguments"),
        };
        let (low, high, step) = (bound(low)?, bound(high)?, bound(step)?);
        let index = format!("{}i{}", self.host.prefix, part.steps.len());
        let mut carried = vec![];
        for (init, result) in inits.iter().zip(ir::results(self.op)) {
            carried.push(Actual::Tensor { name: self.name_of(result)?, dims: self.dims(*init)? });
        }
        self.start(maker.schedule, inits, &carried, part)?;
        let counted = Actual::Number(sum(&low, &product(&Expr::Fact(index.clone()), &step)));
        let own: Vec<_> = std::iter::once(&counted).chain(&carried).collect();
        let (mut steps, results) = self.call(maker, 0, &own, &[], part)?;
        steps.extend(self.carry(&carried, &results)?);
        let distance = if low == Expr::Int(0) { high } else { Expr::call(Function::Sub, high, low) };
        let times = if step == Expr::Int(1) { distance } else { Expr::call(Function::CeilDiv, distance, step) };
        let times = Some(times);
        let repeated = Loop { index: Some(index), times, test: vec![], condition: None, steps };
        part.steps.push(Step::Other(Action::Loop(repeated)));
        Ok(())
    }

    fn conditional(&self, maker: &mut Maker<'_, 'c>, part: &mut Part<'c>) -> Result<(), PassError> {
        let (inits, handed) = (ir::operands(self.op), ir::results(self.op));
        let before = ir::body(self.op, 0).ok_or_else(|| bug!("a loop without a condition"))?;
        let asked = ir::ops(before).last().map(|op| ir::operands(*op)).unwrap_or_default();
        let arguments = ir::arguments(before);
        // What is handed on as it is carried has the memory of the result.
        let mut direct = HashMap::new();
        let mut computed = vec![];
        for (value, result) in asked[1..].iter().zip(&handed) {
            match arguments.iter().position(|argument| argument == value) {
                Some(at) => _ = direct.insert(at, self.name_of(*result)?),
                None => computed.push(self.name_of(*result)?),
            }
        }
        let mut carried = vec![];
        for (at, init) in inits.iter().enumerate() {
            let dims = self.dims(*init)?;
            let name = direct.get(&at).cloned().unwrap_or_else(|| {
                let name = format!("{}carried{}", self.host.prefix, part.temporaries.len());
                let dtype = dtype(ffi::element_type(ir::type_of(*init)));
                part.temporaries.push(Buffer { name: name.clone(), dtype, shape: dims.clone(), shares: None });
                name
            });
            carried.push(Actual::Tensor { name, dims });
        }
        self.start(maker.schedule, &inits, &carried, part)?;
        let own: Vec<_> = carried.iter().collect();
        let (test, tested) = self.call(maker, 0, &own, &computed, part)?;
        let passed: Vec<_> = handed
            .iter()
            .map(|result| Ok(Actual::Tensor { name: self.name_of(*result)?, dims: self.dims(*result)? }))
            .collect::<Result<_, PassError>>()?;
        let (mut steps, results) = self.call(maker, 1, &passed.iter().collect::<Vec<_>>(), &[], part)?;
        steps.extend(self.carry(&carried, &results)?);
        let condition = tested.first().map(|result| result.name.clone());
        part.steps.push(Step::Other(Action::Loop(Loop { index: None, times: None, test, condition, steps })));
        Ok(())
    }

    /// Copies what the loop starts from to where it is carried.
    fn start(
        &self,
        schedule: &Schedule,
        inits: &[Val<'c>],
        carried: &[Actual],
        part: &mut Part<'c>,
    ) -> Result<(), PassError> {
        for (init, actual) in inits.iter().zip(carried) {
            let Actual::Tensor { name, dims } = actual else { continue };
            let element = ffi::element_type(ir::type_of(*init));
            let into = Output { name: name.clone(), element, dims: dims.clone() };
            let symbol = format!("{}_start{}", self.host.name, part.kernels.len());
            part.launch(distribute::copy(self.host, symbol, *init, &into, schedule)?);
        }
        Ok(())
    }

    /// What a region computed takes the place of what it was given.
    fn carry(&self, carried: &[Actual], results: &[Buffer]) -> Result<Vec<Step>, PassError> {
        let mut steps = vec![];
        for (actual, result) in carried.iter().zip(results) {
            let Actual::Tensor { name, dims } = actual else { continue };
            if *dims != result.shape {
                return self.refuse("a loop that changes the sizes of what it carries");
            }
            steps.push(Step::Other(Action::Swap([name.clone(), result.name.clone()])));
        }
        Ok(steps)
    }

    /// The steps of the function that a region calls, and its results. `own` is what the region's arguments are; results past the
    /// first are kept in `kept` where that has names.
    fn call(
        &self,
        maker: &mut Maker<'_, 'c>,
        region: usize,
        own: &[&Actual],
        kept: &[String],
        part: &mut Part<'c>,
    ) -> Result<(Vec<Step>, Vec<Buffer>), PassError> {
        let block = ir::body(self.op, region).ok_or_else(|| bug!("a loop without a region"))?;
        let call = ir::ops(block).into_iter().next().ok_or_else(|| bug!("a loop without a call"))?;
        let callee =
            ir::attr(call, "callee").map(|callee| callee.to_string().replace(['@', '"'], "")).unwrap_or_default();
        let functions = ir::body(maker.module, 0).map(ir::ops).unwrap_or_default();
        let called = |op: &Op<'c>| ir::attr(*op, "sym_name").and_then(ir::string_attr) == Some(&*callee);
        let function = functions.into_iter().find(called).ok_or_else(|| bug!("a call of nothing"))?;
        let inner = Host::read(function)?;
        let made = maker.part(&inner)?;
        let mut actual: HashMap<String, Actual> = HashMap::new();
        let arguments = ir::arguments(block);
        for (number, value) in ir::operands(call).into_iter().enumerate() {
            let given = arguments.iter().position(|argument| *argument == value).and_then(|at| own.get(at));
            let what = match given {
                Some(Actual::Tensor { name, dims }) => Actual::Tensor { name: name.clone(), dims: dims.clone() },
                Some(Actual::Number(number)) => Actual::Number(number.clone()),
                None if ffi::is_ranked_tensor(ir::type_of(value)) => {
                    Actual::Tensor { name: self.name_of(value)?, dims: self.dims(value)? }
                }
                None => match self.host.size(value) {
                    Some(number) => Actual::Number(number),
                    None => {
                        return self
                            .refuse("a number around a loop that is neither a size nor an integer of an argument");
                    }
                },
            };
            actual.insert(format!("{}arg{number}", inner.prefix), what);
        }
        // Results that the caller has memory for.
        let mut names: HashMap<String, String> =
            made.results.iter().skip(1).zip(kept).map(|(result, name)| (result.name.clone(), name.clone())).collect();
        names.extend(actual.iter().filter_map(|(own, actual)| match actual {
            Actual::Tensor { name, .. } => Some((own.clone(), name.clone())),
            Actual::Number(_) => None,
        }));
        let name = |own: &str| names.get(own).cloned().unwrap_or_else(|| own.to_owned());
        let size = |own: &Expr| {
            own.replaced(&|part| match part {
                Expr::Dim(tensor, dim) => match actual.get(tensor)? {
                    Actual::Tensor { dims, .. } => dims.get(*dim).cloned(),
                    Actual::Number(_) => None,
                },
                Expr::Fact(fact) => match actual.get(fact)? {
                    Actual::Number(number) => Some(number.clone()),
                    Actual::Tensor { .. } => None,
                },
                _ => None,
            })
        };
        let buffer = |own: Buffer| Buffer {
            name: name(&own.name),
            dtype: own.dtype,
            shape: own.shape.iter().map(size).collect(),
            shares: None,
        };
        let further = part.kernels.len();
        part.kernels.extend(made.kernels.into_iter().map(|kernel| kernel.renamed(&name, &size)));
        let results: Vec<_> = made.results.into_iter().map(buffer).collect();
        let ours = |result: &&Buffer| !kept.contains(&result.name);
        part.temporaries.extend(results.iter().filter(ours).cloned());
        part.temporaries.extend(made.temporaries.into_iter().map(buffer));
        part.constants.extend(made.constants);
        let steps = made.steps.into_iter().map(|step| step.renamed(&name, &size, further)).collect();
        Ok((steps, results))
    }
}
