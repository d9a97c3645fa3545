"""Functions that the compiler has seen: their regions are operations of JAX that can be batched, differentiated and lowered."""

import dataclasses
import functools
import threading

import jax
import jax.numpy as jnp
from jax.extend import core
from jax.interpreters import ad, batching, mlir

from .. import _native
from ..explanation import Explanation, Fused
from . import calls, graph, regions
from .calls import FusionError, warn
from .plan import Plan

function_p = core.Primitive("flashlight")
function_p.multiple_results = True


@dataclasses.dataclass(frozen=True)
class Options:
    """What may be asked of the compiler."""

    strict_masks: bool = False
    f32: str = "split"
    require_fusion: bool = False
    quiet: bool = False  # nothing is said of what is left

    def __post_init__(self):
        if self.f32 not in ("split", "tf32"):
            raise ValueError(f"f32 is {self.f32!r}, expected 'split' or 'tf32'")


def _differentiable(aval):
    return jnp.issubdtype(aval.dtype, jnp.inexact)


class Function:
    """A program of JAX on tensors, and what follows from it: a region of a function at first."""

    def __init__(self, closed, options, is_derivative=False, is_region=False):
        self.closed, self.options, self.is_derivative, self.is_region = closed, options, is_derivative, is_region
        self.compute = core.jaxpr_as_fun(closed)
        self._derived, self._lock = {}, threading.RLock()

    @property
    def inputs(self):
        """The types of what it takes."""
        return self.closed.in_avals

    @property
    def outputs(self):
        """The types of what it gives."""
        return self.closed.out_avals

    def traced(self, compute, avals, is_derivative=True):
        """A function of these arguments, with the same options. Derivatives are fused where that can be done, and nobody asks for more."""
        options = dataclasses.replace(self.options, require_fusion=False, quiet=True) if is_derivative else self.options
        return Function(jax.make_jaxpr(compute)(*graph.arguments(avals)), options, is_derivative)

    def derived(self, key, make):
        """What `make` makes, once per key."""
        with self._lock:
            if key not in self._derived:
                self._derived[key] = make()
            return self._derived[key]

    def along(self, places, compute, values):
        """A function of the arguments at some places alone, the others being known."""

        def alone(*some):
            filled = list(values)
            for place, value in zip(places, some):
                filled[place] = value
            return compute(*filled)

        return alone

    def floats(self, *arguments):
        """The results that have tangents."""
        return [value for value, aval in zip(self.compute(*arguments), self.outputs) if _differentiable(aval)]

    def tangents(self, places):
        """The tangents of results that have some, by the arguments and tangents of those at `places`."""

        def make():
            count = len(self.inputs)

            def compute(*values):
                arguments, given = values[:count], values[count:]
                alone = self.along(places, self.floats, arguments)
                return jax.jvp(alone, [arguments[place] for place in places], list(given))[1]

            avals = [*self.inputs, *(self.inputs[place].to_tangent_aval() for place in places)]
            made = self.traced(compute, avals)
            made.pulled = lambda: self.cotangents(places)
            return made

        return self.derived(("tangents", places), make)

    def cotangents(self, places):
        """The cotangents of arguments at `places`, by the arguments and the cotangents of results that have some."""

        def make():
            count = len(self.inputs)

            def compute(*values):
                arguments, given = values[:count], values[count:]
                alone = self.along(places, self.floats, arguments)
                return jax.vjp(alone, *[arguments[place] for place in places])[1](list(given))

            results = [aval.to_tangent_aval() for aval in self.outputs if _differentiable(aval)]
            return self.traced(compute, [*self.inputs, *results])

        return self.derived(("cotangents", places), make)

    pulled = None  # a function that is linear in its last arguments: what makes its transposed one

    def transposed(self, places):
        """The cotangents of the arguments at `places`, in which this function is linear, by the other arguments and cotangents."""
        if self.pulled is not None and places == tuple(range(len(self.inputs) - len(places), len(self.inputs))):
            pulled = self.pulled()
            if len(pulled.outputs) == len(places):
                return pulled

        def make():
            others = [place for place in range(len(self.inputs)) if place not in places]

            def compute(*values):
                known = [jnp.zeros(aval.shape, aval.dtype) for aval in self.inputs]
                for place, value in zip(others, values):
                    known[place] = value
                alone = self.along(places, self.compute, known)
                return jax.vjp(alone, *[known[place] for place in places])[1](list(values[len(others) :]))

            return self.traced(compute, [self.inputs[place] for place in others] + list(self.outputs))

        return self.derived(("transposed", places), make)

    def batched(self, axes, size, name, spmd_name):
        """The function over a batch, which lies along these axes of arguments, and that along which it lies in each result."""

        def make():
            given = [0 if follows else None for follows in self._following(axes)]
            mapped = jax.vmap(self.compute, axes, given, axis_size=size, axis_name=name, spmd_axis_name=spmd_name)
            avals = [aval if axis is None else core.unmapped_aval(size, axis, aval) for aval, axis in zip(self.inputs, axes)]
            return self.traced(mapped, avals, self.is_derivative), given

        return self.derived(("batched", axes, size, name, spmd_name), make)

    def _following(self, axes):
        """Which results follow from arguments with an axis."""
        jaxpr = self.closed.jaxpr
        following = {var for var, axis in zip(jaxpr.invars, axes) if axis is not None}
        for equation in jaxpr.eqns:
            if any(isinstance(atom, core.Var) and atom in following for atom in equation.invars):
                following.update(equation.outvars)
        return [isinstance(atom, core.Var) and atom in following for atom in jaxpr.outvars]

    def plan(self, platform):
        """How it is computed with regions."""
        return self.derived(("plan", platform), lambda: Plan(self.closed, self.options, platform, calls.call))


