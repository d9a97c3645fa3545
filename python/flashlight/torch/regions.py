"""Which nodes of a graph become one op: those that the compiler fuses.

Nothing here knows what attention looks like. The whole graph is imported, `raise` says which nodes each fused op covers, and what
lies between and around those is added: nodes on a way from one to another, views of what is read and written, and cheap values, such
as masks, that several regions compute from less than they are.
"""

import heapq
import json
import operator
from dataclasses import dataclass, field

import torch
from torch import fx

from .. import _native
from . import importing
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


def is_scalar(node):
    return isinstance(value_of(node), (int, float, bool, torch.SymInt, torch.SymFloat, torch.SymBool))


def is_tensor(node):
    return isinstance(value_of(node), torch.Tensor)


def discover(module, options, modes):
    """Imports a graph and asks which nodes fused ops cover. Nodes that cannot be imported are left out, and noted."""
    found = Discovery()
    found.opaque = {node.name: "it is part of a transform such as vmap" for node in module.graph.nodes if in_transform(node)}
    found.opaque.update({node.name: "it writes to its argument" for node in module.graph.nodes if mutates(node)})
    found.opaque.update({name: "it is written to later" for name in _written_later(module.graph)})
    # There is nothing to compute, and torch-mlir does not always survive it.
    found.opaque.update({node.name: "it has no elements" for node in module.graph.nodes if is_tensor(node) and _is_empty(value_of(node))})
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


