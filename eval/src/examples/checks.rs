//! The checks: what is expected of a folder beside what was told of it.

use std::collections::{BTreeSet, HashMap};

use twosource_model::{
    Account, Article, DifferenceKind, Digest, Gravity, Passage, Report, SupportClass, UtteranceRendering,
};
use twosource_pipeline::Comparison;
use twosource_render::wire::{AccountFile, RenderingClass};
use twosource_render::{Stories, verify};

use super::Check;
use super::expected::{Corrected, Differing, Expected, Said};

/// What was told of one folder.
pub struct Told<'a> {
    folder: &'a str,
    comparison: &'a Comparison,
    /// Name of each document by its digest; for look-up only.
    files: HashMap<Digest, String>,
    checks: Vec<Check>,
}

impl<'a> Told<'a> {
    pub fn new(folder: &'a str, comparison: &'a Comparison, files: HashMap<Digest, String>) -> Self {
        Self {
            folder,
            comparison,
            files,
            checks: Vec::new(),
        }
    }

    /// Every check of the folder, in the order of the expectations.
    pub fn check(mut self, expected: &Expected) -> Vec<Check> {
        let set_aside: Vec<_> = self
            .comparison
            .set_aside
            .iter()
            .map(|s| format!("{}: {}", s.path, s.reason))
            .collect();
        self.add("set-aside", set_aside.is_empty(), || set_aside.join("; "));
        self.partition("stories", &expected.stories, &self.stories());
        self.partition("origins", &expected.origins, &self.origins());
        for (file, day) in &expected.published {
            let found = self.published(file);
            self.add(
                &format!("published/{file}"),
                found.as_deref() == Some(day),
                || format!("{found:?}"),
            );
        }
        self.differences("numbers", DifferenceKind::Number, &expected.numbers);
        self.differences("dates", DifferenceKind::Date, &expected.dates);
        for said in &expected.quotes {
            self.quote(said);
        }
        for (file, stretches) in &expected.clutter {
            for words in stretches {
                self.clutter(file, words);
            }
        }
        for (file, stretches) in &expected.kept {
            for words in stretches {
                let texts = self.articles(file);
                let kept = texts
                    .iter()
                    .any(|article| article.text().contains(words.as_str()));
                self.add(&format!("kept/{file}/{words}"), kept, || {
                    "it is not in the text".to_owned()
                });
            }
        }
        for words in &expected.agreed {
            let agreed = self.accounts().iter().any(|account| is_agreed(account, words));
            self.add(&format!("agreed/{words}"), agreed, || {
                "no statement of several origins has it".to_owned()
            });
        }
        for words in &expected.open {
            let asked: Vec<&str> = self
                .accounts()
                .iter()
                .flat_map(|a| &a.open_questions)
                .map(|q| q.passage.text())
                .collect();
            let open = asked.iter().any(|question| question.contains(words.as_str()));
            self.add(&format!("open/{words}"), open, || format!("{asked:?}"));
        }
        if let Some(corrected) = &expected.correction {
            self.correction(corrected);
        }
        self.verified();
        self.checks
    }

    fn add(&mut self, name: &str, holds: bool, fault: impl FnOnce() -> String) {
        self.checks.push(Check {
            name: format!("{}/{name}", self.folder),
            fault: (!holds).then(fault),
        });
    }

