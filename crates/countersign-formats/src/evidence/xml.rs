//! XML as a stream of elements and text, with lines.
//!
//! A document type declaration is refused, so there are no entities beyond XML's own five, no
//! external ones (XXE) and no expansion. Depth is bounded; the file's size already is.

use super::text::quoted;
use super::unreadable::Unreadable;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// How deep elements may be nested.
pub const MAX_DEPTH: usize = 64;

/// How many attributes one element may have: each is compared with all before it.
pub const MAX_ATTRIBUTES: usize = 256;

/// One step through a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// An element begins.
    Open(Element),
    /// The innermost open element ends.
    Close,
    /// Text inside the innermost open element, entities resolved.
    Text(String),
}

/// The beginning of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name without prefix.
    pub name: String,
    /// Its attributes, values decoded.
    attributes: Vec<(String, String)>,
    /// The line it stands on, counted from 1.
    pub line: u32,
}

impl Element {
    /// The value of this attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A document being stepped through.
pub struct Document<'a> {
    text: &'a str,
    reader: quick_xml::Reader<&'a [u8]>,
    depth: usize,
    roots: usize,
    counted: usize,
    line: u32,
}

/// The name of the outermost element, as far as the text's head shows one.
pub fn root_name(head: &str) -> Option<String> {
    let mut reader = quick_xml::Reader::from_str(head);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => {
                return Some(start.local_name().as_ref().to_owned());
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

impl<'a> Document<'a> {
    /// A document about to be stepped through.
    pub fn new(text: &'a str) -> Self {
        let mut reader = quick_xml::Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { text, reader, depth: 0, roots: 0, counted: 0, line: 1 }
    }

    /// The next piece; `None` at the end.
    pub fn step(&mut self) -> Result<Option<Piece>, Unreadable> {
        loop {
            let start = self.position();
            let event = self.reader.read_event().map_err(|fault| {
                let at = usize::try_from(self.reader.error_position()).unwrap_or(start);
                Unreadable::in_text(self.text, at, format!("not well-formed XML: {fault}"))
                    .help("the file may be cut off; attach it again")
            })?;
            match event {
                Event::Start(element) => return self.open(&element, start).map(Some),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Piece::Close));
                }
                Event::Text(text) if self.depth == 0 && !text.trim().is_empty() => {
                    return Err(self.fault(start, "text stands outside the root element"));
                }
                Event::Text(text) => return Ok(Some(Piece::Text(text.xml10_content().into()))),
                Event::CData(text) => return Ok(Some(Piece::Text(text.xml10_content().into()))),
                Event::GeneralRef(name) => return self.entity(&name, start).map(Some),
                Event::DocType(_) => {
                    let message = "a document type declaration is not accepted";
                    return Err(self.fault(start, message).help("remove `<!DOCTYPE …>`"));
                }
                Event::Eof if self.depth > 0 || self.roots == 0 => {
                    let message = "the file ends before its root element is closed";
                    return Err(self
                        .fault(start, message)
                        .help("the file may be cut off; attach it again"));
                }
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn open(&mut self, start: &BytesStart, at: usize) -> Result<Piece, Unreadable> {
        self.roots += usize::from(self.depth == 0);
        self.depth += 1;
        if self.roots > 1 {
            return Err(self.fault(at, "a second root element"));
        }
        if self.depth > MAX_DEPTH {
            return Err(self.fault(at, format!("nested deeper than {MAX_DEPTH} elements")));
        }
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            if attributes.len() == MAX_ATTRIBUTES {
                return Err(self.fault(at, format!("more than {MAX_ATTRIBUTES} attributes")));
            }
            let attribute = attribute
                .map_err(|fault| self.fault(at, format!("not well-formed XML: {fault}")))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|fault| {
                self.fault(at, format!("an attribute cannot be decoded: {fault}"))
            })?;
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
        }
        let name = start.local_name().as_ref().to_owned();
        Ok(Piece::Open(Element { name, attributes, line: self.line_of(at) }))
    }

    fn entity(&self, name: &BytesRef, at: usize) -> Result<Piece, Unreadable> {
        let char = name.resolve_char_ref().ok().flatten().map(String::from);
        char.or_else(|| resolve_predefined_entity(name).map(str::to_owned))
            .map(Piece::Text)
            .ok_or_else(|| {
                self.fault(at, format!("the entity {} is not known", quoted(name)))
                    .help("write the character itself, or `&amp;`, `&lt;`, `&gt;`")
            })
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(self.text.len())
    }

    fn line_of(&mut self, at: usize) -> u32 {
        let passed = self.text.as_bytes().get(self.counted..at).unwrap_or_default();
        let lines = passed.iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.counted = self.counted.max(at);
        self.line
    }

    fn fault(&self, at: usize, message: impl Into<String>) -> Unreadable {
        Unreadable::in_text(self.text, at, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Result<Vec<Piece>, Unreadable> {
        let mut document = Document::new(text);
        let mut all = Vec::new();
        while let Some(piece) = document.step()? {
            all.push(piece);
        }
        Ok(all)
    }

    #[test]
    fn entities_are_decoded_and_lines_counted() {
        let all = pieces("<a>\n <b c='&lt;&#10;x'/>&amp;<![CDATA[<]]></a>").unwrap();
        let Piece::Open(b) = &all[2] else { panic!("{all:?}") };
        assert_eq!((b.line, b.get("c")), (2, Some("<\nx")));
        assert!(all.contains(&Piece::Text("&".into())) && all.contains(&Piece::Text("<".into())));
    }

    #[test]
    fn a_document_type_is_refused_whatever_it_declares() {
        for text in [
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
            "<!DOCTYPE a SYSTEM 'http://example.com/a.dtd'><a/>",
        ] {
            assert!(pieces(text).unwrap_err().message.contains("document type"));
        }
        assert!(pieces("<a>&x;</a>").unwrap_err().message.contains("`x` is not known"));
    }

    #[test]
    fn what_is_cut_off_nested_too_deep_or_doubled_is_refused() {
        let many = (0..1_000).map(|at| format!(" a{at}=''")).collect::<String>();
        let many = format!("<a{many}/>");
        for text in ["", "<a>", "<a><b></a>", "<a/><b/>", "x<a/>", &"<a>".repeat(100_000), &many] {
            assert!(pieces(text).is_err(), "{}", &text[..text.len().min(20)]);
        }
    }
}
