//! PTX text and the assembler: `gpu-module-to-binary` in process, then `ptxas -v` with its report read.

use super::{
    assembler::find_ptxas,
    distribute::{CONSTANTS, LAZY, MANIFEST},
};
use crate::{
    bug,
    error::{PassError, Unfit},
    ffi, ir,
    runtime::manifest::{self, Manifest},
};
use melior::ir::Module;
use rayon::iter::{IntoParallelRefMutIterator, ParallelIterator};
use std::{cell::OnceCell, collections::HashMap, env, fs, path::Path, process::Command};

/// A kernel on its way out.
#[derive(Clone, Debug)]
pub struct Kernel {
    pub symbol: String,
    pub ptx: String,
    /// Empty before [`assemble`].
    pub cubin: Vec<u8>,
    pub report: Report,
    /// How to launch it.
    pub launch: manifest::Kernel,
}

/// What `ptxas -v` says about a kernel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Registers per thread at launch.
    pub registers: u32,
    /// Bytes of spill stores plus spill loads.
    pub spills: u32,
    /// Bytes of stack frame.
    pub stack: u32,
    pub barriers: u32,
    /// Warnings and advisories, as printed.
    pub warnings: Vec<String>,
}

impl Report {
    /// Reads the assembler's output.
    pub fn parse(text: &str) -> Self {
        let mut report = Self::default();
        let number = |line: &str, after: &str| -> u32 {
            let digits = |text: &str| text.trim().chars().take_while(char::is_ascii_digit).collect::<String>();
            line.split(after)
                .next()
                .and_then(|head| head.rsplit([',', ':']).next())
                .map(|head| {
                    let tail: String = head.trim().rsplit(' ').next().unwrap_or("").into();
                    digits(&tail).parse().unwrap_or(0)
                })
                .unwrap_or(0)
        };
        for line in text.lines() {
            if line.contains("bytes spill stores") {
                report.stack += number(line, " bytes stack frame");
                report.spills += number(line, " bytes spill stores") + number(line, " bytes spill loads");
            }
            if let Some(used) = line.split("Used ").nth(1) {
                report.registers = used.split(' ').next().and_then(|count| count.parse().ok()).unwrap_or(0);
                report.barriers = number(line, " barriers");
            }
            if line.contains("warning") || line.contains("Potential Performance Loss") {
                report.warnings.push(line.trim().to_string());
            }
        }
        report
    }

    /// What makes a kernel unacceptable: spills, or wgmmas that wait for one another.
    pub fn fault(&self) -> Option<String> {
        if self.spills > 0 {
            return Some(format!("{} bytes of registers are spilled", self.spills));
        }
        let serialized = |line: &&String| line.contains("wgmma") || line.contains("setmaxnreg");
        self.warnings.iter().find(serialized).cloned()
    }
}

/// Turns the GPU modules of a lowered module into `gpu.binary` ops with PTX, and returns the kernels.
///
/// # Errors
/// [`PassError`] when the back end fails or the module has no manifest.
pub fn emit_ptx(module: &Module<'_>) -> Result<Vec<Kernel>, PassError> {
    let top = ffi::op(&module.as_operation());
    let manifest = read_manifest(module)?;
    crate::pass::pipeline::run(module, "builtin.module(gpu-module-to-binary{format=isa})")?;
    let mut texts = HashMap::new();
    for op in ir::walk_named(top, &["gpu.binary"]) {
        let symbol = ir::attr(op, "sym_name").and_then(ir::string_attr).unwrap_or_default();
        let object =
            ir::attr(op, "objects").and_then(ffi::array_elements).and_then(|objects| objects.into_iter().next());
        let bytes = object.and_then(ffi::gpu_object).ok_or_else(|| bug!("a gpu.binary without an object"))?;
        texts.insert(symbol, String::from_utf8_lossy(&bytes).trim_end_matches('\0').to_string());
    }
    let kernel = |launch: manifest::Kernel| {
        let symbol = launch.symbol.clone();
        let ptx = texts.get(symbol.as_str()).cloned().ok_or_else(|| bug!("there is no kernel '{symbol}'"))?;
        Ok(Kernel { symbol, ptx, cubin: vec![], report: Report::default(), launch })
    };
    manifest.kernels.into_iter().map(kernel).collect()
}

/// The manifest that `distribute` left on a module.
///
/// # Errors
/// [`PassError::Unsupported`] when there is none, which means the function became no kernel.
pub fn read_manifest(module: &Module<'_>) -> Result<Manifest, PassError> {
    let top = ffi::op(&module.as_operation());
    let text = ir::attr(top, MANIFEST).and_then(ir::string_attr);
    let text = text.ok_or_else(|| PassError::Unsupported("the module has no GPU kernel".into()))?;
    Manifest::parse(text).map_err(|error| bug!("the manifest does not parse: {error}"))
}

