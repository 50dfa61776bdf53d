//! A page to its articles.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use twosource_model::{Article, ArticleId, Clutter, Digest, Document, Finding, LanguageCode, Role, Span};

use crate::blocks::{Block, Blocks, MOST_BLOCKS, cut_blocks};
use crate::charset::DecodedText;
use crate::extract::base_id;
use crate::features::Known;
use crate::forest::Forest;
use crate::live::{entries_of, live_entries};
use crate::metadata::{
    DateContext, LinkedArticle, PageFacts, TitleChoice, authors_of, authors_of_words, collect,
    date_of_element, dates_of, host_of, language_of, linked_articles, outlet_of, reading_of, title_of,
};
use crate::page::{AttributeName, NodeId, Page, Tag, parse};
use crate::parts::{Part, parts_of};
use crate::plain::letters_of;
use crate::ruled_page::RuledPage;
use crate::score::{Verdict, judge_blocks, shipped_forests};
use crate::script_text::append_script_text;
use crate::text::TextBuilder;
use crate::{Rule, Settings};

/// Text so short that it may be the head of one for subscribers, in bytes.
const SHORT_TEXT: usize = 2_000;

/// Text so short that the page's scripts are asked for a longer one, in bytes.
const LITTLE_TEXT: usize = 400;

/// A page, or a part of it with an article of its own, with all that is read of it before its blocks are judged.
pub(crate) struct ReadPage<'k, 'p> {
    pub(crate) page: &'k Page<'p>,
    pub(crate) blocks: Blocks,
    pub(crate) facts: PageFacts<'p>,
    pub(crate) linked: Vec<LinkedArticle>,
    pub(crate) title: String,
    /// the words that stand for the title on the page itself
    pub(crate) heading: String,
    pub(crate) title_node: Option<NodeId>,
    /// where the article stands, as far as its document says
    pub(crate) address: Option<String>,
    /// what a person wrote down on pages of this outlet
    pub(crate) ruled: Option<RuledPage<'k>>,
}

impl<'k, 'p> ReadPage<'k, 'p> {
    /// Reads a parsed page.
    pub(crate) fn new(page: &'k Page<'p>, document: &Document, settings: &'k Settings) -> Self {
        let blocks = cut_blocks(page);
        let facts = collect(page);
        let linked = linked_articles(&facts.linked_data);
        let address = document.url.as_deref().or(facts.canonical.as_deref());
        let rules = address.and_then(host_of);
        let rules = rules.and_then(|host| settings.rules.of_host(&host));
        let ruled = rules.map(|rules| RuledPage::new(page, rules));
        let choice = match ruled.as_ref().and_then(|ruled| ruled.title(page)) {
            Some((node, title)) => TitleChoice::of_element(node, title),
            None => title_of(page, &facts, &linked),
        };
        let given = document.given.title.clone().filter(|title| !title.is_empty());
        Self {
            page,
            blocks,
            facts,
            linked,
            heading: given
                .clone()
                .or(choice.shown)
                .unwrap_or_else(|| choice.title.clone()),
            title: given.unwrap_or(choice.title),
            title_node: choice.node,
            address: document.url.clone(),
            ruled,
        }
    }

    /// One of several articles of this page, as if nothing else stood there.
    fn part(&self, part: &Part) -> Self {
        let letters = letters_of(&part.title);
        let is_own = |report: &&LinkedArticle| {
            report.headline.as_deref().map(letters_of).as_ref() == Some(&letters)
                || (report.url.is_some() && report.url == part.address)
        };
        Self {
            page: self.page,
            blocks: self.blocks.within(&part.nodes),
            facts: self.facts.within(&part.nodes),
            linked: self.linked.iter().filter(is_own).cloned().collect(),
            title: part.title.clone(),
            heading: part.title.clone(),
            title_node: Some(part.heading),
            address: part.address.clone(),
            ruled: self.ruled.clone(),
        }
    }

    /// What the block scorer is told.
    pub(crate) fn known(&self) -> Known<'_, 'p> {
        Known {
            page: self.page,
            blocks: &self.blocks,
            facts: &self.facts,
            linked: &self.linked,
            title: &self.heading,
            title_node: self.title_node,
            ruled: self.ruled.as_ref(),
        }
    }
}

/// The articles of a page; none when nothing but clutter stands in it.
pub(crate) fn read_html(document: &Document, decoded: &DecodedText<'_>, settings: &Settings) -> Vec<Article> {
    let page = parse(&decoded.text);
    let whole = ReadPage::new(&page, document, settings);
    let parts = parts_of(&whole);
    let mut articles: Vec<(&Part, Article)> = parts
        .iter()
        .filter_map(|part| {
            Some((
                part,
                article_of(&whole.part(part), document, decoded, shipped_forests())?,
            ))
        })
        .collect();
    if articles.len() < 2 {
        return article_of(&whole, document, decoded, shipped_forests())
            .into_iter()
            .collect();
    }
    let mut taken = BTreeSet::new();
    for (part, article) in &mut articles {
        article.id = id_of_part(part, &article.id, &mut taken);
    }
    articles.into_iter().map(|(_, article)| article).collect()
}

