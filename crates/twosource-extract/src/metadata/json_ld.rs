//! JSON-LD of schema.org, in the shapes that pages really carry: graphs, lists, types as lists, names as objects,
//! broken strings.

use super::json::Json;

/// Deepest nesting that is walked.
const MAX_DEPTH: usize = 12;

/// An article as the page's structured data describes it.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct LinkedArticle {
    pub(crate) headline: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) editors: Vec<String>,
    pub(crate) published: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) free: Option<bool>,
    pub(crate) url: Option<String>,
    /// whether its type is one of a report, rather than of a page
    pub(crate) is_report: bool,
    /// whether it is a live blog
    pub(crate) is_live: bool,
}

/// The articles of all scripts, reports first, in the order of the page.
pub(crate) fn linked_articles(scripts: &[&str]) -> Vec<LinkedArticle> {
    let texts: Vec<&str> = scripts.iter().map(|raw| without_wrapping(raw)).collect();
    let strict: Vec<Option<Json<'_>>> = texts.iter().map(|text| serde_json::from_str(text).ok()).collect();
    let mended: Vec<Option<String>> = texts
        .iter()
        .zip(&strict)
        .map(|(text, value)| value.is_none().then(|| escape_controls(text)))
        .collect();
    let values: Vec<Json<'_>> = strict
        .into_iter()
        .zip(&mended)
        .filter_map(|(value, text)| value.or_else(|| first_value(text.as_deref()?)))
        .collect();
    let mut people = Vec::new();
    let mut found = Vec::new();
    for value in &values {
        collect_named(value, &mut people, 0);
    }
    for value in &values {
        walk(value, &people, &mut found, 0);
    }
    found.sort_by_key(|article: &LinkedArticle| !article.is_report);
    found
}

/// A script without the comments around it and the semicolon behind it that some pages write.
fn without_wrapping(raw: &str) -> &str {
    let trimmed = raw.trim().trim_start_matches('\u{feff}');
    let mut text = trimmed.trim_end_matches(';').trim();
    for (open, close) in [
        ("<!--", "-->"),
        ("//<![CDATA[", "//]]>"),
        ("/*<![CDATA[*/", "/*]]>*/"),
        ("<![CDATA[", "]]>"),
    ] {
        if let Some(inner) = text.strip_prefix(open) {
            text = inner.trim_end().strip_suffix(close).unwrap_or(inner).trim();
        }
    }
    text
}

/// Of several values one after the other the first, if it can be read.
fn first_value(text: &str) -> Option<Json<'_>> {
    let mut stream = serde_json::Deserializer::from_str(text).into_iter();
    stream.next()?.ok()
}

/// Raw control characters inside strings, escaped or turned into blanks.
fn escape_controls(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_string = false;
    let mut escaped = false;
    for c in text.chars() {
        if in_string && c.is_control() {
            out.push(' ');
            escaped = false;
            continue;
        }
        if c == '"' && !escaped {
            in_string = !in_string;
        }
        escaped = c == '\\' && !escaped && in_string;
        out.push(c);
    }
    out
}

/// Nodes with an id and a name, which others point to.
fn collect_named<'v>(value: &'v Json<'v>, people: &mut Vec<(&'v str, String)>, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Json::Array(items) => items
            .iter()
            .for_each(|item| collect_named(item, people, depth + 1)),
        Json::Object(fields) => {
            let id = value.get("@id").and_then(Json::as_str);
            if let (Some(id), Some(name)) = (id, value.get("name").and_then(text_of)) {
                people.push((id, name));
            }
            fields
                .iter()
                .for_each(|(_, item)| collect_named(item, people, depth + 1));
        }
        _ => {}
    }
}

