"""PyTorch graphs as MLIR: a graph of Dynamo's is traced to ATen ops and imported by torch-mlir.

Locations in the MLIR are the names of the nodes that ops come from, so that what the compiler says about an op can be read as
something about a node.
"""

import operator
import re

import torch
from torch import fx
from torch.fx.experimental.proxy_tensor import disable_proxy_modes_tracing, get_proxy_mode, make_fx, track_tensor_tree

from .. import cache
from . import contexts, meaning

ORIGIN = "flashlight_origin"


class Refusal(Exception):
    """Something that is left as it is, and why."""


class ImportFailure(Exception):
    """A graph that cannot be imported. `nodes` are the names of the nodes at fault, where they are known, and what is wrong with each."""

    def __init__(self, reason, node=None, nodes=None):
        super().__init__(reason)
        self.reason, self.nodes = reason, nodes or ({node: reason} if node else {})

    def __str__(self):
        return "; ".join(f"{node}: {reason}" for node, reason in self.nodes.items()) or self.reason


class Replay(fx.Interpreter):
    """Runs a graph under a tracer, and notes on every traced op which node it comes from. Nodes that are left out are not run: their
    values are what Dynamo says of them."""

    def __init__(self, module, mode_of, left):
        super().__init__(module, garbage_collect_values=False)
        self.mode_of, self.left = mode_of, left

    def run_node(self, node):
        if contexts.is_switch(node):
            return None
        traced = get_proxy_mode().tracer.graph
        before = len(traced.nodes)
        try:
            if node.name in self.left:
                return _left_value(node)
            with self.mode_of(node).autocasting():
                return super().run_node(node)
        except ImportFailure:
            raise
        except Exception as error:
            raise ImportFailure(_first_line(error), node.name) from error
        finally:
            for number, made in enumerate(reversed(traced.nodes)):
                if len(traced.nodes) - number <= before:
                    break
                made.meta.setdefault(ORIGIN, node.name)

    def call_function(self, target, args, kwargs):
        return meaning.of_function(target)(*args, **kwargs)


def _left_value(node):
    """The value of a node that is not run, as something that the tracer knows."""
    value = node.meta.get("example_value")
    if value is None or contexts.is_transformed(value):
        return None
    with disable_proxy_modes_tracing():
        # Not the value itself: the tracer may know that as another's.
        value = torch.utils._pytree.tree_map_only(torch.Tensor, torch.Tensor.detach, value)
    tracer = get_proxy_mode().tracer
    proxy = tracer.create_proxy("call_function", _left, (), {}, name=node.name)
    return track_tensor_tree(value, proxy, constant=None, tracer=tracer)


def _left():
    raise RuntimeError("a node that was left out of an import")


def trace(module, values, mode_of, left=()):
    """Traces a graph to ATen ops, on the fake tensors that its placeholders stand for. Ops are those that torch-mlir takes, but
    for those of the nodes that are left as they are. `mode_of` says what mode a node runs in."""
    replay = Replay(module, mode_of, left)
    # Casts of autocast are made below the level at which products are whole.
    whole = not any(mode_of(node).casts for node in module.graph.nodes)
    traced = traced_function(replay.run, values, whole)
    for node in reversed(traced.graph.nodes):
        if contexts.is_switch(node):  # the casts that it made are in the graph
            traced.graph.erase_node(node)
    tidy(traced.graph)
    return traced


def traced_function(function, values, whole):
    """A function of fake tensors and sizes as ATen ops that torch-mlir takes. `whole`: those that others are made of, as they are."""
    from torch_mlir.extras.fx_decomp_util import get_decomposition_table

    fakes = [value for value in values if isinstance(value, torch.Tensor)]
    if not fakes:
        raise ImportFailure("a graph without tensors")
    table = {op: rule for op, rule in get_decomposition_table().items() if op not in meaning.KEPT}
    table.update(meaning.decompositions())
    with torch.no_grad(), fakes[0].fake_mode:
        return make_fx(function, decomposition_table=table, pre_dispatch=whole)(*values)


def tidy(graph):
    """Makes a traced graph one that torch-mlir imports."""
    _name_sizes(graph)
    _share_sizes(graph)
    _forget_devices(graph)
    _count_dims(graph)
    graph.eliminate_dead_code()


def _forget_devices(graph):
    """Values that are made from nothing are made where the program runs: torch-mlir takes other devices than the CPU for a move."""
    for node in graph.nodes:
        moves = node.target in (torch.ops.aten.to.device, torch.ops.aten._to_copy.default)
        if node.op == "call_function" and node.kwargs.get("device") is not None and not moves:
            node.kwargs = {**node.kwargs, "device": torch.device("cpu")}


