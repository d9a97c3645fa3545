//! What serves without Python, as docs/c.md says it: every command and every declaration there, and the pool of threads.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, Instant},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_flashlight");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{:?}: {error}", path.as_ref()))
}

/// The blocks of docs/c.md in a language, in order.
fn blocks(language: &str) -> Vec<String> {
    let text = read(root().join("docs/c.md"));
    let parts = text.split("```").skip(1).step_by(2);
    parts.filter_map(|part| part.strip_prefix(&format!("{language}\n"))).map(str::to_owned).collect()
}

/// A folder that has the examples, in which commands of docs/c.md are run.
fn place() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::symlink(root().join("examples"), folder.path().join("examples")).expect("a link");
    folder
}

/// Runs a command of the documentation; `flashlight` is the one under test.
fn shell(folder: &Path, command: &str) -> String {
    let command = match command.strip_prefix("flashlight ") {
        Some(rest) => format!("{PROGRAM} {rest}"),
        None => command.to_owned(),
    };
    let output: Output =
        Command::new("timeout").args(["120", "sh", "-c", &command]).current_dir(folder).output().expect("sh");
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// The commands of a block, each with what is shown that it prints.
fn commands(block: &str) -> Vec<(String, String)> {
    let parts = block.split("$ ").skip(1);
    parts
        .map(|part| part.split_once('\n').map(|(command, output)| (command.into(), output.into())).expect("a line"))
        .collect()
}

fn check_declarations(block: &str, header: PathBuf) {
    let header = read(header);
    assert!(header.contains(block.trim_end()), "not in the header:\n{block}\n{header}");
}

#[test]
fn the_cpu_is_served_as_documented() {
    let (place, consoles) = (place(), blocks("console"));
    for (command, shown) in commands(&consoles[0]) {
        let printed = shell(place.path(), &command);
        if !shown.is_empty() {
            let sorted = |text: &str| {
                let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
                lines.sort();
                lines
            };
            assert_eq!(sorted(&printed), sorted(&shown), "{command}");
        }
    }
    check_declarations(&blocks("c")[0], place.path().join("out/attention.h"));
    for (command, _) in commands(&consoles[1]) {
        shell(place.path(), &command);
    }
    assert_eq!(shell(place.path(), "./cpu | grep -c right"), "4\n");
    for (command, shown) in commands(&consoles[2]) {
        assert_eq!(shell(place.path(), &command), shown, "{command}");
    }
    assert!(shell(place.path(), "./cpu").contains("the arguments do not fit together: arg1.1 and arg2.1 differ\n"));
}

#[test]
fn a_gpu_is_served_as_documented() {
    let (place, consoles) = (place(), blocks("console"));
    let commands = commands(&consoles[3]);
    shell(place.path(), &commands[0].0);
    check_declarations(&blocks("c")[1], place.path().join("out/attention.h"));
    // No CUDA here: a driver that says what it is told stands in.
    let stand_in = root().join("tests/launcher");
    let launched = "#include <string.h>\nconst long long numbers[1] = {0};\nconst char *kinds_of(const char *kernel) { (void)kernel; return \"\"; }\n";
    std::fs::write(place.path().join("kinds.c"), launched).expect("written");
    let include = format!("-I{}", stand_in.display());
    let build = commands[1].0.replace("-I/usr/local/cuda/include", &include);
    assert_ne!(build, commands[1].0);
    shell(place.path(), &build.replace("-lcuda", &format!("-Wall -Werror {}/driver.c kinds.c", stand_in.display())));
    let printed = shell(place.path(), "./gpu");
    assert!(printed.contains("launch main_0 grid "), "{printed}");
    assert!(printed.contains("\nthe last query's result is 0\nunload\n"), "{printed}");
    let failed = Command::new(place.path().join("gpu")).env("FAIL", "cuLaunchKernelEx").output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&failed.stderr), "out of memory (of the driver)\n");
}

