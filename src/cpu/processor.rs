//! Whether a processor has what code needs: as names of features in manifests, and as a test in objects.

use super::{CpuError, native};
use crate::{bug, driver, ffi, ir, pass::pipeline};
use melior::ir::Module;
use std::fmt::Write as _;

/// The words of x86 that say what a processor and its system have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// `cpuid` of this leaf and subleaf, and the number of its register (EAX, EBX, ECX, EDX).
    Cpuid(u32, u32, usize),
    /// The register states that the system keeps.
    State,
}

const BASIC: Word = Word::Cpuid(1, 0, 2);
const EXTENDED: Word = Word::Cpuid(0x8000_0001, 0, 2);
const B7: Word = Word::Cpuid(7, 0, 1);
const C7: Word = Word::Cpuid(7, 0, 2);
const D7: Word = Word::Cpuid(7, 0, 3);
const A71: Word = Word::Cpuid(7, 1, 0);

/// In the order in which they may be asked for: the first says whether there are the states.
const WORDS: [Word; 7] = [BASIC, Word::State, B7, C7, D7, A71, EXTENDED];

/// Says that there is a word of the states that the system keeps.
const HAS_STATE: u32 = 27;
/// Those of AVX, and those of AVX-512.
const AVX: u32 = 0x6;
const AVX512: u32 = 0xE6;

/// Features that a code generator chooses by itself, by LLVM's names, and their bits.
const FEATURES: [(&str, Word, u32); 29] = [
    ("sse3", BASIC, 0),
    ("ssse3", BASIC, 9),
    ("fma", BASIC, 12),
    ("sse4.1", BASIC, 19),
    ("sse4.2", BASIC, 20),
    ("movbe", BASIC, 22),
    ("popcnt", BASIC, 23),
    ("avx", BASIC, 28),
    ("f16c", BASIC, 29),
    ("lzcnt", EXTENDED, 5),
    ("bmi", B7, 3),
    ("avx2", B7, 5),
    ("bmi2", B7, 8),
    ("avx512f", B7, 16),
    ("avx512dq", B7, 17),
    ("avx512ifma", B7, 21),
    ("avx512cd", B7, 28),
    ("avx512bw", B7, 30),
    ("avx512vl", B7, 31),
    ("avx512vbmi", C7, 1),
    ("avx512vbmi2", C7, 6),
    ("gfni", C7, 8),
    ("avx512vnni", C7, 11),
    ("avx512bitalg", C7, 12),
    ("avx512vpopcntdq", C7, 14),
    ("avx512fp16", D7, 23),
    ("avxvnni", A71, 4),
    ("avx512bf16", A71, 5),
    ("avxifma", A71, 23),
];

/// The features of a processor that code for it may need.
///
/// # Errors
/// [`CpuError::CodeGeneration`] when LLVM does not know the processor.
pub fn features(target: &native::Target) -> Result<Vec<String>, CpuError> {
    if !cfg!(target_arch = "x86_64") {
        return Ok(vec![]);
    }
    let all = if target.is_host() { native::host_features().to_vec() } else { described(&target.processor())? };
    Ok(FEATURES.iter().map(|(name, ..)| (*name).to_owned()).filter(|name| all.contains(name)).collect())
}

/// What LLVM says that a processor has.
fn described(processor: &str) -> Result<Vec<String>, CpuError> {
    native::initialize();
    let context = driver::new_context();
    let text = format!(
        "module attributes {{llvm.target = #llvm.target<triple = \"{}\", chip = \"{processor}\">}} {{}}",
        native::triple()
    );
    let module =
        Module::parse(&context, &text).ok_or_else(|| bug!("a processor's description does not parse: {processor}"))?;
    pipeline::run(&module, "builtin.module(llvm-target-to-target-features)")?;
    let target = ir::attr(ffi::op(&module.as_operation()), "llvm.target").map(|target| target.to_string());
    let target = target.ok_or_else(|| bug!("a processor without a description: {processor}"))?;
    Ok(target.split('"').filter_map(|word| word.strip_prefix('+')).map(str::to_owned).collect())
}

