//! Where the collection that an argument takes can get an entry: the constructors, locals, variables and arguments of
//! `module` blocks on its way, found in the text.

use std::sync::Arc;

use trueline_hcl::{Attribute, Block, Expr, ExprKind, Item, TemplatePart, TemplateStyle};
use trueline_model::{OpValue, Resource};
use trueline_text::{FileId, Location};

use super::scene::Scene;
use super::upstream::block;
use crate::change::{Change, Step, StepKind};

/// Longest way that is gone from a use to its source.
const DEPTH: usize = 16;

/// What a station is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// In the argument's own expression.
    Own,
    /// A constructor in a local, or in an argument of a `module` block.
    Written,
    /// The expression of a local, or of an argument of a `module` block.
    Handed,
    /// The values of a variable of the root: its default and what files of values give.
    Variable,
}

/// How a spot takes an entry.
#[derive(Clone, Debug, PartialEq)]
enum How {
    /// Below what stands there; names before the entry's own.
    Put(Vec<Step>),
    /// By `merge`.
    Merge,
}

/// A place at which one edit gives the collection an entry, for all that use it.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// What it is.
    pub kind: Kind,
    /// The directory in whose scope it is written.
    pub dir: Arc<str>,
    spots: Vec<(Location, How)>,
}

impl Station {
    /// What makes two stations the same.
    pub fn place(&self) -> Option<Location> {
        self.spots.first().map(|(at, _)| *at)
    }

    /// The changes that add an entry.
    pub fn add(&self, name: &Arc<str>, value: &OpValue) -> Vec<Change> {
        let each = self.spots.iter().map(|(at, how)| match how {
            How::Put(before) => {
                let entry = Step { name: name.clone(), kind: StepKind::Entry };
                let path = before.iter().cloned().chain([entry]).collect();
                Change::Put { at: *at, path, value: value.clone() }
            }
            How::Merge => Change::Merge { at: *at, path: vec![name.clone()], value: value.clone() },
        });
        each.collect()
    }

    /// False if one of its files must not be written.
    pub fn may_edit(&self, scene: &Scene<'_>) -> bool {
        self.spots.iter().all(|(at, _)| scene.may_edit(*at))
    }
}

/// The way of modules to a resource: directories from the root, and the `module` blocks between them.
pub struct Chain<'a> {
    dirs: Vec<Arc<str>>,
    calls: Vec<(Location, &'a Block)>,
}

impl<'a> Chain<'a> {
    /// The way to a resource, so far as it can be followed.
    pub fn of(scene: &Scene<'a>, resource: &Resource) -> Self {
        let mut out = Self { dirs: Vec::new(), calls: Vec::new() };
        let Some(mut dir) = scene.plan.directories.first().cloned() else { return out };
        out.dirs.push(dir.clone());
        for step in &resource.address.modules {
            let Some((at, call)) = block(scene, &dir, "module", &[&step.name]) else { break };
            let here =
                |l: &Location| l.file == at.file && (at.span.contains(l.span) || l.span.contains(at.span));
            let mut callers = scene.plan.callers.iter();
            let Some((child, _)) = callers.find(|(_, places)| places.iter().any(here)) else { break };
            out.calls.push((at, call));
            out.dirs.push(child.clone());
            dir = child.clone();
        }
        out
    }

    /// The root's directory alone.
    pub fn root(scene: &Scene<'a>) -> Self {
        Self { dirs: scene.plan.directories.first().cloned().into_iter().collect(), calls: Vec::new() }
    }

    /// The directory of the resource.
    pub fn dir(&self) -> Option<&Arc<str>> {
        self.dirs.last()
    }
}

/// A walk from an expression to all that it is made of.
pub struct Walk<'s, 'a> {
    scene: &'s Scene<'a>,
    chain: &'s Chain<'a>,
    /// The root is a module of its own: nobody in the repository calls it.
    own_root: bool,
    found: Vec<Station>,
}

/// The stations on the way of an expression of the resource's own module, nearest first; the expression itself comes
/// last among its own.
pub fn stations<'a>(
    scene: &Scene<'a>,
    chain: &Chain<'a>,
    own_root: bool,
    file: FileId,
    expr: &'a Expr,
) -> Vec<Station> {
    let mut walk = Walk { scene, chain, own_root, found: Vec::new() };
    let level = chain.dirs.len().saturating_sub(1);
    walk.expression(level, file, expr, Kind::Own, true, DEPTH);
    walk.found
}

