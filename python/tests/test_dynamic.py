"""Sizes, numbers and caches that change between calls."""

import math

import pytest
import torch
from models import model_of
from support import compiled, fused, reports


def attention(q, k, v):
    return torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(q.size(-1)), -1) @ v


def causal(q, k, v):
    keep = torch.ones(q.size(-2), k.size(-2), dtype=torch.bool).tril(k.size(-2) - q.size(-2))
    return torch.softmax((q @ k.transpose(-2, -1)).masked_fill(~keep, -math.inf), -1) @ v


def qkv(length=48, keys=None, batch=2, heads=4, width=16):
    return [torch.randn(batch, heads, size, width) for size in (length, keys or length, keys or length)]


def check(function, calls, **options):
    run = compiled(function, **options)
    for arguments in calls:
        torch.testing.assert_close(run(*arguments), function(*arguments))


def test_many_lengths_are_two_graphs():
    check(causal, [qkv(int(length)) for length in 2 + torch.randperm(300)[:40]])
    assert fused() == [1, 1]  # that of the first length, and that of all


def test_lengths_of_one_and_of_none():
    calls = [qkv(1), qkv(0), qkv(5), qkv(1, 7), qkv(3, 1), qkv(batch=0), qkv(6, width=32)]
    check(attention, calls, dynamic=True)
    assert sum(fused()) >= 3  # those of several queries and keys, and of one query


def test_unbacked_lengths_are_one_graph():
    def unbacked(length, keys):
        arguments = qkv(length, keys)
        for tensor in arguments:
            torch._dynamo.decorators.mark_unbacked(tensor, 2)
        return arguments

    check(attention, [unbacked(5, 9), unbacked(1, 9), unbacked(7, 300), unbacked(1, 1)])
    assert fused() == [1]


def test_a_width_of_heads_is_a_constant_of_its_graph():
    check(attention, [qkv(), qkv(33), qkv(33, width=32)], dynamic=True)
    assert fused() == [1, 1]


def test_a_number_that_is_no_size():
    def function(q, cache, v, count):
        return attention(q, cache[:, :, :count], v[:, :, :count])

    check(function, [(*qkv(3, 64), count) for count in (5, 9, 33, 60)], dynamic=True)
    assert fused() == [1]


def test_a_number_in_a_mask():
    def function(q, k, v, window):
        places = torch.arange(q.size(2))
        near = places[:, None] - places < window
        return torch.softmax((q @ k.transpose(-2, -1)).masked_fill(~near, -math.inf), -1) @ v

    check(function, [(*qkv(), window) for window in (5, 9, 33)])
    assert fused() == [1, 1]


@pytest.mark.parametrize("rest", ["aot_eager", "eager"])
def test_floats_are_arguments_of_one_graph(rest):
    def function(q, k, v, cap, share):
        scores = cap * torch.tanh(q @ k.transpose(-2, -1) / cap)
        return torch.softmax(scores * (share / 2), -1) @ v

    check(function, [(*qkv(), cap, 1 / cap) for cap in (0.5, 20.0, 30.0, 50.0, 80.0)], rest=rest)
    assert fused() == [1, 1]  # that of the first floats, and that of all


@torch._dynamo.config.patch(capture_scalar_outputs=True, capture_dynamic_output_shape_ops=True)
def test_numbers_that_are_computed():
    def slices(q, k, v, count):
        count = count.item()
        torch._check(count <= k.size(2))
        torch._check(count >= 1)
        return attention(q, k[:, :, :count], v[:, :, :count])

    def packed(q, k, v, keep):
        places = keep.nonzero().squeeze(-1)
        return attention(q, k[:, :, places], v[:, :, places])

    check(slices, [(*qkv(), torch.tensor(count)) for count in (5, 9, 48)])
    check(packed, [(*qkv(), torch.rand(48) > 0.5) for _ in range(2)])
    assert set(fused()) == {1}


def test_lists_of_tensors():
    def split(x, w):
        parts = torch.split((x @ w).unflatten(-1, (12, 16)).transpose(1, 2), 4, 1)
        return attention(*torch.unbind(torch.stack(parts)))

    check(split, [(torch.randn(2, length, 64), torch.randn(64, 192)) for length in (40, 33)])
    check(lambda parts: attention(*parts), [(qkv(),), (qkv(33),)])
    assert fused() == [1] * 4


def test_a_cache_is_read_after_it_is_written():
    def function(q, cache, k, place):
        cache.index_copy_(2, place, k)
        shared = cache[:, :, None].expand(-1, -1, 2, -1, -1).reshape(q.size(0), q.size(1), -1, q.size(3))
        return attention(q, shared, shared)

    q, k, place = torch.randn(2, 4, 3, 16), torch.randn(2, 2, 3, 16), torch.arange(3) + 5
    ours, theirs = torch.zeros(2, 2, 32, 16), torch.zeros(2, 2, 32, 16)
    torch.testing.assert_close(compiled(function)(q, ours, k, place), function(q, theirs, k, place))
    assert torch.equal(ours, theirs) and fused() == [1]


def test_memory_that_is_written_after_it_is_made():
    def function(q, k, v):
        joined = k.new_zeros(2, 4, 64, 16)
        joined[:, :, :48].copy_(k)
        joined[:, :, 48:].copy_(v[:, :, :16])
        return attention(q, joined, joined)

    check(function, [qkv()])
    assert fused() == [1]


@pytest.mark.parametrize("cache", ["dynamic", "static"])
@pytest.mark.parametrize("name", ["llama", "gpt2"])
def test_generate(name, cache):
    model = model_of(name, "sdpa")[0].model
    model.generation_config.update(use_cache=True, disable_compile=True, eos_token_id=None)
    model.config.use_cache = True
    settings = dict(max_new_tokens=4, do_sample=False, cache_implementation="static" if cache == "static" else None)
    ids = torch.randint(3, 128, (2, 7))
    with torch.no_grad():
        expected = model.generate(ids, **settings)
        model.forward = compiled(model.forward)
        assert torch.equal(model.generate(ids, **settings), expected)
    # One graph for the prompt and one for tokens; with a dynamic cache that one is made again when its length changes.
    made = reports()
    assert len(made) <= (2 if cache == "static" else 3) and all(len(report.fused) == 2 for report in made)
