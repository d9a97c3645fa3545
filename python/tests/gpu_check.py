#!/usr/bin/env python3
"""Checks the launcher on a GPU, and times the host, in under a minute.

usage: gpu_check.py --build DIR    compiles the programs here (ptxas, no GPU), and puts their inputs beside them
       gpu_check.py DIR            runs them on the GPU(s) of this machine (torch and this package, no torch-mlir)

Every program is compared with what it should give, on the default stream and on two others at once, with results of its own and with `out`, from
strided inputs, and with caches that are written where they are. The last lines are times of the host per launch.
"""

import shutil
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples"))

PROGRAMS = ["programs/mha_f32", "reported/dyn_batch_attention_bf16", "reported/causal_lse1_bf16", "reported/zero_keys_f32", "reported/static_cache_bf16",
            "reported/scalar_position_bf16", "reported/layers_loop_bf16", "reported/layers_loop_until_f32", "reported/mla576_bf16"]


def build(folder):
    import flashlight

    for program in PROGRAMS:
        source, place = ROOT / "tests" / program, folder / Path(program).name
        flashlight.compile(source.with_suffix(".mlir").read_text(), target="sm_90a", name=program).save(place)
        shutil.copy(source.with_suffix(".safetensors"), place / "data.safetensors")
        print(f"{place}: {len(list(place.glob('*.cubin')))} kernel(s)")
    import xla_call

    xla_call.build(folder / "xla_call.so")


def tensors_of(place, load, torch):
    """Inputs on the GPU, and what to compare with, by name."""
    kinds = {"f64": "float64", "f32": "float32", "f16": "float16", "bf16": "bfloat16", "i64": "int64", "i32": "int32", "bool": "bool", "i8": "int8", "u8": "uint8",
             "f8_e4m3": "float8_e4m3fn", "f8_e5m2": "float8_e5m2"}
    made = {}
    for name, (kind, shape, raw) in load.read_tensors(place / "data.safetensors").items():
        dtype = getattr(torch, kinds[kind])
        made[name] = torch.frombuffer(bytearray(raw), dtype=dtype).reshape(shape).cuda() if raw else torch.empty(shape, dtype=dtype, device="cuda")
    arguments = [made[f"arg{number}"] for number in range(len(made)) if f"arg{number}" in made]
    return arguments, made


def close(results, made, tolerances, torch):
    """Whether results err no more than four times eager, or the tolerance of their type."""
    names = {torch.float16: "f16", torch.bfloat16: "bf16"}
    for number, ours in enumerate(results):
        truth = made.get(f"result{number}")
        if truth is None or not ours.numel():
            continue
        truth, eager = truth.double(), made.get(f"eager{number}", truth).double()
        distance = lambda other: torch.where((other == truth) | (other.isnan() & truth.isnan()), 0.0, (other - truth).abs()).max().item()
        largest = truth[truth.isfinite()].abs().max().item() if truth.isfinite().any() else 0.0
        allowed = max(4 * distance(eager), tolerances[names.get(ours.dtype, "f32")] * max(1.0, largest))
        if not distance(ours.double()) <= allowed:
            return f"result{number} is off by {distance(ours.double()):.3e}, more than {allowed:.3e}"
    return None


class Checks:
    def __init__(self):
        self.failed = 0

    def __call__(self, what, problem):
        self.failed += problem is not None
        print(f"{'FAIL' if problem else 'ok  '} {what}{': ' + problem if problem else ''}")


def differ(torch, ones, others):
    same = all(torch.equal(one.nan_to_num() if one.is_floating_point() else one, other.nan_to_num() if other.is_floating_point() else other)
               for one, other in zip(ones, others))
    return None if same else "results differ from those of the first call"


def check(place, check_, load, torch, flashlight):
    program = flashlight.Program(flashlight.Artifact.load(place))
    arguments, made = tensors_of(place, load, torch)
    name = place.name
    first = program(*arguments)
    torch.cuda.synchronize()
    check_(f"{name}: results", close(first, made, flashlight._native.TOLERANCES, torch))
    expected = [result.clone() for result in first]
    # Twice more: what was kept is used.
    check_(f"{name}: again", differ(torch, program(*arguments), expected))
    check_(f"{name}: again", differ(torch, program(*arguments), expected))
    out = [torch.full_like(result, 3) for result in expected]
    given = program(*arguments, out=out)
    check_(f"{name}: out", differ(torch, out, expected) or (None if all(a is b for a, b in zip(given, out)) else "other tensors"))
    check_strided(name, program, arguments, expected, check_, torch)
    # Two streams at once, each with temporaries of its own, from copies that are made there.
    streams, waiting = [torch.cuda.Stream(), torch.cuda.Stream()], []
    torch.cuda.synchronize()
    for turn in range(20):
        for stream in streams:
            with torch.cuda.stream(stream):
                waiting.append(program(*[argument.clone() for argument in arguments]))
    torch.cuda.synchronize()
    check_(f"{name}: two streams", next((text for results in waiting if (text := differ(torch, results, expected))), None))
    # A stream by its handle, that is not PyTorch's current one.
    results = program(*arguments, stream=streams[0].cuda_stream)
    streams[0].synchronize()
    check_(f"{name}: stream=", differ(torch, results, expected))
    if torch.cuda.device_count() > 1:
        moved = [argument.to("cuda:1") for argument in arguments]
        results = program(*moved)
        check_(f"{name}: the second GPU", differ(torch, [result.cuda(0) for result in results], expected))


