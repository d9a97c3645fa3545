//! The only place with `unsafe`: what melior does not wrap, and the lifetime rule of [`crate::ir`].
#![allow(unsafe_code, reason = "the one module that talks to the MLIR C API directly")]

mod targets;
pub mod tool;

use crate::ir::{Attr, Blk, Element, Op, Type, Val};
use melior::{
    Context, ContextRef, StringRef,
    ir::{
        AffineExpr, AffineMap, Block, BlockLike, BlockRef, Location, Module, Operation, OperationRef, Region,
        RegionLike, RegionRef, Value, ValueLike, attribute::AttributeLike, operation::OperationLike, r#type::TypeLike,
    },
};
use mlir_sys as sys;
use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError, atomic::AtomicUsize},
};

/// Emits an error diagnostic at a location.
pub fn emit_error(location: Location<'_>, message: &str) {
    let Ok(text) = std::ffi::CString::new(message.replace('\0', " ")) else { return };
    // SAFETY: the location is alive and the text is nul-terminated for the whole call.
    unsafe { sys::mlirEmitError(location.to_raw(), text.as_ptr()) }
}

/// The context behind a reference to it.
///
/// melior's `ContextRef::to_ref` gives a reference to the `ContextRef` itself, which dies with it. Here
/// the word that stands for the context is kept for good, one per context address.
pub fn context_of<'c>(context: ContextRef<'c>) -> &'c Context {
    static WORDS: LazyLock<Mutex<HashMap<usize, &'static AtomicUsize>>> = LazyLock::new(Mutex::default);
    // SAFETY: only the address is taken here.
    let key = unsafe { context.to_ref() }.to_raw().ptr as usize;
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    let word = *words.entry(key).or_insert_with(|| Box::leak(Box::new(AtomicUsize::new(key))));
    // SAFETY: a context is the one pointer that the word holds, the word is never freed, and a
    // `ContextRef<'c>` guarantees that what it points to outlives 'c.
    unsafe { &*std::ptr::from_ref(word).cast::<Context>() }
}

/// Widens the second lifetime of an operation handle to its context's.
///
/// Rule of this crate: a pass holds handles only while it runs, and never uses one after erasing it.
pub fn op<'c: 'a, 'a>(op: &impl OperationLike<'c, 'a>) -> Op<'c> {
    // SAFETY: handles are plain pointers; see the rule above.
    unsafe { OperationRef::from_raw(op.to_raw()) }
}

/// As [`op`], for values.
pub fn val<'c>(value: impl ValueLike<'c>) -> Val<'c> {
    // SAFETY: see `op`.
    unsafe { Value::from_raw(value.to_raw()) }
}

/// As [`op`], for blocks.
pub fn blk<'c: 'a, 'a>(block: &impl BlockLike<'c, 'a>) -> Blk<'c> {
    // SAFETY: see `op`.
    unsafe { BlockRef::from_raw(block.to_raw()) }
}

/// As [`op`], for regions.
pub fn region<'c: 'a, 'a>(region: &impl RegionLike<'c, 'a>) -> RegionRef<'c, 'c> {
    // SAFETY: see `op`.
    unsafe { RegionRef::from_raw(region.to_raw()) }
}

/// The operation that defines a value, or `None` for a block argument.
pub fn defining_op<'c>(value: Val<'c>) -> Option<Op<'c>> {
    // SAFETY: the value is alive; the C API returns a null operation for none.
    unsafe {
        if !sys::mlirValueIsAOpResult(value.to_raw()) {
            return None;
        }
        OperationRef::from_option_raw(sys::mlirOpResultGetOwner(value.to_raw()))
    }
}

/// The position of a value among its owner's results or its block's arguments.
pub fn value_number(value: Val<'_>) -> usize {
    // SAFETY: the kind is checked before the call that needs it.
    unsafe {
        if sys::mlirValueIsAOpResult(value.to_raw()) {
            sys::mlirOpResultGetResultNumber(value.to_raw()) as usize
        } else {
            sys::mlirBlockArgumentGetArgNumber(value.to_raw()) as usize
        }
    }
}

