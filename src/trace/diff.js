// Differences of two texts, line by line. Names of values count for nothing: passes number them anew.

const NAMES = /%[\w$.-]+(#\d+)?|#map\d*|\^bb\d+/g;
const plainKeys = new Map();
function plainKey(model, number, exact) {
  if (exact) return number;
  let key = plainKeys.get(number);
  if (key === undefined) plainKeys.set(number, key = model.lines[number].replace(NAMES, '%'));
  return key;
}

// Pairs of equal lines: [left, right] in order. Lines that are unique on both sides anchor; what lies between is compared
// wholly where it is small.
function matches(left, right) {
  const pairs = [];
  const stack = [[0, left.length, 0, right.length]];
  while (stack.length) {
    let [a0, a1, b0, b1] = stack.pop();
    while (a0 < a1 && b0 < b1 && left[a0] === right[b0]) pairs.push([a0++, b0++]);
    while (a0 < a1 && b0 < b1 && left[a1 - 1] === right[b1 - 1]) pairs.push([--a1, --b1]);
    if (a0 === a1 || b0 === b1) continue;
    if ((a1 - a0) * (b1 - b0) <= 250000) { small(left, right, a0, a1, b0, b1, pairs); continue; }
    const seen = new Map();
    for (let a = a0; a < a1; a++) { const own = seen.get(left[a]); seen.set(left[a], own ? [own[0] + 1, a, 0, 0] : [1, a, 0, 0]); }
    for (let b = b0; b < b1; b++) { const own = seen.get(right[b]); if (own) { own[2]++; own[3] = b; } }
    const unique = [...seen.values()].filter((own) => own[0] === 1 && own[2] === 1).map((own) => [own[1], own[3]]);
    const chain = longestRising(unique);
    if (!chain.length) continue;
    let [lastA, lastB] = [a0, b0];
    for (const [a, b] of chain) { stack.push([lastA, a, lastB, b]); pairs.push([a, b]); [lastA, lastB] = [a + 1, b + 1]; }
    stack.push([lastA, a1, lastB, b1]);
  }
  return pairs.sort((x, y) => x[0] - y[0]);
}

function small(left, right, a0, a1, b0, b1, pairs) {
  const n = a1 - a0, m = b1 - b0, wide = m + 1;
  const table = new Uint16Array((n + 1) * wide);
  for (let a = n - 1; a >= 0; a--) for (let b = m - 1; b >= 0; b--) {
    table[a * wide + b] = left[a0 + a] === right[b0 + b] ? table[(a + 1) * wide + b + 1] + 1 : Math.max(table[(a + 1) * wide + b], table[a * wide + b + 1]);
  }
  for (let a = 0, b = 0; a < n && b < m;) {
    if (left[a0 + a] === right[b0 + b]) pairs.push([a0 + a++, b0 + b++]);
    else if (table[(a + 1) * wide + b] >= table[a * wide + b + 1]) a++;
    else b++;
  }
}

function longestRising(pairs) {
  pairs.sort((x, y) => x[0] - y[0]);
  const tops = [], back = new Array(pairs.length).fill(-1);
  pairs.forEach(([, b], at) => {
    let low = 0, high = tops.length;
    while (low < high) { const mid = (low + high) >> 1; if (pairs[tops[mid]][1] < b) low = mid + 1; else high = mid; }
    if (low) back[at] = tops[low - 1];
    tops[low] = at;
  });
  const chain = [];
  for (let at = tops.at(-1) ?? -1; at >= 0; at = back[at]) chain.push(pairs[at]);
  return chain.reverse();
}

// Rows of a side-by-side view: { kind, left, right } with indices into the two texts.
function rowsOf(model, before, after, exact) {
  if (!before) return after.map((_, at) => ({ kind: 'equal', left: null, right: at }));
  const left = before.map((number) => plainKey(model, number, exact)), right = after.map((number) => plainKey(model, number, exact));
  const rows = [];
  let a = 0, b = 0;
  const change = (a1, b1) => {
    const count = Math.max(a1 - a, b1 - b);
    for (let at = 0; at < count; at++) rows.push({ kind: 'change', left: a + at < a1 ? a + at : null, right: b + at < b1 ? b + at : null });
    [a, b] = [a1, b1];
  };
  for (const [x, y] of matches(left, right)) { change(x, y); rows.push({ kind: 'equal', left: a++, right: b++ }); }
  change(before.length, after.length);
  return rows;
}

const TOKENS = /("(?:[^"\\]|\\.)*")|(\/\/.*$)|([%^][\w$.#-]+)|([@][\w$."-]+|#[\w.]+)|(!?\b(?:tensor|memref|vector|f16|f32|f64|bf16|i\d+|index|f8E\w+)\b(?:<[^<>]*(?:<[^<>]*>)*[^<>]*>)?)|(\b[a-z_]\w*\.[\w.]+|^\s*\.?[a-z][\w.]*(?=\s))|(-?\b\d[\w.+-]*)/g;
const CLASSES = [null, 't-str', 't-com', 't-ssa', 't-sym', 't-type', 't-op', 't-num'];
function highlight(text, into) {
  const shown = text.length > 1600 ? text.slice(0, 1600) : text;
  let last = 0;
  for (const found of shown.matchAll(TOKENS)) {
    if (found.index > last) into.append(shown.slice(last, found.index));
    const kind = found.findIndex((group, at) => at > 0 && group !== undefined);
    into.append(element('span', { class: CLASSES[kind] ?? '' }, found[0]));
    last = found.index + found[0].length;
  }
  into.append(shown.slice(last));
  if (shown !== text) into.append(element('span', { class: 'dim' }, ` … ${plural(text.length - shown.length, 'character')} more`));
}
