//! `flashlight-opt` does what `mlir-opt` does: the two run on the same input with the same flags.

use crate::support::{Output, files, mlir_opt_in, root, run, run_in};
use std::{collections::BTreeSet, path::Path};

const TWO: &str = "func.func @a(%x: i32) -> i32 {\n  %0 = arith.constant 1 : i32\n  %1 = arith.constant 1 : i32\n  \
                   %2 = arith.addi %0, %1 : i32\n  return %2 : i32\n}\nfunc.func @b() { return }\n";

/// Both tools on one input, in an empty folder that holds it as `in.mlir`.
fn both(arguments: &[&str], input: &str) -> (Output, Output) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("in.mlir"), input).expect("a file");
    let ours = run_in(folder.path(), arguments, input.as_bytes());
    let theirs = mlir_opt_in(folder.path(), arguments, input.as_bytes());
    (ours, theirs)
}

/// Exit code, output and diagnostics are the same, byte for byte.
fn same(arguments: &[&str], input: &str) {
    let (ours, theirs) = both(arguments, input);
    assert_eq!(ours, theirs, "{arguments:?}");
}

#[test]
fn printing() {
    for flags in [
        &["in.mlir"][..],
        &[],
        &["-"],
        &["-mlir-print-op-generic"],
        &["--mlir-print-debuginfo", "in.mlir"],
        &["--mlir-print-debuginfo", "--mlir-print-local-scope", "in.mlir"],
        &["--mlir-print-local-scope=false"],
        &["--mlir-print-skip-regions"],
    ] {
        same(flags, TWO);
    }
    same(&["--mlir-elide-elementsattrs-if-larger=2"], "%0 = arith.constant dense<[1, 2, 3]> : tensor<3xi32>");
    same(&["--allow-unregistered-dialect"], "\"a.b\"() : () -> ()");
    same(&["--no-implicit-module"], "func.func @f() { return }");
    same(&[], "");
    same(&[], "module @named attributes {a = 1} {}\n");
    same(
        &["--mlir-print-debuginfo", "in.mlir"],
        "func.func @f(%x: i32 loc(\"x\")) { return } loc(fused[\"a\", \"b.mlir\":1:2])",
    );
}

#[test]
fn the_corpus_prints_the_same() {
    for path in files(&root("tests/corpus")) {
        let path = path.to_str().expect("a path");
        assert_eq!(run(&[path], b""), mlir_opt_in(Path::new("."), &[path], b""), "{path}");
    }
}

#[test]
fn passes_run_in_the_order_of_the_command_line() {
    for flags in [
        &["--canonicalize", "--cse"][..],
        &["--cse", "--canonicalize=max-iterations=1"],
        &["--canonicalize=max-iterations=1 top-down=false", "-cse"],
        &["--pass-pipeline=builtin.module(func.func(cse,canonicalize{max-iterations=3}),symbol-dce)"],
        &["--pass-pipeline=builtin.module( any(cse) , inline{default-pipeline=canonicalize})"],
        &["--affine-loop-unroll=unroll-factor=2", "--cse"],
        &["--convert-func-to-llvm", "--reconcile-unrealized-casts"],
    ] {
        same(flags, TWO);
    }
}

#[test]
fn ir_printing_goes_to_stderr() {
    let pipeline = "--pass-pipeline=builtin.module(canonicalize,func.func(cse,canonicalize),cse)";
    for flags in [
        &["--mlir-print-ir-after-all"][..],
        &["--mlir-print-ir-before-all"],
        &["--mlir-print-ir-after=cse"],
        &["--mlir-print-ir-before=cse,canonicalize", "--mlir-print-ir-after=cse"],
        &["--mlir-print-ir-after-all", "--mlir-print-ir-after-change"],
        &["--mlir-print-ir-after-all", "--mlir-disable-threading", "--mlir-print-ir-module-scope"],
        &["--mlir-print-ir-after-all", "--mlir-print-debuginfo", "--mlir-print-local-scope"],
    ] {
        let flags: Vec<_> = flags.iter().copied().chain([pipeline, "--mlir-disable-threading", "in.mlir"]).collect();
        let unique: Vec<_> =
            flags.iter().enumerate().filter(|(i, f)| !flags[..*i].contains(f)).map(|(_, f)| *f).collect();
        same(&unique, TWO);
    }
    let failing = "func.func @f(%t: tensor<4xf32>) -> tensor<4xf32> {\n  %0 = \"a.b\"(%t) : (tensor<4xf32>) -> tensor<4xf32>\n  \
                   return %0 : tensor<4xf32>\n}";
    same(&["--allow-unregistered-dialect", "--cse", "--one-shot-bufferize", "--mlir-print-ir-after-failure"], failing);
}

