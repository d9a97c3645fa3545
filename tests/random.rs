//! Property: a fused program computes what its unfused lowering computes.

#[path = "random/program.rs"]
mod program;

use program::Program;
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};

#[test]
fn programs_parse() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..200 {
        let program = Program::any().new_tree(&mut runner).unwrap().current();
        let (text, _) = program.text();
        let path = std::env::temp_dir().join("p.mlir");
        std::fs::write(&path, &text).unwrap();
        let out = std::process::Command::new("mlir-opt-22").arg(&path).output().unwrap();
        assert!(out.status.success(), "{program:?}\n{}\n{text}", String::from_utf8_lossy(&out.stderr));
    }
}
