//! Inline PTX as instructions of the SIMT machine: what kernels are lowered to.

use super::{Failure, decode::Decoder, ops};
use crate::{
    dialect::kernel::Float8,
    ir::{self, Op},
};
use simt::{
    Half, Inst, Left, Operand, Slot, Special, Wgmma,
    lanes::{self, Kind},
};
use std::collections::HashMap;

/// The statements of one op.
struct Text<'d, 'c> {
    decoder: &'d mut Decoder<'c>,
    /// The slots of operands (`$0`, …) and of registers.
    names: HashMap<String, Slot>,
    /// Operands that are results.
    outputs: usize,
}

/// Decodes an `llvm.inline_asm`.
pub fn decode<'c>(decoder: &mut Decoder<'c>, op: Op<'c>) -> Result<(), Failure> {
    let string = |name: &str| ir::attr(op, name).and_then(ir::string_attr).ok_or("no text");
    let (text, constraints) = (string("asm_string")?, string("constraints")?);
    let outputs = constraints.split(',').filter(|constraint| constraint.starts_with('=')).count();
    let inputs = ir::operands(op);
    let mut names = HashMap::new();
    let kinds = constraints.split(',').filter(|kind| !kind.starts_with(['=', '~']) && !kind.is_empty());
    for (number, (kind, input)) in (outputs..).zip(kinds.zip(&inputs)) {
        let slot = decoder.slot(*input)?;
        if let Ok(tied) = kind.parse::<usize>() {
            names.insert(format!("${tied}"), slot);
        }
        names.insert(format!("${number}"), slot);
    }
    let mut text_of = Text { decoder, names, outputs };
    for statement in text.split(['\n', ';']).map(str::trim) {
        if !matches!(statement, "" | "{" | "}") && !statement.starts_with(".reg") {
            text_of.statement(statement).map_err(|error| format!("'{statement}': {error}"))?;
        }
    }
    let slots: Result<Vec<_>, Failure> = (0..outputs).map(|number| text_of.slot(&format!("${number}"))).collect();
    let slots = slots?;
    if let Some(result) = ir::results(op).first() {
        decoder.bind(*result, slots);
    }
    Ok(())
}

