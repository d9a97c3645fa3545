import pytest
import torch

from flashlight.torch import dynamo


@pytest.fixture(autouse=True)
def fresh(tmp_path_factory, monkeypatch):
    """Every test begins without compiled graphs; artifacts are shared by a run, and by nothing else."""
    monkeypatch.setenv("FLASHLIGHT_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))
    torch._dynamo.reset()
    dynamo._LAST.clear()
    torch.manual_seed(0)