/// The block that owns a block argument.
pub fn argument_owner<'c>(value: Val<'c>) -> Option<Blk<'c>> {
    // SAFETY: the kind is checked before the call that needs it.
    unsafe {
        if sys::mlirValueIsABlockArgument(value.to_raw()) {
            BlockRef::from_option_raw(sys::mlirBlockArgumentGetOwner(value.to_raw()))
        } else {
            None
        }
    }
}

/// The name of an operation, such as `"linalg.generic"`.
pub fn op_name<'c>(op: Op<'c>) -> &'c str {
    // SAFETY: identifiers are uniqued in the context and live as long as it does.
    unsafe {
        let text = sys::mlirIdentifierStr(sys::mlirOperationGetName(op.to_raw()));
        std::str::from_utf8(std::slice::from_raw_parts(text.data.cast(), text.length)).unwrap_or("")
    }
}

/// A hashable identity of a value.
pub fn value_key(value: Val<'_>) -> usize {
    value.to_raw().ptr as usize
}

/// A hashable identity of a type.
pub fn type_key(ty: Type<'_>) -> usize {
    ty.to_raw().ptr as usize
}

/// A hashable identity of an attribute.
pub fn attribute_key(attribute: Attr<'_>) -> usize {
    attribute.to_raw().ptr as usize
}

/// Whether an operation comes before another one of its block; none comes before itself.
pub fn is_before(op: Op<'_>, other: Op<'_>) -> bool {
    // SAFETY: both are alive; MLIR asserts that they are of one block, which is the caller's rule.
    unsafe { sys::mlirOperationIsBeforeInBlock(op.to_raw(), other.to_raw()) }
}

/// Whether a value has a use.
pub fn is_used(value: Val<'_>) -> bool {
    // SAFETY: the use list is only read.
    unsafe { !sys::mlirOpOperandIsNull(sys::mlirValueGetFirstUse(value.to_raw())) }
}

/// A hashable identity of an operation.
pub fn op_key(op: Op<'_>) -> usize {
    op.to_raw().ptr as usize
}

/// Every (user operation, operand number) of a value.
pub fn uses<'c>(value: Val<'c>) -> Vec<(Op<'c>, usize)> {
    let mut found = vec![];
    // SAFETY: the use list is only read, and not changed while it is walked.
    unsafe {
        let mut item = sys::mlirValueGetFirstUse(value.to_raw());
        while !sys::mlirOpOperandIsNull(item) {
            let owner = OperationRef::from_raw(sys::mlirOpOperandGetOwner(item));
            found.push((owner, sys::mlirOpOperandGetOperandNumber(item) as usize));
            item = sys::mlirOpOperandGetNextUse(item);
        }
    }
    found
}

/// Replaces every use of `old` by `new`.
pub fn replace_all_uses(old: Val<'_>, new: Val<'_>) {
    // SAFETY: both values are alive and of one context.
    unsafe { sys::mlirValueReplaceAllUsesOfWith(old.to_raw(), new.to_raw()) }
}

/// Removes an operation from its block and destroys it. Its results must have no uses.
pub fn erase(op: Op<'_>) {
    // SAFETY: the caller holds no other handle to it from here on.
    unsafe { sys::mlirOperationDestroy(op.to_raw()) }
}

/// Removes an argument of a block, which must have no uses.
pub fn erase_argument(block: Blk<'_>, index: usize) {
    // SAFETY: the caller names one of the block's arguments and holds no handle to it from here on.
    unsafe { sys::mlirBlockEraseArgument(block.to_raw(), index as u32) }
}

/// Clones an operation, regions included, detached.
pub fn clone_op<'c>(op: Op<'c>) -> Operation<'c> {
    // SAFETY: the clone is owned by the caller.
    unsafe { Operation::from_raw(sys::mlirOperationClone(op.to_raw())) }
}

