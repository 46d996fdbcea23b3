//! Two plans side by side.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use index::{by_address, cloud_values, expressions, without_keys};
use trees::{aligned, same, tree_differences};

mod index;
mod trees;

/// How a leaf compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// We state another value than the real plan.
    Wrong,
    /// We state a value that the real plan does not know.
    Claimed,
    /// The real plan knows a value that the source sets, and we don't.
    Unknown,
    /// The same of a value that the provider fills in.
    Default,
    /// The same of a value that only a data source that asks the cloud can give.
    Cloud,
    /// `after_sensitive` differs, or `after_unknown` where the real plan does not know and ours says nothing.
    Marks,
    /// `configuration` differs.
    Configuration,
    /// Instances that only one of the plans has.
    Addresses,
    /// The same.
    Equal,
}

impl Class {
    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Claimed => "claimed",
            Self::Unknown => "unknown",
            Self::Default => "default",
            Self::Cloud => "cloud",
            Self::Marks => "marks",
            Self::Configuration => "configuration",
            Self::Addresses => "addresses",
            Self::Equal => "equal",
        }
    }
}

/// One leaf that differs.
pub struct Difference {
    /// How.
    pub class: Class,
    /// Type and path, without indices.
    pub path: String,
    /// Address and both values.
    pub example: String,
}

/// What was found.
#[derive(Default)]
pub struct Found {
    /// Managed instances of the real plan.
    pub addresses: usize,
    /// Those that ours lacks.
    pub missing: Vec<String>,
    /// Those that only ours has.
    pub extra: Vec<String>,
    /// Leaves that the source sets and that agree.
    pub equal: usize,
    /// Leaves that the provider fills in and that agree.
    pub defaults_equal: usize,
    /// The rest.
    pub differences: Vec<Difference>,
}

/// Compares the managed instances, and the configuration if asked.
pub fn plans(real: &Json, ours: &Json, configuration: bool) -> Found {
    let (theirs, mine) = (by_address(real), by_address(ours));
    let written = expressions(real);
    let cloud = cloud_values(real);
    let mut found = Found { addresses: theirs.len(), ..Found::default() };
    found.missing = theirs.keys().filter(|a| !mine.contains_key(*a)).map(|a| (*a).to_owned()).collect();
    found.extra = mine.keys().filter(|a| !theirs.contains_key(*a)).map(|a| (*a).to_owned()).collect();
    let none = Json::Null;
    for (address, real) in &theirs {
        let Some(ours) = mine.get(address) else { continue };
        let part = |entry: &'static str, of: &Json| {
            of.get("change").and_then(|c| c.get(entry)).cloned().unwrap_or(Json::Null)
        };
        let kind = real.get("type").and_then(Json::as_str).unwrap_or_default();
        let mut walk = Walk {
            kind,
            address,
            written: written.get(&without_keys(address)).copied().unwrap_or(&none),
            cloud: &cloud,
            found: &mut found,
        };
        walk.leaf(
            (&part("after", real), &part("after_unknown", real)),
            (&part("after", ours), &part("after_unknown", ours)),
            &mut Vec::new(),
        );
        for tree in ["after_unknown", "after_sensitive"] {
            for (path, a, b) in tree_differences(&part(tree, real), &part(tree, ours)) {
                // Where only we do not know, that is counted with the values.
                if tree == "after_unknown" && a != Json::Bool(true) {
                    continue;
                }
                found.differences.push(Difference {
                    class: Class::Marks,
                    path: format!("{tree} {kind}.{path}"),
                    example: format!("{address}: real {a} ours {b}"),
                });
            }
        }
    }
    if configuration {
        for (path, a, b) in tree_differences(&real["configuration"], &ours["configuration"]) {
            let example = format!("real {} ours {}", short(&a), short(&b));
            found.differences.push(Difference { class: Class::Configuration, path, example });
        }
    }
    found
}

struct Walk<'a> {
    kind: &'a str,
    address: &'a str,
    written: &'a Json,
    cloud: &'a BTreeSet<String>,
    found: &'a mut Found,
}

