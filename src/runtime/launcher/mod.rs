//! A C program that launches what a manifest describes: it needs `cuda.h`, the CUDA driver and the C library, and nothing of ours.
//!
//! The source embeds cubins, and small constants. Its functions are `SYMBOL_load`, `SYMBOL_sizes`, `SYMBOL` (which puts all steps onto a
//! stream), `SYMBOL_unload` and `SYMBOL_message`. Errors are integers: positive ones are the driver's, each negative one has a text of its own.

mod header;
mod launch;
mod program;
mod run;
mod text;

use super::{Manifest, manifest::Buffer};
use std::collections::{BTreeMap, BTreeSet};
use text::{Messages, Shapes};

/// What a launcher is called, and what is in it.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The C function that launches; the names of all others begin with it.
    pub symbol: &'a str,
    /// The name of the files, without an ending.
    pub stem: &'a str,
    /// Whether cubins are arrays of the source, rather than files that are read when the program is loaded.
    pub embed: bool,
}

/// The source and its header.
pub struct Launcher {
    pub source: String,
    pub header: String,
}

/// Constants of more bytes than this all together stay files.
const EMBEDDED_CONSTANTS: usize = 16 << 20;

/// What the parts of a launcher are written from.
struct Writer<'a> {
    manifest: &'a Manifest,
    files: &'a BTreeMap<String, Vec<u8>>,
    options: Options<'a>,
    shapes: Shapes<'a>,
    messages: Messages,
    /// Functions of sizes that are used.
    arithmetic: BTreeSet<&'static str>,
    /// Loops so far.
    loops: usize,
}

/// Writes the launcher of a manifest for a GPU.
///
/// # Errors
/// A manifest that names a file that is not among `files`, or something that is no name in C.
pub fn write(manifest: &Manifest, files: &BTreeMap<String, Vec<u8>>, options: Options<'_>) -> Result<Launcher, String> {
    check_symbol(options.symbol)?;
    let missing = |file: &&String| !files.contains_key(*file);
    let cubins = manifest.kernels.iter().map(|kernel| &kernel.cubin);
    if let Some(file) = cubins.chain(manifest.constants.iter().map(|constant| &constant.file)).find(missing) {
        return Err(format!("there is no file '{file}'"));
    }
    let of_the_gpu = |buffer: &&Buffer| buffer.shape.iter().any(|size| size.names("sm_count"));
    if let Some(buffer) = manifest.results.iter().chain(&manifest.temporaries).find(of_the_gpu) {
        return Err(format!("the size of '{}' depends on the GPU", buffer.name));
    }
    let mut writer = Writer {
        manifest,
        files,
        options,
        shapes: Shapes::of(manifest),
        messages: Messages::default(),
        arithmetic: BTreeSet::new(),
        loops: 0,
    };
    let (run, sizes) = (writer.run(), writer.sizes());
    let source = writer.source(&run, &sizes);
    Ok(Launcher { source, header: writer.header() })
}

/// Checks that a name can be one of a C function.
///
/// # Errors
/// What is wrong with it.
pub fn check_symbol(symbol: &str) -> Result<(), String> {
    let starts = symbol.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    if starts && symbol.chars().all(|char| char.is_ascii_alphanumeric() || char == '_') {
        Ok(())
    } else {
        Err(format!("'{symbol}' cannot be the name of a C function"))
    }
}

impl Writer<'_> {
    /// The results whose sizes the caller can compute before a run, and those that are allocated during it.
    fn results(&self) -> impl Iterator<Item = (&Buffer, bool)> {
        self.manifest.results.iter().map(|buffer| (buffer, self.shapes.is_late(&buffer.name)))
    }

    /// Whether constants are arrays of the source.
    fn embeds_constants(&self) -> bool {
        let bytes = self.manifest.constants.iter().filter_map(|constant| self.files.get(&constant.file)).map(Vec::len);
        self.options.embed && bytes.sum::<usize>() <= EMBEDDED_CONSTANTS
    }

    /// Whether the program reads files when it is loaded.
    fn reads_files(&self) -> bool {
        !self.options.embed || !self.manifest.constants.is_empty() && !self.embeds_constants()
    }

    /// The dynamic sizes of the arguments, as parameters.
    fn size_parameters(&self) -> Vec<String> {
        let dims = |argument: &super::manifest::Argument| {
            let dims = argument.shape.iter().enumerate().filter(|(_, size)| size.is_none());
            dims.map(|(dim, _)| format!("int64_t {}", text::dim_name(&argument.name, dim))).collect::<Vec<_>>()
        };
        self.manifest.arguments.iter().flat_map(dims).collect()
    }

    /// The parameters of `SYMBOL_sizes`.
    fn parameters_of_sizes(&self) -> Vec<String> {
        let mut parameters = self.size_parameters();
        for (result, _) in self.results().filter(|(_, late)| !late) {
            let open = open_dims(result).map(|dim| format!("int64_t *{}", text::dim_name(&result.name, dim)));
            parameters.extend(open);
        }
        parameters.push("size_t *workspace".into());
        parameters
    }

    /// The parameters of `SYMBOL`.
    fn parameters_of_run(&self) -> Vec<String> {
        let symbol = self.options.symbol;
        let mut parameters = vec![format!("const {symbol}_program *program"), "CUstream stream".into()];
        for argument in &self.manifest.arguments {
            parameters.push(format!("CUdeviceptr {}", argument.name));
            let dims = argument.shape.iter().enumerate().filter(|(_, size)| size.is_none());
            parameters.extend(dims.map(|(dim, _)| format!("int64_t {}", text::dim_name(&argument.name, dim))));
        }
        for (result, late) in self.results() {
            if late {
                parameters.push(format!("CUdeviceptr *{}_at", result.name));
                parameters.extend(open_dims(result).map(|dim| format!("int64_t *{}_d{dim}_at", result.name)));
            } else {
                parameters.push(format!("CUdeviceptr {}", result.name));
            }
        }
        parameters.extend(["CUdeviceptr workspace".into(), "size_t workspace_bytes".into()]);
        if !self.shapes.late.is_empty() {
            parameters.extend([format!("{symbol}_allocate allocate"), "void *user".into()]);
        }
        parameters
    }
}

/// The dims of a result that are no numbers.
fn open_dims(buffer: &Buffer) -> impl Iterator<Item = usize> + '_ {
    buffer.shape.iter().enumerate().filter(|(_, size)| text::number(size).is_none()).map(|(dim, _)| dim)
}

/// A declaration with a parameter per line.
fn declaration(name: &str, parameters: &[String]) -> String {
    format!("int {name}(\n    {})", parameters.join(",\n    "))
}
