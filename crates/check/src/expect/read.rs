//! Reads an element of `expect`.

use serde_json::{Map, Value as Json};
use trueline_model::{OpValue, Operation, Route};
use trueline_rego::Value as Rego;

use super::test::{self, Test, several};
use crate::element::{self, Element};

/// What must hold of one resource, or of one place in it.
#[derive(Clone, Debug)]
pub(crate) struct Expectation {
    /// Address of the resource.
    pub subject: String,
    /// The block or statement in it that is meant; the resource itself if empty.
    pub base: Route,
    /// Why it is open whether anything is asked of the place, as `of` says.
    pub doubt: Option<String>,
    /// What is asked.
    pub ask: Ask,
    /// What follows where it does not hold.
    pub otherwise: String,
    /// What is asked, in words for `whether … can't be decided`.
    pub what: Option<String>,
    /// All of these must hold, or nothing is asked.
    pub when: Vec<(Route, Test)>,
    /// None of these may hold, or nothing is asked.
    pub unless: Vec<(Route, Test)>,
    /// What a finding carries beside: severity, help, effects, needs.
    pub beside: Element,
    /// How it is mended.
    pub repair: Repair,
}

/// What is asked.
#[derive(Clone, Debug)]
pub(crate) enum Ask {
    /// Something of the value at a route, or of each that it leads to.
    Attribute {
        /// Blocks or elements that each are asked; none of them there means that nothing is asked.
        each: Option<Route>,
        /// The attribute.
        route: Route,
        /// The test.
        test: Test,
    },
    /// A resource that refers to this one, and something of its values.
    Companion {
        /// Its type.
        kind: String,
        /// Its attribute that refers, and the attribute of this resource: `bucket` and `id`.
        link: (String, String),
        /// What must hold of its values.
        tests: Vec<(Route, Test)>,
    },
}

/// How an expectation is mended where the policy says more than what follows from the test.
#[derive(Clone, Debug, Default)]
pub(crate) struct Repair {
    /// `fix`: these operations instead of what follows.
    pub instead: Option<Vec<Operation>>,
    /// `value`: what to write, where the test leaves several.
    pub value: Option<OpValue>,
    /// `also`: what has to be written with it; for a companion, values that it gets when it is made.
    pub also: Vec<(Route, OpValue)>,
}

/// Keys of an expectation.
const KEYS: [&str; 21] = [
    "of",
    "each",
    "route",
    "companion",
    "link",
    "when",
    "unless",
    "else",
    "what",
    "severity",
    "help",
    "why",
    "effects",
    "needs",
    "fix",
    "value",
    "hcl",
    "also",
    "or_unset",
    "stated",
    "or",
];

/// Reads an element.
///
/// # Errors
/// What is wrong with it, in words that name the key.
pub(crate) fn read(element: &Rego) -> Result<Expectation, String> {
    let entries = element.as_object().ok_or("an object with `of`, a test and `else` is expected")?;
    let of = element.get("of").ok_or("the object has no `of`")?;
    let subject = of.get("address").and_then(Rego::as_str).ok_or("`of` has no string `address`")?;
    let base = match of.get("at").and_then(Rego::as_str) {
        None => Route::root(),
        Some(text) => route(text, "of.at")?,
    };
    let doubt = of.get("doubt").and_then(Rego::as_str).filter(|d| !d.is_empty()).map(str::to_owned);
    let rest: Map<String, Json> = entries
        .iter()
        .filter_map(|(k, v)| Some((k.as_str().filter(|k| *k != "of")?.to_owned(), v.to_json())))
        .collect();
    if let Some(key) = rest.keys().find(|k| !KEYS.contains(&k.as_str()) && !test::KEYS.contains(&k.as_str()))
    {
        return Err(format!("there is no key `{key}` in an expectation"));
    }
    let text = |key: &str| rest.get(key).and_then(Json::as_str).map(str::to_owned);
    let otherwise =
        text("else").ok_or("the expectation has no string `else`: what follows where it does not hold")?;
    let ask = match text("companion") {
        Some(kind) => companion(kind, &rest)?,
        None => Ask::Attribute {
            each: text("each").map(|t| route(&t, "each")).transpose()?,
            route: text("route").map_or(Ok(Route::root()), |t| route(&t, "route"))?,
            test: test::read(&rest)?
                .ok_or_else(|| format!("no test is there: expected one of {}", test::KEYS.join(", ")))?,
        },
    };
    let beside = Map::from_iter(
        ["severity", "help", "why", "effects", "needs"]
            .iter()
            .filter_map(|k| Some(((*k).to_owned(), rest.get(*k)?.clone())))
            .chain([
                ("msg".to_owned(), Json::String(String::new())),
                ("address".to_owned(), Json::String(subject.to_owned())),
            ]),
    );
    Ok(Expectation {
        subject: subject.to_owned(),
        base,
        doubt,
        ask,
        otherwise,
        what: text("what"),
        when: several(rest.get("when"), "when")?,
        unless: several(rest.get("unless"), "unless")?,
        beside: element::read(&Json::Object(beside))?,
        repair: repair(&rest)?,
    })
}

fn companion(kind: String, rest: &Map<String, Json>) -> Result<Ask, String> {
    let link = rest.get("link").and_then(Json::as_object).filter(|l| l.len() == 1);
    let link =
        link.and_then(|l| l.iter().next()).and_then(|(a, b)| Some((a.clone(), b.as_str()?.to_owned())));
    let link = link.ok_or(
        "`link` is no object with one attribute of the companion: expected e.g. {\"bucket\": \"id\"}",
    )?;
    Ok(Ask::Companion { kind, link, tests: several(rest.get("equals"), "equals")? })
}

fn repair(rest: &Map<String, Json>) -> Result<Repair, String> {
    let instead = match rest.get("fix") {
        None => None,
        Some(Json::Array(all)) => {
            Some(all.iter().map(Operation::from_json).collect::<Result<_, _>>().map_err(|e| e.to_string())?)
        }
        Some(other) => return Err(format!("`fix` is no array: {other}")),
    };
    let value = match (rest.get("value"), rest.get("hcl")) {
        (None, None) => None,
        (Some(v), None) => Some(OpValue::from_json(v)),
        (None, Some(Json::String(h))) => Some(OpValue::Hcl(h.clone())),
        _ => return Err("at most one of `value` and `hcl` is expected, `hcl` being a string".into()),
    };
    let also = match rest.get("also") {
        None => Vec::new(),
        Some(Json::Object(all)) => all
            .iter()
            .map(|(k, v)| Ok((route(k, "also")?, OpValue::from_json(v))))
            .collect::<Result<_, String>>()?,
        Some(other) => return Err(format!("`also` is no object of routes and values: {other}")),
    };
    Ok(Repair { instead, value, also })
}

fn route(text: &str, key: &str) -> Result<Route, String> {
    text.parse().map_err(|e: trueline_model::RouteError| format!("`{key}`: {e}"))
}
