//! The demo in a browser: started, signed in to, and its letters.

use std::path::Path;

use super::{Browser, Window};
use crate::program::Demo;

/// How often a page is asked anew for what the program does by itself, before a test fails.
const ASKED: usize = 300;

/// Drives a browser through a demo of its own.
pub fn drive(program: &str, journey: impl AsyncFnOnce(&Demo, &Browser)) {
    drive_with(program, &[], journey);
}

/// The same, the demo started with more arguments.
pub fn drive_with(program: &str, more: &[&str], journey: impl AsyncFnOnce(&Demo, &Browser)) {
    let demo = Demo::start_with(Path::new(program), more);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let browser = Browser::start().await;
        journey(&demo, &browser).await;
        browser.stop().await;
    });
}

impl Window {
    /// By the demo's one click, as whoever holds this role.
    pub async fn sign_in(&self, demo: &Demo, role: &str) {
        self.open(&demo.url("/sign-in")).await;
        self.click(&format!("button[value={role}]")).await;
        self.until("location.pathname == '/me'").await;
    }

    pub async fn sign_out(&self) {
        self.click("form[action='/sign-out'] button").await;
        self.until("location.pathname == '/'").await;
    }

    /// Opens these one after another; each is clean.
    pub async fn walk(&self, demo: &Demo, paths: &[&str]) {
        for path in paths {
            self.open(&demo.url(path)).await;
            self.clean(path).await;
        }
    }

    /// Opens a page until what the program does by itself is there; gives its text.
    pub async fn open_until(&self, url: &str, said: &str) -> String {
        for _ in 0..ASKED {
            self.open(url).await;
            let text = self.text().await;
            if text.contains(said) {
                return text;
            }
        }
        panic!("{url} never says “{said}”: {}", self.text().await);
    }

    /// The first link of the newest letter to this address.
    pub async fn letter(&self, demo: &Demo, mail: &str) -> String {
        self.open_until(&demo.url("/demo/mail"), &format!("To {mail}"))
            .await;
        self.ask(&format!(
            "[...document.querySelectorAll('article')].find(letter => letter.innerText.includes('To {mail}')) \
             .querySelector('.letter a').href"
        ))
        .await
    }
}
