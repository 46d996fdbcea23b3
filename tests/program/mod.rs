//! Runs the program in a copy of a case, with nothing of this machine's environment that could change its output.

#![allow(dead_code)] // each test file uses its part

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a run gave.
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

/// Path of the program.
pub fn binary() -> &'static str {
    env!("CARGO_BIN_EXE_trueline")
}

impl Run {
    pub fn of(dir: &Path, args: &[&str]) -> Self {
        Self::with_input(dir, args, "")
    }

    pub fn with_input(dir: &Path, args: &[&str], input: &str) -> Self {
        Self::start(dir, args, input, &[])
    }

    /// With variables of the environment.
    pub fn with(dir: &Path, args: &[&str], env: &[(&str, &str)]) -> Self {
        Self::start(dir, args, "", env)
    }

    fn start(dir: &Path, args: &[&str], input: &str, env: &[(&str, &str)]) -> Self {
        let mut child = Command::new(binary())
            .args(args)
            .current_dir(dir)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .envs(env.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // a program that does not read its input closes it
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let out = child.wait_with_output().unwrap();
        Self {
            stdout: String::from_utf8(out.stdout).unwrap(),
            stderr: String::from_utf8(out.stderr).unwrap(),
            code: out.status.code().expect("the program was killed"),
        }
    }
}

/// A case in a directory of its own.
pub fn copy_case(name: &str) -> TempDir {
    let dir = TempDir::new().unwrap();
    copy(name, dir.path());
    dir
}

/// Copies a case into a directory.
pub fn copy(name: &str, to: &Path) {
    let from = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases").join(name);
    let mut todo = vec![(from, to.to_owned())];
    while let Some((from, to)) = todo.pop() {
        std::fs::create_dir_all(&to).unwrap();
        for entry in std::fs::read_dir(&from).unwrap() {
            let entry = entry.unwrap();
            let target = to.join(entry.file_name());
            match entry.file_type().unwrap().is_dir() {
                true => todo.push((entry.path(), target)),
                false => drop(std::fs::copy(entry.path(), target).unwrap()),
            }
        }
    }
}

/// A directory with these files.
pub fn files(all: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in all {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    dir
}
