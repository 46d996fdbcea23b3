//! Kinds of files: which one a name says, and what stands in a text of it.
//!
//! What enters: names, texts. What leaves: values, as conftest's parsers make them. A kind that conftest reads and that has no reader
//! here is known by its name, so that it can be told rather than left out.

use trueline_rego::Value;
use trueline_rules::table;

/// How files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // they are the kinds that conftest knows
pub enum Parser {
    Cue,
    CycloneDx,
    Dockerfile,
    Dotenv,
    Edn,
    Groovy,
    Hcl1,
    Hcl2,
    Hocon,
    Ignore,
    Ini,
    Json,
    Jsonc,
    Jsonnet,
    Nginx,
    Properties,
    Spdx,
    Textproto,
    Toml,
    Vcl,
    Xml,
    Yaml,
}

use Parser::{
    Cue, CycloneDx, Dockerfile, Dotenv, Edn, Groovy, Hcl1, Hcl2, Hocon, Ignore, Ini, Json, Jsonc, Jsonnet,
    Nginx, Properties, Spdx, Textproto, Toml, Vcl, Xml, Yaml,
};

/// Each kind with the name that `--parser` and file names have for it, and the name for people.
const KINDS: [(Parser, &str, &str); 22] = [
    (Cue, "cue", "CUE"),
    (CycloneDx, "cyclonedx", "CycloneDX"),
    (Dockerfile, "dockerfile", "Dockerfile"),
    (Dotenv, "dotenv", "dotenv"),
    (Edn, "edn", "EDN"),
    (Groovy, "groovy", "Groovy"),
    (Hcl1, "hcl1", "HCL 1"),
    (Hcl2, "hcl2", "HCL"),
    (Hocon, "hocon", "HOCON"),
    (Ignore, "ignore", "ignore file"),
    (Ini, "ini", "INI"),
    (Json, "json", "JSON"),
    (Jsonc, "jsonc", "JSON with comments"),
    (Jsonnet, "jsonnet", "Jsonnet"),
    (Nginx, "nginx", "nginx"),
    (Properties, "properties", "properties"),
    (Spdx, "spdx", "SPDX"),
    (Textproto, "textproto", "text protocol buffers"),
    (Toml, "toml", "TOML"),
    (Vcl, "vcl", "VCL"),
    (Xml, "xml", "XML"),
    (Yaml, "yaml", "YAML"),
];

impl Parser {
    /// The kind of this name, as `--parser` takes it.
    pub fn named(name: &str) -> Option<Self> {
        KINDS.iter().find(|(_, known, _)| *known == name).map(|(kind, ..)| *kind)
    }

    /// The names of all kinds.
    pub fn names() -> impl Iterator<Item = &'static str> {
        KINDS.iter().map(|(_, name, _)| *name)
    }

    /// The kind that a file's name says, as conftest goes by it; none if it says none.
    pub fn of_path(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let named = |stem: &str| name == stem || name.starts_with(&format!("{stem}."));
        Some(match ending {
            _ if named("dockerfile") || ending == "dockerfile" => Dockerfile,
            "yml" | "yaml" => Yaml,
            "hcl" | "tf" | "tfvars" => Hcl2,
            "gitignore" | "dockerignore" => Ignore,
            _ if named(".env") || ending == "env" => Dotenv,
            _ if name == "nginx.conf" => Nginx,
            _ if named("jenkinsfile") => Groovy,
            "textproto" | "textpb" | "pbtxt" | "pb.txt" | "prototxt" | "txtpb" => Textproto,
            _ => return Self::named(ending),
        })
    }

    /// The name for people.
    pub fn title(self) -> &'static str {
        KINDS.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, _, title)| *title)
    }

    /// True if files of the kind can be read here.
    pub const fn is_readable(self) -> bool {
        matches!(self, Json | Jsonc | Yaml | Toml)
    }

    /// What stands in a text; a list of the documents where YAML has several.
    ///
    /// # Errors
    /// What is wrong with the text, or that the kind can't be read.
    pub fn read(self, text: &str) -> Result<Value, String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match self {
            Json => Value::parse_json(text).map_err(|e| e.to_string()),
            Jsonc => Value::parse_json(&without_comments(text)).map_err(|e| e.to_string()),
            Yaml => yaml(text),
            Toml => table::read(text),
            other => Err(format!("there is no parser for {} here", other.title())),
        }
    }
}

/// The documents of a text: conftest cuts it at lines of three dashes, and a part without content is null. Where a part has more
/// documents, which conftest leaves out, they are taken too.
fn yaml(text: &str) -> Result<Value, String> {
    let separator = if text.contains("\r\n") { "\r\n---\r\n" } else { "\n---\n" };
    let mut parts: Vec<String> = text.split(separator).map(str::to_owned).collect();
    // What stands before the first document, if it begins with `%`, is said of that.
    if text.starts_with('%') && parts.len() > 1 {
        let head = parts.remove(0);
        if let Some(first) = parts.first_mut() {
            *first = format!("{head}{separator}{first}");
        }
    }
    let mut documents = Vec::with_capacity(parts.len());
    let mut line = 0;
    for part in &parts {
        let mut read = Value::parse_yaml(part).map_err(|reason| from_line(line, &reason))?.into_iter();
        documents.push(read.next().unwrap_or(Value::Null));
        documents.extend(read.filter(|document| *document != Value::Null));
        line += part.matches('\n').count() + 2;
    }
    Ok(match documents.len() {
        1 => documents.pop().unwrap_or(Value::Null),
        _ => Value::array(documents),
    })
}