fn walk(value: &Json<'_>, people: &[(&str, String)], found: &mut Vec<LinkedArticle>, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Json::Array(items) => items.iter().for_each(|item| walk(item, people, found, depth + 1)),
        Json::Object(fields) => {
            let types = types_of(value);
            let is_report = types.iter().any(|t| is_report_type(t));
            let is_page = types.iter().any(|t| t.ends_with("WebPage"));
            if is_report
                || (is_page
                    && ["datePublished", "headline"]
                        .iter()
                        .any(|name| value.get(name).is_some()))
            {
                found.push(read(
                    value,
                    people,
                    is_report,
                    types.iter().any(|t| t == "LiveBlogPosting"),
                ));
            }
            for (key, item) in fields {
                // what else is linked from an article is not the article
                let elsewhere = matches!(
                    key.as_ref(),
                    "relatedLink"
                        | "mentions"
                        | "citation"
                        | "comment"
                        | "isPartOf"
                        | "itemListElement"
                        | "liveBlogUpdate"
                        | "blogPost"
                );
                if !(elsewhere || (is_report && *key != "mainEntity")) {
                    walk(item, people, found, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn types_of(value: &Json<'_>) -> Vec<String> {
    strings(value.get("@type"))
        .into_iter()
        .map(|t| t.rsplit(['/', '#', ':']).next().unwrap_or("").to_owned())
        .collect()
}

fn is_report_type(name: &str) -> bool {
    name.ends_with("Article")
        || matches!(
            name,
            "BlogPosting" | "LiveBlogPosting" | "Report" | "Review" | "SocialMediaPosting" | "CreativeWork"
        )
}

fn read(value: &Json<'_>, people: &[(&str, String)], is_report: bool, is_live: bool) -> LinkedArticle {
    let text = |key: &str| value.get(key).and_then(text_of);
    LinkedArticle {
        headline: text("headline").or_else(|| if is_report { text("name") } else { None }),
        authors: names(value.get("author"), people)
            .into_iter()
            .chain(if value.get("author").is_none() {
                names(value.get("creator"), people)
            } else {
                Vec::new()
            })
            .collect(),
        editors: names(value.get("editor"), people),
        published: text("datePublished").or_else(|| text("dateCreated")),
        modified: text("dateModified"),
        publisher: names(value.get("publisher"), people).into_iter().next(),
        section: strings(value.get("articleSection")).into_iter().next(),
        language: text("inLanguage").or_else(|| {
            value
                .get("inLanguage")
                .and_then(|l| l.get("alternateName"))
                .and_then(text_of)
        }),
        body: text("articleBody"),
        description: text("description"),
        free: match value.get("isAccessibleForFree") {
            Some(Json::Bool(free)) => Some(*free),
            Some(Json::String(free)) => Some(!free.eq_ignore_ascii_case("false")),
            _ => None,
        },
        url: text("url").or_else(|| match value.get("mainEntityOfPage") {
            Some(Json::String(url)) => Some(url.to_string()),
            Some(page) => page.get("@id").and_then(text_of),
            None => None,
        }),
        is_report,
        is_live,
    }
}

/// The names of people or organisations in any shape.
fn names(value: Option<&Json<'_>>, people: &[(&str, String)]) -> Vec<String> {
    let mut out = Vec::new();
    push_names(value, people, &mut out, 0);
    out
}

fn push_names(value: Option<&Json<'_>>, people: &[(&str, String)], out: &mut Vec<String>, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Some(Json::Array(items)) => items
            .iter()
            .for_each(|item| push_names(Some(item), people, out, depth + 1)),
        Some(Json::String(_)) => out.extend(value.and_then(text_of)),
        Some(object @ Json::Object(_)) => match object.get("name") {
            Some(name @ Json::Array(_)) => push_names(Some(name), people, out, depth + 1),
            Some(name) => out.extend(text_of(name)),
            None => {
                let id = object.get("@id").and_then(Json::as_str);
                let known = people
                    .iter()
                    .find(|(i, _)| Some(*i) == id)
                    .map(|(_, name)| name.clone());
                out.extend(known);
            }
        },
        _ => {}
    }
}

fn strings(value: Option<&Json<'_>>) -> Vec<String> {
    match value {
        Some(Json::Array(items)) => items.iter().filter_map(text_of).collect(),
        Some(value) => text_of(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// A string with its references read; `None` when there is nothing in it.
fn text_of(value: &Json<'_>) -> Option<String> {
    let text = match value {
        Json::String(text) => crate::page::decode_text(text.trim()).into_owned(),
        Json::Number(number) => number.clone(),
        Json::Object(_) => value.get("@value").and_then(Json::as_str)?.to_owned(),
        Json::Array(items) => return items.first().and_then(text_of),
        _ => return None,
    };
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_the_wild_are_read() {
        let graph = r##"{"@graph":[{"@type":"WebPage","name":"x"},{"@type":["NewsArticle","Article"],"headline":"A &amp; B",
            "author":[{"@id":"#ann"},{"name":["Bo Ek"]},"Cy Dee"],"datePublished":"2031-05-06"},{"@id":"#ann","name":"Ann Lee"}]}"##;
        let found = linked_articles(&[graph]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].headline.as_deref(), Some("A & B"));
        assert_eq!(found[0].authors, ["Ann Lee", "Bo Ek", "Cy Dee"]);
    }

    #[test]
    fn broken_scripts_are_mended() {
        for raw in [
            "{\"@type\":\"NewsArticle\",\"headline\":\"A\n b\"}",
            "<!-- {\"@type\":\"NewsArticle\",\"headline\":\"A  b\"} -->;",
        ] {
            assert!(linked_articles(&[raw])[0].headline.is_some(), "{raw}");
        }
        assert!(linked_articles(&["{", "nothing", ""]).is_empty());
    }
}
