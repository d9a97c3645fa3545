//! Flashlight for those who are not Rust, in one shared library: a C API ([`api`]) and a pass plugin for `mlir-opt` ([`plugin`]).

#![allow(unsafe_code, reason = "everything here crosses to C or C++")]

pub mod api;
pub mod plugin;
