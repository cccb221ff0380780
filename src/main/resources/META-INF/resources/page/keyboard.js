// Keys for whoever looks at this all night. A dialog says which there are; they can be turned off there.

import {attributes, button, element} from './elements.js';
import {focusSearch} from './reports.js';
import {go} from './router.js';

const OFF = 'freshet-keys-off';
const PLACES = {o: [], r: ['reports'], c: ['changes'], b: ['objectives'], a: ['activity'], d: ['dead-letters'], p: ['plan']};
const KEYS = [['/', 'Search reports'], ['j, k', 'Next and previous row'], ['Enter', 'Open it'], ['g o', 'Overview'],
  ['g r', 'Reports'], ['g c', 'Changes'], ['g b', 'Objectives'], ['g a', 'Activity'], ['g d', 'Dead letters'], ['g p', 'Plan'], ['?', 'These keys']];

let waitsForPlace = 0;

function isTyping(target) {
  return target.closest('input, textarea, select, dialog[open]') !== null;
}

/** To the link of the next row, or of the one before. */
function move(by) {
  const rows = [...document.querySelectorAll('#main tbody tr, #main .rows > li')].filter(row => row.checkVisibility());
  const at = rows.findIndex(row => row.contains(document.activeElement));
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)];
  const target = next?.querySelector('a, button');
  target?.focus();
  target?.scrollIntoView({block: 'nearest'});
}

function search() {
  if (focusSearch()) return;
  go(['reports']);
  addEventListener('freshet-drawn', focusSearch, {once: true});
}

export function showKeys() {
  const box = attributes(element('input'), {type: 'checkbox'});
  box.checked = localStorage.getItem(OFF) === null;
  box.addEventListener('change', () => box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, ''));
  const dialog = attributes(element('dialog', 'keys',
    attributes(element('h2', '', 'Keys'), {id: 'keys-title'}),
    element('dl', '', ...KEYS.map(([key, what]) => element('div', '', element('dt', '', element('kbd', '', key)), element('dd', '', what)))),
    element('label', 'check', box, ' Use single keys'),
    element('div', 'buttons', button('Close', () => dialog.close(), 'primary'))), {'aria-labelledby': 'keys-title'});
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

const ACTS = {'/': search, j: () => move(1), k: () => move(-1), '?': showKeys};

export function listenToKeys() {
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (localStorage.getItem(OFF) !== null && event.key !== '?') return;
    const afterG = Date.now() - waitsForPlace < 1500;
    waitsForPlace = event.key === 'g' ? Date.now() : 0;
    if (afterG && PLACES[event.key]) go(PLACES[event.key]);
    else if (ACTS[event.key]) ACTS[event.key]();
    else return;
    event.preventDefault();
  });
}
