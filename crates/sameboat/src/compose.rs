//! `sameboat compose`: from a waiting list to groups, proven where it can be; also any plan checked, and what-ifs.

use std::error::Error;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::{Arg, ArgMatches, Command, value_parser};
use composer::mdgp::{Mdgp, MdgpError};
use composer::{Difference, EditError, How, Plan, Problem, Reached, Refused, Status, Watch, check, compose};
use indicatif::{ProgressBar, ProgressStyle};

use crate::printing::say;

/// As much as a file may hold.
const MOST_BYTES: u64 = composer::limits::BYTES as u64;
/// There is no plan; another code than that of a problem that cannot be read.
const IMPOSSIBLE: u8 = 3;
/// So many starts, where neither effort nor time is given.
const EFFORT: u32 = 16;

pub(crate) struct Arguments {
    what: What,
    effort: Effort,
    seed: u64,
    threads: usize,
}

enum What {
    Plan {
        problem: String,
        out: Option<PathBuf>,
        edits: Vec<String>,
    },
    Check {
        problem: String,
        plan: String,
    },
    Mdgp {
        file: String,
    },
}

#[derive(Clone, Copy)]
enum Effort {
    Starts(u32),
    Time(Duration),
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum ComposeError {
    #[error("{file} cannot be read: {why}")]
    Read { file: String, why: std::io::Error },
    #[error("{file} cannot be written: {why}")]
    Write { file: String, why: std::io::Error },
    #[error("{file} is refused:\n{why}")]
    Refused { file: String, why: Refused },
    #[error("{file}: {why}")]
    Instance { file: String, why: MdgpError },
    #[error("--what-if {0}")]
    Edit(#[from] EditError),
    #[error("give the problem and then the plan: sameboat compose --check PROBLEM.json PLAN.json")]
    CheckWhat,
    #[error("give one problem: sameboat compose PROBLEM.json --out PLAN.json")]
    ComposeWhat,
}

pub(crate) fn command() -> Command {
    let number = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    Command::new("compose")
        .about("Who with whom: from a waiting list and possible groups to a plan, explained, and proven where it can be")
        .after_help(
            "The format of a problem is in docs/composer.md. Ends with 0 for a plan, 1 for what cannot be read or a plan that \
             breaks a condition, 3 where no plan is possible.",
        )
        .arg(
            Arg::new("files")
                .value_name("PROBLEM.json")
                .num_args(1..=2)
                .required_unless_present("mdgp")
                .help("The problem (- reads standard input); with --check the plan after it"),
        )
        .arg(
            number("effort", "N", "How many starts; the same seed and effort give the same plan")
                .value_parser(value_parser!(u32).range(1..))
                .conflicts_with("seconds"),
        )
        .arg(
            number("seconds", "S", "For how long at most; the plan says how much effort was reached")
                .value_parser(value_parser!(u32).range(1..=86_400)),
        )
        .arg(
            number("seed", "N", "Where chance begins")
                .default_value("1")
                .value_parser(value_parser!(u64)),
        )
        .arg(
            number("threads", "N", "How many starts at a time; the plan is the same for any")
                .default_value("1")
                .value_parser(value_parser!(u16).range(1..=64)),
        )
        .arg(number("out", "PLAN.json", "Where to write the plan; without it to standard output"))
        .arg(
            number("what-if", "EDIT", "Tells what would change: move=PERSON,GROUP, open=GROUP, max=GROUP,N or min=GROUP,N; may be given several times")
                .action(clap::ArgAction::Append)
                .conflicts_with("check"),
        )
        .arg(
            Arg::new("check")
                .long("check")
                .action(clap::ArgAction::SetTrue)
                .help("Looks whether a plan keeps every condition, and prints its levels"),
        )
        .arg(
            number("mdgp", "FILE", "Solves an instance of MDGPLIB and prints its objective")
                .conflicts_with_all(["files", "check", "what-if", "out", "effort"]),
        )
}

pub(crate) fn arguments(matches: &ArgMatches) -> Result<Arguments, ComposeError> {
    let mut files = matches.get_many::<String>("files").into_iter().flatten().cloned();
    let (first, second) = (files.next(), files.next());
    let what = match (matches.get_one::<String>("mdgp"), first, second) {
        (Some(file), _, _) => What::Mdgp { file: file.clone() },
        (None, Some(problem), Some(plan)) if matches.get_flag("check") => What::Check { problem, plan },
        (None, Some(problem), None) if !matches.get_flag("check") => What::Plan {
            problem,
            out: matches.get_one::<String>("out").map(Into::into),
            edits: matches
                .get_many::<String>("what-if")
                .into_iter()
                .flatten()
                .cloned()
                .collect(),
        },
        _ if matches.get_flag("check") => return Err(ComposeError::CheckWhat),
        _ => return Err(ComposeError::ComposeWhat),
    };
    let time = matches
        .get_one::<u32>("seconds")
        .map(|seconds| Duration::from_secs(u64::from(*seconds)));
    let starts = matches.get_one::<u32>("effort").copied().unwrap_or(EFFORT);
    Ok(Arguments {
        what,
        effort: time.map_or(Effort::Starts(starts), Effort::Time),
        seed: matches.get_one::<u64>("seed").copied().unwrap_or(1),
        threads: matches
            .get_one::<u16>("threads")
            .map_or(1, |threads| usize::from(*threads)),
    })
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    match &arguments.what {
        What::Plan { problem, out, edits } => plan(arguments, problem, out.as_deref(), edits),
        What::Check { problem, plan } => checked(problem, plan),
        What::Mdgp { file } => mdgp(arguments, file),
    }
}

fn plan(
    arguments: &Arguments,
    file: &str,
    out: Option<&Path>,
    edits: &[String],
) -> Result<ExitCode, Box<dyn Error>> {
    let problem = problem(file)?;
    for note in problem.notes() {
        eprintln!("{file}: {note}");
    }
    let edits: Vec<_> = edits
        .iter()
        .map(|edit| problem.edit(edit))
        .collect::<Result<_, _>>()
        .map_err(ComposeError::from)?;
    let edited = problem.edited(&edits).map_err(ComposeError::from)?;
    let before = composed(arguments, &problem)?;
    if !edits.is_empty() {
        let after = composed(arguments, &edited)?;
        let difference = Difference::between(&before, &after);
        eprint!("{difference}");
        written(out, &difference)?;
        return Ok(code(&after));
    }
    told(&before);
    written(out, &before)?;
    Ok(code(&before))
}

fn code(plan: &Plan) -> ExitCode {
    match plan.status {
        Status::Infeasible => ExitCode::from(IMPOSSIBLE),
        Status::Optimal | Status::Feasible => ExitCode::SUCCESS,
    }
}

/// The levels for who sits at a terminal, or what clashes.
fn told(plan: &Plan) {
    if plan.status == Status::Infeasible {
        eprintln!("There is no plan; these cannot be at once:");
        plan.clash.iter().for_each(|clash| eprintln!("  {clash}"));
        return;
    }
    let proven = if plan.status == Status::Optimal {
        "proven optimal"
    } else {
        "not proven optimal"
    };
    eprintln!("{}; {proven}, effort {}", levels(&plan.levels), plan.effort);
}

fn levels(levels: &[Reached]) -> String {
    let told = levels
        .iter()
        .map(|level| format!("{} {}", level.name.name(), level.value));
    told.collect::<Vec<_>>().join(", ")
}

fn composed(arguments: &Arguments, problem: &Problem) -> Result<Plan, Box<dyn Error>> {
    let how = How {
        effort: match arguments.effort {
            Effort::Starts(starts) => starts,
            Effort::Time(_) => u32::MAX,
        },
        seed: arguments.seed,
        threads: arguments.threads,
    };
    with_interrupt(|interrupted| {
        let waiting = Waiting::new(arguments.effort, interrupted);
        let plan = compose(problem, how, &waiting);
        waiting.bar.finish_and_clear();
        Ok(plan?)
    })
}

/// Runs it on a thread of its own, so that Ctrl-C is heard meanwhile: the first one asks to end with the best there is.
fn with_interrupt<T: Send>(
    work: impl FnOnce(&AtomicBool) -> Result<T, Box<dyn Error>>,
) -> Result<T, Box<dyn Error>> {
    static INTERRUPTED: AtomicBool = AtomicBool::new(false);
    let listener = tokio::spawn(async {
        if tokio::signal::ctrl_c().await.is_ok() {
            INTERRUPTED.store(true, Ordering::Relaxed);
        }
    });
    let done = tokio::task::block_in_place(|| work(&INTERRUPTED));
    listener.abort();
    done
}

/// Whoever waits at the terminal.
struct Waiting<'a> {
    began: Instant,
    effort: Effort,
    interrupted: &'a AtomicBool,
    bar: ProgressBar,
}

impl<'a> Waiting<'a> {
    fn new(effort: Effort, interrupted: &'a AtomicBool) -> Self {
        let bar = match effort {
            Effort::Starts(starts) => ProgressBar::new(u64::from(starts)),
            Effort::Time(_) => ProgressBar::no_length(),
        };
        let form = ProgressStyle::with_template("{spinner} {elapsed} start {pos}: {msg}");
        Self {
            began: Instant::now(),
            effort,
            interrupted,
            // Hidden where standard error is no terminal.
            bar: bar.with_style(form.unwrap_or_else(|_| ProgressStyle::default_spinner())),
        }
    }
}

impl Watch for Waiting<'_> {
    fn stop(&self) -> bool {
        let late = matches!(self.effort, Effort::Time(most) if self.began.elapsed() >= most);
        late || self.interrupted.load(Ordering::Relaxed)
    }