@function_p.def_impl
def _compute(*arguments, function):
    return function.compute(*arguments)


@function_p.def_abstract_eval
def _avals(*arguments, function):
    return function.outputs


def _jvp(primals, tangents, *, function):
    results = function_p.bind(*primals, function=function)
    places = tuple(place for place, tangent in enumerate(tangents) if type(tangent) is not ad.Zero)
    given = [tangents[place] for place in places]
    found = iter(function_p.bind(*primals, *given, function=function.tangents(places)))
    return results, [
        next(found) if _differentiable(aval) else ad.Zero(aval.to_tangent_aval()) for aval in function.outputs
    ]


def _transpose(cotangents, *arguments, function):
    places = tuple(place for place, argument in enumerate(arguments) if ad.is_undefined_primal(argument))
    known = [argument for argument in arguments if not ad.is_undefined_primal(argument)]
    given = [ad.instantiate_zeros(cotangent) for cotangent in cotangents]
    found = iter(function_p.bind(*known, *given, function=function.transposed(places)))
    return [next(found) if place in places else None for place in range(len(arguments))]


def _batch(axis, arguments, axes, *, function):
    batched, given = function.batched(tuple(axes), axis.size, axis.name, axis.spmd_name)
    return function_p.bind(*arguments, function=batched), given


def _lower(context, *arguments, function):
    if function.is_region:
        nodes = graph.Graph(function.closed, differentiable=False)
        region = regions.Region([node for node in nodes.live() if node.kind == "step"], nodes.inputs, nodes.output.operands)
        return mlir.lower_fun(functools.partial(calls.call, region, function.options))(context, *arguments)
    platforms = context.platforms or context.module_context.platforms
    plan = function.plan(platforms[0])
    _tell(plan)
    return mlir.lower_fun(plan.compute if plan else function.compute)(context, *arguments)


