//! A rule for tests, made of data: findings with operations, which pass once the operations have had their effect.

use std::sync::Arc;

use serde_json::{Value as Json, json};
use trueline_check::Report;
use trueline_model::{
    Address, Applicability, Effect, EffectKind, Finding, FixOffer, Kind, OpValue, Operation, Plan, Profile,
    Resource, Route, RuleMeta, Segment, Severity, Value, Verdict,
};
use trueline_terraform::Parsed;

/// One expectation: at these resources the operations must have had their effect.
#[derive(Clone, Debug)]
pub struct Rule {
    pub id: String,
    /// A type, or addresses.
    pub every: Option<String>,
    pub addresses: Vec<String>,
    pub operations: Vec<Operation>,
    pub applicability: Applicability,
    pub needs: Vec<String>,
    /// Instead of the operations: no element of the collection at this route has all of these.
    pub none: Option<(Route, Json)>,
    /// Only resources in which the route has this value.
    pub when: Option<(Route, Json)>,
    /// Resources in which the route has this value pass.
    pub unless: Option<(Route, Json)>,
    /// Rules that it goes on from.
    pub after: Vec<String>,
}

impl Rule {
    pub fn read(json: &Json) -> Self {
        let strings =
            |v: &Json| v.as_array().into_iter().flatten().map(|s| s.as_str().unwrap().to_owned()).collect();
        let pair = |key: &str| {
            let at = json.get(key)?;
            Some((at["route"].as_str().unwrap().parse().unwrap(), at["is"].clone()))
        };
        Self {
            id: json["rule"].as_str().unwrap_or("test/rule").to_owned(),
            every: json["every"].as_str().map(str::to_owned),
            addresses: strings(&json["at"]),
            operations: json["fix"]
                .as_array()
                .unwrap()
                .iter()
                .map(|o| Operation::from_json(o).unwrap())
                .collect(),
            applicability: match json["applicability"].as_str() {
                Some("unsafe") => Applicability::Unsafe,
                Some("needs") => Applicability::Needs,
                _ => Applicability::Safe,
            },
            needs: strings(&json["needs"]),
            none: pair("none"),
            when: pair("when"),
            unless: pair("unless"),
            after: strings(&json["after"]),
        }
    }
}

/// What the rules say about plans.
pub fn judge(rules: &[Rule], plans: &[Plan], _: &Parsed) -> Report {
    let mut report = Report { rules: rules.iter().map(meta).collect(), ..Report::default() };
    for plan in plans {
        for rule in rules {
            let mut found = Vec::new();
            for r in &plan.resources {
                let address = r.address.to_string();
                let meant =
                    rule.every.as_deref() == Some(&*r.address.kind) || rule.addresses.contains(&address);
                let when = rule
                    .when
                    .as_ref()
                    .is_none_or(|(route, is)| r.values.at(route).is_some_and(|v| equal(v, is)));
                if meant && when {
                    found.extend(verdict(rule, plan, r).map(|v| finding(rule, plan, r, v)));
                }
            }
            report.findings.extend(found);
        }
    }
    report
}

fn meta(rule: &Rule) -> RuleMeta {
    RuleMeta {
        id: rule.id.clone(),
        title: String::new(),
        description: String::new(),
        help: String::new(),
        severity: Severity::Medium,
        profile: Profile::Baseline,
        resources: Vec::new(),
        controls: Vec::new(),
        aliases: Vec::new(),
        settings: Vec::new(),
        fix: String::new(),
        after: rule.after.clone(),
    }
}

fn verdict(rule: &Rule, plan: &Plan, r: &Resource) -> Option<Verdict> {
    if let Some((route, is)) = &rule.none {
        let value = r.values.at(route)?;
        if value.is_unknown() && !value.is_unset() {
            return Some(Verdict::Unknown);
        }
        let bad = value.as_items().unwrap_or_default().iter().any(|v| equal(v, is));
        return bad.then_some(Verdict::Fail);
    }
    if let Some((route, is)) = &rule.unless
        && lookup(&r.values, route).is_some_and(|v| equal(&v, is))
    {
        return None;
    }
    let all = rule.operations.iter().map(|o| state(plan, r, o));
    all.max().flatten()
}

