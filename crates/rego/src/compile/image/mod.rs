//! Compiled policies as bytes, to be part of a binary: loading them is much cheaper than compiling.
//!
//! What enters: a program, and what its rules refer to. What leaves: an image; and of an image a program again, of which only
//! those rules are read that somebody asks for, and what they need. All numbers of nodes and files stay what they were.
//!
//! An image is read by the very version of this crate that made it: how it is laid out is nobody else's business.
//!
//! | part | what it is |
//! | --- | --- |
//! | head | [`MAGIC`], numbers of strings, files and nodes |
//! | tables | where each string ends; path of each file, and whether it is in the old syntax; where each node begins |
//! | strings | their bytes |
//! | nodes | of each: parent, key, what it is, children, what its rules refer to, its definitions |

mod code;
mod parts;

use std::sync::Arc;

use crate::{PolicyFile, Value};

use super::ir::{Definition, Node, NodeId, Program};
use super::uses::{Edge, Seen, State, Uses};
use super::{File, Output, tree};
use code::{Coded, Reader, Writer};

const MAGIC: &[u8] = b"trueline-rego image\n";

/// What a node is, beside its definitions.
struct Head {
    parent: NodeId,
    key: Value,
    is_package: bool,
    arity: Option<usize>,
    children: Vec<NodeId>,
}

/// The rules of a node.
struct Rules {
    edges: Vec<Edge>,
    default: Option<Box<Definition>>,
    definitions: Vec<Definition>,
}

/// Writes an image; nothing if builtins of the caller are part of the program.
pub(crate) fn write(output: &Output, uses: &Uses) -> Option<Vec<u8>> {
    if !output.builtins.is_empty() {
        return None;
    }
    let mut nodes = Writer::default();
    let mut begins = Vec::with_capacity(output.program.nodes.len());
    for (id, node) in output.program.nodes.iter().enumerate() {
        begins.push(nodes.len());
        let above = node.path.split_last();
        let parent = above.and_then(|(_, above)| output.program.find(above)).unwrap_or(Program::ROOT);
        let head = Head {
            parent,
            key: above.map_or(Value::Null, |(key, _)| key.clone()),
            is_package: node.is_package,
            arity: node.arity,
            children: node.children.values().copied().collect(),
        };
        head.write(&mut nodes);
        let (edges, default, definitions) =
            (uses.edges(id).to_vec(), node.default.clone(), node.definitions.clone());
        Rules { edges, default, definitions }.write(&mut nodes);
    }
    let files: Vec<(usize, bool)> =
        output.files.iter().map(|file| (nodes.string(&file.path.as_str().into()), file.old)).collect();
    let mut out = MAGIC.to_vec();
    let mut word = |number: usize| out.extend((number as u32).to_le_bytes());
    let (nodes, strings) = nodes.finish();
    [strings.len(), files.len(), begins.len()].into_iter().for_each(&mut word);
    let mut end = 0;
    for text in &strings {
        end += text.len();
        word(end);
    }
    for (path, old) in files {
        word(path);
        word(old.into());
    }
    begins.into_iter().for_each(word);
    strings.iter().for_each(|text| out.extend(text.as_bytes()));
    out.extend(nodes);
    Some(out)
}

