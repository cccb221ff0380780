// Dead letters: found first, without writing anything, and then written to their topics again.

import {actionsNeedRole, mayOperate} from './access.js';
import {announce} from './announce.js';
import {Refused, send} from './api.js';
import {attributes, button, cell, element, empty, section, table} from './elements.js';
import {ask, field, values} from './dialog.js';
import {count, words} from './words.js';

const CODES = ['not_json', 'not_a_change', 'not_a_refresh', 'not_lineage', 'bad_token', 'bad_tables', 'unknown_account',
  'data_source_not_found', 'space_not_found', 'report_not_found', 'dataset_not_found', 'forbidden', 'bad_request', 'refused',
  'gave_up', 'too_large', 'unreadable'];
const COLUMNS = [['Place', ''], ['Code', ''], ['Reason', ''], ['Came from', 'wide'], ['Redriven', 'wide figure']];
const NUMBERS = ['partition', 'from_offset', 'to_offset', 'limit'];

function order(asked) {
  return Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, NUMBERS.includes(name) ? Number(value) : value]));
}

function number(name, label) {
  return field({name, label, type: 'number', min: 0, inputMode: 'numeric'});
}

function form(find) {
  const node = element('form', 'search',
    field({name: 'code', label: 'Code', options: [['', 'any'], ...CODES.map(code => [code, words(code)])]}),
    field({name: 'topic', label: 'Came from the topic', maxLength: 249}),
    number('partition', 'Partition'), number('from_offset', 'From offset'), number('to_offset', 'To offset'),
    attributes(element('button', 'primary', 'Find'), {type: 'submit'}));
  node.addEventListener('submit', async event => {
    event.preventDefault();
    await find(order(values(node)));
  });
  return node;
}

function row(one) {
  return element('tr', '',
    cell('token', one.partition + ' / ' + one.offset),
    cell('', words(one.code)),
    cell('', one.reason, one.refused && element('div', 'why', one.refused), !one.has_identity && element('div', 'quiet small', 'has no identity of its own: would be a new change')),
    cell('wide', one.topic),
    cell('wide figure', String(one.redrives)));
}

function rows(label, letters) {
  const {node, body} = table(label, COLUMNS);
  body.append(...letters.map(row));
  return element('div', 'card', node);
}

export function deadLetters() {
  const found = attributes(element('div'), {role: 'status'});
  const body = mayOperate() ? [form(find), found] : [actionsNeedRole()];
  const page = element('div', 'view', attributes(element('h1', '', 'Dead letters'), {tabindex: -1}),
    element('p', 'quiet', 'Records that were of no use, with the reason. Once its cause is gone, a record can be written to its topic again.'), ...body);

  async function find(asked) {
    found.replaceChildren(element('p', 'quiet', 'Freshet reads the topic…'));
    try {
      draw(asked, await send('POST', ['dead_letters', 'redrives'], {body: asked}));
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause;
      found.replaceChildren(element('p', 'trouble', cause.message));
    }
  }

  function draw(asked, {letters, refused, already_redriven: already, more}) {
    const parts = [];
    if (letters.length) {
      parts.push(section('Can be written again', rows('Dead letters', letters), element('div', 'buttons',
        button('Redrive ' + count(letters.length, 'letter', 'letters') + '…', () => redrive(asked, letters.length), 'primary'))));
    }
    if (refused.length) parts.push(section('Can’t be written again', rows('Refused dead letters', refused)));
    if (already) parts.push(element('p', 'quiet', count(already, 'other was', 'others were') + ' written again before.'));
    if (more) parts.push(element('p', 'quiet', 'There are more: redrive these first, or name a partition and offsets.'));
    found.replaceChildren(...parts.length ? parts : [empty('No dead letter is like that.')]);
  }

  async function redrive(asked, expected) {
    const done = await ask({
      title: 'Redrive ' + count(expected, 'letter', 'letters') + '?',
      text: 'Each is written to the topic that it came from, once, as it first came. What has died since you looked is written, too.',
      verb: 'Redrive',
      act: () => send('POST', ['dead_letters', 'redrives'], {body: {...asked, dry_run: false}})
    });
    if (!done) return;
    announce(count(done.letters.length, 'letter was', 'letters were') + ' written again.');
    await find(asked);
  }
  return {title: 'Dead letters', page, leave() {}};
}
