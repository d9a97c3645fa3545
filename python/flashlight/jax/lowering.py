"""Nodes as linalg on tensors: lowered by JAX to StableHLO, and by the passes of jaxlib to linalg."""

import functools
import re
import threading

import jax
from jax.extend import source_info_util
from jax.extend.mlir import ir, passmanager

from . import graph, symbolic

_PASSES = "builtin.module(func.func(chlo-legalize-to-stablehlo),stablehlo-legalize-to-linalg)"
_ORIGIN = "flashlight:"
_LOCATED = re.compile(rf'loc\("[^"\n]*{_ORIGIN}(n\d+)[^"\n]*"(\(#loc\d*\))?\)')

# Ops that move elements without reading or changing them, and ops of sizes.
_VIEWS = {
    *("tensor.expand_shape", "tensor.collapse_shape", "tensor.extract_slice", "tensor.empty", "tensor.cast", "tensor.dim"),
    *("linalg.transpose", "linalg.broadcast", "arith.constant", "arith.index_cast", "linalg.fill"),
}
# Ops that compute nothing, or one element.
_CHEAP = {"tensor.pad", "tensor.concat", "tensor.insert_slice", "tensor.extract", "tensor.from_elements", "tensor.generate", "linalg.map"}


class LoweringFailure(Exception):
    """Nodes that cannot be linalg on tensors: `nodes` has their names, and why."""

    def __init__(self, message, nodes=None):
        super().__init__(message)
        self.nodes = nodes or {}


_LOCK = threading.Lock()


@functools.cache
def _register():
    import jaxlib.mlir._mlir_libs._stablehlo as stablehlo

    stablehlo.register_stablehlo_passes()


class Lowered:
    """A function of these inputs that computes nodes and gives outputs, as a module of linalg."""

    def __init__(self, inputs, nodes, outputs, platform):
        with _LOCK:
            _register()

        def bind(node, operands):
            return node.bind_for_us(operands, source_info_util.new_name_stack(f"{_ORIGIN}{node.name}"))

        def compute(*arguments):
            return graph.evaluate(nodes, dict(zip(inputs, arguments)), outputs, bind)

        arguments = graph.arguments([value.aval for value in inputs], varying=False)
        try:
            traced = jax.jit(compute, keep_unused=True).trace(*arguments)
            self._module = traced.lower(lowering_platforms=(platform,)).compiler_ir("stablehlo")
            dynamic = not all(isinstance(size, int) for value in inputs for size in value.aval.shape)
            with self._module.context:
                passes = passmanager.PassManager.parse(_PASSES)
                if dynamic:
                    symbolic.prepare(self._module, [value.aval for value in inputs], passes)
                passes.run(self._module.operation)
            if dynamic:
                symbolic.finish(self._module)
        except symbolic.NoSize as error:
            place = re.search(rf"{_ORIGIN}(n\d+)", error.location or "")
            raise LoweringFailure(str(error), {place[1]: str(error)} if place else {}) from None
        except Exception as error:
            raise LoweringFailure(f"{type(error).__name__}: {error}".splitlines()[0]) from error
        self._kinds, left = {}, {}
        self._module.operation.walk(lambda operation: self._note(operation, left))
        if left:
            what = ", ".join(sorted(set(left.values())))
            raise LoweringFailure(f"{what} cannot be linalg", {name: f"{what} cannot be linalg" for name, what in left.items() if name})

    def _note(self, operation, left):
        name = operation.operation.name
        if name in ("builtin.module", "func.func", "func.return") or name.startswith(("arith.", "math.")) and name not in _VIEWS:
            return ir.WalkResult.ADVANCE
        place = re.search(rf"{_ORIGIN}(n\d+)", str(operation.operation.location))
        place = place and place[1]
        if name == "func.call" or name.partition(".")[0] in ("stablehlo", "chlo", "mhlo", "shape"):
            left[place] = str(operation.operation.attributes["callee"]).strip("@") if name == "func.call" else name
            return ir.WalkResult.SKIP
        self._kinds.setdefault(place, set()).add(_kind(operation.operation, name))
        return ir.WalkResult.SKIP

    def kind_of(self, node):
        """What a node became: "view" computes nothing, "cheap" computes elementwise or moves elements, and "heavy" is all else."""
        kinds = self._kinds.get(node.name, {"view"})
        return next(kind for kind in ("heavy", "cheap", "view") if kind in kinds)

    def text(self, locations):
        """The module as text, with the names of nodes as locations if so asked."""
        text = self._module.operation.get_asm(enable_debug_info=locations)
        return _LOCATED.sub(r'loc("\1")', text) if locations else text


def _kind(operation, name):
    if name == "linalg.generic":
        if "reduction" in str(operation.attributes["iterator_types"]):
            return "heavy"
        body = list(operation.regions[0].blocks[0].operations)
        moves = len(body) == 1 and len(operation.operands) > 1
        return "view" if moves else "cheap"
    return "view" if name in _VIEWS else "cheap" if name in _CHEAP else "heavy"
