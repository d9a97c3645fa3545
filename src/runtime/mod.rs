//! The run-time half: manifests, tensors on disk, launching cubins. Links no LLVM.
