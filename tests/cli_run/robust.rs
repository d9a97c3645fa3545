//! Programs that once crashed, or gave wrong numbers in silence, and certificates that were forged.

use crate::support::Place;
use flashlight::runtime::DType;
use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_flashlight");
const OPT: &str = env!("CARGO_BIN_EXE_flashlight-opt");

macro_rules! program {
    ($name:literal) => {
        include_bytes!(concat!("programs/robust/", $name, ".mlir"))
    };
}

fn place(bytes: &[u8]) -> Place {
    let place = Place::new();
    place.file("in.mlir", bytes);
    place
}

#[test]
fn bad_modules_are_refused_at_their_place() {
    let cases: [(&[u8], &str); 9] = [
        (program!("non_utf8_in_diagnostic"), "redefinition of symbol named '"),
        (program!("non_utf8_symbol"), "in.mlir:1:1: error: a name that is not UTF-8"),
        (program!("quoted_symbol"), "\"fwd-1 pass\" cannot be the name of a function here"),
        (program!("empty_symbol"), "\"\" cannot be the name of a function here"),
        (program!("nul_symbol"), "cannot be the name of a function here"),
        (program!("symbol"), "\"../../evil\" cannot be the name of a function here"),
        (program!("size_2_63"), "has more elements than can be counted"),
        (
            program!("resolve_sizes_dim_out_of_range"),
            "the size of dimension 1000000 of tensor<?x3x?x8xbf16>, which has 4",
        ),
        (program!("import_foreign_self_reference"), "uses a value before it is there"),
    ];
    for (bytes, message) in cases {
        let refusal = place(bytes).run(PROGRAM, "explain in.mlir").refusal();
        assert!(refusal.contains(message), "{refusal}");
        assert!(refusal.contains("in.mlir:"), "{refusal}");
    }
}

#[test]
fn a_name_is_no_way_out_of_a_folder() {
    let place = place(program!("symbol"));
    place.run(PROGRAM, "compile in.mlir --target cpu --to raise -o a/b").refusal();
    assert_eq!(place.listing(), ["in.mlir"]);
}

#[test]
fn diagnostics_that_are_not_utf8_are_printed_as_far_as_they_are() {
    let ran = place(program!("non_utf8_in_diagnostic")).run(OPT, "in.mlir");
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.contains("redefinition of symbol named '"), "{}", ran.stderr);
}

#[test]
fn a_failing_assertion_ends_the_run_with_its_message() {
    let place = place(program!("cf_assert"));
    place.tensors("in.safetensors", &[("arg0", DType::F32, &[3]), ("arg1", DType::F32, &[3])]);
    let refusal = place.run(PROGRAM, "run in.mlir --args in.safetensors").refusal();
    assert!(refusal.contains("an assertion of the program does not hold: sizes must be equal"), "{refusal}");
}

#[test]
fn to_verify_nothing_is_a_failure() {
    let ran = place(program!("cf_assert")).run(PROGRAM, "run in.mlir --verify");
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
    assert!(ran.stdout.contains("verify: FAILED, no set of inputs could be tried"), "{}", ran.stdout);
}

#[test]
fn given_arguments_are_one_more_set() {
    let place = place(program!("result_and_its_view"));
    place.tensors("in.safetensors", &[("arg0", DType::F32, &[2, 4])]);
    let ran = place.run(PROGRAM, "run in.mlir --args in.safetensors --verify");
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("verify the arguments given: agrees"), "{}", ran.stdout);
}

/// Verifies a program whose compiled form was wrong.
fn verified(bytes: &[u8]) -> String {
    let ran = place(bytes).run(PROGRAM, "run in.mlir --verify");
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    ran.stdout
}

#[test]
fn buffers_that_are_returned_twice_or_with_a_view_are_freed_once() {
    verified(program!("same_dynamic_result_twice"));
    verified(program!("result_and_its_view"));
}

#[test]
fn a_resource_is_found_by_its_whole_name() {
    verified(program!("resource_name_suffix"));
}

#[test]
fn zeros_keep_their_sign_and_exponentials_their_small_numbers() {
    verified(program!("division_by_minus_zero"));
    verified(program!("fused_exp_flushes"));
}

#[test]
fn distances_do_not_change_when_all_points_move() {
    let text = verified(program!("squared_distance_cancellation"));
    assert!(text.contains("verify points moved by 10000: agrees"), "{text}");
}

#[test]
fn why_the_source_does_not_compile_is_said() {
    let ran = place(program!("see_the_diagnostic_above")).run(PROGRAM, "run in.mlir --verify");
    assert!(ran.code == Some(0) || ran.stderr.contains("in.mlir:"), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn unsigned_comparisons_are_printed_as_such() {
    let place = place(program!("unsigned_comparison"));
    let certificate = place.run(PROGRAM, "explain in.mlir --format json").stdout;
    assert!(certificate.contains(" u< "), "{certificate}");
    place.file("cert.json", certificate);
    let ran = place.run(PROGRAM, "check cert.json in.mlir");
    assert_eq!(ran.code, Some(0), "{}", ran.stdout);
}

#[test]
fn forged_certificates_fail() {
    let place = Place::new();
    place.file("in.mlir", include_str!("programs/causal.mlir"));
    let text = place.run(PROGRAM, "explain in.mlir --format json").stdout;
    let honest: Value = serde_json::from_str(&text).expect("json");
    type Forgery<'f> = (&'f str, &'f dyn Fn(&mut Value));
    let forge: [Forgery<'_>; 7] = [
        ("/functions", &|all| *all = Value::Array(vec![])),
        ("/functions/0/fusions", &|all| *all = Value::Array(vec![])),
        ("/functions/0/unfused_ops", &|count| *count = 99.into()),
        ("/functions/0/fusions/0/results", &|all| *all = Value::Array(vec![])),
        ("/functions/0/fusions/0/results/0/becomes", &|what| *what = "something".into()),
        ("/functions/0/fusions/0/captures/0/source", &|what| *what = "nothing at all".into()),
        ("/functions/0/fusions/0/derivation/consumed", &|all| *all = Value::Array(vec![])),
    ];
    for (part, change) in forge {
        let mut forged = honest.clone();
        change(forged.pointer_mut(part).expect("a part"));
        place.file("cert.json", forged.to_string());
        let ran = place.run(PROGRAM, "check cert.json in.mlir");
        assert_eq!(ran.code, Some(1), "{part}: {}", ran.stdout);
        assert!(ran.stdout.contains("BROKEN") || ran.stdout.contains("REFUSED"), "{part}: {}", ran.stdout);
    }
}
