//! Generated C launchers make the driver calls that the manifest says: each is built against a driver that says what it is told
//! (tests/launcher), and its calls are compared with those of [`Manifest::execute`].

#[path = "launcher/call.rs"]
mod call;
mod support;

use call::{CONSTANTS, Run, WORKSPACE, address, hash};
use flashlight::runtime::{
    Manifest,
    launcher::{self, Launcher},
};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::{Command, Output},
};
use support::in_parallel;

const PROGRAM: &str = env!("CARGO_BIN_EXE_flashlight");

fn cc() -> Command {
    Command::new(std::env::var("CC").unwrap_or_else(|_| "cc".into()))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Builds C files of a folder with the stand-in for the driver.
fn build(folder: &Path, sources: &[&str], program: &str) -> PathBuf {
    let stand_in = root().join("tests/launcher");
    let made = cc()
        .args(["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O1", "-I"])
        .arg(&stand_in)
        .arg("-I")
        .arg(folder)
        .arg("-o")
        .arg(folder.join(program))
        .args(sources.iter().map(|source| folder.join(source)))
        .arg(stand_in.join("driver.c"))
        .output()
        .expect("a C compiler");
    assert!(made.status.success(), "{folder:?}: {}", String::from_utf8_lossy(&made.stderr));
    folder.join(program)
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The lines of a launcher that are not about loading.
fn calls(output: &Output) -> String {
    let text = text(output);
    let loading = ["module ", "upload ", "unload", "free "];
    let lines = text.lines().filter(|line| !loading.iter().any(|word| line.starts_with(word)));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Checks that a file is right C or C++ with CUDA's own header.
fn is_right(file: &Path, language: &str) {
    let headers = root().join(".tools/nvidia/cu13/include");
    assert!(headers.join("cuda.h").exists(), "scripts/setup.sh fetches cuda.h");
    let standard = if language == "c" { "c11" } else { "c++11" };
    let options =
        ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", &format!("-std={standard}"), "-x", language];
    let checked = cc().args(options).arg("-isystem").arg(headers).arg(file).output().expect("a compiler");
    assert!(checked.status.success(), "{file:?}: {}", String::from_utf8_lossy(&checked.stderr));
}

/// Runs a program by its launcher, and compares what the driver is told.
fn agree(folder: &Path, run: &Run<'_>) {
    std::fs::write(folder.join("test_main.c"), run.main()).expect("written");
    let program = build(folder, &[&format!("{}.c", run.stem), "test_main.c"], "test_main");
    let output = Command::new(program).output().expect("it runs");
    assert_eq!(calls(&output), run.expected(), "{folder:?}, dynamic sizes {}", run.size);
    assert!(output.status.success(), "{folder:?}");
}

/// Compiles a program by the command line.
fn compile(program: &str, options: &[&str]) -> (tempfile::TempDir, Manifest) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(PROGRAM);
    command.arg("compile").arg(root().join("tests").join(program)).args(["--target", "sm_90a", "-o"]);
    let made = command.arg(folder.path()).args(options).output().expect("it runs");
    assert!(made.status.success(), "{program}: {}", String::from_utf8_lossy(&made.stderr));
    let manifest = Manifest::load(folder.path()).expect("a manifest");
    (folder, manifest)
}

#[test]
fn launchers_make_the_calls_that_manifests_say() {
    let programs: &[(&str, &[i64])] = &[
        ("corpus/causal_bf16.mlir", &[]),
        ("corpus/evoformer_gated_bf16.mlir", &[]),
        ("programs/chain_bf16.mlir", &[]),
        ("programs/long_keys_bf16.mlir", &[]),
        ("contractions/linear_dynamic.mlir", &[]),
        ("contractions/mlp_dynamic.mlir", &[]),
        ("dynamic/causal.mlir", &[]),
        ("dynamic/with_lse.mlir", &[]),
        ("gpu/steps/views.mlir", &[]),
        ("reported/static_cache_bf16.mlir", &[]),
        ("gpu/loops/stacked_layers.mlir", &[3]),
        ("gpu/loops/keys_up_to_a_length.mlir", &[64]),
        ("gpu/loops/nested.mlir", &[2, 3]),
        ("gpu/loops/decoding.mlir", &[7, 3]),
        ("gpu/loops/computed_bounds.mlir", &[5, 2, 1]),
        ("gpu/loops/until_small.mlir", &[1, 1, 0]),
    ];
    let kinds = in_parallel(programs, |(program, numbers)| {
        let (folder, manifest) = compile(program, &[]);
        is_right(&folder.path().join("main.c"), "c");
        is_right(&folder.path().join("main.h"), "c++");
        let dynamic = manifest.arguments.iter().any(|argument| argument.shape.contains(&None));
        let shares = manifest.results.iter().any(|result| result.shares.is_some());
        let sizes = if dynamic { &[0, 1, 96, 300][..] } else { &[0] };
        for &size in sizes {
            for shared in [false, true].into_iter().filter(|shared| shares || !shared) {
                let (manifest, numbers) = (&manifest, numbers.to_vec());
                let run =
                    Run { manifest, symbol: "flashlight_main", stem: "main", size, numbers, shared, folder: None };
                // Some programs have no meaning without elements.
                if size > 0 || run.has_sizes() {
                    agree(folder.path(), &run);
                }
            }
        }
        [dynamic, shares, !manifest.is_plain(), manifest.temporaries.len() > 1]
    });
    for kind in 0..4 {
        assert!(kinds.iter().any(|kinds| kinds[kind]), "no program of kind {kind}: {kinds:?}");
    }
}

#[test]
fn a_symbol_is_chosen_and_cubins_are_embedded_or_beside() {
    for beside in [false, true] {
        let options = ["--symbol", "my_attention", "--cubins", "beside"];
        let (folder, manifest) = compile("corpus/vanilla_bf16.mlir", &options[..if beside { 4 } else { 2 }]);
        is_right(&folder.path().join("my_attention.c"), "c");
        let run = Run {
            manifest: &manifest,
            symbol: "my_attention",
            stem: "my_attention",
            size: 0,
            numbers: vec![],
            shared: false,
            folder: beside.then_some(folder.path()),
        };
        agree(folder.path(), &run);
        let output = Command::new(folder.path().join("test_main")).output().expect("it runs");
        let cubin = std::fs::read(folder.path().join(&manifest.kernels[0].cubin)).expect("a cubin");
        assert!(text(&output).starts_with(&format!("module {} {}\n", cubin.len(), hash(&cubin))), "{}", text(&output));
        if beside {
            let mut flipped = cubin.clone();
            flipped[cubin.len() / 2] ^= 1;
            for other in [b"short".as_slice(), &flipped] {
                std::fs::write(folder.path().join(&manifest.kernels[0].cubin), other).expect("written");
                let output = Command::new(folder.path().join("test_main")).output().expect("it runs");
                assert!(text(&output).contains("cannot be read, or is another"), "{}", text(&output));
            }
        }
    }
    let refused = Command::new(PROGRAM)
        .args(["compile", "examples/attention.mlir", "--target", "sm_90a", "-o", "/nonexistent", "--symbol", "a-b"])
        .current_dir(root())
        .output()
        .expect("it runs");
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(message, "error: 'a-b' cannot be the name of a C function\n");
}

/// A manifest with something of everything, and an ELF file of no code.
const ALL: &str = r#"{
  "version": 4, "target": "sm_90a", "source_hash": "00", "entry": "main",
  "arguments": [{"name": "arg0", "dtype": "bf16", "shape": [null, 64]}, {"name": "arg1", "dtype": "i32", "shape": [null]},
    {"name": "arg2", "dtype": "bf16", "shape": [null, 64]}],
  "equal": [["arg0.0", "arg2.0"]],
  "results": [{"name": "result0", "dtype": "bf16", "shape": ["sub(mul(2,arg0.0),1)", 64]},
    {"name": "result1", "dtype": "f32", "shape": ["add(n,m)", 3]}],
  "temporaries": [{"name": "tmp0", "dtype": "f32", "shape": ["result0.0", 5]}, {"name": "tmp1", "dtype": "f32", "shape": ["result0.0", 5]},
    {"name": "tmp2", "dtype": "bool", "shape": []}, {"name": "tmp3", "dtype": "f32", "shape": [16, "max(mul(4,i),4)"]}],
  "constants": [{"name": "const0", "dtype": "f32", "shape": [3], "file": "const0.bin"}],
  "kernels": [{
    "symbol": "all", "cubin": "all.cubin", "target": "sm_90a", "dependent": true,
    "grid": ["min(sm_count,ceildiv(arg0.0,8))", "floordiv(add(arg1.0,9),4)", 1], "block": [128, 2, 1], "cluster": [2, 1, 1],
    "shared_memory": 1024, "registers": 16, "spills": 0,
    "parameters": [{"kind": "pointer", "tensor": "const0"}, {"kind": "scalar", "dtype": "i32", "value": "mod(arg1.0,7)"},
      {"kind": "tensor_map", "tensor": "arg0", "dtype": "bf16", "rank": 2, "dims": [64, "arg0.0"], "strides": [128], "box": [64, 8], "swizzle": "128B",
       "l2_promotion": "256B"},
      {"kind": "scalar", "dtype": "i64", "value": "mul(1000000,arg0.0,1000000)"}, {"kind": "pointer", "tensor": "tmp0"}]},
    {"symbol": "late", "cubin": "all.cubin", "target": "sm_90a", "grid": ["n", "add(1,i)", 1], "block": [32, 1, 1],
     "shared_memory": 4096, "registers": 16, "spills": 0,
     "parameters": [{"kind": "tensor_map", "tensor": "tmp3", "dtype": "f32", "rank": 1, "offset": 16, "dims": [8], "strides": [], "box": [8], "element_strides": [2]},
       {"kind": "scalar", "dtype": "i64", "value": "sub(n,i)"}, {"kind": "pointer", "tensor": "result1"}, {"kind": "pointer", "tensor": "tmp1"}]}],
  "steps": [0, {"read": {"tensor": "arg1", "element": 1, "name": "n"}}, {"read": {"tensor": "arg1", "name": "m"}},
    {"loop": {"index": "i", "times": "n", "steps": [1, {"swap": ["tmp0", "tmp1"]}]}},
    {"loop": {"test": [0], "condition": "tmp2", "steps": [{"read": {"tensor": "arg1", "name": "m"}}]}}],
  "unfused_ops": 0}"#;

/// The launcher of [`ALL`] with something replaced, in a folder.
fn all(folder: &Path, edit: (&str, &str), embed: bool) -> Manifest {
    assert!(ALL.contains(edit.0), "{}", edit.0);
    let manifest = Manifest::parse(&ALL.replace(edit.0, edit.1)).expect("a manifest");
    let mut elf = vec![7u8; 1001];
    elf[..5].copy_from_slice(b"\x7fELF\x02");
    elf[40..48].copy_from_slice(&873u64.to_le_bytes());
    elf[56..62].copy_from_slice(&[0, 0, 64, 0, 2, 0]);
    let files = BTreeMap::from([("all.cubin".to_owned(), elf), ("const0.bin".to_owned(), (0..12).collect())]);
    let options = launcher::Options { symbol: "everything", stem: "all", embed };
    let Launcher { source, header } = launcher::write(&manifest, &files, options).expect("a launcher");
    std::fs::write(folder.join("all.c"), source).expect("written");
    std::fs::write(folder.join("all.h"), header).expect("written");
    files.iter().for_each(|(name, bytes)| std::fs::write(folder.join(name), bytes).expect("written"));
    manifest
}

fn run_of_all<'a>(manifest: &'a Manifest, folder: Option<&'a Path>) -> Run<'a> {
    let numbers = vec![3, 4, 1, 10, 1, 4, 0];
    Run { manifest, symbol: "everything", stem: "all", size: 20, numbers, shared: false, folder }
}

#[test]
fn everything_of_a_manifest_becomes_calls() {
    for embed in [true, false] {
        let folder = tempfile::tempdir().expect("a folder");
        let manifest = all(folder.path(), ("", ""), embed);
        let run = run_of_all(&manifest, (!embed).then_some(folder.path()));
        agree(folder.path(), &run);
        let output = Command::new(folder.path().join("test_main")).output().expect("it runs");
        let constant: Vec<u8> = (0..12).collect();
        let elf = std::fs::read(folder.path().join("all.cubin")).expect("a file");
        let first = format!("module 1001 {}\nupload {CONSTANTS:#x} 12 {}\n", hash(&elf), hash(&constant));
        assert!(text(&output).starts_with(&first), "{}", text(&output));
        assert!(text(&output).ends_with(&format!("unload\nfree {CONSTANTS:#x}\n")), "{}", text(&output));
    }
}

#[test]
fn failures_are_returned_and_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = all(folder.path(), ("", ""), true);
    let run = run_of_all(&manifest, None);
    let built = |main: &str| {
        std::fs::write(folder.path().join("wrong.c"), main).expect("written");
        build(folder.path(), &["all.c", "wrong.c"], "wrong")
    };
    let error_of = |output: &Output| {
        let text = text(output);
        let line = text.lines().find(|line| line.starts_with("error ")).expect("an error").to_owned();
        assert!(!output.status.success());
        line.split_once(": ").map(|(_, message)| message.to_owned()).expect("a message")
    };
    let main = run.main();
    let program = built(&main);
    for function in [
        "cuCtxGetDevice",
        "cuGetProcAddress",
        "cuModuleLoadData",
        "cuModuleGetFunction",
        "cuFuncSetAttribute",
        "cuMemAlloc",
        "cuTensorMapEncodeTiled",
        "cuMemcpyDtoHAsync",
        "cuLaunchKernelEx",
    ] {
        let output = Command::new(&program).env("FAIL", function).output().expect("it runs");
        assert_eq!(error_of(&output), "out of memory (of the driver)", "{function}");
        assert!(text(&output).contains("error 2:"), "{function}");
    }
    let output = Command::new(&program).env("MAJOR", "8").output().expect("it runs");
    assert_eq!(error_of(&output), "the GPU is not one that sm_90a code runs on");
    // A call with other values.
    let (before, after) = main.split_at(main.find("TRY(everything(").expect("the call"));
    let wrong = |old: &str, new: &str| {
        assert!(after.contains(old), "{old} in {after}");
        error_of(&Command::new(built(&format!("{before}{}", after.replacen(old, new, 1)))).output().expect("it runs"))
    };
    let (arg0, result0) = (format!("{:#x}ull", address(0)), format!("{:#x}ull", address(3)));
    assert_eq!(wrong("everything(program", "everything(NULL"), "no program is loaded");
    assert_eq!(wrong(" allocate, &next", " 0 ? allocate : NULL, &next"), "'allocate' is NULL");
    assert_eq!(wrong("&result1_at", "NULL"), "'result1_at' is NULL");
    assert_eq!(wrong("&result1_size0", "NULL"), "'result1_d0_at' is NULL");
    assert_eq!(wrong(", 20,", ", -1,"), "arg0.0 is negative");
    assert_eq!(wrong(", 20,", ", 19,"), "the arguments do not fit together: arg0.0 and arg2.0 differ");
    assert_eq!(wrong(&arg0, "0"), "'arg0' has no memory");
    assert_eq!(wrong(&arg0, &format!("{arg0} + 8")), "'arg0' does not begin at a multiple of 16 bytes");
    assert_eq!(wrong(&result0, &format!("{arg0} + 16")), "'result0' lies in the memory of 'arg0'");
    assert_eq!(wrong(&result0, &arg0), "'result0' lies in the memory of 'arg0'");
    assert_eq!(wrong("workspace, allocate", "workspace - 1, allocate"), "the workspace is too small");
    assert_eq!(wrong(&format!("{WORKSPACE:#x}ull"), "64"), "the workspace does not begin at a multiple of 256 bytes");
    let many = after.replacen(", 20,", ", INT64_MAX / 2,", 1);
    let last = many.rfind(", 20,").expect("arg2");
    let many = format!("{before}{}, INT64_MAX / 2,{}", &many[..last], &many[last + 5..]);
    let output = Command::new(built(&many)).output().expect("it runs");
    assert_eq!(error_of(&output), "a size overflows 64 bits, or is a division by zero");
    // Numbers that come back.
    let numbers = |numbers: &[i64]| {
        let run = Run { numbers: numbers.to_vec(), ..run_of_all(&manifest, None) };
        error_of(&Command::new(built(&run.main())).output().expect("it runs"))
    };
    assert_eq!(numbers(&[3, -5]), "result1.0 is negative");
    // The caller's own allocation fails.
    let output =
        Command::new(built(&main.replace("  *memory = *next,", "  if (bytes) return -77;\n  *memory = *next,")));
    let mut output = output;
    assert_eq!(error_of(&output.output().expect("it runs")), "an error that is not known");
    let load = main.replace("everything_load(&program,", "everything_load(NULL,");
    assert_eq!(error_of(&Command::new(built(&load)).output().expect("it runs")), "'program' is NULL");
    let sized = ALL.replace("\"shape\": [\"result0.0\", 5]", "\"shape\": [\"sm_count\", 5]");
    let sized = Manifest::parse(&sized).expect("a manifest");
    let files = BTreeMap::from([("all.cubin".to_owned(), vec![]), ("const0.bin".to_owned(), vec![])]);
    let options = launcher::Options { symbol: "everything", stem: "all", embed: true };
    let refused = launcher::write(&sized, &files, options).err();
    assert_eq!(refused.as_deref(), Some("the size of 'tmp0' depends on the GPU"));
    for (edit, message) in [
        (
            ("\"min(sm_count,ceildiv(arg0.0,8))\"", "\"mul(arg0.0,1000000000)\""),
            "the grid of kernel 'all' is larger than a GPU can launch",
        ),
        (("mod(arg1.0,7)", "mul(arg1.0,1000000000)"), "mul(arg1.0,1000000000) does not fit i32"),
        (
            ("\"strides\": [128]", "\"strides\": [\"mul(129,arg0.0)\"]"),
            "tensor map of 'arg0': a size is negative or above 2^32, a stride is not a multiple of 16 below 2^40, or it reaches past the tensor",
        ),
        (("\"element\": 1", "\"element\": 20"), "'arg1' has no element 20"),
    ] {
        let manifest = all(folder.path(), edit, true);
        let output = Command::new(built(&run_of_all(&manifest, None).main())).output().expect("it runs");
        assert_eq!(error_of(&output), message);
    }
}
