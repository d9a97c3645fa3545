//! Compiled programs as functions of tensors.

use crate::{
    artifact::{Artifact, Parts},
    dlpack::{self, Allocated, Device, Exchange, Memory, View},
    error::{self, CompileError},
    gpu::{self, Gpu},
};
use flashlight::{
    cpu::{CpuKernel, Place, Returned, Signature},
    runtime::{DType, RuntimeError, Tensor, TensorSpec, cuda::Launcher},
};
use pyo3::{
    exceptions::{PyRuntimeError, PyTypeError, PyValueError},
    prelude::*,
    types::PyTuple,
};
use std::sync::{Arc, Mutex};

/// A program that is loaded: a function of tensors.
#[pyclass(frozen, module = "flashlight")]
pub struct Program {
    parts: Arc<Parts>,
    signature: Signature,
    code: Code,
    /// The sizes of the arguments of the last call, known to fit together.
    fitting: Mutex<Vec<usize>>,
}

/// What runs.
enum Code {
    Cpu(CpuKernel),
    Gpu(Box<Launcher>),
}

/// An argument of a call.
struct Argument {
    address: usize,
    shape: Vec<usize>,
    /// What its memory belongs to, if not to the object that was given.
    _keep: Option<Py<PyAny>>,
}

/// Memory for a result.
enum Made {
    Theirs(Allocated),
    Ours(Tensor),
}

pub fn refused(error: RuntimeError) -> PyErr {
    match error {
        RuntimeError::Cuda(_) | RuntimeError::Target(_) => PyRuntimeError::new_err(error.to_string()),
        RuntimeError::WrongDtype { .. } => PyTypeError::new_err(error.to_string()),
        _ => PyValueError::new_err(error.to_string()),
    }
}

#[pymethods]
impl Program {
    /// Loads an artifact.
    #[new]
    fn new(py: Python<'_>, artifact: &Artifact) -> PyResult<Self> {
        let parts = Arc::clone(&artifact.parts);
        let signature = Signature::from(&parts.manifest);
        let code = match &parts.manifest.host {
            Some(host) => {
                let object = parts.files.get(&host.object).map(Vec::as_slice).unwrap_or_default();
                let load = || Ok(CpuKernel::from_object(object, host, signature.clone())?);
                let kernel = py.detach(|| error::run(load))?;
                Code::Cpu(kernel)
            }
            None => {
                let files = Arc::clone(&parts);
                let read = move |name: &str| {
                    let missing = || RuntimeError::Cuda(format!("the artifact has no file '{name}'"));
                    files.files.get(name).cloned().ok_or_else(missing)
                };
                let launcher = Launcher::new(parts.manifest.clone(), read);
                Code::Gpu(Box::new(launcher.map_err(|error| CompileError::new_err(error.to_string()))?))
            }
        };
        Ok(Self { signature, code, fitting: Mutex::default(), parts })
    }

    /// The artifact that it was loaded from.
    #[getter]
    fn artifact(&self) -> Artifact {
        Artifact { parts: Arc::clone(&self.parts) }
    }

