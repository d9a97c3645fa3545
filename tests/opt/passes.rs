//! Each pass on its own: `tests/pass/<pass>.mlir` through `flashlight-opt` with the flags of its `// RUN:` line, against its
//! `// CHECK:` lines.

use crate::{
    check,
    support::{files, root, run_in},
};
use flashlight::pass::PASSES;

#[test]
fn every_pass_does_what_its_file_says() {
    let folder = root("tests/pass");
    let mut wrong = vec![];
    for pass in PASSES {
        let file = format!("{}.mlir", pass.name);
        let Ok(text) = std::fs::read_to_string(folder.join(&file)) else {
            wrong.push(format!("{file}: there is none: a pass has a file that shows what it does"));
            continue;
        };
        let flags: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("// RUN: ")).collect();
        let [flags] = flags[..] else {
            wrong.push(format!("{file}: has {} RUN lines", flags.len()));
            continue;
        };
        let own = format!("--{}", pass.name);
        let mut arguments: Vec<_> = flags.split_whitespace().collect();
        if !arguments.iter().any(|flag| flag.split('=').next() == Some(&own)) {
            wrong.push(format!("{file}: does not run '{own}'"));
        }
        arguments.push(&file);
        let output = run_in(&folder, &arguments, b"");
        if output.code != Some(0) {
            wrong.push(format!("{file}: {}", output.failure()));
        } else if let Err(message) = check::hold(&text, &output.stdout) {
            wrong.push(format!("{file}:{message}\n{}", output.stdout));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_is_of_a_pass() {
    for path in files(&root("tests/pass")) {
        let stem = path.file_stem().expect("a file").to_string_lossy();
        assert!(PASSES.iter().any(|pass| pass.name == stem), "tests/pass/{stem}.mlir is of no pass");
    }
}
