//! The real program under a clock that jumps, goes back, and stands where the hour changes (SECURITY T19).

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::signin::site::{Browser, RIGHT, Site};
use super::{Line, Ran, Stop, hold, tools};
use crate::run::output;

/// When an hour is left out or comes twice, a day that most years do not have, and the last seconds of a year.
const INSTANTS: [(&str, &str); 12] = [
    ("New York", "2026-03-08T07:00:00Z"),
    ("New York", "2026-11-01T06:00:00Z"),
    ("Berlin and London", "2026-03-29T01:00:00Z"),
    ("Berlin and London", "2026-10-25T01:00:00Z"),
    ("Sydney", "2026-04-04T16:00:00Z"),
    ("Sydney", "2026-10-03T16:00:00Z"),
    ("Lord Howe", "2026-04-04T15:00:00Z"),
    ("Lord Howe", "2026-10-03T15:30:00Z"),
    ("Casablanca", "2026-02-15T02:00:00Z"),
    ("Casablanca", "2026-03-22T02:00:00Z"),
    ("leap day", "2028-02-29T00:00:00Z"),
    ("year end", "2027-01-01T00:00:00Z"),
];
const FAKETIME: &str = "libfaketime, by a file that the clock of the program follows";
const QUESTIONS: [&str; 4] = ["", "?near=44113", "?near=90210", "?where=online"];

pub(super) fn run() -> Ran {
    let clock = Clock::make()?;
    let site = Site::start_in("clock", &clock.environment)?;
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let people = site.people(1).await?;
        let [mail] = &people[..] else {
            return Err(Stop::Found("there is nobody".to_owned()));
        };
        Ok(vec![
            sessions(&site, &clock, mail).await?,
            instants(&site, &clock).await?,
        ])
    })
}

/// A file that says what time it is.
struct Clock {
    file: PathBuf,
    environment: Vec<String>,
}

impl Clock {
    fn make() -> Result<Self, Stop> {
        let missing = || Stop::CannotRun("libfaketime is needed".to_owned());
        let found = output(Command::new("sh").args(["-c", "ls /usr/lib/*/faketime/libfaketimeMT.so.1"]));
        let library = found.map_err(|_| missing())?;
        let file = tools::folder()?.join("clock.txt");
        let clock = Self {
            environment: vec![
                format!("LD_PRELOAD={}", library.lines().next().ok_or_else(missing)?),
                format!("FAKETIME_TIMESTAMP_FILE={}", file.display()),
                "FAKETIME_NO_CACHE=1".to_owned(),
                // What is waited for comes as soon as ever.
                "DONT_FAKE_MONOTONIC=1".to_owned(),
                "FAKETIME_DONT_FAKE_MONOTONIC=1".to_owned(),
                "TZ=UTC".to_owned(),
            ],
            file,
        };
        clock.set("+0")?;
        Ok(clock)
    }

    /// As faketime reads it: so many seconds from now, or a time.
    fn set(&self, to: &str) -> Result<(), Stop> {
        // In one piece: the program may look at any moment.
        let new = self.file.with_extension("new");
        fs::write(&new, to).map_err(|error| error.to_string())?;
        Ok(fs::rename(&new, &self.file).map_err(|error| error.to_string())?)
    }

    fn set_time(&self, to: DateTime<Utc>) -> Result<(), Stop> {
        self.set(&to.format("@%Y-%m-%d %H:%M:%S").to_string())
    }
}

/// The seconds that this machine's clock has.
fn now() -> Result<DateTime<Utc>, Stop> {
    let file = tools::folder()?.join("now.txt");
    fs::write(&file, "").map_err(|error| error.to_string())?;
    let written = fs::metadata(&file).and_then(|told| told.modified());
    Ok(written.map_err(|error| error.to_string())?.into())
}

