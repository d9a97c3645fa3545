"""Layers of well-known models in plain PyTorch: what benches/layers.py measures and export_layers.py exports.

A layer is a module and its inputs' shapes; weights are random. `full` is the width of the model that is named, `small` keeps its structure and head dims.
Masks, softcaps, sinks and the like are written as arithmetic; what PyTorch has a fused kernel for goes through `scaled_dot_product_attention`.
"""
import math
from dataclasses import dataclass
from typing import Callable

import torch
import torch.nn as nn
import torch.nn.functional as F


class RMSNorm(nn.Module):
    def __init__(self, width, eps=1e-6, one=False):
        super().__init__()
        self.weight, self.eps, self.one = nn.Parameter(torch.zeros(width) if one else torch.ones(width)), eps, one

    def forward(self, x):
        h = x.float()
        h = h * torch.rsqrt(h.pow(2).mean(-1, keepdim=True) + self.eps)
        return (h * (1 + self.weight.float())).to(x.dtype) if self.one else self.weight * h.to(x.dtype)


def rotate(x, cos, sin):
    low, high = x.chunk(2, -1)
    return x * cos + torch.cat((-high, low), -1) * sin


def heads(x, count):
    return x.unflatten(-1, (count, -1)).transpose(1, 2)


def merged(x):
    return x.transpose(1, 2).flatten(2)


def repeated(x, count):
    b, h, s, d = x.shape
    return x[:, :, None].expand(b, h, count, s, d).reshape(b, h * count, s, d)


def distances(queries, keys, device):
    return torch.arange(queries, device=device)[:, None] - torch.arange(keys, device=device)[None, :]


class Gated(nn.Module):
    def __init__(self, width, inner, act):
        super().__init__()
        self.gate, self.up, self.down = nn.Linear(width, inner, False), nn.Linear(width, inner, False), nn.Linear(inner, width, False)
        self.act = act

    def forward(self, x):
        return self.down(self.act(self.gate(x)) * self.up(x))


class Rotated(nn.Module):
    """Projections to rotated queries and keys, and values, heads split off."""

    def __init__(self, width, count, groups, dim, bias=False):
        super().__init__()
        self.count, self.groups = count, groups
        self.q, self.k, self.v = nn.Linear(width, count * dim, bias), nn.Linear(width, groups * dim, bias), nn.Linear(width, groups * dim, bias)
        self.o = nn.Linear(count * dim, width, bias)

    def forward(self, x, cos, sin):
        q, k, v = heads(self.q(x), self.count), heads(self.k(x), self.groups), heads(self.v(x), self.groups)
        return rotate(q, cos, sin), rotate(k, cos, sin), v


class Llama(nn.Module):
    def __init__(self, width=4096, count=32, groups=8, dim=128, inner=14336):
        super().__init__()
        self.attention, self.mlp = Rotated(width, count, groups, dim), Gated(width, inner, F.silu)
        self.before, self.after = RMSNorm(width, 1e-5), RMSNorm(width, 1e-5)

    def forward(self, x, cos, sin):
        q, k, v = self.attention(self.before(x), cos, sin)
        x = x + self.attention.o(merged(F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)))
        return x + self.mlp(self.after(x))


class Gemma2(nn.Module):
    def __init__(self, width=3584, count=16, groups=8, dim=256, inner=14336, window=4096):
        super().__init__()
        self.attention, self.mlp = Rotated(width, count, groups, dim), Gated(width, inner, lambda x: F.gelu(x, approximate='tanh'))
        self.norms, self.window, self.scale = nn.ModuleList(RMSNorm(width, one=True) for _ in range(4)), window, dim ** -0.5

    def forward(self, x, cos, sin):
        q, k, v = self.attention(self.norms[0](x), cos, sin)
        count = q.size(1) // k.size(1)
        s = torch.tanh(q @ repeated(k, count).transpose(-2, -1) * self.scale / 50.0) * 50.0
        d = distances(q.size(-2), k.size(-2), x.device)
        s = s.masked_fill((d < 0) | (d >= self.window), float('-inf'))
        o = torch.softmax(s.float(), -1).to(x.dtype) @ repeated(v, count)
        x = x + self.norms[1](self.attention.o(merged(o)))
        return x + self.norms[3](self.mlp(self.norms[2](x)))


