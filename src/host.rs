//! What the hosts of static sites read, and the same site as each of them takes it best.
//!
//! In come a finished site and the name of a host, out goes the site with the host's own files, names that a browser may keep for ever, compressed forms, and what does not belong into the public folder.
//! No page says anything else than before, and nothing here knows a catalogue, the disk or a network.

mod redirects;
mod fingerprint;
mod headers;
mod compressed;
mod delivered;
mod limits;
mod nginx;

use std::sync::Arc;

use crate::build::Build;
use crate::route;
use crate::site::Site;
use crate::site_path::SitePath;
use delivered::{Delivered, Measured};
use fingerprint::Fingerprint;
use headers::Frames;
pub use headers::{Caching, caching};
use redirects::Redirects;

/// A host of static sites, or a program that is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// GitHub Pages.
    GitHub,
    /// GitLab Pages.
    GitLab,
    /// Netlify.
    Netlify,
    /// Cloudflare Pages.
    Cloudflare,
    /// An object store that answers over HTTP, such as S3.
    S3,
    /// A web server of one's own: nginx.
    Nginx,
}

impl Host {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::GitHub, Self::GitLab, Self::Netlify, Self::Cloudflare, Self::S3, Self::Nginx];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub Pages",
            Self::GitLab => "GitLab Pages",
            Self::Netlify => "Netlify",
            Self::Cloudflare => "Cloudflare Pages",
            Self::S3 => "S3",
            Self::Nginx => "nginx",
        }
    }

    /// Whether it sends the compressed form that stands beside a file.
    fn sends_compressed(self) -> bool {
        matches!(self, Self::GitLab | Self::Nginx)
    }

    /// Whether it reads `_redirects`.
    fn reads_redirects(self) -> bool {
        matches!(self, Self::GitLab | Self::Netlify | Self::Cloudflare)
    }

    /// Whether it reads `_headers`.
    fn reads_headers(self) -> bool {
        matches!(self, Self::Netlify | Self::Cloudflare)
    }
}

/// A site as one host takes it.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// For which.
    pub host: Host,
    /// The site.
    pub site: Site,
    /// A file that belongs to the host's settings and not to what it publishes: its name and its text.
    pub settings: Option<(&'static str, String)>,
    /// How much there is of the site, as far as it was made.
    measured: Arc<Measured>,
    redirects: usize,
}

impl Prepared {
    /// What the host may refuse of the site, once it is made.
    pub fn warnings(&self) -> Vec<String> {
        limits::warnings(self.host, &self.measured, self.redirects)
    }
}

/// Prepares the site of a build.
pub fn prepare(build: &Build, host: Host) -> Prepared {
    let base = build.base.as_str();
    let redirects = Redirects::of(&build.site);
    let fingerprint = fingerprint::of(&build.site);
    let folder = fingerprint.as_ref().map(Fingerprint::folder);
    // Where templates of a catalogue's own give pages another policy, each stands in its pages alone.
    let policy = |frames: Frames| headers::policy(build.policy.as_deref(), frames);
    // Rules of `_headers` add up and take nothing back: what one kind of page may, all may.
    let has_frames = build.site.files().any(|file| route::is_framed(file.path.as_str()));
    let everywhere = if has_frames { Frames::OfAnybody } else { Frames::OfNobody };
    let delivered = Delivered::new(&build.site, host, base, fingerprint);
    let measured = Arc::clone(&delivered.measured);
    let paths = delivered.paths();
    let mut site = Site::made_by(Arc::new(delivered), paths);
    let mut add = |path: &str, text: String| {
        if let Ok(path) = SitePath::new(path) {
            measured.note(path.as_str(), text.len());
            site.add(path, text.into_bytes());
        }
    };
    if host == Host::GitHub {
        add(".nojekyll", String::new());
    }
    if host.reads_headers() {
        add("_headers", headers::file(base, folder.as_deref(), &policy(everywhere)));
    }
    if host.reads_redirects() && !redirects.is_empty() {
        add(redirects::LIST, redirects.file());
    }
    let policies = (policy(Frames::OfNobody), has_frames.then(|| policy(Frames::OfAnybody)));
    let settings = (host == Host::Nginx)
        .then(|| ("nginx.conf", nginx::settings((base, &build.base_path()), &policies, &redirects)));
    Prepared { host, site, settings, measured, redirects: redirects.len() }
}
