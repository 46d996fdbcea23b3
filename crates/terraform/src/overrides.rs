//! How an override file changes a block, by Terraform's merging rules.

use crate::content::{Content, Entry};

/// Blocks of these types are merged argument by argument instead of replaced as a whole.
const MERGED: [&str; 2] = ["lifecycle", "connection"];

/// Lays the items of `over` on `base`: an argument replaces the one of the same name, nested blocks replace all
/// blocks of their type, `lifecycle` is merged.
pub fn merge<'a>(base: &mut Content<'a>, over: Content<'a>) {
    let name = |e: &Entry<'a>| match e {
        Entry::Argument(a) => a.name,
        Entry::Block(b) if b.kind == "dynamic" => b.labels.first().copied().unwrap_or(b.kind),
        Entry::Block(b) => b.kind,
    };
    let replaced: Vec<&str> = over.items.iter().map(name).filter(|n| !MERGED.contains(n)).collect();
    base.items.retain(|e| !replaced.contains(&name(e)));
    base.items.extend(over.items);
    base.unread.extend(over.unread);
    base.cut |= over.cut;
}
