(() => {
  'use strict';
  const $ = (s, r = document) => r.querySelector(s);
  const $$ = (s, r = document) => Array.from(r.querySelectorAll(s));
  // everything from a peer goes through textContent, never through innerHTML
  const el = (tag, cls, text) => {
    const e = document.createElement(tag);
    if (cls) e.className = cls;
    if (text !== undefined) e.textContent = text;
    return e;
  };
  const put = (parent, ...children) => { parent.append(...children); return parent; };
  const catalogue = JSON.parse($('#catalogue').textContent);
  const scenarios = $$('.scenario');
  const byId = id => document.getElementById(id);

  // ---- the inside of a scenario, made when it is opened

  const octetsOf = text => Uint8Array.from(text, c => c.charCodeAt(0));

  async function unpack(scenario) {
    const packed = new Blob([octetsOf(atob(byId('data-' + scenario.id).textContent))]);
    return JSON.parse(await new Response(packed.stream().pipeThrough(new DecompressionStream('gzip'))).text());
  }

  const fill = scenario => scenario.filled ??= fillIn(scenario);

  async function fillIn(scenario) {
    const inside = $('.inside', scenario);
    let data;
    try {
      data = scenario.data = await unpack(scenario);
    } catch (e) {
      put(inside, el('p', 'verdict', 'The inside of this scenario cannot be shown: ' + e.message));
      return;
    }
    const badge = $('summary .badge', scenario).textContent;
    if (data.reason) put(inside, put(el('p', 'verdict v-' + scenario.dataset.v), el('b', '', badge), ': ' + data.reason));
    const cols = el('div', 'cols');
    put(cols, requirements(data), steps(data));
    put(inside, cols);
    if (data.checks.length) put(inside, el('h3', '', 'Checks'), checks(scenario, data));
    put(inside, el('h3', '', 'Sequence chart'), chart(data), sources(scenario));
    if (data.messages.length) put(inside, el('h3', '', 'Messages'), messages(scenario, data));
  }

  function requirements(data) {
    const box = el('div');
    put(box, el('h3', '', 'Requirements'));
    for (const id of data.requirements) {
      const row = el('div', 'req'), known = catalogue[id];
      const text = el('p');
      if (known) put(text, el('b', '', known[0]), ' ', el('span', 'dim', known[1]), el('br'), known[2]);
      else put(text, el('span', 'dim', 'not in the catalogue'));
      put(box, put(row, put(el('span'), el('span', 'chip', id)), text));
    }
    if (!data.requirements.length) put(box, el('p', 'dim', 'none tagged'));
    if (data.disturbances.length) {
      put(box, el('h3', '', 'Disturbances of links'));
      const list = el('ul');
      for (const d of data.disturbances) put(list, el('li', '', d));
      put(box, list);
    }
    if (data.tags.length) put(box, el('p', 'dim', data.tags.map(t => '@' + t).join(' ')));
    return box;
  }

  const signs = { passed: '\u2713', failed: '\u2717', skipped: '\u2013', undefined: '?', pending: '\u2026', ambiguous: '?' };

  function steps(data) {
    const box = el('div'), list = el('ol', 'steps');
    put(box, el('h3', '', 'Steps'), list);
    for (const [keyword, text, status, took, message] of data.steps) {
      const row = el('li', 'is-' + status), sign = el('span', 'st-' + status, signs[status]);
      sign.title = status;
      sign.setAttribute('aria-label', status);
      put(row, sign, el('span', 'kw', keyword), el('span', '', text), el('span', 'ms', took));
      if (message) put(row, el('div', 'msg', message));
      put(list, row);
    }
    return box;
  }

  function head(names) {
    const row = el('tr');
    for (const n of names) {
      const cell = el('th', n[0] === '>' ? 'num' : '', n.replace('>', ''));
      cell.scope = 'col';
      put(row, cell);
    }
    return put(el('thead'), row);
  }

  function checks(scenario, data) {
    const body = el('tbody');
    for (const [key, title, claim, id, clause, expected, actual, number] of data.checks) {
      const where = el('td', 'num');
      if (number) put(where, link(scenario, number));
      const what = put(el('td'), el('span', 'badge v-' + key, title));
      put(body, put(el('tr'), what, el('td', '', claim), put(el('td'), id ? el('span', 'chip', id) : ''), el('td', 'clause', clause),
        el('td', '', expected), el('td', '', actual), where));
    }
    return put(el('div', 'wide'), put(el('table', 'grid'), head(['Verdict', 'Claim', 'Requirement', 'Clause', 'Expected', 'Received', '>Message']), body));
  }

  function link(scenario, number) {
    const a = el('a', '', String(number));
    a.href = '#' + scenario.id + '/message-' + number;
    return a;
  }

  // the chart is the file's: this page has its style already, and is the one its arrows lead to
  function chart(data) {
    const box = el('div', 'chartbox'), svg = new DOMParser().parseFromString(data.chart, 'image/svg+xml').documentElement;
    $('style', svg).remove();
    for (const a of $$('a', svg)) a.setAttribute('href', a.getAttribute('href').replace(/^[^#]*/, ''));
    box.tabIndex = 0;
    return put(box, document.importNode(svg, true));
  }

  function sources(scenario) {
    const box = el('p', 'sources');
    for (const [ext, text] of [['.svg', 'Chart as a file'], ['.pcapng', 'Capture for Wireshark']]) {
      const a = el('a', '', text);
      a.href = scenario.id + ext;
      put(box, a);
    }
    const here = el('a', '', 'Link to this scenario');
    here.href = '#' + scenario.id;
    return put(box, here);
  }

  // ---- messages

  function messages(scenario, data) {
    const body = el('tbody');
    for (const m of data.messages) {
      const [number, at, from, to, point, , , , summary, fate, note] = m;
      const row = el('tr', 'm' + (number === data.failing ? ' bad' : ''));
      row.id = scenario.id + '/message-' + number;
      const open = el('button', 'open', String(number));
      open.type = 'button';
      open.setAttribute('aria-expanded', 'false');
      open.setAttribute('aria-label', 'message ' + number);
      put(row, put(el('td', 'num'), open), el('td', 'num', at.toFixed(3)), el('td', '', data.parties[from][0]), el('td', '', data.parties[to][0]),
        el('td', '', point), el('td', 'sum', summary), el('td', fate === 'delivered' ? 'dim' : 'fate', fate + (note ? ': ' + note : '')));
      row.addEventListener('click', () => { if (!String(getSelection())) toggle(row, m); });
      put(body, row);
    }
    return put(el('div', 'wide'), put(el('table', 'grid messages'), head(['>#', '>Time (ms)', 'From', 'To', 'Reference point', 'Message', 'Fate']), body));
  }

  function toggle(row, m, open) {
    const next = row.nextElementSibling, isOpen = next && next.classList.contains('detail');
    if (open === isOpen) return;
    $('.open', row).setAttribute('aria-expanded', String(!isOpen));
    row.classList.toggle('on', !isOpen);
    if (isOpen) { next.remove(); return; }
    const cell = el('td', 'body');
    cell.colSpan = 7;
    const octets = octetsOf(m[12]);
    const cut = m[11] > octets.length ? ', the first ' + octets.length + ' shown' : '';
    put(cell, el('div', 'ends', m[5] + ' ' + m[6] + ' \u2192 ' + m[7] + ', ' + m[11] + ' octets' + cut));
    const dump = hex(octets);
    put(cell, put(el('div', 'pane'), m[13] ? tree(m[13], dump) : sip(octets), dump.box));
    row.after(put(el('tr', 'detail'), cell));
  }

  // control characters are shown, so that a stray one can be seen
  const visible = text => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g,
    c => '\u27e8' + c.charCodeAt(0).toString(16).padStart(2, '0') + '\u27e9');

  function sip(octets) {
    const box = el('div', 'box sip');
    box.tabIndex = 0;
    const text = new TextDecoder('utf-8').decode(octets);
    const end = text.search(/\r?\n\r?\n/);
    const lines = (end < 0 ? text : text.slice(0, end)).split(/\r?\n/);
    lines.forEach((line, i) => {
      const header = i > 0 && /^([A-Za-z0-9.!%*_+`'~-]+)(\s*:)/.exec(line);
      if (i === 0) put(box, el('b', '', visible(line)));
      else if (header) put(box, el('span', 'h', header[1]), visible(line.slice(header[1].length)));
      else put(box, /^[ \t]/.test(line) ? visible(line) : el('span', 'x', visible(line)));
      put(box, '\n');
    });
    if (end >= 0) put(box, '\n', visible(text.slice(end).replace(/^\r?\n\r?\n/, '')));
    return box;
  }

  function tree(nodes, dump) {
    const box = el('div', 'box');
    let selected = null;
    const list = (items, cls) => {
      const ul = el('ul', cls);
      for (const [name, code, vendor, flags, value, offset, length, children] of items) {
        const line = el('div', code ? '' : 'broken');
        line.tabIndex = 0;
        put(line, el('span', 'n', name), el('span', 'k', (code ? ' (' + code + (vendor ? ', vendor ' + vendor : '') + ')' : '') + (flags ? ' ' + flags : '')));
        if (value) put(line, ' ' + visible(value));
        line.title = 'octets ' + offset + ' to ' + (offset + length - 1);
        const select = () => {
          if (selected) selected.classList.remove('sel');
          (selected = line).classList.add('sel');
          dump.select(offset, length);
        };
        line.addEventListener('focus', select);
        line.addEventListener('mouseenter', select);
        const item = put(el('li'), line);
        if (children) put(item, list(children));
        put(ul, item);
      }
      return ul;
    };
    return put(box, list(nodes, 'tree'));
  }

  function hex(octets) {
    const box = el('div', 'box hex');
    box.tabIndex = 0;
    const cells = [];
    const show = max => {
      box.textContent = '';
      cells.length = 0;
      for (let at = 0; at < Math.min(octets.length, max); at += 16) {
        put(box, el('span', 'o', at.toString(16).padStart(4, '0') + '  '));
        const line = octets.subarray(at, at + 16), ascii = [];
        line.forEach((o, i) => {
          const a = el('i', '', o.toString(16).padStart(2, '0') + (i === 7 ? '  ' : ' '));
          const b = el('i', '', o >= 32 && o < 127 ? String.fromCharCode(o) : '.');
          cells.push([a, b]);
          box.append(a);
          ascii.push(b);
        });
        put(box, ' '.repeat((16 - line.length) * 3 + (line.length < 8 ? 1 : 0) + 1), ...ascii, '\n');
      }
      if (octets.length > max) {
        const more = el('button', '', 'all ' + octets.length + ' octets');
        more.type = 'button';
        more.addEventListener('click', () => show(Infinity));
        put(box, more);
      }
    };
    show(4096);
    let marked = [];
    return { box, select(from, length) {
      for (const pair of marked) pair.forEach(c => c.classList.remove('sel'));
      marked = cells.slice(from, from + length);
      for (const pair of marked) pair.forEach(c => c.classList.add('sel'));
      if (marked.length) box.scrollTop += marked[0][0].getBoundingClientRect().top - box.getBoundingClientRect().top - 60;
    } };
  }

  // ---- links and filters

  async function follow() {
    let hash;
    try { hash = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const [id, part] = hash.split('/');
    const scenario = id && byId(id);
    if (!scenario || !scenario.classList.contains('scenario')) return;
    if (scenario.hidden) clear();
    scenario.open = true;
    await fill(scenario);
    const row = part && byId(hash);
    if (row) {
      toggle(row, scenario.data.messages.find(m => 'message-' + m[0] === part), true);
      row.scrollIntoView({ block: 'center' });
      $('.open', row).focus({ preventScroll: true });
    } else {
      scenario.scrollIntoView();
      $('summary', scenario).focus({ preventScroll: true });
    }
  }

  const text = $('#text'), selects = { v: $('#by-verdict'), r: $('#by-requirement'), c: $('#by-clause') };
  const words = new Map(scenarios.map(s => [s, (s.id + ' ' + $('summary', s).textContent + ' ' + s.dataset.c + ' ' + s.dataset.t + ' ' +
    $('h2', s.parentElement).textContent + ' ' + s.dataset.r.split('|').map(r => catalogue[r] ? catalogue[r].join(' ') : '').join(' ')).toLowerCase()]));

  function filter() {
    const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const s of scenarios) {
      const fits = wanted.every(w => words.get(s).includes(w)) && (!selects.v.value || s.dataset.v === selects.v.value) &&
        (!selects.r.value || s.dataset.r.includes('|' + selects.r.value + '|')) && (!selects.c.value || s.dataset.c.includes('|' + selects.c.value + '|'));
      s.hidden = !fits;
      if (fits) shown++;
    }
    for (const f of $$('.feature')) f.hidden = !$('.scenario:not([hidden])', f);
    for (const c of $$('.card')) c.setAttribute('aria-pressed', String(c.dataset.verdict === selects.v.value));
    $('#nothing').hidden = shown > 0;
    $('#shown').value = shown + ' of ' + scenarios.length;
  }

  function clear() {
    $('.filters').reset();
    filter();
  }

  text.addEventListener('input', filter);
  for (const s of Object.values(selects)) s.addEventListener('change', filter);
  $('.filters').addEventListener('reset', () => setTimeout(filter));
  $('.filters').addEventListener('submit', e => e.preventDefault());
  for (const card of $$('.card')) card.addEventListener('click', () => {
    selects.v.value = selects.v.value === card.dataset.verdict ? '' : card.dataset.verdict;
    filter();
  });
  for (const chip of $$('button[data-requirement]')) chip.addEventListener('click', () => {
    selects.r.value = chip.dataset.requirement;
    text.value = selects.r.value ? '' : chip.dataset.requirement;
    filter();
    byId('scenarios').scrollIntoView();
  });
  for (const s of scenarios) s.addEventListener('toggle', () => { if (s.open) fill(s); });
  const boxes = [$('#covered-only'), $('#holes-only')];
  for (const box of boxes) if (box) box.addEventListener('change', () => {
    for (const row of $$('.reqs tbody tr'))
      row.hidden = (boxes[0].checked && row.dataset.covered === '0') || (boxes[1].checked && row.dataset.hole === '0');
  });
  document.addEventListener('keydown', e => {
    if (e.key !== '/' || e.ctrlKey || e.metaKey || /INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) return;
    e.preventDefault();
    text.focus();
  });
  addEventListener('hashchange', follow);
  filter();
  follow();
})();
