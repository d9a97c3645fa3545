//! DLPack: tensors of other libraries read where they lie, and results handed over without a copy.
//!
//! Types that carry `__dlpack_c_exchange_api__` (PyTorch's do) are read and made by C calls; all others by `__dlpack__`.

use flashlight::runtime::DType;
use pyo3::{
    exceptions::{PyBufferError, PyTypeError},
    ffi,
    prelude::*,
    types::PyType,
};
use std::{
    cell::Cell,
    ffi::{CStr, c_char, c_int, c_void},
    ptr::null_mut,
    sync::{Arc, Mutex},
};

/// `kDLCPU`.
pub const CPU: i32 = 1;

/// `kDLCUDA`.
pub const CUDA: i32 = 2;

#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    pub kind: i32,
    pub number: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Code {
    code: u8,
    bits: u8,
    lanes: u16,
}

#[repr(C)]
#[derive(Clone, Copy)]
struct DlTensor {
    data: *mut c_void,
    device: Device,
    ndim: c_int,
    dtype: Code,
    shape: *mut i64,
    strides: *mut i64,
    byte_offset: u64,
}

#[repr(C)]
#[derive(Clone, Copy)]
struct Version {
    major: u32,
    minor: u32,
}

/// `DLManagedTensorVersioned`.
#[repr(C)]
struct Managed {
    version: Version,
    context: *mut c_void,
    deleter: Option<unsafe extern "C" fn(*mut Managed)>,
    flags: u64,
    tensor: DlTensor,
}

/// `DLManagedTensor`, as it was before version 1.
#[repr(C)]
struct OldManaged {
    tensor: DlTensor,
    context: *mut c_void,
    deleter: Option<unsafe extern "C" fn(*mut OldManaged)>,
}

type SetError = unsafe extern "C" fn(*mut c_void, *const c_char, *const c_char);

/// `DLPackExchangeAPI`: how a library's tensors are read and made.
#[repr(C)]
pub struct Exchange {
    version: Version,
    _previous: *const c_void,
    allocate: unsafe extern "C" fn(*mut DlTensor, *mut *mut Managed, *mut c_void, SetError) -> c_int,
    _from_object: unsafe extern "C" fn(*mut c_void, *mut *mut Managed) -> c_int,
    to_object: unsafe extern "C" fn(*mut Managed, *mut *mut c_void) -> c_int,
    borrow: Option<unsafe extern "C" fn(*mut c_void, *mut DlTensor) -> c_int>,
    stream: unsafe extern "C" fn(i32, i32, *mut *mut c_void) -> c_int,
}

// SAFETY: a table of functions that may be called from any thread that holds the GIL.
unsafe impl Sync for Exchange {}

const MAJOR: u32 = 1;

const fn code_of(dtype: DType) -> Code {
    let (code, bits) = match dtype {
        DType::F64 => (2, 64),
        DType::F32 => (2, 32),
        DType::F16 => (2, 16),
        DType::BF16 => (4, 16),
        DType::F8E4M3 => (10, 8),
        DType::F8E5M2 => (12, 8),
        DType::I64 => (0, 64),
        DType::I32 => (0, 32),
        DType::I16 => (0, 16),
        DType::I8 => (0, 8),
        DType::U8 => (1, 8),
        DType::Bool => (6, 8),
    };
    Code { code, bits, lanes: 1 }
}

fn dtype_of(code: Code) -> PyResult<DType> {
    let Code { code: number, bits, lanes } = code;
    DType::ALL.into_iter().find(|dtype| code_of(*dtype) == code).ok_or_else(|| {
        PyTypeError::new_err(format!(
            "an element type (DLPack code {number}, {bits} bits, {lanes} lanes) that no program takes"
        ))
    })
}

