//! `flashlight run`: compile in memory, run, write and compare the results.

use super::{
    Common, Report,
    compile::Target,
    front::{self, Source},
    judge::Files,
    kernels,
    launch::{self, Gpu},
    verify::{self, Runner, Verify, assumptions::Assumptions},
};
use crate::{
    cpu,
    driver::Session,
    interp::kernel,
    runtime::{
        Tensor,
        cuda::{Device, Program},
    },
    stage::Stage,
};
use clap::{Args, ValueEnum};
use std::time::Instant;

/// Compile FILE in memory, run it, and compare the results with the truth
#[derive(Args, Debug)]
pub struct Run {
    #[command(flatten)]
    pub source: Source,
    /// Where to run
    #[arg(long, value_enum, default_value_t = Machine::Cpu)]
    pub target: Machine,
    #[command(flatten)]
    pub files: Files,
    /// Fail if an attention is not one kernel
    #[arg(long)]
    pub require_fusion: bool,
    #[command(flatten)]
    pub verify: Verify,
    #[command(flatten)]
    pub gpu: Gpu,
    #[command(flatten)]
    pub common: Common,
}

/// Where a program can run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Machine {
    Cpu,
    Cuda,
    /// GPU kernels on this processor, thread by thread, with checks for races and deadlocks
    Simt,
}

impl Machine {
    /// What programs for it are compiled for.
    pub const fn target(self) -> Target {
        match self {
            Self::Cpu => Target::Cpu,
            Self::Cuda | Self::Simt => Target::Sm90a,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// Any, with its message.
pub fn run(options: &Run) -> anyhow::Result<Report> {
    let mut request = options.source.request(options.target.target().backend());
    if options.target == Machine::Simt {
        request.to = Stage::Distribute;
    }
    let session = Session::new();
    let front = front::open(&session, &options.source, &request)?;
    // Everything the user could have got wrong is checked before the expensive part.
    let only_verify = options.verify.wanted() && options.files.args.is_none();
    let arguments = if only_verify { None } else { Some(options.files.arguments(&front.facts.signature.arguments)?) };
    if let Some(arguments) = &arguments {
        front.facts.check_sizes(arguments)?;
    }
    let truth = options.files.truth(front.facts.signature.results.len())?;
    if options.require_fusion {
        front.facts.findings.require_fusion()?;
    }
    let mut report = Report::default();
    let assumptions = if options.verify.wanted() {
        verify::assumptions::of(&session, &front.module, &request)?
    } else {
        Assumptions::default()
    };
    let (outcome, facts) = front.finish(&session, &request)?;
    if options.require_fusion {
        facts.findings.require_fusion()?;
    }
    facts.findings.tell(&facts.signature.entry, &mut report);
    let verify = |run: Runner<'_>, report: &mut Report| {
        let verify = &options.verify;
        verify.run(&options.source.file, &facts, &assumptions, arguments.as_deref(), run, report)
    };
    let mut results = None;
    match options.target {
        Machine::Cpu => {
            let kernel = cpu::load(&outcome.module, facts.signature.clone(), &cpu::Options::default())?;
            if let Some(arguments) = &arguments {
                results = Some(on_cpu(&kernel, arguments, options.gpu.repeat, &mut report)?);
            }
            if options.verify.wanted() {
                let run = |arguments: &[Tensor]| Ok(kernel.run(&arguments.iter().collect::<Vec<_>>())?);
                verify(&run, &mut report)?;
            }
        }
        Machine::Simt => {
            let run =
                |arguments: &[Tensor]| Ok(kernel::run(&outcome.module, arguments, kernel::Options::default())?.results);
            if let Some(arguments) = &arguments {
                results = Some(run(arguments)?);
            }
            if options.verify.wanted() {
                verify(&run, &mut report)?;
            }
        }
        Machine::Cuda => {
            let compiled = kernels::program(&outcome, &facts, &[])?;
            if let Some(arguments) = &arguments {
                compiled.manifest.scope(arguments)?;
            }
            let device = Device::open(options.gpu.device)?;
            let program = Program::load(&device, compiled.manifest.clone(), &|name: &str| compiled.file(name))?;
            if let Some(arguments) = &arguments {
                let repeat = options.gpu.repeat;
                results = Some(launch::run_loaded(&device, &program, arguments, repeat, &mut report)?);
            }
            if options.verify.wanted() {
                let run =
                    |arguments: &[Tensor]| launch::run_loaded(&device, &program, arguments, 0, &mut Report::default());
                verify(&run, &mut report)?;
            }
        }
    }
    let Some(results) = results else { return Ok(report) };
    options.files.save(&results, &mut report)?;
    if let Some(truth) = truth {
        truth.judge(&results, &mut report)?;
    }
    Ok(report)
}

fn on_cpu(
    kernel: &cpu::CpuKernel,
    arguments: &[Tensor],
    repeat: usize,
    report: &mut Report,
) -> anyhow::Result<Vec<Tensor>> {
    let arguments: Vec<_> = arguments.iter().collect();
    let results = kernel.run(&arguments)?;
    let mut times = vec![];
    for _ in 0..repeat {
        let start = Instant::now();
        kernel.run(&arguments)?;
        times.push(start.elapsed());
    }
    times.sort();
    if let Some(median) = times.get(times.len() / 2) {
        let (threads, median) = (cpu::pool::threads(), median.as_secs_f64() * 1e3);
        report.line(format_args!("median of {} run(s) on {threads} thread(s): {median:.3} ms", times.len()));
    }
    Ok(results)
}
