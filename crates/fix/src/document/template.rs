//! A JSON document in a template: heredoc, quoted string, or string of a JSON file.
//!
//! Enters: the file's text, the template, a route and a value. Leaves: edits of the file. Interpolations stay as they
//! are; a template with `%{ if }` or `%{ for }` is refused, since what it makes is not what stands there.

use std::ops::Range;

use serde_json::Value as Json;
use trueline_hcl::{Expr, ExprKind, TemplatePart, TemplateStyle, layout};
use trueline_model::{OpValue, Route};
use trueline_text::{Edit, Span};

use super::{edit, scan};
use crate::write::spell;

/// Why a document can't be changed as text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Directives or parts that can't be told apart.
    #[error("the template has directives")]
    Directives,
    /// The text is no JSON.
    #[error("the template holds no JSON that can be read in place")]
    NoJson,
    /// The route leads nowhere.
    #[error("there is no such place in the document")]
    NoPlace,
}

/// Sets the value at `route` of the document in a template, or removes it.
pub fn change(
    text: &str,
    expr: &Expr,
    route: &Route,
    value: Option<&OpValue>,
) -> Result<Vec<Edit>, TextError> {
    let ExprKind::Template(template) = &expr.kind else { return Err(TextError::NoJson) };
    let mut holes = Vec::new();
    for part in &template.parts {
        match part {
            TemplatePart::Text { .. } => {}
            TemplatePart::Interpolation(e) => holes.push(hole(text, e.span).ok_or(TextError::NoJson)?),
            TemplatePart::If { .. } | TemplatePart::For { .. } => return Err(TextError::Directives),
        }
    }
    let content = match template.style {
        TemplateStyle::Heredoc { body, .. } => Decoded::plain(text, body, &holes),
        TemplateStyle::Quoted | TemplateStyle::Bare => {
            Decoded::escaped(text, Span::new(expr.span.start + 1, expr.span.end.saturating_sub(1)), &holes)
        }
    }
    .ok_or(TextError::NoJson)?;
    let root = scan::scan(&content.text, &content.holes).ok_or(TextError::NoJson)?;
    let mut expressions = Vec::new();
    let splice = match value {
        Some(v) => {
            let (json, found) = spell::apart(v);
            expressions = found;
            edit::set(&content.text, &root, &route.0, &json)
        }
        None => edit::remove(&content.text, &root, &route.0),
    }
    .ok_or(TextError::NoPlace)?;
    let span = content.span(&splice.range).ok_or(TextError::NoPlace)?;
    let mut new = match template.style {
        TemplateStyle::Heredoc { .. } => splice.content.replace("${", "$${").replace("%{", "%%{"),
        TemplateStyle::Quoted => inner(&layout::quoted(&splice.content)),
        TemplateStyle::Bare => {
            inner(&Json::from(splice.content.replace("${", "$${").replace("%{", "%%{")).to_string())
        }
    };
    for (mark, expression) in expressions {
        let written = match template.style {
            TemplateStyle::Bare => inner(&Json::from(expression).to_string()),
            _ => expression,
        };
        new = new.replace(&mark, &format!("${{{written}}}"));
    }
    if template.style != TemplateStyle::Quoted {
        return Ok(vec![Edit::replace(span, new)]);
    }
    let before = Span::new(expr.span.start, span.start).text(text);
    let after = Span::new(span.end, expr.span.end).text(text);
    Ok(layout::replace_expr(text, expr.span, &format!("{before}{new}{after}")))
}

fn inner(quoted: &str) -> String {
    quoted.strip_prefix('"').and_then(|q| q.strip_suffix('"')).unwrap_or(quoted).to_owned()
}

/// From `${` to `}` around an interpolated expression.
fn hole(text: &str, expr: Span) -> Option<Span> {
    let before = text.get(..expr.start as usize)?.trim_end().trim_end_matches('~').trim_end();
    let start = before.strip_suffix("${")?.len();
    let rest = text.get(expr.end as usize..)?;
    let left = rest.trim_start().trim_start_matches('~').trim_start().strip_prefix('}')?;
    Some(Span::new(start as u32, (text.len() - left.len()) as u32))
}

/// The text that a template stands for, and where each of its bytes is in the file.
struct Decoded {
    text: String,
    /// Offset in the file of each byte, and of the end.
    at: Vec<u32>,
    holes: Vec<Range<usize>>,
}

