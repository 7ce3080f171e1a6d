//! `sameboat measure`: forms, scores and change at the console. It opens no database, and keeps nothing.
//!
//! Each subcommand has `--json`; its shape stands with the type that is printed.

mod change;
pub(crate) mod forms;
mod rows;
mod score;

use std::error::Error;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};
use measures::change::gains;
use measures::change::goals::{self, Goal, GoalError};
use measures::native::Direction;
use serde::Serialize;

use crate::printing::say;

/// What a person typed that means nothing here.
#[derive(Debug, thiserror::Error)]
enum MeasureError {
    #[error("“{0}” is no goal; write weight and attainment as W:X, for example 4:1")]
    NoGoal(String),
    #[error("“{given}”: {why}")]
    Goal { given: String, why: GoalError },
    #[error(transparent)]
    Goals(#[from] GoalError),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Output {
    Text,
    Json,
}

impl Output {
    fn of(arguments: &ArgMatches) -> Self {
        if arguments.get_flag("json") {
            Self::Json
        } else {
            Self::Text
        }
    }

    /// The one or the other.
    fn print(self, value: &impl Serialize, text: impl FnOnce() -> String) -> Result<(), Box<dyn Error>> {
        let text = match self {
            Self::Json => serde_json::to_string(value)?,
            Self::Text => text(),
        };
        Ok(say!("{text}")?)
    }
}

pub(crate) fn command() -> Command {
    Command::new("measure")
        .about("Forms, scores and change: what a number means, and what it does not")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(
            Arg::new("json")
                .long("json")
                .global(true)
                .action(ArgAction::SetTrue)
                .help("For machines"),
        )
        .arg(
            Arg::new("folder")
                .long("folder")
                .value_name("DIR")
                .global(true)
                .help("A folder with forms of your own: NAME.json, and NAME.toml with what its numbers mean; and thresholds.toml with what your programmes judge change by"),
        )
        .subcommand(
            Command::new("list").about("Lists every form, with its licence and where its wording is from"),
        )
        .subcommands(score::commands())
        .subcommand(change::command())
        .subcommand(
            Command::new("gains")
                .about("Finds sudden gains: large drops from one session to the next that last")
                .arg(
                    Arg::new("cutoff")
                        .long("cutoff")
                        .value_name("POINTS")
                        .required(true)
                        .value_parser(rows::number)
                        .help("The fewest points of a gain, such as the reliable change of the form"),
                )
                .arg(
                    Arg::new("higher-is-better")
                        .long("higher-is-better")
                        .action(ArgAction::SetTrue)
                        .help("A higher score is a better one"),
                )
                .arg(Arg::new("file").value_name("FILE").required(true).help(
                    "CSV: id, then a column for each session; empty is missing; - reads standard input",
                )),
        )
        .subcommand(
            Command::new("goals")
                .about("Goal Attainment Scaling: one T-score for what a person set out to reach")
                .arg(
                    Arg::new("rho")
                        .long("rho")
                        .value_name("R")
                        .default_value("0.3")
                        .value_parser(rows::number)
                        .help("How much goals go together"),
                )
                .arg(
                    Arg::new("goals")
                        .value_name("W:X")
                        .required(true)
                        .num_args(1..)
                        .help(
                            "Weight and attainment (-2 much less than expected, 0 as expected, 2 much more)",
                        ),
                ),
        )
}

pub(crate) fn run(arguments: &ArgMatches) -> Result<ExitCode, Box<dyn Error>> {
    match arguments.subcommand() {
        Some(("list", list)) => forms::list(list)?,
        Some(("check", asked)) => return score::check(asked),
        Some(("score", asked)) => return score::score(asked),
        Some(("change", change)) => change::run(change)?,
        Some(("gains", asked)) => self::gains(asked)?,
        Some(("goals", asked)) => self::goals(asked)?,
        _ => return Ok(ExitCode::FAILURE),
    }
    Ok(ExitCode::SUCCESS)
}

/// As JSON: `{"gains":[{"id","after_session":n}]}`.
fn gains(arguments: &ArgMatches) -> Result<(), Box<dyn Error>> {
    let cutoff = arguments.get_one::<f64>("cutoff").copied().unwrap_or_default();
    let direction = if arguments.get_flag("higher-is-better") {
        Direction::HigherIsBetter
    } else {
        Direction::HigherIsWorse
    };
    let series = rows::series(&rows::read(text(arguments, "file"))?)?;
    let found = gains::find(&series, cutoff, direction);
    Output::of(arguments).print(&found, || {
        let mut lines: Vec<String> = found
            .gains
            .iter()
            .map(|gain| format!("{}: after session {}", gain.id, gain.after_session))
            .collect();
        lines.push(match found.gains.first() {
            Some(gain) => format!("{}\n{}", gain.plain(), gains::Gain::source().cited()),
            None => "No sudden gain.".to_owned(),
        });
        lines.join("\n")
    })
}

/// As JSON: `{"t"}`.
fn goals(arguments: &ArgMatches) -> Result<(), Box<dyn Error>> {
    let rho = arguments.get_one::<f64>("rho").copied().unwrap_or(goals::RHO);
    let given = arguments.get_many::<String>("goals").into_iter().flatten();
    let goals = given.map(|given| goal(given)).collect::<Result<Vec<_>, _>>()?;
    let attained = goals::attainment(&goals, rho).map_err(MeasureError::from)?;
    Output::of(arguments).print(&attained, || {
        format!(
            "T = {:.2}\n{}\n{}",
            attained.t,
            attained.plain(),
            goals::Attainment::source().cited()
        )
    })
}

fn goal(given: &str) -> Result<Goal, MeasureError> {
    let no_goal = || MeasureError::NoGoal(given.to_owned());
    let (weight, attained) = given.split_once(':').ok_or_else(no_goal)?;
    let number = |text: &str| text.trim().parse::<f64>().map_err(|_| no_goal());
    let why = |why| MeasureError::Goal {
        given: given.to_owned(),
        why,
    };
    Goal::new(number(weight)?, number(attained)?).map_err(why)
}

fn text<'a>(arguments: &'a ArgMatches, name: &str) -> &'a str {
    arguments.get_one::<String>(name).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_a_weight_and_an_attainment() {
        assert_eq!(goal("4:-1").unwrap(), Goal::new(4.0, -1.0).unwrap());
        for (given, expected) in [
            (
                "4",
                "“4” is no goal; write weight and attainment as W:X, for example 4:1",
            ),
            (
                "a:1",
                "“a:1” is no goal; write weight and attainment as W:X, for example 4:1",
            ),
            (
                "1:3",
                "“1:3”: the attainment is 3; it goes from -2 (much less than expected) to 2 (much more)",
            ),
            (
                "-1:1",
                "“-1:1”: the weight is -1; it is 0 or more (importance times difficulty)",
            ),
        ] {
            assert_eq!(goal(given).unwrap_err().to_string(), expected);
        }
    }

    #[test]
    fn the_command_line_is_whole() {
        command().debug_assert();
    }
}
