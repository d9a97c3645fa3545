//! Programs one token away from attention that must not be fused, with the reason.

use crate::support::{root, run};

/// Changes one line of a corpus program; the pass must leave it alone and say why.
fn refused(program: &str, from: &str, to: &str, reason: &str) {
    let text = std::fs::read_to_string(root(&format!("tests/corpus/{program}.mlir"))).expect("a program");
    assert_eq!(text.matches(from).count(), 1, "'{from}' is once in {program}");
    let output = run(&["--to=raise"], text.replace(from, to).as_bytes());
    assert_eq!(output.code, Some(0), "{}", output.stderr);
    assert!(!output.stdout.contains("attention.fused"), "'{to}' in {program} was fused");
    assert!(output.stderr.contains(reason), "{}", output.stderr);
}

#[test]
fn a_mask_that_hides_everything_is_no_attention() {
    // `mask or true`: no score is left, `normalize` folds the scores away, and nothing that looks like attention remains.
    refused("causal_f32", "arith.andi", "arith.ori", "");
}

#[test]
fn an_added_maximum_is_no_softmax() {
    // exp(x + max(x)): rescaling a sum from no key at all to the first would be 0 times infinity.
    let reason = "an exponent grows with a running extremum";
    refused("vanilla_f32", "arith.subf %in, %in_7 : f32", "arith.addf %in, %in_7 : f32", reason);
    refused("vanilla_f32", "arith.subf %in, %in_7 : f32", "arith.subf %in_7, %in : f32", reason);
}
