//! The demo says on each of its pages that everything in it is invented. That no page of an installation says so is seen by the
//! walk of the table.

use testing::TestDatabase;
use testing::database::{Engine, run};
use web::routes::Method;

use crate::access::asking::ask;
use crate::access::house::House;
use crate::access::line::lines;
use crate::access::subject::{Person, Relation, Shown, Subject};
use crate::common::settings;

pub const MARK: &str = "Demo: every group and person here is invented";

#[test]
fn every_page_of_the_demo_says_that_it_is_one() {
    run(Engine::Sqlite, |db: TestDatabase| async move {
        use domain::people::Role;
        let house = House::with(db, settings(true)).await;
        let mut tokens = vec![("a visitor".to_owned(), None)];
        for roles in [
            vec![(Role::Admin, Relation::Organisation)],
            vec![(Role::Coordinator, Relation::Organisation)],
            vec![(Role::Auditor, Relation::Organisation)],
            vec![(Role::Supervisor, Relation::Organisation)],
            vec![(Role::Leader, Relation::Here)],
            vec![(Role::Member, Relation::Here)],
        ] {
            let subject = Subject {
                person: Person(roles),
                shown: Shown::Two,
            };
            tokens.push((subject.name(), house.token(&subject).await));
        }
        let (mut pages, mut wrongs) = (0, Vec::new());
        for line in lines() {
            // Who signs out has no pages of their own any more.
            if ["/sign-out", "/me/sessions/end"].contains(&line.path.as_str()) {
                continue;
            }
            for (name, token) in &tokens {
                let mut path = match line.route() {
                    Some(route) if line.objects.is_empty() => route.example.to_owned(),
                    _ => line.path.clone(),
                };
                for (key, object) in &line.objects {
                    path = path.replace(&format!("{{{key}}}"), &house.object(object).await);
                }
                let form = house.fill(&line.body).await;
                let answer = ask(&house.router, line.method, &path, token.as_deref(), &form).await;
                let is_page = answer.header("content-type").starts_with("text/html");
                pages += usize::from(is_page);
                if is_page && !answer.body.contains(MARK) {
                    wrongs.push(format!("{:?} {path} by {name}: {}", line.method, answer.status));
                }
            }
        }
        let nothing = ask(&house.router, Method::Get, "/nothing-is-here", None, "").await;
        assert!(nothing.body.contains(MARK), "the page of what is not there");
        assert!(wrongs.is_empty(), "{}:\n{}", wrongs.len(), wrongs.join("\n"));
        assert!(pages >= 500, "only {pages} pages");
        println!("{pages} pages");
    });
}
