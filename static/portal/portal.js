/* Small helps on top of pages that work without them: saved state, unsaved guard, the amount
   read back, groups that depend on an answer, rows of a list, choosing files. No framework. */
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("scripted");
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  /* What a form says about saving: #saved carries its own words. */
  const say = (state) => {
    const saved = document.getElementById("saved");
    if (!saved) return;
    saved.dataset.state = state;
    const words = saved.querySelector("[data-words]");
    if (words && saved.dataset[state]) words.textContent = saved.dataset[state];
  };

  /* Leaving with typed words that are not saved. */
  let unsaved = false;
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-guard]")) unsaved = true;
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-guard]")) unsaved = false;
  });

  const saves = (event) => event.target.matches?.("form[data-guard]");
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!saves(event)) return;
    unsaved = false;
    say("saving");
  });
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => {
      if (saves(event)) {
        unsaved = true;
        say("failed");
      }
      for (const zone of all("form[data-upload] [data-failed]", event.target.parentElement ?? document))
        zone.hidden = false;
    });
  }

  /* An amount read back with separators and in 万元, so that a slip of 10,000 is seen. */
  const readBack = (input) => {
    const out = document.getElementById(`${input.id}_reading`);
    if (!out) return;
    const plain = input.value.normalize("NFKC").replace(/[,\s]/g, "");
    if (!/^\d+(\.\d{1,2})?$/.test(plain)) return void (out.textContent = "");
    const [whole, cents = ""] = plain.replace(/^0+(?=\d)/, "").split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (cents && `.${cents}`);
    const padded = whole.padStart(5, "0");
    const rest = (padded.slice(-4) + cents).replace(/0+$/, "");
    const wan = padded.slice(0, -4).replace(/\B(?=(\d{3})+$)/g, ",") + (rest && `.${rest}`);
    out.textContent = out.dataset.form.replace("{grouped}", grouped).replace("{wan}", wan);
  };

  /* Groups with data-when="field=value|value": in the way only when the answer asks for them. */
  const answers = (form, name) =>
    all(`[name="${name}"]`, form)
      .filter((e) => !["radio", "checkbox"].includes(e.type) || e.checked)
      .map((e) => (e.type === "checkbox" && e.value === "on" ? "yes" : e.value));
  const regroup = (form) => {
    for (const group of all("[data-when]", form)) {
      const [name, values = ""] = group.dataset.when.split("=");
      const given = answers(form, name);
      group.hidden = !values.split("|").some((value) => given.includes(value));
    }
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches(".control--unit input")) readBack(event.target);
  });
  document.addEventListener("change", (event) => {
    if (event.target.form) regroup(event.target.form);
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

  /* Files are sent as soon as they are chosen or dropped, with a bar. */
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-upload]");
    if (form && event.target.type === "file" && event.target.files.length) form.requestSubmit();
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

  const ready = (from) => {
    all(".control--unit input", from).forEach(readBack);
    all("form", from).forEach(regroup);
  };
  ready(document);
  document.addEventListener("htmx:afterSwap", (event) => ready(event.target.parentElement ?? document));
  document.querySelector("[data-focus]")?.focus({ preventScroll: false });
})();
