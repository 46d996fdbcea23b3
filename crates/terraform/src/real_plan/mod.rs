//! Reads a real plan: the JSON that `terraform show -json` (or `tofu show -json`) prints.
//!
//! What enters: the text of a plan file. What leaves: a [`Plan`] of the shape that source is evaluated
//! to, without origins and places, since a plan knows none. Where the plan says only "known after
//! apply", its `configuration` tells what was left out in the source (`Reason::Unset`) and what
//! refers to another resource (`Reason::Computed`); links come from the same references.
//!
//! Instances that are destroyed or forgotten and deposed objects are not among the resources: there
//! is nothing of them after the change. They stay in [`Plan::json`].

mod configuration;
mod default_tags;
mod error;
mod instances;
mod links;
mod reference;
mod region;
mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;
use trueline_model::{
    Action, Address, Condition, Kind, Mode, Note, NoteKind, Plan, PlanSource, ProviderRef, Reason, Resource,
    Value,
};

pub use error::PlanError;

use configuration::Configuration;
use instances::Instances;
use links::{Documents, References};
use values::Trees;

use trueline_provider::{policy_document, schema};

/// How deep policy documents may be made of others that are unknown.
const DOCUMENT_ROUNDS: usize = 4;

/// Reads a plan. `path` is the name under which it is shown.
///
/// # Errors
/// When the text is no JSON, no plan, or a plan of a format that this build does not know.
pub fn read_plan(path: &str, text: &str) -> Result<Plan, PlanError> {
    let json = error::parse(text)?;
    let configuration = Configuration::of(&json);
    let mut notes = Vec::new();
    let found = Found::of(&json, &mut notes);
    let instances = Instances::of(found.all.iter().map(|f| &f.address));
    let mut resources = Vec::new();
    let mut data = Vec::new();
    let documents = documents(&found, &configuration, &instances);
    for f in &found.all {
        let r = f.resource(&configuration, &instances, &documents, &json);
        match f.address.mode {
            Mode::Managed => resources.push(r),
            Mode::Data => data.push(r),
        }
    }
    resources.sort_by(|a, b| a.address.cmp(&b.address));
    data.sort_by(|a, b| a.address.cmp(&b.address));
    if json.get("errored").and_then(Json::as_bool) == Some(true) {
        notes.push(Note {
            kind: NoteKind::Warning,
            message:
                "Terraform stopped with an error while it made this plan: what comes after it is missing"
                    .into(),
            help: Some("mend the error that `terraform plan` shows, and check the new plan".into()),
            at: None,
        });
    }
    Ok(Plan {
        source: PlanSource::Real,
        path: path.into(),
        resources,
        data,
        json: Arc::new(json),
        notes,
        breaches: Vec::new(),
        handed: Vec::new(),
        directories: Vec::new(),
        callers: BTreeMap::new(),
        whole: false,
    })
}

/// Policy documents that are read on apply, with the parts that are known before. One may be made
/// of others; a few rounds reach as deep as people nest them.
fn documents(found: &Found<'_>, configuration: &Configuration<'_>, instances: &Instances) -> Documents {
    let mut out = Documents::new();
    for _ in 0..DOCUMENT_ROUNDS {
        let mut grown = Documents::new();
        for f in found.all.iter().filter(|f| &*f.address.kind == "aws_iam_policy_document") {
            let mut answers =
                policy_document::evaluate_without_source(&f.values(configuration, instances, &out));
            if let Some(d) = answers.remove("json").filter(Value::is_unknown).and_then(|json| json.document) {
                grown.insert(f.address.clone(), d);
            }
        }
        let settled = grown.len() < 2;
        out = grown;
        if settled {
            break;
        }
    }
    out
}

/// The instances of a plan, as they stand in it.
struct Found<'a> {
    all: Vec<Instance<'a>>,
}

struct Instance<'a> {
    address: Address,
    entry: &'a Json,
    actions: Vec<Action>,
    trees: Trees<'a>,
    before: Option<&'a Json>,
    deferred: bool,
}

impl<'a> Found<'a> {
    fn of(json: &'a Json, notes: &mut Vec<Note>) -> Self {
        let mut all = Vec::new();
        let changes = json.get("resource_changes").and_then(Json::as_array).into_iter().flatten();
        for entry in changes {
            all.extend(change(entry, false, notes));
        }
        for deferred in json.get("deferred_changes").and_then(Json::as_array).into_iter().flatten() {
            if let Some(entry) = deferred.get("resource_change") {
                all.extend(change(entry, true, notes));
            }
        }
        let mut modules: Vec<&Json> = json.pointer("/prior_state/values/root_module").into_iter().collect();
        while let Some(m) = modules.pop() {
            for entry in m.get("resources").and_then(Json::as_array).into_iter().flatten() {
                if entry.get("mode").and_then(Json::as_str) != Some("data") {
                    continue;
                }
                let Some(address) = address(entry, notes) else { continue };
                let trees = Trees {
                    known: entry.get("values").unwrap_or(&Json::Null),
                    unknown: &Json::Bool(false),
                    sensitive: entry.get("sensitive_values").unwrap_or(&Json::Bool(false)),
                };
                all.push(Instance {
                    address,
                    entry,
                    actions: Vec::new(),
                    trees,
                    before: None,
                    deferred: false,
                });
            }
            modules.extend(m.get("child_modules").and_then(Json::as_array).into_iter().flatten());
        }
        // What is read on apply is newer than what the state remembers.
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|i| seen.insert(i.address.clone()));
        Self { all }
    }
}

