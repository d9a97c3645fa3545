//! `manifest.json`: all that a loader needs to run a compiled function, beside the binaries themselves.
//!
//! All tensors are contiguous and row-major. Arguments are `arg0…`, results `result0…`, scratch memory
//! `tmp0…`. Kernels run in the order listed. Sizes that depend on run-time shapes are [`Expr`]essions.

mod check;

use super::{DType, Expr, RuntimeError, Scope, TensorSpec, steps::Step, tensor::Tensor};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// The version this build writes. It still reads version 4, which has no `files`, version 3, which has no `steps`, version 2, which does not say what kernels run on and has no `offset` of
/// tensor maps, and version 1, which has no `constants`.
pub const VERSION: u32 = 5;

/// The version of a manifest before [`Manifest::seal`], while its files are made.
pub const UNSEALED: u32 = 4;

/// The file name inside an artifact folder.
pub const FILE_NAME: &str = "manifest.json";

/// A compiled function.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`VERSION`], or one that this build still reads.
    pub version: u32,
    /// `sm_90a`, `cpu`, …
    pub target: String,
    /// Content hash of the source and everything that shaped the output.
    pub source_hash: String,
    /// The function's name in the source.
    pub entry: String,
    pub arguments: Vec<Argument>,
    /// Lists of sizes that must be the same, such as `["arg1.0", "arg2.0"]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equal: Vec<Vec<Expr>>,
    pub results: Vec<Buffer>,
    /// Scratch memory, uninitialized, alive from the first kernel to the last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub temporaries: Vec<Buffer>,
    /// Tensors whose elements lie beside the manifest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constants: Vec<Constant>,
    /// GPU kernels, in launch order where there are no `steps`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kernels: Vec<Kernel>,
    /// What is done besides launching every kernel once, and when; left out where that is all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// CPU code, for target `cpu`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<HostCode>,
    /// Softmax–matmul chains that were not fused, and fused ops that were left as separate kernels.
    pub unfused_ops: u32,
    /// The SHA-256 of every file that is named above, in hex, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
}

/// An argument; `null` in the shape is a size known only at run time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Argument {
    pub name: String,
    pub dtype: DType,
    pub shape: Vec<Option<usize>>,
}

/// A result or a temporary; its shape follows from the arguments' shapes, and from numbers that steps read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Buffer {
    pub name: String,
    pub dtype: DType,
    pub shape: Vec<Expr>,
    /// An argument whose memory a result may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shares: Option<Shares>,
}

/// A result that is an argument with a part overwritten: where both have the same memory, nothing is copied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shares {
    pub argument: String,
    /// The kernel that copies the argument, which is not launched then; code for the CPU looks by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kernel: Option<usize>,
}

/// A tensor of the program itself: its bytes are a file, row-major and little-endian.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    pub name: String,
    pub dtype: DType,
    pub shape: Vec<usize>,
    /// File name beside the manifest.
    pub file: String,
}

/// An object file and the C header that declares its entry point.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostCode {
    /// File names beside the manifest.
    pub object: String,
    pub header: String,
    /// The C symbol.
    pub symbol: String,
    /// The processor that the code is for, as LLVM names it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cpu: String,
    /// The features that a processor must have to run it, as LLVM names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<String>,
}

/// One GPU kernel and how to launch it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kernel {
    /// The entry's name in the cubin.
    pub symbol: String,
    /// File name beside the manifest.
    pub cubin: String,
    /// The architecture the cubin is for.
    pub target: String,
    /// Blocks in x, y, z. A launch with an empty dim is skipped.
    pub grid: [Expr; 3],
    /// Threads per block in x, y, z.
    pub block: [u32; 3],
    /// Dynamic shared memory per block, bytes.
    pub shared_memory: u32,
    /// Registers per thread, as `ptxas -v` reports them.
    pub registers: u32,
    /// Spilled bytes (stores plus loads), as `ptxas -v` reports them.
    pub spills: u32,
    /// Blocks per cluster in x, y, z.
    #[serde(default = "one_block")]
    pub cluster: [u32; 3],
    /// Whether the kernel itself waits for what was launched before it, so that it may be launched while that still runs
    /// (CUDA's programmatic dependent launch).
    #[serde(default)]
    pub dependent: bool,
    /// What the kernel runs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// Why it is not the matrix unit, where that was looked at.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// In the order of the kernel's signature.
    pub parameters: Vec<Parameter>,
    /// The schedule that shaped the kernel, for people and for caches.
    #[serde(default)]
    pub schedule: serde_json::Map<String, serde_json::Value>,
}

