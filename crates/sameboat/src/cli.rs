//! The command line.

use std::error::Error;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};
use domain::people::Role;
use feeds::Format;

use crate::backups::{self, Output, Restore};
use crate::settings::{self, Settings};
use crate::{
    audit, choose, compose, content, demo, doctor, export, import, invite, keys, measure, paper, printing,
    serve, stale,
};

pub(crate) async fn run() -> Result<ExitCode, Box<dyn Error>> {
    let matches = command().get_matches();
    let Some((name, arguments)) = matches.subcommand() else {
        return Ok(ExitCode::FAILURE);
    };
    if name == "settings" {
        printing::all(settings::markdown().as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    match name {
        "man" => {
            paper::man(command())?;
            return Ok(ExitCode::SUCCESS);
        }
        // Needs neither settings nor a database.
        "compose" => return compose::run(&compose::arguments(arguments)?),
        "completions" => {
            paper::completions(command(), arguments)?;
            return Ok(ExitCode::SUCCESS);
        }
        "measure" => return measure::run(arguments),
        _ => {}
    }
    let settings = Settings::read(arguments)?;
    log(&settings, name);
    match name {
        "serve" => serve::serve(&settings).await?,
        "demo" => demo::start(&settings, arguments.get_flag("fresh")).await?,
        "import" => import::run(&settings, &import_arguments(arguments)).await?,
        "choose" => {
            let content = content::read(&settings)?;
            match arguments.get_one::<String>("answers") {
                Some(file) => choose::answers(&content, file)?,
                None => choose::questions(&content)?,
            }
        }
        "export" => export::run(&settings, &export_arguments(arguments)).await?,
        "invite" => invite::run(&settings, &invite_arguments(arguments)).await?,
        "keys" => match keys::asked(arguments) {
            Some(asked) => keys::run(&settings, asked).await?,
            None => return Ok(ExitCode::FAILURE),
        },
        "listings" => stale::list(&settings, listings_output(arguments)).await?,
        "audit" => return audit::run(&settings, &audit_arguments(arguments)).await,
        "backup" => match arguments.subcommand() {
            Some((_, keygen)) => backups::keygen(path(keygen, "out").as_deref())?,
            None => backups::run(&settings, &backup_arguments(arguments)).await?,
        },
        "restore" => backups::restore(&settings, &restore_arguments(arguments)).await?,
        "move" => {
            let text = |name: &str| arguments.get_one::<String>(name).map_or("", String::as_str);
            backups::move_to(text("from"), text("to")).await?;
        }
        "doctor" => {
            let depth = if arguments.get_flag("deep") {
                doctor::Depth::Deep
            } else {
                doctor::Depth::Quick
            };
            return doctor::run(&settings, depth, arguments.get_flag("json")).await;
        }
        _ => return Ok(ExitCode::FAILURE),
    }
    Ok(ExitCode::SUCCESS)
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).help(help).action(ArgAction::SetTrue)
}

fn command() -> Command {
    Command::new("sameboat")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Group therapy and support groups: find one, join, meet, and see whether it helped.")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args(settings::arguments())
        .subcommand(Command::new("serve").about("Serves the site"))
        .subcommand(
            Command::new("demo")
                .about("Serves the site with an invented organisation and its groups")
                .arg(flag("fresh", "Begin with new data")),
        )
        .subcommand(import_command())
        .subcommand(
            Command::new("choose")
                .about("Which kind of help fits, and why: the questions, or what follows from answers, as JSON")
                .arg(flag("questions", "Print every question with its options"))
                .arg(
                    Arg::new("answers")
                        .long("answers")
                        .value_name("FILE")
                        .conflicts_with("questions")
                        .required_unless_present("questions")
                        .help("A file with {\"answers\":{\"question\":\"option\" or [\"option\",…]}}; - reads standard input"),
                ),
        )
        .subcommand(measure::command())
        .subcommand(compose::command())
        .subcommand(export_command())
        .subcommand(listings())
        .subcommand(invite_command())
        .subcommand(keys::command())
        .subcommand(audit_command())
        .subcommand(backup_command())
        .subcommand(restore_command())
        .subcommand(move_command())
        .subcommand(
            Command::new("doctor")
                .about("Checks the installation and says how to mend it")
                .arg(flag("deep", "Open every sealed value and sum up every row, too"))
                .arg(flag("json", "For machines")),
        )
        .subcommand(paper::man_command())
        .subcommand(paper::completions_command())
        .subcommand(
            Command::new("settings")
                .about("Lists every setting")
                .arg(flag("markdown", "As the page of the documentation")),
        )
}

/// `sameboat import`.
fn import_command() -> Command {
    Command::new("import")
        .about("Imports the groups and providers of a feed; the same file again changes nothing")
        .arg(
            Arg::new("files")
                .value_name("FILE")
                .required(true)
                .num_args(1..)
                .help("Files of one programme"),
        )
        .arg(
            Arg::new("as")
                .long("as")
                .value_name("FORMAT")
                .value_parser(Format::ALL.map(Format::name))
                .help("What the files are; seen in them, if it is not given"),
        )
        .arg(
            Arg::new("programme")
                .long("programme")
                .value_name("NAME")
                .help("Whose groups they are; a sameboat file says it itself"),
        )
        .arg(
            Arg::new("zone")
                .long("zone")
                .value_name("IANA")
                .help("The time zone of groups that name none, such as America/Los_Angeles"),
        )
        .arg(
            Arg::new("page")
                .long("page")
                .value_name("URL")
                .help("The programme's own page: how to come, for groups that name no page"),
        )
        .arg(Arg::new("codes").long("codes").value_name("WHOSE").help(
            "Whose type codes the feed uses, such as al-anon; else they go with the name of the programme",
        ))
        .arg(
            Arg::new("topic")
                .long("topic")
                .value_name("TOPIC")
                .action(ArgAction::Append)
                .help(
                    "What all groups of the programme are about, such as alcohol; may be given several times",
                ),
        )
        .arg(
            Arg::new("report")
                .long("report")
                .value_name("FILE")
                .help("Writes what became of each row, as JSON"),
        )
        .arg(flag("dry-run", "Say what would be, and change nothing"))
        .arg(flag("brief", "Show only the rows that were held"))
}

fn import_arguments(matches: &ArgMatches) -> import::Arguments {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    import::Arguments {
        files: matches
            .get_many::<String>("files")
            .into_iter()
            .flatten()
            .map(Into::into)
            .collect(),
        format: Format::ALL
            .into_iter()
            .find(|format| text("as").as_deref() == Some(format.name())),
        programme: text("programme"),
        zone: text("zone"),
        page: text("page"),
        codes: text("codes"),
        topics: matches
            .get_many::<String>("topic")
            .into_iter()
            .flatten()
            .cloned()
            .collect(),
        report: text("report").map(Into::into),
        dry_run: matches.get_flag("dry-run"),
        brief: matches.get_flag("brief"),
    }
}

fn invite_command() -> Command {
    let roles = Role::ALL.into_iter().filter(|role| *role != Role::Member);
    Command::new("invite")
        .about("Invites someone to a role by a letter; where no letters go out, prints the link")
        .arg(
            Arg::new("role")
                .long("role")
                .value_name("ROLE")
                .required(true)
                .value_parser(roles.map(Role::name).collect::<Vec<_>>())
                .help("What they will be"),
        )
        .arg(Arg::new("group").long("group").value_name("GROUP").help(
            "The group in which, by its address or the last part of it; without it the whole organisation",
        ))
        .arg(
            Arg::new("address")
                .value_name("EMAIL")
                .required(true)
                .help("Whom"),
        )
}

fn invite_arguments(matches: &ArgMatches) -> invite::Arguments {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    invite::Arguments {
        role: text("role").unwrap_or_default(),
        group: text("group"),
        address: text("address").unwrap_or_default(),
    }
}

fn audit_command() -> Command {
    let head = Command::new("head")
        .about("Signs where the audit ends now, and prints that as one line to keep elsewhere");
    let verify = Command::new("verify")
        .about("Reads the whole audit and says what is not as it was written")
        .arg(
            Arg::new("head")
                .long("head")
                .value_name("FILE|LINE")
                .action(ArgAction::Append)
                .help("What was kept elsewhere: a line, a file of lines, or - for standard input; may be given several times"),
        );
    Command::new("audit")
        .about("Looks whether what was done is written down whole")
        .subcommand_required(true)
        .subcommand(head)
        .subcommand(verify)
}

fn audit_arguments(matches: &ArgMatches) -> audit::Arguments {
    match matches.subcommand() {
        Some(("verify", verify)) => audit::Arguments::Verify {
            heads: verify
                .get_many::<String>("head")
                .into_iter()
                .flatten()
                .cloned()
                .collect(),
        },
        _ => audit::Arguments::Head,
    }
}

fn backup_command() -> Command {
    let keygen = Command::new("keygen")
        .about("Makes a pair of keys: the public one for --backup-recipient, and the identity that reads backups")
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE")
                .help("Writes the identity there, for its owner only, and prints the public key"),
        );
    Command::new("backup")
        .about("Writes everything into one encrypted file, while the site runs")
        .arg(Arg::new("to").long("to").value_name("PATH").help(
            "A folder, where it gets a name with its time, or a new file; without it the folder of --backup-to",
        ))
        .arg(
            Arg::new("recipient")
                .long("recipient")
                .value_name("AGEKEY")
                .action(ArgAction::Append)
                .help("A public key (age1…) whose identity can read it; may be given several times. Without it those of --backup-recipient"),
        )
        .arg(json())
        .args_conflicts_with_subcommands(true)
        .subcommand(keygen)
}

