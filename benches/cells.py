"""The benchmark's cells: what a name says, inputs, the truth in f32, PyTorch's ways to compute it, and how much work it is.

A name is as examples/matrix.py writes it, VARIANT_hHEADS[kvN]_dD_bB_sS.
"""

import math
import re

import torch
import torch.nn.functional as F

BF16 = torch.bfloat16
DOCUMENTS, WINDOW, PREFIX, SINKS, CAP = 12, 256, 256, 4, 30.0
# torch.compile makes whole score matrices, which at longer lengths do not fit or take seconds.
LONGEST_COMPOSITION = 4096
# Queries of a chunk at the end of its keys, and of a decoder that attends to an encoder; values of latent attention.
CHUNK, CROSS, LATENT_VALUES = 512, 448, 128
# Queries that are verified together, the last of their sequence.
DRAFT = 5


def parse(name):
    """A cell's class and parameters."""
    found = re.fullmatch(r"([a-z]+)_h(\d+)(?:kv(\d+))?_d(\d+)_b(\d+)_s(\d+)", name)
    if not found:
        raise ValueError(f"'{name}' is not the name of a cell")
    variant, heads, shared, depth, batch, length = found.groups()
    kind = {"diff": Differential, "evoformer": Evoformer, "ipa": InvariantPoints, "decode": Decode, "mla": Latent,
            "chunk": Chunk, "draft": Draft, "cross": Cross, "learned": Learned}.get(variant, Square)
    return kind(variant, int(heads), int(shared or heads), int(depth), int(batch), int(length))


def slopes(heads):
    return torch.exp2(-(torch.arange(heads, device="cuda", dtype=torch.float32) + 1) * 8.0 / heads)


def distance(result, truth):
    """The relative error of a result, by norms; infinite where it is not a number."""
    error = ((result.float() - truth).norm() / truth.norm()).item()
    return error if error == error else math.inf


def sdpa(backend, *arguments, **options):
    """A call of PyTorch's fused attention on one back end."""
    from torch.nn.attention import SDPBackend, sdpa_kernel

    with sdpa_kernel(getattr(SDPBackend, backend)):
        return F.scaled_dot_product_attention(*arguments, **options)


BACKENDS = {"cudnn": "CUDNN_ATTENTION", "flash": "FLASH_ATTENTION"}


# What FlashAttention-4 is told of the variants that it has.
FOUR = {
    **{name: {} for name in ("vanilla", "decode", "cross")},
    **{name: {"causal": lambda cell: True} for name in ("causal", "mla", "chunk", "draft")},
    "learned": {"causal": lambda cell: True, "learnable_sink": lambda cell: cell.arguments[3]},
    "softcap": {"softcap": lambda cell: CAP},
    "window": {"window_size": lambda cell: (WINDOW, 0)},
}


def attention4():
    """FlashAttention-4's function on tensors (batch, length, heads, depth); None where it is not installed."""
    try:
        from flash_attn.cute import flash_attn_func
    except ImportError:
        return None
    return flash_attn_func


def compiled_flex():
    from torch.nn.attention.flex_attention import flex_attention

    return torch.compile(flex_attention, dynamic=False)


class Cell:
    """One line of the table. `peers` maps a name to a function without arguments."""

    def __init__(self, variant, heads, shared, depth, batch, length):
        self.variant, self.heads, self.shared, self.depth = variant, heads, shared, depth
        self.batch, self.length = batch, length
        torch.manual_seed(0)
        self.arguments = self.inputs()

    def random(self, *shape):
        return torch.randn(*shape, device="cuda", dtype=BF16)

    def bytes(self, results):
        """Bytes that must move at least once."""
        return sum(tensor.numel() * tensor.element_size() for tensor in [*self.arguments, *results])


