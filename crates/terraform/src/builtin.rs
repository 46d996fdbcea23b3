//! What no digest describes: `terraform_data` of the provider that Terraform has inside, and `template_file` of the
//! provider `template`, which asks nobody.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use trueline_model::{Kind, Mode, Reason, Type, Unknown};

use crate::body::Entries;
use trueline_provider::schema::{AttributeSchema, BlockSchema};

/// Its source address.
const SOURCE: &str = "terraform.io/builtin/terraform";
const DATA: &str = "terraform_data";

static TERRAFORM_DATA: LazyLock<Arc<BlockSchema>> = LazyLock::new(|| {
    let attributes = [
        ("id", AttributeSchema::plain(Type::String, false, true)),
        ("input", AttributeSchema::plain(Type::Any, true, false)),
        ("output", AttributeSchema::plain(Type::Any, false, true)),
        ("triggers_replace", AttributeSchema::plain(Type::Any, true, false)),
    ];
    let attributes = attributes.into_iter().map(|(name, a)| (Arc::from(name), a)).collect();
    Arc::new(BlockSchema { attributes, blocks: BTreeMap::new(), version: 0, deprecated: false })
});

/// The data source that renders a template.
pub(crate) const TEMPLATE: &str = "template_file";

static TEMPLATE_FILE: LazyLock<Arc<BlockSchema>> = LazyLock::new(|| {
    let attributes = [
        ("id", AttributeSchema::plain(Type::String, false, true)),
        ("filename", AttributeSchema::plain(Type::String, true, false)),
        ("rendered", AttributeSchema::plain(Type::String, false, true)),
        ("template", AttributeSchema::plain(Type::String, true, false)),
        ("vars", AttributeSchema::plain(Type::Map(Arc::new(Type::String)), true, false)),
    ];
    let attributes = attributes.into_iter().map(|(name, a)| (Arc::from(name), a)).collect();
    Arc::new(BlockSchema { attributes, blocks: BTreeMap::new(), version: 0, deprecated: false })
});

/// The schema of a type of the provider inside, or of the provider `template` under whatever registry's name.
pub(crate) fn schema(source: &str, mode: Mode, kind: &str) -> Option<Arc<BlockSchema>> {
    match (mode, kind) {
        (Mode::Managed, DATA) if source == SOURCE => Some(TERRAFORM_DATA.clone()),
        (Mode::Data, TEMPLATE) if source.ends_with("/template") => Some(TEMPLATE_FILE.clone()),
        _ => None,
    }
}

/// The output of `terraform_data` will be of the type that its input is.
pub(crate) fn settle(source: &str, kind: &str, values: &mut Entries) {
    if source != SOURCE || kind != DATA {
        return;
    }
    let Some(input) = values.get("input") else { return };
    if input.is_null() {
        values.insert("output".into(), Kind::Null(Type::Any).into());
        return;
    }
    let output = Kind::Unknown(Arc::new(Unknown::new(input.ty(), Reason::Unset)));
    values.insert("output".into(), output.into());
}
