//! The native part of the Python package: the compiler in process and the launcher. `python/flashlight/__init__.py` is
//! what users see, `_native.pyi` the types.

mod artifact;
mod compile;
mod dlpack;
mod error;
mod program;

use pyo3::prelude::*;

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("CompileError", module.py().get_type::<error::CompileError>())?;
    module.add_class::<artifact::Artifact>()?;
    module.add_class::<program::Program>()?;
    module.add_class::<program::Buffer>()?;
    module.add_function(wrap_pyfunction!(compile::compile, module)?)?;
    module.add_function(wrap_pyfunction!(compile::coverage, module)?)?;
    module.add_function(wrap_pyfunction!(compile::explain, module)?)
}
