//! ZIP archives of every kind, the malformed ones above all.

use std::ops::Range;

/// A member as it is to be written, true or not.
#[derive(Debug, Clone)]
pub struct Member {
    name: String,
    local_name: Option<String>,
    method: u16,
    flags: u16,
    mode: u32,
    crc: u32,
    packed: Vec<u8>,
    claims: u32,
}

impl Member {
    /// Kept as it is.
    pub fn stored(name: &str, content: &[u8]) -> Self {
        Self::packed(name, content, (0, content.to_vec()))
    }

    /// By Deflate.
    pub fn deflated(name: &str, content: &[u8]) -> Self {
        Self::packed(name, content, (8, miniz_oxide::deflate::compress_to_vec(content, 6)))
    }

    /// By Zstandard, in two frames.
    pub fn zstandard(name: &str, content: &[u8]) -> Self {
        use ruzstd::encoding::{CompressionLevel, compress_to_vec};
        let (first, second) = content.split_at(content.len() / 2);
        let frames = [first, second].map(|part| compress_to_vec(part, CompressionLevel::Fastest));
        Self::packed(name, content, (93, frames.concat()))
    }

    /// With these bytes as its packed content.
    pub fn packed(name: &str, content: &[u8], (method, packed): (u16, Vec<u8>)) -> Self {
        Self {
            name: name.to_owned(),
            local_name: None,
            method,
            flags: 1 << 11,
            mode: 0o100_644,
            crc: crc32fast::hash(content),
            packed,
            claims: u32::try_from(content.len()).unwrap(),
        }
    }

    /// Claims to unpack to so many bytes.
    pub fn claiming(self, claims: u32) -> Self {
        Self { claims, ..self }
    }

    /// Of this UNIX mode.
    pub fn mode(self, mode: u32) -> Self {
        Self { mode, ..self }
    }

    /// With these flags as well.
    pub fn flags(self, flags: u16) -> Self {
        Self { flags: self.flags | flags, ..self }
    }

    /// Under another name in its own header.
    pub fn called(self, name: &str) -> Self {
        Self { local_name: Some(name.to_owned()), ..self }
    }

    fn shared(&self, name: &str) -> Vec<u8> {
        let length = u32::try_from(self.packed.len()).unwrap();
        let mut out = Vec::new();
        for word in [20, self.flags, self.method, 0, 0x21] {
            out.extend(word.to_le_bytes());
        }
        for word in [self.crc, length, self.claims] {
            out.extend(word.to_le_bytes());
        }
        out.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        out.extend([0, 0]);
        out
    }
}

/// An archive being written.
#[derive(Debug, Clone, Default)]
pub struct Zip {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    /// How many members the end record claims.
    pub count: u16,
}

impl Zip {
    /// An archive of these.
    pub fn of(members: impl IntoIterator<Item = Member>) -> Vec<u8> {
        let mut zip = Self::default();
        for member in members {
            zip.add(&member);
        }
        zip.finish()
    }

    /// Adds a member; where it stands.
    pub fn add(&mut self, member: &Member) -> Range<usize> {
        let start = self.bytes.len();
        let name = member.local_name.as_ref().unwrap_or(&member.name);
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(member.shared(name));
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(&member.packed);
        self.list(member, start);
        start..self.bytes.len()
    }

    /// Adds a member to the directory only, as if it stood at this byte.
    pub fn list(&mut self, member: &Member, start: usize) {
        self.directory.extend(b"PK\x01\x02\x14\x03");
        self.directory.extend(member.shared(&member.name));
        self.directory.extend([0; 6]);
        self.directory.extend((member.mode << 16).to_le_bytes());
        self.directory.extend(u32::try_from(start).unwrap().to_le_bytes());
        self.directory.extend(member.name.as_bytes());
        self.count += 1;
    }

    /// The bytes of the archive.
    pub fn finish(self) -> Vec<u8> {
        let mut out = self.bytes;
        let start = u32::try_from(out.len()).unwrap();
        let size = u32::try_from(self.directory.len()).unwrap();
        out.extend(self.directory);
        out.extend(b"PK\x05\x06\0\0\0\0");
        out.extend([self.count.to_le_bytes(), self.count.to_le_bytes()].concat());
        out.extend([size.to_le_bytes(), start.to_le_bytes()].concat());
        out.extend([0, 0]);
        out
    }
}
