"""`flashlight.compile` of functions, modules and exported programs, and what it saves."""

import math
import os
import subprocess
import sys

import pytest
import torch
import torch.nn.functional as F
from models import model_of
from torch.nn.attention.flex_attention import create_block_mask, flex_attention

import flashlight

LENGTH = torch.export.Dim("length", min=2, max=4096)


def attention(q, k, v):
    return torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(q.size(-1)), -1) @ v


def qkv(length=48):
    return [torch.randn(2, 4, length, 16) for _ in range(3)]


def test_a_function():
    arguments = qkv()
    compiled = flashlight.compile(attention, arguments, require_fusion=True)
    assert compiled.artifact.kernels == 1
    other = qkv()
    torch.testing.assert_close(compiled(*other), attention(*other))
    with pytest.raises(TypeError, match="compiled for arguments"):
        compiled(*other[:2])
    with pytest.raises(ValueError, match="expected"):
        compiled(*qkv(47))


@pytest.mark.parametrize("name", ["llama", "bert"])
def test_a_model(name):
    model, inputs, regions = model_of(name, "sdpa")
    with torch.no_grad():
        compiled = flashlight.compile(model, inputs)
        torch.testing.assert_close(compiled(*inputs), model(*inputs), rtol=1e-4, atol=1e-5)
    assert compiled.artifact.kernels == regions


def test_an_exported_program_of_any_length_is_loaded_without_the_compiler(tmp_path):
    class Layer(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.qkv = torch.nn.Linear(64, 192)
            self.register_buffer("scale", torch.tensor(0.5), persistent=False)

        def forward(self, x):
            q, k, v = (part.unflatten(-1, (4, 16)).transpose(1, 2) for part in self.qkv(x).chunk(3, -1))
            return {"result": attention(q, k, v) * self.scale, "heads": 4, "nothing": None}

    layer = Layer()
    program = torch.export.export(layer, (torch.randn(2, 48, 64),), dynamic_shapes=({1: LENGTH},))
    flashlight.compile(program).save(tmp_path / "layer")
    x = torch.randn(2, 33, 64)
    torch.save({"x": x, "result": layer(x)["result"].detach()}, tmp_path / "expected.pt")
    code = f"""
import sys
sys.modules["torch_mlir"] = None
import torch, flashlight
expected = torch.load({str(tmp_path / "expected.pt")!r})
found = flashlight.load({str(tmp_path / "layer")!r})(expected["x"])
torch.testing.assert_close(found["result"], expected["result"])
assert found["heads"] == 4 and found["nothing"] is None
"""
    ran = subprocess.run([sys.executable, "-c", code], env=dict(os.environ), capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr


def test_keywords_masks_and_results_that_are_arguments():
    def function(q, k, v, mask=None):
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask), q

    arguments, mask = qkv(), torch.rand(48, 48) > 0.3
    compiled = flashlight.compile(function, arguments, {"mask": mask}, dynamic=None)
    result, same = compiled(*arguments, mask=~mask)
    torch.testing.assert_close(result, function(*arguments, ~mask)[0])
    assert torch.equal(same, arguments[0])


def test_several_lengths_of_a_function():
    compiled = flashlight.compile(attention, qkv(), dynamic=({2: LENGTH},) * 3)
    for length in (33, 2, 300):
        arguments = qkv(length)
        torch.testing.assert_close(compiled(*arguments), attention(*arguments))
    with pytest.raises(ValueError):
        compiled(*qkv(6)[:2], qkv(7)[2])


def test_what_cannot_be_compiled_is_an_error():
    class Counting(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("calls", torch.zeros(()))

        def forward(self, x):
            self.calls.add_(1)
            return x * self.calls

    with pytest.raises(flashlight.CompileError, match="writes to calls"):
        flashlight.compile(Counting(), (torch.ones(3),))
    def temporary(x):
        y = x * 2
        y.add_(1)
        return y

    torch.testing.assert_close(flashlight.compile(temporary, (torch.ones(3),))(torch.ones(3)), torch.full((3,), 3.0))
    with pytest.raises(flashlight.CompileError, match="cannot be imported"):
        flashlight.compile(lambda x: torch.linalg.qr(x)[0], (torch.ones(3, 3),))


def test_flex_attention():
    mask = create_block_mask(lambda b, h, q, k: q >= k, None, None, 48, 48, device="cpu")

    def function(q, k, v):
        return flex_attention(q, k, v, lambda s, b, h, q, k: s + (k - q) * 0.1, mask)

    arguments = qkv()
    compiled = flashlight.compile(function, arguments, require_fusion=True)
    keep = torch.ones(48, 48, dtype=torch.bool).tril()
    bias = (torch.arange(48) - torch.arange(48)[:, None]) * 0.1
    truth = F.scaled_dot_product_attention(*arguments, attn_mask=torch.where(keep, bias, -math.inf))
    torch.testing.assert_close(compiled(*arguments), truth)
