//! Rectangles of tensors in memory, and the ops that take them: slices, paddings, reshapes.

use crate::{
    dialect::ops::DYNAMIC,
    ffi,
    gpu::{
        code::{self, dtype},
        host::Host,
        layout::is_memory,
        view::View,
    },
    ir::{self, Op, Val},
    runtime::Expr,
};

/// A size or an offset: a constant, or an index value of the nest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Index<'c> {
    Const(i64),
    Value(Val<'c>),
}

/// The most dims of a tensor map.
const MAP_RANK: usize = 5;

/// A rectangle of a tensor in memory: sizes and offsets per dim of the tensor, and the dims that are left in the tile.
#[derive(Clone)]
pub struct Window<'c> {
    pub view: View<'c>,
    pub offsets: Vec<Index<'c>>,
    pub strides: Vec<i64>,
    /// Per dim of the tile, the dim of the tensor.
    pub dims: Vec<usize>,
    /// Per dim of the tile, how many elements exist.
    pub live: Vec<Index<'c>>,
    /// Per dim of the tile, how many elements the tile has, padding included.
    pub tile: Vec<i64>,
}

/// Whether so many neighbours along the innermost dim of a tensor, from the first one of a window's row on, are one aligned value.
pub fn aligned(window: &Window<'_>, width: i64) -> bool {
    let inner = window.view.dims.len() - 1;
    let begins = match window.offsets[inner] {
        Index::Const(offset) => offset % width == 0,
        Index::Value(value) => is_multiple(value, width),
    };
    begins && window.strides[inner] == 1 && window.view.rows_of(inner, width)
}

/// Whether a word of a register holds two elements.
pub fn is_half(element: ir::Type<'_>) -> bool {
    matches!(&*ir::type_name(element), "bf16" | "f16")
}

/// Whether the rows of a window are made of aligned words of so many 16-bit elements.
pub fn in_words(window: &Window<'_>, width: i64) -> bool {
    is_half(window.view.element) && aligned(window, width)
}

/// Whether an index of the nest is sure to be a multiple of a number.
pub fn is_multiple(value: Val<'_>, of: i64) -> bool {
    if let Some(constant) = code::constant(value) {
        return constant % of == 0;
    }
    let Some(op) = ffi::defining_op(value) else {
        // The counter of a loop.
        let Some(owner) = ffi::owner_of_argument(value).filter(|owner| ir::name(*owner) == "scf.for") else {
            return false;
        };
        let operands = ir::operands(owner);
        return ffi::value_number(value) == 0 && is_multiple(operands[0], of) && is_multiple(operands[2], of);
    };
    let operands = ir::operands(op);
    match ir::name(op) {
        "arith.muli" => operands.iter().any(|operand| is_multiple(*operand, of)),
        "arith.addi" | "arith.subi" | "arith.minsi" | "arith.maxsi" | "arith.minui" | "arith.maxui" => {
            operands.iter().all(|operand| is_multiple(*operand, of))
        }
        "arith.select" => operands[1..].iter().all(|operand| is_multiple(*operand, of)),
        _ => false,
    }
}

/// The offsets, sizes and strides of a slice op; `skip` operands come before them.
pub fn slice<'c>(op: Op<'c>, skip: usize) -> Option<(Vec<Index<'c>>, Vec<Index<'c>>, Vec<i64>)> {
    let operands = ir::operands(op);
    let mut next = skip;
    let mut read = |name: &str| -> Option<Vec<Index<'c>>> {
        let list = ffi::i64_array(ir::attr(op, name)?)?;
        Some(
            list.into_iter()
                .map(|number| {
                    if number == DYNAMIC {
                        next += 1;
                        operands.get(next - 1).map_or(Index::Const(0), |value| Index::Value(*value))
                    } else {
                        Index::Const(number)
                    }
                })
                .collect(),
        )
    };
    let (offsets, sizes) = (read("static_offsets")?, read("static_sizes")?);
    let strides = ffi::i64_array(ir::attr(op, "static_strides")?)?;
    Some((offsets, sizes, strides))
}

