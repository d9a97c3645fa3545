"""The modes that nodes of a graph run in: autocast, whether gradients are recorded, and under how many transforms such as `vmap`."""

import contextlib

import torch

_DEVICES = ("cpu", "cuda")
_ENTER = torch.amp.autocast_mode._enter_autocast
_EXIT = torch.amp.autocast_mode._exit_autocast
_GRAD = torch._C._set_grad_enabled


def is_switch(node):
    """Whether a node changes the mode for the nodes behind it."""
    return node.op == "call_function" and node.target in (_ENTER, _EXIT, _GRAD)


def is_transformed(value):
    """Whether a value is one that only a transform such as `vmap` knows how to read."""
    return isinstance(value, torch.Tensor) and torch._C._functorch.is_functorch_wrapped_tensor(value)


def _nesting(node):
    """How many transforms more apply behind a node than before it."""
    name = getattr(node.target, "__name__", "") if node.op == "call_function" else ""
    return name.endswith("_increment_nesting") - name.endswith("_decrement_nesting")


def in_transform(node):
    """Whether a node is part of a transform: it begins or ends one, or reads or makes values that only one can read."""
    if node.op != "call_function" and node.op != "call_method":
        return False
    return "functorch" in str(getattr(node.target, "__module__", "")) or any(
        is_transformed(value)
        for source in (node, *node.all_input_nodes)
        for value in torch.utils._pytree.tree_leaves(source.meta.get("example_value"))
    )


class Mode:
    """Autocast per device, whether gradients are recorded, and how many transforms apply. Equal modes are equal."""

    def __init__(self, autocast, grad, transforms=0):
        self.autocast, self.grad, self.transforms = autocast, grad, transforms

    @classmethod
    def ambient(cls):
        """The mode of the caller."""
        state = {kind: (torch.is_autocast_enabled(kind), torch.get_autocast_dtype(kind)) for kind in _DEVICES}
        return cls(state, torch.is_grad_enabled())

    def written(self):
        """The mode as what JSON has."""
        return {kind: (enabled, str(dtype)) for kind, (enabled, dtype) in self.autocast.items()}, self.grad, self.transforms

    @classmethod
    def read(cls, written):
        """The inverse of `written`."""
        autocast, grad, transforms = written
        return cls({kind: (enabled, getattr(torch, dtype.removeprefix("torch."))) for kind, (enabled, dtype) in autocast.items()}, grad, transforms)

    def _key(self):
        return tuple(sorted((kind, state if state[0] else (False,)) for kind, state in self.autocast.items())), self.grad, self.transforms

    def __eq__(self, other):
        return self._key() == other._key()

    def __hash__(self):
        return hash(self._key())

    def __repr__(self):
        return repr(self._key())

    @property
    def casts(self):
        """Whether autocast is on for any device."""
        return any(enabled for enabled, _ in self.autocast.values())

    @contextlib.contextmanager
    def autocasting(self):
        """Autocast as in this mode."""
        with contextlib.ExitStack() as stack:
            for kind, (enabled, dtype) in self.autocast.items():
                if enabled or torch.is_autocast_enabled(kind):
                    stack.enter_context(torch.autocast(kind, dtype=dtype, enabled=enabled, cache_enabled=False))
            yield


class Modes:
    """The mode that each node of a graph runs in, by name."""

    def __init__(self, graph):
        mode = Mode.ambient()
        self._of, entered = {}, {}
        for node in graph.nodes:
            self._of[node.name] = mode
            if node.op != "call_function":
                continue
            if nesting := _nesting(node):
                mode = Mode(mode.autocast, mode.grad, mode.transforms + nesting)
            if node.target is _ENTER:
                kind, dtype, enabled = node.args[:3]
                entered[node] = mode
                dtype = dtype or torch.get_autocast_dtype(kind)
                mode = Mode({**mode.autocast, kind: (enabled, dtype)}, mode.grad, mode.transforms)
            elif node.target is _EXIT:
                mode = Mode(entered[node.args[0]].autocast, mode.grad, mode.transforms)
            elif node.target is _GRAD:
                mode = Mode(mode.autocast, node.args[0], mode.transforms)

    def of(self, node):
        """The mode of a node."""
        return self._of[node.name]
