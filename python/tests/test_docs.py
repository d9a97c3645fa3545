"""The examples of README.md, docs/pytorch.md and docs/jax.md, as they are written there."""

import re
from pathlib import Path

import pytest
import torch
from flashlight.torch import dynamo

README = Path(__file__).parents[2] / "README.md"
DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.skipif(not DOCS.exists(), reason="not in the source tree")
@pytest.mark.parametrize(("name", "count"), [("pytorch", 4), ("jax", 5)])
def test_examples(name, count, tmp_path):
    blocks = re.findall(r"```python\n(.*?)```", (DOCS / f"{name}.md").read_text(), re.DOTALL)
    assert len(blocks) == count
    code = "\n".join(blocks)
    path = tmp_path / "examples.py"  # a file, as `explain` quotes lines
    path.write_text(code)
    exec(compile(code, path, "exec"), {})


class Attention(torch.nn.Module):
    def forward(self, inputs):
        return torch.softmax(inputs @ inputs.transpose(-1, -2), -1) @ inputs


@pytest.mark.skipif(not README.exists(), reason="not in the source tree")
def test_the_first_example():
    torch._dynamo.reset()
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    names = {"model": Attention(), "inputs": torch.randn(2, 20, 8)}
    expected = names["model"](names["inputs"])
    with torch.no_grad():
        exec(code, names)
    torch.testing.assert_close(names["output"], expected, rtol=1e-5, atol=1e-5)
    assert dynamo._LAST[-1].fused
