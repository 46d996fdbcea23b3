//! What policies see beside `input`: `data.trueline`, built from one plan.
//!
//! Enters: a plan whose values carry unknowns, marks and documents. Leaves: plain JSON in which an
//! unset or unknown leaf is `null`, with the unknown ones (never the unset ones) listed by route.
//! Sensitive strings and numbers are not passed on: what a policy does not see, its message cannot leak.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};
use trueline_model::{
    Breach, Handed, Key, Kind, Mode, Plan, Reason, Resource, Route, Type, Unknown, Value, Via,
};
use trueline_terraform::Parsed;

use crate::fixed::is_fixed;
use crate::links;

/// What calls of modules that are not here count as, where rules say which types they look at.
pub const HANDED: &str = "module";

/// What stands where a sensitive string was.
pub const SENSITIVE: &str = "(sensitive)";

/// Builds `data.trueline` without settings; `is_new` says whether a resource did not exist before.
pub fn document(plan: &Plan, parsed: &Parsed, is_new: &dyn Fn(&Resource) -> bool) -> Map<String, Json> {
    let mut out = Map::new();
    out.insert("resources".into(), by_type(&plan.resources, is_new));
    out.insert("handed".into(), plan.handed.iter().map(handed).collect());
    out.insert("data_sources".into(), by_type(&plan.data, is_new));
    let actions = actions(&out);
    out.insert("actions".into(), actions);
    let (links, backlinks) = links::of(plan);
    out.insert("links".into(), links);
    out.insert("backlinks".into(), backlinks);
    let tags = plan.resources.iter().map(|r| (r.address.to_string(), provider_tags(r))).collect();
    out.insert("provider_tags".into(), Json::Object(tags));
    out.insert("breaches".into(), plan.breaches.iter().map(|b| breach(b, parsed)).collect());
    out
}

/// What is known of each action that a document names, by its name in small letters.
fn actions(all: &Map<String, Json>) -> Json {
    let mut known = Map::new();
    let mut todo: Vec<&Json> = all
        .get("resources")
        .and_then(Json::as_object)
        .into_iter()
        .flat_map(|types| types.values())
        .filter_map(Json::as_array)
        .flatten()
        .filter_map(|r| r.get("documents"))
        .collect();
    while let Some(json) = todo.pop() {
        match json {
            Json::Array(items) => todo.extend(items),
            Json::Object(members) => {
                for (name, member) in members {
                    if name == "Action" {
                        let one = std::slice::from_ref(member);
                        let items = member.as_array().map_or(one, Vec::as_slice);
                        for text in items.iter().filter_map(Json::as_str) {
                            let word = trueline_rules::actions::action(text).map(|a| a.as_str());
                            known.insert(text.to_lowercase(), json!(word.unwrap_or("unlisted")));
                        }
                    } else {
                        todo.push(member);
                    }
                }
            }
            _ => {}
        }
    }
    Json::Object(known)
}

/// A breach of a schema, with its place.
fn breach(b: &Breach, parsed: &Parsed) -> Json {
    let file = parsed.sources.get(b.at.file);
    json!({
        "kind": b.kind.as_str(),
        "address": b.owner.to_string(),
        "route": b.route.to_string(),
        "name": &*b.name,
        "message": b.message,
        "near": b.near.as_deref(),
        "literal": b.literal,
        "file": file.map(|f| &*f.path),
        "line": file.map(|f| f.lines.line(b.at.span.start) + 1),
    })
}

fn by_type(resources: &[Resource], is_new: &dyn Fn(&Resource) -> bool) -> Json {
    let mut types: BTreeMap<String, Vec<Json>> = BTreeMap::new();
    for r in resources {
        types.entry(r.address.kind.to_string()).or_default().push(resource(r, is_new(r)));
    }
    Json::Object(types.into_iter().map(|(k, v)| (k, Json::Array(v))).collect())
}

/// What is handed to a module that is not here: the documents in it.
fn handed(h: &Handed) -> Json {
    let mut leaves = Leaves::default();
    leaves.render(&h.values, &Route::root());
    json!({
        "address": h.address,
        "module": h.module,
        "type": HANDED,
        "documents": leaves.documents,
    })
}

/// True if a document is handed to a module that is not here.
pub fn hands_documents(plan: &Plan) -> bool {
    fn holds(v: &Value) -> bool {
        v.encoded().is_some()
            || v.as_items().is_some_and(|i| i.iter().any(holds))
            || v.as_entries().is_some_and(|m| m.values().any(holds))
    }
    plan.handed.iter().any(|h| holds(&h.values))
}

