//! Reading tensor programs as scalar expressions, on demand.

use super::{
    arena::{Arena, Id, Node, Role, TensorId, TensorInfo, Ty},
    scalar, view,
};
use crate::{
    ffi,
    ir::{self, Element, Op, Val},
};
use std::collections::{HashMap, HashSet};

/// Why reading or deriving stopped, and at which operation.
#[derive(Clone, Debug)]
pub struct Refused {
    pub reason: String,
    /// The operation it is about, as a value key of one of its results, if there is one.
    pub at: Option<usize>,
    /// A value (by key) that, loaded instead of looked through, may take the obstacle away.
    pub cut: Option<usize>,
}

impl Refused {
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), at: None, cut: None }
    }

    pub fn at(reason: impl Into<String>, value: Val<'_>) -> Self {
        Self { reason: reason.into(), at: Some(ffi::value_key(value)), cut: None }
    }

    /// The same, with a value that could be loaded instead of looked through.
    #[must_use]
    pub fn unless(self, cut: Option<Val<'_>>) -> Self {
        Self { cut: cut.map(ffi::value_key).or(self.cut), ..self }
    }
}

/// Which tensors are looked through, and which are loaded.
#[derive(Clone, Default, Debug)]
pub struct Policy {
    /// Values (by key) that are always looked through; their reductions bind key dimensions.
    pub inline: HashSet<usize>,
    /// Values that are always loaded.
    pub opaque: HashSet<usize>,
    /// Free dimensions (bits) that only the weight of the contraction depends on.
    pub query: u128,
    /// Free dimensions (bits) that only the other operand depends on.
    pub value: u128,
    /// Look through every value: it is wanted in closed form.
    pub whole: bool,
    /// Look through no reduction: see [`Reader::knotted`].
    pub shallow: bool,
}

/// How far to look from here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mode {
    /// Everything, reductions inside the point included.
    Area,
    /// Views and scales only, up to where a value was rounded: this becomes an operand of a contraction.
    Operand,
    /// Views and cheap elementwise operations.
    Cheap,
    /// Views and elementwise operations: one value for a whole block of points.
    Block,
    /// Everything, and reductions bind key dimensions.
    Inline,
    /// Everything, whatever it costs: the value is wanted in closed form.
    Whole,
}

/// Expressions nodes after which reading gives up.
const BUDGET: usize = 20_000;

/// Reads values of one function into an arena.
pub struct Reader<'a, 'c> {
    pub arena: &'a mut Arena,
    pub policy: Policy,
    /// The SSA value behind each tensor of the arena.
    pub values: Vec<Val<'c>>,
    /// Operations that were looked through with key dimensions in scope or by order, by key.
    pub consumed: HashMap<usize, Op<'c>>,
    /// Values that depend on a key dimension and were looked through, by key.
    pub area: HashMap<usize, Val<'c>>,
    /// Contractions in the area that are no sum of products of operands, and are loaded for that reason.
    pub apart: Vec<Val<'c>>,
    /// The reductions over keys that were looked through, and the values they are.
    pub statistics: Vec<(Id, Val<'c>)>,
    memo: HashMap<(usize, Vec<Id>), Id>,
}

impl<'a, 'c> Reader<'a, 'c> {
    pub fn new(arena: &'a mut Arena, policy: Policy) -> Self {
        let (values, apart, statistics) = (vec![], vec![], vec![]);
        let (consumed, area, memo) = (HashMap::new(), HashMap::new(), HashMap::new());
        Self { arena, policy, values, consumed, area, apart, statistics, memo }
    }

    /// The element of `value` at these coordinates.
    ///
    /// # Errors
    /// When the expression grows past a budget.
    pub fn read(&mut self, value: Val<'c>, coords: &[Id]) -> Result<Id, Refused> {
        let key = (ffi::value_key(value), coords.to_vec());
        if let Some(id) = self.memo.get(&key) {
            return Ok(*id);
        }
        if self.arena.len() > BUDGET {
            return Err(Refused::at("the expression is too large", value));
        }
        if !Element::of_value(value).is_some_and(|element| element.is_float() || element.is_integer()) {
            let ty = ffi::element_type(ir::type_of(value));
            return Err(Refused::at(format!("elements are {ty}, which nothing is known of"), value));
        }
        let id = match self.look_through(value, coords)? {
            Some(id) => id,
            None => self.load(value, coords),
        };
        self.memo.insert(key, id);
        Ok(id)
    }

    /// A load of `value`, with no look at what produces it.
    pub fn load(&mut self, value: Val<'c>, coords: &[Id]) -> Id {
        let tensor = self.tensor(value);
        self.arena.load(tensor, coords.to_vec())
    }

