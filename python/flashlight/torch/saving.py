"""Regions that save what their gradients read: the compiler splits a region with its gradient into two programs. Forward gives statistics of rows
beside the results, backward reads these and computes no maximum or sum again; nothing of the size of the scores is between."""

import functools
import json
import operator
import re

import torch

from .. import _native
from .importing import Refusal

_DTYPES = {"f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16, "f64": torch.float64, "bool": torch.bool, "i64": torch.int64, "i32": torch.int32}


def split(text, results, later, how):
    """The module of both programs, and for each its name and what its arguments are (see `_native.split`)."""
    if not later:
        raise Refusal("it reads no gradient")
    return _native.split(text, results=results, later=later, strict_masks=how["strict_masks"])


class Saving:
    """A region and its gradient, where all results have gradients, for those arguments that need one."""

    def __init__(self, artifacts, parts, places, results, kept, orders):
        self.artifacts = artifacts
        self._forward, self._backward = map(_native.Program, artifacts)
        self._reads = [[_read(name, places) for name in reads] for _, reads in parts]
        self.results = results  # how many results the region has
        self._kept, self._orders = kept, orders  # as those of a `Gradient`
        saved = json.loads(artifacts[0].manifest)["results"][results:]
        if any(size == "dynamic" for spec in saved for size in spec["shape"]):
            raise Refusal("what would be saved has a size that follows from values")
        self._saved = [(_DTYPES[spec["dtype"]], spec["shape"]) for spec in saved]

    def forward(self, values):
        """The results, and what is saved beside them."""
        return list(self._forward(*[in_memory_order(values[place], order) for place, order in self._reads[0]]))

    def saved(self, values):
        """Types and shapes of what is saved beside the results."""
        shapes = [in_memory_order(values[place], order).shape if isinstance(values[place], torch.Tensor) else () for place, order in self._reads[0]]
        return [(dtype, [_size(size, shapes) for size in sizes]) for dtype, sizes in self._saved]

    def backward(self, gradients, values, made):
        """The gradients of arguments; `None` where nothing flows back. `made`: what `forward` gave."""
        given = [*values, *gradients]
        read = [in_memory_order(given[place], order) if place >= 0 else made[~place] for place, order in self._reads[1]]
        return spread(self._backward(*read), self._orders, self._kept)


def _read(name, places):
    """Where an argument of a program is: a place with an order of dims, or the complement of the number of a result of forward."""
    kind, number = re.fullmatch(r"(arg|result)(\d+)", name).groups()
    return places[int(number)] if kind == "arg" else (~int(number), None)


_FUNCTIONS = {"add": operator.add, "sub": operator.sub, "mul": operator.mul, "floordiv": operator.floordiv, "mod": operator.mod}


def _size(size, shapes):
    """A size in a manifest, where arguments have these shapes."""
    if isinstance(size, int) or size.isdigit():
        return int(size)
    name, _, rest = size.partition("(")
    if not rest:
        argument, dim = re.fullmatch(r"arg(\d+)\.(\d+)", size).groups()
        return shapes[int(argument)][int(dim)]
    # Commas between arguments, and not in them.
    parts = re.findall(r"(?:[^,()]|\((?:[^()]|\([^()]*\))*\))+", rest[:-1])
    return functools.reduce(_FUNCTIONS[name], [_size(part, shapes) for part in parts])


def in_memory_order(value, order):
    """A tensor with its dims in the order in which they lie in memory."""
    return value.permute(order) if order else value


def in_order(tensor, order):
    """A tensor with the dims of one that lies in memory in this order."""
    return tensor.permute([order.index(dim) for dim in range(len(order))]) if order else tensor


def spread(gradients, orders, kept):
    """Gradients as they are asked for, of those that a program has: `None` where nothing flows back."""
    found = iter([in_order(gradient, order) for gradient, order in zip(gradients, orders)])
    return [next(found) if has else None for has in kept]
