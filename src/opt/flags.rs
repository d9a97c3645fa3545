//! The command line of `flashlight-opt`: flags as `mlir-opt` spells them, pass names in between.

use super::expect::Unexpected;
use crate::{
    ffi::tool::{IrPrinting, PrintFlags},
    pass::{
        names::{self, did_you_mean},
        pipeline::{Item, PassText},
    },
    stage::Stage,
};
use std::path::PathBuf;

/// What follows a flag's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Nothing, or `=true` / `=false`.
    Switch,
    /// `=value`, or the next argument.
    Value(&'static str),
    /// `=value`, or nothing.
    Optional(&'static str),
}

/// One flag.
#[derive(Clone, Copy, Debug)]
pub struct Flag {
    pub name: &'static str,
    pub takes: Takes,
    pub help: &'static str,
}

const fn flag(name: &'static str, takes: Takes, help: &'static str) -> Flag {
    Flag { name, takes, help }
}

use Takes::{Optional, Switch, Value};

/// Every flag, in alphabetical order.
pub const FLAGS: &[Flag] = &[
    flag("allow-unregistered-dialect", Switch, "allow operations of dialects that are not registered"),
    flag("dump-pass-pipeline", Switch, "print the pipeline with every option, to stderr, before it runs"),
    flag("dump-stages", Value("DIR"), "with --from/--to: write the IR after every stage to DIR"),
    flag("emit-bytecode", Switch, "write bytecode instead of text"),
    flag("emit-bytecode-version", Value("N"), "write this version of bytecode"),
    flag("from", Value("STAGE"), "the input is at this stage: run the stages after it"),
    flag("html-trace", Value("FILE"), "write every pass and what it changed as one page"),
    flag("help", Switch, "print this text"),
    flag("list-passes", Switch, "list the passes: ours, then upstream's"),
    flag("mlir-disable-threading", Switch, "accepted; threading is always off"),
    flag("mlir-elide-elementsattrs-if-larger", Value("N"), "print '...' for constants of more elements than N"),
    flag("mlir-elide-resource-strings-if-larger", Value("N"), "print '...' for resources longer than N"),
    flag("mlir-generate-reproducer", Value("FILE"), "write the input and the pipeline to FILE before it runs"),
    flag("mlir-pass-pipeline-crash-reproducer", Value("FILE"), "write input and pipeline to FILE when a pass fails"),
    flag("mlir-pass-pipeline-local-reproducer", Switch, "with the flag above: what the failing pass got, and it alone"),
    flag("mlir-pretty-debuginfo", Switch, "print locations in a pretty form that does not parse"),
    flag("mlir-print-assume-verified", Switch, "do not verify before printing"),
    flag("mlir-print-debuginfo", Switch, "print locations"),
    flag("mlir-print-ir-after", Value("PASS,..."), "print the IR after these passes, to stderr"),
    flag("mlir-print-ir-after-all", Switch, "print the IR after every pass"),
    flag("mlir-print-ir-after-change", Switch, "print after a pass only when it changed the IR"),
    flag("mlir-print-ir-after-failure", Switch, "print after a pass only when it failed"),
    flag("mlir-print-ir-before", Value("PASS,..."), "print the IR before these passes, to stderr"),
    flag("mlir-print-ir-before-all", Switch, "print the IR before every pass"),
    flag("mlir-print-ir-module-scope", Switch, "print the whole module around a nested pass"),
    flag("mlir-print-ir-tree-dir", Value("DIR"), "write --mlir-print-ir-* to a tree of files in DIR"),
    flag("mlir-print-local-scope", Switch, "print with inline attributes and locations, no aliases"),
    flag("mlir-print-op-generic", Switch, "print the generic form of operations"),
    flag("mlir-print-skip-regions", Switch, "print without regions"),
    flag("mlir-timing", Switch, "print the time of every pass, to stderr"),
    flag("mlir-timing-display", Value("list|tree"), "the form of --mlir-timing (tree)"),
    flag("mlir-use-nameloc-as-prefix", Switch, "name values after their name locations"),
    flag("no-implicit-module", Switch, "the input is one operation, which need not be a module"),
    flag("o", Value("FILE"), "write the output here (stdout); not created on failure"),
    flag("output-split-marker", Value("TEXT"), "what stands between the outputs of --split-input-file (// -----)"),
    flag("pass-pipeline", Value("PIPELINE"), "run this, such as 'builtin.module(raise,func.func(cse))'"),
    flag("run-reproducer", Switch, "run the pipeline that the input has as a reproducer"),
    flag("show-dialects", Switch, "list the registered dialects"),
    flag("split-input-file", Optional("MARKER"), "process the pieces between marker lines (// -----) on their own"),
    flag("target", Value("cpu|sm_90a"), "with --from/--to: the back end (what --to belongs to, else cpu)"),
    flag("to", Value("STAGE"), "run the stages up to and including this one"),
    flag(
        "verify-diagnostics",
        Optional("all|only-expected"),
        "check diagnostics against 'expected-error {{..}}' comments",
    ),
    flag("verify-each", Switch, "verify after every pass (true)"),
    flag("verify-roundtrip", Switch, "check that the input survives printing and parsing, as text and as bytecode"),
    flag("version", Switch, "print the versions of this tool and of MLIR"),
];

/// Which passes an IR print applies to.
#[derive(Clone, Debug, Default)]
pub struct PassFilter {
    pub all: bool,
    pub names: Vec<String>,
}

impl PassFilter {
    fn matches(&self, name: &str) -> bool {
        self.all || self.names.iter().any(|own| own == name)
    }
}

/// A command line, read.
#[derive(Clone, Debug)]
pub struct Options {
    pub input: String,
    pub output: String,
    /// `--pass-pipeline`.
    pub pipeline: Option<String>,
    /// Passes that were given as flags, in order.
    pub passes: Vec<Item>,
    pub from: Option<Stage>,
    pub to: Option<Stage>,
    pub target: Option<String>,
    pub dump_stages: Option<PathBuf>,
    pub split_marker: Option<String>,
    pub output_marker: Option<String>,
    pub verify_diagnostics: Option<Unexpected>,
    pub verify_each: bool,
    pub verify_roundtrip: bool,
    pub allow_unregistered: bool,
    pub implicit_module: bool,
    pub dump_pipeline: bool,
    pub timing: Option<TimingForm>,
    pub bytecode: Option<Option<i64>>,
    pub print: PrintFlags,
    pub before: PassFilter,
    pub after: PassFilter,
    pub after_change: bool,
    pub after_failure: bool,
    pub module_scope: bool,
    pub tree_dir: Option<PathBuf>,
    pub html_trace: Option<PathBuf>,
    pub generate_reproducer: Option<PathBuf>,
    pub crash_reproducer: Option<PathBuf>,
    pub local_reproducer: bool,
    pub run_reproducer: bool,
}

/// The form of a timing report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimingForm {
    List,
    Tree,
}

