#!/usr/bin/env python3
"""Times compiled artifacts on the GPU against PyTorch's attention, in one process, after checking each against f32.

usage: gpu_speed.py ARTIFACTS [--only REGEX] [--peers cudnn,flash,flex] [--rounds N]

ARTIFACTS/<cell>/ holds a manifest and its cubins; a cell is named as examples/matrix.py names it, VARIANT_hHEADS[kvN]_dD_bB_sS,
perhaps with a suffix after a dot for another schedule of the same cell. All candidates of a cell are timed in interleaved
segments of about 25 ms (hot) and in bursts after a pause (cool); medians in TFLOP/s of 4·B·H·S²·D, halved for causal.
"""

import argparse
import json
import math
import os
import random
import re
import statistics
import sys
import time

import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gpu_correctness import isolated  # noqa: E402
from loader import Function  # noqa: E402


def cell_of(name):
    """What a cell's name says."""
    found = re.fullmatch(r"(\w+?)_h(\d+)(?:kv(\d+))?_d(\d+)_b(\d+)_s(\d+)", name.split(".")[0])
    variant, heads, shared, depth, batch, length = found.groups()
    return variant, int(heads), int(shared or heads), int(depth), int(batch), int(length)


def slopes(heads):
    return torch.exp2(-(torch.arange(heads, device="cuda", dtype=torch.float32) + 1) * 8.0 / heads)


def score_program(variant, heads, ids=None):
    """The score of one head in f32, rows of queries at a time: (scores, head, batch, rows) -> scores."""

    def program(scores, batch, head, rows):
        i = rows[:, None]
        j = torch.arange(scores.size(-1), device="cuda")[None, :]
        if variant == "softcap":
            scores = 30 * torch.tanh(scores / 30)
        if variant == "alibi":
            scores = scores + slopes(heads)[head] * (j - i)
        if variant == "causal":
            scores = scores.masked_fill(j > i, -math.inf)
        if variant == "window":
            scores = scores.masked_fill((j > i) | (i - j > 256), -math.inf)
        if variant == "prefix":
            scores = scores.masked_fill((j > i) & (j >= 256), -math.inf)
        if variant == "packed":
            same = ids[batch][:, None][rows] == ids[batch][None, :]
            scores = scores.masked_fill(~(same & (j <= i)), -math.inf)
        return scores

    return program


