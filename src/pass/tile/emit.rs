//! Builders of the ops tiles are made of: index arithmetic, slices, pads, generics, loops.

use crate::{
    choices,
    dialect::ops::DYNAMIC,
    ffi,
    ir::{self, Attr, Builder, Element, Op, Type, Val},
};
use melior::ir::{AffineExpr, AffineMap};

/// A size or offset: known now, or a value of type index.
#[derive(Clone, Copy, Debug)]
pub enum Ix<'c> {
    Known(i64),
    Value(Val<'c>),
}

impl<'c> Ix<'c> {
    /// The number, if known.
    pub fn known(self) -> Option<i64> {
        match self {
            Self::Known(number) => Some(number),
            Self::Value(_) => None,
        }
    }

    /// Whether both are surely equal.
    pub fn same(self, other: Self) -> bool {
        match (self, other) {
            (Self::Known(a), Self::Known(b)) => a == b,
            (Self::Value(a), Self::Value(b)) => a == b,
            _ => false,
        }
    }

    /// As a value of type index.
    pub fn value(self, b: &Builder<'c>) -> Val<'c> {
        match self {
            Self::Known(number) => b.index(number),
            Self::Value(value) => value,
        }
    }

    /// The sum.
    pub fn plus(self, b: &Builder<'c>, other: Self) -> Self {
        match (self, other) {
            (Self::Known(x), Self::Known(y)) => Self::Known(x + y),
            (x, Self::Known(0)) | (Self::Known(0), x) => x,
            (x, y) => Self::Value(b.binary("arith.addi", x.value(b), y.value(b))),
        }
    }

    /// The difference.
    pub fn minus(self, b: &Builder<'c>, other: Self) -> Self {
        match (self, other) {
            (Self::Known(x), Self::Known(y)) => Self::Known(x - y),
            (x, Self::Known(0)) => x,
            (x, y) => Self::Value(b.binary("arith.subi", x.value(b), y.value(b))),
        }
    }

    /// The product with a number.
    pub fn times(self, b: &Builder<'c>, factor: i64) -> Self {
        match (self, factor) {
            (Self::Known(x), factor) => Self::Known(x * factor),
            (_, 0) => Self::Known(0),
            (x, 1) => x,
            (x, factor) => Self::Value(b.binary("arith.muli", x.value(b), b.index(factor))),
        }
    }

    /// The quotient by a positive number, rounded down. The dividend is not negative.
    pub fn floor_div(self, b: &Builder<'c>, by: i64) -> Self {
        match (self, by) {
            (Self::Known(x), by) => Self::Known(x.div_euclid(by)),
            (x, 1) => x,
            (x, by) => Self::Value(b.binary("arith.divui", x.value(b), b.index(by))),
        }
    }

    /// The remainder by a positive number. The dividend is not negative.
    pub fn rem(self, b: &Builder<'c>, by: i64) -> Self {
        match (self, by) {
            (Self::Known(x), by) => Self::Known(x.rem_euclid(by)),
            (_, 1) => Self::Known(0),
            (x, by) => Self::Value(b.binary("arith.remui", x.value(b), b.index(by))),
        }
    }

    /// The quotient of any number by a positive one, rounded down.
    pub fn floor_div_signed(self, b: &Builder<'c>, by: i64) -> Self {
        match (self, by) {
            (Self::Known(x), by) => Self::Known(x.div_euclid(by)),
            (x, 1) => x,
            (x, by) => Self::Value(b.binary("arith.floordivsi", x.value(b), b.index(by))),
        }
    }

    /// The quotient by a positive number, rounded up. The dividend is not negative.
    pub fn ceil_div(self, b: &Builder<'c>, by: i64) -> Self {
        match (self, by) {
            (Self::Known(x), by) => Self::Known(-(-x).div_euclid(by)),
            (x, 1) => x,
            (x, by) => x.plus(b, Self::Known(by - 1)).floor_div(b, by),
        }
    }

    /// The smaller of two.
    pub fn min(self, b: &Builder<'c>, other: Self) -> Self {
        match (self, other) {
            (Self::Known(x), Self::Known(y)) => Self::Known(x.min(y)),
            (x, y) if x.same(y) => x,
            (x, y) => Self::Value(b.binary("arith.minsi", x.value(b), y.value(b))),
        }
    }

    /// The larger of two.
    pub fn max(self, b: &Builder<'c>, other: Self) -> Self {
        match (self, other) {
            (Self::Known(x), Self::Known(y)) => Self::Known(x.max(y)),
            (x, y) if x.same(y) => x,
            (x, y) => Self::Value(b.binary("arith.maxsi", x.value(b), y.value(b))),
        }
    }
}

/// `min(tile, extent - offset)` as one `affine.min`.
pub fn live_size<'c>(b: &Builder<'c>, tile: i64, extent: Ix<'c>, offset: Val<'c>) -> Val<'c> {
    let (dim, context) = (AffineExpr::dim(b.context, 0), b.context);
    let rest = |extent: AffineExpr<'c>| extent + dim * AffineExpr::constant(context, -1);
    let (symbols, rest, operands) = match extent {
        Ix::Known(extent) => (0, rest(AffineExpr::constant(context, extent)), vec![offset]),
        Ix::Value(extent) => (1, rest(AffineExpr::symbol(context, 0)), vec![offset, extent]),
    };
    let map = AffineMap::new(context, 1, symbols, &[AffineExpr::constant(context, tile), rest]);
    b.op("affine.min").operands(&operands).results(&[b.index_type()]).attr("map", ffi::affine_map_attr(map)).value()
}

