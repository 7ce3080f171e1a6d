//! Signing in with a real browser: a passkey of a simulated device, one's own pages, and the keyboard alone.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use std::path::Path;

    use testing::browser::{Browser, Window};
    use testing::program::Demo;

    const DESKTOP: (i64, i64) = (1280, 900);
    const PHONE: (i64, i64) = (390, 844);

    fn demo() -> Demo {
        Demo::start(Path::new(env!("CARGO_BIN_EXE_sameboat")))
    }

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Runtime::new().expect("a runtime")
    }

    /// By the demo's one click.
    async fn sign_in(demo: &Demo, window: &Window, role: &str) {
        window.open(&demo.url("/sign-in")).await;
        window.click(&format!("button[value={role}]")).await;
        window.until("location.pathname == '/me'").await;
    }

    async fn sign_out(window: &Window) {
        window.click("form[action='/sign-out'] button").await;
    }

    #[test]
    fn a_passkey_is_made_signs_in_as_two_factors_and_is_removed() {
        let demo = demo();
        runtime().block_on(async {
            let browser = Browser::start().await;
            let window = browser.window(PHONE.0, PHONE.1).await;
            window.with_device().await;
            sign_in(&demo, &window, "admin").await;
            window.open(&demo.url("/me/passkeys")).await;
            window.write("input[name=name]", "My phone").await;
            window.click("form[data-passkey=create] button").await;
            let text = window.text().await;
            assert!(text.contains("My phone"), "{text}");
            sign_out(&window).await;

            window.open(&demo.url("/sign-in?to=/staff")).await;
            window.click("form[data-passkey=get] button").await;
            window.until("location.pathname == '/staff'").await;
            window.open(&demo.url("/me")).await;
            let text = window.text().await;
            assert!(text.contains("Passkey · this browser"), "{text}");

            window.open(&demo.url("/me/passkeys")).await;
            let text = window.text().await;
            assert!(text.contains("last used:"), "{text}");
            window.click("form[action$='/removal'] button").await;
            let text = window.text().await;
            assert!(!text.contains("My phone"), "{text}");
            sign_out(&window).await;
            window.open(&demo.url("/sign-in")).await;
            window.click("form[data-passkey=get] button").await;
            let text = window.text().await;
            assert!(text.contains("No passkey answered"), "{text}");
            assert_eq!(window.wrongs().await, Vec::<String>::new());
            browser.stop().await;
        });
    }

    #[test]
    fn a_link_of_the_demos_letters_signs_in() {
        let demo = demo();
        runtime().block_on(async {
            let browser = Browser::start().await;
            let window = browser.window(PHONE.0, PHONE.1).await;
            window.open(&demo.url("/sign-in")).await;
            window
                .write("input[name=address]", "joan@lakeshore.example")
                .await;
            window.click("form[action='/sign-in/link'] button").await;
            let text = window.text().await;
            assert!(text.contains("Look at your mail"), "{text}");
            // The letter is written and taken up after the answer: the page is asked until it is there.
            let mut is_there = false;
            for _ in 0..100 {
                window.open(&demo.url("/demo/mail")).await;
                is_there = window.ask("!!document.querySelector('.letter a')").await;
                if is_there {
                    break;
                }
            }
            assert!(is_there, "no letter came");
            let text = window.text().await;
            assert!(text.contains("A message for you"), "{text}");
            window.click(".letter a[href*='/sign-in/link/']").await;
            window.click("main form button").await;
            window.until("location.pathname == '/me'").await;
            let text = window.text().await;
            assert!(text.contains("Joan P."), "{text}");
            browser.stop().await;
        });
    }

    #[test]
    fn own_pages_are_clean_for_axe_in_every_width_and_theme() {
        let demo = demo();
        runtime().block_on(async {
            let browser = Browser::start().await;
            for ((width, height), dark) in [(DESKTOP, false), (PHONE, true), ((320, 700), false)] {
                let window = browser.window(width, height).await;
                if dark {
                    window.dark().await;
                }
                let clean = async |path: &str| {
                    let here = format!("{path} at {width} px{}", if dark { ", dark" } else { "" });
                    assert_eq!(window.axe().await, Vec::<String>::new(), "{here}");
                    assert_eq!(window.wrongs().await, Vec::<String>::new(), "{here}");
                    assert_eq!(window.misfits().await, Vec::<String>::new(), "{here}");
                };
                for path in ["/sign-in", "/demo/mail", "/invitation/0000", "/sign-in/link/0000"] {
                    window.open(&demo.url(path)).await;
                    clean(path).await;
                }
                sign_in(&demo, &window, "coordinator").await;
                for path in [
                    "/me",
                    "/me?done=password",
                    "/me/name",
                    "/me/mail",
                    "/me/mail/0000",
                    "/me/password",
                    "/me/passkeys",
                    "/me/second-factor",
                    "/me/looked",
                    "/sign-in/again?to=/me",
                ] {
                    window.open(&demo.url(path)).await;
                    clean(path).await;
                }
                window.open(&demo.url("/me/second-factor")).await;
                window.click("main form button").await;
                clean("/me/second-factor, begun").await;
                window.open(&demo.url("/me/password")).await;
                window.write("input[name=password]", "12345678").await;
                window.click("main form button").await;
                clean("/me/password, wrong").await;
                // Windows of one browser share its cookies.
                sign_out(&window).await;
            }
            browser.stop().await;
        });
    }

    #[test]
    fn the_keyboard_alone_signs_in_and_out() {
        let demo = demo();
        runtime().block_on(async {
            let browser = Browser::start().await;
            let window = browser.window(PHONE.0, PHONE.1).await;
            window.without_scripts().await;
            window.open(&demo.url("/sign-in")).await;
            window.tab_to("button[value=leader]").await;
            window.press("Enter").await;
            window.until("location.pathname == '/me'").await;
            window.tab_to("a[href='/me/name']").await;
            window.press("Enter").await;
            window.until("location.pathname == '/me/name'").await;
            window.tab_to("form[action='/sign-out'] button").await;
            window.press("Enter").await;
            window.until("location.pathname == '/'").await;
            browser.stop().await;
        });
    }
}
