//! The answer: both kinds side by side, each with why and why not, where each line comes from, and what to do next.

use domain::choosing::{Advice, Answers, Decision, Reason, Rest, RuleLine, Stage, Stance};
use domain::groups::Kind;
use domain::helping::Concern;
use finder::{Facet, Family, Filter};
use maud::{Markup, html};

use super::asked::jump;
use super::{Sources, asking, crisis};
use crate::finding::Asked as Finder;
use crate::helping;
use crate::look::icons::Icon;
use crate::look::parts::{self, Tone};
use crate::pages::kinds;
use crate::saying;
use crate::state::App;
use crate::words::Words;

/// All that the page is made from.
struct View<'a> {
    app: &'a App,
    words: &'a Words,
    answers: &'a Answers,
    decision: Decision<'a>,
    /// What the practical answers mean to the finder.
    finder: Finder,
}

pub(super) fn page(app: &App, answers: &Answers) -> Markup {
    let chooser = &app.content().chooser;
    let decision = chooser.decide(answers);
    if decision
        .reasons
        .iter()
        .any(|reason| reason.rule.rest == Rest::Stops)
    {
        return crisis::page(app, answers, None);
    }
    let view = View {
        app,
        words: app.words(),
        answers,
        finder: finder(app, answers),
        decision,
    };
    let words = view.words;
    let mut sources = Sources::default();
    // Numbered in the order in which they stand on the page.
    let first = other(&view, true, &mut sources);
    let (therapy, support) = (
        side(&view, Kind::Therapy, &mut sources),
        side(&view, Kind::Support, &mut sources),
    );
    let rest = other(&view, false, &mut sources);
    html! {
        @if view.decision.crisis { (crisis::above(app, answers)) }
        h1 { (words.say(title(&view))) }
        p.lead { (words.with("choosing-lead", &[("answers", answers.count(chooser).into())])) }
        (first)
        @for tension in &view.decision.tensions { (said(tension.text.as_str())) }
        div.sides { (therapy) (support) }
        (rest)
        (look_for_groups(&view))
        @if view.decision.advice.contains(&Advice::GroupTherapy) { (asking::section(app, answers, &view.finder)) }
        section aria-labelledby="side-by-side" {
            h2 #side-by-side { (words.say("choosing-side-by-side")) }
            (kinds::table(words))
        }
        div.two-columns {
            section aria-labelledby="from" {
                h2 #from { (words.say("choosing-from")) }
                (sources.list(words))
                p.meta { (words.say("choosing-from-rules")) " " a href="/choose/rules" { (words.say("choosing-rules-link")) } }
            }
            section aria-labelledby="else" {
                h2 #else { (words.say("choosing-not-expected")) }
                (change(&view))
            }
        }
    }
}

/// A notice whose first sentence is bold.
fn said(text: &str) -> Markup {
    match text.split_once(". ") {
        Some((first, rest)) => parts::notice(Tone::Plain, &format!("{first}."), html! { (rest) }),
        None => parts::notice(Tone::Plain, text, html! {}),
    }
}

/// The sentence on top, by what comes first and what stands beside it.
fn title(view: &View) -> &'static str {
    let advice: Vec<Advice> = view
        .decision
        .advice
        .iter()
        .copied()
        .filter(|advice| *advice != Advice::Crisis)
        .collect();
    let both = advice.contains(&Advice::GroupTherapy) && advice.contains(&Advice::SupportGroup);
    let support = advice.contains(&Advice::SupportGroup);
    match advice.first() {
        _ if is_open(&view.decision) => "choosing-title-either",
        Some(Advice::MedicalFirst) if support => "choosing-title-medical-support",
        Some(Advice::MedicalFirst) => "choosing-title-medical",
        Some(Advice::Individual) if support => "choosing-title-individual-support",
        Some(Advice::Individual) if advice.contains(&Advice::GroupTherapy) => {
            "choosing-title-individual-therapy"
        }
        Some(Advice::Individual) => "choosing-title-individual",
        Some(Advice::GroupTherapy) if both => "choosing-title-therapy-support",
        Some(Advice::GroupTherapy) => "choosing-title-therapy",
        Some(Advice::SupportGroup) if both => "choosing-title-support-therapy",
        Some(Advice::SupportGroup) => "choosing-title-support",
        Some(Advice::Class) => "choosing-title-class",
        Some(Advice::Crisis) | None => "choosing-title-either",
    }
}

