//! Digests: short where they tell two things apart, whole where somebody signs.

use countersign_core::digest::Sha256;
use maud::{Markup, html};

/// The first digits; the rest is in the title.
pub fn short(digest: &Sha256) -> Markup {
    html! { code.digest title=(digest) { (digest.short()) "…" } }
}

/// The whole digest, which may break over lines.
pub fn whole(digest: &Sha256) -> Markup {
    html! { code.digest { (digest) } }
}
