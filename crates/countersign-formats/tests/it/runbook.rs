//! Runbooks in both text forms.

mod shared;
