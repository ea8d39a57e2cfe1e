//! An object store that speaks the protocol of S3, over HTTP.
//!
//! In come the place in the store and what opens it, out go requests, each signed for a minute, and what the store answers.
//! A key is used to sign and never sent, no redirect is followed, and what is asked for again after a failure is what can be asked for twice.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusty_s3::{Credentials, S3Action, UrlStyle};
use ureq::http::{self, StatusCode};
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};
use url::Url;

use super::{Failed, Object, Store, list};
use crate::digest::digest;

/// How long a signed request may be used.
const VALID: Duration = Duration::from_mins(1);
/// How long a store may take to begin or go on with an answer.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often a request is made before its failure is told.
const TRIES: u32 = 4;
/// The largest answer that is read: a list of all files of a site.
const LARGEST: u64 = 256 << 20;

/// What opens a store, and where it is: as the variables say that the store's own tools read.
#[derive(Clone)]
pub struct Access {
    /// `AWS_ACCESS_KEY_ID`.
    pub key: String,
    /// `AWS_SECRET_ACCESS_KEY`.
    pub secret: String,
    /// `AWS_SESSION_TOKEN`, for keys that hold for some hours.
    pub token: Option<String>,
    /// `AWS_REGION`, else `AWS_DEFAULT_REGION`.
    pub region: Option<String>,
    /// `AWS_ENDPOINT_URL_S3`, else `AWS_ENDPOINT_URL`: the address of a store that is not Amazon's.
    pub endpoint: Option<String>,
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access")
            .field("region", &self.region)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

/// Why there is no store at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAddress {
    /// The target is not `s3://BUCKET` or `s3://BUCKET/FOLDER`.
    Target,
    /// The endpoint is no address.
    Endpoint,
}

/// A folder of a bucket.
pub struct Bucket {
    requests: rusty_s3::Bucket,
    credentials: Credentials,
    /// What every name begins with: nothing, or a folder with its slash.
    prefix: String,
    agent: ureq::Agent,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bucket").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl Bucket {
    /// The place that a target such as `s3://bucket/folder` names. Nothing is asked yet.
    pub fn new(target: &str, access: &Access) -> Result<Self, NoAddress> {
        let rest = target.strip_prefix("s3://").ok_or(NoAddress::Target)?;
        let (name, folder) = rest.split_once('/').unwrap_or((rest, ""));
        let folder = folder.trim_end_matches('/');
        let is_plain = |part: &str| {
            !matches!(part, "" | "." | "..")
                && !part.contains(['\\', '?', '#'])
                && !part.chars().any(char::is_control)
        };
        let is_name = (3..=63).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
            && !name.contains("..");
        if !is_name || !folder.is_empty() && !folder.split('/').all(is_plain) {
            return Err(NoAddress::Target);
        }
        let region = access.region.clone().unwrap_or_else(|| "us-east-1".to_owned());
        let (endpoint, style) = match &access.endpoint {
            Some(endpoint) => (endpoint.clone(), UrlStyle::Path),
            // certificates of Amazon's are for one label before the address of the store
            None if name.contains('.') => (format!("https://s3.{region}.amazonaws.com"), UrlStyle::Path),
            None => (format!("https://s3.{region}.amazonaws.com"), UrlStyle::VirtualHost),
        };
        let endpoint = Url::parse(&endpoint).map_err(|_| NoAddress::Endpoint)?;
        let requests = rusty_s3::Bucket::new(endpoint, style, name.to_owned(), region)
            .map_err(|_| NoAddress::Endpoint)?;
        let credentials = match &access.token {
            Some(token) => Credentials::new_with_token(&access.key, &access.secret, token),
            None => Credentials::new(&access.key, &access.secret),
        };
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        Ok(Self { requests, credentials, prefix, agent: agent() })
    }

