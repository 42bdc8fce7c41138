//! countersign-core
