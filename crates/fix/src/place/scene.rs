//! What placing needs to see: the sources as they were checked, and the plan made of them.

use std::sync::Arc;

use trueline_hcl::{Block, Expr, ExprKind, File, layout};
use trueline_model::{Address, Origin, Plan, Resource, Value, Via};
use trueline_provider::schema::{self, BlockSchema};
use trueline_terraform::Parsed;
use trueline_text::{FileId, Location, Span};

use super::Surveys;
use super::demand::Demand;
use crate::NoPlace;
use trueline_hcl::trail;

/// Sources and one plan.
pub struct Scene<'a> {
    /// The sources.
    pub parsed: &'a Parsed,
    /// The plan of one root.
    pub plan: &'a Plan,
    /// Plans of all that other values may bring, where a companion may be made.
    pub everything: &'a [Arc<Plan>],
    /// What was found out of companions, kept for one round.
    pub surveys: &'a Surveys,
    /// The one place of what stands in a file that has several names.
    pub same: &'a dyn Fn(Location) -> Location,
    /// False for a file that must not be written (flags of the command line, modules of others).
    pub editable: &'a dyn Fn(&str) -> bool,
    /// What the findings of the plan ask for together.
    pub demand: &'a Demand,
}

/// The body of a resource or of a block inside one.
#[derive(Clone, Copy, Debug)]
pub enum BodyNode<'t> {
    /// A block, of native syntax or at the top of a JSON file.
    Native(&'t Block),
    /// An object that stands for a block in JSON syntax.
    Json(&'t Expr),
}

impl BodyNode<'_> {
    /// Written in JSON syntax.
    pub const fn is_json(&self) -> bool {
        match self {
            Self::Native(b) => b.body.json,
            Self::Json(_) => true,
        }
    }

    /// All of it.
    pub const fn at(&self, file: FileId) -> Location {
        match self {
            Self::Native(b) => Location { file, span: b.span },
            Self::Json(e) => Location { file, span: e.span },
        }
    }
}

impl<'a> Scene<'a> {
    /// The managed resource or data source of this address.
    pub fn resource(&self, address: &Address) -> Option<&'a Resource> {
        self.plan.resources.iter().chain(&self.plan.data).find(|r| r.address == *address)
    }

    /// The tree of a file.
    pub fn tree(&self, file: FileId) -> Option<&'a File> {
        self.parsed.trees.get(&file).map(Arc::as_ref)
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> &'a str {
        self.parsed.sources.get(file).map_or("", |f| &f.text)
    }

    /// The path of a file.
    pub fn path(&self, file: FileId) -> &'a str {
        self.parsed.sources.get(file).map_or("", |f| &f.path)
    }

    /// True if what stands at a place may be changed.
    pub fn may_edit(&self, at: Location) -> bool {
        self.tree(at.file).is_some_and(|t| trail::is_certain(t, at.span))
            && (self.editable)(self.path(at.file))
    }

    /// A file of the plan's modules that has a part which can't be read and which may hold a block of this type.
    pub fn hiding(&self, kind: &str) -> Option<&'a str> {
        let label = layout::quoted(kind);
        let files = self.plan.directories.iter().filter_map(|d| self.parsed.directories.get(d)).flatten();
        files.copied().find_map(|file| {
            let (tree, text) = (self.tree(file).filter(|t| !t.errors.is_empty())?, self.text(file));
            let hidden = |span: Span| span.text(text).contains(&label);
            let all = tree.body.json && hidden(tree.body.span);
            (all || tree.body.unread.iter().any(|u| hidden(u.span))).then(|| self.path(file))
        })
    }

    /// The expression at a place.
    pub fn expr(&self, at: Location) -> Option<&'a Expr> {
        trail::expr(self.tree(at.file)?, at.span)
    }

    /// The body of the block at a place.
    pub fn body(&self, at: Location) -> Option<BodyNode<'a>> {
        let tree = self.tree(at.file)?;
        if let Some(b) = trail::block(tree, at.span) {
            return Some(BodyNode::Native(b));
        }
        let e = trail::expr(tree, at.span)?;
        matches!(e.kind, ExprKind::Object(_)).then_some(BodyNode::Json(e))
    }

    /// The block of a resource, if it may be changed.
    pub fn declaration(&self, resource: &Resource) -> Result<(Location, BodyNode<'a>), NoPlace> {
        let missing = || NoPlace::NoResource(resource.address.to_string());
        let declared = resource.declared.as_ref().ok_or_else(missing)?;
        let at = Location { file: declared.file, span: declared.block };
        let broken = || NoPlace::Broken(self.path(at.file).to_owned());
        self.tree(at.file).filter(|t| t.errors.is_empty() || !t.body.json).ok_or_else(broken)?;
        Ok((at, self.body(at).ok_or_else(missing)?))
    }

    /// The same, if something may follow the block.
    pub fn ended(&self, resource: &Resource) -> Result<(Location, BodyNode<'a>), NoPlace> {
        let (at, node) = self.declaration(resource)?;
        let certain = self.tree(at.file).is_some_and(|t| trail::is_certain(t, at.span));
        if certain { Ok((at, node)) } else { Err(NoPlace::Broken(self.path(at.file).to_owned())) }
    }

    /// True if the resource's own block may be changed.
    pub fn owns(&self, resource: &Resource) -> bool {
        let declared = resource.declared.as_ref().filter(|d| d.editable);
        declared.is_some_and(|d| self.may_edit(Location { file: d.file, span: d.block }))
    }

    /// The schema of a resource.
    pub fn schema(&self, resource: &Resource) -> Option<Arc<BlockSchema>> {
        schema::of(&resource.provider, resource.address.mode, &resource.address.kind)
    }

    /// The literal that a value is, if it may be changed.
    pub fn literal(&self, value: &Value) -> Option<(Location, &'a Expr)> {
        let literal = value.origin.as_ref()?.source_literal()?;
        let e = self.expr(literal.at).filter(|_| self.may_edit(literal.at))?;
        Some((literal.at, e))
    }

    /// The expression that produced a value: what is left after the identity steps.
    pub fn producer(&self, value: &Value) -> Option<(FileId, &'a Expr)> {
        let mut at: &Origin = value.origin.as_ref()?;
        while at.via.is_identity() {
            match at.inputs.as_slice() {
                [one] => at = one,
                _ => break,
            }
        }
        Some((at.at.file, self.expr(at.at)?))
    }

    /// The resource or data source through whose attribute a value came, nearest first.
    pub fn passed(&self, value: &Value, kind: &str) -> Option<&'a Resource> {
        let origin = value.origin.as_ref()?;
        let found = origin.chain().into_iter().find_map(|o| match &o.via {
            Via::Resource(a, _) if &*a.kind == kind => Some(a.clone()),
            _ => None,
        })?;
        self.resource(&found)
    }
}
