"""Graphs whose layers are equal, with fewer of them.

What the compiler says of one layer in the middle of equal ones holds for all of them: a graph of 32 layers is imported as one of four.
"""

import torch
from torch import fx

# Repetitions that stay: the first, which what all share may be said to be of, two in the middle, which are compared, and the last.
KEPT = 4
# How many periods are looked at.
TRIED = 8


class Repeats:
    """A graph of which `count` times `period` nodes from `start` on are alike, and what stands for it: `graph`, with the first `KEPT` of them."""

    def __init__(self, original, nodes, start, period, count):
        self.original, self.nodes = original, nodes
        self.start, self.period, self.count = start, period, count
        self.place = {node.name: number for number, node in enumerate(nodes)}
        self.left = (count - KEPT) * period  # how many nodes are left out
        self.graph = self._shortened()

    def _shortened(self):
        first, behind = self.start + KEPT * self.period, self.start + self.count * self.period
        graph, made = fx.Graph(), {}

        def found(used):
            if used not in made:
                place = self.place.get(used.name, behind)
                if place >= behind:  # an argument of the graph
                    raise KeyError(used.name)
                earlier = self.nodes[place - self.left]
                if place - self.left < self.start:
                    raise KeyError(used.name)
                return made[earlier]
            return made[used]

        kept = set(self.nodes[:first] + self.nodes[behind:])
        needed = {used for node in kept if node.op != "output" for used in node.all_input_nodes}
        try:
            for node in self.original.nodes:
                if node.op == "placeholder":
                    if node in needed:
                        made[node] = graph.node_copy(node)
                        made[node].name = node.name
                elif node.op == "output":
                    leaves = torch.utils._pytree.tree_leaves(node.args[0])
                    graph.output(tuple(made[leaf] for leaf in leaves if isinstance(leaf, fx.Node) and leaf in made))
                elif node in kept:
                    made[node] = graph.node_copy(node, found)
                    made[node].name = node.name
        except KeyError:
            return None
        return graph

    def _repetition(self, name):
        """The repetition of a node; negative: in front of them; `KEPT` and more: behind those that are left."""
        place = self.place.get(name)
        if place is None:
            return -1
        behind = self.start + self.count * self.period
        return KEPT if place >= behind else (place - self.start) // self.period

    def _moved(self, name, by):
        """The node so many repetitions further on. What is in front of the second is shared by all."""
        return name if self._repetition(name) < 1 else self.nodes[self.place[name] + by * self.period].name

    def extended(self, found):
        """What was found of the short graph, of the whole one. `None`: repetitions are not alike after all."""
        middle = [entry for entry in found.fusions if self._repetition(entry[0]) == KEPT - 2]
        last = [entry for entry in found.fusions if self._repetition(entry[0]) == KEPT - 1]
        moved = [self._moved_fusion(entry, 1) for entry in middle]
        if sorted(map(repr, map(_ordered, moved))) != sorted(map(repr, map(_ordered, last))):
            return None
        inside = {node.name for node in self.nodes[self.start + (KEPT - 2) * self.period :][: self.period]}
        for names in (found.views, found.cheap, found.seeded, found.opaque.keys()):
            here = {self._moved(name, 1) for name in names if name in inside}
            if here != {name for name in names if self._repetition(name) == KEPT - 1}:
                return None
        fusions, ends = [], []
        for root, counts in found.fusions:
            if self._repetition(root) < KEPT:
                fusions.append((root, counts))
            else:
                ends.append((root, {self._from_behind(name): count for name, count in counts.items()}))
        refusals = list(found.refusals)
        for by in range(2, self.count - KEPT + 2):
            fusions += [self._moved_fusion(entry, by) for entry in middle]
            for names in (found.views, found.cheap, found.seeded):
                names.update([self._moved(name, by) for name in names if name in inside])
            found.opaque.update({self._moved(name, by): why for name, why in found.opaque.items() if name in inside})
            for refusal in refusals:
                name, _, why = refusal.partition(": ")
                if name in inside:
                    found.refusals.append(f"{self._moved(name, by)}: {why}")
        found.fusions = fusions + ends
        return found

    def _moved_fusion(self, entry, by):
        root, counts = entry
        return self._moved(root, by), {self._moved(name, by): count for name, count in counts.items()}

    def _from_behind(self, name):
        """The node that one of the short graph stands for, as what is behind the repetitions sees it."""
        repetition = self._repetition(name)
        if 1 < repetition < KEPT:
            return self.nodes[self.place[name] + self.left].name
        return name


