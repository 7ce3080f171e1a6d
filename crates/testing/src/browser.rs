//! A real browser: Chromium without a window, on an empty profile, driven over its own protocol.

use std::path::PathBuf;

use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams, SetScriptExecutionDisabledParams,
};
use chromiumoxide::cdp::browser_protocol::input::{DispatchKeyEventParams, DispatchKeyEventType};
use chromiumoxide::cdp::browser_protocol::page::{
    AddScriptToEvaluateOnNewDocumentParams, CaptureScreenshotFormat, GetFrameTreeParams, PrintToPdfParams,
};
use chromiumoxide::cdp::browser_protocol::web_authn::{
    AddVirtualAuthenticatorParams, AuthenticatorProtocol, AuthenticatorTransport, EnableParams,
    VirtualAuthenticatorOptions,
};
use chromiumoxide::layout::Point;
use chromiumoxide::page::ScreenshotParams;
use chromiumoxide::{BrowserConfig, Page};
use futures::StreamExt;

const AXE: &str = include_str!("../../../third_party/axe-core/axe.min.js");

/// Notes what the page's policy forbids, from its first moment on.
const WATCH: &str = "window.violations = []; addEventListener('securitypolicyviolation', e => \
    window.violations.push(e.violatedDirective + ' ' + e.blockedURI)); \
    addEventListener('error', e => window.violations.push(String(e.message)));";

/// How long a page may take before a test fails.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// Where Chromium is, if the machine has it.
pub fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|program| program.is_file())
}

pub struct Browser {
    chromium: chromiumoxide::Browser,
    handler: tokio::task::JoinHandle<()>,
    _profile: tempfile::TempDir,
}

/// A window of the browser.
pub struct Window {
    page: Page,
}

impl Browser {
    pub async fn start() -> Self {
        let program = program().expect(
            "Chromium is not installed. On Debian or Ubuntu: sudo apt-get install chromium. \
             Or leave it out: cargo xtask test --without browser",
        );
        let profile = tempfile::tempdir().expect("a temporary folder");
        let config = BrowserConfig::builder()
            .chrome_executable(program)
            .user_data_dir(profile.path())
            .no_sandbox()
            .args([
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
            ])
            .build()
            .expect("a configuration");
        let (browser, mut events) = chromiumoxide::Browser::launch(config)
            .await
            .expect("Chromium starts");
        let handler = tokio::spawn(async move { while events.next().await.is_some() {} });
        Self {
            chromium: browser,
            handler,
            _profile: profile,
        }
    }

    pub async fn window(&self, width: i64, height: i64) -> Window {
        let page = self.chromium.new_page("about:blank").await.expect("a window");
        let watch = AddScriptToEvaluateOnNewDocumentParams::new(WATCH);
        page.execute(watch).await.expect("a script");
        let metrics = SetDeviceMetricsOverrideParams::new(width, height, 1.0, width < 700);
        page.execute(metrics).await.expect("a size");
        Window { page }
    }

    /// A window in which this script runs before those of each page.
    pub async fn window_with(&self, width: i64, height: i64, script: &str) -> Window {
        let window = self.window(width, height).await;
        let script = AddScriptToEvaluateOnNewDocumentParams::new(script);
        window.page.execute(script).await.expect("a script");
        window
    }

    pub async fn stop(mut self) {
        let _ = self.chromium.close().await;
        let _ = self.chromium.wait().await;
        self.handler.abort();
    }
}

impl Window {
    pub async fn open(&self, url: &str) {
        self.page
            .goto(url)
            .await
            .unwrap_or_else(|error| panic!("{url}: {error}"));
        self.until("document.readyState == 'complete' && document.fonts.status == 'loaded'")
            .await;
    }

    /// Asks until it is so; a page that is just going away does not answer, which is no harm.
    pub async fn until(&self, so: &str) {
        let asked = async { while !matches!(self.try_ask::<bool>(so).await, Ok(true)) {} };
        tokio::time::timeout(PATIENCE, asked)
            .await
            .unwrap_or_else(|_| panic!("never: {so}"));
    }