/// What a command line asks for.
#[derive(Clone, Debug)]
pub enum Command {
    Run(Box<Options>),
    Help,
    Version,
    ListPasses,
    ShowDialects,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            input: "-".into(),
            output: "-".into(),
            pipeline: None,
            passes: vec![],
            from: None,
            to: None,
            target: None,
            dump_stages: None,
            split_marker: None,
            output_marker: None,
            verify_diagnostics: None,
            verify_each: true,
            verify_roundtrip: false,
            allow_unregistered: false,
            implicit_module: true,
            dump_pipeline: false,
            timing: None,
            bytecode: None,
            print: PrintFlags::default(),
            before: PassFilter::default(),
            after: PassFilter::default(),
            after_change: false,
            after_failure: false,
            module_scope: false,
            tree_dir: None,
            html_trace: None,
            generate_reproducer: None,
            crash_reproducer: None,
            local_reproducer: false,
            run_reproducer: false,
        }
    }
}

impl Options {
    /// Whether and how to print the IR around a pass.
    pub fn printing(&self, pass: &str) -> Option<IrPrinting> {
        let after = self.after.matches(pass);
        let printing = IrPrinting {
            before: self.before.matches(pass),
            after: after || self.after_failure,
            module_scope: self.module_scope,
            only_on_change: self.after_change,
            only_on_failure: self.after_failure && !after,
            flags: self.print.clone(),
        };
        (printing.before || printing.after).then_some(printing)
    }
}

