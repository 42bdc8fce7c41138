//! The parts pages are made of, one file each. None of them knows a rule or fetches anything.

pub mod bullet;
pub mod button;
pub mod check_answers;
pub mod choice;
pub mod digest;
pub mod disclosure;
pub mod empty;
pub mod error_summary;
pub mod field;
pub mod filters;
pub mod form;
pub mod heading;
pub mod notice;
pub mod pagination;
pub mod panel;
pub mod prose;
pub mod question;
pub mod side_by_side;
pub mod summary_list;
pub mod table;
pub mod tag;
pub mod task_list;
pub mod timeline;
