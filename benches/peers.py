#!/usr/bin/env python3
"""Times compiled artifacts on the GPU against PyTorch's attention, in one run, after checking every candidate against f32.

usage: peers.py ARTIFACTS [--only REGEX] [--peers cudnn,flash,fa4,flex,compile,efficient] [--rounds N] [--cool N] [--warm N]
                [--timeout S] [--budget S] [--out RAW.json]
       peers.py --report TABLE RAW.json...

ARTIFACTS/<cell>/ holds a manifest and its cubins; a cell is named as examples/matrix.py names it, perhaps with a suffix after
a dot for another schedule of the same cell. FlashAttention-4 (fa4) is a peer where it is installed. All candidates of a cell are timed in interleaved segments of about 25 ms (hot)
and in bursts after a pause (cool), as replays of one CUDA graph each where every candidate of the cell can be captured. Where
calls are short, the graph of every candidate holds so many of them that what it takes to launch a graph does not count.
Medians and spread go to RAW.json. --warm N compiles the peers of all cells in N processes first. --report writes TABLE.md and,
where matplotlib is installed, TABLE.svg.
"""

import argparse
import json
import math
import os
import random
import re
import signal
import statistics
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from apart import child, each  # noqa: E402
from gpu_correctness import environment  # noqa: E402
from peers_report import rate, report  # noqa: E402

HOT_MS, COOL_MS, PAUSE_S, COOL_ROUNDS = 25, 10, 0.15, 3
# A graph takes at least this long: launching one takes about 5 us.
GRAPH_MS = 0.1
WORST_ERROR = 0.01
WARM_S = 300


def segment(function, count):
    """Milliseconds per call."""
    import torch

    start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
    start.record()
    for _ in range(count):
        function()
    end.record()
    torch.cuda.synchronize()
    return start.elapsed_time(end) / count


def captured(function, calls=1):
    """So many calls of the function as a CUDA graph."""
    import torch

    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        function()
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        for _ in range(calls):
            function()
    return graph


def interleaved(candidates, rounds, cool_rounds):
    """Times functions in segments that take turns; returns for each its median (hot and, with `cool_rounds`, cool), least and most
    milliseconds a call, the number of calls in a CUDA graph, and why there are no graphs where one cannot be captured."""
    import torch

    graphs, calls, note = {}, 1, None
    try:
        graphs = {name: captured(run) for name, run in candidates.items()}
        for graph in graphs.values():
            graph.replay()
        least = min((segment(graph.replay, 3) for graph in graphs.values()), default=GRAPH_MS)
        calls = math.ceil(GRAPH_MS / least)
        if calls > 1:
            graphs = {name: captured(run, calls) for name, run in candidates.items()}
        candidates = {name: graph.replay for name, graph in graphs.items()}
    except Exception as error:
        calls, note = 1, f"timed without graphs: {type(error).__name__}: {error}"[:200]
        torch.cuda.synchronize()
    return turns(candidates, rounds, cool_rounds, calls), calls, note


