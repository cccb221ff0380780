// The page: it reads api/v1/events of the replica that it came from, and shows what comes. Whatever is shown goes in as text, never as HTML.
'use strict';

const SHOWN = {live: 60, trouble: 40, runs: 30, reports: 20};
const SILENCE = 7000; // the status comes every 2 s
const LONGEST_PAUSE = 10000;

const byId = id => document.getElementById(id);
const happened = []; // the newest first; a run is one row, from its acceptance to its end
const ended = new Map(); // the ends of runs and requests, by what they are of
let source = null;
let lastId = 0;
let heardAt = 0;
let pause = 1000;
let retry = 0;
let paused = false;
let drawing = false;
let openState = null;

// --- Words ---

const NARROW = '\u202f'; // between a number and its unit, where no line may end

function seconds(value) {
  if (value < 99.95) return value.toFixed(1) + NARROW + 's';
  const whole = Math.round(value);
  if (whole < 3600) return Math.floor(whole / 60) + NARROW + 'min ' + (whole % 60) + NARROW + 's';
  return Math.floor(whole / 3600) + NARROW + 'h ' + Math.floor((whole % 3600) / 60) + NARROW + 'min';
}

function count(number, one, many) {
  return number + ' ' + (number === 1 ? one : many);
}

function clock(instant) {
  return new Date(instant).toLocaleTimeString('en-GB');
}

const OUTCOMES = {succeeded: 'well', failed: 'bad', timed_out: 'bad', cancelled: 'care'};

function words(code) {
  return code.replaceAll('_', ' ');
}

// --- Elements ---

function element(name, className, ...children) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

function time(instant) {
  const node = element('time', '', clock(instant));
  node.dateTime = instant;
  return node;
}

function token(text) {
  return element('span', 'token', text);
}

function report(one) {
  const key = one.report_token ?? one.dataset_token ?? one.token;
  const name = one.name === undefined ? [] : [' ' + one.name];
  return element('span', 'report', element('span', 'quiet', one.account + '/'), link(one.web_url, token(key)), ...name);
}

function link(url, shown) {
  if (!/^https?:/.test(url)) return shown;
  const node = element('a', '', shown);
  node.href = url;
  node.rel = 'noreferrer';
  return node;
}

function error(one) {
  return [one.error_code, one.error_message].filter(part => part !== undefined).join(': ');
}

function cell(className, ...children) {
  return element('td', className, ...children);
}

/** Puts the items into the list in this order; what has not changed stays the same element. */
const drawn = new WeakMap();
function fill(list, items, keyOf, build) {
  const before = new Map([...list.children].map(node => [drawn.get(node)?.key, node]));
  list.replaceChildren(...items.map(item => {
    const key = keyOf(item);
    const text = JSON.stringify(item);
    const known = before.get(key);
    if (known && drawn.get(known).text === text) return known;
    const node = build(item);
    drawn.set(node, {key, text});
    return node;
  }));
}

// --- What happens ---

function keyOfEnd(one) {
  return one.run_token ?? (one.report_token ?? one.dataset_token) + ' ' + one.at;
}

function take(one) {
  if (one.what === 'finished' || one.what === 'rejected') ended.set(keyOfEnd(one), one);
  const accepted = one.what === 'finished'
    ? happened.find(row => row.what === 'accepted' && row.run_token === one.run_token) : null;
  if (accepted) {
    accepted.end = one;
  } else {
    happened.unshift({...one, key: one.what + (one.id ?? keyOfEnd(one))});
    happened.length = Math.min(happened.length, SHOWN.live);
  }
}

function outcome(one) {
  if (one.what === 'rejected') return element('span', 'bad', 'rejected: ' + words(one.reason));
  return element('span', OUTCOMES[one.outcome] ?? '', words(one.outcome));
}

function endOf(one) {
  const parts = [outcome(one), ' in ' + seconds(one.took_seconds)];
  if (one.freshness_seconds !== undefined) {
    parts.push(element('span', 'quiet wide', ' · fresh after ' + seconds(one.freshness_seconds)));
  }
  return element('span', '', ...parts);
}

function arrow() {
  return element('span', 'arrow', '→');
}

const ROWS = {
  planned: one => [
    element('span', '', 'planned ', token(one.target)), arrow(),
    element('span', '', count(one.refreshes_count, 'refresh', 'refreshes')),
    element('span', 'quiet', '· ' + count(one.changes_count, 'change', 'changes'))],
  accepted: one => [
    report(one), element('span', '', one.adopted ? 'found in Mode' : 'accepted'),
    ...(one.end ? [arrow(), endOf(one.end)] : [])],
  finished: one => [report(one), endOf(one)],
  rejected: one => [report(one), outcome(one)],
  workspace: one => [
    element('span', 'care', words(one.change)), element('span', '', one.account + ' ', token(one.subject ?? 'workspace')),
    element('span', 'quiet wide', '· ' + one.why)]
};

