//! The driver: one file through the stages of one back end.
//!
//! Everything above it (the tools, the tests, a host compiler) says what it wants in a [`Request`];
//! everything below it is passes.
//!
//! ```
//! use flashlight::{driver::{Request, Session}, stage::{Backend, Stage}};
//!
//! let session = Session::new();
//! let module = session.parse("example.mlir", r#"
//!     func.func @main(%a: tensor<4x8xf32>, %b: tensor<8x2xf32>) -> tensor<4x2xf32> {
//!       %zero = arith.constant 0.0 : f32
//!       %empty = tensor.empty() : tensor<4x2xf32>
//!       %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<4x2xf32>) -> tensor<4x2xf32>
//!       %c = linalg.matmul ins(%a, %b : tensor<4x8xf32>, tensor<8x2xf32>) outs(%init : tensor<4x2xf32>) -> tensor<4x2xf32>
//!       return %c : tensor<4x2xf32>
//!     }"#)?;
//! let outcome = session.compile(module, &Request::new(Backend::Cpu).to(Stage::Tile))?;
//! assert!(outcome.text().contains("linalg.generic"));
//! # Ok::<(), flashlight::driver::CompileError>(())
//! ```

use crate::{
    assembly::Source,
    choices::{self, Choice, Choices},
    diag, dialect,
    error::{PassError, Unfit},
    ffi::{
        self,
        tool::{self, SourceBuffer},
    },
    gpu, ir, limits,
    pass::{
        self, import_foreign,
        plan::Observer,
        reproducer::{Reproducer, one_line},
    },
    remark::{self, Remark},
    runtime::store,
    stage::{Backend, Stage},
};
use melior::{
    Context,
    diagnostic::DiagnosticHandlerId,
    dialect::DialectRegistry,
    ir::Module,
    utility::{register_all_dialects, register_all_llvm_translations, register_all_passes},
};
use sha2::{Digest, Sha256};
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    io::Read as _,
    ops::Deref,
    path::{Path, PathBuf},
    rc::Rc,
    sync::OnceLock,
    time::{Duration, Instant},
};
use thiserror::Error;

/// Why a compilation stopped. The text is complete: locations, notes and all.
#[derive(Debug, Error)]
pub enum CompileError {
    /// The input or a pass emitted error diagnostics.
    #[error("{0}")]
    Diagnostics(String),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
    /// Kernels came out that are refused.
    #[error("error: {}", PassError::Unfit(.0.clone()))]
    Unfit(Vec<Unfit>),
    /// The request itself makes no sense.
    #[error("{0}")]
    Request(String),
}

impl CompileError {
    /// Wraps an I/O error with the path it is about.
    pub fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}

/// Creates a context with every upstream dialect, the attention dialect and the LLVM translations.
/// Threading is off: passes of ours run on the calling thread, and IR prints at module scope.
pub fn new_context() -> Context {
    let context = Context::new_with_registry(&DialectRegistry::new(), false);
    prepare(&context);
    context
}

/// Loads into a context whatever it lacks of the upstream dialects, ours and the LLVM translations.
pub fn prepare(context: &Context) {
    register_all_passes();
    let registry = DialectRegistry::new();
    register_all_dialects(&registry);
    context.append_dialect_registry(&registry);
    context.load_all_available_dialects();
    register_all_llvm_translations(context);
    dialect::load(context);
}

/// The margins to try, in turn, after one that did not fit; the first keeps tiles in one loop.
const MARGINS: [u32; 5] = [gpu::FLAT_MARGIN, 12, 40, 64, 96];
/// Spilled bytes up to which the first margin is worth trying.
const SLIGHT: u32 = 192;

/// What to compile for, and how far.
#[derive(Clone, Debug)]
pub struct Request {
    pub backend: Backend,
    /// The stage the input is at: stages up to and including it are skipped.
    pub from: Stage,
    /// The last stage to run.
    pub to: Stage,
    /// Writes the IR after every stage to `DIR/<n>-<stage>.<ext>`.
    pub dump: Option<PathBuf>,
    /// The assembler to use instead of the one that is found.
    pub ptxas: Option<PathBuf>,
    /// Never treat a finite mask value as -inf.
    pub strict_masks: bool,
    /// Multiply f32 on a matrix unit with half of its digits, for twice the speed.
    pub tf32: bool,
    /// Registers per GPU thread to plan without. A kernel that turns out not to fit is planned with more, step by step.
    pub margin: u32,
    /// The processor to make code for, as LLVM names it; this machine's where there is none.
    pub cpu: Option<String>,
    /// Whether fused ops become kernels. Without, each is lowered to plain linalg at stage `tile`, as is one that no kernel
    /// can be made of.
    pub fuse: bool,
}

