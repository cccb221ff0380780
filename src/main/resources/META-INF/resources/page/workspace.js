// One workspace: its request limit, what waits and for how long, what is held, learnt and late.

import {actionsNeedRole, mayOperate} from './access.js';
import {forgetButton, holdButton, releaseButton} from './actions.js';
import {get} from './api.js';
import {attributes, element, facts, link, reportLink, section, time, token, tokenBeside} from './elements.js';
import {fill, show} from './fill.js';
import {keepUp} from './keepup.js';
import {limitCard} from './limit.js';
import {on} from './stream.js';
import {clock, count, NARROW, thing, words} from './words.js';

/** Its use of the limit, as one bar; only the owner of the workspace knows it. */
export function limitBar(budget) {
  const used = Math.max(0, budget.capacity - budget.free);
  const bar = attributes(element('progress'), {'aria-label': 'Requests of this replica in the present period'});
  bar.max = Math.max(1, budget.capacity);
  bar.value = used;
  return [bar, element('div', 'legend',
    element('span', '', budget.capacity ? used + ' of ' + budget.capacity + ' requests in use' : 'another replica owns this workspace'),
    element('span', budget.waiting ? 'care' : 'quiet', count(budget.waiting, 'call waits', 'calls wait')))];
}

/** Mode's limit in words, and what of it is to be had. */
export function limitWords(budget) {
  return 'Mode allows ' + budget.requests + ' in ' + budget.period_seconds + NARROW + 's'
    + (budget.limit < budget.requests ? ', of which ' + budget.limit + ' are used: it throttled before' : '');
}

export function troubleNote(one) {
  return one.trouble && element('div', 'trouble', 'Calls to Mode are paused: ' + one.trouble);
}

function inHand({counts, account}) {
  return facts(Object.entries(counts).map(([state, number]) => [state, link(['reports'], {account, state}, number.toLocaleString())]));
}

export function factRow(one) {
  return element('li', '', time(one.at), element('div', 'text steps',
    element('span', 'care', words(one.what)), subjectLink(one), element('span', 'quiet', '· ' + one.why + (one.by ? ' (' + one.by + ')' : ''))));
}

function subjectLink(one) {
  const [kind, key] = one.subject.split(':');
  const known = kind === 'report' || kind === 'dataset';
  return element('span', '', known ? link(['reports', one.account, key], {}, kind + ' ', one.name ?? token(key)) : thing(one.subject, one.name),
    tokenBeside(one.subject, one.name));
}

export function lateRow(one) {
  return element('li', '', time(one.since), element('div', 'text steps',
    element('span', 'care', 'late for ' + one.objective), reportLink(one),
    element('span', 'quiet', '· a change of ' + clock(one.changed_at))));
}

const LATE = 10; // the others are with the objectives

export function workspace({path: [, account]}) {
  const bar = element('div', 'actions');
  const budget = element('div', 'card');
  const hand = element('div', 'card');
  const known = element('ol', 'log rows');
  const noFacts = element('p', 'empty', 'Nothing is held, and nothing was learnt of its data sources.');
  const late = element('ol', 'log rows');
  const notLate = element('p', 'empty', 'No report of it is late for an objective. Objectives are set by freshet.objectives."NAME".within.');
  const page = element('div', 'view',
    element('div', 'headline', attributes(element('h1', '', account), {tabindex: -1}), element('span', 'quiet', 'workspace')), bar,
    section('Request limit', budget), section('Reports', hand),
    section('Held and learnt', element('div', 'card', known, noFacts)),
    section('Late', element('div', 'card', late, notLate), element('p', 'pages', link(['objectives'], {}, 'All objectives'))));

  async function load() {
    const states = ['waiting', 'posting', 'running', 'settled'];
    const [told, limit, ...counts] = await Promise.all([get(['facts'], {account}), get(['workspaces', account, 'limit']),
      ...states.map(state => get(['reports'], {account, state, limit: 1}))]);
    return {facts: told.facts, limit, counts: Object.fromEntries(states.map((state, place) => [state, counts[place].count]))};
  }

  function factActions(fact) {
    const row = factRow(fact);
    if (mayOperate() && fact.what === 'held') row.append(releaseButton(fact, up.look));
    if (mayOperate() && fact.what === 'learnt') row.append(forgetButton(fact, up.look));
    return row;
  }

  function draw(found) {
    const held = found.facts.find(fact => fact.what === 'held' && fact.subject === 'workspace');
    show(bar, {held, may: mayOperate()}, () => element('div', 'buttons', !mayOperate() ? actionsNeedRole()
      : held ? releaseButton(held, up.look) : holdButton(account, 'workspace', 'the workspace ' + account, up.look)));
    show(budget, {limit: found.limit, waiting: found.counts.waiting}, limitCard);
    show(hand, {counts: found.counts, account}, inHand);
    fill(known, found.facts.map(fact => ({...fact, may: mayOperate()})), fact => fact.what + fact.subject, factActions);
    noFacts.hidden = found.facts.length > 0;
  }

  const stop = on('status', now => {
    const lates = now.late.filter(one => one.account === account).slice(0, LATE);
    fill(late, lates, one => one.report_token + one.objective, lateRow);
    notLate.hidden = lates.length > 0;
  });
  const up = keepUp(page, load, draw);
  return {title: account, page, leave() { stop(); up.leave(); }, again: up.look};
}
