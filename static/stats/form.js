/* A table of a return: check while one types, totals of parts, paste from a spreadsheet, values to
   take over. The page works without it; what counts is worked out again by the server. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-checks]");
  if (!form) return;
  const LEVELS = { mandatory: "block", error: "warn", warning: "info" };
  const WAIT = 250;

  /* --- what stands in the boxes ----------------------------------------------------------- */

  const boxes = new Map(
    [...form.querySelectorAll(".item :is(input, select)[name]")].map((box) => [box.name, box]),
  );
  const plain = (typed) => {
    const words = typed.normalize("NFKC").trim();
    return /^[+-]?[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]*)?$/.test(words)
      ? words.replace(/[, ]/g, "")
      : words.replace(/^\+/, "");
  };
  const typed = () => {
    const found = {};
    for (const [code, box] of boxes) found[code] = plain(box.value);
    return found;
  };
  const put = (box, value) => {
    box.value = value;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  /* --- exact sums ---------------------------------------------------------------------------- */

  const NUMBER = /^-?[0-9]{1,18}(?:\.[0-9]{1,12})?$/;
  const PLACES = 12;
  const scaled = (value) => {
    const [whole, decimals = ""] = value.replace("-", "").split(".");
    const found = BigInt(whole + decimals.padEnd(PLACES, "0"));
    return value.startsWith("-") ? -found : found;
  };
  const inDigits = (value) => {
    const digits = String(value < 0n ? -value : value).padStart(PLACES + 1, "0");
    const decimals = digits.slice(-PLACES).replace(/0+$/, "");
    const shown = digits.slice(0, -PLACES) + (decimals ? `.${decimals}` : "");
    return value < 0n ? `-${shown}` : shown;
  };
  const total = (parts, values) => {
    let sum = 0n;
    for (const part of parts.split(" ")) {
      const code = part.replace(/^-|\?$/g, "");
      const value = values[code] ?? "";
      if (!NUMBER.test(value)) {
        if (!value && part.endsWith("?")) continue;
        return "";
      }
      sum += part.startsWith("-") ? -scaled(value) : scaled(value);
    }
    return inDigits(sum);
  };
  const showTotals = (values) => {
    for (const line of form.querySelectorAll("[data-parts]")) {
      const sum = total(line.dataset.parts, values);
      const there = values[line.dataset.total] ?? "";
      line.querySelector("output").textContent = sum || "—";
      line.toggleAttribute("data-differs", Boolean(sum && there && sum !== there));
      line.querySelector("[data-put]").hidden = !sum || sum === there;
    }
  };

  /* --- checks ---------------------------------------------------------------------------------- */

  let known = null;
  const sides = (result) =>
    result.difference === null
      ? ""
      : form.dataset.sides
          .replace("{left}", result.left)
          .replace("{right}", result.right)
          .replace("{difference}", result.difference);
  const remark = (rule, result) => {
    const line = document.createElement("p");
    line.className = `remark remark--${LEVELS[rule.severity]}`;
    const more = sides(result);
    line.textContent = `${rule.id} ${rule.message}${more ? `（${more}）` : ""}`;
    return line;
  };
  const check = (values) => {
    if (!known) return;
    const data = { ...known.data, ...values };
    const found = window.TorchChecks.caseOf(known.kinds, data, known.previous, known.external);
    const said = new Map([...boxes.keys()].map((code) => [code, []]));
    for (const rule of known.rules) {
      const result = window.TorchChecks.check(rule, found);
      if (result.verdict !== "violated") continue;
      const here = Object.keys(result.used).filter((code) => boxes.has(code));
      if (!here.some((code) => values[code])) continue;
      const place = boxes.has(result.field) ? result.field : here[0];
      said.get(place).push(remark(rule, result));
    }
    for (const [code, lines] of said) {
      form.querySelector(`[data-said="${code}"]`)?.replaceChildren(...lines);
    }
  };

  /* --- while one types ----------------------------------------------------------------------- */

  const filled = document.querySelector("[data-filled]");
  const look = () => {
    const values = typed();
    if (filled) filled.textContent = String(Object.values(values).filter(Boolean).length);
    showTotals(values);
    check(values);
  };
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-put]");
    if (!button) return;
    const box = button.closest(".item").querySelector(":is(input, select)[name]");
    put(box, button.dataset.put || button.closest("[data-parts]").querySelector("output").textContent);
    box.focus();
  });

  /* --- paste from a spreadsheet: with the codes beside the values, or a column downwards ------- */

  const rowsOf = (text) =>
    text
      .replace(/\r\n?/g, "\n")
      .replace(/\n$/, "")
      .split("\n")
      .map((line) => line.split("\t").map((cell) => cell.trim()));
  const byCode = (rows) => {
    const place = rows[0].findIndex((_cell, n) => rows.some((row) => boxes.has(row[n])));
    if (place < 0) return null;
    const wide = rows.some((row) => row.length > place + 3);
    return rows.map((row) => [row[place], row[wide ? place + 3 : row.length - 1]]);
  };
  const paste = (from, rows) => {
    const pairs = byCode(rows);
    const order = [...boxes.keys()];
    const start = order.indexOf(from);
    const wanted = pairs ?? rows.map((row, n) => [order[start + n], row[0]]);
    let count = 0;
    let last = null;
    for (const [code, value] of wanted) {
      const box = boxes.get(code);
      if (!box || value === undefined) continue;
      box.value = value;
      last = box;
      count += 1;
    }
    last?.dispatchEvent(new Event("input", { bubbles: true }));
    form.querySelector("[data-pasted-words]").textContent = form.dataset.pasted
      .replace("{count}", String(count))
      .replace("{left}", String(rows.length - count));
  };
  form.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (!event.target.matches?.(".item :is(input, select)") || !/[\t\n\r]/.test(text.trim())) return;
    event.preventDefault();
    paste(event.target.name, rowsOf(text));
  });

  fetch(form.dataset.checks, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : null))
    .then((answer) => {
      known = answer;
      look();
    })
    .catch(() => {});
  showTotals(typed());
})();
