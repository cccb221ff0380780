// The address says what is shown: #/reports/acme/0275f996222b, #/reports?state=waiting.

/** The address of a place of this page; what is empty in the query is left out. */
export function address(path, query = {}) {
  const said = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const search = said.length ? '?' + new URLSearchParams(said) : '';
  return '#/' + path.map(encodeURIComponent).join('/') + search;
}

/** Where the address bar says that we are. */
export function here() {
  const [path, search] = location.hash.replace(/^#\/?/, '').split('?', 2);
  return {path: path.split('/').filter(part => part).map(decoded), query: new URLSearchParams(search ?? '')};
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function go(path, query) {
  location.hash = address(path, query);
}

/** Keeps in the address what somebody types, without a step of the history for each letter. */
export function keep(path, query) {
  history.replaceState(null, '', address(path, query));
}
