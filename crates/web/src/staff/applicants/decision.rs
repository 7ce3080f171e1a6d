//! The decision about an applicant: an offer, the waiting list, other ways, not now; each with a letter that whoever decides writes before
//! it goes. Every "no" carries an option.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use domain::groups::{Kind, Slug};
use domain::joining::{Alternative, Holds, Options, Reach};
use domain::text::Prose;
use maud::{Markup, html};
use store::joining::{self, JoiningError, OnTheWay, Theirs};

use super::proposals::{self, Proposal};
use super::show::{At, Shown, Typed, again, open_points};
use super::{address, decided, deciding};
use crate::form::Form;
use crate::joining::{News, refused, saying};
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::Person;
use crate::state::App;
use crate::words::{FluentValue, Words};

/// An offer waits so long, if nobody says otherwise.
const OFFER_DAYS: u64 = 10;

/// Stands in a draft where something is still to be said.
const GAP: &str = "…";

/// What can be decided; each has words of its own to begin the letter with.
const CHOICES: [(&str, &str, &str, &str); 5] = [
    ("offer", "decide-offer", "decide-offer-more", "letter-draft-offer"),
    (
        "waiting",
        "decide-waiting",
        "decide-waiting-more",
        "letter-draft-waiting",
    ),
    (
        "options",
        "decide-options",
        "decide-options-more",
        "letter-draft-options",
    ),
    (
        "not-now",
        "decide-not-now",
        "decide-not-now-more",
        "letter-draft-not-now",
    ),
    (
        "answers",
        "decide-answers",
        "decide-answers-more",
        "letter-draft-answers",
    ),
];

pub(crate) async fn create(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    // Who may not decide is told nothing of what is wrong with the form.
    let one = match deciding(&app, &person, &slug).await {
        Ok(one) => one,
        Err(why) => return refused(&app, &person, &address(&slug), why.into()),
    };
    let (theirs, letter) = match read(&app, &form, &one) {
        Ok(read) => read,
        Err((at, wrong)) => return again(&app, &person, &slug, Typed::wrong(form, at, wrong)).await,
    };
    let news = News::new(app.words(), app.settings());
    let done = news.tell(app.words(), async |told| {
        decided(&app, &person, &slug, async |permit, which| {
            joining::decide(permit, which, theirs.clone(), Some(&letter), told).await
        })
        .await
    });
    match done.await {
        Ok(_) => Redirect::to(&address(&slug)).into_response(),
        Err(JoiningError::Refused(why)) => {
            let words = app.words();
            let instead = words.say(saying::instead(why.instead()));
            let wrong = format!("{} {instead}", saying::refusal(words, why, &app));
            again(&app, &person, &slug, Typed::wrong(form, At::Decision, wrong)).await
        }
        Err(why) => refused(&app, &person, &address(&slug), why),
    }
}

/// What was decided and written; or what is missing, and where.
fn read(app: &App, form: &Form, one: &OnTheWay) -> Result<(Theirs, Prose), (At, String)> {
    let theirs = theirs(app, form).map_err(|wrong| (At::Decision, wrong))?;
    let letter = written(app.words(), form, one).map_err(|wrong| (At::Letter, wrong))?;
    Ok((theirs, letter))
}

fn theirs(app: &App, form: &Form) -> Result<Theirs, String> {
    let ways = || Options::new(options(app, form)?).map_err(|why| why.to_string());
    Ok(match form.get("choice") {
        "offer" => Theirs::Offer {
            until: until(app, form.get("until"))?,
            holds: if form.get("first-come") == "yes" {
                Holds::Nothing
            } else {
                Holds::Place
            },
        },
        "waiting" => Theirs::Wait {
            reach: if form.get("any") == "yes" {
                Reach::AnyFitting
            } else {
                Reach::ThisGroup
            },
            meanwhile: ways()?,
        },
        "options" => Theirs::OfferOptions(ways()?),
        "not-now" => Theirs::NotNow(ways()?),
        "answers" => Theirs::AskForAnswers,
        _ => return Err(app.words().say("decide-missing")),
    })
}

