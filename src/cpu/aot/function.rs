//! The exported function as text: descriptors of what the caller has, checks, the call, and what it hands over.

use super::{checks::Limits, dynamic_dims, is_given, is_static};
use crate::{
    bug,
    cpu::{CpuError, Signature},
    runtime::{Expr, Function, TensorSpec},
};

/// Emits LLVM-dialect text, one value per line.
#[derive(Default)]
pub(super) struct Text {
    pub lines: String,
    next: usize,
    /// Branches so far.
    pub branches: usize,
    /// The messages of errors, that of -1 first.
    pub messages: Vec<String>,
}

impl Text {
    pub fn value(&mut self, line: &str) -> String {
        let name = format!("%v{}", self.next);
        self.next += 1;
        self.lines.push_str(&format!("{name} = {line}\n"));
        name
    }

    pub fn constant(&mut self, value: usize) -> String {
        self.value(&format!("llvm.mlir.constant({value} : i64) : i64"))
    }

    /// An uninitialized stack slot of `words` eight-byte words.
    fn slot(&mut self, words: usize) -> String {
        let count = self.constant(words.max(1));
        self.value(&format!("llvm.alloca {count} x i64 : (i64) -> !llvm.ptr"))
    }

    fn place(&mut self, slot: &str, word: usize) -> String {
        self.value(&format!("llvm.getelementptr {slot}[{word}] : (!llvm.ptr) -> !llvm.ptr, i64"))
    }

    fn store(&mut self, value: &str, ty: &str, slot: &str, word: usize) {
        let place = self.place(slot, word);
        self.lines.push_str(&format!("llvm.store {value}, {place} : {ty}, !llvm.ptr\n"));
    }

    fn load(&mut self, ty: &str, slot: &str, word: usize) -> String {
        let place = self.place(slot, word);
        self.value(&format!("llvm.load {place} : !llvm.ptr -> {ty}"))
    }

    /// The value of a size over those of the arguments: what the program adds and multiplies.
    pub fn size(&mut self, signature: &Signature, size: &Expr) -> Result<String, CpuError> {
        Ok(match size {
            Expr::Int(value) => self.value(&format!("llvm.mlir.constant({value} : i64) : i64")),
            Expr::Dim(tensor, dim) => {
                let spec = signature.arguments.iter().find(|spec| spec.name == *tensor);
                match spec.and_then(|spec| spec.shape.get(*dim)) {
                    Some(Some(known)) => self.constant(*known),
                    Some(None) => format!("%{tensor}_d{dim}"),
                    None => return Err(bug!("a size of no argument: {size}").into()),
                }
            }
            Expr::Call(function @ (Function::Add | Function::Sub | Function::Mul), parts) => {
                let name = function.name();
                let mut parts = parts.iter().map(|part| self.size(signature, part)).collect::<Vec<_>>().into_iter();
                let first = parts.next().ok_or_else(|| bug!("a function of nothing"))??;
                let mut total = first;
                for part in parts {
                    total = self.value(&format!("llvm.{name} {total}, {} : i64", part?));
                }
                total
            }
            Expr::Call(..) | Expr::Fact(_) => return Err(bug!("not a sum of products of sizes: {size}").into()),
        })
    }

    /// A descriptor of row-major elements at `pointer`; `size` names the dynamic sizes.
    fn descriptor(&mut self, spec: &TensorSpec, pointer: &str, size: impl Fn(usize) -> String) -> String {
        let rank = spec.shape.len();
        let slot = self.slot(3 + 2 * rank);
        self.store(pointer, "!llvm.ptr", &slot, 0);
        self.store(pointer, "!llvm.ptr", &slot, 1);
        let zero = self.constant(0);
        self.store(&zero, "i64", &slot, 2);
        let mut stride = self.constant(1);
        for (dim, extent) in spec.shape.iter().enumerate().rev() {
            let extent = extent.map_or_else(|| size(dim), |extent| self.constant(extent));
            self.store(&extent, "i64", &slot, 3 + dim);
            self.store(&stride, "i64", &slot, 3 + rank + dim);
            stride = self.value(&format!("llvm.mul {stride}, {extent} : i64"));
        }
        slot
    }
}