fn resource(r: &Resource, new: bool) -> Json {
    let mut leaves = Leaves::default();
    let values = leaves.render(&r.values, &Route::root());
    json!({
        "address": r.address.to_string(),
        "module": r.address.module_path(),
        "mode": if r.address.mode == Mode::Data { "data" } else { "managed" },
        "type": &*r.address.kind,
        "name": &*r.address.name,
        "index": match &r.address.key {
            Some(Key::Index(i)) => json!(i),
            Some(Key::Name(n)) => json!(&**n),
            _ => Json::Null,
        },
        "provider": &*r.provider.source,
        "region": r.provider.region.as_deref(),
        "actions": r.actions.iter().map(|a| a.as_str()).collect::<Vec<_>>(),
        "new": new,
        "deferred": r.deferred,
        "conditions": r.conditions.iter().map(|c| json!({"id": &*c.id, "why": c.why.to_string()})).collect::<Vec<_>>(),
        "values": values,
        "unknown": leaves.unknown,
        "documents": leaves.documents,
        "defaults": leaves.defaults,
        "sensitive": leaves.sensitive,
    })
}

#[derive(Default)]
struct Leaves {
    unknown: Map<String, Json>,
    documents: Map<String, Json>,
    /// Routes of values that nobody wrote: the provider fills them in.
    defaults: Vec<String>,
    sensitive: Vec<String>,
}

impl Leaves {
    fn render(&mut self, value: &Value, route: &Route) -> Json {
        if let Some(doc) = value.encoded().filter(|doc| readable(value, doc)) {
            self.documents.insert(route.to_string(), decoded(doc));
        }
        if value.is_secret() {
            self.sensitive.push(route.to_string());
        }
        if value.origin.as_ref().is_some_and(|o| o.via == Via::ProviderDefault) {
            self.defaults.push(route.to_string());
        }
        match &value.kind {
            Kind::Null(_) => Json::Null,
            Kind::Unknown(u) => {
                if u.reason != Reason::Unset {
                    self.unknown.insert(route.to_string(), reason(u, is_fixed(value)));
                }
                Json::Null
            }
            Kind::Bool(b) => json!(b),
            Kind::Number(_) | Kind::String(_) if value.is_secret() => json!(SENSITIVE),
            Kind::Number(n) => number(n),
            Kind::String(s) => json!(&**s),
            Kind::List(_, v) | Kind::Set(_, v) | Kind::Tuple(v) => {
                let marked = value.is_secret();
                Json::Array(
                    v.iter()
                        .enumerate()
                        .map(|(i, x)| self.element(x, marked, &route.element(i as u32)))
                        .collect(),
                )
            }
            Kind::Map(_, m) | Kind::Object(m) => {
                let marked = value.is_secret();
                Json::Object(
                    m.iter()
                        .map(|(k, x)| (k.to_string(), self.element(x, marked, &route.child(k.clone()))))
                        .collect(),
                )
            }
        }
    }

    /// The elements of a collection that is marked as a whole are sensitive with it.
    fn element(&mut self, value: &Value, marked: bool, route: &Route) -> Json {
        if marked && !value.is_secret() {
            let mut v = value.clone();
            v.sensitive = true;
            return self.render(&v, route);
        }
        self.render(value, route)
    }
}

/// A document whose text is sensitive may be looked into only where parts of it make it so, which are masked one by one.
fn readable(text: &Value, document: &Value) -> bool {
    !text.is_secret() || !document.is_secret() && document.has_secret()
}

fn number(n: &trueline_model::Number) -> Json {
    match n.as_i64() {
        Some(i) => json!(i),
        None => n.to_string().parse().map_or_else(|_| json!(n.to_f64()), Json::Number),
    }
}

/// The word for a reason in `data.trueline`.
fn word(r: &Reason) -> &'static str {
    match r {
        Reason::Unset => "unset",
        Reason::Computed(..) => "computed",
        Reason::DataSource(..) => "data",
        Reason::Variable(_) => "variable",
        Reason::Function(_) => "function",
        Reason::Module(_) => "module",
        Reason::File(_) => "file",
        Reason::Schema(_) => "schema",
        Reason::Deferred => "deferred",
        Reason::Plan => "plan",
        Reason::Error(_) => "error",
        Reason::Environment(_) => "environment",
    }
}