    /// Runs the program. Arguments are tensors of any library that has DLPack, or numbers for scalars. Results are a
    /// tuple of tensors of the library of the first tensor, where it can make them, else of `Buffer`s.
    ///
    /// A program for a GPU runs where its tensors are, in the order of a stream: `stream`, the handle of one, or that on which the
    /// library of the tensors works. `out` has tensors for the results, or `None`; `allocate(shape, dtype, device)` makes others.
    #[pyo3(signature = (*arguments, out = None, stream = None, allocate = None))]
    fn __call__<'py>(
        &self,
        py: Python<'py>,
        arguments: &Bound<'py, PyTuple>,
        out: Option<Vec<Option<Bound<'py, PyAny>>>>,
        stream: Option<u64>,
        allocate: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let expected = self.signature.arguments.len();
        if arguments.len() != expected {
            return Err(refused(RuntimeError::ArgumentCount { expected, found: arguments.len() }));
        }
        let kernel = match &self.code {
            Code::Gpu(launcher) => {
                return gpu::call(launcher, &self.signature, arguments, gpu::Wishes { out, stream, allocate });
            }
            Code::Cpu(_) if out.is_some() || stream.is_some() || allocate.is_some() => {
                return Err(PyTypeError::new_err("'out', 'stream' and 'allocate' are for programs on a GPU"));
            }
            Code::Cpu(kernel) => kernel,
        };
        let mut numbers = vec![0u64; expected];
        let mut exchange = None;
        let mut taken = Vec::with_capacity(expected);
        for ((spec, object), number) in self.signature.arguments.iter().zip(arguments.iter_borrowed()).zip(&mut numbers)
        {
            exchange = exchange.or_else(|| dlpack::exchange_of(&object));
            taken.push(argument(spec, &object, number)?);
        }
        self.check_sizes(&taken)?;
        let made = self.results(py, exchange)?;
        let addresses: Vec<usize> = made.iter().map(|(_, address)| *address).collect();
        let places: Vec<_> =
            taken.iter().map(|argument| Place { address: argument.address, shape: &argument.shape }).collect();
        // SAFETY: types and shapes were checked, the objects live until the end of this call, results are new.
        let returned = py.detach(|| unsafe { kernel.run_at(&places, &addresses) });
        let (mut made, mut returned) = (made.into_iter(), returned.into_iter());
        let objects = self.signature.results.iter().map(|spec| {
            if spec.shape.iter().any(Option::is_none) {
                let buffer = returned.next().ok_or_else(|| PyRuntimeError::new_err("a result was not returned"))?;
                return hand_over(py, Memory::of_returned(spec.dtype, buffer), exchange);
            }
            match (made.next(), exchange) {
                (Some((Made::Theirs(tensor), _)), Some(exchange)) => tensor.object(py, exchange),
                (Some((Made::Ours(tensor), address)), _) => hand_over(py, Memory::of_tensor(tensor, address), exchange),
                _ => Err(PyRuntimeError::new_err("a result was not made")),
            }
        });
        PyTuple::new(py, objects.collect::<PyResult<Vec<_>>>()?)
    }

    fn __repr__(&self) -> String {
        let list = |specs: &[TensorSpec]| specs.iter().map(spec_text).collect::<Vec<_>>().join(", ");
        let Signature { entry, arguments, results, .. } = &self.signature;
        format!("<flashlight.Program {entry}({}) -> ({})>", list(arguments), list(results))
    }
}

pub fn spec_text(spec: &TensorSpec) -> String {
    let sizes: Vec<_> = spec.shape.iter().map(|size| size.map_or("?".into(), |size| size.to_string())).collect();
    format!("{}[{}]", spec.dtype, sizes.join(", "))
}

/// Checks element type and shape.
pub fn check(spec: &TensorSpec, view: &View) -> PyResult<()> {
    if !spec.dtype.accepts(view.dtype) {
        let (found, expected) = (view.dtype.to_string(), spec.dtype.to_string());
        return Err(refused(RuntimeError::WrongDtype { name: spec.name.clone(), found, expected }));
    }
    let fits = spec.shape.len() == view.shape.len()
        && spec.shape.iter().zip(&view.shape).all(|(want, have)| want.is_none_or(|want| want == *have));
    if !fits {
        let sizes: Vec<_> = spec.shape.iter().map(|size| size.map_or("?".into(), |size| size.to_string())).collect();
        let (found, expected) = (format!("{:?}", view.shape), format!("[{}]", sizes.join(", ")));
        return Err(refused(RuntimeError::WrongShape { name: spec.name.clone(), found, expected }));
    }
    Ok(())
}

