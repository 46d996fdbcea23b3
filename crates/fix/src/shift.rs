//! Where a place of the first text is after rounds of edits.
//!
//! Operations are placed on the text as it was checked, and applied in rounds; between rounds every place that is
//! still needed has moved.

use trueline_text::{Edit, Span};

/// Rounds of edits of one text.
#[derive(Clone, Debug, Default)]
pub struct Shift {
    rounds: Vec<Vec<Moved>>,
}

/// One edit, and how far what follows it moved in all.
#[derive(Clone, Copy, Debug)]
struct Moved {
    start: u32,
    end: u32,
    len: u32,
    /// Bytes won by this edit and those before it.
    won: i64,
}

impl Shift {
    /// Adds the edits of one round; they must not overlap.
    pub fn push(&mut self, edits: &[Edit]) {
        let mut round: Vec<Moved> = edits
            .iter()
            .map(|e| Moved { start: e.span.start, end: e.span.end, len: e.content.len() as u32, won: 0 })
            .collect();
        round.sort_by_key(|m| (m.start, m.end));
        let mut won = 0;
        for m in &mut round {
            won += i64::from(m.len) - i64::from(m.end - m.start);
            m.won = won;
        }
        self.rounds.push(round);
    }

    /// The span as it is now; `None` if its first or last byte was replaced by something else.
    ///
    /// What is inserted at its very start or end is not part of it; a replacement of exactly this span is.
    pub fn map(&self, span: Span) -> Option<Span> {
        let mut at = span;
        for round in &self.rounds {
            at = step(round, at)?;
        }
        Some(at)
    }
}

fn step(round: &[Moved], span: Span) -> Option<Span> {
    if let Some(m) = round.iter().find(|m| m.start == span.start && m.end == span.end && !span.is_empty()) {
        let start = i64::from(m.start) + m.won - i64::from(m.len) + i64::from(m.end - m.start);
        let start = u32::try_from(start).ok()?;
        return Some(Span::new(start, start + m.len));
    }
    let start = move_start(round, span.start)?;
    let end = if span.is_empty() { start } else { move_end(round, span.end)? };
    (start <= end).then_some(Span::new(start, end))
}

/// An insertion before the byte moves it.
fn move_start(round: &[Moved], at: u32) -> Option<u32> {
    let before = round.partition_point(|m| m.end <= at && m.start <= at);
    if round.get(before).is_some_and(|m| m.start <= at && at < m.end) {
        return None;
    }
    moved(round, before, at)
}

/// An insertion behind the last byte does not move the end.
fn move_end(round: &[Moved], at: u32) -> Option<u32> {
    let before = round.partition_point(|m| m.end < at || (m.end == at && m.start < at));
    if round.get(before).is_some_and(|m| m.start < at && at < m.end) {
        return None;
    }
    moved(round, before, at)
}

fn moved(round: &[Moved], before: usize, at: u32) -> Option<u32> {
    let won = before.checked_sub(1).and_then(|i| round.get(i)).map_or(0, |m| m.won);
    u32::try_from(i64::from(at) + won).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use trueline_text::apply;

    #[test]
    fn places_are_found_again_after_two_rounds() {
        let text = "aa bb cc dd";
        let first = [Edit::insert(3, "XX "), Edit::replace(Span::new(6, 8), "LONG"), Edit::insert(8, "!")];
        let one = apply(text, &first).unwrap();
        assert_eq!(one, "aa XX bb LONG! dd");
        let second = [Edit::remove(Span::new(0, 3))];
        let two = apply(&one, &second).unwrap();
        let mut shift = Shift::default();
        shift.push(&first);
        shift.push(&second);
        let now = |start, end| shift.map(Span::new(start, end)).map(|s| s.text(&two));
        assert_eq!(now(3, 5), Some("bb"));
        assert_eq!(now(6, 8), Some("LONG"));
        assert_eq!(now(9, 11), Some("dd"));
        assert_eq!(now(3, 11), Some("bb LONG! dd"));
        assert_eq!(now(0, 2), None);
        assert_eq!(now(7, 11), None);
    }

    #[test]
    fn what_is_inserted_at_an_edge_is_not_part_of_it() {
        let text = "ab";
        let edits = [Edit::insert(0, "<"), Edit::insert(1, "|"), Edit::insert(2, ">")];
        let out = apply(text, &edits).unwrap();
        let mut shift = Shift::default();
        shift.push(&edits);
        assert_eq!(shift.map(Span::new(0, 1)).unwrap().text(&out), "a");
        assert_eq!(shift.map(Span::new(0, 2)).unwrap().text(&out), "a|b");
        assert_eq!(shift.map(Span::new(1, 2)).unwrap().text(&out), "b");
    }
}