def _tell(plan):
    """Says what is left, or refuses it."""
    for part in plan.walk():
        if part.left and part.options.require_fusion:
            raise FusionError("; ".join(part.left))
        for reason in [] if part.options.quiet else [*part.left, *part.noted]:
            warn(reason)


ad.primitive_jvps[function_p] = _jvp
ad.primitive_transposes[function_p] = _transpose
batching.fancy_primitive_batchers[function_p] = _batch
mlir.register_lowering(function_p, _lower)


def jit(function=None, *, strict_masks=False, f32="split", require_fusion=False, **options):
    """`jax.jit`, with attention, in whatever spelling, as one kernel per place. It takes the options of that, too.

    `strict_masks` treats no finite mask value as -inf; `f32` is how a matrix unit multiplies f32, `"split"` or `"tf32"`;
    `require_fusion` makes attention that stays as it is an error."""
    chosen = Options(strict_masks, f32, require_fusion)
    if function is None:
        return functools.partial(jit, strict_masks=strict_masks, f32=f32, require_fusion=require_fusion, **options)

    @functools.wraps(function)
    def seen(*arguments, **keywords):
        return _see(function, chosen, arguments, keywords)

    return jax.jit(seen, **options)


def _see(function, options, arguments, keywords):
    """Calls a function with its regions as operations."""
    leaves, tree = jax.tree.flatten((arguments, keywords))
    places = [place for place, leaf in enumerate(leaves) if isinstance(leaf, jax.Array)]
    shape = None

    def compute(*values):
        nonlocal shape
        filled = list(leaves)
        for place, value in zip(places, values):
            filled[place] = value
        arguments, keywords = jax.tree.unflatten(tree, filled)
        results, shape = jax.tree.flatten(function(*arguments, **keywords))
        return results

    given = [leaves[place] for place in places]
    closed = jax.make_jaxpr(compute)(*given)
    if closed.effects:
        warn(f"{getattr(function, '__name__', function)}: it has effects")
        return function(*arguments, **keywords)
    # What is closed over is an argument like others: it may be traced.
    constants = closed.consts
    if constants:
        count, jaxpr = len(constants), closed.jaxpr
        whole = lambda *values: core.jaxpr_as_fun(core.ClosedJaxpr(jaxpr, values[:count]))(*values[count:])  # noqa: E731
        closed = jax.make_jaxpr(whole)(*constants, *given)
    plan = Plan(closed, options, _platform(), _call, differentiable=True)
    _tell(plan)
    if not plan:
        return function(*arguments, **keywords)
    return jax.tree.unflatten(shape, plan.compute(*constants, *given))


def _call(region, options, *arguments):
    """Computes a region as one operation, which can be differentiated and batched."""
    closed = jax.make_jaxpr(region.compute)(*graph.arguments([value.aval for value in region.inputs]))
    return function_p.bind(*arguments, function=Function(closed, options, is_region=True))


def _platform():
    """The platform that programs are looked at for. What they are lowered for may be another one."""
    return "cuda" if jax.default_backend() in ("gpu", "cuda") else "cpu"


def explain(function, *arguments, strict_masks=False, platform=None, **keywords):
    """Says what `jit(function)` would do with these arguments: which lines of Python become which fused op, by which laws, and why others
    do not. Nothing is run. Print the result."""
    leaves, tree = jax.tree.flatten((arguments, keywords))

    def compute(*leaves):
        arguments, keywords = jax.tree.unflatten(tree, leaves)
        return function(*arguments, **keywords)

    platform = platform or _platform()
    plan = Plan(jax.make_jaxpr(compute)(*leaves), Options(strict_masks), platform, _call, differentiable=True)
    told = Explanation(graphs=sum(1 for _ in plan.walk()))
    for part in plan.walk():
        told.left += [*part.left, *part.noted]
        for region in part.regions:
            account = _native.explain(region.text(platform), strict_masks=strict_masks)
            told.fused.append(Fused([node.primitive.name for node in region.nodes], region.lines, account))
    return told
