"""Gradients of regions as programs: what autograd does to a region is traced to ATen ops, as regions themselves are.

Products stay whole: their decompositions reshape operands, where sizes may be symbols.
"""

import json
import logging
import threading
import warnings

import torch
from torch import fx
from torch.overrides import TorchFunctionMode

from .. import _native, cache
from . import importing, keys
from .importing import Refusal
from .regions import value_of
from .saving import Saving, in_memory_order, split, spread

log = logging.getLogger("flashlight")

_LIBRARY = torch.library.Library("flashlight", "FRAGMENT")
_LIBRARY.define("matmul(Tensor a, Tensor b) -> Tensor")
_LIBRARY.impl("matmul", torch.matmul, "CompositeExplicitAutograd")
torch.library.register_fake("flashlight::matmul", torch.matmul, lib=_LIBRARY)
_WHOLE = torch.ops.flashlight.matmul.default


def _save(ctx, inputs, output):
    ctx.save_for_backward(*inputs)


def _matmul_backward(ctx, gradient):
    a, b = ctx.saved_tensors
    of_a = of_b = None
    if ctx.needs_input_grad[0]:
        of_a = _summed(_WHOLE(gradient, b.transpose(-2, -1)), a)
    if ctx.needs_input_grad[1]:
        of_b = _summed(_WHOLE(a.transpose(-2, -1), gradient), b)
    return of_a, of_b


def _summed(gradient, like):
    """The gradient of a factor, from that of the same along all dims that it is broadcast over."""
    more = gradient.dim() - like.dim()
    gradient = gradient.sum(list(range(more))) if more else gradient
    spread = [dim for dim, size in enumerate(like.shape) if _is_one(size) and not _is_one(gradient.size(dim))]
    return gradient.sum(spread, keepdim=True) if spread else gradient


def _is_one(size):
    return isinstance(size, int) and size == 1


torch.library.register_autograd("flashlight::matmul", _matmul_backward, setup_context=_save, lib=_LIBRARY)

_MATMULS = {"matmul", "__matmul__", "linalg_matmul"}


class _Whole(TorchFunctionMode):
    """Products of several matrices are ops that autograd sees, and not what they are made of; and a softmax does not depend on what its
    argument is shifted by, whatever autograd would compute for that."""

    def __init__(self):
        super().__init__()
        self.shifted = {}  # differences, by identity: both, and what they are of

    def __torch_function__(self, function, types, args=(), kwargs=None):
        kwargs, name = kwargs or {}, getattr(function, "__name__", "")
        tensors = [isinstance(value, torch.Tensor) for value in args]
        if name in _MATMULS and tensors == [True, True] and not kwargs and args[0].dim() > 1 and args[1].dim() > 1:
            return _WHOLE(*args)
        if name == "linear":
            return _linear(*args, **kwargs)
        if name == "softmax" and id(args[0]) in self.shifted:
            _, x, shift = self.shifted[id(args[0])]
            dim = args[1] if len(args) > 1 else kwargs.get("dim")
            if dim is not None and _is_one(shift.size(dim)) and shift.dim() == x.dim():
                args = (x - shift.detach(), *args[1:])
        result = function(*args, **kwargs)
        if name in ("sub", "__sub__", "subtract") and tensors == [True, True] and not kwargs:
            self.shifted[id(result)] = result, *args
        return result


def _linear(x, weight, bias=None):
    if x.dim() < 2 or weight.dim() < 2:
        return torch.nn.functional.linear(x, weight, bias)
    product = _WHOLE(x, weight.transpose(-2, -1))
    return product if bias is None else product + bias


class Gradient:
    """The compiled gradient of a region, for those results that have one and those arguments that need one."""

    def __init__(self, program, places, kept, orders):
        self._program = program
        self._places = places  # of what the program reads, among what the region reads and the gradients of results
        self._kept = kept  # per gradient that is asked for: whether the program has it
        self._orders = orders  # per gradient of the program: the order of dims in memory

    def __call__(self, gradients, values):
        """The gradients of the arguments; `None` where nothing flows back."""
        given = [*values, *gradients]
        results = self._program(*[in_memory_order(given[place], order) for place, order in self._places])
        return spread(results, self._orders, self._kept)