/// Reads a command line, without the program's name.
///
/// # Errors
/// What is wrong with it, in one line.
pub fn parse(arguments: &[String]) -> Result<Command, String> {
    let mut reader = Reader { options: Options::default(), inputs: vec![], seen: vec![], command: None };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--" {
            reader.inputs.extend(rest.cloned());
            break;
        }
        reader.argument(argument, &mut rest)?;
    }
    if let Some(command) = reader.command {
        return Ok(command);
    }
    let mut options = reader.options;
    if reader.inputs.len() > 1 {
        return Err(format!(
            "expected one input file, found {}: '{}'",
            reader.inputs.len(),
            reader.inputs.join("', '")
        ));
    }
    options.input = reader.inputs.pop().unwrap_or_else(|| "-".into());
    if options.pipeline.is_some() && !options.passes.is_empty() {
        return Err("'--pass-pipeline' cannot be used with individual pass flags".into());
    }
    let staged = options.from.is_some() || options.to.is_some();
    if staged && (options.pipeline.is_some() || !options.passes.is_empty()) {
        return Err("'--from' and '--to' cannot be used with passes".into());
    }
    if !staged && (options.dump_stages.is_some() || options.target.is_some()) {
        return Err("'--dump-stages' and '--target' need '--from' or '--to'".into());
    }
    if options.run_reproducer && (staged || options.pipeline.is_some() || !options.passes.is_empty()) {
        return Err("'--run-reproducer' has a pipeline already".into());
    }
    for name in options.before.names.iter().chain(&options.after.names) {
        if !names::all().any(|known| known == name) {
            return Err(format!("cannot print around '{name}': unknown pass{}", did_you_mean(name, names::all())));
        }
    }
    Ok(Command::Run(Box::new(options)))
}

struct Reader {
    options: Options,
    inputs: Vec<String>,
    seen: Vec<&'static str>,
    command: Option<Command>,
}

