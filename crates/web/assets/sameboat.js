// Quick exit by Esc twice; what was typed and not sent; nothing of who was signed in; what the finder swapped is said; going back in the chooser. Everything else works without this file.
"use strict";
let lastEscape = 0;
let inAHurry = false;
function leave(address) {
  inAHurry = true;
  document.documentElement.hidden = true;
  location.replace(address);
}
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return;
  if (event.timeStamp - lastEscape < 1500) {
    const link = document.querySelector("a[data-exit]");
    leave(link ? link.href : "/leave");
  }
  lastEscape = event.timeStamp;
});
for (const link of document.querySelectorAll("a[data-exit]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link.href);
  });
}

// Where a form says so, it is asked before what was typed into it and not sent is left behind. Who leaves in a hurry is asked nothing, by no
// script: this one is the first to hear of it.
const typed = (form) => new URLSearchParams(new FormData(form)).toString();
const unsent = new Map();
for (const form of document.querySelectorAll("form[data-unsent]")) unsent.set(form, typed(form));
addEventListener("submit", (event) => unsent.delete(event.target));
addEventListener("beforeunload", (event) => {
  if (inAHurry) event.stopImmediatePropagation();
  else if ([...unsent].some(([form, shown]) => typed(form) !== shown)) event.preventDefault();
});

// A page of who is signed in is asked for anew when someone goes back to it: by then they may be signed out.
addEventListener("pageshow", (event) => {
  if (!event.persisted || !document.querySelector(".oneself")) return;
  document.documentElement.hidden = true;
  location.reload();
});

// htmx puts the finder's answer in place. A reader hears its heading, and the focus stays where it was, or goes to it.
let focused = "";
addEventListener("htmx:before:swap", () => (focused = document.activeElement?.id || ""));
addEventListener("htmx:after:swap", () => {
  const heading = document.querySelector("#finder h1");
  const said = document.querySelector("#said");
  if (!heading || !said) return;
  said.textContent = heading.textContent;
  if (document.activeElement && document.activeElement !== document.body) return;
  heading.tabIndex = -1;
  (document.getElementById(focused) || heading).focus({ preventScroll: true });
});

// Without an answer, or with one that is no finder (too many questions), the browser goes there itself and shows it.
const go = ({ detail }) => location.assign(detail.ctx.request.action);
addEventListener("htmx:error", go);
addEventListener("htmx:after:request", (event) => {
  if (event.detail.ctx.text.includes('id="finder"')) return;
  event.preventDefault();
  go(event);
});

// The chooser goes from page to page by forms, so that no answer stands in an address. A browser cannot go back to such a
// page; so with scripts its pages change in place. They live in this window's memory alone.
const main = document.querySelector("main");
if (main && location.pathname === "/choose") {
  const pages = [main.innerHTML];
  const show = (page) => {
    main.innerHTML = page;
    const heading = main.querySelector("h1");
    if (heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    scrollTo(0, 0);
  };
  history.replaceState({ page: 0 }, "");
  addEventListener("popstate", (event) => {
    const page = event.state && pages[event.state.page];
    if (page) show(page);
    else location.reload();
  });
  main.addEventListener("submit", async (event) => {
    const form = event.target;
    // What leads out of the chooser is a page of its own.
    if (form.method !== "post" || new URL(form.action).pathname !== "/choose") return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    try {
      const answer = await fetch(form.action, { method: "POST", body, credentials: "omit" });
      const text = await answer.text();
      const next = new DOMParser().parseFromString(text, "text/html").querySelector("main");
      // As it was left, so that going back finds what was chosen.
      for (const input of main.querySelectorAll("input")) input.toggleAttribute("checked", input.checked);
      const here = history.state.page;
      pages[here] = main.innerHTML;
      pages.length = here + 1;
      pages.push(next.innerHTML);
      history.pushState({ page: here + 1 }, "");
      show(next.innerHTML);
    } catch {
      // Without an answer the browser sends the form itself, and says what is wrong.
      const pressed = document.createElement("input");
      Object.assign(pressed, { type: "hidden", name: event.submitter?.name, value: event.submitter?.value });
      form.append(pressed);
      HTMLFormElement.prototype.submit.call(form);
    }
  });
  // “None of these” takes the others away, and they take it away.
  main.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox" || !target.checked) return;
    for (const other of main.querySelectorAll("input[type=checkbox]")) {
      if (other !== target && ("alone" in target.dataset || "alone" in other.dataset)) other.checked = false;
    }
  });
}
// The link "Print"; without this file it leads to a line that says how.
for (const link of document.querySelectorAll("a[data-print]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    print();
  });
}