/// Reads an argument: a tensor where it lies, or a number, which is kept in `number`.
fn argument(spec: &TensorSpec, object: &Bound<'_, PyAny>, number: &mut u64) -> PyResult<Argument> {
    let Some((mut view, mut keep)) = View::of(object)? else {
        *number = scalar(spec, object)?;
        return Ok(Argument { address: std::ptr::from_ref(number).expose_provenance(), shape: vec![], _keep: None });
    };
    check(spec, &view)?;
    if view.device.kind != dlpack::CPU {
        return Err(PyValueError::new_err(format!(
            "{}: the tensor is not on the CPU, and the program is for it",
            spec.name
        )));
    }
    if !view.is_contiguous() {
        let copy = object.call_method0("contiguous").map_err(|_| {
            PyValueError::new_err(format!(
                "{}: the tensor is not contiguous, and has no method 'contiguous'",
                spec.name
            ))
        })?;
        let (copied, inner) = View::of(&copy)?.ok_or_else(|| PyTypeError::new_err("'contiguous' made no tensor"))?;
        view = copied;
        keep = Some(inner.unwrap_or_else(|| copy.unbind()));
    }
    Ok(Argument { address: view.address, shape: view.shape, _keep: keep })
}

/// The bits of a number where a scalar is expected.
pub fn scalar(spec: &TensorSpec, object: &Bound<'_, PyAny>) -> PyResult<u64> {
    let wrong =
        || PyTypeError::new_err(format!("{}: expected {}, not {}", spec.name, spec_text(spec), object.get_type()));
    if !spec.shape.is_empty() {
        return Err(wrong());
    }
    let too_large = |_| PyValueError::new_err(format!("{}: the number does not fit {}", spec.name, spec.dtype));
    let integer = || object.extract::<i64>().map_err(|_| wrong());
    Ok(match spec.dtype {
        DType::F64 => object.extract::<f64>().map_err(|_| wrong())?.to_bits(),
        DType::F32 => u64::from((object.extract::<f64>().map_err(|_| wrong())? as f32).to_bits()),
        DType::I64 => integer()?.cast_unsigned(),
        DType::I32 => u64::from(i32::try_from(integer()?).map_err(too_large)?.cast_unsigned()),
        DType::Bool => u64::from(object.extract::<bool>().map_err(|_| wrong())?),
        _ => return Err(wrong()),
    })
}

impl Program {
    /// What it takes and gives.
    pub const fn signature(&self) -> &Signature {
        &self.signature
    }

