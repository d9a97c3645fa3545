//! One piece of input through its passes.

use super::{
    expect::Expectations,
    flags::Options,
    watch::{Timing, Tree, Watch},
};
use crate::{
    assembly::Source,
    diag::{self, Diagnostic, Place, Position, Severity, Sources},
    dialect, driver,
    error::PassError,
    ffi,
    ffi::tool::{self, PrintFlags, SourceBuffer},
    gpu,
    ir::{self, Op},
    pass::{
        import_foreign,
        pipeline::{Pipeline, PipelineError},
        plan::{Plan, Settings},
        reproducer::{Reproducer, one_line},
    },
    remark::{self, Remark},
    runtime::store::write_atomic,
    stage::{Backend, Stage},
    trace::{self, Recorder},
};
use melior::{
    Context,
    ir::{Module, Operation, operation::OperationLike},
};
use std::{cell::RefCell, path::Path, rc::Rc};

/// What is to be done to every piece.
pub struct Work<'o> {
    options: &'o Options,
    steps: Vec<Step<'o>>,
    /// The stage after the last pipeline, when that is no MLIR.
    emit: Option<Stage>,
}

/// A pipeline on the way.
struct Step<'o> {
    /// The stage it ends at.
    stage: Option<Stage>,
    pipeline: Passes<'o>,
}

enum Passes<'o> {
    /// With its text, for errors.
    Text(Pipeline, String),
    /// Flags: they anchor at whatever the input is.
    Flags(&'o Options),
}

/// Takes diagnostics as they come: prints them, or compares them with comments.
struct Reporter {
    sources: Sources,
    /// The errors, as they were shown.
    errors: String,
    expectations: Option<Expectations>,
}

impl Reporter {
    fn report(&mut self, mut diagnostic: Diagnostic) {
        // What a reproducer has is read by `--run-reproducer`, and otherwise no business of this run, as in `mlir-opt`.
        if diagnostic.message == "ignoring unknown external resources for 'mlir_reproducer'" {
            return;
        }
        self.sources.name(&mut diagnostic);
        if diagnostic.severity == Severity::Error {
            self.errors.push_str(&self.sources.render(&diagnostic));
        }
        match &mut self.expectations {
            Some(expectations) => expectations.see(&diagnostic),
            None => crate::diag::say(format_args!("{}", self.sources.render(&diagnostic))),
        }
    }
}

/// A remark as a diagnostic.
fn remark_diagnostic(remark: &Remark) -> Diagnostic {
    Diagnostic::new(Severity::Remark, remark.place(), format!("[{}] {}", remark.pass, remark.message))
}

/// What was parsed.
enum Parsed<'c> {
    Module(Module<'c>),
    Operation(Operation<'c>),
}

impl<'c> Parsed<'c> {
    fn op(&self) -> Op<'c> {
        match self {
            Self::Module(module) => ffi::op(&module.as_operation()),
            Self::Operation(operation) => ffi::op(operation),
        }
    }
}

impl<'o> Work<'o> {
    /// Reads the pipelines that the options name.
    ///
    /// # Errors
    /// When a pipeline or a stage makes no sense.
    pub fn new(options: &'o Options) -> Result<Self, String> {
        let parse = |text: String| match Pipeline::parse(&text) {
            Ok(pipeline) => Ok(Passes::Text(pipeline, text)),
            Err(error) => Err(error.render("--pass-pipeline", &text)),
        };
        let (mut steps, mut emit) = (vec![], None);
        if let Some(text) = &options.pipeline {
            steps.push(Step { stage: None, pipeline: parse(text.clone())? });
        } else if options.from.is_some() || options.to.is_some() {
            let request = request(options)?;
            emit = Some(request.to).filter(|stage| !is_mlir(*stage));
            let stages = Stage::of(request.backend).filter(|stage| is_mlir(*stage));
            for stage in stages.filter(|stage| *stage >= request.from && *stage <= request.to) {
                let text = match stage == request.from {
                    true => "builtin.module()".into(),
                    false => driver::stage_pipeline(stage, &request),
                };
                steps.push(Step { stage: Some(stage), pipeline: parse(text)? });
            }
        } else {
            steps.push(Step { stage: None, pipeline: Passes::Flags(options) });
        }
        Ok(Self { options, steps, emit })
    }

