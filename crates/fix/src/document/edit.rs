//! Changes inside a JSON text: a value set, a member added, a member or element removed.
//!
//! Enters: the text, its tree and a route. Leaves: byte ranges of the text and what stands there afterwards. The
//! manner of the text is kept: a member goes on a line of its own where its neighbours do.

use std::ops::Range;

use serde_json::Value as Json;
use trueline_model::Segment;

use super::scan::{Member, Node, NodeKind};

/// One replaced range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub content: String,
}

/// Sets the value at `route`, adding what is missing on the way.
pub fn set(text: &str, root: &Node, route: &[Segment], value: &Json) -> Option<Splice> {
    let mut node = root;
    for (i, step) in route.iter().enumerate() {
        match child(node, step) {
            Some(next) => node = next,
            None => {
                let Segment::Name(key) = step else {
                    return append(text, node, step, route.get(i + 1..)?, value);
                };
                let NodeKind::Object(members) = &node.kind else { return None };
                return Some(add_member(text, node, members, key, &nested(route.get(i + 1..)?, value)?));
            }
        }
    }
    let manner = Manner::around(text, node);
    Some(Splice { range: node.span.clone(), content: manner.write(value) })
}

/// Removes the member or element at `route`.
pub fn remove(text: &str, root: &Node, route: &[Segment]) -> Option<Splice> {
    let (last, way) = route.split_last()?;
    let mut node = root;
    for step in way {
        node = child(node, step)?;
    }
    let spans: Vec<Range<usize>> = match &node.kind {
        NodeKind::Object(m) => m.iter().map(|m| m.span.clone()).collect(),
        NodeKind::Array(a) => a.iter().map(|n| n.span.clone()).collect(),
        NodeKind::Scalar => return None,
    };
    let index = match (last, &node.kind) {
        (Segment::Name(k), NodeKind::Object(m)) => m.iter().rposition(|m| m.key.as_deref() == Some(&**k))?,
        (Segment::Index(i), NodeKind::Array(_)) => *i as usize,
        _ => return None,
    };
    let this = spans.get(index)?.clone();
    let range = match (index.checked_sub(1).and_then(|i| spans.get(i)), spans.get(index + 1)) {
        (_, Some(next)) => this.start..next.start,
        (Some(previous), None) => previous.end..this.end,
        (None, None) => node.span.start + 1..node.span.end - 1,
    };
    text.get(range.clone())?;
    Some(Splice { range, content: String::new() })
}

/// The child that one step of a route names; of equal keys the last one counts.
pub fn child<'n>(node: &'n Node, step: &Segment) -> Option<&'n Node> {
    match (step, &node.kind) {
        (Segment::Name(k), NodeKind::Object(m)) => {
            m.iter().rev().find(|m| m.key.as_deref() == Some(&**k)).map(|m| &m.value)
        }
        (Segment::Index(i), NodeKind::Array(a)) => a.get(*i as usize),
        _ => None,
    }
}

/// `value` below the names of `rest`.
fn nested(rest: &[Segment], value: &Json) -> Option<Json> {
    rest.iter().rev().try_fold(value.clone(), |v, step| match step {
        Segment::Name(n) => Some(Json::Object([(n.to_string(), v)].into_iter().collect())),
        Segment::Index(0) => Some(Json::Array(vec![v])),
        Segment::Index(_) => None,
    })
}

fn append(text: &str, node: &Node, step: &Segment, rest: &[Segment], value: &Json) -> Option<Splice> {
    let (Segment::Index(i), NodeKind::Array(items)) = (step, &node.kind) else { return None };
    if *i as usize != items.len() {
        return None;
    }
    let value = nested(rest, value)?;
    let manner = Manner::inside(text, node, items.last().map(|n| n.span.clone()));
    Some(manner.insert(text, node, items.last().map(|n| n.span.end), &manner.write(&value)))
}

