//! A compilation as one page: every stage and pass with its IR before and after, remarks, what was recognized, the
//! kernels and the mask as pictures.
//!
//! The page is written as the compiler works, part by part ([`record`]), and is whole after each: what is cut off at any
//! byte opens, and its last pass is the one that did not come back. Text is kept line by line ([`text`]), each line once,
//! so a pass costs what it changes. The parts are JSON in `script` elements; `page.js` reads them, and nothing is
//! fetched from anywhere.

pub mod ptx;
pub mod record;
pub mod text;

pub use record::{About, Recorder};

use std::path::{Path, PathBuf};

/// The page of one of several programs: `trace.html` becomes `trace-NAME.html`.
pub fn beside(page: &Path, name: &str) -> PathBuf {
    let stem = page.file_stem().unwrap_or_default().to_string_lossy();
    let suffix = page.extension().map(|suffix| format!(".{}", suffix.to_string_lossy())).unwrap_or_default();
    page.with_file_name(format!("{stem}-{name}{suffix}"))
}

/// A word of a command line, quoted where a shell would take it apart.
pub fn word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=./,:@%+".contains(c);
    let safe = !text.is_empty() && text.chars().all(plain);
    if safe { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_survive_a_shell() {
        assert_eq!(word("--to=tile"), "--to=tile");
        assert_eq!(word("it's a file.mlir"), r"'it'\''s a file.mlir'");
        assert_eq!(word(""), "''");
    }

    #[test]
    fn pages_beside_others() {
        assert_eq!(beside(Path::new("out/trace.html"), "f"), Path::new("out/trace-f.html"));
        assert_eq!(beside(Path::new("page"), "2"), Path::new("page-2"));
    }
}
