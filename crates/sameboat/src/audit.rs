//! `sameboat audit head` and `sameboat audit verify`: at the console, where the web may be what one does not trust.

use std::error::Error;
use std::io::Read;
use std::process::ExitCode;

use store::audit::{self, Breach, Broken, Filed, Head, HeadBreach, HeadError, Whole};
use store::{Store, Who};

use crate::printing::say;
use crate::settings::Settings;

pub(crate) enum Arguments {
    Head,
    Verify { heads: Vec<String> },
}

#[derive(Debug, thiserror::Error)]
enum AuditError {
    #[error("{from} cannot be read: {why}")]
    File { from: String, why: std::io::Error },
    #[error("{from}: {why}")]
    Head { from: String, why: HeadError },
    #[error("{0} has no line that begins with sameboat-audit-head")]
    Nothing(String),
}

/// How a statement begins.
const BEGIN: &str = "sameboat-audit-head";

/// Of what is broken, so many lines are printed.
const MOST: usize = 200;

pub(crate) async fn run(settings: &Settings, arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let heads = match arguments {
        Arguments::Head => Vec::new(),
        Arguments::Verify { heads } => given(settings, heads)?,
    };
    let store = settings.open().await?;
    let code = match arguments {
        Arguments::Head => head(&store).await,
        Arguments::Verify { .. } => verify(&store, &heads).await,
    };
    store.close().await;
    code
}

async fn head(store: &Store) -> Result<ExitCode, Box<dyn Error>> {
    audit::link(store).await?;
    let head = audit::head(&mut store.read(Who::Operator).await?).await?;
    let mut writing = store.write(Who::Operator).await?;
    audit::keep(&mut writing, &head, Filed::No, None).await?;
    writing.commit().await?;
    say!("{head}")?;
    eprintln!(
        "The public key of this server is {}. Keep the line where nobody who runs this machine can change it.",
        head.public_key()
    );
    Ok(ExitCode::SUCCESS)
}

async fn verify(store: &Store, heads: &[Head]) -> Result<ExitCode, Box<dyn Error>> {
    let whole = audit::verify(store, heads).await?;
    say!("{}", counts(&whole))?;
    if whole.broken.is_empty() {
        say!("All of it is as it was written.")?;
        return Ok(ExitCode::SUCCESS);
    }
    for broken in whole.broken.iter().take(MOST) {
        say!("{}", said(broken))?;
    }
    if whole.count > MOST {
        say!("… and more: {} in all.", whole.count)?;
    }
    say!(
        "Someone went past the program, a copy of another day was put back, or the key is another one. Keep this database as it is, \
         and compare it with the last copy."
    )?;
    Ok(ExitCode::FAILURE)
}

/// What was kept elsewhere: what is named, and the file to which this server adds.
fn given(settings: &Settings, named: &[String]) -> Result<Vec<Head>, AuditError> {
    let mut heads = Vec::new();
    if let Some(file) = settings.audit_head.as_ref().filter(|file| file.is_file()) {
        let from = file.display().to_string();
        heads.extend(read(&from, &text(&from)?)?);
    }
    for from in named {
        if from.trim_start().starts_with(BEGIN) {
            heads.extend(read("the line", from)?);
        } else {
            heads.extend(read(from, &text(from)?)?);
        }
    }
    Ok(heads)
}

fn text(file: &str) -> Result<String, AuditError> {
    let read = if file == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(file)
    };
    read.map_err(|why| AuditError::File {
        from: file.to_owned(),
        why,
    })
}

fn read(from: &str, text: &str) -> Result<Vec<Head>, AuditError> {
    let heads: Result<Vec<Head>, HeadError> = Head::find_all(text).into_iter().collect();
    match heads {
        Ok(heads) if heads.is_empty() => Err(AuditError::Nothing(from.to_owned())),
        Ok(heads) => Ok(heads),
        Err(why) => Err(AuditError::Head {
            from: from.to_owned(),
            why,
        }),
    }
}

fn counts(whole: &Whole) -> String {
    let Whole {
        rows, linked, heads, ..
    } = whole;
    format!(
        "{rows} rows, {linked} of them in the chain; {heads} statements about its end compared, kept here and elsewhere."
    )
}

/// "bcdfghjk: row 7 is not the one that was written."
fn said(broken: &Broken) -> String {
    let place = broken
        .group
        .as_ref()
        .map_or_else(|| "the organisation".to_owned(), |slug| format!("group {slug}"));
    match broken.what {
        Breach::Changed(row) => format!("{place}: row {row} is not the one that was written."),
        Breach::Missing(from, to) => format!("{place}: rows {from} to {to} are not there."),
        Breach::Unnumbered => "A row without a number was put in.".to_owned(),
        Breach::Uncounted => format!("{place}: there are rows beyond the last that was counted."),
        Breach::LinkChanged(link) => {
            format!("chain: link {link}, or the row it names, is not the one that was linked.")
        }
        Breach::LinksMissing(from, to) => format!("chain: links {from} to {to} are not there."),
        Breach::LinkOfNothing(link) => format!("chain: the row that link {link} names is not there."),
        Breach::NotLinked(from, to) => format!("{place}: rows {from} to {to} were linked and are no more."),
        Breach::Head(at, link, wrong) => {
            let wrong = match wrong {
                HeadBreach::Forged => "nobody signed it so".to_owned(),
                HeadBreach::OtherKey => "it is signed by a key that is not this server's".to_owned(),
                HeadBreach::OtherDatabase => "it is about another database".to_owned(),
                HeadBreach::CutOff(end) => {
                    format!("the chain ends at link {end}: what came after was taken away")
                }
                HeadBreach::Differs => {
                    "that link is another one now: what came before was changed".to_owned()
                }
                HeadBreach::FewerRows => {
                    "there were more rows then: some that were not linked yet were taken away".to_owned()
                }
            };
            let at = at.format("%Y-%m-%d %H:%M UTC");
            format!("statement of {at} about link {link}: {wrong}.")
        }
    }
}
