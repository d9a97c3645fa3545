"""Regions as operators of PyTorch: `flashlight::region_…`, each with a fake implementation and a gradient.

A gradient computes the region again from its inputs, so that nothing larger is kept for it; that, too, is one operator, and nothing
that it computes on the way can be kept instead.
"""

import contextlib
import hashlib
import threading

import torch
from torch import fx

from .. import _native, cache
from . import importing, keys
from .importing import ImportFailure
from .regions import order_of, value_of

_LIBRARY = torch.library.Library("flashlight", "FRAGMENT")
_LOCK = threading.Lock()
_OPS = {}
# What programs of an operator are for.
FORWARD = "forward"


class Refusal(Exception):
    """A region that is left as it is, and why."""


class RegionOp:
    """The operator of regions that compute the same."""

    def __init__(self, key, module, mode, programs, record, options):
        self.name, self.module, self.mode = f"region_{key[:12]}", module, mode
        self.record = record  # what it is made of, for other processes
        self.program, self.arguments = programs[FORWARD], record["programs"][FORWARD]["arguments"]
        self.unverified = options.verify
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
        names = self.name, f"{self.name}_kernel", f"{self.name}_backward"
        for name in names[:2]:
            _LIBRARY.define(f"{name}({parameters}) -> ({results})", tags=(torch.Tag.needs_exact_strides,))
        _LIBRARY.define(f"{names[2]}(Tensor[] gradients, Tensor[] tensors, SymInt[] sizes, bool[] needed) -> Tensor[]")
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
            if self.unverified:
                self._verify(values, (results,) if single else results)
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

        def backward(gradients, parts, sizes, needed):
            with torch.enable_grad():
                parts = [part.detach().requires_grad_(need) for part, need in zip(parts, needed)]
                results = self.eager(*join(parts, sizes))
            wanted = [part for part in parts if part.requires_grad]
            pairs = [(result, gradient) for result, gradient in zip(results, gradients) if result.requires_grad]
            found = [None] * len(wanted)
            if pairs and wanted:
                outputs, given = zip(*pairs)
                found = torch.autograd.grad(outputs, wanted, given, allow_unused=True)
            return [_owned(part, gradient) for part, gradient in zip(wanted, found)]

        def fake_backward(gradients, parts, sizes, needed):
            return [torch.empty(part.shape, dtype=part.dtype, device=part.device) for part, need in zip(parts, needed) if need]

        class Differentiable(torch.autograd.Function):
            @staticmethod
            def forward(ctx, *values):
                ctx.save_for_backward(*[value for value, tensor in zip(values, tensors) if tensor])
                ctx.sizes = [value for value, tensor in zip(values, tensors) if not tensor]
                with torch._C._AutoDispatchBelowAutograd():
                    return kernel(*values)

            @staticmethod
            def backward(ctx, *gradients):
                needed = [need for need, tensor in zip(ctx.needs_input_grad, tensors) if tensor]
                operator = getattr(torch.ops.flashlight, names[2])
                found = iter(operator(list(gradients), list(ctx.saved_tensors), ctx.sizes, needed))
                return tuple(next(found) if need else None for need in ctx.needs_input_grad)

        def differentiable(*values):
            if torch.is_grad_enabled() and torch._C._any_requires_grad(*values):
                return Differentiable.apply(*values)
            return kernel(*values)

        for device in ("CPU", "CUDA"):
            for name in names[:2]:
                _LIBRARY.impl(name, verified if self.unverified else run, device)
            _LIBRARY.impl(names[2], backward, device)
        _LIBRARY.impl(names[0], differentiable, "Autograd")
        _LIBRARY.impl(names[1], torch.library.fallthrough_kernel, "Autograd")
        for name, made in zip(names, (fake, fake, fake_backward)):
            torch.library.register_fake(f"flashlight::{name}", made, lib=_LIBRARY)

    def _verify(self, values, results):
        """Compares with the same in f64 where that can be computed, else with eager, by the rule of the compiler's own `--verify`: errors are at
        most four times those of eager, or the tolerance of the element type."""
        self.unverified = False
        with torch.no_grad():
            eager, truth = self.eager(*values), self._truth(values)
        for number, (ours, theirs) in enumerate(zip(results, eager)):
            if ours.shape != theirs.shape or ours.dtype != theirs.dtype:
                raise RuntimeError(f"flashlight: result {number} of {self.name} is {ours.shape}, {ours.dtype}")
            true = theirs if truth is None or not ours.is_floating_point() else truth[number]
            error, honest = _distance(ours, true), _distance(theirs, true)
            allowed = max(4 * honest, _tolerance(ours.dtype) * max(1.0, _largest(true)))
            if not error <= allowed:
                text = f"result {number} of {self.name} is off by {error:.3e}, more than {allowed:.3e}"
                raise RuntimeError(f"flashlight: {text}\n{_lowered(self.module, self.mode)[0]}")

    def _truth(self, values):
        """The region in f64. `None`: it casts to other types on the way, and has no such form."""
        wide = [value.double() if isinstance(value, torch.Tensor) and value.is_floating_point() else value for value in values]
        try:
            results = self.module.forward(*wide)
        except RuntimeError:
            return None
        narrow = any(result.is_floating_point() and result.dtype != torch.float64 for result in results)
        return None if narrow else results


