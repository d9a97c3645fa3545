// The passes: a list with times, the text before and after the chosen one, and where a line comes from and goes to.

// Lines that only open or close a region.
const BARE = /^\s*(\}|\^bb)/;
const CONTEXT = 3, FOLD = 8, AT_ONCE = 1200;

class Passes {
  constructor(page) {
    this.page = page; this.model = page.model;
    this.exact = false; this.changedOnly = false; this.filter = '';
    this.followed = null;
    const { model } = this;
    const telling = (step) => step.stage.remarks.some((remark) => remark.kind === 'passed' && remark.pass === step.name);
    const changed = model.steps.filter((step) => step.kind === 'pass' && step.ended && !step.same);
    const start = model.failed ?? changed.find(telling) ?? changed[0] ?? model.steps[0];
    this.current = start?.index ?? 0;
  }

  show(view) {
    this.list = element('div', { class: 'list', 'aria-label': 'Passes' });
    this.pick = element('select', { 'aria-label': 'Pass', onchange: () => this.choose(Number(this.pick.value)) });
    this.about = element('div', { class: 'about' });
    this.failure = element('div');
    this.diff = element('div', { class: 'diff', tabindex: '0', 'aria-label': 'Text before and after the pass' });
    this.follow = element('div', { class: 'follow', 'aria-live': 'polite' });
    const step = (by) => element('button', { type: 'button', onclick: () => this.move(by), 'aria-label': by < 0 ? 'Previous pass' : 'Next pass' }, by < 0 ? '↑' : '↓');
    view.replaceChildren(element('div', { class: 'passes' },
      this.list,
      element('div', { class: 'main' }, element('div', { class: 'pick' }, this.pick, step(-1), step(1)), this.about, this.failure, this.diff),
      this.follow));
    this.fill();
    this.render();
    this.renderFollow();
  }

  visible(step) {
    return (!this.filter || `${step.name} ${step.on}`.includes(this.filter)) && (!this.changedOnly || !step.same);
  }

  fill() {
    const { model } = this;
    const most = Math.max(...model.steps.map((step) => step.ms || 0), 0.001);
    const search = element('input', { type: 'search', placeholder: 'filter ( / )', 'aria-label': 'Filter passes', value: this.filter,
      oninput: () => { this.filter = search.value; this.fillItems(most); } });
    const changed = element('button', { type: 'button', title: 'Only passes that changed something (c)', 'aria-pressed': String(this.changedOnly), onclick: () => { this.changedOnly = !this.changedOnly; this.fill(); } }, this.changedOnly ? 'all' : 'changed');
    this.items = element('div');
    this.list.replaceChildren(element('div', { class: 'tools' }, search, changed), this.items);
    this.search = search;
    this.fillItems(most);
  }

  fillItems(most) {
    const { model } = this;
    this.items.replaceChildren(); this.pick.replaceChildren();
    for (const stage of model.stages) {
      const steps = stage.steps.filter((step) => this.visible(step));
      const attempt = stage.attempt > 1 ? `, attempt ${stage.attempt}` : '';
      this.items.append(element('div', { class: 'stage', title: model.summaries[stage.name] ?? '' }, element('span', {}, `${stage.name}${attempt}`), element('span', {}, duration(stage.total))));
      if (stage.why.length) this.items.append(element('p', { class: 'note', style: 'font-size:12px;padding:0 6px;margin:0' }, stage.why.join('; ')));
      const group = element('optgroup', { label: `${stage.name}${attempt}` });
      for (const step of steps) {
        const failed = step.kind === 'pass' && (!step.ended || step.ok === false);
        this.items.append(element('button', {
          type: 'button', class: `item${step.same ? ' same' : ''}${failed ? ' failed' : ''}`, 'data-step': step.index, 'aria-current': String(step.index === this.current),
          title: `${step.name} on ${step.on}${step.same ? ': changed nothing' : ''}`, onclick: () => this.choose(step.index),
        }, element('span', { class: 'name' }, step.name), element('span', { class: 'ms' }, failed ? 'failed' : duration(step.ms)),
        step.ms ? element('span', { class: 'bar', style: `width:${(100 * step.ms / most).toFixed(1)}%` }) : null));
        group.append(element('option', { value: step.index, selected: step.index === this.current }, `${failed ? '✗ ' : step.same ? '· ' : ''}${step.name}${step.on.includes('@') ? ` ${step.on.split(' ').pop()}` : ''}`));
      }
      if (steps.length) this.pick.append(group);
    }
  }

