//! `flashlight-run`: compiled artifacts on a GPU, without a compiler in the process.

use super::{Common, Report, judge::Files};
use crate::runtime::{
    Manifest, Tensor,
    cuda::{self, Device, Program, Repeat},
};
use clap::Parser;
use std::path::PathBuf;

/// Run what `flashlight compile --target sm_90a` wrote, on this machine's GPU.
#[derive(Parser, Debug)]
#[command(name = "flashlight-run", version)]
pub struct Cli {
    /// The artifact folder, or the manifest in it
    #[arg(value_name = "DIR")]
    pub artifacts: PathBuf,
    #[command(flatten)]
    pub files: Files,
    #[command(flatten)]
    pub gpu: Gpu,
    #[command(flatten)]
    pub common: Common,
}

/// Which GPU, and how often.
#[derive(clap::Args, Clone, Debug)]
pub struct Gpu {
    /// The number of the GPU
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub device: i32,
    /// Launch N times more after the first run, and print the median time
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub repeat: usize,
}

/// Runs the command.
///
/// # Errors
/// Any, with its message.
pub fn run(cli: Cli) -> anyhow::Result<Report> {
    let manifest = Manifest::load(&cli.artifacts)?;
    let arguments = cli.files.arguments(&manifest.argument_specs())?;
    let truth = cli.files.truth(manifest.results.len())?;
    let folder = if cli.artifacts.is_dir() { Some(cli.artifacts.as_path()) } else { cli.artifacts.parent() };
    let folder = folder.map(PathBuf::from).unwrap_or_default();
    let mut report = Report::default();
    let results = on_gpu(manifest.clone(), &cuda::folder_files(&manifest, &folder), &arguments, &cli.gpu, &mut report)?;
    cli.files.save(&results, &mut report)?;
    if let Some(truth) = truth {
        truth.judge(&results, &mut report)?;
    }
    Ok(report)
}

/// Loads a program onto the GPU and runs it, adding what it measured to the report.
///
/// # Errors
/// No GPU, artifacts that do not fit it, or a failure while running.
fn on_gpu(
    manifest: Manifest,
    files: cuda::Files<'_>,
    arguments: &[Tensor],
    gpu: &Gpu,
    report: &mut Report,
) -> anyhow::Result<Vec<Tensor>> {
    manifest.scope(arguments)?;
    let device = Device::open(gpu.device)?;
    let program = Program::load(&device, manifest, files)?;
    run_loaded(&device, &program, arguments, gpu.repeat, report)
}

/// Runs a program that is on the GPU, and as often again as is wanted; adds what it measured to the report.
///
/// # Errors
/// Arguments that do not match, or a failure while running.
pub fn run_loaded(
    device: &Device,
    program: &Program<'_>,
    arguments: &[Tensor],
    repeat: usize,
    report: &mut Report,
) -> anyhow::Result<Vec<Tensor>> {
    let manifest = program.manifest();
    report.line(format_args!(
        "{}: {} kernel(s) on {}, {} op(s) unfused",
        manifest.entry,
        manifest.kernels.len(),
        device.name()?,
        manifest.unfused_ops
    ));
    let mut run = program.run(arguments, Repeat { count: repeat, flush: false })?;
    if !run.times.is_empty() {
        run.times.sort_by(f32::total_cmp);
        let median = run.times[run.times.len() / 2];
        report.line(format_args!("median of {} run(s): {:.4} ms", run.times.len(), median));
    }
    Ok(run.results)
}
