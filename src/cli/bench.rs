//! `flashlight bench`: how long a program takes, and at which rate it works.

use super::{
    Common, Report,
    front::{self, Source},
    kernels,
    run::Machine,
};
use crate::{
    cpu,
    driver::{Outcome, Request, Session},
    ffi,
    runtime::{
        Manifest, Store, Tensor, TensorSpec,
        cuda::{self, Device, Repeat},
        tensor::shape_text,
    },
    stage::Stage,
    work::{self, Work},
};
use anyhow::Context as _;
use clap::Args;
use serde::Serialize;
use std::{path::PathBuf, time::Instant};

/// Time a program: median and spread, TFLOP/s on the scores that masks leave alive, GB/s of arguments and results
#[derive(Args, Debug)]
pub struct Bench {
    #[command(flatten)]
    pub source: Source,
    /// Where to run; artifacts always run on the GPU
    #[arg(long, value_enum, default_value_t = Machine::Cpu)]
    pub target: Machine,
    #[command(flatten)]
    pub inputs: Inputs,
    /// Timed runs
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    pub repeat: u32,
    /// Runs before the timed ones
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub warm_up: u32,
    /// Leave the GPU's cache as the last run left it (by default it is filled with other data before each run)
    #[arg(long)]
    pub keep_cache: bool,
    /// The number of the GPU
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub device: i32,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub common: Common,
}

/// What a program is called on.
#[derive(Args, Clone, Debug)]
pub struct Inputs {
    /// Safetensors file with the inputs `arg0`, `arg1`, …; pseudo-random ones when left out
    #[arg(long, value_name = "A.safetensors")]
    pub args: Option<PathBuf>,
    /// The shape of an input whose type leaves a size open, such as `arg0=1x8x1000x64`
    #[arg(long, value_name = "NAME=SHAPE", conflicts_with = "args")]
    pub shape: Vec<String>,
}

/// What was measured. Times in milliseconds.
#[derive(Debug, Serialize)]
pub struct Measurement {
    pub entry: String,
    pub machine: String,
    pub kernels: usize,
    pub runs: usize,
    pub median_ms: f64,
    /// The tenth and the ninetieth percentile.
    pub spread_ms: [f64; 2],
    /// Operations of the fused contractions on live scores, and their share of all scores.
    pub flops: Option<f64>,
    pub live: Option<f64>,
    /// Arguments and results, once each.
    pub bytes: usize,
}

/// Runs the command.
///
/// # Errors
/// Any, with its message.
pub fn run(options: &Bench) -> anyhow::Result<Report> {
    let measured = if options.source.file.is_dir() { artifacts(options)? } else { program(options)? };
    let mut report = Report::default();
    if options.json {
        report.line(serde_json::to_string(&measured)?);
    } else {
        measured.tell(&mut report);
    }
    Ok(report)
}

fn artifacts(options: &Bench) -> anyhow::Result<Measurement> {
    let manifest = Manifest::load(&options.source.file)?;
    let arguments = options.inputs.tensors(&manifest.argument_specs())?;
    let files = cuda::folder_files(&manifest, &options.source.file);
    on_gpu(options.runs(), manifest.clone(), &files, &arguments)
}

fn program(options: &Bench) -> anyhow::Result<Measurement> {
    let request = options.source.request(options.target.target().backend());
    let session = Session::new();
    let front = front::open(&session, &options.source, &request)?;
    let arguments = options.inputs.tensors(&front.facts.signature.arguments)?;
    front.facts.check_sizes(&arguments)?;
    let bounded = Request { from: Stage::Raise, ..request.clone() }.to(Stage::Bound);
    let bounded = session.compile(ffi::clone_module(&front.module), &bounded)?;
    let work = work_of(&bounded, &front.facts.signature.entry, &arguments);
    let (outcome, facts) = front.finish(&session, &request)?;
    let mut measured = match options.target {
        Machine::Cpu => {
            let kernels = facts.findings.kernels;
            let kernel = cpu::load(&outcome.module, facts.signature, &cpu::Options::default())?;
            on_cpu(options.runs(), &kernel, kernels, &arguments)?
        }
        Machine::Cuda => {
            let program = kernels::program(&outcome, &facts, &[])?;
            let read = |name: &str| program.file(name);
            on_gpu(options.runs(), program.manifest.clone(), &read, &arguments)?
        }
        Machine::Simt => anyhow::bail!("--target simt says whether kernels are right, not how fast they are"),
    };
    measured.flops = work.map(|work| work.flops);
    measured.live = work.map(|work| work.live);
    Ok(measured)
}

/// The work of an entry at stage `bound`.
pub fn work_of(bounded: &Outcome<'_>, entry: &str, arguments: &[Tensor]) -> Option<Work> {
    let module = ffi::op(&bounded.module.as_operation());
    let function = front::functions(module).into_iter().find(|(name, _)| *name == entry)?.1;
    work::of(function, arguments)
}

/// How often to run, and where.
#[derive(Clone, Copy, Debug)]
pub struct Runs {
    pub repeat: u32,
    pub warm_up: u32,
    pub keep_cache: bool,
    pub device: i32,
}

impl Bench {
    const fn runs(&self) -> Runs {
        Runs { repeat: self.repeat, warm_up: self.warm_up, keep_cache: self.keep_cache, device: self.device }
    }
}

impl Inputs {
    /// The inputs: from a file, or pseudo-random.
    ///
    /// # Errors
    /// A file without them, a size that is left open, or a shape that does not fit.
    pub fn tensors(&self, specs: &[TensorSpec]) -> anyhow::Result<Vec<Tensor>> {
        if let Some(path) = &self.args {
            return Ok(Store::open(path)?.arguments(specs)?);
        }
        let made = self.shapes(specs)?.into_iter().zip(specs).enumerate();
        made.map(|(index, (shape, spec))| Ok(Tensor::random(spec.dtype, &shape, index as u64 + 1)?)).collect()
    }

