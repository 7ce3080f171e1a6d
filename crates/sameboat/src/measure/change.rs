//! `sameboat measure change`: by the norms of two groups, or by the thresholds of a form; for one person or a file of them.

use std::error::Error;

use clap::{Arg, ArgMatches, Command};
use measures::change::{
    Class, Criteria, Judge, Norms, NormsError, Point, Signal, Table, Thresholds, Verdict, table, track,
};
use serde::Serialize;

use super::forms::{FormsError, form};
use super::{Output, rows, text};

const NORMS: [(&str, &str); 5] = [
    ("mean0", "Mean of people who function well"),
    ("sd0", "Their standard deviation"),
    ("mean1", "Mean of patients"),
    ("sd1", "Their standard deviation"),
    ("reliability", "How reliable the measure is: at least 0, below 1"),
];

#[derive(Debug, thiserror::Error)]
enum ChangeError {
    #[error("say how change is judged: --form NAME, or --mean0, --sd0, --mean1, --sd1 and --reliability")]
    NothingToJudgeBy,
    #[error("--{0} is missing; the norms of both groups are needed")]
    Missing(&'static str),
    #[error(transparent)]
    Norms(#[from] NormsError),
    #[error(
        "{0} scores were given; write one before and one after, or --file with the columns id, pre and post"
    )]
    Pair(usize),
    #[error(
        "{0} scores were given; write two or more, in order of time, or --file with the columns id, pre and post"
    )]
    Series(usize),
    #[error(
        "{0} is judged by no threshold of change; its source sets none. Give the norms of two groups instead"
    )]
    NoThresholds(String),
    #[error("{value} is not a score of {form}, whose total goes from {lowest} to {highest}")]
    OutOfRange {
        value: f64,
        form: String,
        lowest: f64,
        highest: f64,
    },
    #[error(transparent)]
    Form(#[from] FormsError),
}

pub(super) fn command() -> Command {
    let number = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name("NUMBER")
            .allow_negative_numbers(true)
            .value_parser(rows::number)
            .help(help)
    };
    let mut command = Command::new("change")
        .about("Whether a change is more than chance, and whether it matters")
        .arg(
            Arg::new("form")
                .long("form")
                .value_name("NAME")
                .help("Judge by the thresholds of this form, such as phq-9"),
        )
        .arg(
            Arg::new("group")
                .long("group")
                .value_name("NAME")
                .requires("form")
                .help("With --form and --folder: the group, by the end of its page's address, whose programme may have thresholds of its own in thresholds.toml"),
        )
        .arg(
            number(
                "reliable",
                "With --form: your programme's own threshold of a reliable change, in points",
            )
            .requires("form"),
        )
        .arg(
            number(
                "caseness",
                "With --form: your programme's own beginning of the clinical range",
            )
            .requires("form"),
        );
    for (name, help) in NORMS {
        command = command.arg(number(name, help).conflicts_with("form"));
    }
    command
        .arg(
            Arg::new("file")
                .long("file")
                .value_name("FILE")
                .conflicts_with("scores")
                .help("CSV with the columns id, pre and post; - reads standard input"),
        )
        .arg(
            Arg::new("scores")
                .value_name("SCORE")
                .num_args(0..)
                .allow_negative_numbers(true)
                .value_parser(rows::number)
                .help("PRE and POST; with --form as many as there are, a week apart"),
        )
}

pub(super) fn run(arguments: &ArgMatches) -> Result<(), Box<dyn Error>> {
    let scores: Vec<f64> = arguments
        .get_many("scores")
        .into_iter()
        .flatten()
        .copied()
        .collect();
    if arguments.contains_id("form") {
        return by_form(arguments, &scores);
    }
    let norms = norms(arguments)?;
    if arguments.contains_id("file") {
        return file(arguments, &norms, None, || cutoffs(&norms.criteria()));
    }
    let [pre, post] = scores.as_slice() else {
        return Err(ChangeError::Pair(scores.len()).into());
    };
    let verdict = norms.judge(*pre, *post).map_err(ChangeError::from)?;
    Output::of(arguments).print(&verdict, || told(&verdict, &norms.criteria()))
}

fn norms(arguments: &ArgMatches) -> Result<Norms, ChangeError> {
    let given = NORMS.map(|(name, _)| arguments.get_one::<f64>(name).copied());
    if given.iter().all(Option::is_none) {
        return Err(ChangeError::NothingToJudgeBy);
    }
    let [mean0, sd0, mean1, sd1, reliability] = given;
    let there = |value: Option<f64>, name| value.ok_or(ChangeError::Missing(name));
    Ok(Norms::new(
        there(mean0, "mean0")?,
        there(sd0, "sd0")?,
        there(mean1, "mean1")?,
        there(sd1, "sd1")?,
        there(reliability, "reliability")?,
    )?)
}

fn cutoffs(criteria: &Criteria) -> String {
    let Criteria {
        a, b, c, threshold, ..
    } = criteria;
    let whole = criteria.whole_points();
    let source = Criteria::source().cited();
    format!(
        "Cut-offs: a {a:.2}, b {b:.2}, c {c:.2}. A reliable change is more than {threshold:.2} points ({whole} whole points).\n{source}"
    )
}

fn told(verdict: &Verdict, criteria: &Criteria) -> String {
    let Verdict {
        se,
        sdiff,
        rci,
        class,
        ..
    } = verdict;
    let reliable = if verdict.reliable {
        "reliable"
    } else {
        "not reliable"
    };
    format!(
        "{}: RCI {rci:.2}, {reliable} (SE {se:.3}, Sdiff {sdiff:.3}).\n{}\n{}",
        class.name(),
        class.plain(),
        cutoffs(criteria)
    )
}

