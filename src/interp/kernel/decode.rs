//! A kernel as a program of the SIMT machine: structured control flow becomes jumps, values become slots.

use super::{Failure, asm, ops};
use crate::{
    ffi,
    ir::{self, Blk, Op, Type, Val},
};
use melior::ir::operation::OperationLike;
use simt::{
    Inst, Pc, Program, SHARED_BASE, Slot,
    lanes::{self, Kind},
};
use std::collections::HashMap;

/// A kernel, decoded, and which operation each of its instructions is of.
pub struct Decoded<'c> {
    pub program: Program,
    pub origins: Vec<Op<'c>>,
    /// Bytes of shared memory.
    pub shared: usize,
}

/// A kernel while it is decoded.
pub struct Decoder<'c> {
    pub program: Program,
    origins: Vec<Op<'c>>,
    op: Op<'c>,
    /// The slots of values.
    values: HashMap<usize, Box<[Slot]>>,
    /// Slots of constants, which have the first numbers.
    constants: HashMap<u64, Slot>,
    room: usize,
    /// How many values a slot holds the one number of, and slots that hold none.
    users: Vec<u32>,
    free: Vec<Slot>,
    /// Slots that the operation at hand took.
    taken: Vec<Slot>,
}

/// Bits of an address in generic and global memory.
const ADDRESS: u32 = 64;

