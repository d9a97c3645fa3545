//! The Hopper back end.
