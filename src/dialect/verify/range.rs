//! The optional attributes of a fused op that `bound` leaves: `key_range`, `skip`, `finite_masks`.

use crate::{
    dialect::ops::Fused,
    ffi,
    ir::{self, Attr, Element},
    pass::bound::{ENDS, FINITE, RANGE, SKIP},
};

pub(super) fn verify(fused: &Fused<'_>) -> Result<(), String> {
    for name in [SKIP, FINITE] {
        if ir::attr(fused.op, name).is_some_and(|value| value.to_string() != "unit") {
            return Err(format!("the attribute '{name}' must be a unit attribute"));
        }
    }
    let Some(range) = ir::attr(fused.op, RANGE) else { return Ok(()) };
    let ends: Vec<_> = ENDS.iter().map(|name| ffi::dictionary_get(range, name)).collect();
    if !range.to_string().starts_with('{') {
        return Err(format!("the attribute '{RANGE}' must be a dictionary"));
    }
    if ends[2].is_some() != ends[3].is_some() {
        return Err(format!("'{RANGE}' needs both of 'clear_low' and 'clear_high', or neither"));
    }
    for (name, end) in ENDS.iter().zip(ends) {
        if let Some(end) = end {
            self::end(fused, end).map_err(|fault| format!("'{name}' of '{RANGE}' {fault}"))?;
        }
    }
    Ok(())
}

/// `[]`, `["max" | "min", end...]` or `[map, capture...]`.
fn end(fused: &Fused<'_>, end: Attr<'_>) -> Result<(), String> {
    let parts = ffi::array_elements(end).ok_or_else(|| format!("is not an array: {end}"))?;
    let Some((head, rest)) = parts.split_first() else { return Ok(()) };
    if let Some(name) = ir::string_attr(*head) {
        if !matches!(name, "max" | "min") || rest.is_empty() {
            return Err(format!("is neither a 'max' nor a 'min' of ends: {end}"));
        }
        return rest.iter().try_for_each(|part| self::end(fused, *part));
    }
    let map = ffi::affine_map(*head).ok_or_else(|| format!("begins with no map: {end}"))?;
    // One dim more than the op has: the last query of a tile.
    let dims = fused.header.roles.len() + 1;
    if map.result_count() != 1 || map.dim_count() > dims {
        return Err(format!("needs a map with one result over at most {dims} dims, not {head}"));
    }
    if map.symbol_count() != rest.len() {
        return Err(format!("has a map with {} symbols, but names {} captures", map.symbol_count(), rest.len()));
    }
    for part in rest {
        let number = ir::int_attr(*part).and_then(|number| usize::try_from(number).ok());
        let Some(capture) = number.and_then(|number| fused.captures.get(number)) else {
            return Err(format!("names capture {part}, but there are {} captures", fused.captures.len()));
        };
        if !Element::of(capture.element()).is_some_and(Element::is_integer) {
            return Err(format!("names capture {part}, which has '{}' elements and no integers", capture.element()));
        }
    }
    Ok(())
}
