//! `# METADATA` blocks: which comments they are, and their YAML as JSON.

use crate::syntax::{Comment, Span};

use super::plain_yaml;

/// A block of annotations.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// What the block says, as it was written.
    pub(crate) json: serde_json::Value,
    /// Why it can't be read; then `json` is null.
    pub(crate) error: Option<String>,
    /// Line of the `# METADATA` comment, from 1.
    pub(crate) line: usize,
    /// The last line of the block.
    pub(crate) last_line: usize,
    pub(crate) at: Span,
}

/// Finds the blocks among the comments of a file.
pub(crate) fn blocks(comments: &[Comment], source: &str) -> Vec<Block> {
    let mut blocks: Vec<(Block, String)> = Vec::new();
    let mut open = false;
    for comment in comments {
        if open
            && let Some((block, text)) = blocks.last_mut()
            && comment.line == block.last_line + 1
            && comment.column == 1
        {
            let line = comment.text(source);
            text.push_str(line.strip_prefix(' ').unwrap_or(line));
            text.push('\n');
            block.last_line = comment.line;
            continue;
        }
        open = comment.text(source).trim() == "METADATA";
        if open {
            let json = serde_json::Value::Null;
            let block =
                Block { json, error: None, line: comment.line, last_line: comment.line, at: comment.at };
            blocks.push((block, String::new()));
        }
    }
    let read = |(mut block, text): (Block, String)| {
        if text.trim().is_empty() {
            block.error = Some("expected METADATA block, found whitespace".to_string());
            return block;
        }
        if let Some(json) = plain_yaml::read(&text) {
            block.json = json;
            return block;
        }
        match serde_saphyr::from_str::<serde_json::Value>(&text) {
            Ok(json) if json.is_object() => block.json = json,
            Ok(_) => block.error = Some("METADATA block must be a YAML object".to_string()),
            Err(error) => {
                let first = error.to_string().lines().next().unwrap_or_default().to_string();
                block.error = Some(format!("yaml: {first}"));
            }
        }
        block
    };
    blocks.into_iter().map(read).collect()
}
