//! Numbers as pictures, each with its title and with the same in a table: where a score stands among its bands, and a series with
//! bands and what is more than chance.

use chrono::NaiveDate;
use maud::{Markup, html};
use measures::change::Points;
use measures::native::{Direction, Scale};

use super::thresholds;
use crate::words::Words;

const WIDTH: f64 = 480.0;
const LEFT: f64 = 36.0;
const RIGHT: f64 = 12.0;
/// The height of a chart of one score, and of a series.
const BAR: f64 = 84.0;
const SERIES: f64 = 280.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 34.0;

/// One sitting of a series.
pub(crate) struct Point {
    pub on: NaiveDate,
    pub score: f64,
}

/// A group at one session: how many they were, their mean, and the lowest and the highest of them.
pub(crate) struct Spread {
    pub on: NaiveDate,
    pub people: usize,
    pub lowest: f64,
    pub mean: f64,
    pub highest: f64,
}

/// A place in a picture.
fn place(value: f64) -> String {
    format!("{value:.1}")
}

/// As people write a score.
pub(crate) fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    format!("{rounded}")
}

/// Where one score stands among the bands of its scale.
pub(crate) fn bar(words: &Words, scale: &Scale, score: f64) -> Markup {
    let (lowest, highest) = scale.range;
    let across = |value: f64| LEFT + (WIDTH - LEFT - RIGHT) * (value - lowest) / (highest - lowest).max(1.0);
    let title = words.with(
        "measuring-chart-bar",
        &[
            ("name", scale.name.as_str().into()),
            ("score", number(score).into()),
            ("highest", number(highest).into()),
            (
                "band",
                scale.band(score).map_or("", |band| band.name.as_str()).into(),
            ),
        ],
    );
    html! {
        svg.chart role="img" viewBox=(format!("0 0 {WIDTH} {BAR}")) {
            title { (title) }
            @for (number, (from, to)) in bands(scale).into_iter().enumerate() {
                rect class=(shade(scale, number)) x=(place(across(from))) y="30" width=(place(across(to) - across(from))) height="22" {}
            }
            @for from in scale.bands.iter().map(|band| band.from).chain([highest]) {
                text.tick x=(place(across(from))) y="72" text-anchor=(if from >= highest { "end" } else { "middle" }) { (number(from)) }
            }
            line.mark x1=(place(across(score))) x2=(place(across(score))) y1="22" y2="60" {}
            text.value x=(place(across(score).clamp(LEFT + 8.0, WIDTH - 24.0))) y="16" { (number(score)) }
        }
    }
}

/// A person's scores over time, with bands and the corridor around the first within which a change may be chance.
pub(crate) fn series(words: &Words, scale: &Scale, points: &[Point], reliable: Option<&Points>) -> Markup {
    let Some(first) = points.first() else {
        return html! {};
    };
    let frame = Frame::new(scale, points.iter().map(|point| point.on));
    let line = frame.line(points.iter().map(|point| (point.on, point.score)));
    let corridor = reliable.map(|by| (first.score - by.points, first.score + by.points));
    let title = words.with(
        "measuring-chart-series",
        &[
            ("name", scale.name.as_str().into()),
            ("count", points.len().into()),
        ],
    );
    html! {
        figure {
            svg.chart role="img" viewBox=(format!("0 0 {WIDTH} {SERIES}")) {
                title { (title) }
                (frame.ground())
                @if let Some((from, to)) = corridor {
                    rect.corridor x=(place(LEFT)) y=(place(frame.up(to))) width=(place(WIDTH - LEFT - RIGHT)) height=(place(frame.up(from) - frame.up(to))) {}
                }
                polyline.line points=(line) {}
                @for point in points { circle.dot cx=(place(frame.across(point.on))) cy=(place(frame.up(point.score))) r="5" {} }
            }
            @if let Some(by) = reliable { figcaption.meta { (words.say("measuring-chart-corridor")) " " (thresholds::source(words, &by.source)) } }
            table {
                thead { tr { th scope="col" { (words.say("measuring-chart-date")) } th.number scope="col" { (words.say("measuring-chart-score")) } th scope="col" { (words.say("measuring-chart-band")) } } }
                tbody {
                    @for point in points {
                        tr {
                            th scope="row" { time datetime=(point.on.to_string()) { (point.on.format("%B %-d, %Y")) } }
                            td.number { (number(point.score)) }
                            td { (scale.band(point.score).map_or("", |band| band.name.as_str())) }
                        }
                    }
                }
            }
        }
    }
}

