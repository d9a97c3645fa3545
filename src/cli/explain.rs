//! `flashlight explain`: what was recognized in a program, what it means, and what was refused and why.
//!
//! The account is read from the IR at stage `raise` and from the remarks on the way there, so it cannot
//! say anything that the compiler does not do.

use super::{
    Common, Report,
    compile::Target,
    formula::Printer,
    kernels,
    trace::{self, Looked},
};
use crate::{
    dialect::{
        linear::{IndexMap, Linear},
        ops::{self, Fused, Role},
    },
    driver::{Request, Session},
    ffi,
    gpu::{self, picture::Picture},
    ir::{self, Blk, Op, Val},
    pass::{
        raise::derivation::{Derivation, Law},
        tile,
    },
    remark::{self, Kind, Remark},
    stage::{Backend, Stage},
    work::tiles,
};
use clap::{Args, ValueEnum};
use melior::ir::{Module, operation::OperationLike};
use serde::{Deserialize, Serialize};
use std::{fmt::Write, io::IsTerminal, path::PathBuf};

/// Say what is recognized as attention in FILE, what it was derived to, and why the rest was refused
#[derive(Args, Debug)]
pub struct Explain {
    /// MLIR text or bytecode; `-` is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// How to print the account
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Also say what is emitted for this target: which fused op becomes which kernel, and what the kernels run on
    #[arg(long, value_enum)]
    pub target: Option<Target>,
    #[command(flatten)]
    pub common: Common,
}

/// The form of the account.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

/// The account of a module.
#[derive(Debug, Serialize)]
pub struct Account {
    pub functions: Vec<FunctionAccount>,
    /// Candidates that were not fused.
    pub refusals: Vec<Remark>,
    /// Other facts that the compiler found worth saying.
    pub notes: Vec<Remark>,
    /// What becomes of it on a target, if one was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emitted: Option<Emitted>,
}

/// What is emitted for a target.
#[derive(Debug, Serialize)]
pub struct Emitted {
    pub target: String,
    /// The stage that was reached: `cubin` needs an assembler.
    pub stage: String,
    pub fusions: Vec<EmittedFusion>,
    /// How many kernels run on what; empty for a processor.
    pub kernels: String,
    /// What the kernels of the matrix unit are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
    /// What masks leave of the kernels' tiles, where all sizes are known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub masks: Vec<tiles::Map>,
}

/// What a fused op became.
#[derive(Debug, Serialize)]
pub struct EmittedFusion {
    pub location: String,
    /// The kernel it is; `null` when it was left as separate ones.
    pub kernel: Option<String>,
    /// Why it was left.
    pub reason: String,
}

/// What a checker reads of an account.
#[derive(Debug, Deserialize)]
pub struct Certificate {
    pub functions: Vec<FunctionAccount>,
}

/// The account of a function.
#[derive(Debug, Serialize, Deserialize)]
pub struct FunctionAccount {
    pub name: String,
    pub fusions: Vec<Fusion>,
    /// Linalg ops left outside of any fusion, fills not counted.
    pub unfused_ops: usize,
}

/// One fused op.
#[derive(Debug, Serialize, Deserialize)]
pub struct Fusion {
    pub location: String,
    pub dims: Vec<Dim>,
    pub captures: Vec<CaptureAccount>,
    /// Values of one point, as formulas.
    pub scores: Vec<String>,
    /// Values that formulas share: `t0 = …`.
    pub definitions: Vec<String>,
    pub states: Vec<StateAccount>,
    pub results: Vec<ResultAccount>,
    /// How it was derived. A fused op that was in the input has none.
    pub derivation: Option<Derivation>,
}

/// An iteration dim.
#[derive(Debug, Serialize, Deserialize)]
pub struct Dim {
    pub name: String,
    pub role: String,
    /// `null` when it is known only at run time.
    pub size: Option<i64>,
}

/// A tensor the fusion reads.
#[derive(Debug, Serialize, Deserialize)]
pub struct CaptureAccount {
    pub name: String,
    /// The function argument behind it, or the op that makes it.
    pub source: String,
    pub r#type: String,
    pub index: Vec<String>,
}

