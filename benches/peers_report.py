"""The raw results of peers.py as a table in Markdown and a plot."""

import json
import math

PEERS = ["cudnn", "flash", "fa4", "flex", "efficient", "2 cudnn", "2 flash", "2 flex", "cudnn+bias", "efficient+bias", "compile"]
HEADINGS = {"cudnn": "cuDNN", "flash": "FlashAttention-2", "fa4": "FlashAttention-4", "efficient": "memory-efficient", "flex": "FlexAttention", "compile": "torch.compile"}


def rate(flops, milliseconds):
    """TFLOP/s."""
    return flops / milliseconds / 1e9


def load(paths):
    """Merges raw files: a later measurement of a cell replaces an earlier one that failed."""
    environment, cells = {}, {}
    for path in paths:
        with open(path) as file:
            raw = json.load(file)
        environment.update(raw["environment"])
        for name, row in raw["cells"].items():
            if "rows" in row or name not in cells:
                cells[name] = row
    return environment, cells


def ours(name, row):
    """The entry of our artifact: the plain one, or the fastest of several schedules."""
    entries = [entry for key, entry in row["rows"].items() if key.split(".")[0] == name and "hot" in entry]
    return row["rows"].get(name) or min(entries, key=lambda entry: entry["hot"], default={"failed": "?"})


def mean(values):
    return math.exp(sum(map(math.log, values)) / len(values)) if values else math.nan


def ratios(cells, peer):
    """How many times faster ours is than a peer, cell by cell, hot."""
    found = {}
    for name, row in cells.items():
        mine, other = ours(name, row) if "rows" in row else {}, row.get("rows", {}).get(peer, {})
        if "hot" in mine and "hot" in other:
            found[name] = (other["hot"] / mine["hot"], other.get("cool", math.nan) / mine.get("cool", math.nan))
    return found


def text(flops, entry):
    if "hot" not in entry:
        return "wrong" if "error" in entry else "fails" if entry else ""
    cool = f" / {rate(flops, entry['cool']):.0f}" if "cool" in entry else ""
    return f"{rate(flops, entry['hot']):.0f}{cool}"


def report(path, raws, made="benches/peers.py"):
    environment, cells = load(raws)
    names = [peer for peer in PEERS if any(peer in row.get("rows", {}) for row in cells.values())]
    with open(path + ".md", "w") as file:
        say = lambda line="": print(line, file=file)  # noqa: E731
        say(f"# Speed on the GPU\n\nMade by `{made}` from one run's raw results beside this file. Median TFLOP/s, hot / cool,")
        say("counted on the scores that a mask leaves alive; every candidate is checked against f32 before it is timed.")
        say("Ratios are ours over the peer's, hot / cool. FlexAttention's block masks are built beforehand. Short calls are timed")
        say("several to a CUDA graph, the same number for every candidate.\n")
        for key, value in environment.items():
            say(f"- {key}: {value}")
        say("\n| against | cells | geometric mean | least | cell |\n|---|---|---|---|---|")
        for peer in names:
            found = ratios(cells, peer)
            if found:
                least = min(found, key=lambda name: found[name][0])
                hot, cool = (mean([pair[at] for pair in found.values() if pair[at] == pair[at]]) for at in (0, 1))
                both = f"{hot:.2f}" if cool != cool else f"{hot:.2f} / {cool:.2f}"
                say(f"| {HEADINGS.get(peer, peer)} | {len(found)} | {both} | {found[least][0]:.2f} | {least} |")
        groups = {}
        for name in cells:
            groups.setdefault(name.split("_")[0], []).append(name)
        for variant, members in groups.items():
            columns = [peer for peer in names if any(peer in cells[name].get("rows", {}) for name in members)]
            peaks = any("peak" in ours(name, cells[name]) for name in members if "rows" in cells[name])
            say(f"\n## {variant}\n\n| cell | ms | ours | {'peak, MiB (best peer)' if peaks else 'GB/s'} | error | " + " | ".join(HEADINGS.get(c, c) for c in columns) + " | over the best |")
            say("|---" * (6 + len(columns)) + "|")
            for name in members:
                row = cells[name]
                if "rows" not in row:
                    say(f"| {name} | | {row['failed']} |" + " |" * (3 + len(columns)))
                    continue
                mine = ours(name, row)
                best = [row["rows"][c] for c in columns if "hot" in row["rows"].get(c, {})]
                over = ""
                if best and "hot" in mine:
                    over = f"{min(e['hot'] for e in best) / mine['hot']:.2f}"
                    if all("cool" in e for e in [mine, *best]):
                        over += f" / {min(e['cool'] for e in best) / mine['cool']:.2f}"
                moved = f"{mine['bytes'] / mine['hot'] / 1e6:.0f}" if "hot" in mine and "bytes" in mine else ""
                if peaks and "peak" in mine:
                    least = min((row["rows"][c]["peak"] for c in columns if "peak" in row["rows"].get(c, {})), default=math.nan)
                    moved = f"{mine['peak'] / 2**20:.0f} ({least / 2**20:.0f})"
                peers = " | ".join(text(row["flops"], row["rows"].get(c, {})) for c in columns)
                error = f"{mine['error']:.4f}" if "error" in mine else mine.get("failed", "")[:60]
                took = f"{mine['hot']:.4f}" if "hot" in mine else ""
                say(f"| {name} | {took} | {text(row['flops'], mine)} | {moved} | {error} | {peers} | {over} |")
    plot(path + ".svg", cells, names)
    return 0


def plot(path, cells, names):
    """TFLOP/s over the cells, a panel per variant."""
    try:
        import matplotlib
    except ImportError:
        print(f"{path} is left as it was: matplotlib is not installed")
        return
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "peers"
    import matplotlib.pyplot as plt

    groups = {}
    for name, row in cells.items():
        if "rows" in row:
            groups.setdefault(name.split("_")[0], []).append(name)
    columns = 2
    figure, axes = plt.subplots(-(-len(groups) // columns), columns, figsize=(15, 3.4 * -(-len(groups) // columns)), squeeze=False)
    for axis in axes.flat[len(groups) :]:
        axis.remove()
    for axis, (variant, members) in zip(axes.flat, groups.items()):
        shown = ["ours", *(peer for peer in names if any("hot" in cells[name]["rows"].get(peer, {}) for name in members))]
        width = 0.8 / len(shown)
        for number, peer in enumerate(shown):
            entries = [ours(name, cells[name]) if peer == "ours" else cells[name]["rows"].get(peer, {}) for name in members]
            heights = [rate(cells[name]["flops"], entry["hot"]) if "hot" in entry else 0 for name, entry in zip(members, entries)]
            places = [at + (number - len(shown) / 2 + 0.5) * width for at in range(len(members))]
            axis.bar(places, heights, width, label=HEADINGS.get(peer, peer))
        axis.set_title(variant)
        axis.set_ylabel("TFLOP/s, hot")
        axis.set_xticks(range(len(members)), [name.split("_", 1)[1].replace("_", " ") for name in members], rotation=60, ha="right", fontsize=6)
        axis.legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