/// A group over its sessions: mean, lowest and highest. For its leader only where there are fewer than five.
pub(crate) fn spread(words: &Words, scale: &Scale, sessions: &[Spread]) -> Markup {
    if sessions.is_empty() {
        return html! {};
    }
    let frame = Frame::new(scale, sessions.iter().map(|session| session.on));
    let line = frame.line(sessions.iter().map(|session| (session.on, session.mean)));
    let title = words.with(
        "measuring-chart-spread",
        &[
            ("name", scale.name.as_str().into()),
            ("count", sessions.len().into()),
        ],
    );
    html! {
        figure {
            svg.chart role="img" viewBox=(format!("0 0 {WIDTH} {SERIES}")) {
                title { (title) }
                (frame.ground())
                @for session in sessions {
                    @let x = place(frame.across(session.on));
                    line.whisker x1=(x) x2=(x) y1=(place(frame.up(session.lowest))) y2=(place(frame.up(session.highest))) {}
                }
                polyline.line points=(line) {}
                @for session in sessions { circle.dot cx=(place(frame.across(session.on))) cy=(place(frame.up(session.mean))) r="5" {} }
            }
            table {
                thead {
                    tr {
                        th scope="col" { (words.say("measuring-chart-date")) }
                        @for column in ["measuring-chart-people", "measuring-chart-lowest", "measuring-chart-mean", "measuring-chart-highest"] { th.number scope="col" { (words.say(column)) } }
                    }
                }
                tbody {
                    @for session in sessions {
                        tr {
                            th scope="row" { time datetime=(session.on.to_string()) { (session.on.format("%B %-d, %Y")) } }
                            td.number { (session.people) }
                            td.number { (number(session.lowest)) } td.number { (number(session.mean)) } td.number { (number(session.highest)) }
                        }
                    }
                }
            }
        }
    }
}

/// From where to where each band goes; one of the whole range where there are none.
fn bands(scale: &Scale) -> Vec<(f64, f64)> {
    let (lowest, highest) = scale.range;
    let mut froms: Vec<f64> = scale.bands.iter().map(|band| band.from).collect();
    if froms.is_empty() {
        froms.push(lowest);
    }
    let tos = froms.iter().skip(1).copied().chain([highest]);
    froms.iter().copied().zip(tos).collect()
}

/// The further from well, the darker; there are at most five.
fn shade(scale: &Scale, number: usize) -> String {
    let many = scale.bands.len().max(1);
    let from_well = match scale.direction {
        Direction::HigherIsWorse => number,
        Direction::HigherIsBetter => many - 1 - number.min(many - 1),
    };
    format!("band b{}", (from_well * 4 / (many - 1).max(1)).min(4))
}

/// Where a date and a score stand.
struct Frame<'a> {
    scale: &'a Scale,
    first: NaiveDate,
    last: NaiveDate,
}

impl<'a> Frame<'a> {
    fn new(scale: &'a Scale, dates: impl Iterator<Item = NaiveDate> + Clone) -> Self {
        let first = dates.clone().min().unwrap_or_default();
        let last = dates.max().unwrap_or_default();
        Self { scale, first, last }
    }

    fn across(&self, on: NaiveDate) -> f64 {
        let days =
            |from: NaiveDate, to: NaiveDate| f64::from(i32::try_from((to - from).num_days()).unwrap_or(0));
        let whole = days(self.first, self.last);
        let room = WIDTH - LEFT - RIGHT - 24.0;
        let part = if whole > 0.0 {
            days(self.first, on) / whole
        } else {
            0.5
        };
        LEFT + 12.0 + room * part
    }

