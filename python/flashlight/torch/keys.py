"""What tells graphs of Dynamo's apart, as text: that of graphs which become the same is the same in every process.

Nodes are told by their places and symbols by the order in which they appear, whatever they are called. What cannot be told apart with
certainty has no text: functions that are not PyTorch's own, whose meaning may be another tomorrow, and objects of unknown kinds.
"""

import builtins
import functools
import hashlib
import importlib.util
import math
import operator
import os
import re
import sys
from pathlib import Path

import torch
from torch import fx
from torch._subclasses.fake_tensor import FakeTensor
from torch.fx.experimental.symbolic_shapes import free_unbacked_symbols
from torch.fx.immutable_collections import immutable_dict, immutable_list

from . import flex
from .contexts import Mode, is_transformed
from .regions import order_of, storage_of

# Of larger tensors, what they hold is not looked at.
LIMIT = 1 << 20


class Unknown(Exception):
    """Something that cannot be told apart with certainty."""


@functools.cache
def versions():
    """What the cut of a graph, and gradients of its regions, depend on, apart from the graph."""
    digest, own = hashlib.sha256(), Path(__file__).parent
    for path in sorted([*own.glob("*.py"), *own.parent.glob("*.py")]):
        digest.update(path.read_bytes())
    importer = importlib.util.find_spec("torch_mlir")
    places = list(importer.submodule_search_locations or ()) if importer else []
    times = [(place, os.stat(place).st_mtime_ns) for place in places]
    return f"{sys.version_info[:3]} {torch.__version__} {torch.version.git_version} {times} {digest.hexdigest()}"


def attribute(owner, path):
    """An attribute of an object by its path."""
    return functools.reduce(getattr, path.split("."), owner)


def of_graph(module):
    """A graph as text, and what it is made with."""
    writer = Writer()
    writer.ambient()
    writer.graph(module)
    writer.known_of_sizes()
    return writer


def of_constant(value):
    """What a graph has as an attribute, as text: of graphs what they compute, of others which one it is."""
    writer = Writer()
    try:
        writer.graph(value)
        return writer.text
    except (Unknown, AttributeError):
        return str(id(value))


def shown(node):
    """What a node calls, as text."""
    if node.op != "call_function":
        return node.target if node.op == "call_method" else ""
    try:
        return name_of(node.target)
    except Unknown:
        return f"{node.target.__module__}.{node.target}"


@functools.cache
def name_of(target):
    """The name of a function that has one meaning in one version of PyTorch."""
    if isinstance(target, torch._ops.HigherOrderOperator):
        if target.name() in _OF_GRAPHS:
            return f"higher_order.{target.name()}"
        raise Unknown(f"{target.name()} of unknown arguments")
    if isinstance(target, torch._ops.OpOverload):
        return _name_of_op(target)
    if isinstance(target, torch._ops.OpOverloadPacket):
        return " ".join(_name_of_op(getattr(target, name)) for name in target.overloads())
    if target is flex.attention:
        return "flashlight.attention"
    name = getattr(target, "__name__", "")
    module = getattr(target, "__module__", None) or ""
    for path, inner in ((module, getattr(target, "__qualname__", name)), (module, name), ("torch", name), ("torch._C._nn", name)):
        if _is_trusted(path) and _found(path, inner) is target and _is_as_written(target):
            return f"{path}.{inner}"
    raise Unknown(f"{module}.{name} is no function of PyTorch's")


# Operators whose arguments are values and graphs.
_OF_GRAPHS = {"flex_attention", "tag_activation_checkpoint", "wrap_activation_checkpoint", "autograd_function_apply"}
_OF_GRAPHS |= {"cond", "while_loop", "wrap_with_set_grad_enabled", "wrap_with_autocast"}
_BUILTIN = {"aten", "prim", "prims", "flashlight"}
_TRUSTED = {"torch", builtins.__name__, math.__name__, operator.add.__module__}


def _name_of_op(op):
    """An operator of another library is what its schema says, unless it stands for others that a tracer sees."""
    if op.namespace in _BUILTIN:
        return op.name()
    composite = torch._C.DispatchKey.CompositeImplicitAutograd
    if composite in op.py_kernels or torch._C._dispatch_has_kernel_for_dispatch_key(op.name(), "CompositeImplicitAutograd"):
        raise Unknown(f"{op.name()} is made of other operators")
    return str(op._schema)


def _is_trusted(path):
    return path.partition(".")[0] in _TRUSTED


def _found(path, name):
    try:
        return attribute(sys.modules[path], name)
    except (KeyError, AttributeError):
        return None


def _is_as_written(target):
    """Whether a function is the one that PyTorch has in its files, and nothing that was put into its place."""
    code = getattr(target, "__code__", None)
    return code is None or os.path.abspath(code.co_filename).startswith(_FILES)


_FILES = os.path.dirname(os.path.abspath(torch.__file__)) + os.sep
_PLAIN = {type(None), bool, int, float, complex, str, bytes, type(...), torch.dtype, torch.device, torch.layout, torch.memory_format}
_SYMBOLIC = {torch.SymInt, torch.SymFloat, torch.SymBool}