def check_strided(name, program, arguments, expected, check_, torch):
    def spread(tensor):
        """The same elements, not densely."""
        wide = torch.zeros(*tensor.shape[:-1], 2 * tensor.shape[-1], dtype=tensor.dtype, device=tensor.device) if tensor.dim() else tensor
        if not tensor.dim():
            return tensor
        part = wide[..., : tensor.shape[-1]]
        part.copy_(tensor)
        return part

    check_(f"{name}: strided", differ(torch, program(*[spread(argument) for argument in arguments]), expected))


def check_graph(place, check_, load, torch, flashlight):
    """A CUDA graph of a call, replayed on other inputs."""
    program = flashlight.Program(flashlight.Artifact.load(place))
    arguments, _ = tensors_of(place, load, torch)
    stream = torch.cuda.Stream()
    with torch.cuda.stream(stream):
        program(*arguments)
    torch.cuda.synchronize()
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        captured = program(*arguments)
    for argument in arguments:
        if argument.is_floating_point():
            argument.mul_(0.5)
    graph.replay()
    torch.cuda.synchronize()
    check_(f"{place.name}: captured in a graph", differ(torch, captured, program(*arguments)))


def check_cache(place, check_, load, torch, flashlight):
    """Caches that have the memory of their results: what comes of it is what comes with other memory."""
    import json

    program = flashlight.Program(flashlight.Artifact.load(place))
    arguments, _ = tensors_of(place, load, torch)
    expected = [result.clone() for result in program(*arguments)]
    shares = [result.get("shares") for result in json.loads((place / "manifest.json").read_text())["results"]]
    out = [arguments[int(own["argument"][3:])] if own else None for own in shares]
    if not any(own is not None for own in out):
        return check_(f"{place.name}: shares", "no result shares memory")
    results = program(*arguments, out=out)
    torch.cuda.synchronize()
    check_(f"{place.name}: caches in place", differ(torch, results, expected))


def check_xla(place, check_, load, torch, flashlight):
    """A call as XLA makes it, on a stream and results of its own."""
    import xla_call

    program = flashlight.Program(flashlight.Artifact.load(place))
    arguments, _ = tensors_of(place, load, torch)
    expected = program(*arguments)
    flashlight._native.xla_register(place.name, program)
    stream, results = torch.cuda.Stream(), [torch.full_like(result, 3) for result in expected]
    torch.cuda.synchronize()
    caller = xla_call.Caller(place.parent / "xla_call.so")
    caller.place(0, stream.cuda_stream)
    problem = caller(place.name, arguments, results)
    stream.synchronize()
    check_(f"{place.name}: called by XLA", problem or differ(torch, results, expected))


def per_call(function, torch, count=200, turns=15):
    """Microseconds of the host, of the best turn: queues are empty at the beginning of each."""
    times = []
    for _ in range(turns):
        torch.cuda.synchronize()
        start = time.perf_counter()
        for _ in range(count):
            function()
        times.append((time.perf_counter() - start) / count * 1e6)
    return min(times)


def times(place, load, torch, flashlight):
    artifact = flashlight.Artifact.load(place)
    program, (arguments, _) = flashlight.Program(artifact), tensors_of(place, load, torch)
    function = load.Function(str(place))
    kernels = len(function.manifest["kernels"])
    out = list(program(*arguments))
    prepared = function.prepare(*arguments, out=out)
    stream = torch.cuda.current_stream().cuda_stream
    rows = {
        "new results": lambda: program(*arguments),
        "out": lambda: program(*arguments, out=out),
        "out, stream": lambda: program(*arguments, out=out, stream=stream),
        "load.py, prepared": prepared,
        "load.py, unprepared": lambda: function(*arguments),
        "torch.empty alone": lambda: torch.empty(out[0].shape, dtype=out[0].dtype, device="cuda"),
    }
    print(f"{place.name}: {kernels} kernel(s); microseconds of the host per call (per launch)")
    for name, row in rows.items():
        count = 20 if "unprepared" in name else max(10, 400 // kernels)
        spent = per_call(row, torch, count, 5 if "unprepared" in name else 15)
        print(f"  {name:24}{spent:9.2f} ({spent / kernels:.2f})")


def main(folder):
    import load
    import torch

    import flashlight

    assert torch.cuda.is_available(), "no GPU"
    print(f"{torch.cuda.device_count()} x {torch.cuda.get_device_name(0)}, torch {torch.__version__}")
    check_, start = Checks(), time.perf_counter()
    places = [folder / Path(program).name for program in PROGRAMS]
    guarded = [(check, places), (check_cache, [folder / "static_cache_bf16"]), (check_graph, [folder / "mha_f32", folder / "static_cache_bf16"]),
               (check_xla, [folder / "mha_f32", folder / "dyn_batch_attention_bf16"])]
    for function, own in guarded:
        for place in own:
            try:
                function(place, check_, load, torch, flashlight)
            except Exception as error:
                check_(f"{place.name}: {function.__name__}", f"{type(error).__name__}: {error}")
    for name in ("causal_lse1_bf16", "mha_f32", "static_cache_bf16"):
        times(folder / name, load, torch, flashlight)
    print(f"{check_.failed} failure(s), {time.perf_counter() - start:.1f} s")
    return check_.failed


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if len(arguments) == 2 and arguments[0] == "--build":
        build(Path(arguments[1]))
    elif len(arguments) == 1 and not arguments[0].startswith("-"):
        sys.exit(1 if main(Path(arguments[0])) else 0)
    else:
        sys.exit(__doc__)
