//! The catalogue that `certalog init` writes: a small invented one that builds and explains itself.
//!
//! The files stand in `src/starter/` as they are written, so that tests can read and build them.
//! They are compiled into the program; nothing is fetched and nothing is filled in.

pub mod hosts;

macro_rules! files {
    ($($path:literal)*) => { &[$(($path, include_str!(concat!("starter/", $path))),)*] };
}

/// Every file of the starting catalogue, by its path, without `.gitignore`.
pub const FILES: &[(&str, &str)] = files! {
    "README.md"
    "site.toml"
    "content/index.md"
    "content/pages/about.md"
    "content/notices/self-assessment.md"
    "content/organizations/example-networks.toml"
    "content/frameworks/service-map/framework.toml"
    "content/frameworks/service-map/elements/customer/customer-care.md"
    "content/frameworks/service-map/elements/customer/answer-enquiry.md"
    "content/frameworks/service-map/elements/customer/record-contact.md"
    "content/frameworks/service-map/elements/customer/resolve-complaint.md"
    "content/frameworks/service-map/elements/service.toml"
    "content/certifications/example-care-desk-3.2/certification.md"
};

/// What git is told to leave alone. The file has another name here, because git would obey it in this repository too.
pub const GITIGNORE: (&str, &str) = (".gitignore", include_str!("starter/gitignore"));
