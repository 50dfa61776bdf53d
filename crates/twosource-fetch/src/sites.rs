//! What sites say to robots: asked before anything else of theirs, and held for a day.

use std::collections::BTreeMap;

use jiff::Timestamp;
use twosource_model::ReuseSignal;
use url::Url;

use crate::ask::{Ask, What, path_of, site_of};
use crate::client::Answer;
use crate::clock::until;
use crate::failure::Failure;
use crate::robots::Rules;
use crate::settings::Settings;
use crate::state::{HostState, SiteState};
use crate::tdm;

/// How long an old `robots.txt` stands in for one that cannot be had (RFC 9309, section 2.3.1.4, names 30 days).
const STALE: std::time::Duration = std::time::Duration::from_secs(30 * 24 * 3600);

/// The sites of a run.
#[derive(Debug, Default)]
pub(crate) struct Sites {
    sites: BTreeMap<String, Site>,
}

/// One site.
#[derive(Debug, Default)]
struct Site {
    host: String,
    known: SiteState,
    rules: Knowledge,
    reservations: Knowledge,
    /// What waits for its rules.
    parked: Vec<Ask>,
    failure: Option<Failure>,
}

/// How far something is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Knowledge {
    #[default]
    Unknown,
    Asked,
    Known,
}

/// What may be done with an address.
#[derive(Debug)]
pub(crate) enum Clearance {
    /// It may be asked for.
    Ask(Ask),
    /// This is to be asked of the same host first; the address waits.
    First(Ask),
    /// It waits for something that is under way.
    Parked,
    /// It must not be asked for.
    Refused(Ask, Failure),
}

impl Sites {
    /// Takes over what is known of a host's sites.
    pub fn remember(&mut self, host: &str, state: HostState, settings: &Settings, now: Timestamp) {
        for (name, known) in state.sites {
            let fresh = known
                .read_at
                .is_some_and(|at| until(at, now) < settings.keep_rules);
            let knowledge = |known: bool| {
                if known {
                    Knowledge::Known
                } else {
                    Knowledge::Unknown
                }
            };
            self.sites.entry(name).or_insert_with(|| Site {
                host: host.to_owned(),
                rules: knowledge(fresh),
                reservations: knowledge(fresh && known.reservations.is_some()),
                known,
                ..Site::default()
            });
        }
    }

    /// Whether `ask`, whose turn has come, may be asked for now.
    pub fn clear(&mut self, host: &str, ask: Ask, settings: &Settings) -> Clearance {
        let is_page = match &ask.what {
            What::Rules { .. } | What::Reservations { .. } => return Clearance::Ask(ask),
            What::Page(_) => true,
            What::Source { .. } => false,
        };
        let name = site_of(&ask.url);
        let site = self.sites.entry(name.clone()).or_default();
        if site.host.is_empty() {
            host.clone_into(&mut site.host);
        }
        match site.rules {
            Knowledge::Known => {}
            Knowledge::Asked => {
                site.parked.push(ask);
                return Clearance::Parked;
            }
            Knowledge::Unknown => {
                let Ok(url) = ask.url.join("/robots.txt") else {
                    let reason = "the site has no robots.txt".to_owned();
                    return Clearance::Refused(ask, Failure::Address { reason });
                };
                site.rules = Knowledge::Asked;
                site.parked.push(ask);
                return Clearance::First(Ask::new(url, What::Rules { site: name }));
            }
        }
        if let Some(failure) = &site.failure {
            let failure = failure.clone();
            return Clearance::Refused(ask, failure);
        }
        if let Some(rule) = site.known.rules.refusal(&path_of(&ask.url)) {
            let host = host.to_owned();
            return Clearance::Refused(ask, Failure::Excluded { host, rule });
        }
        if !is_page || !settings.ask_reservations {
            return Clearance::Ask(ask);
        }
        match site.reservations {
            Knowledge::Known => Clearance::Ask(ask),
            Knowledge::Asked => {
                site.parked.push(ask);
                Clearance::Parked
            }
            Knowledge::Unknown => match ask.url.join("/.well-known/tdmrep.json") {
                Ok(url) => {
                    site.reservations = Knowledge::Asked;
                    site.parked.push(ask);
                    Clearance::First(Ask::new(url, What::Reservations { site: name }))
                }
                Err(_) => Clearance::Ask(ask),
            },
        }
    }

