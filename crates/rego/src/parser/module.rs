//! Whole files: the package, imports and rules, and going on after an error.

use super::lexer::Tok;
use super::words::{Future, Sign, Word};
use super::{Beside, FUTURE_KEYWORDS, Parsed, Parser, SyntaxError, is_keyword};
use crate::Version;
use crate::syntax::{Import, Module, Name, Span, Term, TermKind};

/// More errors than this are not reported.
const MAX_ERRORS: usize = 50;

/// Keywords that every version has to import; of `not` it is the wider meaning.
const LOGIC: &[&str] = &["and", "not", "or"];

impl Parser<'_> {
    pub(super) fn module(&mut self, beside: Beside) -> Result<Module, Vec<SyntaxError>> {
        let mut module = Module {
            version: self.version,
            package: Vec::new(),
            package_at: Span::default(),
            imports: Vec::new(),
            rules: Vec::new(),
            comments: beside.comments,
            lines: beside.lines,
        };
        if self.token().tok == Tok::Eof {
            return Err(vec![SyntaxError { message: "empty module".to_string(), at: Span::default() }]);
        }
        let start = self.token().at;
        if !self.is_keyword(Word::Package) {
            self.error(start, "package expected");
        } else if let Ok(package) = self.package() {
            module.package = package;
        }
        module.package_at = self.since(start);
        while self.token().tok != Tok::Eof && self.errors.len() < MAX_ERRORS {
            let before = self.errors.len();
            if self.eat_sign(Sign::SEMICOLON) {
                continue;
            }
            // Statements may stand on one line: where one ends is clear without a sign.
            let failed = self.statement(&mut module).is_err();
            if failed || self.errors.len() > before {
                self.recover();
            }
        }
        module.version = self.version;
        match self.errors.is_empty() {
            true => Ok(module),
            false => Err(std::mem::take(&mut self.errors)),
        }
    }

    fn statement(&mut self, module: &mut Module) -> Parsed<()> {
        if self.is_keyword(Word::Import) {
            let import = self.import()?;
            module.imports.push(import);
            return Ok(());
        }
        if self.is_keyword(Word::Package) {
            let at = self.token().at;
            return Err(self.error(at, "unexpected package"));
        }
        self.rules(&mut module.rules)
    }

    /// Goes on where a line begins with a word in its first column.
    fn recover(&mut self) {
        loop {
            self.advance();
            let token = self.token();
            let first_column = token.newline
                && (token.at.start == 0
                    || self
                        .text
                        .as_bytes()
                        .get(token.at.start as usize - 1)
                        .is_none_or(|byte| *byte == b'\n'));
            if token.tok == Tok::Eof || (first_column && token.tok == Tok::Ident) {
                return;
            }
        }
    }

    fn package(&mut self) -> Parsed<Vec<Name>> {
        self.advance();
        let term = self.path()?;
        let mut path = Vec::new();
        match &term.kind {
            TermKind::Var(name) => path.push(name.clone()),
            TermKind::Ref(steps) => {
                for step in steps {
                    match step.as_var().filter(|_| path.is_empty()).or(step.as_string()) {
                        Some(name) => path.push(name.clone()),
                        None => {
                            let message = format!("unexpected {} token: expecting string", step.kind_name());
                            return Err(self.error(step.at, message));
                        }
                    }
                }
            }
            _ => return Err(self.unexpected("")),
        }
        Ok(path)
    }

    /// Parses a path whose first word may be a keyword.
    fn path(&mut self) -> Parsed<Term> {
        let at = self.token().at;
        let Some(word) = self.word() else { return Err(self.unexpected("")) };
        self.advance();
        let name = self.names.get(word);
        self.steps(Term::named(name, at))
    }

    fn import(&mut self) -> Parsed<Import> {
        let start = self.token().at;
        self.advance();
        let term = self.path()?;
        let mut path = Vec::new();
        let steps = match &term.kind {
            TermKind::Ref(steps) => steps.as_ref(),
            _ => std::slice::from_ref(&term),
        };
        for step in steps {
            match step.as_var().filter(|_| path.is_empty()).or(step.as_string()) {
                Some(name) => path.push(name.clone()),
                None => {
                    let message = format!("unexpected {} token: expecting string", step.kind_name());
                    return Err(self.error(step.at, message));
                }
            }
        }
        let root = path.first().map(|name| name.to_string()).unwrap_or_default();
        if !["data", "input", "future", "rego"].contains(&root.as_str()) {
            let message = format!(
                "unexpected import path, must begin with one of: {{data, future, input, rego}}, got: {root}"
            );
            return Err(self.error(term.at, message));
        }
        let mut alias = None;
        if self.eat_keyword(Word::As) {
            match self.word() {
                Some(word) if !self.is_reserved(self.token().word) => {
                    alias = Some(Name::from(word));
                    self.advance();
                }
                _ => return Err(self.unexpected("expected var")),
            }
        }
        let last = path.last().map(|name| name.to_string()).unwrap_or_default();
        if alias.is_none() && root != "future" && is_keyword(&last, self.version) {
            let message = format!(
                "unexpected import path, must not end with a keyword, got: {last} (hint: import a different path or use an alias)"
            );
            return Err(self.error(term.at, message));
        }
        let import = Import { path, alias, at: self.since(start) };
        self.enable(&import, term.at)?;
        Ok(import)
    }

    /// Switches the keywords of `future.keywords` and `rego.v1` on; `at` is where the path is.
    fn enable(&mut self, import: &Import, at: Span) -> Parsed<()> {
        let path: Vec<&str> = import.path.iter().map(AsRef::as_ref).collect();
        match path.as_slice() {
            ["rego", "v1"] => {
                if import.alias.is_some() {
                    return Err(self.error(at, "`rego` imports cannot be aliased"));
                }
                self.version = Version::V1;
                self.future.add(Future::ALL);
            }
            ["rego", ..] => {
                let message = format!("invalid import `{}`, must be `rego.v1`", path.join("."));
                return Err(self.error(at, message));
            }
            ["future", "keywords"] => self.future.add(Future::EVERY),
            ["future", "keywords", keyword] => {
                let known = Word::of(keyword);
                if !known.is_future() && known != Word::Not {
                    let mut all: Vec<&str> = FUTURE_KEYWORDS.iter().chain(LOGIC).copied().collect();
                    all.sort_unstable();
                    let message = format!("unexpected keyword, must be one of [{}]", all.join(" "));
                    return Err(self.error(at, message));
                }
                self.future.insert(known);
                if known == Word::Every {
                    self.future.insert(Word::In);
                }
            }
            ["future", ..] => return Err(self.error(at, "invalid import, must be `future.keywords`")),
            _ => return Ok(()),
        }
        if path.first() == Some(&"future") && import.alias.is_some() {
            return Err(self.error(at, "`future` imports cannot be aliased"));
        }
        Ok(())
    }
}
