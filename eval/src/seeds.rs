//! What must hold of the account of the two sample reports, checked item by item against `eval/seeds.json`, which names
//! byte ranges of their files and facts, none of their text.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use twosource_model::{
    Account, Anchor, DateSource, Part, Passage, RenderingClass, Report, Span, SupportClass,
};

#[derive(Deserialize)]
struct Gold {
    clutter: Vec<ClutterGold>,
    dates: Vec<DateGold>,
    utterances: Vec<UtteranceGold>,
    cast: Vec<CastGold>,
    times: Vec<TimeGold>,
    both: Vec<BothGold>,
    single: Vec<SingleGold>,
    lists: Vec<ListGold>,
    open_question: Place,
    timeline: Vec<String>,
}

/// File and byte range.
type Place = (String, Span);

#[derive(Deserialize)]
struct ClutterGold {
    report: String,
    span: Span,
    name: String,
}

#[derive(Deserialize)]
struct DateGold {
    report: String,
    day: Option<String>,
    source: String,
}

#[derive(Deserialize)]
struct UtteranceGold {
    name: String,
    speaker: String,
    renderings: Vec<RenderingGold>,
    #[serde(default)]
    classes: Vec<String>,
}

#[derive(Deserialize)]
struct RenderingGold {
    report: String,
    pieces: Vec<Span>,
}

#[derive(Deserialize)]
struct CastGold {
    name: String,
    aliases: Vec<String>,
}

#[derive(Deserialize)]
struct TimeGold {
    report: String,
    span: Span,
    value: String,
}

#[derive(Deserialize)]
struct BothGold {
    name: String,
    spans: Vec<Place>,
    #[serde(default)]
    or: Vec<Place>,
    #[serde(default)]
    or_utterance: bool,
}

#[derive(Deserialize)]
struct SingleGold {
    name: String,
    span: Place,
}

#[derive(Deserialize)]
struct ListGold {
    report: String,
    alone: Vec<String>,
}

/// Runs the checks on the reports in `folder`; says so when they are not there.
pub fn run(folder: &Path) -> Result<()> {
    if !folder.is_dir() {
        eprintln!(
            "the sample reports are not at {}: nothing checked",
            folder.display()
        );
        return Ok(());
    }
    let text = include_str!("../seeds.json");
    let gold: Gold = serde_json::from_str(text).context("reading eval/seeds.json")?;
    let listing = twosource_intake::list_files(&[folder.to_owned()]);
    let documents = twosource_intake::Documents::new(listing, twosource_intake::Limits::default());
    let documents = documents.map(|item| {
        item.map_err(|error| twosource_pipeline::SetAside {
            path: error.path().to_owned(),
            reason: error.to_string(),
        })
    });
    let compared = twosource_pipeline::compare(documents, &twosource_pipeline::Settings::default(), |_| {});
    ensure!(
        compared.accounts.len() == 1,
        "{} stories instead of one",
        compared.accounts.len()
    );
    let checker = Checker {
        account: &compared.accounts[0],
        failures: Vec::new(),
        checks: 0,
    };
    checker.all(&gold)
}

struct Checker<'a> {
    account: &'a Account,
    failures: Vec<String>,
    checks: usize,
}

