// The page: views, theme, keys, and the address that remembers what is shown.

class Page {
  constructor() {
    this.model = new Model(document.querySelectorAll('script.part'));
    this.passes = new Passes(this);
    const { model } = this;
    const fusions = (model.account?.functions ?? []).reduce((sum, body) => sum + body.fusions.length, 0);
    this.views = [
      ['passes', 'Passes', model.steps.length], ['program', 'Program', model.remarks.length ? plural(model.remarks.length, 'remark') : ''],
      ['recognized', 'Recognized', fusions || ''], ['kernels', 'Kernels', model.kernels?.launches.length || ''], ['mask', 'Mask', ''], ['roofline', 'Roofline', ''],
    ];
    this.view = document.getElementById('view');
    this.head();
    const tabs = document.getElementById('tabs');
    for (const [name, title, count] of this.views) {
      tabs.append(element('button', { type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': 'view', onclick: () => this.open(name) }, title, count === '' ? null : element('span', { class: 'count' }, count)));
    }
    const [name, step] = location.hash.slice(1).split('/');
    if (name === 'passes' && model.steps[Number(step)]) this.passes.current = Number(step);
    this.open(this.views.some((own) => own[0] === name) ? name : 'passes');
    document.addEventListener('keydown', (event) => this.key(event));
    addEventListener('resize', () => this.redraw?.());
  }

  head() {
    const { model } = this;
    const total = model.stages.reduce((sum, stage) => sum + (stage.total || 0), 0);
    document.getElementById('title').textContent = model.about.file || 'Flashlight trace';
    document.getElementById('subtitle').textContent = `for ${model.about.target} · ${plural(model.steps.filter((step) => step.kind === 'pass').length, 'pass')} in ${duration(total)} · flashlight ${model.version ?? '?'}`;
    const [kind, text] = model.status;
    const status = document.getElementById('status');
    status.className = `status ${kind}`; status.textContent = text;
  }

  remember(place) { history.replaceState(null, '', `#${place}`); }

  open(name, target) {
    this.current = name; this.redraw = null;
    for (const [own] of this.views) {
      const tab = document.getElementById(`tab-${own}`);
      tab.setAttribute('aria-selected', String(own === name)); tab.tabIndex = own === name ? 0 : -1;
    }
    this.view.setAttribute('aria-labelledby', `tab-${name}`);
    this.remember(name === 'passes' ? `passes/${this.passes.current}` : name);
    const { model, view } = this;
    switch (name) {
      case 'passes': this.passes.show(view); break;
      case 'program': { const made = programView(model, target); view.replaceChildren(made[0] ?? made); made[1]?.(); break; }
      case 'recognized': view.replaceChildren(recognizedView(model)); break;
      case 'kernels': view.replaceChildren(kernelsView(model)); break;
      case 'mask': view.replaceChildren(maskView(model)); break;
      case 'roofline': { const [made, draw] = roofView(model); view.replaceChildren(made); this.redraw = draw; draw?.(); break; }
    }
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches?.('input[type="search"], select')) { if (event.key === 'Escape') event.target.blur(); return; }
    const number = Number(event.key);
    if (number >= 1 && number <= this.views.length) { this.open(this.views[number - 1][0]); event.preventDefault(); return; }
    if (event.target.getAttribute?.('role') === 'tab' && ['ArrowLeft', 'ArrowRight'].includes(event.key)) {
      const at = this.views.findIndex((own) => own[0] === this.current), by = event.key === 'ArrowLeft' ? -1 : 1;
      const next = this.views[(at + by + this.views.length) % this.views.length][0];
      this.open(next); document.getElementById(`tab-${next}`).focus(); return;
    }
    if (event.key === 't') { turnTheme(); return; }
    if (this.current === 'passes' && this.passes.key(event)) event.preventDefault();
  }
}

const preferred = matchMedia('(prefers-color-scheme: dark)');
function theme(name) {
  document.documentElement.dataset.theme = name;
  const button = document.getElementById('theme');
  if (button) button.textContent = name === 'dark' ? '☀' : '☾';
}
function turnTheme() {
  const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  try { localStorage.setItem('flashlight-theme', next); } catch { /* a page on disk may have no storage */ }
  theme(next);
}
function chosenTheme() {
  try { const own = localStorage.getItem('flashlight-theme'); if (own === 'dark' || own === 'light') return own; } catch { /* as above */ }
  return preferred.matches ? 'dark' : 'light';
}
theme(chosenTheme());
preferred.addEventListener('change', () => theme(chosenTheme()));
addEventListener('DOMContentLoaded', () => {
  theme(chosenTheme());
  document.getElementById('theme').addEventListener('click', turnTheme);
  window.trace = new Page();
});
