"""Export attention with sizes that are only known at run time: `?` in batch, heads, query and key lengths.

usage: python export_dynamic.py OUTDIR [--only NAME...]
Writes NAME.mlir, which begins with the sizes of its arguments by name. There is no file of inputs beside it: the tests make inputs at many lengths and take the program's own
unfused lowering as the truth. Needs what export.py needs.
"""
import argparse, math, os
import torch, torch.nn as nn, torch.nn.functional as F
from torch.export import Dim
from export import (Fn, Mha, alibi, bias_mask, causal, document, gated, gqa, layout_bshd, mm_einsum, no_batch, padded, prefix_lm, rotary,
                    sdpa_causal, sdpa_op, sink_concat, sliding, sm, vanilla, with_lse)

B, H, S, T = Dim('B', max=1 << 16), Dim('H', max=1 << 10), Dim('S', max=1 << 24), Dim('T', max=1 << 24)

def end_aligned(q, k, v):  # the last query sees every key: decoding with a cache
    s = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
    i = torch.arange(q.size(-2)).view(-1, 1); j = torch.arange(k.size(-2)).view(1, -1)
    return sm(s.masked_fill(j > i + (k.size(-2) - q.size(-2)), float('-inf'))) @ v
def bool_mask(q, k, v, m): return F.scaled_dot_product_attention(q, k, v, attn_mask=m)
def gqa_repeat(q, k, v):
    k, v = (t.repeat_interleave(q.size(1) // k.size(1), 1) for t in (k, v))
    return causal(q, k, v)
def gqa_expand(q, k, v):
    b, h, s, d = k.shape; g = q.size(1) // h
    k, v = (t[:, :, None].expand(b, h, g, s, d).reshape(b, h * g, s, d) for t in (k, v))
    return sm(q @ k.transpose(-2, -1) / math.sqrt(d)) @ v
class Layer(nn.Module):  # projections around it, heads from one linear
    def __init__(s, e=64, h=4): super().__init__(); s.h = h; s.qkv, s.o = nn.Linear(e, 3 * e), nn.Linear(e, e)
    def forward(s, x):
        b, n, e = x.shape
        q, k, v = s.qkv(x).view(b, n, 3, s.h, e // s.h).permute(2, 0, 3, 1, 4)
        return s.o(causal(q, k, v).transpose(1, 2).reshape(b, n, e))

def cases():
    bf, f32 = torch.bfloat16, torch.float32
    def r(*shape, dt=bf): return torch.randn(*shape, dtype=dt)
    same = [{0: B, 1: H, 2: S}] * 3
    cross = [{0: B, 1: H, 2: S}, {0: B, 1: H, 2: T}, {0: B, 1: H, 2: T}]
    x = lambda: [r(2, 3, 100, 64), r(2, 3, 120, 64), r(2, 3, 120, 64)]
    y = lambda: [r(2, 3, 100, 64) for _ in range(3)]
    t = {}
    for f in (vanilla, end_aligned, prefix_lm, mm_einsum, sdpa_op): t[f.__name__] = (f, x(), cross)
    for f in (causal, sliding, sdpa_causal, with_lse, rotary): t[f.__name__] = (f, y(), same)
    t['alibi'] = (alibi, y(), [{0: B, 2: S}] * 3)
    t['length_only'] = (causal, y(), [{2: S}] * 3)
    t['no_batch'] = (no_batch, [r(100, 64), r(120, 64), r(120, 64)], [{0: S}, {0: T}, {0: T}])
    t['one_query'] = (vanilla, [r(2, 3, 1, 64), r(2, 3, 120, 64), r(2, 3, 120, 64)], [{0: B}, {0: B, 2: T}, {0: B, 2: T}])
    t['layout_bshd'] = (layout_bshd, [r(2, 100, 3, 64), r(2, 120, 3, 64), r(2, 120, 3, 64)], [{0: B, 1: S, 2: H}, {0: B, 1: T, 2: H}, {0: B, 1: T, 2: H}])
    t['bias_mask'] = (bias_mask, x() + [r(2, 1, 100, 120)], cross + [{0: B, 2: S, 3: T}])
    t['bool_mask'] = (bool_mask, x() + [torch.rand(2, 1, 100, 120) > 0.3], cross + [{0: B, 2: S, 3: T}])
    t['document'] = (document, y() + [torch.zeros(2, 100, dtype=torch.int64)], same + [{0: B, 1: S}])
    t['padded'] = (padded, x() + [torch.tensor([120, 7])], cross + [{0: B}])
    t['gated'] = (gated, x() + [r(2, 3, 100, 64)], cross + [{0: B, 1: H, 2: S}])
    g = lambda: [r(2, 4, 100, 64), r(2, 2, 120, 64), r(2, 2, 120, 64)]
    gs = [{0: B, 2: S}, {0: B, 2: T}, {0: B, 2: T}]
    t['gqa'] = (gqa, g(), gs)
    t['gqa_expand'] = (gqa_expand, g(), gs)
    t['gqa_repeat'] = (gqa_repeat, [r(2, 4, 100, 64), r(2, 2, 100, 64), r(2, 2, 100, 64)], [{0: B, 2: S}] * 3)
    t['sink_concat'] = (sink_concat, y() + [r(3)], [{0: B, 2: S}] * 3 + [None])
    t['mha'] = (Mha(), [r(2, 64, 64, dt=f32)], [{1: S}])
    t['layer'] = (Layer(), [r(2, 64, 64, dt=f32)], [{1: S}])
    return t

if __name__ == '__main__':
    from torch_mlir import fx
    p = argparse.ArgumentParser(description=__doc__); p.add_argument('out'); p.add_argument('--only', nargs='*'); a = p.parse_args()
    os.makedirs(a.out, exist_ok=True); torch.manual_seed(0)
    for name, (f, args, dynamic) in cases().items():
        if a.only and name not in a.only: continue
        m = (f if isinstance(f, nn.Module) else Fn(f)).eval()
        shapes = {'a': tuple(dynamic)} if isinstance(m, Fn) else tuple(dynamic)
        try:
            mod = fx.export_and_import(m, *args, output_type='linalg-on-tensors', func_name='main', dynamic_shapes=shapes)
        except Exception as e:
            print(name, 'FAILED', type(e).__name__, str(e).strip().splitlines()[-1][:300] if str(e) else ''); continue
        def size(i, n, names): return names[i].__name__ if i in names else str(n)
        dims = '; '.join(' '.join(size(i, n, d or {}) for i, n in enumerate(x.shape)) for x, d in zip(args, dynamic))
        open(f'{a.out}/{name}.mlir', 'w').write(f'// sizes: {dims}\n' + mod.operation.get_asm() + '\n')
        print(name, 'ok')
