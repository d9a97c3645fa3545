"""The compiler in process, and compiled programs as functions of tensors."""

import numpy as np
import pytest
import torch
from support import on_threads

import flashlight

ATTENTION = """
func.func @main(%q: tensor<2x64x32xf32>, %k: tensor<2x32x96xf32>, %v: tensor<2x96x16xf32>) -> tensor<2x64x16xf32> {
  %zero = arith.constant 0.0 : f32
  %se = tensor.empty() : tensor<2x64x96xf32>
  %s0 = linalg.fill ins(%zero : f32) outs(%se : tensor<2x64x96xf32>) -> tensor<2x64x96xf32>
  %s = linalg.batch_matmul ins(%q, %k : tensor<2x64x32xf32>, tensor<2x32x96xf32>) outs(%s0 : tensor<2x64x96xf32>) -> tensor<2x64x96xf32>
  %p = linalg.softmax dimension(2) ins(%s : tensor<2x64x96xf32>) outs(%se : tensor<2x64x96xf32>) -> tensor<2x64x96xf32>
  %oe = tensor.empty() : tensor<2x64x16xf32>
  %o0 = linalg.fill ins(%zero : f32) outs(%oe : tensor<2x64x16xf32>) -> tensor<2x64x16xf32>
  %o = linalg.batch_matmul ins(%p, %v : tensor<2x64x96xf32>, tensor<2x96x16xf32>) outs(%o0 : tensor<2x64x16xf32>) -> tensor<2x64x16xf32>
  return %o : tensor<2x64x16xf32>
}
"""

DYNAMIC = """
func.func @main(%a: tensor<?x8xf32>, %b: tensor<?x8xf32>, %c: f32) -> tensor<?x8xf32> {
  %zero = arith.constant 0 : index
  %n = tensor.dim %a, %zero : tensor<?x8xf32>
  %e = tensor.empty(%n) : tensor<?x8xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
                       iterator_types = ["parallel", "parallel"]}
      ins(%a, %b : tensor<?x8xf32>, tensor<?x8xf32>) outs(%e : tensor<?x8xf32>) {
  ^bb0(%x: f32, %y: f32, %o: f32):
    %s = arith.addf %x, %y : f32
    %t = arith.mulf %s, %c : f32
    linalg.yield %t : f32
  } -> tensor<?x8xf32>
  return %r : tensor<?x8xf32>
}
"""


def inputs():
    torch.manual_seed(0)
    return torch.randn(2, 64, 32), torch.randn(2, 32, 96), torch.randn(2, 96, 16)


def truth(q, k, v):
    return torch.softmax(q @ k, -1) @ v


@pytest.fixture(scope="module")
def artifact():
    return flashlight.compile(ATTENTION)


@pytest.fixture(scope="module")
def program(artifact):
    return flashlight.Program(artifact)


def test_attention_is_one_kernel_and_right(artifact, program):
    assert (artifact.target, artifact.kernels, artifact.unfused_ops, artifact.chains) == ("cpu", 1, 0, [])
    (result,) = program(*inputs())
    assert isinstance(result, torch.Tensor) and result.is_contiguous()
    torch.testing.assert_close(result, truth(*inputs()))


def test_strided_arguments(program):
    q, k, v = inputs()
    (result,) = program(q, k.transpose(1, 2).contiguous().transpose(1, 2), v.expand(2, 96, 16)[:, :, :])
    torch.testing.assert_close(result, truth(q, k, v))


def test_numpy_arguments(program):
    arrays = [tensor.numpy() for tensor in inputs()]
    (result,) = program(*arrays)
    assert isinstance(result, flashlight.Buffer) and result.shape == (2, 64, 16) and result.dtype == "f32"
    np.testing.assert_allclose(np.from_dlpack(result), truth(*inputs()).numpy(), rtol=1e-4, atol=1e-5)


def test_results_outlive_the_program():
    (result,) = flashlight.Program(flashlight.compile(DYNAMIC))(torch.ones(5, 8), torch.ones(5, 8), 2.0)
    assert result.shape == (5, 8) and torch.equal(result, torch.full((5, 8), 4.0))