fn backup_arguments(matches: &ArgMatches) -> backups::Arguments {
    let recipients = matches.get_many::<String>("recipient");
    backups::Arguments {
        to: path(matches, "to"),
        recipients: recipients.into_iter().flatten().cloned().collect(),
        output: output(matches),
    }
}

fn restore_command() -> Command {
    Command::new("restore")
        .about("Makes a database of a backup and compares every table; with --drill it leaves nothing")
        .arg(
            Arg::new("from")
                .long("from")
                .value_name("PATH")
                .required(true)
                .help("The backup, or a folder whose newest is taken"),
        )
        .arg(
            Arg::new("to")
                .long("to")
                .value_name("DATABASE")
                .help("What to make: sqlite:FILE that is not there, or an empty database at postgres://…"),
        )
        .arg(
            Arg::new("identity")
                .long("identity")
                .value_name("FILE")
                .required(true)
                .help("The file with the identity that goes with the public key"),
        )
        .arg(
            Arg::new("drill")
                .long("drill")
                .action(ArgAction::SetTrue)
                .help("Only try it: without --to in a temporary file"),
        )
        .arg(
            Arg::new("tombstones")
                .long("tombstones")
                .value_name("FILE")
                .help("Who was deleted since, besides what is beside the backup and in the data folder"),
        )
        .arg(json())
}

