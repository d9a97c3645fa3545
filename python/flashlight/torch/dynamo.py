"""The Dynamo backend: a graph's regions become operators of ours, the rest goes to Inductor."""

import logging
import operator as operators
import warnings
from dataclasses import dataclass, field, fields

import torch
import torch._higher_order_ops.wrap
from torch._subclasses.fake_tensor import FakeTensor

from . import cuts, equal, flex, in_place, opening, ops, regions
from .contexts import Modes
from .importing import ImportFailure

log = logging.getLogger("flashlight")
_WARNED = set()


@dataclass(frozen=True)
class Options:
    """Options of `torch.compile(…, backend="flashlight", options={…})`."""

    # An error where attention stays as it is.
    require_fusion: bool = False
    # Never treat a finite mask value as -inf, nor an added -inf as a mask (docs/numerics.md).
    strict_masks: bool = False
    # How a matrix unit multiplies f32: "split", as right as f32 arithmetic, or "tf32", faster.
    f32: str = "split"
    # In what order sums are added up: "fixed-order", so that equal calls give equal bits. There is no other yet.
    sums: str = "fixed-order"
    # Compare the first call of every region, and of its gradients, with eager, and raise an error where they differ.
    verify: bool = False
    # What compiles the rest: "inductor", "aot_eager" or "eager".
    rest: str = "inductor"
    # Options of Inductor, as `torch.compile` takes them, for the rest.
    inductor: dict = field(default_factory=dict)

    @classmethod
    def of(cls, options):
        """The options of a dictionary."""
        known = {own.name for own in fields(cls)}
        unknown = set(options) - known
        if unknown:
            raise ValueError(f"there is no option {', '.join(sorted(unknown))} (there are: {', '.join(sorted(known))})")
        made = cls(**options)
        for name, choices in {"f32": ("split", "tf32"), "sums": ("fixed-order",), "rest": tuple(_REST)}.items():
            value = getattr(made, name)
            if value not in choices:
                raise ValueError(f"{name} is '{value}', expected {' or '.join(repr(choice) for choice in choices)}")
        return made


class FusionError(RuntimeError):
    """`require_fusion`, and something was not fused."""


@dataclass
class Report:
    """What became of a graph."""

    module: torch.fx.GraphModule
    fused: list  # pairs of a region and its operator
    left: list  # why regions stayed as they are


def backend(module, example_inputs, **given):
    """Compiles a graph of Dynamo's: `torch.compile(model, backend="flashlight")`. A mode, such as "reduce-overhead", is Inductor's."""
    mode = given.pop("mode", None)
    options = Options.of(given.get("options") or given)
    report = transform(module, options, example_inputs)
    _LAST.append(report)
    del _LAST[:-64]
    return _REST[options.rest](report.module, example_inputs, mode, options)


def transform(module, options, inputs=()):
    """Replaces the regions of a graph by operators. Whatever fails, the graph that is returned computes the same."""
    report = Report(module, [], [])
    subclass = next((type(value) for value in inputs if isinstance(value, torch.Tensor) and type(value) not in _PLAIN), None)
    if subclass:
        report.left.append(f"an argument is a {subclass.__name__}, which is a subclass of Tensor")
    else:
        _transform(module, options, report)
    if options.require_fusion and (report.left or not report.fused):
        raise FusionError("not everything was fused:\n  " + "\n  ".join(report.left or ["there is nothing to fuse"]))
    for reason in dict.fromkeys(report.left):
        _warn(reason)
    return report


_PLAIN = {torch.Tensor, torch.nn.Parameter, torch.nn.Buffer, FakeTensor}


def _transform(module, options, report):
    for body in _bodies(module):
        _transform(body, options, report)
    tensors = [regions.value_of(node) for node in module.graph.nodes if node.op == "placeholder" and regions.is_tensor(node)]
    if not tensors:
        return
    try:
        for device in {tensor.device for tensor in tensors if tensor.device.type == "cuda"}:
            ops.gpu_target(device)
    except ops.Refusal as refusal:
        report.left.append(str(refusal))
        return
    try:
        opening.open_functions(module)
    except Exception as error:
        report.left.append(f"{type(error).__name__}: {error}")
    _reshape_views(module)
    in_place.make_values(module)
    flexible, replaced, depth = flex.simplify(module.graph), {}, torch._C._functorch.get_dynamic_layer_stack_depth()
    fused, place = [], cuts.of(module, options)
    known = place and place.find(options)
    try:
        if known:
            report.left.extend(known.left)
            known.merge()
            fused.extend(known.fused(options))
            opaque = known.opaque
        else:
            opaque = _cut(module, options, place, fused, report.left)
        replaced = _replace_all(module.graph, fused)
        regions.sort(module.graph, opaque)
    except Exception as error:
        if options.require_fusion:
            raise
        log.debug("flashlight failed", exc_info=True)
        report.left.append(f"{type(error).__name__}: {error}")
    finally:
        flex.restore(flexible, replaced)
        torch._C._functorch.pop_dynamic_layer_stack_and_undo_to_depth(depth)
    report.fused.extend(fused)
    if not known:
        module.graph.lint()
    module.recompile()


