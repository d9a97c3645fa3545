#!/usr/bin/env python3
"""Runs compiled artifacts on the GPU and compares every result with the truth.

usage: gpu_correctness.py ARTIFACTS DATA [--runner FLASHLIGHT_RUN] [--out TABLE] [--only REGEX] [--timeout SECONDS]

ARTIFACTS/<name>/ holds a manifest and its files (`cargo run --example gpu_artifacts -- input ARTIFACTS FILE...` makes them
where the compiler is), DATA/<name>.safetensors the tensors arg0…, result0… (truth, f32) and
eager0… (PyTorch in the program's own types). examples/load.py runs them, or with --runner the program `flashlight-run`,
which needs neither PyTorch nor a compiler. A result passes when its largest error is at most twice that of eager, plus
1e-6 (plus one rounding of the result type where there is no eager). Outputs start as NaN. Every program runs in a process of
its own with a time limit, because a barrier that is never signalled hangs. With --out, TABLE.md and TABLE.json are written.
"""

import argparse
import datetime
import json
import math
import os
import re
import signal
import subprocess
import sys
import time


sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "examples"))


def check_with(runner, folder, data, timeout):
    """Runs one program with `flashlight-run`, which compares by itself; returns its row."""
    command = [runner, folder, "--args", data, "--compare", data]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        return {"error": f"no answer in {timeout} s (a hang)"}
    found = re.findall(r"^result\d+: max error (\S+), yardstick (\S+)", ran.stdout, re.M)
    if not found:
        return {"error": (ran.stderr or ran.stdout).strip()}
    results = [{"error": float(error), "limit": float(limit), "pass": ran.returncode == 0} for error, limit in found]
    return {"results": results, "repeatable": True, "kernels": facts_of(folder)}


def facts_of(folder):
    """What is known of a program's kernels."""
    with open(os.path.join(folder, "manifest.json")) as file:
        kernels = json.load(file)["kernels"]
    return [{fact: kernel[fact] for fact in ("registers", "spills", "shared_memory")} for kernel in kernels]


def check(folder, data):
    """Runs one program; returns its row."""
    import torch
    from safetensors.torch import load_file

    from load import Function

    function = Function(folder)
    tensors = load_file(data)
    arguments = []
    for spec in function.manifest["arguments"]:
        arguments.append(tensors[spec["name"]].to(function.dtypes[spec["dtype"]]).cuda().contiguous())
    launch = function.prepare(*arguments)
    for result in launch():
        result.fill_(float("nan") if result.is_floating_point() else 1)
    results = launch()
    torch.cuda.synchronize()
    again = [result.clone() for result in results]
    launch()
    torch.cuda.synchronize()
    row = {"results": [], "repeatable": all(torch.equal(a.nan_to_num(), b.nan_to_num()) for a, b in zip(again, results))}
    for number, result in enumerate(results):
        truth = tensors[f"result{number}"].double()
        ours = result.cpu().double().reshape(truth.shape)
        eager = tensors.get(f"eager{number}")
        if eager is not None:
            limit = 2 * worst(eager.double().reshape(truth.shape), truth) + 1e-6
        else:
            step = {torch.bfloat16: 2**-8, torch.float16: 2**-11}.get(result.dtype, 2**-20)
            limit = 4 * max(step, 2**-8) * (truth.nan_to_num(0, 0, 0).abs().max().item() + 1e-6)
        error = worst(ours, truth)
        row["results"].append({"error": error, "limit": limit, "pass": error <= limit})
    row["kernels"] = facts_of(folder)
    return row


def worst(a, b):
    """The largest difference; infinite where one is NaN and the other is not."""
    import torch

    if a.numel() == 0:
        return 0.0
    if not torch.equal(a.isnan(), b.isnan()):
        return math.inf
    same = (a == b) | a.isnan()
    return torch.where(same, 0.0, (a - b).abs()).max().item()


