//! Prints what is read out of a file: `cargo run -p twosource-extract --example read -- PAGE.html [ADDRESS]`.

use std::error::Error;
use std::io::Write;

use twosource_extract::{Settings, extract};
use twosource_model::{Document, DocumentId, MediaType};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("name a file")?;
    let kind = match path.rsplit('.').next() {
        Some("html" | "htm") => MediaType::Html,
        Some("md") => MediaType::Markdown,
        _ => MediaType::PlainText,
    };
    let mut document = Document::new(DocumentId::new(&path), kind, std::fs::read(&path)?);
    document.url = arguments.next();
    let mut out = std::io::stdout().lock();
    for article in extract(&document, &Settings::default())? {
        writeln!(out, "title      {}", article.title())?;
        writeln!(
            out,
            "outlet     {:?}\nauthors    {:?}",
            article.outlet, article.authors
        )?;
        writeln!(
            out,
            "editors    {:?}\nsection    {:?}",
            article.editors, article.section
        )?;
        writeln!(
            out,
            "language   {:?}\nwire       {:?}",
            article.language, article.wire_credits
        )?;
        writeln!(
            out,
            "published  {:?}\nmodified   {:?}\n",
            article.published, article.modified
        )?;
        for paragraph in &article.paragraphs {
            let span = paragraph.span;
            writeln!(
                out,
                "{:?}: {}",
                paragraph.role,
                &article.text()[span.start()..span.end()]
            )?;
        }
        writeln!(out)?;
        for clutter in &article.clutter {
            writeln!(out, "- {} {:?}: {}", clutter.rule, clutter.bytes, clutter.text)?;
        }
        for finding in &article.findings {
            writeln!(out, "! {}: {}", finding.rule, finding.message)?;
        }
    }
    Ok(())
}
