//! Programs as custom calls of XLA: a handler of its foreign function interface (`xla/ffi/api/c_api.h`, version 0.x), whose attribute
//! `program` says which of the registered programs to run. Buffers are read and written where they lie.

use crate::{
    gpu::{ALIGNMENT, Gpu},
    program::{Program, spec_text},
};
use flashlight::{
    cpu::Place,
    runtime::{DType, TensorSpec},
};
use pyo3::{ffi, prelude::*};
use std::{
    cell::RefCell,
    collections::HashMap,
    ffi::{CStr, CString, c_char, c_int, c_void},
    panic::{AssertUnwindSafe, catch_unwind},
    ptr::{null, null_mut},
    slice,
    sync::{PoisonError, RwLock},
};

/// `XLA_FFI_Extension_Base`.
#[repr(C)]
struct Extension {
    size: usize,
    kind: c_int,
    next: *mut Extension,
}

/// `XLA_FFI_Extension_Metadata`.
const METADATA: c_int = 1;

/// `XLA_FFI_Api_Version`.
#[repr(C)]
struct Version {
    size: usize,
    extension: *mut Extension,
    major: c_int,
    minor: c_int,
}

/// The version whose structs these are.
const MAJOR: c_int = 0;
const MINOR: c_int = 1;

/// `XLA_FFI_Metadata`, as far as it is written.
#[repr(C)]
struct Metadata {
    size: usize,
    version: Version,
    traits: u32,
}

/// `XLA_FFI_Metadata_Extension`.
#[repr(C)]
struct MetadataExtension {
    base: Extension,
    metadata: *mut Metadata,
}

/// `XLA_FFI_Error_Create_Args`.
#[repr(C)]
struct ErrorArgs {
    size: usize,
    extension: *mut Extension,
    message: *const c_char,
    code: c_int,
}

/// `XLA_FFI_Error_Code_INVALID_ARGUMENT` and `_INTERNAL`.
const INVALID_ARGUMENT: c_int = 3;
const INTERNAL: c_int = 13;

/// `XLA_FFI_Api`, up to the functions that are called.
#[repr(C)]
struct Api {
    size: usize,
    extension: *mut Extension,
    version: Version,
    internal: *const c_void,
    error_create: unsafe extern "C" fn(*mut ErrorArgs) -> *mut c_void,
    error_message: unsafe extern "C" fn(*mut ErrorMessageArgs),
    error_destroy: unsafe extern "C" fn(*mut ErrorMessageArgs),
    _handler_register: *const c_void,
    stream_get: unsafe extern "C" fn(*mut ContextArgs<*mut c_void>) -> *mut c_void,
    _types_and_states: [*const c_void; 4],
    memory_allocate: unsafe extern "C" fn(*mut MemoryArgs) -> *mut c_void,
    memory_free: unsafe extern "C" fn(*mut FreeArgs) -> *mut c_void,
    _pools_and_futures: [*const c_void; 6],
    device_get: unsafe extern "C" fn(*mut ContextArgs<i32>) -> *mut c_void,
}

/// `XLA_FFI_Error_GetMessage_Args`, of which `XLA_FFI_Error_Destroy_Args` is the beginning.
#[repr(C)]
struct ErrorMessageArgs {
    size: usize,
    extension: *mut Extension,
    error: *mut c_void,
    message: *const c_char,
}

/// `XLA_FFI_Stream_Get_Args` and `XLA_FFI_DeviceOrdinal_Get_Args`.
#[repr(C)]
struct ContextArgs<T> {
    size: usize,
    extension: *mut Extension,
    context: *mut c_void,
    found: T,
}

/// `XLA_FFI_DeviceMemory_Allocate_Args`.
#[repr(C)]
struct MemoryArgs {
    size: usize,
    extension: *mut Extension,
    context: *mut c_void,
    bytes: usize,
    alignment: usize,
    data: *mut c_void,
}

