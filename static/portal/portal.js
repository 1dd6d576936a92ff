/* Small helps on top of pages that work without them: saved state, unsaved guard, the amount
   read back, rows of a list, choosing files. No framework. */
(() => {
  "use strict";
  /* What a form says about saving: #saved carries its own words. */
  const say = (state) => {
    const saved = document.getElementById("saved");
    if (!saved) return;
    saved.dataset.state = state;
    const words = saved.querySelector("[data-words]");
    if (words && saved.dataset[state]) words.textContent = saved.dataset[state];
  };

  /* Leaving with typed words that are not saved. A draft counts its saves, so a save that is
     still under way ends before the form is sent, and none begins after. */
  let unsaved = false;
  let saving = 0;
  let leaving = false;
  let waiting = null;
  const autosaves = (event) => event.detail.elt.matches?.("[data-autosave]");
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  window.addEventListener("pageshow", () => (leaving = false));
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-guard]")) unsaved = true;
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-guard]")) return;
    if (saving) {
      event.preventDefault();
      waiting = event.submitter;
      return;
    }
    unsaved = false;
    leaving = true;
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!autosaves(event)) return;
    if (leaving) return event.preventDefault();
    saving += 1;
    unsaved = false;
    say("saving");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!autosaves(event)) return;
    saving = Math.max(0, saving - 1);
    if (!event.detail.successful) {
      unsaved = true;
      say("failed");
    }
    if (waiting && !saving) event.detail.elt.closest("form").requestSubmit(waiting);
    waiting = null;
  });

  /* An upload that broke off says so beside its box. */
  document.addEventListener("htmx:afterRequest", (event) => {
    const words = event.detail.elt.querySelector?.("[data-failed]:not(#saved)");
    if (words) words.hidden = event.detail.successful;
  });

  /* An amount read back with separators and in 万元, so that a slip of 10,000 is seen. */
  const commas = (whole) => whole.toString().replace(/\B(?=(\d{3})+$)/g, ",");
  const scaled = (cents, places) => {
    const digits = cents.toString().padStart(places + 1, "0");
    const rest = digits.slice(-places).replace(/0+$/, "");
    return commas(digits.slice(0, -places)) + (rest && `.${rest}`);
  };
  const readBack = (input) => {
    const out = document.getElementById(`${input.id}_reading`);
    if (!out) return;
    const typed = input.value.normalize("NFKC").replace(/[,\s¥]|元$/g, "");
    const [, whole, part = "", scale] = typed.match(/^(\d+)(?:\.(\d+))?(万|亿)?$/) ?? [];
    const places = 2 + ({ 万: 4, 亿: 8 }[scale] ?? 0);
    if (!whole || part.length > places) return void (out.textContent = "");
    const cents = BigInt(whole + part.padEnd(places, "0"));
    out.textContent = out.dataset.form
      .replace("{grouped}", scaled(cents, 2))
      .replace("{wan}", scaled(cents, 6));
  };
  const readAll = (from) => [...from.querySelectorAll(".control--unit input")].forEach(readBack);

  document.addEventListener("input", (event) => {
    if (event.target.matches(".control--unit input")) readBack(event.target);
  });

  /* A long list is searched in the box above it: by name, pinyin initials, keyword or code. What
     is chosen stays in the list while one searches, so nothing changes by itself. */
  const whole = new WeakMap();
  const plain = (words) => words.normalize("NFKC").toLowerCase().replace(/\s/g, "");
  const listOf = (box) => box.parentElement.querySelector("select");
  const search = (box) => {
    const list = listOf(box);
    if (!whole.has(list)) whole.set(list, list.cloneNode(true));
    const wanted = plain(box.value);
    const chosen = list.value;
    list.replaceChildren(...whole.get(list).cloneNode(true).childNodes);
    const fits = (option) =>
      plain(option.textContent).includes(wanted) || (option.dataset.keys ?? "").toLowerCase().includes(wanted);
    for (const option of [...list.options]) {
      if (wanted && option.value !== chosen && !fits(option)) option.remove();
      else if (wanted && option.value === "") option.remove();
    }
    for (const group of list.querySelectorAll("optgroup")) if (!group.children.length) group.remove();
    list.value = chosen;
    list.size = wanted ? Math.max(2, Math.min(8, list.options.length + list.querySelectorAll("optgroup").length)) : 0;
    return [...list.options].filter((option) => option.value && wanted && fits(option));
  };
  const settle = (box) => {
    box.value = "";
    search(box);
  };
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-find]")) return;
    event.stopPropagation();
    search(event.target);
  }, true);
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches?.("[data-find]") || event.isComposing) return;
    const list = listOf(event.target);
    if (event.key === "Enter") {
      event.preventDefault();
      const first = search(event.target)[0];
      if (!first) return;
      list.value = first.value;
      settle(event.target);
      list.dispatchEvent(new Event("input", { bubbles: true }));
      list.focus();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      list.focus();
    } else if (event.key === "Escape") settle(event.target);
  });
  document.addEventListener("change", (event) => {
    const box = event.target.matches("select") && event.target.parentElement.querySelector("[data-find]");
    if (box?.value) settle(box);
  });

  /* One more row of a list (Django formset): the blank row stands in a template element. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-row]");
    if (!button) return;
    const box = button.closest("[data-rows]");
    const total = box.querySelector('[name$="-TOTAL_FORMS"]');
    const blank = box.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
    box.querySelector("tbody").insertAdjacentHTML("beforeend", blank);
    total.value = Number(total.value) + 1;
    box.querySelector("tbody tr:last-child :is(select, input)").focus();
  });

  /* Files are sent as soon as they are chosen or dropped, with a bar; one to verify is named. */
  document.addEventListener("change", (event) => {
    const { type, files, form } = event.target;
    if (type !== "file" || !files.length) return;
    if (form.matches("[data-upload]")) return form.requestSubmit();
    const name = form.querySelector("[data-chosen]");
    if (name) name.textContent = files[0].name;
  });
  for (const [name, over] of [["dragenter", true], ["dragleave", false], ["drop", false]]) {
    document.addEventListener(name, (event) =>
      event.target.closest?.(".drop")?.toggleAttribute("data-over", over),
    );
  }
  document.addEventListener("htmx:xhr:progress", (event) => {
    const bar = event.target.querySelector?.("progress[data-bar]");
    if (!bar || !event.detail.lengthComputable) return;
    bar.hidden = false;
    bar.max = event.detail.total;
    bar.value = event.detail.loaded;
  });

  /* A link to an entry leads into its control, not only near it. */
  const enter = (hash) => {
    if (!hash.startsWith("#field-")) return;
    document
      .getElementById(decodeURIComponent(hash.slice(1)))
      ?.querySelector("input:not([type=hidden]), select, textarea")
      ?.focus({ preventScroll: true });
  };
  window.addEventListener("hashchange", () => enter(location.hash));

  readAll(document);
  document.addEventListener("htmx:afterSettle", () => readAll(document));
  document.querySelector("[data-focus]")?.focus();
  enter(location.hash);
})();
