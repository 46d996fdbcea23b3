//! Reads what the bindings of one type say of it: the declarations (`.d.ts`) and the compiled code (`.js`).
//!
//! The declarations hold an interface for each body, with a field for every argument: whether it may be left out, its
//! type, and in the comment whether it is a block. The code holds the names that Terraform has for them, and in comments
//! the attributes that only the provider sets.

use std::collections::BTreeMap;
use std::rc::Rc;

use trueline_model::Type;
use trueline_provider::schema::Section;

/// What is said of one type.
#[derive(Debug)]
pub struct Unit {
    /// Resource, data source or provider.
    pub section: Section,
    /// Its name; empty for the provider.
    pub kind: String,
    /// Version of the provider, if the bindings tell it.
    pub version: Option<String>,
    /// What may be written.
    pub fields: Rc<Vec<Field>>,
    /// What only the provider sets.
    pub read_only: BTreeMap<String, Type>,
}

/// An argument or block.
#[derive(Clone, Debug)]
pub struct Field {
    /// Terraform's name.
    pub name: String,
    /// It must be written.
    pub required: bool,
    /// It is a block.
    pub block: bool,
    /// What it holds.
    pub shape: Shape,
}

/// What an argument or block holds.
#[derive(Clone, Debug)]
pub enum Shape {
    /// `string`
    String,
    /// `number`
    Number,
    /// `boolean`
    Bool,
    /// Not told.
    Any,
    /// Several; `true` if their order does not count.
    Many(Box<Self>, bool),
    /// By name.
    Map(Box<Self>),
    /// An object or the body of a block.
    Body(Rc<Vec<Field>>),
}

/// A field as it is declared.
struct Declared {
    camel: String,
    snake: Option<String>,
    required: bool,
    block: bool,
    ty: String,
}

/// Reads a type; none if the files hold no resource, data source or provider.
pub fn unit(declarations: &str, code: &str) -> Option<Unit> {
    let class = code.lines().position(|l| section(l).is_some())?;
    let section = code.lines().nth(class).and_then(section)?;
    let kind = code.lines().find_map(|l| quoted(l.trim().strip_prefix("terraformResourceType: ")?))?;
    let version = code.lines().find_map(|l| quoted(l.trim().strip_prefix("providerVersion: ")?));
    let names = Names::read(code);
    let (top, interfaces) = interfaces(declarations);
    let fields = body(&top?, "", &interfaces, &names, &mut Vec::new());
    let kind = if section == Section::Provider { String::new() } else { kind };
    Some(Unit { section, kind, version, fields, read_only: read_only(code, class) })
}

fn section(line: &str) -> Option<Section> {
    let (_, base) = line.strip_prefix("class ")?.split_once(" extends ")?;
    match base.split_once('.')?.1.trim_end_matches(" {") {
        "TerraformResource" => Some(Section::Resource),
        "TerraformDataSource" => Some(Section::DataSource),
        "TerraformProvider" => Some(Section::Provider),
        _ => None,
    }
}

fn quoted(text: &str) -> Option<String> {
    Some(text.trim().trim_end_matches(',').strip_prefix('\'')?.strip_suffix('\'')?.to_owned())
}

/// What the code says of names, by body (empty for the type's own).
#[derive(Default)]
struct Names {
    /// Body and name in the bindings to Terraform's name.
    snake: BTreeMap<(String, String), String>,
    /// Body and Terraform's name to the word for the collection.
    collection: BTreeMap<(String, String), String>,
}

impl Names {
    fn read(code: &str) -> Self {
        let mut out = Self::default();
        let (mut at, mut name) = (None, None);
        for line in code.lines() {
            let text = line.trim();
            if let Some(body) = opened(text) {
                (at, name) = (Some(body), None);
            } else if text == "}" && !line.starts_with("        ") {
                at = None;
            }
            let Some(body) = &at else { continue };
            let Some((key, rest)) = text.split_once(": ") else { continue };
            if rest == "{" {
                name = Some(key.to_owned());
            } else if let Some(n) = &name {
                if key == "type" {
                    let word = rest.trim_end_matches(',').trim_matches('"').to_owned();
                    out.collection.insert((body.clone(), n.clone()), word);
                }
            } else if let Some(camel) = member(rest) {
                out.snake.insert((body.clone(), camel), key.to_owned());
            }
        }
        out
    }
}

/// The body that the names after this line are of.
fn opened(line: &str) -> Option<String> {
    if line.starts_with("synthesizeAttributes()") || line.starts_with("synthesizeHclAttributes()") {
        return Some(String::new());
    }
    let name = line.strip_prefix("function ")?.split('(').next()?;
    let name = name.strip_suffix("ToHclTerraform").or_else(|| name.strip_suffix("ToTerraform"))?;
    let mut chars = name.chars();
    Some(chars.next()?.to_uppercase().chain(chars).collect())
}

