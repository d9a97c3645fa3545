//! CPU artifacts: an object file and the C header that says how to call it.

use super::front::{Facts, source_hash};
use crate::{
    cpu::{self, CpuError},
    driver::Outcome,
    runtime::{
        Expr, Manifest, TensorSpec,
        manifest::{Argument, Buffer, HostCode, VERSION},
    },
};

/// The object file, its header and the manifest.
pub struct HostArtifacts {
    pub manifest: Manifest,
    pub object: Vec<u8>,
    pub header: String,
}

/// Generates code for a module at stage `llvm`.
///
/// # Errors
/// [`CpuError::CodeGeneration`].
pub fn artifacts(outcome: &Outcome<'_>, facts: &Facts, options: &[&str]) -> Result<HostArtifacts, CpuError> {
    let target = cpu::native::Target { cpu: "native".into(), optimization: 3 };
    let cpu::aot::Artifact { object, header } = cpu::aot::compile(&outcome.module, &facts.signature, &target)?;
    let entry = &facts.signature.entry;
    let symbol = cpu::aot::export_name(entry);
    let mut shaping = vec!["cpu", entry.as_str()];
    shaping.extend(options);
    let argument =
        |spec: &TensorSpec| Argument { name: spec.name.clone(), dtype: spec.dtype, shape: spec.shape.clone() };
    let manifest = Manifest {
        version: VERSION,
        target: "cpu".into(),
        source_hash: source_hash(&facts.source, &shaping),
        entry: entry.clone(),
        arguments: facts.signature.arguments.iter().map(argument).collect(),
        equal: facts.equal.clone(),
        results: facts.signature.results.iter().map(buffer).collect(),
        temporaries: vec![],
        kernels: vec![],
        host: Some(HostCode { object: format!("{entry}.o"), header: format!("{entry}.h"), symbol }),
        unfused_ops: facts.findings.chains.len().try_into().unwrap_or(u32::MAX),
    };
    Ok(HostArtifacts { manifest, object, header })
}

/// A dynamic size of a result is the callee's to say: the C function has a parameter for it.
fn buffer(spec: &TensorSpec) -> Buffer {
    let size = |size: &Option<usize>| match size {
        Some(size) => Expr::Int(i64::try_from(*size).unwrap_or(i64::MAX)),
        None => Expr::Fact("dynamic".into()),
    };
    Buffer { name: spec.name.clone(), dtype: spec.dtype, shape: spec.shape.iter().map(size).collect() }
}
