//! ZIP archives as evidence: the directory is read and judged before a single byte is unpacked.
//!
//! Nothing is ever unpacked to disk, and a member is unpacked only when a reader asks for it by
//! name, up to [`MAX_READ_BYTES`]. What could fool or harm whoever opens the file later is refused for
//! every archive, whether a reader knows it or not: names that lead out of a folder, links,
//! passwords, members that overlap, archives in archives, and more content than the file could
//! honestly hold. Members that share a name are counted; reading one of those is refused, because
//! two programs would read two different files.

mod directory;
mod unpack;

use self::directory::Member;
use super::text::quoted;
use super::unreadable::Unreadable;
use countersign_core::reading::Place;

/// The most members of an archive.
pub const MAX_MEMBERS: usize = 50_000;
/// The most bytes all members may claim to unpack to.
pub const MAX_MEMBERS_BYTES: u64 = 4 * 1024 * 1024 * 1024;
/// The most bytes one member may claim to unpack to.
pub const MAX_MEMBER_BYTES: u64 = 1024 * 1024 * 1024;
/// How many times larger a member of more than a mebibyte may claim to be than what is stored.
pub const MAX_RATIO: u64 = 500;
/// The most bytes a member that is read may unpack to.
pub const MAX_READ_BYTES: u64 = 4 * 1024 * 1024;

const RATIO_FROM: u64 = 1024 * 1024;
const NESTED: &[&str] =
    &["zip", "eval", "jar", "tar", "tgz", "gz", "bz2", "xz", "zst", "7z", "rar"];

/// An archive whose directory was read and found harmless.
#[derive(Debug)]
pub struct Archive<'a> {
    bytes: &'a [u8],
    /// In the order of their names; equal names in the order of the directory.
    members: Vec<Member<'a>>,
}

impl<'a> Archive<'a> {
    /// Reads the directory.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let mut members = directory::read(bytes)?;
        harmless(bytes, &mut members)?;
        members.sort_by_key(|member| member.name);
        Ok(Self { bytes, members })
    }

    /// Whether a member of this name exists.
    pub fn has(&self, name: &str) -> bool {
        !self.named(name).is_empty()
    }

    /// The names, sorted; a name that stands twice comes twice.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.members.iter().map(|member| member.name)
    }

    /// The names that stand more than once, each once.
    pub fn twins(&self) -> Vec<&'a str> {
        let pairs = self.members.windows(2).filter(|pair| pair[0].name == pair[1].name);
        let mut names: Vec<&str> = pairs.map(|pair| pair[0].name).collect();
        names.dedup();
        names
    }

    /// The content of a member, if there is one of this name.
    pub fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        match self.named(name) {
            [] => Ok(None),
            [member] if member.unpacked > MAX_READ_BYTES => {
                let message = format!(
                    "{} unpacks to {} bytes, more than the {} MiB that are read",
                    quoted(name),
                    member.unpacked,
                    MAX_READ_BYTES / (1024 * 1024)
                );
                Err(Unreadable::at(Place::File, message)
                    .help("attach the tool's summary instead of its log"))
            }
            [member] => unpack::unpack(self.bytes, member).map(Some),
            _ => Err(fault(name, "stands twice", "attach the archive as the tool wrote it")),
        }
    }

    fn named(&self, name: &str) -> &[Member<'a>] {
        let start = self.members.partition_point(|member| member.name < name);
        let end = self.members.partition_point(|member| member.name <= name);
        self.members.get(start..end).unwrap_or_default()
    }
}

/// Whether these bytes begin like an archive that holds something.
pub fn looks_like_one(bytes: &[u8]) -> bool {
    bytes.starts_with(directory::LOCAL)
}

/// The name of the first file stored, as its own header gives it; from the head of a file.
pub fn first_name(head: &[u8]) -> Option<&str> {
    directory::local_name(head, 0)
}

/// Why an archive must not be kept, even as evidence that nobody reads.
pub fn danger(bytes: &[u8]) -> Option<Unreadable> {
    if !looks_like_one(bytes) {
        return None;
    }
    let mut members = directory::read(bytes).ok()?;
    harmless(bytes, &mut members).err()
}

/// Refuses members that could harm; leaves the members in the order of their bytes.
fn harmless(bytes: &[u8], members: &mut [Member]) -> Result<(), Unreadable> {
    let mut total = 0_u64;
    for member in members.iter() {
        place_in_a_folder(member)?;
        plain(bytes, member)?;
        total = total.saturating_add(member.unpacked);
        let claim = if member.unpacked > MAX_MEMBER_BYTES {
            Some(format!("claims to unpack to {} bytes", member.unpacked))
        } else if member.unpacked > RATIO_FROM && member.unpacked / MAX_RATIO > member.packed {
            Some(format!("claims to unpack {} bytes to {}", member.packed, member.unpacked))
        } else {
            None
        };
        if let Some(claim) = claim {
            return Err(fault(member.name, &claim, "attach the unpacked file, or a summary of it"));
        }
    }
    if total > MAX_MEMBERS_BYTES {
        let message = format!("the members claim to unpack to {total} bytes");
        return Err(Unreadable::at(Place::File, message).help("attach a summary, or split it"));
    }
    members.sort_unstable_by_key(|member| member.start);
    for pair in members.windows(2) {
        if pair[1].start < pair[0].end() {
            let claim = format!("overlaps {}", quoted(pair[0].name));
            return Err(fault(pair[1].name, &claim, "attach the archive as the tool wrote it"));
        }
    }
    Ok(())
}

/// A name that stays inside the folder it is unpacked to, on every system.
fn place_in_a_folder(member: &Member) -> Result<(), Unreadable> {
    let name = member.name;
    let drive = name.as_bytes().get(1) == Some(&b':');
    let leads_out = name.is_empty()
        || drive
        || name.starts_with('/')
        || name.contains('\\')
        || name.chars().any(char::is_control)
        || name.split('/').any(|part| part == "..");
    if leads_out {
        let help = "pack the files again with plain relative names";
        return Err(fault(name, "is a name that could lead out of the folder it is put in", help));
    }
    Ok(())
}

/// A file or folder without a password that is no archive itself.
fn plain(bytes: &[u8], member: &Member) -> Result<(), Unreadable> {
    if member.is_encrypted() {
        return Err(fault(member.name, "is encrypted", "attach it without a password"));
    }
    if !member.is_file_or_folder() {
        return Err(fault(member.name, "is a link or a device", "pack the file it stands for"));
    }
    let extension = member.name.rsplit_once('.').map(|(_, extension)| extension);
    let nested = extension.is_some_and(|it| NESTED.iter().any(|one| it.eq_ignore_ascii_case(one)));
    if nested || looks_like_one(member.stored(bytes)) {
        return Err(fault(member.name, "is an archive inside the archive", "attach it on its own"));
    }
    Ok(())
}

fn fault(name: &str, what: &str, help: &str) -> Unreadable {
    Unreadable::at(Place::File, format!("the member {} {what}", quoted(name))).help(help)
}