const fn nothing() -> Expr {
    Expr::Int(0)
}

fn is_nothing(expr: &Expr) -> bool {
    *expr == Expr::Int(0)
}

const fn one_block() -> [u32; 3] {
    [1, 1, 1]
}

/// What of a GPU a kernel runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Tiles through the matrix unit.
    Matrix,
    /// A warp or a block per row.
    Rows,
    /// A thread per point.
    Points,
}

impl Unit {
    /// How people say it.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Matrix => "on the matrix unit",
            Self::Rows => "over rows",
            Self::Points => "over points",
        }
    }
}

/// One kernel parameter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Parameter {
    /// A `CUtensorMap`, 128 bytes, by value.
    TensorMap(TensorMap),
    /// The 64-bit device address of a tensor.
    Pointer { tensor: String },
    /// A number.
    Scalar { dtype: DType, value: Expr },
}

/// The arguments of `cuTensorMapEncodeTiled`. Dims are listed innermost first, as there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TensorMap {
    pub tensor: String,
    /// Bytes from the tensor's first element to the map's, a multiple of 16.
    #[serde(default = "nothing", skip_serializing_if = "is_nothing")]
    pub offset: Expr,
    /// 1 to 5; the length of `dims` and `box`.
    pub rank: u32,
    /// Elements per dim.
    pub dims: Vec<Expr>,
    /// Bytes between neighbours in dim 1, 2, …: `rank - 1` of them, multiples of 16.
    pub strides: Vec<Expr>,
    /// Elements of one tile per dim, each 1 to 256.
    #[serde(rename = "box")]
    pub tile: Vec<u32>,
    /// Step per dim inside a tile; all 1 when absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub element_strides: Vec<u32>,
    #[serde(default)]
    pub swizzle: Swizzle,
    #[serde(default)]
    pub l2_promotion: L2Promotion,
    pub dtype: DType,
}

/// How rows of a tile are permuted in shared memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Swizzle {
    #[default]
    #[serde(rename = "none")]
    None,
    #[serde(rename = "32B")]
    B32,
    #[serde(rename = "64B")]
    B64,
    #[serde(rename = "128B")]
    B128,
}

/// The width of a fetch into L2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum L2Promotion {
    #[default]
    #[serde(rename = "none")]
    None,
    #[serde(rename = "64B")]
    B64,
    #[serde(rename = "128B")]
    B128,
    #[serde(rename = "256B")]
    B256,
}

impl Buffer {
    /// The shape in a scope.
    ///
    /// # Errors
    /// [`RuntimeError::Expr`].
    pub fn eval_shape(&self, scope: &Scope) -> Result<Vec<usize>, RuntimeError> {
        self.shape.iter().map(|dim| dim.eval_size(scope)).collect()
    }
}

impl Manifest {
    /// Reads a manifest from a file, or from the artifact folder that holds one.
    ///
    /// # Errors
    /// [`RuntimeError::Io`] or [`RuntimeError::Manifest`].
    pub fn load(path: &Path) -> Result<Self, RuntimeError> {
        let path = if path.is_dir() { path.join(FILE_NAME) } else { path.to_path_buf() };
        let text = std::fs::read_to_string(&path).map_err(RuntimeError::io("read", &path))?;
        Self::parse(&text).map_err(|reason| RuntimeError::Manifest { path, reason })
    }

    /// Parses and checks a manifest.
    ///
    /// # Errors
    /// What is wrong, as text.
    pub fn parse(text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let versioned: Versioned = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if !(1..=VERSION).contains(&versioned.version) {
            return Err(format!("version {} is not one of those this build reads (1 to {VERSION})", versioned.version));
        }
        let manifest: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        manifest.check()?;
        Ok(manifest)
    }

    /// The manifest as a file.
    ///
    /// # Errors
    /// [`RuntimeError::Manifest`] when it does not pass its own check.
    pub fn to_text(&self) -> Result<String, RuntimeError> {
        let failed = |reason| RuntimeError::Manifest { path: FILE_NAME.into(), reason };
        self.check().map_err(failed)?;
        let text = serde_json::to_string_pretty(self).map_err(|error| failed(error.to_string()))?;
        Ok(text + "\n")
    }

