//! Runs git with nothing of the repository's or the environment's choosing switched on.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::NoBase;

/// How long one call may take.
const TIME_LIMIT: Duration = Duration::from_secs(20);
/// How much one call may print.
const SIZE_LIMIT: u64 = 512 << 20;

/// Settings that a hostile repository could use to run programs or to reach the network.
const OFF: [&str; 6] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "protocol.allow=never",
    "submodule.recurse=false",
    "maintenance.auto=false",
];

/// What a call printed, and whether it succeeded.
pub(crate) struct Output {
    pub(crate) ok: bool,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Output {
    /// Standard output without the last line break, if the call succeeded.
    pub(crate) fn line(&self) -> Option<String> {
        let text = String::from_utf8(self.stdout.clone()).ok()?;
        self.ok.then(|| text.strip_suffix('\n').unwrap_or(&text).to_owned())
    }
}

/// Runs `git -C dir args`, with `input` on its standard input.
pub(crate) fn git(dir: &str, args: &[&str], input: Option<Vec<u8>>) -> Result<Output, NoBase> {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os().filter(|(n, _)| n.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    command.env("GIT_TERMINAL_PROMPT", "0").env("GIT_NO_LAZY_FETCH", "1").env("LC_ALL", "C");
    command.args(["--no-pager", "--no-optional-locks", "--no-replace-objects"]);
    for setting in OFF {
        command.args(["-c", setting]);
    }
    command.arg("-C").arg(dir).args(args);
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    finish(child.map_err(|_| NoBase::NoGit)?, input)
}

fn finish(mut child: Child, input: Option<Vec<u8>>) -> Result<Output, NoBase> {
    let stdout = collect(child.stdout.take());
    let stderr = collect(child.stderr.take());
    if let (Some(mut pipe), Some(bytes)) = (child.stdin.take(), input) {
        // a git that stops reading closes the pipe, which ends this thread
        std::thread::spawn(move || pipe.write_all(&bytes));
    }
    let out = stdout.recv_timeout(TIME_LIMIT);
    let err = stderr.recv_timeout(TIME_LIMIT);
    let (Ok(stdout), Ok(stderr)) = (out, err) else {
        let _ = child.kill();
        let _ = child.wait();
        return Err(NoBase::Timeout(TIME_LIMIT.as_secs()));
    };
    if stdout.len() as u64 >= SIZE_LIMIT {
        let _ = child.kill();
        let _ = child.wait();
        return Err(NoBase::Git("git printed more than 512 MB".to_owned()));
    }
    let status = child.wait().map_err(|e| NoBase::Git(e.to_string()))?;
    Ok(Output { ok: status.success(), stdout, stderr: String::from_utf8_lossy(&stderr).trim().to_owned() })
}

fn collect<R: Read + Send + 'static>(pipe: Option<R>) -> Receiver<Vec<u8>> {
    let (send, receive) = channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            let _ = pipe.take(SIZE_LIMIT).read_to_end(&mut bytes);
        }
        let _ = send.send(bytes);
    });
    receive
}
