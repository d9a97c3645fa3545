#!/usr/bin/env python3
"""Runs compiled artifacts on the GPU and compares every result with the truth.

usage: gpu_correctness.py ARTIFACTS DATA [--runner FLASHLIGHT_RUN] [--out TABLE] [--only REGEX] [--timeout SECONDS]
       gpu_correctness.py ARTIFACTS --lengths [--out TABLE] [--only REGEX] [--timeout SECONDS]

ARTIFACTS/<name>/ holds a manifest and its files (`cargo run --example gpu_artifacts -- input ARTIFACTS FILE...` makes them
where the compiler is), DATA/<name>.safetensors the tensors arg0…, result0… (truth, f32) and
eager0… (PyTorch in the program's own types). examples/load.py runs them, or with --runner the program `flashlight-run`,
which needs neither PyTorch nor a compiler. A result passes when its largest error is at most twice that of eager, plus
1e-6 (plus one rounding of the result type where there is no eager). With --lengths the programs are those of
examples/export_dynamic.py, each of which runs at many lengths and, some, with tensors of more than 2^31 elements
(benches/lengths.py); the truth is computed there. Results and temporaries start as NaN. A process that hangs, as one does on a
barrier that is never signalled, costs its program only. With --out, TABLE.md and TABLE.json are written.
"""

import argparse
import datetime
import functools
import json
import math
import os
import re
import subprocess
import sys


HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "examples")]
from apart import each  # noqa: E402


def check_with(runner, folder, data, timeout):
    """Runs one program with `flashlight-run`, which compares by itself; returns its row."""
    command = [runner, folder, "--args", data, "--compare", data]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        return {"failed": f"no answer in {timeout:g} s (a hang)"}
    found = re.findall(r"^result\d+: max error (\S+), yardstick (\S+)", ran.stdout, re.M)
    if not found:
        return {"failed": (ran.stderr or ran.stdout).strip()}
    results = [{"error": float(error), "limit": float(limit), "pass": ran.returncode == 0} for error, limit in found]
    return {"results": results, "repeatable": True, "kernels": facts_of(folder)}


def facts_of(folder):
    """What is known of a program's kernels."""
    with open(os.path.join(folder, "manifest.json")) as file:
        kernels = json.load(file)["kernels"]
    return [{fact: kernel[fact] for fact in ("registers", "spills", "shared_memory")} for kernel in kernels]


def check(folder, data):
    """Runs one program on tensors of a file; returns its row."""
    from safetensors.torch import load_file

    function, tensors = loaded(folder), load_file(data)
    arguments = []
    for spec in function.manifest["arguments"]:
        arguments.append(tensors[spec["name"]].to(function.dtypes[spec["dtype"]]).cuda().contiguous())
    results, repeatable = run(function, arguments)
    row = {"results": [], "repeatable": repeatable, "kernels": facts_of(folder)}
    for number, result in enumerate(results):
        truth, eager = tensors[f"result{number}"], tensors.get(f"eager{number}")
        row["results"].append(compare(result.cpu(), truth, eager))
    return row


def check_sized(folder, case):
    """Runs one program at some sizes; returns its row."""
    inputs = case.load()
    results, repeatable = run(loaded(folder), inputs[1])
    row = {"program": case.program, "sizes": case.sizes, "results": [], "repeatable": repeatable}
    for result in results:
        if case.parts and result.isnan().any():
            return {**row, "failed": "NaN in the result"}
    for cut, truth, eager in case.expected(*inputs):
        row["results"].extend(compare(cut(result), *known) for result, *known in zip(results, truth, eager))
    return row


@functools.cache
def loaded(folder):
    from load import Function

    return Function(folder)


def run(function, arguments):
    """The results of a program on memory that holds NaN before, and whether another run gives the same."""
    import torch

    launch = function.prepare(*arguments)
    for buffer in function.manifest["results"] + function.manifest.get("temporaries", []):
        tensor = launch.tensors[buffer["name"]]
        tensor.fill_(float("nan") if tensor.is_floating_point() else 1)
    results = launch()
    torch.cuda.synchronize()
    first = [result.clone() for result in results]
    launch()
    torch.cuda.synchronize()
    bits = {1: torch.uint8, 2: torch.int16, 4: torch.int32, 8: torch.int64}
    same = (torch.equal(*(t.view(bits[t.element_size()]) for t in pair)) for pair in zip(first, results))
    return first, all(same)


def compare(result, truth, eager):
    """The error of a result and how large it may be."""
    import torch

    truth = truth.double()
    error = worst(result.double().reshape(truth.shape), truth)
    if eager is not None:
        limit = 2 * worst(eager.double().reshape(truth.shape), truth) + 1e-6
    else:
        step = {torch.bfloat16: 2**-8, torch.float16: 2**-11}.get(result.dtype, 2**-20)
        limit = 4 * max(step, 2**-8) * (truth.nan_to_num(0, 0, 0).abs().max().item() + 1e-6)
    return {"error": error, "limit": limit, "pass": error <= limit}


