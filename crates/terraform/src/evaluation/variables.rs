//! Variables and where their values come from: defaults, `*.tfvars`, the command line, arguments of module calls.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_hcl::{Expr, ExprKind};
use trueline_model::{NoteKind, Origin, Reason, Type, Value, Via};
use trueline_text::{FileId, Location, normalize};

use super::graph::Node;
use super::scope::ModuleScope;
use super::{ModuleId, World};
use crate::content::Declaration;
use crate::expression::{Evaluator, Resolved, Scope, ScopeError, Step};
use crate::functions;
use crate::inputs::Given;
use crate::parsed::FileKind;
use crate::plan_json;
use crate::type_constraint::{self, TypeConstraint, TypeError};
use trueline_provider::convert;
use trueline_provider::json_value::of_json;

/// A scope without names, for values that must be constant.
pub(crate) struct Constant<'w, 'a>(pub &'w World<'a>);

impl Scope for Constant<'_, '_> {
    fn resolve(&self, root: &str, _: &[Step], _: &dyn Fn(usize) -> Location) -> Result<Resolved, ScopeError> {
        Err(ScopeError {
            message: format!("`{root}` can't be referred to here"),
            help: Some(match super::scope::word(root) {
                Some(word) => format!("did you mean `{word}`?"),
                None => "only constant values are allowed here; put text in quotes".into(),
            }),
            module: None,
        })
    }

    fn functions(&self) -> functions::Context<'_> {
        functions::Context {
            files: self.0.files,
            root: &self.0.root,
            module: &self.0.root,
            templates: self.0,
            template_depth: 0,
            has_list_and_map: self.0.has_list_and_map,
        }
    }

    fn text(&self, file: FileId) -> &str {
        self.0.parsed.text(file)
    }

    fn short_circuits(&self) -> bool {
        self.0.short_circuits
    }
}

/// Values that the root module's variables are given from outside, the later ones winning.
pub(crate) fn given(world: &mut World<'_>) -> BTreeMap<Arc<str>, Value> {
    let mut out = BTreeMap::new();
    let parsed = world.parsed;
    let root = world.root.clone();
    for (name, text) in world.inputs.env_vars.clone() {
        // The environment is full of things: what no variable asks for is no mistake.
        if world.module(0).is_some_and(|m| m.config.variables.contains_key(name.as_str())) {
            let value = flag_value(world, &name, &text, &format!("TF_VAR_{name}"));
            out.insert(name.into(), value);
        }
    }
    let mut automatic: Vec<(u8, Arc<str>, FileId)> = Vec::new();
    for id in parsed.directories.get(&root).into_iter().flatten() {
        let Some(path) = parsed.sources.get(*id).map(|f| f.path.clone()) else { continue };
        if let Some(FileKind::Values { automatic: true, json }) = parsed.kind(*id) {
            let name = path.rsplit_once('/').map_or(&*path, |(_, n)| n);
            let rank = match name.starts_with("terraform.tfvars") {
                true => u8::from(json),
                false => 2,
            };
            automatic.push((rank, path, *id));
        }
    }
    automatic.sort();
    for (_, _, id) in automatic {
        file_values(world, id, &mut out);
    }
    for given in world.inputs.given.clone() {
        match given {
            Given::File(path) => {
                let path = normalize(&path);
                match parsed.sources.find(&path) {
                    Some(id) => file_values(world, id, &mut out),
                    None => outside_values(world, &path, &mut out),
                }
            }
            Given::Value(name, text) => {
                let value = flag_value(world, &name, &text, &format!("--var {name}"));
                out.insert(name.into(), value);
            }
        }
    }
    out
}

/// Assignments of a parsed file.
fn file_values(world: &mut World<'_>, id: FileId, out: &mut BTreeMap<Arc<str>, Value>) {
    let parsed = world.parsed;
    let Some(tree) = parsed.trees.get(&id) else { return };
    let path = parsed.sources.get(id).map(|f| f.path.clone()).unwrap_or_default();
    for a in tree.body.attributes() {
        let constant = Constant(world);
        let mut e = Evaluator::new(&constant, &world.limits, id);
        let mut v = e.eval(&a.expr);
        let errors = e.errors;
        let at = Location { file: id, span: a.expr.span };
        v.origin = Some(Origin::step(at, Via::Tfvars(path.clone()), v.origin));
        world.notes.errors(errors);
        out.insert(a.name.text.clone(), v);
    }
    for b in tree.body.blocks() {
        let at = Location { file: id, span: b.head() };
        let message = "a file of variable values holds no blocks";
        world.notes.add(NoteKind::Error, message, Some("write `name = value`".into()), Some(at));
    }
}

