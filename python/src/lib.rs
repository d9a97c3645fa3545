//! The native part of the Python package: the compiler in process and the launcher. `python/flashlight/__init__.py` is
//! what users see, `_native.pyi` the types.

mod artifact;
mod compile;
mod dlpack;
mod error;
mod gpu;
mod program;
mod xla;

use flashlight::runtime::{DType, default_tolerance};
use pyo3::prelude::*;
use std::collections::BTreeMap;

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    let tolerances = DType::ALL.map(|dtype| (dtype.name(), default_tolerance(dtype)));
    module.add("TOLERANCES", tolerances.into_iter().collect::<BTreeMap<_, _>>())?;
    module.add("CompileError", module.py().get_type::<error::CompileError>())?;
    module.add_class::<artifact::Artifact>()?;
    module.add_class::<program::Program>()?;
    module.add_class::<program::Buffer>()?;
    module.add_function(wrap_pyfunction!(compile::compile, module)?)?;
    module.add_function(wrap_pyfunction!(compile::coverage, module)?)?;
    module.add_function(wrap_pyfunction!(compile::explain, module)?)?;
    module.add_function(wrap_pyfunction!(compile::split, module)?)?;
    module.add_function(wrap_pyfunction!(xla::xla_register, module)?)?;
    module.add_function(wrap_pyfunction!(xla::xla_handler, module)?)
}