class Square(Cell):
    """Attention of a length with itself, with a mask or a score function."""

    queries = property(lambda self: self.length)

    def inputs(self):
        made = [self.random(self.batch, self.heads, self.queries, self.depth)]
        made += [self.random(self.batch, self.shared, self.length, self.depth) for _ in range(2)]
        if self.variant == "packed":
            ids = torch.randint(0, DOCUMENTS, (self.batch, self.length), device="cuda")
            made.append(ids.sort(-1).values)
        if self.variant == "additive":
            made.append(self.random(1, 1, self.queries, self.length))
        return made

    def live(self, batch, i, j):
        """Which of the scores count; None for all."""
        if self.variant in ("causal", "mla", "learned"):
            return j <= i
        if self.variant in ("chunk", "draft"):
            return j <= i + self.length - self.queries
        if self.variant == "window":
            return (j <= i) & (i - j <= WINDOW)
        if self.variant == "sinks":
            return (j <= i) & ((i - j <= WINDOW) | (j < SINKS))
        if self.variant == "prefix":
            return (j <= i) | (j < PREFIX)
        if self.variant == "packed":
            ids = self.arguments[3]
            return (ids[batch, i] == ids[batch, j]) & (j <= i)
        return None

    def score(self, scores, head, i, j):
        if self.variant == "softcap":
            return CAP * torch.tanh(scores / CAP)
        if self.variant == "alibi":
            return scores + slopes(self.heads)[head] * (j - i)
        if self.variant == "additive":
            return scores + self.arguments[3][0, 0][i, j].float()
        return scores

    def weights(self, scores, head):
        """The weights of some rows."""
        return torch.softmax(scores, -1)

    def blocks(self, step=4096):
        """Index grids of rows at a time."""
        j = torch.arange(self.length, device="cuda")[None, :]
        for start in range(0, self.queries, step):
            yield torch.arange(start, min(start + step, self.queries), device="cuda")[:, None], j

    def flops(self):
        """Two contractions over the live scores."""
        count = 0
        for batch in range(self.batch if self.variant == "packed" else 1):
            for i, j in self.blocks():
                live = self.live(batch, i, j)
                count += i.numel() * j.numel() if live is None else int(live.sum())
        count *= self.batch if self.variant != "packed" else 1
        return 2 * count * self.heads * (self.depth + self.arguments[2].shape[-1])

    def error(self, results):
        q, k, v = self.arguments[:3]
        result = results[0].reshape(q.shape[:3] + v.shape[-1:])
        worst, group = 0.0, self.heads // self.shared
        for batch, head in {(0, 0), (self.batch - 1, self.heads - 1), (0, self.heads // 2)}:
            keys, values = k[batch, head // group].float(), v[batch, head // group].float()
            parts = []
            for i, j in self.blocks():
                scores = q[batch, head, i[:, 0]].float() @ keys.T / math.sqrt(self.depth)
                scores, live = self.score(scores, head, i, j), self.live(batch, i, j)
                if live is not None:
                    scores = scores.masked_fill(~live, -math.inf)
                parts.append(self.weights(scores, head) @ values)
            worst = max(worst, distance(result[batch, head], torch.cat(parts)))
        return worst

    def peers(self, names):
        q, k, v = self.arguments[:3]
        grouped = self.heads != self.shared
        found = {}
        if self.variant == "additive":
            for name, backend in {**BACKENDS, "efficient": "EFFICIENT_ATTENTION"}.items():
                if name in names:
                    mask = self.arguments[3]
                    found[name] = lambda backend=backend, mask=mask: sdpa(backend, q, k, v, attn_mask=mask)
        if self.variant in ("vanilla", "causal", "decode", "mla", "cross"):
            for name in BACKENDS.keys() & set(names):
                options = {"is_causal": self.variant in ("causal", "mla"), "enable_gqa": grouped}
                found[name] = lambda name=name, options=options: sdpa(BACKENDS[name], q, k, v, **options)
        four = attention4() if "fa4" in names else None
        if four and self.variant in FOUR:
            # A causal mask of fewer queries than keys ends with the last key, as in a chunk.
            turned = [tensor.transpose(1, 2).contiguous() for tensor in (q, k, v)]
            options = {name: value(self) for name, value in FOUR[self.variant].items()}

            def run():
                made = four(*turned, **options)
                return (made[0] if isinstance(made, tuple) else made).transpose(1, 2)

            found["fa4"] = run
        if "flex" in names:
            found["flex"] = self.flex(q, k, v, grouped)
        return found

    def flex(self, q, k, v, grouped):
        from torch.nn.attention.flex_attention import create_block_mask

        block, slope, call = None, slopes(self.heads), compiled_flex()
        first = torch.zeros(1, 1, dtype=torch.int64, device="cuda")
        if self.live(0, first, first) is not None:
            batch = self.batch if self.variant == "packed" else None
            mask = lambda b, h, i, j: self.live(b, i, j)  # noqa: E731
            block = create_block_mask(mask, batch, None, self.queries, self.length, device="cuda")
        score = {
            "softcap": lambda s, b, h, i, j: CAP * torch.tanh(s / CAP),
            "alibi": lambda s, b, h, i, j: s + (j - i) * slope[h],
            "additive": lambda s, b, h, i, j: s + self.arguments[3][0, 0, i, j],
        }.get(self.variant)
        if self.variant == "learned":
            sinks = self.arguments[3].float()[None, :, None]

            def with_sinks():
                made, sums = call(q, k, v, block_mask=block, enable_gqa=grouped, return_lse=True)
                return made * torch.sigmoid(sums - sinks)[..., None].to(made.dtype)

            return with_sinks
        return lambda: call(q, k, v, score_mod=score, block_mask=block, enable_gqa=grouped)


class Decode(Square):
    """One query against a long cache."""

    queries = property(lambda self: 1)


class Chunk(Square):
    """The last queries of a sequence against all of its keys."""

    queries = property(lambda self: CHUNK)


class Draft(Square):
    """A few drafted tokens against a long cache."""

    queries = property(lambda self: DRAFT)


class Learned(Square):
    """Causal attention with a learned score per head that takes part in the sum of weights, and has no value."""

    def inputs(self):
        return [*super().inputs(), self.random(self.heads)]

    def weights(self, scores, head):
        sink = self.arguments[3][head].float().expand(len(scores), 1)
        return torch.softmax(torch.cat([scores, sink], -1), -1)[:, :-1]


class Cross(Square):
    """Queries of a decoder against the keys of an encoder."""

    queries = property(lambda self: CROSS)


class Latent(Square):
    """Causal attention whose values are narrower than its keys, as in the prefill of multi-head latent attention."""

    def inputs(self):
        made = [self.random(self.batch, self.heads, self.length, self.depth) for _ in range(2)]
        return [*made, self.random(self.batch, self.heads, self.length, LATENT_VALUES)]


class Differential(Cell):
    """softmax(Q1 K1ᵀ) V - 0.2 softmax(Q2 K2ᵀ) V; values are twice as wide."""

    def inputs(self):
        b, h, s, d = self.batch, self.heads, self.length, self.depth
        return [self.random(b, 2 * h, s, d), self.random(b, 2 * h, s, d), self.random(b, h, s, 2 * d)]

    def halves(self):
        q, k, _ = self.arguments
        h = self.heads
        return [(q[:, :h], k[:, :h]), (q[:, h:], k[:, h:])]

    def flops(self):
        # Two score contractions of depth D and two value contractions of depth 2 D.
        return 12 * self.batch * self.heads * self.length**2 * self.depth

    def error(self, results):
        v, worst = self.arguments[2], 0.0
        for batch, head in {(0, 0), (self.batch - 1, self.heads - 1)}:
            maps = []
            for start in range(0, self.length, 4096):
                parts = [
                    torch.softmax(q[batch, head, start : start + 4096].float() @ k[batch, head].float().T / math.sqrt(self.depth), -1)
                    for q, k in self.halves()
                ]
                maps.append((parts[0] - 0.2 * parts[1]) @ v[batch, head].float())
            worst = max(worst, distance(results[0][batch, head], torch.cat(maps)))
        return worst

    def peers(self, names):
        (q1, k1), (q2, k2) = self.halves()
        v, found = self.arguments[2], {}

        def twice(attend):
            return lambda: attend(q1, k1, v) - 0.2 * attend(q2, k2, v)

        for name in BACKENDS.keys() & set(names):
            found[f"2 {name}"] = twice(lambda *a, name=name: sdpa(BACKENDS[name], *a))
        if "flex" in names:
            flex = compiled_flex()
            found["2 flex"] = twice(lambda *a: flex(*a))
        if "compile" in names and self.length <= LONGEST_COMPOSITION:

            def plain(q, k, v):
                c, h = 1 / math.sqrt(q.size(-1)), q.size(1) // 2
                a = torch.softmax(q[:, :h] @ k[:, :h].transpose(-2, -1) * c, -1)
                b = torch.softmax(q[:, h:] @ k[:, h:].transpose(-2, -1) * c, -1)
                return a @ v - 0.2 * (b @ v)

            call = torch.compile(plain, dynamic=False)
            found["compile"] = lambda: call(*self.arguments)
        return found


class Evoformer(Cell):
    """Row attention of AlphaFold's Evoformer: a bias per key and one per pair, shared by the rows."""

    ROWS = 256

    def inputs(self):
        b, n, s, h, d = self.batch, self.ROWS, self.length, self.heads, self.depth
        made = [self.random(b, n, s, h, d) for _ in range(3)]
        return [*made, self.random(b, n, 1, 1, s), self.random(b, 1, h, s, s)]

    def flops(self):
        return 4 * self.batch * self.ROWS * self.heads * self.length**2 * self.depth

    @staticmethod
    def plain(q, k, v, mask, pair):
        q, k, v = (t.transpose(-2, -3) for t in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1)) + mask + pair
        return (torch.softmax(scores, -1) @ v).transpose(-2, -3)

    def error(self, results):
        part = [tensor[-1:, :16].float() if tensor.size(1) > 1 else tensor[-1:].float() for tensor in self.arguments]
        return distance(results[0].reshape(self.arguments[0].shape)[-1:, :16], self.plain(*part))

    def peers(self, names):
        q, k, v, mask, pair = self.arguments
        b, n, s, h, d = q.shape
        heads_first = [t.transpose(2, 3).reshape(b * n, h, s, d) for t in (q, k, v)]
        found = {}

        def with_bias(backend):
            def run():
                flat = [t.transpose(2, 3).reshape(b * n, h, s, d) for t in (q, k, v)]
                bias = (mask + pair).reshape(b * n, h, s, s)
                return sdpa(backend, *flat, attn_mask=bias).reshape(b, n, h, s, d).transpose(2, 3)

            return run

        if "cudnn" in names:
            found["cudnn+bias"] = with_bias("CUDNN_ATTENTION")
        if "efficient" in names:
            found["efficient+bias"] = with_bias("EFFICIENT_ATTENTION")
        if "flex" in names:
            flex, keys, pairs = compiled_flex(), mask.reshape(b * n, s), pair.reshape(b, h, s, s)
            score = lambda x, r, h, i, j: x + keys[r, j] + pairs[r // n, h, i, j]  # noqa: E731
            # Heads-first copies are made once and not counted: the peer at its best.
            found["flex"] = lambda: flex(*heads_first, score_mod=score).reshape(b, n, h, s, d).transpose(2, 3)
        if "compile" in names:
            call = torch.compile(self.plain, dynamic=False)
            found["compile"] = lambda: call(*self.arguments)
        return found


class InvariantPoints(Cell):
    """AlphaFold's invariant point attention: squared distances of points in the score, two results."""

    def inputs(self):
        b, h, s, d = self.batch, self.heads, self.length, self.depth
        made = [self.random(b, h, s, d) for _ in range(3)]
        made += [self.random(b, h, s, 4, 3), self.random(b, h, s, 4, 3), self.random(b, h, s, 8, 3)]
        return [*made, self.random(b, h, s, s)]

    def flops(self):
        return 2 * self.batch * self.heads * self.length**2 * (2 * self.depth + 12 + 24)

    @staticmethod
    def plain(q, k, v, qp, kp, vp, pair):
        w = -0.5 * math.sqrt(9.0 / (2 * qp.size(-2)))
        s = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
        far = ((qp.unsqueeze(3) - kp.unsqueeze(2)) ** 2).sum(-1).sum(-1)
        a = torch.softmax(s + w * far + pair, -1)
        return a @ v, torch.einsum("bhij,bhjpc->bhipc", a, vp)

    def error(self, results):
        truth = self.plain(*(tensor[:1].float() for tensor in self.arguments))
        return max(distance(ours.reshape((-1, *want.shape[1:]))[:1], want) for ours, want in zip(results, truth))

    def peers(self, names):
        if "compile" not in names:
            return {}
        call = torch.compile(self.plain, dynamic=False)
        return {"compile": lambda: call(*self.arguments)}