/// Assignments of a file that is not among the parsed ones: values without places.
fn outside_values(world: &mut World<'_>, path: &str, out: &mut BTreeMap<Arc<str>, Value>) {
    let text = match world.files.read(path).map(|b| String::from_utf8(b.to_vec())) {
        Ok(Ok(text)) => text,
        Ok(Err(_)) => {
            let message = format!("the file of variable values `{path}` is no UTF-8");
            return world.notes.add(NoteKind::Error, message, Some("save it as UTF-8".into()), None);
        }
        Err(e) => {
            let message = format!("the file of variable values `{path}` can't be read: {}", e.kind());
            return world.notes.add(NoteKind::Error, message, None, None);
        }
    };
    let json = path.ends_with(".json");
    let tree = if json { trueline_hcl::parse_json_values(&text) } else { trueline_hcl::parse(&text) };
    for e in &tree.errors {
        world.notes.add(NoteKind::Error, format!("`{path}`: {}", e.message), e.help.clone(), None);
    }
    for a in tree.body.attributes() {
        let v = constant_value(world, &a.expr, path);
        out.insert(a.name.text.clone(), v);
    }
}

/// The value of a `--var` or the like: text for a variable of a simple type, else an expression.
fn flag_value(world: &mut World<'_>, name: &str, text: &str, shown: &str) -> Value {
    let root = world.module(0).and_then(|m| m.config.variables.get(name).cloned());
    let ty = root.as_ref().and_then(|d| d.content.expr("type"));
    let literal = match ty.map(|(_, e)| &e.kind) {
        None => true,
        Some(ExprKind::Variable(t)) => matches!(&**t, "string" | "number" | "bool"),
        Some(_) => ty.and_then(|(_, e)| e.as_literal_str()) == Some("string"),
    };
    if literal {
        return Value::string(text);
    }
    match trueline_hcl::parse_expression(text) {
        Ok(e) => constant_value(world, &e, shown),
        Err(errors) => {
            let why = errors.first().map(|e| e.message.clone()).unwrap_or_default();
            let message = format!("the value of `{shown}` is no expression: {why}");
            world.notes.add(NoteKind::Error, message, None, None);
            Value::unknown(Type::Any, Reason::Error(why.into()))
        }
    }
}

/// Evaluates an expression of a text that has no number: the value has no places.
fn constant_value(world: &mut World<'_>, e: &Expr, shown: &str) -> Value {
    let nowhere = FileId(u32::MAX);
    let constant = Constant(world);
    let mut ev = Evaluator::new(&constant, &world.limits, nowhere);
    let v = ev.eval(e);
    let errors = ev.errors;
    for e in errors {
        world.notes.add(NoteKind::Error, format!("{shown}: {}", e.message), e.help, None);
    }
    v.without_places()
}

