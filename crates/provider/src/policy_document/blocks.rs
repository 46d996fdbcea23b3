//! The `statement` blocks of the data source as statements of a document.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Kind, Origin, Reason, Type, Unknown, Value, Via};

use super::statement::{Document, Statement};
use super::{PolicyDocumentError, VERSION, hash};

/// The arguments that make the document.
pub const ARGUMENTS: [&str; 7] = [
    "policy_id",
    "version",
    "statement",
    "source_json",
    "override_json",
    "source_policy_documents",
    "override_policy_documents",
];

/// Sets of strings of a `statement`, and the member that each makes.
const LISTS: [(&str, &str, bool); 4] = [
    ("actions", "Action", false),
    ("not_actions", "NotAction", false),
    ("resources", "Resource", true),
    ("not_resources", "NotResource", true),
];

type Entries = BTreeMap<Arc<str>, Value>;

/// The document that the block's own arguments make.
pub fn own(config: &Value) -> Result<Document, PolicyDocumentError> {
    let empty = Entries::new();
    let entries = config.as_entries().unwrap_or(&empty);
    let version = given(entries, "version").unwrap_or_else(|| Value::string(VERSION));
    let old = version.as_str().is_some_and(|v| v != VERSION);
    let mut out = Document { id: given(entries, "policy_id"), version: Some(version), ..Document::default() };
    let Some(statements) = entries.get("statement") else { return Ok(out) };
    if statements.is_unknown() {
        out.statements.push(Statement::Unknown(statements.clone()));
        return Ok(out);
    }
    let mut sids: Vec<String> = Vec::new();
    for s in statements.as_items().unwrap_or_default() {
        let Some(entries) = s.as_entries() else {
            out.statements.push(Statement::Unknown(s.clone()));
            continue;
        };
        let members = statement(entries, old)?;
        if let Some(sid) = members.get("Sid").and_then(Value::as_str) {
            if sids.iter().any(|s| s == sid) {
                return Err(PolicyDocumentError::DuplicateSid(sid.to_owned()));
            }
            sids.push(sid.to_owned());
        }
        out.statements.push(Statement::Known { members, origin: s.origin.clone() });
    }
    Ok(out)
}

fn statement(entries: &Entries, old: bool) -> Result<BTreeMap<&'static str, Value>, PolicyDocumentError> {
    let mut out = BTreeMap::new();
    if let Some(sid) = given(entries, "sid") {
        out.insert("Sid", sid);
    }
    out.insert("Effect", given(entries, "effect").unwrap_or_else(|| Value::string("Allow")));
    for (argument, member, variables) in LISTS {
        let Some(v) = entries.get(argument) else { continue };
        if v.is_unknown() {
            out.insert(member, v.clone());
            continue;
        }
        let mut items = v.as_items().unwrap_or_default().to_vec();
        if items.is_empty() {
            continue;
        }
        if variables {
            items = replaced(items, old)?;
        }
        descending(&mut items);
        out.insert(member, one_or_all(items, v));
    }
    for (argument, member) in [("principals", "Principal"), ("not_principals", "NotPrincipal")] {
        if let Some(v) = entries.get(argument)
            && let Some(p) = principals(v, old)?
        {
            out.insert(member, p);
        }
    }
    if let Some(v) = entries.get("condition")
        && let Some(c) = conditions(v, old)?
    {
        out.insert("Condition", c);
    }
    Ok(out)
}

