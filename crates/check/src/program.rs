//! Compiled policies for a set of resource types: the pack's rules that look at any of them, and the organization's own.
//!
//! The pack was compiled by the build and is loaded; with policies of the organization all are compiled together. Either is
//! done once for each set of types and kept: a proof checks the same module many times.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use trueline_model::{Note, NoteKind, RuleMeta, Severity, Verdict};
use trueline_rego::{CompileOptions, Compiled, Diagnostic, PolicyFile, compile};
use trueline_rules::metadata::plain_rules;
use trueline_rules::{Asked, RuleSet, Selection};

/// A Rego rule to run and what its elements mean.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Path, `data.….deny`.
    pub query: String,
    /// The rule it belongs to: index into [`Program::metas`].
    pub meta: usize,
    /// What an element means.
    pub verdict: Verdict,
    /// Its elements are expectations.
    pub expects: bool,
    /// One of the organization's, which knows of no values that are not known.
    pub own: bool,
}

/// Compiled policies and what to ask of them.
pub struct Program {
    /// The policies.
    pub compiled: Option<Compiled>,
    /// True if a policy may ask for the plan's JSON: one of the organization's. Those of the pack never do.
    pub reads_input: bool,
    /// What to run, in order.
    pub entries: Vec<Entry>,
    /// Metadata of the rules, sorted by id.
    pub metas: Vec<RuleMeta>,
    /// What could not be compiled or understood.
    pub notes: Vec<Note>,
}

/// The programs of one run, by resource types.
#[derive(Default)]
pub struct Programs {
    made: Mutex<BTreeMap<BTreeSet<String>, Arc<Program>>>,
}

impl Programs {
    /// None made yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The program for these types, compiled if it is the first time.
    pub fn get(&self, rules: &RuleSet, types: &BTreeSet<String>) -> Arc<Program> {
        let mut made = match self.made.lock() {
            Ok(guard) => guard,
            // A thread that panicked left whole programs behind, or none.
            Err(poisoned) => poisoned.into_inner(),
        };
        if let Some(p) = made.get(types) {
            return p.clone();
        }
        let program = Arc::new(Program::make(rules, types));
        made.insert(types.clone(), program.clone());
        program
    }
}

impl Program {
    fn make(rules: &RuleSet, types: &BTreeSet<String>) -> Self {
        let selection = rules.for_types(types);
        let mut notes = Vec::new();
        let compiled = match rules.policies().is_empty() {
            true => selection.load().map_err(|e| notes.push(unusable(&e.to_string(), None))).ok(),
            false => with_own(&selection, rules.policies(), &mut notes),
        };
        let (entries, metas) = match &compiled {
            Some(c) => entries(&selection.rules, c, &mut notes),
            None => (Vec::new(), Vec::new()),
        };
        Self { compiled, reads_input: !rules.policies().is_empty(), entries, metas, notes }
    }
}

/// Compiles the pack's policies together with the organization's.
fn with_own(selection: &Selection<'_>, own: &[PolicyFile], notes: &mut Vec<Note>) -> Option<Compiled> {
    let mut files = selection.files();
    files.extend(own.iter().cloned());
    match compile(&files, &CompileOptions::default()) {
        Ok(compiled) => Some(compiled),
        // The organization's policies do not compile: say so, and run the pack without them.
        Err(problems) => {
            notes.extend(problems.iter().map(note));
            selection.load().ok()
        }
    }
}

fn entries(
    pack: &[&trueline_rules::Rule],
    compiled: &Compiled,
    notes: &mut Vec<Note>,
) -> (Vec<Entry>, Vec<RuleMeta>) {
    let (mut out, mut metas) = (Vec::new(), Vec::new());
    for rule in pack {
        for Asked { query, verdict, expects } in rule.asks() {
            if compiled.has_rules(&query) {
                out.push(Entry { query, meta: metas.len(), verdict, expects, own: false });
            }
        }
        metas.push(rule.meta.clone());
    }
    // An image says nothing of packages; where the organization has policies, there is none.
    for package in compiled.packages() {
        if package.path.starts_with("data.trueline.") {
            continue;
        }
        let (rules, errors) = plain_rules(package);
        notes.extend(errors.iter().map(|e| Note {
            kind: NoteKind::Warning,
            message: e.to_string(),
            help: None,
            at: None,
        }));
        for rule in rules {
            let boolean = package.rules.iter().any(|r| {
                rule.query == format!("{}.{}", package.path, r.name)
                    && r.kind != trueline_rego::RuleKind::PartialSet
            });
            if boolean {
                notes.push(Note {
                    kind: NoteKind::Warning,
                    message: format!(
                        "`{}` is no set: what it gives is read only if it is an array",
                        rule.query
                    ),
                    help: Some("write `deny contains msg if { … }`".into()),
                    at: None,
                });
            }
            let mut meta = rule.meta;
            if rule.warning && meta.severity > Severity::Low {
                meta.severity = Severity::Low;
            }
            let expects = rule.expects;
            out.push(Entry {
                query: rule.query,
                meta: metas.len(),
                verdict: Verdict::Fail,
                expects,
                own: true,
            });
            metas.push(meta);
        }
    }
    (out, metas)
}

fn note(d: &Diagnostic) -> Note {
    unusable(&d.to_string(), d.help.clone())
}

fn unusable(problem: &str, help: Option<String>) -> Note {
    Note {
        kind: NoteKind::Error,
        message: format!("a policy can't be used: {problem}"),
        help: Some(help.unwrap_or_else(|| "mend the policy; without it the check is not whole".into())),
        at: None,
    }
}
