// Says what has happened, also to who doesn't see the page.

import {byId} from './elements.js';
import {on} from './stream.js';
import {count} from './words.js';

const QUIET = 15000; // between two summaries
const SHOWN = 8000;

let hiding = 0;

/** What somebody has just had done. */
export function announce(text) {
  const said = byId('said');
  said.className = 'toast';
  said.textContent = text;
  clearTimeout(hiding);
  hiding = setTimeout(() => { said.className = 'unseen'; }, SHOWN);
}

/** Now and then how many runs have ended; not each of them, or nobody could listen to anything else. */
export function summarise() {
  let since = Date.now();
  let ended = 0;
  let bad = 0;
  on('event', one => {
    if (one.what !== 'finished' && one.what !== 'rejected') return;
    if (Date.now() - Date.parse(one.at) > QUIET) return; // it was before
    ended++;
    if (one.outcome !== 'succeeded') bad++;
  });
  on('status', () => {
    if (ended === 0 || Date.now() - since < QUIET || byId('said').className === 'toast') return;
    byId('said').textContent = count(ended, 'run has', 'runs have') + ' ended, ' + (bad ? bad + ' not well.' : 'all well.');
    since = Date.now();
    ended = 0;
    bad = 0;
  });
}
