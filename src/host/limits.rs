//! What hosts take at most, against what there is.
//!
//! In come a host and the measures of a site, out go warnings for the terminal.
//! The figures are those that the hosts' own pages gave on 2026-11-26; whoever pays, or runs a host of their own, may have others.

use super::{Host, Measured};

const MEBIBYTE: u64 = 1 << 20;
const GIGABYTE: u64 = 1_000_000_000;

/// What a host takes.
struct Bounds {
    files: Option<usize>,
    in_folder: Option<usize>,
    bytes: Option<u64>,
    of_file: Option<u64>,
    redirects: Option<usize>,
}

const NONE: Bounds = Bounds { files: None, in_folder: None, bytes: None, of_file: None, redirects: None };

fn bounds(host: Host) -> Bounds {
    match host {
        Host::GitHub => Bounds { bytes: Some(GIGABYTE), ..NONE },
        Host::GitLab => Bounds { files: Some(200_000), bytes: Some(GIGABYTE), redirects: Some(1000), ..NONE },
        Host::Netlify => Bounds { in_folder: Some(54_000), ..NONE },
        Host::Cloudflare => {
            Bounds { files: Some(20_000), of_file: Some(25 * MEBIBYTE), redirects: Some(2000), ..NONE }
        }
        Host::S3 | Host::Nginx => NONE,
    }
}

/// What a host may refuse of a site.
pub(super) fn warnings(host: Host, measured: &Measured, redirects: usize) -> Vec<String> {
    let bounds = bounds(host);
    let name = host.name();
    let mut warnings = Vec::new();
    // GitLab counts folders like files; with as many files as it takes, there are folders too.
    let files = measured.files() + if host == Host::GitLab { measured.folders().len() } else { 0 };
    if let Some(most) = bounds.files.filter(|most| files > *most) {
        warnings.push(format!("{name} takes {most} files, and the site has {files}"));
    }
    if let Some(most) = bounds.in_folder {
        for (folder, files) in measured.folders().into_iter().filter(|(_, files)| *files > most) {
            warnings.push(format!("{name} takes {most} files in one folder, and `{folder}/` has {files}"));
        }
    }
    if let Some(most) = bounds.bytes.filter(|most| measured.bytes() > *most) {
        let (most, found) = (most / 1_000_000, measured.bytes() / 1_000_000);
        warnings.push(format!("{name} takes {most} MB, and the site has {found} MB"));
    }
    if let Some(most) = bounds.of_file {
        for (path, size) in measured.larger_than(most) {
            let (most, size) = (most / MEBIBYTE, size.div_ceil(MEBIBYTE));
            warnings.push(format!("{name} takes files of {most} MiB, and `{path}` has {size} MiB"));
        }
    }
    if let Some(most) = bounds.redirects.filter(|most| redirects > *most) {
        warnings.push(format!(
            "{name} reads {most} redirects, and the site has {redirects}; former addresses lead on by their pages all the same"
        ));
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(String, usize)]) -> Measured {
        let measured = Measured::default();
        for (path, size) in files {
            measured.note(path, *size);
        }
        measured
    }

    #[test]
    fn what_a_host_may_refuse_is_said_once_it_is_too_much() {
        let many = |count: usize| (0..count).map(|at| (format!("a/{at}"), 0)).collect::<Vec<_>>();
        let large = |size: u64| vec![("x.pdf".to_owned(), size as usize)];
        for (host, files, redirects, expected) in [
            (Host::Cloudflare, many(20_000), 2000, ""),
            (Host::Cloudflare, many(20_001), 0, "Cloudflare Pages takes 20000 files, and the site has 20001"),
            (Host::Cloudflare, large(25 * MEBIBYTE), 0, ""),
            (
                Host::Cloudflare,
                large(25 * MEBIBYTE + 1),
                0,
                "Cloudflare Pages takes files of 25 MiB, and `x.pdf` has 26 MiB",
            ),
            (
                Host::GitLab,
                many(1),
                1001,
                "GitLab Pages reads 1000 redirects, and the site has 1001; former addresses lead on by their pages all the same",
            ),
            (Host::Netlify, many(54_000), 9999, ""),
            (Host::Netlify, many(54_001), 0, "Netlify takes 54000 files in one folder, and `a/` has 54001"),
            (Host::GitHub, large(GIGABYTE), 9999, ""),
            (
                Host::GitHub,
                large(GIGABYTE + 1_000_000),
                0,
                "GitHub Pages takes 1000 MB, and the site has 1001 MB",
            ),
            (Host::Nginx, large(2 * GIGABYTE), 9999, ""),
        ] {
            assert_eq!(warnings(host, &site(&files), redirects).join("\n"), expected, "{host:?}");
        }
    }
}