def turns(candidates, rounds, cool_rounds, calls=1):
    """The times of functions that make so many calls each, a call, in segments that take turns."""
    counts = {}
    for name, run in candidates.items():
        run()
        counts[name] = max(2, int(HOT_MS / segment(run, 3)))
    hot, cool = ({name: [] for name in candidates} for _ in range(2))
    order = list(candidates.items())
    for turn in range(rounds + 1):
        random.shuffle(order)
        for name, run in order:
            took = segment(run, counts[name]) / calls
            if turn:
                hot[name].append(took)
    for _ in range(cool_rounds):
        random.shuffle(order)
        for name, run in order:
            time.sleep(PAUSE_S)
            run()
            cool[name].append(segment(run, max(2, counts[name] * COOL_MS // HOT_MS)) / calls)
    times = {}
    for name in candidates:
        times[name] = {"hot": statistics.median(hot[name]), "least": min(hot[name]), "most": max(hot[name])}
        if cool[name]:
            times[name]["cool"] = statistics.median(cool[name])
    return times


def measure(root, names, options):
    """Times the artifacts of one cell and its peers; returns a row per candidate."""
    import cells
    import torch
    from load import Function

    torch._dynamo.reset()
    cell = cells.parse(names[0].split(".")[0])
    candidates, rows = {}, {}

    def add(name, run):
        try:
            results = run()
            torch.cuda.synchronize()
            results = results if isinstance(results, (tuple, list)) else (results,)
            rows[name] = {"error": cell.error(results)}
        except Exception as error:  # a peer that cannot do this cell; the table says so
            rows[name] = {"failed": f"{type(error).__name__}: {error}"[:200]}
            return
        if rows[name]["error"] < WORST_ERROR:
            candidates[name] = run

    for name in names:
        launch = Function(os.path.join(root, name)).prepare(*cell.arguments)
        for result in launch():
            result.fill_(float("nan"))
        add(name, launch)
        rows[name]["bytes"] = cell.bytes(launch())
    for name, run in cell.peers(options["peers"]).items():
        add(name, run)
    times, calls, note = interleaved(candidates, options["rounds"], options["cool"])
    if note:
        rows["note"] = note
    for name, took in times.items():
        rows[name].update(calls=calls, **took)
    return {"flops": cell.flops(), "rows": rows}


def warm(names, options):
    """Compiles the peers of some cells, so that the caches on disk have them."""
    import cells
    import torch

    signal.alarm(WARM_S)
    for name in names:
        torch._dynamo.reset()
        for peer, run in cells.parse(name).peers(options["peers"]).items():
            if peer not in cells.BACKENDS:
                try:
                    run()
                except Exception:
                    pass  # said when it is measured
        torch.cuda.empty_cache()


def time_all(groups, options):
    """Times every cell; a child that hangs or dies costs its cell, and the next child goes on after it."""
    table = {cell: {"failed": "no time was left"} for cell in groups}
    deadline = time.time() + options.budget
    settings = {"peers": options.peers.split(","), "rounds": options.rounds, "cool": options.cool}

    def work(cell):
        import torch

        torch.cuda.empty_cache()
        return measure(options.artifacts, groups[cell], settings)

    for cell, row in each(groups, work, options.timeout):
        table[cell] = row
        show(cell, row)
        if time.time() > deadline:
            break
    return table


def show(cell, row):
    print(cell, row.get("failed", ""), flush=True)
    for name, entry in row.get("rows", {}).items():
        if "hot" in entry:
            cool = f" / {rate(row['flops'], entry['cool']):.0f}" if "cool" in entry else ""
            print(f"  {name:40s} {entry['hot']:.4f} ms  {rate(row['flops'], entry['hot']):.0f}{cool} TFLOP/s  error {entry['error']:.4f}", flush=True)
        else:
            print(f"  {name:40s} {entry}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("artifacts", nargs="?")
    parser.add_argument("--only", default="")
    parser.add_argument("--peers", default="cudnn,flash,fa4,flex,compile,efficient")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cool", type=int, default=COOL_ROUNDS, help="rounds after a pause")
    parser.add_argument("--warm", type=int, default=0, metavar="PROCESSES")
    parser.add_argument("--timeout", type=float, default=60, help="seconds a cell may take")
    parser.add_argument("--budget", type=float, default=1e9, help="seconds after which no cell is started")
    parser.add_argument("--out", help="the raw results, JSON")
    parser.add_argument("--report", nargs="+", metavar=("TABLE", "RAW"))
    options = parser.parse_args()
    if options.report:
        return report(options.report[0], options.report[1:])
    if not options.artifacts:
        parser.error("ARTIFACTS is needed")
    groups = {}
    for name in sorted(os.listdir(options.artifacts)):
        if re.search(options.only, name) and os.path.exists(os.path.join(options.artifacts, name, "manifest.json")):
            groups.setdefault(name.split(".")[0], []).append(name)
    import torch  # noqa: F401  (before the forks, so that each child starts warm; CUDA starts in the children)

    start = time.time()
    if options.warm:
        names, settings = list(groups), {"peers": options.peers.split(",")}
        children = []
        for number in range(options.warm):
            share = names[number :: options.warm]
            children.append(child(lambda _, share=share: warm(share, settings)))
        for process, read in children:
            os.waitpid(process, 0)
            os.close(read)
        print(f"peers compiled in {time.time() - start:.0f} s", flush=True)
    table = time_all(groups, options)
    print(f"{len(table)} cells in {time.time() - start:.0f} s")
    if options.out:
        with open(options.out, "w") as file:
            json.dump({"environment": environment(), "cells": table}, file, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
