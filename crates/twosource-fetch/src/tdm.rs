//! `/.well-known/tdmrep.json`: what a site says about mining its texts (TDM Reservation Protocol, W3C community group
//! report of 2024-05-10).

use serde_json::Value;
use twosource_model::ReuseSignal;

use crate::robots::pattern_matches;
use crate::state::Reservation;

/// Rules of one file that are kept at most.
const MOST_RULES: usize = 256;
/// Bytes of one string that are kept at most.
const MOST_WORDS: usize = 512;

/// The rules of a file; none when it is not one.
pub(crate) fn read(file: &[u8]) -> Vec<Reservation> {
    let Ok(Value::Array(rules)) = serde_json::from_slice(file) else {
        return Vec::new();
    };
    rules
        .iter()
        .take(MOST_RULES)
        .filter_map(|rule| {
            let location = rule["location"]
                .as_str()
                .filter(|location| location.len() <= MOST_WORDS)?;
            let signal = |name: &str| {
                let value = match &rule[name] {
                    Value::String(value) if value.len() <= MOST_WORDS => value.clone(),
                    Value::Number(value) => value.to_string(),
                    _ => return None,
                };
                Some(ReuseSignal {
                    source: format!("tdmrep.json {name}"),
                    value,
                })
            };
            Some(Reservation {
                location: location.to_owned(),
                signals: ["tdm-reservation", "tdm-policy"]
                    .into_iter()
                    .filter_map(signal)
                    .collect(),
            })
        })
        .collect()
}

/// What the rules say of a path: the first that matches.
pub(crate) fn signals(rules: &[Reservation], path: &str) -> Vec<ReuseSignal> {
    rules
        .iter()
        .find(|rule| pattern_matches(&rule.location, path))
        .map(|rule| rule.signals.clone())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rule_that_matches_speaks() {
        let file = br#"[{"location":"/free/","tdm-reservation":0},{"location":"*","tdm-reservation":1,"tdm-policy":"https://a.example/p"},{"x":1}]"#;
        let rules = read(file);
        let said =
            |path: &str| -> Vec<String> { signals(&rules, path).into_iter().map(|s| s.value).collect() };
        assert_eq!(said("/free/x"), ["0"]);
        assert_eq!(said("/x"), ["1", "https://a.example/p"]);
        for other in [&b"{}"[..], b"<html>", b"", b"[1,[2]]"] {
            assert!(read(other).is_empty());
        }
    }
}
