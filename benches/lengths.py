"""The programs of examples/export_dynamic.py at many sizes: inputs, and the truth by the program's own PyTorch function in f64."""

import itertools
from dataclasses import dataclass
from typing import Callable

import torch
from export_dynamic import cases

LENGTHS = 1, 7, 63, 64, 65, 1000, 4097
PAIRS = [(length, length) for length in LENGTHS] + [(1, 4097), (4097, 7), (65, 1000), (1000, 63)]
PIECE = 150
BATCHES_AND_HEADS = (2, 3), (1, 1), (3, 2), (1, 4), (2, 1), (1, 2), (1, 3)


@dataclass
class Sized:
    """A program at sizes: `sizes` maps B, H, S (queries) and T (keys) to numbers."""

    program: str
    sizes: dict
    # Yields parts that the truth is computed for: arguments, a function that cuts the part out of a result, and which of the
    # part's queries count. All is one part where None.
    parts: Callable = None

    @property
    def name(self):
        return self.program + "@" + "x".join(f"{name}{size}" for name, size in self.sizes.items())

    def load(self):
        """The function, and inputs for it."""
        torch.manual_seed(0)
        function, examples, dynamic = cases()[self.program]
        arguments = []
        torch.manual_seed(1)
        for example, names in zip(examples, dynamic):
            shape = [self.sizes[names[dim].__name__] if dim in (names or {}) else size for dim, size in enumerate(example.shape)]
            arguments.append(self.fill(shape, example.dtype))
        return function, arguments

    def fill(self, shape, dtype):
        if dtype == torch.int64 and len(shape) == 2:  # documents: in order along the first row, in pieces elsewhere
            pieces = torch.randint(0, 20, (shape[0], -(-shape[1] // PIECE)), device="cuda")
            pieces[0] = pieces[0].sort().values
            return pieces.repeat_interleave(PIECE, 1)[:, : shape[1]].contiguous()
        if dtype == torch.int64:  # numbers of keys
            return torch.randint(1, self.sizes["T"] + 1, shape, device="cuda")
        if dtype == torch.bool:  # the first key of a row is never masked
            return (torch.rand(shape, device="cuda", dtype=torch.float16) > 0.3).index_fill_(-1, torch.zeros(1, device="cuda", dtype=torch.int64), True)
        return torch.randn(shape, device="cuda", dtype=dtype)

    def expected(self, function, arguments):
        """Per part: what cuts it out of a result, the truth in f64, and what PyTorch makes of it in the program's own types."""
        if not self.parts:
            yield lambda result: result, run(function, to_f64(arguments)), run(function, arguments)
            return
        for arguments, cut, rows in self.parts(self.sizes, arguments):
            truth, eager = ([result[..., rows, :] for result in run(function, own)] for own in (to_f64(arguments), arguments))
            yield cut, truth, eager


def to_f64(tensors):
    return [tensor.double() if tensor.is_floating_point() else tensor for tensor in tensors]


def run(function, arguments):
    """The function on the GPU, its results as a tuple."""
    if isinstance(function, torch.nn.Module):
        function = function.to("cuda", arguments[0].dtype).eval()
    with torch.device("cuda"), torch.no_grad():
        results = function(*arguments)
    return results if isinstance(results, tuple) else (results,)


def all_lengths():
    """Every program at every length, with batches and heads that vary."""
    for program, (_, _, dynamic) in cases().items():
        names = {dim.__name__ for dims in dynamic for dim in (dims or {}).values()}
        for (queries, keys), (batch, heads) in zip(PAIRS, itertools.cycle(BATCHES_AND_HEADS)):
            if queries != keys and not {"S", "T"} <= names:
                continue
            sizes = {"B": batch, "H": heads, "S": queries, "T": keys}
            yield Sized(program, {name: size for name, size in sizes.items() if name in names})


def last_rows(sizes, arguments):
    """The last rows of some heads, of a program that masks keys by their distance from the query, at most 512."""
    for batch, head in {(0, 0), (sizes["B"] // 2, sizes["H"] // 2), (sizes["B"] - 1, sizes["H"] - 1)}:
        place = slice(batch, batch + 1), slice(head, head + 1)
        near = [tensor[place][:, :, -1024:] for tensor in arguments]
        yield near, lambda result, place=place: result[place][:, :, -512:], slice(512, None)


def rows_of_mask(sizes, arguments):
    """The first and the last queries of the last batch, with their rows of the mask, which is the last argument."""
    q, k, v, mask = arguments
    for rows in slice(0, 128), slice(sizes["S"] - 128, sizes["S"]):
        near = [q[-1:, :, rows], k[-1:], v[-1:], mask[-1:, :, rows]]
        yield near, lambda result, rows=rows: result[-1:, :, rows], slice(None)


def wide():
    """Tensors of more than 2^31 elements: queries, keys, values and results of one program, the masks of two."""
    yield Sized("sliding", {"B": 64, "H": 32, "S": 16400}, last_rows)
    for program in "bool_mask", "bias_mask":
        yield Sized(program, {"B": 2, "H": 1, "S": 33000, "T": 33000}, rows_of_mask)
