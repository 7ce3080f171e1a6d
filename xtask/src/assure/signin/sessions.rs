//! What of a session, a code or a link works for somebody else, or twice.

use std::process::Command;

use chrono::{DateTime, TimeDelta, Utc};

use super::site::{Browser, RIGHT, Site};
use super::{AT_HOME, against, hold};
use crate::assure::{Line, Stop};
use crate::run::output;

/// A token of nobody's, as long as those there are.
const PLANTED: &str = "5afe5afe5afe5afe5afe5afe5afe5afe5afe5afe5afe5afe5afe5afe5afe5afe";

/// What was tried and refused.
#[derive(Default)]
struct Tried(Vec<&'static str>);

pub(super) async fn check(site: &Site, people: &[String]) -> Result<Line, Stop> {
    let [victim, attacker] = people else {
        return Err(Stop::Found("it takes two".to_owned()));
    };
    let mut tried = Tried::default();
    fixation(site, victim, attacker, &mut tried).await?;
    links(site, victim, &mut tried).await?;
    second_steps(site, victim, &mut tried).await?;
    Ok(Line {
        what: format!(
            "sessions, codes and links that are planted, kept or used again, over HTTP: {}",
            tried.0.join("; ")
        ),
        against: against(),
        cases: format!("{} tries", tried.0.len()),
        result: "all are refused; what is new works".to_owned(),
    })
}

impl Tried {
    /// With this cookie one is not signed in.
    async fn token(&mut self, what: &'static str, browser: &Browser<'_>, token: &str) -> Result<(), Stop> {
        let is_in = browser.with(Some(token)).is_in().await?;
        hold(!is_in, || format!("{what}: it signs in"))?;
        self.0.push(what);
        Ok(())
    }

    fn status(&mut self, what: &'static str, is: u16, refused: u16) -> Result<(), Stop> {
        hold(is == refused, || {
            format!("{what}: it answers {is} and not {refused}")
        })?;
        self.0.push(what);
        Ok(())
    }
}

/// A cookie that somebody has put into the browser before its person signs in.
async fn fixation(site: &Site, victim: &str, attacker: &str, tried: &mut Tried) -> Result<(), Stop> {
    let form = |mail: &str| format!("mail={mail}&password={RIGHT}");
    let mut theirs = site.browser(AT_HOME);
    theirs
        .post("/sign-in/password", &form(attacker))
        .await?
        .expect(303, "signing in")?;
    let attackers = token(&theirs)?;
    for planted in [PLANTED, &attackers] {
        let mut browser = theirs.with(Some(planted));
        browser
            .post("/sign-in/password", &form(victim))
            .await?
            .expect(303, "signing in")?;
        let own = token(&browser)?;
        hold(own != planted && browser.is_in().await?, || {
            "a planted cookie stays".to_owned()
        })?;
        if planted == PLANTED {
            tried
                .token(
                    "a planted token, after its victim has signed in",
                    &browser,
                    planted,
                )
                .await?;
        } else {
            let whose = theirs.with(Some(planted)).get("/me").await?;
            let is_victims = whose.body.contains(victim) || !whose.body.contains(attacker);
            hold(!is_victims, || "a planted session is its victim's".to_owned())?;
            tried
                .0
                .push("an attacker's own session, planted before its victim signs in");
        }
        browser.post("/sign-out", "").await?.expect(303, "signing out")?;
        tried
            .token("a session after its person has signed out", &browser, &own)
            .await?;
    }
    tried.0.dedup();
    Ok(())
}

async fn links(site: &Site, mail: &str, tried: &mut Tried) -> Result<(), Stop> {
    let mut browser = site.browser(AT_HOME);
    browser
        .post("/sign-in/link", &format!("address={mail}"))
        .await?
        .expect(200, "asking for a link")?;
    let letter = loop {
        let letter = site.mail.next();
        if letter.to == mail && letter.body().contains("/sign-in/link/") {
            break letter.body();
        }
    };
    let link = letter
        .find("/sign-in/link/")
        .and_then(|at| letter[at..].split(['?', ' ', '\n']).next())
        .ok_or_else(|| format!("a letter without a link: {letter}"))?;
    let begun = browser.get(link).await?;
    begun.expect(200, "opening a link")?;
    hold(browser.cookie.is_none(), || "opening a link signs in".to_owned())?;
    tried.0.push("a mailed link that was only opened");
    browser.post(link, "").await?.expect(303, "a link")?;
    hold(browser.is_in().await?, || "a link does not sign in".to_owned())?;
    let again = browser.with(None).post(link, "").await?.status;
    tried.status("a mailed link that was used", again, 404)
}

async fn second_steps(site: &Site, mail: &str, tried: &mut Tried) -> Result<(), Stop> {
    let mut browser = site.browser(AT_HOME + 1);
    let form = format!("mail={mail}&password={RIGHT}");
    browser
        .post("/sign-in/password", &form)
        .await?
        .expect(303, "signing in")?;
    let page = browser.post("/me/second-factor", "").await?;
    page.expect(200, "beginning a second step")?;
    let secret = page
        .body
        .split("class=\"secret\">")
        .nth(1)
        .and_then(|rest| rest.split('<').next());
    let secret = secret
        .ok_or("a second step without a secret".to_owned())?
        .replace(' ', "");
    let before = token(&browser)?;
    let digits = testing::people::code_at(&secret, now()?);
    let page = browser
        .post("/me/second-factor/confirmation", &format!("step={digits}"))
        .await?;
    page.expect(200, "confirming a second step")?;
    tried
        .token("the token from before a second step", &browser, &before)
        .await?;
    let paper: Vec<_> = page
        .body
        .split("<li><code>")
        .skip(1)
        .filter_map(|rest| rest.split('<').next())
        .collect();
    let paper = paper.first().ok_or("no codes on paper".to_owned())?;

    let mut half = browser.with(None);
    half.post("/sign-in/password", &form)
        .await?
        .expect(303, "signing in")?;
    let staff = half.get("/staff").await?;
    hold(staff.to.starts_with("/sign-in/second"), || {
        "/staff opens after one step of two".to_owned()
    })?;
    tried.0.push("a session that owes its second step");
    let first = token(&half)?;
    for (what, step) in [
        ("digits that made the second step", digits.clone()),
        (
            "digits of an hour ago",
            testing::people::code_at(&secret, now()? - TimeDelta::hours(1)),
        ),
    ] {
        let answer = half
            .with(Some(&first))
            .post("/sign-in/second", &format!("step={step}"))
            .await?;
        tried.status(what, answer.status, 422)?;
    }
    for (what, step) in [
        (
            "digits that have signed in",
            testing::people::code_at(&secret, now()? + TimeDelta::seconds(30)),
        ),
        ("a code on paper that has signed in", (*paper).to_owned()),
    ] {
        let mut whole = half.with(None);
        whole
            .post("/sign-in/password", &form)
            .await?
            .expect(303, "signing in")?;
        let form = format!("step={step}&to=/staff");
        whole.post("/sign-in/second", &form).await?.expect(303, what)?;
        whole.get("/staff").await?.expect(200, "/staff after two steps")?;
        let again = half.with(Some(&first)).post("/sign-in/second", &form).await?;
        tried.status(what, again.status, 422)?;
    }
    Ok(())
}

fn token(browser: &Browser<'_>) -> Result<String, Stop> {
    let token = browser.cookie.clone().filter(|token| token.len() == 64);
    token.ok_or_else(|| Stop::Found("who signed in has no session".to_owned()))
}

/// As this machine tells it.
fn now() -> Result<DateTime<Utc>, Stop> {
    let said = output(Command::new("date").args(["-u", "+%Y-%m-%dT%H:%M:%SZ"]))?;
    let said = said.trim();
    said.parse()
        .map_err(|error| Stop::Found(format!("{said}: {error}")))
}
