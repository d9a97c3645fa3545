"""`flashlight.jax.jit`: what becomes one kernel, and that values and derivatives are those of JAX."""

import math
import re
import warnings

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax
from support import on_threads

import flashlight
import flashlight.jax
from flashlight.jax import calls
from flashlight.jax.function import Function, Options, function_p

KEY = jax.random.key(0)
TOLERANCES = {jnp.float32: 2e-5, jnp.bfloat16: 3e-2, jnp.float16: 4e-3}


def normal(number, *shape, dtype=jnp.float32):
    return jax.random.normal(jax.random.fold_in(KEY, number), shape, jnp.float32).astype(dtype)


def attention(q, k, v, score=lambda score: score, mask=None):
    scores = score(jnp.einsum("...qd,...kd->...qk", q, k) / math.sqrt(q.shape[-1]))
    scores = scores if mask is None else jnp.where(mask, scores, -jnp.inf)
    return jnp.einsum("...qk,...kd->...qd", jax.nn.softmax(scores), v)


def causal(q, k, v):
    return attention(q, k, v, mask=jnp.tril(jnp.ones((q.shape[-2], k.shape[-2]), bool)))


def qkv(*shape, dtype=jnp.float32):
    return [normal(number, *shape, dtype=dtype) for number in range(3)]


def fused(function, *arguments):
    """How many programs of ours a jitted function calls."""
    return function.lower(*arguments).as_text().count("custom_call @flashlight_run")


def same(found, expected, tolerance=2e-5):
    found, expected = jax.tree.leaves(found), jax.tree.leaves(expected)
    assert len(found) == len(expected)
    for one, other in zip(found, expected):
        assert (one.shape, one.dtype, one.weak_type) == (other.shape, other.dtype, other.weak_type)
        one, other = np.asarray(one, np.float64), np.asarray(other, np.float64)
        np.testing.assert_allclose(one, other, rtol=tolerance, atol=tolerance * max(1, np.abs(other).max(initial=0)))


def dot_product(**options):
    return lambda *arguments: jax.nn.dot_product_attention(*arguments, **options)


def grouped(dtype=jnp.float32):
    return [normal(0, 2, 33, 4, 16, dtype=dtype), normal(1, 2, 33, 2, 16, dtype=dtype), normal(2, 2, 33, 2, 16, dtype=dtype)]