#[test]
fn module_scope_needs_no_other_flag() {
    let output = run(
        &[
            "--pass-pipeline=builtin.module(func.func(cse))",
            "--mlir-print-ir-after-all",
            "--mlir-print-ir-module-scope",
        ],
        TWO.as_bytes(),
    );
    assert_eq!(output.code, Some(0), "{}", output.stderr);
    assert!(output.stderr.contains("IR Dump After CSE (cse) ('func.func' operation: @b)"), "{}", output.stderr);
}

/// Every file under a folder, with its text.
fn tree(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            let name = entry.file_name().to_string_lossy().into_owned();
            found.extend(tree(&path).into_iter().map(|inner| format!("{name}/{inner}")));
        } else {
            found.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    found
}

#[test]
fn a_tree_of_dumps() {
    let folder = tempfile::tempdir().expect("a folder");
    let flags = [
        "--pass-pipeline=builtin.module(canonicalize,func.func(cse,canonicalize),cse)",
        "--mlir-print-ir-after-all",
        "--mlir-print-ir-before-all",
    ];
    for (name, theirs) in [("ours", false), ("theirs", true)] {
        let dir = format!("--mlir-print-ir-tree-dir={name}");
        let flags: Vec<_> = flags.iter().copied().chain([dir.as_str()]).collect();
        let output = match theirs {
            true => mlir_opt_in(folder.path(), &flags, TWO.as_bytes()),
            false => run_in(folder.path(), &flags, TWO.as_bytes()),
        };
        assert_eq!((output.code, output.stderr.as_str()), (Some(0), ""));
    }
    let ours = tree(&folder.path().join("ours"));
    assert!(ours.contains("builtin_module_no-symbol-name/func_func_b/1_0_cse.mlir"), "{ours:?}");
    assert_eq!(ours, tree(&folder.path().join("theirs")));
}

#[test]
fn diagnostics() {
    for input in [
        "func.func @f() -> i32 {\n\t%0 = arith.constant 1.0 : f32\n\treturn %0 : f32\n}",
        "func.func @f( {",
        "func.func @f() {\r\n  return %x : i32\r\n}\r\n",
        "func.func @f() -> i32 {\n  return loc(callsite(\"in.mlir\":1:2 at callsite(\"g\"(\"in.mlir\":2:3) at \"h.mlir\":9:9)))\n}",
        "func.func @f() -> i32 {\n  return loc(unknown)\n}",
        "func.func @f() -> i32 {\n  return loc(\"named\")\n}",
        "func.func @f() -> i32 {\n  return loc(fused[unknown, \"in.mlir\":2:3])\n}",
        "func.func @f() {\n  // gr\u{f6}\u{df}e\n  \"\u{f6}\"() : () -> ()\n  return\n}",
        "func.func @f() { return }\nfunc.func @f() { return }",
        "%0 = arith.constant 1 : i32\n%0 = arith.constant 1 : i32",
        "module {\n  func.func @f() {\n",
    ] {
        same(&["in.mlir"], input);
        same(&[], input);
    }
}

const PIECES: &str = "func.func @a() { return }\n// -----\nfunc.func @b() -> i32 { return }\n// -----\n\
                      func.func @c() { return }\nfunc.func @d() { return }\n";

#[test]
fn split_input() {
    same(&["--split-input-file"], PIECES);
    same(&["--split-input-file", "in.mlir"], PIECES);
    same(&["--split-input-file", "in.mlir"], &PIECES.replace("// -----", "// ----"));
    same(&["--split-input-file=// CUT", "in.mlir"], &PIECES.replace("-----", "CUT"));
    same(&["--split-input-file", "--output-split-marker=// NEXT", "--cse", "in.mlir"], PIECES);
}

#[test]
fn verify_diagnostics() {
    for comment in [
        "// expected-error @+1 {{has 0 operands}}",
        "// expected-error@+1 {{has 7 operands}}",
        "// expected-error-re @below {{has {{[0-9]+}} operands, but}}",
        "// expected-error@below {{has 0}} trailing text",
        "// expected-warning @below {{has 0 operands}}",
        "// expected-error @above {{has 0 operands}}",
        "// nothing",
    ] {
        let input =
            format!("func.func @b() -> i32 {{\n  {comment}\n  return\n}}\n// -----\nfunc.func @c() {{ return }}\n");
        for mode in ["--verify-diagnostics", "--verify-diagnostics=all", "--verify-diagnostics=only-expected"] {
            same(&[mode, "--split-input-file", "in.mlir"], &input);
        }
    }
    same(
        &["--verify-diagnostics"],
        "// expected-note @below {{see existing symbol definition here}}\nfunc.func @f() { return }\n// expected-error @below {{redefinition}}\nfunc.func @f() { return }\n",
    );
    same(&["--verify-diagnostics"], "func.func @f() { return }\n// expected-remark {{never}}\n");
}

