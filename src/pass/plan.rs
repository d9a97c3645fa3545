//! Running a pipeline: every pass on its own, with our verifier after it and an observer around it.
//!
//! A plan is a tree of steps. Passes of ours are called directly; an upstream pass is a pass manager
//! that holds just that pass, kept for as long as the plan, so that its patterns are built once. A
//! nested pipeline runs on each immediate child operation of its name, as upstream's adaptor does.

use super::{
    PassInfo, PassOptions,
    names::{self, did_you_mean},
    pipeline::{Item, PassText, Pipeline, PipelineError},
    reproducer::one_line,
};
use crate::{
    dialect,
    error::PassError,
    ffi::{
        self,
        tool::{IrPrinting, UpstreamPasses, print},
    },
    ir::{self, Op},
};
use melior::{
    Context,
    ir::{BlockLike, RegionLike, operation::OperationLike},
};
use std::{cell::RefCell, fmt::Write as _, io::Write as _};

/// What a plan does around its passes.
pub struct Settings<'a> {
    /// Run the verifiers after each pass.
    pub verify_each: bool,
    /// Nest a pass under the operation it is restricted to, instead of refusing it.
    pub implicit_nesting: bool,
    /// Whether and how to print the IR around a pass, by the pass's name.
    pub printing: &'a dyn Fn(&str) -> Option<IrPrinting>,
}

impl Default for Settings<'_> {
    fn default() -> Self {
        Self { verify_each: true, implicit_nesting: false, printing: &|_| None }
    }
}