fn add_member(text: &str, node: &Node, members: &[Member], key: &str, value: &Json) -> Splice {
    let manner = Manner::inside(text, node, members.last().map(|m| m.span.clone()));
    let colon = members.last().and_then(|m| text.get(m.colon.clone())).unwrap_or(": ");
    let entry = format!("{}{colon}{}", Json::from(key), manner.write(value));
    manner.insert(text, node, members.last().map(|m| m.span.end), &entry)
}

/// How a text lays out its values.
struct Manner {
    /// The line break, where entries stand on lines of their own.
    lines: Option<&'static str>,
    /// White space before an entry.
    indent: String,
    /// White space of one level.
    step: String,
    /// True if no space follows `:` and `,`.
    dense: bool,
}

impl Manner {
    /// For a value that takes the place of `node`.
    fn around(text: &str, node: &Node) -> Self {
        let was_lines = text.get(node.span.clone()).is_some_and(|t| t.contains('\n'));
        let indent = indent_at(text, node.span.start);
        Self { lines: was_lines.then(|| line_break(text)), step: step_of(text), indent, dense: dense(text) }
    }

    /// For a value inside `node`, after `last`.
    fn inside(text: &str, node: &Node, last: Option<Range<usize>>) -> Self {
        let step = step_of(text);
        let outer = indent_at(text, node.span.start);
        let (own_lines, indent) = match last {
            Some(l) => {
                let own = text
                    .get(node.span.start..l.start)
                    .is_some_and(|t| t.trim_end_matches([' ', '\t']).ends_with('\n'));
                (own, indent_at(text, l.start))
            }
            None => (text.contains('\n'), format!("{outer}{step}")),
        };
        Self { lines: own_lines.then(|| line_break(text)), indent, step, dense: dense(text) }
    }

    fn insert(&self, text: &str, node: &Node, after: Option<usize>, entry: &str) -> Splice {
        match (after, self.lines) {
            (Some(at), Some(nl)) => Splice { range: at..at, content: format!(",{nl}{}{entry}", self.indent) },
            (Some(at), None) => {
                let sep = if self.dense { "," } else { ", " };
                Splice { range: at..at, content: format!("{sep}{entry}") }
            }
            (None, lines) => {
                let inside = node.span.start + 1..node.span.end - 1;
                let content = match lines {
                    Some(nl) => {
                        format!("{nl}{}{entry}{nl}{}", self.indent, indent_at(text, node.span.start))
                    }
                    None => entry.to_owned(),
                };
                Splice { range: inside, content }
            }
        }
    }

    fn write(&self, value: &Json) -> String {
        let mut out = String::new();
        self.put(value, &self.indent, &mut out);
        out
    }

    fn put(&self, value: &Json, indent: &str, out: &mut String) {
        let (open, close, entries): (char, char, Vec<(Option<&String>, &Json)>) = match value {
            Json::Array(a) => ('[', ']', a.iter().map(|v| (None, v)).collect()),
            Json::Object(o) => ('{', '}', o.iter().map(|(k, v)| (Some(k), v)).collect()),
            scalar => return out.push_str(&scalar.to_string()),
        };
        let flat = value.is_array() && entries.iter().all(|(_, v)| !v.is_array() && !v.is_object());
        let lines = self.lines.filter(|_| !(entries.is_empty() || flat && entries.len() == 1));
        let inner = format!("{indent}{}", self.step);
        out.push(open);
        for (i, (key, v)) in entries.iter().enumerate() {
            if i > 0 {
                out.push_str(if self.dense || lines.is_some() { "," } else { ", " });
            }
            if let Some(nl) = lines {
                out.push_str(nl);
                out.push_str(&inner);
            }
            if let Some(k) = key {
                out.push_str(&Json::from(k.as_str()).to_string());
                out.push_str(if self.dense { ":" } else { ": " });
            }
            self.put(v, if lines.is_some() { &inner } else { indent }, out);
        }
        if let Some(nl) = lines {
            out.push_str(nl);
            out.push_str(indent);
        }
        out.push(close);
    }
}

