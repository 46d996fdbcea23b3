//! Where ephemeral and sensitive values may not go, and null may not either: Terraform refuses such plans.

use std::sync::Arc;

use trueline_model::{Kind, NoteKind, Reason, Route, Segment, Value};
use trueline_text::Location;

use super::{ModuleId, World};
use crate::content::Declaration;
use trueline_provider::convert::has_ephemeral;

impl World<'_> {
    /// What a variable may not be given.
    pub(super) fn check_argument(
        &mut self,
        m: ModuleId,
        name: &Arc<str>,
        declaration: &Declaration<'_>,
        given: Option<&Value>,
    ) {
        let content = &declaration.content;
        let nullable = content.literal_bool("nullable") != Some(false);
        let place = |v: &Value| v.origin.as_ref().map_or(declaration.at(), |o| o.at);
        if let Some(v) = given.filter(|v| v.is_null() && !nullable && content.argument("default").is_none()) {
            let message =
                format!("variable `{name}` is given null, which it does not take (`nullable = false`)");
            let help = "give it a value: it has no default to fall back to".to_owned();
            self.notes.add(NoteKind::Error, message, Some(help), Some(place(v)));
        }
        let null =
            |a: &&crate::content::Argument<'_>| matches!(a.expr.unparen().kind, trueline_hcl::ExprKind::Null);
        if let Some(a) = content.argument("default").filter(null).filter(|_| !nullable) {
            let message = format!("the default of variable `{name}` is null, which it does not take");
            let help = "remove `default`, or `nullable = false`".to_owned();
            self.notes.add(NoteKind::Error, message, Some(help), Some(a.at()));
        }
        if m != 0
            && content.literal_bool("ephemeral") != Some(true)
            && let Some(v) = given.filter(|v| has_ephemeral(v))
        {
            let message = format!("variable `{name}` is given an ephemeral value, which it does not take");
            let help = format!("add `ephemeral = true` to `variable \"{name}\"`");
            self.notes.add(NoteKind::Error, message, Some(help), Some(place(v)));
        }
    }

    /// What an output may not hand out.
    pub(super) fn check_output(&mut self, m: ModuleId, name: &Arc<str>, output: &Declaration<'_>, v: &Value) {
        let is_ephemeral = output.content.literal_bool("ephemeral") == Some(true);
        let at = output.content.argument("value").map_or(output.at(), |a| a.at());
        if m == 0 && is_ephemeral {
            let message = format!(
                "output `{name}` of the root module is ephemeral: only outputs of called modules can be"
            );
            let help = "remove `ephemeral = true`, and give `ephemeralasnull(…)`".to_owned();
            self.notes.add(self.of_root(), message, Some(help), Some(output.at()));
        } else if !is_ephemeral && has_ephemeral(v) {
            let message = format!("output `{name}` is given an ephemeral value, which it does not take");
            let help = if m == 0 { "give `ephemeralasnull(…)`" } else { "add `ephemeral = true`" };
            self.notes.add(NoteKind::Error, message, Some(help.to_owned()), Some(at));
        }
        if m == 0 && v.has_sensitive() && output.content.literal_bool("sensitive") != Some(true) {
            let message = format!("output `{name}` shows a sensitive value and does not say so");
            let help = "add `sensitive = true`, or give a value that is not sensitive".to_owned();
            self.notes.add(self.of_root(), message, Some(help), Some(at));
        }
    }

    /// How bad it is what only a root module may not do: one whose variables lack values is made for others to call.
    fn of_root(&self) -> NoteKind {
        let lacking = |v: &Value| matches!(v.reason(), Some(Reason::Variable(_)));
        match self.module(0).is_some_and(|root| root.variables.values().any(lacking)) {
            true => NoteKind::Warning,
            false => NoteKind::Error,
        }
    }

    /// Which instances there are is kept in the state, so nothing ephemeral may decide it.
    pub(super) fn check_ephemeral_repetition(&mut self, argument: &str, v: &Value, what: &str, at: Location) {
        let elements = matches!(v.kind, Kind::Set(..)) && has_ephemeral(v);
        if v.ephemeral || elements {
            let message =
                format!("`{argument}` of {what} is ephemeral: it is not the same when Terraform applies");
            let help = "use a value that is not ephemeral".to_owned();
            self.notes.add(NoteKind::Error, message, Some(help), Some(at));
        }
    }

    /// Arguments are kept in the state, so they take nothing ephemeral, save those that are only written.
    pub(super) fn check_arguments(&mut self, what: &str, values: &Value, head: Location) {
        if let Some((route, v)) = first_ephemeral(values, Route::root()) {
            let message = format!("`{route}` of {what} is given an ephemeral value, which it does not take");
            let help =
                "only write-only arguments (`…_wo`) take one; give another value, or `ephemeralasnull(…)`";
            let at = v.origin.as_ref().map_or(head, |o| o.at);
            self.notes.add(NoteKind::Error, message, Some(help.to_owned()), Some(at));
        }
    }
}

fn first_ephemeral(v: &Value, route: Route) -> Option<(Route, &Value)> {
    if v.ephemeral {
        return Some((route, v));
    }
    match &v.kind {
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            let inner = |(i, v)| {
                let mut route = route.clone();
                route.0.push(Segment::Index(u32::try_from(i).unwrap_or(u32::MAX)));
                first_ephemeral(v, route)
            };
            items.iter().enumerate().filter(|(_, v)| has_ephemeral(v)).find_map(inner)
        }
        Kind::Map(_, entries) | Kind::Object(entries) => entries
            .iter()
            .filter(|(_, v)| has_ephemeral(v))
            .find_map(|(k, v)| first_ephemeral(v, route.child(k.clone()))),
        _ => None,
    }
}
