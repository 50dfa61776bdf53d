//! Writes the JSON Schema of the wire form: `cargo run -p twosource-render --example schema > docs/schema/account.json`.

use std::io::Write;

fn main() -> std::io::Result<()> {
    let schema = serde_json::to_string_pretty(&twosource_render::wire::schema())?;
    writeln!(std::io::stdout(), "{schema}")
}
