//! countersign-proof
