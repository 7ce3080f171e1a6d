//! A person with a real browser who does not know which kind of group is right.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use std::path::Path;

    use testing::browser::{Browser, Window};
    use testing::program::Demo;

    const DESKTOP: (i64, i64) = (1280, 900);
    const PHONE: (i64, i64) = (390, 844);
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

    fn demo() -> Demo {
        Demo::start(Path::new(env!("CARGO_BIN_EXE_sameboat")))
    }

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Runtime::new().expect("a runtime")
    }

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

    #[test]
    fn from_not_knowing_to_a_group() {
        let demo = demo();
        runtime().block_on(async {
            let browser = Browser::start().await;
            for (width, height) in [DESKTOP, PHONE] {
                let window = browser.window(width, height).await;
                journey(&demo, &window).await;
                assert_eq!(window.wrongs().await, Vec::<String>::new());
            }
            // Without scripts the same way leads there.
            let window = browser.window(PHONE.0, PHONE.1).await;
            window.without_scripts().await;
            journey(&demo, &window).await;
            browser.stop().await;
        });
    }

    #[test]
    fn danger_is_met_with_help_before_all_else() {
        let demo = demo();
        runtime().block_on(async {
            let browser = Browser::start().await;
            for scripts in [true, false] {
                let window = browser.window(PHONE.0, PHONE.1).await;
                if !scripts {
                    window.without_scripts().await;
                }
                answer(&demo, &window, 2).await;
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
            browser.stop().await;
        });
    }

    #[test]
    fn the_browser_goes_back_through_the_questions() {
        let demo = demo();
        runtime().block_on(async {
            let browser = Browser::start().await;
            let window = browser.window(DESKTOP.0, DESKTOP.1).await;
            answer(&demo, &window, 3).await;
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
            answer(&demo, &window, 3).await;
            window.heading("Is any of this true for you now?").await;
            window.tap("input[value=energy]").await;
            window.tap("input[value=none]").await;
            let left: bool = window
                .ask("document.querySelector('input[value=energy]').checked")
                .await;
            assert!(!left);
            browser.stop().await;
        });
    }

    #[test]
    fn leaving_in_the_middle_shows_nothing_to_who_goes_back() {
        let demo = demo();
        runtime().block_on(async {
            let browser = Browser::start().await;
            let window = browser.window(DESKTOP.0, DESKTOP.1).await;
            answer(&demo, &window, 3).await;
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
            browser.stop().await;
        });
    }

    #[test]
    fn the_keyboard_alone_answers_the_questions() {
        let demo = demo();
        runtime().block_on(async {
            let browser = Browser::start().await;
            let window = browser.window(DESKTOP.0, DESKTOP.1).await;
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
            browser.stop().await;
        });
    }

    #[test]
    fn every_page_of_the_chooser_is_clean_for_axe() {
        let demo = demo();
        runtime().block_on(async {
            let browser = Browser::start().await;
            for ((width, height), dark) in [
                (DESKTOP, false),
                (DESKTOP, true),
                (PHONE, false),
                ((320, 700), true),
            ] {
                let window = browser.window(width, height).await;
                if dark {
                    window.dark().await;
                }
                answer(&demo, &window, 2).await;
                window.heading("Are you safe right now?").await;
                clean(&window, "a question", width).await;
                window.tap("input[value=harm]").await;
                window.tap(NEXT).await;
                window.heading("Please talk to someone now.").await;
                clean(&window, "the crisis", width).await;
                answer(&demo, &window, WAY.len()).await;
                window.heading(FITS).await;
                clean(&window, "the answer", width).await;
            }
            browser.stop().await;
        });
    }

    async fn clean(window: &Window, page: &str, width: i64) {
        assert_eq!(window.axe().await, Vec::<String>::new(), "{page} at {width}");
        assert_eq!(window.wrongs().await, Vec::<String>::new(), "{page} at {width}");
        assert_eq!(window.misfits().await, Vec::<String>::new(), "{page} at {width}");
    }
}
