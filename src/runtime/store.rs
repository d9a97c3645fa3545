//! Tensors in safetensors files: `arg0…` in, `result0…` out, `eager0…` as yardstick.

use super::{
    DType, RuntimeError, Tensor,
    tensor::{element_count, shape_text},
};
use safetensors::{SafeTensors, tensor::Dtype as FileDtype, tensor::TensorView};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// What a function says about one argument or result; `None` is a dimension known only at run time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TensorSpec {
    /// `arg0`, `result0`, …
    pub name: String,
    pub dtype: DType,
    pub shape: Vec<Option<usize>>,
}

impl TensorSpec {
    /// Checks a tensor against this description.
    ///
    /// # Errors
    /// [`RuntimeError::WrongDtype`] or [`RuntimeError::WrongShape`].
    pub fn check(&self, tensor: &Tensor) -> Result<(), RuntimeError> {
        if !self.dtype.accepts(tensor.dtype()) {
            return Err(RuntimeError::WrongDtype {
                name: self.name.clone(),
                found: tensor.dtype().to_string(),
                expected: self.dtype.to_string(),
            });
        }
        let same = self.shape.len() == tensor.shape().len()
            && self.shape.iter().zip(tensor.shape()).all(|(want, have)| want.is_none_or(|want| want == *have));
        if same {
            return Ok(());
        }
        Err(RuntimeError::WrongShape {
            name: self.name.clone(),
            found: format!("{:?}", tensor.shape()),
            expected: shape_text(&self.shape),
        })
    }
}

/// The tensors of one safetensors file, in memory.
pub struct Store {
    path: PathBuf,
    bytes: Vec<u8>,
}

fn from_file_dtype(dtype: FileDtype) -> Option<DType> {
    Some(match dtype {
        FileDtype::F64 => DType::F64,
        FileDtype::F32 => DType::F32,
        FileDtype::F16 => DType::F16,
        FileDtype::BF16 => DType::BF16,
        FileDtype::F8_E4M3 => DType::F8E4M3,
        FileDtype::F8_E5M2 => DType::F8E5M2,
        FileDtype::I64 => DType::I64,
        FileDtype::I32 => DType::I32,
        FileDtype::I16 => DType::I16,
        FileDtype::I8 => DType::I8,
        FileDtype::U8 => DType::U8,
        FileDtype::BOOL => DType::Bool,
        _ => return None,
    })
}

const fn to_file_dtype(dtype: DType) -> FileDtype {
    match dtype {
        DType::F64 => FileDtype::F64,
        DType::F32 => FileDtype::F32,
        DType::F16 => FileDtype::F16,
        DType::BF16 => FileDtype::BF16,
        DType::F8E4M3 => FileDtype::F8_E4M3,
        DType::F8E5M2 => FileDtype::F8_E5M2,
        DType::I64 => FileDtype::I64,
        DType::I32 => FileDtype::I32,
        DType::I16 => FileDtype::I16,
        DType::I8 => FileDtype::I8,
        DType::U8 => FileDtype::U8,
        DType::Bool => FileDtype::BOOL,
    }
}

impl Store {
    /// Reads a file and checks that it is a whole safetensors file.
    ///
    /// # Errors
    /// [`RuntimeError::Io`] or [`RuntimeError::Store`].
    pub fn open(path: &Path) -> Result<Self, RuntimeError> {
        let bytes = std::fs::read(path).map_err(RuntimeError::io("read", path))?;
        let store = Self { path: path.to_path_buf(), bytes };
        store.view()?;
        Ok(store)
    }

    fn view(&self) -> Result<SafeTensors<'_>, RuntimeError> {
        SafeTensors::deserialize(&self.bytes)
            .map_err(|error| RuntimeError::Store { path: self.path.clone(), reason: error.to_string() })
    }

    /// The file that was read.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The names of all tensors, sorted.
    ///
    /// # Errors
    /// None once [`Store::open`] succeeded.
    pub fn names(&self) -> Result<Vec<String>, RuntimeError> {
        let view = self.view()?;
        let mut names: Vec<String> = view.names().into_iter().map(str::to_owned).collect();
        names.sort();
        Ok(names)
    }

    /// The tensor of this name, or `None`.
    ///
    /// # Errors
    /// [`RuntimeError::WrongDtype`] for an element type that Flashlight does not have.
    pub fn find(&self, name: &str) -> Result<Option<Tensor>, RuntimeError> {
        let view = self.view()?;
        let Ok(found) = view.tensor(name) else { return Ok(None) };
        let dtype = from_file_dtype(found.dtype()).ok_or_else(|| RuntimeError::WrongDtype {
            name: name.to_owned(),
            found: found.dtype().to_string(),
            expected: DType::ALL.map(DType::name).join(", "),
        })?;
        Tensor::from_bytes(dtype, found.shape(), found.data()).map(Some)
    }

    /// The tensor of this name.
    ///
    /// # Errors
    /// As [`Store::find`], and [`RuntimeError::MissingTensor`].
    pub fn get(&self, name: &str) -> Result<Tensor, RuntimeError> {
        if let Some(tensor) = self.find(name)? {
            return Ok(tensor);
        }
        let names = self.names()?;
        let present = if names.is_empty() { "none".into() } else { names.join(", ") };
        Err(RuntimeError::MissingTensor { path: self.path.clone(), name: name.to_owned(), present })
    }

    /// The arguments of a function, `arg0…`, each checked against its description.
    ///
    /// # Errors
    /// A missing, surplus or ill-typed argument.
    pub fn arguments(&self, specs: &[TensorSpec]) -> Result<Vec<Tensor>, RuntimeError> {
        let extra = format!("arg{}", specs.len());
        if self.names()?.contains(&extra) {
            return Err(RuntimeError::ExtraTensor { path: self.path.clone(), name: extra, count: specs.len() });
        }
        specs
            .iter()
            .enumerate()
            .map(|(index, spec)| {
                let tensor = self.get(&format!("arg{index}"))?;
                spec.check(&tensor)?;
                Ok(tensor)
            })
            .collect()
    }
}

