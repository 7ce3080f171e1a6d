//! `sameboat export`: the groups as a file for another site or program. What a format cannot say is counted.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use feeds::Format;
use feeds::out::Account;
use feeds::sheet::Mark;
use web::publishing::{self, Whose};

use crate::clock::SystemClock;
use crate::settings::Settings;
use crate::{content, printing, serve};

pub(crate) struct Arguments {
    pub format: Format,
    pub whose: Whose,
    pub out: Option<PathBuf>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum ExportError {
    #[error("no group came from the feed of “{0}”; write the name as it was given to import")]
    Programme(String),
    #[error("{file} cannot be written: {why}. What was there before is untouched.")]
    Write { file: String, why: std::io::Error },
}

pub(crate) async fn run(settings: &Settings, arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let content = content::read(settings)?;
    let store = settings.open().await?;
    let here = format!("http://{}", settings.listen);
    let site = serve::site(settings, &here, false)?;
    let app = web::App::new(store.clone(), Arc::new(SystemClock), site, content).await?;
    if let (Whose::Programme(programme), false) =
        (&arguments.whose, publishing::is_known(&app, &arguments.whose))
    {
        return Err(ExportError::Programme(programme.clone()).into());
    }
    let whose = &arguments.whose;
    let (text, account) = match arguments.format {
        Format::MeetingGuide => publishing::meeting_guide(&app, whose)?,
        Format::Csv => publishing::table(&app, whose, Mark::None),
        Format::Bmlt => publishing::bmlt(&app, whose)?,
        Format::Hsds => publishing::hsds(&app, whose)?,
        Format::Ical => (publishing::calendar_of_all(&app, whose), Account::default()),
        Format::Sameboat => (publishing::sameboat(&app, whose)?, Account::default()),
    };
    store.close().await;
    match &arguments.out {
        Some(file) => write(file, &text)?,
        None => printing::all(text.as_bytes())?,
    }
    tell(&account);
    Ok(())
}

/// Whole or not at all: written beside the file, then put in its place.
fn write(file: &Path, text: &str) -> Result<(), ExportError> {
    let cannot = |why| ExportError::Write {
        file: file.display().to_string(),
        why,
    };
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let mut written = std::fs::File::create(&part).map_err(cannot)?;
    written
        .write_all(text.as_bytes())
        .and_then(|()| written.sync_all())
        .and_then(|()| std::fs::rename(&part, file))
        .map_err(cannot)
}

fn tell(account: &Account) {
    if account.written > 0 {
        eprintln!("{} groups written", account.written);
    }
    for (why, count) in &account.left_out {
        eprintln!("{count} left out: {why}");
    }
    for (why, count) in &account.in_words {
        eprintln!("{count} in words: {why}");
    }
}
