"""Programs of JAX as graphs: a jaxpr whose calls are inlined, as nodes that know who reads them."""

import math
import os

import jax
from jax.extend import core, source_info_util

# Calls that mean what they call, with the name of what that is, and calls that do so until they are differentiated.
_CALLS = {"jit": "jaxpr", "pjit": "jaxpr", "closed_call": "call_jaxpr"}
_CUSTOM = {"custom_jvp_call": "call_jaxpr", "custom_vjp_call": "call_jaxpr"}


# Where JAX is.
_LIBRARY = os.path.dirname(jax.__file__)

# Steps that give what they take, and say something of its type.
_SAME = {"pvary", "pcast", "optimization_barrier", "name", "stop_gradient"}


class Value:
    """A value of a graph."""

    __slots__ = ("aval", "maker")

    def __init__(self, aval, maker):
        self.aval, self.maker = aval, maker


class Node:
    """A step of a graph, one of its inputs, a constant, or what reads its results. Operands are values and literals."""

    def __init__(self, kind, number, operands, avals, equation=None, source=None):
        self.kind, self.number, self.name = kind, number, f"n{number}"
        self.operands, self.equation, self.source = operands, equation, source
        self.parameters = equation.params if equation is not None else None
        self.results, self.value = [Value(aval, self) for aval in avals], None
        self.all_input_nodes = list(dict.fromkeys(operand.maker for operand in operands if isinstance(operand, Value)))
        self.users = {}
        for node in self.all_input_nodes:
            node.users[self] = None

    @property
    def primitive(self):
        return self.equation.primitive

    @property
    def line(self):
        """The line of Python that the step comes from."""
        return source_info_util.summarize(self.source)

    def bind(self, operands):
        """Computes the step."""
        source = self.equation.source_info
        stack = source_info_util.current_name_stack() + source.name_stack
        return self._bind(operands, self.parameters, source.traceback, stack)

    def bind_for_us(self, operands, name_stack):
        """Computes the step as the compiler does, at a place that it will name."""
        if self.primitive.name in _SAME:
            return list(operands)
        parameters = self.parameters
        if isinstance(parameters.get("precision"), (jax.lax.DotAlgorithm, jax.lax.DotAlgorithmPreset)):
            # How many digits are enough. The compiler's products of a type have no fewer.
            parameters = {**parameters, "precision": None}
        return self._bind(operands, parameters, None, name_stack)

    def _bind(self, operands, parameters, traceback, name_stack):
        with source_info_util.user_context(traceback, name_stack=name_stack), self.equation.ctx.manager:
            bound = self.primitive.get_bind_params(parameters)
            functions, parameters = bound if isinstance(bound, tuple) else ((), bound)
            results = self.primitive.bind(*functions, *operands, **parameters)
        return list(results) if self.primitive.multiple_results else [results]

    def __repr__(self):
        return f"<{self.name} {self.kind if self.equation is None else self.primitive.name}>"


class Graph:
    """The nodes of a jaxpr, in order: `inputs`, one per argument, steps, and `output`, which reads the results. `differentiable`: what has
    derivatives of its own is a step as it is."""

    def __init__(self, closed, differentiable):
        self.nodes, self.inputs = [], []
        self.calls = _CALLS if differentiable else _CALLS | _CUSTOM
        for var in closed.jaxpr.invars:
            node = self._add("input", [], [var.aval])
            self.inputs.append(node.results[0])
        results = self._inline(closed.jaxpr, self._constants(closed), self.inputs)
        self.output = self._add("output", results, [])

    def _add(self, kind, *arguments, **keywords):
        node = Node(kind, len(self.nodes), *arguments, **keywords)
        self.nodes.append(node)
        return node

    def _inline(self, jaxpr, constants, arguments, caller=None):
        """Adds the steps of a program; those of a function of JAX's own come from where that is called, `caller`."""
        known = dict(zip([*jaxpr.constvars, *jaxpr.invars], [*constants, *arguments]))
        read = lambda atom: atom if isinstance(atom, core.Literal) else known[atom]  # noqa: E731
        for equation in jaxpr.eqns:
            operands = [read(atom) for atom in equation.invars]
            called, source = self._called(equation), caller or equation.source_info
            if called is not None:
                theirs = str(getattr(called.jaxpr.debug_info, "func_src_info", "")).partition(" at ")[2].startswith(_LIBRARY)
                results = self._inline(called.jaxpr, self._constants(called), operands, source if theirs else caller)
            else:
                results = self._add("step", operands, [var.aval for var in equation.outvars], equation, source).results
            known.update(zip(equation.outvars, results))
        return [read(atom) for atom in jaxpr.outvars]

    def _constants(self, closed):
        nodes = []
        for var, value in zip(closed.jaxpr.constvars, closed.consts):
            node = self._add("constant", [], [var.aval])
            node.value = value
            nodes.append(node)
        return [node.results[0] for node in nodes]

    def _called(self, equation):
        """What is called, where the call says nothing else."""
        called = equation.params.get(self.calls.get(equation.primitive.name))
        if called is None:
            return None
        placed = [*equation.params.get("in_shardings", ()), *equation.params.get("out_shardings", ())]
        plain = all(type(sharding).__name__ == "UnspecifiedValue" for sharding in placed)
        return called if plain else None

    def live(self):
        """The nodes that results follow from."""
        live, pending = {self.output}, [self.output]
        while pending:
            for used in pending.pop().all_input_nodes:
                if used not in live:
                    live.add(used)
                    pending.append(used)
        return [node for node in self.nodes if node in live]


def evaluate(nodes, known, outputs, bind=Node.bind):
    """Computes nodes in order, from and into `known`, which has values by their places in the graph, and gives some values."""
    read = lambda operand: operand.val if isinstance(operand, core.Literal) else known[operand]  # noqa: E731
    for node in nodes:
        known.update(zip(node.results, bind(node, [read(operand) for operand in node.operands])))
    return [read(output) for output in outputs]


def is_tensor(aval):
    """Whether values of a type are tensors of numbers that programs can take."""
    return isinstance(aval, jax.core.ShapedArray) and not jax.dtypes.issubdtype(aval.dtype, jax.dtypes.extended)


def elements(aval):
    """How many elements a value has. Symbolic sizes count as large."""
    sizes = getattr(aval, "shape", ())
    return math.prod(size if isinstance(size, int) else 1024 for size in sizes)


def arguments(avals, varying=True):
    """Arguments of these types, to trace functions with; `varying`: along the axes of a mesh, as they do."""
    made = []
    for aval in avals:
        along = {"manual_axis_type": aval.manual_axis_type, "sharding": aval.sharding} if varying and getattr(aval, "manual_axis_type", None) else {}
        made.append(jax.ShapeDtypeStruct(aval.shape, aval.dtype, weak_type=getattr(aval, "weak_type", False), **along))
    return made
