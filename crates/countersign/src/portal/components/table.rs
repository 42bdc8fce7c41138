//! A table that can be moved sideways on a phone, by keyboard as well.

use maud::{Markup, html};

/// A table with its caption, the names of its columns and its rows.
pub fn render(caption: &str, columns: &[&str], rows: &[Vec<Markup>]) -> Markup {
    html! {
        div.scroll role="region" aria-label=(caption) tabindex="0" {
            table {
                caption { (caption) }
                thead { tr { @for name in columns { th scope="col" { (name) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @for (name, cell) in columns.iter().zip(row) {
                                td data-label=(name) { (cell) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A cell of plain text.
pub fn cell(text: impl std::fmt::Display) -> Markup {
    html! { (text.to_string()) }
}
