//! Operations to edits: order, conflicts, proof.