    fn accounts(&self) -> &'a [Account] {
        &self.comparison.accounts
    }

    fn file_of(&self, article: &Article) -> String {
        let name = article.document.and_then(|digest| self.files.get(&digest));
        name.cloned().unwrap_or_else(|| article.id.to_string())
    }

    fn files_of(&self, account: &Account, reports: &[u32]) -> BTreeSet<String> {
        let report = |at: &u32| account.reports.get(*at as usize);
        reports
            .iter()
            .filter_map(report)
            .map(|report| self.file_of(&report.article))
            .collect()
    }

    fn articles(&self, file: &str) -> Vec<&'a Article> {
        let reports = self.accounts().iter().flat_map(|account| &account.reports);
        reports
            .map(|report| &report.article)
            .filter(|article| self.file_of(article) == file)
            .collect()
    }

    fn report(&self, file: &str) -> Option<&'a Report> {
        let mut reports = self.accounts().iter().flat_map(|account| &account.reports);
        reports.find(|report| self.file_of(&report.article) == file)
    }

    fn published(&self, file: &str) -> Option<String> {
        let date = self.report(file)?.date.as_ref()?;
        Some(date.moment.day().to_string())
    }

    fn stories(&self) -> Vec<BTreeSet<String>> {
        let all = |account: &Account| (0..account.reports.len() as u32).collect::<Vec<_>>();
        self.accounts()
            .iter()
            .map(|account| self.files_of(account, &all(account)))
            .collect()
    }

    fn origins(&self) -> Vec<BTreeSet<String>> {
        let of = |account: &'a Account| account.origins.iter().map(|o| self.files_of(account, &o.reports));
        self.accounts().iter().flat_map(of).collect()
    }

    fn partition(&mut self, name: &str, expected: &[Vec<String>], found: &[BTreeSet<String>]) {
        for group in expected {
            let group: BTreeSet<String> = group.iter().cloned().collect();
            let near: Vec<_> = found.iter().filter(|other| !other.is_disjoint(&group)).collect();
            let label = group.iter().next().cloned().unwrap_or_default();
            self.add(&format!("{name}/{label}"), near == [&group], || {
                format!("found {near:?}")
            });
        }
    }

    /// Each expected difference is shown with who says which (as a conflict, or as what changed over time), and no other
    /// conflict of its kind.
    fn differences(&mut self, name: &str, kind: DifferenceKind, expected: &[Differing]) {
        let mut shown = Vec::new();
        for account in self.accounts() {
            for difference in account
                .differences
                .iter()
                .filter(|d| d.kind == kind && d.gravity != Gravity::Complement)
            {
                let side = |p: &twosource_model::Position| {
                    (p.value.clone(), self.files_of(account, &p.support.reports))
                };
                let sides: Vec<_> = difference.positions.iter().map(side).collect();
                shown.push((difference.gravity, sides));
            }
        }
        let fits = |differing: &Differing, positions: &[(String, BTreeSet<String>)]| {
            differing.positions.iter().all(|side| {
                let holds = |(value, files): &(String, BTreeSet<String>)| {
                    value.starts_with(&side.value) && side.files.iter().all(|file| files.contains(file))
                };
                positions.iter().any(holds)
            })
        };
        for differing in expected {
            let found = shown.iter().any(|(_, positions)| fits(differing, positions));
            self.add(&format!("{name}/{}", differing.of), found, || {
                format!("shown: {shown:?}")
            });
        }
        let false_ones: Vec<_> = shown
            .iter()
            .filter(|(gravity, p)| *gravity == Gravity::Conflict && !expected.iter().any(|d| fits(d, p)))
            .collect();
        self.add(
            &format!("{name}/no other conflict"),
            false_ones.is_empty(),
            || format!("{false_ones:?}"),
        );
    }

    fn quote(&mut self, said: &Said) {
        let base = key(&said.base);
        let label = format!(
            "quotes/{}/{}",
            said.speaker,
            said.base.chars().take(24).collect::<String>()
        );
        let found = self
            .accounts()
            .iter()
            .flat_map(|account| account.utterances.iter().map(move |u| (account, u)))
            .filter(|(_, u)| u.renderings.iter().any(|r| overlap(&key(&words(r)), &base)))
            .max_by_key(|(_, u)| u.renderings.len());
        let speaker = found.map_or("no utterance has these words", |(_, u)| u.speaker_name.as_str());
        self.add(
            &format!("{label}/speaker"),
            speaker.contains(&said.speaker),
            || speaker.to_owned(),
        );
        let fullest = found
            .and_then(|(_, u)| u.renderings.first())
            .map(words)
            .unwrap_or_default();
        self.add(&format!("{label}/base"), key(&fullest) == base, || fullest);
        for rendered in &said.renderings {
            let classes: Vec<&str> = found
                .into_iter()
                .flat_map(|(account, u)| u.renderings.iter().map(move |r| (account, r)))
                .filter(|(account, r)| self.files_of(account, &[r.report]).contains(&rendered.file))
                .map(|(_, r)| RenderingClass::from(r.class).as_str())
                .collect();
            let right = classes
                .iter()
                .any(|class| rendered.classes.iter().any(|c| c == class));
            self.add(&format!("{label}/{}", rendered.file), right, || {
                format!("{classes:?}")
            });
        }
    }

    fn clutter(&mut self, file: &str, words: &str) {
        let articles = self.articles(file);
        let in_text = articles
            .iter()
            .any(|a| a.text().contains(words) || a.title().contains(words));
        let listed = articles
            .iter()
            .any(|a| a.clutter.iter().any(|c| c.text.contains(words)));
        let name = format!("clutter/{file}/{words}");
        self.add(&name, !in_text && listed, || {
            if in_text {
                "it is in the text".to_owned()
            } else {
                "it is not listed".to_owned()
            }
        });
    }

    fn correction(&mut self, corrected: &Corrected) {
        let entries = self
            .accounts()
            .iter()
            .flat_map(|account| account.corrections.iter().map(move |c| (account, c)));
        let named = |account: &Account, at: u32| self.files_of(account, &[at]);
        let found = entries
            .filter(|(account, entry)| {
                entry
                    .before
                    .is_some_and(|before| named(account, before).contains(&corrected.before))
                    && named(account, entry.after).contains(&corrected.after)
            })
            .map(|(_, entry)| entry)
            .next();
        let has = |passage: &Option<Passage>, words: &str| {
            passage.as_ref().is_some_and(|p| p.text().contains(words))
        };
        self.add("correction/shown", found.is_some(), || {
            "no correction is shown".to_owned()
        });
        let changed = found.is_some_and(|entry| {
            entry
                .changes
                .iter()
                .any(|c| has(&c.base, &corrected.from) && has(&c.rendering, &corrected.to))
        });
        self.add("correction/change", changed, || {
            format!("{:?}", found.map(|entry| &entry.changes))
        });
        let note = found.is_some_and(|entry| has(&entry.note, &corrected.note));
        self.add("correction/note", note, || {
            format!("{:?}", found.map(|entry| &entry.note))
        });
        let told = self.accounts().iter().flat_map(|account| {
            let statements = account
                .statements
                .iter()
                .flat_map(|s| &s.renderings)
                .map(|r| &r.passage);
            let said = account
                .utterances
                .iter()
                .flat_map(|u| &u.renderings)
                .flat_map(|r| &r.pieces);
            statements.chain(said).map(Passage::text)
        });
        let note = found.and_then(|entry| entry.note.as_ref()).map(Passage::text);
        let told: Vec<&str> = told
            .filter(|words| note.is_some_and(|note| note.contains(words) || words.contains(note)))
            .collect();
        self.add("correction/no-news", note.is_some() && told.is_empty(), || {
            format!("of the note {note:?} stands as news: {told:?}")
        });
        let superseded = self
            .report(&corrected.before)
            .is_some_and(|report| report.superseded);
        self.add("correction/superseded", superseded, || {
            "the earlier state still counts".to_owned()
        });
    }

    fn verified(&mut self) {
        let stories = Stories {
            accounts: self.accounts(),
            set_aside: &[],
            as_of: None,
        };
        let failures = verify(&AccountFile::from(&stories), None);
        let shown: Vec<String> = failures.iter().take(5).map(ToString::to_string).collect();
        self.add("verify", failures.is_empty(), || {
            format!("{} failures: {}", failures.len(), shown.join("; "))
        });
    }
}

fn is_agreed(account: &Account, words: &str) -> bool {
    let several = account
        .statements
        .iter()
        .filter(|s| s.class != SupportClass::One && s.support.origins.len() > 1);
    several
        .flat_map(|s| &s.renderings)
        .any(|rendering| rendering.passage.text().contains(words))
}

fn words(rendering: &UtteranceRendering) -> String {
    let pieces: Vec<&str> = rendering.pieces.iter().map(Passage::text).collect();
    pieces.join(" ")
}

/// The words alone, in lower case.
fn key(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether half of the words of the shorter stand in the longer.
fn overlap(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.len() >= 3 && 2 * short.iter().filter(|word| long.contains(word)).count() > short.len()
}