class Gradients:
    """The gradients of a region: one program per set of results that have one and of arguments that need one, or two where forward saves what backward
    reads, compiled when they are first asked for, and kept on disk."""

    def __init__(self, module, mode, how):
        """`how`: what programs are compiled for, and by which options."""
        self._module, self._mode, self._how = module, mode, how
        self._lock, self.found = threading.Lock(), {}
        arguments = [node for node in module.graph.nodes if node.op == "placeholder"]
        self._orders = [node.meta.get("order") for node in arguments]
        self._double = any(isinstance(value_of(node), torch.Tensor) and value_of(node).dtype == torch.float64 for node in arguments)
        results = [value_of(node) for node in module.graph.output_node().args[0]]
        self.all = tuple(place for place, result in enumerate(results) if result.is_floating_point())  # results that may have gradients

    def of(self, given, needed):
        """The gradient for the results and arguments at these places. `None`: PyTorch computes it, as it does in f64, where programs have
        exponentials of f32."""
        return self._get(False, given, needed)

    def saving(self, needed):
        """What computes the region and its gradient for arguments at these places, where all results have gradients. `None`: forward saves nothing."""
        return self._get(True, self.all, needed)

    def _get(self, *what):
        if self._double or not all(what[1:]):
            return None
        with self._lock:
            if what not in self.found:
                self.found[what] = _apart(lambda: self._found(*what))
            return self.found[what]

    def _found(self, *what):
        known = self._known(*what)
        return known[0] if known else self._made(*what)

    def _entry(self, *what):
        """The name of what is kept on disk. `None`: the region cannot be told from others with certainty."""
        if cache.folder() is None:
            return None
        writer = keys.Writer()
        try:
            writer.graph(self._module)
            writer.known_of_sizes()
        except keys.Unknown:
            return None
        parts = keys.versions(), repr(self._mode), writer.text, repr(sorted(self._how.items())), repr(what)
        return f"{cache.key(self._how['target'], *parts)}{cache.CUT}"

    def _known(self, *what):
        """What an earlier process made, or that there is none; empty where none is known to have tried."""
        name = self._entry(*what)
        entry = json.loads(name and cache.read(name) or "null")
        if entry and "refused" in entry:
            return [self._refused(what[0], entry["refused"])]
        artifacts = [cache.artifact(artifact) for artifact in entry["artifacts"]] if entry else [None]
        return [] if None in artifacts else [self._of(artifacts, entry, *what)]

    def _made(self, saves, given, needed):
        sizes, name = _sizes(self._module), self._entry(saves, given, needed)
        guards = sizes and len(sizes.guards)
        try:
            traced, unread = trace(in_memory(self._module), self._mode, given, needed, joint=saves)
            entry = {"arguments": importing.drop_unused_arguments(traced.graph), "unread": unread}
            text, how = importing.lower(traced.graph, locations=False), self._how
            if saves:
                results = len(self._module.graph.output_node().args[0])
                text, entry["parts"] = split(text, results, sum(place >= len(self._orders) for place in entry["arguments"]), how)
                entry["results"] = results
            hows = [{**how, "entry": part, "stage": "raise"} for part, _ in entry["parts"]] if saves else [how]
            artifacts = [importing.fused(text, how) for how in hows]
            found = self._of(artifacts, entry, saves, given, needed)
        except (importing.ImportFailure, Refusal, _native.CompileError) as reason:
            entry, found = {"refused": str(reason)}, self._refused(saves, reason)
        else:
            entry["artifacts"] = [cache.name_of(text, **how) for how in hows]
        # What was found out about sizes would have to be true in another process, too.
        if name and (not sizes or len(sizes.guards) == guards):
            cache.write(name, json.dumps(entry).encode())
        return found

    def _refused(self, saves, reason):
        where = self._module.graph.output_node().args[0][0].name
        if saves:
            log.debug("nothing is saved for the gradient of %s: %s", where, reason)
        else:
            _say(f"{where}: {reason}")

    def _of(self, artifacts, entry, saves, given, needed):
        orders = [*self._orders, *[None] * len(given)]
        kept = [place not in entry["unread"] for place in needed]
        gives = [self._orders[place] for place, has in zip(needed, kept) if has]
        places = [(place, orders[place]) for place in entry["arguments"]]
        if saves:
            return Saving(artifacts, entry["parts"], places, entry["results"], kept, gives)
        return Gradient(_native.Program(*artifacts), places, kept, gives)


