'use strict';
// Reads the parts of the page: stages, passes and the texts before and after each. A page may be cut off anywhere.

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'class') made.className = value;
    else if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  for (const child of children.flat(Infinity)) if (child != null) made.append(child);
  return made;
};
const drawn = (name, attributes = {}, ...children) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const plural = (count, word) => `${count.toLocaleString('en')} ${word}${count === 1 ? '' : word.endsWith('s') ? 'es' : 's'}`;
const duration = (ms) => ms == null ? '' : ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : ms >= 10 ? `${ms.toFixed(0)} ms` : `${ms.toFixed(2)} ms`;

function readParts(scripts) {
  const parts = [];
  let torn = false;
  for (const script of scripts) {
    try { parts.push(JSON.parse(script.textContent)); } catch { torn = true; }
  }
  return { parts, torn };
}

class Model {
  constructor(scripts) {
    const { parts, torn } = readParts(scripts);
    this.torn = torn;
    this.lines = [];       // text
    this.lineplaces = [];  // numbers of places, or nothing
    this.places = [];
    this.steps = [];       // passes, and texts that are no IR, in order
    this.stages = [];
    this.remarks = [];
    this.about = { file: '', target: '', command: '' };
    this.summaries = {};
    let attempt = 1, why = [];
    for (const part of parts) {
      switch (part.part) {
        case 'begin':
          this.about = part.about; this.version = part.version; this.elements = part.elements;
          for (const stage of part.stages) this.summaries[stage.name] = stage.summary;
          break;
        case 'lines':
          this.places.push(...part.places);
          for (const line of part.lines) {
            this.lines.push(Array.isArray(line) ? line[0] : line);
            this.lineplaces.push(Array.isArray(line) ? line.slice(1) : null);
          }
          break;
        case 'source': this.source = part.text; break;
        case 'attempt': attempt = part.number; why = part.why; break;
        case 'stage':
          this.stages.push({ name: part.name, pipeline: part.pipeline, attempt, why, steps: [], remarks: [], ended: false });
          why = [];
          break;
        case 'pass': {
          const stage = this.stages.at(-1);
          const step = { kind: 'pass', name: part.name, on: part.on, pipeline: part.pipeline, before: part.before, stage, index: this.steps.length, ended: false };
          stage.steps.push(step); this.steps.push(step);
          break;
        }
        case 'passed': {
          const step = this.steps.findLast((own) => own.kind === 'pass');
          Object.assign(step, { ended: true, ms: part.ms, ok: part.ok, same: part.same, after: part.same ? step.before : part.after });
          break;
        }
        case 'text': {
          const stage = this.stages.at(-1);
          const step = { kind: 'text', name: part.title, on: '', before: null, after: part.text, stage, index: this.steps.length, ended: true, ok: true };
          stage.steps.push(step); this.steps.push(step);
          break;
        }
        case 'staged': {
          const stage = this.stages.at(-1);
          Object.assign(stage, { ended: true, ms: part.ms, failure: part.failure });
          for (const remark of part.remarks) { stage.remarks.push(remark); this.remarks.push({ ...remark, stage: stage.name }); }
          break;
        }
        case 'account': this.account = part.account; this.certificate = part.certificate; break;
        case 'kernels': this.kernels = part; break;
        case 'mask': this.mask = part; break;
        case 'roofline': this.roofline = part; break;
        case 'end': this.end = part; break;
      }
    }
    for (const stage of this.stages) {
      const own = stage.steps.reduce((sum, step) => sum + (step.ms || 0), 0);
      stage.total = stage.ms ?? own;
    }
    // Operations that became one: from each consumed place to that of the fused op, and back.
    this.fusedInto = new Map(); this.consumed = new Map();
    for (const body of this.account?.functions ?? []) for (const fusion of body.fusions) {
      const from = fusion.derivation?.consumed ?? [];
      this.consumed.set(fusion.location, from);
      for (const place of from) this.fusedInto.set(place, [...(this.fusedInto.get(place) ?? []), fusion.location]);
    }
    this.numbers = new Map(this.places.map((place, number) => [place, number]));
  }

  // The numbers of the lines of a text.
  expand(runs) {
    if (!runs) return null;
    const numbers = [];
    for (let at = 0; at < runs.length; at += 2) for (let next = 0; next < runs[at + 1]; next++) numbers.push(runs[at] + next);
    return numbers;
  }

  text(runs) { return (this.expand(runs) ?? []).map((number) => this.lines[number]).join('\n') + '\n'; }

  // Numbers of the places that belong to those of a line: what they were fused into as well.
  related(line) {
    const direct = new Set(this.lineplaces[line] ?? []);
    const all = new Set(direct);
    for (const number of direct) {
      for (const place of this.fusedInto.get(this.places[number]) ?? []) if (this.numbers.has(place)) all.add(this.numbers.get(place));
    }
    return { direct, all };
  }

  // A place without the file, where that is the program's own.
  short(place) { return place.startsWith(`${this.about.file}:`) ? place.slice(this.about.file.length + 1) : place; }

  get failed() {
    const last = this.steps.findLast((step) => step.kind === 'pass');
    if (last && (!last.ended || last.ok === false)) return last;
    return null;
  }

  get status() {
    if (!this.end) return ['cut', 'the compiler stopped short'];
    return this.end.failure ? ['failed', 'failed'] : ['ok', 'compiled'];
  }
}
