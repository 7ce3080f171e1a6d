//! A feed by its address, with a real browser, a real program and a real server of this machine.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use std::io::{BufRead, BufReader, Write};
    use std::net::{SocketAddr, TcpListener};

    use testing::browser::{PHONE, drive_with};

    const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

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

    #[test]
    fn a_feed_is_added_by_keyboard_taken_in_and_its_held_row_becomes_a_group() {
        let server = serve();
        drive_with(
            PROGRAM,
            &["--feed-inside", &server.to_string()],
            async |demo, browser| {
                let window = browser.window(PHONE).await;
                window.sign_in(demo, "admin").await;

                window.open(&demo.url("/staff/feeds")).await;
                window.clean("no feed yet").await;
                window.tab_to("a[href='/staff/feeds/new']").await;
                window.press("Enter").await;
                window.until("location.pathname == '/staff/feeds/new'").await;
                window.clean("the form").await;
                window.tab_to("input[name=address]").await;
                window.type_text("http://10.0.0.1/meetings.json").await;
                window.tab_to("input[name=programme]").await;
                window.type_text("Orange County").await;
                window.press("Enter").await;
                window.until("!!document.querySelector('.error')").await;
                window.clean("the form with an error").await;
                let _: String = window
                    .ask("document.querySelector('input[name=address]').value = ''")
                    .await;
                window
                    .write("input[name=address]", &format!("http://{server}/meetings.json"))
                    .await;
                window.tab_to("form.stack button").await;
                window.press("Enter").await;
                window
                    .until("/^.staff.feeds.[0-9a-f]{32}$/.test(location.pathname)")
                    .await;
                let feed = window.url().await;
                let text = window.open_until(&feed, "2 new").await;
                assert!(
                    text.contains("Harbor Lights") && text.contains("1 of 1 to look at"),
                    "{text}"
                );
                window.clean("the feed").await;

                window.tab_to("a[href$='/held']").await;
                window.press("Enter").await;
                window.until("location.pathname.endsWith('/held')").await;
                let text = window.text().await;
                assert!(
                    text.contains("Early Risers") && text.contains("no time"),
                    "{text}"
                );
                window.clean("the held rows").await;
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
            },
        );
    }
}
