//! A real browser: Chromium without a window, on an empty profile, driven over its own protocol.

mod demo;
mod device;
mod judging;
mod keys;

pub use demo::{drive, drive_with};

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use chromiumoxide::cdp::browser_protocol::emulation::SetDeviceMetricsOverrideParams;
use chromiumoxide::cdp::browser_protocol::page::{
    AddScriptToEvaluateOnNewDocumentParams, GetFrameTreeParams,
};
use chromiumoxide::cdp::browser_protocol::target::{CreateBrowserContextParams, CreateTargetParams};
use chromiumoxide::layout::Point;
use chromiumoxide::{BrowserConfig, Page};
use futures::StreamExt;

/// Notes what the page's policy forbids, what cannot be loaded and what goes wrong, from its first moment on.
const WATCH: &str = "window.violations = []; addEventListener('securitypolicyviolation', e => \
    window.violations.push(e.violatedDirective + ' ' + e.blockedURI)); \
    addEventListener('error', e => window.violations.push(String(e.message || e.target.outerHTML)), true); \
    addEventListener('unhandledrejection', e => window.violations.push(String(e.reason))); \
    for (const level of ['error', 'warn']) { const say = console[level]; \
        console[level] = (...said) => { window.violations.push(level + ': ' + said.join(' ')); say(...said); }; }";

/// Width and height of a window.
pub type Size = (i64, i64);

pub const DESKTOP: Size = (1280, 900);
pub const PHONE: Size = (390, 844);
/// The narrowest that a page has to fit.
pub const NARROW: Size = (320, 700);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

/// How most pages are looked at: each width, and each theme.
pub const LOOKS: [(Size, Theme); 3] = [
    (DESKTOP, Theme::Light),
    (PHONE, Theme::Dark),
    (NARROW, Theme::Light),
];

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

/// A window, with cookies of its own: as if another person's browser.
pub struct Window {
    page: Page,
    /// Whether scripts of pages run in it.
    scripts: AtomicBool,
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

    pub async fn window(&self, (width, height): Size) -> Window {
        let context = CreateBrowserContextParams::default();
        let context = self.chromium.create_browser_context(context).await;
        let page = CreateTargetParams::builder()
            .url("about:blank")
            .browser_context_id(context.expect("a context"))
            .build()
            .expect("a target");
        let page = self.chromium.new_page(page).await.expect("a window");
        let watch = AddScriptToEvaluateOnNewDocumentParams::new(WATCH);
        page.execute(watch).await.expect("a script");
        let metrics = SetDeviceMetricsOverrideParams::new(width, height, 1.0, width < 700);
        page.execute(metrics).await.expect("a size");
        Window {
            page,
            scripts: AtomicBool::new(true),
        }
    }

    /// The same in this theme.
    pub async fn window_in(&self, (size, theme): (Size, Theme)) -> Window {
        let window = self.window(size).await;
        if theme == Theme::Dark {
            window.dark().await;
        }
        window
    }

    /// A window in which this script runs before those of each page.
    pub async fn window_with(&self, size: Size, script: &str) -> Window {
        let window = self.window(size).await;
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
        self.until("document.fonts.status == 'loaded'").await;
    }

    /// Asks until it is so, on a page that is there as a whole; one that is just going away does not answer, which is no harm.
    pub async fn until(&self, so: &str) {
        let whole = format!("document.readyState == 'complete' && !!({so})");
        let asked = async { while !matches!(self.try_ask::<bool>(&whole).await, Ok(true)) {} };
        let in_time = tokio::time::timeout(PATIENCE, asked).await.is_ok();
        let at = if in_time { String::new() } else { self.url().await };
        assert!(in_time, "never: {so}, at {at}");
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
        self.leaving().await;
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
                 const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
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

    /// Notes that the present page will be left, so that [`Self::arrived`] waits for another one.
    async fn leaving(&self) {
        let _: bool = self.ask("window.leaving = true").await;
    }

    /// Waits until a page is there that is not the one on which `window.leaving` was set.
    async fn arrived(&self) {
        self.until(
            "!window.leaving && document.readyState == 'complete' && document.fonts.status == 'loaded'",
        )
        .await;
    }

    /// Writes into a field, behind what stands there.
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

    /// Puts this into a field in place of what stands there, or chooses it; as dates and times have it, "2026-12-31".
    pub async fn fill(&self, selector: &str, value: &str) {
        let filled: bool = self
            .ask(&format!(
                "(() => {{ const e = document.querySelector({selector:?}); if (!e) return false; e.value = {value:?}; \
                 for (const name of ['input', 'change']) e.dispatchEvent(new Event(name, {{ bubbles: true }})); \
                 return e.value == {value:?}; }})()"
            ))
            .await;
        assert!(filled, "{selector} takes “{value}”");
    }

    /// Goes back to another page, and waits for it.
    pub async fn leave_back(&self) {
        self.leaving().await;
        self.back().await;
        self.arrived().await;
    }

    /// Goes back, perhaps within the page, and waits for nothing.
    pub async fn back(&self) {
        // The page may be gone before it answers.
        let _ = self.try_ask::<bool>("history.back(), true").await;
    }

    pub async fn url(&self) -> String {
        self.page.url().await.ok().flatten().unwrap_or_default()
    }

    pub async fn text(&self) -> String {
        self.ask("document.body.innerText").await
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
}
