// All reports, searched on the server; what is asked for is in the address, and a page further is a link.

import {get} from './api.js';
import {attributes, badge, byId, cell, element, empty, link, reportLink, table, time, token} from './elements.js';
import {field, values} from './dialog.js';
import {fill, text} from './fill.js';
import {howToSend} from './howtosend.js';
import {keepUp} from './keepup.js';
import {keep} from './router.js';
import {savedFilters} from './saved.js';
import {count, nextStep} from './words.js';

const SHOWN = 50;
const TYPING = 250;

const STATES = [['', 'any'], ['waiting', 'waiting'], ['posting', 'being posted'], ['running', 'running'], ['settled', 'settled']];
const OUTCOMES = [['', 'any'], ['failed,timed_out,rejected', 'not well'], ['failed', 'failed'], ['timed_out', 'timed out'],
  ['cancelled', 'cancelled'], ['rejected', 'rejected'], ['succeeded', 'succeeded']];
const ORDERS = [['', 'name'], ['age', 'oldest first']];

/** The form that asks; it calls back with what is in it, a moment after the last letter. */
function search(query, changed) {
  const form = element('form', 'search',
    field({name: 'q', label: 'Name or token', type: 'search', value: query.get('q') ?? '', maxLength: 100}),
    field({name: 'state', label: 'State', options: STATES, value: query.get('state') ?? ''}),
    field({name: 'outcome', label: 'Last outcome', options: OUTCOMES, value: query.get('outcome') ?? ''}),
    field({name: 'account', label: 'Workspace', type: 'search', value: query.get('account') ?? '', maxLength: 100}),
    field({name: 'order', label: 'Order', options: ORDERS, value: query.get('order') ?? ''}));
  attributes(form, {role: 'search', 'aria-label': 'Reports'});
  let typed = 0;
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('input', () => {
    clearTimeout(typed);
    typed = setTimeout(() => changed(values(form)), TYPING);
  });
  return form;
}

function reportRow(one) {
  return element('tr', '',
    cell('', reportLink(one)),
    cell('', badge(one.state)),
    cell('wide', time(one.since)),
    cell('', one.last_outcome === undefined ? '–' : badge(one.last_outcome)),
    cell('wide', nextStep(one)),
    cell('wide figure', String(one.changes_count || '–')),
    cell('wide', one.run_token === undefined ? '–' : token(one.run_token)));
}

const COLUMNS = [['Report', ''], ['State', ''], ['Since', 'wide'], ['Last outcome', ''], ['Next step', 'wide'],
  ['Changes', 'wide figure'], ['Run', 'wide']];

function summary(found, isFurther) {
  return count(found.count, 'report', 'reports') + (isFurther ? ', and these are not the first' : '')
    + (found.caught_up_percent === undefined ? '' : ', of what is known so far') + '.';
}

export function reports({query}) {
  let asked = Object.fromEntries(query);
  const said = attributes(element('p', 'quiet'), {role: 'status'});
  const {node, body} = table('Reports', COLUMNS);
  const rest = element('p', 'pages');
  const nothing = element('div');
  const page = element('div', 'view',
    attributes(element('h1', '', 'Reports'), {tabindex: -1}),
    search(query, filters => {
      asked = filters;
      keep(['reports'], asked);
      up.look();
    }),
    savedFilters(['reports'], () => ({...asked, after: undefined})),
    said, element('div', 'card', node, nothing), rest);

  function draw(found) {
    text(said, summary(found, asked.after !== undefined));
    fill(body, found.reports, one => one.account + '/' + one.kind + '/' + one.token, reportRow);
    node.hidden = found.count === 0;
    nothing.replaceChildren(...found.count === 0 ? [none()] : []);
    fill(rest, found.next === undefined ? [] : [{...asked, after: found.next}], () => 'next', query => link(['reports'], query, 'Next page'));
  }

  function none() {
    return Object.keys(asked).length > 0
      ? empty('No report is like that. Freshet knows those that it has refreshed, or is to refresh.')
      : howToSend('Freshet has not refreshed any report yet. Send a change of a data source, and its reports are here:');
  }

  const up = keepUp(page, () => get(['reports'], {...asked, limit: SHOWN}), draw);
  return {title: 'Reports', page, leave: up.leave};
}

/** Puts the cursor where reports are searched for; true if that is on the screen. */
export function focusSearch() {
  const input = byId('main').querySelector('[role="search"] input');
  input?.focus();
  input?.select();
  return Boolean(input);
}
