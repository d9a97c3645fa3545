"""What `flashlight.torch.explain` says."""

import torch

import flashlight.torch


def attention(q, k, v):
    scores = q @ k.transpose(-2, -1)
    weights = torch.softmax(scores / 4, -1)
    return weights @ v


def kept(q, k, v):
    scores = q @ k.transpose(-2, -1)
    values, _ = torch.topk(scores, 4)
    return torch.softmax(scores.masked_fill(scores < values[..., -1:], -1e9), -1) @ v


def test_explain_names_the_lines():
    q = torch.randn(2, 4, 32, 16)
    told = flashlight.torch.explain(attention, q, q, q)
    (region,) = told.fused
    assert told.graphs == 1 and not told.left
    first = attention.__code__.co_firstlineno
    assert [line.split(":", 1)[1] for line in region.lines] == [
        f"{first + 1}: scores = q @ k.transpose(-2, -1)",
        f"{first + 2}: weights = torch.softmax(scores / 4, -1)",
        f"{first + 3}: return weights @ v",
    ]
    assert "fusion 0 at matmul_1" in region.account and "max(c*x) = c*max(x)" in region.account
    assert str(told).startswith("1 graph(s), 1 region(s), 0 reason(s)")


def test_explain_says_why_not():
    q = torch.randn(2, 4, 32, 16)
    told = flashlight.torch.explain(kept, q, q, q)
    (reason,) = told.left
    assert not told.fused
    assert "is also used by" in reason and f"test_explain.py:{kept.__code__.co_firstlineno + 3}: return torch.softmax" in reason
