"""Regions as operators of PyTorch: `flashlight::region_…`, each with a fake implementation and a gradient.

A gradient is one operator, too, and computes from what the region reads, its results, and statistics of rows that it saves (`saving.py`), so that nothing
larger is kept for it; or from what the region reads alone, by a program of its own (`gradient.py`), or, where there is none, by the region again in
eager PyTorch.
"""

import contextlib
import hashlib
import threading

import torch
from torch import fx

from .. import _native, cache
from . import importing, keys, verifying
from .gradient import Gradients, differentiated, in_memory
from .importing import ImportFailure, Refusal
from .regions import order_of, value_of
from .saving import in_order

_LIBRARY = torch.library.Library("flashlight", "FRAGMENT")
_LOCK = threading.Lock()
_OPS = {}
# What programs of an operator are for.
FORWARD = "forward"


class RegionOp:
    """The operator of regions that compute the same."""

    def __init__(self, key, module, mode, programs, record, options):
        self.name, self.module, self.mode = f"region_{key[:12]}", module, mode
        self.record = record  # what it is made of, for other processes
        self.program, self.arguments = programs[FORWARD], record["programs"][FORWARD]["arguments"]
        self.gradients = Gradients(module, mode, _how(module, options))
        self.verify, self._verified = options.verify, set()
        self._define([node for node in module.graph.nodes if node.op == "placeholder"])

    @property
    def target(self):
        """What nodes of graphs call."""
        return getattr(torch.ops.flashlight, self.name).default

    @property
    def kernel(self):
        """The operator below autograd: what remains where nothing asks for gradients."""
        return getattr(torch.ops.flashlight, f"{self.name}_kernel").default

    def eager(self, *values):
        """The region as PyTorch computes it."""
        with self.mode.autocasting():
            return self.module(*values)

    def _define(self, placeholders):
        tensors = [isinstance(node.meta["example_value"], torch.Tensor) for node in placeholders]
        parameters = ", ".join(f"{'Tensor' if tensor else 'SymInt'} a{n}" for n, tensor in enumerate(tensors))
        count = len(self.module.graph.output_node().args[0])
        results = ", ".join(["Tensor"] * count)
        names = self.name, f"{self.name}_kernel", f"{self.name}_backward", f"{self.name}_saving"
        for name in names[:2]:
            _LIBRARY.define(f"{name}({parameters}) -> ({results})", tags=(torch.Tag.needs_exact_strides,))
        backward_parameters = "Tensor[] gradients, Tensor[] tensors, SymInt[] sizes, Tensor[] made, bool[] given, bool[] needed"
        saving_parameters = "Tensor[] tensors, SymInt[] sizes, bool[] needed"
        for name, own in ((names[2], backward_parameters), (names[3], saving_parameters)):
            _LIBRARY.define(f"{name}({own}) -> Tensor[]", tags=(torch.Tag.needs_exact_strides,))
        kernel = self.kernel
        single = count == 1
        orders = [node.meta.get("order") for node in placeholders]
        operands = [(place, orders[place]) for place in self.arguments]

        program, plain = self.program, operands == [(place, None) for place in range(len(tensors))]

        def run(*values):
            if not plain:
                values = [values[place].permute(order) if order else values[place] for place, order in operands]
            results = program(*values)
            return results[0] if single else results

        def verified(*values):
            results = run(*values)
            if self._is_first("results"):
                verifying.check(self, values, (results,) if single else results)
            return results

        def fake(*values):
            mode = torch._guards.detect_fake_mode(values)
            # Sizes of what is computed on the way are nobody's.
            own = mode.shape_env.ignore_fresh_unbacked_symbols() if mode and mode.shape_env else contextlib.nullcontext()
            with own:
                results = self.eager(*values)
            results = tuple(torch.empty(like.shape, dtype=like.dtype, device=like.device) for like in results)
            return results[0] if single else results

        def join(parts, sizes):
            parts, sizes = iter(parts), iter(sizes)
            return [next(parts) if tensor else next(sizes) for tensor in tensors]

        places = [place for place, tensor in enumerate(tensors) if tensor]

        def asked(given, needed):
            """The places of results that have gradients, and of arguments that need them."""
            return tuple(place for place, has in enumerate(given) if has), tuple(place for place, need in zip(places, needed) if need)

        def saving(parts, sizes, needed):
            values = join(parts, sizes)
            made = self.gradients.saving(asked((), needed)[1]).forward(values)
            if self._is_first("saving"):
                verifying.check(self, values, made[:count])
            return made

        def fake_saving(parts, sizes, needed):
            values = join(parts, sizes)
            results = [fake(*values)] if single else fake(*values)
            saved = self.gradients.saving(asked((), needed)[1]).saved(values)
            return [*results, *(torch.empty(shape, dtype=dtype, device=results[0].device) for dtype, shape in saved)]

        def backward(gradients, parts, sizes, made, given, needed):
            values, (given, needed) = join(parts, sizes), asked(given, needed)
            compiled = self.gradients.saving(needed) if made else self.gradients.of(given, needed)
            if compiled is None:
                found = differentiated(self.eager, values, given, gradients, needed)
            else:
                found = compiled.backward(gradients, values, made) if made else compiled(gradients, values)
                if self._is_first((given, needed, bool(made))):
                    verifying.check_gradients(self, values, given, gradients, needed, found)
            return [_owned(values[place], gradient, orders[place], compiled is None) for place, gradient in zip(needed, found)]

        def fake_backward(gradients, parts, sizes, made, given, needed):
            values, (given, needed) = join(parts, sizes), asked(given, needed)
            if not made:
                self.gradients.of(given, needed)
            return [_new(torch.empty, values[place], orders[place]) for place in needed]

        class Differentiable(torch.autograd.Function):
            @staticmethod
            def forward(ctx, *values):
                parts = [value for value, tensor in zip(values, tensors) if tensor]
                ctx.sizes = [value for value, tensor in zip(values, tensors) if not tensor]
                ctx.set_materialize_grads(False)
                needed = [need for need, tensor in zip(ctx.needs_input_grad, tensors) if tensor]
                with torch._C._AutoDispatchBelowAutograd():
                    if self.gradients.saving(asked((), needed)[1]) is None:
                        made, results = [], kernel(*values)
                    else:
                        made = getattr(torch.ops.flashlight, names[3])(parts, ctx.sizes, needed)
                        results = made[0] if single else tuple(made[:count])
                ctx.save_for_backward(*parts, *made)
                return results

            @staticmethod
            def backward(ctx, *gradients):
                given = [gradient is not None for gradient in gradients]
                gradients = [gradient for gradient in gradients if gradient is not None]
                needed = [need for need, tensor in zip(ctx.needs_input_grad, tensors) if tensor]
                parts, made = list(ctx.saved_tensors[: len(places)]), list(ctx.saved_tensors[len(places) :])
                if torch.is_grad_enabled():
                    # Somebody differentiates the gradient.
                    given, needed = asked(given, needed)
                    found = differentiated(self.eager, join(parts, ctx.sizes), given, gradients, needed, again=True)
                else:
                    if asked(given, ())[0] != self.gradients.all:
                        made = []  # it is for gradients of all results
                    operator = getattr(torch.ops.flashlight, names[2])
                    found = operator(gradients, parts, ctx.sizes, made, given, needed)
                found = iter(found)
                return tuple(next(found) if need else None for need in ctx.needs_input_grad)

        def differentiable(*values):
            if torch.is_grad_enabled() and torch._C._any_requires_grad(*values):
                return Differentiable.apply(*values)
            return kernel(*values)

        for device in ("CPU", "CUDA"):
            for name in names[:2]:
                _LIBRARY.impl(name, verified if self.verify else run, device)
            _LIBRARY.impl(names[2], backward, device)
            _LIBRARY.impl(names[3], saving, device)
        _LIBRARY.impl(names[0], differentiable, "Autograd")
        _LIBRARY.impl(names[1], torch.library.fallthrough_kernel, "Autograd")
        for name, made in zip(names, (fake, fake, fake_backward, fake_saving)):
            torch.library.register_fake(f"flashlight::{name}", made, lib=_LIBRARY)

    def text(self):
        """What was compiled, for people."""
        return _lowered(self.module, self.mode)[0]

    def _is_first(self, what):
        """Whether a call is to be compared with eager, as the first of its kind is if that was asked for."""
        first = self.verify and what not in self._verified
        self._verified.add(what)
        return first


