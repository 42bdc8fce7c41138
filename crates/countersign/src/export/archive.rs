//! A ZIP archive without compression: written once to a file, and unpacked by whoever received it.
//!
//! Only what an export needs: plain members, their sizes and checksums in front of them. What is
//! deliberately absent: compression, which evidence seldom rewards, and archives over 4 GiB.

use crate::failure::{Doing, Failure, Fault};
use countersign_core::digest::Sha256;
use countersign_store::BlobStore;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Component, Path};

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;

/// Names are UTF-8.
const UTF8: u16 = 1 << 11;

/// 1 January 1980, the earliest day the format knows: when a file was attached stands in the log.
const DAY: u16 = 0x21;

/// How many bytes are copied at once.
const CHUNK: usize = 128 * 1024;

/// A file of the archive.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) content: Content,
}

/// What is in a file.
#[derive(Debug)]
pub(super) enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// What the blob store keeps under this digest.
    Blob { digest: Sha256, size: u64 },
}

impl Member {
    pub(super) fn text(name: &str, text: String) -> Self {
        Self::bytes(name, text.into_bytes())
    }

    pub(super) fn bytes(name: &str, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), content: Content::Bytes(bytes) }
    }
}

/// What stands in the directory at the end.
struct Entry {
    name: String,
    crc: u32,
    size: u32,
    offset: u32,
}

/// An archive that is being written.
pub(super) struct Archive {
    file: File,
    entries: Vec<Entry>,
}

impl Archive {
    pub(super) fn new(file: File) -> Self {
        Self { file, entries: Vec::new() }
    }

    /// Writes every member and the directory; gives the file back at its beginning, with its size.
    pub(super) fn write(
        mut self,
        members: &[Member],
        blobs: &BlobStore,
    ) -> Result<(File, u64), Failure> {
        let blob_size = |member: &Member| match &member.content {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::Blob { size, .. } => *size,
        };
        let total: u64 = members.iter().map(blob_size).sum();
        if total > u64::from(u32::MAX) - (1 << 28) {
            let message = "the evidence is larger than an archive holds: ask for the export with \
                           `files=without`, and download the evidence piece by piece";
            return Err(Failure::malformed("files", message));
        }
        for member in members {
            self.member(member, blobs)?;
        }
        self.finish().doing("write an export")
    }

    fn member(&mut self, member: &Member, blobs: &BlobStore) -> Result<(), Failure> {
        let offset = self.place().doing("write an export")?;
        self.header(&member.name, 0, 0).doing("write an export")?;
        let (crc, size) = match &member.content {
            Content::Bytes(bytes) => {
                let mut crc = Crc::default();
                crc.update(bytes);
                self.file.write_all(bytes).doing("write an export")?;
                (crc.value(), bytes.len() as u64)
            }
            Content::Blob { digest, .. } => self.blob(digest, blobs)?,
        };
        let size = u32::try_from(size).doing("write an export")?;
        let name = member.name.clone();
        self.patch(&Entry { name, crc, size, offset }).doing("write an export")
    }

    /// Copies a blob, and checks on the way that it is what it was.
    fn blob(&mut self, digest: &Sha256, blobs: &BlobStore) -> Result<(u32, u64), Failure> {
        let blob = blobs.open_blob(digest).doing("open evidence")?;
        let mut blob = blob.ok_or_else(|| Failure::not_found("content of evidence", digest))?;
        let (mut crc, mut size) = (Crc::default(), 0u64);
        let mut hash = <sha2::Sha256 as sha2::Digest>::new();
        let mut buffer = vec![0; CHUNK];
        loop {
            let count = blob.read(&mut buffer).doing("read evidence")?;
            let Some(read) = buffer.get(..count).filter(|read| !read.is_empty()) else { break };
            crc.update(read);
            sha2::Digest::update(&mut hash, read);
            self.file.write_all(read).doing("write an export")?;
            size += count as u64;
        }
        let found = Sha256::from_bytes(sha2::Digest::finalize(hash).into());
        if found == *digest {
            return Ok((crc.value(), size));
        }
        let source = format!("it is `{found}`: run `countersign doctor`").into();
        Err(Failure::Fault(Fault { doing: format!("export evidence `{digest}`"), source }))
    }

    fn place(&mut self) -> io::Result<u32> {
        u32::try_from(self.file.stream_position()?).map_err(io::Error::other)
    }

    fn header(&mut self, name: &str, crc: u32, size: u32) -> io::Result<()> {
        let mut out = Vec::new();
        put(&mut out, LOCAL);
        shared(&mut out, name, (crc, size))?;
        out.extend_from_slice(&0u16.to_le_bytes());
        out.extend_from_slice(name.as_bytes());
        self.file.write_all(&out)
    }

    /// Writes the header again, now that checksum and size are known.
    fn patch(&mut self, entry: &Entry) -> io::Result<()> {
        let end = self.file.stream_position()?;
        self.file.seek(SeekFrom::Start(u64::from(entry.offset)))?;
        self.header(&entry.name, entry.crc, entry.size)?;
        self.file.seek(SeekFrom::Start(end))?;
        let (name, offset) = (entry.name.clone(), entry.offset);
        self.entries.push(Entry { name, crc: entry.crc, size: entry.size, offset });
        Ok(())
    }

