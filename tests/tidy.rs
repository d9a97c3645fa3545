//! The project checks itself: documents against code, folders against strangers, sources against house rules.
//!
//! `FLASHLIGHT_UPDATE_DOCS=1 cargo test --test tidy` rewrites the generated tables of docs/pipeline.md.

use flashlight::{
    pass::PASSES,
    stage::{Backend, Stage},
};
use regex::Regex;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file under a folder.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = vec![];
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path => found.push(path),
            }
        }
    }
    found.sort();
    found
}

fn with_extension(folder: &str, extension: &str) -> Vec<PathBuf> {
    files(folder).into_iter().filter(|path| path.extension().is_some_and(|own| own == extension)).collect()
}

/// A path as it is written in messages.
fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// The lines of Rust code in `src`, comments aside, with their places.
fn code_lines() -> Vec<(String, String)> {
    let mut lines = vec![];
    for path in with_extension("src", "rs") {
        for (number, line) in read(&path).lines().enumerate() {
            if !line.trim_start().starts_with("//") {
                lines.push((format!("{}:{}", short(&path), number + 1), line.to_owned()));
            }
        }
    }
    lines
}

fn documents() -> Vec<PathBuf> {
    let mut documents = with_extension("docs", "md");
    documents.extend(
        ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"]
            .map(|name| root().join(name))
            .into_iter()
            .filter(|path| path.exists()),
    );
    documents
}

#[test]
fn environment_variables_are_in_the_table() {
    let name = Regex::new(r"FLASHLIGHT_[A-Z0-9]+(?:_[A-Z0-9]+)*_?").expect("a pattern");
    let sources = with_extension("src", "rs").into_iter().chain(with_extension("python/src", "rs"));
    let sources = sources.chain(with_extension("python/flashlight", "py"));
    let sources = sources.filter(|path| !path.ends_with("src/environment.rs"));
    let text: String = sources.map(|path| read(&path)).collect();
    let used: BTreeSet<_> = name.find_iter(&text).map(|found| found.as_str()).collect();
    let table: BTreeSet<_> = flashlight::environment::VARIABLES.iter().map(|(name, _)| *name).collect();
    for name in &used {
        let known = table.iter().any(|own| own == name || name.ends_with('_') && own.starts_with(name));
        assert!(known, "{name} is read, and not in src/environment.rs");
    }
    for own in table.iter().filter(|own| own.starts_with("FLASHLIGHT_")) {
        let read = used.iter().any(|name| own == name || name.ends_with('_') && own.starts_with(name));
        assert!(read, "{own} is in src/environment.rs, and nothing reads it");
    }
}

