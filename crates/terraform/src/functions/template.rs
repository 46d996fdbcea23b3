//! `templatefile` and `templatestring`.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Kind, Reason, Type, Value};

use super::TemplateSource;
use super::call::Marks;
use super::error::Fail;
use super::files::{inside, no_directory};
use super::spec::{Call, Param, Spec, Ty};
use trueline_provider::convert::{convert, has_ephemeral, quote, type_of};

pub(super) static SPECS: &[Spec] = &[
    Spec::new(
        "templatefile",
        &[Param::new("path", Ty::String).unknown().marked(), Param::new("vars", Ty::Any).unknown().marked()],
        Ty::Any,
        file,
    )
    .maybe_null(),
    Spec::new(
        "templatestring",
        &[
            Param::new("template", Ty::Any).unknown().marked().null().dynamic(),
            Param::new("vars", Ty::Any).unknown().marked(),
        ],
        Ty::String,
        text,
    ),
];

fn file(c: &Call<'_>) -> Result<Value, Fail> {
    nested(c)?;
    let (path, vars) = (c.arg(0), c.arg(1));
    let mut marks = Marks { sensitive: vars.has_sensitive(), ephemeral: has_ephemeral(vars) };
    marks.note(path);
    if path.is_unknown() || vars.is_unknown() {
        return Ok(marks.put(c.unknown_value()));
    }
    let name = c.text(0)?;
    let full = inside(c, name);
    no_directory(c, full.as_deref())?;
    let bytes = full.as_ref().and_then(|f| c.ctx.files.read(f).ok());
    let (Some(full), Some(bytes)) = (full, bytes) else {
        let mut u = c.unknown();
        u.reason = Reason::File(name.into());
        return Ok(marks.put(Kind::Unknown(Arc::new(u)).into()));
    };
    let shown = || if path.sensitive { "(sensitive value)".to_owned() } else { quote(name) };
    let template = std::str::from_utf8(&bytes)
        .map_err(|_| Fail::said(format!("contents of {} are not valid UTF-8", shown())))?;
    let out = render(c, TemplateSource::File(&full), template)?;
    Ok(marks.put(out))
}

fn text(c: &Call<'_>) -> Result<Value, Fail> {
    nested(c)?;
    let (template, vars) = (c.arg(0), c.arg(1));
    let mut marks = Marks { sensitive: vars.has_sensitive(), ephemeral: has_ephemeral(vars) };
    marks.note(template);
    if template.is_unknown() || vars.is_unknown() {
        return Ok(marks.put(c.unknown_value()));
    }
    let Some(source) = template.as_str() else {
        return Err(Fail::arg(0, "invalid template value: a string is required"));
    };
    let out = render(c, TemplateSource::Text(template.origin.as_ref()), source)?;
    let out =
        convert(&out, &Type::String).map_err(|e| Fail::said(format!("invalid template result: {e}")))?;
    Ok(marks.put(out))
}

/// Templates cannot call templates.
fn nested(c: &Call<'_>) -> Result<(), Fail> {
    if c.ctx.template_depth > 0 {
        return Err(
            format!("cannot recursively call {} from inside another template function", c.spec.name).into()
        );
    }
    Ok(())
}

fn render(c: &Call<'_>, source: TemplateSource<'_>, template: &str) -> Result<Value, Fail> {
    let vars = c.arg(1);
    if !matches!(type_of(vars), Type::Map(_) | Type::Object(_)) {
        return Err(Fail::arg(1, "invalid vars value: must be a map"));
    }
    let empty = BTreeMap::new();
    let entries = vars.as_entries().unwrap_or(&empty);
    if let Some(name) = entries.keys().find(|n| !identifier(n)) {
        let name = quote(name);
        return Err(Fail::arg(
            1,
            format!(
                "invalid template variable name {name}: must start with a letter, followed by zero or more letters, digits, and underscores"
            ),
        ));
    }
    let depth = c.ctx.template_depth + 1;
    let out = c.ctx.templates.evaluate(source, template, entries, c.ctx.module, depth).map_err(|e| {
        // What the template says of its variables may quote them.
        match vars.has_sensitive() {
            true => Fail::from("the template fails; how, is not shown because a variable is sensitive"),
            false => Fail::said(e),
        }
    })?;
    if out.is_null() {
        return Err("the result of the template is null".into());
    }
    Ok(out)
}

/// True for what can be a name in a template.
fn identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && chars.all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}
