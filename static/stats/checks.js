/* Check rules of the survey in the browser: the same stored trees as the server evaluates, with the
   same answers. Numbers are exact, a BigInt over a BigInt; null is unknown. Nothing is compiled from
   text, so that it runs under a strict content policy.

   TorchChecks.caseOf(kinds, data, previous, external): values by code as typed (texts, whole
   numbers, null). TorchChecks.evaluate(stored, case, tolerance): true, false or null.
   TorchChecks.check(rule, case): verdict, field, used, left, right, difference. */
(() => {
  "use strict";
  const VERSION = 1;
  const PLACES = { code: 0, prev: 1, ext: 2 };
  const COMPARE = {
    "==": (order) => order === 0,
    "!=": (order) => order !== 0,
    "<": (order) => order < 0,
    "<=": (order) => order <= 0,
    ">": (order) => order > 0,
    ">=": (order) => order >= 0,
  };
  const NUMBER = /^-?[0-9]{1,18}(?:\.[0-9]{1,12})?$/;
  const CHOICE_NUMBER = /^(?:0|[1-9][0-9]{0,17})$/;
  const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
  const LONGEST_TEXT = 2000;
  const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

  /* --- numbers: [upper, lower] with lower above 0 ------------------------------------------- */

  const decimal = (written) => {
    const [whole, decimals = ""] = written.split(".");
    return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)];
  };
  const ZERO = [0n, 1n];
  const add = ([a, b], [c, d]) => (b === d ? [a + c, b] : [a * d + c * b, b * d]);
  const negate = ([a, b]) => [-a, b];
  const times = ([a, b], [c, d]) => [a * c, b * d];
  const absolute = ([a, b]) => [a < 0n ? -a : a, b];
  const divide = ([a, b], [c, d]) => (c < 0n ? [-a * d, b * -c] : [a * d, b * c]);
  const order = ([a, b], [c, d]) => {
    const left = a * d;
    const right = c * b;
    return left < right ? -1 : left > right ? 1 : 0;
  };
  const divisor = (a, b) => {
    while (b) [a, b] = [b, a % b];
    return a < 0n ? -a : a;
  };
  const isNumber = (value) => Array.isArray(value);

  /* A decimal where it is one, else a fraction "a/b". */
  const exact = (value) => {
    if (value === null || !isNumber(value)) return value;
    const common = divisor(value[0], value[1]) || 1n;
    const [upper, lower] = [value[0] / common, value[1] / common];
    let rest = lower;
    for (const prime of [2n, 5n]) while (rest % prime === 0n) rest /= prime;
    if (rest !== 1n) return `${upper}/${lower}`;
    let places = 0;
    let scaled = upper < 0n ? -upper : upper;
    for (let unit = 1n; unit % lower !== 0n; unit *= 10n) places += 1;
    scaled = (scaled * 10n ** BigInt(places)) / lower;
    const digits = String(scaled).padStart(places + 1, "0");
    const shown = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
    return upper < 0n ? `-${shown}` : shown;
  };

  /* --- values as typed ------------------------------------------------------------------------ */

  const written = (raw) => {
    if (typeof raw === "number") return Number.isSafeInteger(raw) ? String(raw) : "";
    return typeof raw === "string" ? raw.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "") : "";
  };
  const readValue = (kind, raw) => {
    const text = written(raw);
    if (kind === "number" || kind === "count") return NUMBER.test(text) ? decimal(text) : null;
    if (!text || [...text].length > LONGEST_TEXT) return null;
    return kind === "choice" && CHOICE_NUMBER.test(text) ? decimal(text) : text;
  };
  const split = (kinds, values) =>
    new Map(
      Object.entries(values || {})
        .map(([name, raw]) => [name, readValue(kinds[name] || "choice", raw)])
        .filter(([, value]) => value !== null),
    );
  const caseOf = (kinds, data, previous, external) =>
    [data, previous, external].map((values) => split(kinds, values));

  /* --- numbers of an expression ----------------------------------------------------------------- */

  const isReference = (node) => Object.hasOwn(PLACES, node[0]);
  const valueOf = (node, found) =>
    node[0] === "text" ? node[1] : (found[PLACES[node[0]]].get(node[1]) ?? null);

  const two = (act) => (node, found) => {
    const left = number(node[1], found);
    const right = left === null ? null : number(node[2], found);
    return right === null ? null : act(left, right);
  };
  const one = (act) => (node, found) => {
    const inner = number(node[1], found);
    return inner === null ? null : act(inner);
  };
  const choose = (better) => (node, found) => {
    const values = node.slice(1).map((each) => number(each, found));
    if (values.includes(null)) return null;
    return values.reduce((best, each) => (better(order(each, best)) ? each : best));
  };
  const NUMBERS = {
    num: (node) => decimal(node[1]),
    "+": two(add),
    "-": two((left, right) => add(left, negate(right))),
    "*": two(times),
    neg: one(negate),
    abs: one(absolute),
    ratio: two((upper, lower) => (lower[0] === 0n ? null : divide(upper, lower))),
    nz: (node, found) => number(node[1], found) ?? ZERO,
    min: choose((found) => found < 0),
    max: choose((found) => found > 0),
  };
  const number = (node, found) => {
    if (!isReference(node)) return NUMBERS[node[0]](node, found);
    const value = valueOf(node, found);
    return isNumber(value) ? value : null;
  };

  /* --- conditions ------------------------------------------------------------------------------- */

  const tolerant = (sign, left, right, tolerance) => {
    if (tolerance[0] === 0n) return COMPARE[sign](order(left, right));
    const apart = absolute(add(left, negate(right)));
    if (sign === "==") return order(apart, tolerance) <= 0;
    if (sign === "!=") return order(apart, tolerance) > 0;
    const moved = sign[0] === "<" ? add(right, tolerance) : add(right, negate(tolerance));
    return COMPARE[sign](order(left, moved));
  };
  const ofNumbers = ([sign, first, second], found, tolerance) => {
    const left = number(first, found);
    const right = left === null ? null : number(second, found);
    return right === null ? null : tolerant(sign, left, right, tolerance);
  };
  const ofValues = ([sign, first, second], found, tolerance) => {
    const [left, right] = [valueOf(first, found), valueOf(second, found)];
    if (left === null || right === null || isNumber(left) !== isNumber(right)) return null;
    if (isNumber(left)) return tolerant(sign, left, right, tolerance);
    if (sign !== "==" && sign !== "!=" && !(DAY.test(left) && DAY.test(right))) return null;
    return COMPARE[sign](left < right ? -1 : left > right ? 1 : 0);
  };
  const comparison = (node, found, tolerance) => {
    const texts = node[1][0] === "text" || node[2][0] === "text";
    const values = texts || (isReference(node[1]) && isReference(node[2]));
    return (values ? ofValues : ofNumbers)(node, found, tolerance);
  };
  const both = (node, found, tolerance) => {
    const left = condition(node[1], found, tolerance);
    if (left === false) return false;
    const right = condition(node[2], found, tolerance);
    return left || right === false ? right : null;
  };
  const either = (node, found, tolerance) => {
    const left = condition(node[1], found, tolerance);
    if (left) return true;
    const right = condition(node[2], found, tolerance);
    return left === false || right ? right : null;
  };
  const given = (node, found) => (isReference(node) ? valueOf : number)(node, found);
  const isCredit = (code) => {
    const places = [...code].map((letter) => ALPHABET.indexOf(letter));
    if (places.length !== 18 || places.includes(-1)) return false;
    let weight = 1;
    let total = 0;
    for (const place of places.slice(0, -1)) {
      total += place * weight;
      weight = (weight * 3) % 31;
    }
    return (31 - (total % 31)) % 31 === places[17];
  };
  const inList = (node, found) => {
    const value = given(node[1], found);
    if (value === null) return null;
    return node.slice(2).some((each) => {
      const member = each[0] === "text" ? each[1] : number(each, found);
      if (isNumber(value) !== isNumber(member)) return false;
      return isNumber(value) ? order(value, member) === 0 : value === member;
    });
  };
  const CONDITIONS = {
    and: both,
    or: either,
    not: (node, found, tolerance) => {
      const inner = condition(node[1], found, tolerance);
      return inner === null ? null : !inner;
    },
    isnull: (node, found) => given(node[1], found) === null,
    is_int: (node, found) => {
      const value = number(node[1], found);
      return value === null ? null : value[0] % value[1] === 0n;
    },
    uscc_ok: (node, found) => {
      const value = valueOf(node[1], found);
      return value === null ? null : !isNumber(value) && isCredit(value);
    },
    in_list: inList,
  };
  const condition = (node, found, tolerance) =>
    (Object.hasOwn(COMPARE, node[0]) ? comparison : CONDITIONS[node[0]])(node, found, tolerance);

  const treeOf = (stored) => {
    if (stored.version !== VERSION) throw new RangeError(`tree of version ${stored.version}`);
    return stored.expr;
  };
  const evaluate = (stored, found, tolerance = "0") =>
    condition(treeOf(stored), found, decimal(tolerance));

  /* --- what a verdict rests on -------------------------------------------------------------- */

  const referencesOf = (node) => {
    if (isReference(node)) return [node];
    return node[0] === "num" || node[0] === "text" ? [] : node.slice(1).flatMap(referencesOf);
  };
  const nameOf = ([kind, name]) => (kind === "code" ? name : `${kind}(${name})`);
  const blame = (node, found, tolerance) => {
    if (Object.hasOwn(COMPARE, node[0])) {
      const texts = node[1][0] === "text" || node[2][0] === "text";
      return !texts && condition(node, found, tolerance) === false ? node : null;
    }
    if (node[0] !== "and" && node[0] !== "or") return null;
    const parts = node[0] === "and" ? node.slice(1) : node.slice(1).reverse();
    for (const part of parts) {
      const blamed = blame(part, found, tolerance);
      if (blamed) return blamed;
    }
    return null;
  };
  const fieldOf = (nodes) => {
    const first = nodes.find((node) => node[0] === "code") || nodes[0];
    return first ? nameOf(first) : "";
  };
  const check = (rule, found) => {
    const tree = treeOf(rule.tree);
    const tolerance = decimal(rule.tolerance);
    const outcome = condition(tree, found, tolerance);
    const unknown = rule.missing === "fail" ? "violated" : "skipped";
    const nodes = referencesOf(tree);
    const blamed = outcome === false ? blame(tree, found, tolerance) : null;
    let sides = blamed ? blamed.slice(1).map((side) => number(side, found)) : [null, null];
    if (sides.includes(null)) sides = [null, null];
    const [left, right] = sides;
    const first = blamed ? referencesOf(blamed) : nodes.filter((n) => valueOf(n, found) === null);
    return {
      verdict: outcome === null ? unknown : outcome ? "passed" : "violated",
      field: fieldOf([...first, ...nodes]),
      used: Object.fromEntries(nodes.map((node) => [nameOf(node), exact(valueOf(node, found))])),
      left: exact(left),
      right: exact(right),
      difference: left === null ? null : exact(absolute(add(left, negate(right)))),
    };
  };

  window.TorchChecks = Object.freeze({ caseOf, evaluate, check });
})();
