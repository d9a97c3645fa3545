//! `--split-input-file`: pieces between marker lines, each at the line it has in the whole file.

/// A piece of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The piece, after one newline for each line that stands before it.
    pub text: Vec<u8>,
}

/// A line that looks like a marker but is none: its number, and the column of its last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearMiss {
    pub line: usize,
    pub column: usize,
}

/// Splits `text` at lines that are `marker`, spaces around it aside.
pub fn split(text: &[u8], marker: &str) -> (Vec<Piece>, Vec<NearMiss>) {
    let marker = marker.trim().as_bytes();
    let mut pieces = vec![Piece { text: vec![] }];
    let mut near_misses = vec![];
    for (index, line) in text.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let trimmed = line.trim_ascii();
        if trimmed == marker {
            pieces.push(Piece { text: vec![b'\n'; index + 1] });
            continue;
        }
        // As upstream: all of the marker but for its last two characters.
        if marker.len() > 2 && trimmed.starts_with(&marker[..marker.len() - 2]) {
            near_misses.push(NearMiss { line: index + 1, column: line.trim_ascii_end().len() });
        }
        if let Some(piece) = pieces.last_mut() {
            piece.text.extend_from_slice(line);
        }
    }
    (pieces, near_misses)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_keep_their_lines() {
        let (pieces, misses) = split(b"a\nb\n// -----\nc\n  // -----  \n", "// -----");
        let texts: Vec<_> = pieces.iter().map(|piece| String::from_utf8_lossy(&piece.text).into_owned()).collect();
        assert_eq!(texts, ["a\nb\n", "\n\n\nc\n", "\n\n\n\n\n"]);
        assert_eq!(misses, []);
    }

    #[test]
    fn near_misses_are_found() {
        let (pieces, misses) = split(b"a\n// ----\nb", "// -----");
        assert_eq!(pieces.len(), 1);
        assert_eq!(misses, [NearMiss { line: 2, column: 7 }]);
    }
}
