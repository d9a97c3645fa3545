//! Writing linalg as text: tensors know which axes they have, and every operation is one `linalg.generic`.

use std::{collections::HashMap, fmt::Write};

/// What an argument holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Numbers around 0.
    Floats,
    /// The same, as bf16 or f16.
    Bf16,
    F16,
    /// A number near 1.
    Factor,
    /// Numbers over the whole range of i16 and of i32.
    Shorts,
    Ints,
    /// Small numbers of either sign, as i8.
    Bytes,
    /// The same with some -inf among them.
    DeadFloats,
    /// The same with a few that are infinite or NaN.
    WildFloats,
    /// Small numbers, in order or not.
    Groups {
        sorted: bool,
    },
    /// Numbers from 0 to this.
    UpTo(usize),
    Bools,
}

impl Content {
    fn element(self) -> &'static str {
        match self {
            Self::Floats | Self::Factor | Self::DeadFloats | Self::WildFloats => "f32",
            Self::Bf16 => "bf16",
            Self::F16 => "f16",
            Self::Shorts => "i16",
            Self::Ints => "i32",
            Self::Bytes => "i8",
            Self::Groups { .. } | Self::UpTo(_) => "i64",
            Self::Bools => "i1",
        }
    }
}

/// An argument: its shape and what it holds.
pub type Argument = (Vec<usize>, Content);

/// A tensor: its name, the axis of each of its dims, its element type.
#[derive(Clone, Debug)]
pub struct Tensor {
    pub name: String,
    pub axes: Vec<usize>,
    pub element: &'static str,
}

/// The text of a function under construction.
pub struct Text {
    /// Size of each axis, and whether it is only known at run time.
    axes: Vec<(usize, bool)>,
    arguments: Vec<(Tensor, Argument)>,
    pub body: String,
    next: usize,
    /// The value that holds the size of a dynamic axis.
    sizes: HashMap<usize, String>,
    /// Whether arguments of one number are numbers, not tensors, and which are.
    scalars: bool,
    numbers: Vec<String>,
}

pub fn float(value: f32) -> String {
    if value.is_infinite() { "0xFF800000".into() } else { format!("{value:.8e}") }
}

impl Text {
    pub fn new(scalars: bool) -> Self {
        Self {
            axes: vec![],
            arguments: vec![],
            body: String::new(),
            next: 0,
            sizes: HashMap::new(),
            scalars,
            numbers: vec![],
        }
    }

    /// An axis as long as all of these, one after the other.
    pub fn joined(&mut self, parts: &[usize]) -> usize {
        let (size, open) = (parts.iter().map(|axis| self.size(*axis)).sum(), self.is_open(parts[0]));
        let joined = self.axis(size, open);
        if open {
            let mut total = self.size_text(parts[0]);
            for part in &parts[1..] {
                let (part, sum) = (self.size_text(*part), self.fresh());
                let _ = writeln!(self.body, "  {sum} = arith.addi {total}, {part} : index");
                total = sum;
            }
            self.sizes.insert(joined, total);
        }
        joined
    }

    /// An argument of one number. The value that holds it inside of bodies, and what defines it there.
    pub fn number(&mut self, content: Content) -> (String, String) {
        let number = self.argument(&[], content);
        if self.scalars {
            self.numbers.push(number.name.clone());
            return (number.name, String::new());
        }
        let (value, ty) = (self.fresh(), self.type_of(&number));
        let text = format!("    {value} = tensor.extract {}[] : {ty}\n", number.name);
        (value, text)
    }

    /// The size of an axis as a constant or, where it is dynamic, as the value that holds it.
    pub fn size_text(&mut self, axis: usize) -> String {
        if self.is_open(axis) {
            return self.size_value(axis);
        }
        let name = self.fresh();
        let _ = writeln!(self.body, "  {name} = arith.constant {} : index", self.size(axis));
        name
    }

    /// A new axis.
    pub fn axis(&mut self, size: usize, dynamic: bool) -> usize {
        self.axes.push((size, dynamic));
        self.axes.len() - 1
    }

    pub fn size(&self, axis: usize) -> usize {
        self.axes[axis].0
    }

    /// Whether the size of an axis is only known at run time.
    pub fn is_open(&self, axis: usize) -> bool {
        self.axes[axis].1
    }

    pub fn fresh(&mut self) -> String {
        self.next += 1;
        format!("%x{}", self.next)
    }

