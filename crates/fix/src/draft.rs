//! Drafts: changes applied to texts in memory, in rounds.
//!
//! Enters: the sources, and placements in their fixed order. Leaves: changed texts by path. In one round no two changes
//! touch the same top-level item of a file, so their edits can't meet; the next round sees the text that the last one
//! left. A change of a target that was changed in another way is a conflict.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use trueline_hcl::{File, Item};
use trueline_terraform::Parsed;
use trueline_text::{FileId, Location, Span, apply};

use crate::change::{Change, Placement, Target};
use crate::shift::Shift;
use crate::{NoPlace, write};

/// Most rounds of one draft; a draft takes as many as the most changes that meet in one item.
const ROUNDS: usize = 10_000;

/// Why a draft could not be made: which placement failed, and how.
#[derive(Debug)]
pub struct Failed {
    /// Its number.
    pub placement: usize,
    /// The reason.
    pub reason: NoPlace,
}

struct Sheet {
    path: String,
    before: String,
    text: String,
    tree: File,
    json: bool,
    shift: Shift,
}

/// Applies placements to the sources, in the order given.
pub fn draft(parsed: &Parsed, placements: &[&Placement]) -> Result<BTreeMap<String, String>, Failed> {
    let mut sheets: BTreeMap<FileId, Sheet> = BTreeMap::new();
    let mut done: BTreeMap<Target, &Change> = BTreeMap::new();
    let mut pending: Vec<(usize, &Change)> = Vec::new();
    for (number, placement) in placements.iter().enumerate() {
        for change in &placement.changes {
            let target = change.target();
            match done.get(&target) {
                Some(before) if *before == change => {}
                Some(_) => return Err(Failed { placement: number, reason: NoPlace::Conflict }),
                None => {
                    done.insert(target, change);
                    pending.push((number, change));
                }
            }
        }
    }
    for _ in 0..ROUNDS {
        if pending.is_empty() {
            break;
        }
        let mut busy: BTreeSet<(FileId, u32)> = BTreeSet::new();
        let mut edits: BTreeMap<FileId, Vec<trueline_text::Edit>> = BTreeMap::new();
        let mut later = Vec::new();
        for (number, change) in pending {
            let fail = |reason| Failed { placement: number, reason };
            let at = change.at();
            let sheet = open(parsed, &mut sheets, at.file).ok_or_else(|| fail(NoPlace::Conflict))?;
            let span = sheet.shift.map(at.span).ok_or_else(|| fail(NoPlace::Conflict))?;
            if !busy.insert((at.file, item_start(&sheet.tree, span))) {
                later.push((number, change));
                continue;
            }
            let page = write::Page { text: &sheet.text, tree: &sheet.tree, json: sheet.json };
            let made = write::edits(&page, span, change).map_err(fail)?;
            edits.entry(at.file).or_default().extend(made);
        }
        for (file, edits) in edits {
            let Some(sheet) = sheets.get_mut(&file) else { continue };
            let text =
                apply(&sheet.text, &edits).map_err(|_| Failed { placement: 0, reason: NoPlace::Conflict })?;
            sheet.shift.push(&edits);
            sheet.tree = trueline_hcl::parse_named(&sheet.path, &text);
            sheet.text = text;
        }
        pending = later;
    }
    let changed = sheets.into_values().filter(|s| s.text != s.before);
    Ok(changed
        .map(|s| {
            parsed.foresee(&s.path, &s.text, s.tree);
            (s.path, s.text)
        })
        .collect())
}

fn open<'s>(parsed: &Parsed, sheets: &'s mut BTreeMap<FileId, Sheet>, file: FileId) -> Option<&'s Sheet> {
    match sheets.entry(file) {
        Entry::Occupied(there) => Some(there.into_mut()),
        Entry::Vacant(free) => {
            let source = parsed.sources.get(file)?;
            let json = source.path.ends_with(".json");
            let text = source.text.to_string();
            let tree = match parsed.trees.get(&file) {
                Some(tree) => (**tree).clone(),
                None => trueline_hcl::parse_named(&source.path, &text),
            };
            let (path, before) = (source.path.to_string(), text.clone());
            Some(free.insert(Sheet { path, before, text, tree, json, shift: Shift::default() }))
        }
    }
}

/// Beginning of the top-level item that holds `span`; a JSON file is one item.
fn item_start(tree: &File, span: Span) -> u32 {
    if tree.body.json {
        return 0;
    }
    let items: &[Item] = &tree.body.items;
    let after = items.partition_point(|i| i.span().start <= span.start);
    after.checked_sub(1).and_then(|i| items.get(i)).map_or(0, |i| i.span().start)
}

/// Where a change of a draft would be shown.
pub fn files_of(parsed: &Parsed, placement: &Placement) -> Vec<String> {
    let path = |l: Location| parsed.sources.get(l.file).map(|f| f.path.to_string());
    let found: BTreeSet<String> = placement.changes.iter().filter_map(|c| path(c.at())).collect();
    found.into_iter().collect()
}