impl Request {
    /// The whole pipeline of a back end.
    pub fn new(backend: Backend) -> Self {
        let to = Stage::of(backend).last().unwrap_or(Stage::Tile);
        Self {
            backend,
            from: Stage::Input,
            to,
            dump: None,
            ptxas: None,
            strict_masks: false,
            tf32: false,
            margin: 0,
            cpu: None,
            fuse: true,
        }
    }

    /// The same request, stopped after `stage`.
    pub fn to(mut self, stage: Stage) -> Self {
        self.to = stage;
        self
    }

    /// What was asked for beside the program, as far as it changes what comes out: for content hashes.
    pub const fn choices(&self) -> [&'static str; 2] {
        [if self.strict_masks { "strict masks" } else { "" }, if self.tf32 { "tf32" } else { "" }]
    }
}

/// A module after its last stage, and what was seen on the way.
pub struct Outcome<'c> {
    pub module: Module<'c>,
    pub timings: Vec<(Stage, Duration)>,
    pub remarks: Vec<Remark>,
    /// The GPU kernels, from stage `ptx` on.
    pub kernels: Vec<gpu::Kernel>,
}

impl Outcome<'_> {
    /// The module as text.
    pub fn text(&self) -> String {
        self.module.as_operation().to_string()
    }
}

/// Is told about every stage of a session, and every pass in it.
pub trait Watcher: Observer {
    /// The stages begin once more, with what earlier attempts found out about kernels.
    fn attempt(&mut self, _choices: &Choices) {}
    /// A stage is about to run; `pipeline` is its passes.
    fn before_stage(&mut self, _stage: Stage, _pipeline: &str, _module: &Module<'_>) {}
    /// A stage has run, or failed with this text.
    fn after_stage(&mut self, _stage: Stage, _outcome: &Outcome<'_>, _remarks: &[Remark], _failure: Option<&str>) {}
}

/// A context, its own or a host's, and the diagnostics emitted in it.
pub struct Session<'a> {
    context: Held<'a>,
    diagnostics: diag::Collector,
    handler: DiagnosticHandlerId,
    watcher: Option<Rc<RefCell<dyn Watcher>>>,
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        self.context.detach_diagnostic_handler(self.handler);
    }
}

enum Held<'a> {
    Own(Box<Context>),
    Host(&'a Context),
}

impl Deref for Held<'_> {
    type Target = Context;

    fn deref(&self) -> &Context {
        match self {
            Self::Own(context) => context,
            Self::Host(context) => context,
        }
    }
}

impl Default for Session<'static> {
    fn default() -> Self {
        Self::new()
    }
}

impl Session<'static> {
    /// A fresh context.
    pub fn new() -> Self {
        Self::of(Held::Own(Box::new(new_context())))
    }
}

