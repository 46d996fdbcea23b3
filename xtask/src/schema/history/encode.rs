//! Writes a history in the layout that `trueline_provider::schema::history` reads: a digest whose entries say in which
//! versions a type is as the exact one, and what is different in the others.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Result, ensure};
use trueline_provider::schema::history::{MAGIC, ops};
use trueline_provider::schema::{BlockSchema, Section};

use super::Shared;
use crate::schema::encode::{container, flags, nesting_byte, number, string, ty};

/// The history of these versions, oldest first.
pub fn history(source: &str, exact: &Shared, editions: &[(&str, Shared)]) -> Result<Vec<u8>> {
    ensure!(editions.len() <= 32, "more versions than a set of them holds");
    let nothing = BlockSchema::default();
    let names = editions.iter().flat_map(|(_, types)| types.keys()).chain(exact.keys());
    let mut names: Vec<&(Section, String)> = names.collect();
    names.sort_by_key(|(section, name)| (name, *section));
    names.dedup();
    let mut raw = Vec::new();
    let mut places: BTreeMap<&(Section, String), usize> = BTreeMap::new();
    for key in names {
        let known = exact.get(key);
        let mut same = 0u64;
        let mut others: Vec<(u64, &Arc<BlockSchema>)> = Vec::new();
        for (i, (_, types)) in editions.iter().enumerate() {
            let Some(there) = types.get(key) else { continue };
            let bit = 1u64 << i;
            if known == Some(there) {
                same |= bit;
            } else if let Some(other) = others.iter_mut().find(|(_, s)| *s == there) {
                other.0 |= bit;
            } else {
                others.push((bit, there));
            }
        }
        if same == (1u64 << editions.len()) - 1 {
            continue; // nothing to say
        }
        places.insert(key, raw.len());
        number(&mut raw, same);
        number(&mut raw, others.len() as u64);
        for (bits, schema) in others {
            number(&mut raw, bits);
            patch(&mut raw, known.map_or(&nothing, |k| &**k), schema);
        }
    }
    let versions: Vec<&str> = editions.iter().map(|(v, _)| *v).collect();
    container(MAGIC, (source, &versions.join(" ")), &raw, &places)
}

/// What has to be changed in `from` to have `to`.
fn patch(out: &mut Vec<u8>, from: &BlockSchema, to: &BlockSchema) {
    let mut changes: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    for name in from.attributes.keys().chain(from.blocks.keys()) {
        if !to.attributes.contains_key(name) && !to.blocks.contains_key(name) {
            changes.insert(name, vec![ops::REMOVE]);
        }
    }
    for (name, a) in &to.attributes {
        let mut change = Vec::new();
        match from.attributes.get(name) {
            Some(known) if known == a => continue,
            Some(known) if known.ty == a.ty => {
                change.push(ops::FLAGS);
                number(&mut change, flags(a));
            }
            _ => {
                change.push(ops::ATTRIBUTE);
                number(&mut change, flags(a));
                ty(&mut change, &a.ty);
            }
        }
        changes.insert(name, change);
    }
    for (name, b) in &to.blocks {
        let mut change = Vec::new();
        match from.blocks.get(name) {
            Some(known) if known == b => continue,
            Some(known) => {
                change.push(ops::INSIDE);
                number(&mut change, b.min_items);
                patch(&mut change, &known.block, &b.block);
            }
            None => {
                change.push(ops::BLOCK);
                change.push(nesting_byte(b.nesting));
                number(&mut change, b.min_items);
                number(&mut change, b.max_items);
                patch(&mut change, &BlockSchema::default(), &b.block);
            }
        }
        changes.insert(name, change);
    }
    number(out, changes.len() as u64);
    for (name, change) in changes {
        string(out, name);
        out.extend(change);
    }
}
