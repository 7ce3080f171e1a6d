// Passkeys: a form with data-passkey asks the device before it is sent. Where that is not possible, it is sent without an
// answer, and the page that comes says so.
"use strict";
for (const form of document.querySelectorAll("form[data-passkey]")) {
  let answered = false;
  form.addEventListener("submit", async (event) => {
    if (answered) return;
    event.preventDefault();
    try {
      const told = await fetch(form.dataset.options, { method: "POST", headers: { accept: "application/json" } });
      if (told.ok) {
        const { options, token } = await told.json();
        const make = form.dataset.passkey === "create";
        const publicKey = make
          ? PublicKeyCredential.parseCreationOptionsFromJSON(options.publicKey)
          : PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey);
        const answer = await navigator.credentials[make ? "create" : "get"]({ publicKey });
        form.elements.token.value = token;
        form.elements.answer.value = JSON.stringify(answer);
      }
    } catch {
      // Turned away by the person, or no such device.
    }
    answered = true;
    form.submit();
  });
}