    /// The files that the manifest names.
    pub fn file_names(&self) -> BTreeSet<&str> {
        let host = self.host.iter().flat_map(|host| [host.object.as_str(), host.header.as_str()]);
        let kernels = self.kernels.iter().map(|kernel| kernel.cubin.as_str());
        host.chain(kernels).chain(self.constants.iter().map(|constant| constant.file.as_str())).collect()
    }

    /// Notes what is in each file; nothing of the manifest that names them changes after it.
    pub fn seal<'f>(&mut self, files: impl IntoIterator<Item = (&'f str, &'f [u8])>) {
        self.version = VERSION;
        self.files = files.into_iter().map(|(name, bytes)| (name.to_owned(), digest(bytes))).collect();
    }

    /// Checks that a file is the one that was compiled. Manifests before version 5 do not know.
    ///
    /// # Errors
    /// [`RuntimeError::Changed`].
    pub fn verify(&self, name: &str, bytes: &[u8]) -> Result<(), RuntimeError> {
        let expected = self.files.get(name);
        let right = expected.map_or(self.version < VERSION, |expected| *expected == digest(bytes));
        if right { Ok(()) } else { Err(RuntimeError::Changed { name: name.to_owned() }) }
    }

    /// What the function expects of its arguments.
    pub fn argument_specs(&self) -> Vec<TensorSpec> {
        let spec = |argument: &Argument| TensorSpec {
            name: argument.name.clone(),
            dtype: argument.dtype,
            shape: argument.shape.clone(),
        };
        self.arguments.iter().map(spec).collect()
    }

    /// Checks arguments and gives the scope in which the manifest's expressions are evaluated; sizes that are only known during a
    /// run are not in it.
    ///
    /// # Errors
    /// A wrong number of arguments, or one of the wrong type or shape.
    pub fn scope(&self, arguments: &[Tensor]) -> Result<Scope, RuntimeError> {
        if arguments.len() != self.arguments.len() {
            return Err(RuntimeError::ArgumentCount { expected: self.arguments.len(), found: arguments.len() });
        }
        for (spec, tensor) in self.argument_specs().iter().zip(arguments) {
            spec.check(tensor)?;
        }
        let mut scope = self.fitting(arguments.iter().map(Tensor::shape))?;
        self.facts_of(arguments, &mut scope);
        self.size_buffers(&mut scope)?;
        Ok(scope)
    }

    /// A scope with the shapes of arguments, whose sizes fit together.
    ///
    /// # Errors
    /// [`RuntimeError::Unequal`] naming the first two that differ.
    pub fn fitting<'s>(&self, shapes: impl Iterator<Item = &'s [usize]>) -> Result<Scope, RuntimeError> {
        let mut scope = Scope::default();
        for (argument, shape) in self.arguments.iter().zip(shapes) {
            scope.shape(&argument.name, shape);
        }
        check_equal(&self.equal, &scope)?;
        Ok(scope)
    }

    /// Adds the shapes of results and temporaries to a scope, as far as they are known.
    ///
    /// # Errors
    /// [`RuntimeError::Expr`].
    pub fn size_buffers(&self, scope: &mut Scope) -> Result<(), RuntimeError> {
        for buffer in self.results.iter().chain(&self.temporaries) {
            if buffer.is_known(scope) {
                let shape = buffer.eval_shape(scope)?;
                scope.shape(&buffer.name, &shape);
            }
        }
        Ok(())
    }
}

