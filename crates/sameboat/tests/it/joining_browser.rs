//! Joining a therapy group in a real browser: the pages of both sides in each width and theme, asking with the keyboard alone, the whole way with both
//! sides beside each other, what staff do with the keyboard alone, and being told of groups by letter.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use testing::browser::{DESKTOP, LOOKS, NARROW, PHONE, Theme, Window, drive};
    use testing::program::Demo;

    const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

    /// From a page to another by the keyboard; that one is clean.
    async fn on(window: &Window, selector: &str, to: &str) {
        window.enter(selector).await;
        window.clean(to).await;
    }

    /// Asks for a place, and comes back by the link of the letter; where one stands then.
    async fn asks(window: &Window, demo: &Demo, group: &str) -> String {
        window.open(&demo.url(&format!("/groups/{group}"))).await;
        on(window, "main a[href$='/joining']", "asking for a place").await;
        window.type_into("input[name=handle]", "Sky").await;
        window
            .type_into("input[name=mail]", "sky@lakeshore.example")
            .await;
        window.tab_to("input[name=age]").await;
        window.press(" ").await;
        on(window, "main form button", "asked").await;
        let link = window.letter(demo, "sky@lakeshore.example").await;
        window.open(&link).await;
        on(window, "main form button", "where one stands").await;
        window.url().await
    }

    /// Answers that everything was so on several days; the last question is about harming oneself.
    async fn answers_phq_9(window: &Window) {
        on(window, "main a[href$='/measures/phq-9']", "a questionnaire").await;
        for question in 1..=9 {
            window.tab_to(&format!("#q-q{question} input")).await;
            window.press("ArrowDown").await;
        }
        on(window, "main form button[type=submit]", "answered").await;
    }

    async fn signs_everything(window: &Window) {
        on(window, "main a[href^='/me/agreements/']", "what is to be signed").await;
        while window
            .ask("!!document.querySelector('form[action$=\"/signature\"]')")
            .await
        {
            window
                .type_into("form[action$='/signature'] input[name=name]", "Sky Moreno")
                .await;
            on(window, "form[action$='/signature'] button", "signed").await;
        }
    }

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

    #[test]
    fn a_person_and_who_leads_the_group_go_the_whole_way_side_by_side() {
        drive(PROGRAM, async |demo, browser| {
            let leads = browser.window(DESKTOP).await;
            leads.sign_in(demo, "leader").await;
            leads.open(&demo.url("/staff/groups")).await;
            let open = "[...document.querySelectorAll('main li a')].find(link => link.innerText.includes('When grief does not move'))";
            let group: String = leads.ask(&format!("{open}.pathname.split('/')[3]")).await;
            leads
                .open(&demo.url(&format!("/staff/groups/{group}/joining")))
                .await;
            leads.tap("input[name=measure][value=phq-9]").await;
            leads.click("form[action$='/questions'] button").await;

            let joins = browser.window_in((PHONE, Theme::Dark)).await;
            joins.without_scripts().await;
            let stands = asks(&joins, demo, &group).await;
            answers_phq_9(&joins).await;
            assert!(joins.text().await.contains("Please talk to someone now."));
            joins.open(&stands).await;
            joins.tab_to("form[action$='/talk'] input[name=time]").await;
            joins.press(" ").await;
            on(&joins, "form[action$='/talk'] button", "a time is taken").await;

            let applicant = stands.replace("/me/joining/", "/staff/applicants/");
            leads.open(&applicant).await;
            leads.clean("an applicant who has answered").await;
            let text = leads.text().await;
            let (risk, score) = (text.find("First: an answer about safety"), text.find("9 / 27"));
            assert!(risk.is_some() && risk < score, "risk first: {text}");
            for point in ["readiness", "expectations", "attendance", "confidentiality"] {
                leads.tap(&format!("input[name=point][value={point}]")).await;
            }
            leads
                .write("textarea[name=notes]", "Wants to talk about her mother.")
                .await;
            leads.click("form[action$='/talk'] button").await;
            leads.tap("input[name=choice][value=offer]").await;
            leads
                .write("textarea[name=letter]", "Dear Sky, come and sit with us.")
                .await;
            leads.click("form[action$='/decision'] button").await;
            leads.clean("offered").await;

            joins.open(&stands).await;
            assert!(joins.text().await.contains("come and sit with us"));
            on(&joins, "main a[href$='/rules']", "how the group works").await;
            on(&joins, "form[action$='/reading'] button", "read").await;
            on(&joins, "form[action$='/acceptance'] button", "both said yes").await;
            signs_everything(&joins).await;
            joins.open(&stands).await;
            joins.clean("all is signed, and the start is awaited").await;

            leads
                .open(&demo.url(&format!("/staff/groups/{group}/joining")))
                .await;
            let week: String = leads
                .ask("new Date(Date.now() + 8 * 864e5).toISOString().slice(0, 10)")
                .await;
            leads.fill("form[action$='/start'] input[name=on]", &week).await;
            leads.fill("form[action$='/start'] input[name=least]", "1").await;
            leads.click("form[action$='/start'] button").await;
            leads.clean("a start is planned").await;
            leads.click("form[action$='/start'] button").await;
            joins.open(&stands).await;
            joins.clean("a member").await;
            leads
                .open(&demo.url(&format!("/staff/groups/{group}/members")))
                .await;
            leads.clean("the members").await;
            assert!(leads.text().await.contains("Sky"));
        });
    }

    /// From the board to somebody's page.
    async fn open_card(window: &Window, demo: &Demo, name: &str) {
        window.open(&demo.url("/staff/applicants")).await;
        window.clean("the board").await;
        let card: String = window
            .ask(&format!(
                "[...document.querySelectorAll('.card a')].find(link => link.innerText == {name:?}).getAttribute('href')"
            ))
            .await;
        on(window, &format!(".card a[href='{card}']"), "an applicant").await;
        window.heading(name).await;
    }

    #[test]
    fn who_leads_talks_and_offers_and_a_coordinator_finds_a_place_with_the_keyboard_alone_on_a_phone() {
        drive(PROGRAM, async |demo, browser| {
            let leads = browser.window_in((NARROW, Theme::Dark)).await;
            leads.without_scripts().await;
            leads.sign_in(demo, "leader").await;
            // Half of it was spoken about.
            open_card(&leads, demo, "Ravi S.").await;
            for point in ["attendance", "confidentiality"] {
                leads.tab_to(&format!("input[name=point][value={point}]")).await;
                leads.press(" ").await;
            }
            leads
                .type_into("textarea[name=notes]", "Can come each week.")
                .await;
            on(&leads, "form[action$='/talk'] button", "all was spoken about").await;
            leads.tab_to("input[name=choice]").await;
            leads.press(" ").await;
            leads
                .type_into("textarea[name=letter]", "Dear Ravi, come and sit with us.")
                .await;
            on(&leads, "form[action$='/decision'] button", "offered").await;
            let text = leads.text().await;
            assert!(text.contains("Offered · Answers the offer"), "{text}");

            let coordinates = browser.window(PHONE).await;
            coordinates.without_scripts().await;
            coordinates.sign_in(demo, "coordinator").await;
            // She waits for any group that fits.
            open_card(&coordinates, demo, "Mina K.").await;
            let chosen = coordinates.choose("select[name=leader]", 1).await;
            assert_eq!(chosen, "Dana Whitfield");
            on(&coordinates, "form[action$='/assignment'] button", "assigned").await;
            let answers: String = coordinates
                .ask("document.querySelector('select[name=leader]').selectedOptions[0].innerText")
                .await;
            assert_eq!(answers, chosen);
            let here = coordinates.url().await;
            coordinates.tab_to("form[action$='/move'] input[name=to]").await;
            coordinates.press(" ").await;
            coordinates
                .type_into("textarea[name=moving-letter]", "Dear Mina, there may be a place.")
                .await;
            on(&coordinates, "form[action$='/move'] button", "in another group").await;
            coordinates.heading("Mina K.").await;
            assert_ne!(coordinates.url().await, here);
            let text = coordinates.text().await;
            assert!(text.contains("Asked · "), "{text}");
        });
    }

    #[test]
    fn someone_is_told_of_groups_by_letter_and_ends_that_with_the_keyboard_alone_on_a_phone() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(PHONE).await;
            window.without_scripts().await;
            window.open(&demo.url("/groups?near=44113&kind=therapy")).await;
            window.click("main a[href^='/searches/new']").await;
            window.clean("asking to be told").await;
            window
                .type_into("input[name=mail]", "moss@lakeshore.example")
                .await;
            on(&window, "main form button", "asked").await;
            let link = window.letter(demo, "moss@lakeshore.example").await;
            window.open(&link).await;
            window.clean("saying so once more").await;
            on(&window, "main form button", "the search").await;
            on(&window, "form[action$='/renewal'] button", "for another year").await;
            on(&window, "form[action$='/end'] button", "ended").await;
            assert!(
                !window
                    .ask::<bool>("!!document.querySelector('form[action$=\"/end\"]')")
                    .await
            );
        });
    }
}
