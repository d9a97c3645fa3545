"""The wheel by itself: in an environment without any other package, away from the source tree."""

import os
import subprocess
import sys

import pytest

WHEEL = os.environ.get("FLASHLIGHT_WHEEL")

ALONE = """
import sys
import flashlight

three = flashlight.Program(flashlight.compile('''
  func.func @main() -> tensor<2x3xf32> {
    %three = arith.constant dense<3.0> : tensor<2x3xf32>
    return %three : tensor<2x3xf32>
  }'''))
double = flashlight.Program(flashlight.compile('''
  func.func @main(%a: tensor<2x3xf32>) -> tensor<2x3xf32> {
    %e = tensor.empty() : tensor<2x3xf32>
    %r = linalg.add ins(%a, %a : tensor<2x3xf32>, tensor<2x3xf32>) outs(%e : tensor<2x3xf32>) -> tensor<2x3xf32>
    return %r : tensor<2x3xf32>
  }'''))
(result,) = double(*three())
import ctypes
pointer = ctypes.pythonapi.PyCapsule_GetPointer
pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
capsule = result.__dlpack__()
data = ctypes.c_void_p.from_address(pointer(capsule, b"dltensor")).value
print(flashlight.__file__, list((ctypes.c_float * 6).from_address(data)))
assert "torch" not in sys.modules and "numpy" not in sys.modules
"""


@pytest.mark.skipif(not WHEEL, reason="scripts/python.sh builds the wheel")
def test_the_wheel_runs_in_an_empty_environment(tmp_path):
    assert os.path.getsize(WHEEL) <= 60 << 20
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "empty"], check=True)
    python = tmp_path / "empty" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-index", "--no-deps", WHEEL], check=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "FLASHLIGHT", "LD_"))}
    ran = subprocess.run([python, "-c", ALONE], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    where, _, numbers = ran.stdout.strip().partition(" ")
    assert where.startswith(str(tmp_path)) and numbers == str([6.0] * 6)