    /// Processes one piece, by its number: whether all went well, and the output.
    ///
    /// # Errors
    /// When no piece can be processed.
    pub fn piece(&self, number: usize, name: &str, text: &[u8]) -> Result<(bool, Vec<u8>), String> {
        let options = self.options;
        let context = driver::new_context();
        let mut sources = Sources::default();
        sources.add(name, text);
        let expectations = options.verify_diagnostics.map(|unexpected| Expectations::new(name, text, unexpected));
        let reporter = Rc::new(RefCell::new(Reporter { sources, errors: String::new(), expectations }));
        let sink = Rc::clone(&reporter);
        diag::attach(&context, move |diagnostic| sink.borrow_mut().report(diagnostic));
        let mut watch = Watch {
            timing: options.timing.map(Timing::new),
            tree: options.tree_dir.as_deref().map(|folder| Tree::new(options, folder)),
            page: options.html_trace.as_deref().map(|path| self.page(path, number, name, text)).transpose()?,
            input: options.local_reproducer.then(Vec::new),
            last: None,
        };
        let (output, remarks) = remark::collect(|| self.compile(&context, name, text, &reporter, &mut watch));
        for remark in &remarks {
            reporter.borrow_mut().report(remark_diagnostic(remark));
        }
        if let Some(page) = &mut watch.page {
            let failed = || reporter.borrow().errors.clone();
            let failure = match &output {
                Err(error) => Some(error.clone()),
                Ok(None) => Some(failed()),
                Ok(Some(_)) => None,
            };
            page.finish(failure.as_deref()).map_err(|error| format!("cannot write the page: {error}"))?;
        }
        let output = output?;
        if let Some(failure) = watch.tree.and_then(|tree| tree.failure) {
            return Err(failure);
        }
        if let Some(timing) = watch.timing {
            crate::diag::say(format_args!("{}", timing.report()));
        }
        let mut good = output.is_some();
        let reporter = &mut *reporter.borrow_mut();
        if let Some(expectations) = reporter.expectations.take() {
            let faults = expectations.finish();
            good = faults.is_empty();
            for fault in &faults {
                crate::diag::say(format_args!("{}", reporter.sources.render_span(&fault.diagnostic, fault.width)));
            }
        }
        Ok((good, output.unwrap_or_default()))
    }

    /// `None` after diagnostics.
    fn compile(
        &self,
        context: &Context,
        name: &str,
        text: &[u8],
        reporter: &RefCell<Reporter>,
        watch: &mut Watch<'_>,
    ) -> Result<Option<Vec<u8>>, String> {
        let options = self.options;
        // A wrong pipeline is reported before the input is looked at.
        let mut plans = vec![];
        if options.implicit_module {
            for step in &self.steps {
                plans.push(self.plan(context, &step.pipeline, "builtin.module")?);
            }
        }
        let Some(source) = Source::read(context, name, text) else { return Ok(None) };
        reporter.borrow_mut().sources.rewritten(&source.origins);
        context.set_allow_unregistered_dialects(options.allow_unregistered || source.foreign);
        let Some(parsed) = watch.phase("Parser", || parse(context, name, &source, options.implicit_module)) else {
            return Ok(None);
        };
        let root = parsed.op();
        if !options.allow_unregistered && !import_foreign::only(context, root) {
            return Ok(None);
        }
        if dialect::verify::verify(root).is_err() || options.verify_roundtrip && !survives_roundtrip(context, root) {
            return Ok(None);
        }
        if !options.implicit_module {
            for step in &self.steps {
                plans.push(self.plan(context, &step.pipeline, ir::name(root))?);
            }
        }
        for (position, (step, plan)) in self.steps.iter().zip(&plans).enumerate() {
            if options.dump_pipeline {
                crate::diag::say(format_args!("Pass Manager with {} passes:\n{}\n", plan.len(), plan.text()));
            }
            if let Some(stage) = step.stage {
                watch.enter_stage(position, stage);
            }
            let kept = options.generate_reproducer.is_some() || options.crash_reproducer.is_some();
            let input = kept.then(|| tool::print(root, &PrintFlags::default()));
            if let (Some(path), Some(input)) = (&options.generate_reproducer, &input) {
                self.reproducer(path, &plan.text(), input)?;
            }
            let (pipeline, text) = match &step.pipeline {
                Passes::Text(pipeline, text) => (pipeline.clone(), text.clone()),
                Passes::Flags(options) => (flags_pipeline(options, ir::name(root)), plan.text()),
            };
            if let Some(page) = &mut watch.page {
                page.begin_stage(step.stage, Some(pipeline), &text);
            }
            let (result, remarks) = remark::collect(|| plan.run(root, watch));
            if let Some(page) = &mut watch.page {
                let failure = result.is_err().then(|| reporter.borrow().errors.clone());
                page.end_stage(&remarks, failure.as_deref());
            }
            remark::pass_on(remarks);
            if step.stage.is_some() {
                watch.leave_stage();
            }
            if result.is_err() {
                if let (Some(path), Some(input)) = (&options.crash_reproducer, input) {
                    let alone = plan.failed().zip(watch.input.take());
                    let (pipeline, input) = alone.unwrap_or_else(|| (plan.text(), input));
                    self.reproducer(path, &pipeline, &input)?;
                    let (pass, op) = watch.last.take().unwrap_or_default();
                    let note = format!(
                        "Pipeline failed while executing [`{pass}` on '{op}' operation]: reproducer generated at `{}`",
                        path.display()
                    );
                    let place = Place::File(Position { file: name.into(), line: 0, column: 0 });
                    let what = "Failures have been detected while processing an MLIR pass pipeline";
                    let mut diagnostic = Diagnostic::new(Severity::Error, place.clone(), what);
                    diagnostic.notes.push(Diagnostic::new(Severity::Note, place, note));
                    reporter.borrow_mut().report(diagnostic);
                }
                return Ok(None);
            }
            if let Some(stage) = step.stage.filter(|_| options.dump_stages.is_some()) {
                self.write_stage(stage, &format!("{stage}.mlir"), &tool::print(root, &options.print))?;
            }
        }
        if let (Some(stage), Parsed::Module(module)) = (self.emit, &parsed) {
            return self.emit(stage, module, watch);
        }
        let written = watch.phase("Output", || match options.bytecode {
            Some(version) => tool::bytecode(root, version),
            None => {
                let mut text = tool::print(root, &options.print);
                text.push(b'\n');
                Some(text)
            }
        });
        Ok(written)
    }

