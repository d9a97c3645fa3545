//! What `compile`, `run` and `bench` share: a file, its entry, and the stages up to `raise` with what they found.

use super::{Report, chains, explain};
use crate::{
    cpu::Signature,
    dialect::ops,
    driver::{Outcome, Request, Session},
    ffi,
    ir::{self, Op},
    pass::tile,
    remark::{Kind, Remark},
    runtime::{Expr, RuntimeError, Scope, Tensor},
    schedule::F32_WAYS,
    shape::Sizes,
    stage::{Backend, Stage},
};
use clap::Args;
use melior::ir::Module;
use sha2::{Digest, Sha256};
use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// The program to compile, and what every command that compiles one asks about it.
#[derive(Args, Clone, Debug)]
pub struct Source {
    /// MLIR text or bytecode; `-` is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The function to compile; `main`, or the only one there is, when left out. `compile` takes several, `A,B`, each into a folder of its name
    #[arg(long, value_name = "NAME")]
    pub entry: Option<String>,
    /// Never treat a finite mask value as -inf, nor an added -inf as a mask (docs/numerics.md)
    #[arg(long)]
    pub strict_masks: bool,
    /// How a matrix unit multiplies f32: `split` as right as f32 arithmetic, `tf32` with half of its digits, faster
    #[arg(long, value_name = "WAY", value_parser = F32_WAYS, default_value = F32_WAYS[0])]
    pub f32: String,
    /// The assembler for GPU code
    #[arg(long, value_name = "PATH")]
    pub ptxas: Option<PathBuf>,
}

impl Source {
    /// The whole pipeline of a back end, as asked for.
    pub fn request(&self, backend: Backend) -> Request {
        Request {
            strict_masks: self.strict_masks,
            tf32: self.f32 == F32_WAYS[1],
            ptxas: self.ptxas.clone(),
            ..Request::new(backend)
        }
    }
}

/// A module on its way through the pipeline.
pub struct Front<'c> {
    pub module: Module<'c>,
    pub timings: Vec<(Stage, Duration)>,
    pub facts: Facts,
    /// What was said on the way here.
    pub remarks: Vec<Remark>,
}

/// What is known of a program whatever it becomes.
pub struct Facts {
    /// The entry and what it calls, printed as it came: comments and layout make no difference.
    pub source: String,
    pub signature: Signature,
    /// The shapes of the results, as [`Sizes`] has them.
    pub shapes: Vec<Vec<Expr>>,
    pub findings: Findings,
}

/// What `raise` made of the entry.
#[derive(Default)]
pub struct Findings {
    /// Fused ops: each becomes a kernel, but for those apart.
    pub kernels: usize,
    /// Linalg ops outside of kernels.
    pub unfused_ops: usize,
    /// Softmax–matmul chains outside of kernels, by location.
    pub chains: Vec<String>,
    /// Candidates that were looked at and refused.
    pub refusals: Vec<Remark>,
    /// Fused ops that became no kernel of their own; known after stage `tile`.
    pub apart: Vec<Remark>,
}

/// Chooses the entry: the name asked for, else `main`, else the only function there is.
fn entry_of(module: &Module<'_>, asked: Option<&str>) -> anyhow::Result<String> {
    let names: Vec<_> = functions(ffi::op(&module.as_operation())).into_iter().map(|(name, _)| name).collect();
    match asked {
        _ if names.is_empty() => anyhow::bail!("the file has no function with a body"),
        Some(asked) if names.contains(&asked) => Ok(asked.to_owned()),
        Some(asked) => anyhow::bail!("there is no function '{asked}' (there are: {})", names.join(", ")),
        None if names.contains(&"main") => Ok("main".into()),
        None if names.len() == 1 => Ok(names[0].to_owned()),
        None => anyhow::bail!("choose a function with --entry (there are: {})", names.join(", ")),
    }
}

