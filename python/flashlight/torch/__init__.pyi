from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from ..explanation import Explanation as Explanation

__all__ = ["Explanation", "FusionError", "Options", "backend", "explain"]

class FusionError(RuntimeError): ...

@dataclass(frozen=True)
class Options:
    require_fusion: bool = False
    strict_masks: bool = False
    f32: str = "split"
    sums: str = "fixed-order"
    verify: bool = False
    rest: str = "inductor"
    inductor: dict[str, Any] = field(default_factory=dict)
    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Options: ...

def backend(module: torch.fx.GraphModule, example_inputs: Sequence[Any], **given: Any) -> Callable[..., Any]: ...
def explain(function: Callable[..., Any], *arguments: Any, options: Mapping[str, Any] | None = None, **keywords: Any) -> Explanation: ...