def _new(make, like, order):
    """A new tensor like another, whose dims lie in memory in an order."""
    sizes = [like.size(dim) for dim in order] if order else like.shape
    return in_order(make(sizes, dtype=like.dtype, device=like.device), order)


def _owned(part, gradient, order, foreign):
    """A gradient as a new tensor: what an operator returns is no input of it, and no other result."""
    if gradient is None:
        return _new(torch.zeros, part, order)
    return _new(torch.empty, part, order).copy_(gradient) if foreign else gradient


def module_of(region):
    """A region as a graph of its own."""
    root, graph, environment = {}, fx.Graph(), {}
    for number, node in enumerate(region.inputs):
        environment[node] = graph.placeholder(f"a{number}")
        environment[node].meta = {"example_value": _as_argument(node, region), "order": order_of(value_of(node))}
    owner = region.nodes[0].graph.owning_module
    for node in region.nodes:
        copy = graph.node_copy(node, lambda used: environment[used] if used in environment else value_of(used))
        copy.name, environment[node] = node.name, copy
        if node.op == "get_attr":
            root[node.target] = keys.attribute(owner, node.target)
    graph.output(tuple(environment[node] for node in region.outputs))
    return fx.GraphModule(root, graph)


def _as_argument(node, region):
    """The value that a region has for a node that it reads: a float that is only known at run time is a tensor of one element."""
    value = value_of(node)
    if not isinstance(value, torch.SymFloat):
        return value
    dtype, device = number_of(region)
    like = next(value_of(used) for used in region.inputs if isinstance(value_of(used), torch.Tensor))
    with like.fake_mode:
        return torch.empty((), dtype=dtype, device=device)


