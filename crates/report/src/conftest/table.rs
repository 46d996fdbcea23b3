//! A table in a box.

use super::{FileResults, Outcome};
use crate::escape::{name, printable};

const COLUMNS: [&str; 4] = ["RESULT", "FILE", "NAMESPACE", "MESSAGE"];

/// Renders one row for each result; nothing if there is none.
pub fn table(files: &[FileResults]) -> String {
    let mut rows: Vec<[String; 4]> = Vec::new();
    for f in files {
        let row = |word: &str, message: &str| {
            let (file, namespace) = (name(&f.file).into_owned(), name(&f.namespace).into_owned());
            [word.to_owned(), file, namespace, printable(message).into_owned()]
        };
        rows.extend((0..f.successes).map(|_| row("success", "SUCCESS")));
        for (outcome, word) in [
            (Outcome::Exception, "exception"),
            (Outcome::Warning, "warning"),
            (Outcome::Skipped, "skipped"),
            (Outcome::Failure, "failure"),
        ] {
            rows.extend(f.of(outcome).map(|r| row(word, &r.message)));
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    let mut widths = COLUMNS.map(width);
    for row in &rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = cell.split('\n').map(width).fold(*widest, usize::max);
        }
    }
    let rule = |left: char, middle: &str, right: char| {
        format!("{left}{}{right}\n", widths.map(|w| "─".repeat(w + 2)).join(middle))
    };
    let mut out = rule('┌', "┬", '┐');
    line(&mut out, COLUMNS.iter().zip(widths).map(|(head, w)| format!("{head:^w$}")));
    out += &rule('├', "┼", '┤');
    for row in &rows {
        let height = row.iter().map(|cell| cell.split('\n').count()).max().unwrap_or(1);
        for at in 0..height {
            let cells = row.iter().zip(widths);
            line(&mut out, cells.map(|(cell, w)| format!("{:w$}", cell.split('\n').nth(at).unwrap_or(""))));
        }
    }
    out += &rule('└', "┴", '┘');
    out
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for cell in cells {
        *out += "│ ";
        *out += &cell;
        out.push(' ');
    }
    *out += "│\n";
}

fn width(text: &str) -> usize {
    text.chars().count()
}