/// The exchange table of an object's type, if it has one that we know.
pub fn exchange_of(object: &Bound<'_, PyAny>) -> Option<&'static Exchange> {
    exchange_of_type(&object.get_type())
}

/// The exchange table of a type, if it has one that we know.
pub fn exchange_of_type(ty: &Bound<'_, PyType>) -> Option<&'static Exchange> {
    thread_local! {
        static LAST: Cell<(usize, Option<&'static Exchange>)> = const { Cell::new((0, None)) };
    }
    /// Types that were looked at stay alive, so that no other one gets the address of one.
    static SEEN: Mutex<Vec<(Py<PyType>, Option<&'static Exchange>)>> = Mutex::new(vec![]);
    let (last, found) = LAST.get();
    if last == ty.as_ptr() as usize {
        return found;
    }
    let mut seen = SEEN.lock().ok()?;
    let known = seen.iter().find(|(own, _)| own.as_ptr() == ty.as_ptr()).map(|(_, found)| *found);
    let found = known.unwrap_or_else(|| {
        let found = look_up(ty);
        seen.push((ty.clone().unbind(), found));
        found
    });
    LAST.set((ty.as_ptr() as usize, found));
    found
}

fn look_up(ty: &Bound<'_, PyType>) -> Option<&'static Exchange> {
    let capsule = ty.getattr("__dlpack_c_exchange_api__").ok()?;
    // SAFETY: the protocol: a capsule of this name holds a table that lives as long as the process.
    let table = unsafe {
        let pointer = ffi::PyCapsule_GetPointer(capsule.as_ptr(), c"dlpack_exchange_api".as_ptr());
        if pointer.is_null() {
            ffi::PyErr_Clear();
        }
        pointer.cast::<Exchange>().as_ref()?
    };
    (table.version.major == MAJOR && table.borrow.is_some()).then_some(table)
}

fn python_error(py: Python<'_>, otherwise: &str) -> PyErr {
    PyErr::take(py).unwrap_or_else(|| PyBufferError::new_err(otherwise.to_owned()))
}

/// A tensor of somebody else, as long as its object lives and is not changed.
pub struct View {
    pub address: usize,
    pub device: Device,
    pub dtype: DType,
    pub shape: Vec<usize>,
    contiguous: bool,
}

impl View {
    /// Reads an object. `None`: it is no tensor.
    pub fn of(object: &Bound<'_, PyAny>) -> PyResult<Option<(Self, Option<Py<PyAny>>)>> {
        match exchange_of(object) {
            Some(exchange) => Ok(Some((Self::borrowed(object, exchange)?, None))),
            None => Self::given(object, None),
        }
    }

    /// Reads an object of a type with an exchange table.
    pub fn borrowed(object: &Bound<'_, PyAny>, exchange: &Exchange) -> PyResult<Self> {
        let mut tensor = EMPTY;
        // SAFETY: the table is of the object's type, and the GIL is held.
        let code = unsafe { exchange.borrow.map(|borrow| borrow(object.as_ptr().cast(), &raw mut tensor)) };
        if code != Some(0) {
            return Err(python_error(object.py(), "a tensor that DLPack cannot describe"));
        }
        Self::read(&tensor)
    }

    /// Reads an object by `__dlpack__`. On a GPU its elements are there for what a stream does from now on.
    pub fn given(object: &Bound<'_, PyAny>, stream: Option<u64>) -> PyResult<Option<(Self, Option<Py<PyAny>>)>> {
        let Ok(method) = object.getattr("__dlpack__") else { return Ok(None) };
        let versions = pyo3::types::PyDict::new(object.py());
        if let Some(stream) = stream {
            versions.set_item("stream", stream)?;
        }
        let old = versions.copy()?;
        versions.set_item("max_version", (MAJOR, 0))?;
        let capsule = match method.call((), Some(&versions)) {
            Err(error) if error.is_instance_of::<PyTypeError>(object.py()) => method.call((), Some(&old)),
            other => other,
        }?;
        let pointer = |name: &CStr| {
            // SAFETY: a capsule of this name holds a live tensor until it is consumed, which it is not.
            unsafe {
                let valid = ffi::PyCapsule_IsValid(capsule.as_ptr(), name.as_ptr()) == 1;
                if valid { ffi::PyCapsule_GetPointer(capsule.as_ptr(), name.as_ptr()) } else { null_mut() }
            }
        };
        let (new, old) = (pointer(c"dltensor_versioned"), pointer(c"dltensor"));
        // SAFETY: see above.
        let tensor = unsafe {
            match (new.cast::<Managed>().as_ref(), old.cast::<OldManaged>().as_ref()) {
                (Some(managed), _) if managed.version.major == MAJOR => managed.tensor,
                (_, Some(managed)) => managed.tensor,
                _ => return Err(PyBufferError::new_err("'__dlpack__' returned no tensor of a version that is known")),
            }
        };
        Ok(Some((Self::read(&tensor)?, Some(capsule.unbind()))))
    }

    fn read(tensor: &DlTensor) -> PyResult<Self> {
        let rank = usize::try_from(tensor.ndim).unwrap_or(0);
        let slice = |pointer: *mut i64| {
            // SAFETY: the protocol: as many numbers as dims, alive as long as the tensor.
            if rank == 0 || pointer.is_null() { &[] } else { unsafe { std::slice::from_raw_parts(pointer, rank) } }
        };
        let shape: Vec<usize> = slice(tensor.shape).iter().map(|size| usize::try_from(*size).unwrap_or(0)).collect();
        let contiguous = tensor.strides.is_null() || is_row_major(&shape, slice(tensor.strides));
        let dtype = dtype_of(tensor.dtype)?;
        let address = tensor.data as usize + usize::try_from(tensor.byte_offset).unwrap_or(0);
        Ok(Self { address, device: tensor.device, dtype, shape, contiguous })
    }

    /// Whether the elements lie in the order of their indices, without gaps.
    pub const fn is_contiguous(&self) -> bool {
        self.contiguous
    }
}

const EMPTY: DlTensor = DlTensor {
    data: null_mut(),
    device: Device { kind: 0, number: 0 },
    ndim: 0,
    dtype: Code { code: 0, bits: 0, lanes: 0 },
    shape: null_mut(),
    strides: null_mut(),
    byte_offset: 0,
};

fn is_row_major(shape: &[usize], strides: &[i64]) -> bool {
    let mut expected: usize = 1;
    let dims = shape.iter().zip(strides).rev();
    shape.contains(&0)
        || dims.into_iter().all(|(size, stride)| {
            let fits = *size == 1 || usize::try_from(*stride) == Ok(expected);
            expected *= size;
            fits
        })
}

/// What holds the elements of a result of ours.
pub trait Holder: Send + Sync {}

impl<T: Send + Sync> Holder for T {}

/// A result in memory of ours.
pub struct Memory {
    pub address: usize,
    pub dtype: DType,
    pub shape: Vec<i64>,
    pub strides: Vec<i64>,
    pub _holder: Box<dyn Holder>,
}

impl Memory {
    fn described(&self) -> DlTensor {
        let pointer = |numbers: &[i64]| numbers.as_ptr().cast_mut();
        DlTensor {
            data: self.address as *mut c_void,
            device: Device { kind: CPU, number: 0 },
            ndim: self.shape.len() as c_int,
            dtype: code_of(self.dtype),
            shape: pointer(&self.shape),
            strides: pointer(&self.strides),
            byte_offset: 0,
        }
    }
}

/// A managed tensor that keeps the memory alive.
fn manage(memory: Arc<Memory>) -> *mut Managed {
    unsafe extern "C" fn release(managed: *mut Managed) {
        // SAFETY: both were made by `manage`, and the protocol calls this once.
        unsafe {
            drop(Arc::from_raw((*managed).context.cast::<Memory>().cast_const()));
            drop(Box::from_raw(managed));
        }
    }
    let tensor = memory.described();
    let context = Arc::into_raw(memory).cast_mut().cast();
    let version = Version { major: MAJOR, minor: 0 };
    Box::into_raw(Box::new(Managed { version, context, deleter: Some(release), flags: 0, tensor }))
}

fn manage_old(memory: Arc<Memory>) -> *mut OldManaged {
    unsafe extern "C" fn release(managed: *mut OldManaged) {
        // SAFETY: as in `manage`.
        unsafe {
            drop(Arc::from_raw((*managed).context.cast::<Memory>().cast_const()));
            drop(Box::from_raw(managed));
        }
    }
    let tensor = memory.described();
    let context = Arc::into_raw(memory).cast_mut().cast();
    Box::into_raw(Box::new(OldManaged { tensor, context, deleter: Some(release) }))
}

/// The capsule that `__dlpack__` returns, for consumers of version 1 or of those before.
pub fn capsule(py: Python<'_>, memory: Arc<Memory>, versioned: bool) -> PyResult<Py<PyAny>> {
    unsafe extern "C" fn destroy(capsule: *mut ffi::PyObject) {
        // SAFETY: a consumer renames the capsule; under its first name nobody has taken the tensor.
        unsafe {
            if ffi::PyCapsule_IsValid(capsule, c"dltensor_versioned".as_ptr()) == 1 {
                let managed = ffi::PyCapsule_GetPointer(capsule, c"dltensor_versioned".as_ptr()).cast::<Managed>();
                if let Some(deleter) = (*managed).deleter {
                    deleter(managed);
                }
            } else if ffi::PyCapsule_IsValid(capsule, c"dltensor".as_ptr()) == 1 {
                let managed = ffi::PyCapsule_GetPointer(capsule, c"dltensor".as_ptr()).cast::<OldManaged>();
                if let Some(deleter) = (*managed).deleter {
                    deleter(managed);
                }
            }
        }
    }
    // SAFETY: the pointers are live, the names static.
    unsafe {
        let capsule = if versioned {
            ffi::PyCapsule_New(manage(memory).cast(), c"dltensor_versioned".as_ptr(), Some(destroy))
        } else {
            ffi::PyCapsule_New(manage_old(memory).cast(), c"dltensor".as_ptr(), Some(destroy))
        };
        Bound::from_owned_ptr_or_err(py, capsule).map(Bound::unbind)
    }
}

/// A tensor that another library allocated and that has no object yet.
pub struct Allocated {
    managed: *mut Managed,
}

impl Exchange {
    /// Hands memory of ours over as an object of the library.
    pub fn wrap(&self, py: Python<'_>, memory: Arc<Memory>) -> PyResult<Py<PyAny>> {
        self.object(py, manage(memory))
    }

    fn object(&self, py: Python<'_>, managed: *mut Managed) -> PyResult<Py<PyAny>> {
        let mut object = null_mut();
        // SAFETY: the tensor is live and handed over; the GIL is held.
        unsafe {
            if (self.to_object)(managed, &raw mut object) != 0 {
                return Err(python_error(py, "no object for a result"));
            }
            Bound::from_owned_ptr_or_err(py, object.cast()).map(Bound::unbind)
        }
    }

    /// The stream on which the library works on a GPU now.
    pub fn stream(&self, py: Python<'_>, device: Device) -> PyResult<u64> {
        let mut stream = null_mut();
        // SAFETY: the pointer is to a live one; the GIL is held.
        match unsafe { (self.stream)(device.kind, device.number, &raw mut stream) } {
            0 => Ok(stream as u64),
            _ => Err(python_error(py, "no stream of this device")),
        }
    }

    /// A new tensor of the library.
    pub fn allocate(&self, py: Python<'_>, device: Device, dtype: DType, shape: &[i64]) -> PyResult<Allocated> {
        unsafe extern "C" fn refuse(context: *mut c_void, _kind: *const c_char, message: *const c_char) {
            // SAFETY: the context is the string below; the message ends in a nul.
            unsafe { *context.cast::<String>() = CStr::from_ptr(message).to_string_lossy().into_owned() }
        }
        let mut reason = String::new();
        let mut prototype = DlTensor {
            device,
            ndim: shape.len() as c_int,
            dtype: code_of(dtype),
            shape: shape.as_ptr().cast_mut(),
            ..EMPTY
        };
        let mut managed = null_mut();
        // SAFETY: the prototype and its shape outlive the call.
        let code = unsafe { (self.allocate)(&raw mut prototype, &raw mut managed, (&raw mut reason).cast(), refuse) };
        if code != 0 || managed.is_null() {
            let _ = PyErr::take(py);
            return Err(pyo3::exceptions::PyMemoryError::new_err(format!("no memory for a result: {reason}")));
        }
        Ok(Allocated { managed })
    }
}

impl Allocated {
    /// Where its elements are to be written.
    pub fn address(&self) -> usize {
        // SAFETY: live until it is dropped or becomes an object.
        let tensor = unsafe { &(*self.managed).tensor };
        tensor.data as usize + usize::try_from(tensor.byte_offset).unwrap_or(0)
    }

    /// The tensor as an object of the library that allocated it.
    pub fn object(self, py: Python<'_>, exchange: &Exchange) -> PyResult<Py<PyAny>> {
        let managed = self.managed;
        std::mem::forget(self);
        exchange.object(py, managed)
    }
}

impl Drop for Allocated {
    fn drop(&mut self) {
        // SAFETY: nobody else has it.
        unsafe {
            if let Some(deleter) = (*self.managed).deleter {
                deleter(self.managed);
            }
        }
    }
}
