"""Functions of one score as functions of all scores at once, by broadcasting.

`flex_attention` is given functions of a score and its place, four numbers. Here their arguments are tensors of four dims, and so is what
they compute: what `vmap` says, without its machinery, which neither tracers nor importers see through.
"""

import torch
from torch import fx
from torch._subclasses.fake_tensor import FakeTensor, FakeTensorMode
from torch.fx.experimental.proxy_tensor import disable_proxy_modes_tracing, make_fx
from torch.utils._pytree import tree_leaves, tree_map

DIMS = 4  # batch, head, query, key
aten = torch.ops.aten


class Many:
    """A value that each score has its own of: dims of `tensor` behind the first four are those of one."""

    def __init__(self, tensor, rank=0):
        self.tensor, self.rank = tensor, rank


def apply(function, scores, places, buffers):
    """`function(score, *place, *buffers)` of all scores. Without scores it is a function of places."""
    many = [Many(tensor) for tensor in ([] if scores is None else [scores]) + list(places)]
    graph = _of_one(function, [value.tensor for value in many], buffers)
    result = _Broadcasting(graph).run(*many, *buffers)
    return _aligned(result, 0)


def _of_one(function, many, buffers):
    """The function of one score as a graph of ATen ops. It is kept where sizes may be symbols, as what is compiled is."""
    kinds = tuple((value.dtype, value.dim(), value.device) if isinstance(value, torch.Tensor) else int for value in (*many, *buffers))
    found = function.meta.get(("flashlight", kinds))
    if found is not None:
        return found
    fake = next((value.fake_mode for value in (*many, *buffers) if isinstance(value, FakeTensor)), None)
    mode = fake or FakeTensorMode()
    with disable_proxy_modes_tracing(), torch.no_grad():
        plain = [_fake(mode, buffer) if isinstance(buffer, torch.Tensor) else buffer for buffer in buffers]
        with mode:
            ones = [torch.empty((), dtype=tensor.dtype, device=tensor.device) for tensor in many]
            found = make_fx(_Indexing(function).run)(*ones, *plain)
    if fake:
        function.meta["flashlight", kinds] = found
    return found


def _fake(mode, tensor):
    return tensor.detach() if isinstance(tensor, FakeTensor) else mode.from_tensor(tensor)


class _Indexing(fx.Interpreter):
    """Indices that are scalars stay tensors."""

    def call_function(self, target, args, kwargs):
        if target is torch.ops.aten.index:
            target = aten.index.Tensor
        if getattr(target, "__name__", "") == "getitem" and isinstance(args[0], torch.Tensor):
            places = args[1] if isinstance(args[1], (tuple, list)) else [args[1]]
            numbers = all(isinstance(place, (torch.Tensor, int)) for place in places)
            if numbers and any(isinstance(place, torch.Tensor) for place in places):
                device = args[0].device
                places = [place if isinstance(place, torch.Tensor) else torch.full((), place, device=device) for place in places]
                return aten.index.Tensor(args[0], places)
        return super().call_function(target, args, kwargs)


class _Broadcasting(fx.Interpreter):
    def __init__(self, module):
        super().__init__(module, garbage_collect_values=False)

    def run_node(self, node):
        result = super().run_node(node)
        value = node.meta.get("val")
        if isinstance(result, Many) and isinstance(value, torch.Tensor):
            if result.tensor.dtype != value.dtype or result.rank != value.dim():
                raise NotImplementedError(f"{node.target} of numbers and of tensors differ")
        return result

    def call_function(self, target, args, kwargs):
        leaves = tree_leaves((args, kwargs))
        many = [leaf for leaf in leaves if isinstance(leaf, Many)]
        if not many:
            return super().call_function(target, args, kwargs)
        if target is aten.index.Tensor:
            return _index(*args)
        if target.overloadpacket in _NEW:
            return target(many[0].tensor, *args[1:], **kwargs)
        if target.overloadpacket in _DIMS and isinstance(args[0], Many):
            dim = args[1] % (args[0].rank + (target is aten.unsqueeze.default))
            rank = args[0].rank + _DIMS[target.overloadpacket]
            return Many(target(args[0].tensor, dim + DIMS, *args[2:], **kwargs), rank)
        if torch.Tag.pointwise in target.tags or target.overloadpacket in _PER_ELEMENT:
            tensors = [leaf for leaf in leaves if isinstance(leaf, (torch.Tensor, Many))]
            rank = max(leaf.rank if isinstance(leaf, Many) else leaf.dim() for leaf in tensors)
            args, kwargs = tree_map(lambda leaf: _aligned(leaf, rank), (args, kwargs))
            return Many(target(*args, **kwargs), rank)
        raise NotImplementedError(f"{target} of a score or its place")


_PER_ELEMENT = {aten._to_copy, aten.clone, aten.alias, aten.detach, aten.lift_fresh_copy}
_PER_ELEMENT |= {aten.zeros_like, aten.ones_like, aten.full_like}
_NEW = {aten.new_zeros, aten.new_ones, aten.new_full, aten.new_empty}
# Ops that take a dim, and by how many the rank of their result is larger.
_DIMS = {aten.select: -1, aten.unsqueeze: 1, aten.slice: 0}


def _aligned(value, rank):
    """A value as a tensor of four dims and so many more, which broadcasts with others."""
    if isinstance(value, Many):
        tensor, own = value.tensor, value.rank
    elif isinstance(value, torch.Tensor):
        tensor, own = value[(None,) * DIMS], value.dim()
    else:
        return value
    return tensor[(slice(None),) * DIMS + (None,) * (rank - own)] if rank > own else tensor


def _index(source, places):
    """Elements of a tensor, at places that differ between scores."""
    if any(place is None for place in places):
        raise NotImplementedError("an index that leaves out dims in front of others")
    if any(isinstance(place, torch.Tensor) and place.dtype == torch.bool for place in places):
        raise NotImplementedError("an index of booleans")
    rank = max(place.rank if isinstance(place, Many) else place.dim() for place in places)
    places = [_aligned(place, rank) for place in places]
    left = -len(places)
    if isinstance(source, Many):
        own = [_own_places(source.tensor, dim, DIMS + rank) for dim in range(DIMS)]
        source, places, left = source.tensor, own + places, left - DIMS
    return Many(aten.index.Tensor(source, places), rank + source.dim() + left)


def _own_places(tensor, dim, rank):
    """The places of a dim of the first four, for an index."""
    size = tensor.size(dim)
    shape = [1] * rank
    if isinstance(size, int) and size == 1:
        return torch.zeros(shape, dtype=torch.int64, device=tensor.device)
    shape[dim] = -1
    return torch.arange(size, device=tensor.device).view(shape)