    /// The PTX of every kernel, or the binary of the only one.
    fn emit(&self, last: Stage, module: &Module<'_>, watch: &mut Watch<'_>) -> Result<Option<Vec<u8>>, String> {
        let location = module.as_operation().location();
        let reported = |error: PassError| {
            if !matches!(error, PassError::Reported) {
                ffi::emit_error(location, &error.to_string());
            }
        };
        if let Some(page) = &mut watch.page {
            page.before_ptx(module);
        }
        let Ok(mut kernels) = watch.phase("ptx", || gpu::emit_ptx(module)).map_err(reported) else { return Ok(None) };
        if let Some(page) = &mut watch.page {
            page.begin_stage(Some(Stage::Ptx), None, "");
            page.after_ptx(&kernels);
            page.end_stage(&[], None);
        }
        for kernel in &kernels {
            self.write_stage(
                Stage::Ptx,
                &format!("{}.ptx", super::watch::plain(&kernel.symbol)),
                kernel.ptx.as_bytes(),
            )?;
        }
        if last == Stage::Ptx {
            return Ok(Some(kernels.into_iter().map(|kernel| kernel.ptx).collect::<String>().into_bytes()));
        }
        if watch.phase("cubin", || gpu::assemble(&mut kernels, None)).map_err(reported).is_err() {
            return Ok(None);
        }
        for kernel in &kernels {
            self.write_stage(Stage::Cubin, &format!("{}.cubin", super::watch::plain(&kernel.symbol)), &kernel.cubin)?;
        }
        match <[_; 1]>::try_from(kernels) {
            Ok([kernel]) => Ok(Some(kernel.cubin)),
            Err(kernels) => {
                Err(format!("error: {} kernels make no single binary: use 'flashlight compile'", kernels.len()))
            }
        }
    }

    /// Begins the page of a piece: that of the second one and of those after it has its number in its name.
    fn page(&self, path: &Path, number: usize, name: &str, text: &[u8]) -> Result<Recorder, String> {
        let path = if number == 0 { path.to_owned() } else { trace::beside(path, &(number + 1).to_string()) };
        let target = self.options.target.clone().unwrap_or_else(|| "passes".into());
        let command = std::env::args().map(|word| trace::word(&word)).collect::<Vec<_>>().join(" ");
        let mut page = Recorder::create(&path, trace::About { file: name.into(), target, command })
            .map_err(|error| format!("cannot write '{}': {}", path.display(), super::reason(&error)))?;
        page.source(text);
        Ok(page)
    }