    fn name(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// Makes a request, again where that may help, and reads the answer.
    fn ask(
        &self,
        doing: &str,
        make: impl Fn() -> http::Request<Vec<u8>>,
    ) -> Result<(StatusCode, Vec<u8>), Failed> {
        let mut wait = Duration::from_millis(500);
        let mut tries = 0;
        loop {
            tries += 1;
            let failed = match self.once(make()) {
                Ok((status, body))
                    if !status.is_server_error() && status != StatusCode::TOO_MANY_REQUESTS =>
                {
                    return Ok((status, body));
                }
                Ok((status, body)) => refused(doing, status, &body),
                Err(error) => Failed(format!("the store cannot be reached to {doing}: {error}")),
            };
            if tries == TRIES {
                return Err(failed);
            }
            std::thread::sleep(wait);
            wait *= 2;
        }
    }

    fn once(&self, request: http::Request<Vec<u8>>) -> Result<(StatusCode, Vec<u8>), ureq::Error> {
        let mut response = self.agent.run(request)?;
        let body = response.body_mut().with_config().limit(LARGEST).read_to_vec()?;
        Ok((response.status(), body))
    }

    fn page_of_list(&self, token: Option<&str>) -> Result<list::Page, Failed> {
        let doing = "list what is there";
        let (status, body) = self.ask(doing, || {
            let mut action = self.requests.list_objects_v2(Some(&self.credentials));
            action.with_prefix(self.prefix.as_str());
            if let Some(token) = token {
                action.with_continuation_token(token.to_owned());
            }
            request("GET", &action.sign(VALID), &[], Vec::new())
        })?;
        if status != StatusCode::OK {
            return Err(refused(doing, status, &body));
        }
        let page = std::str::from_utf8(&body).ok().and_then(list::read);
        page.ok_or_else(|| Failed("the store's list of objects cannot be read".to_owned()))
    }
}

impl Store for Bucket {
    fn list(&self) -> Result<BTreeMap<String, u64>, Failed> {
        let mut all = BTreeMap::new();
        let mut token = None;
        loop {
            let page = self.page_of_list(token.as_deref())?;
            let objects = page.objects.into_iter();
            let below =
                |(name, size): (String, u64)| Some((name.strip_prefix(&self.prefix)?.to_owned(), size));
            all.extend(objects.filter_map(below));
            match page.next {
                Some(next) => token = Some(next),
                None => return Ok(all),
            }
        }
    }

    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Failed> {
        let (doing, name) = (format!("read `{name}`"), self.name(name));
        let (status, body) = self.ask(&doing, || {
            let action = self.requests.get_object(Some(&self.credentials), &name);
            request("GET", &action.sign(VALID), &[], Vec::new())
        })?;
        match status {
            StatusCode::OK => Ok(Some(body)),
            // a bucket that is not there is no empty bucket
            StatusCode::NOT_FOUND if word(&body, "Code") != Some("NoSuchBucket") => Ok(None),
            _ => Err(refused(&doing, status, &body)),
        }
    }

    fn put(&self, name: &str, object: &Object<'_>) -> Result<(), Failed> {
        let (doing, name) = (format!("write `{name}`"), self.name(name));
        let checksum = STANDARD.encode(digest(object.bytes));
        let headers = [
            ("cache-control", object.caching),
            ("content-type", object.media_type),
            ("x-amz-checksum-sha256", checksum.as_str()),
        ];
        let (status, body) = self.ask(&doing, || {
            let mut action = self.requests.put_object(Some(&self.credentials), &name);
            for (name, value) in headers {
                action.headers_mut().insert(name, value);
            }
            request("PUT", &action.sign(VALID), &headers, object.bytes.to_vec())
        })?;
        if status.is_success() { Ok(()) } else { Err(refused(&doing, status, &body)) }
    }

    fn delete(&self, name: &str) -> Result<(), Failed> {
        let (doing, name) = (format!("delete `{name}`"), self.name(name));
        let (status, body) = self.ask(&doing, || {
            let action = self.requests.delete_object(Some(&self.credentials), &name);
            request("DELETE", &action.sign(VALID), &[], Vec::new())
        })?;
        let is_gone = status.is_success() || status == StatusCode::NOT_FOUND;
        if is_gone { Ok(()) } else { Err(refused(&doing, status, &body)) }
    }
}

fn request(method: &str, url: &Url, headers: &[(&str, &str)], body: Vec<u8>) -> http::Request<Vec<u8>> {
    let request = http::Request::builder().method(method).uri(url.as_str());
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    request.body(body).expect("a signed address and headers of this program's words make a request")
}

/// A client that believes the certificates that the machine believes.
fn agent() -> ureq::Agent {
    let roots: Vec<Certificate<'static>> = rustls_native_certs::load_native_certs()
        .certs
        .iter()
        .map(|root| Certificate::from_der(root).to_owned())
        .collect();
    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .root_certs(RootCerts::new_with_certs(&roots))
        .build();
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .allow_non_standard_methods(true)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_connect(Some(Duration::from_secs(20)))
        .timeout_per_read(Some(PATIENCE))
        .timeout_per_write(Some(PATIENCE))
        .timeout_recv_response(Some(PATIENCE))
        .user_agent(concat!("certalog/", env!("CARGO_PKG_VERSION")))
        .tls_config(tls)
        .build()
        .new_agent()
}

/// What a store says when it refuses.
fn refused(doing: &str, status: StatusCode, body: &[u8]) -> Failed {
    let why =
        [word(body, "Code"), word(body, "Message")].into_iter().flatten().collect::<Vec<_>>().join(": ");
    let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
    Failed(format!("the store refuses to {doing}: {}{why}", status.as_u16()))
}

/// The text of an element of a refusal.
fn word<'b>(body: &'b [u8], element: &str) -> Option<&'b str> {
    let body = std::str::from_utf8(body).ok()?;
    let rest = body.split_once(&format!("<{element}>"))?.1;
    rest.split_once('<').map(|(word, _)| word)
}