class GptOss(nn.Module):
    """An attention block with sinks and a window."""

    def __init__(self, width=2880, count=64, groups=8, dim=64, window=128):
        super().__init__()
        self.attention, self.before = Rotated(width, count, groups, dim, True), RMSNorm(width, 1e-5)
        self.sinks, self.window, self.scale = nn.Parameter(torch.zeros(count)), window, dim ** -0.5

    def forward(self, x, cos, sin):
        q, k, v = self.attention(self.before(x), cos, sin)
        count = q.size(1) // k.size(1)
        s = q @ repeated(k, count).transpose(-2, -1) * self.scale
        d = distances(q.size(-2), k.size(-2), x.device)
        s = s.masked_fill((d < 0) | (d >= self.window), float('-inf'))
        sinks = self.sinks.view(1, -1, 1, 1).expand(s.size(0), -1, s.size(2), 1)
        p = torch.softmax(torch.cat((s, sinks), -1).float(), -1)[..., :-1].to(x.dtype)
        return x + self.attention.o(merged(p @ repeated(v, count)))


class DiffLlama(nn.Module):
    def __init__(self, width=4096, count=32, groups=8, dim=128, inner=14336, depth=0.2):
        super().__init__()
        self.attention, self.mlp = Rotated(width, count, groups, dim), Gated(width, inner, F.silu)
        self.before, self.after, self.heads = RMSNorm(width, 1e-5), RMSNorm(width, 1e-5), RMSNorm(2 * dim, 1e-5)
        self.lambdas, self.depth, self.scale = nn.Parameter(0.1 * torch.randn(4, dim)), depth, dim ** -0.5

    def forward(self, x, cos, sin):
        q, k, v = self.attention(self.before(x), cos, sin)
        count = q.size(1) // k.size(1)
        v = repeated(torch.cat(v.chunk(2, 1), -1), 2 * count)
        s = (q @ repeated(k, count).transpose(-2, -1) * self.scale).masked_fill(distances(q.size(-2), k.size(-2), x.device) < 0, float('-inf'))
        first, second = (torch.softmax(s.float(), -1).to(x.dtype) @ v).chunk(2, 1)
        a, b, c, d = self.lambdas.float()
        o = first - ((a * b).sum().exp() - (c * d).sum().exp() + self.depth).to(x.dtype) * second
        x = x + self.attention.o(merged((1 - self.depth) * self.heads(o)).flatten(2))
        return x + self.mlp(self.after(x))


class DeepSeek(nn.Module):
    """A block of multi-head latent attention, keys and values expanded."""

    def __init__(self, width=7168, count=128, rank_q=1536, rank=512, nope=128, rope=64, dim=128):
        super().__init__()
        self.count, self.nope, self.rope, self.rank, self.scale = count, nope, rope, rank, (nope + rope) ** -0.5
        self.before, self.norm_q, self.norm_kv = RMSNorm(width), RMSNorm(rank_q), RMSNorm(rank)
        self.qa, self.qb = nn.Linear(width, rank_q, False), nn.Linear(rank_q, count * (nope + rope), False)
        self.kva, self.kvb = nn.Linear(width, rank + rope, False), nn.Linear(rank, count * (nope + dim), False)
        self.o = nn.Linear(count * dim, width, False)

    def forward(self, x, cos, sin):
        h = self.before(x)
        q_nope, q_rope = heads(self.qb(self.norm_q(self.qa(h))), self.count).split((self.nope, self.rope), -1)
        latent, k_rope = self.kva(h).split((self.rank, self.rope), -1)
        k_nope, v = heads(self.kvb(self.norm_kv(latent)), self.count).split((self.nope, self.nope), -1)
        q = torch.cat((q_nope, rotate(q_rope, cos, sin)), -1)
        k_rope = rotate(k_rope[:, None], cos, sin).expand(-1, self.count, -1, -1)
        k = torch.cat((k_nope, k_rope), -1)
        return x + self.o(merged(F.scaled_dot_product_attention(q, k, v, is_causal=True, scale=self.scale)))


class Encoder(nn.Module):
    """Multi-head attention and a GELU network, layer norms before (ViT, Whisper) or after (BERT)."""

    def __init__(self, width=1024, count=16, inner=4096, first=True):
        super().__init__()
        self.count, self.first = count, first
        self.q, self.k, self.v, self.o = (nn.Linear(width, width) for _ in range(4))
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(2))

    def attend(self, x):
        q, k, v = (heads(linear(x), self.count) for linear in (self.q, self.k, self.v))
        return self.o(merged(F.scaled_dot_product_attention(q, k, v)))

    def forward(self, x):
        if self.first:
            x = x + self.attend(self.norms[0](x))
            return x + self.down(F.gelu(self.up(self.norms[1](x))))
        x = self.norms[0](x + self.attend(x))
        return self.norms[1](x + self.down(F.gelu(self.up(x))))


