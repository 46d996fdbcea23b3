//! One snapshot per format over one run that has everything: failure with origin chain, undecided, waived,
//! masked source, notes with and without a place.

#![allow(clippy::unwrap_used)] // a test that can't build its run should fail

use std::collections::BTreeMap;

use trueline_model::{
    Applicability, ControlRef, Effect, EffectKind, Finding, FixOffer, Note, NoteKind, OriginStep, Profile,
    RuleMeta, Severity, Summary, Verdict,
};
use trueline_report::{FrameworkName, Look, Masks, View, concise, github, json, sarif, text};
use trueline_text::{Edit, FileId, Location, SourceFile, Sources, Span};

const MAIN: &str = "\u{feff}variable \"tür\" {\r\n  default = false\r\n}\r\n\r\n\
resource \"aws_db_instance\" \"main\" {\r\n  password          = \"hunter2\", storage_encrypted = var.tür\r\n}\r\n";

const PLAIN: Look = Look { colour: false, width: 100, verbose: false };

struct Run {
    findings: Vec<Finding>,
    notes: Vec<Note>,
    summary: Summary,
    sources: Sources,
    masks: Masks,
    rules: Vec<RuleMeta>,
    frameworks: BTreeMap<String, FrameworkName>,
    controls: BTreeMap<ControlRef, String>,
    edits: BTreeMap<usize, trueline_report::FixEdits>,
}

fn at(file: FileId, text: &str, what: &str) -> Location {
    let start = text.find(what).unwrap() as u32;
    Location { file, span: Span::new(start, start + what.len() as u32) }
}

fn finding(rule: &str, verdict: Verdict, severity: Severity) -> Finding {
    Finding {
        rule: rule.into(),
        aliases: vec!["CKV_AWS_16".into()],
        severity,
        verdict,
        message: "storage of `main` is not encrypted".into(),
        why: "Whoever gets hold of a snapshot reads it.".into(),
        help: "Set `storage_encrypted = true`.".into(),
        address: Some("module.x[\"k\"].aws_db_instance.main".parse().unwrap()),
        subject: String::new(),
        route: "storage_encrypted".parse().unwrap(),
        at: None,
        origin: vec![],
        controls: vec![],
        fix: None,
        waiver: None,
        fingerprint: "00ff".into(),
        module: "modules/db".into(),
    }
}

