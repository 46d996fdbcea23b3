//! Data sources: what can be answered without asking the cloud, and the reason for all the rest.
//!
//! What enters: the configured values of a `data` block. What leaves: the same with every computed attribute either
//! answered (from the settings, from the provider's region, or by evaluating the data source itself) or unknown with
//! [`Reason::DataSource`]; of one that is read only while Terraform applies, with [`Reason::Computed`].

use std::sync::Arc;

use trueline_model::{Address, Kind, Reason, Route, Type, Unknown, Value};
use trueline_text::Location;

use crate::body::Entries;
use crate::builtin;
use crate::evaluation::World;
use crate::evaluation::resources::is_unset;
use crate::functions::{self, TemplateEval, TemplateSource};
use crate::provider::ProviderState;
use trueline_provider::convert;
use trueline_provider::json_value::of_json;
use trueline_provider::policy_document;
use trueline_provider::schema::BlockSchema;

/// Fills in what the data source reads. `waits`: it depends on something that changes.
pub(crate) fn answer(
    world: &World<'_>,
    values: &mut Entries,
    schema: Option<&Arc<BlockSchema>>,
    provider: &ProviderState,
    address: &Arc<Address>,
    at: Location,
    waits: bool,
) {
    let given = stated(world, address);
    let waits = waits && given.is_none();
    let on_apply = waits || values.values().any(is_open_until_apply);
    let reason = |name: &Arc<str>| {
        let route = Route::name(name.clone());
        match on_apply {
            true => Reason::Computed(address.clone(), route),
            false => Reason::DataSource(address.clone(), route),
        }
    };
    let computed = match given {
        Some(_) => Entries::new(),
        None => derived(world, values, provider, address, at),
    };
    let names: Vec<Arc<str>> = values.keys().cloned().collect();
    for name in names {
        if values.get(&name).is_some_and(is_unset) {
            let ty = schema.and_then(|s| s.attributes.get(&name)).map_or(Type::Any, |a| a.ty.clone());
            let mut v = match computed.get(&name) {
                Some(v) if waits => open(v, reason(&name)),
                Some(v) => v.clone(),
                None => Value::unknown(ty, reason(&name)),
            };
            v.sensitive |= values.get(&name).is_some_and(|old| old.sensitive);
            values.insert(name, v);
        }
    }
    for (name, v) in computed.into_iter().filter(|_| !waits) {
        // Blocks whose defaults the data source fills in.
        if schema.is_some_and(|s| s.blocks.contains_key(&name) || s.attributes.contains_key(&name)) {
            values.insert(name, v);
        }
    }
    if let Some(given) = given.and_then(|g| g.as_object()) {
        for (name, json) in given {
            let ty = schema.and_then(|s| s.attributes.get(name.as_str())).map(|a| a.ty.clone());
            let v = of_json(json, None);
            let v = match ty {
                Some(ty) => convert::convert(&v, &ty).unwrap_or(v),
                None => v,
            };
            values.insert(name.as_str().into(), v);
        }
    }
}

/// What a plan shows of an answer that only apply reads: that there will be one. What is in it stays open to policies.
fn open(v: &Value, reason: Reason) -> Value {
    let mut unknown = Unknown::new(v.ty(), reason);
    unknown.not_null = !v.is_null();
    Value { kind: Kind::Unknown(Arc::new(unknown)), ..v.clone() }
}

/// True if some part is known only after apply. What another data source reads is known by then.
fn is_open_until_apply(v: &Value) -> bool {
    match &v.kind {
        Kind::Unknown(u) => {
            matches!(u.reason, Reason::Computed(..) | Reason::Function(_) | Reason::Deferred | Reason::Plan)
        }
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            items.iter().any(is_open_until_apply)
        }
        Kind::Map(_, entries) | Kind::Object(entries) => entries.values().any(is_open_until_apply),
        Kind::Null(_) | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => false,
    }
}