class GatedAttention(nn.Module):
    """AlphaFold 2's attention: a pair bias, a sigmoid gate."""

    def __init__(self, width, count, dim, pair):
        super().__init__()
        self.count, self.scale = count, dim ** -0.5
        self.q, self.k, self.v = (nn.Linear(width, count * dim, False) for _ in range(3))
        self.gate, self.o, self.bias = nn.Linear(width, count * dim), nn.Linear(count * dim, width), nn.Linear(pair, count, False) if pair else None

    def forward(self, x, pair=None):
        q, k, v = (linear(x).unflatten(-1, (self.count, -1)).transpose(-3, -2) for linear in (self.q, self.k, self.v))
        s = q @ k.transpose(-2, -1) * self.scale
        if self.bias is not None:
            s = s + self.bias(pair).permute(2, 0, 1)
        o = (torch.softmax(s.float(), -1).to(x.dtype) @ v).transpose(-3, -2).flatten(-2)
        return self.o(torch.sigmoid(self.gate(x)) * o)


class Evoformer(nn.Module):
    """A block of AlphaFold 2: rows and columns of the alignment, the outer product mean, triangles, transitions."""

    def __init__(self, msa=256, pair=128, count=8, dim=32, outer=32):
        super().__init__()
        self.norms_m, self.norms_z = nn.ModuleList(nn.LayerNorm(msa) for _ in range(4)), nn.ModuleList(nn.LayerNorm(pair) for _ in range(6))
        self.row, self.column = GatedAttention(msa, count, dim, pair), GatedAttention(msa, count, dim, None)
        self.m_up, self.m_down, self.z_up, self.z_down = nn.Linear(msa, 4 * msa), nn.Linear(4 * msa, msa), nn.Linear(pair, 4 * pair), nn.Linear(4 * pair, pair)
        self.left, self.right, self.outer = nn.Linear(msa, outer), nn.Linear(msa, outer), nn.Linear(outer * outer, pair)
        self.multiply = nn.ModuleList(nn.ModuleList([nn.Linear(pair, pair) for _ in range(6)] + [nn.LayerNorm(pair)]) for _ in range(2))
        self.start, self.end = GatedAttention(pair, 4, dim, pair), GatedAttention(pair, 4, dim, pair)

    def triangle(self, z, parts, outgoing):
        a, b = torch.sigmoid(parts[0](z)) * parts[1](z), torch.sigmoid(parts[2](z)) * parts[3](z)
        a, b = a.permute(2, 0, 1), b.permute(2, 0, 1)
        o = a @ b.transpose(-2, -1) if outgoing else a.transpose(-2, -1) @ b
        return torch.sigmoid(parts[4](z)) * parts[5](parts[6](o.permute(1, 2, 0)))

    def forward(self, m, z):
        m = m + self.row(self.norms_m[0](m), self.norms_z[0](z))
        m = m + self.column(self.norms_m[1](m).transpose(0, 1)).transpose(0, 1)
        m = m + self.m_down(F.relu(self.m_up(self.norms_m[2](m))))
        h = self.norms_m[3](m)
        o = torch.einsum('sic,sjd->ijcd', self.left(h), self.right(h)) / m.size(0)
        z = z + self.outer(o.flatten(2))
        z = z + self.triangle(self.norms_z[1](z), self.multiply[0], True)
        z = z + self.triangle(self.norms_z[2](z), self.multiply[1], False)
        h = self.norms_z[3](z)
        z = z + self.start(h, h)
        h = self.norms_z[4](z).transpose(0, 1)
        z = z + self.end(h, h).transpose(0, 1)
        return m, z + self.z_down(F.relu(self.z_up(self.norms_z[5](z))))


class PointAttention(nn.Module):
    """Invariant point attention: scalar products, distances of points in frames, a pair bias."""

    def __init__(self, width=384, pair=128, count=12, dim=16, query_points=4, value_points=8):
        super().__init__()
        self.count, self.dims = count, (dim, query_points, value_points)
        self.q, self.k, self.v = (nn.Linear(width, count * dim) for _ in range(3))
        self.qp, self.kp, self.vp = (nn.Linear(width, count * points * 3) for points in (query_points, query_points, value_points))
        self.bias, self.weight = nn.Linear(pair, count), nn.Parameter(torch.zeros(count))
        self.o = nn.Linear(count * (dim + 4 * value_points), width)
        self.norm = nn.LayerNorm(width)

    def forward(self, x, z, rotation, shift):
        dim, query_points, value_points = self.dims
        q, k, v = (linear(x).unflatten(-1, (self.count, -1)).transpose(0, 1) for linear in (self.q, self.k, self.v))
        moved = lambda linear, points: (torch.einsum('nij,nhpj->nhpi', rotation, linear(x).view(-1, self.count, points, 3)) + shift[:, None, None]).transpose(0, 1)
        qp, kp, vp = moved(self.qp, query_points), moved(self.kp, query_points), moved(self.vp, value_points)
        s = q @ k.transpose(-2, -1) * (3 * dim) ** -0.5 + self.bias(z).permute(2, 0, 1) * 3 ** -0.5
        d = ((qp[:, :, None].float() - kp[:, None].float()) ** 2).sum((-2, -1))
        s = s.float() - F.softplus(self.weight.float())[:, None, None] * d * (0.5 * (2 / (27 * query_points)) ** 0.5)
        p = torch.softmax(s, -1).to(x.dtype)
        o, op = (p @ v).transpose(0, 1).flatten(1), (p @ vp.flatten(2)).view(self.count, -1, value_points, 3).transpose(0, 1)
        op = torch.einsum('nji,nhpj->nhpi', rotation, op - shift[:, None, None])
        far = op.float().pow(2).sum(-1).add(1e-8).sqrt().to(x.dtype)
        return self.norm(x + self.o(torch.cat((o, op.flatten(1), far.flatten(1)), -1)))