def _count_dims(graph):
    """Dims of scatters are counted from the first: torch-mlir crashes on others."""
    aten = torch.ops.aten
    for node in graph.nodes:
        if node.op == "call_function" and getattr(node.target, "overloadpacket", None) in (aten.scatter, aten.scatter_add, aten.index_add, aten.slice_scatter):
            place = 2 if node.target.overloadpacket is aten.slice_scatter else 1
            if len(node.args) > place and isinstance(node.args[place], int) and node.args[place] < 0:
                rank = node.args[0].meta["val"].dim()
                node.args = (*node.args[:place], node.args[place] + rank, *node.args[place + 1 :])


def _name_sizes(graph):
    """Sizes that are arguments become sizes of tensor arguments, where they are one."""
    placeholders = [node for node in graph.nodes if node.op == "placeholder"]
    tensors = [node for node in placeholders if isinstance(node.meta.get("val"), torch.Tensor)]
    after = next(node for node in graph.nodes if node.op != "placeholder")
    for node in placeholders:
        size = node.meta.get("val")
        if not isinstance(size, torch.SymInt):
            continue
        dims = ((tensor, dim) for tensor in tensors for dim, own in enumerate(tensor.meta["val"].shape) if _same(own, size))
        found = next(dims, None)
        if found:
            with graph.inserting_before(after):
                read = graph.call_function(torch.ops.aten.sym_size.int, found)
            read.meta = {"val": size, ORIGIN: node.meta.get(ORIGIN, node.name)}
            node.replace_all_uses_with(read)


def _share_sizes(graph):
    """Sizes that are known to be equal become one, and those that are known become numbers: torch-mlir has not every op of sizes."""
    known = {}
    for node in list(graph.nodes):
        value = node.meta.get("val")
        if node.op != "call_function" or node.target is _left or not isinstance(value, (int, torch.SymInt)) or isinstance(value, bool):
            continue
        expression = value.node.expr if isinstance(value, torch.SymInt) else None
        if expression is None or expression.is_number:
            _write_out(node, value if expression is None else int(expression))
        elif known.setdefault(expression, node) is not node:
            node.replace_all_uses_with(known[expression])


def _write_out(node, number):
    """Puts a number in the place of a node."""
    for user in list(node.users):
        user.args, user.kwargs = fx.node.map_arg((user.args, user.kwargs), lambda used: number if used is node else used)


def _same(one, other):
    return isinstance(one, torch.SymInt) and one.node.expr == other.node.expr


def leave_out(graph, names):
    """A copy of a traced graph without the ops that come from some nodes: what others need of them are arguments."""
    copy, environment, arguments = fx.Graph(), {}, {}
    first = copy.placeholder("unused")

    def outside(node):
        if node not in arguments:
            with copy.inserting_before(first):
                arguments[node] = copy.placeholder(node.name)
            arguments[node].meta = dict(node.meta)
        return arguments[node]

    left = set()
    for node in graph.nodes:
        source = node.args[0] if node.target is operator.getitem else None
        if node.op == "placeholder":
            outside(node)
        elif node.op == "output":
            flat = [value for value in torch.utils._pytree.tree_leaves(node.args) if isinstance(value, fx.Node)]
            copy.output(tuple(environment.get(value) or outside(value) for value in flat if _is_value(value)))
        elif node.meta.get(ORIGIN) in names or node.op == "get_attr" or source in left:
            left.add(node)
        else:
            made = copy.node_copy(node, lambda used: environment.get(used) or outside(used))
            environment[node] = made
    copy.erase_node(first)
    return copy


def _is_value(node):
    return isinstance(node.meta.get("val"), (torch.Tensor, int, float, torch.SymInt))


def drop_unused_arguments(graph):
    """Takes away the placeholders that nothing reads. Gives the places of those that are left."""
    placeholders = [node for node in graph.nodes if node.op == "placeholder"]
    for node in placeholders:
        if not node.users:
            graph.erase_node(node)
    return [place for place, node in enumerate(placeholders) if node.users]


