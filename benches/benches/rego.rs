//! What policies cost: to compile 300 files, to evaluate them over a plan, and to choose among 1,000 rule bodies.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench may stop")]

mod policies;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use trueline_rego::{CompileOptions, Limits, PolicyFile, Value, compile};

fn plan(resources: usize) -> Value {
    let resource = |at: usize| {
        let text = format!(
            r#"{{"address": "aws_s3_bucket.b{at}", "type": "aws_s3_bucket", "change": {{"actions": ["create"],
            "after": {{"encrypted": {}, "region": "eu-west-1", "tags": {{"Owner": "me"}}}}, "after_unknown": {{}}}}}}"#,
            at.is_multiple_of(3)
        );
        Value::parse_json(&text).unwrap()
    };
    Value::object(vec![("resource_changes".into(), Value::array((0..resources).map(resource).collect()))])
}

fn bench(c: &mut Criterion) {
    let mut group = c.benchmark_group("policies");
    group.sample_size(20);
    let files = policies::generated(300);
    let options = CompileOptions::default();
    group.bench_function("compile 300", |b| b.iter(|| compile(black_box(&files), &options).unwrap()));
    let compiled = compile(&files, &options).unwrap();
    let input = plan(500);
    group.bench_function("evaluate 300 over 500 resources", |b| {
        b.iter(|| {
            let mut session = compiled.session(Value::empty_object(), Limits::default());
            session.set_input(input.clone());
            session.rule("data.generated").unwrap()
        });
    });
    group.finish();
}

/// A thousand bodies that each ask for another type, as rule and as function.
fn choices() -> PolicyFile {
    let mut text = String::from("package choice\nimport rego.v1\n");
    for at in 0..1_000 {
        text += &format!("deny contains \"{at}\" if {{ input.type == \"t{at}\"; input.size > 1 }}\n");
        text += &format!("limit(\"t{at}\", size) := size + {at} if size > 0\n");
    }
    text += "limits := [limit(r.type, r.size) | some r in input.resources]\n";
    PolicyFile::new("choice.rego", text)
}

fn bench_choice(c: &mut Criterion) {
    let mut group = c.benchmark_group("1,000 bodies");
    group.sample_size(20);
    let compiled = compile(&[choices()], &CompileOptions::default()).unwrap();
    let resources = (0..500).map(|at| {
        Value::object(vec![
            ("type".into(), format!("t{}", at * 2).into()),
            ("size".into(), (at as i64 + 1).into()),
        ])
    });
    let input = Value::object(vec![
        ("type".into(), "t700".into()),
        ("size".into(), 2.into()),
        ("resources".into(), Value::array(resources.collect())),
    ]);
    for (name, indexed) in [("with the index", true), ("each tried", false)] {
        for rule in ["deny", "limits"] {
            group.bench_function(format!("{rule}, {name}"), |b| {
                b.iter(|| {
                    let mut session = compiled.session(Value::empty_object(), Limits::default());
                    session.set_indexed(indexed);
                    session.set_input(input.clone());
                    session.rule(&format!("data.choice.{rule}")).unwrap()
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, bench, bench_choice);
criterion_main!(benches);