/// An online accumulator.
#[derive(Debug, Serialize, Deserialize)]
pub struct StateAccount {
    pub name: String,
    pub combine: String,
    /// One accumulator per point of these dims.
    pub per: Vec<String>,
    pub init: String,
    /// What each key adds.
    pub lift: String,
    /// The capture element that multiplies what is added, for a contraction.
    pub value: Option<String>,
    /// The factor on the old value when earlier states change.
    pub rescale: String,
}

/// A result of the fusion.
#[derive(Debug, Serialize, Deserialize)]
pub struct ResultAccount {
    pub r#type: String,
    /// The result of the function that it is, or the operation that uses it.
    pub becomes: String,
    pub index: Vec<String>,
    pub formula: String,
}

/// Runs the command.
///
/// # Errors
/// A file that does not parse, or a stage that fails.
pub fn run(options: &Explain) -> anyhow::Result<Report> {
    let session = Session::new();
    let module = session.parse_file(&options.file)?;
    let exact = matches!(options.format, Format::Json);
    let account = account(&session, module, exact, options.target, &Request::new(Backend::Cpu))?;
    let mut report = Report::default();
    report.line(match options.format {
        Format::Json => serde_json::to_string_pretty(&account)?,
        Format::Text if colours() => painted(&text_of(&account)),
        Format::Text => text_of(&account),
    });
    Ok(report)
}

/// Whether standard output takes colours: it is a terminal, and nobody asked for none (no-color.org).
fn colours() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The account with its headings bold, and what was refused in yellow.
fn painted(text: &str) -> String {
    let paint = |line: &str| match line {
        line if line.starts_with("refused") => format!("\x1b[33m{line}\x1b[0m"),
        line if line.starts_with("note") => format!("\x1b[2m{line}\x1b[0m"),
        line if !line.starts_with("    ") && !line.is_empty() => format!("\x1b[1m{line}\x1b[0m"),
        line => line.to_owned(),
    };
    text.lines().map(paint).collect::<Vec<_>>().join("\n")
}

/// The account of a parsed module, and of what becomes of it on a target if one is named.
///
/// # Errors
/// A stage that fails.
pub fn account<'c>(
    session: &'c Session,
    module: Module<'c>,
    exact: bool,
    target: Option<Target>,
    request: &Request,
) -> anyhow::Result<Account> {
    let outcome = session.compile(module, &request.clone().to(Stage::Raise))?;
    let mut account =
        account_of(ffi::op(&outcome.module.as_operation()), &outcome.remarks, exact).map_err(anyhow::Error::msg)?;
    // What becomes of masks is known one stage later.
    let bounded = Request { from: Stage::Raise, ..request.clone().to(Stage::Bound) };
    account.notes.extend(session.compile(ffi::clone_module(&outcome.module), &bounded)?.remarks);
    if let Some(target) = target {
        account.emitted = Some(emitted(session, outcome.module, target)?);
    }
    Ok(account)
}

/// Compiles a module at stage `raise` and says what its fused ops became.
fn emitted<'c>(session: &'c Session, module: Module<'c>, target: Target) -> anyhow::Result<Emitted> {
    let to = match target {
        Target::Cpu => Stage::Tile,
        Target::Sm90a if gpu::find_ptxas(None).is_ok() => Stage::Cubin,
        Target::Sm90a => Stage::Ptx,
    };
    let fused = tile::kernels(ffi::op(&module.as_operation()));
    let named: Vec<_> = fused.into_iter().map(|(op, kernel)| (remark::position(op.location()), kernel)).collect();
    let request = Request { from: Stage::Raise, ..Request::new(target.backend()).to(to) };
    let looked = Looked::at(session, &module, &request);
    let outcome = session.compile(module, &request)?;
    let pictures = trace::pictures(&outcome);
    let masks = looked.map(|looked| looked.masks(&pictures)).unwrap_or_default();
    let left = |location: &str| {
        let own =
            |remark: &&Remark| remark.pass == tile::NAME && remark.kind == Kind::Missed && remark.location == location;
        outcome.remarks.iter().find(own).map(|remark| remark.message.clone())
    };
    let fusions = named.into_iter().map(|(location, kernel)| match left(&location) {
        Some(reason) => EmittedFusion { location, kernel: None, reason },
        None => EmittedFusion { location, kernel: Some(kernel), reason: String::new() },
    });
    let launches: Vec<_> = outcome.kernels.iter().map(|kernel| kernel.launch.clone()).collect();
    let kernels = if launches.is_empty() { String::new() } else { kernels::units(&launches) };
    Ok(Emitted {
        target: target.name().into(),
        stage: to.name().into(),
        fusions: fusions.collect(),
        kernels,
        pictures,
        masks,
    })
}

