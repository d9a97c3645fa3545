//! Building IR: [`Builder`] inserts operations at a point, [`OpSpec`] spells one out.

use super::{Attr, Blk, Op, Type, Val};
use crate::ffi;
use melior::{
    Context,
    ir::{
        AffineMap, Block, BlockLike, Identifier, Location, Operation, Region, RegionLike,
        attribute::{ArrayAttribute, DenseI64ArrayAttribute, IntegerAttribute, StringAttribute},
        operation::{OperationBuilder, OperationLike},
        r#type::IntegerType,
    },
};

/// The predicates of `arith.cmpi`, as the arith dialect numbers them.
pub mod cmpi {
    pub const EQ: i64 = 0;
    pub const NE: i64 = 1;
    pub const SLT: i64 = 2;
    pub const SLE: i64 = 3;
    pub const ULT: i64 = 6;
}

/// Numbers of `arith.cmpf` predicates.
pub mod cmpf {
    pub const OLT: i64 = 4;
}

/// An insertion point: the end of a block, or before an operation.
#[derive(Clone, Copy)]
pub struct Builder<'c> {
    pub context: &'c Context,
    pub location: Location<'c>,
    block: Blk<'c>,
    before: Option<Op<'c>>,
}

impl<'c> Builder<'c> {
    /// Inserts at the end of `block`.
    pub fn at_end(context: &'c Context, block: Blk<'c>, location: Location<'c>) -> Self {
        Self { context, location, block, before: None }
    }

    /// Inserts before `op`, at its location.
    ///
    /// # Panics
    /// When `op` is in no block.
    pub fn before(op: Op<'c>) -> Self {
        let block = op.block().expect("an operation that is in a block");
        Self {
            context: ffi::context_of(op.context()),
            location: op.location(),
            block: ffi::blk(&block),
            before: Some(op),
        }
    }

    /// The same insertion point with another location.
    pub fn with_location(self, location: Location<'c>) -> Self {
        Self { location, ..self }
    }

