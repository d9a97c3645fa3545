"""Which nodes of a graph of Dynamo's become one op: the whole graph is imported, `raise` says which nodes each fused op covers, and
`cutting` what belongs to them. Nothing here knows what attention looks like."""

import heapq
import json
import operator
from dataclasses import dataclass, field

import torch
from torch import fx

from .. import _native, cutting
from ..cutting import NoRegion
from . import importing, meaning, repeats
from .contexts import Mode, in_transform, is_switch
from .importing import ORIGIN, ImportFailure

# Nodes that may be left out of an import one by one before it is given up.
ATTEMPTS = 24


@dataclass
class Discovery:
    """What the compiler says about a graph."""

    fusions: list = field(default_factory=list)  # per fused op: the node of its contraction, and how many ops of each node it covers
    views: set = field(default_factory=set)  # nodes that compute nothing
    cheap: set = field(default_factory=set)  # nodes that compute elementwise, or move elements, or make them from nothing
    seeded: set = field(default_factory=set)  # nodes that compute with random numbers
    opaque: dict = field(default_factory=dict)  # nodes that cannot be imported, and why
    refusals: list = field(default_factory=list)  # attention that is in no fused op, and why

    def rename(self, names):
        """Nodes have become others, by their names."""
        for number, (root, counts) in enumerate(self.fusions):
            renamed = {}
            for name, count in counts.items():
                name = names.get(name, name)
                renamed[name] = max(count, renamed.get(name, 0))
            self.fusions[number] = (names.get(root, root), renamed)


@dataclass
class Region:
    """A part of a graph: `nodes` in order, what they read, and which of their values are read elsewhere."""

    nodes: list
    inputs: list
    outputs: list
    before: fx.Node  # where its op is placed
    mode: Mode

    def __repr__(self):
        return f"<region {' '.join(node.name for node in self.nodes)}>"


def value_of(node):
    """The fake value of a node of Dynamo's."""
    return node.meta.get("example_value")


def _may_share(one, other):
    """Whether two values may be in the same memory: those of Dynamo share their storages as the real ones do."""
    values = [torch.utils._pytree.tree_leaves(value_of(node)) for node in (one, other)]
    storages = [{storage_of(value) for value in each if isinstance(value, torch.Tensor)} for each in values]
    return bool(storages[0] & storages[1]) or any(None in each or not each for each in storages)


def storage_of(tensor):
    """What tells the memory of a tensor from others'; `None` where that cannot be told."""
    while torch._C._functorch.is_functorch_wrapped_tensor(tensor):
        tensor = torch._C._functorch.get_unwrapped(tensor)
    try:
        return tensor.untyped_storage()._cdata
    except (NotImplementedError, RuntimeError):
        return None


def elements_of(value):
    """How many elements a value has, about: what Dynamo has seen of sizes that are only known at run time."""
    if not isinstance(value, torch.Tensor):
        return 0
    count = 1
    for size in value.shape:
        hint = size.node.hint if isinstance(size, torch.SymInt) else size
        count *= 1024 if hint is None else int(hint)
    return count


def order_of(value):
    """The order of dims in which a value lies densely in memory, where that is another than theirs. Dynamo guards it for arguments of the
    graph, and the operator's tag asks for it where the value is computed."""
    if not isinstance(value, torch.Tensor) or value.layout != torch.strided:
        return None
    sizes, strides = ([size.node.hint if isinstance(size, torch.SymInt) else size for size in of] for of in (value.shape, value.stride()))
    if None in sizes or None in strides:
        return None
    order = sorted(range(value.dim()), key=lambda dim: -strides[dim])
    expected = 1
    for dim in reversed(order):
        if sizes[dim] != 1 and strides[dim] != expected:
            return None
        expected *= sizes[dim]
    return tuple(order) if order != sorted(order) else None


def is_scalar(node):
    return isinstance(value_of(node), (int, float, bool, torch.SymInt, torch.SymFloat, torch.SymBool))


def is_tensor(node):
    return isinstance(value_of(node), torch.Tensor)


def discover(module, options, modes):
    """Imports a graph and asks which nodes fused ops cover. Nodes that cannot be imported are left out, and noted."""
    opaque = {node.name: "it is part of a transform such as vmap" for node in module.graph.nodes if in_transform(node)}
    opaque.update({node.name: "it writes to its argument" for node in module.graph.nodes if mutates(node)})
    opaque.update({name: "it is written to later" for name in _written_later(module.graph)})
    # There is nothing to compute, and torch-mlir does not always survive it.
    opaque.update({node.name: "it has no elements" for node in module.graph.nodes if is_tensor(node) and _is_empty(value_of(node))})
    alike = repeats.of(module.graph)
    if alike is not None:
        found = alike.extended(_discovered(fx.GraphModule(module, alike.graph), options, modes, opaque))
        if found is not None:
            return found
    return _discovered(module, options, modes, opaque)


