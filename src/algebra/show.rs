//! Expressions as text, for remarks and accounts.

use super::arena::{Arena, Func, Id, Node, Role};

impl Arena {
    /// An expression as text. Atoms from 2000 are scores, from 1000 old states, else states.
    pub fn show(&self, id: Id) -> String {
        self.text(id, 0)
    }

    fn text(&self, id: Id, depth: u32) -> String {
        if depth > 24 {
            return "...".into();
        }
        let sub = |id: &Id| self.text(*id, depth + 1);
        let list = |ids: &[Id]| ids.iter().map(sub).collect::<Vec<_>>().join(", ");
        match self.node(id) {
            Node::Bool(value) => value.to_string(),
            Node::Int(value) => value.to_string(),
            Node::Float(value) => format!("{}", value.get()),
            Node::Dim(dim) => self.dim_name(*dim),
            Node::Atom(number, _) => match number {
                2000.. => format!("x{}", number - 2000),
                1000.. => format!("old{}", number - 1000),
                _ => format!("s{number}"),
            },
            Node::Linear(terms, offset) => {
                let mut parts: Vec<_> =
                    terms.iter().map(|(id, c)| if *c == 1 { sub(id) } else { format!("{c}*{}", sub(id)) }).collect();
                if *offset != 0 {
                    parts.push(offset.to_string());
                }
                format!("({})", parts.join(" + "))
            }
            Node::Sum(terms, constant) => {
                let mut parts: Vec<_> = terms
                    .iter()
                    .map(|(id, c)| if c.get() == 1.0 { sub(id) } else { format!("{}*{}", c.get(), sub(id)) })
                    .collect();
                if constant.get() != 0.0 {
                    parts.push(constant.get().to_string());
                }
                format!("({})", parts.join(" + "))
            }
            Node::Product(factors) => factors
                .iter()
                .map(|(id, p)| if *p == 1 { sub(id) } else { format!("{}^{p}", sub(id)) })
                .collect::<Vec<_>>()
                .join("*"),
            Node::Call(Func::Select, a) => format!("select({})", list(a)),
            Node::Call(Func::CmpI(p), a) => {
                let name = ["==", "!=", "<", "<=", ">", ">=", "<u", "<=u", ">u", ">=u"];
                format!("({} {} {})", sub(&a[0]), name.get(*p as usize).unwrap_or(&"?"), sub(&a[1]))
            }
            Node::Call(Func::CmpF(p), a) => {
                let name = ["false", "==", ">", ">=", "<", "<=", "!="];
                format!("({} {} {})", sub(&a[0]), name.get(*p as usize).unwrap_or(&"?"), sub(&a[1]))
            }
            Node::Call(func, a) => {
                let name = match func {
                    Func::Named(name) | Func::NamedI(name) => name.trim_start_matches("math.").to_string(),
                    Func::Wrap(bits) => format!("i{bits}"),
                    other => format!("{other:?}").to_lowercase(),
                };
                format!("{name}({})", list(a))
            }
            Node::Switch { index, bounds, arms } => format!("concat({} at {bounds:?}: {})", sub(index), list(arms)),
            Node::Load(tensor, coords) => format!("t{}[{}]", tensor.0, list(coords)),
            Node::Reduce { kind, dims, init, body } => {
                let dims: Vec<_> = dims.iter().map(|dim| self.dim_name(*dim)).collect();
                let init = init.map(|init| format!("{}; ", sub(&init))).unwrap_or_default();
                format!("{}_{}({init}{})", kind.name(), dims.join(","), sub(body))
            }
        }
    }

    fn dim_name(&self, dim: super::DimId) -> String {
        match self.dim_info(dim).role {
            Role::Free => format!("i{}", dim.0),
            Role::Key => format!("n{}", dim.0),
            Role::Inner => format!("k{}", dim.0),
        }
    }
}