impl Decoded {
    fn plain(text: &str, body: Span, holes: &[Span]) -> Option<Self> {
        let inside = body.text(text).to_owned();
        let at = (body.start..=body.end).collect();
        let holes = holes.iter().map(|h| {
            Some(h.start.checked_sub(body.start)? as usize..h.end.checked_sub(body.start)? as usize)
        });
        Some(Self { text: inside, at, holes: holes.collect::<Option<_>>()? })
    }

    fn escaped(text: &str, inside: Span, holes: &[Span]) -> Option<Self> {
        let mut out = Self { text: String::new(), at: Vec::new(), holes: Vec::new() };
        let mut holes = holes.iter().peekable();
        let mut at = inside.start;
        while at < inside.end {
            if let Some(h) = holes.next_if(|h| h.start == at) {
                let start = out.text.len();
                out.text.push_str(h.text(text));
                out.at.extend(h.start..h.end);
                out.holes.push(start..out.text.len());
                at = h.end;
                continue;
            }
            let rest = Span::new(at, inside.end).text(text);
            let (c, len) = unescape(rest)?;
            let from = out.text.len();
            out.text.push(c);
            out.at.extend(std::iter::repeat_n(at, out.text.len() - from));
            at += len;
        }
        out.at.push(inside.end);
        Some(out)
    }

    fn span(&self, range: &Range<usize>) -> Option<Span> {
        Some(Span::new(*self.at.get(range.start)?, *self.at.get(range.end)?))
    }
}

/// The first character that `rest` stands for, and its length as written.
fn unescape(rest: &str) -> Option<(char, u32)> {
    let mut chars = rest.chars();
    let first = chars.next()?;
    if first != '\\' {
        return Some((first, first.len_utf8() as u32));
    }
    match chars.next()? {
        'n' => Some(('\n', 2)),
        'r' => Some(('\r', 2)),
        't' => Some(('\t', 2)),
        c @ ('"' | '\\' | '/') => Some((c, 2)),
        'u' => {
            let code = u32::from_str_radix(rest.get(2..6)?, 16).ok()?;
            Some((char::from_u32(code)?, 6))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use trueline_text::apply;

    fn run(text: &str, route: &str, value: Option<OpValue>) -> Result<String, TextError> {
        let file =
            if text.starts_with('{') { trueline_hcl::parse_json(text) } else { trueline_hcl::parse(text) };
        let expr = &file.body.attribute("p").unwrap().expr;
        let edits = change(text, expr, &route.parse().unwrap(), value.as_ref())?;
        Ok(apply(text, &edits).unwrap())
    }

    #[test]
    fn documents_change_in_place_whatever_their_spelling() {
        let data = |v| Some(OpValue::Json(v));
        let heredoc = "p = <<-EOT\n  {\n    \"R\": \"${a[\"x\"]}/*\",\n    \"A\": \"*\"\n  }\nEOT\n";
        assert_eq!(
            run(heredoc, "A", data(json!(["a:b"]))).unwrap(),
            heredoc.replace("\"*\"\n", "[\"a:b\"]\n")
        );
        assert_eq!(
            run(heredoc, "A", Some(OpValue::Hcl("x.y".into()))).unwrap(),
            heredoc.replace("\"*\"\n", "\"${x.y}\"\n")
        );
        assert_eq!(run(heredoc, "A", None).unwrap(), heredoc.replace(",\n    \"A\": \"*\"", ""));
        let quoted = r#"p = "{\"R\":\"${a["x"]}/*\",\"A\":\"*\"}" # c"#;
        assert_eq!(
            run(quoted, "A", data(json!(["${b}"]))).unwrap(),
            quoted.replace(r#"\"*\""#, r#"[\"$${b}\"]"#)
        );
        let bare = "{\"p\": \"{\\\"A\\\": \\\"*\\\"}\"}";
        assert_eq!(run(bare, "A", data(json!("x"))).unwrap(), bare.replace('*', "x"));
        assert_eq!(run("p = \"%{ if a }{}%{ endif }\"\n", "A", None), Err(TextError::Directives));
        assert_eq!(run("p = \"no\"\n", "A", None), Err(TextError::NoJson));
    }
}
