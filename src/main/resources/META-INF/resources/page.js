// The page. Its parts are in page/, one idea each; there is no build step: the browser loads what is here.

import('./page/main.js').catch(cause => {
  // In a rolling update one replica may have a part that another has not.
  document.getElementById('link').textContent = 'Reload this page';
  throw cause;
});
