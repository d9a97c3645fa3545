//! Machine code in this process: the execution engine, its symbols, and calls through memref
//! descriptors.
#![allow(unsafe_code, reason = "calls into machine code generated at run time")]

use super::{
    CpuError, CpuKernel, Signature,
    native::{initialize, take_error},
    pool,
};
use crate::{
    bug,
    runtime::{DType, Tensor, TensorSpec},
};
use std::{
    cell::Cell,
    ffi::{CStr, CString, c_char, c_void},
    io::Write as _,
    ptr::null_mut,
};

type Handle = *mut c_void;

#[repr(C)]
struct SymbolPair {
    name: Handle,
    address: u64,
    generic_flags: u8,
    target_flags: u8,
}

/// `LLVMJITSymbolGenericFlagsExported | LLVMJITSymbolGenericFlagsCallable`.
const EXPORTED_FUNCTION: u8 = 1 | 4;

unsafe extern "C" {
    fn LLVMOrcCreateLLJIT(result: *mut Handle, builder: Handle) -> Handle;
    fn LLVMOrcDisposeLLJIT(jit: Handle) -> Handle;
    fn LLVMOrcLLJITGetMainJITDylib(jit: Handle) -> Handle;
    fn LLVMOrcLLJITGetGlobalPrefix(jit: Handle) -> c_char;
    fn LLVMOrcLLJITMangleAndIntern(jit: Handle, name: *const c_char) -> Handle;
    fn LLVMOrcLLJITAddObjectFile(jit: Handle, library: Handle, buffer: Handle) -> Handle;
    fn LLVMOrcLLJITLookup(jit: Handle, address: *mut u64, name: *const c_char) -> Handle;
    fn LLVMOrcAbsoluteSymbols(pairs: *mut SymbolPair, count: usize) -> Handle;
    fn LLVMOrcJITDylibDefine(library: Handle, unit: Handle) -> Handle;
    fn LLVMOrcJITDylibAddGenerator(library: Handle, generator: Handle);
    fn LLVMOrcCreateDynamicLibrarySearchGeneratorForProcess(
        result: *mut Handle,
        prefix: c_char,
        filter: Handle,
        filter_context: Handle,
    ) -> Handle;
    fn LLVMCreateMemoryBufferWithMemoryRangeCopy(data: *const c_char, length: usize, name: *const c_char) -> Handle;
    fn LLVMConsumeError(error: Handle);
}

/// Compiled code of one module.
pub(super) struct Engine {
    _jit: Jit,
    entry: extern "C" fn(*mut *mut c_void),
}

struct Jit(Handle);

// SAFETY: the code is immutable once loaded, the JIT is only touched again when dropped, and compiled
// functions keep no state of their own.
unsafe impl Send for Jit {}
// SAFETY: see above.
unsafe impl Sync for Jit {}

impl Drop for Jit {
    fn drop(&mut self) {
        // SAFETY: the JIT is alive and owned; no call into its code can be running.
        unsafe {
            let error = LLVMOrcDisposeLLJIT(self.0);
            if !error.is_null() {
                LLVMConsumeError(error);
            }
        }
    }
}

/// Gives `use_it` shared access to what a pointer that went through compiled code points to.
#[cfg(test)]
pub(super) fn with_shared<T>(pointer: *const T, use_it: impl FnOnce(&T)) {
    // SAFETY: tests pass the address of a live local.
    use_it(unsafe { &*pointer });
}

/// The byte that a function of an object writes where the first pointer that it is given points.
#[cfg(test)]
pub(super) fn byte_of(object: &[u8], function: &str) -> u8 {
    let engine = Engine::new(object, function).expect("an object");
    let mut byte = 0u8;
    let mut packed = [(&raw mut byte).cast::<c_void>()];
    (engine.entry)(packed.as_mut_ptr());
    byte
}

/// Turns an LLVM error into ours.
///
/// # Safety
/// `error` must be null or a live error that is not used again.
unsafe fn check(error: Handle) -> Result<(), CpuError> {
    if error.is_null() {
        return Ok(());
    }
    // SAFETY: by the contract.
    Err(CpuError::CodeGeneration(unsafe { take_error(error) }))
}

