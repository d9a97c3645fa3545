// What is not a pass: the program with its remarks, what was recognized, kernels, masks and the roofline.

const COLOURS = ['var(--c1)', 'var(--c2)', 'var(--c3)', 'var(--c4)', 'var(--c5)', 'var(--c6)', 'var(--c7)', 'var(--c8)'];
const page = (...children) => element('div', { class: 'page', tabindex: '0' }, children);
const card = (title, ...children) => element('section', { class: 'card' }, title ? element('h2', {}, title) : null, children);
const empty = (text) => page(card(null, element('p', { class: 'note' }, text)));
const bytes = (count) => count >= 1 << 20 ? `${(count / (1 << 20)).toFixed(2)} MiB` : count >= 1024 ? `${(count / 1024).toFixed(1)} KiB` : `${count} B`;
const table = (heads, rows) => element('div', { class: 'scroll' }, element('table', {},
  element('thead', {}, element('tr', {}, heads.map((head) => element('th', { scope: 'col', class: head.startsWith('#') ? 'number' : '' }, head.replace('#', ''))))),
  element('tbody', {}, rows.map((row) => element('tr', {}, row.map((cell, at) => element('td', { class: heads[at].startsWith('#') ? 'number' : '' }, cell)))))));

function programView(model, target) {
  const lines = model.expand(model.source);
  if (!lines) return empty('The program is bytecode, or could not be read: see the first pass.');
  const notes = new Map();
  for (const remark of model.remarks) {
    const place = remark.location.split(':').slice(0, -1).join(':');
    const list = notes.get(place) ?? [];
    if (!list.some((other) => other.message === remark.message)) list.push(remark);
    notes.set(place, list);
  }
  const box = element('div', { class: 'diff' });
  let aim = null;
  lines.forEach((line, at) => {
    const tx = element('span', { class: 'tx' });
    highlight(model.lines[line], tx);
    const place = model.places[(model.lineplaces[line] ?? [])[0]]?.split(':').slice(0, -1).join(':');
    for (const remark of notes.get(place) ?? []) tx.append(element('span', { class: `remark ${remark.kind}` }, `[${remark.pass}] ${remark.message}`));
    const cell = element('div', { class: `cell${line === target ? ' hit' : ''}`, 'data-line': line }, element('span', { class: 'no' }, at + 1), tx);
    if (line === target) aim = cell;
    box.append(element('div', { class: 'row single' }, cell));
  });
  const view = element('div', { class: 'main', style: 'height:100%' }, element('div', { class: 'about' }, element('strong', {}, model.about.file), element('span', { class: 'facts' }, `${plural(lines.length, 'line')} · ${plural(model.remarks.length, 'remark')}`)), box);
  return [view, () => aim?.scrollIntoView({ block: 'center' })];
}

function recognizedView(model) {
  const { account, certificate } = model;
  if (!account) return empty('The compiler did not come as far as recognizing anything.');
  const cards = [];
  for (const body of account.functions) {
    cards.push(card(`@${body.name}`, element('p', {}, `${plural(body.fusions.length, 'fused op')}, ${plural(body.unfused_ops, 'op')} beside.`)));
    body.fusions.forEach((fusion, number) => cards.push(card(`Fusion ${number}`, fusionGraph(fusion), fusionLaws(fusion))));
  }
  const kind = (line) => /too much work/.test(line) ? 'dim' : /BROKEN|REFUSED|not checked/.test(line) ? 'bad' : 'good';
  cards.push(card('Certificate', element('p', { class: 'note' }, 'What the account above says, checked against the program by code that shares nothing with what wrote it (flashlight check).'),
    element('ul', { class: 'mono' }, certificate.map((line) => element('li', { class: kind(line) }, line)))));
  const said = [...account.refusals.map((own) => [own, 'refused']), ...account.notes.map((own) => [own, 'note'])];
  if (said.length) cards.push(card('Refused, and other facts', element('ul', {}, said.map(([remark, kind]) => element('li', {}, element('span', { class: 'dim' }, `${kind} at ${remark.location}: `), remark.message)))));
  return page(cards);
}

