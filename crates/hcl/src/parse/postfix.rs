//! Names, calls, and what follows a term: attributes, indexes, splats.

use trueline_text::Span;

use crate::ast::{Call, Expr, ExprKind, Ident, Splat, SplatStep};
use crate::lex::{Kind, Token};

use super::{Failed, Parsed, Parser};

impl Parser<'_> {
    /// A name by itself, or a call.
    pub(super) fn word(&mut self) -> Parsed<Expr> {
        let token = self.advance();
        if matches!(self.peek(), Kind::OParen | Kind::DoubleColon) {
            return self.descend(|p| p.call(token));
        }
        let kind = match self.slice(token) {
            "true" => ExprKind::Bool(true),
            "false" => ExprKind::Bool(false),
            "null" => ExprKind::Null,
            name => ExprKind::Variable(self.shared.get(name)),
        };
        Ok(Expr { kind, span: token.span() })
    }

    /// `f(a, b...)`, `provider::aws::f(a)`; the name's first part is taken.
    fn call(&mut self, first: Token) -> Parsed<Expr> {
        let mut name = self.slice(first).to_owned();
        while self.eat(Kind::DoubleColon).is_some() {
            if self.peek() != Kind::Ident {
                return Err(self.unexpected("the name of a function after `::`", None));
            }
            name.push_str("::");
            let part = self.advance();
            name.push_str(self.slice(part));
        }
        let name = Ident { text: name.into(), span: Span::new(first.start, self.last_end) };
        let Some(open) = self.eat(Kind::OParen) else {
            let help = "a name with `::` is a function: write its arguments in parentheses";
            return Err(self.unexpected("`(` after the function's name", Some(help)));
        };
        let (args, expand, end) = self.bracketed(false, |p| p.arguments(open))?;
        let span = Span::new(first.start, end);
        Ok(Expr { kind: ExprKind::Call(Box::new(Call { name, args, expand })), span })
    }

    fn arguments(&mut self, open: Token) -> Parsed<(Vec<Expr>, bool, u32)> {
        let mut args = Vec::new();
        let mut expand = false;
        let mut below = 0;
        let close = loop {
            if let Some(close) = self.eat(Kind::CParen) {
                break close;
            }
            if self.peek() == Kind::Eof {
                return Err(self.unclosed(open, "`)`"));
            }
            if expand {
                let help = "only the last argument may be expanded";
                return Err(self.unexpected("`)` after `...`", Some(help)));
            }
            args.push(self.expr()?);
            below = below.max(self.height);
            if self.eat(Kind::Ellipsis).is_some() {
                expand = true;
            } else if self.eat(Kind::Comma).is_none() && self.peek() != Kind::CParen {
                return Err(self.unclosed(open, "`,` or `)` after the argument"));
            }
        };
        self.raise(below)?;
        Ok((args, expand, close.end))
    }

    /// `.name`, `[key]`, `.0`, `.*` and `[*]` after a term.
    pub(super) fn traversal(&mut self, term: Expr) -> Parsed<Expr> {
        let mut expr = term;
        loop {
            match self.peek() {
                Kind::Dot => {
                    let dot = self.advance();
                    expr = match self.peek() {
                        Kind::Star => {
                            let star = self.advance();
                            let below = self.height;
                            let rest = self.attribute_steps()?;
                            self.height = below;
                            let marker = Span::new(dot.start, star.end);
                            self.splat(expr, false, marker, rest)?
                        }
                        _ => {
                            let (name, legacy) = self.step_name()?;
                            self.raise(self.height)?;
                            let span = Span::new(expr.span.start, name.span.end);
                            let source = Box::new(expr);
                            let kind = match legacy {
                                true => ExprKind::LegacyIndex(source, name),
                                false => ExprKind::GetAttr(source, name),
                            };
                            Expr { kind, span }
                        }
                    };
                }
                Kind::OBrack => {
                    let open = self.advance();
                    let below = self.height;
                    expr = match self.peek() {
                        Kind::Star => {
                            let marker = self.full_marker(open)?;
                            let rest = self.descend(Self::splat_steps)?;
                            self.height = self.height.max(below);
                            self.splat(expr, true, marker, rest)?
                        }
                        _ => {
                            let (key, end) = self.descend(|p| p.index(open))?;
                            self.raise(below.max(self.height))?;
                            let span = Span::new(expr.span.start, end);
                            Expr { kind: ExprKind::Index(Box::new(expr), Box::new(key)), span }
                        }
                    };
                }
                _ => return Ok(expr),
            }
        }
    }

    fn splat(&mut self, source: Expr, full: bool, marker: Span, rest: Vec<SplatStep>) -> Parsed<Expr> {
        self.raise(self.height)?;
        let span = Span::new(source.span.start, self.last_end);
        Ok(Expr { kind: ExprKind::Splat(Box::new(Splat { source, full, marker, rest })), span })
    }

    /// `*]` after the `[`.
    fn full_marker(&mut self, open: Token) -> Parsed<Span> {
        self.advance();
        match self.eat(Kind::CBrack) {
            Some(close) => Ok(Span::new(open.start, close.end)),
            None => Err(self.unexpected("`]` right after `[*`", None)),
        }
    }

    /// `key]` after the `[`; also where it ends.
    fn index(&mut self, open: Token) -> Parsed<(Expr, u32)> {
        self.bracketed(false, |p| {
            let key = p.expr()?;
            match p.eat(Kind::CBrack) {
                Some(close) => Ok((key, close.end)),
                None => Err(p.unclosed(open, "`]` after the index")),
            }
        })
    }

    /// A name or a number after a dot; true for a number.
    fn step_name(&mut self) -> Parsed<(Ident, bool)> {
        match self.peek() {
            Kind::Ident => Ok((self.name(), false)),
            Kind::Number => {
                let token = self.next_token();
                let text = self.slice(token);
                if let Some((first, second)) = text.split_once('.') {
                    return Err(self.chained_index(first, second));
                }
                Ok((self.name(), true))
            }
            _ => Err(self.unexpected("the name of an attribute after the dot", None)),
        }
    }

    fn chained_index(&mut self, first: &str, second: &str) -> Failed {
        let help = format!("write `[{first}][{second}]`");
        self.fail("two indexes with dots can't follow each other".to_owned(), Some(help))
    }

    /// What `.*` takes with it: names and numbers after dots.
    fn attribute_steps(&mut self) -> Parsed<Vec<SplatStep>> {
        let mut steps = Vec::new();
        while self.eat(Kind::Dot).is_some() {
            if self.peek() == Kind::Star {
                let help = "use `[*]` for both".to_owned();
                return Err(self.fail("a `.*` can't follow in another `.*`".to_owned(), Some(help)));
            }
            let (name, legacy) = self.step_name()?;
            steps.push(if legacy { SplatStep::LegacyIndex(name) } else { SplatStep::GetAttr(name) });
        }
        Ok(steps)
    }

    /// What `[*]` takes with it: all steps that follow, further splats included.
    fn splat_steps(&mut self) -> Parsed<Vec<SplatStep>> {
        let mut steps = Vec::new();
        let mut below = 0;
        loop {
            match self.peek() {
                Kind::Dot => {
                    let dot = self.advance();
                    if self.peek() == Kind::Star {
                        let star = self.advance();
                        let marker = Span::new(dot.start, star.end);
                        let rest = self.attribute_steps()?;
                        steps.push(SplatStep::Splat { full: false, marker, rest });
                        continue;
                    }
                    let (name, legacy) = self.step_name()?;
                    steps.push(if legacy { SplatStep::LegacyIndex(name) } else { SplatStep::GetAttr(name) });
                }
                Kind::OBrack => {
                    let open = self.advance();
                    if self.peek() == Kind::Star {
                        let marker = self.full_marker(open)?;
                        let rest = self.descend(Self::splat_steps)?;
                        below = below.max(self.height);
                        steps.push(SplatStep::Splat { full: true, marker, rest });
                        continue;
                    }
                    let (key, _) = self.descend(|p| p.index(open))?;
                    below = below.max(self.height);
                    steps.push(SplatStep::Index(key));
                }
                _ => break,
            }
        }
        self.height = below + 1;
        Ok(steps)
    }
}
