//! The hash-consed store of expressions.

use std::{collections::HashMap, sync::Arc};

/// An expression.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Id(pub u32);

/// A dimension: a free index of the space an expression lives in, or the bound index of a reduction.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DimId(pub u8);

/// A tensor (or scalar) of the program that expressions load from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct TensorId(pub u32);

/// What a dimension is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Role {
    /// An index of the value being described.
    Free,
    /// Bound by a reduction that has to become online.
    Key,
    /// Bound by a reduction inside a point, such as a dot product.
    Inner,
}

/// Role, position and number of points of a dimension.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct DimInfo {
    pub role: Role,
    pub ordinal: u32,
    pub extent: i64,
}

/// An f64 compared by its bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Real(u64);

impl Real {
    /// A NaN is stored in one form. The two zeros are different numbers: they divide differently.
    pub fn new(value: f64) -> Self {
        if value.is_nan() { Self(f64::NAN.to_bits()) } else { Self(value.to_bits()) }
    }

    pub fn get(self) -> f64 {
        f64::from_bits(self.0)
    }
}

impl std::fmt::Debug for Real {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.get())
    }
}

/// The type of an expression.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ty {
    Bool,
    Int,
    Float,
}

/// How a reduction combines.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Kind {
    Sum,
    Prod,
    Max,
    Min,
    And,
    Or,
}

impl Kind {
    /// The name used in the dialect.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Prod => "prod",
            Self::Max => "max",
            Self::Min => "min",
            Self::And => "and",
            Self::Or => "or",
        }
    }
}

/// A scalar function. Comparison predicates are arith's numbers.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Func {
    Exp,
    Exp2,
    Log,
    Log2,
    /// `arith.maximumf`: NaN wins.
    MaxF,
    /// `arith.minimumf`: NaN wins.
    MinF,
    /// Any other float function, by operation name.
    Named(Arc<str>),
    CmpF(i64),
    CmpI(i64),
    Not,
    And,
    Or,
    Xor,
    /// Condition, value if true, value if false.
    Select,
    /// Integer to float.
    ToFloat,
    /// Float to integer, rounding to zero.
    ToInt,
    /// Division rounding to minus infinity, by a positive constant.
    FloorDiv,
    /// Remainder of [`Func::FloorDiv`].
    Mod,
    MulI,
    /// An integer as so many bits hold it, in two's complement.
    Wrap(u32),
    MinI,
    MaxI,
    /// Any other integer function, by operation name.
    NamedI(Arc<str>),
}

/// One expression. Build them with the constructors of [`Arena`], which keep them in normal form.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Node {
    Bool(bool),
    Int(i64),
    Float(Real),
    Dim(DimId),
    /// An integer combination of atoms, sorted, without zero coefficients.
    Linear(Vec<(Id, i64)>, i64),
    /// A real combination of terms, sorted.
    Sum(Vec<(Id, Real)>, Real),
    /// A product of powers, sorted; at least two factors or one power other than 1.
    Product(Vec<(Id, i32)>),
    Call(Func, Vec<Id>),
    /// `arms[i]` when `bounds[i-1] <= index < bounds[i]`: a concatenation.
    Switch {
        index: Id,
        bounds: Vec<i64>,
        arms: Vec<Id>,
    },
    Load(TensorId, Vec<Id>),
    /// `init` combined with the body at every point of `dims`.
    Reduce {
        kind: Kind,
        dims: Vec<DimId>,
        init: Option<Id>,
        body: Id,
    },
    /// A value supplied from outside: a state, a score.
    Atom(u32, Ty),
}

/// Facts about an expression, computed once.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Flags {
    /// Bit `d` is set when dimension `d` occurs free.
    pub dims: u128,
    pub reduces: bool,
    /// Contains a reduction over a [`Role::Key`] dimension.
    pub key_reduces: bool,
    pub atoms: bool,
    pub loads: bool,
}

/// What is known of a loaded tensor.
#[derive(Clone, Debug)]
pub struct TensorInfo {
    /// Identity of the SSA value.
    pub key: usize,
    pub shape: Vec<i64>,
    pub ty: Ty,
    /// Bits of a float element, 0 for others.
    pub float_bits: u32,
    /// Bits of an integer element, 0 for floats.
    pub bits: u32,
    /// A scalar value, not a tensor of rank 0.
    pub scalar: bool,
}

