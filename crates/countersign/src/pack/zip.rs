//! ZIP archives, stored and not compressed: evidence is hashed, and what is hashed should be found
//! in the archive byte for byte. Times are left at the format's first day, so that the same files
//! make the same archive.

mod crc;
mod read;

pub use crc::Crc;
pub use read::{Member, NotAnArchive, members};

use super::{Content, Pack};
use crate::app::App;
use crate::boot;
use crate::failure::{Doing, Failure};
use countersign_core::digest::Sha256;
use countersign_store::BlobReader;
use std::io::{self, Read};
use tokio::io::{AsyncWrite, AsyncWriteExt as _, DuplexStream};

/// How many bytes are read at once.
const CHUNK: usize = 64 * 1024;
/// The most an archive of this form can hold, in bytes.
const MAX: u64 = u32::MAX as u64;
/// The most files.
const MAX_FILES: usize = 0xffff;
/// 1 January 1980: the format knows no earlier day.
const FIRST_DAY: u16 = 0x21;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;

/// A file of the archive, ready to be written.
struct Ready {
    path: String,
    content: Content,
    crc: u32,
    length: u32,
}

impl App {
    /// The files as an archive, read as it is taken. What is wrong with a file is known before the
    /// first byte is given.
    ///
    /// `smaller` is the parameter that asks for less, and how.
    pub async fn archive(
        &self,
        pack: Pack,
        smaller: (&'static str, &str),
    ) -> Result<DuplexStream, Failure> {
        let key = boot::existing_key(&self.config.data)?;
        let files = pack.files(&key).doing("sign a pack")?;
        let total: u64 = files.iter().map(|(path, content)| room(path, content)).sum();
        if total > MAX || files.len() > MAX_FILES {
            let (parameter, how) = smaller;
            let message = format!("the pack is larger than 4 GiB: {how}");
            return Err(Failure::malformed(parameter, message));
        }
        let mut ready = Vec::with_capacity(files.len());
        for (path, content) in files {
            ready.push(self.measured(path, content)?);
        }
        let (ours, theirs) = tokio::io::duplex(CHUNK);
        let blobs = self.blobs.clone();
        tokio::spawn(async move {
            let open = |digest: &Sha256| blobs.open_blob(digest).map_err(io::Error::other);
            // Whoever stopped reading needs no more.
            if let Err(error) = write(ours, ready, open).await {
                tracing::warn!(%error, "an archive was not taken to its end");
            }
        });
        Ok(theirs)
    }

    fn measured(&self, path: String, content: Content) -> Result<Ready, Failure> {
        let mut crc = Crc::default();
        let length = match &content {
            Content::Bytes(bytes) => {
                crc.add(bytes);
                bytes.len() as u64
            }
            Content::Blob(digest, _) => {
                let blob = self.blobs.open_blob(digest).doing("open evidence")?;
                let blob = blob.ok_or_else(|| Failure::not_found("content of evidence", digest))?;
                checksum(blob, &mut crc).doing("read evidence")?
            }
        };
        let length = u32::try_from(length).doing("measure a file")?;
        Ok(Ready { path, content, crc: crc.value(), length })
    }
}

/// What a file takes in the archive at most.
fn room(path: &str, content: &Content) -> u64 {
    let length = match content {
        Content::Bytes(bytes) => bytes.len() as u64,
        Content::Blob(_, length) => *length,
    };
    length + 2 * path.len() as u64 + 128
}

fn checksum(mut blob: BlobReader, crc: &mut Crc) -> io::Result<u64> {
    let (mut chunk, mut length) = (vec![0; CHUNK], 0);
    loop {
        let read = blob.read(&mut chunk)?;
        if read == 0 {
            return Ok(length);
        }
        crc.add(&chunk[..read]);
        length += read as u64;
    }
}

async fn write(
    mut to: impl AsyncWrite + Unpin,
    files: Vec<Ready>,
    open: impl Fn(&Sha256) -> io::Result<Option<BlobReader>>,
) -> io::Result<()> {
    let (mut directory, mut offset) = (Vec::new(), 0u32);
    let count = files.len();
    for file in files {
        let header = local(&file);
        directory.extend(central(&file, offset));
        to.write_all(&header).await?;
        match &file.content {
            Content::Bytes(bytes) => to.write_all(bytes).await?,
            Content::Blob(digest, _) => {
                let blob = open(digest)?.ok_or(io::ErrorKind::NotFound)?;
                copy(blob, &mut to).await?;
            }
        }
        offset += u32::try_from(header.len()).map_err(io::Error::other)? + file.length;
    }
    let end = end(count, directory.len(), offset).map_err(io::Error::other)?;
    to.write_all(&directory).await?;
    to.write_all(&end).await?;
    to.shutdown().await
}

async fn copy(mut blob: BlobReader, to: &mut (impl AsyncWrite + Unpin)) -> io::Result<()> {
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = blob.read(&mut chunk)?;
        if read == 0 {
            return Ok(());
        }
        to.write_all(&chunk[..read]).await?;
    }
}

/// The fields a local and a central header share, from the version needed on.
fn shared(file: &Ready) -> Vec<u8> {
    let mut out = Vec::new();
    // Version 2.0, UTF-8 names, stored, midnight of the first day.
    for word in [20, UTF8, 0, 0, FIRST_DAY] {
        out.extend(word.to_le_bytes());
    }
    for word in [file.crc, file.length, file.length] {
        out.extend(word.to_le_bytes());
    }
    let name = u16::try_from(file.path.len()).unwrap_or(u16::MAX);
    out.extend(name.to_le_bytes());
    out.extend(0u16.to_le_bytes());
    out
}

fn local(file: &Ready) -> Vec<u8> {
    [b"PK\x03\x04".as_slice(), &shared(file), file.path.as_bytes()].concat()
}

fn central(file: &Ready, offset: u32) -> Vec<u8> {
    // Made by UNIX, which gives the permissions below their meaning: a file anybody may read.
    let made_by = ((3u16 << 8) | 20).to_le_bytes();
    let mut out = [b"PK\x01\x02".as_slice(), &made_by, &shared(file)].concat();
    out.extend([0; 6]);
    out.extend((0o100_644u32 << 16).to_le_bytes());
    out.extend(offset.to_le_bytes());
    out.extend(file.path.as_bytes());
    out
}

fn end(count: usize, directory: usize, offset: u32) -> Result<Vec<u8>, std::num::TryFromIntError> {
    let count = u16::try_from(count)?.to_le_bytes();
    let directory = u32::try_from(directory)?.to_le_bytes();
    let mut out = b"PK\x05\x06\0\0\0\0".to_vec();
    out.extend(count);
    out.extend(count);
    out.extend(directory);
    out.extend(offset.to_le_bytes());
    out.extend(0u16.to_le_bytes());
    Ok(out)
}