/// `XLA_FFI_DeviceMemory_Free_Args`.
#[repr(C)]
struct FreeArgs {
    size: usize,
    extension: *mut Extension,
    context: *mut c_void,
    bytes: usize,
    data: *mut c_void,
}

/// `XLA_FFI_Buffer`.
#[repr(C)]
struct Buffer {
    size: usize,
    extension: *mut Extension,
    dtype: c_int,
    data: *mut c_void,
    rank: i64,
    dims: *const i64,
}

/// `XLA_FFI_Args` and `XLA_FFI_Rets`.
#[repr(C)]
struct Buffers {
    size: usize,
    extension: *mut Extension,
    count: i64,
    kinds: *const c_int,
    items: *const *const Buffer,
}

/// `XLA_FFI_ArgType_BUFFER` and `XLA_FFI_RetType_BUFFER`.
const BUFFER: c_int = 1;

/// `XLA_FFI_ByteSpan`.
#[repr(C)]
struct Span {
    start: *const u8,
    length: usize,
}

/// `XLA_FFI_Attrs`.
#[repr(C)]
struct Attributes {
    size: usize,
    extension: *mut Extension,
    count: i64,
    kinds: *const c_int,
    names: *const *const Span,
    items: *const *const c_void,
}

/// `XLA_FFI_AttrType_STRING`.
const STRING: c_int = 4;

/// `XLA_FFI_CallFrame`, without what is behind the attributes.
#[repr(C)]
pub struct Frame {
    size: usize,
    extension: *mut Extension,
    api: *const Api,
    context: *mut c_void,
    stage: c_int,
    arguments: Buffers,
    results: Buffers,
    attributes: Attributes,
}

/// What programs were registered as. They live as long as the process: an executable may call them at any time.
static PROGRAMS: RwLock<Option<HashMap<String, &'static Program>>> = RwLock::new(None);

/// Lets executables of XLA call a program by a name that says what it computes.
#[pyfunction]
pub fn xla_register(name: String, program: Py<Program>) {
    let mut programs = PROGRAMS.write().unwrap_or_else(PoisonError::into_inner);
    let known = programs.get_or_insert_default();
    known.entry(name).or_insert_with(|| Box::leak(Box::new(program)).get());
}

/// The handler of the custom call, as `jax.ffi.register_ffi_target` takes it.
#[pyfunction]
pub fn xla_handler(py: Python<'_>) -> PyResult<Py<PyAny>> {
    // SAFETY: the pointer is to a function; a capsule without name or destructor is what XLA takes.
    unsafe {
        let capsule = ffi::PyCapsule_New(handle as *mut c_void, null(), None);
        Ok(Bound::from_owned_ptr_or_err(py, capsule)?.unbind())
    }
}

/// `XLA_FFI_Handler`.
///
/// # Safety
/// The frame is XLA's.
unsafe extern "C" fn handle(frame: *mut Frame) -> *mut c_void {
    // SAFETY: XLA hands over a live frame.
    let Some(frame) = (unsafe { frame.as_ref() }) else { return null_mut() };
    if frame.tell() {
        return null_mut();
    }
    let outcome = catch_unwind(AssertUnwindSafe(|| frame.run()));
    match outcome {
        Ok(Ok(())) => null_mut(),
        Ok(Err(message)) => frame.error(INVALID_ARGUMENT, message),
        Err(_) => frame.error(INTERNAL, "internal error (a bug in flashlight)".into()),
    }
}

impl Frame {
    /// Answers a question about the handler, if the call is one.
    fn tell(&self) -> bool {
        let mut extension = self.extension;
        // SAFETY: extensions are a list of live structs of the kinds that they say.
        while let Some(found) = unsafe { extension.as_ref() } {
            if found.kind == METADATA {
                // SAFETY: see above.
                unsafe {
                    let metadata = &mut *(*extension.cast::<MetadataExtension>()).metadata;
                    (metadata.version.major, metadata.version.minor) = (MAJOR, MINOR);
                }
                return true;
            }
            extension = found.next;
        }
        false
    }

