//! countersign-formats
