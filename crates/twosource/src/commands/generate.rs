//! Completions and the manual page, made from the same definitions as the help.

use clap::CommandFactory;

use crate::arguments::Arguments;
use crate::exit::Exit;

/// Prints completions for `shell`.
pub fn completions(shell: clap_complete::Shell) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "twosource", &mut script);
    print(&script)
}

/// Prints the manual page: the program, then each verb.
pub fn man() -> anyhow::Result<Exit> {
    let mut page = Vec::new();
    let mut command = Arguments::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        let man = clap_mangen::Man::new(verb.clone());
        page.extend_from_slice(format!(".SH \"TWOSOURCE {}\"\n", verb.get_name().to_uppercase()).as_bytes());
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
        man.render_extra_section(&mut page)?;
    }
    print(&page)
}

fn print(bytes: &[u8]) -> anyhow::Result<Exit> {
    let mut output = crate::output::Output::new();
    output.text(&String::from_utf8_lossy(bytes))?;
    output.finish()?;
    Ok(Exit::Done)
}
