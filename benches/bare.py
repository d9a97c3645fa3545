#!/usr/bin/env python3
"""One launch of a program without PyTorch in the process: what a profiler or a checker watches.

usage: bare.py ARTIFACT [IDS]

Inputs are zeros, sizes that the program leaves open 200. An integer matrix holds the documents that each row's tokens belong to: `sorted` (the default), or `mixed`, where
each document comes in several pieces, in any order.
"""

import math
import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "examples"))
from load import SIZE, Program  # noqa: E402

DOCUMENTS, PIECES, OPEN = 12, 48, 200


def documents(batch, length, order="sorted"):
    """Rows of document numbers, the same in every process."""
    numbers = random.Random(0)
    if order == "sorted":
        return [sorted(numbers.randrange(DOCUMENTS) for _ in range(length)) for _ in range(batch)]
    rows = []
    for _ in range(batch):
        ends = sorted(numbers.sample(range(1, length), PIECES - 1)) + [length]
        owners = [numbers.randrange(DOCUMENTS) for _ in ends]
        rows.append([owner for begin, end, owner in zip([0, *ends], ends, owners) for _ in range(end - begin)])
    return rows


def run(folder, order="sorted"):
    program, shapes, addresses = Program(folder), {}, {}
    for argument in program.manifest["arguments"]:
        shape = [OPEN if size is None else size for size in argument["shape"]]
        raw = bytes(SIZE[argument["dtype"]] * math.prod(shape))
        if argument["dtype"] == "i64" and len(shape) == 2:
            raw = b"".join(number.to_bytes(8, "little") for row in documents(*shape, order) for number in row)
        shapes[argument["name"]], addresses[argument["name"]] = shape, program.driver.upload(raw)
    scope = program.scope(shapes)
    for buffer in program.manifest["results"] + program.manifest.get("temporaries", []):
        size = SIZE[buffer["dtype"]] * math.prod(shapes[buffer["name"]])
        addresses[buffer["name"]] = program.driver.upload(bytes(size))
    program.bind(addresses, scope)()
    program.driver.call("cuCtxSynchronize")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    run(*sys.argv[1:])
