//! Changes to edits: what is written, by the layout of the syntax room.
//!
//! Enters: a text with its tree, the span at which a change lands there, and the change. Leaves: edits of that text.

mod companion;
mod put;
pub mod spell;

use trueline_hcl::{Block, Body, Expr, ExprKind, File, Item, ObjectKey, TemplateStyle, layout};
use trueline_text::{Edit, Span};

use crate::change::{Built, Change, Spelling};
use crate::{NoPlace, document};
use trueline_hcl::trail::{Node, block, expr, trail};

/// One file as it is now.
#[derive(Clone, Copy)]
pub struct Page<'p> {
    /// The text.
    pub text: &'p str,
    /// Its tree.
    pub tree: &'p File,
    /// Written in JSON syntax.
    pub json: bool,
}

/// The edits that carry out a change at `span`.
pub fn edits(page: &Page<'_>, span: Span, change: &Change) -> Result<Vec<Edit>, NoPlace> {
    match change {
        Change::Replace { value, .. } => {
            let e = expr(page.tree, span).ok_or(NoPlace::Conflict)?;
            let value = &spell::like(e, value);
            if page.json {
                return replace_json(page, e, &spell::json(value).map_err(unwritable)?);
            }
            Ok(layout::replace_expr(page.text, e.span, &spell::native(value).map_err(unwritable)?))
        }
        Change::Put { path, value, .. } => put::put(page, span, path, value),
        Change::Merge { path, value, .. } => put::merge(page, span, path, value),
        Change::Append { block: new, .. } => {
            let b =
                block(page.tree, span).ok_or_else(|| unwritable("a block can't be added there".into()))?;
            let text = match (b.body.json, new) {
                (false, _) => layout::render_block(&new_block(new)?),
                (true, Built::Block(name, content)) => {
                    let mut data = serde_json::Map::new();
                    companion::fill(&mut data, content)?;
                    let data = serde_json::to_string_pretty(&data).map_err(|e| unwritable(e.to_string()))?;
                    format!("{}: {data}", serde_json::Value::from(&**name))
                }
                (true, Built::Attribute(..)) => return Err(NoPlace::Conflict),
            };
            Ok(layout::insert_block(page.text, &b.body, &text))
        }
        Change::Delete { .. } => delete(page, span),
        Change::Rename { to, .. } => rename(page, span, to),
        Change::Respell { to, .. } => respell(page, span, to),
        Change::Text { route, value, .. } => {
            let e = expr(page.tree, span).ok_or(NoPlace::Conflict)?;
            let changed = document::change(page.text, e.unparen(), route, value.as_ref());
            changed.map_err(|e| NoPlace::Value { route: route.to_string(), problem: e.to_string() })
        }
        Change::Companion(c) => companion::insert(page, span, c),
        Change::Declare(v) => {
            let after = block(page.tree, span).filter(|_| !page.json).ok_or(NoPlace::Conflict)?;
            let items = v.body.iter().map(|(n, e)| layout::NewItem::Attribute(n.to_string(), e.clone()));
            let (labels, items) = (vec![v.name.to_string()], items.collect());
            let new = layout::NewBlock { kind: "variable".into(), labels, items };
            Ok(layout::insert_after(page.text, after, &layout::render_block(&new)))
        }
    }
}

fn unwritable(problem: String) -> NoPlace {
    NoPlace::Value { route: String::new(), problem }
}

/// Replaces a value of a JSON file; what stands inside a string of it can't be reached.
fn replace_json(page: &Page<'_>, e: &Expr, new: &str) -> Result<Vec<Edit>, NoPlace> {
    let inside = trail(page.tree, e.span).iter().any(|n| match n {
        Node::Expr(outer) => outer.span != e.span && is_bare(outer),
        _ => false,
    });
    if inside {
        return Err(unwritable("it stands inside a string of a JSON file".into()));
    }
    Ok(layout::replace_expr(page.text, e.span, new))
}

fn is_bare(e: &Expr) -> bool {
    matches!(&e.kind, ExprKind::Template(t) if t.style == TemplateStyle::Bare)
}

