//! The functions that say how large results are, and that put all steps onto a stream: checks, and steps around launches.

use super::{
    Writer, declaration, open_dims,
    text::{self, Body, bytes, dim_name, may_be_negative},
};
use crate::runtime::{
    DType, Expr,
    manifest::Buffer,
    steps::{Action, Loop, Read, Step},
};
use std::collections::BTreeSet;

/// Temporaries begin at multiples of this.
const ALIGNMENT: i64 = 256;

impl Writer<'_> {
    /// `SYMBOL_sizes`.
    pub(super) fn sizes(&mut self) -> String {
        let mut body = Body::new();
        self.check_sizes(&mut body);
        self.room(&mut body, false);
        let results: Vec<_> = self.results().filter(|(_, late)| !late).map(|(result, _)| result.clone()).collect();
        for result in &results {
            for dim in open_dims(result) {
                let size = self.shapes.plain(&result.shape[dim]);
                let (name, size) = (dim_name(&result.name, dim), body.size(&size));
                body.line(format!("if ({name}) *{name} = {size};"));
            }
        }
        body.line("if (workspace) *workspace = (size_t)room;");
        let name = format!("{}_sizes", self.options.symbol);
        self.function(&name, &self.parameters_of_sizes(), &body)
    }

    /// `SYMBOL`.
    pub(super) fn run(&mut self) -> String {
        let mut body = Body::new();
        self.check_given(&mut body);
        self.check_sizes(&mut body);
        self.check_memory(&mut body);
        self.room(&mut body, true);
        self.check_overlap(&mut body);
        self.begin_late(&mut body);
        let places = self.places();
        let manifest = self.manifest;
        if manifest.is_plain() {
            for number in 0..manifest.kernels.len() {
                self.launch(&mut body, &places, number);
            }
        } else {
            self.steps(&mut body, &places, &manifest.steps);
        }
        for result in manifest.results.iter().filter(|result| self.shapes.is_late(&result.name)) {
            body.line(format!("*{0}_at = {0};", result.name));
            for dim in open_dims(result) {
                body.line(format!("*{0}_at = {0};", dim_name(&result.name, dim)));
            }
        }
        self.function(self.options.symbol, &self.parameters_of_run(), &body)
    }

    /// A function of a body, with the sizes that it uses computed first.
    fn function(&mut self, name: &str, parameters: &[String], body: &Body) -> String {
        let (head, lines) = (body.head(), &body.lines);
        let uses = |word: &str| head.contains(word) || lines.contains(word);
        let mut text = format!("{} {{\n", declaration(name, parameters));
        if uses("&bad") {
            text.push_str("    int bad = 0;\n");
        }
        if lines.contains("error") {
            text.push_str("    int error = 0;\n");
        }
        if parameters.iter().any(|parameter| parameter.ends_with("*program")) {
            let code = self.messages.code("no program is loaded");
            text.push_str(&format!("    if (!program) return {code};\n"));
        }
        text.push_str(&head);
        if !head.is_empty() {
            text.push_str(&format!("    if (bad) return {};\n", self.overflow()));
        }
        for unused in ["stream", "workspace_bytes", "workspace", "allocate", "user"] {
            let whole = format!(r"\b{unused}\b");
            let used = regex::Regex::new(&whole).is_ok_and(|word| word.is_match(&head) || word.is_match(lines));
            let given = parameters.iter().any(|parameter| parameter.split([' ', '*']).next_back() == Some(unused));
            if given && !used {
                text.push_str(&format!("    (void){unused};\n"));
            }
        }
        text.push_str(lines);
        text.push_str("    return 0;\n}\n\n");
        self.arithmetic.extend(body.functions.iter().copied());
        text
    }

    fn overflow(&mut self) -> i64 {
        self.messages.code("a size overflows 64 bits, or is a division by zero")
    }

    /// Where sizes that are not at the head overflow.
    pub(super) fn check_bad(&mut self, body: &mut Body, text: &str) {
        if text.contains("&bad") {
            let code = self.overflow();
            body.line(format!("if (bad) return {code};"));
        }
    }

    /// That there is a function that allocates, and places for what is only known at the end.
    fn check_given(&mut self, body: &mut Body) {
        if !self.shapes.late.is_empty() {
            let code = self.messages.code("'allocate' is NULL");
            body.line(format!("if (!allocate) return {code};"));
        }
        for result in self.manifest.results.iter().filter(|result| self.shapes.is_late(&result.name)) {
            let sizes = open_dims(result).map(|dim| dim_name(&result.name, dim));
            for name in std::iter::once(result.name.clone()).chain(sizes) {
                let code = self.messages.code(format!("'{name}_at' is NULL"));
                body.line(format!("if (!{name}_at) return {code};"));
            }
        }
    }

    /// Negative sizes, and those that do not fit together.
    fn check_sizes(&mut self, body: &mut Body) {
        let manifest = self.manifest;
        for argument in &manifest.arguments {
            for (dim, _) in argument.shape.iter().enumerate().filter(|(_, size)| size.is_none()) {
                let code = self.messages.code(format!("{}.{dim} is negative", argument.name));
                body.line(format!("if ({} < 0) return {code};", dim_name(&argument.name, dim)));
            }
        }
        for sizes in &manifest.equal {
            let Some((first, others)) = sizes.split_first() else { continue };
            for other in others {
                let (left, right) = (self.shapes.plain(first), self.shapes.plain(other));
                if left == right {
                    continue;
                }
                let code = self.messages.code(format!("the arguments do not fit together: {first} and {other} differ"));
                let (left, right) = (body.size(&left), body.size(&right));
                body.line(format!("if ({left} != {right}) return {code};"));
            }
        }
        for buffer in manifest.results.iter().chain(&manifest.temporaries) {
            let Some(dims) = self.shapes.dims(&buffer.name) else { continue };
            for (dim, size) in dims.iter().enumerate().filter(|(_, size)| may_be_negative(size)) {
                let code = self.messages.code(format!("{}.{dim} is negative", buffer.name));
                let size = body.size(size);
                body.line(format!("if ({size} < 0) return {code};"));
            }
        }
    }

    /// That tensors have memory, and begin where kernels can read them.
    fn check_memory(&mut self, body: &mut Body) {
        let manifest = self.manifest;
        let arguments = manifest.arguments.iter().map(|argument| (&argument.name, argument.dtype));
        for (name, dtype) in arguments.chain(manifest.results.iter().map(|result| (&result.name, result.dtype))) {
            let Some(size) = self.shapes.bytes(name, dtype) else { continue };
            let (missing, odd) = (
                self.messages.code(format!("'{name}' has no memory")),
                self.messages.code(format!("'{name}' does not begin at a multiple of 16 bytes")),
            );
            match text::number(&size) {
                Some(0) => {}
                Some(_) => body.line(format!("if (!{name}) return {missing};")),
                None => {
                    let size = body.size(&size);
                    body.line(format!("if (!{name} && {size}) return {missing};"));
                }
            }
            body.line(format!("if ({name} % 16) return {odd};"));
        }
    }

    /// The bytes of all temporaries, which get their places in the workspace where there is one.
    fn room(&mut self, body: &mut Body, place: bool) {
        let manifest = self.manifest;
        let early: Vec<_> = manifest
            .temporaries
            .iter()
            .filter_map(|buffer| Some((buffer, self.shapes.bytes(&buffer.name, buffer.dtype)?)))
            .collect();
        if early.is_empty() {
            if !place {
                body.line("const int64_t room = 0;");
            }
            return;
        }
        if place {
            let odd = self.messages.code(format!("the workspace does not begin at a multiple of {ALIGNMENT} bytes"));
            body.line(format!("if (workspace % {ALIGNMENT}) return {odd};"));
        }
        body.line("int64_t room = 0;");
        for (buffer, size) in early {
            let code = self.messages.code("the temporaries need more memory than there is");
            let (name, size) = (&buffer.name, body.size(&size));
            if place {
                body.line(format!("CUdeviceptr {name} = workspace + (CUdeviceptr)room;"));
            }
            body.line(format!("if ({size} > INT64_MAX - {} - room) return {code};", ALIGNMENT - 1));
            body.line(format!("room += ({size} + {}) / {ALIGNMENT} * {ALIGNMENT};", ALIGNMENT - 1));
        }
        if place {
            let small = self.messages.code("the workspace is too small");
            body.line(format!("if (room && (!workspace || (uint64_t)room > workspace_bytes)) return {small};"));
        }
    }

    /// That results overlap no argument, but for those that may share one's memory, and no other result.
    fn check_overlap(&mut self, body: &mut Body) {
        let manifest = self.manifest;
        for (at, result) in manifest.results.iter().enumerate() {
            let Some(size) = self.shapes.bytes(&result.name, result.dtype) else { continue };
            let size = body.size(&size);
            let arguments = manifest.arguments.iter().map(|argument| (&argument.name, argument.dtype));
            let others = arguments.chain(manifest.results[..at].iter().map(|other| (&other.name, other.dtype)));
            let others: Vec<_> = others.collect();
            for (other, dtype) in others {
                let Some(bytes) = self.shapes.bytes(other, dtype) else { continue };
                let (code, bytes, name) = (
                    self.messages.code(format!("'{}' lies in the memory of '{other}'", result.name)),
                    body.size(&bytes),
                    &result.name,
                );
                let shared = result.shares.as_ref().is_some_and(|shares| shares.argument == *other);
                let apart = if shared { format!("{name} != {other} && ") } else { String::new() };
                body.line(format!(
                    "if ({apart}{name} < {other} + (CUdeviceptr){bytes} && {other} < {name} + (CUdeviceptr){size}) return {code};"
                ));
            }
        }
    }

    /// Numbers and tensors that are not known yet.
    fn begin_late(&mut self, body: &mut Body) {
        let mut facts = BTreeSet::new();
        facts_of(&self.manifest.steps, &mut facts);
        for fact in &facts {
            body.line(format!("int64_t {fact} = 0;"));
            body.line(format!("(void){fact};"));
            if self.shapes.late.iter().any(|buffer| waits_for_several(buffer, fact)) {
                body.line(format!("int {fact}_known = 0;"));
            }
        }
        for buffer in &self.shapes.late {
            body.line(format!("CUdeviceptr {} = 0;", buffer.name));
            body.line(format!("int64_t {}_bytes = -1;", buffer.name));
            body.line(format!("(void){}_bytes;", buffer.name));
            for dim in open_dims(buffer) {
                body.line(format!("int64_t {} = -1;", dim_name(&buffer.name, dim)));
            }
        }
    }

    fn steps(&mut self, body: &mut Body, places: &[usize], steps: &[Step]) {
        for step in steps {
            match step {
                Step::Launch(kernel) => self.launch(body, places, *kernel),
                Step::Other(Action::Swap([a, b])) => {
                    body.line("{");
                    body.line(format!("CUdeviceptr memory = {a};"));
                    body.line(format!("{a} = {b};"));
                    body.line(format!("{b} = memory;"));
                    body.line("}");
                }
                Step::Other(Action::Read(read)) => {
                    let dtype = self.manifest.dtype_of(&read.tensor).unwrap_or(DType::I64);
                    self.read(body, read, dtype, |value| format!("{} = {value};", read.name));
                    self.know(body, &read.name);
                }
                Step::Other(Action::Loop(repeated)) => self.repeat(body, places, repeated),
            }
        }
    }

    /// Reads an element, and does something with it.
    fn read(&mut self, body: &mut Body, read: &Read, dtype: DType, then: impl Fn(&str) -> String) {
        let (tensor, element) = (&read.tensor, read.element);
        let ty = match dtype {
            DType::I32 => "int32_t",
            DType::I16 => "int16_t",
            DType::I8 => "int8_t",
            DType::U8 | DType::Bool => "uint8_t",
            _ => "int64_t",
        };
        let code = self.messages.code(format!("'{tensor}' has no element {element}"));
        let (address, size) = (self.address(tensor), self.bytes_of(body, tensor));
        body.line("{");
        body.line(format!("{ty} value;"));
        body.line(format!(
            "if ((error = read_back(&value, sizeof value, {address}, {size}, {element}, stream, {code}))) return error;"
        ));
        body.line(then(if dtype == DType::Bool { "value != 0" } else { "value" }));
        body.line("}");
    }

    fn repeat(&mut self, body: &mut Body, places: &[usize], repeated: &Loop) {
        self.loops += 1;
        let (times, turn) = (format!("times_{}", self.loops), format!("turn_{}", self.loops));
        let value = repeated.times.as_ref().map(|times| self.shapes.plain(times));
        let value = value.map_or_else(|| "INT64_MAX".into(), |times| body.size(&times));
        body.line("{");
        body.line(format!("const int64_t {times} = {value};"));
        self.check_bad(body, &value);
        body.line(format!("for (int64_t {turn} = 0; {turn} < {times}; ++{turn}) {{"));
        if let Some(index) = &repeated.index {
            body.line(format!("{index} = {turn};"));
            self.know(body, index);
        }
        self.steps(body, places, &repeated.test);
        if let Some(condition) = &repeated.condition {
            let read = Read { tensor: condition.clone(), element: 0, name: String::new() };
            self.read(body, &read, DType::Bool, |value| format!("if (!({value})) break;"));
        }
        self.steps(body, places, &repeated.steps);
        body.line("}");
        body.line("}");
    }

    /// Gives memory to the tensors whose sizes a number changes.
    fn know(&mut self, body: &mut Body, name: &str) {
        if self.shapes.late.iter().any(|buffer| waits_for_several(buffer, name)) {
            body.line(format!("{name}_known = 1;"));
        }
        let named: Vec<_> = self.shapes.late.iter().copied().filter(|buffer| names(buffer, name)).collect();
        for buffer in named {
            let tensor = &buffer.name;
            let dims: Vec<_> = buffer.shape.iter().map(|size| self.shapes.plain(size)).collect();
            let known: Vec<_> =
                facts_in(&dims).into_iter().filter(|fact| fact != name).map(|fact| format!("{fact}_known")).collect();
            body.line(if known.is_empty() { "{".to_owned() } else { format!("if ({}) {{", known.join(" && ")) });
            let mut changed = vec![format!("{tensor}_bytes < 0")];
            for dim in open_dims(buffer) {
                let value = body.size(&dims[dim]);
                body.line(format!("const int64_t new_{dim} = {value};"));
                self.check_bad(body, &value);
                let code = self.messages.code(format!("{tensor}.{dim} is negative"));
                body.line(format!("if (new_{dim} < 0) return {code};"));
                changed.push(format!("{} != new_{dim}", dim_name(tensor, dim)));
            }
            body.line(format!("if ({}) {{", changed.join(" || ")));
            let own: Vec<_> = dims
                .iter()
                .enumerate()
                .map(|(dim, size)| text::number(size).map_or_else(|| Expr::dim(tensor, dim), Expr::Int))
                .collect();
            for dim in open_dims(buffer) {
                body.line(format!("{} = new_{dim};", dim_name(tensor, dim)));
            }
            let size = body.size(&bytes(&own, buffer.dtype));
            body.line(format!("{tensor}_bytes = {size};"));
            self.check_bad(body, &size);
            body.line(format!(
                "if ((error = allocate(user, \"{tensor}\", (size_t){tensor}_bytes, &{tensor}))) return error;"
            ));
            let odd = self.messages.code(format!("'{tensor}' does not begin at a multiple of 16 bytes"));
            body.line(format!("if ({tensor} % 16) return {odd};"));
            body.line("}");
            body.line("}");
        }
    }

    pub(super) fn address(&self, tensor: &str) -> String {
        let constant = self.manifest.constants.iter().position(|constant| constant.name == tensor);
        constant.map_or_else(|| tensor.to_owned(), |at| format!("program->constants[{at}]"))
    }

    pub(super) fn bytes_of(&self, body: &mut Body, tensor: &str) -> String {
        let dtype = self.manifest.dtype_of(tensor).unwrap_or(DType::I64);
        self.shapes.bytes(tensor, dtype).map_or_else(|| format!("{tensor}_bytes"), |size| body.size(&size))
    }
}