    /// Takes in what came of a site's `robots.txt`; gives what waited for it, with the delay that the file asks for and the
    /// host that it speaks for.
    pub fn take_rules(
        &mut self,
        site: &str,
        outcome: Result<Answer, Failure>,
        settings: &Settings,
        now: Timestamp,
    ) -> Freed {
        let Some(site) = self.sites.get_mut(site) else {
            return Freed::default();
        };
        site.rules = Knowledge::Known;
        let failure = match outcome {
            Ok(answer) if answer.status == 200 => {
                site.known.rules = Rules::parse(&answer.body, &settings.robot);
                None
            }
            // a site that asks us to slow down has not said that it has no rules
            Ok(answer) if answer.status == 429 || answer.status >= 500 => Some(Failure::Status {
                status: answer.status,
            }),
            // unavailable: anything may be asked for (section 2.3.1.3)
            Ok(_)
            | Err(
                Failure::RedirectLoop { .. } | Failure::TooManyRedirects { .. } | Failure::Redirect { .. },
            ) => {
                site.known.rules = Rules::default();
                None
            }
            Err(failure) => Some(failure),
        };
        site.failure = match failure {
            None => {
                site.known.read_at = Some(now);
                site.known.unreachable = None;
                None
            }
            Some(_) if site.known.read_at.is_some_and(|at| until(at, now) < STALE) => None,
            Some(failure) => {
                site.known.unreachable = Some(failure.to_string());
                site.known.read_at = None;
                Some(match failure {
                    Failure::Private { .. } | Failure::Unresolved { .. } | Failure::Address { .. } => failure,
                    Failure::AskedToWait { .. } | Failure::NotItsTurn { .. } => failure,
                    failure => Failure::RobotsUnreachable {
                        host: site.host.clone(),
                        reason: failure.to_string(),
                    },
                })
            }
        };
        site.freed()
    }

    /// Takes in what came of a site's `tdmrep.json`; gives what waited for it.
    pub fn take_reservations(&mut self, site: &str, outcome: Result<Answer, Failure>) -> Freed {
        let Some(site) = self.sites.get_mut(site) else {
            return Freed::default();
        };
        site.reservations = Knowledge::Known;
        site.known.reservations = Some(match outcome {
            Ok(answer) if answer.status == 200 => tdm::read(&answer.body),
            _ => Vec::new(),
        });
        site.freed()
    }

    /// What the site of `url` says about reuse of it.
    pub fn reuse(&self, url: &Url) -> Vec<ReuseSignal> {
        let Some(site) = self.sites.get(&site_of(url)) else {
            return Vec::new();
        };
        let of_robots = site.known.rules.reuse.iter().map(|(key, value)| ReuseSignal {
            source: format!("robots.txt {key}"),
            value: value.clone(),
        });
        of_robots
            .chain(tdm::signals(
                site.known.reservations.as_deref().unwrap_or_default(),
                &path_of(url),
            ))
            .collect()
    }

    /// What is known of each host's sites.
    pub fn by_host(&self) -> BTreeMap<&str, BTreeMap<String, SiteState>> {
        let mut hosts: BTreeMap<&str, BTreeMap<String, SiteState>> = BTreeMap::new();
        for (name, site) in &self.sites {
            hosts
                .entry(&site.host)
                .or_default()
                .insert(name.clone(), site.known.clone());
        }
        hosts
    }
}

/// What a site's answer sets free.
#[derive(Debug, Default)]
pub(crate) struct Freed {
    pub host: String,
    pub delay: Option<std::time::Duration>,
    pub asks: Vec<Ask>,
}

impl Site {
    fn freed(&mut self) -> Freed {
        Freed {
            host: self.host.clone(),
            delay: self.known.rules.delay(),
            asks: std::mem::take(&mut self.parked),
        }
    }
}