fn reason(u: &Unknown, fixed: bool) -> Json {
    json!({
        "reason": word(&u.reason),
        "why": u.reason.to_string(),
        "refers": refers(&u.reason),
        "prefix": u.prefix.as_deref(),
        "suffix": u.suffix.as_deref(),
        "fixed": fixed,
    })
}

fn refers(r: &Reason) -> Vec<String> {
    match r {
        Reason::Computed(a, route) | Reason::DataSource(a, route) if route.0.is_empty() => {
            vec![a.to_string()]
        }
        Reason::Computed(a, route) | Reason::DataSource(a, route) => vec![format!("{a}.{route}")],
        _ => Vec::new(),
    }
}

/// A decoded document; what is unknown in it is an object that says so.
fn decoded(value: &Value) -> Json {
    decoded_within(value, false)
}

/// The same for a part of what is sensitive as a whole.
fn decoded_within(value: &Value, marked: bool) -> Json {
    let marked = marked || value.is_secret();
    let decoded = |v: &Value| decoded_within(v, marked);
    match &value.kind {
        Kind::Null(_) => Json::Null,
        // What is known of an unknown collection.
        Kind::Unknown(u) if u.ty != Type::String && value.document.is_some() => {
            value.document.as_deref().map_or(Json::Null, decoded)
        }
        Kind::Unknown(u) => {
            let mut o = Map::new();
            o.insert("trueline:unknown".into(), json!(word(&u.reason)));
            o.insert("why".into(), json!(u.reason.to_string()));
            o.insert("refers".into(), json!(refers(&u.reason)));
            o.insert("prefix".into(), json!(u.prefix.as_deref()));
            o.insert("suffix".into(), json!(u.suffix.as_deref()));
            o.insert("alone".into(), json!(is_alone(value)));
            o.insert("fixed".into(), json!(is_fixed(value)));
            Json::Object(o)
        }
        Kind::Bool(b) => json!(b),
        Kind::Number(_) | Kind::String(_) if marked => json!(SENSITIVE),
        Kind::Number(n) => number(n),
        Kind::String(s) => json!(&**s),
        Kind::List(_, v) | Kind::Set(_, v) | Kind::Tuple(v) => Json::Array(v.iter().map(decoded).collect()),
        Kind::Map(_, m) | Kind::Object(m) => {
            Json::Object(m.iter().map(|(k, x)| (k.to_string(), decoded(x))).collect())
        }
    }
}

/// True if one reference is all that is not known of a text, so that two such texts with the same rest are the same.
fn is_alone(value: &Value) -> bool {
    let mut at = value.origin.as_ref();
    while let Some(origin) = at {
        if matches!(origin.via, Via::Function(_) | Via::Condition) || origin.inputs.len() > 1 {
            return false;
        }
        at = origin.inputs.first();
    }
    value.origin.is_some()
}

/// The tags that only the provider gives: in `tags_all`, not in `tags`. What is not known of `tags_all` (which one
/// unknown or empty tag of the resource itself makes so), the provider's configuration says.
fn provider_tags(r: &Resource) -> Json {
    let provider = &*r.provider.local;
    let field = |n: &str| r.values.at(&Route::name(n));
    let Some(all) = field("tags_all") else {
        return json!({"tags": {}, "unknown": false, "provider": provider});
    };
    let defaults = r.provider.default_tags.as_ref();
    let all = match defaults {
        _ if !all.is_unknown() => all,
        Some(given) => given,
        None => return json!({"tags": {}, "unknown": false, "provider": provider}),
    };
    let own = field("tags").and_then(Value::as_entries);
    let given = |key: &str, v: &Value| {
        let default = defaults.and_then(Value::as_entries).and_then(|d| d.get(key));
        let v = if v.is_unknown() { default.unwrap_or(v) } else { v };
        match own.and_then(|o| o.get(key)) {
            _ if v.is_null() => None,
            None => Some(decoded(v)),
            Some(own) => (own.is_null() && null_is_no_tag(r)).then(|| decoded(v)),
        }
    };
    let tags: Map<String, Json> = all
        .as_entries()
        .into_iter()
        .flatten()
        .filter_map(|(k, v)| Some((k.to_string(), given(k, v)?)))
        .collect();
    json!({"tags": tags, "unknown": all.is_unknown(), "provider": provider})
}

