//! What each stage costs on the corpus: parse, evaluate, check, fix; and check on a generated repository.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench reads its input and may stop"
)]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use trueline_engine::{Disk, FixOptions, Options, Quiet, Session};
use trueline_terraform::{Inputs, Parsed};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/corpus/terraform").canonicalize().unwrap()
}

fn session(path: &Path) -> Session {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/launch/trueline.toml");
    let options = Options {
        paths: vec![path.to_str().unwrap().to_owned()],
        config: Some(config.to_str().unwrap().to_owned()),
        threads: 1,
        ..Options::default()
    };
    Session::open(options).unwrap()
}

fn stages(c: &mut Criterion) {
    let mut texts = Vec::new();
    let mut dirs = Vec::new();
    for d in std::fs::read_dir(corpus()).unwrap() {
        let d = d.unwrap().path();
        for f in std::fs::read_dir(&d).unwrap() {
            let f = f.unwrap().path();
            if f.extension().is_some_and(|e| e == "tf") {
                texts.push(std::fs::read_to_string(f).unwrap());
            }
        }
        dirs.push(d.to_str().unwrap().to_owned());
    }
    dirs.sort();
    let bytes: usize = texts.iter().map(String::len).sum();

    let mut g = c.benchmark_group("corpus");
    g.throughput(Throughput::Bytes(bytes as u64));
    g.bench_function("parse", |b| {
        b.iter(|| texts.iter().map(|t| trueline_hcl::parse(black_box(t)).body.items.len()).sum::<usize>())
    });
    let disk = Disk::new();
    let parsed = Parsed::load(&disk, &dirs);
    let inputs = Inputs::default();
    g.bench_function("evaluate", |b| {
        b.iter(|| {
            dirs.iter()
                .map(|d| trueline_terraform::plan(&disk, &parsed, d, &inputs).resources.len())
                .sum::<usize>()
        });
    });
    g.sample_size(10);
    let s = session(&corpus());
    g.bench_function("check", |b| b.iter(|| s.check(&Quiet).unwrap().findings().len()));
    g.bench_function("fix", |b| b.iter(|| s.fix(&FixOptions::default(), &Quiet).unwrap().changes.len()));
    g.finish();

    let mut g = c.benchmark_group("generated");
    g.sample_size(10);
    for resources in [100usize, 1000, 10_000] {
        let dir = std::env::temp_dir().join(format!("trueline-bench-{resources}"));
        for (name, text) in trueline_benches::repository(1, resources / 100, resources) {
            let path = dir.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let s = session(&dir);
        g.throughput(Throughput::Elements(resources as u64));
        g.bench_with_input(BenchmarkId::new("check", resources), &s, |b, s| {
            b.iter(|| s.check(&Quiet).unwrap().findings().len())
        });
        std::fs::remove_dir_all(dir).unwrap();
    }
    g.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
