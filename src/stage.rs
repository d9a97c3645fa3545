//! The pipeline is one enum: the single source for `--from`, `--to`, `--dump-stages`, snapshot
//! names, timing rows and the table in `docs/pipeline.md`.

use std::{fmt, str::FromStr};

/// Which back end a compilation is for. The two part after [`Stage::Tile`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Backend {
    /// Host CPU, through upstream vectorization and LLVM.
    Cpu,
    /// NVIDIA GPU, through the gpu and nvvm dialects.
    Gpu,
}

/// A point in the pipeline. The IR dumped after a stage is valid input for the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    Input,
    Normalize,
    Raise,
    Bound,
    Tile,
    Vectorize,
    Llvm,
    Distribute,
    Nvvm,
    Ptx,
    Cubin,
}

impl Stage {
    /// Every stage, in pipeline order (CPU stages before GPU stages).
    pub const ALL: [Self; 11] = [
        Self::Input,
        Self::Normalize,
        Self::Raise,
        Self::Bound,
        Self::Tile,
        Self::Vectorize,
        Self::Llvm,
        Self::Distribute,
        Self::Nvvm,
        Self::Ptx,
        Self::Cubin,
    ];

    /// The stages of one back end, in order.
    pub fn of(backend: Backend) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |stage| stage.backend().is_none_or(|own| own == backend))
    }

    /// The back end a stage belongs to, or `None` for the shared front.
    pub const fn backend(self) -> Option<Backend> {
        match self {
            Self::Input | Self::Normalize | Self::Raise | Self::Bound | Self::Tile => None,
            Self::Vectorize | Self::Llvm => Some(Backend::Cpu),
            Self::Distribute | Self::Nvvm | Self::Ptx | Self::Cubin => Some(Backend::Gpu),
        }
    }

    /// The name used on the command line and in file names.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Normalize => "normalize",
            Self::Raise => "raise",
            Self::Bound => "bound",
            Self::Tile => "tile",
            Self::Vectorize => "vectorize",
            Self::Llvm => "llvm",
            Self::Distribute => "distribute",
            Self::Nvvm => "nvvm",
            Self::Ptx => "ptx",
            Self::Cubin => "cubin",
        }
    }

    /// What the IR is after the stage, in one sentence.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Input => "linalg/tensor/arith/math/func, as the frontend wrote it",
            Self::Normalize => {
                "one spelling: calls inlined, named and foreign ops as generics, sizes expressed by those of the arguments"
            }
            Self::Raise => {
                "each attention program is one `attention.fused` op; elementwise chains of the rest are fused"
            }
            Self::Bound => {
                "the key range of each query tile is closed-form: empty tiles are never visited, full tiles carry no mask code"
            }
            Self::Tile => {
                "`scf.forall` over the grid, `scf.for` over key tiles with the online state as iter_args, linalg on tensor tiles"
            }
            Self::Vectorize => "CPU: tiles are register-blocked vector code on buffers",
            Self::Llvm => "CPU: LLVM dialect, ready for the JIT or an object file",
            Self::Distribute => "GPU: gpu.module with TMA, mbarriers, warp roles and wgmma fragments",
            Self::Nvvm => "GPU: LLVM/NVVM dialect",
            Self::Ptx => "GPU: PTX text",
            Self::Cubin => "GPU: the binary and its manifest",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Stage {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|stage| stage.name() == text).ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|stage| stage.name()).collect();
            format!("unknown stage '{text}' (one of: {})", known.join(", "))
        })
    }
}
