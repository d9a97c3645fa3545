"""Export gradients of attention, as PyTorch's autodiff writes them, to linalg-on-tensors MLIR.

usage: python export_gradients.py OUTDIR [--only NAME...]
Needs what export.py needs. (export_gradients_jax.py does the same from JAX.)
Writes NAME.mlir and NAME.safetensors as export.py does: the truth is the gradient of the same function in f64.

Every program takes the arguments of a function and the gradients of its results (tangents), and returns the gradients of its
floating-point arguments; joint_* return the results of the function before them. saved_* are the backward half that AOTAutograd
cuts off a joint graph: what it saved (the weights among it) is an argument.
"""
import argparse, copy, math, os, sys
import torch, torch.nn.functional as F

bf, f32 = torch.bfloat16, torch.float32
NINF = float('-inf')
def sm(x): return torch.softmax(x, dim=-1)
def t(x): return x.transpose(-2, -1)
def scores(q, k): return q @ t(k) / math.sqrt(q.size(-1))
def places(q, k): return torch.arange(q.size(-2)).view(-1, 1), torch.arange(k.size(-2)).view(1, -1)

def plain(q, k, v): return sm(scores(q, k)) @ v
def causal(q, k, v):
    i, j = places(q, k)
    return sm(scores(q, k).masked_fill(j > i, NINF)) @ v
def window(q, k, v, w=24):
    i, j = places(q, k)
    return sm(torch.where((j <= i) & (i - j < w), scores(q, k), NINF)) @ v
def documents(q, k, v, ids):
    i, j = places(q, k)
    keep = (ids.unsqueeze(2) == ids.unsqueeze(1)) & (j <= i)
    return sm(scores(q, k).masked_fill(~keep.unsqueeze(1), NINF)) @ v
def padding(q, k, v, live):  # a finite mask value, as many models have it
    return sm(scores(q, k).masked_fill(~live[:, None, None, :], -1e9)) @ v
def bias(q, k, v, b): return sm(scores(q, k) + b) @ v
def evoformer(q, k, v, b1, b2):
    q, k, v = (x.transpose(-2, -3) for x in (q, k, v))
    return (sm(scores(q, k) + b1 + b2) @ v).transpose(-2, -3)
def relative_table(q, k, v, table):
    i, j = places(q, k)
    return sm(scores(q, k) + table[(i - j).clamp(-16, 15) + 16].permute(2, 0, 1)) @ v
def alibi(q, k, v, slopes):
    i, j = places(q, k)
    return sm((scores(q, k) + slopes.view(-1, 1, 1) * (j - i).to(q.dtype)).masked_fill(j > i, NINF)) @ v
def sink(q, k, v, s):
    a = scores(q, k)
    s = s.view(1, -1, 1, 1).expand(a.size(0), -1, a.size(2), 1)
    return sm(torch.cat([a, s], -1))[..., :-1] @ v