def worst(a, b):
    """The largest difference; infinite where one is NaN and the other is not."""
    import torch

    if a.numel() == 0:
        return 0.0
    if not torch.equal(a.isnan(), b.isnan()):
        return math.inf
    same = (a == b) | a.isnan()
    return torch.where(same, 0.0, (a - b).abs()).max().item()


def environment():
    """What a reader needs to repeat the table."""
    query = ["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"]
    device = subprocess.run(query, capture_output=True, text=True, check=False).stdout.strip()
    import torch

    return {"date": datetime.date.today().isoformat(), "device": device, "torch": torch.__version__, "cuda": torch.version.cuda}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("artifacts")
    parser.add_argument("data", nargs="?")
    parser.add_argument("--lengths", action="store_true")
    parser.add_argument("--runner")
    parser.add_argument("--out")
    parser.add_argument("--only", default="")
    parser.add_argument("--timeout", type=float, default=40)
    options = parser.parse_args()
    if bool(options.data) == options.lengths:
        parser.error("either DATA or --lengths is needed")

    def folder(name):
        return os.path.join(options.artifacts, name)

    rows = {}
    for name, row in judged(options, folder):
        rows[name] = row
        print(line(name, row), flush=True)
    failed = [name for name, row in rows.items() if not passed(row)]
    print(f"{len(rows) - len(failed)} of {len(rows)} pass" + (f"; failed: {', '.join(failed)}" if failed else ""))
    if options.out:
        save(options.out, rows)
    return 1 if failed else 0


def judged(options, folder):
    """Yields the name and the row of every program that is asked for."""
    if options.lengths:
        from lengths import all_lengths, wide

        cases = [case for case in [*all_lengths(), *wide()] if re.search(options.only, case.name) and os.path.exists(folder(case.program))]
        for case, row in each(cases, lambda case: check_sized(folder(case.program), case), options.timeout):
            yield case.name, row
        return
    names = [name for name in sorted(os.listdir(options.artifacts)) if re.search(options.only, name)]
    files = {name: os.path.join(options.data, f"{name}.safetensors") for name in names}
    names = [name for name in names if os.path.exists(os.path.join(folder(name), "manifest.json")) and os.path.exists(files[name])]
    if options.runner:
        for name in names:
            yield name, check_with(options.runner, folder(name), files[name], options.timeout)
        return
    import safetensors.torch  # noqa: F401  (before the forks, so that each child starts warm)
    import torch  # noqa: F401

    yield from each(names, lambda name: check(folder(name), files[name]), options.timeout)


def passed(row):
    return "failed" not in row and row["repeatable"] and all(result["pass"] for result in row["results"])


def line(name, row):
    if "failed" in row:
        return f"{name:28s} FAIL  {row['failed'][:160]}"
    parts = [f"{r['error']:.2e} (limit {r['limit']:.2e})" for r in row["results"]]
    return f"{name:28s} {'pass' if passed(row) else 'FAIL'}  {'  '.join(parts)}{'' if row['repeatable'] else '  differs between runs'}"


def save(path, rows):
    facts = environment()
    with open(path + ".json", "w") as file:
        lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items())
        file.write(f'{{"environment": {json.dumps(facts)},\n"programs": {{\n{lines}\n}}}}\n')
    with open(path + ".md", "w") as file:
        file.write("# Correctness on the GPU\n\nMade by `benches/gpu_correctness.py`; the limit is twice PyTorch's own error.\n\n")
        file.write("\n".join(f"- {key}: {value}" for key, value in facts.items()) + "\n\n")
        file.write(table_of_sizes(rows) if any("@" in name for name in rows) else table(rows))


def table(rows):
    """A line per result."""
    text = "| program | kernels | registers | spills | shared memory | max error | limit | |\n|---|---|---|---|---|---|---|---|\n"
    for name, row in rows.items():
        if "failed" in row:
            text += f"| {name} | | | | | {row['failed'][:80]} | | FAIL |\n"
            continue
        most = {fact: max(kernel[fact] for kernel in row["kernels"]) for fact in row["kernels"][0]}
        for number, result in enumerate(row["results"]):
            label = name if len(row["results"]) == 1 else f"{name} [{number}]"
            text += (
                f"| {label} | {len(row['kernels'])} | {most['registers']} | {most['spills']} | {most['shared_memory']} "
                f"| {result['error']:.2e} | {result['limit']:.2e} | {'pass' if result['pass'] else 'FAIL'} |\n"
            )
    return text


def table_of_sizes(rows):
    """A line per program, a column per pair of lengths: the largest error as a share of its limit."""
    cells, columns = {}, {}
    for name, row in rows.items():
        program, sizes = name.split("@")
        sizes = dict(re.findall(r"([A-Z])(\d+)", sizes))
        keys = sizes.get("T", sizes.get("S", "?"))
        column = keys if sizes.get("S", keys) == keys else f"{sizes['S']}, {keys}"
        columns[column] = None
        shares = [result["error"] / result["limit"] for result in row.get("results", [])]
        cells.setdefault(program, {})[column] = f"{max(shares):.2f}" if passed(row) else "FAIL"
    text = f"| program | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}\n"
    for program, found in cells.items():
        text += f"| {program} | {' | '.join(found.get(column, '') for column in columns)} |\n"
    return text


if __name__ == "__main__":
    sys.exit(main())