impl Session<'_> {
    /// The context of a host: see [`prepare`] for what it gains. While the session lives, it takes the diagnostics of the context.
    pub fn within(context: &Context) -> Session<'_> {
        prepare(context);
        Session::of(Held::Host(context))
    }

    fn of(context: Held<'_>) -> Session<'_> {
        let (diagnostics, handler) = diag::Collector::attach(&context);
        Session { context, diagnostics, handler, watcher: None }
    }

    /// Tells a watcher of all that follows.
    pub fn watch(&mut self, watcher: Rc<RefCell<dyn Watcher>>) {
        self.watcher = Some(watcher);
    }

    fn watching(&self, tell: impl FnOnce(&mut dyn Watcher)) {
        if let Some(watcher) = &self.watcher {
            tell(&mut *watcher.borrow_mut());
        }
    }

    /// Takes the diagnostics that were collected, as text.
    pub fn diagnostics(&self) -> String {
        self.diagnostics.take()
    }

    /// The context.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Parses MLIR text or bytecode from a file, or from standard input where the path is `-`.
    ///
    /// # Errors
    /// [`CompileError::Io`] when it cannot be read, [`CompileError::Diagnostics`] when it does not parse or verify.
    pub fn parse_file(&self, path: &Path) -> Result<Module<'_>, CompileError> {
        if path == Path::new("-") {
            let bytes = standard_input().map_err(CompileError::io(Path::new("<stdin>")))?;
            return self.parse_bytes("<stdin>", bytes);
        }
        let bytes = std::fs::read(path).map_err(CompileError::io(path))?;
        self.parse_bytes(&path.display().to_string(), &bytes)
    }

    /// Parses MLIR text; `name` is the file name in diagnostics.
    ///
    /// # Errors
    /// [`CompileError::Diagnostics`] when it does not parse or verify.
    pub fn parse(&self, name: &str, text: &str) -> Result<Module<'_>, CompileError> {
        self.parse_bytes(name, text.as_bytes())
    }

    /// Parses MLIR text or bytecode; `name` is the file name in diagnostics.
    ///
    /// # Errors
    /// [`CompileError::Diagnostics`] when it does not parse or verify.
    pub fn parse_bytes(&self, name: &str, bytes: &[u8]) -> Result<Module<'_>, CompileError> {
        self.diagnostics.add_source(name, bytes);
        let module = Source::read(&self.context, name, bytes).and_then(|source| {
            self.diagnostics.rewritten(&source.origins);
            // Ops that `import-foreign` takes are of dialects that are not registered.
            self.context.set_allow_unregistered_dialects(source.foreign);
            let module = tool::parse_module(&self.context, &SourceBuffer::new(&source.text))?;
            let root = ffi::op(&module.as_operation());
            tool::relocate(root, name, &source.origins);
            self.check(root).is_ok().then_some(module)
        });
        module.ok_or_else(|| self.failure("the module does not parse"))
    }

    /// Checks what MLIR's own verifier does not: operations that nobody knows, ours, and sizes past all limits.
    ///
    /// # Errors
    /// [`PassError::Reported`], after a diagnostic.
    pub fn check(&self, root: ir::Op<'_>) -> Result<(), PassError> {
        let known = import_foreign::only(&self.context, root) && dialect::verify::verify(root).is_ok();
        if known && limits::hold(root) { Ok(()) } else { Err(PassError::Reported) }
    }

    /// Runs the stages of a request over a module.
    ///
    /// # Errors
    /// [`CompileError::Diagnostics`] when a stage fails, [`CompileError::Io`] when a dump cannot be written.
    pub fn compile<'c>(&'c self, module: Module<'c>, request: &Request) -> Result<Outcome<'c>, CompileError> {
        let mut plan = Plan { choices: Choices::new(), next: HashMap::new() };
        let retries = request.fuse && request.backend == Backend::Gpu && request.from < Stage::Tile;
        loop {
            let progress = Progress::default();
            match self.attempt(ffi::clone_module(&module), request, &plan.choices, &progress) {
                Err(CompileError::Unfit(unfit)) => {
                    let alike = progress.alike.take();
                    for kernel in &unfit {
                        let others = alike.iter().filter(|(_, same)| *same == kernel.kernel);
                        let others = others.map(|(other, _)| Unfit { kernel: other.clone(), ..kernel.clone() });
                        if !std::iter::once(kernel.clone()).chain(others).all(|kernel| plan.shrink(&kernel, retries)) {
                            return Err(CompileError::Unfit(unfit));
                        }
                    }
                }
                Err(CompileError::Diagnostics(text))
                    if retries && (Stage::Distribute..Stage::Cubin).contains(&progress.stage.get()) =>
                {
                    // Where it is not known which kernel it was, all of them are left apart.
                    let failed = progress.failed.take().unwrap_or_else(|| choices::ALL.into());
                    if !plan.leave(&failed, message(&text)) {
                        return Err(CompileError::Diagnostics(keep(text, &module, request, &progress)));
                    }
                }
                Err(CompileError::Diagnostics(text)) => {
                    return Err(CompileError::Diagnostics(keep(text, &module, request, &progress)));
                }
                outcome => return outcome,
            }
        }
    }

    /// [`Session::compile`] with kernels made as they were chosen to be.
    fn attempt<'c>(
        &'c self,
        module: Module<'c>,
        request: &Request,
        choices: &Choices,
        progress: &Progress,
    ) -> Result<Outcome<'c>, CompileError> {
        if request.to.backend().is_some_and(|own| own != request.backend) {
            return Err(CompileError::Request(format!("stage '{}' is not on the way to this target", request.to)));
        }
        if let Some(directory) = &request.dump {
            std::fs::create_dir_all(directory).map_err(CompileError::io(directory))?;
        }
        choices::note(ffi::op(&module.as_operation()), choices);
        let mut outcome = Outcome { module, timings: vec![], remarks: vec![], kernels: vec![] };
        self.watching(|watcher| watcher.attempt(choices));
        for (number, stage) in Stage::of(request.backend).enumerate() {
            if stage > request.to {
                break;
            }
            if stage > request.from {
                let pipeline = stage_pipeline(stage, request);
                self.watching(|watcher| watcher.before_stage(stage, &pipeline, &outcome.module));
                let start = Instant::now();
                progress.stage.set(stage);
                let (result, remarks) = remark::collect(|| self.run_stage(&mut outcome, stage, request, &pipeline));
                self.watching(|watcher| {
                    let failure = result.as_ref().err().map(ToString::to_string);
                    watcher.after_stage(stage, &outcome, &remarks, failure.as_deref());
                });
                outcome.remarks.extend(remarks);
                if result.is_err() {
                    let module = ffi::op(&outcome.module.as_operation());
                    let failed = ir::attr(module, choices::FAILED);
                    progress.failed.replace(failed.and_then(ir::string_attr).map(str::to_owned));
                    progress.alike.replace(choices::alike(module));
                }
                result?;
                outcome.timings.push((stage, start.elapsed()));
            }
            if stage >= request.from
                && let Some(directory) = &request.dump
            {
                dump(&outcome, number, stage, directory)?;
            }
        }
        Ok(outcome)
    }

    fn run_stage(
        &self,
        outcome: &mut Outcome<'_>,
        stage: Stage,
        request: &Request,
        pipeline: &str,
    ) -> Result<(), CompileError> {
        let result = match stage {
            Stage::Ptx => gpu::emit_ptx(&outcome.module).map(|kernels| outcome.kernels = kernels),
            Stage::Cubin => gpu::assemble(&mut outcome.kernels, request.ptxas.as_deref()),
            _ => match &self.watcher {
                Some(watcher) => pass::pipeline::run_watched(&outcome.module, pipeline, &mut *watcher.borrow_mut()),
                None => pass::pipeline::run(&outcome.module, pipeline),
            },
        };
        result.map_err(|error| match error {
            PassError::Unfit(unfit) => CompileError::Unfit(unfit),
            error => {
                let text = error.to_string();
                self.failure(&format!("stage '{stage}' failed: {text}"))
            }
        })
    }

    /// Takes the collected diagnostics as an error; `otherwise` when there are none.
    fn failure(&self, otherwise: &str) -> CompileError {
        let text = self.diagnostics.take();
        CompileError::Diagnostics(if text.is_empty() { format!("error: {otherwise}") } else { text })
    }
}

