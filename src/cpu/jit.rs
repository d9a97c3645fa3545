//! Machine code in this process: the execution engine, its symbols, and calls through memref
//! descriptors.
#![allow(unsafe_code, reason = "calls into machine code generated at run time")]

use super::{CpuError, Signature, pool};
use crate::runtime::{DType, Tensor};
use melior::{StringRef, ir::Module};
use mlir_sys as sys;
use std::ffi::c_void;

/// Compiled code of one module.
pub(super) struct Engine {
    raw: sys::MlirExecutionEngine,
    entry: extern "C" fn(*mut *mut c_void),
}

// SAFETY: the code is immutable once compiled, the engine is only touched again when dropped, and
// compiled functions keep no state of their own.
unsafe impl Send for Engine {}
// SAFETY: see above.
unsafe impl Sync for Engine {}

impl Drop for Engine {
    fn drop(&mut self) {
        // SAFETY: the engine is alive and owned; no call into its code can be running.
        unsafe { sys::mlirExecutionEngineDestroy(self.raw) }
    }
}

/// Gives `use_it` shared access to what a pointer that went through compiled code points to.
#[cfg(test)]
pub(super) fn with_shared<T>(pointer: *const T, use_it: impl FnOnce(&T)) {
    // SAFETY: tests pass the address of a live local.
    use_it(unsafe { &*pointer });
}

impl Engine {
    /// Compiles a module of the LLVM dialect and looks up its entry.
    pub(super) fn new(module: &Module<'_>, entry: &str, optimization: u8) -> Result<Self, CpuError> {
        // SAFETY: the module is alive; a null engine is checked for.
        let raw = unsafe {
            sys::mlirExecutionEngineCreate(module.to_raw(), i32::from(optimization), 0, std::ptr::null(), false, false)
        };
        if raw.ptr.is_null() {
            return Err(CpuError::CodeGeneration("the module cannot be translated to LLVM IR".into()));
        }
        for (name, address) in symbols() {
            // SAFETY: each address is that of a function with the C signature its name promises.
            unsafe { sys::mlirExecutionEngineRegisterSymbol(raw, StringRef::new(name).to_raw(), address) };
        }
        let name = format!("_mlir_ciface_{entry}");
        // SAFETY: the engine is alive. The packed wrapper of a function is `void(void **)`.
        let address = unsafe { sys::mlirExecutionEngineLookupPacked(raw, StringRef::new(&name).to_raw()) };
        if address.is_null() {
            // SAFETY: created above and not used again.
            unsafe { sys::mlirExecutionEngineDestroy(raw) };
            return Err(CpuError::CodeGeneration(format!("no code for '{entry}' (an unresolved symbol?)")));
        }
        // SAFETY: a packed wrapper has this type.
        let entry = unsafe { std::mem::transmute::<*mut c_void, extern "C" fn(*mut *mut c_void)>(address) };
        Ok(Self { raw, entry })
    }

    /// Calls the entry. The tensors must already agree with the signature.
    pub(super) fn call(&self, signature: &Signature, arguments: &[&Tensor]) -> Result<Vec<Tensor>, CpuError> {
        let mut inputs: Vec<Vec<usize>> = arguments.iter().map(|tensor| describe(tensor)).collect();
        let mut outputs: Vec<usize> = vec![0; signature.results.iter().map(|spec| words(spec.shape.len())).sum()];
        let mut input_pointers: Vec<*mut usize> = inputs.iter_mut().map(Vec::as_mut_ptr).collect();
        let mut output_pointer = outputs.as_mut_ptr();
        let mut packed: Vec<*mut c_void> = vec![];
        if !signature.results.is_empty() {
            packed.push((&raw mut output_pointer).cast());
        }
        packed.extend(input_pointers.iter_mut().map(|pointer| (&raw mut *pointer).cast::<c_void>()));
        (self.entry)(packed.as_mut_ptr());
        let mut tensors = vec![];
        let mut rest = outputs.as_slice();
        for spec in &signature.results {
            let (descriptor, tail) = rest.split_at(words(spec.shape.len()));
            rest = tail;
            // SAFETY: the callee filled the descriptor of a buffer that it hands over to us.
            tensors.push(unsafe { take(spec.dtype, descriptor) });
        }
        tensors.into_iter().collect()
    }
}

/// Size of a memref descriptor in words: two pointers, an offset, sizes and strides.
const fn words(rank: usize) -> usize {
    3 + 2 * rank
}

/// A descriptor of a tensor as it lies. Compiled code never writes through it: arguments are marked
/// `bufferization.writable = false`.
fn describe(tensor: &Tensor) -> Vec<usize> {
    let address = tensor.bytes().as_ptr() as usize;
    let shape = tensor.shape();
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
fn symbols() -> [(&'static str, *mut c_void); 6] {
    [
        ("flashlight_parallel_for", pool::parallel_for as *mut c_void),
        ("__truncsfhf2", narrow_f32_to_f16 as *mut c_void),
        ("__truncdfhf2", narrow_f64_to_f16 as *mut c_void),
        ("__truncsfbf2", narrow_f32_to_bf16 as *mut c_void),
        ("__truncdfbf2", narrow_f64_to_bf16 as *mut c_void),
        ("__extendhfsf2", widen_f16_to_f32 as *mut c_void),
    ]
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
