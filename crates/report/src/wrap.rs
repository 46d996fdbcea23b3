//! Text in lines that fit.

/// Stands for a space at which no line breaks.
pub(crate) const TIE: char = '\u{a0}';

/// Breaks lines that are longer than `width` characters between words; a word that is longer stays whole.
pub(crate) fn wrap(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let mut at = 0;
        for word in line.split(' ') {
            let long = word.chars().count();
            if at > 0 && at + 1 + long > width {
                out.push('\n');
                at = 0;
            } else if at > 0 {
                out.push(' ');
                at += 1;
            }
            out.extend(word.chars().map(|c| if c == TIE { ' ' } else { c }));
            at += long;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{TIE, wrap};

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 8), "one two\nthree");
        assert_eq!(wrap("one two three", 7), "one two\nthree");
        assert_eq!(wrap("longest of all\nx y", 4), "longest\nof\nall\nx y");
        assert_eq!(wrap("é é é", 3), "é é\né");
        assert_eq!(wrap(&format!("a NIST{TIE}800-53 b"), 8), "a\nNIST 800-53\nb");
        assert_eq!(wrap("", 3), "");
    }
}
