//! Which bytes of the sources spell a sensitive value: no snippet and no diff context may show them.
//!
//! Enters: evaluated plans and syntax trees. Leaves: sorted locations. Rather too many than too few.

use std::collections::{BTreeMap, BTreeSet};

use trueline_hcl::{File, Item};
use trueline_model::{Kind, Origin, Plan, Value, Via};
use trueline_terraform::Parsed;
use trueline_text::{FileId, Location};

/// All places that spell a sensitive value.
pub fn masked(plans: &[Plan], parsed: &Parsed) -> Vec<Location> {
    let mut out = BTreeSet::new();
    for plan in plans {
        for r in plan.resources.iter().chain(&plan.data) {
            values(&r.values, false, &mut out);
        }
    }
    declared(parsed, &mut out);
    out.into_iter().collect()
}

fn values(root: &Value, inherited: bool, out: &mut BTreeSet<Location>) {
    let mut stack = vec![(root, inherited)];
    while let Some((v, above)) = stack.pop() {
        let marked = v.sensitive || above;
        if marked && let Some(o) = &v.origin {
            literals(o, out);
        }
        if let Some(d) = &v.document {
            stack.push((d, marked));
        }
        match &v.kind {
            Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
                stack.extend(items.iter().map(|i| (i, marked)));
            }
            Kind::Map(_, m) | Kind::Object(m) => stack.extend(m.values().map(|i| (i, marked))),
            _ => {}
        }
    }
}

fn literals(origin: &Origin, out: &mut BTreeSet<Location>) {
    let mut stack = vec![origin];
    let mut seen = 0usize;
    while let Some(o) = stack.pop() {
        // A value made of very many parts: what is beyond the limit is the same few literals again.
        seen += 1;
        if seen > 10_000 {
            return;
        }
        if matches!(o.via, Via::Literal) && o.inputs.is_empty() {
            out.insert(o.at);
        }
        stack.extend(o.inputs.iter().map(|i| &**i));
    }
}

/// Defaults and given values of variables that are declared sensitive, used or not.
fn declared(parsed: &Parsed, out: &mut BTreeSet<Location>) {
    let mut tfvars: BTreeMap<&str, Vec<(FileId, &File)>> = BTreeMap::new();
    for (id, tree) in &parsed.trees {
        if let Some(f) = parsed.sources.get(*id)
            && (f.path.ends_with(".tfvars") || f.path.ends_with(".tfvars.json"))
        {
            tfvars.entry(directory(&f.path)).or_default().push((*id, tree));
        }
    }
    for (id, tree) in &parsed.trees {
        let Some(file) = parsed.sources.get(*id) else { continue };
        for item in &tree.body.items {
            let Item::Block(b) = item else { continue };
            if &*b.kind.text != "variable" {
                continue;
            }
            let sensitive = b.body.attribute("sensitive");
            if !sensitive.is_some_and(|a| matches!(a.expr.unparen().kind, trueline_hcl::ExprKind::Bool(true)))
            {
                continue;
            }
            if let Some(d) = b.body.attribute("default") {
                out.insert(Location { file: *id, span: d.expr.span });
            }
            let name = b.label(0).unwrap_or("");
            for (vars, tree) in tfvars.get(directory(&file.path)).into_iter().flatten() {
                if let Some(a) = tree.body.attribute(name) {
                    out.insert(Location { file: *vars, span: a.expr.span });
                }
            }
        }
    }
}

fn directory(path: &str) -> &str {
    path.rsplit_once('/').map_or(".", |(d, _)| d)
}
