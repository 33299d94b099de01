// A form with data-draft="address" saves itself there while it is filled in. Without a connection what is typed stays in this
// browser and is sent by itself when the connection, or the session, is back: from this page or from any later one.
// Kept under the prefix of autosave.js, which forgets it after a week, after success, and on signing out. Never kept: files.
"use strict";

(() => {
  const PREFIX = "kept:unsent-";
  const PAUSE = 1200;
  const AGAIN = 5000;
  const UNSENT = new Set(["csrf_token", "files", "act"]);

  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const write = (key, value) => {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      /* storage is switched off or full: the server's draft must do */
    }
  };
  const drop = (key) => {
    try {
      localStorage.removeItem(key);
    } catch {
      /* nothing to be done */
    }
  };
  const unsent = () => {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    } catch {
      return [];
    }
  };

  // "saved" or "refused" with what the server said; "gone" without connection; "strange" if somebody else answered (a sign-in).
  const send = async (address, entries) => {
    const body = new FormData();
    for (const [name, value] of entries) {
      body.append(name, value);
    }
    body.append("csrf_token", document.querySelector("input[name=csrf_token]")?.value ?? "");
    try {
      const answer = await fetch(address, { method: "POST", body });
      if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
        return ["strange", {}];
      }
      return [answer.ok ? "saved" : "refused", await answer.json()];
    } catch {
      return ["gone", {}];
    }
  };

  const typedInto = (form) => [...new FormData(form)].filter(([name]) => !UNSENT.has(name));

  // Whether a form shows all that was kept; the server trims what it shows again, and counts the versions itself.
  const shows = (form, entries) => {
    const now = typedInto(form);
    const same = ([name, value]) => ([other, shown]) => name === other && value.trim() === shown.trim();
    return entries.every((entry) => entry[0] === "draft_version" || entry[0] === "press" || now.some(same(entry)));
  };

  const watch = (form) => {
    const status = form.querySelector("[data-draft-status]");
    const shown = form.querySelector("[data-hints]");
    const key = PREFIX + form.elements.draft_key.value;
    let waiting = 0;
    let typed = 0;
    let busy = false;

    const keep = (sent) => write(key, { at: Date.now(), sent, address: form.dataset.draft, entries: typedInto(form) });
    const later = (wait) => {
      clearTimeout(waiting);
      waiting = setTimeout(save, wait);
    };

    const save = async () => {
      if (busy) {
        return later(PAUSE);
      }
      busy = true;
      const mine = typed;
      const [outcome, said] = await send(form.dataset.draft, typedInto(form));
      busy = false;
      if (outcome === "saved") {
        form.elements.draft_version.value = said.version;
        status.textContent = said.saved;
        shown.innerHTML = said.hints;
        if (mine === typed) {
          drop(key);
        }
      } else if (outcome === "refused") {
        status.textContent = said.refused;
        drop(key);
      } else {
        status.textContent = outcome === "gone" ? status.dataset.gone : status.dataset.strange;
        later(AGAIN);
      }
    };

    form.addEventListener("input", () => {
      typed += 1;
      keep(false);
      later(PAUSE);
    });
    form.addEventListener("submit", () => {
      clearTimeout(waiting);
      if (typed) {
        keep(true);
      }
    });
    addEventListener("online", () => read(key) && later(0));
  };

  const sendEarlier = async () => {
    const form = document.querySelector("form[data-draft]");
    for (const key of unsent()) {
      const kept = read(key);
      const [outcome, said] = kept?.entries ? await send(kept.address, kept.entries) : ["refused", {}];
      if (outcome === "saved" || outcome === "refused") {
        drop(key);
      }
      if (outcome === "saved") {
        document.querySelector("[data-draft-recovered]")?.removeAttribute("hidden");
        if (form && key === PREFIX + form.elements.draft_key.value) {
          form.elements.draft_version.value = said.version;
          if (!shows(form, kept.entries)) {
            location.assign(said.address);
          }
        }
      }
    }
  };

  document.querySelectorAll("form[data-draft]").forEach(watch);
  // Only who is signed in has something to sign out of.
  if (document.querySelector("form[data-forget-kept]")) {
    sendEarlier();
  }
})();
