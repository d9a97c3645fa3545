"""Writes to temporaries as new values: `x += y` is `x = x + y` where nothing else can tell.

Regions are made of values. What writes to an argument, to a view, or to what a view is still read of stays as it is.
"""

import operator

import torch

_OPERATORS = {
    operator.iadd: operator.add,
    operator.isub: operator.sub,
    operator.imul: operator.mul,
    operator.itruediv: operator.truediv,
    operator.iand: operator.and_,
    operator.ior: operator.or_,
}
_METHODS = {f"{name}_" for name in "add sub mul div masked_fill clamp clamp_min clamp_max exp tanh relu sigmoid neg".split()}
# Calls that give new memory, whatever they are given.
_FRESH = {torch.matmul, torch.bmm, torch.baddbmm, torch.einsum, torch.where, torch.add, torch.mul, torch.sub, torch.div, torch.full}
_FRESH |= {torch._C._nn.linear, operator.add, operator.sub, operator.mul, operator.truediv, operator.matmul, operator.neg}
_FRESH |= {torch.zeros_like, torch.ones_like, torch.zeros, torch.ones, torch.softmax, torch.nn.functional.softmax}
_FRESH_METHODS = "matmul bmm add sub mul div softmax masked_fill clone tanh exp".split()


def make_values(module):
    """Rewrites the writes of a graph to temporaries. What read one before took its numbers; what reads it later gets the value."""
    graph = module.graph
    place = {node: number for number, node in enumerate(graph.nodes)}
    for node in list(graph.nodes):
        target = _value_form(node)
        if target is None or not isinstance(node.args[0], torch.fx.Node):
            continue
        written = node.args[0]
        before = [user for user in written.users if place[user] < place[node]]
        if all(map(_is_fresh, before)) and _is_fresh(written) and _same_kind(node, written):
            node.target = target
            written.replace_all_uses_with(node, delete_user_cb=lambda user: place[user] > place[node])


def _value_form(node):
    if node.op == "call_function":
        return _OPERATORS.get(node.target)
    if node.op == "call_method" and node.target in _METHODS:
        return node.target.rstrip("_")
    return None


def _is_fresh(node):
    if node.op == "call_function":
        return node.target in _FRESH or node.target in _OPERATORS.values()
    return node.op == "call_method" and node.target in _FRESH_METHODS


def _same_kind(node, written):
    """Whether the value has the type and the shape that the memory has."""
    old = written.meta.get("example_value")
    if not isinstance(old, torch.Tensor):
        return False
    others = [argument for argument in node.args[1:] if isinstance(argument, torch.fx.Node)]
    values = [other.meta.get("example_value") for other in others]
    values += [argument for argument in node.args[1:] if not isinstance(argument, torch.fx.Node)]
    if node.target in ("masked_fill_", "clamp_", "clamp_min_", "clamp_max_"):
        return True
    for value in values:
        if isinstance(value, torch.Tensor):
            if torch.result_type(old, value) != old.dtype or value.dim() > old.dim():
                return False
        elif not isinstance(value, (int, float, bool, torch.SymInt, torch.SymFloat)):
            return False
        elif not old.is_floating_point() and not (isinstance(value, (int, bool, torch.SymInt)) and node.target is not operator.itruediv):
            return False
    return not node.kwargs and (old.is_floating_point() or node.target is not operator.itruediv)
