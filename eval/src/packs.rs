//! Which pack is scored by which scorer, and which of its figures are shown and kept from dropping.

/// One row of the results: a pack, the task that predicts it, the scorer that judges it.
pub struct Pack {
    /// Name of the row.
    pub name: &'static str,
    /// Task, as `run` takes it.
    pub task: &'static str,
    /// Input files below `corpora/`.
    pub input: &'static [&'static str],
    /// Gold file below `corpora/`.
    pub gold: &'static str,
    /// Scorer below `bench/`.
    pub scorer: &'static str,
    /// Further arguments of the scorer.
    pub extra: &'static [&'static str],
    /// For syntax: keep the tokens of the input.
    pub gold_tokens: bool,
    /// Figures to show and to hold: paths into the scorer's JSON.
    pub figures: &'static [&'static str],
}

const BODY: &[&str] = &["shingle_f1", "para_f1"];
const NEWS: &[&str] = &[
    "shingle_f1",
    "para_f1",
    "title_exact",
    "author_f1",
    "date_accuracy",
];
const MULTI: &[&str] = &[
    "shingle_f1",
    "para_f1",
    "title_exact",
    "author_f1",
    "date_accuracy",
    "language_accuracy",
    "outlet_loose",
];
const SNIPPETS: &[&str] = &["snippet_f1", "title_exact", "author_f1", "date_accuracy"];
const QUOTES: &[&str] = &[
    "exact.direct.f1",
    "iou80.direct.f1",
    "iou80.quoted.f1",
    "iou80.indirect.f1",
    "tokens.f1",
    "speaker.direct.span",
    "speaker.mixed.span",
    "speaker.indirect.span",
    "resolved.given",
    "resolved.end",
];
const TIMES: &[&str] = &[
    "gum-news.span_strict_f1",
    "gum-news.value_f1",
    "gum-interview.value_f1",
    "gum-speech.value_f1",
    "recognizers.value_acc",
    "duckling.value_acc",
    "seed.value_f1",
];
const ENTITIES: &[&str] = &[
    "uner-ewt.strict_f1",
    "uner-ewt.untyped_f1",
    "wikigold.strict_f1",
    "crossner-politics.strict_f1",
    "wnut17.strict_f1",
];
const MENTIONS: &[&str] = &["all.name_recall", "all.link_f1", "all.cluster_b3_f1"];
const EVENTS: &[&str] = &["all.type_f1", "all.actor_code_f1", "all.dyad_f1"];
const TREES: &[&str] = &["upos", "xpos", "lemma", "uas", "las"];
const RAW: &[&str] = &["sentences", "words", "upos", "las"];
const SPLIT: &[&str] = &["sentences", "words"];
const CLUSTERS: &[&str] = &["bcubed_p", "bcubed_r", "bcubed_f1", "pair_f1"];
const COPIES: &[&str] = &["f1", "precision", "recall"];
const BINARY: &[&str] = &["accuracy", "f1", "auc", "ap"];

const EXTRACTION: &str = "score_extraction.py";
const CLUSTERING: &str = "score_clustering.py";
const PAIRS: &str = "score_pairs.py";

macro_rules! pack {
    ($name:literal, $task:literal, $input:expr, $gold:literal, $scorer:expr, $figures:expr) => {
        pack!($name, $task, $input, $gold, $scorer, $figures, &[], false)
    };
    ($name:literal, $task:literal, $input:expr, $gold:literal, $scorer:expr, $figures:expr, $extra:expr, $tokens:expr) => {
        Pack {
            name: $name,
            task: $task,
            input: $input,
            gold: $gold,
            scorer: $scorer,
            extra: $extra,
            gold_tokens: $tokens,
            figures: $figures,
        }
    };
}

