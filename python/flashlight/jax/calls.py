"""Regions as operations of JAX: custom calls of XLA's foreign function interface where they are compiled, what they mean elsewhere."""

import functools
import hashlib
import threading
import warnings

import jax
from jax.extend import core
from jax.interpreters import mlir

from .. import _native, cache
from .lowering import LoweringFailure

_TARGET = "flashlight_run"
_PLATFORMS = {"cpu": "cpu", "cuda": "sm_90a"}

region_p = core.Primitive("flashlight_region")
region_p.multiple_results = True


class FusionError(RuntimeError):
    """Attention that stays as it is, where `require_fusion` asks for all of it."""


def call(region, options, *arguments):
    """Computes a region as one operation."""
    return region_p.bind(*arguments, region=region, options=options)


@region_p.def_impl
def _compute(*arguments, region, options):
    return region.compute(*arguments)


@region_p.def_abstract_eval
def _avals(*arguments, region, options):
    return [value.aval for value in region.outputs]


@functools.cache
def _target():
    """The custom call, registered with XLA."""
    handler = _native.xla_handler()
    for platform in _PLATFORMS:
        jax.ffi.register_ffi_target(_TARGET, handler, platform=platform.replace("cuda", "CUDA"))
    return _TARGET


_LOCK = threading.Lock()
_PROGRAMS = {}
_TOLD = set()


def warn(reason):
    """Says once why something is left to JAX."""
    with _LOCK:
        if reason in _TOLD:
            return
        _TOLD.add(reason)
    warnings.warn(f"flashlight: left to JAX: {reason}", stacklevel=2)


def program_of(region, options, platform):
    """The name under which XLA finds the program of a region, which is compiled."""
    name, artifact = _loaded(region.text(platform), _PLATFORMS[platform], options)
    if artifact.chains:
        # XLA's products are faster than ours where nothing is fused.
        raise _native.CompileError("; ".join(artifact.refusals) or "a softmax–matmul chain is left in its region")
    return name


def _loaded(text, target, options):
    """A program by its content: its name, and its artifact."""
    chosen = {"target": target, "strict_masks": options.strict_masks, "f32": options.f32}
    name = hashlib.sha256(repr((sorted(chosen.items()), text)).encode()).hexdigest()
    with _LOCK:
        found = _PROGRAMS.get(name)
    if found is None:
        artifact = cache.compiled(text, **chosen)
        _native.xla_register(name, _native.Program(artifact))
        with _LOCK:
            found = _PROGRAMS.setdefault(name, (name, artifact))
    return found


@functools.cache
def _check_gpus():
    """Refuses GPUs that there are no kernels for. Programs may be lowered where there is no GPU at all."""
    try:
        found = {device.compute_capability for device in jax.local_devices(backend="cuda")}
    except RuntimeError:
        return
    if found - {"9.0"}:
        raise _native.CompileError(f"there are kernels for GPUs of compute capability 9.0, not {', '.join(sorted(found))}")


def _lower(platform, context, *arguments, region, options):
    try:
        if platform == "cuda":
            _check_gpus()
        name = program_of(region, options, platform)
    except (LoweringFailure, _native.CompileError) as error:
        reason = f"{region.lines[0]}: {error}"
        if options.require_fusion:
            raise FusionError(reason) from error
        if not options.quiet:
            warn(reason)
        return _plain(context, *arguments, region=region, options=options)
    return jax.ffi.ffi_lowering(_target())(context, *arguments, program=name)


_plain = mlir.lower_fun(_compute)
mlir.register_lowering(region_p, _plain)
for _platform in _PLATFORMS:
    mlir.register_lowering(region_p, functools.partial(_lower, _platform), platform=_platform)