impl Engine {
    /// Loads an object file and looks up the packed wrapper of its entry, by its symbol.
    pub(super) fn new(object: &[u8], symbol: &str) -> Result<Self, CpuError> {
        initialize();
        // SAFETY: errors are checked before results are used; buffers, units and generators are handed over.
        unsafe {
            let mut raw = null_mut();
            check(LLVMOrcCreateLLJIT(&raw mut raw, null_mut()))?;
            let jit = Jit(raw);
            let library = LLVMOrcLLJITGetMainJITDylib(raw);
            let mut pairs = vec![];
            for (name, address) in symbols() {
                let name = CString::new(name).unwrap_or_default();
                pairs.push(SymbolPair {
                    name: LLVMOrcLLJITMangleAndIntern(raw, name.as_ptr()),
                    address: address as u64,
                    generic_flags: EXPORTED_FUNCTION,
                    target_flags: 0,
                });
            }
            check(LLVMOrcJITDylibDefine(library, LLVMOrcAbsoluteSymbols(pairs.as_mut_ptr(), pairs.len())))?;
            let mut generator = null_mut();
            check(LLVMOrcCreateDynamicLibrarySearchGeneratorForProcess(
                &raw mut generator,
                LLVMOrcLLJITGetGlobalPrefix(raw),
                null_mut(),
                null_mut(),
            ))?;
            LLVMOrcJITDylibAddGenerator(library, generator);
            let buffer =
                LLVMCreateMemoryBufferWithMemoryRangeCopy(object.as_ptr().cast(), object.len(), c"kernel".as_ptr());
            check(LLVMOrcLLJITAddObjectFile(raw, library, buffer))?;
            let name = CString::new(symbol).unwrap_or_default();
            let mut address = 0;
            check(LLVMOrcLLJITLookup(raw, &raw mut address, name.as_ptr()))?;
            // A packed wrapper has this type.
            let entry = std::mem::transmute::<usize, extern "C" fn(*mut *mut c_void)>(address as usize);
            Ok(Self { _jit: jit, entry })
        }
    }

    /// Calls the entry. The tensors must already agree with the signature.
    pub(super) fn call(&self, signature: &Signature, arguments: &[&Tensor]) -> Result<Vec<Tensor>, CpuError> {
        let places: Vec<_> = arguments.iter().map(|tensor| Place::of(tensor.bytes(), tensor.shape())).collect();
        let mut results = vec![];
        for spec in &signature.results {
            let shape = static_shape(spec);
            results.push(shape.map(|shape| Tensor::zeros(spec.dtype, &shape)).transpose()?);
        }
        let addresses: Vec<_> =
            results.iter_mut().flatten().map(|tensor| tensor.bytes_mut().as_mut_ptr().expose_provenance()).collect();
        let mut returned = self.call_at(signature, &places, &addresses).into_iter();
        let tensors = signature.results.iter().zip(results).map(|(spec, result)| match result {
            Some(tensor) => Ok(tensor),
            None => match returned.next() {
                Some(buffer) => buffer.to_tensor(spec.dtype),
                None => Err(bug!("a result was not returned").into()),
            },
        });
        tensors.collect()
    }

    /// Calls the entry on arguments and static results where they lie: they must agree with the signature. Gives the
    /// other results, in order.
    pub(super) fn call_at(&self, signature: &Signature, arguments: &[Place<'_>], results: &[usize]) -> Vec<Returned> {
        let open = || signature.results.iter().filter(|spec| spec.shape.iter().any(Option::is_none));
        let returned: usize = open().map(|spec| words(spec.shape.len())).sum();
        let fixed = || signature.results.iter().filter(|spec| spec.shape.iter().all(Option::is_some)).zip(results);
        let taken: usize = arguments.iter().map(|place| words(place.shape.len())).sum();
        let given: usize = fixed().map(|(spec, _)| words(spec.shape.len())).sum();
        // Every descriptor in one buffer: those that the callee fills, arguments, results.
        let mut frame: Vec<usize> = Vec::with_capacity(returned + taken + given);
        frame.resize(returned, 0);
        let mut starts: Vec<usize> = Vec::with_capacity(1 + arguments.len() + results.len());
        if returned > 0 {
            starts.push(0);
        }
        for place in arguments {
            starts.push(frame.len());
            describe(&mut frame, place.address, place.shape.iter().copied());
        }
        for (spec, address) in fixed() {
            starts.push(frame.len());
            describe(&mut frame, *address, spec.shape.iter().map(|size| size.unwrap_or(0)));
        }
        let base = frame.as_mut_ptr();
        let mut packed: Vec<*mut c_void> = starts.into_iter().map(|start| base.wrapping_add(start).cast()).collect();
        (self.entry)(packed.as_mut_ptr());
        let mut start = 0;
        open()
            .map(|spec| {
                let rank = spec.shape.len();
                let descriptor = &frame[start..start + words(rank)];
                start += words(rank);
                let (shape, strides) = descriptor[3..].split_at(rank);
                Returned {
                    base: descriptor[0],
                    address: descriptor[1] + descriptor[2] * spec.dtype.size(),
                    shape: shape.to_vec(),
                    strides: strides.to_vec(),
                }
            })
            .collect()
    }
}

impl CpuKernel {
    /// Runs the function on tensors where they lie. Gives the results that are not of static shape, in order.
    ///
    /// # Safety
    /// The arguments must be row-major, of the signature's types and shapes, of sizes that fit together ([`Signature::check_sizes`]), alive and not written by others meanwhile; so must
    /// be the memory at `results`, for the results of static shape, and nobody may read it.
    pub unsafe fn run_at(&self, arguments: &[Place<'_>], results: &[usize]) -> Vec<Returned> {
        self.engine.call_at(&self.signature, arguments, results)
    }
}

/// The shape of a result whose every size is in its type.
fn static_shape(spec: &TensorSpec) -> Option<Vec<usize>> {
    spec.shape.iter().copied().collect()
}

/// A row-major tensor where it lies.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub address: usize,
    pub shape: &'a [usize],
}

impl<'a> Place<'a> {
    fn of(bytes: &[u8], shape: &'a [usize]) -> Self {
        Self { address: bytes.as_ptr().expose_provenance(), shape }
    }
}

/// A result in a buffer that the callee allocated, freed on drop.
#[derive(Debug)]
pub struct Returned {
    base: usize,
    /// Where the first element lies.
    pub address: usize,
    pub shape: Vec<usize>,
    /// Elements from one to the next, per dim.
    pub strides: Vec<usize>,
}

impl Returned {
    fn to_tensor(&self, dtype: DType) -> Result<Tensor, CpuError> {
        let mut tensor = Tensor::zeros(dtype, &self.shape)?;
        self.copy_to(tensor.bytes_mut(), dtype);
        Ok(tensor)
    }

