//! Keywords and signs, as small as they can be: a parser asks for them at every turn.

/// What an identifier may be a keyword as; some are keywords only where they are imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Word {
    /// No keyword in any version.
    None,
    Package,
    Import,
    As,
    Default,
    Else,
    Not,
    Some,
    With,
    Null,
    True,
    False,
    Contains,
    Every,
    If,
    In,
    And,
    Or,
}

impl Word {
    pub(super) fn of(word: &str) -> Word {
        // By length first: most words are told apart by that.
        match word.as_bytes() {
            [first, second] => match (first, second) {
                (b'i', b'n') => Word::In,
                (b'i', b'f') => Word::If,
                (b'a', b's') => Word::As,
                (b'o', b'r') => Word::Or,
                _ => Word::None,
            },
            b"not" => Word::Not,
            b"and" => Word::And,
            [first, .., _, _, _] => match (first, word) {
                (b's', "some") => Word::Some,
                (b'e', "else") => Word::Else,
                (b'e', "every") => Word::Every,
                (b'w', "with") => Word::With,
                (b't', "true") => Word::True,
                (b'f', "false") => Word::False,
                (b'n', "null") => Word::Null,
                (b'i', "import") => Word::Import,
                (b'p', "package") => Word::Package,
                (b'd', "default") => Word::Default,
                (b'c', "contains") => Word::Contains,
                _ => Word::None,
            },
            _ => Word::None,
        }
    }

    /// Tells whether the word is a keyword only where it is imported.
    pub(super) fn is_future(self) -> bool {
        self as u8 >= Word::Contains as u8
    }
}

/// Which words of the future are keywords.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Future(u32);

impl Future {
    pub(super) const NONE: Future = Future(0);
    pub(super) const ALL: Future = Future(
        1 << Word::Contains as u8 | 1 << Word::Every as u8 | 1 << Word::If as u8 | 1 << Word::In as u8,
    );

    /// What `import future.keywords` switches on; `not` stands for its wider meaning.
    pub(super) const EVERY: Future =
        Future(Self::ALL.0 | 1 << Word::And as u8 | 1 << Word::Or as u8 | 1 << Word::Not as u8);

    pub(super) fn add(&mut self, other: Future) {
        self.0 |= other.0;
    }

    pub(super) fn insert(&mut self, word: Word) {
        self.0 |= 1 << word as u8;
    }

    pub(super) fn has(self, word: Word) -> bool {
        self.0 & (1 << word as u8) != 0
    }
}

/// A sign, such as `:=`: its one or two bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign([u8; 2]);

impl Sign {
    pub(super) const OPEN_BRACE: Sign = Sign(*b"{\0");
    pub(super) const CLOSE_BRACE: Sign = Sign(*b"}\0");
    pub(super) const OPEN_BRACKET: Sign = Sign(*b"[\0");
    pub(super) const CLOSE_BRACKET: Sign = Sign(*b"]\0");
    pub(super) const OPEN: Sign = Sign(*b"(\0");
    pub(super) const CLOSE: Sign = Sign(*b")\0");
    pub(super) const COMMA: Sign = Sign(*b",\0");
    pub(super) const COLON: Sign = Sign(*b":\0");
    pub(super) const SEMICOLON: Sign = Sign(*b";\0");
    pub(super) const DOT: Sign = Sign(*b".\0");
    pub(super) const ASSIGN: Sign = Sign(*b":=");
    pub(super) const UNIFY: Sign = Sign(*b"=\0");
    pub(super) const EQUAL: Sign = Sign(*b"==");
    pub(super) const NOT_EQUAL: Sign = Sign(*b"!=");
    pub(super) const LESS: Sign = Sign(*b"<\0");
    pub(super) const GREATER: Sign = Sign(*b">\0");
    pub(super) const AT_MOST: Sign = Sign(*b"<=");
    pub(super) const AT_LEAST: Sign = Sign(*b">=");
    pub(super) const PLUS: Sign = Sign(*b"+\0");
    pub(super) const MINUS: Sign = Sign(*b"-\0");
    pub(super) const TIMES: Sign = Sign(*b"*\0");
    pub(super) const DIVIDE: Sign = Sign(*b"/\0");
    pub(super) const REMAINDER: Sign = Sign(*b"%\0");
    pub(super) const OR: Sign = Sign(*b"|\0");
    pub(super) const AND: Sign = Sign(*b"&\0");

    /// Takes the longest sign that begins with these bytes; also says how long it is.
    pub(super) fn read(first: u8, second: Option<u8>) -> Option<(Sign, usize)> {
        match (first, second) {
            (b':' | b'=' | b'!' | b'<' | b'>', Some(b'=')) => Some((Sign([first, b'=']), 2)),
            (
                b'=' | b'<' | b'>' | b'{' | b'}' | b'[' | b']' | b'(' | b')' | b',' | b':' | b';' | b'.'
                | b'+' | b'-' | b'*' | b'/' | b'%' | b'|' | b'&',
                _,
            ) => Some((Sign([first, 0]), 1)),
            _ => None,
        }
    }

    /// Returns the sign as it is written.
    pub(super) fn text(&self) -> &str {
        let length = if self.0[1] == 0 { 1 } else { 2 };
        self.0.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// Names the sign as OPA does in errors.
    pub(super) fn name(&self) -> &str {
        match *self {
            Sign::ASSIGN => "assign",
            Sign::UNIFY => "eq",
            Sign::EQUAL => "equal",
            Sign::NOT_EQUAL => "neq",
            Sign::LESS => "lt",
            Sign::GREATER => "gt",
            Sign::AT_MOST => "lte",
            Sign::AT_LEAST => "gte",
            Sign::PLUS => "plus",
            Sign::MINUS => "minus",
            Sign::TIMES => "mul",
            Sign::DIVIDE => "div",
            Sign::REMAINDER => "rem",
            Sign::OR => "or",
            Sign::AND => "and",
            _ => self.text(),
        }
    }

    /// Returns how loosely an operator binds, from 0, and the builtin it stands for.
    pub(super) fn operator(self) -> Option<(usize, &'static str)> {
        Some(match self {
            Sign::EQUAL => (0, "equal"),
            Sign::NOT_EQUAL => (0, "neq"),
            Sign::LESS => (0, "lt"),
            Sign::GREATER => (0, "gt"),
            Sign::AT_MOST => (0, "lte"),
            Sign::AT_LEAST => (0, "gte"),
            Sign::OR => (1, "or"),
            Sign::AND => (2, "and"),
            Sign::PLUS => (3, "plus"),
            Sign::MINUS => (3, "minus"),
            Sign::TIMES => (4, "mul"),
            Sign::DIVIDE => (4, "div"),
            Sign::REMAINDER => (4, "rem"),
            _ => return None,
        })
    }
}