function fusionGraph(fusion) {
  const box = (kind, title, text) => element('div', { class: `box ${kind}` }, element('b', {}, title), text);
  const tier = (boxes) => element('div', { class: 'tier' }, boxes);
  const arrow = () => element('div', { class: 'arrow', 'aria-hidden': 'true' }, '↓');
  const size = (dim) => dim.size ?? '?';
  return element('div', { class: 'graph' },
    element('p', { class: 'note', style: 'margin:0' }, `at ${fusion.location}, over ${fusion.dims.map((dim) => `${dim.name}=${size(dim)} (${dim.role})`).join(', ')}`),
    tier(fusion.captures.map((own) => box('capture', `${own.source}`, `${own.name}[${own.index.join(', ')}] : ${own.type}`))),
    arrow(), tier(fusion.scores.map((score) => box('score', 'score of one point', score))),
    arrow(), tier(fusion.states.map((own) => box('state', `state, online over the keys`, `${own.name}[${own.per.join(', ')}] = ${own.combine}(${own.lift}${own.value ? ` * ${own.value}` : ''}), from ${own.init}${own.rescale !== '1' && own.rescale !== 'true' ? `, rescaled by ${own.rescale}` : ''}`))),
    arrow(), tier(fusion.results.map((own, at) => box('result', own.becomes, `r${at}[${own.index.join(', ')}] = ${own.formula} : ${own.type}`))),
    fusion.definitions.length ? element('p', { class: 'mono dim', style: 'margin:6px 0 0' }, `where ${fusion.definitions.join(', ')}`) : null);
}

function fusionLaws(fusion) {
  if (!fusion.derivation) return element('p', { class: 'note' }, 'It was in the input: there is no derivation.');
  const { laws, consumed } = fusion.derivation;
  return element('div', {}, element('h3', {}, `Derived from ${plural(consumed.length, 'operation')} by ${plural(laws.length, 'law')}`),
    laws.length ? table(['law', 'condition', 'at'], laws.map((own) => [element('span', { class: 'mono' }, own.law), own.condition, own.at ?? ''])) : null,
    element('details', {}, element('summary', {}, 'operations that became this one'), element('p', { class: 'mono' }, consumed.join(', '))));
}

function kernelsView(model) {
  const { kernels } = model;
  if (!kernels) return empty('The compiler did not come as far as kernels.');
  const { pictures, launches } = kernels;
  if (!pictures.length && !launches.length) return empty(model.about.target === 'cpu' ? 'For a processor a kernel is a function of a tile index that a pool of threads calls: see the stages vectorize and llvm.' : 'There are no kernels: the compilation stopped before stage ptx, or the program has none.');
  const views = [];
  const shown = new Set();
  for (const picture of pictures) {
    const launch = launches.find((own) => own.symbol === picture.kernel);
    if (launches.length && !launch) continue; // planned in an attempt that was given up, or equal to another
    if (shown.has(picture.kernel)) continue;
    shown.add(picture.kernel);
    const last = pictures.findLast((own) => own.kernel === picture.kernel);
    views.push(kernelCard(last, launch));
  }
  if (launches.length) {
    const units = { matrix: 'matrix unit', rows: 'rows', points: 'points' };
    views.push(card('All launches, in order', table(['kernel', 'runs on', '#threads', '#registers', '#spilled', 'grid', 'why not the matrix unit'],
      launches.map((own) => [element('span', { class: 'mono' }, own.symbol), units[own.unit] ?? '', own.block.reduce((a, b) => a * b, 1), own.registers || '?', own.spills, own.grid.join(' x ').replace(/ x 1 x 1$/, ''), own.reason ?? '']))));
  }
  return page(views);
}