class _Cutter:
    def __init__(self, graph, found, modes):
        self.nodes = list(graph.nodes)
        self.place = {node: number for number, node in enumerate(self.nodes)}
        self.named = {node.name: node for node in self.nodes}
        self.found, self.modes = found, modes
        self.reasons, self.roots = [], {}
        for node in self.nodes:
            self.roots[node] = self._root_of(node)
        self.mutations = [(node, self._written(node)) for node in self.nodes if mutates(node)]
        self.rewritten = set().union(*(written for _, written in self.mutations))

    def run(self):
        regions = []
        for seeds in self._groups():
            try:
                regions.append(self._region(seeds))
            except _NoRegion as reason:
                self.reasons.append(str(reason))
        return regions, self.reasons

    # What nodes are.

    def _is_call(self, node):
        return not is_switch(node) and node.op in ("call_function", "call_method") and node.name not in self.found.opaque and not mutates(node)

    def _is_view(self, node):
        return node.name in self.found.views and self._is_call(node)

    def _is_heavy(self, node):
        light = node.name in self.found.views or node.name in self.found.cheap or node.op == "get_attr" or is_scalar(node)
        return not light

    def _root_of(self, node):
        """The node whose memory a node may share."""
        if self._is_view(node) or node.name in self.found.opaque or mutates(node):
            tensors = [used for used in node.all_input_nodes if not is_scalar(used)]
            shared = [used for used in tensors if _may_share(node, used)]
            if shared:
                return self.roots[shared[0]]
        return node

    def _written(self, node):
        return {self.roots[used] for used in written_by(node) if is_tensor(used)}

    # Which nodes belong together.

    def _groups(self):
        """Sets of nodes: one per fused op, or per several that share more than cheap values."""
        groups = []
        for nodes in self._covered():
            try:
                nodes = self._close(nodes)
                shared = [group for group in groups if any(self._is_heavy(node) for node in group & nodes)]
                for group in shared:
                    nodes = self._close(nodes | group)
                groups = [group for group in groups if group not in shared] + [nodes]
            except _NoRegion as reason:
                self.reasons.append(str(reason))
        return sorted(groups, key=lambda group: min(self.place[node] for node in group))

    def _covered(self):
        """The nodes of each fused op."""
        covered = [(self.named[root], counts) for root, counts in self.found.fusions if root in self.named]
        before = {root: self._before(root) for root, _ in covered}
        for root, counts in covered:
            nodes = {self.named[name] for name in counts if name in self.named}
            for other, others in covered:
                if others is counts:
                    continue
                # Equal ops of several nodes are one in the program, and are said to be of the first of those nodes.
                for node in [node for node in nodes if node.name in others and self._is_heavy(node)]:
                    less = counts[node.name] < others[node.name]
                    later = counts[node.name] == others[node.name] and node in before[other]
                    if less or later and (other in before[root] or node not in before[root]):
                        nodes.discard(node)
            yield {node for node in nodes | {root} if self._is_call(node)}

    def _before(self, node):
        """A node and all that it follows from."""
        before, pending = {node}, [node]
        while pending:
            for used in pending.pop().all_input_nodes:
                if used not in before:
                    before.add(used)
                    pending.append(used)
        return before

    def _close(self, nodes):
        """Adds the nodes on ways from one to another."""
        heavy = {node for node in nodes if self._is_heavy(node)}
        if not heavy:
            raise _NoRegion("a fused op of no node")
        first, last = min(map(self.place.get, nodes)), max(map(self.place.get, nodes))
        after, before = set(heavy), set(heavy)
        for node in self.nodes[first : last + 1]:
            if any(used in after for used in node.all_input_nodes):
                after.add(node)
        for node in reversed(self.nodes[first : last + 1]):
            if any(user in before for user in node.users):
                before.add(node)
        between = (after & before) - nodes
        for node in between:
            if not self._is_call(node):
                raise _NoRegion(f"{node.name}: {self.found.opaque.get(node.name, 'it cannot be part of an op')}")
        return nodes | between

    # What a region is made of.

    def _region(self, seeds):
        members = set(seeds)
        while True:
            size = len(members)
            self._take_producers(members)
            self._take_readers(members)
            if len(members) == size:
                break
        self._drop_unread(members)
        nodes = self._in_canonical_order(members)
        inputs = list(dict.fromkeys(used for node in nodes for used in node.all_input_nodes if used not in members))
        for used in inputs:
            if not is_tensor(used) and not isinstance(value_of(used), (int, float, torch.SymInt, torch.SymFloat)):
                raise _NoRegion(f"{used.name}: {type(value_of(used)).__name__} cannot be an argument of an op")
        # Numbers are written out.
        inputs = [used for used in inputs if is_tensor(used) or isinstance(value_of(used), (torch.SymInt, torch.SymFloat))]
        after_heavy = self._after_heavy(nodes)
        outputs = [node for node in nodes if node in after_heavy and any(user not in members for user in node.users)]
        if not outputs or any(not is_tensor(node) for node in outputs):
            raise _NoRegion(f"{nodes[0].name}: what it computes are no tensors")
        mode = self._mode(nodes)
        return Region(nodes, inputs, outputs, self._placed(nodes, inputs, outputs, mode), mode)

    def _in_canonical_order(self, members):
        """Members behind what they read, in an order that does not depend on where they are in the graph: equal regions are equal ops."""
        ordered = {}
        for last in sorted(members, key=self.place.get):
            pending = [] if any(user in members for user in last.users) else [last]
            while pending:
                node = pending[-1]
                missing = [used for used in node.all_input_nodes if used in members and used not in ordered]
                pending.extend(reversed(missing))
                if not missing:
                    ordered[pending.pop()] = True
        return list(ordered)

    def _mode(self, nodes):
        modes = {self.modes.of(node) for node in nodes if self._is_heavy(node)}
        if len(modes) > 1:
            raise _NoRegion(f"{nodes[0].name}: autocast or gradients change in the middle")
        mode = modes.pop()
        if mode.transforms:
            raise _NoRegion(f"{nodes[0].name}: it is in the middle of a transform such as vmap")
        return mode

    def _after_heavy(self, nodes):
        after = set()
        for node in nodes:
            if self._is_heavy(node) or any(used in after for used in node.all_input_nodes):
                after.add(node)
        return after

    def _take_producers(self, members):
        """Views and sizes that are read become members, and cheap values that are larger than what they are computed from; cheap
        members that others need, too, and are no larger, become inputs."""
        heavy = self._after_heavy(sorted(members, key=self.place.get))
        for node in list(members):
            if node in heavy or node.name not in self.found.cheap or not is_tensor(node):
                continue
            elsewhere = any(user not in members for user in node.users)
            if node in self.rewritten or elsewhere and not self._grows(node):
                members.discard(node)
        pending = list(members)
        while pending:
            node = pending.pop()
            for used in node.all_input_nodes:
                if used not in members and self._belongs_to_readers(used):
                    members.add(used)
                    pending.append(used)

    def _belongs_to_readers(self, node):
        """Whether a node is computed in each region that reads it."""
        if node.op == "get_attr":
            return not is_tensor(node) and not is_scalar(node)
        if not self._is_call(node) or node in self.rewritten:
            return False
        if is_scalar(node):
            return all(is_scalar(used) for used in node.all_input_nodes)
        source = node.args[0] if node.target is operator.getitem else None
        if isinstance(source, fx.Node) and isinstance(value_of(source), (tuple, list)):
            return self._belongs_to_readers(source)  # a tuple is nothing that a region can read
        return self._is_view(node) or node.name in self.found.cheap and self._grows(node)

    def _grows(self, node):
        """Whether a cheap value has more elements than all that it is computed from."""
        leaves, pending, seen = set(), [node], set()
        while pending:
            for used in pending.pop().all_input_nodes:
                if used in seen or is_scalar(used):
                    continue
                seen.add(used)
                if used.name in self.found.cheap or self._is_view(used):
                    pending.append(used)
                else:
                    leaves.add(used)
        return _elements(node) > sum(_elements(leaf) for leaf in leaves)

    def _take_readers(self, members):
        """A view that is all that reads a value becomes a member: the value is written as the view has it."""
        for node in sorted(members, key=self.place.get):
            users = [user for user in node.users if user not in members]
            if isinstance(value_of(node), (tuple, list)):
                members.update(user for user in users if self._is_call(user) and user.target is operator.getitem)
                continue
            if len(users) != 1 or not is_tensor(node) or node not in self._after_heavy(sorted(members, key=self.place.get)):
                continue
            user = users[0]
            known = all(used in members or is_scalar(used) for used in user.all_input_nodes)
            if len(node.users) == 1 and self._is_view(user) and is_tensor(user) and known:
                members.add(user)

    def _drop_unread(self, members):
        """Members that only others read are left where they were."""
        while True:
            heavy = self._after_heavy(sorted(members, key=self.place.get))
            unread = {node for node in members if node not in heavy and not any(user in members for user in node.users)}
            if not unread:
                return
            members -= unread

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
                raise _NoRegion(f"{mutation.name}: it writes to what is read before and after")
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
        raise _NoRegion(f"{nodes[0].name}: there is no place for it between what it reads and what reads it")


def sort(graph, found):
    """Puts nodes behind what they read, and otherwise leaves them in order; nothing moves over a node whose place has a meaning."""
    section, key = 0, {}
    for number, node in enumerate(graph.nodes):
        fixed = mutates(node) or node.name in found.opaque or is_switch(node)
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


class _NoRegion(Exception):
    pass


def _elements(node):
    value = value_of(node)
    if not isinstance(value, torch.Tensor):
        return 0
    count = 1
    for size in value.shape:
        hint = size.node.hint if isinstance(size, torch.SymInt) else size
        count *= 1024 if hint is None else int(hint)
    return count