    fn error(&self, code: c_int, message: String) -> *mut c_void {
        let message = CString::new(message.replace('\0', " ")).unwrap_or_default();
        let size = size_of::<ErrorArgs>();
        let mut arguments = ErrorArgs { size, extension: null_mut(), message: message.as_ptr(), code };
        // SAFETY: the interface is XLA's; it copies the message.
        unsafe { ((*self.api).error_create)(&raw mut arguments) }
    }

    fn run(&self) -> Result<(), String> {
        let name = self.attributes.string("program").ok_or("the call has no attribute 'program'")?;
        let known = {
            let programs = PROGRAMS.read().unwrap_or_else(PoisonError::into_inner);
            programs.as_ref().and_then(|programs| programs.get(name)).copied()
        };
        let program =
            known.ok_or("the program was compiled by another process, and its function was not traced in this one")?;
        let signature = program.signature();
        let arguments = self.arguments.read(&signature.arguments)?;
        let results = self.results.read(&signature.results)?;
        let shapes = |buffers: &[&Buffer]| buffers.iter().map(|buffer| buffer.shape()).collect::<Vec<_>>();
        let (given, made) = (shapes(&arguments), shapes(&results));
        let gpu = OnGpu { frame: self, scratch: RefCell::default() };
        // SAFETY: XLA's buffers are row-major, live until the call is through, and its results are nobody else's; types were checked.
        unsafe { program.run_between(&places(&arguments, &given), &places(&results, &made), &gpu) }
    }

    /// What an error of XLA's says. It is gone then.
    fn checked(&self, error: *mut c_void) -> Result<(), String> {
        if error.is_null() {
            return Ok(());
        }
        let size = size_of::<ErrorMessageArgs>();
        let mut arguments = ErrorMessageArgs { size, extension: null_mut(), error, message: null() };
        // SAFETY: the interface is XLA's, and the error is ours until it is destroyed.
        unsafe {
            ((*self.api).error_message)(&raw mut arguments);
            let text = match arguments.message.is_null() {
                true => "an error of XLA's".into(),
                false => CStr::from_ptr(arguments.message).to_string_lossy().into_owned(),
            };
            arguments.size = std::mem::offset_of!(ErrorMessageArgs, message);
            ((*self.api).error_destroy)(&raw mut arguments);
            Err(text)
        }
    }
}

fn places<'a>(buffers: &[&Buffer], shapes: &'a [Vec<usize>]) -> Vec<Place<'a>> {
    let addresses = buffers.iter().map(|buffer| buffer.data.expose_provenance());
    addresses.zip(shapes).map(|(address, shape)| Place { address, shape }).collect()
}

/// The device of a call, and the memory that it took there, by address and size.
struct OnGpu<'a> {
    frame: &'a Frame,
    scratch: RefCell<Vec<(*mut c_void, usize)>>,
}

impl OnGpu<'_> {
    fn ask<T>(
        &self,
        nothing: T,
        function: unsafe extern "C" fn(*mut ContextArgs<T>) -> *mut c_void,
    ) -> Result<T, String> {
        let (size, context) = (size_of::<ContextArgs<T>>(), self.frame.context);
        let mut arguments = ContextArgs { size, extension: null_mut(), context, found: nothing };
        // SAFETY: the interface is XLA's, and the context that of the call.
        self.frame.checked(unsafe { function(&raw mut arguments) })?;
        Ok(arguments.found)
    }

    fn api(&self) -> Result<&Api, String> {
        // SAFETY: the interface is XLA's, and lives as long as the process.
        let api = unsafe { &*self.frame.api };
        if api.size < size_of::<Api>() {
            return Err("this XLA is too old: it does not say on which device a call runs".into());
        }
        Ok(api)
    }
}

