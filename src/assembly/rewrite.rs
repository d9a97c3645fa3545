//! Ops in pretty form become generic ones, in the text.

use super::{
    DIALECTS, PRETTY, Pretty, Value, YIELD, not_taken,
    origins::{Origins, Writer, position},
    token::{Kind, Lexer, Token},
};
use std::ops::Range;

/// What is wrong with an op in pretty form, and where: the line and the column, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub position: (usize, usize),
    pub message: String,
}

/// An offset and what is wrong there.
type Wrong = (usize, String);

/// Operands between parentheses, with their types.
#[derive(Clone, Debug, Default)]
struct Group {
    count: usize,
    operands: Range<usize>,
    types: Range<usize>,
}

/// An op whose operands are written and whose types are not.
#[derive(Debug)]
struct Open {
    op: Token,
    /// The open braces around the op's region.
    depth: usize,
    dictionary: Option<Range<usize>>,
    groups: Vec<Group>,
}

/// The text with every op in pretty form that is taken in its generic form; nothing without one.
///
/// # Errors
/// An op in pretty form that is malformed, or not taken.
pub fn generic(text: &[u8]) -> Result<Option<(Vec<u8>, Origins)>, Fault> {
    let mut rewriter = Rewriter {
        lexer: Lexer::new(text),
        writer: Writer::new(text),
        copied: 0,
        depth: 0,
        open: vec![],
        found: false,
    };
    rewriter.run().map_err(|(offset, message)| Fault { position: position(text, offset), message })?;
    if !rewriter.found {
        return Ok(None);
    }
    rewriter.writer.copy(rewriter.copied..text.len());
    Ok(Some(rewriter.writer.finish()))
}

struct Rewriter<'t> {
    lexer: Lexer<'t>,
    writer: Writer<'t>,
    /// What of the source is written already.
    copied: usize,
    /// Open braces.
    depth: usize,
    /// Ops whose regions are open, inner ones last.
    open: Vec<Open>,
    found: bool,
}

impl<'t> Rewriter<'t> {
    fn run(&mut self) -> Result<(), Wrong> {
        let mut before = None;
        while let Some(token) = self.lexer.next() {
            match token.kind {
                Kind::Mark(b'{') => self.depth += 1,
                Kind::Mark(b'}') => {
                    if let Some(open) = self.open.pop_if(|open| open.depth == self.depth) {
                        self.writer.copy(self.copied..token.end);
                        self.writer.insert(")", token.end - 1);
                        self.copied = token.end;
                        self.tail(&open)?;
                    }
                    self.depth = self.depth.saturating_sub(1);
                }
                Kind::Word if self.is_op(before, token) => {
                    self.writer.copy(self.copied..token.start);
                    self.found = true;
                    self.op(token)?;
                }
                _ => {}
            }
            before = Some(token.kind);
        }
        match self.open.last() {
            Some(open) => Err(self.wrong(open.op, open.op.start, "a region that is not closed")),
            None => Ok(()),
        }
    }