/// Writes tensors to a safetensors file, all or nothing.
///
/// # Errors
/// [`RuntimeError::Io`]; the file is then as it was before.
pub fn save<'a>(path: &Path, tensors: impl IntoIterator<Item = (String, &'a Tensor)>) -> Result<(), RuntimeError> {
    let mut views = Vec::new();
    for (name, tensor) in tensors {
        debug_assert!(element_count(tensor.shape()).is_some());
        let view = TensorView::new(to_file_dtype(tensor.dtype()), tensor.shape().to_vec(), tensor.bytes())
            .map_err(|error| RuntimeError::Store { path: path.to_path_buf(), reason: error.to_string() })?;
        views.push((name, view));
    }
    let bytes = safetensors::serialize(views, None)
        .map_err(|error| RuntimeError::Store { path: path.to_path_buf(), reason: error.to_string() })?;
    write_atomic(path, &bytes)
}

/// Writes a file through a temporary one beside it, so that a failure leaves nothing half-written. Links are followed, and a file
/// that is there keeps its permissions.
///
/// # Errors
/// [`RuntimeError::Io`] naming the final path.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), RuntimeError> {
    let failed = |source| RuntimeError::Io { action: "write", path: path.to_path_buf(), source };
    if path.is_dir() {
        return Err(failed(std::io::Error::from(std::io::ErrorKind::IsADirectory)));
    }
    if path.exists() && !path.is_file() {
        return std::fs::write(path, bytes).map_err(failed); // a device or a pipe
    }
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file =
        tempfile::Builder::new().permissions(ordinary()).tempfile_in(folder).map_err(|e| failed(plain(e)))?;
    if let Ok(there) = std::fs::metadata(&target) {
        file.as_file().set_permissions(there.permissions()).map_err(failed)?;
    }
    file.write_all(bytes).map_err(failed)?;
    file.persist(&target).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Permissions of an ordinary file, subject to the umask.
fn ordinary() -> std::fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    std::fs::Permissions::from_mode(0o666)
}

/// An I/O error without the temporary path that `tempfile` adds.
fn plain(error: std::io::Error) -> std::io::Error {
    std::io::Error::from(error.kind())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saved_tensors_load_again_and_unknown_ones_are_named() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let path = folder.path().join("a.safetensors");
        let tensor = Tensor::from_f64(DType::BF16, &[2, 2], &[1.0, 2.0, f64::INFINITY, -4.0]).expect("fits");
        let mask = Tensor::from_f64(DType::Bool, &[1], &[1.0]).expect("fits");
        save(&path, [("arg0".to_owned(), &tensor), ("arg1".to_owned(), &mask)]).expect("written");
        let store = Store::open(&path).expect("read");
        assert_eq!(store.get("arg0").expect("there").to_f64(), tensor.to_f64());
        assert_eq!(store.get("arg1").expect("there").dtype(), DType::Bool);
        let message = store.get("arg2").expect_err("absent").to_string();
        assert!(message.ends_with("has no tensor 'arg2' (it has: arg0, arg1)"), "{message}");
        let spec = TensorSpec { name: "arg0".into(), dtype: DType::BF16, shape: vec![None, Some(2)] };
        assert!(matches!(store.arguments(std::slice::from_ref(&spec)), Err(RuntimeError::ExtraTensor { .. })));
        let narrow = TensorSpec { shape: vec![None, Some(3)], ..spec };
        assert_eq!(
            narrow.check(&tensor).expect_err("wrong shape").to_string(),
            "arg0: shape is [2, 2], expected [?, 3]"
        );
    }

    #[test]
    fn a_truncated_file_is_an_error_at_every_length() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let path = folder.path().join("a.safetensors");
        let tensor = Tensor::from_f64(DType::F32, &[3], &[1.0, 2.0, 3.0]).expect("fits");
        save(&path, [("arg0".to_owned(), &tensor)]).expect("written");
        let whole = std::fs::read(&path).expect("read");
        for length in 0..whole.len() {
            std::fs::write(&path, &whole[..length]).expect("written");
            assert!(matches!(Store::open(&path), Err(RuntimeError::Store { .. })), "length {length}");
        }
    }
}
