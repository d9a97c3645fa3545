"""`flex_attention`: its score and mask functions are computed inside regions."""

import math

import pytest
import torch
import torch.nn.attention.flex_attention as flex
from support import compiled, fused, gradients, reports
from torch.nn.attention.flex_attention import AuxRequest, and_masks, create_block_mask, create_mask, flex_attention, or_masks

BATCH, HEADS, LENGTH, DIM = 2, 4, 48, 16
SLOPES = torch.exp2(-torch.arange(1.0, HEADS + 1))
DOCUMENTS = torch.tensor([0] * 20 + [1] * 15 + [2] * 13)
PER_BATCH = torch.stack([DOCUMENTS, DOCUMENTS.flip(0)])
LENGTHS = torch.tensor([48, 17])
PREFIX = torch.tensor([5, 30])
TABLE = torch.randn(HEADS, 2 * LENGTH, generator=torch.Generator().manual_seed(1))
BIAS = torch.randn(BATCH, HEADS, LENGTH, LENGTH, generator=torch.Generator().manual_seed(2))
CAP = torch.tensor(20.0)


def qkv(heads=HEADS, kv_heads=None, length=LENGTH, kv_length=None, dtype=torch.float32, dim=DIM):
    kv = (BATCH, kv_heads or heads, kv_length or length, dim)
    return [torch.randn(BATCH, heads, length, dim).to(dtype), torch.randn(kv).to(dtype), torch.randn(kv).to(dtype)]


SCORES = {
    "softcap": lambda s, b, h, q, k: 20 * torch.tanh(s / 20),
    "captured-softcap": lambda s, b, h, q, k: CAP * torch.tanh(s / CAP),
    "alibi": lambda s, b, h, q, k: s + SLOPES[h] * (k - q),
    "alibi-bf16": lambda s, b, h, q, k: s + SLOPES.bfloat16()[h] * (k - q),
    "computed-slopes": lambda s, b, h, q, k: s + torch.exp2(-((h + 1) * 8.0 / HEADS)) * (k - q),
    "relative": lambda s, b, h, q, k: s + (q - k),
    "table": lambda s, b, h, q, k: s + TABLE[h, q - k + LENGTH],
    "table-in-steps": lambda s, b, h, q, k: s + TABLE[h][q - k + LENGTH],
    "bias": lambda s, b, h, q, k: s + BIAS[b, h, q, k],
    "causal-score": lambda s, b, h, q, k: torch.where(q >= k, s, -math.inf),
    "scaled-by-head": lambda s, b, h, q, k: s * (h + 1) * SLOPES[h],
    "checkerboard": lambda s, b, h, q, k: torch.where((q - k) % 2 == 0, s * 0.5, s),
}

MASKS = {
    "causal": lambda b, h, q, k: q >= k,
    "window": lambda b, h, q, k: (q >= k) & (q - k <= 8),
    "prefix": lambda b, h, q, k: (k < 10) | (q >= k),
    "prefix-per-batch": lambda b, h, q, k: (k < PREFIX[b]) | (q >= k),
    "documents": lambda b, h, q, k: DOCUMENTS[q] == DOCUMENTS[k],
    "documents-per-batch": lambda b, h, q, k: (PER_BATCH[b, q] == PER_BATCH[b, k]) & (q >= k),
    "lengths": lambda b, h, q, k: k < LENGTHS[b],
    "per-head": lambda b, h, q, k: (h % 2 == 0) | (q >= k),
    "dilated": lambda b, h, q, k: (q >= k) & ((q - k) % 4 == 0),
    "dead-rows": lambda b, h, q, k: (q >= k) & (q > 3),
    "combined": or_masks(and_masks(lambda b, h, q, k: q >= k, lambda b, h, q, k: q - k < 9), lambda b, h, q, k: k < 4),
}


@pytest.fixture(autouse=True)
def plain_eager(monkeypatch):
    """Outside of a compiled function, `flex_attention` compiles itself, which does not bear the logging of tests."""
    monkeypatch.setattr(flex, "_FLEX_ATTENTION_DISABLE_COMPILE_DEBUG", True)


def block_mask(mask, length=LENGTH, kv_length=None):
    return create_block_mask(mask, BATCH, HEADS, length, kv_length or length, device="cpu")


@pytest.mark.parametrize("name", SCORES)
def test_scores(name):
    def function(q, k, v):
        return flex_attention(q, k, v, score_mod=SCORES[name])

    arguments = qkv()
    torch.testing.assert_close(compiled(function)(*arguments), function(*arguments))
    assert fused() == [1]


@pytest.mark.parametrize("name", MASKS)
def test_masks(name):
    mask = block_mask(MASKS[name])

    def function(q, k, v):
        return flex_attention(q, k, v, block_mask=mask)

    arguments = qkv()
    torch.testing.assert_close(compiled(function)(*arguments), function(*arguments))
    (report,) = reports()
    ((region, _),) = report.fused
    # Blocks are no argument: only what the mask reads is.
    assert all(node.meta["example_value"].dtype != torch.int32 for node in region.inputs)


