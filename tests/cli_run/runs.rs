//! `flashlight` used rightly: results, verdicts and exit codes, on shapes and values at the edges.

use crate::support::Place;
use flashlight::runtime::{DType, Expr, Manifest, Store, Tensor, store};

const PROGRAM: &str = env!("CARGO_BIN_EXE_flashlight");

fn place() -> Place {
    let place = Place::new();
    place.file("attention.mlir", include_str!("programs/attention.mlir"));
    place.file("two.mlir", include_str!("programs/two.mlir"));
    place
}

/// Attention in f64, as the truth of `programs/attention.mlir`.
fn attention(q: &[f64], k: &[f64], v: &[f64]) -> Vec<f64> {
    let rows = q.chunks_exact(8).map(|row| {
        let dot = |key: &[f64]| row.iter().zip(key).map(|(a, b)| a * b).sum::<f64>();
        let scores: Vec<f64> = k.chunks_exact(8).map(dot).collect();
        let max = scores.iter().copied().fold(f64::NEG_INFINITY, |max, s| if s.is_nan() { s } else { max.max(s) });
        let weights: Vec<f64> = scores.iter().map(|score| (score - max).exp()).collect();
        let sum: f64 = weights.iter().sum();
        (0..4)
            .map(|d| weights.iter().zip(v.chunks_exact(4)).map(|(w, v)| w / sum * v[d]).sum::<f64>())
            .collect::<Vec<_>>()
    });
    rows.flatten().collect()
}

/// Values that look random, between -2 and 2, with the same ones every time.
fn noise(count: usize, seed: u64) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(((state >> 40) as f32) / (1 << 22) as f32 - 2.0)
    };
    (0..count).map(|_| next()).collect()
}

/// Writes inputs and truth to `case.safetensors`.
fn case(place: &Place, m: usize, n: usize, edit: impl Fn(&mut Vec<f64>, &mut Vec<f64>, &mut Vec<f64>)) {
    let (mut q, mut k, mut v) = (noise(m * 8, 1), noise(n * 8, 2), noise(n * 4, 3));
    edit(&mut q, &mut k, &mut v);
    let truth = attention(&q, &k, &v);
    let tensor = |shape: &[usize], values: &[f64]| Tensor::from_f64(DType::F32, shape, values).expect("small");
    let tensors = [
        ("arg0".to_owned(), tensor(&[m, 8], &q)),
        ("arg1".to_owned(), tensor(&[n, 8], &k)),
        ("arg2".to_owned(), tensor(&[n, 4], &v)),
        ("result0".to_owned(), tensor(&[m, 4], &truth)),
    ];
    store::save(&place.path("case.safetensors"), tensors.iter().map(|(name, tensor)| (name.clone(), tensor)))
        .expect("written");
}

fn passes(place: &Place) -> String {
    let ran = place.run(PROGRAM, "run attention.mlir --args case.safetensors --compare case.safetensors");
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.trim_end().ends_with(": pass"), "{}", ran.stdout);
    ran.stdout
}

#[test]
fn any_length_passes() {
    let place = place();
    for (m, n) in [(1, 1), (3, 5), (17, 33), (64, 64), (65, 129)] {
        case(&place, m, n, |_, _, _| ());
        passes(&place);
    }
}

#[test]
fn no_queries_give_no_rows() {
    let place = place();
    case(&place, 0, 5, |_, _, _| ());
    passes(&place);
}

#[test]
fn not_a_number_and_infinity_stand_where_the_truth_has_them() {
    let place = place();
    case(&place, 9, 20, |q, k, v| {
        q[3] = f64::NAN; // its whole row
        k[8..16].iter_mut().for_each(|element| *element = 0.0);
        v[2] = f64::INFINITY;
        v[5] = f64::NAN;
    });
    passes(&place);
}

