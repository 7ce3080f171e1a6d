//! Running the installation in the browser of those who do: people, invitations, what was done, in emergencies.

mod audit;
mod feeds;
mod fixing;
mod home;
mod overview;
mod people;

use crate::common::{content, grief, library, settings, therapy};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::groups::{Listing, Slug};
use domain::people::Role;
use store::{Store, Who, listings};
use testing::TestDatabase;
use testing::people::{by_two, invent, mail};
use tower::ServiceExt;
use web::{App, app};

/// A site with a support group (1) and a therapy group (2).
pub struct Site {
    router: axum::Router,
    pub store: Store,
    pub db: TestDatabase,
}

/// A browser that is signed in with a second factor.
pub struct Browser<'a> {
    site: &'a Site,
    token: String,
    /// Whose it is.
    pub slug: Slug,
}

impl Site {
    pub async fn new(db: TestDatabase) -> Self {
        let store = db.store().await;
        let mut writing = store.write(Who::Operator).await.unwrap();
        for (bits, draft) in [(1, grief(library())), (2, therapy())] {
            let listing = Listing::check(draft).unwrap();
            listings::publish(&mut writing, &Slug::from_bits(bits), &listing)
                .await
                .unwrap();
        }
        writing.commit().await.unwrap();
        let app = App::new(store.clone(), db.clock.clone(), settings(false), content())
            .await
            .unwrap();
        Self {
            router: self::app(app),
            store,
            db,
        }
    }

    /// Someone new with this role, for the organisation or in one group.
    pub async fn browser(&self, name: &str, role: Role, group: Option<u64>) -> Browser<'_> {
        let group = group.map(Slug::from_bits);
        let slug = invent(&self.store, name, &[(role, group.as_ref())]).await;
        self.sign_in(name, slug).await
    }

    /// The same person once more: shown just now.
    pub async fn sign_in(&self, name: &str, slug: Slug) -> Browser<'_> {
        Browser {
            site: self,
            token: by_two(&self.store, &self.db.clock, &mail(name)).await,
            slug,
        }
    }
}

impl Browser<'_> {
    pub async fn get(&self, path: &str) -> (StatusCode, String) {
        self.ask(Request::get(path), "").await
    }

    /// Answers with the place it leads to, or the page.
    pub async fn post(&self, path: &str, body: &str) -> (StatusCode, String) {
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", "https://groups.example.org");
        self.ask(request, body).await
    }

    /// What is there, as a page.
    pub async fn page(&self, path: &str) -> String {
        let (status, body) = self.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        assert_eq!(body.matches("<h1").count(), 1, "{path} has one h1");
        assert!(
            body.contains("<title>Sameboat</title>"),
            "{path}: a neutral title"
        );
        assert!(
            !body.contains(" style=") && !body.contains("<script>"),
            "{path}: nothing inline"
        );
        body
    }

    async fn ask(&self, request: axum::http::request::Builder, body: &str) -> (StatusCode, String) {
        let request = request
            .header("cookie", format!("__Host-s={}", self.token))
            .body(Body::from(body.to_owned()))
            .unwrap();
        let response = self.site.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        if let Some(to) = response.headers().get("location") {
            return (status, to.to_str().unwrap().to_owned());
        }
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// The page that is shown for what is not there.
pub fn is_gone(answer: &(StatusCode, String)) -> bool {
    answer.0 == StatusCode::NOT_FOUND
}