    /// The block that is built into.
    pub fn block(&self) -> Blk<'c> {
        self.block
    }

    /// Inserts a detached operation.
    pub fn insert(&self, op: Operation<'c>) -> Op<'c> {
        let inserted = match self.before {
            Some(other) => self.block.insert_operation_before(other, op),
            None => self.block.append_operation(op),
        };
        ffi::op(&inserted)
    }

    /// Starts an operation.
    pub fn op(&self, name: &str) -> OpSpec<'_, 'c> {
        OpSpec {
            builder: self,
            name: name.into(),
            operands: vec![],
            results: vec![],
            attributes: vec![],
            regions: vec![],
        }
    }

    /// Clones `op` here, with its operands mapped.
    pub fn clone_op(&self, op: Op<'c>, map: impl Fn(Val<'c>) -> Val<'c>) -> Op<'c> {
        let copy = self.insert(ffi::clone_op(op));
        for (index, operand) in super::operands(op).into_iter().enumerate() {
            ffi::set_operand(copy, index, map(operand));
        }
        copy
    }

    /// Parses a type.
    ///
    /// # Panics
    /// When the text is not a type: the text is always ours.
    pub fn ty(&self, text: &str) -> Type<'c> {
        Type::parse(self.context, text).unwrap_or_else(|| panic!("'{text}' is not a type"))
    }

    /// Parses an attribute.
    ///
    /// # Panics
    /// When the text is not an attribute: the text is always ours.
    pub fn attr(&self, text: &str) -> Attr<'c> {
        Attr::parse(self.context, text).unwrap_or_else(|| panic!("'{text}' is not an attribute"))
    }

    /// `index`.
    pub fn index_type(&self) -> Type<'c> {
        Type::index(self.context)
    }

    /// `f32`.
    pub fn f32_type(&self) -> Type<'c> {
        Type::float32(self.context)
    }

    /// `i<bits>`.
    pub fn int_type(&self, bits: u32) -> Type<'c> {
        IntegerType::new(self.context, bits).into()
    }

    /// A ranked tensor type; `None` is a dynamic size.
    pub fn tensor_type(&self, shape: &[Option<i64>], element: Type<'c>) -> Type<'c> {
        let mut text = String::from("tensor<");
        for size in shape {
            match size {
                Some(size) => text.push_str(&format!("{size}x")),
                None => text.push_str("?x"),
            }
        }
        self.ty(&format!("{text}{element}>"))
    }

    /// An `i64` attribute.
    pub fn i64_attr(&self, value: i64) -> Attr<'c> {
        IntegerAttribute::new(self.int_type(64), value).into()
    }

    /// A string attribute.
    pub fn str_attr(&self, text: &str) -> Attr<'c> {
        StringAttribute::new(self.context, text).into()
    }

    /// An `array<i64: ...>` attribute.
    pub fn i64s_attr(&self, values: &[i64]) -> Attr<'c> {
        DenseI64ArrayAttribute::new(self.context, values).into()
    }

    /// An array attribute.
    pub fn array_attr(&self, values: &[Attr<'c>]) -> Attr<'c> {
        ArrayAttribute::new(self.context, values).into()
    }

    /// An array of affine maps.
    pub fn maps_attr(&self, maps: &[AffineMap<'c>]) -> Attr<'c> {
        let maps: Vec<_> = maps.iter().map(|map| ffi::affine_map_attr(*map)).collect();
        self.array_attr(&maps)
    }

    /// `arith.constant` of type index.
    pub fn index(&self, value: i64) -> Val<'c> {
        self.constant(&format!("{value} : index"), self.index_type())
    }

    /// `arith.constant` of a float type; infinities and NaN included.
    pub fn float(&self, value: f64, ty: Type<'c>) -> Val<'c> {
        let attribute = melior::ir::attribute::FloatAttribute::new(self.context, ty, value);
        self.op("arith.constant").results(&[ty]).attr("value", attribute.into()).value()
    }

    /// A new tensor of a static type, the same number everywhere.
    pub fn filled(&self, number: f64, ty: Type<'c>) -> Val<'c> {
        let element = crate::ffi::element_type(ty);
        let empty = self.op("tensor.empty").results(&[ty]).value();
        self.op("linalg.fill")
            .operands(&[self.float(number, element), empty])
            .results(&[ty])
            .attr_text("operandSegmentSizes", "array<i32: 1, 1>")
            .region(&[element, element], |b, arguments| {
                b.op("linalg.yield").operands(&arguments[..1]).build();
            })
            .value()
    }

    /// `arith.constant` of an integer type.
    pub fn int(&self, value: i64, ty: Type<'c>) -> Val<'c> {
        let attribute = IntegerAttribute::new(ty, value);
        self.op("arith.constant").results(&[ty]).attr("value", attribute.into()).value()
    }

    /// `arith.constant` with its value spelled out.
    pub fn constant(&self, value: &str, ty: Type<'c>) -> Val<'c> {
        self.op("arith.constant").results(&[ty]).attr("value", self.attr(value)).value()
    }

    /// An operation with one operand and a result of the same type.
    pub fn unary(&self, name: &str, operand: Val<'c>) -> Val<'c> {
        self.op(name).operands(&[operand]).results(&[super::type_of(operand)]).value()
    }

    /// An operation with two operands and a result of the first one's type.
    pub fn binary(&self, name: &str, lhs: Val<'c>, rhs: Val<'c>) -> Val<'c> {
        self.op(name).operands(&[lhs, rhs]).results(&[super::type_of(lhs)]).value()
    }

    /// A conversion such as `arith.extf`.
    pub fn cast(&self, name: &str, operand: Val<'c>, ty: Type<'c>) -> Val<'c> {
        self.op(name).operands(&[operand]).results(&[ty]).value()
    }

    /// `arith.cmpi` / `arith.cmpf` with the predicate's number (see the arith dialect).
    pub fn compare(&self, name: &str, predicate: i64, lhs: Val<'c>, rhs: Val<'c>) -> Val<'c> {
        self.op(name)
            .operands(&[lhs, rhs])
            .results(&[self.int_type(1)])
            .attr("predicate", self.i64_attr(predicate))
            .value()
    }

    /// `arith.select`.
    pub fn select(&self, condition: Val<'c>, yes: Val<'c>, no: Val<'c>) -> Val<'c> {
        self.op("arith.select").operands(&[condition, yes, no]).results(&[super::type_of(yes)]).value()
    }
}

/// One operation, spelled out part by part.
pub struct OpSpec<'b, 'c> {
    builder: &'b Builder<'c>,
    name: String,
    operands: Vec<Val<'c>>,
    results: Vec<Type<'c>>,
    attributes: Vec<(String, Attr<'c>)>,
    regions: Vec<Region<'c>>,
}

impl<'c> OpSpec<'_, 'c> {
    /// Appends operands.
    pub fn operands(mut self, operands: &[Val<'c>]) -> Self {
        self.operands.extend_from_slice(operands);
        self
    }

    /// Appends result types.
    pub fn results(mut self, types: &[Type<'c>]) -> Self {
        self.results.extend_from_slice(types);
        self
    }

    /// Sets an attribute.
    pub fn attr(mut self, name: &str, attribute: Attr<'c>) -> Self {
        self.attributes.push((name.into(), attribute));
        self
    }

    /// Sets an attribute from its text.
    pub fn attr_text(self, name: &str, text: &str) -> Self {
        let attribute = self.builder.attr(text);
        self.attr(name, attribute)
    }

    /// Appends a region of one block with these arguments, filled by `build`.
    pub fn region(mut self, arguments: &[Type<'c>], build: impl FnOnce(&Builder<'c>, &[Val<'c>])) -> Self {
        let location = self.builder.location;
        let arguments: Vec<_> = arguments.iter().map(|ty| (*ty, location)).collect();
        let block = Block::new(&arguments);
        let handle = ffi::block_handle(&block);
        let region = Region::new();
        region.append_block(block);
        let values = super::arguments(handle);
        build(&Builder::at_end(self.builder.context, handle, location), &values);
        self.regions.push(region);
        self
    }

    /// Appends a region that was built elsewhere.
    pub fn raw_region(mut self, region: Region<'c>) -> Self {
        self.regions.push(region);
        self
    }

    /// Inserts the operation.
    ///
    /// # Panics
    /// When melior refuses the operation, which is a bug in the caller.
    pub fn build(self) -> Op<'c> {
        let context = self.builder.context;
        let attributes: Vec<_> =
            self.attributes.iter().map(|(name, value)| (Identifier::new(context, name), *value)).collect();
        let op = OperationBuilder::new(&self.name, self.builder.location)
            .add_operands(&self.operands)
            .add_results(&self.results)
            .add_attributes(&attributes)
            .add_regions_vec(self.regions)
            .build()
            .unwrap_or_else(|error| panic!("cannot build '{}': {error}", self.name));
        self.builder.insert(op)
    }

    /// Inserts the operation and returns its only (or first) result.
    ///
    /// # Panics
    /// When it has none.
    pub fn value(self) -> Val<'c> {
        let op = self.build();
        ffi::val(op.result(0).expect("an operation with a result"))
    }
}
