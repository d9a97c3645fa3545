//! Property: a fused program computes what its source computes.
//!
//! Programs are numbered: `FLASHLIGHT_RANDOM_SEED` is the number of the first one, `FLASHLIGHT_RANDOM_PROGRAMS` how many are
//! tried, and `FLASHLIGHT_RANDOM_REPORT` a file that receives the count of what was fused and refused.

#[path = "random/check.rs"]
mod check;
#[path = "random/emit.rs"]
mod emit;
#[path = "random/operands.rs"]
mod operands;
#[path = "random/program.rs"]
mod program;
#[path = "random/results.rs"]
mod results;
#[path = "random/scores.rs"]
mod scores;
#[path = "random/strategies.rs"]
mod strategies;
#[path = "random/text.rs"]
mod text;
#[path = "random/weights.rs"]
mod weights;
#[path = "random/wrong.rs"]
mod wrong;

use flashlight::driver::Session;
use program::Program;
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner},
};
use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// Of this many programs, one is compiled to machine code too.
const NATIVE: u32 = 16;

fn number(name: &str, default: u32) -> u32 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// What became of all programs.
#[derive(Default)]
struct Tally {
    fused: u32,
    partly: u32,
    refused: u32,
    reasons: BTreeMap<String, u32>,
    failures: Vec<String>,
}

impl Tally {
    fn note(&mut self, outcome: &check::Outcome) {
        match (outcome.kernels, outcome.refusals.is_empty()) {
            (0, _) => self.refused += 1,
            (_, true) => self.fused += 1,
            (_, false) => self.partly += 1,
        }
        for refusal in &outcome.refusals {
            // Positions and shapes tell programs apart, not reasons.
            let reason = refusal.split(" (at ").next().unwrap_or(refusal).trim_start_matches("not fused: ");
            let reason: String = reason.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
            let mut short = reason.clone();
            while short.contains("##") {
                short = short.replace("##", "#");
            }
            *self.reasons.entry(short).or_default() += 1;
        }
    }

    fn report(&self, first: u32, count: u32) -> String {
        let mut text =
            format!("Programs {first} to {}: {count} in all.\n\n| | programs |\n|---|---|\n", first + count - 1);
        text.push_str(&format!("| wrong | {} |\n| fused whole | {} |\n", self.failures.len(), self.fused));
        text.push_str(&format!("| fused in part | {} |\n| left unfused | {} |\n", self.partly, self.refused));
        text.push_str("\n| reason for a refusal | times |\n|---|---|\n");
        let mut reasons: Vec<_> = self.reasons.iter().collect();
        reasons.sort_by_key(|(reason, times)| (std::cmp::Reverse(**times), reason.as_str()));
        for (reason, times) in reasons {
            text.push_str(&format!("| {reason} | {times} |\n"));
        }
        text
    }
}

/// Program `number` of the sequence, shrunk if it fails.
fn try_one(session: &Session, number: u32, tally: &mut Tally) {
    let mut seed = [7u8; 32];
    seed[..4].copy_from_slice(&number.to_le_bytes());
    let config = Config { cases: 1, failure_persistence: None, max_shrink_iters: 300, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let tally_cell = std::cell::RefCell::new(tally);
    let outcome = runner.run(&Program::any(true), |program| {
        let natively = number.is_multiple_of(NATIVE);
        match catch_unwind(AssertUnwindSafe(|| check::check(session, &program, natively))) {
            Ok(Ok(outcome)) => {
                tally_cell.borrow_mut().note(&outcome);
                Ok(())
            }
            Ok(Err(message)) => Err(TestCaseError::fail(message)),
            Err(_) => Err(TestCaseError::fail("a panic")),
        }
    });
    if let Err(TestError::Fail(reason, program)) = outcome {
        let failure = format!("program {number}, shrunk: {program:?}\n{reason}");
        eprintln!("{failure}");
        tally_cell.borrow_mut().failures.push(failure);
    }
}

#[test]
fn fused_is_unfused() {
    let (first, count) = (number("FLASHLIGHT_RANDOM_SEED", 0), number("FLASHLIGHT_RANDOM_PROGRAMS", 60));
    let mut tally = Tally::default();
    let mut session = Session::new();
    for program in first..first + count {
        // A context keeps every type and attribute it has seen.
        if program % 500 == 499 {
            session = Session::new();
        }
        try_one(&session, program, &mut tally);
    }
    let report = tally.report(first, count);
    if let Ok(path) = std::env::var("FLASHLIGHT_RANDOM_REPORT") {
        std::fs::write(&path, &report).expect("the report can be written");
    }
    assert!(
        tally.failures.is_empty(),
        "{} of {count} programs are wrong, the first:\n{}",
        tally.failures.len(),
        tally.failures[0]
    );
    assert!((tally.fused + tally.partly) * 10 >= count * 6, "too few programs were fused\n{report}");
}

#[test]
fn programs_that_were_wrong_are_right() {
    let session = Session::new();
    for (name, program) in wrong::programs() {
        if let Err(error) = check::check(&session, &program, true) {
            panic!("{name}: {error}");
        }
    }
}
