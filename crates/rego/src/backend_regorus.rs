//! The temporary evaluator: a library behind the boundary, until the engine of this crate takes over.

use std::collections::BTreeSet;

use regorus::Engine;

use crate::{Binding, Diagnostic, EvalError, Limits, PolicyFile, Value, Version};

pub(crate) struct Backend {
    engine: Engine,
}

impl Backend {
    pub(crate) fn load(files: &[PolicyFile]) -> Result<Self, Vec<Diagnostic>> {
        let mut engine = Engine::new();
        let mut wrong = Vec::new();
        for file in files {
            let versions: &[Version] = match file.version {
                Some(Version::V0) => &[Version::V0],
                Some(Version::V1) => &[Version::V1],
                None => &[Version::V1, Version::V0],
            };
            let mut first = None;
            let loaded = versions.iter().any(|version| {
                engine.set_rego_v0(*version == Version::V0);
                match engine.add_policy(file.path.clone(), file.source.to_string()) {
                    Ok(_) => true,
                    Err(error) => {
                        first.get_or_insert_with(|| error.to_string());
                        false
                    }
                }
            });
            if !loaded {
                wrong.push(diagnostic(file, &first.unwrap_or_default()));
            }
        }
        if wrong.is_empty() { Ok(Backend { engine }) } else { Err(wrong) }
    }

    pub(crate) fn query(
        &self,
        query: &str,
        data: &Value,
        input: Option<&Value>,
        _limits: &Limits,
    ) -> Result<Vec<Binding>, EvalError> {
        let mut engine = self.engine.clone();
        engine.set_strict_builtin_errors(false);
        let failed = |error: &dyn std::fmt::Display| EvalError::new("eval_internal_error", error.to_string());
        engine.add_data(outgoing(data)).map_err(|error| failed(&error))?;
        if let Some(input) = input {
            engine.set_input(outgoing(input));
        }
        let results = engine.eval_query(query.to_string(), false).map_err(|error| failed(&error))?;
        let mut answers = Vec::new();
        for result in results.result {
            let mut answer = Binding::new();
            if let regorus::Value::Object(bindings) = &result.bindings {
                for (name, value) in bindings.iter() {
                    if let (regorus::Value::String(name), Some(value)) = (name, incoming(value)) {
                        answer.insert(name.to_string(), value);
                    }
                }
            }
            if !answer.is_empty() || !query.contains("__result__") {
                answers.push(answer);
            }
        }
        Ok(answers)
    }
}

fn diagnostic(file: &PolicyFile, message: &str) -> Diagnostic {
    let place = message.lines().find_map(|line| {
        let (_, place) = line.split_once("--> ")?;
        let mut parts = place.rsplitn(3, ':');
        let column = parts.next()?.trim().parse::<usize>().ok()?;
        Some((parts.next()?.trim().parse::<usize>().ok()?, column))
    });
    let (line, column) = place.unwrap_or((1, 1));
    let said = message.lines().rev().find_map(|line| line.strip_prefix("error: ")).unwrap_or(message);
    Diagnostic {
        path: file.path.clone(),
        line,
        column,
        code: "rego_parse_error".to_string(),
        message: said.to_string(),
        snippet: file.source.lines().nth(line.saturating_sub(1)).unwrap_or_default().to_string(),
        help: None,
    }
}

fn outgoing(value: &Value) -> regorus::Value {
    match value {
        Value::Null => regorus::Value::Null,
        Value::Bool(flag) => regorus::Value::from(*flag),
        Value::Number(number) => match number.as_i64() {
            Some(small) => regorus::Value::from(small),
            None => regorus::Value::from(number.as_f64()),
        },
        Value::String(text) => regorus::Value::from(text.as_ref()),
        Value::Array(items) => regorus::Value::from(items.iter().map(outgoing).collect::<Vec<_>>()),
        Value::Set(items) => regorus::Value::from(items.iter().map(outgoing).collect::<BTreeSet<_>>()),
        Value::Object(entries) => regorus::Value::from(
            entries
                .iter()
                .map(|(key, value)| (outgoing(key), outgoing(value)))
                .collect::<std::collections::BTreeMap<_, _>>(),
        ),
    }
}

fn incoming(value: &regorus::Value) -> Option<Value> {
    Some(match value {
        regorus::Value::Null => Value::Null,
        regorus::Value::Bool(flag) => Value::Bool(*flag),
        regorus::Value::Number(_) => Value::parse_json(&value.to_json_str().ok()?).ok()?,
        regorus::Value::String(text) => Value::string(text),
        regorus::Value::Array(items) => Value::array(items.iter().filter_map(incoming).collect()),
        regorus::Value::Set(items) => Value::set(items.iter().filter_map(incoming).collect()),
        regorus::Value::Object(entries) => Value::object(
            entries.iter().filter_map(|(key, value)| Some((incoming(key)?, incoming(value)?))).collect(),
        ),
        regorus::Value::Undefined => return None,
    })
}
