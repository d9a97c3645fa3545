"""Which nodes of a graph become one op: those that the compiler fuses, for graphs of any library.

Nothing here knows what attention looks like. `raise` says which nodes each fused op covers, and what lies between and around those is
added: nodes on a way from one to another, views of what is read and written, and cheap values, such as masks, that several regions
compute from less than they are.

A node has a `name`, `all_input_nodes` and `users`, as those of `torch.fx` have.
"""


class NoRegion(Exception):
    """Why nodes cannot be one op."""


class Cutter:
    """Cuts a graph. `fusions` has, per fused op, the name of the node of its contraction, and how many ops of each node it covers; `views`
    are names of nodes that compute nothing, and `cheap` of those that compute elementwise, or move elements, or make them from nothing."""

    def __init__(self, nodes, fusions, views, cheap):
        self.nodes = list(nodes)
        self.place = {node: number for number, node in enumerate(self.nodes)}
        self.named = {node.name: node for node in self.nodes}
        self.fusions, self.views, self.cheap = fusions, views, cheap
        self.reasons = []

    def run(self):
        """The regions, and why fused ops became none."""
        regions = []
        for seeds in self._groups():
            try:
                regions.append(self.region(self._members(seeds)))
            except NoRegion as reason:
                self.reasons.append(str(reason))
        return regions, self.reasons

    # What a library says of its nodes.

    def is_call(self, node):
        """Whether a node may be part of a region."""
        raise NotImplementedError

    def why_not(self, node):
        """Why a node cannot be part of one."""
        raise NotImplementedError

    def elements(self, node):
        """How many elements the values of a node have."""
        raise NotImplementedError

    def region(self, members):
        """The region of these nodes."""
        raise NotImplementedError

    def is_tensor(self, node):
        """Whether the value of a node is a tensor."""
        return True

    def is_scalar(self, node):
        """Whether the value of a node is a number of the host."""
        return False

    def is_index(self, node):
        """Whether the value of a node is integers or booleans."""
        return False

    def is_tuple(self, node):
        """Whether the value of a node is several values, and other nodes take them apart."""
        return False

    def taken_from(self, node):
        """The node whose values a node takes apart."""
        return None

    def is_constant(self, node):
        """Whether a node is an attribute of the graph."""
        return False

    def is_written(self, node):
        """Whether something writes to the value of a node later."""
        return False

    # What nodes are.

    def is_view(self, node):
        return node.name in self.views and self.is_call(node)

    def is_heavy(self, node):
        return not (node.name in self.views or node.name in self.cheap or self.is_constant(node) or self.is_scalar(node))

    # Which nodes belong together.

    def _groups(self):
        """Sets of nodes: one per fused op, or per several that share more than cheap values."""
        groups = []
        for nodes in self._covered():
            try:
                nodes = self._close(nodes)
                shared = [group for group in groups if any(self.is_heavy(node) for node in group & nodes)]
                for group in shared:
                    nodes = self._close(nodes | group)
                groups = [group for group in groups if group not in shared] + [nodes]
            except NoRegion as reason:
                self.reasons.append(str(reason))
        return sorted(groups, key=lambda group: min(self.place[node] for node in group))

    def _covered(self):
        """The nodes of each fused op."""
        covered = [(self.named[root], counts) for root, counts in self.fusions if root in self.named]
        before = {root: self._before(root) for root, _ in covered}
        for root, counts in covered:
            nodes = {self.named[name] for name in counts if name in self.named}
            for other, others in covered:
                if others is counts:
                    continue
                # Equal ops of several nodes are one in the program, and are said to be of the first of those nodes.
                for node in [node for node in nodes if node.name in others and self.is_heavy(node)]:
                    less = counts[node.name] < others[node.name]
                    later = counts[node.name] == others[node.name] and node in before[other]
                    if less or later and (other in before[root] or node not in before[root]):
                        nodes.discard(node)
            yield {node for node in nodes | {root} if self.is_call(node)}

    def _before(self, node):
        """A node and all that it follows from."""
        before, pending = {node}, [node]
        while pending:
            for used in pending.pop().all_input_nodes:
                if used not in before:
                    before.add(used)
                    pending.append(used)
        return before

    def _close(self, nodes):
        """Adds the nodes on ways from one to another."""
        heavy = {node for node in nodes if self.is_heavy(node)}
        if not heavy:
            raise NoRegion("a fused op of no node")
        first, last = min(map(self.place.get, nodes)), max(map(self.place.get, nodes))
        after, before = set(heavy), set(heavy)
        for node in self.nodes[first : last + 1]:
            if any(used in after for used in node.all_input_nodes):
                after.add(node)
        for node in reversed(self.nodes[first : last + 1]):
            if any(user in before for user in node.users):
                before.add(node)
        between = (after & before) - nodes
        for node in between:
            if not self.is_call(node):
                raise NoRegion(f"{node.name}: {self.why_not(node)}")
        return nodes | between

    # What a region is made of.

    def _members(self, seeds):
        """The nodes of a region around these."""
        members = set(seeds)
        while True:
            size = len(members)
            self._take_producers(members)
            self._take_readers(members)
            if len(members) == size:
                break
        self._take_indices(members)
        self._drop_unread(members)
        return members

    def boundary(self, members):
        """The members in order, what they read, and which of them others read that follow from something heavy."""
        nodes = self._in_canonical_order(members)
        inputs = list(dict.fromkeys(used for node in nodes for used in node.all_input_nodes if used not in members))
        after = self._after_heavy(nodes)
        outputs = [node for node in nodes if node in after and any(user not in members for user in node.users)]
        return nodes, inputs, outputs

    def _in_canonical_order(self, members):
        """Members behind what they read, in an order that does not depend on where they are in the graph: equal regions are equal ops."""
        ordered = {}
        for last in sorted(members, key=self.place.get):
            pending = [] if any(user in members for user in last.users) else [last]
            while pending:
                node = pending[-1]
                missing = [used for used in node.all_input_nodes if used in members and used not in ordered]
                pending.extend(reversed(missing))
                if not missing:
                    ordered[pending.pop()] = True
        return list(ordered)

    def _after_heavy(self, nodes):
        after = set()
        for node in nodes:
            if self.is_heavy(node) or any(used in after for used in node.all_input_nodes):
                after.add(node)
        return after

    def _take_producers(self, members):
        """Views and sizes that are read become members, and cheap values that are larger than what they are computed from; cheap
        members that others need, too, and are no larger, become inputs."""
        heavy = self._after_heavy(sorted(members, key=self.place.get))
        for node in list(members):
            if node in heavy or node.name not in self.cheap or not self.is_tensor(node):
                continue
            elsewhere = any(user not in members for user in node.users)
            if self.is_written(node) or elsewhere and not self._grows(node):
                members.discard(node)
        pending = list(members)
        while pending:
            node = pending.pop()
            for used in node.all_input_nodes:
                if used not in members and self._belongs_to_readers(used):
                    members.add(used)
                    pending.append(used)

    def _take_indices(self, members):
        """Cheap indices that follow from what is read anyway become members: masks are then comparisons of the same data."""
        while True:
            _, inputs, _ = self.boundary(members)
            known = members.union(inputs)
            ways = [self._way(node, known - {node}) for node in inputs if self.is_tensor(node) and self.is_index(node)]
            taken = set().union(*(way for way in ways if way is not None))
            if not taken:
                return
            members |= taken

    def _way(self, node, known):
        """The cheap nodes by which a node follows from known ones."""
        way, pending = {node}, [node]
        while pending:
            node = pending.pop()
            cheap = node.name in self.cheap or self.is_view(node)
            if not cheap or not self.is_call(node) or self.is_written(node):
                return None
            new = {used for used in node.all_input_nodes if used not in known and not self.is_scalar(used)} - way
            way |= new
            pending.extend(new)
        return way

    def _grows(self, node):
        """Whether a cheap value has more elements than all that it is computed from."""
        leaves, pending, seen = set(), [node], set()
        while pending:
            for used in pending.pop().all_input_nodes:
                if used in seen or self.is_scalar(used):
                    continue
                seen.add(used)
                if used.name in self.cheap or self.is_view(used):
                    pending.append(used)
                else:
                    leaves.add(used)
        return self.elements(node) > sum(self.elements(leaf) for leaf in leaves)

    def _take_readers(self, members):
        """A view that is all that reads a value becomes a member: the value is written as the view has it."""
        for node in sorted(members, key=self.place.get):
            users = [user for user in node.users if user not in members]
            if self.is_tuple(node):
                members.update(user for user in users if self.is_call(user) and self.taken_from(user) is node)
                continue
            if len(users) != 1 or not self.is_tensor(node) or node not in self._after_heavy(sorted(members, key=self.place.get)):
                continue
            user = users[0]
            known = all(used in members or self.is_scalar(used) for used in user.all_input_nodes)
            if len(node.users) == 1 and self.is_view(user) and self.is_tensor(user) and known:
                members.add(user)

    def _drop_unread(self, members):
        """Members that only others read are left where they were."""
        while True:
            heavy = self._after_heavy(sorted(members, key=self.place.get))
            unread = {node for node in members if node not in heavy and not any(user in members for user in node.users)}
            if not unread:
                return
            members -= unread

    def _belongs_to_readers(self, node):
        """Whether a node is computed in each region that reads it."""
        if self.is_constant(node):
            return not self.is_tensor(node) and not self.is_scalar(node)
        if not self.is_call(node) or self.is_written(node):
            return False
        if self.is_scalar(node):
            return all(self.is_scalar(used) for used in node.all_input_nodes)
        source = self.taken_from(node)
        if source is not None:
            return self._belongs_to_readers(source)  # a tuple is nothing that a region can read
        return self.is_view(node) or node.name in self.cheap and self._grows(node)