/// Moves the blocks of region `index` of an operation into a region of their own.
///
/// # Panics
/// When the operation has no such region.
pub fn take_region<'c>(op: Op<'c>, index: usize) -> Region<'c> {
    let region = Region::new();
    let source = op.region(index).expect("a region");
    // SAFETY: both regions are alive; the source is left empty.
    unsafe { sys::mlirRegionTakeBody(region.to_raw(), source.to_raw()) }
    region
}

/// Clones a module.
pub fn clone_module<'c>(module: &melior::ir::Module<'c>) -> melior::ir::Module<'c> {
    // SAFETY: the clone is a module operation and is owned by the caller.
    unsafe {
        melior::ir::Module::from_raw(sys::mlirModuleFromOperation(sys::mlirOperationClone(
            module.as_operation().to_raw(),
        )))
    }
}

/// Sets one operand of an operation.
pub fn set_operand(op: Op<'_>, index: usize, value: Val<'_>) {
    // SAFETY: the index is in range by the caller's construction; MLIR asserts it.
    unsafe { sys::mlirOperationSetOperand(op.to_raw(), index as isize, value.to_raw()) }
}

/// Sets an attribute by name, inherent or discardable.
pub fn set_attribute(op: Op<'_>, name: &str, attribute: Attr<'_>) {
    // SAFETY: all handles are alive.
    unsafe { sys::mlirOperationSetAttributeByName(op.to_raw(), StringRef::new(name).to_raw(), attribute.to_raw()) }
}

/// Removes an attribute by name; returns whether there was one.
pub fn remove_attribute(op: Op<'_>, name: &str) -> bool {
    // SAFETY: all handles are alive.
    unsafe { sys::mlirOperationRemoveAttributeByName(op.to_raw(), StringRef::new(name).to_raw()) }
}

/// Moves `op` directly before `other`.
pub fn move_before(op: Op<'_>, other: Op<'_>) {
    // SAFETY: both are alive and in blocks.
    unsafe { sys::mlirOperationMoveBefore(op.to_raw(), other.to_raw()) }
}

/// The affine map inside an affine-map attribute.
pub fn affine_map<'c>(attribute: Attr<'c>) -> Option<AffineMap<'c>> {
    // SAFETY: the kind is checked before the map is taken out.
    unsafe {
        sys::mlirAttributeIsAAffineMap(attribute.to_raw())
            .then(|| AffineMap::from_raw(sys::mlirAffineMapAttrGetValue(attribute.to_raw())))
    }
}

/// An affine-map attribute.
pub fn affine_map_attr<'c>(map: AffineMap<'c>) -> Attr<'c> {
    // SAFETY: the map is alive.
    unsafe { Attr::from_raw(sys::mlirAffineMapAttrGet(map.to_raw())) }
}

/// The lhs and rhs of a binary affine expression.
pub fn affine_operands<'c>(expr: AffineExpr<'c>) -> Option<(AffineExpr<'c>, AffineExpr<'c>)> {
    expr.is_binary().then(|| (expr.lhs(), expr.rhs()))
}

/// The elements of an array attribute.
pub fn array_elements<'c>(attribute: Attr<'c>) -> Option<Vec<Attr<'c>>> {
    // SAFETY: the kind is checked before the elements are read.
    unsafe {
        sys::mlirAttributeIsAArray(attribute.to_raw()).then(|| {
            (0..sys::mlirArrayAttrGetNumElements(attribute.to_raw()))
                .map(|index| Attr::from_raw(sys::mlirArrayAttrGetElement(attribute.to_raw(), index)))
                .collect()
        })
    }
}

/// An entry of a dictionary attribute.
pub fn dictionary_get<'c>(attribute: Attr<'c>, name: &str) -> Option<Attr<'c>> {
    // SAFETY: the kind is checked before the lookup; the C API returns a null attribute for none.
    unsafe {
        if !sys::mlirAttributeIsADictionary(attribute.to_raw()) {
            return None;
        }
        let entry = sys::mlirDictionaryAttrGetElementByName(attribute.to_raw(), StringRef::new(name).to_raw());
        Attr::from_option_raw(entry)
    }
}