impl Gpu for OnGpu<'_> {
    fn ordinal(&self) -> Result<i32, String> {
        self.ask(0, self.api()?.device_get)
    }

    fn stream(&self) -> Result<u64, String> {
        Ok(self.ask(null_mut(), self.api()?.stream_get)?.expose_provenance() as u64)
    }

    fn scratch(&self, bytes: usize) -> Result<u64, String> {
        let (size, context) = (size_of::<MemoryArgs>(), self.frame.context);
        let mut arguments =
            MemoryArgs { size, extension: null_mut(), context, bytes, alignment: ALIGNMENT, data: null_mut() };
        // SAFETY: the interface is XLA's, and the context that of the call.
        self.frame.checked(unsafe { (self.api()?.memory_allocate)(&raw mut arguments) })?;
        self.scratch.borrow_mut().push((arguments.data, bytes));
        Ok(arguments.data.expose_provenance() as u64)
    }
}

impl Drop for OnGpu<'_> {
    fn drop(&mut self) {
        let Ok(api) = self.api() else { return };
        for (data, bytes) in self.scratch.take() {
            let (size, context) = (size_of::<FreeArgs>(), self.frame.context);
            let mut arguments = FreeArgs { size, extension: null_mut(), context, bytes, data };
            // SAFETY: the memory is of this context; what runs there now is before what others will do with it, on the same stream.
            let error = unsafe { (api.memory_free)(&raw mut arguments) };
            let _ = self.frame.checked(error);
        }
    }
}

impl Attributes {
    fn string(&self, wanted: &str) -> Option<&str> {
        let count = usize::try_from(self.count).ok()?;
        // SAFETY: the lists have so many items of the kinds that they say, all of them live during the call.
        unsafe {
            (0..count).find_map(|number| {
                let name = &**self.names.add(number);
                let found = slice::from_raw_parts(name.start, name.length) == wanted.as_bytes();
                let value = (*self.items.add(number)).cast::<Span>();
                (found && *self.kinds.add(number) == STRING)
                    .then(|| slice::from_raw_parts((*value).start, (*value).length))
            })
        }
        .and_then(|bytes| str::from_utf8(bytes).ok())
    }
}

impl Buffers {
    /// The buffers, which must be of these types.
    fn read(&self, specs: &[TensorSpec]) -> Result<Vec<&Buffer>, String> {
        if self.count != specs.len() as i64 {
            return Err(format!("the call has {} buffers where the program has {}", self.count, specs.len()));
        }
        let all = specs.iter().enumerate().map(|(number, spec)| {
            // SAFETY: the lists have so many items, all of them live during the call.
            let (kind, buffer) = unsafe { (*self.kinds.add(number), &**self.items.add(number)) };
            let shape = buffer.shape();
            let fits = kind == BUFFER
                && types(spec.dtype).contains(&buffer.dtype)
                && spec.shape.len() == shape.len()
                && spec.shape.iter().zip(&shape).all(|(want, have)| want.is_none_or(|want| want == *have));
            if fits {
                return Ok(buffer);
            }
            Err(format!("{}: expected {}, not type {} of XLA, {shape:?}", spec.name, spec_text(spec), buffer.dtype))
        });
        all.collect()
    }
}

impl Buffer {
    fn shape(&self) -> Vec<usize> {
        let rank = usize::try_from(self.rank).unwrap_or(0);
        if rank == 0 {
            return vec![];
        }
        // SAFETY: there are so many sizes.
        unsafe { slice::from_raw_parts(self.dims, rank) }.iter().map(|size| *size as usize).collect()
    }
}

/// The types of XLA whose elements programs take as a type: unsigned integers are those of the same size.
const fn types(dtype: DType) -> &'static [c_int] {
    match dtype {
        DType::Bool => &[1],
        DType::I8 | DType::U8 => &[2, 6],
        DType::I16 => &[3, 7],
        DType::I32 => &[4, 8],
        DType::I64 => &[5, 9],
        DType::F16 => &[10],
        DType::F32 => &[11],
        DType::F64 => &[12],
        DType::BF16 => &[16],
        DType::F8E5M2 => &[19],
        DType::F8E4M3 => &[20],
    }
}
