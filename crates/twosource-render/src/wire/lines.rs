//! One JSON line for each article: what `extract`, `analyze` and `cluster` write.

use serde_json::{Map, Value, json};
use twosource_model::{
    Actor, Analysis, Article, ArticleId, DatedEvidence, Event, Link, Mention, Number, OriginId, Quote, Span,
    StoryId, TimeExpression, Token, Unit,
};

use super::offsets::{Counter, Offsets};
use super::words::kebab;

/// The line that `extract` writes. It is an article in the form that the other steps read.
#[must_use]
pub fn article_line(article: &Article, offsets: Offsets) -> Value {
    let counter = Counter::new(article.text(), offsets);
    let mut line = Map::new();
    let mut put = |key: &str, value: Value| line.insert(key.to_owned(), value);
    put("id", json!(article.id.as_str()));
    put("url", json!(article.url));
    put(
        "outlet",
        json!(article.outlet.as_ref().map(|outlet| &outlet.name)),
    );
    put(
        "host",
        json!(article.outlet.as_ref().and_then(|outlet| outlet.host.as_ref())),
    );
    put("published", moment(&article.published));
    put("published_evidence", evidence(&article.published));
    put("modified", moment(&article.modified));
    put("modified_evidence", evidence(&article.modified));
    put(
        "language",
        json!(article.language.map(|language| language.to_string())),
    );
    put("title", json!(article.title()));
    put("text", json!(article.text()));
    put("authors", json!(article.authors));
    put("editors", json!(article.editors));
    put("section", json!(article.section));
    put("wire_credits", json!(article.wire_credits));
    put(
        "dateline",
        article.dateline.map_or(Value::Null, |span| counter.span(span)),
    );
    let paragraph =
        |p: &twosource_model::Paragraph| json!({"role": kebab(&p.role), "span": counter.span(p.span)});
    put("paragraphs", article.paragraphs.iter().map(paragraph).collect());
    if !article.entries.is_empty() {
        let entry = |e: &twosource_model::LiveEntry| {
            json!({
                "span": counter.span(e.span),
                "published": moment(&e.published),
                "published_evidence": evidence(&e.published),
            })
        };
        put("entries", article.entries.iter().map(entry).collect());
    }
    let clutter = |c: &twosource_model::Clutter| json!({"rule": c.rule, "text": c.text});
    put("clutter", article.clutter.iter().map(clutter).collect());
    let reuse = |r: &twosource_model::ReuseSignal| json!({"source": r.source, "value": r.value});
    put("reuse", article.reuse.iter().map(reuse).collect());
    put("findings", findings(&article.findings, &counter));
    put("revision", json!(article.revision().to_string()));
    put(
        "document",
        json!(article.document.map(|digest| digest.to_string())),
    );
    Value::Object(line)
}

fn moment(dated: &Option<DatedEvidence>) -> Value {
    json!(dated.as_ref().map(|dated| dated.moment.to_string()))
}

fn evidence(dated: &Option<DatedEvidence>) -> Value {
    dated.as_ref().map_or(Value::Null, |dated| {
        json!({
            "source": kebab(&dated.source),
            "words": dated.evidence,
            "confidence": kebab(&dated.confidence),
            "until": dated.until.map(|day| day.to_string()),
        })
    })
}

fn findings(findings: &[twosource_model::Finding], counter: &Counter) -> Value {
    let one = |f: &twosource_model::Finding| json!({"rule": f.rule, "message": f.message, "span": f.span.map(|span| counter.span(span))});
    findings.iter().map(one).collect()
}

/// The line that `analyze` writes for `article`.
#[must_use]
pub fn analysis_line(article: &Article, analysis: &Analysis, offsets: Offsets) -> Value {
    let seen = Seen {
        text: article.text(),
        analysis,
        counter: Counter::new(article.text(), offsets),
    };
    let sentences: Vec<Span> = analysis.sentences.iter().map(|s| s.span).collect();
    json!({
        "id": analysis.article.as_str(),
        "revision": analysis.revision.to_string(),
        "language": analysis.language.to_string(),
        "sentences": seen.counter.spans(&sentences),
        "mentions": analysis.mentions.iter().map(|m| seen.mention(m)).collect::<Value>(),
        "quotes": analysis.quotes.iter().map(|q| seen.quote(q)).collect::<Value>(),
        "times": analysis.times.iter().map(|t| seen.time(t)).collect::<Value>(),
        "numbers": analysis.numbers.iter().map(|n| seen.number(n)).collect::<Value>(),
        "events": analysis.events.iter().map(|e| seen.event(e)).collect::<Value>(),
        "findings": findings(&analysis.findings, &seen.counter),
    })
}

