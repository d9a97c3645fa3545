//! The CPU back end: any linalg/tensor function, fused or not, to machine code in this process.
//!
//! `vectorize` and `llvm` are pipelines under `pipelines/`; this module runs what they leave.
//! Tiles of a kernel (an outlined `scf.forall`) run on the thread pool of [`pool`]; everything else
//! runs on the calling thread.

pub mod aot;
mod jit;
pub mod lower;
pub mod native;
pub mod pool;
pub mod processor;
mod signature;

pub use jit::{Place, Returned};
pub use signature::Signature;

use crate::{
    error::PassError,
    runtime::{RuntimeError, Tensor, manifest::HostCode},
};
use melior::ir::Module;
use thiserror::Error;

/// Why a function could not be compiled for the CPU or run.
#[derive(Debug, Error)]
pub enum CpuError {
    /// There is no function of the name that was asked for.
    #[error("no function '{entry}' in the module (it has: {present})")]
    Entry { entry: String, present: String },
    /// The function's type is not one that can be called with tensors.
    #[error("function '{entry}': {what}")]
    Signature { entry: String, what: String },
    /// A pass failed; its diagnostics went to the context's handler.
    #[error(transparent)]
    Pass(#[from] PassError),
    /// LLVM refused the module.
    #[error("code generation failed: {0}")]
    CodeGeneration(String),
    /// Code is for another processor.
    #[error("the code is for processor '{processor}'; this one lacks {missing}")]
    Processor { processor: String, missing: String },
    /// An argument does not fit the signature.
    #[error(transparent)]
    Runtime(#[from] RuntimeError),
}

/// How to compile.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// LLVM's optimization level, 0 to 3.
    pub optimization: u8,
}

impl Default for Options {
    fn default() -> Self {
        Self { optimization: 3 }
    }
}

/// A compiled function.
pub struct CpuKernel {
    signature: Signature,
    engine: jit::Engine,
}

/// The symbol of a function that takes its descriptors as an array of pointers.
fn packed_name(function: &str) -> String {
    format!("{function}_packed")
}

/// Compiles `entry` of a module at stage `tile` (or of plain linalg, which then runs unfused).
/// The module is lowered in place.
///
/// # Errors
/// See [`CpuError`].
pub fn compile(module: &mut Module<'_>, entry: &str, options: &Options) -> Result<CpuKernel, CpuError> {
    let signature = Signature::of(module, entry)?;
    lower::vectorize(module)?;
    lower::llvm(module)?;
    load(module, signature, options)
}

/// Generates machine code for a module at stage `llvm` whose entry had this signature.
///
/// # Errors
/// [`CpuError::CodeGeneration`].
pub fn load(module: &Module<'_>, signature: Signature, options: &Options) -> Result<CpuKernel, CpuError> {
    let target = native::Target { cpu: "native".into(), optimization: options.optimization };
    let engine = jit::Engine::new(&native::object(module, &target)?, &packed_name(&signature.entry))?;
    Ok(CpuKernel { signature, engine })
}

impl CpuKernel {
    /// Links the object file of an artifact whose C function has this signature.
    ///
    /// # Errors
    /// [`CpuError::CodeGeneration`], or [`CpuError::Processor`] where this processor cannot run it.
    pub fn from_object(object: &[u8], code: &HostCode, signature: Signature) -> Result<Self, CpuError> {
        processor::check(&code.cpu, &code.features)?;
        let engine = jit::Engine::new(object, &packed_name(&code.symbol))?;
        Ok(Self { signature, engine })
    }

    /// What the function takes and returns.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }

    /// Runs the function. Arguments are not modified.
    ///
    /// # Errors
    /// [`CpuError::Runtime`] when an argument's count, element type or shape does not fit, or sizes do not fit together.
    pub fn run(&self, arguments: &[&Tensor]) -> Result<Vec<Tensor>, CpuError> {
        if arguments.len() != self.signature.arguments.len() {
            let (expected, found) = (self.signature.arguments.len(), arguments.len());
            return Err(RuntimeError::ArgumentCount { expected, found }.into());
        }
        for (spec, tensor) in self.signature.arguments.iter().zip(arguments) {
            spec.check(tensor)?;
        }
        self.signature.check_sizes(arguments.iter().map(|tensor| tensor.shape()))?;
        self.engine.call(&self.signature, arguments)
    }
}
