// What happens, as it happens. Read with fetch and not by an EventSource, which can send no token.

import {ask} from './api.js';

const SILENCE = 7000; // the status comes every 2 s
const LONGEST_PAUSE = 10000;
const MOST_HELD = 500;

const listeners = {status: new Set(), event: new Set(), link: new Set()};
let current = null;
let lastId = 0;
let heardAt = 0;
let pause = 1000;
let retry = 0;
let latest = null;
let held = null; // while the page stands still: the events that have come meanwhile

/** Calls back with each status or event, or with how the connection is; until what is returned is called. */
export function on(what, listener) {
  listeners[what].add(listener);
  if (what === 'status' && latest) listener(latest);
  return () => listeners[what].delete(listener);
}

/** The first that comes, or that is known already. */
export function once(what) {
  return new Promise(resolve => {
    const stop = on(what, value => {
      resolve(value);
      queueMicrotask(() => stop());
    });
  });
}

function tell(what, value) {
  for (const listener of [...listeners[what]]) listener(value);
}

/** While it is paused nothing moves; what has come meanwhile is told after that. */
export function pauseAll(is) {
  const missed = held ?? [];
  held = is ? [] : null;
  if (is) return;
  missed.forEach(one => tell('event', one));
  if (latest) tell('status', latest);
}

/** Begins anew, after a pause that grows. */
export function lost(cause) {
  current?.abort();
  current = null;
  clearTimeout(retry);
  tell('link', cause?.status === 401 || cause?.status === 403 ? 'unknown' : 'lost');
  retry = setTimeout(connect, pause);
  pause = Math.min(pause * 2, LONGEST_PAUSE);
}

export async function connect() {
  clearTimeout(retry);
  current?.abort();
  const mine = new AbortController();
  current = mine;
  heardAt = Date.now();
  try {
    const answer = await ask('GET', ['events'], {query: {after: lastId}, signal: mine.signal});
    await read(answer.body.pipeThrough(new TextDecoderStream()).getReader());
    if (current === mine) lost();
  } catch (cause) {
    if (current === mine) lost(cause);
  }
}

async function read(reader) {
  let rest = '';
  for (;;) {
    const {value, done} = await reader.read();
    if (done) return;
    const parts = (rest + value).split('\n\n');
    rest = parts.pop();
    parts.forEach(take);
  }
}

function take(part) {
  const fields = {};
  for (const line of part.split('\n')) {
    const colon = line.indexOf(':');
    fields[line.slice(0, colon)] = line.slice(colon + 1).trimStart();
  }
  if (fields.data === undefined) return;
  heardAt = Date.now();
  pause = 1000;
  tell('link', 'live');
  const data = JSON.parse(fields.data);
  if (fields.event === 'status') {
    latest = data;
    if (!held) tell('status', data);
  } else if (Number(fields.id) > lastId) {
    lastId = Number(fields.id);
    happened({...data, id: lastId});
  }
}

function happened(one) {
  if (!held) {
    tell('event', one);
  } else {
    held.push(one);
    held.splice(0, held.length - MOST_HELD);
  }
}

setInterval(() => {
  if (current && Date.now() - heardAt > SILENCE) lost();
}, 1000);
addEventListener('online', connect);
// A page that is left may be kept for the way back, and its connection with it.
addEventListener('pagehide', () => {
  current?.abort();
  current = null;
  clearTimeout(retry);
});
addEventListener('pageshow', event => {
  if (event.persisted) connect();
});
