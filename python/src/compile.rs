//! The compiler in this process: MLIR in, an [`Artifact`] out.

use crate::{
    artifact::{Artifact, Parts, Summary},
    error,
};
use flashlight::{
    cli::{
        artifacts, chains,
        compile::Target,
        explain as account,
        front::{self, Facts},
        joint,
    },
    driver::{Request, Session},
    ffi,
    pass::raise::derivation::Derivation,
    remark::Kind,
    stage::{Backend, Stage},
};
use pyo3::{exceptions::PyValueError, prelude::*};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

fn target_of(name: &str) -> PyResult<Target> {
    [Target::Cpu, Target::Sm90a]
        .into_iter()
        .find(|target| target.name() == name)
        .ok_or_else(|| PyValueError::new_err(format!("there is no target '{name}' (there are: cpu, sm_90a)")))
}

fn is_tf32(f32: &str) -> PyResult<bool> {
    match f32 {
        "split" => Ok(false),
        "tf32" => Ok(true),
        other => Err(PyValueError::new_err(format!("f32 is '{other}', expected 'split' or 'tf32'"))),
    }
}

/// A program as Python gives it.
#[derive(FromPyObject)]
pub enum Source {
    Text(String),
    Bytecode(Vec<u8>),
}

impl Source {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytecode(bytes) => bytes,
        }
    }
}

/// Compiles MLIR to an artifact in memory.
#[pyfunction]
#[pyo3(signature = (source, *, target = "cpu", entry = None, strict_masks = false, f32 = "split", require_fusion = false,
                    ptxas = None, name = "<mlir>", stage = "input"))]
#[expect(clippy::too_many_arguments, reason = "keyword arguments of a Python function")]
pub fn compile(
    py: Python<'_>,
    source: Source,
    target: &str,
    entry: Option<String>,
    strict_masks: bool,
    f32: &str,
    require_fusion: bool,
    ptxas: Option<PathBuf>,
    name: &str,
    stage: &str,
) -> PyResult<Artifact> {
    let target = target_of(target)?;
    let from: Stage = stage.parse().map_err(PyValueError::new_err)?;
    if from > Stage::Raise {
        return Err(PyValueError::new_err(format!("a program of stage '{stage}' is not compiled any further")));
    }
    let request = Request { from, strict_masks, tf32: is_tf32(f32)?, ptxas, ..Request::new(target.backend()) };
    let compile = || {
        let session = Session::new();
        let module = session.parse_bytes(name, source.bytes())?;
        let front = front::begin(&session, module, entry.as_deref(), &request)?;
        if require_fusion {
            front.facts.findings.require_fusion()?;
        }
        let (outcome, facts) = front.finish(&session, &request)?;
        if require_fusion {
            facts.findings.require_fusion()?;
        }
        let options = artifacts::Options::default();
        let artifacts::Made { manifest, files } =
            artifacts::of(target, &outcome, &facts, &options, &request.choices())?;
        Ok(Parts { manifest, files, summary: summary_of(&facts) })
    };
    let parts = py.detach(|| error::run(compile))?;
    Ok(Artifact { parts: Arc::new(parts) })
}

/// By function, its name and what its arguments are.
type Functions = Vec<(String, Vec<String>)>;

/// Splits a program that has a function's results and their gradients into forward and backward: MLIR at stage `raise`, and the names of the
/// two functions with what their arguments are, `arg0` of the program or `result0` of forward.
#[pyfunction]
#[pyo3(signature = (source, *, results, later, strict_masks = false, name = "<mlir>"))]
pub fn split(
    py: Python<'_>,
    source: Source,
    results: usize,
    later: usize,
    strict_masks: bool,
    name: &str,
) -> PyResult<(String, Functions)> {
    py.detach(|| {
        error::run(|| {
            let session = Session::new();
            let module = session.parse_bytes(name, source.bytes())?;
            let split = joint::split(&session, module, [results, later], strict_masks)?;
            Ok((split.text, split.parts.into_iter().map(|part| (part.name, part.reads)).collect()))
        })
    })
}

fn summary_of(facts: &Facts) -> Summary {
    let findings = &facts.findings;
    let refused = findings.refusals.iter().chain(&findings.apart);
    Summary {
        kernels: findings.kernels,
        unfused_ops: findings.unfused_ops,
        chains: findings.chains.clone(),
        refusals: refused.map(|remark| format!("{}: {}", remark.location, remark.message)).collect(),
    }
}

