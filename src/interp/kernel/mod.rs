//! Executes GPU kernels on this processor: the module after stage `distribute`, with its launches.
//!
//! Kernels are decoded ([`decode`]) into programs of the SIMT machine (the crate `simt`), which knows blocks, warps, shared memory,
//! barriers, the copy engine and the matrix unit, and reports races, deadlocks and accesses out of bounds. What a manifest says of launches, loops
//! and buffers is done by [`Manifest::execute`], as on a GPU.

mod asm;
mod decode;
mod ops;

use crate::{
    ffi, gpu,
    ir::{self, Op},
    remark,
    runtime::{
        DType, Manifest, RuntimeError, Scope, Tensor,
        cuda::{
            POISON,
            sized::{SizedKernel, SizedMap, SizedParameter, reach},
        },
        manifest::{self, Buffer, Swizzle},
        steps::{self, Machine},
        tensor::element_count,
    },
};
use decode::Decoded;
use melior::{ir::Module, ir::operation::OperationLike};
use simt::{Fault, Global, Launch, TensorMap, global_address};
use std::collections::BTreeMap;

pub use super::Failure;
pub use simt::Order;

/// How kernels are executed.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Multiprocessors that the grid is made for.
    pub multiprocessors: i64,
    /// In which order warps take turns.
    pub order: Order,
    /// Instructions of warps in all launches together, at most.
    pub fuel: u64,
}

impl Default for Options {
    fn default() -> Self {
        // Few, so that blocks of a persistent kernel take several tiles each.
        Self { multiprocessors: 3, order: Order::Ascending, fuel: 20_000_000_000 }
    }
}

/// What a run gave.
pub struct Run {
    pub results: Vec<Tensor>,
    /// Instructions of warps.
    pub instructions: u64,
}

/// A run that goes on.
struct Running<'c, 'm> {
    manifest: &'m Manifest,
    kernels: BTreeMap<String, Decoded<'c>>,
    global: Global,
    /// The buffer and the bytes of each tensor.
    tensors: BTreeMap<String, (usize, usize)>,
    options: Options,
    left: u64,
}

/// Runs the function of a module after stage `distribute`.
///
/// # Errors
/// Arguments that do not match, an operation that is not known, and what is wrong with a kernel.
pub fn run(module: &Module<'_>, arguments: &[Tensor], options: Options) -> Result<Run, RuntimeError> {
    let manifest = gpu::read_manifest(module).map_err(|error| RuntimeError::Cuda(error.to_string()))?;
    let constants = gpu::constants(module, &manifest).map_err(|error| RuntimeError::Cuda(error.to_string()))?;
    let mut scope = manifest.scope(arguments)?;
    scope.fact("sm_count", options.multiprocessors);
    let kernels = decoded(ffi::op(&module.as_operation()), &manifest).map_err(RuntimeError::Cuda)?;
    let (global, tensors) = (Global::default(), BTreeMap::new());
    let mut running = Running { manifest: &manifest, kernels, global, tensors, options, left: options.fuel };
    for (argument, tensor) in manifest.arguments.iter().zip(arguments) {
        running.give(&argument.name, tensor.bytes().to_vec(), &scope)?;
    }
    for (name, bytes) in constants {
        let constant = manifest.constants.iter().find(|constant| constant.file == name);
        running.give(constant.map_or(&name, |constant| &constant.name), bytes, &scope)?;
    }
    for buffer in manifest.results.iter().chain(&manifest.temporaries).filter(|buffer| buffer.is_known(&scope)) {
        running.allocate(buffer, &buffer.eval_shape(&scope)?, &scope)?;
    }
    manifest.execute(&mut scope, &mut running)?;
    let mut results = vec![];
    for buffer in &manifest.results {
        let shape = buffer.eval_shape(&scope)?;
        let (number, bytes) = running.tensor(&buffer.name)?;
        results.push(Tensor::from_bytes(buffer.dtype, &shape, &running.global.bytes(number)[..bytes])?);
    }
    Ok(Run { results, instructions: options.fuel - running.left })
}

/// The kernels of a module, by symbol.
fn decoded<'c>(module: Op<'c>, manifest: &Manifest) -> Result<BTreeMap<String, Decoded<'c>>, Failure> {
    let mut kernels = BTreeMap::new();
    for function in ir::walk_named(module, &["llvm.func"]) {
        let symbol = ir::attr(function, "sym_name").and_then(ir::string_attr).unwrap_or_default();
        let Some(kernel) = manifest.kernels.iter().find(|kernel| kernel.symbol == symbol) else { continue };
        let mut decoded = decode::decode(function, kernel.dependent)?;
        let unit = function.parent_operation().map(|unit| ffi::op(&unit)).ok_or("a kernel in no module")?;
        let arrays = ir::walk_named(unit, &["llvm.mlir.global"]).into_iter();
        let bytes = arrays.filter_map(|array| ir::attr(array, "global_type").and_then(array_bytes));
        decoded.shared = bytes.sum::<usize>() + kernel.shared_memory as usize;
        kernels.insert(symbol.to_owned(), decoded);
    }
    Ok(kernels)
}

/// Bytes of an array in shared memory, by its type.
fn array_bytes(ty: ir::Attr<'_>) -> Option<usize> {
    ty.to_string().strip_prefix("!llvm.array<")?.strip_suffix(" x i8>")?.parse().ok()
}

