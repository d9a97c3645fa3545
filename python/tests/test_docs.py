"""The examples of docs/pytorch.md, as they are written there."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs" / "pytorch.md"


@pytest.mark.skipif(not DOCS.exists(), reason="not in the source tree")
def test_examples(tmp_path):
    blocks = re.findall(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL)
    assert len(blocks) == 4
    code = "\n".join(blocks)
    path = tmp_path / "examples.py"  # a file, as `explain` quotes lines
    path.write_text(code)
    exec(compile(code, path, "exec"), {})
