//! `flashlight compile`: a file to artifacts and their manifest.

use super::{
    Common, Report,
    artifacts::Artifacts,
    front::{self, Front, Source},
    host, kernels,
    trace::{Looked, Page, Wanted},
    verify::{self, Verify},
};
use crate::{
    cpu::{
        self,
        aot::{POOL, export_name},
    },
    driver::{Request, Session},
    ffi,
    pass::apply_schedule::Isa,
    runtime::{Tensor, launcher, manifest},
    stage::{Backend, Stage},
    trace,
};
use clap::{Args, ValueEnum};
use std::{path::PathBuf, time::Instant};

/// Compile FILE to artifacts and a manifest
#[derive(Args, Clone, Debug)]
pub struct Compile {
    #[command(flatten)]
    pub source: Source,
    /// What to compile for
    #[arg(long, value_enum)]
    pub target: Target,
    /// The folder that receives the artifacts; made if it does not exist
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// Stop after this stage, and write its IR in place of artifacts
    #[arg(long, value_name = "STAGE")]
    pub to: Option<Stage>,
    /// Also write the IR after every stage to this folder
    #[arg(long, value_name = "DIR")]
    pub dump_stages: Option<PathBuf>,
    /// Also write the compilation as one page (see `flashlight trace`)
    #[arg(long, value_name = "FILE")]
    pub html_trace: Option<PathBuf>,
    /// What the C function is called, and the files of C; `flashlight_ENTRY` and ENTRY when left out. `A,B` for
    /// several entries
    #[arg(long, value_name = "NAME")]
    pub symbol: Option<String>,
    /// The processor to make code for, as LLVM names it, in place of this machine's
    #[arg(long, value_name = "NAME")]
    pub cpu: Option<String>,
    /// Where the C launcher has the cubins: as arrays in its source, or read from the folder when it is loaded
    #[arg(long, value_enum, default_value_t = Cubins::Embedded)]
    pub cubins: Cubins,
    /// Fail if an attention is not one kernel
    #[arg(long)]
    pub require_fusion: bool,
    #[command(flatten)]
    pub verify: Verify,
    #[command(flatten)]
    pub common: Common,
}

/// What a program can be compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Target {
    /// NVIDIA Hopper
    #[value(name = "sm_90a")]
    Sm90a,
    /// This machine's processor
    Cpu,
}

/// Where a C launcher has its cubins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Cubins {
    /// Arrays of the source
    Embedded,
    /// Files of the folder
    Beside,
}

impl Target {
    /// The back end behind it.
    pub const fn backend(self) -> Backend {
        match self {
            Self::Sm90a => Backend::Gpu,
            Self::Cpu => Backend::Cpu,
        }
    }

    /// The name on the command line and in manifests.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sm90a => "sm_90a",
            Self::Cpu => "cpu",
        }
    }
}

/// Runs the command.
///
/// # Errors
/// Any, with its message. Nothing is then left in the output folder that was not there before.
pub fn run(options: &Compile) -> anyhow::Result<Report> {
    let mut made = vec![];
    let list = |names: &str| names.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>();
    match options.source.entry.as_deref().filter(|entry| entry.contains(',')) {
        None => made.push((options.output.clone(), compile(options)?)),
        Some(entries) => {
            let (entries, symbols) = (list(entries), options.symbol.as_deref().map(list));
            if let Some(symbols) = &symbols {
                let (found, expected) = (symbols.len(), entries.len());
                anyhow::ensure!(found == expected, "--symbol names {found} functions, and --entry {expected}");
            }
            for (number, entry) in entries.iter().enumerate() {
                let (output, mut own) = (options.output.join(entry), options.clone());
                own.source.entry = Some(entry.clone());
                own.symbol = symbols.as_ref().map(|symbols| symbols[number].clone());
                own.html_trace = options.html_trace.as_ref().map(|page| trace::beside(page, entry));
                own.dump_stages = options.dump_stages.as_ref().map(|folder| folder.join(entry));
                own.output.clone_from(&output);
                made.push((output, compile(&own)?));
            }
        }
    }
    let mut report = Report::default();
    for (output, Made { artifacts, report: own, verified }) in made {
        report.append(own);
        artifacts.write(&output, &mut report)?;
        report.append(verified);
    }
    Ok(report)
}

/// What became of an entry.
struct Made {
    artifacts: Artifacts,
    report: Report,
    verified: Report,
}

/// Compiles an entry; nothing is written yet but the page.
fn compile(options: &Compile) -> anyhow::Result<Made> {
    let Some(path) = &options.html_trace else { return compile_on(options, None) };
    let page = Page::begin(path, &options.source, options.target)?;
    page.around(|| compile_on(options, Some(&page)))
}