fn delete(page: &Page<'_>, span: Span) -> Result<Vec<Edit>, NoPlace> {
    let way = trail(page.tree, span);
    let at =
        way.iter().position(|n| n.span() == span && !matches!(n, Node::Body(_))).ok_or(NoPlace::Conflict)?;
    let above = at.checked_sub(1).and_then(|i| way.get(i));
    let found = match (above, way.get(at)) {
        (Some(Node::Body(body)), Some(_)) => {
            item(body, span).map(|i| layout::remove_item(page.text, body, i))
        }
        (Some(Node::Expr(parent)), Some(_)) => match &parent.kind {
            ExprKind::Object(items) => {
                let index = items.iter().position(|i| i.span == span);
                index.and_then(|i| layout::remove_object_entry(page.text, parent, i))
            }
            ExprKind::Tuple(items) => {
                let index = items.iter().position(|i| i.span == span);
                index.and_then(|i| layout::remove_tuple_element(page.text, parent, i))
            }
            _ => None,
        },
        _ => None,
    };
    found.ok_or(NoPlace::Conflict)
}

/// The other spelling of an attribute, or of a run of blocks that begins with the one at `span`.
fn respell(page: &Page<'_>, span: Span, to: &Spelling) -> Result<Vec<Edit>, NoPlace> {
    let way = trail(page.tree, span);
    let (body, item) = way
        .iter()
        .find_map(|n| match n {
            Node::Body(body) => item(body, span).map(|i| (body, i)),
            _ => None,
        })
        .ok_or(NoPlace::Conflict)?;
    let edits = match (item, to) {
        (Item::Attribute(a), Spelling::Blocks(nested)) => {
            let is_block =
                |path: &[&str]| nested.iter().any(|n| n.iter().map(|s| &**s).eq(path.iter().copied()));
            layout::as_blocks(page.text, a, &is_block)
        }
        (Item::Block(b), Spelling::Object | Spelling::List) => {
            let run: Vec<&Block> = body.blocks_of(&b.kind.text).collect();
            layout::as_attribute(page.text, &run, *to == Spelling::List)
        }
        _ => None,
    };
    edits.ok_or_else(|| unwritable("more than its spelling would have to change".into()))
}

/// Another name for an attribute, block or entry; what stood in line with it still does.
fn rename(page: &Page<'_>, span: Span, to: &str) -> Result<Vec<Edit>, NoPlace> {
    let name = trail(page.tree, span).iter().find_map(|n| match n {
        Node::Body(body) => match item(body, span)? {
            Item::Attribute(a) => Some(a.name.span),
            Item::Block(b) => Some(b.kind.span),
        },
        Node::Entry(entry) if entry.span == span => Some(match &entry.key {
            ObjectKey::Name(n) => n.span,
            ObjectKey::Expr(e) => e.span,
        }),
        _ => None,
    });
    let name = name.ok_or(NoPlace::Conflict)?;
    let new = if page.json { layout::quoted(to) } else { to.to_owned() };
    Ok(layout::replace_expr(page.text, name, &new))
}

fn item(body: &Body, span: Span) -> Option<&Item> {
    body.items.iter().find(|i| i.span() == span)
}

/// A block of ours as the layout writes it.
fn new_block(built: &Built) -> Result<layout::NewBlock, NoPlace> {
    let Built::Block(kind, content) = built else { return Err(NoPlace::Conflict) };
    Ok(layout::NewBlock { kind: kind.to_string(), labels: Vec::new(), items: new_items(content)? })
}

/// The content of a new block: arguments first, as people write them.
fn new_items(content: &[Built]) -> Result<Vec<layout::NewItem>, NoPlace> {
    let (blocks, arguments): (Vec<&Built>, Vec<&Built>) =
        content.iter().partition(|b| matches!(b, Built::Block(..)));
    arguments
        .into_iter()
        .chain(blocks)
        .map(|b| match b {
            Built::Attribute(name, value) => {
                Ok(layout::NewItem::Attribute(name.to_string(), spell::native(value).map_err(unwritable)?))
            }
            Built::Block(..) => Ok(layout::NewItem::Block(new_block(b)?)),
        })
        .collect()
}
