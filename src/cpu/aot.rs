//! Object files: a compiled function that needs nothing of ours at run time, and its C header.
//!
//! A loader of ours calls `flashlight_<entry>_packed`, which takes an array of pointers to descriptors. For others
//! there is `flashlight_<entry>`. It takes every argument as a pointer to row-major elements,
//! followed by the sizes of its dynamic dims, then for every result whose sizes follow from those of the arguments a pointer to
//! the elements to fill, and for every other result a pointer that receives a buffer from `malloc` followed by pointers that
//! receive the sizes of its dynamic dims. What has a size that is not in its type is computed in a buffer of its own and
//! copied to where the caller wants it.
//!
//! The exported function takes a pool of threads first, and returns 0 or an error, which `flashlight_<entry>_message` explains.
//!
//! Tiles run through `flashlight_parallel_for`, which the object defines as a sequential loop of weak linkage, as it does
//! `flashlight_pool_use`: a program that links [`POOL`], or defines its own, runs the tiles on its threads.

use super::{CpuError, Signature, native, packed_name};
use crate::{
    bug, ffi,
    ir::{self, Builder},
    pass::results_to_arguments::shared,
    runtime::{DType, Expr, Function, TensorSpec},
};
use melior::ir::Module;

/// An object file and the header that declares what it exports.
pub struct Artifact {
    pub object: Vec<u8>,
    pub header: String,
    /// Whether tiles may run on several threads.
    pub parallel: bool,
}

/// A pool of threads in C, as files: any number of callers may share one.
pub const POOL: [(&str, &str); 2] = [
    ("flashlight_pool.c", include_str!("c/flashlight_pool.c")),
    ("flashlight_pool.h", include_str!("c/flashlight_pool.h")),
];

/// The name of the exported function.
pub fn export_name(entry: &str) -> String {
    let plain: String = entry.chars().map(|char| if char.is_ascii_alphanumeric() { char } else { '_' }).collect();
    format!("flashlight_{plain}")
}

const SEQUENTIAL: &str = "llvm.func weak @flashlight_parallel_for(%count: i64, %tile: !llvm.ptr, %frame: !llvm.ptr) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^head(%zero : i64)
^head(%index: i64):
  %more = llvm.icmp \"slt\" %index, %count : i64
  llvm.cond_br %more, ^body, ^done
^body:
  llvm.call %tile(%frame, %index) : !llvm.ptr, (!llvm.ptr, i64) -> ()
  %next = llvm.add %index, %one : i64
  llvm.br ^head(%next : i64)
^done:
  llvm.return
}
";

/// The pool of the calling thread, where the program has none.
const NO_POOL: &str = "llvm.func weak @flashlight_pool_use(%pool: !llvm.ptr) -> !llvm.ptr {
  llvm.return %pool : !llvm.ptr
}
";

/// Generates the object file and header of a module at stage `llvm` whose entry had this signature and these shapes of
/// results ([`crate::shape::Sizes`]), under a symbol such as [`export_name`]. The module is extended by the exported function.
///
/// # Errors
/// [`CpuError::CodeGeneration`] or [`CpuError::Pass`].
pub fn compile(
    module: &Module<'_>,
    signature: &Signature,
    shapes: &[Vec<Expr>],
    symbol: &str,
    target: &native::Target,
) -> Result<Artifact, CpuError> {
    let context = ffi::context_of(module.context());
    let root = ffi::op(&module.as_operation());
    let body = ir::body(root, 0).ok_or_else(|| bug!("a module without a body"))?;
    let mut parallel = None;
    for function in ir::ops(body).into_iter().filter(|op| ir::name(*op) == "llvm.func") {
        let name = ir::attr(function, "sym_name").and_then(ir::string_attr).unwrap_or_default();
        if name == packed_name(&signature.entry) {
            let export = packed_name(symbol);
            ffi::set_attribute(function, "sym_name", Builder::before(function).attr(&format!("\"{export}\"")));
        } else if ir::body(function, 0).is_some() {
            ffi::set_attribute(function, "linkage", Builder::before(function).attr("#llvm.linkage<internal>"));
        } else if name == "flashlight_parallel_for" {
            parallel = Some(function);
        }
    }
    let mut text = exported(signature, shapes, symbol)?;
    text.push_str(NO_POOL);
    if let Some(declaration) = parallel {
        ffi::erase(declaration);
        text.push_str(SEQUENTIAL);
    }
    let parsed = Module::parse(context, &text).ok_or_else(|| bug!("the exported function does not parse"))?;
    let source = ir::body(ffi::op(&parsed.as_operation()), 0).ok_or_else(|| bug!("a module without a body"))?;
    let existing: Vec<_> =
        ir::ops(body).into_iter().filter_map(|op| ir::string_attr(ir::attr(op, "sym_name")?)).collect();
    for function in ir::ops(source) {
        let name = ir::attr(function, "sym_name").and_then(ir::string_attr).unwrap_or_default();
        if !existing.contains(&name) {
            ffi::move_to_end(function, body);
        }
    }
    Ok(Artifact {
        object: native::object(module, target)?,
        header: header(signature, shapes, symbol, &shared(root)),
        parallel: parallel.is_some(),
    })
}

