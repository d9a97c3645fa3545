//! Algebra over scalar expressions of loop indices.
