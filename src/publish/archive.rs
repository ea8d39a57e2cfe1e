//! A site as one file: a zip archive that anybody can open.
//!
//! In come a site and the path of a file, out goes the archive, with the files in the order of their paths.
//! There is no time in it, the same site gives the same bytes, and a file that is no archive is never replaced.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::Path;

use rayon::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::refusal::{PublishError, Refusal, at};
use crate::site::{File as SiteFile, Made, Site};
use crate::stage::{Stage, Watch};

/// How many files are made before they are written; it bounds what is held in memory.
const AT_ONCE: usize = 256;

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Archived {
    /// How many files are in the archive.
    pub files: usize,
    /// How many bytes it has.
    pub bytes: u64,
}

/// Writes the archive, with all files below the folder `top`.
pub fn archive(site: &Site, place: &Path, top: &str, watch: &dyn Watch) -> Result<Archived, PublishError> {
    refuse(place)?;
    let folder = match place.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let name = place.file_name().ok_or_else(|| Refusal::NoArchive(place.to_owned()))?;
    let fresh = folder.join(format!(".{}.{}.tmp", name.to_string_lossy(), std::process::id()));
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

/// Refuses to replace what is no archive.
fn refuse(place: &Path) -> Result<(), PublishError> {
    let found = match place.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at("look at", place)(error)),
        Ok(found) => found,
    };
    let mut first = [0; 4];
    let is_archive = found.is_file()
        && File::open(place)
            .and_then(|mut file| file.read_exact(&mut first))
            .is_ok_and(|()| first == *b"PK\x03\x04");
    if is_archive { Ok(()) } else { Err(Refusal::NoArchive(place.to_owned()).into()) }
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
    let finished = archive.finish().map_err(io::Error::from).and_then(|mut file| file.flush());
    finished.map_err(at("write", place))?;
    Ok(count)
}