/// Checks that this processor has the features that code needs; `processor` is the one that it was made for.
///
/// # Errors
/// [`CpuError::Processor`] with those that it lacks.
pub fn check(processor: &str, needed: &[String]) -> Result<(), CpuError> {
    let present = native::host_features();
    let missing: Vec<_> = needed.iter().filter(|name| !present.contains(name)).cloned().collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(CpuError::Processor { processor: processor.to_owned(), missing: missing.join(", ") })
}

/// The bits that must be set for these features, by word.
fn masks(needed: &[String]) -> Vec<(Word, u32)> {
    let has = |name: &str| needed.iter().any(|needed| needed == name);
    let state = if has("avx512f") { AVX512 } else { AVX };
    let bits = |word: Word| {
        let own = FEATURES.iter().filter(|(name, own, _)| *own == word && has(name));
        let bits = own.fold(0, |bits, (_, _, bit)| bits | 1 << bit);
        match word {
            BASIC if has("avx") => bits | 1 << HAS_STATE,
            Word::State if has("avx") => state,
            _ => bits,
        }
    };
    WORDS.into_iter().map(|word| (word, bits(word))).filter(|(_, bits)| *bits != 0).collect()
}

/// The function `() -> i1` of an object that says whether the processor has these features, as text of the LLVM dialect: asked
/// once, as asking takes long on virtual machines. `None` where nothing is needed.
pub(super) fn test(needed: &[String]) -> Option<String> {
    written(&masks(needed))
}

/// The name of that function.
pub(super) const TEST: &str = "@flashlight_processor_fits";

