//! The dialect through the tool: round trips, and every message of the verifier.

use crate::support::{root, run};

const ROUNDTRIP: &str = "tests/dialect/roundtrip.mlir";

#[test]
fn text_comes_back_as_it_was_printed() {
    let first = run(&[ROUNDTRIP], b"");
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    assert_eq!(run(&[], first.stdout.as_bytes()), first);
}

#[test]
fn every_form_says_the_same() {
    let plain = run(&[ROUNDTRIP], b"").stdout;
    let generic = run(&[ROUNDTRIP, "--mlir-print-op-generic"], b"").stdout;
    assert!(generic.contains("\"func.func\""));
    assert_eq!(run(&[], generic.as_bytes()).stdout, plain);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("out.mlirbc");
    let path = path.to_str().expect("a path");
    assert_eq!(run(&[ROUNDTRIP, "--emit-bytecode", "-o", path], b"").code, Some(0));
    assert_eq!(run(&[path], b"").stdout, plain);
    let output = run(&[ROUNDTRIP, "--verify-roundtrip"], b"");
    assert_eq!((output.code, output.stdout), (Some(0), plain), "{}", output.stderr);
}

#[test]
fn the_verifier_refuses() {
    for (file, valid) in [("tests/dialect/invalid.mlir", 1), ("tests/dialect/invalid_kernel.mlir", 0)] {
        let output = run(&["--split-input-file", "--verify-diagnostics", "--allow-unregistered-dialect", file], b"");
        assert_eq!((output.code, output.stderr.as_str()), (Some(0), ""), "{file}");
        let text = std::fs::read_to_string(root(file)).expect("the cases");
        let (pieces, expected) = (text.matches("\n// -----\n").count() + 1, text.matches("// expected-error").count());
        assert_eq!(pieces, expected + valid, "one message a case, and {valid} valid ops in {file}");
        assert_eq!(output.stdout.matches("module {").count(), valid, "only the valid op of {file} is printed");
    }
}

#[test]
fn the_verifier_runs_after_every_pass() {
    // This one turns `math.exp2` into a call, which is legal MLIR and no legal attention op.
    let output = run(&[ROUNDTRIP, "--convert-math-to-libm"], b"");
    assert_eq!(output.code, Some(1));
    let message = "error: 'func.call' op is not allowed in the lift region of 'attention.fused'";
    assert!(output.stderr.contains(message), "{}", output.stderr);
    let output = run(&[ROUNDTRIP, "--convert-math-to-libm", "--verify-each=false"], b"");
    assert_eq!(output.code, Some(0), "{}", output.stderr);
}

#[test]
fn attention_ops_are_never_dead() {
    let output = run(&[ROUNDTRIP, "--canonicalize", "--cse", "--symbol-dce"], b"");
    assert_eq!(output.code, Some(0), "{}", output.stderr);
    assert_eq!(output.stdout.matches("\"attention.capture\"").count(), 3);
}

#[test]
fn the_examples_of_the_documents_are_valid() {
    for document in ["docs/dialect.md", "docs/kernel.md"] {
        let text = std::fs::read_to_string(root(document)).expect("the document");
        let examples: Vec<_> = text.split("```mlir\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
        assert!(examples.len() >= 4, "{document}: {} examples", examples.len());
        for example in examples {
            let output = run(&["--verify-roundtrip"], example.as_bytes());
            assert_eq!(output.code, Some(0), "{}\n{example}", output.stderr);
        }
    }
}

#[test]
fn every_kernel_op_has_an_example() {
    let read = |file: &str| std::fs::read_to_string(root(file)).expect("a file");
    let (definition, document) = (read("dialects/kernel.irdl.mlir"), read("docs/kernel.md"));
    let names = definition.split("irdl.operation @").skip(1).filter_map(|rest| rest.split([' ', '{']).next());
    let missing: Vec<_> = names.filter(|name| !document.contains(&format!("\"kernel.{name}\"("))).collect();
    assert!(missing.is_empty(), "no example in docs/kernel.md: {missing:?}");
}

#[test]
fn every_kernel_op_is_lowered() {
    let text = std::fs::read_to_string(root("docs/kernel.md")).expect("the document");
    let mut lowered = String::new();
    for example in text.split("```mlir\n").skip(1).filter_map(|rest| rest.split("```").next()) {
        let output = run(&["--lower-kernel"], example.as_bytes());
        assert_eq!(output.code, Some(0), "{}\n{example}", output.stderr);
        assert!(!output.stdout.contains("\"kernel."), "{}", output.stdout);
        lowered += &output.stdout;
    }
    for part in [
        "\"cvt.rn.bf16x2.f32 $0, $1, $2;\", \"=r,f,f\" %arg2, %arg1",
        "@$1 mbarrier.arrive.shared::cta.b64 _, [$0];",
        "mbarrier.arrive.shared::cta.b64 _, [$0], 4;",
        "ld.volatile.shared.b32 $0, [$1];",
        "ld.shared.v2.f32 {$0, $1}, [$2+32];",
        "wgmma.mma_async.sync.aligned.m64n8k16.f32.bf16.bf16 {$0, $1, $2, $3}, a, b, p0, 1, 1, 0, 0;",
        "wgmma.mma_async.sync.aligned.m64n8k16.f32.bf16.bf16 {$0, $1, $2, $3}, {$8, $9, $10, $11}, b, $13, 1, 1, 1;",
        "wgmma.wait_group.sync.aligned 0;",
    ] {
        assert!(lowered.contains(part), "no {part} in {lowered}");
    }
}