@dataclass
class Layer:
    """One layer at one size: how to make it, the shapes of its inputs, and where PyTorch has a fused attention for it."""

    make: Callable[[], nn.Module]
    shapes: list
    sdpa: bool = True


def rotary(batch, length, width, dim):
    return [(batch, length, width), (1, 1, length, dim), (1, 1, length, dim)]


def full():
    t = {}
    for n in (512, 2048, 8192):
        t[f'llama3_8b_{n}'] = Layer(Llama, rotary(1, n, 4096, 128))
    for n in (2048, 8192):
        t[f'gemma2_9b_{n}'] = Layer(Gemma2, rotary(1, n, 3584, 256), False)
        t[f'gpt_oss_20b_{n}'] = Layer(GptOss, rotary(1, n, 2880, 64), False)
        t[f'diffllama_{n}'] = Layer(DiffLlama, rotary(1, n, 4096, 128), False)
        t[f'deepseek_v3_{n}'] = Layer(DeepSeek, rotary(1, n, 7168, 64))
    t['bert_large_512'] = Layer(lambda: Encoder(first=False), [(8, 512, 1024)])
    t['vit_large_577'] = Layer(Encoder, [(8, 577, 1024)])
    t['vit_large_2048'] = Layer(Encoder, [(2, 2048, 1024)])
    t['whisper_large_1500'] = Layer(lambda: Encoder(1280, 20, 5120), [(4, 1500, 1280)])
    t['evoformer_256'] = Layer(Evoformer, [(128, 256, 256), (256, 256, 128)], False)
    t['ipa_512'] = Layer(PointAttention, [(512, 384), (512, 512, 128), (512, 3, 3), (512, 3)], False)
    return t


def small():
    """The same structures where a CPU is quick, with head dims as they are."""
    return {
        'llama3_8b': Layer(lambda: Llama(128, 2, 1, 64, 288), rotary(1, 96, 128, 64)),
        'gemma2_9b': Layer(lambda: Gemma2(128, 2, 1, 64, 288, 40), rotary(1, 96, 128, 64), False),
        'gpt_oss_20b': Layer(lambda: GptOss(128, 4, 1, 64, 24), rotary(1, 96, 128, 64), False),
        'diffllama': Layer(lambda: DiffLlama(128, 4, 2, 64, 288), rotary(1, 96, 128, 64), False),
        'deepseek_v3': Layer(lambda: DeepSeek(128, 2, 96, 64, 64, 32, 64), rotary(1, 96, 128, 32)),
        'bert_large': Layer(lambda: Encoder(128, 2, 288, False), [(2, 80, 128)]),
        'vit_large': Layer(lambda: Encoder(128, 2, 288), [(2, 77, 128)]),
        'whisper_large': Layer(lambda: Encoder(128, 2, 384), [(1, 150, 128)]),
        'evoformer': Layer(lambda: Evoformer(64, 32, 4, 16, 8), [(8, 24, 64), (24, 24, 32)], False),
        'ipa': Layer(lambda: PointAttention(64, 32, 4, 16), [(40, 64), (40, 40, 32), (40, 3, 3), (40, 3)], False),
    }


def tensors(layer, dtype=torch.bfloat16, device='cpu', seed=0):
    """The module, its parameters in order, and inputs: cosines and sines where a layer is rotated, unit frames for points."""
    torch.manual_seed(seed)
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    with torch.device(device):
        module = layer.make().eval().requires_grad_(False)
    torch.set_default_dtype(before)
    inputs = [torch.randn(*shape) for shape in layer.shapes]
    if len(layer.shapes) == 3:
        length, dim = layer.shapes[1][-2:]
        angles = torch.arange(length)[:, None] * 10000.0 ** (-torch.arange(0, dim, 2) / dim)
        angles = torch.cat((angles, angles), -1).view(layer.shapes[1])
        inputs[1:] = [angles.cos(), angles.sin()]
    if len(layer.shapes) == 4:
        inputs[2] = torch.linalg.qr(inputs[2])[0].contiguous()
    return module, dict(module.named_parameters()), [x.to(dtype).to(device) for x in inputs]
