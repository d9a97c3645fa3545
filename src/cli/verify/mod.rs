//! `--verify`: the compiled program against its source, on inputs made for the purpose.
//!
//! The reference is the source as it came, run by the interpreter, which shares nothing with the passes that fuse: once
//! in f64, which is the truth, and once rounding as the source's element types do, which says how far from the truth an
//! honest computation may be. A source that is too large for the interpreter runs unfused on the CPU back end, likewise twice.
//!
//! A result passes when its largest error is at most four times that of the rounded run, which is one way to round, or the tolerance of its element type,
//! and NaN and infinities stand where one of the two runs has them.

pub mod assumptions;
pub mod inputs;
mod widen;

use super::{Report, front};
use crate::{
    cpu,
    driver::Session,
    ffi,
    interp::{self, Array, Machine, Precision},
    pass::pipeline,
    runtime::{DType, Tensor, default_tolerance, unravel},
};
use assumptions::Assumptions;
use clap::Args;
use inputs::Planting;
use melior::ir::Module;
use std::path::Path;

/// Points of loops that the interpreter may visit per run.
const FUEL: u64 = 30_000_000;

/// What makes a source machine code can be generated from. Sizes follow from those of the arguments: what a frontend computes of
/// them divides by sizes that may be 0.
const UNFUSED: &str = "builtin.module(attention-decompose,import-foreign,inline{default-pipeline=},box-scalars,\
    expand-named,func.func(linalg-generalize-named-ops),widen-reductions,resolve-sizes,func.func(canonicalize,cse))";

/// What the interpreter says of inputs that no caller may pass.
const IMPOSSIBLE: [&str; 3] = ["outside of", "division by zero", interp::ASSERTED];

/// Whether and how to verify.
#[derive(Args, Clone, Debug, Default)]
pub struct Verify {
    /// Compare with the unfused source (of FILE, or of SOURCE) on generated inputs; fail where they differ
    #[arg(long, value_name = "SOURCE", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub verify: Option<String>,
    /// Where the generated inputs start
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub verify_seed: u64,
}

/// Runs the compiled program.
pub type Runner<'r> = &'r dyn Fn(&[Tensor]) -> anyhow::Result<Vec<Tensor>>;

/// What the source says.
enum Reference<'c> {
    Interpreted(Module<'c>),
    /// The source unfused, as it is and, where that can be, with every float in f64.
    Compiled {
        own: Box<cpu::CpuKernel>,
        wide: Option<Box<cpu::CpuKernel>>,
    },
}

/// The results of the source on one set of inputs: in f64, and rounded where that is known.
struct Expected {
    wide: Vec<Vec<f64>>,
    rounded: Option<Vec<Vec<f64>>>,
}

/// Where two results first differ.
struct Difference {
    result: usize,
    index: Vec<usize>,
    found: f64,
    expected: f64,
}

impl Verify {
    /// Whether anything is to be verified.
    pub const fn wanted(&self) -> bool {
        self.verify.is_some()
    }

