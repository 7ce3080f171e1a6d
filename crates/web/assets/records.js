// Records are saved as one types. Words live in this page and on the server, never in the browser's storage. Without this file the button saves.
"use strict";
const WAIT = 1200;
const AGAIN = 5000;
// A save that has no answer by then is not waited for.
const AT_MOST = 10000;
// Saves what is not saved yet, form by form, before one goes to the next person.
const finishing = [];

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
  // The save that is under way.
  let saving = null;
  let held = false;
  let leaving = false;
  // How often a level was pressed, and how often when it was last saved.
  let pressed = 0;
  let settled = 0;
  const changed = () => pressed !== settled || texts.some((text) => text.value !== kept.get(text));
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

  const send = async () => {
    const sent = new Map(texts.map((text) => [text, text.value]));
    const levels = pressed;
    const body = new URLSearchParams(new FormData(form));
    body.set("once", crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2) + Date.now());
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body,
        headers: { accept: "application/json" },
        redirect: "error",
        signal: AbortSignal.timeout(AT_MOST),
      });
      const answer = await response.json();
      if (response.ok) {
        form.elements.base.value = answer.base ?? "";
        settled = levels;
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
    if (changed() && !timer) timer = setTimeout(save, WAIT);
  };

  const save = async () => {
    clearTimeout(timer);
    timer = 0;
    if (saving) return saving;
    if (leaving || !changed()) return;
    saving = send();
    await saving;
    saving = null;
  };

  finishing.push(async () => {
    // What was typed while a save was under way needs one more.
    await save();
    await save();
  });

  form.addEventListener("input", (event) => {
    // A level is sent by itself.
    if (event.target.type === "radio") pressed += 1;
    say(form.dataset.unsaved);
    // Not put off by the next key: who types without a pause is saved all the same.
    if (!timer) timer = setTimeout(save, WAIT);
  });
  // Also when the browser sends the form: which fields still show what was sent before others wrote in them.
  form.addEventListener("formdata", ({ formData }) => {
    for (const [text, value] of was) formData.set("was-" + text.name, value);
  });
  form.addEventListener("focusout", save);
  // What is under way is answered first, so that nobody meets their own words as somebody else's.
  form.addEventListener("submit", async (event) => {
    if (!saving) {
      clearTimeout(timer);
      leaving = true;
      return;
    }
    event.preventDefault();
    if (held) return;
    held = true;
    const by = event.submitter;
    while (saving) await saving;
    held = false;
    form.requestSubmit(by);
  });
  addEventListener("pageshow", () => (leaving = false));
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

// Who goes to another person has their words saved first.
for (const link of document.querySelectorAll("nav.people a")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    await Promise.all(finishing.map((finish) => finish()));
    location.assign(link.href);
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
