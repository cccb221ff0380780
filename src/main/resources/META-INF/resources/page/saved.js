// Filters that somebody keeps under a name, in this browser and nowhere else.

import {ask} from './dialog.js';
import {Refused} from './api.js';
import {attributes, button, element, link} from './elements.js';

const KEPT = 'freshet.saved-filters';
const MOST = 30;

/** What was kept, or nothing: what lies there may be of another version, or be forbidden. */
function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(kept) ? kept.filter(one => typeof one?.name === 'string' && typeof one.query === 'object') : [];
  } catch {
    return [];
  }
}

function write(kept) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    throw new Refused(0, 'This browser doesn’t keep anything for this page.');
  }
}

function keep(name, query) {
  const others = read().filter(one => one.name !== name);
  if (others.length >= MOST) throw new Refused(0, 'There are ' + MOST + ' already: forget one first.');
  write([...others, {name, query}].sort((one, other) => one.name.localeCompare(other.name)));
}

/**
 * The names under which filters are kept, each a link, and what keeps those of now.
 *
 * @param path of the place that they filter
 * @param now gives the filters of now
 */
export function savedFilters(path, now) {
  const list = attributes(element('ul', 'saved'), {'aria-label': 'Saved filters'});
  const save = button('Save these filters…', async () => {
    await ask({
      title: 'Save these filters',
      text: 'Under a name, in this browser only. To share them, send the address of this page.',
      fields: [{name: 'name', label: 'Name', required: true, maxLength: 40}],
      verb: 'Save',
      act: ({name}) => keep(name, now())
    });
    draw();
  }, 'small');

  function row({name, query}) {
    const forget = button('✕', () => {
      write(read().filter(one => one.name !== name));
      draw();
      save.focus();
    }, 'small');
    return element('li', '', link(path, query, name), attributes(forget, {'aria-label': 'Forget ' + name, title: 'Forget'}));
  }

  function draw() {
    const kept = read();
    list.replaceChildren(...kept.map(row));
    list.hidden = kept.length === 0;
  }
  draw();
  return element('div', 'pages buttons', list, save);
}