/// A tile: a tensor with the iteration dim that each of its dims is.
#[derive(Clone, Debug)]
pub struct Tile<'c> {
    pub value: Val<'c>,
    pub dims: Vec<usize>,
}

impl<'c> Tile<'c> {
    /// The element type.
    pub fn element(&self) -> Type<'c> {
        ffi::element_type(ir::type_of(self.value))
    }
}

fn split<'c>(items: &[Ix<'c>]) -> (Vec<i64>, Vec<Val<'c>>) {
    let numbers = items.iter().map(|item| item.known().unwrap_or(DYNAMIC)).collect();
    let values = items
        .iter()
        .filter_map(|item| match item {
            Ix::Value(value) => Some(*value),
            Ix::Known(_) => None,
        })
        .collect();
    (numbers, values)
}

/// The type of a tensor of these sizes.
pub fn tensor_type<'c>(b: &Builder<'c>, sizes: &[Ix<'c>], element: Type<'c>) -> Type<'c> {
    let shape: Vec<_> = sizes.iter().map(|size| size.known()).collect();
    b.tensor_type(&shape, element)
}

fn segments<'c>(b: &Builder<'c>, counts: &[usize]) -> Attr<'c> {
    let counts: Vec<_> = counts.iter().map(ToString::to_string).collect();
    b.attr(&format!("array<i32: {}>", counts.join(", ")))
}

/// `tensor.empty`.
pub fn empty<'c>(b: &Builder<'c>, sizes: &[Ix<'c>], element: Type<'c>) -> Val<'c> {
    let (_, dynamic) = split(sizes);
    b.op("tensor.empty").operands(&dynamic).results(&[tensor_type(b, sizes, element)]).value()
}

/// The size of a tensor's dim.
pub fn size_of<'c>(b: &Builder<'c>, tensor: Val<'c>, dim: usize) -> Ix<'c> {
    match ffi::shape(ir::type_of(tensor)).and_then(|shape| shape.get(dim).copied().flatten()) {
        Some(size) => Ix::Known(size),
        None => {
            let dim = b.index(dim as i64);
            Ix::Value(b.op("tensor.dim").operands(&[tensor, dim]).results(&[b.index_type()]).value())
        }
    }
}

/// Offsets, sizes and strides of a slice, one per dim of the larger tensor.
#[derive(Clone, Debug, Default)]
pub struct Slice<'c> {
    pub offsets: Vec<Ix<'c>>,
    pub sizes: Vec<Ix<'c>>,
    pub strides: Vec<i64>,
}

