//! `flashlight check`: a fusion certificate against the program it is about.

use super::{
    Common, Report,
    explain::{Certificate, Fusion},
    front,
    verify::inputs,
};
use crate::{
    certificate::{Broken, laws, monoid, program::Program, source},
    cpu::Signature,
    driver::{Request, Session},
    ffi,
    stage::{Backend, Stage},
};
use clap::Args;
use melior::ir::Module;
use std::path::PathBuf;

/// Check a certificate (explain --format json) against its source, independently of what wrote it
#[derive(Args, Debug)]
pub struct Check {
    /// The certificate
    #[arg(value_name = "CERT")]
    pub certificate: PathBuf,
    /// The program it is about, as MLIR text or bytecode; `-` is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where the random numbers start
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    #[command(flatten)]
    pub common: Common,
}

/// Points of loops that the interpreter may visit.
const FUEL: u64 = 100_000_000;

/// Runs the command.
///
/// # Errors
/// Files that cannot be read, and a certificate that is about another program.
pub fn run(options: &Check) -> anyhow::Result<Report> {
    let path = options.certificate.display();
    let text = std::fs::read_to_string(&options.certificate).map_err(|error| anyhow::anyhow!("{path}: {error}"))?;
    let certificate: Certificate =
        serde_json::from_str(&text).map_err(|error| anyhow::anyhow!("{path} is no certificate: {error}"))?;
    let session = Session::new();
    let module = session.parse_file(&options.file)?;
    against(&session, module, &certificate, options.seed, FUEL)
}

/// Checks a certificate against a parsed program; the interpreter may visit `fuel` points of loops.
///
/// # Errors
/// A certificate that is about another program.
pub fn against<'c>(
    session: &'c Session,
    module: Module<'c>,
    certificate: &Certificate,
    seed: u64,
    fuel: u64,
) -> anyhow::Result<Report> {
    let outcome = session.compile(module, &Request::new(Backend::Cpu).to(Stage::Normalize))?;
    let root = ffi::op(&outcome.module.as_operation());
    let functions = front::functions(root);
    let mut report = Report::default();
    if certificate.functions.is_empty() {
        report.line("BROKEN: the certificate is about no function");
        report.fail();
    }
    for account in &certificate.functions {
        let Some((_, function)) = functions.iter().find(|(name, _)| *name == account.name) else {
            anyhow::bail!("the certificate is about a function '{}', which the file has not", account.name);
        };
        let signature = Signature::of(&outcome.module, &account.name)?;
        let normal = inputs::ordinary(&signature.arguments, seed).map_err(anyhow::Error::msg)?;
        let ran = source::Run::new(root, *function, &account.name, &normal, fuel);
        for Broken { law, what } in source::accounted(*function, account) {
            report.line(format_args!("{}: BROKEN {law}: {what}", account.name));
            report.fail();
        }
        if account.fusions.is_empty() {
            report.line(format_args!("{}: nothing is said to be fused", account.name));
        }
        for (number, fusion) in account.fusions.iter().enumerate() {
            let name = format!("{}, fusion {number}", account.name);
            let (broken, note) = match check(fusion, *function, &ran, seed) {
                Ok(found) => found,
                Err(reason) => (vec![Broken::new("formulas can be evaluated", reason)], None),
            };
            for Broken { law, what } in &broken {
                report.line(format_args!("{name}: BROKEN {law}: {what}"));
                report.fail();
            }
            match note {
                _ if !broken.is_empty() => {}
                None => {
                    let laws = fusion.derivation.as_ref().map_or(0, |derivation| derivation.laws.len());
                    let states = fusion.states.len();
                    report.line(format_args!(
                        "{name}: holds ({laws} law(s), {states} state(s); results are the source's)"
                    ));
                }
                Some(note) => {
                    report.line(format_args!(
                        "{name}: REFUSED, its results cannot be compared with the source's: {note}"
                    ));
                    report.fail();
                }
            }
        }
    }
    Ok(report)
}

/// What is broken, and why the results were not compared, if they were not.
type Findings = (Vec<Broken>, Option<String>);

fn check(
    fusion: &Fusion,
    function: crate::ir::Op<'_>,
    ran: &Result<source::Run<'_>, String>,
    seed: u64,
) -> Result<Findings, String> {
    let program = Program::of(fusion, inputs::ORDINARY_LENGTH)?;
    let derivation = fusion.derivation.as_ref().ok_or("the certificate has no derivation")?;
    let mut broken = laws::check(&program, derivation);
    broken.extend(source::consumed(function, &fusion.location, &derivation.consumed));
    if fusion.results.is_empty() {
        broken.push(Broken::new("a fusion has results", "there are none"));
    }
    let becomes = |text: &str| {
        text.strip_prefix("result").is_some_and(|number| number.parse::<usize>().is_ok())
            || text.contains(" at ")
            || text.ends_with(" uses")
    };
    if let Some(result) = fusion.results.iter().find(|result| !becomes(&result.becomes)) {
        broken.push(Broken::new("results become something of the program", format!("'{}'", result.becomes)));
    }
    broken.extend(monoid::check(&program, seed)?);
    if !broken.is_empty() {
        return Ok((broken, None));
    }
    match ran {
        Ok(ran) => match source::check(fusion, &program, ran, seed) {
            Ok(broken) => Ok((broken, None)),
            Err(reason) => Ok((vec![], Some(reason))),
        },
        Err(reason) => Ok((vec![], Some(reason.clone()))),
    }
}