function kernelCard(picture, launch) {
  const keys = picture.keys ? `, ${picture.keys} keys a step` : '';
  const traits = [picture.one_loop && 'tiles of a block run as one loop', picture.persistent && 'a block takes several tiles', picture.lazy_maxima && 'maxima are left out where they can be', `${plural(picture.blocks_per_multiprocessor, 'block')} a multiprocessor`, launch?.registers && `${launch.registers} registers a thread at launch`, launch && `${launch.spills} bytes spilled`].filter(Boolean);
  const legend = (area, at) => element('tr', {}, element('td', {}, element('span', { class: 'key', style: `background:${COLOURS[at % COLOURS.length]}` }), area.name), element('td', { class: 'number' }, area.offset), element('td', { class: 'number' }, `${area.depth} × ${area.bytes}`), element('td', {}, area.holds), element('td', {}, area.filled_by));
  const part = (from, length, total, colour, text) => element('span', { style: `left:${100 * from / total}%;width:${100 * length / total}%;background:${colour}`, title: text }, 100 * length / total > 5 ? text : '');
  const memory = picture.areas.flatMap((area, at) => Array.from({ length: area.depth }, (_, slot) => part(area.offset + slot * area.bytes, area.bytes, picture.shared_limit, COLOURS[at % COLOURS.length], area.depth > 1 ? `${area.name} ${slot}` : area.name)));
  let begin = 0;
  const registers = picture.roles.map((role, at) => { const own = role.registers * role.warps * 32; begin += own; return part(begin - own, own, picture.register_limit, COLOURS[at % COLOURS.length], `${role.name} ${role.registers}`); });
  const used = (count, limit, unit) => element('div', { class: 'scale' }, element('span', {}, '0'), element('span', {}, `${count.toLocaleString('en')} of ${limit.toLocaleString('en')} ${unit} (${(100 * count / limit).toFixed(0)} %)`));
  return card(picture.kernel, element('p', {}, `Tiles of ${picture.rows} rows${keys}.`), element('div', { class: 'chips' }, traits.map((text) => element('span', { class: 'chip' }, text))),
    picture.steps.map((step) => stepLanes(step, picture.blocks_per_multiprocessor)),
    element('h3', {}, 'Shared memory of a block'), element('div', { class: 'strip', 'data-picture': 'memory' }, memory), used(picture.shared_bytes, picture.shared_limit, 'bytes'),
    element('div', { class: 'scroll' }, element('table', {}, element('thead', {}, element('tr', {}, ['what', 'offset', 'bytes', 'holds', 'filled by'].map((head, at) => element('th', { scope: 'col', class: at === 1 || at === 2 ? 'number' : '' }, head)))), element('tbody', {}, picture.areas.map(legend)))),
    element('h3', {}, 'Registers of a block'), element('div', { class: 'strip', 'data-picture': 'registers' }, registers), used(begin, picture.register_limit, 'registers'),
    table(['role', '#warps', '#registers a thread', 'does'], picture.roles.map((role) => [role.name, role.warps, role.registers, role.does])),
    element('h3', {}, 'Rings'), element('div', { class: 'rings' }, picture.rings.map((ring, at) => {
      const held = picture.areas.filter((area) => area.ring === at);
      return element('div', { class: 'ring' }, element('strong', {}, `ring ${at}`), element('div', { class: 'slots' }, Array.from({ length: ring.depth }, () => element('i'))),
        element('div', { class: 'dim' }, `${plural(ring.depth, 'buffer')} deep; ${ring.once ? 'filled once per tile' : 'turns with every step'}${ring.captures ? ', read by elementwise ops' : ''}`), held.map((area) => element('div', {}, `${area.name}, by ${area.filled_by}`)));
    })));
}

function stepLanes(step, blocks) {
  const lanes = [...new Set(step.blocks.map((own) => own.lane))];
  const names = [...new Set(step.blocks.map((own) => own.what.replace(/ \(.*\)$/, '')))];
  const total = Math.max(step.cycles, 1);
  const colour = (what) => COLOURS[names.indexOf(what.replace(/ \(.*\)$/, '')) % COLOURS.length];
  return element('div', {}, element('h3', {}, `One step of ${step.name}: ${step.keys} keys, about ${step.cycles.toLocaleString('en')} cycles`),
    element('div', { class: 'lanes', 'data-picture': 'step' }, lanes.flatMap((lane) => [element('div', { class: 'lane' }, lane), element('div', { class: 'strip' },
      step.blocks.filter((own) => own.lane === lane).map((own) => element('span', { style: `left:${100 * own.begin / total}%;width:${100 * own.cycles / total}%;background:${colour(own.what)}`, title: `${own.what}: ${own.cycles} cycles from ${own.begin}` })))])),
    element('div', { class: 'chips' }, names.map((name) => element('span', { class: 'chip' }, element('span', { class: 'key', style: `background:${colour(name)}` }), name))),
    element('p', { class: 'note', style: 'font-size:12px' }, `Order and sizes are the plan's; lengths are its operations at the chip's rates, not a measurement.${step.rotated ? ' Products of the step before run beside the scores of this one.' : ''}${blocks > 1 ? ' Another block of the multiprocessor works where this one waits.' : ''}`));
}