impl Walk<'_> {
    /// Compares values with what is unknown of each.
    fn leaf(&mut self, real: (&Json, &Json), ours: (&Json, &Json), path: &mut Vec<String>) {
        let unknown = |tree: &Json| *tree == Json::Bool(true);
        match real.0 {
            _ if unknown(real.1) => self.claims(ours, path),
            Json::Object(members) if !unknown(ours.1) => {
                let mut names: BTreeSet<&String> = members.keys().collect();
                names.extend([ours.0, real.1].into_iter().filter_map(Json::as_object).flat_map(Map::keys));
                for name in names {
                    let of = |tree: &Json| tree.get(name).cloned().unwrap_or(Json::Null);
                    path.push(name.clone());
                    self.leaf((&of(real.0), &of(real.1)), (&of(ours.0), &of(ours.1)), path);
                    path.pop();
                }
            }
            Json::Array(items) if !unknown(ours.1) => {
                let list = ours.0.as_array().map(Vec::as_slice).unwrap_or_default();
                let order = aligned(items, list);
                for (i, item) in items.iter().enumerate() {
                    let at = order.get(i).copied().flatten();
                    let of = |tree: &Json| at.and_then(|at| tree.get(at)).cloned().unwrap_or(Json::Null);
                    let real_unknown = real.1.get(i).cloned().unwrap_or(Json::Null);
                    path.push("*".into());
                    self.leaf((item, &real_unknown), (&of(ours.0), &of(ours.1)), path);
                    path.pop();
                }
                if list.len() > items.len() {
                    self.note(
                        Class::Wrong,
                        path,
                        &format!("{} elements", items.len()),
                        &format!("{}", list.len()),
                    );
                }
            }
            known => self.scalar(known, ours, path),
        }
    }

    fn scalar(&mut self, known: &Json, ours: (&Json, &Json), path: &[String]) {
        let own = self.is_written(path);
        let is_empty = |v: &Json| {
            v.is_null() || v.as_array().is_some_and(Vec::is_empty) || v.as_object().is_some_and(Map::is_empty)
        };
        if known.is_null() && *ours.1 == Json::Bool(true) {
            let class = if own { Class::Unknown } else { Class::Default };
            self.note(class, path, "null", "unknown");
        } else if same(known, ours.0) || (is_empty(known) && is_empty(ours.0)) {
            if !is_empty(known) {
                match own {
                    true => self.found.equal += 1,
                    false => self.found.defaults_equal += 1,
                }
            }
        } else if is_empty(ours.0) {
            let class = match own {
                true if self.is_from_cloud(known) => Class::Cloud,
                true => Class::Unknown,
                false => Class::Default,
            };
            self.note(class, path, &short(known), &short(ours.0));
        } else {
            self.note(Class::Wrong, path, &short(known), &short(ours.0));
        }
    }

    /// True if a value that only the cloud gives is in it.
    fn is_from_cloud(&self, known: &Json) -> bool {
        let text = known.to_string();
        self.cloud.iter().any(|c| text.contains(c.as_str()))
    }

    /// What the real plan does not know, we may not state.
    fn claims(&mut self, ours: (&Json, &Json), path: &mut Vec<String>) {
        match ours.0 {
            _ if *ours.1 == Json::Bool(true) => {}
            Json::Null => {}
            Json::Object(members) => {
                for (name, v) in members {
                    path.push(name.clone());
                    self.claims((v, ours.1.get(name).unwrap_or(&Json::Null)), path);
                    path.pop();
                }
            }
            Json::Array(items) => {
                for (i, v) in items.iter().enumerate() {
                    path.push("*".into());
                    self.claims((v, ours.1.get(i).unwrap_or(&Json::Null)), path);
                    path.pop();
                }
            }
            stated => self.note(Class::Claimed, path, "unknown", &short(stated)),
        }
    }

    fn note(&mut self, class: Class, path: &[String], real: &str, ours: &str) {
        self.found.differences.push(Difference {
            class,
            path: format!("{}.{}", self.kind, path.join(".")),
            example: format!("{}: real {real} ours {ours}", self.address),
        });
    }

    /// True if the source says something about this path.
    fn is_written(&self, path: &[String]) -> bool {
        let mut at = self.written;
        for (i, name) in path.iter().filter(|n| *n != "*").enumerate() {
            while let Some(first) = at.get(0) {
                at = first;
            }
            let is_expression =
                at.get("references").is_some_and(Json::is_array) || at.get("constant_value").is_some();
            if i > 0 && is_expression {
                return true;
            }
            match at.get(name) {
                Some(inner) => at = inner,
                None => return false,
            }
        }
        !path.is_empty()
    }
}

fn short(v: &Json) -> String {
    let text = v.to_string();
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", text.split_at(at).0),
        None => text,
    }
}
