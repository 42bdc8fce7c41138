//! Reading an archive as [`super::App::archive`] writes it. Others are refused: nothing here
//! uncompresses, follows links, or writes anywhere.

use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};

/// A file of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its path: folders and a name, with `/` between them, leading nowhere else.
    pub path: String,
    /// Where its bytes begin.
    pub start: u64,
    /// How many there are.
    pub length: u64,
    /// Their checksum.
    pub crc: u32,
}

/// Why something is no archive of this program.
#[derive(Debug)]
pub enum NotAnArchive {
    /// It cannot be read.
    Io(io::Error),
    /// Its end is missing: it was cut off.
    CutOff,
    /// A part of it is not as this program writes it.
    Shape(&'static str),
    /// A file would be written somewhere else.
    Path(String),
}

impl fmt::Display for NotAnArchive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "the archive cannot be read: {error}"),
            Self::CutOff => f.write_str("the archive is cut off: its end is missing"),
            Self::Shape(what) => write!(f, "the archive's {what} is not as Countersign writes it"),
            Self::Path(path) => write!(f, "the archive holds `{path}`, which leads elsewhere"),
        }
    }
}

impl std::error::Error for NotAnArchive {}

impl From<io::Error> for NotAnArchive {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::CutOff,
            _ => Self::Io(error),
        }
    }
}

/// The length of the archive's end.
const END: u64 = 22;

/// Lists the files of an archive.
pub fn members(archive: &mut (impl Read + Seek)) -> Result<Vec<Member>, NotAnArchive> {
    let length = archive.seek(SeekFrom::End(0))?;
    let at = length.checked_sub(END).ok_or(NotAnArchive::CutOff)?;
    archive.seek(SeekFrom::Start(at))?;
    if bytes::<4>(archive)? != *b"PK\x05\x06" {
        return Err(NotAnArchive::CutOff);
    }
    bytes::<6>(archive)?;
    let count = u16::from_le_bytes(bytes(archive)?);
    bytes::<4>(archive)?;
    let directory = u32::from_le_bytes(bytes(archive)?);
    archive.seek(SeekFrom::Start(u64::from(directory)))?;
    (0..count).map(|_| member(archive)).collect()
}

fn member(archive: &mut impl Read) -> Result<Member, NotAnArchive> {
    if bytes::<4>(archive)? != *b"PK\x01\x02" {
        return Err(NotAnArchive::Shape("directory"));
    }
    bytes::<6>(archive)?;
    if bytes::<2>(archive)? != [0, 0] {
        return Err(NotAnArchive::Shape("compression"));
    }
    bytes::<4>(archive)?;
    let crc = u32::from_le_bytes(bytes(archive)?);
    bytes::<4>(archive)?;
    let length = u64::from(u32::from_le_bytes(bytes(archive)?));
    let name = u16::from_le_bytes(bytes(archive)?);
    if bytes::<4>(archive)? != [0; 4] {
        return Err(NotAnArchive::Shape("directory"));
    }
    bytes::<8>(archive)?;
    let offset = u64::from(u32::from_le_bytes(bytes(archive)?));
    let mut path = vec![0; usize::from(name)];
    archive.read_exact(&mut path)?;
    let path = String::from_utf8(path).map_err(|_| NotAnArchive::Shape("name of a file"))?;
    if !is_inside(&path) {
        return Err(NotAnArchive::Path(path));
    }
    // A local header has 30 bytes before the name, and no extra field after it.
    let start = offset + 30 + u64::from(name);
    Ok(Member { path, start, length, crc })
}

/// Whether a path stays where it is unpacked: plain names, no way up, no root.
fn is_inside(path: &str) -> bool {
    let plain = |name: &str| {
        let known = |one: char| one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '.');
        !name.is_empty() && !name.starts_with('.') && name.chars().all(known)
    };
    path.split('/').all(plain)
}

fn bytes<const N: usize>(from: &mut impl Read) -> Result<[u8; N], NotAnArchive> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_leads_elsewhere_is_refused() {
        for good in ["index.html", "log/events/0000000007.tlog-proof", "SHA256SUMS"] {
            assert!(is_inside(good), "{good}");
        }
        for bad in ["", "/etc/passwd", "../x", "a/../b", "a//b", "a\\b", "C:x", ".ssh/x", "a/ b"] {
            assert!(!is_inside(bad), "{bad}");
        }
    }

    #[test]
    fn what_is_cut_off_is_told_as_that() {
        for cut in [&b""[..], b"PK", &[0; 40]] {
            let error = members(&mut io::Cursor::new(cut)).unwrap_err();
            assert!(matches!(error, NotAnArchive::CutOff), "{error}");
        }
    }
}