    fn text(&self, token: Token) -> &'t str {
        std::str::from_utf8(self.lexer.bytes(token)).unwrap_or_default()
    }

    fn wrong(&self, op: Token, offset: usize, message: &str) -> Wrong {
        (offset, format!("'{}': {message}", self.text(op)))
    }

    /// Whether a word is the name of a foreign op, and not that of an attribute, given the token before it.
    fn is_op(&self, before: Option<Kind>, token: Token) -> bool {
        if !DIALECTS.iter().any(|dialect| self.text(token).starts_with(dialect)) {
            return false;
        }
        let after = self.lexer.peek().map(|token| token.kind);
        let listed = before == Some(Kind::Mark(b'{')) && matches!(after, Some(Kind::Mark(b',' | b'}')));
        let listed = listed && self.text(token) != YIELD;
        before != Some(Kind::Mark(b',')) && after != Some(Kind::Mark(b'=')) && !listed
    }

    /// The next token if it is this mark.
    fn mark(&mut self, mark: u8) -> Option<Token> {
        let token = self.lexer.peek().filter(|token| token.kind == Kind::Mark(mark))?;
        self.lexer.next();
        Some(token)
    }

    fn expect(&mut self, op: Token, mark: u8) -> Result<Token, Wrong> {
        let here = self.here(op);
        self.mark(mark).ok_or_else(|| self.wrong(op, here, &format!("'{}' is expected here", char::from(mark))))
    }

    /// Where the next token starts, or an op if there is none.
    fn here(&self, op: Token) -> usize {
        self.lexer.peek().map_or(op.start, |token| token.start)
    }

    /// An op from after its name to its region, or to its end if it has none.
    fn op(&mut self, op: Token) -> Result<(), Wrong> {
        let name = self.text(op);
        if name == YIELD {
            return self.terminator(op);
        }
        let pretty = PRETTY.iter().find(|pretty| pretty.name == name).ok_or_else(|| (op.start, not_taken(name)))?;
        let mut attributes: Vec<Option<Token>> = vec![None; pretty.attributes.len()];
        let (mut dictionary, mut ins, mut outs) = (None, None, None);
        // Up to the operands that are written; then comes the region, the type, or something else.
        while outs.is_none() {
            let here = self.here(op);
            let Some(token) = self.lexer.next() else {
                return Err(self.wrong(op, here, "the text ends before 'outs(…)'"));
            };
            let word = self.text(token);
            let attribute = pretty.attributes.iter().position(|(name, _)| *name == word);
            match (token.kind, word, attribute) {
                (Kind::Mark(b'{'), ..) if dictionary.is_none() => dictionary = Some(self.dictionary(op, token)?),
                (Kind::Word, "ins", _) if ins.is_none() && pretty.ins => ins = Some(self.group(op)?),
                (Kind::Word, "outs", _) => outs = Some(self.group(op)?),
                (Kind::Word, _, Some(at)) if attributes[at].is_none() => {
                    attributes[at] = Some(self.attribute(op, pretty.attributes[at])?);
                }
                _ => {
                    return Err(self.wrong(op, here, &format!("{} is expected here", pretty.parts(&attributes, &ins))));
                }
            }
        }
        if let Some(at) = attributes.iter().position(Option::is_none) {
            return Err(self.wrong(op, op.start, &format!("'{}(…)' is missing", pretty.attributes[at].0)));
        }
        if pretty.ins && ins.is_none() {
            return Err(self.wrong(op, op.start, "'ins(…)' is missing"));
        }
        let groups = [ins, outs].map(Option::unwrap_or_default);
        self.head(op, &groups);
        let mut separator = " <{";
        for ((name, value), token) in pretty.attributes.iter().zip(attributes.into_iter().flatten()) {
            self.writer.insert(&format!("{separator}{name} = "), token.start);
            self.writer.copy(token.start..token.end);
            self.writer.insert(value.suffix(), token.start);
            separator = ", ";
        }
        let sizes = format!("{separator}operandSegmentSizes = array<i32: {}, {}>}}>", groups[0].count, groups[1].count);
        self.writer.insert(&sizes, op.start);
        let open = Open { op, depth: self.depth + 1, dictionary, groups: groups.into() };
        if !pretty.region {
            return self.tail(&open);
        }
        let brace = self.expect(op, b'{')?;
        self.writer.insert(" (", brace.start);
        self.copied = brace.start;
        self.depth += 1;
        self.open.push(open);
        Ok(())
    }

    /// `tm_tensor.yield %a, %b : T, U`
    fn terminator(&mut self, op: Token) -> Result<(), Wrong> {
        let dictionary = self.mark(b'{').map(|brace| self.dictionary(op, brace)).transpose()?;
        let mut group = self.operands(op)?;
        group.types = self.types(op)?;
        self.head(op, std::slice::from_ref(&group));
        let open = Open { op, depth: 0, dictionary, groups: vec![group] };
        self.finish(&open, None);
        Ok(())
    }

    /// Writes the name and the operands.
    fn head(&mut self, op: Token, groups: &[Group]) {
        let name = self.text(op);
        self.writer.insert(&format!("\"{name}\""), op.start);
        self.list('(', groups.iter().map(|group| &group.operands), op);
    }

    /// Writes ranges of the source between parentheses.
    fn list<'r>(&mut self, open: char, ranges: impl Iterator<Item = &'r Range<usize>>, op: Token) {
        let mut separator = open.to_string();
        for range in ranges.filter(|range| !range.is_empty()) {
            self.writer.insert(&separator, range.start);
            self.writer.copy(range.clone());
            separator = ", ".into();
        }
        let end = if separator.starts_with(open) { format!("{open})") } else { ")".into() };
        self.writer.insert(&end, op.start);
    }

    /// The results' types, if any, and all that the generic form has after the region.
    fn tail(&mut self, open: &Open) -> Result<(), Wrong> {
        let arrow = self.lexer.peek().filter(|token| token.kind == Kind::Arrow);
        let results = arrow
            .map(|_| {
                self.lexer.next();
                self.types(open.op)
            })
            .transpose()?;
        self.finish(open, results);
        Ok(())
    }

    fn finish(&mut self, open: &Open, results: Option<Range<usize>>) {
        if let Some(dictionary) = &open.dictionary {
            self.writer.insert(" ", dictionary.start);
            self.writer.copy(dictionary.clone());
        }
        self.writer.insert(" : ", open.op.start);
        self.list('(', open.groups.iter().map(|group| &group.types), open.op);
        self.writer.insert(" -> ", open.op.start);
        self.list('(', results.iter(), open.op);
        self.copied = self.lexer.offset();
    }

    /// `(value)` of an attribute.
    fn attribute(&mut self, op: Token, (name, value): (&str, Value)) -> Result<Token, Wrong> {
        self.expect(op, b'(')?;
        let here = self.here(op);
        let minus = self.mark(b'-').filter(|_| value == Value::Integer);
        let token = self.lexer.next().filter(|token| match value {
            Value::Integer => self.lexer.bytes(*token).iter().all(u8::is_ascii_digit),
            Value::Bool => matches!(self.lexer.bytes(*token), b"true" | b"false"),
        });
        let token = token.ok_or_else(|| self.wrong(op, here, &format!("'{name}' is {}", value.description())))?;
        self.expect(op, b')')?;
        Ok(Token { start: minus.map_or(token.start, |minus| minus.start), ..token })
    }

    /// `(%a, %b : T, U)`
    fn group(&mut self, op: Token) -> Result<Group, Wrong> {
        self.expect(op, b'(')?;
        let mut group = self.operands(op)?;
        group.types = self.types(op)?;
        self.expect(op, b')')?;
        Ok(group)
    }

    /// `%a, %b :`, of which the types are yet to be read.
    fn operands(&mut self, op: Token) -> Result<Group, Wrong> {
        let mut group = Group { operands: self.here(op)..0, ..Group::default() };
        loop {
            let here = self.here(op);
            let value = self.lexer.next().filter(|token| token.kind == Kind::Value);
            group.operands.end = value.ok_or_else(|| self.wrong(op, here, "a value is expected here"))?.end;
            group.count += 1;
            if self.mark(b',').is_none() {
                self.expect(op, b':')?;
                return Ok(group);
            }
        }
    }

    /// `T, U`
    fn types(&mut self, op: Token) -> Result<Range<usize>, Wrong> {
        let start = self.here(op);
        loop {
            let here = self.here(op);
            let ty = self.lexer.next().filter(|token| matches!(token.kind, Kind::Word | Kind::Type));
            let mut end = ty.ok_or_else(|| self.wrong(op, here, "a type is expected here"))?.end;
            if let Some(bracket) = self.mark(b'<') {
                end = self.closing(op, bracket, b'<', b'>')?;
            }
            if self.mark(b',').is_none() {
                return Ok(start..end);
            }
        }
    }

    /// `{…}` as a range, after its brace.
    fn dictionary(&mut self, op: Token, brace: Token) -> Result<Range<usize>, Wrong> {
        Ok(brace.start..self.closing(op, brace, b'{', b'}')?)
    }

    /// The end of what a bracket opens, which was just read.
    fn closing(&mut self, op: Token, bracket: Token, open: u8, close: u8) -> Result<usize, Wrong> {
        let mut depth = 1;
        for token in self.lexer.by_ref() {
            match token.kind {
                Kind::Mark(mark) if mark == open => depth += 1,
                Kind::Mark(mark) if mark == close => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Ok(token.end);
            }
        }
        Err(self.wrong(op, bracket.start, &format!("'{}' is not closed", char::from(open))))
    }
}

