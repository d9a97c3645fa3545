from collections.abc import Callable
from typing import Any

from ..explanation import Explanation as Explanation

__all__ = ["Explanation", "FusionError", "explain", "jit"]

class FusionError(RuntimeError): ...

def jit(
    function: Callable[..., Any] | None = None, *, strict_masks: bool = False, f32: str = "split", require_fusion: bool = False, **options: Any
) -> Any: ...
def explain(
    function: Callable[..., Any], *arguments: Any, strict_masks: bool = False, platform: str | None = None, **keywords: Any
) -> Explanation: ...