@pytest.mark.parametrize("mask", ["causal", "documents"])
def test_a_block_mask_that_is_made_in_the_function(mask):
    def function(q, k, v):
        return flex_attention(q, k, v, score_mod=SCORES["softcap"], block_mask=block_mask(MASKS[mask]))

    arguments = qkv()
    torch.testing.assert_close(compiled(function)(*arguments), function(*arguments))
    assert fused() == [1]


def test_both_and_all_options():
    mask = block_mask(MASKS["dead-rows"], kv_length=32)

    def function(q, k, v):
        out, aux = flex_attention(
            q, k, v, SCORES["alibi"], mask, scale=0.3, enable_gqa=True, return_aux=AuxRequest(lse=True)
        )
        return out, aux.lse

    def whole(q, k, v):  # PyTorch's own function has no maxima of scores on the CPU, its op does
        return torch.ops.higher_order.flex_attention(q, k, v, SCORES["alibi"], mask.as_tuple(), 0.3, {})

    arguments = qkv(kv_heads=2, kv_length=32)
    for one in function, whole:
        ours, theirs = compiled(one)(*arguments), one(*arguments)
        torch.testing.assert_close(ours, theirs)
        assert fused() == [1]
        assert ours[0][:, :, :4].abs().max() == 0 and all(statistic[:, :, :4].max() == -math.inf for statistic in ours[1:])


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float64], ids=str)
def test_types(dtype):
    mask = block_mask(MASKS["causal"])

    def function(q, k, v):
        return flex_attention(q, k, v, SCORES["alibi"], mask)

    arguments = qkv(dtype=dtype)
    result, wide = compiled(function)(*arguments), function(*[tensor.double() for tensor in arguments])
    bound = {torch.bfloat16: 2e-2, torch.float16: 3e-3, torch.float64: 1e-12}[dtype]
    torch.testing.assert_close(result.double(), wide, atol=bound, rtol=bound)
    assert result.dtype == dtype and fused() == [1]


@pytest.mark.parametrize("rest", ["aot_eager", "inductor"])
def test_gradients(rest):
    mask = block_mask(MASKS["documents-per-batch"])

    def function(q, k, v, table):  # PyTorch's own function refuses gradients on the CPU, its op does not
        def score(s, b, h, q, k):
            return torch.tanh(s) + table[h, q - k + LENGTH]

        result, statistic, largest = torch.ops.higher_order.flex_attention(q, k, v, score, mask.as_tuple(), 1 / math.sqrt(DIM), {})
        return result + (statistic + largest).unsqueeze(-1)

    def truth(q, k, v, table):
        places = torch.arange(LENGTH)
        scores = torch.tanh(q @ k.transpose(-2, -1) / math.sqrt(DIM)) + table[:, places[:, None] - places + LENGTH]
        keep = create_mask(MASKS["documents-per-batch"], BATCH, HEADS, LENGTH, LENGTH, device="cpu")
        scores = scores.masked_fill(~keep, -math.inf)
        statistic, largest = scores.logsumexp(-1, keepdim=True), scores.amax(-1, keepdim=True).detach()  # which has no gradient to PyTorch
        return torch.softmax(scores, -1) @ v + (statistic + largest) / math.log(2)

    arguments = [*qkv(), TABLE]
    wide = gradients(truth, [tensor.double() for tensor in arguments])
    for one, other in zip(gradients(compiled(function, rest=rest), arguments), wide, strict=True):
        torch.testing.assert_close(one.double(), other, rtol=0, atol=2e-6 * other.abs().max().item())
    assert fused() == [1]


def test_lengths():
    def function(q, k, v):
        mask = create_block_mask(MASKS["window"], None, None, q.size(2), k.size(2), device="cpu")
        return flex_attention(q, k, v, SCORES["alibi"], mask)

    run = compiled(function, dynamic=True)
    for length in (48, 33, 300, 130, 7):
        arguments = qkv(length=length)
        torch.testing.assert_close(run(*arguments), function(*arguments))
    assert set(fused()) == {1}


def test_what_a_function_cannot_say_stays():
    def function(q, k, v):
        return flex_attention(q, k, v, lambda s, b, h, q, k: s + torch.sort(TABLE[h]).values[q])

    arguments = qkv()
    torch.testing.assert_close(compiled(function)(*arguments), function(*arguments))


def test_vmap_in_a_model_stays_and_what_is_around_it_is_fused():
    def attention(q, k, v):
        return torch.softmax(q @ k.transpose(-2, -1), -1) @ v

    def function(q, k, v):
        return attention(torch.vmap(torch.sin)(q), k, v) + torch.vmap(attention)(q, k, v)

    arguments = qkv()
    torch.testing.assert_close(compiled(function)(*arguments), function(*arguments))
    assert fused() == [1]
