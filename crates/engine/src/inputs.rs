//! What a plan gets from outside its files: flags and settings.

use serde_json::Value as Json;
use trueline_rules::Settings;
use trueline_terraform::{Given, Inputs};
use trueline_text::{Files, normalize};

use crate::Options;

/// The normal inputs.
///
/// `json` tells whether anything reads the plan's JSON.
pub fn normal(options: &Options, settings: &Settings, json: bool) -> Inputs {
    Inputs {
        env_vars: options.env_vars.clone(),
        workspace: options.workspace.clone(),
        json,
        given: options.given.iter().map(normalized).collect(),
        data: Json::Object(settings.data.clone()),
        region: settings.aws("region").map(str::to_owned),
        account_id: settings.aws("account_id").map(str::to_owned),
        ..Inputs::default()
    }
}

fn normalized(given: &Given) -> Given {
    match given {
        Given::File(path) => Given::File(normalize(path)),
        Given::Value(..) => given.clone(),
    }
}

/// The normal inputs first, then one set per file of values beside the root that Terraform does not load by itself.
pub fn variants(files: &dyn Files, normal: &Inputs, root: &str) -> Vec<Inputs> {
    let mut out = vec![normal.clone()];
    for e in files.list(root).unwrap_or_default() {
        let path = normalize(&format!("{root}/{}", e.name));
        if e.is_dir || !is_optional(&e.name) || normal.var_files().any(|given| given == path) {
            continue;
        }
        out.push(normal.clone().with_var_file(path));
    }
    out
}

/// True for a file of values that has to be named with `--var-file`.
fn is_optional(name: &str) -> bool {
    let Some(stem) = name.strip_suffix(".tfvars").or_else(|| name.strip_suffix(".tfvars.json")) else {
        return false;
    };
    !stem.starts_with('.') && stem != "terraform" && !stem.ends_with(".auto")
}

#[cfg(test)]
mod tests {
    use trueline_text::Memory;

    use super::*;

    #[test]
    fn every_file_of_values_that_is_not_loaded_by_itself_is_a_variant() {
        let files = Memory::from_iter(
            [
                "m/main.tf",
                "m/prod.tfvars",
                "m/dev.tfvars.json",
                "m/terraform.tfvars",
                "m/x.auto.tfvars",
                "m/given.tfvars",
            ]
            .map(|p| (p, "")),
        );
        let last = Given::Value("a".into(), "1".into());
        let given = vec![Given::File("m/given.tfvars".into()), last.clone()];
        let normal = Inputs { given, ..Inputs::default() };
        let all = variants(&files, &normal, "m");
        assert!(all.iter().all(|i| i.given.last() == Some(&last)), "a single value wins over the variants");
        let all: Vec<Vec<_>> = all.iter().map(|i| i.var_files().collect()).collect();
        assert_eq!(
            all,
            [
                vec!["m/given.tfvars"],
                vec!["m/given.tfvars", "m/dev.tfvars.json"],
                vec!["m/given.tfvars", "m/prod.tfvars"]
            ]
        );
    }
}
