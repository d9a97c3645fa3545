//! Drives the built `flashlight` and `flashlight-run`: what they print, their exit codes, and the message
//! for each way of using them wrongly.

mod artifacts;
mod certificate;
mod faults;
mod refusals;
mod robust;
mod runs;
mod support;
mod trace;
mod verify;
