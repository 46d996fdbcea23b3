//! Prints the static plan of a directory: `plan DIR [--var-file FILE]… [--notes]`.

use trueline_terraform::{Given, Inputs, Parsed, plan};

/// The door that `cargo xtask truth` reads through.
#[allow(clippy::disallowed_methods, reason = "this example is a door of its own")]
#[path = "../../../xtask/src/truth/disk.rs"]
mod disk;

use disk::Disk;

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