/// The store. Ids are only meaningful in the arena that made them.
#[derive(Default)]
pub struct Arena {
    nodes: Vec<Node>,
    flags: Vec<Flags>,
    table: HashMap<Node, Id>,
    dims: Vec<DimInfo>,
    pub tensors: Vec<TensorInfo>,
    /// Primes that stand for sizes which are only known at run time: see [`Arena::symbolic`].
    pub open: Vec<i64>,
    /// Keep `x + select(p, 0, -inf)` a sum: it is `select(p, x, -inf)` only where x is neither +inf nor NaN.
    pub strict_masks: bool,
}

impl Arena {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty store, for a program in which these primes stand for sizes that are only known at run time.
    pub fn over(open: &[i64]) -> Self {
        Self { open: open.to_vec(), ..Self::default() }
    }

    /// Whether a number stands for something that is only known at run time: a product of such a size with others,
    /// give or take an element or two. Products and quotients of such numbers mean what they say; to compare one
    /// with another number says nothing.
    pub fn symbolic(&self, number: i64) -> bool {
        let near = |prime: &i64| number.checked_rem(*prime).is_some_and(|rest| rest.min(prime - rest) <= 2);
        self.open.iter().any(|prime| number > prime / 2 && near(prime))
    }

    /// The node behind an id.
    pub fn node(&self, id: Id) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The facts about an id.
    pub fn flags(&self, id: Id) -> Flags {
        self.flags[id.0 as usize]
    }

    /// The dimension with this role, ordinal and extent; `None` when there are too many (128).
    pub fn dim(&mut self, role: Role, ordinal: u32, extent: i64) -> Option<DimId> {
        let info = DimInfo { role, ordinal, extent };
        if let Some(at) = self.dims.iter().position(|known| *known == info) {
            return Some(DimId(at as u8));
        }
        if self.dims.len() >= 128 {
            return None;
        }
        self.dims.push(info);
        Some(DimId(self.dims.len() as u8 - 1))
    }

    /// A dimension that no expression uses yet.
    pub fn fresh_dim(&mut self, role: Role, extent: i64) -> Option<DimId> {
        self.dim(role, 1000 + self.dims.len() as u32, extent)
    }

    pub fn dim_info(&self, dim: DimId) -> DimInfo {
        self.dims[dim.0 as usize]
    }

    /// Every dimension made so far.
    pub fn all_dims(&self) -> impl Iterator<Item = DimId> + use<> {
        (0..self.dims.len()).map(|at| DimId(at as u8))
    }

    /// Forgets every expression, dimension and tensor that was made since there were so many.
    pub(super) fn rewind(&mut self, (nodes, dims, tensors): (usize, usize, usize)) {
        for node in self.nodes.drain(nodes..) {
            self.table.remove(&node);
        }
        self.flags.truncate(nodes);
        self.dims.truncate(dims);
        self.tensors.truncate(tensors);
    }

    /// How many expressions, dimensions and tensors there are: see [`Arena::rewind`].
    pub(super) fn mark(&self) -> (usize, usize, usize) {
        (self.nodes.len(), self.dims.len(), self.tensors.len())
    }

    /// Number of expressions, for budgets.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Whether `dim` occurs free in `id`.
    pub fn uses(&self, id: Id, dim: DimId) -> bool {
        self.flags(id).dims >> dim.0 & 1 == 1
    }

    /// The free dimensions of an expression, in order.
    pub fn free_dims(&self, id: Id) -> Vec<DimId> {
        let mask = self.flags(id).dims;
        (0..128u8).filter(|dim| mask >> dim & 1 == 1).map(DimId).collect()
    }

    /// The children of a node.
    pub fn children(&self, id: Id) -> Vec<Id> {
        children_of(self.node(id))
    }

