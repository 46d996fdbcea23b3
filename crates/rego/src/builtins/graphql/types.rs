//! The types and directives of a schema, by name.

use std::collections::BTreeMap;

use crate::Value;

use super::{list, word};

/// A schema with its extensions merged in and the built-in types added.
#[derive(Debug, Default)]
pub(super) struct Types {
    pub(super) types: BTreeMap<String, Type>,
    pub(super) directives: BTreeMap<String, Value>,
    /// Types of operations: `query` and the like.
    pub(super) roots: BTreeMap<String, String>,
}

#[derive(Debug, Default, Clone)]
pub(super) struct Type {
    pub(super) kind: String,
    pub(super) interfaces: Vec<String>,
    pub(super) fields: Vec<Value>,
    pub(super) members: Vec<String>,
    pub(super) values: Vec<String>,
    /// Directives that stand at the definition or an extension.
    pub(super) directives: Vec<Value>,
    pub(super) built_in: bool,
}

impl Type {
    pub(super) fn field(&self, name: &str) -> Option<&Value> {
        self.fields.iter().find(|field| word(field, "Name") == name)
    }

    pub(super) fn is_composite(&self) -> bool {
        matches!(self.kind.as_str(), "OBJECT" | "INTERFACE" | "UNION")
    }

    pub(super) fn is_input(&self) -> bool {
        matches!(self.kind.as_str(), "SCALAR" | "ENUM" | "INPUT_OBJECT")
    }

    pub(super) fn extend(&mut self, definition: &Value) {
        let texts = |name: &str| {
            list(definition, name).iter().filter_map(Value::as_str).map(str::to_string).collect::<Vec<_>>()
        };
        self.interfaces.extend(texts("Interfaces"));
        self.members.extend(texts("Types"));
        self.fields.extend(list(definition, "Fields").iter().cloned());
        self.values
            .extend(list(definition, "EnumValues").iter().map(|value| word(value, "Name").to_string()));
        self.directives.extend(list(definition, "Directives").iter().cloned());
    }
}

