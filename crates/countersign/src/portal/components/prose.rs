//! Text of runbooks and policies: paragraphs and lists, nothing else. Everything is escaped.

use maud::{Markup, html};

/// A block of text.
enum Block<'a> {
    Paragraph(Vec<&'a str>),
    List(Vec<String>),
}

/// Paragraphs divided by empty lines; lines that begin with `- ` or `* ` are a list.
pub fn render(text: &str) -> Markup {
    html! {
        @for block in blocks(text) {
            @match block {
                Block::Paragraph(lines) => p { (spans(&lines.join(" "))) },
                Block::List(items) => ul { @for item in items { li { (spans(&item)) } } },
            }
        }
    }
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut fresh = true;
    for line in text.lines().map(str::trim) {
        let item = line.strip_prefix("- ").or_else(|| line.strip_prefix("* "));
        match (line.is_empty(), item, blocks.last_mut()) {
            (true, _, _) => {
                fresh = true;
                continue;
            }
            (_, Some(item), Some(Block::List(items))) => items.push(item.to_owned()),
            (_, Some(item), _) => blocks.push(Block::List(vec![item.to_owned()])),
            (_, None, Some(Block::List(items))) if !fresh => {
                items.last_mut().into_iter().for_each(|last| {
                    last.push(' ');
                    last.push_str(line);
                });
            }
            (_, None, Some(Block::Paragraph(lines))) if !fresh => lines.push(line),
            (_, None, _) => blocks.push(Block::Paragraph(vec![line])),
        }
        fresh = false;
    }
    blocks
}

/// `code` and **strong** inside a line.
fn spans(text: &str) -> Markup {
    html! {
        @for (number, part) in text.split('`').enumerate() {
            @match number % 2 {
                0 => (strong(part)),
                _ => code { (part) },
            }
        }
    }
}

fn strong(text: &str) -> Markup {
    html! {
        @for (number, part) in text.split("**").enumerate() {
            @match number % 2 {
                0 => (part),
                _ => strong { (part) },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_paragraphs_and_lists_and_never_markup() {
        let html = render("One\nline.\n\n- a `b`\n- c\n\n<script>").into_string();
        assert_eq!(
            html,
            "<p>One line.</p><ul><li>a <code>b</code></li><li>c</li></ul><p>&lt;script&gt;</p>"
        );
    }
}