/// `camel` of `…struct.camel…` or `…this._camel…`.
fn member(text: &str) -> Option<String> {
    let at = text.find("struct.").map(|i| i + 7).or_else(|| text.find("this._").map(|i| i + 6))?;
    let name: String = text.get(at..)?.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

/// The interface of the arguments, and the fields of all interfaces.
fn interfaces(text: &str) -> (Option<String>, BTreeMap<String, Vec<Declared>>) {
    let (mut top, mut out) = (None, BTreeMap::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(head) = line.strip_prefix("export interface ") else { continue };
        let name = head.split([' ', '{']).next().unwrap_or_default().to_owned();
        if head.contains("TerraformMetaArguments") || name == "AwsProviderConfig" {
            top.get_or_insert(name.clone());
        }
        let (mut fields, mut comment) = (Vec::new(), Vec::new());
        while let Some(line) = lines.next() {
            if line == "}" || head.ends_with("{}") {
                break;
            }
            let text = line.trim();
            if text.starts_with("/**") {
                comment.clear();
            }
            if let Some(field) = text.strip_prefix("readonly ") {
                let mut whole = field.to_owned();
                while whole.matches('{').count() != whole.matches('}').count() {
                    let Some(more) = lines.next() else { break };
                    whole.push_str(more.trim());
                }
                fields.extend(declared(&whole, &comment));
                comment.clear();
            } else {
                comment.push(text);
            }
        }
        out.insert(name, fields);
    }
    (top, out)
}

fn declared(text: &str, comment: &[&str]) -> Option<Declared> {
    let (name, ty) = text.trim_end_matches(';').split_once(": ")?;
    let required = !name.ends_with('?');
    let word = |l: &&str| l.trim_matches(['/', '*', ' ', '.']).strip_suffix(" block").map(str::to_owned);
    let block = comment.iter().find_map(word).filter(|w| !w.contains(' '));
    let anchor = comment.iter().find(|l| l.contains("Docs at Terraform Registry")).and_then(|l| {
        let (_, rest) = l.rsplit_once('#')?;
        Some(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>())
    });
    let camel = name.trim_end_matches('?').to_owned();
    let snake = block.clone().or(anchor);
    Some(Declared { camel, snake, required, block: block.is_some(), ty: ty.to_owned() })
}

fn body(
    interface: &str,
    key: &str,
    all: &BTreeMap<String, Vec<Declared>>,
    names: &Names,
    above: &mut Vec<String>,
) -> Rc<Vec<Field>> {
    let mut out = Vec::new();
    above.push(interface.to_owned());
    for d in all.get(interface).into_iter().flatten() {
        let known = names.snake.get(&(key.to_owned(), d.camel.clone()));
        let Some(name) = known.or(d.snake.as_ref()).cloned() else { continue };
        let collection = names.collection.get(&(key.to_owned(), name.clone()));
        let set = collection.is_some_and(|c| c == "set");
        let shape = shape(&d.ty, set, all, names, above);
        out.push(Field { name, required: d.required, block: d.block, shape });
    }
    above.pop();
    Rc::new(out)
}

fn shape(
    ty: &str,
    set: bool,
    all: &BTreeMap<String, Vec<Declared>>,
    names: &Names,
    above: &mut Vec<String>,
) -> Shape {
    let ty = ty.split(" | ").next().unwrap_or_default().trim();
    if let Some(inner) = ty.strip_suffix("[]") {
        return Shape::Many(Box::new(shape(inner, false, all, names, above)), set);
    }
    if let Some(inner) = ty.strip_prefix("{[key: string]:") {
        let inner = inner.trim_end_matches('}').trim().trim_end_matches(';');
        return Shape::Map(Box::new(shape(inner, false, all, names, above)));
    }
    match ty {
        "string" => Shape::String,
        "number" => Shape::Number,
        "boolean" => Shape::Bool,
        // What holds itself is not told further.
        name if all.contains_key(name) && !above.iter().any(|a| a == name) => {
            Shape::Body(body(name, name, all, names, above))
        }
        _ => Shape::Any,
    }
}

/// The attributes that only the provider sets, by the comments in the class of the type.
fn read_only(code: &str, class: usize) -> BTreeMap<String, Type> {
    let mut out = BTreeMap::new();
    let mut lines = code.lines().skip(class).peekable();
    while let Some(line) = lines.next() {
        let Some((name, flags)) =
            line.trim().strip_prefix("// ").and_then(|l| l.split_once(" - computed: true, "))
        else {
            continue;
        };
        if !flags.starts_with("optional: false") {
            continue;
        }
        let mut ty = Type::Any;
        for _ in 0..3 {
            let Some(next) = lines.peek() else { break };
            let next = next.trim();
            if next.starts_with("// ") {
                break;
            }
            if let Some(t) = returned(next) {
                ty = t;
            }
            lines.next();
        }
        out.insert(name.to_owned(), ty);
    }
    out
}

fn returned(line: &str) -> Option<Type> {
    let call = line.strip_prefix("return ")?;
    let set = call.contains("Fn.tolist(");
    let many = |t: Type| if set { Type::Set(t.into()) } else { Type::List(t.into()) };
    let name = call.rsplit_once("this.")?.1.split('(').next()?;
    Some(match name {
        "getStringAttribute" => Type::String,
        "getNumberAttribute" => Type::Number,
        "getBooleanAttribute" => Type::Bool,
        "getListAttribute" => many(Type::String),
        "getNumberListAttribute" => many(Type::Number),
        "getStringMapAttribute" => Type::Map(Type::String.into()),
        _ => return None,
    })
}