#[test]
fn paths_in_documents_exist() {
    let code = Regex::new(r"`((?:src|docs|tests|pipelines|dialects|examples|scripts|benches|\.ci)/[A-Za-z0-9_./-]*)`")
        .unwrap();
    // Links are looked for in prose, where brackets before parentheses are no code.
    let fence = Regex::new(r"(?ms)^ *```.*?^ *```").unwrap();
    let span = Regex::new(r"`[^`\n]*`").unwrap();
    let link = Regex::new(r"\]\(([^)#:]+)(?:#[^)]*)?\)").unwrap();
    let mut missing = vec![];
    for document in documents() {
        let text = read(&document);
        let folder = document.parent().unwrap_or(root());
        let named = code.captures_iter(&text).map(|found| root().join(&found[1]));
        let prose = fence.replace_all(&text, "");
        let prose = span.replace_all(&prose, "");
        let linked = link.captures_iter(&prose).map(|found| folder.join(&found[1]));
        missing.extend(
            named
                .chain(linked)
                .filter(|path| !path.exists())
                .map(|path| format!("{} names {}, which does not exist", short(&document), short(&path))),
        );
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// The generated tables of docs/pipeline.md, by name.
fn tables() -> [(&'static str, String); 2] {
    let mut stages = String::from("| stage | back end | the IR after it | its passes |\n|---|---|---|---|\n");
    for stage in Stage::ALL {
        let backend = match stage.backend() {
            None => "both",
            Some(Backend::Cpu) => "CPU",
            Some(Backend::Gpu) => "GPU",
        };
        let file = format!("pipelines/{stage}.txt");
        let passes = if root().join(&file).exists() { format!("`{file}`") } else { String::new() };
        stages.push_str(&format!("| `{stage}` | {backend} | {} | {passes} |\n", stage.summary()));
    }
    let mut passes = String::from("| pass | what it does | options |\n|---|---|---|\n");
    for pass in PASSES {
        let options: Vec<_> = pass
            .options
            .iter()
            .map(|option| format!("`{}={}`: {} ({})", option.name, option.default(), option.summary, option.takes()))
            .collect();
        passes.push_str(&format!("| `{}` | {} | {} |\n", pass.name, pass.summary, options.join("; ")));
    }
    [("stages", stages), ("passes", passes)]
}

#[test]
fn tables_of_stages_and_passes_are_current() {
    let path = root().join("docs/pipeline.md");
    let text = read(&path);
    let mut current = text.clone();
    for (name, table) in tables() {
        let (start, end) = (format!("<!-- {name}: generated -->\n"), format!("<!-- end of {name} -->"));
        let from =
            current.find(&start).unwrap_or_else(|| panic!("docs/pipeline.md has no '{}'", start.trim())) + start.len();
        let to = current.find(&end).unwrap_or_else(|| panic!("docs/pipeline.md has no '{end}'"));
        current.replace_range(from..to, &table);
    }
    if std::env::var_os("FLASHLIGHT_UPDATE_DOCS").is_some() {
        std::fs::write(&path, &current).expect("the document is written");
    } else {
        assert!(text == current, "docs/pipeline.md is not current: FLASHLIGHT_UPDATE_DOCS=1 cargo test --test tidy");
    }
}

#[test]
fn a_pass_has_one_name_everywhere() {
    for (pass, next) in PASSES.iter().zip(&PASSES[1..]) {
        assert!(pass.name < next.name, "'{}' is after '{}' in the table of passes", pass.name, next.name);
    }
    for pass in PASSES {
        let file = pass.name.strip_prefix("attention-").unwrap_or(pass.name).replace('-', "_");
        // A back end's own passes live with it, where a file may leave the first words out.
        let words: Vec<_> = file.split('_').collect();
        let tails = (0..words.len()).map(|start| words[start..].join("_"));
        let own = tails.flat_map(|tail| {
            ["src/cpu/{}.rs", "src/gpu/{}.rs", "src/gpu/{}/mod.rs"].map(|place| place.replace("{}", &tail))
        });
        let mut places = [format!("src/pass/{file}.rs"), format!("src/pass/{file}/mod.rs")].into_iter().chain(own);
        assert!(places.any(|place| root().join(place).exists()), "pass '{}' is in no file '{file}.rs'", pass.name);
        assert!(
            root().join(format!("tests/pass/{}.mlir", pass.name)).exists(),
            "pass '{}' has no file in tests/pass",
            pass.name
        );
        assert!(!pass.summary.is_empty() && !pass.summary.ends_with('.'), "the summary of '{}'", pass.name);
        for option in pass.options {
            assert!(!option.summary.is_empty(), "option '{}' of '{}' has no summary", option.name, pass.name);
        }
    }
}

#[test]
fn folders_hold_no_strangers() {
    for (folder, allowed) in [
        ("tests/corpus", &["mlir", "safetensors"][..]),
        ("tests/diag", &["mlir", "snap"]),
        ("tests/dialect", &["mlir"]),
        ("tests/pass", &["mlir"]),
        ("pipelines", &["txt", "toml", "mlir"]),
        ("dialects", &["mlir"]),
    ] {
        for path in files(folder) {
            let extension = path.extension().map(|own| own.to_string_lossy().into_owned()).unwrap_or_default();
            assert!(allowed.contains(&extension.as_str()), "{} is a stranger in {folder}", short(&path));
        }
    }
}

/// What reads the nest knows of no plan, what plans of no code, what writes of no machine, and a machine of none of them.
#[test]
fn folders_of_the_gpu_have_no_circle() {
    let order = ["nest", "plan", "write", "distribute"];
    let below = ["machine", "math"];
    for (folder, own) in [("nest", 0), ("points", 0), ("steps", 0), ("rows", 0), ("plan", 1), ("write", 2)] {
        let above: Vec<_> = order.iter().skip(own + 1).chain(&below).copied().collect();
        assert_knows_none(folder, &above);
    }
    assert_knows_none("machine", &["nest", "plan", "write", "distribute", "points", "steps", "math"]);
    assert_knows_none("math", &["nest", "plan", "write", "distribute", "points", "steps"]);
}

fn assert_knows_none(folder: &str, others: &[&str]) {
    let names = Regex::new(&format!(r"(^|[^:.\w])((crate::)?gpu::|super::)*({})::[a-zA-Z{{]", others.join("|")))
        .expect("a pattern");
    let place = format!("src/gpu/{folder}/");
    let known: Vec<_> =
        code_lines().into_iter().filter(|(at, line)| at.starts_with(&place) && names.is_match(line)).collect();
    assert!(known.is_empty(), "{folder} knows of another folder: {known:?}");
}

#[test]
fn a_program_of_the_corpus_has_its_data() {
    let stems = |extension: &str| -> BTreeSet<PathBuf> {
        with_extension("tests/corpus", extension).into_iter().map(|path| path.with_extension("")).collect()
    };
    let programs = stems("mlir");
    assert!(!programs.is_empty());
    assert_eq!(programs, stems("safetensors"));
}

#[test]
fn no_source_line_names_a_variant() {
    let variant = Regex::new(r"(?i)\b(causal|alibi|softcap|sliding|prefix_?lm|evoformer|document_?mask)").unwrap();
    let named: Vec<_> = code_lines().into_iter().filter(|(_, line)| variant.is_match(line)).collect();
    assert!(named.is_empty(), "{named:#?}");
}

#[test]
fn nothing_is_left_undone() {
    let undone = Regex::new(r"\b(todo|unimplemented)!\(|#\[ignore|\bFIXME\b").unwrap();
    let named: Vec<_> = code_lines().into_iter().filter(|(_, line)| undone.is_match(line)).collect();
    assert!(named.is_empty(), "{named:#?}");
}

#[test]
fn unsafe_code_is_where_it_belongs() {
    let allowed = ["src/ffi.rs", "src/runtime/", "src/cpu/"];
    for (place, line) in code_lines() {
        if line.contains("allow(unsafe_code") {
            assert!(allowed.iter().any(|own| place.starts_with(own)), "{place}: {line}");
            assert!(line.contains("reason"), "{place} gives no reason");
        }
    }
}

#[test]
fn files_are_of_a_readable_size() {
    // 500 is where a file should be split; this is where it must be.
    const LIMIT: usize = 750;
    let mut sources = with_extension("src", "rs");
    sources.extend(with_extension("tests", "rs"));
    for path in sources {
        let lines = read(&path).lines().count();
        assert!(lines <= LIMIT, "{} has {lines} lines", short(&path));
    }
}