impl Running<'_, '_> {
    fn give(&mut self, name: &str, mut bytes: Vec<u8>, scope: &Scope) -> Result<(), RuntimeError> {
        let size = bytes.len();
        // Maps whose sizes are not known yet are looked at when it is their turn; those of an empty tensor reach somewhere.
        let maps = self.manifest.kernels.iter().flat_map(crate::runtime::cuda::sized::maps_of);
        let maps: Vec<_> = maps.filter_map(|map| SizedMap::new(map, scope).ok()).collect();
        if size == 0 {
            bytes.resize(reach(maps.iter(), name, 0)?, POISON);
        }
        let buffer = self.global.add(name, bytes);
        self.tensors.insert(name.to_owned(), (buffer, size));
        Ok(())
    }

    fn tensor(&self, name: &str) -> Result<(usize, usize), RuntimeError> {
        let missing = || RuntimeError::Cuda(format!("'{name}' has no memory"));
        self.tensors.get(name).copied().ok_or_else(missing)
    }

    fn map(&self, sized: &SizedMap) -> Result<TensorMap, RuntimeError> {
        let (buffer, _) = self.tensor(&sized.map.tensor)?;
        let manifest::TensorMap { dtype, tile, element_strides, swizzle, .. } = &sized.map;
        let bytes = dtype.size() as u64;
        Ok(TensorMap {
            address: global_address(buffer) + sized.offset,
            bytes,
            dims: sized.dims.clone(),
            strides: std::iter::once(bytes).chain(sized.strides.iter().copied()).collect(),
            tile: tile.iter().copied().map(u64::from).collect(),
            steps: match &element_strides[..] {
                [] => vec![1; sized.dims.len()],
                steps => steps.iter().copied().map(u64::from).collect(),
            },
            swizzle: match swizzle {
                Swizzle::None => None,
                Swizzle::B32 => Some(32),
                Swizzle::B64 => Some(64),
                Swizzle::B128 => Some(128),
            },
        })
    }
}

impl Machine for Running<'_, '_> {
    fn launch(&mut self, number: usize, scope: &Scope) -> Result<(), RuntimeError> {
        let kernel = &self.manifest.kernels[number];
        let sized = SizedKernel::new(kernel, scope)?;
        sized.check_reach(|tensor| self.tensors.get(tensor).map(|(_, bytes)| *bytes))?;
        let Some(grid) = sized.grid() else { return Ok(()) };
        let decoded = self.kernels.get(&kernel.symbol);
        let decoded = decoded.ok_or_else(|| RuntimeError::Cuda(format!("there is no kernel '{}'", kernel.symbol)))?;
        let (mut maps, mut arguments) = (vec![], vec![]);
        for parameter in sized.parameters() {
            arguments.push(match parameter {
                SizedParameter::Number(number) => number.bits(),
                SizedParameter::Pointer(tensor) => global_address(self.tensor(tensor)?.0),
                SizedParameter::Map(map) => {
                    maps.push(self.map(map)?);
                    maps.len() as u64 - 1
                }
            });
        }
        let launch = Launch {
            program: &decoded.program,
            grid: grid.iter().product(),
            threads: kernel.block.iter().product(),
            shared: decoded.shared,
            arguments,
            maps,
            order: self.options.order,
            fuel: self.left,
        };
        match simt::launch(&launch, &mut self.global) {
            Ok(spent) => {
                self.left -= spent;
                Ok(())
            }
            Err(fault) => Err(RuntimeError::Cuda(explained(&kernel.symbol, decoded, &fault))),
        }
    }

    fn read(&mut self, tensor: &str, element: usize, dtype: DType) -> Result<i64, RuntimeError> {
        let (buffer, bytes) = self.tensor(tensor)?;
        let number = steps::integer(&self.global.bytes(buffer)[..bytes], element, dtype);
        number.ok_or_else(|| RuntimeError::Cuda(format!("'{tensor}' has no element {element}")))
    }

    fn swap(&mut self, [a, b]: &[String; 2]) -> Result<(), RuntimeError> {
        let (first, second) = (self.tensor(a)?, self.tensor(b)?);
        self.tensors.insert(a.clone(), second);
        self.tensors.insert(b.clone(), first);
        Ok(())
    }

    fn allocate(&mut self, buffer: &Buffer, shape: &[usize], scope: &Scope) -> Result<(), RuntimeError> {
        let bytes = element_count(shape).and_then(|count| count.checked_mul(buffer.dtype.size()));
        let bytes = bytes.ok_or_else(|| RuntimeError::Cuda(format!("'{}' is too large", buffer.name)))?;
        self.give(&buffer.name, vec![POISON; bytes], scope)
    }
}

/// A fault with the operations that are involved.
fn explained(symbol: &str, decoded: &Decoded<'_>, fault: &Fault) -> String {
    let place = |pc: u32| {
        decoded
            .origins
            .get(pc as usize)
            .map_or_else(String::new, |op| format!(" in '{}' ({})", op_text(*op), remark::position(op.location())))
    };
    let mut text = format!("kernel '{symbol}': {}{}", fault.what, fault.at.map(place).unwrap_or_default());
    for (what, pc) in &fault.others {
        text += &format!("\n  {what}{}", place(*pc));
    }
    text
}

/// The first line of an operation's text, if it is not long.
fn op_text(op: Op<'_>) -> String {
    let text = op.to_string();
    let line = text.lines().next().unwrap_or_default();
    line.chars().take(160).collect()
}
