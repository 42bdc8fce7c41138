//! The content of one member, never more of it than the directory claims.

use super::super::unreadable::Unreadable;
use super::directory::Member;
use super::fault;
use miniz_oxide::inflate::decompress_slice_iter_to_slice;
use ruzstd::decoding::FrameDecoder;

/// The largest window of Zstandard: what RFC 8878 §3.1.1.1.2 asks every decoder to support.
const MAX_WINDOW: u64 = 8 * 1024 * 1024;

/// Unpacks a member and checks its length and checksum.
pub fn unpack(bytes: &[u8], member: &Member) -> Result<Vec<u8>, Unreadable> {
    let size = usize::try_from(member.unpacked).unwrap_or(usize::MAX);
    let packed = member.packed_bytes(bytes);
    let mut content = vec![0; size];
    let length = match member.method {
        0 => stored(packed, &mut content),
        8 => inflate(packed, &mut content),
        93 => zstandard(packed, &mut content),
        other => {
            let what = format!("is packed by method {other}, which is not read");
            let help = "pack it by Deflate or Zstandard";
            return Err(fault(member.name, &what, help));
        }
    };
    if length != Some(size) || crc32fast::hash(&content) != member.crc {
        let what = "does not unpack to what the directory says of it";
        return Err(fault(member.name, what, "the file may be damaged; attach it again"));
    }
    Ok(content)
}

fn stored(packed: &[u8], content: &mut [u8]) -> Option<usize> {
    if packed.len() == content.len() {
        content.copy_from_slice(packed);
        Some(packed.len())
    } else {
        None
    }
}

fn inflate(packed: &[u8], content: &mut [u8]) -> Option<usize> {
    decompress_slice_iter_to_slice(content, std::iter::once(packed), false, true).ok()
}

fn zstandard(packed: &[u8], content: &mut [u8]) -> Option<usize> {
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(MAX_WINDOW);
    decoder.decode_all(packed, content).ok()
}
