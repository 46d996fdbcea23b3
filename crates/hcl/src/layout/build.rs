//! New blocks, written canonically.

use crate::format::format;

/// A block to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewBlock {
    /// The type.
    pub kind: String,
    /// The labels, without quotes.
    pub labels: Vec<String>,
    /// The content, in order.
    pub items: Vec<NewItem>,
}

/// What stands in a block to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewItem {
    /// A name and the text of its expression, lines after the first indented as at the left margin.
    Attribute(String, String),
    /// A nested block.
    Block(NewBlock),
    /// A comment with its sign, on a line of its own.
    Comment(String),
    /// A blank line.
    Blank,
}

/// Writes a block at the left margin, as `terraform fmt` would, without a line break at its end. A nested
/// block stands behind a blank line, unless it is first or follows a comment.
pub fn render_block(block: &NewBlock) -> String {
    let mut out = String::new();
    write(block, 0, &mut out);
    let text = format(&out);
    text.trim_end().to_owned()
}

fn write(block: &NewBlock, level: usize, out: &mut String) {
    let pad = "  ".repeat(level);
    out.push_str(&format!("{pad}{}", block.kind));
    for label in &block.labels {
        out.push(' ');
        out.push_str(&super::quoted(label));
    }
    if block.items.is_empty() {
        out.push_str(" {}\n");
        return;
    }
    out.push_str(" {\n");
    let mut before: Option<&NewItem> = None;
    for item in &block.items {
        let inner = "  ".repeat(level + 1);
        match item {
            NewItem::Attribute(name, expr) => {
                let expr = super::place::shift(expr, &inner, super::place::Manner::PLAIN);
                out.push_str(&format!("{inner}{name} = {expr}\n"));
            }
            NewItem::Comment(comment) => out.push_str(&format!("{inner}{comment}\n")),
            NewItem::Blank => out.push('\n'),
            NewItem::Block(nested) => {
                if matches!(before, Some(NewItem::Attribute(..) | NewItem::Block(_))) {
                    out.push('\n');
                }
                write(nested, level + 1, out);
            }
        }
        before = Some(item);
    }
    out.push_str(&format!("{pad}}}\n"));
}