impl<'c> Slice<'c> {
    /// Appends one dim.
    pub fn push(&mut self, offset: Ix<'c>, size: Ix<'c>, stride: i64) {
        self.offsets.push(offset);
        self.sizes.push(size);
        self.strides.push(stride);
    }

    /// Appends all dims to another slice.
    pub fn append_to(self, other: &mut Self) {
        other.offsets.extend(self.offsets);
        other.sizes.extend(self.sizes);
        other.strides.extend(self.strides);
    }

    fn build(&self, b: &Builder<'c>, name: &str, tensors: &[Val<'c>], result: Option<Type<'c>>) -> Op<'c> {
        let (offsets, offset_values) = split(&self.offsets);
        let (sizes, size_values) = split(&self.sizes);
        let mut counts = vec![1; tensors.len()];
        counts.extend([offset_values.len(), size_values.len(), 0]);
        b.op(name)
            .operands(tensors)
            .operands(&offset_values)
            .operands(&size_values)
            .results(&result.into_iter().collect::<Vec<_>>())
            .attr("static_offsets", b.i64s_attr(&offsets))
            .attr("static_sizes", b.i64s_attr(&sizes))
            .attr("static_strides", b.i64s_attr(&self.strides))
            .attr("operandSegmentSizes", segments(b, &counts))
            .build()
    }

    /// `tensor.extract_slice`, keeping only the dims in `kept` (the others have size 1).
    pub fn extract(&self, b: &Builder<'c>, tensor: Val<'c>, kept: &[usize]) -> Val<'c> {
        let sizes: Vec<_> = kept.iter().map(|dim| self.sizes[*dim]).collect();
        let ty = tensor_type(b, &sizes, ffi::element_type(ir::type_of(tensor)));
        ir::results(self.build(b, "tensor.extract_slice", &[tensor], Some(ty)))[0]
    }

    /// `tensor.parallel_insert_slice`.
    pub fn parallel_insert(&self, b: &Builder<'c>, tile: Val<'c>, into: Val<'c>) {
        self.build(b, "tensor.parallel_insert_slice", &[tile, into], None);
    }

    /// `tensor.insert_slice`.
    pub fn insert(&self, b: &Builder<'c>, tile: Val<'c>, into: Val<'c>) -> Val<'c> {
        ir::results(self.build(b, "tensor.insert_slice", &[tile, into], Some(ir::type_of(into))))[0]
    }

    /// Whether the slice is all of a tensor of these sizes.
    pub fn is_whole(&self, shape: &[Option<i64>]) -> bool {
        let parts = self.offsets.iter().zip(&self.sizes).zip(&self.strides).zip(shape);
        parts.into_iter().all(|(((offset, size), stride), whole)| {
            offset.known() == Some(0) && size.known().is_some() && size.known() == *whole && *stride == 1
        })
    }
}

/// `tensor.pad` with zeros at the end of each dim, from `live` to `sizes`; the tensor itself when equal.
pub fn pad<'c>(b: &Builder<'c>, tensor: Val<'c>, live: &[Ix<'c>], sizes: &[Ix<'c>]) -> Val<'c> {
    if live.iter().zip(sizes).all(|(live, size)| live.same(*size)) {
        return tensor;
    }
    let high: Vec<_> = live.iter().zip(sizes).map(|(live, size)| size.minus(b, *live)).collect();
    let (numbers, values) = split(&high);
    let element = ffi::element_type(ir::type_of(tensor));
    let zero = zero(b, element);
    b.op("tensor.pad")
        .operands(&[tensor])
        .operands(&values)
        .results(&[tensor_type(b, sizes, element)])
        .attr("static_low", b.i64s_attr(&vec![0; sizes.len()]))
        .attr("static_high", b.i64s_attr(&numbers))
        .attr("operandSegmentSizes", segments(b, &[1, 0, values.len()]))
        .region(&vec![b.index_type(); sizes.len()], |b, _| {
            b.op("tensor.yield").operands(&[zero]).build();
        })
        .value()
}

/// Zero of a scalar type.
pub fn zero<'c>(b: &Builder<'c>, ty: Type<'c>) -> Val<'c> {
    match Element::of(ty) {
        Some(element) if element.is_float() => b.float(0.0, ty),
        Some(Element::Index) => b.index(0),
        _ => b.int(0, ty),
    }
}

/// `tensor.cast`.
pub fn cast<'c>(b: &Builder<'c>, tensor: Val<'c>, ty: Type<'c>) -> Val<'c> {
    b.op("tensor.cast").operands(&[tensor]).results(&[ty]).value()
}