/// All rows, in the order of the steps.
pub const PACKS: &[Pack] = &[
    pack!(
        "extraction",
        "extraction",
        &["extraction/pages.jsonl.gz"],
        "extraction/gold.jsonl",
        EXTRACTION,
        BODY
    ),
    pack!(
        "extraction-news",
        "extraction",
        &["extraction-news/pages.jsonl.gz"],
        "extraction-news/gold.jsonl",
        EXTRACTION,
        NEWS
    ),
    pack!(
        "extraction-multi",
        "extraction",
        &["extraction-multi/pages.jsonl.gz"],
        "extraction-multi/gold.jsonl",
        EXTRACTION,
        MULTI
    ),
    pack!(
        "extraction-snippets",
        "extraction",
        &["extraction-snippets/pages.jsonl.gz"],
        "extraction-snippets/gold.jsonl",
        EXTRACTION,
        SNIPPETS
    ),
    pack!(
        "date",
        "date",
        &["date/pages.jsonl.gz"],
        "date/gold.jsonl",
        "score_date.py",
        &["accuracy", "precision"]
    ),
    pack!(
        "ewt-test gold tokens",
        "syntax",
        &["ud/en_ewt-test.conllu.gz"],
        "ud/en_ewt-test.conllu.gz",
        "score_syntax.py",
        TREES,
        &[],
        true
    ),
    pack!(
        "ewt-test raw",
        "syntax",
        &["ud/en_ewt-test.conllu.gz"],
        "ud/en_ewt-test.conllu.gz",
        "score_syntax.py",
        RAW
    ),
    pack!(
        "gum-dev gold tokens",
        "syntax",
        &["ud/en_gum-dev.conllu.gz"],
        "ud/en_gum-dev.conllu.gz",
        "score_syntax.py",
        TREES,
        &[],
        true
    ),
    pack!(
        "gum-dev raw",
        "syntax",
        &["ud/en_gum-dev.conllu.gz"],
        "ud/en_gum-dev.conllu.gz",
        "score_syntax.py",
        RAW
    ),
    pack!(
        "de-pud raw",
        "syntax",
        &["ud/de_pud-dev.conllu.gz"],
        "ud/de_pud-dev.conllu.gz",
        "score_syntax.py",
        SPLIT
    ),
    pack!(
        "fr-pud raw",
        "syntax",
        &["ud/fr_pud-dev.conllu.gz"],
        "ud/fr_pud-dev.conllu.gz",
        "score_syntax.py",
        SPLIT
    ),
    pack!(
        "es-pud raw",
        "syntax",
        &["ud/es_pud-dev.conllu.gz"],
        "ud/es_pud-dev.conllu.gz",
        "score_syntax.py",
        SPLIT
    ),
    pack!(
        "tr-pud raw",
        "syntax",
        &["ud/tr_pud-dev.conllu.gz"],
        "ud/tr_pud-dev.conllu.gz",
        "score_syntax.py",
        SPLIT
    ),
    pack!(
        "ru-pud raw",
        "syntax",
        &["ud/ru_pud-dev.conllu.gz"],
        "ud/ru_pud-dev.conllu.gz",
        "score_syntax.py",
        SPLIT
    ),
    pack!(
        "entities",
        "entities",
        &["entities/entities-dev.jsonl.gz"],
        "entities/entities-dev.jsonl.gz",
        "score_entities.py",
        ENTITIES
    ),
    pack!(
        "gum-mentions",
        "entities",
        &["entities/gum_mentions-dev.jsonl.gz"],
        "entities/gum_mentions-dev.jsonl.gz",
        "score_entities.py",
        MENTIONS
    ),
    pack!(
        "times",
        "times",
        &["times/times-dev.jsonl"],
        "times/times-dev.jsonl",
        "score_times.py",
        TIMES
    ),
    pack!(
        "quotes",
        "quotes",
        &["quotes/articles.jsonl.gz"],
        "quotes/quotes.jsonl.gz",
        "score_quotes.py",
        QUOTES
    ),
    pack!(
        "quotes dev part",
        "quotes",
        &["quotes/articles.jsonl.gz"],
        "quotes/quotes.jsonl.gz",
        "score_quotes.py",
        QUOTES,
        &["--only-split", "dev"],
        false
    ),
    pack!(
        "quotes-de",
        "quotes",
        &["quotes-de/articles.jsonl.gz"],
        "quotes-de/quotes.jsonl.gz",
        "score_quotes.py",
        &["exact.direct.f1", "iou80.direct.f1", "iou80.indirect.f1"]
    ),
    pack!(
        "events",
        "events",
        &["events/events-dev.jsonl"],
        "events/events-dev.jsonl",
        "score_events.py",
        EVENTS
    ),
    pack!(
        "stories-stream",
        "stories",
        &["stories-stream/articles.jsonl.gz"],
        "stories-stream/gold.jsonl",
        CLUSTERING,
        CLUSTERS
    ),
    pack!(
        "stories-leads",
        "stories",
        &["stories-leads/articles.jsonl.gz"],
        "stories-leads/gold.jsonl",
        CLUSTERING,
        CLUSTERS
    ),
    pack!(
        "stories-ecbplus",
        "stories",
        &["stories-ecbplus/articles.jsonl.gz"],
        "stories-ecbplus/gold.jsonl",
        CLUSTERING,
        CLUSTERS
    ),
    pack!(
        "stories-fulltext",
        "stories",
        &["stories-fulltext/articles.jsonl.gz"],
        "stories-fulltext/gold.jsonl",
        CLUSTERING,
        CLUSTERS
    ),
    pack!(
        "stories-headlines",
        "stories",
        &["stories-headlines/articles.jsonl.gz"],
        "stories-headlines/gold.jsonl",
        CLUSTERING,
        CLUSTERS
    ),
    pack!(
        "copies-real",
        "copies",
        &["copies-real/articles.jsonl.gz"],
        "copies-real/gold.jsonl",
        "score_copies.py",
        &[
            "f1",
            "precision",
            "recall",
            "accuracy_by_kind.boilerplate",
            "accuracy_by_kind.same-quotes"
        ]
    ),
    pack!(
        "copies-synth",
        "copies",
        &["copies-synth/articles.jsonl.gz"],
        "copies-synth/gold.jsonl",
        "score_copies.py",
        COPIES
    ),
    pack!(
        "mrpc",
        "pairs:mrpc",
        &["pairs/mrpc.jsonl.gz"],
        "pairs/mrpc.jsonl.gz",
        PAIRS,
        BINARY
    ),
    pack!(
        "sts_news",
        "pairs:sts_news",
        &["pairs/sts_news.jsonl.gz"],
        "pairs/sts_news.jsonl.gz",
        PAIRS,
        &["pearson", "spearman"]
    ),
    pack!(
        "superpal",
        "pairs:superpal",
        &["pairs/superpal.jsonl.gz"],
        "pairs/superpal.jsonl.gz",
        PAIRS,
        BINARY
    ),
    pack!(
        "quotepairs same",
        "pairs:quotepairs",
        &["pairs/quotepairs.jsonl.gz"],
        "pairs/quotepairs.jsonl.gz",
        PAIRS,
        BINARY,
        &["--positive", "identical,partial,variant"],
        false
    ),
    pack!(
        "quotepairs classes",
        "pairs:quotepairs",
        &["pairs/quotepairs.jsonl.gz"],
        "pairs/quotepairs.jsonl.gz",
        PAIRS,
        &["accuracy", "macro_f1"]
    ),
    pack!(
        "numdiff",
        "pairs:numdiff",
        &["pairs/numdiff.jsonl.gz"],
        "pairs/numdiff.jsonl.gz",
        PAIRS,
        &["precision", "recall", "f1", "auc"],
        &["--positive", "differ,differ_time"],
        false
    ),
    pack!(
        "rte3",
        "pairs:rte3",
        &["pairs/rte3.jsonl.gz"],
        "pairs/rte3.jsonl.gz",
        PAIRS,
        &["accuracy", "macro_f1"]
    ),
    pack!(
        "faith",
        "faith",
        &["faith/faith.jsonl.gz", "faith/sources.jsonl.gz"],
        "faith/faith.jsonl.gz",
        PAIRS,
        &["auc", "balanced_accuracy"]
    ),
];