/// Reads the account of a module at stage `raise`, its numbers short for people or exact.
///
/// # Errors
/// A malformed fused op.
pub fn account_of(module: Op<'_>, remarks: &[Remark], exact: bool) -> Result<Account, String> {
    let mut functions = vec![];
    for op in ir::body(module, 0).map(ir::ops).unwrap_or_default() {
        let Some(name) = ir::attr(op, "sym_name").and_then(ir::string_attr) else { continue };
        if ir::name(op) != "func.func" || ir::body(op, 0).is_none() {
            continue;
        }
        let fused = ir::walk(op).into_iter().filter(|op| ir::name(*op) == ops::FUSED);
        let fusions = fused.map(|op| fusion_of(op, remarks, exact)).collect::<Result<_, _>>()?;
        functions.push(FunctionAccount { name: name.to_owned(), fusions, unfused_ops: unfused_ops(op) });
    }
    let of_kind = |kind: Kind| remarks.iter().filter(move |remark| remark.kind == kind).cloned();
    let (refusals, notes) = (of_kind(Kind::Missed).collect(), of_kind(Kind::Analysis).collect());
    Ok(Account { functions, refusals, notes, emitted: None })
}

/// Linalg ops of a function outside of fusions.
pub fn unfused_ops(function: Op<'_>) -> usize {
    counted(function).count()
}

/// Where the linalg ops of a module are, one entry per op.
pub fn positions(module: Op<'_>) -> Vec<String> {
    counted(module).map(|op| remark::position(op.location())).collect()
}

/// Linalg ops inside of an op. A fill makes no work of its own.
fn counted<'c>(root: Op<'c>) -> impl Iterator<Item = Op<'c>> {
    let uncounted = ["linalg.fill", "linalg.yield", "linalg.index"];
    ir::walk(root).into_iter().filter(move |op| {
        let name = ir::name(*op);
        name.starts_with("linalg.") && !uncounted.contains(&name)
    })
}

fn formulas<'c>(printer: &mut Printer<'_, 'c>, block: Blk<'c>) -> Vec<String> {
    ops::yielded(block).into_iter().map(|value| printer.print(value)).collect()
}

fn fusion_of(op: Op<'_>, remarks: &[Remark], exact: bool) -> Result<Fusion, String> {
    let fused = Fused::parse(op)?;
    let names = dim_names(&fused);
    let index =
        |map: &IndexMap| -> Vec<String> { map.results.iter().map(|linear| linear_text(linear, &names)).collect() };
    let reads: Vec<_> = fused
        .captures
        .iter()
        .enumerate()
        .map(|(number, capture)| format!("c{number}[{}]", index(&capture.map).join(", ")))
        .collect();
    let captures = fused.captures.iter().enumerate().map(|(number, capture)| CaptureAccount {
        name: format!("c{number}"),
        source: source_of(capture.tensor),
        r#type: ir::type_of(capture.tensor).to_string(),
        index: index(&capture.map),
    });
    let mut printer = Printer::new(&names, &reads, exact);
    let init = formulas(&mut printer, fused.regions.init);
    let score = formulas(&mut printer, fused.regions.score);
    let scores = score.iter().enumerate().map(|(number, formula)| format!("s{number} = {formula}")).collect();
    let count = fused.header.states.len();
    let lift_arguments = ir::arguments(fused.regions.lift);
    for (position, argument) in lift_arguments.iter().enumerate() {
        let (kind, number) = if position < score.len() { ('s', position) } else { ('x', position - score.len()) };
        printer.name(*argument, format!("{kind}{number}"));
    }
    for (position, argument) in ir::arguments(fused.regions.rescale).iter().enumerate() {
        let name = if position < count { format!("x{position}'") } else { format!("x{}", position - count) };
        printer.name(*argument, name);
    }
    for (position, argument) in ir::arguments(fused.regions.epilogue).iter().enumerate() {
        printer.name(*argument, format!("x{position}"));
    }
    let lifts = formulas(&mut printer, fused.regions.lift);
    let rescales = formulas(&mut printer, fused.regions.rescale);
    let epilogue = formulas(&mut printer, fused.regions.epilogue);
    let at = |list: &[String], number: usize| list.get(number).cloned().unwrap_or_default();
    let states = fused.header.states.iter().enumerate().map(|(number, state)| StateAccount {
        name: format!("x{number}"),
        combine: state.combine.name().to_owned(),
        per: index(&state.map),
        init: at(&init, number),
        lift: at(&lifts, number),
        value: state.value.and_then(|value| reads.get(value).cloned()),
        rescale: at(&rescales, number),
    });
    let results = fused.results.iter().enumerate().map(|(number, result)| ResultAccount {
        r#type: ir::type_of(result.tensor).to_string(),
        becomes: becomes(result.tensor),
        index: index(&result.map),
        formula: at(&epilogue, number),
    });
    let location = remark::position(op.location());
    let own = remarks.iter().find(|remark| remark.kind == Kind::Passed && remark.location == location);
    let derivation = own.and_then(|remark| serde_json::from_value(remark.detail.clone()?).ok());
    Ok(Fusion {
        dims: dims_of(&fused, &names),
        captures: captures.collect(),
        scores,
        definitions: printer.lets.clone(),
        states: states.collect(),
        results: results.collect(),
        derivation,
        location,
    })
}

