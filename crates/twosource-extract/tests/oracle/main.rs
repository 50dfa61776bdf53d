//! The light tree against html5ever: the paragraphs of pages written for this test.

mod cases;
mod paragraphs;

use proptest::prelude::*;
use twosource_extract::training;

/// Checks a page in the standard's own mode: the one for pages without a doctype is left out on purpose.
#[track_caller]
fn check(body: &str) {
    let html = format!("<!DOCTYPE html>{body}");
    assert_eq!(
        training::paragraphs(&html),
        paragraphs::paragraphs(&html),
        "{html}"
    );
}

#[test]
fn implied_ends_are_those_of_the_standard() {
    for html in [
        "<p>a<p>b<div>c</div><p>d</p>e",
        "<ul><li><p>a<li><p>b</ul><p>c",
        "<p>a<ul><li>b<p>c</ul>d<p>e",
        "<table><tr><td><p>a<td><p>b<tr><th><p>c</table><p>d",
        "<p>a<table><tr><td>b</table>",
        "<dl><dt><p>a<dd><p>b<dt>c</dl>",
        "<h1>a<p>b</h1><p>c",
        "<p>a<h2>b</h2>c<p>d",
        "<p>a<blockquote>b<p>c</blockquote>d",
        "<select><option><p>a<option>b</select><p>c",
        "<button><p>a</button><p>b",
        "<p>a<button>b<p>c</button>d",
        "<p>a<hr>b<p>c",
        "<p>a<form>b<p>c</form>d",
        "<section><p>a</section>b<p>c",
    ] {
        check(html);
    }
}

#[test]
fn stray_and_missing_tags_are_taken_as_the_standard_has_it() {
    for html in [
        "<p>a</div>b</p>c<p>d",
        "<div><p>a</div><p>b",
        "<p><b>a<p>b</b>c<p>d",
        "<p><a href=x>a<p>b</a>c",
        "</p>a<p>b",
        "<p>a</body><p>b</html><p>c",
        "<html><html><body><body><p>a",
        "<p>a<br>b</br>c",
        "<p>a<span><div>b</div></span><p>c",
        "<li><p>a<div><li><p>b</div>",
    ] {
        check(html);
    }
}

#[test]
fn raw_text_comments_and_references_are_read_alike() {
    for html in [
        "<p>a<script>if (1 < 2) '<p>no'</script>b<p>c",
        "<p>a<style>p { }</style>b",
        "<title><p>no</title><p>a",
        "<p>a<textarea><p>no</textarea>b",
        "<p>a<!-- <p>no -->b<!--->c<!-->d<p>e",
        "<p>a<!doctype x>b<?php no ?>c</ no>d<p>e",
        "<p>a &amp; b &eacute; &#8217; &#x201C; &copy2031 &notit; &noname; & c",
        "<p>1 < 2 <3 <p>a",
        "<p title='>'>a<p title=\"a'>b\">c<p title=x>d<p title = y>e",
        "<p>a<iframe><p>no</iframe>b<p>c",
        "<p>a<noscript><p>no</noscript>b<p>c",
        "<p>a<svg><title>no</title><p>b",
        "<p>a<svg><text>no</text></svg>b<p>c",
    ] {
        check(html);
    }
}

#[test]
fn what_differs_on_purpose_is_known() {
    // the standard moves what stands in a table but in no cell before the table; the light tree leaves it in its place
    let html = "<!DOCTYPE html><table><p>a<tr><td>b</table><p>c";
    assert_eq!(paragraphs::paragraphs(html), ["a", "c"]);
    assert_eq!(training::paragraphs(html), ["a b", "c"]);
    // a page of frames has no words in the standard; the light tree reads what stands there
    let html = "<!DOCTYPE html><frameset><p>a";
    assert!(paragraphs::paragraphs(html).is_empty());
    assert_eq!(training::paragraphs(html), ["a"]);
}

/// Tags and words of which pages are put together at random.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<h2>",
    "</h2>",
    "<b>",
    "</b>",
    "<br>",
    "<span>",
    "</span>",
    "<section>",
    "</section>",
    "<blockquote>",
    "</blockquote>",
    "<hr>",
    "<img src=x>",
    "<!-- c -->",
    "one ",
    "two ",
    "three ",
    "&amp;",
    "&eacute;",
];

proptest! {
    #[test]
    fn pages_at_random_hold_the_same_paragraphs(picks in prop::collection::vec(0..PIECES.len(), 0..40)) {
        let html: String = picks.iter().map(|at| PIECES[*at]).collect();
        prop_assert_eq!(training::paragraphs(&html), paragraphs::paragraphs(&html), "{}", html);
    }
}