fn restore_arguments(matches: &ArgMatches) -> Restore {
    Restore {
        from: path(matches, "from").unwrap_or_default(),
        to: matches.get_one::<String>("to").cloned(),
        identity: path(matches, "identity").unwrap_or_default(),
        drill: matches.get_flag("drill"),
        tombstones: path(matches, "tombstones"),
        output: output(matches),
    }
}

fn move_command() -> Command {
    let database = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name("DATABASE")
            .required(true)
            .help(help)
    };
    Command::new("move")
        .about("Copies everything into an empty database, which may be of the other engine, and compares every table; stop the site first")
        .arg(database("from", "sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME"))
        .arg(database("to", "The same; must be empty"))
}

fn path(matches: &ArgMatches, name: &str) -> Option<std::path::PathBuf> {
    matches.get_one::<String>(name).map(Into::into)
}

fn json() -> Arg {
    Arg::new("json")
        .long("json")
        .help("For machines")
        .action(ArgAction::SetTrue)
}

fn output(matches: &ArgMatches) -> Output {
    if matches.get_flag("json") {
        Output::Json
    } else {
        Output::Words
    }
}

fn listings() -> Command {
    let stale = Command::new("stale")
        .about("Listings that are gone from their feed or were not verified for long, the worst first")
        .arg(json());
    Command::new("listings")
        .about("Looks at the listings")
        .subcommand_required(true)
        .subcommand(stale)
}

fn export_command() -> Command {
    let formats = Format::ALL.map(Format::name);
    Command::new("export")
        .about("Writes the groups for another site or program; what a format cannot say is counted")
        .arg(
            Arg::new("as")
                .long("as")
                .value_name("FORMAT")
                .required(true)
                .value_parser(formats)
                .help("What to write; bmlt is one file of search results, formats and service bodies, which import reads as it is"),
        )
        .arg(
            Arg::new("programme")
                .long("programme")
                .value_name("NAME")
                .help("The groups that came from this programme's feed, in place of your own"),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE")
                .help("Where to write it; without it to standard output"),
        )
}

fn export_arguments(matches: &ArgMatches) -> export::Arguments {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let asked = text("as").unwrap_or_default();
    export::Arguments {
        format: Format::ALL
            .into_iter()
            .find(|format| format.name() == asked)
            .unwrap_or(Format::Sameboat),
        whose: text("programme").map_or(web::publishing::Whose::Own, web::publishing::Whose::Programme),
        out: text("out").map(Into::into),
    }
}

fn listings_output(matches: &ArgMatches) -> stale::Output {
    match matches.subcommand() {
        Some((_, stale)) if stale.get_flag("json") => stale::Output::Json,
        _ => stale::Output::Table,
    }
}

/// Logs go to standard error. Commands that talk to a person log only what went wrong.
fn log(settings: &Settings, command: &str) {
    let level = if matches!(command, "serve") {
        settings.log.as_str()
    } else {
        "warn"
    };
    let filter = tracing_subscriber::EnvFilter::new(web::logging::filter(level));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .init();
}