/// Whether nothing decided between the two kinds.
fn is_open(decision: &Decision) -> bool {
    decision
        .reasons
        .iter()
        .any(|reason| reason.rule.stage == Stage::Otherwise)
}

/// Help that is no group: what must come first stands above the two kinds, the rest below.
fn other<'a>(view: &View<'a>, first: bool, sources: &mut Sources<'a>) -> Markup {
    let words = view.words;
    let all = [
        (Advice::MedicalFirst, "choosing-medical", "choosing-medical-next"),
        (
            Advice::Individual,
            "choosing-individual",
            "choosing-individual-next",
        ),
        (Advice::Class, "choosing-class", "choosing-class-next"),
    ];
    html! {
        @for (advice, heading, next) in all {
            @if view.decision.advice.contains(&advice) && comes_first(&view.decision, advice) == first {
                section.first-section {
                    h2 { (words.say(heading)) }
                    (lines(view, reasons(&view.decision, advice, Stance::For), &[], Icon::Check, sources))
                    p { (words.say(next)) }
                    (next_step(view, advice))
                }
            }
        }
    }
}

fn next_step(view: &View, advice: Advice) -> Markup {
    let words = view.words;
    match advice {
        Advice::MedicalFirst => {
            let line = view
                .app
                .country()
                .and_then(|country| country.of(Concern::Substances).next());
            html! { @if let Some(line) = line { div.card { h3 { (line.name) } (helping::reach(words, line, false)) } } }
        }
        Advice::Individual => {
            html! {
                div.acts {
                    a.button.plain href="/providers?kind=therapist&taking=yes" { (words.say("choosing-individual-see")) }
                    a href="/learn/with-individual-therapy" { (words.say("choosing-individual-read")) }
                }
            }
        }
        _ => html! { div.acts { a href="/learn" { (words.say("choosing-class-read")) } } },
    }
}

fn comes_first(decision: &Decision, advice: Advice) -> bool {
    decision.reasons.iter().any(|reason| {
        reason.rule.stage == Stage::Limit && reason.line.about == advice && reason.line.stance == Stance::For
    }) || decision.advice.iter().find(|advice| **advice != Advice::Crisis) == Some(&advice)
}

fn reasons<'a>(decision: &Decision<'a>, about: Advice, stance: Stance) -> Vec<Reason<'a>> {
    let told = decision
        .reasons
        .iter()
        .filter(|reason| reason.line.about == about && reason.line.stance == stance);
    told.copied().collect()
}

fn advice_of(kind: Kind) -> Advice {
    match kind {
        Kind::Therapy => Advice::GroupTherapy,
        Kind::Support => Advice::SupportGroup,
    }
}

/// One kind: how it fits, why, why not, and the groups there are.
fn side<'a>(view: &View<'a>, kind: Kind, sources: &mut Sources<'a>) -> Markup {
    let words = view.words;
    let about = advice_of(kind);
    let always = |stance: Stance| -> Vec<&'a RuleLine> {
        let chooser = &view.app.content().chooser;
        let lines = chooser.always().iter();
        lines
            .filter(|line| line.about == about && line.stance == stance)
            .collect()
    };
    let (class, edge) = match kind {
        Kind::Therapy => ("card side-card therapy", "kind therapy boxed"),
        Kind::Support => ("card side-card support", "kind support boxed"),
    };
    let icon = match kind {
        Kind::Therapy => Icon::Closed,
        Kind::Support => Icon::Open,
    };
    let (fit, fit_icon) = fit(view, about);
    let notes = reasons(&view.decision, about, Stance::Note);
    html! {
        section class=(class) {
            div.side-head {
                h2 class=(edge) { (icon.draw()) (saying::kind(words, kind)) }
                span.fit { (fit_icon.draw()) (words.say(fit)) }
            }
            h3 { (words.say("choosing-why")) }
            (lines(view, reasons(&view.decision, about, Stance::For), &always(Stance::For), Icon::Check, sources))
            h3 { (words.say("choosing-why-not")) }
            (lines(view, reasons(&view.decision, about, Stance::Against), &always(Stance::Against), Icon::Dash, sources))
            @if !notes.is_empty() {
                h3 { (words.say("choosing-note")) }
                (lines(view, notes, &[], Icon::Info, sources))
            }
            (groups(view, kind))
        }
    }
}

