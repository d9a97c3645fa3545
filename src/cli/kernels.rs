//! GPU kernels of a compilation as a manifest and its files.

use super::{
    Report,
    front::{Facts, Findings, source_hash},
};
use crate::{
    driver::Outcome,
    gpu,
    runtime::{
        Manifest, RuntimeError,
        manifest::{self, Unit},
    },
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
    manifest.equal.clone_from(&facts.signature.equal);
    let unfused = facts.findings.chains.len() + facts.findings.apart.len();
    manifest.unfused_ops = unfused.try_into().unwrap_or(u32::MAX);
    let mut shaping = vec![manifest.target.as_str(), manifest.entry.as_str()];
    shaping.extend(options);
    manifest.source_hash = source_hash(&facts.source, &shaping);
    let cubins = outcome.kernels.iter().map(|kernel| (kernel.launch.cubin.clone(), kernel.cubin.clone()));
    let files: BTreeMap<_, _> = cubins.chain(gpu::constants(&outcome.module, &manifest)?).collect();
    manifest.seal(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    manifest.check().map_err(|reason| anyhow::anyhow!("internal error (a bug in flashlight): {reason}"))?;
    Ok(Program { manifest, files })
}

impl Program {
    /// A cubin or a constant by name, as the runtime asks for it.
    pub fn file(&self, name: &str) -> Result<Vec<u8>, RuntimeError> {
        let found = self.files.get(name).cloned();
        found.ok_or_else(|| RuntimeError::Target(format!("there is no file '{name}'")))
    }

    /// How many kernels run on what, and a line of facts per kernel.
    pub fn tell(&self, findings: &Findings, report: &mut Report) {
        report.line(format_args!("  {}", units(&self.manifest.kernels)));
        for kernel in &self.manifest.kernels {
            let threads: u32 = kernel.block.iter().product();
            let schedule: Vec<_> = kernel.schedule.iter().map(|(name, value)| format!("{name} {value}")).collect();
            let unit = kernel.unit.map(Unit::describe).unwrap_or_default();
            report.line(format_args!(
                "  kernel {} {unit}: {threads} threads, {} bytes of shared memory, {} registers, {} bytes spilled",
                kernel.symbol, kernel.shared_memory, kernel.registers, kernel.spills
            ));
            // The reasons of fused ops are told with them.
            let told = findings.apart.iter().any(|apart| apart.message.ends_with(&kernel.reason));
            if !kernel.reason.is_empty() && !told {
                report.line(format_args!("    not on the matrix unit: {}", kernel.reason));
            }
            if !schedule.is_empty() {
                report.line(format_args!("    schedule: {}", schedule.join(", ")));
            }
        }
    }
}

/// `11 kernel(s): 2 on the matrix unit, 9 over points`
pub fn units(kernels: &[manifest::Kernel]) -> String {
    let mut counts: BTreeMap<Unit, usize> = BTreeMap::new();
    for unit in kernels.iter().filter_map(|kernel| kernel.unit) {
        *counts.entry(unit).or_default() += 1;
    }
    let parts: Vec<_> = counts.into_iter().map(|(unit, count)| format!("{count} {}", unit.describe())).collect();
    format!("{} kernel(s): {}", kernels.len(), parts.join(", "))
}
