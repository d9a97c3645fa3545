//! Typed views and builders of the attention ops. docs/dialect.md has the semantics.
//!
//! A view is read once with `parse`, which checks only what the view needs to be well formed and
//! says in words what is missing; everything semantic is the verifier's.

use super::linear::IndexMap;
use crate::{
    ffi,
    ir::{self, Attr, Blk, Builder, Element, Op, OpSpec, Type, Val},
};
use std::{fmt, str::FromStr};

pub const CAPTURE: &str = "attention.capture";
pub const FUSED: &str = "attention.fused";
pub const RESULT: &str = "attention.result";
pub const READ: &str = "attention.read";
pub const INDEX: &str = "attention.index";
pub const REDUCE: &str = "attention.reduce";
/// The terminator of every region of the dialect (an IRDL op cannot be a terminator).
pub const YIELD: &str = "gpu.yield";

/// Marks the comparison that says that there are no keys at all.
pub const NO_KEYS: &str = "flashlight.no_keys";

/// How `extents` spells a size that is only known at run time (`ShapedType::kDynamic`).
pub const DYNAMIC: i64 = i64::MIN;

/// What an iteration dim is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Parallel, and in no reduction: batch, head.
    Batch,
    /// Parallel: a partition of the keys. Each key belongs to exactly one coordinate; which one is open. At most one.
    Split,
    /// Parallel: the rows of the score matrix. At most one.
    Query,
    /// Reduced by the states: the columns of the score matrix. Exactly one.
    Key,
    /// Reduced inside the score region only.
    Reduction,
    /// Parallel, and in no score: the columns of a value operand.
    Value,
}

impl Role {
    /// The name in `iterator_types`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Batch => "batch",
            Self::Split => "split",
            Self::Query => "query",
            Self::Key => "key",
            Self::Reduction => "reduction",
            Self::Value => "value",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Batch, Self::Split, Self::Query, Self::Key, Self::Reduction, Self::Value]
            .into_iter()
            .find(|role| role.name() == text)
            .ok_or_else(|| format!("unknown iterator type '{text}'"))
    }
}

/// The combining operation of a state or of a score reduction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Combine {
    Sum,
    Max,
    Min,
    And,
    Or,
}

impl Combine {
    /// The name in `combine` and `kind`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Max => "max",
            Self::Min => "min",
            Self::And => "and",
            Self::Or => "or",
        }
    }

    /// Builds `lhs ∘ rhs`. Integers are signed; float max and min propagate NaN.
    pub fn apply<'c>(self, b: &Builder<'c>, lhs: Val<'c>, rhs: Val<'c>) -> Val<'c> {
        let ty = ir::type_of(lhs);
        let name = match (self, ir::is_float(ty)) {
            (Self::Sum, true) => "arith.addf",
            (Self::Sum, false) => "arith.addi",
            (Self::Max, true) => "arith.maximumf",
            (Self::Max, false) => "arith.maxsi",
            (Self::Min, true) => "arith.minimumf",
            (Self::Min, false) => "arith.minsi",
            (Self::And, _) => "arith.andi",
            (Self::Or, _) => "arith.ori",
        };
        b.binary(name, lhs, rhs)
    }

    /// Builds the identity: `identity ∘ x = x`.
    pub fn identity<'c>(self, b: &Builder<'c>, ty: Type<'c>) -> Val<'c> {
        if ir::is_float(ty) {
            let value = match self {
                Self::Max => f64::NEG_INFINITY,
                Self::Min => f64::INFINITY,
                Self::Sum | Self::And | Self::Or => 0.0,
            };
            return b.float(value, ty);
        }
        let bits = Element::of(ty).map_or(0, Element::int_bits);
        let (low, high) = match bits {
            0 | 1 => (0, 1),
            bits => (i64::MIN >> (64 - bits.min(64)), i64::MAX >> (64 - bits.min(64))),
        };
        match self {
            Self::Sum | Self::Or => b.int(0, ty),
            // A signed i1 has the values 0 and -1.
            Self::Max => b.int(if bits == 1 { 1 } else { low }, ty),
            Self::Min => b.int(if bits == 1 { 0 } else { high }, ty),
            Self::And => b.int(if bits == 1 { 1 } else { -1 }, ty),
        }
    }
}

