//! Writing kernel code: typed helpers over [`Builder`] for the arith, scf, llvm and kernel ops a kernel is made of.

pub use crate::ir::constant;
use crate::{
    dialect::kernel::{Instruction, Lane},
    ffi,
    ir::{self, Builder, Element, Op, Type, Val},
    pass::expand_math::FULL_RANGE,
    runtime::DType,
};
use melior::{
    Context,
    ir::{AffineExpr, Block, Location, Region, RegionLike},
};

/// The types a kernel uses, parsed once.
#[derive(Clone, Copy)]
pub struct Types<'c> {
    pub i1: Type<'c>,
    pub i8: Type<'c>,
    pub i16: Type<'c>,
    pub i32: Type<'c>,
    pub i64: Type<'c>,
    pub f32: Type<'c>,
    pub bf16: Type<'c>,
    pub index: Type<'c>,
    /// Generic address space: tensor maps.
    pub ptr: Type<'c>,
    /// Global memory.
    pub global: Type<'c>,
    /// Shared memory.
    pub shared: Type<'c>,
}

impl<'c> Types<'c> {
    fn new(context: &'c Context) -> Self {
        let parse = |text: &str| Type::parse(context, text).expect("a type of ours");
        Self {
            i1: parse("i1"),
            i8: parse("i8"),
            i16: parse("i16"),
            i32: parse("i32"),
            i64: parse("i64"),
            f32: parse("f32"),
            bf16: parse("bf16"),
            index: parse("index"),
            ptr: parse("!llvm.ptr"),
            global: parse("!llvm.ptr<1>"),
            shared: parse("!llvm.ptr<3>"),
        }
    }
}

/// Integer comparison predicates, as `arith.cmpi` numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cmp {
    Eq = 0,
    Ne = 1,
    Slt = 2,
}

/// An insertion point with helpers.
#[derive(Clone, Copy)]
pub struct Code<'c> {
    pub b: Builder<'c>,
    pub t: Types<'c>,
}

impl<'c> Code<'c> {
    /// Writes at the insertion point of `builder`.
    pub fn new(builder: Builder<'c>) -> Self {
        Self { b: builder, t: Types::new(builder.context) }
    }

