//! Writes the renderings of the account that the tests use: `cargo run -p twosource-render --example preview -- html`.

#[path = "../tests/fixture/mod.rs"]
mod fixture;

use std::io::Write;

use twosource_render::{Options, SetAside, Stories, html, json, markdown, terminal};

fn main() -> std::io::Result<()> {
    let format = std::env::args().nth(1).unwrap_or_default();
    let accounts = [fixture::account()];
    let set_aside = [SetAside {
        path: "broken.html".to_owned(),
        reason: "nothing but clutter".to_owned(),
    }];
    let stories = Stories {
        accounts: &accounts,
        set_aside: &set_aside,
        as_of: accounts[0].as_of,
    };
    let render = match format.as_str() {
        "html" => html,
        "json" => json,
        "markdown" => markdown,
        _ => terminal,
    };
    std::io::stdout().write_all(render(&stories, &Options::default()).as_bytes())
}
