//! The core from outside: properties over random histories, stored shapes, the generated
//! reference pages, and one release of the seeds told from start to end.

mod clocks;
mod committee;
mod event_shapes;
mod expect;
mod journey;
mod moments;
mod properties;
mod reference;
mod samples;
