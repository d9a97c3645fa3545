#!/usr/bin/env python3
"""Times the backward pass of attention on the GPU, `torch.compile(backend="flashlight")` of plain PyTorch against PyTorch's other ways and
FlashAttention-4 where it is installed, in one run, after checking every candidate's gradients against f32.

usage: gradient_peers.py [--only REGEX] [--peers cudnn,flash,fa4,flex,efficient,compile] [--rounds N] [--cool N] [--warm N]
                         [--timeout S] [--budget S] [--out RAW.json]
       gradient_peers.py --list
       gradient_peers.py --report TABLE RAW.json...

Cells are those of gradient_cells.py. Forward runs once; what is timed is its backward pass, as replays of one CUDA graph each, in
interleaved segments (as in peers.py). TFLOP/s count five products over the scores that count, whatever a candidate computes.
"peak" is what forward and backward together allocate beyond their arguments and the gradient of the result, in bytes.
"""

import argparse
import json
import os
import re
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from apart import compile_first, each  # noqa: E402
from gpu_correctness import environment  # noqa: E402
from peers import show, turns  # noqa: E402
from peers_report import report  # noqa: E402
from torch_models import regions  # noqa: E402

PEERS = "cudnn,flash,fa4,flex,efficient,compile"
WORST_ERROR = 0.02
COMPILED = ("fa4", "flex", "compile")


def backward_of(cell, forward):
    """Gradients of the leaves of a result that is computed once."""
    import torch

    result = forward()
    return lambda: torch.autograd.grad(result, cell.leaves, cell.tangent, retain_graph=True)


def graph_of(cell, forward):
    """The backward pass as a CUDA graph: autograd runs it on the stream of its forward pass, so both are on one."""
    import torch

    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        backward = backward_of(cell, forward)
        backward()
    torch.cuda.synchronize()
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph, stream=stream):
        kept = backward()
    # What it reads and writes lives as long as it is replayed.
    return lambda: (graph.replay(), kept, backward)[0]


def peak_of(cell, forward):
    """Bytes that a forward and a backward pass allocate beyond what is there before them."""
    import torch

    torch.cuda.synchronize()
    torch.cuda.empty_cache()
    torch.cuda.reset_peak_memory_stats()
    before = torch.cuda.memory_allocated()
    torch.autograd.grad(forward(), cell.leaves, cell.tangent)
    torch.cuda.synchronize()
    return torch.cuda.max_memory_allocated() - before


def settings():
    import torch

    torch._dynamo.reset()
    # A backward pass that is run again may not use the memory of what it is given.
    torch._functorch.config.donated_buffer = False


def measure(name, options):
    import torch
    from gradient_cells import Cell

    settings()
    cell = Cell(name)
    truth, runs, rows = cell.truth(), {}, {}
    torch.cuda.empty_cache()
    for who, make in cell.forwards(["flashlight", *options["peers"]]).items():
        row = name if who == "flashlight" else who
        try:
            torch._dynamo.reset()
            if who == "flashlight":
                regions()  # forgets what was compiled before
            start, forward = time.time(), make()
            gradients = backward_of(cell, forward)()
            torch.cuda.synchronize()
            rows[row] = {"first": time.time() - start, "error": cell.error(gradients, truth)}
            del gradients
            if who == "flashlight":
                rows[row]["regions"], left = regions()
                if not rows[row]["regions"] or left:
                    raise ValueError(f"not compiled: {left}")
            rows[row]["peak"] = peak_of(cell, forward)
            if rows[row]["error"] < WORST_ERROR:
                runs[row] = graph_of(cell, forward)
        except Exception as error:  # a peer that cannot do this cell; the table says so
            rows[row] = {"failed": f"{type(error).__name__}: {error}"[:200]}
            torch.cuda.synchronize()
    for row, took in turns(runs, options["rounds"], options["cool"]).items():
        rows[row].update(took)
    return {"flops": cell.flops(), "rows": rows}


def warm(name, peers):
    """Compiles the candidates of a cell that are compiled, so that the caches on disk have them."""
    import torch
    from gradient_cells import Cell

    settings()
    cell = Cell(name)
    for who, make in cell.forwards(["flashlight", *peers]).items():
        torch._dynamo.reset()
        try:
            backward_of(cell, make())()
            torch.cuda.synchronize()
        except Exception as error:  # said again when it is measured
            print(f"warming {name}, {who}: {type(error).__name__}: {error}"[:300], flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--peers", default=PEERS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cool", type=int, default=0, help="rounds after a pause")
    parser.add_argument("--warm", type=int, default=0, metavar="PROCESSES")
    parser.add_argument("--timeout", type=float, default=60, help="seconds a cell may take")
    parser.add_argument("--budget", type=float, default=1e9, help="seconds after which no cell is started")
    parser.add_argument("--out", help="the raw results, JSON")
    parser.add_argument("--report", nargs="+", metavar=("TABLE", "RAW"))
    options = parser.parse_args()
    if options.report:
        return report(options.report[0], options.report[1:], "benches/gradient_peers.py")
    import gradient_cells

    names = [name for name in gradient_cells.names() if re.search(options.only, name)]
    if options.list:
        return print("\n".join(names))
    start, peers = time.time(), options.peers.split(",")
    if options.warm:
        compile_first(warm, [(name, [peer for peer in peers if peer in COMPILED]) for name in names], options.warm, 2 * options.timeout)
        print(f"compiled in {time.time() - start:.0f} s", flush=True)
    table = {}
    choices = {"peers": peers, "rounds": options.rounds, "cool": options.cool}
    for name, row in each(names, lambda name: measure(name, choices), options.timeout):
        table[name] = row
        show(name, row)
        if options.out:
            with open(options.out, "w") as file:
                json.dump({"environment": environment(), "cells": table}, file, indent=1)
        if time.time() - start > options.budget:
            break
    print(f"{len(table)} cells in {time.time() - start:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
