// What a change would lead to; nothing is posted.

import {actionsNeedRole, mayOperate} from './access.js';
import {Refused, send} from './api.js';
import {attributes, cell, element, reportLink, section, table, token} from './elements.js';
import {field, values} from './dialog.js';
import {about, count, words} from './words.js';

const TARGETS = [['data_source', 'Data source'], ['space', 'Collection'], ['datasets', 'Datasets, with commas']];

function change({account, kind, target, tables}) {
  const list = text => text.split(',').map(one => one.trim()).filter(one => one);
  return {account, [kind]: kind === 'datasets' ? list(target) : target, tables: tables && list(tables)};
}

function form(plan) {
  const node = element('form', 'search',
    field({name: 'account', label: 'Workspace', maxLength: 100, hint: 'Needed if there are several'}),
    field({name: 'kind', label: 'What changes', options: TARGETS}),
    field({name: 'target', label: 'Its token', required: true, hint: 'The last part of its address in Mode'}),
    field({name: 'tables', label: 'Tables', hint: 'With commas; only of a data source'}),
    attributes(element('button', 'primary', 'Plan'), {type: 'submit'}));
  node.addEventListener('submit', async event => {
    event.preventDefault();
    node.lastChild.disabled = true;
    await plan(change(values(node)));
    node.lastChild.disabled = false;
  });
  return node;
}

function postRow(account) {
  return one => element('tr', '', cell('', reportLink({account, ...one})),
    cell('figure', String(one.dataset_tokens.length)), cell('', one.awaits.length ? count(one.awaits.length, 'dataset', 'datasets') + ' first' : 'at once'));
}

function datasetRow(account) {
  return one => element('tr', '', cell('', reportLink({account, ...one})),
    cell('', words(one.decision)), cell('', one.why));
}

function rows(label, columns, items, row) {
  const {node, body} = table(label, columns);
  body.append(...items.map(row));
  return section(label, element('div', 'card', items.length ? node : element('p', 'empty', 'None.')));
}

function result(plan) {
  const {calls} = plan;
  return [
    element('p', 'large', count(plan.reports_count, 'report', 'reports') + ' would be run, of ' + count(plan.datasets_count, 'dataset', 'datasets') + '.'),
    element('p', 'quiet', calls.posts === 0 ? 'No call to Mode.' : count(calls.at_least, 'call', 'calls') + ' to Mode at least; '
      + (calls.all_posted_after_seconds === 0 ? 'all are posted at once' : 'the last is posted after ' + about(calls.all_posted_after_seconds)) + ', if the limit is free.'),
    rows('Reports to run', [['Report', ''], ['Datasets', 'figure'], ['Posted', '']], plan.reports, postRow(plan.account)),
    rows('Datasets', [['Dataset', ''], ['Decision', ''], ['Why', '']], plan.datasets, datasetRow(plan.account)),
    plan.left_out.length > 0 && rows('Left out', [['Token', ''], ['Kind', ''], ['Reason', '']], plan.left_out,
      one => element('tr', '', cell('', one.name && one.name + ' ', token(one.token)), cell('', one.kind), cell('', words(one.reason))))
  ].filter(Boolean);
}

export function plan() {
  const found = attributes(element('div'), {role: 'status'});
  const body = mayOperate() ? [form(show), found] : [actionsNeedRole()];
  const page = element('div', 'view', attributes(element('h1', '', 'Plan'), {tabindex: -1}),
    element('p', 'quiet', 'What a change would lead to, under the limit as it is now. Nothing is posted.'), ...body);

  async function show(asked) {
    found.replaceChildren(element('p', 'quiet', 'Freshet asks Mode…'));
    try {
      found.replaceChildren(...result(await send('POST', ['plans'], {body: asked})));
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause;
      found.replaceChildren(element('p', 'trouble', cause.message));
    }
  }
  return {title: 'Plan', page, leave() {}};
}
