//! PTX with the places that its instructions are from.

use super::text::Line;
use crate::{ffi, gpu};
use melior::ir::Module;

/// The pass that gives functions what `.loc` directives need.
const SCOPES: &str = "builtin.module(ensure-debug-info-scope-on-llvm-func{emission-kind=DebugDirectivesOnly})";

/// The PTX of a module at stage `nvvm`, per kernel, with `.loc` directives; `None` where that cannot be made.
pub fn located(module: &Module<'_>) -> Option<Vec<(String, String)>> {
    let copy = ffi::clone_module(module);
    crate::pass::pipeline::run(&copy, SCOPES).ok()?;
    let kernels = gpu::emit_ptx(&copy).ok()?;
    Some(kernels.into_iter().map(|kernel| (kernel.symbol, kernel.ptx)).collect())
}

/// The lines of PTX with places, if it is the same program as `plain` but for directives that say them.
pub fn lines(located: &str, plain: &str, file: &str) -> Option<Vec<Line>> {
    let mut lines: Vec<Line> = vec![];
    let mut place: Option<String> = None;
    for text in located.lines() {
        let word = text.trim_start();
        if word.starts_with(".section") {
            break;
        }
        if let Some(numbers) = word.strip_prefix(".loc") {
            let mut numbers = numbers.split_whitespace().skip(1);
            place = match (numbers.next(), numbers.next()) {
                (Some(line), Some(column)) if line != "0" && column != "0" => {
                    Some(format!("{file}:{line}:{}", column.trim_end_matches([',', ';'])))
                }
                _ => None,
            };
        } else if says_something(word) {
            let instruction = word.ends_with(';') && !word.starts_with('.');
            lines.push(Line { text: text.to_owned(), places: place.iter().filter(|_| instruction).cloned().collect() });
        }
    }
    let own = lines.iter().map(|line| line.text.trim());
    own.eq(plain.lines().map(str::trim).filter(|line| says_something(line))).then_some(lines)
}

/// Whether a line of PTX is neither empty nor of debug information.
fn says_something(line: &str) -> bool {
    let debug = [".file", "$L__tmp", "$L__func", ".target", "//"];
    !line.is_empty() && !debug.iter().any(|start| line.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_have_the_place_before_them() {
        let located = ".target sm_90a, debug\n.entry f()\n{\n\t.reg .b32 %r<2>;\n\t.loc\t1 4 2\n$L__tmp0:\n\tadd.f32 %f1;\n\t.loc\t1 0 0\n\tret;\n}\n\t.file\t1 \"a\"\n\t.section\t.debug_loc\t{\t}\n";
        let plain = ".target sm_90a\n.entry f()\n{\n\t.reg .b32 %r<2>;\n\tadd.f32 %f1;\n\tret;\n}\n";
        let found = lines(located, plain, "a.mlir").unwrap();
        assert_eq!(found[3], Line { text: "\tadd.f32 %f1;".into(), places: vec!["a.mlir:4:2".into()] });
        assert!(found[4].places.is_empty(), "{found:?}");
        assert_eq!(lines(located, &plain.replace("add", "sub"), "a.mlir"), None);
    }
}
