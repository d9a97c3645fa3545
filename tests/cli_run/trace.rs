//! Pages of compilations: what is in them, and that they are there however the compiler ends.

use crate::support::Place;
use serde_json::Value;
use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_flashlight");
const OPT: &str = env!("CARGO_BIN_EXE_flashlight-opt");

/// A page, read as its script reads it.
struct Page {
    parts: Vec<Value>,
    lines: Vec<(String, Vec<String>)>,
}

impl Page {
    /// Reads a page of whole parts; a part that is cut off is left out.
    fn read(text: &str) -> Self {
        let elements = text.split("<script type=\"application/json\" class=\"part\">").skip(1);
        let whole = elements.filter_map(|element| element.split_once("</script>"));
        let parts: Vec<Value> = whole.map(|(part, _)| serde_json::from_str(part).expect("JSON")).collect();
        let (mut lines, mut places) = (vec![], vec![]);
        for part in parts.iter().filter(|part| part["part"] == "lines") {
            places.extend(part["places"].as_array().expect("places").iter().map(|place| place.as_str().expect("text")));
            for line in part["lines"].as_array().expect("lines") {
                let entry = line.as_array().cloned().unwrap_or_else(|| vec![line.clone()]);
                let at = |number: &Value| places[number.as_u64().expect("a number") as usize].to_owned();
                lines.push((entry[0].as_str().expect("text").to_owned(), entry[1..].iter().map(at).collect()));
            }
        }
        Self { parts, lines }
    }

    fn of(&self, name: &str) -> Vec<&Value> {
        self.parts.iter().filter(|part| part["part"] == name).collect()
    }

    /// The lines of a text, with their places.
    fn text(&self, runs: &Value) -> Vec<&(String, Vec<String>)> {
        let runs: Vec<_> = runs.as_array().expect("runs").iter().filter_map(Value::as_u64).collect();
        let lines = runs.chunks(2).flat_map(|run| &self.lines[run[0] as usize..(run[0] + run[1]) as usize]);
        lines.collect()
    }
}

fn page(place: &Place, name: &str) -> Page {
    let text = std::fs::read_to_string(place.path(name)).expect("a page");
    assert!(!text.contains("$STYLE") && !text.contains("$SCRIPT") && !text.contains("$TITLE"));
    for outside in ["http://", "https://", "src=", "@import", "url("] {
        let text = text.replace("http://www.w3.org/2000/svg", "");
        assert!(!text.contains(outside), "the page fetches something: {outside}");
    }
    Page::read(&text)
}

fn corpus(name: &str) -> Place {
    let place = Place::new();
    let file = format!("{}/tests/corpus/{name}.mlir", env!("CARGO_MANIFEST_DIR"));
    place.file("in.mlir", std::fs::read(file).expect("a program"));
    place
}

#[test]
fn a_page_has_all_of_a_compilation() {
    let place = corpus("causal_bf16");
    let ran = place.run(PROGRAM, "trace in.mlir --no-check");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let page = page(&place, "trace.html");
    assert_eq!(page.of("end")[0]["failure"], Value::Null);
    let stages: Vec<_> = page.of("stage").iter().map(|stage| stage["name"].as_str().unwrap_or_default()).collect();
    assert_eq!(stages, ["normalize", "raise", "bound", "tile", "distribute", "nvvm", "ptx", "cubin"]);
    let (passes, passed) = (page.of("pass"), page.of("passed"));
    assert_eq!(ran.stdout, format!("trace.html: {} passes\n", passed.len()));
    assert_eq!(passes.len(), passed.len());
    let raise = passes.iter().position(|pass| pass["name"] == "raise").expect("the pass raise");
    let [before, after] = [&passes[raise]["before"], &passed[raise]["after"]].map(|runs| page.text(runs));
    let has = |text: &[&(String, Vec<String>)], what: &str| text.iter().any(|(line, _)| line.contains(what));
    assert!(has(&before, "math.exp") && !has(&before, "attention.fused"));
    let fused = after.iter().find(|(line, _)| line.contains("attention.fused")).expect("a fused op");
    assert!(!fused.0.contains("loc("), "{fused:?}");
    // The line that is the fused op's in the program is PTX's too.
    let account = &page.of("account")[0]["account"]["functions"][0]["fusions"][0];
    let location = account["location"].as_str().expect("a location").to_owned();
    assert!(fused.1.contains(&location), "{fused:?}");
    let ptx = page.text(&page.of("text")[0]["text"]);
    let products = ptx.iter().filter(|(line, _)| line.contains("wgmma.mma_async"));
    assert!(products.clone().count() > 0 && products.clone().all(|(_, places)| places.contains(&location)));
    let certificate = page.of("account")[0]["certificate"].to_string();
    assert!(certificate.contains("not checked"), "{certificate}");
    // The picture is of the kernel that is launched.
    let kernels = page.of("kernels")[0];
    let (picture, launch) = (&kernels["pictures"][0], &kernels["launches"][0]);
    assert_eq!(picture["kernel"], launch["symbol"]);
    assert_eq!(picture["shared_bytes"], launch["shared_memory"]);
    let mut end = 0;
    for area in picture["areas"].as_array().expect("areas") {
        let number = |name: &str| area[name].as_i64().expect("a number");
        assert!(number("offset") >= end, "areas overlap: {picture}");
        end = number("offset") + number("bytes") * number("depth");
    }
    assert_eq!(picture["shared_bytes"], end);
    let map = &page.of("mask")[0]["maps"][0];
    assert_eq!(map["rows"], serde_json::json!(["/.", "/.", "#/", "#/"]), "tiles of 64 x 128 under a diagonal");
    assert!(page.of("roofline")[0]["flops"].as_f64().expect("work") > 1e6);
}