function liveRow(one) {
  return element('li', '', time(one.at), element('div', 'text steps', ...ROWS[one.what](one)));
}

function troubleRow(one) {
  const detail = one.what === 'rejected'
    ? (one.status ? 'HTTP ' + one.status + ': ' : '') + one.message
    : 'run ' + one.run_token + ', after ' + seconds(one.took_seconds) + (one.mode_state !== one.outcome ? ', Mode says ' + one.mode_state : '')
      + (error(one) && '. ' + error(one));
  return element('li', '', time(one.at), element('div', 'text steps', report(one), outcome(one)), element('div', 'detail', detail));
}

function runRow(one) {
  return element('tr', '',
    cell('', time(one.at)),
    cell('', report(one)),
    cell('', outcome(one)),
    cell('wide figure', one.took_seconds === undefined ? '–' : seconds(one.took_seconds)),
    cell('figure', one.freshness_seconds === undefined ? '–' : seconds(one.freshness_seconds)),
    cell('wide figure', String(one.datasets_count)),
    cell('wide figure', String(one.changes_count)));
}

function draw() {
  drawing = false;
  if (paused) return;
  const ends = [...ended.values()].sort((one, other) => other.at.localeCompare(one.at));
  ends.splice(200).forEach(one => ended.delete(keyOfEnd(one)));
  const troubles = ends.filter(one => one.outcome !== 'succeeded').slice(0, SHOWN.trouble);
  fill(byId('live'), happened, one => one.key, liveRow);
  fill(byId('trouble'), troubles, keyOfEnd, troubleRow);
  fill(byId('runs'), ends.slice(0, SHOWN.runs), keyOfEnd, runRow);
  byId('live-empty').hidden = happened.length > 0;
  byId('trouble-empty').hidden = troubles.length > 0;
  byId('runs-empty').hidden = ends.length > 0;
}

/** All that comes within one frame is drawn once. */
function drawSoon() {
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(draw);
  }
}

// --- How it stands ---

function workspace(one) {
  const budget = one.budget;
  const used = Math.max(0, budget.capacity - budget.free);
  const bar = element('progress');
  bar.max = Math.max(1, budget.capacity);
  bar.value = used;
  bar.setAttribute('aria-label', 'Requests of this replica in the present period');
  const learned = budget.limit < budget.requests ? ', of which ' + budget.limit + ' are to be had' : '';
  return element('li', 'card',
    element('div', 'head',
      element('span', '', element('span', 'name', one.account), element('span', 'quiet', ' at ' + one.host)),
      one.trouble ? element('span', 'bad', 'held back') : element('span', 'well', 'Mode answers')),
    bar,
    element('div', 'legend',
      element('span', '', used + ' of ' + budget.capacity + ' requests in use'),
      element('span', budget.waiting ? 'care' : 'quiet', count(budget.waiting, 'call waits', 'calls wait'))),
    element('div', 'hint', 'Mode allows ' + budget.requests + ' in ' + budget.period_seconds + NARROW + 's' + learned
      + (budget.capacity ? '' : '; another replica owns this workspace')),
    ...(one.trouble ? [element('div', 'trouble', 'Calls to Mode are paused: ' + one.trouble)] : []));
}

const BEHIND = {
  not_begun: () => 'This replica has only just started: what it shows is not all yet.',
  catching_up: view => 'This replica has read ' + view.percent + NARROW + '% of what is known: what it shows is not all yet.',
  following: () => '',
  away: () => 'This replica can’t read Kafka now: what it shows may be old.'
};

function factRow(one) {
  return element('li', '', time(one.at), element('div', 'text steps',
    element('span', 'care', words(one.what)), element('span', '', one.account + ' ', token(one.subject)),
    element('span', 'quiet', '· ' + one.why + (one.by ? ' (' + one.by + ')' : ''))));
}

function lateRow(one) {
  return element('li', '', time(one.since), element('div', 'text steps',
    element('span', 'care', 'late for ' + one.objective), element('span', '', one.account + ' ', token(one.report_token)),
    element('span', 'quiet', '· a change of ' + clock(one.changed_at))));
}

