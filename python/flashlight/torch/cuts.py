"""What becomes of graphs, kept on disk for other processes: nothing is traced or imported again.

Nodes are written as their places. An entry has what was found for graphs of one text (`keys`), which may differ in what was found out about
their symbols on the way: the guards of one are checked, and made anew, where it is used.
"""

import functools
import hashlib
import json
import logging

from .. import cache
from . import keys, ops
from .contexts import Mode
from .regions import Region

log = logging.getLogger("flashlight")
# Of graphs of one text.
KEPT = 8


def _none_if_it_fails(function):
    """A cache that does not work is none."""

    @functools.wraps(function)
    def guarded(*given):
        try:
            return function(*given)
        except keys.Unknown:
            return None
        except Exception:
            log.debug("a cut is not kept", exc_info=True)
            return None

    return guarded


class Place:
    """Where the cut of a graph is kept, for a graph as it is before it is cut."""

    def __init__(self, module, options, written):
        self.module, self.nodes = module, list(module.graph.nodes)
        self.environment, self.sizes = written.environment, list(written.sizes.values())
        self.known = self._known()
        targets = sorted(f"{device} {_target(device)}" for device in written.devices)
        parts = (keys.versions(), *targets, f"{options.strict_masks} {options.f32}", written.text)
        self.name = f"{cache.key('cpu', *parts)}{cache.CUT}"

    def _known(self):
        """How much is known of symbols: changes as a graph is looked at."""
        known = self.environment
        if known is None:
            return None
        return len(known.guards), dict(known.replacements), dict(known.var_to_range), sum(map(len, known.deferred_runtime_asserts.values()))

    def _names(self):
        return hashlib.sha256("\n".join(node.name for node in self.nodes).encode()).hexdigest()

    def _entries(self):
        return json.loads(cache.read(self.name) or "[]")

    @_none_if_it_fails
    def find(self, options):
        """The cut of this graph, if there is one and its programs are there."""
        for entry in self._entries():
            if entry["left"] and entry["names"] != self._names():
                continue  # reasons have names in them
            loaded = [ops.loaded(record, options) for record in entry["ops"]]
            if None not in loaded and self._holds(entry["guards"]):
                return Cut(entry, self.nodes, loaded)
        return None

    def _holds(self, guards):
        if not guards:
            return True
        hints = [size.node.hint for size in self.sizes]
        if not self.environment.evaluate_guards_expression(guards, hints):
            return False
        return bool(self.environment.evaluate_guards_expression(guards, self.sizes))

    @_none_if_it_fails
    def keep(self, merged, opaque, fused, left):
        """Keeps a cut: names of nodes and of those that stand for them, names of those that stay what and where they are, regions with their
        operators, and why others are none."""
        guards = self._guards()
        place = {node: number for number, node in enumerate(self.nodes)}
        named = {node.name: number for node, number in place.items()}
        operators = list(dict.fromkeys(operator for _, operator in fused))
        if guards is None or any(operator.record is None for operator in operators):
            return
        regions = [
            {
                "nodes": [place[node] for node in region.nodes],
                "inputs": [place[node] for node in region.inputs],
                "outputs": [place[node] for node in region.outputs],
                "before": place[region.before],
                "mode": region.mode.written(),
                "op": operators.index(operator),
            }
            for region, operator in fused
        ]
        entry = {
            "guards": guards,
            "names": self._names(),
            "left": left,
            "merged": [(named[name], named[first]) for name, first in merged.items()],
            "opaque": [named[name] for name in opaque if name in named],
            "regions": regions,
            "ops": [operator.record for operator in operators],
        }
        kept = [entry, *(other for other in self._entries() if other["guards"] != guards or other["names"] != entry["names"])]
        cache.write(self.name, json.dumps(kept[:KEPT]).encode())

    def _guards(self):
        """The guards that were made meanwhile, over the sizes that the graph is given. `None`: more changed than that."""
        if self.known == self._known():
            return ""
        count, (_, _, _, asserts) = self.known[0], self.known
        new = self.environment.guards[count:]
        if not new or asserts != self._known()[3]:
            return None
        return self.environment.produce_guards_expression(self.sizes, guards=new)


class Cut:
    """A cut of a graph that was found before."""

    def __init__(self, entry, nodes, loaded):
        self.entry, self.nodes, self.loaded = entry, nodes, loaded
        self.left = entry["left"]
        self.opaque = {nodes[number].name for number in entry["opaque"]}

    def merge(self):
        """Replaces nodes by equal ones."""
        for number, first in self.entry["merged"]:
            node = self.nodes[number]
            node.replace_all_uses_with(self.nodes[first])
            node.graph.erase_node(node)

    def fused(self, options):
        """The regions and their operators."""
        made = []
        for entry in self.entry["regions"]:
            nodes, inputs, outputs = ([self.nodes[number] for number in entry[kind]] for kind in ("nodes", "inputs", "outputs"))
            region = Region(nodes, inputs, outputs, self.nodes[entry["before"]], Mode.read(entry["mode"]))
            made.append((region, ops.op_known(region, options, *self.loaded[entry["op"]])))
        return made


@_none_if_it_fails
def of(module, options):
    """Where the cut of a graph is kept. `None`: nothing is, or the graph cannot be told from others with certainty."""
    if cache.folder() is None:
        return None
    return Place(module, options, keys.of_graph(module))


def _target(device):
    if device.type != "cuda":
        return device.type
    try:
        return ops.gpu_target(device)
    except ops.Refusal as refusal:
        return str(refusal)