CASES = {
    "einsum": (attention, qkv(2, 2, 33, 16)),
    "causal_softcap_bf16": (
        lambda q, k, v: attention(q, k, v, lambda s: jnp.tanh(s / 20) * 20, jnp.tril(jnp.ones((33, 33), bool))),
        qkv(2, 2, 33, 16, dtype=jnp.bfloat16),
    ),
    "dot_product_grouped_window_bf16": (dot_product(is_causal=True, local_window_size=(8, 0)), grouped(jnp.bfloat16)),
    "dot_product_bias_mask": (
        lambda q, k, v, bias, mask: jax.nn.dot_product_attention(q, k, v, bias, mask),
        [*grouped(), normal(3, 1, 4, 33, 33), jax.random.bernoulli(KEY, 0.8, (2, 1, 33, 33))],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_spellings(name):
    function, arguments = CASES[name]
    fast = flashlight.jax.jit(function, require_fusion=True)
    assert fused(fast, *arguments) == 1
    same(fast(*arguments), function(*arguments), TOLERANCES[arguments[0].dtype.type])


def test_algorithms_of_products_are_precisions():
    """On the CPU, JAX has no product of f16 by the algorithm that its attention asks for."""
    arguments = grouped(jnp.float16)
    fast = flashlight.jax.jit(dot_product(is_causal=True), require_fusion=True)
    expected = dot_product(is_causal=True)(*[argument.astype(jnp.float32) for argument in arguments])
    same(fast(*arguments), expected.astype(jnp.float16), TOLERANCES[jnp.float16])


def test_batches():
    one = flashlight.jax.jit(causal, require_fusion=True)
    q, k, v = qkv(3, 2, 33, 16)
    batched = jax.jit(jax.vmap(jax.vmap(one), in_axes=(0, None, None), out_axes=1))
    assert fused(batched, q, k[0], v[0]) == 1
    same(batched(q, k[0], v[0]), causal(q, k[0], v[0]).swapaxes(0, 1))


def test_gradients():
    def function(q, k, v):  # grouped heads
        return causal(q, jnp.repeat(k, 2, 1), jnp.repeat(v, 2, 1))

    arguments = [normal(0, 2, 4, 24, 16), *qkv(2, 2, 24, 16)[1:]]
    loss = lambda function: lambda *arguments: jnp.square(function(*arguments)).sum()  # noqa: E731
    fast = jax.jit(jax.grad(loss(flashlight.jax.jit(function, require_fusion=True)), argnums=(0, 1, 2)))
    assert fused(fast, *arguments) == 2
    found = fast(*arguments)
    with jax.enable_x64():
        exact = [jnp.asarray(np.asarray(argument, np.float64)) for argument in arguments]
        expected = jax.grad(loss(function), argnums=(0, 1, 2))(*exact)
    for one, other in zip(found, expected):
        np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-5)


def test_derivatives_of_all_kinds():
    def plain(x, n, y):
        return {"a": jnp.sin(x) * y * n, "n": n + 1}, x.sum()

    def fast(x, n, y):
        """The function as one operation, as regions are."""
        compute = lambda *arguments: jax.tree.leaves(plain(*arguments))  # noqa: E731
        made = Function(jax.make_jaxpr(compute)(x, n, y), Options())
        a, n, total = function_p.bind(x, jnp.asarray(n), y, function=made)
        return {"a": a, "n": n}, total

    x, y, n = normal(0, 5), normal(1, 5), jnp.arange(5)
    of_x = lambda function: lambda x: function(x, n, y)[0]["a"]  # noqa: E731
    for transform in (
        lambda function: jax.jacfwd(of_x(function))(x),
        lambda function: jax.hessian(lambda x: jnp.square(of_x(function)(x)).sum())(x),
        lambda function: jax.vmap(jax.grad(lambda x, y: function(x, 2, y)[0]["a"]))(x, y),
        lambda function: jax.grad(lambda x: jax.checkpoint(of_x(function))(x).sum())(x),
        lambda function: jax.vjp(function, x, n, y)[0],
    ):
        same(transform(fast), transform(plain))


def layers(parameters, x):
    def layer(x, weights):
        q, k, v = jnp.moveaxis((x @ weights["in"]).reshape(*x.shape[:-1], 3, 4, 16), -3, 0)
        x = x + jax.nn.dot_product_attention(q, k, v, is_causal=True).reshape(x.shape) @ weights["out"]
        return x + jax.nn.relu(x @ weights["up"]) @ weights["down"], None

    return lax.scan(layer, x, parameters)[0]


def test_a_scan_over_layers_has_its_attention_fused():
    shapes = {"in": (64, 192), "out": (64, 64), "up": (64, 128), "down": (128, 64)}
    parameters = {name: normal(number, 3, *shape) / 8 for number, (name, shape) in enumerate(shapes.items())}
    x = normal(9, 2, 17, 64)
    fast = flashlight.jax.jit(layers, require_fusion=True)
    assert fused(fast, parameters, x) == 1
    same(fast(parameters, x), layers(parameters, x), 1e-4)

    def branches(first, x):
        return lax.fori_loop(0, 2, lambda _, x: lax.cond(first, lambda x: attention(x, x, x), lambda x: x, x), x)

    fast = flashlight.jax.jit(branches, require_fusion=True)
    assert fused(fast, True, x) == 1
    same(fast(True, x), branches(True, x), 1e-4)


def test_arguments_and_results_are_those_of_the_function():
    def function(inputs, kind, scale, *, unused=None):
        result = attention(*inputs["qkv"]) if kind == "attention" else inputs["qkv"][0]
        return {"result": result * scale, "same": inputs["qkv"][1], "number": 3, "nothing": None}

    fast = flashlight.jax.jit(function, static_argnums=1)
    inputs = {"qkv": qkv(2, 33, 16), "number": jnp.int32(1)}
    for kind in ("attention", "none"):
        assert fused(fast, inputs, kind, 2.0) == (kind == "attention")
        same(fast(inputs, kind, 2.0, unused=inputs), jax.jit(function, static_argnums=1)(inputs, kind, 2.0))
    integers = flashlight.jax.jit(lambda x, n: (x * n, n + 1, x > 0))
    same(integers(jnp.arange(4, dtype=jnp.int8), 3), jax.jit(integers.__wrapped__)(jnp.arange(4, dtype=jnp.int8), 3))
    assert flashlight.jax.jit(causal).__name__ == "causal"


def test_what_is_closed_over():
    q, k, v = qkv(2, 33, 16)
    bias = np.asarray(normal(5, 33, 33))

    def loss(weights):
        return flashlight.jax.jit(lambda q: attention(q @ weights, k, v, lambda s: s + bias), require_fusion=True)(q).sum()

    weights = normal(6, 16, 16)
    same(loss(weights), attention(q @ weights, k, v, lambda s: s + bias).sum(), 1e-4)


def test_sharded_functions():
    mesh = jax.sharding.Mesh(np.array(jax.devices()[:1]), ("x",))
    along = jax.sharding.PartitionSpec("x")
    arguments = qkv(2, 2, 33, 16)
    sharded = jax.jit(jax.shard_map(flashlight.jax.jit(attention), mesh=mesh, in_specs=along, out_specs=along))
    assert fused(sharded, *arguments) == 1
    same(sharded(*arguments), attention(*arguments))


def test_random_numbers_stay_with_jax():
    def dropped(key, q, k, v):
        keep = jax.random.bernoulli(key, 0.5, (33, 33))
        return jnp.einsum("bqk,bkd->bqd", jax.nn.softmax(jnp.einsum("bqd,bkd->bqk", q, k)) * keep, v)

    arguments = qkv(2, 33, 16)
    fast = flashlight.jax.jit(dropped, require_fusion=True)
    assert fused(fast, KEY, *arguments) == 1
    same(fast(KEY, *arguments), dropped(KEY, *arguments))


def test_symbolic_sizes():
    def exported(function, *shapes):
        allowed, scope = jax.export.DisabledSafetyCheck.custom_call("flashlight_run"), jax.export.SymbolicScope()
        arguments = [jax.ShapeDtypeStruct(jax.export.symbolic_shape(shape, scope=scope), jnp.float32) for shape in shapes]
        made = jax.export.export(flashlight.jax.jit(function), disabled_checks=[allowed])(*arguments)
        return made.call, made.mlir_module().count("custom_call @flashlight_run")

    function = dot_product(is_causal=True)
    call, count = exported(function, "b,n,4,16", "b,n,2,16", "b,n,2,16")
    assert count == 1
    for batch, length in ((2, 33), (1, 7)):
        arguments = [argument[:batch, :length] for argument in grouped()]
        same(call(*arguments), function(*arguments))

    def joined(q, k, v):
        weights = jax.nn.softmax(jnp.einsum("bqd,bkd->bqk", q, k)).reshape(-1, k.shape[1])
        return jnp.einsum("bqk,bkd->bqd", weights.reshape(q.shape[0], -1, k.shape[1]), v)

    with pytest.warns(UserWarning, match="test_jax.py:.*stablehlo.dynamic_reshape joins or divides sizes that are not known"):
        call, count = exported(joined, *["b,n,16"] * 3)
    assert count == 0
    same(call(*qkv(2, 33, 16)), joined(*qkv(2, 33, 16)))


def test_threads():
    arguments = qkv(2, 33, 16)
    expected = attention(*arguments)

    def work(number):
        fast = flashlight.jax.jit(lambda q, k, v: attention(q, k, v), require_fusion=True)
        for _ in range(10):
            same(fast(*arguments), expected)

    assert not on_threads(work, 2)


def slots(q, k, v):
    """Attention whose weights are divided by their sums over queries."""
    weights = jax.nn.softmax(jnp.einsum("bqd,bkd->bqk", q, k))
    return jnp.einsum("bqk,bkd->bqd", weights / weights.sum(1, keepdims=True), v)


def test_what_is_not_fused_is_said_once_and_right():
    arguments = qkv(2, 33, 16)
    with pytest.warns(UserWarning, match="test_jax.py:.*") as caught:
        same(flashlight.jax.jit(slots)(*arguments), slots(*arguments))
    assert all("left to JAX" in str(warning.message) for warning in caught)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        flashlight.jax.jit(lambda *arguments: slots(*arguments))(*arguments)
    with pytest.raises(flashlight.jax.FusionError, match="test_jax.py:"):
        flashlight.jax.jit(slots, require_fusion=True)(*arguments)
    with pytest.raises(ValueError, match="expected 'split' or 'tf32'"):
        flashlight.jax.jit(attention, f32="half")

    def sorting(q):
        return jnp.einsum("bqk,bkd->bqd", jnp.sort(jax.nn.softmax(jnp.einsum("bqd,bkd->bqk", q, q))), q)

    with pytest.warns(UserWarning, match="test_jax.py:.*stablehlo.sort cannot be linalg"):
        same(flashlight.jax.jit(sorting)(arguments[0]), sorting(arguments[0]))
    def printing(q):
        jax.debug.print("")
        return attention(q, q, q)

    with pytest.warns(UserWarning, match="printing: it has effects"):
        same(flashlight.jax.jit(printing)(arguments[0]), attention(*[arguments[0]] * 3))


def test_programs_are_compiled_once(tmp_path, monkeypatch):
    monkeypatch.setenv("FLASHLIGHT_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(calls, "_PROGRAMS", {})
    arguments = qkv(2, 31, 16)
    for _ in range(2):
        flashlight.jax.jit(lambda q, k, v: attention(q, k, v) * 2)(*arguments)
    assert len(calls._PROGRAMS) == 1 and len(list(tmp_path.iterdir())) == 1
    calls._PROGRAMS.clear()
    monkeypatch.setattr(flashlight._native, "compile", None)  # what is on disk is enough
    result = flashlight.jax.jit(lambda q, k, v: attention(q, k, v) * 2)(*arguments)
    same(result, attention(*arguments) * 2)


def test_calls_that_do_not_fit_are_errors():
    calls._target()
    call = jax.ffi.ffi_call("flashlight_run", jax.ShapeDtypeStruct((3,), jnp.float32))
    with pytest.raises(Exception, match="compiled by another process"):
        call(jnp.ones(3), program="nothing").block_until_ready()
    text = """func.func @main(%a: tensor<2xf32>) -> tensor<2xf32> {
      return %a : tensor<2xf32>
    }"""
    flashlight._native.xla_register("same", flashlight.Program(flashlight.compile(text)))
    with pytest.raises(Exception, match=r"expected f32\[2\]"):
        call(jnp.ones(3), program="same").block_until_ready()
    with pytest.raises(Exception, match="2 buffers where the program has 1"):
        call(jnp.ones(2), jnp.ones(2), program="same").block_until_ready()


def test_explain():
    told = flashlight.jax.explain(attention, *qkv(2, 33, 16))
    (region,) = told.fused
    assert not told.left and "dot_general" in region.nodes and "online over" in region.account
    assert all("test_jax.py" in line for line in region.lines)
    told = flashlight.jax.explain(slots, *qkv(2, 33, 16))
    assert told.left and "test_jax.py" in told.left[0]


def test_programs_for_gpus_are_lowered_without_one():
    arguments = qkv(2, 2, 64, 64, dtype=jnp.bfloat16)
    lowered = flashlight.jax.jit(attention, require_fusion=True).trace(*arguments).lower(lowering_platforms=("cuda",))
    (name,) = re.findall(r'custom_call @flashlight_run.*program = "(\w+)"', lowered.as_text())
    assert calls._PROGRAMS[name][1].target == "sm_90a" and calls._PROGRAMS[name][1].kernels == 1


@jax.custom_vjp
def rounded(x):
    return jnp.round(x)


rounded.defvjp(lambda x: (jnp.round(x), None), lambda _, cotangent: (cotangent * 3,))


@jax.custom_jvp
def doubled(x):
    return x * 2


doubled.defjvp(lambda primals, tangents: (primals[0] * 2, tangents[0] * 7))


def test_derivatives_of_ones_own_are_kept():
    def function(q):
        return attention(doubled(q), rounded(q), doubled(q)).sum()

    (q, *_) = qkv(2, 33, 16)
    fast = flashlight.jax.jit(function, require_fusion=True)
    assert fused(fast, q) == 1
    same(jax.grad(fast)(q), jax.grad(function)(q), 1e-4)
