//! Text in lines that fit.

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
            out.push_str(word);
            at += long;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 8), "one two\nthree");
        assert_eq!(wrap("one two three", 7), "one two\nthree");
        assert_eq!(wrap("longest of all\nx y", 4), "longest\nof\nall\nx y");
        assert_eq!(wrap("é é é", 3), "é é\né");
        assert_eq!(wrap("", 3), "");
    }
}