#[test]
fn two_artifacts_are_one_program() {
    let place = place();
    for symbol in ["first", "second"] {
        let options = format!("--target cpu --symbol {symbol} -o {symbol}");
        shell(place.path(), &format!("flashlight compile examples/serving/attention.mlir {options}"));
    }
    let text = "#include \"first/first.h\"\n#include \"second/second.h\"\n#include <stdio.h>
int main(void) {
    float x[256] = {0}, v[256], a[256], b[256];
    for (int at = 0; at < 256; ++at) v[at] = (float)at;
    int error = first(0, x, 1, x, 1, v, 1, a) | second(0, x, 1, x, 1, v, 1, b);
    printf(\"%d %g %g\\n\", error, a[255], b[255]);
}
";
    std::fs::write(place.path().join("two.c"), text).expect("written");
    shell(place.path(), "cc -Wall -Wextra -Werror two.c first/first.o second/second.o -o two -lm");
    assert_eq!(shell(place.path(), "./two"), "0 255 255\n");
}

/// Eight callers at once, more than the pool has threads, with jobs of every size; then a pool that is made and freed again and again.
#[test]
fn any_number_of_callers_share_a_pool() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = r#"#include "flashlight_pool.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
static flashlight_pool *pool;
struct frame { atomic_int marks[70]; };
static void mark(void *frame, int64_t tile) { atomic_fetch_add(&((struct frame *)frame)->marks[tile], 1); }
/* A tile that runs tiles of its own. */
static void nest(void *frame, int64_t tile) { (void)tile; flashlight_parallel_for(70, mark, frame); }
static void *call(void *argument) {
    long wrong = 0;
    flashlight_pool_use(pool);
    for (int turn = 0; turn < 3000; ++turn) {
        struct frame frame = {0};
        int count = turn % 71;
        flashlight_parallel_for(count, mark, &frame);
        for (int at = 0; at < 70; ++at) wrong += atomic_load(&frame.marks[at]) != (at < count);
        if (turn % 100 == 0) {
            flashlight_parallel_for(9, nest, &frame);
            for (int at = 0; at < 70; ++at) wrong += atomic_load(&frame.marks[at]) != 9 + (at < count);
        }
    }
    *(long *)argument = wrong;
    return 0;
}
int main(void) {
    pthread_t callers[8];
    long wrong[8], sum = 0;
    for (int threads = 1; threads < 6; threads += 2) {
        pool = flashlight_pool_new(threads);
        for (int at = 0; at < 8; ++at) pthread_create(&callers[at], 0, call, &wrong[at]);
        for (int at = 0; at < 8; ++at) pthread_join(callers[at], 0), sum += wrong[at];
        flashlight_pool_free(pool);
    }
    for (int turn = 0; turn < 200; ++turn) flashlight_pool_free(flashlight_pool_new(turn % 5));
    printf("%ld wrong\n", sum);
    return 0;
}
"#;
    std::fs::write(folder.path().join("callers.c"), text).expect("written");
    let pool = root().join("src/cpu/c");
    let build = format!(
        "cc -std=c11 -Wall -Wextra -Werror -O1 -pthread -I{0} callers.c {0}/flashlight_pool.c -o callers",
        pool.display()
    );
    shell(folder.path(), &build);
    let start = Instant::now();
    assert_eq!(shell(folder.path(), "./callers"), "0 wrong\n");
    assert!(start.elapsed() < Duration::from_secs(100));
}

/// The features that this machine's processor has, as its system names them.
fn present() -> Vec<String> {
    let text = read("/proc/cpuinfo");
    let flags = text.lines().find(|line| line.starts_with("flags")).expect("flags");
    let names = flags.split_whitespace().map(|flag| match flag {
        "pni" => "sse3",
        "abm" => "lzcnt",
        "bmi1" => "bmi",
        _ => flag,
    });
    names.map(|name| name.replace(['_', '.'], "")).collect()
}