function status(now) {
  byId('replica').textContent = now.replica;
  document.title = 'Freshet · ' + now.replica;
  fill(byId('workspaces'), now.workspaces, one => one.account, workspace);
  byId('changes').textContent = now.changes_in_hand;
  for (const [state, number] of Object.entries(now.reports)) byId(state).textContent = number;
  byId('oldest').textContent = now.oldest_waiting_seconds === undefined
    ? 'no report waits' : 'the oldest for ' + seconds(now.oldest_waiting_seconds);
  fill(byId('facts'), now.facts, one => one.account + one.what + one.subject, factRow);
  fill(byId('late'), now.late, one => one.account + one.report_token + one.objective, lateRow);
  byId('known-empty').hidden = now.facts.length + now.late.length > 0;
  byId('restoring').hidden = now.restoring.length === 0;
  byId('restoring').textContent = 'Reading back the state of partitions ' + now.restoring.join(', ') + '. Their workspaces wait until then.';
  byId('behind').hidden = now.view.state === 'following';
  byId('behind').textContent = BEHIND[now.view.state](now.view);
  if (openState) showReports();
}

const STEPS = {post: 'post', backfill: 'post, after others', reconcile: 'look for the run', ask: 'ask after the run',
  await_datasets: 'wait for datasets'};

function reportRow(one) {
  const changes = (one.changes_count || '–') + (one.follow_up_changes_count ? ' + ' + one.follow_up_changes_count + ' later' : '');
  const due = one.next_step_due === undefined ? '' : ', ' + clock(one.next_step_due);
  const step = one.next_step === undefined ? '–' : STEPS[one.next_step] + due;
  return element('tr', '',
    cell('', report(one)),
    cell('', time(one.since)),
    cell('wide figure', String(one.datasets_count || '–')),
    cell('wide figure', changes),
    cell('wide', one.run_token === undefined ? '–' : token(one.run_token)),
    cell('', step));
}

async function showReports() {
  const state = openState;
  const answer = await fetch('api/v1/reports?order=age&state=' + state + '&limit=' + SHOWN.reports).catch(() => null);
  if (!answer?.ok || state !== openState) return;
  const found = await answer.json();
  const which = state === 'settled' ? ', those that settled last' : ', those that have been so for longest';
  byId('reports-caption').textContent = found.count === 0 ? 'No report is ' + state + ' now.'
    : count(found.count, 'report is ', 'reports are ') + state + (found.count > SHOWN.reports ? which : '') + '.';
  fill(byId('reports-rows'), found.reports, one => one.account + '/' + one.token, reportRow);
}

function toggle(button) {
  openState = openState === button.dataset.state ? null : button.dataset.state;
  for (const one of document.querySelectorAll('button.tile')) {
    one.setAttribute('aria-expanded', String(one.dataset.state === openState));
  }
  byId('reports').hidden = openState === null;
  byId('reports-rows').replaceChildren();
  if (openState) showReports();
}

// --- The connection ---

function say(text, className) {
  if (byId('link').textContent !== text) byId('link').textContent = text;
  byId('link').className = 'link ' + className;
  document.body.classList.toggle('is-lost', className === 'lost');
}

function heard() {
  heardAt = Date.now();
  pause = 1000;
  say(paused ? 'Paused' : 'Live', paused ? '' : 'live');
}

function lost() {
  source?.close();
  source = null;
  clearTimeout(retry);
  say('Disconnected, retrying', 'lost');
  retry = setTimeout(connect, pause);
  pause = Math.min(pause * 2, LONGEST_PAUSE);
}

async function earlierRuns() {
  const answer = await fetch('api/v1/runs?limit=200').catch(() => null);
  if (!answer?.ok) return;
  for (const one of (await answer.json()).runs) ended.set(keyOfEnd(one), one);
  drawSoon();
}

function connect() {
  clearTimeout(retry);
  source?.close();
  heardAt = Date.now();
  source = new EventSource('api/v1/events?after=' + lastId);
  source.addEventListener('open', earlierRuns);
  source.addEventListener('error', lost);
  source.addEventListener('status', event => {
    heard();
    status(JSON.parse(event.data));
  });
  for (const what of Object.keys(ROWS)) {
    source.addEventListener(what, event => {
      heard();
      const id = Number(event.lastEventId);
      if (id <= lastId) return;
      lastId = id;
      take({...JSON.parse(event.data), id});
      drawSoon();
    });
  }
}

byId('pause').addEventListener('click', event => {
  paused = !paused;
  event.currentTarget.setAttribute('aria-pressed', String(paused));
  if (!paused) drawSoon();
  if (source) heard();
});
for (const button of document.querySelectorAll('button.tile')) {
  button.addEventListener('click', () => toggle(button));
}
setInterval(() => {
  if (source && Date.now() - heardAt > SILENCE) lost();
}, 1000);
addEventListener('online', connect);
connect();
