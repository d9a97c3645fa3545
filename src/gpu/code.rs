//! Writing kernel code: typed helpers over [`Builder`] for the arith, scf, llvm and nvvm ops a kernel is made of.

pub use crate::ir::constant;
use crate::{
    ffi,
    ir::{self, Attr, Builder, Type, Val},
};
use melior::{
    Context,
    ir::{AffineExpr, Block, Location, Region, RegionLike, attribute::StringAttribute},
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

    /// A side-effecting or pure `llvm.inline_asm`; several results come as a struct and are taken apart.
    pub fn asm(&self, text: &str, constraints: &str, operands: &[Val<'c>], results: &[Type<'c>]) -> Vec<Val<'c>> {
        let spec = self.b.op("llvm.inline_asm").operands(operands);
        let spec = spec
            .attr("asm_string", self.b.str_attr(text))
            .attr("constraints", self.b.str_attr(constraints))
            .attr("has_side_effects", Attr::unit(self.b.context));
        match results {
            [] => {
                spec.build();
                vec![]
            }
            [one] => vec![spec.results(&[*one]).value()],
            many => {
                let ty = self.struct_type(many);
                let value = spec.results(&[ty]).value();
                (0..many.len()).map(|index| self.extract(value, index, many[index])).collect()
            }
        }
    }

    /// The same i32 value, of which LLVM knows nothing and which stays at this place.
    pub fn hidden(&self, value: Val<'c>) -> Val<'c> {
        self.asm("mov.b32 $0, $1;", "=r,r", &[value], &[self.t.i32])[0]
    }

    /// Inline PTX that computes one value and does nothing else.
    pub fn pure_asm(&self, text: &str, constraints: &str, operands: &[Val<'c>], result: Type<'c>) -> Val<'c> {
        self.b
            .op("llvm.inline_asm")
            .operands(operands)
            .attr("asm_string", self.b.str_attr(text))
            .attr("constraints", self.b.str_attr(constraints))
            .results(&[result])
            .value()
    }

    fn struct_type(&self, parts: &[Type<'c>]) -> Type<'c> {
        let names: Vec<_> = parts.iter().map(ToString::to_string).collect();
        self.b.ty(&format!("!llvm.struct<({})>", names.join(", ")))
    }

    fn extract(&self, value: Val<'c>, index: usize, ty: Type<'c>) -> Val<'c> {
        self.b
            .op("llvm.extractvalue")
            .operands(&[value])
            .attr("position", self.b.i64s_attr(&[index as i64]))
            .results(&[ty])
            .value()
    }

    /// Calls an LLVM intrinsic.
    pub fn intrinsic(&self, name: &str, operands: &[Val<'c>], result: Type<'c>) -> Val<'c> {
        self.b
            .op("llvm.call_intrinsic")
            .operands(operands)
            .attr("intrin", StringAttribute::new(self.b.context, name).into())
            .attr_text("op_bundle_sizes", "array<i32>")
            .attr_text("operandSegmentSizes", &format!("array<i32: {}, 0>", operands.len()))
            .results(&[result])
            .value()
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

    /// `shfl.bfly` of any scalar type.
    pub fn exchange(&self, value: Val<'c>, lanes: i64) -> Val<'c> {
        let ty = ir::type_of(value);
        match &*ir::type_name(ty) {
            "i32" | "f32" => self.shuffle("bfly", value, lanes),
            "f64" | "i64" => {
                let bits = self.bitcast_bits(value, self.t.i64);
                let half = |bits: Val<'c>| self.shuffle("bfly", self.b.cast("arith.trunci", bits, self.t.i32), lanes);
                let wide = |half: Val<'c>| self.b.cast("arith.extui", half, self.t.i64);
                let (low, high) = (wide(half(bits)), wide(half(self.shrc(bits, 32))));
                self.bitcast_bits(self.b.binary("arith.ori", low, self.shlc(high, 32)), ty)
            }
            "bf16" | "f16" => {
                let bits = self.b.cast("arith.extui", self.bitcast_bits(value, self.t.i16), self.t.i32);
                let other = self.shuffle("bfly", bits, lanes);
                self.bitcast_bits(self.b.cast("arith.trunci", other, self.t.i16), ty)
            }
            _ => {
                let other = self.shuffle("bfly", self.b.cast("arith.extui", value, self.t.i32), lanes);
                self.b.cast("arith.trunci", other, ty)
            }
        }
    }

    fn bitcast_bits(&self, value: Val<'c>, ty: Type<'c>) -> Val<'c> {
        if ir::type_of(value) == ty { value } else { self.b.cast("arith.bitcast", value, ty) }
    }

    /// A special register such as `tid.x`.
    pub fn sreg(&self, name: &str) -> Val<'c> {
        self.b.op(&format!("nvvm.read.ptx.sreg.{name}")).results(&[self.t.i32]).value()
    }

    /// `shfl.sync` over the whole warp: `kind` is `idx` or `bfly`.
    pub fn shuffle(&self, kind: &str, value: Val<'c>, lane: i64) -> Val<'c> {
        self.b
            .op("nvvm.shfl.sync")
            .operands(&[self.i32(-1), value, self.i32(lane), self.i32(31)])
            .attr_text("kind", &format!("#nvvm<shfl_kind {kind}>"))
            .results(&[ir::type_of(value)])
            .value()
    }

    /// An i32 that is the same in all threads of a warp, in a register that they share.
    pub fn uniform(&self, value: Val<'c>) -> Val<'c> {
        self.asm("redux.sync.max.s32 $0, $1, 0xffffffff;", "=r,r", &[value], &[self.t.i32])[0]
    }

    /// `bar.sync` over the whole block.
    pub fn barrier(&self) {
        self.b.op("nvvm.barrier").attr_text("operandSegmentSizes", "array<i32: 0, 0, 0>").build();
    }

    /// Lets kernels that are launched dependently on this one begin, and waits until all that was launched before has ended and
    /// its writes can be seen: nothing before this reads or writes global memory (PTX ISA, `griddepcontrol`).
    pub fn await_grids(&self) {
        self.asm("griddepcontrol.launch_dependents;", "", &[], &[]);
        self.asm("griddepcontrol.wait;", "~{memory}", &[], &[]);
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
