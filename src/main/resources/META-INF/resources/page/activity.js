// What happens, event by event, and how the last runs ended.

import {get} from './api.js';
import {attributes, element, empty, link, reportLink, section, table, time, token} from './elements.js';
import {fill} from './fill.js';
import {keepUp} from './keepup.js';
import {keyOfEnd, outcome, RUN_COLUMNS, runRow} from './runs.js';
import {on} from './stream.js';
import {count, seconds, thing, words} from './words.js';

const KEPT = 100;
const RUNS = 200;

const happened = []; // the newest first; a run is one row, from its acceptance to its end
const followers = new Set();

/** Remembers what happens, from the start of the page on. */
export function remember() {
  on('event', one => {
    take(one);
    soon();
  });
}

function take(one) {
  const accepted = one.what === 'finished' && happened.find(row => row.what === 'accepted' && row.run_token === one.run_token);
  if (accepted) accepted.end = one;
  else happened.unshift({...one, key: one.what + one.id});
  happened.length = Math.min(happened.length, KEPT);
}

let drawing = false;

/** All that comes within one frame is drawn once. */
function soon() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    followers.forEach(draw => draw(happened));
  });
}

function follow(draw) {
  followers.add(draw);
  draw(happened);
  return () => followers.delete(draw);
}

function arrow() {
  return element('span', 'quiet', '→');
}

function endOf(one) {
  return element('span', '', outcome(one), ' in ' + seconds(one.took_seconds),
    one.freshness_seconds !== undefined && element('span', 'quiet wide', ' · fresh after ' + seconds(one.freshness_seconds)));
}

function targetOf(one) {
  return thing(one.target, one.target_name);
}

const ROWS = {
  planned: one => [
    one.batch === undefined ? element('span', '', targetOf(one)) : link(['changes', one.account], {batch: one.batch}, targetOf(one)),
    element('span', '', 'planned'), arrow(), element('span', '', count(one.refreshes_count, 'refresh', 'refreshes')),
    element('span', 'quiet', '· ' + count(one.changes_count, 'change', 'changes'))],
  accepted: one => [reportLink(one), element('span', '', one.adopted ? 'found in Mode' : 'accepted'), ...one.end ? [arrow(), endOf(one.end)] : []],
  finished: one => [reportLink(one), endOf(one)],
  rejected: one => [reportLink(one), outcome(one)],
  workspace: one => [element('span', 'care', words(one.change)), link(['workspaces', one.account], {}, one.account),
    token(thing(one.subject ?? 'workspace')), element('span', 'quiet', '· ' + one.why)]
};

function liveRow(one) {
  return element('li', '', time(one.at), element('div', 'text steps', ...ROWS[one.what](one)));
}

export function activity({query}) {
  const isTrouble = query.get('only') === 'trouble';
  const live = attributes(element('ol', 'log rows'), {'aria-label': 'What happens'});
  const noLive = element('p', 'empty', 'Nothing has happened since this page was opened.');
  const {node, body} = table('Runs, the newest first', RUN_COLUMNS);
  const noRuns = element('p', 'empty', isTrouble ? 'No run has failed and none was rejected, in the last day.' : 'No run has ended yet.');
  const filter = isTrouble ? link(['activity'], {}, 'Show all runs') : link(['activity'], {only: 'trouble'}, 'Show those that failed or were rejected');
  const ended = section(isTrouble ? 'Failed and rejected' : 'Last runs', element('p', 'pages', filter), element('div', 'card', node, noRuns));
  const page = element('div', 'view', attributes(element('h1', '', isTrouble ? 'Failed and rejected' : 'Activity'), {tabindex: -1}),
    !isTrouble && section('What happens', element('div', 'card scroll', live, noLive)), ended);
  const stop = follow(events => {
    fill(live, events, one => one.key, liveRow);
    noLive.hidden = events.length > 0;
  });
  const up = keepUp(page, () => get(['runs'], {limit: isTrouble ? 1000 : RUNS}), found => {
    const runs = found.runs.filter(one => !isTrouble || one.outcome !== 'succeeded').slice(0, RUNS);
    fill(body, runs, keyOfEnd, runRow);
    node.hidden = runs.length === 0;
    noRuns.hidden = runs.length > 0;
  });
  return {title: 'Activity', page, leave() { stop(); up.leave(); }};
}
