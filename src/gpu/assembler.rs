//! Where the assembler, `ptxas`, is: nothing of the machine that this was built on is known here.

use crate::error::PassError;
use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

const NAME: &str = "ptxas";

/// Where wheels of NVIDIA's and of Triton's have it, newest first.
const WHEELS: [&str; 3] = ["nvidia/cu13/bin", "triton/backends/nvidia/bin", "nvidia/cuda_nvcc/bin"];

/// Where `make setup` puts it.
const TOOLS: &str = ".tools/nvidia/cu13/bin";

/// The assembler: what the caller names, `FLASHLIGHT_PTXAS`, `PATH`, CUDA's folders, the wheels of the active Python, the
/// project's tool folder.
///
/// # Errors
/// [`PassError::Unsupported`] that lists where it was looked for.
pub fn find_ptxas(named: Option<&Path>) -> Result<PathBuf, PassError> {
    if let Some(path) = named {
        return Ok(path.to_path_buf());
    }
    let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    if let Some(path) = variable("FLASHLIGHT_PTXAS") {
        return Ok(path.into());
    }
    let below = [env::current_dir().ok(), env::current_exe().ok()];
    folders(&variable, Path::new("/"), &below)
        .into_iter()
        .map(|folder| folder.join(NAME))
        .find(|path| path.is_file())
        .ok_or_else(|| {
            PassError::Unsupported(
                "no ptxas: looked at --ptxas, FLASHLIGHT_PTXAS, PATH, CUDA_HOME and CUDA_PATH, /usr/local/cuda* and /opt/cuda, wheels \
                 of the active Python, and .tools ('make setup' and 'pip install nvidia-cuda-nvcc' install it)"
                    .into(),
            )
        })
}

/// The folders to look at, in order; `below` are places in the project, if one is.
fn folders(variable: &dyn Fn(&str) -> Option<OsString>, root: &Path, below: &[Option<PathBuf>]) -> Vec<PathBuf> {
    let path: Vec<_> = variable("PATH").iter().flat_map(env::split_paths).collect();
    let mut found = path.clone();
    found.extend(["CUDA_HOME", "CUDA_PATH"].into_iter().filter_map(variable).map(|home| Path::new(&home).join("bin")));
    found.extend(["usr/local/cuda/bin", "opt/cuda/bin"].map(|folder| root.join(folder)));
    let mut versions = entries(&root.join("usr/local"), "cuda-");
    versions.reverse();
    found.extend(versions.into_iter().map(|version| version.join("bin")));
    let python = path.iter().find(|folder| folder.join("python3").is_file() || folder.join("python").is_file());
    let active = ["VIRTUAL_ENV", "CONDA_PREFIX"].into_iter().filter_map(variable).map(PathBuf::from);
    for prefix in active.chain(python.and_then(|folder| folder.parent()).map(Path::to_path_buf)) {
        for library in ["lib", "lib64", "local/lib"].map(|library| prefix.join(library)) {
            for packages in entries(&library, "python3") {
                let places = ["site-packages", "dist-packages"].map(|name| packages.join(name));
                found.extend(places.iter().flat_map(|place| WHEELS.map(|wheel| place.join(wheel))));
            }
        }
    }
    let above = below.iter().flatten().flat_map(|place| place.ancestors());
    found.extend(above.map(|place| place.join(TOOLS)));
    found
}

/// What a folder has whose names begin so, in order.
fn entries(folder: &Path, start: &str) -> Vec<PathBuf> {
    let named = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(start);
    let mut found: Vec<_> =
        fs::read_dir(folder).into_iter().flatten().flatten().filter(named).map(|e| e.path()).collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first of these places that is looked at.
    fn first(places: &[&str], variables: &[(&str, &str)]) -> Option<String> {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        for place in places {
            let path = root.join(place);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, "").expect("written");
        }
        let variable = |name: &str| {
            let (_, value) = variables.iter().find(|(own, _)| *own == name)?;
            let paths = value.split(':').map(|path| root.join(path));
            env::join_paths(paths).ok()
        };
        let found = folders(&variable, root, &[Some(root.join("project/target/debug/flashlight"))]);
        let found = found.into_iter().map(|folder| folder.join(NAME)).find(|path| path.is_file())?;
        Some(found.strip_prefix(root).expect("below").display().to_string())
    }

    #[test]
    fn each_place_is_looked_at_in_its_order() {
        let venv = "venv/lib/python3.13/site-packages/triton/backends/nvidia/bin/ptxas";
        let order = [
            "bin/ptxas",
            "home/bin/ptxas",
            "usr/local/cuda/bin/ptxas",
            "usr/local/cuda-13.0/bin/ptxas",
            "usr/local/cuda-12.4/bin/ptxas",
            "venv/lib/python3.13/site-packages/nvidia/cu13/bin/ptxas",
            venv,
            "py/lib/python3.11/site-packages/nvidia/cuda_nvcc/bin/ptxas",
            "project/.tools/nvidia/cu13/bin/ptxas",
        ];
        let variables = [("PATH", "bin:py/bin"), ("CUDA_HOME", "home"), ("VIRTUAL_ENV", "venv")];
        for at in 0..order.len() {
            let places: Vec<_> = order[at..].iter().copied().chain(["py/bin/python3"]).collect();
            assert_eq!(first(&places, &variables).as_deref(), Some(order[at]));
        }
        assert_eq!(first(&[venv], &[]), None, "a Python that is not active");
    }
}
