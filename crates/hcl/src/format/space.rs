//! Whether a space stands between two tokens of a line.

use crate::lex::Kind;

/// A token as far as spacing goes.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub kind: Kind,
    pub text: &'a str,
}

/// +1 for what opens a bracket or a sequence, -1 for what closes one.
pub(super) const fn bracket(kind: Kind) -> i32 {
    match kind {
        Kind::OBrace | Kind::OBrack | Kind::OParen | Kind::Interp | Kind::Control => 1,
        Kind::CBrace | Kind::CBrack | Kind::CParen | Kind::SeqEnd => -1,
        _ => 0,
    }
}

/// Text of templates and what delimits it keeps its neighbours close.
const fn is_inside_text(left: Kind, right: Kind) -> bool {
    matches!(left, Kind::QuotedLit | Kind::StringLit | Kind::OQuote | Kind::OHeredoc)
        || matches!(right, Kind::QuotedLit | Kind::StringLit | Kind::CQuote | Kind::CHeredoc)
}

/// After these a minus is a sign, not an operator.
const fn expects_operand(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::OParen
            | Kind::OBrace
            | Kind::OBrack
            | Kind::Equal
            | Kind::Colon
            | Kind::Comma
            | Kind::Question
            | Kind::Plus
            | Kind::Minus
            | Kind::Star
            | Kind::Slash
            | Kind::Percent
            | Kind::EqualEqual
            | Kind::NotEqual
            | Kind::Greater
            | Kind::GreaterEqual
            | Kind::Less
            | Kind::LessEqual
            | Kind::AndAnd
            | Kind::OrOr
            | Kind::Bang
    )
}

/// A space stands between `left` and `right`; `before` is what comes before `left` in the same cell.
pub(super) fn between(before: Option<Kind>, left: Seen<'_>, right: Kind) -> bool {
    use Kind::{
        Bang, CBrace, Comma, Control, Dot, DoubleColon, Ellipsis, Ident, Interp, Minus, Newline, Number,
        OBrace, OBrack, OParen, SeqEnd,
    };
    match (left.kind, right) {
        (_, Newline) | (Ident, OParen | DoubleColon) | (DoubleColon, Ident) => false,
        (Dot, _) | (_, Dot | Comma | Ellipsis) => false,
        (Comma, _) => true,
        (l, r) if is_inside_text(l, r) => false,
        // `for x in [a]`: no index.
        (Ident, _) if left.text == "in" && before == Some(Ident) => true,
        (l, OBrack) if matches!(l, Ident | Number) || bracket(l) < 0 => false,
        (Bang, _) => false,
        (Minus, _) => before.is_some_and(|b| !expects_operand(b)),
        (OBrace, CBrace) => false,
        (OBrace, _) | (_, CBrace) => true,
        (Interp | Control, OBrace) | (CBrace, SeqEnd) => true,
        (SeqEnd, Interp | Control) => false,
        (l, r) => bracket(l) <= 0 && bracket(r) >= 0,
    }
}
