//! Load, check and run Rego policies within limits.
