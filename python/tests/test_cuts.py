"""What becomes of a graph is kept: the same graph is not looked at again, and no other is taken for it."""

import subprocess
import sys

import pytest
import torch
import torch.nn.functional as F
from support import compiled, fused

from flashlight import cache
from flashlight.torch import cuts, dynamo, gradient, importing, keys, ops

ATTENTION = """
import torch

def attention(q, k, v):
    places = torch.arange(q.size(-2))
    scores = (q @ k.transpose(-1, -2)).masked_fill(places[:, None] < places, float("-inf")) * 0.25
    return torch.softmax(scores, -1) @ v + 1
"""
exec(ATTENTION)


def tensors(*shape, count=3, **kinds):
    return [torch.randn(*shape, **kinds) for _ in range(count)]


@pytest.fixture(autouse=True)
def empty(tmp_path, monkeypatch):
    monkeypatch.setenv("FLASHLIGHT_CACHE_DIR", str(tmp_path))


def forget():
    """Leaves what a new process has."""
    torch._dynamo.reset()
    ops._OPS.clear()
    ops._LIBRARY._destroy()
    ops._LIBRARY = torch.library.Library("flashlight", "FRAGMENT")


@pytest.fixture
def looks(monkeypatch):
    """Counts how often something is traced."""
    counted, trace = [], importing.trace

    def counting(*given, **named):
        counted.append(1)
        return trace(*given, **named)

    monkeypatch.setattr(importing, "trace", counting)

    def since():
        number = len(counted)
        counted.clear()
        return number

    return since


def again(function, arguments, looks, **options):
    """Runs a function as a new process would, and says how often something was traced."""
    forget()
    looks()
    torch.testing.assert_close(compiled(function, rest="eager", **options)(*arguments), function(*arguments), rtol=1e-4, atol=1e-4)
    return looks()


def test_a_graph_is_looked_at_once(looks):
    given = tensors(1, 2, 16, 16)
    assert again(attention, given, looks) > 0
    assert again(attention, tensors(1, 2, 16, 16), looks) == 0
    assert again(attention, given, looks, f32="tf32") > 0
    assert again(attention, tensors(1, 2, 24, 16), looks) > 0
    assert fused() == [1] * 4


