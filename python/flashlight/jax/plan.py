"""How a program is computed: its regions as operations, its other steps as they are, and the same in loops and branches."""

import heapq

import jax
from jax.extend import core

from . import graph, regions

# Steps whose programs are computed as they are given, and may have regions in them.
_NESTED = {"scan", "while", "cond", "checkpoint", "remat2", "jit", "pjit", "custom_jvp_call", "custom_vjp_call"}


class Plan:
    """A program with its regions found. `call` computes one of them, by its values. `differentiable`: it will be differentiated, maybe."""

    def __init__(self, closed, options, platform, call, differentiable=False):
        self.options, self.platform, self.call, self.differentiable = options, platform, call, differentiable
        self.graph = graph.Graph(closed, differentiable)
        nodes = self.graph.live()
        found = regions.discover(nodes, platform, options.strict_masks)
        self.regions, reasons = regions.cut(nodes, found)
        lines = {node.name: node.line for node in nodes if node.kind == "step"}
        said = lambda reasons: [f"{lines[name]}: {reason}" if name in lines else reason for name, reason in reasons]  # noqa: E731
        self.left, self.noted = said([*found.refusals, *reasons]), said(found.noted)
        self.inner = []
        self.order = self._order(nodes)
        for item in self.order:
            if isinstance(item, graph.Node) and item.primitive.name in _NESTED:
                item.parameters = {name: self._planned(value) for name, value in item.parameters.items()}

    def __bool__(self):
        """Whether there are regions in it."""
        return bool(self.regions) or any(self.inner)

    def walk(self):
        """The plan, and those of programs in its steps."""
        yield self
        for plan in self.inner:
            yield from plan.walk()

    def compute(self, *arguments):
        """Computes the program."""
        known = dict(zip(self.graph.inputs, arguments))
        known.update((node.results[0], node.value) for node in self.graph.nodes if node.kind == "constant")
        for item in self.order:
            if isinstance(item, graph.Node):
                graph.evaluate([item], known, [])
            else:
                results = self.call(item, self.options, *[known[value] for value in item.inputs])
                known.update(zip(item.outputs, results))
        return graph.evaluate([], known, self.graph.output.operands)

    def _planned(self, value):
        """A parameter of a step, with regions in the programs that it is or has."""
        if isinstance(value, (tuple, list)):
            return type(value)(map(self._planned, value)) if any(isinstance(part, core.ClosedJaxpr) for part in value) else value
        if isinstance(value, core.ClosedJaxpr):
            closed = value
        elif isinstance(value, core.Jaxpr) and not value.constvars:
            closed = core.ClosedJaxpr(value, ())
        else:
            return value
        if closed.effects:
            return value
        plan = Plan(closed, self.options, self.platform, self.call, self.differentiable)
        self.inner.append(plan)
        if not plan:
            return value
        made = jax.make_jaxpr(plan.compute)(*graph.arguments(closed.in_avals))
        if made.consts:
            return value
        return made if isinstance(value, core.ClosedJaxpr) else made.jaxpr

    def _order(self, nodes):
        """Regions and the nodes that are needed beside them, behind what they read."""
        while True:
            order, stuck = self._sorted(nodes)
            if not stuck:
                return order
            # Regions that wait for each other cannot all be one op each.
            region = stuck[0]
            self.regions.remove(region)
            self.left.append(f"{region.lines[0]}: it would wait for what waits for it")

    def _sorted(self, nodes):
        makers = {value: region for region in self.regions for value in region.outputs}
        place = {node: node.number for node in nodes}
        place.update((region, region.nodes[-1].number) for region in self.regions)
        values = lambda item: item.operands if isinstance(item, graph.Node) else item.inputs  # noqa: E731
        needed, pending = {}, [self.graph.output]
        while pending:
            item = pending.pop()
            if item in needed:
                continue
            read = [value for value in values(item) if isinstance(value, graph.Value)]
            needed[item] = list(dict.fromkeys(makers.get(value, value.maker) for value in read))
            pending.extend(needed[item])
        users, missing = {}, {}
        for item, sources in needed.items():
            missing[item] = len(sources)
            for source in sources:
                users.setdefault(source, []).append(item)
        ready, order = [(place[item], id(item), item) for item, count in missing.items() if not count], []
        heapq.heapify(ready)
        while ready:
            _, _, item = heapq.heappop(ready)
            order.append(item)
            for user in users.get(item, []):
                missing[user] -= 1
                if not missing[user]:
                    heapq.heappush(ready, (place[user], id(user), user))
        stuck = [item for item in needed if missing[item] and isinstance(item, regions.Region)]
        return [item for item in order if not isinstance(item, graph.Node) or item.kind == "step"], stuck
