//! Letters as they leave: from an invitation at the console to the mail server, by the real program.
#![expect(
    clippy::unused_async,
    reason = "a test on both engines is async, whether it waits or not"
)]

use std::path::Path;

use testing::mail::MailServer;
use testing::program::{Program, get};
use testing::{TestDatabase, both_engines};

const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

/// The settings of one installation.
struct Installation {
    database: String,
    data: tempfile::TempDir,
}

impl Installation {
    fn new(db: &TestDatabase) -> Self {
        Self {
            database: db.setting(),
            data: tempfile::tempdir().unwrap(),
        }
    }

    fn with<'a>(&'a self, arguments: &[&'a str]) -> Vec<&'a str> {
        let data = self.data.path().to_str().unwrap();
        let ours = ["--database", &self.database, "--data", data];
        arguments.iter().copied().chain(ours).collect()
    }

    /// What it prints, and whether it went well.
    fn run(&self, arguments: &[&str]) -> (bool, String) {
        let output = testing::program::command(Path::new(PROGRAM))
            .args(self.with(arguments))
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    }

    fn serve(&self, arguments: &[&str]) -> Program {
        let arguments = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        Program::start(Path::new(PROGRAM), &self.with(&arguments))
    }
}

/// The path of the link in a text.
fn link(text: &str) -> &str {
    let at = text.find("/invitation/").unwrap();
    text[at..].split_whitespace().next().unwrap()
}

#[both_engines]
async fn an_invitation_from_the_console_reaches_the_mail_server_and_its_link_opens(db: TestDatabase) {
    let (installation, mail) = (Installation::new(&db), MailServer::start());
    let (url, from) = (mail.url(), "Front desk <desk@lakeshore.example>");
    let post = ["--smtp", &url, "--mail-from", from];
    let invite = ["invite", "--role", "coordinator", "new@people.example"];
    let (done, said) = installation.run(&[&invite[..], &post].concat());
    assert!(done, "{said}");
    assert!(!said.contains("/invitation/"), "{said}");

    let program = installation.serve(&post);
    let letter = mail.next();
    assert_eq!(
        (letter.from.as_str(), letter.to.as_str()),
        ("desk@lakeshore.example", "new@people.example")
    );
    for header in [
        "Subject: A message for you",
        "Auto-Submitted: auto-generated",
        "Message-ID: <",
    ] {
        assert!(letter.text.contains(header), "{}", letter.text);
    }
    let (head, body) = (letter.headers(), letter.body());
    for word in ["group", "therapy", "support", "coordinator", "invit"] {
        assert!(!head.to_lowercase().contains(word), "{head}");
    }
    assert!(
        !body.lines().next().unwrap().to_lowercase().contains("group"),
        "{body}"
    );
    let (status, page) = get(&program.address, link(&body));
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("Coordinator"), "{page}");
    assert!(!mail.has_more());
}

#[both_engines]
async fn without_a_mail_server_the_console_is_given_the_link_itself(db: TestDatabase) {
    let installation = Installation::new(&db);
    let (done, said) = installation.run(&["invite", "--role", "admin", "new@people.example"]);
    assert!(done, "{said}");
    let program = installation.serve(&[]);
    let (status, page) = get(&program.address, link(&said));
    assert_eq!(status, 200);
    assert!(page.contains("Admin"));
}

#[both_engines]
async fn an_invitation_that_cannot_be_says_what_to_write_instead(db: TestDatabase) {
    let installation = Installation::new(&db);
    for (arguments, why) in [
        (&["--role", "admin", "new"][..], "no mail address"),
        (&["--role", "queen", "new@people.example"][..], "possible values"),
        (
            &["--role", "leader", "--group", "bcdfghjk", "new@people.example"][..],
            "no group of your own",
        ),
        (&["--role", "leader", "new@people.example"][..], "group"),
    ] {
        let (done, said) = installation.run(&[&["invite"], arguments].concat());
        assert!(!done && said.contains(why), "{arguments:?}: {said}");
    }
}

#[both_engines]
async fn the_doctor_says_whether_letters_go_out(db: TestDatabase) {
    let (installation, mail) = (Installation::new(&db), MailServer::start());
    let url = mail.url();
    let (_, said) = installation.run(&["doctor"]);
    assert!(said.contains("no mail server is set up"), "{said}");
    let from = ["--mail-from", "desk@lakeshore.example"];
    let (_, said) = installation.run(&[&["doctor", "--smtp", &url], &from[..]].concat());
    assert!(said.contains("the mail server answers"), "{said}");
    let nobody = "smtp://127.0.0.1:1";
    let (well, said) = installation.run(&[&["doctor", "--smtp", nobody], &from[..]].concat());
    assert!(!well && said.contains("does not answer"), "{said}");
}

#[both_engines]
async fn a_mail_server_that_says_no_stops_nothing_and_its_answer_names_nobody(db: TestDatabase) {
    let (installation, mail) = (
        Installation::new(&db),
        MailServer::answering("550 5.1.1 new@people.example is nobody here"),
    );
    let url = mail.url();
    let post = ["--smtp", &url, "--mail-from", "desk@lakeshore.example"];
    installation.run(&["invite", "--role", "admin", "new@people.example"]);
    let program = installation.serve(&post);
    let store = db.store().await;
    let mut changes = store.changes();
    // The job says how it went in the queue; until then it is looked at again with each change.
    let outcome = loop {
        let mut reading = store.read(store::Who::Job("test")).await.unwrap();
        let mut permit = reading
            .permit::<store::acts::SeeInstallation>(store::On::Organisation)
            .await
            .unwrap();
        let letters = store::outbox::newest(&mut permit, 9).await.unwrap();
        if let Some(lost) = letters.into_iter().find(|letter| letter.given_up_at.is_some()) {
            break lost.last_error.unwrap();
        }
        drop(reading);
        changes.next().await;
    };
    assert!(outcome.contains("550"), "{outcome}");
    assert!(!outcome.contains("new"), "{outcome}");
    let (status, _) = get(&program.address, "/healthz");
    assert_eq!(status, 200);
}