impl World<'_> {
    pub fn evaluate_variable(&mut self, m: ModuleId, name: &Arc<str>) {
        let Some(declaration) = self.module(m).and_then(|m| m.config.variables.get(name)).cloned() else {
            return;
        };
        let constraint = self.constraint(&declaration);
        let nullable = declaration.content.literal_bool("nullable").unwrap_or(true);
        let mut value = self.assigned(m, name);
        self.check_argument(m, name, &declaration, value.as_ref());
        if value.as_ref().is_some_and(|v| v.is_null() && !nullable) {
            value = None;
        }
        let unset = |constraint: &TypeConstraint| {
            Value::unknown(convert::without_optional(&constraint.ty), Reason::Variable(name.clone()))
        };
        let mut given = true;
        let mut value = match value {
            Some(v) => v,
            None => {
                given = false;
                self.default_of(&declaration, name).unwrap_or_else(|| unset(&constraint))
            }
        };
        let with_defaults = constraint.defaults.apply(&value);
        value = match convert::convert(&with_defaults, &constraint.ty) {
            Ok(v) => v,
            Err(e) => {
                let at = value.origin.as_ref().map_or(declaration.at(), |o| o.at);
                let message = format!("the value of variable `{name}` is not what its type asks for: {e}");
                self.notes.add(NoteKind::Error, message, None, Some(at));
                let reason = Reason::Error("the value does not fit the variable's type".into());
                Value::unknown(convert::without_optional(&constraint.ty), reason).with_origin(value.origin)
            }
        };
        if m == 0 && !given && self.inputs.without_defaults {
            value = unset(&constraint);
        }
        if m == 0
            && let Some(told) = self.inputs.facts.variables.get(&**name)
            && plan_json::known(&value).as_ref() != Some(told)
            && let Ok(v) = convert::convert(&of_json(told, None), &constraint.ty)
        {
            value = v;
        }
        if declaration.content.literal_bool("sensitive") == Some(true) {
            value.mark_sensitive();
        }
        value.ephemeral |= declaration.content.literal_bool("ephemeral") == Some(true);
        let value = self.bounded(value, declaration.at());
        if let Some(module) = self.modules.get_mut(m) {
            module.variables.insert(name.clone(), value);
        }
    }

    fn assigned(&mut self, m: ModuleId, name: &Arc<str>) -> Option<Value> {
        let Some(parent) = self.module(m).and_then(|m| m.parent.as_ref()) else {
            return self.given.get(name).cloned();
        };
        let (id, each) = (parent.module, parent.each.clone());
        let call = self.module(id)?.config.calls.get(&parent.call)?;
        let (file, e) = call.content.expr(name)?;
        let scope = ModuleScope { world: self, module: id, each: &each, this: None };
        let mut ev = Evaluator::new(&scope, &self.limits, file);
        ev.doubts = false;
        let mut v = ev.eval(e);
        let doubts = ev.doubts || !ev.errors.is_empty();
        let errors = ev.errors;
        let at = Location { file, span: e.span };
        v.origin = Some(Origin::step(at, Via::ModuleArgument(name.clone()), v.origin));
        self.notes.errors(errors);
        self.doubt(Node::Variable(m, name.clone()), doubts);
        Some(v)
    }

    fn default_of(&mut self, d: &Declaration<'_>, name: &Arc<str>) -> Option<Value> {
        let (file, e) = d.content.expr("default")?;
        let constant = Constant(self);
        let mut ev = Evaluator::new(&constant, &self.limits, file);
        let mut v = ev.eval(e);
        let errors = ev.errors;
        let at = Location { file, span: e.span };
        v.origin = Some(Origin::step(at, Via::Default(name.clone()), v.origin));
        self.notes.errors(errors);
        Some(v)
    }

    fn constraint(&mut self, d: &Declaration<'_>) -> TypeConstraint {
        let any = TypeConstraint { ty: Type::Any, defaults: type_constraint::Defaults::default() };
        let Some(a) = d.content.argument("type").copied() else { return any };
        let constant = Constant(self);
        let mut ev = Evaluator::new(&constant, &self.limits, a.file);
        // In JSON syntax, a string holds the expression; what stands in it has no places of its own.
        let read = match a.expr.as_literal_str().filter(|_| a.json).map(trueline_hcl::parse_expression) {
            None => type_constraint::read(a.expr, &mut |e| ev.eval(e)),
            Some(Ok(e)) => {
                let read = type_constraint::read(&e, &mut |e| ev.eval(e).without_places());
                ev.errors.iter_mut().for_each(|e| e.at = a.at());
                read.map_err(|e| TypeError { span: a.expr.span, ..e })
            }
            Some(Err(errors)) => {
                let why = errors.first().map(|e| e.message.clone()).unwrap_or_default();
                let message = format!("a type is expected in this string: {why}");
                Err(TypeError { message, span: a.expr.span })
            }
        };
        let errors = ev.errors;
        self.notes.errors(errors);
        match read {
            Ok(t) => t,
            Err(e) => {
                let at = Location { file: a.file, span: e.span };
                self.notes.add(NoteKind::Error, e.message, None, Some(at));
                any
            }
        }
    }
}
