"""The cells of the gradient table: attention in plain PyTorch, its arguments, PyTorch's other ways to differentiate it, the gradients in
f32, and how much work they are.

A name is as in cells.py, VARIANT_hHEADS[kvN]_dD_bB_sS.
"""

import math
import re

import cells
import torch

BF16 = torch.bfloat16
WINDOW, DOCUMENTS, CAP, LATENT_VALUES, ROWS, RESIDUES = 1024, 12, 30.0, 128, 64, 256
LENGTHS, LONGEST_BIAS, TOKENS = (2048, 4096, 8192, 16384), 8192, 16384


def names():
    """Every cell, the most telling first."""
    for variant, depths in (("full", (64, 128, 256)), ("causal", (64, 128, 256))):
        for depth in depths:
            yield from (f"{variant}_h{16 if depth < 256 else 8}_d{depth}_b{TOKENS // length}_s{length}" for length in LENGTHS)
    for length in LENGTHS:
        for depth in (64, 128):
            yield from (f"{variant}_h16_d{depth}_b{TOKENS // length}_s{length}" for variant in ("window", "documents", "softcap", "alibi", "sink", "diff"))
            if length <= LONGEST_BIAS:
                yield f"bias_h16_d{depth}_b{TOKENS // length}_s{length}"
            yield f"causal_h32kv8_d{depth}_b{TOKENS // length}_s{length}"
        yield f"mla_h16_d192_b{TOKENS // length}_s{length}"
    yield from (f"evoformer_h4_d{depth}_b1_s{RESIDUES}" for depth in (64, 128))


def softmax(scores):
    return torch.softmax(scores, -1)


def scores(q, k):
    return q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))


def places(q, k):
    return torch.arange(q.size(-2), device=q.device).view(-1, 1), torch.arange(k.size(-2), device=q.device).view(1, -1)


def full(q, k, v):
    return softmax(scores(q, k)) @ v


def causal(q, k, v):
    i, j = places(q, k)
    return softmax(scores(q, k).masked_fill(j > i, -math.inf)) @ v


def window(q, k, v):
    i, j = places(q, k)
    return softmax(scores(q, k).masked_fill((j > i) | (i - j >= WINDOW), -math.inf)) @ v


def documents(q, k, v, ids):
    i, j = places(q, k)
    keep = (ids.unsqueeze(2) == ids.unsqueeze(1)) & (j <= i)
    return softmax(scores(q, k).masked_fill(~keep.unsqueeze(1), -math.inf)) @ v


def softcap(q, k, v):
    return softmax(CAP * torch.tanh(scores(q, k) / CAP)) @ v


def alibi(q, k, v, slopes):
    i, j = places(q, k)
    return softmax(scores(q, k) + slopes.view(-1, 1, 1) * (j - i).to(q.dtype)) @ v


def bias(q, k, v, added):
    return softmax(scores(q, k) + added) @ v


def sink(q, k, v, sinks):
    i, j = places(q, k)
    masked = scores(q, k).masked_fill(j > i, -math.inf)
    column = sinks.view(1, -1, 1, 1).expand(masked.size(0), -1, masked.size(2), 1)
    return softmax(torch.cat([masked, column], -1))[..., :-1] @ v


def diff(q1, q2, k1, k2, v):
    return softmax(scores(q1, k1)) @ v - 0.2 * (softmax(scores(q2, k2)) @ v)


def evoformer(q, k, v, keys, pair):
    return softmax(scores(q, k) + keys + pair) @ v