fn dims_of(fused: &Fused<'_>, names: &[String]) -> Vec<Dim> {
    let roles = fused.header.roles.iter().zip(&fused.header.extents);
    names
        .iter()
        .zip(roles)
        .map(|(name, (role, size))| Dim { name: name.clone(), role: role.name().to_owned(), size: *size })
        .collect()
}

/// `b0 b1 m n k d`: a letter per role, numbered where there are several.
fn dim_names(fused: &Fused<'_>) -> Vec<String> {
    let roles = &fused.header.roles;
    let letter = |role: Role| match role {
        Role::Batch => "b",
        Role::Split => "z",
        Role::Query => "m",
        Role::Key => "n",
        Role::Reduction => "k",
        Role::Value => "d",
    };
    let name = |(dim, role): (usize, &Role)| {
        let several = roles.iter().filter(|other| *other == role).count() > 1;
        let number = roles[..dim].iter().filter(|other| *other == role).count();
        if several { format!("{}{number}", letter(*role)) } else { letter(*role).to_owned() }
    };
    roles.iter().enumerate().map(name).collect()
}

fn linear_text(linear: &Linear, names: &[String]) -> String {
    let mut text = String::new();
    for (name, &factor) in names.iter().zip(&linear.factors).filter(|(_, factor)| **factor != 0) {
        let sign = match (text.is_empty(), factor < 0) {
            (true, false) => "",
            (true, true) => "-",
            (false, false) => " + ",
            (false, true) => " - ",
        };
        let size = factor.unsigned_abs();
        let _ = if size == 1 { write!(text, "{sign}{name}") } else { write!(text, "{sign}{size}*{name}") };
    }
    match (linear.constant, text.is_empty()) {
        (0, false) => text,
        (constant, true) => constant.to_string(),
        (constant, false) if constant < 0 => format!("{text} - {}", constant.unsigned_abs()),
        (constant, false) => format!("{text} + {constant}"),
    }
}

/// The result of the function that a tensor becomes, seen through reshapes and casts, or what else uses it.
fn becomes(mut tensor: Val<'_>) -> String {
    loop {
        let uses = ffi::uses(tensor);
        let [(user, operand)] = uses.as_slice() else { return format!("{} uses", uses.len()) };
        let name = ir::name(*user);
        let through = ["tensor.collapse_shape", "tensor.expand_shape", "tensor.cast"].contains(&name);
        match ir::results(*user).first() {
            Some(next) if through => tensor = *next,
            _ if name == "func.return" => return format!("result{operand}"),
            _ => return format!("{name} at {}", remark::position(user.location())),
        }
    }
}

/// The argument or op behind a tensor, seen through reshapes and casts.
pub fn source_of(mut tensor: Val<'_>) -> String {
    while let Some(op) = ffi::defining_op(tensor) {
        let name = ir::name(op);
        let through = ["tensor.collapse_shape", "tensor.expand_shape", "tensor.cast"].contains(&name);
        match ir::operands(op).first() {
            Some(inner) if through => tensor = *inner,
            _ if remark::is_operand(op.location()) => return "an operand computed before".into(),
            _ => return format!("{name} at {}", remark::position(op.location())),
        }
    }
    format!("arg{}", ffi::value_number(tensor))
}

