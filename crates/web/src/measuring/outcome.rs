//! What follows from the answers to a self-check: help first where it is due, the score in plain words, what it does not mean, and what
//! one can do next.

use domain::helping::Concern;
use maud::{Markup, html};
use measures::Sheet;
use measures::native::{AnswerError, Outcome as Scored, Score, Scores};
use measures::risk::{Risk, RiskItem, RiskKind};

use super::{Ready, chart, check, fields};
use crate::helping;
use crate::look::icons::Icon;
use crate::look::parts::{self, Tone};
use crate::state::App;

/// Of one set of answers.
pub(super) struct Outcome<'a> {
    app: &'a App,
    ready: &'a Ready,
    scores: Option<Scores<'a>>,
    /// Thoughts of being better off dead, or of hurting oneself.
    has_thoughts: bool,
    help: Option<Markup>,
}

impl<'a> Outcome<'a> {
    pub(super) fn of(app: &'a App, ready: &'a Ready, sheet: &Sheet) -> Result<Self, AnswerError> {
        let mut outcome = Self {
            app,
            ready,
            scores: None,
            has_thoughts: false,
            help: None,
        };
        if let Some(scoring) = &ready.measure.scoring {
            let answered = scoring.score(&scoring.answers_on(sheet)?);
            let (scores, care) = answered.open(|risk| (is_self_harm(&risk), help(app, &risk)));
            outcome.scores = Some(scores);
            if let Some((has_thoughts, card)) = care {
                outcome.has_thoughts = has_thoughts;
                outcome.help = Some(card);
            }
        }
        Ok(outcome)
    }

    /// The help card, if it is due; above whatever else is shown.
    pub(super) fn help(&self) -> Markup {
        self.help.clone().unwrap_or_default()
    }

    fn total(&self) -> Option<f64> {
        self.scores.as_ref()?.scores.first()?.value()
    }

    pub(super) fn page(&self, sheet: &Sheet, again: &Markup) -> Markup {
        let (words, measure) = (self.app.words(), &self.ready.measure);
        let scores = self.scores.as_ref().map_or(&[][..], |scores| &scores.scores);
        html! {
            (self.help())
            h1 { (measure.title) }
            (self.left_out())
            @for (place, score) in scores.iter().enumerate() { (self.score(score, place == 0)) }
            @if let Some(finding) = self.scores.as_ref().and_then(|scores| scores.finding.as_ref()) { p { (finding.plain()) } }
            (parts::notice(Tone::Plain, &words.say("measuring-not-a-diagnosis"), html! { (words.say("measuring-not-a-diagnosis-more")) }))
            section {
                h2 { (words.say("measuring-next")) }
                @if check::is_severe(&measure.name, self.total()) { p.lead { (words.say("measuring-severe")) } }
                p { (words.say("measuring-next-choose")) }
                div.acts {
                    form action="/choose" method="post" {
                        @if check::is_severe(&measure.name, self.total()) { input type="hidden" name="check" value="severe"; }
                        @if self.has_thoughts { input type="hidden" name="check" value="thoughts"; }
                        button.button type="submit" { (words.say("measuring-to-choose")) (Icon::Arrow.draw()) }
                    }
                    a.button.plain href="/groups" { (words.say("measuring-to-groups")) }
                }
                p.meta { (words.say("measuring-to-choose-more")) }
            }
            section {
                h2 { (words.say("measuring-your-answers")) }
                p.meta { (words.say("measuring-print")) }
                (fields::answered(words, sheet))
                (again)
            }
        }
    }

    /// A question about danger without an answer looks like one with a good answer, if nobody says so.
    fn left_out(&self) -> Markup {
        let words = self.app.words();
        let items = self
            .scores
            .iter()
            .flat_map(|scores| scores.unanswered_risks.iter().copied());
        let said = |item: &RiskItem| words.with("measuring-left-out", &[("kind", item.kind.name().into())]);
        let more = || html! { (words.say("measuring-left-out-more")) " " a href="/help-now" { (words.say("help-nav")) } };
        html! { @for item in items { (parts::notice(Tone::Ochre, &said(item), more())) } }
    }

    fn score(&self, score: &Score, first: bool) -> Markup {
        let words = self.app.words();
        let scale = score.scale;
        let said = |value: f64| {
            words.with(
                "measuring-score",
                &[
                    ("name", scale.name.as_str().into()),
                    ("score", chart::number(value).into()),
                    ("highest", chart::number(scale.range.1).into()),
                ],
            )
        };
        html! {
            section.score.first-section[first] {
                @match score.outcome {
                    Scored::NoScore { missing, of } => {
                        p.lead { (words.with("measuring-no-score", &[("name", scale.name.as_str().into()), ("missing", missing.into()), ("of", of.into())])) }
                    },
                    Scored::Complete(value) | Scored::Prorated { value, .. } => {
                        @let estimate = score.is_estimated().then(|| words.say("measuring-estimate"));
                        @let line = html! { b { (said(value)) } @if let Some(estimate) = &estimate { " " (estimate) } };
                        @if first { p.lead { (line) } } @else { p { (line) } }
                        @if let Some(band) = scale.band(value) { p { b { (band.name) } ". " (band.plain) } }
                        @if let Scored::Prorated { missing, .. } = score.outcome {
                            p.meta { (words.with("measuring-prorated", &[("missing", missing.into())])) }
                        }
                        @if !scale.bands.is_empty() { (chart::bar(words, scale, value)) }
                        (self.bands(score))
                    },
                }
            }
        }
    }

    /// All bands, so that a score can be read without the picture; and who found them.
    fn bands(&self, score: &Score) -> Markup {
        let words = self.app.words();
        let scale = score.scale;
        let ends = scale
            .bands
            .iter()
            .skip(1)
            .map(|band| band.from - 1.0)
            .chain([scale.range.1]);
        html! {
            @if !scale.bands.is_empty() {
                details {
                    summary { (words.say("measuring-bands")) }
                    table {
                        thead { tr { th scope="col" { (words.say("measuring-band-score")) } th scope="col" { (words.say("measuring-band-name")) } } }
                        tbody {
                            @for (band, end) in scale.bands.iter().zip(ends) {
                                tr {
                                    th scope="row" { (chart::number(band.from)) "–" (chart::number(end)) }
                                    td { (band.name) @if score.band() == Some(band) { " " b { (words.say("measuring-band-yours")) } } }
                                }
                            }
                        }
                    }
                    @if let Some(source) = &scale.bands_source { p.meta { (source.cited()) } }
                }
            }
        }
    }
}

fn is_self_harm(risk: &Risk) -> bool {
    risk.signs()
        .iter()
        .any(|sign| sign.item.kind == RiskKind::SelfHarm)
}

/// Who answers now.
pub(crate) fn help(app: &App, risk: &Risk) -> Markup {
    let words = app.words();
    let mut concerns: Vec<Concern> = Vec::new();
    for sign in risk.signs() {
        if matches!(sign.item.kind, RiskKind::BeingHarmed | RiskKind::HarmToOthers)
            && !concerns.contains(&Concern::Violence)
        {
            concerns.push(Concern::Violence);
        }
    }
    html! {
        section.first-section aria-labelledby="help-first" {
            h2 #help-first { (words.say("choosing-crisis")) }
            p { (words.say("measuring-risk")) }
            (helping::card(app, &concerns))
        }
    }
}