def _cut(module, options, place, fused, left):
    """Finds the regions of a graph, with their operators, and why others are none; what was found is kept. Gives the nodes that stay what and
    where they are, by name."""
    merged, opaque, reasons = {}, {}, []
    try:
        modes = Modes(module.graph)
        found = regions.discover(module, options, modes)
        merged, opaque = equal.merge(module.graph, found, modes), found.opaque
        cut, why = regions.cut(module, found, modes)
        reasons = why + found.refusals
        for region in cut:
            try:
                fused.append((region, ops.op_of(region, options)))
            except ops.Refusal as refusal:
                reasons.append(f"{region.nodes[-1].name}: {refusal}")
    except ImportFailure as failure:
        reasons = [f"the graph cannot be imported: {failure}"]
    left.extend(reasons)
    if place:
        place.keep(merged, opaque, fused, reasons)
    return opaque


def _bodies(module):
    """The graphs of activation checkpoints: they run as they are written."""
    names = [node.args[0].target for node in module.graph.nodes if node.op == "call_function" and node.target in _CHECKPOINTS]
    return [getattr(module, name) for name in dict.fromkeys(names)]


_CHECKPOINTS = {torch.ops.higher_order.tag_activation_checkpoint, torch.ops.higher_order.wrap_activation_checkpoint}


def _warn(reason):
    if reason not in _WARNED:
        _WARNED.add(reason)
        warnings.warn(f"flashlight: not fused: {reason}", stacklevel=2)


def _reshape_views(module):
    """A view of what a region writes may have to be a copy: it lies otherwise than what eager computes."""
    for node in module.graph.nodes:
        if node.target is torch.ops.aten.view.default:
            node.target = torch.ops.aten.reshape.default
        if node.op == "call_method" and node.target == "view":
            sizes = [*node.args[1:], *node.kwargs.values()]
            if not any(isinstance(size, torch.dtype) for size in sizes):
                node.target = "reshape"


def _replace_all(graph, fused):
    """Puts a call in the place of each region, and takes away what nothing reads any more. Gives what stands for the values of regions."""
    replaced = {}
    for region, operator in fused:
        with graph.inserting_before(region.before):
            arguments = tuple(_argument(graph, replaced.get(node, node), region) for node in region.inputs)
            call = graph.call_function(operator.target, arguments)
            values = tuple(node.meta["example_value"] for node in region.outputs)
            call.meta["example_value"] = values[0] if len(values) == 1 else values
            made = [call]
            if len(values) > 1:
                made = [graph.call_function(operators.getitem, (call, number)) for number in range(len(values))]
        call.meta["stack_trace"] = region.outputs[0].meta.get("stack_trace")
        for node, result in zip(region.outputs, made):
            result.meta["example_value"] = node.meta["example_value"]
            replaced[node] = result
    members = {node for region, _ in fused for node in region.nodes}
    for node, result in replaced.items():
        node.replace_all_uses_with(result, delete_user_cb=lambda user: user not in members)
    for node in reversed(list(graph.nodes)):
        if node in members and not node.users:
            graph.erase_node(node)
    return replaced


def _argument(graph, node, region):
    """What an operator is given for a value that its region reads: a float as a tensor. It is made by a product, which PyTorch knows to
    compute with the tensor that a number comes in; for other ops, every number would be a graph of its own."""
    value = node.meta["example_value"]
    if not isinstance(value, torch.SymFloat):
        return node
    dtype, device = ops.number_of(region)
    one = graph.call_function(torch.ones, ((),), {"dtype": dtype, "device": device})
    return graph.call_function(torch.mul, (one, node))


def _inductor(module, inputs, mode, options):
    from torch._inductor import list_mode_options
    from torch._inductor.compile_fx import compile_fx

    chosen = {**(list_mode_options(mode) if mode else {}), **options.inductor}
    # Inductor keeps buffers that nothing reads any more for those of the same size that come later, such as a layer's keys for the next
    # layer's, all through what is between. Where values are large, that costs more memory than allocations cost time.
    if any(_is_large(regions.value_of(node)) for node in module.graph.nodes if node.op.startswith("call")):
        chosen.setdefault("allow_buffer_reuse", False)
    return compile_fx(module, inputs, config_patches=chosen)


def _is_large(value):
    return isinstance(value, torch.Tensor) and value.is_cuda and regions.elements_of(value) * value.itemsize >= _LARGE


_LARGE = 8 << 20  # bytes: a kernel takes longer to write them than its memory takes to be allocated


def _aot_eager(module, inputs, *_):
    from torch._dynamo.backends.debugging import aot_eager

    return aot_eager(module, inputs)


def _eager(module, *_):
    return module.forward


_REST = {"inductor": _inductor, "aot_eager": _aot_eager, "eager": _eager}
_LAST = []
