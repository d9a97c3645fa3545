"""The launcher for GPUs, over a driver that only takes notes (`fake_cuda.c`), in a process of its own."""

import ctypes
import importlib.util
import inspect
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import fake_cuda
import pytest
import torch
import xla_call
from fake_cuda import Exchanged, Tensor, Torch, allocate, artifact, kernel, log, number, pointer, tensor, tensor_map
from support import on_threads

import flashlight
from flashlight import cache

FAKE = os.environ.get("FLASHLIGHT_FAKE_CUDA")
faked = pytest.mark.skipif(not FAKE, reason="runs in a process with the fake driver")
LIBRARY = cache._compiler()  # as it is when this process begins: one may be installed over it while tests run
if FAKE:
    assert LIBRARY == os.environ["FLASHLIGHT_TESTED"], "the package has changed since the tests began"
    fake_cuda.load(FAKE)


def test_with_the_fake_driver(tmp_path):
    if FAKE or not shutil.which("gcc"):
        pytest.skip("this is the process with the fake driver, or there is no C compiler")
    library = tmp_path / "libcuda.so"
    here = Path(__file__).parent
    subprocess.run(["gcc", "-shared", "-fPIC", "-w", "-Wl,-soname,libcuda.so", "-o", library, here / "fake_cuda.c"], check=True)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]
    own = {"FLASHLIGHT_FAKE_CUDA": str(library), "FLASHLIGHT_TESTED": LIBRARY}
    ran = subprocess.run(command, cwd=here, env={**os.environ, **own}, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    tests = [test for test in globals().values() if faked.mark in getattr(test, "pytestmark", ())]
    if not importlib.util.find_spec("jax"):
        tests = [test for test in tests if "xla" not in inspect.signature(test).parameters]
    assert int(re.search(r"(\d+) passed", ran.stdout)[1]) >= len(tests)


@pytest.mark.skipif(bool(FAKE) or torch.cuda.is_available(), reason="there is a driver")
def test_without_a_gpu_it_says_so(tmp_path):
    program = flashlight.Program(scaled(tmp_path))
    with pytest.raises(RuntimeError, match=r"no CUDA driver on this machine \(libcuda.so was not found\)"):
        program(torch.zeros(4, 8))


def scaled(folder, **more):
    """One kernel from a map of `arg0` to `result0`."""
    parameters = [tensor_map("arg0", "arg0.0"), pointer("result0"), number("arg0.0"), number("sm_count", "i32")]
    kernels = [kernel("scale", "arg0.0", parameters, dependent=True)]
    return artifact(folder, [tensor("arg0", None, 8)], [tensor("result0", "arg0.0", 8)], kernels, **more)


@pytest.fixture(autouse=True)
def quiet():
    if FAKE:
        fake_cuda.DRIVER.fake_capture(0)
        log()


def rows(count, device=0, kind=Tensor):
    return kind(torch.zeros(count, 8), device)


@faked
def test_a_second_call_on_the_same_memory_only_launches(tmp_path):
    program, x, out = flashlight.Program(scaled(tmp_path)), rows(3), rows(3)
    (result,) = program(x, out=[out], stream=5)
    assert result is out
    launch = f"launch scale in 0x100 on 0x5: 3x1x1 attribute 6 first {x.address:x}"
    assert log() == ["load 0x100", "encode 2 8", launch]
    program(x, out=[out], stream=5)
    program(x, out=[out], stream=7)
    assert log() == [launch, launch.replace("0x5", "0x7")]
    program(x, out=[rows(3)], stream=5)
    assert log() == [launch]  # the map of `arg0` is known
    program(rows(3), out=[out], stream=5)
    assert [line.split()[0] for line in log()] == ["encode", "launch"]
    program(rows(4), out=[rows(4)], stream=5)
    assert [line.split()[0] for line in log()] == ["encode", "launch"]
    assert x.streams == [5, 5, 7, 5]


@faked
def test_every_device_has_the_program_in_its_own_context(tmp_path):
    program = flashlight.Program(scaled(tmp_path))
    for device in (1, 0, 1):
        x = rows(2, device)
        (result,) = program(x, allocate=allocate)
        assert result.__dlpack_device__() == (2, device) and x.streams == [1]
    lines = [line for line in log() if line.startswith(("load", "launch"))]
    assert [line.split(" on ")[0] for line in lines] == [
        "load 0x101", "launch scale in 0x101", "load 0x100", "launch scale in 0x100", "launch scale in 0x101"]
    with pytest.raises(ValueError, match="result0: the tensor is on GPU 1, and others are on GPU 0"):
        program(rows(2), out=[rows(2, 1)])
    del program
    assert sorted(log()) == ["unload 0x100", "unload 0x101"]


@faked
def test_arguments_are_checked(tmp_path):
    program = flashlight.Program(scaled(tmp_path))
    for arguments, more, error, text in [
        ([], {}, ValueError, r"takes 1 argument\(s\), 0 given"),
        ([rows(2), rows(2)], {}, ValueError, r"takes 1 argument\(s\), 2 given"),
        ([torch.zeros(2, 8)], {}, ValueError, "arg0: the tensor is not on a GPU, and the program is for one"),
        ([Tensor(torch.zeros(2, 9))], {}, ValueError, r"arg0: shape is \[2, 9\], expected \[\?, 8\]"),
        ([Tensor(torch.zeros(2, 8).double())], {}, TypeError, "arg0: element type is f64, expected f32"),
        ([Tensor(torch.zeros(8, 2).t())], {}, ValueError, "arg0: the tensor is not contiguous, and has no method 'contiguous'"),
        ([Tensor(torch.zeros(17)[1:].view(2, 8))], {}, ValueError, "arg0: the tensor is not at a multiple of 16 bytes"),
        ([3.0], {}, TypeError, "arg0: expected f32"),
        ([rows(2)], {"out": []}, ValueError, r"'out' has 0 tensor\(s\) for 1 result\(s\)"),
        ([rows(2)], {"out": [rows(3)]}, ValueError, r"result0: shape is \[3, 8\], expected \[2, 8\]"),
        ([rows(2)], {"out": [torch.zeros(2, 8)]}, ValueError, "result0: the tensor is not on a GPU"),
        ([rows(2)], {"out": [3]}, TypeError, "result0: expected a tensor"),
        ([rows(2)], {"allocate": lambda *_: rows(9)}, ValueError, r"result0: shape is \[9, 8\]"),
        ([rows(2)], {"allocate": lambda *_: 1 // 0}, ZeroDivisionError, "by zero"),
        ([rows(77)], {"allocate": allocate}, RuntimeError, r"cannot launch kernel 'scale' on a grid of \[77, 1, 1\]: a fake error"),
    ]:
        with pytest.raises(error, match=text):
            program(*arguments, **more)
    assert not [line for line in log() if line.startswith("launch")]
    host = flashlight.Program(flashlight.compile("func.func @main(%a: tensor<f32>) -> tensor<f32> { return %a : tensor<f32> }"))
    with pytest.raises(TypeError, match="'out', 'stream' and 'allocate' are for programs on a GPU"):
        host(torch.zeros(()), stream=0)


@faked
def test_strided_and_unaligned_arguments_are_copied_in_order(tmp_path):
    program = flashlight.Program(scaled(tmp_path))
    for strided in (torch.zeros(8, 2).t(), torch.zeros(17)[1:].view(2, 8)):
        x = Torch(strided)
        program(x, allocate=allocate, stream=5)
        (launch,) = [line for line in log() if line.startswith("launch")]
        assert " on 0x5: 2x1x1" in launch and int(launch.split()[-1], 16) not in (0, x.address)


@faked
def test_results_may_have_the_memory_of_what_they_overwrite(tmp_path):
    arguments = [tensor("arg0", 4, 8), tensor("arg1", 4, 8)]
    results = [tensor("result0", 4, 8, shares={"argument": "arg0", "kernel": 0})]
    kernels = [kernel("copy", 4, [pointer("arg0"), pointer("result0")]), kernel("write", 4, [pointer("result0"), pointer("arg1")])]
    program = flashlight.Program(artifact(tmp_path, arguments, results, kernels))
    cache, new = rows(4), rows(4)
    launched = lambda: [line.split()[1] for line in log() if line.startswith("launch")]
    program(cache, new, out=[rows(4)])
    assert launched() == ["copy", "write"]
    for _ in range(2):
        program(cache, new, out=[cache])
        assert launched() == ["write"]
    with pytest.raises(ValueError, match="'result0' cannot have the memory of 'arg1'"):
        program(cache, new, out=[new])
    whole = torch.zeros(6, 8)
    with pytest.raises(ValueError, match="'result0' cannot have the memory of 'arg0'"):
        program(Tensor(whole[:4]), new, out=[Tensor(whole[2:])])
    assert launched() == []


def staged(folder):
    """Two kernels with a temporary between, and a scalar."""
    kernels = [
        kernel("first", "arg0.0", [pointer("tmp0"), pointer("arg0"), pointer("arg1")]),
        kernel("second", "arg0.0", [pointer("tmp0"), pointer("result0")], cluster=[2, 1, 1]),
    ]
    return artifact(folder, [tensor("arg0", None, 8), tensor("arg1", dtype="i64")], [tensor("result0", "arg0.0", 8)], kernels,
                    temporaries=[tensor("tmp0", "arg0.0", 64)])


def launches():
    return [(line.split()[1], line.split(" on ")[1].split(":")[0], line.split()[-1]) for line in log() if line.startswith("launch")]


@faked
def test_temporaries_are_kept_per_stream(tmp_path):
    program, kept = flashlight.Program(staged(tmp_path)), {}
    allocated = lambda lines: [line.split(" on ")[1] for line in lines if line.startswith(("allocate", "free"))]
    for count, stream, expected in [(4, 0x15, ["0x15"]), (4, 0x15, []), (3, 0x15, []), (4, 0x17, ["0x17"]), (64, 0x15, ["0x15", "0x15"])]:
        program(rows(count), 7, allocate=allocate, stream=stream)
        lines = log()
        assert allocated(lines) == expected, (count, stream)
        own = {line.split()[-1] for line in lines if line.startswith("launch")}
        assert len(own) == 1, "both kernels have the same temporary"
        kept.setdefault(stream, set()).update(own)
        # The two halves of the number, in front of the kernels.
        assert [line for line in lines if line.startswith(("write", "launch"))][:2] == [
            f"write 7 x1 on {stream:#x}", f"write 0 x1 on {stream:#x}"]
    assert not kept[0x15] & kept[0x17]


@faked
def test_temporaries_are_those_of_the_library_on_its_own_stream(tmp_path):
    program = flashlight.Program(staged(tmp_path))
    fake_cuda.DRIVER.fake_stream(ctypes.c_void_p(0x55))
    x = Exchanged(4, 8)
    for stream, own in ((None, True), (0x59, False)):
        log()
        program(x, 7, stream=stream)
        lines = log()
        assert sum(line.startswith("allocate result") for line in lines) == 1 + own
        assert any(line.startswith("allocate") and " on 0x" in line for line in lines) != own
    fake_cuda.DRIVER.fake_forget()


@faked
def test_scalars_are_numbers_or_tensors(tmp_path):
    program = flashlight.Program(staged(tmp_path))
    program(rows(4), torch.tensor(9), allocate=allocate)
    assert "write 9 x1 on (nil)" in log()
    scalar = Tensor(torch.tensor([5])[0])
    program(rows(4), scalar, allocate=allocate)
    assert not [line for line in log() if line.startswith("write")]
    with pytest.raises(TypeError, match="arg1: expected i64"):
        program(rows(4), 0.5, allocate=allocate)


@faked
def test_a_captured_stream_has_its_temporaries_from_the_caller(tmp_path):
    program, made = flashlight.Program(staged(tmp_path)), []

    def keeping(*wanted):
        made.append(allocate(*wanted))
        return made[-1]

    fake_cuda.DRIVER.fake_capture(1)
    program(rows(4), 7, allocate=keeping, stream=0x25)
    result, scratch = made
    assert scratch.tensor.dtype == torch.uint8 and len(scratch.tensor) >= 4 * 64 * 4
    lines = log()
    assert not [line for line in lines if line.startswith(("allocate", "free"))]
    (first, second) = [line for line in lines if line.startswith("launch")]
    start = int(first.split()[-1], 16)
    assert scratch.address <= start < scratch.address + len(scratch.tensor) and first.split()[-1] == second.split()[-1]
    assert "attribute 4" in second  # a cluster


@faked
def test_tensors_without_elements(tmp_path):
    kernels = [kernel("some", 1, [tensor_map("arg0", "arg0.0"), pointer("result0")]), kernel("none", "arg0.0", [pointer("arg0")])]
    program = flashlight.Program(artifact(tmp_path, [tensor("arg0", None, 8)], [tensor("result0", "arg0.0", 8)], kernels))
    program(rows(0), allocate=allocate)
    assert [name for name, *_ in launches()] == ["some"]


@faked
def test_steps(tmp_path):
    arguments = [tensor("arg0", None, 8), tensor("arg1", dtype="i64"), tensor("arg2", 2, dtype="i64")]
    kernels = [
        kernel("begin", 1, [pointer("tmp0"), pointer("arg0")]),
        kernel("step", "add(i0,1)", [tensor_map("tmp0", "arg0.0"), pointer("tmp1")]),
        kernel("end", "n1", [pointer("result0"), pointer("tmp0")]),
    ]
    steps = [{"read": {"tensor": "arg1", "name": "n0"}}, {"read": {"tensor": "arg2", "element": 1, "name": "n1"}}, 0,
             {"loop": {"index": "i0", "times": "n0", "steps": [1, {"swap": ["tmp0", "tmp1"]}]}}, 2]
    temporaries = [tensor("tmp0", "arg0.0", 8), tensor("tmp1", "arg0.0", 8)]
    program = flashlight.Program(artifact(tmp_path, arguments, [tensor("result0", "n1", 8)], kernels, steps=steps, temporaries=temporaries))
    before = fake_cuda.DRIVER.fake_live()
    (result,) = program(rows(4), 3, Tensor(torch.tensor([5, 6])), allocate=allocate, stream=0x35)
    assert tuple(result.tensor.shape) == (6, 8)
    lines = log()
    assert [line for line in lines if line.startswith(("read", "synchronize"))] == ["read 8 on 0x35", "synchronize 0x35"]
    launched = [line for line in lines if line.startswith("launch")]
    assert [line.split(": ")[1].split("x")[0] for line in launched] == ["1", "1", "2", "3", "6"]
    addresses = [line.split()[-1] for line in launched]
    assert addresses[0] == addresses[1] == addresses[3] != addresses[2] and int(addresses[4], 16) == result.address
    assert [line.split()[0] for line in lines if line.startswith(("allocate", "free"))] == ["allocate", "free"]
    assert fake_cuda.DRIVER.fake_live() == before


@faked
def test_threads(tmp_path):
    program = flashlight.Program(staged(tmp_path))

    def work(number):
        for count in range(1, 20):
            program(rows(count), number, allocate=allocate, stream=0x45 + number % 2)

    assert on_threads(work) == []
    names = [name for name, *_ in launches()]
    assert len(names) == 8 * 19 * 2


@faked
def test_a_library_with_an_exchange_table_gives_stream_and_memory(tmp_path):
    program = flashlight.Program(scaled(tmp_path))
    fake_cuda.DRIVER.fake_stream(ctypes.c_void_p(0x55))
    x = Exchanged(3, 8, device=1)
    (result,) = program(x)
    assert isinstance(result, Exchanged)
    lines = log()
    assert lines[0] == "load 0x101" and "allocate result 3 on GPU 1" in lines
    assert lines[-1] == f"launch scale in 0x101 on 0x55: 3x1x1 attribute 6 first {x.address:x}"
    # Another stream waits for what the library has queued.
    program(x, stream=0x57)
    assert [line.split(":")[0] for line in log() if not line.startswith("allocate")] == [
        "record on 0x55", "wait on 0x57", "launch scale in 0x101 on 0x57"]
    with pytest.raises(ValueError, match="arg0: the tensor is on GPU 1, and others are on GPU 0"):
        flashlight.Program(two(tmp_path / "two"))(Exchanged(3, 8), x)
    fake_cuda.DRIVER.fake_forget()


def two(folder):
    arguments = [tensor("arg1", None, 8), tensor("arg0", None, 8)]
    return artifact(folder, arguments, [tensor("result0", "arg0.0", 8)], [kernel("both", "arg0.0", [pointer("arg0"), pointer("arg1")])])


@faked
def test_the_host_is_fast(tmp_path):
    """What a call takes without the driver's part; printed with `-s`. The bound is loose, as machines are busy and builds not optimized."""
    arguments = [tensor(f"arg{number}", None, 8) for number in range(3)]
    maps = [tensor_map(f"arg{number}", f"arg{number}.0") for number in range(3)]
    kernels = [kernel(f"part{number}", "arg0.0", [*maps, pointer("result0"), number_of], dependent=True) for number, number_of in
               enumerate([number("arg0.0")] * 4)]
    for count in (1, 4):
        made = artifact(tmp_path / str(count), arguments, [tensor("result0", "arg0.0", 8)], kernels[:count])
        program, (x, y, z, out) = flashlight.Program(made), [Exchanged(3, 8) for _ in range(4)]
        fake_cuda.DRIVER.fake_quiet(1)
        spent = []
        for _ in range(20):
            start = time.perf_counter()
            for _ in range(100):
                program(x, y, z, out=[out])
            spent.append((time.perf_counter() - start) / 100)
        fake_cuda.DRIVER.fake_quiet(0)
        print(f"{count} kernel(s): {min(spent) * 1e6:.2f} µs per call")
        assert min(spent) < 2e-4
        fake_cuda.DRIVER.fake_forget()


@faked
@pytest.mark.parametrize("minor, fits", [("0", True), ("1", False)])
def test_the_gpu_must_be_what_the_artifact_is_for(tmp_path, minor, fits, monkeypatch):
    monkeypatch.setenv("FAKE_MINOR", minor)
    program = flashlight.Program(scaled(tmp_path))
    if fits:
        program(rows(1), allocate=allocate)
    else:
        with pytest.raises(RuntimeError, match="kernel 'scale' is for sm_90a, but Fake GPU has compute capability 9.1"):
            program(rows(1), allocate=allocate)


@pytest.fixture(scope="module")
def xla(tmp_path_factory):
    """A caller of our handler that has XLA's header."""
    pytest.importorskip("jax")
    library = tmp_path_factory.mktemp("xla") / "xla_call.so"
    xla_call.build(library)
    return xla_call.Caller(library)


@faked
def test_calls_of_xla(tmp_path, xla):
    assert xla.version()[0] == 0
    flashlight._native.xla_register("scaled", flashlight.Program(scaled(tmp_path / "scaled")))
    x, out = torch.zeros(3, 8), torch.zeros(3, 8)
    assert xla("scaled", [x], [out]) is None
    assert log()[-1] == f"launch scale in 0x101 on 0x55: 3x1x1 attribute 6 first {x.data_ptr():x}"  # the device and the stream are XLA's
    assert xla("scaled", [x], [out], "no stream today") == "no stream today"
    assert "arg0: expected f32[?, 8]" in xla("scaled", [torch.zeros(3, 4)], [out])
    assert "arg0: expected f32[?, 8]" in xla("scaled", [x.to(torch.int32)], [out])
    assert "2 buffers where the program has 1" in xla("scaled", [x, x], [out])
    assert "is [3, 8], expected [4, 8]" in xla("scaled", [x], [torch.zeros(4, 8)])
    assert "not at a multiple of 16 bytes" in xla("scaled", [torch.zeros(25)[1:].view(3, 8)], [out])
    assert log() == []


@faked
def test_temporaries_of_xla(tmp_path, xla):
    kernels = [
        kernel("first", "arg0.0", [tensor_map("arg0", "arg0.0"), pointer("tmp0")]),
        kernel("second", "arg0.0", [pointer("tmp0"), pointer("result0")]),
    ]
    made = artifact(tmp_path, [tensor("arg0", None, 8)], [tensor("result0", "arg0.0", 8)], kernels, temporaries=[tensor("tmp0", "arg0.0", 64)])
    flashlight._native.xla_register("temporaries", flashlight.Program(made))
    before = xla.blocks()
    assert xla("temporaries", [torch.zeros(3, 8)], [torch.zeros(3, 8)]) is None
    assert [line.split()[1] for line in log() if line.startswith("launch")] == ["first", "second"]
    assert xla.blocks() == before  # they are kept by stream
    fake_cuda.DRIVER.fake_capture(1)
    assert xla("temporaries", [torch.zeros(4, 8)], [torch.zeros(4, 8)]) is None
    assert xla.blocks() == (before[0] + 1, before[1] + 1)  # those of a captured stream are XLA's