/// The constants that a lowered module holds, as files: the name and the bytes of each.
///
/// # Errors
/// [`PassError::Unsupported`] for a constant whose elements cannot be read.
pub fn constants(module: &Module<'_>, manifest: &Manifest) -> Result<Vec<(String, Vec<u8>)>, PassError> {
    let top = ffi::op(&module.as_operation());
    let values = ir::attr(top, CONSTANTS).and_then(ffi::array_elements).unwrap_or_default();
    let text = OnceCell::new();
    let module_text = || text.get_or_init(|| module.as_operation().to_string()).clone();
    let file = |(constant, value): (&manifest::Constant, _)| {
        let bytes = ffi::dense_bytes(value, &module_text);
        let bytes =
            bytes.filter(|bytes| bytes.len() == constant.shape.iter().product::<usize>() * constant.dtype.size());
        let unread = || PassError::Unsupported(format!("the elements of '{}' cannot be read", constant.name));
        Ok((constant.file.clone(), bytes.ok_or_else(unread)?))
    };
    manifest.constants.iter().zip(values).map(file).collect()
}

/// Assembles every kernel. `ptxas` names the assembler to use; otherwise it is looked for.
///
/// # Errors
/// [`PassError::Unsupported`] when there is no assembler or when it fails, [`PassError::Unfit`] with every kernel whose report
/// shows a fault.
pub fn assemble(kernels: &mut [Kernel], ptxas: Option<&Path>) -> Result<(), PassError> {
    let ptxas = find_ptxas(ptxas)?;
    // Launches of one kernel are assembled once.
    let mut first: HashMap<String, usize> = HashMap::new();
    let of: Vec<usize> =
        kernels.iter().enumerate().map(|(at, kernel)| *first.entry(kernel.symbol.clone()).or_insert(at)).collect();
    let mut own: Vec<_> = kernels.iter_mut().enumerate().filter(|(at, _)| of[*at] == *at).collect();
    let done: Vec<_> = own.par_iter_mut().map(|(_, kernel)| assemble_one(kernel, &ptxas)).collect();
    let unfit: Vec<_> = done.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    for at in 0..kernels.len() {
        if of[at] != at {
            let made = kernels[of[at]].clone();
            let launch = manifest::Kernel {
                registers: made.launch.registers,
                spills: made.launch.spills,
                ..kernels[at].launch.clone()
            };
            kernels[at] = Kernel { launch, ..made };
        }
    }
    if unfit.is_empty() { Ok(()) } else { Err(PassError::Unfit(unfit)) }
}

fn assemble_one(kernel: &mut Kernel, ptxas: &Path) -> Result<Option<Unfit>, PassError> {
    let failed = |what: String| PassError::Unsupported(what);
    let folder = tempfile::tempdir().map_err(|error| failed(format!("no temporary folder: {error}")))?;
    let (source, target) = (folder.path().join("kernel.ptx"), folder.path().join("kernel.cubin"));
    fs::write(&source, &kernel.ptx).map_err(|error| failed(format!("{}: {error}", source.display())))?;
    let output = Command::new(ptxas)
        .args(["-v", "-O3"])
        .arg(format!("-arch={}", kernel.launch.target))
        .arg(&source)
        .arg("-o")
        .arg(&target)
        .output()
        .map_err(|error| failed(format!("cannot run {}: {error}", ptxas.display())))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(failed(format!("ptxas refused kernel '{}':\n{}", kernel.symbol, text.trim())));
    }
    kernel.report = Report::parse(&text);
    kernel.launch.registers = kernel.report.registers;
    kernel.launch.spills = kernel.report.spills;
    if let Some(fault) = kernel.report.fault().filter(|_| env::var_os("FLASHLIGHT_ALLOW_SPILLS").is_none()) {
        let reason = format!("kernel '{}': {fault} (FLASHLIGHT_ALLOW_SPILLS=1 accepts it)", kernel.symbol);
        let lazy = kernel.launch.schedule.get(LAZY).and_then(serde_json::Value::as_i64) == Some(1);
        return Ok(Some(Unfit { kernel: kernel.symbol.clone(), reason, spilled: kernel.report.spills, lazy }));
    }
    kernel.cubin = fs::read(&target).map_err(|error| failed(format!("{}: {error}", target.display())))?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "ptxas info    : 0 bytes gmem
ptxas info    : Compiling entry function 'k' for 'sm_90a'
ptxas info    : Function properties for k
    8 bytes stack frame, 12 bytes spill stores, 20 bytes spill loads
ptxas info    : Used 168 registers, used 16 barriers
ptxas info    : (C7510) Potential Performance Loss: wgmma.mma_async instructions are serialized due to non wgmma instructions";

    #[test]
    fn reads_the_report() {
        let report = Report::parse(SAMPLE);
        assert_eq!((report.registers, report.spills, report.stack, report.barriers), (168, 32, 8, 16));
        assert_eq!(report.warnings.len(), 1);
        assert!(report.fault().is_some_and(|fault| fault.contains("32 bytes")));
    }

    #[test]
    fn serialized_wgmmas_are_a_fault() {
        let report =
            Report { warnings: vec!["wgmma.mma_async instructions are serialized".into()], ..Report::default() };
        assert!(report.fault().is_some());
        assert_eq!(Report::default().fault(), None);
    }
}