/// A dictionary with an entry of this name and value beside those of another, or in the place of the one of its name.
pub fn dictionary_with<'c>(context: &'c Context, others: Option<Attr<'c>>, name: &str, value: Attr<'c>) -> Attr<'c> {
    // SAFETY: the kind is checked before entries are read; `entries` outlives the call that copies it.
    unsafe {
        let others = others.filter(|others| sys::mlirAttributeIsADictionary(others.to_raw()));
        let count = others.map_or(0, |others| sys::mlirDictionaryAttrGetNumElements(others.to_raw()));
        let name = sys::mlirIdentifierGet(context.to_raw(), StringRef::new(name).to_raw());
        let entries = others
            .into_iter()
            .flat_map(|others| (0..count).map(move |index| sys::mlirDictionaryAttrGetElement(others.to_raw(), index)));
        let mut entries: Vec<_> = entries.filter(|entry| !sys::mlirIdentifierEqual(entry.name, name)).collect();
        entries.push(sys::mlirNamedAttributeGet(name, value.to_raw()));
        Attr::from_raw(sys::mlirDictionaryAttrGet(context.to_raw(), entries.len() as isize, entries.as_ptr()))
    }
}

/// The values of a `array<i64: ...>` attribute.
pub fn i64_array(attribute: Attr<'_>) -> Option<Vec<i64>> {
    // SAFETY: the kind is checked before the elements are read.
    unsafe {
        sys::mlirAttributeIsADenseI64Array(attribute.to_raw()).then(|| {
            (0..sys::mlirDenseArrayGetNumElements(attribute.to_raw()))
                .map(|index| sys::mlirDenseI64ArrayGetElement(attribute.to_raw(), index))
                .collect()
        })
    }
}

/// The splat element of a dense constant, as an attribute.
pub fn dense_splat<'c>(attribute: Attr<'c>) -> Option<Attr<'c>> {
    // SAFETY: both kinds are checked before the value is read.
    unsafe {
        (sys::mlirAttributeIsADenseElements(attribute.to_raw())
            && sys::mlirDenseElementsAttrIsSplat(attribute.to_raw()))
        .then(|| Attr::from_raw(sys::mlirDenseElementsAttrGetSplatValue(attribute.to_raw())))
    }
}

/// The bytes of a `#gpu.object`.
pub fn gpu_object(attribute: Attr<'_>) -> Option<Vec<u8>> {
    // SAFETY: the kind is checked first; the bytes live in the context and are copied.
    unsafe {
        sys::mlirAttributeIsAGPUObjectAttr(attribute.to_raw()).then(|| {
            let text = sys::mlirGPUObjectAttrGetObject(attribute.to_raw());
            std::slice::from_raw_parts(text.data.cast::<u8>(), text.length).to_vec()
        })
    }
}

/// An owned block as a handle that stays valid after it is appended to a region.
pub fn block_handle<'c>(block: &Block<'c>) -> Blk<'c> {
    // SAFETY: appending moves ownership, not the block itself.
    unsafe { BlockRef::from_raw(block.to_raw()) }
}

/// Whether a type is a ranked tensor.
pub fn is_ranked_tensor(ty: Type<'_>) -> bool {
    // SAFETY: the type is alive.
    unsafe { sys::mlirTypeIsARankedTensor(ty.to_raw()) }
}

/// Shape of a ranked tensor or memref type, dynamic sizes as `None`.
pub fn shape(ty: Type<'_>) -> Option<Vec<Option<i64>>> {
    // SAFETY: the kind and rank are checked before sizes are read.
    unsafe {
        if !sys::mlirTypeIsAShaped(ty.to_raw()) || !sys::mlirShapedTypeHasRank(ty.to_raw()) {
            return None;
        }
        Some(
            (0..sys::mlirShapedTypeGetRank(ty.to_raw()) as isize)
                .map(|dim| {
                    (!sys::mlirShapedTypeIsDynamicDim(ty.to_raw(), dim))
                        .then(|| sys::mlirShapedTypeGetDimSize(ty.to_raw(), dim))
                })
                .collect(),
        )
    }
}

