//! Articles and the glossary: `/learn`, `/learn/{article}`, `/glossary`.

pub(crate) mod glossary;
pub(crate) mod index;
pub(crate) mod markdown;
pub(crate) mod show;

use domain::learning::Article;
use maud::{Markup, html};

use crate::saying;
use crate::state::App;

/// Who wrote it, who reviewed it, when, and how long it is to read (DOMAIN D15).
fn by_line(app: &App, article: &Article) -> Markup {
    let (words, today) = (app.words(), app.today());
    let date = |day| saying::date_with_year(words, day, today);
    html! {
        p.meta.by {
            span { (words.with("learning-by", &[("author", article.author.as_str().into())])) }
            span {
                @match &article.reviewer {
                    Some(reviewer) => (words.with("learning-reviewed", &[
                        ("name", reviewer.name.as_str().into()), ("credentials", reviewer.credentials.as_str().into()), ("date", date(reviewer.on).into()),
                    ])),
                    None => (words.say("learning-not-reviewed")),
                }
            }
            span { (words.with("learning-updated", &[("date", date(article.updated).into())])) }
            @if let Some(replaces) = &article.replaces { span { (words.with("learning-replaces", &[("what", replaces.as_str().into())])) } }
            span { (words.with("learning-minutes", &[("minutes", article.minutes.into())])) }
        }
    }
}
