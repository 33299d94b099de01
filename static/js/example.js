// A form with data-example="address" keeps its #example in step with what is filled in; its button does the same without this.
"use strict";

(() => {
  const PAUSE = 400;

  for (const form of document.querySelectorAll("form[data-example]")) {
    const target = form.querySelector("#example");
    let waiting = 0;
    let asked = 0;

    const show = async () => {
      const mine = ++asked;
      try {
        const answer = await fetch(form.dataset.example, { method: "POST", body: new FormData(form) });
        if (answer.ok && mine === asked) {
          target.innerHTML = await answer.text();
        }
      } catch {
        /* the line is gone: the button asks again */
      }
    };

    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(show, PAUSE);
    });
  }
})();
