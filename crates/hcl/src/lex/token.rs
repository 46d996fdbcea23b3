//! What the lexer hands to the parser and to the formatter.

use trueline_text::Span;

/// A token: what it is and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub kind: Kind,
    pub start: u32,
    pub end: u32,
}

impl Token {
    pub const fn span(self) -> Span {
        Span::new(self.start, self.end)
    }
}

/// Kinds of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Newline,
    Ident,
    Number,
    /// `"` that opens a string.
    OQuote,
    /// `"` that closes one.
    CQuote,
    /// Empty: the string was not closed on its line.
    CutQuote,
    /// Text in a quoted string, escapes unresolved.
    QuotedLit,
    /// `<<EOT` or `<<-EOT` with its line break.
    OHeredoc,
    /// The end marker with the white space around it, without the line break.
    CHeredoc,
    /// Text in a heredoc or bare template; at most one line, with its line break.
    StringLit,
    /// `${` or `${~`
    Interp,
    /// `%{` or `%{~`
    Control,
    /// `}` or `~}` that ends one of these two.
    SeqEnd,
    OBrace,
    CBrace,
    OBrack,
    CBrack,
    OParen,
    CParen,
    Dot,
    Comma,
    Colon,
    DoubleColon,
    Question,
    Equal,
    EqualEqual,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    FatArrow,
    Ellipsis,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Bang,
    AndAnd,
    OrOr,
    /// Never from the lexer, which keeps comments apart; for the formatter.
    Comment,
    /// Something that HCL does not know.
    Invalid,
    Eof,
}

impl Kind {
    /// Opens something that a [`Kind::closes`] token ends.
    pub const fn opens(self) -> bool {
        matches!(
            self,
            Self::OBrace
                | Self::OBrack
                | Self::OParen
                | Self::OQuote
                | Self::OHeredoc
                | Self::Interp
                | Self::Control
        )
    }

    /// True if `self` ends what `open` opened.
    pub const fn closes(self, open: Self) -> bool {
        matches!(
            (open, self),
            (Self::OBrace, Self::CBrace)
                | (Self::OBrack, Self::CBrack)
                | (Self::OParen, Self::CParen)
                | (Self::OQuote, Self::CQuote)
                | (Self::OHeredoc, Self::CHeredoc)
                | (Self::Interp | Self::Control, Self::SeqEnd)
        )
    }
}
