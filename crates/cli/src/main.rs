//! The trueline command line.

fn main() {}
