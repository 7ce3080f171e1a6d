//! A member of a support group with a real browser: in by the code, what is kept, and out again.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use testing::browser::{Browser, DESKTOP, PHONE, Theme, Window, drive};
    use testing::program::Demo;

    const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");
    const NAME: &str = "Quiet Fox";

    /// Someone new in a support group, as the coordinator takes people in; their code.
    async fn taken_in(demo: &Demo, noor: &Window) -> String {
        noor.sign_in(demo, "coordinator").await;
        noor.open(&demo.url("/staff/groups?kind=support")).await;
        noor.click("main li a").await;
        noor.click("main a[href$='/people']").await;
        noor.tap("details:has([name=handle]) summary").await;
        noor.write("[name=handle]", NAME).await;
        noor.click("form:has([name=handle]) button").await;
        let code = noor.ask("document.querySelector('.secret').innerText").await;
        noor.click("main a.button").await;
        code
    }

    /// By the keyboard alone.
    async fn sign_in(demo: &Demo, window: &Window, code: &str) {
        window.open(&demo.url("/sign-in")).await;
        window.type_into("input[name=code]", code).await;
        window.enter("form[action='/sign-in/code'] button").await;
        window.until("location.pathname == '/me'").await;
    }

    /// Whose page it was is nowhere on the one that Back leads to.
    async fn goes_back_to_nothing(window: &Window) {
        for _ in 0..2 {
            window.leave_back().await;
            let shown: String = window.ask("document.documentElement.outerHTML").await;
            assert!(!shown.contains(NAME), "{shown}");
        }
    }

    async fn journey(demo: &Demo, browser: &Browser, window: &Window) {
        let noor = browser.window(DESKTOP).await;
        let code = taken_in(demo, &noor).await;
        window.open(&demo.url("/sign-in")).await;
        window.clean("signing in").await;
        window.type_into("input[name=code]", "1234").await;
        window.enter("form[action='/sign-in/code'] button").await;
        window.clean("no such code").await;
        let told: String = window
            .ask("document.activeElement.matches('[name=code]') ? document.querySelector('.wrong .error').innerText : ''")
            .await;
        assert!(told.contains("It has 16 digits"), "{told}");
        sign_in(demo, window, &code).await;
        window.clean("you").await;
        let text = window.text().await;
        assert!(
            text.contains(NAME) && text.contains("Code of 16 digits"),
            "{text}"
        );
        let staff: usize = window
            .ask("document.querySelectorAll('a[href^=\"/staff\"]').length")
            .await;
        assert_eq!(staff, 0, "no way to the staff side");
        window.enter("main a[href='/me/looked']").await;
        window.clean("nobody looked").await;
        assert!(window.text().await.contains("Nobody has looked"));

        // The coordinator looks, and it is seen.
        noor.click(&format!("main a[aria-label$='{NAME}']")).await;
        assert!(noor.text().await.contains("They gave none."));
        window.open(&demo.url("/me/looked")).await;
        window.clean("someone looked").await;
        let text = window.text().await;
        assert!(
            text.contains("How to reach you · looked at") && text.contains("Coordinator · "),
            "{text}"
        );

        // At the library, and forgotten there: ended from the phone.
        let library = browser.window(DESKTOP).await;
        sign_in(demo, &library, &code).await;
        window.open(&demo.url("/me")).await;
        window.clean("signed in twice").await;
        window
            .enter("form[action*='/me/sessions/'][action$='/end'] button")
            .await;
        window.clean("signed out there").await;
        assert!(window.text().await.contains("It is signed out."));
        library.open(&demo.url("/me/looked")).await;
        library.until("location.pathname == '/sign-in'").await;
        goes_back_to_nothing(&library).await;

        window.enter("main a[href='/me/looked']").await;
        window.enter("form[action='/sign-out'] button").await;
        window.until("location.pathname == '/'").await;
        window.clean("signed out").await;
        goes_back_to_nothing(window).await;
    }

    #[test]
    fn a_member_comes_by_a_code_and_leaves_nothing_behind_by_keyboard_in_the_dark() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window_in((PHONE, Theme::Dark)).await;
            journey(demo, browser, &window).await;
        });
    }

    #[test]
    fn the_same_without_scripts() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(PHONE).await;
            window.without_scripts().await;
            journey(demo, browser, &window).await;
        });
    }
}