    pub fn ty(&self, axes: &[usize], element: &str) -> String {
        let size = |axis: &usize| match self.axes[*axis] {
            (_, true) => "?x".to_string(),
            (size, false) => format!("{size}x"),
        };
        format!("tensor<{}{element}>", axes.iter().map(size).collect::<String>())
    }

    pub fn type_of(&self, tensor: &Tensor) -> String {
        self.ty(&tensor.axes, tensor.element)
    }

    pub fn argument(&mut self, axes: &[usize], content: Content) -> Tensor {
        let name = format!("%arg{}", self.arguments.len());
        let tensor = Tensor { name, axes: axes.to_vec(), element: content.element() };
        let shape = axes.iter().map(|axis| self.axes[*axis].0).collect();
        self.arguments.push((tensor.clone(), (shape, content)));
        tensor
    }

    /// The value that holds the size of an axis.
    fn size_value(&mut self, axis: usize) -> String {
        if let Some(known) = self.sizes.get(&axis) {
            return known.clone();
        }
        let found = self
            .arguments
            .iter()
            .find_map(|(tensor, _)| tensor.axes.iter().position(|own| *own == axis).map(|at| (tensor.clone(), at)));
        let (tensor, at) = found.expect("an argument with every dynamic axis");
        let (number, size, ty) = (self.fresh(), self.fresh(), self.type_of(&tensor));
        let _ = writeln!(self.body, "  {number} = arith.constant {at} : index");
        let _ = writeln!(self.body, "  {size} = tensor.dim {}, {number} : {ty}", tensor.name);
        self.sizes.insert(axis, size.clone());
        size
    }

    fn empty(&mut self, axes: &[usize], element: &'static str) -> Tensor {
        let dynamic: Vec<_> = axes.iter().copied().filter(|axis| self.axes[*axis].1).collect();
        let sizes: Vec<_> = dynamic.into_iter().map(|axis| self.size_value(axis)).collect();
        let name = self.fresh();
        let _ = writeln!(self.body, "  {name} = tensor.empty({}) : {}", sizes.join(", "), self.ty(axes, element));
        Tensor { name, axes: axes.to_vec(), element }
    }

    /// A tensor of one value, spelled out.
    pub fn filled(&mut self, axes: &[usize], value: &str, element: &'static str) -> Tensor {
        let init = self.empty(axes, element);
        let (constant, name, ty) = (self.fresh(), self.fresh(), self.type_of(&init));
        let suffix = if element == "i1" { String::new() } else { format!(" : {element}") };
        let _ = writeln!(self.body, "  {constant} = arith.constant {value}{suffix}");
        let _ = writeln!(
            self.body,
            "  {name} = linalg.fill ins({constant} : {element}) outs({} : {ty}) -> {ty}",
            init.name
        );
        Tensor { name, ..init }
    }

    /// A `linalg.generic` over these axes; those that `init` has not are reduced. The body yields `%r`.
    fn generic(&mut self, loops: &[usize], inputs: &[&Tensor], init: &Tensor, body: &str) -> Tensor {
        let dims: Vec<_> = (0..loops.len()).map(|dim| format!("d{dim}")).collect();
        let map = |tensor: &Tensor| {
            // An axis without a loop has one element.
            let of = |axis: &usize| match loops.iter().position(|own| own == axis) {
                Some(dim) => format!("d{dim}"),
                None => "0".into(),
            };
            let results: Vec<_> = tensor.axes.iter().map(of).collect();
            format!("affine_map<({}) -> ({})>", dims.join(", "), results.join(", "))
        };
        let maps: Vec<_> = inputs.iter().copied().chain([init]).map(map).collect();
        let kind = |axis: &usize| if init.axes.contains(axis) { "\"parallel\"" } else { "\"reduction\"" };
        let kinds: Vec<_> = loops.iter().map(kind).collect();
        let names: Vec<_> = inputs.iter().map(|tensor| tensor.name.clone()).collect();
        let types: Vec<_> = inputs.iter().map(|tensor| self.type_of(tensor)).collect();
        let ins = if inputs.is_empty() {
            String::new()
        } else {
            format!("ins({} : {}) ", names.join(", "), types.join(", "))
        };
        let mut block: Vec<_> =
            inputs.iter().enumerate().map(|(at, tensor)| format!("%in{at}: {}", tensor.element)).collect();
        block.push(format!("%out: {}", init.element));
        let (name, ty) = (self.fresh(), self.type_of(init));
        let _ = writeln!(
            self.body,
            "  {name} = linalg.generic {{indexing_maps = [{}], iterator_types = [{}]}} {ins}outs({} : {ty}) {{\n  ^bb0({}):\n{body}    linalg.yield %r : {}\n  }} -> {ty}",
            maps.join(", "),
            kinds.join(", "),
            init.name,
            block.join(", "),
            init.element,
        );
        Tensor { name, ..init.clone() }
    }