/// What a real plan tells by address, or the settings state: by `type.name`, else by `type`.
fn stated<'w>(world: &'w World<'_>, address: &Address) -> Option<&'w serde_json::Value> {
    if let Some(answer) = world.inputs.facts.data.get(&address.to_string()) {
        return Some(answer);
    }
    let data = &world.inputs.data;
    let by_name = data
        .get(format!("{}.{}", address.kind, address.name))
        .or_else(|| data.get(&*address.kind).and_then(|t| t.get(&*address.name)).filter(|v| v.is_object()));
    by_name.or_else(|| data.get(&*address.kind)).filter(|v| v.is_object())
}

fn derived(
    world: &World<'_>,
    values: &Entries,
    provider: &ProviderState,
    address: &Arc<Address>,
    at: Location,
) -> Entries {
    let region = values
        .get("region")
        .and_then(|v| v.as_str().map(Arc::from))
        .or_else(|| values.get("name").and_then(|v| v.as_str().map(Arc::from)))
        .or_else(|| provider.reference.region.clone());
    match &*address.kind {
        "aws_iam_policy_document" => policy_document::evaluate(&Value::object(values.clone()), at),
        "aws_region" => region.map(|r| region_values(&r)).unwrap_or_default(),
        "aws_partition" => {
            provider.reference.region.as_deref().map(|r| partition_values(partition(r))).unwrap_or_default()
        }
        "aws_caller_identity" => match &world.inputs.account_id {
            Some(account) => text_entries(&[("account_id", account), ("id", account)]),
            None => Entries::new(),
        },
        "aws_arn" => values.get("arn").and_then(Value::as_str).map(arn_parts).unwrap_or_default(),
        builtin::TEMPLATE => rendered(world, values),
        "aws_service_principal" => service_principal(values, region.as_deref()),
        _ => Entries::new(),
    }
}

/// The text that `template_file` makes of its template; nothing where the template or the variables are not known.
fn rendered(world: &World<'_>, values: &Entries) -> Entries {
    let empty = Entries::new();
    let template = values.get("template").filter(|t| !t.is_null());
    let vars = match values.get("vars") {
        None => &empty,
        Some(v) if v.is_null() => &empty,
        Some(v) => match v.as_entries() {
            Some(entries) => entries,
            None => return empty,
        },
    };
    let Some((template, text)) = template.and_then(|t| Some((t, t.as_str()?))) else { return empty };
    let source = TemplateSource::Text(template.origin.as_ref());
    let made = world.evaluate(source, text, vars, &world.root, 1).ok();
    let Some(mut text) = made.and_then(|v| convert::convert(&v, &Type::String).ok()) else { return empty };
    text.sensitive |= template.sensitive;
    let mut out = Entries::new();
    if let Some(t) = text.as_str() {
        let id = Value { sensitive: text.sensitive, ..Value::string(functions::sha256(t.as_bytes())) };
        out.insert("id".into(), id);
    }
    out.insert("rendered".into(), text);
    out
}

/// The parts of an ARN; nothing for what is none, which the provider refuses.
fn arn_parts(arn: &str) -> Entries {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", partition, service, region, account, resource] = parts.as_slice() else {
        return Entries::new();
    };
    text_entries(&[
        ("id", arn),
        ("partition", partition),
        ("service", service),
        ("region", region),
        ("account", account),
        ("resource", resource),
    ])
}

/// Partition of a region: name, domain, reversed domain.
fn partition(region: &str) -> (&'static str, &'static str, &'static str) {
    match region {
        r if r.starts_with("cn-") => ("aws-cn", "amazonaws.com.cn", "cn.com.amazonaws"),
        r if r.starts_with("us-gov-") => ("aws-us-gov", "amazonaws.com", "com.amazonaws"),
        r if r.starts_with("us-iso-") => ("aws-iso", "c2s.ic.gov", "gov.ic.c2s"),
        r if r.starts_with("us-isob-") => ("aws-iso-b", "sc2s.sgov.gov", "gov.sgov.sc2s"),
        _ => ("aws", "amazonaws.com", "com.amazonaws"),
    }
}