impl Reader {
    fn argument<'a>(&mut self, argument: &str, rest: &mut impl Iterator<Item = &'a String>) -> Result<(), String> {
        let Some(text) = argument.strip_prefix('-').filter(|text| !text.is_empty()) else {
            self.inputs.push(argument.into());
            return Ok(());
        };
        let text = text.strip_prefix('-').unwrap_or(text);
        let (name, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
        let name = if name == "h" { "help" } else { name };
        let Some(flag) = FLAGS.iter().find(|flag| flag.name == name) else {
            return self.pass(argument, name, value);
        };
        if matches!(flag.takes, Value(_)) && !flag.name.starts_with("mlir-print-ir") && self.seen.contains(&flag.name) {
            return Err(format!("'{argument}': the flag may be given only once"));
        }
        self.seen.push(flag.name);
        match flag.takes {
            Switch => {
                let on = match value {
                    None | Some("" | "true" | "TRUE" | "True" | "1") => true,
                    Some("false" | "FALSE" | "False" | "0") => false,
                    Some(other) => return Err(format!("'{argument}': '{other}' is not 'true' or 'false'")),
                };
                self.switch(flag.name, on);
                Ok(())
            }
            Value(what) => {
                let value = value.or_else(|| rest.next().map(String::as_str));
                let value = value.ok_or_else(|| format!("'{argument}' needs a value: {what}"))?;
                self.value(flag.name, value).map_err(|message| format!("'{argument}': {message}"))
            }
            Optional(_) => self.optional(flag.name, value).map_err(|message| format!("'{argument}': {message}")),
        }
    }

    fn pass(&mut self, argument: &str, name: &str, value: Option<&str>) -> Result<(), String> {
        if !names::all().any(|known| known == name) {
            let candidates = FLAGS.iter().map(|flag| flag.name).chain(names::all());
            return Err(format!("unknown argument '{argument}'{}", did_you_mean(name, candidates)));
        }
        let options = value.unwrap_or_default().trim();
        let options = options.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or(options);
        self.options.passes.push(Item::Pass(PassText { name: name.into(), options: options.into(), offset: 0 }));
        Ok(())
    }

    fn switch(&mut self, name: &str, on: bool) {
        let options = &mut self.options;
        match name {
            "allow-unregistered-dialect" => options.allow_unregistered = on,
            "dump-pass-pipeline" => options.dump_pipeline = on,
            "emit-bytecode" => options.bytecode = on.then(|| options.bytecode.flatten()),
            "mlir-pretty-debuginfo" => options.print.pretty_debug_info = on,
            "mlir-pass-pipeline-local-reproducer" => options.local_reproducer = on,
            "mlir-print-assume-verified" => options.print.assume_verified = on,
            "mlir-print-debuginfo" => options.print.debug_info = on,
            "mlir-print-ir-after-all" => options.after.all = on,
            "mlir-print-ir-after-change" => options.after_change = on,
            "mlir-print-ir-after-failure" => options.after_failure = on,
            "mlir-print-ir-before-all" => options.before.all = on,
            "mlir-print-ir-module-scope" => options.module_scope = on,
            "mlir-print-local-scope" => options.print.local_scope = on,
            "mlir-print-op-generic" => options.print.generic = on,
            "mlir-print-skip-regions" => options.print.skip_regions = on,
            "mlir-timing" => options.timing = on.then_some(options.timing.unwrap_or(TimingForm::Tree)),
            "mlir-use-nameloc-as-prefix" => options.print.name_locations_as_prefix = on,
            "no-implicit-module" => options.implicit_module = !on,
            "run-reproducer" => options.run_reproducer = on,
            "verify-each" => options.verify_each = on,
            "verify-roundtrip" => options.verify_roundtrip = on,
            "help" if on => self.command = Some(Command::Help),
            "version" if on => self.command = Some(Command::Version),
            "list-passes" if on => self.command = Some(Command::ListPasses),
            "show-dialects" if on => self.command = Some(Command::ShowDialects),
            _ => {}
        }
    }

    fn value(&mut self, name: &str, value: &str) -> Result<(), String> {
        let options = &mut self.options;
        let number = || value.parse::<usize>().map_err(|_| format!("'{value}' is not a number"));
        let names = || value.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        match name {
            "dump-stages" => options.dump_stages = Some(value.into()),
            "html-trace" => options.html_trace = Some(value.into()),
            "mlir-generate-reproducer" => options.generate_reproducer = Some(value.into()),
            "mlir-pass-pipeline-crash-reproducer" => options.crash_reproducer = Some(value.into()),
            "emit-bytecode-version" => options.bytecode = Some(Some(number()? as i64)),
            "from" => options.from = Some(value.parse()?),
            "to" => options.to = Some(value.parse()?),
            "target" => options.target = Some(value.into()),
            "mlir-elide-elementsattrs-if-larger" => options.print.elide_elements_if_larger = Some(number()?),
            "mlir-elide-resource-strings-if-larger" => options.print.elide_resources_if_larger = Some(number()?),
            "mlir-print-ir-after" => options.after.names.extend(names()),
            "mlir-print-ir-before" => options.before.names.extend(names()),
            "mlir-print-ir-tree-dir" => options.tree_dir = Some(value.into()),
            "mlir-timing-display" => {
                options.timing = Some(match value {
                    "list" => TimingForm::List,
                    "tree" => TimingForm::Tree,
                    _ => return Err(format!("'{value}' is not 'list' or 'tree'")),
                });
            }
            "o" if value.is_empty() => return Err("expected the name of a file".into()),
            "o" => options.output = value.into(),
            "output-split-marker" => options.output_marker = Some(value.into()),
            "pass-pipeline" => options.pipeline = Some(value.into()),
            _ => {}
        }
        Ok(())
    }

    fn optional(&mut self, name: &str, value: Option<&str>) -> Result<(), String> {
        match (name, value) {
            ("split-input-file", marker) => {
                let marker = marker.filter(|marker| !marker.is_empty()).unwrap_or(super::DEFAULT_MARKER);
                self.options.split_marker = Some(marker.into());
            }
            (_, None | Some("" | "all")) => self.options.verify_diagnostics = Some(Unexpected::Refuse),
            (_, Some("only-expected")) => self.options.verify_diagnostics = Some(Unexpected::Ignore),
            (_, Some(other)) => return Err(format!("'{other}' is not 'all' or 'only-expected'")),
        }
        Ok(())
    }
}

/// The text of `--help`.
pub fn help() -> String {
    let mut text = String::from(
        "Reads MLIR (text or bytecode), runs passes over it, prints it.\n\n\
         usage: flashlight-opt [FLAG | --PASS[=OPTIONS]]... [FILE | -]\n\n\
         Flags (each with one dash or two):\n",
    );
    for Flag { name, takes, help } in FLAGS {
        let spelled = match takes {
            Switch => format!("--{name}"),
            Value(what) => format!("--{name}={what}"),
            Optional(what) => format!("--{name}[={what}]"),
        };
        text.push_str(&format!("  {spelled:<46} {help}\n"));
    }
    text.push_str(
        "\nPasses run in the order they are given; --list-passes lists them.\n\nStages for --from and --to:\n",
    );
    for stage in Stage::ALL {
        text.push_str(&format!("  {:<11} {}\n", stage.name(), stage.summary()));
    }
    text
}