    fn progress(&self, done: u32, reached: &[Reached]) {
        self.bar.set_position(u64::from(done));
        self.bar.set_message(levels(reached));
    }
}

fn checked(problem_file: &str, plan_file: &str) -> Result<ExitCode, Box<dyn Error>> {
    let problem = problem(problem_file)?;
    let refused = |why| ComposeError::Refused {
        file: plan_file.to_owned(),
        why,
    };
    let plan = Plan::read(&text(plan_file)?).map_err(refused)?;
    match check(&problem, &plan) {
        Ok(levels) => {
            for level in levels {
                say!("{} {}", level.name.name(), level.value)?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(broken) => {
            for sentence in broken {
                eprintln!("{plan_file}: {sentence}");
            }
            Ok(ExitCode::FAILURE)
        }
    }
}

fn mdgp(arguments: &Arguments, file: &str) -> Result<ExitCode, Box<dyn Error>> {
    let instance = Mdgp::read(&text(file)?).map_err(|why| ComposeError::Instance {
        file: file.to_owned(),
        why,
    })?;
    let time = match arguments.effort {
        Effort::Time(most) => most,
        Effort::Starts(_) => Duration::from_secs(10),
    };
    let found = with_interrupt(|interrupted| {
        let waiting = Waiting::new(Effort::Time(time), interrupted);
        let found = instance.solve(arguments.seed, u64::MAX, &|| waiting.stop());
        waiting.bar.finish_and_clear();
        Ok(found)
    })?;
    say!("objective {}", found.objective)?;
    if found.optimal {
        say!("optimal")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn problem(file: &str) -> Result<Problem, ComposeError> {
    Problem::read(&text(file)?).map_err(|why| ComposeError::Refused {
        file: file.to_owned(),
        why,
    })
}

fn text(file: &str) -> Result<String, ComposeError> {
    let mut text = String::new();
    // One byte more than may be, so that what is too long is seen and not cut.
    let read = if file == "-" {
        std::io::stdin().take(MOST_BYTES + 1).read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(MOST_BYTES + 1).read_to_string(&mut text))
    };
    read.map_err(|why| ComposeError::Read {
        file: file.to_owned(),
        why,
    })?;
    Ok(text)
}

/// As JSON, into a file or to standard output.
fn written(out: Option<&Path>, value: &impl serde::Serialize) -> Result<(), Box<dyn Error>> {
    let text = serde_json::to_string_pretty(value)?;
    let Some(file) = out else {
        return Ok(say!("{text}")?);
    };
    std::fs::write(file, text + "\n").map_err(|why| ComposeError::Write {
        file: file.display().to_string(),
        why,
    })?;
    Ok(())
}
