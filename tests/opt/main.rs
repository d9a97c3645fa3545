//! Drives the built `flashlight-opt`: its behaviour next to `mlir-opt`'s, its messages, the dialect's
//! round trip and verifier, and damaged input of every kind.

mod behaviour;
mod check;
mod damage;
mod dialect;
mod malformed;
mod passes;
mod soundness;
mod support;
