//! The C API, from C and C++: the header is current, the examples build with every warning, run, and fail as they should.

use flashlight::{
    driver::{Request, Session},
    runtime::Manifest,
    stage::{Backend, Stage},
};
use std::{
    ffi::OsStr,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::LazyLock,
};
use tempfile::TempDir;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// `FLASHLIGHT_UPDATE_HEADER=1` writes it.
#[test]
fn the_header_is_current() {
    let config = cbindgen::Config::from_file(root("capi/cbindgen.toml")).expect("a configuration");
    let made = cbindgen::Builder::new().with_config(config).with_src(root("capi/src/api.rs")).generate();
    let mut text = vec![];
    made.expect("a header").write(&mut text);
    let path = root("include/flashlight.h");
    if std::env::var_os("FLASHLIGHT_UPDATE_HEADER").is_some() {
        std::fs::write(&path, &text).expect("written");
    }
    let current = std::fs::read(&path).unwrap_or_default();
    assert!(current == text, "include/flashlight.h is not current: 'make header' writes it");
}

fn prefix() -> PathBuf {
    std::env::var_os("MLIR_SYS_220_PREFIX").map_or_else(|| "/usr/lib/llvm-22".into(), PathBuf::from)
}

/// The examples, built.
static BUILT: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = TempDir::new().expect("a folder");
    let library = std::env::current_exe().expect("a test").with_file_name("libflashlight_c.so");
    symlink(library, folder.path().join("libflashlight.so")).expect("a link");
    let build = |compiler: &str, standard: &str, name: &str, libraries: &[&str]| {
        let output = Command::new(compiler)
            .args([standard, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O1"])
            .arg("-I")
            .arg(root("include"))
            // Headers of others may have what they like.
            .arg("-isystem")
            .arg(prefix().join("include"))
            .arg(root("examples/embed").join(name))
            .arg("-o")
            .arg(folder.path().join(Path::new(name).file_stem().expect("a name")))
            .arg("-L")
            .arg(folder.path())
            .arg(format!("-Wl,-rpath,{}", folder.path().display()))
            .arg("-lflashlight")
            .arg("-L")
            .arg(prefix().join("lib"))
            .args(libraries)
            .output()
            .expect("a C compiler");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    build("cc", "-std=c11", "compile.c", &[]);
    let mlir = ["-lMLIRCAPIRegisterEverything", "-lMLIRCAPIIR", "-lMLIR", "-lLLVM"];
    build("c++", "-std=c++17", "module.cpp", &mlir);
    folder
});

fn example(name: &str, arguments: &[&OsStr]) -> Output {
    let mut command = Command::new(BUILT.path().join(name));
    command
        .args(arguments)
        .env("LD_LIBRARY_PATH", prefix().join("lib"))
        .current_dir(root(""))
        .output()
        .expect("it runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn c_compiles_a_file_to_artifacts() {
    for (target, files) in [("cpu", &["main.h", "main.o"][..]), ("sm_90a", &[][..])] {
        let folder = TempDir::new().expect("a folder");
        let place = folder.path().join("made");
        let arguments = ["examples/attention.mlir".as_ref(), target.as_ref(), place.as_os_str()];
        let output = example("compile", &arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let said = text(&output.stdout);
        assert!(said.ends_with(", 0 diagnostic(s)\n"), "{said}");
        assert_eq!(said.contains("kernel "), target == "sm_90a", "{said}");
        let manifest = std::fs::read_to_string(place.join("manifest.json")).expect("a manifest");
        let manifest = Manifest::parse(&manifest).expect("a valid one");
        assert_eq!(manifest.target, target);
        for file in files {
            assert!(place.join(file).is_file(), "{file}: {said}");
        }
        for kernel in &manifest.kernels {
            assert!(place.join(&kernel.cubin).is_file(), "{}", kernel.cubin);
        }
    }
}

#[test]
fn c_gets_diagnostics() {
    let folder = TempDir::new().expect("a folder");
    let bad = folder.path().join("bad.mlir");
    std::fs::write(&bad, "func.func @f() -> i32 {\n  return %x : i32\n}\n").expect("a file");
    let cases: [(&OsStr, &str, &str); 3] = [
        (bad.as_os_str(), "cpu", "bad.mlir:2:10: error: use of undeclared SSA value name"),
        (bad.as_os_str(), "toaster", "error: there is no target 'toaster' (cpu, sm_90a)"),
        ("dialects/attention.irdl.mlir".as_ref(), "cpu", "error: the file has no function with a body"),
    ];
    for (file, target, message) in cases {
        let output = example("compile", &[file, target.as_ref()]);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains(message), "{}", text(&output.stderr));
        assert!(text(&output.stdout).ends_with(", 1 diagnostic(s)\n"), "{}", text(&output.stdout));
    }
}

#[test]
fn cpp_compiles_a_module_of_its_own_context() {
    let path = root("examples/attention.mlir");
    let output = example("module", &[path.as_os_str()]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let session = Session::new();
    let module = session.parse_file(&path).expect("a program");
    let ours = session.compile(module, &Request::new(Backend::Gpu).to(Stage::Ptx)).expect("it compiles");
    let ours: String = ours.kernels.iter().map(|kernel| format!("kernel {}\n{}", kernel.symbol, kernel.ptx)).collect();
    assert!(!ours.is_empty() && ours == text(&output.stdout), "the kernels differ");
}
