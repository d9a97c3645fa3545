//! `--verify`: right programs agree with their source, wrong ones are caught, with where they first differ.

use crate::support::Place;

const PROGRAM: &str = env!("CARGO_BIN_EXE_flashlight");
const OPT: &str = env!("CARGO_BIN_EXE_flashlight-opt");

fn place() -> Place {
    let place = Place::new();
    place.file("in.mlir", include_str!("programs/causal.mlir"));
    place
}

#[test]
fn a_right_program_agrees_with_its_source_on_every_set() {
    let place = place();
    let ran = place.run(PROGRAM, "run in.mlir --verify");
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    let lines: Vec<_> = ran.stdout.lines().filter(|line| line.starts_with("verify ")).collect();
    assert!(lines.len() >= 6, "{}", ran.stdout);
    assert!(lines.iter().all(|line| line.contains(": agrees, ") || line.contains(": skipped, ")), "{}", ran.stdout);
    assert!(lines.iter().any(|line| line.starts_with("verify -inf in biases: agrees")), "{}", ran.stdout);
}

#[test]
fn the_same_seed_makes_the_same_inputs() {
    let place = place();
    let run = |arguments: &str| place.run(PROGRAM, arguments).stdout;
    assert_eq!(run("run in.mlir --verify --verify-seed 3"), run("run in.mlir --verify --verify-seed 3"));
    assert_ne!(run("run in.mlir --verify --verify-seed 3"), run("run in.mlir --verify --verify-seed 4"));
}

/// The stage `raise` of the program, with one piece of text replaced.
fn broken(place: &Place, from: &str, to: &str) {
    let ran = place.run(OPT, "--to=raise in.mlir -o raised.mlir");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let text = std::fs::read_to_string(place.path("raised.mlir")).expect("the stage");
    assert!(text.contains(from), "{text}");
    place.file("broken.mlir", text.replacen(from, to, 1));
}

#[test]
fn a_stage_file_that_was_not_touched_agrees_with_the_source() {
    let place = place();
    broken(&place, "arith.cmpi sgt", "arith.cmpi sgt");
    let ran = place.run(PROGRAM, "run broken.mlir --verify=in.mlir");
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn a_mask_that_is_off_by_one_is_caught() {
    let place = place();
    broken(&place, "arith.cmpi sgt", "arith.cmpi sge");
    let ran = place.run(PROGRAM, "run broken.mlir --verify=in.mlir");
    assert_eq!(ran.code, Some(1), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("verify normal: DIFFERS"), "{}", ran.stdout);
    assert!(ran.stdout.contains("  first at result0[0, 0]: NaN, the source gives "), "{}", ran.stdout);
}

#[test]
fn a_forgotten_factor_on_old_sums_is_caught() {
    let place = place();
    let text = {
        let ran = place.run(OPT, "--to=raise in.mlir");
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        ran.stdout
    };
    // The factor is the last exponential of the op: the identity in its place leaves old sums in an old scale.
    let at = text.rfind("math.exp2").expect("a factor");
    place.file("broken.mlir", format!("{}math.absf{}", &text[..at], &text[at + "math.exp2".len()..]));
    let ran = place.run(PROGRAM, "run broken.mlir --verify=in.mlir");
    assert_eq!(ran.code, Some(1), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("DIFFERS"), "{}", ran.stdout);
}

#[test]
fn a_source_with_other_arguments_is_an_error() {
    let place = place();
    place.file("other.mlir", include_str!("programs/attention.mlir"));
    let ran = place.run(PROGRAM, "run in.mlir --verify=other.mlir");
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("has other arguments or results than the program"), "{}", ran.stderr);
}

#[test]
fn what_is_compiled_is_verified_too() {
    let place = place();
    let ran = place.run(PROGRAM, "compile in.mlir --target cpu -o out --verify");
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("verify normal: agrees"), "{}", ran.stdout);
    let ran = place.run(PROGRAM, "compile in.mlir --target cpu -o out2 --to tile --verify");
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("--verify needs the whole pipeline"), "{}", ran.stderr);
}

