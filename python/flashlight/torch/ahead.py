"""Functions and modules compiled ahead of time: whole, for a process that has neither torch-mlir nor the Python that they were written in."""

import json
from pathlib import Path

import torch
from torch.utils import _pytree as pytree

from .. import _native

DESCRIPTION, CONSTANTS = "function.json", "constants.pt"


class Compiled:
    """A compiled function. It takes and returns what the function did."""

    def __init__(self, artifact, constants, description):
        self.artifact, self.constants, self.description = artifact, constants, description
        self._program = _native.Program(artifact)
        self._taken, self._given = (pytree.treespec_loads(description[name]) for name in ("takes", "gives"))

    def __call__(self, *arguments, **keywords):
        values, spec = pytree.tree_flatten((arguments, keywords))
        if spec != self._taken:
            raise TypeError(f"the function was compiled for arguments {self._taken}, not {spec}")
        sources = {"argument": values, "constant": self.constants}
        with torch.no_grad():
            results = self._program(*[sources[kind][number] for kind, number in self.description["operands"]])
        sources["result"] = results
        flat = [content if kind == "number" else sources[kind][content] for kind, content in self.description["results"]]
        return pytree.tree_unflatten(flat, self._given)

    def save(self, folder):
        """Writes the artifact, the parameters and buffers, and how they fit together. `flashlight.load` reads it."""
        self.artifact.save(folder)
        Path(folder, DESCRIPTION).write_text(json.dumps(self.description))
        torch.save(self.constants, Path(folder, CONSTANTS))

    @staticmethod
    def load(folder):
        """Reads what `save` wrote."""
        constants = torch.load(Path(folder, CONSTANTS), weights_only=True)
        return Compiled(_native.Artifact.load(folder), constants, json.loads(Path(folder, DESCRIPTION).read_text()))

    def __repr__(self):
        return f"<flashlight.torch.Compiled of {self.artifact!r}>"


class _Function(torch.nn.Module):
    """A function as a module."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, *arguments, **keywords):
        return self.function(*arguments, **keywords)


def exported(source, arguments, keywords, dynamic):
    """A function, a module or an exported program as the latter."""
    if isinstance(source, torch.export.ExportedProgram):
        return source
    module = source if isinstance(source, torch.nn.Module) else _Function(source)
    if dynamic is not None and not isinstance(source, torch.nn.Module):
        dynamic = (tuple(dynamic),) if isinstance(dynamic, (tuple, list)) else {"arguments": tuple(dynamic.values())}
    return torch.export.export(module, tuple(arguments), keywords, dynamic_shapes=dynamic, strict=False)


def compile(source, arguments=(), keywords=None, *, target=None, dynamic=None, strict_masks=False, f32="split", require_fusion=False):
    """Compiles a function or a module, whole, or what `torch.export.export` made of one: for `target`, `"cpu"` or `"sm_90a"`, or for where
    its tensors are. `dynamic` is what `torch.export.export` calls `dynamic_shapes`: for a function, one entry per argument."""
    from .. import cache
    from . import flex, importing, ops, regions
    from .contexts import Mode

    program = exported(source, arguments, keywords or {}, dynamic)
    if any(regions.mutates(node) for node in program.graph.nodes):
        program = program.run_decompositions({})  # writes are results then
    signature = program.graph_signature
    written = [spec.target or spec.arg.name for spec in signature.output_specs if spec.kind.name != "USER_OUTPUT"]
    if written:
        raise _native.CompileError(f"a function that writes to {', '.join(map(str, written))} cannot be compiled ahead of time")
    module = torch.fx.GraphModule(program.graph_module, _copied(program.graph_module.graph))
    flex.simplify(module.graph)
    placeholders = [node for node in module.graph.nodes if node.op == "placeholder"]
    mode = Mode.ambient()
    values = [node.meta["example_value"] for node in placeholders]
    try:
        target = target or ops.target_of(values)
        traced = importing.trace(module, values, lambda node: mode)
        kept = importing.drop_unused_arguments(traced.graph)
        results = _name_results(traced.graph)
        text = importing.lower(traced.graph, locations=False)
    except importing.ImportFailure as failure:
        raise _native.CompileError(f"it cannot be imported: {failure}") from failure
    except ops.Refusal as refusal:
        raise _native.CompileError(str(refusal)) from refusal
    artifact = cache.compiled(text, target=target, strict_masks=strict_masks, f32=f32, require_fusion=require_fusion)
    constants, sources, taken = [], [], 0
    for spec in signature.input_specs:
        if spec.kind.name == "USER_INPUT":
            sources.append(("argument", taken))
            taken += 1
        else:
            value = program.state_dict.get(spec.target, program.constants.get(spec.target))
            sources.append(("constant", len(constants)))
            constants.append(value.detach())
    operands = [sources[place] for place in kept]
    used = sorted({number for kind, number in operands if kind == "constant"})
    operands = [(kind, used.index(number) if kind == "constant" else number) for kind, number in operands]
    description = {
        "operands": operands,
        "results": results,
        "takes": pytree.treespec_dumps(program.call_spec.in_spec),
        "gives": pytree.treespec_dumps(program.call_spec.out_spec),
    }
    return Compiled(artifact, [constants[number] for number in used], description)


def _copied(graph):
    """A graph of `torch.export` as one of Dynamo's: values are where those are."""
    copied = torch.fx.Graph()
    made = {}
    copied.output(copied.graph_copy(graph, made))
    for node, copy in made.items():
        copy.meta["example_value"] = node.meta.get("val")
    return copied


def _name_results(graph):
    """Leaves the results that are computed, and says where each of all comes from."""
    output = graph.output_node()
    computed, results = [], []
    for value in pytree.tree_leaves(output.args[0], is_leaf=lambda value: value is None):
        if isinstance(value, torch.fx.Node):
            results.append(("result", len(computed)))
            computed.append(value)
        else:
            results.append(("number", value))
    output.args = (tuple(computed),)
    return results
