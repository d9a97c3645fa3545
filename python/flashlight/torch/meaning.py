"""What PyTorch's attention functions mean, in plain tensor operations.

The compiler reads arithmetic. These say what a function computes where PyTorch has one op for it; they apply inside of regions
only, never to the graph that autograd or Inductor sees.
"""

import math

import torch
import torch.nn.functional as F


def scaled_dot_product_attention(
    query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False
):
    """`F.scaled_dot_product_attention` without dropout."""
    if dropout_p:
        raise NotImplementedError("dropout of attention weights")
    scale = 1 / math.sqrt(query.size(-1)) if scale is None else scale
    groups = query.size(-3) // key.size(-3) if enable_gqa else 1
    if groups != 1:
        # Keys and values are shared by views, not copied.
        key, value = key.unsqueeze(-3), value.unsqueeze(-3)
        query = query.unflatten(-3, (key.size(-4), groups))
    scores = torch.matmul(query, key.transpose(-2, -1)) * scale
    if is_causal:
        rows = torch.arange(scores.size(-2), device=query.device).unsqueeze(-1)
        columns = torch.arange(scores.size(-1), device=query.device)
        scores = scores.masked_fill(columns > rows, -math.inf)
    if attn_mask is not None:
        if groups != 1 and attn_mask.dim() > 2:
            heads = attn_mask.size(-3)
            attn_mask = attn_mask.unsqueeze(-3) if heads == 1 else attn_mask.unflatten(-3, (heads // groups, groups))
        if attn_mask.dtype == torch.bool:
            scores = scores.masked_fill(~attn_mask, -math.inf)
        else:
            scores = scores + attn_mask
    weights = torch.softmax(scores, -1)
    if attn_mask is not None:
        # A query that no key is left for has no weights, where a plain softmax has NaN.
        dead = (scores == -math.inf).all(-1, keepdim=True)
        weights = torch.where(dead, torch.zeros_like(weights), weights)
    result = torch.matmul(weights, value)
    return result.flatten(-4, -3) if groups != 1 else result


_FUNCTIONS = {
    F.scaled_dot_product_attention: scaled_dot_product_attention,
    torch.ops.aten.scaled_dot_product_attention.default: scaled_dot_product_attention,
}


def of_function(target):
    """The function to trace in place of one."""
    return _FUNCTIONS.get(target, target)


def is_known(target):
    """Whether a function is one of attention."""
    return target in _FUNCTIONS


# Products whose decompositions reshape their operands: with sizes that are symbols, torch-mlir imports those reshapes wrongly, and it
# has lowerings of its own.
KEPT = {torch.ops.aten.linear.default, torch.ops.aten.matmul.default, torch.ops.aten.addmm.default}


def decompositions():
    """Ops that torch-mlir imports wrongly or not at all, in terms of others."""
    return {
        torch.ops.aten.gelu.default: _gelu,
        torch.ops.aten.logsumexp.default: _logsumexp,
        torch.ops.aten.detach_.default: lambda tensor: tensor,
        torch.ops.aten.slice_backward.default: _slice_backward,
    }


def _logsumexp(x, dim, keepdim=False):
    # torch-mlir's own crashes.
    wide = x if x.dtype in (torch.float32, torch.float64) else x.float()
    largest = wide.amax(dim, keepdim=True)
    shift = torch.where(largest.abs() == math.inf, 0.0, largest)
    result = (wide - shift).exp().sum(dim, keepdim=True).log() + shift
    for one in () if keepdim else sorted((place % x.dim() for place in dim), reverse=True):
        result = result.squeeze(one)
    return result.to(x.dtype) if x.is_floating_point() else result


def _gelu(x, approximate="none"):
    # torch-mlir's own constant of the tanh form is 0.797724.
    wide = x.float() if x.dtype in (torch.float16, torch.bfloat16) else x
    if approximate == "tanh":
        inner = math.sqrt(2 / math.pi) * (wide + 0.044715 * wide * wide * wide)
        result = 0.5 * wide * (1 + torch.tanh(inner))
    else:
        result = 0.5 * wide * (1 + torch.erf(wide * math.sqrt(0.5)))
    return result.to(x.dtype)


def _slice_backward(gradient, sizes, dim, start, end, step):
    # torch-mlir crashes where places are counted from the end.
    size = sizes[dim]
    start, end = (place + size if place < 0 else place for place in (start, end))
    end = size if isinstance(end, int) and end > 1 << 60 else end
    return torch.ops.aten.slice_scatter.default(gradient.new_zeros(sizes), gradient, dim, start, end, step)