    /// The arena's name of a value.
    pub fn tensor(&mut self, value: Val<'c>) -> TensorId {
        let key = ffi::value_key(value);
        if let Some(at) = self.arena.tensors.iter().position(|tensor| tensor.key == key) {
            return TensorId(at as u32);
        }
        let ty = ir::type_of(value);
        let element = Element::held_by(ty);
        let bits = element.map_or(0, Element::int_bits);
        let kind = match bits {
            0 => Ty::Float,
            1 => Ty::Bool,
            _ => Ty::Int,
        };
        let shape = ffi::shape(ty).unwrap_or_default().into_iter().map(|size| size.unwrap_or(i64::MIN)).collect();
        self.arena.tensors.push(TensorInfo {
            key,
            shape,
            ty: kind,
            float_bits: element.map_or(0, Element::float_bits),
            bits,
            scalar: !ffi::is_ranked_tensor(ty),
        });
        self.values.push(value);
        TensorId(self.arena.tensors.len() as u32 - 1)
    }

    fn mode(&self, value: Val<'c>, coords: &[Id]) -> Mode {
        if self.policy.inline.contains(&ffi::value_key(value)) {
            return Mode::Inline;
        }
        if self.policy.whole {
            return Mode::Whole;
        }
        let mask = coords.iter().fold(0, |mask, id| mask | self.arena.flags(*id).dims);
        let (mut key, mut inner) = (false, false);
        for dim in self.arena.all_dims() {
            if mask >> dim.0 & 1 == 1 {
                key |= self.arena.dim_info(dim).role == Role::Key;
                inner |= self.arena.dim_info(dim).role == Role::Inner;
            }
        }
        let query = mask & self.policy.query != 0;
        let rows = query || self.policy.query == 0;
        if key && mask & self.policy.value != 0 && !query {
            return Mode::Operand;
        }
        match (key, inner) {
            (true, true) if query => Mode::Area,
            (_, true) => Mode::Operand,
            (true, false) if rows => Mode::Area,
            (false, false) if !query && mask & self.policy.value == 0 => Mode::Block,
            _ => Mode::Cheap,
        }
    }

    /// Whether `value`, computed as `id`, is narrower than something that it is computed from: a contraction reads what
    /// its producer rounded.
    fn rounds(&self, value: Val<'c>, id: Id) -> bool {
        let wider = |arena: &Arena, id: Id| match arena.node(id) {
            Node::Load(tensor, _) => {
                let info = &arena.tensors[tensor.0 as usize];
                Element::of_value(value).is_some_and(|own| own.is_float() && info.float_bits > own.bits())
            }
            _ => false,
        };
        !self.arena.collect(&[id], wider).is_empty()
    }

    fn look_through(&mut self, value: Val<'c>, coords: &[Id]) -> Result<Option<Id>, Refused> {
        if self.policy.opaque.contains(&ffi::value_key(value)) {
            return Ok(None);
        }
        let Some(op) = ffi::defining_op(value) else { return Ok(None) };
        let mode = self.mode(value, coords);
        let found = match ir::name(op) {
            "arith.constant" => {
                let Some(attribute) = ir::attr(op, "value") else { return Ok(None) };
                return Ok(scalar::constant(self.arena, ffi::dense_splat(attribute).unwrap_or(attribute)));
            }
            "linalg.generic" => {
                let found = self.generic(op, ffi::value_number(value), coords, mode)?;
                found.filter(|found| mode != Mode::Operand || !self.rounds(value, *found))
            }
            "linalg.fill" => match ir::operands(op).first() {
                Some(scalar) => Some(self.outer_scalar(*scalar)?),
                None => None,
            },
            // A concatenation is looked through where it adds single elements to the scores, or is of scores; an operand
            // is left whole.
            "tensor.concat" | "tensor.insert_slice" | "tensor.pad" if matches!(mode, Mode::Operand | Mode::Cheap) => {
                None
            }
            "tensor.concat" | "tensor.insert_slice" | "tensor.pad"
                if mode == Mode::Area && !view::adds_single(op) && !view::of_scores(op) =>
            {
                None
            }
            _ => self.view(op, coords)?,
        };
        if found.is_some() {
            let mask = coords.iter().fold(0, |mask, id| mask | self.arena.flags(*id).dims);
            let key =
                self.arena.all_dims().any(|dim| mask >> dim.0 & 1 == 1 && self.arena.dim_info(dim).role == Role::Key);
            if key || mode == Mode::Inline {
                self.consumed.insert(ffi::op_key(op), op);
            }
            if mode == Mode::Area {
                self.area.insert(ffi::value_key(value), value);
            }
        }
        Ok(found)
    }
}
