"""Export the benchmark matrix: attention variants in plain PyTorch at the sizes they are measured at, as linalg MLIR.

usage: python matrix.py OUTDIR [--only SUBSTRING...] [--list]
Needs what export.py needs. Writes NAME.mlir only: inputs are made where the kernels are timed (benches/peers.py).
NAME is VARIANT_hHEADS[kvN]_dD_bB_sS.
"""
import argparse, math, os
import torch
from export import Fn, sm, causal, alibi, softcap, vanilla, diff, evoformer, ipa

def window(q, k, v, w=256):
    s = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
    i = torch.arange(q.size(-2)).view(-1, 1); j = torch.arange(k.size(-2)).view(1, -1)
    return sm(s.masked_fill((j > i) | (i - j > w), float('-inf'))) @ v
def prefix(q, k, v, p=256):
    s = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
    i = torch.arange(q.size(-2)).view(-1, 1); j = torch.arange(k.size(-2)).view(1, -1)
    return sm(s.masked_fill((j > i) & (j >= p), float('-inf'))) @ v
def sinks(q, k, v, w=256, n=4):  # a window and the first few keys
    s = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
    i = torch.arange(q.size(-2)).view(-1, 1); j = torch.arange(k.size(-2)).view(1, -1)
    keep = (j <= i) & ((i - j <= w) | (j < n))
    return sm(s.masked_fill(~keep, float('-inf'))) @ v
def packed(q, k, v, ids):
    s = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
    i = torch.arange(q.size(-2)).view(-1, 1); j = torch.arange(k.size(-2)).view(1, -1)
    keep = (ids.unsqueeze(2) == ids.unsqueeze(1)) & (j <= i)
    return sm(s.masked_fill(~keep.unsqueeze(1), float('-inf'))) @ v

def chunk(q, k, v):  # the last queries of a sequence
    s = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
    i = torch.arange(q.size(-2)).view(-1, 1) + k.size(-2) - q.size(-2); j = torch.arange(k.size(-2)).view(1, -1)
    return sm(s.masked_fill(j > i, float('-inf'))) @ v
def learned(q, k, v, z):  # a learned score per head beside those of the keys
    s = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
    i = torch.arange(q.size(-2)).view(-1, 1); j = torch.arange(k.size(-2)).view(1, -1)
    s = s.masked_fill(j > i, float('-inf'))
    return sm(torch.cat([s, z.view(1, -1, 1, 1).expand(s.size(0), -1, s.size(2), 1)], -1))[..., :-1] @ v
def additive(q, k, v, m): return sm(q @ k.transpose(-2, -1) / math.sqrt(q.size(-1)) + m) @ v

VARIANTS = dict(vanilla=vanilla, alibi=alibi, softcap=softcap, causal=causal, window=window, prefix=prefix, packed=packed)
SIZES = [(32, 512), (16, 1024), (8, 2048), (4, 4096), (2, 8192), (1, 16384)]

