//! Catalogues and sites as folders on the disk.
//!
//! In come sizes and paths, out go folders and what is in them.
//! A folder that is not empty is never written into, and only folders of a measurement are removed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::records::{self, Size};

/// How much there is in a folder.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Extent {
    /// How many files.
    pub(crate) files: usize,
    /// How many of them are pages.
    pub(crate) pages: usize,
    /// How many bytes in all.
    pub(crate) bytes: u64,
}

impl Extent {
    /// As the input of a build.
    pub(crate) fn as_input(self) -> String {
        format!("{} files, {}", self.files, megabytes(self.bytes))
    }

    /// As the site that comes out.
    pub(crate) fn as_output(self) -> String {
        format!("{} pages, {}", self.pages, megabytes(self.bytes))
    }
}

/// Bytes in millions.
pub(crate) fn megabytes(bytes: u64) -> String {
    match bytes {
        ..10_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.0} MB", bytes as f64 / 1e6),
    }
}

/// Writes an invented catalogue into a folder that is new or empty.
pub(crate) fn generate(size: Size, root: &Path) -> io::Result<()> {
    fs::create_dir_all(root)?;
    if fs::read_dir(root)?.next().is_some() {
        return Err(io::Error::other(format!("`{}` is not empty", root.display())));
    }
    records::catalogue(size, |path, text| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a record lies in a folder"))?;
        fs::write(path, text)
    })
}

/// Puts a catalogue in place of the one that was there: an invented one of a size, or a copy of a folder.
pub(crate) fn place(name: &str, root: &Path) -> io::Result<()> {
    remove(root)?;
    match Size::named(name) {
        Some(size) => generate(size, root),
        None => copy(Path::new(name), root),
    }
}

/// Copies what certalog reads of a catalogue.
pub(crate) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    fs::copy(from.join("site.toml"), to.join("site.toml"))?;
    for part in ["content", "themes"] {
        for path in files(&from.join(part))? {
            let target = to.join(path.strip_prefix(from).expect("a file lies in its folder"));
            fs::create_dir_all(target.parent().expect("a file lies in a folder"))?;
            fs::copy(&path, target)?;
        }
    }
    Ok(())
}

/// How much there is in a folder.
pub(crate) fn extent(root: &Path) -> io::Result<Extent> {
    let mut extent = Extent::default();
    for path in files(root)? {
        extent.files += 1;
        extent.pages += usize::from(path.extension().is_some_and(|extension| extension == "html"));
        extent.bytes += fs::metadata(&path)?.len();
    }
    Ok(extent)
}

/// The record in the middle of the certifications that are written with a text.
pub(crate) fn some_certification(root: &Path) -> io::Result<PathBuf> {
    let mut all = files(&root.join("content/certifications"))?;
    all.retain(|path| path.ends_with("certification.md"));
    all.sort();
    all.get(all.len() / 2).cloned().ok_or_else(|| io::Error::other("the catalogue has no certification"))
}

/// Removes a catalogue that a measurement made.
pub(crate) fn remove(root: &Path) -> io::Result<()> {
    match fs::remove_dir_all(root) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Removes a site that a measurement made, with what certalog remembers of it.
pub(crate) fn remove_site(site: &Path) -> io::Result<()> {
    let name = site.file_name().expect("a site has a name").to_string_lossy();
    remove(site)?;
    remove(&site.with_file_name(format!(".{name}.certalog")))
}

fn files(root: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut found, mut folders) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let list = if entry.file_type()?.is_dir() { &mut folders } else { &mut found };
            list.push(entry.path());
        }
    }
    Ok(found)
}
