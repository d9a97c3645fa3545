"""Flashlight: a compiler for attention.

`torch.compile(model, backend="flashlight")` needs nothing of this module. What is here compiles MLIR in process and runs it:

    artifact = flashlight.compile(open("attention.mlir").read())
    result, = flashlight.Program(artifact)(q, k, v)

and functions of PyTorch ahead of time:

    attention = flashlight.compile(attention, (q, k, v))
    attention.save("attention")
    result = flashlight.load("attention")(q, k, v)
"""

from pathlib import Path

from . import _native
from ._native import Artifact, Buffer, CompileError, Program, __version__, explain

__all__ = ["Artifact", "Buffer", "CompileError", "Program", "__version__", "compile", "explain", "load"]


def compile(source, arguments=(), keywords=None, **options):
    """Compiles MLIR, text or bytecode, to an `Artifact`, with the options of `_native.compile`; or a function or module of PyTorch,
    called with these arguments, or an exported program, to a function that can be saved (`flashlight.torch.ahead.compile`)."""
    if isinstance(source, (str, bytes)):
        return _native.compile(source, **options)
    from .torch import ahead

    return ahead.compile(source, arguments, keywords, **options)


def load(folder):
    """Loads what `save` or `flashlight compile` wrote, as a function of tensors."""
    if Path(folder, "function.json").exists():
        from .torch import ahead

        return ahead.Compiled.load(folder)
    return Program(Artifact.load(folder))