fn compile_on(options: &Compile, page: Option<&Page>) -> anyhow::Result<Made> {
    let backend = options.target.backend();
    let mut request = options.source.request(backend);
    if let Some(to) = options.to {
        let stages: Vec<_> = Stage::of(backend).map(Stage::name).collect();
        let (target, known) = (options.target.name(), stages.join(", "));
        anyhow::ensure!(
            Stage::of(backend).any(|stage| stage == to),
            "target {target} has no stage '{to}' (it has: {known})"
        );
        request.to = to;
    }
    if let Some(cpu) = &options.cpu {
        anyhow::ensure!(options.target == Target::Cpu, "--cpu is for --target cpu");
        Isa::of_processor(cpu).map_err(anyhow::Error::msg)?;
        request.cpu = Some(cpu.clone());
    }
    request.dump.clone_from(&options.dump_stages);
    if let Some(symbol) = &options.symbol {
        launcher::check_symbol(symbol).map_err(anyhow::Error::msg)?;
    }
    Artifacts::check_folder(&options.output)?;
    let mut session = Session::new();
    if let Some(page) = page {
        page.watch(&mut session);
    }
    let whole = request.to == Stage::of(backend).last().unwrap_or(request.to);
    let front = front::open(&session, &options.source, &request)?;
    page.map_or(Ok(()), |page| page.raised(&front, false))?;
    let mut verified = Report::default();
    if options.verify.wanted() {
        anyhow::ensure!(whole, "--verify needs the whole pipeline, not --to {}", request.to);
        let mut verify = || verify_on_cpu(options, &session, &front, &request, &mut verified);
        match page {
            Some(page) => page.quietly(verify),
            None => verify(),
        }?;
    }
    let looked = page.and_then(|page| page.quietly(|| Looked::at(&session, &front.module, &request)));
    let (outcome, facts) = front.finish(&session, &request)?;
    if let Some(page) = page {
        page.finished(&outcome, &facts, looked, &Wanted::of(options.target))?;
    }
    if options.require_fusion {
        facts.findings.require_fusion()?;
    }
    let (entry, mut report) = (&facts.signature.entry, Report::default());
    if request.to >= Stage::Raise {
        facts.findings.tell(entry, &mut report);
    }
    let mut artifacts = Artifacts::default();
    let choices = request.choices();
    match options.target {
        _ if request.to == Stage::Ptx => {
            outcome
                .kernels
                .iter()
                .enumerate()
                // Several launches may be of one kernel.
                .filter(|(number, kernel)| !outcome.kernels[..*number].iter().any(|own| own.symbol == kernel.symbol))
                .for_each(|(_, kernel)| artifacts.add(format!("{}.ptx", kernel.symbol), kernel.ptx.as_str()));
        }
        _ if !whole => artifacts.add(format!("{entry}.{}.mlir", request.to), outcome.text()),
        Target::Cpu => {
            let start = Instant::now();
            let made = host::artifacts(&outcome, &facts, options.symbol.as_deref(), options.cpu.as_deref(), &choices)?;
            report.line(format_args!("  code generation: {:.2} ms", start.elapsed().as_secs_f64() * 1e3));
            artifacts.add(manifest::FILE_NAME, made.manifest.to_text()?);
            artifacts.add(made.code.object, made.object);
            artifacts.add(made.code.header, made.header);
            if made.parallel {
                POOL.into_iter().for_each(|(name, text)| artifacts.add(name, text));
            }
        }
        Target::Sm90a => {
            let program = kernels::program(&outcome, &facts, &choices)?;
            program.tell(&facts.findings, &mut report);
            artifacts.add(manifest::FILE_NAME, program.manifest.to_text()?);
            if !program.manifest.kernels.is_empty() {
                let symbol = options.symbol.clone().unwrap_or_else(|| export_name(entry));
                let stem = options.symbol.as_ref().unwrap_or(entry);
                let embed = options.cubins == Cubins::Embedded;
                let c = launcher::Options { symbol: &symbol, stem, embed };
                let made = launcher::write(&program.manifest, &program.files, c)
                    .map_err(|reason| anyhow::anyhow!("internal error (a bug in flashlight): {reason}"))?;
                artifacts.add(format!("{stem}.c"), made.source);
                artifacts.add(format!("{stem}.h"), made.header);
            }
            program.files.into_iter().for_each(|(name, bytes)| artifacts.add(name, bytes));
        }
    }
    for (stage, time) in &outcome.timings {
        report.line(format_args!("  {:<10} {:>9.2} ms", stage.name(), time.as_secs_f64() * 1e3));
    }
    Ok(Made { artifacts, report, verified })
}

/// Verifies what `raise` made of the program by the code that this machine's processor can run.
fn verify_on_cpu(
    options: &Compile,
    session: &Session,
    front: &Front<'_>,
    request: &Request,
    report: &mut Report,
) -> anyhow::Result<()> {
    if options.target != Target::Cpu {
        report.line("verify: the fused program runs as CPU code here; run --target cuda --verify checks the GPU code");
    }
    let assumptions = verify::assumptions::of(session, &front.module, request)?;
    let request = Request { from: Stage::Raise, strict_masks: request.strict_masks, ..Request::new(Backend::Cpu) };
    let outcome = session.compile(ffi::clone_module(&front.module), &request)?;
    let kernel = cpu::load(&outcome.module, front.facts.signature.clone(), &cpu::Options::default())?;
    let run = |arguments: &[Tensor]| Ok(kernel.run(&arguments.iter().collect::<Vec<_>>())?);
    options.verify.run(&options.source.file, &front.facts, &assumptions, None, &run, report)
}
