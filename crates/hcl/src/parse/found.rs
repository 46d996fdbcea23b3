//! What to say about a token that does not fit.

use crate::lex::Kind;

use super::{Failed, Parser};

impl Parser<'_> {
    /// The next token in words, for "found …".
    pub(super) fn found(&mut self) -> String {
        let token = self.next_token();
        match token.kind {
            Kind::Eof => "the end of the file".to_owned(),
            Kind::Newline => "the end of the line".to_owned(),
            Kind::OQuote => "a string".to_owned(),
            Kind::OHeredoc => "a heredoc".to_owned(),
            Kind::CutQuote => "the end of the line in a string".to_owned(),
            Kind::CQuote => "the end of the string".to_owned(),
            Kind::Ident => format!("`{}`", self.slice(token)),
            Kind::Number => format!("the number `{}`", self.slice(token)),
            _ => format!("`{}`", self.slice(token)),
        }
    }

    /// Records that the next token does not fit. A character that HCL does not know is named as such.
    pub(super) fn unexpected(&mut self, expected: &str, help: Option<&str>) -> Failed {
        if let Some((message, help)) = self.foreign() {
            return self.fail(message, Some(help));
        }
        let found = self.found();
        self.fail(format!("expected {expected}, found {found}"), help.map(str::to_owned))
    }

    /// What to say where the next token is no token of HCL, or a habit of other languages.
    fn foreign(&mut self) -> Option<(String, String)> {
        let token = self.next_token();
        let slice = self.slice(token);
        let second = self.token(self.at + 1);
        let twice = second.start == token.end && second.kind == token.kind;
        let before = self.at.checked_sub(1).map(|n| self.token(n));
        let again = before.is_some_and(|b| b.end == token.start && b.kind == token.kind);
        let (message, help) = match (token.kind, slice) {
            (Kind::CutQuote, _) => (
                "the string is not closed on its line",
                "end it with `\"`; write a line break as `\\n`, or use a heredoc (`<<EOT`) for several lines",
            ),
            (Kind::Less, _) if twice => (
                "a heredoc needs its marker and the end of the line right after `<<`",
                "write `<<EOT` or `<<-EOT` with nothing behind it, not even a space or a quote",
            ),
            (Kind::Star, _) if again => {
                ("there is no operator `**`", "use the function `pow(base, exponent)`")
            }
            (Kind::Invalid, "'") => {
                ("single quotes are not valid", "use double quotes (`\"`) around strings")
            }
            (Kind::Invalid, "`") => (
                "backquotes are not valid",
                "use double quotes (`\"`), or a heredoc (`<<EOT`) for several lines",
            ),
            (Kind::Invalid, ";") => (
                "`;` is not valid",
                "separate arguments and blocks by line breaks, and elements of collections by commas",
            ),
            (Kind::Invalid, "&") => ("there are no bitwise operators", "use `&&` for a logical and"),
            (Kind::Invalid, "|") => ("there are no bitwise operators", "use `||` for a logical or"),
            (Kind::Invalid, "~") => ("there are no bitwise operators", "use `!` for a logical not"),
            (Kind::Invalid, "^") => ("there is no operator `^`", "use the function `pow(base, exponent)`"),
            (Kind::Invalid, "“" | "”" | "„" | "‘" | "’") => {
                ("curly quotes are not valid", "use straight double quotes (`\"`) around strings")
            }
            (Kind::Invalid, "\u{a0}" | "\u{200b}" | "\u{202f}" | "\u{3000}") => {
                ("an invisible character that is no space stands here", "replace it by a space")
            }
            (Kind::Invalid, "\u{feff}") => ("a byte order mark stands inside the file", "remove it"),
            (Kind::Invalid, "\r") => {
                ("a carriage return without a line feed stands here", "end lines with LF or CR LF")
            }
            (Kind::Invalid, "$") => {
                ("`$` is valid only in strings", "refer to a value by its bare name, as `var.name`")
            }
            (Kind::Invalid, other) => {
                let shown: String = other.chars().flat_map(char::escape_debug).collect();
                return Some((format!("the character `{shown}` is not used in HCL"), "remove it".to_owned()));
            }
            _ => return None,
        };
        Some((message.to_owned(), help.to_owned()))
    }
}