def number_of(region):
    """The type that a region reads numbers in, which PyTorch computes in with a number and such tensors, and the device."""
    tensors = [value for value in map(value_of, region.inputs) if isinstance(value, torch.Tensor)]
    double = any(tensor.dtype == torch.float64 for tensor in tensors)
    return torch.float64 if double else torch.float32, tensors[0].device


def _structure(module, mode):
    """What a region computes, as text: equal for equal layers."""
    number, lines = {}, [repr(mode)]
    for node in module.graph.nodes:
        number[node] = len(number)
        value = node.meta.get("example_value")
        shown = ""
        if node.op == "placeholder":
            shown = f"{tuple(value.shape)} {value.dtype} {value.device}" if isinstance(value, torch.Tensor) else str(value)
            shown += f" {node.meta.get('order')}"
        if node.op == "get_attr":
            shown = keys.of_constant(keys.attribute(module, node.target))
        arguments = fx.node.map_arg((node.args, node.kwargs), lambda used: f"%{number[used]}")
        lines.append(f"{node.op} {keys.shown(node)} {arguments} {shown}")
    return "\n".join(lines)


def _key(structure, options):
    """What tells an operator from others, those of other versions, too: Inductor keeps code that calls it by its name."""
    return cache.key("cpu", keys.versions(), structure, repr(options))


def target_of(values, results=()):
    """What a region of these arguments and results is compiled for."""
    tensors = [value for value in values if isinstance(value, torch.Tensor)]
    # A scalar of the CPU is a number to a program on a GPU.
    devices = {tensor.device for tensor in tensors if tensor.dim() > 0 or tensor.device.type != "cpu"} or {torch.device("cpu")}
    devices |= {result.device for result in results}
    kinds = {device.type for device in devices}
    if kinds == {"cpu"}:
        return "cpu"
    if kinds == {"cuda"} and len(devices) == 1:
        return gpu_target(*devices)
    raise Refusal(f"its tensors are on {', '.join(sorted(map(str, devices)))}")


# Compute capabilities and what is compiled for them.
_GPUS = {(9, 0): "sm_90a"}


def gpu_target(device):
    """What is compiled for a GPU. A refusal: it is none of ours."""
    capability = torch.cuda.get_device_capability(device)
    if capability in _GPUS:
        return _GPUS[capability]
    known = ", ".join(f"{major}.{minor}" for major, minor in _GPUS)
    shown = ".".join(map(str, capability))
    raise Refusal(f"{torch.cuda.get_device_name(device)} has compute capability {shown}, and there are kernels for {known} only")