    /// Verifies a program, and adds a line per set of inputs to the report, which fails if one does.
    ///
    /// # Errors
    /// A source that cannot be read or run, or a program that fails on valid inputs.
    pub fn run(
        &self,
        file: &Path,
        facts: &front::Facts,
        assumptions: &Assumptions,
        given: Option<&[Tensor]>,
        runner: Runner<'_>,
        report: &mut Report,
    ) -> anyhow::Result<()> {
        let own = self.verify.as_deref().filter(|path| !path.is_empty()).map_or(file, Path::new);
        let session = Session::new();
        let entry = &facts.signature.entry;
        let source = front::source(&session, own, entry)?;
        let signature = cpu::Signature::of(&source, entry)?;
        anyhow::ensure!(
            (&signature.arguments, &signature.results) == (&facts.signature.arguments, &facts.signature.results),
            "'{}' has other arguments or results than the program",
            own.display()
        );
        pipeline::run(&source, "builtin.module(attention-decompose)").map_err(|error| anyhow::anyhow!("{error}"))?;
        let mut reference = Reference::Interpreted(source);
        let planting = Planting { gathers: facts.source.contains("tensor.extract "), assumptions };
        let few = inputs::with_small_batch(&facts.signature.arguments, &facts.signature.equal);
        let fits = inputs::ordinary(&few, 0).is_ok_and(|arguments| facts.check_sizes(&arguments).is_ok());
        let specs = if fits { &few } else { &facts.signature.arguments };
        let mut sets = inputs::sets(specs, &facts.signature.equal, &planting, self.verify_seed);
        if let Some(given) = given {
            sets.insert(0, inputs::Set::of("the arguments given", given.to_vec()));
        }
        let mut tried = 0;
        // The way to fill integers that the program took last.
        let mut spread = 0;
        for set in sets {
            let name = set.name.clone();
            let mut arguments = match set.arguments() {
                Ok(arguments) => arguments,
                Err(reason) => {
                    report.line(format_args!("verify {name}: skipped, {reason}"));
                    continue;
                }
            };
            if facts.check_sizes(&arguments).is_err() {
                report.line(format_args!("verify {name}: skipped, the program wants other sizes"));
                continue;
            }
            let impossible = |error: &str| IMPOSSIBLE.iter().any(|reason| error.contains(reason));
            let mut expected = reference.expected(entry, &arguments);
            // Integers that index something must be in its range: others are tried until the program takes them.
            let ways = set.spreads();
            for way in (spread..ways.len()).chain(0..spread.min(ways.len())) {
                if !expected.as_ref().is_err_and(|error| impossible(error)) {
                    break;
                }
                if let Ok(other) = set.spread(ways[way]) {
                    (arguments, spread) = (other, way);
                    expected = reference.expected(entry, &arguments);
                }
            }
            let expected = match expected {
                Ok(expected) => expected,
                Err(error) if impossible(&error) => {
                    report.line(format_args!("verify {name}: skipped, no inputs of this program ({error})"));
                    continue;
                }
                Err(reason) => {
                    tracing::info!("the interpreter gives up: {reason}");
                    reference = Reference::compiled(&session, own, entry)?;
                    reference.expected(entry, &arguments).map_err(anyhow::Error::msg)?
                }
            };
            tried += 1;
            let found = runner(&arguments)?;
            let (errors, difference) = judge(&found, &expected);
            let verdict = if difference.is_some() { "DIFFERS" } else { "agrees" };
            let how =
                if matches!(reference, Reference::Interpreted(_)) { "" } else { ", against the unfused CPU code" };
            report.line(format_args!("verify {name}: {verdict}, {errors}{how}"));
            if let Some(Difference { result, index, found, expected }) = difference {
                report.line(format_args!("  first at result{result}{index:?}: {found}, the source gives {expected}"));
                report.fail();
            }
        }
        if tried == 0 {
            report.line("verify: FAILED, no set of inputs could be tried (--args gives one)");
            report.fail();
        }
        Ok(())
    }
}

impl Reference<'_> {
    /// The source unfused, as machine code.
    fn compiled(session: &Session, file: &Path, entry: &str) -> anyhow::Result<Self> {
        Self::compile(session, file, entry).map_err(|error| {
            let text = session.diagnostics();
            if text.is_empty() { error } else { anyhow::anyhow!("the source does not compile unfused:\n{text}") }
        })
    }

    fn compile(session: &Session, file: &Path, entry: &str) -> anyhow::Result<Self> {
        let mut module = front::source(session, file, entry)?;
        pipeline::run(&module, UNFUSED).map_err(|error| anyhow::anyhow!("{error}"))?;
        let mut copy = ffi::clone_module(&module);
        // Each runs once per set of inputs: what takes long is to make it.
        let options = cpu::Options { optimization: 1 };
        let wide = widen::widen(&copy).then(|| cpu::compile(&mut copy, entry, &options)).transpose()?;
        Ok(Self::Compiled { own: Box::new(cpu::compile(&mut module, entry, &options)?), wide: wide.map(Box::new) })
    }

    fn expected(&self, entry: &str, arguments: &[Tensor]) -> Result<Expected, String> {
        let floats = |arrays: Vec<Array>, module: &Module<'_>| -> Vec<Vec<f64>> {
            let results = cpu::Signature::of(module, entry).map(|signature| signature.results).unwrap_or_default();
            let float = |at: usize| results.get(at).is_none_or(|spec| spec.dtype.is_float());
            let word = |at, word: &interp::scalar::Word| if float(at) { word.to_float() } else { word.to_int() as f64 };
            arrays.iter().enumerate().map(|(at, array)| array.data.iter().map(|own| word(at, own)).collect()).collect()
        };
        match self {
            Self::Interpreted(module) => {
                let copy = ffi::clone_module(module);
                interp::generalize(&copy).map_err(|error| error.to_string())?;
                let root = ffi::op(&copy.as_operation());
                let run = |precision| Machine::new(root, precision).with_fuel(FUEL).run(entry, arguments);
                let (wide, rounded) = (run(Precision::Wide)?, run(Precision::Typed)?);
                Ok(Expected { wide: floats(wide, module), rounded: Some(floats(rounded, module)) })
            }
            Self::Compiled { own, wide } => {
                let run = |kernel: &cpu::CpuKernel, arguments: &[Tensor]| -> Result<Vec<Vec<f64>>, String> {
                    let results =
                        kernel.run(&arguments.iter().collect::<Vec<_>>()).map_err(|error| error.to_string())?;
                    Ok(results.iter().map(Tensor::to_f64).collect())
                };
                let rounded = run(own, arguments)?;
                Ok(match wide {
                    Some(wide) => Expected { wide: run(wide, &widen::widened(arguments))?, rounded: Some(rounded) },
                    None => Expected { wide: rounded, rounded: None },
                })
            }
        }
    }
}

