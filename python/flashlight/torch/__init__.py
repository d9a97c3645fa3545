"""Flashlight in PyTorch.

    model = torch.compile(model, backend="flashlight")

Attention, in whatever spelling, becomes one kernel per place; the rest is compiled by Inductor. Options are passed as
`options={"verify": True}`; see `Options`.
"""

from .dynamo import FusionError, Options, backend
from .explaining import Explanation, explain

__all__ = ["Explanation", "FusionError", "Options", "backend", "explain"]
