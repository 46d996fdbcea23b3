//! Which commit a change is compared with.

use crate::command::{Output, git};
use crate::tree::Tree;

/// Why there is nothing to compare with; every resource then counts as existing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoBase {
    /// The program is not there.
    #[error("git is not installed")]
    NoGit,
    /// Not under version control.
    #[error("the directory is in no git repository")]
    NoRepository,
    /// Git refuses to read a repository that belongs to another user.
    #[error("git does not trust this repository, since another user owns it (`safe.directory`)")]
    Untrusted,
    /// History is cut off.
    #[error("the clone is shallow")]
    Shallow,
    /// Nothing is committed yet.
    #[error("nothing is committed yet")]
    NoCommits,
    /// The configured revision does not exist.
    #[error("git knows no commit `{0}`")]
    UnknownRevision(String),
    /// Git did not answer in time.
    #[error("git did not answer within {0} seconds")]
    Timeout(u64),
    /// Anything else git said.
    #[error("git failed: {0}")]
    Git(String),
}

/// The top of the repository that holds `dir`, found without running anything: the nearest directory with `.git`.
pub fn repository(dir: &str) -> Option<String> {
    let mut at = std::path::Path::new(dir).canonicalize().ok()?;
    loop {
        if at.join(".git").exists() {
            return at.to_str().map(str::to_owned);
        }
        if !at.pop() {
            return None;
        }
    }
}

/// A commit and where a directory is inside its tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// The directory as the run knows it.
    dir: String,
    /// The same directory in the repository: `a/b`, empty for its top.
    prefix: String,
    /// Full id of the commit.
    commit: String,
}

impl Base {
    /// Finds the commit to compare `dir` with: `configured`, else the merge base of HEAD and the default branch of
    /// the remote, else HEAD.
    pub fn find(dir: &str, configured: Option<&str>) -> Result<Self, NoBase> {
        let top = git(
            dir,
            &["rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix"],
            None,
        )?;
        let text = top.line().ok_or_else(|| refusal(&top))?;
        let mut lines = text.lines();
        if lines.next() != Some("true") {
            return Err(NoBase::NoRepository);
        }
        if lines.next() == Some("true") {
            return Err(NoBase::Shallow);
        }
        let prefix = lines.next().unwrap_or("").trim_end_matches('/').to_owned();
        let head = commit(dir, "HEAD")?.ok_or(NoBase::NoCommits)?;
        let commit = match configured {
            Some(name) => commit(dir, name)?.ok_or_else(|| NoBase::UnknownRevision(name.to_owned()))?,
            None => merge_base(dir)?.unwrap_or(head),
        };
        Ok(Self { dir: dir.to_owned(), prefix, commit })
    }

    /// Full id of the commit.
    pub fn commit(&self) -> &str {
        &self.commit
    }

    /// The files of the commit.
    pub fn tree(&self) -> Result<Tree, NoBase> {
        Tree::read(&self.dir, &self.prefix, &self.commit)
    }
}

fn refusal(output: &Output) -> NoBase {
    if output.stderr.contains("dubious ownership") {
        NoBase::Untrusted
    } else if output.stderr.contains("not a git repository") {
        NoBase::NoRepository
    } else {
        NoBase::Git(output.stderr.lines().next().unwrap_or("no reason given").to_owned())
    }
}

/// The commit that `name` means, if any.
fn commit(dir: &str, name: &str) -> Result<Option<String>, NoBase> {
    let name = format!("{name}^{{commit}}");
    Ok(git(dir, &["rev-parse", "--verify", "--quiet", "--end-of-options", &name], None)?.line())
}

fn merge_base(dir: &str) -> Result<Option<String>, NoBase> {
    let remotes = git(dir, &["remote"], None)?.line().unwrap_or_default();
    let mut names: Vec<&str> = remotes.lines().collect();
    names.sort_by_key(|n| (*n != "origin", *n));
    let Some(remote) = names.first() else { return Ok(None) };
    let head = format!("refs/remotes/{remote}/HEAD");
    for name in [head, format!("refs/remotes/{remote}/main"), format!("refs/remotes/{remote}/master")] {
        if let Some(tip) = commit(dir, &name)? {
            return Ok(git(dir, &["merge-base", "HEAD", &tip], None)?.line());
        }
    }
    Ok(None)
}
