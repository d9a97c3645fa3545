//! `flashlight` used wrongly, one way at a time: a message, exit code 1, and nothing written.

use crate::support::{Place, Table};
use flashlight::runtime::DType::{BF16, Bool, F32, I64};

const PROGRAM: &str = env!("CARGO_BIN_EXE_flashlight");
const ATTENTION: &str = include_str!("programs/attention.mlir");
const TWO: &str = include_str!("programs/two.mlir");

fn place() -> Place {
    let place = Place::new();
    place.file("attention.mlir", ATTENTION);
    place.file("two.mlir", TWO);
    place.file("empty.mlir", "");
    place.file("only_a_comment.mlir", "// nothing here\n");
    place.file("cut.mlir", &ATTENTION[..ATTENTION.len() / 2]);
    place.file("binary.mlir", [0u8, 159, 146, 150, 255, 10]);
    place.file("declared.mlir", "func.func private @main(tensor<2xf32>) -> tensor<2xf32>\n");
    place.file("scalar.mlir", "func.func @main(%a: complex<f32>) -> complex<f32> {\n  return %a : complex<f32>\n}\n");
    place.file(
        "unranked.mlir",
        "func.func @main(%a: tensor<*xf32>) -> tensor<*xf32> {\n  return %a : tensor<*xf32>\n}\n",
    );
    let element = |name: &str, ty: &str| {
        let text =
            format!("func.func @main(%a: tensor<2x{ty}>) -> tensor<2x{ty}> {{\n  return %a : tensor<2x{ty}>\n}}\n");
        place.file(name, text);
    };
    element("complex.mlir", "complex<f32>");
    element("narrow.mlir", "f8E4M3FN");
    element("unknown_float.mlir", "f8E4M3");
    element("wide_integer.mlir", "i128");
    element("unsigned.mlir", "ui8");
    place.file(
        "unverified.mlir",
        "func.func @main(%a: tensor<2xf32>) -> tensor<3xf32> {\n  return %a : tensor<2xf32>\n}\n",
    );
    place.file("text.safetensors", "not tensors at all");
    place.tensors("good.safetensors", &[("arg0", F32, &[2, 8]), ("arg1", F32, &[3, 8]), ("arg2", F32, &[3, 4])]);
    let bytes = std::fs::read(place.path("good.safetensors")).expect("readable");
    place.file("cut.safetensors", &bytes[..bytes.len() - 1]);
    place
}

fn table(place: &Place, cases: &[&str]) -> String {
    let before = place.listing();
    let mut table = Table::default();
    for case in cases {
        table.add(&format!("flashlight {case}"), &place.run(PROGRAM, case).refusal());
        assert_eq!(place.listing(), before, "nothing is left behind by: {case}");
    }
    table.text().to_owned()
}

#[test]
fn command_lines() {
    let place = place();
    let cases = [
        "translate attention.mlir",
        "run",
        "run attention.mlir --target tpu",
        "run attention.mlir --repeat -1",
        "compile attention.mlir",
        "compile attention.mlir --target sm_90a",
        "compile attention.mlir --target sm_7 -o out",
        "compile attention.mlir --target cpu -o out --to middle",
        "compile attention.mlir --target cpu -o out --to ptx",
        "compile attention.mlir --target sm_90a -o out --to vectorize",
        "explain attention.mlir --format xml",
    ];
    insta::assert_snapshot!(table(&place, &cases));
}

#[test]
fn benchmarks() {
    let place = place();
    let cases = [
        "bench attention.mlir --shape arg0=2x9",
        "bench attention.mlir --shape arg0=twoxeight",
        "bench attention.mlir --shape 2x8",
        "bench attention.mlir --shape arg9=2x8",
        "bench attention.mlir --shape arg0=2x8",
        "bench attention.mlir --shape arg0=2x8 --shape arg1=3x8 --shape arg2=4x4",
        "bench attention.mlir --args good.safetensors --shape arg0=2x8",
        "bench attention.mlir --args good.safetensors --repeat 0",
        "bench nowhere.mlir",
        "bench .",
    ];
    insta::assert_snapshot!(table(&place, &cases));
}

#[test]
fn programs() {
    let place = place();
    let files = [
        "nowhere.mlir",
        ".",
        "empty.mlir",
        "only_a_comment.mlir",
        "cut.mlir",
        "binary.mlir",
        "declared.mlir",
        "two.mlir",
        "scalar.mlir",
        "unranked.mlir",
        "complex.mlir",
        "narrow.mlir",
        "unknown_float.mlir",
        "wide_integer.mlir",
        "rounded_on_the_way.mlir",
        "unverified.mlir",
    ];
    place.file("rounded_on_the_way.mlir", ROUNDED);
    let mut cases: Vec<_> = files.iter().map(|file| format!("run {file} --args good.safetensors")).collect();
    cases.push("run attention.mlir --args good.safetensors --entry forward".into());
    cases.push("compile two.mlir --target cpu -o out --to tile".into());
    cases.push("compile two.mlir --target cpu -o out --to tile --entry third".into());
    cases.push("compile nowhere.mlir --target cpu -o out".into());
    cases.push("explain nowhere.mlir".into());
    cases.push("explain cut.mlir".into());
    let cases: Vec<_> = cases.iter().map(String::as_str).collect();
    insta::assert_snapshot!(table(&place, &cases));
}