/// Is told about every step while a plan runs. `position` counts the steps of one pipeline from 0.
pub trait Observer {
    /// A pass is about to run on an operation.
    fn before_pass(&mut self, _position: usize, _name: &str, _op: Op<'_>) {}
    /// A pass has run.
    fn after_pass(&mut self, _name: &str, _op: Op<'_>, _succeeded: bool) {}
    /// A nested pipeline begins on its children.
    fn enter(&mut self, _position: usize, _anchor: &str) {}
    /// A nested pipeline has run on all of them, or failed.
    fn leave(&mut self) {}
}

impl Observer for () {}

/// A pipeline that is ready to run.
pub struct Plan {
    anchor: String,
    steps: Vec<Step>,
    verify_each: bool,
    /// The pass that failed last, alone in a pipeline.
    failed: RefCell<Option<String>>,
}

enum Step {
    Ours { info: &'static PassInfo, options: PassOptions, printing: Option<IrPrinting> },
    Upstream { name: String, passes: UpstreamPasses },
    Nested { anchor: String, steps: Vec<Step> },
}

impl Plan {
    /// Looks every pass of a pipeline up.
    ///
    /// # Errors
    /// When a pass, an option or an anchor is wrong.
    pub fn new(context: &Context, pipeline: &Pipeline, settings: &Settings<'_>) -> Result<Self, PipelineError> {
        let planner = Planner { context, settings };
        let steps = planner.steps(&pipeline.anchor, &pipeline.items)?;
        Ok(Self {
            anchor: pipeline.anchor.clone(),
            steps,
            verify_each: settings.verify_each,
            failed: RefCell::default(),
        })
    }

    /// Runs the plan on an operation of its anchor's name.
    ///
    /// # Errors
    /// [`PassError::Reported`], always after a diagnostic.
    pub fn run(&self, op: Op<'_>, observer: &mut dyn Observer) -> Result<(), PassError> {
        if self.anchor != "any" && self.anchor != ir::name(op) {
            let message = format!("can't run '{}' pass manager on '{}' op", self.anchor, ir::name(op));
            ffi::emit_error(op.location(), &message);
            return Err(PassError::Reported);
        }
        self.run_steps(&self.steps, op, observer)
    }

    fn run_steps(&self, steps: &[Step], op: Op<'_>, observer: &mut dyn Observer) -> Result<(), PassError> {
        for (position, step) in steps.iter().enumerate() {
            match step {
                Step::Nested { anchor, steps } => {
                    observer.enter(position, anchor);
                    let result = children(op)
                        .into_iter()
                        .filter(|child| anchor == "any" || anchor == ir::name(*child))
                        .try_for_each(|child| self.run_steps(steps, child, observer));
                    observer.leave();
                    if result.is_err() {
                        self.failed.replace_with(|inner| inner.take().map(|inner| format!("{anchor}({inner})")));
                    }
                    result?;
                }
                Step::Ours { info, options, printing } => {
                    observer.before_pass(position, info.name, op);
                    let result = self.run_ours(info, options, printing.as_ref(), op);
                    observer.after_pass(info.name, op, result.is_ok());
                    if result.is_err() {
                        self.failed.replace(Some(step.text()));
                    }
                    result?;
                }
                Step::Upstream { name, passes } => {
                    observer.before_pass(position, name, op);
                    let succeeded = passes.run(op) && (!self.verify_each || dialect::verify::verify(op).is_ok());
                    observer.after_pass(name, op, succeeded);
                    if !succeeded {
                        self.failed.replace(Some(step.text()));
                        return Err(PassError::Reported);
                    }
                }
            }
        }
        Ok(())
    }

    fn run_ours(
        &self,
        info: &'static PassInfo,
        options: &PassOptions,
        printing: Option<&IrPrinting>,
        op: Op<'_>,
    ) -> Result<(), PassError> {
        let text = |printing: &IrPrinting| print(op, &printing.flags);
        let before = printing.filter(|printing| printing.only_on_change).map(text);
        if let Some(printing) = printing.filter(|printing| printing.before) {
            dump("Before", info.name, "", &text(printing));
        }
        let mut result = super::run(info, op, options);
        if result.is_ok() && self.verify_each && !(ffi::tool::verify(op) && dialect::verify::verify(op).is_ok()) {
            ffi::emit_error(op.location(), &format!("the pass '{}' left invalid IR", info.name));
            result = Err(PassError::Reported);
        }
        if let Some(printing) = printing.filter(|printing| printing.after || printing.only_on_failure) {
            let after = text(printing);
            let unchanged = before.is_some_and(|before| before == after);
            match (&result, printing.only_on_failure) {
                (Err(_), _) => dump("After", info.name, " Failed", &after),
                (Ok(()), false) if !unchanged => dump("After", info.name, "", &after),
                (Ok(()), _) => {}
            }
        }
        result
    }
}

/// Prints to standard error as upstream does.
fn dump(when: &str, name: &str, suffix: &str, text: &[u8]) {
    let mut bytes =
        format!("// -----// IR Dump {when} {}{suffix} ({name}) //----- //\n", camel_case(name)).into_bytes();
    bytes.extend_from_slice(text);
    bytes.extend_from_slice(b"\n\n");
    // Standard error that is gone is no reason to fail.
    let _ = std::io::stderr().write_all(&bytes);
}

/// The name of a pass as upstream has them in dumps: `tile-contractions` is `TileContractions`.
pub fn camel_case(name: &str) -> String {
    let capital = |part: &str| part[..1].to_uppercase() + &part[1..];
    name.split('-').filter(|part| !part.is_empty()).map(capital).collect()
}

fn children<'c>(op: Op<'c>) -> Vec<Op<'c>> {
    let mut found = vec![];
    for region in 0..op.region_count() {
        let mut block = op.region(region).ok().and_then(|region| region.first_block());
        while let Some(current) = block {
            found.extend(ir::ops(ffi::blk(&current)));
            block = current.next_in_region();
        }
    }
    found
}

struct Planner<'a> {
    context: &'a Context,
    settings: &'a Settings<'a>,
}