impl<'a> Walk<'_, 'a> {
    /// `top`: all of what a local, an argument or the resource is given, so that `merge` may stand around it.
    fn expression(
        &mut self,
        level: usize,
        file: FileId,
        expr: &'a Expr,
        kind: Kind,
        top: bool,
        depth: usize,
    ) {
        let Some(depth) = depth.checked_sub(1) else { return };
        let inner = expr.unparen();
        match &inner.kind {
            ExprKind::Object(_) | ExprKind::Null => {
                let kind = if kind == Kind::Handed { Kind::Written } else { kind };
                self.add(level, kind, vec![(Location { file, span: inner.span }, How::Put(Vec::new()))]);
                return;
            }
            ExprKind::Call(call) if &*call.name.text == "merge" && !call.expand => {
                for arg in call.args.iter().rev() {
                    self.expression(level, file, arg, kind, false, depth);
                }
            }
            ExprKind::GetAttr(of, name) => match &of.kind {
                ExprKind::Variable(v) if &**v == "local" => self.local(level, &name.text, depth),
                ExprKind::Variable(v) if &**v == "var" => self.variable(level, &name.text, depth),
                _ => {}
            },
            // In JSON syntax an expression stands in a string, where nothing of it can be edited by itself.
            ExprKind::Template(t) if t.style == TemplateStyle::Bare => {
                let [TemplatePart::Interpolation(e)] = t.parts.as_slice() else { return };
                let before = self.found.len();
                self.expression(level, file, e, kind, false, depth);
                let inside = |l: Location| l.file == file && inner.span.contains(l.span);
                let mut index = 0;
                self.found.retain(|s| {
                    index += 1;
                    index <= before || !s.place().is_some_and(inside)
                });
            }
            ExprKind::Tuple(_) | ExprKind::Template(_) | ExprKind::Bool(_) | ExprKind::Number(_) => return,
            _ => {}
        }
        if top {
            self.add(level, kind, vec![(Location { file, span: expr.span }, How::Merge)]);
        }
    }

    fn local(&mut self, level: usize, name: &str, depth: usize) {
        let Some(dir) = self.chain.dirs.get(level) else { return };
        if let Some((file, a)) = local(self.scene, dir, name) {
            self.expression(level, file, &a.expr, Kind::Handed, true, depth);
        }
    }

    fn variable(&mut self, level: usize, name: &str, depth: usize) {
        let Some(above) = level.checked_sub(1) else { return self.of_root(name) };
        let Some((at, call)) = self.chain.calls.get(above).copied() else { return };
        match call.body.attribute(name) {
            Some(a) => self.expression(above, at.file, &a.expr, Kind::Handed, true, depth),
            // The default of a parameter is the module's; an argument takes the place of nothing only if it is empty.
            None => {
                let Some(dir) = self.chain.dirs.get(level) else { return };
                let default = block(self.scene, dir, "variable", &[name])
                    .and_then(|(_, b)| b.body.attribute("default"))
                    .map(|a| &a.expr.unparen().kind);
                let empty = match default {
                    Some(ExprKind::Object(items)) => items.is_empty(),
                    Some(ExprKind::Null) => true,
                    _ => false,
                };
                if empty {
                    let step = Step { name: name.into(), kind: StepKind::Attribute };
                    self.add(above, Kind::Handed, vec![(at, How::Put(vec![step]))]);
                }
            }
        }
    }

    /// All values that a variable of the root has: its default, and those in files beside it.
    fn of_root(&mut self, name: &str) {
        let Some(dir) = self.chain.dirs.first().filter(|_| self.own_root) else { return };
        let mut spots = Vec::new();
        let mut whole = true;
        let mut spot = |file: FileId, e: &Expr| match e.unparen().kind {
            ExprKind::Object(_) | ExprKind::Null => {
                spots.push((Location { file, span: e.unparen().span }, How::Put(Vec::new())));
            }
            _ => whole = false,
        };
        if let Some((at, b)) = block(self.scene, dir, "variable", &[name])
            && let Some(a) = b.body.attribute("default")
        {
            spot(at.file, &a.expr);
        }
        for file in self.scene.parsed.directories.get(dir).into_iter().flatten() {
            let path = self.scene.path(*file);
            let values = path.ends_with(".tfvars") || path.ends_with(".tfvars.json");
            let given = self.scene.tree(*file).filter(|_| values).and_then(|t| t.body.attribute(name));
            if let Some(a) = given {
                spot(*file, &a.expr);
            }
        }
        if whole && !spots.is_empty() {
            self.add(0, Kind::Variable, spots);
        }
    }

    fn add(&mut self, level: usize, kind: Kind, spots: Vec<(Location, How)>) {
        let Some(dir) = self.chain.dirs.get(level).cloned() else { return };
        let station = Station { kind, dir, spots };
        if !self.found.contains(&station) {
            self.found.push(station);
        }
    }
}

/// The local of this name in a directory.
pub fn local<'a>(scene: &Scene<'a>, dir: &str, name: &str) -> Option<(FileId, &'a Attribute)> {
    for file in scene.parsed.directories.get(dir)? {
        let Some(tree) = scene.tree(*file) else { continue };
        for item in &tree.body.items {
            if let Item::Block(b) = item
                && &*b.kind.text == "locals"
                && let Some(a) = b.body.attribute(name)
            {
                return Some((*file, a));
            }
        }
    }
    None
}
