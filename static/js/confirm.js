// Asks once more before a button with data-confirm="question" sends its form. Without JavaScript the form is sent at once;
// whatever cannot be undone therefore has its own page.
"use strict";

document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm || event.target.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
  }
});
