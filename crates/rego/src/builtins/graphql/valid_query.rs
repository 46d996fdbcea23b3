//! Whether a query fits a schema.

use std::collections::{BTreeMap, BTreeSet};

use crate::Value;
use crate::builtins::{Failure, Host};

use super::overlaps::Overlaps;
use super::types::{Type, Types, named, shown};
use super::valid_schema::directives;
use super::{list, word};

/// Returns the first thing that is wrong.
pub(super) fn check(host: &mut Host, query: &Value, types: &Types) -> Result<Option<String>, Failure> {
    let mut names = BTreeMap::new();
    for fragment in list(query, "Fragments") {
        if names.insert(word(fragment, "Name"), fragment).is_some() {
            return Ok(Some(format!("There can be only one fragment named \"{}\".", word(fragment, "Name"))));
        }
    }
    let mut check = Check {
        host,
        types,
        fragments: names,
        seen: BTreeSet::new(),
        uses: BTreeSet::new(),
        variables: BTreeMap::new(),
        stack: Vec::new(),
    };
    match check.document(query) {
        Ok(()) => Ok(None),
        Err(Problem::Wrong(problem)) => Ok(Some(problem)),
        Err(Problem::Failed(failure)) => Err(failure),
    }
}

enum Problem {
    Wrong(String),
    Failed(Failure),
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Problem::Failed(failure)
    }
}

impl From<String> for Problem {
    fn from(problem: String) -> Self {
        Problem::Wrong(problem)
    }
}

type Checked = Result<(), Problem>;

fn wrong(problem: impl Into<String>) -> Checked {
    Err(Problem::Wrong(problem.into()))
}

struct Check<'c> {
    host: &'c mut Host,
    types: &'c Types,
    fragments: BTreeMap<&'c str, &'c Value>,
    /// Fragments that were spread somewhere.
    seen: BTreeSet<String>,
    /// Variables that the operation uses.
    uses: BTreeSet<String>,
    /// Variables of the operation: their types, and whether they have a default.
    variables: BTreeMap<String, (Value, bool)>,
    /// Fragments that are open: none may spread itself.
    stack: Vec<String>,
}

fn is_variable(value: &Value) -> bool {
    value.get("Kind").and_then(Value::as_i64) == Some(0)
}

fn is_null(value: &Value) -> bool {
    value.get("Kind").and_then(Value::as_i64) == Some(6)
}

/// Tells whether a variable of one type may stand where another is wanted.
fn fits(have: &Value, wanted: &Value, default: bool) -> bool {
    let must = |of: &Value| of.get("NonNull").and_then(Value::as_bool) == Some(true);
    if must(wanted) && !must(have) && !default {
        return false;
    }
    match (have.get("Elem"), wanted.get("Elem")) {
        (Some(have), Some(wanted)) => fits(have, wanted, false),
        (None, None) => named(have) == named(wanted),
        _ => false,
    }
}