/// What is over stays so, and what was used is not used again, whatever the clock says then.
async fn sessions(site: &Site, clock: &Clock, mail: &str) -> Result<Line, Stop> {
    let (mut browser, secret, used) = signed_in(site, mail).await?;
    let mut tried = Vec::new();
    clock.set("+840")?;
    hold(browser.is_in().await?, || {
        "14 minutes on, a session is over".to_owned()
    })?;
    for (what, to) in [
        ("a day on, and back", ["+86400", "+0"]),
        ("a year on, and to 1970", ["+31536000", "@1970-01-02 00:00:00"]),
        ("an hour back, and now", ["-3600", "+0"]),
    ] {
        for to in to {
            clock.set(to)?;
            hold(!browser.is_in().await?, || {
                format!("{what}: a session that was over is one again at {to}")
            })?;
        }
        tried.push(format!("{what}: a session that is over stays so"));
    }
    clock.set("-3600")?;
    let then = now()? - TimeDelta::hours(1);
    for (what, digits) in [
        ("digits that were used, an hour back", used),
        (
            "the digits of an hour before those that were used",
            testing::people::code_at(&secret, then),
        ),
    ] {
        let mut half = site.browser(2);
        half.post("/sign-in/password", &format!("mail={mail}&password={RIGHT}"))
            .await?
            .expect(303, "a password")?;
        let answer = half.post("/sign-in/second", &format!("step={digits}")).await?;
        answer.expect(422, what)?;
        hold(!half.is_in().await?, || format!("{what} sign in"))?;
        tried.push(format!("{what}: refused"));
    }
    for (what, to) in [("in 1970", "@1970-01-02 00:00:00"), ("today", "+0")] {
        clock.set(to)?;
        for path in ["/", "/groups?near=44113", "/sign-in", "/help-now"] {
            site.browser(3)
                .get(path)
                .await?
                .expect(200, &format!("{path} {what}"))?;
        }
        tried.push(format!("pages {what}"));
    }
    let said = site.verify()?;
    Ok(Line {
        what: format!("the clock jumps while people are signed in: {}", tried.join("; ")),
        against: format!(
            "{FAKETIME}; `audit verify` says: {}",
            said.lines().next().unwrap_or_default()
        ),
        cases: format!("{} jumps", tried.len()),
        result: "as they should; the audit is whole and in order".to_owned(),
    })
}

/// Somebody with a password and a second step: their browser, their secret and the digits they came in with.
async fn signed_in<'a>(site: &'a Site, mail: &str) -> Result<(Browser<'a>, String, String), Stop> {
    let mut browser = site.browser(1);
    browser
        .post("/sign-in/password", &format!("mail={mail}&password={RIGHT}"))
        .await?
        .expect(303, "signing in")?;
    let page = browser.post("/me/second-factor", "").await?;
    page.expect(200, "beginning a second step")?;
    let shown = page.body.split("class=\"secret\">").nth(1);
    let secret = shown
        .and_then(|rest| rest.split('<').next())
        .ok_or_else(|| "a second step without a secret".to_owned())?
        .replace(' ', "");
    let digits = testing::people::code_at(&secret, now()?);
    browser
        .post("/me/second-factor/confirmation", &format!("step={digits}"))
        .await?
        .expect(200, "confirming a second step")?;
    hold(browser.is_in().await?, || "nobody is signed in".to_owned())?;
    Ok((browser, secret, digits))
}

/// Five seconds before and after each: pages are there, and no meeting that is shown as the next is over.
async fn instants(site: &Site, clock: &Clock) -> Result<Line, Stop> {
    let mut meetings = 0;
    for (name, instant) in INSTANTS {
        let instant: DateTime<Utc> = instant.parse().map_err(|error| format!("{instant}: {error}"))?;
        for seconds in [-5, 5] {
            let at = instant + TimeDelta::seconds(seconds);
            clock.set_time(at)?;
            let mut browser = site.browser(3);
            for path in ["/", "/groups", "/groups/calendar.ics", "/healthz"] {
                browser
                    .get(path)
                    .await?
                    .expect(200, &format!("{path} at {at} ({name})"))?;
            }
            for question in QUESTIONS {
                let answer = browser.get(&format!("/api/groups{question}")).await?;
                answer.expect(200, question)?;
                meetings += upcoming(&answer.body, at)?;
            }
        }
    }
    clock.set("+0")?;
    hold(meetings > 0, || "no meeting was shown".to_owned())?;
    Ok(Line {
        what: "the hour changes in six zones, a leap day, the end of a year: five seconds before and after"
            .to_owned(),
        against: FAKETIME.to_owned(),
        cases: format!("{} instants, {meetings} next meetings", 2 * INSTANTS.len()),
        result: "every page is there, and no meeting is over that is shown as the next".to_owned(),
    })
}

fn upcoming(json: &str, now: DateTime<Utc>) -> Result<usize, Stop> {
    let told: Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let groups = ["in_person", "online"]
        .iter()
        .filter_map(|list| told[list].as_array())
        .flatten();
    let mut meetings = 0;
    for next in groups.map(|group| &group["next"]).filter(|next| !next.is_null()) {
        let start = next["start"].as_str().unwrap_or_default();
        let start = DateTime::parse_from_rfc3339(start).map_err(|error| format!("{start}: {error}"))?;
        let minutes = next["minutes"].as_i64().unwrap_or(0);
        hold(start + TimeDelta::minutes(minutes.max(1)) > now, || {
            format!("at {now} the next meeting was at {start}")
        })?;
        meetings += 1;
    }
    Ok(meetings)
}
