// Numbers, times and codes, as people read them.

export const NARROW = '\u202f'; // between a number and its unit, where no line may end

const TIME = new Intl.DateTimeFormat(undefined, {timeStyle: 'medium'});
const DAY = new Intl.DateTimeFormat(undefined, {day: 'numeric', month: 'short'});

export function seconds(value) {
  if (value < 99.95) return value.toFixed(1) + NARROW + 's';
  const whole = Math.round(value);
  if (whole < 3600) return parts([Math.floor(whole / 60), 'min'], [whole % 60, 's']);
  if (whole < 172800) return parts([Math.floor(whole / 3600), 'h'], [Math.floor((whole % 3600) / 60), 'min']);
  return Math.round(whole / 86400) + ' days';
}

function parts(...all) {
  return all.filter(([number]) => number > 0).map(([number, unit]) => number + NARROW + unit).join(' ');
}

/** A time that is only guessed: no more digits than it is worth. */
export function about(value) {
  if (value < 90) return 'about ' + Math.max(5, Math.round(value / 5) * 5) + NARROW + 's';
  if (value < 5400) return 'about ' + Math.round(value / 60) + NARROW + 'min';
  return 'about ' + Math.round(value / 3600) + NARROW + 'h';
}

export function count(number, one, many) {
  return number.toLocaleString() + ' ' + (number === 1 ? one : many);
}

/** The time of day, with the day unless it is today; as this browser's user writes it. */
export function clock(instant) {
  const then = new Date(instant);
  const time = TIME.format(then);
  return then.toDateString() === new Date().toDateString() ? time : DAY.format(then) + ', ' + time;
}

export function words(code) {
  return code.replaceAll('_', ' ');
}

const KINDS = {data_source: 'data source', space: 'Collection'};

/** What data_source=TOKEN or space:TOKEN is, as people say it: by its name, if that is known. */
export function thing(text, name) {
  const [, kind, which] = /^(\w+)[=:](.*)$/.exec(text ?? '') ?? [];
  return kind === undefined ? text : (KINDS[kind] ?? kind) + ' ' + (name ?? which);
}

/** Which colour an end has. */
export const TONES = {
  succeeded: 'well', nothing_to_do: 'quiet', failed: 'bad', timed_out: 'bad', rejected: 'bad', refused: 'bad', partly: 'care',
  cancelled: 'care', waiting: 'care', posting: 'accent', running: 'accent', open: 'accent', held: 'care', settled: 'quiet',
  fresh: 'well', stale: 'care', left_out: 'quiet'
};

const STEPS = {
  post: 'post', backfill: 'post, after others', reconcile: 'look for the run in Mode', ask: 'ask Mode how the run is',
  await_datasets: 'wait for datasets to run'
};

export function nextStep(one) {
  if (one.next_step === undefined) return '–';
  return STEPS[one.next_step] + (one.next_step_due === undefined ? '' : ', ' + clock(one.next_step_due));
}

/** What Mode says of a failure, as far as it says something. */
export function error(one) {
  const said = [one.error_code, one.error_message].filter(part => part !== undefined).join(': ');
  if (said) return said;
  if (one.message) return (one.status ? 'HTTP ' + one.status + ': ' : '') + one.message;
  return one.mode_state !== undefined && one.mode_state !== one.outcome ? 'Mode says ' + words(one.mode_state) : '';
}

/** How long what is open may still take, if it goes on as it went so far. */
export function timeLeft(done, open, since, now) {
  if (done === 0 || open === 0) return undefined;
  return (Date.parse(now) - Date.parse(since)) / 1000 / done * open;
}