/// The letter, which says what was chosen and all that it means to say.
fn written(words: &Words, form: &Form, one: &OnTheWay) -> Result<Prose, String> {
    let letter = match form.get("letter") {
        "" => return Err(words.say("decide-letter-missing")),
        typed => Prose::parse(typed).map_err(|why| format!("{} {why}", words.say("decide-letter")))?,
    };
    let said = folded(letter.as_str());
    let chosen = form.get("choice");
    if let Some(other) = of_another(words, one, chosen, &said) {
        let chosen = called(words, chosen).into();
        return Err(words.with("decide-letter-other", &[("of", other.into()), ("chosen", chosen)]));
    }
    if said.split(' ').any(|word| word == GAP) {
        return Err(words.say("decide-letter-gap"));
    }
    Ok(letter)
}

/// The choice for which these words were made, if that is another one.
fn of_another(words: &Words, one: &OnTheWay, chosen: &str, said: &str) -> Option<String> {
    let has = |id: &str| {
        let draft = folded(&draft(words, one, id));
        // As far as its gap: behind that are words of whoever writes.
        let begins = draft.split(GAP).next().unwrap_or_default().trim_end();
        !begins.is_empty() && said.contains(begins)
    };
    let other = CHOICES
        .iter()
        .find(|&&(value, .., id)| value != chosen && has(id));
    other.map(|(_, said, ..)| words.say(said))
}

/// What a choice is called on the page.
fn called(words: &Words, choice: &str) -> String {
    let found = CHOICES.iter().find(|(value, ..)| *value == choice);
    found.map_or_else(String::new, |(_, said, ..)| words.say(said))
}

/// The words to begin the letter of a choice with.
fn draft(words: &Words, one: &OnTheWay, id: &str) -> String {
    let name = ("name", one.handle.to_string().into());
    words.with(id, &[name, ("group", one.listing.title.to_string().into())])
}

/// In one line: how a letter is broken into lines says nothing.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The end of that day, where the organisation is.
fn until(app: &App, day: &str) -> Result<chrono::DateTime<chrono::Utc>, String> {
    let day: NaiveDate = day.parse().map_err(|_| app.words().say("decide-until-missing"))?;
    let end = (day + Days::new(1)).and_time(NaiveTime::MIN);
    let at = app.settings().zone.from_local_datetime(&end).earliest();
    Ok(at.map_or(end.and_utc(), |at| at.to_utc()))
}

/// The boxes that were ticked: "group:SLUG", "support:SLUG", "individual", "any", "look-around", "ask-again".
fn options(app: &App, form: &Form) -> Result<Vec<Alternative>, String> {
    let mut all = Vec::new();
    for way in form.all("way") {
        let named = |slug: &str| Slug::parse(slug).ok().filter(|slug| app.listed(slug).is_some());
        all.push(match way.split_once(':') {
            Some(("group", slug)) => {
                Alternative::Group(named(slug).ok_or(app.words().say("decide-no-such-group"))?)
            }
            Some(("support", slug)) => {
                Alternative::SupportGroup(named(slug).ok_or(app.words().say("decide-no-such-group"))?)
            }
            _ => match way {
                "individual" => Alternative::IndividualTherapy,
                "any" => Alternative::AnyFitting,
                "look-around" => Alternative::LookAround,
                _ => Alternative::AskAgain(form.get("again").parse().ok()),
            },
        });
    }
    Ok(all)
}

