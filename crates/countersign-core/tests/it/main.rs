//! The core from outside: properties over random histories, stored shapes, the generated
//! reference pages, and one release of the seeds told from start to end.

mod authority;
mod clocks;
mod committee;
mod decimals;
mod edges;
mod event_shapes;
mod expect;
mod grants;
mod journey;
mod moments;
mod properties;
mod reference;
mod samples;
mod waivers;
mod words;