/// The id of one of several articles of a page: it stays the same when others come and go above it, so it is made of the
/// address that the article leads to, else, or where one before it took that, of its headline, which it shares with none.
fn id_of_part<'p>(part: &'p Part, page: &ArticleId, taken: &mut BTreeSet<&'p str>) -> ArticleId {
    let own = part.address.as_deref().filter(|address| taken.insert(address));
    let name = own.map_or_else(|| letters_of(&part.title), str::to_owned);
    ArticleId::new(&format!("{page}#{}", Digest::of(name.as_bytes()).short()))
}

/// The article of a page, or of a part of it.
pub(crate) fn article_of(
    read: &ReadPage<'_, '_>,
    document: &Document,
    decoded: &DecodedText<'_>,
    forests: (&Forest, &Forest),
) -> Option<Article> {
    let mut verdicts = judge_blocks(&read.known(), forests);
    let places = entries_of(read, &mut verdicts);
    let ReadPage {
        page,
        blocks,
        facts,
        linked,
        title,
        title_node,
        address,
        ruled,
        ..
    } = read;
    let first = linked.first();
    let url = address.as_deref().or(document.url.as_deref());

    let mut builder = TextBuilder::default();
    let mut clutter = Vec::new();
    let mut body: Option<(u32, u32)> = None;
    let mut kept: Vec<NodeId> = Vec::new();
    for (block, verdict) in blocks.list.iter().zip(&verdicts) {
        match verdict {
            Verdict::Text(role) => {
                body = Some(body.map_or((block.first_text, block.last_text), |b| (b.0, block.last_text)));
                kept.push(block.first_text);
                builder.paragraph(
                    *role,
                    blocks.words(block),
                    block.words.start,
                    &blocks.segments[block.segments.clone()],
                    decoded,
                );
            }
            Verdict::Clutter(rule) => clutter.push(clutter_of(blocks, block, *rule, decoded)),
        }
    }
    let from_script = builder.bytes() < LITTLE_TEXT && {
        let mut other = TextBuilder::default();
        let found = append_script_text(facts, decoded, &mut other) && other.bytes() > 2 * builder.bytes();
        if found {
            builder = other;
        }
        found
    };
    if builder.is_empty() && title.is_empty() {
        return None;
    }
    let (text, paragraphs, source_map) = builder.finish();
    let mut article = Article::of_text(base_id(document), title, &text);
    article.paragraphs = paragraphs;
    article.source_map = source_map;
    article.clutter = clutter;
    article.url = address.clone().or_else(|| facts.canonical.clone());
    article.outlet = outlet_of(url, facts, first);
    article.section = section_of(facts, first);
    let stated = stated_languages(facts, first);
    let stated: Vec<&str> = stated.iter().map(String::as_str).collect();
    article.language = language_of(&stated, article.text());
    let outlet = article.outlet.as_ref().map_or("", |o| o.name.as_str());
    let named = ruled
        .as_ref()
        .map(|ruled| authors_of_words(&ruled.authors(page), outlet));
    article.authors = named
        .filter(|authors| !authors.is_empty())
        .unwrap_or_else(|| authors_of(page, facts, linked, outlet, *title_node));
    article.editors = first.map(|l| l.editors.clone()).unwrap_or_default();
    let joined_lines: Vec<(NodeId, &str)> = blocks
        .list
        .iter()
        .filter(|block| block.first_text != block.last_text && block.words.len() <= 120)
        .map(|block| (block.first_text, blocks.words(block)))
        .collect();
    let context = DateContext {
        url: address.as_deref(),
        captured: document.captured.map(|moment| moment.day()),
        title: *title_node,
        body,
        reading: reading_of(article.language, stated.first().copied(), url),
        joined_lines: &joined_lines,
        ruled: ruled.as_ref().map(|ruled| ruled.dates(page)).unwrap_or_default(),
    };
    let dates = dates_of(page, facts, linked, &context);
    article.published = dates.published;
    article.modified = dates.modified;
    if !from_script {
        let spans = article.paragraphs.iter().map(|paragraph| paragraph.span);
        let paragraphs: Vec<(NodeId, Span)> = kept.into_iter().zip(spans).collect();
        let dated = |id| date_of_element(page, facts, &context, id);
        let day = article.published.as_ref().map(|date| date.moment);
        article.entries = live_entries(read, &places, &paragraphs, dated, day);
    }
    article.findings = findings_of(read, from_script, article.text());
    Some(article)
}

