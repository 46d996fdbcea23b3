//! The syntax tree of a policy file, as it was written.
//!
//! What enters: nothing; the parser builds it. What leaves: nodes with byte spans. No name is resolved yet.

mod vars;

use std::borrow::Cow;
use std::sync::Arc;

pub(crate) use vars::each_term;

use crate::{Number, Version};

/// A range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    pub(crate) fn to(self, end: Span) -> Span {
        Span { start: self.start, end: end.end }
    }
}

/// A name.
pub(crate) type Name = Arc<str>;

#[derive(Debug, Clone)]
pub(crate) struct Module {
    pub(crate) version: Version,
    pub(crate) package: Vec<Name>,
    pub(crate) package_at: Span,
    pub(crate) imports: Vec<Import>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) comments: Vec<Comment>,
    /// Where lines begin, the first one left out.
    pub(crate) lines: Vec<u32>,
}

#[derive(Debug, Clone)]
pub(crate) struct Import {
    /// The whole path: `data`, `foo`, `bar`.
    pub(crate) path: Vec<Name>,
    pub(crate) alias: Option<Name>,
    pub(crate) at: Span,
}

impl Import {
    /// Returns the name that the import gives to its document.
    pub(crate) fn name(&self) -> Option<&Name> {
        self.alias.as_ref().or_else(|| self.path.last())
    }
}

/// A comment line.
#[derive(Debug, Clone)]
pub(crate) struct Comment {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) at: Span,
}

impl Comment {
    /// Returns what follows the `#`.
    pub(crate) fn text<'t>(&self, source: &'t str) -> &'t str {
        let text = source.get(self.at.start as usize + 1..self.at.end as usize);
        text.unwrap_or_default().trim_end_matches('\r')
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) default: bool,
    pub(crate) head: Head,
    pub(crate) body: Body,
    pub(crate) otherwise: Option<Box<Rule>>,
    pub(crate) at: Span,
}

#[derive(Debug, Clone)]
pub(crate) struct Head {
    /// Name and what follows it: `p`, `p.q`, `p[x].r`. The first term is a variable.
    pub(crate) reference: Vec<Term>,
    pub(crate) args: Option<Box<[Term]>>,
    /// What a partial set contains.
    pub(crate) key: Option<Term>,
    pub(crate) value: Option<Term>,
    /// Written with `:=`.
    pub(crate) assign: bool,
    pub(crate) at: Span,
}

pub(crate) type Body = Box<[Expr]>;

#[derive(Debug, Clone)]
pub(crate) struct Expr {
    pub(crate) negated: bool,
    pub(crate) kind: ExprKind,
    pub(crate) with: Vec<With>,
    pub(crate) at: Span,
}

#[derive(Debug, Clone)]
pub(crate) enum ExprKind {
    Term(Term),
    Unify(Term, Term),
    Assign(Term, Term),
    Some(Box<[Term]>),
    SomeIn(Box<SomeIn>),
    Every(Box<Every>),
    /// `not`, with all that its operand needs under it.
    Not(Box<Operand>),
    Logical(Box<Logical>),
}

/// `left and right` or `left or right`.
#[derive(Debug, Clone)]
pub(crate) struct Logical {
    pub(crate) and: bool,
    pub(crate) left: Operand,
    pub(crate) right: Operand,
}

/// What `and`, `or` and `not` stand for.
#[derive(Debug, Clone)]
pub(crate) struct Operand {
    pub(crate) body: Body,
    /// Written in braces: may have variables of its own.
    pub(crate) explicit: bool,
}

/// `some key, value in domain`.
#[derive(Debug, Clone)]
pub(crate) struct SomeIn {
    pub(crate) key: Option<Term>,
    pub(crate) value: Term,
    pub(crate) domain: Term,
}

/// `every key, value in domain { body }`.
#[derive(Debug, Clone)]
pub(crate) struct Every {
    pub(crate) key: Option<Term>,
    pub(crate) value: Term,
    pub(crate) domain: Term,
    pub(crate) body: Body,
}

