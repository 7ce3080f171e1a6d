//! What a coordinator does, in a real browser on a phone: a group from its first word to its end, what visitors say, and people.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use testing::browser::{PHONE, Theme, Window, drive};
    use testing::program::Demo;

    const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

    /// What a small support group says of itself.
    const FACTS: [(&str, &str); 12] = [
        ("kind", "support"),
        ("summary", "We talk about what the week was like."),
        ("format", "discussion"),
        ("span", "ongoing"),
        ("leader-1", "Ada"),
        ("languages", "en, es"),
        ("time", "18:30"),
        ("place", "in-person"),
        ("site-name", "West Side Library"),
        ("address", "100 Main Street, Cleveland, OH 44113"),
        ("fee", "free"),
        ("phone", "216-555-0123"),
    ];

    /// The texts of what this selector finds.
    async fn texts(window: &Window, selector: &str) -> Vec<String> {
        window
            .ask(&format!(
                "[...document.querySelectorAll({selector:?})].map(e => e.innerText.trim())"
            ))
            .await
    }

    /// A new group of this name, published; its address on the staff side.
    async fn publish(demo: &Demo, window: &Window, name: &str) -> String {
        window.open(&demo.url("/staff/groups/new")).await;
        window.fill("[name=title]", name).await;
        for (field, value) in FACTS {
            window.fill(&format!("[name={field}]"), value).await;
        }
        window.tap("[name=days][value=Tue]").await;
        window.click("button[value=publish]").await;
        let path: String = window.ask("location.pathname").await;
        assert!(
            path.starts_with("/staff/groups/") && !path.ends_with("/new"),
            "{}",
            window.text().await
        );
        path
    }

    #[test]
    fn a_group_is_written_its_dates_looked_at_published_and_found() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(PHONE).await;
            window.sign_in(demo, "coordinator").await;
            window.open(&demo.url("/staff")).await;
            let text = window.text().await;
            assert!(
                text.contains("waits for you") && text.contains("Your groups today"),
                "{text}"
            );
            window.clean("home").await;
            window.click("main a[href='/staff/groups?state=worn']").await;
            window.clean("groups to be checked").await;
            window.open(&demo.url("/staff/groups")).await;
            window.clean("all groups").await;
            window.click("main a[rel=next]").await;
            assert!(window.text().await.contains("Page 2 of"));
            window.click("main a[href='/staff/groups/new']").await;
            window.clean("the form").await;

            // Half of it: what is missing is told above and at each field, and what was typed stays.
            window.write("[name=title]", "Tuesday after work").await;
            window.fill("[name=phone]", "12").await;
            window.click("button[value=publish]").await;
            window.clean("the form with slips").await;
            let begins: bool = window.ask("document.activeElement.matches('.notice.clay')").await;
            assert!(begins, "the page begins at what is wrong");
            let told = texts(&window, ".notice.clay li").await;
            assert!(
                told.iter().any(|one| one == "Kind: This is missing.")
                    && told
                        .iter()
                        .any(|one| one.contains("Public phone") && one.contains("2 digits")),
                "{told:?}"
            );
            let lost: Vec<String> = window
                .ask("[...document.querySelectorAll('.notice.clay li a')].map(a => a.getAttribute('href')).filter(to => !document.querySelector(to)?.closest('.wrong'))")
                .await;
            assert_eq!(lost, Vec::<String>::new(), "each leads to its field");
            let kept: Vec<String> = window
                .ask("['title', 'phone'].map(name => document.querySelector(`[name=${name}]`).value)")
                .await;
            assert_eq!(kept, ["Tuesday after work", "12"]);

            for (field, value) in FACTS {
                window.fill(&format!("[name={field}]"), value).await;
            }
            window.tap("[name=days][value=Tue]").await;
            let asked: bool = window
                .ask("['[name=dates]', '[name=sessions]', '[name=online-by]', '[name=seats-from]'].some(asked => document.querySelector(asked).getClientRects().length)")
                .await;
            assert!(!asked, "what the choices leave open is not asked");
            window.click("button[value=preview]").await;
            window.clean("the dates before it is published").await;
            let dates = texts(&window, ".next-dates time").await;
            assert!(
                dates.len() == 10
                    && dates
                        .iter()
                        .all(|date| date.starts_with("Tue, ") && date.ends_with("6:30 pm")),
                "{dates:?}"
            );
            window.click("button[value=keep]").await;
            window.clean("a draft").await;
            assert!(window.text().await.contains("Visitors do not see it."));
            window.click("button[value=publish]").await;
            window.clean("the group").await;
            assert!(window.text().await.contains("It is published."));
            window.click(".notice a").await;
            window.clean("its public page").await;
            let text = window.text().await;
            assert!(
                text.contains("Tuesday after work") && text.contains("West Side Library"),
                "{text}"
            );
            let url = demo.url("/groups?near=44113&q=Tuesday+after+work");
            window.open_until(&url, "Tuesday after work").await;
        });
    }

    #[test]
    fn a_group_is_skipped_moved_paused_and_ended_and_each_taken_back_by_keyboard_in_the_dark_without_scripts()
    {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window_in((PHONE, Theme::Dark)).await;
            window.without_scripts().await;
            window.sign_in(demo, "coordinator").await;
            let group = publish(demo, &window, "Tuesday after work").await;
            window.enter("main a[href$='/schedule']").await;
            window.clean("when it meets").await;

            // Which one and nothing else: the slip is told at its field, and the reason stays.
            window.tab_to("[name=skip-reason]").await;
            window.type_text("A holiday").await;
            window.enter("form[action$='/skips'] button").await;
            window.clean("a slip in the schedule").await;
            let told = texts(&window, ".wrong label").await;
            assert_eq!(told, ["Which meeting"]);
            let kept: String = window
                .ask("document.querySelector('[name=skip-reason]').value")
                .await;
            assert_eq!(kept, "A holiday");
            let skipped = window.choose("[name=skip-date]", 2).await;
            window.enter("form[action$='/skips'] button").await;
            let moved = window.choose("[name=move-date]", 2).await;
            window.tab_to("[name=move-to]").await;
            window.type_text("12312027").await;
            window.press("ArrowRight").await;
            window.type_text("0715PM").await;
            window.enter("form[action$='/moves'] button").await;
            window.clean("skipped and moved").await;
            let rows = texts(&window, ".next-dates li").await;
            assert!(
                rows[1].starts_with(&skipped) && rows[1].contains("No meeting: A holiday"),
                "{rows:?}"
            );
            assert!(!rows.iter().any(|row| row.starts_with(&moved)), "{rows:?}");
            let text = window.text().await;
            assert!(text.contains("Moved to Friday, December 31, 7:15 pm"), "{text}");
            for list in ["skips", "moves"] {
                window
                    .enter(&format!("form[action$='/{list}'] button[value=undo]"))
                    .await;
            }
            let rows = texts(&window, ".next-dates li").await;
            assert_eq!((&rows[1], &rows[2]), (&skipped, &moved), "as it was");
            // Every other week, looked at and left.
            window.tab_to("[name=interval]").await;
            window.type_text("2").await;
            window.enter("button[value=preview]").await;
            window.clean("dates that are not saved").await;
            assert!(window.text().await.contains("This is not saved."));

            window.open(&demo.url(&group)).await;
            for (act, said, undone) in [
                ("pause", "The group is on a break now.", "The group meets again."),
                ("end", "The end is set.", "The group goes on."),
            ] {
                window.enter(&format!("form[action$='/{act}'] button")).await;
                assert!(window.text().await.contains(said), "{}", window.text().await);
                window.clean(act).await;
                window.enter(".notice form button").await;
                assert!(window.text().await.contains(undone), "{}", window.text().await);
            }
            window.enter("form[action$='/confirmation'] button").await;
            assert!(window.text().await.contains("Checked today"));
            window.clean("confirmed").await;
        });
    }

    #[test]
    fn what_a_visitor_says_waits_is_looked_after_and_brought_back() {
        drive(PROGRAM, async |demo, browser| {
            let visitor = browser.window(PHONE).await;
            visitor.without_scripts().await;
            visitor.open(&demo.url("/groups?near=44113")).await;
            visitor.click(".hit h3 a").await;
            let title: String = visitor.ask("document.querySelector('h1').innerText").await;
            visitor.click("a[href$='/report']").await;
            visitor.click("main form button").await;
            visitor.clean("nothing was chosen").await;
            visitor.tap("input[value=unsafe]").await;
            visitor.click("main form button").await;
            visitor.clean("it was said").await;

            let window = browser.window(PHONE).await;
            window.sign_in(demo, "coordinator").await;
            window.open(&demo.url("/staff")).await;
            let first = texts(&window, ".needs li b").await;
            assert!(
                first[0].contains("hurt or frightened"),
                "the most pressing first: {first:?}"
            );
            window.clean("home, where it waits").await;
            window.click(".needs a.button:not(.plain)").await;
            window.clean("what was said").await;
            assert!(window.text().await.contains(&title));
            window.click("button[value=mended]").await;
            window.clean("it is off the list").await;
            assert!(!window.text().await.contains(&title));
            window.click(".notice form button").await;
            assert!(window.text().await.contains(&title), "it is there again");
        });
    }

    #[test]
    fn a_leader_is_invited_and_someone_comes_in_by_a_name_whose_code_is_shown_once() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(PHONE).await;
            window.sign_in(demo, "coordinator").await;
            let group = publish(demo, &window, "Tuesday after work").await;
            window
                .open(&demo.url("/staff/groups?state=unled&kind=support"))
                .await;
            window.open(&demo.url(&format!("{group}/people"))).await;
            window.clean("nobody yet").await;
            window.tap("details:has([name=leader]) summary").await;
            window.write("[name=leader]", "ada@lakeshore.example").await;
            window.fill("select[name=role]", "facilitator").await;
            window.click("form[action$='/leaders'] button").await;
            window.clean("a letter is on its way").await;
            let text = window.text().await;
            assert!(
                text.contains("A letter is on its way.") && text.contains("ada@lakeshore.example"),
                "{text}"
            );

            window.tap("details:has([name=handle]) summary").await;
            window.click("form:has([name=handle]) button").await;
            window.clean("no name").await;
            let told: String = window
                .ask("document.activeElement.matches('[name=handle]') ? document.querySelector('.wrong .error').innerText : ''")
                .await;
            assert!(told.contains("Write a name"), "{told}");
            window.write("[name=handle]", "Quiet Fox").await;
            window.click("form:has([name=handle]) button").await;
            window.clean("the code").await;
            let code: String = window.ask("document.querySelector('.secret').innerText").await;
            assert_eq!(code.chars().filter(char::is_ascii_digit).count(), 16, "{code}");
            window.click("main a.button").await;
            window.clean("one member").await;
            let text = window.text().await;
            assert!(text.contains("Quiet Fox") && !text.contains(&code), "{text}");
            window
                .click("form[action*='/members/'][action$='/end'] button")
                .await;
            assert!(
                window
                    .text()
                    .await
                    .contains("They are not in this group any more.")
            );
            window.click(".notice form button").await;
            assert!(window.text().await.contains("Quiet Fox"));
            let unled = demo.url("/staff/groups?state=unled");
            window.open(&unled).await;
            assert!(window.text().await.contains("Tuesday after work"));

            // Whoever was invited comes in by the letter, and leads this group alone.
            let ada = browser.window(PHONE).await;
            let link = ada.letter(demo, "ada@lakeshore.example").await;
            ada.open(&link).await;
            ada.clean("the invitation").await;
            ada.write("[name=handle]", "Ada").await;
            ada.write("[name=password]", "four words to remember").await;
            ada.click("main form button").await;
            ada.until("location.pathname == '/me'").await;
            ada.open(&demo.url("/staff/groups")).await;
            let led = texts(&ada, "main li a").await;
            assert_eq!(led, ["Tuesday after work"]);
            window.open(&unled).await;
            assert!(!window.text().await.contains("Tuesday after work"));
        });
    }
}
