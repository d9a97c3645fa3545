#!/usr/bin/env python3
"""Counts the tiles that kernels execute, by the matrix instructions that the GPU counts: no kernel is changed for it.

usage: tiles.py ARTIFACTS NAME...      (NAME as examples/matrix.py writes it; the first is the one without a mask)

Runs each program once under `ncu` and prints its matrix instructions, their share of the first program's, and the share of
scores that its mask leaves alive. Work in proportion to the live area has the second a little above the third: tiles at the
border of the area are whole.
"""
import math, os, random, re, subprocess, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "examples"))
METRIC = "sm__inst_executed_pipe_tensor_op_gmma.sum"
DOCUMENTS, WINDOW, PREFIX = 12, 256, 256


def documents(batch, length):
    numbers = random.Random(0)
    return [sorted(numbers.randrange(DOCUMENTS) for _ in range(length)) for _ in range(batch)]


def run(folder):
    """One launch on zeros, with documents of random lengths where the program takes them."""
    from load import SIZE, Program

    program, shapes, addresses = Program(folder), {}, {}
    for argument in program.manifest["arguments"]:
        shape, raw = argument["shape"], bytes(SIZE[argument["dtype"]] * math.prod(argument["shape"]))
        if argument["dtype"] == "i64":
            raw = b"".join(number.to_bytes(8, "little") for row in documents(*shape) for number in row)
        shapes[argument["name"]], addresses[argument["name"]] = shape, program.driver.upload(raw)
    scope = program.scope(shapes)
    for buffer in program.manifest["results"] + program.manifest.get("temporaries", []):
        size = SIZE[buffer["dtype"]] * math.prod(shapes[buffer["name"]])
        addresses[buffer["name"]] = program.driver.upload(bytes(size))
    program.bind(addresses, scope)()
    program.driver.call("cuCtxSynchronize")


def live(name):
    """The share of scores that are alive."""
    variant, batch, length = re.fullmatch(r"([a-z]+)_.*_b(\d+)_s(\d+)", name).groups()
    batch, length = int(batch), int(length)
    rows = {
        "causal": lambda i: i + 1,
        "window": lambda i: min(i, WINDOW) + 1,
        "prefix": lambda i: max(i + 1, min(PREFIX, length)),
    }
    if variant == "packed":
        count = 0
        for row in documents(batch, length):
            sizes = [row.count(document) for document in range(DOCUMENTS)]
            count += sum(size * (size + 1) // 2 for size in sizes)
        return count / (batch * length**2)
    return sum(map(rows.get(variant, lambda i: length), range(length))) / length**2


def instructions(folder):
    command = ["ncu", "--metrics", METRIC, "--csv", sys.executable, os.path.abspath(__file__), "--run", folder]
    text = subprocess.run(command, capture_output=True, text=True, check=False)
    counts = re.findall(rf'"{re.escape(METRIC)}","[^"]*","([\d,.]+)"', text.stdout)
    if not counts:
        sys.exit(text.stdout + text.stderr)
    return sum(float(count.replace(",", "")) for count in counts)


def main(artifacts, names):
    full = None
    print("| program | matrix instructions | share | live scores |\n|---|---|---|---|")
    for name in names:
        count = instructions(os.path.join(artifacts, name))
        full = full or count
        print(f"| {name} | {count:.0f} | {100 * count / full:.1f} % | {100 * live(name):.1f} % |", flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--run":
        run(sys.argv[2])
    elif len(sys.argv) > 2:
        main(sys.argv[1], sys.argv[2:])
    else:
        sys.exit(__doc__)
