import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch

from .._native import Artifact

class Compiled:
    artifact: Artifact
    constants: list[torch.Tensor]
    description: dict[str, Any]
    def __init__(self, artifact: Artifact, constants: list[torch.Tensor], description: dict[str, Any]) -> None: ...
    def __call__(self, *arguments: Any, **keywords: Any) -> Any: ...
    def save(self, folder: str | os.PathLike[str]) -> None: ...
    @staticmethod
    def load(folder: str | os.PathLike[str]) -> Compiled: ...

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
