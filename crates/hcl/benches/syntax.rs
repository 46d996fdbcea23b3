//! How fast texts are read, formatted and edited: `cargo bench -p trueline-hcl`.
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use trueline_hcl::layout::set_attribute;
use trueline_hcl::{format, parse};

fn syntax(c: &mut Criterion) {
    let one = include_str!("../tests/texts/28-three-tier.tf");
    let many = one.repeat(200);
    let mut group = c.benchmark_group("hcl");
    group.throughput(Throughput::Bytes(many.len() as u64));
    group.bench_function("parse 1.4 MB", |b| b.iter(|| parse(black_box(&many))));
    group.bench_function("format 1.4 MB", |b| b.iter(|| format(black_box(&many))));
    group.throughput(Throughput::Bytes(one.len() as u64));
    group.bench_function("parse 7 KB", |b| b.iter(|| parse(black_box(one))));
    let file = parse(one);
    let block = file.body.blocks().last().unwrap();
    group.bench_function("set one attribute in 7 KB", |b| {
        b.iter(|| set_attribute(black_box(one), &block.body, "new", "true"));
    });
    group.finish();
}

criterion_group!(benches, syntax);
criterion_main!(benches);