/// Element type of a shaped type, or the type itself.
pub fn element_type<'c>(ty: Type<'c>) -> Type<'c> {
    // SAFETY: the kind is checked first.
    unsafe {
        if sys::mlirTypeIsAShaped(ty.to_raw()) {
            Type::from_raw(sys::mlirShapedTypeGetElementType(ty.to_raw()))
        } else {
            ty
        }
    }
}

/// Applies the `__transform_main` sequence of a transform module to `payload`. Returns whether it succeeded;
/// diagnostics go to the context's handler.
pub fn apply_transform(payload: Op<'_>, script: &Module<'_>) -> bool {
    let script = op(&script.as_operation());
    let main = crate::ir::body(script, 0).and_then(|body| crate::ir::ops(body).into_iter().next());
    let Some(main) = main else { return false };
    // SAFETY: all handles are alive; the options are destroyed after their last use.
    unsafe {
        let options = sys::mlirTransformOptionsCreate();
        let result = sys::mlirTransformApplyNamedSequence(payload.to_raw(), main.to_raw(), script.to_raw(), options);
        sys::mlirTransformOptionsDestroy(options);
        result.value != 0
    }
}

/// Moves `op` to the end of `block`.
pub fn move_to_end<'c>(op: Op<'c>, block: Blk<'c>) {
    // SAFETY: removing detaches the operation without destroying it; the block takes it over.
    unsafe {
        sys::mlirOperationRemoveFromParent(op.to_raw());
        sys::mlirBlockAppendOwnedOperation(block.to_raw(), op.to_raw());
    }
}

/// The operation whose region's block owns a block argument.
pub fn owner_of_argument<'c>(value: Val<'c>) -> Option<Op<'c>> {
    let block = argument_owner(value)?;
    // SAFETY: the block is alive; a null operation means none.
    unsafe { OperationRef::from_option_raw(sys::mlirBlockGetParentOperation(block.to_raw())) }
}

/// A hashable identity of the block an operation is in; 0 for a detached one.
pub fn parent_block_key(op: Op<'_>) -> usize {
    // SAFETY: the operation is alive.
    unsafe { sys::mlirOperationGetBlock(op.to_raw()).ptr as usize }
}

/// The elements of a dense constant of i1.
pub fn dense_bools(attribute: Attr<'_>) -> Option<Vec<bool>> {
    // SAFETY: the kind is checked before elements are read; a splat has its one value repeated.
    unsafe {
        sys::mlirAttributeIsADenseElements(attribute.to_raw()).then(|| {
            (0..sys::mlirElementsAttrGetNumElements(attribute.to_raw()))
                .map(|index| sys::mlirDenseElementsAttrGetBoolValue(attribute.to_raw(), index as isize))
                .collect()
        })
    }
}

/// A dense constant of i8 with these values, as 0 and 1.
pub fn dense_i8<'c>(ty: Type<'c>, values: &[bool]) -> Attr<'c> {
    let bytes: Vec<i8> = values.iter().map(|value| i8::from(*value)).collect();
    // SAFETY: the pointer covers as many elements as are announced, which is the size of the type.
    unsafe { Attr::from_raw(sys::mlirDenseElementsAttrInt8Get(ty.to_raw(), bytes.len() as isize, bytes.as_ptr())) }
}

