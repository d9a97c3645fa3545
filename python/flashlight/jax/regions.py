"""Which nodes of a graph become one op: all that lowers to linalg is shown to the compiler, which says what its fused ops cover."""

import functools
import json
from dataclasses import dataclass, field

from jax.extend import core

from .. import _native, cutting
from ..cutting import NoRegion
from . import graph
from .lowering import Lowered, LoweringFailure

# How often nodes that do not lower may be left out before lowering is given up.
ATTEMPTS = 8


@dataclass
class Discovery:
    """What the compiler says about a graph."""

    fusions: list = field(default_factory=list)  # per fused op: the node of its contraction, and how many ops of each node it covers
    views: set = field(default_factory=set)
    cheap: set = field(default_factory=set)
    opaque: dict = field(default_factory=dict)  # nodes that cannot be part of a region, and why
    refusals: list = field(default_factory=list)  # attention that is in no fused op: the name of its node, and why
    noted: list = field(default_factory=list)  # the same of what may be attention


@dataclass(eq=False)
class Region:
    """Nodes of a graph in order, the values that they read, and those that others read."""

    nodes: list
    inputs: list
    outputs: list

    @property
    def lines(self):
        """The lines of Python that it comes from."""
        return list(dict.fromkeys(node.line for node in self.nodes))

    def compute(self, *arguments):
        """What it means."""
        return graph.evaluate(self.nodes, dict(zip(self.inputs, arguments)), self.outputs)

    def text(self, platform):
        """Its program, as linalg on tensors."""
        return Lowered(self.inputs, self.nodes, self.outputs, platform).text(locations=False)


def discover(nodes, platform, strict_masks):
    """Asks which nodes fused ops cover. Those that do not lower are left out, and noted."""
    found = Discovery()
    for node in nodes:
        why = _why_opaque(node)
        if why:
            found.opaque[node.name] = why
    lowered = None
    for _ in range(ATTEMPTS):
        taken = [node for node in nodes if node.kind == "step" and node.name not in found.opaque]
        inputs, outputs = _boundary(taken)
        if not outputs or not any(node.primitive.name == "dot_general" for node in taken):
            return found  # nothing to fuse
        try:
            lowered = Lowered(inputs, taken, outputs, platform)
            break
        except LoweringFailure as failure:
            if not failure.nodes:
                found.refusals.append((None, str(failure)))
                return found
            found.opaque.update(failure.nodes)
            found.noted += [(node.name, failure.nodes[node.name]) for node in taken if node.name in failure.nodes and _is_in_the_way(node)]
    if lowered is None:
        found.refusals.append((None, "too many steps cannot be linalg"))
        return found
    try:
        told = json.loads(_coverage(lowered.text(locations=True), strict_masks))
    except _native.CompileError as error:
        found.refusals.append((None, str(error)))
        return found
    reasons = dict(told["refusals"])
    found.refusals = [(at, reasons.get(at, "a softmax–matmul chain is left")) for at in told["chains"]]
    for node in taken:
        kind = lowered.kind_of(node)
        if kind != "heavy":
            (found.views if kind == "view" else found.cheap).add(node.name)
    named = {node.name: node for node in taken}
    for fusion in told["fusions"]:
        # A node of which something is left that no fused op covers is not part of one.
        whole = {name: count for name, count in fusion["ops"].items() if not told["left"].get(name) or count >= told["ops"].get(name, 0)}
        if not _is_layer(named.get(fusion["location"]), [named[name] for name in whole if name in named]):
            views = {name: 0 for name in fusion["views"] if name in found.views}
            found.fusions.append((fusion["location"], {**views, **whole}))
    return found


@functools.lru_cache(256)
def _coverage(text, strict_masks):
    return _native.coverage(text, strict_masks=strict_masks)


def _why_opaque(node):
    if node.kind != "step":
        return None
    if node.equation.effects:
        return "it has effects"
    if any(True for _ in core.jaxprs_in_params(node.parameters)):
        return "it has programs of its own"
    avals = [value.aval for value in [*node.operands, *node.results]]
    if not all(graph.is_tensor(aval) for aval in avals):
        return "a value is no tensor"
    if any(aval.dtype.kind in "cu" for aval in avals):
        return "a value is complex or unsigned"
    if any(0 in aval.shape for aval in avals):
        return "a value has no elements"
    return None


def _is_layer(root, covered):
    """Whether a fused op is a layer of a network behind another one: products without batches, and no exponential. The compiler, to which
    parameters are arguments like others, may take it for attention."""
    if root is None or any(node.primitive.name in ("exp", "exp2", "logistic") for node in covered):
        return False
    products = [node for node in covered if node.primitive.name == "dot_general"]
    return any(not any(node.parameters["dimension_numbers"][1]) for node in products)


def _is_in_the_way(node):
    """Whether a step is between two products, in which there is an exponential, too."""
    kinds = []
    for neighbours in (lambda node: node.all_input_nodes, lambda node: node.users):
        seen, pending = set(), [node]
        while pending:
            for other in neighbours(pending.pop()):
                if other not in seen and other.kind == "step":
                    seen.add(other)
                    if other.primitive.name != "dot_general":
                        pending.append(other)
        kinds.append({other.primitive.name for other in seen})
    return all("dot_general" in each for each in kinds) and any("exp" in each for each in kinds)


def _boundary(nodes):
    """The values that nodes read of others, and those that others read of them."""
    members = set(nodes)
    inputs = dict.fromkeys(
        operand for node in nodes for operand in node.operands if isinstance(operand, graph.Value) and operand.maker not in members
    )
    read = {operand for node in nodes for user in node.users if user not in members for operand in user.operands if isinstance(operand, graph.Value)}
    outputs = [value for node in nodes for value in node.results if value in read]
    return list(inputs), outputs


class _Cutter(cutting.Cutter):
    def __init__(self, nodes, found):
        super().__init__(nodes, found.fusions, found.views, found.cheap)
        self.opaque = found.opaque

    def is_call(self, node):
        return node.kind == "step" and node.name not in self.opaque

    def why_not(self, node):
        return self.opaque.get(node.name, "it cannot be part of an op")

    def elements(self, node):
        return sum(graph.elements(value.aval) for value in node.results)

    def region(self, members):
        nodes, _, outputs = self.boundary(members)
        inputs, read = _boundary(nodes)
        outputs = [value for value in read if value.maker in outputs]
        if not outputs:
            raise NoRegion(f"{nodes[0].name}: nothing reads it")
        return Region(nodes, inputs, outputs)


def cut(nodes, found):
    """The regions of a graph, and why fused ops became none."""
    regions, reasons = _Cutter(nodes, found).run()
    return regions, [tuple(reason.split(": ", 1)) if ": " in reason else (None, reason) for reason in reasons]
