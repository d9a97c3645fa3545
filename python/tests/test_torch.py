"""`torch.compile(…, backend="flashlight")` on functions and small modules."""

import math
import warnings

import pytest
import torch
import torch.nn.functional as F
from support import compiled, fused, gradients, on_threads, reports

import flashlight
from flashlight.torch.dynamo import Options


def qkv(*shape, dtype=torch.float32):
    shape = shape or (2, 4, 48, 16)
    return [torch.randn(shape, dtype=dtype) for _ in range(3)]


def plain(q, k, v):
    return torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(q.size(-1)), -1) @ v


def causal(q, k, v):
    keep = torch.ones(q.size(-2), k.size(-2), dtype=torch.bool, device=q.device).tril()
    return torch.softmax((q @ k.transpose(-2, -1)).masked_fill(~keep, -math.inf), -1) @ v


def softcap(q, k, v):
    return torch.softmax(20 * torch.tanh(q @ k.transpose(-2, -1) / 20), -1) @ v


def differential(q, k, v):
    one = torch.softmax(q[..., :8] @ k[..., :8].transpose(-2, -1), -1)
    other = torch.softmax(q[..., 8:] @ k[..., 8:].transpose(-2, -1), -1)
    return (one - 0.3 * other) @ v


def chunks(x, w):
    q, k, v = (part.unflatten(-1, (4, 16)).transpose(1, 2) for part in (x @ w).chunk(3, -1))
    return plain(q, k, v).transpose(1, 2).flatten(2)


class Block(torch.nn.Module):
    """A layer with what stands around attention in models."""

    def __init__(self, width=64, heads=4):
        super().__init__()
        self.heads = heads
        self.norm = torch.nn.LayerNorm(width)
        self.qkv, self.out = torch.nn.Linear(width, 3 * width), torch.nn.Linear(width, width)

    def forward(self, x):
        q, k, v = self.qkv(self.norm(x)).view(*x.shape[:2], 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        return x + self.out(causal(q, k, v).transpose(1, 2).reshape(x.shape))


@pytest.mark.parametrize("function", [plain, causal, softcap, differential], ids=lambda function: function.__name__)
def test_spellings(function):
    arguments = qkv()
    torch.testing.assert_close(compiled(function)(*arguments), function(*arguments))
    assert fused() == [1]


def test_the_entry_point_needs_no_import():
    assert "flashlight" in torch._dynamo.list_backends()


def test_views_belong_to_regions():
    x, w = torch.randn(2, 48, 64), torch.randn(64, 192)
    torch.testing.assert_close(compiled(chunks)(x, w), chunks(x, w))
    (report,) = reports()
    ((region, _),) = report.fused
    assert len(region.inputs) == 1 and all(node.meta["example_value"].is_contiguous() for node in region.inputs)


def test_a_mask_is_cloned_into_the_regions_that_share_it():
    def two(q, k, v):
        keep = torch.ones(48, 48, dtype=torch.bool).tril()
        first = torch.softmax((q @ k.transpose(-2, -1)).masked_fill(~keep, -math.inf), -1) @ v
        return torch.softmax((first @ k.transpose(-2, -1)).masked_fill(~keep, -math.inf), -1) @ v

    arguments = qkv()
    torch.testing.assert_close(compiled(two)(*arguments), two(*arguments))
    (report,) = reports()
    assert len(report.fused) == 2
    assert all(node.meta["example_value"].shape != (48, 48) for region, _ in report.fused for node in region.inputs)


def test_indices_are_computed_where_their_data_is_read():
    def documents(q, k, v, ids):
        batch, place = torch.arange(1)[:, None, None, None], torch.arange(48)
        keep = ids[batch, place[None, None, :, None]] == ids[batch, place[None, None, None, :]]
        return torch.softmax((q @ k.transpose(-2, -1)).masked_fill(~keep, -math.inf), -1) @ v

    arguments = (*qkv(), torch.arange(48)[None] // 20)
    torch.testing.assert_close(compiled(documents)(*arguments), documents(*arguments))
    ((region, _),) = reports()[0].fused
    assert len(region.inputs) == 4


def test_equal_layers_are_one_operator():
    layers = torch.nn.Sequential(Block(), Block(), Block())
    with torch.no_grad():
        torch.testing.assert_close(compiled(layers)(x := torch.randn(2, 40, 64)), layers(x))
    (report,) = reports()
    assert len(report.fused) == 3 and len({operator.name for _, operator in report.fused}) == 1


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"is_causal": True},
        {"scale": 0.3},
        {"attn_mask": torch.rand(48, 48) > 0.3},
        {"attn_mask": torch.randn(2, 1, 48, 48)},
        {"attn_mask": torch.zeros(48, 48, dtype=torch.bool).index_fill(0, torch.arange(5), True)},
    ],
    ids=["plain", "causal", "scale", "bool", "float", "dead-rows"],
)
def test_scaled_dot_product_attention(options):
    def function(q, k, v):
        return F.scaled_dot_product_attention(q, k, v, **options)

    arguments = qkv()
    torch.testing.assert_close(compiled(function)(*arguments), function(*arguments))
    assert fused() == [1]


