//! `--args`, `--out` and `--compare`: tensors in, tensors out, and a verdict per result.

use super::Report;
use crate::runtime::{RuntimeError, Store, Tensor, TensorSpec, Verdict, compare, store};
use clap::Args;
use std::path::PathBuf;

/// Where tensors come from and go to.
#[derive(Args, Debug)]
pub struct Files {
    /// Safetensors file with the inputs `arg0`, `arg1`, …
    #[arg(long, value_name = "A.safetensors")]
    pub args: Option<PathBuf>,
    /// Write the results `result0`, … to this safetensors file
    #[arg(long, value_name = "O.safetensors")]
    pub out: Option<PathBuf>,
    /// Compare with `result0`, … of this file; `eager0`, … are the yardstick
    #[arg(long, value_name = "T.safetensors")]
    pub compare: Option<PathBuf>,
}

impl Files {
    /// The arguments of a function. A function without arguments needs no file.
    ///
    /// # Errors
    /// A missing file, or a tensor that is missing, surplus or ill-typed.
    pub fn arguments(&self, specs: &[TensorSpec]) -> Result<Vec<Tensor>, RuntimeError> {
        match &self.args {
            Some(path) => Store::open(path)?.arguments(specs),
            None if specs.is_empty() => Ok(vec![]),
            None => {
                Err(RuntimeError::Target(format!("the function takes {} argument(s): give --args FILE", specs.len())))
            }
        }
    }

    /// Opens the file to compare with, before any work is done.
    ///
    /// # Errors
    /// A file that cannot be read, or has not one truth per result.
    pub fn truth(&self, results: usize) -> Result<Option<Truth>, RuntimeError> {
        let Some(path) = &self.compare else { return Ok(None) };
        let store = Store::open(path)?;
        let pair = |index| Ok((store.get(&format!("result{index}"))?, store.find(&format!("eager{index}"))?));
        let pairs = (0..results).map(pair).collect::<Result<_, RuntimeError>>()?;
        let extra = format!("result{results}");
        if store.names()?.contains(&extra) {
            return Err(RuntimeError::Target(format!(
                "'{}' has a tensor '{extra}', but the function gives {results} result(s)",
                path.display()
            )));
        }
        Ok(Some(Truth { pairs }))
    }

    /// Writes the results, if asked to.
    ///
    /// # Errors
    /// An output that cannot be written; it is then as it was before.
    pub fn save(&self, results: &[Tensor], report: &mut Report) -> Result<(), RuntimeError> {
        let Some(path) = &self.out else { return Ok(()) };
        store::save(path, results.iter().enumerate().map(|(index, tensor)| (format!("result{index}"), tensor)))?;
        report.line(format_args!("wrote {} result(s) to {}", results.len(), path.display()));
        Ok(())
    }
}

/// The truth and the yardstick of every result.
pub struct Truth {
    pairs: Vec<(Tensor, Option<Tensor>)>,
}

impl Truth {
    /// Adds a line per result to the report, which fails if one does.
    ///
    /// # Errors
    /// A result that has not the shape of its truth.
    pub fn judge(&self, results: &[Tensor], report: &mut Report) -> Result<(), RuntimeError> {
        for (index, (result, (truth, eager))) in results.iter().zip(&self.pairs).enumerate() {
            let verdict: Verdict = compare(&format!("result{index}"), result, truth, eager.as_ref())?;
            if !verdict.passes() {
                report.fail();
            }
            report.line(&verdict);
        }
        Ok(())
    }
}
