//! What was said, as an apparatus: the fullest rendering, and how the others depart from it.

use maud::{Markup, html as markup};
use twosource_model::{Account, RenderingClass, Utterance, UtteranceRendering, WordChange};

use super::links::{Cites, weight};
use super::marks::Marks;
use crate::phrases::{self, folded};

/// The section.
pub(super) fn section(account: &Account, marks: &mut Marks, id: &str) -> Markup {
    markup! {
        @if !account.utterances.is_empty() {
            section id=(id) {
                h3 { "What was said" }
                @for utterance in &account.utterances { (self::utterance(account, utterance, marks)) }
            }
        }
    }
}

fn utterance(account: &Account, utterance: &Utterance, marks: &mut Marks) -> Markup {
    let every = utterance
        .renderings
        .iter()
        .flat_map(|r| r.pieces.iter().map(|piece| (r.report, piece)));
    let cites = Cites::of(account, marks, every);
    let others = phrases::variants(utterance);
    markup! {
        figure.utterance {
            @if let Some(base) = utterance.renderings.first() {
                blockquote { (cites.line(&phrases::said(base))) }
                figcaption {
                    b dir="auto" { (utterance.speaker_name) }
                    @if let Some(addressee) = &utterance.addressee { " to " (folded(addressee.text())) }
                    @if let Some(medium) = &utterance.medium { ", " (folded(medium.text())) }
                    " " (rendering_cites(account, base, marks)) " "
                    (weight(account, &utterance.support))
                }
                (warnings(base))
            }
            @if !others.is_empty() {
                ul.variants { @for group in &others { (variant(account, group, marks)) } }
            }
        }
    }
}

/// Renderings that read the same, in one line.
fn variant(account: &Account, group: &[&UtteranceRendering], marks: &mut Marks) -> Markup {
    let Some(first) = group.first() else {
        return markup! {};
    };
    let firsts = group
        .iter()
        .flat_map(|r| r.pieces.iter().take(1).map(|piece| (r.report, piece)));
    let cites = Cites::of(account, marks, firsts);
    markup! {
        li {
            span.class { (phrases::rendering_class(first.class)) }
            (cites.sigla())
            @if first.class != RenderingClass::Identical { " " (cites.line(&phrases::said(first))) }
            @if !first.changes.is_empty() {
                ul.changes { @for change in &first.changes { li { (self::change(change)) } } }
            }
            @for rendering in group { (warnings(rendering)) }
        }
    }
}

/// A change of words, taken out and put in.
pub(super) fn change(change: &WordChange) -> Markup {
    markup! {
        @if let Some(base) = &change.base { del dir="auto" { (folded(base.text())) } }
        @if change.base.is_some() && change.rendering.is_some() { " → " }
        @if let Some(rendering) = &change.rendering { ins dir="auto" { (folded(rendering.text())) } }
    }
}

fn rendering_cites(account: &Account, rendering: &UtteranceRendering, marks: &mut Marks) -> Markup {
    Cites::of(
        account,
        marks,
        rendering
            .pieces
            .iter()
            .take(1)
            .map(|piece| (rendering.report, piece)),
    )
    .sigla()
}

fn warnings(rendering: &UtteranceRendering) -> Markup {
    markup! {
        @for warning in &rendering.warnings { p.warning { "Beware: " (warning) } }
    }
}
