//! The state of a kernel while its code is written: parameters, scopes, index values.

use super::aside::Aside;
use crate::{
    bug,
    error::PassError,
    ffi,
    gpu::{
        code::{Code, attributes, new_block},
        host::Host,
        layout::{Coord, Layout},
        nest::Index,
        plan::Plan,
    },
    ir::{self, Blk, Op, Type, Val},
    runtime::{DType, Expr, manifest::Parameter},
};
use melior::ir::{Block, BlockLike, Location, operation::OperationLike};
use std::collections::{HashMap, HashSet};

/// A tile in registers.
#[derive(Clone, Debug)]
pub struct Registers<'c> {
    pub layout: Layout,
    /// In the order of [`Layout::points`].
    pub values: Vec<Val<'c>>,
}

/// What is known in a region of the code: dropped when the region ends.
#[derive(Default)]
pub struct Scope<'c> {
    /// Scalar values of the nest.
    pub scalars: HashMap<usize, Val<'c>>,
    /// Tiles in registers.
    pub tiles: HashMap<usize, Registers<'c>>,
    /// Elements of tiles that are computed where they are used.
    pub elements: HashMap<(usize, Vec<Coord>), Val<'c>>,
    /// Two neighbours in memory, by the coordinates of the first.
    pub pairs: HashMap<(usize, Vec<Coord>), Val<'c>>,
    /// Coordinates as i32.
    pub coords: HashMap<Coord, Val<'c>>,
    /// Uniform parts of addresses, by tile.
    pub bases: HashMap<usize, Val<'c>>,
    /// Tiles that wait in memory.
    pub aside: HashMap<usize, Aside<'c>>,
    /// Staged tiles that were waited for.
    pub ready: HashSet<usize>,
}

/// Where a ring stands: the buffer in turn and the parity its full barrier completes with.
#[derive(Clone, Copy)]
pub struct Turn<'c> {
    pub slot: Val<'c>,
    pub phase: Val<'c>,
}

/// Values a role computes once.
#[derive(Clone, Copy)]
pub struct Thread<'c> {
    /// Thread number in the block.
    pub tid: Val<'c>,
    /// Warp number in the block, uniform.
    pub warp: Val<'c>,
    pub lane: Val<'c>,
    /// Consumer warpgroup, from 0, uniform.
    pub warpgroup: Val<'c>,
    /// Row 0 of this thread in the grid tile.
    pub row: Val<'c>,
    /// Column 0 of this thread in a group of 8.
    pub column: Val<'c>,
    /// Base of shared memory, as an address.
    pub shared: Val<'c>,
}

/// A kernel being written.
pub struct Kernel<'k, 'c> {
    pub code: Code<'c>,
    pub host: &'k Host<'c>,
    pub plan: &'k Plan<'c>,
    pub op: Op<'c>,
    pub entry: Blk<'c>,
    pub parameters: Vec<(Parameter, Val<'c>)>,
    pub scopes: Vec<Scope<'c>>,
    pub thread: Option<Thread<'c>>,
    pub turns: Vec<Option<Turn<'c>>>,
    pub location: Location<'c>,
    /// Results of body ops by op and operands: equal work on equal operands is written once.
    pub memo: HashMap<(usize, Vec<usize>), Vec<Val<'c>>>,
    pub dynamic: HashMap<usize, Val<'c>>,
    /// Which half of which word a 16-bit value is: 0 is the lower one.
    pub halves: HashMap<usize, (Val<'c>, usize)>,
    /// Values that are reciprocals of what is divided by.
    pub inverses: HashSet<usize>,
    /// The warps of the producer warpgroup that code is written for; `None` for the one that drives the copy engine.
    pub copiers: Option<crate::gpu::plan::copiers::Copiers>,
    /// The extract whose elements are in shared memory already, and where.
    pub raw: Option<(Op<'c>, Val<'c>, crate::gpu::plan::SharedTile)>,
    /// The neighbour that the body of a tile is written for, where several are computed together.
    pub lane: Option<super::lanes::Lane<'c>>,
    /// The result that the copy engine stores.
    pub engine: Option<super::store::EngineStore<'c>>,
    /// Sums over columns that each thread keeps its own part of, until the loop they are carried by ends.
    pub spread: HashSet<usize>,
    /// Where loop results are put that wait for another loop.
    pub places: HashMap<usize, Aside<'c>>,
    /// Late contractions of rotated loops, by the loop result they belong to.
    pub pending: HashMap<usize, super::rotate::Pending<'c>>,
}

impl<'k, 'c> Kernel<'k, 'c> {
    /// The thread's values.
    pub fn me(&self) -> Thread<'c> {
        self.thread.expect("set at the kernel's entry")
    }

    /// A parameter: the existing one when an equal one was asked for before.
    pub fn parameter(&mut self, parameter: Parameter, ty: Type<'c>) -> Val<'c> {
        if let Some((_, value)) = self.parameters.iter().find(|(known, _)| *known == parameter) {
            return *value;
        }
        let value = ffi::val(self.entry.add_argument(ty, self.location));
        self.parameters.push((parameter, value));
        value
    }

    /// The address of a tensor.
    pub fn pointer(&mut self, tensor: &str) -> Val<'c> {
        self.parameter(Parameter::Pointer { tensor: tensor.into() }, self.code.t.global)
    }

    /// A host expression as a 32-bit or 64-bit value: a constant or a parameter.
    pub fn expr(&mut self, expr: &Expr, wide: bool) -> Val<'c> {
        let ty = if wide { self.code.t.i64 } else { self.code.t.i32 };
        match expr {
            Expr::Int(value) => self.code.b.int(*value, ty),
            other => {
                let dtype = if wide { DType::I64 } else { DType::I32 };
                self.parameter(Parameter::Scalar { dtype, value: other.clone() }, ty)
            }
        }
    }

