//! Steps of a run as lines of text.

use trueline_rego::{EventKind, TraceEvent, Value};

/// One step: place, depth, what happened, the expression, the values of what is in it.
pub(super) fn line(event: &TraceEvent) -> String {
    let kind = match event.kind {
        EventKind::Enter => "Enter",
        EventKind::Exit => "Exit",
        EventKind::Eval => "Eval",
        EventKind::Redo => "Redo",
        EventKind::Fail => "Fail",
        EventKind::Note => "Note",
    };
    let place =
        if event.path.is_empty() { "query:1".to_owned() } else { format!("{}:{}", event.path, event.line) };
    let text = match event.kind {
        EventKind::Note => Value::from(event.text.as_str()).to_string(),
        _ => one_line(&event.text),
    };
    let mut out = format!("{place:<24} {}{kind} {text}", "| ".repeat(event.depth.min(100)));
    let values = values(event);
    if !values.is_empty() {
        let values: Vec<String> = values.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        out.push_str(&format!("  {{{}}}", values.join(", ")));
    }
    out
}

/// The values of what is in an expression; what is written there as a value needs none.
pub(super) fn values(event: &TraceEvent) -> Vec<(String, String)> {
    let shown = event.values.iter().map(|(name, value)| (one_line(name), value.to_string()));
    shown.filter(|(name, value)| bare(name) != bare(value)).collect()
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// An expression of several lines on one.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