#[test]
fn a_wrong_result_fails_and_says_by_how_much() {
    let place = place();
    case(&place, 4, 6, |_, _, _| ());
    let good = Store::open(&place.path("case.safetensors")).expect("readable");
    let mut values = good.get("result0").expect("there").to_f64();
    values[5] += 0.5;
    let truth = Tensor::from_f64(DType::F32, &[4, 4], &values).expect("small");
    store::save(&place.path("wrong.safetensors"), [("result0".to_owned(), &truth)]).expect("written");
    let ran = place.run(PROGRAM, "run attention.mlir --args case.safetensors --compare wrong.safetensors");
    assert_eq!(ran.code, Some(1));
    assert!(ran.stdout.contains("result0: max error 5.000e-1, "), "{}", ran.stdout);
    assert!(ran.stdout.trim_end().ends_with(": FAIL"), "{}", ran.stdout);
}

#[test]
fn results_are_written_with_their_run_time_shapes() {
    let place = place();
    case(&place, 3, 5, |_, _, _| ());
    let ran = place.run(PROGRAM, "run attention.mlir --args case.safetensors --out out.safetensors");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let written = Store::open(&place.path("out.safetensors")).expect("readable");
    assert_eq!(written.names().expect("readable"), ["result0"]);
    assert_eq!(written.get("result0").expect("there").shape(), [3, 4]);
}

#[test]
fn any_function_of_a_file_runs_and_types_survive() {
    let place = place();
    place.tensors("args.safetensors", &[("arg0", DType::I64, &[2]), ("arg1", DType::Bool, &[])]);
    let ran = place.run(PROGRAM, "run two.mlir --entry second --args args.safetensors --out out.safetensors");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let written = Store::open(&place.path("out.safetensors")).expect("readable");
    assert_eq!(written.get("result0").expect("there").dtype(), DType::I64);
    assert_eq!(written.get("result1").expect("there").dtype(), DType::Bool);
}

#[test]
fn compile_stops_at_a_stage_and_its_output_compiles_on() {
    let place = place();
    let ran = place.run(PROGRAM, "compile attention.mlir --target cpu -o out/deep --to normalize --dump-stages dumps");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(place.path("dumps/01-normalize.mlir").is_file(), "{:?}", place.listing());
    case(&place, 3, 5, |_, _, _| ());
    let command = "run out/deep/main.normalize.mlir --args case.safetensors --compare case.safetensors";
    let ran = place.run(PROGRAM, command);
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn explain_accounts_for_a_program_in_both_formats() {
    let place = place();
    let text = place.run(PROGRAM, "explain attention.mlir");
    assert_eq!(text.code, Some(0), "{}", text.stderr);
    assert!(text.stdout.starts_with("main: "), "{}", text.stdout);
    let json = place.run(PROGRAM, "explain attention.mlir --format json");
    let account: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(account["functions"][0]["name"], "main");
}

#[test]
fn explain_says_which_scores_are_written_out() {
    let place = Place::new();
    place.file("mixed.mlir", include_str!("../reported/heads_before_bf16.mlir"));
    let notes = |file: &str| {
        let text = place.run(PROGRAM, &format!("explain {file}")).stdout;
        let lines = text.lines().filter(|line| line.contains("written out")).map(|line| line.trim().to_owned());
        lines.collect::<Vec<_>>()
    };
    // Scores that are mixed over heads are a tensor of their own.
    let mixed = notes("mixed.mlir");
    assert!(mixed.len() == 1 && mixed[0].ends_with("tensor<4x48x48xf32>, written out: a value per query and key"));
    place.file("attention.mlir", include_str!("programs/attention.mlir"));
    assert!(notes("attention.mlir").is_empty());
}

#[test]
fn explain_shows_the_algebra_of_a_fused_op() {
    let place = place();
    place.file("fused.mlir", include_str!("../dialect/roundtrip.mlir"));
    let ran = place.run(PROGRAM, "explain fused.mlir");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    insta::assert_snapshot!(ran.stdout);
}

#[test]
fn compile_for_the_cpu_writes_object_header_and_manifest() {
    let place = place();
    let ran = place.run(PROGRAM, "compile attention.mlir --target cpu -o out");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let manifest = Manifest::load(&place.path("out")).expect("a manifest");
    let host = manifest.host.expect("code for the host");
    assert!(place.path("out").join(&host.object).is_file());
    let header = std::fs::read_to_string(place.path("out").join(&host.header)).expect("a header");
    assert!(header.contains(&host.symbol), "{header}");
    assert_eq!(manifest.results[0].shape, ["arg0.0".parse::<Expr>().expect("parses"), Expr::Int(4)]);
    // Artifacts for the CPU are not for flashlight-run, and it says so.
    case(&place, 3, 5, |_, _, _| ());
    let ran = place.run(env!("CARGO_BIN_EXE_flashlight-run"), "out --args case.safetensors");
    assert!(!ran.refusal().is_empty());
}

#[test]
fn compile_for_hopper_accounts_for_stages_and_kernels() {
    let place = place();
    place.file("fused.mlir", include_str!("../dialect/roundtrip.mlir"));
    let ran = place.run(PROGRAM, "compile fused.mlir --target sm_90a -o out --dump-stages dumps");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let manifest = Manifest::load(&place.path("out")).expect("a manifest");
    assert_eq!((manifest.kernels.len(), manifest.kernels[0].spills, manifest.unfused_ops), (1, 0, 0));
    let cubin = std::fs::read(place.path("out").join(&manifest.kernels[0].cubin)).expect("a cubin");
    assert!(cubin.starts_with(b"\x7fELF"));
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r" +\d+\.\d\d ms", " [time]");
    settings.add_filter(r"\(\d+ bytes\)", "([size])");
    settings.add_filter(r"(?m)^    schedule: .*$", "    schedule: [facts]");
    settings.add_filter(r"\d+ threads, \d+ bytes of shared memory, \d+ registers", "[resources]");
    settings.bind(|| insta::assert_snapshot!(ran.stdout));
    let dumps: Vec<_> = (0..).zip(["input", "normalize", "raise", "bound", "tile", "distribute", "nvvm"]).collect();
    for (number, stage) in dumps {
        assert!(place.path(&format!("dumps/{number:02}-{stage}.mlir")).is_file(), "{stage}");
    }
    assert!(place.path("dumps/07-main_0.ptx").is_file());
}