impl Pretty {
    /// What may come next in an op of which this was read.
    fn parts(&self, attributes: &[Option<Token>], ins: &Option<Group>) -> String {
        let missing = self.attributes.iter().zip(attributes).filter(|(_, token)| token.is_none());
        let mut parts: Vec<_> = missing.map(|((name, _), _)| *name).collect();
        parts.extend((self.ins && ins.is_none()).then_some("ins"));
        parts.push("outs");
        parts.iter().map(|part| format!("'{part}(…)'")).collect::<Vec<_>>().join(" or ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text in generic form, as text.
    fn rewritten(text: &str) -> String {
        let (text, _) = generic(text.as_bytes()).expect("no fault").expect("an op");
        String::from_utf8(text).expect("text")
    }

    /// Where it goes wrong, and how.
    fn fault(text: &str) -> (usize, usize, String) {
        let fault = generic(text.as_bytes()).expect_err("a fault");
        (fault.position.0, fault.position.1, fault.message)
    }

    const SCAN: &str = "  %4:2 = tm_tensor.scan dimension(1) inclusive(true) ins(%x : tensor<2x4xi64>)
    outs(%1#0, %3 : tensor<2x4xi64>, tensor<2xi64>) { // the sum
  ^bb0(%a: i64, %b: i64):
    %5 = arith.addi %a, %b : i64 loc(\"}\")
    tm_tensor.yield %5 : i64
  } -> tensor<2x4xi64>, tensor<2xi64> loc(#loc)
  return";

    #[test]
    fn a_scan_becomes_generic() {
        let wanted = "  %4:2 = \"tm_tensor.scan\"(%x, %1#0, %3) <{dimension = 1 : i64, inclusive = true, operandSegmentSizes = array<i32: 1, 2>}> ({ // the sum
  ^bb0(%a: i64, %b: i64):
    %5 = arith.addi %a, %b : i64 loc(\"}\")
    \"tm_tensor.yield\"(%5) : (i64) -> ()
  }) : (tensor<2x4xi64>, tensor<2x4xi64>, tensor<2xi64>) -> (tensor<2x4xi64>, tensor<2xi64>) loc(#loc)
  return";
        assert_eq!(rewritten(SCAN), wanted);
    }

    #[test]
    fn places_stay_those_of_the_source() {
        let (text, origins) = generic(SCAN.as_bytes()).expect("no fault").expect("an op");
        for (part, nth) in [("%x", 0), ("%3", 0), ("tensor<2xi64>", 0), ("tensor<2xi64>", 1), ("%5", 1), ("loc(#", 0)] {
            let offset = |text: &[u8]| {
                let text = std::str::from_utf8(text).expect("text");
                text.match_indices(part).nth(nth).expect("the part").0
            };
            let found = origins.of(position(&text, offset(&text)));
            assert_eq!(found, position(SCAN.as_bytes(), offset(SCAN.as_bytes())), "{part}");
        }
        assert_eq!(origins.of((1, 10)), (1, 10), "the op is where its name is");
        assert_eq!(origins.of((6, 3)), (7, 3), "and lines after it are where they were");
    }

    #[test]
    fn dictionaries_and_missing_parts_are_kept() {
        let sort =
            "tm_tensor.sort {a = {b}} dimension(0) outs(%a, %b : tensor<?xf32, #m<(d) -> (d)>>, !t.u<\"v>\">) {\n}";
        let wanted = "\"tm_tensor.sort\"(%a, %b) <{dimension = 0 : i64, operandSegmentSizes = array<i32: 0, 2>}> ({\n}) {a = {b}} : (tensor<?xf32, #m<(d) -> (d)>>, !t.u<\"v>\">) -> ()";
        assert_eq!(rewritten(sort), wanted);
        let attention = "%r = tm_tensor.attention ins(%q, %k, %v : T, T, T) outs(%o : T) -> T";
        let wanted = "%r = \"tm_tensor.attention\"(%q, %k, %v, %o) <{operandSegmentSizes = array<i32: 3, 1>}> : (T, T, T, T) -> (T)";
        assert_eq!(rewritten(attention), wanted);
    }

    #[test]
    fn regions_nest() {
        let inner = "tm_tensor.sort dimension(0) outs(%a : T) { tm_tensor.yield {n} %x : i1 } -> T";
        let outer = format!("tm_tensor.sort dimension(0) outs(%a : T) {{ scf.if %c {{ {inner} }} {inner} }} -> T");
        let head = "\"tm_tensor.sort\"(%a) <{dimension = 0 : i64, operandSegmentSizes = array<i32: 0, 1>}> ({";
        let inner = format!("{head} \"tm_tensor.yield\"(%x) {{n}} : (i1) -> () }}) : (T) -> (T)");
        assert_eq!(rewritten(&outer), format!("{head} scf.if %c {{ {inner} }} {inner} }}) : (T) -> (T)"));
    }

    #[test]
    fn other_text_is_left_alone() {
        for text in [
            "// tm_tensor.scan\n\"tm_tensor.scan\"(%x) : (i1) -> ()",
            "module attributes {tm_tensor.scan = 1, tm_tensor.sort, x = \"tm_tensor.sort dimension\"} {}",
            "func.func @tm_tensor.scan(%a: !tm_tensor.scan) attributes {tm_tensor.scan}",
        ] {
            assert_eq!(generic(text.as_bytes()).map(|found| found.is_none()), Ok(true), "{text}");
        }
    }

    #[test]
    fn faults_have_their_places() {
        let message = "'tm_tensor.scan': 'inclusive(…)' is missing";
        assert_eq!(fault("\n %r = tm_tensor.scan dimension(0) ins(%x : T) outs(%y : T) {"), (2, 7, message.into()));
        let message = "'tm_tensor.scan': 'dimension' is an integer";
        assert_eq!(fault("tm_tensor.scan dimension(x)"), (1, 26, message.into()));
        let message = "'tm_tensor.sort': 'dimension(…)' or 'outs(…)' is expected here";
        assert_eq!(fault("tm_tensor.sort ins(%x : T)"), (1, 16, message.into()));
        let message = "'tm_tensor.sort': a type is expected here";
        assert_eq!(fault("tm_tensor.sort outs(%x, %y : T, )"), (1, 33, message.into()));
        let message = "'tm_tensor.sort': '<' is not closed";
        assert_eq!(fault("tm_tensor.sort outs(%x : tensor<4xf32)"), (1, 32, message.into()));
        let message = "'tm_tensor.yield': a value is expected here";
        assert_eq!(fault("{ tm_tensor.yield }"), (1, 19, message.into()));
        let message = "'tm_tensor.sort': a region that is not closed";
        assert_eq!(fault("tm_tensor.sort dimension(-1) outs(%x : T) { {}"), (1, 1, message.into()));
    }

    #[test]
    fn a_text_may_end_anywhere() {
        let ends = (0..SCAN.len()).filter(|end| generic(&SCAN.as_bytes()[..*end]).is_err()).count();
        assert!(ends > SCAN.len() / 2, "{ends}");
    }
}