/// A reason that names a line of a part, with the line of the whole.
fn from_line(before: usize, reason: &str) -> String {
    let line = reason.strip_prefix("line ").and_then(|rest| rest.split_once(':'));
    match line.and_then(|(line, rest)| Some((line.parse::<usize>().ok()?, rest))) {
        Some((line, rest)) => format!("line {}:{rest}", line + before),
        None => reason.to_owned(),
    }
}

/// JSON without its comments, and without commas behind a last element; places stay where they are.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    // where the last comma stands, if nothing but space is behind it
    let mut comma: Option<usize> = None;
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('"', _) => {
                comma = None;
                out.push(c);
                while let Some(c) = chars.next() {
                    out.push(c);
                    match c {
                        '"' => break,
                        '\\' => out.extend(chars.next()),
                        _ => {}
                    }
                }
            }
            ('/', Some('/')) => {
                out.push(' ');
                while let Some(c) = chars.next_if(|c| *c != '\n') {
                    out.push(if c == '\r' { '\r' } else { ' ' });
                }
            }
            ('/', Some('*')) => {
                chars.next();
                out.push_str("  ");
                while let Some(c) = chars.next() {
                    if c == '*' && chars.next_if_eq(&'/').is_some() {
                        out.push_str("  ");
                        break;
                    }
                    out.push(if matches!(c, '\n' | '\r') { c } else { ' ' });
                }
            }
            (']' | '}', _) => {
                if let Some(at) = comma.take() {
                    out.replace_range(at..=at, " ");
                }
                out.push(c);
            }
            (',', _) => {
                comma = Some(out.len());
                out.push(c);
            }
            (c, _) => {
                if !c.is_whitespace() {
                    comma = None;
                }
                out.push(c);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_kinds() {
        for (path, kind) in [
            ("a/b.yaml", Some(Yaml)),
            ("a.YML", Some(Yaml)),
            ("a.json", Some(Json)),
            ("a.jsonc", Some(Jsonc)),
            ("x.toml", Some(Toml)),
            ("Dockerfile", Some(Dockerfile)),
            ("a/Dockerfile.dev", Some(Dockerfile)),
            ("dev.dockerfile", Some(Dockerfile)),
            ("main.tf", Some(Hcl2)),
            ("x.hcl1", Some(Hcl1)),
            (".gitignore", Some(Ignore)),
            (".env", Some(Dotenv)),
            (".env.prod", Some(Dotenv)),
            ("prod.env", Some(Dotenv)),
            ("nginx.conf", Some(Nginx)),
            ("other.conf", None),
            ("Jenkinsfile", Some(Groovy)),
            ("a.yaml/readme", None),
            ("README.md", None),
            ("apply.sh", None),
            ("Makefile", None),
            ("yaml", None),
        ] {
            assert_eq!(Parser::of_path(path), kind, "{path}");
        }
        assert!(Parser::names().all(|name| Parser::named(name).is_some()));
    }

    fn read(kind: Parser, text: &str) -> String {
        kind.read(text).map_or_else(|e| format!("! {e}"), |value| value.to_string())
    }

    #[test]
    fn yaml_is_cut_where_conftest_cuts_it() {
        for (text, expected) in [
            ("a: 1\n", r#"{"a": 1}"#),
            ("---\na: 1\n", r#"{"a": 1}"#),
            ("a: 1\n---\n", r#"[{"a": 1}, null]"#),
            ("a: 1\n---\n# nothing\n---\nb: 2\n", r#"[{"a": 1}, null, {"b": 2}]"#),
            ("---\n---\na: 1\n", r#"[null, {"a": 1}]"#),
            ("a: 1\r\n---\r\nb: 2\r\n", r#"[{"a": 1}, {"b": 2}]"#),
            ("a: 1\n---\n[1, 2]\n", r#"[{"a": 1}, [1, 2]]"#),
            // conftest sees the first document of these only
            ("a: 1\n--- # b\nb: 2\n", r#"[{"a": 1}, {"b": 2}]"#),
            ("a: 1\n--- \nb: 2\n", r#"[{"a": 1}, {"b": 2}]"#),
            ("a: 1\n---", r#"{"a": 1}"#),
            ("%YAML 1.1\n---\na: 1\n", r#"{"a": 1}"#),
            ("%YAML 1.1\n---\na: 1\n---\nb: on\n", r#"[{"a": 1}, {"b": true}]"#),
            ("", "null"),
            ("# only a comment\n", "null"),
            ("a: |\n  x\n  ---\n  y\n", r#"{"a": "x\n---\ny\n"}"#),
        ] {
            assert_eq!(read(Yaml, text), expected, "{text:?}");
        }
        assert!(read(Yaml, "a: 1\n---\nb: 1\nc: [\n").starts_with("! line 4"), "lines count from the top");
    }

    #[test]
    fn comments_leave_json_as_it_is() {
        let text =
            "// head\n{\"a\": 1, /* x, \"b\": */ \"c\": [1, 2, // two\n ], \"u\": \"http://x/*y*/,}\",}";
        assert_eq!(read(Jsonc, text), r#"{"a": 1, "c": [1, 2], "u": "http://x/*y*/,}"}"#);
        assert_eq!(read(Jsonc, r#"{"a": "\"// no comment"}"#), r#"{"a": "\"// no comment"}"#);
        assert!(read(Jsonc, "{\"a\": ,}").starts_with('!'));
        assert!(read(Jsonc, "[,]").starts_with('!') || read(Jsonc, "[,]") == "[]");
        assert!(read(Json, "{} // no").starts_with('!'));
        assert!(read(Hcl2, "").contains("no parser for HCL"));
    }
}
