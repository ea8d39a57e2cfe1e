//! `certalog verify`: whether a published site is the one that its statement tells of.
//!
//! In come a folder, or a list of digests that other programs made of a site, and a statement, out goes every file that differs.
//! Nothing is fetched and nothing is written; a statement is believed as far as its signature is checked.

use std::fmt;
use std::path::{Path, PathBuf};

use super::catalogue::named;
use super::console::Console;
use super::{Failure, Status};
use crate::cli::VerifyArguments;
use crate::digest::digest;
use crate::provenance::{self, Asked, Statement, Verdict, compare, list, signature};
use crate::publish::{Found, found};
use crate::report::Counted;
use crate::report::visible::visible;
use crate::sources::{read_named, read_standard_input};

/// The largest statement or list that is read.
const LARGEST: u64 = 256 << 20;
/// The largest key or signature.
const LARGEST_KEY: u64 = 64 << 10;

pub(super) fn run(arguments: &VerifyArguments, console: &mut Console) -> Result<Status, Failure> {
    let place = match (&arguments.provenance, &arguments.folder) {
        (Some(place), _) => place.clone(),
        (None, Some(folder)) => folder.join(provenance::FILE),
        (None, None) => {
            return Err(Failure::new("`--list` needs a statement: give it with `--provenance FILE`"));
        }
    };
    let bytes = read_named(&place, LARGEST).map_err(|error| {
        Failure::new(format!("the statement {} cannot be read: {error}", named(&place))).help(
            "`certalog build --provenance` writes it into the site; `--provenance FILE` names another one",
        )
    })?;
    let bytes = bytes.ok_or_else(|| too_large(&place))?;
    let signed = match &arguments.key {
        Some(key) => match signed(key, &place, &bytes)? {
            Ok(comment) => Some(comment),
            Err(why) => {
                console.result(format_args!("{}: {why}; nothing else was looked at\n", named(&place)))?;
                return Ok(Status::Faulty);
            }
        },
        None => None,
    };
    let statement = Statement::read(&bytes).map_err(|error| {
        Failure::new(format!(
            "{} cannot be checked against: {}",
            named(&place),
            visible(&error.to_string(), 400)
        ))
    })?;
    let (what, found) = look(arguments)?;
    let asked = Asked { allowed: arguments.allowed.clone(), is_sample: arguments.sample };
    let mut verdict = compare(&statement, &digest(&bytes), &found.files, &asked);
    verdict.extra.extend(found.strays.iter().map(|path| path.to_string_lossy().into_owned()));
    verdict.extra.sort_unstable();
    let status = if verdict.is_as_stated() { Status::Fine } else { Status::Faulty };
    if !console.is_quiet() || status == Status::Faulty {
        console.result(Told { what, statement: &statement, verdict: &verdict, signed: signed.as_deref() })?;
    }
    let is_its_own = arguments.provenance.is_none() && arguments.key.is_none();
    if is_its_own && !console.is_quiet() {
        console.say("the statement lies in the folder and no signature was checked: whoever can change the files can change it with them\n")?;
    }
    Ok(status)
}

/// What the signature beside a statement says besides, or why it is not to be believed.
fn signed(key: &Path, statement: &Path, bytes: &[u8]) -> Result<Result<String, String>, Failure> {
    let key_text = read_named(key, LARGEST_KEY)
        .map_err(|error| Failure::new(format!("the key {} cannot be read: {error}", named(key))))?;
    let key_text = String::from_utf8_lossy(&key_text.ok_or_else(|| too_large(key))?).into_owned();
    let mut place = statement.as_os_str().to_owned();
    place.push(".minisig");
    let place = PathBuf::from(place);
    let signature = match read_named(&place, LARGEST_KEY) {
        Ok(Some(signature)) => String::from_utf8_lossy(&signature).into_owned(),
        Ok(None) => return Err(too_large(&place)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Err(format!("it is not signed: there is no {}", named(&place))));
        }
        Err(error) => {
            return Err(Failure::new(format!("the signature {} cannot be read: {error}", named(&place))));
        }
    };
    match signature::check(&key_text, &signature, bytes) {
        Ok(comment) => Ok(Ok(comment)),
        Err(signature::Refusal::Key) => {
            Err(Failure::new(format!("{} is no public key of minisign", named(key)))
                .help("it is the file `minisign.pub` that `minisign -G` writes, or its last line"))
        }
        Err(signature::Refusal::Form) => Ok(Err(format!("{} is no signature of minisign", named(&place)))),
        Err(signature::Refusal::Wrong) => {
            Ok(Err(format!("{} was made with another key, or of another statement", named(&place))))
        }
    }
}

/// The files of the site, and what they are called.
fn look(arguments: &VerifyArguments) -> Result<(String, Found), Failure> {
    if let Some(folder) = &arguments.folder {
        let found = found(folder).map_err(|error| Failure::new(error.to_string()))?;
        return Ok((named(folder), found));
    }
    let place = arguments.list.as_deref().unwrap_or(Path::new("-"));
    let read =
        if place == Path::new("-") { read_standard_input(LARGEST) } else { read_named(place, LARGEST) };
    let bytes = read
        .map_err(|error| Failure::new(format!("the list {} cannot be read: {error}", named(place))))?
        .ok_or_else(|| too_large(place))?;
    let files = list::read(&String::from_utf8_lossy(&bytes)).map_err(|error| {
        Failure::new(format!("line {} of the list is none that sha256sum prints: {}", error.line, error.why))
            .help("a line is a digest, two spaces and a path below the site's address")
    })?;
    Ok(("the list".to_owned(), Found { files, strays: Vec::new() }))
}

fn too_large(place: &Path) -> Failure {
    Failure::new(format!("{} is too large to be what it should be", named(place)))
}

/// The outcome, file by file.
struct Told<'t> {
    what: String,
    statement: &'t Statement,
    verdict: &'t Verdict,
    signed: Option<&'t str>,
}

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Verdict { same, changed, missing, extra } = self.verdict;
        for (word, paths) in [("changed", changed), ("missing", missing), ("extra", extra)] {
            paths.iter().try_for_each(|path| writeln!(f, "{word:7}  {}", visible(path, 400)))?;
        }
        if self.verdict.is_as_stated() {
            write!(f, "{}: {} as stated", self.what, Counted(*same, "file"))?;
        } else {
            write!(f, "{}: {} as stated", self.what, same)?;
            for (count, word) in
                [(changed.len(), "changed"), (missing.len(), "missing"), (extra.len(), "extra")]
            {
                if count > 0 {
                    write!(f, ", {count} {word}")?;
                }
            }
        }
        f.write_str("\n")?;
        if let Some(version) = &self.statement.version {
            write!(f, "made by certalog {}", visible(version, 40))?;
            match (&self.statement.commit, self.statement.changed) {
                (Some(commit), 0) => write!(f, " of commit {}", visible(commit, 80))?,
                (Some(commit), changed) => {
                    write!(
                        f,
                        " of commit {} with {} changed since",
                        visible(commit, 80),
                        Counted(changed, "file")
                    )?;
                }
                (None, _) => f.write_str(" of files in no repository")?,
            }
            f.write_str("\n")?;
        }
        match self.signed {
            Some(comment) => writeln!(f, "signed: {}", visible(comment, 200)),
            None => Ok(()),
        }
    }
}