/// What every schema has.
const BUILT_IN: &str = r#"
scalar Int
scalar Float
scalar String
scalar Boolean
scalar ID
directive @include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
directive @skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
directive @deprecated(reason: String = "No longer supported") on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
directive @specifiedBy(url: String!) on SCALAR
directive @defer(if: Boolean = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
type __Schema { description: String types: [__Type!]! queryType: __Type! mutationType: __Type subscriptionType: __Type directives: [__Directive!]! }
type __Type { kind: __TypeKind! name: String description: String fields(includeDeprecated: Boolean = false): [__Field!] interfaces: [__Type!] possibleTypes: [__Type!] enumValues(includeDeprecated: Boolean = false): [__EnumValue!] inputFields(includeDeprecated: Boolean = false): [__InputValue!] ofType: __Type specifiedByURL: String }
type __Field { name: String! description: String args(includeDeprecated: Boolean = false): [__InputValue!]! type: __Type! isDeprecated: Boolean! deprecationReason: String }
type __InputValue { name: String! description: String type: __Type! defaultValue: String isDeprecated: Boolean! deprecationReason: String }
type __EnumValue { name: String! description: String isDeprecated: Boolean! deprecationReason: String }
type __Directive { name: String! description: String locations: [__DirectiveLocation!]! args(includeDeprecated: Boolean = false): [__InputValue!]! isRepeatable: Boolean! }
enum __TypeKind { SCALAR OBJECT INTERFACE UNION ENUM INPUT_OBJECT LIST NON_NULL }
enum __DirectiveLocation { QUERY MUTATION SUBSCRIPTION FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD INLINE_FRAGMENT VARIABLE_DEFINITION SCHEMA SCALAR OBJECT FIELD_DEFINITION ARGUMENT_DEFINITION INTERFACE UNION ENUM ENUM_VALUE INPUT_OBJECT INPUT_FIELD_DEFINITION }
"#;

impl Types {
    /// Gathers a schema; an error if names are taken twice or extensions don't fit.
    pub(super) fn gather(schema: &Value) -> Result<Self, String> {
        let mut all = Types::default();
        let built_in = super::schemas::parse(BUILT_IN)?;
        all.add(&built_in, true)?;
        all.add(schema, false)?;
        for extension in list(schema, "Extensions") {
            let (name, kind) = (word(extension, "Name"), word(extension, "Kind"));
            let extended = all
                .types
                .entry(name.to_string())
                .or_insert_with(|| Type { kind: kind.to_string(), ..Type::default() });
            if extended.kind != kind {
                return Err(format!(
                    "Cannot extend type {name} because the base type is a {}, not {kind}.",
                    extended.kind
                ));
            }
            extended.extend(extension);
        }
        all.find_roots(schema)?;
        Ok(all)
    }

    fn add(&mut self, schema: &Value, built_in: bool) -> Result<(), String> {
        for definition in list(schema, "Definitions") {
            let name = word(definition, "Name");
            let mut found = Type { kind: word(definition, "Kind").to_string(), built_in, ..Type::default() };
            found.extend(definition);
            if self.types.insert(name.to_string(), found).is_some() {
                return Err(format!("Cannot redeclare type {name}."));
            }
        }
        for directive in list(schema, "Directives") {
            let name = word(directive, "Name");
            let known = self.directives.insert(name.to_string(), directive.clone());
            // The built-in ones may be declared again.
            if known.is_some() && !matches!(name, "include" | "skip" | "deprecated" | "specifiedBy" | "defer")
            {
                return Err(format!("Cannot redeclare directive {name}."));
            }
        }
        Ok(())
    }

    fn find_roots(&mut self, schema: &Value) -> Result<(), String> {
        let declared = list(schema, "Schema");
        if declared.len() > 1 {
            return Err(
                "Cannot have multiple schema entry points, consider schema extensions instead.".to_string()
            );
        }
        for definition in declared.iter().chain(list(schema, "SchemaExtension")) {
            for operation in list(definition, "OperationTypes") {
                let (operation, name) = (word(operation, "Operation"), word(operation, "Type"));
                if !self.types.contains_key(name) {
                    return Err(format!(
                        "Schema root {operation} refers to a type {name} that does not exist."
                    ));
                }
                self.roots.insert(operation.to_string(), name.to_string());
            }
        }
        if declared.is_empty() {
            for (operation, name) in
                [("query", "Query"), ("mutation", "Mutation"), ("subscription", "Subscription")]
            {
                if self.types.contains_key(name) {
                    self.roots.entry(operation.to_string()).or_insert_with(|| name.to_string());
                }
            }
        }
        Ok(())
    }

    /// Tells whether an object can be of both types.
    pub(super) fn overlap(&self, a: &str, b: &str) -> bool {
        let possible = |name: &str| -> Vec<&str> {
            match self.types.get(name).map(|found| found.kind.as_str()) {
                Some("UNION") => self
                    .types
                    .get(name)
                    .map(|found| found.members.iter().map(String::as_str).collect())
                    .unwrap_or_default(),
                Some("INTERFACE") => {
                    let implements =
                        |found: &Type| found.kind == "OBJECT" && found.interfaces.iter().any(|i| i == name);
                    self.types
                        .iter()
                        .filter(|(_, found)| implements(found))
                        .map(|(name, _)| name.as_str())
                        .collect()
                }
                _ => self.types.get_key_value(name).map(|(name, _)| name.as_str()).into_iter().collect(),
            }
        };
        let of_a = possible(a);
        possible(b).iter().any(|name| of_a.contains(name))
    }
}

/// Returns the name at the bottom of a type reference.
pub(super) fn named(of: &Value) -> &str {
    let mut at = of;
    while let Some(inner) = at.get("Elem") {
        at = inner;
    }
    word(at, "NamedType")
}

/// Writes a type reference.
pub(super) fn shown(of: &Value) -> String {
    let bang = if of.get("NonNull").and_then(Value::as_bool) == Some(true) { "!" } else { "" };
    match of.get("Elem") {
        Some(inner) => format!("[{}]{bang}", shown(inner)),
        None => format!("{}{bang}", word(of, "NamedType")),
    }
}