def _discovered(module, options, modes, opaque):
    names = _names(module.graph)
    found = Discovery(opaque={name: why for name, why in opaque.items() if name in names})
    traced, told = _imported(module, options, modes, found)
    joined = told["chains"] and _joins(traced.graph, found)
    if joined:
        # A fused op does not read through values that are joined at a place only known at run time. It can read what was joined.
        again = Discovery(opaque={**found.opaque, **{name: "it joins sizes that are only known at run time" for name in joined}})
        traced_again, told_again = _imported(module, options, modes, again)
        if len(told_again["chains"]) < len(told["chains"]):
            found, traced, told = again, traced_again, told_again
    reasons = dict(told["refusals"])
    found.refusals = [f"{at}: {reasons.get(at, 'a softmax–matmul chain is left')}" for at in told["chains"]]
    attention = [node.name for node in module.graph.nodes if node.op == "call_function" and meaning.is_known(node.target)]
    found.refusals += [f"{name}: {found.opaque[name]}" for name in attention if name in found.opaque]
    _classify(module.graph, traced.graph, found)
    for fusion in told["fusions"]:
        # A node of which something is left that no fused op covers is not part of one.
        whole = {
            name: count
            for name, count in fusion["ops"].items()
            if not told["left"].get(name) or count >= told["ops"].get(name, 0)
        }
        if not _is_layer(module.graph, traced.graph, fusion["location"], whole, found):
            views = {name: 0 for name in fusion["views"] if name in found.views}
            found.fusions.append((fusion["location"], {**views, **whole}))
    return found


def _imported(module, options, modes, found):
    """A graph as it is traced, and what the compiler says of it. Nodes that cannot be imported are noted in `found`."""
    placeholders = [node for node in module.graph.nodes if node.op == "placeholder"]
    traced = None
    for _ in range(ATTEMPTS):
        try:
            if traced is None:
                values = [value_of(node) for node in placeholders]
                traced = importing.trace(module, values, modes.of, found.opaque)
            text = importing.lower(importing.leave_out(traced.graph, found.opaque))
            break
        except ImportFailure as failure:
            known = {name: why for name, why in failure.nodes.items() if name not in found.opaque and name in _names(module.graph)}
            if not known:
                raise
            if traced is None or not all(_is_traced(traced, name) for name in known):
                traced = None
            found.opaque.update(known)
    else:
        raise ImportFailure(f"more than {ATTEMPTS} nodes cannot be imported")
    return traced, json.loads(_native.coverage(text, strict_masks=options.strict_masks))


def _joins(traced, found):
    """Nodes that concatenate values along a dim whose size is only known at run time."""
    names = set()
    for node in traced.nodes:
        if node.target is torch.ops.aten.cat.default:
            value, dim = node.meta["val"], node.args[1] if len(node.args) > 1 else 0
            if not isinstance(value.shape[dim], int):
                names.add(node.meta.get(ORIGIN))
    return names - found.opaque.keys() - {None}


def _is_layer(graph, traced, root, covered, found):
    """Whether a fused op is a layer of a network behind a norm or another layer: a product with a parameter, whose other factor is no
    exponential. The compiler, to which parameters are arguments like others, may take it for attention."""
    names = {"exp", "exp2", "softmax", "_softmax", "_safe_softmax"}
    for node in traced.nodes:
        if node.meta.get(ORIGIN) in covered and getattr(getattr(node.target, "overloadpacket", None), "__name__", "") in names:
            return False
    pending = [used for node in graph.nodes if node.name == root for used in node.all_input_nodes]
    while pending:
        used = pending.pop()
        if isinstance(value_of(used), torch.nn.Parameter) and value_of(used).dim() > 1:
            return True
        if used.name in found.views:
            pending.extend(used.all_input_nodes)
    return False


def _written_later(graph):
    """Nodes that make memory which others write to: what is read of it is not what they made."""
    written, makers = set(), {}
    for node in graph.nodes:
        for value in torch.utils._pytree.tree_leaves(value_of(node)):
            if isinstance(value, torch.Tensor):
                makers.setdefault(storage_of(value), node)
        if mutates(node):
            written |= {storage_of(value_of(used)) for used in written_by(node) if is_tensor(used)}
    return [makers[storage].name for storage in written if storage in makers and makers[storage].op != "placeholder"]


