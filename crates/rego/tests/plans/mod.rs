//! Policies as organizations write them over a plan, in both syntaxes, and plans in which not all is known.

use trueline_rego::{PolicyFile, Route, Value, Version};

use crate::generated::Dice;

/// The rules of each policy.
pub const RULES: &[&str] = &["data.main.deny", "data.main.warn", "data.main.violation"];

/// What is asked of a resource `r` with the values `v`; they mean the same in both syntaxes.
const CONDITIONS: &[&str] = &[
    "v.instance_type == \"t3.large\"",
    "v.instance_type != \"t3.small\"",
    "startswith(v.instance_type, \"t3\")",
    "regex.match(`^t[23]\\.`, v.instance_type)",
    "not v.encrypted",
    "v.encrypted == false",
    "not v.tags.Owner",
    "v.tags.Owner == \"me\"",
    "not has_tag(v, \"Owner\")",
    "count(v.ingress) > 1",
    "v.ingress[_].cidr_blocks[_] == \"0.0.0.0/0\"",
    "not v.ingress[0].port == 22",
    "v.ingress[i].port < 1024; not v.ingress[i].description",
    "object.get(v, \"acl\", \"private\") != \"private\"",
    "object.get(v, [\"tags\", \"Owner\"], \"none\") == \"none\"",
    "v.size < 3",
    "v.size > count(v.ingress)",
    "wanted := {\"Owner\", \"Team\"}; missing := wanted - {k | v.tags[k]}; count(missing) > 0",
    "open := [x | x := v.ingress[_]; x.cidr_blocks[_] == \"0.0.0.0/0\"]; count(open) == 0",
    "is_null(v.acl)",
    "v.acl == null",
    "public[r.address]",
    "not public[r.address]",
    "count(public) == 1",
    "count({a | a := input.resource_changes[_].change.after.acl}) > 1",
    "other := input.resource_changes[_]; other.address != r.address; other.change.after.size == v.size",
    "large(v)",
    "not large(v)",
    "level(v) == \"high\"",
    "level(v) != \"low\"",
    "r.change.actions[_] == \"create\"",
    "sprintf(\"%v\", [v.size]) == \"2\"",
    "lower(v.acl) == \"private\"",
    "json.unmarshal(v.policy).Effect == \"Allow\"",
    "p := json.unmarshal(v.policy); p.Action == \"*\"",
    "net.cidr_contains(\"10.0.0.0/8\", v.ingress[_].cidr_blocks[_])",
    "v.ingress[_].cidr_blocks != []",
];

const MESSAGES: &[&str] = &[
    "\"no\"",
    "sprintf(\"%s is wrong\", [r.address])",
    "sprintf(\"%s has %v\", [r.address, v.instance_type])",
    "sprintf(\"%s: %d\", [r.type, count(public)])",
    "{\"msg\": \"no\", \"address\": r.address}",
    "{\"msg\": v.acl, \"size\": v.size}",
];

/// One policy with `deny`, `warn` and `violation`.
pub fn policy(dice: &mut Dice) -> PolicyFile {
    let old = dice.roll(2) == 0;
    let (cond, set) = if old { ("", "") } else { ("if ", "contains ") };
    let mut text = format!(
        "package main\n\nhas_tag(v, k) {cond}{{ v.tags[k] }}\n\nlarge(v) {cond}{{ v.instance_type == \"t3.large\" }}\n\n\
         large(v) {cond}{{ v.size > 2 }}\n\nlevel(v) := \"high\" {cond}{{ v.acl == \"public\" }} else := \"mid\" {cond}{{ v.size == 2 }} \
         else := \"low\"\n\n"
    );
    let each = "r := input.resource_changes[_]\n\tv := r.change.after";
    let head = |name: &str, member: &str| match old {
        true => format!("{name}[{member}] {{"),
        false => format!("{name} {set}{member} if {{"),
    };
    text += &format!("{}\n\t{each}\n\tv.acl == \"public\"\n}}\n\n", head("public", "r.address"));
    for name in ["deny", "deny", "warn", "violation"] {
        let mut asked: Vec<&str> = (0..=dice.roll(2)).map(|_| dice.pick(CONDITIONS)).collect();
        asked.sort_unstable();
        asked.dedup();
        let kind = match dice.roll(2) {
            0 => "\n\tr.type == \"aws_instance\"",
            _ => "",
        };
        let message = dice.pick(MESSAGES);
        // In each body the variables are its own, but two conditions may share names.
        let body: Vec<String> =
            asked.iter().enumerate().map(|(at, text)| apart(text, at).replace("; ", "\n\t")).collect();
        text += &format!(
            "{}\n\t{each}{kind}\n\t{}\n\tmsg := {message}\n}}\n\n",
            head(name, "msg"),
            body.join("\n\t")
        );
    }
    let version = if old { Version::V0 } else { Version::V1 };
    PolicyFile { version: Some(version), ..PolicyFile::new("main.rego", text) }
}