#[test]
fn dumped_pipelines_are_accepted_back() {
    let text = "--pass-pipeline=builtin.module(canonicalize,func.func(cse,canonicalize{max-iterations=3}),inline,cse)";
    same(&["--dump-pass-pipeline", text], TWO);
    let dumped = run(&["--dump-pass-pipeline", text], TWO.as_bytes()).stderr;
    let (_, pipeline) = dumped.split_once('\n').expect("a header");
    let again = run(&["--dump-pass-pipeline", &format!("--pass-pipeline={}", pipeline.trim())], TWO.as_bytes());
    assert_eq!((again.code, again.stderr), (Some(0), dumped));
}

#[test]
fn parts_without_elements_are_left_out() {
    let text = "func.func @main(%a: tensor<0x4xf32>, %b: tensor<3x4xf32>, %c: tensor<?x4xf32>) \
                -> (tensor<3x4xf32>, tensor<?x4xf32>, tensor<3x4xf32>, tensor<4xf32>) {\n  \
                %0 = tensor.concat dim(0) %a, %b : (tensor<0x4xf32>, tensor<3x4xf32>) -> tensor<3x4xf32>\n  \
                %1 = tensor.concat dim(0) %a, %b, %a, %c : (tensor<0x4xf32>, tensor<3x4xf32>, tensor<0x4xf32>, tensor<?x4xf32>) -> tensor<?x4xf32>\n  \
                %2 = tensor.insert_slice %a into %b[1, 0] [0, 4] [1, 1] : tensor<0x4xf32> into tensor<3x4xf32>\n  \
                %3 = arith.constant dense<7.0> : tensor<4xf32>\n  \
                %4 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1, d0)>, affine_map<(d0, d1) -> (d0)>], \
                iterator_types = [\"parallel\", \"reduction\"]} ins(%a : tensor<0x4xf32>) outs(%3 : tensor<4xf32>) {\n  \
                ^bb0(%x: f32, %y: f32):\n    %s = arith.addf %x, %y : f32\n    linalg.yield %s : f32\n  } -> tensor<4xf32>\n  \
                return %0, %1, %2, %4 : tensor<3x4xf32>, tensor<?x4xf32>, tensor<3x4xf32>, tensor<4xf32>\n}\n";
    let found = run(&["--fold-empty"], text.as_bytes()).stdout;
    for line in [
        "tensor.concat dim(0) %arg1, %arg2 : (tensor<3x4xf32>, tensor<?x4xf32>)",
        "return %arg1, %concat, %arg1, %cst : tensor<3x4xf32>",
    ] {
        assert!(found.contains(line), "{found}");
    }
    assert!(!found.contains("linalg.generic") && !found.contains("insert_slice"), "{found}");
}

#[test]
fn flags_that_nest_by_themselves() {
    let flags = ["--affine-loop-unroll", "--affine-scalrep", "--cse", "--dump-pass-pipeline"];
    let (ours, theirs) = both(&flags, TWO);
    let spaceless = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!((ours.code, spaceless(&ours.stderr)), (theirs.code, spaceless(&theirs.stderr)));
}

#[test]
fn bytecode() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |tool: &str| {
        let flags = ["--emit-bytecode", "-o", tool];
        let output = match tool {
            "ours" => run_in(folder.path(), &flags, TWO.as_bytes()),
            _ => mlir_opt_in(folder.path(), &flags, TWO.as_bytes()),
        };
        assert_eq!(output, Output { code: Some(0), stdout: String::new(), stderr: String::new() });
        std::fs::read(folder.path().join(tool)).expect("bytecode")
    };
    let ours = write("ours");
    assert_eq!(ours, write("theirs"));
    assert!(ours.starts_with(b"ML\xefR"));
    let read = run_in(folder.path(), &["theirs", "--mlir-print-debuginfo"], b"");
    assert_eq!(read, mlir_opt_in(folder.path(), &["ours", "--mlir-print-debuginfo"], b""));
    // From standard input as well.
    assert_eq!(run(&[], &ours).stdout, run(&[], TWO.as_bytes()).stdout);
}

