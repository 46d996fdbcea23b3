//! Text of quoted strings, heredocs and bare templates.

use trueline_text::Span;

use super::{Kind, Lexer, Mode, STOPS};

/// What stands at a place of template text.
enum Stop {
    /// `${` or `%{`: a sequence begins.
    Sequence(Kind),
    /// `$${` or `%%{`: text of three bytes.
    Escaped,
    /// Just text.
    No,
}

impl Lexer<'_> {
    fn stop(&self, at: usize) -> Stop {
        let sign = self.byte(at);
        match (self.byte(at + 1), self.byte(at + 2)) {
            (b'{', _) => Stop::Sequence(if sign == b'$' { Kind::Interp } else { Kind::Control }),
            (next, b'{') if next == sign => Stop::Escaped,
            _ => Stop::No,
        }
    }

    /// Emits the text before a sequence and the sequence's opening.
    fn open_sequence(&mut self, kind: Kind, text: Kind, start: usize) {
        if self.at > start {
            self.push(text, start);
        }
        if let Some(Mode::Heredoc { line_start, .. }) = self.modes.last_mut() {
            *line_start = false;
        }
        let len = if self.byte(self.at + 2) == b'~' { 3 } else { 2 };
        self.take(kind, len);
        self.modes.push(Mode::Sequence { braces: 0 });
    }

    /// Inside `"…"`, to its end or to a sequence.
    pub(super) fn quoted(&mut self) {
        let start = self.at;
        while let Some(&b) = self.bytes.get(self.at) {
            match b {
                b'"' => {
                    if self.at > start {
                        self.push(Kind::QuotedLit, start);
                    }
                    self.take(Kind::CQuote, 1);
                    self.modes.pop();
                    return;
                }
                b'\n' | b'\r' => {
                    if self.at > start {
                        self.push(Kind::QuotedLit, start);
                    }
                    self.cut();
                    return;
                }
                b'\\' => {
                    // The next character can end nothing, save a line break.
                    self.at += if matches!(self.byte(self.at + 1), b'\n' | b'\r' | 0) { 1 } else { 2 };
                    self.at = self.at.min(self.bytes.len());
                }
                b'$' | b'%' => match self.stop(self.at) {
                    Stop::Sequence(kind) => return self.open_sequence(kind, Kind::QuotedLit, start),
                    Stop::Escaped => self.at += 3,
                    Stop::No => self.at += 1,
                },
                _ => {
                    let rest = self.bytes.get(self.at..).unwrap_or_default();
                    self.at += rest.iter().position(|b| STOPS.contains(*b)).unwrap_or(rest.len());
                }
            }
        }
        if self.at > start {
            self.push(Kind::QuotedLit, start);
        }
        self.cut();
    }

    /// A string that is not closed on its line: whatever it stands in on this line is broken, too.
    fn cut(&mut self) {
        self.take(Kind::CutQuote, 0);
        while matches!(self.modes.last(), Some(Mode::Quoted | Mode::Sequence { .. })) {
            self.modes.pop();
        }
        if self.byte(self.at) == b'\r' && self.byte(self.at + 1) != b'\n' {
            self.take(Kind::Invalid, 1);
        }
    }

    /// Reads `<<EOT` and its line break, if that is what stands here.
    pub(super) fn heredoc_start(&mut self) -> bool {
        let start = self.at;
        let name = if self.byte(start + 2) == b'-' { start + 3 } else { start + 2 };
        let first = match self.char_at(name) {
            Some(c) if c == '_' || unicode_ident::is_xid_start(c) => c.len_utf8(),
            _ => return false,
        };
        let name_end = self.ident_end(name + first);
        let end = match (self.byte(name_end), self.byte(name_end + 1)) {
            (b'\n', _) => name_end + 1,
            (b'\r', b'\n') => name_end + 2,
            _ => return false,
        };
        self.take(Kind::OHeredoc, end - start);
        let marker = Span::new(name as u32, name_end as u32);
        self.modes.push(Mode::Heredoc { marker, line_start: true });
        true
    }

    /// Inside a heredoc: one line, or up to a sequence.
    pub(super) fn heredoc(&mut self) {
        let Some(&Mode::Heredoc { marker, line_start }) = self.modes.last() else { return };
        let start = self.at;
        if line_start
            && let Some(rest) = self.text.get(start..)
            && let Some(n) = rest.find('\n')
            && let Some(line) = rest.get(..n)
            && line.trim() == marker.text(self.text)
        {
            let line = line.strip_suffix('\r').unwrap_or(line);
            self.take(Kind::CHeredoc, line.len());
            self.modes.pop();
            return;
        }
        if let Some(kind) = self.text_line() {
            return self.open_sequence(kind, Kind::StringLit, start);
        }
        let complete = self.byte(self.at - 1) == b'\n';
        if let Some(Mode::Heredoc { line_start, .. }) = self.modes.last_mut() {
            *line_start = complete;
        }
        self.push(Kind::StringLit, start);
    }

    /// Inside a template without quotes: one line, or up to a sequence.
    pub(super) fn bare(&mut self) {
        let start = self.at;
        match self.text_line() {
            Some(kind) => self.open_sequence(kind, Kind::StringLit, start),
            None => self.push(Kind::StringLit, start),
        }
    }

    /// Moves behind the next line break, to the end, or to the sequence that is returned.
    fn text_line(&mut self) -> Option<Kind> {
        while let Some(&b) = self.bytes.get(self.at) {
            match b {
                b'\n' => {
                    self.at += 1;
                    return None;
                }
                b'$' | b'%' => match self.stop(self.at) {
                    Stop::Sequence(kind) => return Some(kind),
                    Stop::Escaped => self.at += 3,
                    Stop::No => self.at += 1,
                },
                _ => self.at += 1,
            }
        }
        None
    }
}