/// `None` passes; of several the worst counts.
fn state(plan: &Plan, r: &Resource, o: &Operation) -> Option<Verdict> {
    let other = |a: &Option<Address>| match a {
        Some(a) => plan.resources.iter().find(|x| x.address == *a),
        None => Some(r),
    };
    match o {
        Operation::Set { address, route, value } => wanted(&other(address)?.values, route, Some(value)),
        Operation::Default { address, route, .. } => wanted(&other(address)?.values, route, None),
        Operation::Remove { address, route } => {
            let there = lookup(&other(address)?.values, route).is_some_and(|v| !v.is_unset());
            there.then_some(Verdict::Fail)
        }
        Operation::Rename { .. } | Operation::Respell { .. } => None,
        Operation::Ensure { kind, link, set } => {
            let companion = plan.resources.iter().find(|c| {
                *c.address.kind == **kind
                    && c.links.iter().any(|l| l.to == r.address && *l.route.to_string() == link[0].0)
            });
            let Some(c) = companion else { return Some(Verdict::Fail) };
            set.iter().filter_map(|(route, value)| wanted(&c.values, route, Some(value))).max()
        }
        Operation::Statement { address, route, change } => {
            let Some(document) = other(address)?.values.at(route).and_then(|v| v.document.clone()) else {
                return Some(Verdict::Unknown);
            };
            let each = change.iter().filter_map(|c| match c {
                Operation::Set { route, value, .. } => wanted(&document, route, Some(value)),
                Operation::Default { route, .. } => wanted(&document, route, None),
                Operation::Remove { route, .. } => document.at(route).is_some().then_some(Verdict::Fail),
                _ => None,
            });
            each.max()
        }
    }
}

fn wanted(values: &Value, route: &Route, value: Option<&OpValue>) -> Option<Verdict> {
    // A tag may come from the provider.
    let mut all = route.clone();
    if let Some(head @ Segment::Name(_)) =
        all.0.first_mut().filter(|_| route.head().is_some_and(|h| &**h == "tags"))
    {
        *head = Segment::Name("tags_all".into());
    }
    let set = |r: &Route| lookup(values, r).filter(|v| !v.is_unset() && v.as_str() != Some(""));
    match set(route).or_else(|| set(&all)) {
        None => Some(Verdict::Fail),
        Some(v) if v.is_unset() => Some(Verdict::Fail),
        Some(v) => match value {
            None => None,
            Some(OpValue::Hcl(_)) if v.is_unknown() => None,
            Some(OpValue::Hcl(h)) => (v.as_str() != Some(h.trim_matches('"'))).then_some(Verdict::Fail),
            Some(OpValue::Json(_)) if v.is_unknown() => Some(Verdict::Unknown),
            Some(OpValue::Json(j)) => (!equal(&v, j)).then_some(Verdict::Fail),
        },
    }
}

/// The value at a route; a single block may be named without its index.
fn lookup(values: &Value, route: &Route) -> Option<Value> {
    let mut v = values.clone();
    for step in &route.0 {
        let one = Route(vec![step.clone()]);
        v = match v.at(&one) {
            Some(next) => next.clone(),
            None => v.as_items()?.first()?.at(&one)?.clone(),
        };
    }
    Some(v)
}

/// True if the value has at least what the data has.
fn equal(v: &Value, j: &Json) -> bool {
    match (&v.kind, j) {
        (Kind::Bool(b), Json::Bool(c)) => b == c,
        (Kind::String(s), Json::String(t)) => **s == **t,
        (Kind::String(s), Json::Number(n)) => **s == n.to_string(),
        (Kind::Number(n), Json::Number(m)) => n.to_string() == m.to_string(),
        (_, Json::Null) => v.is_unset(),
        (_, Json::Array(a)) => {
            let items = v.as_items().unwrap_or_default();
            items.len() == a.len() && a.iter().all(|x| items.iter().any(|i| equal(i, x)))
        }
        (_, Json::Object(o)) => v
            .as_entries()
            .is_some_and(|e| o.iter().all(|(k, x)| e.get(k.as_str()).is_some_and(|i| equal(i, x)))),
        _ => false,
    }
}

fn finding(rule: &Rule, plan: &Plan, r: &Resource, verdict: Verdict) -> Finding {
    let effects = match rule.applicability {
        Applicability::Unsafe => vec![Effect { kind: EffectKind::Replaces, why: "it is made anew".into() }],
        _ => Vec::new(),
    };
    let fix = FixOffer {
        operations: rule.operations.clone(),
        applicability: rule.applicability,
        effects,
        needs: rule.needs.clone(),
    };
    Finding {
        rule: rule.id.clone(),
        aliases: Vec::new(),
        severity: Severity::High,
        verdict,
        message: String::new(),
        why: String::new(),
        help: String::new(),
        address: Some(r.address.clone()),
        subject: r.address.to_string(),
        route: Route::root(),
        at: None,
        origin: Vec::new(),
        controls: Vec::new(),
        fix: (verdict == Verdict::Fail).then_some(fix),
        waiver: None,
        fingerprint: String::new(),
        module: plan.path.clone(),
    }
}

/// A rule that sets one route of all resources of a type.
#[allow(dead_code, reason = "used by some of the tests that share this file")]
pub fn set(id: &str, every: &str, route: &str, value: Json) -> Rule {
    Rule::read(&json!({"rule": id, "every": every, "fix": [{"set": route, "value": value}]}))
}

/// The root directory as a plan names it.
#[allow(dead_code, reason = "used by some of the tests that share this file")]
pub fn root() -> Arc<str> {
    ".".into()
}
