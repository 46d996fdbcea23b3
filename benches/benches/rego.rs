//! What policies cost: to compile 300 files, and to evaluate them over a plan.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench may stop")]

mod policies;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use trueline_rego::{CompileOptions, Limits, Value, compile};

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

criterion_group!(benches, bench);
criterion_main!(benches);
