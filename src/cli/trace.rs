//! `flashlight trace`: a compilation as one page (`crate::trace`), with what is known of the program beside its passes.

use super::{
    Common, Report,
    bench::{self, Inputs, Runs},
    check,
    compile::Target,
    explain::{self, Account, Certificate},
    front::{self, Facts, Front, Source},
    kernels,
    verify::inputs,
};
use crate::{
    choices,
    cpu::{self, Signature},
    driver::{Outcome, Request, Session},
    ffi,
    gpu::picture::Picture,
    ir::{self, Op},
    pass::tile,
    runtime::{Tensor, TensorSpec},
    stage::Stage,
    trace::{About, Recorder, word},
    work::tiles,
};
use clap::Args;
use melior::ir::Module;
use serde_json::{Value, json};
use std::{
    cell::RefCell,
    collections::BTreeMap,
    path::{Path, PathBuf},
    rc::Rc,
};

/// Compile FILE and write all of it as one page: passes with their changes, what was recognized, kernels and masks as pictures
#[derive(Args, Debug)]
pub struct Trace {
    #[command(flatten)]
    pub source: Source,
    /// What to compile for
    #[arg(long, value_enum, default_value_t = Target::Sm90a)]
    pub target: Target,
    /// The page
    #[arg(short, long, value_name = "FILE", default_value = "trace.html")]
    pub output: PathBuf,
    /// Stop after this stage
    #[arg(long, value_name = "STAGE")]
    pub to: Option<Stage>,
    #[command(flatten)]
    pub inputs: Inputs,
    /// Also run the program (on this machine's processor or GPU), and draw its time on the roofline
    #[arg(long)]
    pub run: bool,
    /// The roofs of another machine: TFLOP/s and GB/s. An H100's (SXM) for `sm_90a` when left out
    #[arg(long, value_name = "TFLOPS,GBPS")]
    pub roof: Option<String>,
    /// Leave the certificate unchecked: the check takes a second or two
    #[arg(long)]
    pub no_check: bool,
    #[command(flatten)]
    pub common: Common,
}

/// Dense 16-bit TFLOP/s and GB/s of an H100 SXM, by its data sheet.
const H100: [f64; 2] = [989.4, 3352.0];
/// Points of loops that the interpreter may visit to compare a certificate's results with the source's.
const FUEL: u64 = 20_000_000;

/// Runs the command.
///
/// # Errors
/// Any, with its message. The page is there all the same, up to where it went wrong.
pub fn run(options: &Trace) -> anyhow::Result<Report> {
    let roof = options.roof.as_deref().map(roofs).transpose()?;
    let page = Page::begin(&options.output, &options.source, options.target)?;
    let mut report = page.around(|| traced(options, roof, &page))?;
    report.line(format_args!("{}: {} passes", options.output.display(), page.recorder.borrow().passes()));
    Ok(report)
}

fn roofs(text: &str) -> anyhow::Result<[f64; 2]> {
    let numbers = text.split(',').map(|part| part.trim().parse::<f64>().ok().filter(|number| *number > 0.0));
    match numbers.collect::<Option<Vec<_>>>().as_deref() {
        Some([flops, bytes]) => Ok([*flops, *bytes]),
        _ => anyhow::bail!("--roof '{text}' is not two numbers, TFLOP/s and GB/s: 989.4,3352"),
    }
}

fn traced(options: &Trace, roof: Option<[f64; 2]>, page: &Page) -> anyhow::Result<Report> {
    let mut request = options.source.request(options.target.backend());
    let last = request.to;
    request.to = options.to.unwrap_or(last);
    let stages: Vec<_> = Stage::of(request.backend).map(Stage::name).collect();
    let (target, to) = (options.target.name(), request.to);
    anyhow::ensure!(stages.contains(&to.name()), "target {target} has no stage '{to}' (it has: {})", stages.join(", "));
    let mut session = Session::new();
    page.watch(&mut session);
    let front = front::open(&session, &options.source, &request)?;
    page.raised(&front, !options.no_check)?;
    let looked = page.quietly(|| Looked::at(&session, &front.module, &request));
    let (outcome, facts) = front.finish(&session, &request)?;
    let measured = if options.run && to == last { Some(measure(options, &outcome, &facts)?) } else { None };
    let wanted = Wanted { inputs: options.inputs.clone(), roof, measured, ..Wanted::of(options.target) };
    page.finished(&outcome, &facts, looked, &wanted)?;
    Ok(Report::default())
}