    /// Writes `body` into a new block with arguments; what is learned inside is forgotten after.
    pub fn region(
        &mut self,
        arguments: &[Type<'c>],
        body: impl FnOnce(&mut Self, &[Val<'c>]) -> Result<(), PassError>,
    ) -> Result<Block<'c>, PassError> {
        let block = new_block(self.location, arguments);
        let handle = ffi::block_handle(&block);
        let outer = self.code.b;
        self.code.b = ir::Builder::at_end(outer.context, handle, outer.location);
        self.scopes.push(Scope::default());
        let memo = std::mem::take(&mut self.memo);
        let outcome = body(self, &ir::arguments(handle));
        self.memo = memo;
        self.scopes.pop();
        self.code.b = outer;
        outcome.map(|()| block)
    }

    /// `scf.if` with no results.
    pub fn when(
        &mut self,
        condition: Val<'c>,
        then: impl FnOnce(&mut Self) -> Result<(), PassError>,
    ) -> Result<(), PassError> {
        let block = self.region(&[], |kernel, _| {
            then(kernel)?;
            kernel.yield_(&[]);
            Ok(())
        })?;
        self.code
            .b
            .op("scf.if")
            .operands(&[condition])
            .raw_region(crate::gpu::code::region_of(block))
            .raw_region(melior::ir::Region::new())
            .build();
        Ok(())
    }

    /// `scf.if` with two branches and no results.
    pub fn choose(
        &mut self,
        condition: Val<'c>,
        then: impl FnOnce(&mut Self) -> Result<(), PassError>,
        otherwise: impl FnOnce(&mut Self) -> Result<(), PassError>,
    ) -> Result<(), PassError> {
        let yes = self.region(&[], |kernel, _| {
            then(kernel)?;
            kernel.yield_(&[]);
            Ok(())
        })?;
        let no = self.region(&[], |kernel, _| {
            otherwise(kernel)?;
            kernel.yield_(&[]);
            Ok(())
        })?;
        let spec = self.code.b.op("scf.if").operands(&[condition]);
        spec.raw_region(crate::gpu::code::region_of(yes)).raw_region(crate::gpu::code::region_of(no)).build();
        Ok(())
    }

    /// `scf.if` with two branches and results.
    pub fn choose_values(
        &mut self,
        condition: Val<'c>,
        then: impl FnOnce(&mut Self) -> Result<Vec<Val<'c>>, PassError>,
        otherwise: impl FnOnce(&mut Self) -> Result<Vec<Val<'c>>, PassError>,
    ) -> Result<Vec<Val<'c>>, PassError> {
        let mut types = vec![];
        let yes = self.region(&[], |kernel, _| {
            let values = then(kernel)?;
            types.extend(values.iter().map(|value| ir::type_of(*value)));
            kernel.yield_(&values);
            Ok(())
        })?;
        let no = self.region(&[], |kernel, _| {
            let values = otherwise(kernel)?;
            kernel.yield_(&values);
            Ok(())
        })?;
        let spec = self.code.b.op("scf.if").operands(&[condition]).results(&types);
        Ok(ir::results(
            spec.raw_region(crate::gpu::code::region_of(yes)).raw_region(crate::gpu::code::region_of(no)).build(),
        ))
    }

    /// `scf.for` over i32 with carried values.
    pub fn repeat(
        &mut self,
        [low, high, step]: [Val<'c>; 3],
        carried: &[Val<'c>],
        body: impl FnOnce(&mut Self, Val<'c>, &[Val<'c>]) -> Result<Vec<Val<'c>>, PassError>,
    ) -> Result<Vec<Val<'c>>, PassError> {
        let types: Vec<_> = carried.iter().map(|value| ir::type_of(*value)).collect();
        let arguments: Vec<_> = [self.code.t.i32].into_iter().chain(types.iter().copied()).collect();
        let block = self.region(&arguments, |kernel, arguments| {
            let next = body(kernel, arguments[0], &arguments[1..])?;
            kernel.yield_(&next);
            Ok(())
        })?;
        let spec = self.code.b.op("scf.for").operands(&[low, high, step]).operands(carried).results(&types);
        Ok(ir::results(spec.raw_region(crate::gpu::code::region_of(block)).build()))
    }

    fn yield_(&self, values: &[Val<'c>]) {
        self.code.b.op("scf.yield").operands(values).build();
    }

    /// The innermost scope.
    pub fn scope(&mut self) -> &mut Scope<'c> {
        if self.scopes.is_empty() {
            self.scopes.push(Scope::default());
        }
        self.scopes.last_mut().expect("just pushed")
    }

    /// Looks something up, innermost scope first.
    pub fn find<T>(&self, get: impl Fn(&Scope<'c>) -> Option<T>) -> Option<T> {
        self.scopes.iter().rev().find_map(get)
    }

    /// A tile in registers.
    pub fn tile(&self, value: Val<'c>) -> Option<&Registers<'c>> {
        let key = ffi::value_key(value);
        self.scopes.iter().rev().find_map(|scope| scope.tiles.get(&key))
    }

    /// Forgets that a tile is in registers.
    pub fn forget(&mut self, value: Val<'c>) {
        let key = ffi::value_key(value);
        for scope in &mut self.scopes {
            scope.tiles.remove(&key);
        }
    }

    /// Keeps a tile.
    pub fn keep(&mut self, value: Val<'c>, registers: Registers<'c>) {
        self.scope().tiles.insert(ffi::value_key(value), registers);
    }

    /// The type a value has in the kernel: `index` is i32, a float of 8 bits is its bits.
    pub fn kernel_type(&self, ty: Type<'c>) -> Type<'c> {
        match () {
            () if ty == self.code.t.index => self.code.t.i32,
            () if crate::gpu::float8::is_float8(ty) => self.code.t.i8,
            () => ty,
        }
    }

    /// A scalar value of the nest, computed here if it is not known yet.
    ///
    /// # Errors
    /// Reported at an op that has no scalar form.
    pub fn scalar(&mut self, value: Val<'c>) -> Result<Val<'c>, PassError> {
        let key = ffi::value_key(value);
        if let Some(known) = self.find(|scope| scope.scalars.get(&key).copied()) {
            return Ok(known);
        }
        let result = if ir::type_of(value) == self.code.t.index
            && let Some(expr) = self.host.expr(value)
        {
            self.expr(&expr, false)
        } else {
            let op = ffi::defining_op(value).ok_or_else(|| bug!("a scalar argument that is not bound"))?;
            let operands = match ir::name(op) {
                "tensor.extract" => ir::operands(op).split_off(1),
                _ => ir::operands(op),
            };
            let operands = operands.into_iter().map(|operand| self.scalar(operand)).collect::<Result<Vec<_>, _>>()?;
            self.rebuild(op, &operands)?[ffi::value_number(value)]
        };
        self.scope().scalars.insert(key, result);
        Ok(result)
    }

    /// An [`Index`] as i32.
    pub fn index(&mut self, index: Index<'c>) -> Result<Val<'c>, PassError> {
        match index {
            Index::Const(value) => Ok(self.code.i32(value)),
            Index::Value(value) => self.scalar(value),
        }
    }

    /// A coordinate as i32.
    pub fn coord(&mut self, coord: Coord) -> Val<'c> {
        if let Some(known) = self.find(|scope| scope.coords.get(&coord).copied()) {
            return known;
        }
        let value = match coord {
            Coord::Row(row) => self.code.addc(self.me().row, 8 * row as i64),
            Coord::Column(index) => self.code.addc(self.me().column, (8 * (index / 2) + index % 2) as i64),
            Coord::Const(value) => self.code.i32(value),
            Coord::Dynamic(key) => self.dynamic[&key],
        };
        self.scope().coords.insert(coord, value);
        value
    }

    /// A run-time value as a coordinate.
    pub fn dynamic_coord(&mut self, value: Val<'c>) -> Coord {
        let key = ffi::value_key(value);
        self.dynamic.insert(key, value);
        Coord::Dynamic(key)
    }

    /// The same operation on kernel values: `index` becomes i32, casts between them vanish.
    ///
    /// # Errors
    /// Reported for an op that has no meaning on scalars.
    pub fn rebuild(&mut self, op: Op<'c>, operands: &[Val<'c>]) -> Result<Vec<Val<'c>>, PassError> {
        let code = self.code;
        let types: Vec<_> = ir::results(op).into_iter().map(|result| self.kernel_type(ir::type_of(result))).collect();
        if let Some(value) = crate::gpu::float8::converted(code, op, operands) {
            return Ok(vec![value]);
        }
        match ir::name(op) {
            "arith.constant" => {
                let value = ir::attr(op, "value").ok_or_else(|| bug!("a constant without a value"))?;
                if ir::type_of(ir::results(op)[0]) == code.t.index {
                    return Ok(vec![code.i32(ir::int_attr(value).unwrap_or(0))]);
                }
                Ok(vec![code.b.op("arith.constant").attr("value", value).results(&types).value()])
            }
            "arith.index_cast" | "arith.index_castui" => Ok(vec![self.resize(operands[0], types[0])]),
            "affine.apply" | "affine.min" | "affine.max" => {
                let map =
                    ir::attr(op, "map").and_then(ffi::affine_map).ok_or_else(|| bug!("an affine op without a map"))?;
                let mut total: Option<Val<'c>> = None;
                for result in 0..map.result_count() {
                    let value = code.affine(map.result(result)?, map.dim_count(), operands, code.t.i32);
                    total = Some(match total {
                        None => value,
                        Some(other) => {
                            let name = if ir::name(op) == "affine.max" { "arith.maxsi" } else { "arith.minsi" };
                            code.b.binary(name, other, value)
                        }
                    });
                }
                Ok(total.into_iter().collect())
            }
            "tensor.extract" => Ok(vec![self.gather(op, operands)?]),
            "arith.divf" if self.inverses.contains(&ffi::value_key(operands[1])) => {
                Ok(vec![code.b.binary("arith.mulf", operands[0], operands[1])])
            }
            "arith.extf" if types[0] == code.t.f32 && self.bits_of_half(operands[0]).is_some() => {
                Ok(self.bits_of_half(operands[0]).map(|bits| code.bitcast(bits, code.t.f32)).into_iter().collect())
            }
            name if name.starts_with("arith.") || name.starts_with("math.") => {
                let mut spec = code.b.op(name).operands(operands).results(&types);
                for (name, attribute) in attributes(op) {
                    spec = spec.attr(&name, attribute);
                }
                Ok(ir::results(spec.build()))
            }
            name => {
                ffi::emit_error(op.location(), &format!("not supported in a GPU kernel: '{name}' on a scalar"));
                Err(PassError::Reported)
            }
        }
    }

    /// Sign-extends or truncates an integer.
    pub fn resize(&self, value: Val<'c>, ty: Type<'c>) -> Val<'c> {
        let width = |ty: Type<'c>| ir::type_name(ty).trim_start_matches('i').parse::<u32>().unwrap_or(32);
        let (from, to) = (width(ir::type_of(value)), width(ty));
        match from.cmp(&to) {
            std::cmp::Ordering::Less => self.code.b.cast("arith.extsi", value, ty),
            std::cmp::Ordering::Equal => value,
            std::cmp::Ordering::Greater => self.code.b.cast("arith.trunci", value, ty),
        }
    }
}
