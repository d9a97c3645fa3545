//! Where the parts of a rewritten text come from.

/// A part of a rewritten text, from its start to that of the next one.
#[derive(Clone, Copy, Debug)]
struct Part {
    start: usize,
    /// Its place in the source.
    from: usize,
    /// Whether it is the source's own text; else all of it stands for that one place.
    copied: bool,
}

/// Maps places of a rewritten text to those of its source.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// In order of their starts; empty when the text is the source.
    parts: Vec<Part>,
    /// Where the lines of the rewritten text and of the source start.
    lines: Vec<usize>,
    source_lines: Vec<usize>,
}

fn line_starts(text: &[u8]) -> Vec<usize> {
    let after = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(after).collect()
}

/// The line and the column of an offset, from 1, the latter in bytes.
pub fn position(text: &[u8], offset: usize) -> (usize, usize) {
    locate(&line_starts(text), offset)
}

fn locate(lines: &[usize], offset: usize) -> (usize, usize) {
    let line = lines.partition_point(|start| *start <= offset);
    (line, offset - lines[line - 1] + 1)
}

impl Origins {
    /// The place in the source of a line and a column, all from 1. A line or column of 0 is unknown, and stays so.
    pub fn of(&self, (line, column): (usize, usize)) -> (usize, usize) {
        let start = line.checked_sub(1).and_then(|line| self.lines.get(line));
        let (Some(start), Some(column)) = (start, column.checked_sub(1)) else { return (line, column) };
        let at = start + column;
        let after = self.parts.partition_point(|part| part.start <= at);
        let Some(part) = after.checked_sub(1).map(|part| self.parts[part]) else { return (line, column + 1) };
        locate(&self.source_lines, if part.copied { part.from + (at - part.start) } else { part.from })
    }
}

/// A rewritten text while it is written.
#[derive(Debug)]
pub struct Writer<'t> {
    source: &'t [u8],
    text: Vec<u8>,
    parts: Vec<Part>,
}

impl<'t> Writer<'t> {
    /// Nothing yet.
    pub fn new(source: &'t [u8]) -> Self {
        Self { source, text: Vec::with_capacity(source.len() + source.len() / 8), parts: vec![] }
    }

    /// Appends a range of the source.
    pub fn copy(&mut self, range: std::ops::Range<usize>) {
        self.parts.push(Part { start: self.text.len(), from: range.start, copied: true });
        self.text.extend_from_slice(&self.source[range]);
    }

    /// Appends text that stands for a place of the source.
    pub fn insert(&mut self, text: &str, from: usize) {
        self.parts.push(Part { start: self.text.len(), from, copied: false });
        self.text.extend_from_slice(text.as_bytes());
    }

    /// The text, and where its parts come from.
    pub fn finish(self) -> (Vec<u8>, Origins) {
        let origins =
            Origins { parts: self.parts, lines: line_starts(&self.text), source_lines: line_starts(self.source) };
        (self.text, origins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_source() {
        let mut writer = Writer::new(b"one\ntwo three\nfour");
        writer.copy(0..4);
        writer.insert("\"long name\"\n", 4);
        writer.copy(8..18);
        let (text, origins) = writer.finish();
        assert_eq!(text, b"one\n\"long name\"\nthree\nfour");
        assert_eq!(origins.of((1, 2)), (1, 2));
        assert_eq!(origins.of((2, 7)), (2, 1));
        assert_eq!(origins.of((3, 2)), (2, 6));
        assert_eq!(origins.of((4, 4)), (3, 4));
        assert_eq!(origins.of((0, 0)), (0, 0));
    }

    #[test]
    fn a_text_that_was_not_rewritten_stays_where_it_is() {
        assert_eq!(Origins::default().of((7, 3)), (7, 3));
    }
}