def test_grouped_heads():
    def function(q, k, v):
        return F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)

    q, (k, v, _) = torch.randn(2, 8, 40, 16), qkv(2, 2, 40, 16)
    torch.testing.assert_close(compiled(function)(q, k, v), function(q, k, v))
    assert fused() == [1]


def test_dropout_stays_with_pytorch():
    def function(q, k, v):
        return F.scaled_dot_product_attention(q, k, v, dropout_p=0.5)

    assert compiled(function)(*qkv()).shape == (2, 4, 48, 16)
    assert fused() == [0]


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16], ids=str)
def test_half_precision(dtype):
    arguments = qkv(dtype=dtype)
    result = compiled(causal)(*arguments)
    assert result.dtype == dtype
    torch.testing.assert_close(result.float(), causal(*[tensor.float() for tensor in arguments]), atol=3e-2, rtol=3e-2)
    assert fused() == [1]


def test_one_kernel_serves_all_lengths():
    function = compiled(causal)
    for length in (48, 33, 300, 2, 701):
        arguments = qkv(2, 4, length, 16)
        for tensor in arguments:
            torch._dynamo.mark_dynamic(tensor, 2)
        torch.testing.assert_close(function(*arguments), causal(*arguments))
    assert fused() == [1]
    one = qkv(2, 4, 1, 16)  # a length of one is another graph to Dynamo
    torch.testing.assert_close(function(*one), causal(*one))
    empty = qkv(2, 4, 0, 16)
    assert function(*empty).shape == (2, 4, 0, 16)


@pytest.mark.parametrize("dynamic", [False, True])
def test_gradients(dynamic):
    block, x = Block(), torch.randn(2, 40, 64)
    ours, theirs = gradients(compiled(block, dynamic=dynamic), [x]), gradients(block, [x])
    assert fused()[-1] == 1
    for one, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("function", [plain, causal, softcap, differential], ids=lambda function: function.__name__)
def test_gradients_in_double_precision(function):
    arguments = qkv(1, 2, 6, 16, dtype=torch.float64)
    for one, other in zip(gradients(compiled(function), arguments), gradients(function, arguments), strict=True):
        torch.testing.assert_close(one, other)


def test_nothing_of_the_size_of_scores_is_saved():
    saved = []

    def pack(tensor):
        saved.append(tensor.numel())
        return tensor

    arguments = [tensor.requires_grad_() for tensor in qkv(1, 2, 256, 16)]
    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        result = compiled(causal, verify=False)(*arguments)
    result.sum().backward()
    assert fused() == [1] and saved and max(saved) <= 2 * 256 * 16


def test_operators_are_sound():
    arguments = qkv(1, 2, 24, 16)
    compiled(causal)(*arguments)
    ((_, operator),) = reports()[0].fused
    torch.library.opcheck(operator.target, tuple(tensor.requires_grad_() for tensor in arguments))


def test_autocast():
    block, x = Block(), torch.randn(2, 40, 64)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        ours, theirs = compiled(block)(x), block(x)
    assert ours.dtype == theirs.dtype and fused() == [1]
    torch.testing.assert_close(ours, theirs, atol=3e-2, rtol=3e-2)

    def inside(x):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            y = block(x)
        return y.float() * 2

    torch.testing.assert_close(compiled(inside)(x), inside(x), atol=6e-2, rtol=6e-2)
    assert fused() == [1]


def test_no_gradients_inside_of_a_graph():
    def function(q, k, v):
        with torch.no_grad():
            fixed = plain(q, k, v)
        return fixed + plain(q, k, v)

    arguments = qkv()
    for one, other in zip(gradients(compiled(function), arguments), gradients(function, arguments), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-5)


