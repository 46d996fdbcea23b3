//! Whether a schema holds together.

use crate::Value;
use crate::builtins::{Failure, Host};

use super::types::{Type, Types, named, shown};
use super::{list, word};

/// Returns the types of a schema, or the first thing that is wrong.
pub(super) fn check(host: &mut Host, schema: &Value) -> Result<Result<Types, String>, Failure> {
    let types = match Types::gather(schema) {
        Ok(types) => types,
        Err(problem) => return Ok(Err(problem)),
    };
    for (name, found) in &types.types {
        host.tick(found.fields.len() + 1)?;
        if let Err(problem) = definition(&types, name, found) {
            return Ok(Err(problem));
        }
    }
    for directive in types.directives.values() {
        for argument in list(directive, "Arguments") {
            if let Err(problem) = input(&types, argument) {
                return Ok(Err(problem));
            }
        }
    }
    for part in list(schema, "Schema").iter().chain(list(schema, "SchemaExtension")) {
        if let Err(problem) = directives(&types, list(part, "Directives"), "SCHEMA") {
            return Ok(Err(problem));
        }
    }
    Ok(Ok(types))
}

fn definition(types: &Types, name: &str, found: &Type) -> Result<(), String> {
    if name.starts_with("__") && !found.built_in {
        return Err(format!(
            "Name \"{name}\" must not begin with \"__\", which is reserved by GraphQL introspection."
        ));
    }
    let kind = found.kind.as_str();
    match kind {
        "OBJECT" | "INTERFACE" => {
            if found.fields.is_empty() {
                return Err(format!("{kind} {name}: must define one or more fields."));
            }
            fields(types, found)?;
            for interface in &found.interfaces {
                implements(types, name, found, interface)?;
            }
        }
        "INPUT_OBJECT" => {
            if found.fields.is_empty() {
                return Err(format!("{kind} {name}: must define one or more input fields."));
            }
            found.fields.iter().try_for_each(|field| input(types, field))?;
        }
        "ENUM" if found.values.is_empty() => {
            return Err(format!("{kind} {name}: must define one or more unique enum values."));
        }
        "ENUM" => {
            if let Some(wrong) =
                found.values.iter().find(|value| matches!(value.as_str(), "true" | "false" | "null"))
            {
                return Err(format!("{kind} {name}: non-enum value {wrong}."));
            }
        }
        "UNION" => {
            for member in &found.members {
                match types.types.get(member) {
                    Some(member) if member.kind == "OBJECT" => {}
                    Some(_) => return Err(format!("UNION type {member:?} must be OBJECT.")),
                    None => return Err(format!("Undefined type {member:?}.")),
                }
            }
        }
        _ => {}
    }
    directives(types, &found.directives, kind)
}

fn known(types: &Types, of: &Value) -> Result<(), String> {
    match types.types.contains_key(named(of)) {
        true => Ok(()),
        false => Err(format!("Undefined type {}.", named(of))),
    }
}

fn fields(types: &Types, found: &Type) -> Result<(), String> {
    for field in &found.fields {
        let of = field.get("Type").unwrap_or(&Value::Null);
        known(types, of)?;
        if types.types.get(named(of)).is_some_and(|of| of.kind == "INPUT_OBJECT") {
            return Err(format!(
                "Type {} of field {} must be an output type.",
                shown(of),
                word(field, "Name")
            ));
        }
        if word(field, "Name").starts_with("__") && !found.built_in {
            return Err(format!("Name \"{}\" must not begin with \"__\".", word(field, "Name")));
        }
        list(field, "Arguments").iter().try_for_each(|argument| input(types, argument))?;
        directives(types, list(field, "Directives"), "FIELD_DEFINITION")?;
    }
    Ok(())
}

/// Checks the type of an argument or of a field of an input object.
fn input(types: &Types, argument: &Value) -> Result<(), String> {
    let of = argument.get("Type").unwrap_or(&Value::Null);
    known(types, of)?;
    match types.types.get(named(of)).is_some_and(Type::is_input) {
        true => Ok(()),
        false => Err(format!(
            "cannot use {} as argument {} because it is not an input type",
            shown(of),
            word(argument, "Name")
        )),
    }
}

fn implements(types: &Types, name: &str, found: &Type, interface: &str) -> Result<(), String> {
    let Some(wanted) = types.types.get(interface) else {
        return Err(format!("Undefined type {interface:?}."));
    };
    if wanted.kind != "INTERFACE" {
        return Err(format!("{interface:?} is a non interface type {}.", wanted.kind));
    }
    for above in &wanted.interfaces {
        if !found.interfaces.contains(above) {
            return Err(format!(
                "Type {name} must implement {above} because it is implemented by {interface}."
            ));
        }
    }
    for field in &wanted.fields {
        let field_name = word(field, "Name");
        let Some(own) = found.field(field_name) else {
            return Err(format!(
                "For {name} to implement {interface} it must have a field called {field_name}."
            ));
        };
        let (have, want) =
            (own.get("Type").unwrap_or(&Value::Null), field.get("Type").unwrap_or(&Value::Null));
        if !covariant(types, have, want) {
            return Err(format!(
                "For {name} to implement {interface} the field {field_name} must have type {}.",
                shown(want)
            ));
        }
        for argument in list(field, "Arguments") {
            let argument_name = word(argument, "Name");
            if !list(own, "Arguments").iter().any(|own| word(own, "Name") == argument_name) {
                return Err(format!(
                    "For {name} to implement {interface} the field {field_name} must have an argument {argument_name}."
                ));
            }
        }
    }
    Ok(())
}

/// Tells whether a type can stand where another is wanted.
fn covariant(types: &Types, have: &Value, want: &Value) -> bool {
    let non_null = |of: &Value| of.get("NonNull").and_then(Value::as_bool) == Some(true);
    if non_null(want) && !non_null(have) {
        return false;
    }
    match (have.get("Elem"), want.get("Elem")) {
        (Some(have), Some(want)) => covariant(types, have, want),
        (None, None) => named(have) == named(want) || types.overlap(named(have), named(want)),
        _ => false,
    }
}

/// Checks directives at a place.
pub(super) fn directives(types: &Types, used: &[Value], place: &str) -> Result<(), String> {
    for directive in used {
        let name = word(directive, "Name");
        let Some(found) = types.directives.get(name) else {
            return Err(format!("Undefined directive {name}."));
        };
        if !list(found, "Locations").iter().any(|location| location.as_str() == Some(place)) {
            return Err(format!("Directive {name} is not applicable on {place}."));
        }
        for argument in list(directive, "Arguments") {
            let argument = word(argument, "Name");
            if !list(found, "Arguments").iter().any(|known| word(known, "Name") == argument) {
                return Err(format!("Undefined argument {argument} for directive {name}."));
            }
        }
        let again = used.iter().filter(|other| word(other, "Name") == name).count() > 1;
        if again && found.get("IsRepeatable").and_then(Value::as_bool) != Some(true) {
            return Err(format!("The directive \"@{name}\" can only be used once at this location."));
        }
    }
    Ok(())
}