    /// An elementwise operation; the body computes `%r`, a float, from `%in0`, `%in1`, …
    pub fn map(&mut self, axes: &[usize], inputs: &[&Tensor], body: &str) -> Tensor {
        let init = self.empty(axes, "f32");
        self.generic(axes, inputs, &init, body)
    }

    /// An elementwise operation with a result of another type.
    pub fn map_to(&mut self, element: &'static str, axes: &[usize], inputs: &[&Tensor], body: &str) -> Tensor {
        let init = self.empty(axes, element);
        self.generic(axes, inputs, &init, body)
    }

    /// `%in0 op %in1`, element by element.
    pub fn binary(&mut self, op: &str, a: &Tensor, b: &Tensor) -> Tensor {
        self.map(&a.axes.clone(), &[a, b], &format!("    %r = arith.{op} %in0, %in1 : f32\n"))
    }

    /// A reduction over one axis.
    pub fn reduce(&mut self, x: &Tensor, axis: usize, op: &str, identity: &str) -> Tensor {
        let axes: Vec<_> = x.axes.iter().copied().filter(|own| *own != axis).collect();
        let init = self.filled(&axes, identity, x.element);
        let body = format!("    %r = arith.{op} %out, %in0 : {}\n", x.element);
        self.generic(&x.axes.clone(), &[x], &init, &body)
    }

    /// The contraction of two tensors over all axes that the result has not.
    pub fn contract(&mut self, a: &Tensor, b: &Tensor, axes: &[usize]) -> Tensor {
        let body = "    %p = arith.mulf %in0, %in1 : f32\n    %r = arith.addf %out, %p : f32\n";
        self.contract_with(a, b, axes, body)
    }

    /// A sum over all axes that the result has not; the body adds to `%out`.
    pub fn contract_with(&mut self, a: &Tensor, b: &Tensor, axes: &[usize], body: &str) -> Tensor {
        self.contract_to("f32", a, b, axes, body)
    }

    /// The same with a sum of another type.
    pub fn contract_to(&mut self, element: &'static str, a: &Tensor, b: &Tensor, axes: &[usize], body: &str) -> Tensor {
        let init = self.filled(axes, if element.starts_with('i') { "0" } else { "0.0" }, element);
        let mut loops = axes.to_vec();
        for axis in a.axes.iter().chain(&b.axes) {
            if !loops.contains(axis) {
                loops.push(*axis);
            }
        }
        self.generic(&loops, &[a, b], &init, body)
    }

    /// The first `count` axes of a tensor as one.
    pub fn merge(&mut self, x: &Tensor, count: usize, axis: usize) -> Tensor {
        self.reshape("tensor.collapse_shape", x, count, axis)
    }

    fn reshape(&mut self, op: &str, x: &Tensor, count: usize, axis: usize) -> Tensor {
        let mut axes = vec![axis];
        axes.extend(&x.axes[count..]);
        let list = |dims: std::ops::Range<usize>| dims.map(|dim| dim.to_string()).collect::<Vec<_>>().join(", ");
        let mut groups = vec![format!("[{}]", list(0..count))];
        groups.extend((count..x.axes.len()).map(|dim| format!("[{dim}]")));
        let result = Tensor { name: self.fresh(), axes, element: x.element };
        let _ = writeln!(
            self.body,
            "  {} = {op} {} [{}] : {} into {}",
            result.name,
            x.name,
            groups.join(", "),
            self.type_of(x),
            self.type_of(&result)
        );
        result
    }