/// `tensor.extract` of a scalar.
pub fn extract<'c>(b: &Builder<'c>, tensor: Val<'c>, indices: &[Val<'c>]) -> Val<'c> {
    let element = ffi::element_type(ir::type_of(tensor));
    b.op("tensor.extract").operands(&[tensor]).operands(indices).results(&[element]).value()
}

/// The attribute that says what shape of computation a tile op is.
pub const TAG: &str = "flashlight.tile";

/// `linalg.fill` of a whole tile.
pub fn fill<'c>(b: &Builder<'c>, scalar: Val<'c>, into: Val<'c>) -> Val<'c> {
    let ty = ir::type_of(into);
    b.op("linalg.fill")
        .operands(&[scalar, into])
        .results(&[ty])
        .attr("operandSegmentSizes", segments(b, &[1, 1]))
        .attr(TAG, b.str_attr("fill"))
        .region(&[ir::type_of(scalar), ffi::element_type(ty)], |b, arguments| {
            b.op("linalg.yield").operands(&arguments[..1]).build();
        })
        .value()
}

/// `linalg.generic` over the dims `loops`; those not in the output's dims are reduced.
///
/// `body` gets the elements of the inputs, then that of the output, and returns what is yielded.
pub fn generic<'c>(
    b: &Builder<'c>,
    tag: &str,
    loops: &[usize],
    inputs: &[Tile<'c>],
    output: &Tile<'c>,
    body: impl FnOnce(&Builder<'c>, &[Val<'c>]) -> Val<'c>,
) -> Tile<'c> {
    let made = generics(b, tag, loops, inputs, std::slice::from_ref(output), |b, elements| vec![body(b, elements)]);
    made.into_iter().next().expect("as many results as outputs")
}

/// [`generic`] with several outputs of the same dims.
pub fn generics<'c>(
    b: &Builder<'c>,
    tag: &str,
    loops: &[usize],
    inputs: &[Tile<'c>],
    outputs: &[Tile<'c>],
    body: impl FnOnce(&Builder<'c>, &[Val<'c>]) -> Vec<Val<'c>>,
) -> Vec<Tile<'c>> {
    let map = |tile: &Tile<'c>| {
        let exprs: Vec<_> = tile
            .dims
            .iter()
            .map(|dim| AffineExpr::dim(b.context, loops.iter().position(|own| own == dim).unwrap_or(0)))
            .collect();
        AffineMap::new(b.context, loops.len(), 0, &exprs)
    };
    let maps: Vec<_> = inputs.iter().chain(outputs).map(map).collect();
    let kinds: Vec<_> = loops
        .iter()
        .map(|dim| if outputs[0].dims.contains(dim) { "parallel" } else { "reduction" })
        .map(|kind| b.attr(&format!("#linalg.iterator_type<{kind}>")))
        .collect();
    let operands: Vec<_> = inputs.iter().chain(outputs).map(|tile| tile.value).collect();
    let types: Vec<_> = outputs.iter().map(|tile| ir::type_of(tile.value)).collect();
    let elements: Vec<_> = inputs.iter().chain(outputs).map(Tile::element).collect();
    let op = b
        .op("linalg.generic")
        .operands(&operands)
        .results(&types)
        .attr("indexing_maps", b.maps_attr(&maps))
        .attr("iterator_types", b.array_attr(&kinds))
        .attr("operandSegmentSizes", segments(b, &[inputs.len(), outputs.len()]))
        .attr(TAG, b.str_attr(tag))
        .region(&elements, |b, arguments| {
            let values = body(b, arguments);
            b.op("linalg.yield").operands(&values).build();
        })
        .build();
    let tiles = ir::results(op).into_iter().zip(outputs);
    tiles.map(|(value, output)| Tile { value, dims: output.dims.clone() }).collect()
}

