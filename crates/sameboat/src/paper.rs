//! The manual page and what shells complete: made of the commands themselves, so that they say what the program does.

use std::io::{self, Write};

use clap::{Arg, ArgMatches, Command};
use clap_complete::Shell;

use crate::printing;

pub(crate) fn man_command() -> Command {
    Command::new("man").about("Prints the manual page (roff), for `man -l -`")
}

pub(crate) fn completions_command() -> Command {
    Command::new("completions")
        .about("Prints what a shell needs to complete commands and flags")
        .arg(
            Arg::new("shell")
                .required(true)
                .value_name("SHELL")
                .value_parser(clap::value_parser!(Shell))
                .help("The shell"),
        )
}

/// One page for all commands.
pub(crate) fn man(mut command: Command) -> io::Result<()> {
    command.build();
    let mut page = Vec::new();
    let of_all = clap_mangen::Man::new(command.clone().disable_help_subcommand(true));
    of_all.render_title(&mut page)?;
    of_all.render_name_section(&mut page)?;
    of_all.render_synopsis_section(&mut page)?;
    of_all.render_description_section(&mut page)?;
    of_all.render_options_section(&mut page)?;
    writeln!(page, ".SH COMMANDS")?;
    let settings: Vec<_> = command.get_arguments().map(|one| one.get_id().clone()).collect();
    for of_one in command.get_subcommands().filter(|one| one.get_name() != "help") {
        one(&mut page, of_one, &settings)?;
    }
    printing::all(&page)
}

/// A command: what it does and its own flags.
fn one(page: &mut Vec<u8>, command: &Command, settings: &[clap::Id]) -> io::Result<()> {
    let name = command
        .get_bin_name()
        .unwrap_or(command.get_name())
        .replace('-', "\\-");
    writeln!(page, ".SS {name}")?;
    if let Some(about) = command.get_about() {
        writeln!(page, "{}", escaped(&about.to_string()))?;
    }
    let own = command
        .get_arguments()
        .filter(|one| !settings.contains(one.get_id()));
    for argument in own.filter(|one| one.get_id() != "help") {
        let value = argument
            .get_value_names()
            .map(|names| names.join(" "))
            .unwrap_or_default();
        let takes = argument.get_action().takes_values();
        let shown = match argument.get_long() {
            Some(long) if takes => format!("\\-\\-{} {value}", long.replace('-', "\\-")),
            Some(long) => format!("\\-\\-{}", long.replace('-', "\\-")),
            None => value,
        };
        writeln!(page, ".TP\n\\fB{shown}\\fR")?;
        if let Some(help) = argument.get_help() {
            writeln!(page, "{}", escaped(&help.to_string()))?;
        }
    }
    for below in command.get_subcommands().filter(|one| one.get_name() != "help") {
        one(page, below, settings)?;
    }
    Ok(())
}

/// As roff has it: a line that begins with a point or a quote would be a command of its own.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) {
        format!("\\&{text}")
    } else {
        text
    }
}

pub(crate) fn completions(mut command: Command, asked: &ArgMatches) -> io::Result<()> {
    let mut all: Vec<u8> = Vec::new();
    if let Some(shell) = asked.get_one::<Shell>("shell") {
        clap_complete::generate(*shell, &mut command, "sameboat", &mut all);
    }
    printing::all(&all)
}
