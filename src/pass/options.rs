//! The options of passes: what each takes, and what it was given.

use super::{PassInfo, names::did_you_mean};
use crate::schedule::SHIPPED;
use std::collections::BTreeMap;

/// An option that a pass takes.
#[derive(Clone, Copy, Debug)]
pub struct OptionInfo {
    pub name: &'static str,
    pub kind: OptionKind,
    pub summary: &'static str,
}

/// The values that an option takes, and the one it has when none is given.
#[derive(Clone, Copy, Debug)]
pub enum OptionKind {
    /// `true` or `false`; the name of the option alone means `true`.
    Bool { default: bool },
    /// A whole number from 0 on.
    Int { default: u64, most: u64 },
    /// One of a few words.
    OneOf { default: &'static str, words: &'static [&'static str] },
    /// One of the names that a data file has.
    Named { default: &'static str, names: fn() -> Vec<String> },
}

impl OptionInfo {
    /// The option that says which target's schedule to use.
    pub const fn target(default: &'static str, summary: &'static str) -> Self {
        let names = || SHIPPED.iter().map(|(name, _)| (*name).to_owned()).collect();
        Self { name: "target", kind: OptionKind::Named { default, names }, summary }
    }

    /// The value that the option has when none is given, as it is spelled.
    pub fn default(&self) -> String {
        match self.kind {
            OptionKind::Bool { default } => default.to_string(),
            OptionKind::Int { default, .. } => default.to_string(),
            OptionKind::OneOf { default, .. } | OptionKind::Named { default, .. } => default.into(),
        }
    }

    /// The words that the option takes; `None` where it takes numbers.
    fn words(&self) -> Option<Vec<String>> {
        match self.kind {
            OptionKind::Bool { .. } => Some(vec!["true".into(), "false".into()]),
            OptionKind::Int { .. } => None,
            OptionKind::OneOf { words, .. } => Some(words.iter().map(ToString::to_string).collect()),
            OptionKind::Named { names, .. } => Some(names()),
        }
    }

    /// What the option takes, in words: `true or false`.
    pub fn takes(&self) -> String {
        match (self.kind, self.words().unwrap_or_default().as_slice()) {
            (OptionKind::Int { most: u64::MAX, .. }, _) => "a whole number".into(),
            (OptionKind::Int { most, .. }, _) => format!("a whole number up to {most}"),
            (_, [others @ .., last]) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
            (_, words) => words.concat(),
        }
    }

    /// Reads a value.
    fn read(&self, text: &str) -> Result<Value, String> {
        let value = match self.kind {
            OptionKind::Bool { .. } => text.parse().ok().map(Value::Bool),
            OptionKind::Int { most, .. } => text.parse().ok().filter(|number| *number <= most).map(Value::Int),
            OptionKind::OneOf { .. } | OptionKind::Named { .. } => {
                let known = self.words().unwrap_or_default().iter().any(|word| word == text);
                known.then(|| Value::Word(text.into()))
            }
        };
        value.ok_or_else(|| {
            let words = self.words().unwrap_or_default();
            let hint = did_you_mean(text, words.iter().map(String::as_str));
            format!("'{}' is {}, not '{text}'{hint}", self.name, self.takes())
        })
    }
}

/// The value of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Bool(bool),
    Int(u64),
    Word(String),
}

/// Options given to one pass, such as `{target=sm_90a}`. Every name and value is one that the pass takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PassOptions(BTreeMap<&'static str, Value>);

impl PassOptions {
    /// Reads `a=b c="d e"`. The name of an option that is on or off alone means `true`.
    ///
    /// # Errors
    /// Names the pass, the option and what it takes.
    pub fn parse(pass: &PassInfo, text: &str) -> Result<Self, String> {
        let words = words(text);
        let pair = |word| str::split_once(word, '=').map_or((word, None), |(name, value)| (name, Some(value)));
        Self::of(pass, words.iter().map(|word| pair(word)))
    }

    /// Takes names of options and their values.
    ///
    /// # Errors
    /// Names the pass, the option and what it takes.
    pub fn of<'a>(
        pass: &PassInfo,
        pairs: impl IntoIterator<Item = (&'a str, Option<&'a str>)>,
    ) -> Result<Self, String> {
        let PassInfo { name: pass, options, .. } = *pass;
        let mut given = Self::default();
        for (name, value) in pairs {
            let Some(option) = options.iter().find(|option| option.name == name) else {
                let hint = did_you_mean(name, options.iter().map(|option| option.name));
                return Err(format!("pass '{pass}' has no option '{name}'{hint}"));
            };
            let value = match (value, option.kind) {
                (Some(value), _) => option.read(value),
                (None, OptionKind::Bool { .. }) => Ok(Value::Bool(true)),
                (None, _) => Err(format!("'{name}' is {}, and has no value", option.takes())),
            };
            let value = value.map_err(|message| format!("pass '{pass}': {message}"))?;
            if given.0.insert(option.name, value).is_some() {
                return Err(format!("pass '{pass}' is given the option '{name}' twice"));
            }
        }
        Ok(given)
    }

    /// The value of an option that is on or off.
    pub fn flag(&self, option: &OptionInfo) -> bool {
        match (self.0.get(option.name), option.kind) {
            (Some(Value::Bool(value)), _) => *value,
            (_, OptionKind::Bool { default }) => default,
            _ => panic!("the option '{}' is not on or off", option.name),
        }
    }

    /// The value of an option that is a number.
    pub fn number(&self, option: &OptionInfo) -> u64 {
        match (self.0.get(option.name), option.kind) {
            (Some(Value::Int(value)), _) => *value,
            (_, OptionKind::Int { default, .. }) => default,
            _ => panic!("the option '{}' is no number", option.name),
        }
    }

    /// The value of an option that is a word.
    pub fn word(&self, option: &OptionInfo) -> &str {
        match (self.0.get(option.name), option.kind) {
            (Some(Value::Word(value)), _) => value,
            (_, OptionKind::OneOf { default, .. } | OptionKind::Named { default, .. }) => default,
            _ => panic!("the option '{}' is no word", option.name),
        }
    }

    /// The value of any option, as it is spelled.
    pub fn spelled(&self, option: &OptionInfo) -> String {
        match self.0.get(option.name) {
            Some(Value::Bool(value)) => value.to_string(),
            Some(Value::Int(value)) => value.to_string(),
            Some(Value::Word(value)) => value.clone(),
            None => option.default(),
        }
    }
}

/// Splits at spaces outside of quotes and brackets; quotes are dropped.
fn words(text: &str) -> Vec<String> {
    let (mut words, mut word) = (vec![], String::new());
    let (mut quote, mut depth) = (None, 0i32);
    for c in text.chars() {
        match c {
            '"' | '\'' if quote == Some(c) => quote = None,
            '"' | '\'' if quote.is_none() => quote = Some(c),
            _ if quote.is_some() => word.push(c),
            c if c.is_whitespace() && depth == 0 => words.push(std::mem::take(&mut word)),
            c => {
                depth += i32::from("([{".contains(c)) - i32::from(")]}".contains(c));
                word.push(c);
            }
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const ON: OptionInfo = OptionInfo { name: "on", kind: OptionKind::Bool { default: false }, summary: "" };
    const WAYS: OptionInfo = OptionInfo { name: "ways", kind: OptionKind::Int { default: 2, most: 8 }, summary: "" };
    const FUSE: OptionInfo = OptionInfo {
        name: "fuse",
        kind: OptionKind::OneOf { default: "true", words: &["true", "fits", "false"] },
        summary: "",
    };
    const TARGET: OptionInfo = OptionInfo {
        name: "target",
        kind: OptionKind::Named { default: "cpu", names: || vec!["cpu".into(), "gpu".into()] },
        summary: "",
    };
    const ALL: &[OptionInfo] = &[ON, WAYS, FUSE, TARGET];
    const PASS: PassInfo = PassInfo { name: "p", summary: "", options: ALL, run: |_, _| Ok(()) };

    #[test]
    fn words_keep_quotes_and_brackets_together() {
        assert_eq!(words("a=1  b=\"x y\" c=[1, 2] d"), ["a=1", "b=x y", "c=[1, 2]", "d"]);
    }

    #[test]
    fn values_have_the_type_of_their_option() {
        let given = PassOptions::parse(&PASS, "on ways=8 fuse=fits").unwrap();
        assert_eq!(
            (given.flag(&ON), given.number(&WAYS), given.word(&FUSE), given.word(&TARGET)),
            (true, 8, "fits", "cpu")
        );
        assert_eq!(ALL.iter().map(|option| given.spelled(option)).collect::<Vec<_>>(), ["true", "8", "fits", "cpu"]);
        let none = PassOptions::parse(&PASS, "").unwrap();
        assert_eq!(ALL.iter().map(|option| none.spelled(option)).collect::<Vec<_>>(), ["false", "2", "true", "cpu"]);
    }

    #[test]
    fn errors_say_what_is_taken() {
        let refused = |text: &str| PassOptions::parse(&PASS, text).unwrap_err();
        assert_eq!(refused("on=yes"), "pass 'p': 'on' is true or false, not 'yes'");
        assert_eq!(refused("on="), "pass 'p': 'on' is true or false, not ''");
        assert_eq!(refused("ways=9"), "pass 'p': 'ways' is a whole number up to 8, not '9'");
        assert_eq!(refused("ways=-1"), "pass 'p': 'ways' is a whole number up to 8, not '-1'");
        assert_eq!(refused("fuse=fit"), "pass 'p': 'fuse' is true, fits or false, not 'fit' (did you mean 'fits'?)");
        assert_eq!(refused("fuse"), "pass 'p': 'fuse' is true, fits or false, and has no value");
        assert_eq!(refused("target=tpu"), "pass 'p': 'target' is cpu or gpu, not 'tpu' (did you mean 'cpu'?)");
        assert_eq!(refused("wy=1"), "pass 'p' has no option 'wy'");
        assert_eq!(refused("ways=1 ways=1"), "pass 'p' is given the option 'ways' twice");
    }
}
