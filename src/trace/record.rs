//! Writing the page while the compiler works.
//!
//! A part is written, and handed to the system, before the pass that it is about begins: whatever ends the process then,
//! the page has the IR that the pass was given.

use super::{
    ptx,
    text::{self, Line},
};
use crate::{
    choices::{Choice, Choices},
    driver::{Outcome, Watcher},
    ffi::{
        self,
        tool::{PrintFlags, print},
    },
    gpu,
    ir::{self, Op},
    pass::{
        pipeline::{Item, Pipeline},
        plan::Observer,
    },
    remark::Remark,
    stage::Stage,
};
use melior::ir::Module;
use serde::Serialize;
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    fs::File,
    io::{self, Write},
    path::Path,
    time::Instant,
};

/// What the page is of.
#[derive(Clone, Debug, Serialize)]
pub struct About {
    pub file: String,
    pub target: String,
    /// How to make the page again.
    pub command: String,
}

/// Lines that the page may have, and bytes of them: what comes after is left out, and the page says so.
const MOST_BYTES: usize = 64 << 20;
/// Constants of more elements are not printed.
const ELEMENTS: usize = 32;
/// Characters of a resource that are printed.
const RESOURCE: usize = 64;

/// A text as runs of lines: first, count, first, count, …
type Runs = Vec<u32>;

/// Writes a page.
pub struct Recorder {
    file: File,
    about: About,
    lines: HashMap<Line, u32>,
    places: HashMap<String, u32>,
    bytes: usize,
    pipeline: Option<Pipeline>,
    nest: Vec<(usize, String)>,
    /// What the last pass left: the operation and its text, so that it is not printed again for the next one.
    last: Option<(usize, Option<Runs>)>,
    clock: Option<Instant>,
    located: Vec<(String, String)>,
    attempts: usize,
    passes: usize,
    /// Nothing is written while this is set.
    pub muted: bool,
    /// The first write that failed.
    failure: Option<String>,
}

