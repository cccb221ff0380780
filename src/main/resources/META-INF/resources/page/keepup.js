// Keeps what is shown up to date: asked for again when something has happened, and at most with every status.

import {Refused} from './api.js';
import {element} from './elements.js';
import {on} from './stream.js';

const SOMETIMES = 10000; // what goes on without an event, such as a hold at another replica

/**
 * Loads and draws, now and as things happen.
 *
 * @returns look, to be called when something else is asked for, and leave
 */
export function keepUp(page, load, draw) {
  page.classList.add('fresh'); // what isn't filled yet isn't shown: nothing moves when it is, and nothing is said of what can't be read
  let stale = false;
  let asks = 0;
  let lookedAt = 0;
  let notice = null;

  async function look() {
    const mine = ++asks;
    stale = false;
    lookedAt = Date.now();
    try {
      const found = await load();
      if (mine !== asks) return;
      notice?.remove();
      draw(found);
      page.classList.remove('fresh');
    } catch (cause) {
      if (mine !== asks) return;
      if (!(cause instanceof Refused)) throw cause;
      tell(cause);
    }
  }

  function tell(cause) {
    stale = cause.status !== 404;
    notice ??= element('p', 'notice');
    if (notice.textContent !== cause.message) notice.textContent = cause.message;
    if (!notice.isConnected) page.prepend(notice);
  }

  const stops = [
    on('event', () => { stale = true; }),
    on('status', () => { if (lookedAt && (stale || Date.now() - lookedAt > SOMETIMES)) look(); })
  ];
  look();
  return {
    look,
    leave() {
      asks++;
      stops.forEach(stop => stop());
    }
  };
}
