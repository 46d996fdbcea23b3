//! A new resource behind the one that it serves.

use serde_json::Value as Json;
use trueline_hcl::{Block, Expr, ExprKind, Item, layout};
use trueline_model::OpValue;
use trueline_text::{Edit, Span};

use super::put::as_data;
use super::{Page, new_items, spell, unwritable};
use crate::NoPlace;
use crate::change::{Built, Companion};
use crate::trail::block;

/// Inserts a companion behind the block at `span` and the companions that stand right behind it already.
pub fn insert(page: &Page<'_>, span: Span, companion: &Companion) -> Result<Vec<Edit>, NoPlace> {
    if page.json {
        return in_json(page, companion);
    }
    let served = block(page.tree, span).ok_or(NoPlace::Conflict)?;
    let text = layout::render_block(&native(companion)?);
    Ok(layout::insert_after(page.text, last_companion(page, served, companion), &text))
}

fn native(c: &Companion) -> Result<layout::NewBlock, NoPlace> {
    use layout::NewItem;
    let mut items = Vec::new();
    let attribute = |(name, text): &(std::sync::Arc<str>, String)| NewItem::Attribute(name.to_string(), text.clone());
    for group in [&c.meta, &c.link] {
        items.extend(group.iter().map(attribute));
        if !group.is_empty() {
            items.push(NewItem::Blank);
        }
    }
    let content = new_items(&c.body)?;
    if matches!(content.first(), Some(NewItem::Block(_)) | None) {
        // A nested block brings its own blank line.
        items.pop();
    }
    items.extend(content);
    Ok(layout::NewBlock { kind: "resource".into(), labels: vec![c.kind.to_string(), c.label.to_string()], items })
}

/// The last of the resources right behind `served` that are named like it and refer to it.
fn last_companion<'p>(page: &Page<'p>, served: &'p Block, companion: &Companion) -> &'p Block {
    let items = &page.tree.body.items;
    let after = items.partition_point(|i| i.span().start <= served.span.start);
    let mut last = served;
    for item in items.get(after..).unwrap_or_default() {
        match item {
            Item::Block(b) if &*b.kind.text == "resource" && refers(b, companion) => last = b,
            _ => break,
        }
    }
    last
}

fn refers(b: &Block, companion: &Companion) -> bool {
    let (kind, name) = &companion.serves;
    let same_name = b.label(1).is_some_and(|l| l == &**name || l == &*companion.label);
    same_name && b.body.attributes().any(|a| leads_to(&a.expr, kind, name))
}

/// True for `TYPE.NAME…` and `TYPE.NAME[…]…`.
fn leads_to(e: &Expr, kind: &str, name: &str) -> bool {
    let mut e = e;
    loop {
        match &e.kind {
            ExprKind::GetAttr(inner, n) => {
                if &*n.text == name && matches!(&inner.kind, ExprKind::Variable(k) if &**k == kind) {
                    return true;
                }
                e = inner;
            }
            ExprKind::Index(inner, _) | ExprKind::LegacyIndex(inner, _) => e = inner,
            _ => return false,
        }
    }
}

fn in_json(page: &Page<'_>, c: &Companion) -> Result<Vec<Edit>, NoPlace> {
    let unusual = || unwritable("the resources of this file are not written as one object".into());
    let resources = page.tree.body.attribute("resource").ok_or_else(unusual)?.expr.unparen();
    let mut content: Vec<Built> = Vec::new();
    for (name, text) in &c.meta {
        let plain = serde_json::from_str::<Json>(text).ok();
        // A number or a list stands as it is; a string of a JSON file is a template already.
        content.push(Built::Attribute(name.clone(), OpValue::Json(plain.unwrap_or_else(|| Json::from(text.as_str())))));
    }
    content.extend(c.link.iter().map(|(n, text)| Built::Attribute(n.clone(), OpValue::Hcl(text.clone()))));
    content.extend(c.body.iter().cloned());
    let raw: Vec<&str> = c.meta.iter().map(|(n, _)| &**n).collect();
    let text = unescaped(&as_data(&content), &raw)?;
    let ExprKind::Object(kinds) = &resources.kind else { return Err(unusual()) };
    let labels = layout::object_entry(resources, &c.kind).and_then(|i| kinds.get(i)).map(|i| i.value.unparen());
    match labels {
        Some(labels) => layout::set_object_entry(page.text, labels, &c.label, &text).ok_or_else(unusual),
        None => {
            let body = text.replace('\n', "\n  ");
            let whole = format!("{{\n  {}: {body}\n}}", Json::from(&*c.label));
            layout::set_object_entry(page.text, resources, &c.kind, &whole).ok_or_else(unusual)
        }
    }
}

/// Data in JSON syntax in which the strings of some properties are templates already.
fn unescaped(data: &Json, raw: &[&str]) -> Result<String, NoPlace> {
    let mut text = spell::json(&OpValue::Json(data.clone())).map_err(unwritable)?;
    for name in raw {
        let Some(Json::String(s)) = data.get(*name) else { continue };
        let escaped = s.replace("${", "$${").replace("%{", "%%{");
        let line = |v: &str| format!("{}: {}", Json::from(*name), Json::from(v));
        text = text.replacen(&line(&escaped), &line(s), 1);
    }
    Ok(text)
}