/// One element of `resource_changes`; none for what is gone after the change.
fn change<'a>(entry: &'a Json, deferred: bool, notes: &mut Vec<Note>) -> Option<Instance<'a>> {
    if entry.get("deposed").is_some() {
        return None;
    }
    let address = address(entry, notes)?;
    let change = entry.get("change").unwrap_or(&Json::Null);
    let mut actions = Vec::new();
    for word in change.get("actions").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str)
    {
        match action(word) {
            Some(a) => actions.push(a),
            None => notes.push(Note {
                kind: NoteKind::Error,
                message: format!("`{address}` has the action `{word}`, which this build does not know"),
                help: Some("use a newer build".into()),
                at: None,
            }),
        }
    }
    if !actions.is_empty() && actions.iter().all(|a| matches!(a, Action::Delete | Action::Forget)) {
        return None;
    }
    let trees = Trees {
        known: change.get("after").unwrap_or(&Json::Null),
        unknown: change.get("after_unknown").unwrap_or(&Json::Bool(false)),
        sensitive: change.get("after_sensitive").unwrap_or(&Json::Bool(false)),
    };
    let before = change.get("before").filter(|b| !b.is_null());
    Some(Instance { address, entry, actions, trees, before, deferred })
}

fn action(word: &str) -> Option<Action> {
    Some(match word {
        "no-op" => Action::NoOp,
        "create" => Action::Create,
        "read" => Action::Read,
        "update" => Action::Update,
        "delete" => Action::Delete,
        "forget" => Action::Forget,
        _ => return None,
    })
}

fn address(entry: &Json, notes: &mut Vec<Note>) -> Option<Address> {
    let text = entry.get("address").and_then(Json::as_str).unwrap_or_default();
    match text.parse() {
        Ok(a) => Some(a),
        Err(e) => {
            let message = format!("an entry of the plan is left out: {e}");
            notes.push(Note { kind: NoteKind::Error, message, help: None, at: None });
            None
        }
    }
}

impl Instance<'_> {
    fn provider(&self) -> &str {
        self.entry.get("provider_name").and_then(Json::as_str).unwrap_or_default()
    }

    /// A plan does not tell what decides: each placeholder exists for itself.
    fn conditions(&self) -> Vec<Condition> {
        let own = || Condition { id: self.address.to_string().into(), why: Reason::Deferred };
        self.deferred.then(own).into_iter().collect()
    }

    fn references<'a>(
        &'a self,
        configuration: &'a Configuration<'a>,
        instances: &'a Instances,
        documents: &'a Documents,
    ) -> References<'a> {
        let written = configuration.resource(&self.address);
        References { configuration, instances, address: &self.address, written, documents }
    }

    fn values(
        &self,
        configuration: &Configuration<'_>,
        instances: &Instances,
        documents: &Documents,
    ) -> Value {
        let known = schema::provider(self.provider()).and_then(|p| match self.address.mode {
            Mode::Managed => p.resource(&self.address.kind),
            Mode::Data => p.data_source(&self.address.kind),
        });
        values::read(self.trees, known.as_deref(), &self.references(configuration, instances, documents))
    }

    fn resource(
        &self,
        configuration: &Configuration<'_>,
        instances: &Instances,
        documents: &Documents,
        plan: &Json,
    ) -> Resource {
        let references = self.references(configuration, instances, documents);
        let written = references.written;
        let mut values = self.values(configuration, instances, documents);
        if let (Some(d), Kind::Object(members)) = (documents.get(&self.address), &mut values.kind) {
            for (_, v) in
                Arc::make_mut(members).iter_mut().filter(|(n, _)| matches!(&***n, "json" | "minified_json"))
            {
                v.document = Some(d.clone());
            }
        }
        let key = written
            .and_then(|w| w.json.get("provider_config_key"))
            .and_then(Json::as_str)
            .unwrap_or_default();
        let local = key.rsplit(':').next().unwrap_or_default();
        let listed = self.entry.get("schema_version").and_then(Json::as_u64);
        Resource {
            address: self.address.clone(),
            provider: ProviderRef {
                source: self.provider().into(),
                local: local.into(),
                region: region::own(&self.address.kind, &values)
                    .or_else(|| region::of(configuration, key, plan)),
                default_tags: default_tags::of(configuration, key),
                ..ProviderRef::default()
            },
            actions: self.actions.clone(),
            values,
            before: self.before.cloned(),
            declared: None,
            deferred: self.deferred,
            conditions: self.conditions(),
            links: references.links(),
            schema_version: listed.or_else(|| written?.json.get("schema_version")?.as_u64()).unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests;