/// "Fits better", "Good beside it", "Not now", "Could fit".
fn fit(view: &View, about: Advice) -> (&'static str, Icon) {
    let advice = &view.decision.advice;
    let kinds: Vec<Advice> = advice
        .iter()
        .copied()
        .filter(|advice| is_a_kind(*advice))
        .collect();
    let barred = view.decision.reasons.iter().any(|reason| {
        reason.rule.stage == Stage::Limit
            && reason.line.about == about
            && reason.line.stance == Stance::Against
    });
    let led = advice.iter().find(|advice| **advice != Advice::Crisis);
    match kinds.first() {
        _ if is_open(&view.decision) => ("choosing-fit-could", Icon::Ring),
        _ if barred => ("choosing-fit-later", Icon::Barred),
        Some(first) if *first == about && led == Some(first) => ("choosing-fit-better", Icon::Disc),
        Some(_) if kinds.contains(&about) => ("choosing-fit-beside", Icon::Ring),
        _ => ("choosing-fit-less", Icon::Ring),
    }
}

/// Each line with where it comes from: the person's own answers, and the source.
fn lines<'a>(
    view: &View<'a>,
    reasons: Vec<Reason<'a>>,
    always: &[&'a RuleLine],
    icon: Icon,
    sources: &mut Sources<'a>,
) -> Markup {
    let words = view.words;
    let told = reasons
        .into_iter()
        .map(|reason| (reason.line, from_answers(view, reason)))
        .chain(always.iter().map(|line| (*line, None)));
    html! {
        ul.reasons {
            @for (line, answers) in told {
                li {
                    (icon.draw())
                    div {
                        p { (line.text) }
                        p.meta { @if let Some(answers) = answers { (answers) " · " } (sources.cite(words, &line.backing)) }
                    }
                }
            }
        }
    }
}

/// "Your answers 1 and 5"; none for a rule that looks at no answer.
fn from_answers(view: &View, reason: Reason) -> Option<String> {
    let looked = reason.rule.when.any.with(reason.rule.when.all);
    let questions = view.app.content().chooser.asked().iter().enumerate();
    let numbers: Vec<String> = questions
        .filter(|(_, question)| view.answers.of(question).any(|choice| choice.set().meets(looked)))
        .map(|(place, _)| (place + 1).to_string())
        .collect();
    (!numbers.is_empty()).then(|| {
        let count = numbers.len();
        let numbers = saying::list(view.words, &numbers);
        view.words.with(
            "choosing-your-answers",
            &[("count", count.into()), ("numbers", numbers.into())],
        )
    })
}

/// The finder's question that the practical answers ask.
fn finder(app: &App, answers: &Answers) -> Finder {
    let questions = app.content().chooser.questions().iter();
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for question in questions {
        let chosen: Vec<_> = answers.of(question).collect();
        let places = chosen
            .iter()
            .filter(|choice| choice.finder.contains_key("where"))
            .count();
        for (name, value) in chosen.iter().flat_map(|choice| &choice.finder) {
            // Both places are any place.
            if name != "where" || places == 1 {
                query.append_pair(name, value);
            }
        }
    }
    Finder::read(&query.finish())
}

/// The answers that shape the search, as they were given.
fn wishes(view: &View) -> Vec<String> {
    let questions = view.app.content().chooser.questions().iter();
    questions
        .flat_map(|question| view.answers.of(question))
        .filter(|choice| !choice.finder.is_empty())
        .map(|choice| choice.text.to_string())
        .collect()
}

fn is_a_kind(advice: Advice) -> bool {
    matches!(advice, Advice::GroupTherapy | Advice::SupportGroup)
}

