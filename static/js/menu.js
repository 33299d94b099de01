// A <details data-menu> closes on Escape and on a press elsewhere. Without JavaScript it closes by its own summary.
// On a phone the main menu is a row that is pushed sideways: the page one is on is brought into sight.
"use strict";

const here = document.querySelector(".sidenav [aria-current]");
const row = here?.closest(".sidenav");
if (row && row.scrollWidth > row.clientWidth) {
  row.scrollLeft = here.getBoundingClientRect().left - row.getBoundingClientRect().left - row.clientWidth / 3;
}

const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(except)) {
      menu.open = false;
    }
  }
};

document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.activeElement?.closest("details[data-menu][open]");
    closeMenus(null);
    menu?.querySelector("summary").focus();
  }
});
