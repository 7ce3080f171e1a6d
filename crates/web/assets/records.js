// Records are saved as one types. Words live in this page and on the server, never in the browser's storage. Without this file the button saves.
"use strict";
const WAIT = 1200;
const AGAIN = 5000;

for (const form of document.querySelectorAll("form.record")) {
  const state = form.querySelector("[data-state]");
  const texts = [...form.querySelectorAll("textarea")];

  // Phrases are put at the end of their field.
  for (const phrase of form.querySelectorAll("[data-phrase]")) {
    phrase.hidden = false;
    phrase.addEventListener("click", () => {
      const text = phrase.closest(".field").querySelector("textarea");
      const before = text.value.trimEnd();
      text.value = before + (before && !/[.!?]$/.test(before) ? ", " : before ? " " : "") + phrase.dataset.phrase;
      text.dispatchEvent(new Event("input", { bubbles: true }));
      text.focus();
    });
  }

  if (!("saves" in form.dataset)) continue;
  // What the server has, as far as this page knows: each text as it was when the base was.
  let kept = new Map(texts.map((text) => [text, text.value]));
  // Texts that are shown as they were sent, where the server has more by now: what others wrote meanwhile.
  const was = new Map();
  let timer = 0;
  let sending = false;
  let leaving = false;
  const changed = () => texts.some((text) => text.value !== kept.get(text));
  const say = (words) => state && (state.textContent = words);

  const marks = (all) => {
    for (const field of form.querySelectorAll("[data-field]")) {
      const place = field.querySelector("[data-marks]");
      if (!place) continue;
      const here = all.filter((mark) => mark.field === field.dataset.field);
      place.replaceChildren(
        ...here.map((mark) => {
          const line = document.createElement("p");
          line.className = "marked";
          line.textContent = mark.said;
          return line;
        }),
      );
    }
  };

  // What others wrote is put in; what was typed here since it was sent stays and is sent next.
  const put = (answer, sent) => {
    for (const text of texts) {
      const theirs = answer.words[text.name] ?? "";
      if (text.value === sent.get(text)) {
        if (text.value !== theirs) {
          const at = Math.min(text.selectionStart, theirs.length);
          text.value = theirs;
          if (document.activeElement === text) text.setSelectionRange(at, at);
        }
        was.delete(text);
        kept.set(text, theirs);
      } else {
        if (sent.get(text) === theirs) was.delete(text);
        else was.set(text, sent.get(text));
        kept.set(text, sent.get(text));
      }
    }
  };

  const save = async () => {
    clearTimeout(timer);
    timer = 0;
    if (sending || leaving || !changed()) return;
    sending = true;
    const sent = new Map(texts.map((text) => [text, text.value]));
    const body = new URLSearchParams(new FormData(form));
    for (const [text, value] of was) body.set("was-" + text.name, value);
    body.set("once", crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2) + Date.now());
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body,
        headers: { accept: "application/json" },
        redirect: "error",
      });
      const answer = await response.json();
      if (response.ok) {
        form.elements.base.value = answer.base ?? "";
        put(answer, sent);
        marks(answer.marks ?? []);
        say(answer.both ?? answer.said);
      } else {
        say(answer.wrong ?? form.dataset.failed);
        timer = setTimeout(save, AGAIN);
      }
    } catch {
      say(form.dataset.failed);
      timer = setTimeout(save, AGAIN);
    }
    sending = false;
    if (changed() && !timer) timer = setTimeout(save, WAIT);
  };

  form.addEventListener("input", (event) => {
    if (event.target.type === "radio") {
      // A level is sent by itself.
      kept.set(texts[0], kept.get(texts[0]) + "\0");
    }
    say(form.dataset.unsaved);
    // Not put off by the next key: who types without a pause is saved all the same.
    if (!timer) timer = setTimeout(save, WAIT);
  });
  form.addEventListener("focusout", save);
  form.addEventListener("submit", () => (leaving = true));
  addEventListener("visibilitychange", () => document.hidden && save());
  addEventListener("beforeunload", (event) => {
    if (!leaving && changed()) event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      form.querySelector("[data-signs]")?.click();
    }
  });
}

// From person to person without a mouse.
for (const keys of document.querySelectorAll("[data-keys]")) keys.hidden = false;
addEventListener("keydown", (event) => {
  if (!event.altKey || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
  const people = [...document.querySelectorAll("nav.people a")];
  const here = people.findIndex((link) => link.getAttribute("aria-current"));
  const next = people[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.click();
});