/// How many groups there are, or which wish empties the search.
fn groups(view: &View, kind: Kind) -> Markup {
    let words = view.words;
    let asked = view.finder.but(|asked| asked.only(Facet::Kind(kind)));
    let answer = view.app.snapshot().find(&asked.query(None), view.app.now());
    let count = ("count", answer.total.into());
    let (said, act) = match kind {
        Kind::Therapy => ("choosing-see-therapy", "group-other-find-therapy"),
        Kind::Support => ("choosing-see-support", "group-other-find-support"),
    };
    // One filled button: that of the kind which is advised first.
    let first = view.decision.advice.iter().find(|advice| is_a_kind(**advice));
    let class = if first == Some(&advice_of(kind)) {
        "button"
    } else {
        "button plain"
    };
    let wishes = wishes(view);
    // The kind itself is no wish: it is what this side is about.
    let culprits: Vec<_> = answer
        .without
        .iter()
        .filter(|(filter, count)| *count > 0 && *filter != Filter::Family(Family::Kind))
        .collect();
    html! {
        div.side-acts {
            @if answer.total > 0 {
                a class=(class) href=(asked.link("/groups")) { (words.with(said, &[count])) }
                @if !wishes.is_empty() { p.meta { (wishes.join(" · ")) } }
            } @else {
                @match culprits.as_slice() {
                    [(filter, _), ..] => {
                        @let name = crate::finding::filter_name(words, &view.app.content().topics, &asked, *filter);
                        p { (words.with("finding-emptied", &[("filter", name.into())])) }
                        a.button.plain href=(asked.link("/groups")) { (words.say("choosing-see-change")) }
                    },
                    [] => {
                        p { (words.say("choosing-none")) }
                        a.button.plain href=(format!("/groups?kind={}", crate::finding::kind_parameter(kind))) { (words.say(act)) }
                    },
                }
            }
        }
    }
}

/// The practical answers carried over, and the one thing that was not asked: where.
fn look_for_groups(view: &View) -> Markup {
    let words = view.words;
    let field = parts::Field {
        name: "near",
        label: words.say("finding-near"),
        value: "",
        hint: Some(words.say("finding-near-hint")),
        error: None,
        ..parts::Field::default()
    };
    let first = view.decision.advice.iter().find(|advice| is_a_kind(**advice));
    let kinds = [
        ("", "finding-kind-any", None),
        ("support", "kind-support", Some(Advice::SupportGroup)),
        ("therapy", "kind-therapy", Some(Advice::GroupTherapy)),
    ];
    let kinds = kinds.map(|(value, said, advice)| {
        let chosen = advice.is_some() && advice.as_ref() == first && !is_open(&view.decision);
        (value.to_owned(), words.say(said), chosen)
    });
    let link = view.finder.link("/groups");
    let carried = link.split_once('?').map_or("", |(_, query)| query);
    html! {
        section aria-labelledby="next" {
            h2 #next { (words.say("choosing-next-steps")) }
            ol.steps {
                @for (step, more) in [("choosing-step-1", "choosing-step-1-more"), ("choosing-step-2", "choosing-step-2-more"), ("choosing-step-3", "choosing-step-3-more")] {
                    li { b { (words.say(step)) } p { (words.say(more)) } }
                }
            }
            form.inline action="/groups" method="get" {
                @for (name, value) in url::form_urlencoded::parse(carried.as_bytes()) { input type="hidden" name=(name) value=(value); }
                (field.draw())
                (parts::select("kind", &words.say("finding-kind"), &kinds))
                button.button.plain type="submit" { (words.say("finding-show")) }
            }
            p.meta { (words.say("choosing-in-address")) }
        }
    }
}

/// Every question with what was answered, each a button that goes back to it.
fn change(view: &View) -> Markup {
    let (words, chooser) = (view.words, &view.app.content().chooser);
    html! {
        p { (words.say("choosing-change-lead")) }
        ol.changes-list {
            @for question in chooser.asked() {
                @let chosen: Vec<String> = view.answers.of(question).map(|choice| choice.text.to_string()).collect();
                li {
                    (jump(chooser, view.answers, question.id.as_str(), "linklike", question.text.as_str()))
                    span.meta { @if chosen.is_empty() { (words.say("choosing-skipped")) } @else { (chosen.join("; ")) } }
                }
            }
        }
        p { a href="/learn/with-individual-therapy" { (words.say("choosing-individual-read")) } }
        p.meta { (words.say("choosing-print")) }
    }
}
