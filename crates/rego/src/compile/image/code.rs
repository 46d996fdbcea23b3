//! Numbers, strings and lists as bytes, and back.

use std::collections::HashMap;
use std::sync::Arc;

use crate::syntax::Name;

use super::MAGIC;

/// What can be part of an image.
pub(super) trait Coded: Sized {
    fn write(&self, to: &mut Writer);

    /// Nothing if the bytes are not what was written.
    fn read(from: &mut Reader<'_>) -> Option<Self>;
}

/// Collects bytes, and strings apart from them.
#[derive(Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
    strings: Vec<Name>,
    known: HashMap<Name, usize>,
}

impl Writer {
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Seven bits a byte, the low ones first.
    pub(super) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.byte((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.byte(number as u8);
    }

    /// Returns the number of a string.
    pub(super) fn string(&mut self, text: &Name) -> usize {
        *self.known.entry(text.clone()).or_insert_with(|| {
            self.strings.push(text.clone());
            self.strings.len() - 1
        })
    }

    /// Returns the bytes and the strings.
    pub(super) fn finish(self) -> (Vec<u8>, Vec<Name>) {
        (self.bytes, self.strings)
    }
}

/// Reads an image.
pub(super) struct Reader<'i> {
    image: &'i [u8],
    at: usize,
    /// Strings that were read, by number.
    known: Vec<Option<Name>>,
    files: usize,
    nodes: usize,
    /// Where the bytes of strings and of nodes begin.
    parts: (usize, usize),
}

/// Length of an entry in the table of strings, and in that of nodes; files have two.
const WORD: usize = 4;

impl<'i> Reader<'i> {
    pub(super) fn new(image: &'i [u8]) -> Option<Self> {
        image.strip_prefix(MAGIC)?;
        let mut reader = Reader { image, at: 0, known: Vec::new(), files: 0, nodes: 0, parts: (0, 0) };
        let mut counts = [0; 3];
        for (at, count) in counts.iter_mut().enumerate() {
            *count = reader.word(MAGIC.len() + at * WORD)?;
        }
        let [strings, files, nodes] = counts;
        (reader.files, reader.nodes) = (files, nodes);
        let text = reader.tables() + (strings + 2 * files + nodes) * WORD;
        // So much memory is taken for what the tables say; they have to be there.
        image.get(..text)?;
        reader.known = vec![None; strings];
        reader.parts = (text, text + reader.end_of_string(strings)?);
        Some(reader)
    }

    pub(super) fn files(&self) -> usize {
        self.files
    }

    pub(super) fn nodes(&self) -> usize {
        self.nodes
    }

    /// Returns the path of a file, and whether it is in the old syntax.
    pub(super) fn file(&self, at: usize) -> Option<(&'i str, bool)> {
        let at = self.tables() + (self.known.len() + 2 * at) * WORD;
        Some((self.text(self.word(at)?)?, self.word(at + WORD)? != 0))
    }

    /// Goes to where a node begins.
    pub(super) fn turn_to(&mut self, node: usize) -> Option<()> {
        let table = self.tables() + (self.known.len() + 2 * self.files) * WORD;
        self.at = self.parts.1 + self.word(table + node * WORD)?;
        Some(())
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let byte = self.image.get(self.at)?;
        self.at += 1;
        Some(*byte)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0u64, 0);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
    }

    /// Returns the string of this number; each is made once.
    pub(super) fn string(&mut self, at: usize) -> Option<Name> {
        if let Some(known) = self.known.get(at)? {
            return Some(known.clone());
        }
        let text: Name = Arc::from(self.text(at)?);
        *self.known.get_mut(at)? = Some(text.clone());
        Some(text)
    }

    fn text(&self, at: usize) -> Option<&'i str> {
        let (from, to) = (self.end_of_string(at)?, self.end_of_string(at + 1)?);
        std::str::from_utf8(self.image.get(self.parts.0 + from..self.parts.0 + to)?).ok()
    }

    /// Returns where the string before this one ends.
    fn end_of_string(&self, at: usize) -> Option<usize> {
        match at.checked_sub(1) {
            Some(before) => self.word(self.tables() + before * WORD),
            None => Some(0),
        }
    }

    fn tables(&self) -> usize {
        MAGIC.len() + 3 * WORD
    }

    fn word(&self, at: usize) -> Option<usize> {
        let word = self.image.get(at..at.checked_add(WORD)?)?.try_into().ok()?;
        Some(u32::from_le_bytes(word) as usize)
    }
}

impl Coded for usize {
    fn write(&self, to: &mut Writer) {
        to.number(*self as u64);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        from.number()?.try_into().ok()
    }
}

impl Coded for u32 {
    fn write(&self, to: &mut Writer) {
        to.number((*self).into());
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        from.number()?.try_into().ok()
    }
}

impl Coded for bool {
    fn write(&self, to: &mut Writer) {
        to.byte((*self).into());
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some(from.byte()? != 0)
    }
}

impl Coded for Name {
    fn write(&self, to: &mut Writer) {
        to.string(self).write(to);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let at = usize::read(from)?;
        from.string(at)
    }
}

impl<T: Coded> Coded for Vec<T> {
    fn write(&self, to: &mut Writer) {
        self.len().write(to);
        self.iter().for_each(|item| item.write(to));
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let count = usize::read(from)?;
        // Each item takes a byte, at least.
        let mut items = Vec::with_capacity(count.min(from.image.len()));
        for _ in 0..count {
            items.push(T::read(from)?);
        }
        Some(items)
    }
}

impl<T: Coded> Coded for Option<T> {
    fn write(&self, to: &mut Writer) {
        self.is_some().write(to);
        self.iter().for_each(|item| item.write(to));
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        match bool::read(from)? {
            true => T::read(from).map(Some),
            false => Some(None),
        }
    }
}

impl<T: Coded> Coded for Box<T> {
    fn write(&self, to: &mut Writer) {
        self.as_ref().write(to);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        T::read(from).map(Box::new)
    }
}

impl<A: Coded, B: Coded> Coded for (A, B) {
    fn write(&self, to: &mut Writer) {
        self.0.write(to);
        self.1.write(to);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some((A::read(from)?, B::read(from)?))
    }
}