#[test]
fn output_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("out.mlir");
    let name = path.to_str().expect("a path");
    let output = run(&["-o", name], b"func.func @f() -> i32 { return }");
    assert_eq!(output.code, Some(1));
    assert!(!path.exists(), "no output on failure");
    let output = run(&["-o", name, "--split-input-file"], PIECES.as_bytes());
    assert_eq!(output.code, Some(1));
    assert!(!path.exists(), "no output when one piece fails");
    let output = run(&["-o", name], TWO.as_bytes());
    assert_eq!((output.code, output.stdout.as_str()), (Some(0), ""));
    assert_eq!(std::fs::read_to_string(path).expect("the output"), run(&[], TWO.as_bytes()).stdout);
}

#[test]
fn timing_goes_to_stderr() {
    for form in ["tree", "list"] {
        let output = run(
            &[
                "--pass-pipeline=builtin.module(cse,func.func(canonicalize))",
                "--mlir-timing",
                &format!("--mlir-timing-display={form}"),
            ],
            TWO.as_bytes(),
        );
        assert_eq!(output.code, Some(0));
        for row in [
            "Execution time report",
            "Parser",
            "cse",
            "'func.func' Pipeline",
            "canonicalize",
            "Output",
            "Rest",
            "Total",
        ] {
            assert!(output.stderr.contains(row), "{row}: {}", output.stderr);
        }
    }
}

/// The names in a list of passes or pipelines as `mlir-opt` prints it.
fn listed(text: &str) -> BTreeSet<&str> {
    let words = text.lines().filter_map(|line| line.trim_start().strip_prefix("--")?.split([' ', '=']).next());
    words.collect()
}

#[test]
fn every_upstream_pass_is_listed() {
    let ours = run(&["--list-passes"], b"");
    assert_eq!(ours.code, Some(0));
    let theirs = mlir_opt_in(Path::new("."), &["--list-passes"], b"").stdout;
    // Passes stand at the margin, their options further in. Test passes are only in mlir-opt.
    let passes = theirs.lines().filter(|line| line.starts_with("  --")).collect::<Vec<_>>().join("\n");
    let missing: Vec<_> = listed(&passes)
        .into_iter()
        .filter(|name| !name.contains("test"))
        .filter(|name| !listed(&ours.stdout).contains(name))
        .collect();
    assert_eq!(missing, ["slice-analysis"; 0]);
}

#[test]
fn every_dialect_is_listed() {
    let names = |output: Output| -> BTreeSet<String> {
        let text = output.stdout.trim().replace("Available Dialects: ", "");
        text.split([',', '\n', ' ']).filter(|name| !name.is_empty()).map(str::to_owned).collect()
    };
    let ours = names(run(&["--show-dialects"], b""));
    let theirs = names(mlir_opt_in(Path::new("."), &["--show-dialects"], b""));
    assert!(ours.contains("attention"));
    let missing: Vec<_> = theirs.difference(&ours).filter(|name| !name.starts_with("test")).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn help_and_version() {
    let help = run(&["--help"], b"");
    assert_eq!((help.code, help.stderr.as_str()), (Some(0), ""));
    for flag in ["--pass-pipeline=PIPELINE", "--from=STAGE", "--verify-diagnostics[=all|only-expected]", "normalize"] {
        assert!(help.stdout.contains(flag), "{flag}");
    }
    let version = run(&["--version"], b"");
    assert_eq!(version.code, Some(0));
    assert!(version.stdout.contains("MLIR 22."), "{}", version.stdout);
}

#[test]
fn stages_are_dumped_and_taken_up_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("stages");
    let flag = format!("--dump-stages={}", dir.display());
    let whole = run(&["--to=tile", &flag, "tests/corpus/vanilla_f32.mlir"], b"");
    assert_eq!(whole.code, Some(0), "{}", whole.stderr);
    let names: Vec<_> =
        files(&dir).iter().map(|path| path.file_name().expect("a file").to_string_lossy().into_owned()).collect();
    assert_eq!(names, ["00-input.mlir", "01-normalize.mlir", "02-raise.mlir", "03-bound.mlir", "04-tile.mlir"]);
    let rest = run(&["--from=normalize", "--to=tile", dir.join(&names[1]).to_str().expect("a path")], b"");
    assert_eq!((rest.code, rest.stdout), (Some(0), whole.stdout));
}