def test_equal_weights_are_computed_once():
    def function(q, k, v, w):
        one = torch.softmax(q @ k.transpose(-2, -1), -1) @ v
        other = torch.softmax(q @ k.transpose(-2, -1), -1) @ w
        return torch.cat((one, other), -1)

    arguments = [*qkv(), torch.randn(2, 4, 48, 16)]
    torch.testing.assert_close(compiled(function)(*arguments), function(*arguments), rtol=2e-5, atol=2e-5)
    ((region, _),) = reports()[0].fused
    assert [tuple(node.meta["example_value"].shape) for node in region.inputs] == [(2, 4, 48, 16)] * 4


def test_equal_values_that_are_written_to_stay_apart():
    def function(q, k, v):
        one, other = torch.zeros_like(q), torch.zeros_like(q)
        one[..., 0] += 1
        random = torch.rand_like(q) - torch.rand_like(q)
        same, as_good = v + 1, v + 1
        return plain(q + one, k + other, v), random.abs().sum() > 0, same, as_good

    arguments = qkv()
    results = compiled(function)(*arguments)
    torch.testing.assert_close(results[0], function(*arguments)[0], rtol=2e-5, atol=2e-5)
    assert results[1]
    results[2].zero_()
    torch.testing.assert_close(results[3], arguments[2] + 1)


def test_writes_are_not_moved_over():
    def function(q, k, v):
        cache = torch.zeros(2, 4, 64, 16)
        before = plain(q, cache, v.new_ones(2, 4, 64, 16))
        cache[:, :, :48] = k
        after = plain(q, cache, F.pad(v, (0, 0, 0, 16)))
        cache.zero_()
        return before + after

    arguments = qkv()
    torch.testing.assert_close(compiled(function)(*arguments), function(*arguments))


def test_writes_to_temporaries_are_values():
    def function(q, k, v, bias):
        scores = q @ k.transpose(-2, -1)
        scores *= 0.25
        scores += bias
        scores.masked_fill_(bias > 1, -1e9)
        return torch.softmax(scores, -1) @ v

    arguments = [*qkv(), torch.randn(48, 48)]
    torch.testing.assert_close(compiled(function)(*arguments), function(*arguments))
    assert fused() == [1]


def test_writes_that_others_see_stay():
    def function(q, k, v, bias):
        scores = q @ k.transpose(-2, -1)
        seen = scores[..., :4]
        scores += bias
        q.mul_(2)
        return torch.softmax(scores, -1) @ v, seen * 1, q @ k.transpose(-2, -1)

    arguments = [*qkv(), torch.randn(48, 48)]
    ours, theirs = ([tensor.clone() for tensor in arguments] for _ in range(2))
    for one, other in zip([*compiled(function)(*ours), *ours], [*function(*theirs), *theirs], strict=True):
        torch.testing.assert_close(one, other)


def test_inductor_takes_the_rest():
    block, x = Block(), torch.randn(2, 40, 64)
    ours, theirs = gradients(compiled(block, rest="inductor"), [x]), gradients(block, [x])
    assert fused() == [1]
    for one, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-5)


def test_what_cannot_be_imported_stays_and_is_said_once():
    def function(q, k, v):
        weights = torch.softmax(q @ k.transpose(-2, -1), -1)
        return torch.linalg.qr(weights)[0] @ v

    arguments = qkv()
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        for _ in range(2):
            torch._dynamo.reset()
            torch.testing.assert_close(compiled(function)(*arguments), function(*arguments))
    assert len([warning for warning in seen if "flashlight" in str(warning.message)]) <= 1
    assert fused() == [0, 0]


def test_fusion_can_be_required():
    def layered(q, k, v):
        return torch.sort(q @ k.transpose(-2, -1), -1).values @ v

    with pytest.raises(Exception, match="not everything was fused"):
        compiled(layered, require_fusion=True)(*qkv())
    torch.testing.assert_close(compiled(plain, require_fusion=True)(*(arguments := qkv())), plain(*arguments))


