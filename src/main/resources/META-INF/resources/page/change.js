// One change from its plan to the end of each report: how far it is, what went wrong, and when each report ran.

import {get} from './api.js';
import {attributes, badge, cell, changeId, element, empty, facts, link, reportLink, section, table, time, token, tokenBeside} from './elements.js';
import {bar, progress} from './changes.js';
import {fill, show} from './fill.js';
import {keepUp} from './keepup.js';
import {timelineRow, timelineScale} from './timeline.js';
import {count, nextStep, seconds, thing, words} from './words.js';

const SHOWN = 200;
const RUNS = 1000; // to say when a report ran; what ended more than a day ago has no bar

const COLUMNS = [['Report', ''], ['For this change', ''], ['Wait and run', 'drawn'], ['Next step', 'wide']];

/** A change is known by its source and id, or by the number of the batch in which it was planned. */
async function load(account, query) {
  const source = query.get('source');
  const change = source === null ? undefined : await get(['changes'], {account, source, id: query.get('id')});
  const batch = change ? change.batch : query.get('batch');
  if (batch === undefined || batch === null) return {change, reports: [], runs: []};
  const [found, last] = await Promise.all([
    get(['reports'], {account, batch, limit: SHOWN}),
    get(['runs'], {account, batch, limit: RUNS})]);
  return {change, batch: found.batch, number: batch, count: found.count, reports: found.reports,
    runs: last.runs.filter(run => run.took_seconds !== undefined)};
}

function head({change, batch, number, account}) {
  const title = change ? change.change.id : thing(batch?.target, batch?.target_name) ?? 'Batch ' + number;
  const state = change ? change.settled?.outcome ?? change.state : batch?.outcome ?? batch?.state;
  return element('div', 'headline', attributes(element('h1', '', title), {tabindex: -1}), state && badge(state),
    element('p', 'quiet', link(['workspaces', account], {}, account),
      change && element('span', '', ' / ', changeId(change.change.source)),
      number && element('span', '', ' · batch ', number)));
}

function standing({change, batch, now}) {
  const counted = batch ?? (change && {state: change.state, runs: change.runs, planned_at: change.change.changed_at});
  if (!counted) return element('p', 'empty', 'It has not been planned yet.');
  const settled = change?.settled;
  return element('div', 'inset',
    element('p', 'large', progress(counted, now)), bar(counted.runs),
    facts([
      ['Target', thing(batch?.target, batch?.target_name), tokenBeside(batch?.target, batch?.target_name)],
      ['Changed', change && time(change.change.changed_at)],
      ['Planned', batch && time(batch.planned_at)],
      ['Settled', (settled ?? batch)?.settled_at && time((settled ?? batch).settled_at)],
      ['Data', settled && badge(settled.data)],
      ['Fresh after', settled?.freshness_seconds !== undefined && seconds(settled.freshness_seconds)],
      ['Left out', counted.runs.left_out || ''],
      ['Changes in its batch', batch && batch.changes_count]
    ]));
}

/** What did not end well may also be a thing that Mode doesn't know, which has no page. */
function badRow(one) {
  const isKnown = one.kind === 'report' || one.kind === 'dataset';
  return element('li', '', isKnown ? reportLink(one) : token(one.token ?? ''), element('span', 'bad', words(one.reason)));
}

function otherChange(one, account) {
  return element('li', '', time(one.changed_at), element('div', 'text',
    link(['changes', account], {source: one.source, id: one.id}, one.source + ' ', changeId(one.id)),
    one.reason && element('span', 'quiet', ' · ' + one.reason)));
}

function row(one) {
  return element('tr', '',
    cell('', reportLink(one)),
    cell('', badge(one.batch_outcome ?? one.state)),
    cell('drawn', timelineRow(one)),
    cell('wide', one.batch_outcome === undefined ? nextStep(one) : '–'));
}

export function change({path: [, account], query}) {
  const header = element('div', '', attributes(element('h1', '', query.get('id') ?? 'Change'), {tabindex: -1}));
  const now = element('div', 'card');
  const bad = element('ul', 'log plain');
  const badSection = section('What did not end well', element('div', 'card', bad));
  const {node, body} = table('Its reports', COLUMNS);
  const scale = element('p', 'quiet small');
  const nothing = empty('No report is to be refreshed for it, or its batch was settled more than a day ago.');
  const others = element('ul', 'log');
  const othersSection = section('Changes that were planned together', element('div', 'card', others));
  const page = element('div', 'view', header, section('Now', now), badSection,
    section('Reports', element('div', 'card', node, nothing), scale), othersSection);

  function draw(found) {
    const at = new Date().toISOString();
    const isOpen = (found.change?.state ?? found.batch?.state) !== 'settled';
    show(header, {change: found.change, batch: found.batch, number: found.number, account}, head);
    show(now, {change: found.change, batch: found.batch, now: isOpen ? at : ''}, one => standing({...one, now: at}));
    const names = new Map(found.reports.map(one => [one.token, one.name]));
    const failures = (found.change?.settled?.not_succeeded ?? []).map(one => ({account, name: names.get(one.token), ...one}));
    badSection.hidden = failures.length === 0;
    fill(bad, failures, one => JSON.stringify(one), badRow);
    const span = timelineScale(found, isOpen ? at : undefined);
    fill(body, found.reports.map(one => ({...one, ...span.of(one)})), one => one.kind + one.token, row);
    scale.textContent = found.reports.length ? span.words + (found.count > SHOWN ? ' These are the first ' + SHOWN + ' of ' + count(found.count, 'report.', 'reports.') : '') : '';
    node.hidden = found.reports.length === 0;
    nothing.hidden = found.reports.length > 0 || (isOpen && !found.batch);
    const together = found.batch?.changes ?? [];
    othersSection.hidden = together.length === 0;
    fill(others, together, one => one.source + ' ' + one.id, one => otherChange(one, account));
  }

  const up = keepUp(page, () => load(account, query), draw);
  return {title: 'Change', page, leave: up.leave};
}
