//! A site as one file: a zip archive that anybody can open.
//!
//! In come a site and the path of a file, out goes the archive, with the files in the order of their paths.
//! There is no time in it, the same site gives the same bytes, and no file is replaced but an archive that was made here.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use rayon::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::refusal::{PublishError, Refusal, at};
use super::target::for_archive;
use crate::site::{File as SiteFile, Made, Site};
use crate::stage::{Stage, Watch};

/// How many files are made before they are written; it bounds what is held in memory.
const AT_ONCE: usize = 256;

/// The comment of an archive, with which its bytes end: it says whose it is, as `.certalog` does in a folder.
const MARK: &str = "A site, made by certalog";

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Archived {
    /// How many files are in the archive.
    pub files: usize,
    /// How many bytes it has.
    pub bytes: u64,
}

/// Writes the archive, with all files below the folder `top`. What is there already has to be an archive that was made here, and
/// no source of the catalogue.
pub fn archive(
    site: &Site,
    (place, top): (&Path, &str),
    catalogue_root: &Path,
    watch: &dyn Watch,
) -> Result<Archived, PublishError> {
    let place = &for_archive(place, catalogue_root)?;
    refuse(place)?;
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let fresh = place.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let file = File::create_new(&fresh).map_err(at("create", &fresh))?;
    let written = write(site, file, top, (&fresh, watch)).and_then(|files| {
        fs::rename(&fresh, place).map_err(at("rename the finished archive to", place))?;
        let bytes = place.metadata().map_err(at("look at", place))?.len();
        Ok(Archived { files, bytes })
    });
    if written.is_err() {
        // what cannot be removed is a hidden file of no use
        let _ = fs::remove_file(&fresh);
    }
    written
}

/// Refuses to replace what was not made here: other programs keep their documents in archives, too.
fn refuse(place: &Path) -> Result<(), PublishError> {
    let found = match place.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at("look at", place)(error)),
        Ok(found) => found,
    };
    let is_ours = found.is_file() && File::open(place).and_then(ends_with_mark).is_ok_and(|is_ours| is_ours);
    if is_ours { Ok(()) } else { Err(Refusal::NoArchive(place.to_owned()).into()) }
}

/// Whether a file begins like an archive and ends with the mark and its length, as the last record of an archive does
/// (APPNOTE.TXT 6.3.10, section 4.3.16).
fn ends_with_mark(mut file: File) -> io::Result<bool> {
    const LENGTH: [u8; 2] = (MARK.len() as u16).to_le_bytes();
    let mut first = [0; 4];
    file.read_exact(&mut first)?;
    let last = (LENGTH.len() + MARK.len()) as u64;
    let Some(at) = file.metadata()?.len().checked_sub(last) else { return Ok(false) };
    file.seek(SeekFrom::Start(at))?;
    let mut last = Vec::new();
    file.read_to_end(&mut last)?;
    Ok(first == *b"PK\x03\x04" && last.strip_prefix(&LENGTH) == Some(MARK.as_bytes()))
}

fn write(
    site: &Site,
    file: File,
    top: &str,
    (place, watch): (&Path, &dyn Watch),
) -> Result<usize, PublishError> {
    let files: Vec<SiteFile<'_>> = site.files().collect();
    watch.begins(Stage::Pages, Some(files.len()));
    let mut archive = ZipWriter::new(BufWriter::new(file));
    let options =
        SimpleFileOptions::DEFAULT.compression_method(CompressionMethod::Deflated).unix_permissions(0o644);
    let (mut count, mut mistakes) = (0, BTreeSet::new());
    for files in files.chunks(AT_ONCE) {
        let made = files.par_iter().map_init(Made::default, |room, file| {
            let mut made = Vec::new();
            watch.done(1);
            file.each(room, |path, bytes| made.push((path.as_str().to_owned(), bytes.to_vec())))
                .map(|()| made)
        });
        for made in made.collect::<Vec<_>>() {
            let made = match made {
                Ok(made) => made,
                Err(mistake) => {
                    mistakes.insert(*mistake);
                    continue;
                }
            };
            for (path, bytes) in made {
                let written = archive.start_file(format!("{top}/{path}"), options).map_err(io::Error::from);
                written.and_then(|()| archive.write_all(&bytes)).map_err(at("write", place))?;
                count += 1;
            }
        }
    }
    if !mistakes.is_empty() {
        return Err(PublishError::Mistakes(mistakes.into_iter().collect()));
    }
    archive.set_comment(MARK).map_err(io::Error::from).map_err(at("write", place))?;
    let finished = archive.finish().map_err(io::Error::from).and_then(|mut file| file.flush());
    finished.map_err(at("write", place))?;
    Ok(count)
}
