//! A sum of weights over heads, one head at a time.
//!
//! Before:  sum[h](exp2(s(h) - m(h)) / l(h)), s(h) a contraction, m and l known
//! After:   for each head a contraction of its slices, and an elementwise op that adds its weights to the sum so far
//!
//! Such a sum has no fold: queries and keys are dims of its result. The weights of all heads are never in memory at once.

use super::{
    find::Candidate,
    layout::linear_of,
    operand::Body,
    point::Point,
    root::{self, Root},
};
use crate::{
    algebra::{Arena, DimId, Id, Kind, Node, TensorId, Ty},
    ffi,
    ir::{self, Builder, Element, Type, Val},
};
use melior::ir::operation::OperationLike;
use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

/// A sum over more heads than these stays as it is: `tile-contractions` makes one nest of it on the GPU, where so many are so many kernels.
const MOST: i64 = 16;
/// No dimension.
const NONE: DimId = DimId(u8::MAX);

/// A part of a tensor that is read along whole dimensions.
struct Slice {
    tensor: TensorId,
    offsets: Vec<i64>,
    sizes: Vec<i64>,
    strides: Vec<i64>,
    /// The dimensions it is left with.
    dims: Vec<DimId>,
    /// Which dims of the tensor those are.
    kept: Vec<usize>,
}

/// What one head adds.
struct Head {
    weight: Id,
    contractions: Vec<(Id, [Slice; 2])>,
    loads: Vec<(Id, Slice)>,
}

/// Replaces a sum over heads; `None` where it is none that can be taken apart.
pub fn unroll<'c>(candidate: &Rc<Candidate<'c>>, point: &Point<'c>) -> Option<()> {
    let mut arena = Arena::over(&point.open);
    let mut values = vec![];
    let root = Root { value: candidate.result, inline: HashSet::new(), mains: vec![0] };
    let reading = root::read(&mut arena, &mut values, &root, std::slice::from_ref(candidate), 0).ok()?;
    let Node::Reduce { kind: Kind::Sum, dims, init: None, body } = arena.node(reading.expression).clone() else {
        return None;
    };
    let [key] = dims[..] else { return None };
    let heads = arena.dim_info(key).extent;
    if arena.symbolic(heads) || heads > MOST {
        return None;
    }
    let mut dims = vec![];
    for coord in &reading.coords {
        dims.push(match arena.node(*coord) {
            Node::Dim(dim) => *dim,
            Node::Int(0) => NONE,
            _ => return None,
        });
    }
    let mut parts = vec![];
    for head in 0..heads {
        let place = arena.int(head);
        let weight = arena.substitute(body, &HashMap::from([(key, place)]));
        parts.push(head_of(&arena, weight)?);
    }
    let float =
        |value: &Val<'c>| matches!(Element::of_value(*value), Some(Element::F32 | Element::BF16 | Element::F16));
    if !values.iter().all(|value| !ffi::is_ranked_tensor(ir::type_of(*value)) || float(value)) {
        return None;
    }
    let b = Builder::before(candidate.op).with_location(candidate.op.location());
    let emitter = Emitter { b, arena: &arena, values: &values, point, dims: &dims };
    let shape: Vec<Option<i64>> = reading.shape.iter().map(|size| Some(*size)).collect();
    let element = ffi::element_type(ir::type_of(candidate.result));
    let mut sum: Option<Val<'c>> = None;
    for (number, head) in parts.iter().enumerate() {
        let own = if number + 1 == parts.len() { element } else { b.f32_type() };
        sum = Some(emitter.add(sum, head, b.tensor_type(&shape, own))?);
    }
    ffi::replace_all_uses(candidate.result, sum?);
    Some(())
}