    fn finish(mut self) -> io::Result<(File, u64)> {
        let start = self.place()?;
        let mut out = Vec::new();
        for entry in &self.entries {
            put(&mut out, CENTRAL);
            out.extend_from_slice(&20u16.to_le_bytes());
            shared(&mut out, &entry.name, (entry.crc, entry.size))?;
            // No extra field, no comment, the first disk, no attributes.
            out.extend_from_slice(&[0; 2 + 2 + 2 + 2 + 4]);
            put(&mut out, entry.offset);
            out.extend_from_slice(entry.name.as_bytes());
        }
        let length = u32::try_from(out.len()).map_err(io::Error::other)?;
        let count = u16::try_from(self.entries.len()).map_err(io::Error::other)?;
        put(&mut out, END);
        out.extend_from_slice(&[0; 4]);
        out.extend_from_slice(&count.to_le_bytes());
        out.extend_from_slice(&count.to_le_bytes());
        put(&mut out, length);
        put(&mut out, start);
        out.extend_from_slice(&0u16.to_le_bytes());
        self.file.write_all(&out)?;
        let size = self.file.stream_position()?;
        self.file.seek(SeekFrom::Start(0))?;
        Ok((self.file, size))
    }
}

fn put(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(&number.to_le_bytes());
}

/// What the header of a member and its line of the directory have in common.
fn shared(out: &mut Vec<u8>, name: &str, (crc, size): (u32, u32)) -> io::Result<()> {
    let length = u16::try_from(name.len()).map_err(io::Error::other)?;
    for number in [20, UTF8, 0, 0, DAY] {
        out.extend_from_slice(&u16::to_le_bytes(number));
    }
    put(out, crc);
    put(out, size);
    put(out, size);
    out.extend_from_slice(&length.to_le_bytes());
    Ok(())
}

/// What came out of an archive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unpacked {
    /// How many files.
    pub files: u64,
    /// How many bytes.
    pub bytes: u64,
}

/// Unpacks an archive of this kind into a folder, as it comes in. Nothing is overwritten, and no
/// name leads out of the folder.
pub fn unpack(archive: impl Read, folder: &Path) -> io::Result<Unpacked> {
    let mut archive = BufReader::new(archive);
    let mut unpacked = Unpacked::default();
    loop {
        let mut signature = [0; 4];
        archive.read_exact(&mut signature)?;
        if u32::from_le_bytes(signature) != LOCAL {
            return Ok(unpacked);
        }
        let mut head = [0; 26];
        archive.read_exact(&mut head)?;
        let size = u64::from(number(&head, 14));
        let (name_length, extra) = (half(&head, 22), half(&head, 24));
        let mut name = vec![0; usize::from(name_length)];
        archive.read_exact(&mut name)?;
        io::copy(&mut (&mut archive).take(u64::from(extra)), &mut io::sink())?;
        let name = String::from_utf8(name).map_err(io::Error::other)?;
        let plain = Path::new(&name).components().all(|part| matches!(part, Component::Normal(_)));
        if !plain || name.is_empty() {
            return Err(io::Error::other(format!("the archive names `{name}`")));
        }
        let path = folder.join(&name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = File::create_new(&path)?;
        let copied = io::copy(&mut (&mut archive).take(size), &mut file)?;
        if copied != size {
            return Err(io::Error::other(format!("the archive ends inside `{name}`")));
        }
        unpacked.files += 1;
        unpacked.bytes += size;
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
    four.map_or(0, u32::from_le_bytes)
}

fn half(bytes: &[u8], at: usize) -> u16 {
    let two = bytes.get(at..at + 2).and_then(|two| two.try_into().ok());
    two.map_or(0, u16::from_le_bytes)
}

/// CRC-32 as ZIP counts it.
struct Crc(u32);

impl Default for Crc {
    fn default() -> Self {
        Self(u32::MAX)
    }
}

impl Crc {
    fn update(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let index = (self.0 ^ u32::from(*byte)) & 0xff;
            self.0 = (self.0 >> 8) ^ TABLE[index as usize];
        }
    }

    fn value(&self) -> u32 {
        !self.0
    }
}

const TABLE: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut value = index as u32;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 { (value >> 1) ^ 0xedb8_8320 } else { value >> 1 };
            bit += 1;
        }
        table[index] = value;
        index += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(members: &[Member]) -> Vec<u8> {
        let (mut file, size) = Archive::new(tempfile::tempfile().unwrap())
            .write(members, &BlobStore::memory())
            .unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes.len() as u64, size);
        bytes
    }

    #[test]
    fn what_is_packed_comes_out_as_it_was() {
        let members =
            [Member::text("a.txt", "one".into()), Member::bytes("log/b", vec![0; 300_000])];
        let folder = tempfile::tempdir().unwrap();
        let unpacked = unpack(&packed(&members)[..], folder.path()).unwrap();
        assert_eq!(unpacked, Unpacked { files: 2, bytes: 300_003 });
        assert_eq!(fs::read(folder.path().join("a.txt")).unwrap(), b"one");
        assert_eq!(fs::read(folder.path().join("log/b")).unwrap().len(), 300_000);
        assert!(unpack(&packed(&members)[..], folder.path()).is_err(), "nothing is overwritten");
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        for name in ["../out", "/etc/x", "a/../../b", ""] {
            let folder = tempfile::tempdir().unwrap();
            let bytes = packed(&[Member::text(name, "x".into())]);
            assert!(unpack(&bytes[..], folder.path()).is_err(), "{name}");
        }
    }

    #[test]
    fn an_archive_that_broke_off_is_no_archive() {
        let bytes = packed(&[Member::text("a", "abcdefgh".into())]);
        let folder = tempfile::tempdir().unwrap();
        assert!(unpack(&bytes[..35], folder.path()).is_err());
    }

    #[test]
    fn the_checksum_is_the_one_everybody_uses() {
        let mut crc = Crc::default();
        crc.update(b"123456789");
        assert_eq!(crc.value(), 0xcbf4_3926);
    }
}
