//! Unpacking an archive into a folder, as the command line does with what the server sends.

use super::zip::{Crc, Member, NotAnArchive, members};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// What came out of an archive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unpacked {
    /// How many files.
    pub files: u64,
    /// How many bytes.
    pub bytes: u64,
}

/// Why nothing whole came out.
#[derive(Debug)]
pub enum NotUnpacked {
    /// The folder holds something already.
    Full,
    /// The folder cannot be written, or the archive not be received.
    Io(io::Error),
    /// It is no archive of this program, or not all of one.
    Archive(NotAnArchive),
    /// A file is not what the archive says of it.
    Damaged(String),
}

impl fmt::Display for NotUnpacked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("the folder holds something already"),
            Self::Io(error) => error.fmt(f),
            Self::Archive(why) => why.fmt(f),
            Self::Damaged(path) => write!(f, "{path} is damaged"),
        }
    }
}

impl std::error::Error for NotUnpacked {}

impl From<io::Error> for NotUnpacked {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<NotAnArchive> for NotUnpacked {
    fn from(why: NotAnArchive) -> Self {
        Self::Archive(why)
    }
}

/// Receives an archive into a folder that is new or empty, and unpacks it there.
pub fn unpack(body: impl Read, folder: &Path) -> Result<Unpacked, NotUnpacked> {
    fs::create_dir_all(folder)?;
    if fs::read_dir(folder)?.next().is_some() {
        return Err(NotUnpacked::Full);
    }
    let archive = folder.join(".archive.part");
    let unpacked = receive(body, &archive).and_then(|()| all(&archive, folder));
    fs::remove_file(&archive)?;
    unpacked
}

fn receive(mut body: impl Read, archive: &Path) -> Result<(), NotUnpacked> {
    let mut file = File::create_new(archive)?;
    io::copy(&mut body, &mut file)?;
    Ok(file.sync_all()?)
}

fn all(archive: &Path, folder: &Path) -> Result<Unpacked, NotUnpacked> {
    let mut archive = BufReader::new(File::open(archive)?);
    let mut unpacked = Unpacked::default();
    for member in members(&mut archive)? {
        if !one(&mut archive, &member, folder)? {
            return Err(NotUnpacked::Damaged(member.path));
        }
        unpacked.files += 1;
        unpacked.bytes += member.length;
    }
    Ok(unpacked)
}

/// Writes a file of the archive; `false` when it is not what the archive says.
fn one(archive: &mut (impl Read + Seek), member: &Member, out: &Path) -> io::Result<bool> {
    let path = out.join(&member.path);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    archive.seek(SeekFrom::Start(member.start))?;
    let (mut from, mut to) = (archive.take(member.length), File::create_new(&path)?);
    let (mut crc, mut chunk) = (Crc::default(), vec![0; 64 * 1024]);
    loop {
        let read = from.read(&mut chunk)?;
        if read == 0 {
            return Ok(crc.value() == member.crc);
        }
        crc.add(&chunk[..read]);
        io::Write::write_all(&mut to, &chunk[..read])?;
    }
}
