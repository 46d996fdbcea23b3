//! Changes: operations that have found their place in the source.

use std::collections::BTreeSet;
use std::sync::Arc;

use trueline_model::{Address, OpValue, Route};
use trueline_text::Location;

/// One change of one place. All places are spans of the text that was checked.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The expression at this place becomes another.
    Replace {
        /// The whole expression.
        at: Location,
        /// What it becomes.
        value: OpValue,
    },
    /// A value is set below a body or an object constructor; what is missing on the way is made.
    Put {
        /// A block, or an object constructor (which in JSON syntax is a block too).
        at: Location,
        /// The way down from there.
        path: Vec<Step>,
        /// The value.
        value: OpValue,
    },
    /// A collection gets an entry by `merge`.
    Merge {
        /// The whole expression of the collection.
        at: Location,
        /// Keys, from the outermost.
        path: Vec<Arc<str>>,
        /// The value.
        value: OpValue,
    },
    /// A block is added at the end of a body.
    Append {
        /// A block.
        at: Location,
        /// What is added.
        block: Built,
    },
    /// The attribute, block, entry or element at this place goes.
    Delete {
        /// The whole of it.
        at: Location,
    },
    /// The attribute, block or entry at this place gets another name.
    Rename {
        /// The whole of it.
        at: Location,
        /// The name.
        to: Arc<str>,
    },
    /// The attribute at this place becomes blocks, or the run of blocks that begins there an attribute.
    Respell {
        /// The whole of it.
        at: Location,
        /// How it is to be spelled.
        to: Spelling,
    },
    /// A JSON text in a string literal or heredoc changes.
    Text {
        /// The template.
        at: Location,
        /// Where in the document.
        route: Route,
        /// The value; `None` removes.
        value: Option<OpValue>,
    },
    /// A new resource stands behind another.
    Companion(Companion),
    /// A variable is declared.
    Declare(Variable),
}

/// How something is spelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// `name { … }`; the ways of names to what is a block inside.
    Blocks(BTreeSet<Vec<Arc<str>>>),
    /// `name = { … }`
    Object,
    /// `name = [{ … }]`
    List,
}

/// One step down from a body or object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// Name of the attribute, block or entry.
    pub name: Arc<str>,
    /// What it is.
    pub kind: StepKind,
}

/// Kinds of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// `name = …` in a block.
    Attribute,
    /// `name { … }` in a block.
    Block,
    /// `name = …` in an object constructor.
    Entry,
}

/// A resource that is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Companion {
    /// The block that it stands behind.
    pub after: Location,
    /// Its type.
    pub kind: Arc<str>,
    /// Its label.
    pub label: Arc<str>,
    /// Type and label of the resource that it serves.
    pub serves: (Arc<str>, Arc<str>),
    /// `count`, `for_each`, `provider`: names and expressions as written there.
    pub meta: Vec<(Arc<str>, String)>,
    /// Linking attributes: names and expressions.
    pub link: Vec<(Arc<str>, String)>,
    /// The rest.
    pub body: Vec<Built>,
}

/// A variable that is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// The block that it stands behind.
    pub after: Location,
    /// Its name.
    pub name: Arc<str>,
    /// Its arguments: names and expressions.
    pub body: Vec<(Arc<str>, String)>,
}

/// Content of a block that is made.
#[derive(Clone, Debug, PartialEq)]
pub enum Built {
    /// `name = value`
    Attribute(Arc<str>, OpValue),
    /// `name { … }`
    Block(Arc<str>, Vec<Built>),
}

/// Routes of resources that are meant to change; one list for all placements that mean the same.
pub type Intents = Arc<Vec<(Address, Route)>>;

/// One way to carry out the operations of a finding.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placement {
    /// The changes, in order.
    pub changes: Vec<Change>,
    /// What is meant to change.
    pub intents: Vec<Intents>,
    /// Resources that are meant to appear.
    pub creates: Vec<Made>,
    /// Tags that become defaults of a provider: its block, and their keys.
    pub tags: BTreeSet<(Location, Arc<str>)>,
}

/// A resource that is meant to appear, with any keys, wherever the module is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Made {
    /// Its type and label.
    pub resource: (Arc<str>, Arc<str>),
    /// Type and label of the resource that it serves, in the same module.
    pub serves: (Arc<str>, Arc<str>),
}

impl Made {
    /// The address, without key, of the resource that `address` would serve, if `address` is one of these.
    pub fn served_by(&self, address: &Address) -> Option<Address> {
        let same = address.kind == self.resource.0 && address.name == self.resource.1;
        same.then(|| Address {
            kind: self.serves.0.clone(),
            name: self.serves.1.clone(),
            key: None,
            ..address.clone()
        })
    }
}

impl Placement {
    /// A placement of one change.
    pub fn of(change: Change) -> Self {
        Self { changes: vec![change], ..Self::default() }
    }

    /// The same and another, in this order.
    pub fn and(mut self, other: &Self) -> Self {
        self.changes.extend(other.changes.iter().cloned());
        self.intents.extend(other.intents.iter().cloned());
        self.creates.extend(other.creates.iter().cloned());
        self.tags.extend(other.tags.iter().cloned());
        self
    }
}

impl Change {
    /// The place that it changes.
    pub const fn at(&self) -> Location {
        match self {
            Self::Replace { at, .. }
            | Self::Put { at, .. }
            | Self::Merge { at, .. }
            | Self::Append { at, .. }
            | Self::Delete { at }
            | Self::Rename { at, .. }
            | Self::Respell { at, .. }
            | Self::Text { at, .. } => *at,
            Self::Companion(c) => c.after,
            Self::Declare(v) => v.after,
        }
    }