    /// The first axis of a tensor as several.
    pub fn split(&mut self, x: &Tensor, parts: &[usize]) -> Tensor {
        let mut axes = parts.to_vec();
        axes.extend(&x.axes[1..]);
        let list = |dims: std::ops::Range<usize>| dims.map(|dim| dim.to_string()).collect::<Vec<_>>().join(", ");
        let mut groups = vec![format!("[{}]", list(0..parts.len()))];
        groups.extend((parts.len()..axes.len()).map(|dim| format!("[{dim}]")));
        let shape: Vec<_> = axes.iter().map(|axis| self.size(*axis).to_string()).collect();
        self.expand(x, axes, &groups, &shape)
    }

    /// A tensor with other axes, each of its own split as a group says.
    fn expand(&mut self, x: &Tensor, axes: Vec<usize>, groups: &[String], shape: &[String]) -> Tensor {
        let result = Tensor { name: self.fresh(), axes, element: x.element };
        let _ = writeln!(
            self.body,
            "  {} = tensor.expand_shape {} [{}] output_shape [{}] : {} into {}",
            result.name,
            x.name,
            groups.join(", "),
            shape.join(", "),
            self.type_of(x),
            self.type_of(&result)
        );
        result
    }

    /// Two tensors one after the other along their last axis, which is `axis` in the result.
    pub fn concat(&mut self, a: &Tensor, b: &Tensor, axis: usize) -> Tensor {
        let mut axes = a.axes.clone();
        let dim = axes.len() - 1;
        axes[dim] = axis;
        let result = Tensor { name: self.fresh(), axes, element: a.element };
        let (left, right, ty) = (self.type_of(a), self.type_of(b), self.type_of(&result));
        let _ = writeln!(
            self.body,
            "  {} = tensor.concat dim({dim}) {}, {} : ({left}, {right}) -> {ty}",
            result.name, a.name, b.name
        );
        result
    }

    /// A tensor with one more axis, of size 1, at its end.
    pub fn widen(&mut self, x: &Tensor, axis: usize) -> Tensor {
        let mut axes = x.axes.clone();
        axes.push(axis);
        let end = x.axes.len();
        let groups: Vec<_> =
            (0..end).map(|dim| if dim + 1 == end { format!("[{dim}, {end}]") } else { format!("[{dim}]") }).collect();
        let mut shape = vec![];
        for axis in &axes {
            shape.push(self.bound(*axis));
        }
        self.expand(x, axes, &groups, &shape)
    }

    /// A size as shapes and slices spell it.
    pub fn bound(&mut self, axis: usize) -> String {
        if self.is_open(axis) { self.size_value(axis) } else { self.size(axis).to_string() }
    }

    /// The part of a tensor along its last axis that begins at `from`, a number or a value, and is as long as `axis`.
    pub fn slice(&mut self, x: &Tensor, from: &str, axis: usize) -> Tensor {
        let mut axes = x.axes.clone();
        *axes.last_mut().expect("an axis") = axis;
        let (mut starts, ones) = (vec!["0"; axes.len()], vec!["1"; axes.len()]);
        starts[axes.len() - 1] = from;
        let sizes: Vec<_> = axes.iter().map(|axis| self.bound(*axis)).collect();
        let result = Tensor { name: self.fresh(), axes, element: x.element };
        let _ = writeln!(
            self.body,
            "  {} = tensor.extract_slice {}[{}] [{}] [{}] : {} to {}",
            result.name,
            x.name,
            starts.join(", "),
            sizes.join(", "),
            ones.join(", "),
            self.type_of(x),
            self.type_of(&result)
        );
        result
    }

    /// The function, which returns these tensors, and what its arguments hold.
    pub fn finish(self, results: &[Tensor]) -> (String, Vec<Argument>) {
        let types: Vec<_> = results.iter().map(|tensor| self.type_of(tensor)).collect();
        let names: Vec<_> = results.iter().map(|tensor| tensor.name.clone()).collect();
        let ty = |tensor: &Tensor| match self.numbers.contains(&tensor.name) {
            true => tensor.element.to_string(),
            false => self.type_of(tensor),
        };
        let arguments: Vec<_> =
            self.arguments.iter().map(|(tensor, _)| format!("{}: {}", tensor.name, ty(tensor))).collect();
        let text = format!(
            "func.func @main({}) -> ({}) {{\n{}  return {} : {}\n}}\n",
            arguments.join(", "),
            types.join(", "),
            self.body,
            names.join(", "),
            types.join(", ")
        );
        (text, self.arguments.into_iter().map(|(_, argument)| argument).collect())
    }
}
