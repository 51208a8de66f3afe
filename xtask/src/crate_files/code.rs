//! What a client's code has, by its lines as prettyplease writes them: enough to know whether an example compiles.

use std::collections::HashSet;

/// What of the client's code an example rests on, found in one pass.
pub struct Code<'a> {
    /// The methods that take a value.
    pub functions: HashSet<&'a str>,
    /// The types with fields.
    pub structs: HashSet<&'a str>,
    /// Types that are somewhere held in a box, which does not take all that they are made of.
    pub boxed: HashSet<&'a str>,
    /// From what a type is made, and the type.
    pub conversions: HashSet<(&'a str, &'a str)>,
}

impl<'a> Code<'a> {
    /// Reads the code, line by line.
    pub fn of(generated: &'a str) -> Self {
        let mut code = Self {
            functions: HashSet::new(),
            structs: HashSet::new(),
            boxed: HashSet::new(),
            conversions: HashSet::new(),
        };
        let up_to = |rest: &'a str, end: char| rest.split(end).next().unwrap_or_default();
        let mut lines = generated.lines().map(str::trim_ascii_start).peekable();
        while let Some(line) = lines.next() {
            if let Some(rest) = line.strip_prefix("pub fn ") {
                code.functions.insert(up_to(rest, '<'));
            } else if let Some(rest) = line.strip_prefix("pub struct ") {
                code.structs.insert(up_to(rest, ' '));
            } else if let Some((_, rest)) = line.strip_prefix("impl ").and_then(|rest| rest.split_once("From<")) {
                let Some((from, rest)) = rest.split_once('>') else { continue };
                // A long line is broken before its second half.
                let rest = if rest.is_empty() { lines.peek().copied().unwrap_or_default() } else { rest.trim_start() };
                if let Some(into) = rest.strip_prefix("for ") {
                    code.conversions.insert((from, up_to(into, ' ')));
                }
            }
        }
        code.boxed.extend(generated.split("Box<").skip(1).map(|rest| up_to(rest, '>')));
        code
    }
}
