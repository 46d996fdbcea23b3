//! A new resource behind the one that it serves.

use serde_json::{Map, Value as Json};
use trueline_hcl::{Block, Expr, ExprKind, Item, layout};
use trueline_model::{OpValue, Segment};
use trueline_text::{Edit, Span};

use super::{Page, new_items, spell, unwritable};
use crate::change::{Built, Companion};
use crate::{NoPlace, document};
use trueline_hcl::trail::block;

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
    let attribute =
        |(name, text): &(std::sync::Arc<str>, String)| NewItem::Attribute(name.to_string(), text.clone());
    for group in [&c.meta, &c.link] {
        items.extend(group.iter().map(attribute));
        if !group.is_empty() {
            items.push(NewItem::Blank);
        }
    }
    // What has to be there first stands last, as people write it.
    let is_order = |b: &&Built| matches!(b, Built::Attribute(n, _) if &**n == "depends_on");
    let (order, body): (Vec<&Built>, Vec<&Built>) = c.body.iter().partition(is_order);
    let content = new_items(&body.into_iter().cloned().collect::<Vec<_>>())?;
    if matches!(content.first(), Some(NewItem::Block(_)) | None) {
        // A nested block brings its own blank line.
        items.pop();
    }
    items.extend(content);
    for one in order {
        items.push(NewItem::Blank);
        items.extend(new_items(std::slice::from_ref(one))?);
    }
    Ok(layout::NewBlock {
        kind: "resource".into(),
        labels: vec![c.kind.to_string(), c.label.to_string()],
        items,
    })
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
    let mut content = Map::new();
    for (name, text) in &c.meta {
        // As it stands in the served resource, which is JSON already.
        let value: Json = serde_json::from_str(text).map_err(|e| unwritable(e.to_string()))?;
        content.insert(name.to_string(), value);
    }
    for (name, text) in &c.link {
        content.insert(name.to_string(), Json::String(format!("${{{text}}}")));
    }
    fill(&mut content, &c.body)?;
    let route: Vec<Segment> = ["resource", &*c.kind, &*c.label].map(|n| Segment::Name(n.into())).to_vec();
    let edit = document::set_in_json(page.text, &route, &Json::Object(content));
    Ok(vec![
        edit.ok_or_else(|| unwritable("the resources of this file are not written as one object".into()))?,
    ])
}

/// Content of a block as data of JSON syntax.
pub fn fill(into: &mut Map<String, Json>, content: &[Built]) -> Result<(), NoPlace> {
    for b in content {
        match b {
            Built::Attribute(name, OpValue::Hcl(list)) if &**name == "depends_on" => {
                // Terraform reads addresses there, not expressions.
                let addresses = list.trim_matches(['[', ']']).split(',').map(|a| Json::from(a.trim()));
                into.insert(name.to_string(), addresses.collect());
            }
            Built::Attribute(name, value) => {
                let text = spell::json(value).map_err(unwritable)?;
                let value = serde_json::from_str(&text).map_err(|e| unwritable(e.to_string()))?;
                into.insert(name.to_string(), value);
            }
            Built::Block(name, inner) => {
                let mut one = Map::new();
                fill(&mut one, inner)?;
                let many = into.entry(name.to_string()).or_insert_with(|| Json::Array(Vec::new()));
                many.as_array_mut().ok_or(NoPlace::Conflict)?.push(Json::Object(one));
            }
        }
    }
    Ok(())
}
