// Text typed into a form with data-keep="name" is kept in this browser until the server has said that it is saved, so that a
// lost session, a closed tab or a refused form loses no word. Never kept: passwords, files, hidden fields. Signing out forgets all.
"use strict";

(() => {
  const PREFIX = "kept:";
  const KEPT_DAYS = 7;
  const DAY = 24 * 60 * 60 * 1000;

  // Storage may be switched off or full; then the page simply works as if this file were not there.
  const store = {
    read(key) {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        /* nothing to be done */
      }
    },
    keys() {
      try {
        return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
      } catch {
        return [];
      }
    },
    drop(key) {
      try {
        localStorage.removeItem(key);
      } catch {
        /* nothing to be done */
      }
    },
  };

  const texts = (form) => form.querySelectorAll("textarea[name], input[type=text][name], input[type=date][name]");

  const keep = (form, sent) => {
    const values = {};
    for (const field of texts(form)) {
      if (field.value.trim()) {
        values[field.name] = field.value;
      }
    }
    store.write(PREFIX + form.dataset.keep, { at: Date.now(), sent, values });
  };

  const bringBack = (form) => {
    const kept = store.read(PREFIX + form.dataset.keep);
    let found = false;
    for (const field of texts(form)) {
      const value = kept?.values?.[field.name];
      if (value && !field.value.trim()) {
        field.value = value;
        field.closest("details")?.setAttribute("open", "");
        found = true;
      }
    }
    const notice = form.querySelector("[data-kept-notice]");
    const homeless = Object.entries(kept?.values ?? {}).filter(([name]) => !form.elements.namedItem(name));
    if (notice && (found || homeless.length)) {
      notice.hidden = false;
      // A row that was added and never saved has no field here: its words are shown, to be copied.
      for (const [, value] of homeless) {
        const line = document.createElement("p");
        line.className = "prose";
        line.textContent = value;
        notice.append(line);
      }
    }
  };

  // Only the page right after the sending can say "saved". Any other page (the sign-in, an error) leaves the text where it is.
  const saved = document.querySelector("[data-saved]") !== null;
  for (const key of store.keys()) {
    const kept = store.read(key);
    if (!kept || (saved && kept.sent) || Date.now() - kept.at > KEPT_DAYS * DAY) {
      store.drop(key);
    } else if (kept.sent) {
      store.write(key, { ...kept, sent: false });
    }
  }

  for (const form of document.querySelectorAll("form[data-keep]")) {
    bringBack(form);
    form.addEventListener("input", () => keep(form, false));
    form.addEventListener("submit", () => keep(form, true));
  }

  document.querySelector("form[data-forget-kept]")?.addEventListener("submit", () => store.keys().forEach(store.drop));
})();
