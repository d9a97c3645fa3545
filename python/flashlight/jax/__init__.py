"""Flashlight in JAX.

    fast = flashlight.jax.jit(function)

Attention, in whatever spelling, becomes one kernel per place; the rest is compiled by XLA.
"""

from ..explanation import Explanation
from .calls import FusionError
from .function import explain, jit

__all__ = ["Explanation", "FusionError", "explain", "jit"]