impl Recorder {
    /// Begins a page.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn create(path: &Path, about: About) -> io::Result<Self> {
        let mut file = File::create(path)?;
        file.write_all(head(&about.file).as_bytes())?;
        let mut recorder = Self {
            file,
            about: about.clone(),
            lines: HashMap::new(),
            places: HashMap::new(),
            bytes: 0,
            pipeline: None,
            nest: vec![],
            last: None,
            clock: None,
            located: vec![],
            attempts: 0,
            passes: 0,
            muted: false,
            failure: None,
        };
        let stages = Stage::ALL.map(|stage| json!({"name": stage.name(), "summary": stage.summary()}));
        recorder.part(
            "begin",
            json!({"about": about, "version": env!("CARGO_PKG_VERSION"), "stages": stages, "elements": ELEMENTS}),
        );
        Ok(recorder)
    }

    /// Adds a part to the page.
    pub fn part(&mut self, name: &str, content: Value) {
        if self.muted {
            return;
        }
        let mut part = json!({"part": name});
        if let (Value::Object(part), Value::Object(content)) = (&mut part, content) {
            part.extend(content);
        }
        // Nothing in a part ends its element, or begins a comment in it.
        let text = part.to_string().replace('<', "\\u003c");
        let element = format!("<script type=\"application/json\" class=\"part\">{text}</script>\n");
        if let Err(error) = self.file.write_all(element.as_bytes()) {
            self.failure.get_or_insert_with(|| error.to_string());
        }
    }

    /// The text of the program, as it came.
    pub fn source(&mut self, bytes: &[u8]) {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        let file = self.about.file.clone();
        let place = |(number, text): (usize, &str)| {
            let column = text.len() - text.trim_start().len() + 1;
            Line { text: text.to_owned(), places: vec![format!("{file}:{}:{column}", number + 1)] }
        };
        let lines: Vec<_> = text.lines().enumerate().map(place).collect();
        let runs = self.runs(lines);
        self.part("source", json!({"text": runs}));
    }

    /// How many passes the page has.
    pub const fn passes(&self) -> usize {
        self.passes
    }

    /// Says how it ended. A page without this part is of a compiler that stopped short.
    ///
    /// # Errors
    /// The first write that failed.
    pub fn finish(&mut self, failure: Option<&str>) -> Result<(), String> {
        self.part("end", json!({"failure": failure}));
        self.failure.take().map_or(Ok(()), Err)
    }

    /// Adds lines to the page, each once; `None` when it has no room for more.
    fn runs(&mut self, lines: Vec<Line>) -> Option<Runs> {
        if self.muted || self.bytes > MOST_BYTES {
            return None;
        }
        let (mut runs, mut fresh, mut places) = (Runs::new(), vec![], vec![]);
        for line in lines {
            let known = self.lines.get(&line).copied();
            let number = known.unwrap_or_else(|| {
                let number = self.lines.len() as u32;
                let mut entry = vec![Value::from(line.text.as_str())];
                for place in &line.places {
                    let next = self.places.len() as u32;
                    let place = *self.places.entry(place.clone()).or_insert_with(|| {
                        places.push(place.clone());
                        next
                    });
                    entry.push(place.into());
                }
                self.bytes += line.text.len() + 8 * line.places.len();
                fresh.push(if entry.len() == 1 { entry.remove(0) } else { Value::Array(entry) });
                self.lines.insert(line, number);
                number
            });
            match runs.last_chunk_mut::<2>() {
                Some([first, count]) if *first + *count == number => *count += 1,
                _ => runs.extend([number, 1]),
            }
        }
        if !fresh.is_empty() {
            self.part("lines", json!({"lines": fresh, "places": places}));
        }
        Some(runs)
    }

    fn printed(&mut self, op: Op<'_>) -> Option<Runs> {
        if self.bytes > MOST_BYTES {
            return None;
        }
        let flags = PrintFlags {
            debug_info: true,
            elide_elements_if_larger: Some(ELEMENTS),
            elide_resources_if_larger: Some(RESOURCE),
            // What a failing pass left may be no valid IR: then it is printed in its generic form.
            ..PrintFlags::default()
        };
        self.runs(text::lines(&String::from_utf8_lossy(&print(op, &flags))))
    }

    /// The pipeline that is one pass, where it stands.
    fn spelled(&self, position: usize, name: &str) -> String {
        let mut items = self.pipeline.as_ref().map(|pipeline| &pipeline.items);
        for (position, anchor) in &self.nest {
            items = items.and_then(|items| match items.get(*position) {
                Some(Item::Nested(inner)) if inner.anchor == *anchor => Some(&inner.items),
                _ => None,
            });
        }
        let options = match items.and_then(|items| items.get(position)) {
            Some(Item::Pass(pass)) if pass.name == name && !pass.options.is_empty() => format!("{{{}}}", pass.options),
            _ => String::new(),
        };
        let outer = self.pipeline.as_ref().map_or("builtin.module", |pipeline| &pipeline.anchor);
        let anchors: Vec<_> = std::iter::once(outer).chain(self.nest.iter().map(|(_, anchor)| &**anchor)).collect();
        format!("{}({name}{options}{}", anchors.join("("), ")".repeat(anchors.len()))
    }

    /// A stage of passes begins.
    pub fn begin_stage(&mut self, stage: Option<Stage>, pipeline: Option<Pipeline>, text: &str) {
        self.last = None;
        self.nest.clear();
        self.pipeline = pipeline;
        self.part("stage", json!({"name": stage.map_or("passes", Stage::name), "pipeline": text}));
        self.clock = Some(Instant::now());
    }

    /// What a stage said.
    pub fn end_stage(&mut self, remarks: &[Remark], failure: Option<&str>) {
        let ms = self.clock.take().map(milliseconds);
        self.part("staged", json!({"ms": ms, "remarks": remarks, "failure": failure}));
    }

    /// PTX is about to be made of a module.
    pub fn before_ptx(&mut self, module: &Module<'_>) {
        if !self.muted {
            self.located = ptx::located(module).unwrap_or_default();
        }
    }

    /// Writes the PTX of kernels, its lines with their places.
    pub fn after_ptx(&mut self, kernels: &[gpu::Kernel]) {
        let located: HashMap<_, _> = std::mem::take(&mut self.located).into_iter().collect();
        for (number, kernel) in kernels.iter().enumerate() {
            // Several launches may be of one kernel.
            if kernels[..number].iter().any(|other| other.symbol == kernel.symbol) {
                continue;
            }
            let plain = || kernel.ptx.lines().map(|text| Line { text: text.into(), places: vec![] }).collect();
            let known = located.get(&kernel.symbol);
            let lines = known.and_then(|located| ptx::lines(located, &kernel.ptx, &self.about.file));
            self.text(&format!("{}.ptx", kernel.symbol), lines.unwrap_or_else(plain));
        }
    }

    /// The text of something that is no IR.
    fn text(&mut self, title: &str, lines: Vec<Line>) {
        let runs = self.runs(lines);
        self.part("text", json!({"title": title, "text": runs}));
    }
}