#[test]
fn compiling_again_replaces_artifacts_and_leaves_other_files_alone() {
    let place = place();
    place.file("out/notes.txt", "mine");
    place.file("out/manifest.json", "old");
    let ran = place.run(PROGRAM, "compile attention.mlir --target cpu -o out");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(std::fs::read_to_string(place.path("out/notes.txt")).expect("still there"), "mine");
    assert!(Manifest::load(&place.path("out")).is_ok());
    let left: Vec<_> = std::fs::read_dir(place.path("out")).expect("the folder").collect();
    assert_eq!(left.len(), 6, "{left:?}");
}

#[test]
fn require_fusion_fails_where_a_chain_is_left() {
    let place = place();
    case(&place, 3, 5, |_, _, _| ());
    // No law brings a sum over tanh of a softmax into online form: the maximum and the sum are needed first.
    let divide = "    %r = arith.divf %a, %b : f32\n    linalg.yield %r : f32\n";
    let gated = "    %t = arith.divf %a, %b : f32\n    %r = math.tanh %t : f32\n    linalg.yield %r : f32\n";
    let text = include_str!("programs/attention.mlir");
    assert!(text.contains(divide));
    place.file("gated.mlir", text.replace(divide, gated));
    let ran = place.run(PROGRAM, "run gated.mlir --args case.safetensors");
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.starts_with("main: 0 kernel(s), "), "{}", ran.stdout);
    let refusal = place.run(PROGRAM, "run gated.mlir --args case.safetensors --require-fusion").refusal();
    assert!(refusal.starts_with("error: not everything was fused:\n  gated.mlir:"), "{refusal}");
}

