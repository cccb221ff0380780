// Asks Freshet. The token is kept here, in memory, and nowhere else: a reload forgets it.

let token = '';

/** An answer that is none: what is wrong, in the words of the API. */
export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export function useToken(text) {
  token = text;
}

function url(path, query) {
  const said = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return 'api/v1/' + path.map(encodeURIComponent).join('/') + (said.length ? '?' + new URLSearchParams(said) : '');
}

/** The answer, once its headers are here. */
export async function ask(method, path, {query = {}, body, signal} = {}) {
  const headers = {};
  if (token) headers.Authorization = 'Bearer ' + token;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const text = body === undefined ? undefined : JSON.stringify(body);
  const answer = await fetch(url(path, query), {method, headers, body: text, signal, credentials: 'omit'})
    .catch(cause => {
      if (cause.name === 'AbortError') throw cause;
      throw new Refused(0, 'Freshet can’t be reached.');
    });
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

async function refusal(answer) {
  const problem = await answer.json().catch(() => null);
  return new Refused(answer.status, problem?.detail ?? 'Freshet answered ' + answer.status + '.');
}

export async function get(path, query, signal) {
  return (await ask('GET', path, {query, signal})).json();
}

export async function send(method, path, {query, body} = {}) {
  return (await ask(method, path, {query, body})).json();
}
