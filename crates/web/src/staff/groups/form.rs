//! The form with all facts of a group, in sections.

use domain::groups::{Activity, Alongside, Currency, Kind, Leading, Listing, Problem, Seats};
use domain::schedule::Nth;
use finder::Facet;
use maud::{Markup, html};

use super::drawing::{Drawing, options};
use super::place::Sites;
use super::typed::leader_rows;
use crate::saying;
use crate::state::App;

/// What the finder knows of one family, in its order: no value is forgotten there.
fn values<T>(of: impl Fn(Facet) -> Option<T>) -> Vec<T> {
    Facet::all().filter_map(of).collect()
}

/// All fields; `published` is the listing that is public already, whose schedule has a page of its own.
pub(super) fn fields(app: &App, drawing: Drawing, sites: &Sites, published: Option<&Listing>) -> Markup {
    html! {
        (section(app, "form-about", "form-about-more", about(app, drawing)))
        (section(app, "form-works", "form-works-more", works(drawing)))
        (section(app, "form-people", "form-people-more", people(drawing)))
        @if published.is_none() { (section(app, "form-when", "form-when-more", when(drawing))) }
        (section(app, "form-place", "form-place-more", place(drawing, sites)))
        (section(app, "form-room", "form-room-more", room(drawing, published)))
        (section(app, "form-cost", "form-cost-more", cost(drawing)))
        (section(app, "form-come", "form-come-more", come(drawing)))
        (section(app, "form-first", "form-first-more", first(drawing)))
    }
}

fn section(app: &App, heading: &str, more: &str, fields: Markup) -> Markup {
    let words = app.words();
    html! { section { h2 { (words.say(heading)) } p.hint { (words.say(more)) } (fields) } }
}

fn about(app: &App, d: Drawing) -> Markup {
    let topics = &app.content().topics;
    let kinds = options(&[Kind::Therapy, Kind::Support], |kind| {
        saying::kind(d.words, kind)
    });
    html! {
        (d.text("title", "form-title"))
        (d.choice("kind", "form-kind", "form-choose", &kinds))
        (d.area("summary", "form-summary", Some("form-summary-hint")))
        details #field-topics open[d.wrong.of("topics").is_some()] {
            summary { (d.words.say("form-topics")) }
            (d.error("topics", "form-topics"))
            @for family in topics.families() {
                @let of: Vec<_> = topics.of_family(&family.id).map(|topic| (topic.id.to_string(), topic.name.to_string())).collect();
                fieldset.field {
                    legend { (family.name) }
                    div.chips {
                        @for (id, name) in &of { (crate::look::parts::chip_box("topics", id, name, d.form.all("topics").any(|chosen| chosen == id))) }
                    }
                }
            }
        }
        (d.area("more-topics", "form-more-topics", Some("form-one-a-line")))
    }
}

fn works(d: Drawing) -> Markup {
    let words = d.words;
    let problems = options(&[Problem::Shared, Problem::Mixed], |one| {
        saying::problem(words, one)
    });
    let formats = values(|facet| match facet {
        Facet::Format(format) => Some(format),
        _ => None,
    });
    let spans = d.said(&[
        ("ongoing", "form-ongoing"),
        ("sessions", "form-number-of-sessions"),
    ]);
    let memberships = d.said(&[("open", "form-join-any-time"), ("closed", "form-join-set-times")]);
    let activities = [
        Activity::Talk,
        Activity::Art,
        Activity::Music,
        Activity::Movement,
        Activity::Writing,
        Activity::Meditation,
        Activity::Reading,
    ];
    let leadings = [Leading::Teaching, Leading::Guiding, Leading::MostlySilent];
    let alongsides = [
        Alongside::StandsAlone,
        Alongside::Either,
        Alongside::WithIndividualTherapy,
    ];
    html! {
        (d.choice("problem", "form-problem", "form-untold", &problems))
        (d.choice("format", "form-format", "form-untold", &options(&formats, |one| saying::format(words, one))))
        (d.choice("span", "form-span", "form-untold", &spans))
        div.for-sessions { (d.input("sessions", "form-sessions", None, "number")) }
        (d.choice("membership", "form-membership", "form-untold", &memberships))
        (d.boxes("activities", "form-activities", &options(&activities, |one| saying::activity(words, one))))
        (d.area("techniques", "form-techniques", Some("form-one-a-line")))
        (d.choice("leading", "form-leading", "form-untold", &options(&leadings, |one| saying::leading(words, one))))
        (d.choice("alongside", "form-alongside", "form-untold", &options(&alongsides, |one| saying::alongside(words, one))))
    }
}

fn people(d: Drawing) -> Markup {
    let words = d.words;
    let audiences = values(|facet| match facet {
        Facet::ForWhom(audience) => Some(audience),
        _ => None,
    });
    html! {
        @for (name, credentials) in leader_rows(d.form) {
            div.inline { (d.text(&name, "form-leader")) (d.text(&credentials, "form-credentials")) }
        }
        div.inline { (d.input("size-least", "form-size-least", None, "number")) (d.input("size-most", "form-size-most", None, "number")) }
        div.inline { (d.input("ages-from", "form-ages-from", None, "number")) (d.input("ages-to", "form-ages-to", None, "number")) }
        (d.input("languages", "form-languages", Some("form-languages-hint"), "text"))
        (d.boxes("audience", "form-audience", &options(&audiences, |one| saying::audience(words, one))))
    }
}