def _tolerance(dtype):
    # Exponentials are those of f32, whatever the type.
    names = {torch.float64: "f32", torch.float32: "f32", torch.float16: "f16", torch.bfloat16: "bf16"}
    return _native.TOLERANCES[names[dtype]] if dtype in names else 0.0


def _owned(part, gradient):
    """A gradient as a new tensor: what an operator returns is no input of it, and no other result."""
    if gradient is None:
        return torch.zeros(part.shape, dtype=part.dtype, device=part.device)
    return gradient.clone(memory_format=torch.contiguous_format)


def _distance(one, other):
    same = (one == other) | (one.isnan() & other.isnan())
    difference = torch.where(same, 0.0, (one.double() - other.double()).abs())
    return difference.max().item() if difference.numel() else 0.0


def _largest(tensor):
    finite = tensor[tensor.isfinite()]
    return finite.abs().max().item() if finite.numel() else 0.0


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


def _in_order(module):
    """A region whose arguments have their dims in the order in which they lie in memory."""
    graph, environment = fx.Graph(), {}
    for node in module.graph.nodes:
        copy = environment[node] = graph.node_copy(node, environment.get)
        copy.name = node.name
        order = node.meta.get("order")
        if order:
            copy.meta["example_value"] = value_of(node).permute(order)
            environment[node] = graph.call_method("permute", (copy, tuple(order.index(dim) for dim in range(len(order)))))
    return fx.GraphModule(module, graph)


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
    """What tells an operator from others: the hash of what it computes, and how."""
    return hashlib.sha256(f"{structure} {options}".encode()).hexdigest()


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
    """A region's graph of ATen ops, and what the region is compiled for."""
    values = [value_of(node) for node in module.graph.nodes if node.op == "placeholder"]
    target = target_of(values, [value_of(node) for node in module.graph.output_node().all_input_nodes])
    return importing.trace(module, values, lambda node: mode), target


def account_of(operator, options):
    """What the compiler says of an operator, with the names of nodes as locations: those of the first region that it is."""
    traced, target = _traced(operator.module, operator.mode)
    importing.drop_unused_arguments(traced.graph)
    return _native.explain(importing.lower(traced.graph), target=target, strict_masks=options.strict_masks)


def _compile(structure, module, region, options):
    try:
        text, target, arguments = _lowered(module, region.mode)
        how = {"target": target, "strict_masks": options.strict_masks, "f32": options.f32}
        artifact = cache.compiled(text, **how)
        if artifact.kernels == 0 or artifact.chains:
            raise Refusal("; ".join(artifact.refusals) or "nothing of it is fused")
        program = _native.Program(artifact)
    except ImportFailure as failure:
        return Refusal(str(failure))
    except _native.CompileError as error:
        return Refusal(str(error))
    except Refusal as refusal:
        return refusal
    record = {"structure": structure, "programs": {FORWARD: {"artifact": cache.name_of(text, **how), "arguments": arguments}}}
    return RegionOp(_key(structure, options), module, region.mode, {FORWARD: program}, record, options)


def _lowered(module, mode):
    """A region as MLIR, what it is compiled for, and the places of the arguments that it reads."""
    traced, target = _traced(_in_order(module), mode)
    arguments = importing.drop_unused_arguments(traced.graph)
    return importing.lower(traced.graph, locations=False), target, arguments
