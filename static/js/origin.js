// [data-source-of="field"] is shown only for the choices its lines name, and then only the line of the choice made.
"use strict";

for (const part of document.querySelectorAll("[data-source-of]")) {
  const choice = part.closest("form").elements[part.dataset.sourceOf];
  const lines = [...part.querySelectorAll("[data-origin]")];
  const show = () => {
    for (const line of lines) {
      line.hidden = !line.dataset.origin.split(" ").includes(choice.value);
    }
    part.hidden = lines.every((line) => line.hidden);
  };
  choice.addEventListener("change", show);
  show();
}
