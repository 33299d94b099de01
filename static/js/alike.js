// While a suggestion is typed, what is like it is shown beside it: asked for when the typing rests, never per key. Without
// JavaScript the button next to it shows the same on a page of its own.
"use strict";

(() => {
  const REST = 900; // milliseconds without a key
  const SHORTEST = 6; // characters of a title that say anything

  const watch = (place) => {
    const form = place.closest("form");
    const typed = (name) => form?.elements.namedItem(name)?.value.trim() ?? "";
    let timer = 0;
    let asked = null;
    let last = "";

    const ask = async () => {
      const question = new FormData();
      for (const name of ["csrf_token", "title", "text"]) {
        question.append(name, typed(name));
      }
      const now = `${typed("title")}\n${typed("text")}`;
      if (typed("title").length < SHORTEST || now === last) {
        return;
      }
      asked?.abort();
      asked = new AbortController();
      try {
        const answer = await fetch(place.dataset.alike, { method: "POST", body: question, signal: asked.signal });
        if (answer.ok) {
          place.innerHTML = await answer.text();
          last = now;
        }
      } catch {
        /* the line is down or something newer was asked: what is shown stays */
      }
    };

    form?.addEventListener("input", (event) => {
      if (event.target.name === "title" || event.target.name === "text") {
        clearTimeout(timer);
        timer = setTimeout(ask, REST);
      }
    });
    timer = setTimeout(ask, REST); // what stands there already, as in a document that was read
  };

  document.querySelectorAll("[data-alike]").forEach(watch);
})();
