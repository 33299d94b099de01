// Says five minutes before the session ends that it will; the button keeps it alive without leaving the page.
// Without JavaScript the account menu tells when it ends, and what was typed is given back after it has.
"use strict";

const warning = document.querySelector("[data-session-seconds]");
if (warning) {
  const early = 300;
  const whole = performance.now() + 1000 * Number(warning.dataset.sessionWhole);
  let timer = 0;
  const waitFor = (seconds) => {
    clearTimeout(timer);
    warning.hidden = true;
    timer = setTimeout(() => { warning.hidden = false; }, 1000 * Math.max(0, seconds - early));
  };
  const unused = Number(warning.dataset.sessionSeconds);
  waitFor(unused);
  warning.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch(warning.dataset.sessionPage, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) {
      waitFor(Math.min(unused, (whole - performance.now()) / 1000));
    }
  });
}
