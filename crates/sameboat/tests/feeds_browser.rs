//! A feed by its address, with a real browser, a real program and a real server of this machine.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use std::io::{BufRead, BufReader, Write};
    use std::net::{SocketAddr, TcpListener};
    use std::path::Path;

    use testing::browser::{Browser, Window};
    use testing::program::Demo;

    const PHONE: (i64, i64) = (390, 844);

    /// Two meetings; one more names no day's time.
    const FEED: &str = r#"[
        {"slug": "a", "name": "Harbor Lights", "day": 1, "time": "19:00", "formatted_address": "12 Elm St, Costa Mesa, CA 92626, USA"},
        {"slug": "b", "name": "Night Owls", "day": 2, "time": "21:00", "formatted_address": "12 Elm St, Costa Mesa, CA 92626, USA"},
        {"slug": "c", "name": "Early Risers", "day": 3, "formatted_address": "7 Oak St, Costa Mesa, CA 92626, USA"}
    ]"#;

    /// A server that answers every question with the feed.
    fn serve() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
                let _ = lines.find(String::is_empty);
                let length = FEED.len();
                let _ = write!(
                    &stream,
                    "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{FEED}"
                );
            }
        });
        address
    }

    /// Opens a page until the job has done its part of it.
    async fn open_until(window: &Window, url: &str, said: &str) -> String {
        for _ in 0..300 {
            window.open(url).await;
            let text = window.text().await;
            if text.contains(said) {
                return text;
            }
        }
        panic!("{url} never says “{said}”: {}", window.text().await);
    }

    async fn is_clean(window: &Window, place: &str) {
        assert_eq!(window.axe().await, Vec::<String>::new(), "{place}");
        assert_eq!(window.misfits().await, Vec::<String>::new(), "{place}");
    }

    #[test]
    fn a_feed_is_added_by_keyboard_taken_in_and_its_held_row_becomes_a_group() {
        let server = serve();
        let demo = Demo::start_with(
            Path::new(env!("CARGO_BIN_EXE_sameboat")),
            &["--feed-inside", &server.to_string()],
        );
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let browser = Browser::start().await;
            let window = browser.window(PHONE.0, PHONE.1).await;
            window.open(&demo.url("/sign-in")).await;
            window.click("button[value=admin]").await;
            window.until("location.pathname == '/me'").await;

            window.open(&demo.url("/staff/feeds")).await;
            is_clean(&window, "no feed yet").await;
            window.tab_to("a[href='/staff/feeds/new']").await;
            window.press("Enter").await;
            window.until("location.pathname == '/staff/feeds/new'").await;
            is_clean(&window, "the form").await;
            window.tab_to("input[name=address]").await;
            window.type_text("http://10.0.0.1/meetings.json").await;
            window.tab_to("input[name=programme]").await;
            window.type_text("Orange County").await;
            window.press("Enter").await;
            window.until("!!document.querySelector('.error')").await;
            is_clean(&window, "the form with an error").await;
            window
                .write("input[name=address]", &format!("http://{server}/meetings.json"))
                .await;
            window.tab_to("form.stack button").await;
            window.press("Enter").await;
            window
                .until("/^.staff.feeds.[0-9a-f]{32}$/.test(location.pathname)")
                .await;
            let feed = window.url().await;
            let text = open_until(&window, &feed, "2 new").await;
            assert!(
                text.contains("Harbor Lights") && text.contains("1 of 1 to look at"),
                "{text}"
            );
            is_clean(&window, "the feed").await;

            window.tab_to("a[href$='/held']").await;
            window.press("Enter").await;
            window.until("location.pathname.endsWith('/held')").await;
            let text = window.text().await;
            assert!(
                text.contains("Early Risers") && text.contains("no time"),
                "{text}"
            );
            is_clean(&window, "the held rows").await;
            window.tab_to("form[action$='/dismissal'] button").await;
            window.press("Enter").await;
            window
                .until("!document.querySelector('form[action$=\"/dismissal\"]')")
                .await;
            window.tab_to("a[href*='dismissed=yes']").await;
            window.press("Enter").await;
            window
                .until("!!document.querySelector('form[action$=\"/restoring\"]')")
                .await;
            window.tab_to("form[action$='/restoring'] button").await;
            window.press("Enter").await;
            window
                .until("!document.querySelector('form[action$=\"/restoring\"]')")
                .await;
            window.open(&format!("{feed}/held")).await;
            window.tab_to("form[action$='/group'] button").await;
            window.press("Enter").await;
            window.until("location.pathname.endsWith('/edit')").await;
            let title: String = window
                .ask("document.querySelector('input[name=title]').value")
                .await;
            assert_eq!(title, "Early Risers");
            assert_eq!(window.wrongs().await, Vec::<String>::new());
            browser.stop().await;
        });
    }
}