#[test]
fn code_runs_on_the_processors_that_it_is_for_and_says_so_on_others() {
    let place = place();
    let compile =
        |options: &str| format!("flashlight compile examples/serving/attention.mlir --target cpu -o out {options}");
    let host = || {
        let manifest: serde_json::Value =
            serde_json::from_str(&read(place.path().join("out/manifest.json"))).expect("JSON");
        manifest["host"].clone()
    };
    shell(place.path(), &compile(""));
    let own = host()["cpu"].as_str().expect("a processor").to_owned();
    assert!(!own.is_empty() && own != "native");
    if !cfg!(target_arch = "x86_64") {
        return;
    }
    let main = "#include \"out/main.h\"\n#include <stdio.h>
int main(void) {
    float x[256] = {0}, v[256], r[256];
    for (int at = 0; at < 256; ++at) v[at] = (float)at;
    for (int call = 0; call < 2; ++call) puts(flashlight_main_message(flashlight_main(0, x, 1, x, 1, v, 1, r)));
}
";
    std::fs::write(place.path().join("call.c"), main).expect("written");
    let said = || {
        shell(place.path(), "cc -Wall -Wextra -Werror call.c out/main.o -o call -lm");
        shell(place.path(), "./call")
    };
    assert_eq!(said(), "success\nsuccess\n");
    let (present, mut objects) = (present(), vec![]);
    for cpu in ["x86-64", "x86-64-v3", "x86-64-v4", "sapphirerapids"] {
        shell(place.path(), &compile(&format!("--cpu {cpu}")));
        let host = host();
        assert_eq!(host["cpu"].as_str(), Some(cpu));
        let features = host["features"].as_array().cloned().unwrap_or_default();
        let fits = features.iter().all(|name| {
            let plain = name.as_str().expect("a name").replace(['_', '.'], "");
            present.contains(&plain)
        });
        assert_eq!(features.is_empty(), cpu == "x86-64");
        let line = if fits { "success".into() } else { format!("this processor lacks what code for '{cpu}' needs") };
        assert_eq!(said(), format!("{line}\n{line}\n"), "{host}");
        objects.push(std::fs::read(place.path().join("out/main.o")).expect("an object file"));
    }
    assert!(objects[0] != objects[1] && objects[1] != objects[2] && objects[2] != objects[3]);
    for (options, message) in [
        (
            "--target cpu --cpu pentium",
            "error: code for processor 'pentium' cannot be made here (on x86-64: x86-64-v4, ",
        ),
        ("--target sm_90a --cpu x86-64", "error: --cpu is for --target cpu\n"),
    ] {
        let command = format!("{PROGRAM} compile examples/serving/attention.mlir -o out {options}");
        let output = Command::new("sh").args(["-c", &command]).current_dir(place.path()).output().expect("sh");
        assert!(String::from_utf8_lossy(&output.stderr).starts_with(message), "{output:?}");
        assert_eq!(output.status.code(), Some(1));
    }
}

#[test]
fn several_entries_are_compiled_at_once_or_not_at_all() {
    let place = place();
    let function = |name: &str, op: &str| {
        format!(
            "func.func @{name}(%a: tensor<4xf32>) -> tensor<4xf32> {{
  %e = tensor.empty() : tensor<4xf32>
  %r = {op} ins(%a, %a : tensor<4xf32>, tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}}
"
        )
    };
    std::fs::write(place.path().join("in.mlir"), function("sum", "linalg.add") + &function("square", "linalg.mul"))
        .expect("written");
    let refused =
        format!("{PROGRAM} compile in.mlir --target cpu -o out --entry sum,other 2>&1; test -e out || echo nothing");
    assert_eq!(
        shell(place.path(), &refused),
        "error: there is no function 'other' (there are: sum, square)\nnothing\n"
    );
    let odd = format!("{PROGRAM} compile in.mlir --target cpu -o out --entry sum,square --symbol a,b,c 2>&1; true");
    assert_eq!(shell(place.path(), &odd), "error: --symbol names 3 functions, and --entry 2\n");
    shell(place.path(), "flashlight compile in.mlir --target cpu -o named --entry sum,square --symbol add,multiply");
    assert!(read(place.path().join("named/sum/add.h")).contains("int add("));
    assert!(read(place.path().join("named/square/multiply.h")).contains("int multiply("));
    shell(place.path(), "flashlight compile in.mlir --target cpu -o out --entry sum,square");
    let text = "#include \"out/sum/sum.h\"\n#include \"out/square/square.h\"\n#include <stdio.h>
int main(void) {
    float a[4] = {1, 2, 3, 4}, sum[4], square[4];
    int error = flashlight_sum(0, a, sum) | flashlight_square(0, a, square);
    printf(\"%d %g %g\\n\", error, sum[2], square[2]);
}
";
    std::fs::write(place.path().join("both.c"), text).expect("written");
    shell(place.path(), "cc -Wall -Wextra -Werror both.c out/sum/sum.o out/square/square.o -o both -lm");
    assert_eq!(shell(place.path(), "./both"), "0 6 9\n");
}