  choose(index, scroll = true) {
    if (!this.model.steps[index]) return;
    this.current = index;
    for (const item of this.items.querySelectorAll('.item')) {
      const own = Number(item.dataset.step) === index;
      item.setAttribute('aria-current', String(own));
      if (own && scroll) item.scrollIntoView({ block: 'nearest' });
    }
    this.pick.value = String(index);
    this.page.remember(`passes/${index}`);
    this.render();
  }

  move(by) {
    if (!this.model.steps.length) return;
    const open = this.model.steps.filter((step) => this.visible(step));
    const at = open.findIndex((step) => step.index === this.current);
    const next = open[at < 0 ? 0 : Math.min(open.length - 1, Math.max(0, at + by))];
    if (next) this.choose(next.index);
  }

  render() {
    const { model } = this, step = model.steps[this.current];
    this.failure.replaceChildren(); this.about.replaceChildren(); this.diff.replaceChildren();
    if (!step) {
      this.diff.append(element('p', { class: 'note', style: 'padding:14px' }, 'No pass has run.'));
      if (model.end?.failure) this.failure.append(element('div', { class: 'failure' }, element('pre', {}, model.end.failure.trim())));
      return;
    }
    const before = model.expand(step.before), after = model.expand(step.after);
    this.texts = { before, after };
    this.renderAbout(step, before, after);
    const stage = step.stage;
    const failed = step.kind === 'pass' && (!step.ended || step.ok === false);
    if (failed) this.renderFailure(step, stage);
    else if (stage.failure && step === stage.steps.at(-1)) this.renderFailure(step, stage);
    const shown = after ?? before;
    if (!shown) { this.diff.append(element('p', { class: 'note', style: 'padding:14px' }, 'This text was left out: the page had grown to its limit.')); return; }
    const rows = step.kind === 'text' || !step.ended || !before ? rowsOf(model, null, shown) : rowsOf(model, before, after ?? before, this.exact);
    this.changed = rows.some((row) => row.kind === 'change');
    this.single = !before || !after || step.kind === 'text' || !this.changed;
    this.shownTexts = { left: this.single ? null : before, right: shown };
    this.rows = rows;
    this.notes = this.remarksOf(step, shown);
    this.box = element('div', { class: 'rows' });
    this.diff.append(this.box);
    this.budget = AT_ONCE;
    this.renderRange(0, rows.length, this.box, true);
    this.diff.scrollTop = 0;
    if (this.target != null) { this.scrollTo(this.target); this.target = null; }
  }

  renderAbout(step, before, after) {
    const { model } = this;
    let facts = step.kind === 'text' ? 'made by the stage' : !step.ended ? 'did not return' : step.ok === false ? 'failed' : step.same ? 'changed nothing' : `${before ? plural(before.length, 'line') : '?'} → ${after ? plural(after.length, 'line') : '?'}`;
    const exact = element('input', { type: 'checkbox', onchange: () => { this.exact = exact.checked; this.render(); } });
    exact.checked = this.exact;
    const save = (runs, suffix) => element('button', { type: 'button', onclick: () => saveFile(`${step.name}-${suffix}.${step.kind === 'text' ? 'txt' : 'mlir'}`, model.text(runs)) }, `Save ${suffix}`);
    this.about.append(...[
      element('strong', {}, step.name),
      element('span', { class: 'facts' }, [step.on && `on ${step.on}`, step.stage && `stage ${step.stage.name}`, duration(step.ms), facts].filter(Boolean).join(' · ')),
      element('span', { class: 'spacer' }),
      step.kind === 'pass' && before && after && !step.same ? element('label', { class: 'facts wide', title: 'Otherwise lines that differ in names of values only are equal' }, exact, ' compare names') : null,
      step.before && step.kind === 'pass' ? save(step.before, 'before') : null,
      step.after && !step.same ? save(step.after, 'after') : null,
    ].filter(Boolean));
  }