impl Checker<'_> {
    fn all(mut self, gold: &Gold) -> Result<()> {
        let account = self.account;
        let outlets: std::collections::BTreeSet<_> = account
            .reports
            .iter()
            .map(|report| report.article.outlet_name())
            .collect();
        self.check("two outlets", outlets.len() == 2);
        self.check("two origins", account.origins.len() == 2);
        self.clutter(&gold.clutter);
        self.dates(&gold.dates);
        self.utterances(&gold.utterances);
        self.cast(&gold.cast);
        self.times(gold);
        self.statements(gold);
        self.lists(&gold.lists);
        let question = account
            .open_questions
            .iter()
            .any(|q| self.touches(q.passage.anchor(), &gold.open_question));
        self.check("the open question", question);
        self.check(
            "a brief of one to five sentences",
            (1..=5).contains(&account.brief.len()),
        );
        self.check("a headline", account.headline.is_some());
        if self.failures.is_empty() {
            eprintln!("seeds: {} checks hold", self.checks);
            return Ok(());
        }
        bail!(
            "seeds: {} of {} checks fail:\n  {}",
            self.failures.len(),
            self.checks,
            self.failures.join("\n  ")
        )
    }

    fn check(&mut self, name: &str, holds: bool) {
        self.checks += 1;
        if !holds {
            self.failures.push(name.to_owned());
        }
    }

    fn report(&self, file: &str) -> Option<&Report> {
        self.account
            .reports
            .iter()
            .find(|report| report.article.id.as_str() == file)
    }

    /// Whether an anchor's words stand, in the document, on bytes of `place`.
    fn touches(&self, anchor: &Anchor, place: &Place) -> bool {
        anchor.article.as_str() == place.0 && self.bytes(anchor).is_some_and(|bytes| bytes.overlaps(place.1))
    }

    fn bytes(&self, anchor: &Anchor) -> Option<Span> {
        let report = self.report(anchor.article.as_str())?;
        (anchor.part == Part::Text)
            .then(|| report.article.source_map.to_document(anchor.span))
            .flatten()
    }

    fn clutter(&mut self, gold: &[ClutterGold]) {
        for item in gold {
            let Some(report) = self.report(&item.report) else {
                self.check(&format!("report {}", item.report), false);
                continue;
            };
            let kept = report
                .article
                .source_map
                .segments()
                .iter()
                .any(|s| s.bytes.overlaps(item.span));
            let listed = report
                .clutter()
                .iter()
                .any(|c| c.bytes.is_some_and(|bytes| bytes.overlaps(item.span)));
            self.check(&format!("clutter: {} is not in the text", item.name), !kept);
            self.check(&format!("clutter: {} is listed with its rule", item.name), listed);
        }
    }

    fn dates(&mut self, gold: &[DateGold]) {
        for item in gold {
            let date = self.report(&item.report).and_then(|report| report.date.clone());
            let source = match item.source.as_str() {
                "story" => DateSource::Story,
                _ => DateSource::TextMarker,
            };
            let right = date.is_some_and(|date| {
                let day = date.moment.day().to_string();
                let wide = item.day.is_none() && ("2018-07-19"..="2018-07-21").contains(&day.as_str());
                date.source == source && (item.day.as_deref() == Some(day.as_str()) || wide)
            });
            self.check(&format!("date of {}", item.report), right);
        }
    }

    fn utterances(&mut self, gold: &[UtteranceGold]) {
        for item in gold {
            let mut found: Vec<usize> = Vec::new();
            for rendering in &item.renderings {
                let at = self.account.utterances.iter().position(|utterance| {
                    utterance
                        .renderings
                        .iter()
                        .any(|r| self.renders(&r.pieces, rendering))
                });
                self.check(
                    &format!("utterance {:?}: found in {}", item.name, rendering.report),
                    at.is_some(),
                );
                found.extend(at);
            }
            let one = found.windows(2).all(|pair| pair[0] == pair[1]);
            self.check(&format!("utterance {:?}: one utterance", item.name), one);
            let speaker = found
                .first()
                .map(|at| self.account.utterances[*at].speaker_name.clone());
            let right = speaker
                .as_deref()
                .is_some_and(|name| same_person(name, &item.speaker));
            self.check(
                &format!("utterance {:?}: speaker is {speaker:?}", item.name),
                right,
            );
            if let (Some(at), false) = (found.first(), item.classes.is_empty()) {
                let classes: Vec<String> = self.account.utterances[*at]
                    .renderings
                    .iter()
                    .filter(|r| r.class != RenderingClass::Base)
                    .map(|r| format!("{:?}", r.class).to_lowercase())
                    .collect();
                let right = classes.iter().any(|class| item.classes.contains(class));
                self.check(&format!("utterance {:?}: classes {classes:?}", item.name), right);
            }
        }
    }

    /// Whether the pieces lie on those of the gold: each gold piece is at least half covered.
    fn renders(&self, pieces: &[Passage], gold: &RenderingGold) -> bool {
        gold.pieces.iter().all(|wanted| {
            let covered: usize = pieces
                .iter()
                .filter(|piece| piece.anchor().article.as_str() == gold.report)
                .filter_map(|piece| self.bytes(piece.anchor())?.intersection(*wanted))
                .map(Span::len)
                .sum();
            2 * covered >= wanted.len()
        })
    }

    fn cast(&mut self, gold: &[CastGold]) {
        for item in gold {
            let members: Vec<_> = self
                .account
                .cast
                .iter()
                .filter(|member| same_person(&member.name, &item.name))
                .collect();
            let one = members.len() == 1;
            let known = |alias: &String| {
                members.iter().any(|member| {
                    member.name.contains(alias.as_str())
                        || member
                            .aliases
                            .iter()
                            .chain(&member.roles)
                            .any(|a| a.passage.text().contains(alias.as_str()))
                })
            };
            let missing: Vec<_> = item
                .aliases
                .iter()
                .filter(|alias| !known(alias))
                .cloned()
                .collect();
            let count = members.len();
            self.check(&format!("cast: {} is one ({count} found)", item.name), one);
            self.check(
                &format!("cast: {} lacks {missing:?}", item.name),
                missing.is_empty(),
            );
        }
    }

    fn times(&mut self, gold: &Gold) {
        for item in &gold.times {
            let place = (item.report.clone(), item.span);
            let found = self
                .account
                .timeline
                .iter()
                .find(|entry| entry.times.iter().any(|time| self.touches(time.anchor(), &place)));
            let value = found.map(|entry| entry.value.clone());
            self.check(
                &format!("timeline: {} at {:?} is {value:?}", item.value, item.span),
                value.as_deref() == Some(item.value.as_str()),
            );
        }
        for value in &gold.timeline {
            let there = self.account.timeline.iter().any(|entry| entry.value == *value);
            self.check(&format!("timeline: has {value}"), there);
        }
    }

    fn statements(&mut self, gold: &Gold) {
        for item in &gold.both {
            let together = self.account.statements.iter().any(|statement| {
                statement.class != SupportClass::One
                    && item.spans.iter().all(|place| {
                        let instead = item.or.iter().filter(|other| other.0 == place.0);
                        std::iter::once(place).chain(instead).any(|place| {
                            statement
                                .renderings
                                .iter()
                                .any(|r| self.touches(r.passage.anchor(), place))
                        })
                    })
            });
            let said = item.or_utterance
                && self.account.utterances.iter().any(|utterance| {
                    item.spans.iter().all(|place| {
                        utterance
                            .renderings
                            .iter()
                            .any(|r| r.pieces.iter().any(|p| self.touches(p.anchor(), place)))
                    })
                });
            self.check(&format!("both carry: {}", item.name), together || said);
        }
        for item in &gold.single {
            let alone = self.account.statements.iter().any(|statement| {
                statement.class == SupportClass::One
                    && statement
                        .renderings
                        .iter()
                        .any(|r| self.touches(r.passage.anchor(), &item.span))
            });
            self.check(&format!("only one carries: {}", item.name), alone);
        }
        let mut words: Vec<_> = self
            .account
            .statements
            .iter()
            .map(|s| s.lead().passage.clone())
            .collect();
        words.sort();
        let before = words.len();
        words.dedup();
        self.check("no statement stands twice", before == words.len());
    }

    fn lists(&mut self, gold: &[ListGold]) {
        for item in gold {
            for topic in &item.alone {
                let told = self.account.differences.iter().any(|difference| {
                    difference.kind == twosource_model::DifferenceKind::List
                        && difference.positions.iter().any(|position| {
                            position.passages.iter().any(|passage| {
                                passage.anchor().article.as_str() == item.report
                                    && passage.text().contains(topic.as_str())
                            })
                        })
                });
                self.check(&format!("lists: {topic} is set apart"), told);
            }
        }
    }
}

/// Same last name, and no other first name; an honorific before it is none.
fn same_person(name: &str, wanted: &str) -> bool {
    let parts = |text: &str| {
        text.split_whitespace()
            .map(str::to_lowercase)
            .skip_while(|word| matches!(word.as_str(), "mr" | "mrs" | "ms" | "president"))
            .collect::<Vec<_>>()
    };
    let (name, wanted) = (parts(name), parts(wanted));
    name.last() == wanted.last() && (name.len() < 2 || wanted.len() < 2 || name[0] == wanted[0])
}
