//! CPU artifacts: an object file and the C header that says how to call it.

use super::front::{Facts, source_hash};
use crate::{
    cpu::{self, CpuError},
    driver::Outcome,
    runtime::{
        DType, Expr, Manifest, TensorSpec,
        manifest::{Argument, Buffer, HostCode, VERSION},
        tensor::shape_text,
    },
};
use std::fmt::Write;

/// What the entry is called in the object file: `main` alone would clash with the program's own.
pub fn symbol_of(entry: &str) -> String {
    format!("flashlight_{entry}")
}

/// The object file, its header and the manifest.
pub struct HostArtifacts {
    pub manifest: Manifest,
    pub object: Vec<u8>,
    pub header: String,
}

/// Generates code for a module at stage `llvm` whose entry is called [`symbol_of`] its name.
///
/// # Errors
/// [`CpuError::CodeGeneration`].
pub fn artifacts(outcome: &Outcome<'_>, facts: &Facts, options: &[&str]) -> Result<HostArtifacts, CpuError> {
    let target = cpu::native::Target { cpu: "native".into(), optimization: 3 };
    let object = cpu::native::object(&outcome.module, &target)?;
    let entry = &facts.signature.entry;
    let symbol = symbol_of(entry);
    let mut shaping = vec!["cpu", entry.as_str()];
    shaping.extend(options);
    let argument =
        |spec: &TensorSpec| Argument { name: spec.name.clone(), dtype: spec.dtype, shape: spec.shape.clone() };
    let manifest = Manifest {
        version: VERSION,
        target: "cpu".into(),
        source_hash: source_hash(&facts.source, &shaping),
        entry: entry.clone(),
        arguments: facts.signature.arguments.iter().map(argument).collect(),
        equal: facts.equal.clone(),
        results: facts.signature.results.iter().map(buffer).collect(),
        temporaries: vec![],
        kernels: vec![],
        host: Some(HostCode { object: format!("{entry}.o"), header: format!("{entry}.h"), symbol: interface(&symbol) }),
        unfused_ops: facts.findings.chains.len().try_into().unwrap_or(u32::MAX),
    };
    Ok(HostArtifacts { manifest, object, header: header(facts, &symbol) })
}

/// A dynamic size of a result is the callee's to say: it comes back in the descriptor.
fn buffer(spec: &TensorSpec) -> Buffer {
    let size = |size: &Option<usize>| match size {
        Some(size) => Expr::Int(i64::try_from(*size).unwrap_or(i64::MAX)),
        None => Expr::Fact("dynamic".into()),
    };
    Buffer { name: spec.name.clone(), dtype: spec.dtype, shape: spec.shape.iter().map(size).collect() }
}

/// The symbol of the C interface that upstream's lowering gives a function.
fn interface(symbol: &str) -> String {
    format!("_mlir_ciface_{symbol}")
}

const fn c_type(dtype: DType) -> &'static str {
    match dtype {
        DType::F64 => "double",
        DType::F32 => "float",
        DType::F16 | DType::BF16 => "uint16_t",
        DType::I64 => "int64_t",
        DType::I32 => "int32_t",
        DType::I16 => "int16_t",
        DType::I8 => "int8_t",
        DType::U8 | DType::Bool => "uint8_t",
    }
}

fn header(facts: &Facts, symbol: &str) -> String {
    let (arguments, results) = (&facts.signature.arguments, &facts.signature.results);
    let guard = format!("{}_H", symbol.to_uppercase());
    let mut text = String::new();
    let mut line = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    line(&format!(
        "/* '{}', compiled by flashlight {}. Link with -lm. */",
        facts.signature.entry,
        env!("CARGO_PKG_VERSION")
    ));
    line(&format!("#ifndef {guard}\n#define {guard}\n\n#include <stdint.h>\n"));
    line("#ifdef __cplusplus\nextern \"C\" {\n#endif\n");
    line("/* A tensor in memory. `data + offset` is the first element; strides count elements. */");
    let mut ranks: Vec<_> = arguments.iter().chain(results).map(|spec| spec.shape.len()).collect();
    ranks.sort_unstable();
    ranks.dedup();
    for rank in ranks {
        let sizes = if rank == 0 { String::new() } else { format!(" int64_t sizes[{rank}]; int64_t strides[{rank}];") };
        line(&format!("#ifndef FLASHLIGHT_TENSOR_{rank}\n#define FLASHLIGHT_TENSOR_{rank}"));
        line(&format!(
            "typedef struct {{ void *allocated; void *data; int64_t offset;{sizes} }} flashlight_tensor_{rank};"
        ));
        line("#endif");
    }
    line(
        "\n/* Tiles of a kernel run through this. The object file has one of weak linkage that runs them in turn; define",
    );
    line(
        "   your own to run them on threads. Every index from 0 to count - 1 once, in any order; return when all have. */",
    );
    line("void flashlight_parallel_for(int64_t count, void (*tile)(void *frame, int64_t index), void *frame);\n");
    line("/* Results come in memory from malloc: free(result.allocated) is the caller's.");
    for spec in results {
        line(&format!("   {}: {} {}", spec.name, spec.dtype, shape_text(&spec.shape)));
    }
    line("*/");
    let fields: Vec<_> =
        results.iter().map(|spec| format!("flashlight_tensor_{} {};", spec.shape.len(), spec.name)).collect();
    line(&format!("typedef struct {{ {} }} {symbol}_results;\n", fields.join(" ")));
    let mut parameters = vec![format!("{symbol}_results *results")];
    parameters.extend(arguments.iter().map(|spec| format!("flashlight_tensor_{} *{}", spec.shape.len(), spec.name)));
    line("/* Arguments are only read, and must be contiguous: see the functions below. */");
    line(&format!("void {}({});\n", interface(symbol), parameters.join(", ")));
    for spec in arguments {
        line(&describe(spec, symbol));
    }
    line(&format!("#ifdef __cplusplus\n}}\n#endif\n\n#endif /* {guard} */"));
    text
}

/// A function that describes a contiguous argument; it takes the sizes that the type does not have.
fn describe(spec: &TensorSpec, symbol: &str) -> String {
    let (rank, name) = (spec.shape.len(), &spec.name);
    let mut parameters = vec![format!("const {} *data", c_type(spec.dtype))];
    parameters.extend(dynamic(spec).map(|dim| format!("int64_t size{dim}")));
    let mut body = String::new();
    let _ = write!(body, "  flashlight_tensor_{rank} t;\n  t.allocated = t.data = (void *)data;\n  t.offset = 0;\n");
    for (dim, size) in spec.shape.iter().enumerate() {
        let size = size.map_or(format!("size{dim}"), |size| size.to_string());
        let _ = writeln!(body, "  t.sizes[{dim}] = {size};");
    }
    for dim in (0..rank).rev() {
        let stride = if dim + 1 == rank { "1".into() } else { format!("t.strides[{0}] * t.sizes[{0}]", dim + 1) };
        let _ = writeln!(body, "  t.strides[{dim}] = {stride};");
    }
    let (dtype, shape) = (spec.dtype, shape_text(&spec.shape));
    format!(
        "/* {name}: {dtype} {shape} */\nstatic inline flashlight_tensor_{rank} {symbol}_{name}({}) {{\n{body}  return t;\n}}\n",
        parameters.join(", ")
    )
}

fn dynamic(spec: &TensorSpec) -> impl Iterator<Item = usize> + '_ {
    spec.shape.iter().enumerate().filter(|(_, size)| size.is_none()).map(|(dim, _)| dim)
}