/// `linalg.index` of a loop.
pub fn loop_index<'c>(b: &Builder<'c>, position: usize) -> Val<'c> {
    b.op("linalg.index").results(&[b.index_type()]).attr("dim", b.i64_attr(position as i64)).value()
}

/// `scf.for` with tiles as iteration values.
pub fn for_loop<'c>(
    b: &Builder<'c>,
    bounds: [Ix<'c>; 3],
    inits: &[Val<'c>],
    body: impl FnOnce(&Builder<'c>, Val<'c>, &[Val<'c>]) -> Vec<Val<'c>>,
) -> Vec<Val<'c>> {
    let types: Vec<_> = inits.iter().map(|init| ir::type_of(*init)).collect();
    let bounds = bounds.map(|bound| bound.value(b));
    let arguments: Vec<_> = std::iter::once(b.index_type()).chain(types.iter().copied()).collect();
    let op = b
        .op("scf.for")
        .operands(&bounds)
        .operands(inits)
        .results(&types)
        .region(&arguments, |b, arguments| {
            let yielded = body(b, arguments[0], &arguments[1..]);
            b.op("scf.yield").operands(&yielded).build();
        })
        .build();
    ir::results(op)
}

/// `scf.if` that changes `old` where the condition holds.
pub fn if_else<'c>(
    b: &Builder<'c>,
    condition: Val<'c>,
    old: &[Val<'c>],
    then: impl FnOnce(&Builder<'c>) -> Vec<Val<'c>>,
) -> Vec<Val<'c>> {
    let types: Vec<_> = old.iter().map(|value| ir::type_of(*value)).collect();
    let op = b
        .op("scf.if")
        .operands(&[condition])
        .results(&types)
        .region(&[], |b, _| {
            let yielded = then(b);
            b.op("scf.yield").operands(&yielded).build();
        })
        .region(&[], |b, _| {
            b.op("scf.yield").operands(old).build();
        })
        .build();
    ir::results(op)
}

/// `scf.forall` over `[0, bounds)`. `body` gets the coordinates and the shared outputs, and returns
/// one tile and its place per output.
pub fn forall<'c>(
    b: &Builder<'c>,
    kernel: &str,
    bounds: &[Ix<'c>],
    outputs: &[Val<'c>],
    body: impl FnOnce(&Builder<'c>, &[Val<'c>]) -> Vec<(Val<'c>, Slice<'c>)>,
) -> Vec<Val<'c>> {
    let (numbers, values) = split(bounds);
    let types: Vec<_> = outputs.iter().map(|output| ir::type_of(*output)).collect();
    let arguments: Vec<_> = vec![b.index_type(); bounds.len()].into_iter().chain(types.iter().copied()).collect();
    let op = b
        .op("scf.forall")
        .operands(&values)
        .operands(outputs)
        .results(&types)
        .attr("staticLowerBound", b.i64s_attr(&vec![0; bounds.len()]))
        .attr("staticUpperBound", b.i64s_attr(&numbers))
        .attr("staticStep", b.i64s_attr(&vec![1; bounds.len()]))
        .attr("operandSegmentSizes", segments(b, &[0, values.len(), 0, outputs.len()]))
        .attr(choices::SYMBOL, b.str_attr(kernel))
        .region(&arguments, |b, arguments| {
            let (coordinates, shared) = arguments.split_at(bounds.len());
            let tiles = body(b, coordinates);
            b.op("scf.forall.in_parallel")
                .region(&[], |b, _| {
                    for ((tile, place), shared) in tiles.iter().zip(shared) {
                        place.parallel_insert(b, *tile, *shared);
                    }
                })
                .build();
        })
        .build();
    ir::results(op)
}