def op_of(region, options):
    """The operator of a region, compiled if there is none yet."""
    module = module_of(region)
    found = _found_or_compiled(module, region, options)
    if isinstance(found, Refusal) and _fix_widths(region):
        found = _found_or_compiled(module, region, options)
    if isinstance(found, Refusal):
        raise found
    return found


def _found_or_compiled(module, region, options):
    structure = hashlib.sha256(_structure(module, region.mode).encode()).hexdigest()
    key = _key(structure, options)
    with _LOCK:
        found = _OPS.get(key)
        if found is None:
            found = _OPS[key] = _compile(structure, module, region, options)
    return found


def loaded(record, options):
    """The programs of an operator that an earlier process compiled, by what they are for; none if there is the operator. `None`: they are gone."""
    with _LOCK:
        if isinstance(_OPS.get(_key(record["structure"], options)), RegionOp):
            return record, {}
    artifacts = {role: cache.artifact(program["artifact"]) for role, program in record["programs"].items()}
    if None in artifacts.values():
        return None
    return record, {role: _native.Program(artifact) for role, artifact in artifacts.items()}


def op_known(region, options, record, programs):
    """The operator of a region, of what `loaded` gave."""
    key = _key(record["structure"], options)
    with _LOCK:
        if not isinstance(_OPS.get(key), RegionOp):
            _OPS[key] = RegionOp(key, module_of(region), region.mode, programs, record, options)
        return _OPS[key]


def _fix_widths(region):
    """Makes symbols constants that are only ever the last size of what a region reads, such as the width of heads: another size is another
    graph to Dynamo then. Says whether there was one."""
    values = [value_of(node) for node in region.inputs]
    shapes = [value.shape for value in values if isinstance(value, torch.Tensor)]
    last = {size.node.expr: size for shape in shapes for size in shape[-1:] if _is_symbol(size)}
    elsewhere = [size for shape in shapes for size in shape[:-1]] + [value for value in values if not isinstance(value, torch.Tensor)]
    for size in elsewhere:
        if _is_symbol(size):
            last.pop(size.node.expr, None)
    for size in last.values():
        int(size)
    return bool(last)


def _is_symbol(size):
    return isinstance(size, torch.SymInt) and size.node.expr.is_symbol and size.node.hint is not None


def _traced(module, mode):
    """A region's graph of ATen ops."""
    values = [value_of(node) for node in module.graph.nodes if node.op == "placeholder"]
    return importing.trace(module, values, lambda node: mode)


def account_of(operator, options):
    """What the compiler says of an operator, with the names of nodes as locations: those of the first region that it is."""
    traced = _traced(operator.module, operator.mode)
    importing.drop_unused_arguments(traced.graph)
    return _native.explain(importing.lower(traced.graph), target=_how(operator.module, options)["target"], strict_masks=options.strict_masks)


def _how(module, options):
    """What a region is compiled for, and how."""
    values = [value_of(node) for node in module.graph.nodes if node.op == "placeholder"]
    target = target_of(values, [value_of(node) for node in module.graph.output_node().all_input_nodes])
    return {"target": target, "strict_masks": options.strict_masks, "f32": options.f32}


def _compile(structure, module, region, options):
    try:
        how = _how(module, options)
        text, arguments = _lowered(module, region.mode)
        program = _native.Program(importing.fused(text, how))
    except (ImportFailure, _native.CompileError) as failure:
        return Refusal(str(failure))
    except Refusal as refusal:
        return refusal
    record = {"structure": structure, "programs": {FORWARD: {"artifact": cache.name_of(text, **how), "arguments": arguments}}}
    return RegionOp(_key(structure, options), module, region.mode, {FORWARD: program}, record, options)


def _lowered(module, mode):
    """A region as MLIR, and the places of the arguments that it reads."""
    traced = _traced(in_memory(module), mode)
    arguments = importing.drop_unused_arguments(traced.graph)
    return importing.lower(traced.graph, locations=False), arguments