fn same_special(found: f64, expected: f64) -> bool {
    if expected.is_finite() { found.is_finite() } else { found == expected || found.is_nan() && expected.is_nan() }
}

/// The largest error of each result against what passes, and the first element that does not.
fn judge(found: &[Tensor], expected: &Expected) -> (String, Option<Difference>) {
    let (mut texts, mut first) = (vec![], None);
    for (result, tensor) in found.iter().enumerate() {
        let values = tensor.to_f64();
        let wide = expected.wide.get(result).cloned().unwrap_or_default();
        let rounded = expected.rounded.as_ref().and_then(|all| all.get(result));
        let error = |a: f64, b: f64| if a.is_finite() && b.is_finite() { (a - b).abs() } else { 0.0 };
        let honest = rounded.map_or(0.0, |rounded| {
            wide.iter().zip(rounded).map(|(wide, rounded)| error(*wide, *rounded)).fold(0.0, f64::max)
        });
        let largest = wide.iter().filter(|value| value.is_finite()).fold(1.0f64, |most, value| most.max(value.abs()));
        let dtype = if tensor.dtype() == DType::F64 { DType::F32 } else { tensor.dtype() };
        let allowed = (4.0 * honest).max(default_tolerance(dtype) * largest);
        let mut worst = 0.0f64;
        let mut wrong = (values.len() != wide.len()).then_some(0);
        for (at, (value, wide)) in values.iter().zip(&wide).enumerate() {
            worst = worst.max(error(*value, *wide));
            // What the result's type cannot hold is infinite in it.
            let special = same_special(*value, *wide)
                || same_special(*value, tensor.dtype().holds(*wide))
                || rounded.is_some_and(|own| same_special(*value, own[at]));
            if wrong.is_none() && (!special || error(*value, *wide) > allowed) {
                wrong = Some(at);
            }
        }
        texts.push(format!("result{result}: error {worst:.2e} of {allowed:.2e}"));
        if let (Some(at), None) = (wrong, &first) {
            let number = |list: &[f64]| list.get(at).copied().unwrap_or(f64::NAN);
            let index = unravel(at, tensor.shape());
            first = Some(Difference { result, index, found: number(&values), expected: number(&wide) });
        }
    }
    (texts.join(", "), first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_wrong_element_is_named() {
        let tensor = Tensor::from_f64(DType::F32, &[2, 2], &[1.0, f64::NAN, 3.0, 4.5]).expect("a tensor");
        let wide = vec![vec![1.0, f64::NAN, 3.0, 4.0]];
        let (text, difference) = judge(&[tensor], &Expected { rounded: Some(wide.clone()), wide });
        let difference = difference.expect("it differs");
        assert_eq!((difference.result, difference.index.as_slice()), (0, [1, 1].as_slice()));
        assert!(text.starts_with("result0: error 5.00e-1 of "), "{text}");
    }

    #[test]
    fn an_overflow_of_the_source_may_be_kept_or_not() {
        let tensor = |value: f64| Tensor::from_f64(DType::F32, &[1], &[value]).expect("a tensor");
        let expected = |rounded: f64| Expected { wide: vec![vec![1.0]], rounded: Some(vec![vec![rounded]]) };
        assert!(judge(&[tensor(f64::INFINITY)], &expected(f64::INFINITY)).1.is_none());
        assert!(judge(&[tensor(1.0)], &expected(f64::INFINITY)).1.is_none());
        assert!(judge(&[tensor(f64::INFINITY)], &expected(1.0)).1.is_some());
    }
}
