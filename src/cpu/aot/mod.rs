//! Object files: a compiled function that needs nothing of ours at run time, and its C header.
//!
//! A loader of ours calls `flashlight_<entry>_packed`, which takes an array of pointers to descriptors. For others
//! there is `flashlight_<entry>`. It takes every argument as a pointer to row-major elements,
//! followed by the sizes of its dynamic dims, then for every result whose sizes follow from those of the arguments a pointer to
//! the elements to fill, and for every other result a pointer that receives a buffer from `malloc` followed by pointers that
//! receive the sizes of its dynamic dims. What has a size that is not in its type is computed in a buffer of its own and
//! copied to where the caller wants it.
//!
//! The exported function takes a pool of threads first, and returns 0 or an error, which `flashlight_<entry>_message` explains: it
//! checks all that it is given, and the processor that it runs on, before it computes anything.
//!
//! Tiles run through `flashlight_parallel_for`, which the object defines as a sequential loop of weak linkage, as it does
//! `flashlight_pool_use`: a program that links [`POOL`], or defines its own, runs the tiles on its threads.

mod checks;
mod function;
mod header;

use super::{CpuError, Signature, native, packed_name, processor};
use crate::{
    bug, ffi,
    ir::{self, Builder},
    pass::results_to_arguments::shared,
    runtime::{Expr, TensorSpec},
};
use checks::Limits;
use melior::ir::Module;

/// An object file and the header that declares what it exports.
pub struct Artifact {
    pub object: Vec<u8>,
    pub header: String,
    /// Whether tiles may run on several threads.
    pub parallel: bool,
    /// The features that a processor must have.
    pub features: Vec<String>,
}

/// A pool of threads in C, as files: any number of callers may share one.
pub const POOL: [(&str, &str); 2] = [
    ("flashlight_pool.c", include_str!("../c/flashlight_pool.c")),
    ("flashlight_pool.h", include_str!("../c/flashlight_pool.h")),
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
    let (features, name, shared) = (processor::features(target)?, target.processor(), shared(root));
    let test = processor::test(&features);
    let limits = Limits { shared: &shared, processor: &name, tested: test.is_some() };
    let mut text = function::exported(signature, shapes, symbol, &limits)?;
    text.push_str(&test.unwrap_or_default());
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
        header: header::header(signature, shapes, symbol, &shared),
        parallel: parallel.is_some(),
        features,
    })
}

fn is_static(spec: &TensorSpec) -> bool {
    spec.shape.iter().all(Option::is_some)
}

/// Whether the caller can tell how large a result of this shape is.
fn is_given(shape: Option<&Vec<Expr>>) -> bool {
    shape.is_some_and(|shape| shape.iter().all(|size| !matches!(size, Expr::Fact(_))))
}

fn dynamic_dims(spec: &TensorSpec) -> impl Iterator<Item = usize> + '_ {
    spec.shape.iter().enumerate().filter(|(_, size)| size.is_none()).map(|(dim, _)| dim)
}
