"""Equal nodes of a graph as one. The compiler computes equal values once; what a region of them is called by and covers has to be one node, too."""

import torch

from . import regions
from .contexts import is_switch


def merge(graph, found, modes):
    """Replaces nodes by equal ones before them, and says so in `found`. What is written to, is random, or leaves the graph stays its own.
    Gives the names of what was replaced, and those of what stands for it."""
    kept_apart, written = _apart(graph)
    known, merged = {}, {}
    for node in list(graph.nodes):
        value = regions.value_of(node)
        call = node.op in ("call_function", "call_method") and not is_switch(node) and value is not None
        if not call or node.name in found.opaque or node.name in found.seeded or regions.mutates(node):
            continue
        own, read = _storages(node), set().union(*map(_storages, node.all_input_nodes))
        if None in own | read or own & kept_apart or read & written:
            continue
        # Arguments are told apart by how they are written. A number that is read from a tensor is one of its own.
        number = None if isinstance(value, torch.Tensor) else str(value)
        key = (node.op, node.target, str(node.args), str(node.kwargs), number, modes.of(node))
        first = known.setdefault(key, node)
        if first is not node:
            merged[node.name] = first.name
            node.replace_all_uses_with(first)
            graph.erase_node(node)
    found.rename(merged)
    return merged


def _apart(graph):
    """The memory that the graph's results are in or that is written to, and that which is written to."""
    written = set().union(*(_storages(used) for node in graph.nodes if regions.mutates(node) for used in regions.written_by(node)))
    return written | set().union(*map(_storages, graph.output_node().all_input_nodes)), written


def _storages(node):
    """What memory the tensors of a node are in; `None` among it where that is not known."""
    values = torch.utils._pytree.tree_leaves(regions.value_of(node))
    return {regions.storage_of(value) for value in values if isinstance(value, torch.Tensor)}
