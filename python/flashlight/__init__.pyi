import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, overload

import torch

from ._native import Artifact as Artifact
from ._native import Buffer as Buffer
from ._native import CompileError as CompileError
from ._native import Program as Program
from ._native import __version__ as __version__
from ._native import explain as explain
from .torch.ahead import Compiled

__all__ = ["Artifact", "Buffer", "CompileError", "Program", "__version__", "compile", "explain", "load"]

@overload
def compile(
    source: str | bytes,
    *,
    target: str = "cpu",
    entry: str | None = None,
    strict_masks: bool = False,
    f32: str = "split",
    require_fusion: bool = False,
    ptxas: str | os.PathLike[str] | None = None,
    name: str = "<mlir>",
    stage: str = "input",
) -> Artifact: ...
@overload
def compile(
    source: Callable[..., Any] | torch.export.ExportedProgram,
    arguments: Sequence[Any] = (),
    keywords: Mapping[str, Any] | None = None,
    *,
    target: str | None = None,
    dynamic: Any = None,
    strict_masks: bool = False,
    f32: str = "split",
    require_fusion: bool = False,
) -> Compiled: ...
def load(folder: str | os.PathLike[str]) -> Compiled | Program: ...
