//! Former addresses: where a record's page once stood, below the site's root.
//!
//! In comes the key `aliases` of any record, out go paths of redirect pages; what cannot be one is reported as `invalid-alias`.
//! Whether another page has the address is decided by the checks, which see all pages.

use url::Url;

use crate::diagnostic::{Code, Finding};
use crate::parse::definition::{Form, Key, optional};
use crate::parse::fields::Fields;
use crate::site_path::SitePath;
use crate::text::{Span, Spanned};

/// A former address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The address below the site's root, as written: `old/name/` or `old/name.html`.
    pub address: String,
    /// The file of the redirect page.
    pub file: SitePath,
    /// Where it is written.
    pub span: Span,
}

/// The top folders that certalog fills itself.
const OWN_FOLDERS: [&str; 2] = ["static", "api"];

/// The key that every record with a page has.
pub(super) const fn aliases() -> Key {
    let says = "Former addresses of its page below the site's root; each leads on to the page.";
    optional("aliases", Form::FormerAddresses, says).such_as(r#"["products/old-name/"]"#)
}

/// The former addresses of a record.
pub fn read_aliases(fields: &mut Fields<'_, '_>) -> Vec<Alias> {
    let written = fields.texts("aliases");
    let mut aliases = Vec::with_capacity(written.len());
    for address in written {
        match alias(&address) {
            Ok(alias) => aliases.push(alias),
            Err(finding) => fields.report(finding),
        }
    }
    aliases
}

fn alias(written: &Spanned<String>) -> Result<Alias, Finding> {
    let Spanned { value: address, span } = written;
    let refuse = |why: &str| {
        Finding::new(Code::InvalidAlias, *span, format!("`{address}` cannot be a former address: {why}"))
    };
    if Url::parse(address).is_ok() || address.starts_with("//") {
        let help = "write what stands below this site's root, such as `certifications/old-name/`";
        return Err(refuse("it is the whole address of a site").help(help));
    }
    if let Some(rest) = address.strip_prefix('/') {
        let help = "write it as it stands below the site's root";
        return Err(refuse("it starts with a slash").help(help).rewrite_as(format!("\"{rest}\"")));
    }
    // What is more than a path in an address, and what lists of redirects read as a pattern.
    if let Some(bad) =
        address.chars().find(|letter| !letter.is_ascii_alphanumeric() && !"-._~/+,@".contains(*letter))
    {
        let help = "a former address has ASCII letters, digits, `-`, `.`, `_` and `/`";
        return Err(refuse(&format!("`{bad}` cannot stand in it")).help(help));
    }
    let is_page = [".html", ".htm"].iter().any(|ending| address.ends_with(ending));
    if !address.ends_with('/') && !is_page {
        let help = "a static site can redirect from `old/` and from `old.html`, and from nothing else";
        return Err(refuse("it ends neither with `/` nor with `.html`")
            .help(help)
            .replace_with(format!("\"{address}/\"")));
    }
    let file = if is_page { address.clone() } else { format!("{address}index.html") };
    let file = SitePath::new(&file).map_err(|refusal| refuse(&refusal.to_string()))?;
    let top = file.folded();
    let top = top.split('/').next().unwrap_or_default();
    if OWN_FOLDERS.contains(&top) {
        return Err(refuse(&format!("certalog fills the folder `{top}` itself")));
    }
    Ok(Alias { address: address.clone(), file, span: *span })
}