/// What the weight of one head is made of.
fn head_of(arena: &Arena, weight: Id) -> Option<Head> {
    let mut head = Head { weight, contractions: vec![], loads: vec![] };
    let (mut stack, mut seen) = (vec![weight], HashSet::new());
    while let Some(id) = stack.pop() {
        if !seen.insert(id) {
            continue;
        }
        match arena.node(id) {
            Node::Reduce { kind: Kind::Sum, init: None, body, .. } => {
                let (coefficient, factors) = arena.product_parts(*body);
                let [(a, 1), (b, 1)] = factors[..] else { return None };
                if coefficient != 1.0 {
                    return None;
                }
                head.contractions.push((id, [slice(arena, a)?, slice(arena, b)?]));
            }
            Node::Reduce { .. } | Node::Switch { .. } => return None,
            Node::Load(tensor, _) if arena.tensors[tensor.0 as usize].scalar => {}
            Node::Load(..) => head.loads.push((id, slice(arena, id)?)),
            _ => stack.extend(arena.children(id)),
        }
    }
    (!head.contractions.is_empty()).then_some(head)
}

fn slice(arena: &Arena, load: Id) -> Option<Slice> {
    let Node::Load(tensor, coords) = arena.node(load) else { return None };
    let shape = &arena.tensors[tensor.0 as usize].shape;
    let mut slice =
        Slice { tensor: *tensor, offsets: vec![], sizes: vec![], strides: vec![], dims: vec![], kept: vec![] };
    for (at, (coord, size)) in coords.iter().zip(shape).enumerate() {
        let (terms, offset) = linear_of(arena, *coord)?;
        let (points, stride) = match terms[..] {
            [] => (1, 1),
            [(dim, factor)] if factor > 0 && !slice.dims.contains(&dim) => {
                slice.dims.push(dim);
                slice.kept.push(at);
                (arena.dim_info(dim).extent, factor)
            }
            _ => return None,
        };
        let open = [*size, points, offset].into_iter().any(|number| arena.symbolic(number));
        if open || offset < 0 || offset + (points - 1) * stride >= *size {
            return None;
        }
        slice.offsets.push(offset);
        slice.sizes.push(points);
        slice.strides.push(stride);
    }
    Some(slice)
}

struct Emitter<'e, 'c> {
    b: Builder<'c>,
    arena: &'e Arena,
    values: &'e [Val<'c>],
    point: &'e Point<'c>,
    /// The dimensions of the sum.
    dims: &'e [DimId],
}