/// A head dim that is only known at run time is no tile: the program runs, and is not called fused.
#[test]
fn a_fused_op_that_is_no_kernel_runs_and_is_said_to_be_left() {
    let reported = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reported/dynamic_head_dim_f32");
    let place = Place::new();
    for end in ["mlir", "safetensors"] {
        place.file(&format!("case.{end}"), std::fs::read(format!("{reported}.{end}")).expect("the program"));
    }
    let run = "run case.mlir --args case.safetensors --compare case.safetensors";
    let ran = place.run(PROGRAM, run);
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("1 fused op(s) left as separate kernels\nfused op at case.mlir:"), "{}", ran.stdout);
    let refusal = place.run(PROGRAM, &format!("{run} --require-fusion")).refusal();
    assert!(refusal.starts_with("error: not everything was fused:\n  case.mlir:"), "{refusal}");
    let explained = place.run(PROGRAM, "explain case.mlir --target cpu");
    assert!(explained.stdout.contains("on cpu\n  fused op at case.mlir:"), "{}", explained.stdout);
    assert!(explained.stdout.contains("left as separate kernels: "), "{}", explained.stdout);
}

/// A layer norm right behind an attention is no softmax.
#[test]
fn a_norm_after_a_fused_attention_is_fusion() {
    let reported = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reported/after_attention_norm.mlir");
    let place = Place::new();
    place.file("case.mlir", std::fs::read(reported).expect("the program"));
    let ran = place.run(PROGRAM, "compile case.mlir --target cpu -o out --require-fusion");
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn explain_derives_an_exported_program() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus");
    let place = Place::new();
    for name in ["causal_bf16", "evoformer_gated_bf16"] {
        let file = format!("{name}.mlir");
        place.file(&file, std::fs::read(format!("{corpus}/{file}")).expect("the corpus"));
        let ran = place.run(PROGRAM, &format!("explain {file}"));
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        // How many operations there were is the frontend's and the normalizer's business; notes are other passes'.
        let mut settings = insta::Settings::clone_current();
        settings.add_filter(r"(?m)^note at .*\n", "");
        settings.add_filter(r"derived from \d+ operations", "derived from [n] operations");
        settings.bind(|| insta::assert_snapshot!(format!("explain_{name}"), ran.stdout));
    }
}

#[test]
fn compiling_twice_gives_the_same_bytes_whatever_the_comments() {
    let place = place();
    let text = include_str!("../dialect/roundtrip.mlir");
    place.file("once.mlir", text);
    place.file("again.mlir", format!("// A comment.\n{text}"));
    for target in ["cpu", "sm_90a"] {
        for name in ["once", "again"] {
            let ran = place.run(PROGRAM, &format!("compile {name}.mlir --target {target} -o {target}-{name}"));
            assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        }
        for entry in std::fs::read_dir(place.path(&format!("{target}-once"))).expect("artifacts") {
            let name = entry.expect("an entry").file_name();
            let read = |folder: &str| std::fs::read(place.path(folder).join(&name)).expect("readable");
            assert!(read(&format!("{target}-once")) == read(&format!("{target}-again")), "{target}: {name:?} differs");
        }
    }
}

#[test]
fn bench_measures_and_counts() {
    let place = place();
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/vanilla_f32.mlir");
    let ran = place.run(PROGRAM, &format!("bench {program} --repeat 3 --json"));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let measured: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(measured["runs"], 3);
    assert_eq!(measured["kernels"], 1);
    assert_eq!(measured["flops"], f64::from(4 * 2 * 256 * 256 * 64));
    assert_eq!(measured["live"], 1.0);
    assert_eq!(measured["bytes"], 4 * 4 * 2 * 256 * 64);
    let time = |value: &serde_json::Value| value.as_f64().expect("a number");
    let (low, high) = (time(&measured["spread_ms"][0]), time(&measured["spread_ms"][1]));
    assert!(0.0 < low && low <= time(&measured["median_ms"]) && time(&measured["median_ms"]) <= high);
    let ran = place.run(PROGRAM, "bench attention.mlir --shape arg0=6x8 --shape arg1=5x8 --shape arg2=5x4 --repeat 3");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("median of 3 runs"), "{}", ran.stdout);
}