#[derive(Debug, Clone)]
pub(crate) struct With {
    pub(crate) target: Term,
    pub(crate) value: Term,
}

#[derive(Debug, Clone)]
pub(crate) struct Term {
    pub(crate) kind: TermKind,
    pub(crate) at: Span,
}

#[derive(Debug, Clone)]
pub(crate) enum TermKind {
    Null,
    Bool(bool),
    Number(Number),
    String(Name),
    Var(Name),
    /// A head and at least one step.
    Ref(Box<[Term]>),
    Call(Box<Call>),
    Array(Box<[Term]>),
    Set(Box<[Term]>),
    Object(Box<[(Term, Term)]>),
    ArrayComprehension(Box<(Term, Body)>),
    SetComprehension(Box<(Term, Body)>),
    ObjectComprehension(Box<(Term, Term, Body)>),
    Template(Box<[Part]>),
}

/// A call; the operator is a variable or a reference of strings.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) operator: Term,
    pub(crate) args: Box<[Term]>,
}

#[derive(Debug, Clone)]
pub(crate) enum Part {
    Text(Name),
    Expr(Expr),
}

impl Term {
    pub(crate) fn named(name: Name, at: Span) -> Self {
        Term { kind: TermKind::Var(name), at }
    }

    pub(crate) fn text(text: Name, at: Span) -> Self {
        Term { kind: TermKind::String(text), at }
    }

    pub(crate) fn bool(flag: bool, at: Span) -> Self {
        Term { kind: TermKind::Bool(flag), at }
    }

    /// Returns the name of a variable.
    pub(crate) fn as_var(&self) -> Option<&Name> {
        match &self.kind {
            TermKind::Var(name) => Some(name),
            _ => None,
        }
    }

    /// Returns the text of a string.
    pub(crate) fn as_string(&self) -> Option<&Name> {
        match &self.kind {
            TermKind::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns a dotted name: `count`, `io.jwt.decode`.
    pub(crate) fn dotted(&self) -> Option<Cow<'_, str>> {
        match &self.kind {
            TermKind::Var(name) => Some(Cow::Borrowed(name)),
            TermKind::Ref(steps) => {
                let mut steps = steps.iter();
                let mut name = steps.next()?.as_var()?.to_string();
                for step in steps {
                    name.push('.');
                    name.push_str(step.as_string()?);
                }
                Some(Cow::Owned(name))
            }
            _ => None,
        }
    }

    /// Tells whether this is a dotted name.
    pub(crate) fn is_dotted(&self) -> bool {
        match &self.kind {
            TermKind::Var(_) => true,
            TermKind::Ref(steps) => {
                let (first, rest) = (steps.first(), steps.iter().skip(1));
                first.is_some_and(|first| first.as_var().is_some())
                    && rest.into_iter().all(|step| step.as_string().is_some())
            }
            _ => false,
        }
    }

    /// Says what kind of term this is, in OPA's words.
    pub(crate) fn kind_name(&self) -> &'static str {
        match &self.kind {
            TermKind::Null => "null",
            TermKind::Bool(_) => "boolean",
            TermKind::Number(_) => "number",
            TermKind::String(_) => "string",
            TermKind::Var(_) => "var",
            TermKind::Ref(_) => "ref",
            TermKind::Call(_) => "call",
            TermKind::Array(_) => "array",
            TermKind::Set(_) => "set",
            TermKind::Object(_) => "object",
            TermKind::ArrayComprehension(..) => "arraycomprehension",
            TermKind::SetComprehension(..) => "setcomprehension",
            TermKind::ObjectComprehension(..) => "objectcomprehension",
            TermKind::Template(_) => "templatestring",
        }
    }
}

/// Tells whether this is the name of an unnamed variable; each `_` has a name of its own.
pub(crate) fn is_wildcard(name: &str) -> bool {
    name.starts_with('$')
}
