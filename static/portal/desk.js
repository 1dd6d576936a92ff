/* Small helps of the review desk: keys, filters that send themselves, rows of a list. Everything
   works without. */
(() => {
  "use strict";
  const desk = document.getElementById("desk");
  if (!desk) return;
  const typing = (element) => element.matches("input:not([type=radio], [type=checkbox]), textarea, select");

  /* Rows of the queue: j and k walk, Enter opens (the focused link does that by itself). */
  const links = [...desk.querySelectorAll("[data-keys] tbody a")];
  const step = (by) => {
    const place = links.indexOf(document.activeElement);
    const next = links[Math.min(links.length - 1, Math.max(0, place + by))];
    next?.focus();
    next?.closest("tr").scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "/" && desk.querySelector("#searchbar")) {
      event.preventDefault();
      desk.querySelector("#searchbar").focus();
    } else if (event.key === "?" && help) {
      help.open ? help.close() : help.showModal();
    } else if (bar && event.key === "x") {
      tick();
    } else if (links.length && (event.key === "j" || event.key === "k")) {
      step(event.key === "j" ? 1 : -1);
    } else if (event.key !== "Enter") {
      desk.querySelector(`a[data-key="${CSS.escape(event.key)}"]`)?.click();
    }
  });

  /* Ticked rows: how many, and to how many of them each move applies. */
  const bar = desk.querySelector("[data-picked]");
  const picks = [...desk.querySelectorAll('[name="pick"]')];
  const every = desk.querySelector("[data-pick-all]");
  const everything = bar?.querySelector('[name="scope"]');
  const tally = () => {
    const ticked = picks.filter((pick) => pick.checked);
    bar.classList.toggle("picked--on", ticked.length > 0 || everything.checked);
    bar.querySelector("[data-picked-count]").dataset.n = everything.checked ? "" : ticked.length;
    for (const button of bar.querySelectorAll('[name="move"]')) {
      const fits = ticked.filter((pick) => pick.dataset.moves.split(" ").includes(button.value)).length;
      button.querySelector("[data-count]").textContent = everything.checked ? "" : fits;
      button.disabled = !everything.checked && !fits;
    }
    every.checked = ticked.length === picks.length;
    every.indeterminate = ticked.length > 0 && ticked.length < picks.length;
  };
  if (bar) {
    every.addEventListener("change", () => {
      for (const pick of picks) pick.checked = every.checked;
    });
    desk.addEventListener("change", tally);
    tally();
  }
  const tick = () => {
    const pick = document.activeElement?.closest("tr")?.querySelector('[name="pick"]');
    if (!pick) return;
    pick.checked = !pick.checked;
    tally();
  };

  /* The sheet of keys, and pages that look again by themselves while something runs. */
  const help = desk.querySelector("[data-help]");
  const again = desk.querySelector("[data-reload]");
  if (again) setTimeout(() => location.reload(), Number(again.dataset.reload));

  /* The selects of the queue act at once. */
  desk.addEventListener("change", (event) => {
    if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
  });
  desk.querySelector(".sieve")?.addEventListener("submit", (event) => {
    for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
  });

  /* Which file lies in the preview; pictures are fitted into it. */
  desk.addEventListener("click", (event) => {
    const file = event.target.closest("[data-file]");
    if (!file) return;
    desk.querySelector("[data-file][aria-current]")?.removeAttribute("aria-current");
    file.setAttribute("aria-current", "true");
    const [frame, picture] = desk.querySelectorAll(".preview");
    const isPicture = file.hasAttribute("data-image");
    frame.hidden = isPicture;
    picture.hidden = !isPicture;
    if (!isPicture) return;
    event.preventDefault();
    picture.src = file.href;
  });

  /* Rows of the correction list: the blank row stands in a template element. */
  desk.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add-row]");
    const remove = event.target.closest("[data-remove-row]");
    if (!add && !remove) return;
    event.preventDefault();
    const box = event.target.closest("[data-rows]");
    const total = box.querySelector('[name$="-TOTAL_FORMS"]');
    if (remove) {
      remove.closest("tr").remove();
      box.querySelector("[data-add-row]").focus();
      return;
    }
    const blank = box.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
    box.querySelector("tbody").insertAdjacentHTML("beforeend", blank);
    total.value = Number(total.value) + 1;
    box.querySelector("tbody tr:last-child select").focus();
  });

  /* Leaving with typed words that were not sent. */
  let unsent = false;
  desk.addEventListener("input", (event) => {
    if (event.target.closest("[data-guard]")) unsent = true;
  });
  desk.addEventListener("submit", () => (unsent = false));
  window.addEventListener("beforeunload", (event) => {
    if (unsent) event.preventDefault();
  });
  desk.querySelector("[data-focus]")?.focus();
})();
