//! Names to addresses, and only to those that may be asked.

use std::fmt::Debug;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::{Arc, mpsc};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::address::{Network, is_public};
use crate::failure::Failure;

/// Resolves names. The system's way is [`SystemNames`]; tests have names of their own.
pub trait Resolve: Debug + Send + Sync {
    /// The addresses of a host, which may be an address itself.
    ///
    /// # Errors
    /// When there are none.
    fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;
}

/// Names as the system resolves them.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemNames;

impl Resolve for SystemNames {
    fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        (host, port).to_socket_addrs().map(Iterator::collect)
    }
}

/// Addresses kept of one name.
const MOST_ADDRESSES: usize = 16;

/// Resolves, checks, and hands on only what passed: the client connects to these addresses and to no others, so that a
/// name cannot change its mind between check and connection.
#[derive(Debug)]
pub(crate) struct CheckedNames {
    pub names: Arc<dyn Resolve>,
    /// Networks that may be asked although they are not public.
    pub allowed: Vec<Network>,
}

impl CheckedNames {
    fn check(&self, host: &str, found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, Failure> {
        let may = |address: &SocketAddr| {
            is_public(address.ip()) || self.allowed.iter().any(|network| network.contains(address.ip()))
        };
        let closed = found.iter().find(|address| !may(address)).copied();
        let open: Vec<SocketAddr> = found.into_iter().filter(may).take(MOST_ADDRESSES).collect();
        match (open.is_empty(), closed) {
            (false, _) => Ok(open),
            (true, Some(closed)) => Err(Failure::Private {
                host: host.to_owned(),
                address: closed.ip(),
            }),
            (true, None) => Err(Failure::Unresolved {
                host: host.to_owned(),
                reason: "it has no address".to_owned(),
            }),
        }
    }
}

impl Resolver for CheckedNames {
    fn resolve(
        &self,
        uri: &Uri,
        _: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let port = uri.port_u16().unwrap_or(match uri.scheme_str() {
            Some("https") => 443,
            _ => 80,
        });
        // the system's resolver knows no limit of time: it is asked on a thread that may be left behind
        let (answer, answers) = mpsc::sync_channel(1);
        let (names, asked) = (Arc::clone(&self.names), host.clone());
        std::thread::spawn(move || answer.send(names.resolve(&asked, port)).ok());
        let found = match answers.recv_timeout(*timeout.after) {
            Ok(Ok(found)) => found,
            Ok(Err(error)) => {
                return Err(other(Failure::Unresolved {
                    host,
                    reason: error.to_string(),
                }));
            }
            Err(_) => return Err(ureq::Error::Timeout(ureq::Timeout::Resolve)),
        };
        let mut resolved = self.empty();
        for address in self.check(&host, found).map_err(other)? {
            resolved.push(address);
        }
        Ok(resolved)
    }
}

fn other(failure: Failure) -> ureq::Error {
    ureq::Error::Other(Box::new(failure))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_left_out() {
        let names = |allowed: &[&str]| CheckedNames {
            names: Arc::new(SystemNames),
            allowed: allowed.iter().map(|network| network.parse().unwrap()).collect(),
        };
        let found = |list: &[&str]| {
            list.iter()
                .map(|a| a.parse().unwrap())
                .collect::<Vec<SocketAddr>>()
        };
        let both = found(&["10.0.0.1:80", "1.1.1.1:80"]);
        assert_eq!(
            names(&[]).check("h", both.clone()).unwrap(),
            found(&["1.1.1.1:80"])
        );
        assert_eq!(
            names(&["10.0.0.0/8", "127.0.0.0/8"])
                .check("h", both)
                .unwrap()
                .len(),
            2
        );
        let mapped = found(&["[::ffff:127.0.0.1]:80"]);
        assert!(matches!(
            names(&[]).check("h", mapped),
            Err(Failure::Private { .. })
        ));
        assert!(matches!(
            names(&["10.0.0.0/8", "127.0.0.0/8"]).check("h", Vec::new()),
            Err(Failure::Unresolved { .. })
        ));
    }
}
