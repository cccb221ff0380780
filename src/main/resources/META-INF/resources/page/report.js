// One report: where it stands, what comes next, and how its last runs ended and why there were any.

import {mayOperate, actionsNeedRole} from './access.js';
import {holdButton, refreshButton, releaseButton} from './actions.js';
import {get} from './api.js';
import {attributes, badge, cell, changeId, copyButton, element, empty, facts, link, outside, section, time, token} from './elements.js';
import {fill, show} from './fill.js';
import {keepUp} from './keepup.js';
import {count, error, nextStep, seconds} from './words.js';

function head(one) {
  return element('div', 'headline',
    attributes(element('h1', '', one.name ?? one.token), {tabindex: -1}),
    badge(one.state),
    element('p', 'quiet', link(['workspaces', one.account], {}, one.account), ' / ',
      one.kind === 'dataset' && 'dataset ', token(one.token), ' ', copyButton(one.token, 'the token'),
      one.web_url && element('span', '', ' · ', outside(one.web_url, 'Open in Mode'))));
}

function standing(one) {
  return facts([
    ['Since', time(one.since)],
    ['Next step', nextStep(one)],
    ['Datasets', one.datasets_count || ''],
    ['Changes that it is to show', one.changes_count || ''],
    ['Changes since it was posted', one.follow_up_changes_count || ''],
    ['Run', one.run_token && token(one.run_token)],
    ['Last outcome', one.last_outcome && badge(one.last_outcome)]
  ]);
}

function cause(one, account) {
  return element('li', '',
    link(['changes', account], {source: one.source, id: one.id}, one.source + ' ', changeId(one.id)),
    element('span', 'quiet', one.reason ? ' · ' + one.reason : '', ' · changed ', time(one.changed_at)));
}

function causes(run) {
  const shown = run.changes ?? [];
  const more = run.changes_count - shown.length;
  return element('ul', 'causes', ...shown.map(one => cause(one, run.account)),
    more > 0 && element('li', 'quiet', 'and ' + count(more, 'other change', 'other changes')));
}

function runRow(run) {
  const ended = run.finished_at ?? run.rejected_at;
  const why = error(run);
  return element('tr', '',
    cell('', time(ended)),
    cell('', badge(run.outcome ?? 'rejected'), run.reason && element('span', '', ' ', run.reason.replaceAll('_', ' ')),
      why && element('div', 'why', why)),
    cell('figure', run.accepted_at === undefined ? '–' : seconds((Date.parse(ended) - Date.parse(run.accepted_at)) / 1000)),
    cell('figure wide', run.freshness_seconds === undefined ? '–' : seconds(run.freshness_seconds)),
    cell('stacked', causes(run)),
    cell('wide', run.run_token === undefined ? '–' : outside(run.web_url, token(run.run_token))));
}

const RUNS = [['Ended', ''], ['Outcome', ''], ['Took', 'figure'], ['Freshness', 'figure wide'], ['Because of', 'stacked'], ['Run', 'wide']];

function actions(one, held, look) {
  if (one.kind === 'dataset') return [];
  if (!mayOperate()) return [actionsNeedRole()];
  return [refreshButton(one, look), held ? releaseButton(held, look) : holdButton(one.account, 'report:' + one.token, one.name ?? one.token, look)];
}

export function report({path: [, account, key]}) {
  const header = element('div', '', attributes(element('h1', '', key), {tabindex: -1}));
  const notes = element('ul', 'notes');
  const bar = element('div', 'actions');
  const now = element('div', 'card');
  const body = element('tbody');
  const runs = element('table', 'runs', element('caption', 'unseen', 'Its last runs, the newest first'),
    element('thead', '', element('tr', '', ...RUNS.map(([title, className]) =>
      attributes(element('th', className, title), {scope: 'col'})))), body);
  const nothing = element('div', '', empty('No run of it has ended in the last day. Each is here with its cause, and with Mode’s words if it fails.'));
  const page = element('div', 'view', header, notes, bar, section('Now', now), section('Last runs', element('div', 'card', runs, nothing)));
  let title = key;

  async function load() {
    const [one, known] = await Promise.all([get(['reports', account, key]), get(['facts'], {account})]);
    return {one, held: known.facts.find(fact => fact.what === 'held' && fact.subject === 'report:' + key)};
  }

  function draw({one, held}) {
    const {runs: ended, ...state} = one;
    title = one.name ?? key;
    document.title = title + ' · Freshet';
    show(header, state, head);
    fill(notes, held ? [held] : [], fact => fact.subject, heldNote);
    show(bar, {token: one.token, name: one.name, held, may: mayOperate()}, () => element('div', 'buttons', ...actions(one, held, up.look)));
    show(now, state, standing);
    fill(body, ended, run => run.run_token ?? run.rejected_at, runRow);
    runs.hidden = ended.length === 0;
    nothing.hidden = ended.length > 0;
  }

  const up = keepUp(page, load, draw);
  return {title, page, leave: up.leave, again: up.look};
}

function heldNote(fact) {
  return element('li', 'notice', 'Held since ', time(fact.at), fact.by ? ' by ' + fact.by : '', ': ' + fact.why);
}
