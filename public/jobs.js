// The page of jobs, kept up to date: each open job tells of itself by an event stream, else it is asked again and again.
// Loaded by /jobs alone (app/src/screens/jobs.rs), where cells with data-live stand. The words come from the page itself,
// which the server has written in the reader's language.
'use strict';

(() => {
  const ASK_EVERY_MS = 2000;
  const live = () => [...document.querySelectorAll('[data-live]')];

  // Takes over the cells of the page as it is now; the whole page once a job has ended or another has come.
  const refresh = async () => {
    const answer = await fetch('/jobs', { headers: { accept: 'text/html' } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const ids = (root) => [...root.querySelectorAll('[data-live]')].map((cell) => cell.dataset.live).join();
    if (ids(page) !== ids(document)) return location.reload();
    for (const cell of live()) {
      const now = page.querySelector(`[data-live="${CSS.escape(cell.dataset.live)}"]`);
      if (now.innerHTML !== cell.innerHTML) cell.replaceChildren(...now.childNodes);
    }
  };

  let waiting = null;
  const soon = () => (waiting ??= refresh().catch(() => {}).finally(() => (waiting = null)));

  const ask = () => setInterval(soon, ASK_EVERY_MS);
  if (!window.EventSource) {
    ask();
    return;
  }
  let isAsking = false;
  for (const cell of live()) {
    const events = new EventSource(`/api/v1/jobs/${encodeURIComponent(cell.dataset.live)}/events`);
    events.addEventListener('job', soon);
    events.onerror = () => {
      // The browser connects again by itself unless the server has refused for good.
      if (events.readyState === EventSource.CLOSED && !isAsking) {
        isAsking = true;
        ask();
      }
    };
  }
})();
