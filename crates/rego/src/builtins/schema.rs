//! JSON Schema: `json.match_schema` and `json.verify_schema`.

use crate::{Number, Value};

use super::{Builtin, Failure, Host, Outcome, builtin, failed};

#[path = "well_formed.rs"]
mod well_formed;

use well_formed::well_formed;

pub(super) const BUILTINS: &[Builtin] =
    &[builtin("json.match_schema", 2, match_schema), builtin("json.verify_schema", 1, verify_schema)];

/// The deepest nesting of a schema, references followed.
const MAX_NESTING: usize = 100;

/// Takes an object, or a text that holds JSON.
fn document(args: &[Value], at: usize) -> Outcome {
    match args.get(at) {
        Some(Value::String(text)) => Value::parse_json(text).map_err(|error| Failure::Error(error.what)),
        Some(value @ Value::Object(_)) => Ok(value.clone()),
        _ => failed("wrong type, expected string or object"),
    }
}

fn verify_schema(host: &mut Host, args: &[Value]) -> Outcome {
    let schema = match args.first() {
        Some(Value::String(text)) => Value::parse_json(text).map_err(|_| "invalid JSON string"),
        Some(schema @ Value::Object(_)) => Ok(schema.clone()),
        _ => Err("wrong type, expected string or object"),
    };
    let schema = match schema {
        Ok(schema) => schema,
        Err(problem) => return Ok(unfit(problem)),
    };
    Ok(match well_formed(host, &schema, 0)? {
        None => Value::array(vec![true.into(), Value::Null]),
        Some(problem) => unfit(&problem),
    })
}

fn unfit(problem: &str) -> Value {
    Value::array(vec![false.into(), format!("jsonschema: {problem}").into()])
}

fn match_schema(host: &mut Host, args: &[Value]) -> Outcome {
    let value = document(args, 0)?;
    let schema = document(args, 1).or_else(|_| failed("schema is invalid"))?;
    if let Some(problem) = well_formed(host, &schema, 0)? {
        return failed(problem);
    }
    let mut check = Check { host, root: &schema, problems: Vec::new(), depth: 0 };
    check.value(&schema, &value, &mut Vec::new())?;
    let problems = check.problems;
    Ok(Value::array(vec![problems.is_empty().into(), Value::array(problems)]))
}

struct Check<'c> {
    host: &'c mut Host,
    root: &'c Value,
    problems: Vec<Value>,
    depth: usize,
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Number(number) if number.as_big().is_some() => "integer",
        Value::Set(_) => "array",
        other => other.type_name(),
    }
}