/// Reads the rules at these paths and all that they need; `text` gives the text of a file by its number. Nothing if
/// the bytes are no image.
pub(crate) fn read(
    image: &[u8],
    paths: &[Vec<Value>],
    text: &dyn Fn(usize) -> Option<Arc<str>>,
) -> Option<Output> {
    let reader = Reader::new(image)?;
    let nodes = reader.nodes();
    let none: Arc<str> = Arc::from("");
    let file = |at| {
        let (path, old) = reader.file(at)?;
        Some(File { path: path.to_owned(), source: none.clone(), old })
    };
    let mut files = (0..reader.files()).map(file).collect::<Option<Vec<File>>>()?;
    let mut program = Program::default();
    program.nodes.resize_with(nodes, Node::default);
    let mut load = Load {
        reader,
        program,
        placed: vec![false; nodes],
        seen: Seen::new(nodes),
        left: Vec::new(),
        read: vec![false; files.len()],
    };
    for path in paths {
        load.start(path)?;
    }
    while let Some(edge) = load.left.pop() {
        load.follow(edge)?;
    }
    let Load { mut program, read, .. } = load;
    tree::finish(&mut program);
    for (at, file) in files.iter_mut().enumerate().filter(|(at, _)| read.get(*at) == Some(&true)) {
        file.source = text(at)?;
    }
    let expressions = Default::default();
    Some(Output { program, packages: Vec::new(), files, builtins: Vec::new(), expressions })
}

/// A program that is being read.
struct Load<'i> {
    reader: Reader<'i>,
    program: Program,
    /// Nodes that have their place in the tree.
    placed: Vec<bool>,
    seen: Seen,
    left: Vec<Edge>,
    /// Files of definitions.
    read: Vec<bool>,
}

impl Load<'_> {
    fn head(&mut self, node: NodeId) -> Option<Head> {
        self.reader.turn_to(node)?;
        Head::read(&mut self.reader)
    }

    /// Notes what is to be read for a path: its rules, those above it, and all below.
    fn start(&mut self, path: &[Value]) -> Option<()> {
        let mut node = Program::ROOT;
        'steps: for key in path {
            for child in self.head(node)?.children {
                if self.head(child)?.key == *key {
                    node = child;
                    self.left.push(Edge::Rules(node));
                    continue 'steps;
                }
            }
            return Some(());
        }
        self.left.push(Edge::Subtree(node));
        Some(())
    }

    fn follow(&mut self, edge: Edge) -> Option<()> {
        if !matches!(self.seen.get(edge), State::New) {
            return Some(());
        }
        self.seen.set(edge, State::Done);
        match edge {
            Edge::Rules(node) => self.rules(node),
            Edge::Subtree(node) => {
                let children = self.head(node)?.children;
                self.left.extend(children.into_iter().map(Edge::Subtree));
                self.left.push(Edge::Rules(node));
                Some(())
            }
        }
    }

    /// Reads the rules of a node.
    fn rules(&mut self, id: NodeId) -> Option<()> {
        self.place(id)?;
        self.head(id)?;
        let Rules { edges, default, definitions } = Rules::read(&mut self.reader)?;
        self.left.extend(edges);
        for definition in definitions.iter().chain(default.as_deref()) {
            *self.read.get_mut(definition.file)? = true;
        }
        let node = self.program.nodes.get_mut(id)?;
        node.has_rules = default.is_some() || !definitions.is_empty();
        (node.default, node.definitions) = (default, definitions);
        Some(())
    }

    /// Hangs a node where it belongs in the tree.
    fn place(&mut self, id: NodeId) -> Option<()> {
        if std::mem::replace(self.placed.get_mut(id)?, true) {
            return Some(());
        }
        let Head { parent, key, is_package, arity, .. } = self.head(id)?;
        if id != Program::ROOT {
            self.place(parent)?;
            let above = self.program.nodes.get_mut(parent)?;
            above.children.insert(key.clone(), id);
            let path = above.path.iter().cloned().chain([key]).collect();
            self.program.nodes.get_mut(id)?.path = path;
        }
        let node = self.program.nodes.get_mut(id)?;
        (node.is_package, node.arity) = (is_package, arity);
        Some(())
    }
}

/// Compiles policies and writes their image.
pub(crate) fn of(files: &[PolicyFile]) -> Result<Vec<u8>, Vec<crate::Diagnostic>> {
    let (output, uses) = super::compile_with_uses(files, &crate::CompileOptions::default())?;
    // Without builtins of the caller there always is one.
    Ok(write(&output, &uses).unwrap_or_default())
}