function maskView(model) {
  const { mask } = model;
  if (!mask) return empty('Nothing is known of a mask: the compiler stopped before stage bound.');
  if (!mask.maps.length) return empty(mask.note || 'No fused op has a mask: every tile is visited, none is tested.');
  const kinds = [['.', 'never visited', 'var(--fold)'], ['#', 'without a mask', 'var(--c1)'], ['/', 'masked', 'var(--c2)'], ['?', 'not looked at', 'var(--c8)']];
  return page(mask.note ? element('p', { class: 'note' }, mask.note) : null, mask.maps.map((map) => {
    const columns = Math.max(...map.rows.map((row) => row.length), 1);
    const counts = kinds.map(([mark, name, colour]) => [mark, name, colour, map.rows.reduce((sum, row) => sum + row.split(mark).length - 1, 0)]);
    const all = counts.reduce((sum, own) => sum + own[3], 0);
    const svg = drawn('svg', { viewBox: `0 0 ${columns} ${map.rows.length}`, preserveAspectRatio: 'none', 'shape-rendering': 'crispEdges', role: 'img', 'aria-label': counts.map((own) => `${own[3]} ${own[1]}`).join(', '), style: `aspect-ratio:${map.keys}/${map.queries};max-height:520px;min-height:90px` });
    for (const [mark, name, colour] of counts) {
      let path = '';
      map.rows.forEach((row, y) => { for (const found of row.matchAll(new RegExp(`[${mark}]+`, 'g'))) path += `M${found.index} ${y}h${found[0].length}v1h-${found[0].length}z`; });
      if (path) svg.append(drawn('path', { d: path, fill: colour, 'data-kind': name }));
    }
    const at = map.batch.some((own) => own) ? `, batch ${map.batch.join(', ')}` : '';
    return card(`Mask of the fused op at ${map.location}${at}`,
      element('p', {}, `${map.queries.toLocaleString('en')} queries × ${map.keys.toLocaleString('en')} keys; a cell is ${map.cell[0]} × ${map.cell[1]}${map.tiles_per_cell > 1 ? `, ${map.tiles_per_cell} tiles each way` : ', a tile of the kernel'}.`),
      element('div', { class: 'chips' }, counts.filter((own) => own[3]).map(([, name, colour, count]) => element('span', { class: 'chip' }, element('span', { class: 'key', style: `background:${colour};outline:1px solid var(--edge)` }), `${name}: ${count} (${(100 * count / all).toFixed(1)} %)`))),
      element('div', { class: 'map' }, element('div', { class: 'down' }, 'queries'), svg, element('div', { class: 'across' }, 'keys')));
  }));
}