/// The exported function as text of the LLVM dialect.
pub(super) fn exported(
    signature: &Signature,
    shapes: &[Vec<Expr>],
    symbol: &str,
    limits: &Limits<'_>,
) -> Result<String, CpuError> {
    let mut text = Text::default();
    // What stands before the checks must run on any processor: the function is for the least one.
    let plain = if cfg!(target_arch = "x86_64") { " attributes {target_cpu = \"x86-64\"}" } else { "" };
    let (mut parameters, mut operands) = (vec!["%pool: !llvm.ptr".to_owned()], vec![]);
    for spec in &signature.arguments {
        let pointer = format!("%{}", spec.name);
        parameters.push(format!("{pointer}: !llvm.ptr"));
        let size = |dim: usize| format!("%{}_d{dim}", spec.name);
        for dim in dynamic_dims(spec) {
            parameters.push(format!("{}: i64", size(dim)));
        }
        operands.push(text.descriptor(spec, &pointer, size));
    }
    let results = || signature.results.iter().enumerate().map(|(at, spec)| (spec, is_given(shapes.get(at))));
    let returned: Vec<_> = results().filter(|(spec, _)| !is_static(spec)).collect();
    let words: usize = returned.iter().map(|(spec, _)| 3 + 2 * spec.shape.len()).sum();
    let frame = text.slot(words);
    for (spec, given) in results() {
        let pointer = format!("%{}", spec.name);
        parameters.push(format!("{pointer}: !llvm.ptr"));
        for dim in dynamic_dims(spec).filter(|_| !given) {
            parameters.push(format!("{pointer}_d{dim}: !llvm.ptr"));
        }
        if is_static(spec) {
            operands.push(text.descriptor(spec, &pointer, |_| String::new()));
        }
    }
    if !returned.is_empty() {
        operands.insert(0, frame.clone());
    }
    let types = vec!["!llvm.ptr"; operands.len()].join(", ");
    text.checks(signature, shapes, limits)?;
    let inner = format!("@\"_mlir_ciface_{}\"", signature.entry);
    let before = text.value("llvm.call @flashlight_pool_use(%pool) : (!llvm.ptr) -> !llvm.ptr");
    text.lines.push_str(&format!("llvm.call {inner}({}) : ({types}) -> ()\n", operands.join(", ")));
    text.value(&format!("llvm.call @flashlight_pool_use({before}) : (!llvm.ptr) -> !llvm.ptr"));
    let mut offset = 0;
    let frees = returned.iter().any(|(_, given)| *given);
    for (spec, given) in returned {
        // The allocated pointer is the one to free; a returned buffer starts there.
        let buffer = text.load("!llvm.ptr", &frame, offset);
        let rank = spec.shape.len();
        if given {
            let mut bytes = text.constant(spec.dtype.size());
            for dim in 0..rank {
                let size = text.load("i64", &frame, offset + 3 + dim);
                bytes = text.value(&format!("llvm.mul {bytes}, {size} : i64"));
            }
            text.lines.push_str(&format!(
                "\"llvm.intr.memcpy\"(%{}, {buffer}, {bytes}) <{{isVolatile = false}}> : (!llvm.ptr, !llvm.ptr, i64) -> ()\n\
                 llvm.call @free({buffer}) : (!llvm.ptr) -> ()\n",
                spec.name
            ));
        } else {
            text.store(&buffer, "!llvm.ptr", &format!("%{}", spec.name), 0);
            for dim in dynamic_dims(spec) {
                let size = text.load("i64", &frame, offset + 3 + dim);
                text.store(&size, "i64", &format!("%{}_d{dim}", spec.name), 0);
            }
        }
        offset += 3 + 2 * rank;
    }
    let free = if frees { "llvm.func @free(!llvm.ptr)\n" } else { "" };
    let success = text.value("llvm.mlir.constant(0 : i32) : i32");
    let messages = explained(symbol, &text.messages, plain);
    Ok(format!(
        "{free}{messages}llvm.func {inner}({types})\nllvm.func @{symbol}({}) -> i32{plain} {{\n{}llvm.return {success} : i32\n}}\n",
        parameters.join(", "),
        text.lines
    ))
}

/// The function that gives the messages of errors, and these.
fn explained(symbol: &str, messages: &[String], plain: &str) -> String {
    let mut text = String::new();
    let mut lines = String::new();
    let known = messages.iter().enumerate().map(|(at, message)| (-1 - at as i64, message.as_str()));
    for (number, (code, message)) in known.chain([(0, "success")]).enumerate() {
        let global = format!("@flashlight_message_{number}");
        text.push_str(&format!("llvm.mlir.global internal constant {global}(\"{message}\\00\")\n"));
        lines.push_str(&format!(
            "%code{number} = llvm.mlir.constant({code} : i32) : i32\n\
             %same{number} = llvm.icmp \"eq\" %error, %code{number} : i32\n\
             llvm.cond_br %same{number}, ^is{number}, ^not{number}\n\
             ^is{number}:\n%text{number} = llvm.mlir.addressof {global} : !llvm.ptr\nllvm.return %text{number} : !llvm.ptr\n^not{number}:\n"
        ));
    }
    text.push_str("llvm.mlir.global internal constant @flashlight_message_none(\"an error that is not known\\00\")\n");
    format!(
        "{text}llvm.func @{symbol}_message(%error: i32) -> !llvm.ptr{plain} {{\n{lines}\
         %none = llvm.mlir.addressof @flashlight_message_none : !llvm.ptr\nllvm.return %none : !llvm.ptr\n}}\n"
    )
}
