#!/usr/bin/env python3
"""Times masked attention on the CPU against attention without a mask: work should be in proportion to what the mask leaves alive.

usage: masks.py --flashlight target/release/flashlight [--length 4096] [--rounds 5] [--out docs/benchmarks/cpu-masks.md]
Needs what examples/export.py needs, and numpy. Programs (B=1, H=2, D=64, f32) are exported to a temporary folder. One round
times every program once, the least of three runs; the table has the median of the rounds' shares.
"""
import argparse, json, math, os, platform, statistics, subprocess, sys, tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "examples"))
import torch
from export import Fn, sm
from matrix import causal, packed, prefix, vanilla, window
from safetensors.torch import save_file

HEADS, DEPTH, DOCUMENTS, BLOCK = 2, 64, 12, 64


def places(q, k):
    return torch.arange(q.size(-2)).view(-1, 1), torch.arange(k.size(-2)).view(1, -1)


def masked(q, k, v, keep):
    return sm((q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))).masked_fill(~keep, float("-inf"))) @ v


def head_windows(q, k, v, sizes):
    i, j = places(q, k)
    return masked(q, k, v, (j <= i) & (i - j <= sizes.view(-1, 1, 1)))


def local_and_first(q, k, v):
    i, j = places(q, k)
    return masked(q, k, v, (j <= i) & ((i - j <= 128) | (j < 64)))


def not_over_documents(q, k, v, ids):
    i, j = places(q, k)
    drop = (j > i) | (ids.unsqueeze(2) != ids.unsqueeze(1)).unsqueeze(1)
    return masked(q, k, v, torch.logical_not(drop))


def block_table(q, k, v, table):
    i, j = places(q, k)
    return masked(q, k, v, table[:, i // BLOCK, j // BLOCK])


def block_table_expanded(q, k, v, table):
    heads, rows, columns = table.shape
    keep = table[:, :, None, :, None].expand(heads, rows, BLOCK, columns, BLOCK)
    return masked(q, k, v, keep.reshape(heads, rows * BLOCK, columns * BLOCK))


def groups(q, k, v, ids):
    return masked(q, k, v, (ids.unsqueeze(2) == ids.unsqueeze(1)).unsqueeze(1))


def programs(length):
    """Name, function, further arguments, and where scores are alive (a boolean matrix per head)."""
    torch.manual_seed(0)
    i, j = torch.arange(length).view(-1, 1), torch.arange(length).view(1, -1)
    documents = torch.sort(torch.randint(0, DOCUMENTS, (1, length))).values
    mixed = documents[:, torch.randperm(length // BLOCK).repeat_interleave(BLOCK) * BLOCK + torch.arange(length) % BLOCK]
    sizes = torch.tensor([128, 1024])
    blocks = length // BLOCK
    table = (torch.rand(HEADS, blocks, blocks) < 0.1) | torch.eye(blocks, dtype=torch.bool)
    same = lambda ids: ids[0].view(-1, 1) == ids[0].view(1, -1)
    wide = table.repeat_interleave(BLOCK, 1).repeat_interleave(BLOCK, 2)
    yield "no mask", vanilla, [], torch.tensor(1.0)
    yield "causal", causal, [], j <= i
    yield "sliding window 256, causal", window, [], (j <= i) & (i - j <= 256)
    yield "prefix of 256, else causal", prefix, [], (j <= i) | (j < 256)
    yield "12 documents, causal", packed, [documents], same(documents) & (j <= i)
    yield "12 documents, causal, as not (later or of another)", not_over_documents, [documents], same(documents) & (j <= i)
    yield "12 documents whose blocks of 64 are in any order", groups, [mixed], same(mixed)
    yield "window per head (128 and 1024), causal", head_windows, [sizes], (j <= i) & (i - j <= sizes.view(-1, 1, 1))
    yield "window of 128 or the first 64 keys, causal", local_and_first, [], (j <= i) & ((i - j <= 128) | (j < 64))
    yield "table of blocks of 64, a tenth alive", block_table, [table], wide
    yield "the same, the table expanded by views", block_table_expanded, [table], wide


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flashlight", required=True)
    parser.add_argument("--length", type=int, default=4096)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="")
    parser.add_argument("--out")
    options = parser.parse_args()
    from torch_mlir import fx

    with tempfile.TemporaryDirectory() as folder:
        cells = []
        for number, (name, function, more, live) in enumerate(programs(options.length)):
            if number and options.only not in name:
                continue
            inputs = [torch.randn(1, HEADS, options.length, DEPTH) for _ in range(3)] + more
            module = fx.export_and_import(Fn(function).eval(), *inputs, output_type="linalg-on-tensors", func_name="main")
            path = os.path.join(folder, str(number))
            with open(path + ".mlir", "w", encoding="utf-8") as file:
                file.write(module.operation.get_asm())
            save_file({f"arg{at}": tensor for at, tensor in enumerate(inputs)}, path + ".safetensors")
            cells.append((name, path, float(live.float().mean()), []))
        for _ in range(options.rounds):
            for name, path, _, times in cells:
                command = [options.flashlight, "bench", path + ".mlir", "--args", path + ".safetensors"]
                command += ["--repeat", "3", "--warm-up", "1", "--json"]
                text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
                times.append(json.loads(text)["spread_ms"][0])
    full = cells[0][3]
    lines = ["| mask | ms | time | live scores |", "|---|---|---|---|"]
    for name, _, live, times in cells:
        share = statistics.median(time / whole for time, whole in zip(times, full))
        lines.append(f"| {name} | {statistics.median(times):.1f} | {100 * share:.1f} % | {100 * live:.1f} % |")
    text = "\n".join(lines)
    print(text)
    if options.out:
        threads = len(os.sched_getaffinity(0))
        head = f"""# Masks on the CPU

Made by `benches/masks.py`: B=1, H={HEADS}, S={options.length}, D={DEPTH}, f32, on {threads} threads ({platform.machine()}); the least of three
runs per round, the median of {options.rounds} rounds. *time* is relative to attention without a mask in the same round, *live scores* the share
of scores that the mask keeps. Tiles are 64 by 64: those at the border of the live area are computed whole.
"""
        with open(options.out, "w", encoding="utf-8") as file:
            file.write(f"{head}\n{text}\n")


if __name__ == "__main__":
    main()