    /// Writes the elements in row-major order to memory for as many.
    pub fn copy_to(&self, bytes: &mut [u8], dtype: DType) {
        if !bytes.is_empty() {
            copy(bytes, self.address, &self.shape, &self.strides, dtype.size());
        }
    }
}

impl Drop for Returned {
    fn drop(&mut self) {
        unsafe extern "C" {
            fn free(pointer: *mut c_void);
        }
        // SAFETY: the callee took the buffer from `malloc` and handed it over; `free` accepts null.
        unsafe { free(self.base as *mut c_void) };
    }
}

/// Size of a memref descriptor in words: two pointers, an offset, sizes and strides.
const fn words(rank: usize) -> usize {
    3 + 2 * rank
}

/// Adds the descriptor of row-major elements at an address. Compiled code never writes to an argument: arguments are
/// marked `bufferization.writable = false`.
fn describe(frame: &mut Vec<usize>, address: usize, shape: impl Iterator<Item = usize>) {
    frame.extend([address, address, 0]);
    let start = frame.len();
    frame.extend(shape);
    let rank = frame.len() - start;
    frame.resize(start + 2 * rank, 1);
    for dim in (1..rank).rev() {
        frame[start + rank + dim - 1] = frame[start + rank + dim] * frame[start + dim];
    }
}

fn copy(to: &mut [u8], from: usize, shape: &[usize], strides: &[usize], element: usize) {
    let contiguous =
        (0..shape.len()).all(|dim| shape[dim] == 1 || strides[dim] == shape[dim + 1..].iter().product::<usize>());
    if contiguous {
        // SAFETY: the buffer holds as many elements as its shape says.
        to.copy_from_slice(unsafe { std::slice::from_raw_parts(from as *const u8, to.len()) });
        return;
    }
    let inner = to.len() / shape[0];
    for (index, part) in to.chunks_exact_mut(inner).enumerate() {
        copy(part, from + index * strides[0] * element, &shape[1..], &strides[1..], element);
    }
}

/// Symbols that compiled code may need and that are not certain to be in the process.
fn symbols() -> [(&'static str, *mut c_void); 8] {
    [
        ("puts", assertion as *mut c_void),
        ("abort", stop as *mut c_void),
        ("flashlight_parallel_for", pool::parallel_for as *mut c_void),
        ("__truncsfhf2", narrow_f32_to_f16 as *mut c_void),
        ("__truncdfhf2", narrow_f64_to_f16 as *mut c_void),
        ("__truncsfbf2", narrow_f32_to_bf16 as *mut c_void),
        ("__truncdfbf2", narrow_f64_to_bf16 as *mut c_void),
        ("__extendhfsf2", widen_f16_to_f32 as *mut c_void),
    ]
}

thread_local! {
    /// What the assertion says that is about to stop the program.
    static ASSERTION: Cell<Option<String>> = const { Cell::new(None) };
}

/// `puts`, which only a failing `cf.assert` calls.
extern "C" fn assertion(text: *const c_char) -> i32 {
    // SAFETY: compiled code passes a string of its own, which ends in a nul.
    let text = unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned();
    ASSERTION.set(Some(text));
    0
}

/// `abort` after that: there is no way back through compiled code, so the process ends, saying why.
extern "C" fn stop() -> ! {
    let text = ASSERTION.take().map(|text| format!(": {}", text.trim_end())).unwrap_or_default();
    let _ = writeln!(std::io::stderr(), "error: an assertion of the program does not hold{text}");
    std::process::exit(1)
}

// A half is passed in the low 16 bits of a vector register, which is where an f32 with these bits has them.

extern "C" fn narrow_f32_to_f16(value: f32) -> f32 {
    f32::from_bits(u32::from(half::f16::from_f32(value).to_bits()))
}

extern "C" fn narrow_f64_to_f16(value: f64) -> f32 {
    f32::from_bits(u32::from(half::f16::from_f64(value).to_bits()))
}

extern "C" fn narrow_f32_to_bf16(value: f32) -> f32 {
    f32::from_bits(u32::from(half::bf16::from_f32(value).to_bits()))
}

extern "C" fn narrow_f64_to_bf16(value: f64) -> f32 {
    f32::from_bits(u32::from(half::bf16::from_f64(value).to_bits()))
}

extern "C" fn widen_f16_to_f32(value: f32) -> f32 {
    half::f16::from_bits(value.to_bits() as u16).to_f32()
}