    /// An i32 constant.
    pub fn i32(&self, value: i64) -> Val<'c> {
        self.b.int(value, self.t.i32)
    }

    /// An f32 constant.
    pub fn f32(&self, value: f64) -> Val<'c> {
        self.b.float(value, self.t.f32)
    }

    /// The zero (or false) of a scalar type.
    pub fn zero(&self, ty: Type<'c>) -> Val<'c> {
        if ir::is_float(ty) { self.b.float(0.0, ty) } else { self.b.int(0, ty) }
    }

    /// `a + b`; constants of 0 are left out.
    pub fn add(&self, a: Val<'c>, b: Val<'c>) -> Val<'c> {
        match (constant(a), constant(b)) {
            (_, Some(0)) => a,
            (Some(0), _) => b,
            (Some(x), Some(y)) => self.b.int(x + y, ir::type_of(a)),
            _ => self.b.binary("arith.addi", a, b),
        }
    }

    /// `a + n`.
    pub fn addc(&self, a: Val<'c>, n: i64) -> Val<'c> {
        if n == 0 { a } else { self.add(a, self.b.int(n, ir::type_of(a))) }
    }

    /// `a - b`.
    pub fn sub(&self, a: Val<'c>, b: Val<'c>) -> Val<'c> {
        self.b.binary("arith.subi", a, b)
    }

    /// `a * b`; products with 0 and 1 are folded.
    pub fn mul(&self, a: Val<'c>, b: Val<'c>) -> Val<'c> {
        match (constant(a), constant(b)) {
            (_, Some(1)) | (Some(0), _) => a,
            (Some(1), _) | (_, Some(0)) => b,
            (Some(x), Some(y)) => self.b.int(x * y, ir::type_of(a)),
            _ => self.b.binary("arith.muli", a, b),
        }
    }

    /// `a * n`.
    pub fn mulc(&self, a: Val<'c>, n: i64) -> Val<'c> {
        self.mul(a, self.b.int(n, ir::type_of(a)))
    }

    /// Bitwise and with a constant.
    pub fn andc(&self, a: Val<'c>, n: i64) -> Val<'c> {
        self.b.binary("arith.andi", a, self.b.int(n, ir::type_of(a)))
    }

    /// Logical and.
    pub fn and(&self, a: Val<'c>, b: Val<'c>) -> Val<'c> {
        self.b.binary("arith.andi", a, b)
    }

    /// Exclusive or.
    pub fn xor(&self, a: Val<'c>, b: Val<'c>) -> Val<'c> {
        self.b.binary("arith.xori", a, b)
    }

    /// Logical shift right by a constant.
    pub fn shrc(&self, a: Val<'c>, n: i64) -> Val<'c> {
        self.b.binary("arith.shrui", a, self.b.int(n, ir::type_of(a)))
    }

    /// Shift left by a constant.
    pub fn shlc(&self, a: Val<'c>, n: i64) -> Val<'c> {
        if n == 0 { a } else { self.b.binary("arith.shli", a, self.b.int(n, ir::type_of(a))) }
    }

    /// Unsigned division by a constant.
    pub fn divc(&self, a: Val<'c>, n: i64) -> Val<'c> {
        if n == 1 { a } else { self.b.binary("arith.divui", a, self.b.int(n, ir::type_of(a))) }
    }

    /// Integer comparison.
    pub fn cmp(&self, predicate: Cmp, a: Val<'c>, b: Val<'c>) -> Val<'c> {
        self.b.compare("arith.cmpi", predicate as i64, a, b)
    }

    /// Comparison with a constant.
    pub fn cmpc(&self, predicate: Cmp, a: Val<'c>, n: i64) -> Val<'c> {
        self.cmp(predicate, a, self.b.int(n, ir::type_of(a)))
    }

    /// An affine expression of dims, then symbols, in integers of type `ty`.
    pub fn affine(&self, expr: AffineExpr<'c>, dims: usize, operands: &[Val<'c>], ty: Type<'c>) -> Val<'c> {
        if expr.is_dim() {
            return operands[expr.dim_position()];
        }
        if expr.is_symbol() {
            return operands[dims + expr.symbol_position()];
        }
        if expr.is_constant() {
            return self.b.int(expr.constant_value(), ty);
        }
        let [left, right] = [expr.lhs(), expr.rhs()].map(|side| self.affine(side, dims, operands, ty));
        match () {
            () if expr.is_add() => self.add(left, right),
            () if expr.is_mul() => self.mul(left, right),
            () if expr.is_mod() => {
                // The remainder of floor division, for divisors above 0.
                let rest = self.b.binary("arith.remsi", left, right);
                let shifted = self.add(rest, right);
                self.b.select(self.cmpc(Cmp::Slt, rest, 0), shifted, rest)
            }
            () if expr.is_floor_div() => self.b.binary("arith.floordivsi", left, right),
            () => self.b.binary("arith.ceildivsi", left, right),
        }
    }

    /// Sign extension to i64 (a no-op on i64).
    pub fn ext64(&self, a: Val<'c>) -> Val<'c> {
        if ir::type_of(a) == self.t.i64 { a } else { self.b.cast("arith.extsi", a, self.t.i64) }
    }

    /// The same i32 or pointer, of which LLVM knows nothing and which stays at this place.
    pub fn hidden(&self, value: Val<'c>) -> Val<'c> {
        Instruction::Opaque(value).value(&self.b)
    }

    /// Neighbours of 32 bits in shared memory.
    pub fn load_shared(&self, address: Val<'c>, offset: i64, element: Type<'c>, count: usize) -> Vec<Val<'c>> {
        Instruction::Load { address, offset, volatile: false, element, count }.build(&self.b)
    }

    /// A 0 that the assembler cannot see through, read from a word of shared memory that holds one.
    pub fn unknown_zero(&self, address: Val<'c>) -> Val<'c> {
        Instruction::Load { address, offset: 0, volatile: true, element: self.t.i32, count: 1 }.value(&self.b)
    }

    /// The neutral element of a combining op.
    pub fn neutral(&self, name: &str, ty: Type<'c>) -> Option<Val<'c>> {
        let bits =
            || ir::type_name(ty).trim_start_matches('i').parse::<u32>().ok().filter(|bits| (2..=64).contains(bits));
        Some(match name {
            "arith.addf" => self.b.float(0.0, ty),
            "arith.mulf" => self.b.float(1.0, ty),
            "arith.maximumf" | "arith.maxnumf" => self.b.float(f64::NEG_INFINITY, ty),
            "arith.minimumf" | "arith.minnumf" => self.b.float(f64::INFINITY, ty),
            "arith.addi" | "arith.ori" | "arith.xori" | "arith.maxui" => self.b.int(0, ty),
            "arith.andi" | "arith.minui" => self.b.int(-1, ty),
            "arith.muli" => self.b.int(1, ty),
            "arith.maxsi" => self.b.int(i64::MIN >> (64 - bits()?), ty),
            "arith.minsi" => self.b.int(i64::MAX >> (64 - bits()?), ty),
            _ => return None,
        })
    }

    /// The value of any scalar type of the lane whose number is this one's xor `lanes`.
    pub fn exchange(&self, value: Val<'c>, lanes: i64) -> Val<'c> {
        let ty = ir::type_of(value);
        match &*ir::type_name(ty) {
            "i32" | "f32" => self.shuffle(Lane::Butterfly, value, lanes),
            "f64" | "i64" => {
                let bits = self.bitcast_bits(value, self.t.i64);
                let half =
                    |bits: Val<'c>| self.shuffle(Lane::Butterfly, self.b.cast("arith.trunci", bits, self.t.i32), lanes);
                let wide = |half: Val<'c>| self.b.cast("arith.extui", half, self.t.i64);
                let (low, high) = (wide(half(bits)), wide(half(self.shrc(bits, 32))));
                self.bitcast_bits(self.b.binary("arith.ori", low, self.shlc(high, 32)), ty)
            }
            "bf16" | "f16" => {
                let bits = self.b.cast("arith.extui", self.bitcast_bits(value, self.t.i16), self.t.i32);
                let other = self.shuffle(Lane::Butterfly, bits, lanes);
                self.bitcast_bits(self.b.cast("arith.trunci", other, self.t.i16), ty)
            }
            _ => {
                let other = self.shuffle(Lane::Butterfly, self.b.cast("arith.extui", value, self.t.i32), lanes);
                self.b.cast("arith.trunci", other, ty)
            }
        }
    }

    fn bitcast_bits(&self, value: Val<'c>, ty: Type<'c>) -> Val<'c> {
        if ir::type_of(value) == ty { value } else { self.b.cast("arith.bitcast", value, ty) }
    }

    /// The thread's number in its block.
    pub fn thread(&self) -> Val<'c> {
        Instruction::Thread { again: false }.value(&self.b)
    }

    /// The block's number in the grid.
    pub fn block(&self) -> Val<'c> {
        Instruction::Block.value(&self.b)
    }

    /// How many blocks the grid has.
    pub fn blocks(&self) -> Val<'c> {
        Instruction::Blocks.value(&self.b)
    }

    /// The value of another lane of the warp.
    pub fn shuffle(&self, kind: Lane, value: Val<'c>, lane: i64) -> Val<'c> {
        Instruction::Shuffle { value, kind, lane }.value(&self.b)
    }

    /// An i32 that is the same in all threads of a warp, in a register that they share.
    pub fn uniform(&self, value: Val<'c>) -> Val<'c> {
        Instruction::Uniform(value).value(&self.b)
    }

    /// Waits for the other threads of the block.
    pub fn barrier(&self) {
        Instruction::Sync.build(&self.b);
    }

    /// Waits for the other threads of the warp.
    pub fn sync_warp(&self) {
        Instruction::SyncWarp.build(&self.b);
    }

    /// Lets kernels that are launched dependently on this one begin, and waits until all that was launched before has ended and
    /// its writes can be seen: nothing before this reads or writes global memory.
    pub fn await_grids(&self) {
        Instruction::AwaitGrids.build(&self.b);
    }

    /// An address in shared memory as a pointer.
    pub fn shared_ptr(&self, address: Val<'c>) -> Val<'c> {
        self.b.cast("llvm.inttoptr", address, self.t.shared)
    }

    /// `base[offset]` in elements of `element`.
    pub fn element_ptr(&self, base: Val<'c>, offset: Val<'c>, element: Type<'c>) -> Val<'c> {
        self.b
            .op("llvm.getelementptr")
            .operands(&[base, offset])
            .attr_text("rawConstantIndices", "array<i32: -2147483648>")
            .attr("elem_type", ir::type_attr(element))
            .results(&[ir::type_of(base)])
            .value()
    }

    /// A load.
    pub fn load(&self, pointer: Val<'c>, ty: Type<'c>) -> Val<'c> {
        self.b.op("llvm.load").operands(&[pointer]).results(&[ty]).value()
    }

    /// A store.
    pub fn store(&self, value: Val<'c>, pointer: Val<'c>) {
        self.b.op("llvm.store").operands(&[value, pointer]).build();
    }

    /// Two neighbours as one value of twice their size.
    pub fn pair_of(&self, element: Type<'c>) -> Type<'c> {
        Type::parse(self.b.context, &format!("vector<2x{element}>")).expect("a type of ours")
    }

    /// One of the two values of a pair.
    pub fn part(&self, pair: Val<'c>, number: usize) -> Val<'c> {
        let place = self.i32(number as i64);
        let element = ffi::element_type(ir::type_of(pair));
        self.b.op("llvm.extractelement").operands(&[pair, place]).results(&[element]).value()
    }

    /// Reinterprets the bits of a value.
    pub fn bitcast(&self, value: Val<'c>, ty: Type<'c>) -> Val<'c> {
        if ir::type_of(value) == ty { value } else { self.b.cast("llvm.bitcast", value, ty) }
    }
}

/// Whether an op combines values in any order, from a neutral element on.
pub fn combines(name: &str) -> bool {
    let floats = ["addf", "mulf", "maximumf", "maxnumf", "minimumf", "minnumf"];
    let ints = ["addi", "muli", "ori", "xori", "andi", "maxui", "minui", "maxsi", "minsi"];
    name.strip_prefix("arith.").is_some_and(|name| floats.contains(&name) || ints.contains(&name))
}

/// A block with arguments, to be filled and then made a region.
pub fn new_block<'c>(location: Location<'c>, arguments: &[Type<'c>]) -> Block<'c> {
    let arguments: Vec<_> = arguments.iter().map(|ty| (*ty, location)).collect();
    Block::new(&arguments)
}

/// A region of one block.
pub fn region_of(block: Block<'_>) -> Region<'_> {
    let region = Region::new();
    region.append_block(block);
    region
}

/// The attributes that say what an operation computes.
pub fn attributes<'c>(op: Op<'c>) -> Vec<(String, ir::Attr<'c>)> {
    const MEANT: [&str; 7] = ["predicate", "fastmath", "overflowFlags", "roundingmode", "value", "isExact", FULL_RANGE];
    MEANT.iter().filter_map(|name| Some(((*name).to_string(), ir::attr(op, name)?))).collect()
}

/// The manifest's name of an element type, one that [`crate::limits::stored`] lets through.
pub fn dtype(element: Type<'_>) -> DType {
    let known = Element::of(element).and_then(Element::dtype);
    known.unwrap_or_else(|| panic!("{element} is refused before kernels are made"))
}
