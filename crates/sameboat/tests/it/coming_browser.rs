//! Coming to a support group in a real browser: on a phone, with the keyboard alone and without scripts; and who leads it, in each width and
//! theme.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use testing::browser::{LOOKS, PHONE, drive};

    const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

    #[test]
    fn someone_says_that_they_come_with_the_keyboard_alone_on_a_phone() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(PHONE).await;
            window.without_scripts().await;
            window.open(&demo.url("/groups?kind=support&source=own")).await;
            window.click("main h3 a[href^='/groups/']").await;
            window.tab_to("main a[href$='/coming']").await;
            window.press("Enter").await;
            window.until("location.pathname.endsWith('/coming')").await;
            window.clean("saying that one comes").await;
            window.tab_to("input[name=handle]").await;
            window.type_text("Bad Day").await;
            window.tab_to("input[name=part]").await;
            window.press(" ").await;
            window.tab_to("input[name=rules]").await;
            window.press(" ").await;
            window.tab_to("main form button").await;
            window.press("Enter").await;
            window
                .until("document.querySelector('code.secret') !== null")
                .await;
            window.clean("the number").await;
            window.tab_to("main a[href^='/me/coming/']").await;
            window.press("Enter").await;
            window.until("location.pathname.startsWith('/me/coming/')").await;
            window.clean("one's own page of a group").await;
            window.tab_to("main form[action$='/absence'] button").await;
            window.press("Enter").await;
            window
                .until("document.querySelector('.label.reed') === null")
                .await;
        });
    }

    #[test]
    fn the_page_of_who_comes_is_clean_for_axe_in_every_width_and_theme() {
        drive(PROGRAM, async |demo, browser| {
            for look in LOOKS {
                let window = browser.window_in(look).await;
                window.sign_in(demo, "facilitator").await;
                window.open(&demo.url("/staff/groups")).await;
                window.click("main li a[href^='/staff/groups/']").await;
                window.click("main a[href$='/coming']").await;
                window.clean("who is coming").await;
            }
        });
    }
}