def lower(graph, locations=True):
    """Imports a traced graph. The result is MLIR text: linalg on tensors, with names of nodes as locations if they are wanted."""
    from torch_mlir import ir
    from torch_mlir.dialects import torch as torch_d
    from torch_mlir.extras import fx_importer

    class Locations(fx_importer.ContextCache):
        __slots__ = []

        def get_node_location(self, node):
            return ir.Location.name(_origin(node), context=self._c)

        def format_asm_shape(self, shape):
            return ",".join("?" if _size(size) is None else str(_size(size)) for size in shape)

    class Nodes(fx_importer.GraphNodeImporter):
        __slots__ = []

        def _import_torch_op_overload(self, loc, node, *rest):
            try:
                return super()._import_torch_op_overload(loc, node, *rest)
            except Exception as error:
                raise ImportFailure(f"{node.target}: {_first_line(error)}", _origin(node)) from error

    strided = [node for node in graph.nodes if node.target is torch.ops.aten.as_strided.default]
    in_memory = {_origin(node): f"{node.target} reads memory, not a value" for node in strided}
    if in_memory:
        raise ImportFailure("as_strided", nodes=in_memory)
    unknown = {_origin(node): f"torch-mlir has no {node.target.__name__}" for node in graph.nodes if _is_unknown(node)}
    if unknown:
        raise ImportFailure("ops that torch-mlir does not know", nodes=unknown)
    context = ir.Context()
    torch_d.register_dialect(context)
    importer = fx_importer.FxImporter(context=context, graph_node_importer_cls=Nodes, config_check=False)
    importer._cc = Locations(context, py_attr_tracker=importer._py_attr_tracker)
    try:
        importer.import_stateless_graph(graph)
    except ImportFailure:
        raise
    except Exception as error:
        raise ImportFailure(_first_line(error)) from error
    unknown = _unknown_ops(importer.module)
    if unknown:
        raise ImportFailure("ops that torch-mlir does not know", nodes=unknown)
    _run_passes(importer.module)
    return importer.module.operation.get_asm(enable_debug_info=locations)


def fused(text, how):
    """The artifact of a module that is fused: nothing of it is faster elsewhere."""
    artifact = cache.compiled(text, **how)
    if artifact.kernels == 0 or artifact.chains:
        raise Refusal("; ".join(artifact.refusals) or "nothing of it is fused")
    return artifact


def _is_unknown(node):
    """Whether a node is a higher-order op, or computes something of sizes that torch-mlir has no op for."""
    from torch_mlir.extras import fx_importer

    target = node.target
    if isinstance(target, torch._ops.HigherOrderOperator):
        return True
    if node.op != "call_function" or isinstance(target, torch._ops.OperatorBase) or target is operator.getitem:
        return False
    return target.__name__ not in fx_importer.PY_BUILTIN_TO_TORCH_OP or getattr(target, "__module__", "") != "_operator"


def _origin(node):
    return node.meta.get(ORIGIN) or node.name


def _unknown_ops(module):
    """Ops that torch-mlir has no name for, by the nodes that they come from."""
    from torch_mlir import ir

    found = {}

    def look(op):
        if op.name == "torch.operator":
            found[_name_of(op.location)] = f"torch-mlir has no {ir.StringAttr(op.attributes['name']).value.removeprefix('torch.')}"
        return ir.WalkResult.ADVANCE

    module.operation.walk(look)
    found.pop(None, None)
    return found


# What torch-mlir does to a module of Torch ops to make it one of linalg on tensors.
_PASSES = (
    "func.func(torch-match-quantized-custom-ops),torchdynamo-export-to-torch-backend-pipeline{extra-library=}",
    "torch-backend-to-linalg-on-tensors-backend-pipeline{allow-non-finites=true}",
)


def _run_passes(module):
    from torch_mlir import ir, passmanager

    said = []

    def listen(diagnostic):
        if diagnostic.severity == ir.DiagnosticSeverity.ERROR:
            said.append((_name_of(diagnostic.location), _first_line(diagnostic.message)))
        return True

    with module.context as context:
        context.emit_error_diagnostics = True
        handler = context.attach_diagnostic_handler(listen)
        try:
            for passes in _PASSES:
                passmanager.PassManager.parse(f"builtin.module({passes})").run(module.operation)
        except Exception as error:
            named = {node: reason for node, reason in said[:1] if node}
            raise ImportFailure(said[0][1] if said else _first_line(error), nodes=named or _left_over(module)) from error
        finally:
            handler.detach()


def _left_over(module):
    """Ops that passes did not lower, by the nodes that they come from."""
    from torch_mlir import ir

    found = {}

    def look(op):
        if op.name.startswith("torch.") and op.name.split(".")[1] not in ("constant", "prim", "vtensor"):
            found[_name_of(op.location)] = f"torch-mlir does not lower {op.name.removeprefix('torch.')}"
        return ir.WalkResult.ADVANCE

    module.operation.walk(look)
    found.pop(None, None)
    return found


def _name_of(location):
    """The name in a location: that of a node."""
    found = re.search(r'loc\("([^"]+)"', str(location))
    return found and found.group(1)


def _size(size):
    """A size as a number; `None` where it is only known at run time. Tracing may have found out what a symbol stands for."""
    if not isinstance(size, torch.SymInt):
        return int(size)
    return int(size.node.expr) if size.node.expr.is_number else None


def _first_line(error):
    return next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
