//! GraphQL's tokens.

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    End,
    Invalid,
    Name(String),
    Int(String),
    Float(String),
    Text(String),
    Block(String),
    Sign(&'static str),
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) word: Word,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Token {
    /// Shows the token in messages.
    pub(super) fn shown(&self) -> String {
        match &self.word {
            Word::End => "<EOF>".to_string(),
            Word::Invalid => "<Invalid>".to_string(),
            Word::Name(text) => format!("Name {text:?}"),
            Word::Int(text) => format!("Int {text:?}"),
            Word::Float(text) => format!("Float {text:?}"),
            Word::Text(text) => format!("String {text:?}"),
            Word::Block(text) => format!("BlockString {text:?}"),
            Word::Sign(sign) => (*sign).to_string(),
        }
    }
}

const SIGNS: &[&str] = &["...", "!", "$", "&", "(", ")", ":", "=", "@", "[", "]", "{", "|", "}"];

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    line_start: usize,
}

/// Cuts a text into tokens; the last one is `End` or `Invalid`.
pub(super) fn words(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0, line: 1, line_start: 0 };
    let mut tokens = Vec::new();
    loop {
        let token = lexer.next();
        let last = matches!(token.word, Word::End | Word::Invalid);
        tokens.push(token);
        if last {
            return tokens;
        }
    }
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            match c {
                '\n' => {
                    self.at += 1;
                    self.new_line();
                }
                '\r' => {
                    self.at += if self.rest().starts_with("\r\n") { 2 } else { 1 };
                    self.new_line();
                }
                ' ' | '\t' | ',' | '\u{feff}' => self.at += c.len_utf8(),
                '#' => self.at += self.rest().find(['\n', '\r']).unwrap_or(self.rest().len()),
                _ => return,
            }
        }
    }

    fn new_line(&mut self) {
        self.line += 1;
        self.line_start = self.at;
    }

    fn column(&self) -> usize {
        self.text.get(self.line_start..self.at).unwrap_or_default().chars().count() + 1
    }

    fn next(&mut self) -> Token {
        self.skip();
        let (line, mut column) = (self.line, self.column());
        let rest = self.rest();
        let word = match rest.chars().next() {
            None => Word::End,
            Some('"') => {
                column += 1;
                match rest.starts_with("\"\"\"") {
                    true => self.block(),
                    false => self.string(),
                }
            }
            Some(c) if c.is_ascii_alphabetic() || c == '_' => {
                let length =
                    rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
                self.at += length;
                Word::Name(rest.get(..length).unwrap_or_default().to_string())
            }
            Some(c) if c.is_ascii_digit() || c == '-' => self.number(),
            Some(_) => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
                Some(sign) => {
                    self.at += sign.len();
                    Word::Sign(sign)
                }
                None => Word::Invalid,
            },
        };
        if word == Word::Invalid {
            return Token { word, line: self.line, column: self.column() };
        }
        Token { word, line, column }
    }

    fn number(&mut self) -> Word {
        let rest = self.rest();
        let digits = |from: usize| rest.bytes().skip(from).take_while(u8::is_ascii_digit).count();
        let mut length = usize::from(rest.starts_with('-'));
        let whole = digits(length);
        if whole == 0 || (whole > 1 && rest.as_bytes().get(length) == Some(&b'0')) {
            return Word::Invalid;
        }
        length += whole;
        let mut float = false;
        if rest.as_bytes().get(length) == Some(&b'.') {
            let fraction = digits(length + 1);
            if fraction == 0 {
                return Word::Invalid;
            }
            length += 1 + fraction;
            float = true;
        }
        if matches!(rest.as_bytes().get(length), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(rest.as_bytes().get(length + 1), Some(b'+' | b'-')));
            let exponent = digits(length + 1 + sign);
            if exponent == 0 {
                return Word::Invalid;
            }
            length += 1 + sign + exponent;
            float = true;
        }
        self.at += length;
        let text = rest.get(..length).unwrap_or_default().to_string();
        if float { Word::Float(text) } else { Word::Int(text) }
    }

    fn string(&mut self) -> Word {
        let mut out = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += at + 1;
                    return Word::Text(out);
                }
                '\n' | '\r' => break,
                '\\' => match chars.next().map(|(_, c)| c) {
                    Some(c @ ('"' | '/' | '\\')) => out.push(c),
                    Some('b') => out.push('\u{8}'),
                    Some('f') => out.push('\u{c}'),
                    Some('n') => out.push('\n'),
                    Some('r') => out.push('\r'),
                    Some('t') => out.push('\t'),
                    Some('u') => {
                        let digits: String = chars.by_ref().take(4).map(|(_, c)| c).collect();
                        match u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 4) {
                            Some(code) => {
                                out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
                            }
                            None => break,
                        }
                    }
                    _ => break,
                },
                c if (c as u32) < 0x20 && c != '\t' => break,
                c => out.push(c),
            }
        }
        Word::Invalid
    }

    fn block(&mut self) -> Word {
        let start = self.at + 3;
        let mut raw = String::new();
        let mut at = start;
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            if rest.starts_with("\"\"\"") {
                break;
            }
            if rest.starts_with("\\\"\"\"") {
                raw.push_str("\"\"\"");
                at += 4;
                continue;
            }
            let Some(c) = rest.chars().next() else {
                self.at = at;
                return Word::Invalid;
            };
            match c {
                '\r' if rest.starts_with("\r\n") => {}
                '\n' | '\r' => {
                    raw.push('\n');
                    self.line += 1;
                    self.line_start = at + 1;
                }
                c => raw.push(c),
            }
            at += c.len_utf8();
        }
        self.at = at + 3;
        Word::Block(dedent(&raw))
    }
}

/// Takes the common indentation and blank lines around a block text away.
fn dedent(raw: &str) -> String {
    let lines: Vec<&str> = raw.split('\n').collect();
    let indent = |line: &&str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let blank = |line: &&str| line.trim_matches([' ', '\t']).is_empty();
    let common = lines.iter().skip(1).filter(|line| !blank(line)).map(indent).min().unwrap_or(0);
    let mut kept: Vec<&str> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| if at == 0 { line } else { line.get(common..).unwrap_or_default() })
        .collect();
    while kept.first().is_some_and(blank) {
        kept.remove(0);
    }
    while kept.last().is_some_and(blank) {
        kept.pop();
    }
    kept.join("\n")
}