impl Planner<'_> {
    fn steps(&self, anchor: &str, items: &[Item]) -> Result<Vec<Step>, PipelineError> {
        let mut steps = vec![];
        for item in items {
            match item {
                Item::Nested(pipeline) => steps.push(Step::Nested {
                    anchor: pipeline.anchor.clone(),
                    steps: self.steps(&pipeline.anchor, &pipeline.items)?,
                }),
                Item::Pass(pass) => self.pass(anchor, pass, &mut steps)?,
            }
        }
        Ok(steps)
    }

    fn pass(&self, anchor: &str, pass: &PassText, steps: &mut Vec<Step>) -> Result<(), PipelineError> {
        let fail = |message: String| PipelineError::new(pass.offset, message);
        if let Some(info) = super::find(&pass.name) {
            if anchor != "builtin.module" {
                return Err(fail(format!("pass '{}' runs on 'builtin.module', not on '{anchor}'", info.name)));
            }
            let options = PassOptions::parse(info, &pass.options).map_err(fail)?;
            steps.push(Step::Ours { info, options, printing: (self.settings.printing)(info.name) });
            return Ok(());
        }
        if names::is_upstream_pipeline(&pass.name) && anchor != "builtin.module" {
            // A pipeline's builder aborts when its passes do not fit the anchor: place them one by one.
            let passes = self.upstream("builtin.module", pass).map_err(fail)?;
            let Pipeline { items, .. } = Pipeline::parse(&passes.text())?;
            let mut inner = self.steps(anchor, &items).map_err(|error| fail(error.message))?;
            steps.append(&mut inner);
            return Ok(());
        }
        match self.upstream(anchor, pass) {
            Ok(passes) => steps.push(Step::Upstream { name: pass.name.clone(), passes }),
            Err(message) => match restricted_to(&message) {
                Some(own) if self.settings.implicit_nesting => {
                    let passes = self.upstream(own, pass).map_err(fail)?;
                    let step = Step::Upstream { name: pass.name.clone(), passes };
                    match steps.last_mut() {
                        Some(Step::Nested { anchor, steps }) if anchor == own => steps.push(step),
                        _ => steps.push(Step::Nested { anchor: own.into(), steps: vec![step] }),
                    }
                }
                Some(own) => {
                    let name = &pass.name;
                    return Err(fail(format!("pass '{name}' runs on '{own}', not on '{anchor}': write {own}({name})")));
                }
                None => return Err(fail(message)),
            },
        }
        Ok(())
    }

    fn upstream(&self, anchor: &str, pass: &PassText) -> Result<UpstreamPasses, String> {
        let mut text = pass.name.clone();
        if !pass.options.is_empty() {
            let _ = write!(text, "{{{}}}", pass.options);
        }
        let passes = UpstreamPasses::parse(self.context, anchor, &text).map_err(|message| {
            if message.contains("does not refer to a registered pass") {
                let hint = did_you_mean(&pass.name, names::all());
                return format!("unknown pass '{}'{hint}", pass.name);
            }
            let lines = message.lines().map(|line| line.trim_start_matches("<Pass-Options-Parser>: "));
            lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ")
        })?;
        passes.enable_verifier(self.settings.verify_each);
        if let Some(printing) = (self.settings.printing)(&pass.name) {
            passes.enable_printing(&printing);
        }
        Ok(passes)
    }
}

/// The operation that an upstream pass insists on, from the message that refuses it.
fn restricted_to(message: &str) -> Option<&str> {
    message.split_once("restricted to '")?.1.split('\'').next()
}

impl Plan {
    /// The plan as text, every option spelled out, one pass a line, as `--dump-pass-pipeline` prints it.
    pub fn text(&self) -> String {
        let mut text = format!("{}(\n", self.anchor);
        describe(&self.steps, 1, &mut text);
        text.push_str(")\n");
        text
    }

    /// The pass that made [`Plan::run`] fail, alone in a pipeline of one line.
    pub fn failed(&self) -> Option<String> {
        self.failed.borrow().as_ref().map(|inner| format!("{}({})", self.anchor, one_line(inner)))
    }

    /// The number of elements at the top level.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether nothing would run.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

impl Step {
    fn text(&self) -> String {
        let mut text = String::new();
        describe(std::slice::from_ref(self), 0, &mut text);
        text
    }
}

fn describe(steps: &[Step], depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    for (index, step) in steps.iter().enumerate() {
        text.push_str(&indent);
        match step {
            Step::Nested { anchor, steps } => {
                let _ = writeln!(text, "{anchor}(");
                describe(steps, depth + 1, text);
                let _ = write!(text, "{indent})");
            }
            Step::Ours { info, options, .. } => {
                text.push_str(info.name);
                let values: Vec<_> =
                    info.options.iter().map(|option| format!("{}={}", option.name, options.spelled(option))).collect();
                if !values.is_empty() {
                    let _ = write!(text, "{{{}}}", values.join(" "));
                }
            }
            Step::Upstream { passes, .. } => {
                let full = passes.text();
                let inner = full.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(&full);
                text.push_str(inner);
            }
        }
        text.push_str(if index + 1 == steps.len() { "\n" } else { ",\n" });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn restricted_to_reads_the_operation() {
        let message =
            "Can't add pass 'X' restricted to 'func.func' on a PassManager intended to run on 'builtin.module'";
        assert_eq!(restricted_to(message), Some("func.func"));
    }
}
