//! The names that a pipeline may use, and hints for the ones that are nearly right.

use super::PASSES;

/// Upstream's passes and pipelines, one a line: kind, name, summary, tab-separated. MLIR's C API
/// cannot list them; `tests/opt/behaviour.rs` compares this list with `mlir-opt --list-passes`.
const UPSTREAM: &str = include_str!("upstream.tsv");

/// An upstream pass or pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Upstream {
    pub is_pipeline: bool,
    pub name: &'static str,
    pub summary: &'static str,
}

/// Every upstream pass and pipeline.
pub fn upstream() -> impl Iterator<Item = Upstream> {
    UPSTREAM.lines().filter_map(|line| {
        let mut fields = line.split('\t');
        let is_pipeline = fields.next()? == "pipeline";
        Some(Upstream { is_pipeline, name: fields.next()?, summary: fields.next().unwrap_or_default() })
    })
}

/// Whether a name is an upstream pipeline: a sequence of passes under one name.
pub fn is_upstream_pipeline(name: &str) -> bool {
    upstream().any(|entry| entry.is_pipeline && entry.name == name)
}

/// Every pass name, ours first.
pub fn all() -> impl Iterator<Item = &'static str> {
    PASSES.iter().map(|pass| pass.name).chain(upstream().map(|entry| entry.name))
}

/// ` (did you mean 'x'?)` for the nearest candidate, or nothing when none is near.
pub fn did_you_mean<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    let limit = (name.len() / 3).max(1);
    candidates
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| format!(" (did you mean '{candidate}'?)"))
        .unwrap_or_default()
}

/// The Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<_> = b.chars().collect();
    let mut row: Vec<_> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        assert_eq!(distance("cse", "cse"), 0);
        assert_eq!(distance("canonicalise", "canonicalize"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
    }

    #[test]
    fn hints_are_near_or_absent() {
        assert_eq!(did_you_mean("canonicalise", all()), " (did you mean 'canonicalize'?)");
        assert_eq!(did_you_mean("frobnicate", ["cse"].into_iter()), "");
    }
}
