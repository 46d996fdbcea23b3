//! Attributes that a provider works out from others while it plans.
//!
//! What enters: the values of a resource. What leaves: the same with what the provider adds; each rule was asked from
//! provider 5.100, or from Terraform.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Address, Kind, Reason, Route, Type, Value};

use crate::Entries;
use crate::convert;
use crate::schema::BlockSchema;

/// Fills in what follows from other arguments.
pub fn fill(values: &mut Entries, schema: Option<&Arc<BlockSchema>>, address: &Arc<Address>) {
    match (&*address.kind, schema) {
        ("aws_acm_certificate", Some(schema)) => certificate(values, schema, address),
        ("aws_lambda_function", Some(_)) => environment(values),
        ("terraform_data", None) => terraform_data(values, address),
        _ => {}
    }
}

/// Terraform's own resource: what is given comes out when it is applied.
fn terraform_data(values: &mut Entries, address: &Arc<Address>) {
    let unknown =
        |name: &str, ty: Type| Value::unknown(ty, Reason::Computed(address.clone(), Route::name(name)));
    for name in ["input", "triggers_replace"] {
        values.entry(name.into()).or_insert_with(Value::null);
    }
    let output = match values.get("input").filter(|v| !v.is_null()) {
        Some(input) => unknown("output", input.ty()),
        None => Value::null(),
    };
    values.insert("output".into(), output);
    values.insert("id".into(), unknown("id", Type::String));
}

/// A function's environment without variables is none.
fn environment(values: &mut Entries) {
    let Some(v) = values.get_mut("environment") else { return };
    let has_variables = |block: &Value| match block.as_entries().and_then(|b| b.get("variables")) {
        Some(v) if !v.is_unset() => v.as_entries().is_none_or(|all| all.values().any(|v| !v.is_null())),
        _ => block.is_unknown(),
    };
    if let Kind::List(ty, blocks) = &v.kind
        && !blocks.iter().any(has_variables)
    {
        v.kind = Kind::List(ty.clone(), Arc::default());
    }
}

/// A certificate names its domain among the alternative names, and how each name can be validated by DNS.
fn certificate(values: &mut Entries, schema: &BlockSchema, address: &Arc<Address>) {
    const NAMES: &str = "subject_alternative_names";
    const OPTIONS: &str = "domain_validation_options";
    let Some(domain) = values.get("domain_name").filter(|v| v.as_str().is_some_and(|s| !s.is_empty())) else {
        return;
    };
    let mut names: BTreeMap<String, Value> = BTreeMap::new();
    for v in [domain].into_iter().chain(values.get(NAMES).and_then(Value::as_items).into_iter().flatten()) {
        let Some(text) = v.as_str() else { return };
        names.entry(text.to_owned()).or_insert_with(|| v.clone());
    }
    if values.get(NAMES).is_some_and(|v| v.is_unknown() && !v.is_unset()) {
        return;
    }
    let by_dns = values.get("validation_method").and_then(Value::as_str) == Some("DNS");
    if by_dns
        && let Some(Type::Set(element)) = schema.attributes.get(OPTIONS).map(|a| &a.ty)
        && let Type::Object(members) = &**element
    {
        let option = |name: &Value| {
            let entry = |n: &Arc<str>, ty: &Type| match &**n {
                "domain_name" => name.clone(),
                _ => Value::unknown(ty.clone(), Reason::Computed(address.clone(), Route::name(OPTIONS))),
            };
            Value::object(members.iter().map(|(n, t)| (n.clone(), entry(n, &t.ty))).collect())
        };
        let options = names.values().map(option).collect();
        values.insert(OPTIONS.into(), convert::set((**element).clone(), options));
    }
    let old = values.get(NAMES).and_then(|v| v.origin.clone());
    let all = convert::set(Type::String, names.into_values().collect());
    values.insert(NAMES.into(), all.with_origin(old));
}