impl<'c> Emitter<'_, 'c> {
    fn view(&self, slice: &Slice) -> Val<'c> {
        let source = self.values[slice.tensor.0 as usize];
        if slice.kept.len() == slice.sizes.len() && slice.sizes == self.arena.tensors[slice.tensor.0 as usize].shape {
            return source;
        }
        let shape: Vec<Option<i64>> = slice.kept.iter().map(|at| Some(slice.sizes[*at])).collect();
        let ty = self.b.tensor_type(&shape, ffi::element_type(ir::type_of(source)));
        self.b
            .op("tensor.extract_slice")
            .operands(&[source])
            .results(&[ty])
            .attr("static_offsets", self.b.i64s_attr(&slice.offsets))
            .attr("static_sizes", self.b.i64s_attr(&slice.sizes))
            .attr("static_strides", self.b.i64s_attr(&slice.strides))
            .attr_text("operandSegmentSizes", "array<i32: 1, 0, 0, 0>")
            .value()
    }

    /// A map from loops to the dimensions of a tensor.
    fn map(&self, loops: &[DimId], dims: &[DimId]) -> Option<String> {
        let all: Vec<_> = (0..loops.len()).map(|at| format!("d{at}")).collect();
        let own: Option<Vec<_>> =
            dims.iter().map(|dim| loops.iter().position(|other| other == dim).map(|at| format!("d{at}"))).collect();
        Some(format!("affine_map<({}) -> ({})>", all.join(", "), own?.join(", ")))
    }

    fn generic(
        &self,
        inputs: &[Val<'c>],
        init: Val<'c>,
        maps: &[String],
        kinds: &[&str],
        body: impl FnOnce(&Builder<'c>, &[Val<'c>]) -> Val<'c>,
    ) -> Val<'c> {
        let mut types: Vec<Type<'c>> = inputs.iter().map(|value| ffi::element_type(ir::type_of(*value))).collect();
        types.push(ffi::element_type(ir::type_of(init)));
        let kinds: Vec<_> = kinds.iter().map(|kind| format!("#linalg.iterator_type<{kind}>")).collect();
        self.b
            .op("linalg.generic")
            .operands(inputs)
            .operands(&[init])
            .results(&[ir::type_of(init)])
            .attr_text("indexing_maps", &format!("[{}]", maps.join(", ")))
            .attr_text("iterator_types", &format!("[{}]", kinds.join(", ")))
            .attr_text("operandSegmentSizes", &format!("array<i32: {}, 1>", inputs.len()))
            .region(&types, |b, arguments| {
                let value = body(b, arguments);
                b.op("linalg.yield").operands(&[value]).build();
            })
            .value()
    }

    fn widened(b: &Builder<'c>, value: Val<'c>) -> Val<'c> {
        let wide = b.f32_type();
        if ir::type_of(value) == wide { value } else { b.cast("arith.extf", value, wide) }
    }

    /// A contraction in f32, and its dimensions in the order of the sum's.
    fn contraction(&self, id: Id, operands: &[Slice; 2]) -> Option<(Val<'c>, Vec<DimId>)> {
        let b = &self.b;
        let own = self.arena.free_dims(id);
        let dims: Vec<DimId> = self.dims.iter().copied().filter(|dim| own.contains(dim)).collect();
        let mut loops = dims.clone();
        for dim in operands.iter().flat_map(|slice| &slice.dims) {
            if !loops.contains(dim) {
                loops.push(*dim);
            }
        }
        let shape: Vec<Option<i64>> = dims.iter().map(|dim| Some(self.arena.dim_info(*dim).extent)).collect();
        let inputs = [self.view(&operands[0]), self.view(&operands[1])];
        let ty = b.tensor_type(&shape, b.f32_type());
        let init = b.filled(0.0, ty);
        let maps =
            [self.map(&loops, &operands[0].dims)?, self.map(&loops, &operands[1].dims)?, self.map(&loops, &dims)?];
        let kinds: Vec<_> = loops.iter().map(|dim| if dims.contains(dim) { "parallel" } else { "reduction" }).collect();
        let value = self.generic(&inputs, init, &maps, &kinds, |b, arguments| {
            let (x, y) = (Self::widened(b, arguments[0]), Self::widened(b, arguments[1]));
            let product = b.binary("arith.mulf", x, y);
            b.binary("arith.addf", arguments[2], product)
        });
        Some((value, dims))
    }

    /// The sum so far and the weights of one head.
    fn add(&self, sum: Option<Val<'c>>, head: &Head, ty: Type<'c>) -> Option<Val<'c>> {
        let b = &self.b;
        let (mut inputs, mut maps, mut ids) = (vec![], vec![], vec![]);
        for (id, operands) in &head.contractions {
            let (value, dims) = self.contraction(*id, operands)?;
            inputs.push(value);
            maps.push(self.map(self.dims, &dims)?);
            ids.push(*id);
        }
        for (id, slice) in &head.loads {
            inputs.push(self.view(slice));
            maps.push(self.map(self.dims, &slice.dims)?);
            ids.push(*id);
        }
        let all = (0..self.dims.len()).map(|at| format!("d{at}")).collect::<Vec<_>>().join(", ");
        let whole = format!("affine_map<({all}) -> ({all})>");
        if let Some(sum) = sum {
            inputs.push(sum);
            maps.push(whole.clone());
        }
        maps.push(whole);
        let empty = b.op("tensor.empty").results(&[ty]).value();
        let mut failed = false;
        let value = self.generic(&inputs, empty, &maps, &vec!["parallel"; self.dims.len()], |b, arguments| {
            let known = ids.iter().zip(arguments).map(|(id, value)| (*id, Self::widened(b, *value))).collect();
            let mut body = Body::new(*b, self.arena, self.values, self.point, self.dims, known);
            let Ok(mut weight) = body.emit(head.weight) else {
                failed = true;
                return arguments[arguments.len() - 1];
            };
            if sum.is_some() {
                weight = b.binary("arith.addf", arguments[ids.len()], weight);
            }
            let wanted = ffi::element_type(ty);
            if wanted == b.f32_type() { weight } else { b.cast("arith.truncf", weight, wanted) }
        });
        (!failed && self.arena.ty(head.weight) == Ty::Float).then_some(value)
    }
}
