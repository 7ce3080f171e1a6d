// The screen of a session: a tap is saved without the page being loaded anew, and the minutes of the agenda are counted on. Everything works without this file.
"use strict";
// “12 of 25 minutes” is made by the page, with # for the number.
const say = (element, template, number) => {
  if (element) element.textContent = template.replace("#", String(number));
};

const agenda = document.querySelector("[data-elapsed]");
if (agenda) {
  // From when the page was made: the clock of this device may be wrong.
  const before = Number(agenda.dataset.elapsed);
  const length = Number(agenda.dataset.length);
  const clock = agenda.querySelector("[data-clock]");
  const began = performance.now();
  const show = () => {
    const elapsed = before + Math.floor((performance.now() - began) / 60000);
    say(clock, clock.dataset.clock, Math.min(elapsed, length));
    for (const step of agenda.querySelectorAll("[data-begins]")) {
      const into = elapsed - Number(step.dataset.begins);
      const minutes = Number(step.dataset.minutes);
      const state = into >= minutes ? "done" : into >= 0 ? "now" : "later";
      step.className = state;
      step.toggleAttribute("aria-current", state === "now");
      if (state === "now") step.setAttribute("aria-current", "step");
      step.querySelector(".into").hidden = state !== "now";
      step.querySelector("progress").value = Math.max(0, Math.min(into, minutes));
      const said = step.querySelector("[data-into]");
      say(said, said.dataset.into, Math.max(0, Math.min(into, minutes)));
    }
  };
  setInterval(show, 10000);
  addEventListener("visibilitychange", show);
}

const saved = document.querySelector("#saved");
addEventListener("submit", async (event) => {
  const form = event.target;
  const pressed = event.submitter;
  if (!form.matches(".marks[data-saves]") || !pressed) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, pressed));
  if (saved) saved.textContent = saved.dataset.saving;
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "x-part": "seat" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const row = page.querySelector("li.seat");
    const here = row && document.getElementById(row.id);
    if (!answer.ok || answer.redirected || !here) throw new Error("no row");
    const mark = pressed.dataset.mark;
    const hadFocus = here.contains(document.activeElement);
    document.querySelector("#counts").replaceWith(page.querySelector("#counts"));
    here.replaceWith(row);
    if (hadFocus) row.querySelector(`[data-mark="${mark}"]`)?.focus({ preventScroll: true });
    if (saved) saved.textContent = saved.dataset.saved;
  } catch {
    // Without an answer that fits, the browser sends the form itself, and says what is wrong.
    const chosen = document.createElement("input");
    Object.assign(chosen, { type: "hidden", name: pressed.name, value: pressed.value });
    form.append(chosen);
    HTMLFormElement.prototype.submit.call(form);
  }
});