def _ordered(entry):
    return entry[0], sorted(entry[1].items())


def of(graph):
    """The repetitions of a graph, if it has so many that it is worth it."""
    nodes = [node for node in graph.nodes if node.op not in ("placeholder", "output")]
    numbers = {}
    outside = {used for used in graph.output_node().all_input_nodes}
    signs = torch.tensor([numbers.setdefault(_sign(node, outside), len(numbers)) for node in nodes], dtype=torch.int64)
    runs = []
    for period in range(4, len(nodes) // (KEPT + 1) + 1):
        start, length = _longest_run(signs[period:] == signs[:-period])
        if length >= KEPT * period:
            runs.append((length + period - KEPT * period, period, start, length))
    # Layers whose nodes are alike may read different ones in turn: then several are one repetition.
    for _, period, start, length in sorted(runs, reverse=True)[:TRIED]:
        found = _repeated(graph, nodes, period, start, length)
        if found is not None:
            return found
    return None


def _repeated(graph, nodes, period, start, length):
    place = {node: number for number, node in enumerate(nodes)}
    alike = _alike(nodes, place, period, start, start + length)
    begin, length = _longest_run(torch.tensor(alike, dtype=torch.bool))
    count = (length + period) // period
    if count <= KEPT:
        return None
    repeats = Repeats(graph, nodes, start + begin, period, count)
    return repeats if repeats.graph is not None else None


def _longest_run(same):
    """Where the longest run of `True` begins, and how long it is."""
    if not len(same):
        return 0, 0
    ends = torch.cat([torch.tensor([-1]), (~same).nonzero().flatten(), torch.tensor([len(same)])])
    lengths = ends.diff() - 1
    longest = int(lengths.argmax())
    return int(ends[longest]) + 1, int(lengths[longest])


def _alike(nodes, place, period, start, end):
    """Whether nodes read the same as those one repetition further on: nodes one repetition further on, too, or the same ones, or arguments
    of the graph that are alike, each in place of one."""
    alike, moved, fixed = [], {}, set()
    for number in range(start, end):
        node, later = nodes[number], nodes[number + period]
        fine = True
        for one, other in zip(node.all_input_nodes, later.all_input_nodes):
            if one is other:
                fine &= place.get(one, -1) < start + period and one not in moved
                fixed.add(one)
            elif one in place and place.get(other) == place[one] + period:
                continue
            else:
                fine &= _is_given(one, place, start) and _is_given(other, place, start) and _like(one, other) and moved.setdefault(one, other) is other and one not in fixed
        alike.append(fine)
    return alike


def _is_given(node, place, start):
    """Whether a node is an argument of the graph, or made from nothing in front of what repeats."""
    return node not in place or place[node] < start and not node.all_input_nodes


def _like(one, other):
    """Whether two such nodes are the same but for their names. What readers see of them has been compared."""
    return one.op == other.op and (one.op in ("placeholder", "get_attr") or _sign(one, ()) == _sign(other, ()))


def _sign(node, outside):
    """What tells a node from others, but for which nodes it reads."""
    arguments = fx.node.map_arg((node.args, node.kwargs), _described)
    return f"{node.op} {node.target} {arguments} {_described(node)} {node in outside}"


def _described(node):
    value = node.meta.get("example_value")
    leaves = torch.utils._pytree.tree_leaves(value)
    shown = [f"{tuple(leaf.shape)} {leaf.stride()} {leaf.dtype} {leaf.device} {type(leaf).__name__}" if isinstance(leaf, torch.Tensor) else str(leaf) for leaf in leaves]
    return f"<{', '.join(shown)}>"