#[test]
fn tensors() {
    let place = place();
    place.tensors("few.safetensors", &[("arg0", F32, &[2, 8]), ("arg1", F32, &[3, 8])]);
    place.tensors(
        "many.safetensors",
        &[("arg0", F32, &[2, 8]), ("arg1", F32, &[3, 8]), ("arg2", F32, &[3, 4]), ("arg3", F32, &[1])],
    );
    place.tensors("dtype.safetensors", &[("arg0", F32, &[2, 8]), ("arg1", BF16, &[3, 8]), ("arg2", F32, &[3, 4])]);
    place.tensors("rank.safetensors", &[("arg0", F32, &[16]), ("arg1", F32, &[3, 8]), ("arg2", F32, &[3, 4])]);
    place.tensors("dim.safetensors", &[("arg0", F32, &[2, 8]), ("arg1", F32, &[3, 8]), ("arg2", F32, &[3, 5])]);
    place.tensors("lengths.safetensors", &[("arg0", F32, &[2, 8]), ("arg1", F32, &[3, 8]), ("arg2", F32, &[4, 4])]);
    place.tensors("names.safetensors", &[("q", F32, &[2, 8]), ("k", F32, &[3, 8]), ("v", F32, &[3, 4])]);
    place.tensors("mask.safetensors", &[("arg0", I64, &[2]), ("arg1", I64, &[])]);
    place.tensors("pair.safetensors", &[("arg0", I64, &[2]), ("arg1", Bool, &[])]);
    place.tensors("truth_more.safetensors", &[("result0", F32, &[2, 4]), ("result1", F32, &[2, 4])]);
    place.file("f8.safetensors", narrow_file());
    let cases = [
        "run attention.mlir",
        "run attention.mlir --args nowhere.safetensors",
        "run attention.mlir --args .",
        "run attention.mlir --args attention.mlir",
        "run attention.mlir --args text.safetensors",
        "run attention.mlir --args cut.safetensors",
        "run attention.mlir --args few.safetensors",
        "run attention.mlir --args many.safetensors",
        "run attention.mlir --args names.safetensors",
        "run attention.mlir --args dtype.safetensors",
        "run attention.mlir --args f8.safetensors",
        "run attention.mlir --args rank.safetensors",
        "run attention.mlir --args dim.safetensors",
        "run attention.mlir --args lengths.safetensors",
        "run two.mlir --entry second --args mask.safetensors",
        "run attention.mlir --args good.safetensors --compare nowhere.safetensors",
        "run attention.mlir --args good.safetensors --compare good.safetensors",
        "run attention.mlir --args good.safetensors --compare truth_more.safetensors",
        "run attention.mlir --args good.safetensors --out nowhere/o.safetensors",
        "run attention.mlir --args good.safetensors --out .",
        "run two.mlir --entry second --args pair.safetensors --out two.mlir/o.safetensors",
        "compile attention.mlir --target cpu -o two.mlir --to tile",
        "compile attention.mlir --target cpu -o two.mlir/out --to tile",
    ];
    insta::assert_snapshot!(table(&place, &cases));
}

/// A program that rounds to a float of 8 bits that has no name here.
const ROUNDED: &str = "func.func @main(%a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = arith.truncf %a : tensor<4xf32> to tensor<4xf8E4M3>
  %1 = arith.extf %0 : tensor<4xf8E4M3> to tensor<4xf32>
  return %1 : tensor<4xf32>
}
";

/// A loop that changes the size of what it carries.
const LOOP: &str = "func.func @main(%a: tensor<?xf32>, %high: index) -> tensor<?xf32> {
  %low = arith.constant 0 : index
  %one = arith.constant 1 : index
  %r = scf.for %i = %low to %high step %one iter_args(%t = %a) -> (tensor<?xf32>) {
    %u = tensor.concat dim(0) %t, %a : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
    scf.yield %u : tensor<?xf32>
  }
  return %r : tensor<?xf32>
}
";

#[test]
fn gpu_targets() {
    let place = place();
    place.file("fused.mlir", include_str!("../dialect/roundtrip.mlir"));
    place.file("loop.mlir", LOOP);
    let cases = [
        "compile loop.mlir --target sm_90a -o out",
        "compile unsigned.mlir --target sm_90a -o out",
        "compile fused.mlir --target sm_90a -o out --ptxas nowhere/ptxas",
        "compile fused.mlir --target sm_90a -o out --ptxas .",
    ];
    insta::assert_snapshot!(table(&place, &cases));
}

/// A safetensors file with one tensor of an element type Flashlight does not have.
fn narrow_file() -> Vec<u8> {
    let header = br#"{"arg0":{"dtype":"F8_E4M3","shape":[2,8],"data_offsets":[0,16]}}"#;
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header);
    bytes.extend([0; 16]);
    bytes
}

#[test]
fn without_a_driver_a_gpu_run_says_so() {
    let place = place();
    let ran = place.run(PROGRAM, "run attention.mlir --args good.safetensors --target cuda --out o.safetensors");
    if ran.code == Some(1) {
        assert!(!ran.stderr.contains("internal error"), "{}", ran.stderr);
        assert!(ran.stderr.starts_with("error: ") || ran.stderr.contains(": error: "), "{}", ran.stderr);
        assert!(!place.listing().contains(&"o.safetensors".to_owned()));
    }
}