/// Decodes a kernel.
///
/// # Errors
/// An operation that is not known.
pub fn decode(function: Op<'_>, dependent: bool) -> Result<Decoded<'_>, Failure> {
    let body = ir::body(function, 0).ok_or("a kernel without a body")?;
    let mut room = ir::walk_named(function, &["arith.constant", "llvm.mlir.constant"]).len() + 256;
    loop {
        let mut decoder = Decoder {
            program: Program { dependent, ..Program::default() },
            origins: vec![],
            op: function,
            values: HashMap::new(),
            constants: HashMap::new(),
            room,
            users: vec![0; room],
            free: vec![],
            taken: vec![],
        };
        for argument in ir::arguments(body) {
            let slot = decoder.fresh();
            decoder.program.parameters.push(slot);
            // Parameters are there until the end.
            decoder.users[slot as usize] += 1;
            decoder.values.insert(ffi::value_key(argument), [slot].into());
        }
        decoder.block(body)?;
        if decoder.constants.len() > room {
            room = decoder.constants.len() + 256;
            continue;
        }
        decoder.program.slots = decoder.users.len();
        decoder.program.constants = decoder.constants.iter().map(|(value, slot)| (*slot, *value)).collect();
        return Ok(Decoded { program: decoder.program, origins: decoder.origins, shared: 0 });
    }
}

impl<'c> Decoder<'c> {
    /// Adds an instruction.
    pub fn emit(&mut self, inst: Inst) -> Pc {
        self.program.code.push(inst);
        self.origins.push(self.op);
        self.program.code.len() as Pc - 1
    }

    fn here(&self) -> Pc {
        self.program.code.len() as Pc
    }

    /// A slot that holds nothing.
    pub fn fresh(&mut self) -> Slot {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.users.push(0);
            self.users.len() as Slot - 1
        });
        self.users[slot as usize] = 0;
        self.taken.push(slot);
        slot
    }

    /// The slot of a constant.
    pub fn constant(&mut self, value: u64) -> Slot {
        let next = self.constants.len();
        // Beyond the room that was left for them decoding begins again.
        *self.constants.entry(value).or_insert((next % self.room) as Slot)
    }

    /// Says where a value is.
    pub fn bind(&mut self, value: Val<'c>, slots: Vec<Slot>) {
        for slot in &slots {
            self.users[*slot as usize] += 1;
        }
        self.values.insert(ffi::value_key(value), slots.into());
    }

    fn forget(&mut self, key: usize) {
        let Some(slots) = self.values.remove(&key) else { return };
        for slot in slots {
            self.release(slot);
        }
    }

    fn release(&mut self, slot: Slot) {
        let users = &mut self.users[slot as usize];
        *users = users.saturating_sub(1);
        if *users == 0 {
            self.give_back(slot);
        }
    }

    fn give_back(&mut self, slot: Slot) {
        if slot as usize >= self.room && !self.free.contains(&slot) {
            self.free.push(slot);
        }
    }

    /// The slots of a value.
    pub fn slots(&self, value: Val<'c>) -> Result<Vec<Slot>, Failure> {
        let slots = self.values.get(&ffi::value_key(value));
        slots.map(|slots| slots.to_vec()).ok_or_else(|| "a value that was not computed".into())
    }

    /// The slot of a value that has one.
    pub fn slot(&self, value: Val<'c>) -> Result<Slot, Failure> {
        match self.slots(value)?[..] {
            [slot] => Ok(slot),
            ref many => Err(format!("a value of {} parts where one is expected", many.len())),
        }
    }

    /// The slots of values, one each.
    pub fn each(&self, values: &[Val<'c>]) -> Result<Vec<Slot>, Failure> {
        values.iter().map(|value| self.slot(*value)).collect()
    }

    /// Adds a binary instruction, and gives the slot of what it computes.
    pub fn binary(&mut self, function: lanes::Binary, a: Slot, b: Slot) -> Slot {
        let to = self.fresh();
        self.emit(Inst::Binary(function, to, a, b));
        to
    }

    /// Integer arithmetic of so many bits.
    pub fn integer(&mut self, name: &str, bits: u32, a: Slot, b: Slot) -> Result<Slot, Failure> {
        let function = lanes::binary(name, Kind::Int(bits)).ok_or_else(|| format!("integers of {bits} bits"))?;
        Ok(self.binary(function, a, b))
    }

    /// Decodes the operations of a block but for what its terminator yields, which is returned.
    fn block(&mut self, block: Blk<'c>) -> Result<Vec<Val<'c>>, Failure> {
        let all = ir::ops(block);
        let mut last = HashMap::new();
        for (number, op) in all.iter().enumerate() {
            let inside = ir::walk(*op).into_iter().flat_map(ir::operands);
            for operand in ir::operands(*op).into_iter().chain(inside) {
                last.insert(ffi::value_key(operand), number);
            }
        }
        let mut ending: HashMap<usize, Vec<usize>> = HashMap::new();
        for (number, op) in all.iter().enumerate() {
            for result in ir::results(*op) {
                let key = ffi::value_key(result);
                ending.entry(last.get(&key).copied().unwrap_or(number)).or_default().push(key);
            }
        }
        for (number, op) in all.iter().enumerate() {
            match ir::name(*op) {
                "scf.yield" | "scf.condition" => return Ok(ir::operands(*op)),
                name => {
                    let outer = (std::mem::replace(&mut self.op, *op), std::mem::take(&mut self.taken));
                    self.operation(name, *op).map_err(|error| described(name, *op, error))?;
                    for slot in std::mem::take(&mut self.taken) {
                        if self.users[slot as usize] == 0 {
                            self.give_back(slot);
                        }
                    }
                    (self.op, self.taken) = outer;
                }
            }
            ending.remove(&number).into_iter().flatten().for_each(|key| self.forget(key));
        }
        Ok(vec![])
    }

    /// Forgets what a block defined and its terminator yielded.
    fn leave(&mut self, block: Blk<'c>) {
        for op in ir::ops(block) {
            ir::results(op).into_iter().for_each(|result| self.forget(ffi::value_key(result)));
        }
    }

    fn operation(&mut self, name: &str, op: Op<'c>) -> Result<(), Failure> {
        match name {
            "scf.if" => self.branch(op),
            "scf.for" => self.counted_loop(op),
            "scf.while" => self.open_loop(op),
            "llvm.inline_asm" => asm::decode(self, op),
            _ if name.starts_with("arith.") || name.starts_with("math.") => self.scalar(name, op),
            _ if name.starts_with("llvm.") => self.memory(name, op),
            _ => ops::decode(self, name, op),
        }
    }

    // Control flow.

    fn moved(&mut self, to: &[Slot], from: &[Val<'c>]) -> Result<(), Failure> {
        let mut slots = vec![];
        for value in from {
            slots.extend(self.slots(*value)?);
        }
        let pairs: Vec<_> = to.iter().copied().zip(slots).filter(|(to, from)| to != from).collect();
        if !pairs.is_empty() {
            self.emit(Inst::Move(pairs.into()));
        }
        Ok(())
    }

    /// Fresh slots for values, in a row.
    fn places(&mut self, values: &[Val<'c>]) -> Result<Vec<Slot>, Failure> {
        let mut all = vec![];
        for value in values {
            let (parts, _) = parts(ir::type_of(*value))?;
            let slots: Vec<_> = (0..parts).map(|_| self.fresh()).collect();
            all.extend(&slots);
            self.bind(*value, slots);
        }
        Ok(all)
    }

    fn branch(&mut self, op: Op<'c>) -> Result<(), Failure> {
        let condition = self.slot(ir::operands(op)[0])?;
        let results = self.places(&ir::results(op))?;
        let begin = self.emit(Inst::EndIf);
        let mut otherwise = 0;
        for region in 0..2 {
            if let Some(block) = ir::body(op, region) {
                let yielded = self.block(block)?;
                self.moved(&results, &yielded)?;
                self.leave(block);
            }
            if region == 0 {
                otherwise = self.emit(Inst::EndIf);
            }
        }
        let end = self.emit(Inst::EndIf);
        self.program.code[begin as usize] = Inst::If(condition, otherwise);
        self.program.code[otherwise as usize] = Inst::Else(end);
        Ok(())
    }

    fn counted_loop(&mut self, op: Op<'c>) -> Result<(), Failure> {
        let operands = ir::operands(op);
        let block = ir::body(op, 0).ok_or("a loop without a body")?;
        let [low, high, step] = [self.slot(operands[0])?, self.slot(operands[1])?, self.slot(operands[2])?];
        let bits = width(ir::type_of(operands[0]))?;
        let arguments = ir::arguments(block);
        let counter = self.fresh();
        self.bind(arguments[0], vec![counter]);
        let results = ir::results(op);
        let carried = self.places(&results)?;
        let mut rest = &carried[..];
        for (argument, result) in arguments[1..].iter().zip(&results) {
            let (own, others) = rest.split_at(self.slots(*result)?.len());
            self.bind(*argument, own.to_vec());
            rest = others;
        }
        self.emit(Inst::Begin);
        self.emit(Inst::Move([(counter, low)].into()));
        self.moved(&carried, &operands[3..])?;
        let unsigned = ir::attr(op, "unsignedCmp").is_some();
        let compare = lanes::compare_integers(if unsigned { 6 } else { 2 }, bits).ok_or("a counter")?;
        let top = self.here();
        let test = self.fresh();
        self.emit(Inst::Binary(compare, test, counter, high));
        let exit = self.emit(Inst::End);
        self.program.code[exit as usize] = Inst::Test(test, 0);
        let yielded = self.block(block)?;
        self.moved(&carried, &yielded)?;
        self.leave(block);
        let add = lanes::binary("addi", Kind::Int(bits)).ok_or("a counter")?;
        self.emit(Inst::Binary(add, counter, counter, step));
        self.emit(Inst::Jump(top));
        let end = self.emit(Inst::End);
        self.program.code[exit as usize] = Inst::Test(test, end);
        arguments.into_iter().for_each(|argument| self.forget(ffi::value_key(argument)));
        Ok(())
    }

    fn open_loop(&mut self, op: Op<'c>) -> Result<(), Failure> {
        let (before, after) = (ir::body(op, 0), ir::body(op, 1));
        let (before, after) = before.zip(after).ok_or("a loop without a body")?;
        let (inputs, outputs) = (ir::arguments(before), ir::arguments(after));
        let carried = self.places(&inputs)?;
        let results = ir::results(op);
        let forwarded = self.places(&results)?;
        let mut rest = &forwarded[..];
        for (argument, result) in outputs.iter().zip(&results) {
            let (own, others) = rest.split_at(self.slots(*result)?.len());
            self.bind(*argument, own.to_vec());
            rest = others;
        }
        self.emit(Inst::Begin);
        self.moved(&carried, &ir::operands(op))?;
        let top = self.here();
        let condition = self.block(before)?;
        let test = self.slot(condition[0])?;
        self.moved(&forwarded, &condition[1..])?;
        let exit = self.emit(Inst::End);
        self.leave(before);
        let yielded = self.block(after)?;
        self.moved(&carried, &yielded)?;
        self.leave(after);
        self.emit(Inst::Jump(top));
        let end = self.emit(Inst::End);
        self.program.code[exit as usize] = Inst::Test(test, end);
        inputs.into_iter().chain(outputs).for_each(|argument| self.forget(ffi::value_key(argument)));
        Ok(())
    }

    // Arithmetic.

    fn scalar(&mut self, name: &str, op: Op<'c>) -> Result<(), Failure> {
        let result = ir::results(op)[0];
        let (operands, ty) = (ir::operands(op), ir::type_of(result));
        let short = name.split_once('.').map_or(name, |(_, short)| short);
        let unknown = || format!("no meaning for a kernel of '{name}' on {ty}");
        if short == "constant" {
            let value = ir::attr(op, "value").ok_or("a constant without a value")?;
            let bits = constant_bits(value, ty).ok_or_else(|| format!("a constant {value}"))?;
            let (parts, _) = parts(ty)?;
            let slot = self.constant(bits);
            self.bind(result, vec![slot; parts]);
            return Ok(());
        }
        let from = kind(ir::type_of(operands[0]))?;
        let to = kind(ty)?;
        let predicate = || ir::attr(op, "predicate").and_then(ir::int_attr).ok_or("no predicate");
        let mut inputs = vec![];
        for operand in &operands {
            inputs.push(self.slots(*operand)?);
        }
        let mut outputs = vec![];
        for part in 0..inputs.last().map_or(0, Vec::len) {
            let own: Vec<Slot> = inputs.iter().map(|slots| slots[part % slots.len()]).collect();
            let result = self.fresh();
            let inst = match (short, &own[..]) {
                ("select", [c, a, b]) => Inst::Ternary(lanes::SELECT, result, [*c, *a, *b]),
                ("fma", [a, b, c]) => Inst::Ternary(lanes::fma(to).ok_or_else(unknown)?, result, [*a, *b, *c]),
                ("cmpi", [a, b]) => {
                    let function = lanes::compare_integers(predicate()?, from.bits()).ok_or_else(unknown)?;
                    Inst::Binary(function, result, *a, *b)
                }
                ("cmpf", [a, b]) => {
                    Inst::Binary(lanes::compare_floats(predicate()?, from).ok_or_else(unknown)?, result, *a, *b)
                }
                (_, [a, b]) => match lanes::division(short, to.bits()).filter(|_| matches!(to, Kind::Int(_))) {
                    Some(function) => Inst::Divide(function, result, *a, *b),
                    None => Inst::Binary(lanes::binary(short, to).ok_or_else(unknown)?, result, *a, *b),
                },
                (_, [a]) => {
                    let function = lanes::cast(short, from, to).or_else(|| lanes::unary(short, from));
                    Inst::Unary(function.ok_or_else(unknown)?, result, *a)
                }
                _ => return Err(unknown()),
            };
            self.emit(inst);
            outputs.push(result);
        }
        self.bind(result, outputs);
        Ok(())
    }

    // The llvm dialect.

    fn memory(&mut self, name: &str, op: Op<'c>) -> Result<(), Failure> {
        let (operands, results) = (ir::operands(op), ir::results(op));
        let index =
            |value: Val<'c>| ir::constant(value).map(|index| index as usize).ok_or("an index that is no constant");
        match name {
            "llvm.return" => {
                self.emit(Inst::Return);
            }
            "llvm.intr.trap" => {
                self.emit(Inst::Trap);
            }
            "llvm.mlir.addressof" => {
                let slot = self.constant(SHARED_BASE);
                self.bind(results[0], vec![slot]);
            }
            "llvm.mlir.constant" => {
                let value = ir::attr(op, "value").ok_or("a constant without a value")?;
                let ty = ir::type_of(results[0]);
                let bits = constant_bits(value, ty).ok_or_else(|| format!("a constant {value}"))?;
                let slot = self.constant(bits);
                self.bind(results[0], vec![slot]);
            }
            "llvm.mlir.poison" | "llvm.mlir.undef" => {
                let (parts, _) = parts(ir::type_of(results[0]))?;
                let slot = self.constant(u64::MAX);
                self.bind(results[0], vec![slot; parts]);
            }
            "llvm.ptrtoint" | "llvm.inttoptr" | "llvm.addrspacecast" => {
                let slots = self.slots(operands[0])?;
                self.bind(results[0], slots);
            }
            "llvm.bitcast" => {
                let slots = self.slots(operands[0])?;
                let (parts, bits) = parts(ir::type_of(results[0]))?;
                let (_, own) = self::parts(ir::type_of(operands[0]))?;
                let slots = self.recast(&slots, own, parts, bits)?;
                self.bind(results[0], slots);
            }
            "llvm.extractvalue" => {
                let position = ir::attr(op, "position").and_then(ffi::i64_array).ok_or("no position")?;
                let slots = self.slots(operands[0])?;
                let at = *position.first().ok_or("no position")? as usize;
                self.bind(results[0], vec![*slots.get(at).ok_or("no such part")?]);
            }
            "llvm.extractelement" => {
                let slots = self.slots(operands[0])?;
                self.bind(results[0], vec![*slots.get(index(operands[1])?).ok_or("no such element")?]);
            }
            "llvm.insertelement" => {
                let mut slots = self.slots(operands[0])?;
                let element = self.slot(operands[1])?;
                *slots.get_mut(index(operands[2])?).ok_or("no such element")? = element;
                self.bind(results[0], slots);
            }
            "llvm.getelementptr" => self.element(op)?,
            "llvm.alloca" => {
                let count = ir::constant(operands[0]).ok_or("an array of no constant size")?;
                let element = ir::attr(op, "elem_type").map(|ty| ty.to_string()).ok_or("no type")?;
                let bytes = count as u64 * size_of(&element).ok_or_else(|| format!("elements of {element}"))?;
                let at = self.program.local.next_multiple_of(16);
                self.program.local = at + bytes as usize;
                let to = self.fresh();
                self.emit(Inst::Local(to, at as u64));
                self.bind(results[0], vec![to]);
            }
            "llvm.load" | "llvm.store" => self.access(op)?,
            _ => return Err("an operation that is not known".into()),
        }
        Ok(())
    }

    /// Values as parts of another size, of the same bits.
    fn recast(&mut self, slots: &[Slot], own: u32, parts: usize, bits: u32) -> Result<Vec<Slot>, Failure> {
        if own == bits {
            return Ok(slots.to_vec());
        }
        if own < bits {
            let each = (bits / own) as usize;
            let mut all = vec![];
            for group in slots.chunks(each) {
                let mut word = group[0];
                for (number, slot) in group.iter().enumerate().skip(1) {
                    let by = self.constant(number as u64 * u64::from(own));
                    let high = self.integer("shli", 64, *slot, by)?;
                    word = self.integer("ori", 64, word, high)?;
                }
                all.push(word);
            }
            return Ok(all);
        }
        let each = (own / bits) as usize;
        let mask = self.constant((1 << bits) - 1);
        let mut all = vec![];
        for slot in slots {
            for number in 0..each {
                let by = self.constant(number as u64 * u64::from(bits));
                let low = self.integer("shrui", 64, *slot, by)?;
                all.push(self.integer("andi", 64, low, mask)?);
            }
        }
        match all.len() == parts {
            true => Ok(all),
            false => Err("a bitcast between sizes".into()),
        }
    }

    fn element(&mut self, op: Op<'c>) -> Result<(), Failure> {
        let (operands, result) = (ir::operands(op), ir::results(op)[0]);
        let element = ir::attr(op, "elem_type").map(|ty| ty.to_string()).ok_or("no type")?;
        let size = size_of(&element).ok_or_else(|| format!("elements of {element}"))?;
        let base = self.slot(operands[0])?;
        let bits = pointer_bits(ir::type_of(result));
        let [index] = operands[1..] else { return Err("an element by more than one index".into()) };
        let from = kind(ir::type_of(index))?;
        let mut offset = self.slot(index)?;
        if from.bits() != 64 {
            let to = self.fresh();
            let extend = lanes::cast("extsi", from, Kind::Int(64)).ok_or("an index")?;
            self.emit(Inst::Unary(extend, to, offset));
            offset = to;
        }
        let size = self.constant(size);
        let bytes = self.integer("muli", 64, offset, size)?;
        let address = self.integer("addi", bits, base, bytes)?;
        self.bind(result, vec![address]);
        Ok(())
    }

    fn access(&mut self, op: Op<'c>) -> Result<(), Failure> {
        let operands = ir::operands(op);
        let load = operands.len() == 1;
        let ty = if load { ir::type_of(ir::results(op)[0]) } else { ir::type_of(operands[0]) };
        let (parts, bits) = parts(ty)?;
        let bytes = bits.div_ceil(8) as usize;
        let address = self.slot(operands[operands.len() - 1])?;
        let slots = if load { (0..parts).map(|_| self.fresh()).collect() } else { self.slots(operands[0])? };
        // An access of a smaller alignment than its size is several.
        let alignment = ir::attr(op, "alignment").and_then(ir::int_attr).filter(|bytes| *bytes > 0);
        let together = alignment.map_or(parts, |alignment| (alignment as usize / bytes).clamp(1, parts));
        for (number, chunk) in slots.chunks(together).enumerate() {
            let offset = (number * together * bytes) as i64;
            let (part, bytes) = (chunk.to_vec().into_boxed_slice(), bytes as u8);
            self.emit(match load {
                true => Inst::Load { to: part, bytes, address, offset },
                false => Inst::Store { from: part, bytes, address, offset, when: None },
            });
        }
        if load {
            self.bind(ir::results(op)[0], slots);
        }
        Ok(())
    }
}

/// An error at an operation.
pub fn described(name: &str, op: Op<'_>, error: Failure) -> Failure {
    if error.contains(" at ") {
        error
    } else {
        format!("{name} at {}: {error}", crate::remark::position(op.location()))
    }
}

/// How many parts a value of a type has, and how many bits each.
pub fn parts(ty: Type<'_>) -> Result<(usize, u32), Failure> {
    if let Ok(kind) = kind_of(&ir::type_name(ty)) {
        return Ok((1, kind.bits()));
    }
    let text = ty.to_string();
    if text.starts_with("!llvm.ptr") {
        return Ok((1, pointer_bits(ty)));
    }
    if let Some(inner) = text.strip_prefix("vector<").and_then(|text| text.strip_suffix('>'))
        && let Some((count, element)) = inner.split_once('x')
    {
        let count = count.parse().map_err(|_| format!("a value of type {text}"))?;
        return Ok((count, kind_of(element)?.bits()));
    }
    Err(format!("a value of type {text}"))
}

fn pointer_bits(ty: Type<'_>) -> u32 {
    if ty.to_string() == "!llvm.ptr<3>" { 32 } else { ADDRESS }
}

/// The kind of a scalar, or of a vector's elements.
pub fn kind(ty: Type<'_>) -> Result<Kind, Failure> {
    let text = ir::type_name(ty);
    let inner = text.strip_prefix("vector<").and_then(|text| text.strip_suffix('>'));
    kind_of(inner.and_then(|inner| inner.split_once('x')).map_or(&text, |(_, element)| element))
}

fn kind_of(name: &str) -> Result<Kind, Failure> {
    Ok(match name {
        "f64" => Kind::F64,
        "f32" => Kind::F32,
        "f16" => Kind::F16,
        "bf16" => Kind::Bf16,
        "index" => Kind::Int(64),
        _ => {
            let bits = name.strip_prefix('i').and_then(|bits| bits.parse().ok());
            Kind::Int(bits.ok_or_else(|| format!("a value of type {name}"))?)
        }
    })
}

fn width(ty: Type<'_>) -> Result<u32, Failure> {
    Ok(kind(ty)?.bits())
}

/// Bytes of a type, by its name.
fn size_of(name: &str) -> Option<u64> {
    if let Some(inner) = name.strip_prefix("vector<").and_then(|text| text.strip_suffix('>')) {
        let (count, element) = inner.split_once('x')?;
        return Some(count.parse::<u64>().ok()? * size_of(element)?);
    }
    Some(u64::from(kind_of(name).ok()?.bits().div_ceil(8)))
}

/// The bits of a constant.
fn constant_bits(value: ir::Attr<'_>, ty: Type<'_>) -> Option<u64> {
    let kind = kind(ty).ok()?;
    let value = if ir::type_name(ty).starts_with("vector<") { ffi::dense_splat(value)? } else { value };
    if let Some(number) = ir::float_attr(value) {
        return Some(match kind {
            Kind::F64 => number.to_bits(),
            Kind::F32 => u64::from((number as f32).to_bits()),
            Kind::F16 => u64::from(half::f16::from_f64(number).to_bits()),
            Kind::Bf16 => u64::from(half::bf16::from_f64(number).to_bits()),
            Kind::Int(_) => return None,
        });
    }
    let number = match value.to_string().as_str() {
        "true" => 1,
        "false" => 0,
        _ => ir::int_attr(value)?.cast_unsigned(),
    };
    Some(if kind.bits() == 64 { number } else { number & ((1 << kind.bits()) - 1) })
}