def grouped(function):
    """The function with fewer heads of keys and values than of queries."""

    def call(q, k, v, *rest):
        wide = [tensor.repeat_interleave(q.size(1) // tensor.size(1), 1) for tensor in (k, v)]
        return function(q, *wide, *rest)

    return call


class Cell:
    """One line of the table: attention, its arguments, those of them that have gradients (`leaves`), and the gradient of its result."""

    def __init__(self, name):
        found = re.fullmatch(r"([a-z]+)_h(\d+)(?:kv(\d+))?_d(\d+)_b(\d+)_s(\d+)", name)
        if not found:
            raise ValueError(f"'{name}' is not the name of a cell")
        self.variant = found[1]
        self.heads, shared, self.depth, self.batch, self.length = (int(text) if text else None for text in found.groups()[1:])
        self.shared = shared or self.heads
        torch.manual_seed(0)
        self.arguments = [tensor.cuda() for tensor in self.inputs()]
        learned = {"bias": [3], "sink": [3], "diff": [3, 4], "evoformer": [4]}.get(self.variant, [])
        learns = [number < 3 or number in learned for number in range(len(self.arguments))]
        self.leaves = [tensor.requires_grad_() for tensor, learned in zip(self.arguments, learns) if learned]
        self.learns = learns
        plain = {"mla": causal}.get(self.variant) or globals()[self.variant]
        self.plain = plain if self.shared == self.heads else grouped(plain)
        values = self.arguments[-1] if self.variant == "diff" else self.arguments[2]
        self.tangent = torch.randn(*self.arguments[0].shape[:-1], values.size(-1), dtype=BF16, device="cuda")

    def inputs(self):
        def random(*shape):
            return torch.randn(*shape, dtype=BF16, device="cuda")

        b, h, s, d = self.batch, self.heads, self.length, self.depth
        if self.variant == "diff":
            return [random(b, h, s, d) for _ in range(4)] + [random(b, h, s, 2 * d)]
        if self.variant == "evoformer":
            return [random(ROWS, h, s, d) for _ in range(3)] + [random(ROWS, 1, 1, s), random(1, h, s, s)]
        made = [random(b, h, s, d), random(b, self.shared, s, d), random(b, self.shared, s, LATENT_VALUES if self.variant == "mla" else d)]
        more = {
            "documents": lambda: torch.randint(0, DOCUMENTS, (b, s), device="cuda").sort(-1).values,
            "alibi": lambda: cells.slopes(h).to(BF16),
            "bias": lambda: random(1, h, s, s),
            "sink": lambda: random(h),
        }.get(self.variant)
        return made + ([more()] if more else [])

    def live(self):
        """The scores that count, of one head, summed over the batch."""
        n, b = self.length, self.arguments[0].size(0)
        if self.variant in ("causal", "mla", "sink"):
            return b * n * (n + 1) // 2
        if self.variant == "window":
            return b * sum(min(i + 1, WINDOW) for i in range(n))
        if self.variant == "documents":
            counts = [torch.bincount(row) for row in self.arguments[3]]
            return int(sum((count * (count + 1) // 2).sum() for count in counts))
        return b * n * n

    def flops(self):
        """Five products over the scores that count: scores, gradients of weights, and of queries, keys and values."""
        maps, values = (2, 2 * self.depth) if self.variant == "diff" else (1, self.arguments[2].size(-1))
        return 2 * maps * self.heads * self.live() * (3 * self.depth + 2 * values)

    def truth(self):
        """Gradients of the last head (of keys) in f32, a batch at a time; those of what all batches share are summed."""
        group, last = self.heads // self.shared, self.shared - 1
        totals = None
        rows = 16 if self.variant == "evoformer" else 1
        for start in range(0, self.arguments[0].size(0), rows):
            part = [self.part(number, tensor, start, rows, group, last) for number, tensor in enumerate(self.arguments)]
            part = [tensor.detach().float() if tensor.is_floating_point() else tensor for tensor in part]
            leaves = [tensor.requires_grad_() for tensor, learned in zip(part, self.learns) if learned]
            result = self.plain(*part)
            made = torch.autograd.grad(result, leaves, self.tangent[start : start + rows, group * last : group * (last + 1)].float())
            if totals is None:
                totals = [[] for _ in made]
            for total, gradient in zip(totals, made):
                total.append(gradient)
            del result
        return [sum(total) if self.is_shared(leaf) else torch.cat(total) for total, leaf in zip(totals, self.leaves)]

    def is_shared(self, tensor):
        return tensor.dim() == 1 or tensor.size(0) == 1 and self.arguments[0].size(0) > 1

    def part(self, number, tensor, start, rows, group, last):
        """What a head of keys and some of the batch need of an argument."""
        if tensor.dim() == 1:
            return tensor[group * last : group * (last + 1)]
        if tensor.size(0) > 1 or self.batch == 1 and self.variant != "evoformer":
            tensor = tensor[start : start + rows]
        if tensor.dim() < 4 or tensor.size(1) == 1 < self.heads and tensor.size(1) != self.shared:
            return tensor
        step = group if tensor.size(1) == self.heads else 1
        return tensor[:, step * last : step * (last + 1)]

    def error(self, gradients, truth):
        """The worst relative distance of the gradients, by norms. The gradient of what is added to all of a row's scores is 0."""
        group, last = self.heads // self.shared, self.shared - 1
        worst = 0.0
        for leaf, gradient, true in zip(self.leaves, gradients, truth):
            own = self.part(0, gradient, 0, gradient.size(0), group, last) if gradient.dim() > 1 else gradient[group * last : group * (last + 1)]
            worst = max(worst, cells.distance(own.reshape(true.shape), true))
        return worst

    def forwards(self, names):
        """Ways to compute the attention, by name; each makes a result that can be differentiated. A way may not have this cell: it raises."""
        found = {}
        if "flashlight" in names:
            found["flashlight"] = lambda: self.compiled("flashlight")
        simple = self.variant in ("full", "causal", "mla")
        q, k, v = self.arguments[:3]
        for name, backend in cells.BACKENDS.items():
            if name in names and simple:
                options = {"is_causal": self.variant != "full", "enable_gqa": self.heads != self.shared}
                found[name] = lambda backend=backend, options=options: lambda: cells.sdpa(backend, q, k, v, **options)
            if name in names and self.variant == "bias":
                found[name] = lambda backend=backend: lambda: cells.sdpa(backend, q, k, v, attn_mask=self.arguments[3])
            if name in names and self.variant == "diff":
                found[f"2 {name}"] = lambda backend=backend: self.twice(lambda *a: cells.sdpa(backend, *a))
        if "efficient" in names and self.variant in ("bias", "evoformer"):
            found["efficient"] = lambda: lambda: cells.sdpa("EFFICIENT_ATTENTION", q, k, v, attn_mask=sum(self.arguments[3:]).expand(q.size(0), -1, -1, -1))
        if "fa4" in names and cells.attention4() and self.variant in FOUR:
            found["fa4"] = self.four
        if "flex" in names:
            found["2 flex" if self.variant == "diff" else "flex"] = self.flex
        if "compile" in names and self.length <= cells.LONGEST_COMPOSITION:
            found["compile"] = lambda: self.compiled("inductor")
        return found

    def compiled(self, backend):
        call = torch.compile(self.plain, backend=backend, dynamic=False)
        return lambda: call(*self.arguments)

    def twice(self, attend):
        q1, q2, k1, k2, v = self.arguments
        return lambda: attend(q1, k1, v) - 0.2 * attend(q2, k2, v)

    def four(self):
        four, options = cells.attention4(), {name: value(self) for name, value in FOUR[self.variant].items()}

        def call():
            # A user of it has its tensors so: what it takes to transpose them is views.
            made = four(*(tensor.transpose(1, 2) for tensor in self.arguments[:3]), **options)
            return (made[0] if isinstance(made, tuple) else made).transpose(1, 2)

        return call

    def flex(self):
        from torch.nn.attention.flex_attention import create_block_mask

        call, b, s = cells.compiled_flex(), self.arguments[0].size(0), self.length
        masks = {
            **dict.fromkeys(("causal", "mla", "sink"), lambda b, h, i, j: j <= i),
            "window": lambda b, h, i, j: (j <= i) & (i - j < WINDOW),
            "documents": lambda b, h, i, j: (self.arguments[3][b, i] == self.arguments[3][b, j]) & (j <= i),
        }
        mask = masks.get(self.variant)
        block = mask and create_block_mask(mask, b if self.variant == "documents" else None, None, s, s, device="cuda")
        more = self.arguments[3:]
        score = {
            "softcap": lambda x, b, h, i, j: CAP * torch.tanh(x / CAP),
            "alibi": lambda x, b, h, i, j: x + (j - i) * more[0][h],
            "bias": lambda x, b, h, i, j: x + more[0][0, h, i, j],
            "evoformer": lambda x, b, h, i, j: x + more[0][b, 0, 0, j] + more[1][0, h, i, j],
        }.get(self.variant)
        if self.variant == "diff":
            return self.twice(lambda *a: call(*a))
        q, k, v = self.arguments[:3]
        options = {"score_mod": score, "block_mask": block, "enable_gqa": self.heads != self.shared}
        if self.variant == "sink":

            def with_sinks():
                made, sums = call(q, k, v, return_lse=True, **options)
                return made * torch.sigmoid(sums - more[0].float()[None, :, None])[..., None].to(made.dtype)

            return with_sinks
        return lambda: call(q, k, v, **options)


# What FlashAttention-4 is told of the variants that it has.
FOUR = {
    "full": {},
    **{name: {"causal": lambda cell: True} for name in ("causal", "mla")},
    "sink": {"causal": lambda cell: True, "learnable_sink": lambda cell: cell.arguments[3]},
    "softcap": {"softcap": lambda cell: CAP},
    "window": {"window_size": lambda cell: (WINDOW - 1, 0)},
}
