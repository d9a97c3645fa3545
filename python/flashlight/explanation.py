"""What became of functions, and why, as frontends tell it."""

from dataclasses import dataclass, field


@dataclass
class Fused:
    """A region: its nodes, the lines of Python that they come from, and what the compiler says of it."""

    nodes: list[str]
    lines: list[str]
    account: str


@dataclass
class Explanation:
    """The regions of graphs, and why attention is left. Its text is for people."""

    fused: list[Fused] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    graphs: int = 0

    def __str__(self):
        parts = [f"{self.graphs} graph(s), {len(self.fused)} region(s), {len(self.left)} reason(s) why something is left"]
        for number, region in enumerate(self.fused):
            parts.append(f"region {number}: {', '.join(region.nodes)}")
            parts += [f"  {line}" for line in region.lines]
            parts += [f"  {line}" for line in region.account.splitlines()]
        parts += [f"left: {reason}" for reason in self.left]
        return "\n".join(parts)