fn is_static(spec: &TensorSpec) -> bool {
    spec.shape.iter().all(Option::is_some)
}

/// Whether the caller can tell how large a result of this shape is.
fn is_given(shape: Option<&Vec<Expr>>) -> bool {
    shape.is_some_and(|shape| shape.iter().all(|size| !matches!(size, Expr::Fact(_))))
}

/// Emits LLVM-dialect text, one value per line.
struct Text {
    lines: String,
    next: usize,
}

impl Text {
    fn value(&mut self, line: &str) -> String {
        let name = format!("%v{}", self.next);
        self.next += 1;
        self.lines.push_str(&format!("{name} = {line}\n"));
        name
    }

    fn constant(&mut self, value: usize) -> String {
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
    fn size(&mut self, signature: &Signature, size: &Expr) -> Result<String, CpuError> {
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

    /// Returns an error where a size is negative, or the sizes of the arguments do not fit together. Gives the messages of the
    /// errors, that of -1 first.
    fn checks(&mut self, signature: &Signature) -> Result<Vec<String>, CpuError> {
        let mut messages = vec![];
        for spec in &signature.arguments {
            for dim in dynamic_dims(spec) {
                let zero = self.constant(0);
                let fits = self.value(&format!("llvm.icmp \"sge\" %{}_d{dim}, {zero} : i64", spec.name));
                self.refuse_unless(&fits, format!("{}.{dim} is negative", spec.name), &mut messages);
            }
        }
        for sizes in &signature.equal {
            let Some((first, others)) = sizes.split_first() else { continue };
            let expected = self.size(signature, first)?;
            for other in others {
                let found = self.size(signature, other)?;
                let same = self.value(&format!("llvm.icmp \"eq\" {expected}, {found} : i64"));
                let message = format!("the arguments do not fit together: {first} and {other} differ");
                self.refuse_unless(&same, message, &mut messages);
            }
        }
        Ok(messages)
    }

    fn refuse_unless(&mut self, fits: &str, message: String, messages: &mut Vec<String>) {
        let at = messages.len();
        messages.push(message);
        self.lines.push_str(&format!("llvm.cond_br {fits}, ^fit{at}, ^unfit{at}\n^unfit{at}:\n"));
        let code = self.value(&format!("llvm.mlir.constant({} : i32) : i32", -1 - at as i64));
        self.lines.push_str(&format!("llvm.return {code} : i32\n^fit{at}:\n"));
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
fn exported(signature: &Signature, shapes: &[Vec<Expr>], symbol: &str) -> Result<String, CpuError> {
    let mut text = Text { lines: String::new(), next: 0 };
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
    let messages = text.checks(signature)?;
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
    let messages = explained(symbol, &messages);
    Ok(format!(
        "{free}{messages}llvm.func {inner}({types})\nllvm.func @{symbol}({}) -> i32 {{\n{}llvm.return {success} : i32\n}}\n",
        parameters.join(", "),
        text.lines
    ))
}

/// The function that gives the messages of errors, and these.
fn explained(symbol: &str, messages: &[String]) -> String {
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
        "{text}llvm.func @{symbol}_message(%error: i32) -> !llvm.ptr {{\n{lines}\
         %none = llvm.mlir.addressof @flashlight_message_none : !llvm.ptr\nllvm.return %none : !llvm.ptr\n}}\n"
    )
}

fn dynamic_dims(spec: &TensorSpec) -> impl Iterator<Item = usize> + '_ {
    spec.shape.iter().enumerate().filter(|(_, size)| size.is_none()).map(|(dim, _)| dim)
}

/// The C type of an element; floats of 16 and 8 bits are passed as their bits.
const fn c_type(dtype: DType) -> &'static str {
    match dtype {
        DType::F64 => "double",
        DType::F32 => "float",
        DType::F16 | DType::BF16 => "uint16_t",
        DType::I64 => "int64_t",
        DType::I32 => "int32_t",
        DType::I16 => "int16_t",
        DType::I8 => "int8_t",
        DType::F8E4M3 | DType::F8E5M2 | DType::U8 | DType::Bool => "uint8_t",
    }
}

/// The header that declares the exported function.
fn header(signature: &Signature, shapes: &[Vec<Expr>], name: &str, shared: &[(usize, usize)]) -> String {
    let (mut parameters, mut notes) = (vec!["struct flashlight_pool *pool".to_owned()], vec![]);
    let shape = |spec: &TensorSpec| {
        let dims: Vec<_> = spec.shape.iter().map(|size| size.map_or("?".into(), |size| size.to_string())).collect();
        format!("   {}: {} [{}]", spec.name, spec.dtype, dims.join(", "))
    };
    for spec in &signature.arguments {
        parameters.push(format!("const {} *{}", c_type(spec.dtype), spec.name));
        parameters.extend(dynamic_dims(spec).map(|dim| format!("int64_t {}_d{dim}", spec.name)));
        notes.push(shape(spec));
    }
    for (at, spec) in signature.results.iter().enumerate() {
        let given = shapes.get(at).filter(|sizes| is_given(Some(*sizes)));
        let stars = if given.is_some() { "*" } else { "**" };
        parameters.push(format!("{} {stars}{}", c_type(spec.dtype), spec.name));
        let open = dynamic_dims(spec).filter(|_| given.is_none());
        parameters.extend(open.map(|dim| format!("int64_t *{}_d{dim}", spec.name)));
        notes.push(match given {
            Some(sizes) => {
                let sizes: Vec<_> = sizes.iter().map(ToString::to_string).collect();
                format!("   {}: {} [{}]", spec.name, spec.dtype, sizes.join(", "))
            }
            None => shape(spec),
        });
    }
    for list in &signature.equal {
        let sizes: Vec<_> = list.iter().map(ToString::to_string).collect();
        notes.push(format!("   The same: {}", sizes.join(", ")));
    }
    let apart = match shared {
        [] => String::from("Buffers must not overlap."),
        _ => {
            let pair = |(result, argument): &(usize, usize)| {
                format!("{} may be {}", signature.results[*result].name, signature.arguments[*argument].name)
            };
            let pairs: Vec<_> = shared.iter().map(pair).collect();
            format!(
                "Buffers must not overlap, but {} (which is then\n   overwritten, and not copied first).",
                pairs.join(", ")
            )
        }
    };
    let guard = format!("{}_H", name.to_ascii_uppercase());
    let parameters = parameters.join(",\n    ");
    format!(
        "/* Written by flashlight compile --target cpu. Link with -lm.

   Tensors are row-major and contiguous; f16 and bf16 elements are passed as their bits, bool as 0 or 1.
{notes}
   A `?` is passed as an int64_t after its tensor. Sizes of results such as `arg0.1` (dim 1 of arg0) follow from those of
   the arguments: the caller allocates. A result with a `?` comes back in a buffer to free(). The function returns 0, or an error
   where a size is negative or sizes that must be the same are not; nothing is computed then.

   `pool` is NULL, or threads from flashlight_pool.h that any number of callers may share. Without flashlight_pool.c a program may
   define flashlight_parallel_for as that header declares it, to run tiles on threads of its own; else the calling thread runs them all.
   A thread needs up to 2 MiB of stack.
   Arguments are not written. {apart} */
#ifndef {guard}
#define {guard}
#include <stdint.h>
#ifdef __cplusplus
extern \"C\" {{
#endif

struct flashlight_pool;

int {name}(
    {parameters});

/* What an error means. */
const char *{name}_message(int error);

#ifdef __cplusplus
}}
#endif
#endif
",
        notes = notes.join("\n")
    )
}