def test_another_process_neither_traces_nor_imports(looks):
    compiled(attention, rest="eager")(*tensors(1, 2, 16, 16, requires_grad=True)).sum().backward()
    script = f"""{ATTENTION}
import sys
from flashlight.torch import dynamo
given = [torch.randn(1, 2, 16, 16, requires_grad=True) for _ in range(3)]
run = torch.compile(attention, backend="flashlight", options={{"rest": "eager", "verify": True}})
result = run(*given)
torch.testing.assert_close(result, attention(*given), rtol=1e-4, atol=1e-4)
result.sum().backward()
((_, operator),) = dynamo._LAST[0].fused
assert all(operator.gradients.found.values()) and operator.gradients.found
assert [len(report.fused) for report in dynamo._LAST] == [1]
assert "torch_mlir" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_reasons_are_told_again(looks):
    def dropped(q, k, v):
        return F.scaled_dot_product_attention(q, k, v, dropout_p=0.5).shape[0] * v

    given = tensors(1, 2, 16, 16)
    assert again(dropped, given, looks) > 0
    assert again(dropped, given, looks) == 0
    first, second = dynamo._LAST
    assert first.left == second.left and "dropout" in first.left[0]


def test_gradients_that_are_refused_are_not_tried_again(monkeypatch):
    tried = []

    def refuse(*given, joint):
        tried.append(joint)
        raise importing.Refusal("not today")

    monkeypatch.setattr(gradient, "trace", refuse)
    for _ in range(2):
        forget()
        given = [tensor.requires_grad_() for tensor in tensors(1, 2, 16, 16)]
        ours = torch.autograd.grad(compiled(attention, rest="eager")(*given).square().sum(), given)
        for one, other in zip(ours, torch.autograd.grad(attention(*given).square().sum(), given)):
            torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-4)
    assert tried == [True, False]


def test_guards_are_made_again(looks):
    def run(dim, expected):
        given = tensors(2, 2, 20, dim)
        torch.testing.assert_close(function(*given), attention(*given), rtol=1e-4, atol=1e-4)
        assert (looks() > 0) == expected

    for expected in (True, False):
        forget()
        looks()
        function = compiled(attention, dynamic=True, rest="eager")
        run(16, expected)  # the width becomes a constant
        run(32, expected)
        run(16, False)
        assert fused() == [1, 1]


DAMAGES = [
    (lambda data: data[:-7], [cache.CUT]),
    (lambda data: data[:-9] + b"#" + data[-8:], [cache.PROGRAM]),
    (lambda data: b"", [cache.CUT, cache.PROGRAM]),
]


def test_what_is_damaged_is_made_anew(looks, tmp_path):
    given = tensors(1, 2, 16, 16)
    again(attention, given, looks)
    for damage, kinds in DAMAGES:
        entries = [entry for kind in kinds for entry in tmp_path.glob(f"*{kind}")]
        assert len(entries) == len(kinds)
        for entry in entries:
            entry.write_bytes(damage(entry.read_bytes()))
        assert again(attention, given, looks) > 0
    assert again(attention, given, looks) == 0


def text_of(function, *arguments):
    """The text of a graph as Dynamo makes it."""
    texts = []

    def backend(module, inputs):
        texts.append(keys.of_graph(module).text)
        return module.forward

    torch._dynamo.reset()
    torch.compile(function, backend=backend)(*arguments)
    return texts


def masked(number):
    def function(q, k, v):
        return torch.softmax((q @ k.transpose(-1, -2)) * torch.tensor(number), -1) @ v

    return function


def views(q, k, v):
    return attention(q[0], k[0], v[0])


def writes(q, k, v):
    q.mul_(2)
    return attention(q, k, v)


def in_mode(mode, function=attention):
    def run(*arguments):
        with mode():
            return function(*arguments)

    return run


def test_texts_tell_graphs_apart():
    q, k, v = tensors(1, 2, 16, 16)
    wide = torch.randn(2, 2, 16, 32)
    marked = [tensor.clone() for tensor in (q, k, v)]
    [torch._dynamo.mark_dynamic(tensor, 2) for tensor in marked]
    kinds = {
        "plain": (attention, q, k, v),
        "dtype": (attention, q.double(), k.double(), v.double()),
        "strides": (attention, q.transpose(-1, -2), k, v),
        "gradients": (attention, q.clone().requires_grad_(), k, v),
        "shared": (attention, q, q, v),
        "views of one": (attention, wide[:1, :, :, :16], wide[1:, :, :, :16], v),
        "views of two": (attention, wide[:1, :, :, :16], wide.clone()[1:, :, :, :16], v),
        "symbols": (attention, *marked),
        "constant": (masked(0.5), q, k, v),
        "another constant": (masked(0.25), q, k, v),
        "views": (views, q, k, v),
        "writes": (writes, q.clone(), k, v),
        "autocast": (in_mode(lambda: torch.autocast("cpu", torch.bfloat16)), q, k, v),
        "no gradients": (in_mode(torch.no_grad), q, k, v),
        "scale": (lambda q, k, v: attention(q * 2, k, v), q, k, v),
        "scale in f32": (lambda q, k, v: attention(q * 2.0, k, v), q, k, v),
    }
    texts = {name: tuple(text_of(*given)) for name, given in kinds.items()}
    with torch.autocast("cpu", torch.bfloat16):
        texts["autocast around"] = tuple(text_of(attention, q, k, v))
    with torch.no_grad():
        texts["no gradients around"] = tuple(text_of(attention, q, k, v))
    assert len(set(texts.values())) == len(texts)


def test_names_do_not_tell_graphs_apart():
    x = torch.randn(1, 2, 16, 16)
    torch._dynamo.mark_dynamic(x, 2)
    assert text_of(lambda x: attention(x, x, x), x) == text_of(lambda values: attention(values, values, values), x)


def test_what_may_change_its_meaning_is_not_kept(looks):
    @torch._dynamo.allow_in_graph
    def scale(x):
        return x * 0.5

    def scaled(q, k, v):
        return torch.softmax(scale(q @ k.transpose(-1, -2)), -1) @ v

    given = tensors(1, 2, 16, 16)
    assert again(scaled, given, looks) > 0
    assert again(scaled, given, looks) > 0
    with pytest.raises(keys.Unknown, match="scale"):
        keys.name_of(scale)
    with pytest.raises(keys.Unknown, match="softmax"):
        keys.name_of(torch._dynamo.disable(F.softmax))
    assert keys.name_of(F.softmax) == "torch.nn.functional.softmax"


def test_nothing_is_kept_where_nothing_shall_be(monkeypatch):
    monkeypatch.setenv("FLASHLIGHT_CACHE_DIR", "")
    given = tensors(1, 2, 16, 16)
    module = torch.fx.symbolic_trace(attention)
    assert cuts.of(module, dynamo.Options()) is None
    torch.testing.assert_close(compiled(attention, rest="eager")(*given), attention(*given), rtol=1e-4, atol=1e-4)