    /// The same at another name of its file.
    pub fn moved(mut self, place: impl Fn(Location) -> Location) -> Self {
        match &mut self {
            Self::Replace { at, .. }
            | Self::Put { at, .. }
            | Self::Merge { at, .. }
            | Self::Append { at, .. }
            | Self::Delete { at }
            | Self::Rename { at, .. }
            | Self::Respell { at, .. }
            | Self::Text { at, .. } => *at = place(*at),
            Self::Companion(c) => c.after = place(c.after),
            Self::Declare(v) => v.after = place(v.after),
        }
        self
    }

    /// What it is about, apart from the value: changes of the same target agree or clash.
    pub fn target(&self) -> Target {
        let detail = match self {
            Self::Replace { .. } | Self::Delete { .. } | Self::Rename { .. } | Self::Respell { .. } => {
                String::new()
            }
            Self::Put { path, .. } => path.iter().map(|s| format!(".{}", s.name)).collect(),
            Self::Merge { path, .. } => path.iter().map(|n| format!(".{n}")).collect(),
            Self::Text { route, .. } => route.to_string(),
            Self::Append { block, .. } => format!("+{block:?}"),
            Self::Companion(c) => format!("{} {}", c.kind, c.label),
            Self::Declare(v) => format!("variable {}", v.name),
        };
        Target { at: self.at(), detail }
    }
}

/// A place and what of it is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The place.
    pub at: Location,
    /// What of it.
    pub detail: String,
}

/// Builds the content that puts each value at its path; paths that begin alike share their blocks.
pub fn build(entries: &[(Vec<Step>, OpValue)]) -> Option<Vec<Built>> {
    let mut out: Vec<Built> = Vec::new();
    for (path, value) in entries {
        let (first, rest) = path.split_first()?;
        put(&mut out, first, rest, value)?;
    }
    Some(out)
}

fn put(into: &mut Vec<Built>, first: &Step, rest: &[Step], value: &OpValue) -> Option<()> {
    if first.kind != StepKind::Block {
        let value = nest(rest.iter().map(|s| &*s.name), value)?;
        into.push(Built::Attribute(first.name.clone(), value));
        return Some(());
    }
    let Some((next, later)) = rest.split_first() else {
        into.extend(blocks_of(&first.name, value)?);
        return Some(());
    };
    let at = into.iter().position(|b| matches!(b, Built::Block(n, _) if *n == first.name));
    let at = at.unwrap_or_else(|| {
        into.push(Built::Block(first.name.clone(), Vec::new()));
        into.len() - 1
    });
    match into.get_mut(at) {
        Some(Built::Block(_, inner)) => put(inner, next, later, value),
        _ => None,
    }
}

/// `{"a": {"b": value}}`; an expression can't be nested in data.
pub fn nest<'n>(names: impl DoubleEndedIterator<Item = &'n str>, value: &OpValue) -> Option<OpValue> {
    let mut names = names.rev().peekable();
    if names.peek().is_none() {
        return Some(value.clone());
    }
    Some(OpValue::Json(
        names.fold(as_json(value), |v, n| {
            serde_json::Value::Object([(n.to_owned(), v)].into_iter().collect())
        }),
    ))
}

/// Data as it is, an expression as `{"hcl": "…"}`, which stands for it inside data.
pub fn as_json(value: &OpValue) -> serde_json::Value {
    match value {
        OpValue::Json(j) => j.clone(),
        OpValue::Hcl(h) => serde_json::json!({ "hcl": h }),
    }
}

/// Blocks from data: an object is one block, an array of objects several.
pub fn blocks_of(name: &Arc<str>, value: &OpValue) -> Option<Vec<Built>> {
    let OpValue::Json(json) = value else { return None };
    let many = match json {
        serde_json::Value::Array(a) => a.iter().collect(),
        other => vec![other],
    };
    many.into_iter()
        .map(|one| {
            let entries = one
                .as_object()?
                .iter()
                .map(|(k, v)| Built::Attribute(Arc::from(k.as_str()), OpValue::from_json(v)));
            Some(Built::Block(name.clone(), entries.collect()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn paths_that_begin_alike_share_their_blocks() {
        let step = |name: &str, kind| Step { name: name.into(), kind };
        let under = |leaf: &str| {
            vec![
                step("rule", StepKind::Block),
                step("apply", StepKind::Block),
                step(leaf, StepKind::Attribute),
            ]
        };
        let value = |v| OpValue::Json(v);
        let built = build(&[
            (under("sse"), value(json!("aws:kms"))),
            (under("key"), OpValue::Hcl("aws_kms_key.k.arn".into())),
            (vec![step("tags", StepKind::Attribute), step("Owner", StepKind::Entry)], value(json!("me"))),
        ])
        .unwrap();
        let attribute = |n: &str, v| Built::Attribute(n.into(), v);
        assert_eq!(
            built,
            [
                Built::Block(
                    "rule".into(),
                    vec![Built::Block(
                        "apply".into(),
                        vec![
                            attribute("sse", value(json!("aws:kms"))),
                            attribute("key", OpValue::Hcl("aws_kms_key.k.arn".into()))
                        ]
                    )]
                ),
                attribute("tags", value(json!({"Owner": "me"}))),
            ]
        );
    }
}
