//! What is done in parts, and what the program does by itself.

use std::sync::atomic::Ordering;

use sea_orm::ConnectionTrait;
use testing::program::post_as;

use super::{House, kills, told};

/// How often one looks whether a job was done, before a test fails.
const LOOKS: usize = 100_000;

impl House {
    /// Sends a sheet of so many rows until it is acknowledged, while the server is killed again and again. Each row is a change of its own:
    /// it is in with its letter, or not; and in the end each is in once.
    pub async fn sheet(&self, token: &str, path: &str, form: &str, rows: usize) {
        self.steps.fetch_add(1, Ordering::Relaxed);
        let (members, letters) = self.rows().await;
        for _ in 0..kills() {
            let answer = self.killed(token, path, form);
            let (now, written) = self.rows().await;
            assert_eq!(now - members, written - letters, "{path}: half a row");
            let all = now - members == rows;
            assert!(all || answer.is_err(), "{path}: acknowledged and lost");
            self.start();
        }
        let answer = post_as(&self.address(), path, token, form).unwrap();
        assert_eq!(answer, 200, "{path}");
        let (now, written) = self.rows().await;
        assert_eq!(
            (now - members, written - letters),
            (rows, rows),
            "{path}: each row, once"
        );
    }

    /// How many have a membership at one moment, and how many letters were written.
    async fn rows(&self) -> (usize, usize) {
        let moment = self.moment().await;
        let members = told(&moment, "select standing as it from membership").await.len();
        let letters = told(&moment, "select subject as it from outbox").await.len();
        moment.commit().await.unwrap();
        (members, letters)
    }

    /// Has every offer that is out end when it was asked for: time that went by. The server stands still meanwhile.
    pub async fn offers_end(&self) {
        self.stop();
        for way in self
            .told("select way as it from application where state = 'offered'")
            .await
        {
            let mut ended: serde_json::Value = serde_json::from_str(&way).unwrap();
            ended["state"]["offered"]["until"] = ended["facts"]["asked_at"].clone();
            let (ended, way) = (ended.to_string().replace('\'', "''"), way.replace('\'', "''"));
            let change = format!(
                "update application set way = '{ended}', expires_at = asked_at, holds_until = asked_at where way = '{way}'"
            );
            self.past.execute_unprepared(&change).await.unwrap();
        }
        self.start();
    }

    /// Has a job done, while the server is killed again and again. Between two kills all of it is done, or nothing.
    pub async fn job(&self, kind: &str, letters: usize) {
        self.steps.fetch_add(1, Ordering::Relaxed);
        let before = self.stands().await;
        let mut seen = Vec::new();
        for _ in 0..kills() {
            self.begin(kind).await;
            self.a_while();
            self.stop();
            seen.push(self.stands().await);
        }
        self.begin(kind).await;
        let mut looks = 0;
        let mut after = self.stands().await;
        while after == before {
            assert!(looks < LOOKS, "the job “{kind}” is never done");
            looks += 1;
            after = self.stands().await;
        }
        assert_eq!(after.1, before.1 + letters, "{kind}: its letters, once");
        for stood in seen {
            assert!(stood == after || stood == before, "{kind}: half done: {stood:?}");
        }
    }

    /// Starts the server anew with this job due; nobody waits until one that was in the hands of the dead is due again.
    async fn begin(&self, kind: &str) {
        self.stop();
        let due = format!(
            "update job set due_at = (select min(made_at) from outbox), taken_until = null where kind = '{kind}'"
        );
        self.past.execute_unprepared(&due).await.unwrap();
        self.start();
    }

    /// Kills the server, if it runs.
    fn stop(&self) {
        let running = self.program.lock().unwrap().take();
        if let Some(program) = running {
            program.kill();
        }
    }
}
