#!/usr/bin/env python3
"""Counts the tiles that kernels execute, by the matrix instructions that the GPU counts: no kernel is changed for it.

usage: tiles.py ARTIFACTS NAME[:IDS]...   (NAME as examples/matrix.py writes it, IDS as benches/bare.py does; the first is the one
                                           without a mask)

Runs each program once under `ncu` and prints its matrix instructions, their share of the first program's, and the share of
scores that its mask leaves alive. Work in proportion to the live area has the second a little above the third: tiles at the
border of the area are whole.
"""

import os
import re
import subprocess
import sys

import bare

METRIC = "sm__inst_executed_pipe_tensor_op_gmma.sum"
WINDOW, PREFIX, SINKS = 256, 256, 4


def live(name, order):
    """The share of scores that are alive."""
    variant, batch, length = re.fullmatch(r"([a-z]+)_.*_b(\d+)_s(\d+)", name).groups()
    batch, length = int(batch), int(length)
    rows = {
        "causal": lambda i: i + 1,
        "window": lambda i: min(i, WINDOW) + 1,
        "sinks": lambda i: min(i, WINDOW) + 1 + max(0, min(SINKS, i - WINDOW)),
        "prefix": lambda i: max(i + 1, min(PREFIX, length)),
    }
    if variant == "packed":
        count = 0
        for row in bare.documents(batch, length, order):
            sizes = [row.count(document) for document in range(bare.DOCUMENTS)]
            count += sum(size * (size + 1) // 2 for size in sizes)
        return count / (batch * length**2)
    return sum(map(rows.get(variant, lambda i: length), range(length))) / length**2


def instructions(folder, order):
    command = ["ncu", "--metrics", METRIC, "--csv", sys.executable, bare.__file__, folder, order]
    text = subprocess.run(command, capture_output=True, text=True, check=False)
    counts = re.findall(rf'"{re.escape(METRIC)}","[^"]*","([\d,.]+)"', text.stdout)
    if not counts:
        sys.exit(text.stdout + text.stderr)
    return sum(float(count.replace(",", "")) for count in counts)


def main(artifacts, names):
    full = None
    print("| program | matrix instructions | share | live scores |\n|---|---|---|---|")
    for label in names:
        name, _, order = label.partition(":")
        count = instructions(os.path.join(artifacts, name), order or "sorted")
        full = full or count
        print(f"| {label} | {count:.0f} | {100 * count / full:.1f} % | {100 * live(name, order or 'sorted'):.1f} % |", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        main(sys.argv[1], sys.argv[2:])
    else:
        sys.exit(__doc__)