/// The account as text.
pub fn text_of(account: &Account) -> String {
    let mut lines = vec![];
    for function in &account.functions {
        let FunctionAccount { name, fusions, unfused_ops } = function;
        lines.push(format!("{name}: {} fused op(s), {unfused_ops} op(s) unfused", fusions.len()));
        for (number, fusion) in fusions.iter().enumerate() {
            lines.push(format!("  fusion {number} at {}", fusion.location));
            lines.extend(fusion_text(fusion).into_iter().map(|line| format!("    {line}")));
        }
    }
    for refusal in &account.refusals {
        lines.push(format!("refused at {}: {}", refusal.location, refusal.message));
    }
    for note in &account.notes {
        lines.push(format!("note at {} [{}]: {}", note.location, note.pass, note.message));
    }
    if let Some(Emitted { target, fusions, kernels, pictures, masks, .. }) = &account.emitted {
        let counts = if kernels.is_empty() { String::new() } else { format!(": {kernels}") };
        lines.push(format!("on {target}{counts}"));
        for EmittedFusion { location, kernel, reason } in fusions {
            let became = kernel.as_ref().map_or(reason.clone(), |kernel| format!("kernel {kernel}"));
            lines.push(format!("  fused op at {location}: {became}"));
        }
        let drawn = pictures.iter().flat_map(Picture::text).chain(masks.iter().flat_map(tiles::Map::text));
        lines.extend(drawn.map(|line| format!("  {line}")));
    }
    lines.join("\n")
}

/// Whether places in a tensor depend on a dim of this role.
fn uses_role(fusion: &Fusion, index: &[String], role: &str) -> bool {
    let names = || fusion.dims.iter().filter(|dim| dim.role == role).map(|dim| dim.name.as_str());
    let mut words = index.iter().flat_map(|place| place.split(|char: char| !char.is_ascii_alphanumeric()));
    words.any(|word| names().any(|name| name == word))
}

fn fusion_text(fusion: &Fusion) -> Vec<String> {
    let size = |size: Option<i64>| size.map_or("?".into(), |size| size.to_string());
    let dims = fusion.dims.iter().map(|dim| format!("{}={} ({})", dim.name, size(dim.size), dim.role));
    let mut lines = vec![format!("iterates over {}", dims.collect::<Vec<_>>().join(", ")), "captures".into()];
    for capture in &fusion.captures {
        let CaptureAccount { name, source, r#type, index } = capture;
        let made = !source.starts_with("arg") && !source.starts_with("arith.constant");
        let large = made && ["query", "key"].into_iter().all(|role| uses_role(fusion, index, role));
        let note = if large { ", written out: a value per query and key" } else { "" };
        lines.push(format!("  {name}[{}] = {source} : {type}{note}", index.join(", ")));
    }
    lines.push("score of one point".into());
    lines.extend(fusion.scores.iter().map(|score| format!("  {score}")));
    lines.push("states, online over n (x' is the value before)".into());
    for state in &fusion.states {
        let StateAccount { name, combine, per, init, lift, value, rescale } = state;
        let value = value.as_ref().map(|value| format!(" * {value}")).unwrap_or_default();
        lines.push(format!("  {name}[{}] = {combine}[n]({lift}{value}), from {init}", per.join(", ")));
        if rescale != "1" && rescale != "true" {
            lines.push(format!("    rescaled by {rescale}"));
        }
    }
    lines.push("results".into());
    for (number, result) in fusion.results.iter().enumerate() {
        let ResultAccount { r#type, index, formula, .. } = result;
        lines.push(format!("  r{number}[{}] = {formula} : {type}", index.join(", ")));
    }
    if !fusion.definitions.is_empty() {
        lines.push("where".into());
        lines.extend(fusion.definitions.iter().map(|definition| format!("  {definition}")));
    }
    if let Some(derivation) = &fusion.derivation {
        lines.push(format!("derived from {} operations by", derivation.consumed.len()));
        for Law { law, condition, at } in &derivation.laws {
            let at = if at.is_empty() { String::new() } else { format!(", at {at}") };
            lines.push(format!("  {law}: {condition}{at}"));
        }
    }
    lines
}
