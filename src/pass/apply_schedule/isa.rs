//! Instruction sets, as `pipelines/cpu-vector.toml` describes them.

use serde::Deserialize;

const FILE: &str = include_str!("../../../pipelines/cpu-vector.toml");

/// The name that stands for the best instruction set the host has.
pub const NATIVE: &str = "native";

/// The environment variable that overrides what `native` finds.
const VARIABLE: &str = "FLASHLIGHT_ISA";

/// What the schedule needs to know about an instruction set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Isa {
    pub name: String,
    /// Features the host must have, as `std::arch` spells them.
    features: Vec<String>,
    /// Processors that it is taken for, as LLVM names them.
    processors: Vec<String>,
    /// f32 lanes of a register.
    pub lanes: i64,
    /// Register blocks of a contraction, `[rows, vectors]`, best first.
    pub blocks: Vec<[i64; 2]>,
    /// Unrolling of a contraction's reduction loop.
    pub unroll: i64,
    /// Rows and vectors of one step of an elementwise op.
    pub map: [i64; 2],
    /// Rows and vectors of one step of a row reduction.
    pub reduce: [i64; 2],
    /// Side of the square that is transposed in registers.
    pub transpose: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    isa: Vec<Isa>,
}

/// The names that [`Isa::named`] knows.
pub fn names() -> Vec<String> {
    let known = toml::from_str(FILE).map_or(vec![], |File { isa }| isa);
    std::iter::once(NATIVE.into()).chain(known.into_iter().map(|isa| isa.name)).collect()
}

impl Isa {
    /// The name of the instruction set of a processor, as LLVM names it.
    ///
    /// # Errors
    /// A sentence that lists the known processors of this machine's kind.
    pub fn of_processor(processor: &str) -> Result<String, String> {
        let File { isa: known } = toml::from_str(FILE).map_err(|error| format!("cpu-vector.toml: {error}"))?;
        let found = known.iter().find(|isa| isa.processors.iter().any(|name| name == processor));
        let names = || known.iter().flat_map(|isa| isa.processors.clone()).collect::<Vec<_>>().join(", ");
        match found.filter(|_| cfg!(target_arch = "x86_64")) {
            Some(isa) => Ok(isa.name.clone()),
            None => Err(format!("code for processor '{processor}' cannot be made here (on x86-64: {})", names())),
        }
    }

    /// The instruction set of this name; `native` is the best one the host has.
    ///
    /// # Errors
    /// A sentence that lists the known names.
    pub fn named(name: &str) -> Result<Self, String> {
        let File { isa: known } = toml::from_str(FILE).map_err(|error| format!("cpu-vector.toml: {error}"))?;
        let wanted = match std::env::var(VARIABLE) {
            Ok(text) if name == NATIVE && !text.is_empty() => text,
            _ => name.to_owned(),
        };
        known
            .into_iter()
            .find(|isa| if wanted == NATIVE { isa.features.iter().all(|name| has(name)) } else { isa.name == wanted })
            .ok_or_else(|| format!("unknown instruction set '{wanted}' (one of: {})", names().join(", ")))
    }
}

#[cfg(target_arch = "x86_64")]
fn has(feature: &str) -> bool {
    match feature {
        "avx2" => is_x86_feature_detected!("avx2"),
        "fma" => is_x86_feature_detected!("fma"),
        "avx512f" => is_x86_feature_detected!("avx512f"),
        "avx512bw" => is_x86_feature_detected!("avx512bw"),
        "avx512dq" => is_x86_feature_detected!("avx512dq"),
        "avx512vl" => is_x86_feature_detected!("avx512vl"),
        _ => false,
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn has(_feature: &str) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_host_has_an_instruction_set_and_names_are_checked() {
        assert!(Isa::named("native").is_ok());
        assert_eq!(Isa::named("avx512").map(|isa| isa.lanes), Ok(16));
        let error = Isa::named("avx1024").expect_err("unknown");
        assert_eq!(error, "unknown instruction set 'avx1024' (one of: native, avx512, avx2, generic)");
    }
}
