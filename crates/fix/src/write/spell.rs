//! Values as text.

use serde_json::Value as Json;
use trueline_hcl::{Expr, ExprKind, TemplateStyle, layout, parse_expression};
use trueline_model::OpValue;

/// A value as an HCL expression at the left margin.
pub fn native(value: &OpValue) -> Result<String, String> {
    match value {
        OpValue::Hcl(h) => expression(h).map(str::to_owned),
        OpValue::Json(_) => {
            let (data, expressions) = apart(value);
            let mut text = layout::literal(&data, 0);
            for (mark, e) in expressions {
                text = text.replace(&layout::quoted(&mark), expression(&e)?);
            }
            Ok(text)
        }
    }
}

/// A value in JSON syntax.
pub fn json(value: &OpValue) -> Result<String, String> {
    match value {
        OpValue::Hcl(h) => expression(h).map(layout::json_expression),
        OpValue::Json(_) => {
            let (data, expressions) = apart(value);
            let mut text = layout::json_literal(&data, 0);
            for (mark, e) in expressions {
                text = text.replace(&Json::from(mark).to_string(), &layout::json_expression(expression(&e)?));
            }
            Ok(text)
        }
    }
}

/// A value in the manner of what it replaces: where `"false"` was written, `"true"` is.
pub fn like(old: &Expr, value: &OpValue) -> OpValue {
    let in_quotes =
        matches!(&old.kind, ExprKind::Template(t) if !matches!(t.style, TemplateStyle::Heredoc { .. }));
    let plain = old.as_literal_str().is_some_and(|s| parse_expression(s).is_ok_and(|e| is_plain(&e)));
    match value {
        OpValue::Json(Json::Bool(b)) if in_quotes && plain => OpValue::Json(Json::from(b.to_string())),
        OpValue::Json(Json::Number(n)) if in_quotes && plain => OpValue::Json(Json::from(n.to_string())),
        other => other.clone(),
    }
}

/// `true`, `7` or `-7`
fn is_plain(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Bool(_) | ExprKind::Number(_) => true,
        ExprKind::Unary(_, inner) => is_plain(inner),
        _ => false,
    }
}

/// An object of one entry on one line: `{ Owner = "me" }`.
pub fn inline(key: &str, value: &str) -> String {
    let name = trueline_hcl::parse(&format!("{key} = 0\n"));
    let plain = name.errors.is_empty() && name.body.attribute(key).is_some() && key != "for";
    let key = if plain { key.to_owned() } else { layout::quoted(key) };
    format!("{{ {key} = {value} }}")
}

fn expression(text: &str) -> Result<&str, String> {
    match parse_expression(text) {
        Ok(_) => Ok(text.trim()),
        Err(errors) => {
            let what = errors.first().map_or_else(String::new, |e| format!(": {}", e.message));
            Err(format!("`{text}` is no expression{what}"))
        }
    }
}

/// A value as data, each expression in it replaced by a mark that occurs nowhere else.
pub fn apart(value: &OpValue) -> (Json, Vec<(String, String)>) {
    let json = crate::change::as_json(value);
    let text = json.to_string();
    let mut stem = "expression".to_owned();
    while text.contains(&stem) {
        stem.push('-');
    }
    let mut found = Vec::new();
    let data = replace(json, &stem, &mut found);
    (data, found)
}

fn replace(json: Json, stem: &str, found: &mut Vec<(String, String)>) -> Json {
    match json {
        Json::Array(a) => Json::Array(a.into_iter().map(|v| replace(v, stem, found)).collect()),
        Json::Object(o) => {
            if let (1, Some(Json::String(h))) = (o.len(), o.get("hcl")) {
                let mark = format!("{stem}.{}.", found.len());
                found.push((mark.clone(), h.clone()));
                return Json::String(mark);
            }
            Json::Object(o.into_iter().map(|(k, v)| (k, replace(v, stem, found))).collect())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_text_stays_a_text() {
        for (old, value, new) in [
            ("\"false\"", json!(true), json!("true")),
            ("false", json!(true), json!(true)),
            ("\"7\"", json!(30), json!("30")),
            ("\"off\"", json!(true), json!(true)),
            ("\"-1\"", json!(0), json!("0")),
            ("\"false\"", json!("gp3"), json!("gp3")),
            ("\"${var.x}\"", json!(true), json!(true)),
        ] {
            let e = parse_expression(old).unwrap();
            assert_eq!(like(&e, &OpValue::Json(value)), OpValue::Json(new), "{old}");
        }
    }

    #[test]
    fn expressions_stand_inside_data() {
        let v = OpValue::Json(json!({"Owner": {"hcl": "var.owner"}, "Team": "a ${b}"}));
        assert_eq!(native(&v).unwrap(), "{\n  Owner = var.owner\n  Team  = \"a $${b}\"\n}");
        assert_eq!(json(&v).unwrap(), "{\n  \"Owner\": \"${var.owner}\",\n  \"Team\": \"a $${b}\"\n}");
        assert!(native(&OpValue::Hcl("a b".into())).is_err());
        assert_eq!(inline("Owner", "1"), "{ Owner = 1 }");
        assert_eq!(inline("Cost Center", "1"), "{ \"Cost Center\" = 1 }");
    }
}