/// The rule of a schedule; also on the page of the schedule.
pub(super) fn when(d: Drawing) -> Markup {
    let words = d.words;
    let rules = d.said(&[
        ("weekly", "form-weekly"),
        ("monthly", "form-monthly"),
        ("dates", "form-dates-only"),
        ("appointment", "by-appointment"),
    ]);
    let week = values(|facet| match facet {
        Facet::Day(day) => Some(day),
        _ => None,
    });
    let days: Vec<_> = week
        .iter()
        .map(|day| (day.to_string(), saying::weekday(words, *day)))
        .collect();
    let nth = [
        (Nth::First, "form-nth-first"),
        (Nth::Second, "form-nth-second"),
        (Nth::Third, "form-nth-third"),
        (Nth::Fourth, "form-nth-fourth"),
        (Nth::Fifth, "form-nth-fifth"),
        (Nth::Last, "form-nth-last"),
    ];
    let nth: Vec<_> = nth
        .iter()
        .map(|(nth, said)| (super::typed::name(nth), words.say(said)))
        .collect();
    html! {
        (d.choice("every", "form-every", "form-choose", &rules))
        div.for-rule { (d.input("interval", "form-interval", Some("form-interval-hint"), "number")) }
        div.for-weekly { (d.boxes("days", "form-days", &days)) }
        div.for-monthly { (d.boxes("nth", "form-nth", &nth)) (d.choice("day", "form-day", "form-untold", &days)) }
        div.for-dates { (d.area("dates", "form-dates", Some("form-dates-hint"))) }
        div.for-schedule {
            div.inline { (d.input("time", "form-time", None, "time")) (d.input("length", "form-length", None, "number")) }
            (d.input("zone", "form-zone", Some("form-zone-hint"), "text"))
            div.inline { (d.input("from", "form-from", None, "date")) (d.input("until", "form-until", None, "date")) }
        }
    }
}

fn place(d: Drawing, sites: &Sites) -> Markup {
    let words = d.words;
    let places = d.said(&[
        ("in-person", "form-in-person"),
        ("online", "form-online"),
        ("hybrid", "form-hybrid"),
    ]);
    let sites: Vec<_> = sites
        .iter()
        .map(|(slug, site)| {
            let name = site
                .name
                .as_ref()
                .map(|name| format!("{name}, "))
                .unwrap_or_default();
            (slug.to_string(), format!("{name}{}", site.address.public()))
        })
        .collect();
    let accesses = values(|facet| match facet {
        Facet::Access(access) => Some(access),
        _ => None,
    });
    html! {
        (d.choice("place", "form-how-held", "form-choose", &places))
        div.for-site {
            (d.choice("site", "form-site", "form-site-new", &sites))
            div.for-new-site {
                (d.text("site-name", "form-site-name"))
                div.for-told { (d.input("address", "form-address", Some("form-address-hint"), "text")) (d.text("town", "form-town")) }
                (d.text("directions", "form-directions"))
                (d.yes("withheld", "form-withheld"))
                div.for-withheld { (d.input("area", "form-area", Some("form-area-hint"), "text")) }
            }
        }
        div.for-online {
            (d.text("online-by", "form-online-by"))
            (d.input("online-only-for", "form-online-only-for", Some("form-online-only-for-hint"), "text"))
        }
        (d.boxes("access", "form-access", &options(&accesses, |one| saying::access(words, one))))
    }
}

fn room(d: Drawing, published: Option<&Listing>) -> Markup {
    let mut seats = d.said(&[
        ("open", "form-seats-open"),
        ("left", "form-seats-some"),
        ("waiting-list", "form-seats-waiting"),
        ("starts", "form-seats-starts"),
        ("closed", "form-seats-closed"),
    ]);
    let closed = published.map(|listing| listing.seats);
    if let Some(Seats::Paused { .. } | Seats::Ended { .. }) = closed {
        seats.push(("as-it-is".to_owned(), d.words.say("form-seats-as-it-is")));
    }
    html! {
        (d.choice("seats", "form-seats", "form-choose", &seats))
        div.for-left { (d.input("seats-left", "form-seats-left", None, "number")) }
        div.for-waiting { (d.input("seats-weeks", "form-seats-weeks", None, "number")) }
        div.for-starts { (d.input("seats-from", "form-seats-from", None, "date")) }
    }
}

fn cost(d: Drawing) -> Markup {
    let fees = d.said(&[
        ("free", "form-fee-free"),
        ("contribution", "form-fee-contribution"),
        ("per-session", "form-fee-per-session"),
        ("sliding", "form-fee-sliding"),
    ]);
    let currencies = [Currency::Usd, Currency::Cad, Currency::Eur, Currency::Gbp];
    let currencies = options(&currencies, |one| super::typed::name(&one));
    html! {
        (d.choice("fee", "form-fee", "form-untold", &fees))
        div.for-fee {
            div.inline { (d.text("fee-from", "form-fee-from")) div.for-sliding { (d.text("fee-to", "form-fee-to")) } }
            (d.choice("currency", "form-currency", "form-untold", &currencies))
        }
        (d.yes("insurance", "form-insurance"))
        (d.text("cost-note", "form-cost-note"))
    }
}

fn come(d: Drawing) -> Markup {
    let ways = d.said(&[
        ("organisation", "form-how-organisation"),
        ("page", "form-how-page"),
        ("walk-in", "form-how-walk-in"),
    ]);
    html! {
        (d.choice("how", "form-how", "form-choose", &ways))
        div.for-organisation { (d.input("phone", "form-phone", None, "tel")) (d.input("mail", "form-mail", None, "email")) }
        div.for-page { (d.input("page", "form-page", None, "url")) }
    }
}

fn first(d: Drawing) -> Markup {
    html! {
        (d.area("listening", "form-first-listening", None))
        (d.area("people", "form-first-people", None))
        (d.area("confidentiality", "form-first-confidentiality", None))
        (d.area("name", "form-first-name", None))
        (d.area("arrival", "form-first-arrival", None))
        (d.area("lateness", "form-first-lateness", None))
        (d.area("camera", "form-first-camera", None))
    }
}
