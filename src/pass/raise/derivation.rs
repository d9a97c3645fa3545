//! The account of one candidate: what was fused by which laws, or which condition failed.

use serde::{Deserialize, Serialize};

/// One law, as it was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Law {
    /// The law, such as `sum(c*x) = c*sum(x)`.
    pub law: String,
    /// Why it holds here.
    pub condition: String,
    /// What it was applied to.
    pub at: String,
}

/// Whether a candidate was fused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Fused,
    Refused,
}

/// What became of one candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derivation {
    /// `file:line:col` of the contraction.
    pub location: String,
    pub outcome: Outcome,
    /// The failed condition; empty when fused.
    pub reason: String,
    /// Where the failed condition was found, if at one operation.
    pub at: Option<String>,
    pub laws: Vec<Law>,
    /// Operations that became part of the fused one: name and location.
    pub consumed: Vec<String>,
    /// Tensors that are read: type and map.
    pub captures: Vec<String>,
    /// The states, in order: how each combines, what it adds and how it is rescaled.
    pub states: Vec<String>,
    /// The score values of a point.
    pub scores: Vec<String>,
    /// How each result follows from the states.
    pub projections: Vec<String>,
}

/// The laws of one derivation, without repetitions.
#[derive(Default)]
pub struct Laws(pub Vec<Law>);

impl Laws {
    /// Notes that a law was used.
    pub fn used(&mut self, law: &str, condition: &str, at: impl Into<String>) {
        let entry = Law { law: law.into(), condition: condition.into(), at: at.into() };
        if !self.0.contains(&entry) {
            self.0.push(entry);
        }
    }
}
