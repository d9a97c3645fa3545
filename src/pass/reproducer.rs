//! Reproducers: a module and the pipeline that fails on it in one file, as `mlir-opt` writes and reads them.

use std::fmt::Write as _;

/// What a reproducer says beside the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reproducer {
    /// One line.
    pub pipeline: String,
    pub verify_each: bool,
}

/// What encloses resources at the end of a file.
const MARKS: [&str; 2] = ["{-#", "#-}"];

impl Reproducer {
    /// The file: a module as it is printed, and this.
    pub fn file(&self, module: &str) -> String {
        let mut own = String::from("  external_resources: {\n    mlir_reproducer: {\n");
        let _ = writeln!(own, "      pipeline: \"{}\",", self.pipeline.replace('\\', "\\\\").replace('"', "\\22"));
        let _ = writeln!(own, "      disable_threading: true,\n      verify_each: {}\n    }}\n  }}", self.verify_each);
        let (module, [open, close]) = (module.trim_end(), MARKS);
        match module.strip_suffix(close) {
            // The module has resources of its own.
            Some(start) => format!("{},\n{own}{close}\n", start.trim_end()),
            None => format!("{module}\n\n{open}\n{own}{close}\n"),
        }
    }

    /// Reads what [`Reproducer::file`] or `mlir-opt` wrote.
    pub fn read(file: &str) -> Option<Self> {
        let resources = &file[file.rfind(MARKS[0])?..];
        let own = &resources[resources.find("mlir_reproducer")?..];
        let text = own.split_once("pipeline:")?.1.trim_start().strip_prefix('"')?;
        let (mut pipeline, mut rest) = (String::new(), text.chars());
        loop {
            match rest.next()? {
                '"' => break,
                '\\' => {
                    let first = rest.next()?;
                    match first.to_digit(16).and_then(|high| Some((high, rest.clone().next()?.to_digit(16)?))) {
                        Some((high, low)) => {
                            rest.next();
                            pipeline.push(char::from(u8::try_from(high * 16 + low).ok()?));
                        }
                        None => pipeline.push(first),
                    }
                }
                plain => pipeline.push(plain),
            }
        }
        let verify_each =
            rest.as_str().split_once("verify_each:").is_none_or(|(_, value)| !value.trim_start().starts_with("false"));
        Some(Self { pipeline, verify_each })
    }
}

/// A pipeline in one line.
pub fn one_line(pipeline: &str) -> String {
    let mut text = String::new();
    for line in pipeline.lines().map(str::trim) {
        text.push_str(line);
        if line.ends_with(',') {
            text.push(' ');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for pipeline in ["builtin.module(cse)", "builtin.module(inline{a=\"x, y\" b=\\c})"] {
            let own = Reproducer { pipeline: pipeline.into(), verify_each: pipeline.len() > 20 };
            for module in
                ["module {\n}\n", "module {\n}\n\n{-#\n  dialect_resources: {\n    builtin: {\n    }\n  }\n#-}\n"]
            {
                let file = own.file(module);
                assert_eq!(file.matches(MARKS[0]).count(), 1, "{file}");
                assert_eq!(Reproducer::read(&file), Some(own.clone()), "{file}");
            }
        }
        assert_eq!(Reproducer::read("module {}"), None);
        assert_eq!(
            one_line("builtin.module(\n  cse,\n  func.func(\n    canonicalize\n  )\n)\n"),
            "builtin.module(cse, func.func(canonicalize))"
        );
    }
}