/// The bytes of a dense constant, row-major, one byte per i1; those of a resource are looked up in the module's text.
///
/// Returns `None` for a splat, and for what is no dense constant.
pub fn dense_bytes(attribute: Attr<'_>, module: &dyn Fn() -> String) -> Option<Vec<u8>> {
    let text = attribute.to_string();
    if let Some(rest) = text.strip_prefix("dense_resource<") {
        let name = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next()?,
            None => rest.split('>').next()?,
        };
        let module = module();
        let (_, resources) = module.rsplit_once("{-#")?;
        // `key: "0x…"`: the key is the last word before the colon.
        let is_key =
            |before: &str| before.rsplit([' ', '\n', ',', '{']).next().map(|key| key.trim_matches('"')) == Some(name);
        let quoted =
            |before: &str| before.strip_suffix('"').is_some_and(|before| before.ends_with(&format!("\"{name}")));
        let blobs = resources.match_indices(": \"0x");
        let at = blobs
            .map(|(at, sign)| (at, at + sign.len()))
            .find(|(at, _)| is_key(&resources[..*at]) || quoted(&resources[..*at]))?;
        let blob = resources[at.1..].split('"').next()?;
        // The first four bytes say how the rest is aligned.
        let hex = |at: usize| u8::from_str_radix(blob.get(2 * at..2 * at + 2)?, 16).ok();
        return (4..blob.len() / 2).map(hex).collect();
    }
    // SAFETY: the kind is checked before the elements are read; a constant that is no splat has all its elements there.
    unsafe {
        if !sys::mlirAttributeIsADenseElements(attribute.to_raw())
            || sys::mlirDenseElementsAttrIsSplat(attribute.to_raw())
        {
            return None;
        }
        let element = sys::mlirShapedTypeGetElementType(sys::mlirAttributeGetType(attribute.to_raw()));
        let element = Element::of(Type::from_raw(element))?;
        if element == Element::BOOL {
            return dense_bools(attribute).map(|values| values.into_iter().map(u8::from).collect());
        }
        let size = element.dtype()?.size();
        let count = sys::mlirElementsAttrGetNumElements(attribute.to_raw()) as usize;
        let data = sys::mlirDenseElementsAttrGetRawData(attribute.to_raw()).cast::<u8>();
        Some(std::slice::from_raw_parts(data, count * size).to_vec())
    }
}

/// The bytes of a dense constant whose elements have `width` bytes each; a splat has its one value repeated.
pub fn dense_elements(attribute: Attr<'_>, width: usize) -> Option<Vec<u8>> {
    // SAFETY: the kind is checked first; raw data holds one element for a splat and all of them otherwise.
    unsafe {
        if !sys::mlirAttributeIsADenseElements(attribute.to_raw()) {
            return None;
        }
        let count = sys::mlirElementsAttrGetNumElements(attribute.to_raw()) as usize;
        if count == 0 {
            return Some(vec![]);
        }
        let data = sys::mlirDenseElementsAttrGetRawData(attribute.to_raw()).cast::<u8>();
        if sys::mlirDenseElementsAttrIsSplat(attribute.to_raw()) {
            return Some(std::slice::from_raw_parts(data, width).repeat(count));
        }
        Some(std::slice::from_raw_parts(data, width * count).to_vec())
    }
}

/// The text of a string attribute, unless it is not UTF-8.
pub fn string_value<'c>(attribute: Attr<'c>) -> Option<&'c str> {
    // SAFETY: the kind is checked first; the context keeps the bytes for as long as it lives.
    unsafe {
        if !sys::mlirAttributeIsAString(attribute.to_raw()) {
            return None;
        }
        let text = sys::mlirStringAttrGetValue(attribute.to_raw());
        if text.length == 0 {
            return Some("");
        }
        std::str::from_utf8(std::slice::from_raw_parts(text.data.cast(), text.length)).ok()
    }
}

/// A dense constant of f64 with these values.
pub fn dense_f64<'c>(ty: Type<'c>, values: &[f64]) -> Attr<'c> {
    // SAFETY: the pointer covers as many elements as are announced, which is the size of the type.
    unsafe { Attr::from_raw(sys::mlirDenseElementsAttrDoubleGet(ty.to_raw(), values.len() as isize, values.as_ptr())) }
}

/// The type that an attribute has of itself.
pub fn attribute_type<'c>(attribute: Attr<'c>) -> Option<Type<'c>> {
    // SAFETY: the attribute is alive; the C API returns the type `none` for no type.
    unsafe { Type::from_option_raw(sys::mlirAttributeGetType(attribute.to_raw())) }
}

/// Gives a value another type; whoever asks makes its definition and its uses agree with it.
pub fn set_type<'c>(value: Val<'c>, ty: Type<'c>) {
    // SAFETY: both are alive and of one context.
    unsafe { sys::mlirValueSetType(value.to_raw(), ty.to_raw()) }
}