    fn up(&self, score: f64) -> f64 {
        let (lowest, highest) = self.scale.range;
        let part = (score.clamp(lowest, highest) - lowest) / (highest - lowest).max(1.0);
        SERIES - BOTTOM - (SERIES - TOP - BOTTOM) * part
    }

    fn line(&self, points: impl Iterator<Item = (NaiveDate, f64)>) -> String {
        let points =
            points.map(|(on, score)| format!("{},{}", place(self.across(on)), place(self.up(score))));
        points.collect::<Vec<_>>().join(" ")
    }

    /// Bands, their beginnings, and the first and last day.
    fn ground(&self) -> Markup {
        let (_, highest) = self.scale.range;
        html! {
            @for (number, (from, to)) in bands(self.scale).into_iter().enumerate() {
                rect class=(shade(self.scale, number)) x=(place(LEFT)) y=(place(self.up(to))) width=(place(WIDTH - LEFT - RIGHT)) height=(place(self.up(from) - self.up(to))) {}
            }
            @for from in self.scale.bands.iter().map(|band| band.from).chain([highest]) {
                text.tick x=(place(LEFT - 8.0)) y=(place(self.up(from) + 5.0)) text-anchor="end" { (number(from)) }
            }
            text.tick x=(place(self.across(self.first))) y=(place(SERIES - 10.0)) { (self.first.format("%b %-d")) }
            @if self.last != self.first {
                text.tick x=(place(self.across(self.last))) y=(place(SERIES - 10.0)) text-anchor="end" { (self.last.format("%b %-d")) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measuring::Forms;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn with_total<T>(look: impl FnOnce(&Scale, &Points) -> T) -> T {
        let forms = Forms::bundled().unwrap();
        let measure = &forms.get("phq-9").unwrap().measure;
        let reliable = &measure.thresholds(None).unwrap().reliable;
        look(&measure.scoring.as_ref().unwrap().scales()[0], reliable)
    }

    #[test]
    fn every_picture_has_its_title_and_the_same_numbers_in_a_table() {
        let words = Words::english();
        with_total(|scale, reliable| {
            let bar = bar(&words, scale, 14.0).into_string();
            assert!(
                bar.contains("<title>PHQ-9 total: 14 of 27, moderate</title>"),
                "{bar}"
            );
            assert_eq!(bar.matches("class=\"band").count(), 5);
            let points = [(3, 18.0), (10, 15.0), (17, 9.0)].map(|(on, score)| Point { on: day(on), score });
            let drawn = series(&words, scale, &points, Some(reliable)).into_string();
            assert!(drawn.contains("<title>"));
            assert!(drawn.contains("corridor"));
            assert_eq!(drawn.matches("<circle").count(), 3);
            for said in [
                "November 3, 2026",
                ">18<",
                ">15<",
                ">9<",
                "moderately severe",
                "mild",
                "a change of 6 or more",
            ] {
                assert!(drawn.contains(said), "{said}: {drawn}");
            }
        });
    }

    #[test]
    fn a_group_is_drawn_by_its_mean_and_its_ends() {
        let words = Words::english();
        let sessions = [3, 10].map(|on| Spread {
            on: day(on),
            people: 7,
            lowest: 4.0,
            mean: 10.5,
            highest: 21.0,
        });
        let drawn = with_total(|scale, _| spread(&words, scale, &sessions).into_string());
        assert_eq!(drawn.matches("whisker").count(), 2);
        for said in ["<title>", ">7<", ">4<", ">10.5<", ">21<"] {
            assert!(drawn.contains(said), "{said}: {drawn}");
        }
        assert!(with_total(|scale, _| spread(&words, scale, &[]).into_string()).is_empty());
    }

    #[test]
    fn one_day_and_one_score_are_a_picture_too() {
        let words = Words::english();
        let points = [Point {
            on: day(3),
            score: 27.0,
        }];
        let drawn = with_total(|scale, _| series(&words, scale, &points, None).into_string());
        assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{drawn}");
    }
}
