//! `flashlight-run` on artifacts that are wrong in one way each. None of them gets as far as a GPU.

use crate::support::{Place, Table};
use flashlight::runtime::DType::{BF16, F32};

const PROGRAM: &str = env!("CARGO_BIN_EXE_flashlight-run");

const MANIFEST: &str = r#"{
  "version": 1, "target": "sm_90a", "source_hash": "00", "entry": "main",
  "arguments": [{"name": "arg0", "dtype": "bf16", "shape": [null, 64]}],
  "results": [{"name": "result0", "dtype": "bf16", "shape": ["arg0.0", 64]}],
  "kernels": [{
    "symbol": "main_0", "cubin": "main_0.cubin", "target": "sm_90a",
    "grid": ["ceildiv(arg0.0,8)", 1, 1], "block": [128, 1, 1], "shared_memory": 0, "registers": 16, "spills": 0,
    "parameters": [{"kind": "pointer", "tensor": "arg0"}, {"kind": "pointer", "tensor": "result0"}]}],
  "unfused_ops": 0}"#;

#[test]
fn wrong_artifacts_and_tensors() {
    let place = Place::new();
    let mut table = Table::default();
    place.file("out/manifest.json", MANIFEST);
    place.file("not_json/manifest.json", "cubin");
    place.file("old/manifest.json", MANIFEST.replace("\"version\": 1", "\"version\": 0"));
    place.file("stray/manifest.json", MANIFEST.replace("\"entry\"", "\"variant\": \"causal\", \"entry\""));
    place.file("elsewhere/manifest.json", MANIFEST.replace("main_0.cubin", "../main_0.cubin"));
    place.file(
        "negative/manifest.json",
        MANIFEST.replace("\"shape\": [\"arg0.0\", 64]", "\"shape\": [\"sub(arg0.0,9)\", 64]"),
    );
    place.file("text.safetensors", "not tensors at all");
    let good = place.tensors("good.safetensors", &[("arg0", BF16, &[8, 64])]);
    let bytes = std::fs::read(good).expect("readable");
    place.file("cut.safetensors", &bytes[..bytes.len() - 1]);
    place.tensors("empty.safetensors", &[]);
    place.tensors("dtype.safetensors", &[("arg0", F32, &[8, 64])]);
    place.tensors("rank.safetensors", &[("arg0", BF16, &[8, 64, 1])]);
    place.tensors("dim.safetensors", &[("arg0", BF16, &[8, 63])]);
    place.tensors("more.safetensors", &[("arg0", BF16, &[8, 64]), ("arg1", BF16, &[8, 64])]);
    place.tensors("other.safetensors", &[("arg1", BF16, &[8, 64])]);
    let cases = [
        "",
        "nowhere --args good.safetensors",
        "good.safetensors --args good.safetensors",
        "not_json --args good.safetensors",
        "old --args good.safetensors",
        "stray --args good.safetensors",
        "elsewhere --args good.safetensors",
        "negative --args good.safetensors",
        "out",
        "out --args missing.safetensors",
        "out --args out",
        "out --args text.safetensors",
        "out --args cut.safetensors",
        "out --args empty.safetensors",
        "out --args dtype.safetensors",
        "out --args rank.safetensors",
        "out --args dim.safetensors",
        "out --args more.safetensors",
        "out --args other.safetensors",
        "out --args good.safetensors --compare good.safetensors",
        "out --args good.safetensors --repeat many",
    ];
    for case in cases {
        table.add(&format!("flashlight-run {case}"), &place.run(PROGRAM, case).refusal());
    }
    insta::assert_snapshot!(table.text());
}

#[test]
fn help_and_version_succeed() {
    let place = Place::new();
    let help = place.run(PROGRAM, "--help");
    assert_eq!(help.code, Some(0));
    assert!(help.stdout.contains("--compare"), "{}", help.stdout);
    assert_eq!(place.run(PROGRAM, "--version").code, Some(0));
}

#[test]
fn without_a_driver_the_message_says_so() {
    let place = Place::new();
    place.file("out/manifest.json", MANIFEST);
    place.tensors("good.safetensors", &[("arg0", BF16, &[8, 64])]);
    let ran = place.run(PROGRAM, "out --args good.safetensors --out result.safetensors");
    let message = ran.refusal();
    // A machine with a GPU gets further, to the cubin that is not there.
    let known = ["no CUDA driver on this machine", "cannot read 'out/main_0.cubin'", "CUDA: ", "there is no GPU"];
    assert!(known.iter().any(|text| message.contains(text)), "{message}");
    assert!(!place.listing().contains(&"result.safetensors".to_owned()));
}