fn milliseconds(since: Instant) -> f64 {
    (since.elapsed().as_secs_f64() * 1e6).round() / 1e3
}

impl Observer for Recorder {
    fn before_pass(&mut self, position: usize, name: &str, op: Op<'_>) {
        if self.muted {
            return;
        }
        self.passes += 1;
        let key = ffi::op_key(op);
        let before = match self.last.take() {
            Some((known, runs)) if known == key => runs,
            _ => self.printed(op),
        };
        let symbol = ir::attr(op, "sym_name").and_then(ir::string_attr);
        let on = format!("{}{}", ir::name(op), symbol.map_or(String::new(), |symbol| format!(" @{symbol}")));
        let pipeline = self.spelled(position, name);
        self.part("pass", json!({"name": name, "on": on, "pipeline": pipeline, "before": before}));
        self.last = Some((key, before));
        self.clock = Some(Instant::now());
    }

    fn after_pass(&mut self, _name: &str, op: Op<'_>, succeeded: bool) {
        if self.muted {
            return;
        }
        let ms = self.clock.take().map(milliseconds);
        let after = self.printed(op);
        let before = self.last.take().and_then(|(_, before)| before);
        let same = after.is_some() && before == after;
        self.part(
            "passed",
            json!({"ms": ms, "ok": succeeded, "after": if same { None } else { after.as_ref() }, "same": same}),
        );
        self.last = Some((ffi::op_key(op), after));
    }

    fn enter(&mut self, position: usize, anchor: &str) {
        self.last = None;
        self.nest.push((position, anchor.to_owned()));
    }

    fn leave(&mut self) {
        self.last = None;
        self.nest.pop();
    }
}

impl Watcher for Recorder {
    fn attempt(&mut self, choices: &Choices) {
        if !choices.is_empty() {
            self.attempts += 1;
            let why = choices.iter().map(|(kernel, choice)| match choice {
                Choice::Margin(margin) => format!("kernel {kernel}: planned with {margin} registers to spare"),
                Choice::Apart(reason) => format!("kernel {kernel}: left apart, {reason}"),
            });
            let why: Vec<_> = why.collect();
            self.part("attempt", json!({"number": self.attempts + 1, "why": why}));
        }
    }

    fn before_stage(&mut self, stage: Stage, pipeline: &str, module: &Module<'_>) {
        if stage == Stage::Ptx {
            self.before_ptx(module);
        }
        self.begin_stage(Some(stage), Pipeline::parse(pipeline).ok(), pipeline);
    }

    fn after_stage(&mut self, stage: Stage, outcome: &Outcome<'_>, remarks: &[Remark], failure: Option<&str>) {
        if !matches!(stage, Stage::Ptx | Stage::Cubin) {
            // The times of passes are their own; that of the page's writing is nobody's.
            self.clock = None;
        }
        self.end_stage(remarks, failure);
        if stage == Stage::Ptx && failure.is_none() {
            self.after_ptx(&outcome.kernels);
        }
    }
}

/// The page up to its first part.
fn head(title: &str) -> String {
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    include_str!("page.html").replace("$TITLE", &title).replace("/* $STYLE */", include_str!("page.css")).replace(
        "/* $SCRIPT */",
        concat!(
            include_str!("model.js"),
            include_str!("diff.js"),
            include_str!("passes.js"),
            include_str!("pictures.js"),
            include_str!("page.js")
        ),
    )
}
