//! The pages of who runs, audits and oversees an installation, in a real browser: each width and theme, and the keyboard alone.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use testing::browser::{LOOKS, PHONE, drive};

    const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

    #[test]
    fn the_pages_of_admin_and_auditor_are_clean_for_axe_in_every_width_and_theme() {
        drive(PROGRAM, async |demo, browser| {
            for look in LOOKS {
                let window = browser.window_in(look).await;
                window.sign_in(demo, "admin").await;
                window
                    .walk(
                        demo,
                        &[
                            "/staff",
                            "/staff/people",
                            "/staff/people?name=nobody",
                            "/staff/invitations",
                            "/staff/running",
                            "/staff/audit/installation",
                        ],
                    )
                    .await;
                window.open(&demo.url("/staff/people")).await;
                window.click("main li a[href^='/staff/people/']").await;
                window.clean("a person").await;
                window.click("main a[href$='/closure']").await;
                window.clean("closing an account").await;
                window.sign_out().await;
                window.sign_in(demo, "auditor").await;
                window
                    .walk(
                        demo,
                        &[
                            "/staff",
                            "/staff/people",
                            "/staff/audit",
                            "/staff/audit?class=C3&to=2001-01-01",
                            "/staff/audit?class=C99",
                            "/staff/audit/check",
                            "/staff/break-glass",
                        ],
                    )
                    .await;
            }
        });
    }

    #[test]
    fn an_admin_invites_someone_and_withdraws_it_with_the_keyboard_alone_on_a_phone() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(PHONE).await;
            window.without_scripts().await;
            window.sign_in(demo, "admin").await;
            window.open(&demo.url("/staff/people")).await;
            window.tab_to("main a[href='/staff/invitations']").await;
            window.press("Enter").await;
            window.until("location.pathname == '/staff/invitations'").await;
            window.tab_to("input[name=mail]").await;
            window.type_text("new.one@lakeshore.example").await;
            window.tab_to("select[name=role]").await;
            window.type_text("Au").await;
            let role: String = window.ask("document.activeElement.value").await;
            assert_eq!(role, "auditor");
            window.tab_to("form[action='/staff/invitations'] button").await;
            window.press("Enter").await;
            window
                .until("!!document.querySelector('form[action$=\"/withdrawal\"]')")
                .await;
            let text = window.text().await;
            assert!(text.contains("new.one@lakeshore.example"), "{text}");
            window.tab_to("form[action$='/withdrawal'] button").await;
            window.press("Enter").await;
            window
                .until("!document.querySelector('form[action$=\"/withdrawal\"]')")
                .await;
            let text = window.text().await;
            assert!(!text.contains("new.one@lakeshore.example"), "{text}");
        });
    }

    #[test]
    fn an_auditor_finds_an_act_and_checks_the_record_with_the_keyboard_alone_on_a_phone() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(PHONE).await;
            window.without_scripts().await;
            window.sign_in(demo, "auditor").await;
            window.open(&demo.url("/staff/audit?family=sessions")).await;
            window.tab_to("main form button").await;
            window.press("Enter").await;
            window.until("location.search.includes('family=sessions&')").await;
            let text = window.text().await;
            assert!(text.contains("sessions.begin"), "{text}");
            let asked: String = window
                .ask("document.querySelector('select[name=family]').value")
                .await;
            assert_eq!(asked, "sessions", "what was asked stays in the form");
            window.tab_to("main a[href='/staff/audit/check']").await;
            window.press("Enter").await;
            window.until("location.pathname == '/staff/audit/check'").await;
            let text = window.text().await;
            assert!(text.contains("rows, all whole."), "{text}");
        });
    }

    #[test]
    fn what_a_supervisor_opens_in_an_emergency_stands_on_every_page_until_it_is_closed() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(PHONE).await;
            window.sign_in(demo, "supervisor").await;
            // A group that she supervises and that has members.
            window.open(&demo.url("/staff/groups")).await;
            let groups: Vec<String> = window
                .ask("[...document.querySelectorAll('main li a[href^=\"/staff/groups/\"]')].map(a => a.getAttribute('href'))")
                .await;
            let mut has_members = false;
            for group in &groups {
                window.open(&demo.url(&format!("{group}/people"))).await;
                has_members = window
                    .ask("!!document.querySelector('main a[href*=\"/people/\"]')")
                    .await;
                if has_members {
                    break;
                }
            }
            assert!(has_members, "{groups:?}");
            window.clean("the people of a group").await;
            window.click("main a[href*='/people/']").await;
            window.until("location.pathname.endsWith('/break-glass')").await;
            window.clean("before it is opened").await;
            window.write("textarea[name=words]", "too short").await;
            window.click("main form.stack button").await;
            window.clean("said too little").await;
            let kept: String = window.ask("document.querySelector('textarea').value").await;
            assert_eq!(kept, "too short");
            window
                .write("textarea[name=words]", ": a neighbour called and is afraid")
                .await;
            window.click("main form.stack button").await;
            for path in ["", "/staff", "/staff/groups", "/me"] {
                if !path.is_empty() {
                    window.open(&demo.url(path)).await;
                }
                let said: String = window
                    .ask("document.querySelector('.broken')?.innerText ?? ''")
                    .await;
                assert!(said.contains("minutes more"), "{path}: {said}");
                window.clean(&format!("{path} with a record open")).await;
            }
            window.tab_to("form[action$='/end'] button").await;
            window.press("Enter").await;
            window
                .until("location.pathname == '/staff' && !document.querySelector('.broken')")
                .await;
            window.sign_out().await;

            window.sign_in(demo, "auditor").await;
            window.open(&demo.url("/staff")).await;
            window.click("main a[href='/staff/break-glass']").await;
            window.clean("a record to look at").await;
            let text = window.text().await;
            assert!(
                text.contains("Someone may be in danger") && !text.contains("a neighbour called"),
                "an auditor sees that it was done, and no words about anybody: {text}"
            );
            window.tab_to("form[action$='/review'] button").await;
            window.press("Enter").await;
            window
                .until("!document.querySelector('form[action$=\"/review\"]')")
                .await;
        });
    }
}