/// What a `tensor.pad` adds before and after each dim.
pub fn padding<'c>(op: Op<'c>) -> Option<[Vec<Index<'c>>; 2]> {
    let operands = ir::operands(op);
    let mut next = 1;
    let mut read = |name: &str| -> Option<Vec<Index<'c>>> {
        let list = ffi::i64_array(ir::attr(op, name)?)?;
        list.into_iter()
            .map(|number| {
                if number != DYNAMIC {
                    return Some(Index::Const(number));
                }
                next += 1;
                operands.get(next - 1).map(|value| Index::Value(*value))
            })
            .collect()
    };
    Some([read("static_low")?, read("static_high")?])
}

/// Which dims of the larger shape of a reshape each dim of the smaller one stands for.
pub fn groups(op: Op<'_>) -> Option<Vec<Vec<usize>>> {
    let members = |group| -> Option<Vec<usize>> {
        ffi::array_elements(group)?.into_iter().map(|dim| usize::try_from(ir::int_attr(dim)?).ok()).collect()
    };
    ffi::array_elements(ir::attr(op, "reassociation")?)?.into_iter().map(members).collect()
}

/// Which dims of a slice are left in a tile of a shape: those whose sizes are the tile's; of equal size-1 dims the last ones.
pub fn kept_dims(sizes: &[Index<'_>], shape: &[Option<i64>]) -> Vec<usize> {
    let mut kept = vec![];
    let mut needed = shape.len();
    for (dim, size) in sizes.iter().enumerate().rev() {
        let forced = dim + 1 == needed;
        let same = needed > 0
            && match (size, shape[needed - 1]) {
                (Index::Const(size), Some(extent)) => *size == extent,
                (size, _) => *size != Index::Const(1),
            };
        if needed > 0 && (same || forced) {
            kept.push(dim);
            needed -= 1;
        }
    }
    kept.reverse();
    kept
}

/// The window a tile value loads, if it is nothing but a load: a slice, perhaps padded, of a tensor in memory.
pub fn window<'c>(host: &Host<'c>, value: Val<'c>) -> Option<Window<'c>> {
    let tile: Option<Vec<i64>> = ffi::shape(ir::type_of(value))?.into_iter().collect();
    if let Some(view) = Some(value).filter(|value| is_memory(*value)).and_then(|value| host.view(value)) {
        let tile = tile?;
        return Some(Window {
            offsets: vec![Index::Const(0); tile.len()],
            strides: vec![1; tile.len()],
            dims: (0..tile.len()).collect(),
            live: tile.iter().map(|size| Index::Const(*size)).collect(),
            view,
            tile,
        });
    }
    let op = ffi::defining_op(value)?;
    match ir::name(op) {
        "tensor.pad" => {
            let inner = window(host, ir::operands(op)[0]).or_else(|| dynamic_window(host, ir::operands(op)[0]))?;
            let low = ffi::i64_array(ir::attr(op, "static_low")?)?;
            low.iter().all(|pad| *pad == 0).then_some(Window { tile: tile?, ..inner })
        }
        "tensor.extract_slice" => {
            let window = dynamic_window(host, value)?;
            Some(Window { tile: tile?, ..window })
        }
        "tensor.cast" => {
            let inner = dynamic_window(host, ir::operands(op)[0])?;
            Some(Window { tile: tile?, ..inner })
        }
        _ => None,
    }
}

/// The window of a slice whose type may be dynamic (`tile` is left empty).
fn dynamic_window<'c>(host: &Host<'c>, value: Val<'c>) -> Option<Window<'c>> {
    let op = ffi::defining_op(value)?;
    if ir::name(op) != "tensor.extract_slice" {
        return None;
    }
    let view = host.view(ir::operands(op)[0])?;
    let (offsets, sizes, strides) = slice(op, 1)?;
    let dims = kept_dims(&sizes, &ffi::shape(ir::type_of(value))?);
    let live = dims.iter().map(|dim| sizes[*dim]).collect();
    Some(Window { view, offsets, strides, dims, live, tile: vec![] })
}

impl<'c> Window<'c> {
    /// The dims of the view that a tensor map of it has, innermost first: those of the tile, and those along which tiles differ.
    pub fn map_dims(&self) -> Vec<usize> {
        let view = &self.view;
        let tile = [self.dims[0], self.dims[1]];
        let differs = |dim: &usize| view.strides[*dim] != Expr::Int(0);
        let mut dims: Vec<_> = (0..view.dims.len()).filter(|dim| tile.contains(dim) || differs(dim)).collect();
        if dims.len() > MAP_RANK {
            dims.retain(|dim| tile.contains(dim) || view.dims[*dim] != Expr::Int(1));
        }
        dims.retain(|dim| *dim != tile[1]);
        dims.push(tile[1]);
        dims.reverse();
        dims
    }

    /// Whether the copy engine can read and write it: its rows are rows of memory, at addresses that the engine takes.
    pub fn is_mapped(&self) -> bool {
        let bytes = dtype(self.view.element).size() as i64;
        self.dims.len() == 2
            && self.view.rows_of(self.dims[1], 16 / bytes)
            && self.view.strides[self.dims[0]] != Expr::Int(0)
            && self.strides.iter().all(|stride| *stride == 1)
            && self.map_dims().len() <= MAP_RANK
    }

    /// Whether everything the tile holds beyond the live part lies beyond the tensor's end, so that a copy engine
    /// that fills out-of-bounds elements with zeros loads exactly this tile.
    pub fn ends_with_tensor(&self, host: &Host<'c>) -> bool {
        self.dims.iter().enumerate().all(|(position, dim)| {
            let extent = &self.view.dims[*dim];
            match self.live[position] {
                Index::Const(size) => {
                    size == self.tile[position] || (self.offsets[*dim] == Index::Const(0) && Expr::Int(size) == *extent)
                }
                Index::Value(value) => self.is_clamped(host, value, self.tile[position], extent),
            }
        })
    }

    /// Whether `value` is `min(tile, extent - offset)`.
    fn is_clamped(&self, host: &Host<'c>, value: Val<'c>, tile: i64, extent: &Expr) -> bool {
        let Some(op) = ffi::defining_op(value) else { return false };
        let Some(map) = ir::attr(op, "map").and_then(ffi::affine_map) else { return false };
        if ir::name(op) != "affine.min" {
            return false;
        }
        let operands = ir::operands(op);
        let (mut has_tile, mut has_extent) = (false, false);
        for result in (0..map.result_count()).filter_map(|result| map.result(result).ok()) {
            if result.is_constant() {
                has_tile |= result.constant_value() == tile;
                continue;
            }
            has_extent |= terms(result).iter().any(|term| {
                if term.is_constant() {
                    Expr::Int(term.constant_value()) == *extent
                } else {
                    let position = match () {
                        () if term.is_dim() => term.dim_position(),
                        () if term.is_symbol() => map.dim_count() + term.symbol_position(),
                        () => return false,
                    };
                    operands
                        .get(position)
                        .and_then(|operand| host.known_size(*operand))
                        .is_some_and(|expr| expr == *extent)
                }
            });
        }
        has_tile && has_extent
    }
}

fn terms<'c>(expr: melior::ir::AffineExpr<'c>) -> Vec<melior::ir::AffineExpr<'c>> {
    if expr.is_add() {
        let mut all = terms(expr.lhs());
        all.extend(terms(expr.rhs()));
        all
    } else {
        vec![expr]
    }
}

#[cfg(test)]
mod tests {
    use super::{Index, kept_dims};

    #[test]
    fn dims_of_one_are_dropped_where_the_others_stay_what_they_are() {
        let kept = |sizes: &[i64], shape: &[i64]| {
            let sizes: Vec<_> = sizes.iter().map(|size| Index::Const(*size)).collect();
            let shape: Vec<_> = shape.iter().map(|extent| Some(*extent)).collect();
            kept_dims(&sizes, &shape)
        };
        assert_eq!(kept(&[1, 16, 2048, 1], &[1, 16, 2048]), [0, 1, 2]);
        assert_eq!(kept(&[1, 16, 1, 8], &[16, 8]), [1, 3]);
        assert_eq!(kept(&[1, 1, 1, 64], &[1, 64]), [2, 3]);
        assert_eq!(kept(&[1, 1], &[1]), [1]);
        assert_eq!(kept(&[1, 1], &[]), [0; 0]);
    }
}
