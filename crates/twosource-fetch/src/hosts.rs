//! Whose turn it is: one request at a time to a host, with a gap behind it.
//!
//! Pure bookkeeping over times that are passed in. A host is busy, or free from some time on; the host that is free
//! longest and has something to ask comes first.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use jiff::Timestamp;

use crate::clock::later;

/// Hosts with what is to be asked of them.
#[derive(Debug)]
pub(crate) struct Hosts<J> {
    hosts: BTreeMap<String, Host<J>>,
    /// Hosts that are not busy and have something to be asked, by the time from which they may be.
    ready: BTreeSet<(Timestamp, String)>,
    /// What waits by itself for a time, such as a second attempt.
    delayed: BTreeMap<(Timestamp, u64), (String, J)>,
    number: u64,
    gap: Duration,
}

#[derive(Debug)]
struct Host<J> {
    queue: VecDeque<J>,
    busy: bool,
    free_at: Timestamp,
    gap: Duration,
}

/// What to do next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Turn<J> {
    /// Ask this of the host, which is busy from now on.
    Ask(String, J),
    /// Nothing before that time.
    Wait(Timestamp),
    /// Nothing until a request that is under way has ended.
    Busy,
    /// Nothing at all.
    Done,
}

impl<J> Hosts<J> {
    /// No hosts; at least `gap` between two requests to any.
    pub fn new(gap: Duration) -> Self {
        Self {
            hosts: BTreeMap::new(),
            ready: BTreeSet::new(),
            delayed: BTreeMap::new(),
            number: 0,
            gap,
        }
    }

    /// Whether the host is known already.
    pub fn knows(&self, host: &str) -> bool {
        self.hosts.contains_key(host)
    }

    /// Makes a host known, which was asked last so that it is free from `free_at` on.
    pub fn meet(&mut self, host: &str, free_at: Timestamp) {
        let gap = self.gap;
        self.hosts.entry(host.to_owned()).or_insert_with(|| Host {
            queue: VecDeque::new(),
            busy: false,
            free_at,
            gap,
        });
    }

    /// Adds something to be asked of a host; at the head of its queue when it is `urgent`.
    pub fn add(&mut self, host: &str, job: J, urgent: bool) {
        self.meet(host, Timestamp::MIN);
        let Some(known) = self.hosts.get_mut(host) else {
            return;
        };
        if urgent {
            known.queue.push_front(job);
        } else {
            known.queue.push_back(job);
        }
        if !known.busy {
            self.ready.insert((known.free_at, host.to_owned()));
        }
    }

    /// Adds something to be asked of a host not before a time.
    pub fn add_later(&mut self, host: &str, job: J, at: Timestamp) {
        self.number += 1;
        self.delayed.insert((at, self.number), (host.to_owned(), job));
    }

    /// The next turn at the time `now`.
    pub fn next(&mut self, now: Timestamp) -> Turn<J> {
        while let Some(entry) = self.delayed.first_entry()
            && entry.key().0 <= now
        {
            let (host, job) = entry.remove();
            self.add(&host, job, true);
        }
        let delayed = self.delayed.first_key_value().map(|((at, _), _)| *at);
        let Some((free_at, host)) = self.ready.first().cloned() else {
            return match delayed {
                Some(at) => Turn::Wait(at),
                None if self.hosts.values().any(|host| host.busy) => Turn::Busy,
                None => Turn::Done,
            };
        };
        if free_at > now {
            return Turn::Wait(delayed.map_or(free_at, |at| at.min(free_at)));
        }
        self.ready.pop_first();
        let known = self.hosts.get_mut(&host);
        match known.and_then(|known| {
            known.busy = true;
            known.queue.pop_front()
        }) {
            Some(job) => Turn::Ask(host, job),
            None => Turn::Done,
        }
    }

    /// A request to the host has ended: it is free a gap later.
    pub fn done(&mut self, host: &str, now: Timestamp) {
        if let Some(known) = self.hosts.get_mut(host) {
            known.free_at = known.free_at.max(later(now, known.gap));
        }
        self.give_back(host);
    }

    /// The host was not asked after all.
    pub fn give_back(&mut self, host: &str) {
        if let Some(known) = self.hosts.get_mut(host) {
            known.busy = false;
            if !known.queue.is_empty() {
                self.ready.insert((known.free_at, host.to_owned()));
            }
        }
    }