/// The decision, in sight beside what it is about.
pub(super) fn form(app: &App, shown: &Shown, typed: &Typed) -> Markup {
    let (words, one) = (app.words(), &shown.one);
    if !shown.may_decide || !one.way.is_open() {
        return html! {};
    }
    let open = open_points(shown);
    let places = [
        ("left", FluentValue::from(shown.places.left())),
        ("most", FluentValue::from(shown.places.most)),
        ("held", FluentValue::from(shown.places.held)),
    ];
    let chosen = typed.form.get("choice");
    let until = typed.form.get("until");
    let until = if until.is_empty() {
        (app.today() + Days::new(OFFER_DAYS)).to_string()
    } else {
        until.to_owned()
    };
    html! {
        form.stack.deciding method="post" action=(format!("{}/decision", address(one.slug.as_str()))) {
            (once::field())
            h2 { (words.say("decide")) }
            p.meta { (words.with("decide-more", &[("name", one.handle.to_string().into())])) }
            @if let Some(wrong) = typed.at(At::Decision) { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
            fieldset.plain {
                legend { (words.say("decide-what")) }
                @for (value, said, more, _) in CHOICES {
                    label.option {
                        input type="radio" name="choice" value=(value) checked[chosen == value];
                        span { b { (words.say(said)) } br; (if value == "offer" { words.with(more, &places) } else { words.say(more) }) }
                    }
                }
            }
            @if open > 0 { (parts::notice(Tone::Ochre, &words.with("refused-points-open", &[("open", open.into())]), html! { (words.say("joining-instead-record-talk")) })) }
            (Field { name: "until", label: words.say("decide-until"), kind: "date", value: &until, ..Field::default() }.draw())
            label.option { input type="checkbox" name="first-come" value="yes" checked[typed.form.get("first-come") == "yes"]; span { (words.say("decide-first-come")) } }
            label.option { input type="checkbox" name="any" value="yes" checked[typed.form.get("any") == "yes"]; span { (words.say("decide-any")) } }
            (ways(app, shown, &typed.form))
            (letter(words, one, typed))
            div.acts { button.button type="submit" { (words.say("decide-act")) } }
        }
    }
}

/// What else there is, with the groups that the finder proposes.
fn ways(app: &App, shown: &Shown, typed: &Form) -> Markup {
    let (words, one) = (app.words(), &shown.one);
    let chosen: Vec<&str> = typed.all("way").collect();
    let way = |value: &str, said: &str, more: &str| {
        html! {
            label.option { input type="checkbox" name="way" value=(value) checked[chosen.contains(&value)]; span { b { (said) } @if !more.is_empty() { br; (more) } } }
        }
    };
    let proposed = |kind: Kind, prefix: &str| {
        let found: Vec<Proposal> = proposals::find(app, &one.group, &one.listing, kind);
        html! { @for one in &found { (way(&format!("{prefix}:{}", one.slug), &one.title, &one.why)) } }
    };
    html! {
        fieldset.plain {
            legend { (words.say("decide-ways")) }
            p.hint { (words.say("decide-ways-hint")) }
            (proposed(Kind::Therapy, "group"))
            (way("individual", &words.say("way-individual"), &words.say("way-individual-more")))
            (proposed(Kind::Support, "support"))
            (way("any", &words.say("way-any-fitting"), ""))
            (way("look-around", &words.say("way-look-around"), ""))
            (way("ask-again", &words.say("way-ask-again"), ""))
        }
        (Field { name: "again", label: words.say("decide-again"), kind: "date", value: typed.get("again"), ..Field::default() }.draw())
    }
}

/// The letter: nothing stands in it that was not typed. Words to begin with are below, each at its choice.
fn letter(words: &Words, one: &OnTheWay, typed: &Typed) -> Markup {
    let field = Field {
        name: "letter",
        label: words.with("decide-letter-to", &[("name", one.handle.to_string().into())]),
        hint: Some(words.say("decide-letter-hint")),
        error: typed.at(At::Letter).map(str::to_owned),
        value: typed.form.get("letter"),
        ..Field::default()
    };
    html! {
        (field.draw_area())
        details.adding {
            summary { (words.say("decide-drafts")) }
            @for (_, said, _, id) in CHOICES { h3 { (words.say(said)) } p { (draft(words, one, id)) } }
        }
    }
}
