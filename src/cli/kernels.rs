//! GPU kernels of a compilation as a manifest and its files.

use super::{
    Report,
    front::{Facts, source_hash},
};
use crate::{
    driver::Outcome,
    gpu,
    runtime::{Manifest, RuntimeError},
};
use std::collections::BTreeMap;

/// A manifest and the files it names.
pub struct Program {
    pub manifest: Manifest,
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Collects what stage `cubin` made.
///
/// # Errors
/// A module that became no kernel.
pub fn program(outcome: &Outcome<'_>, facts: &Facts, options: &[&str]) -> anyhow::Result<Program> {
    let mut manifest = gpu::read_manifest(&outcome.module)?;
    manifest.kernels = outcome.kernels.iter().map(|kernel| kernel.launch.clone()).collect();
    manifest.equal.clone_from(&facts.sizes.equal);
    manifest.unfused_ops = facts.findings.chains.len().try_into().unwrap_or(u32::MAX);
    let mut shaping = vec![manifest.target.as_str(), manifest.entry.as_str()];
    shaping.extend(options);
    manifest.source_hash = source_hash(&facts.source, &shaping);
    manifest.check().map_err(|reason| anyhow::anyhow!("internal error (a bug in flashlight): {reason}"))?;
    let cubins = outcome.kernels.iter().map(|kernel| (kernel.launch.cubin.clone(), kernel.cubin.clone()));
    let files = cubins.chain(gpu::constants(&outcome.module, &manifest)?).collect();
    Ok(Program { manifest, files })
}

impl Program {
    /// A cubin or a constant by name, as the runtime asks for it.
    pub fn file(&self, name: &str) -> Result<Vec<u8>, RuntimeError> {
        let found = self.files.get(name).cloned();
        found.ok_or_else(|| RuntimeError::Target(format!("there is no file '{name}'")))
    }

    /// A line of facts per kernel.
    pub fn tell(&self, report: &mut Report) {
        for kernel in &self.manifest.kernels {
            let threads: u32 = kernel.block.iter().product();
            let schedule: Vec<_> = kernel.schedule.iter().map(|(name, value)| format!("{name} {value}")).collect();
            report.line(format_args!(
                "  kernel {}: {threads} threads, {} bytes of shared memory, {} registers, {} bytes spilled",
                kernel.symbol, kernel.shared_memory, kernel.registers, kernel.spills
            ));
            if !schedule.is_empty() {
                report.line(format_args!("    schedule: {}", schedule.join(", ")));
            }
        }
    }
}
