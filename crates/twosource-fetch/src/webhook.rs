//! Messages to a webhook: sent within the same limits, and to no other networks, than pages are asked for.

use std::sync::Arc;

use url::Url;

use crate::ask::address;
use crate::client::Client;
use crate::failure::Failure;
use crate::retry::retry_after;
use crate::run::Edge;
use crate::settings::Settings;

/// One message.
#[derive(Debug, Clone, Copy)]
pub struct Message<'m> {
    /// Where to.
    pub url: &'m str,
    /// Fields beside length and type.
    pub fields: &'m [(&'m str, &'m str)],
    /// A JSON object.
    pub body: &'m [u8],
}

/// Sends a message; any answer of success will do. Where trying again may help it is tried again, with the waits between
/// attempts that the settings name, or those that the server asks for as long as they are no longer. Redirects are not
/// followed: whoever receives what is new here was named by a person.
///
/// # Errors
/// When the message did not get through.
pub fn post(message: Message<'_>, settings: &Settings, edge: &Edge<'_>) -> Result<(), Failure> {
    let url = Url::parse(message.url)
        .map_err(|error| error.to_string())
        .and_then(address)
        .map_err(|reason| Failure::Address { reason })?;
    let client = Client::new(
        &settings.user_agent,
        settings.limits,
        Arc::clone(&edge.names),
        &settings.allowed,
    );
    let mut attempts = 0;
    loop {
        let (failure, asked) = match client.post(&url, message.fields, message.body) {
            Ok(answer) if (200..300).contains(&answer.status) => return Ok(()),
            Ok(answer) => {
                let asked = answer
                    .field("retry-after")
                    .and_then(|value| retry_after(value, edge.clock.now()));
                let status = answer.status;
                (Failure::Status { status }, asked)
            }
            Err(failure) => (failure, None),
        };
        attempts += 1;
        let wait = asked.unwrap_or_else(|| settings.retry.wait(attempts, url.as_str()));
        if !failure.is_temporary() || attempts >= settings.attempts || wait > settings.retry.most {
            return Err(failure);
        }
        edge.clock.sleep(wait);
    }
}