    fn plan(&self, context: &Context, passes: &Passes<'_>, anchor: &str) -> Result<Plan, String> {
        let printing = |pass: &str| self.options.printing(pass).filter(|_| self.options.tree_dir.is_none());
        let implicit_nesting = matches!(passes, Passes::Flags(_));
        let settings = Settings { verify_each: self.options.verify_each, implicit_nesting, printing: &printing };
        match passes {
            Passes::Text(pipeline, text) => Plan::new(context, pipeline, &settings)
                .map_err(|error: PipelineError| error.render("--pass-pipeline", text)),
            Passes::Flags(options) => {
                let pipeline = flags_pipeline(options, anchor);
                Plan::new(context, &pipeline, &settings).map_err(|error| format!("error: {}", error.message))
            }
        }
    }

    fn reproducer(&self, path: &Path, pipeline: &str, input: &[u8]) -> Result<(), String> {
        let reproducer = Reproducer { pipeline: one_line(pipeline), verify_each: self.options.verify_each };
        let file = reproducer.file(&String::from_utf8_lossy(input));
        write_atomic(path, file.as_bytes()).map_err(|error| format!("error: {error}"))
    }

    /// Writes what a stage left to `--dump-stages`, if that was given.
    fn write_stage(&self, stage: Stage, name: &str, bytes: &[u8]) -> Result<(), String> {
        let Some(folder) = &self.options.dump_stages else { return Ok(()) };
        let backend = request(self.options)?.backend;
        let number = Stage::of(backend).position(|own| own == stage).unwrap_or_default();
        let path = folder.join(format!("{number:02}-{name}"));
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&path, bytes))
            .map_err(|error| format!("cannot write '{}': {}", path.display(), super::reason(&error)))
    }
}

/// Flags as a pipeline.
fn flags_pipeline(options: &Options, anchor: &str) -> Pipeline {
    Pipeline { anchor: anchor.into(), offset: 0, items: options.passes.clone() }
}

/// Whether what a stage leaves is a module.
const fn is_mlir(stage: Stage) -> bool {
    !matches!(stage, Stage::Ptx | Stage::Cubin)
}

/// What `--from`, `--to` and `--target` mean together.
fn request(options: &Options) -> Result<driver::Request, String> {
    let own = options.to.and_then(Stage::backend).or(options.from.and_then(Stage::backend));
    let backend = match options.target.as_deref() {
        None => own.unwrap_or(Backend::Cpu),
        Some("cpu") => Backend::Cpu,
        Some("sm_90a") => Backend::Gpu,
        Some(other) => return Err(format!("error: unknown target '{other}' (one of: cpu, sm_90a)")),
    };
    let last = Stage::of(backend).filter(|stage| is_mlir(*stage)).last().unwrap_or(Stage::Tile);
    let mut request = driver::Request::new(backend).to(options.to.unwrap_or(last));
    request.from = options.from.unwrap_or(Stage::Input);
    for stage in [request.from, request.to] {
        if stage.backend().is_some_and(|own| own != backend) {
            return Err(format!(
                "error: stage '{stage}' is not on the way to target '{}'",
                options.target.as_deref().unwrap_or("cpu")
            ));
        }
    }
    if !is_mlir(request.from) {
        return Err(format!("error: stage '{}' is not MLIR: no stage can start from it", request.from));
    }
    if request.from > request.to {
        return Err(format!("error: stage '{}' comes after stage '{}'", request.from, request.to));
    }
    Ok(request)
}

fn parse<'c>(context: &'c Context, name: &str, source: &Source<'_>, implicit_module: bool) -> Option<Parsed<'c>> {
    let buffer = SourceBuffer::new(&source.text);
    let parsed = match implicit_module {
        true => tool::parse_module(context, &buffer).map(Parsed::Module),
        false => tool::parse_operation(context, &buffer, tool::ANONYMOUS).map(Parsed::Operation),
    }?;
    tool::relocate(parsed.op(), name, &source.origins);
    Some(parsed)
}

/// Whether an operation prints the same after being printed and parsed, as text and as bytecode.
fn survives_roundtrip(context: &Context, root: Op<'_>) -> bool {
    let flags = PrintFlags { debug_info: true, ..PrintFlags::default() };
    let before = tool::print(root, &flags);
    let forms = [("text", Some(before.clone())), ("bytecode", tool::bytecode(root, None))];
    forms.into_iter().all(|(form, bytes)| {
        let again = bytes.and_then(|bytes| tool::parse_operation(context, &SourceBuffer::new(&bytes), "<roundtrip>"));
        let after = again.map(|again| tool::print(ffi::op(&again), &flags));
        let same = after.as_ref() == Some(&before);
        if !same {
            let what = if after.is_some() { "changes" } else { "does not parse" };
            ffi::emit_error(root.location(), &format!("the IR {what} after a round trip through {form}"));
        }
        same
    })
}
