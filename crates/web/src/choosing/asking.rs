//! Below the answer: therapy groups in which one can ask for a place now, each with a button that takes the answers along.

use domain::choosing::Answers;
use domain::groups::Kind;
use finder::{Facet, Hit, Query};
use maud::{Markup, html};

use crate::finding::Asked as Finder;
use crate::joining::{asking, chosen};
use crate::once;
use crate::saying;
use crate::state::App;

/// So many are shown; the finder has all.
const MOST: usize = 12;

/// So many are looked through of each list: other organisations' groups are joined elsewhere.
const LOOKED_THROUGH: usize = 200;

pub(super) fn section(app: &App, answers: &Answers, finder: &Finder) -> Markup {
    let (words, chooser) = (app.words(), &app.content().chooser);
    let found = find(app, finder);
    if found.is_empty() || chosen::said(chooser, answers).is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="ask" {
            h2 #ask { (words.say("choosing-ask")) }
            p { (words.say("choosing-ask-more")) }
            ul.rows {
                @for hit in &found {
                    @let (slug, listing) = (&hit.entry.slug, &hit.entry.listing);
                    @let act = words.say("asking");
                    li {
                        div {
                            p { a href=(format!("/groups/{slug}")) { (listing.title) } }
                            p.meta { (saying::whereabouts(words, &listing.place, None)) " · " (saying::seats(words, listing, app.today())) }
                        }
                        form method="post" action=(format!("/groups/{slug}/joining/chosen")) {
                            (once::field())
                            (chosen::carried(chooser, answers))
                            button.button.plain.small type="submit" aria-label=(format!("{act}: {}", listing.title)) { (act) }
                        }
                    }
                }
            }
        }
    }
}

/// Groups of our own that fit what was said of day, place and topic, soonest first.
fn find(app: &App, finder: &Finder) -> Vec<Hit> {
    let asked = finder.but(|asked| asked.only(Facet::Kind(Kind::Therapy)));
    let query = Query {
        page_size: LOOKED_THROUGH,
        ..asked.query(None)
    };
    let found = app.snapshot().find(&query, app.now()).groups();
    found
        .filter(|hit| asking::takes(&hit.entry.listing))
        .take(MOST)
        .collect()
}
