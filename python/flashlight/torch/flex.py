"""`flex_attention`, the higher-order op behind PyTorch's function, without what carries no meaning.

Of a block mask only its function says what is computed: the tensors that list its blocks are an index for one kind of kernel. So in
graphs that regions are cut from, the op is a function without them; where it is in no region, the op comes back.
"""

import math

import torch

from . import batching

_OP = torch.ops.higher_order.flex_attention


def attention(query, key, value, score_mod, mask_mod, scale, score_buffers=(), mask_buffers=()):
    """What the op computes, in plain tensor operations."""
    heads, kv_heads = query.size(1), key.size(1)
    wide = torch.float64 if query.dtype == torch.float64 else torch.float32
    grouped = heads != kv_heads

    def split(tensor):
        return tensor.unflatten(1, (kv_heads, heads // kv_heads)) if grouped else tensor

    def shared(tensor):
        return tensor.unsqueeze(2) if grouped else tensor

    def joined(tensor):
        return tensor.flatten(1, 2) if grouped else tensor

    scores = joined(torch.matmul(split(query).to(wide), shared(key).to(wide).transpose(-2, -1))) * scale
    places = []
    for dim, size in enumerate(scores.shape):
        shape = [1] * batching.DIMS
        shape[dim] = -1
        places.append(torch.arange(size, device=query.device).view(shape))
    keep = batching.apply(mask_mod, None, places, mask_buffers)
    scores = batching.apply(score_mod, scores, places, score_buffers)
    scores = torch.where(keep, scores, -math.inf)
    largest = scores.amax(-1, keepdim=True).detach()  # no gradient goes through it, neither here nor where it is a result
    dead = largest == -math.inf
    shift = torch.where(dead, 0.0, largest)
    weights = torch.exp(scores - shift)
    total = weights.sum(-1, keepdim=True)
    weights = (weights / torch.where(dead, 1.0, total)).to(query.dtype)
    result = joined(torch.matmul(split(weights), shared(value)))
    statistics = torch.where(dead, -math.inf, torch.log(total) + shift).squeeze(-1)
    return result, statistics / math.log(2), largest.squeeze(-1) / math.log(2)


_NAMES = "query key value score_mod block_mask scale kernel_options score_mod_other_buffers mask_mod_other_buffers".split()


def simplify(graph):
    """Puts the function in the place of the op. Gives what `restore` needs."""
    changed = []
    for node in graph.find_nodes(op="call_function", target=_OP):
        given = {_NAMES[-2]: (), _NAMES[-1]: (), **dict(zip(_NAMES, node.args)), **node.kwargs}
        changed.append((node, given["block_mask"], given["kernel_options"]))
        arguments = (given[name] for name in _NAMES if name not in ("block_mask", "kernel_options"))
        query, key, value, score_mod, *rest = arguments
        node.target, node.kwargs = attention, {}
        node.args = (query, key, value, score_mod, given["block_mask"][-1], *rest)
    return changed


def restore(changed, replaced):
    """Puts the op back where it still is. `replaced` says which nodes others stand for now."""
    for node, block_mask, options in changed:
        if not node._erased:
            query, key, value, score_mod, _, scale, *buffers = node.args
            block_mask = tuple(replaced.get(part, part) if isinstance(part, torch.fx.Node) else part for part in block_mask)
            node.target, node.args = _OP, (query, key, value, score_mod, block_mask, scale, options, *buffers)