    /// The host wants a gap of its own: the longest that it named counts, and never less than ours. It counts from the last
    /// request on.
    pub fn widen(&mut self, host: &str, gap: Duration) {
        let Some(known) = self.hosts.get_mut(host) else {
            return;
        };
        let more = gap.saturating_sub(known.gap);
        known.gap += more;
        if known.free_at > Timestamp::MIN {
            let at = later(known.free_at, more);
            self.hold(host, at);
        }
    }

    /// The host is not to be asked before `at`.
    pub fn hold(&mut self, host: &str, at: Timestamp) {
        let Some(known) = self.hosts.get_mut(host) else {
            return;
        };
        let was = known.free_at;
        known.free_at = was.max(at);
        if self.ready.remove(&(was, host.to_owned())) {
            self.ready.insert((known.free_at, host.to_owned()));
        }
    }

    /// Takes away all that is to be asked of hosts that are free only after `end`.
    pub fn take_beyond(&mut self, end: Timestamp) -> Vec<(String, Timestamp, J)> {
        let mut taken = Vec::new();
        while let Some((free_at, host)) = self.ready.last().cloned()
            && free_at > end
        {
            self.ready.pop_last();
            if let Some(known) = self.hosts.get_mut(&host) {
                taken.extend(known.queue.drain(..).map(|job| (host.clone(), free_at, job)));
            }
        }
        let beyond: Vec<_> = self
            .delayed
            .range((end, u64::MAX)..)
            .map(|(key, _)| *key)
            .collect();
        for key in beyond {
            if let Some((host, job)) = self.delayed.remove(&key) {
                taken.push((host, key.0, job));
            }
        }
        taken
    }

    /// From when on each host may be asked.
    pub fn free_times(&self) -> impl Iterator<Item = (&str, Timestamp)> {
        self.hosts
            .iter()
            .map(|(name, host)| (name.as_str(), host.free_at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn one_at_a_time_with_a_gap() {
        let mut hosts = Hosts::new(Duration::from_secs(2));
        for job in [1, 2, 3] {
            hosts.add("a", job, false);
        }
        hosts.add("b", 9, false);
        assert_eq!(hosts.next(at(0)), Turn::Ask("a".to_owned(), 1));
        assert_eq!(hosts.next(at(0)), Turn::Ask("b".to_owned(), 9));
        assert_eq!(hosts.next(at(0)), Turn::Busy);
        hosts.done("a", at(1));
        assert_eq!(hosts.next(at(1)), Turn::Wait(at(3)));
        assert_eq!(hosts.next(at(3)), Turn::Ask("a".to_owned(), 2));
        hosts.widen("a", Duration::from_secs(10));
        hosts.done("a", at(4));
        assert_eq!(hosts.next(at(4)), Turn::Wait(at(14)));
        hosts.done("b", at(4));
        assert_eq!(hosts.next(at(14)), Turn::Ask("a".to_owned(), 3));
        hosts.hold("a", at(100));
        hosts.add("a", 4, false);
        hosts.done("a", at(15));
        assert_eq!(hosts.next(at(20)), Turn::Wait(at(100)));
        assert_eq!(hosts.take_beyond(at(50)), [("a".to_owned(), at(100), 4)]);
        assert_eq!(hosts.next(at(20)), Turn::Done);
    }

    #[test]
    fn a_host_that_is_free_already_is_held_too() {
        let mut hosts = Hosts::new(Duration::from_secs(2));
        hosts.add("a", 1, false);
        hosts.add("a", 2, false);
        hosts.add("a", 3, false);
        assert_eq!(hosts.next(at(0)), Turn::Ask("a".to_owned(), 1));
        hosts.done("a", at(1));
        hosts.hold("a", at(50));
        assert_eq!(hosts.next(at(10)), Turn::Wait(at(50)));
        assert_eq!(hosts.next(at(50)), Turn::Ask("a".to_owned(), 2));
        hosts.done("a", at(51));
        hosts.widen("a", Duration::from_secs(10));
        assert_eq!(hosts.next(at(53)), Turn::Wait(at(61)));
    }

    #[test]
    fn what_waits_comes_when_it_is_due() {
        let mut hosts = Hosts::new(Duration::ZERO);
        hosts.add_later("a", 1, at(5));
        hosts.add_later("a", 2, at(50));
        assert_eq!(hosts.next(at(0)), Turn::Wait(at(5)));
        assert_eq!(hosts.next(at(5)), Turn::Ask("a".to_owned(), 1));
        assert_eq!(hosts.take_beyond(at(49)).len(), 1);
        hosts.done("a", at(6));
        assert_eq!(hosts.next(at(6)), Turn::<i32>::Done);
    }
}
