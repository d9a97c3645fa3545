"""Programs of symbolic sizes: JAX gives sizes to StableHLO as numbers in tensors. Here they become sizes of arguments, as `tensor.dim`, and
what jaxlib does not lower to linalg is."""

import math

from jax.extend.mlir import ir

_SCALARS = {"stablehlo.multiply": "arith.muli", "stablehlo.add": "arith.addi", "stablehlo.subtract": "arith.subi"}


class NoSize(Exception):
    """A size that nothing tells, and the location of what needs it."""

    def __init__(self, message, location=None):
        super().__init__(message)
        self.location = location


def make(name, results, operands, at, attributes=None, regions=0):
    """A new operation before another one."""
    with ir.InsertionPoint(at), at.operation.location:
        return ir.Operation.create(name, results=results, operands=operands, attributes=attributes, regions=regions)


def prepare(module, avals, passes):
    """Rewrites a module of StableHLO whose function takes the sizes, in front of arguments of these types. The passes are those that will
    run, and load the dialects of what they make."""
    with module.context, ir.Location.unknown():
        passes.run(ir.Module.create().operation)
        (function,) = [operation for operation in module.body.operations if operation.operation.attributes["sym_name"].value == "main"]
        Sizes(function.operation, avals).rewrite()


def finish(module):
    """Rewrites what is left of sizes in a module of linalg."""
    with module.context, ir.Location.unknown():
        left = []
        _each(module.operation, lambda operation: left.append(operation) if operation.name == "shape.shape_of" else None)
        for operation in left:
            (value,) = operation.operands
            sizes = [_size(value, axis, operation) for axis in range(ir.RankedTensorType(value.type).rank)]
            _replace(operation, make("tensor.from_elements", [operation.results[0].type], sizes, operation))


def _each(root, visit):
    def walk(operation):
        visit(operation.operation)
        return ir.WalkResult.ADVANCE

    root.walk(walk)


def _replace(operation, made):
    operation.results[0].replace_all_uses_with(made.results[0])
    operation.erase()


def _index(number, at):
    index = ir.IndexType.get()
    return make("arith.constant", [index], [], at, {"value": ir.IntegerAttr.get(index, number)}).results[0]


def _size(value, axis, at):
    return make("tensor.dim", [ir.IndexType.get()], [value, _index(axis, at)], at).results[0]


