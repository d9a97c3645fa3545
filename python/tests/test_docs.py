"""The examples of docs/pytorch.md, as they are written there."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs" / "pytorch.md"


@pytest.mark.skipif(not DOCS.exists(), reason="not in the source tree")
def test_examples():
    blocks = re.findall(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL)
    assert len(blocks) == 2
    exec("\n".join(blocks), {})