def _is_empty(tensor):
    return any(isinstance(size, int) and size == 0 for size in tensor.shape)


def _names(graph):
    return {node.name for node in graph.nodes}


def _is_traced(traced, name):
    return any(node.meta.get(ORIGIN) == name for node in traced.graph.nodes)


def _classify(graph, traced, found):
    """Tells views and cheap nodes from the ATen ops that nodes became."""
    made = {}
    for node in traced.nodes:
        if node.op == "call_function":
            made.setdefault(node.meta.get(ORIGIN), []).append(node.target)
    for node in graph.nodes:
        if node.op not in ("call_function", "call_method") or node.name in found.opaque or mutates(node):
            continue
        ops = made.get(node.name, [])
        if any(torch.Tag.nondeterministic_seeded in getattr(op, "tags", ()) for op in ops):
            found.seeded.add(node.name)
        if all(_is_view(op) for op in ops):
            found.views.add(node.name)
        elif all(_is_view(op) or _is_cheap(op) for op in ops):
            found.cheap.add(node.name)


def _is_view(op):
    if not isinstance(op, torch._ops.OpOverload):
        return True  # arithmetic of sizes, and parts of tuples
    aliases = any(argument.alias_info is not None for argument in op._schema.arguments)
    aten = torch.ops.aten
    return aliases and not op._schema.is_mutable and op.overloadpacket is not aten.to or op.overloadpacket in (aten.clone, aten.sym_size)


# Ops that move elements, or fill with them.
_MOVES = {
    getattr(torch.ops.aten, name)
    for name in (
        "to cat stack index index_select gather take repeat repeat_interleave roll flip constant_pad_nd pad tril triu "
        "full_like zeros_like ones_like empty_like new_zeros new_ones new_full new_empty"
    ).split()
}


def _is_cheap(op):
    creates = not any(isinstance(argument.type, torch.TensorType) for argument in op._schema.arguments)
    random = torch.Tag.nondeterministic_seeded in op.tags
    return not random and (creates or torch.Tag.pointwise in op.tags or op.overloadpacket in _MOVES)


def mutates(node):
    """Whether a node writes to one of its arguments."""
    if node.op not in ("call_function", "call_method"):
        return False
    if isinstance(node.target, torch._ops.OpOverload):
        return node.target._schema.is_mutable
    if getattr(node.target, "__module__", "") == "_operator":
        return node.target in _IN_PLACE
    name = node.target if node.op == "call_method" else getattr(node.target, "__name__", "")
    in_place = name.endswith("_") and not name.endswith("__")
    return in_place or node.kwargs.get("out") is not None


def written_by(node):
    """The nodes that a node writes to."""
    if isinstance(node.target, torch._ops.OpOverload):
        return node.all_input_nodes
    out = node.kwargs.get("out")
    return [value for value in torch.utils._pytree.tree_leaves(node.args[:1] if out is None else out) if isinstance(value, fx.Node)]


_IN_PLACE = {operator.setitem, operator.delitem} | {
    getattr(operator, f"i{name}") for name in ("add", "and", "floordiv", "lshift", "matmul", "mod", "mul", "or", "pow", "rshift", "sub", "truediv", "xor")
}


def cut(module, found, modes):
    """The regions of a graph, and why fused ops became none. The graph is not changed."""
    return _Cutter(module.graph, found, modes).run()


