//! The tree: blocks, attributes and expressions, each with its span.

pub use body::{Attribute, Block, Body, Comment, File, Ident, Item, Label, SyntaxError, Unread};
pub use expr::{
    BinaryOp, Call, Expr, ExprKind, ForObject, ForTuple, ObjectItem, ObjectKey, Splat, SplatStep, UnaryOp,
};
pub use template::{Template, TemplatePart, TemplateStyle};

mod body;
mod expr;
mod template;
mod written;
