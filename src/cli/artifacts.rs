//! Files made in memory and put into a folder together, or not at all.

use super::{Report, compile::Target, front::Facts, host, kernels};
use crate::{
    driver::Outcome,
    runtime::{Manifest, RuntimeError, manifest},
};
use std::{collections::BTreeMap, path::Path};

/// What an artifact is made of beside the program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// What the C function is called; it follows from the entry otherwise.
    pub symbol: Option<&'a str>,
    /// The processor to make code for; this machine's otherwise.
    pub cpu: Option<&'a str>,
}

/// A compiled program in memory.
pub struct Made {
    pub manifest: Manifest,
    /// What the manifest names.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Makes the artifact of a module that is through all stages of its target; `choices` are those of the request.
///
/// # Errors
/// Code generation that fails, or a module that became no kernel.
pub fn of(
    target: Target,
    outcome: &Outcome<'_>,
    facts: &Facts,
    options: &Options<'_>,
    choices: &[&str],
) -> anyhow::Result<Made> {
    Ok(match target {
        Target::Cpu => {
            let made = host::artifacts(outcome, facts, options.symbol, options.cpu, choices)?;
            let files = [(made.code.object, made.object), (made.code.header, made.header.into_bytes())];
            Made { manifest: made.manifest, files: files.into() }
        }
        Target::Sm90a => {
            let kernels::Program { manifest, files } = kernels::program(outcome, facts, choices)?;
            Made { manifest, files }
        }
    })
}

/// The files of one compilation, by name.
#[derive(Default)]
pub struct Artifacts {
    files: Vec<(String, Vec<u8>)>,
}

impl Artifacts {
    /// Adds a file.
    pub fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.push((name.into(), bytes.into()));
    }

    /// Refuses an output that cannot be a folder, before any work is done.
    ///
    /// # Errors
    /// [`RuntimeError::Io`].
    pub fn check_folder(folder: &Path) -> Result<(), RuntimeError> {
        if folder.exists() && !folder.is_dir() {
            let source = std::io::Error::from(std::io::ErrorKind::NotADirectory);
            return Err(RuntimeError::Io { action: "write to", path: folder.to_path_buf(), source });
        }
        Ok(())
    }

    /// Writes every file to a hidden folder inside `folder` and then moves them all into place, the manifest
    /// last: a loader that finds a manifest finds all that it names.
    ///
    /// # Errors
    /// [`RuntimeError::Io`]. A folder that was made for this is taken away again.
    pub fn write(mut self, folder: &Path, report: &mut Report) -> Result<(), RuntimeError> {
        self.files.sort_by_key(|(name, _)| name == manifest::FILE_NAME);
        let existed = folder.exists();
        let written = self.write_files(folder);
        if written.is_err() && !existed {
            let _ = std::fs::remove_dir(folder); // only if empty
        }
        written?;
        let names: Vec<_> = self.files.iter().map(|(name, bytes)| format!("{name} ({} bytes)", bytes.len())).collect();
        report.line(format_args!("wrote to {}: {}", folder.display(), names.join(", ")));
        Ok(())
    }

    fn write_files(&self, folder: &Path) -> Result<(), RuntimeError> {
        std::fs::create_dir_all(folder).map_err(RuntimeError::io("make the folder", folder))?;
        let blocked = self.files.iter().map(|(name, _)| folder.join(name)).find(|path| path.is_dir());
        if let Some(path) = blocked {
            let source = std::io::Error::from(std::io::ErrorKind::IsADirectory);
            return Err(RuntimeError::Io { action: "write", path, source });
        }
        clear(folder);
        let prefix = format!("{STAGING}{}-", std::process::id());
        let staging = tempfile::Builder::new().prefix(&prefix).tempdir_in(folder).map_err(|error| {
            // The error of `tempfile` names a path the user never gave.
            RuntimeError::io("write to", folder)(std::io::Error::from(error.kind()))
        })?;
        for (name, bytes) in &self.files {
            std::fs::write(staging.path().join(name), bytes).map_err(RuntimeError::io("write", folder.join(name)))?;
        }
        for (name, _) in &self.files {
            let target = folder.join(name);
            std::fs::rename(staging.path().join(name), &target).map_err(RuntimeError::io("write", &target))?;
        }
        Ok(())
    }
}

/// How the names of hidden folders begin; the number of the process follows.
const STAGING: &str = ".flashlight-";

/// Takes away the hidden folders of processes that were killed while they wrote.
fn clear(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| name.strip_prefix(STAGING)?.split('-').next()?.parse::<u32>().ok());
        if owner.is_some_and(|owner| !Path::new("/proc").join(owner.to_string()).exists()) {
            let _ = std::fs::remove_dir_all(entry.path()); // another process may do the same
        }
    }
}