/// The operands of a statement: what is between braces or brackets is one.
fn operands(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (vec![], 0, 0);
    for (at, letter) in text.char_indices() {
        match letter {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    if !text[start..].trim().is_empty() {
        parts.push(text[start..].trim());
    }
    parts
}

fn list(text: &str) -> Option<Vec<&str>> {
    Some(text.strip_prefix('{')?.strip_suffix('}')?.split(',').map(str::trim).collect())
}

fn number(text: &str) -> Option<u64> {
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => text.parse::<i64>().ok().map(i64::cast_unsigned),
    }
}

impl Text<'_, '_> {
    /// The slot of an operand: a name, or a number.
    fn slot(&mut self, text: &str) -> Result<Slot, Failure> {
        if let Some(slot) = self.names.get(text) {
            return Ok(*slot);
        }
        match number(text) {
            Some(value) => Ok(self.decoder.constant(value & 0xFFFF_FFFF)),
            None => Err(format!("'{text}' has no value")),
        }
    }

    fn slots(&mut self, text: &str) -> Result<Vec<Slot>, Failure> {
        let names = list(text).unwrap_or_else(|| vec![text]);
        names.into_iter().map(|name| self.slot(name)).collect()
    }

    fn four(&mut self, text: &str) -> Result<[Slot; 4], Failure> {
        self.slots(text)?.try_into().map_err(|_| "not four registers".to_string())
    }

    /// New slots for what a statement writes.
    fn write(&mut self, text: &str) -> Vec<Slot> {
        let names = list(text).unwrap_or_else(|| vec![text]);
        let mut slots = vec![];
        for name in names {
            let slot = self.decoder.fresh();
            self.names.insert(name.to_owned(), slot);
            slots.push(slot);
        }
        slots
    }

    fn place(&mut self, text: &str) -> Result<(Slot, i64), Failure> {
        let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).ok_or("no address")?;
        let (base, offset) = inner.split_once('+').unwrap_or((inner, "0"));
        Ok((self.slot(base.trim())?, offset.trim().parse().map_err(|_| "no offset".to_string())?))
    }

    fn binary(&mut self, to: &str, function: lanes::Binary, a: Slot, b: Slot) {
        let slot = self.decoder.binary(function, a, b);
        self.names.insert(to.to_owned(), slot);
    }

    fn statement(&mut self, text: &str) -> Result<(), Failure> {
        let (when, text) = match text.strip_prefix('@').and_then(|rest| rest.split_once(' ')) {
            Some((predicate, rest)) => (Some(self.slot(predicate)?), rest.trim()),
            None => (None, text),
        };
        let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let arguments = operands(rest);
        let half = if name.contains("bf16") { Half::Bf16 } else { Half::F16 };
        let parts: Vec<&str> = name.split('.').collect();
        if when.is_some() && !matches!(parts[0], "st" | "mbarrier") {
            return Err("a predicate on this is not known".into());
        }
        match (&parts[..], &arguments[..]) {
            (["mov", ..], [to, "%tid.x"]) => {
                let slot = self.write(to)[0];
                self.decoder.emit(Inst::Special(Special::Thread, slot));
            }
            (["mov", "b64"], [to, words]) if words.starts_with('{') => {
                let words = self.slots(words)?;
                let by = self.decoder.constant(32);
                let high = self.decoder.integer("shli", 64, words[1], by)?;
                let function = lanes::binary("ori", Kind::Int(64)).ok_or("64 bits")?;
                self.binary(to, function, words[0], high);
            }
            (["mov", _], [to, from]) => {
                let slot = self.slot(from)?;
                self.names.insert((*to).to_owned(), slot);
            }
            (["add", "s32"], [to, a, b]) => {
                let (a, b) = (self.slot(a)?, self.slot(b)?);
                self.binary(to, lanes::binary("addi", Kind::Int(32)).ok_or("32 bits")?, a, b);
            }
            (["setp", predicate @ ("eq" | "ne"), "b32"], [to, a, b]) => {
                let (a, b) = (self.slot(a)?, self.slot(b)?);
                let function = lanes::compare_integers(i64::from(*predicate == "ne"), 32).ok_or("32 bits")?;
                self.binary(to, function, a, b);
            }
            (["selp", "b32"], [to, a, b, condition]) => {
                let (a, b, condition) = (self.slot(a)?, self.slot(b)?, self.slot(condition)?);
                let slot = self.write(to)[0];
                self.decoder.emit(Inst::Ternary(lanes::SELECT, slot, [condition, a, b]));
            }
            (["cvt", "rn", "bf16x2" | "f16x2", "f32"], [to, high, low]) => {
                let (high, low) = (self.slot(high)?, self.slot(low)?);
                self.binary(to, if half == Half::Bf16 { lanes::PACK_BF16 } else { lanes::PACK_F16 }, low, high);
            }
            (["cvt", "rn", "f16x2", from], [to, bits]) => {
                let float = if *from == "e4m3x2" { Float8::E4M3 } else { Float8::E5M2 };
                let bits = self.slot(bits)?;
                let slot = self.write(to)[0];
                self.decoder.emit(Inst::Unary(ops::extend(float), slot, bits));
            }
            (["cvt", "rn", "satfinite", to_type, "f32"], [to, high, low]) => {
                let float = if *to_type == "e4m3x2" { Float8::E4M3 } else { Float8::E5M2 };
                let (high, low) = (self.slot(high)?, self.slot(low)?);
                self.binary(to, ops::truncate(float), low, high);
            }
            (["ld", ..], [to, address]) if parts.contains(&"shared") => {
                let (address, offset) = self.place(address)?;
                let to = self.write(to).into();
                self.decoder.emit(Inst::Load { to, bytes: 4, address, offset });
            }
            (["st", ..], [address, from]) if parts.contains(&"shared") => {
                let (address, offset) = self.place(address)?;
                let from = self.slots(from)?.into();
                self.decoder.emit(Inst::Store { from, bytes: 4, address, offset, when });
            }
            (["mbarrier", "arrive", ..], ["_", address, count @ ..]) => {
                let (address, _) = self.place(address)?;
                let count = count.first().map_or(Ok(1), |count| count.parse()).map_err(|_| "no count".to_string())?;
                self.decoder.emit(Inst::Arrive { address, count, when });
            }
            (["bar", "warp", "sync"], _) => drop(self.decoder.emit(Inst::SyncWarp)),
            (["griddepcontrol", "launch_dependents"], []) => {}
            (["griddepcontrol", "wait"], []) => drop(self.decoder.emit(Inst::AwaitGrids)),
            (["redux", "sync", "max", "s32"], [to, from, _]) => {
                let from = self.slot(from)?;
                let slot = self.write(to)[0];
                self.decoder.emit(Inst::Largest(slot, from));
            }
            (["vote", "sync", kind @ ("any" | "all"), "pred"], [to, from, _]) => {
                let value = self.slot(from)?;
                let slot = self.write(to)[0];
                self.decoder.emit(Inst::Vote { to: slot, value, any: *kind == "any" });
            }
            (["ldmatrix", ..], [to, address]) => {
                let (address, _) = self.place(address)?;
                let to = self.write(to).into();
                self.decoder.emit(Inst::LoadMatrix { to, address, transposed: parts.contains(&"trans") });
            }
            (["mma", "sync", "aligned", "m16n8k16", "row", "col", "f32", ..], [to, left, right, sums]) => {
                let (left, sums) = (self.four(left)?, self.four(sums)?);
                let right = self.slots(right)?.try_into().map_err(|_| "not two registers".to_string())?;
                let to = self.write(to).try_into().map_err(|_| "not four registers".to_string())?;
                self.decoder.emit(Inst::Mma { to, left, right, sums, half });
            }
            (["wgmma", "fence", ..], []) => drop(self.decoder.emit(Inst::WgmmaFence)),
            (["wgmma", "commit_group", ..], []) => drop(self.decoder.emit(Inst::WgmmaCommit)),
            (["wgmma", "wait_group", ..], [pending]) => {
                let pending = pending.parse().map_err(|_| "no count".to_string())?;
                let mut pairs = vec![];
                for output in 0..self.outputs {
                    let name = format!("${output}");
                    let from = self.slot(&name)?;
                    pairs.push((self.write(&name)[0], from));
                }
                self.decoder.emit(Inst::WgmmaWait(pending, pairs.into()));
            }
            (["wgmma", "mma_async", ..], [sums, left, right, adds, "1", "1", transposed @ ..]) => {
                let across: Vec<bool> = transposed.iter().map(|flag| *flag == "1").collect();
                let adds = self.slot(adds)?;
                let left = match (left.starts_with('{'), &across[..]) {
                    (true, [_]) => Left::Words(self.four(left)?),
                    (false, [left_across, _]) => Left::Shared(Operand::Descriptor(self.slot(left)?, *left_across)),
                    _ => return Err("operands that are not known".into()),
                };
                let right = Operand::Descriptor(self.slot(right)?, *across.last().ok_or("no flags")?);
                let names = list(sums).ok_or("no sums")?;
                let known = names.iter().all(|name| self.names.contains_key(*name));
                let from = if known { Some(self.slots(sums)?.into()) } else { None };
                let sums = self.write(sums).into();
                let product = Wgmma { sums, from, adds: Some(adds), left, right, half };
                self.decoder.emit(Inst::Wgmma(Box::new(product)));
            }
            _ => return Err("an instruction that is not known".into()),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_are_apart_by_commas_outside_of_braces() {
        assert_eq!(operands("{$0, $1}, [$2+4], b, 1"), ["{$0, $1}", "[$2+4]", "b", "1"]);
        assert_eq!(list("{$0, $1}"), Some(vec!["$0", "$1"]));
        assert_eq!((number("0x7FFFDEAD"), number("-1")), (Some(0x7FFF_DEAD), Some(u64::MAX)));
    }
}
