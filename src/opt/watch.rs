//! Observers of a running plan: `--mlir-timing` and `--mlir-print-ir-tree-dir`.

use super::flags::{Options, TimingForm};
use crate::{
    ffi::{
        self,
        tool::{PrintFlags, print},
    },
    ir::{self, Op},
    pass::plan::Observer,
    stage::Stage,
    trace::Recorder,
};
use melior::ir::operation::OperationLike;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// One row of a timing report.
#[derive(Debug, Default)]
struct Row {
    position: usize,
    name: String,
    time: Duration,
    children: Vec<Row>,
}

/// Adds up the time of every pass.
#[derive(Debug)]
pub struct Timing {
    form: TimingForm,
    start: Instant,
    root: Row,
    /// Child numbers from the root to the pipeline that runs, with the time each was entered.
    path: Vec<(usize, Instant)>,
    pass: Option<(usize, Instant)>,
}

impl Timing {
    /// Starts the clock.
    pub fn new(form: TimingForm) -> Self {
        Self { form, start: Instant::now(), root: Row::default(), path: vec![], pass: None }
    }

    /// Times something that is no pass.
    pub fn phase<T>(&mut self, name: &str, body: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = body();
        self.root.children.push(Row { name: name.into(), time: start.elapsed(), ..Row::default() });
        result
    }

    fn current(&mut self) -> &mut Row {
        self.path.iter().fold(&mut self.root, |row, (index, _)| &mut row.children[*index])
    }

    fn child(&mut self, position: usize, name: String) -> usize {
        let row = self.current();
        let found = row.children.iter().position(|child| child.position == position && child.name == name);
        found.unwrap_or_else(|| {
            row.children.push(Row { position, name, ..Row::default() });
            row.children.len() - 1
        })
    }

    /// The report, as `mlir-opt` lays it out.
    pub fn report(self) -> String {
        let total = self.start.elapsed();
        let bar = format!("===-{}-===\n", "-".repeat(71));
        let mut text = format!("{bar}{:>54}\n{bar}", "... Execution time report ...");
        text.push_str(&format!("  Total Execution Time: {:.4} seconds\n\n", total.as_secs_f64()));
        text.push_str("  ----Wall Time----  ----Name----\n");
        let mut rows = vec![];
        flatten(&self.root.children, 0, &mut rows);
        if self.form == TimingForm::List {
            rows.sort_by_key(|(_, _, time)| std::cmp::Reverse(*time));
        }
        let known: Duration = self.root.children.iter().map(|row| row.time).sum();
        rows.push((0, "Rest", total.saturating_sub(known)));
        rows.push((0, "Total", total));
        for (depth, name, time) in rows {
            let depth = if self.form == TimingForm::List { 0 } else { depth };
            let share = 100.0 * time.as_secs_f64() / total.as_secs_f64().max(f64::MIN_POSITIVE);
            let indent = "  ".repeat(depth);
            text.push_str(&format!("  {:>8.4} ({share:>5.1}%)  {indent}{name}\n", time.as_secs_f64()));
        }
        text
    }
}

fn flatten<'a>(rows: &'a [Row], depth: usize, flat: &mut Vec<(usize, &'a str, Duration)>) {
    for row in rows {
        flat.push((depth, &row.name, row.time));
        flatten(&row.children, depth + 1, flat);
    }
}

impl Observer for Timing {
    fn before_pass(&mut self, position: usize, name: &str, _op: Op<'_>) {
        let child = self.child(position, name.into());
        self.pass = Some((child, Instant::now()));
    }

    fn after_pass(&mut self, _name: &str, _op: Op<'_>, _succeeded: bool) {
        if let Some((child, start)) = self.pass.take() {
            self.current().children[child].time += start.elapsed();
        }
    }

    fn enter(&mut self, position: usize, anchor: &str) {
        let child = self.child(position, format!("'{anchor}' Pipeline"));
        self.path.push((child, Instant::now()));
    }

    fn leave(&mut self) {
        if let Some((child, start)) = self.path.pop() {
            self.current().children[child].time += start.elapsed();
        }
    }
}

/// Writes the IR around passes to files: `DIR/<op>_<symbol>/<n>_<pass>.mlir`, nested operations in
/// nested folders, numbered within theirs.
pub struct Tree<'a> {
    options: &'a Options,
    root: PathBuf,
    counts: HashMap<usize, usize>,
    before: Vec<u8>,
    /// The first file that could not be written.
    pub failure: Option<String>,
}

/// A name as part of a file name: nothing in it leads out of a folder.
pub fn plain(text: &str) -> String {
    text.replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', "_")
}