    /// The shape of each input.
    ///
    /// # Errors
    /// A size that is left open, or a shape that does not fit.
    pub fn shapes(&self, specs: &[TensorSpec]) -> anyhow::Result<Vec<Vec<usize>>> {
        let mut shapes: Vec<_> = specs.iter().map(|spec| spec.shape.clone()).collect();
        for text in &self.shape {
            let (name, sizes) = text.split_once('=').with_context(|| format!("--shape '{text}' is not NAME=SHAPE"))?;
            let at = specs.iter().position(|spec| spec.name == name);
            let at = at.with_context(|| format!("--shape '{text}': the function has no argument '{name}'"))?;
            let sizes = sizes.split('x').map(str::parse).collect::<Result<Vec<usize>, _>>();
            let sizes = sizes.with_context(|| format!("--shape '{text}': sizes are written 1x8x1000x64"))?;
            let fits = sizes.len() == specs[at].shape.len()
                && specs[at].shape.iter().zip(&sizes).all(|(want, have)| want.is_none_or(|want| want == *have));
            anyhow::ensure!(fits, "--shape '{text}' does not fit {name}: {}", shape_text(&specs[at].shape));
            shapes[at] = sizes.into_iter().map(Some).collect();
        }
        let known = |(spec, shape): (&TensorSpec, Vec<Option<usize>>)| {
            let (name, text) = (&spec.name, shape_text(&shape));
            let sizes = shape.into_iter().collect::<Option<Vec<_>>>();
            sizes.with_context(|| format!("the shape of {name} is open, {text}: give --shape {name}=SHAPE or --args"))
        };
        specs.iter().zip(shapes).map(known).collect()
    }
}

/// Times CPU code.
///
/// # Errors
/// A run that fails.
pub fn on_cpu(
    runs: Runs,
    kernel: &cpu::CpuKernel,
    kernels: usize,
    arguments: &[Tensor],
) -> anyhow::Result<Measurement> {
    let inputs: Vec<_> = arguments.iter().collect();
    let mut results = kernel.run(&inputs)?;
    let mut times = vec![];
    for turn in 0..runs.warm_up + runs.repeat {
        let start = Instant::now();
        results = kernel.run(&inputs)?;
        if turn >= runs.warm_up {
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
    }
    let machine = format!("{} thread(s) of this processor", cpu::pool::threads());
    let bytes = arguments.iter().chain(&results).map(|tensor| tensor.bytes().len()).sum();
    Ok(Measurement::new(kernel.signature().entry.clone(), machine, kernels, times, bytes))
}

/// Times kernels.
///
/// # Errors
/// No GPU, or a run that fails.
pub fn on_gpu(
    runs: Runs,
    manifest: Manifest,
    files: cuda::Files<'_>,
    arguments: &[Tensor],
) -> anyhow::Result<Measurement> {
    manifest.scope(arguments)?;
    let device = Device::open(runs.device)?;
    let program = cuda::Program::load(&device, manifest, files)?;
    let count = (runs.warm_up + runs.repeat) as usize;
    let run = program.run(arguments, Repeat { count, flush: !runs.keep_cache })?;
    let times = run.times[runs.warm_up as usize..].iter().map(|time| f64::from(*time)).collect();
    let manifest = program.manifest();
    let bytes = run.results.iter().chain(arguments).map(|tensor| tensor.bytes().len()).sum();
    Ok(Measurement::new(manifest.entry.clone(), device.name()?, manifest.kernels.len(), times, bytes))
}

impl Measurement {
    /// `times` must not be empty.
    fn new(entry: String, machine: String, kernels: usize, mut times: Vec<f64>, bytes: usize) -> Self {
        times.sort_by(f64::total_cmp);
        let at = |share: usize| times[(times.len() - 1) * share / 100];
        let (median_ms, spread_ms) = (at(50), [at(10), at(90)]);
        Self { entry, machine, kernels, runs: times.len(), median_ms, spread_ms, flops: None, live: None, bytes }
    }

    fn tell(&self, report: &mut Report) {
        report.line(format_args!("{}: {} kernel(s) on {}", self.entry, self.kernels, self.machine));
        let [low, high] = self.spread_ms;
        report.line(format_args!(
            "time: {:.4} ms, median of {} runs (10th to 90th percentile: {low:.4} to {high:.4})",
            self.median_ms, self.runs
        ));
        if let (Some(flops), Some(live)) = (self.flops, self.live) {
            let share =
                if live < 1.0 { format!(" ({:.1} % of the scores are live)", live * 100.0) } else { String::new() };
            let rate = flops / self.median_ms / 1e9;
            report.line(format_args!("work: {:.3} GFLOP{share}, {rate:.3} TFLOP/s", flops / 1e9));
        }
        let (mega, rate) = (self.bytes as f64 / 1e6, self.bytes as f64 / self.median_ms / 1e6);
        report.line(format_args!("data: {mega:.3} MB of arguments and results, {rate:.1} GB/s"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_percentiles() {
        let times = (0..=100).rev().map(f64::from).collect();
        let measured = Measurement::new("main".into(), "?".into(), 1, times, 0);
        assert_eq!((measured.median_ms, measured.spread_ms), (50.0, [10.0, 90.0]));
        let one = Measurement::new("main".into(), "?".into(), 1, vec![3.0], 0);
        assert_eq!((one.median_ms, one.spread_ms, one.runs), (3.0, [3.0, 3.0], 1));
    }
}
