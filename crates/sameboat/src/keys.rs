//! `sameboat keys`: the key ring, and new keys for what is sealed.

use std::error::Error;
use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};
use domain::groups::Slug;
use indicatif::{ProgressBar, ProgressStyle};
use store::{KeyRing, retention, sealed};

use crate::backups::tombstones;
use crate::printing::say;
use crate::settings::Settings;

/// What is to be done.
pub(crate) enum Asked {
    Create(PathBuf),
    Add(PathBuf),
    Rotate,
    /// Keys of this group.
    Destroy(String),
    /// The same, by somebody who has not said that they want it.
    Warn(String),
}

pub(crate) fn command() -> Command {
    let file = |help: &'static str| Arg::new("file").value_name("FILE").required(true).help(help);
    Command::new("keys")
        .about("Makes and changes the keys that open what is sealed")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("create")
                .about("Makes a key file for a new installation")
                .arg(file("Where; a file that is there stays as it is")),
        )
        .subcommand(
            Command::new("add")
                .about("Puts a new key before those of a key file; `keys rotate` then wraps by it")
                .arg(file("The key file")),
        )
        .subcommand(Command::new("rotate").about(
            "Seals everything anew by new keys while the site goes on; broken off, it goes on the next time",
        ))
        .subcommand(
            Command::new("destroy")
                .about("Destroys the keys of a group that is over, and what they sealed: here, and in every backup that is restored from now on")
                .arg(
                    Arg::new("group")
                        .value_name("GROUP")
                        .required(true)
                        .help("The last part of its page's address"),
                )
                .arg(
                    Arg::new("yes")
                        .long("yes")
                        .action(clap::ArgAction::SetTrue)
                        .help("It cannot be undone, and you want it"),
                ),
        )
}

pub(crate) fn asked(matches: &ArgMatches) -> Option<Asked> {
    let (name, arguments) = matches.subcommand()?;
    let file = || arguments.get_one::<String>("file").map(PathBuf::from);
    match name {
        "create" => file().map(Asked::Create),
        "add" => file().map(Asked::Add),
        "rotate" => Some(Asked::Rotate),
        "destroy" => {
            let group = arguments.get_one::<String>("group").cloned()?;
            Some(if arguments.get_flag("yes") {
                Asked::Destroy(group)
            } else {
                Asked::Warn(group)
            })
        }
        _ => None,
    }
}

pub(crate) async fn run(settings: &Settings, asked: Asked) -> Result<(), Box<dyn Error>> {
    match asked {
        Asked::Create(file) => {
            let ring = KeyRing::create(&file)?;
            say!("{}: key {}", file.display(), ring.names().join(", "))?;
            eprintln!(
                "Without this file nothing that is sealed opens again. Copy it to another place now, and never beside the backups."
            );
        }
        Asked::Add(file) => {
            let ring = KeyRing::add(&file)?;
            say!(
                "{}: keys {}, the newest first",
                file.display(),
                ring.names().join(", ")
            )?;
            eprintln!(
                "Give every node this file and start it anew, then run: sameboat keys rotate. After that the older lines of the file may go, but a backup from before opens only with them."
            );
        }
        Asked::Rotate => rotate(settings).await?,
        Asked::Destroy(group) => destroy(settings, &group).await?,
        Asked::Warn(group) => {
            return Err(format!("What was written in confidence in {group} would be gone for good, from backups too. If that is what you want: sameboat keys destroy {group} --yes").into());
        }
    }
    Ok(())
}

async fn rotate(settings: &Settings) -> Result<(), Box<dyn Error>> {
    let store = settings.open().await?;
    let bar = ProgressBar::new(0).with_style(ProgressStyle::with_template(
        "{bar:30} {pos} of {len} values sealed anew",
    )?);
    let rotated = sealed::rotate(&store, |step| {
        bar.set_length(step.all);
        bar.set_position(step.done);
    })
    .await?;
    bar.finish_and_clear();
    say!(
        "{} keys wrapped by the newest of the key file, {} taken out of use, {} values sealed anew, {} old keys forgotten",
        rotated.rewrapped,
        rotated.retired,
        rotated.resealed,
        rotated.forgotten
    )?;
    if rotated.waiting > 0 {
        eprintln!(
            "{} old keys stay for an hour, for changes that were under way; the next rotation forgets them.",
            rotated.waiting
        );
    }
    store.close().await;
    Ok(())
}

async fn destroy(settings: &Settings, group: &str) -> Result<(), Box<dyn Error>> {
    let slug = Slug::parse(group)?;
    let store = settings.open().await?;
    let destroyed = retention::destroy(&store, &slug).await?;
    let marks = tombstones::keep(&store, settings).await?;
    store.close().await;
    say!(
        "{} keys of {group} destroyed, {} rows that they sealed taken away, and {} values from rows that stay. Marks for restored backups: {marks}",
        destroyed.keys,
        destroyed.rows,
        destroyed.values
    )?;
    Ok(())
}
