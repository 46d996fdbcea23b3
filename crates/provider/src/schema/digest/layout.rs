//! Bytes and bits that mean something.

/// Bits of an attribute's flags.
pub mod bits {
    /// `optional`
    pub const OPTIONAL: u64 = 1;
    /// `required`
    pub const REQUIRED: u64 = 2;
    /// `computed`
    pub const COMPUTED: u64 = 4;
    /// `sensitive`
    pub const SENSITIVE: u64 = 8;
    /// `deprecated`
    pub const DEPRECATED: u64 = 16;
    /// `write_only`
    pub const WRITE_ONLY: u64 = 32;
    /// A default follows, as JSON text: `{"value", "when"}`.
    pub const DEFAULT: u64 = 64;
    /// Nesting and an offset follow.
    pub const NESTED: u64 = 128;
    /// How its value is rewritten follows, in one byte.
    pub const REWRITE: u64 = 256;
    /// What is planned instead under conditions follows, as JSON text.
    pub const INSTEAD: u64 = 512;
    /// In the nesting of a block: the provider may fill it in.
    pub const COMPUTED_BLOCK: u8 = 16;
}

/// First bytes of types.
pub mod tags {
    /// `any`
    pub const ANY: u8 = 0;
    /// `bool`
    pub const BOOL: u8 = 1;
    /// `number`
    pub const NUMBER: u8 = 2;
    /// `string`
    pub const STRING: u8 = 3;
    /// `list(T)`
    pub const LIST: u8 = 4;
    /// `set(T)`
    pub const SET: u8 = 5;
    /// `map(T)`
    pub const MAP: u8 = 6;
    /// `tuple([…])`: a count and the types.
    pub const TUPLE: u8 = 7;
    /// `object({…})`: a count, names and types.
    pub const OBJECT: u8 = 8;
}
