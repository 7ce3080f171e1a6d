//! The decision about an applicant: an offer, the waiting list, other ways, not now; each with a letter that is seen and edited before it
//! goes. Every "no" carries an option.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use domain::access::Action;
use domain::groups::{Kind, Slug};
use domain::joining::{Alternative, Holds, Options, Reach};
use domain::text::Prose;
use maud::{Markup, html};
use store::On;
use store::joining::{self, JoiningError, Theirs};

use super::proposals::{self, Proposal};
use super::show::{Shown, Typed, draw, open_points, wrong};
use super::{address, decided};
use crate::form::Form;
use crate::joining::{News, parse, refused, saying};
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::Person;
use crate::state::App;
use crate::words::{FluentValue, Words};

/// An offer waits so long, if nobody says otherwise.
const OFFER_DAYS: u64 = 10;

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
    // Who may not decide is told nothing of what is wrong with the form. Nothing is committed here: the act takes the number of the form.
    let may = async {
        let mut reading = app.store().read(person.who()).await?;
        store::check(&mut reading, Action::Decide, On::Application(&parse(&slug)?)).await
    };
    if let Err(why) = may.await {
        return refused(&app, &person, &address(&slug), why.into());
    }
    let (theirs, words) = match read(&app, &form) {
        Ok(read) => read,
        Err(wrong) => {
            let typed = Typed {
                form,
                wrong: Some(wrong),
            };
            return draw(&app, &person, &slug, StatusCode::UNPROCESSABLE_ENTITY, &typed).await;
        }
    };
    let news = News::new(app.words(), app.settings());
    let done = news.tell(app.words(), async |told| {
        decided(&app, &person, &slug, async |permit, which| {
            joining::decide(permit, which, theirs.clone(), words.as_ref(), told).await
        })
        .await
    });
    match done.await {
        Ok(_) => Redirect::to(&address(&slug)).into_response(),
        Err(JoiningError::Refused(why)) => {
            let said = app.words();
            let typed = Typed {
                form,
                wrong: Some(format!(
                    "{} {}",
                    saying::refusal(said, why, &app),
                    said.say(saying::instead(why.instead()))
                )),
            };
            draw(&app, &person, &slug, StatusCode::UNPROCESSABLE_ENTITY, &typed).await
        }
        Err(why) => refused(&app, &person, &address(&slug), why),
    }
}

/// What was decided and written, or what is missing.
fn read(app: &App, form: &Form) -> Result<(Theirs, Option<Prose>), String> {
    let words = app.words();
    let letter = match form.get("letter") {
        "" => None,
        written => {
            Some(Prose::parse(written).map_err(|why| format!("{} {why}", words.say("decide-letter")))?)
        }
    };
    let ways = || Options::new(options(app, form)?).map_err(|why| why.to_string());
    let theirs = match form.get("choice") {
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
        _ => return Err(words.say("decide-missing")),
    };
    if letter.is_none() {
        return Err(words.say("decide-letter-missing"));
    }
    Ok((theirs, letter))
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
    let chosen = match typed.form.get("choice") {
        "" if open == 0 && shown.places.left() > 0 => "offer",
        "" => "",
        typed => typed,
    };
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
            (wrong(typed))
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
            (letter(words, shown, typed, chosen))
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

/// The letter: words to begin with for each decision, and what goes out.
fn letter(words: &Words, shown: &Shown, typed: &Typed, chosen: &str) -> Markup {
    let name = ("name", FluentValue::from(shown.one.handle.to_string()));
    let title = ("group", FluentValue::from(shown.one.listing.title.to_string()));
    let draft = |id: &str| words.with(id, &[name.clone(), title.clone()]);
    let proposed = CHOICES.iter().find(|(value, ..)| *value == chosen);
    let begun = match typed.form.get("letter") {
        "" => proposed.map(|(_, _, _, id)| draft(id)).unwrap_or_default(),
        written => written.to_owned(),
    };
    html! {
        (Field { name: "letter", label: words.with("decide-letter-to", std::slice::from_ref(&name)), hint: Some(words.say("decide-letter-hint")), value: &begun, ..Field::default() }.draw_area())
        details.adding {
            summary { (words.say("decide-drafts")) }
            @for (_, said, _, id) in CHOICES { h3 { (words.say(said)) } p { (draft(id)) } }
        }
    }
}
