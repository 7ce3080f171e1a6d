//! What the device of a window is like: dark, on paper, without scripts, with passkeys.

use std::sync::atomic::Ordering;

use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetEmulatedMediaParams, SetScriptExecutionDisabledParams,
};
use chromiumoxide::cdp::browser_protocol::web_authn::{
    AddVirtualAuthenticatorParams, AuthenticatorProtocol, AuthenticatorTransport, EnableParams,
    VirtualAuthenticatorOptions,
};

use super::Window;

impl Window {
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
        self.scripts.store(false, Ordering::Relaxed);
        self.let_scripts(false).await;
    }

    /// What judges a page is a script, too.
    pub(super) async fn with_scripts<T>(&self, judging: impl Future<Output = T>) -> T {
        let scripts = self.scripts.load(Ordering::Relaxed);
        self.let_scripts(true).await;
        let judged = judging.await;
        self.let_scripts(scripts).await;
        judged
    }

    async fn let_scripts(&self, run: bool) {
        self.page
            .execute(SetScriptExecutionDisabledParams::new(!run))
            .await
            .expect("scripts run or not");
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
}
