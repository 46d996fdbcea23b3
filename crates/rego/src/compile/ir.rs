//! What the evaluator runs: straight lines of instructions in which it is known, at every place, which variables
//! have a value.

use crate::Value;
use crate::builtins::Builtin;
use crate::syntax::Span;

use super::core::{Shape, Var};

/// A number of a node in the tree of rules.
pub(crate) type NodeId = usize;

/// A term whose variables all have values.
#[derive(Debug, Clone)]
pub(crate) enum Op {
    Const(Value),
    Slot(Var),
    Array(Vec<Op>),
    Object(Vec<(Op, Op)>),
    Set(Vec<Op>),
}

/// What a value has to look like, and which variables that gives values to.
#[derive(Debug, Clone)]
pub(crate) enum Pattern {
    Any,
    Bind(Var),
    Is(Op),
    Array(Vec<Pattern>),
    Object(Vec<(Op, Pattern)>),
}

#[derive(Debug, Clone)]
pub(crate) enum Origin {
    Input,
    Data,
    Op(Op),
}

#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// The element with this key.
    At(Op),
    /// Every element whose key looks like this.
    Each(Pattern),
}

#[derive(Debug, Clone)]
pub(crate) enum Out {
    /// The result has to be defined and not false.
    True,
    Match(Pattern),
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Block {
    pub(crate) code: Vec<(Instruction, Span)>,
}

#[derive(Debug, Clone)]
pub(crate) enum Instruction {
    Match {
        value: Op,
        pattern: Pattern,
    },
    Lookup {
        origin: Origin,
        steps: Vec<Step>,
        out: Out,
    },
    Test(Op),
    Builtin {
        builtin: &'static Builtin,
        args: Vec<Op>,
        out: Out,
    },
    Function {
        node: NodeId,
        args: Vec<Op>,
        out: Out,
    },
    Not(Block),
    Every {
        key: Var,
        value: Var,
        domain: Op,
        body: Block,
    },
    Comprehend {
        shape: Shape,
        heads: Vec<Op>,
        body: Block,
        into: Var,
    },
    /// Replaces parts of input, data or functions for what follows, up to `EndWith`.
    With(Vec<(Replaced, Op)>),
    EndWith,
}

/// What `with` replaces, and by what kind of thing.
#[derive(Debug, Clone)]
pub(crate) enum Replaced {
    Input(Vec<Value>),
    Data(Vec<Value>),
    /// A function or builtin, by a value.
    FunctionValue(Function),
    /// A function or builtin, by another one; the value is not used.
    Function(Function, Function),
}

#[derive(Debug, Clone)]
pub(crate) enum Function {
    Builtin(&'static Builtin),
    Node(NodeId),
}

/// One definition of a rule.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    pub(crate) file: usize,
    pub(crate) at: Span,
    /// Number of places that a frame needs.
    pub(crate) slots: usize,
    pub(crate) args: Vec<Pattern>,
    pub(crate) body: Block,
    /// Keys below the path of the node.
    pub(crate) steps: Vec<Op>,
    /// Adds to a set instead of being the value.
    pub(crate) member: bool,
    /// The value, or the member of a set.
    pub(crate) value: Op,
    pub(crate) otherwise: Option<Box<Definition>>,
}

/// A node in the tree of rules.
#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) path: Vec<Value>,
    pub(crate) children: std::collections::BTreeMap<Value, NodeId>,
    pub(crate) definitions: Vec<Definition>,
    pub(crate) default: Option<Box<Definition>>,
    /// Number of arguments, if it is a function.
    pub(crate) arity: Option<usize>,
    /// Some rule is defined here.
    pub(crate) has_rules: bool,
    /// One solution is enough: every definition has this value.
    pub(crate) constant: Option<Value>,
}

/// All rules of all packages.
#[derive(Debug, Default)]
pub(crate) struct Program {
    pub(crate) nodes: Vec<Node>,
}

impl Program {
    /// The node of `data` itself.
    pub(crate) const ROOT: NodeId = 0;

    pub(crate) fn child(&self, node: NodeId, key: &Value) -> Option<NodeId> {
        self.nodes.get(node)?.children.get(key).copied()
    }

    /// Returns the node of a path below `data`.
    pub(crate) fn find(&self, path: &[Value]) -> Option<NodeId> {
        path.iter().try_fold(Self::ROOT, |node, key| self.child(node, key))
    }

    /// Returns the node of a path, made if there is none.
    pub(crate) fn reach(&mut self, path: &[Value]) -> NodeId {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let mut at = Self::ROOT;
        for (depth, key) in path.iter().enumerate() {
            at = match self.child(at, key) {
                Some(next) => next,
                None => {
                    let next = self.nodes.len();
                    let path = path.iter().take(depth + 1).cloned().collect();
                    self.nodes.push(Node { path, ..Node::default() });
                    if let Some(node) = self.nodes.get_mut(at) {
                        node.children.insert(key.clone(), next);
                    }
                    next
                }
            };
        }
        at
    }
}
