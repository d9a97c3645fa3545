"""Flashlight: a compiler for attention.

`torch.compile(model, backend="flashlight")` needs nothing of this module. What is here compiles MLIR in process and runs it:

    artifact = flashlight.compile(open("attention.mlir").read())
    result, = flashlight.Program(artifact)(q, k, v)
"""

from ._native import Artifact, Buffer, CompileError, Program, __version__, compile, explain

__all__ = ["Artifact", "Buffer", "CompileError", "Program", "__version__", "compile", "explain", "load"]


def load(folder):
    """Loads what `Artifact.save` or `flashlight compile --target cpu` wrote, as a function of tensors."""
    return Program(Artifact.load(folder))