    /// Runs the program between buffers of a caller.
    ///
    /// # Safety
    /// The buffers must be row-major, of the signature's types and ranks and of known sizes where it has such, where the program runs,
    /// alive and not written by others until it is through, and nobody may read the results.
    pub unsafe fn run_between(
        &self,
        arguments: &[Place<'_>],
        results: &[Place<'_>],
        gpu: &impl Gpu,
    ) -> Result<(), String> {
        match &self.code {
            // SAFETY: as above.
            Code::Cpu(kernel) => unsafe { self.run_on_cpu(kernel, arguments, results) },
            Code::Gpu(launcher) => gpu::run_between(launcher, arguments, results, gpu),
        }
    }

    /// [`Self::run_between`], on the CPU.
    unsafe fn run_on_cpu(
        &self,
        kernel: &CpuKernel,
        arguments: &[Place<'_>],
        results: &[Place<'_>],
    ) -> Result<(), String> {
        self.signature.check_sizes(arguments.iter().map(|place| place.shape)).map_err(|error| error.to_string())?;
        let is_static = |spec: &TensorSpec| spec.shape.iter().all(Option::is_some);
        let pairs = || self.signature.results.iter().zip(results);
        let addresses: Vec<_> = pairs().filter(|(spec, _)| is_static(spec)).map(|(_, place)| place.address).collect();
        // SAFETY: as above; sizes were checked.
        let returned = unsafe { kernel.run_at(arguments, &addresses) };
        for ((spec, place), buffer) in pairs().filter(|(spec, _)| !is_static(spec)).zip(&returned) {
            if buffer.shape != place.shape {
                return Err(format!("{}: the result is {:?}, expected {:?}", spec.name, buffer.shape, place.shape));
            }
            let size = place.shape.iter().product::<usize>() * spec.dtype.size();
            if size > 0 {
                // SAFETY: the memory has the shape's elements.
                buffer.copy_to(unsafe { std::slice::from_raw_parts_mut(place.address as *mut u8, size) }, spec.dtype);
            }
        }
        Ok(())
    }

    /// Checks that the sizes of the arguments fit together.
    fn check_sizes(&self, arguments: &[Argument]) -> PyResult<()> {
        if self.signature.equal.is_empty() {
            return Ok(());
        }
        let sizes = || arguments.iter().flat_map(|argument| argument.shape.iter().copied());
        if self.fitting.lock().is_ok_and(|fitting| fitting.iter().copied().eq(sizes())) {
            return Ok(());
        }
        self.signature.check_sizes(arguments.iter().map(|argument| argument.shape.as_slice())).map_err(refused)?;
        if let Ok(mut fitting) = self.fitting.lock() {
            *fitting = sizes().collect();
        }
        Ok(())
    }

    /// Memory for the results of static shape, of the caller's library if it can make some, and where it lies.
    fn results(&self, py: Python<'_>, exchange: Option<&Exchange>) -> PyResult<Vec<(Made, usize)>> {
        let mut made = vec![];
        for spec in &self.signature.results {
            let Some(shape) = spec.shape.iter().copied().collect::<Option<Vec<usize>>>() else { continue };
            made.push(match exchange {
                Some(exchange) => {
                    let shape: Vec<i64> = shape.iter().map(|size| *size as i64).collect();
                    let tensor = exchange.allocate(py, Device { kind: dlpack::CPU, number: 0 }, spec.dtype, &shape)?;
                    let address = tensor.address();
                    (Made::Theirs(tensor), address)
                }
                None => {
                    let mut tensor = Tensor::zeros(spec.dtype, &shape).map_err(refused)?;
                    let address = tensor.bytes_mut().as_mut_ptr().expose_provenance();
                    (Made::Ours(tensor), address)
                }
            });
        }
        Ok(made)
    }
}

impl Memory {
    fn of_returned(dtype: DType, buffer: Returned) -> Self {
        let signed = |numbers: &[usize]| numbers.iter().map(|number| *number as i64).collect();
        let (shape, strides) = (signed(&buffer.shape), signed(&buffer.strides));
        Self { address: buffer.address, dtype, shape, strides, _holder: Box::new(buffer) }
    }

    fn of_tensor(tensor: Tensor, address: usize) -> Self {
        let shape: Vec<i64> = tensor.shape().iter().map(|size| *size as i64).collect();
        let mut strides = vec![1; shape.len()];
        for dim in (1..shape.len()).rev() {
            strides[dim - 1] = strides[dim] * shape[dim];
        }
        Self { address, dtype: tensor.dtype(), shape, strides, _holder: Box::new(tensor) }
    }
}

fn hand_over(py: Python<'_>, memory: Memory, exchange: Option<&Exchange>) -> PyResult<Py<PyAny>> {
    let memory = Arc::new(memory);
    match exchange {
        Some(exchange) => exchange.wrap(py, memory),
        None => Ok(Bound::new(py, Buffer { memory })?.into_any().unbind()),
    }
}

/// A result that no library asked for: any that has DLPack takes it without a copy, such as `numpy.from_dlpack`.
#[pyclass(frozen, module = "flashlight")]
pub struct Buffer {
    memory: Arc<Memory>,
}

#[pymethods]
impl Buffer {
    /// The sizes.
    #[getter]
    fn shape<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.memory.shape)
    }

    /// The element type, as in manifests.
    #[getter]
    fn dtype(&self) -> &'static str {
        self.memory.dtype.name()
    }

    /// The elements as a DLPack capsule.
    #[pyo3(signature = (*, stream = None, max_version = None, dl_device = None, copy = None))]
    fn __dlpack__(
        &self,
        py: Python<'_>,
        stream: Option<Py<PyAny>>,
        max_version: Option<(u32, u32)>,
        dl_device: Option<(i32, i32)>,
        copy: Option<bool>,
    ) -> PyResult<Py<PyAny>> {
        drop(stream);
        if dl_device.is_some_and(|device| device != self.__dlpack_device__()) || copy == Some(true) {
            return Err(pyo3::exceptions::PyBufferError::new_err(
                "the elements are in host memory, and are not copied",
            ));
        }
        dlpack::capsule(py, Arc::clone(&self.memory), max_version.is_some_and(|(major, _)| major >= 1))
    }

    fn __dlpack_device__(&self) -> (i32, i32) {
        (dlpack::CPU, 0)
    }
}
