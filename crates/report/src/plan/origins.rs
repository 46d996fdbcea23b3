//! Where the values of a plan were written.

use std::collections::BTreeMap;

use trueline_model::{Origin, Plan, Resource, Route, Via};
use trueline_text::{Location, Sources};

/// Resources by address, and the files that origins point into.
pub struct Origins<'a> {
    by_address: BTreeMap<String, &'a Resource>,
    sources: &'a Sources,
}

impl<'a> Origins<'a> {
    /// All resources of a plan.
    pub fn new(plan: &'a Plan, sources: &'a Sources) -> Self {
        let all = plan.resources.iter().chain(&plan.data);
        Self { by_address: all.map(|r| (r.address.to_string(), r)).collect(), sources }
    }

    /// The places that a value went through, from the one that set it: `main.tf:3:14 ← var.env ← prod.tfvars:2:9`.
    pub fn place(&self, address: &str, route: &Route) -> Option<String> {
        let resource = self.by_address.get(address)?;
        let origin = resource.values.at(route)?.origin.as_ref()?;
        let mut out = String::new();
        let mut last: Option<Location> = None;
        for (i, step) in origin.chain().into_iter().enumerate() {
            let Some(at) = self.shown(step.at) else { continue };
            let name = name(step);
            if i > 0 && last == Some(step.at) && name.is_none() {
                continue;
            }
            if !out.is_empty() {
                out.push_str(" ← ");
            }
            if let Some(name) = name {
                out.push_str(&name);
                out.push_str(" at ");
            }
            out.push_str(&at);
            last = Some(step.at);
        }
        (!out.is_empty()).then_some(out)
    }

    fn shown(&self, at: Location) -> Option<String> {
        let file = self.sources.get(at.file)?;
        let p = file.position(at.span.start);
        Some(format!("{}:{}:{}", file.path, p.line, p.column))
    }
}

/// What the step is called, where the place alone does not tell.
fn name(step: &Origin) -> Option<String> {
    Some(match &step.via {
        Via::Variable(n) => format!("var.{n}"),
        Via::Default(n) => format!("default of {n}"),
        Via::Local(n) => format!("local.{n}"),
        Via::ModuleArgument(n) => format!("argument {n}"),
        Via::ModuleOutput(n) => format!("module.{n}"),
        Via::Resource(a, r) => format!("{a}.{r}"),
        Via::Function(n) if !matches!(&**n, "path" | "terraform") => format!("{n}()"),
        Via::ProviderDefaultTags => "default_tags".to_owned(),
        _ => return None,
    })
}
