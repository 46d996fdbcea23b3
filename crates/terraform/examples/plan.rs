//! Prints the static plan of a directory: `plan DIR [--var-file FILE]… [--notes]`.

use std::io;
use std::sync::Arc;

use trueline_terraform::{Given, Inputs, Parsed, plan};
use trueline_text::{Entry, Files};

struct Disk;

impl Files for Disk {
    #[allow(clippy::disallowed_methods, reason = "this example is a door of its own")]
    fn read(&self, path: &str) -> io::Result<Arc<[u8]>> {
        std::fs::read(path).map(Arc::from)
    }

    #[allow(clippy::disallowed_methods, reason = "this example is a door of its own")]
    fn list(&self, path: &str) -> io::Result<Vec<Entry>> {
        let mut out = Vec::new();
        for e in std::fs::read_dir(path)? {
            let e = e?;
            out.push(Entry { name: e.file_name().to_string_lossy().into_owned(), is_dir: e.path().is_dir() });
        }
        out.sort();
        Ok(out)
    }

    fn is_dir(&self, path: &str) -> bool {
        std::path::Path::new(path).is_dir()
    }

    fn is_file(&self, path: &str) -> bool {
        std::path::Path::new(path).is_file()
    }
}

#[allow(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]
fn main() {
    let mut dir = ".".to_owned();
    let mut inputs = Inputs::default();
    let (mut notes, mut links, mut repeat) = (false, false, 1);
    let mut args = std::env::args().skip(1);
    while let Some(a) = args.next() {
        match a.as_str() {
            "--var-file" => inputs.given.extend(args.next().map(Given::File)),
            "--notes" => notes = true,
            "--links" => links = true,
            "--repeat" => repeat = args.next().and_then(|n| n.parse().ok()).unwrap_or(1),
            _ => dir = a,
        }
    }
    let mut asked = vec![dir.clone()];
    asked.extend(inputs.var_files().map(str::to_owned));
    let parsed = Parsed::load(&Disk, &asked);
    for _ in 1..repeat {
        plan(&Disk, &parsed, &dir, &inputs);
    }
    let plan = plan(&Disk, &parsed, &dir, &inputs);
    for n in &plan.notes {
        let at =
            n.at.and_then(|at| parsed.sources.get(at.file).map(|f| (f.path.clone(), f.range(at.span).start)));
        let place = at.map(|(p, r)| format!("{p}:{}:{}: ", r.line, r.column)).unwrap_or_default();
        eprintln!("{:?}: {place}{} ({})", n.kind, n.message, n.help.as_deref().unwrap_or(""));
    }
    if links {
        for r in plan.resources.iter().chain(&plan.data) {
            for l in &r.links {
                println!("{} {} -> {} {} {}", r.address, l.route, l.to, l.attribute, l.certain);
            }
        }
    } else if !notes {
        println!("{:#}", plan.json);
    }
}