/// What the page says beside what the compiler did.
pub struct Wanted {
    target: Target,
    inputs: Inputs,
    /// TFLOP/s and GB/s of the machine that was named.
    roof: Option<[f64; 2]>,
    measured: Option<bench::Measurement>,
}

impl Wanted {
    /// What is said when nothing else is asked for.
    pub fn of(target: Target) -> Self {
        Self { target, inputs: Inputs { args: None, shape: vec![] }, roof: None, measured: None }
    }
}

/// The program at the stages that masks and tiles are read from.
pub struct Looked<'c> {
    bounded: Outcome<'c>,
    /// Rows and keys of each kernel's tiles.
    sizes: BTreeMap<String, [i64; 2]>,
}

impl<'c> Looked<'c> {
    /// Compiles what `raise` left to the stages that are looked at.
    pub fn at(session: &'c Session, module: &Module<'c>, request: &Request) -> Option<Self> {
        if request.to < Stage::Raise {
            return None;
        }
        let to = |stage: Stage| Request { from: Stage::Raise, dump: None, ..request.clone().to(stage) };
        let bounded = session.compile(ffi::clone_module(module), &to(Stage::Bound)).ok()?;
        let tiled = session.compile(ffi::clone_module(module), &to(Stage::Tile)).ok();
        let sizes = tiled.map(|tiled| tile_sizes(ffi::op(&tiled.module.as_operation()))).unwrap_or_default();
        Some(Self { bounded, sizes })
    }

    /// What masks leave of the tiles of all functions whose sizes are known.
    pub fn masks(self, pictures: &[Picture]) -> Vec<tiles::Map> {
        let Self { bounded, mut sizes } = self;
        sizes.extend(pictures.iter().map(tile_of));
        let functions = front::functions(ffi::op(&bounded.module.as_operation()));
        let maps = functions.into_iter().filter_map(|(name, _)| {
            let signature = Signature::of(&bounded.module, name).ok()?;
            let known = signature.arguments.iter().all(|spec| !spec.shape.contains(&None));
            let arguments = known.then(|| inputs::ascending(&signature.arguments).ok()).flatten()?;
            Some(mask_maps(&bounded, name, &sizes, &arguments))
        });
        maps.flatten().collect()
    }
}

/// The inputs that masks are looked at with.
fn arguments(inputs: &Inputs, specs: &[TensorSpec]) -> anyhow::Result<Vec<Tensor>> {
    if inputs.args.is_some() {
        return inputs.tensors(specs);
    }
    let shapes = inputs.shapes(specs)?;
    let known = |(spec, shape): (&TensorSpec, Vec<usize>)| TensorSpec {
        shape: shape.into_iter().map(Some).collect(),
        ..spec.clone()
    };
    let specs: Vec<_> = specs.iter().zip(shapes).map(known).collect();
    inputs::ascending(&specs).map_err(anyhow::Error::msg)
}

/// The rows and columns of the first contraction in each kernel's loops.
fn tile_sizes(module: Op<'_>) -> BTreeMap<String, [i64; 2]> {
    let mut sizes = BTreeMap::new();
    for nest in ir::walk_named(module, &["scf.forall"]) {
        let Some(name) = ir::attr(nest, choices::SYMBOL).and_then(ir::string_attr) else { continue };
        let contracts = |op: &Op<'_>| ir::attr(*op, "flashlight.tile").and_then(ir::string_attr) == Some("contract");
        let inner =
            ir::walk_named(nest, &["scf.for"]).into_iter().find_map(|key| ir::walk(key).into_iter().find(contracts));
        let shape = inner.and_then(|op| ffi::shape(ir::type_of(*ir::results(op).first()?)));
        if let Some([Some(rows), Some(keys)]) = shape.as_deref() {
            sizes.insert(name.to_owned(), [*rows, *keys]);
        }
    }
    sizes
}

