// Opens what a link points to, unfolds what files say, and finds things by their words. Nothing is loaded, nothing is
// sent; whatever comes from the data is put into the page as text.
'use strict';
(() => {
  const MOST = 100;
  const byId = id => document.getElementById(id);
  const plain = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const number = count => count.toLocaleString('en');

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  }

  function openTarget() {
    const target = /^#e\d+$/.test(location.hash) && byId(location.hash.slice(1));
    const folded = target && target.querySelector('details');
    if (folded) {
      folded.open = true;
      target.scrollIntoView({ block: 'start' });
    }
  }

  function tools() {
    const files = [...document.querySelectorAll('.more > td > details')];
    const button = byId('unfold');
    if (!button || files.length === 0) return;
    byId('tools').hidden = false;
    button.addEventListener('click', () => {
      const open = button.getAttribute('aria-pressed') === 'false';
      files.forEach(file => { file.open = open; });
      button.setAttribute('aria-pressed', String(open));
    });
  }

  // One record for each line of the package: where it is, what is shown of it, and the words by which it is found.
  function records() {
    const all = [];
    for (const chapter of JSON.parse(byId('entries').textContent)) {
      let common = { place: '', outcome: '', day: '' };
      let same = '';
      let line = 0;
      for (const row of chapter.rows) {
        if (typeof row === 'object' && !Array.isArray(row)) {
          common = row;
          same = plain([chapter.type, chapter.source, row.place, row.outcome, row.day].join('\n'));
          continue;
        }
        const [name, more] = typeof row === 'string' ? [row, ''] : row;
        all.push({ chapter, common, same, line, name, words: plain(name + '\n' + more) });
        line++;
      }
    }
    return all;
  }

  function address(record) {
    const { first, page, lines } = record.chapter;
    const file = page === 0 ? '' : 'index-' + (page + Math.floor(record.line / lines)) + '.html';
    return file + '#e' + (first + record.line);
  }

  function hit(record) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = address(record);
    link.append(element('bdi', '', record.name));
    const about = document.createElement('span');
    about.className = 'dim';
    about.append(record.chapter.type + ' in ', element('bdi', '', record.chapter.source));
    if (record.common.place) about.append(' · ', element('bdi', '', record.common.place));
    about.append(' · ' + record.common.outcome);
    item.append(link, ' ', about);
    return item;
  }

  function search() {
    const box = byId('find');
    if (!box) return;
    const input = byId('words');
    const list = byId('hits');
    const status = byId('hitcount');
    let all = null;
    let waiting = 0;
    let shown = '';

    function find() {
      const asked = input.value.trim();
      if (asked === shown) return;
      shown = asked;
      const terms = plain(asked).split(/\s+/).filter(term => term !== '');
      list.replaceChildren();
      if (terms.length === 0) {
        status.textContent = '';
        return;
      }
      all ??= records();
      const hits = all.filter(({ words, same }) => terms.every(term => words.includes(term) || same.includes(term)));
      list.replaceChildren(...hits.slice(0, MOST).map(hit));
      status.textContent = hits.length === 0 ? 'Nothing found. Try fewer or shorter words.'
        : number(hits.length) + (hits.length === 1 ? ' thing' : ' things') + ' found'
          + (hits.length > MOST ? '; the first ' + MOST + ' are shown. Another word narrows it down.' : '.');
    }

    input.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(find, 120);
    });
    input.addEventListener('keydown', event => {
      if (event.key === 'Enter') find();
      if (event.key === 'Escape') {
        input.value = '';
        find();
      }
    });
    // Going back, a browser fills in what was asked before.
    addEventListener('pageshow', find);
    box.hidden = false;
  }

  const contents = document.querySelector('.toc > details');
  if (contents && matchMedia('(max-width: 48rem)').matches) contents.open = false;
  tools();
  search();
  addEventListener('hashchange', openTarget);
  openTarget();
})();