/// The tokens of `article` with tags, lemmas and trees, as `analyze --tokens` writes them; heads count tokens.
#[must_use]
pub fn tokens(article: &Article, analysis: &Analysis, offsets: Offsets) -> Value {
    let counter = Counter::new(article.text(), offsets);
    let one = |token: &Token| {
        json!({
            "span": counter.span(token.span),
            "text": token.span.get(article.text()).unwrap_or_default(),
            "upos": token.upos.as_str(),
            "xpos": token.xpos.as_str(),
            "lemma": token.lemma,
            "head": token.head,
            "relation": token.relation.as_str(),
        })
    };
    analysis.tokens.iter().map(one).collect()
}

/// The line that `cluster` writes for one article.
#[must_use]
pub fn cluster_line(article: &ArticleId, story: &StoryId, origin: &OriginId) -> Value {
    json!({"id": article.as_str(), "story": story.as_str(), "origin": origin.as_str()})
}

/// One analysis with its text, for writing.
struct Seen<'a> {
    text: &'a str,
    analysis: &'a Analysis,
    counter: Counter,
}

impl Seen<'_> {
    fn words(&self, span: Span) -> &str {
        span.get(self.text).unwrap_or_default()
    }

    fn entity(&self, entity: Option<u32>) -> Option<&twosource_model::Entity> {
        self.analysis.entities.get(entity? as usize)
    }

    fn mention(&self, mention: &Mention) -> Value {
        let entity = self.entity(mention.entity);
        json!({
            "span": self.counter.span(mention.span),
            "full": self.counter.span(mention.full),
            "text": self.words(mention.span),
            "form": kebab(&mention.form),
            "type": kebab(&mention.entity_type),
            "entity": mention.entity,
            "name": entity.map(|entity| &entity.name),
            "link": entity.and_then(|entity| entity.link.as_ref()).map(link),
        })
    }

    fn quote(&self, quote: &Quote) -> Value {
        let speaker: Vec<&str> = quote.speaker.iter().map(|span| self.words(*span)).collect();
        json!({
            "content": self.counter.spans(&quote.content),
            "text": quote.content.iter().map(|span| self.words(*span)).collect::<Vec<_>>().join(" "),
            "cue": self.counter.spans(&quote.cue),
            "speaker": self.counter.spans(&quote.speaker),
            "speaker_text": speaker.join(" "),
            "speaker_name": self.entity(quote.speaker_entity).map(|entity| &entity.name),
            "addressee": quote.addressee.map(|span| self.counter.span(span)),
            "medium": quote.medium.map(|span| self.counter.span(span)),
            "kind": kebab(&quote.kind),
            "act": kebab(&quote.act),
            "rules": quote.rules,
        })
    }

    fn time(&self, time: &TimeExpression) -> Value {
        json!({
            "span": self.counter.span(time.span),
            "text": self.words(time.span),
            "type": kebab(&time.time_type),
            "value": time.value,
            "from": time.interval.map(|(from, _)| from.to_string()),
            "until": time.interval.map(|(_, until)| until.to_string()),
            "approximate": time.approximate,
        })
    }

    fn number(&self, number: &Number) -> Value {
        json!({
            "span": self.counter.span(number.span),
            "text": self.words(number.span),
            "low": number.low,
            "high": number.high,
            "approximation": kebab(&number.approximation),
            "unit": unit(&number.unit),
            "counted": number.counted.map(|span| self.counter.span(span)),
            "counted_text": number.counted.map(|span| self.words(span)),
            "as_of": number.as_of,
        })
    }

    fn event(&self, event: &Event) -> Value {
        json!({
            "type": event.event_type,
            "mode": event.mode,
            "cameo": event.cameo,
            "source": event.source.iter().map(|actor| self.actor(actor)).collect::<Value>(),
            "target": event.target.iter().map(|actor| self.actor(actor)).collect::<Value>(),
            "trigger": self.counter.span(event.trigger),
            "span": self.counter.span(event.span),
            "polarity": kebab(&event.polarity),
            "modality": kebab(&event.modality),
            "reciprocal": event.reciprocal,
            "quote": event.attribution,
            "time": event.time,
            "place": event.place,
        })
    }

    fn actor(&self, actor: &Actor) -> Value {
        json!({
            "text": self.words(actor.span),
            "span": self.counter.span(actor.span),
            "code": actor.code,
            "sector": actor.sector,
            "entity": actor.entity,
        })
    }
}

fn link(link: &Link) -> Value {
    json!({
        "id": link.id,
        "name": link.name,
        "coordinates": link.coordinates.map(|(north, east)| [north, east]),
        "actor_code": link.actor_code,
    })
}

/// `count`, `percent`, `currency:EUR`, `measure:m` ...
fn unit(unit: &Unit) -> String {
    match unit {
        Unit::Currency(code) => format!("currency:{code}"),
        Unit::Measure(base) => format!("measure:{base}"),
        other => kebab(other),
    }
}