fn measure(options: &Trace, outcome: &Outcome<'_>, facts: &Facts) -> anyhow::Result<bench::Measurement> {
    let runs = Runs { repeat: 20, warm_up: 3, keep_cache: false, device: 0 };
    let arguments = options.inputs.tensors(&facts.signature.arguments)?;
    match options.target {
        Target::Cpu => {
            let kernel = cpu::load(&outcome.module, facts.signature.clone(), &cpu::Options::default())?;
            bench::on_cpu(runs, &kernel, facts.findings.kernels, &arguments)
        }
        Target::Sm90a => {
            let program = kernels::program(outcome, facts, &[])?;
            let read = |name: &str| program.file(name);
            bench::on_gpu(runs, program.manifest.clone(), &read, &arguments)
        }
    }
}

/// A page that is being written.
pub struct Page {
    recorder: Rc<RefCell<Recorder>>,
    path: PathBuf,
    file: PathBuf,
}

impl Page {
    /// Begins the page of a program.
    ///
    /// # Errors
    /// A page that cannot be written.
    pub fn begin(path: &Path, source: &Source, target: Target) -> anyhow::Result<Self> {
        let file = source.file.display().to_string();
        let command: Vec<_> = std::env::args().map(|text| word(&text)).collect();
        let command = command.join(" ");
        let about = About { file, target: target.name().into(), command };
        let written = |error| anyhow::anyhow!("cannot write '{}': {error}", path.display());
        let mut recorder = Recorder::create(path, about).map_err(written)?;
        if let Ok(bytes) = std::fs::read(&source.file) {
            recorder.source(&bytes);
        }
        Ok(Self { recorder: Rc::new(RefCell::new(recorder)), path: path.to_owned(), file: source.file.clone() })
    }

    /// Has what a session does written to the page.
    pub fn watch(&self, session: &mut Session) {
        session.watch(Rc::clone(&self.recorder) as Rc<RefCell<dyn crate::driver::Watcher>>);
    }

    fn part(&self, name: &str, content: Value) {
        self.recorder.borrow_mut().part(name, content);
    }

    /// Runs `body`, which writes nothing to the page.
    pub fn quietly<T>(&self, body: impl FnOnce() -> T) -> T {
        self.recorder.borrow_mut().muted = true;
        let result = body();
        self.recorder.borrow_mut().muted = false;
        result
    }

    /// Writes what was recognized at stage `raise`, and, if that is to be checked, whether it holds.
    ///
    /// # Errors
    /// A malformed fused op.
    pub fn raised(&self, front: &Front<'_>, check: bool) -> anyhow::Result<()> {
        let account = |exact: bool| {
            explain::account_of(ffi::op(&front.module.as_operation()), &front.remarks, exact)
                .map_err(anyhow::Error::msg)
        };
        let shown = account(false)?;
        let lines = if check {
            let certificate = self.quietly(|| self.certificate(account(true)?, &front.facts.signature.entry));
            certificate.unwrap_or_else(|error| vec![format!("not checked: {error}")])
        } else {
            vec!["not checked: it was not asked for".into()]
        };
        self.part("account", json!({"account": shown, "certificate": lines}));
        Ok(())
    }

    fn certificate(&self, account: Account, entry: &str) -> anyhow::Result<Vec<String>> {
        let certificate: Certificate = serde_json::from_value(serde_json::to_value(account)?)?;
        let session = Session::new();
        let module = front::source(&session, &self.file, entry)?;
        let report = check::against(&session, module, &certificate, 0, FUEL)?;
        Ok(report.lines().map(str::to_owned).collect())
    }

    /// Writes what the kernels are, and returns those of the matrix unit.
    fn pictures(&self, outcome: &Outcome<'_>) -> Vec<Picture> {
        let pictures = pictures(outcome);
        let launches: Vec<_> = outcome.kernels.iter().map(|kernel| &kernel.launch).collect();
        self.part("kernels", json!({"pictures": pictures, "launches": launches}));
        pictures
    }