@pytest.mark.parametrize("length", [0, 1, 7, 300])
def test_sizes_of_run_time_and_scalars(length):
    program = flashlight.Program(flashlight.compile(DYNAMIC))
    a, b = torch.randn(length, 8), torch.randn(length, 8)
    (result,) = program(a, b, 0.5)
    torch.testing.assert_close(result, (a + b) * 0.5)


def test_arguments_that_do_not_fit(program):
    q, k, v = inputs()
    with pytest.raises(TypeError, match="arg2: element type is f64, expected f32"):
        program(q, k, v.double())
    with pytest.raises(ValueError, match=r"arg1: shape is \[2, 32, 95\], expected \[2, 32, 96\]"):
        program(q, k[:, :, :95], v)
    with pytest.raises(ValueError, match="takes 3 argument"):
        program(q, k)
    with pytest.raises(TypeError, match="element type"):
        program(q.to(torch.complex64), k, v)
    with pytest.raises(TypeError, match="arg0: expected"):
        program("q", k, v)
    dynamic = flashlight.Program(flashlight.compile(DYNAMIC))
    with pytest.raises(ValueError, match="do not fit together"):
        dynamic(torch.ones(5, 8), torch.ones(6, 8), 1.0)
    with pytest.raises(TypeError, match="arg2: expected"):
        dynamic(torch.ones(5, 8), torch.ones(5, 8), "two")


def test_errors_have_locations():
    with pytest.raises(flashlight.CompileError, match=r"bad.mlir:1:1\d: error: "):
        flashlight.compile("func.func @f( {", name="bad.mlir")
    with pytest.raises(flashlight.CompileError, match="no function 'other'"):
        flashlight.compile(ATTENTION, entry="other")
    with pytest.raises(ValueError, match="there is no target 'tpu'"):
        flashlight.compile(ATTENTION, target="tpu")
    with pytest.raises(flashlight.CompileError, match="not a flashlight artifact"):
        flashlight.Artifact.from_bytes(b"something else")


def test_artifacts_as_bytes_and_in_folders(artifact, tmp_path):
    data = artifact.to_bytes()
    for cut in (10, 30, len(data) - 1):
        with pytest.raises(flashlight.CompileError, match="not a flashlight artifact"):
            flashlight.Artifact.from_bytes(data[:cut])
    changed = bytearray(data)
    changed[-1] ^= 1
    with pytest.raises(flashlight.CompileError, match="is not the file that was compiled: its SHA-256 is another"):
        flashlight.Artifact.from_bytes(bytes(changed))
    (result,) = flashlight.Program(flashlight.Artifact.from_bytes(data))(*inputs())
    artifact.save(tmp_path)
    (again,) = flashlight.load(tmp_path)(*inputs())
    (code,) = tmp_path.glob("*.o")
    code.write_bytes(code.read_bytes() + b"\0")
    with pytest.raises(flashlight.CompileError, match=f"'{code.name}' is not the file that was compiled"):
        flashlight.load(tmp_path)
    assert torch.equal(result, again)
    torch.testing.assert_close(result, truth(*inputs()))


def test_gpu_artifacts_are_made_without_a_gpu():
    artifact = flashlight.compile(ATTENTION.replace("f32", "f16").replace("0.0 : f16", "0.0 : f16"), target="sm_90a")
    assert artifact.target == "sm_90a" and artifact.kernels == 1
    assert any(name.endswith(".cubin") and artifact.file(name)[:4] == b"\x7fELF" for name in artifact.files)


def test_explain(artifact):
    assert flashlight.explain(ATTENTION).startswith("main: 1 fused op(s), 0 op(s) unfused")


def test_concurrent_callers_and_compilers(program):
    def work(seed):
        generator = torch.Generator().manual_seed(seed)
        q, k, v = (torch.randn(shape, generator=generator) for shape in ((2, 64, 32), (2, 32, 96), (2, 96, 16)))
        own = flashlight.Program(flashlight.compile(ATTENTION)) if seed % 4 == 0 else program
        for _ in range(20):
            torch.testing.assert_close(own(q, k, v)[0], truth(q, k, v))

    assert not on_threads(work)
