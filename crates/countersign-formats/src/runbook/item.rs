//! Lists: bullets of any shape, task boxes whose state is ignored, continued lines.

use super::source::Line;

/// The marks that begin an item.
const BULLETS: [char; 6] = ['-', '*', '+', '•', '◦', '‣'];

/// An item's text and how far it is indented; `None` for a line that is no bullet.
pub(super) fn bullet(line: &str) -> Option<(&str, &str)> {
    let text = line.trim_start();
    let rest = text.strip_prefix(BULLETS)?;
    let item = rest.starts_with(char::is_whitespace) && !rest.trim().is_empty();
    item.then(|| (&line[..line.len() - text.len()], rest.trim()))
}

/// An item without its task boxes, and whether it had one. What a box says is not taken over: a
/// state is earned by doing the work here.
pub(super) fn without_box(item: &str) -> (&str, bool) {
    let mut text = item;
    while let Some(rest) = ["[ ]", "[x]", "[X]"].iter().find_map(|mark| text.strip_prefix(mark)) {
        if !(rest.is_empty() || rest.starts_with(char::is_whitespace)) {
            break;
        }
        text = rest.trim_start();
    }
    (text, text.len() < item.len())
}

/// The items of a list and the first of them that was a task box.
pub(super) fn items<'a>(lines: &[Line<'a>]) -> (Vec<String>, Option<&'a str>) {
    let mut items: Vec<String> = Vec::new();
    let mut boxed = None;
    let mut open = false;
    for line in lines {
        if line.is_blank() {
            open = false;
        } else if let Some((_, item)) = bullet(line.text).filter(|_| !line.fenced) {
            let (text, had_box) = without_box(item);
            if had_box {
                boxed = boxed.or(Some(line.text.trim()));
            }
            items.push(text.to_owned());
            open = true;
        } else if let Some(last) = items.last_mut().filter(|_| open) {
            last.push(' ');
            last.push_str(line.text.trim());
        } else {
            items.push(line.text.trim().to_owned());
            open = true;
        }
    }
    for item in &mut items {
        *item = item.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    items.retain(|item| !item.is_empty());
    (items, boxed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runbook::source::lines;

    #[test]
    fn bullets_of_any_shape_are_items_and_continued_lines_belong_to_them() {
        let text = "- one\n* two\n  goes on\n\n  • three\n\nfour\n+ - five";
        let (items, boxed) = items(&lines(text));
        assert_eq!(items, ["one", "two goes on", "three", "four", "- five"]);
        assert_eq!(boxed, None);
    }

    #[test]
    fn the_state_of_a_task_box_is_ignored() {
        let text = "- [x] done elsewhere\n- [ ] open\n- [link](a)";
        let (items, boxed) = items(&lines(text));
        assert_eq!(items, ["done elsewhere", "open", "[link](a)"]);
        assert_eq!(boxed, Some("- [x] done elsewhere"));
    }
}