impl Check<'_> {
    fn document(&mut self, query: &Value) -> Checked {
        let operations = list(query, "Operations");
        let mut names = BTreeSet::new();
        for operation in operations {
            let name = word(operation, "Name");
            if name.is_empty() && operations.len() > 1 {
                return wrong("This anonymous operation must be the only defined operation.");
            }
            if !names.insert(name) {
                return wrong(format!("There can be only one operation named \"{name}\"."));
            }
            self.operation(operation)?;
        }
        for (name, fragment) in self.fragments.clone() {
            self.composite(word(fragment, "TypeCondition"), name)?;
            directives(self.types, list(fragment, "Directives"), "FRAGMENT_DEFINITION")?;
            if !self.seen.contains(name) {
                return wrong(format!("Fragment \"{name}\" is never used."));
            }
        }
        Ok(())
    }

    fn operation(&mut self, operation: &Value) -> Checked {
        let kind = word(operation, "Operation");
        let Some(root) = self.types.roots.get(kind) else {
            return wrong(format!("Schema does not support operation type \"{kind}\""));
        };
        directives(self.types, list(operation, "Directives"), &kind.to_uppercase())?;
        self.variables.clear();
        for definition in list(operation, "VariableDefinitions") {
            let name = word(definition, "Variable");
            let of = definition.get("Type").unwrap_or(&Value::Null);
            match self.types.types.get(named(of)) {
                Some(found) if found.is_input() => {}
                Some(_) => {
                    return wrong(format!(
                        "Variable \"${name}\" cannot be non-input type \"{}\".",
                        shown(of)
                    ));
                }
                None => return wrong(format!("Unknown type \"{}\".", named(of))),
            }
            if let Some(default) = definition.get("DefaultValue") {
                self.value(of, default)?;
            }
            let default = definition.get("DefaultValue").is_some_and(|value| !is_null(value));
            if self.variables.insert(name.to_string(), (of.clone(), default)).is_some() {
                return wrong(format!("There can be only one variable named \"${name}\"."));
            }
        }
        self.uses.clear();
        if kind == "subscription" && list(operation, "SelectionSet").len() > 1 {
            return wrong("Subscription must select only one top level field.");
        }
        self.selections(root, list(operation, "SelectionSet"))?;
        if let Some(unknown) = self.uses.iter().find(|name| !self.variables.contains_key(name.as_str())) {
            return wrong(format!("Variable \"${unknown}\" is not defined."));
        }
        if let Some(unused) = self.variables.keys().find(|name| !self.uses.contains(*name)) {
            return wrong(format!("Variable \"${unused}\" is never used."));
        }
        let mut overlaps = Overlaps { host: &mut *self.host, types: self.types, fragments: &self.fragments };
        match overlaps.find(&[(root.clone(), list(operation, "SelectionSet"))])? {
            Some(conflict) => wrong(conflict),
            None => Ok(()),
        }
    }

    fn composite(&self, name: &str, fragment: &str) -> Checked {
        match self.types.types.get(name) {
            Some(found) if found.is_composite() => Ok(()),
            Some(_) => {
                wrong(format!("Fragment \"{fragment}\" cannot condition on non composite type \"{name}\"."))
            }
            None => wrong(format!("Unknown type \"{name}\".")),
        }
    }

    fn selections(&mut self, parent: &str, selections: &[Value]) -> Checked {
        for selection in selections {
            self.host.tick(4)?;
            if selection.get("Alias").is_some() {
                self.field(parent, selection)?;
            } else if selection.get("TypeCondition").is_some() || selection.get("SelectionSet").is_some() {
                self.arguments_of_directives(selection, "INLINE_FRAGMENT")?;
                let condition = Some(word(selection, "TypeCondition")).filter(|name| !name.is_empty());
                if let Some(condition) = condition {
                    self.composite(condition, "inline")?;
                    self.possible(parent, condition)?;
                }
                self.selections(condition.unwrap_or(parent), list(selection, "SelectionSet"))?;
            } else {
                self.spread(parent, selection)?;
            }
        }
        Ok(())
    }

    fn possible(&self, parent: &str, condition: &str) -> Checked {
        match self.types.overlap(parent, condition) {
            true => Ok(()),
            false => wrong(format!(
                "Fragment cannot be spread here as objects of type \"{parent}\" can never be of type \"{condition}\"."
            )),
        }
    }

    fn spread(&mut self, parent: &str, selection: &Value) -> Checked {
        let name = word(selection, "Name");
        self.arguments_of_directives(selection, "FRAGMENT_SPREAD")?;
        let Some(fragment) = self.fragments.get(name).copied() else {
            return wrong(format!("Unknown fragment \"{name}\"."));
        };
        if self.stack.iter().any(|open| open == name) {
            return wrong(format!("Cannot spread fragment \"{name}\" within itself."));
        }
        let condition = word(fragment, "TypeCondition");
        self.composite(condition, name)?;
        self.possible(parent, condition)?;
        self.seen.insert(name.to_string());
        self.stack.push(name.to_string());
        self.selections(condition, list(fragment, "SelectionSet"))?;
        self.stack.pop();
        Ok(())
    }

    fn field(&mut self, parent: &str, field: &Value) -> Checked {
        self.arguments_of_directives(field, "FIELD")?;
        let name = word(field, "Name");
        let inner = list(field, "SelectionSet");
        let types = self.types;
        let of = match name {
            "__typename" => return Ok(()),
            "__schema" => "__Schema".to_string(),
            "__type" => "__Type".to_string(),
            _ => {
                let definition = types.types.get(parent).filter(|found| found.kind != "UNION");
                let Some(definition) = definition.and_then(|found| found.field(name)) else {
                    return wrong(format!("Cannot query field \"{name}\" on type \"{parent}\"."));
                };
                self.arguments(&format!("Field \"{name}\""), definition, list(field, "Arguments"))?;
                named(definition.get("Type").unwrap_or(&Value::Null)).to_string()
            }
        };
        match (types.types.get(&of).is_some_and(Type::is_composite), inner.is_empty()) {
            (true, true) => {
                wrong(format!("Field \"{name}\" of type \"{of}\" must have a selection of subfields."))
            }
            (false, false) => wrong(format!(
                "Field \"{name}\" must not have a selection since type \"{of}\" has no subfields."
            )),
            _ => self.selections(&of, inner),
        }
    }

    fn arguments_of_directives(&mut self, node: &Value, place: &str) -> Checked {
        let used = list(node, "Directives");
        directives(self.types, used, place)?;
        let types = self.types;
        for directive in used {
            let name = word(directive, "Name");
            if let Some(definition) = types.directives.get(name) {
                self.arguments(&format!("Directive \"@{name}\""), definition, list(directive, "Arguments"))?;
            }
        }
        Ok(())
    }

    fn arguments(&mut self, what: &str, definition: &Value, given: &[Value]) -> Checked {
        let mut names = BTreeSet::new();
        for argument in given {
            let name = word(argument, "Name");
            if !names.insert(name) {
                return wrong(format!("There can be only one argument named \"{name}\"."));
            }
            let Some(known) = list(definition, "Arguments").iter().find(|known| word(known, "Name") == name)
            else {
                return wrong(format!("Unknown argument \"{name}\" on {what}."));
            };
            self.value_of(known, argument)?;
        }
        for known in list(definition, "Arguments") {
            let of = known.get("Type").unwrap_or(&Value::Null);
            let required = of.get("NonNull").and_then(Value::as_bool) == Some(true)
                && known.get("DefaultValue").is_none();
            let name = word(known, "Name");
            if required && !names.contains(name) {
                return wrong(format!(
                    "{what} argument \"{name}\" of type \"{}\" is required, but it was not provided.",
                    shown(of)
                ));
            }
        }
        Ok(())
    }

    /// Checks what is given for an argument or a field of an input.
    fn value_of(&mut self, known: &Value, given: &Value) -> Checked {
        let of = known.get("Type").unwrap_or(&Value::Null);
        let value = given.get("Value").unwrap_or(&Value::Null);
        match is_variable(value) {
            true => self.variable(of, value, known.get("DefaultValue").is_some()),
            false => self.value(of, value),
        }
    }

    /// Checks the type of a variable; where there is a default, it may be null.
    fn variable(&mut self, of: &Value, value: &Value, default: bool) -> Checked {
        let name = word(value, "Raw");
        self.uses.insert(name.to_string());
        // One that is not defined is told in the end.
        let Some((have, own_default)) = self.variables.get(name) else { return Ok(()) };
        match fits(have, of, default || *own_default) {
            true => Ok(()),
            false => wrong(format!(
                "Variable \"${name}\" of type \"{}\" used in position expecting type \"{}\".",
                shown(have),
                shown(of)
            )),
        }
    }

    /// Checks a value against the type that is wanted.
    fn value(&mut self, of: &Value, value: &Value) -> Checked {
        self.host.tick(1)?;
        let kind = value.get("Kind").and_then(Value::as_i64).unwrap_or(-1);
        let raw = word(value, "Raw");
        let refuse = || wrong(format!("Expected value of type \"{}\", found {raw}.", shown(of)));
        if kind == 0 {
            return self.variable(of, value, false);
        }
        if kind == 6 {
            return match of.get("NonNull").and_then(Value::as_bool) {
                Some(true) => refuse(),
                _ => Ok(()),
            };
        }
        if let Some(element) = of.get("Elem") {
            return match kind {
                8 => list(value, "Children")
                    .iter()
                    .try_for_each(|child| self.value(element, child.get("Value").unwrap_or(&Value::Null))),
                _ => self.value(element, value),
            };
        }
        let name = named(of);
        let Some(wanted) = self.types.types.get(name) else { return refuse() };
        match wanted.kind.as_str() {
            "ENUM" if kind == 7 && wanted.values.iter().any(|known| known == raw) => Ok(()),
            "INPUT_OBJECT" if kind == 9 => self.input_object(name, wanted, value),
            "SCALAR" => match (name, kind) {
                ("Int", 1) | ("Float", 1 | 2) | ("String", 3 | 4) | ("Boolean", 5) | ("ID", 1 | 3 | 4) => {
                    Ok(())
                }
                ("Int" | "Float" | "String" | "Boolean" | "ID", _) => refuse(),
                _ => self.any_value(value),
            },
            _ => refuse(),
        }
    }

    /// Notes the variables inside a value of a scalar that the schema does not describe.
    fn any_value(&mut self, value: &Value) -> Checked {
        for child in list(value, "Children") {
            let inner = child.get("Value").unwrap_or(&Value::Null);
            if is_variable(inner) {
                self.uses.insert(word(inner, "Raw").to_string());
            }
            self.any_value(inner)?;
        }
        Ok(())
    }

    fn input_object(&mut self, name: &str, wanted: &Type, value: &Value) -> Checked {
        let children = list(value, "Children");
        for child in children {
            let field = word(child, "Name");
            let Some(known) = wanted.field(field) else {
                return wrong(format!("Field \"{field}\" is not defined by type \"{name}\"."));
            };
            self.value_of(known, child)?;
        }
        for known in &wanted.fields {
            let of = known.get("Type").unwrap_or(&Value::Null);
            let required = of.get("NonNull").and_then(Value::as_bool) == Some(true)
                && known.get("DefaultValue").is_none();
            if required && !children.iter().any(|child| word(child, "Name") == word(known, "Name")) {
                return wrong(format!(
                    "Field \"{name}.{}\" of required type \"{}\" was not provided.",
                    word(known, "Name"),
                    shown(of)
                ));
            }
        }
        Ok(())
    }
}
