//! Whether fields that answer under one name can be merged: they have to be one field with the same arguments.

use std::collections::{BTreeMap, BTreeSet};

use crate::Value;
use crate::builtins::{Failure, Host};

use super::types::Types;
use super::{list, word};

/// Fields that answer under one name, each with the type that it was selected on.
type Fields<'q> = Vec<(String, &'q Value)>;

pub(super) struct Overlaps<'c, 'q> {
    pub(super) host: &'c mut Host,
    pub(super) types: &'c Types,
    pub(super) fragments: &'c BTreeMap<&'q str, &'q Value>,
}

impl<'q> Overlaps<'_, 'q> {
    /// Returns the first conflict among selections that are merged, each with the type that it is on.
    ///
    /// The selections were checked before, so that no fragment spreads itself.
    pub(super) fn find(&mut self, sets: &[(String, &'q [Value])]) -> Result<Option<String>, Failure> {
        let mut by_name: BTreeMap<&'q str, Fields<'q>> = BTreeMap::new();
        let mut spread = BTreeSet::new();
        for (parent, selections) in sets {
            self.collect(parent, selections, &mut by_name, &mut spread)?;
        }
        for (name, fields) in by_name {
            let Some(((first_on, first), others)) = fields.split_first() else { continue };
            for (on, other) in others {
                self.host.tick(4)?;
                if self.types.overlap(first_on, on)
                    && let Some(reason) = difference(first, other)
                {
                    return Ok(Some(format!(
                        "Fields \"{name}\" conflict because {reason}. Use different aliases on the fields to fetch both if this was intentional."
                    )));
                }
            }
            let inner: Vec<(String, &[Value])> = fields
                .iter()
                .filter_map(|(on, field)| Some((self.type_of(on, field)?, list(field, "SelectionSet"))))
                .collect();
            if inner.iter().any(|(_, selections)| !selections.is_empty())
                && let Some(conflict) = self.find(&inner)?
            {
                return Ok(Some(conflict));
            }
        }
        Ok(None)
    }

    fn type_of(&self, parent: &str, field: &Value) -> Option<String> {
        let definition = match word(field, "Name") {
            "__schema" => return Some("__Schema".to_string()),
            "__type" => return Some("__Type".to_string()),
            name => self.types.types.get(parent)?.field(name)?,
        };
        Some(super::types::named(definition.get("Type")?).to_string())
    }

    fn collect(
        &mut self,
        parent: &str,
        selections: &'q [Value],
        by_name: &mut BTreeMap<&'q str, Fields<'q>>,
        spread: &mut BTreeSet<&'q str>,
    ) -> Result<(), Failure> {
        for selection in selections {
            self.host.tick(4)?;
            if selection.get("Alias").is_some() {
                let fields = by_name.entry(word(selection, "Alias")).or_default();
                fields.push((parent.to_string(), selection));
                continue;
            }
            let is_inline =
                selection.get("TypeCondition").is_some() || selection.get("SelectionSet").is_some();
            let fragment = match is_inline {
                true => selection,
                false => {
                    let name = word(selection, "Name");
                    let Some(fragment) = self.fragments.get(name).copied() else { continue };
                    if !spread.insert(name) {
                        continue;
                    }
                    fragment
                }
            };
            let condition = Some(word(fragment, "TypeCondition")).filter(|name| !name.is_empty());
            let on = condition.unwrap_or(parent);
            self.collect(on, list(fragment, "SelectionSet"), by_name, spread)?;
        }
        Ok(())
    }
}

fn difference(first: &Value, other: &Value) -> Option<String> {
    let (one, two) = (word(first, "Name"), word(other, "Name"));
    if one != two {
        return Some(format!("\"{one}\" and \"{two}\" are different fields"));
    }
    let (these, those) = (list(first, "Arguments"), list(other, "Arguments"));
    let same = these.len() == those.len()
        && these.iter().all(|argument| {
            let twin = those.iter().find(|twin| word(twin, "Name") == word(argument, "Name"));
            twin.is_some_and(|twin| same_value(argument.get("Value"), twin.get("Value")))
        });
    (!same).then(|| "they have differing arguments".to_string())
}

/// Compares values as they are written, wherever they stand.
fn same_value(one: Option<&Value>, two: Option<&Value>) -> bool {
    let (Some(one), Some(two)) = (one, two) else { return one.is_none() && two.is_none() };
    let (these, those) = (list(one, "Children"), list(two, "Children"));
    one.get("Kind") == two.get("Kind")
        && word(one, "Raw") == word(two, "Raw")
        && these.len() == those.len()
        && these.iter().zip(those).all(|(this, that)| {
            word(this, "Name") == word(that, "Name") && same_value(this.get("Value"), that.get("Value"))
        })
}
