//! Calls of programs for GPUs: tensors where they lie, on the stream of their library, results in its memory.

use crate::{
    dlpack::{self, Allocated, Device, Exchange, View},
    program::{check, refused, scalar},
};
use flashlight::{
    cpu::{Place as Buffer, Signature},
    runtime::{
        DType, RuntimeError, TensorSpec,
        cuda::{self, Allocator, Content, Given, Launcher},
    },
};
use pyo3::{
    exceptions::{PyRuntimeError, PyTypeError, PyValueError},
    prelude::*,
    types::{PyDict, PyTuple, PyType},
};
use std::sync::OnceLock;

/// What a caller may ask for.
pub struct Wishes<'py> {
    pub out: Option<Vec<Option<Bound<'py, PyAny>>>>,
    pub stream: Option<u64>,
    pub allocate: Option<Bound<'py, PyAny>>,
}

/// What kernels assume of addresses.
pub const ALIGNMENT: usize = 16;

/// An argument that was read.
struct Taken {
    content: Content,
    shape: Vec<usize>,
    /// What its memory belongs to, if not to the object that was given.
    _keep: Option<Py<PyAny>>,
}

/// A result.
enum Made {
    None,
    Theirs(Allocated, &'static Exchange),
    Object(Py<PyAny>),
}

/// Runs a program for GPUs on tensors that are on one.
pub fn call<'py>(
    launcher: &Launcher,
    signature: &Signature,
    arguments: &Bound<'py, PyTuple>,
    wishes: Wishes<'py>,
) -> PyResult<Bound<'py, PyTuple>> {
    start().map_err(refused)?;
    let py = arguments.py();
    let mut place = Place::default();
    for object in arguments.iter_borrowed().chain(wishes.out.iter().flatten().flatten().map(Bound::as_borrowed)) {
        place.look_at(&object)?;
    }
    let device = place.device.unwrap_or(Device { kind: dlpack::CUDA, number: 0 });
    let library = place.exchange.map(Library::Exchange).or_else(|| Library::torch(py));
    // The stream of the library of the tensors, and that of the call.
    let theirs = match &library {
        Some(own) if place.exchange.is_some() => Some(own.stream(py, device)?),
        // PyTorch is there, but whether it has the tensors is not known.
        Some(torch) => torch.stream(py, device).ok(),
        None => None,
    };
    let stream = wishes.stream.or(theirs).unwrap_or(0);
    let mut taken = Vec::with_capacity(arguments.len());
    let mut copied = false;
    for (spec, object) in signature.arguments.iter().zip(arguments.iter_borrowed()) {
        taken.push(argument(spec, &object, device, stream, &mut copied)?);
    }
    let given: Vec<_> = taken.iter().map(|taken| Given { content: taken.content, shape: &taken.shape }).collect();
    let made = signature.results.iter().map(|_| Made::None).collect();
    // What is given back to the library is used again behind this call on its own stream only.
    let lends = place.exchange.is_some() && theirs == Some(stream) && wishes.allocate.is_none();
    let mut allocator =
        Callers { py, signature, device, stream, library, lends, wishes, made, scratch: vec![], error: None };
    allocator.check_out()?;
    let order = |first, then| launcher.order(device.number, first, then);
    let mut run = || {
        if let Some(theirs) = theirs {
            order(theirs, stream)?;
        }
        launcher.call(device.number, stream, &given, &mut allocator)?;
        match theirs {
            // The memory of the copies goes back to the library when this returns.
            Some(theirs) if copied => order(stream, theirs),
            _ => Ok(()),
        }
    };
    run().map_err(|error| allocator.error.take().unwrap_or_else(|| refused(error)))?;
    let objects = allocator.made.into_iter().map(|made| match made {
        Made::Object(object) => Ok(object),
        Made::Theirs(tensor, exchange) => tensor.object(py, exchange),
        Made::None => Err(PyRuntimeError::new_err("a result was not made")),
    });
    PyTuple::new(py, objects.collect::<PyResult<Vec<_>>>()?)
}

/// Where callers have their buffers.
pub trait Gpu {
    /// The number of the device.
    fn ordinal(&self) -> Result<i32, String>;

