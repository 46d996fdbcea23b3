//! Strings, heredocs and bare templates: text, interpolations and directives.
//!
//! Read in two steps as Terraform does: first a flat list of pieces, on which strip markers and the
//! dedent of `<<-` work; then the tree of directives.

use std::sync::Arc;

use trueline_text::Span;

use crate::ast::{Expr, ExprKind, Ident, Template, TemplatePart, TemplateStyle};
use crate::lex::{Kind, Token};

use super::literal::undouble;
use super::{Failed, MAX_NESTING, Parsed, Parser};

/// A piece of a template.
enum Piece {
    Text { value: String, span: Span },
    Interpolation(Expr, u32),
    If(Expr, Span, u32),
    For { key: Option<Ident>, value: Ident, collection: Expr, span: Span, height: u32 },
    Else(Span),
    EndIf(Span),
    EndFor(Span),
}

impl Parser<'_> {
    /// `"…"`
    pub(super) fn string(&mut self) -> Parsed<Expr> {
        let open = self.advance();
        let first = self.token(self.at);
        let parts = match (first.kind, self.token(self.at + 1).kind) {
            (Kind::CQuote, _) => {
                self.at += 1;
                self.last_end = first.end;
                Vec::new()
            }
            // By far the most strings are one piece of text.
            (Kind::QuotedLit, Kind::CQuote) => {
                let slice = self.slice(first);
                let value: Arc<str> = if slice.bytes().any(|b| matches!(b, b'\\' | b'$' | b'%')) {
                    let mut value = String::with_capacity(slice.len());
                    self.unescape_or_fail(first, &mut value)?;
                    value.into()
                } else {
                    self.shared.get(slice)
                };
                self.at += 2;
                self.last_end = first.end + 1;
                vec![TemplatePart::Text { value, span: first.span() }]
            }
            _ => self.parts_of_string(open)?,
        };
        let span = Span::new(open.start, self.last_end);
        Ok(Expr { kind: ExprKind::Template(Template { parts, style: TemplateStyle::Quoted }), span })
    }

    fn parts_of_string(&mut self, open: Token) -> Parsed<Vec<TemplatePart>> {
        let parts = self.template_parts(Kind::CQuote, false)?;
        if self.token(self.at).kind != Kind::CQuote {
            return Err(self.unclosed_string(open));
        }
        self.advance();
        self.raise(self.height)?;
        Ok(parts)
    }

    fn unescape_or_fail(&mut self, token: Token, out: &mut String) -> Parsed<()> {
        let errors = self.errors.len();
        self.unescape(token, out);
        if self.errors.len() > errors { Err(Failed) } else { Ok(()) }
    }

    /// `<<EOT`, `<<-EOT`
    pub(super) fn heredoc(&mut self) -> Parsed<Expr> {
        let open = self.advance();
        let indented = self.slice(open).starts_with("<<-");
        let parts = self.template_parts(Kind::CHeredoc, indented)?;
        let close = self.token(self.at);
        if close.kind != Kind::CHeredoc {
            let marker = self.slice(open).trim_start_matches(['<', '-']).trim_end();
            let help = format!("a line with `{marker}` alone ends it, and that line needs a line break");
            return Err(self.fail_at(
                open.span(),
                format!("the heredoc `{marker}` is not closed"),
                Some(help),
            ));
        }
        self.advance();
        self.raise(self.height)?;
        let style = TemplateStyle::Heredoc { indented, body: Span::new(open.end, close.start) };
        // White space behind the end marker belongs to the token, not to the expression.
        let end = close.start + self.slice(close).trim_end().len() as u32;
        self.last_end = end;
        Ok(Expr { kind: ExprKind::Template(Template { parts, style }), span: Span::new(open.start, end) })
    }

    /// The parts up to the token of kind `end`, which stays.
    pub(super) fn template_parts(&mut self, end: Kind, dedent: bool) -> Parsed<Vec<TemplatePart>> {
        let mut pieces = self.pieces(end)?;
        if dedent {
            remove_indent(&mut pieces);
        }
        self.tree(pieces)
    }

    fn pieces(&mut self, end: Kind) -> Parsed<Vec<Piece>> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut trim_next = false;
        let mut failed = false;
        loop {
            let token = self.token(self.at);
            match token.kind {
                Kind::QuotedLit | Kind::StringLit => {
                    self.at += 1;
                    let mut value = String::with_capacity(token.span().len() as usize);
                    if token.kind == Kind::QuotedLit {
                        failed |= self.unescape_or_fail(token, &mut value).is_err();
                    } else {
                        undouble(self.slice(token), &mut value);
                    }
                    if std::mem::take(&mut trim_next) {
                        value = value.trim_start().to_owned();
                    }
                    pieces.push(Piece::Text { value, span: token.span() });
                }
                Kind::Interp | Kind::Control => {
                    self.at += 1;
                    // Each strips only the piece of text right beside it.
                    if self.slice(token).ends_with('~')
                        && let Some(Piece::Text { value, .. }) = pieces.last_mut()
                    {
                        value.truncate(value.trim_end().len());
                    }
                    let (piece, close) = self.descend(|p| p.bracketed(false, |p| p.sequence(token)))?;
                    trim_next = self.slice(close).starts_with('~');
                    pieces.push(piece);
                }
                kind => {
                    if kind == Kind::CutQuote || kind == Kind::Eof || kind == end || failed {
                        return if failed { Err(Failed) } else { Ok(pieces) };
                    }
                    return Err(self.unexpected("the end of the string", None));
                }
            }
        }
    }

    /// What stands in `${…}` or `%{…}`, and the token that closes it.
    fn sequence(&mut self, open: Token) -> Parsed<(Piece, Token)> {
        let mut piece = if open.kind == Kind::Interp {
            if self.peek() == Kind::SeqEnd {
                let help = "write an expression into it, or `$${` for the two signs themselves".to_owned();
                return Err(self.fail_at(open.span(), "the interpolation is empty".to_owned(), Some(help)));
            }
            let expr = self.expr()?;
            Piece::Interpolation(expr, self.height)
        } else {
            self.directive()?
        };
        let Some(close) = self.eat(Kind::SeqEnd) else {
            let sign = self.slice(open).trim_end_matches('~').to_owned();
            if matches!(self.peek(), Kind::Eof | Kind::CutQuote | Kind::CQuote) {
                let help = "end it with `}`".to_owned();
                return Err(self.fail_at(open.span(), format!("this `{sign}` is not closed"), Some(help)));
            }
            let doubled = sign.get(..1).unwrap_or("");
            let help = format!("if the text is for another program (a shell, say), write `{doubled}{sign}`");
            return Err(self.unexpected("`}` at the end of the sequence", Some(&help)));
        };
        let whole = Span::new(open.start, close.end);
        match &mut piece {
            Piece::If(_, span, _) | Piece::For { span, .. } => *span = whole,
            Piece::Else(span) | Piece::EndIf(span) | Piece::EndFor(span) => *span = whole,
            Piece::Text { .. } | Piece::Interpolation(..) => {}
        }
        Ok((piece, close))
    }

    fn directive(&mut self) -> Parsed<Piece> {
        let word = self.next_token();
        let slice = if word.kind == Kind::Ident { self.slice(word) } else { "" };
        if !matches!(slice, "if" | "else" | "endif" | "for" | "endfor") {
            let help = "write `%%{` for the two signs themselves";
            return Err(self.unexpected("`if`, `else`, `endif`, `for` or `endfor` after `%{`", Some(help)));
        }
        self.advance();
        let span = word.span();
        Ok(match slice {
            "if" => {
                let condition = self.expr()?;
                Piece::If(condition, span, self.height)
            }
            "for" => {
                let (key, value, collection) = self.for_names()?;
                Piece::For { key, value, collection, span, height: self.height }
            }
            "else" => Piece::Else(span),
            "endif" => Piece::EndIf(span),
            _ => Piece::EndFor(span),
        })
    }

    /// Nests what stands between directives. Sets the height to that of the highest part.
    fn tree(&mut self, pieces: Vec<Piece>) -> Parsed<Vec<TemplatePart>> {
        let mut open: Vec<Frame> = Vec::new();
        let mut parts: Vec<TemplatePart> = Vec::new();
        let mut height = 0;
        let mut text: Option<(String, Span)> = None;
        for piece in pieces {
            if !matches!(piece, Piece::Text { .. }) {
                flush(&mut parts, &mut text);
            }
            match piece {
                Piece::Text { value, span } => match &mut text {
                    Some((before, whole)) => {
                        before.push_str(&value);
                        *whole = whole.cover(span);
                    }
                    None => text = Some((value, span)),
                },
                Piece::Interpolation(expr, h) => {
                    height = height.max(h);
                    parts.push(TemplatePart::Interpolation(expr));
                }
                Piece::If(condition, span, h) => {
                    height = height.max(h);
                    let head = Head::If { condition, then: None };
                    open.push(Frame { head, span, outer: std::mem::take(&mut parts) });
                }
                Piece::For { key, value, collection, span, height: h } => {
                    height = height.max(h);
                    let head = Head::For { key, value, collection };
                    open.push(Frame { head, span, outer: std::mem::take(&mut parts) });
                }
                Piece::Else(span) => match open.last_mut() {
                    Some(Frame { head: Head::If { then: then @ None, .. }, .. }) => {
                        *then = Some(std::mem::take(&mut parts));
                    }
                    _ => return Err(self.stray(span, "else", "if")),
                },
                Piece::EndIf(span) => match open.pop() {
                    Some(Frame { head: Head::If { condition, then }, span: start, outer }) => {
                        let last = std::mem::replace(&mut parts, outer);
                        let (then, otherwise) = match then {
                            Some(then) => (then, last),
                            None => (last, Vec::new()),
                        };
                        parts.push(TemplatePart::If { condition, then, otherwise, span: start.cover(span) });
                    }
                    _ => return Err(self.stray(span, "endif", "if")),
                },
                Piece::EndFor(span) => match open.pop() {
                    Some(Frame { head: Head::For { key, value, collection }, span: start, outer }) => {
                        let body = std::mem::replace(&mut parts, outer);
                        parts.push(TemplatePart::For {
                            key,
                            value,
                            collection,
                            body,
                            span: start.cover(span),
                        });
                    }
                    _ => return Err(self.stray(span, "endfor", "for")),
                },
            }
            if self.depth as usize + open.len() > MAX_NESTING as usize {
                return Err(self.too_deep());
            }
            height = height.max(open.len() as u32);
        }
        flush(&mut parts, &mut text);
        if let Some(frame) = open.pop() {
            let word = if matches!(frame.head, Head::If { .. }) { "if" } else { "for" };
            let help = format!("end it with `%{{ end{word} }}`");
            return Err(self.fail_at(frame.span, format!("the directive `{word}` is not ended"), Some(help)));
        }
        self.raise(height)?;
        Ok(parts)
    }

    fn stray(&mut self, span: Span, word: &str, head: &str) -> Failed {
        let help = format!("it belongs to a `%{{ {head} … }}` before it that is still open");
        self.fail_at(span, format!("unexpected directive `{word}`"), Some(help))
    }
}