def _sizes(module):
    """What is known of the sizes of a region."""
    return value_of(module.graph.output_node().args[0][0]).fake_mode.shape_env


_SAID = set()


def _say(reason):
    if reason not in _SAID:
        _SAID.add(reason)
        warnings.warn(f"flashlight: a gradient is computed by PyTorch: {reason}", stacklevel=2)


def _apart(work):
    """Does something on a thread of its own, where no mode of the caller's is: a gradient may be asked for while PyTorch traces it."""
    found = []

    def run():
        try:
            found.append((work(), None))
        except BaseException as error:
            found.append((None, error))

    thread = threading.Thread(target=run, name="flashlight")
    thread.start()
    thread.join()
    ((result, error),) = found
    if error is not None:
        raise error
    return result


def differentiated(function, values, given, gradients, needed, again=False):
    """The gradients of arguments at the places `needed`, where the results at the places `given` have these, as PyTorch computes them. `None`:
    nothing flows back. `again`: so that they can be differentiated."""
    return _run_and_differentiated(function, values, given, gradients, needed, again)[1]


def _run_and_differentiated(function, values, given, gradients, needed, again=False):
    """The results of a function, and their gradients as above."""
    with torch.enable_grad():
        if not again:
            values = [value.detach().requires_grad_() if place in needed else value for place, value in enumerate(values)]
        results = function(*values)
        pairs = [(results[place], gradient) for place, gradient in zip(given, gradients) if results[place].requires_grad]
        wanted = [values[place] for place in needed]
        if not pairs or not wanted:
            return results, [None] * len(wanted)
        ends, gradients = zip(*pairs)
        return results, torch.autograd.grad(ends, wanted, gradients, allow_unused=True, create_graph=again)


def in_memory(module):
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


def trace(module, mode, given, needed, joint=False):
    """A region's gradient as a graph of ATen ops: a function of what the region reads, and of the gradients of those results that are `given`.
    Its results are the gradients of those arguments that are `needed`, but for those that nothing flows back to, whose places come
    with it. `joint`: the results of the region come before them."""
    replay = importing.Replay(module, lambda _: mode, ())
    values = [value_of(node) for node in module.graph.nodes if node.op == "placeholder"]
    outputs = [value_of(node) for node in module.graph.output_node().args[0]]
    with outputs[0].fake_mode:
        gradients = [torch.empty(outputs[place].shape, dtype=outputs[place].dtype, device=outputs[place].device) for place in given]
    unread = []

    def function(*arguments):
        with _Whole():
            results, found = _run_and_differentiated(replay.run, arguments[: len(values)], given, arguments[len(values) :], needed)
        unread.extend(place for place, gradient in zip(needed, found) if gradient is None)
        found = [gradient for gradient in found if gradient is not None]
        return tuple(tensor.detach() for tensor in ([*results, *found] if joint else found))

    sizes = _sizes(module)
    ignored = sizes.counter["ignored_backward_guard"] if sizes else 0
    try:
        traced = importing.traced_function(function, [*values, *gradients], whole=False)
    except importing.ImportFailure:
        raise
    except Exception as error:
        raise Refusal(f"{type(error).__name__}: {error}") from error
    if sizes and sizes.counter["ignored_backward_guard"] > ignored:
        raise Refusal("it depends on sizes in a way that was not known when the graph was compiled")
    for node in traced.graph.nodes:
        if node.target is _WHOLE:
            node.target = torch.ops.aten.matmul.default
        if node.target in _IDENTITIES:
            node.replace_all_uses_with(node.args[0])
    importing.tidy(traced.graph)
    return traced, unread


_IDENTITIES = {torch.ops.aten.detach.default, torch.ops.aten.alias.default}
