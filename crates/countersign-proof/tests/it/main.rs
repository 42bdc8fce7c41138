//! Tests of the log as a whole: against RFC 6962's own definitions, against what was issued
//! before, and against vectors made by other implementations.

mod issued;
mod rfc6962;
mod vectors;
