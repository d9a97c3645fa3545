"""Graphs of equal layers are imported with few of them, and what is found holds for all."""

import pytest
import torch
from support import compiled, fused

from flashlight.torch import regions, repeats

WIDTH, HEADS = 32, 2


class Layer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.inner, self.outer = torch.nn.Linear(WIDTH, 3 * WIDTH), torch.nn.Linear(WIDTH, WIDTH)

    def forward(self, x, window):
        q, k, v = (part.unflatten(-1, (HEADS, -1)).transpose(1, 2) for part in self.inner(x).chunk(3, -1))
        keep = window if isinstance(window, torch.Tensor) else mask(x, window)
        scores = (q @ k.transpose(-2, -1)).masked_fill(~keep, float("-inf"))
        return x + self.outer((torch.softmax(scores, -1) @ v).transpose(1, 2).flatten(2))


def mask(x, window):
    places = torch.arange(x.size(1))
    distance = places[:, None] - places
    return (distance >= 0) & (distance < window)


class Layers(torch.nn.Module):
    """Windows in turn, each layer with a mask of its own or with that of its kind; results of some layers are results of the whole."""

    def __init__(self, windows, shown=(), shared=False):
        super().__init__()
        self.windows, self.shown, self.shared = windows, shown, shared
        self.layers = torch.nn.ModuleList([Layer() for _ in windows])

    def forward(self, x):
        shown, windows = [], self.windows
        if self.shared:
            masks = {window: mask(x, window) for window in sorted(set(windows))}
            windows = [masks[window] for window in windows]
        for number, (layer, window) in enumerate(zip(self.layers, windows)):
            x = layer(x, window)
            if number in self.shown:
                shown.append(x)
        return (x.relu(), *shown)


MODELS = {
    "equal": (lambda: Layers([8] * 9), 9),
    "in turn": (lambda: Layers([8, 3] * 7), 14),
    "masks in turn": (lambda: Layers([8, 3] * 8, shared=True), 16),
    "all of them shown": (lambda: Layers([8] * 9, range(9)), 9),
    "one of them shown": (lambda: Layers([8] * 9, [4]), 9),
    "another one in the middle": (lambda: Layers([8] * 4 + [3] + [8] * 7), 12),
}


@pytest.mark.parametrize("name", MODELS)
def test_what_is_found_of_few_layers_is_what_is_found_of_all(name, monkeypatch):
    make, count = MODELS[name]
    model, whole, told = make(), regions.discover, []

    def both(module, options, modes):
        short = repeats.of(module.graph)
        with monkeypatch.context() as without:
            without.setattr(repeats, "of", lambda graph: None)
            expected = whole(module, options, modes)
        found = whole(module, options, modes)
        told.append((len(module.graph.nodes), short and len(short.graph.nodes), found, expected))
        return found

    monkeypatch.setattr(regions, "discover", both)
    x = torch.randn(1, 16, WIDTH)
    with torch.no_grad():
        for ours, theirs in zip(compiled(model)(x), model(x)):
            torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-4)
    assert fused() == [count]
    ((nodes, short, found, expected),) = told
    if "one" not in name:
        assert short < nodes * 0.8
    assert sorted(map(str, found.fusions)) == sorted(map(str, expected.fusions))
    for kind in ("views", "cheap", "seeded", "opaque", "refusals"):
        assert getattr(found, kind) == getattr(expected, kind), kind