/// A loop of layers, which is written out where the host has no loops.
#[test]
fn layers_in_a_loop_agree_with_their_source() {
    let place = Place::new();
    let text = include_str!("programs/layers_in_a_loop.mlir");
    place.file("loop.mlir", text);
    let ran = place.run(PROGRAM, "run loop.mlir --verify --require-fusion");
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    let ran = place.run(PROGRAM, "explain loop.mlir");
    assert!(ran.stdout.contains("1 fused op(s), 0 op(s) unfused"), "{}", ran.stdout);
    let ran = place.run(OPT, "--target=sm_90a --to=distribute loop.mlir");
    assert_eq!((ran.code, ran.stdout.matches("gpu.module").count() > 0), (Some(0), true), "{}", ran.stderr);
}

/// Layers in a loop with a condition: of a counter, which is written out like any loop, and of a number that the layers make, which
/// only a host with loops can ask for.
#[test]
fn layers_in_a_loop_with_a_condition_agree_with_their_source() {
    let ty = "tensor<2x16x8xf32>";
    let while_loop = |condition: &str| {
        let text = include_str!("programs/layers_in_a_loop.mlir");
        let head = format!("%out = scf.for %i = %c0 to %c3 step %c1 iter_args(%q = %x) -> {ty} {{");
        let begin = format!(
            "%out:2 = scf.while (%i = %c0, %h = %x) : (index, {ty}) -> (index, {ty}) {{
    %few = arith.cmpi slt, %i, %c3 : index
    {condition}
    scf.condition(%more) %i, %h : index, {ty}
  }} do {{
  ^bb0(%j: index, %q: {ty}):"
        );
        let next = format!("%next = arith.addi %j, %c1 : index\n    scf.yield %next, %y : index, {ty}");
        let text = text.replace(&head, &begin).replace(&format!("scf.yield %y : {ty}"), &next);
        text.replace("return %out :", "return %out#1 :")
    };
    let of_a_number = "%number = tensor.extract %h[%c0, %c0, %c0] : tensor<2x16x8xf32>
    %low_number = arith.constant 0.125 : f32
    %large = arith.cmpf ogt, %number, %low_number : f32
    %more = arith.andi %few, %large : i1";
    let place = Place::new();
    place.file("counted.mlir", while_loop("%more = arith.andi %few, %few : i1"));
    place.file("asked.mlir", while_loop(of_a_number));
    for file in ["counted.mlir", "asked.mlir"] {
        let ran = place.run(PROGRAM, &format!("run {file} --verify --require-fusion"));
        assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
        let ran = place.run(PROGRAM, &format!("explain {file}"));
        assert!(ran.stdout.contains("1 fused op(s), 0 op(s) unfused"), "{}", ran.stdout);
    }
    let ran = place.run(OPT, "--target=sm_90a --to=distribute counted.mlir");
    assert_eq!((ran.code, ran.stdout.matches("gpu.module").count() > 0), (Some(0), true), "{}", ran.stderr);
    let ran = place.run(OPT, "--target=sm_90a --to=distribute asked.mlir");
    let asks = ran.stdout.contains(r"\22condition\22:\22loop0_test_result0\22");
    assert_eq!((ran.code, asks), (Some(0), true), "{}", ran.stderr);
}

/// Sizes that are only known at run time are 0 too, each by itself with all that must equal it.
#[test]
fn sizes_known_at_run_time_are_0_too() {
    let place = Place::new();
    place.file("open.mlir", include_str!("../dynamic/with_lse.mlir"));
    let ran = place.run(PROGRAM, "run open.mlir --verify");
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    for set in ["dim 1 of arg0 = 0: agrees", "dim 2 of arg0 = 0: agrees"] {
        assert!(ran.stdout.contains(set), "{}", ran.stdout);
    }
}

/// Scalars in and out: a position that bounds the key, a factor of the scores, and what is computed of them.
#[test]
fn scalars_agree_with_their_source() {
    let place = Place::new();
    place.file("scalars.mlir", include_str!("programs/scalars.mlir"));
    let ran = place.run(PROGRAM, "run scalars.mlir --verify");
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    let ran = place.run(PROGRAM, "explain scalars.mlir");
    assert!(ran.stdout.contains("1 fused op(s), 0 op(s) unfused"), "{}", ran.stdout);
    assert!(ran.stdout.contains("the mask bounds the key"), "{}", ran.stdout);
    let ran = place.run(OPT, "--target=sm_90a --to=ptx scalars.mlir -o out.ptx");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}
