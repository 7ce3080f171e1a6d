//! Joining a therapy group in a real browser: the pages of both sides in each width and theme, and asking with the keyboard alone.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use testing::browser::{LOOKS, PHONE, drive};

    const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

    #[test]
    fn the_pages_of_who_leads_are_clean_for_axe_in_every_width_and_theme() {
        drive(PROGRAM, async |demo, browser| {
            for look in LOOKS {
                let window = browser.window_in(look).await;
                window.sign_in(demo, "leader").await;
                window
                    .walk(demo, &["/staff/applicants", "/staff/applicants?column=screening"])
                    .await;
                window.open(&demo.url("/staff/applicants")).await;
                window.click(".card.risk a").await;
                window.clean("an applicant").await;
                window.open(&demo.url("/staff/groups")).await;
                window.click("main li a[href^='/staff/groups/']").await;
                window.click("main a[href$='/joining']").await;
                window.clean("what a group asks").await;
                window.click("main a[href$='/members']").await;
                window.clean("the members of a group").await;
            }
        });
    }

    #[test]
    fn someone_asks_for_a_place_with_the_keyboard_alone_on_a_phone() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(PHONE).await;
            window.without_scripts().await;
            window.open(&demo.url("/groups?kind=therapy")).await;
            window.click("main h3 a[href^='/groups/']").await;
            window.tab_to("main a[href$='/joining']").await;
            window.press("Enter").await;
            window.until("location.pathname.endsWith('/joining')").await;
            window.clean("asking for a place").await;
            window.tab_to("input[name=handle]").await;
            window.type_text("Sky").await;
            window.tab_to("input[name=mail]").await;
            window.type_text("sky@lakeshore.example").await;
            window.tab_to("input[name=age]").await;
            window.press(" ").await;
            window.tab_to("main form button").await;
            window.press("Enter").await;
            window.until("location.search == '?sent=yes'").await;
            window.open(&demo.url("/demo/mail")).await;
            window.click("a[href*='/sign-in/joining/']").await;
            window.tab_to("main form button").await;
            window.press("Enter").await;
            window.until("location.pathname.startsWith('/me/joining/')").await;
            window.clean("where one stands").await;
            window.tab_to("main a[href$='/answers']").await;
            window.press("Enter").await;
            window.until("location.pathname.endsWith('/answers')").await;
            window.clean("the questions").await;
            window.tab_to("input[name=safety]").await;
            window.press(" ").await;
            window.tab_to("main form button").await;
            window.press("Enter").await;
            window.until("!location.pathname.endsWith('/answers')").await;
            window.tab_to("main a[href$='/rules']").await;
            window.press("Enter").await;
            window.until("location.pathname.endsWith('/rules')").await;
            window.clean("how the group works").await;
        });
    }
}
