"""Flashlight in PyTorch.

    model = torch.compile(model, backend="flashlight")

Attention, in whatever spelling, becomes one kernel per place; the rest is compiled by Inductor. Options are passed as
`options={"verify": True}`; see `Options`.
"""

from .dynamo import FusionError, Options, backend

__all__ = ["FusionError", "Options", "backend"]
