//! The worksheet of a new release: every element of the last one, file by file, with an example of what may have happened to it.
//!
//! In come a framework and the new version, out goes a text to work through; every entry in it is a comment until somebody takes it over.
//! It is no record: a release is a line in the framework and entries in the histories of those elements that moved.

use std::collections::BTreeMap;

use super::{Refusal, add, framework_named, quoted, refuse, remark};
use crate::catalogue::Catalogue;
use crate::model::element::ChangeKind;
use crate::parse::definition::words;

/// The worksheet. `path` gives the path of a record's file.
pub fn release(
    catalogue: &Catalogue,
    (name, version): (Option<&str>, &str),
    path: &dyn Fn(crate::text::FileId) -> String,
) -> Result<String, Refusal> {
    let framework = framework_named(catalogue, name)?;
    if framework.record.versions().contains(&version) {
        return refuse(
            format!("`{}` has the release `{version}` already", framework.id),
            "give the version of the new one",
        );
    }
    let Some(last) = framework.releases.len().checked_sub(1) else {
        return refuse(
            format!("`{}` has no release", framework.id),
            "add its first to the framework's record",
        );
    };
    let before = &framework.record.releases[last].version.value;
    let mut text = format!(
        "# What moves from release {} to release {} of {}.\n#\n\
         # 1. Add to {}, after the last release:\n#\n#     [[release]]\n#     version = {}\n#\n\
         # 2. For every element that the new release changes, take its entry over to the end of its history and mend it.\n\
         #    An element without an entry stays as it is. `change` is one of {}.\n\
         # 3. `certalog new element` begins the elements that are new.\n",
        remark(before),
        remark(version),
        remark(&framework.record.name),
        remark(&path(framework.file)),
        quoted(version),
        words::<ChangeKind>().join(", "),
    );
    let mut files: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for element in &framework.releases[last].members {
        files.entry(path(catalogue.element(*element).file)).or_default().push(catalogue.element(*element));
    }
    for (file, elements) in files {
        add(&mut text, format_args!("\n\n## {}\n", remark(&file)));
        for element in elements {
            let Ok(state) = element.in_release(last) else { continue };
            // in a list, the entry belongs to the element above it
            let is_listed = element.record.key.span.end > 0;
            let header = if is_listed { "[[element.history]]" } else { "[[history]]" };
            add(
                &mut text,
                format_args!(
                    "\n# {} — {} (`{}`)\n# {header}\n# release = {}\n# change = \"renumbering\"\n# id = {}\n",
                    remark(&state.id),
                    remark(&state.name),
                    element.record.key.value,
                    quoted(version),
                    quoted(&state.id),
                ),
            );
        }
    }
    Ok(text)
}