impl FromStr for Combine {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Sum, Self::Max, Self::Min, Self::And, Self::Or]
            .into_iter()
            .find(|combine| combine.name() == text)
            .ok_or_else(|| format!("unknown combine '{text}'"))
    }
}

/// The type an element is computed in: floats of 16 and 8 bits are widened to f32, all else keeps its type.
pub fn compute_type<'c>(b: &Builder<'c>, element: Type<'c>) -> Type<'c> {
    if Element::of(element).is_some_and(Element::is_narrow_float) { b.f32_type() } else { element }
}

/// A tensor and the map from iteration dims to its dims: a capture or a result.
#[derive(Clone, Debug)]
pub struct Mapped<'c> {
    /// The `attention.capture` or `attention.result`.
    pub op: Op<'c>,
    /// The tensor that goes in or comes out.
    pub tensor: Val<'c>,
    pub map: IndexMap,
}

impl<'c> Mapped<'c> {
    /// The element type of the tensor.
    pub fn element(&self) -> Type<'c> {
        ffi::element_type(ir::type_of(self.tensor))
    }

    /// The sizes of the tensor, dynamic ones as `None`.
    pub fn shape(&self) -> Vec<Option<i64>> {
        ffi::shape(ir::type_of(self.tensor)).unwrap_or_default()
    }
}

/// One online accumulator.
#[derive(Clone, Debug)]
pub struct State {
    pub combine: Combine,
    /// The dims the state has one value for each of.
    pub map: IndexMap,
    /// The capture that multiplies the lifted weight, if any.
    pub value: Option<usize>,
}

/// The header of a fused op: everything but operands and regions.
#[derive(Clone, Debug)]
pub struct Header {
    /// One per iteration dim.
    pub roles: Vec<Role>,
    /// One per iteration dim; `None` is dynamic.
    pub extents: Vec<Option<i64>>,
    pub states: Vec<State>,
}

/// The regions of a fused op, in order.
#[derive(Clone, Copy)]
pub struct Regions<'c> {
    pub init: Blk<'c>,
    pub score: Blk<'c>,
    pub lift: Blk<'c>,
    pub rescale: Blk<'c>,
    pub epilogue: Blk<'c>,
}

/// A fused op, read.
#[derive(Clone)]
pub struct Fused<'c> {
    pub op: Op<'c>,
    pub captures: Vec<Mapped<'c>>,
    pub header: Header,
    pub regions: Regions<'c>,
    /// One `attention.result` per result of the op, in its order.
    pub results: Vec<Mapped<'c>>,
}

impl<'c> Fused<'c> {
    /// Reads an `attention.fused`.
    ///
    /// # Errors
    /// A sentence that names what is missing or malformed.
    pub fn parse(op: Op<'c>) -> Result<Self, String> {
        let captures = ir::operands(op)
            .into_iter()
            .enumerate()
            .map(|(index, value)| {
                let capture = ffi::defining_op(value)
                    .filter(|capture| ir::name(*capture) == CAPTURE)
                    .ok_or_else(|| format!("capture {index} is not the result of an '{CAPTURE}'"))?;
                parse_capture(capture)
            })
            .collect::<Result<Vec<_>, _>>()?;
        let results = ir::results(op)
            .into_iter()
            .enumerate()
            .map(|(index, value)| {
                let uses = ffi::uses(value);
                match uses.as_slice() {
                    [(user, _)] if ir::name(*user) == RESULT => parse_result(*user),
                    _ => Err(format!("result {index} must have one use, by an '{RESULT}'")),
                }
            })
            .collect::<Result<Vec<_>, _>>()?;
        let region = |index: usize, name: &str| {
            ir::body(op, index).ok_or_else(|| format!("the {name} region must have one block"))
        };
        Ok(Self {
            op,
            captures,
            header: parse_header(op)?,
            regions: Regions {
                init: region(0, "init")?,
                score: region(1, "score")?,
                lift: region(2, "lift")?,
                rescale: region(3, "rescale")?,
                epilogue: region(4, "epilogue")?,
            },
            results,
        })
    }

    /// The dims of a role, ascending.
    pub fn dims_of(&self, role: Role) -> Vec<usize> {
        self.header.dims_of(role)
    }