def test_a_mode_and_options_of_inductor_are_for_the_rest(monkeypatch):
    from torch._inductor import compile_fx

    taken, whole = [], compile_fx.compile_fx
    monkeypatch.setattr(compile_fx, "compile_fx", lambda *given, **more: taken.append(more.get("config_patches")) or whole(*given, **more))
    arguments = qkv()
    for given in ({"mode": "reduce-overhead"}, {"options": {"inductor": {"triton.cudagraphs": True}}}):
        torch._dynamo.reset()
        with torch.no_grad():
            torch.testing.assert_close(torch.compile(plain, backend="flashlight", **given)(*arguments), plain(*arguments))
    assert [patches for patches in taken if patches] == [{"triton.cudagraphs": True}] * 2


def test_options_are_checked():
    with pytest.raises(ValueError, match="there is no option speed"):
        Options.of({"speed": 11})
    for name, value in {"f32": "fast", "sums": "any-order", "rest": []}.items():
        with pytest.raises(ValueError, match=f"{name} is '"):
            Options.of({name: value})


@pytest.mark.parametrize(
    "make, shapes, regions",
    [
        (lambda: torch.nn.MultiheadAttention(64, 4, batch_first=True), [(2, 24, 64)] * 3, 1),
        (lambda: torch.nn.TransformerEncoderLayer(64, 4, 128, dropout=0.0, batch_first=True), [(2, 24, 64)], 1),
        (lambda: torch.nn.TransformerDecoderLayer(64, 4, 128, dropout=0.0), [(24, 2, 64), (20, 2, 64)], 2),
    ],
    ids=["attention", "encoder", "decoder"],
)
def test_modules_of_pytorch(make, shapes, regions):
    module, arguments = make(), [torch.randn(shape) for shape in shapes]

    class First(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = module

        def forward(self, *given):
            result = self.inner(*given)
            return result[0] if isinstance(result, tuple) else result

    model, weight = First(), torch.randn(64)
    ours = gradients(lambda *given: compiled(model)(*given) * weight, arguments) + [p.grad for p in model.parameters()]
    model.zero_grad()
    theirs = gradients(lambda *given: model(*given) * weight, arguments) + [p.grad for p in model.parameters()]
    assert fused() == [regions]
    for one, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-4)


def test_a_branch_stays_and_what_is_around_it_is_fused():
    def function(q, k, v):
        q = torch.cond(q.sum() > 0, lambda q: q.sin(), lambda q: q.cos(), (q,))
        return plain(q, k, v), torch.logsumexp(q @ k.transpose(-2, -1), -1)

    arguments = qkv()
    for one, other in zip(compiled(function)(*arguments), function(*arguments), strict=True):
        torch.testing.assert_close(one, other)
    assert sum(fused()) == 1


def test_complex_tensors_stay():
    def function(q, k, v):
        return (q @ k.transpose(-2, -1)).abs().softmax(-1).to(v.dtype) @ v

    arguments = [torch.randn(2, 8, 16, dtype=torch.complex64) for _ in range(3)]
    torch.testing.assert_close(compiled(function)(*arguments), function(*arguments))
    assert fused() == [0]


def test_concurrent_callers():
    function = compiled(causal)
    function(*qkv())

    def work(seed):
        generator = torch.Generator().manual_seed(seed)
        arguments = [torch.randn(2, 4, 48, 16, generator=generator) for _ in range(3)]
        for _ in range(10):
            torch.testing.assert_close(function(*arguments), causal(*arguments))

    assert not on_threads(work)


def test_artifacts_are_kept_on_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("FLASHLIGHT_CACHE_DIR", str(tmp_path / "kept"))
    text = """func.func @main(%a: tensor<2xf32>) -> tensor<2xf32> {
      %e = tensor.empty() : tensor<2xf32>
      %r = linalg.add ins(%a, %a : tensor<2xf32>, tensor<2xf32>) outs(%e : tensor<2xf32>) -> tensor<2xf32>
      return %r : tensor<2xf32>
    }"""
    from flashlight import cache

    first = cache.compiled(text, target="cpu")
    (entry,) = (tmp_path / "kept").iterdir()
    assert cache.compiled(text, target="cpu").to_bytes() == first.to_bytes()
    entry.write_bytes(entry.read_bytes()[:50])  # a broken entry is made again
    (result,) = flashlight.Program(cache.compiled(text, target="cpu"))(torch.ones(2))
    assert result.tolist() == [2, 2]
    monkeypatch.setattr(cache, "LIMIT", 1)
    cache.compiled(text.replace("linalg.add", "linalg.mul"), target="cpu")
    assert list((tmp_path / "kept").iterdir()) == []