fn run() -> Run {
    let mut sources = Sources::default();
    let main = sources.add(SourceFile::new("mod ule/main.tf", MAIN));
    let mut broken = finding("aws/rds/unencrypted-storage", Verdict::Fail, Severity::High);
    broken.at = Some(at(main, MAIN, "false"));
    broken.origin = vec![
        OriginStep { at: at(main, MAIN, "var.tür"), via: "variable".into() },
        OriginStep { at: at(main, MAIN, "false"), via: "default".into() },
    ];
    broken.controls = vec![
        ControlRef { framework: "soc2".into(), id: "CC6.7".into() },
        ControlRef { framework: "soc2".into(), id: "CC6.1".into() },
        ControlRef { framework: "hipaa".into(), id: "164.312(a)(2)(iv)".into() },
    ];
    let replaces = Effect { kind: EffectKind::Replaces, why: "the database is created anew".into() };
    broken.fix = Some(FixOffer {
        operations: vec![],
        applicability: Applicability::Unsafe,
        effects: vec![replaces],
        needs: vec![],
    });
    let mut undecided = finding("aws/rds/key", Verdict::Unknown, Severity::Medium);
    undecided.why = "`var.key` has no value and no default".into();
    undecided.at = Some(at(main, MAIN, "\"hunter2\""));
    undecided.fix = Some(FixOffer {
        operations: vec![],
        applicability: Applicability::Needs,
        effects: vec![],
        needs: vec!["settings.aws.kms_key_arn".into()],
    });
    let mut waived = finding("aws/rds/public", Verdict::Waived, Severity::Critical);
    waived.waiver = Some("a test, by web-team@mycoco.example".into());
    let mut plain = finding("main/deny", Verdict::Fail, Severity::Low);
    plain.address = None;
    plain.subject = "everything".into();
    plain.message = "line one: 100%,\nline two \u{1b}[31m [brackets]".into();
    plain.fix = Some(FixOffer {
        operations: vec![],
        applicability: Applicability::Safe,
        effects: vec![],
        needs: vec![],
    });
    let notes = vec![
        Note {
            kind: NoteKind::Error,
            message: "expected `=`, found `,`".into(),
            help: Some("Write one attribute per line.".into()),
            at: Some(at(main, MAIN, ", ")),
        },
        Note { kind: NoteKind::Warning, message: "no schema for `acme_x`".into(), help: None, at: None },
    ];
    let rule = RuleMeta {
        id: "aws/rds/unencrypted-storage".into(),
        title: "RDS storage is not encrypted".into(),
        description: "Whoever gets hold of a snapshot reads it.".into(),
        help: "Set `storage_encrypted = true`.".into(),
        severity: Severity::High,
        profile: Profile::Baseline,
        resources: vec!["aws_db_instance".into()],
        controls: broken.controls.clone(),
        aliases: vec!["CKV_AWS_16".into()],
        settings: vec![],
        after: vec![],
        fix: "Sets the attribute.".into(),
    };
    let edits = vec![(main, vec![Edit::replace(at(main, MAIN, "false").span, "true")])];
    let leaking = vec![(main, vec![Edit::replace(at(main, MAIN, "hunter2").span, "hunter3")])];
    Run {
        findings: vec![broken, undecided, waived, plain],
        notes,
        summary: Summary { modules: 1, resources: 12, rules: 30, fail: 2, unknown: 1, waived: 1, fixable: 1 },
        masks: Masks::new([at(main, MAIN, "\"hunter2\"")]),
        sources,
        rules: vec![rule],
        frameworks: BTreeMap::from([("soc2", "SOC 2"), ("hipaa", "HIPAA")].map(|(id, short)| {
            (id.to_owned(), FrameworkName { title: format!("{short} in full"), short: short.to_owned() })
        })),
        controls: BTreeMap::from([(
            ControlRef { framework: "soc2".into(), id: "CC6.1".into() },
            "Access to systems is restricted".into(),
        )]),
        edits: BTreeMap::from([(0, edits), (1, leaking)]),
    }
}

impl Run {
    fn view(&self) -> View<'_> {
        View {
            findings: &self.findings,
            notes: &self.notes,
            summary: self.summary,
            sources: &self.sources,
            masks: &self.masks,
            rules: &self.rules,
            frameworks: &self.frameworks,
            controls: &self.controls,
            edits: &self.edits,
            left_out: Some("there is no trueline.toml"),
            version: "0.1.0",
        }
    }
}