    /// The query dim, if there is one.
    pub fn query(&self) -> Option<usize> {
        self.dims_of(Role::Query).first().copied()
    }

    /// The split dim, if there is one.
    pub fn split(&self) -> Option<usize> {
        self.dims_of(Role::Split).first().copied()
    }

    /// The key dim.
    ///
    /// # Errors
    /// When there is not exactly one.
    pub fn key(&self) -> Result<usize, String> {
        match self.dims_of(Role::Key).as_slice() {
            [key] => Ok(*key),
            keys => Err(format!("expected one key dim, found {}", keys.len())),
        }
    }

    /// The types of the states, from the init region's terminator.
    pub fn state_types(&self) -> Vec<Type<'c>> {
        yielded(self.regions.init).into_iter().map(ir::type_of).collect()
    }
}

impl Header {
    /// The dims of a role, ascending.
    pub fn dims_of(&self, role: Role) -> Vec<usize> {
        self.roles.iter().enumerate().filter(|(_, own)| **own == role).map(|(dim, _)| dim).collect()
    }
}

/// The operands of a block's terminator.
pub fn yielded<'c>(block: Blk<'c>) -> Vec<Val<'c>> {
    ir::ops(block).last().map(|op| ir::operands(*op)).unwrap_or_default()
}

/// Reads an `attention.capture`.
///
/// # Errors
/// A sentence that names what is malformed.
pub fn parse_capture<'c>(op: Op<'c>) -> Result<Mapped<'c>, String> {
    let tensor = *ir::operands(op).first().ok_or("a capture needs an operand")?;
    Ok(Mapped { op, tensor, map: parse_map(op)? })
}

/// Reads an `attention.result`.
///
/// # Errors
/// A sentence that names what is malformed.
pub fn parse_result<'c>(op: Op<'c>) -> Result<Mapped<'c>, String> {
    let tensor = *ir::results(op).first().ok_or("a result op needs a result")?;
    Ok(Mapped { op, tensor, map: parse_map(op)? })
}

fn parse_map(op: Op<'_>) -> Result<IndexMap, String> {
    let attribute = ir::attr(op, "map").ok_or("the attribute 'map' is missing")?;
    IndexMap::from_attr(attribute).ok_or_else(|| format!("the map {attribute} is not linear in its dims"))
}

/// Reads the attributes of an `attention.fused`.
///
/// # Errors
/// A sentence that names what is malformed.
pub fn parse_header(op: Op<'_>) -> Result<Header, String> {
    let array = |name: &str| {
        ir::attr(op, name)
            .and_then(ffi::array_elements)
            .ok_or_else(|| format!("the attribute '{name}' must be an array"))
    };
    let roles = array("iterator_types")?
        .into_iter()
        .map(|role| ir::string_attr(role).ok_or("iterator types are strings")?.parse())
        .collect::<Result<Vec<Role>, String>>()?;
    let extents = ir::attr(op, "extents")
        .and_then(ffi::i64_array)
        .ok_or("the attribute 'extents' must be an array<i64>")?
        .into_iter()
        .map(|size| (size != DYNAMIC).then_some(size))
        .collect();
    let states = array("states")?.into_iter().map(parse_state).collect::<Result<_, _>>()?;
    Ok(Header { roles, extents, states })
}

fn parse_state(attribute: Attr<'_>) -> Result<State, String> {
    let get = |name: &str| ffi::dictionary_get(attribute, name);
    let combine =
        get("combine").and_then(ir::string_attr).ok_or("a state needs a 'combine' string")?.parse::<Combine>()?;
    let map = get("map").and_then(IndexMap::from_attr).ok_or("a state needs a linear 'map'")?;
    let value = match get("value") {
        None => None,
        Some(value) => Some(
            ir::int_attr(value)
                .and_then(|value| usize::try_from(value).ok())
                .ok_or("'value' must be a capture's number")?,
        ),
    };
    Ok(State { combine, map, value })
}

/// The capture an `attention.read` reads.
pub fn read_capture(op: Op<'_>) -> Option<usize> {
    usize::try_from(ir::int_attr(ir::attr(op, "capture")?)?).ok()
}

/// The dim of an `attention.index`.
pub fn index_dim(op: Op<'_>) -> Option<usize> {
    usize::try_from(ir::int_attr(ir::attr(op, "dim")?)?).ok()
}

