//! The parts of a program as bytes, and back. Each part is named once, for both ways.

use std::sync::Arc;

use crate::builtins::{self, Builtin};
use crate::compile::core::Shape;
use crate::compile::ir::{
    Block, Definition, Function, Instruction, Named, Op, Origin, Out, Pattern, Replaced, Step,
};
use crate::compile::uses::Edge;
use crate::syntax::{Name, Span};
use crate::value::{Object, Set};
use crate::{Number, Value};

use super::code::{Coded, Reader, Writer};
use super::{Head, Rules};

/// Writes and reads the fields of a struct in this order.
macro_rules! fields {
    ($type:ident { $($field:ident),* $(,)? }) => {
        impl Coded for $type {
            fn write(&self, to: &mut Writer) {
                $(self.$field.write(to);)*
            }

            fn read(from: &mut Reader<'_>) -> Option<Self> {
                $(let $field = Coded::read(from)?;)*
                Some($type { $($field),* })
            }
        }
    };
}

/// Writes and reads the variants of an enum, each behind its number.
macro_rules! variants {
    ($type:ident { $($tag:literal => $variant:ident $(($($item:ident),*))? $({$($field:ident),*})?),* $(,)? }) => {
        impl Coded for $type {
            fn write(&self, to: &mut Writer) {
                match self {
                    $($type::$variant $(($($item),*))? $({$($field),*})? => {
                        to.byte($tag);
                        $($($item.write(to);)*)?
                        $($($field.write(to);)*)?
                    })*
                }
            }

            fn read(from: &mut Reader<'_>) -> Option<Self> {
                Some(match from.byte()? {
                    $($tag => {
                        $($(let $item = Coded::read(from)?;)*)?
                        $($(let $field = Coded::read(from)?;)*)?
                        $type::$variant $(($($item),*))? $({$($field),*})?
                    })*
                    _ => return None,
                })
            }
        }
    };
}

fields!(Head { parent, key, is_package, arity, children });
fields!(Rules { edges, default, definitions });
fields!(Definition { file, at, slots, args, body, steps, member, value, otherwise, variables });
fields!(Block { code });
fields!(Named { name, at });

variants!(Edge { 0 => Rules(node), 1 => Subtree(node) });
variants!(Op { 0 => Const(value), 1 => Slot(var), 2 => Array(items), 3 => Object(entries), 4 => Set(items) });
variants!(Pattern { 0 => Any, 1 => Bind(var), 2 => Is(op), 3 => Array(items), 4 => Object(entries) });
variants!(Origin { 0 => Input, 1 => Data, 2 => Op(op) });
variants!(Step { 0 => At(op), 1 => Each(pattern) });
variants!(Out { 0 => True, 1 => Match(pattern) });
variants!(Shape { 0 => Array, 1 => Set, 2 => Object });
variants!(Function { 0 => Builtin(builtin), 1 => Node(node) });
variants!(Replaced { 0 => Input(path), 1 => Data(path), 2 => FunctionValue(of), 3 => Function(of, by) });
variants!(Instruction {
    0 => Match { value, pattern },
    1 => Lookup { origin, steps, out, at },
    2 => Test(op),
    3 => Builtin { builtin, args, out },
    4 => Function { node, args, out },
    5 => Not(body),
    6 => Every { key, value, domain, body },
    7 => Comprehend { shape, heads, body, into },
    8 => With(replaced),
    9 => EndWith,
    10 => Case(keys),
});

impl Coded for Span {
    fn write(&self, to: &mut Writer) {
        self.start.write(to);
        self.end.saturating_sub(self.start).write(to);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let (start, length) = (u32::read(from)?, u32::read(from)?);
        Some(Span { start, end: start.checked_add(length)? })
    }
}

impl Coded for &'static Builtin {
    fn write(&self, to: &mut Writer) {
        Name::from(self.name).write(to);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        builtins::find(&Name::read(from)?)
    }
}

impl Coded for Value {
    fn write(&self, to: &mut Writer) {
        match self {
            Value::Null => to.byte(0),
            Value::Bool(false) => to.byte(1),
            Value::Bool(true) => to.byte(2),
            Value::Number(number) => {
                to.byte(3);
                Name::from(number.to_string()).write(to);
            }
            Value::String(text) => {
                to.byte(4);
                text.write(to);
            }
            Value::Array(items) => {
                to.byte(5);
                items.to_vec().write(to);
            }
            Value::Object(entries) => {
                to.byte(6);
                entries.iter().cloned().collect::<Vec<_>>().write(to);
            }
            Value::Set(items) => {
                to.byte(7);
                items.to_vec().write(to);
            }
        }
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some(match from.byte()? {
            0 => Value::Null,
            1 => Value::Bool(false),
            2 => Value::Bool(true),
            3 => Value::Number(Number::parse(&Name::read(from)?)?),
            4 => Value::String(Name::read(from)?),
            5 => Value::array(Vec::read(from)?),
            6 => Value::Object(Arc::new(Object::from_sorted(Vec::read(from)?))),
            7 => Value::Set(Arc::new(Set::from_sorted(Vec::read(from)?))),
            _ => return None,
        })
    }
}
