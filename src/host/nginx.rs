//! The settings with which nginx serves a site: a part of a server block, to be included there.
//!
//! In come the path below which the site stands, its policies and its former addresses, out goes the text of the settings.
//! It names no folder of any machine: the site lies below the block's `root` as its addresses say.

use std::fmt::Write as _;

use percent_encoding::percent_decode_str;

use super::headers::{Caching, every};
use super::redirects::Redirects;
use crate::media;
use crate::site_path::OWNERSHIP_MARK;

/// The settings of a site below a path, which is given as pages write it and as the text that it stands for; with the policy of all answers but
/// those for frames of other sites, which have their own.
pub(super) fn settings(
    (base, base_path): (&str, &str),
    (policy, in_frames): &(String, Option<String>),
    redirects: &Redirects,
) -> String {
    let mut text = String::from(
        "# Made by certalog: settings of nginx for this site. Include them in a `server` block, whose `root` is the folder\n",
    );
    let lies = match base_path.trim_matches('/') {
        "" => "of the site itself".to_owned(),
        folder => format!("in which the site lies as `{}`", folder.escape_default()),
    };
    writeln!(text, "# {lies}, and read them again when former addresses come or go.")
        .expect("writing to a string cannot fail");
    let mut add = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    if let Some(folder) = base_path.strip_suffix('/').filter(|folder| !folder.is_empty()) {
        add(&format!(
            "location = {} {{ absolute_redirect off; return 301 {}; }}",
            quoted(folder),
            quoted(base)
        ));
    }
    for (from, to) in redirects.iter() {
        let from = percent_decode_str(from).decode_utf8_lossy().into_owned();
        add(&format!("location = {} {{ absolute_redirect off; return 301 {}; }}", quoted(&from), quoted(to)));
        if let Some(folder) = from.strip_suffix('/') {
            add(&format!(
                "location = {} {{ absolute_redirect off; return 301 {}; }}",
                quoted(folder),
                quoted(to)
            ));
        }
    }
    add(&format!("location ^~ {} {{", quoted(base_path)));
    add("    index index.html;");
    add(&format!("    error_page 404 {};", quoted(&format!("{base_path}404.html"))));
    add("    absolute_redirect off;");
    add("    gzip_static on;");
    add("    gzip_vary on;");
    add("    etag on;");
    add(&format!("    default_type {};", media::UNKNOWN));
    add("    types {");
    for (kind, endings) in media::TYPES {
        add(&format!("        {} {};", quoted(kind), endings.join(" ")));
    }
    add("    }");
    let headers = |policy: &str, caching: Caching, indent: &str| {
        let every = every(policy).chain([("Cache-Control", caching.value())]);
        every.fold(String::new(), |mut lines, (name, value)| {
            writeln!(lines, "{indent}add_header {name} {} always;", quoted(value))
                .expect("writing to a string cannot fail");
            lines
        })
    };
    add(headers(policy, Caching::Asked, "    ").trim_end());
    for (name, kind) in media::BY_NAME {
        add(&format!(
            "    location ~ \"/{}$\" {{ types {{}} default_type {}; }}",
            name.replace('.', "\\."),
            quoted(kind)
        ));
    }
    // The list of all files tells nobody anything, but it is no page either.
    add(&format!("    location = {} {{ return 404; }}", quoted(&format!("{base_path}{OWNERSHIP_MARK}"))));
    add(&format!("    location ~ \"^{}static/[0-9a-f]{{16}}/\" {{", pattern(base_path)));
    add(headers(policy, Caching::Lasting, "        ").trim_end());
    add("    }");
    if let Some(policy) = in_frames {
        add(&format!("    location ~ \"^{}certifications/[^/]+/embed/\" {{", pattern(base_path)));
        add(headers(policy, Caching::Asked, "        ").trim_end());
        add("    }");
    }
    add("}");
    text
}

/// A text as one word of the settings. Its only signs that mean something there are escaped, and a dollar, which begins a variable, cannot be.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "%24"))
}

/// A path as a regular expression, within quotation marks.
fn pattern(path: &str) -> String {
    let mut pattern = String::new();
    for letter in path.chars() {
        if letter.is_alphanumeric() || matches!(letter, '/' | '-' | '_') {
            pattern.push(letter);
        } else {
            // any one character is close enough to it: the rest of the path is exact
            pattern.push('.');
        }
    }
    pattern
}