function roofView(model) {
  const { roofline } = model;
  if (!roofline || !roofline.bytes) return [empty(roofline?.note || 'Nothing is known of the work: the compiler stopped before.'), null];
  const { flops, live, roof, measured, machine } = roofline;
  const intensity = flops ? flops / roofline.bytes : null;
  const bound = flops && roof ? Math.max(flops / (roof[0] * 1e12), roofline.bytes / (roof[1] * 1e9)) * 1e3 : roof ? roofline.bytes / (roof[1] * 1e9) * 1e3 : null;
  const rate = flops && measured ? flops / measured.median_ms / 1e9 : null;
  const rows = [
    flops ? ['operations of the contractions, on live scores', `${(flops / 1e9).toFixed(3)} GFLOP`] : ['operations', 'not known: nothing is fused, or sizes are open'],
    live != null && live < 1 ? ['live scores', `${(100 * live).toFixed(1)} %`] : null,
    ['arguments and results, once each', bytes(roofline.bytes)],
    intensity ? ['intensity', `${intensity.toFixed(1)} FLOP per byte`] : null,
    roof ? ['roofs', `${roof[0]} TFLOP/s, ${roof[1]} GB/s (${machine})`] : ['roofs', 'not known for this processor: give --roof TFLOPS,GBPS'],
    bound ? ['no faster than', `${bound.toPrecision(3)} ms`] : null,
    measured ? ['measured', `${measured.median_ms.toPrecision(4)} ms, median of ${measured.runs} runs on ${measured.machine}${rate ? `: ${rate.toPrecision(3)} TFLOP/s` : ''}`] : ['measured', 'not run: add --run'],
  ].filter(Boolean);
  const box = element('div', { class: 'roof', 'data-picture': 'roof' });
  const draw = () => {
    const width = box.clientWidth || 600, height = box.clientHeight || 320;
    if (!intensity || !roof && !rate) { box.replaceChildren(); box.style.display = 'none'; return; }
    const left = 54, bottom = 36, top = 14, right = 14;
    const peak = roof ? roof[0] : rate * 4;
    const xs = [Math.log10(Math.min(1, intensity / 3)), Math.log10(Math.max(intensity * 4, roof ? roof[0] * 1e3 / roof[1] * 6 : 10))];
    const low = Math.min(peak / 1000, rate ? rate / 2 : Infinity);
    const ys = [Math.log10(low), Math.log10(peak * 1.8)];
    const x = (value) => left + (Math.log10(value) - xs[0]) / (xs[1] - xs[0]) * (width - left - right);
    const y = (value) => height - bottom - (Math.log10(Math.max(value, low)) - ys[0]) / (ys[1] - ys[0]) * (height - top - bottom);
    const svg = drawn('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': 'Roofline' });
    const text = (at, content, attributes = {}) => { const made = drawn('text', { x: at[0], y: at[1], ...attributes }); made.textContent = content; svg.append(made); return made; };
    const line = (points, attributes) => svg.append(drawn('polyline', { points: points.map((own) => own.join(',')).join(' '), fill: 'none', ...attributes }));
    const step = width < 500 ? 2 : 1;
    for (let power = Math.ceil(xs[0]); power <= xs[1]; power += step) { line([[x(10 ** power), top], [x(10 ** power), height - bottom]], { stroke: 'var(--edge)' }); text([x(10 ** power), height - bottom + 15], `${10 ** power}`, { 'text-anchor': 'middle' }); }
    for (let power = Math.ceil(ys[0]); power <= ys[1]; power++) { line([[left, y(10 ** power)], [width - right, y(10 ** power)]], { stroke: 'var(--edge)' }); text([left - 6, y(10 ** power) + 4], `${10 ** power}`, { 'text-anchor': 'end' }); }
    text([left + (width - left - right) / 2, height - 4], 'FLOP per byte', { 'text-anchor': 'middle' });
    text([4, top + 2], 'TFLOP/s', {});
    if (roof) {
      const ridge = roof[0] * 1e3 / roof[1], from = 10 ** xs[0], to = 10 ** xs[1];
      line([[x(from), y(from * roof[1] / 1e3)], [x(ridge), y(roof[0])], [x(to), y(roof[0])]], { stroke: 'var(--c1)', 'stroke-width': 2.5 });
      const attainable = Math.min(roof[0], intensity * roof[1] / 1e3);
      svg.append(drawn('circle', { cx: x(intensity), cy: y(attainable), r: 6, fill: 'var(--panel)', stroke: 'var(--c1)', 'stroke-width': 2.5 }));
      text([x(intensity), y(attainable) - 12], 'bound', { 'text-anchor': x(intensity) > width * .75 ? 'end' : 'middle' });
    }
    if (rate) {
      svg.append(drawn('circle', { cx: x(intensity), cy: y(rate), r: 6, fill: 'var(--c2)' }));
      text([x(intensity), y(rate) + 20], 'measured', { 'text-anchor': x(intensity) > width * .75 ? 'end' : 'middle' });
    }
    box.replaceChildren(svg);
  };
  return [page(card('Roofline', box, table(['', ''], rows))), draw];
}