impl Check<'_> {
    fn problem(&mut self, path: &[String], kind: &str, description: String) {
        let field = if path.is_empty() { "(Root)".to_string() } else { path.join(".") };
        self.problems.push(Value::object(vec![
            ("error".into(), format!("{field}: {description}").into()),
            ("type".into(), kind.into()),
            ("field".into(), field.into()),
            ("desc".into(), description.into()),
        ]));
    }

    /// Counts the problems of a value against a schema, without keeping them.
    fn fits(&mut self, schema: &Value, value: &Value, path: &mut Vec<String>) -> Result<bool, Failure> {
        let before = self.problems.len();
        self.value(schema, value, path)?;
        let fits = self.problems.len() == before;
        self.problems.truncate(before);
        Ok(fits)
    }

    fn value(&mut self, schema: &Value, value: &Value, path: &mut Vec<String>) -> Result<(), Failure> {
        self.host.tick(4)?;
        if self.depth > MAX_NESTING {
            return failed("schema nests too deeply");
        }
        self.depth += 1;
        let result = stacker::maybe_grow(64 << 10, 1 << 20, || self.checks(schema, value, path));
        self.depth -= 1;
        result
    }

    fn checks(&mut self, schema: &Value, value: &Value, path: &mut Vec<String>) -> Result<(), Failure> {
        let Value::Object(rules) = schema else {
            if *schema == Value::Bool(false) {
                self.problem(path, "false", "False always fails validation".to_string());
            }
            return Ok(());
        };
        if let Some(reference) = rules.get_str("$ref").and_then(Value::as_str) {
            let Some(target) = self.resolve(reference) else {
                return failed(format!("reference {reference} can't be resolved"));
            };
            return self.value(&target, value, path);
        }
        let wanted: Vec<&str> = match rules.get_str("type") {
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
            Some(kind) => kind.as_str().into_iter().collect(),
            None => Vec::new(),
        };
        let given = kind(value);
        if !wanted.is_empty()
            && !wanted.iter().any(|wanted| *wanted == given || (*wanted == "number" && given == "integer"))
        {
            self.problem(
                path,
                "invalid_type",
                format!("Invalid type. Expected: {}, given: {given}", wanted.join("/")),
            );
            return Ok(());
        }
        if let Some(constant) = rules.get_str("const")
            && constant != value
        {
            self.problem(path, "const", format!("{} does not match: {constant}", last(path)));
        }
        if let Some(Value::Array(allowed)) = rules.get_str("enum")
            && !allowed.contains(value)
        {
            let list: Vec<String> = allowed.iter().map(ToString::to_string).collect();
            self.problem(
                path,
                "enum",
                format!("{} must be one of the following: {}", last(path), list.join(", ")),
            );
        }
        self.combined(rules, value, path)?;
        match value {
            Value::Number(number) => self.number(rules, number, path),
            Value::String(text) => self.text(rules, text, path)?,
            Value::Array(items) => self.array(rules, items, path)?,
            Value::Object(_) => self.object(rules, value, path)?,
            _ => {}
        }
        Ok(())
    }

    fn resolve(&self, reference: &str) -> Option<Value> {
        let path = reference.strip_prefix('#')?;
        let keys = super::patch::pointer(path);
        keys.iter()
            .try_fold(self.root, |at, key| match at {
                Value::Array(items) => items.get(key.as_str()?.parse::<usize>().ok()?),
                other => other.lookup(key),
            })
            .cloned()
    }

    fn combined(
        &mut self,
        rules: &crate::value::Object,
        value: &Value,
        path: &mut Vec<String>,
    ) -> Result<(), Failure> {
        let schemas = |name: &str| rules.get_str(name).and_then(Value::as_array).map(|items| items.to_vec());
        for schema in schemas("allOf").unwrap_or_default() {
            self.value(&schema, value, path)?;
        }
        if let Some(any) = schemas("anyOf") {
            let mut fits = false;
            for schema in &any {
                fits = fits || self.fits(schema, value, path)?;
            }
            if !fits {
                self.problem(path, "number_any_of", "Must validate at least one schema (anyOf)".to_string());
            }
        }
        if let Some(one) = schemas("oneOf") {
            let mut count = 0;
            for schema in &one {
                count += usize::from(self.fits(schema, value, path)?);
            }
            if count != 1 {
                self.problem(
                    path,
                    "number_one_of",
                    "Must validate one and only one schema (oneOf)".to_string(),
                );
            }
        }
        if let Some(not) = rules.get_str("not")
            && self.fits(not, value, path)?
        {
            self.problem(path, "number_not", "Must not validate the schema (not)".to_string());
        }
        if let Some(condition) = rules.get_str("if") {
            let branch = if self.fits(condition, value, path)? { "then" } else { "else" };
            if let Some(schema) = rules.get_str(branch) {
                self.value(schema, value, path)?;
            }
        }
        Ok(())
    }

    fn number(&mut self, rules: &crate::value::Object, number: &Number, path: &[String]) {
        let bound = |name: &str| rules.get_str(name).and_then(Value::as_number).cloned();
        let name = last(path);
        if let Some(least) = bound("minimum").filter(|least| number < least) {
            self.problem(path, "number_gte", format!("Must be greater than or equal to {least}"));
        }
        if let Some(most) = bound("maximum").filter(|most| number > most) {
            self.problem(path, "number_lte", format!("Must be less than or equal to {most}"));
        }
        if let Some(least) = bound("exclusiveMinimum").filter(|least| number <= least) {
            self.problem(path, "number_gt", format!("Must be greater than {least}"));
        }
        if let Some(most) = bound("exclusiveMaximum").filter(|most| number >= most) {
            self.problem(path, "number_lt", format!("Must be less than {most}"));
        }
        if let Some(step) = bound("multipleOf") {
            let (a, b) = (number.as_f64(), step.as_f64());
            if b != 0.0 && (a / b - (a / b).round()).abs() > 1e-9 {
                self.problem(path, "multiple_of", format!("{name} must be a multiple of {step}"));
            }
        }
    }

    fn text(&mut self, rules: &crate::value::Object, text: &str, path: &[String]) -> Result<(), Failure> {
        let length = text.chars().count() as i64;
        if let Some(least) =
            rules.get_str("minLength").and_then(Value::as_i64).filter(|least| length < *least)
        {
            self.problem(
                path,
                "string_gte",
                format!("String length must be greater than or equal to {least}"),
            );
        }
        if let Some(most) = rules.get_str("maxLength").and_then(Value::as_i64).filter(|most| length > *most) {
            self.problem(path, "string_lte", format!("String length must be less than or equal to {most}"));
        }
        if let Some(pattern) = rules.get_str("pattern").and_then(Value::as_str) {
            self.host.tick(text.len())?;
            if !super::regex::cached(self.host, pattern)?.is_match(text) {
                self.problem(path, "pattern", format!("Does not match pattern '{pattern}'"));
            }
        }
        Ok(())
    }

    fn array(
        &mut self,
        rules: &crate::value::Object,
        items: &[Value],
        path: &mut Vec<String>,
    ) -> Result<(), Failure> {
        let length = items.len() as i64;
        if let Some(least) = rules.get_str("minItems").and_then(Value::as_i64).filter(|least| length < *least)
        {
            self.problem(path, "array_min_items", format!("Array must have at least {least} items"));
        }
        if let Some(most) = rules.get_str("maxItems").and_then(Value::as_i64).filter(|most| length > *most) {
            self.problem(path, "array_max_items", format!("Array must have at most {most} items"));
        }
        if rules.get_str("uniqueItems").and_then(Value::as_bool) == Some(true) {
            let distinct = crate::value::Set::new(items.to_vec());
            if distinct.len() < items.len() {
                self.problem(path, "unique", "array items must be unique".to_string());
            }
        }
        let schemas = rules.get_str("items");
        for (at, item) in items.iter().enumerate() {
            let schema = match schemas {
                Some(Value::Array(each)) => each.get(at).or_else(|| rules.get_str("additionalItems")),
                other => other,
            };
            if let Some(schema) = schema {
                path.push(at.to_string());
                self.value(schema, item, path)?;
                path.pop();
            }
        }
        if let Some(schema) = rules.get_str("contains") {
            let mut found = false;
            for item in items {
                found = found || self.fits(schema, item, path)?;
            }
            if !found {
                self.problem(path, "contains", "At least one of the items must match".to_string());
            }
        }
        Ok(())
    }

    fn object(
        &mut self,
        rules: &crate::value::Object,
        value: &Value,
        path: &mut Vec<String>,
    ) -> Result<(), Failure> {
        let Value::Object(entries) = value else { return Ok(()) };
        for required in
            rules.get_str("required").and_then(Value::as_array).into_iter().flat_map(|items| items.iter())
        {
            if entries.get(required).is_none() {
                let name = required.as_str().unwrap_or_default();
                self.problem(path, "required", format!("{name} is required"));
            }
        }
        let count = entries.len() as i64;
        if let Some(least) =
            rules.get_str("minProperties").and_then(Value::as_i64).filter(|least| count < *least)
        {
            self.problem(path, "array_min_properties", format!("Must have at least {least} properties"));
        }
        if let Some(most) =
            rules.get_str("maxProperties").and_then(Value::as_i64).filter(|most| count > *most)
        {
            self.problem(path, "array_max_properties", format!("Must have at most {most} properties"));
        }
        let properties = rules.get_str("properties");
        let patterns = rules.get_str("patternProperties").and_then(Value::as_object);
        for (key, inner) in entries.iter() {
            let name = key.to_key();
            path.push(name.clone());
            let mut known = false;
            if let Some(schema) = properties.and_then(|properties| properties.get(&name)) {
                known = true;
                self.value(schema, inner, path)?;
            }
            for (pattern, schema) in patterns.into_iter().flat_map(|patterns| patterns.iter()) {
                if super::regex::cached(self.host, pattern.as_str().unwrap_or_default())?.is_match(&name) {
                    known = true;
                    self.value(schema, inner, path)?;
                }
            }
            let additional = rules.get_str("additionalProperties").filter(|_| !known);
            match additional {
                Some(Value::Bool(false)) => {
                    path.pop();
                    self.problem(
                        path,
                        "additional_property_not_allowed",
                        format!("Additional property {name} is not allowed"),
                    );
                    continue;
                }
                Some(schema) => self.value(schema, inner, path)?,
                None => {}
            }
            path.pop();
        }
        Ok(())
    }
}

fn last(path: &[String]) -> String {
    path.last().cloned().unwrap_or_else(|| "(Root)".to_string())
}
