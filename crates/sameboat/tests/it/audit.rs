//! The audit's chain as the program keeps it: rows are linked while it runs, its end is signed and put elsewhere, and the console
//! says whether all of it is as it was written.

use std::path::Path;
use std::process::{Command, Output};

use domain::people::Role;
use sea_orm::{ConnectionTrait, Database};
use store::audit::Head;
use testing::mail::MailServer;
use testing::people::invent;
use testing::program::Program;
use testing::{TestDatabase, both_engines};

const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

/// One installation: its database, and a folder with its key and what it puts elsewhere.
struct Installation {
    db: TestDatabase,
    folder: tempfile::TempDir,
}

impl Installation {
    /// With rows in its audit, and an auditor.
    async fn new(db: TestDatabase) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("server.key"), testing::database::KEY).unwrap();
        let store = db.store().await;
        for name in ["ines", "noor", "alex"] {
            let role = if name == "ines" {
                Role::Auditor
            } else {
                Role::Admin
            };
            invent(&store, name, &[(role, None)]).await;
        }
        store.close().await;
        Self { db, folder }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn arguments(&self, arguments: &[&str]) -> Vec<String> {
        let (database, data) = (self.db.setting(), self.path(""));
        let ours = ["--database", &database, "--data", &data];
        arguments.iter().chain(&ours).map(ToString::to_string).collect()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(PROGRAM)
            .args(self.arguments(arguments))
            .output()
            .unwrap()
    }

    /// What it says, and whether it found everything as it was written.
    fn verify(&self, more: &[&str]) -> (bool, String) {
        let output = self.run(&[&["audit", "verify"], more].concat());
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    }

    /// Past the program, with nothing that keeps one from it.
    async fn tamper(&self, sql: &[&str]) {
        let setting = self.db.setting();
        let other = Database::connect(&setting).await.unwrap();
        if setting.starts_with("sqlite:") {
            other
                .execute_unprepared(
                    "drop trigger audit_no_delete; drop trigger audit_no_update; drop trigger audit_link_no_delete; drop trigger audit_head_no_delete",
                )
                .await
                .unwrap();
        } else {
            for table in ["audit", "audit_link", "audit_head"] {
                other
                    .execute_unprepared(&format!("alter table {table} disable trigger user"))
                    .await
                    .unwrap();
            }
        }
        for sql in sql {
            other.execute_unprepared(sql).await.unwrap();
        }
        other.close().await.unwrap();
    }
}

#[both_engines]
async fn the_console_signs_where_the_audit_ends_and_says_later_what_is_not_as_it_was(db: TestDatabase) {
    let installation = Installation::new(db).await;
    let output = installation.run(&["audit", "head"]);
    assert!(output.status.success());
    let line = String::from_utf8(output.stdout).unwrap().trim().to_owned();
    let head = Head::find_all(&line).remove(0).unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains(&head.public_key()) && line.contains(&head.public_key()),
        "{told}"
    );
    assert!(head.position() >= 3, "{line}");
    let file = installation.path("heads.txt");
    std::fs::write(&file, format!("Kept by Ines:\n> {line}\n")).unwrap();
    for given in [&line, &file] {
        let (whole, said) = installation.verify(&["--head", given]);
        assert!(whole, "{said}");
        assert!(
            said.contains("2 statements about its end compared") && said.contains("as it was written"),
            "{said}"
        );
    }
    // What is no statement is an error of its own.
    let cut = &line[..line.len() - 9];
    for (given, why) in [
        (cut, "cannot be read"),
        ("/nowhere", "/nowhere cannot be read"),
        (PROGRAM, "cannot be read"),
    ] {
        let (whole, said) = installation.verify(&["--head", given]);
        assert!(!whole && said.contains(why), "{given}: {said}");
    }

    installation
        .tamper(&["update audit set object = 'x' where scope = 'organisation' and scope_seq = 2"])
        .await;
    let (whole, said) = installation.verify(&[]);
    assert!(
        !whole && said.contains("the organisation: row 2 is not the one that was written"),
        "{said}"
    );
}

#[both_engines]
async fn what_was_cut_off_with_every_count_is_found_by_a_statement_kept_elsewhere(db: TestDatabase) {
    let installation = Installation::new(db).await;
    let output = installation.run(&["audit", "head"]);
    let line = String::from_utf8(output.stdout).unwrap();
    let last = "(select max(scope_seq) from audit where scope = 'organisation')";
    let of_last = format!("(select id from audit where scope = 'organisation' and scope_seq = {last})");
    installation
        .tamper(&[
            "delete from audit_head",
            &format!("delete from audit_link where audit_id = {of_last}"),
            &format!("delete from audit where scope = 'organisation' and scope_seq = {last}"),
            &format!("update audit_scope set last = {last} where scope = 'organisation'"),
            &format!("update audit_linked set last = {last} where scope = 'organisation'"),
        ])
        .await;
    let (whole, said) = installation.verify(&[]);
    assert!(whole, "nothing in the database tells: {said}");
    let (whole, said) = installation.verify(&["--head", line.trim()]);
    assert!(
        !whole && said.contains("what came after was taken away"),
        "{said}"
    );
}

#[both_engines]
async fn a_running_program_links_signs_writes_to_its_file_and_to_its_auditors(db: TestDatabase) {
    let installation = Installation::new(db).await;
    let (mail, file) = (MailServer::start(), installation.path("heads.txt"));
    let url = mail.url();
    let store = installation.db.store().await;
    let program = Program::start(
        Path::new(PROGRAM),
        &installation
            .arguments(&[
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--audit-head",
                &file,
                "--smtp",
                &url,
                "--mail-from",
                "desk@lakeshore.example",
            ])
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>(),
    );
    let letter = mail.next();
    assert_eq!(letter.to, "ines@people.example");
    let text = letter.body();
    let head = Head::find_all(&text).remove(0).unwrap();
    assert!(
        !letter.headers().to_lowercase().contains("audit"),
        "its subject says nothing"
    );
    let kept = std::fs::read_to_string(&file).unwrap();
    assert_eq!(Head::find_all(&kept), [Ok(head.clone())]);
    // Every row is linked by itself, and verifies against the file that was named.
    let mut changes = store.changes();
    loop {
        let whole = store::audit::verify(&store, &[]).await.unwrap();
        assert_eq!(whole.broken, []);
        if whole.linked == whole.rows {
            break;
        }
        changes.next().await;
    }
    let (whole, said) = installation.verify(&["--audit-head", &file]);
    assert!(
        whole && said.contains("2 statements about its end compared"),
        "{said}"
    );
    drop(program);
}
