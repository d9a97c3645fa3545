"""Export gradients of attention, as JAX's vjp writes them, to linalg-on-tensors MLIR.

usage: python export_gradients_jax.py OUTDIR
Needs jax, ml_dtypes, safetensors from PyPI. Writes what export_gradients.py writes.
"""
import math, os, sys
import numpy as np
import jax, jax.numpy as jnp
from jax.interpreters import mlir as jmlir
from jaxlib.mlir import ir
from jaxlib.mlir.passmanager import PassManager
import jaxlib.mlir._mlir_libs._stablehlo as stablehlo
from safetensors.numpy import save_file
jax.config.update('jax_enable_x64', True)

def scores(q, k): return jnp.einsum('bhid,bhjd->bhij', q, k) / math.sqrt(q.shape[-1])
def plain(q, k, v): return jnp.einsum('bhij,bhjd->bhid', jax.nn.softmax(scores(q, k), -1), v)
def causal(q, k, v):
    live = jnp.tril(jnp.ones((q.shape[-2], k.shape[-2]), bool))
    return jnp.einsum('bhij,bhjd->bhid', jax.nn.softmax(jnp.where(live, scores(q, k), -jnp.inf), -1), v)
def softcap(q, k, v):
    return jnp.einsum('bhij,bhjd->bhid', jax.nn.softmax(20 * jnp.tanh(scores(q, k) / 20), -1), v)
def gqa(q, k, v):
    b, h, n, d = k.shape
    q = q.reshape(b, h, -1, q.shape[-2], d)
    p = jax.nn.softmax(jnp.einsum('bhgid,bhjd->bhgij', q, k) / math.sqrt(d), -1)
    return jnp.einsum('bhgij,bhjd->bhgid', p, v).reshape(b, -1, q.shape[-2], d)

def main(out):
    os.makedirs(out, exist_ok=True)
    rng = np.random.default_rng(0)
    shape = (1, 2, 40, 16)
    cases = {'jax_plain_f32': (plain, [shape] * 3, np.float32), 'jax_plain_bf16': (plain, [shape] * 3, jnp.bfloat16),
             'jax_causal_f32': (causal, [shape] * 3, np.float32), 'jax_causal_bf16': (causal, [shape] * 3, jnp.bfloat16),
             'jax_softcap_f32': (softcap, [shape] * 3, np.float32), 'jax_gqa_f32': (gqa, [(1, 4, 40, 16), shape, shape], np.float32)}
    for name, (f, shapes, dtype) in cases.items():
        xs = [jnp.asarray(rng.standard_normal(s), dtype) for s in shapes + shapes[:1]]
        def g(*xs): return jax.vjp(f, *xs[:-1])[1](xs[-1])
        lowered = jax.jit(g, keep_unused=True).lower(*xs)
        module = lowered.compiler_ir('stablehlo')
        with module.context:
            stablehlo.register_stablehlo_passes()
            PassManager.parse('builtin.module(inline,func.func(chlo-legalize-to-stablehlo),stablehlo-legalize-to-linalg)').run(module.operation)
        open(f'{out}/{name}.mlir', 'w').write(module.operation.get_asm() + '\n')
        eager, truth = g(*xs), g(*[x.astype(jnp.float64) for x in xs])
        tensors = {f'arg{i}': x for i, x in enumerate(xs)} | {f'eager{i}': x for i, x in enumerate(eager)}
        save_file({k: np.asarray(x) for k, x in tensors.items()} | {f'result{i}': np.asarray(x, np.float32) for i, x in enumerate(truth)},
                  f'{out}/{name}.safetensors')
        print(name, 'ok')

main(sys.argv[1])
