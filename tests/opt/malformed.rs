//! Malformed input, each with its message in a snapshot. A file dropped into `tests/diag` is a test; its
//! first line may name flags: `// RUN: --flag ...`.

use crate::support::{files, root, run, run_in};

fn settings(name: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root("tests/diag/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(name.to_owned());
    settings
}

#[test]
fn files_of_the_folder() {
    let folder = root("tests/diag");
    for path in files(&folder) {
        let file = path.file_name().expect("a file").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a text file");
        let mut arguments: Vec<_> = text
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("// RUN: "))
            .unwrap_or("")
            .split_whitespace()
            .collect();
        arguments.push(&file);
        let output = run_in(&folder, &arguments, b"");
        assert_eq!(output.code, Some(1), "{file}: {}", output.stderr);
        assert!(!output.stderr.is_empty(), "{file} fails without a message");
        let name = file.trim_end_matches(".mlir");
        settings(&arguments.join(" ")).bind(|| insta::assert_snapshot!(name, output.failure()));
    }
}

const EMPTY: &str = "module {}";

/// A command line that must fail, on an input that is fine.
fn refuse(name: &str, arguments: &[&str]) {
    let output = run(arguments, EMPTY.as_bytes());
    assert_eq!((output.code, output.stdout.as_str()), (Some(1), ""), "{name}: {}", output.stderr);
    settings(&arguments.join(" ")).bind(|| insta::assert_snapshot!(format!("flag_{name}"), output.failure()));
}

#[test]
fn flags() {
    refuse("unknown", &["--canonicalise"]);
    refuse("far_from_any", &["--make-it-fast"]);
    refuse("two_inputs", &["a.mlir", "b.mlir"]);
    refuse("no_value", &["-o"]);
    refuse("no_number", &["--mlir-elide-elementsattrs-if-larger=few"]);
    refuse("no_switch", &["--verify-each=maybe"]);
    refuse("pass_option_no_switch", &["--raise=strict-masks=yes"]);
    refuse("pass_option_no_word", &["--pass-pipeline=builtin.module(cse,tile{target=cpu fuse=fit})"]);
    refuse("pass_option_no_number", &["--attention-split-keys=ways=-3"]);
    refuse("pass_option_no_value", &["--tile=target"]);
    refuse("given_twice", &["-o", "a", "-o", "b"]);
    refuse("pipeline_and_pass", &["--cse", "--pass-pipeline=builtin.module(cse)"]);
    refuse("print_around_unknown_pass", &["--cse", "--mlir-print-ir-after=csee"]);
    refuse("verify_diagnostics_of_no_kind", &["--verify-diagnostics=some"]);
    refuse("timing_display_of_no_kind", &["--mlir-timing-display=flat"]);
    refuse("unknown_stage", &["--to=fused"]);
    refuse("stages_in_reverse", &["--from=tile", "--to=raise"]);
    refuse("stage_of_another_target", &["--target=cpu", "--to=distribute"]);
    refuse("stage_that_is_no_mlir", &["--from=ptx", "--to=cubin"]);
    refuse("unknown_target", &["--to=tile", "--target=tpu"]);
    refuse("stages_and_passes", &["--to=tile", "--cse"]);
    refuse("dump_without_stages", &["--dump-stages=d"]);
    refuse("bytecode_version", &["--emit-bytecode-version=99"]);
    refuse("option_of_a_pass", &["--cse=fast=true"]);
}

#[test]
fn pipelines() {
    for (name, text) in [
        ("unwrapped", "cse"),
        ("empty", ""),
        ("unclosed", "builtin.module(cse"),
        ("unclosed_options", "builtin.module(canonicalize{max-iterations=3)"),
        ("closed_twice", "builtin.module(cse))"),
        ("no_comma", "builtin.module(cse cse)"),
        ("empty_element", "builtin.module(cse,,cse)"),
        ("trailing_text", "builtin.module(cse)cse"),
        ("two_anchors", "builtin.module(cse),builtin.module(cse)"),
        ("options_in_parentheses", "builtin.module(canonicalize(max-iterations=3))"),
        ("unknown_pass", "builtin.module(canonicalise)"),
        ("unknown_nested_pass", "builtin.module(func.func(cse,\n  csee))"),
        ("unknown_option", "builtin.module(canonicalize{max-iteration=3})"),
        ("unknown_option_of_ours", "builtin.module(expand-math{fast})"),
        ("wrong_anchor", "func.func(cse)"),
        ("wrong_anchor_of_a_pass", "builtin.module(affine-loop-unroll)"),
        ("wrong_anchor_of_ours", "builtin.module(func.func(expand-math))"),
        ("wrong_anchor_of_a_pipeline", "func.func(gpu-lower-to-nvvm-pipeline)"),
    ] {
        let arguments = [format!("--pass-pipeline={text}")];
        let output = run(&[&arguments[0]], EMPTY.as_bytes());
        assert_eq!((output.code, output.stdout.as_str()), (Some(1), ""), "{name}: {}", output.stderr);
        settings(&arguments[0]).bind(|| insta::assert_snapshot!(format!("pipeline_{name}"), output.failure()));
    }
}

#[test]
fn sources() {
    let folder = tempfile::tempdir().expect("a folder");
    let bytecode = {
        let path = folder.path().join("module.mlirbc");
        let output = run(&["--emit-bytecode", "-o", path.to_str().expect("a path")], b"func.func @f() { return }");
        assert_eq!(output.code, Some(0), "{}", output.stderr);
        std::fs::read(path).expect("bytecode")
    };
    let refuse = |name: &str, arguments: &[&str], input: &[u8]| {
        let output = run_in(folder.path(), arguments, input);
        assert_eq!(output.code, Some(1), "{name}: {}", output.stderr);
        settings(&arguments.join(" ")).bind(|| insta::assert_snapshot!(format!("source_{name}"), output.failure()));
    };
    refuse("missing", &["nowhere.mlir"], b"");
    refuse("folder", &["."], b"");
    refuse("output_in_no_folder", &["-o", "nowhere/out.mlir"], b"module {}");
    refuse("output_is_a_folder", &["-o", "."], b"module {}");
    refuse("binary", &[], b"\x00\x01\x02\xff\xfe\x00module {}");
    refuse("bytecode_cut_short", &[], &bytecode[..bytecode.len() / 2]);
    refuse("bytecode_magic_alone", &[], &bytecode[..4]);
    refuse("bytecode_of_the_future", &[], &[&bytecode[..4], &[0xff], &bytecode[5..]].concat());
    refuse("llvm_bitcode", &[], b"BC\xc0\xde\x35\x14\x00\x00");
    refuse("two_operations", &["--no-implicit-module"], b"func.func private @f()\nfunc.func private @g()");
    refuse("near_miss_of_a_marker", &["--split-input-file"], b"func.func private @f()\n// ----\nfunc.func @g(");
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("the folder").flatten().map(|e| e.file_name()).collect();
    assert_eq!(left, ["module.mlirbc"], "a failed run leaves no file");
}