fn findings_of(read: &ReadPage<'_, '_>, from_script: bool, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    if from_script {
        findings.push(Finding::new(
            "text-from-script",
            "The text stands in a script of the page, not in its markup.",
        ));
    }
    if read.blocks.list.len() >= MOST_BLOCKS {
        findings.push(Finding::new(
            "page-cut",
            format!("The page has more than {MOST_BLOCKS} blocks; what stands behind them was not read."),
        ));
    }
    if read.linked.iter().any(|l| l.free == Some(false)) && text.len() < SHORT_TEXT {
        findings.push(Finding::new(
            "text-cut-by-paywall",
            "The page says that its text is for subscribers, and little of it stands there.",
        ));
    }
    findings
}

fn clutter_of(blocks: &Blocks, block: &Block, rule: Rule, decoded: &DecodedText<'_>) -> Clutter {
    let source = blocks.source(block);
    Clutter {
        rule: rule.name().to_owned(),
        text: blocks.words(block).replace('\n', " "),
        bytes: Some(decoded.to_bytes(source.start, source.end)),
    }
}

fn section_of(facts: &PageFacts<'_>, linked: Option<&LinkedArticle>) -> Option<String> {
    let section = linked.and_then(|l| l.section.clone()).or_else(|| {
        facts
            .meta(&["article:section", "section", "og:section", "parsely-section"])
            .map(str::to_owned)
    })?;
    (!section.is_empty() && section.len() <= 60).then_some(section)
}

fn stated_languages(facts: &PageFacts<'_>, linked: Option<&LinkedArticle>) -> Vec<String> {
    let mut stated: Vec<String> = Vec::new();
    stated.extend(facts.language.clone());
    stated.extend(linked.and_then(|l| l.language.clone()));
    stated.extend(
        facts
            .meta(&[
                "content-language",
                "og:locale",
                "language",
                "dc.language",
                "inlanguage",
            ])
            .map(str::to_owned),
    );
    stated.retain(|tag| LanguageCode::of_tag(tag).is_some());
    stated
}

/// Levels above a block up to which a name speaks of it.
const NAMED_WITHIN: usize = 4;

/// Words that authors of pages put into the class of an embedded post, of words repeated for show, of a note that
/// something was corrected.
const ROLE_NAMES: &[(Role, &[&str])] = &[
    (
        Role::Embed,
        &[
            "twitter-tweet",
            "embedded-tweet",
            "embed-tweet",
            "tweet-embed",
            "instagram-media",
            "tiktok-embed",
            "fb-post",
            "bluesky-embed",
            "mastodon-embed",
            "reddit-embed",
            "telegram-post",
        ],
    ),
    (
        Role::PullQuote,
        &[
            "pullquote",
            "pull-quote",
            "pull_quote",
            "pullout-quote",
            "quote-pull",
        ],
    ),
    (
        Role::Correction,
        &[
            "correction-note",
            "article-correction",
            "correction-text",
            "corrections",
            "erratum",
            "editors-note-correction",
        ],
    ),
];

/// Finds the names of [`ROLE_NAMES`] in a class, and which role each stands for.
fn role_finder() -> &'static (AhoCorasick, Vec<Role>) {
    static LOADED: OnceLock<(AhoCorasick, Vec<Role>)> = OnceLock::new();
    LOADED.get_or_init(|| {
        let names = ROLE_NAMES
            .iter()
            .flat_map(|(role, names)| names.iter().map(|name| (*name, *role)));
        let (names, roles): (Vec<&str>, Vec<Role>) = names.unzip();
        let finder = AhoCorasick::builder().ascii_case_insensitive(true).build(names);
        let finder = finder.unwrap_or_else(|_| unreachable!("a few short names are within the bounds"));
        (finder, roles)
    })
}

/// What the class of a block's element, or of one near above it, says that the block is for.
fn role_by_name(page: &Page<'_>, block: &Block) -> Option<Role> {
    let (finder, roles) = role_finder();
    std::iter::once(block.node)
        .chain(page.ancestors(block.node))
        .take(NAMED_WITHIN)
        .filter_map(|id| page.raw_attribute(id, AttributeName::Class))
        .find_map(|class| {
            let found = finder.find_overlapping_iter(class);
            found
                .map(|found| found.pattern().as_usize())
                .min()
                .map(|at| roles[at])
        })
}

/// What a kept block is for, by its element.
pub(crate) fn role_of(page: &Page<'_>, block: &Block) -> Role {
    let tag = page.node(block.node).tag;
    if let Some(role) = role_by_name(page, block) {
        return role;
    }
    match tag {
        t if t.is_heading() => Role::Heading,
        Tag::Li | Tag::Dd | Tag::Dt => Role::ListItem,
        Tag::Blockquote => Role::BlockQuote,
        Tag::Figcaption => Role::Caption,
        Tag::Td | Tag::Th => Role::TableRow,
        _ => {
            let holder = page.ancestors(block.node).take(3).map(|id| page.node(id).tag);
            for tag in holder {
                match tag {
                    Tag::Blockquote => return Role::BlockQuote,
                    Tag::Li => return Role::ListItem,
                    Tag::Td => return Role::TableRow,
                    t if t.is_heading() => return Role::Heading,
                    _ => {}
                }
            }
            Role::Body
        }
    }
}
