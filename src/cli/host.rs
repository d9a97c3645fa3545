//! CPU artifacts: an object file, the C header that says how to call it, and the manifest of both.

use super::front::{Facts, source_hash};
use crate::{
    cpu::{CpuError, aot, native},
    driver::Outcome,
    ffi,
    pass::results_to_arguments::shared,
    runtime::{
        Expr, Function, Manifest, TensorSpec,
        manifest::{Argument, Buffer, HostCode, Shares, UNSEALED},
    },
};

use std::collections::BTreeMap;

/// The files of a compilation for the CPU.
pub struct HostArtifacts {
    pub manifest: Manifest,
    pub code: HostCode,
    pub object: Vec<u8>,
    pub header: String,
    /// Whether tiles may run on several threads.
    pub parallel: bool,
}

/// Generates code for a processor, this machine's if none is named, from a module at stage `llvm`; its C function has the given symbol, or one that
/// follows from the entry.
///
/// # Errors
/// [`CpuError`] when LLVM refuses the module.
pub fn artifacts(
    outcome: &Outcome<'_>,
    facts: &Facts,
    symbol: Option<&str>,
    cpu: Option<&str>,
    options: &[&str],
) -> Result<HostArtifacts, CpuError> {
    let target = native::Target { cpu: cpu.unwrap_or("native").into(), optimization: 3 };
    let entry = &facts.signature.entry;
    let (stem, symbol) = (symbol.unwrap_or(entry), symbol.map_or_else(|| aot::export_name(entry), str::to_owned));
    let aot::Artifact { object, header, parallel, features } =
        aot::compile(&outcome.module, &facts.signature, &facts.shapes, &symbol, &target)?;
    let mut shaping = vec!["cpu", entry.as_str()];
    shaping.extend(cpu);
    shaping.extend(options);
    let argument =
        |spec: &TensorSpec| Argument { name: spec.name.clone(), dtype: spec.dtype, shape: spec.shape.clone() };
    // A number in a result's shape means that its type has it, too: callers of the packed form tell by it who allocates the result.
    let size = |(typed, size): (&Option<usize>, &Expr)| match (typed, size) {
        (None, Expr::Int(_)) => Expr::Call(Function::Add, vec![size.clone(), Expr::Int(0)]),
        _ => size.clone(),
    };
    let shared = shared(ffi::op(&outcome.module.as_operation()));
    let result = |(at, (spec, shape)): (usize, (&TensorSpec, &Vec<_>))| Buffer {
        name: spec.name.clone(),
        dtype: spec.dtype,
        shape: spec.shape.iter().zip(shape).map(size).collect(),
        shares: shared
            .iter()
            .find(|(result, _)| *result == at)
            .map(|(_, argument)| Shares { argument: facts.signature.arguments[*argument].name.clone(), kernel: None }),
    };
    let code = HostCode {
        object: format!("{stem}.o"),
        header: format!("{stem}.h"),
        symbol,
        cpu: target.processor(),
        features,
    };
    let mut manifest = Manifest {
        version: UNSEALED,
        constants: vec![],
        target: "cpu".into(),
        source_hash: source_hash(&facts.source, &shaping),
        entry: entry.clone(),
        arguments: facts.signature.arguments.iter().map(argument).collect(),
        equal: facts.signature.equal.clone(),
        results: facts.signature.results.iter().zip(&facts.shapes).enumerate().map(result).collect(),
        temporaries: vec![],
        kernels: vec![],
        steps: vec![],
        host: Some(code.clone()),
        unfused_ops: facts.findings.chains.len().try_into().unwrap_or(u32::MAX),
        files: BTreeMap::new(),
    };
    manifest.seal([(code.object.as_str(), object.as_slice()), (code.header.as_str(), header.as_bytes())]);
    Ok(HostArtifacts { manifest, code, object, header, parallel })
}