  renderFailure(step, stage) {
    const { model } = this;
    const pass = step.kind === 'pass' ? `flashlight-opt --pass-pipeline='${step.pipeline}' ${step.name}-before.mlir` : null;
    const reason = stage.failure ?? model.end?.failure ?? (step.ended ? 'the pass failed' : 'The compiler stopped in this pass: nothing came after it.');
    this.failure.append(element('div', { class: 'failure' },
      element('pre', {}, reason.trim()),
      element('p', { style: 'margin:6px 0 2px' }, 'To see it again: ', element('code', {}, model.about.command),
        pass ? [element('br'), 'This pass alone, on what "Save before" gives: ', element('code', {}, pass)] : [],
        element('br'), element('span', { class: 'dim' }, `Constants of more than ${model.elements ?? 32} elements are not in the page; flashlight-opt --from/--to --dump-stages writes whole IR.`))));
  }

  remarksOf(step, shown) {
    const { model } = this, notes = new Map();
    if (step.kind !== 'pass') return notes;
    const own = step.stage.remarks.filter((remark) => remark.pass === step.name);
    for (const remark of own) {
      const number = model.numbers.get(remark.location);
      let at = number === undefined ? -1 : shown.findIndex((line) => model.lineplaces[line]?.includes(number));
      if (at < 0) at = 0;
      const list = notes.get(at) ?? [];
      if (!list.some((other) => other.message === remark.message)) list.push(remark);
      notes.set(at, list);
    }
    return notes;
  }

  hit(line) {
    return this.followed && (this.model.lineplaces[line] ?? []).some((place) => this.followed.all.has(place));
  }

  renderRange(from, to, box, folding) {
    const { rows } = this;
    const near = new Uint8Array(rows.length);
    if (folding && this.changed) {
      const mark = (at) => { for (let row = Math.max(from, at - CONTEXT); row <= Math.min(to - 1, at + CONTEXT); row++) near[row] = 1; };
      for (let at = from; at < to; at++) if (rows[at].kind === 'change' || this.notes.has(rows[at].right)) mark(at);
    } else near.fill(1);
    const made = document.createDocumentFragment();
    let at = from;
    while (at < to) {
      if (!near[at]) {
        let end = at;
        while (end < to && !near[end]) end++;
        if (end - at > FOLD) { made.append(this.foldOf(at, end)); at = end; continue; }
        for (; at < end; at++) made.append(this.rowOf(rows[at]));
        continue;
      }
      if (this.budget-- <= 0) { made.append(this.foldOf(at, to, true)); break; }
      made.append(this.rowOf(rows[at++]));
    }
    box.append(made);
  }

  foldOf(from, to, rest) {
    const button = element('button', { type: 'button', class: 'fold', onclick: () => {
      const box = document.createElement('div');
      this.budget = AT_ONCE;
      const focus = document.activeElement === button;
      button.replaceWith(box);
      this.renderRange(from, to, box, rest && this.changed);
      if (focus) this.diff.focus();
    } }, rest ? `⋯ ${plural(to - from, 'line')} more` : `⋯ ${plural(to - from, 'equal line')}`);
    button.dataset.from = from; button.dataset.to = to;
    return button;
  }

  cell(text, at, side, kind) {
    if (at == null) return element('div', { class: 'cell none' });
    const line = text[at];
    const tx = element('span', { class: 'tx' });
    highlight(this.model.lines[line], tx);
    if (side === 'right') for (const remark of this.notes.get(at) ?? []) {
      tx.append(element('span', { class: `remark ${remark.kind}` }, `[${remark.pass}] ${remark.message}`));
    }
    const cell = element('div', { class: `cell${kind === 'change' ? (side === 'left' ? ' del' : ' add') : ''}${this.hit(line) ? ' hit' : ''}`, 'data-line': line }, element('span', { class: 'no' }, at + 1), tx);
    cell.addEventListener('click', () => { if (!String(getSelection())) this.followLine(line); });
    return cell;
  }

  rowOf(row) {
    const { left, right } = this.shownTexts;
    if (this.single) return element('div', { class: 'row single' }, this.cell(right, row.right, 'right', 'equal'));
    return element('div', { class: `row ${row.kind}` }, this.cell(left, row.left, 'left', row.kind), this.cell(right, row.right, 'right', row.kind));
  }

