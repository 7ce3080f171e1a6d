// Quick exit by Esc twice. Everything else works without this file.
"use strict";
let lastEscape = 0;
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return;
  if (event.timeStamp - lastEscape < 1500) {
    const leave = document.querySelector("a[data-exit]");
    document.documentElement.hidden = true;
    location.replace(leave ? leave.href : "/leave");
  }
  lastEscape = event.timeStamp;
});
for (const leave of document.querySelectorAll("a[data-exit]")) {
  leave.addEventListener("click", (event) => {
    event.preventDefault();
    document.documentElement.hidden = true;
    location.replace(leave.href);
  });
}