impl<'a> Tree<'a> {
    /// A tree under a folder that need not exist.
    pub fn new(options: &'a Options, root: &Path) -> Self {
        Self { options, root: root.into(), counts: HashMap::new(), before: vec![], failure: None }
    }

    fn write(&mut self, when: &str, name: &str, suffix: &str, op: Op<'_>) {
        let mut ancestors = vec![op];
        while let Some(parent) = ancestors.last().and_then(|op| op.parent_operation().map(|parent| ffi::op(&parent))) {
            ancestors.push(parent);
        }
        let (mut folder, mut numbers) = (self.root.clone(), vec![]);
        for ancestor in ancestors.iter().rev() {
            let symbol = ir::attr(*ancestor, "sym_name").and_then(ir::string_attr).unwrap_or("no-symbol-name");
            folder.push(format!("{}_{}", plain(ir::name(*ancestor)), plain(symbol)));
            let count = self.counts.entry(ffi::op_key(*ancestor)).or_default();
            if ffi::op_key(*ancestor) == ffi::op_key(op) {
                numbers.push(count.to_string());
                *count += 1;
            } else {
                numbers.push(count.saturating_sub(1).to_string());
            }
        }
        let path = folder.join(format!("{}_{name}.mlir", numbers.join("_")));
        let mut text = format!("// -----// IR Dump {when} {name}{suffix} //----- //\n").into_bytes();
        text.extend_from_slice(&print(op, &self.options.print));
        text.push(b'\n');
        let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, text));
        if let Err(error) = written {
            self.failure.get_or_insert_with(|| format!("cannot write '{}': {error}", path.display()));
        }
    }
}

impl Observer for Tree<'_> {
    fn before_pass(&mut self, _position: usize, name: &str, op: Op<'_>) {
        let Some(printing) = self.options.printing(name) else { return };
        if printing.only_on_change {
            self.before = print(op, &printing.flags);
        }
        if printing.before {
            self.write("Before", name, "", op);
        }
    }

    fn after_pass(&mut self, name: &str, op: Op<'_>, succeeded: bool) {
        let Some(printing) = self.options.printing(name).filter(|printing| printing.after) else { return };
        if !succeeded {
            self.write("After", name, " Failed", op);
        } else if !(printing.only_on_failure || printing.only_on_change && self.before == print(op, &printing.flags)) {
            self.write("After", name, "", op);
        }
    }
}

/// What watches one run.
pub struct Watch<'a> {
    pub timing: Option<Timing>,
    pub tree: Option<Tree<'a>>,
    pub page: Option<Recorder>,
    /// The whole of what the last pass got, where that is asked for.
    pub input: Option<Vec<u8>>,
    /// The last pass, and the name of the operation that it ran on.
    pub last: Option<(String, String)>,
}

impl Watch<'_> {
    /// Times something that is no pass.
    pub fn phase<T>(&mut self, name: &str, body: impl FnOnce() -> T) -> T {
        match &mut self.timing {
            Some(timing) => timing.phase(name, body),
            None => body(),
        }
    }

    /// A stage begins, which only the times are kept by.
    pub fn enter_stage(&mut self, position: usize, stage: Stage) {
        if let Some(timing) = &mut self.timing {
            timing.enter(position, stage.name());
        }
    }

    /// It has run, or failed.
    pub fn leave_stage(&mut self) {
        if let Some(timing) = &mut self.timing {
            timing.leave();
        }
    }

    fn each(&mut self) -> impl Iterator<Item = &mut dyn Observer> {
        let timing = self.timing.as_mut().map(|timing| timing as &mut dyn Observer);
        let tree = self.tree.as_mut().map(|tree| tree as &mut dyn Observer);
        let page = self.page.as_mut().map(|page| page as &mut dyn Observer);
        timing.into_iter().chain(tree).chain(page)
    }
}

impl Observer for Watch<'_> {
    fn before_pass(&mut self, position: usize, name: &str, op: Op<'_>) {
        if let Some(input) = &mut self.input {
            let root = std::iter::successors(Some(op), |op| op.parent_operation().map(|op| ffi::op(&op))).last();
            *input = print(root.unwrap_or(op), &PrintFlags::default());
        }
        self.last = Some((name.to_owned(), ir::name(op).to_owned()));
        self.each().for_each(|observer| observer.before_pass(position, name, op));
    }

    fn after_pass(&mut self, name: &str, op: Op<'_>, succeeded: bool) {
        self.each().for_each(|observer| observer.after_pass(name, op, succeeded));
    }

    fn enter(&mut self, position: usize, anchor: &str) {
        self.each().for_each(|observer| observer.enter(position, anchor));
    }

    fn leave(&mut self) {
        self.each().for_each(|observer| observer.leave());
    }
}