    /// The stream in whose order the program runs.
    fn stream(&self) -> Result<u64, String>;

    /// Memory that nothing needs once the call has been queued.
    fn scratch(&self, bytes: usize) -> Result<u64, String>;
}

/// Runs a program for GPUs between buffers on one.
pub fn run_between(
    launcher: &Launcher,
    arguments: &[Buffer<'_>],
    results: &[Buffer<'_>],
    gpu: &impl Gpu,
) -> Result<(), String> {
    struct Buffers<'a, G>(&'a [Buffer<'a>], &'a G);
    impl<G: Gpu> Allocator for Buffers<'_, G> {
        fn result(&mut self, number: usize, shape: &[usize]) -> Result<u64, RuntimeError> {
            let Buffer { address, shape: expected } = self.0[number];
            if shape != expected {
                return Err(RuntimeError::Cuda(format!("result {number} is {shape:?}, expected {expected:?}")));
            }
            Ok(address as u64)
        }

        fn has_scratch(&self) -> bool {
            false
        }

        fn scratch(&mut self, bytes: usize) -> Result<u64, RuntimeError> {
            self.1.scratch(bytes).map_err(RuntimeError::Cuda)
        }

        fn wait(&mut self, work: &mut (dyn FnMut() -> Result<(), RuntimeError> + Send)) -> Result<(), RuntimeError> {
            work()
        }
    }
    start().map_err(|error| error.to_string())?;
    if let Some(place) = arguments.iter().chain(results).find(|place| !place.address.is_multiple_of(ALIGNMENT)) {
        return Err(format!("a buffer of shape {:?} is not at a multiple of {ALIGNMENT} bytes", place.shape));
    }
    let given = arguments.iter().map(|place| Given { content: Content::At(place.address as u64), shape: place.shape });
    launcher
        .call(gpu.ordinal()?, gpu.stream()?, &given.collect::<Vec<_>>(), &mut Buffers(results, gpu))
        .map_err(|error| error.to_string())
}

/// Starts the driver, once.
fn start() -> Result<(), RuntimeError> {
    static DRIVER: OnceLock<()> = OnceLock::new();
    if DRIVER.get().is_none() {
        cuda::start()?;
        let _ = DRIVER.set(());
    }
    Ok(())
}

/// Where tensors are, and whose they are.
#[derive(Default)]
struct Place {
    device: Option<Device>,
    exchange: Option<&'static Exchange>,
}

impl Place {
    fn look_at(&mut self, object: &Bound<'_, PyAny>) -> PyResult<()> {
        if self.device.is_some() && self.exchange.is_some() {
            return Ok(());
        }
        let exchange = dlpack::exchange_of(object);
        let Some(device) = device_of(object, exchange)?.filter(|device| device.kind == dlpack::CUDA) else {
            return Ok(());
        };
        self.device.get_or_insert(device);
        self.exchange = self.exchange.or(exchange);
        Ok(())
    }
}

/// The device of an object, if it is a tensor.
fn device_of(object: &Bound<'_, PyAny>, exchange: Option<&Exchange>) -> PyResult<Option<Device>> {
    if let Some(exchange) = exchange {
        return Ok(Some(View::borrowed(object, exchange)?.device));
    }
    let Ok(method) = object.getattr("__dlpack_device__") else { return Ok(None) };
    let (kind, number) = method.call0()?.extract::<(i32, i32)>()?;
    Ok(Some(Device { kind, number }))
}

/// Who has memory for results, and streams.
enum Library<'py> {
    Exchange(&'static Exchange),
    /// A PyTorch that has no exchange table yet.
    OldTorch(Bound<'py, PyAny>),
}

impl<'py> Library<'py> {
    /// PyTorch, where it is loaded.
    fn torch(py: Python<'py>) -> Option<Self> {
        let modules = py.import("sys").ok()?.getattr("modules").ok()?;
        let torch = modules.get_item("torch").ok()?;
        let exchange = dlpack::exchange_of_type(torch.getattr("Tensor").ok()?.cast::<PyType>().ok()?);
        Some(exchange.map_or(Self::OldTorch(torch), Self::Exchange))
    }

    /// The stream on which it works on a GPU now.
    fn stream(&self, py: Python<'_>, device: Device) -> PyResult<u64> {
        match self {
            Self::Exchange(exchange) => exchange.stream(py, device),
            Self::OldTorch(torch) => {
                let stream = torch.getattr("cuda")?.call_method1("current_stream", (device.number,))?;
                stream.getattr("cuda_stream")?.extract()
            }
        }
    }
}

/// The names of element types in PyTorch.
const fn torch_name(dtype: DType) -> &'static str {
    match dtype {
        DType::F64 => "float64",
        DType::F32 => "float32",
        DType::F16 => "float16",
        DType::BF16 => "bfloat16",
        DType::F8E4M3 => "float8_e4m3fn",
        DType::F8E5M2 => "float8_e5m2",
        DType::I64 => "int64",
        DType::I32 => "int32",
        DType::I16 => "int16",
        DType::I8 => "int8",
        DType::U8 => "uint8",
        DType::Bool => "bool",
    }
}

/// Reads a tensor on a device for a stream. `None`: it is none.
fn view(object: &Bound<'_, PyAny>, stream: u64) -> PyResult<Option<(View, Option<Py<PyAny>>)>> {
    if let Some(exchange) = dlpack::exchange_of(object) {
        return Ok(Some((View::borrowed(object, exchange)?, None)));
    }
    let device = device_of(object, None)?;
    // To the protocol, the default stream is 1.
    View::given(object, device.filter(|device| device.kind == dlpack::CUDA).map(|_| stream.max(1)))
}

/// Reads an argument: a tensor where it lies, or a number.
fn argument(
    spec: &TensorSpec,
    object: &Bound<'_, PyAny>,
    device: Device,
    stream: u64,
    copied: &mut bool,
) -> PyResult<Taken> {
    let Some((mut found, mut keep)) = view(object, stream)? else {
        return Ok(Taken { content: Content::Number(scalar(spec, object)?), shape: vec![], _keep: None });
    };
    check(spec, &found)?;
    if found.shape.is_empty() && found.device.kind == dlpack::CPU {
        return Ok(Taken { content: Content::Number(number_at(&found)), shape: vec![], _keep: None });
    }
    check_device(&spec.name, &found, device)?;
    for (method, wrong) in [("contiguous", "contiguous"), ("clone", "at a multiple of 16 bytes")] {
        let fine = if method == "contiguous" { found.is_contiguous() } else { found.address.is_multiple_of(ALIGNMENT) };
        if fine {
            continue;
        }
        let name = &spec.name;
        let copy = object.call_method0(method).map_err(|_| {
            PyValueError::new_err(format!("{name}: the tensor is not {wrong}, and has no method '{method}'"))
        })?;
        let (copy_view, inner) = view(&copy, stream)?.ok_or_else(|| PyTypeError::new_err("a copy is no tensor"))?;
        check_device(name, &copy_view, device)?;
        found = copy_view;
        keep = Some(inner.unwrap_or_else(|| copy.unbind()));
        *copied = true;
    }
    if !found.is_contiguous() || !found.address.is_multiple_of(ALIGNMENT) {
        return Err(PyValueError::new_err(format!("{}: a copy of the tensor is not as programs need it", spec.name)));
    }
    Ok(Taken { content: Content::At(found.address as u64), shape: found.shape, _keep: keep })
}

/// The bits of a tensor of one element in host memory.
fn number_at(view: &View) -> u64 {
    let mut bits = [0; 8];
    let size = view.dtype.size().min(bits.len());
    // SAFETY: the protocol: the tensor has an element at its address.
    unsafe { std::ptr::copy_nonoverlapping(view.address as *const u8, bits.as_mut_ptr(), size) };
    u64::from_le_bytes(bits)
}

fn check_device(name: &str, view: &View, device: Device) -> PyResult<()> {
    if view.device == device {
        return Ok(());
    }
    Err(PyValueError::new_err(if view.device.kind == dlpack::CUDA {
        format!("{name}: the tensor is on GPU {}, and others are on GPU {}", view.device.number, device.number)
    } else {
        format!("{name}: the tensor is not on a GPU, and the program is for one")
    }))
}

/// Memory from those who call.
struct Callers<'a, 'py> {
    py: Python<'py>,
    signature: &'a Signature,
    device: Device,
    stream: u64,
    library: Option<Library<'py>>,
    lends: bool,
    wishes: Wishes<'py>,
    made: Vec<Made>,
    scratch: Vec<Made>,
    /// What went wrong in Python.
    error: Option<PyErr>,
}

impl Callers<'_, '_> {
    fn check_out(&self) -> PyResult<()> {
        let Some(out) = &self.wishes.out else { return Ok(()) };
        let expected = self.signature.results.len();
        if out.len() == expected {
            return Ok(());
        }
        Err(PyValueError::new_err(format!("'out' has {} tensor(s) for {expected} result(s)", out.len())))
    }

    /// Checks a tensor that somebody has for a result.
    fn settled(&self, spec: &TensorSpec, object: &Bound<'_, PyAny>) -> PyResult<(Made, u64)> {
        let name = &spec.name;
        let (view, _) = view(object, self.stream)?
            .ok_or_else(|| PyTypeError::new_err(format!("{name}: expected a tensor, not {}", object.get_type())))?;
        check(spec, &view)?;
        check_device(name, &view, self.device)?;
        if !view.is_contiguous() || !view.address.is_multiple_of(ALIGNMENT) {
            let text = format!("{name}: the tensor is not contiguous at a multiple of {ALIGNMENT} bytes");
            return Err(PyValueError::new_err(text));
        }
        Ok((Made::Object(object.clone().unbind()), view.address as u64))
    }

    fn new_tensor(&self, spec: &TensorSpec, shape: &[usize]) -> PyResult<(Made, u64)> {
        if let Some(allocate) = &self.wishes.allocate {
            let made = allocate.call1((PyTuple::new(self.py, shape)?, spec.dtype.name(), self.device.number))?;
            return self.settled(spec, &made);
        }
        match &self.library {
            Some(Library::Exchange(exchange)) => {
                let shape: Vec<i64> = shape.iter().map(|size| *size as i64).collect();
                let tensor = exchange.allocate(self.py, self.device, spec.dtype, &shape)?;
                let address = tensor.address() as u64;
                Ok((Made::Theirs(tensor, exchange), address))
            }
            Some(Library::OldTorch(torch)) => {
                let keywords = PyDict::new(self.py);
                keywords.set_item("dtype", torch.getattr(torch_name(spec.dtype))?)?;
                keywords.set_item("device", format!("cuda:{}", self.device.number))?;
                let made = torch.call_method("empty", (PyTuple::new(self.py, shape)?,), Some(&keywords))?;
                self.settled(spec, &made)
            }
            None => {
                let text = format!("no memory for '{}': give 'out' or 'allocate', or import torch", spec.name);
                Err(PyValueError::new_err(text))
            }
        }
    }

    fn told(&mut self, found: PyResult<(Made, u64)>) -> Result<(Made, u64), RuntimeError> {
        found.map_err(|error| {
            let text = error.to_string();
            self.error = Some(error);
            RuntimeError::Cuda(text)
        })
    }
}

impl Allocator for Callers<'_, '_> {
    fn result(&mut self, number: usize, shape: &[usize]) -> Result<u64, RuntimeError> {
        let own = &self.signature.results[number];
        let spec = TensorSpec { shape: shape.iter().copied().map(Some).collect(), ..own.clone() };
        let given = self.wishes.out.as_ref().and_then(|out| out[number].clone());
        let found = match given {
            Some(object) => self.settled(&spec, &object),
            None => self.new_tensor(&spec, shape),
        };
        let (made, address) = self.told(found)?;
        self.made[number] = made;
        Ok(address)
    }

    fn has_scratch(&self) -> bool {
        self.lends
    }

    fn scratch(&mut self, bytes: usize) -> Result<u64, RuntimeError> {
        let spec = TensorSpec { name: "scratch".into(), dtype: DType::U8, shape: vec![Some(bytes)] };
        let found = self.new_tensor(&spec, &[bytes]);
        let (made, address) = self.told(found)?;
        self.scratch.push(made);
        Ok(address)
    }

    fn wait(&mut self, work: &mut (dyn FnMut() -> Result<(), RuntimeError> + Send)) -> Result<(), RuntimeError> {
        self.py.detach(work)
    }
}