/// Gives the variables that a condition declares names of its own.
fn apart(text: &str, at: usize) -> String {
    let declared = ["wanted", "missing", "open", "other", "p"];
    declared.iter().fold(text.to_string(), |text, name| {
        if !text.contains(&format!("{name} := ")) {
            return text;
        }
        let own = format!("{name}_{at}");
        ["{} :=", " {}.", "({})", "= {} -"]
            .iter()
            .fold(text, |text, shape| text.replace(&shape.replace("{}", name), &shape.replace("{}", &own)))
    })
}

/// A plan of some resources, and the routes in it that are not known.
pub fn plan(dice: &mut Dice) -> (Value, Vec<Route>) {
    let count = dice.roll(4);
    let resources: Vec<String> = (0..count).map(|at| resource(dice, at)).collect();
    let text = format!(r#"{{"resource_changes": [{}]}}"#, resources.join(", "));
    let unknown = (0..=dice.roll(3)).map(|_| {
        let steps = dice.pick(&[
            "instance_type",
            "encrypted",
            "tags",
            "tags.Owner",
            "acl",
            "size",
            "policy",
            "ingress",
            "ingress.0",
            "ingress.0.port",
            "ingress.0.cidr_blocks",
            "ingress.0.cidr_blocks.0",
        ]);
        let at = dice.roll(count.max(1));
        crate::generated::route(&format!("input.resource_changes.{at}.change.after.{steps}"))
    });
    let unknown = unknown.collect();
    (Value::parse_json(&text).expect("JSON"), unknown)
}

fn resource(dice: &mut Dice, at: usize) -> String {
    let kind = dice.pick(&["aws_instance", "aws_s3_bucket"]);
    let mut values: Vec<String> = Vec::new();
    for (name, some) in [
        ("instance_type", &["\"t3.small\"", "\"t3.large\"", "\"m5.large\""][..]),
        ("encrypted", &["true", "false", "null"]),
        ("tags", &["{}", "{\"Owner\": \"me\"}", "{\"Owner\": \"you\", \"Team\": \"a\"}", "null"]),
        ("acl", &["\"private\"", "\"public\"", "null"]),
        ("size", &["1", "2", "3"]),
        ("policy", &[r#""{\"Effect\": \"Allow\", \"Action\": \"*\"}""#, r#""{\"Effect\": \"Deny\"}""#]),
        (
            "ingress",
            &[
                "[]",
                r#"[{"port": 22, "cidr_blocks": ["0.0.0.0/0"]}]"#,
                r#"[{"port": 443, "cidr_blocks": ["10.1.0.0/16"], "description": "a"}, {"port": 80, "cidr_blocks": []}]"#,
            ],
        ),
    ] {
        if dice.roll(5) > 0 {
            values.push(format!("\"{name}\": {}", dice.pick(some)));
        }
    }
    format!(
        r#"{{"address": "{kind}.r{at}", "type": "{kind}", "change": {{"actions": ["create"], "after": {{{}}}}}}}"#,
        values.join(", ")
    )
}