/// A directive that is not ended yet, and the parts before it.
struct Frame {
    head: Head,
    span: Span,
    outer: Vec<TemplatePart>,
}

enum Head {
    If { condition: Expr, then: Option<Vec<TemplatePart>> },
    For { key: Option<Ident>, value: Ident, collection: Expr },
}

/// Appends the text gathered so far; neighbouring pieces are one part.
fn flush(parts: &mut Vec<TemplatePart>, text: &mut Option<(String, Span)>) {
    if let Some((value, span)) = text.take() {
        parts.push(TemplatePart::Text { value: value.into(), span });
    }
}

/// Removes from each line as much leading white space as the line with the least has.
///
/// Counts what is written, after strip markers: blank lines don't count, a line that begins with a
/// sequence has none, and a line whose break was stripped away swallows the next line's beginning.
fn remove_indent(pieces: &mut [Piece]) {
    let mut least = usize::MAX;
    let mut lines: Vec<usize> = Vec::new();
    let mut line_start = true;
    for (i, piece) in pieces.iter().enumerate() {
        let text = match piece {
            Piece::Text { value, .. } => Some(value.as_str()),
            _ => None,
        };
        if std::mem::replace(&mut line_start, text.is_some_and(|t| t.ends_with('\n'))) {
            match text {
                Some(text) if text.trim().is_empty() && text.ends_with('\n') => {}
                Some(text) => {
                    lines.push(i);
                    least = least.min(text.chars().take_while(|c| c.is_whitespace()).count());
                }
                None => least = 0,
            }
        }
    }
    if least == 0 || least == usize::MAX {
        return;
    }
    for i in lines {
        if let Some(Piece::Text { value, .. }) = pieces.get_mut(i) {
            let end = value.char_indices().nth(least).map_or(value.len(), |(n, _)| n);
            value.drain(..end);
        }
    }
}
