//! A made-up resource block: just enough for the provider to plan it.

use std::collections::BTreeMap;

use trueline_model::Type;
use trueline_terraform::schema::{BlockSchema, Nesting};

use super::guess;

/// A block of a type, under a label of its own.
pub struct Instance {
    /// Resource type.
    pub kind: String,
    /// Label; also what makes its strings differ from those of other instances.
    pub label: String,
    /// What is written.
    pub body: Body,
    /// Why it is given up.
    pub given_up: Option<String>,
    /// How often it was changed without a place to change.
    pub patience: u32,
}

/// Arguments and blocks.
#[derive(Clone, Default)]
pub struct Body {
    /// By name.
    pub attributes: BTreeMap<String, Cell>,
    /// In order.
    pub blocks: Vec<(String, Body)>,
}

/// A value that is tried.
#[derive(Clone)]
pub struct Cell {
    /// Its type.
    pub ty: Type,
    /// Which of the guesses.
    pub guess: usize,
    /// What the provider said it must be, as HCL.
    pub told: Option<String>,
    /// It can be left out.
    pub optional: bool,
}

/// Names of blocks from the resource down, and at the end maybe an argument.
pub type Path = Vec<String>;

/// What the type needs, and the blocks on the way to `extra`.
pub fn minimal(schema: &BlockSchema, extra: &[String]) -> Body {
    let mut out = Body::default();
    for (name, a) in schema.attributes.iter().filter(|(_, a)| a.required) {
        out.attributes.insert(name.to_string(), Cell::new(a.ty.clone(), false));
    }
    if let [name] = extra
        && let Some(a) = schema.attributes.get(name.as_str())
        && !a.is_read_only()
    {
        out.attributes.insert(name.clone(), Cell::new(a.ty.clone(), true));
    }
    for (name, b) in &schema.blocks {
        let wanted = extra.first().is_some_and(|e| **e == **name);
        let least = match b.nesting {
            Nesting::Single | Nesting::Group => 0,
            _ => b.min_items,
        };
        let below = if wanted { extra.get(1..).unwrap_or_default() } else { &[] };
        for _ in 0..least.max(u64::from(wanted)) {
            out.blocks.push((name.to_string(), minimal(&b.block, below)));
        }
    }
    out
}

/// Paths of all blocks down to `depth` that need not be written.
pub fn optional_blocks(schema: &BlockSchema, depth: usize) -> Vec<Path> {
    let mut out = Vec::new();
    for (name, b) in schema.blocks.iter().filter(|(n, _)| &***n != "timeouts") {
        if b.min_items == 0 {
            out.push(vec![name.to_string()]);
        }
        if depth > 1 {
            for mut below in optional_blocks(&b.block, depth - 1) {
                below.insert(0, name.to_string());
                out.push(below);
            }
        }
    }
    out
}

/// Paths of optional strings that a provider may write in another form: documents, and long texts.
pub fn rewritten_maybe(schema: &BlockSchema, depth: usize) -> Vec<Path> {
    let mut out = Vec::new();
    for (name, _) in schema.attributes.iter().filter(|(_, a)| a.optional && a.ty == Type::String) {
        if guess::is_text(name) {
            out.push(vec![name.to_string()]);
        }
    }
    for (name, b) in schema.blocks.iter().filter(|_| depth > 1) {
        for mut below in rewritten_maybe(&b.block, depth - 1) {
            below.insert(0, name.to_string());
            out.push(below);
        }
    }
    out
}

impl Cell {
    /// The first guess.
    pub const fn new(ty: Type, optional: bool) -> Self {
        Self { ty, guess: 0, told: None, optional }
    }

    /// Tries the next guess; false if there is none.
    pub fn next(&mut self, name: &str) -> bool {
        self.told = None;
        self.guess += 1;
        self.guess < guess::count(&self.ty, name)
    }
}

impl Instance {
    /// Writes the block; `places` gets the path of each line.
    pub fn render(&self, out: &mut String, places: &mut Vec<Path>) {
        line(out, places, &[], &format!("resource \"{}\" \"{}\" {{", self.kind, self.label));
        self.body.render(&self.label, &mut Vec::new(), out, places);
        line(out, places, &[], "}");
    }
}

impl Body {
    fn render(&self, salt: &str, path: &mut Path, out: &mut String, places: &mut Vec<Path>) {
        for (name, cell) in &self.attributes {
            path.push(name.clone());
            let value = cell.told.clone().unwrap_or_else(|| guess::value(&cell.ty, name, cell.guess, salt));
            line(out, places, path, &format!("{name} = {value}"));
            path.pop();
        }
        for (name, body) in &self.blocks {
            path.push(name.clone());
            line(out, places, path, &format!("{name} {{"));
            body.render(salt, path, out, places);
            line(out, places, path, "}");
            path.pop();
        }
    }

    /// The argument at a path; of several blocks of a type the first that has it.
    pub fn cell(&mut self, path: &[String]) -> Option<&mut Cell> {
        match path {
            [name] => self.attributes.get_mut(name),
            [block, rest @ ..] => {
                self.blocks.iter_mut().filter(|(n, _)| n == block).find_map(|(_, b)| b.cell(rest))
            }
            [] => None,
        }
    }

    /// Path of an argument of this name, wherever it is.
    pub fn find(&self, name: &str) -> Option<Path> {
        if self.attributes.contains_key(name) {
            return Some(vec![name.to_owned()]);
        }
        self.blocks.iter().find_map(|(block, b)| {
            let mut path = b.find(name)?;
            path.insert(0, block.clone());
            Some(path)
        })
    }
}

fn line(out: &mut String, places: &mut Vec<Path>, path: &[String], text: &str) {
    out.push_str(text);
    out.push('\n');
    places.push(path.to_vec());
}