def relative_error(result, arguments, program):
    """The largest relative error over a few heads."""
    q, k, v = arguments[:3]
    worst = 0.0
    group = q.size(1) // k.size(1)
    for batch, head in {(0, 0), (q.size(0) - 1, q.size(1) - 1), (0, q.size(1) // 2)}:
        keys, values = k[batch, head // group].float(), v[batch, head // group].float()
        error = norm = 0.0
        for start in range(0, q.size(2), 4096):
            rows = torch.arange(start, min(start + 4096, q.size(2)), device="cuda")
            scores = q[batch, head, rows].float() @ keys.T / math.sqrt(q.size(-1))
            truth = torch.softmax(program(scores, batch, head, rows), -1) @ values
            ours = result[batch, head, rows].float()
            error += (ours - truth).square().sum().item()
            norm += truth.square().sum().item()
        worst = max(worst, math.sqrt(error / norm) if error == error else math.inf)
    return worst


def peers(names, variant, arguments):
    """PyTorch's implementations of a cell that exist."""
    from torch.nn.attention import SDPBackend, sdpa_kernel

    q, k, v = arguments[:3]
    grouped = q.size(1) != k.size(1)
    found = {}
    for name, backend in (("cudnn", SDPBackend.CUDNN_ATTENTION), ("flash", SDPBackend.FLASH_ATTENTION)):
        if name in names and variant in ("vanilla", "causal"):

            def run(backend=backend):
                with sdpa_kernel(backend):
                    return F.scaled_dot_product_attention(q, k, v, is_causal=variant == "causal", enable_gqa=grouped)

            found[name] = run
    if "flex" in names:
        from torch.nn.attention.flex_attention import create_block_mask, flex_attention

        masks = {
            "causal": lambda b, h, i, j: i >= j,
            "window": lambda b, h, i, j: (i >= j) & (i - j <= 256),
            "prefix": lambda b, h, i, j: (i >= j) | (j < 256),
        }
        if variant == "packed":
            ids = arguments[3]
            masks["packed"] = lambda b, h, i, j: (i >= j) & (ids[b, i] == ids[b, j])
        slope = slopes(q.size(1))
        scores = {
            "softcap": lambda s, b, h, i, j: 30 * torch.tanh(s / 30),
            "alibi": lambda s, b, h, i, j: s + (j - i) * slope[h],
        }
        flex = torch.compile(flex_attention, dynamic=False)
        block = None
        if variant in masks:
            batch = q.size(0) if variant == "packed" else None
            block = create_block_mask(masks[variant], batch, None, q.size(2), k.size(2), device="cuda")
        found["flex"] = lambda: flex(q, k, v, score_mod=scores.get(variant), block_mask=block, enable_gqa=grouped)
    return found


def segment(function, count):
    """Milliseconds per call."""
    start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
    start.record()
    for _ in range(count):
        function()
    end.record()
    torch.cuda.synchronize()
    return start.elapsed_time(end) / count


def measure(root, names, options):
    """Times the artifacts of one cell and its peers; returns a row per candidate."""
    variant, heads, shared, depth, batch, length = cell_of(names[0])
    torch.manual_seed(0)
    make = lambda count: torch.randn(batch, count, length, depth, device="cuda", dtype=torch.bfloat16)  # noqa: E731
    arguments = [make(heads), make(shared), make(shared)]
    ids = None
    if variant == "packed":
        ids = torch.randint(0, 12, (batch, length), device="cuda").sort(-1).values
        arguments.append(ids)
    program = score_program(variant, heads, ids)
    candidates, rows = {}, {}
    for name in names:
        launch = Function(os.path.join(root, name)).prepare(*arguments)
        launch()[0].fill_(float("nan"))
        result = launch()[0]
        torch.cuda.synchronize()
        rows[name] = {"error": relative_error(result.view(batch, heads, length, depth), arguments, program)}
        if rows[name]["error"] < 0.02:
            candidates[name] = launch
    for name, run in peers(options["peers"], variant, arguments).items():
        try:
            rows[name] = {"error": relative_error(run(), arguments, program)}
            candidates[name] = run
        except RuntimeError as error:
            rows[name] = {"failed": str(error)[:100]}
    counts = {}
    for name, run in candidates.items():
        run()
        counts[name] = max(2, int(25 / segment(run, 3)))
    times = {name: ([], []) for name in candidates}
    order = list(candidates.items())
    for turn in range(options["rounds"] + 1):
        random.shuffle(order)
        for name, run in order:
            took = segment(run, counts[name])
            if turn:
                times[name][0].append(took)
    for _ in range(3):
        random.shuffle(order)
        for name, run in order:
            time.sleep(0.15)
            run()
            times[name][1].append(segment(run, max(2, counts[name] * 10 // 25)))
    work = 4 * batch * heads * length**2 * depth * (0.5 if variant == "causal" else 1) / 1e9
    for name, (hot, cool) in times.items():
        rows[name].update(ms=statistics.median(hot), hot=work / statistics.median(hot), cool=work / statistics.median(cool))
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("artifacts")
    parser.add_argument("--only", default="")
    parser.add_argument("--peers", default="cudnn,flash,flex")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--timeout", type=float, default=60)
    parser.add_argument("--out")
    options = parser.parse_args()
    cells = {}
    for name in sorted(os.listdir(options.artifacts)):
        if re.search(options.only, name) and os.path.exists(os.path.join(options.artifacts, name, "manifest.json")):
            cells.setdefault(name.split(".")[0], []).append(name)
    table = {}
    for cell, names in cells.items():
        settings = {"peers": options.peers.split(","), "rounds": options.rounds}
        rows = isolated(lambda: measure(options.artifacts, names, settings), options.timeout)
        table[cell] = rows
        print(cell, flush=True)
        for name, row in ({"": rows} if "error" in rows else rows).items():
            numbers = " ".join(f"{key} {value:.4g}" if isinstance(value, float) else f"{key} {value}" for key, value in row.items())
            print(f"  {name:36s} {numbers}", flush=True)
    if options.out:
        with open(options.out, "w") as file:
            json.dump(table, file, indent=1)


if __name__ == "__main__":
    main()