fn render(by: impl Fn(&View<'_>) -> String) -> String {
    let out = by(&run().view());
    assert!(!out.contains("hunter"), "a sensitive value is shown:\n{out}");
    out
}

#[test]
fn text_for_people() {
    insta::assert_snapshot!(render(|v| text(v, PLAIN)));
}

#[test]
fn colour_only_when_asked() {
    assert!(!render(|v| text(v, PLAIN)).contains('\u{1b}'));
    let coloured = render(|v| text(v, Look { colour: true, ..PLAIN }));
    assert!(coloured.contains("\u{1b}[1m"));
    assert!(!coloured.contains("\u{1b}[31m [brackets]"), "an escape sequence of the input got through");
}

#[test]
fn json_for_programs() {
    let out = render(json);
    serde_json::from_str::<serde_json::Value>(&out).unwrap();
    insta::assert_snapshot!(out);
}

#[test]
fn sarif_for_code_hosts() {
    insta::assert_snapshot!(render(sarif));
}

#[test]
fn github_annotations() {
    insta::assert_snapshot!(render(github));
}

#[test]
fn instances_of_one_resource_are_shown_once() {
    let mut r = run();
    let mut many: Vec<Finding> = Vec::new();
    for key in ["a", "b", "c"] {
        let mut f = r.findings[0].clone();
        f.address = Some(format!("aws_db_instance.main[\"{key}\"]").parse().unwrap());
        many.push(f);
    }
    many[2].message = "something else".into();
    r.findings = many;
    let out = text(&r.view(), PLAIN);
    assert_eq!(out.matches("error[aws/rds/unencrypted-storage]").count(), 2, "{out}");
    assert!(out.contains("aws_db_instance.main[\"a\"] and 1 other instance, storage_encrypted"), "{out}");
    assert!(out.contains("aws_db_instance.main[\"c\"], storage_encrypted"), "{out}");
    let out = github(&r.view());
    assert!(out.contains("::aws_db_instance.main[\"a\"] and 1 other instance: "), "{out}");
    assert_eq!(out.matches("title=aws/rds/unencrypted-storage").count(), 2, "{out}");
}

#[test]
fn what_is_said_of_many_resources_is_said_once() {
    let mut r = run();
    let mut many: Vec<Finding> = Vec::new();
    for (name, message) in [("a", "one"), ("b", "one"), ("c", "two"), ("d", "one")] {
        let mut f = r.findings[0].clone();
        f.address = Some(format!("aws_db_instance.{name}").parse().unwrap());
        f.message = message.into();
        f.origin.clear();
        many.push(f);
    }
    many[3].fix = None;
    r.findings = many;
    let note =
        Note { kind: NoteKind::Warning, message: "not here".into(), help: Some("bring it".into()), at: None };
    let place = r.findings[0].at;
    r.notes = vec![note.clone(), Note { at: place, ..note.clone() }, Note { at: place, ..note }];
    let out = text(&r.view(), PLAIN);
    assert_eq!(
        out.matches("error[aws/rds/unencrypted-storage]: one").count(),
        2,
        "another fix is another finding:\n{out}"
    );
    assert!(out.contains("= also: mod ule/main.tf:2:13 aws_db_instance.b\n"), "{out}");
    for once in ["= why:", "= help: Set", "= controls:", "warning: not here", "= help: bring it"] {
        assert_eq!(out.matches(once).count(), 1, "{once}:\n{out}");
    }
    assert_eq!(out.matches("mod ule/main.tf:2:13\n").count(), 5, "{out}");
}

/// So many findings of one rule that say the same, each in a place and of a resource of its own.
fn many(n: usize) -> Run {
    let mut r = run();
    let mut one = r.findings.first().unwrap().clone();
    one.origin.truncate(1);
    let start = one.at.unwrap();
    r.notes.clear();
    r.findings = (0..n)
        .map(|i| Finding {
            address: Some(format!("aws_db_instance.n{i}").parse().unwrap()),
            at: Some(Location { span: Span::new(start.span.start - i as u32, start.span.end), ..start }),
            ..one.clone()
        })
        .collect();
    r
}

#[test]
fn ten_places_are_named_and_all_with_verbose() {
    let r = many(14);
    let out = text(&r.view(), PLAIN);
    assert!(out.contains(" aws_db_instance.n10\n") && !out.contains("aws_db_instance.n11"), "{out}");
    assert!(
        out.contains("and 3 more\n") && out.contains("\n`--verbose` shows every place and every rule\n"),
        "{out}"
    );
    let out = text(&r.view(), Look { verbose: true, ..PLAIN });
    assert!(out.contains("aws_db_instance.n13") && !out.contains("--verbose"), "{out}");
    let out = text(&many(12).view(), PLAIN);
    assert!(
        out.contains("aws_db_instance.n11") && !out.contains("--verbose"),
        "one more is no longer than to say so: {out}"
    );
}

#[test]
fn further_findings_of_a_rule_are_short_and_in_full_with_verbose() {
    let mut r = many(2);
    r.findings[1].message = "something else".into();
    r.findings[1].why = "Another reason.".into();
    let way = "the value comes from the variable";
    let out = text(&r.view(), PLAIN);
    assert_eq!((out.matches(way).count(), out.matches("= help:").count()), (1, 1), "{out}");
    assert_eq!((out.matches("= controls:").count(), out.matches("= why:").count()), (1, 2), "{out}");
    let out = text(&r.view(), Look { verbose: true, ..PLAIN });
    assert_eq!((out.matches(way).count(), out.matches("= help:").count()), (2, 2), "{out}");
}

#[test]
fn elements_that_fail_alike_are_one() {
    let mut r = many(2);
    r.findings[0].message = "`ingress[0].x` is not set".into();
    r.findings[1].message = "`ingress[1].x` is not set".into();
    let count = |look| text(&r.view(), look).matches("is not set").count();
    assert_eq!((count(PLAIN), count(Look { verbose: true, ..PLAIN })), (1, 2));
}

#[test]
fn sentences_are_wrapped_at_the_width() {
    let mut r = many(1);
    r.findings[0].why = "word ".repeat(60);
    for width in [60, 100, 140] {
        let out = text(&r.view(), Look { width, ..PLAIN });
        let lines: Vec<&str> = out.lines().filter(|l| l.contains("word word")).collect();
        let longest = lines.iter().map(|l| l.trim_end().chars().count()).max().unwrap();
        assert!(lines.len() > 1 && longest <= width && longest > width - 12, "{width}: {longest}\n{out}");
    }
}

#[test]
fn with_many_rules_the_minor_ones_share_a_line() {
    let mut r = run();
    let one = finding("", Verdict::Fail, Severity::Low);
    r.findings = (0..50).map(|i| Finding { rule: format!("aws/x/r{i}"), ..one.clone() }).collect();
    r.findings[7].severity = Severity::High;
    let out = text(&r.view(), PLAIN);
    assert!(out.contains("\nhigh        1  aws/x/r7  by hand\nlow        49  49 rules  by hand\n"), "{out}");
    let out = text(&r.view(), Look { verbose: true, ..PLAIN });
    assert!(out.contains("\nlow         1  aws/x/r49  by hand\n"), "{out}");
}

#[test]
fn github_gathers_notes_behind_findings() {
    let mut r = run();
    let info =
        Note { kind: NoteKind::Info, message: "made by a program".into(), help: None, at: r.findings[0].at };
    r.notes.extend([info.clone(), info]);
    let out = github(&r.view());
    let notes: Vec<&str> = out.lines().filter(|l| l.contains("title=trueline")).collect();
    assert_eq!(notes.len(), 2, "{out}");
    assert!(notes[0].starts_with("::error file=mod ule/main.tf,line=6,"), "{out}");
    assert_eq!(notes[1], "::warning title=trueline::no schema for `acme_x`%0Amade by a program (2 times)");
    assert!(out.find("title=aws/rds").unwrap() < out.find("title=trueline").unwrap(), "{out}");
}

#[test]
fn a_very_long_line_is_cut_around_the_place() {
    let mut sources = Sources::default();
    let long = format!("a = \"{}\" b = false c = \"{}\"\n", "x".repeat(1 << 20), "ü".repeat(1 << 20));
    let file = sources.add(SourceFile::new("long.tf", long.as_str()));
    let mut f = finding("r", Verdict::Fail, Severity::High);
    f.at = Some(at(file, &long, "false"));
    let (masks, none, controls, edits) =
        (Masks::default(), BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let out = text(
        &View {
            findings: &[f],
            notes: &[],
            summary: Summary::default(),
            sources: &sources,
            masks: &masks,
            rules: &[],
            frameworks: &none,
            controls: &controls,
            edits: &edits,
            left_out: None,
            version: "",
        },
        PLAIN,
    );
    assert!(out.contains("b = false c") && out.contains("long.tf:1:1048588"), "{out}");
    assert!(out.len() < 2000, "{} bytes", out.len());
}

#[test]
fn concise_is_one_line_each() {
    let out = render(concise);
    assert!(!out.contains('\u{1b}'), "an escape sequence of the input got through: {out}");
    insta::assert_snapshot!(out);
}