    /// Writes what became of the program: kernels, what its masks leave of tiles, and the roofline.
    ///
    /// # Errors
    /// Inputs whose sizes do not fit together.
    pub fn finished(
        &self,
        outcome: &Outcome<'_>,
        facts: &Facts,
        looked: Option<Looked<'_>>,
        wanted: &Wanted,
    ) -> anyhow::Result<()> {
        let pictures = self.pictures(outcome);
        let Some(Looked { bounded, mut sizes }) = looked else { return Ok(()) };
        sizes.extend(pictures.iter().map(tile_of));
        let arguments = match arguments(&wanted.inputs, &facts.signature.arguments) {
            Ok(arguments) => arguments,
            Err(reason) if wanted.inputs.args.is_none() => {
                self.part("mask", json!({"maps": [], "note": reason.to_string()}));
                self.part("roofline", json!({"note": reason.to_string()}));
                return Ok(());
            }
            Err(reason) => return Err(reason),
        };
        facts.check_sizes(&arguments)?;
        let maps = mask_maps(&bounded, &facts.signature.entry, &sizes, &arguments);
        let given = wanted.inputs.args.is_some() || facts.signature.arguments.iter().all(|spec| spec.dtype.is_float());
        let note = if given { "" } else { "Integers ascend along the last dim here; --args draws your own." };
        self.part("mask", json!({"maps": maps, "note": note}));
        let work = bench::work_of(&bounded, &facts.signature.entry, &arguments);
        let given: usize = arguments.iter().map(|tensor| tensor.bytes().len()).sum();
        let (roof, machine) = match wanted.roof {
            None if wanted.target == Target::Sm90a => (Some(H100), "H100 SXM, by its data sheet"),
            roof => (roof, "the machine of --roof"),
        };
        self.part(
            "roofline",
            json!({
                "flops": work.map(|work| work.flops),
                "live": work.map(|work| work.live),
                "bytes": given + facts.result_bytes(&arguments).unwrap_or(0),
                "roof": roof,
                "machine": machine,
                "measured": wanted.measured,
            }),
        );
        Ok(())
    }

    /// Runs `body` and ends the page with its outcome.
    ///
    /// # Errors
    /// Those of `body`, or a page that could not be written.
    pub fn around<T>(&self, body: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
        let outcome = body();
        let failure = outcome.as_ref().err().map(ToString::to_string);
        let finished = self.recorder.borrow_mut().finish(failure.as_deref());
        let made = outcome?;
        finished.map_err(|error| anyhow::anyhow!("cannot write '{}': {error}", self.path.display()))?;
        Ok(made)
    }
}

/// A kernel and the rows and keys of its tiles.
fn tile_of(picture: &Picture) -> (String, [i64; 2]) {
    (picture.kernel.clone(), [picture.rows, picture.keys.unwrap_or(picture.rows)])
}

/// The kernels of the matrix unit that a compilation ended with, each once: what earlier attempts planned is left out.
pub fn pictures(outcome: &Outcome<'_>) -> Vec<Picture> {
    let mut pictures: BTreeMap<String, Picture> = BTreeMap::new();
    for picture in outcome.remarks.iter().filter_map(Picture::in_remark) {
        pictures.insert(picture.kernel.clone(), picture);
    }
    let launched = |picture: &Picture| {
        outcome.kernels.is_empty() || outcome.kernels.iter().any(|kernel| kernel.symbol == picture.kernel)
    };
    pictures.into_values().filter(launched).collect()
}

/// What the masks of an entry at stage `bound` leave of its kernels' tiles.
pub fn mask_maps(
    bounded: &Outcome<'_>,
    entry: &str,
    sizes: &BTreeMap<String, [i64; 2]>,
    arguments: &[Tensor],
) -> Vec<tiles::Map> {
    let root = ffi::op(&bounded.module.as_operation());
    let named: BTreeMap<_, _> = tile::kernels(root).into_iter().map(|(op, name)| (ffi::op_key(op), name)).collect();
    let tile = |op: Op<'_>| named.get(&ffi::op_key(op)).and_then(|name| sizes.get(name)).copied().unwrap_or([64, 64]);
    let function = front::functions(root).into_iter().find(|(name, _)| *name == entry);
    function.map(|(_, function)| tiles::of(function, arguments, tile)).unwrap_or_default()
}