/// Standard input, which is read once however often a program is parsed.
fn standard_input() -> std::io::Result<&'static [u8]> {
    static INPUT: OnceLock<Vec<u8>> = OnceLock::new();
    if let Some(bytes) = INPUT.get() {
        return Ok(bytes);
    }
    let mut bytes = vec![];
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(INPUT.get_or_init(|| bytes))
}

/// How far an attempt came, the kernel that it failed at, and kernels that others stand for.
struct Progress {
    stage: Cell<Stage>,
    failed: RefCell<Option<String>>,
    alike: RefCell<Vec<(String, String)>>,
}

impl Default for Progress {
    fn default() -> Self {
        Self { stage: Cell::new(Stage::Input), failed: RefCell::default(), alike: RefCell::default() }
    }
}

/// What the attempts so far lead to.
struct Plan {
    choices: Choices,
    /// How many margins were tried, per kernel.
    next: HashMap<String, usize>,
}

impl Plan {
    /// Plans a kernel with a larger margin; without one left, and where it may be, it is left apart. False: nothing is left to try.
    fn shrink(&mut self, unfit: &Unfit, may_leave: bool) -> bool {
        tracing::info!("kernel {} does not fit: {}", unfit.kernel, unfit.reason);
        if unfit.lazy {
            self.choices.insert(unfit.kernel.clone(), Choice::Margin(0));
            return true;
        }
        let next = self.next.entry(unfit.kernel.clone()).or_default();
        if *next == 0 && unfit.spilled > SLIGHT {
            *next = 1;
        }
        let margin = MARGINS.get(*next).copied();
        *next += 1;
        match margin {
            Some(margin) => {
                self.choices.insert(unfit.kernel.clone(), Choice::Margin(margin));
                true
            }
            None => may_leave && self.leave(&unfit.kernel, unfit.reason.clone()),
        }
    }

