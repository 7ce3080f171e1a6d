//! The drawing itself.

use domain::groups::Kind;
use maud::{Markup, html};

use super::dots::{Dot, Exactness, Spot, spots};
use super::view::View;
use super::{SIZE, Shown, outline, row};
use crate::finding::Unit;
use crate::saying;
use crate::words::Words;

/// At most so many towns are named.
const TOWNS: usize = 7;
/// Towns looked at before that many have found room.
const CANDIDATES: usize = 60;
/// Height of a dot and of a line of text.
const DOT: f64 = 24.0;
const TEXT: f64 = 16.0;
/// About the width of a letter.
const LETTER: f64 = 7.4;
/// The longest scale bar.
const LONGEST: f64 = 110.0;
const SCALES: [f64; 14] = [
    0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0,
];

/// Left, top, width, height.
#[derive(Clone, Copy)]
struct Area(f64, f64, f64, f64);

/// A town's mark, and where its name begins.
struct Spotted {
    mark: (f64, f64),
    name: (f64, f64),
}

impl Area {
    fn touches(self, other: Self) -> bool {
        let along = |a: f64, long: f64, b: f64, other: f64| a < b + other && b < a + long;
        along(self.0, self.2, other.0, other.2) && along(self.1, self.3, other.1, other.3)
    }

    fn is_inside(self) -> bool {
        self.0 >= 3.0 && self.1 >= 3.0 && self.0 + self.2 <= SIZE - 3.0 && self.1 + self.3 <= SIZE - 3.0
    }
}

pub(super) fn svg(words: &Words, view: &View, shown: &Shown, dots: &[Dot]) -> Markup {
    let spots = spots(view, dots);
    let near = shown
        .near
        .map(|near| (view.of_point(near.point), near.name.as_str()));
    let mut taken: Vec<Area> = spots.iter().map(|spot| area(words, spot)).collect();
    taken.push(Area(0.0, SIZE - 40.0, LONGEST + 30.0, 40.0));
    taken.extend(near.map(|((x, y), _)| Area(x - 8.0, y - 8.0, 16.0, 16.0)));
    let towns = towns(view, &mut taken);
    html! {
        svg viewBox=(format!("0 0 {SIZE} {SIZE}")) focusable="false" {
            g role="img" aria-label=(sentence(words, shown, dots.len())) {
                rect.ground x="0" y="0" width=(SIZE) height=(SIZE) rx="10" {}
                path.border d=(outline::path(view)) transform="scale(.5)" {}
                @for (town, name) in &towns {
                    circle.town cx=(units(town.mark.0)) cy=(units(town.mark.1)) r="2" {}
                    text.name x=(units(town.name.0)) y=(units(town.name.1)) { (name) }
                }
                @if let Some(((x, y), _)) = near {
                    path.near d=(format!("M{} {}h14m-7 -7v14", units(x - 7.0), units(y))) {}
                }
                (scale_bar(words, view, shown.unit))
            }
            // For the pointer; the rows themselves are what one tabs through.
            g aria-hidden="true" { @for spot in &spots { (dot(words, spot)) } }
        }
    }
}

/// Whether some dots stand for several groups.
pub(super) fn several(view: &View, dots: &[Dot]) -> bool {
    spots(view, dots).iter().any(|spot| spot.dots.len() > 1)
}

fn sentence(words: &Words, shown: &Shown, count: usize) -> String {
    match shown.near {
        Some(near) => words.with(
            "map-sentence-near",
            &[("count", count.into()), ("place", near.name.as_str().into())],
        ),
        None => words.with("map-sentence", &[("count", count.into())]),
    }
}

/// The largest towns in the view that have room for their names, with where each name begins.
fn towns(view: &View, taken: &mut Vec<Area>) -> Vec<(Spotted, String)> {
    let mut towns = Vec::new();
    for town in finder::places().largest_within(view.edges(), CANDIDATES) {
        let name = town.name.split(", ").next().unwrap_or_default().to_owned();
        let (x, y) = view.of_point(town.point);
        #[expect(clippy::cast_precision_loss, reason = "a name has few letters")]
        let width = name.chars().count() as f64 * LETTER + 4.0;
        // To the right if there is room, else to the left, below or above, a little way off at most.
        let beside = [(6.0, 0.0), (-width - 6.0, 0.0)];
        let under = [14.0, -14.0, 26.0, -26.0].map(|down| (-width / 2.0, down));
        let room = beside.into_iter().chain(under).find_map(|(right, down)| {
            let area = Area(x + right, y + down - TEXT / 2.0, width, TEXT);
            let free = area.is_inside() && !taken.iter().any(|other| other.touches(area));
            free.then_some(area)
        });
        let Some(area) = room else {
            continue;
        };
        taken.push(area);
        let at = (area.0 + 2.0, area.1 + TEXT - 4.0);
        towns.push((
            Spotted {
                mark: (x, y),
                name: at,
            },
            name,
        ));
        if towns.len() == TOWNS {
            break;
        }
    }
    towns
}

/// What is written on a spot: the number of its row, or how many rows there are.
fn label(words: &Words, spot: &Spot) -> String {
    match spot.dots.as_slice() {
        [only] => only.number.to_string(),
        several => words.with("map-several", &[("count", several.len().into())]),
    }
}

fn area(words: &Words, spot: &Spot) -> Area {
    #[expect(clippy::cast_precision_loss, reason = "a label has few letters")]
    let width = (label(words, spot).chars().count() as f64 * LETTER + 9.0).max(DOT);
    // A label at the edge stays inside, so that it can be read.
    let left = (spot.at.0 - width / 2.0).clamp(1.0, SIZE - width - 1.0);
    Area(left, spot.at.1 - DOT / 2.0, width, DOT)
}

fn dot(words: &Words, spot: &Spot) -> Markup {
    let Area(left, top, width, height) = area(words, spot);
    let class = match spot.kind() {
        Some(Kind::Therapy) => "dot therapy",
        Some(Kind::Support) => "dot support",
        None => "dot",
    };
    let Some(first) = spot.dots.first() else {
        return html! {};
    };
    let titles: Vec<_> = spot.dots.iter().map(|dot| title(words, dot)).collect();
    html! {
        a class=(class) href=(format!("#{}", row(&first.hit.entry.slug))) tabindex="-1" {
            title { (titles.join(" · ")) }
            rect x=(units(left)) y=(units(top)) width=(units(width)) height=(units(height)) rx=(units(height / 2.0)) {}
            text x=(units(left + width / 2.0)) y=(units(top + height / 2.0 + 5.0)) { (label(words, spot)) }
        }
    }
}

fn title(words: &Words, dot: &Dot) -> String {
    let arguments = [
        ("number", dot.number.to_string().into()),
        ("title", dot.hit.entry.listing.title.as_str().into()),
    ];
    words.with(
        match dot.place {
            Exactness::Address => "map-dot",
            Exactness::Area => "map-dot-area",
        },
        &arguments,
    )
}

fn scale_bar(words: &Words, view: &View, unit: Unit) -> Markup {
    let long = |scale: f64| unit.km(scale) / view.km();
    let scale = SCALES.into_iter().rev().find(|scale| long(*scale) <= LONGEST);
    let Some(scale) = scale else {
        return html! {};
    };
    let (left, bottom) = (14.0, SIZE - 14.0);
    let said = saying::distance(words, unit.km(scale), unit);
    html! {
        path.bar d=(format!("M{left} {}v6h{}v-6", units(bottom - 6.0), units(long(scale)))) {}
        text.name x=(units(left)) y=(units(bottom - 10.0)) { (said) }
    }
}

/// A length in the drawing, to a tenth.
fn units(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
