//! `/learn/{article}`: takeaways first, then the text, then where it comes from.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::learning::Article;
use maud::{Markup, html};

use super::{by_line, markdown};
use crate::look::icons::Icon;
use crate::look::parts;
use crate::look::{self, Here, Page, page};
use crate::state::App;

pub(crate) async fn show(State(app): State<App>, Path(id): Path<String>) -> Response {
    let words = app.words();
    let Some(article) = app.content().article(&id) else {
        return look::not_found(State(app)).await;
    };
    let body = html! {
        article.article {
            h1 { (article.title) }
            (by_line(&app, article))
            section.takeaways aria-labelledby="takeaways" {
                h2.h3 #takeaways { (words.say("learning-takeaways")) }
                ul { @for takeaway in &article.takeaways { li { (Icon::Check.draw()) span { (takeaway) } } } }
            }
            (markdown::html(&article.text))
            section aria-labelledby="sources" {
                h2 #sources { (words.say("learning-sources")) }
                ol.sources {
                    @for (number, reference) in article.references.iter().enumerate() {
                        li id=(format!("source-{}", number + 1)) { (parts::reference(words, reference)) }
                    }
                }
            }
        }
        (onward(&app, article))
    };
    page(
        &app,
        Page {
            title: "site-title",
            here: Here::Learn,
            up: Some(("/learn".to_owned(), words.say("learning-nav"))),
            body,
        },
    )
}

fn onward(app: &App, article: &Article) -> Markup {
    let (words, content) = (app.words(), app.content());
    let topics = article
        .topics
        .iter()
        .filter_map(|id| content.topics.get(id.as_str()));
    let others = content.articles.iter().filter(|other| other.id != article.id);
    let after = others.clone().filter(|other| other.order > article.order);
    let next: Vec<&Article> = after.chain(others).take(3).collect();
    html! {
        @if !article.topics.is_empty() {
            section aria-labelledby="topics" {
                h2 #topics { (words.say("learning-topics")) }
                div.chips { @for topic in topics { a.chip href=(format!("/for/{}", topic.id)) { (topic.name) } } }
            }
        }
        section aria-labelledby="next" {
            h2 #next { (words.say("learning-next")) }
            ul.rows {
                @for other in next { li { a href=(format!("/learn/{}", other.id)) { (other.title) } " " span.meta { (words.with("learning-minutes", &[("minutes", other.minutes.into())])) } } }
            }
            div.acts {
                a.button href="/choose" { (words.say("topics-choose")) (Icon::Arrow.draw()) }
                a.button.plain href="/groups" { (words.say("finding-nav")) }
            }
        }
    }
}