#[test]
fn stages_past_mlir_are_text_and_binary() {
    let folder = tempfile::tempdir().expect("a folder");
    let flag = format!("--dump-stages={}", folder.path().display());
    let whole = run(&["--to=ptx", &flag, "tests/corpus/vanilla_bf16.mlir"], b"");
    assert_eq!(whole.code, Some(0), "{}", whole.stderr);
    assert!(whole.stdout.contains(".target sm_90a") && whole.stdout.contains(".entry main_0("), "{}", whole.stdout);
    assert!(folder.path().join("07-main_0.ptx").exists());
    let nvvm = folder.path().join("06-nvvm.mlir");
    let rest = run(&["--from=nvvm", "--to=ptx", nvvm.to_str().expect("a path")], b"");
    assert_eq!((rest.code, rest.stdout), (Some(0), whole.stdout));
}

#[test]
fn remarks_are_diagnostics() {
    let text = std::fs::read_to_string(root("tests/corpus/vanilla_f32.mlir")).expect("a program");
    let last = text.lines().rfind(|line| line.contains("linalg.batch_matmul")).expect("a contraction");
    let plain = run(&["--to=raise"], text.as_bytes());
    assert_eq!(plain.code, Some(0));
    assert!(plain.stderr.contains("remark: [raise] fused"), "{}", plain.stderr);
    assert!(plain.stderr.contains(last.trim()), "the source line is shown: {}", plain.stderr);
    let foretold = text.replace(last, &format!("{last} // expected-remark {{{{[raise] fused}}}}"));
    let output = run(&["--to=raise", "--verify-diagnostics"], foretold.as_bytes());
    assert_eq!((output.code, output.stderr.as_str()), (Some(0), ""));
    let output = run(&["--to=raise", "--verify-diagnostics"], text.as_bytes());
    assert_eq!(output.code, Some(1));
    assert!(output.stderr.contains("error: unexpected remark: [raise] fused"), "{}", output.stderr);
}

/// A tool run in a folder with arguments and standard input.
type Tool = fn(&Path, &[&str], &[u8]) -> Output;

#[test]
fn reproducers_are_written_and_run_as_in_mlir_opt() {
    let folder = tempfile::tempdir().expect("a folder");
    let failing = "func.func @f(%t: tensor<4xf32>) -> tensor<4xf32> {\n  %0 = \"a.b\"(%t) : (tensor<4xf32>) -> tensor<4xf32>\n  \
                   return %0 : tensor<4xf32>\n}";
    std::fs::write(folder.path().join("in.mlir"), failing).expect("a file");
    let pipeline = "--pass-pipeline=builtin.module(func.func(cse),one-shot-bufferize,canonicalize)";
    let written = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a reproducer");
    let tools: [(&str, Tool); 2] = [("ours", run_in), ("theirs", mlir_opt_in)];
    for local in [false, true] {
        for (name, run) in tools {
            let crash = format!("--mlir-pass-pipeline-crash-reproducer={name}.mlir");
            let mut flags =
                vec!["--allow-unregistered-dialect", "--mlir-disable-threading", pipeline, &crash, "in.mlir"];
            flags.extend(local.then_some("--mlir-pass-pipeline-local-reproducer"));
            let output = run(folder.path(), &flags, b"");
            assert_eq!((output.code, output.stdout.as_str()), (Some(1), ""), "{}", output.stderr);
            assert!(output.stderr.contains(&format!("reproducer generated at `{name}.mlir`")), "{}", output.stderr);
        }
        assert_eq!(written("ours.mlir"), written("theirs.mlir"));
        let again: Vec<_> = tools
            .iter()
            .flat_map(|(_, run)| ["ours.mlir", "theirs.mlir"].map(|file| (run, file)))
            .map(|(run, file)| {
                let mut output = run(folder.path(), &["--allow-unregistered-dialect", "--run-reproducer", file], b"");
                output.stderr = output.stderr.replace(file, "");
                output
            })
            .collect();
        assert_eq!(again[0].code, Some(1));
        assert!(again.iter().all(|output| *output == again[0]), "{again:?}");
    }
    let output = run_in(folder.path(), &["--cse", "--mlir-generate-reproducer=made.mlir"], TWO.as_bytes());
    assert_eq!(output.code, Some(0), "{}", output.stderr);
    let again = run_in(folder.path(), &["--run-reproducer", "made.mlir"], b"");
    assert_eq!(again, output, "it is what the pass made");
    assert_eq!(run_in(folder.path(), &["made.mlir"], b"").stderr, "", "resources of a reproducer are known");
    let none = run_in(folder.path(), &["--run-reproducer", "in.mlir"], b"");
    assert_eq!((none.code, none.stderr.as_str()), (Some(1), "error: 'in.mlir' is no reproducer\n"));
}