#[test]
fn a_pass_that_fails_is_the_last_one() {
    let place = Place::new();
    let file = "tests/diag/fused_op_that_reaches_bufferization.mlir";
    place.file("in.mlir", std::fs::read(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).expect("a program"));
    place.run(OPT, "--cse --one-shot-bufferize --html-trace=page.html in.mlir -o out.mlir").refusal();
    let page = page(&place, "page.html");
    let last = *page.of("pass").last().expect("a pass");
    assert_eq!(last["pipeline"], "builtin.module(one-shot-bufferize)");
    assert!(page.text(&last["before"]).iter().any(|(line, _)| line.contains("attention.capture")));
    assert_eq!(page.of("passed").last().expect("an end")["ok"], false);
    let failure = page.of("end")[0]["failure"].as_str().expect("a reason").to_owned();
    assert!(failure.contains("op was not bufferized"), "{failure}");
    assert!(page.of("begin")[0]["about"]["command"].to_string().contains("--html-trace=page.html in.mlir"));
}

#[test]
fn a_page_is_there_when_the_input_is_bad() {
    let place = Place::new();
    place.file("in.mlir", "func.func @main(");
    place.run(PROGRAM, "compile in.mlir --target cpu -o out --html-trace page.html").refusal();
    let page = page(&place, "page.html");
    assert!(page.of("end")[0]["failure"].to_string().contains("in.mlir:1:"));
    assert!(!place.path("out").exists());
    place.run(PROGRAM, "trace in.mlir --roof fast").refusal();
    place.run(PROGRAM, "trace in.mlir -o no/such/folder/page.html").refusal();
}

#[test]
fn a_killed_compiler_leaves_the_pass_it_was_in() {
    let place = corpus("diff_fold_bf16");
    let mut compiler = Command::new(PROGRAM);
    compiler
        .args(["trace", "in.mlir", "--no-check", "-o", "page.html"])
        .current_dir(place.path(""))
        .stdout(Stdio::null());
    let mut compiler = compiler.spawn().expect("the compiler starts");
    let start = Instant::now();
    let begun = "{\"part\":\"pass\",\"name\":\"tile\"";
    while !std::fs::read_to_string(place.path("page.html")).is_ok_and(|text| text.contains(begun)) {
        assert!(start.elapsed() < Duration::from_secs(60), "the pass never began");
        std::thread::sleep(Duration::from_millis(1));
    }
    compiler.kill().expect("it runs");
    compiler.wait().expect("it ends");
    let page = page(&place, "page.html");
    assert!(page.of("end").is_empty(), "it ended before it was killed");
    let passes = page.of("pass");
    let tile = passes.iter().find(|pass| pass["name"] == "tile").expect("the pass");
    assert!(page.text(&tile["before"]).iter().any(|(line, _)| line.contains("attention.fused")));
}

#[test]
fn explain_draws_the_kernel_and_the_mask() {
    let place = corpus("causal_bf16");
    let ran = place.run(PROGRAM, "explain in.mlir --target sm_90a");
    let said = &ran.stdout;
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(!said.contains('\x1b'), "colours are for terminals");
    for part in
        ["kernel main_0: tiles of 64 x 128", "producer ", "ring 0 [ ][ ]", "shared memory |aaa", "tensor cores "]
    {
        assert!(said.contains(part), "no '{part}' in {said}");
    }
    assert!(said.trim_end().ends_with("/.\n    /.\n    #/\n    #/"), "the mask's tiles: {said}");
}
