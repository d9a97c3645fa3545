"""Results of regions against those of eager PyTorch, by the rule of the compiler's own `--verify`: errors are at most four times those of eager, or
the tolerance of the element type. The truth is the same in f64, where that can be computed."""

import torch

from .. import _native
from .gradient import differentiated


def check(operator, values, results):
    """Compares the results of an operator."""
    with torch.no_grad():
        _compare("result", operator, results, operator.eager(*values), _truth(operator, values))


def check_gradients(operator, values, given, gradients, needed, found):
    """Compares gradients of arguments at places, where results at places have some."""
    eager = differentiated(operator.eager, values, given, gradients, needed)
    truth = None
    with torch.no_grad():
        if _truth(operator, values) is not None:
            truth = differentiated(operator.module.forward, _wide(values), given, _wide(gradients), needed)
    both = [place for place, (one, other) in enumerate(zip(found, eager)) if one is not None and other is not None]
    _compare("gradient", operator, *([each[place] for place in both] if each else None for each in (found, eager, truth)))


def _compare(what, operator, ours, theirs, truth):
    for number, (one, other) in enumerate(zip(ours, theirs)):
        if one.shape != other.shape or one.dtype != other.dtype:
            raise RuntimeError(f"flashlight: {what} {number} of {operator.name} is {one.shape}, {one.dtype}")
        true = other if truth is None or not one.is_floating_point() else truth[number]
        error, honest = _distance(one, true), _distance(other, true)
        allowed = max(4 * honest, _tolerance(one.dtype) * max(1.0, _largest(true)))
        if not error <= allowed:
            text = f"{what} {number} of {operator.name} is off by {error:.3e}, more than {allowed:.3e}"
            raise RuntimeError(f"flashlight: {text}\n{operator.text()}")


def _wide(values):
    return [value.double() if isinstance(value, torch.Tensor) and value.is_floating_point() else value for value in values]


def _truth(operator, values):
    """The region in f64. `None`: it casts to other types on the way, and has no such form."""
    try:
        results = operator.module.forward(*_wide(values))
    except RuntimeError:
        return None
    narrow = any(result.is_floating_point() and result.dtype != torch.float64 for result in results)
    return None if narrow else results


def _tolerance(dtype):
    # Exponentials are those of f32, whatever the type.
    names = {torch.float64: "f32", torch.float32: "f32", torch.float16: "f16", torch.bfloat16: "bf16"}
    return _native.TOLERANCES[names[dtype]] if dtype in names else 0.0


def _distance(one, other):
    same = (one == other) | (one.isnan() & other.isnan())
    difference = torch.where(same, 0.0, (one.double() - other.double()).abs())
    return difference.max().item() if difference.numel() else 0.0


def _largest(tensor):
    finite = tensor[tensor.isfinite()]
    return finite.abs().max().item() if finite.numel() else 0.0