def grouped(f):
    """The variant with fewer key/value heads than query heads: heads are grouped by a view, keys and values broadcast."""
    def g(q, k, v, *rest):
        b, h, s, d = q.shape; hk = k.size(1)
        wide = lambda t: t[:, :, None].expand(b, hk, h // hk, t.size(-2), t.size(-1)).reshape(b, h, t.size(-2), t.size(-1))
        return f(q, wide(k), wide(v), *rest)
    return g

def cells():
    bf = torch.bfloat16
    r = lambda *s: torch.empty(*s, dtype=bf)
    for n, f in VARIANTS.items():
        shapes = [(16, 16, 64, b, s) for b, s in SIZES] + [(16, 2, 64, b, s) for b, s in SIZES]
        shapes += [(16, 16, 128, 4, 4096), (16, 16, 128, 1, 16384)] + ([(8, 8, 256, 1, 16384)] if n in ('vanilla', 'causal') else [])
        for h, hk, d, b, s in shapes:
            a = [r(b, h, s, d), r(b, hk, s, d), r(b, hk, s, d)] + ([torch.zeros(b, s, dtype=torch.int64)] if n == 'packed' else [])
            yield f'{n}_h{h}{"" if h == hk else f"kv{hk}"}_d{d}_b{b}_s{s}', f if h == hk else grouped(f), a
    for b, s in ((4, 1024), (4, 4096)): yield f'sinks_h16_d64_b{b}_s{s}', sinks, [r(b, 16, s, 64) for _ in range(3)]
    for h, d in ((32, 64), (16, 128)):
        for b, s in SIZES: yield f'diff_h{h}_d{d}_b{b}_s{s}', diff, [r(b, 2 * h, s, d), r(b, 2 * h, s, d), r(b, h, s, 2 * d)]
    for b in (1, 8, 32):
        for d in (64, 128):
            yield f'evoformer_h4_d{d}_b{b}_s256', evoformer, [r(b, 256, 256, 4, d) for _ in range(3)] + [r(b, 256, 1, 1, 256), r(b, 1, 4, 256, 256)]
    for s in (64, 128, 256, 512, 1024):
        yield f'ipa_h8_d16_b2_s{s}', ipa, [r(2, 8, s, 16) for _ in range(3)] + [r(2, 8, s, 4, 3), r(2, 8, s, 4, 3), r(2, 8, s, 8, 3), r(2, 8, s, s)]
    for b, s, h, hk in ((16, 8192, 32, 8), (1, 131072, 32, 8), (64, 4096, 32, 32)):
        f = vanilla if h == hk else grouped(vanilla)
        yield f'decode_h{h}{"" if h == hk else f"kv{hk}"}_d128_b{b}_s{s}', f, [r(b, h, 1, 128), r(b, hk, s, 128), r(b, hk, s, 128)]
    for b, s, h, hk, d in ((64, 4096, 32, 8, 64), (32, 10001, 64, 8, 128), (16, 5003, 16, 2, 64)):
        yield f'decode_h{h}kv{hk}_d{d}_b{b}_s{s}', grouped(vanilla), [r(b, h, 1, d), r(b, hk, s, d), r(b, hk, s, d)]
    for s in (2048, 4096): yield f'mla_h128_d192_b1_s{s}', causal, [r(1, 128, s, 192), r(1, 128, s, 192), r(1, 128, s, 128)]
    for s in (8192, 32768): yield f'chunk_h32kv8_d128_b1_s{s}', grouped(chunk), [r(1, 32, 512, 128), r(1, 8, s, 128), r(1, 8, s, 128)]
    yield 'draft_h32kv8_d128_b16_s8192', grouped(chunk), [r(16, 32, 5, 128), r(16, 8, 8192, 128), r(16, 8, 8192, 128)]
    yield 'learned_h64kv8_d64_b1_s4096', grouped(learned), [r(1, 64, 4096, 64), r(1, 8, 4096, 64), r(1, 8, 4096, 64), r(64)]
    yield 'causal_h32kv8_d128_b1_s8192', grouped(causal), [r(1, 32, 8192, 128), r(1, 8, 8192, 128), r(1, 8, 8192, 128)]
    for h, d, b, s in ((20, 64, 8, 1500), (16, 64, 16, 1024)): yield f'cross_h{h}_d{d}_b{b}_s{s}', vanilla, [r(b, h, 448, d), r(b, h, s, d), r(b, h, s, d)]
    for b, s in ((64, 197), (16, 729), (16, 1000), (4, 3001)):  # lengths that no tile divides
        for n, f in (('vanilla', vanilla), ('causal', causal)): yield f'{n}_h16_d64_b{b}_s{s}', f, [r(b, 16, s, 64) for _ in range(3)]
    for d in (72, 80, 96):
        for n, f in (('vanilla', vanilla), ('causal', causal)): yield f'{n}_h16_d{d}_b4_s2048', f, [r(4, 16, 2048, d) for _ in range(3)]
    yield 'vanilla_h4_d32_b4096_s49', vanilla, [r(4096, 4, 49, 32) for _ in range(3)]  # small windows
    for b, s in ((8, 1024), (2, 4096)): yield f'additive_h16_d64_b{b}_s{s}', additive, [r(b, 16, s, 64) for _ in range(3)] + [r(1, 1, s, s)]

if __name__ == '__main__':
    p = argparse.ArgumentParser(description=__doc__); p.add_argument('out'); p.add_argument('--only', nargs='*'); p.add_argument('--list', action='store_true'); a = p.parse_args()
    from torch_mlir import fx
    os.makedirs(a.out, exist_ok=True)
    for name, f, args in cells():
        if a.only and not any(x in name for x in a.only): continue
        if a.list: print(name); continue
        mod = fx.export_and_import(Fn(f).eval(), *args, output_type='linalg-on-tensors', func_name='main')
        open(f'{a.out}/{name}.mlir', 'w').write(mod.operation.get_asm() + '\n')
        print(name, 'ok', flush=True)
