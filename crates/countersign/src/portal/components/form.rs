//! Forms: every one that changes something carries the value of its session.

use crate::portal::layout::Shell;
use crate::portal::post::CSRF_FIELD;
use maud::{Markup, html};

/// A form that changes something.
pub fn post(action: &str, shell: &Shell, content: Markup) -> Markup {
    html! {
        form method="post" action=(action) {
            (csrf(shell))
            (content)
        }
    }
}

/// A form that carries a file. The session's value comes first, so that nothing is read for a
/// form that lacks it.
pub fn upload(action: &str, shell: &Shell, content: Markup) -> Markup {
    html! {
        form method="post" action=(action) enctype="multipart/form-data" {
            (csrf(shell))
            (content)
        }
    }
}

/// Values an earlier page asked for, or that only this form knows.
pub fn hidden(values: &[(&str, &str)]) -> Markup {
    html! {
        @for (name, value) in values {
            input type="hidden" name=(name) value=(value);
        }
    }
}

fn csrf(shell: &Shell) -> Markup {
    hidden(&[(CSRF_FIELD, &shell.csrf)])
}
