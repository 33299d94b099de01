// A POST form is sent once: its buttons rest after the first press. Runs after confirm.js, which may have stopped the sending.
"use strict";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.target || event.submitter?.formTarget || "again" in form.dataset) {
    return;
  }
  // Later, not now: a button that rests before the form is read would not send its own name and value.
  setTimeout(() => {
    for (const button of form.querySelectorAll("button[type=submit], button:not([type])")) {
      button.disabled = true;
    }
  });
});

// Coming back with the browser's Back button shows the page as it was left: wake the buttons again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    for (const button of document.querySelectorAll("form button:disabled")) {
      button.disabled = false;
    }
  }
});