/// True where a tag that is null leaves the default tag as it is. Resources of the provider's newer framework take null
/// for `""`.
fn null_is_no_tag(r: &Resource) -> bool {
    let provider = trueline_terraform::schema::provider(&r.provider.source);
    provider.and_then(|p| p.resource(&r.address.kind)).is_none_or(|s| s.is_older())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use trueline_model::{Address, Origin, ProviderRef, Type};

    fn bucket(values: Vec<(&str, Value)>) -> Resource {
        Resource {
            address: Address::managed("aws_s3_bucket", "b"),
            provider: ProviderRef::default(),
            actions: vec![trueline_model::Action::Create],
            values: Value::object(values.into_iter().map(|(k, v)| (Arc::from(k), v)).collect()),
            before: None,
            declared: None,
            deferred: false,
            conditions: Vec::new(),
            links: Vec::new(),
            schema_version: 0,
        }
    }

    #[test]
    fn unknown_leaves_are_listed_and_unset_ones_are_absent() {
        let doc = Value::object([(Arc::from("Action"), Value::string("*"))].into());
        let mut policy = Value::string("{\"Action\":\"*\"}");
        policy.document = Some(Arc::new(doc));
        let r = bucket(vec![
            ("id", Value::unknown(Type::String, Reason::Unset)),
            (
                "names",
                Value::tuple(vec![
                    Value::string("a"),
                    Value::unknown(Type::String, Reason::Variable("n".into())),
                ]),
            ),
            ("policy", policy),
        ]);
        let j = resource(&r, true);
        assert_eq!(j["values"], json!({"id": null, "names": ["a", null], "policy": "{\"Action\":\"*\"}"}));
        assert_eq!(j["unknown"].as_object().unwrap().keys().collect::<Vec<_>>(), ["names[1]"]);
        assert_eq!(j["unknown"]["names[1]"]["reason"], "variable");
        assert_eq!(j["documents"], json!({"policy": {"Action": "*"}}));
    }

    #[test]
    fn what_the_provider_fills_in_is_listed() {
        let at =
            trueline_text::Location { file: trueline_text::FileId(0), span: trueline_text::Span::new(0, 1) };
        let by = |via: Via| Value::bool(false).with_origin(Some(Origin::step(at, via, None)));
        let j = resource(
            &bucket(vec![
                ("written", by(Via::Literal)),
                ("left", by(Via::ProviderDefault)),
                ("none", Value::null()),
            ]),
            true,
        );
        assert_eq!(j["defaults"], json!(["left"]));
        assert_eq!(j["values"], json!({"written": false, "left": false, "none": null}));
    }

    #[test]
    fn actions_of_documents_are_looked_up() {
        let action =
            Value::tuple(vec![Value::string("glue:CreateDevEndpoint"), Value::string("glue:Update*")]);
        let statement = |a: Value| Value::object([(Arc::from("Action"), a)].into());
        let statements = Value::tuple(vec![statement(action), statement(Value::string("new:Thing"))]);
        let document = Value::object([(Arc::from("Statement"), statements)].into());
        let mut policy = Value::string("{}");
        policy.document = Some(Arc::new(document));
        let one = Json::Array(vec![resource(&bucket(vec![("policy", policy)]), true)]);
        let all = [("resources".to_owned(), json!({"aws_iam_policy": one}))].into_iter().collect();
        let want = json!({"glue:createdevendpoint": "none", "glue:update*": "some", "new:thing": "unlisted"});
        assert_eq!(actions(&all), want);
    }

    #[test]
    fn only_texts_with_one_reference_are_the_same() {
        let at =
            trueline_text::Location { file: trueline_text::FileId(0), span: trueline_text::Span::new(0, 1) };
        let step = |via: Via, inputs: Vec<Arc<Origin>>| Arc::new(Origin { at, via, inputs });
        let literal = || step(Via::Literal, Vec::new());
        let text = |origin: Arc<Origin>| {
            Value::unknown(Type::String, Reason::Variable("n".into())).with_origin(Some(origin))
        };
        assert!(is_alone(&text(step(Via::Operator, vec![literal()]))));
        assert!(is_alone(&text(step(Via::Document, vec![step(Via::Operator, vec![literal()])]))));
        assert!(!is_alone(&text(step(Via::Operator, vec![literal(), literal()]))));
        assert!(!is_alone(&text(step(Via::Function("replace".into()), vec![literal()]))));
        assert!(!is_alone(&Value::unknown(Type::String, Reason::Plan)));
    }

    #[test]
    fn one_unknown_tag_hides_no_default_tags() {
        let entries = |all: Vec<(&str, Value)>| {
            let all = all.into_iter().map(|(k, v)| (Arc::from(k), v)).collect();
            Value::from(Kind::Map(Type::String, Arc::new(all)))
        };
        let unknown = || Value::unknown(Type::String, Reason::Variable("n".into()));
        let mut r = bucket(vec![
            ("tags", entries(vec![("Name", unknown())])),
            ("tags_all", Value::unknown(Type::Map(Arc::new(Type::String)), Reason::Variable("n".into()))),
        ]);
        assert_eq!(provider_tags(&r), json!({"tags": {}, "unknown": false, "provider": ""}));
        r.provider.default_tags = Some(entries(vec![("Owner", Value::string("core")), ("Name", unknown())]));
        assert_eq!(provider_tags(&r), json!({"tags": {"Owner": "core"}, "unknown": false, "provider": ""}));
        r.provider.default_tags = Some(unknown());
        assert_eq!(provider_tags(&r)["unknown"], true);
    }

    #[test]
    fn null_leaves_the_default_tag_except_in_the_newer_framework() {
        let entries = |all: &[(&str, Value)]| {
            let all = all.iter().map(|(k, v)| (Arc::from(*k), v.clone())).collect();
            Value::from(Kind::Map(Type::String, Arc::new(all)))
        };
        for (kind, tags, expected) in [
            ("aws_sqs_queue", vec![("Owner", Value::null())], json!({"Owner": "core"})),
            ("aws_sqs_queue", vec![("Owner", Value::string(""))], json!({})),
            ("aws_vpc_security_group_ingress_rule", vec![("Owner", Value::null())], json!({})),
            ("aws_vpc_security_group_ingress_rule", vec![], json!({"Owner": "core"})),
        ] {
            let mut r = bucket(vec![
                ("tags", entries(&tags)),
                ("tags_all", Value::unknown(Type::Map(Arc::new(Type::String)), Reason::Variable("n".into()))),
            ]);
            r.address = Address::managed(kind, "x");
            r.provider.source = "registry.terraform.io/hashicorp/aws".into();
            r.provider.default_tags =
                Some(entries(&[("Owner", Value::string("core")), ("Nil", Value::null())]));
            assert_eq!(provider_tags(&r)["tags"], expected, "{kind} {tags:?}");
        }
    }

    #[test]
    fn sensitive_values_do_not_reach_a_policy() {
        let mut secret = Value::tuple(vec![Value::string("hunter2"), Value::number(42), Value::bool(true)]);
        secret.sensitive = true;
        let j = resource(&bucket(vec![("password", secret)]), true);
        assert_eq!(j["values"]["password"], json!([SENSITIVE, SENSITIVE, true]));
        assert_eq!(j["sensitive"], json!(["password", "password[0]", "password[1]", "password[2]"]));
        assert!(!j.to_string().contains("hunter2") && !j.to_string().contains("42"));
    }

    #[test]
    fn a_document_is_shown_but_for_its_sensitive_parts() {
        let policy = |resource: Value, whole: bool| {
            let all = [(Arc::from("Action"), Value::string("*")), (Arc::from("Resource"), resource)];
            let document = Value { sensitive: whole, ..Value::object(all.into()) };
            let text = Value::string("{\"Action\":\"*\",\"Resource\":\"hunter2\"}");
            resource_of(Value { sensitive: true, document: Some(Arc::new(document)), ..text })
        };
        let resource_of_secret = Value { sensitive: true, ..Value::string("hunter2") };
        let j = policy(resource_of_secret.clone(), false);
        assert_eq!(j["documents"]["policy"], json!({"Action": "*", "Resource": SENSITIVE}));
        assert_eq!(j["values"]["policy"], SENSITIVE);
        // marked from outside, or as a whole
        for j in [policy(Value::string("hunter2"), false), policy(resource_of_secret, true)] {
            assert_eq!(j["documents"], json!({}));
            assert_eq!(j["sensitive"], json!(["policy"]));
            assert!(!j.to_string().contains("hunter2"));
        }
    }

    fn resource_of(policy: Value) -> Json {
        resource(&bucket(vec![("policy", policy)]), true)
    }
}
