//! The kinds of error a pass can end in.

use thiserror::Error;

/// Why a pass or the driver stopped.
///
/// A pass that returns [`PassError::Reported`] has already emitted a diagnostic at the offending
/// operation; every other kind is turned into one by the pass shell.
#[derive(Debug, Error)]
pub enum PassError {
    /// The input is wrong, and a diagnostic at its location says so.
    #[error("see the diagnostic above")]
    Reported,
    /// The input is legal but past a limit of this compiler.
    #[error("unsupported: {0}")]
    Unsupported(String),
    /// Kernels came out that need more registers than there are; smaller tiles may not.
    #[error("{}", .0.iter().map(|unfit| unfit.reason.as_str()).collect::<Vec<_>>().join("; "))]
    Unfit(Vec<Unfit>),
    /// The compiler contradicts itself. Always a bug in Flashlight.
    #[error("internal error (a bug in flashlight): {0}")]
    Bug(String),
}

/// A kernel that spills registers, or whose matrix instructions wait for one another.
#[derive(Clone, Debug)]
pub struct Unfit {
    pub kernel: String,
    pub reason: String,
    /// Bytes of registers spilled.
    pub spilled: u32,
    /// Whether it leaves maxima out, which takes registers.
    pub lazy: bool,
}

impl From<melior::Error> for PassError {
    fn from(error: melior::Error) -> Self {
        Self::Bug(error.to_string())
    }
}

/// Builds a [`PassError::Bug`] that carries the source position it was made at.
#[macro_export]
macro_rules! bug {
    ($($arg:tt)*) => {
        $crate::error::PassError::Bug(format!("{} ({}:{})", format_args!($($arg)*), file!(), line!()))
    };
}