/// The functions of a module that have a body.
pub fn functions<'c>(module: Op<'c>) -> Vec<(&'c str, Op<'c>)> {
    let ops = ir::body(module, 0).map(ir::ops).unwrap_or_default();
    let named = |op: Op<'c>| Some((ir::string_attr(ir::attr(op, "sym_name")?)?, op));
    ops.into_iter().filter(|op| ir::name(*op) == "func.func" && ir::body(*op, 0).is_some()).filter_map(named).collect()
}

/// Erases the functions that the entry does not call.
fn keep_only(module: &Module<'_>, entry: &str) {
    let all = functions(ffi::op(&module.as_operation()));
    let mut wanted = vec![entry];
    let mut next = 0;
    while let Some(name) = wanted.get(next).copied() {
        let function = all.iter().find(|(own, _)| *own == name);
        for op in function.map(|(_, function)| ir::walk(*function)).unwrap_or_default() {
            let callee = ir::attr(op, "callee").map(|callee| callee.to_string()).unwrap_or_default();
            let known = all.iter().find(|(own, _)| *own == callee.trim_start_matches('@'));
            if let Some((callee, _)) = known.filter(|(callee, _)| !wanted.contains(callee)) {
                wanted.push(callee);
            }
        }
        next += 1;
    }
    for (_, function) in all.iter().filter(|(name, _)| !wanted.contains(name)) {
        ffi::erase(*function);
    }
}

/// Parses a file and keeps its entry and what that calls, as it came.
///
/// # Errors
/// A file that cannot be read or parsed, or has no such function.
pub fn source<'c>(session: &'c Session, file: &Path, entry: &str) -> anyhow::Result<Module<'c>> {
    let module = session.parse_file(file)?;
    let entry = entry_of(&module, Some(entry))?;
    keep_only(&module, &entry);
    Ok(module)
}

/// Parses a file and takes its entry to `raise`, or to the request's last stage if that comes first.
///
/// # Errors
/// A file that cannot be read or parsed, a bad entry, or a stage that fails.
pub fn open<'c>(session: &'c Session, source: &Source, request: &Request) -> anyhow::Result<Front<'c>> {
    let start = Instant::now();
    let module = session.parse_file(&source.file)?;
    let parsed = start.elapsed();
    let mut front = begin(session, module, source.entry.as_deref(), request)?;
    front.timings.insert(0, (Stage::Input, parsed));
    Ok(front)
}

/// Takes an entry of a parsed module to `raise`, or to the request's last stage if that comes first.
///
/// # Errors
/// A bad entry, or a stage that fails.
pub fn begin<'c>(
    session: &'c Session,
    module: Module<'c>,
    entry: Option<&str>,
    request: &Request,
) -> anyhow::Result<Front<'c>> {
    let entry = entry_of(&module, entry)?;
    let signature = Signature::of(&module, &entry)?;
    keep_only(&module, &entry);
    let source = module.as_operation().to_string();
    let outcome = session.compile(module, &request.clone().to(request.to.min(Stage::Raise)))?;
    let Outcome { module, timings, remarks, .. } = outcome;
    say(&remarks);
    let mut facts = Facts { source, signature, shapes: vec![], findings: Findings::default() };
    if request.to >= Stage::Raise
        && let Some((_, function)) =
            functions(ffi::op(&module.as_operation())).into_iter().find(|(name, _)| *name == entry)
    {
        let Sizes { equal, results } = Sizes::of(function);
        facts.signature.equal = equal;
        facts.shapes = results;
        facts.findings = Findings {
            kernels: ir::walk(function).into_iter().filter(|op| ir::name(*op) == ops::FUSED).count(),
            unfused_ops: explain::unfused_ops(function),
            chains: chains::find(function),
            refusals: remarks.iter().filter(|remark| remark.kind == Kind::Missed).cloned().collect(),
            apart: vec![],
        };
    }
    Ok(Front { module, timings, facts, remarks })
}

