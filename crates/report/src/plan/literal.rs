//! Values as Terraform writes them in a plan: aligned members, heredocs, JSON as `jsonencode`.

use serde_json::Value as Json;
use trueline_text::escape;

use super::origins::Origins;
use super::tree::Tree;

const UNKNOWN: &str = "(known after apply)";
const SENSITIVE: &str = "(sensitive value)";

/// Writes values; the place of each is told where there are origins.
pub struct Writer<'a> {
    pub origins: Option<(&'a Origins<'a>, &'a str)>,
}

impl Writer<'_> {
    /// Writes `+ NAME = VALUE` lines of members, names aligned; null ones count as nothing.
    pub fn members(&self, out: &mut String, indent: usize, members: &[(String, Tree<'_>)]) {
        let width = members.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, tree) in members {
            push(out, indent);
            out.push_str("+ ");
            out.push_str(name);
            push(out, width - name.chars().count());
            out.push_str(" = ");
            self.value(out, indent, tree);
            self.place(out, tree);
            out.push('\n');
        }
    }

    /// Where the value was written, behind a value on one line.
    fn place(&self, out: &mut String, tree: &Tree<'_>) {
        if tree.is_object() || tree.is_list() || out.ends_with("EOT") {
            return;
        }
        if let Some((origins, address)) = self.origins
            && let Some(place) = origins.place(address, &tree.route)
        {
            out.push_str("  # ");
            out.push_str(&place);
        }
    }

    /// The value itself; further lines are indented for an entry that begins at `indent`.
    pub fn value(&self, out: &mut String, indent: usize, tree: &Tree<'_>) {
        if tree.write_only {
            return out.push_str("(write-only attribute)");
        }
        if tree.is_sensitive() {
            return out.push_str(SENSITIVE);
        }
        if tree.is_unknown() {
            return out.push_str(UNKNOWN);
        }
        match tree.after {
            Json::String(s) => self.text(out, indent, s),
            _ if tree.is_object() => self.object(out, indent, tree),
            _ if tree.is_list() => self.list(out, indent, tree),
            other => out.push_str(&other.to_string()),
        }
    }

    fn object(&self, out: &mut String, indent: usize, tree: &Tree<'_>) {
        let names = tree.names();
        let mut members = Vec::new();
        let mut hidden = 0;
        for name in &names {
            let member = tree.member(name);
            if tree.is_typed_object() && member.is_null() {
                continue;
            }
            if tree.is_typed_object() && member.is_empty_text() {
                hidden += 1;
            } else {
                members.push((key(name, tree.is_map()), member));
            }
        }
        if names.is_empty() {
            return out.push_str("{}");
        }
        out.push_str("{\n");
        self.members(out, indent + 4, &members);
        hide(out, indent + 6, hidden);
        push(out, indent + 2);
        out.push('}');
    }

    fn list(&self, out: &mut String, indent: usize, tree: &Tree<'_>) {
        if tree.len() == 0 {
            return out.push_str("[]");
        }
        out.push_str("[\n");
        for i in 0..tree.len() {
            let element = tree.element(i);
            push(out, indent + 4);
            out.push_str("+ ");
            self.value(out, indent + 4, &element);
            out.push(',');
            self.place(out, &element);
            out.push('\n');
        }
        push(out, indent + 2);
        out.push(']');
    }

    fn text(&self, out: &mut String, indent: usize, s: &str) {
        if s.starts_with(['{', '['])
            && let Ok(json) = serde_json::from_str::<Json>(s)
            && (json.is_object() || json.is_array())
        {
            out.push_str("jsonencode(\n");
            push(out, indent + 6);
            document(out, indent + 6, &json);
            out.push('\n');
            push(out, indent + 2);
            return out.push(')');
        }
        string(out, indent, s);
    }
}

/// A string in quotes, or as a heredoc if it has several lines.
fn string(out: &mut String, indent: usize, s: &str) {
    if !s.contains('\n') {
        return out.push_str(&quoted(s));
    }
    out.push_str("<<-EOT\n");
    for line in s.trim().split('\n') {
        push(out, indent + 6);
        out.push_str(line);
        out.push('\n');
    }
    push(out, indent + 2);
    out.push_str("EOT");
}

/// A JSON document inside `jsonencode( … )`.
fn document(out: &mut String, indent: usize, json: &Json) {
    match json {
        Json::Object(members) if !members.is_empty() => {
            out.push_str("{\n");
            let mut names: Vec<(&String, String)> = members.keys().map(|k| (k, key(k, false))).collect();
            names.sort();
            let width = names.iter().map(|(_, shown)| shown.chars().count()).max().unwrap_or(0);
            for (name, shown) in names {
                push(out, indent + 2);
                out.push_str("+ ");
                out.push_str(&shown);
                push(out, width - shown.chars().count());
                out.push_str(" = ");
                document(out, indent + 4, members.get(name).unwrap_or(&Json::Null));
                out.push('\n');
            }
            push(out, indent);
            out.push('}');
        }
        Json::Array(items) if !items.is_empty() => {
            out.push_str("[\n");
            for item in items {
                push(out, indent + 2);
                out.push_str("+ ");
                document(out, indent + 4, item);
                out.push_str(",\n");
            }
            push(out, indent);
            out.push(']');
        }
        Json::String(s) => string(out, indent - 2, s),
        other => out.push_str(&other.to_string()),
    }
}

/// The line that says how many members have no value.
pub fn hide(out: &mut String, indent: usize, hidden: usize) {
    if hidden > 0 {
        push(out, indent);
        let s = if hidden == 1 { "" } else { "s" };
        out.push_str(&format!("# ({hidden} unchanged attribute{s} hidden)\n"));
    }
}

/// Keys of maps are quoted, those of objects only where they are no names.
pub fn key(name: &str, map: bool) -> String {
    let plain = name
        .chars()
        .enumerate()
        .all(|(i, c)| c == '_' || c.is_alphabetic() || (i > 0 && (c == '-' || c.is_alphanumeric())));
    if map || !plain || name.is_empty() { quoted(name) } else { name.to_owned() }
}

/// A string in quotes.
pub fn quoted(s: &str) -> String {
    let mut out = String::with_capacity(s.len() + 2);
    out.push('"');
    for c in s.chars() {
        match escape(c) {
            Some(escaped) => out.push_str(escaped),
            None => out.push(c),
        }
    }
    out.push('"');
    out
}

pub fn push(out: &mut String, spaces: usize) {
    out.extend(std::iter::repeat_n(' ', spaces));
}
