//! Text against comments that say what must be in it, as LLVM's FileCheck does it.
//!
//! `CHECK: text` is somewhere after what the line before found, `CHECK-NEXT:` in the very next line, and `CHECK-NOT:` nowhere up to
//! what the next one finds. `{{..}}` in a text is a regular expression, `[[NAME:..]]` one whose match `[[NAME]]` stands for later.
//! Spaces are equal to any number of them.

use regex::Regex;
use std::collections::HashMap;

/// Checks a text against the lines of a file.
pub fn hold(file: &str, text: &str) -> Result<(), String> {
    let lines: Vec<&str> = text.lines().collect();
    let (mut names, mut next, mut column) = (HashMap::new(), 0, 0);
    let mut absent: Vec<(usize, Regex)> = vec![];
    let mut any = false;
    for (at, line) in file.lines().enumerate() {
        let Some((kind, wanted)) = line.strip_prefix("// CHECK").and_then(|rest| rest.split_once(':')) else {
            continue;
        };
        let fail = |message: &str| Err(format!("{}: {message}: {}", at + 1, wanted.trim()));
        let pattern = pattern(wanted.trim(), &names).map_err(|message| format!("{}: {message}", at + 1))?;
        any = true;
        let found = match kind {
            "-NOT" => {
                absent.push((at, pattern));
                continue;
            }
            "-NEXT" => lines.get(next + 1).and_then(|line| Some((next + 1, pattern.captures(line)?))),
            "" => (next..lines.len()).find_map(|number| {
                let from = if number == next { column } else { 0 };
                Some((number, pattern.captures_at(lines[number], from)?))
            }),
            _ => return fail("no such kind of line"),
        };
        let Some((number, captures)) = found else { return fail("is not there") };
        forbid(&absent, &between(&lines, (next, column), number))?;
        absent.clear();
        for name in pattern.capture_names().flatten() {
            names.insert(name.to_owned(), captures.name(name).map_or("", |found| found.as_str()).to_owned());
        }
        (next, column) = (number, captures.get(0).map_or(0, |found| found.end()));
    }
    forbid(&absent, &between(&lines, (next, column), lines.len()))?;
    if any { Ok(()) } else { Err("1: nothing is checked".into()) }
}

/// What is after a place in a line, up to another line.
fn between<'t>(lines: &[&'t str], (line, column): (usize, usize), end: usize) -> Vec<&'t str> {
    let rest = lines.get(line).filter(|_| line < end).map(|text| &text[column..]);
    rest.into_iter().chain(lines.iter().take(end).skip(line + 1).copied()).collect()
}

fn forbid(absent: &[(usize, Regex)], lines: &[&str]) -> Result<(), String> {
    for (at, pattern) in absent {
        if let Some(line) = lines.iter().find(|line| pattern.is_match(line)) {
            return Err(format!("{}: is there: {}", at + 1, line.trim()));
        }
    }
    Ok(())
}

/// The regular expression that a line of a file is.
fn pattern(text: &str, names: &HashMap<String, String>) -> Result<Regex, String> {
    let (mut source, mut rest) = (String::new(), text);
    while !rest.is_empty() {
        // A name begins with a capital letter: `[[0, 1]]` is text.
        let is_name =
            |at: &usize| rest[*at..].starts_with("[[") && rest[at + 2..].starts_with(|c: char| c.is_ascii_uppercase());
        let named = (0..rest.len()).filter(|at| rest.is_char_boundary(*at)).find(is_name);
        let at = [rest.find("{{"), named].into_iter().flatten().min().unwrap_or(rest.len());
        let plain: Vec<_> = rest[..at].split(' ').map(regex::escape).collect();
        source.push_str(&plain.join(r"\s+"));
        rest = &rest[at..];
        if let Some(inner) = rest.strip_prefix("{{") {
            let end = inner.find("}}").ok_or("'{{' without '}}'")?;
            source.push_str(&format!("(?:{})", &inner[..end]));
            rest = &inner[end + 2..];
        } else if let Some(inner) = rest.strip_prefix("[[") {
            let name = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inner.len());
            let (name, tail) = inner.split_at(name);
            if let Some(tail) = tail.strip_prefix(':') {
                let end = tail.find("]]").ok_or("'[[' without ']]'")?;
                // A set of characters ends in a bracket itself.
                let end = end + tail[end..].bytes().take_while(|byte| *byte == b']').count() - 2;
                source.push_str(&format!("(?P<{name}>{})", &tail[..end]));
                rest = &tail[end + 2..];
            } else {
                let known = names.get(name).ok_or(format!("'{name}' has no value"))?;
                source.push_str(&format!(r"{}\b", regex::escape(known)));
                rest = tail.strip_prefix("]]").ok_or("'[[' without ']]'")?;
            }
        }
    }
    Regex::new(&source).map_err(|error| error.to_string())
}

#[test]
fn lines_hold_or_do_not() {
    let text = "a = f x\nb = g a\nc = h  b\n";
    let good = [
        "CHECK: f\nCHECK: h",
        "CHECK: {{[a-z]}} = g\nCHECK-NEXT: = h b",
        "CHECK: [[A:[a-z]]] = f\nCHECK-NEXT: g [[A]]",
        "CHECK: a\nCHECK: f\nCHECK-NOT: f\nCHECK: h",
    ];
    let bad = [
        "",
        "CHECK: q",
        "CHECK: h\nCHECK: f",
        "CHECK: f\nCHECK-NEXT: h",
        "CHECK: f\nCHECK-NOT: g\nCHECK: h",
        "CHECK: h\nCHECK-NOT: b",
        "CHECK: [[A:[a-z]]] = f\nCHECK-NEXT: h [[A]]",
        "CHECK: [[A]]",
        "CHECK-SAME: f",
    ];
    let file = |checks: &str| checks.lines().map(|line| format!("// {line}\n")).collect::<String>();
    for checks in good {
        assert_eq!(hold(&file(checks), text), Ok(()), "{checks}");
    }
    for checks in bad {
        assert!(hold(&file(checks), text).is_err(), "{checks}");
    }
}
