//! `countersign control evidence`: the evidence of a period, written into a folder and checked
//! there.

use super::super::shell::Shell;
use super::super::trouble::Trouble;
use super::super::{Outcome, Said, verify};
use super::Days;
use crate::pack::verify::folder;
use crate::pack::zip::{Crc, Member, members};
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Write the evidence of a period into a folder that proves itself.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The folder holds a page to read (index.html), tables, the files of evidence, and \
    the events they rest on with the proofs that those are in the log. It is checked as \
    `countersign verify` does it. The same period and the same log give the same files.\n\n\
    Exit code 1 when a check fails.\n\nExample:\n  \
    countersign control evidence CHM-002 --from 2026-01-01 --to 2026-03-31 --out audit-q1"
)]
pub struct Evidence {
    /// The control.
    control: String,
    #[command(flatten)]
    days: Days,
    /// The folder; it must not hold anything yet.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Evidence {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let failed = |error| Trouble::io(format!("cannot write `{}`", self.out.display()), &error);
        let client = shell.client()?;
        let call = client.at(&["controls", &self.control, "evidence"])?;
        let call = call.query("from", &self.days.from.to_string());
        let response = call.query("to", &self.days.to.to_string()).open()?;
        empty(&self.out)?;
        let archive = self.out.join(".archive.part");
        let body = response.into_body().into_with_config().limit(u64::MAX).reader();
        let unpacked = receive(body, &archive).map_err(failed);
        let unpacked = unpacked.and_then(|()| unpack(&archive, &self.out));
        fs::remove_file(&archive).map_err(failed)?;
        unpacked?;
        let checked = folder(&self.out, None).map_err(failed)?;
        verify::tell(shell, &self.out, &checked)?;
        Ok(if checked.is_sound() { Said::Yes } else { Said::No })
    }
}

/// Makes the folder; one that holds something is left alone.
fn empty(out: &Path) -> Result<(), Trouble> {
    let failed = |error| Trouble::io(format!("cannot make `{}`", out.display()), &error);
    fs::create_dir_all(out).map_err(failed)?;
    if fs::read_dir(out).map_err(failed)?.next().is_some() {
        let detail = format!("`{}` holds something already", out.display());
        return Err(Trouble::usage(detail, "name a folder that is new or empty"));
    }
    Ok(())
}

fn receive(mut body: impl Read, archive: &Path) -> io::Result<()> {
    let mut file = File::create_new(archive)?;
    io::copy(&mut body, &mut file)?;
    file.sync_all()
}

fn unpack(archive: &Path, out: &Path) -> Result<(), Trouble> {
    let broken = |why: String| {
        Trouble::fault("what the server sent is no whole pack", "repeat the command")
            .because("pack.broken", why)
    };
    let opened = File::open(archive).map_err(|error| broken(error.to_string()))?;
    let mut archive = BufReader::new(opened);
    let all = members(&mut archive).map_err(|error| broken(error.to_string()))?;
    for member in all {
        let whole = one(&mut archive, &member, out).map_err(|error| broken(error.to_string()))?;
        if !whole {
            return Err(broken(format!("{} is damaged", member.path)));
        }
    }
    Ok(())
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
