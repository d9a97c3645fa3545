"""What becomes of a function, and why, without running what is compiled."""

import re
import warnings

import torch

from ..explanation import Explanation, Fused
from . import dynamo, ops


def explain(function, *arguments, options=None, **keywords):
    """Says what `torch.compile(function, backend="flashlight", options=options)` would do with these arguments: which lines of Python
    become which fused op, by which laws, and why others do not. The function runs once, as it is. Print the result."""
    told, given = Explanation(), dynamo.Options.of({**(options or {}), "rest": "eager"})

    def backend(module, inputs):
        told.graphs += 1
        original = torch.fx.GraphModule(module, _copy(module.graph))
        lines = {node.name: line for node in module.graph.nodes if (line := _line_of(node))}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what they say is in the explanation
            report = dynamo.transform(module, given, inputs)
        dynamo._WARNED.difference_update(report.left)
        for region, operator in report.fused:
            names = [node.name for node in region.nodes]
            at = dict.fromkeys(lines[name] for name in names if name in lines)
            told.fused.append(Fused(names, list(at), ops.account_of(operator, given)))
        for reason in report.left:
            name = reason.split(":")[0]
            told.left.append(f"{reason} ({lines[name]})" if name in lines else reason)
        return original.forward

    torch._dynamo.reset()
    try:
        torch.compile(function, backend=backend)(*arguments, **keywords)
    finally:
        torch._dynamo.reset()
    return told


def _line_of(node):
    """The line of Python that a node comes from, as `file:line: code`."""
    frames = re.findall(r'File "([^"]+)", line (\d+), in [^\n]*\n([^\n]*)', node.meta.get("stack_trace") or "")
    if not frames:
        return None
    file, line, code = frames[-1]
    return f"{file}:{line}: {code.strip()}"


def _copy(graph):
    copied = torch.fx.Graph()
    copied.output(copied.graph_copy(graph, {}))
    return copied
