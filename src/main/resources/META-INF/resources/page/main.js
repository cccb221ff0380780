// Puts the page together: which view the address asks for, how the connection is, and who is signed in.

import {isSignedIn, onAccess, signIn, signOut} from './access.js';
import {activity, remember} from './activity.js';
import {summarise} from './announce.js';
import {change} from './change.js';
import {changes} from './changes.js';
import {deadLetters} from './deadletters.js';
import {attributes, byId, element} from './elements.js';
import {text} from './fill.js';
import {listenToKeys, showKeys} from './keyboard.js';
import {lastDay} from './lastday.js';
import {objectives} from './objectives.js';
import {overview} from './overview.js';
import {plan} from './plan.js';
import {report} from './report.js';
import {reports} from './reports.js';
import {here} from './router.js';
import {connect, on, pauseAll} from './stream.js';
import {workspace} from './workspace.js';

/** By the first word of the address, and by how many follow it. */
const VIEWS = {
  '': [overview], reports: [reports, null, report], changes: [changes, change], workspaces: [null, workspace],
  activity: [activity], objectives: [objectives], 'last-day': [lastDay], 'dead-letters': [deadLetters], plan: [plan]
};

let view = null;

function nowhere() {
  const page = element('div', 'view', attributes(element('h1', '', 'There is no such page'), {tabindex: -1}),
    element('p', 'quiet', 'The address is none of this page. Begin at the overview.'));
  return {title: 'No such page', page, leave() {}};
}

/** @param isMove whether somebody has gone there: then the heading has the focus, as on any new page */
function draw(isMove) {
  const place = here();
  const [first = '', ...rest] = place.path;
  view?.leave();
  view = (VIEWS[first]?.[rest.length] ?? nowhere)(place);
  document.title = view.title + ' · Freshet';
  byId('main').replaceChildren(view.page);
  for (const node of document.querySelectorAll('nav a')) {
    const isHere = node.hash.replace(/^#\/?/, '').split('?')[0] === first;
    if (isHere) node.setAttribute('aria-current', 'page');
    else node.removeAttribute('aria-current');
  }
  if (isMove) {
    scrollTo(0, 0);
    view.page.querySelector('h1')?.focus({preventScroll: true});
  }
  dispatchEvent(new Event('freshet-drawn'));
}

// --- How the connection is ---

const LINKS = {
  live: ['Live', 'live'], lost: ['Disconnected, retrying', 'lost'], unknown: ['Sign in to read', 'lost'], paused: ['Paused', '']
};
let isPaused = false;

function say(how) {
  const [words, className] = LINKS[how === 'live' && isPaused ? 'paused' : how];
  text(byId('link'), words);
  byId('link').className = 'link ' + className;
  document.body.classList.toggle('is-lost', how === 'lost');
}

function togglePause() {
  isPaused = !isPaused;
  byId('pause').setAttribute('aria-pressed', String(isPaused));
  pauseAll(isPaused);
  say('live');
}

const BEHIND = {
  not_begun: () => 'This replica has only just started: what it shows is not all yet.',
  catching_up: view => 'This replica has read ' + view.percent + ' % of what is known: what it shows is not all yet.',
  following: () => '',
  away: () => 'This replica can’t read Kafka now: what it shows may be old.'
};

function status(now) {
  text(byId('replica'), now.replica);
  byId('restoring').hidden = now.restoring.length === 0;
  text(byId('restoring'), 'Reading back the state of partitions ' + now.restoring.join(', ') + '. Their workspaces wait until then.');
  byId('behind').hidden = now.view.state === 'following';
  text(byId('behind'), BEHIND[now.view.state](now.view));
}

// --- Who is signed in ---

function access(who) {
  text(byId('who'), who.name === undefined ? 'Sign in' : 'Sign out ' + who.name);
  connect();
  draw(false);
}

byId('who').addEventListener('click', () => isSignedIn() ? signOut() : signIn());
byId('pause').addEventListener('click', togglePause);
byId('keys').addEventListener('click', showKeys);
byId('skip').addEventListener('click', event => {
  event.preventDefault(); // its address would be taken for a place of the page
  byId('main').focus();
});
addEventListener('hashchange', () => draw(true));
onAccess(access);
on('link', say);
on('status', status);
remember();
summarise();
listenToKeys();
connect();
draw(false);