/// The kind and dims of an `attention.reduce`.
pub fn reduce_parts(op: Op<'_>) -> Option<(Combine, Vec<usize>)> {
    let kind = ir::string_attr(ir::attr(op, "kind")?)?.parse().ok()?;
    let dims = ffi::i64_array(ir::attr(op, "dims")?)?;
    Some((kind, dims.into_iter().map(|dim| usize::try_from(dim).ok()).collect::<Option<_>>()?))
}

/// Builds an `attention.capture`.
pub fn capture<'c>(b: &Builder<'c>, tensor: Val<'c>, map: &IndexMap) -> Val<'c> {
    b.op(CAPTURE)
        .operands(&[tensor])
        .results(&[b.ty("!attention.captured")])
        .attr("map", map.to_attr(b.context))
        .value()
}

/// Builds an `attention.result`.
pub fn result<'c>(b: &Builder<'c>, fusion: Val<'c>, map: &IndexMap, tensor: Type<'c>) -> Val<'c> {
    b.op(RESULT).operands(&[fusion]).results(&[tensor]).attr("map", map.to_attr(b.context)).value()
}

/// Starts an `attention.fused` with its operands, results and attributes. The caller appends the
/// five regions in order: init, score, lift, rescale, epilogue.
pub fn fused<'b, 'c>(b: &'b Builder<'c>, captures: &[Val<'c>], results: usize, header: &Header) -> OpSpec<'b, 'c> {
    let spec = b.op(FUSED).operands(captures).results(&vec![b.ty("!attention.fusion"); results]);
    header_attrs(b, header).into_iter().fold(spec, |spec, (name, attribute)| spec.attr(name, attribute))
}

/// The attributes of an `attention.fused` that hold its header, by name.
pub fn header_attrs<'c>(b: &Builder<'c>, header: &Header) -> [(&'static str, Attr<'c>); 3] {
    let roles: Vec<_> = header.roles.iter().map(|role| b.str_attr(role.name())).collect();
    let extents: Vec<_> = header.extents.iter().map(|extent| extent.unwrap_or(DYNAMIC)).collect();
    let states: Vec<_> = header.states.iter().map(|state| state_attr(b, state)).collect();
    [("iterator_types", b.array_attr(&roles)), ("extents", b.i64s_attr(&extents)), ("states", b.array_attr(&states))]
}

fn state_attr<'c>(b: &Builder<'c>, state: &State) -> Attr<'c> {
    let map = state.map.to_attr(b.context);
    let value = state.value.map(|value| format!(", value = {value} : i64")).unwrap_or_default();
    b.attr(&format!("{{combine = \"{}\", map = {map}{value}}}", state.combine.name()))
}

/// Builds the terminator of a region of the dialect.
pub fn yield_values<'c>(b: &Builder<'c>, values: &[Val<'c>]) -> Op<'c> {
    b.op(YIELD).operands(values).build()
}

/// Builds an `attention.read` of capture `index`, with the type [`compute_type`] gives.
pub fn read<'c>(b: &Builder<'c>, index: usize, ty: Type<'c>) -> Val<'c> {
    b.op(READ).results(&[ty]).attr("capture", b.i64_attr(index as i64)).value()
}

/// Builds an `attention.index` of iteration dim `dim`.
pub fn index<'c>(b: &Builder<'c>, dim: usize) -> Val<'c> {
    b.op(INDEX).results(&[b.index_type()]).attr("dim", b.i64_attr(dim as i64)).value()
}

/// Builds an `attention.reduce` over `dims` of the program that `body` builds.
pub fn reduce<'c>(
    b: &Builder<'c>,
    kind: Combine,
    dims: &[usize],
    ty: Type<'c>,
    body: impl FnOnce(&Builder<'c>) -> Val<'c>,
) -> Val<'c> {
    let dims: Vec<_> = dims.iter().map(|dim| *dim as i64).collect();
    b.op(REDUCE)
        .results(&[ty])
        .attr("kind", b.str_attr(kind.name()))
        .attr("dims", b.i64s_attr(&dims))
        .region(&[], |b, _| {
            let value = body(b);
            yield_values(b, &[value]);
        })
        .value()
}
