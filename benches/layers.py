#!/usr/bin/env python3
"""Times whole layers (examples/model_layers.py), compiled from linalg, on the GPU against torch.compile and eager PyTorch, in one run.

usage: layers.py ARTIFACTS [--only REGEX] [--rounds N] [--cool N] [--warm N] [--timeout S] [--out RAW.json]
       layers.py --report TABLE RAW.json

ARTIFACTS/<layer>/ holds a manifest and its cubins: what `flashlight compile --target sm_90a` wrote of examples/export_layers.py's
file. Results start as NaN and are compared with the layer in f32; an error of more than twice eager's in the layer's own
type, plus 1e-6, fails. Candidates are timed in interleaved segments of CUDA graphs, hot and cool. --warm N compiles the peers of all
layers in N processes first. --report writes TABLE.md.
"""
import argparse
import json
import math
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "examples")]
from apart import compile_first, each  # noqa: E402
from gpu_correctness import environment  # noqa: E402
from peers import interleaved  # noqa: E402


def tuple_of(results):
    return tuple(results) if isinstance(results, (tuple, list)) else (results,)


def on_the_gpu(name):
    import model_layers as layers
    import torch

    module, weights, inputs = layers.tensors(layers.full()[name], device="cuda")
    return module, list(weights.values()), inputs, torch.compile(module)


def errors(results, truth):
    import torch

    def error(result, right):
        difference = (result.float() - right).abs()
        return math.inf if difference.isnan().any() else difference.max().item()

    torch.cuda.synchronize()
    return [error(*pair) for pair in zip(tuple_of(results), truth, strict=True)]


def measure(root, name, options):
    import torch
    from load import Function

    torch._dynamo.reset()
    torch.backends.cuda.matmul.allow_tf32 = False
    module, weights, inputs, compiled = on_the_gpu(name)
    with torch.no_grad():
        launch = Function(os.path.join(root, name)).prepare(*inputs, *weights)
        for tensor_name, tensor in launch.tensors.items():
            if tensor_name.startswith(("result", "tmp")) and tensor.is_floating_point():
                tensor.fill_(float("nan"))
        runs = {"flashlight": launch, "torch.compile": lambda: compiled(*inputs), "eager": lambda: module(*inputs)}
        found = {who: tuple(x.clone() for x in tuple_of(run())) for who, run in runs.items()}
        right = on_the_gpu(name)[0].float()
        truth = [x.float() for x in tuple_of(right(*(x.float() for x in inputs)))]
        del right
        torch.cuda.empty_cache()
        rows = {who: {"errors": errors(results, truth)} for who, results in found.items()}
        limit = [2 * error + 1e-6 for error in rows["eager"]["errors"]]
        rows["flashlight"]["pass"] = all(e <= most for e, most in zip(rows["flashlight"]["errors"], limit))
        times, calls, note = interleaved(runs, options["rounds"], options["cool"])
    for who, took in times.items():
        rows[who].update(took)
    kernels = launch_facts(os.path.join(root, name))
    return {"rows": rows, "kernels": kernels, "calls": calls, "note": note}


def launch_facts(folder):
    """How many kernels there are, by the unit that they run on."""
    with open(os.path.join(folder, "manifest.json")) as file:
        kernels = json.load(file)["kernels"]
    units = {}
    for kernel in kernels:
        unit = kernel.get("unit", "kernel")
        units[unit] = units.get(unit, 0) + 1
    return units


def warm(name):
    import torch

    with torch.no_grad():
        module, _, inputs, compiled = on_the_gpu(name)
        compiled(*inputs)
        torch.cuda.synchronize()


def line(name, row):
    if "failed" in row:
        return f"| {name} | failed: {row['failed']} | | | | | |"
    rows = row["rows"]
    ours, peer, eager = (rows[who] for who in ("flashlight", "torch.compile", "eager"))
    units = ", ".join(f"{count} {unit}" for unit, count in row["kernels"].items())
    cool = f" / {ours['cool'] / peer['cool']:.2f}" if "cool" in ours else ""
    error = "/".join(f"{e:.2e}" for e in ours["errors"]) + ("" if ours["pass"] else " **wrong**")
    return (f"| {name} | {ours['hot']:.3f} | {peer['hot']:.3f} | {eager['hot']:.3f} | {ours['hot'] / peer['hot']:.2f}{cool} | {error} "
            f"| {'/'.join(f'{e:.2e}' for e in eager['errors'])} | {units} |")


HEAD = ["| layer | flashlight, ms | torch.compile | eager | ratio to torch.compile, hot / cool | error | eager's error | kernels |",
        "|---|---|---|---|---|---|---|---|"]


def report(path, raw):
    with open(raw) as file:
        data = json.load(file)
    ratios = [row["rows"]["flashlight"]["hot"] / row["rows"]["torch.compile"]["hot"] for row in data["layers"].values() if "rows" in row]
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else math.nan
    about = ", ".join(f"{key} {value}" for key, value in data["environment"].items())
    text = ["# Whole layers", "", f"Made by `benches/layers.py` ({about}); bf16, medians of one interleaved run.",
            f"Geometric mean of the ratio to torch.compile over {len(ratios)} layers, hot: {mean:.3f} (below 1 is faster).", "", *HEAD]
    text += [line(name, row) for name, row in data["layers"].items()]
    with open(path + ".md", "w") as file:
        file.write("\n".join(text) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("artifacts", nargs="?")
    parser.add_argument("--only", default="")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--cool", type=int, default=3)
    parser.add_argument("--warm", type=int, default=0)
    parser.add_argument("--timeout", type=float, default=90)
    parser.add_argument("--out")
    parser.add_argument("--report", nargs=2, metavar=("TABLE", "RAW"))
    options = parser.parse_args()
    if options.report:
        return report(*options.report)
    names = sorted(name for name in os.listdir(options.artifacts) if re.search(options.only, name))
    if options.warm:
        compile_first(warm, [(name,) for name in names], options.warm)
    table = {}
    settings = {"rounds": options.rounds, "cool": options.cool}
    print("\n".join(HEAD), flush=True)
    for name, row in each(names, lambda name: measure(options.artifacts, name, settings), options.timeout):
        table[name] = row
        print(line(name, row), flush=True)
    if options.out:
        with open(options.out, "w") as file:
            json.dump({"environment": environment(), "layers": table}, file, indent=1)


if __name__ == "__main__":
    main()
