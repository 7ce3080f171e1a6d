//! A person with a real browser who does not know which kind of group is right.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use testing::browser::{DESKTOP, NARROW, PHONE, Theme, Window, drive};
    use testing::program::Demo;

    const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

    /// Each question with what is answered to it on the way to a therapy group.
    const WAY: [(&str, &[&str]); 8] = [
        ("What do you hope for?", &["change", "less-alone"]),
        ("What is it about?", &["loss"]),
        ("Are you safe right now?", &["safe"]),
        ("Is any of this true for you now?", &["loss-stuck"]),
        ("Could you come every week, for two or three months?", &["yes"]),
        ("How is it for you to talk in a group?", &["willing"]),
        ("How old is the person it is for?", &["adult"]),
        ("What would make it possible to come?", &[]),
    ];
    const FITS: &str = "A therapy group looks like the better fit, with a support group beside it.";
    const NEXT: &str = ".question .acts button[value=next]";

    /// Answers the first `count` questions from `/choose` on.
    async fn answer(demo: &Demo, window: &Window, count: usize) {
        window.open(&demo.url("/choose")).await;
        for (question, answers) in WAY.iter().take(count) {
            window.heading(question).await;
            for answer in *answers {
                window.tap(&format!("input[value={answer}]")).await;
            }
            window.tap(NEXT).await;
        }
    }

    /// Home, the questions, the answer, the finder, a group.
    async fn journey(demo: &Demo, window: &Window) {
        window.open(&demo.url("/")).await;
        window.click(".door a[href='/choose']").await;
        answer(demo, window, WAY.len()).await;
        window.heading(FITS).await;
        let url = window.url().await;
        assert!(url.ends_with("/choose"), "no answer stands in the address: {url}");
        window.click(".side-card.therapy .side-acts a").await;
        let url = window.url().await;
        assert!(
            url.contains("topic=loss-in-life") && url.contains("kind=therapy"),
            "{url}"
        );
        window.click(".hit.therapy h3 a").await;
        let text = window.text().await;
        assert!(text.contains("How you join") && text.contains("Grief"), "{text}");
    }

    /// From the answer to asking for a place, with what was answered.
    async fn asks_with_answers(demo: &Demo, window: &Window) {
        answer(demo, window, WAY.len()).await;
        window.heading(FITS).await;
        window.click("section[aria-labelledby=ask] form button").await;
        window.clean("asking with what was answered").await;
        let (url, text) = (window.url().await, window.text().await);
        assert!(
            url.ends_with("/joining/chosen") && text.contains("Also send what you answered in the chooser"),
            "{url}: {text}"
        );
        assert!(!text.contains("I am safe"), "{text}");
    }

    #[test]
    fn from_not_knowing_to_a_group() {
        drive(PROGRAM, async |demo, browser| {
            for size in [DESKTOP, PHONE] {
                let window = browser.window(size).await;
                journey(demo, &window).await;
                assert_eq!(window.wrongs().await, Vec::<String>::new());
            }
            // Without scripts the same way leads there.
            let window = browser.window(PHONE).await;
            window.without_scripts().await;
            journey(demo, &window).await;
            asks_with_answers(demo, &window).await;
            let window = browser.window(NARROW).await;
            asks_with_answers(demo, &window).await;
        });
    }

    #[test]
    fn danger_is_met_with_help_before_all_else() {
        drive(PROGRAM, async |demo, browser| {
            for scripts in [true, false] {
                let window = browser.window(PHONE).await;
                if !scripts {
                    window.without_scripts().await;
                }
                answer(demo, &window, 2).await;
                window.heading("Are you safe right now?").await;
                window.tap("input[value=plan]").await;
                window.tap(NEXT).await;
                window.heading("Please talk to someone now.").await;
                let first: String = window
                    .ask("document.querySelector('main .button').getAttribute('href')")
                    .await;
                assert_eq!(first, "tel:988");
                let groups: usize = window.ask("document.querySelectorAll('.hit').length").await;
                assert_eq!(groups, 0);
                window.tap(".misread button").await;
                window.heading("Are you safe right now?").await;
                let kept: bool = window
                    .ask("document.querySelector('input[value=plan]').checked")
                    .await;
                assert!(kept, "what was answered is there to be changed");
            }
        });
    }

    #[test]
    fn the_browser_goes_back_through_the_questions() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(DESKTOP).await;
            answer(demo, &window, 3).await;
            window.heading("Is any of this true for you now?").await;
            window.back().await;
            window.heading("Are you safe right now?").await;
            let kept: bool = window
                .ask("document.querySelector('input[value=safe]').checked")
                .await;
            assert!(kept);
            window.back().await;
            window.heading("What is it about?").await;
            // “None of these” takes the others away.
            answer(demo, &window, 3).await;
            window.heading("Is any of this true for you now?").await;
            window.tap("input[value=energy]").await;
            window.tap("input[value=none]").await;
            let left: bool = window
                .ask("document.querySelector('input[value=energy]').checked")
                .await;
            assert!(!left);
        });
    }

    #[test]
    fn leaving_in_the_middle_shows_nothing_to_who_goes_back() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(DESKTOP).await;
            answer(demo, &window, 3).await;
            window.heading("Is any of this true for you now?").await;
            window.press("Escape").await;
            window.press("Escape").await;
            window
                .until("document.documentElement.hidden || !location.pathname.startsWith('/choose')")
                .await;
            // Whoever opens the address of the history sees the first question, unanswered.
            window.open(&demo.url("/choose")).await;
            window.heading("What do you hope for?").await;
            let chosen: usize = window
                .ask("document.querySelectorAll('input:checked').length")
                .await;
            assert_eq!(chosen, 0);
        });
    }

    #[test]
    fn the_keyboard_alone_answers_the_questions() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(DESKTOP).await;
            window.open(&demo.url("/choose")).await;
            window.tab_to("input[value=change]").await;
            window.press(" ").await;
            // Enter goes on, wherever one is in the form.
            window.press("Enter").await;
            window.heading("What is it about?").await;
            window.tab_to("button[value=skip]").await;
            window.press("Enter").await;
            window.heading("Are you safe right now?").await;
            window.tab_to("button[value=back]").await;
            window.press("Enter").await;
            window.heading("What is it about?").await;
        });
    }

    #[test]
    fn every_page_of_the_chooser_is_clean_for_axe() {
        drive(PROGRAM, async |demo, browser| {
            for look in [
                (DESKTOP, Theme::Light),
                (DESKTOP, Theme::Dark),
                (PHONE, Theme::Light),
                (NARROW, Theme::Dark),
            ] {
                let window = browser.window_in(look).await;
                answer(demo, &window, 2).await;
                window.heading("Are you safe right now?").await;
                window.clean("a question").await;
                window.tap("input[value=harm]").await;
                window.tap(NEXT).await;
                window.heading("Please talk to someone now.").await;
                window.clean("the crisis").await;
                answer(demo, &window, WAY.len()).await;
                window.heading(FITS).await;
                window.clean("the answer").await;
            }
        });
    }
}