class Sizes:
    """The sizes of a function's arguments, and what is computed of them."""

    def __init__(self, function, avals):
        self.function, self.avals = function, avals
        self.block = function.regions[0].blocks[0]
        self.index, self.known = ir.IndexType.get(), {}

    def rewrite(self):
        self._take_arguments()
        for operation in list(self.block.operations):
            try:
                self._rewrite(operation.operation)
            except NoSize as reason:
                raise NoSize(str(reason), str(operation.location)) from None
        # What computed sizes in tensors is not read any more.
        for operation in reversed(list(self.block.operations)):
            operation = operation.operation
            if operation.name.startswith("stablehlo.") and all(not list(result.uses) for result in operation.results):
                operation.erase()

    def _rewrite(self, operation):
        if operation.name in _SCALARS and str(operation.results[0].type) == "tensor<i32>":
            sizes = [self._scalar(operand, operation) for operand in operation.operands]
            self.known[operation.results[0]] = make(_SCALARS[operation.name], [self.index], sizes, operation).results[0]
        elif operation.name == "stablehlo.dynamic_broadcast_in_dim":
            self._broadcast(operation)
        elif operation.name == "stablehlo.dynamic_reshape":
            self._reshape(operation)
        elif operation.name == "stablehlo.dynamic_iota":
            sizes = self._vector(operation.operands[0], operation)
            shape = ir.RankedTensorType.get([len(sizes)], self.index)
            operation.operands[0] = make("tensor.from_elements", [shape], sizes, operation).results[0]

    def _take_arguments(self):
        """The sizes that the function takes are sizes of its other arguments."""
        attributes = list(self.function.attributes["arg_attrs"])
        names = [attribute["jax.global_constant"].value for attribute in attributes if "jax.global_constant" in attribute]
        first = self.block.operations[0]
        for number, name in enumerate(names):
            value = self.block.arguments[number]
            places = [(place, axis) for place, aval in enumerate(self.avals) for axis, size in enumerate(aval.shape) if str(size) == name]
            if not places:
                raise NoSize(f"the size {name} is no size of an argument")
            place, axis = places[0]
            size = _size(self.block.arguments[len(names) + place], axis, first)
            i32 = ir.IntegerType.get_signless(32)
            number = make("arith.index_cast", [i32], [size], first).results[0]
            made = make("tensor.from_elements", [value.type], [number], first).results[0]
            value.replace_all_uses_with(made)
            self.known[made] = size
        for _ in names:
            self.block.erase_argument(0)
        type_ = ir.FunctionType(ir.TypeAttr(self.function.attributes["function_type"]).value)
        self.function.attributes["function_type"] = ir.TypeAttr.get(ir.FunctionType.get(type_.inputs[len(names) :], type_.results))
        self.function.attributes["arg_attrs"] = ir.ArrayAttr.get(attributes[len(names) :])

    def _scalar(self, value, at):
        """A size in a tensor as an index."""
        if value in self.known:
            return self.known[value]
        owner = value.owner
        if getattr(owner, "name", None) == "stablehlo.reshape":
            return self._scalar(owner.operands[0], at)
        if getattr(owner, "name", None) == "stablehlo.constant":
            return _index(ir.DenseIntElementsAttr(owner.attributes["value"])[0], at)
        raise NoSize(f"{getattr(owner, 'name', 'an argument')} computes a size")

    def _vector(self, value, at):
        """Sizes in a tensor as indices."""
        owner = value.owner
        if getattr(owner, "name", None) == "stablehlo.concatenate":
            return [self._scalar(operand, at) for operand in owner.operands]
        if getattr(owner, "name", None) == "stablehlo.constant":
            return [_index(number, at) for number in ir.DenseIntElementsAttr(owner.attributes["value"])]
        return [self._scalar(value, at)]

    def _broadcast(self, operation):
        """A broadcast whose sizes are known when it runs: a dim is as it was, or was 1."""
        value, sizes = operation.operands[0], self._vector(operation.operands[1], operation)
        taken, given = ir.RankedTensorType(value.type), ir.RankedTensorType(operation.results[0].type)
        dynamic = [size for axis, size in enumerate(sizes) if given.is_dynamic_dim(axis)]
        empty = make("tensor.empty", [given], dynamic, operation).results[0]
        dims = [int(dim) for dim in operation.attributes["broadcast_dimensions"]]
        read = [
            ir.AffineConstantExpr.get(0)
            if not taken.is_dynamic_dim(axis) and taken.get_dim_size(axis) == 1
            else ir.AffineDimExpr.get(dim)
            for axis, dim in enumerate(dims)
        ]
        maps = [ir.AffineMap.get(given.rank, 0, read), ir.AffineMap.get_identity(given.rank)]
        attributes = {
            "indexing_maps": ir.ArrayAttr.get([ir.AffineMapAttr.get(map) for map in maps]),
            "iterator_types": ir.ArrayAttr.get([ir.Attribute.parse("#linalg.iterator_type<parallel>")] * given.rank),
            "operandSegmentSizes": ir.DenseI32ArrayAttr.get([1, 1]),
        }
        made = make("linalg.generic", [given], [value, empty], operation, attributes, 1)
        body = made.regions[0].blocks.append(taken.element_type, taken.element_type, arg_locs=[operation.location] * 2)
        with ir.InsertionPoint(body), operation.location:
            ir.Operation.create("linalg.yield", operands=[body.arguments[0]])
        _replace(operation, made)

    def _reshape(self, operation):
        """A reshape that only takes dims of known size apart, or joins such."""
        value, sizes = operation.operands[0], self._vector(operation.operands[1], operation)
        taken, given = ir.RankedTensorType(value.type), ir.RankedTensorType(operation.results[0].type)
        shape = lambda type_: [None if type_.is_dynamic_dim(axis) else type_.get_dim_size(axis) for axis in range(type_.rank)]  # noqa: E731
        groups = _groups(shape(taken), shape(given))
        if groups is None:
            raise NoSize("stablehlo.dynamic_reshape joins or divides sizes that are not known")
        parts, joined = groups
        i64 = ir.IntegerType.get_signless(64)
        lists = lambda groups: ir.ArrayAttr.get([ir.ArrayAttr.get([ir.IntegerAttr.get(i64, axis) for axis in group]) for group in groups])  # noqa: E731
        flat = [None if shape(taken)[group[0]] is None else math.prod(shape(taken)[axis] for axis in group) for group in parts]
        middle = ir.RankedTensorType.get([ir.ShapedType.get_dynamic_size() if size is None else size for size in flat], taken.element_type)
        if any(len(group) > 1 for group in parts):
            value = make("tensor.collapse_shape", [middle], [value], operation, {"reassociation": lists(parts)}).results[0]
        if any(len(group) > 1 for group in joined):
            dynamic = [size for axis, size in enumerate(sizes) if given.is_dynamic_dim(axis)]
            static = [ir.ShapedType.get_dynamic_size() if size is None else size for size in shape(given)]
            attributes = {"reassociation": lists(joined), "static_output_shape": ir.DenseI64ArrayAttr.get(static)}
            value = make("tensor.expand_shape", [given], [value, *dynamic], operation, attributes).results[0]
        operation.results[0].replace_all_uses_with(value)
        operation.erase()


def _groups(taken, given):
    """Axes of two shapes in groups of as many elements each, where sizes that are not known stand alone. `None`: there are no such groups."""
    left, right = [], []
    one = other = 0
    while one < len(taken) and other < len(given):
        if (taken[one] is None) != (given[other] is None):
            return None
        left.append([one])
        right.append([other])
        while taken[one] is not None:
            sizes = math.prod(taken[axis] for axis in left[-1]), math.prod(given[axis] for axis in right[-1])
            if sizes[0] == sizes[1]:
                break
            group, shape, last = (left[-1], taken, left[-1][-1] + 1) if sizes[0] < sizes[1] else (right[-1], given, right[-1][-1] + 1)
            if last >= len(shape) or shape[last] is None:
                return None
            group.append(last)
        one, other = left[-1][-1] + 1, right[-1][-1] + 1
    return (left, right) if one == len(taken) and other == len(given) else None