    /// Gives the window a device that holds passkeys and opens at once, as if by its owner's finger.
    pub async fn with_device(&self) {
        self.page
            .execute(EnableParams::default())
            .await
            .expect("devices can be simulated");
        let device = VirtualAuthenticatorOptions::builder()
            .protocol(AuthenticatorProtocol::Ctap2)
            .transport(AuthenticatorTransport::Internal)
            .has_resident_key(true)
            .has_user_verification(true)
            .is_user_verified(true)
            .automatic_presence_simulation(true)
            .build()
            .expect("a device");
        self.page
            .execute(AddVirtualAuthenticatorParams::new(device))
            .await
            .expect("the device is there");
    }

    /// The value of an expression in the page.
    pub async fn ask<T: serde::de::DeserializeOwned>(&self, expression: &str) -> T {
        let asked = tokio::time::timeout(PATIENCE, self.try_ask(expression)).await;
        asked
            .unwrap_or_else(|_| panic!("no answer: {expression}"))
            .unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    async fn try_ask<T: serde::de::DeserializeOwned>(&self, expression: &str) -> Result<T, String> {
        let value = self
            .page
            .evaluate(expression)
            .await
            .map_err(|error| error.to_string())?;
        value.into_value().map_err(|error| error.to_string())
    }

    /// Follows the first link or presses the first button that this selector finds, and waits for the page it leads to.
    pub async fn click(&self, selector: &str) {
        let _: bool = self.ask("window.leaving = true").await;
        self.tap(selector).await;
        self.arrived().await;
    }

    /// Presses what this selector finds, and waits for nothing. Works on pages whose scripts do not run.
    pub async fn tap(&self, selector: &str) {
        self.until(&format!("!!document.querySelector({selector:?})"))
            .await;
        let (x, y): (f64, f64) = self
            .ask(&format!(
                "(() => {{ const e = document.querySelector({selector:?}); e.scrollIntoView({{ block: 'center' }}); \
                 const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
            ))
            .await;
        self.page
            .click(Point { x, y })
            .await
            .unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Waits until a heading says so.
    pub async fn heading(&self, said: &str) {
        self.until(&format!(
            "document.querySelector('h1')?.innerText.trim() == {said:?}"
        ))
        .await;
    }

    /// Presses Tab until the focus is there and can be seen.
    pub async fn tab_to(&self, selector: &str) {
        for _ in 0..120 {
            self.press("Tab").await;
            if self
                .ask(&format!("document.activeElement.matches({selector:?})"))
                .await
            {
                let outline: String = self
                    .ask("getComputedStyle(document.activeElement).outlineStyle")
                    .await;
                assert_eq!(outline, "solid", "the focus on {selector} can be seen");
                return;
            }
        }
        panic!("Tab never came to {selector}");
    }

    /// Waits until a page is there that is not the one on which `window.leaving` was set.
    async fn arrived(&self) {
        self.until(
            "!window.leaving && document.readyState == 'complete' && document.fonts.status == 'loaded'",
        )
        .await;
    }

    pub async fn write(&self, selector: &str, text: &str) {
        let field = self
            .page
            .find_element(selector)
            .await
            .unwrap_or_else(|error| panic!("{selector}: {error}"));
        field
            .click()
            .await
            .expect("a field")
            .type_str(text)
            .await
            .expect("text");
    }

    /// Writes where the focus is.
    pub async fn type_text(&self, text: &str) {
        for letter in text.chars() {
            let key = DispatchKeyEventParams::builder()
                .r#type(DispatchKeyEventType::Char)
                .text(letter.to_string());
            self.page
                .execute(key.build().expect("a key"))
                .await
                .expect("a key");
        }
    }

    /// Presses "Tab", "Enter", " " or "Escape".
    pub async fn press(&self, key: &str) {
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            " " => 32,
            _ => 27,
        };
        for kind in [DispatchKeyEventType::KeyDown, DispatchKeyEventType::KeyUp] {
            let mut event = DispatchKeyEventParams::builder()
                .key(key)
                .code(key)
                .windows_virtual_key_code(code)
                .r#type(kind.clone());
            if key == "Enter" && kind == DispatchKeyEventType::KeyDown {
                event = event.text("\r");
            }
            if key == " " && kind == DispatchKeyEventType::KeyDown {
                event = event.text(" ");
            }
            self.page
                .execute(event.build().expect("a key"))
                .await
                .expect("a key");
        }
    }

    pub async fn back(&self) {
        let _: bool = self.ask("history.back(), true").await;
    }

    pub async fn dark(&self) {
        let feature = MediaFeature::new("prefers-color-scheme", "dark");
        let media = SetEmulatedMediaParams::builder().features(vec![feature]).build();
        self.page.execute(media).await.expect("dark");
    }

    pub async fn print(&self) {
        self.page
            .execute(SetEmulatedMediaParams::builder().media("print").build())
            .await
            .expect("print");
    }

    /// From the next page on, scripts of pages do not run.
    pub async fn without_scripts(&self) {
        self.page
            .execute(SetScriptExecutionDisabledParams::new(true))
            .await
            .expect("no scripts");
    }

    pub async fn url(&self) -> String {
        self.page.url().await.ok().flatten().unwrap_or_default()
    }

    pub async fn text(&self) -> String {
        self.ask("document.body.innerText").await
    }

    /// What axe-core finds against WCAG 2.0 to 2.2 A and AA and its best practices; one line each.
    pub async fn axe(&self) -> Vec<String> {
        self.page.evaluate(AXE).await.expect("axe-core");
        self.ask(
            "axe.run(document, { runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice'] }) \
             .then(found => found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.target.join(' ') + ' — ' + \
             (n.failureSummary || '').replace(/\\s+/g, ' '))))",
        )
        .await
    }

    /// What the policy forbade, what went wrong, and what was fetched from elsewhere.
    pub async fn wrongs(&self) -> Vec<String> {
        self.ask(
            "window.violations.concat(performance.getEntriesByType('resource').map(e => e.name) \
             .filter(name => !name.startsWith(location.origin)))",
        )
        .await
    }

    /// How far the page is wider than its window; links, buttons, fields and boxes smaller than 44 by 44.
    pub async fn misfits(&self) -> Vec<String> {
        self.ask(
            "(() => { const out = []; const root = document.documentElement; \
             if (root.scrollWidth > innerWidth) out.push('page is ' + (root.scrollWidth - innerWidth) + ' px too wide'); \
             for (const e of document.querySelectorAll('.button, .chip, .choice, .leave, nav a, summary, .textlink, .linklike, select, input[type=text]')) { \
               const r = e.getBoundingClientRect(); \
               if (r.width && r.height && (r.height < 43.5 || r.width < 43.5)) out.push(e.outerHTML.slice(0, 60) + ' is ' + r.width + ' by ' + r.height); } \
             return out; })()",
        )
        .await
    }

    /// How many sheets the page prints on; width and height of one in inches.
    pub async fn printed_pages(&self, (width, height): (f64, f64)) -> usize {
        let paper = PrintToPdfParams::builder()
            .paper_width(width)
            .paper_height(height);
        let file = self.page.pdf(paper.build()).await.expect("a PDF");
        let text = String::from_utf8_lossy(&file);
        text.split("/Type /Page")
            .skip(1)
            .filter(|rest| !rest.starts_with('s'))
            .count()
    }

    /// The addresses of the frames that show their page; one that was refused is not among them.
    pub async fn framed(&self) -> Vec<String> {
        let tree = self.page.execute(GetFrameTreeParams::default()).await;
        let tree = tree.expect("frames").result.frame_tree;
        let frames = tree.child_frames.into_iter().flatten().map(|child| child.frame);
        frames
            .filter(|frame| frame.unreachable_url.is_none())
            .map(|frame| frame.url)
            .filter(|url| !url.starts_with("chrome-error:"))
            .collect()
    }

    /// A picture of what the window shows.
    pub async fn picture_of_window(&self, file: &std::path::Path) {
        let how = ScreenshotParams::builder()
            .format(CaptureScreenshotFormat::Png)
            .build();
        self.page.save_screenshot(how, file).await.expect("a picture");
    }

    /// A picture of the whole page.
    pub async fn picture(&self, file: &std::path::Path) {
        let how = ScreenshotParams::builder()
            .format(CaptureScreenshotFormat::Png)
            .full_page(true)
            .build();
        self.page.save_screenshot(how, file).await.expect("a picture");
    }
}