  scrollTo(line) {
    if (!this.box) return;
    const open = () => this.box.querySelector(`.cell[data-line="${line}"]`);
    if (!open()) {
      const at = this.rows.findIndex((row) => this.shownTexts.right[row.right] === line);
      for (let tries = 0; tries < 40 && !open(); tries++) {
        const fold = [...this.box.querySelectorAll('.fold')].find((own) => Number(own.dataset.from) <= at && at < Number(own.dataset.to));
        if (!fold) break;
        fold.click();
      }
    }
    open()?.scrollIntoView({ block: 'center' });
  }

  followLine(line) {
    const related = this.model.related(line);
    this.followed = related.all.size ? { line, ...related } : { line, all: new Set(), direct: new Set() };
    for (const cell of this.box.querySelectorAll('.cell[data-line]')) cell.classList.toggle('hit', Boolean(this.hit(Number(cell.dataset.line))));
    this.renderFollow();
  }

  renderFollow() {
    const { model, followed } = this;
    this.follow.replaceChildren();
    if (!followed) {
      this.follow.append(element('p', { class: 'note' }, 'Click a line to follow it: where it comes from in the program, and what became of it in every stage, down to PTX. Keys: j and k for the next and the previous pass, / to filter, c for changed ones, 1 to 6 for the views, t for light and dark.'));
      return;
    }
    const name = (number) => model.short(model.places[number]);
    const names = [...followed.direct].map(name);
    const fused = [...followed.all].filter((number) => !followed.direct.has(number)).map(name);
    if (!names.length) { this.follow.append(element('p', { class: 'note' }, 'This line has no location.')); return; }
    this.follow.append(element('p', { style: 'margin-bottom:4px' }, element('strong', {}, `${names.length > 1 ? 'places' : 'place'} ${names.slice(0, 6).join(', ')}`), names.length > 6 ? ` and ${names.length - 6} more` : '', fused.length ? element('span', { class: 'dim' }, `, which became part of the fused op at ${fused.join(', ')}`) : ''));
    const source = model.expand(model.source) ?? [];
    const wanted = new Set([...followed.all].map((number) => model.places[number]?.split(':').slice(0, -1).join(':')));
    source.forEach((line) => {
      const own = model.places[(model.lineplaces[line] ?? [])[0]]?.split(':').slice(0, -1).join(':');
      if (wanted.has(own)) this.follow.append(this.where('program', line, () => this.page.open('program', line)));
    });
    for (const stage of model.stages) {
      for (const step of lastSteps(stage)) {
        const text = model.expand(step.after ?? step.before) ?? [];
        const found = text.filter((line) => !BARE.test(model.lines[line]) && (model.lineplaces[line] ?? []).some((place) => followed.all.has(place)));
        const jump = (line) => () => { this.target = line; if (step.index === this.current) { this.target = null; this.scrollTo(line); } else this.choose(step.index); };
        const few = found.length > 4 ? 2 : 4;
        found.slice(0, few).forEach((line) => this.follow.append(this.where(step.kind === 'text' ? step.name : stage.name, line, jump(line))));
        if (found.length > few) this.follow.append(this.where('', null, jump(found[few]), `and ${plural(found.length - few, 'line')} more`));
      }
    }
  }

  where(stage, line, go, text) {
    return element('button', { type: 'button', class: 'where', onclick: go }, element('span', { class: 'st' }, stage), element('span', { class: text ? 'dim' : 'tx' }, text ?? this.model.lines[line].trim()));
  }

  key(event) {
    switch (event.key) {
      case 'j': case 'ArrowDown': this.move(1); return true;
      case 'k': case 'ArrowUp': this.move(-1); return true;
      case '/': this.search.focus(); this.search.select(); return true;
      case 'c': this.changedOnly = !this.changedOnly; this.fill(); return true;
      case 'Escape': this.followed = null; this.render(); this.renderFollow(); return true;
      default: return false;
    }
  }
}

// The passes whose texts together are what a stage left: the last one on the module, or the last ones on what is in it.
function lastSteps(stage) {
  const last = new Map();
  for (const step of stage.steps) {
    if (step.on.startsWith('builtin.module')) last.clear(); else last.delete('builtin.module');
    if (step.kind === 'text') last.set(step.name, step); else last.set(step.on, step);
  }
  return [...last.values()];
}

function saveFile(name, text) {
  const link = element('a', { href: URL.createObjectURL(new Blob([text], { type: 'text/plain' })), download: name.replace(/[^\w.-]+/g, '_') });
  document.body.append(link); link.click(); link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