class _Cutter(cutting.Cutter):
    def __init__(self, graph, found, modes):
        super().__init__(graph.nodes, found.fusions, found.views, found.cheap)
        self.found, self.modes, self.roots = found, modes, {}
        for node in self.nodes:
            self.roots[node] = self._root_of(node)
        self.mutations = [(node, self._written(node)) for node in self.nodes if mutates(node)]
        self.rewritten = set().union(*(written for _, written in self.mutations))

    def is_call(self, node):
        return not is_switch(node) and node.op in ("call_function", "call_method") and node.name not in self.found.opaque and not mutates(node)

    def why_not(self, node):
        return self.found.opaque.get(node.name, "it cannot be part of an op")

    def elements(self, node):
        return elements_of(value_of(node))

    def is_tensor(self, node):
        return is_tensor(node)

    def is_scalar(self, node):
        return is_scalar(node)

    def is_index(self, node):
        return is_tensor(node) and not value_of(node).is_floating_point() and not value_of(node).is_complex()

    def is_tuple(self, node):
        return isinstance(value_of(node), (tuple, list))

    def taken_from(self, node):
        source = node.args[0] if node.target is operator.getitem else None
        return source if isinstance(source, fx.Node) and self.is_tuple(source) else None

    def is_constant(self, node):
        return node.op == "get_attr"

    def is_written(self, node):
        return node in self.rewritten

    def _root_of(self, node):
        """The node whose memory a node may share."""
        if self.is_view(node) or node.name in self.found.opaque or mutates(node):
            tensors = [used for used in node.all_input_nodes if not is_scalar(used)]
            shared = [used for used in tensors if _may_share(node, used)]
            if shared:
                return self.roots[shared[0]]
        return node

    def _written(self, node):
        return {self.roots[used] for used in written_by(node) if is_tensor(used)}

    def region(self, members):
        nodes, inputs, outputs = self.boundary(members)
        for used in inputs:
            if not is_tensor(used) and not isinstance(value_of(used), (int, float, torch.SymInt, torch.SymFloat)):
                raise NoRegion(f"{used.name}: {type(value_of(used)).__name__} cannot be an argument of an op")
        # Numbers are written out.
        inputs = [used for used in inputs if is_tensor(used) or isinstance(value_of(used), (torch.SymInt, torch.SymFloat))]
        if not outputs or any(not is_tensor(node) for node in outputs):
            raise NoRegion(f"{nodes[0].name}: what it computes are no tensors")
        mode = self._mode(nodes)
        return Region(nodes, inputs, outputs, self._placed(nodes, inputs, outputs, mode), mode)

    def _mode(self, nodes):
        modes = {self.modes.of(node) for node in nodes if self.is_heavy(node)}
        if len(modes) > 1:
            raise NoRegion(f"{nodes[0].name}: autocast or gradients change in the middle")
        mode = modes.pop()
        if mode.transforms:
            raise NoRegion(f"{nodes[0].name}: it is in the middle of a transform such as vmap")
        return mode

    def _placed(self, nodes, inputs, outputs, mode):
        """The node before which the op of a region is placed: all that it reads is there, and as it is to be read."""
        outside = {self.roots[used] for used in inputs if is_tensor(used)}
        # A view reads nothing, but what only may be one, such as a reshape, copies where it is none.
        readers = [node for node in nodes if self.roots[node] is node and node.op != "get_attr" and not is_scalar(node)]
        reads = [(self.place[node], {self.roots[used] for used in node.all_input_nodes} & outside) for node in readers]
        placeholders = [self.place[node] for node in self.nodes if node.op == "placeholder"]
        earliest = 1 + max([self.place[used] for used in inputs] + placeholders)
        latest = min(self.place[user] for node in outputs for user in node.users if user not in nodes)
        for mutation, written in self.mutations:
            where, times = self.place[mutation], [time for time, roots in reads if roots & written]
            if not times:
                continue
            if min(times) < where < max(times):
                raise NoRegion(f"{mutation.name}: it writes to what is read before and after")
            if where < min(times):
                earliest = max(earliest, where + 1)
            else:
                latest = min(latest, where)
        # Where something reads a result before an operand is there, it can be read later if order means nothing in between.
        between = self.nodes[latest:earliest]
        if any(mutates(node) or node.name in self.found.opaque or is_switch(node) for node in between):
            earliest = latest + 1
        for number in range(earliest, max(earliest, latest) + 1):
            if self.modes.of(self.nodes[number]) == mode:
                return self.nodes[number]
        raise NoRegion(f"{nodes[0].name}: there is no place for it between what it reads and what reads it")


def _is_sorted(graph):
    seen = set()
    for node in graph.nodes:
        if node.op != "placeholder" and not seen.issuperset(node.all_input_nodes):
            return False
        seen.add(node)
    return True


def sort(graph, opaque):
    """Puts nodes behind what they read, and otherwise leaves them in order; nothing moves over a node whose place has a meaning, as those have
    that write to something, and the opaque ones, by name."""
    if _is_sorted(graph):
        return
    section, key = 0, {}
    for number, node in enumerate(graph.nodes):
        fixed = mutates(node) or node.name in opaque or is_switch(node)
        section += fixed
        key[node] = (0 if node.op == "placeholder" else 1 + section, number)
        section += fixed
    missing = {node: len(node.all_input_nodes) for node in graph.nodes}
    ready = [(key[node], node) for node, count in missing.items() if count == 0]
    heapq.heapify(ready)
    last = graph.output_node()
    while ready:
        _, node = heapq.heappop(ready)
        if node is not last:
            last.prepend(node)
        for user in node.users:
            missing[user] -= 1
            if missing[user] == 0:
                heapq.heappush(ready, (key[user], user))