/// The SHA-256 of some bytes, in hex.
fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Checks that the sizes of each list are the same.
///
/// # Errors
/// [`RuntimeError::Unequal`] naming the first two that differ.
pub(crate) fn check_equal(lists: &[Vec<Expr>], scope: &Scope) -> Result<(), RuntimeError> {
    for list in lists {
        let Some((first, others)) = list.split_first() else { continue };
        let expected = first.eval(scope)?;
        for other in others {
            let found = other.eval(scope)?;
            if found != expected {
                let (first, other) = (first.to_string(), other.to_string());
                return Err(RuntimeError::Unequal { first, expected, other, found });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = r#"{
      "version": 1, "target": "sm_90a", "source_hash": "00", "entry": "main",
      "arguments": [{"name": "arg0", "dtype": "bf16", "shape": [2, null, 64]}],
      "results": [{"name": "result0", "dtype": "bf16", "shape": [2, "arg0.1", 64]}],
      "kernels": [{
        "symbol": "main_0", "cubin": "main_0.cubin", "target": "sm_90a",
        "grid": ["ceildiv(arg0.1,128)", 2, 1], "block": [256, 1, 1],
        "shared_memory": 65536, "registers": 168, "spills": 0,
        "parameters": [
          {"kind": "tensor_map", "tensor": "arg0", "rank": 3, "dims": [64, "arg0.1", 2],
           "strides": [128, "mul(128,arg0.1)"], "box": [64, 128, 1], "swizzle": "128B", "dtype": "bf16"},
          {"kind": "pointer", "tensor": "result0"},
          {"kind": "scalar", "dtype": "i64", "value": "arg0.1"}],
        "schedule": {"tile": [128, 64]}}],
      "unfused_ops": 0}"#;

    #[test]
    fn reads_evaluates_and_writes_back() {
        let manifest = Manifest::parse(EXAMPLE).expect("valid");
        let argument = Tensor::zeros(DType::BF16, &[2, 300, 64]).expect("fits");
        let scope = manifest.scope(std::slice::from_ref(&argument)).expect("accepted");
        assert_eq!(manifest.results[0].eval_shape(&scope).expect("known"), [2, 300, 64]);
        assert_eq!(manifest.kernels[0].grid[0].eval(&scope).expect("known"), 3);
        let text = serde_json::to_string(&manifest).expect("serializes");
        assert_eq!(Manifest::parse(&text).expect("valid"), manifest);
        let strict = EXAMPLE.replace("\"results\"", "\"equal\": [[\"arg0.1\", 301]], \"results\"");
        let error = Manifest::parse(&strict).expect("valid").scope(&[argument]).expect_err("300 is not 301");
        assert_eq!(error.to_string(), "the arguments do not fit together: arg0.1 is 300, but 301 is 301");
    }

    #[test]
    fn a_sealed_manifest_knows_its_files() {
        let mut manifest = Manifest::parse(EXAMPLE).expect("valid");
        manifest.verify("main_0.cubin", b"anything").expect("version 1 does not know");
        manifest.seal([("main_0.cubin", b"code".as_slice())]);
        let manifest = Manifest::parse(&manifest.to_text().expect("valid")).expect("valid");
        manifest.verify("main_0.cubin", b"code").expect("the same");
        for (name, bytes) in [("main_0.cubin", b"c0de".as_slice()), ("main_0.cubin", b""), ("main_1.cubin", b"code")] {
            let refusal = manifest.verify(name, bytes).expect_err("another");
            assert_eq!(
                refusal.to_string(),
                format!("'{name}' is not the file that was compiled: its SHA-256 is another")
            );
        }
        let text = manifest.to_text().expect("valid");
        for (old, new) in
            [("\"main_0.cubin\": \"", "\"main_1.cubin\": \""), ("\"main_0.cubin\": \"", "\"main_0.cubin\": \"0")]
        {
            assert!(text.contains(old));
            Manifest::parse(&text.replacen(old, new, 1)).expect_err("files that fit the manifest");
        }
    }

    #[test]
    fn refusals() {
        let edits = [
            ("\"version\": 1", "\"version\": 6"),
            ("\"version\": 1", "\"version\": 5"),
            ("\"entry\": \"main\"", "\"entry\": \"main\", \"flavour\": 3"),
            ("\"dtype\": \"bf16\", \"shape\": [2, null", "\"dtype\": \"f8\", \"shape\": [2, null"),
            ("main_0.cubin", "../main_0.cubin"),
            ("\"tensor\": \"result0\"", "\"tensor\": \"result1\""),
            ("\"rank\": 3", "\"rank\": 2"),
            ("[64, 128, 1]", "[128, 128, 1]"),
            ("[64, 128, 1]", "[64, 512, 1]"),
            ("[256, 1, 1]", "[256, 8, 1]"),
            ("ceildiv(arg0.1,128)", "ceildiv(arg0.1)"),
            ("\"kind\": \"pointer\"", "\"kind\": \"handle\""),
            ("\"dtype\": \"i64\"", "\"dtype\": \"f32\""),
            ("\"name\": \"result0\"", "\"name\": \"arg0\""),
        ];
        let lines: Vec<_> = edits
            .map(|(old, new)| {
                assert!(EXAMPLE.contains(old), "{old}");
                Manifest::parse(&EXAMPLE.replacen(old, new, 1)).expect_err(new)
            })
            .into();
        insta::assert_snapshot!(lines.join("\n"));
    }
}