def sink_window(q, k, v, s, w=24):  # as GPT-OSS has it
    k, v = (x.repeat_interleave(q.size(1) // x.size(1), 1) for x in (k, v))
    i, j = places(q, k)
    a = scores(q, k).masked_fill((j > i) | (j <= i - w), torch.finfo(q.dtype).min)
    a = torch.cat([a, s.view(1, -1, 1, 1).expand(a.size(0), -1, a.size(2), 1)], -1)
    return sm(a - a.detach().amax(-1, keepdim=True))[..., :-1] @ v
def softmax_one(q, k, v):
    e = torch.exp(scores(q, k))
    return (e / (1 + e.sum(-1, keepdim=True))) @ v
def softcap(q, k, v, c=20.0): return sm(c * torch.tanh(scores(q, k) / c)) @ v
def softcap_causal(q, k, v, c=20.0):
    i, j = places(q, k)
    return sm((c * torch.tanh(scores(q, k) / c)).masked_fill(j > i, NINF)) @ v
def temperature(q, k, v, temp): return sm(q @ t(k) * temp.exp().view(-1, 1, 1)) @ v
def cosine(q, k, v, temp):
    return sm(F.normalize(q, dim=-1) @ t(F.normalize(k, dim=-1)) * temp.exp().view(-1, 1, 1)) @ v
def gqa_repeat(q, k, v):
    k, v = (x.repeat_interleave(q.size(1) // x.size(1), 1) for x in (k, v))
    i, j = places(q, k)
    return sm(scores(q, k).masked_fill(j > i, NINF)) @ v
def gqa_view(q, k, v):
    q = q.unflatten(1, (k.size(1), -1))
    return (sm(scores(q, k.unsqueeze(2))) @ v.unsqueeze(2)).flatten(1, 2)
def mla(qn, qr, kn, kr, v):  # a shared rotary key, values of another width
    i, j = places(qn, kn)
    s = (qn @ t(kn) + qr @ t(kr.unsqueeze(1))) / math.sqrt(qn.size(-1) + qr.size(-1))
    return sm(s.masked_fill(j > i, NINF)) @ v
def diff(q, k, v, lam):
    h = q.size(1) // 2
    a, b = sm(scores(q[:, :h], k[:, :h])), sm(scores(q[:, h:], k[:, h:]))
    return a @ v - lam * (b @ v)
def diff_fold(q, k, v, lam):
    h = q.size(1) // 2
    a, b = sm(scores(q[:, :h], k[:, :h])), sm(scores(q[:, h:], k[:, h:]))
    return (a - lam * b) @ v
def with_lse(q, k, v):
    s = scores(q, k)
    return sm(s) @ v, torch.logsumexp(s, -1)
def sigmoid_weights(q, k, v):
    i, j = places(q, k)
    return (torch.sigmoid(scores(q, k) - math.log(k.size(-2))).masked_fill(j > i, 0)) @ v
def silu_weights(q, k, v):  # HSTU
    s = q @ t(k)
    i, j = places(q, k)
    return (s * torch.sigmoid(s) / k.size(-2)).masked_fill(j > i, 0) @ v
def relu_squared(q, k, v): return torch.relu(scores(q, k)).square() @ v
def gated(q, k, v, g): return torch.sigmoid(g) * plain(q, k, v)
def rope(x, cos, sin):
    a, b = x.chunk(2, -1)
    return x * cos + torch.cat([-b, a], -1) * sin
def rotary(q, k, v, cos, sin):
    q, k = rope(q, cos, sin).to(q.dtype), rope(k, cos, sin).to(k.dtype)
    i, j = places(q, k)
    return sm(scores(q, k).masked_fill(j > i, NINF)) @ v
def ipa(q, k, v, qp, kp, vp, pb):
    w = -0.5 * math.sqrt(9.0 / (2 * qp.size(-2)))
    d = ((qp.unsqueeze(3) - kp.unsqueeze(2)) ** 2).sum(-1).sum(-1)
    a = sm(scores(q, k) + w * d + pb)
    return a @ v, torch.einsum('bhij,bhjpc->bhipc', a, vp)
def forget_gates(q, k, v, f):
    c = F.logsigmoid(f).cumsum(-1)
    i, j = places(q, k)
    return sm((scores(q, k) + c.unsqueeze(-1) - c.unsqueeze(-2)).masked_fill(j > i, NINF)) @ v
def sdpa(q, k, v): return F.scaled_dot_product_attention(q, k, v)
def sdpa_causal(q, k, v): return F.scaled_dot_product_attention(q, k, v, is_causal=True)
def sdpa_mask(q, k, v, m): return F.scaled_dot_product_attention(q, k, v, attn_mask=m)
def sdpa_gqa(q, k, v): return F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
def layer(x, wq, wk, wv, wo):  # with projections
    q, k, v = ((x @ w).unflatten(-1, (2, -1)).transpose(1, 2) for w in (wq, wk, wv))
    return causal(q, k, v).transpose(1, 2).flatten(-2) @ wo
def given_lse(q, k, v, o, lse, g):  # FlashAttention's backward, as it is written by hand
    c = 1 / math.sqrt(q.size(-1))
    p = torch.exp(c * (q @ t(k)).float() - lse.unsqueeze(-1))
    ds = p * ((g @ t(v)).float() - (g.float() * o.float()).sum(-1, keepdim=True))
    return c * ds.to(q.dtype) @ k, c * t(ds).to(q.dtype) @ q, t(p).to(q.dtype) @ g

r = torch.randn
def qkv(dt, b=1, h=2, s=40, n=None, d=16, hk=None, dv=None):
    n, hk, dv = n or s, hk or h, dv or d
    return [r(b, h, s, d).to(dt), r(b, hk, n, d).to(dt), r(b, hk, n, dv).to(dt)]

def cases():
    c = {}
    def both(name, f, make):
        for dt, end in ((f32, 'f32'), (bf, 'bf16')): c[f'{name}_{end}'] = (f, make(dt))
    def one(name, f, make, dt): c[f'{name}_{"f32" if dt == f32 else "bf16"}'] = (f, make(dt))
    both('plain', plain, qkv)
    long = lambda dt: qkv(dt, s=72)
    both('causal', causal, long)
    one('cross', plain, lambda dt: qkv(dt, s=24, n=56), bf)
    one('window', window, long, bf)
    one('documents', documents, lambda dt: long(dt) + [torch.randint(0, 4, (1, 72)).sort(-1).values], bf)
    one('padding', padding, lambda dt: qkv(dt) + [torch.arange(40)[None] < 29], f32)
    both('bias', bias, lambda dt: qkv(dt) + [r(1, 2, 40, 40).to(dt)])
    one('bias_shared', bias, lambda dt: qkv(dt, b=2, s=40) + [r(2, 40, 40).to(dt)], f32)
    one('bias_of_keys', bias, lambda dt: qkv(dt, b=2, s=40) + [r(2, 1, 1, 40).to(dt)], f32)
    ev = lambda dt: [r(1, 4, 40, 2, 16).to(dt) for _ in range(3)] + [r(1, 4, 1, 1, 40).to(dt), r(1, 1, 2, 40, 40).to(dt)]
    both('evoformer', evoformer, ev)
    one('relative_table', relative_table, lambda dt: qkv(dt, s=40) + [r(32, 2).to(dt)], f32)
    both('alibi', alibi, lambda dt: qkv(dt) + [torch.tensor([0.5, 0.25]).to(dt)])
    both('sink', sink, lambda dt: qkv(dt) + [r(2).to(dt)])
    one('sink_window', sink_window, lambda dt: qkv(dt, h=4, hk=2, s=72) + [r(4).to(dt)], bf)
    one('softmax_one', softmax_one, qkv, f32)
    both('softcap', softcap, qkv)
    one('softcap_causal', softcap_causal, qkv, bf)
    both('temperature', temperature, lambda dt: qkv(dt) + [(r(2) * 0.1 - 1.4).to(dt)])
    one('cosine', cosine, lambda dt: qkv(dt) + [(r(2) * 0.1 + 1).to(dt)], f32)
    both('gqa', gqa_repeat, lambda dt: qkv(dt, h=4, hk=2, s=40))
    one('gqa_view', gqa_view, lambda dt: qkv(dt, h=4, hk=2, s=40), bf)
    m = lambda dt: [r(1, 2, 40, 24).to(dt), r(1, 2, 40, 8).to(dt), r(1, 2, 40, 24).to(dt), r(1, 40, 8).to(dt), r(1, 2, 40, 16).to(dt)]
    both('mla', mla, m)
    d = lambda dt: qkv(dt, h=4, s=40)[:2] + [r(1, 2, 40, 32).to(dt), torch.tensor(0.3).to(dt)]
    both('diff', diff, d)
    one('diff_fold', diff_fold, d, f32)
    one('with_lse', with_lse, qkv, f32)
    one('sigmoid_weights', sigmoid_weights, qkv, bf)
    one('silu_weights', silu_weights, qkv, f32)
    one('relu_squared', relu_squared, qkv, f32)
    one('gated', gated, lambda dt: qkv(dt) + [r(1, 2, 40, 16).to(dt)], bf)
    a = lambda s: torch.outer(torch.arange(s).float(), 0.1 ** (torch.arange(8) / 8)).repeat(1, 2)
    one('rotary', rotary, lambda dt: qkv(dt) + [a(40).cos().to(dt), a(40).sin().to(dt)], bf)
    i = lambda dt: qkv(dt, s=40) + [r(1, 2, 40, 4, 3).to(dt), r(1, 2, 40, 4, 3).to(dt), r(1, 2, 40, 4, 3).to(dt), r(1, 2, 40, 40).to(dt)]
    one('ipa', ipa, i, f32)
    one('forget_gates', forget_gates, lambda dt: qkv(dt, s=40) + [(r(1, 2, 40) + 2).to(dt)], f32)
    one('sdpa', sdpa, qkv, bf)
    one('sdpa_causal', sdpa_causal, qkv, f32)
    one('sdpa_mask', sdpa_mask, lambda dt: qkv(dt) + [r(1, 2, 40, 40).to(dt)], bf)
    one('sdpa_gqa', sdpa_gqa, lambda dt: qkv(dt, h=4, hk=2, s=40), bf)
    w = lambda dt: [r(1, 40, 32).to(dt)] + [(r(32, 32) / 6).to(dt) for _ in range(4)]
    one('layer', layer, w, f32)
    one('joint_plain', plain, qkv, f32)
    one('joint_causal', causal, long, bf)
    one('joint_documents', documents, lambda dt: qkv(dt) + [torch.randint(0, 4, (1, 40)).sort(-1).values], f32)
    one('joint_gqa', gqa_repeat, lambda dt: qkv(dt, h=4, hk=2, s=40), f32)
    one('joint_layer', layer, w, bf)
    both('saved_causal', causal, qkv)
    def saved(dt):
        q, k, v = qkv(dt)
        s = scores(q.double(), k.double())
        return [q, k, v, (sm(s) @ v.double()).to(dt), torch.logsumexp(s, -1).float(), r(1, 2, 40, 16).to(dt)]
    both('given_lse', given_lse, saved)
    return c

def tuple_of(x): return tuple(x) if isinstance(x, (tuple, list)) else (x,)

def gradient(f, args, results):
    """(args..., tangents...) -> (results..., gradients of floating-point arguments...)"""
    n, wanted = len(args), [i for i, x in enumerate(args) if x.is_floating_point()]
    def g(*xs):
        def only(*floats):
            own = list(xs[:n])
            for i, x in zip(wanted, floats): own[i] = x
            return tuple_of(f(*own))
        out, vjp = torch.func.vjp(only, *(xs[i] for i in wanted))
        return (tuple(out) if results else ()) + tuple(vjp(tuple(xs[n:])))
    return g

def r_like(x): return torch.randn(x.shape).to(x.dtype)
def to_f64(x): return x.double() if x.is_floating_point() else x

def program(name, f, args):
    """A graph of aten operations, its arguments, and the function that it is."""
    from torch.fx.experimental.proxy_tensor import make_fx
    from torch._decomp import core_aten_decompositions
    if name.startswith('given_'):
        g, xs = f, args
    else:
        results = tuple_of(f(*args))
        g, xs = gradient(f, args, name.startswith('joint_')), args + [r_like(x) for x in results]
    gm = make_fx(g, decomposition_table=core_aten_decompositions())(*xs)
    return gm, g, xs

def saved_program(f, args):
    """The backward half of the joint graph, the same in f64, and its arguments: what is saved, and the tangent."""
    from torch._functorch.aot_autograd import aot_function
    from torch._functorch.partitioners import default_partition
    from torch._decomp import core_aten_decompositions
    found = {}
    def backward(gm, _):
        def call(xs):
            found['gm'], found['args'] = gm, [x.detach().clone() for x in xs]
            return gm(*xs)
        call._boxed_call = True
        return call
    own = [x.clone().requires_grad_(x.is_floating_point()) for x in args]
    out = aot_function(f, fw_compiler=lambda gm, _: gm, bw_compiler=backward, partition_fn=default_partition,
                       decompositions=core_aten_decompositions())(*own)
    out.backward(r_like(out))
    wide = copy.deepcopy(found['gm'])
    for node in wide.graph.nodes:
        if node.kwargs.get('dtype') in (bf, f32): node.kwargs = {**node.kwargs, 'dtype': torch.float64}
    wide.recompile()
    return found['gm'], wide, found['args']

def main():
    from torch_mlir import fx
    from safetensors.torch import save_file
    from torch.nn.attention import sdpa_kernel, SDPBackend
    p = argparse.ArgumentParser(description=__doc__); p.add_argument('out'); p.add_argument('--only', nargs='*'); a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    for name, (f, args) in cases().items():
        if a.only and name not in a.only: continue
        torch.manual_seed(0)
        try:
            with sdpa_kernel(SDPBackend.MATH):
                gm, g, xs = saved_program(f, args) if name.startswith('saved_') else program(name, f, args)
                mod = fx.export_and_import(gm, *xs, output_type='linalg-on-tensors', func_name='main')
                eager = tuple_of(gm(*xs))
                truth = [x.float() for x in tuple_of(g(*map(to_f64, xs)))]
        except Exception as e:
            print(name, 'FAILED', type(e).__name__, str(e).strip().splitlines()[-1][:300] if str(e) else '', file=sys.stderr); continue
        open(f'{a.out}/{name}.mlir', 'w').write(mod.operation.get_asm() + '\n')
        save_file({**{f'arg{i}': x.contiguous().clone() for i, x in enumerate(xs)}, **{f'result{i}': x.contiguous().clone() for i, x in enumerate(truth)},
                   **{f'eager{i}': x.contiguous().clone() for i, x in enumerate(eager)}}, f'{a.out}/{name}.safetensors')
        print(name, 'ok')

if __name__ == '__main__':
    torch.manual_seed(0)
    main()
