//! One request and its answer, within limits.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use crate::address::Network;
use crate::body::{Bounds, Rooms, read_body};
use crate::failure::Failure;
use crate::resolve::{CheckedNames, Resolve};

/// What one request may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a body, as they come over the wire.
    pub body_bytes: u64,
    /// Bytes of a body, decompressed.
    pub unfolded_bytes: u64,
    /// From resolving the name to the last byte.
    pub time: Duration,
    /// Until the connection stands, with TLS.
    pub connect_time: Duration,
    /// Times that an address is sent on.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 16 << 20,
            unfolded_bytes: 16 << 20,
            time: Duration::from_secs(30),
            connect_time: Duration::from_secs(10),
            redirects: 10,
        }
    }
}

/// What an earlier answer said about itself, for asking whether it still holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Validators {
    /// `ETag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// `Last-Modified`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Code.
    pub status: u16,
    /// Fields, names in small letters.
    pub fields: Vec<(String, String)>,
    /// Body of a success, unfolded; empty else.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first field of that name (in small letters).
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// Media type without parameters, in small letters.
    #[must_use]
    pub fn media_type(&self) -> String {
        let value = self.field("content-type").unwrap_or_default();
        value
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    }

    /// The charset of the media type.
    #[must_use]
    pub fn charset(&self) -> Option<String> {
        let parameters = self.field("content-type")?.split(';').skip(1);
        parameters
            .filter_map(|parameter| parameter.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
            .map(|(_, value)| value.trim().trim_matches(['"', '\'']).to_owned())
            .filter(|value| !value.is_empty())
    }

    /// What the answer says about itself.
    #[must_use]
    pub fn validators(&self) -> Validators {
        let short = |name| {
            self.field(name)
                .filter(|value| value.len() <= MOST_VALIDATOR)
                .map(str::to_owned)
        };
        Validators {
            etag: short("etag"),
            last_modified: short("last-modified"),
        }
    }
}

/// Bytes of a validator that is kept.
const MOST_VALIDATOR: usize = 1024;

/// Asks for addresses, one request at a time and thread, following no redirect.
pub(crate) struct Client {
    agent: Agent,
    limits: Limits,
    rooms: Rooms,
}

/// Large bodies in memory at once.
const ROOMS: usize = 4;

impl Client {
    pub fn new(user_agent: &str, limits: Limits, names: Arc<dyn Resolve>, allowed: &[Network]) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent(user_agent)
            .accept("text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5")
            .accept_encoding("gzip, deflate")
            .timeout_global(Some(limits.time))
            .timeout_connect(Some(limits.connect_time))
            .max_response_header_size(MOST_HEAD)
            .build();
        let names = CheckedNames {
            names,
            allowed: allowed.to_vec(),
        };
        Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), names),
            limits,
            rooms: Rooms::new(ROOMS),
        }
    }

    /// Asks for `url`. Any status is an answer. Of a body, `cut` bytes are read where that is given, and the rest let go.
    pub fn get(&self, url: &Url, validators: &Validators, cut: Option<u64>) -> Result<Answer, Failure> {
        let mut request = self.agent.get(url.as_str());
        if let Some(etag) = &validators.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(date) = &validators.last_modified {
            request = request.header("If-Modified-Since", date);
        }
        let mut response = request.call().map_err(|error| self.failure(error))?;
        let mut answer = head_of(&response);
        if answer.status == 200 {
            let bounds = Bounds {
                packed: self.limits.body_bytes,
                unfolded: self.limits.unfolded_bytes,
                cut,
            };
            let coding = answer.field("content-encoding").unwrap_or_default();
            let reader = response.body_mut().as_reader();
            answer.body = read_body(reader, coding, bounds, &self.rooms, |error| {
                self.read_failure(error)
            })?;
        }
        Ok(answer)
    }

    /// Sends `body`, which is JSON. Any status is an answer; what stands in it is not read.
    pub fn post(&self, url: &Url, fields: &[(&str, &str)], body: &[u8]) -> Result<Answer, Failure> {
        let mut request = self
            .agent
            .post(url.as_str())
            .header("Content-Type", "application/json; charset=utf-8");
        for (name, value) in fields {
            request = request.header(*name, *value);
        }
        let response = request.send(body).map_err(|error| self.failure(error))?;
        Ok(head_of(&response))
    }

    fn read_failure(&self, error: io::Error) -> Failure {
        match error.downcast::<ureq::Error>() {
            Ok(error) => self.failure(error),
            Err(error) => Failure::Connection {
                reason: error.to_string(),
            },
        }
    }

    fn failure(&self, error: ureq::Error) -> Failure {
        match error {
            ureq::Error::Other(other) => match other.downcast::<Failure>() {
                Ok(failure) => *failure,
                Err(other) => Failure::Connection {
                    reason: other.to_string(),
                },
            },
            ureq::Error::Timeout(stage) => Failure::Timeout {
                stage: stage.to_string(),
                limit: self.limits.time,
            },
            ureq::Error::BadUri(reason) => Failure::Address { reason },
            ureq::Error::Io(error) => self.of_io(error),
            error => Failure::Connection {
                reason: error.to_string(),
            },
        }
    }

    fn of_io(&self, error: io::Error) -> Failure {
        if error.kind() == io::ErrorKind::TimedOut {
            return Failure::Timeout {
                stage: error.to_string(),
                limit: self.limits.time,
            };
        }
        Failure::Connection {
            reason: error.to_string(),
        }
    }
}

/// Status and fields of an answer.
fn head_of<B>(response: &ureq::http::Response<B>) -> Answer {
    let fields = response.headers().iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).trim().to_owned();
        (name.as_str().to_ascii_lowercase(), value)
    });
    Answer {
        status: response.status().as_u16(),
        fields: fields.collect(),
        body: Vec::new(),
    }
}

/// Bytes of the fields of an answer.
const MOST_HEAD: usize = 64 << 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_media_type_is_taken_apart() {
        let answer = |value: &str| Answer {
            fields: vec![("content-type".to_owned(), value.to_owned())],
            ..Answer::default()
        };
        assert_eq!(
            answer("Text/HTML; x=1; Charset=\"UTF-8\"").charset().as_deref(),
            Some("UTF-8")
        );
        assert_eq!(answer("Text/HTML; x").media_type(), "text/html");
        assert_eq!(answer("text/html; charset=").charset(), None);
    }
}
