//! Every page of the portal with each of its samples: what a browser, a screen reader and a strict
//! content security policy expect of it.

use crate::portal_html::Html;
use countersign::portal::pages;

fn each(check: impl Fn(&str, &Html)) {
    let all = pages::samples();
    assert!(all.len() > 50, "only {} samples", all.len());
    for (name, text) in &all {
        check(name, &Html::read(text));
    }
}

/// Write every sample into the folder that COUNTERSIGN_PAGES names, to look at.
#[test]
fn every_page_can_be_looked_at() {
    let Some(folder) = std::env::var_os("COUNTERSIGN_PAGES") else { return };
    let folder = std::path::PathBuf::from(folder);
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in pages::samples() {
        std::fs::write(folder.join(format!("{name}.html")), text).unwrap();
    }
}

#[test]
fn every_page_is_well_formed() {
    each(|name, html| assert_eq!(html.faults, Vec::<String>::new(), "{name}"));
}

#[test]
fn every_page_has_one_heading_of_the_first_rank_and_skips_no_rank() {
    each(|name, html| {
        let ranks: Vec<u8> = html.headings();
        assert_eq!(ranks.iter().filter(|rank| **rank == 1).count(), 1, "{name}: {ranks:?}");
        // The error summary stands before the heading, as in the pattern it follows.
        for pair in ranks.windows(2).filter(|pair| pair[0] != pair[1]) {
            assert!(pair[1] <= pair[0] + 1, "{name}: {ranks:?}");
        }
    });
}

#[test]
fn every_input_has_a_label() {
    each(|name, html| {
        for input in html.all(&["input", "select", "textarea"]) {
            if input.get("type") == Some("hidden") {
                continue;
            }
            let id = input.get("id").unwrap_or_else(|| panic!("{name}: {input:?}"));
            let labelled = html.all(&["label"]).any(|label| label.get("for") == Some(id));
            assert!(labelled, "{name}: no label for {id}");
        }
    });
}

#[test]
fn every_id_is_unique_and_everything_that_points_to_one_finds_it() {
    each(|name, html| {
        let ids = html.ids();
        let mut unique = ids.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(ids.len(), unique.len(), "{name}: {ids:?}");
        for element in &html.elements {
            for attribute in ["for", "aria-describedby", "aria-labelledby"] {
                for id in element.get(attribute).unwrap_or_default().split_whitespace() {
                    assert!(ids.contains(&id.to_owned()), "{name}: {attribute} {id}");
                }
            }
            if let Some(id) = element.get("href").and_then(|href| href.strip_prefix('#')) {
                assert!(ids.contains(&id.to_owned()), "{name}: link to #{id}");
            }
        }
    });
}

#[test]
fn no_page_needs_script_or_carries_style_of_its_own() {
    each(|name, html| {
        assert_eq!(html.all(&["script", "style", "iframe", "object"]).count(), 0, "{name}");
        for element in &html.elements {
            for (attribute, value) in &element.attributes {
                let inline = attribute == "style" || attribute.starts_with("on");
                assert!(!inline && !value.starts_with("javascript:"), "{name}: {element:?}");
            }
        }
    });
}

#[test]
fn every_form_that_changes_something_carries_the_sessions_value() {
    each(|name, html| {
        for form in html.forms().filter(|form| form.method == "post") {
            assert!(form.has("csrf"), "{name}: {}", form.action);
            assert!(form.action.starts_with('/'), "{name}: {}", form.action);
            assert!(!form.buttons.is_empty(), "{name}: {}", form.action);
        }
    });
}

#[test]
fn every_page_says_its_language_its_title_and_the_way_to_its_content() {
    each(|name, html| {
        assert_eq!(html.all(&["html"]).next().and_then(|it| it.get("lang")), Some("en"), "{name}");
        assert_eq!(html.all(&["title"]).count(), 1, "{name}");
        let skip = html.all(&["a"]).next().and_then(|link| link.get("href"));
        assert_eq!(skip, Some("#main"), "{name}");
        for picture in html.all(&["svg", "img"]) {
            let said = picture.get("aria-label").or(picture.get("alt"));
            assert!(said.is_some() || picture.get("aria-hidden").is_some(), "{name}: {picture:?}");
        }
    });
}