def isolated(work, timeout):
    """What `work` returns, from a forked process that is killed when it takes too long."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            row = work()
        except BaseException as error:
            row = {"error": f"{type(error).__name__}: {error}"}
        os.write(write, json.dumps(row).encode())
        os._exit(0)
    os.close(write)
    deadline = time.time() + timeout
    while time.time() < deadline:
        if os.waitpid(child, os.WNOHANG)[0]:
            text = os.read(read, 1 << 20)
            os.close(read)
            return json.loads(text) if text else {"error": "the process died"}
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(read)
    return {"error": f"no answer in {timeout} s (a hang)"}


def environment():
    """What a reader needs to repeat the table."""
    query = ["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"]
    device = subprocess.run(query, capture_output=True, text=True, check=False).stdout.strip()
    import torch

    return {"date": datetime.date.today().isoformat(), "device": device, "torch": torch.__version__, "cuda": torch.version.cuda}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("artifacts")
    parser.add_argument("data")
    parser.add_argument("--runner")
    parser.add_argument("--out")
    parser.add_argument("--only", default="")
    parser.add_argument("--timeout", type=float, default=40)
    options = parser.parse_args()
    if not options.runner:
        import safetensors.torch  # noqa: F401  (imported before the forks, so that each child starts warm)
        import torch  # noqa: F401

    rows = {}
    for name in sorted(os.listdir(options.artifacts)):
        folder = os.path.join(options.artifacts, name)
        data = os.path.join(options.data, f"{name}.safetensors")
        if not (os.path.exists(os.path.join(folder, "manifest.json")) and os.path.exists(data)):
            continue
        if re.search(options.only, name):
            if options.runner:
                rows[name] = check_with(options.runner, folder, data, options.timeout)
            else:
                rows[name] = isolated(lambda: check(folder, data), options.timeout)
            print(line(name, rows[name]), flush=True)
    failed = [name for name, row in rows.items() if not passed(row)]
    print(f"{len(rows) - len(failed)} of {len(rows)} pass" + (f"; failed: {', '.join(failed)}" if failed else ""))
    if options.out:
        save(options.out, rows)
    return 1 if failed else 0


def passed(row):
    return "error" not in row and row["repeatable"] and all(result["pass"] for result in row["results"])


def line(name, row):
    if "error" in row:
        return f"{name:28s} FAIL  {row['error'][:160]}"
    parts = [f"{r['error']:.2e} (limit {r['limit']:.2e})" for r in row["results"]]
    return f"{name:28s} {'pass' if passed(row) else 'FAIL'}  {'  '.join(parts)}{'' if row['repeatable'] else '  differs between runs'}"


def save(path, rows):
    facts = environment()
    with open(path + ".json", "w") as file:
        json.dump({"environment": facts, "programs": rows}, file, indent=1)
    with open(path + ".md", "w") as file:
        file.write("# Correctness on the GPU\n\nMade by `benches/gpu_correctness.py`; the limit is twice PyTorch's own error.\n\n")
        file.write("\n".join(f"- {key}: {value}" for key, value in facts.items()) + "\n\n")
        file.write("| program | kernels | registers | spills | shared memory | max error | limit | |\n|---|---|---|---|---|---|---|---|\n")
        for name, row in rows.items():
            if "error" in row:
                file.write(f"| {name} | | | | | {row['error'][:80]} | | FAIL |\n")
                continue
            most = {fact: max(kernel[fact] for kernel in row["kernels"]) for fact in row["kernels"][0]}
            for number, result in enumerate(row["results"]):
                label = name if len(row["results"]) == 1 else f"{name} [{number}]"
                file.write(
                    f"| {label} | {len(row['kernels'])} | {most['registers']} | {most['spills']} | {most['shared_memory']} "
                    f"| {result['error']:.2e} | {result['limit']:.2e} | {'pass' if result['pass'] else 'FAIL'} |\n"
                )


if __name__ == "__main__":
    sys.exit(main())