/// `principals` blocks by type; a type of several blocks has all their identifiers.
fn principals(blocks: &Value, old: bool) -> Result<Option<Value>, PolicyDocumentError> {
    if blocks.is_unknown() {
        return Ok(Some(blocks.clone()));
    }
    let mut all = Vec::new();
    for b in blocks.as_items().unwrap_or_default() {
        let parts = b.as_entries().and_then(|e| Some((e.get("type")?, e.get("identifiers")?)));
        let Some((kind, ids)) = parts.filter(|(kind, _)| !kind.is_unknown()) else {
            return Ok(Some(unknown_like(b, "principals")));
        };
        let kind = kind.as_str().unwrap_or_default();
        let texts: Vec<&str> = ids.as_items().unwrap_or_default().iter().filter_map(Value::as_str).collect();
        let key = hash::principal(kind, &texts);
        all.push((key, kind.to_owned(), ids.clone()));
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    if let [(_, kind, ids)] = all.as_slice()
        && kind == "*"
        && let Some([one]) = ids.as_items()
        && one.as_str() == Some("*")
    {
        return Ok(Some(one.clone()));
    }
    let mut by_type: BTreeMap<Arc<str>, Several> = BTreeMap::new();
    for (_, kind, ids) in all {
        let several = by_type.entry(kind.as_str().into()).or_default();
        match ids.as_items() {
            Some(items) => {
                let mut items = replaced(items.to_vec(), old)?;
                descending(&mut items);
                several.add(items, &ids);
            }
            None => several.add_unknown(&ids),
        }
    }
    Ok(finish(by_type, blocks))
}

/// `condition` blocks by test and variable; the order of values is kept.
fn conditions(blocks: &Value, old: bool) -> Result<Option<Value>, PolicyDocumentError> {
    if blocks.is_unknown() {
        return Ok(Some(blocks.clone()));
    }
    let mut all = Vec::new();
    for b in blocks.as_items().unwrap_or_default() {
        let parts = b.as_entries().and_then(|e| Some((e.get("test")?, e.get("variable")?, e.get("values")?)));
        let Some((test, variable, values)) = parts.filter(|(t, v, _)| !t.is_unknown() && !v.is_unknown())
        else {
            return Ok(Some(unknown_like(b, "condition")));
        };
        let (test, variable) = (test.as_str().unwrap_or_default(), variable.as_str().unwrap_or_default());
        let texts: Vec<&str> =
            values.as_items().unwrap_or_default().iter().filter_map(Value::as_str).collect();
        all.push((
            hash::condition(test, &texts, variable),
            test.to_owned(),
            variable.to_owned(),
            values.clone(),
        ));
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    let mut tests: BTreeMap<Arc<str>, BTreeMap<Arc<str>, Several>> = BTreeMap::new();
    for (_, test, variable, values) in all {
        let several =
            tests.entry(test.as_str().into()).or_default().entry(variable.as_str().into()).or_default();
        match values.as_items() {
            Some(items) => several.add(replaced(items.to_vec(), old)?, &values),
            None => several.add_unknown(&values),
        }
    }
    let tests: Entries =
        tests.into_iter().filter_map(|(test, variables)| Some((test, finish(variables, blocks)?))).collect();
    let kind = Kind::Object(Arc::new(tests));
    Ok((!all_empty(&kind)).then(|| Value { kind, ..blocks.clone() }))
}

fn all_empty(kind: &Kind) -> bool {
    matches!(kind, Kind::Object(m) if m.is_empty())
}

fn finish(by_name: BTreeMap<Arc<str>, Several>, blocks: &Value) -> Option<Value> {
    if by_name.is_empty() {
        return None;
    }
    let members = by_name.into_iter().map(|(name, s)| (name, s.value())).collect();
    Some(Value { kind: Kind::Object(Arc::new(members)), ..blocks.clone() })
}

/// What several blocks give to one member.
#[derive(Default)]
struct Several {
    items: Vec<Value>,
    /// The list of each block.
    from: Vec<Value>,
}

impl Several {
    fn add(&mut self, items: Vec<Value>, list: &Value) {
        self.items.extend(items);
        self.from.push(list.clone());
    }

    /// A list of which nothing is known is one unknown element.
    fn add_unknown(&mut self, list: &Value) {
        self.from.push(list.clone());
        self.items.push(list.clone());
    }

    /// One plain element if there is one block of one; else the list.
    fn value(self) -> Value {
        match (self.from.as_slice(), self.items.as_slice()) {
            ([list], [one]) if one.is_unknown() && list.is_unknown() => one.clone(),
            ([list], _) => one_or_all(self.items, &list.clone()),
            _ => Value::tuple(self.items),
        }
    }
}

/// A single element stands alone, several make a list; the list keeps the origin of `from`.
fn one_or_all(items: Vec<Value>, from: &Value) -> Value {
    match items.as_slice() {
        [one] => {
            let mut one = one.clone();
            one.sensitive |= from.sensitive;
            one
        }
        _ => Value { kind: Kind::Tuple(Arc::new(items)), document: None, ..from.clone() },
    }
}

/// Known strings in descending order, then what is unknown.
pub fn descending(items: &mut [Value]) {
    items.sort_by(|a, b| match (a.as_str(), b.as_str()) {
        (Some(a), Some(b)) => b.cmp(a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
}

/// `&{` is a variable of the policy language, which Terraform would take for its own if written `${`.
fn replaced(items: Vec<Value>, old: bool) -> Result<Vec<Value>, PolicyDocumentError> {
    items.into_iter().map(|v| replaced_one(v, old)).collect()
}

fn replaced_one(v: Value, old: bool) -> Result<Value, PolicyDocumentError> {
    let with = |kind: Kind, v: &Value| {
        let origin = v.origin.as_ref();
        let origin = origin
            .map(|o| Origin::step(o.at, Via::Function("aws_iam_policy_document".into()), Some(o.clone())));
        Value { kind, origin, ..v.clone() }
    };
    match &v.kind {
        Kind::String(s) if s.contains("&{") && old => Err(PolicyDocumentError::OldVersion(s.to_string())),
        Kind::String(s) if s.contains("&{") => {
            let kind = Kind::String(s.replace("&{", "${").into());
            Ok(with(kind, &v))
        }
        Kind::Unknown(u) => {
            let has = |part: &Option<Arc<str>>| part.as_deref().is_some_and(|p| p.contains("&{"));
            if !has(&u.prefix) && !has(&u.suffix) {
                return Ok(v);
            }
            let mut new: Unknown = (**u).clone();
            for part in [&mut new.prefix, &mut new.suffix] {
                *part = part.as_deref().map(|p| p.replace("&{", "${").into());
            }
            Ok(with(Kind::Unknown(Arc::new(new)), &v))
        }
        _ => Ok(v),
    }
}

/// An argument that is neither null nor empty.
fn given(entries: &Entries, name: &str) -> Option<Value> {
    let v = entries.get(name)?;
    match &v.kind {
        Kind::Null(_) => None,
        Kind::String(s) if s.is_empty() => None,
        _ => Some(v.clone()),
    }
}

/// Nothing can be said of blocks whose type is not known.
fn unknown_like(block: &Value, what: &str) -> Value {
    let entries = block.as_entries();
    let leaf = entries.into_iter().flat_map(BTreeMap::values).find(|v| v.is_unknown()).unwrap_or(block);
    let reason = leaf
        .reason()
        .cloned()
        .unwrap_or_else(|| Reason::Error(format!("a `{what}` block has no type").into()));
    Value {
        sensitive: block.has_sensitive(),
        origin: leaf.origin.clone(),
        ..Value::unknown(Type::Any, reason)
    }
}

/// `version` and `statement` as the provider gives them back: defaults filled in, sets never null.
pub fn filled_in(config: &Value) -> Entries {
    let empty = Entries::new();
    let entries = config.as_entries().unwrap_or(&empty);
    let mut out = Entries::new();
    if given(entries, "version").is_none() {
        out.insert("version".into(), Value::string(VERSION));
    }
    let Some(list) = entries.get("statement") else { return out };
    let items = list.as_items().unwrap_or_default();
    if items.is_empty() {
        out.insert("statement".into(), Value::from(Kind::Null(list.ty())));
        return out;
    }
    let filled: Vec<Value> = items.iter().map(filled_statement).collect();
    let kind = match &list.kind {
        Kind::List(ty, _) => Kind::List(ty.clone(), Arc::new(filled)),
        _ => Kind::Tuple(Arc::new(filled)),
    };
    out.insert("statement".into(), Value { kind, ..list.clone() });
    out
}

fn filled_statement(s: &Value) -> Value {
    let Some(entries) = s.as_entries() else { return s.clone() };
    let mut entries = entries.clone();
    for (name, v) in &mut entries {
        if !v.is_null() {
            continue;
        }
        v.kind = match &**name {
            "effect" => Kind::String("Allow".into()),
            "sid" => Kind::String("".into()),
            "actions" | "not_actions" | "resources" | "not_resources" => {
                Kind::Set(Type::String, Arc::new(Vec::new()))
            }
            _ => continue,
        };
    }
    Value { kind: Kind::Object(Arc::new(entries)), ..s.clone() }
}