fn partition_values((name, suffix, reverse): (&str, &str, &str)) -> Entries {
    text_entries(&[
        ("id", name),
        ("partition", name),
        ("dns_suffix", suffix),
        ("reverse_dns_prefix", reverse),
    ])
}

/// Names of regions as the provider describes them.
const REGIONS: [(&str, &str); 32] = [
    ("af-south-1", "Africa (Cape Town)"),
    ("ap-east-1", "Asia Pacific (Hong Kong)"),
    ("ap-northeast-1", "Asia Pacific (Tokyo)"),
    ("ap-northeast-2", "Asia Pacific (Seoul)"),
    ("ap-northeast-3", "Asia Pacific (Osaka)"),
    ("ap-south-1", "Asia Pacific (Mumbai)"),
    ("ap-south-2", "Asia Pacific (Hyderabad)"),
    ("ap-southeast-1", "Asia Pacific (Singapore)"),
    ("ap-southeast-2", "Asia Pacific (Sydney)"),
    ("ap-southeast-3", "Asia Pacific (Jakarta)"),
    ("ap-southeast-4", "Asia Pacific (Melbourne)"),
    ("ap-southeast-5", "Asia Pacific (Malaysia)"),
    ("ca-central-1", "Canada (Central)"),
    ("ca-west-1", "Canada West (Calgary)"),
    ("cn-north-1", "China (Beijing)"),
    ("cn-northwest-1", "China (Ningxia)"),
    ("eu-central-1", "Europe (Frankfurt)"),
    ("eu-central-2", "Europe (Zurich)"),
    ("eu-north-1", "Europe (Stockholm)"),
    ("eu-south-1", "Europe (Milan)"),
    ("eu-south-2", "Europe (Spain)"),
    ("eu-west-1", "Europe (Ireland)"),
    ("eu-west-2", "Europe (London)"),
    ("eu-west-3", "Europe (Paris)"),
    ("il-central-1", "Israel (Tel Aviv)"),
    ("me-central-1", "Middle East (UAE)"),
    ("me-south-1", "Middle East (Bahrain)"),
    ("sa-east-1", "South America (Sao Paulo)"),
    ("us-east-1", "US East (N. Virginia)"),
    ("us-east-2", "US East (Ohio)"),
    ("us-west-1", "US West (N. California)"),
    ("us-west-2", "US West (Oregon)"),
];

fn region_values(region: &str) -> Entries {
    let (_, suffix, _) = partition(region);
    let endpoint = format!("ec2.{region}.{suffix}");
    let mut out =
        text_entries(&[("id", region), ("name", region), ("region", region), ("endpoint", &endpoint)]);
    if let Some((_, description)) = REGIONS.iter().find(|(r, _)| *r == region) {
        out.insert("description".into(), Value::string(*description));
    }
    out
}

fn service_principal(values: &Entries, region: Option<&str>) -> Entries {
    let (Some(service), Some(region)) = (values.get("service_name").and_then(Value::as_str), region) else {
        return Entries::new();
    };
    let (_, suffix, reverse) = partition(region);
    // Only the commercial partition uses one suffix for every service.
    if suffix != "amazonaws.com" {
        return Entries::new();
    }
    text_entries(&[
        ("id", &format!("{reverse}.{region}.{service}")),
        ("name", &format!("{service}.{suffix}")),
        ("region", region),
        ("suffix", suffix),
    ])
}

fn text_entries(pairs: &[(&str, &str)]) -> Entries {
    pairs.iter().map(|(k, v)| (Arc::from(*k), Value::string(*v))).collect()
}

/// True if everything that a data source reads is decided.
pub(crate) fn is_answered(values: &Value) -> bool {
    values.is_wholly_known()
}