/// As JSON: `{"rows":[{"id","pre","post","class"}],"totals":{"recovered","improved","unchanged","deteriorated","harmed"},
/// "classes":[{"class","plain"}],"sources":[…]}`; `classes` are those that are there.
#[derive(Serialize)]
struct Judged<'a> {
    #[serde(flatten)]
    table: &'a Table,
    classes: Vec<Sentence>,
    sources: Vec<String>,
}

#[derive(Serialize)]
struct Sentence {
    class: Class,
    plain: &'static str,
}

fn file(
    arguments: &ArgMatches,
    by: &impl Judge,
    range: Option<(f64, f64)>,
    sources: impl FnOnce() -> String,
) -> Result<(), Box<dyn Error>> {
    let pairs = rows::pairs(&rows::read(text(arguments, "file"))?, range)?;
    let table = table(pairs, by);
    let there = Class::ALL
        .into_iter()
        .filter(|class| table.totals.number(*class) > 0);
    let classes = there.map(|class| Sentence {
        class,
        plain: class.plain(),
    });
    let judged = Judged {
        table: &table,
        classes: classes.collect(),
        sources: by.sources(),
    };
    Output::of(arguments).print(&judged, || format!("{}\n{}", lines(&table), sources()))
}

fn lines(table: &Table) -> String {
    let row = table.rows.iter().map(|row| {
        let judged = row.judged;
        format!(
            "{}: {} to {}, {}",
            row.id,
            judged.pre,
            judged.post,
            judged.class.name()
        )
    });
    let totals = Class::ALL.map(|class| format!("{} {}", table.totals.number(class), class.name()));
    let mut lines: Vec<String> = row.collect();
    lines.push(format!("{} people: {}", table.rows.len(), totals.join(", ")));
    lines.join("\n")
}

/// As JSON: `{"form","scores":[{"session","score","class"|null,"plain"|null,"sources":[…]}],"signals":[{"signal",…,"plain","source"}],"sources":[…]}`.
#[derive(Serialize)]
struct Series<'a> {
    form: &'a str,
    scores: Vec<Seen>,
    signals: Vec<Told<'a>>,
    sources: Vec<String>,
}

#[derive(Serialize)]
struct Seen {
    session: u32,
    score: f64,
    /// Against the first score; none for the first itself.
    class: Option<Class>,
    /// What the class is a reason to ask, and by which numbers it is that one.
    plain: Option<&'static str>,
    sources: Vec<String>,
}

#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    signal: &'a Signal,
    plain: &'static str,
    source: String,
}

fn by_form(arguments: &ArgMatches, scores: &[f64]) -> Result<(), Box<dyn Error>> {
    let measure = form(arguments, text(arguments, "form")).map_err(ChangeError::from)?;
    let no_thresholds = || ChangeError::NoThresholds(measure.short.clone());
    let group = arguments.get_one::<String>("group").map(String::as_str);
    let mut thresholds = measure.thresholds(group).cloned().ok_or_else(no_thresholds)?;
    if let Some(points) = arguments.get_one::<f64>("reliable") {
        thresholds = thresholds.set_reliable(*points, "you, on the command line")?;
    }
    if let Some(points) = arguments.get_one::<f64>("caseness") {
        thresholds = thresholds.set_caseness(*points, "you, on the command line");
    }
    let range = measure.listed().range;
    if arguments.contains_id("file") {
        return file(arguments, &thresholds, range, || thresholds.sources().join("\n"));
    }
    let [first, ..] = scores else {
        return Err(ChangeError::Series(0).into());
    };
    if scores.len() < 2 {
        return Err(ChangeError::Series(scores.len()).into());
    }
    if let Some((lowest, highest)) = range
        && let Some(value) = scores.iter().find(|score| !(lowest..=highest).contains(score))
    {
        let form = measure.short.clone();
        return Err(ChangeError::OutOfRange {
            value: *value,
            form,
            lowest,
            highest,
        }
        .into());
    }
    let points: Vec<Point> = (0..)
        .zip(scores)
        .map(|(week, score)| Point {
            session: week + 1,
            week,
            score: *score,
        })
        .collect();
    let signals = track(&points, &thresholds);
    let seen = |point: &Point| {
        let class = (point.session > 1).then(|| thresholds.judge(*first, point.score).class);
        Seen {
            session: point.session,
            score: point.score,
            class,
            plain: class.map(Class::plain),
            sources: class
                .map(|class| thresholds.sources_of(class))
                .unwrap_or_default(),
        }
    };
    let series = Series {
        form: &measure.name,
        scores: points.iter().map(seen).collect(),
        signals: signals.iter().map(|signal| tell(signal, &thresholds)).collect(),
        sources: thresholds.sources(),
    };
    Output::of(arguments).print(&series, || spelled(&series))
}

fn tell<'a>(signal: &'a Signal, thresholds: &Thresholds) -> Told<'a> {
    Told {
        signal,
        plain: signal.plain(),
        source: signal.source(thresholds).cited(),
    }
}

fn spelled(series: &Series) -> String {
    let mut lines = Vec::new();
    for seen in &series.scores {
        let class = seen.class.map_or("the beginning", Class::name);
        lines.push(format!("session {}: {}, {class}", seen.session, seen.score));
    }
    if let Some(class) = series.scores.last().and_then(|seen| seen.class) {
        lines.push(class.plain().to_owned());
    }
    for told in &series.signals {
        lines.push(format!("{}\n    {}", told.plain, told.source));
    }
    lines.extend(series.sources.iter().cloned());
    lines.push("Each session counts as a week after the one before.".to_owned());
    lines.join("\n")
}
