//! Damaged copies of the corpus: whatever is cut, doubled or swapped, the tool ends with exit code 0 or 1
//! and never panics.

use crate::support::{files, root, run};
use proptest::{
    prelude::*,
    test_runner::{RngAlgorithm, TestRng, TestRunner},
};

/// One way to damage a text.
#[derive(Clone, Debug)]
enum Damage {
    Cut(prop::sample::Index),
    Delete(prop::sample::Index, u8),
    Replace(prop::sample::Index, u8),
    Double(prop::sample::Index, u8),
    /// Replaces a token by another one of the same text.
    Swap(prop::sample::Index, prop::sample::Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        any::<prop::sample::Index>().prop_map(Damage::Cut),
        (any::<prop::sample::Index>(), 1u8..40).prop_map(|(at, length)| Damage::Delete(at, length)),
        (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Replace(at, byte)),
        (any::<prop::sample::Index>(), 1u8..40).prop_map(|(at, length)| Damage::Double(at, length)),
        (any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(at, from)| Damage::Swap(at, from)),
    ]
}

/// The byte ranges of words and numbers.
fn tokens(text: &[u8]) -> Vec<std::ops::Range<usize>> {
    let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let mut found = vec![];
    let mut start = None;
    for (index, byte) in text.iter().enumerate() {
        match (word(byte), start) {
            (true, None) => start = Some(index),
            (false, Some(from)) => {
                found.push(from..index);
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn apply(mut text: Vec<u8>, damage: &Damage) -> Vec<u8> {
    if text.is_empty() {
        return text;
    }
    let end = |at: usize, length: u8, text: &[u8]| (at + usize::from(length)).min(text.len());
    match damage {
        Damage::Cut(at) => text.truncate(at.index(text.len())),
        Damage::Delete(at, length) => {
            let at = at.index(text.len());
            text.drain(at..end(at, *length, &text));
        }
        Damage::Replace(at, byte) => {
            let at = at.index(text.len());
            text[at] = *byte;
        }
        Damage::Double(at, length) => {
            let at = at.index(text.len());
            let copy = text[at..end(at, *length, &text)].to_vec();
            text.splice(at..at, copy);
        }
        Damage::Swap(at, from) => {
            let tokens = tokens(&text);
            if !tokens.is_empty() {
                let copy = text[tokens[from.index(tokens.len())].clone()].to_vec();
                text.splice(tokens[at.index(tokens.len())].clone(), copy);
            }
        }
    }
    text
}

/// Programs of the corpus, some with ops of other projects, and an attention op for the verifier.
fn seeds() -> Vec<Vec<u8>> {
    let mut paths = files(&root("tests/corpus"));
    paths.extend(["packed_documents", "gated_by_top_k"].map(|name| root(&format!("tests/spellings/{name}.mlir"))));
    // The verifier has most to say about the dialect itself: as likely as all else together.
    paths.extend(std::iter::repeat_n(root("tests/dialect/roundtrip.mlir"), paths.len()));
    paths.iter().map(|path| std::fs::read(path).expect("a file")).collect()
}

#[test]
fn damaged_text_is_refused_or_read_but_never_a_crash() {
    let seeds = seeds();
    let program = (any::<prop::sample::Index>(), prop::collection::vec(damage(), 1..4));
    let pieces = prop::collection::vec(program, 12);
    // One run takes many pieces, so that the whole stays within seconds.
    // The same damage in every run: upstream's parser is not ours to explore in CI.
    let config =
        ProptestConfig { cases: 16, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    runner
        .run(&pieces, |pieces| {
            let texts: Vec<_> = pieces
                .iter()
                .map(|(seed, damages)| damages.iter().fold(seeds[seed.index(seeds.len())].clone(), apply))
                .collect();
            let input = texts.join(&b"\n// -----\n"[..]);
            let output = run(&["--split-input-file", "--canonicalize"], &input);
            let quiet = !output.stderr.contains("panicked");
            prop_assert!(matches!(output.code, Some(0 | 1)) && quiet, "{:?}: {}", output.code, output.stderr);
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn damaged_bytecode_is_refused_or_read_but_never_a_crash() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("seed.mlirbc");
    let output = run(&["tests/dialect/roundtrip.mlir", "--emit-bytecode", "-o", path.to_str().expect("a path")], b"");
    assert_eq!(output.code, Some(0), "{}", output.stderr);
    let seed = std::fs::read(path).expect("bytecode");
    // Cuts only: upstream's reader trusts the contents of a section that is complete.
    for length in (5..seed.len()).step_by(seed.len() / 24) {
        let output = run(&[], &seed[..length]);
        assert_eq!(output.code, Some(1), "cut to {length}: {}", output.stderr);
        assert!(output.stderr.contains("error:"), "cut to {length}: {}", output.stderr);
    }
}
