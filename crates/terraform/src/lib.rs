//! Modules, expressions, functions and schema: the static plan.