/// The white space that begins the line of `at`.
fn indent_at(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    line.chars().take_while(|c| matches!(c, ' ' | '\t')).collect()
}

fn line_break(text: &str) -> &'static str {
    match text.find('\n') {
        Some(i) if text.get(..i).is_some_and(|t| t.ends_with('\r')) => "\r\n",
        _ => "\n",
    }
}

/// The white space by which the second level of the text stands further in than the first.
fn step_of(text: &str) -> String {
    let mut least: Option<&str> = None;
    for line in text.lines() {
        let indent = line.get(..line.len() - line.trim_start().len()).unwrap_or("");
        if line.trim().is_empty() {
            continue;
        }
        match least {
            None => least = Some(indent),
            Some(l) if indent.len() > l.len() => return indent.get(l.len()..).unwrap_or("  ").to_owned(),
            Some(_) => {}
        }
    }
    "  ".to_owned()
}

/// True for a text such as `{"a":1}`.
fn dense(text: &str) -> bool {
    !text.contains('\n') && !text.contains("\": ") && text.contains("\":")
}

#[cfg(test)]
mod tests {
    use super::super::scan::scan;
    use super::*;
    use serde_json::json;
    use trueline_model::Route;

    fn run(text: &str, route: &str, value: Option<Json>) -> Option<String> {
        let root = scan(text, &[]).unwrap();
        let route = route.parse::<Route>().unwrap();
        let splice = match value {
            Some(v) => set(text, &root, &route.0, &v)?,
            None => remove(text, &root, &route.0)?,
        };
        let mut out = text.to_owned();
        out.replace_range(splice.range, &splice.content);
        Some(out)
    }

    const LINES: &str = "{\n    \"Statement\": [\n        {\n            \"Action\": \"*\",\n            \"Effect\": \"Allow\"\n        }\n    ]\n}";

    #[test]
    fn values_take_the_manner_of_their_neighbours() {
        assert_eq!(
            run(LINES, "Statement[0].Action", Some(json!(["a", "b"]))).unwrap(),
            LINES.replace("\"*\"", "[\"a\", \"b\"]")
        );
        assert_eq!(
            run(LINES, "Statement[0].Sid", Some(json!("x"))).unwrap(),
            LINES.replace("\"Allow\"", "\"Allow\",\n            \"Sid\": \"x\"")
        );
        assert_eq!(
            run(LINES, "Statement[1].Effect", Some(json!("Deny"))).unwrap(),
            LINES.replace(
                "        }\n",
                "        },\n        {\n            \"Effect\": \"Deny\"\n        }\n"
            )
        );
        assert_eq!(run(r#"{"a":1}"#, "b.c", Some(json!([1, 2]))).unwrap(), r#"{"a":1,"b":{"c":[1,2]}}"#);
        assert_eq!(run(r#"{"a": {}}"#, "a.c", Some(json!(true))).unwrap(), r#"{"a": {"c": true}}"#);
        assert_eq!(
            run("{\r\n  \"a\": 1\r\n}", "b", Some(json!(2))).unwrap(),
            "{\r\n  \"a\": 1,\r\n  \"b\": 2\r\n}"
        );
    }

    #[test]
    fn what_goes_takes_its_comma_along() {
        assert_eq!(run("[1, 2, 3]", "[1]", None).unwrap(), "[1, 3]");
        assert_eq!(run("[1, 2, 3]", "[2]", None).unwrap(), "[1, 2]");
        assert_eq!(run(r#"{"a": 1}"#, "a", None).unwrap(), "{}");
        assert_eq!(
            run(LINES, "Statement[0].Action", None).unwrap(),
            LINES.replace("            \"Action\": \"*\",\n", "")
        );
        assert!(run("[1]", "[1]", None).is_none());
        assert!(run("[1]", "[5]", Some(json!(1))).is_none());
    }
}
