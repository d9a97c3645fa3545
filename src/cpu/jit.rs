//! Machine code in this process: the execution engine, its symbols, and calls through memref
//! descriptors.
#![allow(unsafe_code, reason = "calls into machine code generated at run time")]

use super::{CpuError, Signature, native::take_error, pool};
use crate::runtime::{DType, Tensor};
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
    /// Loads an object file and looks up the packed wrapper of its entry.
    pub(super) fn new(object: &[u8], entry: &str) -> Result<Self, CpuError> {
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
            let name = CString::new(format!("{entry}_packed")).unwrap_or_default();
            let mut address = 0;
            check(LLVMOrcLLJITLookup(raw, &raw mut address, name.as_ptr()))?;
            // A packed wrapper has this type.
            let entry = std::mem::transmute::<usize, extern "C" fn(*mut *mut c_void)>(address as usize);
            Ok(Self { _jit: jit, entry })
        }
    }

    /// Calls the entry. The tensors must already agree with the signature.
    pub(super) fn call(&self, signature: &Signature, arguments: &[&Tensor]) -> Result<Vec<Tensor>, CpuError> {
        let is_static = |shape: &[Option<usize>]| shape.iter().copied().collect::<Option<Vec<usize>>>();
        let mut inputs: Vec<Vec<usize>> = arguments
            .iter()
            .map(|tensor| describe(tensor.bytes().as_ptr().expose_provenance(), tensor.shape()))
            .collect();
        // Static results are written in place; the callee returns the others.
        let mut results: Vec<Option<Tensor>> = vec![];
        let mut returned = 0;
        for spec in &signature.results {
            match is_static(&spec.shape) {
                Some(shape) => {
                    let mut tensor = Tensor::zeros(spec.dtype, &shape)?;
                    inputs.push(describe(tensor.bytes_mut().as_mut_ptr().expose_provenance(), &shape));
                    results.push(Some(tensor));
                }
                None => {
                    returned += words(spec.shape.len());
                    results.push(None);
                }
            }
        }
        let mut outputs: Vec<usize> = vec![0; returned];
        let mut packed: Vec<*mut c_void> = vec![];
        if returned > 0 {
            packed.push(outputs.as_mut_ptr().cast());
        }
        packed.extend(inputs.iter_mut().map(|descriptor| descriptor.as_mut_ptr().cast::<c_void>()));
        (self.entry)(packed.as_mut_ptr());
        let mut rest = outputs.as_slice();
        let mut tensors = vec![];
        for (spec, result) in signature.results.iter().zip(results) {
            tensors.push(match result {
                Some(tensor) => Ok(tensor),
                None => {
                    let (descriptor, tail) = rest.split_at(words(spec.shape.len()));
                    rest = tail;
                    // SAFETY: the callee filled the descriptor of a buffer that it hands over to us.
                    unsafe { take(spec.dtype, descriptor) }
                }
            });
        }
        tensors.into_iter().collect()
    }
}

/// Size of a memref descriptor in words: two pointers, an offset, sizes and strides.
const fn words(rank: usize) -> usize {
    3 + 2 * rank
}

/// A descriptor of row-major elements at an address. Compiled code never writes to an argument: arguments are
/// marked `bufferization.writable = false`.
fn describe(address: usize, shape: &[usize]) -> Vec<usize> {
    let mut words = vec![address, address, 0];
    words.extend(shape);
    words.extend((0..shape.len()).map(|dim| shape[dim + 1..].iter().product::<usize>()));
    words
}

/// Copies a returned buffer into a tensor and frees it.
///
/// # Safety
/// `descriptor` must describe a live buffer from `malloc` that nobody else frees.
unsafe fn take(dtype: DType, descriptor: &[usize]) -> Result<Tensor, CpuError> {
    let rank = (descriptor.len() - 3) / 2;
    let (shape, strides) = descriptor[3..].split_at(rank);
    let element = dtype.size();
    let result = Tensor::zeros(dtype, shape).map_err(CpuError::from).map(|mut tensor| {
        let start = descriptor[1] + descriptor[2] * element;
        if !tensor.bytes().is_empty() {
            copy(tensor.bytes_mut(), start, shape, strides, element);
        }
        tensor
    });
    unsafe extern "C" {
        fn free(pointer: *mut c_void);
    }
    // SAFETY: by the contract; `free` accepts null.
    unsafe { free(descriptor[0] as *mut c_void) };
    result
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
