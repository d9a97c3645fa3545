//! A compiled program in memory: a manifest, the files that it names, and what was fused.

use crate::error::CompileError;
use flashlight::{
    cli::Report,
    cli::artifacts::Artifacts,
    runtime::{Manifest, RuntimeError, cuda::folder_files, manifest},
};
use pyo3::{prelude::*, types::PyBytes};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

/// How much of a program was fused.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Summary {
    /// Fused ops that are kernels.
    pub kernels: usize,
    /// Ops that are not in a fused one.
    pub unfused_ops: usize,
    /// Softmax–matmul chains outside of fused ops, by location.
    pub chains: Vec<String>,
    /// What was looked at and refused, or left as separate kernels: locations and reasons.
    pub refusals: Vec<String>,
}

/// What an artifact consists of.
#[derive(Clone, Debug)]
pub struct Parts {
    pub manifest: Manifest,
    pub files: BTreeMap<String, Vec<u8>>,
    pub summary: Summary,
}

/// The head of an artifact in bytes; the files follow, in order.
#[derive(Serialize, Deserialize)]
struct Head {
    manifest: String,
    summary: Summary,
    files: Vec<(String, usize)>,
}

const MAGIC: &[u8; 8] = b"FLASHL01";

/// A compiled program: what `flashlight compile` writes to a folder, in memory.
#[pyclass(frozen, module = "flashlight")]
pub struct Artifact {
    pub parts: Arc<Parts>,
}

fn malformed(why: impl std::fmt::Display) -> PyErr {
    CompileError::new_err(format!("not a flashlight artifact: {why}"))
}

fn failed(error: RuntimeError) -> PyErr {
    CompileError::new_err(error.to_string())
}

#[pymethods]
impl Artifact {
    /// `"cpu"` or `"sm_90a"`.
    #[getter]
    fn target(&self) -> &str {
        &self.parts.manifest.target
    }

    /// The manifest as JSON (docs/manifest.md).
    #[getter]
    fn manifest(&self) -> PyResult<String> {
        self.parts.manifest.to_text().map_err(failed)
    }

    /// The names of the files that the manifest names.
    #[getter]
    fn files(&self) -> Vec<String> {
        self.parts.files.keys().cloned().collect()
    }

    /// The content of a file.
    fn file<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = self.parts.files.get(name).ok_or_else(|| pyo3::exceptions::PyKeyError::new_err(name.to_owned()))?;
        Ok(PyBytes::new(py, bytes))
    }

    /// Fused ops that are kernels.
    #[getter]
    fn kernels(&self) -> usize {
        self.parts.summary.kernels
    }

    /// Ops that are not in a fused one.
    #[getter]
    fn unfused_ops(&self) -> usize {
        self.parts.summary.unfused_ops
    }

    /// Softmax–matmul chains outside of fused ops, by location.
    #[getter]
    fn chains(&self) -> Vec<String> {
        self.parts.summary.chains.clone()
    }

    /// What was looked at and refused: locations and reasons.
    #[getter]
    fn refusals(&self) -> Vec<String> {
        self.parts.summary.refusals.clone()
    }

    /// Writes the files and `manifest.json` to a folder, as `flashlight compile` does.
    fn save(&self, folder: PathBuf) -> PyResult<()> {
        let mut artifacts = Artifacts::default();
        artifacts.add(manifest::FILE_NAME, self.manifest()?);
        self.parts.files.iter().for_each(|(name, bytes)| artifacts.add(name.clone(), bytes.clone()));
        artifacts.write(&folder, &mut Report::default()).map_err(failed)
    }

    /// Reads what `save` or `flashlight compile` wrote.
    #[staticmethod]
    fn load(folder: PathBuf) -> PyResult<Self> {
        let manifest = Manifest::load(&folder).map_err(failed)?;
        let files = {
            let read = folder_files(&manifest, &folder);
            let files = manifest.file_names().into_iter().map(|name| Ok((name.to_owned(), read(name)?)));
            files.collect::<Result<_, _>>().map_err(failed)?
        };
        let summary = Summary { kernels: manifest.kernels.len(), ..Summary::default() };
        Ok(Self { parts: Arc::new(Parts { manifest, files, summary }) })
    }

    /// The whole artifact as bytes, for caches.
    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let files = self.parts.files.iter().map(|(name, bytes)| (name.clone(), bytes.len())).collect();
        let head = Head { manifest: self.manifest()?, summary: self.parts.summary.clone(), files };
        let head = serde_json::to_vec(&head).map_err(malformed)?;
        let mut bytes = MAGIC.to_vec();
        bytes.extend((head.len() as u64).to_le_bytes());
        bytes.extend(head);
        self.parts.files.values().for_each(|file| bytes.extend(file));
        Ok(PyBytes::new(py, &bytes))
    }

    /// The inverse of `to_bytes`.
    #[staticmethod]
    fn from_bytes(data: &[u8]) -> PyResult<Self> {
        let rest = data.strip_prefix(MAGIC).ok_or_else(|| malformed("it does not begin as one"))?;
        let (size, rest) = rest.split_first_chunk::<8>().ok_or_else(|| malformed("it is truncated"))?;
        let size = usize::try_from(u64::from_le_bytes(*size)).map_err(malformed)?;
        let (head, mut rest) = rest.split_at_checked(size).ok_or_else(|| malformed("it is truncated"))?;
        let head: Head = serde_json::from_slice(head).map_err(malformed)?;
        let manifest = Manifest::parse(&head.manifest).map_err(malformed)?;
        let mut files = BTreeMap::new();
        for (name, size) in head.files {
            let (file, tail) = rest.split_at_checked(size).ok_or_else(|| malformed("it is truncated"))?;
            manifest.verify(&name, file).map_err(malformed)?;
            files.insert(name, file.to_vec());
            rest = tail;
        }
        Ok(Self { parts: Arc::new(Parts { manifest, files, summary: head.summary }) })
    }

    fn __repr__(&self) -> String {
        let Parts { manifest, summary, .. } = &*self.parts;
        format!(
            "<flashlight.Artifact of '{}' for {}: {} fused kernel(s), {} op(s) unfused>",
            manifest.entry, manifest.target, summary.kernels, summary.unfused_ops
        )
    }
}
