//! Fenced blocks of code: what stands in them is never a heading, a key or a note.

use super::source::{Faults, Line};

/// Marks the lines of fenced blocks. A fence that is never closed is a fault and fences nothing,
/// so that one slip does not hide the rest of the runbook.
pub(super) fn mark(lines: &mut [Line<'_>], faults: &mut Faults<'_>) {
    let mut at = 0;
    // The shortest fence of each mark that nothing closes: a longer one is not closed either.
    let mut hopeless: [usize; 2] = [usize::MAX; 2];
    while at < lines.len() {
        let closing = opening(lines[at].text).map(|fence| {
            let open = &mut hopeless[usize::from(fence.mark == '~')];
            let closing = (fence.length < *open).then(|| closing(&lines[at + 1..], &fence));
            let closing = closing.flatten();
            if closing.is_none() {
                *open = fence.length.min(*open);
            }
            closing
        });
        match closing {
            Some(Some(length)) => {
                for line in &mut lines[at..at + length + 2] {
                    line.fenced = true;
                }
                at += length + 2;
            }
            Some(None) => {
                faults.error(
                    "runbook.fence_unclosed",
                    lines[at].text.trim(),
                    "this block of code is never closed".into(),
                    "end it with a line that holds the same marks and nothing else",
                );
                at += 1;
            }
            None => at += 1,
        }
    }
}

struct Fence {
    mark: char,
    length: usize,
}

fn run(text: &str) -> Option<Fence> {
    let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = text.chars().take_while(|c| *c == mark).count();
    (length >= 3).then_some(Fence { mark, length })
}

/// Whether this line opens a block of code.
pub(super) fn opens(line: &str) -> bool {
    opening(line).is_some()
}

fn opening(line: &str) -> Option<Fence> {
    let text = line.trim();
    let item = ["- ", "* ", "+ "].iter().find_map(|bullet| text.strip_prefix(bullet));
    let text = item.map_or(text, str::trim_start);
    let fence = run(text)?;
    let info = &text[fence.length..];
    (fence.mark == '~' && item.is_none() || fence.mark == '`' && !info.contains('`'))
        .then_some(fence)
}

/// How many lines stand before the one that closes the fence.
fn closing(lines: &[Line<'_>], open: &Fence) -> Option<usize> {
    lines.iter().position(|line| {
        let text = line.text.trim();
        run(text).is_some_and(|fence| {
            fence.mark == open.mark && fence.length >= open.length && fence.length == text.len()
        })
    })
}
