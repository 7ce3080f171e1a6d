//! The keyboard.

use chromiumoxide::cdp::browser_protocol::input::{DispatchKeyEventParams, DispatchKeyEventType};

use super::Window;

impl Window {
    /// Presses Tab until the focus is there and can be seen.
    pub async fn tab_to(&self, selector: &str) {
        for _ in 0..240 {
            self.press("Tab").await;
            if self
                .ask(&format!("document.activeElement.matches({selector:?})"))
                .await
            {
                let outline: String = self
                    .ask("getComputedStyle(document.activeElement).outlineStyle")
                    .await;
                assert_eq!(outline, "solid", "the focus on {selector} can be seen");
                return;
            }
        }
        panic!("Tab never came to {selector}");
    }

    /// Goes to a link or a button by Tab, presses Enter, and waits for the page it leads to.
    pub async fn enter(&self, selector: &str) {
        self.tab_to(selector).await;
        self.leaving().await;
        self.press("Enter").await;
        self.arrived().await;
    }

    /// Goes to a field by Tab, and writes.
    pub async fn type_into(&self, selector: &str, text: &str) {
        self.tab_to(selector).await;
        self.type_text(text).await;
    }

    /// Writes where the focus is.
    pub async fn type_text(&self, text: &str) {
        for letter in text.chars() {
            let key = DispatchKeyEventParams::builder()
                .r#type(DispatchKeyEventType::Char)
                .text(letter.to_string());
            self.page
                .execute(key.build().expect("a key"))
                .await
                .expect("a key");
        }
    }

    /// Goes to a choice by Tab and takes the one that is so many below; gives its words.
    pub async fn choose(&self, selector: &str, below: usize) -> String {
        self.tab_to(selector).await;
        for _ in 0..below {
            self.press("ArrowDown").await;
        }
        self.ask("document.activeElement.selectedOptions[0].innerText")
            .await
    }

    /// Presses "Tab", "Enter", " ", "Escape", "ArrowDown" or "ArrowRight".
    pub async fn press(&self, key: &str) {
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            " " => 32,
            "ArrowRight" => 39,
            "ArrowDown" => 40,
            _ => 27,
        };
        for kind in [DispatchKeyEventType::KeyDown, DispatchKeyEventType::KeyUp] {
            let mut event = DispatchKeyEventParams::builder()
                .key(key)
                .code(key)
                .windows_virtual_key_code(code)
                .r#type(kind.clone());
            if key == "Enter" && kind == DispatchKeyEventType::KeyDown {
                event = event.text("\r");
            }
            if key == " " && kind == DispatchKeyEventType::KeyDown {
                event = event.text(" ");
            }
            self.page
                .execute(event.build().expect("a key"))
                .await
                .expect("a key");
        }
    }
}
