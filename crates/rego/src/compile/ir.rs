//! What the evaluator runs: straight lines of instructions in which it is known, at every place, which variables
//! have a value.

use crate::builtins::Builtin;
use crate::syntax::{Name, Span};
use crate::{CustomBuiltin, Value};

use super::core::{Shape, Var};
use super::index::Index;

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
        /// The reference itself; the instruction may be for all of a comparison.
        at: Span,
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
    /// Notes a case of a data-driven test: the keys that its result will have.
    Case(Vec<Op>),
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
    /// What the places of a frame are called.
    pub(crate) variables: Vec<Named>,
}

/// What a place of a frame is called.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    /// The name; nothing for what the compiler made, which is called by its text.
    pub(crate) name: Option<Name>,
    pub(crate) at: Span,
}

impl Op {
    fn each_slot(&self, visit: &mut dyn FnMut(Var)) {
        match self {
            Op::Const(_) => {}
            Op::Slot(var) => visit(*var),
            Op::Array(items) | Op::Set(items) => items.iter().for_each(|item| item.each_slot(visit)),
            Op::Object(entries) => {
                for (key, value) in entries {
                    key.each_slot(visit);
                    value.each_slot(visit);
                }
            }
        }
    }
}

impl Pattern {
    fn each_slot(&self, visit: &mut dyn FnMut(Var)) {
        match self {
            Pattern::Any | Pattern::Bind(_) => {}
            Pattern::Is(op) => op.each_slot(visit),
            Pattern::Array(items) => items.iter().for_each(|item| item.each_slot(visit)),
            Pattern::Object(entries) => {
                for (key, pattern) in entries {
                    key.each_slot(visit);
                    pattern.each_slot(visit);
                }
            }
        }
    }
}

impl Out {
    fn each_slot(&self, visit: &mut dyn FnMut(Var)) {
        if let Out::Match(pattern) = self {
            pattern.each_slot(visit);
        }
    }
}

impl Instruction {
    /// Visits the variables whose values an instruction uses; bodies inside it are left out.
    pub(crate) fn each_slot(&self, visit: &mut dyn FnMut(Var)) {
        match self {
            Instruction::Match { value, pattern } => {
                value.each_slot(visit);
                pattern.each_slot(visit);
            }
            Instruction::Lookup { origin, steps, out, .. } => {
                if let Origin::Op(op) = origin {
                    op.each_slot(visit);
                }
                for step in steps {
                    match step {
                        Step::At(op) => op.each_slot(visit),
                        Step::Each(pattern) => pattern.each_slot(visit),
                    }
                }
                out.each_slot(visit);
            }
            Instruction::Test(op) => op.each_slot(visit),
            Instruction::Builtin { args, out, .. } | Instruction::Function { args, out, .. } => {
                args.iter().for_each(|arg| arg.each_slot(visit));
                out.each_slot(visit);
            }
            Instruction::Every { domain, .. } => domain.each_slot(visit),
            Instruction::Case(ops) => ops.iter().for_each(|op| op.each_slot(visit)),
            Instruction::With(replaced) => replaced.iter().for_each(|(_, op)| op.each_slot(visit)),
            Instruction::Not(body) => body.code.iter().for_each(|(inner, _)| inner.each_slot(visit)),
            Instruction::Comprehend { .. } | Instruction::EndWith => {}
        }
    }
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
    /// A builtin of the caller.
    pub(crate) native: Option<CustomBuiltin>,
    /// A package of this path exists.
    pub(crate) is_package: bool,
    /// Some rule is defined here.
    pub(crate) has_rules: bool,
    /// Which definitions can hold, if most ask for certain values.
    pub(crate) index: Option<Index>,
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

    /// Returns where a builtin of the caller hangs: below null, which no reference in a policy reaches.
    pub(crate) fn native_path(name: &str) -> Vec<Value> {
        vec![Value::Null, Value::from(name)]
    }

    /// Returns the node of a builtin of the caller.
    pub(crate) fn native(&self, name: &str) -> Option<NodeId> {
        let all = self.child(Self::ROOT, &Value::Null)?;
        self.child(all, &Value::from(name))
    }

    /// Returns the path of a node as a reference.
    pub(crate) fn name(&self, node: NodeId) -> String {
        self.nodes.get(node).map(|node| super::lower::path_text(&node.path)).unwrap_or_default()
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
        path.iter().fold(Self::ROOT, |at, key| self.reach_child(at, key.clone()))
    }

    /// Returns the node below a node, made if there is none.
    pub(crate) fn reach_child(&mut self, node: NodeId, key: Value) -> NodeId {
        let next = self.nodes.len();
        let Some(above) = self.nodes.get_mut(node) else { return node };
        match above.children.entry(key) {
            std::collections::btree_map::Entry::Occupied(known) => *known.get(),
            std::collections::btree_map::Entry::Vacant(free) => {
                let mut path = Vec::with_capacity(above.path.len() + 1);
                path.extend(above.path.iter().cloned());
                path.push(free.key().clone());
                free.insert(next);
                self.nodes.push(Node { path, ..Node::default() });
                next
            }
        }
    }
}
