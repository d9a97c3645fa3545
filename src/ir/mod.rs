//! Handles and a builder over melior, with one lifetime: the context's.
//!
//! [`Op`], [`Val`], [`Blk`] and [`Attr`] are `Copy` handles. A pass may hold them while it runs; it
//! must not use one after erasing what it points to.

mod build;
mod element;

pub use build::{Builder, OpSpec, cmpf, cmpi};
pub use element::Element;

use crate::ffi;
use melior::{
    Context,
    ir::{
        Attribute, AttributeLike, BlockLike, BlockRef, OperationRef, RegionLike, Value, ValueLike,
        attribute::{FloatAttribute, IntegerAttribute, StringAttribute},
        operation::OperationLike,
    },
};
use std::{borrow::Cow, cell::Cell};

pub use melior::ir::Type;

/// An operation handle.
pub type Op<'c> = OperationRef<'c, 'c>;
/// A value handle.
pub type Val<'c> = Value<'c, 'c>;
/// A block handle.
pub type Blk<'c> = BlockRef<'c, 'c>;
/// An attribute.
pub type Attr<'c> = Attribute<'c>;

/// The name of an operation, such as `"linalg.generic"`.
pub fn name<'c>(op: Op<'c>) -> &'c str {
    ffi::op_name(op)
}

/// The operands of an operation.
pub fn operands<'c>(op: Op<'c>) -> Vec<Val<'c>> {
    (0..op.operand_count()).filter_map(|index| op.operand(index).ok()).map(ffi::val).collect()
}

/// The results of an operation.
pub fn results<'c>(op: Op<'c>) -> Vec<Val<'c>> {
    (0..op.result_count()).filter_map(|index| op.result(index).ok()).map(ffi::val).collect()
}

/// The operations of a block, in order.
pub fn ops<'c>(block: Blk<'c>) -> Vec<Op<'c>> {
    std::iter::successors(block.first_operation(), |op| op.next_in_block()).map(|op| ffi::op(&op)).collect()
}

/// Whether an operation is one of a block's own.
pub fn is_in(op: Op<'_>, block: Blk<'_>) -> bool {
    op.block().is_some_and(|own| ffi::blk(&own) == block)
}

/// The operation of a block that holds (or is) `op`.
pub fn ancestor_in<'c>(op: Op<'c>, block: Blk<'c>) -> Option<Op<'c>> {
    let mut current = op;
    while ffi::blk(&current.block()?) != block {
        current = ffi::op(&current.parent_operation()?);
    }
    Some(current)
}

/// The first block of an operation's region, if it has one.
pub fn body<'c>(op: Op<'c>, region: usize) -> Option<Blk<'c>> {
    op.region(region).ok()?.first_block().map(|block| ffi::blk(&block))
}

/// The blocks of an operation's region.
pub fn blocks<'c>(op: Op<'c>, region: usize) -> Vec<Blk<'c>> {
    let first = op.region(region).ok().and_then(|region| region.first_block());
    std::iter::successors(first, |block| block.next_in_region()).map(|block| ffi::blk(&block)).collect()
}

/// The arguments of a block.
pub fn arguments<'c>(block: Blk<'c>) -> Vec<Val<'c>> {
    (0..block.argument_count()).filter_map(|index| block.argument(index).ok()).map(ffi::val).collect()
}

/// An attribute of an operation, if present.
pub fn attr<'c>(op: Op<'c>, name: &str) -> Option<Attr<'c>> {
    op.attribute(name).ok()
}

/// The attributes of an op, by name.
pub fn attributes<'c>(op: Op<'c>) -> Vec<(String, Attr<'c>)> {
    op.attributes().map(|(name, value)| (name.as_string_ref().as_str().unwrap_or("").to_string(), value)).collect()
}

/// The value of a string attribute.
pub fn string_attr<'c>(attribute: Attr<'c>) -> Option<&'c str> {
    StringAttribute::try_from(attribute).ok().and_then(|_| ffi::string_value(attribute))
}

/// The value of an integer attribute.
pub fn int_attr(attribute: Attr<'_>) -> Option<i64> {
    IntegerAttribute::try_from(attribute).ok().map(|number| number.value())
}

/// The value of a float attribute, as f64.
pub fn float_attr(attribute: Attr<'_>) -> Option<f64> {
    attribute.is_float().then(|| FloatAttribute::try_from(attribute).ok().map(|number| number.value())).flatten()
}

/// The value of an integer constant.
pub fn constant(value: Val<'_>) -> Option<i64> {
    let op = ffi::defining_op(value)?;
    (name(op) == "arith.constant").then(|| attr(op, "value").and_then(int_attr)).flatten()
}

/// The type of a value.
pub fn type_of<'c>(value: Val<'c>) -> Type<'c> {
    value.r#type()
}

/// Every operation under `root`, pre-order, `root` excluded.
pub fn walk<'c>(root: Op<'c>) -> Vec<Op<'c>> {
    let mut found = vec![];
    for region in 0..root.region_count() {
        for op in blocks(root, region).into_iter().flat_map(ops) {
            found.push(op);
            found.extend(walk(op));
        }
    }
    found
}

/// Every operation under `root` of one of these names, pre-order: what another of them holds may be erased meanwhile.
pub fn walk_named<'c>(root: Op<'c>, names: &[&str]) -> Vec<Op<'c>> {
    let mut found = walk(root);
    found.retain(|op| names.contains(&name(*op)));
    found
}

/// A type as it is written. That of a scalar is known without printing, which costs a look at every dialect.
pub fn type_name(ty: Type<'_>) -> Cow<'static, str> {
    Element::of(ty).map_or_else(|| Cow::Owned(ty.to_string()), Element::name)
}

/// Whether a type is a floating-point scalar.
pub fn is_float(ty: Type<'_>) -> bool {
    Element::of(ty).is_some_and(Element::is_float)
}

/// A context that a thread works in, by address, and the attribute for a loop that reduces once it is known.
type Within = Option<(usize, Option<usize>)>;

thread_local! {
    static WITHIN: Cell<Within> = const { Cell::new(None) };
}

/// Runs `work` on operations of a context, which outlives it: what is the same for all of them is looked up once.
pub fn within<T>(context: &Context, work: impl FnOnce() -> T) -> T {
    struct Restore(Within);
    impl Drop for Restore {
        fn drop(&mut self) {
            WITHIN.set(self.0);
        }
    }
    let _restore = Restore(WITHIN.replace(Some((context.to_raw().ptr as usize, None))));
    work()
}

/// The attribute for a loop that reduces, by key.
fn reduction(context: &Context) -> Option<usize> {
    let own = context.to_raw().ptr as usize;
    let within = WITHIN.get().filter(|(address, _)| *address == own);
    if let Some((_, Some(known))) = within {
        return Some(known);
    }
    let found = Attribute::parse(context, "#linalg.iterator_type<reduction>").map(ffi::attribute_key);
    if within.is_some() {
        WITHIN.set(Some((own, found)));
    }
    found
}

/// For each loop of a linalg op, whether it is a reduction; `None` for an op that does not say.
pub fn reduced_loops(op: Op<'_>) -> Option<Vec<bool>> {
    let kinds = ffi::array_elements(attr(op, "iterator_types")?)?;
    let reduction = reduction(ffi::context_of(op.context()));
    Some(kinds.into_iter().map(|kind| Some(ffi::attribute_key(kind)) == reduction).collect())
}

/// A type as an attribute.
pub fn type_attr<'c>(ty: Type<'c>) -> Attr<'c> {
    melior::ir::attribute::TypeAttribute::new(ty).into()
}