    /// Leaves a kernel apart. False: it was already.
    fn leave(&mut self, kernel: &str, reason: String) -> bool {
        let apart = |kernel: &str| matches!(self.choices.get(kernel), Some(Choice::Apart(_)));
        if apart(choices::ALL) {
            return false;
        }
        // One that fails though it is no kernel any more is another one.
        let kernel = if apart(kernel) { choices::ALL } else { kernel };
        if kernel == choices::ALL {
            self.choices.clear();
        }
        self.choices.insert(kernel.to_owned(), Choice::Apart(reason));
        true
    }
}

/// Keeps what leads to a bug of ours as a reproducer, and says so after the error.
fn keep(text: String, module: &Module<'_>, request: &Request, progress: &Progress) -> String {
    if !["internal error (a bug in flashlight)", "left invalid IR"].iter().any(|bug| text.contains(bug)) {
        return text;
    }
    let ran = |stage: &Stage| *stage > request.from && *stage <= progress.stage.get();
    let pipelines = Stage::of(request.backend).filter(ran).map(|stage| stage_pipeline(stage, request));
    let inner =
        pipelines.filter_map(|text| Some(text.trim().strip_prefix("builtin.module(")?.strip_suffix(')')?.to_owned()));
    let pipeline = one_line(&format!("builtin.module(\n{}\n)", inner.collect::<Vec<_>>().join(",\n")));
    let file = Reproducer { pipeline, verify_each: true }.file(&module.as_operation().to_string());
    let hash = Sha256::digest(&file).iter().take(6).map(|byte| format!("{byte:02x}")).collect::<String>();
    let path = std::env::temp_dir().join(format!("flashlight-{hash}.mlir"));
    match store::write_atomic(&path, file.as_bytes()) {
        Ok(()) => {
            let path = path.display();
            format!(
                "{}\nnote: this is a bug in flashlight: please report it with {path}, which 'flashlight-opt --run-reproducer {path}' runs\n",
                text.trim_end()
            )
        }
        Err(_) => text, // there is nowhere to keep it
    }
}

/// What the first of some diagnostics says.
fn message(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    first.split_once("error: ").map_or(first, |(_, message)| message).to_owned()
}

/// The textual pipeline of a stage that is made of passes.
pub fn stage_pipeline(stage: Stage, request: &Request) -> String {
    let target = match request.backend {
        Backend::Cpu => "cpu",
        Backend::Gpu => "sm_90a",
    };
    let text = match stage {
        Stage::Normalize => include_str!("../pipelines/normalize.txt"),
        Stage::Raise => include_str!("../pipelines/raise.txt"),
        Stage::Bound => include_str!("../pipelines/bound.txt"),
        Stage::Tile => include_str!("../pipelines/tile.txt"),
        Stage::Vectorize => include_str!("../pipelines/vectorize.txt"),
        Stage::Llvm => include_str!("../pipelines/llvm.txt"),
        Stage::Distribute => include_str!("../pipelines/distribute.txt"),
        Stage::Nvvm => include_str!("../pipelines/nvvm.txt"),
        Stage::Input | Stage::Ptx | Stage::Cubin => "builtin.module()",
    };
    let isa = request.cpu.as_deref().and_then(|cpu| pass::apply_schedule::Isa::of_processor(cpu).ok());
    let schedule = isa.map_or_else(|| "apply-schedule".into(), |isa| format!("apply-schedule{{isa={isa}}}"));
    pass::pipeline::strip_comments(text)
        .replace("apply-schedule", &schedule)
        .replace("$TARGET", target)
        .replace("$FUSE", if request.fuse { "fits" } else { "false" })
        .replace("$F32", if request.tf32 { "tf32" } else { "split" })
        .replace("$MARGIN", &request.margin.to_string())
        .replace("$STRICT_MASKS", if request.strict_masks { "true" } else { "false" })
}

fn dump(outcome: &Outcome<'_>, number: usize, stage: Stage, directory: &Path) -> Result<(), CompileError> {
    let write = |path: PathBuf, bytes: &[u8]| std::fs::write(&path, bytes).map_err(CompileError::io(&path));
    match stage {
        Stage::Ptx | Stage::Cubin => outcome.kernels.iter().try_for_each(|kernel| {
            let path = directory.join(format!("{number:02}-{}.{stage}", kernel.symbol));
            write(path, if stage == Stage::Ptx { kernel.ptx.as_bytes() } else { &kernel.cubin })
        }),
        _ => write(directory.join(format!("{number:02}-{stage}.mlir")), outcome.text().as_bytes()),
    }
}