class Writer:
    """Writes the text of graphs."""

    def __init__(self):
        self.lines, self.places = [], {}
        self.symbols, self.storages, self.tensors = {}, {}, {}
        self.sizes = {}  # values that are nothing but a symbol, by its name
        self.environment = None  # what is known of symbols
        self.devices = set()
        self.plain, self.shown = set(), {}  # kinds of tensors, and their texts

    @property
    def text(self):
        return "\n".join(self.lines)

    def graph(self, module):
        outer, self.places = self.places, {}
        write, places = self.value, self.places
        for node in module.graph.nodes:
            target = self._target(module, node)
            arguments = [places[used] if type(used) is fx.Node else write(used) for used in node.args]
            keywords = write(node.kwargs) if node.kwargs else ""
            value = write(node.meta["example_value"]) if "example_value" in node.meta else ""
            self.lines.append(f"{node.op} {target} {', '.join(arguments)} {keywords} = {value}")
            places[node] = f"%{len(places)}"
        self.places = outer

    def _target(self, module, node):
        if node.op == "call_function":
            return name_of(node.target)
        if node.op == "call_method":
            return node.target
        if node.op in ("placeholder", "output"):
            return ""
        if node.op != "get_attr":
            raise Unknown(node.op)
        found = attribute(module, node.target)
        if isinstance(found, fx.GraphModule):
            self.lines.append("(")
            self.graph(found)
            self.lines.append(")")
            return "graph"
        return self.value(found)

    def value(self, value):
        kind = type(value)
        if kind is fx.Node:
            return self.places[value]
        if kind in _PLAIN:
            return repr(value)
        if kind is FakeTensor:
            known = self.tensors.get(id(value))
            if known is None:
                known = self.tensors[id(value)] = self._tensor(value, value.fake_device, value.constant)
            return known
        if kind in (tuple, immutable_list, list, torch.Size):
            return f"[{', '.join([self.value(item) for item in value])}]"
        if kind in (immutable_dict, dict):
            return f"{{{', '.join([f'{self.value(key)}: {self.value(item)}' for key, item in value.items()])}}}"
        if kind is slice:
            return f"slice{self.value((value.start, value.stop, value.step))}"
        if kind in _SYMBOLIC:
            return self.number(value)
        if kind in (torch.Tensor, torch.nn.Parameter, torch.nn.Buffer):
            return self._tensor(value, value.device, value)
        if isinstance(value, tuple):
            return f"{name_of(kind)}{self.value(tuple(value))}"
        raise Unknown(f"a {kind.__module__}.{kind.__qualname__}")

    def _tensor(self, tensor, device, constant):
        keys = torch._C._dispatch_keys(tensor).raw_repr()
        if keys not in self.plain:
            if is_transformed(tensor) or tensor.layout is not torch.strided or tensor.is_quantized or storage_of(tensor) is None:
                raise Unknown("a tensor that is no plain one")
            self.plain.add(keys)
        storage = tensor.untyped_storage()._cdata
        where = self.storages.setdefault(storage, len(self.storages))
        kinds = (tensor.dtype, device, keys, getattr(tensor, "_is_param", False), tensor.requires_grad)
        if tensor._has_symbolic_sizes_strides:
            # In which order dims lie in memory may only be known of the sizes that the graph was made with.
            sizes = self.value((tensor.shape, tensor.stride(), tensor.storage_offset(), order_of(tensor)))
        else:
            sizes = (tensor.shape, tensor.stride(), tensor.storage_offset())
        shown = self.shown.get((sizes, kinds))
        if shown is None:
            shown = self.shown[sizes, kinds] = f"{sizes} {kinds}"
            self.devices.add(device)
        held = "" if constant is None else self._held(constant)
        return f"<{shown} @{where} {held}>"

    def _held(self, tensor):
        if type(tensor) is FakeTensor or tensor.numel() * tensor.element_size() > LIMIT:
            raise Unknown("a large constant")
        return tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes().hex()

    def number(self, number):
        """A number as an expression of symbols."""
        node = number.node
        expression = node.expr
        if not expression.is_number:
            if self.environment not in (None, node.shape_env):
                raise Unknown("symbols of two kinds")
            self.environment = node.shape_env
        if free_unbacked_symbols(expression):
            raise Unknown("a number that is computed from values")
        if expression.is_symbol and isinstance(number, torch.SymInt):
            self.sizes.setdefault(str(expression), number)
        return f"{type(number).__name__}({self.expression(expression)})"

    def expression(self, expression):
        """An expression, with symbols by number."""
        return re.sub(r"\b[A-Za-z]+\d+\b", self._symbol, str(expression))

    def _symbol(self, found):
        return f"${self.symbols.setdefault(found[0], len(self.symbols))}"

    def known_of_sizes(self):
        """What is known of symbols so far."""
        if self.environment is None:
            return
        known = self.environment
        self.lines += [self.expression(guard.expr) for guard in known.guards]
        self.lines += [self.expression((symbol, replaced)) for symbol, replaced in known.replacements.items()]
        ranges = {str(symbol): span for symbol, span in known.var_to_range.items()}
        self.lines += [f"{number}: {ranges.get(name)}" for name, number in self.symbols.items()]
        self.lines.append(str(known.settings))

    def ambient(self):
        """What PyTorch computes otherwise by, whatever the graph says."""
        if torch._C._functorch.get_dynamic_layer_stack_depth() or torch._C._len_torch_dispatch_stack():
            raise Unknown("a mode")
        for mode in torch.overrides._get_current_function_mode_stack():
            if not isinstance(mode, torch.utils._device.DeviceContext):
                raise Unknown(f"a {type(mode).__name__}")
            self.lines.append(str(mode.device))
        flags = (torch.are_deterministic_algorithms_enabled(), torch.is_inference_mode_enabled(), torch.get_default_dtype())
        self.lines.append(f"{Mode.ambient()} {flags}")
