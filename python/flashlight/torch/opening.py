"""Functions of PyTorch that Dynamo keeps whole although more than attention is in them, as the ops that they are made of."""

import operator

import torch
import torch.nn.functional as F
from torch import fx
from torch.fx.experimental.proxy_tensor import make_fx

from .contexts import Modes

_WHOLE = {F.multi_head_attention_forward}


def open_functions(module):
    """Puts the ops of such functions in their places. They are those that autograd sees, so that gradients stay as they are."""
    graph = module.graph
    whole = [node for target in _WHOLE for node in graph.find_nodes(op="call_function", target=target)]
    modes = whole and Modes(graph)
    for node in whole:
        picks = all(user.target is operator.getitem for user in node.users)
        if picks and not modes.of(node).casts and not modes.of(node).transforms:
            _open(graph, node)


def _open(graph, node):
    inputs = node.all_input_nodes
    values = [used.meta.get("example_value") for used in inputs]

    def run(*given):
        known = dict(zip(inputs, given))
        args, kwargs = fx.node.map_arg((node.args, node.kwargs), known.get)
        return node.target(*args, **kwargs)

    mode = next(value.fake_mode for value in values if isinstance(value, torch.Tensor))
    with torch.no_grad(), mode:
        traced = make_fx(run, pre_dispatch=True)(*values).graph
    if traced.find_nodes(op="get_attr") or not isinstance(traced.output_node().args[0], (tuple, list)):
        return
    made = dict(zip(traced.find_nodes(op="placeholder"), inputs))
    with graph.inserting_before(node):
        for inner in traced.nodes:
            if inner.op == "call_function":
                made[inner] = graph.node_copy(inner, made.get)
                made[inner].meta = {"example_value": inner.meta.get("val"), "stack_trace": node.meta.get("stack_trace")}
    results = traced.output_node().args[0]
    for user in list(node.users):
        result = results[user.args[1]]
        if isinstance(result, fx.Node):
            user.replace_all_uses_with(made[result])
        elif user.users:  # nothing, as a result
            for reader in list(user.users):
                reader.args, reader.kwargs = fx.node.map_arg((reader.args, reader.kwargs), lambda used: result if used is user else used)
        graph.erase_node(user)
    graph.erase_node(node)