/// The names that steps give to numbers.
fn facts_of(steps: &[Step], facts: &mut BTreeSet<String>) {
    for step in steps {
        match step {
            Step::Other(Action::Read(read)) => {
                facts.insert(read.name.clone());
            }
            Step::Other(Action::Loop(repeated)) => {
                facts.extend(repeated.index.clone());
                facts_of(&repeated.test, facts);
                facts_of(&repeated.steps, facts);
            }
            _ => {}
        }
    }
}

/// The facts that sizes mention, other than those of the device.
fn facts_in(sizes: &[Expr]) -> BTreeSet<String> {
    fn of(size: &Expr, facts: &mut BTreeSet<String>) {
        match size {
            Expr::Fact(name) if name != "sm_count" => {
                facts.insert(name.clone());
            }
            Expr::Call(_, parts) => parts.iter().for_each(|part| of(part, facts)),
            _ => {}
        }
    }
    let mut facts = BTreeSet::new();
    sizes.iter().for_each(|size| of(size, &mut facts));
    facts
}

fn names(buffer: &Buffer, fact: &str) -> bool {
    buffer.shape.iter().any(|size| size.names(fact))
}

/// Whether a tensor needs this number and another one.
fn waits_for_several(buffer: &Buffer, fact: &str) -> bool {
    names(buffer, fact) && facts_in(&buffer.shape).len() > 1
}