fn written(masks: &[(Word, u32)]) -> Option<String> {
    if masks.is_empty() {
        return None;
    }
    let mut text = format!(
        "llvm.mlir.global internal @flashlight_processor(0 : i8) : i8
llvm.func internal {TEST}() -> i1 attributes {{target_cpu = \"x86-64\"}} {{
%place = llvm.mlir.addressof @flashlight_processor : !llvm.ptr
%known = llvm.load %place atomic monotonic {{alignment = 1 : i64}} : !llvm.ptr -> i8
%unknown = llvm.mlir.constant(0 : i8) : i8
%fitting = llvm.mlir.constant(1 : i8) : i8
%unfitting = llvm.mlir.constant(2 : i8) : i8
%asked = llvm.icmp \"ne\" %known, %unknown : i8
llvm.cond_br %asked, ^told, ^ask
^told:
%fits = llvm.icmp \"eq\" %known, %fitting : i8
llvm.return %fits : i1
^unfit:
llvm.store %unfitting, %place atomic monotonic {{alignment = 1 : i64}} : i8, !llvm.ptr
%no = llvm.mlir.constant(false) : i1
llvm.return %no : i1
^ask:
"
    );
    let mut asked = 0;
    for (next, (word, bits)) in masks.iter().enumerate() {
        let _ = match word {
            Word::State => writeln!(
                text,
                "%zero{next} = llvm.mlir.constant(0 : i32) : i32
%both{next} = llvm.inline_asm has_side_effects \"xgetbv\", \"={{ax}},={{dx}},{{cx}}\" %zero{next} : (i32) -> !llvm.struct<(i32, i32)>
%word{next} = llvm.extractvalue %both{next}[0] : !llvm.struct<(i32, i32)>"
            ),
            Word::Cpuid(leaf, subleaf, register) => {
                // A processor answers for its last leaf where it does not have one.
                if *leaf > 1 && *leaf != asked {
                    asked = *leaf;
                    let _ = writeln!(
                        text,
                        "{}%leaf{next} = llvm.mlir.constant({leaf} : i32) : i32
%fewer{next} = llvm.icmp \"ult\" %last{next}, %leaf{next} : i32
llvm.cond_br %fewer{next}, ^unfit, ^has{next}
^has{next}:",
                        cpuid(&format!("last{next}"), leaf & 0x8000_0000, 0, 0)
                    );
                }
                write!(text, "{}", cpuid(&format!("word{next}"), *leaf, *subleaf, *register))
            }
        };
        let _ = writeln!(
            text,
            "%bits{next} = llvm.mlir.constant({bits} : i32) : i32
%set{next} = llvm.and %word{next}, %bits{next} : i32
%all{next} = llvm.icmp \"eq\" %set{next}, %bits{next} : i32
llvm.cond_br %all{next}, ^next{next}, ^unfit
^next{next}:"
        );
    }
    text.push_str(
        "llvm.store %fitting, %place atomic monotonic {alignment = 1 : i64} : i8, !llvm.ptr
%yes = llvm.mlir.constant(true) : i1
llvm.return %yes : i1
}
",
    );
    Some(text)
}

/// A register of `cpuid` as the value of a name.
fn cpuid(name: &str, leaf: u32, subleaf: u32, register: usize) -> String {
    let all = "!llvm.struct<(i32, i32, i32, i32)>";
    format!(
        "%{name}_leaf = llvm.mlir.constant({leaf} : i32) : i32
%{name}_subleaf = llvm.mlir.constant({subleaf} : i32) : i32
%{name}_all = llvm.inline_asm has_side_effects \"cpuid\", \"={{ax}},={{bx}},={{cx}},={{dx}},{{ax}},{{cx}}\" %{name}_leaf, %{name}_subleaf : (i32, i32) -> {all}
%{name} = llvm.extractvalue %{name}_all[{register}] : {all}
"
    )
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::*;
    use crate::cpu::jit;

    /// Whether an object's own test says that this processor fits.
    fn says(masks: &[(Word, u32)]) -> bool {
        let context = driver::new_context();
        let text = written(masks).expect("a test");
        let call = format!(
            "llvm.func @asks(%packed: !llvm.ptr) {{
%twice = llvm.call {TEST}() : () -> i1
%fits = llvm.call {TEST}() : () -> i1
%both = llvm.and %twice, %fits : i1
%byte = llvm.zext %both : i1 to i8
%slot = llvm.load %packed : !llvm.ptr -> !llvm.ptr
llvm.store %byte, %slot : i8, !llvm.ptr
llvm.return
}}"
        );
        let module = Module::parse(&context, &format!("{text}{call}")).expect("it parses");
        let object = native::object(&module, &native::Target { cpu: "x86-64".into(), optimization: 3 }).expect("code");
        jit::byte_of(&object, "asks") == 1
    }

    #[test]
    fn an_object_asks_for_what_it_needs() {
        let present = native::host_features();
        assert!(says(&[(BASIC, 1)]) && present.iter().any(|name| name == "sse3"));
        for (name, word, bit) in FEATURES {
            let all = masks(&[name.to_owned()]);
            assert!(all.contains(&(word, if name == "avx" { 1 << bit | 1 << HAS_STATE } else { 1 << bit })));
            assert_eq!(says(&all), present.iter().any(|own| own == name), "{name}");
        }
        // A reserved bit, a leaf that no processor has, states that none keeps.
        assert!(!says(&[(BASIC, 1), (Word::Cpuid(1, 0, 3), 1 << 10)]));
        assert!(!says(&[(Word::Cpuid(0x7FFF_FFFF, 0, 0), 0)]));
        assert!(!says(&[(Word::State, 1 << 30)]));
        let host = native::Target { cpu: "native".into(), optimization: 0 };
        let own = features(&host).expect("features");
        assert!(says(&masks(&own)));
        assert!(check("native", &own).is_ok());
    }

    #[test]
    fn a_processor_has_features() {
        let of = |cpu: &str| features(&native::Target { cpu: cpu.into(), optimization: 0 }).expect("features");
        assert_eq!(of("x86-64"), Vec::<String>::new());
        let third = of("x86-64-v3");
        assert_eq!(
            third,
            [
                "sse3", "ssse3", "fma", "sse4.1", "sse4.2", "movbe", "popcnt", "avx", "f16c", "lzcnt", "bmi", "avx2",
                "bmi2"
            ]
        );
        assert!(of("x86-64-v4").iter().any(|name| name == "avx512vl") && !third.iter().any(|name| name == "avx512f"));
        assert!(of("sapphirerapids").iter().any(|name| name == "avx512fp16"));
        let error = check("future", &["avx".to_owned(), "avx4096".to_owned()]).expect_err("there is none");
        assert!(error.to_string().ends_with("avx4096"), "{error}");
    }
}