impl Facts {
    /// Checks that the sizes of the arguments fit together.
    ///
    /// # Errors
    /// [`RuntimeError::Unequal`].
    pub fn check_sizes(&self, arguments: &[Tensor]) -> Result<(), RuntimeError> {
        self.signature.check_sizes(arguments.iter().map(Tensor::shape))
    }

    /// Bytes of all results, where their sizes follow from those of the arguments.
    pub fn result_bytes(&self, arguments: &[Tensor]) -> Option<usize> {
        let mut scope = Scope::default();
        for (spec, tensor) in self.signature.arguments.iter().zip(arguments) {
            scope.shape(&spec.name, tensor.shape());
        }
        let results = self.signature.results.iter().zip(&self.shapes).map(|(spec, shape)| {
            let sizes = shape.iter().map(|size| size.eval_size(&scope).ok());
            Some(sizes.product::<Option<usize>>()? * spec.dtype.size())
        });
        results.sum()
    }
}

impl<'c> Front<'c> {
    /// Takes the module from `raise` to the request's last stage.
    ///
    /// # Errors
    /// A stage that fails.
    pub fn finish(self, session: &'c Session, request: &Request) -> anyhow::Result<(Outcome<'c>, Facts)> {
        let Self { module, mut timings, mut facts, .. } = self;
        // From `raise` to `raise` runs no stage, and what `open` did is already written.
        let dump = request.dump.clone().filter(|_| request.to > Stage::Raise);
        let request = Request { from: Stage::Raise, to: request.to.max(Stage::Raise), dump, ..request.clone() };
        let mut outcome = session.compile(module, &request)?;
        say(&outcome.remarks);
        timings.append(&mut outcome.timings);
        outcome.timings = timings;
        let apart = outcome.remarks.iter().filter(|remark| remark.kind == Kind::Missed && remark.pass == tile::NAME);
        facts.findings.apart = apart.cloned().collect();
        facts.findings.kernels = facts.findings.kernels.saturating_sub(facts.findings.apart.len());
        Ok((outcome, facts))
    }
}

fn say(remarks: &[Remark]) {
    for remark in remarks {
        tracing::info!("{remark}");
    }
}

impl Findings {
    /// Says how much of the entry was fused, and what was refused.
    pub fn tell(&self, entry: &str, report: &mut Report) {
        let Self { kernels, unfused_ops, .. } = self;
        let apart = match self.apart.len() {
            0 => String::new(),
            count => format!(", {count} fused op(s) left as separate kernels"),
        };
        report.line(format_args!("{entry}: {kernels} kernel(s), {unfused_ops} op(s) unfused{apart}"));
        for refusal in &self.refusals {
            report.line(format_args!("refused at {}: {}", refusal.location, refusal.message));
        }
        for apart in &self.apart {
            report.line(format_args!("fused op at {}: {}", apart.location, apart.message));
        }
    }

    /// Fails when a softmax–matmul chain stayed unfused, a fused op was left as separate kernels, or nothing was fused of what
    /// was looked at. Layers around an attention may be refused.
    ///
    /// # Errors
    /// Says where, and all that was refused.
    pub fn require_fusion(&self) -> anyhow::Result<()> {
        if self.chains.is_empty() && self.apart.is_empty() && self.kernels > 0 {
            return Ok(());
        }
        let refused =
            self.refusals.iter().chain(&self.apart).map(|refusal| format!("{}: {}", refusal.location, refusal.message));
        let chains = self.chains.iter().map(|location| format!("{location}: a softmax–matmul chain is left"));
        let reasons: Vec<_> = refused.chain(chains).collect();
        anyhow::ensure!(reasons.is_empty(), "not everything was fused:\n  {}", reasons.join("\n  "));
        Ok(())
    }
}

/// The content hash of an artifact: the source and everything else that shapes it.
pub fn source_hash(source: &str, shaping: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in std::iter::once(env!("CARGO_PKG_VERSION")).chain(shaping.iter().copied()) {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.update(source);
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
