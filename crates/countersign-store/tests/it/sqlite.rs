//! What only a database on disk can do.

mod crash;
mod damage;
mod doctor;
mod head_file;
mod place;
mod reopening;
mod snapshot;
