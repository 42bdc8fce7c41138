//! The directory of a ZIP archive (APPNOTE 6.3.10 §4.3): who stands in it, and where.
//!
//! Strict where programs differ: the directory ends where its end record begins, the record ends
//! with the file, and each member's own header says what the directory says of it.

use super::super::unreadable::Unreadable;
use super::MAX_MEMBERS;
use countersign_core::reading::Place;

/// What a member's own header begins with.
pub const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
const LOCAL_BYTES: usize = 30;
const CENTRAL_BYTES: usize = 46;
const END_BYTES: usize = 22;

/// One member, as the directory has it.
#[derive(Debug, Clone)]
pub struct Member<'a> {
    /// Its name.
    pub name: &'a str,
    /// How it is packed: 0 stored, 8 Deflate, 93 Zstandard.
    pub method: u16,
    /// CRC-32 of its content.
    pub crc: u32,
    /// How many bytes it takes.
    pub packed: u64,
    /// How many bytes it unpacks to, as claimed.
    pub unpacked: u64,
    /// Where its own header begins.
    pub start: usize,
    content: usize,
    flags: u16,
    mode: u16,
}

impl Member<'_> {
    /// Behind its last byte.
    pub fn end(&self) -> usize {
        self.content.saturating_add(usize::try_from(self.packed).unwrap_or(usize::MAX))
    }

    /// Its packed bytes.
    pub fn packed_bytes<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        bytes.get(self.content..self.end()).unwrap_or_default()
    }

    /// Its content when it is not packed, else nothing.
    pub fn stored<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        if self.method == 0 { self.packed_bytes(bytes) } else { &[] }
    }

    /// Encrypted, by either of the two flags or the method of AES (§4.4.4, §7.2).
    pub fn is_encrypted(&self) -> bool {
        self.flags & 0b100_0001 != 0 || self.method == 99
    }

    /// Neither a link nor a device, by the UNIX mode if one is given.
    pub fn is_file_or_folder(&self) -> bool {
        matches!(self.mode & 0o170_000, 0 | 0o100_000 | 0o040_000)
    }
}

/// Every member, in the order of the directory.
pub fn read(bytes: &[u8]) -> Result<Vec<Member<'_>>, Unreadable> {
    let (count, start, end) = bounds(bytes)?;
    if count > MAX_MEMBERS {
        let message = format!("{count} members, more than the {MAX_MEMBERS} that are read");
        return Err(Unreadable::at(Place::File, message).help("split the archive"));
    }
    let mut members = Vec::with_capacity(count);
    let mut at = start;
    while at < end {
        let (member, next) = entry(bytes, at, start).ok_or_else(|| broken("its directory"))?;
        members.push(member);
        at = next;
        if members.len() > count || at > end {
            return Err(broken("the count of its members"));
        }
    }
    if members.len() == count { Ok(members) } else { Err(broken("the count of its members")) }
}

/// How many members there are, and from where to where the directory goes.
fn bounds(bytes: &[u8]) -> Result<(usize, usize, usize), Unreadable> {
    let record = (END_BYTES..=END_BYTES + usize::from(u16::MAX))
        .map_while(|back| bytes.len().checked_sub(back))
        .find(|at| ends_here(bytes, *at));
    let Some(at) = record else {
        return Err(Unreadable::at(Place::File, "the archive has no directory at its end")
            .help("the file may be cut off; attach it again"));
    };
    let field = |offset| u16_at(bytes, at + offset);
    let (disk, first) = (field(4), field(6));
    let (here, count) = (field(8), field(10));
    if (disk, first) != (Some(0), Some(0)) || here != count || count == Some(u16::MAX) {
        return Err(Unreadable::at(
            Place::File,
            "the archive has several parts, or is a ZIP64 one",
        )
        .help("pack it as one archive below 4 GiB"));
    }
    let start = u32_at(bytes, at + 16).and_then(|start| usize::try_from(start).ok());
    let size = u32_at(bytes, at + 12).and_then(|size| usize::try_from(size).ok());
    match (count, start, size) {
        (Some(count), Some(start), Some(size)) if start.checked_add(size) == Some(at) => {
            Ok((usize::from(count), start, at))
        }
        _ => Err(broken("where its directory stands")),
    }
}

fn ends_here(bytes: &[u8], at: usize) -> bool {
    let comment = u16_at(bytes, at + 20).map(usize::from);
    bytes.get(at..).is_some_and(|rest| rest.starts_with(END))
        && comment.is_some_and(|comment| at + END_BYTES + comment == bytes.len())
}

/// The member whose entry begins here, and where the next one does.
fn entry(bytes: &[u8], at: usize, directory: usize) -> Option<(Member<'_>, usize)> {
    if !bytes.get(at..)?.starts_with(CENTRAL) {
        return None;
    }
    let short = |offset| u16_at(bytes, at + offset);
    let long = |offset| u32_at(bytes, at + offset);
    let length = usize::from(short(28)?);
    let name = bytes.get(at + CENTRAL_BYTES..at + CENTRAL_BYTES + length)?;
    let name = std::str::from_utf8(name).ok()?;
    let start = usize::try_from(long(42)?).ok()?;
    let (flags, method) = (short(8)?, short(10)?);
    let same = local_name(bytes, start)? == name
        && u16_at(bytes, start + 6)? == flags
        && u16_at(bytes, start + 8)? == method;
    let own = usize::from(u16_at(bytes, start + 26)?) + usize::from(u16_at(bytes, start + 28)?);
    let member = Member {
        name,
        method,
        crc: long(16)?,
        packed: u64::from(long(20)?),
        unpacked: u64::from(long(24)?),
        start,
        content: start + LOCAL_BYTES + own,
        flags,
        mode: (long(38)? >> 16) as u16,
    };
    let sound = same && member.end() <= directory && member.packed != u64::from(u32::MAX);
    let more = usize::from(short(30)?) + usize::from(short(32)?);
    sound.then_some((member, at + CENTRAL_BYTES + length + more))
}

/// The name in the member's own header that begins here.
pub fn local_name(bytes: &[u8], at: usize) -> Option<&str> {
    if !bytes.get(at..)?.starts_with(LOCAL) {
        return None;
    }
    let length = usize::from(u16_at(bytes, at + 26)?);
    std::str::from_utf8(bytes.get(at + LOCAL_BYTES..at + LOCAL_BYTES + length)?).ok()
}

fn broken(what: &str) -> Unreadable {
    Unreadable::at(Place::File, format!("the archive contradicts itself about {what}"))
        .help("attach the archive as the tool wrote it")
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