    /// Stores a node as it is. The constructors are the way in; this is for them.
    pub(super) fn intern(&mut self, node: Node) -> Id {
        if let Some(id) = self.table.get(&node) {
            return *id;
        }
        let id = Id(self.nodes.len() as u32);
        let mut flags = Flags::default();
        for child in children_of(&node) {
            let own = self.flags(child);
            flags.dims |= own.dims;
            flags.reduces |= own.reduces;
            flags.key_reduces |= own.key_reduces;
            flags.atoms |= own.atoms;
            flags.loads |= own.loads;
        }
        match &node {
            Node::Dim(dim) => flags.dims |= 1 << dim.0,
            Node::Atom(..) => flags.atoms = true,
            Node::Load(..) => flags.loads = true,
            Node::Reduce { dims, init, body, .. } => {
                flags.dims = self.flags(*body).dims;
                for dim in dims {
                    flags.dims &= !(1 << dim.0);
                    flags.key_reduces |= self.dim_info(*dim).role == Role::Key;
                }
                if let Some(init) = init {
                    flags.dims |= self.flags(*init).dims;
                }
                flags.reduces = true;
            }
            _ => {}
        }
        self.nodes.push(node.clone());
        self.flags.push(flags);
        self.table.insert(node, id);
        id
    }

    /// The type of an expression.
    pub fn ty(&self, id: Id) -> Ty {
        match self.node(id) {
            Node::Bool(_) => Ty::Bool,
            Node::Int(_) | Node::Dim(_) | Node::Linear(..) => Ty::Int,
            Node::Float(_) | Node::Sum(..) | Node::Product(_) => Ty::Float,
            Node::Atom(_, ty) => *ty,
            Node::Load(tensor, _) => self.tensors[tensor.0 as usize].ty,
            Node::Reduce { body, .. } => self.ty(*body),
            Node::Switch { arms, .. } => arms.first().map_or(Ty::Float, |arm| self.ty(*arm)),
            Node::Call(func, arguments) => match func {
                Func::Exp | Func::Exp2 | Func::Log | Func::Log2 | Func::MaxF | Func::MinF => Ty::Float,
                Func::Named(_) | Func::ToFloat => Ty::Float,
                Func::CmpF(_) | Func::CmpI(_) | Func::Not | Func::And | Func::Or | Func::Xor => Ty::Bool,
                Func::Select => self.ty(arguments[1]),
                Func::ToInt | Func::FloorDiv | Func::Mod | Func::MulI | Func::MinI | Func::MaxI => Ty::Int,
                Func::NamedI(_) | Func::Wrap(_) => Ty::Int,
            },
        }
    }

    /// Whether `part` occurs in `whole` (bound occurrences included).
    pub fn contains(&self, whole: Id, part: Id) -> bool {
        let mut seen = std::collections::HashSet::new();
        let mut stack = vec![whole];
        while let Some(id) = stack.pop() {
            if id == part {
                return true;
            }
            // A node is always made after its parts.
            if id > part && seen.insert(id) {
                stack.extend(self.children(id));
            }
        }
        false
    }

    /// Every node under `root` that `want` accepts, parts before wholes.
    pub fn collect(&self, roots: &[Id], want: impl Fn(&Self, Id) -> bool) -> Vec<Id> {
        let mut found = std::collections::BTreeSet::new();
        let mut seen = std::collections::HashSet::new();
        let mut stack = roots.to_vec();
        while let Some(id) = stack.pop() {
            if seen.insert(id) {
                if want(self, id) {
                    found.insert(id);
                }
                stack.extend(self.children(id));
            }
        }
        found.into_iter().collect()
    }
}

fn children_of(node: &Node) -> Vec<Id> {
    match node {
        Node::Bool(_) | Node::Int(_) | Node::Float(_) | Node::Dim(_) | Node::Atom(..) => vec![],
        Node::Linear(terms, _) => terms.iter().map(|term| term.0).collect(),
        Node::Sum(terms, _) => terms.iter().map(|term| term.0).collect(),
        Node::Product(factors) => factors.iter().map(|factor| factor.0).collect(),
        Node::Call(_, arguments) => arguments.clone(),
        Node::Switch { index, arms, .. } => std::iter::once(*index).chain(arms.iter().copied()).collect(),
        Node::Load(_, coords) => coords.clone(),
        Node::Reduce { init, body, .. } => init.iter().copied().chain([*body]).collect(),
    }
}
