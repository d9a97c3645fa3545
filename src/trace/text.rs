//! IR as lines with the places they are from.
//!
//! Before:  `  %1 = arith.addf %a, %b : f32 loc(#loc3)`, and `#loc3 = loc("in.mlir":4:8)` elsewhere
//! After:   the line without its location, and `in.mlir:4:8` beside it

use std::collections::HashMap;

/// A line of text and the places in source files it is from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Line {
    pub text: String,
    /// `file:line:column`, each once.
    pub places: Vec<String>,
}

/// Takes printed IR apart. A line that opens a region has the places of the one that closes it, too: that is where an
/// operation's location is printed.
pub fn lines(printed: &str) -> Vec<Line> {
    let mut aliases: HashMap<&str, &str> = HashMap::new();
    let alias = |line: &&str| line.starts_with("#loc") && line.contains(" = loc(");
    for line in printed.lines().filter(alias) {
        if let Some((name, location)) = line.split_once(" = ") {
            aliases.insert(name, location);
        }
    }
    let mut lines: Vec<Line> = vec![];
    let mut open: Vec<usize> = vec![];
    for line in printed.lines().filter(|line| !alias(line)) {
        let (text, locations) = strip(line);
        let mut places = vec![];
        for location in locations {
            collect(location, &aliases, 0, &mut places);
        }
        let trimmed = text.trim();
        let opening = if trimmed.starts_with('}') { open.pop() } else { None };
        if let Some(opening) = opening {
            for place in &places {
                push(&mut lines[opening].places, place.clone());
            }
        }
        if trimmed.ends_with('{') {
            // The next region of the same operation.
            open.push(opening.unwrap_or(lines.len()));
        }
        lines.push(Line { text, places });
    }
    lines
}

fn push(places: &mut Vec<String>, place: String) {
    if !places.contains(&place) {
        places.push(place);
    }
}

/// A line without its locations, and those.
fn strip(line: &str) -> (String, Vec<&str>) {
    let (mut text, mut found, mut rest) = (String::new(), vec![], 0);
    let mut quoted = false;
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quoted => at += 1,
            b'"' => quoted = !quoted,
            b' ' if !quoted && line[at..].starts_with(" loc(") => {
                let end = at + 1 + end_of(&line[at + 1..]);
                text.push_str(&line[rest..at]);
                found.push(&line[at + 1..end]);
                (rest, at) = (end, end);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    text.push_str(&line[rest..]);
    (text.trim_end().to_owned(), found)
}

/// Bytes up to past the parenthesis that closes the first one.
fn end_of(text: &str) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'(' if !quoted => depth += 1,
            b')' if !quoted && depth == 1 => return at + 1,
            b')' if !quoted => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// Locations nest at most so deep.
const DEPTH: usize = 16;

/// The places of a printed location: those of its parts, aliases looked up.
fn collect(location: &str, aliases: &HashMap<&str, &str>, depth: usize, places: &mut Vec<String>) {
    if depth > DEPTH {
        return;
    }
    let mut rest = location;
    while let Some(at) = rest.find(['"', '#']) {
        let word = &rest[at..];
        if let Some(inner) = word.strip_prefix('"') {
            let end = inner.find('"').unwrap_or(inner.len());
            let after = inner.get(end + 1..).unwrap_or_default();
            let mut numbers = after.strip_prefix(':').unwrap_or_default().split(|c: char| !c.is_ascii_digit());
            if let (Some(line), Some(column)) = (numbers.next(), numbers.next())
                && !line.is_empty()
            {
                push(places, format!("{}:{line}:{column}", &inner[..end]));
            }
            rest = after;
        } else {
            let end = word[1..].find(|c: char| !c.is_ascii_alphanumeric()).map_or(word.len(), |end| end + 1);
            if let Some(known) = aliases.get(&word[..end]) {
                collect(known, aliases, depth + 1, places);
            }
            rest = &word[end..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_leave_the_text() {
        let printed = r#"#loc1 = loc("a.mlir":1:2)
module {
  func.func @f(%arg0: f32 loc("a.mlir":2:16)) -> f32 attributes {text = "not a loc(\"x\":1:1)"} {
    %0 = arith.addf %arg0, %arg0 : f32 loc(#loc3)
    return %0 : f32 loc("operand"(#loc1))
  } loc(#loc2)
  "a.b"() ({
  }, {
  }) : () -> () loc("a.mlir":9:9)
} loc(unknown)
#loc2 = loc("a.mlir":2:3)
#loc3 = loc(fused[#loc1, "b.mlir":7:8 to :9])
"#;
        let found = lines(printed);
        let show = |line: &Line| format!("{} | {}", line.text, line.places.join(" "));
        assert_eq!(
            found.iter().map(show).collect::<Vec<_>>(),
            [
                "module { | ",
                r#"  func.func @f(%arg0: f32) -> f32 attributes {text = "not a loc(\"x\":1:1)"} { | a.mlir:2:16 a.mlir:2:3"#,
                "    %0 = arith.addf %arg0, %arg0 : f32 | a.mlir:1:2 b.mlir:7:8",
                "    return %0 : f32 | a.mlir:1:2",
                "  } | a.mlir:2:3",
                "  \"a.b\"() ({ | a.mlir:9:9",
                "  }, { | ",
                "  }) : () -> () | a.mlir:9:9",
                "} | ",
            ]
        );
    }

    #[test]
    fn a_location_that_refers_to_itself_ends() {
        assert_eq!(lines("x loc(#loc1)\n#loc1 = loc(#loc1)"), [Line { text: "x".into(), places: vec![] }]);
    }
}
