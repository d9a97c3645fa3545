//! Links the library with the shared MLIR, the one that its host uses, and compiles the C++ part of the plugin.
//!
//! The compiler's own build links MLIR's static libraries. What is named here comes before them on the linker's command
//! line, so that nothing is left for them to define; MLIR's C API, which is not in `libMLIR.so`, has no state of its own.

use std::{env, path::PathBuf, process::Command};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/plugin.cpp");
    println!("cargo:rerun-if-env-changed=MLIR_SYS_220_PREFIX");
    let libraries = PathBuf::from(llvm_config("--libdir"));
    let mut archives: Vec<_> = std::fs::read_dir(&libraries)
        .expect("LLVM's libraries")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| Some(name.strip_prefix("lib")?.strip_suffix(".a")?.to_owned()))
        .filter(|name| name.starts_with("MLIRCAPI"))
        .collect();
    archives.sort();
    cc::Build::new()
        .cpp(true)
        .std("c++17")
        .file("src/plugin.cpp")
        .include(llvm_config("--includedir"))
        .flag("-fno-rtti")
        .flag("-fno-exceptions")
        .warnings(false)
        // Symbols of MLIR's headers for a debugger are most of the object.
        .debug(false)
        .opt_level(1)
        .compile("flashlight_plugin");
    println!("cargo:rustc-link-search=native={}", libraries.display());
    for archive in archives {
        println!("cargo:rustc-link-lib=static:-bundle={archive}");
    }
    println!("cargo:rustc-link-lib=dylib=MLIR");
    println!("cargo:rustc-link-lib=dylib=LLVM");
    // Debian has it in no folder that the loader looks into.
    println!("cargo:rustc-link-arg=-Wl,-rpath,{}", libraries.display());
    println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libflashlight.so");
    // The compiler has stand-ins for functions of LLVM, which a host must not get in their place.
    println!("cargo:rustc-cdylib-link-arg=-Wl,--exclude-libs,ALL");
}

fn llvm_config(what: &str) -> String {
    let prefix = env::var_os("MLIR_SYS_220_PREFIX").map(|prefix| PathBuf::from(prefix).join("bin")).unwrap_or_default();
    let output = Command::new(prefix.join("llvm-config")).arg(what).output().expect("llvm-config runs");
    assert!(output.status.success(), "llvm-config {what} fails");
    String::from_utf8(output.stdout).expect("a path in UTF-8").trim().to_owned()
}
