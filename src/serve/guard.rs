//! Who may ask: programs of this machine and pages of this preview, and no page of another site.
//!
//! In come the headers of a request, out goes nothing or why it is refused.
//! An address of the internet that was made to mean this machine is refused, because its name is not one of this machine's.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::header::{HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, StatusCode};

/// The names under which a preview answers.
#[derive(Clone, Debug)]
pub struct Names {
    /// The name or address that it was told to listen on.
    chosen: String,
    /// Whether it listens on every address of the machine.
    is_open: bool,
}

impl Names {
    /// The names of a preview that listens on `host`, which is `address`.
    pub fn new(host: &str, address: IpAddr) -> Self {
        let chosen = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
        Self { chosen, is_open: address.is_unspecified() }
    }

    /// Whether a request may be answered, or the status of the refusal.
    pub(super) fn check(&self, request: &Parts) -> Result<(), StatusCode> {
        let host = only(&request.headers, HOST.as_str())?.ok_or(StatusCode::BAD_REQUEST)?;
        let host: Authority = host.parse().map_err(|_| StatusCode::BAD_REQUEST)?;
        // what a request line names stands above the header
        let named = request.uri.authority().unwrap_or(&host);
        if !self.is_ours(&host) || !self.is_ours(named) {
            return Err(StatusCode::MISDIRECTED_REQUEST);
        }
        if let Some(origin) = only(&request.headers, ORIGIN.as_str())? {
            let is_same =
                origin.strip_prefix("http://").is_some_and(|from| from.eq_ignore_ascii_case(host.as_str()));
            if !is_same {
                return Err(StatusCode::FORBIDDEN);
            }
        }
        // another site may lead here with a link; it may not place what is here on its own pages
        let from_elsewhere = only(&request.headers, "sec-fetch-site")? == Some("cross-site");
        let is_link = only(&request.headers, "sec-fetch-mode")? == Some("navigate");
        if from_elsewhere && !is_link { Err(StatusCode::FORBIDDEN) } else { Ok(()) }
    }

    fn is_ours(&self, authority: &Authority) -> bool {
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
        let address: Option<IpAddr> = host.parse().ok();
        let is_loopback = address.is_some_and(|address| address.is_loopback() || is_mapped_loopback(address));
        let is_plain = !authority.as_str().contains('@');
        // no name leads to a bare address, so that one cannot be made to mean this machine
        let is_known = host == "localhost" || is_loopback || host == self.chosen;
        is_plain && (is_known || self.is_open && address.is_some())
    }
}

fn is_mapped_loopback(address: IpAddr) -> bool {
    matches!(address, IpAddr::V6(address) if address.to_ipv4_mapped().is_some_and(|address| address.is_loopback()) && address != Ipv6Addr::LOCALHOST)
}

/// The value of a header that may stand once.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, StatusCode> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().map(|value| value.to_str().map_err(|_| StatusCode::BAD_REQUEST)).transpose()?;
    if values.next().is_some() { Err(StatusCode::BAD_REQUEST) } else { Ok(value) }
}