/// Which operations of a program the fused ops cover, by location.
#[derive(serde::Serialize)]
struct Coverage {
    /// Linalg ops of the program in one spelling, fills not counted: how many are at each location.
    ops: BTreeMap<String, usize>,
    /// The same of what is left outside of fused ops.
    left: BTreeMap<String, usize>,
    fusions: Vec<FusionCoverage>,
    /// Softmax–matmul chains outside of fused ops, by location.
    chains: Vec<String>,
    /// Candidates that were refused: locations and reasons.
    refusals: Vec<(String, String)>,
}

/// What one fused op covers.
#[derive(serde::Serialize)]
struct FusionCoverage {
    location: String,
    /// How many linalg ops at each location are part of it.
    ops: BTreeMap<String, usize>,
    /// Locations of reshapes and slices that are part of it.
    views: BTreeSet<String>,
}

/// Which operations of a program the fused ops cover, as JSON: for frontends that cut programs where the compiler says.
#[pyfunction]
#[pyo3(signature = (source, *, strict_masks = false, name = "<mlir>"))]
pub fn coverage(py: Python<'_>, source: Source, strict_masks: bool, name: &str) -> PyResult<String> {
    let request = Request { strict_masks, ..Request::new(Backend::Cpu) };
    py.detach(|| {
        error::run(|| {
            let session = Session::new();
            let module = session.parse_bytes(name, source.bytes())?;
            let outcome = session.compile(module, &request.clone().to(Stage::Normalize))?;
            let ops = count(account::positions(ffi::op(&outcome.module.as_operation())));
            let request = Request { from: Stage::Normalize, ..request.to(Stage::Raise) };
            let outcome = session.compile(outcome.module, &request)?;
            let left = count(account::positions(ffi::op(&outcome.module.as_operation())));
            let of_kind = |kind| outcome.remarks.iter().filter(move |remark| remark.kind == kind);
            let fusions = of_kind(Kind::Passed).filter_map(|remark| {
                let derivation: Derivation = serde_json::from_value(remark.detail.clone()?).ok()?;
                let mut fusion =
                    FusionCoverage { location: derivation.location, ops: BTreeMap::new(), views: BTreeSet::new() };
                for (op, location) in derivation.consumed.iter().filter_map(|consumed| consumed.split_once(" at ")) {
                    if op.starts_with("linalg.") {
                        *fusion.ops.entry(location.to_owned()).or_default() += 1;
                    } else {
                        fusion.views.insert(location.to_owned());
                    }
                }
                Some(fusion)
            });
            let fusions = fusions.collect();
            let refusals = of_kind(Kind::Missed).map(|remark| (remark.location.clone(), remark.message.clone()));
            let refusals = refusals.collect();
            let functions = front::functions(ffi::op(&outcome.module.as_operation()));
            let chains = functions.into_iter().flat_map(|(_, function)| chains::find(function)).collect();
            Ok(serde_json::to_string(&Coverage { ops, left, fusions, chains, refusals })?)
        })
    })
}

fn count(positions: Vec<String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for position in positions {
        *counts.entry(position).or_default() += 1;
    }
    counts
}

/// Says what is recognized as attention in a program, and why the rest is not.
#[pyfunction]
#[pyo3(signature = (source, *, target = None, format = "text", strict_masks = false, name = "<mlir>"))]
pub fn explain(
    py: Python<'_>,
    source: Source,
    target: Option<&str>,
    format: &str,
    strict_masks: bool,
    name: &str,
) -> PyResult<String> {
    let target = target.map(target_of).transpose()?;
    let json = match format {
        "text" => false,
        "json" => true,
        other => return Err(PyValueError::new_err(format!("format is '{other}', expected 'text' or 'json'"))),
    };
    let request = Request { strict_masks, ..Request::new(Backend::Cpu) };
    py.detach(|| {
        error::run(|| {
            let session = Session::new();
            let module = session.parse_bytes(name, source.bytes())?;
            let told = account::account(&session, module, json, target, &request)?;
            Ok(if json { serde_json::to_string(&told)? } else { account::text_of(&told) })
        })
    })
}
